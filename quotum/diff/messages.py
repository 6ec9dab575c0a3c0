"""Messages that only one of two runs counted: filed later, delivered later, or never delivered."""

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
# Columns that identify a piece of a message in different deliveries.
_PIECE = ("payroll_tax_number", "message_id", "filed_at", "return_kind", "period_start", "period_end", "rows")


def messages_of_one_run(engine: Engine, pair: Pair, first: Known, second: Known) -> Frame:
    """Returns the pieces of messages that only one of the runs counted.

    Only the table of messages is read, never the rows. Tables that both runs read are cut on filing time alone;
    pieces from deliveries that only one run read are compared with those of the other.

    Args:
        engine: The engine.
        pair: The runs.
        first: The archive as the first run read it.
        second: The archive as the second run read it.

    Returns:
        As `tables.DIFFERENCE_MESSAGES`, with integers for `rsin` and `lhnr`, and `delivery` for `file`.
    """
    reads = (_RunMessages(engine, side, archive) for side, archive in ((pair.first, first), (pair.second, second)))
    first_read, second_read = reads
    only = [_only(first_read, second_read, FIRST), _only(second_read, first_read, SECOND)]
    return engine.keep(nw.concat(only, how="vertical"))


@frozen
class _RunMessages:
    """The pieces of messages as a run read them."""

    engine: Engine
    """The engine."""
    side: Side
    """The run."""
    archive: Known
    """The archive as the run read it."""

    @property
    def places(self) -> Places:
        """The tables of messages that the run read."""
        return set(self.archive.paths(FRAGMENTS))

    def filed(self, places: Places, year: int) -> Frame:
        """Returns pieces filed by the day of the run, of years that a settlement can use, without withdrawn pieces."""
        pieces = self._pieces(places)
        in_time = (nw.col("filed_at") < end_of_day(self.side.as_of)) & (nw.col("period_start") <= date(year, 12, 31))
        chosen = pieces.filter(in_time).select("fragment", "delivery", "member", *_PIECE)
        out = withdrawn_fragments(self.engine, self.archive, pieces)
        return chosen if out is None else chosen.join(out.select("fragment"), on="fragment", how="anti")

    def out_of(self, places: Places) -> Frame | None:
        """Returns withdrawn fragments among these; None without any."""
        return withdrawn_fragments(self.engine, self.archive, self._pieces(places))

    def _pieces(self, places: Places) -> Frame:
        return self.engine.scan(sorted(places, key=str), FRAGMENTS.inside_schema)


def _only(run: _RunMessages, other_run: _RunMessages, name: str) -> Frame:
    """Returns the pieces that only one run counted; `name` names that run."""
    engine, year = run.engine, run.side.year
    own_places, other_places = run.places, other_run.places
    common = own_places & other_places
    of_both = run.filed(common, year)
    later = nw.col("filed_at") >= end_of_day(other_run.side.as_of)
    parts = [of_both.filter(later)]
    left_out = other_run.out_of(common) if common else None
    if left_out is not None:
        parts.append(of_both.filter(~later).join(left_out.select("fragment"), on="fragment", how="semi"))
    alone = run.filed(own_places - other_places, year)
    if own_places - other_places:
        alone = engine.keep(alone)
        counted = other_run.filed(other_places, year).select(*_PIECE)
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
    """Replaces the number of the delivery of messages by the name of its file."""
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
