"""The calendar: which day belongs to which act (Wtl 4.1, 4.3, 4.4; Wfsv 38h; Awb 6:7)."""

from datetime import date, timedelta

import pytest

from quotum.law import calendar_days

ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        pytest.param(calendar_days.last_day_of_requests, date(2027, 1, 31), id="requests_until_31_january"),
        pytest.param(calendar_days.last_day_of_overview, date(2027, 3, 14), id="overview_before_15_march"),
        pytest.param(calendar_days.cut_off_day, date(2027, 5, 1), id="cut_off_1_may"),
        pytest.param(calendar_days.last_day_of_decision, date(2027, 7, 31), id="decision_before_1_august"),
        pytest.param(calendar_days.last_day_of_quota_levy, date(2027, 10, 31), id="quota_levy_before_1_november"),
        pytest.param(calendar_days.last_day_of_revision, date(2031, 12, 31), id="revision_until_five_years_after"),
    ],
)
def test_wtl_4_1_4_3_days_of_the_year_2026(last, expected):
    """Days over 2026: all in the next year, but for the end of revision."""
    assert last(2026) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        # 31 July 2027 and six times seven days: 31 August is 31 days on, 11 September 42.
        pytest.param(calendar_days.last_day_of_payment, date(2027, 9, 11), id="paid_within_six_weeks"),
        pytest.param(calendar_days.last_day_of_objection, date(2027, 9, 11), id="objection_within_six_weeks"),
        pytest.param(calendar_days.quota_levy_collectable_on, date(2027, 9, 11), id="collectable_six_weeks_after"),
        # 26 weeks are 182 days: 31 January 2028 is 184 on.
        pytest.param(calendar_days.last_day_of_decision_on_objection, date(2028, 1, 29), id="decided_within_26_weeks"),
    ],
)
def test_wtl_4_4_awb_6_7_weeks_after_a_decision_of_31_july(last, expected):
    """Weeks are counted from the day of the decision (or of the objection)."""
    assert last(date(2027, 7, 31)) == expected


def test_wet_banenafspraak_5_laid_before_both_chambers_four_weeks_ahead():
    """What takes effect on 1 January lies before both chambers on 4 December at the latest."""
    assert calendar_days.laid_before_chambers_by(date(2028, 1, 1)) == date(2027, 12, 4)
    assert date(2028, 1, 1) - date(2027, 12, 4) == timedelta(days=28)


def test_wtl_4_1_a_decision_is_late_from_1_august():
    """Before 1 August is in time; the day itself is not."""
    assert not calendar_days.decided_late(2026, date(2027, 8, 1) - ONE_DAY)
    assert calendar_days.decided_late(2026, date(2027, 8, 1))
