"""Who vouches for a run: the figures that the same code ships, and the note of its archive or a checked signature."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date

import pytest

from quotum.version import code_digest
from tests.helpers import (
    EXAMPLES,
    HOUSE,
    discreet,
    ended,
    example,
    example_files,
    personal_values,
    quotum,
    settle_command,
    settled,
    take_in,
)
from tests.replay.altering import a_copy, change_rows, seal_again
from tests.replay.keys import keys
from tests.report.html import Parts

pytestmark = pytest.mark.slow

EIGHT = EXAMPLES[0]
SECRETS = personal_values(example_files(EIGHT))
RATE = "wtl.jobs_agreement_rate"
FORGED = f"{RATE} from 2018-01-01: 5.55 in the run, 1.01 is what this version ships"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An archive with a run as enacted, a simulation, and a run of a copy of quotum in which an LKV rate was changed.

    That run then names the genuine code, and is sealed anew.
    """
    folder = tmp_path_factory.mktemp("vouched")
    take_in(folder / "archive", example_files(EIGHT))
    settled(folder / "archive", folder / "enacted")
    settled(folder / "archive", folder / "simulated", example(EIGHT) / "scenario.toml")
    for name in ("quotum", "jobs"):
        shutil.copytree(HOUSE / name, folder / "installed" / name, ignore=shutil.ignore_patterns("__pycache__"))
    figures = folder / "installed" / "quotum" / "parameters" / "wtl.toml"
    before, after = figures.read_text("utf-8").split("[[jobs_agreement_rate.values]]")
    changed = after.replace('value = "1.01"', 'value = "5.55"', 1)
    figures.write_text(f"{before}[[jobs_agreement_rate.values]]{changed}", "utf-8")
    forge(folder, "forged")
    forge(folder, "forged-simulation", "--scenario", example(EIGHT) / "scenario.toml")
    return folder


def forge(folder, name, *more):
    """Settle with the changed copy, put the genuine digest of the code in the record, and seal again."""
    run = folder / name
    process = subprocess.run(
        [sys.executable, "-m", "jobs.cli", "settle", "--archive", folder / "archive", "--year", "2026", "--as-of",
         "2027-05-01", "--out", run, "--threads", "1", *more],
        cwd=folder / "installed", env=os.environ | {"PYTHONPATH": str(folder / "installed")}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr
    copy = a_copy(run, folder / f"{name}-copy")
    for path in (run, run / "data"):
        path.chmod(0o700)
    shutil.rmtree(run)
    copy.rename(run)
    record = json.loads((run / "data" / "run.json").read_text("utf-8"))
    assert record["code"]["sha256"] != code_digest()
    change_record(run, code=record["code"] | {"sha256": code_digest()})


def change_record(run, **changed):
    """Change the record of a run, and seal it again."""
    path = run / "data" / "run.json"
    record = json.loads(path.read_text("utf-8")) | changed
    path.write_bytes((json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode())
    seal_again(run)


def record_of(run):
    return json.loads((run / "data" / "run.json").read_text("utf-8"))


def note_it(archive, run):
    """Note a run that was changed, as somebody would who can write the archive."""
    from quotum.archive.layout import existing  # noqa: PLC0415 (only here)
    from quotum.archive.notes import Note, add_notes  # noqa: PLC0415 (only here)
    from quotum.run_folder.bag import run_digest  # noqa: PLC0415 (only here)

    new = Note(2026, date(2027, 5, 1), None, "as-enacted", False, run_digest(run), str(run))
    add_notes(existing(archive), (new,))


def said_of(command, run, archive, code, *more):
    output = ended(quotum(command, run, "--archive", archive, *more), code)
    discreet(output, SECRETS)
    return output


# Figures.


@pytest.mark.parametrize("name", ["enacted", "simulated"])
def test_a_genuine_run_has_the_figures_that_its_code_ships(name, place):
    """A scenario may set its own: those are named as such."""
    assert "figures    those that this version ships" in said_of("verify", place / name, place / "archive", 0)
    output = said_of("replay", place / name, place / "archive", 0)
    assert ("but for what the scenario of the run sets" in output) is (name == "simulated")


@pytest.mark.parametrize("name", ["forged", "forged-simulation"])
def test_replay_names_a_forged_figure_and_says_20(name, place):
    """The results are the same: they are what those figures give."""
    output = said_of("replay", place / name, place / "archive", 20)
    assert f"not shipped: {FORGED}" in output
    assert "outcome    figures are not what this version ships; results are the same" in output


def test_verify_says_21_also_when_the_archive_notes_the_run(place, tmp_path):
    archive = a_copy(place / "archive", tmp_path / "archive")
    note_it(archive, place / "forged")
    output = said_of("verify", place / "forged", archive, 21)
    assert "noted      in the archive" in output
    assert f"wrong: a figure of the run is not what the same code ships: {FORGED}" in output
    assert FORGED in said_of("replay", place / "forged", archive, 20)


@pytest.mark.parametrize("form", ["text", "html", "json"])
def test_explain_does_not_call_it_enacted(form, place):
    """At the top, and at each step that rests on it, which is marked as assumed."""
    employer = example_employer()
    output = ended(quotum("explain", place / "forged", employer, "--archive", place / "archive", "--format", form), 0)
    genuine = ended(quotum("explain", place / "enacted", employer, "--archive", place / "archive", "--format", form), 0)
    flat = re.sub(r"\s+", " ", output)
    assert FORGED in flat
    assert "5.55 euro per paid hour (not shipped: " in flat
    assert re.search(r"1\.01 euro per paid hour \(enacted: ", re.sub(r"\s+", " ", genuine))
    assert "not shipped" not in genuine
    if form == "json":
        footings = {step["footing"] for step in json.loads(output)["steps"] if RATE in str(step["inputs"])}
        assert footings == {"assumed"}
        assert json.loads(output)["figures_not_shipped"] == [FORGED]
        assert json.loads(genuine)["figures_not_shipped"] == []
    else:
        assert "Not enacted: a figure of this run" in flat


@pytest.mark.parametrize(
    ("language", "warned", "status"),
    [
        ("en", "Figures of this run are not those this version ships: do not use it", "not shipped"),
        ("nl", "Cijfers van deze run zijn niet die van deze versie: gebruik de run niet", "niet meegeleverd"),
    ],
)
@pytest.mark.parametrize("name", ["forged", "forged-simulation", "enacted", "simulated"])
def test_a_report_warns_of_figures_that_are_not_shipped(name, language, warned, status, place, tmp_path):
    """At the top, naming them, and at the figure, which is not called law."""
    out = tmp_path / "report.html"
    ended(quotum("report", place / name, "--out", out, "--language", language), 0)
    parts = Parts(out.read_bytes())
    words, forged = re.sub(r"\s+", " ", parts.words), name.startswith("forged")
    assert (warned in words) is (FORGED in words) is forged
    marked = [row for row in parts.tables["parameters-table"] if status in row]
    assert len(marked) == forged
    assert all(RATE in row and "5.55" in {item.replace(",", ".") for item in row} for row in marked)


def example_employer():
    lines = (example(EIGHT) / "expected_bonus_lines.csv").read_text("utf-8").splitlines()
    return dict(zip(lines[0].split(","), lines[1].split(","), strict=True))["rsin"]


def with_figure(run, place, name, /, **changed):
    """A copy of a run in whose record a figure says something else."""
    copy = a_copy(run, place)
    figures = [
        parameter | changed if parameter["name"] == name else parameter for parameter in record_of(copy)["parameters"]
    ]
    assert figures != record_of(copy)["parameters"]
    change_record(copy, parameters=figures)
    return copy


@pytest.mark.parametrize(
    ("name", "changed", "expected"),
    [
        pytest.param(RATE, {"value": "0.01"}, f"{RATE} from 2018-01-01: 0.01 in the run, 1.01 is", id="value"),
        pytest.param(RATE, {"status": "scenario"}, "status is scenario in the run, enacted in", id="status"),
        pytest.param(RATE, {"source": "me"}, "source is me in the run", id="source"),
        pytest.param(RATE, {"valid_from": "2017-01-01"}, "1.01 in the run, and this version ships 1.01", id="day"),
        pytest.param(RATE, {"name": "wtl.no_such_thing"}, "this version ships no such parameter", id="name"),
    ],
)
def test_whatever_is_other_in_the_record_is_named(name, changed, expected, place, tmp_path):
    copy = with_figure(place / "enacted", tmp_path / "run", name, **changed)
    assert expected in said_of("verify", copy, place / "archive", 21)
    assert expected in said_of("replay", copy, place / "archive", 20)


def test_a_figure_that_is_left_out_of_the_record_is_named(place, tmp_path):
    """Some are read only where there is a value: without them a run would be repeated without a word."""
    copy = a_copy(place / "enacted", tmp_path / "run")
    kept = [
        parameter for parameter in record_of(copy)["parameters"] if parameter["name"] != "wfsv.maximum_premium_wage"
    ]
    assert len(kept) < len(record_of(copy)["parameters"])
    change_record(copy, parameters=kept)
    assert "wfsv.maximum_premium_wage from 2026-01-01: not named in the run" in said_of(
        "replay", copy, place / "archive", 20
    )


def test_what_a_scenario_sets_may_differ_and_only_as_it_sets_it(place, tmp_path):
    rate = "wet_banenafspraak.surcharge_rate"
    copy = with_figure(place / "simulated", tmp_path / "run", rate, value="0.01")
    assert f"{rate}: 0.01 in the run, 0.35 is what the scenario of the run sets" in said_of(
        "replay", copy, place / "archive", 20
    )


def test_a_scenario_sets_nothing_in_a_run_that_is_no_simulation(place, tmp_path):
    copy = a_copy(place / "simulated", tmp_path / "run")
    change_record(copy, simulation=False)
    assert "activated_in: 2024 in the run, and this version ships no value" in said_of(
        "verify", copy, place / "archive", 21
    )


def test_figures_as_known_on_a_day_are_compared_with_those_known_on_that_day(place, tmp_path):
    """On the day before a figure was known another one ran on, or none: that is what was shipped on that day."""
    archive = a_copy(place / "archive", tmp_path / "archive")
    settled(archive, tmp_path / "run", known_on=date(2027, 5, 2))
    assert "those that this version ships" in said_of("replay", tmp_path / "run", archive, 0)
    figures = {(parameter["name"], parameter["valid_from"]) for parameter in record_of(tmp_path / "run")["parameters"]}
    assert figures == {
        (parameter["name"], parameter["valid_from"]) for parameter in record_of(place / "enacted")["parameters"]
    }
    copy = a_copy(tmp_path / "run", tmp_path / "earlier")
    change_record(copy, known_on="2018-01-01")
    assert "from 2026-01-01: " in said_of("verify", copy, archive, 21)


def test_runs_of_other_code_are_compared_with_nothing(place, tmp_path):
    """They are 21 for replay; verify computes nothing and says that figures were not compared."""
    copy = a_copy(place / "enacted", tmp_path / "run")
    change_record(copy, code={"version": "0.0.9", "sha256": "0" * 64})
    archive = a_copy(place / "archive", tmp_path / "archive")
    note_it(archive, copy)
    assert "figures    not compared with those of this version" in said_of("verify", copy, archive, 0)
    output = said_of("replay", copy, archive, 21)
    assert "made by other code than this" in output
    assert "figures    not compared" in output


# Notes and signatures.


@pytest.fixture(scope="module")
def unnoted(place, tmp_path_factory):
    """An archive without any note, and a signed run of it."""
    folder = tmp_path_factory.mktemp("unnoted")
    take_in(folder / "archive", example_files(EIGHT))
    private, public = keys(folder)
    notes = (folder / "archive" / "notes" / "runs.json").read_bytes()
    ended(settle_command(folder / "archive", folder / "run", "--threads", 1, "--sign-key", private), 0)
    (folder / "archive" / "notes" / "runs.json").write_bytes(notes)
    return folder, public


@pytest.mark.parametrize("command", ["verify", "replay"])
def test_a_run_that_nobody_vouches_for_is_21(command, unnoted):
    """A signature beside it vouches for nothing as long as it is not checked."""
    folder, _ = unnoted
    output = said_of(command, folder / "run", folder / "archive", 21)
    assert "the archive has no note of a run with this digest" in output
    assert "name the key of who signed it with --public-key" in output
    assert "signature  there, not checked" in output
    if command == "replay":
        assert "outcome    cannot be certified; results are the same" in output


@pytest.mark.parametrize("command", ["verify", "replay"])
def test_a_signature_that_was_checked_vouches(command, unnoted):
    folder, public = unnoted
    output = said_of(command, folder / "run", folder / "archive", 0, "--public-key", public)
    assert "noted      not in the archive" in output
    assert "signature  made with the key" in output


@pytest.mark.parametrize("command", ["verify", "replay"])
def test_a_signature_of_another_key_does_not_vouch(command, unnoted, tmp_path):
    folder, _ = unnoted
    _, other = keys(tmp_path, 8)
    output = said_of(command, folder / "run", folder / "archive", 21, "--public-key", other)
    assert "not made over this run" in output
    assert "the archive has no note" in output


def test_a_changed_run_differs_first_of_all_and_is_not_noted_besides(place, tmp_path):
    """That results differ is worse than that nobody vouches for them."""
    copy = a_copy(place / "enacted", tmp_path / "run")
    change_rows(copy, "settlement", lambda rows: rows[1:])
    seal_again(copy)
    output = said_of("replay", copy, place / "archive", 20)
    assert "not certified: the archive has no note of a run" in output
    assert "outcome    results differ" in output


@pytest.mark.parametrize("command", ["verify", "replay"])
@pytest.mark.parametrize("damage", ["altered", "missing"])
def test_notes_that_cannot_be_read_vouch_for_nothing(command, damage, place, unnoted, tmp_path):
    archive = a_copy(place / "archive", tmp_path / "archive")
    notes = archive / "notes" / "runs.json"
    notes.unlink() if damage == "missing" else notes.write_bytes(notes.read_bytes().replace(b"2026", b"2025", 1))
    output = said_of(command, place / "enacted", archive, 21)
    assert "it cannot be said whether the archive notes the run" in output
    assert "restore the file from its backup" in output
    run, public = unnoted[0] / "run", unnoted[1]
    assert "noted      cannot be said" in said_of(command, run, archive, 0, "--public-key", public)


@pytest.mark.parametrize("command", ["verify", "replay"])
def test_a_run_that_was_copied_elsewhere_is_noted_by_its_digest(command, place, tmp_path):
    copy = shutil.copytree(place / "enacted", tmp_path / "copy")
    assert "noted      in the archive, under this digest" in said_of(command, copy, place / "archive", 0)


def test_notes_go_along_when_archives_are_merged(place, unnoted, tmp_path):
    """An archive without a note of the run gets it from the one that has it."""
    archive = a_copy(unnoted[0] / "archive", tmp_path / "archive")
    said_of("verify", place / "enacted", archive, 21)
    ended(quotum("archive", "merge", "--archive", archive, place / "archive"), 0)
    said_of("verify", place / "enacted", archive, 0)


def test_settling_again_to_the_same_place_notes_a_run_that_could_not_be_noted(unnoted, tmp_path):
    """What the message of settle and that of verify say to do."""
    archive = a_copy(unnoted[0] / "archive", tmp_path / "archive")
    output = ended(settle_command(archive, unnoted[0] / "run", "--threads", 1), 0)
    assert "there already" in output
    assert "noted      in the archive" in said_of("replay", unnoted[0] / "run", archive, 0)


def test_the_audit_of_a_year_shows_a_forged_run(place, tmp_path):
    archive = a_copy(place / "archive", tmp_path / "archive")
    note_it(archive, place / "forged")
    page = tmp_path / "audit.html"
    output = ended(quotum("job", "audit", "--archive", archive, "--year", 2026, "--out", page, "--threads", 1), 20)
    assert "figures are not what this version ships" in output
    assert "figures are not what this version ships" in page.read_text("utf-8")
