"""`quotum decisions`: what a decision says, who gets one, what is refused, and that a kill leaves nothing half."""

import json
import shutil
import signal
import stat
from datetime import date
from pathlib import Path

import attrs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lxml import html

from quotum.output.decisions.batches import SIZE
from quotum.output.decisions.decision import Decision, OtherBenefit, Person, Rate, Terms, reference
from quotum.output.decisions.page import as_page
from quotum.run_folder.reader import read_finished
from tests.helpers import (
    deliver,
    discreet,
    ended,
    example,
    example_files,
    files_under,
    quotum,
    settle_command,
    settled,
    table_rows,
    take_in,
)
from tests.killing import dying
from tests.rows import EMPLOYER, NAME, WAGE, cells, numbered

_DECIDED = date(2027, 7, 1)
_OBJECTION, _REVISION = "2027-08-12", "2031-12-31"
_FOLDER = "0000001-0001000"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Runs of the example of sixty employers: the law as it is, a simulation, the quota levy, and without a day."""
    folder = tmp_path_factory.mktemp("decisions")
    take_in(folder / "archive", example_files("sixty_employers_2026"))
    settled(folder / "archive", folder / "run", decided_on=_DECIDED)
    settled(folder / "archive", folder / "simulated", example("sixty_employers_2026") / "scenario.toml")
    settled(folder / "archive", folder / "undecided")
    return folder


@pytest.fixture(scope="module")
def everybody(place):
    ended(quotum("decisions", place / "run", "--out", place / "everybody"), 0)
    return place / "everybody"


def _records(out: Path) -> list[dict]:
    return [json.loads(path.read_bytes()) for path in sorted(out.glob("*/*.json"))]


def _copied(run: Path, to: Path) -> Path:
    """A run whose files can be changed."""
    for name, content in files_under(run).items():
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_bytes(content)
    return to


def _sections(page: bytes) -> dict[str, str]:
    """The text of each language."""
    document = html.fromstring(page.decode())
    return {
        element.get("lang"): " ".join(element.text_content().replace("\xa0", " ").split())
        for element in document.iter("section")
    }


def test_every_employer_has_its_amounts_and_employees(place, everybody):
    records, rows = _records(everybody), table_rows(place / "run", "settlement")
    lines = table_rows(place / "run", "bonus_lines")
    assert [row["employer"]["number"] for row in records] == list(range(1, len(rows) + 1))
    assert [row["employer"]["rsin"] for row in records] == [row["rsin"] for row in rows]
    for name in ("lkv_cents", "bonus_cents", "payable_cents"):
        assert [item[name] for item in records] == [row[name] for row in rows]
    assert sum(row["payable_cents"] for row in rows) > 0
    for record in records:
        own = [line for line in lines if line["rsin"] == record["employer"]["rsin"]]
        assert [person["bsn"] for person in record["employees"]] == [line["bsn"] for line in own]
        assert [person["lkv_cents"] for person in record["employees"]] == [line["lkv_cents"] for line in own]
        assert (record["payment"] is None) == (record["payable_cents"] == 0)


def test_dates_and_who_acts_are_those_of_the_calendar(everybody):
    """Law.md rule 9: the inspector as UWV assessed; six weeks for both; 26 weeks; five years."""
    row = next(record for record in _records(everybody) if record["payable_cents"])
    assert (row["decided_on"], row["objection"]["until"], row["revision"]["until"]) == (
        "2027-07-01", _OBJECTION, _REVISION,
    )  # fmt: skip
    assert row["payment"] == {"by": "receiver", "provision": "Wtl art. 4.4", "until": "2027-08-12", "weeks": 6}
    assert row["decided_by"] == {"assessed_by": "UWV", "office": "Belastingdienst", "role": "inspector"}
    assert (row["objection"]["weeks"], row["objection"]["decided_within_weeks"]) == (6, 26)


def test_the_page_says_in_both_languages_what_the_record_says(everybody):
    record = next(row for row in _records(everybody) if len(row["employees"]) > 1)
    number = record["employer"]["number"]
    sections = _sections((everybody / _FOLDER / f"{number:07d}.html").read_bytes())
    cents = record["payable_cents"]
    english = f"€{cents // 100:,}.{cents % 100:02d}"
    dutch = f"€ {english[1:].translate(str.maketrans(',.', '.,'))}"
    for text, amount, days in (
        (sections["nl"], dutch, ("1 juli 2027", "12 augustus 2027", "31 december 2031", "1 mei 2027")),
        (sections["en"], english, ("1 July 2027", "12 August 2027", "31 December 2031", "1 May 2027")),
    ):
        for part in (amount, *days, record["reference"], record["employer"]["rsin"], "UWV", "Belastingdienst"):
            assert part in text
        assert all(person["bsn"] in text for person in record["employees"])
        assert "SIMUL" not in text


def test_names_of_files_and_messages_hold_nothing_personal(place, everybody, tmp_path):
    discreet(ended(quotum("decisions", place / "run", "--out", tmp_path / "out"), 0), (NAME, EMPLOYER, WAGE))
    rsins = [row["rsin"] for row in table_rows(place / "run", "settlement")]
    assert not [name for name in files_under(everybody) for rsin in rsins if rsin in name]
    assert {stat.S_IMODE(path.stat().st_mode) for path in everybody.glob("*/*")} == {0o400}
    assert stat.S_IMODE((everybody / _FOLDER).stat().st_mode) == 0o500


def test_the_same_run_gives_the_same_bytes_and_is_not_written_twice(place, everybody, tmp_path):
    ended(quotum("decisions", place / "run", "--out", tmp_path / "again"), 0)
    assert files_under(tmp_path / "again") == files_under(everybody)
    assert "60 were there already" in ended(quotum("decisions", place / "run", "--out", tmp_path / "again"), 0)
    assert files_under(tmp_path / "again") == files_under(everybody)


def test_an_employer_or_a_list_gets_the_same_documents(place, everybody, tmp_path):
    rows = table_rows(place / "run", "settlement")
    (tmp_path / "list.txt").write_text(f"{rows[4]['rsin']}\n\n{rows[59]['rsin']}L01\n", "utf-8")
    command = ("decisions", place / "run", "--list", tmp_path / "list.txt", "--employer", rows[0]["rsin"])
    output = ended(quotum(*command, "--employer", rows[4]["rsin"], "--out", tmp_path / "few"), 0)
    assert "3 employers" in output
    few = files_under(tmp_path / "few" / _FOLDER)
    assert sorted(few) == sorted(
        [f"{number:07d}.{kind}" for number in (1, 5, 60) for kind in ("html", "json")] + ["manifest-sha256.txt"]
    )
    whole = files_under(everybody / _FOLDER)
    assert all(whole[name] == content for name, content in few.items() if name != "manifest-sha256.txt")


@pytest.mark.parametrize("text", ["123456789", "80097655", "800976551L", "800976551L0x", "800976551L001"])
def test_a_number_of_no_employer_is_refused_without_repeating_it(place, tmp_path, text):
    output = ended(quotum("decisions", place / "run", "--employer", text, "--out", tmp_path / "out"), 2)
    assert "employer 1 of the command line" in output
    assert text not in output
    assert not (tmp_path / "out").exists()


def test_an_employer_that_the_run_has_not_is_refused_by_its_place(place, tmp_path):
    (tmp_path / "list.txt").write_text(f"\n{numbered(77)}\n", "utf-8")
    output = ended(quotum("decisions", place / "run", "--list", tmp_path / "list.txt", "--out", tmp_path / "out"), 2)
    assert "line 2 of list.txt" in output
    discreet(output, (numbered(77),))
    (tmp_path / "list.txt").write_text("\n", "utf-8")
    ended(quotum("decisions", place / "run", "--list", tmp_path / "list.txt", "--out", tmp_path / "out"), 2)
    assert not (tmp_path / "out").exists()


def test_a_simulation_is_refused_and_with_leave_says_so_everywhere(place, tmp_path):
    command = ("decisions", place / "simulated", "--decided-on", _DECIDED, "--out", tmp_path / "out")
    assert "is a simulation" in ended(quotum(*command), 2)
    assert not (tmp_path / "out").exists()
    assert ended(quotum(*command, "--simulation"), 0).startswith("SIMULATION")
    documents = sorted((tmp_path / "out" / _FOLDER).glob("*-*.*"))
    documents.remove(tmp_path / "out" / _FOLDER / "manifest-sha256.txt")
    assert len(documents) == 120
    assert all(path.name.startswith("SIMULATION-") for path in documents)
    assert all(
        record["simulation"] and record["reference"].startswith("SIMULATION-") for record in _records(tmp_path / "out")
    )
    for path in documents:
        if path.suffix == ".html":
            sections = _sections(path.read_bytes())
            assert "dit is geen beschikking" in sections["nl"]
            assert "this is no decision" in sections["en"]
            assert 'content: "SIMULATION-' in path.read_text("utf-8")  # at the foot of every sheet


def test_the_surcharge_is_told_and_not_netted(place, tmp_path):
    """Wet banenafspraak art. 6 lid 7: it is collected with the payroll return."""
    ended(
        quotum("decisions", place / "simulated", "--simulation", "--decided-on", _DECIDED, "--out", tmp_path / "o"), 0
    )
    row = next(record for record in _records(tmp_path / "o") if record["not_decided_here"]["surcharge_cents"])
    assert row["payable_cents"] == row["lkv_cents"] + row["bonus_cents"]
    page = (tmp_path / "o" / _FOLDER / f"SIMULATION-{row['employer']['number']:07d}.html").read_bytes()
    assert "niet met dit bedrag verrekend" in _sections(page)["nl"]


def test_the_quota_levy_decides_nothing(place, tmp_path, monkeypatch):
    levied = attrs.evolve(read_finished(place / "run"), regime="quota-levy")
    monkeypatch.setattr("quotum.output.decisions.source.read_finished", lambda _: levied)
    output = ended(quotum("decisions", place / "run", "--simulation", "--out", tmp_path / "out"), 2)
    assert "no decision" in output


@pytest.mark.parametrize(
    ("run", "day", "code", "words"),
    [
        ("undecided", None, 2, "no day of decision"),
        ("undecided", "2027-05-01", 0, ""),
        ("undecided", "2027-04-30", 2, "which is later"),
        ("undecided", "2027-07-31", 0, ""),
        ("undecided", "2027-08-01", 0, "later than 2027-07-31"),
        ("run", "2027-07-01", 0, ""),
        ("run", "2027-07-02", 2, "was decided on 2027-07-01"),
    ],
)
def test_the_day_of_the_decision(place, tmp_path, run, day, code, words):
    more = () if day is None else ("--decided-on", day)
    output = ended(quotum("decisions", place / run, *more, "--out", tmp_path / "out"), code)
    assert words in output
    assert ("later than" in output) == words.startswith("later")


def test_a_run_before_the_cut_off_is_remarked(place, tmp_path):
    ended(
        quotum("settle", "--archive", place / "archive", "--year", 2026, "--as-of", "2027-01-31", "--out",
               tmp_path / "early"), 0,
    )  # fmt: skip
    output = ended(quotum("decisions", tmp_path / "early", "--decided-on", _DECIDED, "--out", tmp_path / "out"), 0)
    assert "before 2027-05-01" in output


def test_a_run_that_was_altered_or_that_nobody_vouches_for_is_not_decided_on(place, tmp_path):
    run = _copied(place / "run", tmp_path / "run")
    path = run / "data" / "settlement.parquet"
    rows = pq.read_table(path)
    pq.write_table(rows.set_column(9, rows.schema.field(9), pa.array([5] * rows.num_rows, pa.int64())), path)
    ended(quotum("decisions", run, "--archive", place / "archive", "--out", tmp_path / "out"), 21)
    take_in(tmp_path / "other", example_files("sixty_employers_2026"))
    output = ended(quotum("decisions", place / "run", "--archive", tmp_path / "other", "--out", tmp_path / "out"), 21)
    assert "no note" in output
    assert not (tmp_path / "out").exists()


def test_documents_that_do_not_add_up_are_a_defect(place, tmp_path, monkeypatch):
    """Of the country against macro.json, and of an employer against its employees: 15."""
    monkeypatch.setattr("quotum.output.decisions.source.require_unaltered", lambda *_: None)
    run = _copied(place / "run", tmp_path / "run")
    command = ("decisions", run, "--archive", place / "archive", "--out")
    macro = json.loads((run / "data" / "macro.json").read_text("utf-8"))
    macro["totals"]["lkv_cents"] += 1
    (run / "data" / "macro.json").write_text(json.dumps(macro), "utf-8")
    assert "lkv_cents that macro.json" in ended(quotum(*command, tmp_path / "one"), 15)
    assert not (tmp_path / "one" / "decisions.json").exists()
    path = run / "data" / "bonus_lines.parquet"
    lines = pq.read_table(path)
    pq.write_table(lines.slice(1), path)
    assert "do not add up" in ended(quotum(*command, tmp_path / "two"), 15)
    pq.write_table(lines.set_column(0, "rsin", pa.array([numbered(1)] * lines.num_rows)), path)
    ended(quotum(*command, tmp_path / "three"), 15)


def test_nothing_else_is_overwritten(place, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").write_bytes(b"mine")
    assert "holds something else" in ended(quotum("decisions", place / "run", "--out", tmp_path / "mine"), 2)
    ended(quotum("decisions", place / "run", "--out", tmp_path / "mine" / "letter"), 2)
    ended(quotum("decisions", place / "run", "--out", place / "run" / "decisions"), 2)
    ended(quotum("decisions", place / "run", "--out", tmp_path / "nowhere" / "out"), 14)
    assert files_under(tmp_path / "mine") == {"letter": b"mine"}
    ended(quotum("decisions", place / "run", "--out", tmp_path / "out"), 0)
    before = files_under(tmp_path / "out")
    ended(quotum("decisions", place / "run", "--office", "Another", "--out", tmp_path / "out"), 2)
    assert files_under(tmp_path / "out") == before


@pytest.mark.parametrize("change", ["alter", "lose", "add"])
def test_a_document_that_was_altered_is_found(place, everybody, tmp_path, change):
    out = _copied(everybody, tmp_path / "out")
    path = out / _FOLDER / ("0000099.html" if change == "add" else "0000003.html")
    path.unlink() if change == "lose" else path.write_bytes(b"altered")
    output = ended(quotum("decisions", place / "run", "--out", out), 21)
    assert f"{_FOLDER}: its documents are not those" in output
    shutil.rmtree(out / _FOLDER)
    ended(quotum("decisions", place / "run", "--out", out), 0)
    assert files_under(out) == files_under(everybody)


def test_a_full_disk_leaves_what_is_whole(place, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("quotum.output.decisions.batches._write", full)
    assert "No space left" in ended(quotum("decisions", place / "run", "--out", tmp_path / "out"), 14)
    assert sorted(files_under(tmp_path / "out")) == ["begun.json"]
    monkeypatch.undo()
    ended(quotum("decisions", place / "run", "--out", tmp_path / "out"), 0)


def test_of_two_at_the_same_time_the_second_is_sent_away(place, tmp_path, monkeypatch):
    from quotum.output.decisions import making  # noqa: PLC0415 - only here

    write, result = making.write_batch, []

    def meanwhile(*arguments):
        result.append(ended(quotum("decisions", place / "run", "--out", tmp_path / "out"), 2))
        return write(*arguments)

    monkeypatch.setattr(making, "write_batch", meanwhile)
    ended(quotum("decisions", place / "run", "--out", tmp_path / "out"), 0)
    assert "another command makes decisions" in result[0]


def _terms(**changed) -> Terms:
    given = {
        "year": 2026, "as_of": date(2027, 5, 1), "decided_on": _DECIDED, "office": "A & B", "run": "ab" * 32,
        "simulation": False, "assumed": (), "objection_until": date(2027, 8, 12), "pay_until": date(2027, 8, 12),
        "revision_until": date(2031, 12, 31),
        "rates": (Rate("wtl.jobs_agreement_rate", "1.01", "euro", "Wtl art. 2.13", "enacted"),
                  Rate("wtl.bonus_cap", "0", "euro", "Wtl art. 2.13", "assumed")),
    } | changed  # fmt: skip
    return Terms(**given)


def _decision(**changed) -> Decision:
    persons = (
        Person("111111110", 1981, 200_000, True, 0, "jobs_agreement"),
        Person("123456782", 1200, 0, False, 0, "reassigned"),
    )
    given = {
        "number": 7, "rsin": numbered(7), "name": "<b>&", "lkv_cents": 200_000, "bonus_cents": 0,
        "payable_cents": 200_000, "surcharge_cents": 0, "persons": persons,
        "others": (OtherBenefit("123456782", "reassigned", 1200, 366_000),),
    } | changed  # fmt: skip
    return Decision(**given)


def test_the_page_names_maxima_and_other_benefits_and_escapes_names():
    """Wtl art. 4.1 lid 3: the highest LKV alone is granted; who gets another counts for nothing here."""
    page = as_page(_terms(), _decision())
    assert b"<b>&" not in page
    sections = _sections(page)
    assert "voor 1 werknemer." in sections["nl"]
    assert "for 1 employee." in sections["en"]
    assert "€ 2.000,00*" in sections["nl"]
    assert "ander LKV toegekend: herplaatste werknemer" in sections["nl"]
    assert "€3,660.00" in sections["en"]
    assert "A & B" in sections["en"]
    assert "ten hoogste" not in sections["nl"], "a maximum of 0 is none"
    assert "Bonus" not in sections["nl"]


def test_without_a_name_or_a_right_the_page_is_whole():
    sections = _sections(as_page(_terms(), _decision(name=None, lkv_cents=0, payable_cents=0, persons=(), others=())))
    assert "werkgever zonder naam" in sections["nl"]
    assert "vast op € 0,00" in sections["nl"]
    assert "Betaling" not in sections["nl"]
    assert "bezwaar maken" in sections["nl"]


def test_a_reference_has_no_number_of_an_employer():
    assert reference(_terms(), 7) == "LKV-2026-abababab-D0000007"
    assert reference(_terms(simulation=True), 7) == "SIMULATION-2026-abababab-D0000007"


@pytest.fixture(scope="module")
def larger(tmp_path_factory):
    """More employers than a folder of documents has room for."""
    folder = tmp_path_factory.mktemp("larger") / "country"
    folder.mkdir()
    rsins = [numbered(number) for number in range(1, SIZE + 6)]
    rows = {
        "returns": [cells("returns", LhNr=f"{rsin}L01") for rsin in rsins],
        "register": [cells("register")],
        "employers": [cells("employers", rsin=rsin) for rsin in rsins],
    }
    take_in(folder / "archive", deliver(folder / "files", **rows))
    ended(settle_command(folder / "archive", folder / "run", "--decided-on", _DECIDED), 0)
    return folder


def _killed(larger: Path, out: Path, deadly: int):
    return dying(out, deadly, "decisions", larger / "run", "--archive", larger / "archive", "--out", out)


def test_a_folder_holds_a_thousand(larger, tmp_path):
    process = _killed(larger, tmp_path / "out", 0)
    assert process.returncode == 0, process.stderr
    result = {path.name: len(list(path.glob("*.json"))) for path in (tmp_path / "out").iterdir() if path.is_dir()}
    assert result == {_FOLDER: SIZE, "0001001-0002000": 5}
    record = json.loads((tmp_path / "out" / "decisions.json").read_bytes())
    assert (record["employers"], [folder["decisions"] for folder in record["folders"]]) == (SIZE + 5, [SIZE, 5])


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_killed_at_any_moment_nothing_is_half_and_it_goes_on(larger, tmp_path):
    whole = _killed(larger, tmp_path / "whole", 0)
    changes = int(whole.stderr.rpartition("changes: ")[2])
    expected = files_under(tmp_path / "whole")
    ends = [*range(1, 7), changes // 2, *range(changes - 7, changes + 1)]
    kept = 0
    for deadly in ends:
        out = tmp_path / str(deadly)
        assert _killed(larger, out, deadly).returncode == -signal.SIGKILL, deadly
        named = {name: raw for name, raw in files_under(out).items() if not name.startswith(".")}
        assert all(expected[name] == raw for name, raw in named.items()), f"after change {deadly}: something half"
        kept += any(name.startswith(_FOLDER) for name in named)
        again = _killed(larger, out, 0)
        assert again.returncode == 0, f"after change {deadly}: {again.stderr}"
        assert files_under(out) == expected
        assert sorted(path.name for path in out.iterdir() if path.name.startswith(".")) == []
        shutil.rmtree(out)
    assert kept >= 7
