"""Hours allocated from lender to borrower (Besluit Wfsv 2.28, 2.30): variable C of both."""

from collections import Counter
from datetime import date

import pytest

from quotum.law.wfsv.allocations import allocations_agreed_by
from tests.spec.rule_7_quota_levy.levies import Levies, allocation, both_years, hours_of
from tests.spec.tables import EMPLOYER, OTHER_EMPLOYER, OTHER_PERSON, PERSON, Country, employer, registered, trait

LENDER, BORROWER, THIRD, UNKNOWN = EMPLOYER, OTHER_EMPLOYER, "000000036", "000000048"
LATE, ABOVE, NOBODY = "allocation_agreed_late", "allocation_above_hours", "allocation_without_borrower"


def _case(allocations, lender, borrower, third=0, *findings, rows=(), traits=(), people=(PERSON, OTHER_PERSON)):
    """A person with 1,000 target-group hours at the lender; expected: variable C of each, and findings."""
    returns = (row for rsin in (LENDER, BORROWER, THIRD) for row in both_years(100_000, rsin))
    own = hours_of(1_000, 2026, LENDER, bsn=PERSON, NumIV=2)
    employers = tuple(employer(rsin) for rsin in (LENDER, BORROWER, THIRD))
    register = tuple(registered(person) for person in people)
    country = Country((*returns, own, *rows), register, employers, (), tuple(traits))
    return country, allocations, (lender, borrower, third), findings


def _to_borrower(hours, *more, **changes):
    return [allocation(hours, LENDER, BORROWER, *more, **changes)]


def _agency(hours, lender, borrower, *findings):
    """The 1,000 hours are those of an agency worker; 500 other hours of the person at the lender are not."""
    own = hours_of(500, 2026, LENDER, bsn=PERSON, NumIV=3)
    return _case(
        _to_borrower(hours), lender, borrower, 0, *findings, rows=(own,), traits=[trait("lent_out", relation="2")]
    )


CASES = Levies(
    {
        "nothing_allocated": _case([], 1_000, 0),
        # Agreed by 1 August of the next year.
        "agreed_within_the_year": _case(_to_borrower(400, "2026-03-01"), 600, 400),
        "agreed_on_1_august": _case(_to_borrower(400, "2027-08-01"), 600, 400),
        "agreed_on_2_august": _case(_to_borrower(400, "2027-08-02"), 1_000, 0, 0, LATE),
        # At most the target-group hours of the person at the lender.
        "no_hours": _case(_to_borrower(0), 1_000, 0),
        "an_hour_less_than_the_person_has": _case(_to_borrower(999), 1, 999),
        "all_hours_of_the_person": _case(_to_borrower(1_000), 0, 1_000),
        "an_hour_more": _case(_to_borrower(1_001), 1_000, 0, 0, ABOVE),
        "hours_of_two_rows_are_added": _case(
            _to_borrower(1_250), 0, 1_250, rows=[hours_of(250, 2026, LENDER, bsn=PERSON, NumIV=3)]
        ),
        "another_person": _case(_to_borrower(1, bsn=OTHER_PERSON), 1_000, 0, 0, ABOVE),
        "another_lender": _case([allocation(1, THIRD, BORROWER)], 1_000, 0, 0, ABOVE),
        "a_person_not_in_the_target_group": _case(_to_borrower(1), 0, 0, 0, ABOVE, people=()),
        # Several allocations of one person.
        "together_all_hours": _case([*_to_borrower(400), allocation(600, LENDER, THIRD)], 0, 400, 600),
        "together_an_hour_more": _case(
            [*_to_borrower(400), allocation(601, LENDER, THIRD)], 1_000, 0, 0, ABOVE, ABOVE
        ),
        "one_above_by_itself_leaves_the_other": _case(
            [*_to_borrower(400), allocation(1_001, LENDER, THIRD)], 600, 400, 0, ABOVE
        ),
        "one_too_late_takes_no_room": _case(
            [*_to_borrower(1_000), allocation(500, LENDER, THIRD, "2027-08-02")], 0, 1_000, 0, LATE
        ),
        "of_two_persons": _case(
            [*_to_borrower(400), *_to_borrower(300, bsn=OTHER_PERSON)], 600, 700,
            rows=[hours_of(300, 2026, LENDER, bsn=OTHER_PERSON, NumIV=2)],
        ),
        "there_and_back": _case(
            [*_to_borrower(400), allocation(50, BORROWER, LENDER, bsn=OTHER_PERSON)], 650, 450,
            rows=[hours_of(100, 2026, BORROWER, bsn=OTHER_PERSON, NumIV=2)],
        ),
        # Nobody to receive them, or another year.
        "to_the_lender_itself": _case([allocation(1, LENDER, LENDER)], 1_000, 0, 0, NOBODY),
        "to_a_borrower_nobody_knows": _case([allocation(1, LENDER, UNKNOWN)], 1_000, 0, 0, NOBODY),
        "of_the_year_before": _case(_to_borrower(400, year=2025), 1_000, 0),
        # Agency hours are not in C of the lender, and do not come off it.
        "agency_hours_only": _agency(300, 500, 300),
        "all_agency_hours": _agency(1_000, 500, 1_000),
        "an_hour_more_than_the_agency_hours": _agency(1_001, 499, 1_001),
        "all_hours_agency_and_other": _agency(1_500, 0, 1_500),
        "above_agency_and_other_hours": _agency(1_501, 500, 0, ABOVE),
        # 1,000 hours in C and a correction of -40 agency hours: 960 are allocated and 960 come off.
        "agency_hours_below_zero_take_off_no_more_than_was_allocated": _case(
            _to_borrower(960), 40, 960, rows=[hours_of(-40, 2026, LENDER, bsn=PERSON, NumIV=3, CdAard=11)]
        ),
    }
)  # fmt: skip


@pytest.mark.parametrize(("name", "hours", "findings"), CASES.parameters())
def test_wfsv_38g_besluit_wfsv_2_28_2_30_allocated_hours(engine, name, hours, findings):
    """Added to C of the borrower and taken off C of the lender, unless the allocation is refused."""
    lines = CASES.lines(engine, name)
    assert tuple(lines[rsin]["levy_target_hours"] for rsin in (LENDER, BORROWER, THIRD)) == hours


def test_besluit_wfsv_2_28_2_30_every_refusal_is_a_finding(engine):
    """As many findings as allocations refused, by reason."""
    expected = Counter(code for _, _, _, findings in CASES.values() for code in findings)
    counts_of_findings = CASES.levied(engine).findings
    assert {code: counts_of_findings[code] for code in (LATE, ABOVE, NOBODY)} == dict(expected)


def test_besluit_wfsv_2_28_lid_3_2_30_last_day():
    """1 August of the year after."""
    assert allocations_agreed_by(2026) == date(2027, 8, 1)


def test_wfsv_38g_38h_lid_4_allocated_hours_change_both_levies(engine):
    """What one is short of less, the other is short of more."""

    def levied(name):
        lines = CASES.lines(engine, name)
        return [(lines[rsin]["quota_shortage_tenths"], lines[rsin]["quota_levy_cents"]) for rsin in (LENDER, BORROWER)]

    # Lender: 1.93% of 101,000 is 1,949.3; less 1,000 or 600: 0.71 and 1.01 jobs.
    # Borrower: 1.93% of 100,000 is 1,930; less 0 or 400: 1.45 and 1.14 jobs.
    assert levied("nothing_allocated") == [(7, 3_500_00), (14, 7_000_00)]
    assert levied("agreed_on_1_august") == [(10, 5_000_00), (11, 5_500_00)]
