"""Holding a run against the decision of somebody else: everything is checked first, and written whole or not at all."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import narwhals as nw
from attrs import field, frozen

from quotum.errors import DeliveryRefused, WrongUse
from quotum.frames import Frame
from quotum.identifiers import RSIN_DIGITS, is_employer_number, masked
from quotum.output.list_folder import Listed, require_new, write_list
from quotum.output.reconcile.comparing import DIFFERS, NOT_IN_DECISION, NOT_IN_RUN, SAME, WHY, reconciled, twice
from quotum.output.reconcile.specification import DIALECTS, Dialect, read_specification
from quotum.output.run_again import Again, Means, made_again, read_as_enacted
from quotum.run.stages.columns import sums_by
from quotum.tables import RECONCILIATION, SETTLEMENT

STATUSES: Final = (SAME, DIFFERS, NOT_IN_RUN, NOT_IN_DECISION)


@frozen
class Request:
    """What is held against what."""

    run: Path
    """Folder of the run."""
    decision: Path
    """The specification of the decision, CSV."""
    out: Path
    """Folder to make."""
    employer: str | None = None
    """RSIN or payroll tax number of the employer; None when the specification names it in each row."""
    dialect: Dialect = DIALECTS["iso"]
    """How the specification is written."""
    means: Means = field(factory=Means)
    """What it may use."""


@frozen
class Reconciled:
    """What came of it."""

    simulation: bool
    """Whether the run is a simulation."""
    persons: dict[str, int]
    """Employers and persons by status."""
    difference_cents: int
    """LKV of the run less that of the decision, over all."""
    reasons: dict[str, int]
    """Employers and persons by reason of their difference."""


def reconcile(request: Request, progress: Callable[[str], None] = lambda _stage: None) -> Reconciled:
    """Hold a run against a decision, person by person.

    Args:
        request: What is asked.
        progress: Told the name of each stage as it begins.

    Raises:
        WrongUse: It is no run, or one of the quota levy; the folder is there; the employer is none.
        DeliveryRefused: The specification is not as it should be.
        CannotCertify: The run was altered.
        ArchiveLacks: The archive is not there, or lacks what the run read.
        CannotWrite: There is no permission or no room.
        SelfCheckFailed: The stages do not grant what the run says.
    """
    require_new(request.out, request.run)
    run = read_as_enacted(request.run, "nothing is compared with it")
    theirs = read_specification(request.decision, _employer(request.employer), request.dialect)
    with made_again(request.run, run, request.means, progress) as again:
        both = twice(again.engine, theirs)
        if both is not None:
            raise DeliveryRefused(
                f"{masked(request.decision.name)}, row {both[1]}: it names the same person of the same employer as row "
                f"{both[0]}; add them up first"
            )
        progress("reconcile")
        rows = again.engine.keep(reconciled(again, theirs, _employers(again, request.run)))
        progress("write")
        write_list(request.out, Listed(again.engine, RECONCILIATION, rows, run.simulation))
        return _added_up(again, rows, simulation=run.simulation)


def _employer(given: str | None) -> int | None:
    if given is None:
        return None
    if not is_employer_number(given):
        raise WrongUse("--employer: write an RSIN (nine digits) or a payroll tax number (nine digits, L, two digits)")
    return int(given[:RSIN_DIGITS])


def _employers(again: Again, run: Path) -> Frame:
    settled = again.engine.scan([run / "data" / f"{SETTLEMENT.name}.parquet"], SETTLEMENT.written_schema)
    return settled.select(rsin=nw.col("rsin").cast(nw.Int64))


def _added_up(again: Again, rows: Frame, *, simulation: bool) -> Reconciled:
    counted = rows.with_columns(one=nw.col("run_hours") * 0 + 1)
    by_reasons = again.engine.collect(
        sums_by(counted, ("status", "reasons"), "one", "difference_lkv_cents")
    ).to_pylist()
    persons: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for one in by_reasons:
        persons[one["status"]] += one["one"]
        reasons.update({code: one["one"] for code in one["reasons"].split(";") if code})
    return Reconciled(
        simulation,
        {status: persons[status] for status in STATUSES},
        sum(one["difference_lkv_cents"] for one in by_reasons),
        {code: reasons[code] for code in WHY if reasons[code]},
    )


__all__ = ["STATUSES", "Reconciled", "Request", "reconcile"]
