"""Which rows count for the LKV from 2026 on (Wtl 1.1, 2.1, 2.10)."""

import pytest

from tests.spec.tables import EMPLOYER, PERSON, Cases, Country, month, registered, row, settle

NOT_INSURED = {"IndWAO": "N", "IndWW": "N", "IndZW": "N"}
MARCH = row(**month(3), AantVerlU=100)


def _case(right, **changes):
    return Country([MARCH | changes], [registered()]), right


CASES = Cases(
    {
        "ordinary": _case(True),
        # Asked for.
        "asked_for": _case(True, IndAvrLkvDgBaf="J"),
        "not_asked_for": _case(False, IndAvrLkvDgBaf="N"),
        "nothing_said": _case(False, IndAvrLkvDgBaf=""),
        "another_benefit_asked_for": _case(False, IndAvrLkvDgBaf="N", IndAvrLkvOudrWn="J", IndAvrLkvAgWn="J"),
        # Kind of income relation.
        "kind_11_civil_servants": _case(True, SrtIV="11"),
        "kind_13_insured_directors": _case(True, SrtIV="13"),
        "kind_15_other_wages": _case(True, SrtIV="15"),
        "kind_12": _case(False, SrtIV="12"),
        "kind_14": _case(False, SrtIV="14"),
        "kind_17": _case(False, SrtIV="17"),
        "kind_31_benefit": _case(False, SrtIV="31"),
        "no_kind": _case(False, SrtIV=""),
        # Insured.
        "insured_for_wao_alone": _case(True, **NOT_INSURED | {"IndWAO": "J"}),
        "insured_for_ww_alone": _case(True, **NOT_INSURED | {"IndWW": "J"}),
        "insured_for_zw_alone": _case(True, **NOT_INSURED | {"IndZW": "J"}),
        "not_insured": _case(False, **NOT_INSURED),
        "insurance_not_given": _case(False, IndWAO="", IndWW="", IndZW=""),
        "insured_for_ww_and_the_rest_not_given": _case(True, IndWAO="", IndWW="J", IndZW=""),
        # Who it is.
        "no_bsn": _case(False, SofiNr="", PersNr="P1"),
        "no_birth_date": _case(False, Gebdat=""),
        # Pension age: 67 years in 2026, on the first day of the period (1 March 2026).
        "67_the_day_before_the_period": _case(False, Gebdat="1959-02-28"),
        "67_on_the_first_day": _case(False, Gebdat="1959-03-01"),
        "67_on_the_second_day_counts_whole": _case(True, Gebdat="1959-03-02"),
        "67_on_the_last_day": _case(True, Gebdat="1959-03-31"),
        "67_after_the_period": _case(True, Gebdat="1959-04-01"),
        "long_past_it": _case(False, Gebdat="1940-01-01"),
        "reached_in_2023_at_66_and_10_months": _case(False, Gebdat="1956-12-31"),
        "hired_at_17": _case(True, Gebdat="2009-01-01"),
        # Period in a four-week calendar: 23 February to 22 March 2026.
        "four_weeks_67_on_the_first_day": _case(
            False, DatAanvTv="2026-02-23", DatEindTv="2026-03-22", Gebdat="1959-02-23"
        ),
        "four_weeks_67_on_the_second_day": _case(
            True, DatAanvTv="2026-02-23", DatEindTv="2026-03-22", Gebdat="1959-02-24"
        ),
        # Kind of work: out of the count is out of the LKV.
        "wsw_not_seconded": _case(False, CdAard="21"),
        "wsw_seconded": _case(True, CdAard="22"),
        "agency_worker": _case(True, CdAard="11"),
        "sheltered": _case(False, CdAard="24"),
    }
)


@pytest.mark.parametrize(("name", "right"), CASES.parameters())
def test_wtl_2_1_2_10_lid_1_lid_2_conditions(engine, name, right):
    """Asked for, an insured employment, before the pension age, in the target group."""
    result = CASES.settled(engine, name)
    assert list(result.bonus) == ([(EMPLOYER, PERSON)] if right else [])
    assert result.settlement[EMPLOYER]["lkv_cents"] == (100 * 1_01 if right else 0)


def test_wtl_2_10_lid_2_a_without_a_birth_date_no_right_and_a_finding(engine):
    """Without a birth date the pension age cannot be judged."""
    unknown, _ = CASES["no_birth_date"]
    assert settle(engine, unknown).findings()["rows_without_birth_date"] == 1
    not_asked = Country([MARCH | {"Gebdat": "", "IndAvrLkvDgBaf": "N"}], [registered()])
    assert "rows_without_birth_date" not in settle(engine, not_asked).findings()
