"""Registrations, traits and declarations of the people of an employer, as intervals of days: only to be shown."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from attrs import evolve, field, frozen

from quotum.archive.intervals import FAR_DAY
from quotum.archive.known import Known
from quotum.archive.small_tables import latest_rows
from quotum.periods import Period
from quotum.tables import DECLARATIONS, REGISTER, TRAITS, Table


@frozen
class Interval:
    """A registration, trait or declaration and the days it holds, both included."""

    what: str
    """Ground, trait or category."""
    first: date
    """First day."""
    last: date
    """Last day; a far day while it runs."""
    ended_by: str = ""
    """How a registration ended, as the register says it; empty when unknown, and for traits and declarations."""

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.first <= day <= self.last

    def touches(self, period: Period) -> bool:
        """Whether it holds on any day of a period."""
        return self.first <= period.end and self.last >= period.start


Intervals = tuple[Interval, ...]


@frozen
class Evidence:
    """Everything that was delivered about the people of an employer."""

    declarations_delivered: bool
    """Whether the run read declarations."""
    _registrations: Mapping[int, Intervals] = field(repr=False)
    _traits: Mapping[tuple[int, int, int], Intervals] = field(repr=False)
    _declarations: Mapping[int, Intervals] = field(repr=False)

    def registrations(self, bsn: int | None) -> Intervals:
        """Registrations of a person."""
        return () if bsn is None else self._registrations.get(bsn, ())

    def traits(self, number: int, bsn: int | None, relation_number: int) -> Intervals:
        """Traits of an income relation."""
        return () if bsn is None else self._traits.get((number, bsn, relation_number), ())

    def declarations(self, bsn: int | None) -> Intervals:
        """Declarations about a person."""
        return () if bsn is None else self._declarations.get(bsn, ())


def evidence(archive: Known) -> Evidence:
    """Reads what was delivered.

    Args:
        archive: The archive as the run read it, of the employer and its people.
    """
    return Evidence(
        latest_rows(archive, DECLARATIONS) is not None,
        _grouped(archive, REGISTER, lambda row: row["bsn"], _registration),
        _grouped(
            archive,
            TRAITS,
            lambda row: (row["payroll_tax_number"], row["bsn"], row["relation_number"]),
            lambda row: Interval(row["trait"], row["from_day"], row["until_day"] or FAR_DAY),
        ),
        _grouped(
            archive,
            DECLARATIONS,
            lambda row: row["bsn"],
            lambda row: Interval(row["category"], row["from_day"], row["until_day"] or FAR_DAY),
        ),
    )


def _registration(row: Mapping[str, Any]) -> Interval:
    """A registration; `ended_by` is empty while it runs, and in an older register."""
    ended_by = "" if row["registered_until"] is None else row.get("ended_by") or ""
    return Interval(row["ground"] or "", row["registered_from"], row["registered_until"] or FAR_DAY, ended_by)


def _grouped(
    archive: Known,
    table: Table,
    key: Callable[[Mapping[str, Any]], Any],
    value: Callable[[Mapping[str, Any]], Interval],
) -> dict[Any, Intervals]:
    rows, by_subject = latest_rows(archive, table), dict[Any, set[Interval]]()
    for row in () if rows is None else rows.to_pylist():
        by_subject.setdefault(key(row), set()).add(value(row))
    return {about: tuple(sorted(intervals, key=_order)) for about, intervals in by_subject.items()}


def _order(interval: Interval) -> tuple[date, date, str, str]:
    return interval.first, interval.last, interval.what, interval.ended_by


def join_intervals(intervals: Iterable[Interval]) -> Intervals:
    """Joins intervals of the same kind that overlap or follow each other within a day.

    `ended_by` is that of the intervals that end last; empty when they contradict each other.
    """
    chains: list[Interval] = []
    intervals = tuple(intervals)
    for interval in sorted(intervals, key=lambda interval: (interval.first, interval.last)):
        before = chains[-1] if chains else None
        if before is None or (before.last < FAR_DAY and interval.first > before.last + timedelta(days=1)):
            chains.append(interval)
        elif interval.last > before.last:
            chains[-1] = evolve(before, last=interval.last)
    endings = [
        {interval.ended_by for interval in intervals if interval.last == chain.last and interval.ended_by}
        for chain in chains
    ]
    return tuple(
        evolve(chain, ended_by=min(how) if len(how) == 1 else "") for chain, how in zip(chains, endings, strict=True)
    )
