"""A comparison or a revision as JSON, without identifiers: the same bytes for the same runs."""

import json
from collections.abc import Mapping
from typing import Any

import attrs

from quotum.diff.comparison import Comparison
from quotum.diff.revision_lists import RevisionLists
from quotum.diff.sides import Pair, Side
from quotum.diff.terms import Terms

FORMAT = 1


def comparison_json(comparison: Comparison) -> str:
    """Returns a comparison as JSON."""
    in_both, first, second = comparison.employers
    return _text(
        comparison.pair,
        comparison.terms,
        {
            "employers": {
                "both": in_both,
                "only_first": first,
                "only_second": second,
                "differing": comparison.differing,
                "untraced": comparison.untraced,
            },
            "columns": [_record(column) for column in comparison.columns],
            "causes": [_record(cause) for cause in comparison.causes],
            "files": [{"file": name, "messages": count} for name, count in comparison.files],
            "largest": [_record(employer) for employer in comparison.largest],
        },
    )


def revision_json(revision: RevisionLists) -> str:
    """Returns a revision as JSON, without its lines."""
    lists = [_record(item) | {"table": item.table.name} for item in revision.lists]
    more = {
        "judged_on": revision.judged_on,
        "in_time": revision.in_time,
        "remarks": list(revision.remarks),
        "lists": lists,
    }
    return _text(revision.pair, revision.terms, more)


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


def _record(record: Any) -> dict[str, Any]:
    fields: dict[str, Any] = attrs.asdict(record, filter=lambda field, _: field.name != "table")
    pairs = ("differences", "causes")
    return fields | {name: dict(fields[name]) for name in pairs if isinstance(fields.get(name), tuple | list)}
