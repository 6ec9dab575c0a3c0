"""A comparison or a revision as JSON, without identifiers: the same bytes for the same runs."""

import json
from collections.abc import Mapping
from typing import Any

import attrs

from quotum.diff.comparison import Comparison
from quotum.diff.revising import Revised
from quotum.diff.sides import Pair, Side
from quotum.diff.terms import Terms

FORMAT = 1


def comparison_json(found: Comparison) -> str:
    """A comparison, whole."""
    both, first, second = found.employers
    return _text(
        found.pair,
        found.terms,
        {
            "employers": {
                "both": both,
                "only_first": first,
                "only_second": second,
                "differing": found.differing,
                "untraced": found.untraced,
            },
            "columns": [_record(one) for one in found.columns],
            "causes": [_record(one) for one in found.causes],
            "files": [{"file": name, "messages": count} for name, count in found.files],
            "largest": [_record(one) for one in found.largest],
        },
    )


def revision_json(found: Revised) -> str:
    """A revision, whole but for its lines."""
    lists = [_record(one) | {"table": one.table.name} for one in found.lists]
    more = {"judged_on": found.judged_on, "in_time": found.in_time, "remarks": list(found.remarks), "lists": lists}
    return _text(found.pair, found.terms, more)


def _text(pair: Pair, terms: Terms, more: Mapping[str, object]) -> str:
    content = {
        "format": FORMAT,
        "simulation": pair.simulation,
        "year": pair.first.year,
        "regime": pair.first.regime,
        "first": _side(pair.first),
        "second": _side(pair.second),
        "terms": _record(terms),
        **more,
    }
    return json.dumps(content, indent=1, ensure_ascii=False, default=str) + "\n"


def _side(side: Side) -> dict[str, object]:
    names = (
        "digest",
        "as_of",
        "known_on",
        "decided_on",
        "simulation",
        "scenario",
        "rate_hundredths",
        "rate_source",
        "baseline_source",
    )
    return {name: getattr(side, name) for name in names} | {"code": {"version": side.version, "sha256": side.code}}


def _record(one: Any) -> dict[str, Any]:
    found: dict[str, Any] = attrs.asdict(one, filter=lambda field, _: field.name != "table")
    pairs = ("differences", "causes")
    return found | {name: dict(found[name]) for name in pairs if isinstance(found.get(name), tuple | list)}
