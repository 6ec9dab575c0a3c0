"""The table of kinds of work: count, LKV from 2026 on, and surcharge base (law.md, Words)."""

import pytest

from quotum.law.kinds_of_work import out_of_count_as_sheltered
from quotum.run.stages.columns import flag
from tests.spec.tables import (
    ACTIVATED,
    EMPLOYER,
    Cases,
    Country,
    employer,
    month,
    registered,
    row,
    rows_of,
    settle,
    trait,
    wage_bill,
)

YES = ("in", "in", "in")
OUT_OF_BASE = ("in", "in", "out")
OUT = ("out", "out", "out")
HOURS, WAGE_CENTS = 100, 1_000_00


def _case(expected, *traits, **changes):
    """One employer that owes, one registered person in March: 100 hours, 1,000.00 of premium wage."""
    march = row(**month(3), AantVerlU=HOURS, PrlnAofAnwHg="1000.00") | changes
    return Country([march], [registered()], [employer()], [wage_bill("9000000.00")], traits), expected


CASES = Cases(
    {
        # By CdAard, row by row.
        "11_agency_worker": _case(OUT_OF_BASE, CdAard="11"),
        "82_payroll_worker": _case(OUT_OF_BASE, CdAard="82"),
        "21_wsw": _case(OUT, CdAard="21"),
        "22_wsw_seconded": _case(OUT_OF_BASE, CdAard="22"),
        "23_supported_work": _case(YES, CdAard="23"),
        "24_sheltered": _case(OUT, CdAard="24"),
        "1_other": _case(YES, CdAard="1"),
        "81_other": _case(YES, CdAard="81"),
        "83_other": _case(YES, CdAard="83"),
        "none_given": _case(YES, CdAard=""),
        # By trait, all the time.
        "lent_out": _case(OUT_OF_BASE, trait("lent_out")),
        "wsw": _case(OUT, trait("wsw")),
        "wsw_and_seconded": _case(OUT_OF_BASE, trait("wsw"), trait("wsw_seconded")),
        "seconded_alone": _case(OUT_OF_BASE, trait("wsw_seconded")),
        "sheltered": _case(OUT, trait("sheltered")),
        # A trait belongs to one income relation.
        "of_another_relation": _case(YES, trait("sheltered", relation="2")),
        "of_another_payroll_tax_number": _case(YES, trait("sheltered", lhnr=f"{EMPLOYER}L02")),
        # Traits and CdAard together.
        "21_and_seconded_trait": _case(OUT_OF_BASE, trait("wsw_seconded"), CdAard="21"),
        "22_and_wsw_trait": _case(OUT_OF_BASE, trait("wsw"), CdAard="22"),
        "24_and_seconded_trait": _case(OUT, trait("wsw_seconded"), CdAard="24"),
        "sheltered_wsw_and_seconded_traits": _case(OUT, trait("sheltered"), trait("wsw"), trait("wsw_seconded")),
        "11_and_sheltered_trait": _case(OUT, trait("sheltered"), CdAard="11"),
        # For the count the whole of the days in service, for the surcharge the first of them.
        "covers_the_whole_period": _case(OUT, trait("wsw", "2026-03-01", "2026-03-31")),
        "begins_on_the_second_day": _case(YES, trait("wsw", "2026-03-02")),
        "ends_on_the_day_before_the_last": _case(OUT_OF_BASE, trait("wsw", until="2026-03-30")),
        "only_the_first_day": _case(OUT_OF_BASE, trait("sheltered", "2026-03-01", "2026-03-01")),
        "ended_the_day_before": _case(YES, trait("sheltered", until="2026-02-28")),
        "only_the_last_day": _case(YES, trait("sheltered", "2026-03-31")),
        "begins_the_day_after": _case(YES, trait("sheltered", "2026-04-01")),
        "lent_out_from_the_first_day_only": _case(OUT_OF_BASE, trait("lent_out", "2026-03-01", "2026-03-01")),
        "lent_out_from_the_second_day": _case(YES, trait("lent_out", "2026-03-02")),
        "two_adjacent_intervals_cover": _case(
            OUT, trait("wsw", until="2026-03-15"), trait("wsw", "2026-03-16", "2026-03-31")
        ),
        "two_intervals_with_a_day_between": _case(
            OUT_OF_BASE, trait("wsw", until="2026-03-14"), trait("wsw", "2026-03-16", "2026-03-31")
        ),
        "an_interval_within_another": _case(
            OUT, trait("wsw", "2026-02-01", "2026-03-31"), trait("wsw", "2026-03-05", "2026-03-06")
        ),
        # Seconded: one day is enough.
        "seconded_on_the_first_day": _case(
            OUT_OF_BASE, trait("wsw"), trait("wsw_seconded", "2026-03-01", "2026-03-01")
        ),
        "seconded_on_the_last_day": _case(OUT_OF_BASE, trait("wsw"), trait("wsw_seconded", "2026-03-31", "2026-03-31")),
        "seconded_until_the_day_before": _case(OUT, trait("wsw"), trait("wsw_seconded", until="2026-02-28")),
        "seconded_from_the_day_after": _case(OUT, trait("wsw"), trait("wsw_seconded", "2026-04-01")),
        # Days in service: from the start to the end of the relation, within the period.
        "covers_from_the_start_of_the_relation": _case(OUT, trait("wsw", "2026-03-10"), DatAanv="2026-03-10"),
        "begins_a_day_after_the_start": _case(YES, trait("wsw", "2026-03-11"), DatAanv="2026-03-10"),
        "covers_until_the_end_of_the_relation": _case(OUT, trait("wsw", until="2026-03-20"), DatEind="2026-03-20"),
        "ends_a_day_before_the_end": _case(OUT_OF_BASE, trait("wsw", until="2026-03-19"), DatEind="2026-03-20"),
        "relation_ends_after_the_period": _case(OUT, trait("wsw", until="2026-03-31"), DatEind="2026-04-10"),
        "relation_ends_after_the_period_a_day_short": _case(
            OUT_OF_BASE, trait("wsw", until="2026-03-30"), DatEind="2026-04-10"
        ),
        "over_before_the_relation_starts": _case(YES, trait("wsw", until="2026-03-09"), DatAanv="2026-03-10"),
        "seconded_after_the_relation_ended": _case(
            OUT, trait("wsw"), trait("wsw_seconded", "2026-03-21"), DatEind="2026-03-20"
        ),
        "seconded_before_the_relation_started": _case(
            OUT, trait("wsw"), trait("wsw_seconded", until="2026-03-09"), DatAanv="2026-03-10"
        ),
        "one_day_in_service_covered": _case(
            OUT, trait("wsw", "2026-03-10", "2026-03-10"), DatAanv="2026-03-10", DatEind="2026-03-10"
        ),
        "one_day_in_service_trait_the_day_after": _case(
            YES, trait("wsw", "2026-03-11"), DatAanv="2026-03-10", DatEind="2026-03-10"
        ),
        "starts_on_the_last_day_covered": _case(OUT, trait("wsw", "2026-03-31"), DatAanv="2026-03-31"),
        "ends_on_the_first_day_covered": _case(OUT, trait("wsw", until="2026-03-01"), DatEind="2026-03-01"),
        "no_start_and_no_end_known": _case(OUT, trait("wsw", "2026-03-01", "2026-03-31"), DatAanv=""),
        # No day in service in the period (wage paid afterwards): the whole period.
        "ended_before_the_period_and_covered": _case(
            OUT, trait("wsw", "2026-03-01", "2026-03-31"), DatEind="2026-02-10"
        ),
        "ended_before_the_period_and_a_day_short": _case(
            OUT_OF_BASE, trait("wsw", "2026-03-01", "2026-03-30"), DatEind="2026-02-10"
        ),
        "ended_before_the_period_trait_later": _case(YES, trait("wsw", "2026-03-02"), DatEind="2026-02-10"),
        "starts_after_the_period_and_covered": _case(
            OUT, trait("wsw", "2026-03-01", "2026-03-31"), DatAanv="2026-04-01"
        ),
        "starts_after_the_period_trait_later": _case(YES, trait("wsw", "2026-03-02"), DatAanv="2026-04-01"),
        "starts_after_it_ends_within_the_period": _case(
            OUT, trait("wsw", "2026-03-01", "2026-03-31"), DatAanv="2026-03-20", DatEind="2026-03-10"
        ),
        "starts_after_it_ends_trait_over_the_middle": _case(
            YES, trait("wsw", "2026-03-10", "2026-03-20"), DatAanv="2026-03-20", DatEind="2026-03-10"
        ),
    },
    settings=ACTIVATED,
)


@pytest.mark.parametrize(("name", "expected"), CASES.parameters())
def test_wtl_2_10_2_12_lid_2_wet_banenafspraak_4_lid_3_6_lid_4_lid_8_kinds_of_work(engine, name, expected):
    """Count and LKV: out only over all days in service; surcharge: as on the first day in service."""
    count, lkv, base = (place == "in" for place in expected)
    line = CASES.settled(engine, name).settlement[EMPLOYER]
    assert line["target_group_hours"] == (HOURS if count else 0)
    assert line["lkv_cents"] == (HOURS * 1_01 if lkv else 0)
    assert line["surcharge_base_cents"] == (WAGE_CENTS if base else 0)
    assert line["paid_hours"] == HOURS


CONTRADICTIONS = {
    "21_and_seconded": (1, "21", ["wsw_seconded"]),
    "21_and_wsw": (0, "21", ["wsw"]),
    "22_and_seconded": (0, "22", ["wsw_seconded"]),
    "22_and_wsw": (0, "22", ["wsw"]),
    "1_and_seconded": (0, "1", ["wsw_seconded"]),
    "24_and_seconded": (0, "24", ["wsw_seconded"]),
    "21_and_sheltered": (1, "21", ["sheltered"]),
    "22_and_sheltered": (1, "22", ["sheltered"]),
    "24_and_wsw": (1, "24", ["wsw"]),
    "24_and_sheltered": (0, "24", ["sheltered"]),
    "1_and_wsw": (0, "1", ["wsw"]),
    "1_and_sheltered": (0, "1", ["sheltered"]),
    "none_given_and_sheltered": (0, "", ["sheltered"]),
    "11_and_lent_out": (0, "11", ["lent_out"]),
}


@pytest.mark.parametrize(("expected", "nature", "traits"), CONTRADICTIONS.values(), ids=list(CONTRADICTIONS))
def test_wfsv_38b_a_trait_that_contradicts_the_nature_is_a_finding(engine, expected, nature, traits):
    """Seconded by trait and not by `CdAard`, or Wsw and sheltered work at once; a trait that only adds is none."""
    country = _case(YES, *(trait(item) for item in traits), CdAard=nature)[0]
    assert settle(engine, country).findings().get("trait_contradicts_nature", 0) == expected


SHELTERED_ALONE = {
    "24": (1, "24", []),
    "sheltered": (1, "1", ["sheltered"]),
    "24_and_wsw": (0, "24", ["wsw"]),
    "24_wsw_and_seconded": (1, "24", ["wsw", "wsw_seconded"]),
    "21_and_sheltered": (0, "21", ["sheltered"]),
    "22_and_sheltered": (1, "22", ["sheltered"]),
    "21": (0, "21", []),
    "ordinary": (0, "1", []),
    "none_given": (0, "", []),
    "none_given_sheltered": (1, "", ["sheltered"]),
}


@pytest.mark.parametrize(("expected", "nature", "traits"), SHELTERED_ALONE.values(), ids=list(SHELTERED_ALONE))
def test_participatiewet_10b_out_of_the_count_for_being_sheltered_work_alone(engine, expected, nature, traits):
    """What a policy that lets sheltered work count would bring in: not the Wsw employment that is out as well."""
    country = _case(YES, *(trait(item) for item in traits), CdAard=nature)[0]
    rows = rows_of(engine, country, 2026).rows.select(alone=flag(out_of_count_as_sheltered()))
    assert engine.collect(rows)["alone"].to_pylist() == [expected]
