"""Kinds of work left out of the levy (Wfsv 38g lid 2, 5; Besluit Wfsv 2.31, 2.33): threshold, A and C alike."""

import pytest

from tests.spec.rule_7_quota_levy.levies import Levies, both_years, hours_of
from tests.spec.tables import EMPLOYER, PERSON, Country, employer, registered, trait

JANUARY = ("2026-01-01", "2026-01-31")
ALL, A_ONLY, NOTHING = (1_000, 1_000), (1_000, 0), (0, 0)
KINDS = {
    "11_agency_worker": (NOTHING, {"CdAard": "11"}, ()),
    "21_wsw": (NOTHING, {"CdAard": "21"}, ()),
    "22_wsw_seconded": (NOTHING, {"CdAard": "22"}, ()),
    "23_supported_work": (ALL, {"CdAard": "23"}, ()),
    "24_sheltered_is_in_a_and_not_in_c": (A_ONLY, {"CdAard": "24"}, ()),
    "82_payroll_worker": (ALL, {"CdAard": "82"}, ()),
    "1_other": (ALL, {"CdAard": "1"}, ()),
    "none_given": (ALL, {"CdAard": ""}, ()),
    "trait_lent_out": (NOTHING, {}, [trait("lent_out")]),
    "trait_wsw": (NOTHING, {}, [trait("wsw")]),
    "trait_wsw_seconded_alone": (NOTHING, {}, [trait("wsw_seconded")]),
    "trait_wsw_and_seconded": (NOTHING, {}, [trait("wsw"), trait("wsw_seconded")]),
    "trait_sheltered": (A_ONLY, {}, [trait("sheltered")]),
    "82_and_lent_out": (NOTHING, {"CdAard": "82"}, [trait("lent_out")]),
    "of_another_relation": (ALL, {}, [trait("lent_out", relation="3")]),
    "covers_the_whole_period": (NOTHING, {}, [trait("lent_out", *JANUARY)]),
    "begins_on_the_second_day": (ALL, {}, [trait("lent_out", "2026-01-02")]),
    "ends_on_the_day_before_the_last": (ALL, {}, [trait("lent_out", until="2026-01-30")]),
    "covers_from_the_start_of_the_relation": (NOTHING, {"DatAanv": "2026-01-10"}, [trait("lent_out", "2026-01-10")]),
    "two_kinds_that_cover_together": (
        NOTHING, {}, [trait("wsw", until="2026-01-15"), trait("wsw_seconded", "2026-01-16")]
    ),
    "two_kinds_with_a_day_between": (
        ALL, {}, [trait("lent_out", until="2026-01-15"), trait("wsw_seconded", "2026-01-17")]
    ),
}  # fmt: skip


def _case(expected, changes, traits):
    """100,000 ordinary hours in both years, and 1,000 in January of somebody in the target group."""
    others = tuple(row | {"income_relation": "2"} if row["income_relation"] == "1" else row for row in traits)
    rows = (*both_years(100_000), hours_of(1_000, NumIV=2, bsn=PERSON, **changes))
    return Country(rows, (registered(),), (employer(),), (), others), (), expected


def _threshold_case(year, nature, levied, asked):
    """40,575 hours in both years, one of which in one of the years is of another nature.

    Where no LKV is asked nobody looks at the rows: the sums of their messages stand for them.
    """
    other, equal = 2025 if year == 2026 else 2026, {"IndAvrLkvDgBaf": asked}
    rows = (
        hours_of(40_575, other, **equal),
        hours_of(40_574, year, **equal),
        hours_of(1, year, NumIV=2, CdAard=nature, **equal),
    )
    return Country(rows, (), (employer(),)), (), levied


VARIABLES = Levies({name: _case(*what) for name, what in KINDS.items()})
THRESHOLD = Levies(
    {
        f"{nature}_in_{year}_{looked_at}": _threshold_case(year, nature, levied, asked)
        for looked_at, asked in (("looked_at", "J"), ("from_sums", "N"))
        for year in (2025, 2026)
        for nature, levied in (("11", 0), ("21", 0), ("22", 0), ("1", 2_500_00), ("82", 2_500_00), ("24", 2_500_00))
    }
)


@pytest.mark.parametrize(("name", "expected"), VARIABLES.parameters())
def test_wfsv_38g_lid_2_lid_5_lid_8_besluit_wfsv_2_31_variables_a_and_c(engine, name, expected):
    """Of 1,000 hours of somebody in the target group: what is in A, and what in C."""
    line = VARIABLES.lines(engine, name)[EMPLOYER]
    assert (line["counted_hours"] - 100_000, line["levy_target_hours"]) == expected
    assert line["paid_hours"] == 101_000


@pytest.mark.parametrize(("name", "levied"), THRESHOLD.parameters())
def test_besluit_wfsv_2_33_the_threshold_is_held_against_what_is_left(engine, name, levied):
    """40,575 hours of which one of an agency worker or a Wsw employment: exempt, in either year."""
    line = THRESHOLD.lines(engine, name)[EMPLOYER]
    assert (line["paid_hours_t1"], line["paid_hours"]) == (40_575, 40_575)
    assert (line["bound"], line["quota_levy_cents"]) == (levied > 0, levied)
