"""Writes the pages of the guide that are made of the code: `python -m tests.make_guide_pages`.

`data_dictionary.md` is made of the declarations of the tables, `limits_and_readings.md` of the readings of the law, the
parameter files and the limits in the README. A test holds the pages against what this writes.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from quotum.comparison.tables import SIMULATION_TABLES
from quotum.law import readings
from quotum.law.readings import IN_DUTCH, Reading
from quotum.parameters import load_book
from quotum.parameters.book import ASSUMED
from quotum.tables import (
    ARCHIVE_TABLES,
    DELIVERIES,
    DIFF_TABLES,
    EMPLOYER_TABLES,
    NOT_PAYABLE,
    RUN_TABLES,
    Column,
    Table,
)
from tests.make_law_readme import lines_of
from tests.mutation.places import RULES

HOUSE = Path(__file__).resolve().parents[1]
GUIDE = HOUSE / "jobs" / "guide"
LIMITS: Final = "## What it does not do\n"
GROUPS: Final = (
    ("Deliveries", "What is received. Names are those of the delivered file.", DELIVERIES),
    ("Archive", "What is kept of deliveries, in the folder `rows` of the archive.", ARCHIVE_TABLES),
    ("Run", "What `quotum settle` writes, in the folder `data` of the run.", RUN_TABLES),
    ("Differences", "What `quotum diff` writes about two runs of a year.", DIFF_TABLES),
    ("Payments", "What `quotum payments` writes beside its orders.", (NOT_PAYABLE,)),
    (
        "Employers and persons",
        "What `quotum overview`, `quotum missed` and `quotum reconcile` write.",
        EMPLOYER_TABLES,
    ),
    ("Simulation", "What `quotum simulate` writes, also in one workbook.", SIMULATION_TABLES),
)
DICTIONARY_HEAD: Final = """\
# Data dictionary

*Elke tabel en kolom, zoals `quotum tables` ze toont; bedragen zijn hele centen.*

Made by `python -m tests.make_guide_pages` from `quotum/tables.py` and `quotum/comparison/tables.py`; a test holds it
current. `quotum tables NAME` shows a table, `--format json` gives it to programs, `quotum.columns(NAME)` as a frame.
"""
LIMITS_HEAD: Final = """\
# Limits, readings and assumed figures

*Waar quotum ophoudt, wat het aanhoudt waar de wet zwijgt, en welke cijfers zijn aangenomen.*

Made by `python -m tests.make_guide_pages` from the README, `quotum/law` and `quotum/parameters`; a test holds it
current. A run says in `macro.json` on which of these its amounts rest, and `quotum explain` at each amount.
"""


def dictionary() -> str:
    """The page of the data dictionary."""
    return DICTIONARY_HEAD + "".join(_group(*group) for group in GROUPS)


def limits() -> str:
    """The page of limits, readings and assumed figures."""
    return LIMITS_HEAD + "".join((_limits(), _readings(), _assumed()))


def _group(title: str, words: str, tables: tuple[Table, ...]) -> str:
    return f"\n## {title}\n\n{words}\n" + "".join(_table(table) for table in tables)


def _table(table: Table) -> str:
    delivered = table in DELIVERIES
    rows = [_row(*_cells(column, delivered=delivered)) for column in table.columns]
    head = f"\n### {table.name}\n\nA row per {table.meaning}.\n\n"
    return f"{head}| column | kind | notes | meaning |\n|---|---|---|---|\n{''.join(rows)}"


def _cells(column: Column, *, delivered: bool) -> Iterator[str]:
    yield f"`{column.delivered_name if delivered else column.name}`"
    yield f"{column.kind}{f', {column.unit}' if column.unit and not delivered else ''}"
    notes = (
        "may be empty" if column.null else "",
        "may be left out" if column.optional else "",
        f"also {', '.join(column.aliases)}" if column.aliases else "",
        f"in SPOLISBUS S{column.spolisbus}" if column.spolisbus else "",
        f"one of {', '.join(column.choices)}" if column.choices else "",
    )
    yield "; ".join(filter(None, notes))
    yield column.meaning


def _limits() -> str:
    _, _, after = (HOUSE / "README.md").read_text("utf-8").partition(LIMITS)
    return f"\n{LIMITS}\n{after.partition('## ')[0].strip()}\n"


def all_readings() -> tuple[Reading, ...]:
    """The readings, in the order in which they are declared."""
    return tuple(value for value in vars(readings).values() if isinstance(value, Reading))


def _readings() -> str:
    asked: dict[str, list[str]] = {}
    for module in RULES:
        for line in lines_of(module):
            for name in line.readings:
                asked.setdefault(name, []).append(f"`{line.name}`")
    rows = (
        _row(
            reading.provision,
            reading.text,
            IN_DUTCH[reading.name],
            f"`{reading.name}`",
            ", ".join(asked.get(reading.name, ())),
        )
        for reading in all_readings()
    )
    return (
        "\n## Readings\n\nWhat is held where a statute is silent. The last column names the conditions that rest on it "
        "([the law, rule by rule](../../quotum/law/README.md)); the others are of an amount or a count.\n\n"
        "| provision | what is held | wat wordt aangehouden | name | conditions |\n|---|---|---|---|---|\n"
        f"{''.join(rows)}"
    )


def _assumed() -> str:
    rows = (
        _row(
            f"`{figure.name}`", figure.dutch, figure.value, figure.unit, str(figure.valid_from), figure.provision,
            figure.source,
        )
        for parameter in load_book().parameters
        for figure in parameter.figures(None)
        if figure.status == ASSUMED
    )  # fmt: skip
    return (
        "\n## Assumed figures\n\nInferred and not read in a statute or publication; what rests on them is printed with "
        "them and goes out with `--simulation` only. A scenario sets them otherwise.\n\n"
        "| figure | term | value | unit | from | provision | where it comes from |\n|---|---|---|---|---|---|---|\n"
        f"{''.join(rows)}"
    )


def _row(*cells: str) -> str:
    return f"| {' | '.join(' '.join(cell.split()).replace('|', '&#124;') for cell in cells)} |\n"


PAGES: Final = {"data_dictionary.md": dictionary, "limits_and_readings.md": limits}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (GUIDE / name).write_text(page(), encoding="utf-8")
