"""The quota levy on every engine against the plain reference: generated cases and every exclusion met (rule 7)."""

from collections import Counter
from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotum.errors import RateUnsolvable
from quotum.law.wfsv.quota_percentage import PercentageVariables, quota_percentage_hundredths
from tests.engines.drawn import (
    EMPLOYERS,
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
from tests.spec import reference_levy
from tests.spec.reference import Country, months
from tests.spec.reference_levy import ABOVE, LATE, NOBODY, LevyFigures
from tests.spec.rule_7_quota_levy.levies import _moved, allocation, both_years, hours_of, levy
from tests.spec.tables import AS_OF, employer, new_engine, registered, trait

pytestmark = pytest.mark.slow

CASES = 250
THRESHOLD = 40_575
FIGURES = LevyFigures(2026, {"overheid": 2_76, "niet-overheid": 1_93})
SETTINGS = {"wfsv.quota_percentage_government": "2.76", "wfsv.quota_percentage_market": "1.93"}
HOURS = [THRESHOLD, THRESHOLD, THRESHOLD - 1, 60_000, 99_999, 1_000, 1_000, 575, 100, -40, 0]
FILED = {
    2025: ["2025-04-01T09:00:00"] * 4 + ["2026-05-01T23:59:59", "2026-05-02T00:00:00"],
    2026: ["2026-04-01T09:00:00"] * 4 + ["2027-05-01T23:59:59", "2027-05-02T00:00:00"],
}
DAYS = ["2025-01-01", "2025-01-31", "2026-01-01", "2026-01-15", "2026-01-16", "2026-01-31", "2026-02-28"]
STARTED = ["2010-01-01"] * 5 + ["2025-01-01", "2025-01-02", "2026-01-01", "2026-12-31"]
UNKNOWN = "000000096"
COMPARED = (
    "sector", "paid_hours_t1", "paid_hours", "target_group_hours", "counted_hours_t1", "counted_hours",
    "levy_target_hours", "quota_percentage_hundredths", "quota_shortage_tenths", "quota_levy_cents",
)  # fmt: skip


@st.composite
def _messages(draw, lhnr):
    result = []
    for year in (2025, 2026):
        for period in months(year)[:2]:
            if draw(often):
                contents = rows(HOURS, most=4)
                result += [draw(message(lhnr, period, st.sampled_from(FILED[year]), contents=contents))]
        if draw(often):
            result += [
                draw(message(lhnr, months(year)[0], st.sampled_from(FILED[year]), contents=rows(HOURS, least=1)))
            ]
    return without_repeated_keys(result)


@st.composite
def _allocations(draw, rsins):
    return [
        allocation(
            draw(st.sampled_from([0, 100, 100, 575, 575, 1_000, 1_000, 1_575, THRESHOLD])),
            draw(st.sampled_from(rsins)),
            draw(st.sampled_from([*rsins, *rsins, UNKNOWN])),
            draw(st.sampled_from(["2026-03-01", "2027-08-01", "2027-08-01", "2027-08-02"])),
            draw(st.sampled_from([*PERSONS[:1] * 3, *PERSONS])),
            draw(st.sampled_from([2026] * 6 + [2025])),
        )
        for _ in range(draw(st.integers(0, 5)))
    ]


@st.composite
def cases(draw):
    """Two or three employers over two years, with allocations among them."""
    rsins = EMPLOYERS[: draw(st.integers(2, 3))]
    numbers = [f"{rsin}L01" for rsin in rsins]
    employers = [
        entry | {"ended_on": draw(st.sampled_from([""] * 8 + ["2025-12-31", "2026-01-01", "2026-12-30"]))}
        for entry in draw(listed(rsins, started=STARTED))
    ]
    country = Country(
        [item for number in numbers for item in draw(_messages(number))],
        draw(registrations()),
        employers,
        (),
        draw(traits(numbers, DAYS)),
    )
    return country, draw(_allocations(rsins))


def _sure(allocations=(), more=(), hold=(), **first):
    """A case that meets one circumstance for sure: an employer of 100,000 hours in both years, another beside it."""
    own_rows = [*both_years(100_000 - 1_000, NumIV=1), *both_years(1_000, bsn=PERSONS[0], NumIV=2, **first), *more]
    other = both_years(50_000, rsin=EMPLOYERS[1])
    listing = [item | {"ended_on": ""} for item in (employer(), employer(EMPLOYERS[1]))]
    return Country([*own_rows, *other], [registered(PERSONS[0])], listing, (), hold), list(allocations)


_HALVES = [trait("lent_out", "2025-01-01", "2026-01-15", relation="2"), trait("wsw", "2026-01-16", relation="2")]
_LENT = [trait("lent_out", relation="2")]


def _to_other(hours, *more, **changes):
    return allocation(hours, EMPLOYERS[0], EMPLOYERS[1], *more, **changes)


SURE = [
    *(_sure(CdAard=nature) for nature in ("11", "21", "22", "24", "82")),
    *(_sure(hold=[trait(name, relation="2")]) for name in ("lent_out", "wsw", "wsw_seconded", "sheltered")),
    _sure(hold=_HALVES),
    _sure(hold=_HALVES[:1]),
    _sure([_to_other(1_000)]),
    _sure([_to_other(1_001)]),
    _sure([_to_other(600), allocation(600, EMPLOYERS[0], EMPLOYERS[1])]),
    _sure([_to_other(500), _to_other(500)]),
    _sure([_to_other(500, "2027-08-02"), _to_other(500, year=2025), allocation(1, EMPLOYERS[0], UNKNOWN)]),
    _sure([_to_other(400)], hold=_LENT),
    _sure([_to_other(1_200)], more=both_years(500, bsn=PERSONS[0], NumIV=3), hold=_LENT),
    # A correction below zero of agency work: no more comes off the lender's C than was allocated.
    _sure([_to_other(900)], more=both_years(-40, bsn=PERSONS[0], NumIV=3, CdAard="11")),
    (Country(both_years(THRESHOLD), (), [employer() | {"ended_on": "2026-06-30"}]), []),
    (Country([hours_of(THRESHOLD, 2025), hours_of(THRESHOLD - 1, 2026)], (), [employer()]), []),
    (Country([hours_of(THRESHOLD - 1, 2025), hours_of(THRESHOLD, 2026)], (), [employer(started_on="2025-01-02")]), []),
    (Country(both_years(THRESHOLD)), []),
    (Country(both_years(THRESHOLD - 1), (), [employer()]), []),
    (Country(both_years(99_999, bsn=PERSONS[0]), [registered(PERSONS[0])], [employer()]), []),
]
EVERYTHING = {
    "left out: nature 11", "left out: nature 21", "left out: nature 22", "left out: trait lent_out",
    "left out: trait wsw", "left out: trait wsw_seconded", "left out: one trait after another",
    "kept: payroll worker", "kept in A: sheltered work", "kept: trait on some days", "kept",
    "allocation of another year", "allocation above the hours alone", "allocations above the hours together",
    "allocation of exactly all hours", "allocation within agency hours", "allocation beyond agency hours",
    "several allocations of one person", "part of a year: began", "part of a year: ended",
    "exempt: below the threshold in t-1 only", "exempt: below the threshold in t only",
    "exempt: below the threshold in both years", "exempt: no sector", "bound: exactly the threshold",
    "bound: levy", "bound: quota reached",
}  # fmt: skip
SELDOM = 4
"""How many of these the drawn cases may lack: the written ones have all of them."""


@cache
def _drawn():
    """The cases, together and one by one."""
    return [*SURE, *collected(cases(), CASES)]


@cache
def _expected(as_of):
    return [reference_levy.levy(country, allocations, as_of, FIGURES) for country, allocations in _drawn()]


def _country():
    allocations = [
        _moved(given_one, number) for number, (_, given_ones) in enumerate(_drawn(), 1) for given_one in given_ones
    ]
    return together([country for country, _ in _drawn()]), allocations


AS_OF_DAYS = [
    pytest.param(AS_OF, id="1_may_of_t_and_of_the_next"),
    pytest.param(date(2026, 4, 30), id="before_1_may_of_t"),
]


@pytest.mark.parametrize(("name", "as_of"), on_engines(AS_OF_DAYS))
def test_generated_levies_are_those_of_the_reference(name, as_of, tmp_path):
    """Every employer of every case: hours, shortage and levy; and every refusal and finding."""
    expected = _expected(as_of)
    country, allocations = _country()
    result = levy(new_engine(name, tmp_path), country, allocations, as_of, settings=SETTINGS)
    lines = {rsin: {column: line[column] for column in COMPARED} for rsin, line in result.lines.items()}
    assert lines == joined(item.lines for item in expected)
    refused = sum((item.refused for item in expected), Counter())
    assert {code: result.findings.get(code, 0) for code in (LATE, NOBODY, ABOVE)} == {
        code: refused[code] for code in (LATE, NOBODY, ABOVE)
    }
    assert result.findings.get("quota_part_year_employer", 0) == sum(item.part_of_year for item in expected)


def test_every_arm_and_every_exclusion_is_met():
    """By cases written for it; most of them by drawn ones as well."""
    outcomes = _expected(AS_OF)
    for part, lacking in ((outcomes[: len(SURE)], 0), (outcomes[len(SURE) :], SELDOM)):
        met = sum((item.met + item.refused for item in part), Counter())
        assert len([reason for reason in EVERYTHING | {LATE, NOBODY, ABOVE} if not met[reason]]) <= lacking


_variables = st.fractions(0, 2_000_000, max_denominator=1_000)


@settings(max_examples=300)
@given(st.tuples(*[_variables] * 8))
def test_generated_quota_percentages_are_those_of_the_reference(drawn):
    """Wfsv art. 38f lid 2: every variable rounded down to two decimals, and the outcome too."""
    expected = reference_levy.quota_percentage(*drawn)
    variables = PercentageVariables(*drawn)
    if expected is None:
        with pytest.raises(RateUnsolvable):
            quota_percentage_hundredths(variables)
    else:
        assert quota_percentage_hundredths(variables) == expected


def test_quota_percentage_of_the_government_in_2018():
    """The figures of law.md: 1.93%."""
    known = (13_504, 11_250, 1_331, Fraction("1073426.07"), 1_623, 534, 0, 0)
    assert reference_levy.quota_percentage(*known) == 1_93
