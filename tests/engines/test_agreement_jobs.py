"""The job count and the macro figures on every engine against the plain reference (rules 2 and 8)."""

from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from attrs import asdict, evolve, fields
from hypothesis import given, settings
from hypothesis import strategies as st

from quotum.law.wet_banenafspraak.savings_loss import HiredIn, SectorCount, plainly_a_part
from quotum.law.wfsv.job_count import Counts, Jobs, Parts
from quotum.run.regimes import macro
from quotum.run.stages import in_order as stages
from quotum.run.stages.jobs import Source, count_jobs
from quotum.run.stages.rows_in_force import year_rows
from quotum.run.terms import judged, read_terms
from quotum.tables import EMPLOYERS as EMPLOYERS_TABLE
from tests.engines.drawn import (
    EMPLOYERS,
    ENGINES,
    PERSONS,
    collected,
    joined,
    listed,
    message,
    often,
    on_engines,
    registrations,
    rows,
    together,
    traits,
    without_repeated_keys,
)
from tests.spec import reference_jobs
from tests.spec.reference import Country, four_weeks, in_force, months
from tests.spec.reference_jobs import GOVERNMENT, HIRED_IN, MARKET, Count, JobFigures
from tests.spec.tables import (
    ACTIVATED,
    EMPLOYER,
    _Given,
    _InMemory,
    employer,
    figures_with,
    four_week_period,
    inside,
    month,
    new_engine,
    people_of,
    registered,
    row,
    trait,
)

pytestmark = pytest.mark.slow

CASES = 50
# The thirteenth period of 2025 is December itself (31 days); of 2026 it has 32 days, of 2012 29.
YEARS = (2025, 2026)
AS_OF = {year: date(year + 1, 5, 1) for year in YEARS}
HOURS = [100, 110, 111, 160, 1_331, 99_999, -40, 0]
FILED = {
    2012: ["2013-02-01T09:00:00"],
    2024: ["2025-02-01T09:00:00"],
    2025: ["2026-02-01T09:00:00"] * 3 + ["2026-05-01T23:59:59", "2026-05-02T00:00:00"],
    2026: ["2027-02-01T09:00:00"] * 3 + ["2027-05-01T23:59:59", "2027-05-02T00:00:00"],
}
DAYS = ["2012-12-01", "2012-12-15", "2025-12-01", "2025-12-16", "2026-11-30", "2026-12-01", "2026-12-16", "2026-12-31"]
REGISTERED = ("2010-01-01", "2010-01-01", "2012-12-31", "2013-01-01", "2026-12-31", "2027-01-01")


@st.composite
def _messages(draw, lhnr, years):
    """Returns about the end of each year; months and four weeks, now and then both."""
    result = []
    four = draw(st.booleans())
    for year in years:
        monthly = [months(year)[11], months(year)[11], months(year)[0]]
        weekly = [four_weeks(year)[12], four_weeks(year)[12], four_weeks(year)[1]]
        for period in weekly if four else monthly:
            if draw(often):
                result += [draw(message(lhnr, period, st.sampled_from(FILED[year]), contents=rows(HOURS)))]
        if draw(st.sampled_from([True] + [False] * 5)):
            period = draw(st.sampled_from([months(year)[11], four_weeks(year)[12]]))
            result += [draw(message(lhnr, period, st.sampled_from(FILED[year]), contents=rows(HOURS)))]
    return without_repeated_keys(result)


@st.composite
def cases(draw, year, baseline):
    """Two or three employers, over the year, the year before and, for the baseline, 2012."""
    rsins = EMPLOYERS[: draw(st.integers(2, 3))]
    numbers = [f"{rsin}L01" for rsin in rsins]
    years = (*((2012,) if baseline else ()), year - 1, year)
    return Country(
        [item for number in numbers for item in draw(_messages(number, years))],
        draw(registrations(REGISTERED)),
        draw(listed(rsins)),
        (),
        draw(traits(numbers, DAYS)),
    )


def _sure(year, *contents, sector=MARKET, hold=(), registrations_=True):
    """A case that meets one circumstance for sure."""
    listing = [employer(sector=sector)] if sector else []
    return Country(contents, [registered(PERSONS[0], start="2012-12-31")] if registrations_ else [], listing, (), hold)


def _written(year):
    four, december = four_week_period(13, year), month(12, year)
    filed = {"DatTdAanm": f"{year + 1}-02-01T09:00:00", "AantVerlU": 100}
    lent = [trait("lent_out", f"{year}-11-30", f"{year}-12-31")]
    return [
        *(_sure(year, row(**december, **filed), sector=sector) for sector in (GOVERNMENT, MARKET, None)),
        _sure(year, row(**four, **filed), row(**four_week_period(2, year), **filed)),
        _sure(year, row(**four, **filed)),
        _sure(year, row(**december, **filed, CdAard="11")),
        _sure(year, row(**december, **filed, CdAard="82"), sector=GOVERNMENT),
        _sure(year, row(**december, **filed), hold=lent),
        _sure(year, row(**december, **filed), hold=[trait("lent_out", f"{year}-12-02")]),
        *(
            _sure(year, row(**december, **filed, CdAard=nature), sector=GOVERNMENT, hold=held)
            for nature, held in (
                ("22", ()),
                ("21", [trait("wsw_seconded", f"{year}-12-31")]),
                ("15", [trait("wsw", f"{year}-12-01"), trait("wsw_seconded", f"{year}-12-31")]),
                ("15", [trait("wsw", f"{year}-12-02"), trait("wsw_seconded", f"{year}-12-31")]),
                ("15", [trait("wsw_seconded", f"{year}-12-01")]),
                ("15", [trait("wsw_seconded", f"{year}-12-02")]),
            )
        ),
        _sure(year, row(**december, **filed), registrations_=False),
        _sure(year, row(**month(1, year), **filed)),
        _sure(year, row(**december, **filed, CdAard="82"), sector=None),
        *(
            _sure(year, row(**four, **filed, CdAard="82"), row(**four_week_period(2, year), **filed), sector=sector)
            for sector in (GOVERNMENT, MARKET, None)
        ),
    ]


@cache
def _drawn(year, baseline):
    return [*_written(year), *collected(cases(year, baseline), CASES)]


def _figures(year, **changes):
    """Targets and a fixed baseline of about what the cases realise, so that they are met and missed."""
    small = {
        "targets": {GOVERNMENT: Fraction(20_000), MARKET: Fraction(30_000)},
        "baseline_hours": {GOVERNMENT: 155_474, MARKET: 914_491},
        "savings": (7_812_50, 10_000_01, 12_500_00),
    }
    return JobFigures(year, **(small | changes))


@cache
def _read(year, due):
    return read_terms(figures_with(**(ACTIVATED if due else {})), year)


def _terms(figures):
    required = figures.required_government_share
    return evolve(
        _read(figures.year, figures.due),
        target_jobs=figures.targets,
        baseline_hours=figures.baseline_hours,
        baseline_jobs_with_hired=figures.baseline_with_hired,
        agency_share=figures.agency_share,
        sectors=figures.sectors,
        required_government_share_hundredths=required,
        saving_per_job_cents=figures.savings,
    )


def _counted(engine, country, figures):
    """Hours of December per employer and filer, and the job count, on an engine."""
    given_rows = _Given(country)
    held = _InMemory(engine, given_rows)
    people, employers = people_of(country), inside(EMPLOYERS_TABLE, country.employers)
    as_of = AS_OF[figures.year]
    result = year_rows(held, given_rows, people, figures.year, as_of)
    counted = stages.count(held, result)
    hours = held.collect(stages.december_hours(result.returns, counted.looked_at, figures.year)).to_pylist()
    by_employer = {(f"{line['rsin']:09d}", line["four_week_filer"]): line["target_hours"] for line in hours}
    return by_employer, count_jobs(
        held, Source(given_rows, people, employers, as_of, figures.baseline), counted, _terms(figures)
    )


def _hours_expected(country, year):
    """The same hours by the reference: an employer can have numbers of both kinds."""
    result = {}
    filers = reference_jobs.four_week_filers(in_force(country.returns, year, AS_OF[year]), year)
    for rsin, item in reference_jobs.december(country, AS_OF[year], year).items():
        values = {lhnr in filers for lhnr in _numbers_in_december(country, year, filers) if lhnr.startswith(rsin)}
        result |= {(rsin, int(four)): item.four_week_filers if four else item.month_filers for four in values}
    return result


def _numbers_in_december(country, year, filers):
    keys = in_force(country.returns, year, AS_OF[year])
    return {
        lhnr
        for lhnr, first, last in keys
        if (first, last) == (four_weeks(year)[12] if lhnr in filers else months(year)[11])
    }


def _require_equal(result, expected):
    assert (result.baseline_source, result.few_registered_then) == (expected.source, expected.few_registered)
    _same_counts(result.counts, expected.counts)
    assert result.extra_government == expected.extra_government
    for parts, others in ((result.december, expected.december), (result.annual, expected.annual)):
        own = {GOVERNMENT: parts.government, MARKET: parts.market, HIRED_IN: parts.hired_in, None: parts.total}
        assert own == others


def _same_counts(result, expected):
    if result is None:
        assert expected == {}
        return
    parts = {GOVERNMENT: result.government, MARKET: result.market, HIRED_IN: result.hired_in, None: result.total}
    assert {part for part, count in parts.items() if count is not None} == set(expected)
    for part, item in expected.items():
        assert (parts[part].baseline, parts[part].realised) == (item.baseline, item.realised)
        if part != HIRED_IN:
            assert (parts[part].target, parts[part].missing) == (item.target, item.missing)


SHARES = (Fraction(0), Fraction(24, 100))
COUNTRIES = [
    pytest.param(year, baseline, share, id=f"{year}_{'counted' if baseline else 'national'}_{share}")
    for year, baseline, share in ((2026, True, SHARES[1]), (2026, False, SHARES[0]), (2025, False, SHARES[1]))
]


@cache
def _expected(year, baseline, share):
    return reference_jobs.count_jobs(together(_drawn(year, baseline)), AS_OF[year], _figures(year, agency_share=share))


@pytest.mark.parametrize(("name", "year", "baseline", "share"), on_engines(COUNTRIES))
def test_generated_job_counts_are_those_of_the_reference(name, year, baseline, share, tmp_path):
    """Hours of every employer of every case; jobs of all cases together, per sector and in total."""
    drawn = _drawn(year, baseline)
    figures = _figures(year, agency_share=share)
    hours, jobs = _counted(new_engine(name, tmp_path), together(drawn), figures)
    assert hours == joined(_hours_expected(country, year) for country in drawn)
    _require_equal(jobs, _expected(year, baseline, share))
    assert jobs.baseline_source == ("counted" if baseline else "national")


@pytest.mark.parametrize("name", ENGINES)
def test_single_countries_are_counted_as_the_reference_does(name, tmp_path):
    """What only one small country shows: no return of that December, no sector, no registration in 2012."""
    engine = new_engine(name, tmp_path)
    unregistered = [registered(PERSONS[0], start="2013-01-01")]
    earlier = row(**month(12, 2012), DatTdAanm="2013-02-01T09:00:00", AantVerlU=1_000)
    now = row(**month(12), DatTdAanm="2027-02-01T09:00:00", AantVerlU=500)
    listing = [employer(EMPLOYER)]
    countries = [
        Country([now], unregistered, listing),
        Country([now, earlier], unregistered, listing),
        Country([now, earlier], [registered(PERSONS[0], start="2012-12-31")], listing),
        Country([now, earlier | month(11, 2012)], [registered(PERSONS[0], start="2010-01-01")], listing),
        Country([now | month(1), earlier], [registered(PERSONS[0], start="2010-01-01")], ()),
    ]
    sources = []
    for country in countries:
        figures = _figures(2026, agency_share=SHARES[1])
        _, jobs = _counted(engine, country, figures)
        _require_equal(jobs, reference_jobs.count_jobs(country, AS_OF[2026], figures))
        sources.append(jobs.baseline_source)
    assert sources == ["national", "counted", "counted", "national", "counted"]


ASKED_FOR = [
    pytest.param({"baseline": "counted"}, id="counted"),
    pytest.param({"baseline": "national"}, id="national"),
    pytest.param({"baseline": "national", "baseline_with_hired": None}, id="national_zero_of_hired_in_unknown"),
    pytest.param({"baseline": "none"}, id="none"),
]


@pytest.mark.parametrize(("name", "changes"), on_engines(ASKED_FOR))
def test_each_baseline_asked_for_is_that_of_the_reference(name, changes, tmp_path):
    """Returns of December 2012 are there all the same."""
    figures = _figures(2026, agency_share=SHARES[1], **changes)
    country = together(_drawn(2026, True))
    _, jobs = _counted(new_engine(name, tmp_path), country, figures)
    _require_equal(jobs, reference_jobs.count_jobs(country, AS_OF[2026], figures))
    assert jobs.baseline_source == changes["baseline"]


def _met(year, baseline):
    """What the rows of December are."""
    met = set()
    for country in _drawn(year, baseline):
        sectors = {line["rsin"]: line["sector"] for line in country.employers}
        for rsin, item in reference_jobs.december(country, AS_OF[year], year).items():
            met |= {f"{name} {sectors.get(rsin)}" for name, hours in asdict(item).items() if hours}
        returns = in_force(country.returns, year, AS_OF[year])
        kept, filers = {key[0] for key in returns}, reference_jobs.four_week_filers(returns, year)
        met |= {"month filer"} if kept - filers else set()
        met |= {"four-week filer of the year with December"} if _both_ends(returns, filers, year) else set()
    return met


def _both_ends(returns, filers, year):
    return any(lhnr in filers and (first, last) == months(year)[11] for lhnr, first, last in returns)


@pytest.mark.parametrize("year", YEARS)
def test_every_arm_is_met(year):
    """Both kinds of filers and hired-in work, in both sectors and without one."""
    kinds = ("month_filers", "four_week_filers", "month_filers_hired", "four_week_filers_hired")
    expected = {f"{kind} {sector}" for kind in kinds for sector in (GOVERNMENT, MARKET, None)}
    met = _met(year, baseline=False)
    assert expected | {"month filer", "four-week filer of the year with December"} <= met


# Rule 8: no engine is needed once the hours are counted.

_jobs = st.fractions(-5_000, 30_000, max_denominator=9)
_sector = st.tuples(st.sampled_from([Fraction(0), Fraction(10_000), Fraction(25_000)]), _jobs)

BASELINES = [914_491 / Fraction("110.92"), 914_490 / Fraction("110.92"), Fraction(10_000)]
"""A baseline of the fixed one of the market alone, an hour less, and more."""

_choices = st.tuples(
    st.sampled_from(["separate", "joint", "conditional"]),
    st.booleans(),
    st.booleans(),
    st.sampled_from([0, 40_00, 100_00]),
)


def test_generated_macro_figures_are_those_of_the_reference():
    """Missing jobs, how the sectors are judged, what is due, and the savings loss with its range."""
    seen = set()

    @settings(max_examples=400)
    @given(
        st.tuples(_sector, _sector), st.tuples(_jobs, _jobs, st.sampled_from(SHARES)), st.sampled_from(BASELINES),
        _choices, st.tuples(*[st.integers(0, 20_000_00)] * 3),
    )  # fmt: skip
    def agree(sectors_drawn, others, baseline, choices, savings):
        (government, market), (unlisted, hired_in, to_government) = sectors_drawn, others
        sectors, due, revenue, share = choices
        total = (government[0] + market[0], baseline, government[1] + market[1] + hired_in + unlisted)
        result = [(target, Fraction(0), realised) for target, realised in (government, market)]
        counts = Counts(*(SectorCount(*item) for item in result), HiredIn(Fraction(7), hired_in), SectorCount(*total),
                        to_government)  # fmt: skip
        values = {
            sector: Count(*item) for sector, item in zip((GOVERNMENT, MARKET, None), (*result, total), strict=True)
        }
        values[HIRED_IN] = Count(Fraction(0), Fraction(7), hired_in)
        required = share if sectors == "conditional" else None
        figures = _figures(
            2026, sectors=sectors, due=due, savings=savings, required_government_share=required,
            agency_share=to_government,
        )  # fmt: skip
        judged_as, still_due = reference_jobs.judged(values, figures)
        part = plainly_a_part(counts.total, figures.baseline_hours[MARKET] / Fraction("110.92"))
        jobs = Jobs(Parts(), figures.targets, counts, "counted", part)
        terms = judged(_terms(figures), jobs)
        assert (terms.sectors, terms.due) == (judged_as, still_due)
        missing, losses = macro.savings_losses(jobs, _totals(int(revenue)), terms)
        assert missing == reference_jobs.missing_jobs(values, judged_as, figures)
        assert losses == reference_jobs.savings_losses(values, missing, figures, revenue=still_due and revenue)
        seen.add((sectors, judged_as, still_due, None if losses is None else losses > (0, 0, 0)))

    agree()
    assert {(sectors, loss) for sectors, _, _, loss in seen} == {
        (sectors, loss) for sectors in ("separate", "joint", "conditional") for loss in (False, True, None)
    }
    assert {(judged_as, due) for sectors, judged_as, due, _ in seen if sectors == "conditional"} == {
        ("separate", False), ("joint", False), ("joint", True),
    }  # fmt: skip


def _totals(surcharge):
    nothing = dict.fromkeys((field.name for field in fields(macro.Totals)), 0)
    return macro.Totals(**(nothing | {"surcharge_cents": surcharge}))
