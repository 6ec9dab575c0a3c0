"""Input and output of the delivery readers: sources, raw rows, totals and refusals."""

from collections.abc import Callable
from typing import BinaryIO

import pyarrow as pa
from attrs import frozen

from quotum.tables import Table


@frozen
class Source:
    """One readable member of a delivery: a plain file, or one file inside a container."""

    delivery: int
    """Number of the delivery within the receive call."""
    member: int
    """Number of the member within its container; 0 for a plain file."""
    place: str
    """File (and member) as the user knows it, for messages only."""
    open: Callable[[], BinaryIO]
    """Opens the uncompressed bytes anew, from the beginning; need not be seekable."""


@frozen
class RawRows:
    """Rows as read, nothing checked yet.

    `table` has the delivered names of a table of `quotum.tables` as columns (strings, null when
    absent; a Parquet reader may give typed columns) and three of its own: `delivery`, `member`
    and `row` (int64; `row` counts from 1 within its member).
    """

    table: pa.Table
    """The rows."""


@frozen
class RawTotals:
    """Declared totals of returns (CollectieveAangifte), one row per return or correction.

    Columns `delivery`, `member`, `first_row`, `last_row` (int64: the rows of `RawRows` it covers) and the
    delivered totals `TotLnSV`, `TotPrlnAofAnwLg`, `TotPrlnAofAnwHg`, `TotPrlnAofAnwUit` (strings).
    """

    table: pa.Table
    """The totals."""


@frozen
class RefusedMember:
    """A broken member: rows and totals that came from it before are void."""

    source: Source
    """The member."""
    reason: str
    """What is wrong, without the place and without anything personal."""


@frozen
class FlatRows:
    """Rows of a flat delivery, as `RawRows`."""

    rows: pa.Table
    """The rows."""
    table: Table
    """The declared table."""


@frozen
class MemberEnd:
    """End of a flat member that was read whole."""

    source: Source
    """The member."""
    table: Table
    """The declared table."""


ReadEvent = RawRows | RawTotals | RefusedMember
