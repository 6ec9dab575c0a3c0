"""Declarations, transfers, deductions and allocations: the basis of rights and amounts beside the returns.

Their numbers and subjects are made up: no source gives them. They match the requests and the people of the returns, and
have their own lots, so that no row of a return depends on them.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np
from attrs import frozen

from quotum.generate.calendars import FAR, day_number
from quotum.generate.draws import TEN_THOUSAND, Flags, Whole
from quotum.generate.employers import Employers, Plan, days_of
from quotum.generate.numbers import bsns, rsins
from quotum.generate.people import registrations
from quotum.generate.relations import BENEFIT_KINDS, Relations
from quotum.generate.returns import PERIOD_CEILING_CENTS
from quotum.generate.side_tables import iso
from quotum.generate.truth import Truth
from quotum.identifiers import nine_digits
from quotum.money import CENTS_PER_EURO

Cells = Iterator[tuple[str, ...]]

CATEGORIES: Final = ("older", "disabled", "jobs_agreement", "reassigned")
"""Categories in the order of the requests of an income relation."""
DECLARED_SHARES: Final = (7_500, 8_500, 8_000, 9_000)
"""Share of the requests with a declaration."""
JOBS_AGREEMENT, REASSIGNED = CATEGORIES.index("jobs_agreement"), CATEGORIES.index("reassigned")
_PLACES: Final = range(len(CATEGORIES))
_NAMES: Final = (*CATEGORIES, "jobs_agreement_training")
TRAINING_SHARE = 600
"""Share of the declarations for the jobs agreement that are about a scholingsbelemmerde."""
DECLARED_UNASKED_SHARE = 1_500
"""Share of people in the register without a request for the jobs agreement, but with a declaration."""
DECLARED_LATE_SHARE = 400
"""Share of declarations that begin after the start of the employment, so that they give no right."""
DECLARED_AHEAD_DAYS = 120
DECLARED_LATE_DAYS = 90
DECLARATION_ENDS_SHARE = 2_500
DECLARATION_YEARS_DAYS = 3 * 365
REASSIGNED_BEFORE_DAYS = 240
"""Largest number of days before the year at which the declaration of a reassigned worker begins; it lasts a year."""

TRANSFER_SHARE = 200
"""Share of employers that transfer an undertaking in the year or the year before."""
WHOLE_SHARE = 2_000
"""Share of the transfers that are of the whole undertaking."""
SHARE_DIGITS = 4
PART_FROM, PART_BELOW = 300, 6_000
"""Wage of a transferred part, per ten thousand of the wage of the whole."""

DEDUCTION_SHARE = 6
"""Share of rows whose wage is partly a supplement on a benefit."""
DEDUCTED_FROM, DEDUCTED_BELOW = 500, 4_000
"""Deducted part of the wage of the row, per ten thousand."""

LENT_NATURES: Final = (11, 22, 82)
ALLOCATED_SHARE = 3_000
"""Share of the lent out people in the target group whose hours are allocated to a borrower."""
ALLOCATED_FROM, ALLOCATED_BELOW = 3_000, 10_000
"""Allocated part of their hours, per ten thousand."""
AGREED_MONTH, AGREED_DAY = 7, 31


@frozen(eq=False)
class _Declared:
    """Declarations of one category."""

    slot: Whole
    """Income relation of each."""
    category: Whole
    """Place of the category among the names of the categories."""
    begins: Whole
    """First day."""
    until: Whole
    """Last day, far away without an end."""
    person: Whole
    """The person."""


def declaration_rows(plan: Plan, relations: Relations) -> Cells:
    """Rows of the declarations: for most requested benefits, and some others."""
    parts = [_declared(plan, relations.at(_with_declaration(plan, relations, place)), place) for place in _PLACES]
    slot, category, begins, until, person = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("slot", "category", "begins", "until", "person")
    )
    numbers = bsns(person, plan.draws.seed)
    for place in np.lexsort((category, slot)).tolist():
        days = iso(int(begins[place])), iso(int(until[place]))
        yield nine_digits(int(numbers[place])), _NAMES[category[place]], *days


def _with_declaration(plan: Plan, relations: Relations, place: int) -> Flags:
    draws, asked, slots = plan.draws, relations.asked[place], relations.slot
    chosen: Flags = asked & draws.happens(f"declared, {CATEGORIES[place]}", slots, DECLARED_SHARES[place])
    if place == JOBS_AGREEMENT:
        unasked = registrations(plan, relations.person).registered & ~asked
        chosen |= unasked & draws.happens("declared, unasked", slots, DECLARED_UNASKED_SHARE)
    return chosen & relations.has_bsn


def _declared(plan: Plan, relations: Relations, place: int) -> _Declared:
    draws, slots, category = plan.draws, relations.slot, CATEGORIES[place]
    lead_days = draws.below(f"declared, ahead, {category}", slots, DECLARED_AHEAD_DAYS)
    late = draws.happens(f"declared, late, {category}", slots, DECLARED_LATE_SHARE)
    begins = np.where(late, relations.started + 1 + lead_days % DECLARED_LATE_DAYS, relations.started - lead_days)
    if place == REASSIGNED:
        first = plan.calendar.first_day - REASSIGNED_BEFORE_DAYS
        begins = first + draws.below("declared, reassigned", slots, plan.calendar.last_day - first + 1)
        begins = np.minimum(np.maximum(begins, relations.started), relations.ended)
    ends = draws.happens(f"declared, until, {category}", slots, DECLARATION_ENDS_SHARE)
    training = draws.happens("declared, training", slots, TRAINING_SHARE) & (place == JOBS_AGREEMENT)
    return _Declared(
        slots,
        np.where(training, len(CATEGORIES), place),
        begins,
        np.where(ends, begins + DECLARATION_YEARS_DAYS, FAR),
        relations.person,
    )


def transfer_rows(plan: Plan, employers: Employers, rsin: Whole) -> Cells:
    """Rows of the transfers of undertaking: each employer transfers once, to another existing employer."""
    draws, index, count = plan.draws, employers.index, len(plan.sizes)
    low, high = day_number(date(plan.year - 1, 1, 1)), plan.calendar.last_day
    on = low + draws.below("transfer, day", index, high - low + 1)
    to = (index + 1 + draws.below("transfer, to", index, max(1, count - 1))) % count
    started, ended = days_of(plan, to)
    is_possible = (employers.started < on) & (employers.ended >= on) & (started <= on) & (ended >= on) & (to != index)
    parts = PART_FROM + draws.below("transfer, share", index, PART_BELOW - PART_FROM)
    parts = np.where(draws.happens("transfer, whole", index, WHOLE_SHARE), TEN_THOUSAND, parts)
    acquirers = rsins(to, draws.seed)
    for place in np.flatnonzero(is_possible & draws.happens("transfer", index, TRANSFER_SHARE)).tolist():
        whole, part = divmod(int(parts[place]), TEN_THOUSAND)
        share = f"{whole}.{part:0{SHARE_DIGITS}d}"
        yield nine_digits(int(rsin[place])), nine_digits(int(acquirers[place])), iso(int(on[place])), share


def deduction_rows(plan: Plan, employers: Employers, relations: Relations, true: Truth, rsin: Whole) -> Cells:
    """Rows of the deductions: at most one per return, of part of the wage of one of its rows."""
    draws = plan.draws
    chosen = draws.happens("deduction", true.key, DEDUCTION_SHARE) & true.in_force & (true.wage_cents > 0)
    chosen &= ~np.isin(relations.kind[true.relation], BENEFIT_KINDS)
    relation, period = true.relation[chosen], true.period[chosen]
    employer, sub_number = relations.employer[relation], relations.sub_number[relation]
    _, first = np.unique(np.stack([employer, sub_number, period]), axis=1, return_index=True)
    part = DEDUCTED_FROM + draws.below("deduction, part", true.key[chosen], DEDUCTED_BELOW - DEDUCTED_FROM)
    amounts = np.minimum(true.wage_cents[chosen], PERIOD_CEILING_CENTS) * part // TEN_THOUSAND
    filer = employers.four_week[employer]
    starts, ends = plan.calendar.starts[filer, period], plan.calendar.ends[filer, period]
    for place in first.tolist():
        euros, cents = divmod(int(amounts[place]), CENTS_PER_EURO)
        number = f"{nine_digits(int(rsin[employer[place]]))}L{int(sub_number[place]):02d}"
        yield number, iso(int(starts[place])), iso(int(ends[place])), f"{euros}.{cents:02d}"


@frozen(eq=False)
class _Lent:
    """People of the target group lent out, with their hours of the year."""

    relations: Relations
    """Their income relations."""
    hours: Whole
    """Hours in the target group."""


def allocation_rows(plan: Plan, employers: Employers, relations: Relations, true: Truth, rsin: Whole) -> Cells:
    """Rows of the allocations: part of the hours that a member of the target group worked for another employer."""
    lent = _lent(plan, employers, relations, true)
    draws, slots, count = plan.draws, lent.relations.slot, len(plan.sizes)
    part = ALLOCATED_FROM + draws.below("allocated, part", slots, ALLOCATED_BELOW - ALLOCATED_FROM)
    hours = lent.hours * part // TEN_THOUSAND
    lender = lent.relations.employer
    to = (employers.index[lender] + 1 + draws.below("allocated, to", slots, max(1, count - 1))) % count
    first, last = plan.calendar.first_day, day_number(date(plan.year + 1, AGREED_MONTH, AGREED_DAY))
    agreed = first + draws.below("allocated, agreed", slots, last - first + 1)
    borrowers, persons = rsins(to, draws.seed), bsns(lent.relations.person, draws.seed)
    for place in np.flatnonzero((hours > 0) & (to != employers.index[lender])).tolist():
        yield (
            nine_digits(int(rsin[lender[place]])),
            nine_digits(int(borrowers[place])),
            nine_digits(int(persons[place])),
            str(plan.year),
            str(hours[place]),
            iso(int(agreed[place])),
        )


def _lent(plan: Plan, employers: Employers, relations: Relations, true: Truth) -> _Lent:
    registered = registrations(plan, relations.person)
    chosen: Flags = np.isin(relations.nature, LENT_NATURES) & relations.has_bsn & registered.registered
    chosen &= plan.draws.happens("allocated", relations.slot, ALLOCATED_SHARE)
    counted = true.in_force & chosen[true.relation]
    relation, period = true.relation[counted], true.period[counted]
    filer = employers.four_week[relations.employer[relation]]
    member = registered.at(relation).overlaps(plan.calendar.starts[filer, period], plan.calendar.ends[filer, period])
    hours = np.zeros(len(relations.slot), np.int64)
    np.add.at(hours, relation[member], true.hours[counted][member])
    return _Lent(relations.at(chosen), hours[chosen])


__all__ = ["allocation_rows", "declaration_rows", "deduction_rows", "transfer_rows"]
