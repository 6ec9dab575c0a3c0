"""`quotum job preliminary` and `job yearly`: their day, their steps, and that they go on where they were."""

import fcntl
import json
import os
import shutil
import signal
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import Result

from quotum.archive.layout import Layout
from quotum.archive.notes import notes
from quotum.archive.orders import digest_at, orders
from quotum.errors import CannotWrite
from quotum.intake.receive import receive
from tests.commands.paying import ACCOUNT, DEBTOR, EMPLOYERS, EXECUTED, archive_of, person
from tests.helpers import ACTIVATED, RECEIVED, deliver, discreet, ended, files_under, quotum
from tests.killing import dying
from tests.rows import cells, numbered

pytestmark = pytest.mark.slow

_DECIDED = ("--decided-on", "2027-07-01")
_YEARLY = ("job", "yearly", *DEBTOR, *EXECUTED)
_STEPS = ["settle", "payments", "decisions", "report", "statement"]


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """A country of which nothing was settled."""
    folder = tmp_path_factory.mktemp("before") / "country"
    folder.mkdir()
    archive_of(folder)
    (folder / "years").mkdir()
    return folder


@pytest.fixture
def country(before, tmp_path):
    return _fresh(before, tmp_path / "country")


def _fresh(before: Path, place: Path) -> Path:
    shutil.copytree(before, place)
    return place


@pytest.fixture(autouse=True)
def _moment(monkeypatch):
    """A day after both as-of days of 2026."""
    _at(monkeypatch, "2027-07-02T02:00:00")


def _at(monkeypatch, moment: str) -> None:
    monkeypatch.setattr("jobs.year_job.now", lambda: datetime.fromisoformat(moment))


def _places(country: Path) -> tuple[object, ...]:
    return ("--archive", country / "archive", "--out", country / "years")


def _yearly(country: Path, *more: object) -> Result:
    return quotum(*_YEARLY, *_places(country), *_DECIDED, "--decisions", "--threads", 1, *more)


def _preliminary(country: Path, *more: object) -> Result:
    return quotum("job", "preliminary", *_places(country), "--threads", 1, *more)


def _lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def _steps(text: str) -> dict[str, bool]:
    """The steps of a log in JSON, and whether each was done before."""
    return {line["event"]: line["before"] for line in _lines(text) if "before" in line}


def _output_of_job(folder: Path) -> dict[str, bytes]:
    """What a job made, but what is about the machine and the moment."""
    return {name: raw for name, raw in files_under(folder).items() if not name.endswith("environment.json")}


def test_the_yearly_job_does_each_step_once_with_a_line(country):
    output = ended(_yearly(country, "--log-format", "json"), 0)
    assert _steps(output) == dict.fromkeys(_STEPS, False)
    assert _lines(output)[-1]["event"] == "finished"
    folder = country / "years" / "yearly-2026"
    assert sorted(path.name for path in folder.iterdir()) == [
        "decisions", "job.json", "payments", "report.html", "run", "statement.html",
    ]  # fmt: skip
    earlier_output = _output_of_job(folder)
    again = ended(_yearly(country, "--log-format", "json"), 0)
    assert _steps(again) == dict.fromkeys(_STEPS, True)
    assert _output_of_job(folder) == earlier_output
    (order,) = orders(Layout(country / "archive"))
    assert order.finished
    (note,) = notes(Layout(country / "archive"))
    assert (note.year, note.as_of.isoformat()) == (2026, "2027-05-01")
    discreet(output + again, {ACCOUNT, *(row["name"] for row in EMPLOYERS.values()), *map(numbered, EMPLOYERS)})


def test_the_parts_are_what_their_commands_make(country, tmp_path):
    ended(_yearly(country), 0)
    folder, archive = country / "years" / "yearly-2026", ("--archive", country / "archive")
    settle = ("settle", *archive, "--year", 2026, "--as-of", "2027-05-01", *_DECIDED, "--out", tmp_path / "run")
    ended(quotum(*settle), 0)
    assert _output_of_job(tmp_path / "run") == _output_of_job(folder / "run")
    ended(quotum("decisions", tmp_path / "run", *archive, "--out", tmp_path / "decisions"), 0)
    assert files_under(tmp_path / "decisions") == files_under(folder / "decisions")
    ended(quotum("report", tmp_path / "run", "--out", tmp_path / "report.html"), 0)
    ended(quotum("statement", tmp_path / "run", "--out", tmp_path / "statement.html"), 0)
    for name in ("report.html", "statement.html"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
    result = quotum("payments", tmp_path / "run", *archive, *DEBTOR, *EXECUTED, "--out", tmp_path / "payments")
    assert "ordered before" in ended(result, 2)


def test_without_decisions_none_are_made(country):
    output = ended(quotum(*_YEARLY, *_places(country), "--log-format", "json"), 0)
    assert _steps(output) == {name: False for name in _STEPS if name != "decisions"}
    assert not (country / "years" / "yearly-2026" / "decisions").exists()


def test_the_preliminary_job_looks_at_31_january(country):
    output = ended(_preliminary(country, "--log-format", "json"), 0)
    assert list(_steps(output)) == ["settle", "overview", "report", "statement"]
    (note,) = notes(Layout(country / "archive"))
    assert note.as_of.isoformat() == "2027-01-31"
    again = _steps(ended(_preliminary(country, "--log-format", "json"), 0))
    present = (country / "years" / "preliminary-2026" / "overview").exists()
    assert again == {"settle": True, "overview": present, "report": True, "statement": True}


@pytest.mark.parametrize(
    ("job", "moment", "code"),
    [
        pytest.param(_preliminary, "2027-01-31T23:59:59", 2, id="31_january_is_not_over"),
        pytest.param(_preliminary, "2027-02-01T00:00:00", 0, id="31_january_is_over"),
        pytest.param(_yearly, "2027-05-01T23:59:59", 2, id="1_may_is_not_over"),
        pytest.param(_yearly, "2027-05-02T00:00:00", 0, id="1_may_is_over"),
    ],
)
def test_its_day_must_be_over(country, monkeypatch, job, moment, code):
    _at(monkeypatch, moment)
    output = ended(job(country), code)
    assert ("is not over" in output) == (code == 2)
    assert any((country / "years").iterdir()) == (code == 0)


def test_before_its_day_only_when_that_is_said(country, monkeypatch):
    _at(monkeypatch, "2026-12-01T00:00:00")
    ended(_yearly(country, "--year", 2026), 2)
    ended(_yearly(country, "--year", 2026, "--before-its-day"), 0)
    assert (country / "years" / "yearly-2026" / "payments").is_dir()


def test_an_as_of_day_of_ones_own_is_gated_too(country, monkeypatch):
    _at(monkeypatch, "2027-06-15T12:00:00")
    ended(_yearly(country, "--as-of", "2027-06-15"), 2)
    ended(_yearly(country, "--as-of", "2027-06-14"), 0)
    (note,) = notes(Layout(country / "archive"))
    assert note.as_of.isoformat() == "2027-06-14"


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (("--scenario", "activated-balance"), 2, "give --simulation"),
        (("--decided-on", "2027-04-30"), 2, "before the as-of day"),
        (("--execution-date", "2027-06-30"), 2, "before the day of the decision"),
        (("--debtor-iban", "NL86INGB0002445587"), 2, "no IBAN"),
        (("--archive", "nowhere"), 13, "no archive"),
        (("--out", "nowhere"), 14, "make the folder first"),
    ],
)
def test_what_can_be_known_before_is_refused_before(country, more, code, words):
    output = ended(_yearly(country, *more), code)
    assert words in output
    assert not any((country / "years").iterdir())
    assert not Path("nowhere").exists()


def test_decisions_need_their_day(country):
    assert "--decided-on" in ended(quotum(*_YEARLY, *_places(country), "--decisions"), 2)


def test_a_job_with_other_options_is_left_alone_once_something_came_of_it(country, tmp_path):
    (tmp_path / "wrong.toml").write_text('title = "x"\n[set]\n"wtl.bonus_rat" = "1"\n')
    ended(_yearly(country, "--simulation", "--scenario", tmp_path / "wrong.toml"), 11)
    (tmp_path / "wrong.toml").write_text(ACTIVATED)
    ended(_yearly(country, "--simulation", "--scenario", tmp_path / "wrong.toml"), 0)
    output = _output_of_job(country / "years")
    printed_text = ended(
        _yearly(country, "--simulation", "--scenario", tmp_path / "wrong.toml", "--execution-date", "2027-07-16"), 2
    )
    assert "other options" in printed_text
    assert "--execution-date;" in " ".join(printed_text.split())
    assert "--scenario" not in printed_text
    assert _output_of_job(country / "years") == output


def test_a_simulation_says_so_in_folder_orders_and_documents(country, tmp_path):
    (tmp_path / "scenario.toml").write_text(ACTIVATED)
    ended(_yearly(country, "--simulation", "--scenario", tmp_path / "scenario.toml"), 0)
    folder = country / "years" / "SIMULATION-yearly-2026"
    assert all(path.name.startswith("SIMULATION-") for path in (folder / "payments").iterdir())
    assert {path.name[:11] for path in folder.glob("decisions/*/*.html")} == {"SIMULATION-"}


def test_something_else_in_its_place_is_left_alone(country):
    folder = country / "years" / "yearly-2026"
    folder.mkdir()
    (folder / "mine").write_bytes(b"mine")
    assert "holds something else" in ended(_yearly(country), 2)
    assert files_under(folder) == {"mine": b"mine"}


def test_a_second_job_in_the_same_place_does_nothing(country):
    folder = country / "years" / "yearly-2026"
    folder.mkdir()
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    output = ended(_yearly(country), 0)
    assert "another job is at work" in output
    assert files_under(folder) == {}
    os.close(handle)
    ended(_yearly(country), 0)


@pytest.mark.parametrize(
    ("step", "broken"),
    [
        ("settle", "quotum.run.settle.settle"),
        ("payments", "quotum.output.payments.ordering.order"),
        ("decisions", "quotum.output.decisions.making.make"),
        ("report", "quotum.report.run_file.write_report"),
        ("statement", "quotum.output.statement.statement.statement_of"),
    ],
)
def test_after_a_step_that_failed_it_goes_on_there(country, monkeypatch, step, broken):
    def full(*_, **__):
        raise CannotWrite("no room")

    with monkeypatch.context() as patched:
        patched.setattr(broken, full)
        output = ended(_yearly(country, "--log-format", "json"), 14)
    assert _lines(output)[-1] | {"time": ""} == {
        "time": "", "level": "error", "job": "yearly", "event": "failed", "code": 14, "reason": "no room",
    }  # fmt: skip
    step_number = _STEPS.index(step)
    assert list(_steps(output)) == _STEPS[:step_number]
    again = ended(_yearly(country, "--log-format", "json"), 0)
    assert _steps(again) == {name: place < step_number for place, name in enumerate(_STEPS)}
    assert len(orders(Layout(country / "archive"))) == 1


def test_what_was_taken_away_to_be_sent_is_not_ordered_again(country):
    ended(_yearly(country), 0)
    folder = country / "years" / "yearly-2026"
    (folder / "payments").rename(country / "sent")
    (folder / "statement.html").unlink()
    output = ended(_yearly(country), 0)
    assert "may have been sent" in output
    assert not (folder / "payments").exists()
    assert (folder / "statement.html").exists()
    assert len(orders(Layout(country / "archive"))) == 1


def test_a_run_that_was_altered_is_not_paid_from(country, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("quotum.output.payments.ordering.order", lambda *_: (_ for _ in ()).throw(CannotWrite("full")))
        ended(_yearly(country), 14)
    path = country / "years" / "yearly-2026" / "run" / "data" / "settlement.csv"
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"\n")
    ended(_yearly(country), 21)
    assert orders(Layout(country / "archive")) == ()


def test_messages_that_were_set_aside_end_it_with_3_each_time(before, tmp_path):
    (tmp_path / "years").mkdir()
    item = cells("returns", SofiNr=person(1))
    files = deliver(
        tmp_path / "files", returns=[item, item | {"AantVerlU": "1"}, cells("returns", LhNr=f"{numbered(2)}L01")],
        register=[cells("register")], employers=[cells("employers")],
    )  # fmt: skip
    receive(files, tmp_path / "archive", RECEIVED)
    for _ in range(2):
        output = ended(_yearly(tmp_path), 3)
        assert "set aside" in output
    assert len(orders(Layout(tmp_path / "archive"))) == 1


def _killed(country: Path, deadly: int):
    return dying(
        country, deadly, *_YEARLY, *_places(country), *_DECIDED, "--decisions", "--threads", 1, "--year", 2026,
        "--before-its-day", "--log-format", "json",
    )  # fmt: skip


@pytest.mark.timeout(7200)
def test_killed_at_any_moment_nothing_is_half_and_nothing_twice(before, tmp_path):
    """Whatever step it is in: what has its name is whole, started again it ends as if never killed, and pays once."""
    whole = _fresh(before, tmp_path / "whole")
    place = _killed(whole, 0)
    assert place.returncode == 0, place.stderr
    changes = int(place.stderr.rpartition("changes: ")[2])
    expected = _output_of_job(whole / "years" / "yearly-2026")
    first = changes - 40  # settling is long, and killed at each change elsewhere
    at_work = set()
    for deadly in [*range(1, first, 9), *range(max(first, 1), changes + 1)]:
        country = _fresh(before, tmp_path / str(deadly))
        end = _killed(country, deadly)
        assert end.returncode == -signal.SIGKILL, f"at change {deadly}: {end.stderr}"
        at_work.add(len(_steps(end.stdout)))
        folder = country / "years" / "yearly-2026"
        named = {
            name: raw
            for name, raw in _output_of_job(folder).items()
            if not any(part[0] == "." for part in Path(name).parts)
        }
        assert all(expected[name] == raw for name, raw in named.items()), f"at change {deadly}: something half"
        again = _killed(country, 0)
        assert again.returncode == 0, f"after change {deadly}: {again.stderr}"
        assert _output_of_job(folder) == expected, f"after change {deadly}"
        (order,) = orders(Layout(country / "archive"))
        assert order.finished
        assert order.digest == digest_at(whole / "years" / "yearly-2026" / "payments")
        assert len(notes(Layout(country / "archive"))) == 1
        shutil.rmtree(country)
    assert at_work >= set(range(len(_STEPS))), "it was killed in each step"
