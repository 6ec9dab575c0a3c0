"""A big payroll return on its way to xml2arrow, when one of the two ends stops before the other."""

import io
import os
import threading
from pathlib import Path

import pytest

from quotum.errors import DeliveryRefused
from quotum.intake.payroll_xml.stream import read_big
from quotum.intake.sources import RawRows, RefusedMember, Source
from tests.benches.bench_loonaangifte import big_return

ROWS = 3_000


def _source(message: bytes) -> Source:
    return Source(0, 0, "return.xml", lambda: io.BytesIO(message))


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").is_dir() else 0


@pytest.fixture(scope="module")
def message() -> bytes:
    return big_return(ROWS)


@pytest.fixture(autouse=True)
def _nothing_is_left_behind():
    threads, files = threading.active_count(), _open_files()
    yield
    assert threading.active_count() <= threads
    assert _open_files() <= files


def test_who_reads_no_further_leaves_no_thread_and_no_pipe(message):
    events = read_big(_source(message), message[:4096], io.BytesIO(message[4096:]), 100)
    assert isinstance(next(events), RawRows)
    events.close()


def test_a_message_that_is_broken_halfway_is_refused_and_not_waited_for(message):
    middle = len(message) // 2
    broken = message[:middle] + b"</NumIV></NumIV>" + message[middle:]
    *_, last = read_big(_source(broken), broken[:4096], io.BytesIO(broken[4096:]), 100)
    assert isinstance(last, RefusedMember)
    assert "not sound XML" in last.reason


def test_what_goes_wrong_with_reading_comes_out_as_it_is(message):
    class Damaged(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            result = super().read(size)
            if self.tell() > len(message) // 2:
                raise DeliveryRefused("cannot be unpacked")
            return result

    with pytest.raises(DeliveryRefused, match="cannot be unpacked"):
        list(read_big(_source(message), message[:4096], Damaged(message[4096:]), 100))


def test_a_message_of_less_than_a_pipe_holds_is_read_to_its_end(message):
    short = big_return(30)
    events = list(read_big(_source(short), short[:4096], io.BytesIO(short[4096:]), 100))
    assert sum(len(event.table) for event in events if isinstance(event, RawRows)) >= 30


def test_pipes_can_be_counted_here():
    """Or the fixture above would find nothing left behind whatever is."""
    reading, writing = os.pipe()
    with open(reading, "rb"), open(writing, "wb"):  # noqa: PTH123 - these are numbers
        assert _open_files() >= 2 or not Path("/proc/self/fd").is_dir()
