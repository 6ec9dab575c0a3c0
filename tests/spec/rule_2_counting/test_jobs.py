"""Baseline and job count (Wfsv 122n; Regeling Wfsv 3.32-3.34; Wet banenafspraak art. 4)."""

from datetime import date
from fractions import Fraction

import pytest

from quotum.law.wfsv.job_hours import DecemberHours, HoursPerJob, four_week_filers, jobs_in_december, jobs_in_year
from quotum.run.stages import in_order as stages
from tests.spec.tables import (
    EMPLOYER,
    OTHER_EMPLOYER,
    Country,
    figures_with,
    four_week_period,
    frame,
    month,
    registered,
    row,
    rows_of,
)  # fmt: skip

ON = date(2026, 1, 1)
FIGURES = figures_with()
PER_JOB = HoursPerJob(
    FIGURES.number("wet_banenafspraak.hours_per_job_year", ON),
    FIGURES.number("wet_banenafspraak.hours_per_job_month", ON),
)
MONTH_HOURS = Fraction("110.92")


def test_regeling_wfsv_3_32_one_job_is_1331_hours_a_year():
    """One job is 25.5 paid hours a week: 1,331 hours a year, 110.92 a month."""
    assert jobs_in_year(1_331, PER_JOB) == 1
    assert jobs_in_year(2_000, PER_JOB) == Fraction(2_000, 1_331)
    assert HoursPerJob(Fraction(1_331), MONTH_HOURS) == PER_JOB


@pytest.mark.parametrize(("sector", "hours", "jobs"), [("government", 1_055_474, 9_516), ("market", 6_914_491, 62_338)])
def test_regeling_wfsv_3_33_lid_1_baseline(sector, hours, jobs):
    """Paid hours of the target group in December 2012; in jobs kept exact, rounded for display only."""
    fixed = FIGURES.whole(f"wet_banenafspraak.baseline_hours_{sector}", ON)
    exact = jobs_in_december(DecemberHours(fixed, 0), 2012, PER_JOB)
    assert exact == hours / MONTH_HOURS
    assert jobs - Fraction(1, 2) <= exact < jobs + Fraction(1, 2)


def test_regeling_wfsv_3_33_month_filers():
    """Month filers: hours in December / 110.92."""
    assert jobs_in_december(DecemberHours(11_092, 0), 2026, PER_JOB) == 100


@pytest.mark.parametrize(
    ("year", "days"),
    [
        pytest.param(2026, 32, id="30_november_to_31_december"),
        pytest.param(2023, 28, id="4_to_31_december"),
        pytest.param(2024, 30, id="2_to_31_december"),
        pytest.param(2021, 26, id="6_to_31_december"),
        pytest.param(2032, 33, id="29_november_to_31_december"),
    ],
)
def test_regeling_wfsv_3_33_thirteenth_period_counts_as_28_days(year, days):
    """Four-week filers: hours of the thirteenth period x 28 / its days / (1,331 / 13)."""
    period = four_week_period(13, year)
    assert (date.fromisoformat(period["DatEindTv"]) - date.fromisoformat(period["DatAanvTv"])).days + 1 == days
    expected = Fraction(1_000) * 28 / days / (Fraction(1_331) / 13)
    assert jobs_in_december(DecemberHours(0, 1_000), year, PER_JOB) == expected


def test_regeling_wfsv_3_33_month_and_four_week_filers_are_added():
    """Every hour counts, pro rata."""
    jobs = jobs_in_december(DecemberHours(500, 700), 2026, PER_JOB)
    assert jobs == 500 / MONTH_HOURS + Fraction(700 * 28, 32) / Fraction(1_331, 13)


def test_wfsv_122n_who_files_a_period_of_the_four_week_calendar_is_a_four_week_filer(engine):
    """A four-week filer filed a period that exists only in the four-week calendar; others file by month.

    1 to 31 January and 1 to 28 February 2027 are months and four-week periods both.
    """
    filed = [
        (1, date(2027, 1, 1), date(2027, 1, 31)),
        (2, date(2027, 2, 1), date(2027, 2, 28)),
        (3, date(2027, 3, 1), date(2027, 3, 28)),
        (4, date(2027, 3, 1), date(2027, 3, 31)),
        (5, date(2027, 2, 1), date(2027, 2, 28)),
        (5, date(2027, 12, 6), date(2027, 12, 31)),
    ]
    numbers, starts, ends = (list(column) for column in zip(*filed, strict=True))
    returns = frame(engine, payroll_tax_number=numbers, period_start=starts, period_end=ends)
    rows = engine.collect(four_week_filers(returns, 2027))["payroll_tax_number"].to_pylist()
    assert sorted(rows) == [3, 5]


def test_wfsv_122n_hours_that_count_in_december(engine):
    """December of month filers and the thirteenth period of four-week filers; no other period, nobody else."""
    by_month = [
        row(**month(11), AantVerlU=1_000),
        row(**month(12), AantVerlU=100),
        row(**month(12), NumIV=2, AantVerlU=7),
    ]
    other = {"LhNr": f"{OTHER_EMPLOYER}L01"}
    by_four_weeks = [
        row(**other, **four_week_period(12), AantVerlU=2_000),
        row(**other, **four_week_period(13), AantVerlU=80),
    ]
    outside = row(**month(12), SofiNr="000000999", AantVerlU=40)
    result = rows_of(engine, Country([*by_month, *by_four_weeks, outside], [registered()]))
    counted = stages.count(engine, result)
    hours = engine.collect(stages.december_hours(result.returns, counted.looked_at, 2026)).to_pylist()
    assert {
        (line["rsin"], line["four_week_filer"]): line["target_hours"] for line in hours if line["target_hours"]
    } == {
        (int(EMPLOYER), 0): 100 + 7,
        (int(OTHER_EMPLOYER), 1): 80,
    }


def test_wfsv_122n_a_four_week_filer_that_also_filed_december_counts_the_thirteenth_period(engine):
    """A number that changed calendars within the year is counted once, by its four-week period."""
    rows = [row(**four_week_period(1), AantVerlU=9), row(**month(12), AantVerlU=100)]
    rows.append(row(**four_week_period(13), AantVerlU=80))
    result = rows_of(engine, Country(rows, [registered()]))
    counted = stages.count(engine, result)
    hours = engine.collect(stages.december_hours(result.returns, counted.looked_at, 2026)).to_pylist()
    assert hours == [{"rsin": int(EMPLOYER), "four_week_filer": 1, "target_hours": 80}]
