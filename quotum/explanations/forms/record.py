"""An explanation as JSON."""

import json

from quotum.explanations.explanation import Explanation
from quotum.explanations.settled_rows import Record
from quotum.explanations.step import REASONS, Step
from quotum.tables import SIMULATION


def as_json(explanation: Explanation) -> str:
    """The whole explanation; the same bytes for the same run, whatever the archive received since."""
    record = {
        "format": 1,
        "simulation": explanation.simulation,
        "regime": explanation.regime,
        "year": explanation.year,
        "as_of": explanation.as_of,
        "run": explanation.run_digest,
        "employer": explanation.employer,
        "person": explanation.person,
        "figures_not_shipped": list(explanation.not_shipped),
        "settled": {"number": explanation.settled.number, **_columns(explanation.settled.employer)},
        "hours": None if explanation.settled.hours is None else _columns(explanation.settled.hours),
        "steps": [_step(step, explanation.language) for step in explanation.steps],
    }
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def _columns(row: Record) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in ("rsin", SIMULATION.name)}


def _step(step: Step, language: str) -> dict[str, object]:
    return {
        "rule": step.rule,
        "question": step.question,
        "article": step.article,
        "footing": step.footing,
        "inputs": [{"name": name, "value": value} for name, value in step.inputs],
        "result": step.result,
        "amount_cents": step.amount_cents,
        "adds_to": step.adds_to,
        "not_given": [{"reason": reason, "meaning": REASONS[reason].text.words(language)} for reason in step.not_given],
        "person": step.person,
        "payroll_tax_number": step.payroll_tax_number,
        "period": None
        if step.period is None
        else {"start": step.period.start.isoformat(), "end": step.period.end.isoformat()},
    }
