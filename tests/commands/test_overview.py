"""`quotum overview`: the amounts of a settlement and the reasons of an explanation, for everybody asked for."""

import re
from collections import Counter
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from quotum.explanations.explanation import explain_in, open_run
from quotum.explanations.step import LKV, OTHER_LKV
from quotum.explanations.step import REASONS as TOLD
from quotum.identifiers import masked
from quotum.law.wtl.cumulation import IN_WORDS_OF_LAW
from quotum.output.overview import assessment
from quotum.output.overview.reasons import REASONS, column_of, reasons_of
from quotum.tables import OVERVIEW
from tests.explained_cases import YEARS, received
from tests.helpers import deliver, discreet, ended, files_under, quotum, rows_of, table_rows, take_in
from tests.make_golden_explanations import GIVEN
from tests.rows import PERSON, cells, numbered

pytestmark = pytest.mark.slow

SCENARIOS = {"2021": {}, "2025": {}, "2026": {}, "2026-three-years": GIVEN | {"wtl.jobs_agreement_years": "3"}}
WITHOUT_RIGHT = {"no_declaration", "not_qualified", "abolished"}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Folder with an archive of every kind of delivery; and its employers by name."""
    return received(YEARS, tmp_path_factory.mktemp("overview"))


def _settled(archive: Path, folder: Path, name: str) -> Path:
    sets = SCENARIOS[name]
    year, scenario = int(name[:4]), folder / "scenario.toml"
    lines = "".join(f'"{key}" = {value}\n' for key, value in sets.items())
    scenario.write_text(f'title = "Given"\n[set]\n{lines}', "utf-8")
    more = ("--scenario", scenario) if sets else ()
    about = ("--archive", archive, "--year", year, "--as-of", f"{year + 1}-05-01", "--threads", 1)
    ended(quotum("settle", *about, "--out", folder / "run", *more), 0)
    return folder / "run"


@pytest.fixture(
    scope="module",
    params=sorted(SCENARIOS),
)
def run_and_rows(request, place, tmp_path_factory):
    """A run and the rows of its overview."""
    folder = tmp_path_factory.mktemp(request.param)
    run = _settled(place[0], folder, request.param)
    # Rights by declaration rest on an assumed figure.
    discreet(ended(quotum("overview", run, "--out", folder / "made", "--simulation"), 0), ())
    return run, pq.read_table(folder / "made" / "SIMULATION-overview.parquet").to_pylist()


def test_the_columns_name_the_reasons_of_the_law():
    assert [name for name in OVERVIEW.names if name.startswith("rows_")] == [column_of(code) for code in REASONS]


def test_amounts_are_those_of_the_settlement_person_by_person(run_and_rows):
    run, rows = run_and_rows
    names = ("rsin", "bsn", "paid_hours", "lkv_cents", "lkv_capped", "bonus_cents", "granted_category")
    own = [
        {name: row[name] for name in names}
        for row in rows
        if row["category"] == "jobs_agreement" and row["counted_rows"]
    ]
    assert own == [{name: row[name] for name in names} for row in table_rows(run, "bonus_lines")]
    others = [
        {name: row[name] for name in ("rsin", "bsn", "category", "paid_hours", "lkv_cents")}
        for row in rows
        if row["category"] != "jobs_agreement" and row["counted_rows"]
    ]
    settled = table_rows(run, "other_lkv_lines")
    assert others == [{name: row[name] for name in row if name != "simulation"} for row in settled]


def _reasons(row) -> Counter[str]:
    return Counter({code: row[column_of(code)] for code in REASONS if row[column_of(code)]})


def _explained(explanation, category: str, bsn: str | None):
    """How many rows that ask lack what, and in how many it was asked, by the explanation."""
    person = bsn or "somebody without BSN"
    if category == "jobs_agreement":
        asked = [
            step
            for step in explanation.steps
            if step.rule == LKV and step.period and ("asked for", "yes") in step.inputs and step.person in (person, bsn)
        ]
        return len(asked), Counter(reason for step in asked for reason in step.not_given)
    words = {reason.text.english: code for code, reason in TOLD.items()}
    (step,) = (
        item
        for item in explanation.steps
        if item.rule == OTHER_LKV and f"LKV {IN_WORDS_OF_LAW[category]}" in item.question
    )
    inputs = dict(step.inputs)
    rows = int(inputs["rows in which it was asked"])
    if set(step.not_given) & WITHOUT_RIGHT:
        return rows, Counter(dict.fromkeys(step.not_given, rows))
    out = {name.removeprefix("of those out: "): int(value) for name, value in inputs.items() if "of those out" in name}
    return rows, Counter({words[name]: count for name, count in out.items()})


def test_reasons_are_those_of_the_explanation_of_every_person(run_and_rows):
    run, rows = run_and_rows
    opened = open_run(run)
    everybody = {rsin: explain_in(opened, rsin) for rsin in {row["rsin"] for row in rows}}
    reason_count = 0
    for row in rows:
        bsn, category = row["bsn"], row["category"]
        if bsn is None and category != "jobs_agreement":
            assert _reasons(row)["no_bsn"] == row["asked_rows"]
            continue
        explanation = everybody[row["rsin"]] if bsn is None else explain_in(opened, row["rsin"], bsn)
        asked, reasons = _explained(explanation, category, bsn)
        own = _reasons(row)
        if category != "jobs_agreement" and set(reasons) & WITHOUT_RIGHT:
            own = Counter({code: count for code, count in own.items() if code in WITHOUT_RIGHT})
        assert (row["asked_rows"], own) == (asked, reasons), (masked(row["rsin"]), row)
        reason_count += len(reasons)
    assert reason_count


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A run as of 31 January that rests on nothing assumed: a row counts, two do not."""
    folder = tmp_path_factory.mktemp("small")
    rows = [
        cells("returns"),
        cells("returns", NumIV="2", SofiNr=numbered(502), AantVerlU="50"),
        cells("returns", SofiNr=""),
    ]
    rows[2] |= {"NumIV": "3", "PersNr": "P 3"}
    kinds = {kind: [cells(kind)] for kind in ("register", "employers", "wage_bills")}
    take_in(folder / "archive", deliver(folder / "files", returns=rows, **kinds))
    about = ("--archive", folder / "archive", "--year", 2026, "--as-of", "2027-01-31", "--threads", 1)
    ended(quotum("settle", *about, "--out", folder / "run"), 0)
    return folder / "run"


def test_a_page_of_an_employer_in_both_languages(small, tmp_path):
    rsin = cells("employers")["rsin"]
    for language, words in (("en", "not registered in this period (1 of 1 rows)"), ("nl", "101,00")):
        out = tmp_path / language
        output = ended(quotum("overview", small, "--out", out, "--employer", f"{rsin}L01", "--language", language), 0)
        discreet(output)
        requests = {
            "en": "3 requests: 1 granted, 0 gives_way, 2 no_right",
            "nl": "3 aanvragen: 1 recht, 0 wijkt voor een hogere categorie, 2 geen recht",
        }
        assert output.splitlines()[0] == requests[language]
        assert sorted(files_under(out)) == ["employer-1.html", "overview.csv", "overview.parquet"]
        page = (out / "employer-1.html").read_text("utf-8")
        assert words in page
        assert PERSON in page
        assert rsin not in page
        assert "SIMULAT" not in page
    rows = rows_of(tmp_path / "en" / "overview.csv")
    assert [(row["bsn"], row["paid_hours"], row["lkv_cents"], row["simulation"]) for row in rows] == [
        (PERSON, "100", "10100", "false"),
        (numbered(502), "0", "0", "false"),
        ("", "0", "0", "false"),
    ]
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "en").iterdir()} == {0o600}


def test_a_page_tells_which_category_is_higher_and_what_is_not_settled(place, tmp_path):
    run = _settled(place[0], tmp_path, "2026")
    more = ("--employer", place[1]["cumulation"], "--employer", place[1]["nothing_known"], "--simulation")
    ended(quotum("overview", run, "--out", tmp_path / "made", *more), 0)
    pages = [path.read_text("utf-8") for path in sorted((tmp_path / "made").glob("*.html"))]
    several, nobody = sorted(pages, key=len, reverse=True)
    assert "another category is higher" in several
    assert "not settled by the run" in several
    assert "No LKV is asked for." in nobody
    assert "not settled by the run" not in nobody
    assert all("SIMULATION" in page for page in pages)


def test_the_same_bytes_whatever_the_threads(small, tmp_path):
    for threads in (1, 3):
        ended(quotum("overview", small, "--out", tmp_path / f"{threads}", "--threads", threads), 0)
    assert files_under(tmp_path / "1") == files_under(tmp_path / "3")


def test_another_day_than_31_january_is_told(small, tmp_path):
    assert "4.1 lid 4" not in ended(quotum("overview", small, "--out", tmp_path / "a"), 0)
    later = small.parent / "later"
    about = ("--archive", small.parent / "archive", "--year", 2026, "--as-of", "2027-02-01", "--threads", 1)
    ended(quotum("settle", *about, "--out", later), 0)
    assert "filed by 2027-01-31 (Wtl art. 4.1 lid 4)" in ended(quotum("overview", later, "--out", tmp_path / "b"), 0)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(("--employer", numbered(77)), id="employer_that_is_not_there"),
        pytest.param(("--employer", "12345"), id="no_employer"),
    ],
)
def test_a_wrong_employer_is_refused_and_not_repeated(small, tmp_path, more):
    output = ended(quotum("overview", small, "--out", tmp_path / "out", *more), 2)
    assert "--employer, number 1" in output
    assert more[1] not in output
    assert not (tmp_path / "out").exists()


def test_what_is_there_and_what_lies_in_the_run_is_refused(small, tmp_path):
    (tmp_path / "there").mkdir()
    ended(quotum("overview", small, "--out", tmp_path / "there"), 2)
    ended(quotum("overview", small, "--out", small / "inside"), 2)
    ended(quotum("overview", small, "--out", tmp_path / "no" / "folder"), 14)
    assert list(tmp_path.iterdir()) == [tmp_path / "there"]


def test_a_simulation_is_refused_unless_asked_for(place, tmp_path):
    run = _settled(place[0], tmp_path, "2026-three-years")
    assert "the run is a simulation" in ended(quotum("overview", run, "--out", tmp_path / "out"), 2)
    assert not (tmp_path / "out").exists()
    output = ended(quotum("overview", run, "--out", tmp_path / "out", "--simulation"), 0)
    assert output.startswith("SIMULATION: ")
    assert all(re.match("SIMULATION-", path.name) for path in (tmp_path / "out").iterdir())
    assert pc.all(pq.read_table(tmp_path / "out" / "SIMULATION-overview.parquet")["simulation"]).as_py()


def test_reasons_that_count_other_hours_than_the_settlement_write_nothing(small, tmp_path, monkeypatch):
    def nobody_lacks(category, lkv):
        return {code: reason * 0 for code, reason in reasons_of(category, lkv).items()}

    monkeypatch.setattr(assessment, "reasons_of", nobody_lacks)
    assert "other hours than the settlement" in ended(quotum("overview", small, "--out", tmp_path / "out"), 15)
    assert list(tmp_path.iterdir()) == []
