"""What the archive holds about one employer, read row by row into plain records."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import duckdb
from attrs import field, frozen

from quotum.archive.known import FAR_DAY, FRAGMENTS, Known
from quotum.archive.receipts import MESSAGE, WithdrawnMessage
from quotum.archive.setting_aside import is_withdrawn
from quotum.errors import ArchiveLacks
from quotum.explain.records import Identity, Interval, Listed, Message, Row, Said
from quotum.identifiers import SUB_NUMBERS
from quotum.periods import Period
from quotum.tables import (
    DECLARATIONS,
    DEDUCTIONS,
    EMPLOYERS,
    INCOME_RELATIONS,
    REGISTER,
    SAID,
    TRAITS,
    WAGE_BILLS,
    Table,
)

# Within one message a full return goes before a supplement, and that before a correction.
_RANK = {"V": 0, "A": 1, "C": 2}
Filter = list[tuple[str, str, object]]
_SIGNS = {"==": "=", ">=": ">=", "<": "<"}


@frozen
class Facts:
    """Everything the archive says about one employer that a run can have looked at."""

    rsin: int
    """The employer."""
    said: tuple[Said, ...]
    """Every message with its rows, of the years asked for."""
    listed: Listed | None
    """As in the employers delivery; None when it is not in it."""
    wage_bills: tuple[tuple[int, int], ...]
    """Year and premium wage in cents, as delivered."""
    declarations_delivered: bool
    """Whether the run read declarations."""
    deductions: tuple[tuple[int, Period, int], ...]
    """Payroll tax number, period and cents that owe no surcharge."""
    _registrations: Mapping[int, tuple[Interval, ...]] = field(repr=False)
    _traits: Mapping[tuple[int, int, int], tuple[Interval, ...]] = field(repr=False)
    _declarations: Mapping[int, tuple[Interval, ...]] = field(repr=False)

    def registrations(self, bsn: int | None) -> tuple[Interval, ...]:
        """Registrations of a person."""
        return () if bsn is None else self._registrations.get(bsn, ())

    def traits(self, row: Row) -> tuple[Interval, ...]:
        """Traits of the income relation of a row."""
        return () if row.bsn is None else self._traits.get((row.number, row.bsn, row.relation_number), ())

    def declarations(self, bsn: int | None) -> tuple[Interval, ...]:
        """Declarations about a person."""
        return () if bsn is None else self._declarations.get(bsn, ())

    @cached_property
    def people(self) -> tuple[int, ...]:
        """Everybody in any row, by BSN."""
        return _people(self.said)

    def of_years(self, *years: int) -> tuple[Said, ...]:
        """The messages about some calendar years, in the order in which they apply."""
        return tuple(one for one in self.said if one[0].period.start.year in years)

    def people_of(self, *years: int) -> frozenset[int]:
        """Everybody in any row of some calendar years, by BSN."""
        return frozenset(_people(self.of_years(*years)))


def read_facts(archive: Known, rsin: int, years: Collection[int], persons: Collection[int] | None = None) -> Facts:
    """Read what the archive holds about one employer.

    Args:
        archive: The archive as the run read it.
        rsin: The employer.
        years: Calendar years of the returns.
        persons: Rows of these persons only, by BSN; a row with a BSN depends on no row of another. All when None.
    """
    said = tuple(sorted(_said(archive, rsin, years, persons), key=lambda one: _order(one[0])))
    people = _people(said)
    mine: Filter = [("rsin", "==", rsin)]
    about: Filter = [("bsn", "in", people)]
    bills = {one["year"]: one["premium_wage_cents"] for one in _latest(archive, WAGE_BILLS, mine)}
    deducted = {
        (one["payroll_tax_number"], Period(one["period_start"], one["period_end"]), one["amount_cents"])
        for one in _latest(archive, DEDUCTIONS, _of(rsin))
    }
    return Facts(
        rsin=rsin,
        said=said,
        listed=read_listed(archive, (rsin,)).get(rsin),
        wage_bills=tuple(sorted(bills.items())),
        declarations_delivered=archive.latest(DECLARATIONS) is not None,
        deductions=tuple(sorted(deducted)),
        registrations=_grouped(
            _latest(archive, REGISTER, about) if people else (),
            lambda one: one["bsn"],
            _registration,
        ),
        traits=_grouped(
            _latest(archive, TRAITS, _of(rsin)),
            lambda one: (one["payroll_tax_number"], one["bsn"], one["relation_number"]),
            lambda one: Interval(one["trait"], one["from_day"], one["until_day"] or FAR_DAY),
        ),
        declarations=_grouped(
            _latest(archive, DECLARATIONS, about) if people else (),
            lambda one: one["bsn"],
            lambda one: Interval(one["category"], one["from_day"], one["until_day"] or FAR_DAY),
        ),
    )


def _registration(one: Mapping[str, Any]) -> Interval:
    """A registration; one that runs did not end, and an older register does not say how one did."""
    ended_by = "" if one["registered_until"] is None else one.get("ended_by") or ""
    return Interval(one["ground"] or "", one["registered_from"], one["registered_until"] or FAR_DAY, ended_by)


def read_listed(archive: Known, rsins: Collection[int]) -> dict[int, Listed]:
    """Some employers as the employers delivery has them, by RSIN; those that it lacks are not there."""
    only: Filter = [("rsin", "in", sorted(rsins))]
    rows = _latest(archive, EMPLOYERS, only) if rsins else ()
    return {one["rsin"]: Listed(one["sector"], one["started_on"], one["ended_on"]) for one in rows}


def read_latest(archive: Known, table: Table, only: list[Filter]) -> tuple[dict[str, Any], ...]:
    """The rows of a small table that counted and fit any of some filters, equal ones once, by all their columns."""
    names = table.names
    found = {tuple(one[name] for name in names) for each in only for one in _latest(archive, table, each)}
    return tuple(dict(zip(names, values, strict=True)) for values in sorted(found))


def _people(said: Iterable[Said]) -> tuple[int, ...]:
    return tuple(sorted({row.bsn for _, rows in said for row in rows if row.bsn is not None}))


def _order(message: Message) -> tuple[int, Period, datetime, str, int]:
    return message.payroll_tax_number, message.period, message.filed_at, message.message_id, _RANK[message.kind]


def _of(rsin: int) -> Filter:
    return [("payroll_tax_number", ">=", rsin * SUB_NUMBERS), ("payroll_tax_number", "<", (rsin + 1) * SUB_NUMBERS)]


def _latest(archive: Known, table: Table, only: Filter) -> Iterator[dict[str, Any]]:
    """The rows of a small table that counted; none when it was not delivered."""
    latest = archive.latest(table)
    gone = archive.out_of(latest[0]) if latest else []
    yield from (one for one in _read(latest[1] if latest else (), only) if not gone or one["delivery"] not in gone)


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    """One for all reading: to open one takes longer than to read a small archive."""
    return duckdb.connect()


def _read(paths: Sequence[Path | str], only: Filter) -> list[dict[str, Any]]:
    """The rows of derived files that are asked for, in their order.

    DuckDB looks at what is asked first, and reads the other columns of the rows that fit alone.

    Raises:
        ArchiveLacks: A file is damaged.
    """
    if not paths:
        return []
    conditions = [
        f'"{name}" IN (SELECT unnest(?))' if sign == "in" else f'"{name}" {_SIGNS[sign]} ?' for name, sign, _ in only
    ]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    names = [str(path) for path in paths]
    values = [list(value) if sign == "in" else value for _, sign, value in only]  # type: ignore[call-overload]
    try:
        with _connection().cursor() as cursor:
            query = f"FROM read_parquet(?, union_by_name = true){where}"
            rows: list[dict[str, Any]] = cursor.execute(query, [names, *values]).to_arrow_table().to_pylist()
    except duckdb.Error as error:
        which = next((one for one in names if one in str(error)), names[0])
        raise ArchiveLacks(f"{which} cannot be read: the archive is damaged; restore it from its backup") from error
    return rows


def _grouped(
    rows: Iterable[dict[str, Any]], key: Callable[[dict[str, Any]], Any], value: Callable[[dict[str, Any]], Interval]
) -> dict[Any, tuple[Interval, ...]]:
    found: dict[Any, set[Interval]] = {}
    for row in rows:
        found.setdefault(key(row), set()).add(value(row))
    return {
        about: tuple(sorted(those, key=lambda one: (one.first, one.last, one.what, one.ended_by)))
        for about, those in found.items()
    }


def _said(archive: Known, rsin: int, years: Collection[int], persons: Collection[int] | None) -> Iterator[Said]:
    fragments: dict[int, Message] = {}
    for one in _read(archive.paths(FRAGMENTS), _of(rsin)):
        if one["period_start"].year in years and not _is_withdrawn(archive, one):
            fragments[one["fragment"]] = _message(one)
    values: dict[tuple[Message, Identity], set[tuple[Any, ...]]] = {}
    rows: dict[Message, dict[Row, None]] = {message: {} for message in fragments.values()}
    theirs = _of(rsin) if persons is None else [*_of(rsin), ("bsn", "in", sorted(persons))]
    for year in sorted(years) if persons is None or persons else ():
        for one in _read(archive.paths(INCOME_RELATIONS, year), theirs):
            message = fragments.get(one["fragment"])
            if message is None:
                continue
            row = _row(message, one)
            rows[message].setdefault(row)
            values.setdefault((message, row.identity), set()).add(tuple(one[name] for name in SAID))
    aside = {_whole(message) for (message, _), said in values.items() if len(said) > 1}
    for message, those in rows.items():
        if _whole(message) in aside:
            continue
        yield message, tuple(sorted(those, key=lambda row: (row.bsn or 0, row.personnel_number, row.relation_number)))


def _is_withdrawn(archive: Known, one: Mapping[str, Any]) -> bool:
    """Whether a fragment was put out of force by hand."""
    message = WithdrawnMessage(*(one[name] for name in MESSAGE))
    return is_withdrawn(archive, one["fragment"], one["delivery"], message)


def _whole(message: Message) -> tuple[int, str, datetime, int]:
    """The message that a piece belongs to, within a calendar year: it is set aside whole."""
    return message.payroll_tax_number, message.message_id, message.filed_at, message.period.start.year


def _message(one: Mapping[str, Any]) -> Message:
    return Message(
        payroll_tax_number=one["payroll_tax_number"],
        period=Period(one["period_start"], one["period_end"]),
        filed_at=one["filed_at"],
        message_id=one["message_id"],
        kind=one["return_kind"],
        filing_given=one["filing_given"],
    )


def _row(message: Message, one: Mapping[str, Any]) -> Row:
    categories = ("older", "disabled", "jobs_agreement", "reassigned")
    return Row(
        message=message,
        bsn=one["bsn"],
        personnel_number="" if one["bsn"] is not None else one["personnel_number"] or "",
        relation_number=one["relation_number"],
        withdrawn=one["action"] == "X",
        started_on=one["started_on"],
        ended_on=one["ended_on"],
        birth_date=one["birth_date"],
        income_kind=one["income_kind"] or 0,
        nature=one["employment_nature"] or 0,
        insured=bool(one["insured_wao"] or one["insured_ww"] or one["insured_zw"]),
        asked=frozenset(category for category in categories if one[f"asked_{category}"]),
        wage_low_cents=one["premium_wage_low_cents"] or 0,
        wage_high_cents=one["premium_wage_high_cents"] or 0,
        paid_hours=one["paid_hours"] or 0,
    )
