"""Paid hours that count for the quota levy, row by row (Wfsv art. 38g lid 2, 5; Besluit Wfsv art. 2.31, 2.33)."""

from collections.abc import Iterable

from quotum.explanations.rebuild import Rebuild
from quotum.explanations.rules.returns_in_force import Messages
from quotum.explanations.rules.rows import Row
from quotum.explanations.step import QUOTA_HOURS, Step
from quotum.explanations.telling import Telling
from quotum.explanations.words import NO_BECAUSE
from quotum.law.wfsv import quota_hours as law
from quotum.money import count_text
from quotum.periods import Period


def year_before_steps(rebuild: Rebuild, messages: Messages, telling: Telling) -> tuple[Step, ...]:
    """A step for every return of t-1: how many of its hours are held against the threshold?"""
    hours: dict[tuple[int, Period], tuple[int, int]] = {}
    for row in rebuild.own(rebuild.results.counted.rows_t1):
        about = row["payroll_tax_number"], Period(row["period_start"], row["period_end"])
        paid, counted = hours.get(about, (0, 0))
        hours[about] = paid + (row["paid_hours"] or 0), counted + row["counted_hours"]
    return tuple(_return_step(about, *hours.get(about, (0, 0)), telling) for about in messages.in_force)


def _return_step(about: tuple[int, Period], paid: int, counted: int, telling: Telling) -> Step:
    inputs = telling.inputs(
        ("paid hours", count_text(paid)), ("agency workers and Wsw, left out", count_text(paid - counted))
    )
    result = telling.say(law.HOURS, hours=count_text(counted))
    return telling.step(QUOTA_HOURS, law.RETURN_BEFORE, inputs, result, about=about)


def row_steps(rows: Iterable[Row], telling: Telling) -> tuple[Step, ...]:
    """A step for every row of t: do its hours count for the levy?"""
    return tuple(_row_step(row, telling) for row in rows)


def _row_step(row: Row, telling: Telling) -> Step:
    out = row.unmet(law.hours_count())
    hours, target = (count_text(row.facts[name]) for name in ("counted_hours", "counted_target_hours"))
    inputs = telling.inputs(
        ("paid hours", count_text(row.paid_hours)),
        ("kind of work", row.kind_words),
        ("in the target group", telling.yes_no(row.in_target_group)),
    )
    result = (
        telling.say(NO_BECAUSE, why=telling.why_not(out))
        if out
        else telling.say(law.COUNTS_IN, hours=hours, target=target)
    )
    return telling.step(
        QUOTA_HOURS, law.ROW_COUNTS, inputs, result, about=row.about, not_given=out, person=telling.person(row.bsn)
    )
