"""Granting LKV and bonus per employer and person, and the other three benefits that give way or come first."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import narwhals as nw
import pyarrow as pa
from attrs import field, frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.wtl import amounts as worth
from quotum.law.wtl import bonus
from quotum.law.wtl.counted_hours import (
    PERIOD,
    PERSON,
    hours_in_target_group,
    hours_of_rights,
    kept_from_before_2026,
    rights_in_periods,
    within,
)
from quotum.law.wtl.cumulation import JOBS_AGREEMENT, granted_category, granted_only
from quotum.law.wtl.lkv_until_2025 import kind_of_work_counts
from quotum.law.wtl.pension_age import limits_of_year
from quotum.law.wtl.terms import LkvTerms
from quotum.law.wtl.windows import JOBS_BY_DECLARATION, JOBS_ENDED_BY_UNKNOWN, OTHER_RIGHTS
from quotum.money import require_exact_product, require_exact_sum
from quotum.parameters import Figures
from quotum.run.stages import tables
from quotum.run.stages.bounds import Size, size_of
from quotum.run.stages.columns import PLACE, Places, flag, sums_by
from quotum.run.stages.outputs import gives
from quotum.run.stages.rights import WITHOUT_DECLARATION, Rights
from quotum.run.stages.rows_in_force import YearRows
from quotum.run.terms import Terms
from quotum.tables import BONUS_LINES, OTHER_LKV_LINES

WITHOUT_BIRTH_DATE: Final = "rows_without_birth_date"
ENDED_BY_UNKNOWN: Final = "registration_ended_by_unknown"
# What is looked at of a row that may lie within a right.
_LOOKED_AT: Final = (
    *PLACE, *PERIOD, "paid_hours", "asked_jobs_agreement", "asked_older", "asked_disabled", "asked_reassigned",
    "income_kind", "insured_wao", "insured_ww", "insured_zw", "birth_date", "youngest_pensioner", "in_target_group",
    "out_until_2025",
)  # fmt: skip


@frozen
class Granted:
    """The wage cost benefits of a year."""

    lines: Frame
    """As `tables.BONUS_LINES`, with `rsin` and `bsn` as integers."""
    other_lines: Frame
    """As `tables.OTHER_LKV_LINES`, with `rsin` and `bsn` as integers."""
    places: Callable[[], Places] = dict
    """Where the findings about declarations and employments are."""
    by_right: Frame | None = None
    """The hours that count for each right: `rsin`, `bsn`, `right`, `paid_hours`."""
    amounts: Frame | None = None
    """What each right is worth before cumulation, as `amounts`."""
    granted: Frame | None = None
    """What is granted of it, as `cumulation.granted_only`."""
    missed: Mapping[str, Frame] = field(factory=dict)
    """By finding the hours that count for no right because of it, as `by_right`; see `hanging`."""


def bonus_lines(engine: Engine, year_rows: YearRows, terms: Terms, figures: Figures) -> Frame:
    """LKV and bonus of a year from 2026 on where nothing was declared: see `grant`."""
    return grant(engine, year_rows, Rights(), terms, figures).lines


@gives(lines=tables.BONUS, other_lines=tables.OTHER_LKV, by_right=tables.HOURS_BY_RIGHT, missed=tables.HOURS_MISSED)
def grant(engine: Engine, year_rows: YearRows, rights: Rights, terms: Terms, figures: Figures) -> Granted:
    """The benefits per employer and person: the highest is granted, the others give way (Wtl art. 4.1 lid 3).

    Args:
        engine: Where it runs.
        year_rows: The rows of the year.
        rights: The rights that hang on the start of an employment.
        terms: The figures of the year.
        figures: The parameters, for the pension age.

    Raises:
        SelfCheckFailed: An amount could leave the range that every engine computes exactly.
    """
    limits = engine.table(pension_limits(terms.year, figures))
    by_right, remarkable, nameless = _hours_by_right(engine, year_rows, rights, terms.lkv, limits)
    _require_exact(size_of(engine, by_right, "paid_hours"), terms)
    worth_of_each = engine.keep(amounts(by_right, terms))
    lines = engine.keep(granted_only(worth_of_each))
    return Granted(
        engine.keep(_bonus_lines(lines)),
        engine.keep(_other_lines(lines)),
        lambda: {**rights.places(), **remarkable},
        by_right,
        worth_of_each,
        lines,
        _missed(rights, nameless),
    )


def hours_by_right(engine: Engine, year_rows: YearRows, rights: Rights, lkv: LkvTerms, limits: pa.Table) -> Frame:
    """The hours that count for each right of a person with an employer: `rsin`, `bsn`, `right`, `paid_hours`.

    Of the figures only durations, grounds and the pension age bear on it; no rate, no maximum.

    Args:
        engine: Where it runs.
        year_rows: The rows of the year.
        rights: The rights that hang on the start of an employment.
        lkv: The text that holds.
        limits: As `pension_limits`.
    """
    return _hours_by_right(engine, year_rows, rights, lkv, engine.table(limits))[0]


def _hours_by_right(
    engine: Engine, year_rows: YearRows, rights: Rights, lkv: LkvTerms, limits: Frame
) -> tuple[Frame, dict[str, Frame], Frame | None]:
    """The hours by right, by finding the rows that are remarkable, and those in a right without a birth date.

    The last stand there once for each right.
    """
    of_age = year_rows.opened.join(limits, on=list(PERIOD), how="inner")
    hours, remarkable, nameless = [hours_in_target_group(of_age, lkv)], dict[str, Frame](), None
    if rights.windows is not None:
        rights_held = engine.keep(rights_in_periods(rights.windows, limits.select(*PERIOD)))
        of_persons = engine.keep(of_age.join(rights_held, on=[*PERSON, *PERIOD], how="semi").select(*_LOOKED_AT))
        hours = hours_of_rights(of_persons, rights_held, hours[0], lkv)
        lost = within(of_persons, rights_held, JOBS_ENDED_BY_UNKNOWN).filter(kept_from_before_2026().holds())
        nameless = _without_birth_date(of_persons, rights_held)
        remarkable = {
            WITHOUT_BIRTH_DATE: nameless.select(*PLACE).unique(),
            ENDED_BY_UNKNOWN: engine.keep(lost.select(*PLACE)),
        }
    added = sums_by(nw.concat(hours, how="vertical"), (*PERSON, "right"), "paid_hours")
    return engine.keep(added), remarkable, nameless


def _missed(rights: Rights, nameless: Frame | None) -> dict[str, Frame]:
    """The hours that would count, were there a declaration or a birth date.

    Of older workers it is not known whether theirs would be the old amounts: they stand in both rights, and of the
    rights of a person only the highest is ever granted.
    """
    missed: dict[str, Frame] = {}
    if rights.uncovered is not None:
        missed[WITHOUT_DECLARATION] = _of_categories(rights.uncovered)
    known = [] if rights.nameless is None else [_of_categories(rights.nameless)]
    if nameless is not None:
        known.append(nameless.filter(kind_of_work_counts()).select("rsin", "bsn", "right", "paid_hours"))
    if known:
        missed[WITHOUT_BIRTH_DATE] = nw.concat(known, how="vertical")
    return missed


def _of_categories(requests: Frame) -> Frame:
    """Requests by category as hours by right."""
    names = {JOBS_BY_DECLARATION: JOBS_AGREEMENT} | {right: category.name for right, category in OTHER_RIGHTS.items()}
    lines = [
        requests.filter(nw.col("category") == name).select("rsin", "bsn", "paid_hours", right=nw.lit(right))
        for right, name in names.items()
    ]
    return nw.concat(lines, how="vertical").select("rsin", "bsn", "right", "paid_hours")


def amounts(by_right: Frame, terms: Terms) -> Frame:
    """Hours of each right with its amounts: `category`, `place_in_law`, `lkv_cents`, `lkv_capped`, `bonus_cents`."""
    return worth.amounts(by_right, terms.lkv_price, terms.bonus_price, terms.lkv)


def _require_exact(hours: Size, terms: Terms) -> None:
    """No amount of a person leaves what every engine multiplies exactly, no sum of them what it adds."""
    benefits = [terms.lkv.benefit(right) for right in OTHER_RIGHTS]
    rates = {
        "LKV": max(terms.lkv_rate_cents, *(benefit.rate_cents for benefit in benefits if benefit is not None)),
        "bonus": terms.bonus_rate_cents,
    }
    for name, rate in rates.items():
        require_exact_product(hours.largest, rate, f"hours of a person x {name}")
        require_exact_sum(hours.total * rate, f"the sum of the {name}, in cents,")


def _bonus_lines(lines: Frame) -> Frame:
    own = lines.filter(nw.col("category") == JOBS_AGREEMENT)
    return own.with_columns(granted_category=granted_category()).select(*BONUS_LINES.computed)


def _other_lines(lines: Frame) -> Frame:
    return lines.filter(nw.col("category") != JOBS_AGREEMENT).select(*OTHER_LKV_LINES.computed)


def _without_birth_date(of_persons: Frame, rights_held: Frame) -> Frame:
    """Rows within a right whose person has no birth date; those in the target group are counted with the returns.

    A row within two rights stands there twice: `PLACE` names it, `right` and `paid_hours` say what for.
    """
    counted = bonus.asked_for() & bonus.insured_employment() & bonus.of_target_group()
    nameless = of_persons.filter(~bonus.birth_date_known() & bonus.insured_employment()).with_columns(
        counted=flag(counted)
    )
    requests = [
        (JOBS_BY_DECLARATION, bonus.ASKED),
        *((right, category.asked) for right, category in OTHER_RIGHTS.items()),
    ]
    frames = [
        within(nameless, rights_held, right).filter(bonus.asked_for(name) & (nw.col("counted") == 0))
        for right, name in requests
    ]
    columns = (*PLACE, "paid_hours", "out_until_2025")
    named = (frame.select(*columns, right=nw.lit(right)) for frame, (right, _) in zip(frames, requests, strict=True))
    return nw.concat(list(named), how="vertical")


def pension_limits(year: int, figures: Figures, years_later: int = 0) -> pa.Table:
    """Per period the latest birth date that has reached the pension age on its first day.

    Args:
        year: Calendar year of the periods.
        figures: The parameters.
        years_later: Whole years by which the law is that of a later year, carried back to the days of the rows.
    """

    def age(in_year: int) -> int:
        return figures.whole("aow.pension_age_months", date(in_year + years_later, 1, 1))

    limits = limits_of_year(year, age)
    days = pa.date32()
    return pa.table(
        {
            "period_start": pa.array([period.start for period, _ in limits], days),
            "period_end": pa.array([period.end for period, _ in limits], days),
            "youngest_pensioner": pa.array([born for _, born in limits], days),
        }
    )
