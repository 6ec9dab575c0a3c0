"""From the old text to that of 2026, and an LKV that would end after three years (Wtl 2.12 lid 1, 6.2)."""

from datetime import date

import pytest

from quotum.errors import ParameterMissing
from quotum.law.readings import TRANSITION_ON_FIRST_DAY
from quotum.law.wtl.lkv_until_2025 import Duration, MonthBefore
from quotum.run.lkv_terms import read_lkv_terms
from tests.spec.lkv import HOURS, Claims, Persons, benefits, transfer, worked
from tests.spec.tables import (
    EMPLOYER,
    OTHER_EMPLOYER,
    OTHER_PERSON,
    PERSON,
    declaration,
    figures_with,
    registered,
    trait,
)

AT_START = registered(until="2023-06-30")


def _case(right, *more, start="2023-06-01", register=(AT_START,), declared=None, **changes):
    """100 hours in January 2026 of a person who was registered and declared at the start, not in 2026."""
    traits, transfers = changes.pop("traits", ()), changes.pop("transfers", ())
    papers = [declaration(start="2022-01-01", until="2025-12-31")] if declared is None else declared
    rows = [worked(1, 2026, **{"DatAanv": start} | changes), *more]
    return Claims(rows, register, traits=traits, declarations=papers, transfers=transfers), right


CASES = Persons(
    {
        "running_on_31_december_2025": _case(True),
        "never_declared": _case(False, declared=[]),
        "never_registered": _case(False, register=[]),
        "last_day_of_the_period_31_december_2025": _case(False, start="2023-01-01"),
        "last_day_of_the_period_1_january_2026": _case(
            True, start="2023-01-02", register=[registered(until="2023-01-02")]
        ),
        "employed_on_31_december_2025": _case(True, start="2025-12-31", register=[registered(until="2025-12-31")]),
        "employed_on_1_january_2026": _case(
            False, start="2026-01-01", register=[registered(until="2025-12-31")], declared=[declaration()]
        ),
        # In the target group: without end, declared or not.
        "in_the_target_group": _case(True, register=[registered()]),
        "in_the_target_group_three_years_over": _case(True, start="2020-01-01", register=[registered()]),
        "in_the_target_group_never_declared": _case(True, register=[registered()], declared=[]),
        "in_the_target_group_for_a_day": _case(True, register=[registered(start="2026-01-31")], start="2020-01-01"),
        # Old conditions.
        "not_asked_for": _case(False, IndAvrLkvDgBaf="N"),
        "wsw_seconded_was_out": _case(False, CdAard="22"),
        "wsw_seconded_is_in_for_the_target_group": _case(True, CdAard="22", register=[registered()]),
        "sheltered_is_out_for_both": _case(False, CdAard="24", register=[registered()]),
        "wsw_seconded_traits": _case(False, traits=[trait("wsw"), trait("wsw_seconded")]),
        "six_months_rule": _case(
            False, worked(12, 2022, NumIV="2", DatAanv="2019-01-01", DatEind="2022-12-01", IndAvrLkvDgBaf="N")
        ),
        "six_months_rule_kept": _case(
            True, worked(11, 2022, NumIV="2", DatAanv="2019-01-01", DatEind="2022-11-30", IndAvrLkvDgBaf="N")
        ),
        "training_needs_the_declaration_only": _case(
            True, register=[], declared=[declaration("jobs_agreement_training")]
        ),
        "went_over": _case(
            True, worked(12, 2025, LhNr=f"{OTHER_EMPLOYER}L01", DatAanv="2023-06-01"),
            start="2026-01-01", transfers=[transfer("2026-01-01")],
        ),
    },
    year=2026,
)  # fmt: skip


@pytest.mark.parametrize(("name", "right"), CASES.parameters())
def test_wtl_6_2_running_period_keeps_its_remaining_part(engine, name, right):
    """Who is not in the target group keeps what is left of three years; who is goes on without end."""
    assert CASES.hours(engine, name) == (HOURS if right else None)


@pytest.mark.parametrize(
    ("year", "months"),
    [
        pytest.param(2026, 12, id="the_year_after"),
        pytest.param(2027, 12, id="the_second_year"),
        pytest.param(2028, 10, id="until_the_end_of_three_years"),
    ],
)
def test_wtl_6_2_until_the_end_of_three_years(engine, year, months):
    """From 10 October 2025 to 9 October 2028, which lies in the tenth month."""
    rows = [worked(number, year, DatAanv="2025-10-10") for number in range(1, 13)]
    result = benefits(engine, Claims(rows, [registered(until="2025-10-10")], declarations=[declaration()]), year)
    assert sum(line["paid_hours"] for line in result.lines.values()) == months * HOURS


KEPT = Duration(
    3, 6, ((date(2018, 1, 1), MonthBefore.CALENDAR_MONTH), (date(2025, 1, 1), MonthBefore.UP_TO_DAY_BEFORE))
)
UNKNOWN = "registration_ended_by_unknown"
ALL_OF_2026 = range(1, 13)


def _left(*register, start="2024-02-01", year=2026, **changes):
    """100 hours a month of a person whose period of three years begins on 1 February 2024."""
    rows = [worked(number, year, **{"DatAanv": start} | changes) for number in ALL_OF_2026]
    return Claims(rows, register, declarations=[declaration()])


def _paid(engine, country, year=2026):
    return sum(line["paid_hours"] for line in benefits(engine, country, year).lines.values())


@pytest.mark.parametrize(
    ("ended_by", "cents", "expected"),
    [
        pytest.param("other", 606_00, {}, id="otherwise"),
        pytest.param("own_request", 1_212_00, {}, id="own_request"),
        pytest.param("", 606_00, {UNKNOWN: 1}, id="nobody_knows"),
    ],
)
def test_wtl_6_2_lid_1_b_lid_4_registered_until_30_june_2026(engine, ended_by, cents, expected):
    """Six months of 101.00; with what is left of the period twelve, the twelfth of which begins before February."""
    result = benefits(engine, _left(registered(until="2026-06-30", ended_by=ended_by)), 2026)
    assert result.lines[EMPLOYER, PERSON]["lkv_cents"] == cents
    assert result.findings == expected


@pytest.mark.parametrize(("ended_by", "months"), [("other", 0), ("own_request", 1), ("", 0)])
def test_wtl_6_2_lid_4_the_last_month_of_the_period(engine, ended_by, months):
    """January 2027 begins before 1 February 2027, the end of three years."""
    country = _left(registered(until="2026-06-30", ended_by=ended_by), year=2027)
    assert _paid(engine, country, 2027) == months * HOURS


LEFT = Persons(
    {
        # Who was not registered on 1 January 2026 keeps what is left, and follows the new text where registered.
        "not_registered_on_that_day": (_left(registered(until="2025-12-31")), 12),
        "registered_from_the_day_after": (_left(registered(until="2024-02-01"), registered(start="2026-01-02")), 12),
        "registered_for_a_month_in_between": (
            _left(registered(until="2024-02-01"), registered(start="2026-03-01", until="2026-03-31")), 12,
        ),
        # Who was, has the right in the periods in which the person is registered.
        "registered_until_that_day": (_left(registered(until="2026-01-01")), 1),
        "registered_on_that_day_alone": (
            _left(registered(until="2024-02-01"), registered(start="2026-01-01", until="2026-01-01")), 1,
        ),
        "runs": (_left(registered()), 12),
        "ended_within_a_month": (_left(registered(until="2026-06-01")), 6),
        "registered_again": (_left(registered(until="2026-02-28"), registered(start="2026-10-01")), 2 + 3),
        "registered_again_and_that_ended_at_own_request": (
            _left(
                registered(until="2026-02-28", ended_by="other"),
                registered(start="2026-05-01", until="2026-05-31", ended_by="own_request"),
            ),
            2 + 1,
        ),
        "ended_at_own_request_and_registered_again": (
            _left(
                registered(until="2026-02-28", ended_by="own_request"),
                registered(start="2026-05-01", until="2026-05-31", ended_by="other"),
            ),
            12,
        ),
        # Registrations that touch are one: the last of them says how it ended.
        "goes_on_and_then_ended_at_own_request": (
            _left(
                registered(until="2026-02-28", ended_by="other"),
                registered(start="2026-03-01", until="2026-04-30", ended_by="own_request"),
            ),
            12,
        ),
        "goes_on_and_then_ended_otherwise": (
            _left(
                registered(until="2026-02-28", ended_by="own_request"),
                registered(start="2026-03-01", until="2026-04-30", ended_by="other"),
            ),
            4,
        ),
        "a_day_between_them": (
            _left(
                registered(until="2026-02-28", ended_by="other"),
                registered(start="2026-03-02", until="2026-04-30", ended_by="own_request"),
            ),
            4,
        ),
        "two_say_the_same_end": (
            _left(
                registered(until="2026-04-30", ended_by="own_request"),
                registered(start="2025-01-01", until="2026-04-30", ended_by="own_request"),
            ),
            12,
        ),
        "one_of_two_says_how_it_ended": (
            _left(
                registered(until="2026-04-30", ended_by="own_request"),
                registered(start="2025-01-01", until="2026-04-30"),
            ),
            12,
        ),
        "two_contradict_each_other": (
            _left(
                registered(until="2026-04-30", ended_by="own_request"),
                registered(start="2025-01-01", until="2026-04-30", ended_by="other"),
            ),
            4,
        ),
        # Ended at own request before the text of 2026: not in the target group on its first day.
        "ended_in_2025": (_left(registered(until="2025-06-30", ended_by="other")), 12),
        # What is kept is what was: a period that was over gives nothing, whoever ended the registration.
        "period_over": (
            _left(registered(until="2026-06-30", ended_by="own_request"), start="2022-06-01"), 6,
        ),
        "period_over_within_the_year": (
            _left(registered(until="2026-02-28", ended_by="own_request"), start="2023-04-15"), 4,
        ),
        # Kind of work does not bear on whether a person was in the group on that day, but does on what counts.
        "sheltered": (_left(registered(until="2026-06-30", ended_by="own_request"), CdAard="24"), None),
        "wsw_seconded_counts_while_registered": (
            _left(registered(until="2026-06-30", ended_by="own_request"), CdAard="22"), 6,
        ),
    },
    year=2026,
)  # fmt: skip


@pytest.mark.parametrize(("name", "months"), LEFT.parameters())
def test_wtl_6_2_lid_1_lid_4_what_is_left_of_a_period(engine, name, months):
    """By the registration of 1 January 2026, and how it ended."""
    assert LEFT.hours(engine, name) == (None if months is None else months * HOURS)


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        pytest.param(_left(registered(until="2026-12-31")), 0, id="nothing_lost_in_this_year"),
        pytest.param(_left(registered(until="2026-11-30")), 1, id="a_month_lost"),
        pytest.param(_left(registered(until="2026-06-30"), start="2023-06-30"), 0, id="period_ended_with_it"),
        pytest.param(_left(registered(until="2026-06-30"), start="2023-07-02"), 1, id="period_ended_after_it"),
        pytest.param(_left(registered(until="2026-06-30"), IndAvrLkvDgBaf="N"), 0, id="not_asked_for"),
        pytest.param(_left(registered(until="2026-06-30"), Gebdat=""), 0, id="no_birth_date_is_another_finding"),
        pytest.param(_left(registered(until="2025-12-31")), 0, id="not_registered_on_the_first_day"),
        pytest.param(_left(registered()), 0, id="runs"),
    ],
)
def test_wtl_6_2_lid_4_unknown_is_a_finding_where_something_is_lost(engine, country, expected):
    """A person with an employer, once; unknown is not own request."""
    assert benefits(engine, country, 2026).findings.get(UNKNOWN, 0) == expected


def test_wtl_6_2_each_person_and_employer_is_a_finding(engine):
    """Two employers of one person, and a colleague."""
    other = {"LhNr": f"{OTHER_EMPLOYER}L01"}
    rows = [
        worked(number, 2026, **{"DatAanv": "2024-02-01"} | more)
        for number in (8, 9)
        for more in ({}, other, {"SofiNr": OTHER_PERSON, "NumIV": "2"})
    ]
    people = [PERSON, OTHER_PERSON]
    register = [registered(bsn, until="2026-06-30") for bsn in people]
    result = benefits(engine, Claims(rows, register, declarations=[declaration(bsn=bsn) for bsn in people]), 2026)
    assert (result.lines, result.findings) == ({}, {UNKNOWN: 3})


def test_wtl_6_2_the_reading_is_told_where_a_period_ran(engine):
    """Also when the right ended with the registration, and not when nobody had a period."""
    for ended_by in ("own_request", "other", ""):
        ended = registered(until="2026-06-30", ended_by=ended_by)
        assert TRANSITION_ON_FIRST_DAY in benefits(engine, _left(ended), 2026).readings
        assert TRANSITION_ON_FIRST_DAY not in benefits(engine, _left(ended, start="2020-01-01"), 2026).readings


LIMITED = Persons(
    {
        "three_years_not_over": _case(True, start="2023-01-02", register=[registered()], declared=[]),
        "three_years_over": _case(False, start="2023-01-01", register=[registered()], declared=[]),
        "not_in_the_target_group": _case(False, register=[], declared=[]),
        "registered_after_the_start": _case(
            True, start="2025-01-01", register=[registered(start="2025-06-01")], declared=[]
        ),
        "begun_anew_after_six_months": _case(
            True, worked(5, 2025, NumIV="2", DatAanv="2020-01-01", DatEind="2025-05-31"),
            start="2025-12-01", register=[registered()], declared=[],
        ),
        "gone_on_after_less": _case(
            False, worked(6, 2025, NumIV="2", DatAanv="2020-01-01", DatEind="2025-06-01"),
            start="2025-12-01", register=[registered()], declared=[],
        ),
        "transition_beside_it": _case(True),
    },
    year=2026,
    settings={"wtl.jobs_agreement_years": "3"},
)  # fmt: skip


@pytest.mark.parametrize(("name", "right"), LIMITED.parameters())
def test_wtl_2_12_lid_1_when_the_lkv_of_2026_would_end_after_three_years(engine, name, right):
    """A scenario: in the target group, and the period starts before the end of three years from the start."""
    assert LIMITED.hours(engine, name) == (HOURS if right else None)


@pytest.mark.parametrize(
    ("year", "ground", "kept"),
    [
        pytest.param(2018, "declaration", None, id="first_year_of_all"),
        pytest.param(2025, "declaration", None, id="last_year_of_the_old_text"),
        pytest.param(2026, "registration", (KEPT, date(2025, 12, 31)), id="first_year_of_the_new"),
        pytest.param(2028, "registration", (KEPT, date(2025, 12, 31)), id="last_year_of_a_period"),
        pytest.param(2029, "registration", None, id="every_period_is_over"),
    ],
)
def test_wtl_2_10_6_2_each_text_has_its_own_days(year, ground, kept):
    """What is kept of the old text, and what ran on its last day."""
    terms = read_lkv_terms(figures_with(), year)
    assert (terms.ground, terms.kept) == (ground, kept)


def test_wtl_2_10_no_text_before_2018():
    """The LKV began on 1 January 2018."""
    with pytest.raises(ParameterMissing, match=r"on 2017-01-01"):
        read_lkv_terms(figures_with(), 2017)


def test_wtl_6_2_nothing_is_kept_when_a_scenario_says_what_the_right_rests_on():
    """A scenario holds for every date, so that no text was replaced."""
    assert read_lkv_terms(figures_with(**{"wtl.jobs_agreement_ground": "registration"}), 2026).kept is None
