"""Hours allocated from lender to borrower (Besluit Wfsv 2.28, 2.30): variable C of both."""

from datetime import date

import pytest

from quotum.law.quota_levy import allocations_agreed_by
from tests.spec.rule_7_quota_levy.levies import allocation, both_years, hours_of, levy
from tests.spec.tables import (
    EMPLOYER as LENDER,
)
from tests.spec.tables import (
    OTHER_EMPLOYER as BORROWER,
)
from tests.spec.tables import OTHER_PERSON, PERSON, Country, employer, registered, trait

THIRD = "000000036"
ALLOCATED, REFUSED = (600, 400), (1_000, 0)


def _country(*rows, traits=(), hours=1_000):
    people = [hours_of(hours, 2026, LENDER, bsn=PERSON, NumIV=2), *rows]
    employers = [employer(LENDER), employer(BORROWER), employer(THIRD)]
    both = [*both_years(100_000, LENDER), *both_years(100_000, BORROWER)]
    return Country([*both, *people], [registered(), registered(OTHER_PERSON)], employers, (), traits)


def _hours(found):
    """Variable C of lender and borrower."""
    return found.lines[LENDER]["levy_target_hours"], found.lines[BORROWER]["levy_target_hours"]


@pytest.mark.parametrize(
    ("agreed_on", "expected", "finding"),
    [
        pytest.param("2026-03-01", ALLOCATED, 0, id="within_the_year"),
        pytest.param("2027-08-01", ALLOCATED, 0, id="on_1_august_of_the_next_year"),
        pytest.param("2027-08-02", REFUSED, 1, id="on_2_august"),
    ],
)
def test_besluit_wfsv_2_28_lid_3_2_30_agreed_by_1_august(engine, agreed_on, expected, finding):
    """Hours are added to C of the borrower and taken off C of the lender; agreed too late they are refused."""
    assert allocations_agreed_by(2026) == date(2027, 8, 1)
    found = levy(engine, _country(), [allocation(400, LENDER, BORROWER, agreed_on)])
    assert _hours(found) == expected
    assert found.findings.get("allocation_agreed_late", 0) == finding


@pytest.mark.parametrize(
    ("hours", "expected", "finding"),
    [
        pytest.param(0, (1_000, 0), 0, id="no_hours"),
        pytest.param(999, (1, 999), 0, id="an_hour_less_than_the_person_has"),
        pytest.param(1_000, (0, 1_000), 0, id="all_hours_of_the_person"),
        pytest.param(1_001, REFUSED, 1, id="an_hour_more_is_refused"),
    ],
)
def test_besluit_wfsv_2_28_above_the_hours_of_the_person(engine, hours, expected, finding):
    """At most the target-group hours of the person at the lender."""
    found = levy(engine, _country(), [allocation(hours, LENDER, BORROWER)])
    assert _hours(found) == expected
    assert found.findings.get("allocation_above_hours", 0) == finding


@pytest.mark.parametrize(
    ("first", "second", "expected", "third", "finding"),
    [
        pytest.param(400, 600, (0, 400), 600, 0, id="together_all_hours"),
        pytest.param(400, 601, (1_000, 0), 0, 2, id="together_an_hour_more_all_are_refused"),
        pytest.param(400, 1_001, (600, 400), 0, 1, id="one_above_by_itself_leaves_the_other"),
    ],
)
def test_besluit_wfsv_2_28_several_allocations_of_one_person(engine, first, second, expected, third, finding):
    """Two borrowers of one person at one lender share the hours of the person."""
    found = levy(engine, _country(), [allocation(first, LENDER, BORROWER), allocation(second, LENDER, THIRD)])
    assert _hours(found) == expected
    assert found.lines[THIRD]["levy_target_hours"] == third
    assert found.findings.get("allocation_above_hours", 0) == finding


def test_besluit_wfsv_2_28_what_is_refused_does_not_weigh_on_the_rest(engine):
    """An allocation that was agreed too late takes no room from one in time."""
    allocations = [allocation(1_000, LENDER, BORROWER), allocation(500, LENDER, THIRD, "2027-08-02")]
    found = levy(engine, _country(), allocations)
    assert _hours(found) == (0, 1_000)
    assert found.findings["allocation_agreed_late"] == 1


@pytest.mark.parametrize(
    ("allocations", "finding"),
    [
        pytest.param(
            [allocation(1, LENDER, BORROWER, bsn=OTHER_PERSON)], "allocation_above_hours", id="another_person"
        ),
        pytest.param([allocation(1, THIRD, BORROWER)], "allocation_above_hours", id="another_lender"),
        pytest.param([allocation(1, LENDER, LENDER)], "allocation_without_borrower", id="to_the_lender_itself"),
        pytest.param([allocation(1, LENDER, "000000048")], "allocation_without_borrower", id="borrower_unknown"),
        pytest.param([allocation(400, LENDER, BORROWER, year=2025)], None, id="of_another_year"),
    ],
)
def test_besluit_wfsv_2_28_what_moves_nothing(engine, allocations, finding):
    """No hours of the person there, nobody to receive them, or another year."""
    found = levy(engine, _country(), allocations)
    assert _hours(found) == REFUSED
    assert {code: n for code, n in found.findings.items() if code.startswith("allocation")} == (
        {finding: 1} if finding else {}
    )


def test_besluit_wfsv_2_28_hours_outside_the_target_group_cannot_be_allocated(engine):
    """A person who is not registered has no target-group hours to allocate."""
    country = _country()
    found = levy(engine, Country(country.returns, [], country.employers), [allocation(1, LENDER, BORROWER)])
    assert _hours(found) == (0, 0)
    assert found.findings["allocation_above_hours"] == 1


@pytest.mark.parametrize(
    ("allocated", "expected"),
    [
        pytest.param(300, (500, 300), id="agency_hours_only"),
        pytest.param(1_000, (500, 1_000), id="all_agency_hours"),
        pytest.param(1_001, (499, 1_001), id="an_hour_more_comes_off_the_lender"),
        pytest.param(1_500, (0, 1_500), id="all_hours"),
        pytest.param(1_501, (500, 0), id="above_all_hours_is_refused"),
    ],
)
def test_besluit_wfsv_2_28_wfsv_38g_lid_5_agency_hours_are_not_taken_off_twice(engine, allocated, expected):
    """1,000 hours as an agency worker are not in C of the lender; 500 other hours of the person are."""
    own = hours_of(500, 2026, LENDER, bsn=PERSON, NumIV=3)
    country = _country(own, traits=[trait("lent_out", relation="2")])
    assert _hours(levy(engine, country, [allocation(allocated, LENDER, BORROWER)])) == expected


def test_wfsv_38g_38h_lid_4_allocated_hours_change_both_levies(engine):
    """1,930 hours are asked of each: the borrower is short of 400 less, the lender of 400 more."""
    found = levy(engine, _country(hours=1_000), [allocation(400, LENDER, BORROWER)])
    # Lender: A 101,000, quota 1,949.3; less 600 is 1,349.3, 1.01 jobs. Borrower: 1,930 less 400 is 1,530, 1.14 jobs.
    tenths = [found.lines[rsin]["quota_shortage_tenths"] for rsin in (LENDER, BORROWER)]
    cents = [found.lines[rsin]["quota_levy_cents"] for rsin in (LENDER, BORROWER)]
    assert (tenths, cents) == ([10, 11], [5_000_00, 5_500_00])
    without = levy(engine, _country(hours=1_000))
    assert [without.lines[rsin]["quota_shortage_tenths"] for rsin in (LENDER, BORROWER)] == [7, 14]
