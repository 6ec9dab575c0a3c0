"""Hired-in work is a third part of the job count with its own zero (Regeling Wfsv 3.33, 3.34), and the annual count."""

from fractions import Fraction

import pytest
from attrs import evolve

from quotum.law.wet_banenafspraak.savings_loss import HiredIn, SectorCount, judged_apart, missing_jobs
from quotum.law.wfsv.job_count import December, Parts, count_above, job_remarks
from quotum.law.wfsv.job_hours import DecemberHours, hired_in_zero
from quotum.run.stages import in_order as stages
from quotum.run.stages.jobs import Source, count_jobs, hours_of_december
from quotum.run.terms import read_terms
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
MONTH = Fraction("110.92")
HERE = f"{EMPLOYER}L01"


def _hours(engine, rows, *, traits=(), employers=LISTED, year=2026):
    result = rows_of(engine, Country(rows, [registered()], traits=traits), year)
    return hours_of_december(engine, stages.count(engine, result), inside(EMPLOYERS, employers), year)


@pytest.mark.parametrize(
    ("change", "traits", "hired_in"),
    [
        pytest.param({"CdAard": "11"}, (), True, id="agency_worker"),
        pytest.param({"CdAard": "82"}, (), True, id="payroll_worker"),
        pytest.param({"CdAard": "1"}, (), False, id="ordinary_work"),
        pytest.param({"CdAard": "23"}, (), False, id="supported_work"),
        pytest.param({"CdAard": "22"}, (), True, id="wsw_seconded_by_nature"),
        pytest.param({}, [trait("lent_out", "2026-12-01", "2026-12-31", lhnr=HERE)], True, id="lent_out"),
        pytest.param({}, [trait("lent_out", "2026-12-02", "2026-12-31")], False, id="lent_out_a_day_short"),
        pytest.param({}, [trait("lent_out", "2026-12-01", "2026-12-30")], False, id="lent_out_until_a_day_short"),
        pytest.param({"DatAanv": "2026-12-02"}, [trait("lent_out", "2026-12-02")], True, id="from_its_first_day"),
        pytest.param({}, [trait("wsw_seconded", "2026-12-01", "2026-12-31")], True, id="seconded_on_all_days"),
        pytest.param({}, [trait("wsw_seconded", "2026-12-02", "2026-12-31")], False, id="seconded_a_day_short"),
        pytest.param({"CdAard": "21"}, [trait("wsw_seconded", "2026-12-31")], True, id="wsw_seconded_on_one_day"),
        pytest.param(
            {}, [trait("wsw", "2026-12-01"), trait("wsw_seconded", "2026-12-31")], True, id="wsw_trait_seconded_one_day"
        ),
        pytest.param(
            {}, [trait("wsw", "2026-12-02"), trait("wsw_seconded", "2026-12-31")], False, id="wsw_trait_a_day_short"
        ),
        pytest.param({}, [trait("wsw", "2026-12-02")], False, id="wsw_for_a_part_of_the_days"),
    ],
)
def test_regeling_wfsv_3_34_what_is_hired_in_work(engine, change, traits, hired_in):
    """Agency and payroll workers, lent out on all days in service, and Wsw employees who are seconded.

    Who is a Wsw employee on all days counts only for being seconded on some day, and is hired-in then.
    """
    hours = _hours(engine, [row(**IN_DECEMBER, **change)], traits=traits)
    assert hours.target == {"niet-overheid": DecemberHours(400, 0)}
    assert hours.hired_in == {"niet-overheid": DecemberHours(400 if hired_in else 0, 0)}


@pytest.mark.parametrize(
    "row_",
    [
        pytest.param(row(**IN_DECEMBER, CdAard="11", SofiNr="000000999"), id="outside_the_target_group"),
        pytest.param(row(**IN_DECEMBER, CdAard="21"), id="wsw_not_seconded"),
    ],
)
def test_regeling_wfsv_3_34_only_who_counts_is_hired_in(engine, row_):
    """What is out of the count is in none of its parts."""
    assert _hours(engine, [row_]) == December(*[{"niet-overheid": DecemberHours(0, 0)}] * 2)


def _counted(engine, rows, terms=NONE, *, baseline=None, register=None, employers=LISTED):
    country = Country(rows, [registered(start="2012-01-01")] if register is None else register, employers)
    given, people = _Given(country), people_of(country)
    held = _InMemory(engine, given)
    result = rows_of(engine, country)
    source = Source(given, people, inside(EMPLOYERS, employers), AS_OF, baseline)
    return count_jobs(held, source, stages.count(engine, result), terms)


@pytest.mark.parametrize(
    ("rows", "employers", "december"),
    [
        pytest.param(
            [row(**month(12), AantVerlU=11_092, CdAard="11", **GOVERNMENT), row(**month(12), AantVerlU=22_184)],
            LISTED, Parts(market=Fraction(200), hired_in=Fraction(100)), id="of_government_employers_too",
        ),
        pytest.param(
            [row(**month(12), AantVerlU=11_092, CdAard="82"), row(**month(12), NumIV=2, AantVerlU=22_184)],
            LISTED, Parts(market=Fraction(200), hired_in=Fraction(100)), id="off_the_market",
        ),
        pytest.param(
            [row(**month(12), AantVerlU=11_092, CdAard="11"), row(**month(12), NumIV=2, AantVerlU=33_276)],
            [], Parts(without_sector=Fraction(300), without_sector_hired_in=Fraction(100)),
            id="without_sector_in_the_total_only",
        ),
        pytest.param(
            [row(**four_week_period(13), AantVerlU=1_331, CdAard="11")], LISTED,
            Parts(hired_in=1_331 * Fraction(28, 32) / Fraction(1_331, 13)), id="four_week_filer",
        ),
    ],
)  # fmt: skip
def test_regeling_wfsv_3_33_three_parts(engine, rows, employers, december):
    """Government and market without hired-in work, and hired-in work of both; the total is all of it."""
    result = _counted(engine, rows, employers=employers).december
    assert result == december
    assert result.total == sum((result.government, result.market, result.hired_in, result.without_sector,
                               result.without_sector_hired_in), Fraction(0))  # fmt: skip


def test_fixed_zero_of_hired_in_work_is_the_published_one_less_those_of_the_sectors():
    """75,179 less 1,055,474 / 110.92 and 6,914,491 / 110.92, kept exact: 3,326 rounded."""
    zero = hired_in_zero(NONE.baseline_jobs_with_hired, 1_055_474 / MONTH, 6_914_491 / MONTH)
    assert zero == 75_179 - (1_055_474 + 6_914_491) / MONTH
    assert round(zero) == 3_326
    counts = count_above(December({}, {}), None, "national", NONE).counts
    assert counts.hired_in == HiredIn(zero, -zero)
    assert counts.total.baseline == 75_179


def test_realised_stands_part_by_part_on_its_own_zero(engine):
    """As many jobs in each part as its zero and one more: one realised in each, three in total."""
    jobs = {"overheid": 1_055_474 + 11_092, "niet-overheid": 6_914_491 + 11_092}
    hired_in = (75_179 - (1_055_474 + 6_914_491) / MONTH + 100) * MONTH
    target = {sector: DecemberHours(hours, 0) for sector, hours in jobs.items()}
    target["niet-overheid"] += DecemberHours(hired_in, 0)
    now = December(target, {"niet-overheid": DecemberHours(hired_in, 0)})
    counts = count_above(now, None, "national", NONE).counts
    assert (counts.government.realised, counts.market.realised, counts.hired_in.realised) == (100, 100, 100)
    assert counts.total.realised == 300


def test_fourth_quarter_of_2023_as_published():
    """76,258 market, 10,835 government, -830 hired-in: together 86,263 (86,264 as published, of rounded parts)."""
    terms = evolve(NONE, target_jobs={"overheid": Fraction(25_000), "niet-overheid": Fraction(80_000)})
    zero = 75_179 - (1_055_474 + 6_914_491) / MONTH
    own = {"overheid": 1_055_474 + 10_835 * MONTH, "niet-overheid": 6_914_491 + 76_258 * MONTH}
    lent = {"overheid": Fraction(0), "niet-overheid": (zero - 830) * MONTH}
    now = December(
        {sector: DecemberHours(own[sector] + lent[sector], 0) for sector in own},
        {sector: DecemberHours(hours, 0) for sector, hours in lent.items()},
    )
    jobs = count_above(now, None, "national", terms)
    counts = jobs.counts
    assert (counts.market.realised, counts.government.realised, counts.hired_in.realised) == (76_258, 10_835, -830)
    assert counts.total.realised == 86_263
    assert not jobs.part_of_the_country
    assert counts.missing("joint") == 105_000 - 86_263
    assert counts.missing("separate") == (25_000 - 10_835) + (80_000 - 76_258 + 830)


@pytest.mark.parametrize(
    ("share", "government", "market"),
    [
        pytest.param(Fraction(0), (10, 20), (30, 40 - 8), id="none_to_government"),
        pytest.param(Fraction(1, 4), (10 + 1, 20 - 2), (30 + 3, 40 - 6), id="a_quarter"),
        pytest.param(Fraction(1), (10 + 4, 20 - 8), (30, 40), id="all_of_it"),
    ],
)
def test_regeling_wfsv_3_34_lid_3_judged_apart_hired_in_work_is_shared(share, government, market):
    """Zero (4) and jobs (-8 above it) alike go to government for the share, and to the market for the rest."""
    own = SectorCount(Fraction(50), Fraction(10), Fraction(20)), SectorCount(Fraction(60), Fraction(30), Fraction(40))
    rest = (0, 0) if share == 1 else (4 * (1 - share), 0)
    result = judged_apart(*own, HiredIn(Fraction(4), Fraction(-8)), share)
    assert (result[0].target, result[1].target) == (50, 60)
    assert (result[0].baseline, result[0].realised) == government
    assert (result[1].baseline, result[1].realised) == (30 + rest[0], market[1])
    total = SectorCount(Fraction(110), Fraction(44), Fraction(52))
    assert missing_jobs(*result, total, "separate") == 110 - 52
    assert missing_jobs(*result, total, "joint") == 110 - 52


def test_regeling_wfsv_3_34_judged_jointly_the_total_decides():
    """More than agreed at the market with hired-in work makes up for government, and apart it does not."""
    government, market = SectorCount(*map(Fraction, (10, 0, 4))), SectorCount(*map(Fraction, (20, 0, 19)))
    total = SectorCount(*map(Fraction, (30, 0, 28)))
    sectors_with_hired_in = judged_apart(government, market, HiredIn(Fraction(0), Fraction(5)), Fraction(0))
    assert missing_jobs(*sectors_with_hired_in, total, "separate") == 6
    assert missing_jobs(*sectors_with_hired_in, total, "joint") == 2


def test_regeling_wfsv_3_34_nothing_goes_to_government_unless_a_scenario_sets_a_share():
    """The share is 0 as it comes."""
    assert (NONE.agency_share, QUARTER.agency_share) == (0, Fraction(1, 4))


def test_a_counted_baseline_has_the_same_three_parts(engine):
    """11,092 agency hours of December 2012 are 100 jobs of hired-in work, and none of the market."""
    earlier = {**month(12, 2012), "DatTdAanm": "2013-01-20T10:00:00", "DatAanv": "2010-01-01"}
    rows = [
        row(**earlier, AantVerlU=11_092, CdAard="11"), row(**earlier, NumIV=2, AantVerlU=22_184),
        row(**month(12), AantVerlU=33_276, CdAard="11"),
    ]  # fmt: skip
    jobs = _counted(engine, rows, QUARTER)
    assert jobs.baseline_source == "counted"
    assert (jobs.counts.market.baseline, jobs.counts.market.realised) == (200, -200)
    assert jobs.counts.hired_in == HiredIn(Fraction(100), Fraction(200))
    assert (jobs.counts.total.baseline, jobs.counts.total.realised) == (300, 0)
    government, market = jobs.counts.sectors_with_hired_in
    assert (government.baseline, government.realised) == (25, 50)
    assert (market.baseline, market.realised) == (275, -50)


def test_without_a_known_zero_hired_in_work_is_left_out_and_it_is_said(engine):
    """Nobody published it before 12 July 2022: the two parts are compared with their own zeros."""
    rows = [row(**month(12), AantVerlU=11_092, CdAard="11"), row(**month(12), NumIV=2, AantVerlU=22_184)]
    jobs = _counted(engine, rows, evolve(NONE, baseline_jobs_with_hired=None))
    assert jobs.counts.hired_in is None
    assert jobs.counts.total.baseline == (1_055_474 + 6_914_491) / MONTH
    assert jobs.counts.total.realised == 200 - jobs.counts.total.baseline
    assert jobs.counts.sectors_with_hired_in == (jobs.counts.government, jobs.counts.market)
    assert "hired-in work is left out" in job_remarks(jobs)[0]
    assert job_remarks(_counted(engine, rows)) == ()


def test_wfsv_122n_hours_of_the_whole_year_are_reported_beside(engine):
    """1,331 hours over the year are one job; they change nothing in the count of December."""
    rows = [row(**month(number), IdBer=f"M{number}", AantVerlU=121) for number in range(1, 12)]
    rows.append(row(**month(12), IdBer="G", AantVerlU=2_662, **GOVERNMENT))
    rows.append(row(**month(1), IdBer="S", LhNr="000000036L01", AantVerlU=1_331))
    rows.append(row(**month(1), IdBer="M1", NumIV=2, AantVerlU=3_993, CdAard="11"))
    rows.append(row(**month(1), IdBer="S", LhNr="000000036L01", NumIV=2, AantVerlU=1_331, CdAard="11"))
    jobs = _counted(engine, rows)
    assert jobs.annual == Parts(*map(Fraction, (2, 1, 3, 1, 1)))
    assert jobs.annual.total == 8
    assert jobs.december.market == 0


def test_wet_banenafspraak_4_lid_4_a_share_of_hired_in_work_is_of_government(engine):
    """A quarter of 100 jobs of hired-in work more than the year before, at a market employer."""
    rows = [row(**month(12, 2025), **GOVERNMENT, AantVerlU=5_546), row(**month(12), AantVerlU=11_092, CdAard="11")]
    assert _counted(engine, rows, QUARTER).extra_government == 25 - 50
    assert _counted(engine, rows).extra_government == -50


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
    jobs = _counted(engine, [*before, row(**month(12), **GOVERNMENT, AantVerlU=33_276)])
    assert jobs.extra_government == extra


def test_a_share_of_hours_is_exact():
    """As a policy counts a share of sheltered work: three of every seven hours, of each kind of filer."""
    share = DecemberHours(100, 10) * Fraction(3, 7)
    assert share == DecemberHours(Fraction(300, 7), Fraction(30, 7))
