"""Findings about implausible rows: days, hours and wages compared with each other.

None of these findings rejects a row, and an absent value is never implausible.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.intake.checks import words
from quotum.intake.checks.rule import DAYS, MOMENTS, SCHEMA, Rule, never
from quotum.intake.rows import Rows, ends_of, numbers
from quotum.local_time import local_times
from quotum.parameters.book import load_book
from quotum.parameters.figures import Figures
from quotum.periods import HOURS_IN_A_DAY
from quotum.tables import FINDING, RETURNS

_LIMIT: Final = "wfsv.maximum_premium_wage"
_WAGE_AND_HOURS: Final = "Wfsv art. 16; PrlnAofAnwLg, PrlnAofAnwHg and AantVerlU"


@frozen
class Oddity:
    """A property that a correct row rarely has."""

    name: str
    """Name in findings."""
    reason: str
    """What is implausible, in words."""
    source: str
    """Provision or format behind it."""
    condition: Callable[[Rows], pa.Array | None]
    """Finds the rows: true, false or null for each row; None when there are none."""

    @property
    def rule(self) -> Rule:
        """The rule that such a row breaks."""
        return Rule(self.name, RETURNS.name, FINDING, self.reason, self.source, never(self.condition))


@frozen
class _Limit:
    """The maximum premium wage of a year."""

    first: date
    """First day of its validity."""
    last: date
    """Last day of its validity."""
    cents: int
    """The maximum, in cents."""


@cache
def _limits() -> tuple[_Limit, ...]:
    figures = Figures(load_book())
    return tuple(
        _Limit(value.valid_from, value.valid_until or date.max, figures.cents(_LIMIT, value.valid_from))
        for value in figures.all_of(_LIMIT)
        if value.valid_from is not None
    )


def _after(first: str, second: str) -> Callable[[Rows], pa.Array | None]:
    """Finds rows in which the first of two days lies after the second."""

    def holds(rows: Rows) -> pa.Array | None:
        if rows.values(second).null_count == len(rows):
            return None
        return pc.greater(rows.values(first), rows.values(second))

    return holds


def _made_before_period(rows: Rows) -> pa.Array:
    return pc.less(local_times(rows.values("made_at")).cast(pa.date32(), safe=False), rows.values("period_start"))


def _hours_above_period(rows: Rows) -> pa.Array | None:
    _, most = rows.ends("paid_hours")
    first, last = (rows.values(name) for name in ("period_start", "period_end"))
    fewest = int((numbers(last).astype(np.int64) - numbers(first)).min()) + 1
    if most is None or (not first.null_count + last.null_count and most <= fewest * HOURS_IN_A_DAY):
        return None
    return pc.greater(rows.values("paid_hours"), pc.multiply(pc.add(pc.days_between(first, last), 1), HOURS_IN_A_DAY))


def _premium(rows: Rows) -> pa.Array:
    low, high = (rows.values(f"premium_wage_{wage_class}_cents") for wage_class in ("low", "high"))
    return rows.once("premium wage", lambda: pc.add(low, high))


def _every_premium(rows: Rows) -> pa.Array:
    return rows.once("every premium wage", lambda: pc.add(_premium(rows), rows.values("premium_benefit_cents")))


def _hours_without_wage(rows: Rows) -> pa.Array | None:
    without = pc.and_(pc.equal(rows.values("social_wage_cents"), 0), pc.equal(_every_premium(rows), 0))
    if not without.true_count:
        return None
    return pc.and_(pc.and_(rows.values("insured_wao"), pc.greater(rows.values("paid_hours"), 0)), without)


def _wage_without_hours(rows: Rows) -> pa.Array:
    return pc.and_(pc.equal(rows.values("paid_hours"), 0), pc.greater(_premium(rows), 0))


def _opposite_signs(rows: Rows) -> pa.Array | None:
    if (rows.ends("paid_hours")[0] or 0) >= 0 and (ends_of(_premium(rows))[0] or 0) >= 0:
        return None
    return pc.equal(pc.multiply(pc.sign(rows.values("paid_hours")), pc.sign(_premium(rows))), -1)


def _both_classes(rows: Rows) -> pa.Array:
    low, high = (pc.not_equal(rows.values(f"premium_wage_{wage_class}_cents"), 0) for wage_class in ("low", "high"))
    return pc.and_(low, high)


def _above_maximum(rows: Rows) -> pa.Array | None:
    """Finds rows above the maximum premium wage of a whole year; a year without a maximum has no limit."""
    wage = _every_premium(rows)
    _, highest = ends_of(wage)
    start = rows.values("period_start")
    result = None
    for figure in _limits():
        if highest is None or highest <= figure.cents:
            continue
        since = pc.greater_equal(start, pa.scalar(figure.first, pa.date32()))
        inside = pc.and_(since, pc.less_equal(start, pa.scalar(figure.last, pa.date32())))
        above = pc.and_(inside, pc.greater(wage, figure.cents))
        result = above if result is None else pc.or_(result, above)
    return result


ODDITIES: Final = (
    Oddity(
        "ended_before_started", words.ENDED_BEFORE.sentence(),
        DAYS, _after("started_on", "ended_on"),
    ),
    Oddity(
        "started_after_period", words.STARTED_AFTER.sentence(), DAYS, _after("started_on", "period_end"),
    ),
    Oddity(
        "born_after_start", words.BORN_AFTER.sentence(), f"{SCHEMA}: Gebdat, DatAanv",
        _after("birth_date", "started_on"),
    ),
    Oddity("filed_before_made", words.FILED_BEFORE.sentence(), MOMENTS, _after("made_at", "filed_at")),
    Oddity(
        "made_before_period", words.MADE_BEFORE.sentence(), f"{SCHEMA}: DatTdAanm",
        _made_before_period,
    ),
    Oddity(
        "hours_above_period", words.HOURS_ABOVE.sentence(),
        f"a day has {HOURS_IN_A_DAY} hours", _hours_above_period,
    ),
    Oddity(
        "hours_without_wage", words.HOURS_WITHOUT_WAGE.sentence(), "Wfsv art. 16; AantVerlU and LnSV",
        _hours_without_wage,
    ),
    Oddity("wage_without_hours", words.WAGE_WITHOUT_HOURS.sentence(), _WAGE_AND_HOURS, _wage_without_hours),
    Oddity(
        "hours_and_wage_of_opposite_sign", words.OPPOSITE_SIGNS.sentence(),
        _WAGE_AND_HOURS, _opposite_signs,
    ),
    Oddity(
        "premium_wage_in_both_classes", words.BOTH_CLASSES.sentence(),
        "Besluit Wfsv art. 2.19d; PrlnAofAnwLg and PrlnAofAnwHg", _both_classes,
    ),
    Oddity(
        "premium_wage_above_maximum", words.ABOVE_MAXIMUM.sentence(),
        f"Wfsv art. 17 lid 1; {_LIMIT}", _above_maximum,
    ),
)  # fmt: skip


__all__ = ["ODDITIES", "Oddity"]
