"""From the old text to that of 2026, and an LKV that would end after three years (Wtl 2.12 lid 1, 6.2)."""

from datetime import date

import pytest

from quotum.errors import ParameterMissing
from quotum.law.lkv_until_2025 import Duration
from quotum.run.lkv_terms import read_lkv_terms
from tests.spec.lkv import HOURS, Claims, Persons, benefits, declaration, transfer, worked
from tests.spec.tables import EMPLOYER, OTHER_EMPLOYER, PERSON, figures_with, registered, trait

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
    found = benefits(engine, Claims(rows, [registered(until="2025-10-10")], declarations=[declaration()]), year)
    assert sum(line["paid_hours"] for line in found.lines.values()) == months * HOURS


def test_wtl_6_2_leaves_the_target_group_within_the_year(engine):
    """Registered until February 2026, period until 15 April: four months, each once."""
    rows = [worked(number, 2026, DatAanv="2023-04-15") for number in range(1, 13)]
    country = Claims(rows, [registered(until="2026-02-28")], declarations=[declaration()])
    assert benefits(engine, country, 2026).lines[EMPLOYER, PERSON]["paid_hours"] == 4 * HOURS


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
        pytest.param(2026, "registration", (Duration(3, 6), date(2025, 12, 31)), id="first_year_of_the_new"),
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
