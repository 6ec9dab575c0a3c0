"""How far a command is, and what is said of it in a log: a line a minute at most, and none of short work."""

import json
import time
import zipfile

import pytest

from jobs import progress
from jobs.log import Log
from jobs.progress import (
    COMPARING,
    SETTLING,
    SIMULATING,
    Course,
    LogLines,
    bytes_of,
    stages_of_replay,
    stages_with_weights,
)
from quotum.archive.layout import existing
from quotum.diff import comparison
from quotum.intake.receive import receive
from quotum.maintenance.rebuilding import rebuild
from quotum.run.regimes.as_enacted import AsEnacted
from quotum.run.regimes.quota_levy import QuotaLevy
from quotum.simulate import compare
from tests.helpers import FIXTURES, RECEIVED, deliver, process, write_parquet
from tests.rows import cells, csv_text

STAGES = {"first": 1, "second": 3}


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


def course_of(clock, **more):
    return Course("settle", clock=clock, **more)


def test_stages_count_by_their_work(clock):
    course = course_of(clock, stages=STAGES)
    shares = [course.share]
    for stage in STAGES:
        course.stage(stage)
        shares.append(course.share)
    assert shares == [0, 0, 0.25]


def test_a_stage_left_out_is_done_and_nothing_goes_back(clock):
    course = course_of(clock, stages={"first": 1, "second": 1, "third": 2})
    course.stage("third")
    assert course.share == 0.5
    course.stage("first")
    assert course.share == 0.5


def test_a_stage_of_another_name_says_nothing_of_how_far_it_is(clock):
    course = course_of(clock, stages=STAGES)
    course.stage("second")
    course.stage("other")
    assert course.share == 0.25
    assert course.doing == "other"


def test_a_stage_that_comes_again_counts_by_times(clock):
    course = course_of(clock, stages={"sweep": 1}, repeats={"sweep": 4})
    shares = []
    for _ in range(4):
        course.stage("sweep")
        shares.append(course.share)
    assert shares == [0, 0.25, 0.5, 0.75]


def test_long_queries_move_it_on_within_a_stage_and_never_back(clock):
    text = iter([None, 0.5, 1.0, None, 0.4, 0.2])
    course = course_of(clock, stages={"only": 1}, query=lambda: next(text))
    course.stage("only")
    assert [course.share for _ in range(5)] == pytest.approx([0, 0.125, 0.25, 0.25, 0.325])
    assert course.share == pytest.approx(0.466, abs=0.001)


def test_what_is_left_is_not_said_before_it_is_known(clock):
    course = course_of(clock, total=100, unit="employers")
    course.count(4)
    clock.seconds += 100
    assert course.seconds_left() is None
    course.count(16)
    assert course.seconds_left() == 400
    quick = course_of(clock, total=100)
    quick.count(20)
    clock.seconds += 2
    assert quick.seconds_left() is None


def test_what_is_left_grows_less_while_nothing_moves_and_is_no_longer_said_when_it_is_wrong(clock):
    course = course_of(clock, total=100)
    course.count(50)
    clock.seconds += 10
    result = []
    for _ in range(4):
        result.append(course.seconds_left())
        clock.seconds += 4
    assert result == [10, 6, 2, None]


def test_without_a_total_nothing_is_said_of_how_far_it_is(clock):
    course = course_of(clock, unit="rows")
    course.count(5_000, "receiving")
    clock.seconds += 90
    assert (course.share, course.seconds_left()) == (None, None)
    assert course.line() == "quotum: settle: receiving, 5,000 rows, 2 min so far"
    course.measure(20, 100)
    assert course.line() == "quotum: settle: receiving, 5,000 rows, 20%, 2 min so far, about 6 min left"


def test_a_line_a_minute_at_most_and_none_of_short_work(clock):
    course, result = course_of(clock, total=1000), []
    lines = LogLines(course, result.append)
    moments = []
    for second in range(1, 200):
        clock.seconds = 1000 + second
        course.count(1)
        before = len(result)
        lines.look()
        moments += [second] * (len(result) - before)
    assert moments == [60, 120, 180]
    assert result[0] == "quotum: settle: 6%, 1 min so far, about 16 min left"


def test_a_long_time_is_said_in_hours(clock):
    course = course_of(clock, total=10)
    course.count(1)
    clock.seconds += 3_600
    assert course.line() == "quotum: settle: 10%, 1 h 0 min so far, about 9 h 0 min left"


def test_receive_and_rebuild_tell_all_bytes_in_every_form(tmp_path):
    rows = [cells("returns")]
    files = [write_parquet(tmp_path / "returns.parquet", "returns", rows), *deliver(tmp_path / "files")]
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        for number in range(3):
            packed.writestr(f"{number}.csv", csv_text("returns", [cells("returns", IdBer=f"P{number}")]))
    files += [tmp_path / "packed.zip", FIXTURES / "loonaangifte-2026-with-correction.xml"]
    read, again = [], []
    receive(files, tmp_path / "archive", RECEIVED, reading=read.append)
    assert sum(read) == pytest.approx(bytes_of(files))
    rebuild(existing(tmp_path / "archive"), reading=lambda share, of: again.append((share, of)))
    assert sum(share for share, _ in again) == pytest.approx(bytes_of(files))
    assert {of for _, of in again} == {bytes_of(files)}


def test_every_stage_has_its_weight():
    assert tuple(SETTLING) == AsEnacted.stages
    assert {"digests", *comparison.STAGES, "write"} == set(COMPARING)
    assert set(compare.STAGES) == set(SIMULATING)
    for stages in (AsEnacted.stages, QuotaLevy.stages):
        assert tuple(stages_with_weights(stages)) == stages
    assert "derive" in stages_of_replay(AsEnacted.stages, from_originals=True)


def test_a_short_command_says_nothing_in_a_log(tmp_path):
    result = process("generate", "--employers", 3, "--year", 2026, "--out", tmp_path / "country")
    assert (result.returncode, result.stderr) == (0, "")


def test_a_job_says_it_in_its_log(monkeypatch, capsys):
    monkeypatch.setattr(progress, "_LINE_AFTER", 0.0)
    monkeypatch.setattr(progress, "_LOOKED_EVERY", 0.01)
    with progress.followed("job nightly", total=4, say=Log("json", "nightly").progress) as course:
        course.count(1)
        time.sleep(0.1)
    text, other = capsys.readouterr()
    line = json.loads(text.splitlines()[0])
    assert (line["event"], line["job"], other) == ("progress", "nightly", "")
    assert line["progress"].startswith("quotum: job nightly: 25%")


def test_without_a_job_it_is_said_on_standard_error(monkeypatch, capsys):
    monkeypatch.setattr(progress, "_LINE_AFTER", 0.0)
    monkeypatch.setattr(progress, "_LOOKED_EVERY", 0.01)
    with progress.followed("settle", {"in force": 1}) as course:
        course.stage("in force")
        time.sleep(0.1)
    text, other = capsys.readouterr()
    assert text == ""
    assert other.startswith("quotum: settle: in force, 0%")
    assert "\x1b" not in other
