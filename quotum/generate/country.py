"""A synthetic country: returns of a year and of December 2012, with all other deliveries."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from attrs import evolve, frozen

from quotum.engine.scratch import scratch_folder
from quotum.errors import CannotWrite, WrongUse
from quotum.generate.defects import Faults, defects_of, spoil_messages, sprinkle
from quotum.generate.draws import Whole
from quotum.generate.employers import BASELINE_YEAR, Employers, Plan, plan_country
from quotum.generate.files import FlatFiles, MessageFiles
from quotum.generate.flat import as_text, flat_table
from quotum.generate.numbers import rsins
from quotum.generate.options import FIRST_YEAR, FORMATS, LAST_YEAR
from quotum.generate.people import registrations
from quotum.generate.relations import Relations, relations_of_baseline, relations_of_year
from quotum.generate.returns import Rows, reported_rows
from quotum.generate.rights import allocation_rows, declaration_rows, deduction_rows, transfer_rows
from quotum.generate.scenario import Tally, scenario_text, tally, targets, targets_text
from quotum.generate.side_defects import SideRow, contradicting_trait, faulty_rows
from quotum.generate.side_tables import (
    SideTable,
    delivered_names,
    employer_name,
    employer_rows,
    person_ranges,
    register_rows,
    trait_rows,
    wage_bill_rows,
)
from quotum.generate.truth import truth
from quotum.generate.xml_form import messages, require_xml_year
from quotum.generate.xml_rows import Content
from quotum.tables import (
    ALLOCATIONS,
    DECLARATIONS,
    DEDUCTIONS,
    EMPLOYERS,
    REGISTER,
    TRAITS,
    TRANSFERS,
    WAGE_BILLS,
    Table,
)

PEOPLE_AT_ONCE = 8_000
EMPLOYERS_AT_ONCE = 2_000
PERSONS_AT_ONCE = 500_000
BY_EMPLOYER = (EMPLOYERS, WAGE_BILLS, TRAITS, DECLARATIONS, TRANSFERS, ALLOCATIONS, DEDUCTIONS)
"""Deliveries beside the returns that are generated along with the employers."""
OWNER_ONLY_FILE = 0o600
MOST_ROWS = 2**20
"""Largest number of rows of a message in the key of a row."""

Progress = Callable[[int, int], None]
"""Callback with the number of finished employers and their total."""

DEFECT_COLUMNS = ("file", "row", "what")
"""Columns about a faulty row: file (for XML with the member of the zip), number in it from 1, and the fault."""


@frozen
class GeneratedSummary:
    """Counts of the generated country."""

    employers: int = 0
    """Number of employers."""
    payroll_tax_numbers: int = 0
    """Number of payroll tax numbers."""
    messages: int = 0
    """Number of messages of the year."""
    rows: int = 0
    """Rows of the year in the flat form, a return without rows counting as one."""
    baseline_rows: int = 0
    """Rows of December 2012."""
    people: int = 0
    """People with an income relation in the year."""
    registered: int = 0
    """Number of these people who are or were in the register."""
    register_rows: int = 0
    """Rows of the register, including people who work nowhere."""
    defects: int = 0
    """Rows made faulty."""
    files: tuple[str, ...] = ()
    """Names of the files, in order."""


@frozen(eq=False)
class _Writers:
    """The open files."""

    returns: FlatFiles
    """Returns of the year in the flat form."""
    messages: MessageFiles
    """Returns of the year as XML."""
    baseline: FlatFiles
    """Returns of December 2012."""
    beside: Mapping[Table, SideTable]
    """Deliveries beside the returns that are generated along with the employers."""
    faults: SideTable | None
    """Rows made faulty."""
    defects_made: set[str]
    """Faults made so far."""


def generate(
    employers: int,
    year: int,
    seed: int,
    out: Path,
    format: str = "xml",  # noqa: A002 - the name of the option
    defects: bool = False,
    progress: Progress | None = None,
    people: int | None = None,
) -> GeneratedSummary:
    """Generates a synthetic country; the same arguments give the same bytes.

    Args:
        employers: Number of employers.
        year: Year of the returns.
        seed: Seed.
        out: Folder to write, which must be empty or not exist.
        format: xml, parquet or csv, for the returns of the year.
        defects: Whether some rows are made faulty.
        progress: Called with the progress.
        people: Approximate number of income relations.

    Raises:
        WrongUse: The folder is not empty, or there is no such year, format or number of employers.
        CannotWrite: The folder cannot be written.
    """
    _check(year, format, out)
    plan = plan_country(employers, year, seed, people)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(out.parent, "partial") as making:
            summary = _write(plan, making, format, defects, progress)
            for file in making.iterdir():
                file.chmod(OWNER_ONLY_FILE)
            making.rename(out)
    except OSError as error:
        raise CannotWrite(
            f"the country cannot be written to {out}: {error.strerror or error}. Nothing was left there; "
            "choose a folder that can be written, with enough room"
        ) from error
    return summary


def _check(year: int, form: str, out: Path) -> None:
    if form not in FORMATS:
        raise WrongUse(f"there is no format {form}: choose {', '.join(FORMATS)}")
    if form == "xml":
        require_xml_year(year)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise WrongUse(f"a country of {year} is asked for: choose a year from {FIRST_YEAR} to {LAST_YEAR}")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise WrongUse(f"{out} already holds something: give a folder that does not exist or is empty")


def _chunks(plan: Plan) -> Iterator[tuple[int, int]]:
    """First employer and end (exclusive) of each part that is generated at once."""
    start, count = 0, len(plan.sizes)
    while start < count:
        enough = int(np.searchsorted(plan.first_slots, plan.first_slots[start] + PEOPLE_AT_ONCE, side="right")) - 1
        stop = min(max(start + 1, enough), start + EMPLOYERS_AT_ONCE, count)
        yield start, stop
        start = stop


def _write(plan: Plan, folder: Path, form: str, defects: bool, progress: Progress | None) -> GeneratedSummary:
    summary, year, baseline = GeneratedSummary(), Tally(), Tally()
    flat_form = "csv" if form == "csv" else "parquet"
    with ExitStack() as stack:
        year_stem = f"returns-{plan.year}"
        writers = _Writers(
            FlatFiles(folder, year_stem, flat_form),
            stack.enter_context(MessageFiles(folder, year_stem)),
            stack.enter_context(FlatFiles(folder, f"returns-{BASELINE_YEAR}", flat_form, rows_per_file=None)),
            {
                table: stack.enter_context(SideTable(folder / f"{table.name}.csv", delivered_names(table)))
                for table in BY_EMPLOYER
            },
            stack.enter_context(SideTable(folder / "defects.csv", DEFECT_COLUMNS)) if defects else None,
            set(),
        )
        if form != "xml":
            stack.enter_context(writers.returns)
        for start, stop in _chunks(plan):
            part, of_year, of_baseline = _chunk(plan, start, stop, form, writers)
            summary, year, baseline = _sum(summary, part), year + of_year, baseline + of_baseline
            if progress is not None:
                progress(stop, len(plan.sizes))
        register = stack.enter_context(SideTable(folder / "register.csv", delivered_names(REGISTER)))
        for persons in person_ranges(plan, PERSONS_AT_ONCE):
            register.write(register_rows(plan, persons))
        register_size = register.rows
        if writers.faults is not None:
            for table, side in {**writers.beside, REGISTER: register}.items():
                faulty = _write_faulty(faulty_rows(plan, table), side, writers)
                summary = evolve(summary, defects=summary.defects + faulty)
    country_targets = targets(plan, year, baseline)
    for name, text in (
        ("scenario", scenario_text(plan.year, country_targets)),
        ("targets", targets_text(plan.year, country_targets)),
    ):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8", newline="\n")
    files = tuple(sorted(path.name for path in folder.iterdir()))
    return evolve(summary, register_rows=register_size, files=files)


def _write_faulty(rows: Iterable[SideRow], side: SideTable, writers: _Writers) -> int:
    """Writes faulty rows of a side delivery whose fault was not made yet; returns their number."""
    count = 0
    for fault, row in rows:
        if writers.faults is not None and fault not in writers.defects_made:
            side.write([row])
            writers.faults.write([(side.name, str(side.rows), fault)])
            writers.defects_made.add(fault)
            count += 1
    return count


def _sum(first: GeneratedSummary, second: GeneratedSummary) -> GeneratedSummary:
    return GeneratedSummary(
        first.employers + second.employers,
        first.payroll_tax_numbers + second.payroll_tax_numbers,
        first.messages + second.messages,
        first.rows + second.rows,
        first.baseline_rows + second.baseline_rows,
        first.people + second.people,
        first.registered + second.registered,
        first.register_rows + second.register_rows,
        first.defects + second.defects,
    )


def _chunk(plan: Plan, start: int, stop: int, form: str, writers: _Writers) -> tuple[GeneratedSummary, Tally, Tally]:
    """Generates and writes some employers; returns counts, and the hours that determine the targets."""
    employers = plan.employers(start, stop)
    rsin = rsins(employers.index, plan.draws.seed)
    relations = relations_of_year(plan, employers)
    faulty_traits = _write_beside(plan, employers, relations, rsin, writers)
    true = truth(plan.draws, plan.calendar, employers.four_week, relations, amended=True)
    writers.beside[ALLOCATIONS].write(allocation_rows(plan, employers, relations, true, rsin))
    writers.beside[DEDUCTIONS].write(deduction_rows(plan, employers, relations, true, rsin))
    rows = reported_rows(plan.draws, plan.calendar, employers, relations, true, amended=True)
    content = Content(
        plan.draws,
        plan.calendar,
        employers,
        tuple(employer_name(index) for index in employers.index.tolist()),
        relations,
        rows,
        flat_table(plan, plan.calendar, employers, relations, rows, rsin),
    )
    faults = _write_returns(content, form, writers)
    before = relations_of_baseline(plan, employers, relations)
    true_before = truth(plan.draws, plan.baseline_calendar, employers.four_week, before, amended=False)
    rows_before = reported_rows(plan.draws, plan.baseline_calendar, employers, before, true_before, amended=False)
    table = flat_table(plan, plan.baseline_calendar, employers, before, rows_before, rsin)
    writers.baseline.write(table if form != "csv" else as_text(table))
    own = relations.person == relations.slot
    summary = GeneratedSummary(
        employers=stop - start,
        payroll_tax_numbers=int(employers.sub_numbers.sum()),
        messages=int(np.unique(rows.message).size),
        rows=len(rows.message),
        baseline_rows=len(rows_before.message),
        people=int(own.sum()),
        registered=int(registrations(plan, relations.person[own]).registered.sum()),
        defects=faults + faulty_traits,
    )
    return (
        summary,
        tally(plan, plan.calendar, employers, relations, true),
        tally(plan, plan.baseline_calendar, employers, before, true_before),
    )


def _write_beside(plan: Plan, employers: Employers, relations: Relations, rsin: Whole, writers: _Writers) -> int:
    """Writes the deliveries that do not depend on the returns; returns the number of faulty rows."""
    rows = {
        EMPLOYERS: employer_rows(plan, employers, rsin),
        WAGE_BILLS: wage_bill_rows(plan, employers, rsin),
        TRAITS: trait_rows(plan, relations, rsin),
        DECLARATIONS: declaration_rows(plan, relations),
        TRANSFERS: transfer_rows(plan, employers, rsin),
    }
    for table, table_rows in rows.items():
        writers.beside[table].write(table_rows)
    return _write_faulty(contradicting_trait(plan, relations, rsin), writers.beside[TRAITS], writers)


def _write_returns(content: Content, form: str, writers: _Writers) -> int:
    """Writes the returns of the year; returns the number of faulty rows."""
    table = content.text if form == "parquet" else as_text(content.text)
    rows, faults = content.rows, Faults(np.zeros(0, dtype=np.int64), ())
    if writers.faults is not None:
        eligible = (rows.relation >= 0) & ~rows.withdrawn
        number = np.arange(len(rows.message)) - np.searchsorted(rows.message, rows.message)
        keys = rows.message * MOST_ROWS + number
        table, faults = sprinkle(
            content.draws, table, eligible, keys, defects_of(content.calendar.year, form), writers.defects_made
        )
    if form == "xml":
        wrong: list[tuple[int, str]] = []
        xml_messages = messages(evolve(content, text=table))
        places = writers.messages.write(
            xml_messages if writers.faults is None else spoil_messages(xml_messages, wrong, writers.defects_made)
        )
        fault_places = _places_in_messages(rows, faults.rows, places)
        fault_places += [(places[number], 1) for number, _ in wrong]
        faults = evolve(faults, what=(*faults.what, *(what for _, what in wrong)))
    else:
        rows_before = writers.returns.rows
        fault_places = [
            (place.file, place.row) for place in map(writers.returns.place, (faults.rows + rows_before).tolist())
        ]
        writers.returns.write(table)
    if writers.faults is not None:
        writers.faults.write(
            (file, str(row), what) for (file, row), what in zip(fault_places, faults.what, strict=True)
        )
    return len(faults.what)


def _places_in_messages(rows: Rows, faulty: Whole, places: list[str]) -> list[tuple[str, int]]:
    """Returns file, member and number within it of rows; only rows with an income relation are counted."""
    first = np.searchsorted(rows.message, rows.message[faulty])
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(rows.relation >= 0)])
    number = np.searchsorted(np.unique(rows.message), rows.message[faulty])
    return [
        (places[message], int(before[row] - before[start]) + 1)
        for message, row, start in zip(number.tolist(), faulty.tolist(), first.tolist(), strict=True)
    ]
