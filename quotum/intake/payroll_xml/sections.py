"""Sections of payroll returns (TijdvakAangifte, TijdvakCorrectie), and reasons to refuse a message."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from quotum.intake.payroll_xml import mapping as layout

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

MOST_CORRECTIONS: Final = 13
TOO_MANY: Final = "it has too many corrections (TijdvakCorrectie). Expected: at most 13. Have it made anew."
UNITS: Final = 1 << 17
LINES: Final = 1 << 32


@define
class Faults:
    """First reason to refuse each message."""

    files: int
    """Number of messages."""
    reasons: dict[int, str] = field(factory=dict)
    """First reason by message."""

    def add(self, files: Whole, reason: str) -> None:
        """Adds a reason for some messages."""
        for file in np.unique(files).tolist():
            self.reasons.setdefault(file, reason)

    def unless_once(self, files: Whole, reason: str) -> None:
        """Adds a reason for every message that does not occur exactly once."""
        self.add(np.flatnonzero(np.bincount(files, minlength=self.files) != 1).astype(np.int64), reason)

    def keep(self, files: Whole) -> Mask:
        """Marks rows of messages without a reason."""
        return ~np.isin(files, np.fromiter(self.reasons, np.int64, len(self.reasons)))


@define
class Sections:
    """Sections (TijdvakAangifte, TijdvakCorrectie) in document order."""

    key: Whole
    """Message and unit in one number, rising."""
    kind: npt.NDArray[np.str_]
    """V, A or C."""

    @property
    def file(self) -> Whole:
        """Message of each section."""
        return self.key // UNITS

    def at(self, table: pa.Table) -> Whole:
        """Section of each row of a table."""
        return np.searchsorted(self.key, section_key(table)).astype(np.int64)


def whole(table: pa.Table, name: str) -> Whole:
    """Returns a column of whole numbers."""
    return table[name].to_numpy().astype(np.int64)  # type: ignore[no-any-return]


def section_key(table: pa.Table) -> Whole:
    """Returns message and unit of each row in one number."""
    return whole(table, "file") * UNITS + whole(table, "unit")


def line_key(table: pa.Table) -> Whole:
    """Returns message, unit and line of each row in one number."""
    return section_key(table) * LINES + whole(table, "line")


def filled(table: pa.Table, names: Iterable[str]) -> Mask:
    """Marks rows in which at least one of the columns has a value."""
    filled = np.zeros(len(table), np.bool_)
    for name in names:
        filled |= table[name].is_valid().to_numpy()
    return filled


def sections_of(tables: dict[str, pa.Table], faults: Faults) -> Sections:
    """Finds the sections and their kind, and refuses what the schema does not allow around them."""
    units, returns = tables["units"], tables["returns"]
    plain = units.filter(pc.is_null(units["LhNr"]))
    key = np.unique(section_key(plain))
    kind = np.full(len(key), "", dtype="<U1")
    for letter, name in layout.LINES.items():
        kind[np.isin(key, section_key(tables[name]))] = letter
    sections = Sections(key, kind)
    faults.add(
        sections.file[kind == ""],
        "a TijdvakAangifte or TijdvakCorrectie is empty. Expected: its period and CollectieveAangifte. "
        "Have the sender make the file anew.",
    )
    corrections = np.bincount(sections.file[sections.kind == "C"], minlength=faults.files)
    faults.add(np.flatnonzero(corrections > MOST_CORRECTIONS).astype(np.int64), TOO_MANY)
    _check_returns(returns, sections, faults)
    without = np.setdiff1d(np.arange(faults.files), sections.file)
    faults.add(without, "it has neither TijdvakAangifte nor TijdvakCorrectie. Expected: at least one of them.")
    return sections


def _check_returns(returns: pa.Table, sections: Sections, faults: Faults) -> None:
    key = np.unique(section_key(returns))
    file = key // UNITS
    faults.add(file[1:][np.diff(file) == 0], "TijdvakAangifte stands twice. Expected: at most once in a message.")
    first = sections.key[np.searchsorted(sections.file, file)]
    faults.add(file[first != key], "a TijdvakCorrectie stands before TijdvakAangifte. Expected: after it.")
    choices = returns.filter(pa.array(~filled(returns, layout.DATES)))
    count = np.bincount(np.searchsorted(key, section_key(choices)), minlength=len(key))
    faults.add(
        file[count != 1],
        "TijdvakAangifte does not have exactly one of VolledigeAangifte and AanvullendeAangifte beside its dates. "
        "Expected: one of the two, once. Have the sender make the file anew.",
    )
