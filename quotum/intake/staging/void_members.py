"""Broken members with rows already written: those rows are removed again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import define, field

from quotum.intake.flat.raw_rows import MOST_ROWS
from quotum.intake.rows import numbers, where, whole
from quotum.intake.staging.parts import open_table

Whole = npt.NDArray[np.int64]

_PLACE: Final = ("delivery", "member")
_MEMBER_BITS: Final = 32


@define
class VoidMembers:
    """Void members, by delivery and member."""

    members: set[tuple[int, int]] = field(factory=set)
    """The members."""

    def __bool__(self) -> bool:
        """Whether there are void members."""
        return bool(self.members)

    def leave_out(self, files: Sequence[Path], path: Path, fragments: Sequence[Path] = ()) -> None:
        """Copies the rows that are not void from files into one file, in order and a piece at a time.

        Args:
            files: The files; they are removed.
            path: File to make; may be one of them.
            fragments: Files with the member of each fragment, for rows that only have their fragment.
        """
        sources = [file.rename(file.with_name(f".{file.name}")) for file in files]
        schema = pq.read_schema(sources[0])
        names, void = (("fragment",), self._fragments(fragments)) if fragments else (_PLACE, self._keys())
        with open_table(path, schema) as file:
            for source in sources:
                for batch in pq.ParquetFile(source).iter_batches(MOST_ROWS):
                    rows = pa.table(batch)
                    place = _as_one([numbers(whole(rows[name])) for name in names])
                    file.write_table(where(rows, ~np.isin(place, void)).cast(schema))
                source.unlink()

    def _keys(self) -> Whole:
        pairs = np.array(sorted(self.members), np.int64).reshape(-1, 2)
        return _as_one([pairs[:, 0], pairs[:, 1]])

    def _fragments(self, paths: Sequence[Path]) -> Whole:
        """Returns the fragment numbers of void members."""
        result, void = [np.zeros(0, np.int64)], self._keys()
        for path in paths:
            for batch in pq.ParquetFile(path).iter_batches(MOST_ROWS, columns=["fragment", *_PLACE]):
                of_void = np.isin(_as_one([numbers(batch[name]) for name in _PLACE]), void)
                result.append(numbers(batch["fragment"])[of_void])
        return np.concatenate(result)


def _as_one(place: Sequence[Whole]) -> Whole:
    """Combines delivery and member into one number each; a fragment is a number already."""
    first, *rest = place
    return (first << _MEMBER_BITS) | rest[0] if rest else first
