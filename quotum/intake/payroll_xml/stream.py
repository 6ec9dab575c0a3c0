"""Reader of one big payroll return from a stream, in constant memory.

xml2arrow gives the batches of different tables in no fixed order, and those of small tables only at the end. So the
message's own data and the period of the return are read from the first megabyte, lines wait for their income
periods, and at the end everything is checked against the whole.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import numpy as np
import pyarrow as pa
import xml2arrow
from attrs import define, field

from quotum.intake.payroll_xml import mapping as layout
from quotum.intake.payroll_xml.element_by_element import read_through
from quotum.intake.payroll_xml.feed import Feed
from quotum.intake.payroll_xml.flat_rows import FlatMessages, assemble
from quotum.intake.payroll_xml.lines import header_rows
from quotum.intake.payroll_xml.message_head import BrokenMessageError, Head, read_head
from quotum.intake.payroll_xml.screen import Screen
from quotum.intake.payroll_xml.sections import TOO_MANY, UNITS, Whole
from quotum.intake.payroll_xml.structure import Structure
from quotum.intake.prefetch import prefetch
from quotum.intake.sources import RawRows, RawTotals, ReadEvent, RefusedMember, Source

_PIECE: Final = 1 << 20
_LINE_BITS: Final = 32
_END: Final = (1 << 62) - 1
_BATCH: Final = 16_384
_SLAB: Final = 32_768
_BATCHES_AHEAD: Final = 8
_RETURN: Final = ("full", "full_periods", "supplement", "supplement_periods")
_MISPLACED: Final = (
    "its elements do not stand in the order of the schema. Expected: Bericht, then AdministratieveEenheid with LhNr, "
    "the period and its income relations. Have the sender make the file anew."
)


def read_big(source: Source, start: bytes, stream: BinaryIO, rows: int) -> Iterator[ReadEvent]:
    """Reads a message.

    Args:
        source: Origin of the message.
        start: The bytes read from the stream so far.
        stream: The rest of the message.
        rows: Largest number of rows of one `RawRows`.
    """
    try:
        yield from _Message(source, read_head(start), start, stream, rows).events()
    except BrokenMessageError as broken:
        yield RefusedMember(source, str(broken))


@define
class _Flow:
    """Lines of the return, or of its corrections, that are not rows yet."""

    names: tuple[str, ...]
    """Tables of the lines and of their income periods, in turn."""
    waiting: dict[str, list[pa.Table]] = field(factory=dict)
    """Tables received so far."""
    lines: int = 0
    """Number of waiting lines."""
    lines_left: int = 0
    """Number of lines that still waited after the last cut."""
    rows_given: int = 0
    """Number of rows given so far."""
    going_on: list[int] = field(factory=list)
    """Units that have given some of their rows, while others are still to come."""
    heads: list[dict[str, pa.Table]] = field(factory=list)
    """Dates, totals and first lines of each cut, for the check at the end."""

    def push(self, name: str, table: pa.Table) -> None:
        """Adds a batch."""
        self.waiting.setdefault(name, []).append(table)
        if name in self.names[::2]:
            self.lines += len(table)

    def cut(self, final: bool) -> dict[str, pa.Table]:
        """Takes out the lines whose income periods are complete; dates and totals stay while their section goes on."""
        result = {}
        for lines_name, periods_name in zip(self.names[::2], self.names[1::2], strict=True):
            lines, periods = self._waiting(lines_name), self._waiting(periods_name)
            unit = _units(lines)
            safe = _END if final else _last_key(periods)
            # Rows come in the order of the document: only the last section seen can still grow.
            growing = min(safe >> _LINE_BITS, _END if final or not len(unit) else int(unit[-1]))
            heads = header_rows(lines, periods)
            before = _keys(lines) < safe
            going = before & ((unit < growing) | np.isin(unit, unit[before & ~heads]))
            result[lines_name] = lines.filter(pa.array(going))
            result[periods_name] = periods.filter(pa.array(_keys(periods) < safe))
            self.waiting[lines_name] = [lines.filter(pa.array(~going | (heads & (unit == growing))))]
            self.waiting[periods_name] = [periods.filter(pa.array(_keys(periods) >= safe))]
            self._remember(lines_name, lines, going, heads)
            self.going_on += np.unique(unit[going & ~heads & (unit == growing)]).tolist()
        self.lines = self.lines_left = sum(len(table) for name in self.names[::2] for table in self.waiting[name])
        return result

    def _waiting(self, name: str) -> pa.Table:
        return pa.concat_tables([layout.empty(name), *self.waiting.get(name, [])])

    def _remember(self, name: str, lines: pa.Table, going: Any, heads: Any) -> None:
        _, first = np.unique(np.where(going & ~heads, _units(lines), -1), return_index=True)
        keep = going & heads
        keep[first] |= (going & ~heads)[first]
        self.heads.append({name: lines.filter(pa.array(keep))})

    def remembered(self, name: str) -> pa.Table:
        """Dates, totals and first lines of all sections, each once."""
        tables = [heads[name] for heads in self.heads if name in heads]
        return (
            pa.concat_tables([layout.empty(name), *tables]).group_by([*layout.empty(name).schema.names]).aggregate([])
        )


def _units(table: pa.Table) -> Whole:
    return table["unit"].to_numpy().astype(np.int64)  # type: ignore[no-any-return]


def _keys(table: pa.Table) -> Whole:
    return (_units(table) << _LINE_BITS) + table["line"].to_numpy().astype(np.int64)  # type: ignore[no-any-return]


def _last_key(periods: pa.Table) -> int:
    return int(_keys(periods.slice(len(periods) - 1))[0]) if len(periods) else 0


@define
class _Message:
    """Reading of a message."""

    source: Source
    """Origin of the message."""
    head: Head
    """Content of its first bytes."""
    start: bytes
    """Bytes read so far."""
    stream: BinaryIO
    """The rest of the message."""
    rows: int
    """Largest number of rows of one `RawRows`."""
    returned: _Flow = field(factory=lambda: _Flow(_RETURN))
    """Lines of TijdvakAangifte."""
    corrected: _Flow = field(factory=lambda: _Flow(("correction", "correction_periods")))
    """Lines of TijdvakCorrectie."""
    totals: list[pa.Table] = field(factory=list)
    """Totals of sections, in pieces."""
    whole: dict[str, list[pa.Table]] = field(factory=dict)
    """The small tables, which come at the end."""
    first: dict[str, pa.Table] = field(factory=dict)
    """The same tables, as far as the first megabyte has them."""
    screen: Screen = field(init=False)
    """Screens the bytes."""
    structure: Structure = field(init=False)
    """Follows the elements."""

    def events(self) -> Iterator[ReadEvent]:
        """Yields rows, and at the end the totals.

        Raises:
            BrokenMessageError: The message cannot be read.
        """
        self.screen = Screen(self.head)
        self.first = self._beginning()
        self.structure = Structure(self.head.prefix, self.head.year)
        feed = Feed(self.stream, self.screen, self.structure, self.start[self.head.body :])
        for name, table in prefetch(self._batches(feed), _BATCHES_AHEAD):
            flow = self._flow(name)
            if flow is None:
                self.whole.setdefault(name, []).append(table)
                continue
            flow.push(name, table)
            if flow.lines >= flow.lines_left + min(self.rows, _SLAB):
                started = list(flow.going_on)
                yield from self._give(flow, flow.cut(final=False), started)
        if self.screen.finish() or self.structure.doubtful:
            self._read_through()
        ends = [(flow, list(flow.going_on), flow.cut(final=True)) for flow in (self.returned, self.corrected)]
        self._check()
        for flow, started, slab in ends:
            yield from self._give(flow, slab, started)
        if self.corrected.rows_given and self.returned.rows_given != self._before_corrections():
            raise BrokenMessageError(_MISPLACED)
        if self.totals:
            yield RawTotals(self._all_totals())

    def _flow(self, name: str) -> _Flow | None:
        return next((flow for flow in (self.returned, self.corrected) if name in flow.names), None)

    def _beginning(self) -> dict[str, pa.Table]:
        body = self.start[self.head.body : self.start.rfind(b">") + 1]
        text = body.decode("latin-1").encode() if self.head.latin1 else body
        try:
            tables = layout.parse(layout.OPENING + layout.MESSAGE_OPENING + text, stop=True)
        except (xml2arrow.Xml2ArrowError, TypeError) as error:
            self._read_through()
            raise BrokenMessageError(layout.reason_of(error)) from None
        return tables

    def _batches(self, feed: Any) -> Iterator[tuple[str, pa.Table]]:
        try:
            for name, batch in feed.batches(min(_BATCH, self.rows)):
                yield name, layout.tidy(batch)
        except (xml2arrow.Xml2ArrowError, OSError, TypeError, ValueError) as error:
            if feed.failure is None:
                self._read_through()
                raise BrokenMessageError(layout.reason_of(error)) from None
        if feed.failure is not None:
            raise feed.failure

    def _read_through(self) -> None:
        with self.source.open() as stream:
            read_through(iter(lambda: stream.read(_PIECE), b""), self.head)

    def _give(self, flow: _Flow, slab: dict[str, pa.Table], started: list[int]) -> Iterator[ReadEvent]:
        lines = pa.concat_tables([slab[name].select(["file", "unit"]) for name in flow.names[::2]])
        if not len(lines):
            return
        assembled = assemble(self._surrounded(slab, lines), 1, started, (self.head.year,))
        if assembled.faults:
            raise BrokenMessageError(assembled.faults[0])
        offset = flow.rows_given + (self._before_corrections() if flow is self.corrected else 0)
        flow.rows_given += len(assembled.rows)
        yield from self._numbered(assembled, offset)

    def _before_corrections(self) -> int:
        """Number of rows of the return itself, which may come later than those of the corrections."""
        return max(1, self.structure.lines_in_return) if len(self.first["returns"]) else 0

    def _surrounded(self, slab: dict[str, pa.Table], lines: pa.Table) -> dict[str, pa.Table]:
        """Completes a cut so that it looks like a whole message."""
        tables = {
            name: layout.empty(name) for kind in layout.LINES for name in (layout.LINES[kind], layout.periods_of(kind))
        }
        units = np.unique(_units(lines))
        if units.max() >= UNITS:
            raise BrokenMessageError(TOO_MANY)
        number = self.first["units"]
        sections = _rows_like(number, unit=units)
        returns = self.first["returns"]
        if "full" in slab and len(returns):
            returns = pa.concat_tables([returns, _rows_like(returns, unit=units)])
        parts = self.first["parts"]
        around = {"units": pa.concat_tables([number.filter(number["LhNr"].is_valid()), sections])}
        around |= {"parts": pa.concat_tables([parts.slice(0, 1), _rows_like(parts, unit=np.zeros(1, np.int64))])}
        return tables | around | {"returns": returns if "full" in slab else returns.slice(0, 0)} | slab

    def _numbered(self, assembled: FlatMessages, offset: int) -> Iterator[ReadEvent]:
        shift = dict.fromkeys(("row", "first_row", "last_row"), offset)
        if len(assembled.totals):
            self.totals.append(_shifted(assembled.totals, shift))
        rows = self._owned(_shifted(assembled.rows, shift))
        for begin in range(0, len(rows), self.rows):
            yield RawRows(rows.slice(begin, self.rows))

    def _owned(self, table: pa.Table) -> pa.Table:
        for name in ("delivery", "member"):
            table = table.append_column(name, pa.array(np.full(len(table), getattr(self.source, name), np.int64)))
        return table.drop_columns(["file", "unit"])

    def _all_totals(self) -> pa.Table:
        """Merges the totals of each section into one row."""
        keys = ["file", "unit", *layout.TOTALS]
        grouped = pa.concat_tables(self.totals).group_by(keys, use_threads=False)
        merged = grouped.aggregate([("first_row", "min"), ("last_row", "max")])
        names = [name.removesuffix("_min").removesuffix("_max") for name in merged.schema.names]
        return self._owned(merged.rename_columns(names).sort_by("first_row"))

    def _check(self) -> None:
        """Checks the whole as small messages are checked, and that the assumptions were right.

        Raises:
            BrokenMessageError: The message fails a check.
        """
        tables = {name: pa.concat_tables([layout.empty(name), *self.whole.get(name, [])]) for name in self.first}
        for flow in (self.returned, self.corrected):
            tables |= {name: flow.remembered(name) for name in flow.names[::2]}
        faults = assemble(tables, 1).faults
        if faults:
            raise BrokenMessageError(faults[0])
        if _identification(tables) != _identification(self.first):
            raise BrokenMessageError(_MISPLACED)


def _rows_like(table: pa.Table, unit: Whole) -> pa.Table:
    """Makes rows of a table without values, for these units."""
    columns = {column.name: pa.nulls(len(unit), column.type) for column in table.schema}
    for name in ("file", "part", "unit", "choice"):
        if name in columns:
            columns[name] = pa.array(unit if name == "unit" else np.zeros(len(unit)), pa.uint32(), safe=False)
    return pa.table(columns, schema=table.schema)


def _shifted(table: pa.Table, shift: dict[str, int]) -> pa.Table:
    for name, offset in shift.items():
        if name in table.schema.names:
            place = table.schema.get_field_index(name)
            table = table.set_column(place, name, pa.array(table[name].to_numpy() + offset))
    return table


def _identification(tables: dict[str, pa.Table]) -> list[list[str]]:
    """Identification of the message and the period of its return."""
    message = (("parts", "IdBer"), ("parts", "DatTdAanm"), ("units", "LhNr"))
    places = (*message, *(("returns", name) for name in layout.DATES))
    return [tables[table][name].drop_null().to_pylist() for table, name in places]
