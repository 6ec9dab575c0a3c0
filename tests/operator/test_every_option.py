"""Every option of every command is taken with a value that its help offers: nothing is offered that is refused."""

import re
import shutil
from pathlib import Path

import click
import pytest

from jobs.cli import main
from tests.helpers import files_under, quotum, table_rows
from tests.replay.keys import keys

YEAR = ("--year", "2026")
OF_YEAR = ("--archive", "{archive}", *YEAR, "--as-of", "2027-05-01", "--out", "{out}")
DEBTOR = ("--debtor-name", "Ontvanger", "--debtor-iban", "NL86INGB0002445588", "--execution-date", "2027-07-15")
A_JOB = ("--archive", "{archive}", "--out", "{folder}", *YEAR, "--before-its-day", "--simulation")
BASES = {
    "archive check": ("--archive", "{archive}"),
    "archive findings": ("--archive", "{archive}"),
    "archive forget": ("--archive", "{archive}", "--before", "2020", "--yes"),
    "archive list": ("--archive", "{archive}"),
    "archive merge": ("{other}", "--archive", "{archive}"),
    "archive rebuild": ("--archive", "{archive}"),
    "archive runs": ("--archive", "{archive}"),
    "archive size": ("--archive", "{archive}"),
    "archive withdraw": ("1", "--archive", "{archive}", "--reason", "a trial"),
    "audit-file": ("{run}", "--archive", "{archive}", "--out", "{out}"),
    "decisions": ("{run}", "--archive", "{archive}", "--out", "{out}", "--simulation", "--decided-on", "2027-07-01"),
    "diff": ("{january}", "{run}", "--archive", "{archive}", "--out", "{out}"),
    "explain": ("{run}", "{employer}", "--archive", "{archive}"),
    "generate": ("--employers", "8", *YEAR, "--out", "{out}"),
    "job audit": ("--archive", "{archive}", *YEAR, "--out", "{out}"),
    "job nightly": ("--archive", "{archive}", "--drop", "{folder}", "--quiet-for", "0"),
    "job preliminary": A_JOB,
    "job yearly": (*A_JOB, *DEBTOR, "--decided-on", "2027-07-01", "--decisions"),
    "missed": ("{run}", "--archive", "{archive}", "--out", "{out}"),
    "overview": ("{run}", "--archive", "{archive}", "--out", "{out}", "--simulation"),
    "parameters": (),
    "payments": ("{run}", "--archive", "{archive}", "--out", "{out}", "--simulation", *DEBTOR),
    "quality": ("{run}", "--archive", "{archive}"),
    "receive": ("{country}/register.csv", "--archive", "{archive}"),
    "reconcile": ("{run}", "--archive", "{archive}", "--decision", "{decision}", "--employer", "{employer}",
                  "--out", "{out}"),
    "replay": ("{run}", "--archive", "{archive}"),
    "report": ("{run}",),
    "scenario list": (),
    "scenario show": ("activated-budget",),
    "settle": OF_YEAR,
    "simulate": (*OF_YEAR, "--basis", "{country}/targets.toml", "--scenario", "activated-balance"),
    "statement": ("{run}",),
    "tables": (),
    "verify": ("{run}", "--archive", "{archive}"),
}  # fmt: skip
VALUES = {
    "--as-if": "2027",
    "--as-of": "2027-04-01", "--archive": "{archive}", "--basis": "{country}/targets.toml", "--before": "2015",
    "--charts": "{out}",
    "--company-name": "Kantoor", "--company-number": "1", "--debtor-bic": "INGBNL2A", "--decided-on": "2027-07-01",
    "--debtor-iban": "NL86INGB0002445588",
    "--debtor-name": "Kantoor", "--decision": "{decision}",
    "--delivery": "{digest}", "--drop": "{folder}", "--employer": "{employer}", "--employers": "3",
    "--employers-per-file": "2",
    "--execution-date": "2027-07-20", "--keep-done": "3", "--known-on": "2027-06-01", "--limit": "2",
    "--list": "{list}",
    "--memory-limit": "800MB", "--office": "Kantoor", "--on": "2026-01-01", "--out": "{out}", "--people": "30",
    "--person": "{person}", "--quiet-for": "1", "--reason": "another trial", "--received": "2027-06-01T10:00:00",
    "--rule": "{rule}", "--scenario": "{country}/scenario.toml", "--scratch": "{folder}", "--seed": "3",
    "--sign-key": "{key}", "--solve": "balance", "--sweep": "wtl.bonus_rate=3.00:4.00:0.50", "--threads": "1",
    "--transactions": "2", "--workbook": "{out}.xlsx", "--year": "2026",
}  # fmt: skip
OF_COMMAND = {
    ("reconcile", "--dialect"): ("nl", "--decision", "{decision_nl}"),
    ("receive", "--dialect"): ("nl", "{country_nl}/register.csv"),
    ("archive findings", "--rule"): ("wage_without_hours",),
    ("job preliminary", "--out"): ("{folder}",),
    ("job yearly", "--out"): ("{folder}",),
    ("report", "--language"): ("nl", "--out", "{out}"),
    ("explain", "--only"): ("bonus",),
}
"""What an option takes with it: a value, and other arguments."""
ELSEWHERE = {
    ("*", "--rows"): "goes with Spark: tests/spark",
    ("*", "--schemas"): "the official schemas are not ours to ship: tests/unit/test_schemas.py",
    ("*", "--extra-registrations"): "goes with a simulation over a second register: tests/replay/test_simulation.py",
    ("*", "--public-key"): "asks for a signed run: tests/replay/test_signature.py",
    ("*", "--kind"): "goes with a file of the kind: tests/commands/test_every_form.py",
    ("settle", "--regime"): "a levy rests on returns of the year before too: tests/commands/test_quota_levy.py",
    ("payments", "--revision-of"): "asks for an order before: tests/commands/test_payments.py",
    ("payments", "--with-unpaid"): "the same",
    ("archive withdraw", "--number"): "goes with a message: tests/commands/test_put_right.py",
    ("archive withdraw", "--filed-at"): "the same",
}
_NOT_OFFERED_HERE = {"spark"}


def _leaves(command: click.Command, path: str = ""):
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            below = command.get_command(click.Context(command), name)
            assert below is not None
            yield from _leaves(below, f"{path} {name}".strip())
    else:
        yield path, command


COMMANDS = dict(_leaves(main))


def _trials():
    """Each command, option and what is given with it; each value where there is a choice."""
    for path, command in COMMANDS.items():
        yield path, "", ()
        for option in command.params:
            if not isinstance(option, click.Option) or {(path, option.opts[0]), ("*", option.opts[0])} & set(ELSEWHERE):
                continue
            name = option.opts[0]
            if (path, name) in OF_COMMAND:
                yield path, name, (name, *OF_COMMAND[path, name])
            elif option.is_flag:
                yield path, name, (name,)
            elif isinstance(option.type, click.Choice):
                for value in set(option.type.choices) - _NOT_OFFERED_HERE:
                    yield path, name, (name, value)
            else:
                yield path, name, (name, VALUES.get(name, "?"))


TRIALS = sorted(set(_trials()))


def test_every_option_has_a_value_to_try():
    assert [trial for trial in TRIALS if "?" in trial[2]] == []
    assert set(BASES) == set(COMMANDS)


@pytest.fixture(scope="module")
def names_of_country(tmp_path_factory) -> dict[str, str]:
    """A small country, an archive of it, two runs, and the names of what is in them."""
    folder = tmp_path_factory.mktemp("made")
    country, archive = folder / "country", folder / "archive"
    _run("generate", "--employers", "40", *YEAR, "--format", "parquet", "--out", country)
    _run("receive", *_deliveries(country), "--archive", archive, "--received", "2027-05-02T06:00:00")
    shutil.copytree(archive, folder / "other")
    scenario = ("--scenario", country / "scenario.toml")
    _run("settle", "--archive", archive, *YEAR, "--as-of", "2027-05-01", *scenario, "--out", folder / "run")
    _run("settle", "--archive", archive, *YEAR, "--as-of", "2027-04-01", *scenario, "--out", folder / "january")
    line = table_rows(folder / "run", "bonus_lines")[0]
    employer, person = f"{line['rsin']:09}", f"{line['bsn']:09}"
    nl = folder / "country_nl"
    nl.mkdir()
    register = (country / "register.csv").read_text("utf-8").replace(",", ";")
    (nl / "register.csv").write_text(_dutch_days(register))
    (folder / "decision.csv").write_text(f"bsn,lkv\n{person},0.00\n")
    (folder / "decision_nl.csv").write_text(f"bsn;lkv\n{person};0,00\n")
    (folder / "list").write_text(f"{employer}\n")
    key, _public = keys(folder)
    rule = table_rows(folder / "run", "quality")[0]["code"]
    digest = next(iter(files_under(archive / "originals"))).split("/")[-1][:12]
    return {
        "base": str(folder), "country": str(country), "country_nl": str(nl), "other": str(folder / "other"),
        "run": str(folder / "run"), "january": str(folder / "january"), "employer": employer, "person": person,
        "decision": str(folder / "decision.csv"), "decision_nl": str(folder / "decision_nl.csv"),
        "list": str(folder / "list"), "key": str(key), "rule": str(rule), "digest": digest,
    }  # fmt: skip


def _run(*arguments: object) -> None:
    result = quotum(*arguments)
    assert result.exit_code == 0, result.output


def _deliveries(country: Path) -> list[Path]:
    return [path for path in sorted(country.iterdir()) if path.suffix != ".toml"]


def _dutch_days(text: str) -> str:
    return re.sub(r"(\d{4})-(\d{2})-(\d{2})", r"\3-\2-\1", text)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "option", "given"), TRIALS, ids=lambda part: "_".join(part) if isinstance(part, tuple) else part
)
def test_every_option_that_is_offered_is_taken(path, option, given, names_of_country, tmp_path):
    archive = shutil.copytree(Path(names_of_country["base"]) / "archive", tmp_path / "archive")
    (tmp_path / "folder").mkdir()
    names = names_of_country | {
        "archive": str(archive),
        "out": str(tmp_path / "out"),
        "folder": str(tmp_path / "folder"),
    }
    base = list(BASES[path])
    if option in ("--decision", "--dialect") and path == "reconcile":
        at = base.index("--decision")
        del base[at : at + 2]
    if (path, option) == ("receive", "--dialect"):
        base.pop(0)
    result = quotum(*path.split(), *(word.format(**names) for word in (*base, *given)))
    assert result.exit_code == 0, result.output
