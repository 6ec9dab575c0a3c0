"""Rows of a delivery as the checks see them: what was given and what was understood, each fact worked out once."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from quotum.tables import Table

_NARROW: Final = 32

CUT_OFF: Final = "cut_off"
"""Mark of a row whose line does not end."""

Verdict = pa.Array | None
"""For each row whether it is valid, where null is not; None when every row is, which is mostly known at no cost."""


@define
class Rows:
    """Rows of one table, many at a time."""

    table: Table
    """What they are."""
    raw: pa.Table
    """As delivered."""
    understood: pa.Table
    """As understood; null where a value is absent or cannot be understood."""
    marks: Mapping[str, pa.Array] = field(factory=dict)
    """What is known of each row beside its columns."""
    _worked_out: dict[str, Any] = field(factory=dict)

    def __len__(self) -> int:
        """Number of rows."""
        return int(self.raw.num_rows)

    def once(self, name: str, work: Callable[[], Any]) -> Any:
        """A fact under a name, worked out when it is first asked for."""
        if name not in self._worked_out:
            self._worked_out[name] = work()
        return self._worked_out[name]

    def values(self, name: str) -> pa.Array:
        """A column as understood."""
        return self.understood[name].chunk(0)

    def delivered(self, name: str) -> pa.ChunkedArray:
        """A column as delivered, by its name inside."""
        return self.raw[self.table.column(name).delivered_name]

    def all_given(self, name: str) -> bool:
        """Whether every row has a value in a column."""
        return not self.delivered(name).null_count

    def all_understood(self, name: str) -> bool:
        """Whether every value of a column that there is was understood."""
        return bool(self.delivered(name).null_count == self.values(name).null_count)

    def given(self, name: str) -> pa.Array:
        """Whether each row has a value in a column."""
        return self.once(f"given {name}", lambda: pa.concat_arrays(self.delivered(name).is_valid().chunks))

    def equals(self, name: str, text: str) -> pa.Array:
        """Whether a column of texts has a value; null where it has none."""
        return self.once(f"{name} is {text}", lambda: equals(self.values(name), text))

    def ends(self, name: str) -> tuple[Any, Any]:
        """The least and greatest value of a column; both None when it has no values."""
        found: tuple[Any, Any] = self.once(f"ends of {name}", lambda: ends_of(self.values(name)))
        return found

    def different(self, name: str) -> frozenset[Any]:
        """The different values of a column."""
        found: frozenset[Any] = self.once(f"all of {name}", lambda: frozenset(pc.unique(self.values(name)).to_pylist()))
        return found - {None}


def ends_of(values: pa.Array) -> tuple[Any, Any]:
    """The least and greatest of some values, days as their number; both None when there are none."""
    found = pc.min_max(values.view(pa.int32()) if pa.types.is_date32(values.type) else values).as_py()
    return found["min"], found["max"]


def flags(marks: npt.NDArray[np.bool_]) -> pa.Array:
    """Marks as Arrow has them."""
    return pa.Array.from_buffers(pa.bool_(), len(marks), [None, packed(marks)], 0)


def packed(marks: npt.NDArray[np.bool_]) -> pa.Buffer:
    """Marks eight to a byte, as Arrow keeps them and which values there are."""
    return pa.py_buffer(np.packbits(marks, bitorder="little"))


def where(rows: pa.Table, keep: npt.NDArray[np.bool_]) -> pa.Table:
    """Some of the rows; column by column, which is twice as quick as all at once."""
    if keep.all():
        return rows
    chosen = flags(keep)
    return pa.table([whole(column).filter(chosen) for column in rows.columns], rows.schema.names)


def whole(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece."""
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def numbers(values: pa.Array, absent: int = -1) -> npt.NDArray[Any]:
    """Numbers, days, moments or codes of texts as they lie in memory, without a copy where none is absent.

    Args:
        values: The values, of 32 or 64 bits.
        absent: What stands for an absent value.
    """
    if pa.types.is_dictionary(values.type):
        values = values.indices
    wide = values.type.bit_width > _NARROW
    if values.null_count:
        values = values.view(pa.int64() if wide else pa.int32()).fill_null(absent)
    data = values.buffers()[1]
    kind = np.dtype(np.int64 if wide else np.int32)
    return np.frombuffer(data, kind, len(values), values.offset * kind.itemsize) if len(values) else np.zeros(0, kind)


def equals(coded: pa.DictionaryArray, text: str) -> pa.Array:
    """Whether coded texts, each of which stands once in the dictionary, are a text; null where there is none."""
    return pc.equal(coded.indices, pa.scalar(pc.index(coded.dictionary, text).as_py(), coded.indices.type))
