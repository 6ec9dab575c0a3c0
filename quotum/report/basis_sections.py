"""Basis of the figures: parameters and differences, assumed figures and readings, and the words of the page."""

from collections.abc import Iterable
from typing import Any, Final

from quotum.comparison.record import BEHAVIOUR_DUTCH, Comparison
from quotum.law.readings import IN_DUTCH
from quotum.parameters.scenarios_in_dutch import note_in_words
from quotum.report.parts import Cell, Section, Shower, TableView, table
from quotum.report.reader import Reader

Row = dict[str, Any]
_TERMS: Final = (
    "target_group", "surcharge", "bonus", "lkv", "quota_levy", "net", "balance", "rate_in_balance", "budget_neutral",
    "break_even", "small", "missing_jobs", "savings_loss", "law",
)  # fmt: skip


def parameters_section(reader: Reader, comparison: Comparison) -> Section:
    """Makes the section of parameters: first those that differ, then all that a scenario reads."""
    rows, shower = comparison.parameters.to_pylist(), Shower(reader)
    differing = [row for row in rows if row["differs"]]
    texts = (
        ("scenario", lambda row: Cell(reader.scenario(row["scenario"]))),
        *_named(shower),
        ("law_value", lambda row: _value(shower, row["law_value"])),
        ("value", lambda row: _value(shower, row["value"])),
        ("unit", lambda row: Cell(reader.unit(row["unit"]))),
    )
    shown: list[TableView] = []
    if differing:
        shown.append(table(shower, "differences-table", reader.say("caption.differences"), texts, (), differing))
    merged: dict[tuple[str, ...], list[str]] = {}
    keys = ("parameter", "value", "unit", "provision", "status", "source", "dutch")
    for row in (candidate for candidate in rows if candidate["value"] is not None or candidate["differs"]):
        key = tuple(row[name] or "" for name in keys)
        merged.setdefault(key, []).append(reader.scenario(row["scenario"]))
    scenario_count = len(comparison.scenarios)
    listed = [
        dict(zip(keys, key, strict=True))
        | {"who": reader.say("scenario.all") if len(names) == scenario_count else "; ".join(names)}
        for key, names in sorted(merged.items())
    ]
    scenarios_column = ("scenarios", lambda row: Cell(row["who"]))
    shown.append(_parameters(shower, reader.say("caption.parameters"), listed, (scenarios_column,)))
    return Section("parameters", reader.say("section.parameters"), (reader.say("text.parameters"),), shown=tuple(shown))


def parameters_of_run(reader: Reader, rows: Iterable[Row]) -> Section:
    """Makes the section of the parameters that a run read."""
    named = [row | {"parameter": row["name"]} for row in rows]
    shown = (_parameters(Shower(reader), reader.say("caption.parameters"), named, ()),)
    return Section("parameters", reader.say("section.parameters"), shown=shown)


def _named(shower: Shower) -> tuple[Any, ...]:
    if shower.reader.language == "nl":
        return (
            ("parameter", lambda row: Cell(row["dutch"], row["parameter"])),
            ("key", lambda row: shower.data(row["parameter"])),
        )
    return (("parameter", lambda row: Cell(row["parameter"])),)


def _value(shower: Shower, value: str | None) -> Cell:
    if not value:
        return Cell("–")
    # A value that is a word is written so in a scenario, in any language.
    word = value[0].isalpha() and shower.reader.language != "en"
    return Cell(shower.reader.plain(value), value, english=word)


def _parameters(shower: Shower, caption: str, rows: list[Row], more: tuple[Any, ...]) -> TableView:
    reader = shower.reader
    texts = (
        *_named(shower),
        ("value", lambda row: _value(shower, row["value"])),
        ("unit", lambda row: Cell(reader.unit(row["unit"]))),
        ("provision", lambda row: shower.provision(row["provision"])),
        ("status", lambda row: Cell(reader.say(f"status.{row['status'].replace(' ', '_')}"))),
        ("source", lambda row: shower.data(row["source"])),
        *more,
    )
    return table(shower, "parameters-table", caption, texts, (), rows)


def assumptions_section(reader: Reader, comparison: Comparison) -> Section:
    """Makes the section of assumed figures, readings and remarks, each once, with the scenarios based on it."""
    merged: dict[tuple[str, ...], list[str]] = {}
    keys = ("kind", "name", "value", "text", "source")
    for row in comparison.assumptions.to_pylist():
        if row["kind"] not in ("behaviour", "note"):
            merged.setdefault(tuple(row[name] or "" for name in keys), []).append(reader.scenario(row["scenario"]))
    scenario_count = len(comparison.scenarios)
    rows = [
        dict(zip(keys, key, strict=True))
        | {"who": reader.say("scenario.all") if len(names) == scenario_count else "; ".join(names)}
        for key, names in merged.items()
    ]
    scenarios_column = ("scenarios", lambda row: Cell(row["who"]))
    return assumptions(reader, rows, (scenarios_column,))


def assumptions(reader: Reader, rows: Iterable[Row], more: tuple[Any, ...] = ()) -> Section:
    """Makes the section of assumptions and readings of the law.

    Args:
        reader: The reader.
        rows: Each with `kind`, `name`, `value`, `text` and `source`.
        more: Further columns.
    """
    shower = Shower(reader)
    texts = (
        ("kind", lambda row: Cell(reader.either("kind", row["kind"]))),
        ("name", lambda row: shower.data(row["name"])),
        ("value", lambda row: Cell(reader.with_unit(row["value"] or ""))),
        ("text", lambda row: _held(shower, row)),
        ("source", lambda row: (shower.provision if row["kind"] == "reading" else shower.data)(row["source"])),
        *more,
    )
    shown = (table(shower, "assumptions-table", reader.say("caption.assumptions"), texts, (), list(rows)),)
    return Section("assumptions", reader.say("section.assumptions"), (reader.say("text.assumptions"),), shown=shown)


def _held(shower: Shower, row: Row) -> Cell:
    """Says what is assumed, read or remarked: in Dutch where it is known."""
    text = assumption_text(shower.reader, row["kind"], row["name"], row["text"])
    return Cell(text) if text != row["text"] or row["kind"] == "assumed figure" else shower.data(text)


def assumption_text(reader: Reader, kind: str, name: str | None, text: str) -> str:
    """Returns the text of an assumption in the reader's language; a remark or an own note is as it was written."""
    if reader.language != "nl":
        return text
    if kind == "behaviour":
        return BEHAVIOUR_DUTCH
    if kind == "note":
        return note_in_words(text).dutch
    if kind == "reading" and name is not None:
        key = f"reading.{name}"
        return IN_DUTCH.get(name) or (reader.say(key) if reader.has(key) else text)
    return text


def words_section(reader: Reader) -> Section:
    """Makes the section with the meaning of words on the page."""
    terms = tuple((reader.say(f"term.{name}"), reader.say(f"meaning.{name}")) for name in _TERMS)
    return Section("words", reader.say("section.words"), terms=terms)


__all__ = [
    "assumption_text", "assumptions", "assumptions_section", "parameters_of_run", "parameters_section", "words_section",
]  # fmt: skip
