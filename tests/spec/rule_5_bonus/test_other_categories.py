"""The other three benefits: older, disabled and reassigned workers (Wtl 2.2-2.9, 2.14-2.17, 6.2a)."""

import pytest

from tests.spec.lkv import ASKED, HOURS, Claims, Persons, benefits, transfer, worked
from tests.spec.tables import EMPLOYER, OTHER_EMPLOYER, PERSON, declaration, registered, trait

START = "2024-06-01"


def _case(category, expected, *more, start=START, declared=None, traits=(), **changes):
    """100 hours in January 2025, asked for and declared in one category; `expected` in cents, or no line."""
    row = worked(**ASKED[category] | {"DatAanv": start} | changes)
    papers = [declaration(category, start="2021-01-01")] if declared is None else declared
    lines = {} if expected is None else {category: expected}
    return Claims([row, *more], traits=traits, declarations=papers), lines


def _before(category, ended):
    """An earlier employment with the same employer, not declared, reported in January 2024."""
    return worked(1, 2024, **ASKED[category] | {"NumIV": "2", "DatAanv": "2020-01-01", "DatEind": ended})


OLD, NEW = HOURS * 3_05, HOURS * 1_35
CASES = Persons(
    {
        # Own rate.
        "older_employed_on_the_last_day_of_2023": _case("older", OLD, start="2023-12-31"),
        "older_employed_from_2024": _case("older", NEW, start="2024-01-01"),
        "disabled": _case("disabled", OLD),
        # Own maximum: 6,000 euro, older from 2024 2,600 euro.
        "older_at_the_maximum_of_2023": _case("older", 1_967 * 3_05, start="2023-12-31", AantVerlU=1_967),
        "older_above_the_maximum_of_2023": _case("older", 6_000_00, start="2023-12-31", AantVerlU=1_968),
        "older_below_the_maximum_of_2025": _case("older", 1_925 * 1_35, AantVerlU=1_925),
        "older_above_the_maximum_of_2025": _case("older", 2_600_00, AantVerlU=1_926),
        "disabled_below_the_maximum": _case("disabled", 1_967 * 3_05, AantVerlU=1_967),
        "disabled_above_the_maximum": _case("disabled", 6_000_00, AantVerlU=1_968),
        "negative_hours": _case("disabled", 0, AantVerlU=-8),
        # Own declaration, which covers the start.
        **{
            f"{category}_declared_{name}": _case(category, amount if right else None, declared=[papers])
            for category, amount in (("older", NEW), ("disabled", OLD))
            for name, right, papers in (
                ("from_the_start", True, declaration(category, start=START)),
                ("from_the_day_after", False, declaration(category, start="2024-06-02")),
                ("until_the_start", True, declaration(category, until=START)),
                ("until_the_day_before", False, declaration(category, until="2024-05-31")),
                ("for_the_jobs_agreement", False, declaration("jobs_agreement")),
            )
        },
        # Six months without.
        "older_ended_six_months_before": _case("older", NEW, _before("older", "2023-11-30")),
        "older_ended_a_day_less_before": _case("older", None, _before("older", "2023-12-01")),
        "disabled_ended_six_months_before": _case("disabled", OLD, _before("disabled", "2023-11-30")),
        "disabled_ended_a_day_less_before": _case("disabled", None, _before("disabled", "2023-12-01")),
        # Own duration: three years.
        "older_three_years_not_over": _case("older", OLD, start="2022-01-02"),
        "older_three_years_over": _case("older", None, start="2022-01-01"),
        "disabled_three_years_not_over": _case("disabled", OLD, start="2022-01-02"),
        "disabled_three_years_over": _case("disabled", None, start="2022-01-01"),
        # Asked for, employed, of age.
        "another_asked_for": _case("older", None, **ASKED["disabled"], IndAvrLkvOudrWn="N"),
        "not_insured": _case("disabled", None, IndWAO="N", IndWW="N", IndZW="N"),
        "no_employment": _case("disabled", None, SrtIV="31"),
        "pension_age_on_the_first_day": _case("older", None, Gebdat="1958-01-01"),
        "pension_age_on_the_second_day": _case("older", NEW, Gebdat="1958-01-02"),
        # Wsw and sheltered work, seconded or not.
        **{
            f"{category}_nature_{nature}": _case(category, amount if right else None, CdAard=nature)
            for category, amount in (("older", NEW), ("disabled", OLD))
            for nature, right in (("11", True), ("21", False), ("22", False), ("23", True), ("24", False))
        },
        "seconded_trait": _case("disabled", None, traits=[trait("wsw"), trait("wsw_seconded")]),
        "sheltered_trait": _case("disabled", None, traits=[trait("sheltered")]),
    }
)


@pytest.mark.parametrize(("name", "expected"), CASES.parameters())
def test_wtl_2_2_2_6_other_benefits(engine, name, expected):
    """A request, a declaration that covers the start, and the rate, maximum and duration of the category."""
    assert CASES.others(engine, name) == expected
    assert CASES.line(engine, name) is None


def _gone_over(expected, with_transferor, *papers, on="2024-06-01"):
    """Disabled, and with the acquirer since the day of the transfer; the start with the transferor as given."""
    asked = ASKED["disabled"]
    here = worked(**asked | {"DatAanv": START})
    work_there = worked(5, 2024, **asked | {"LhNr": f"{OTHER_EMPLOYER}L01", "DatAanv": with_transferor, "NumIV": "2"})
    lines = {} if expected is None else {"disabled": expected}
    return Claims([here, work_there], declarations=papers, transfers=[transfer(on)]), lines


GONE_OVER = Persons(
    {
        "declared_at_the_start_with_the_transferor": _gone_over(
            OLD, "2024-02-01", declaration("disabled", until="2024-02-01")
        ),
        "declared_after_the_start_with_the_transferor": _gone_over(
            None, "2024-02-01", declaration("disabled", start="2024-02-02")
        ),
        "start_with_the_transferor_unknown": _gone_over(None, "", declaration("disabled")),
        "three_years_from_the_start_with_the_transferor": _gone_over(None, "2022-01-01", declaration("disabled")),
        "transferred_on_another_day": _gone_over(
            OLD, "2024-02-01", declaration("disabled", start="2024-02-02"), on="2024-05-31"
        ),
    }
)


@pytest.mark.parametrize(("name", "expected"), GONE_OVER.parameters())
def test_wtl_2_6_hr_24_5_2024_a_transfer_is_no_start_of_an_employment(engine, name, expected):
    """The employment goes on: the day of the transfer begins no right."""
    assert GONE_OVER.others(engine, name) == expected


@pytest.mark.parametrize(
    ("year", "start", "category", "expected"),
    [
        pytest.param(2024, "2024-01-01", "older", HOURS * 3_05, id="2024_still_old_amounts"),
        pytest.param(2025, "2024-01-01", "older", HOURS * 1_35, id="2025_new_amounts"),
        pytest.param(2026, "2024-01-01", "older", None, id="2026_abolished"),
        pytest.param(2026, "2023-12-31", "older", HOURS * 3_05, id="2026_employed_before_2024"),
        pytest.param(2026, "2023-01-01", "older", None, id="2026_three_years_over"),
        pytest.param(2027, "2024-02-01", "disabled", HOURS * 3_05, id="2027_disabled"),
        pytest.param(2027, "2024-02-01", "older", None, id="2027_older"),
    ],
)
def test_wtl_2_4_lid_1_2_5_6_2a_older_amounts_by_year(engine, year, start, category, expected):
    """Older: other amounts from 2025 for who was employed from 2024, nothing for them from 2026."""
    rows = [worked(1, year, **ASKED[category] | {"DatAanv": start})]
    result = benefits(engine, Claims(rows, declarations=[declaration(category)]), year)
    amounts = {key: line["lkv_cents"] for key, line in result.others.items()}
    assert amounts == ({} if expected is None else {(EMPLOYER, PERSON, category): expected})


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize("category", ["older", "disabled", "reassigned"])
def test_wtl_2_2_2_6_2_14_asked_without_declaration_is_a_finding(engine, category, year):
    """In every year; the jobs agreement needs a declaration until 2025 only."""
    rows = [worked(1, year, **ASKED[category] | {"DatAanv": START, "IndAvrLkvDgBaf": "J"})]
    result = benefits(engine, Claims(rows, [registered()]), year)
    assert result.others == {}
    assert result.findings == {"lkv_without_declaration": 2 if year == 2025 else 1}
    declared = benefits(engine, Claims(rows, [registered()], declarations=[declaration(category, start=START)]), 2026)
    assert "lkv_without_declaration" not in declared.findings


def test_wtl_2_6_without_a_birth_date_is_a_finding(engine):
    """A row within the right whose person has no birth date."""
    rows = [worked(**ASKED["disabled"] | {"DatAanv": START, "Gebdat": ""})]
    result = benefits(engine, Claims(rows, declarations=[declaration("disabled")]))
    assert (result.others, result.findings) == ({}, {"rows_without_birth_date": 1})
