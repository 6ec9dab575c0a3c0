"""Times are ordered as instants, and what is remarkable about them (law.md rule 0)."""

from datetime import date, datetime

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.spec import reference
from tests.spec.tables import OTHER_PERSON, PERSON, Country, four_week_period, in_force, month, row, rows_of, settle

# Clocks go back at 3:00 on 25 October 2026: from 2:00 to 3:00 comes twice, at +02:00 and at +01:00.
FIRST = row(IdBer="M2", DatTdAanm="2026-10-25T02:30:00+02:00", AantVerlU=100)


@pytest.mark.parametrize(
    ("made_at", "hours"),
    [
        pytest.param("2027-05-01T23:59:59+02:00", 140, id="last_second_of_the_day_here"),
        pytest.param("2027-05-02T00:00:00+02:00", 100, id="midnight_here"),
        pytest.param("2027-05-01T21:59:59Z", 140, id="last_second_of_the_day_in_utc"),
        pytest.param("2027-05-01T22:00:00Z", 100, id="midnight_in_utc"),
        pytest.param("2027-05-02T09:59:59+12:00", 140, id="next_day_elsewhere_still_today_here"),
        pytest.param("2027-05-02T10:00:00+12:00", 100, id="midnight_seen_from_elsewhere"),
        pytest.param("2027-05-01T12:00:00-11:00", 100, id="same_day_elsewhere_tomorrow_here"),
    ],
)
def test_wtl_4_1_lid_2_the_day_is_the_local_day(engine, made_at, hours):
    """A time with an offset is that instant; it counts when its day in Amsterdam is in time."""
    rows = [row(IdBer="M1", AantVerlU=100), row(IdBer="M2", DatTdAanm=made_at, AantVerlU=140)]
    assert in_force(engine, rows, as_of=date(2027, 5, 1)) == [(PERSON, 1, hours)]
    result = reference.in_force(rows, 2026, date(2027, 5, 1)).values()
    assert [int(line["AantVerlU"]) for state in result for line in state.values()] == [hours]


@pytest.mark.parametrize(
    ("made_at", "hours"),
    [
        pytest.param("2026-10-25T02:15:00+01:00", 140, id="earlier_on_the_clock_in_the_second_hour"),
        pytest.param("2026-10-25T02:45:00+02:00", 140, id="later_in_the_first_hour"),
        pytest.param("2026-10-25T02:29:59+02:00", 100, id="a_second_earlier"),
        pytest.param("2026-10-25T02:15:00", 100, id="without_offset_it_is_the_first_hour"),
        pytest.param("2026-10-25T02:45:00", 140, id="without_offset_later_in_the_first_hour"),
        pytest.param("2026-10-25T01:15:00Z", 140, id="the_second_hour_in_utc"),
        pytest.param("2026-10-24T23:15:00-02:00", 140, id="the_day_before_elsewhere"),
        pytest.param("2026-10-25T03:00:00", 140, id="after_the_hour"),
    ],
)
def test_times_are_ordered_as_instants(engine, made_at, hours):
    """What is filed later replaces, also in the hour that comes twice in October."""
    rows = [FIRST, row(IdBer="M1", DatTdAanm=made_at, AantVerlU=140)]
    assert in_force(engine, rows) == [(PERSON, 1, hours)]
    result = reference.in_force(rows, 2026, date(2027, 5, 1)).values()
    assert [int(line["AantVerlU"]) for state in result for line in state.values()] == [hours]


def test_equal_instants_are_one_filing_time(engine):
    """The same message with another offset is no contradiction, and the number of the message decides the order."""
    equal = FIRST | {"DatTdAanm": "2026-10-25T00:30:00Z", "Delivery": "2"}
    assert in_force(engine, [FIRST, equal]) == [(PERSON, 1, 100)]
    assert in_force(engine, [FIRST, equal | {"IdBer": "M1", "AantVerlU": "140"}]) == [(PERSON, 1, 100)]


RECEIVED = datetime.fromisoformat("2026-03-01T12:00:00")


@pytest.mark.parametrize(
    ("made_at", "expected"),
    [
        pytest.param("2026-03-01T12:00:00", 0, id="in_the_second_of_receipt"),
        pytest.param("2026-03-01T12:00:01", 1, id="a_second_later"),
        pytest.param("2026-03-01T11:00:00Z", 0, id="in_the_second_of_receipt_in_utc"),
        pytest.param("2026-03-01T11:00:01Z", 1, id="a_second_later_in_utc"),
    ],
)
def test_a_message_made_later_than_it_was_received_is_a_finding(engine, made_at, expected):
    """It counts as the day it bears."""
    rows = [row(DatTdAanm=made_at, AantVerlU=100), row(DatTdAanm=made_at, SofiNr="", PersNr="P1", AantVerlU=1)]
    settled = settle(engine, Country(rows, received=RECEIVED))
    assert settled.findings().get("message_after_receipt", 0) == expected
    assert [line["paid_hours"] for line in settled.settlement.values()] == [101]


def test_filed_later_than_received_is_a_finding_though_made_before(engine):
    """Made or filed; what counts is the filing time."""
    rows = [row(Ingediend="2026-03-02T00:00:00", AantVerlU=100)]
    assert settle(engine, Country(rows, received=RECEIVED)).findings()["message_after_receipt"] == 1


def test_a_message_after_the_as_of_day_is_no_finding(engine):
    """Only messages that count are looked at."""
    rows = [row(AantVerlU=100), row(IdBer="M2", DatTdAanm="2027-05-02T00:00:00", AantVerlU=1)]
    assert "message_after_receipt" not in settle(engine, Country(rows, received=RECEIVED)).findings()


def test_in_the_hour_that_comes_twice_a_receipt_is_the_second(engine):
    """A receipt has no offset: nothing is called later that need not be."""
    rows = [row(DatTdAanm="2026-10-25T02:15:00+01:00", AantVerlU=100)]
    received = datetime.fromisoformat("2026-10-25T02:30:00")
    assert "message_after_receipt" not in settle(engine, Country(rows, received=received)).findings()
    late = attrs.evolve(Country(rows), received=received.replace(minute=10))
    assert settle(engine, late).findings()["message_after_receipt"] == 1


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param([four_week_period(1)], 2, id="four_weeks_within_the_month"),
        pytest.param([four_week_period(2)], 2, id="four_weeks_that_begin_in_the_month"),
        pytest.param([four_week_period(1), four_week_period(2)], 3, id="two_of_four_weeks_and_a_month"),
        pytest.param([month(2), four_week_period(2)], 3, id="four_weeks_over_the_end_of_a_month"),
        pytest.param([four_week_period(3)], 0, id="four_weeks_after_the_month"),
        pytest.param([four_week_period(13), four_week_period(12)], 0, id="changed_calendar_within_the_year"),
        pytest.param([month(2), month(3)], 0, id="months_only"),
    ],
)
def test_overlapping_periods_both_count_and_are_a_finding(engine, others, expected):
    """A month and four weeks of one payroll tax number: the returns that overlap are named, and all hours count."""
    rows = [row(**month(1), AantVerlU=100), *(row(**period, AantVerlU=10) for period in others)]
    settled = settle(engine, Country(rows))
    assert settled.findings().get("periods_overlap", 0) == expected
    assert [line["paid_hours"] for line in settled.settlement.values()] == [100 + 10 * len(others)]


def test_a_month_that_is_four_weeks_too_overlaps_nothing(engine):
    """January and February 2027 are the first two periods of four weeks as well: either may go with either."""
    shared = [row(**month(number, 2027)) for number in (1, 2)]
    for others, count in (([], 0), ([month(3, 2027)], 0), ([four_week_period(3, 2027)], 0)):
        rows = [*shared, *(row(**period) for period in others)]
        assert overlaps(engine, rows, 2027) == count
    assert overlaps(engine, [*shared, row(**month(3, 2027)), row(**four_week_period(3, 2027))], 2027) == 2


def overlaps(engine, rows, year):
    return engine.collect(rows_of(engine, Country(rows), year, date(year + 1, 5, 1)).overlapping).num_rows


def test_periods_of_two_payroll_tax_numbers_do_not_overlap(engine):
    """Each payroll tax number has its calendar, also with one employer."""
    rows = [row(**month(1)), row(**four_week_period(1), LhNr="000000012L02")]
    assert "periods_overlap" not in settle(engine, Country(rows)).findings()


MOMENTS = [
    f"{day}T{hour}:{minute}{offset}"
    for day, hour in (("2026-10-25", "01"), ("2026-10-25", "02"), ("2026-10-25", "03"), ("2027-05-01", "23"))
    for minute in ("15:00", "45:00")
    for offset in ("", "Z", "+01:00", "+02:00", "-09:00")
]


@given(
    messages=st.lists(
        st.tuples(st.sampled_from(MOMENTS), st.sampled_from("VVAC"), st.sampled_from(["M1", "M10", "M2"])),
        min_size=1,
        max_size=6,
        unique_by=lambda pair: (reference.instant_of(pair[0]), *pair[1:]),
    )
)
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_offsets_the_order_is_that_of_the_reference(engine, messages):
    """Messages of one return about two people, in any order of receipt."""
    rows = [
        row(DatTdAanm=moment, Soort=kind, IdBer=number, AantVerlU=10 + place, SofiNr=(PERSON, OTHER_PERSON)[place % 2])
        for place, (moment, kind, number) in enumerate(messages)
    ]
    expected = [
        (line["SofiNr"], 1, int(line["AantVerlU"]))
        for state in reference.in_force(rows, 2026, date(2027, 5, 1)).values()
        for line in state.values()
    ]
    assert in_force(engine, rows) == sorted(expected)
