"""Who can owe (Wfsv 34 lid 4, 7, 8): 40,575 paid hours in t-1 and in t, each on its own as-of day."""

from datetime import date
from fractions import Fraction

import pytest

from quotum.law.wfsv.quota_hours import threshold_filed_by, year_before_filed_by
from quotum.law.wfsv.quota_levy import threshold_hours
from tests.spec.rule_7_quota_levy.levies import Levies, both_years, hours_of, levy
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


def _case(rows, *expected, listed=None):
    return Country(tuple(rows), (), (listed or employer(),)), (), expected


def _two(before, now, bound):
    return _case([hours_of(before, 2025), hours_of(now, 2026)], before, now, bound)


def _corrected(year, filed, before, now, bound):
    """40,000 hours in one year and 100,000 in the other; a correction to 100,000 comes later."""
    other = 2025 if year == 2026 else 2026
    later = hours_of(100_000, year, IdBer="Later", Soort="C", DatTdAanm=filed)
    return _case([hours_of(40_000, year), later, hours_of(100_000, other)], before, now, bound)


YEARS = Levies(
    {
        "both_years_at_the_threshold": _two(40_575, 40_575, True),
        "an_hour_less_in_the_year_before": _two(40_574, 40_575, False),
        "an_hour_less_in_the_year": _two(40_575, 40_574, False),
        "large_in_the_year_only": _two(40_574, 4_000_000, False),
        "large_in_the_year_before_only": _two(4_000_000, 40_574, False),
        "no_returns_in_the_year_before": _case([hours_of(100_000, 2026)], 0, 100_000, False),
        "no_returns_in_the_year": _case([hours_of(100_000, 2025)], 100_000, 0, False),
        "no_returns_at_all": _case([], 0, 0, False),
        # Year t-1 as filed by 1 May of t, whatever the as-of day; year t as filed by the as-of day (1 May of t+1).
        "year_before_corrected_on_1_may_of_the_year": _corrected(2025, "2026-05-01T23:59:59", 100_000, 100_000, True),
        "year_before_corrected_on_2_may_of_the_year": _corrected(2025, "2026-05-02T00:00:00", 40_000, 100_000, False),
        "year_corrected_on_the_as_of_day": _corrected(2026, "2027-05-01T23:59:59", 100_000, 100_000, True),
        "year_corrected_the_day_after": _corrected(2026, "2027-05-02T00:00:00", 100_000, 40_000, False),
    }
)


@pytest.mark.parametrize(("name", "expected"), YEARS.parameters())
def test_wfsv_34_lid_4_lid_7_38e_lid_3_both_years_each_on_its_own_day(engine, name, expected):
    """The threshold must be reached in year t-1 and in year t."""
    line = YEARS.lines(engine, name)[EMPLOYER]
    assert (line["paid_hours_t1"], line["paid_hours"], line["bound"]) == expected
    assert (line["quota_levy_cents"] > 0) is expected[2]


def test_wfsv_34_lid_4_an_employer_of_the_year_before_only_has_no_row(engine):
    """Not listed and without returns of the year: nothing to figure."""
    result = levy(engine, Country([hours_of(5, 2026), hours_of(5, 2025, OTHER_EMPLOYER)], [], [employer()])).lines
    assert list(result) == [EMPLOYER]


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
    assert year_before_filed_by(2026, as_of) == day


def _employer_of(started_on, ended_on, part):
    return _case(both_years(100_000), part, listed=employer(started_on=started_on) | {"ended_on": ended_on})


PARTS = Levies(
    {
        "started_on_1_january_of_the_year_before": _employer_of("2025-01-01", "", False),
        "started_on_2_january_of_the_year_before": _employer_of("2025-01-02", "", True),
        "started_on_the_last_day_of_the_year_before": _employer_of("2025-12-31", "", True),
        "started_on_1_january_of_the_year": _employer_of("2026-01-01", "", False),
        "started_on_2_january_of_the_year": _employer_of("2026-01-02", "", True),
        "started_on_the_last_day_of_the_year": _employer_of("2026-12-31", "", True),
        "ended_before_the_two_years": _employer_of("2010-01-01", "2024-12-31", False),
        "ended_on_the_first_day_of_the_year_before": _employer_of("2010-01-01", "2025-01-01", True),
        "ended_with_the_year_before": _employer_of("2010-01-01", "2025-12-31", False),
        "ended_on_the_first_day_of_the_year": _employer_of("2010-01-01", "2026-01-01", True),
        "ended_on_the_day_before_the_last": _employer_of("2010-01-01", "2026-12-30", True),
        "ended_with_the_year": _employer_of("2010-01-01", "2026-12-31", False),
    }
)


@pytest.mark.parametrize(("name", "expected"), PARTS.parameters())
def test_wfsv_34_lid_8_b_part_of_a_year_is_not_pro_rated(engine, name, expected):
    """The levy is that of the hours there are, as for every other employer."""
    line = PARTS.lines(engine, name)[EMPLOYER]
    assert (line["part_of_year"], line["quota_levy_cents"]) == (*expected, 7_000_00)


def test_wfsv_34_lid_8_b_part_of_a_year_is_a_finding(engine):
    """The run says how many employers it concerns."""
    assert PARTS.levied(engine).findings["quota_part_year_employer"] == sum(part for _, _, (part,) in PARTS.values())
    assert "quota_part_year_employer" not in YEARS.levied(engine).findings


def test_wfsv_38e_lid_3_findings_of_both_years(engine):
    """Messages without a filing time, and corrections without a full return, are counted over both years."""
    other = row(SofiNr="", PersNr="P7", LhNr=f"{EMPLOYER}L02")
    rows = [hours_of(5, 2025, Soort="C"), hours_of(5, 2026, Soort="C"), other]
    findings = levy(engine, Country(rows, [], [employer()])).findings
    assert findings == {"filing_time_is_time_made": 3, "period_without_full_return": 2, "rows_without_bsn": 2}
