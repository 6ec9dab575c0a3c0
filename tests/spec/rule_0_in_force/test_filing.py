"""Which messages count: filed on or before the as-of day (Wtl 4.1 lid 2; Wfsv 38e lid 3)."""

from datetime import date

import pytest

from tests.spec.tables import PERSON, in_force, row

FIRST = row(IdBer="M1", DatTdAanm="2026-02-20T09:00:00", AantVerlU=100)


@pytest.mark.parametrize(
    ("made_at", "hours"),
    [
        pytest.param("2027-05-01T00:00:00", 140, id="first_second_of_the_day_counts"),
        pytest.param("2027-05-01T23:59:59", 140, id="last_second_of_the_day_counts"),
        pytest.param("2027-05-02T00:00:00", 100, id="one_second_later_does_not"),
    ],
)
def test_wtl_4_1_lid_2_returns_as_filed_by_1_may(engine, made_at, hours):
    """Returns as they stood at the end of 1 May of the next year, the whole day included."""
    later = row(IdBer="M2", DatTdAanm=made_at, AantVerlU=140)
    assert in_force(engine, [FIRST, later], as_of=date(2027, 5, 1)) == [(PERSON, 1, hours)]


@pytest.mark.parametrize(
    ("as_of", "hours"),
    [
        pytest.param(date(2027, 1, 30), 100, id="the_day_before"),
        pytest.param(date(2027, 1, 31), 140, id="on_31_january"),
    ],
)
def test_wtl_4_1_lid_4_preliminary_overview_looks_at_31_january(engine, as_of, hours):
    """For the preliminary overview the returns are as they stood on 31 January."""
    later = row(IdBer="M2", DatTdAanm="2027-01-31T12:00:00", AantVerlU=140)
    assert in_force(engine, [FIRST, later], as_of=as_of) == [(PERSON, 1, hours)]


@pytest.mark.parametrize(
    ("filed_at", "hours"),
    [
        pytest.param("2027-05-01T23:59:59", 140, id="filed_in_time_though_made_earlier_than_the_other"),
        pytest.param("2027-05-02T00:00:00", 100, id="filed_too_late_though_made_in_time"),
        pytest.param("", 100, id="no_filing_time_so_the_time_made_decides"),
    ],
)
def test_wtl_4_1_lid_2_filed_goes_before_made(engine, filed_at, hours):
    """Filed ("ingediend") decides; the time at which it was made only stands in for it."""
    other = row(IdBer="M2", DatTdAanm="2026-02-19T09:00:00", Ingediend=filed_at, AantVerlU=140)
    assert in_force(engine, [FIRST, other]) == [(PERSON, 1, hours)]


def test_wtl_4_1_lid_2_nothing_filed_nothing_in_force(engine):
    """A message filed after the as-of day does not exist."""
    assert in_force(engine, [FIRST], as_of=date(2026, 2, 19)) == []


@pytest.mark.parametrize(
    ("first_day", "last_day", "counts"),
    [
        pytest.param("2025-12-01", "2025-12-31", False, id="december_of_the_year_before"),
        pytest.param("2026-01-01", "2026-01-25", True, id="first_four_weeks"),
        pytest.param("2026-11-30", "2026-12-31", True, id="thirteenth_period"),
        pytest.param("2027-01-01", "2027-01-31", False, id="january_of_the_next_year"),
    ],
)
def test_wfsv_aangiftetijdvak_belongs_to_the_year_of_its_first_day(engine, first_day, last_day, counts):
    """A return period belongs to the calendar year of its first day."""
    result = in_force(engine, [row(DatAanvTv=first_day, DatEindTv=last_day, AantVerlU=100)])
    assert result == ([(PERSON, 1, 100)] if counts else [])
