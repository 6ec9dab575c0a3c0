"""What the archive holds about one employer, as plain records: messages, their rows, and intervals of days."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from quotum.archive.known import FAR_DAY
from quotum.local_time import local_day
from quotum.periods import Period

Identity = tuple[int | None, str, int]


@frozen
class Message:
    """One kind of one message about one return: what `FRAGMENTS` says, whatever files it came in."""

    payroll_tax_number: int
    """Payroll tax number."""
    period: Period
    """Return period."""
    filed_at: datetime
    """Filing time that counts, an instant (UTC)."""
    message_id: str
    """Identification of the message."""
    kind: str
    """V, A or C."""
    filing_given: bool
    """Whether the delivery gave the filing time."""

    @property
    def filed_on(self) -> date:
        """The local day of filing."""
        return local_day(self.filed_at)


@frozen
class Row:
    """An income relation as one message reports or withdraws it."""

    message: Message
    """The message it came in."""
    bsn: int | None
    """BSN."""
    personnel_number: str
    """Personnel number, empty when there is a BSN or none was given."""
    relation_number: int
    """Number of the income relation."""
    withdrawn: bool
    """Whether the message withdraws the relation."""
    started_on: date | None
    """Start of the relation."""
    ended_on: date | None
    """End of the relation."""
    birth_date: date | None
    """Birth date."""
    income_kind: int
    """`SrtIV`."""
    nature: int
    """`CdAard`; 0 when it is empty."""
    insured: bool
    """Insured for at least one of WAO/WIA, WW, ZW."""
    asked: frozenset[str]
    """Categories of LKV that the employer asked for."""
    wage_low_cents: int
    """Premium wage in the low class."""
    wage_high_cents: int
    """Premium wage in the high class."""
    paid_hours: int
    """Paid hours."""

    @property
    def number(self) -> int:
        """Payroll tax number."""
        return self.message.payroll_tax_number

    @property
    def period(self) -> Period:
        """Return period."""
        return self.message.period

    @property
    def identity(self) -> Identity:
        """What makes it the same income relation in two messages (law.md rule 0)."""
        return self.bsn, self.personnel_number, self.relation_number

    @property
    def wage_cents(self) -> int:
        """Premium wage, without benefits."""
        return self.wage_low_cents + self.wage_high_cents

    @property
    def days_in_service(self) -> tuple[date, ...]:
        """Days of the period in which the relation runs; when there are none, all of them."""
        period = self.period
        days = tuple(period.start + timedelta(days=number) for number in range(period.days))
        first, last = self.started_on or period.start, self.ended_on or period.end
        return tuple(day for day in days if first <= day <= last) or days


Said = tuple[Message, tuple[Row, ...]]


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

    def __str__(self) -> str:
        """The days, in words."""
        how = f", ended by {self.ended_by.replace('_', ' ')}" if self.ended_by else ""
        return f"{self.first} to {'now' if self.last == FAR_DAY else self.last}{how}"


def joined(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
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


@frozen
class Listed:
    """The employer as the employers delivery has it."""

    sector: str
    """Sector."""
    started_on: date
    """Since when it is an employer."""
    ended_on: date | None = None
    """Last day on which it was one; None while it is."""
