"""LKV doelgroep banenafspraak until 2025: the start of the employment decides (Wtl 2.10-2.12, old text)."""

import pytest

from quotum.run.lkv_terms import read_lkv_terms, use_month_before
from quotum.tables import DECLARATIONS
from tests.spec.lkv import HOURS, Claims, Persons, benefits, transfer, worked
from tests.spec.tables import (
    EMPLOYER,
    OTHER_EMPLOYER,
    PERSON,
    declaration,
    figures_with,
    inside,
    registered,
    row,
    trait,
)

START = "2023-03-15"
THIRD_EMPLOYER = "000000036"
REGISTERED = registered()
# What began before 2021 was not declared, and does not qualify.
DECLARED = declaration(start="2021-01-01")


def _case(right, *rows, register=(REGISTERED,), declared=(DECLARED,), traits=(), transfers=(), **changes):
    """By default one employment from 15 March 2023, registered and declared, 100 hours in January 2025."""
    returns = rows or [worked(**{"DatAanv": START} | changes)]
    return Claims(returns, register, traits=traits, declarations=declared, transfers=transfers), right


def _before(**changes):
    """Another relation with the same employer, reported in January 2023."""
    return worked(1, 2023, NumIV="2", IndAvrLkvDgBaf="N", **changes)


CASES = Persons(
    {
        "ordinary": _case(True),
        # Registered on the first day, or in the calendar month before it.
        "registered_from_the_first_day": _case(True, register=[registered(start=START)]),
        "registered_from_the_day_after": _case(False, register=[registered(start="2023-03-16")]),
        "registered_until_the_first_day": _case(True, register=[registered(until=START)]),
        "registered_until_the_first_of_the_month_before": _case(True, register=[registered(until="2023-02-01")]),
        "registered_until_the_day_before_that_month": _case(False, register=[registered(until="2023-01-31")]),
        "registered_on_the_last_of_the_month_before_only": _case(
            True, register=[registered(start="2023-02-28", until="2023-02-28")]
        ),
        "registered_in_the_same_month_but_before": _case(
            False, register=[registered(start="2023-03-01", until="2023-03-14")]
        ),
        # The month before a start from 2025 on ends on the day before it; that of an earlier one is the calendar month.
        **{
            f"start_{start}_registered_{first}_to_{last}": _case(
                right, worked(6, DatAanv=start), register=[registered(start=first, until=last)]
            )
            for start, first, last, right in (
                ("2025-03-20", "2025-02-01", "2025-02-10", False),
                ("2025-03-20", "2025-03-05", "2025-03-15", True),
                ("2025-03-20", "2020-01-01", "2025-02-19", False),
                ("2025-03-20", "2020-01-01", "2025-02-20", True),
                ("2025-03-20", "2025-03-19", "2025-03-19", True),
                ("2025-01-01", "2020-01-01", "2024-11-30", False),
                ("2025-01-01", "2020-01-01", "2024-12-01", True),
                ("2025-01-31", "2020-01-01", "2024-12-30", False),
                ("2025-01-31", "2020-01-01", "2024-12-31", True),
                ("2025-03-31", "2020-01-01", "2025-02-27", False),
                ("2025-03-31", "2020-01-01", "2025-02-28", True),
                ("2024-12-31", "2024-12-05", "2024-12-15", False),
                ("2024-12-31", "2020-01-01", "2024-11-01", True),
                ("2024-12-31", "2020-01-01", "2024-10-31", False),
            )
        },
        "registration_afterwards_is_not_needed": _case(True, register=[registered(until="2023-03-31")]),
        "never_registered": _case(False, register=[]),
        # Declaration.
        "declared_from_the_first_day": _case(True, declared=[declaration(start=START)]),
        "declared_from_the_day_after": _case(False, declared=[declaration(start="2023-03-16")]),
        "declared_until_the_first_day": _case(True, declared=[declaration(until=START)]),
        "declared_until_the_day_before": _case(False, declared=[declaration(until="2023-03-14")]),
        "declared_in_two_pieces_that_touch": _case(
            True, declared=[declaration(until="2023-03-14"), declaration(start=START)]
        ),
        "another_declaration": _case(False, declared=[declaration("disabled")]),
        # Scholingsbelemmerden: the declaration only.
        "training_without_registration": _case(True, register=[], declared=[declaration("jobs_agreement_training")]),
        "training_a_day_short": _case(
            False, register=[], declared=[declaration("jobs_agreement_training", until="2023-03-14")]
        ),
        "training_after_an_employment": _case(
            False, worked(DatAanv=START), _before(DatEind="2023-01-20"),
            register=[], declared=[declaration("jobs_agreement_training")],
        ),
        # No employment in the six months before: 15 September 2022 to 14 March 2023.
        "ended_six_months_before": _case(True, worked(DatAanv=START), _before(DatEind="2022-09-14")),
        "ended_a_day_less_than_six_months_before": _case(False, worked(DatAanv=START), _before(DatEind="2022-09-15")),
        "still_running": _case(False, worked(DatAanv=START), _before()),
        "of_a_kind_that_is_no_employment": _case(True, worked(DatAanv=START), _before(SrtIV="31")),
        "not_insured": _case(True, worked(DatAanv=START), _before(IndWAO="N", IndWW="N", IndZW="N")),
        "with_another_employer": _case(True, worked(DatAanv=START), _before(LhNr=f"{OTHER_EMPLOYER}L01")),
        "at_another_payroll_tax_number": _case(False, worked(DatAanv=START), _before(LhNr=f"{EMPLOYER}L02")),
        "on_the_same_day_beside_it": _case(True, worked(DatAanv=START), _before(DatAanv=START)),
        "end_told_later": _case(
            True, worked(DatAanv=START), worked(1, 2022, NumIV="2"), worked(2, 2022, NumIV="2", DatEind="2022-02-10")
        ),
        "end_taken_back_later": _case(
            False, worked(DatAanv=START), worked(1, 2022, NumIV="2", DatEind="2022-02-10"), worked(2, 2022, NumIV="2")
        ),
        "without_a_start_but_reported_in_between": _case(False, worked(DatAanv=START), _before(DatAanv="")),
        "without_a_start_and_reported_long_before": _case(
            True, worked(DatAanv=START), worked(1, 2022, NumIV="2", DatAanv="")
        ),
        "own_start_unknown": _case(False, DatAanv=""),
        # The first employment that meets the conditions, and three years from its start.
        "second_employment_when_the_first_was_not_declared": _case(
            True, worked(DatAanv=START), _before(DatAanv="2021-01-01", DatEind="2022-03-31"),
            declared=[declaration(start="2023-01-01")],
        ),
        "first_qualifies_three_years_are_over": _case(
            False, worked(DatAanv="2024-08-01"), _before(DatAanv="2021-01-01", DatEind="2023-01-31")
        ),
        "first_qualifies_interruption_does_not_count": _case(
            True, worked(DatAanv="2024-08-01"), _before(DatAanv="2022-06-01", DatEind="2022-08-31")
        ),
        "period_on_the_last_day_within_three_years": _case(True, worked(DatAanv="2022-01-02")),
        "period_on_the_first_day_after": _case(False, worked(DatAanv="2022-01-01")),
        "started_within_the_period_counts_whole": _case(True, worked(DatAanv="2025-01-31")),
        "started_after_the_period": _case(False, worked(DatAanv="2025-02-01")),
        # What holds in every year.
        "not_asked_for": _case(False, IndAvrLkvDgBaf="N"),
        "row_not_insured": _case(False, IndWAO="N", IndWW="N", IndZW="N"),
        "pension_age_on_the_first_day": _case(False, Gebdat="1958-01-01"),
        "pension_age_on_the_second_day": _case(True, Gebdat="1958-01-02"),
        "no_birth_date": _case(False, Gebdat=""),
        # Kind of work: the column until 2025.
        "agency": _case(True, CdAard="11"),
        "payroll": _case(True, CdAard="82"),
        "wsw": _case(False, CdAard="21"),
        "wsw_seconded": _case(False, CdAard="22"),
        "wsw_supported": _case(True, CdAard="23"),
        "sheltered": _case(False, CdAard="24"),
        "wsw_trait": _case(False, traits=[trait("wsw")]),
        "wsw_and_seconded_traits": _case(False, traits=[trait("wsw"), trait("wsw_seconded")]),
        "seconded_trait_over_all_days": _case(False, traits=[trait("wsw_seconded", "2025-01-01", "2025-01-31")]),
        "seconded_trait_a_day_short": _case(True, traits=[trait("wsw_seconded", "2025-01-01", "2025-01-30")]),
        "sheltered_trait_a_day_short": _case(True, traits=[trait("sheltered", "2025-01-02", "2025-01-31")]),
        "lent_out_trait": _case(True, traits=[trait("lent_out")]),
        # Transfer of undertaking on 1 April 2024: the start with the transferor counts.
        "went_over": _case(
            True, worked(DatAanv="2024-04-01"), worked(3, 2024, LhNr=f"{OTHER_EMPLOYER}L01", DatAanv=START),
            declared=[declaration(until=START)], transfers=[transfer("2024-04-01")],
        ),
        "no_transfer": _case(
            False, worked(DatAanv="2024-04-01"), worked(3, 2024, LhNr=f"{OTHER_EMPLOYER}L01", DatAanv=START),
            declared=[declaration(until=START)],
        ),
        "began_elsewhere_a_day_after_the_transfer": _case(
            False, worked(DatAanv="2024-04-02"), worked(3, 2024, LhNr=f"{OTHER_EMPLOYER}L01", DatAanv=START),
            declared=[declaration(until=START)], transfers=[transfer("2024-04-01")],
        ),
        # From the third employer to the second and on to the first: in order of the days, whatever the numbers.
        "went_over_twice": _case(
            True, worked(DatAanv="2024-04-01"),
            worked(3, 2024, LhNr=f"{OTHER_EMPLOYER}L01", DatAanv="2023-10-01"),
            worked(9, 2023, LhNr=f"{THIRD_EMPLOYER}L01", DatAanv=START, DatEind="2023-09-30"),
            declared=[declaration(until=START)],
            transfers=[transfer("2023-10-01", THIRD_EMPLOYER, OTHER_EMPLOYER), transfer("2024-04-01")],
        ),
        "went_over_when_three_years_were_over": _case(
            False, worked(DatAanv="2024-04-01"), worked(3, 2024, LhNr=f"{OTHER_EMPLOYER}L01", DatAanv="2022-01-01"),
            transfers=[transfer("2024-04-01")],
        ),
        "went_over_but_had_left_before": _case(
            True, worked(DatAanv="2024-04-01"),
            worked(3, 2024, LhNr=f"{OTHER_EMPLOYER}L01", DatAanv="2022-01-01", DatEind="2024-03-30"),
            transfers=[transfer("2024-04-01")],
        ),
    }
)  # fmt: skip


@pytest.mark.parametrize(("name", "right"), CASES.parameters())
def test_wtl_2_10_lid_1_lid_3_2_12_lid_1_until_2025(engine, name, right):
    """Registered and declared at the start, nothing in the six months before, three years long."""
    assert CASES.hours(engine, name) == (HOURS if right else None)


def test_wtl_2_13_amount_until_2025(engine):
    """1.01 euro per hour, at most 2,000 euro: 12 x 165 = 1,980 hours give 1,999.80, one more is capped."""
    months = [worked(number, hours=165, DatAanv=START) for number in range(1, 13)]
    result = benefits(engine, Claims(months, [registered()], declarations=[declaration()]))
    expected = {"lkv_cents": 1_980 * 1_01, "lkv_capped": False, "bonus_cents": 0, "granted_category": "jobs_agreement"}
    assert result.lines == {(EMPLOYER, PERSON): expected | {"paid_hours": 1_980}}
    more = [*months[1:], months[0] | {"AantVerlU": "166"}]
    line = benefits(engine, Claims(more, [registered()], declarations=[declaration()])).lines[EMPLOYER, PERSON]
    assert (line["lkv_cents"], line["lkv_capped"]) == (2_000_00, True)


def test_wtl_2_12_lid_1_only_the_periods_within_three_years(engine):
    """From 15 March 2022: the months until March 2025, which begins before the end of three years."""
    months = [worked(number, DatAanv="2022-03-15") for number in range(1, 13)]
    result = benefits(engine, Claims(months, [registered()], declarations=[declaration()]))
    assert result.lines[EMPLOYER, PERSON]["paid_hours"] == 3 * HOURS


def test_wtl_2_10_lid_1_asked_without_declaration_is_a_finding(engine):
    """Without any declaration nobody has a right; one that covers no start is as none."""
    rows = [worked(DatAanv=START)]
    assert benefits(engine, Claims(rows, [registered()])).findings == {"lkv_without_declaration": 1}
    short = Claims(rows, [registered()], declarations=[declaration(until="2023-03-14")])
    assert benefits(engine, short).findings == {"lkv_without_declaration": 1}
    assert benefits(engine, Claims(rows, [registered()], declarations=[declaration()])).findings == {}


def test_wtl_2_10_lid_1_an_employment_without_a_start_is_a_finding(engine):
    """No right can begin with it."""
    result = benefits(engine, Claims([worked(DatAanv="")], [registered()], declarations=[declaration()]))
    assert (result.lines, result.others) == ({}, {})
    assert result.findings == {"lkv_without_declaration": 1, "lkv_without_start_of_employment": 1}


def test_wtl_2_10_lid_2_a_without_a_birth_date_is_a_finding(engine):
    """A row within a right, of a person who left the register; a registered one is counted with the returns."""
    left = [registered(until="2023-03-31")]
    rows = [worked(DatAanv=START, Gebdat="")]
    assert benefits(engine, Claims(rows, left, declarations=[declaration()])).findings == {"rows_without_birth_date": 1}
    assert benefits(engine, Claims(rows, [registered()], declarations=[declaration()])).findings == {}


@pytest.mark.parametrize(
    ("year", "category", "read"),
    [
        pytest.param(2024, "jobs_agreement", ["calendar_month"], id="no_start_of_2025_in_2024"),
        pytest.param(2025, "jobs_agreement", ["calendar_month", "month_up_to_day_before"], id="2025"),
        pytest.param(2028, "jobs_agreement", ["calendar_month", "month_up_to_day_before"], id="a_period_can_run"),
        pytest.param(2029, "jobs_agreement", [], id="every_period_is_over"),
        pytest.param(2025, "disabled", [], id="nobody_declared_for_the_jobs_agreement"),
    ],
)
def test_wtl_2_10_lid_1_a_what_the_month_is_counts_as_read_where_a_right_can_rest_on_it(year, category, read):
    """It is assumed, and told with every run that reads it."""
    figures = figures_with()
    declared = inside(DECLARATIONS, [declaration(category)])
    use_month_before(figures, read_lkv_terms(figures, year), declared)
    assert [figure.value for figure in figures.used if figure.name == "wtl.month_before_start"] == read
    use_month_before(nothing := figures_with(), read_lkv_terms(nothing, 2025), None)
    assert "wtl.month_before_start" not in {figure.name for figure in nothing.used}


def test_wtl_2_10_lid_1_a_a_scenario_sets_what_the_month_is_for_every_start(engine):
    """A simulation: the calendar month, also of a start in 2025."""
    rows = [worked(6, DatAanv="2025-03-20")]
    country = Claims(rows, [registered(start="2025-02-01", until="2025-02-10")], declarations=[declaration()])
    settings = {"wtl.month_before_start": "calendar_month"}
    assert benefits(engine, country).lines == {}
    assert benefits(engine, country, settings=settings).lines[EMPLOYER, PERSON]["paid_hours"] == HOURS
    figures = figures_with(**settings)
    use_month_before(figures, read_lkv_terms(figures, 2025), inside(DECLARATIONS, [declaration()]))
    assert ("wtl.month_before_start", "scenario") in {(figure.name, figure.status) for figure in figures.used}


def test_wtl_4_1_lid_2_a_row_without_bsn_has_no_right(engine):
    """Nothing is known of who it is."""
    rows = [row(**worked(DatAanv=START) | {"SofiNr": "", "PersNr": "P1"})]
    assert benefits(engine, Claims(rows, [registered()], declarations=[declaration()])).lines == {}
