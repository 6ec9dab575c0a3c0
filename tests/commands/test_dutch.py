"""Every command that prints, in Dutch over a small country: no English is left over; what programs read is the same."""

import json
import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from quotum.diff import words as diff_words
from quotum.words import Text
from tests.dutch import PRINTING_NOTHING, commands, english_left_over, english_words
from tests.helpers import quotum, rows_of, write_csv

pytestmark = pytest.mark.slow
"""Every command that prints, once: what each sentence is, tests/unit/test_both_languages.py asks every time."""

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
        self.deliveries = folder / "gemaakt"
        self.printed: dict[str, list[str]] = {}

    @property
    def scenarios(self) -> list[str]:
        """Titles and notes of the scenarios that come with the country: they are data."""
        read = [tomllib.loads(path.read_text("utf-8")) for path in sorted(self.deliveries.rglob("*.toml"))]
        return [text for scenario in read for text in (scenario["title"], scenario["note"].strip())]

    def run(self, command: str, *arguments: object, code: int | None = 0) -> str:
        """A command in Dutch; keeps what it said."""
        result = quotum(*command.split(), *arguments, "--language", "nl")
        assert result.exception is None or isinstance(result.exception, SystemExit), (command, result.exception)
        if code is not None:
            assert result.exit_code == code, (command, result.output)
        self.printed.setdefault(command, []).append(result.output)
        return result.output

    def settled(self, name: str, as_of: str, *more: object, code: int | None = None) -> Path:
        out = self.folder / name
        about = ("--archive", self.archive, "--year", 2026, "--as-of", as_of, "--out", out, "--threads", 1)
        self.run("settle", *about, *more, code=code)
        return out


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """Everything is printed once, in the order of a year."""
    country = Country(tmp_path_factory.mktemp("nl"))
    country.run(
        "generate",
        "--employers",
        30,
        "--year",
        2026,
        "--format",
        "csv",
        "--defects",
        "--out",
        country.deliveries,
        code=0,
    )
    files = [path for path in sorted(country.deliveries.iterdir()) if path.name not in ("defects.csv", ACTIVATED)]
    files = [path for path in files if path.suffix in (".csv", ".xml", ".parquet", ".gz") or path.is_dir()]
    paths = [path for path in files if path.is_file()]
    about = ("--archive", country.archive, "--received", "2027-05-02T06:00:00")
    country.run("receive", *paths, *about, "--dry-run", code=None)
    country.run("receive", *paths, *about, code=None)
    country.run("receive", *paths, *about, code=None)
    country.run("receive", "--rules")
    (country.folder / "leeg.csv").write_bytes(b"")
    country.run("receive", country.folder / "leeg.csv", "--archive", country.archive, code=10)
    _of_runs(country)
    _of_archive(country)
    _of_jobs(country)
    return country


def _of_runs(country: Country) -> None:
    scenario = next(country.deliveries.rglob(ACTIVATED))
    country.settled("proef", "2027-05-01", "--dry-run")
    overview = country.settled("overzicht", "2027-01-31")
    run = country.settled("run", "2027-05-01", "--decided-on", "2027-07-01")
    simulated = country.settled("simulatie", "2027-05-01", "--scenario", scenario)
    country.settled("run", "2027-05-01", "--decided-on", "2027-07-01")
    own = ("--archive", country.archive)
    for folder in (run, simulated):
        country.run("verify", folder, *own)
        country.run("replay", folder, *own, "--threads", 1)
        country.run("quality", folder, *own)
        country.run("statement", folder)
        country.run("report", folder, "--out", country.folder / f"{folder.name}.html")
        country.run("audit-file", folder, *own)
    country.run("report", run, "--workbook", country.folder / "werkboek.xlsx", *own)
    country.run("quality", run, *own, "--out", country.folder / "bevindingen.html")
    country.run("statement", run, "--out", country.folder / "aansluiting.html")
    for code in sorted({row["code"] for row in _quality(run)}):
        country.run("quality", run, *own, "--rule", code, "--limit", 3)
    country.run("quality", run, *own, "--rule", "bestaat_niet", code=2)
    country.run("diff", overview, run, *own)
    country.run("diff", run, simulated, *own, "--out", country.folder / "verschil")
    country.run("diff", overview, run, *own, "--revision")
    country.run("diff", run, simulated, *own, "--revision")
    country.run("payments", run, *own, *PAYING, "--out", country.folder / "opdracht", code=None)
    country.run("payments", run, *own, *PAYING, "--out", country.folder / "opdracht", code=None)
    country.run("payments", run, *own, *PAYING, "--out", country.folder / "nog", code=2)
    simulating = ("--simulation", "--decided-on", "2027-07-03")
    country.run("payments", simulated, *own, *PAYING, "--simulation", "--out", country.folder / "opdracht2", code=None)
    country.run("decisions", run, *own, "--out", country.folder / "beschikkingen", code=None)
    country.run("decisions", simulated, *own, *simulating, "--out", country.folder / "beschikkingen2", code=None)
    country.run("overview", overview, *own, "--out", country.folder / "lijst", "--simulation")
    country.run("overview", run, *own, "--out", country.folder / "lijst2", "--simulation")
    country.run("missed", run, *own, "--out", country.folder / "gemist")
    rsin = rows_of(run / "data" / "settlement.csv")[0]["rsin"]
    decision = country.folder / "beschikking.csv"
    decision.write_text("bsn,lkv\n123456782,10.00\n", "utf-8")
    country.run(
        "reconcile", run, *own, "--decision", decision, "--employer", rsin, "--out", country.folder / "aan", code=None
    )
    _of_scenarios(country, scenario)


def _of_scenarios(country: Country, scenario: Path) -> None:
    own = ("--archive", country.archive)
    about = (*own, "--year", 2026, "--as-of", "2027-05-01", "--threads", 1)
    swept = ("--sweep", "wtl.bonus_rate=1.00:1.10:0.10", "--basis", scenario)
    country.run("simulate", *about, "--scenario", "activated-budget", *swept, "--out", country.folder / "vergelijking")
    scenarios = ("--scenario", "activated-balance", "--scenario", "lkv-without-end")
    country.run("simulate", *about, "--scenario", "lkv-without-end", "--out", country.folder / "vergelijking2")
    country.run("verify", country.folder / "vergelijking", *own)
    country.run("replay", country.folder / "vergelijking", *own, "--threads", 1)
    later = ("--as-if", "2027", "--assumptions")
    country.run("simulate", *about, *later, *scenarios, "--out", country.folder / "later", code=12)
    country.run("simulate", *about, *later, *scenarios[2:], "--out", country.folder / "later")
    country.run("simulate", "--list")
    country.run("scenario list")
    country.run("parameters", "--wide")
    country.run("tables", "--wide")
    country.run("parameters", "--on", "2026-01-01")
    country.run("parameters", "--scenario", "activated-balance", "--scenario", "activated-budget")
    country.run("tables")
    country.run("tables", "geen", code=2)


def _quality(run: Path) -> list[dict[str, str]]:
    import pyarrow.parquet as pq  # noqa: PLC0415

    rows: list[dict[str, str]] = pq.read_table(run / "data" / "quality.parquet").to_pylist()
    return rows


def _of_archive(country: Country) -> None:
    own = ("--archive", country.archive)
    country.run("archive list", *own)
    country.run("archive runs", *own)
    country.run("archive size", *own)
    country.run("archive findings", *own, "--limit", 5)
    country.run("archive findings", *own, "--rule", "IdBer_form")
    country.run("archive findings", *own, "--rule", "rows_without_bsn")
    country.run("archive findings", *own, "--rule", "bestaat_niet", code=2)
    country.run("archive check", *own)
    country.run("archive rebuild", *own, "--damaged")
    country.run("archive forget", *own, "--year", 2026, "--dry-run")
    country.run("archive forget", *own, code=2)
    country.run("archive merge", country.archive, "--archive", country.folder / "samen")
    country.run("archive withdraw", "call:1", *own, "--reason", "onjuist geleverd", "--received", "2027-06-01T00:00:00")
    country.run("archive withdraw", "call:99", *own, "--reason", "onjuist geleverd", code=2)
    country.run("archive list", *own)
    country.run("archive check", *own)
    country.run("archive list", "--archive", country.folder / "niets", code=13)
    table = next((country.archive / "rows").rglob("*.parquet"))
    table.chmod(0o600)
    table.write_bytes(b"")
    country.run("archive check", *own, code=13)
    country.run("archive rebuild", *own)
    country.run("archive check", *own, code=None)
    (country.folder / "run" / "data" / "extra.txt").write_text("x")
    country.run("verify", country.folder / "run", *own, code=21)
    country.run("replay", country.folder / "run", *own, "--threads", 1, code=21)
    (country.folder / "run" / "data" / "extra.txt").unlink()


def _of_jobs(country: Country) -> None:
    drop = country.folder / "inlever"
    drop.mkdir()
    (drop / "kapot.csv").write_text("a,b\n1,2\n", "utf-8")
    (drop / "map").mkdir()
    write_csv(drop / "register.csv", "register", rows_of(next(country.deliveries.rglob("register*.csv")))[:2])
    os.utime(drop / "kapot.csv", (0, 0))
    own = ("--archive", country.folder / "samen")
    country.run("job nightly", *own, "--drop", drop, "--quiet-for", 0, "--keep-done", 30, code=10)
    country.run("job nightly", "--archive", country.folder / "niets", "--drop", drop, "--quiet-for", 0, code=13)
    years = country.folder / "jaren"
    years.mkdir()
    own = (*own, "--year", 2026, "--out", years, "--threads", 1, "--simulation", "--before-its-day")
    country.run("job preliminary", *own, code=None)
    country.run("job preliminary", *own, code=None)
    country.run("job yearly", *own, *PAYING, "--decided-on", "2027-07-01", "--decisions", code=None)
    country.run("job yearly", *own, *PAYING, "--decided-on", "2027-07-01", "--decisions", code=None)
    country.run(
        "job audit", "--archive", country.folder / "samen", "--year", 2026, "--out", years / "audit.html", code=None
    )


def test_every_command_is_run(country):
    assert {name for name, _ in commands()} - NOT_IN_DUTCH == set(country.printed)


@pytest.mark.parametrize("command", sorted({name for name, _ in commands()} - NOT_IN_DUTCH))
def test_no_english_is_left_over(country, command):
    for text in country.printed[command]:
        assert text.strip()
        whole = re.sub(r"-\n +", "-", text)  # the name of a scenario over a narrow column
        assert english_left_over(whole, str(country.folder), *DELIVERED, *country.scenarios) == {}, text


def test_a_word_of_english_is_seen(monkeypatch):
    """The search itself: a line that nobody translated, and a catalogue with English on its Dutch side."""
    assert {"the", "with", "accepted", "and"} <= english_words()
    assert english_left_over("er zijn 3 rows accepted, settlement.csv\ngoed") == {
        "accepted": "er zijn 3 rows accepted, settlement.csv"
    }
    monkeypatch.setattr(diff_words, "NO_COLUMN", Text("no column", "no column was the same"))
    assert english_left_over(diff_words.NO_COLUMN.sentence().dutch).keys() >= {"the"}


def test_numbers_have_dutch_separators(country):
    received = next(line for line in country.printed["receive"][1].splitlines() if line.startswith("samen:"))
    assert "regels ontvangen =" in received
    assert "." in received.split()[1], "thousands"
    wages = next(line for line in country.printed["receive"][1].splitlines() if "premieloon" in line)
    assert wages.split()[1].count(",") == 1
    assert wages.split()[1].endswith(tuple("0123456789"))


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(lambda country: ("archive", "list", "--archive", country.archive, "--format", "json"), id="list"),
        pytest.param(lambda country: ("archive", "runs", "--archive", country.archive, "--format", "json"), id="runs"),
        pytest.param(lambda country: ("tables", "--format", "json"), id="tables"),
        pytest.param(lambda country: ("parameters", "--format", "json"), id="parameters"),
        pytest.param(
            lambda country: (
                "diff", country.folder / "overzicht", country.folder / "run", "--archive", country.folder / "samen",
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
        process = quotum(*about, "--log-format", "json", "--language", language)
        lines.append([json.loads(line) | {"time": ""} for line in process.stdout.splitlines()])
        reason = next((drop / "refused").glob("*.reason.txt")).read_text("utf-8")
        assert reason.startswith({"en": "has no column", "nl": "heeft geen kolom"}[language])
    assert lines[0] == lines[1]
    assert lines[0][0]["reason"].startswith("has no column quotum knows")


def test_the_environment_says_the_language_once(country, monkeypatch):
    monkeypatch.setenv("QUOTUM_LANGUAGE", "nl")
    assert quotum("archive", "size", "--archive", country.archive).stdout.startswith("ontvangsten")
    result = quotum("archive", "size", "--archive", country.archive, "--language", "en").stdout
    assert result.startswith("receive calls")
    assert quotum("receive", "--rules").stdout.splitlines()[0].endswith("schema: Bericht/IdBer]")
    assert "afwijzing" in quotum("receive", "--rules").stdout
    refused = quotum("archive", "size", "--archive", country.folder / "niets")
    assert (refused.exit_code, "is geen archief van quotum" in refused.output) == (13, True)
