"""Every command that prints, in Dutch over a small country: no English is left over; what programs read is the same."""

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from quotum.diff import words as diff_words
from quotum.words import Text
from tests.dutch import PRINTING_NOTHING, commands, english_left_over, english_words
from tests.helpers import quotum, rows_of, write_csv

ACTIVATED = "scenario.toml"
PAYING = ("--debtor-name", "Ontvanger", "--debtor-iban", "NL86INGB0002445588", "--execution-date", "2027-07-15")
DELIVERED = ("something else",)
"""Faulty values that the made-up country delivers."""
NOT_IN_DUTCH = frozenset({"explain"}) | PRINTING_NOTHING
"""Said in Dutch by a test of its own."""


class Country:
    """A made-up country with its archive and runs; every command over it prints Dutch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.archive = folder / "archief"
        self.made = folder / "gemaakt"
        self.said: dict[str, list[str]] = {}

    @property
    def scenarios(self) -> list[str]:
        """Titles and notes of the scenarios that come with the country: they are data."""
        read = [tomllib.loads(path.read_text("utf-8")) for path in sorted(self.made.rglob("*.toml"))]
        return [text for scenario in read for text in (scenario["title"], scenario["note"].strip())]

    def run(self, command: str, *arguments: object, code: int | None = 0) -> str:
        """A command in Dutch; keeps what it said."""
        result = quotum(*command.split(), *arguments, "--language", "nl")
        assert result.exception is None or isinstance(result.exception, SystemExit), (command, result.exception)
        if code is not None:
            assert result.exit_code == code, (command, result.output)
        self.said.setdefault(command, []).append(result.output)
        return result.output

    def settled(self, name: str, as_of: str, *more: object, code: int | None = None) -> Path:
        out = self.folder / name
        about = ("--archive", self.archive, "--year", 2026, "--as-of", as_of, "--out", out, "--threads", 1)
        self.run("settle", *about, *more, code=code)
        return out


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """Everything is printed once, in the order of a year."""
    made = Country(tmp_path_factory.mktemp("nl"))
    made.run("generate", "--employers", 30, "--year", 2026, "--format", "csv", "--defects", "--out", made.made, code=0)
    files = [path for path in sorted(made.made.iterdir()) if path.name not in ("defects.csv", ACTIVATED)]
    files = [path for path in files if path.suffix in (".csv", ".xml", ".parquet", ".gz") or path.is_dir()]
    paths = [path for path in files if path.is_file()]
    about = ("--archive", made.archive, "--received", "2027-05-02T06:00:00")
    made.run("receive", *paths, *about, "--dry-run", code=None)
    made.run("receive", *paths, *about, code=None)
    made.run("receive", *paths, *about, code=None)
    made.run("receive", "--rules")
    (made.folder / "leeg.csv").write_bytes(b"")
    made.run("receive", made.folder / "leeg.csv", "--archive", made.archive, code=10)
    _of_runs(made)
    _of_archive(made)
    _of_jobs(made)
    return made


def _of_runs(made: Country) -> None:
    scenario = next(made.made.rglob(ACTIVATED))
    made.settled("proef", "2027-05-01", "--dry-run")
    overview = made.settled("overzicht", "2027-01-31")
    run = made.settled("run", "2027-05-01", "--decided-on", "2027-07-01")
    simulated = made.settled("simulatie", "2027-05-01", "--scenario", scenario)
    made.settled("run", "2027-05-01", "--decided-on", "2027-07-01")
    own = ("--archive", made.archive)
    for folder in (run, simulated):
        made.run("verify", folder, *own)
        made.run("replay", folder, *own, "--threads", 1)
        made.run("quality", folder, *own)
        made.run("statement", folder)
        made.run("report", folder, "--out", made.folder / f"{folder.name}.html")
        made.run("audit-file", folder, *own)
    made.run("report", run, "--workbook", made.folder / "werkboek.xlsx", *own)
    made.run("quality", run, *own, "--out", made.folder / "bevindingen.html")
    made.run("statement", run, "--out", made.folder / "aansluiting.html")
    for code in sorted({row["code"] for row in _quality(run)}):
        made.run("quality", run, *own, "--rule", code, "--limit", 3)
    made.run("quality", run, *own, "--rule", "bestaat_niet", code=2)
    made.run("diff", overview, run, *own)
    made.run("diff", run, simulated, *own, "--out", made.folder / "verschil")
    made.run("diff", overview, run, *own, "--revision")
    made.run("diff", run, simulated, *own, "--revision")
    made.run("payments", run, *own, *PAYING, "--out", made.folder / "opdracht", code=None)
    made.run("payments", run, *own, *PAYING, "--out", made.folder / "opdracht", code=None)
    made.run("payments", run, *own, *PAYING, "--out", made.folder / "nog", code=2)
    simulating = ("--simulation", "--decided-on", "2027-07-03")
    made.run("payments", simulated, *own, *PAYING, "--simulation", "--out", made.folder / "opdracht2", code=None)
    made.run("decisions", run, *own, "--out", made.folder / "beschikkingen", code=None)
    made.run("decisions", simulated, *own, *simulating, "--out", made.folder / "beschikkingen2", code=None)
    made.run("overview", overview, *own, "--out", made.folder / "lijst", "--simulation")
    made.run("overview", run, *own, "--out", made.folder / "lijst2", "--simulation")
    made.run("missed", run, *own, "--out", made.folder / "gemist")
    rsin = rows_of(run / "data" / "settlement.csv")[0]["rsin"]
    decision = made.folder / "beschikking.csv"
    decision.write_text("bsn,lkv\n123456782,10.00\n", "utf-8")
    made.run(
        "reconcile", run, *own, "--decision", decision, "--employer", rsin, "--out", made.folder / "aan", code=None
    )
    _of_scenarios(made, scenario)


def _of_scenarios(made: Country, scenario: Path) -> None:
    own = ("--archive", made.archive)
    about = (*own, "--year", 2026, "--as-of", "2027-05-01", "--threads", 1)
    swept = ("--sweep", "wtl.bonus_rate=1.00:1.10:0.10", "--basis", scenario)
    made.run("simulate", *about, "--scenario", "activated-budget", *swept, "--out", made.folder / "vergelijking")
    scenarios = ("--scenario", "activated-balance", "--scenario", "lkv-without-end")
    made.run("simulate", *about, "--scenario", "lkv-without-end", "--out", made.folder / "vergelijking2")
    made.run("verify", made.folder / "vergelijking", *own)
    made.run("replay", made.folder / "vergelijking", *own, "--threads", 1)
    later = ("--as-if", "2027", "--assumptions")
    made.run("simulate", *about, *later, *scenarios, "--out", made.folder / "later", code=12)
    made.run("simulate", *about, *later, *scenarios[2:], "--out", made.folder / "later")
    made.run("simulate", "--list")
    made.run("scenario list")
    made.run("parameters", "--wide")
    made.run("tables", "--wide")
    made.run("parameters", "--on", "2026-01-01")
    made.run("parameters", "--scenario", "activated-balance", "--scenario", "activated-budget")
    made.run("tables")
    made.run("tables", "geen", code=2)


def _quality(run: Path) -> list[dict[str, str]]:
    import pyarrow.parquet as pq  # noqa: PLC0415

    rows: list[dict[str, str]] = pq.read_table(run / "data" / "quality.parquet").to_pylist()
    return rows


def _of_archive(made: Country) -> None:
    own = ("--archive", made.archive)
    made.run("archive list", *own)
    made.run("archive runs", *own)
    made.run("archive size", *own)
    made.run("archive findings", *own, "--limit", 5)
    made.run("archive findings", *own, "--rule", "IdBer_form")
    made.run("archive findings", *own, "--rule", "rows_without_bsn")
    made.run("archive findings", *own, "--rule", "bestaat_niet", code=2)
    made.run("archive check", *own)
    made.run("archive rebuild", *own, "--damaged")
    made.run("archive forget", *own, "--year", 2026, "--dry-run")
    made.run("archive forget", *own, code=2)
    made.run("archive merge", made.archive, "--archive", made.folder / "samen")
    made.run("archive withdraw", "call:1", *own, "--reason", "onjuist geleverd", "--received", "2027-06-01T00:00:00")
    made.run("archive withdraw", "call:99", *own, "--reason", "onjuist geleverd", code=2)
    made.run("archive list", *own)
    made.run("archive check", *own)
    made.run("archive list", "--archive", made.folder / "niets", code=13)
    table = next((made.archive / "rows").rglob("*.parquet"))
    table.chmod(0o600)
    table.write_bytes(b"")
    made.run("archive check", *own, code=13)
    made.run("archive rebuild", *own)
    made.run("archive check", *own, code=None)
    (made.folder / "run" / "data" / "extra.txt").write_text("x")
    made.run("verify", made.folder / "run", *own, code=21)
    made.run("replay", made.folder / "run", *own, "--threads", 1, code=21)
    (made.folder / "run" / "data" / "extra.txt").unlink()


def _of_jobs(made: Country) -> None:
    drop = made.folder / "inlever"
    drop.mkdir()
    (drop / "kapot.csv").write_text("a,b\n1,2\n", "utf-8")
    (drop / "map").mkdir()
    write_csv(drop / "register.csv", "register", rows_of(next(made.made.rglob("register*.csv")))[:2])
    os.utime(drop / "kapot.csv", (0, 0))
    own = ("--archive", made.folder / "samen")
    made.run("job nightly", *own, "--drop", drop, "--quiet-for", 0, "--keep-done", 30, code=10)
    made.run("job nightly", "--archive", made.folder / "niets", "--drop", drop, "--quiet-for", 0, code=13)
    years = made.folder / "jaren"
    years.mkdir()
    own = (*own, "--year", 2026, "--out", years, "--threads", 1, "--simulation", "--before-its-day")
    made.run("job preliminary", *own, code=None)
    made.run("job preliminary", *own, code=None)
    made.run("job yearly", *own, *PAYING, "--decided-on", "2027-07-01", "--decisions", code=None)
    made.run("job yearly", *own, *PAYING, "--decided-on", "2027-07-01", "--decisions", code=None)
    made.run("job audit", "--archive", made.folder / "samen", "--year", 2026, "--out", years / "audit.html", code=None)


def test_every_command_is_run(country):
    assert {name for name, _ in commands()} - NOT_IN_DUTCH == set(country.said)


@pytest.mark.parametrize("command", sorted({name for name, _ in commands()} - NOT_IN_DUTCH))
def test_no_english_is_left_over(country, command):
    for said in country.said[command]:
        assert said.strip()
        assert english_left_over(said, str(country.folder), *DELIVERED, *country.scenarios) == {}, said


def test_a_word_of_english_is_seen(monkeypatch):
    """The search itself: a line that nobody translated, and a catalogue with English on its Dutch side."""
    assert {"the", "with", "accepted", "and"} <= english_words()
    assert english_left_over("er zijn 3 rows accepted, settlement.csv\ngoed") == {
        "accepted": "er zijn 3 rows accepted, settlement.csv"
    }
    monkeypatch.setattr(diff_words, "NO_COLUMN", Text("no column", "no column was the same"))
    assert english_left_over(diff_words.NO_COLUMN.sentence().dutch).keys() >= {"the"}


def test_numbers_have_dutch_separators(country):
    received = next(line for line in country.said["receive"][1].splitlines() if line.startswith("samen:"))
    assert "regels ontvangen =" in received
    assert "." in received.split()[1], "thousands"
    wages = next(line for line in country.said["receive"][1].splitlines() if "premieloon" in line)
    assert wages.split()[1].count(",") == 1
    assert wages.split()[1].endswith(tuple("0123456789"))


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(lambda made: ("archive", "list", "--archive", made.archive, "--format", "json"), id="list"),
        pytest.param(lambda made: ("archive", "runs", "--archive", made.archive, "--format", "json"), id="runs"),
        pytest.param(lambda made: ("tables", "--format", "json"), id="tables"),
        pytest.param(lambda made: ("parameters", "--format", "json"), id="parameters"),
        pytest.param(
            lambda made: (
                "diff", made.folder / "overzicht", made.folder / "run", "--archive", made.folder / "samen",
                "--format", "json",
            ),
            id="diff",
        ),
    ],
)  # fmt: skip
def test_what_programs_read_is_the_same(country, arguments: Callable[[Country], tuple[object, ...]]):
    english, dutch = (quotum(*arguments(country), "--language", language) for language in ("en", "nl"))
    assert (english.exit_code, english.stdout) == (dutch.exit_code, dutch.stdout)
    assert english.stdout.strip()


def test_the_log_for_programs_is_the_same(country, tmp_path):
    lines = []
    for language in ("en", "nl"):
        drop = tmp_path / language
        drop.mkdir()
        (drop / "kapot.csv").write_text("a,b\n1,2\n", "utf-8")
        about = ("job", "nightly", "--archive", country.folder / "samen", "--drop", drop, "--quiet-for", 0)
        said = quotum(*about, "--log-format", "json", "--language", language)
        lines.append([json.loads(line) | {"time": ""} for line in said.stdout.splitlines()])
        reason = next((drop / "refused").glob("*.reason.txt")).read_text("utf-8")
        assert reason.startswith({"en": "has no column", "nl": "heeft geen kolom"}[language])
    assert lines[0] == lines[1]
    assert lines[0][0]["reason"].startswith("has no column quotum knows")


def test_the_environment_says_the_language_once(country, monkeypatch):
    monkeypatch.setenv("QUOTUM_LANGUAGE", "nl")
    assert quotum("archive", "size", "--archive", country.archive).stdout.startswith("ontvangsten")
    said = quotum("archive", "size", "--archive", country.archive, "--language", "en").stdout
    assert said.startswith("receive calls")
    assert quotum("receive", "--rules").stdout.splitlines()[0].endswith("schema: Bericht/IdBer]")
    assert "afwijzing" in quotum("receive", "--rules").stdout
    refused = quotum("archive", "size", "--archive", country.folder / "niets")
    assert (refused.exit_code, "is geen archief van quotum" in refused.output) == (13, True)
