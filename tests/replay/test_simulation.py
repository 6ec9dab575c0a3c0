"""A sealed simulation: a figure in a letter is checked against the archive, or it is said exactly why it cannot be."""

import hashlib
import json
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import attrs
import bagit
import pytest

from quotum.comparison.files import read
from quotum.errors import SelfCheckFailed
from quotum.replay import recompute, shipped_figures
from quotum.run_folder import bag
from quotum.simulate import record as records
from quotum.simulate.request import SimulationRequest
from quotum.simulation_folder import recompute as repeating
from quotum.simulation_folder import sealing
from quotum.words import in_language
from tests.helpers import (
    AS_OF,
    EXAMPLES,
    deliver,
    discreet,
    ended,
    example,
    example_files,
    files_under,
    quotum,
    record_and_results,
    rows_of,
    take_in,
)
from tests.replay.altering import a_copy, flip, seen
from tests.replay.keys import keys
from tests.rows import cells, numbered

pytestmark = pytest.mark.slow

EIGHT = EXAMPLES[0]
ADDED = numbered(901)
OUTSIDE = ("index.html", "comparison.csv", "comparison.parquet", "comparison.xlsx", "sweep.csv")


def simulate(archive, out, code, *more):
    result = quotum(
        "simulate", "--archive", archive, "--year", 2026, "--as-of", AS_OF, "--out", out, "--threads", 1, *more
    )
    return ended(result, code)


def said_of(command, folder, archive, code, *more):
    more = ("--threads", 1, *more) if command == "replay" else more
    output = ended(quotum(command, folder, "--archive", archive, *more), code)
    discreet(output)
    return output


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An archive and a simulation with every kind of scenario file: own, with own bases, joined, with a register."""
    folder = tmp_path_factory.mktemp("sealed")
    take_in(folder / "archive", example_files(EIGHT))
    scenarios = folder / "scenarios"
    (scenarios / "bases").mkdir(parents=True)
    (scenarios / "bases" / "ours.toml").write_text('title = "Ours"\nbase = "activated-budget"\n')
    (scenarios / "policy of 2027.toml").write_text(
        'title = "Policy"\nnote = "A note."\nbase = "bases/ours.toml"\n[set]\n"wtl.bonus_rate" = "3.50"\n'
        '[range]\n"wtl.bonus_rate" = ["3.00", "4.00"]\n'
    )
    (scenarios / "more.csv").write_text(f"bsn,registered_from,registered_until,ground\n{ADDED},2020-01-01,,x\n")
    (scenarios / "wider.toml").write_text('title = "Wider"\n[files]\nextra_registrations = "more.csv"\n')
    simulate(
        folder / "archive", folder / "out", 0, "--basis", example(EIGHT) / "scenario.toml",
        "--scenario", scenarios / "policy of 2027.toml", "--scenario", f"sectors-joint+{scenarios / 'wider.toml'}",
        "--sweep", "wtl.bonus_rate=3.00:3.20:0.10", "--language", "nl",
    )  # fmt: skip
    return folder


def seal_again(folder: Path) -> None:
    """Make the manifests fit what is there, as somebody would who wants a change to go unseen."""

    def lines(paths):
        return "".join(
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
            for path in paths
        )

    files = sorted(path for path in folder.rglob("*") if path.is_file())
    (folder / "manifest-sha256.txt").write_text(lines(path for path in files if folder / "data" in path.parents))
    beside = {"tagmanifest-sha256.txt", "environment.json"}
    tags = [path for path in files if folder / "data" not in path.parents and path.name not in beside]
    (folder / "tagmanifest-sha256.txt").write_text(lines(tags))


def forged(place, tmp_path, name, before, after):
    """A copy in which a text of a file is another, sealed anew."""
    copy = a_copy(place / "out", tmp_path / "forged")
    content = (copy / name).read_bytes()
    assert before in content
    (copy / name).write_bytes(content.replace(before, after, 1))
    seal_again(copy)
    return copy


# The folder.


def test_the_folder_is_a_sealed_bag_with_its_figures_where_a_reader_looks(place):
    out = place / "out"
    assert {name for name in OUTSIDE if (out / name).is_file()} == set(OUTSIDE)
    bagit.Bag(str(out)).validate()
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", manifest], cwd=out, check=True)  # noqa: S607
    folders, files = ([path for path in out.rglob("*") if path.is_dir() is kind] for kind in (True, False))
    assert {path.stat().st_mode & 0o777 for path in (out, *folders)} == {0o500}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o400}
    listed = {
        line[66:] for name in bag.TAG_FILES if "manifest" in name for line in (out / name).read_text().splitlines()
    }
    assert listed == set(files_under(out)) - {"environment.json", "tagmanifest-sha256.txt"}
    assert read(out).scenarios == ("law", "policy of 2027", "sectors-joint+wider")


def test_the_record_holds_the_request_the_files_and_the_inputs(place):
    record = json.loads((place / "out" / "data" / "simulation.json").read_text())
    assert record["request"]["scenarios"] == ["scenarios/1.toml", "sectors-joint+scenarios/3.toml"]
    assert record["request"]["basis"] == ["scenarios/4.toml"]
    assert record["language"] == "nl"
    assert [(kept["name"], kept["base"]) for kept in record["files"]] == [
        ("policy of 2027", "scenarios/2.toml"), ("ours", None), ("wider", None), ("scenario", None),
    ]  # fmt: skip
    for kept in record["files"]:
        content = (place / "out" / "data" / kept["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == kept["sha256"]
    assert (place / "out" / "data" / "scenarios" / "1.toml").read_bytes() == (
        place / "scenarios" / "policy of 2027.toml"
    ).read_bytes()
    assert {delivery["kind"] for delivery in record["inputs"]} == {
        "returns", "register", "employers", "wage_bills", "traits",
    }  # fmt: skip
    law = record["alternatives"][1]["scenario"]
    assert law["set"]["wtl.bonus_rate"] == "3.50"
    assert law["range"] == {"wtl.bonus_rate": ["3.00", "4.00"]}


def test_no_person_of_a_second_register_and_no_place_is_in_what_is_sealed(place):
    content = record_and_results(place / "out")
    assert not [name for name, text in content.items() if ADDED.encode() in text]
    assert not [name for name, text in content.items() if str(place).encode() in text]
    wanted = json.loads(content["data/simulation.json"])["files"][2]["extra_registrations"]
    assert wanted["sha256"] == hashlib.sha256((place / "scenarios" / "more.csv").read_bytes()).hexdigest()


def test_the_digest_on_the_page_and_in_the_workbook_is_that_of_the_record(place):
    comparison = read(place / "out")
    assert comparison.digest in (place / "out" / "index.html").read_text()
    about = json.loads((place / "out" / "tables" / "about.json").read_text())
    assert about["digest"] == comparison.digest == records.read_record(place / "out").digest
    assert f"digest     {comparison.digest}, on page" in said_of("verify", place / "out", place / "archive", 0)


def test_the_language_changes_no_digest_and_a_scenario_does(place, tmp_path):
    digests = [read(place / "out").digest]
    for number, more in enumerate([("--language", "en"), ("--language", "nl"), ("--scenario", "sectors-joint")]):
        simulate(place / "archive", tmp_path / str(number), 0, *more)
        digests.append(read(tmp_path / str(number)).digest)
    assert digests[1] == digests[2]
    assert len(set(digests)) == 3


def test_every_field_of_a_request_is_recorded_or_changes_no_figure(place):
    record = json.loads((place / "out" / "data" / "simulation.json").read_text())
    fields = {field.name for field in attrs.fields(SimulationRequest)}
    assert set(record["request"]) == fields - records.MEANS
    assert fields > records.MEANS
    again = records.read_record(place / "out").request
    assert [sweep.parameter for sweep in again.sweeps] == ["wtl.bonus_rate"]
    assert again.as_of == AS_OF


def test_the_same_simulation_elsewhere_is_the_same_to_the_byte(place, tmp_path):
    """Scenario files from another folder, another thread, and the archive elsewhere."""
    shutil.copytree(place / "scenarios", tmp_path / "scenarios")
    shutil.copytree(place / "archive", tmp_path / "archive")
    scenarios = tmp_path / "scenarios"
    simulate(
        tmp_path / "archive", tmp_path / "out", 0, "--basis", example(EIGHT) / "scenario.toml",
        "--scenario", scenarios / "policy of 2027.toml", "--scenario", f"sectors-joint+{scenarios / 'wider.toml'}",
        "--sweep", "wtl.bonus_rate=3.00:3.20:0.10", "--language", "nl", "--threads", 2,
    )  # fmt: skip
    assert record_and_results(tmp_path / "out") == record_and_results(place / "out")


def test_the_same_simulation_may_be_there_and_another_may_not(place, tmp_path):
    out = tmp_path / "out"
    assert "Simulation written" in simulate(place / "archive", out, 0)
    before = seen(out)
    assert "Simulation there already, the same" in simulate(place / "archive", out, 0)
    assert "holds another simulation" in simulate(place / "archive", out, 2, "--scenario", "sectors-joint")
    assert seen(out) == before


@pytest.mark.parametrize("name", ["charts/amounts.png", "charts/deep/er.svg"])
def test_any_file_beside_the_record_is_sealed(name, place, tmp_path, monkeypatch):
    def one_more(comparison, plan, folder, language):
        sealing_files(comparison, plan, folder, language)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"\x89PNG")

    sealing_files = sealing.write_files
    monkeypatch.setattr(sealing, "write_files", one_more)
    monkeypatch.setattr(repeating, "write_files", one_more)
    simulate(place / "archive", tmp_path / "out", 0)
    assert "every file of the simulation as it was sealed" in said_of("verify", tmp_path / "out", place / "archive", 0)
    assert "outcome    identical" in said_of("replay", tmp_path / "out", place / "archive", 0)
    copy = a_copy(tmp_path / "out", tmp_path / "copy")
    flip(copy / name, 0)
    assert f"wrong: {name} is not what tagmanifest-sha256.txt says" in said_of("verify", copy, place / "archive", 21)


def test_a_name_that_a_manifest_cannot_hold_is_a_defect_and_not_sealed(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "a chart.svg").write_text("x")
    with pytest.raises(SelfCheckFailed, match=r"a chart\.svg"):
        bag.seal(tmp_path, tmp_path / "out", {}, "x")


# Verify and replay: identical.


def test_verify_and_replay_say_0_and_write_nothing(place, tmp_path):
    before = seen(place / "out"), seen(place / "archive")
    output = said_of("verify", place / "out", place / "archive", 0)
    assert "inputs     5 of 5 deliveries, 9 of 9 derived tables" in output
    assert "no simulation is noted in an archive" in output
    output = said_of("replay", place / "out", place / "archive", 0, "--scratch", tmp_path)
    assert f"results    {len(record_and_results(place / 'out')) - len(bag.TAG_FILES)} files, the same" in output
    assert "outcome    identical" in output
    assert (seen(place / "out"), seen(place / "archive")) == before
    assert list(tmp_path.iterdir()) == []


def test_the_archive_is_where_the_simulation_noted_it(place):
    assert "outcome    identical" in ended(quotum("replay", place / "out", "--threads", 1), 0)


def test_nothing_that_an_earlier_simulation_collected_is_used(place, tmp_path):
    """Not even where its digest was made to fit: every figure comes from the rows."""
    archive = shutil.copytree(place / "archive", tmp_path / "archive")
    kept = sorted((archive / "bases").rglob("employers.parquet"))
    assert kept
    for path in kept:
        path.write_bytes(b"not these")
        path.with_name(f"{path.name}.sha256").write_text(hashlib.sha256(b"not these").hexdigest())
    assert "outcome    identical" in said_of("replay", place / "out", archive, 0)


def test_from_originals_makes_the_derived_tables_again(place, monkeypatch):
    result = []
    real = recompute.derive_again
    monkeypatch.setattr(recompute, "derive_again", lambda *given: result.append(given[1].sequence) or real(*given))
    assert "identical" in said_of("replay", place / "out", place / "archive", 0, "--from-originals")
    assert result == [1]


def test_what_came_later_changes_nothing(place, tmp_path):
    """A later register, later returns and a withdrawal: the simulation is repeated as the archive was."""
    archive = shutil.copytree(place / "archive", tmp_path / "archive")
    later = deliver(
        tmp_path / "later",
        register=[cells("register", bsn=ADDED)],
        returns=[cells("returns", IdBer="M9", DatTdAanm="2026-03-20T10:00:00")],
    )
    take_in(archive, later, datetime.fromisoformat("2027-06-02T06:00:00"))
    simulate(archive, tmp_path / "out", 0)
    before, after = (rows_of(folder / "comparison.csv")[0] for folder in (place / "out", tmp_path / "out"))
    assert before["employers"] != after["employers"]
    assert "outcome    identical" in said_of("replay", place / "out", archive, 0)
    assert "outcome    identical" in said_of("replay", tmp_path / "out", archive, 0)


# Altered.


def test_a_flipped_byte_of_any_file_is_found_and_named(place, tmp_path):
    copy = a_copy(place / "out", tmp_path / "out")
    for name in sorted(record_and_results(copy)):
        sound = (copy / name).read_bytes()
        # Of the manifest a digest: in the name of a file it would be that file that is missing.
        flip(copy / name, 0 if name.startswith("tagmanifest") else len(sound) // 2)
        output = said_of("verify", copy, place / "archive", 21)
        assert name in output.replace("digests    not as sealed", ""), name
        (copy / name).write_bytes(sound)
    said_of("verify", copy, place / "archive", 0)


@pytest.mark.parametrize(
    ("name", "place_in_file"), [("comparison.csv", -20), ("index.html", 100), ("comparison.xlsx", 50)]
)
def test_replay_of_an_altered_file_says_21_and_that_the_sealed_figures_are_the_same(
    name, place_in_file, place, tmp_path
):
    copy = a_copy(place / "out", tmp_path / "out")
    flip(copy / name, place_in_file)
    output = said_of("replay", copy, place / "archive", 21)
    assert f"not certified: {name} is not what tagmanifest-sha256.txt says it is" in output
    assert "outcome    cannot be certified; results are the same" in output


def test_a_file_too_many_and_a_file_too_few(place, tmp_path):
    copy = a_copy(place / "out", tmp_path / "out")
    (copy / "charts").mkdir(exist_ok=True)
    (copy / "charts" / "more.svg").write_text("x")
    assert "charts/more.svg is too many" in said_of("verify", copy, place / "archive", 21)
    (copy / "charts" / "more.svg").unlink()
    (copy / "sweep.csv").unlink()
    assert "sweep.csv is missing" in said_of("verify", copy, place / "archive", 21)
    (copy / "data" / "simulation.json").unlink()
    assert "its record cannot be read" in said_of("replay", copy, place / "archive", 21)


@pytest.mark.parametrize(
    ("name", "before", "after", "expected"),
    [
        pytest.param("comparison.csv", b'"law"', b'"low"', 'column "scenario": "low" in the run', id="figure"),
        pytest.param("index.html", b"<h1", b"<h2", "index.html: the bytes differ", id="page"),
        pytest.param("data/scenarios/1.toml", b'"3.50"', b'"3.40"', "comparison.csv, row 2", id="scenario_file"),
        pytest.param("data/simulation.json", b'"last": "3.20"', b'"last": "3.10"', "sweep.csv", id="request"),
        pytest.param("data/simulation.json", b'"title": "Policy"', b'"title": "Other"', "simulation.json", id="record"),
    ],
)
def test_what_was_changed_and_sealed_anew_is_found_by_computing_it_again(
    name, before, after, expected, place, tmp_path
):
    copy = forged(place, tmp_path, name, before, after)
    assert "replay" in said_of("verify", copy, place / "archive", 0)
    output = said_of("replay", copy, place / "archive", 20)
    assert expected in output
    assert "outcome    results differ" in output


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(b'"language": "nl"', b'"language": "xx"', "cannot be read as the record", id="language"),
        pytest.param(b'"scenarios/2.toml"', b'"../../../a.toml"', "cannot be read as the record", id="path"),
        pytest.param(b'"format": 1', b'"format": 2', "is of format 2", id="format"),
        pytest.param(b'"step": "0.10"', b'"step": "0.00"', "the step must be above zero", id="sweep"),
        pytest.param(b'"year": 2026', b'"year": 2031', "it cannot be repeated", id="year"),
    ],
)
def test_a_record_that_makes_no_sense_is_21(before, after, expected, place, tmp_path):
    copy = forged(place, tmp_path, "data/simulation.json", before, after)
    assert expected in said_of("replay", copy, place / "archive", 21)


# Inputs, code, software.


def test_an_altered_or_missing_delivery_is_21(place, tmp_path):
    archive = a_copy(place / "archive", tmp_path / "archive")
    original = max(path for path in (archive / "originals").rglob("*") if path.is_file())
    flip(original, 0)
    assert "was altered: its SHA-256 is another" in said_of("verify", place / "out", archive, 21)
    output = said_of("replay", place / "out", archive, 21)
    assert "outcome    cannot be certified; results are the same" in output
    take_in(tmp_path / "other", deliver(tmp_path / "files"))
    output = said_of("replay", place / "out", tmp_path / "other", 21)
    assert "that the run read) is not in the archive" in output.replace("that the run read is", "that the run read) is")
    assert "results could not be made again" in output


def test_a_damaged_derived_table_is_made_again_from_the_originals(place, tmp_path):
    archive = a_copy(place / "archive", tmp_path / "archive")
    flip(next((archive / "rows").rglob("register*.parquet")), 100)
    said_of("verify", place / "out", archive, 21)
    assert "results are the same" in said_of("replay", place / "out", archive, 21)


def test_other_code_is_21_and_the_tables_are_compared(place, monkeypatch):
    monkeypatch.setattr(shipped_figures, "code_digest", lambda: "0" * 64)
    output = said_of("replay", place / "out", place / "archive", 21)
    assert "made by other code than this" in output
    assert "outcome    cannot be certified; results are the same" in output
    assert "other code made the simulation" in said_of("verify", place / "out", place / "archive", 0)


def test_pages_that_other_software_drew_are_21_and_not_20(place, tmp_path, monkeypatch):
    copy = forged(place, tmp_path, "index.html", b"<h1", b"<h2")
    monkeypatch.setattr(repeating, "drawing_versions", lambda: {"altair": "99"})
    output = said_of("replay", copy, place / "archive", 21)
    assert "other software wrote its files: index.html" in output
    assert "results are the same" in output
    assert "results differ" in said_of("replay", forged(place, tmp_path / "x", "comparison.csv", b'"law"', b'"low"'),
                                       place / "archive", 20)  # fmt: skip


def test_a_second_register_is_found_by_its_digest_and_asked_for(place, tmp_path):
    copy = a_copy(place / "out", tmp_path / "out")
    environment = json.loads((copy / "environment.json").read_text())
    (copy / "environment.json").write_text(json.dumps(environment | {"extra_registrations": {}}))
    for command in ("verify", "replay"):
        output = said_of(command, copy, place / "archive", 21)
        assert "is not at hand: it holds persons" in output
        moved = tmp_path / f"{command}.csv"
        shutil.copy(place / "scenarios" / "more.csv", moved)
        said_of(command, copy, place / "archive", 0, "--extra-registrations", moved)
        moved.write_text(moved.read_text() + "\n")
        said_of(command, copy, place / "archive", 21, "--extra-registrations", moved)


def test_a_signature_is_checked(place, tmp_path):
    private, public = keys(tmp_path)
    simulate(place / "archive", tmp_path / "out", 0, "--sign-key", private)
    assert "signature  made with the key" in said_of(
        "verify", tmp_path / "out", place / "archive", 0, "--public-key", public
    )
    _, other = keys(tmp_path / "..", 8)
    assert "is not made over this run" in said_of(
        "verify", tmp_path / "out", place / "archive", 21, "--public-key", other
    )
    assert "has no signature" in said_of("replay", place / "out", place / "archive", 21, "--public-key", public)


# Other commands.


@pytest.mark.parametrize("command", ["explain", "report", "quality", "statement", "overview"])
def test_a_simulation_is_no_run(command, place, tmp_path):
    more = {"explain": ["123456782"], "report": ["--out", tmp_path / "x"], "overview": ["--out", tmp_path / "x"]}
    output = ended(quotum(command, place / "out", *more.get(command, [])), 2)
    assert "is a simulation, no run" in output


def test_a_run_is_no_simulation_to_replace(place, tmp_path):
    result = quotum("settle", "--archive", place / "archive", "--year", 2026, "--as-of", AS_OF, "--out", place / "out")
    assert "exists and is no run" in ended(result, 2)


@pytest.mark.parametrize("lines", ["verified_lines", "repeated_lines"])
def test_the_outcome_is_said_in_dutch_too(lines, place):
    from quotum.simulation_folder import outcome  # noqa: PLC0415

    verified = repeating.verify_simulation(place / "out", place / "archive")
    subject = verified if lines == "verified_lines" else repeating.RepeatedSimulation(verified, (), True, None, 20)
    sentences = list(getattr(outcome, lines)(subject))
    dutch, english = ([in_language(line, language) for line in sentences] for language in ("nl", "en"))
    assert "een archief noteert geen simulaties" in "\n".join(dutch)
    assert not set(dutch) & set(english)
