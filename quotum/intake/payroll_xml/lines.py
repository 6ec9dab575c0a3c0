"""Lines of payroll returns: income relations, withdrawals, and what stands beside them in a section."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
from attrs import define, frozen

from quotum.intake.payroll_xml import mapping as layout
from quotum.intake.payroll_xml.sections import (
    LINES,
    UNITS,
    Faults,
    Mask,
    Sections,
    Whole,
    filled,
    line_key,
    whole,
)

_MESSAGE_PARTS: Final = 2
ABSENT: Final = -1
_ONCE: Final = "Expected: exactly one Bericht with IdBer, and one AdministratieveEenheid with LhNr."


@define
class Lines:
    """The lines, in order: income relations, withdrawals, and one line for each section without either."""

    section: Whole
    """Section of each."""
    source: Whole
    """Row of the line tables, -1 for the line of an empty section."""
    withdrawn: Mask
    """Whether it is a withdrawal."""
    key: Whole
    """Section and line in one number, rising."""


@frozen
class Marks:
    """What each row of the line tables is."""

    relation: Mask
    """Income relations (InkomstenverhoudingInitieel)."""
    withdrawn: Mask
    """Withdrawals (InkomstenverhoudingIntrekking)."""
    total: Mask
    """Totals (CollectieveAangifte)."""

    @classmethod
    def of(cls, lines: pa.Table, periods: pa.Table, before: Whole) -> "Marks":
        """Judges each row by the columns that have a value.

        A row without any value is CollectieveAangifte (or an empty date) where the schema has those
        first, and anywhere else, or with an income period, a line whose faults later checks name.

        Args:
            lines: The rows.
            periods: Fields of income periods.
            before: How many elements the schema has before the first line, for each row.
        """
        withdrawn = filled(lines, [layout.withdrawn(name) for name in layout.WITHDRAWN])
        total = filled(lines, layout.TOTALS)
        relation = filled(lines, layout.RELATION)
        nothing = np.flatnonzero(~(withdrawn | total | relation | filled(lines, layout.DATES)))
        part = lines.take(pa.array(nothing))
        relation[nothing] = (whole(part, "line") >= before[nothing]) | np.isin(line_key(part), line_key(periods))
        return cls(relation, withdrawn, total)


def header_rows(lines: pa.Table, periods: pa.Table) -> Mask:
    """Which rows of one line table are no lines, but dates and totals of their section."""
    before = np.full(len(lines), 1 if "choice" in lines.schema.names else 1 + len(layout.DATES), np.int64)
    marks = Marks.of(lines, periods, before)
    return ~(marks.relation | marks.withdrawn)


def check_lines(tables: dict[str, pa.Table], lines: pa.Table, marks: Marks, faults: Faults) -> None:
    """Refuse messages whose lines, or what must stand around them once, the schema does not allow."""
    file = whole(lines, "file")
    full = np.arange(len(lines)) < len(tables["full"])
    faults.add(
        file[full & marks.withdrawn],
        "a VolledigeAangifte holds an InkomstenverhoudingIntrekking. Expected: withdrawals only in "
        "AanvullendeAangifte and TijdvakCorrectie. Have the sender make the file anew.",
    )
    parts, units = tables["parts"], tables["units"]
    count = np.bincount(whole(parts, "file"), minlength=faults.files)
    faults.add(
        np.flatnonzero(count != _MESSAGE_PARTS),
        f"Bericht or AdministratieveEenheid is missing or stands twice, or there are two messages. {_ONCE}",
    )
    for table, name in ((parts, "IdBer"), (units, "LhNr")):
        found = whole(table.filter(table[name].is_valid()), "file")
        faults.unless_once(found, f"{name} is missing, empty or stands twice. {_ONCE}")


def ordered_lines(lines: pa.Table, marks: Marks, sections: Sections, started: Sequence[int]) -> Lines:
    """The lines in document order, with one more for every section without lines."""
    source = np.flatnonzero(marks.relation | marks.withdrawn)
    part = lines.select(["file", "unit", "line"]).take(pa.array(source))
    section = sections.at(part)
    key = section * LINES + whole(part, "line")
    has = np.zeros(len(sections.key), np.bool_)
    has[section] = True
    has |= np.isin(sections.key % UNITS, np.asarray(started, np.int64))
    bare = np.flatnonzero(~has)
    source = np.concatenate([source, np.full(len(bare), ABSENT, np.int64)])
    key = np.concatenate([key, bare * LINES])
    order = np.argsort(key, kind="stable")
    source = source[order]
    withdrawn = np.append(marks.withdrawn, False)[source]
    return Lines(key[order] // LINES, source, withdrawn, key[order])
