"""Where the findings of a run are: rows by file and number, returns and employers by their number in the run."""

import difflib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import evolve, frozen

from quotum import engine
from quotum.archive.findings import finding_lines
from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.errors import SelfCheckFailed, WrongUse
from quotum.identifiers import SUB_NUMBERS
from quotum.output import words
from quotum.output.quality_page import READ, SO, share
from quotum.run.findings.amounts_at_stake import on_it
from quotum.run.findings.counting import places_of
from quotum.run.findings.declared import BY_CODE, OF_JOBS
from quotum.run.findings.deliveries_used import REJECTED
from quotum.run.findings.finding import Finding, Material, Of
from quotum.run.regimes import regime as regimes
from quotum.run.stages.columns import RETURN, rows_of
from quotum.run.words import OF
from quotum.run_folder.bag import require_unaltered
from quotum.run_folder.reader import read_finished
from quotum.run_folder.run_archive import archive_read
from quotum.tables import FRAGMENTS, SETTLEMENT
from quotum.version import code_digest
from quotum.words import NOTHING, Sentence, phrase

SETTLED = "settlement"


@frozen
class FindingList:
    """Where a finding of a run is."""

    count: int
    """Number of places."""
    of: int | None
    """Number of things of that kind; None when unknown."""
    what: str
    """The things that it counts."""
    lines: Iterator[str]
    """A line for each place, in order; nothing personal."""
    euros: str = ""
    """The most that hangs on it, in words; empty where that is nothing, or unknown."""

    def heading(self, rule: str) -> Sentence:
        """How often, of how many, and what hangs on it.

        Args:
            rule: Name of the finding.
        """
        what = OF[self.what].sentence()
        euros = phrase("; {euros}", euros=self.euros) if self.euros else NOTHING
        if not self.of:
            return words.FOUND.sentence(rule=rule, count=self.count, what=what, euros=euros)
        part = share(self.count, self.of)
        return words.FOUND_OF.sentence(rule=rule, count=self.count, of=self.of, what=what, share=part, euros=euros)


def places(
    folder: Path,
    code: str,
    archive: Path | None = None,
    scratch: Path | None = None,
    progress: Callable[[str], None] = lambda _stage: None,
) -> FindingList:
    """The places of a finding of a run. A finding of the settlement repeats its stages; nothing is written.

    Args:
        folder: The run.
        code: Name of the finding.
        archive: The archive of the run; the place that the run notes when None.
        scratch: Folder for work in progress; that of the system when None.
        progress: Told the name of each stage as it begins.

    Raises:
        WrongUse: Nothing is named so.
        ArchiveLacks: The archive is not there, or lacks what the run read.
        CannotCertify: The run was altered.
        SelfCheckFailed: There are more places or fewer than the run says.
    """
    require_unaltered(folder, SO, READ)
    run = read_finished(folder)
    rows = pq.read_table(folder / "data" / "quality.parquet").to_pylist()
    counts = {row["code"]: row["count"] for row in rows if row["place"] == SETTLED}
    euros = {row["code"]: row["cents"] for row in rows if row["place"] == SETTLED}
    of_rows = sum(row["count"] for row in rows if row["code"] == code and row["place"] != SETTLED)
    if code not in counts and not of_rows:
        names = sorted({row["code"] for row in rows})
        close = difflib.get_close_matches(code, names, n=1)
        hint = words.DID_YOU_MEAN.sentence(name=close[0]) if close else words.LISTS_FOUND.sentence()
        raise WrongUse(words.NO_SUCH_FINDING.sentence(code=code, hint=hint))
    read = archive_read(folder, run, archive)
    if code not in counts:
        rules = frozenset() if code == REJECTED else frozenset({code})
        return FindingList(of_rows, None, Of.DELIVERED_ROW, finding_lines(read, rules, rejected=code == REJECTED))
    finding = BY_CODE[code]
    if finding.of is Of.RUN:
        what = (words.JOB_COUNT if finding in OF_JOBS else words.RATE_AND_BONUS).sentence()
        return FindingList(counts[code], None, Of.RUN, iter([words.WHOLE.sentence(what=what)]))
    with engine.open(engine.DUCKDB, scratch or Path(tempfile.gettempdir())) as opened:
        regime = regimes.named(run.regime)
        prepared = regime.prepare_from(
            run.request(read.layout.root, folder, None, None), read, run.figures, run.scenario
        )
        material = regime.make(opened, prepared, progress).material(opened, read)
        progress("list")
        listed = _finding_list(material, finding, read, _numbers(folder))
    if listed.count != counts[code]:
        other_code = "" if run.code == code_digest() else "; the run was made by other code than lists it now"
        raise SelfCheckFailed(f"{code} is found {listed.count:,} times, and the run says {counts[code]:,}{other_code}")
    return evolve(listed, euros=on_it(code, euros[code]))


def _numbers(folder: Path) -> pa.Array:
    """The employers of a run; the place of an employer, from 1, is its number."""
    settled = pq.read_table(folder / "data" / f"{SETTLEMENT.name}.parquet", columns=["rsin"])
    return settled["rsin"].combine_chunks().cast(pa.int64())


def _finding_list(material: Material, finding: Finding, read: Known, settled: pa.Array) -> FindingList:
    frame = places_of(material, finding)
    table = pa.table({"rsin": pa.array([], pa.int64())}) if frame is None else material.engine.collect(frame)
    of = _of(material, finding, len(settled))
    if finding.of in (Of.ROW, Of.PERSON):
        member_of = _members(material.engine, table, read)
        if finding.of is Of.PERSON:
            who = list(finding.person)
            persons = table.group_by(who).aggregate([]).num_rows
            return FindingList(persons, of, finding.of, _person_lines(table, who, read, member_of, settled))
        return FindingList(table.num_rows, of, finding.of, _row_lines(table, read, member_of, settled))
    if "period_start" in table.schema.names:
        return FindingList(table.num_rows, of, finding.of, _return_lines(table, settled))
    if finding.of is Of.MESSAGE:
        table = table.append_column("rsin", pc.divide(table["payroll_tax_number"], SUB_NUMBERS))
    if "found" not in table.schema.names:
        table = table.append_column("found", pa.repeat(1, table.num_rows))
    table = table.filter(pc.greater(table["found"], 0))
    return FindingList(pc.sum(table["found"]).as_py() or 0, of, finding.of, _employer_lines(table, settled))


def _of(material: Material, finding: Finding, employers: int) -> int | None:
    """Number of things that a finding counts; None when unknown."""
    opened = material.engine
    match finding.of:
        case Of.ROW:
            return rows_of(opened, material.year_rows.rows)
        case Of.PERSON:
            known = material.year_rows.rows.filter(~nw.col("bsn").is_null())
            return rows_of(opened, known.select(*finding.person).unique())
        case Of.RETURN:
            return sum(rows_of(opened, rows.returns) for rows in material.years)
        case Of.MESSAGE:
            return sum(rows_of(opened, rows.messages) for rows in material.years)
        case Of.EMPLOYER:
            return employers
        case _:
            return None


def _members(opened: Engine, table: pa.Table, read: Known) -> dict[int, int]:
    """The member that each fragment among some rows came in."""
    members = opened.scan(read.paths(FRAGMENTS), FRAGMENTS.inside_schema).select("fragment", "member")
    wanted = opened.table(pa.table({"fragment": table["fragment"].unique()}))
    present = opened.collect(members.join(wanted, on="fragment", how="semi"))
    return dict(zip(present["fragment"].to_pylist(), present["member"].to_pylist(), strict=True))


def _employers(rsins: pa.ChunkedArray, settled: pa.Array) -> Iterator[Sentence]:
    for place in pc.index_in(rsins, settled).to_pylist():
        yield words.NOT_IN_RUN.sentence() if place is None else words.EMPLOYER.sentence(number=place + 1)


def _employer_lines(table: pa.Table, settled: pa.Array) -> Iterator[str]:
    added = table.group_by("rsin").aggregate([("found", "sum")]).sort_by("rsin")
    for employer, count in zip(_employers(added["rsin"], settled), added["found_sum"].to_pylist(), strict=True):
        yield words.WITH_COUNT.sentence(what=employer, count=count) if count > 1 else employer


def _return_lines(table: pa.Table, settled: pa.Array) -> Iterator[str]:
    added = (
        table.group_by(list(RETURN)).aggregate([([], "count_all")]).sort_by([(name, "ascending") for name in RETURN])
    )
    employers = _employers(pc.divide(added["payroll_tax_number"], SUB_NUMBERS), settled)
    for employer, return_key in zip(employers, _row_dicts(added), strict=True):
        number = f"L{return_key['payroll_tax_number'] % SUB_NUMBERS:02}"
        count = phrase(": {count:,}", count=return_key["count_all"]) if return_key["count_all"] > 1 else NOTHING
        first, last = return_key["period_start"], return_key["period_end"]
        yield words.RETURN.sentence(employer=employer, number=number, first=first, last=last, count=count)


def _row_lines(table: pa.Table, read: Known, member_of: dict[int, int], settled: pa.Array) -> Iterator[str]:
    return _lines_of(table.sort_by([("fragment", "ascending"), ("row", "ascending")]), read, member_of, settled)


def _lines_of(rows: pa.Table, read: Known, member_of: dict[int, int], settled: pa.Array) -> Iterator[str]:
    for employer, row in zip(_employers(rows["rsin"], settled), _row_dicts(rows), strict=True):
        place = read.place(row["fragment"], member_of[row["fragment"]], row["delivery"], row["row"])
        yield phrase("{place} ({employer})", place=place, employer=employer)


def _person_lines(
    table: pa.Table, who: list[str], read: Known, member_of: dict[int, int], settled: pa.Array
) -> Iterator[str]:
    """Persons are numbered within the list: their rows name them."""
    rows = table.sort_by([(name, "ascending") for name in dict.fromkeys([*who, "rsin", "fragment", "row"])])
    number, last = 0, None
    lines = _lines_of(rows, read, member_of, settled)
    for line, person in zip(lines, _row_dicts(rows.select(who)), strict=True):
        number += person != last
        last = person
        yield words.PERSON.sentence(number=number, line=line)


def _row_dicts(rows: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in rows.to_batches(10_000):
        yield from batch.to_pylist()
