"""Whether amounts of a run can go to others: no simulation, nothing assumed, no quota levy."""

import json
from pathlib import Path
from typing import Final

from quotum.errors import WrongUse
from quotum.output import words
from quotum.run.regimes import regime as regimes
from quotum.run_folder.reader import Finished

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
    """Names, without repetition, of the assumed figures that `payable_cents` or `surcharge_cents` of a run rests on.

    Where surcharge and bonus are due only when government has realised enough, the figures of the job count are among
    them. A figure that this version does not know to be of the job count only is among them too.
    """
    macro = json.loads((folder / "data" / "macro.json").read_text("utf-8"))
    decides = any(figure.name == _CONDITION for figure in run.figures.every)
    names = (figure["name"] for figure in macro["assumed"])
    return tuple(dict.fromkeys(name for name in names if decides or name not in _MACRO))


def require_decides(run: Finished, meaning: str = "") -> None:
    """Require a run under a regime that decides about amounts.

    Args:
        run: What it says of itself.
        meaning: What follows from it here, put behind the message; empty for nothing.

    Raises:
        WrongUse: It is a run of the quota levy.
    """
    if not regimes.named(run.regime).decides:
        raise WrongUse(words.LEVY_DECIDES_NOTHING.sentence(meaning=meaning))


def require_certain(folder: Path, run: Finished, so: str, marked: str) -> None:
    """Require a run that is no simulation and whose amounts rest on no assumed figure.

    Args:
        folder: The run.
        run: What it says of itself.
        so: What is not done otherwise, in words.
        marked: What `--simulation` would make, in words.

    Raises:
        WrongUse: It is a simulation, or rests on an assumed figure.
    """
    if run.simulation:
        raise WrongUse(words.RUN_SIMULATES.sentence(so=so, marked=marked))
    assumed = assumed_under_amounts(folder, run)
    if assumed:
        raise WrongUse(words.RESTS_ON_ASSUMED.sentence(assumed=", ".join(assumed), so=so, marked=marked))


__all__ = ["assumed_under_amounts", "require_certain", "require_decides"]
