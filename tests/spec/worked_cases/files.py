"""The files of worked cases: deliveries and expected outcomes as CSV, words and arithmetic as JSON."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from quotum.parameters.kinds import Kind
from quotum.words import Text
from tests.rows import csv_text
from tests.spec.tables import BOOK
from tests.spec.worked_cases.arithmetic import filled
from tests.spec.worked_cases.case import Case, Rows
from tests.spec.worked_cases.every import Worked
from tests.spec.worked_cases.figures import used

KEYS = {
    "settlement": ("rsin",),
    "bonus_lines": ("rsin", "bsn"),
    "other_lkv_lines": ("rsin", "bsn", "category"),
    "surcharge_lines": ("lhnr", "period_start", "period_end"),
}
"""The key of each table of outcomes."""
_BARE = (Kind.DATE, Kind.YEAR, Kind.MONTHS)
INDEX = (
    "id",
    "rule",
    "provision",
    "case",
    "article",
    "foot",
    "year",
    "as_of",
    "regime",
    "outcome",
    "title_en",
    "title_nl",
)


def expected_tables(case: Case) -> Mapping[str, Rows]:
    """The tables of which a case expects rows, by name."""
    tables = dict(zip(KEYS, (case.settlement, case.lines, case.others, case.returns), strict=True))
    return {name: rows for name, rows in tables.items() if rows is not None}


def files_of(worked: Worked) -> dict[str, str]:
    """The files of a case by name.

    Args:
        worked: A case with numbers.
    """
    case = worked.case
    files = {f"{kind}.csv": csv_text(kind, _texts(rows)) for kind, rows in case.deliveries.items() if rows}
    if case.settings:
        files["scenario.toml"] = scenario_text(case)
    files |= {f"expected_{name}.csv": table_text(rows, KEYS[name]) for name, rows in expected_tables(case).items()}
    if case.macro is not None:
        files["expected_macro.json"] = as_json(case.macro)
    return files | {"case.json": as_json(record(worked, sorted(files)))}


def record(worked: Worked, files: Iterable[str]) -> dict[str, Any]:
    """What `case.json` says of a case.

    Args:
        worked: A case with numbers.
        files: The other files of its folder.
    """
    provision, case = worked.provision, worked.case
    figures = used(case)
    values = {name: str(figure["value"]) for name, figure in figures.items()}
    return {
        "id": worked.id,
        "rule": provision.rule,
        "provision": {
            "folder": provision.folder,
            "article": provision.article,
            "subject": _by_language(provision.subject),
            "question": _by_language(provision.question),
            "foot": provision.foot,
            "note": _by_language(provision.note),
        },
        "title": _by_language(case.title),
        "explanation": _by_language(case.explanation),
        "year": case.year,
        "as_of": f"{case.as_of}",
        "known_on": None,
        "regime": case.regime,
        "scenario": dict(case.settings),
        "figures": list(figures.values()),
        "arithmetic": [
            {
                "words": _by_language(step.words),
                "formula": filled(step.formula, values),
                "result": step.result,
                "gives": step.gives or None,
            }
            for step in case.steps
        ],
        "deliveries": [name for name in files if name.endswith(".csv") and not name.startswith("expected_")],
        "expected": {
            "outcome": case.outcome,
            "exit_code": case.exit_code,
            "files": [name for name in files if name.startswith("expected_")],
        },
        "alone": case.alone,
    }


def scenario_text(case: Case) -> str:
    """The settings of a case as a scenario file."""
    lines = [f'"{name}" = {_toml(name, value)}' for name, value in case.settings.items()]
    title = f'title = "Made up for a reference case"\nnote = "{case.title.english}"\n'
    return f"{title}\n[set]\n" + "".join(f"{line}\n" for line in lines)


def index_text(cases: Iterable[Worked]) -> str:
    """The list of all cases."""
    rows = []
    for worked in cases:
        provision, case = worked.provision, worked.case
        rows.append(
            {"id": worked.id, "rule": provision.rule, "provision": provision.folder, "case": case.name}
            | {"article": provision.article, "foot": provision.foot, "year": case.year, "as_of": f"{case.as_of}"}
            | {"regime": case.regime, "outcome": case.outcome}
            | {"title_en": case.title.english, "title_nl": case.title.dutch}
        )
    return _csv(rows, INDEX)


def table_text(rows: Rows, columns: Iterable[str] = ()) -> str:
    """Rows as CSV: booleans as `true` and `false`, nothing as an empty text.

    Args:
        rows: The rows.
        columns: The columns when there are no rows.
    """
    return _csv(rows, tuple(rows[0]) if rows else tuple(columns))


def as_text(value: object) -> str:
    """A value as it stands in CSV."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_json(value: object) -> str:
    """JSON for people: indented, letters as they are."""
    return f"{json.dumps(value, indent=2, ensure_ascii=False)}\n"


def _toml(name: str, value: str) -> str:
    kind = BOOK.parameter(name).kind
    bare = kind in _BARE or (kind is Kind.NUMBER and value.isdigit())
    return value if bare else f'"{value}"'


def _by_language(text: Text) -> dict[str, str]:
    return {"en": text.english, "nl": text.dutch}


def _texts(rows: Rows) -> list[dict[str, str]]:
    return [{name: str(value) for name, value in row.items() if value != ""} for row in rows]


def _csv(rows: Iterable[Mapping[str, object]], columns: Iterable[str]) -> str:
    stream = io.StringIO()
    names = list(columns)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([as_text(row[name]) for name in names] for row in rows)
    return stream.getvalue()
