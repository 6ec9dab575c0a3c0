"""Target group and kind of work, row by row (Wfsv art. 38b)."""

from collections.abc import Iterable

from quotum.explanations.rules.rows import Row
from quotum.explanations.step import TARGET_GROUP, Step
from quotum.explanations.telling import Telling
from quotum.explanations.words import NO_BECAUSE
from quotum.law.wtl.target_group import HOURS_COUNT, IN_TARGET_GROUP
from quotum.money import count_text


def steps(rows: Iterable[Row], telling: Telling) -> tuple[Step, ...]:
    """A step per row: is it in the target group?"""
    return tuple(_step(row, telling) for row in rows)


def _step(row: Row, telling: Telling) -> Step:
    hours = count_text(row.paid_hours)
    inputs = telling.inputs(
        ("paid hours", hours), ("registration", row.registered_words), ("kind of work", row.kind_words)
    )
    result = (
        telling.say(HOURS_COUNT, hours=hours)
        if row.in_target_group
        else telling.say(NO_BECAUSE, why=telling.why_not(row.not_in_group))
    )
    return telling.step(
        TARGET_GROUP,
        IN_TARGET_GROUP,
        inputs,
        result,
        about=row.about,
        not_given=row.not_in_group,
        person=telling.person(row.bsn),
    )
