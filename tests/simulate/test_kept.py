"""What one pass gave is kept by digest, made again when it is damaged, and never depends on being there."""

import shutil
from datetime import date

import pyarrow.parquet as pq
import pytest

from quotum.archive.care import check
from quotum.archive.layout import existing
from quotum.maintenance.forgetting import forget
from quotum.simulate import reduce
from quotum.simulate.compare import compare
from tests.simulate.conftest import outcomes, request_of

pytestmark = pytest.mark.slow


@pytest.fixture
def copied(archive, tmp_path):
    place = tmp_path / "archive"
    shutil.copytree(archive, place, ignore=shutil.ignore_patterns("bases"))
    return place


def test_the_second_time_no_row_is_read(copied, monkeypatch):
    first = compare(request_of(copied, "lkv-three-years"))

    def refuse(*_):
        raise AssertionError("the rows were read again")

    monkeypatch.setattr(reduce, "year_rows", refuse)
    again = compare(request_of(copied, "lkv-three-years", "activated-budget"))
    assert again.comparison.slice(0, 2).equals(first.comparison)


def test_a_damaged_file_is_made_again(copied):
    first = compare(request_of(copied))
    kept = next((copied / "bases").iterdir()) / "returns.parquet"
    table = pq.read_table(kept)
    pq.write_table(table.slice(0, 3), kept)
    assert compare(request_of(copied, "activated-budget")).comparison.slice(0, 1).equals(first.comparison)
    assert pq.read_table(kept).num_rows == table.num_rows > 3


def test_kept_files_are_the_owner_s_alone(copied):
    compare(request_of(copied))
    base = next((copied / "bases").iterdir())
    assert {path.stat().st_mode & 0o777 for path in base.iterdir() if path.is_file()} == {0o600}
    assert base.stat().st_mode & 0o777 == 0o700
    assert not [path for path in base.iterdir() if path.name.startswith(".")]


def test_an_archive_that_cannot_be_written_will_do(copied):
    expected = compare(request_of(copied, "activated-budget")).comparison
    shutil.rmtree(copied / "bases")
    (copied / "bases").write_text("in the way")
    comparison = compare(request_of(copied, "activated-budget")).comparison
    assert comparison.equals(expected)
    assert (copied / "bases").is_file()


def test_a_new_delivery_makes_a_new_base(copied, tmp_path):
    from datetime import datetime  # noqa: PLC0415

    from tests.helpers import take_in  # noqa: PLC0415
    from tests.simulate.conftest import write  # noqa: PLC0415

    _, (before,) = outcomes(copied)
    register = write(tmp_path / "register.csv", "bsn,registered_from,registered_until,ground", [])
    register.write_text(register.read_text() + "123456782,2020-01-01,,x\n")
    take_in(copied, [register], datetime.fromisoformat("2027-05-04T06:00:00"))
    _, (after,) = outcomes(copied)
    assert before.lkv.sum() > 0
    assert after.jobs.counts.total.realised != before.jobs.counts.total.realised
    _, (as_then,) = outcomes(copied, known_on=__import__("datetime").date(2027, 5, 3))
    assert (as_then.lkv == before.lkv).all()


def test_archive_check_reads_what_is_kept(copied):
    compare(request_of(copied))
    layout = existing(copied)
    assert check(layout).problems == ()
    for path in sorted((copied / "bases").rglob("*")):
        if path.is_file():
            sound = path.read_bytes()
            path.write_bytes(bytes([sound[0] ^ 1]) + sound[1:])
            assert [path.name.removesuffix(".sha256") in problem for problem in check(layout).problems] == [True], path
            path.write_bytes(sound)
            path.rename(path.with_suffix(".away"))
            assert check(layout).problems, path
            path.with_suffix(".away").rename(path)
    assert check(layout).problems == ()


def test_archive_check_leaves_work_in_progress_alone(copied):
    compare(request_of(copied))
    left = next((copied / "bases").iterdir()) / ".quotum-spill-abcd1234"
    left.mkdir()
    (left / "spilled").write_bytes(b"x")
    output = check(existing(copied))
    assert output.problems == ()
    assert "1 files in bases are of a simulation at work" in output.remarks[0]


def test_what_is_forgotten_goes_from_what_is_kept_too(copied):
    compare(request_of(copied))
    forget(existing(copied), [2024], date(2030, 1, 1))
    assert not (copied / "bases").exists()
