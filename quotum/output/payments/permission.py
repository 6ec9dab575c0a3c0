"""Whether a run can be paid from at all: no simulation, nothing assumed, no quota levy."""

import json
from pathlib import Path
from typing import Final

from quotum.errors import WrongUse
from quotum.run_folder.reader import Finished
from quotum.run_folder.request import QUOTA_LEVY

_ACT: Final = "wet_banenafspraak"
_CONDITION: Final = f"{_ACT}.required_government_share"
# The job count and the savings loss rest on these, and no amount of an employer.
_MACRO: Final = frozenset(
    f"{_ACT}.{name}"
    for name in (
        "agency_share_government", "baseline_jobs_with_hired", "hours_per_job_month", "hours_per_job_year",
        "realised_jobs_government", "realised_jobs_market", "saving_per_job", "saving_per_job_high",
        "saving_per_job_low",
    )
)  # fmt: skip


def assumed_under_amounts(folder: Path, run: Finished) -> tuple[str, ...]:
    """Names of the assumed figures that `payable_cents` or `surcharge_cents` of a run rests on.

    Where surcharge and bonus are due only when government has realised enough, the figures of the job count are among
    them. A figure that this version does not know to be of the job count only is among them too.
    """
    macro = json.loads((folder / "data" / "macro.json").read_text("utf-8"))
    decides = any(figure.name == _CONDITION for figure in run.figures.every)
    return tuple(figure["name"] for figure in macro["assumed"] if decides or figure["name"] not in _MACRO)


def require_payable(folder: Path, run: Finished, *, simulation: bool) -> None:
    """A run that can be paid from.

    Args:
        folder: The run.
        run: What it says of itself.
        simulation: Whether the order is asked as a simulation.

    Raises:
        WrongUse: It is a run of the quota levy, or a simulation or one that rests on an assumed figure and the order is
            not asked as a simulation.
    """
    if run.regime == QUOTA_LEVY:
        raise WrongUse(
            "a run of the quota levy gives figures and no decision (Wfsv art. 122na): there is nothing to pay; name a "
            "run that was settled with --regime as-enacted"
        )
    if simulation:
        return
    if run.simulation:
        raise WrongUse(
            "the run is a simulation: a scenario set its figures, so nothing is to be paid from it. Settle the year "
            "without a scenario, or give --simulation for files that say so in every name and identifier"
        )
    assumed = assumed_under_amounts(folder, run)
    if assumed:
        raise WrongUse(
            f"amounts of the run rest on figures that are only assumed ({', '.join(assumed)}), so nothing is to be "
            "paid from it. Settle the year when they are published, or give --simulation for files that say so in "
            "every name and identifier"
        )


__all__ = ["assumed_under_amounts", "require_payable"]
