"""Faulty rows and messages, sprinkled over the returns, so that there is something for every check to find.

Each defect is made once for certain, as soon as there are rows and messages for it; the others are a lottery.
"""

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
"""Rows made faulty, of ten thousand, beside one of each defect."""
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


def _before(flags: Flags) -> Flags:
    """What is said of the row before each; no of the first."""
    return np.append(False, flags)[: len(flags)]


def _spread(places: Whole, wanted: int) -> Whole:
    """So many of the places, evenly spread; all of them when there are fewer."""
    count = min(wanted, len(places))
    return places[np.arange(count) * len(places) // max(count, 1)]


def sprinkle(
    draws: Draws, table: pa.Table, may: Flags, keys: Whole, defects: tuple[Defect, ...], made: set[str]
) -> tuple[pa.Table, Faults]:
    """Make some rows faulty: one of each defect that there is not yet, and a share of all.

    Args:
        draws: Lots.
        table: Rows in the flat form, typed or as text.
        may: Which rows may become faulty.
        keys: Key of each row; rows of one message have keys that follow each other.
        defects: What may be wrong.
        made: What is wrong somewhere already; takes what is wrong here.
    """
    faulty = may & draws.happens("faulty", keys, FAULTY_SHARE)
    which = draws.below("faulty, how", keys, len(defects))
    follows = may & _before(may) & (np.diff(keys, prepend=keys[:1]) == 1)
    missing = np.array([number for number, defect in enumerate(defects) if defect.what not in made], dtype=np.int64)
    # Every other row of a message: each has a sound one before it, which it can repeat.
    certain = _spread(np.flatnonzero(follows & (keys % 2 == 1)), len(missing))
    faulty[certain - 1], faulty[certain] = False, True
    which[certain] = missing[: len(certain)]
    follows &= ~_before(faulty)
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
    what = tuple(defects[number].what for number in which[rows].tolist())
    made.update(what)
    return table, Faults(rows, what)


def spoiled(messages: Iterator[Message], found: list[tuple[int, str]], made: set[str]) -> Iterator[Message]:
    """Messages of which some are faulty, each defect in its turn.

    Args:
        messages: The messages, in order.
        found: Takes the number of each faulty one, and what is wrong with it.
        made: What is wrong somewhere already; takes what is wrong here.
    """
    turn, due = sum(defect.what in made for defect in MESSAGE_DEFECTS), False
    for number, message in enumerate(messages):
        due |= number % MESSAGES_A_DEFECT == 0
        if not due:
            yield message
            continue
        text, defect = "".join(message.parts), MESSAGE_DEFECTS[turn % len(MESSAGE_DEFECTS)]
        text, changes = re.subn(defect.old, defect.new, text, count=1, flags=re.DOTALL)
        if changes:
            turn, due = turn + 1, False
            found.append((number, defect.what))
            made.add(defect.what)
        yield Message(message.identification, iter([text]))


__all__ = ["Defect", "Faults", "defects_of", "spoiled", "sprinkle"]
