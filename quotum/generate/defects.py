"""Faulty rows and messages, sprinkled over the returns, so that there is something for every check to find."""

import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.generate.defect_kinds import MESSAGE_DEFECTS, Defect, defect_kinds
from quotum.generate.draws import Draws, Flags, Whole
from quotum.generate.xml_form import Message

FAULTY_SHARE = 30
"""Rows made faulty, of ten thousand."""
MESSAGES_A_DEFECT = 40
"""Of so many XML messages one is faulty."""


@frozen(eq=False)
class Faults:
    """Faulty rows among some rows."""

    rows: Whole
    """Places of the faulty rows."""
    what: tuple[str, ...]
    """What is wrong with each."""


def defects_of(year: int, form: str) -> tuple[Defect, ...]:
    """The defects that a form (xml, csv or parquet) can have."""
    return tuple(
        defect
        for defect in defect_kinds(year)
        if (form != "parquet" or not defect.only_text) and (form != "xml" or defect.in_xml)
    )


def sprinkle(
    draws: Draws, table: pa.Table, may: Flags, keys: Whole, defects: tuple[Defect, ...]
) -> tuple[pa.Table, Faults]:
    """Make some rows faulty.

    Args:
        draws: Lots.
        table: Rows in the flat form, typed or as text.
        may: Which rows may become faulty.
        keys: Key of each row; rows of one message have keys that follow each other.
        defects: What may be wrong.
    """
    faulty = may & draws.happens("faulty", keys, FAULTY_SHARE)
    which = draws.below("faulty, how", keys, len(defects))
    follows = np.append(False, (np.diff(keys) == 1) & may[:-1])
    for number, defect in enumerate(defects):
        if not defect.cells:
            faulty &= follows | (which != number)
            again = faulty & (which == number)
            table = table.take(pa.array(np.arange(len(keys)) - again))
    for number, defect in enumerate(defects):
        wrong = pa.array(faulty & (which == number))
        for column, value in defect.cells:
            place = table.column_names.index(column)
            typed = pa.scalar(value, pa.string()).cast(table.schema.field(place).type)
            changed = pc.if_else(wrong, typed, table.column(place))
            table = table.set_column(place, table.schema.field(place), changed)
    rows = np.flatnonzero(faulty)
    return table, Faults(rows, tuple(defects[number].what for number in which[rows].tolist()))


def spoiled(messages: Iterator[Message], found: list[tuple[int, str]]) -> Iterator[Message]:
    """Messages of which some are faulty.

    Args:
        messages: The messages, in order.
        found: Takes the number of each faulty one, and what is wrong with it.
    """
    turn = 0
    for number, message in enumerate(messages):
        if number % MESSAGES_A_DEFECT:
            yield message
            continue
        text, defect = "".join(message.parts), MESSAGE_DEFECTS[turn % len(MESSAGE_DEFECTS)]
        text, changes = re.subn(defect.old, defect.new, text, count=1)
        if changes:
            turn += 1
            found.append((number, defect.what))
        yield Message(message.identification, iter([text]))


__all__ = ["Defect", "Faults", "defects_of", "spoiled", "sprinkle"]
