"""Reconciliation of a run with the decision of somebody else: all is checked, then written whole or not at all."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import narwhals as nw
from attrs import field, frozen

from quotum.errors import DeliveryRefused, WrongUse
from quotum.frames import Frame
from quotum.identifiers import employer_number, masked
from quotum.output import words
from quotum.output.list_folder import Listing, require_new, write_list
from quotum.output.reconcile.comparison import (
    DIFFERS,
    NOT_IN_DECISION,
    NOT_IN_RUN,
    SAME,
    TEXTS,
    comparison,
    duplicate_rows,
)
from quotum.output.reconcile.specification import DIALECTS, Dialect, read_specification
from quotum.output.rerun import Means, Rerun, read_as_enacted, rerun_of
from quotum.run.stages.columns import sums_by
from quotum.tables import RECONCILIATION, SETTLEMENT

STATUSES: Final = (SAME, DIFFERS, NOT_IN_RUN, NOT_IN_DECISION)


@frozen
class Request:
    """A request to compare a decision with a run."""

    run: Path
    """Folder of the run."""
    decision: Path
    """The specification of the decision, CSV."""
    out: Path
    """Folder to make."""
    employer: str | None = None
    """RSIN or payroll tax number of the employer; None when the specification names it in each row."""
    dialect: Dialect = DIALECTS["iso"]
    """Signs of the specification."""
    means: Means = field(factory=Means)
    """Folders, threads and memory that it may use."""


@frozen
class Reconciliation:
    """The sums of a comparison."""

    simulation: bool
    """Whether the run is a simulation."""
    persons: dict[str, int]
    """Employers and persons by status."""
    difference_cents: int
    """LKV of the run less that of the decision, over all."""
    reasons: dict[str, int]
    """Employers and persons by reason of their difference."""


def reconcile(request: Request, progress: Callable[[str], None] = lambda _stage: None) -> Reconciliation:
    """Compare a run with a decision, person by person.

    Args:
        request: What is asked.
        progress: Told the name of each stage as it begins.

    Raises:
        WrongUse: It is no run, or one of the quota levy; the folder is there; the employer has no such number.
        DeliveryRefused: The specification is not as it should be.
        CannotCertify: The run was altered.
        ArchiveLacks: The archive is not there, or lacks what the run read.
        CannotWrite: There is no permission or no room.
        SelfCheckFailed: The stages do not grant what the run says.
    """
    require_new(request.out, request.run)
    run = read_as_enacted(request.run, words.NOT_COMPARED.sentence())
    specification = read_specification(request.decision, _employer(request.employer), request.dialect)
    with rerun_of(request.run, run, request.means, progress) as rerun:
        duplicates = duplicate_rows(rerun.engine, specification)
        if duplicates is not None:
            first, last = duplicates
            raise DeliveryRefused(
                words.SAME_PERSON.sentence(name=masked(request.decision.name), last=last, first=first)
            )
        progress("reconcile")
        rows = rerun.engine.keep(comparison(rerun, specification, _employers(rerun, request.run)))
        progress("write")
        write_list(request.out, Listing(rerun.engine, RECONCILIATION, rows, run.simulation))
        return _sums(rerun, rows, simulation=run.simulation)


def _employer(given: str | None) -> int | None:
    if given is None:
        return None
    number = employer_number(given)
    if number is None:
        raise WrongUse("--employer: write an RSIN (nine digits) or a payroll tax number (nine digits, L, two digits)")
    return int(number[0])


def _employers(rerun: Rerun, run: Path) -> Frame:
    settled = rerun.engine.scan([run / "data" / f"{SETTLEMENT.name}.parquet"], SETTLEMENT.written_schema)
    return settled.select(rsin=nw.col("rsin").cast(nw.Int64))


def _sums(rerun: Rerun, rows: Frame, *, simulation: bool) -> Reconciliation:
    counted = rows.with_columns(count=nw.col("run_hours") * 0 + 1)
    by_reasons = rerun.engine.collect(
        sums_by(counted, ("status", "reasons"), "count", "difference_lkv_cents")
    ).to_pylist()
    persons: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for row in by_reasons:
        persons[row["status"]] += row["count"]
        reasons.update({code: row["count"] for code in row["reasons"].split(";") if code})
    return Reconciliation(
        simulation,
        {status: persons[status] for status in STATUSES},
        sum(row["difference_lkv_cents"] for row in by_reasons),
        {code: reasons[code] for code in TEXTS if reasons[code]},
    )


__all__ = ["STATUSES", "Reconciliation", "Request", "reconcile"]
