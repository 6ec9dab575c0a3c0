"""What was delivered about the people of an employer, as intervals of days to be told: nothing is decided from it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from attrs import evolve, field, frozen

from quotum.archive.known import FAR_DAY, Known, latest_rows
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
    """How a registration ended, as the register says it; nothing when unknown, and of anything else."""

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
    """Read what was delivered.

    Args:
        archive: The archive as the run read it, of the employer and its people.
    """
    return Evidence(
        latest_rows(archive, DECLARATIONS) is not None,
        _grouped(archive, REGISTER, lambda one: one["bsn"], _registration),
        _grouped(
            archive,
            TRAITS,
            lambda one: (one["payroll_tax_number"], one["bsn"], one["relation_number"]),
            lambda one: Interval(one["trait"], one["from_day"], one["until_day"] or FAR_DAY),
        ),
        _grouped(
            archive,
            DECLARATIONS,
            lambda one: one["bsn"],
            lambda one: Interval(one["category"], one["from_day"], one["until_day"] or FAR_DAY),
        ),
    )


def _registration(one: Mapping[str, Any]) -> Interval:
    """A registration; one that runs did not end, and an older register does not say how one did."""
    ended_by = "" if one["registered_until"] is None else one.get("ended_by") or ""
    return Interval(one["ground"] or "", one["registered_from"], one["registered_until"] or FAR_DAY, ended_by)


def _grouped(
    archive: Known,
    table: Table,
    key: Callable[[Mapping[str, Any]], Any],
    value: Callable[[Mapping[str, Any]], Interval],
) -> dict[Any, Intervals]:
    rows, found = latest_rows(archive, table), dict[Any, set[Interval]]()
    for row in () if rows is None else rows.to_pylist():
        found.setdefault(key(row), set()).add(value(row))
    return {about: tuple(sorted(those, key=_order)) for about, those in found.items()}


def _order(one: Interval) -> tuple[date, date, str, str]:
    return one.first, one.last, one.what, one.ended_by


def joined(intervals: Iterable[Interval]) -> Intervals:
    """Intervals of one kind, those that overlap or follow each other within a day made one.

    How one ended is what those say that end last; nothing when they contradict each other.
    """
    found: list[Interval] = []
    intervals = tuple(intervals)
    for one in sorted(intervals, key=lambda each: (each.first, each.last)):
        before = found[-1] if found else None
        if before is None or (before.last < FAR_DAY and one.first > before.last + timedelta(days=1)):
            found.append(one)
        elif one.last > before.last:
            found[-1] = evolve(before, last=one.last)
    said = [{one.ended_by for one in intervals if one.last == chain.last and one.ended_by} for chain in found]
    return tuple(
        evolve(chain, ended_by=min(how) if len(how) == 1 else "") for chain, how in zip(found, said, strict=True)
    )
