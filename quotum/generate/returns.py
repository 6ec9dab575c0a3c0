"""The rows of the returns: what was reported, corrected, supplemented, withdrawn and filed again.

An income relation and a period make a row; a lot decides what happened to it. What is reported at
first may be wrong, and then a later message puts it right, so that the rows in force come out as
they should be.
"""

from enum import IntEnum

import numpy as np
from attrs import frozen

from quotum.generate.calendars import Calendar
from quotum.generate.draws import Draws, Flags, Whole
from quotum.generate.employers import Employers
from quotum.generate.message_times import Kind, MessageType, is_late, message_key, unit_key
from quotum.generate.relations import BENEFIT_KINDS, Relations

MOST_PERIODS = 16
"""Periods counted on in the key of a row."""


class Fate(IntEnum):
    """What happened to a row after, or instead of, being reported as it should be."""

    PLAIN = 0
    """Reported as it should be."""
    CORRECTED = 1
    """Reported wrongly, put right by a correction."""
    SUPPLEMENTED = 2
    """Reported wrongly, put right by a supplementary return."""
    ADDED_LATER = 3
    """Not reported, added by a supplementary return."""
    ADDED_BY_CORRECTION = 4
    """Not reported, added by a correction."""
    WITHDRAWN = 5
    """Reported by mistake, withdrawn by a supplementary return."""
    WITHDRAWN_BY_CORRECTION = 6
    """Reported by mistake, withdrawn by a correction."""


FATE_WEIGHTS = (98_500, 700, 200, 150, 100, 150, 200)
REFILED_SHARE = 70
NEXT_MESSAGE, OWN_MESSAGE, YEAR_END_MESSAGE = range(3)
CORRECTION_WEIGHTS = (5_000, 3_000, 2_000)
NEGATIVE_SHARE = 300
"""Corrections that leave negative hours and wage."""
ONLY_THE_REQUEST_SHARE = 2_000
"""Wrong rows in which only the request for the jobs agreement was forgotten, where there is one."""
HOURS_JITTER = 7
MOST_EXTRA_CENTS = 100
MOST_WRONG_HOURS = 24
MOST_NEGATIVE_HOURS = 16
NO_HOURS_SHARE = 80
BENEFIT_WAGE_CENTS = 400_00
BENEFIT_WAGE_CENTS_ABOVE = 2_600_00
PERIOD_CEILING_CENTS = 6_300_00
"""Wage of a period above which it is no premium wage, about the maximum."""


@frozen(eq=False)
class Rows:
    """Rows of returns, in the order in which they are written; a return without rows has one."""

    relation: Whole
    """Place of the income relation; -1: a return without rows."""
    employer: Whole
    """Place of the employer."""
    sub_number: Whole
    """Payroll tax number: 1, 2 or 3."""
    period: Whole
    """Place of the return period in the calendar."""
    message: Whole
    """Key of the message."""
    kind: Whole
    """Full return, supplementary return or correction."""
    withdrawn: Flags
    """Whether the row withdraws."""
    hours: Whole
    """Paid hours."""
    wage_cents: Whole
    """Wage before the ceiling."""
    request_forgotten: Flags
    """Whether the request for the jobs agreement is left out."""

    def at(self, rows: Whole | Flags) -> "Rows":
        """Some of the rows."""
        return Rows(
            self.relation[rows],
            self.employer[rows],
            self.sub_number[rows],
            self.period[rows],
            self.message[rows],
            self.kind[rows],
            self.withdrawn[rows],
            self.hours[rows],
            self.wage_cents[rows],
            self.request_forgotten[rows],
        )


@frozen(eq=False)
class Truth:
    """What should be in force: one per income relation and period in which it ran."""

    relation: Whole
    """Place of the income relation."""
    period: Whole
    """Place of the period."""
    key: Whole
    """Key of the row."""
    hours: Whole
    """Paid hours."""
    wage_cents: Whole
    """Wage before the ceiling."""
    fate: Whole
    """What happened to it."""

    @property
    def in_force(self) -> Flags:
        """Whether it is in force in the end."""
        return ~np.isin(self.fate, (Fate.WITHDRAWN, Fate.WITHDRAWN_BY_CORRECTION))


def truth(draws: Draws, calendar: Calendar, four_week: Whole, relations: Relations, amended: bool) -> Truth:
    """What happened between the employers and their people, per period.

    Args:
        draws: Lots.
        calendar: Periods.
        four_week: Filer of each employer.
        relations: Income relations.
        amended: Whether anything is reported wrongly.
    """
    filer = four_week[relations.employer]
    width = calendar.starts.shape[1]
    active = (calendar.starts[filer] <= relations.ended[:, None]) & (calendar.ends[filer] >= relations.started[:, None])
    active &= np.arange(width)[None, :] < calendar.counts[filer][:, None]
    relation, period = np.nonzero(active)
    key = (relations.slot[relation] * MOST_PERIODS + period) * 2 + int(amended)
    filer = filer[relation]
    first = np.maximum(calendar.starts[filer, period], relations.started[relation])
    last = np.minimum(calendar.ends[filer, period], relations.ended[relation])
    hours = relations.weekly_hours[relation] * (last - first + 1) // 7
    hours += draws.below("hours", key, 2 * HOURS_JITTER + 1) - HOURS_JITTER
    benefit = np.isin(relations.kind[relation], BENEFIT_KINDS)
    nothing = benefit | draws.happens("no hours", key, NO_HOURS_SHARE)
    hours = np.where(nothing, 0, np.maximum(hours, 0))
    fate = draws.choice("fate", key, FATE_WEIGHTS if amended else (1,))
    negative = np.isin(fate, (Fate.CORRECTED, Fate.ADDED_BY_CORRECTION)) & ~benefit
    negative &= draws.happens("negative", key, NEGATIVE_SHARE)
    hours = np.where(negative, -1 - draws.below("negative hours", key, MOST_NEGATIVE_HOURS), hours)
    wage = hours * relations.hourly_cents[relation] + draws.below("cents", key, MOST_EXTRA_CENTS)
    benefits = BENEFIT_WAGE_CENTS + draws.below("benefit", key, BENEFIT_WAGE_CENTS_ABOVE)
    return Truth(relation, period, key, hours, np.where(benefit, benefits, wage), fate)


@frozen(eq=False)
class PremiumWages:
    """Premium wages of rows, in cents; nought where a row reports none."""

    low: Whole
    """Of employers that declare the low class."""
    high: Whole
    """Of the others."""
    benefit: Whole
    """Over benefits."""


def premium_wages(employers: Employers, relations: Relations, rows: Rows) -> PremiumWages:
    """The premium wages of rows."""
    reports = (rows.relation >= 0) & ~rows.withdrawn
    premium = np.where(reports, np.minimum(rows.wage_cents, PERIOD_CEILING_CENTS), 0)
    benefit = np.isin(relations.kind, BENEFIT_KINDS)
    is_benefit = benefit[rows.relation] if benefit.size else np.zeros(len(premium), dtype=bool)
    high = employers.high_class[rows.employer]
    return PremiumWages(
        np.where(is_benefit | high, 0, premium),
        np.where(is_benefit | ~high, 0, premium),
        np.where(is_benefit, premium, 0),
    )


@frozen(eq=False)
class _Reporting:
    """What is needed to put the truth into messages."""

    draws: Draws
    calendar: Calendar
    employers: Employers
    relations: Relations
    truth: Truth
    unit: Whole
    """Unit (payroll tax number and period) of each row of the truth."""

    def rows(self, chosen: Whole, kind: Kind, message: Whole, truthful: bool, withdrawn: bool = False) -> Rows:
        """Rows of the truth in messages, as they should be or as they were reported at first."""
        truth, relations = self.truth, self.relations
        relation, key, hours = truth.relation[chosen], truth.key[chosen], truth.hours[chosen]
        wage = truth.wage_cents[chosen]
        forgotten = np.zeros(len(chosen), dtype=bool)
        if not truthful:
            forgotten = relations.asked[2][relation] & self.draws.happens("forgotten", key, ONLY_THE_REQUEST_SHARE)
            wrong: Whole = np.where(forgotten, 0, 1 + self.draws.below("wrong hours", key, MOST_WRONG_HOURS))
            hours, wage = hours + wrong, wage + wrong * relations.hourly_cents[relation]
        return Rows(
            relation,
            relations.employer[relation],
            relations.sub_number[relation],
            truth.period[chosen],
            message,
            np.full(len(chosen), kind, np.int64),
            np.full(len(chosen), withdrawn),
            hours,
            wage,
            forgotten,
        )


def _units(calendar: Calendar, employers: Employers) -> tuple[Whole, Whole, Whole]:
    """Every return that is due: place of the employer, sub-number and period."""
    width = calendar.starts.shape[1]
    filer = employers.four_week
    due = (calendar.starts[filer] <= employers.ended[:, None]) & (calendar.ends[filer] >= employers.started[:, None])
    due &= np.arange(width)[None, :] < calendar.counts[filer][:, None]
    employer, period = np.nonzero(due)
    times = employers.sub_numbers[employer]
    first = np.repeat(np.cumsum(times) - times, times)
    return np.repeat(employer, times), np.arange(len(first)) - first + 1, np.repeat(period, times)


def _empty(employer: Whole, sub_number: Whole, period: Whole, message: Whole) -> Rows:
    nothing = np.zeros(len(employer), dtype=np.int64)
    no = np.zeros(len(employer), dtype=bool)
    return Rows(nothing - 1, employer, sub_number, period, message, nothing + Kind.FULL, no, nothing, nothing, no)


def _correction_messages(reporting: _Reporting, chosen: Whole, next_due: Flags) -> Whole:
    """Message in which each correction goes: the next return, one of its own, or one at the end of the year."""
    draws, unit = reporting.draws, reporting.unit[chosen]
    mode = draws.choice("correction, where", unit, CORRECTION_WEIGHTS)
    late = is_late(draws, unit)
    mode = np.where(late | ((mode == NEXT_MESSAGE) & ~next_due[chosen]), OWN_MESSAGE, mode)
    return np.select(
        [mode == NEXT_MESSAGE, mode == OWN_MESSAGE],
        [message_key(unit + 1, MessageType.FULL), message_key(unit, MessageType.CORRECTION)],
        message_key(unit | (MOST_PERIODS - 1), MessageType.YEAR_END),
    )


def reported_rows(
    draws: Draws, calendar: Calendar, employers: Employers, relations: Relations, true: Truth, amended: bool
) -> Rows:
    """All rows of all messages, in the order of the messages.

    Args:
        draws: Lots.
        calendar: Periods.
        employers: Employers.
        relations: Their income relations.
        true: What should be in force.
        amended: Whether anything is filed twice.
    """
    owner = relations.employer[true.relation]
    unit = unit_key(employers.index[owner], relations.sub_number[true.relation], true.period)
    reporting = _Reporting(draws, calendar, employers, relations, true, unit)
    fate, every = true.fate, np.arange(len(true.fate))
    due_employer, due_sub, due_period = _units(calendar, employers)
    due = unit_key(employers.index[due_employer], due_sub, due_period)
    refiled = draws.happens("refiled", due, REFILED_SHARE if amended else 0)
    is_refiled = np.isin(unit, due[refiled])
    at_first = every[~np.isin(fate, (Fate.ADDED_LATER, Fate.ADDED_BY_CORRECTION))]
    right = np.isin(fate[at_first], (Fate.PLAIN, Fate.WITHDRAWN, Fate.WITHDRAWN_BY_CORRECTION))
    again = is_refiled[at_first]
    first, second = message_key(unit, MessageType.FULL), message_key(unit, MessageType.REFILED)
    parts = []
    for choice, keys, truthful in (
        (right & ~again, first, True),
        (~right | again, first, False),
        (right & again, second, True),
        (~right & again, second, False),
    ):
        chosen = at_first[choice]
        parts.append(reporting.rows(chosen, Kind.FULL, keys[chosen], truthful))
    later = message_key(unit, MessageType.SUPPLEMENTARY)
    for fates, withdrawn in (((Fate.SUPPLEMENTED, Fate.ADDED_LATER), False), ((Fate.WITHDRAWN,), True)):
        chosen = every[np.isin(fate, fates)]
        parts.append(reporting.rows(chosen, Kind.SUPPLEMENTARY, later[chosen], True, withdrawn))
    next_due = np.isin(unit + 1, due)
    for fates, withdrawn in (
        ((Fate.CORRECTED, Fate.ADDED_BY_CORRECTION), False),
        ((Fate.WITHDRAWN_BY_CORRECTION,), True),
    ):
        chosen = every[np.isin(fate, fates)]
        messages = _correction_messages(reporting, chosen, next_due)
        parts.append(reporting.rows(chosen, Kind.CORRECTION, messages, True, withdrawn))
    for keys, which in (
        (message_key(due, MessageType.FULL), ~refiled | refiled),
        (message_key(due, MessageType.REFILED), refiled),
    ):
        written = np.concatenate([part.message for part in parts[:4]])
        without = which & ~np.isin(keys, written)
        parts.append(_empty(due_employer[without], due_sub[without], due_period[without], keys[without]))
    return _in_order(parts)


def _in_order(parts: list[Rows]) -> Rows:
    def all_of(name: str) -> Whole:
        joined: Whole = np.concatenate([getattr(part, name) for part in parts])
        return joined

    rows = Rows(
        all_of("relation"),
        all_of("employer"),
        all_of("sub_number"),
        all_of("period"),
        all_of("message"),
        all_of("kind"),
        all_of("withdrawn").astype(bool),
        all_of("hours"),
        all_of("wage_cents"),
        all_of("request_forgotten").astype(bool),
    )
    return rows.at(np.lexsort((rows.relation, rows.withdrawn, rows.period, rows.kind, rows.message)))
