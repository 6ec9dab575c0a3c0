"""The rows of the returns: reported, corrected, supplemented, withdrawn and filed again."""

import numpy as np
from attrs import frozen

from quotum.generate.calendars import Calendar
from quotum.generate.draws import Draws, Flags, Whole
from quotum.generate.employers import Employers
from quotum.generate.message_times import Kind, MessageType, is_late, message_key, unit_key
from quotum.generate.relations import BENEFIT_KINDS, Relations
from quotum.generate.truth import MOST_PERIODS, Fate, Truth

REFILED_SHARE = 70
NEXT_MESSAGE, OWN_MESSAGE, YEAR_END_MESSAGE = range(3)
CORRECTION_WEIGHTS = (5_000, 3_000, 2_000)
ONLY_THE_REQUEST_SHARE = 2_000
"""Share of wrong rows that only lack the request for the jobs agreement, if they have it."""
MOST_WRONG_HOURS = 24
PERIOD_CEILING_CENTS = 6_300_00
"""Wage of a period above which nothing counts as premium wage, about the maximum."""


@frozen(eq=False)
class Rows:
    """Rows of returns, in the order of writing; a return without rows has one."""

    relation: Whole
    """Place of the income relation; -1 for a return without rows."""
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
        """Selects rows."""
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
class PremiumWages:
    """Premium wages of rows, in cents; zero where a row reports none."""

    low: Whole
    """Premium wage of employers that declare the low class."""
    high: Whole
    """Premium wage of other employers."""
    benefit: Whole
    """Premium wage over benefits."""


def premium_wages(employers: Employers, relations: Relations, rows: Rows) -> PremiumWages:
    """Returns the premium wages of rows."""
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
    """Data for putting the truth into messages."""

    draws: Draws
    calendar: Calendar
    employers: Employers
    relations: Relations
    truth: Truth
    unit: Whole
    """Unit (payroll tax number and period) of each row of the truth."""

    def rows(self, chosen: Whole, kind: Kind, message: Whole, truthful: bool, withdrawn: bool = False) -> Rows:
        """Makes rows of the truth in messages, correct or as first reported."""
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


@frozen(eq=False)
class _Due:
    """Returns that are due."""

    employer: Whole
    """Place of the employer."""
    sub_number: Whole
    """Payroll tax number: 1, 2 or 3."""
    period: Whole
    """Place of the period."""
    unit: Whole
    """Unit."""
    refiled: Flags
    """Whether the return is filed again."""

    def without_rows(self, filed: list[Rows]) -> list[Rows]:
        """Makes the returns, and refiled returns, in which no row was reported."""
        messages = np.concatenate([part.message for part in filed])
        parts = []
        for keys, is_filed in (
            (message_key(self.unit, MessageType.FULL), np.ones(len(self.unit), dtype=bool)),
            (message_key(self.unit, MessageType.REFILED), self.refiled),
        ):
            without = is_filed & ~np.isin(keys, messages)
            parts.append(_empty(self.employer[without], self.sub_number[without], self.period[without], keys[without]))
        return parts


def _due(draws: Draws, calendar: Calendar, employers: Employers, refiled_share: int) -> _Due:
    """Returns every return that is due."""
    width = calendar.starts.shape[1]
    filer = employers.four_week
    due = (calendar.starts[filer] <= employers.ended[:, None]) & (calendar.ends[filer] >= employers.started[:, None])
    due &= np.arange(width)[None, :] < calendar.counts[filer][:, None]
    employer, period = np.nonzero(due)
    times = employers.sub_numbers[employer]
    first = np.repeat(np.cumsum(times) - times, times)
    sub_number = np.arange(len(first)) - first + 1
    employer, period = np.repeat(employer, times), np.repeat(period, times)
    unit = unit_key(employers.index[employer], sub_number, period)
    return _Due(employer, sub_number, period, unit, draws.happens("refiled", unit, refiled_share))


def _empty(employer: Whole, sub_number: Whole, period: Whole, message: Whole) -> Rows:
    nothing = np.zeros(len(employer), dtype=np.int64)
    no = np.zeros(len(employer), dtype=bool)
    return Rows(nothing - 1, employer, sub_number, period, message, nothing + Kind.FULL, no, nothing, nothing, no)


def _correction_messages(reporting: _Reporting, chosen: Whole, next_due: Flags) -> Whole:
    """Returns the message of each correction: the next return, a separate message, or one at the end of the year."""
    draws, unit = reporting.draws, reporting.unit[chosen]
    mode = draws.choice("correction, where", unit, CORRECTION_WEIGHTS)
    late = is_late(draws, unit)
    mode = np.where(late | ((mode == NEXT_MESSAGE) & ~next_due[chosen]), OWN_MESSAGE, mode)
    return np.select(
        [mode == NEXT_MESSAGE, mode == OWN_MESSAGE],
        [message_key(unit + 1, MessageType.FULL), message_key(unit, MessageType.CORRECTION)],
        message_key(unit | (MOST_PERIODS - 1), MessageType.YEAR_END),
    )


def _filed(reporting: _Reporting, due: _Due) -> list[Rows]:
    """Makes full returns as first reported, and again where they are refiled."""
    fate, unit = reporting.truth.fate, reporting.unit
    chosen = np.flatnonzero(~np.isin(fate, (Fate.ADDED_LATER, Fate.ADDED_BY_CORRECTION)))
    right = np.isin(fate[chosen], (Fate.PLAIN, Fate.WITHDRAWN, Fate.WITHDRAWN_BY_CORRECTION))
    is_refiled = np.isin(unit[chosen], due.unit[due.refiled])
    first, second = message_key(unit, MessageType.FULL), message_key(unit, MessageType.REFILED)
    return [
        reporting.rows(chosen[chosen_rows], Kind.FULL, keys[chosen[chosen_rows]], truthful)
        for chosen_rows, keys, truthful in (
            (right & ~is_refiled, first, True),
            (~right | is_refiled, first, False),
            (right & is_refiled, second, True),
            (~right & is_refiled, second, False),
        )
    ]


def _put_right(reporting: _Reporting, due: _Due) -> list[Rows]:
    """Makes supplementary returns and corrections."""
    fate = reporting.truth.fate
    later = message_key(reporting.unit, MessageType.SUPPLEMENTARY)
    parts = []
    for fates, withdrawn in (((Fate.SUPPLEMENTED, Fate.ADDED_LATER), False), ((Fate.WITHDRAWN,), True)):
        chosen = np.flatnonzero(np.isin(fate, fates))
        parts.append(reporting.rows(chosen, Kind.SUPPLEMENTARY, later[chosen], True, withdrawn))
    next_due = np.isin(reporting.unit + 1, due.unit)
    for fates, withdrawn in (
        ((Fate.CORRECTED, Fate.ADDED_BY_CORRECTION), False),
        ((Fate.WITHDRAWN_BY_CORRECTION,), True),
    ):
        chosen = np.flatnonzero(np.isin(fate, fates))
        messages = _correction_messages(reporting, chosen, next_due)
        parts.append(reporting.rows(chosen, Kind.CORRECTION, messages, True, withdrawn))
    return parts


def reported_rows(
    draws: Draws, calendar: Calendar, employers: Employers, relations: Relations, true: Truth, amended: bool
) -> Rows:
    """Makes all rows of all messages, in the order of the messages.

    Args:
        draws: Lots.
        calendar: Periods.
        employers: Employers.
        relations: Their income relations.
        true: Rows that should be in force.
        amended: Whether anything is filed twice.
    """
    owner = relations.employer[true.relation]
    unit = unit_key(employers.index[owner], relations.sub_number[true.relation], true.period)
    reporting = _Reporting(draws, calendar, employers, relations, true, unit)
    due = _due(draws, calendar, employers, REFILED_SHARE if amended else 0)
    filed = _filed(reporting, due)
    return _in_order([*filed, *_put_right(reporting, due), *due.without_rows(filed)])


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
