"""Moments are instants, whatever form they come in and whatever the time zone of the machine (law.md rule 0)."""
# ruff: noqa: DTZ001 - moments are without zone here: local, or in UTC

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotum import local_time
from quotum.intake.checks.conversion import Converter
from quotum.tables import RETURNS

HERE = ZoneInfo("Europe/Amsterdam")
MADE_AT = RETURNS.column("made_at")
# What stands in a delivery, and the instant it is.
INSTANTS = {
    "2026-02-20T10:00:00": "2026-02-20T09:00:00",
    "2026-07-20T10:00:00": "2026-07-20T08:00:00",
    "2026-07-20T10:00:00.1234567": "2026-07-20T08:00:00.123456",
    "2026-07-20T10:00:00Z": "2026-07-20T10:00:00",
    "2026-07-20T10:00:00.5-03:30": "2026-07-20T13:30:00.500000",
    # Clocks go back at 3:00 on 25 October 2026.
    "2026-10-25T01:59:59": "2026-10-24T23:59:59",
    "2026-10-25T02:00:00": "2026-10-25T00:00:00",
    "2026-10-25T02:30:00": "2026-10-25T00:30:00",
    "2026-10-25T02:30:00+02:00": "2026-10-25T00:30:00",
    "2026-10-25T02:30:00+01:00": "2026-10-25T01:30:00",
    "2026-10-25T03:00:00": "2026-10-25T02:00:00",
    # And forward at 2:00 on 29 March: what is skipped stands for what it would be.
    "2026-03-29T01:59:59": "2026-03-29T00:59:59",
    "2026-03-29T02:30:00": "2026-03-29T01:30:00",
    "2026-03-29T03:00:00": "2026-03-29T01:00:00",
    "2045-07-01T00:00:00": "2045-06-30T22:00:00",
}


def understood(column: pa.ChunkedArray) -> list[datetime | None]:
    return Converter(duckdb.connect()).column(MADE_AT, column).to_pylist()


def test_a_text_is_the_instant_it_stands_for():
    texts = pa.array([*INSTANTS, None, "soon"])
    expected = [*map(datetime.fromisoformat, INSTANTS.values()), None, None]
    assert understood(pa.chunked_array([texts])) == expected


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_parquet_timestamp_without_zone_is_local_and_with_one_an_instant(unit):
    local = datetime(2026, 10, 25, 2, 30)
    values = pa.array([local, None], pa.timestamp("us")).cast(pa.timestamp(unit))
    assert understood(pa.chunked_array([values])) == [datetime(2026, 10, 25, 0, 30), None]
    for zone in ("UTC", "Europe/Amsterdam", "America/New_York"):
        zoned = pa.array([local, None], pa.timestamp("us")).cast(pa.timestamp(unit, zone))
        assert understood(pa.chunked_array([zoned])) == [local, None]


_MOMENTS = st.datetimes(datetime(1985, 1, 1), datetime(2060, 1, 1))


@given(moments=st.lists(st.none() | _MOMENTS, max_size=6))
@example([datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 2, 31), datetime(2026, 3, 29, 2, 30)])
@settings(deadline=None)
def test_many_are_what_each_is_alone(moments):
    values = pa.array(moments, pa.timestamp("us"))
    alone = [moment and moment.replace(tzinfo=HERE).astimezone(UTC).replace(tzinfo=None) for moment in moments]
    assert (
        local_time.instants(values).to_pylist()
        == alone
        == [moment and local_time.instant(moment) for moment in moments]
    )
    back = [moment and moment.replace(tzinfo=UTC).astimezone(HERE).replace(tzinfo=None, fold=0) for moment in moments]
    assert local_time.local_times(values).to_pylist() == back


def test_days_from_which_none_is_far_are_no_moments():
    ends = pa.array([-(2**62), (date.min - date(1970, 1, 1)).days * 86_400_000_000, 2**62], pa.int64())
    assert local_time.instants(ends.view(pa.timestamp("us"))).null_count == 3


def test_the_end_of_a_day_is_midnight_here():
    assert local_time.end_of_day(date(2027, 5, 1)) == datetime(2027, 5, 1, 22)
    assert local_time.end_of_day(date(2027, 1, 31)) == datetime(2027, 1, 31, 23)
    assert local_time.end_of_day(date(2026, 10, 24)) + timedelta(hours=25) == local_time.end_of_day(date(2026, 10, 25))
    assert local_time.end_of_day(date.max) > datetime(9999, 12, 31, 22)


def test_an_offset_is_shown_where_a_time_comes_twice():
    shown = [local_time.local_text(datetime(2026, 10, 25, hour, 30)) for hour in (23, 0, 1, 2)]
    assert shown[1:3] == ["2026-10-25 02:30:00+02:00", "2026-10-25 02:30:00+01:00"]
    assert shown[3] == "2026-10-25 03:30:00"
    assert local_time.local_with_offset(datetime(2026, 10, 25, 1, 30)) == "2026-10-25T02:30:00+01:00"


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Apia"])
def test_the_time_zone_of_the_machine_does_not_matter(zone):
    """Nor whether the machine has time zones at all: they are those of tzdata."""
    asked = f"""
import duckdb, pyarrow as pa
from quotum.intake.checks.conversion import Converter
from quotum.tables import RETURNS
texts = pa.chunked_array([pa.array({list(INSTANTS)!r})])
found = Converter(duckdb.connect()).column(RETURNS.column("made_at"), texts)
typed = pa.chunked_array([pa.array([0], pa.timestamp("us", "UTC"))])
print([one.isoformat() for one in found.to_pylist()],
      Converter(duckdb.connect()).column(RETURNS.column("made_at"), typed).to_pylist()[0])
"""
    environment = os.environ | {"TZ": zone, "PYTHONTZPATH": ""}
    process = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert process.stdout.strip() == f"{list(INSTANTS.values())} 1970-01-01 00:00:00"
