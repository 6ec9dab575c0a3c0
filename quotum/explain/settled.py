"""What a run settled for one employer, read from its folder after its digests were checked."""

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

from quotum.archive.as_read import Named
from quotum.errors import WrongUse
from quotum.explain.results import (
    BonusLine,
    Charge,
    LevyLine,
    LevyRow,
    OtherLine,
    SettledEmployer,
    SettledLevy,
    SettledRow,
)
from quotum.identifiers import RSIN_DIGITS, nine_digits, payroll_tax_number_integer
from quotum.parameters import Figures
from quotum.periods import Period
from quotum.replay.shipped_figures import OtherFigure, made_by_this_code, marked, other_figures
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import noted_archive, read_finished, require_run
from quotum.run_folder.request import QUOTA_LEVY
from quotum.tables import BONUS_LINES, OTHER_LKV_LINES, QUOTA_LINES, SETTLEMENT, SIMULATION, SURCHARGE_LINES, Table

_TABLES = (SETTLEMENT, BONUS_LINES, OTHER_LKV_LINES, SURCHARGE_LINES)
_USED = (*(f"data/{table.name}.parquet" for table in _TABLES), "data/macro.json", "data/run.json")
_SO = "nothing in it can be explained"


@frozen
class OfCountry:
    """What a run decided over the whole country: it follows from no employer alone."""

    rate_hundredths: int | None
    """Rate of the surcharge; None when none is due."""
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
    """What a run says of itself."""

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
    named: Named
    """What it names of what it read."""
    figures: Figures
    """Its parameters; one that the same code does not ship says so instead of its status."""
    not_shipped: tuple[OtherFigure, ...]
    """Those of them that the same code does not ship and no scenario set; none when other code made the run."""
    code: str
    """Digest of the code that made it."""
    country: OfCountry
    """What was decided over the whole country."""
    archive: Path | None
    """Where its archive was."""
    employers: pa.ChunkedArray = field(repr=False)
    """Its employers in order, by RSIN as text."""

    def number_of(self, rsin: int) -> int | None:
        """Sequence number of an employer in the run, from 1; None when it is not in it."""
        place = pc.index(self.employers, nine_digits(rsin)).as_py()
        return None if place < 0 else int(place) + 1


def read_run(folder: Path) -> RunRecord:
    """Read what a run says of itself, after checking the digest of every file that an explanation uses.

    Raises:
        WrongUse: It is no run.
        CannotCertify: A file was altered or is missing.
    """
    require_run(folder)
    require_unaltered(folder, _SO, _USED)
    said = read_finished(folder)
    other: tuple[OtherFigure, ...] = ()
    if made_by_this_code(said.code):
        other = other_figures(said.figures, said.known_on, said.scenario, simulation=said.simulation)
    record = json.loads((folder / "data" / "run.json").read_text("utf-8"))
    macro = json.loads((folder / "data" / "macro.json").read_text("utf-8"))
    if record["regime"] == QUOTA_LEVY:
        require_unaltered(folder, _SO, (f"data/{QUOTA_LINES.name}.parquet",))
    return RunRecord(
        folder=folder,
        digest=run_digest(folder),
        year=record["year"],
        as_of=date.fromisoformat(record["as_of"]),
        known_on=None if record["known_on"] is None else date.fromisoformat(record["known_on"]),
        regime=record["regime"],
        simulation=record["simulation"],
        named=said.named,
        figures=marked(said.figures, other) if other else said.figures,
        not_shipped=other,
        code=record["code"]["sha256"],
        country=_of_country(macro),
        archive=noted_archive(folder),
        employers=pq.read_table(folder / "data" / f"{SETTLEMENT.name}.parquet", columns=["rsin"])["rsin"],
    )


def _of_country(macro: Mapping[str, Any]) -> OfCountry:
    quotient, totals = macro.get("rate_quotient"), macro["totals"]
    return OfCountry(
        rate_hundredths=macro.get("rate_hundredths"),
        rate_source=macro.get("rate_source", "none"),
        rate_quotient=None if quotient is None else Fraction(quotient),
        surcharge_cents=totals.get("surcharge_cents", 0),
        bonus_cents=totals.get("bonus_cents", 0),
        condition_met=macro.get("government_condition_met"),
    )


def read_employer(run: RunRecord, rsin: int) -> SettledEmployer:
    """What a run settled for one employer.

    Raises:
        WrongUse: The run has no such employer.
    """
    number, row = _row_of(run, rsin)
    text = nine_digits(rsin)
    only = [("rsin", "==", text)]
    bonus = _rows(run.folder, BONUS_LINES, only)
    first = _place(run.folder, BONUS_LINES, text) if bonus else 0
    charges = _rows(run.folder, SURCHARGE_LINES, [("lhnr", ">=", f"{text}L"), ("lhnr", "<", f"{text}M")])
    return SettledEmployer(
        row=SettledRow(number, **row),
        bonus_lines=tuple(
            BonusLine(first + place, **(_without_rsin(one) | {"bsn": int(one["bsn"])}))
            for place, one in enumerate(bonus)
        ),
        other_lines=tuple(
            OtherLine(**(_without_rsin(one) | {"bsn": int(one["bsn"])}))
            for one in _rows(run.folder, OTHER_LKV_LINES, only)
        ),
        charges=tuple(
            Charge(
                payroll_tax_number_integer(one["lhnr"]),
                Period(one["period_start"], one["period_end"]),
                one["base_cents"],
                one["surcharge_cents"],
            )
            for one in charges
        ),
    )


def read_levy(run: RunRecord, rsin: int) -> SettledLevy:
    """What a run of the quota levy figured for one employer.

    Raises:
        WrongUse: The run has no such employer.
    """
    number, row = _row_of(run, rsin)
    line = _rows(run.folder, QUOTA_LINES, [("rsin", "==", nine_digits(rsin))])[0]
    return SettledLevy(LevyRow(number, **row), LevyLine(**_without_rsin(line)))


def _row_of(run: RunRecord, rsin: int) -> tuple[int, dict[str, Any]]:
    """Sequence number of an employer and its row of the settlement.

    Raises:
        WrongUse: The run has no such employer.
    """
    number = run.number_of(rsin)
    if number is None:
        raise WrongUse(
            "EMPLOYER is not in this run: it has no return of the year in force and is not in the employers delivery"
        )
    return number, _without_rsin(_rows(run.folder, SETTLEMENT, [("rsin", "==", nine_digits(rsin))])[0])


def _rows(folder: Path, table: Table, only: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(folder / "data" / f"{table.name}.parquet", filters=only).to_pylist()
    return sorted(rows, key=lambda row: [row[name] for name in table.key])


def _without_rsin(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("rsin", SIMULATION.name)}


def _place(folder: Path, table: Table, rsin: str) -> int:
    """Sequence number of the first row of an employer in a table of the run that has one, from 1."""
    numbers = pq.read_table(folder / "data" / f"{table.name}.parquet", columns=["rsin"])["rsin"]
    return int(pc.index(numbers, rsin).as_py()) + 1


def parse_employer(text: str) -> tuple[int, int | None]:
    """The fiscal number that an argument names, and the payroll tax number when it is one.

    Raises:
        WrongUse: It is neither.
    """
    rsin, letter, sub = text[:RSIN_DIGITS], text[RSIN_DIGITS : RSIN_DIGITS + 1], text[RSIN_DIGITS + 1 :]
    digits = rsin.isascii() and rsin.isdigit() and len(rsin) == RSIN_DIGITS
    if digits and len(text) == RSIN_DIGITS:
        return int(rsin), None
    if digits and letter in ("L", "l") and len(sub) == len("01") and sub.isascii() and sub.isdigit():
        return int(rsin), payroll_tax_number_integer(text)
    raise WrongUse("EMPLOYER is neither nine digits (RSIN) nor a payroll tax number (nine digits, L, two digits)")


def parse_person(text: str) -> int:
    """The BSN that an option names.

    Raises:
        WrongUse: It is none.
    """
    if len(text) == RSIN_DIGITS and text.isascii() and text.isdigit():
        return int(text)
    raise WrongUse("--person is no BSN: it has nine digits")
