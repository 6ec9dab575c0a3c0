"""Target group and kind of work, row by row (Wfsv art. 38b)."""

from collections.abc import Iterable

from quotum.explain.rules.rows import Row
from quotum.explain.step import TARGET_GROUP, Step
from quotum.explain.telling import Telling
from quotum.explain.words import NO_BECAUSE
from quotum.identifiers import payroll_tax_number_text
from quotum.law.wtl.target_group import HOURS_COUNT, IN_TARGET_GROUP


def steps(rows: Iterable[Row], telling: Telling) -> tuple[Step, ...]:
    """A step per row: is it in the target group?"""
    return tuple(_step(one, telling) for one in rows)


def _step(row: Row, telling: Telling) -> Step:
    hours = f"{row.paid_hours:,}"
    return Step(
        rule=TARGET_GROUP,
        question=telling.say(IN_TARGET_GROUP.text),
        article=IN_TARGET_GROUP.provision,
        footing="law",
        inputs=telling.inputs(
            ("paid hours", hours),
            ("registration", row.registered_words),
            ("kind of work", row.kind_words),
        ),
        result=telling.say(HOURS_COUNT, hours=hours)
        if row.in_target_group
        else telling.say(NO_BECAUSE, why=telling.why_not(row.not_in_group)),
        not_given=row.not_in_group,
        person=telling.person(row.bsn),
        payroll_tax_number=payroll_tax_number_text(row.number),
        period=row.period,
    )
