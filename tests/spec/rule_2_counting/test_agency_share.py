"""Hired-in people count in the sector of the borrower (Regeling Wfsv 3.34), and the annual count (3.32)."""

from fractions import Fraction

import pytest

from quotum.law.counting import DecemberHours, hired_in_moved
from quotum.run import stages
from quotum.run.jobs import Source, count_jobs, december_by_sector
from quotum.run.request import read_terms
from quotum.tables import EMPLOYERS
from tests.spec.tables import (
    AS_OF,
    EMPLOYER,
    OTHER_EMPLOYER,
    Country,
    _Given,
    _InMemory,
    employer,
    figures_with,
    four_week_period,
    inside,
    month,
    people_of,
    registered,
    row,
    rows_of,
    trait,
)  # fmt: skip

SHARE = "wet_banenafspraak.agency_share_government"
QUARTER = read_terms(figures_with(**{SHARE: "25.00"}), 2026)
NONE = read_terms(figures_with(), 2026)
LISTED = [employer(), employer(OTHER_EMPLOYER, sector="overheid")]
IN_DECEMBER = {**month(12), "AantVerlU": 400}
GOVERNMENT = {"LhNr": f"{OTHER_EMPLOYER}L01"}


def _hours(engine, rows, terms, *, traits=(), employers=LISTED, year=2026):
    found = rows_of(engine, Country(rows, [registered()], traits=traits), year)
    return december_by_sector(engine, found, stages.count(engine, found), inside(EMPLOYERS, employers), terms, year)


def test_regeling_wfsv_3_34_the_share_moves_and_the_total_stays():
    """A quarter of 400 hired-in hours at market employers: 100, month and four-week filers alike, exact."""
    moved = hired_in_moved(DecemberHours(10, 20), DecemberHours(1_000, 500), DecemberHours(400, 1), Fraction(1, 4))
    assert moved == (DecemberHours(110, 20 + Fraction(1, 4)), DecemberHours(900, 500 - Fraction(1, 4)))


@pytest.mark.parametrize(
    ("change", "traits", "moved"),
    [
        pytest.param({"CdAard": "11"}, (), True, id="agency_worker"),
        pytest.param({"CdAard": "82"}, (), True, id="payroll_worker"),
        pytest.param({"CdAard": "1"}, (), False, id="ordinary_work"),
        pytest.param({"CdAard": "23"}, (), False, id="supported_work"),
        pytest.param({}, [trait("lent_out", "2026-12-01", "2026-12-31", lhnr=f"{EMPLOYER}L01")], True, id="lent_out"),
        pytest.param({}, [trait("lent_out", "2026-12-02", "2026-12-31")], False, id="lent_out_a_day_short"),
        pytest.param({}, [trait("lent_out", "2026-12-01", "2026-12-30")], False, id="lent_out_until_a_day_short"),
        pytest.param({"DatAanv": "2026-12-02"}, [trait("lent_out", "2026-12-02")], True, id="from_its_first_day"),
        pytest.param({}, [trait("wsw_seconded", "2026-12-01", "2026-12-31")], False, id="seconded_is_not_lent_out"),
    ],
)
def test_regeling_wfsv_3_34_what_is_hired_in_work(engine, change, traits, moved):
    """Agency and payroll workers by nature, or lent out on all days in service."""
    hours = _hours(engine, [row(**IN_DECEMBER, **change)], QUARTER, traits=traits)
    assert hours["overheid"] == DecemberHours(100 if moved else 0, 0)
    assert hours["niet-overheid"] == DecemberHours(300 if moved else 400, 0)


@pytest.mark.parametrize(
    ("rows", "employers", "expected"),
    [
        pytest.param(
            [row(**IN_DECEMBER, CdAard="11", **GOVERNMENT)], LISTED,
            {"overheid": (400, 0), "niet-overheid": (0, 0)}, id="of_government_employers_they_stay",
        ),
        pytest.param(
            [row(**IN_DECEMBER, CdAard="11")], [],
            {None: (400, 0), "overheid": (0, 0), "niet-overheid": (0, 0)}, id="of_employers_without_sector_they_stay",
        ),
        pytest.param(
            [row(**four_week_period(13), AantVerlU=80, CdAard="11")], LISTED,
            {"overheid": (0, 20), "niet-overheid": (0, 60)}, id="four_week_filer",
        ),
        pytest.param(
            [row(**IN_DECEMBER, CdAard="11", SofiNr="000000999")], LISTED,
            {"overheid": (0, 0), "niet-overheid": (0, 0)}, id="outside_the_target_group",
        ),
        pytest.param([row(**month(11), AantVerlU=400, CdAard="11")], LISTED, {}, id="another_month"),
    ],
)  # fmt: skip
def test_regeling_wfsv_3_34_only_hours_of_market_employers_in_december_move(engine, rows, employers, expected):
    """Lenders in the market; nobody else."""
    found = _hours(engine, rows, QUARTER, employers=employers)
    assert found == {sector: DecemberHours(*hours) for sector, hours in expected.items()}


def test_regeling_wfsv_3_34_nothing_moves_unless_a_scenario_sets_a_share(engine):
    """The share is 0 as it comes."""
    assert NONE.agency_share == 0
    assert _hours(engine, [row(**IN_DECEMBER, CdAard="11")], NONE) == {"niet-overheid": DecemberHours(400, 0)}


def _jobs(engine, rows, terms, register=None):
    country = Country(rows, [registered(start="2012-01-01")] if register is None else register, LISTED)
    given, people = _Given(country), people_of(country)
    held = _InMemory(engine, given)
    found = rows_of(engine, country)
    source = Source(given, people, inside(EMPLOYERS, LISTED), AS_OF)
    return count_jobs(held, source, found, stages.count(engine, found), terms)


def test_regeling_wfsv_3_34_a_counted_baseline_moves_alike(engine):
    """A quarter of the agency hours of December 2012 counts as government then too: 11,092 hours are 100 jobs."""
    then = row(**month(12, 2012), AantVerlU=11_092, CdAard="11", DatTdAanm="2013-01-20T10:00:00", DatAanv="2010-01-01")
    now = row(**month(12), AantVerlU=33_276, CdAard="11")
    jobs = _jobs(engine, [then, now], QUARTER)
    assert jobs.baseline_source == "counted"
    assert (jobs.government.baseline, jobs.market.baseline) == (25, 75)
    assert (jobs.government.realised, jobs.market.realised, jobs.total.realised) == (75 - 25, 225 - 75, 200)


def test_regeling_wfsv_3_34_a_fixed_baseline_stays(engine):
    """The hours of Regeling 3.33 are what they are."""
    jobs = _jobs(engine, [row(**month(12), AantVerlU=11_092, CdAard="11")], QUARTER)
    assert jobs.baseline_source == "fixed"
    assert jobs.government.realised == 25 - Fraction(1_055_474) / Fraction("110.92")


def test_wfsv_122n_hours_of_the_whole_year_are_reported_beside(engine):
    """1,331 hours over the year are one job; they change nothing in the count of December."""
    rows = [row(**month(each), IdBer=f"M{each}", AantVerlU=121) for each in range(1, 12)]
    rows.append(row(**month(12), IdBer="G", AantVerlU=2_662, **GOVERNMENT))
    rows.append(row(**month(1), IdBer="S", LhNr="000000036L01", AantVerlU=1_331))
    jobs = _jobs(engine, rows, NONE)
    assert jobs.annual == {"overheid": 2, "niet-overheid": 1, None: 1}
    assert jobs.market.realised + jobs.market.baseline == 0


def test_regeling_wfsv_3_34_hired_in_hours_of_the_year_move_alike(engine):
    """A quarter of 5,324 agency hours at a market employer is one job of 1,331."""
    jobs = _jobs(engine, [row(**month(1), AantVerlU=5_324, CdAard="11")], QUARTER)
    assert jobs.annual == {"overheid": 1, "niet-overheid": 3}


@pytest.mark.parametrize(
    ("before", "extra"),
    [
        pytest.param([], None, id="no_returns_of_the_year_before"),
        pytest.param([row(**month(11, 2025), **GOVERNMENT, AantVerlU=100)], None, id="none_of_its_december"),
        pytest.param([row(**month(12, 2025), **GOVERNMENT, AantVerlU=11_092)], 300 - 100, id="fewer_then"),
        pytest.param([row(**month(12, 2025), **GOVERNMENT, AantVerlU=44_368)], 300 - 400, id="more_then"),
        pytest.param([row(**month(12, 2025), AantVerlU=44_368)], 300, id="none_at_government_then"),
        pytest.param(
            [row(**month(11, 2025), **GOVERNMENT), row(**month(12, 2025), **GOVERNMENT, NumIV="", SofiNr="")],
            300,
            id="a_return_without_rows",
        ),
        pytest.param(
            [row(**month(12, 2025), **GOVERNMENT, AantVerlU=1, DatTdAanm="2027-05-02T00:00:00")], None, id="filed_late"
        ),
    ],
)
def test_wet_banenafspraak_4_lid_4_extra_jobs_at_government_employers(engine, before, extra):
    """Jobs in December against December of the year before, when the archive holds it."""
    jobs = _jobs(engine, [*before, row(**month(12), **GOVERNMENT, AantVerlU=33_276)], NONE)
    assert jobs.extra_government == extra
