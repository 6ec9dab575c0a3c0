"""Paid hours that count for the quota levy, row by row (Wfsv art. 38g lid 2, 5; Besluit Wfsv art. 2.31, 2.33)."""

from collections.abc import Iterable

from quotum.explain.remaking import Remade
from quotum.explain.rules.in_force import Messages
from quotum.explain.rules.rows import Row
from quotum.explain.step import QUOTA_HOURS, Step
from quotum.explain.telling import Telling
from quotum.explain.words import NO_BECAUSE
from quotum.identifiers import payroll_tax_number_text
from quotum.law.wfsv import quota_hours as law
from quotum.periods import Period


def year_before_steps(remade: Remade, messages: Messages, telling: Telling) -> tuple[Step, ...]:
    """A step for every return of t-1: how many of its hours are held against the threshold?"""
    hours: dict[tuple[int, Period], tuple[int, int]] = {}
    for one in remade.own(remade.made.counted.rows_t1):
        about = one["payroll_tax_number"], Period(one["period_start"], one["period_end"])
        paid, counted = hours.get(about, (0, 0))
        hours[about] = paid + (one["paid_hours"] or 0), counted + one["counted_hours"]
    return tuple(_return_step(about, *hours.get(about, (0, 0)), telling) for about in messages.in_force)


def _return_step(about: tuple[int, Period], paid: int, counted: int, telling: Telling) -> Step:
    return Step(
        rule=QUOTA_HOURS,
        question=telling.say(law.RETURN_BEFORE.text),
        article=law.RETURN_BEFORE.provision,
        footing="law",
        inputs=telling.inputs(("paid hours", f"{paid:,}"), ("agency workers and Wsw, left out", f"{paid - counted:,}")),
        result=telling.say(law.HOURS, hours=f"{counted:,}"),
        payroll_tax_number=payroll_tax_number_text(about[0]),
        period=about[1],
    )


def row_steps(rows: Iterable[Row], telling: Telling) -> tuple[Step, ...]:
    """A step for every row of t: do its hours count for the levy?"""
    return tuple(_row_step(row, telling) for row in rows)


def _row_step(row: Row, telling: Telling) -> Step:
    out = row.unmet(law.hours_count())
    hours, target = (f"{row.found[name]:,}" for name in ("counted_hours", "counted_target_hours"))
    return Step(
        rule=QUOTA_HOURS,
        question=telling.say(law.ROW_COUNTS.text),
        article=law.ROW_COUNTS.provision,
        footing="law",
        inputs=telling.inputs(
            ("paid hours", f"{row.paid_hours:,}"),
            ("kind of work", row.kind_words),
            ("in the target group", telling.yes_no(row.in_target_group)),
        ),
        result=telling.say(NO_BECAUSE, why=telling.why_not(out))
        if out
        else telling.say(law.COUNTS_IN, hours=hours, target=target),
        not_given=out,
        person=telling.person(row.bsn),
        payroll_tax_number=payroll_tax_number_text(row.number),
        period=row.period,
    )
