"""From the tables of xml2arrow to flat rows and totals of payroll returns (loonaangifte), whole columns at a time."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field, frozen

from quotum.intake import loonaangifte_tables as layout
from quotum.intake.loonaangifte_periods import Periods, flat_periods
from quotum.tables import RETURNS

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

# xs:string: white space belongs to the value. The rest is white-space collapsed by XML Schema.
_STRINGS: Final = frozenset({"IdBer", "LhNr", "PersNr", "SrtIV", *layout.REQUESTS, "IndWAO", "IndWW", "IndZW"})
_MADE_HERE: Final = frozenset({"Soort", "Actie", "Ingediend"})
_WHITE: Final = " \t\r\n"
UNITS: Final = 1 << 17
_LINES: Final = 1 << 32
_MESSAGE_PARTS: Final = 2
_ABSENT: Final = -1
_ONCE: Final = "Expected: exactly one Bericht with IdBer, and one AdministratieveEenheid with LhNr."


@frozen
class Assembled:
    """What came out of a number of messages."""

    rows: pa.Table
    """Rows with the delivered names, `file` (position of the message), `unit` and `row`."""
    totals: pa.Table
    """One row per section: `file`, `unit`, the totals, `first_row`, `last_row`."""
    faults: dict[int, str]
    """Reasons to refuse, by position of the message; such messages have no rows here."""


@define
class _Faults:
    """Collects the first reason per message."""

    files: int
    """Number of messages."""
    reasons: dict[int, str] = field(factory=dict)
    """First reason by message."""

    def add(self, files: Whole, reason: str) -> None:
        """Notes a reason for some messages."""
        for file in np.unique(files).tolist():
            self.reasons.setdefault(file, reason)

    def unless_once(self, files: Whole, reason: str) -> None:
        """Notes a reason for every message that does not occur exactly once."""
        self.add(np.flatnonzero(np.bincount(files, minlength=self.files) != 1).astype(np.int64), reason)

    def keep(self, files: Whole) -> Mask:
        """Which of these rows belong to messages without a reason."""
        return ~np.isin(files, np.fromiter(self.reasons, np.int64, len(self.reasons)))


@define
class _Sections:
    """Sections (TijdvakAangifte, TijdvakCorrectie) in document order."""

    key: Whole
    """Message and unit in one number, rising."""
    kind: npt.NDArray[np.str_]
    """V, A or C."""

    @property
    def file(self) -> Whole:
        """Message of each."""
        return self.key // UNITS

    def at(self, table: pa.Table) -> Whole:
        """Section of each row of a table."""
        return np.searchsorted(self.key, _section_key(table)).astype(np.int64)


@define
class _Lines:
    """The lines, in order: income relations, withdrawals, and one line for each section without either."""

    section: Whole
    """Section of each."""
    source: Whole
    """Row of the line tables, -1 for the line of an empty section."""
    withdrawn: Mask
    """Whether it is a withdrawal."""
    key: Whole
    """Section and line in one number, rising."""


def assemble(tables: dict[str, pa.Table], files: int, started: Sequence[int] = ()) -> Assembled:
    """Puts the tables of `files` messages together.

    Args:
        tables: By name, as in `loonaangifte_tables`.
        files: Number of messages in the tables.
        started: Units that had lines before, so that having none here does not make them empty.
    """
    faults = _Faults(files)
    lines = pa.concat_tables([tables[name] for name in layout.LINES.values()], promote_options="default")
    lines = lines.combine_chunks()
    sections = _sections(tables, faults)
    fields = pa.concat_tables([tables[layout.periods_of(kind)] for kind in layout.LINES], promote_options="default")
    fields = fields.combine_chunks()
    before = np.ones(len(lines), np.int64)
    before[len(lines) - len(tables["correction"]) :] += len(layout.DATES)
    marks = _Marks.of(lines, fields, before)
    _check_lines(tables, lines, marks, faults)
    ordered = _ordered(lines, marks, sections, started)
    periods = _periods(fields, sections, ordered, faults)
    dates = _by_section(tables, lines, layout.DATES, sections, faults)
    message = _by_file(tables, faults)
    rows = _rows(lines, ordered, sections, dates, message, periods)
    totals = _totals(lines, marks, ordered, sections, faults)
    keep = faults.keep(sections.file[ordered.section])
    if not keep.all():
        rows = rows.filter(pa.array(keep))
        totals = totals.filter(pa.array(faults.keep(_whole(totals, "file"))))
    return Assembled(rows, totals, faults.reasons)


def _whole(table: pa.Table, name: str) -> Whole:
    return table[name].to_numpy().astype(np.int64)  # type: ignore[no-any-return]


def _section_key(table: pa.Table) -> Whole:
    return _whole(table, "file") * UNITS + _whole(table, "unit")


def _line_key(table: pa.Table) -> Whole:
    return _section_key(table) * _LINES + _whole(table, "line")


def _filled(table: pa.Table, names: Iterable[str]) -> Mask:
    """Rows in which at least one of the columns has a value."""
    filled = np.zeros(len(table), np.bool_)
    for name in names:
        filled |= table[name].is_valid().to_numpy()
    return filled


def _sections(tables: dict[str, pa.Table], faults: _Faults) -> _Sections:
    """Finds the sections and their kind, and refuses what the schema does not allow around them."""
    units, returns = tables["units"], tables["returns"]
    plain = units.filter(pc.is_null(units["LhNr"]))
    key = np.unique(_section_key(plain))
    kind = np.full(len(key), "", dtype="<U1")
    for letter, name in layout.LINES.items():
        kind[np.isin(key, _section_key(tables[name]))] = letter
    sections = _Sections(key, kind)
    faults.add(
        sections.file[kind == ""],
        "a TijdvakAangifte or TijdvakCorrectie is empty. Expected: its period and CollectieveAangifte. "
        "Have the sender make the file anew.",
    )
    _check_returns(returns, sections, faults)
    without = np.setdiff1d(np.arange(faults.files), sections.file)
    faults.add(without, "it has neither TijdvakAangifte nor TijdvakCorrectie. Expected: at least one of them.")
    return sections


def _check_returns(returns: pa.Table, sections: _Sections, faults: _Faults) -> None:
    key = np.unique(_section_key(returns))
    file = key // UNITS
    faults.add(file[1:][np.diff(file) == 0], "TijdvakAangifte stands twice. Expected: at most once in a message.")
    first = sections.key[np.searchsorted(sections.file, file)]
    faults.add(file[first != key], "a TijdvakCorrectie stands before TijdvakAangifte. Expected: after it.")
    choices = returns.filter(pa.array(~_filled(returns, layout.DATES)))
    count = np.bincount(np.searchsorted(key, _section_key(choices)), minlength=len(key))
    faults.add(
        file[count != 1],
        "TijdvakAangifte does not have exactly one of VolledigeAangifte and AanvullendeAangifte beside its dates. "
        "Expected: one of the two, once. Have the sender make the file anew.",
    )


@frozen
class _Marks:
    """What each row of the line tables is."""

    relation: Mask
    """Income relations (InkomstenverhoudingInitieel)."""
    withdrawn: Mask
    """Withdrawals (InkomstenverhoudingIntrekking)."""
    total: Mask
    """Totals (CollectieveAangifte)."""

    @classmethod
    def of(cls, lines: pa.Table, periods: pa.Table, before: Whole) -> "_Marks":
        """Judges each row by the columns that have a value.

        A row without any value is CollectieveAangifte (or an empty date) where the schema has those
        first, and anywhere else, or with an income period, a line whose faults later checks name.

        Args:
            lines: The rows.
            periods: Fields of income periods.
            before: How many elements the schema has before the first line, for each row.
        """
        withdrawn = _filled(lines, [layout.withdrawn(name) for name in layout.WITHDRAWN])
        total = _filled(lines, layout.TOTALS)
        relation = _filled(lines, layout.RELATION)
        nothing = np.flatnonzero(~(withdrawn | total | relation | _filled(lines, layout.DATES)))
        part = lines.take(pa.array(nothing))
        relation[nothing] = (_whole(part, "line") >= before[nothing]) | np.isin(_line_key(part), _line_key(periods))
        return cls(relation, withdrawn, total)


def header_rows(lines: pa.Table, periods: pa.Table) -> Mask:
    """Which rows of one line table are no lines, but dates and totals of their section."""
    before = np.full(len(lines), 1 if "choice" in lines.schema.names else 1 + len(layout.DATES), np.int64)
    marks = _Marks.of(lines, periods, before)
    return ~(marks.relation | marks.withdrawn)


def _check_lines(tables: dict[str, pa.Table], lines: pa.Table, marks: _Marks, faults: _Faults) -> None:
    file = _whole(lines, "file")
    full = np.arange(len(lines)) < len(tables["full"])
    faults.add(
        file[full & marks.withdrawn],
        "a VolledigeAangifte holds an InkomstenverhoudingIntrekking. Expected: withdrawals only in "
        "AanvullendeAangifte and TijdvakCorrectie. Have the sender make the file anew.",
    )
    parts, units = tables["parts"], tables["units"]
    count = np.bincount(_whole(parts, "file"), minlength=faults.files)
    faults.add(
        np.flatnonzero(count != _MESSAGE_PARTS),
        f"Bericht or AdministratieveEenheid is missing or stands twice, or there are two messages. {_ONCE}",
    )
    for table, name in ((parts, "IdBer"), (units, "LhNr")):
        found = _whole(table.filter(table[name].is_valid()), "file")
        faults.unless_once(found, f"{name} is missing, empty or stands twice. {_ONCE}")


def _ordered(lines: pa.Table, marks: _Marks, sections: _Sections, started: Sequence[int]) -> _Lines:
    """The lines in document order, with one more for every section without lines."""
    source = np.flatnonzero(marks.relation | marks.withdrawn)
    part = lines.select(["file", "unit", "line"]).take(pa.array(source))
    section = sections.at(part)
    key = section * _LINES + _whole(part, "line")
    has = np.zeros(len(sections.key), np.bool_)
    has[section] = True
    has |= np.isin(sections.key % UNITS, np.asarray(started, np.int64))
    bare = np.flatnonzero(~has)
    source = np.concatenate([source, np.full(len(bare), _ABSENT, np.int64)])
    key = np.concatenate([key, bare * _LINES])
    order = np.argsort(key, kind="stable")
    source = source[order]
    withdrawn = np.append(marks.withdrawn, False)[source]
    return _Lines(key[order] // _LINES, source, withdrawn, key[order])


def _scatter(values: pa.ChunkedArray, target: Whole, size: int) -> tuple[pa.ChunkedArray, Whole]:
    """Values put at their target, and the targets that got more than one."""
    given = np.flatnonzero(values.is_valid().to_numpy())
    where = np.full(size, _ABSENT, np.int64)
    where[target[given]] = given
    count = np.bincount(target[given], minlength=size) if len(given) else np.zeros(size, np.int64)
    return take(values, where), np.flatnonzero(count > 1).astype(np.int64)


def take(values: pa.ChunkedArray, where: Whole) -> pa.ChunkedArray:
    """Values at these places, null for -1."""
    return values.take(pa.array(where, mask=where < 0))


def _by_section(
    tables: dict[str, pa.Table], lines: pa.Table, names: Sequence[str], sections: _Sections, faults: _Faults
) -> dict[str, pa.ChunkedArray]:
    """Dates of each section, which stand in the return or among the lines of a correction."""
    columns = ["file", "unit", *names]
    source = pa.concat_tables([tables["returns"].select(columns), lines.select(columns)])
    source = source.filter(pa.array(_filled(source, names)))
    target = sections.at(source)
    result = {}
    for name in names:
        result[name], double = _scatter(source[name], target, len(sections.key))
        faults.add(sections.file[double], layout.twice(name))
    return result


def _by_file(tables: dict[str, pa.Table], faults: _Faults) -> dict[str, pa.ChunkedArray]:
    """What a message says of itself, per message."""
    result = {}
    for name, table in (("IdBer", "parts"), ("DatTdAanm", "parts"), ("LhNr", "units")):
        values, double = _scatter(tables[table][name], _whole(tables[table], "file"), faults.files)
        faults.add(double, layout.twice(name))
        result[name] = values
    return result


def _periods(fields: pa.Table, sections: _Sections, ordered: _Lines, faults: _Faults) -> Periods:
    """Income periods (Inkomstenperiode), joined to their lines."""
    key = sections.at(fields) * _LINES + _whole(fields, "line")
    first = _whole(fields, "item") == 0
    number = np.cumsum(first) - 1
    columns = {}
    for name in layout.PERIOD:
        columns[name], double = _scatter(fields[name], number, int(first.sum()))
        faults.add(_whole(fields, "file")[first][double], layout.twice(name))
    line = np.searchsorted(ordered.key, key[first]).astype(np.int64)
    return Periods(line, columns)


def _rows(
    lines: pa.Table,
    ordered: _Lines,
    sections: _Sections,
    dates: dict[str, pa.ChunkedArray],
    message: dict[str, pa.ChunkedArray],
    periods: Periods,
) -> pa.Table:
    """The flat rows, in the order of RETURNS."""
    file = sections.file[ordered.section]
    columns = {name: take(lines[name], ordered.source) for name in layout.RELATION}
    if ordered.withdrawn.any():
        for name in layout.WITHDRAWN:
            columns[name] = pc.coalesce(columns[name], take(lines[layout.withdrawn(name)], ordered.source))
    columns |= {name: values.take(pa.array(ordered.section)) for name, values in dates.items()}
    columns |= {name: values.take(pa.array(file)) for name, values in message.items()}
    columns = {name: _trimmed(name, values) for name, values in columns.items()}
    columns |= {name: _trimmed(name, v) for name, v in flat_periods(periods, columns, len(file)).items()}
    columns["Soort"] = pa.array(sections.kind).take(pa.array(ordered.section))
    action = np.where(ordered.withdrawn, 1, 0)
    columns["Actie"] = pa.array(["I", "X"]).take(pa.array(action, mask=ordered.source < 0))
    columns["Ingediend"] = pa.nulls(len(file), pa.string())
    names = [column.delivered_name for column in RETURNS.columns]
    own = {"file": file, "unit": sections.key[ordered.section] % UNITS, "row": _numbers(file)}
    return pa.table({name: columns[name] for name in names} | {name: pa.array(values) for name, values in own.items()})


def _trimmed(name: str, values: Any) -> Any:  # arrow has no common type for arrays and chunked arrays
    if name in _STRINGS:
        return values
    return pc.ascii_trim(values, _WHITE)


def _numbers(file: Whole) -> Whole:
    """Number of each line within its message, from 1."""
    return np.arange(len(file)) - np.searchsorted(file, file) + 1


def _totals(lines: pa.Table, marks: _Marks, ordered: _Lines, sections: _Sections, faults: _Faults) -> pa.Table:
    """What the sections say of themselves, with the rows each covers."""
    given = lines.filter(pa.array(marks.total))
    target = sections.at(given)
    count = np.bincount(target, minlength=len(sections.key))
    faults.add(sections.file[count > 1], layout.twice("CollectieveAangifte"))
    numbers = _numbers(sections.file[ordered.section])
    places = np.arange(len(sections.key))
    has = np.isin(places, ordered.section)
    first = np.searchsorted(ordered.section, places)[has]
    last = np.searchsorted(ordered.section, places, side="right")[has] - 1
    columns: dict[str, Any] = {"file": sections.file[has], "unit": (sections.key % UNITS)[has]}
    columns |= {"first_row": numbers[first], "last_row": numbers[last]}
    for name in layout.TOTALS:
        values, _ = _scatter(given[name], target, len(sections.key))
        columns[name] = _trimmed(name, values.filter(pa.array(has)))
    return pa.table(columns)
