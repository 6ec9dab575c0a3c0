"""Messages that one of two runs counted and the other did not: filed later, delivered later, or never delivered."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path

import narwhals as nw
import pyarrow as pa
from attrs import frozen

from quotum.archive.known import Known
from quotum.archive.receipts import PIECES_PER_CALL
from quotum.archive.setting_aside import withdrawn_fragments
from quotum.diff.sides import FIRST, SECOND, Pair, Side
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS, masked
from quotum.local_time import end_of_day
from quotum.tables import FRAGMENTS

Places = AbstractSet[Path | str]
# What makes a piece of a message the same in another delivery.
_PIECE = ("payroll_tax_number", "message_id", "filed_at", "return_kind", "period_start", "period_end", "rows")


def messages_of_one_run(engine: Engine, pair: Pair, first: Known, second: Known) -> Frame:
    """The pieces of messages that one of the runs counted and the other did not.

    The table of messages is read, never the rows. What both runs read is cut on filing time alone; only pieces from
    deliveries that one run read are held against those of the other.

    Args:
        engine: Where it runs.
        pair: The runs.
        first: The archive as the first run read it.
        second: The archive as the second run read it.

    Returns:
        As `tables.DIFFERENCE_MESSAGES`, with integers for `rsin` and `lhnr`, and `delivery` for `file`.
    """
    one, other = (_Read(engine, side, archive) for side, archive in ((pair.first, first), (pair.second, second)))
    return engine.keep(nw.concat([_only(one, other, FIRST), _only(other, one, SECOND)], how="vertical"))


@frozen
class _Read:
    """The pieces of messages as one run read them."""

    engine: Engine
    """Where it runs."""
    side: Side
    """The run."""
    archive: Known
    """The archive as the run read it."""

    @property
    def places(self) -> Places:
        """The tables of messages that it read."""
        return set(self.archive.paths(FRAGMENTS))

    def filed(self, places: Places, year: int) -> Frame:
        """Pieces filed by the day of the run, of years that a settlement can look at, less what was withdrawn."""
        pieces = self._pieces(places)
        in_time = (nw.col("filed_at") < end_of_day(self.side.as_of)) & (nw.col("period_start") <= date(year, 12, 31))
        chosen = pieces.filter(in_time).select("fragment", "delivery", "member", *_PIECE)
        out = withdrawn_fragments(self.engine, self.archive, pieces)
        return chosen if out is None else chosen.join(out.select("fragment"), on="fragment", how="anti")

    def out_of(self, places: Places) -> Frame | None:
        """Fragments among these that were withdrawn; None without any."""
        return withdrawn_fragments(self.engine, self.archive, self._pieces(places))

    def _pieces(self, places: Places) -> Frame:
        return self.engine.scan(sorted(places, key=str), FRAGMENTS.inside_schema)


def _only(one: _Read, other: _Read, name: str) -> Frame:
    """The pieces that one run counted alone; `name` says which run it is."""
    engine, year = one.engine, one.side.year
    mine, theirs = one.places, other.places
    common = mine & theirs
    of_both = one.filed(common, year)
    later = nw.col("filed_at") >= end_of_day(other.side.as_of)
    parts = [of_both.filter(later)]
    left_out = other.out_of(common) if common else None
    if left_out is not None:
        parts.append(of_both.filter(~later).join(left_out.select("fragment"), on="fragment", how="semi"))
    alone = one.filed(mine - theirs, year)
    if mine - theirs:
        alone = engine.keep(alone)
        counted = other.filed(theirs, year).select(*_PIECE)
        alone = alone.join(
            engine.keep(counted.join(alone.select(*_PIECE), on=list(_PIECE), how="semi")), on=list(_PIECE), how="anti"
        )
    call = nw.col("fragment") // PIECES_PER_CALL
    return nw.concat([*parts, alone], how="vertical").select(
        "period_start",
        "period_end",
        "filed_at",
        "message_id",
        "return_kind",
        "rows",
        "member",
        "delivery",
        rsin=nw.col("payroll_tax_number") // SUB_NUMBERS,
        lhnr=nw.col("payroll_tax_number"),
        counted_by=nw.lit(name),
        call=call,
        message=nw.col("fragment") - call * PIECES_PER_CALL,
    )


def with_files(engine: Engine, messages: Frame, archives: Iterable[Known]) -> Frame:
    """Messages with the name of the file they came in for the number of the delivery."""
    receipts = {receipt.sequence: receipt for archive in archives for receipt in archive.receipts}
    named = [
        (receipt.sequence, delivery.number, masked(delivery.name))
        for receipt in receipts.values()
        for delivery in receipt.deliveries
    ]
    columns = [
        pa.array([row[place] for row in named], kind)
        for place, kind in enumerate((pa.int64(), pa.int64(), pa.string()))
    ]
    files = engine.table(pa.table(columns, names=["call", "delivery", "file"]))
    return messages.join(files, on=["call", "delivery"], how="inner")
