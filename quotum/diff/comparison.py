"""Comparison of two runs: differences per employer and column, with the messages, deliveries or parameters behind."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import narwhals as nw
from attrs import frozen

from quotum.archive.known import Known, known
from quotum.archive.layout import existing
from quotum.archive.run_view import archive_of_run
from quotum.diff import deliveries, employers, messages, words
from quotum.diff.employers import ColumnDifference
from quotum.diff.sides import FIRST, SECOND, Pair
from quotum.diff.terms import Terms, terms_of
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.local_time import local_text
from quotum.run.regimes import regime as regimes
from quotum.run.stages.columns import sums_by
from quotum.run_folder.record import years_read
from quotum.run_folder.run_archive import archive_place
from quotum.tables import DIFFERENCE_CAUSES, DIFFERENCE_MESSAGES, DIFFERENCES, Table

MESSAGES = "messages"
STAGES = ("employers", "messages", "deliveries")
_SHOWN_EMPLOYERS, _SHOWN_MESSAGES, _SHOWN_FILES = 10, 3, 5


@frozen
class Cause:
    """A cause of differences over all employers."""

    name: str
    """`messages`, or the small delivery that differs."""
    employers: int
    """Employers with such a message or row."""
    differing: int
    """Employers among them with a different amount or number."""
    count: int
    """Number of messages, persons or rows."""


@frozen
class MessagePlace:
    """Place of a message, without its owner."""

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
    """An employer among those with the largest differences, by sequence number."""

    first_number: int | None
    """Sequence number in the first run."""
    second_number: int | None
    """Sequence number in the second run."""
    differences: tuple[tuple[str, int], ...]
    """Differences of amounts by column, second minus first, in cents."""
    causes: tuple[tuple[str, int], ...]
    """Causes of its own, with their counts."""
    messages: tuple[MessagePlace, ...]
    """Its last messages that only one run counted."""


@frozen
class Comparison:
    """Differences between two runs."""

    pair: Pair
    """The runs."""
    terms: Terms
    """Differences outside any single employer."""
    employers: tuple[int, int, int]
    """Employers in both runs, only in the first, only in the second."""
    differing: int
    """Employers with a difference in any column."""
    untraced: int
    """Differing employers without a message or delivered row of their own that differs."""
    columns: tuple[ColumnDifference, ...]
    """Every column over all employers."""
    causes: tuple[Cause, ...]
    """Causes."""
    files: tuple[tuple[str, int], ...]
    """Files with the most messages of differing employers, and their numbers."""
    largest: tuple[LargeDifference, ...]
    """The largest differences."""
    tables: Mapping[Table, Frame]
    """Lists to write, per employer."""


def read_by(archives: tuple[Known, Known], engine: Engine, rows: str | None) -> tuple[Known, Known]:
    """Returns the archives with an engine that reads them, from a copy of the folder `rows` where one is named."""
    first, second = (archive.read_by(engine.digests, rows) for archive in archives)
    return first, second


def archives_of_runs(pair: Pair, archive: Path | None) -> tuple[Known, Known]:
    """Returns the archive as each of two runs read it.

    Raises:
        ArchiveLacks: There is no archive, or it lacks inputs of a run.
    """
    place = archive_place(pair.second.folder, archive or pair.second.archive or pair.first.archive)
    layout = existing(place)
    first, second = (
        archive_of_run(known(layout, side.known_on), side.named, years_read(side.year))
        for side in (pair.first, pair.second)
    )
    return first, second


def compare(
    engine: Engine, pair: Pair, archives: tuple[Known, Known], progress: Callable[[str], None] = lambda _stage: None
) -> Comparison:
    """Compares two runs.

    engine: The engine; the frames of the result live as long as it does.
        engine: Where it runs; the frames of the result live as long as it does.
        archives: The archive as each run read it.
        progress: Called with the name of each stage as it begins.
        progress: Told the name of each stage as it begins.

    Raises:
        ArchiveLacks: The archive is damaged.
    """
    settlement = pair.first.settlement
    progress(STAGES[0])
    employer_rows = employers.side_by_side(engine, pair)
    lines = employers.differing(engine, employer_rows, settlement)
    differing = engine.keep(lines.select("rsin").unique())
    progress(STAGES[1])
    single_messages = messages.messages_of_one_run(engine, pair, *archives)
    progress(STAGES[2])
    causes = _causes(engine, pair, archives, single_messages)
    own = engine.keep(causes.join(differing, on="rsin", how="semi"))
    of_different = single_messages.join(differing, on="rsin", how="semi")
    named = engine.keep(messages.with_files(engine, of_different, archives))
    return Comparison(
        pair=pair,
        terms=terms_of(pair),
        employers=_presence(engine, employer_rows),
        differing=_count(engine, differing),
        untraced=_count(engine, differing.join(own.select("rsin").unique(), on="rsin", how="anti")),
        columns=employers.column_differences(engine, employer_rows, lines, settlement),
        causes=_totals(engine, causes, own),
        files=_files(engine, named),
        largest=_largest(engine, employer_rows, own, named, regimes.named(pair.first.regime).amounts),
        tables={DIFFERENCES: lines, DIFFERENCE_CAUSES: own, DIFFERENCE_MESSAGES: named},
    )


def _causes(engine: Engine, pair: Pair, archives: tuple[Known, Known], pieces_of_one_run: Frame) -> Frame:
    """Counts the causes per employer and kind; a message in several pieces counts once."""
    pieces = pieces_of_one_run.select("rsin", "lhnr", "message_id", "filed_at").unique().with_columns(count=nw.lit(1))
    counted = sums_by(pieces, ("rsin",), "count").select("rsin", "count", cause=nw.lit(MESSAGES))
    changed = deliveries.changed_tables(*archives)
    parts = [counted, *(deliveries.causes(engine, pair, *archives, table) for table in changed)]
    return engine.keep(nw.concat(parts, how="vertical"))


def _count(engine: Engine, frame: Frame) -> int:
    counted: int = engine.collect(frame.select(nw.len().alias("count")))["count"][0].as_py()
    return counted


def _presence(engine: Engine, employer_rows: Frame) -> tuple[int, int, int]:
    first, second = nw.col(f"{FIRST}_number").is_null(), nw.col(f"{SECOND}_number").is_null()
    alone = _count(engine, employer_rows.filter(second)), _count(engine, employer_rows.filter(first))
    return _count(engine, employer_rows) - sum(alone), *alone


def _totals(engine: Engine, causes: Frame, own: Frame) -> tuple[Cause, ...]:
    all_causes, differing = (
        {row["cause"]: row for row in _by(engine, frame.with_columns(employers=nw.lit(1)), "employers", "count")}
        for frame in (causes, own)
    )
    order = {name: place for place, name in enumerate(DIFFERENCE_CAUSES.column("cause").choices)}
    return tuple(
        Cause(name, row["employers"], differing.get(name, {"employers": 0})["employers"], row["count"])
        for name, row in sorted(all_causes.items(), key=lambda item: order[item[0]])
    )


def _by(engine: Engine, frame: Frame, *names: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = engine.collect(sums_by(frame, ("cause",), *names)).to_pylist()
    return rows


def _files(engine: Engine, named: Frame) -> tuple[tuple[str, int], ...]:
    named_messages = named.select("file", "lhnr", "message_id", "filed_at").unique()
    counted = sums_by(named_messages.with_columns(count=nw.lit(1)), ("file",), "count")
    first = counted.sort("count", "file", descending=[True, False]).head(_SHOWN_FILES)
    rows = engine.collect(first).to_pylist()
    return tuple(sorted(((row["file"], row["count"]) for row in rows), key=lambda item: (-item[1], item[0])))


def _largest(
    engine: Engine, employer_rows: Frame, own: Frame, named: Frame, weighed: tuple[str, ...]
) -> tuple[LargeDifference, ...]:
    """Returns the employers with the largest differences of amounts, including employers of only one run."""
    differences = {name: nw.col(f"{SECOND}_{name}") - nw.col(f"{FIRST}_{name}") for name in weighed}
    rows = employer_rows.select("rsin", f"{FIRST}_number", f"{SECOND}_number", **differences)
    weight = nw.sum_horizontal(*(nw.col(name).abs() for name in weighed))
    heavy = rows.with_columns(weight=weight).filter(nw.col("weight") > 0)
    top = engine.keep(heavy.sort("weight", "rsin", descending=[True, False]).head(_SHOWN_EMPLOYERS))
    chosen = top.select("rsin")
    causes = engine.collect(own.join(chosen, on="rsin", how="semi")).to_pylist()
    message_rows = engine.collect(named.join(chosen, on="rsin", how="semi")).to_pylist()
    shown = sorted(engine.collect(top).to_pylist(), key=lambda row: (-row["weight"], row["rsin"]))
    order = {name: place for place, name in enumerate(DIFFERENCE_CAUSES.column("cause").choices)}
    return tuple(
        LargeDifference(
            first_number=row["first_number"],
            second_number=row["second_number"],
            differences=tuple((name, row[name]) for name in weighed),
            causes=tuple(
                sorted(
                    ((cause["cause"], cause["count"]) for cause in causes if cause["rsin"] == row["rsin"]),
                    key=lambda item: order[item[0]],
                )
            ),
            messages=_last_messages([message for message in message_rows if message["rsin"] == row["rsin"]]),
        )
        for row in shown
    )


def _last_messages(rows: list[dict[str, Any]]) -> tuple[MessagePlace, ...]:
    latest = sorted(rows, key=lambda row: (row["filed_at"], row["call"], row["message"]), reverse=True)
    return tuple(
        MessagePlace(
            file=row["file"],
            call=row["call"],
            member=row["member"],
            message=row["message"],
            kind=row["return_kind"],
            period=words.PERIOD.sentence(first=row["period_start"], last=row["period_end"]),
            filed_at=local_text(row["filed_at"]),
            counted_by=row["counted_by"],
            rows=row["rows"],
        )
        for row in latest[:_SHOWN_MESSAGES]
    )


__all__ = ["STAGES", "Comparison", "archives_of_runs", "compare"]
