"""Looking for English that is left over in Dutch: the words of every catalogue, and the names that are fixed."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec

import click

import jobs
import quotum
from quotum.comparison.tables import SIMULATION_TABLES
from quotum.intake.checks.row_rules import MESSAGES
from quotum.law.readings import IN_DUTCH as READINGS
from quotum.parameters import Figures, listed, load_book, read_scenario, shipped_scenarios
from quotum.parameters.units import IN_DUTCH as UNITS
from quotum.report.reader import Reader, keys
from quotum.simulate.words import READINGS as READINGS_OF_SIMULATIONS
from quotum.tables import ALL_TABLES
from quotum.tables_in_dutch import IN_DUTCH
from quotum.words import Text

# Names of files, options, values and Latin that look like English words of a catalogue.
FIXED = frozenset(
    {"archive", "base", "call", "cents", "code", "counted", "data", "days", "delivery", "diff", "digest", "done", "dry"}
    | {"explain", "findings", "forget", "given", "hours", "joint", "key", "kind", "limit", "list", "member", "merge"}
    | {"message", "name", "national", "nightly", "none", "note", "notes", "out", "quality", "receipt", "receive"}
    | {"received", "refused", "replay", "rows", "rule", "rules", "run", "runs", "separate", "settle", "sha256"}
    | {
        "staging",
        "tag",
        "tables",
        "verify",
        "withdraw",
        "zip",
        "touch",
        "index",
        "permission",
        "denied",
        "false",
        "true",
    }
    | {
        "allocations",
        "declarations",
        "deductions",
        "employers",
        "quotum",
        "register",
        "returns",
        "settlement",
        "traits",
    }
    | {"transfers", "law", "row", "withdrawal", "decisions", "overview", "payments", "report", "statement"}
)
PRINTING_NOTHING = frozenset({"scenario show"})
"""Commands that print a file of a scenario: it is data."""
_TABLES = (*ALL_TABLES, *SIMULATION_TABLES)
_COLUMNS = [column for table in _TABLES for column in table.columns]
_CHOICES = {choice for column in _COLUMNS for choice in column.choices}
DECLARED = frozenset(
    {table.name for table in _TABLES}
    | {rule.name for rule in MESSAGES}
    | {name.removesuffix("_cents") for column in _COLUMNS for name in (column.name, column.delivered_name)}
    | {alias for column in _COLUMNS for alias in column.aliases}
    | _CHOICES
)
"""Names of tables, columns (with or without their unit) and rules, and the values of choices."""
_WORD = re.compile(r"(?<![\w./$'-])[A-Za-z][a-z]{2,}(?![\w/'-]|\.\w|\()")
_BLANKS = re.compile(r"\{[^}]*\}|`[^`]*`|--[\w-]+|\[[a-z]+\]")


NEEDING_SPARK = {"quotum.engine.spark", "quotum.engine.spark_errors", "quotum.engine.spark_session"}
"""Modules that cannot be imported before `make test-all` added Spark; none of them has words of its own."""


def module_names() -> Iterator[str]:
    """Every module of quotum and of its commands that can be imported here."""
    absent = NEEDING_SPARK if find_spec("pyspark") is None else set()
    for package in (quotum, jobs):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__") and module.name not in absent:
                yield module.name


def _of(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _of(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _of(inner)


@cache
def texts() -> dict[str, Text]:
    """Every bilingual text of a module, by module and name; those of the law have a test of their own."""
    result: dict[int, tuple[str, Text]] = {}
    for name in sorted(module_names(), key=lambda name: not name.endswith("words")):
        if name.startswith("quotum.law."):
            continue
        for variable, value in vars(importlib.import_module(name)).items():
            for number, text in enumerate(_of(value)):
                result.setdefault(id(text), (f"{name}.{variable}.{number}", text))
    return dict(result.values())


def words_of(text: str) -> set[str]:
    """The plain words of a text, without what is filled in and names of options."""
    return set(_WORD.findall(_BLANKS.sub(" ", text)))


@cache
def english_words() -> frozenset[str]:
    """Words of the English side that no Dutch text has, without fixed names; a capital is another word."""
    english = " ".join([*(text.english for text in texts().values()), *IN_DUTCH, *UNITS])
    words_of_report = [Reader("nl").say(key) for key in keys() if "{" not in key and _is_plain(key)]
    dutch = [*(text.dutch for text in texts().values()), *IN_DUTCH.values(), *UNITS.values(), *words_of_report]
    dutch += [*READINGS.values(), *READINGS_OF_SIMULATIONS.values()]
    result = {word.lower() for word in words_of(" ".join(dutch))}
    return frozenset(word for word in words_of(english) if word not in FIXED | DECLARED and word.lower() not in result)


def _is_plain(key: str) -> bool:
    try:
        Reader("nl").say(key)
    except KeyError:
        return False
    return True


@cache
def _data() -> tuple[str, ...]:
    """Texts that are data: sources of figures, titles and notes of scenarios, names of chapters."""
    book = load_book()
    lines = [line.as_json() for line in listed(book, Figures(book), None)]
    scenarios = [read_scenario(name, book) for name in shipped_scenarios()]
    notes = [part.strip() for scenario in scenarios for part in scenario.note.splitlines()]
    data = {line["source"] or "" for line in lines} | {scenario.title for scenario in scenarios} | set(notes)
    data |= {choice for choice in _CHOICES if " " in choice}
    return tuple(sorted(data - {""}, key=len, reverse=True))


def english_left_over(words: str, *names: str) -> dict[str, str]:
    """English words in what was said, each with the line it stands in.

    Args:
        said: What a command printed in Dutch.
        *names: Texts of the test itself, such as its folder.
    """
    for text in (*sorted(names, key=len, reverse=True), *_data()):
        words = words.replace(text, " ")
    words = re.sub(r"\S+\.md, [A-Z][A-Za-z ]+", " ", words)
    result: dict[str, str] = {}
    for line in words.splitlines():
        for word in sorted(words_of(line) & english_words()):
            result.setdefault(word, line)
    return result


def commands() -> list[tuple[str, click.Command]]:
    """Every command with its name; groups are no commands."""
    from jobs.cli import main  # noqa: PLC0415 (a broken command line must not hide other tests)

    return list(_below(main, ""))


def _below(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield name.strip(), command
        return
    context = click.Context(command, info_name=name)
    for below in command.list_commands(context):
        output = command.get_command(context, below)
        if output is not None:
            yield from _below(output, f"{name} {below}")
