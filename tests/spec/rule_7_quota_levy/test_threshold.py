"""Who can owe (Wfsv 34 lid 4, 7, 8): 40,575 paid hours in t-1 and in t, each on its own as-of day."""

from datetime import date
from fractions import Fraction

import pytest

from quotum.law.quota_levy import threshold_filed_by, threshold_hours
from quotum.run.quota_levy import before_as_of
from tests.spec.rule_7_quota_levy.levies import both_years, hours_of, levy
from tests.spec.tables import EMPLOYER, OTHER_EMPLOYER, Country, employer, row


@pytest.mark.parametrize(
    ("employees", "hours", "threshold"),
    [
        pytest.param("25", "1623", 40_575, id="25_times_1623"),
        pytest.param("25", "1623.01", 40_576, id="part_of_an_hour_is_not_reached_by_the_hour_below"),
    ],
)
def test_wfsv_34_lid_4_besluit_wfsv_2_20_threshold(employees, hours, threshold):
    """25 times the mean paid hours of an employee."""
    assert threshold_hours(Fraction(employees), Fraction(hours)) == threshold


@pytest.mark.parametrize(
    ("before", "now", "bound"),
    [
        pytest.param(40_575, 40_575, True, id="both_years_at_the_threshold"),
        pytest.param(40_574, 40_575, False, id="an_hour_less_in_the_year_before"),
        pytest.param(40_575, 40_574, False, id="an_hour_less_in_the_year"),
        pytest.param(40_574, 4_000_000, False, id="large_in_the_year_only"),
        pytest.param(4_000_000, 40_574, False, id="large_in_the_year_before_only"),
    ],
)
def test_wfsv_34_lid_4_lid_7_both_years(engine, before, now, bound):
    """The threshold must be reached in year t-1 and in year t."""
    rows = [hours_of(before, 2025), hours_of(now, 2026)]
    line = levy(engine, Country(rows, [], [employer()])).lines[EMPLOYER]
    assert (line["paid_hours_t1"], line["paid_hours"], line["bound"]) == (before, now, bound)
    assert (line["quota_levy_cents"] > 0) is bound


def test_wfsv_34_lid_4_without_returns_of_one_of_the_years(engine):
    """No returns in year t-1, or none in year t: no hours, so no levy; each listed employer has a row."""
    rows = [hours_of(100_000, 2026), hours_of(100_000, 2025, OTHER_EMPLOYER)]
    found = levy(engine, Country(rows, [], [employer(), employer(OTHER_EMPLOYER)])).lines
    shown = ("paid_hours_t1", "paid_hours", "quota_levy_cents")
    assert {rsin: tuple(line[name] for name in shown) for rsin, line in found.items()} == {
        EMPLOYER: (0, 100_000, 0),
        OTHER_EMPLOYER: (100_000, 0, 0),
    }


def test_wfsv_34_lid_4_an_employer_of_the_year_before_only_has_no_row(engine):
    """Not listed and without returns of the year: nothing to figure."""
    found = levy(engine, Country([hours_of(5, 2026), hours_of(5, 2025, OTHER_EMPLOYER)], [], [employer()])).lines
    assert list(found) == [EMPLOYER]


@pytest.mark.parametrize(
    ("filed", "hours_t1"),
    [
        pytest.param("2026-05-01T23:59:59", 100_000, id="on_1_may_of_the_year"),
        pytest.param("2026-05-02T00:00:00", 40_000, id="the_day_after"),
    ],
)
def test_wfsv_34_lid_7_the_year_before_as_filed_by_1_may_of_the_year(engine, filed, hours_t1):
    """A correction of year t-1 after 1 May of t does not change the threshold, though the as-of day is a year later."""
    rows = [
        hours_of(40_000, 2025),
        hours_of(100_000, 2025, IdBer="Later", Soort="C", DatTdAanm=filed),
        hours_of(100_000, 2026),
    ]
    found = levy(engine, Country(rows, [], [employer()]), as_of=date(2027, 5, 1)).lines[EMPLOYER]
    assert found["paid_hours_t1"] == hours_t1
    assert found["quota_levy_cents"] == (7_000_00 if hours_t1 == 100_000 else 0)


@pytest.mark.parametrize(
    ("filed", "tenths"),
    [
        pytest.param("2027-05-01T23:59:59", 29, id="on_the_as_of_day"),
        pytest.param("2027-05-02T00:00:00", 14, id="the_day_after"),
    ],
)
def test_wfsv_38e_lid_3_the_year_itself_as_filed_by_the_as_of_day(engine, filed, tenths):
    """A correction of year t counts until the as-of day: 3,860 / 1,331 = 2.9 instead of 1.45."""
    rows = [*both_years(100_000), hours_of(200_000, 2026, IdBer="Later", Soort="C", DatTdAanm=filed)]
    found = levy(engine, Country(rows, [], [employer()]), as_of=date(2027, 5, 1)).lines[EMPLOYER]
    assert found["quota_shortage_tenths"] == tenths


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        pytest.param(date(2027, 5, 1), date(2026, 5, 1), id="as_of_long_after"),
        pytest.param(date(2026, 5, 1), date(2026, 5, 1), id="as_of_on_the_day"),
        pytest.param(date(2026, 4, 30), date(2026, 4, 30), id="as_of_the_day_before_knows_no_more"),
    ],
)
def test_wfsv_34_lid_7_never_more_than_the_as_of_day_knows(as_of, day):
    """1 May of t, unless the as-of day is earlier."""
    assert threshold_filed_by(2026) == date(2026, 5, 1)
    assert before_as_of(2026, as_of) == day


@pytest.mark.parametrize(
    ("started_on", "ended_on", "part"),
    [
        pytest.param("2025-01-01", "", False, id="started_on_1_january_of_the_year_before"),
        pytest.param("2025-01-02", "", True, id="started_on_2_january_of_the_year_before"),
        pytest.param("2025-12-31", "", True, id="started_on_the_last_day_of_the_year_before"),
        pytest.param("2026-01-01", "", False, id="started_on_1_january_of_the_year"),
        pytest.param("2026-12-31", "", True, id="started_on_the_last_day_of_the_year"),
        pytest.param("2010-01-01", "2024-12-31", False, id="ended_before_the_two_years"),
        pytest.param("2010-01-01", "2025-01-01", True, id="ended_on_the_first_day_of_the_year_before"),
        pytest.param("2010-01-01", "2025-12-31", False, id="ended_with_the_year_before"),
        pytest.param("2010-01-01", "2026-12-30", True, id="ended_on_the_day_before_the_last"),
        pytest.param("2010-01-01", "2026-12-31", False, id="ended_with_the_year"),
    ],
)
def test_wfsv_34_lid_8_b_part_of_a_year_is_a_finding_and_no_pro_rating(engine, started_on, ended_on, part):
    """The levy is that of the hours there are; the run says how many employers it concerns."""
    listed = employer(started_on=started_on) | {"ended_on": ended_on}
    found = levy(engine, Country(both_years(100_000), [], [listed]))
    line = found.lines[EMPLOYER]
    assert (line["part_of_year"], line["quota_levy_cents"]) == (part, 7_000_00)
    assert found.findings.get("quota_part_year_employer", 0) == int(part)


def test_findings_of_both_years(engine):
    """Messages without a filing time, and corrections without a full return, are counted over both years."""
    rows = [
        hours_of(5, 2025, Soort="C"),
        hours_of(5, 2026, Soort="C"),
        row(SofiNr="", PersNr="P7", LhNr=f"{EMPLOYER}L02"),
    ]
    found = levy(engine, Country(rows, [], [employer()])).findings
    assert found == {"filing_time_is_time_made": 3, "period_without_full_return": 2, "rows_without_bsn": 2}
