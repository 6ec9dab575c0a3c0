"""Killed at any moment, `quotum payments` leaves no half order, and none that the archive does not know of."""

import errno
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quotum.archive.layout import Layout
from quotum.archive.orders import digest_at, note, noting, orders, settle_begun
from quotum.output.payments import ordering
from tests.commands.paying import DEBTOR, EXECUTED, archive_of, pay, settle
from tests.helpers import ended, files_under
from tests.killing import dying

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    folder = tmp_path_factory.mktemp("before") / "country"
    folder.mkdir()
    settle(archive_of(folder), folder / "run")
    return folder


def _pay(country: Path, deadly: int = 0, out: str = "order") -> CompletedProcess[str]:
    return dying(
        country, deadly, "payments", country / "run", *DEBTOR, *EXECUTED, "--out", country / out,
        "--archive", country / "archive",
    )  # fmt: skip


def _fresh(before: Path, place: Path) -> Path:
    shutil.copytree(before, place)
    return place


@pytest.fixture(scope="module")
def once(before, tmp_path_factory):
    """A country in which it was not killed, and how often it changed a file."""
    country = _fresh(before, tmp_path_factory.mktemp("once") / "country")
    process = _pay(country)
    assert process.returncode == 0, process.stderr
    return country, int(process.stderr.rpartition("changes: ")[2])


def _assert_nothing_twice(country: Path, once: Path, deadly: int) -> None:
    present = (country / "order").exists()
    if present:
        assert files_under(country / "order") == files_under(once / "order")
        assert orders(Layout(country / "archive")), f"after change {deadly}: an order that nobody knows of"
    again = _pay(country)
    assert again.returncode == 0, f"after change {deadly}: {again.stderr}"
    assert ("there already" in again.stdout) == present
    assert files_under(country / "order") == files_under(once / "order")
    assert list(country.glob(".quotum-*")) == []
    (order,) = orders(Layout(country / "archive"))
    assert order.finished
    assert order.digest == digest_at(once / "order")


def _killed(before: Path, place: Path, deadly: int) -> Path:
    country = _fresh(before, place)
    assert _pay(country, deadly).returncode == -signal.SIGKILL
    return country


@pytest.mark.timeout(3600)
def test_killed_at_each_change_of_a_file(before, once, tmp_path):
    country, changes = once
    assert changes > 10
    for deadly in range(1, changes + 1):
        _assert_nothing_twice(_killed(before, tmp_path / str(deadly), deadly), country, deadly)


@pytest.mark.timeout(3600)
def test_killed_and_what_was_there_is_taken_away_to_be_sent(before, once, tmp_path):
    """Whatever somebody took away after a kill is not made again by the same command."""
    count = 0
    for deadly in range(1, once[1] + 1):
        country = _killed(before, tmp_path / str(deadly), deadly)
        if not (country / "order").exists():
            continue
        count += 1
        (country / "order").rename(country / "sent")
        again = _pay(country)
        assert again.returncode == 2, f"after change {deadly}: {again.stderr}"
        assert "ordered before" in again.stderr
        assert not (country / "order").exists()
    assert count


def test_killed_where_it_gets_its_name(before, once, tmp_path):
    """The last changes are the note that it was begun, the name, and the note that it is finished."""
    country, changes = once
    states = set()
    for deadly in (changes - 2, changes - 1):
        place = _killed(before, tmp_path / str(deadly), deadly)
        noted = orders(Layout(place / "archive"))
        states.add(((place / "order").exists(), tuple(order.finished for order in noted)))
        _assert_nothing_twice(place, country, deadly)
    assert states == {(False, (False,)), (True, (False,))}


def test_files_that_are_neither_here_nor_there_may_have_been_sent(before, once, tmp_path):
    """Begun, and then somebody took away what had its name, or cleared what had none: only --again goes on."""
    country, changes = once
    place = next(
        place
        for place in (_killed(before, tmp_path / str(deadly), deadly) for deadly in range(changes - 3, changes + 1))
        if orders(Layout(place / "archive")) and not (place / "order").exists()
    )
    for left in place.glob(".quotum-*"):
        left.chmod(0o700)
        shutil.rmtree(left)
    process = _pay(place)
    assert process.returncode == 2
    assert "may have been sent" in process.stderr
    layout = Layout(place / "archive")
    (order,) = orders(layout)
    assert not order.finished
    shutil.copytree(country / "order", place / "order")
    with noting(layout):
        settle_begun(layout)
    assert orders(layout)[0].finished


def test_a_note_replaces_the_one_before_it(once, tmp_path):
    layout = Layout(tmp_path)
    layout.notes.mkdir()
    (order,) = orders(Layout(once[0] / "archive"))
    with noting(layout):
        note(layout, order)
        note(layout, order)
    assert orders(layout) == (order,)


def _in_process(country: Path):
    return pay(country / "run", country / "order", "--archive", country / "archive")


def test_an_order_that_cannot_get_its_name_is_not_noted(before, tmp_path, monkeypatch):
    country = _fresh(before, tmp_path / "country")
    rename = Path.rename

    def full(path: Path, target: Path) -> Path:
        if Path(target).name == "order":
            raise OSError(errno.ENOSPC, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full)
    output = ended(_in_process(country), 14)
    assert f"{country / 'order'} cannot be written: No space left" in output
    assert orders(Layout(country / "archive")) == ()
    assert list(country.glob(".quotum-*")) == []
    monkeypatch.undo()
    ended(_in_process(country), 0)


def test_an_archive_that_cannot_note_an_order_gets_none(before, tmp_path):
    country = _fresh(before, tmp_path / "country")
    lock = country / "archive" / "notes" / "lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    assert "notes cannot be written" in ended(_in_process(country), 14)
    assert not (country / "order").exists()


def test_an_order_in_its_place_that_the_archive_does_not_know_is_noted(before, once, tmp_path):
    """As after an older copy of the notes was put back."""
    country = _fresh(before, tmp_path / "country")
    shutil.copytree(once[0] / "order", country / "order")
    assert "there already" in ended(_in_process(country), 0)
    assert [order.finished for order in orders(Layout(country / "archive"))] == [True]


def test_interrupted_once_it_has_its_name_the_order_stays_known(before, once, tmp_path, monkeypatch):
    country = _fresh(before, tmp_path / "country")

    def interrupted(folder: Path) -> None:
        if folder == country:
            raise KeyboardInterrupt

    monkeypatch.setattr(ordering, "sync_folder", interrupted)
    ended(_in_process(country), 130)
    monkeypatch.undo()
    assert files_under(country / "order") == files_under(once[0] / "order")
    assert [order.finished for order in orders(Layout(country / "archive"))] == [False]
    assert "there already" in ended(_in_process(country), 0)
    assert [order.finished for order in orders(Layout(country / "archive"))] == [True]


def test_of_two_at_the_same_time_a_single_order_comes(before, tmp_path):
    country = _fresh(before, tmp_path / "country")
    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(lambda out: _pay(country, out=out), ("one", "other")))
    assert sorted(end.returncode for end in ends) == [0, 2], [end.stderr for end in ends]
    assert sum((country / out).exists() for out in ("one", "other")) == 1
    assert len(orders(Layout(country / "archive"))) == 1
