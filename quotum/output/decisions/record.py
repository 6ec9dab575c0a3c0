"""A decision as JSON: the same content as the page, for programs."""

from collections.abc import Mapping

import attrs

from quotum.law import calendar_days
from quotum.output.decisions.decision import Decision, Terms, reference
from quotum.run_folder.bag import json_bytes

_FORMAT = 1


def as_json(terms: Terms, decision: Decision) -> bytes:
    """A decision as a JSON file; amounts are whole cents, days are ISO text."""
    return json_bytes(
        {
            "format": _FORMAT,
            "simulation": terms.simulation,
            "reference": reference(terms, decision.number),
            "year": terms.year,
            "provisions": ["Wtl art. 4.1", "Wtl art. 4.2"],
            "decided_on": terms.decided_on.isoformat(),
            "decided_by": {"role": "inspector", "office": terms.office, "assessed_by": "UWV"},
            "employer": {"number": decision.number, "name": decision.name, "rsin": decision.rsin},
            "lkv_cents": decision.lkv_cents,
            "bonus_cents": decision.bonus_cents,
            "payable_cents": decision.payable_cents,
            "employees": [attrs.asdict(person) for person in decision.persons],
            "rests_on": _rests_on(terms),
            "payment": _payment(terms, decision),
            "objection": _objection(terms),
            "revision": {"provision": "Wtl art. 4.3", "until": terms.revision_until.isoformat()},
            "not_decided_here": {
                "surcharge_cents": decision.surcharge_cents,
                "other_lkv": [attrs.asdict(benefit) for benefit in decision.others],
            },
        }
    )


def _rests_on(terms: Terms) -> Mapping[str, object]:
    return {
        "returns_filed_by": terms.as_of.isoformat(),
        "run": terms.run,
        "rates": [attrs.asdict(rate) for rate in terms.rates],
        "assumed": list(terms.assumed),
    }


def _payment(terms: Terms, decision: Decision) -> Mapping[str, object] | None:
    """Payment of a decision; None when there is nothing to pay."""
    if not decision.payable_cents:
        return None
    return {
        "provision": "Wtl art. 4.4",
        "by": "receiver",
        "weeks": calendar_days.WEEKS_TO_PAY,
        "until": terms.pay_until.isoformat(),
    }


def _objection(terms: Terms) -> Mapping[str, object]:
    return {
        "provisions": ["Awb art. 3:45", "Awb art. 6:5", "Awb art. 6:7"],
        "to": {"role": "inspector", "office": terms.office},
        "weeks": calendar_days.WEEKS_TO_OBJECT,
        "until": terms.objection_until.isoformat(),
        "decided_within_weeks": calendar_days.WEEKS_TO_DECIDE_ON_OBJECTION,
    }


__all__ = ["as_json"]
