"""Lines of payroll returns: income relations, withdrawals, and the other elements of their section."""

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
    """Lines in order: income relations, withdrawals, and one line for each section without either."""

    section: Whole
    """Section of each line."""
    source: Whole
    """Row of the line tables; -1 for the line of an empty section."""
    withdrawn: Mask
    """Whether the line is a withdrawal."""
    key: Whole
    """Section and line in one number, rising."""


@frozen
class Marks:
    """Meaning of each row of the line tables."""

    relation: Mask
    """Income relations (InkomstenverhoudingInitieel)."""
    withdrawn: Mask
    """Withdrawals (InkomstenverhoudingIntrekking)."""
    total: Mask
    """Totals (CollectieveAangifte)."""

    @classmethod
    def of(cls, lines: pa.Table, periods: pa.Table, before: Whole) -> "Marks":
        """Classifies each row by the columns that have a value.

        A row without values is CollectieveAangifte (or an empty date) where the schema has those first. Anywhere
        else, or with an income period, it is a line whose faults later checks report.

        Args:
            lines: The rows.
            periods: Fields of income periods.
            before: Number of elements that the schema has before the first line, for each row.
        """
        withdrawn = filled(lines, [layout.withdrawn(name) for name in layout.WITHDRAWN])
        total = filled(lines, layout.TOTALS)
        relation = filled(lines, layout.RELATION)
        nothing = np.flatnonzero(~(withdrawn | total | relation | filled(lines, layout.DATES)))
        part = lines.take(pa.array(nothing))
        relation[nothing] = (whole(part, "line") >= before[nothing]) | np.isin(line_key(part), line_key(periods))
        return cls(relation, withdrawn, total)


def header_rows(lines: pa.Table, periods: pa.Table) -> Mask:
    """Marks rows of a line table that are dates and totals of their section instead of lines."""
    before = np.full(len(lines), 1 if "choice" in lines.schema.names else 1 + len(layout.DATES), np.int64)
    marks = Marks.of(lines, periods, before)
    return ~(marks.relation | marks.withdrawn)


def check_lines(tables: dict[str, pa.Table], lines: pa.Table, marks: Marks, faults: Faults) -> None:
    """Refuses messages whose lines, or elements required once around them, break the schema."""
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
        files = whole(table.filter(table[name].is_valid()), "file")
        faults.unless_once(files, f"{name} is missing, empty or stands twice. {_ONCE}")


def ordered_lines(lines: pa.Table, marks: Marks, sections: Sections, started: Sequence[int]) -> Lines:
    """Returns the lines in document order, with an extra line for every section without lines."""
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
