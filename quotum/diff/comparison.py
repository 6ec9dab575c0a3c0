"""Comparing two runs: what differs per employer and column, and by which messages, deliveries or parameters."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import narwhals as nw
from attrs import frozen

from quotum.archive.known import Known, known
from quotum.archive.layout import existing
from quotum.archive.run_view import archive_of_run
from quotum.diff import deliveries, employers, messages
from quotum.diff.employers import ColumnDifference
from quotum.diff.sides import FIRST, SECOND, Pair
from quotum.diff.terms import Terms, terms_of
from quotum.engine.interface import Engine
from quotum.errors import ArchiveLacks
from quotum.frames import Frame
from quotum.identifiers import masked
from quotum.local_time import local_text
from quotum.run.regimes import regime as regimes
from quotum.run.stages.columns import sums_by
from quotum.run_folder.record import years_read
from quotum.tables import DIFFERENCE_CAUSES, DIFFERENCE_MESSAGES, DIFFERENCES, Table

MESSAGES = "messages"
STAGES = ("employers", "messages", "deliveries")
_SHOWN_EMPLOYERS, _SHOWN_MESSAGES, _SHOWN_FILES = 10, 3, 5


@frozen
class Cause:
    """A kind of cause over all employers."""

    name: str
    """`messages`, or the small delivery that is not the same."""
    employers: int
    """Employers about which there is such a message or row."""
    differing: int
    """Those among them of which an amount or number differs."""
    count: int
    """Messages, persons or rows."""


@frozen
class MessagePlace:
    """Where a message is, without saying whose it is."""

    file: str
    """Name of the delivered file."""
    call: int
    """Receive call."""
    member: int
    """Member of the container; 0 for a plain file."""
    message: int
    """Sequence number within the receive call."""
    kind: str
    """V, A or C."""
    period: str
    """First and last day of the return period."""
    filed_at: str
    """Filing time, local."""
    counted_by: str
    """`first` or `second`."""
    rows: int
    """Rows in it."""


@frozen
class LargeDifference:
    """One of the employers with the largest differences, by sequence number."""

    first_number: int | None
    """Sequence number in the first run."""
    second_number: int | None
    """Sequence number in the second run."""
    differences: tuple[tuple[str, int], ...]
    """Amounts by column, second less first, in cents."""
    causes: tuple[tuple[str, int], ...]
    """Causes of its own, with their counts."""
    messages: tuple[MessagePlace, ...]
    """The last of its messages that one run counted and the other did not."""


@frozen
class Comparison:
    """What differs between two runs."""

    pair: Pair
    """The runs."""
    terms: Terms
    """What differs outside any single employer."""
    employers: tuple[int, int, int]
    """Employers in both runs, only in the first, only in the second."""
    differing: int
    """Employers of which any column differs."""
    untraced: int
    """Those without a message or delivered row of their own that differs."""
    columns: tuple[ColumnDifference, ...]
    """Every column over all employers."""
    causes: tuple[Cause, ...]
    """By what."""
    files: tuple[tuple[str, int], ...]
    """Files with the most messages of differing employers, and how many."""
    largest: tuple[LargeDifference, ...]
    """The largest differences."""
    tables: Mapping[Table, Frame]
    """The lists to be written, per employer."""


def read_by(archives: tuple[Known, Known], engine: Engine, rows: str | None) -> tuple[Known, Known]:
    """The archives as an engine reads them, from a copy of the folder `rows` where one is named."""
    one, other = (archive.read_by(engine.digests, rows) for archive in archives)
    return one, other


def archives_as_read(pair: Pair, archive: Path | None) -> tuple[Known, Known]:
    """The archive as each of two runs read it.

    Raises:
        ArchiveLacks: It is not there, or lacks what one of them read.
    """
    place = archive or pair.second.archive or pair.first.archive
    if place is None:
        raise ArchiveLacks(
            f"{masked(str(pair.second.folder))} does not say where its archive is; name it with --archive"
        )
    layout = existing(place)
    one, other = (
        archive_of_run(known(layout, side.known_on), side.named, years_read(side.year))
        for side in (pair.first, pair.second)
    )
    return one, other


def compare(
    engine: Engine, pair: Pair, archives: tuple[Known, Known], progress: Callable[[str], None] = lambda _stage: None
) -> Comparison:
    """Compare two runs.

    Args:
        engine: Where it runs; the frames of the result live as long as it does.
        pair: The runs.
        archives: The archive as each of them read it.
        progress: Told the name of each stage as it begins.

    Raises:
        ArchiveLacks: The archive is damaged.
    """
    settlement = pair.first.settlement
    progress(STAGES[0])
    both = employers.side_by_side(engine, pair)
    lines = employers.differing(engine, both, settlement)
    different = engine.keep(lines.select("rsin").unique())
    progress(STAGES[1])
    said = messages.messages_of_one_run(engine, pair, *archives)
    progress(STAGES[2])
    causes = _causes(engine, pair, archives, said)
    own = engine.keep(causes.join(different, on="rsin", how="semi"))
    of_different = said.join(different, on="rsin", how="semi")
    named = engine.keep(messages.with_files(engine, of_different, archives))
    return Comparison(
        pair=pair,
        terms=terms_of(pair),
        employers=_presence(engine, both),
        differing=_count(engine, different),
        untraced=_count(engine, different.join(own.select("rsin").unique(), on="rsin", how="anti")),
        columns=employers.column_differences(engine, both, lines, settlement),
        causes=_totals(engine, causes, own),
        files=_files(engine, named),
        largest=_largest(engine, both, own, named, regimes.named(pair.first.regime).amounts),
        tables={DIFFERENCES: lines, DIFFERENCE_CAUSES: own, DIFFERENCE_MESSAGES: named},
    )


def _causes(engine: Engine, pair: Pair, archives: tuple[Known, Known], said: Frame) -> Frame:
    """Per employer and kind of cause how many there are; a message in several pieces counts once."""
    pieces = said.select("rsin", "lhnr", "message_id", "filed_at").unique().with_columns(count=nw.lit(1))
    counted = sums_by(pieces, ("rsin",), "count").select("rsin", "count", cause=nw.lit(MESSAGES))
    changed = deliveries.changed_tables(*archives)
    found = [counted, *(deliveries.causes(engine, pair, *archives, table) for table in changed)]
    return engine.keep(nw.concat(found, how="vertical"))


def _count(engine: Engine, frame: Frame) -> int:
    counted: int = engine.collect(frame.select(nw.len().alias("count")))["count"][0].as_py()
    return counted


def _presence(engine: Engine, both: Frame) -> tuple[int, int, int]:
    first, second = nw.col(f"{FIRST}_number").is_null(), nw.col(f"{SECOND}_number").is_null()
    one = both.filter(second)
    other = both.filter(first)
    alone = _count(engine, one), _count(engine, other)
    return _count(engine, both) - sum(alone), *alone


def _totals(engine: Engine, causes: Frame, own: Frame) -> tuple[Cause, ...]:
    every, differing = (
        {row["cause"]: row for row in _by(engine, frame.with_columns(employers=nw.lit(1)), "employers", "count")}
        for frame in (causes, own)
    )
    order = {name: place for place, name in enumerate(DIFFERENCE_CAUSES.column("cause").choices)}
    return tuple(
        Cause(name, row["employers"], differing.get(name, {"employers": 0})["employers"], row["count"])
        for name, row in sorted(every.items(), key=lambda item: order[item[0]])
    )


def _by(engine: Engine, frame: Frame, *names: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = engine.collect(sums_by(frame, ("cause",), *names)).to_pylist()
    return rows


def _files(engine: Engine, named: Frame) -> tuple[tuple[str, int], ...]:
    said = named.select("file", "lhnr", "message_id", "filed_at").unique()
    counted = sums_by(said.with_columns(count=nw.lit(1)), ("file",), "count")
    first = counted.sort("count", "file", descending=[True, False]).head(_SHOWN_FILES)
    rows = engine.collect(first).to_pylist()
    return tuple(sorted(((row["file"], row["count"]) for row in rows), key=lambda one: (-one[1], one[0])))


def _largest(
    engine: Engine, both: Frame, own: Frame, named: Frame, weighed: tuple[str, ...]
) -> tuple[LargeDifference, ...]:
    """The employers whose amounts differ most, those of one run included."""
    differences = {name: nw.col(f"{SECOND}_{name}") - nw.col(f"{FIRST}_{name}") for name in weighed}
    rows = both.select("rsin", f"{FIRST}_number", f"{SECOND}_number", **differences)
    weight = nw.sum_horizontal(*(nw.col(name).abs() for name in weighed))
    heavy = rows.with_columns(weight=weight).filter(nw.col("weight") > 0)
    top = engine.keep(heavy.sort("weight", "rsin", descending=[True, False]).head(_SHOWN_EMPLOYERS))
    chosen = top.select("rsin")
    causes = engine.collect(own.join(chosen, on="rsin", how="semi")).to_pylist()
    said = engine.collect(named.join(chosen, on="rsin", how="semi")).to_pylist()
    shown = sorted(engine.collect(top).to_pylist(), key=lambda row: (-row["weight"], row["rsin"]))
    order = {name: place for place, name in enumerate(DIFFERENCE_CAUSES.column("cause").choices)}
    return tuple(
        LargeDifference(
            first_number=row["first_number"],
            second_number=row["second_number"],
            differences=tuple((name, row[name]) for name in weighed),
            causes=tuple(
                sorted(
                    ((one["cause"], one["count"]) for one in causes if one["rsin"] == row["rsin"]),
                    key=lambda one: order[one[0]],
                )
            ),
            messages=_last_messages([one for one in said if one["rsin"] == row["rsin"]]),
        )
        for row in shown
    )


def _last_messages(said: list[dict[str, Any]]) -> tuple[MessagePlace, ...]:
    latest = sorted(said, key=lambda one: (one["filed_at"], one["call"], one["message"]), reverse=True)
    return tuple(
        MessagePlace(
            file=one["file"],
            call=one["call"],
            member=one["member"],
            message=one["message"],
            kind=one["return_kind"],
            period=f"{one['period_start']} to {one['period_end']}",
            filed_at=local_text(one["filed_at"]),
            counted_by=one["counted_by"],
            rows=one["rows"],
        )
        for one in latest[:_SHOWN_MESSAGES]
    )


__all__ = ["STAGES", "Comparison", "archives_as_read", "compare"]
