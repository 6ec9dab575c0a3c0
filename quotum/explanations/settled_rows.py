"""The rows that a run settled for an employer, read from its folder after its digests were checked."""

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import field, frozen

from quotum.archive.run_view import RunInputs
from quotum.errors import WrongUse
from quotum.explanations.words import NO_BSN_GIVEN, NO_EMPLOYER_NUMBER, NOT_SETTLED
from quotum.identifiers import RSIN_DIGITS, employer_number, nine_digits, payroll_tax_number_integer
from quotum.parameters import Figures
from quotum.replay.shipped_figures import OtherFigure, made_by_this_code, marked, other_figures
from quotum.run.regimes import regime as regimes
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import Finished, read_finished, require_run
from quotum.tables import BONUS_LINES, QUOTA_LINES, SETTLEMENT, Table

_SO = "nothing in it can be explained"


Record = Mapping[str, Any]
"""A row of a table, by the names of its columns."""


@frozen
class CountryDecisions:
    """What a run decided over the whole country, not from the rows of an employer."""

    rate_hundredths: int | None
    """Rate of the surcharge; None when no surcharge is due."""
    rate_source: str
    """Where that rate comes from."""
    rate_quotient: Fraction | None
    """The exact percentage of a rate in balance."""
    surcharge_cents: int
    """Surcharge of all employers."""
    bonus_cents: int
    """Bonus of all employers."""
    condition_met: bool | None
    """Whether government realised enough, where surcharge and bonus depend on it."""


@frozen
class RunRecord:
    """The record of a run."""

    folder: Path
    """Folder of the run."""
    digest: str
    """Digest of the run."""
    year: int
    """Calendar year."""
    as_of: date
    """Returns count as filed by the end of this day."""
    known_on: date | None
    """Deliveries as known on this day."""
    regime: str
    """`as-enacted` or `quota-levy`."""
    simulation: bool
    """Whether a scenario set any parameter."""
    named: RunInputs
    """What it read, by name."""
    figures: Figures
    """Its parameters; the status of a parameter says when the same code does not ship it."""
    not_shipped: tuple[OtherFigure, ...]
    """Parameters that the same code does not ship and no scenario set; empty when other code made the run."""
    code: str
    """Digest of the code that made it."""
    country: CountryDecisions
    """What was decided over the whole country."""
    finished: Finished
    """The record as a replay reads it."""
    macro: Mapping[str, Any] = field(repr=False)
    """What its `macro.json` holds."""
    employers: pa.ChunkedArray = field(repr=False)
    """Its employers in order, by RSIN as text."""

    def number_of(self, rsin: int) -> int | None:
        """Sequence number of an employer in the run, from 1; None when it is not in it."""
        place = pc.index(self.employers, nine_digits(rsin)).as_py()
        return None if place < 0 else int(place) + 1


def read_run(folder: Path) -> RunRecord:
    """Reads the record of a run, after checking the digest of every file that an explanation uses.

    Raises:
        WrongUse: The folder is no run.
        CannotCertify: A file was altered or is missing.
    """
    require_run(folder)
    require_unaltered(folder, _SO, ("data/macro.json", "data/run.json"))
    finished = read_finished(folder)
    tables = regimes.named(finished.regime).tables
    require_unaltered(folder, _SO, tuple(f"data/{table.name}.parquet" for table in tables))
    other: tuple[OtherFigure, ...] = ()
    if made_by_this_code(finished.code):
        other = other_figures(finished.figures, finished.known_on, finished.scenario, simulation=finished.simulation)
    record = json.loads((folder / "data" / "run.json").read_text("utf-8"))
    macro = json.loads((folder / "data" / "macro.json").read_text("utf-8"))
    return RunRecord(
        folder=folder,
        digest=run_digest(folder),
        year=record["year"],
        as_of=date.fromisoformat(record["as_of"]),
        known_on=None if record["known_on"] is None else date.fromisoformat(record["known_on"]),
        regime=record["regime"],
        simulation=record["simulation"],
        named=finished.named,
        figures=marked(finished.figures, other) if other else finished.figures,
        not_shipped=other,
        code=record["code"]["sha256"],
        country=_of_country(macro),
        finished=finished,
        macro=macro,
        employers=pq.read_table(folder / "data" / f"{SETTLEMENT.name}.parquet", columns=["rsin"])["rsin"],
    )


def _of_country(macro: Mapping[str, Any]) -> CountryDecisions:
    quotient, totals = macro.get("rate_quotient"), macro["totals"]
    return CountryDecisions(
        rate_hundredths=macro.get("rate_hundredths"),
        rate_source=macro.get("rate_source", "none"),
        rate_quotient=None if quotient is None else Fraction(quotient),
        surcharge_cents=totals.get("surcharge_cents", 0),
        bonus_cents=totals.get("bonus_cents", 0),
        condition_met=macro.get("government_condition_met"),
    )


@frozen
class SettledRows:
    """The rows that a run settled for an employer."""

    number: int
    """Sequence number of the employer in the run, from 1."""
    rows: Mapping[Table, list[Record]]
    """Its rows, by table, in order of their key."""
    lines: Mapping[int, int]
    """Sequence number in the run of the line of each person, by BSN."""

    @property
    def employer(self) -> Record:
        """Its row in the table of employers."""
        rows = next(iter(self.rows.values()))
        return rows[0]

    @property
    def hours(self) -> Record | None:
        """From hours to the variables of a quota levy; None under another regime."""
        rows = self.rows.get(QUOTA_LINES)
        return rows[0] if rows else None


def read_settled(run: RunRecord, rsin: int) -> SettledRows:
    """Reads what a run settled for an employer.

    Raises:
        WrongUse: The run has no such employer.
    """
    number = run.number_of(rsin)
    if number is None:
        raise WrongUse(NOT_SETTLED.sentence())
    tables = regimes.named(run.regime).tables
    rows = {table: _rows(run.folder, table, nine_digits(rsin)) for table in tables}
    bonus = rows.get(BONUS_LINES) or []
    first = _place(run.folder, BONUS_LINES, nine_digits(rsin)) if bonus else 0
    return SettledRows(number, rows, {int(line["bsn"]): first + place for place, line in enumerate(bonus)})


def _rows(folder: Path, table: Table, rsin: str) -> list[Record]:
    of_number = [("lhnr", ">=", f"{rsin}L"), ("lhnr", "<", f"{rsin}M")]
    only = [("rsin", "==", rsin)] if "rsin" in table.names else of_number
    rows: list[Record] = pq.read_table(folder / "data" / f"{table.name}.parquet", filters=only).to_pylist()
    return sorted(rows, key=lambda row: [row[name] for name in table.key])


def _place(folder: Path, table: Table, rsin: str) -> int:
    """Sequence number of the first row of an employer in a table of the run, from 1."""
    numbers = pq.read_table(folder / "data" / f"{table.name}.parquet", columns=["rsin"])["rsin"]
    return int(pc.index(numbers, rsin).as_py()) + 1


def parse_employer(text: str) -> tuple[int, int | None]:
    """The fiscal number in an argument, and the payroll tax number when it holds one.

    Raises:
        WrongUse: The argument is neither.
    """
    number = employer_number(text)
    if number is None:
        raise WrongUse(NO_EMPLOYER_NUMBER.sentence())
    rsin, payroll_tax_number = number
    return int(rsin), None if payroll_tax_number is None else payroll_tax_number_integer(payroll_tax_number)


def parse_person(text: str) -> int:
    """The BSN in an option.

    Raises:
        WrongUse: The option is no BSN.
    """
    if len(text) == RSIN_DIGITS and text.isascii() and text.isdigit():
        return int(text)
    raise WrongUse(NO_BSN_GIVEN.sentence())
