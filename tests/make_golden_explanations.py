"""Freezes what `quotum explain` says: `python -m tests.make_golden_explanations` writes `fixtures/golden_explanations`.

There is a file per run, with the whole JSON of some of its employers by the name of their case in
`tests.explained_cases`; only the digest of the run is left out, because it is over the code as well. Explanations and
settlements are computed twice, in two ways, and these files hold both against what was said before: whoever changes one
says in the message of the commit which sentence or amount changed, and why (another reading, another figure, better
words). A change of code that should change nothing changes no file.
"""

import json
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from attrs import field, frozen

from quotum.explanations.explanation import Explanation, explain_in, open_run
from quotum.explanations.forms.record import as_json
from tests.explained_cases import BY_HAND, LEVY, PUT_RIGHT, YEARS, Case, received
from tests.helpers import FIXTURES, ended, quotum
from tests.replay.altering import seal_again
from tests.rows import PERSON

GOLDEN = FIXTURES / "golden_explanations"
ACT = "wet_banenafspraak"
ACTIVATED = {f"{ACT}.in_force_from": "2022-01-01", f"{ACT}.activated_in": "2022", "wtl.bonus_rate": '"3.76"'}
GIVEN = ACTIVATED | {f"{ACT}.surcharge_rate": '"0.35"'}
BALANCE = ACTIVATED | {f"{ACT}.surcharge_rate": '"balance"', f"{ACT}.required_share": '"2.00"'}
HIGH_RATE = GIVEN | {f"{ACT}.surcharge_basis": '"high_rate"', "wtl.bonus_cap": '"3000"'}
TARGET = f"{ACT}.target_jobs_government"
CONDITIONAL = ACTIVATED | {
    f"{ACT}.surcharge_rate": '"budget"',
    f"{ACT}.sectors": '"conditional"',
    f"{ACT}.required_government_share": '"50"',
    f"{ACT}.baseline_hours_government": "0",
}
LEVIES = {"wfsv.quota_percentage_market": '"2.00"'}
COMPUTED = {
    "wfsv.quota_jobs_government": '"1100000"', "wfsv.quota_jobs_small_government": '"0"',
    "wfsv.quota_agency_hours": '"1000000"',
}  # fmt: skip
CHARGED = "2026-given-rate-and-three-years"
"""The run of which a person is asked for as well, and that is then changed."""
FORGED = "wtl.jobs_agreement_cap"
"""The figure that it then claims to be another: it cuts off nothing there, so that the amounts stay what they are."""


_ALL: Final = ()
_FEW: Final = ("hours_and_persons", "deductions", "small_at_the_limit")
_TWO: Final = ("deductions", "small_at_the_limit")
_DECLARED: Final = ("rights_by_declaration", "other_categories", "cumulation", "transferor", "acquirer")
_OUT_OF_FORCE: Final = ("message_set_aside", "message_withdrawn_by_hand")
_CHARGED: Final = (
    "kinds_of_work", "cumulation", "two_payroll_tax_numbers", "starter_with_a_wage", "acquirer",
    "rights_by_declaration",
)  # fmt: skip


@frozen
class Run:
    """A run, and whom to explain in it."""

    name: str
    """Name of the run and of its file."""
    year: int = 2026
    """Calendar year."""
    scenario: Mapping[str, str] = field(factory=dict)
    """What its scenario sets; as enacted without any."""
    employers: Collection[str] = _ALL
    """Employers by the name of their case; all without any."""
    more: tuple[object, ...] = ()
    """More options of `quotum settle`."""


RUNS: Final[dict[tuple[Case, ...], tuple[Run, ...]]] = {
    YEARS: (
        Run("2021", 2021, employers=("older_text", "nothing_known")),
        Run("2025", 2025, employers=_DECLARED),
        Run("2026"),
        Run(CHARGED, scenario=GIVEN | {"wtl.jobs_agreement_years": "3"}, employers=(*_FEW, *_CHARGED)),
    ),
    PUT_RIGHT: (
        Run("2026-put-right", employers=("hours_and_persons", *_OUT_OF_FORCE)),
        Run("2026-before-it-was", employers=_OUT_OF_FORCE, more=("--known-on", "2027-05-02")),
        Run("2026-balance", scenario=BALANCE, employers=_TWO),
        Run("2026-high-rate", scenario=HIGH_RATE, employers=_FEW),
        Run("2026-condition-met", scenario=CONDITIONAL | {TARGET: "1"}, employers=_FEW),
        Run("2026-condition-not-met", scenario=CONDITIONAL | {TARGET: "1000"}, employers=_TWO),
    ),
    LEVY: (
        Run("2019-quota-levy-given", 2019, LEVIES | {"wfsv.quota_percentage_government": '"0.50"'}),
        Run("2019-quota-levy-computed", 2019, LEVIES | COMPUTED, ("borrower", "meets_the_quota")),
    ),
}


def explanations(folder: Path, names: Collection[str] = _ALL) -> Iterator[tuple[str, str]]:
    """Every run with the explanations of its employers, as text.

    Args:
        folder: Where archives and runs are made.
        names: Runs to make; all without any.
    """
    for place, (cases, all_runs) in enumerate(RUNS.items()):
        runs = [run for run in all_runs if not names or run.name in names]
        if not runs:
            continue
        archive, employers = received(cases, folder / f"{place}")
        if cases == PUT_RIGHT:
            _withdraw(archive, employers["message_withdrawn_by_hand"])
        for run in runs:
            result = _settled(archive, folder / f"{place}" / run.name, run)
            opened = open_run(result)
            yield run.name, _text({name: explain_in(opened, employers[name]) for name in run.employers or employers})
            if run.name == CHARGED:
                here = {name: explain_in(opened, employers[name], PERSON) for name in ("hours_and_persons",)}
                yield f"{run.name}-one-person", _text(here)
                forged = open_run(_forged(result))
                here = {name: explain_in(forged, employers[name]) for name in ("deductions",)}
                yield f"{run.name}-not-shipped", _text(here)


def _withdraw(archive: Path, rsin: str) -> None:
    about = ("--number", f"{rsin}L01", "--reason", "sent by mistake", "--received", "2027-05-03T06:00:00")
    ended(quotum("archive", "withdraw", BY_HAND, "--archive", archive, *about), 0)


def _settled(archive: Path, folder: Path, run: Run) -> Path:
    sets = "".join(f'"{name}" = {value}\n' for name, value in run.scenario.items())
    scenario = folder.with_suffix(".toml")
    scenario.write_text(f'title = "{run.name}"\n[set]\n{sets}', "utf-8")
    more = (*(("--scenario", scenario) if sets else ()), *run.more)
    if run.scenario.keys() & LEVIES.keys():
        more = (*more, "--regime", "quota-levy")
    about = ("--archive", archive, "--year", run.year, "--as-of", f"{run.year + 1}-05-01", "--threads", 1)
    result = quotum("settle", *about, "--out", folder, *more)
    # A message that is set aside leaves a finding that the exit code tells of.
    ended(result, 3 if result.exit_code == 3 else 0)
    return folder


def _forged(run: Path) -> Path:
    """The run with another value of a figure in its record, and manifests that fit."""
    for path in (run, *run.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    path = run / "data" / "run.json"
    record = json.loads(path.read_text("utf-8"))
    for figure in record["parameters"]:
        if figure["name"] == FORGED:
            figure["value"] = "1999.99"
    path.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", "utf-8")
    seal_again(run)
    return run


def _text(explained: Mapping[str, Explanation]) -> str:
    """Explanations as JSON, what holds nothing else on a line of its own."""
    return f"{_lines({name: _without_digest(item) for name, item in explained.items()})}\n"


def _lines(value: object, indent: str = "\n") -> str:
    below = f"{indent} "
    if isinstance(value, dict) and any(isinstance(part, dict | list) and part for part in value.values()):
        inside = [f"{json.dumps(name)}: {_lines(part, below)}" for name, part in value.items()]
        return f"{{{below}{f',{below}'.join(inside)}{indent}}}"
    if isinstance(value, list) and value:
        return f"[{below}{f',{below}'.join(_lines(part, below) for part in value)}{indent}]"
    return json.dumps(value, ensure_ascii=False)


def _without_digest(explanation: Explanation) -> dict[str, object]:
    """What `quotum explain --format json` says, but for the digest of the run."""
    return {name: value for name, value in json.loads(as_json(explanation)).items() if name != "run"}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as output:
        new = dict(explanations(Path(output)))
    shutil.rmtree(GOLDEN, ignore_errors=True)
    GOLDEN.mkdir()
    for key, text in new.items():
        (GOLDEN / f"{key}.json").write_text(text, "utf-8")
