"""Faulty rows and messages, spread over the returns, so that every check has something to find.

Each defect occurs at least once, as soon as there are rows and messages for it; the others are drawn by lot.
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
"""Faulty rows per ten thousand, beside the first of each defect."""
MESSAGES_A_DEFECT = 40
"""Number of XML messages per faulty message."""


@frozen(eq=False)
class Faults:
    """Faulty rows among some rows."""

    rows: Whole
    """Places of the faulty rows."""
    what: tuple[str, ...]
    """Fault of each."""


def defects_of(year: int, form: str) -> tuple[Defect, ...]:
    """Returns the defects that a form (xml, csv or parquet) can have."""
    return tuple(
        defect
        for defect in defect_kinds(year)
        if (form != "parquet" or not defect.only_text) and (form != "xml" or defect.in_xml)
    )


def _before(flags: Flags) -> Flags:
    """Shifts flags by a row; the first row gets no."""
    return np.append(False, flags)[: len(flags)]


def _spread(places: Whole, most: int) -> Whole:
    """Picks at most a number of places, evenly spread."""
    count = min(most, len(places))
    return places[np.arange(count) * len(places) // max(count, 1)]


def sprinkle(
    draws: Draws, table: pa.Table, eligible: Flags, keys: Whole, defects: tuple[Defect, ...], faults_made: set[str]
) -> tuple[pa.Table, Faults]:
    """Makes some rows faulty: each defect that was not made yet, and a share of all rows.

    Args:
        draws: Lots.
        table: Rows in the flat form, typed or as text.
        eligible: Marks of the rows that may become faulty.
        keys: Key of each row; rows of a message have consecutive keys.
        defects: Possible defects.
        faults_made: Faults made so far; the new ones are added.
    """
    faulty = eligible & draws.happens("faulty", keys, FAULTY_SHARE)
    chosen = draws.below("faulty, how", keys, len(defects))
    follows = eligible & _before(eligible) & (np.diff(keys, prepend=keys[:1]) == 1)
    missing = np.array(
        [number for number, defect in enumerate(defects) if defect.what not in faults_made], dtype=np.int64
    )
    # Every other row of a message: each has a sound row before it, which it can repeat.
    certain = _spread(np.flatnonzero(follows & (keys % 2 == 1)), len(missing))
    faulty[certain - 1], faulty[certain] = False, True
    chosen[certain] = missing[: len(certain)]
    follows &= ~_before(faulty)
    for number, defect in enumerate(defects):
        if not defect.cells:
            faulty &= follows | (chosen != number)
            repeats = faulty & (chosen == number)
            table = table.take(pa.array(np.arange(len(keys)) - repeats))
    for number, defect in enumerate(defects):
        wrong = pa.array(faulty & (chosen == number))
        for column, value in defect.cells:
            place = table.column_names.index(column)
            typed = pa.scalar(value, pa.string()).cast(table.schema.field(place).type)
            changed = pc.if_else(wrong, typed, table.column(place))
            table = table.set_column(place, table.schema.field(place), changed)
    rows = np.flatnonzero(faulty)
    faults = tuple(defects[number].what for number in chosen[rows].tolist())
    faults_made.update(faults)
    return table, Faults(rows, faults)


def spoil_messages(
    messages: Iterator[Message], faulty: list[tuple[int, str]], faults_made: set[str]
) -> Iterator[Message]:
    """Makes some messages faulty, each defect in its turn.

    Args:
        messages: The messages, in order.
        faulty: Receives the number and the fault of each faulty message.
        faults_made: Faults made so far; the new ones are added.
    """
    turn, due = sum(defect.what in faults_made for defect in MESSAGE_DEFECTS), False
    for number, message in enumerate(messages):
        due |= number % MESSAGES_A_DEFECT == 0
        if not due:
            yield message
            continue
        text, defect = "".join(message.parts), MESSAGE_DEFECTS[turn % len(MESSAGE_DEFECTS)]
        text, changes = re.subn(defect.old, defect.new, text, count=1, flags=re.DOTALL)
        if changes:
            turn, due = turn + 1, False
            faulty.append((number, defect.what))
            faults_made.add(defect.what)
        yield Message(message.identification, iter([text]))


__all__ = ["Defect", "Faults", "defects_of", "spoil_messages", "sprinkle"]
