"""Faulty rows, sprinkled over the returns, so that there is something to reject."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.generate.draws import Draws, Flags, Whole

FAULTY_SHARE = 30


@frozen
class Defect:
    """A way in which a row is wrong."""

    what: str
    """What is wrong."""
    column: str
    """Column it is in."""
    value: str | None
    """What stands there; none: nothing does."""
    only_text: bool = False
    """Whether a typed column cannot hold it."""
    in_xml: bool = True
    """Whether one row of an XML message can have it."""


@frozen(eq=False)
class Faults:
    """Faulty rows among some rows."""

    rows: Whole
    """Places of the faulty rows."""
    what: tuple[str, ...]
    """What is wrong with each."""


def defects_of(year: int, form: str) -> tuple[Defect, ...]:
    """The defects that a form (xml, csv or parquet) can have."""
    every = (
        Defect("BSN that fails the eleven test", "SofiNr", "123456789"),
        Defect("kind of income relation that does not exist", "SrtIV", "99"),
        Defect("paid hours missing", "AantVerlU", None),
        Defect("number of the income relation of five digits", "NumIV", "12345"),
        Defect("indicator other than J or N", "IndZW", "X"),
        Defect("first and last day of the period do not belong together", "DatEindTv", f"{year}-06-29", in_xml=False),
        Defect("date that does not exist", "DatAanv", f"{year}-02-30", only_text=True),
        Defect("amount with three decimals", "LnSV", "1234.567", only_text=True),
    )
    return tuple(
        defect for defect in every if (form != "parquet" or not defect.only_text) and (form != "xml" or defect.in_xml)
    )


def sprinkle(
    draws: Draws, table: pa.Table, may: Flags, keys: Whole, defects: tuple[Defect, ...]
) -> tuple[pa.Table, Faults]:
    """Make some rows faulty.

    Args:
        draws: Lots.
        table: Rows in the flat form, typed or as text.
        may: Which rows may become faulty.
        keys: Key of each row.
        defects: What may be wrong.
    """
    faulty = may & draws.happens("faulty", keys, FAULTY_SHARE)
    which = draws.below("faulty, how", keys, len(defects))
    for number, defect in enumerate(defects):
        place = table.column_names.index(defect.column)
        wrong = pa.array(faulty & (which == number))
        value = pa.scalar(defect.value, pa.string()).cast(table.schema.field(place).type)
        table = table.set_column(place, table.schema.field(place), pc.if_else(wrong, value, table.column(place)))
    rows = np.flatnonzero(faulty)
    return table, Faults(rows, tuple(defects[number].what for number in which[rows].tolist()))
