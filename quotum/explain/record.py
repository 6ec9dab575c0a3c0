"""An explanation as JSON."""

import json

import attrs

from quotum.explain.explanation import Explanation
from quotum.explain.step import WHY_NOT, Step


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
        "settled": attrs.asdict(explanation.settled),
        "hours": None if explanation.hours is None else attrs.asdict(explanation.hours),
        "steps": [_step(step) for step in explanation.steps],
    }
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def _step(step: Step) -> dict[str, object]:
    return {
        "rule": step.rule,
        "question": step.question,
        "article": step.article,
        "footing": step.footing,
        "inputs": [{"name": name, "value": value} for name, value in step.inputs],
        "result": step.result,
        "amount_cents": step.amount_cents,
        "adds_to": step.adds_to,
        "not_given": [{"reason": reason, "meaning": WHY_NOT[reason]} for reason in step.not_given],
        "person": step.person,
        "payroll_tax_number": step.payroll_tax_number,
        "period": None
        if step.period is None
        else {"start": step.period.start.isoformat(), "end": step.period.end.isoformat()},
    }
