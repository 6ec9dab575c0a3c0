"""A registration that touches the period counts for the whole of it (Wtl 2.12 lid 2)."""

import pytest

from tests.spec.tables import EMPLOYER, OTHER_PERSON, Cases, Country, four_week_period, month, registered, row

MARCH = row(**month(3), AantVerlU=100)
JANUARY, DECEMBER = row(**month(1), AantVerlU=100), row(**month(12), IdBer="M12", AantVerlU=100)
FIRST_FOUR_WEEKS, LAST_FOUR_WEEKS = (
    row(**four_week_period(number), IdBer=f"P{number}", NumIV=2, AantVerlU=30) for number in (1, 13)
)


def _case(expected, *registrations, returns=(MARCH,)):
    return Country(returns, registrations), expected


CASES = Cases(
    {
        "ends_on_the_first_day": _case(100, registered(until="2026-03-01")),
        "ended_the_day_before": _case(0, registered(until="2026-02-28")),
        "starts_on_the_last_day": _case(100, registered(start="2026-03-31")),
        "starts_the_day_after": _case(0, registered(start="2026-04-01")),
        "runs_without_end": _case(100, registered(start="2015-01-01")),
        "one_day_within": _case(100, registered(start="2026-03-15", until="2026-03-15")),
        "never": _case(0),
        "somebody_else": _case(0, registered(bsn=OTHER_PERSON)),
        "two_registrations_count_once": _case(
            100, registered(until="2026-03-05"), registered(start="2026-03-20", until="2026-12-31")
        ),
        "adjacent_registrations_count_once": _case(
            100, registered(until="2026-03-05"), registered(start="2026-03-06", until="2026-03-07")
        ),
        "overlapping_registrations_count_once": _case(
            100, registered(until="2026-03-20"), registered(start="2026-03-06", until="2026-03-07")
        ),
        "between_two_registrations": _case(
            0, registered(until="2026-02-28"), registered(start="2026-04-01", until="2026-12-31")
        ),
        "relation_started_after_the_registration_ended": _case(
            100, registered(until="2026-03-10"), returns=[MARCH | {"DatAanv": "2026-03-11"}]
        ),
        "no_bsn": _case(0, registered(), returns=[MARCH | {"SofiNr": "", "PersNr": "P1"}]),
        "no_birth_date_still_counts": _case(100, registered(), returns=[MARCH | {"Gebdat": ""}]),
        "not_asked_for_still_counts": _case(100, registered(), returns=[MARCH | {"IndAvrLkvDgBaf": "N"}]),
        "not_insured_still_counts": _case(
            100, registered(), returns=[MARCH | {"IndWAO": "N", "IndWW": "N", "IndZW": "N"}]
        ),
        "kind_17_still_counts": _case(100, registered(), returns=[MARCH | {"SrtIV": "17"}]),
        "negative_hours_are_taken_off": _case(
            90, registered(), returns=[MARCH, row(**month(4), IdBer="M2", AantVerlU=-10)]
        ),
        "two_relations_of_one_person": _case(
            130, registered(), returns=[MARCH, row(**month(3), NumIV=2, AantVerlU=30)]
        ),
        "four_weeks_touched_on_the_last_day": _case(
            70,
            registered(start="2026-01-25"),
            returns=[row(DatAanvTv="2026-01-01", DatEindTv="2026-01-25", AantVerlU=70)],
        ),
        # Who is registered in every period of the year, and who lacks the first or the last one by a day.
        "touches_every_period": _case(
            260,
            registered(start="2026-01-25", until="2026-12-01"),
            returns=[JANUARY, DECEMBER, FIRST_FOUR_WEEKS, LAST_FOUR_WEEKS],
        ),
        "lacks_the_first_four_weeks": _case(
            200, registered(start="2026-01-26"), returns=[JANUARY, DECEMBER, FIRST_FOUR_WEEKS]
        ),
        "lacks_december": _case(130, registered(until="2026-11-30"), returns=[JANUARY, DECEMBER, LAST_FOUR_WEEKS]),
        "lacks_january": _case(100, registered(start="2026-02-01"), returns=[JANUARY, DECEMBER]),
        "two_registrations_touch_every_period_together": _case(
            200, registered(until="2026-06-30"), registered(start="2026-09-01"), returns=[JANUARY, DECEMBER]
        ),
        "four_weeks_not_touched": _case(
            0,
            registered(start="2026-01-26"),
            returns=[row(DatAanvTv="2026-01-01", DatEindTv="2026-01-25", AantVerlU=70)],
        ),
    }
)


@pytest.mark.parametrize(("name", "hours"), CASES.parameters())
def test_wtl_2_12_lid_2_a_registration_that_touches_the_period_counts_whole(engine, name, hours):
    """Registered on at least one day of the period, first and last day included: all its hours."""
    assert CASES.settled(engine, name).settlement[EMPLOYER]["target_group_hours"] == hours


def test_wfsv_38g_lid_8_rows_without_bsn_count_in_hours_and_never_in_the_target_group(engine):
    """Rows without a BSN count in hours."""
    line = CASES.settled(engine, "no_bsn").settlement[EMPLOYER]
    assert (line["paid_hours"], line["target_group_hours"], line["lkv_cents"]) == (100, 0, 0)
