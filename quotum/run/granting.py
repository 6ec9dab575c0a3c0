"""Granting LKV and bonus per employer and person."""

from datetime import date

import narwhals as nw
import pyarrow as pa

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law import bonus
from quotum.law.pension_age import youngest_pensioner
from quotum.parameters import Figures
from quotum.periods import periods_of_year
from quotum.run.columns import sums_by
from quotum.run.facts import YearRows
from quotum.run.request import Terms
from quotum.tables import BONUS_LINES


def bonus_lines(engine: Engine, found: YearRows, terms: Terms, figures: Figures) -> Frame:
    """LKV and bonus per employer and person, with `bsn` and `rsin` as integers."""
    limits = engine.table(pension_limits(terms.year, figures))
    counting = (
        found.rows.filter(bonus.asked_for() & (nw.col("in_target_group") == 1))
        .join(limits, on=["period_start", "period_end"], how="inner")
        .filter(bonus.entitled())
    )
    persons = sums_by(counting, ("rsin", "bsn"), "paid_hours")
    hours = nw.col("paid_hours")
    return engine.keep(
        persons.with_columns(
            lkv_cents=bonus.capped_cents(hours, terms.lkv_rate_cents, terms.lkv_cap_cents),
            lkv_capped=bonus.is_capped(hours, terms.lkv_rate_cents, terms.lkv_cap_cents),
            bonus_cents=bonus.capped_cents(hours, terms.bonus_rate_cents, terms.bonus_cap_cents),
            granted_category=nw.lit("jobs_agreement"),
        ).select(*BONUS_LINES.names)
    )


def pension_limits(year: int, figures: Figures) -> pa.Table:
    """Per period the latest birth date that has reached the pension age on its first day.

    Ages rise by less than a year a year, so the year before is as far back as one need look.
    """
    periods = periods_of_year(year)

    def age(in_year: int) -> int:
        return figures.whole("aow.pension_age_months", date(in_year, 1, 1))

    return pa.table(
        {
            "period_start": pa.array([period.start for period in periods], pa.date32()),
            "period_end": pa.array([period.end for period in periods], pa.date32()),
            "youngest_pensioner": pa.array([youngest_pensioner(p.start, age, year - 1) for p in periods], pa.date32()),
        }
    )
