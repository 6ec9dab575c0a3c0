"""The law of a later year over rows of an earlier one: to move its days back is to move the rows forward."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotum.law.wtl.employments import Employment
from quotum.law.wtl.lkv_until_2025 import Duration, MonthBefore
from quotum.law.wtl.other_lkv import OLDER
from quotum.law.wtl.pension_age import youngest_pensioner
from quotum.law.wtl.terms import BenefitTerms, LkvTerms
from quotum.law.wtl.transition import Registration
from quotum.law.wtl.windows import JOBS_BY_DECLARATION, BenefitRequest, PersonPapers, right_from, windows_of
from quotum.parameters import Figures, load_book
from quotum.periods import add_months
from quotum.run.lkv_terms import read_lkv_terms
from quotum.run.stages.grants import pension_limits
from quotum.simulate.carried_back import day_carried_back, text_carried_back

FIGURES = Figures(load_book())


def text_of(year: int) -> LkvTerms:
    return read_lkv_terms(FIGURES, year)


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2025, 12, 31), 2, date(2023, 12, 31)),
        (date(2028, 2, 29), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 4, date(2024, 2, 29)),
        (date.min, 3, date.min),
    ],
)
def test_days_that_the_law_fixes_move_back_by_whole_years(day, years, expected):
    assert day_carried_back(day, years) == expected


def test_the_text_of_the_same_year_is_untouched():
    assert text_carried_back(text_of(2026), 0) == text_of(2026)


@pytest.mark.parametrize(("year", "last_day"), [(2026, date(2025, 12, 31)), (2027, date(2024, 12, 31)), (2029, None)])
def test_the_change_of_text_lies_as_far_from_the_rows_as_in_the_later_year(year, last_day):
    """Wtl 6.2: over rows of 2026; in 2029 no period can run any more that began before 2026."""
    kept = text_carried_back(text_of(year), year - 2026).kept
    assert (None if kept is None else kept[1]) == last_day


def _later(day: date, years: int) -> date:
    return add_months(day, 12 * years)


def _moved(known, papers: PersonPapers, years: int):
    employments = tuple(
        Employment(_later(spell.first_day, years), _later(spell.last_day, years), spell.start_known) for spell in known
    )
    registered = tuple(
        Registration(_later(item.first_day, years), _later(item.last_day, years), item.ended_by)
        for item in papers.registered
    )
    declared = {
        name: tuple((_later(first, years), _later(last, years)) for first, last in intervals)
        for name, intervals in papers.declared.items()
    }
    return employments, PersonPapers(registered, declared)


DAYS = st.dates(date(2019, 3, 1), date(2026, 12, 31)).filter(lambda day: (day.month, day.day) != (2, 29))
ENDS = st.none() | st.sampled_from(["own_request", "other"])


def intervals(most: int):
    return st.lists(st.tuples(DAYS, DAYS).map(lambda pair: tuple(sorted(pair))), max_size=most, unique=True)


@given(
    employed=intervals(2), registered=intervals(1), declared=intervals(2), other=intervals(1), ended_by=ENDS,
    years=st.integers(1, 4), law_year=st.integers(2024, 2030),
)  # fmt: skip
def test_moving_the_law_back_is_moving_every_day_of_the_rows_forward(
    employed, registered, declared, other, ended_by, years, law_year
):
    """Without 29 February, which whole years can move to another day."""
    law = text_of(law_year)
    known = tuple(Employment(first, last, True) for first, last in sorted(employed))
    papers = PersonPapers(
        tuple(Registration(first, last, ended_by) for first, last in registered),
        {
            "jobs_agreement": tuple(declared),
            "disabled": tuple(other),
            "older": tuple(other),
            "reassigned": tuple(other),
        },
    )
    request = BenefitRequest(1, 2, frozenset({"jobs_agreement", "disabled", "older", "reassigned"}), True)
    here = list(windows_of(request, known, papers, text_carried_back(law, years)))
    result = list(windows_of(request, *_moved(known, papers, years), law))
    moved = [(*window[:3], _later(window[3], years), _later(window[4], years)) for window in here]
    assert moved == result


@pytest.mark.parametrize(
    ("start", "kept"),
    [
        pytest.param(date(2024, 12, 31), True, id="began_by_the_last_day_and_is_kept"),
        pytest.param(date(2025, 1, 1), False, id="began_a_day_later_under_the_new_text"),
    ],
)
def test_who_keeps_a_remaining_part_as_if_in_2027(start, kept):
    """Rows of 2026 under the law of 2027: a start on 31-12-2024 stands for 31-12-2025, a day later for 1-1-2026."""
    declared = {"jobs_agreement": ((start, start + timedelta(days=400)),)}
    registered = (Registration(start - timedelta(days=60), start),)
    request = BenefitRequest(1, 2, frozenset({"jobs_agreement"}), False)
    known = (Employment(start, date(2026, 12, 31), True),)
    lkv = text_carried_back(text_of(2027), 1)
    windows = list(windows_of(request, known, PersonPapers(registered, declared), lkv))
    assert windows == ([(1, 2, JOBS_BY_DECLARATION, start, add_months(start, 36))] if kept else [])


@pytest.mark.parametrize(("year", "later"), [(2026, 1), (2026, 2), (2025, 4)])
def test_the_pension_age_is_that_of_the_later_year_at_the_age_people_have(year, later):
    """AOW 7a: 67 years until 2027, 67 years and 3 months from 2028: three months later, whole years back."""
    limits = pension_limits(year, FIGURES, later).to_pylist()

    def age(of_year: int) -> int:
        return 804 if of_year + later < 2028 else 807

    assert [row["youngest_pensioner"] for row in limits] == [
        youngest_pensioner(row["period_start"], age, year - 1) for row in limits
    ]


def test_the_day_of_the_three_months():
    """On 1 January 2026 as if in 2028: born on 1-10-1958 is 67 years and 3 months; a day later is younger."""
    first = pension_limits(2026, FIGURES, 2).to_pylist()[0]
    assert first["period_start"] == date(2026, 1, 1)
    # In 2027 the age is still 67 years: who reached it then is a pensioner in 2028 too.
    assert first["youngest_pensioner"] == date(1958, 12, 31)
    assert pension_limits(2026, FIGURES, 3).to_pylist()[0]["youngest_pensioner"] == date(1958, 10, 1)


def test_older_workers_from_before_2024_keep_their_amounts_by_the_day_carried_back():
    """Wtl 6.2a over rows of 2024 as if in 2025: a start on 31-12-2022 stands for 31-12-2023, a day later for 2024."""
    lkv = text_carried_back(text_of(2025), 1)
    assert lkv.older_kept_before == date(2023, 1, 1)
    assert right_from(OLDER, date(2022, 12, 31), lkv) == "older_before_2024"
    assert right_from(OLDER, date(2023, 1, 1), lkv) == "older"


@pytest.mark.parametrize(
    ("start", "counts"),
    [
        pytest.param(date(2023, 12, 20), True, id="stands_for_2024_the_calendar_month_before"),
        pytest.param(date(2024, 1, 20), False, id="stands_for_2025_the_month_up_to_the_day_before"),
    ],
)
def test_what_the_month_before_a_start_is_goes_by_the_day_carried_back(start, counts):
    """Wtl 2.10 over rows of 2024 as if in 2025: registered on the first of the month before only."""
    month = add_months(start.replace(day=1), -1)
    papers = PersonPapers((Registration(month, month),), {"jobs_agreement": ((start, start),)})
    request = BenefitRequest(1, 2, frozenset({"jobs_agreement"}), False)
    known = (Employment(start, date(2024, 12, 31), True),)
    assert bool(list(windows_of(request, known, papers, text_carried_back(text_of(2025), 1)))) == counts


def test_benefits_that_are_abolished_stay_so():
    assert text_of(2027).older is None
    assert text_carried_back(text_of(2027), 1).older_before_2024 is None
    assert isinstance(text_carried_back(text_of(2027), 1).disabled, BenefitTerms)


def test_starts_of_what_the_month_before_is_move_too():
    kept = text_carried_back(text_of(2027), 1).kept
    assert kept is not None
    assert kept[0] == Duration(
        3, 6, ((date(2017, 1, 1), MonthBefore.CALENDAR_MONTH), (date(2024, 1, 1), MonthBefore.UP_TO_DAY_BEFORE))
    )
