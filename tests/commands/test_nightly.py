"""The nightly job: every file of a drop folder received once and moved away, whatever happens in between."""

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import attrs
import pytest
from click.testing import Result

from jobs.job import COMMANDS
from quotum.archive.layout import Layout
from quotum.archive.receipts import receipts
from quotum.intake import drop_folder
from tests.helpers import (
    HOUSE,
    RECEIVED,
    deliver,
    discreet,
    ended,
    files_under,
    kept,
    process,
    quotum,
    rows_of,
    settled,
    take_in,
)
from tests.killing import dying
from tests.rows import NAME, OTHER_PERSON, PERSON, cells, csv_text, numbered

RETURNS = csv_text("returns", [cells("returns")])
REGISTER = csv_text("register", [cells("register")])
EMPLOYERS = csv_text("employers", [cells("employers")])


def _drop(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content)
    return folder


def _nightly(drop: Path, archive: Path, *more: object) -> Result:
    moment = ("--received", RECEIVED.isoformat(), "--quiet-for", 0, "--new-archive")
    return quotum("job", "nightly", "--drop", drop, "--archive", archive, *moment, *more)


def _lines(result: Result) -> list[Mapping[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def _where(drop: Path) -> set[str]:
    """Where the files of a drop folder are."""
    return {name for name in files_under(drop) if not name.startswith(".")}


def test_each_file_is_received_and_moved_with_a_line_of_its_own(tmp_path):
    wrong = csv_text("employers", [cells("employers"), cells("employers", rsin=PERSON[:-1])])
    drop = _drop(tmp_path / "drop", returns=RETURNS, register=REGISTER, employers=wrong, letter="Dear sir,\n")
    output = ended(_nightly(drop, tmp_path / "archive"), 10)
    assert _where(drop) == {
        "done/returns.csv", "done/register.csv", "done/employers.csv", "done/employers.csv.reason.txt",
        "refused/letter.csv", "refused/letter.csv.reason.txt",
    }  # fmt: skip
    assert "1 rows rejected" in (drop / "done" / "employers.csv.reason.txt").read_text()
    assert "has no column quotum knows" in (drop / "refused" / "letter.csv.reason.txt").read_text()
    lines = output.splitlines()
    assert len(lines) == 5  # four files and the end
    assert "received employers.csv: employers, 2 rows received = 1 accepted + 1 rejected" in lines[0]
    assert "error" in lines[1]
    assert "refused letter.csv: has no column quotum knows" in lines[1]
    assert lines[-1].endswith("finished with code 10")
    discreet(output)


def test_the_archive_is_as_if_the_files_were_received_in_one_call(tmp_path):
    files = deliver(tmp_path / "files")
    take_in(tmp_path / "once", files)
    drop = tmp_path / "drop"
    drop.mkdir()
    for path in files:
        (drop / path.name).write_bytes(path.read_bytes())
    ended(_nightly(drop, tmp_path / "archive"), 0)
    assert kept(tmp_path / "archive") == kept(tmp_path / "once")


def test_litter_stays_where_it_is_with_a_remark(tmp_path):
    drop = _drop(tmp_path / "drop", returns=RETURNS)
    (drop / "_SUCCESS").touch()
    with zipfile.ZipFile(drop / "packed.zip", "w") as packed:
        packed.writestr("register.csv", REGISTER)
        packed.writestr(".DS_Store", b"")
    output = ended(_nightly(drop, tmp_path / "archive"), 0)
    assert "left _SUCCESS: was left by an operating system or a tool" in output
    assert "passed over, as left by an operating system or a tool: packed.zip, member 2 (.DS_Store)" in output
    assert _where(drop) == {"_SUCCESS", "done/returns.csv", "done/packed.zip"}


def test_lines_for_collectors(tmp_path):
    drop = _drop(tmp_path / "drop", returns=RETURNS, letter="Dear sir,\n")
    result = _nightly(drop, tmp_path / "archive", "--log-format", "json")
    assert result.exit_code == 10
    letter, returns, end = _lines(result)
    assert {line["job"] for line in (letter, returns, end)} == {"nightly"}
    assert (letter["level"], letter["event"], letter["file"]) == ("error", "refused", "letter.csv")
    assert "column" in letter["reason"]
    assert (returns["level"], returns["event"], returns["kind"]) == ("info", "received", "returns")
    assert [returns[name] for name in ("rows", "accepted", "rejected", "members_refused")] == [1, 1, 0, 0]
    assert (end["event"], end["code"]) == ("finished", 10)


def test_why_a_member_was_refused_stands_in_the_line(tmp_path):
    drop = _drop(tmp_path / "drop")
    with zipfile.ZipFile(drop / "both.zip", "w") as packed:
        packed.writestr("1.csv", RETURNS)
        packed.writestr("2.csv", "Dear sir,\n")
    result = _nightly(drop, tmp_path / "archive", "--log-format", "json")
    assert result.exit_code == 3
    line = _lines(result)[0]
    assert (line["event"], line["members_refused"]) == ("received", 1)
    assert "both.zip, member 2 (2.csv): has no column quotum knows" in line["reason"]
    (tmp_path / "empty").mkdir()
    shutil.move(drop / "done" / "both.zip", tmp_path / "empty" / "both.zip")
    output = ended(_nightly(tmp_path / "empty", tmp_path / "other"), 3)
    assert "1 members refused; both.zip, member 2 (2.csv): has no column" in output


def _many(rows: int, wrong: int) -> str:
    """Returns of which the first rows lack something."""
    return csv_text(
        "returns",
        [cells("returns", NumIV=str(number), SrtIV="" if number < wrong else "15") for number in range(rows)],
    )


def test_the_line_of_a_file_reconciles_as_receive_does(tmp_path):
    """Rows, hours and premium wage: the words of `quotum receive`, and the figures of the receipt."""
    drop = _drop(tmp_path / "drop", returns=_many(30, 12))
    received = quotum("receive", drop / "returns.csv", "--archive", tmp_path / "once").stdout.splitlines()
    output = ended(_nightly(drop, tmp_path / "text"), 3)
    assert "; ".join(line.strip() for line in received[:3]) in output.splitlines()[0]
    assert "hours: 3,000 received = 1,800 accepted + 1,200 rejected" in output
    assert "premium wage: 129,659.40 received = 77,795.64 accepted + 51,863.76 rejected" in output
    drop = _drop(tmp_path / "again", returns=_many(30, 12))
    returns, _ = _lines(_nightly(drop, tmp_path / "json", "--log-format", "json"))
    assert [returns[name] for name in ("rows", "accepted", "rejected")] == [30, 18, 12]
    (receipt,) = receipts(Layout(tmp_path / "json"))
    amounts = attrs.asdict(receipt.deliveries[0].amounts)
    assert len(amounts) == 8
    assert {name: returns[name] for name in amounts} == amounts


@pytest.mark.parametrize(("rows", "wrong"), [(9, 0), (30, 1)], ids=["few_in_all", "few_rejected"])
def test_a_wage_that_would_be_somebodys_is_in_no_line(rows, wrong, tmp_path):
    drop = _drop(tmp_path / "drop", returns=_many(rows, wrong))
    result = _nightly(drop, tmp_path / "archive", "--log-format", "json")
    returns = _lines(result)[0]
    assert returns["accepted_hours"] + returns["rejected_hours"] == returns["received_hours"] == rows * 100
    assert not [name for name in returns if "cents" in name]
    discreet(result.stdout)


def test_a_table_without_wages_has_rows_only(tmp_path):
    drop = _drop(tmp_path / "drop", register=REGISTER)
    register = _lines(_nightly(drop, tmp_path / "archive", "--log-format", "json"))[0]
    assert register["rows"] == 1
    assert not [name for name in register if "hours" in name or "wage" in name]


def test_an_error_that_ends_the_job_is_a_line_too(tmp_path):
    """People read it in the log and on standard error, collectors as an object."""
    drop = _drop(tmp_path / "drop", returns=RETURNS)
    (tmp_path / "file").write_text("mine")
    result = _nightly(drop, tmp_path / "file" / "archive", "--log-format", "json")
    assert result.exit_code == 14
    (line,) = _lines(result)
    assert (line["level"], line["event"], line["code"]) == ("error", "failed", 14)
    assert _where(drop) == {"returns.csv"}
    text = _nightly(drop, tmp_path / "file" / "archive")
    assert text.exit_code == 14
    assert "error   failed with code 14: " in text.stdout
    assert "cannot be written" in text.stderr
    # With a place that can be written the same files go through.
    ended(_nightly(drop, tmp_path / "archive"), 0)
    assert _where(drop) == {"done/returns.csv"}


def test_run_twice_and_delivered_twice_adds_nothing(tmp_path):
    drop = _drop(tmp_path / "drop", returns=RETURNS)
    ended(_nightly(drop, tmp_path / "archive"), 0)
    before = kept(tmp_path / "archive")
    assert ended(_nightly(drop, tmp_path / "archive"), 0).count("\n") == 1
    _drop(drop, returns=RETURNS, again=RETURNS)
    output = ended(_nightly(drop, tmp_path / "archive"), 0)
    assert output.count("in the archive already, adds nothing") == 2
    assert kept(tmp_path / "archive") == before
    assert _where(drop) == {"done/returns.csv", "done/returns.csv.2", "done/again.csv"}


def test_a_file_that_may_still_grow_waits(tmp_path):
    drop = _drop(tmp_path / "drop", returns=RETURNS, register=REGISTER)
    for name in ("a.csv.part", "b.csv.tmp", ".hidden.csv"):
        (drop / name).write_text(EMPLOYERS)
    (drop / "link.csv").symlink_to(tmp_path / "drop" / "returns.csv")
    (drop / "folder").mkdir()
    output = ended(_nightly(drop, tmp_path / "archive", "--quiet-for", 3600), 0)
    assert output.count("waiting") == 4
    assert "returns.csv: changed a short while ago" in output
    assert "a.csv.part: is still being written, by its name" in output
    assert "left link.csv: is a link" in output
    assert "left folder: is a folder, which is not looked into" in output
    assert "left done" not in output
    assert not (tmp_path / "archive").exists()
    output = ended(_nightly(drop, tmp_path / "archive"), 0)
    assert output.count(" rows received = 1 accepted") == 2
    assert _where(drop) == {"a.csv.part", "b.csv.tmp", "done/returns.csv", "done/register.csv"}
    assert (drop / "link.csv").is_symlink()


def test_a_file_of_the_future_waits_and_says_why(tmp_path):
    drop = _drop(tmp_path / "drop", returns=RETURNS)
    os.utime(drop / "returns.csv", (2**32, 2**32))
    output = ended(_nightly(drop, tmp_path / "archive"), 0)
    assert "waiting returns.csv: has a time that lies ahead" in output
    assert _where(drop) == {"returns.csv"}


def test_an_old_date_on_a_file_that_just_came_does_not_fool_it(tmp_path):
    """Programs that copy set the date back; when the file itself changed cannot be set."""
    drop = _drop(tmp_path / "drop", returns=RETURNS)
    os.utime(drop / "returns.csv", (1_000_000_000, 1_000_000_000))
    assert "waiting returns.csv" in ended(_nightly(drop, tmp_path / "archive", "--quiet-for", 3600), 0)


def test_a_file_that_changes_while_it_is_read_stays(tmp_path, monkeypatch):
    drop = _drop(tmp_path / "drop", returns=RETURNS, register=REGISTER)
    outcome = drop_folder._outcome
    more = csv_text("returns", [cells("returns"), cells("returns", NumIV="2")])

    def growing(seen, *rest):
        if seen.name == "returns.csv":
            (drop / "returns.csv").write_text(more)
        return outcome(seen, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(drop_folder, "_outcome", growing)
        output = ended(_nightly(drop, tmp_path / "archive"), 0)
    assert "waiting returns.csv: changed while it was read" in output
    assert _where(drop) == {"returns.csv", "done/register.csv"}
    ended(_nightly(drop, tmp_path / "archive"), 0)
    assert (drop / "done" / "returns.csv").read_text() == more


def test_another_job_in_the_same_folder_leaves_it_alone(tmp_path):
    drop = _drop(tmp_path / "drop", returns=RETURNS)
    with drop_folder.folder_lock(drop) as lock:
        assert lock
        output = ended(_nightly(drop, tmp_path / "archive"), 0)
    assert "another nightly job is at work" in output
    assert _where(drop) == {"returns.csv"}


def test_names_that_look_alike_once_starred_out(tmp_path):
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / f"{PERSON}.csv").write_text("Dear sir,\n")
    (drop / f"{OTHER_PERSON}.csv").write_text(RETURNS)
    output = ended(_nightly(drop, tmp_path / "archive"), 10)
    discreet(output)
    assert output.count("*********.csv") == 2
    assert _where(drop) == {f"refused/{PERSON}.csv", f"refused/{PERSON}.csv.reason.txt", f"done/{OTHER_PERSON}.csv"}
    assert NAME not in output


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path):
    assert "is no folder" in ended(_nightly(tmp_path / "none", tmp_path / "archive"), 2)


def test_a_batch_that_cannot_be_read_stops_the_job(tmp_path):
    drop = _drop(tmp_path / "drop", returns=RETURNS)
    (drop / ".batch.json").write_text("no")
    assert ".batch.json cannot be read" in ended(_nightly(drop, tmp_path / "archive"), 2)
    assert _where(drop) == {"returns.csv"}


# Killed in between.


class _Stopped(BaseException):
    """Ends the process, as far as the code can tell."""


@pytest.mark.parametrize("moved", [0, 1, 2, 3])
def test_stopped_between_receiving_and_moving(moved, tmp_path, monkeypatch):
    """Files that came since are a delivery of their own: a register of last month and one of this month never mix."""
    first, second, new = (csv_text("register", [cells("register", bsn=numbered(700 + number))]) for number in range(3))
    drop = _drop(tmp_path / "drop", bad="bad\n", one=first, two=second, zbad="bad too\n")
    archive = tmp_path / "archive"
    move, result = drop_folder._move, []

    def stopping(*arguments):
        if len(result) == moved:
            raise _Stopped
        result.append(arguments)
        move(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(drop_folder, "_move", stopping)
        with pytest.raises(_Stopped):
            _nightly(drop, archive)
    _drop(drop, new=new)
    ended(_nightly(drop, archive), 10)
    assert {name for name in _where(drop) if "reason" not in name} == {
        "done/one.csv", "done/two.csv", "done/new.csv", "refused/bad.csv", "refused/zbad.csv",
    }  # fmt: skip
    names = [[delivery.name for delivery in receipt.deliveries] for receipt in receipts(Layout(archive))]
    assert [sorted(of_one) for of_one in names] == [["one.csv", "two.csv"], ["new.csv"]]


def test_stopped_before_anybody_was_told_what_was_rejected(tmp_path, monkeypatch):
    """The next run tells it, and writes it beside the file; a file that comes again later is just known."""
    rows = csv_text("returns", [cells("returns"), cells("returns", NumIV="2", IndWW="X")])
    drop = _drop(tmp_path / "drop", rows=rows)
    with monkeypatch.context() as patched:
        patched.setattr(drop_folder, "_move", lambda *_: (_ for _ in ()).throw(_Stopped))
        with pytest.raises(_Stopped):
            _nightly(drop, tmp_path / "archive")
    again = _nightly(drop, tmp_path / "archive", "--log-format", "json")
    ended(again, 3)
    assert str(_lines(again)[0]["reason"]).startswith("1 rows rejected")
    assert _where(drop) == {"done/rows.csv", "done/rows.csv.reason.txt"}
    _drop(drop, again=rows)
    assert "rejected" not in ended(_nightly(drop, tmp_path / "archive"), 0)


@pytest.mark.slow
def test_killed_at_every_change_of_a_file(tmp_path):
    """Run again, the archive and the folder are as if it had run once."""
    files = {"returns": RETURNS, "register": REGISTER, "employers": EMPLOYERS, "letter": "Dear sir,\n"}

    def nightly(place: Path, deadly: int) -> subprocess.CompletedProcess[str]:
        command = ["job", "nightly", "--drop", place / "drop", "--archive", place / "archive", "--quiet-for", "0"]
        command.append("--new-archive")
        return dying(place, deadly, *command, "--received", RECEIVED.isoformat())

    def prepared(name: str) -> Path:
        (tmp_path / name).mkdir()
        _drop(tmp_path / name / "drop", **files)
        return tmp_path / name

    once = prepared("once")
    whole = nightly(once, 0)
    assert whole.returncode == 10, whole.stderr
    changes = int(whole.stderr.rpartition("changes: ")[2])
    assert changes > 40
    for deadly in range(1, changes + 1):
        place = prepared(f"at-{deadly}")
        assert nightly(place, deadly).returncode == -signal.SIGKILL
        again = nightly(place, 0)
        assert again.returncode in (0, 10), f"after change {deadly}: {again.stderr}"
        assert kept(place / "archive") == kept(once / "archive"), deadly
        assert files_under(place / "drop") == files_under(once / "drop"), deadly


@pytest.mark.slow
def test_two_jobs_and_a_receive_at_the_same_time(tmp_path):
    """Each file counts once, whoever comes first."""
    drop = _drop(tmp_path / "drop", returns=RETURNS, register=REGISTER)
    employers = _drop(tmp_path / "files", employers=EMPLOYERS) / "employers.csv"
    archive = tmp_path / "archive"
    nightly = ["job", "nightly", "--drop", drop, "--archive", archive, "--quiet-for", "0", "--new-archive"]
    receive = ["receive", employers, "--archive", archive]
    running = [
        subprocess.Popen([sys.executable, "-m", "jobs.cli", *map(str, command)], cwd=HOUSE, stdout=subprocess.DEVNULL)
        for command in (nightly, nightly, receive)
    ]
    assert [child.wait() for child in running] == [0, 0, 0]
    assert _where(drop) == {"done/returns.csv", "done/register.csv"}
    names = sorted(delivery.name for receipt in receipts(Layout(archive)) for delivery in receipt.deliveries)
    assert names == ["employers.csv", "register.csv", "returns.csv"]
    settled(archive, tmp_path / "run")
    assert rows_of(tmp_path / "run" / "data" / "settlement.csv")[0]["paid_hours"] == "100"


@pytest.mark.parametrize("job", COMMANDS)
def test_every_job_can_write_for_collectors(job):
    assert "--log-format [text|json]" in ended(quotum("job", job, "--help"), 0)


def test_the_group_lists_its_jobs_without_loading_them():
    result = process("job", "--help")
    assert result.returncode == 0
    assert "nightly" in result.stdout
    assert "drop folder" in result.stdout
    assert process("job", "weekly").returncode == 2
