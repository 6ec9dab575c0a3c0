"""The functions for notebooks give what the commands give, as objects."""

import json
import pydoc
import subprocess
import sys
from datetime import date

import attrs
import pyarrow.parquet as pq
import pytest

import quotum
from quotum.errors import CannotCertify, CannotWrite, WrongUse
from tests.api.conftest import SCENARIO
from tests.helpers import (
    EXAMPLES,
    HOUSE,
    deliver,
    discreet,
    ended,
    example_files,
    files_under,
    personal_values,
    receive_command,
    record_and_results,
    settle_command,
)
from tests.helpers import quotum as command
from tests.rows import cells

FUNCTIONS = ("columns", "compare", "explain", "missed", "read_run", "receive", "settle")
PERSONAL = personal_values(example_files(EXAMPLES[0]))


def test_names_are_there_before_anything_is_imported():
    code = """
import quotum, sys
names = dir(quotum)
heavy = {"pandas", "duckdb", "pyarrow", "attrs", "narwhals"} & set(sys.modules)
print(*names)
print(*heavy)
import quotum.explanations.words, quotum.output.missed
print(callable(quotum.explain), callable(quotum.missed))
"""
    process = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    names, heavy, callables = process.stdout.splitlines()
    assert names.split() == sorted(["QuotumError", "__version__", *FUNCTIONS])
    assert (heavy, callables) == ("", "True True")


def test_no_module_hides_a_function():
    """`quotum.explain` would be the package of that name as soon as somebody imported it."""
    hidden = [name for name in FUNCTIONS if list((HOUSE / "quotum").glob(f"{name}*")) and _is_module(name)]
    assert hidden == []


def _is_module(name):
    return any((HOUSE / "quotum" / form).exists() for form in (name, f"{name}.py"))


def test_help_tells_every_function_and_argument():
    text = pydoc.plain(pydoc.render_doc(quotum))
    for name in FUNCTIONS:
        assert f"\n    {name}(" in text
    assert "as_of: Returns count as filed by the end of this day" in text


def test_receive_says_what_the_command_says(received, tmp_path):
    archive, result = received
    lines = ended(receive_command(tmp_path / "archive", *example_files(EXAMPLES[0])), 0).splitlines()
    assert list(result.reconciliation) == lines[: len(result.reconciliation)]
    assert result.deliveries["received"].tolist() == [603, 27, 8, 4, 13]
    assert result.findings[["rule", "count"]].to_numpy().tolist() == [["wage_without_hours", 3]]
    assert (result.exit_code, result.refused, result.known, result.dry_run) == (0, (), (), False)
    assert files_under(archive / "rows") == files_under(tmp_path / "archive" / "rows")


def test_receive_again_and_what_is_wrong(tmp_path):
    sound, wrong = deliver(tmp_path / "a", register=[cells("register")]), tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")
    first = quotum.receive(sound[0], tmp_path / "archive", received="2027-05-02T06:00:00", dry_run=True)
    assert (first.dry_run, (tmp_path / "archive").exists()) == (True, False)
    assert "dry run: nothing was written" in repr(first)
    quotum.receive(sound, tmp_path / "archive", received="2027-05-02T06:00:00")
    again = quotum.receive([*sound, wrong], tmp_path / "archive", received="2027-05-03T06:00:00")
    assert (again.exit_code, again.known, len(again.refused)) == (10, ("register.csv",), 1)
    assert "1 REFUSED" in repr(again)
    assert "wrong.csv" in again._repr_html_()


def test_settle_writes_the_run_of_the_command(run, archive, tmp_path):
    ended(settle_command(archive, tmp_path / "run", "--scenario", SCENARIO), 0)
    assert record_and_results(run.folder) == record_and_results(tmp_path / "run")
    again = quotum.read_run(tmp_path / "run")
    assert (again.digest, again.simulation, again.year, again.as_of) == (run.digest, True, 2026, "2027-05-01")
    assert again.settlement.equals(run.settlement)
    assert len(run.settlement) == 8
    assert "no declarations delivered" in run.remarks[0]
    assert again.remarks == ()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        run.year = 2027


def test_settle_the_same_twice_and_something_else_in_its_place(run, archive, tmp_path):
    again = quotum.settle(archive, 2026, date(2027, 5, 1), run.folder, [str(SCENARIO)], threads=1)
    assert again.digest == run.digest
    (tmp_path / "taken").mkdir()
    with pytest.raises(WrongUse, match="exists and is no run"):
        quotum.settle(archive, 2026, "2027-05-01", tmp_path / "taken")
    with pytest.raises(CannotWrite, match="make the folder first"):
        quotum.settle(archive, 2026, "2027-05-01", tmp_path / "nowhere" / "run")


def test_a_frame_is_checked_when_it_is_read(archive, tmp_path):
    later = quotum.settle(archive, 2026, "2027-05-01", tmp_path / "run", threads=1)
    file = tmp_path / "run" / "data" / "settlement.parquet"
    file.parent.chmod(0o700)
    file.chmod(0o600)
    file.write_bytes(b"altered")
    with pytest.raises(CannotCertify):
        later.settlement  # noqa: B018
    with pytest.raises(CannotCertify):
        quotum.read_run(tmp_path / "run")


def test_another_regime_has_other_tables(run, tmp_path):
    earlier = cells(
        "returns", IdBer="M0", DatTdAanm="2025-02-20T10:00:00", DatAanvTv="2025-01-01", DatEindTv="2025-01-31"
    )
    others = {kind: [cells(kind)] for kind in ("register", "employers", "wage_bills")}
    files = deliver(tmp_path / "files", returns=[cells("returns"), earlier], **others)
    archive, scenario = tmp_path / "archive", tmp_path / "percentage.toml"
    scenario.write_text('title = "Two percent"\n\n[set]\n"wfsv.quota_percentage_market" = "2.00"\n')
    quotum.receive(files, archive, received="2027-05-02T06:00:00")
    levy = quotum.settle(archive, 2026, "2027-05-01", tmp_path / "run", scenario, regime="quota-levy", threads=1)
    assert len(levy.quota_lines) == len(levy.settlement) == 1
    with pytest.raises(WrongUse, match=r"no table quota_lines; it has bonus_lines, .*, settlement, surcharge_lines"):
        run.quota_lines  # noqa: B018


@pytest.mark.parametrize(("only", "options"), [((), ()), ("small", ("--only", "small"))], ids=["whole", "small"])
def test_explain_tells_what_the_command_tells(run, only, options):
    employer = run.settlement["rsin"][1]
    answer = quotum.explain(run, employer, only=only)
    for name, given in {"text": (), "html": ("--format", "html")}.items():
        assert getattr(answer, name) == ended(command("explain", run.folder, employer, *options, *given), 0)
    record = json.loads(ended(command("explain", run.folder, employer, *options, "--format", "json"), 0))
    assert answer.steps["result"].tolist() == [step["result"] for step in record["steps"]]
    assert answer.settled["lkv_cents"] == record["settled"]["lkv_cents"]
    assert not answer.brief or "Payable" in answer.brief


def test_explain_a_person_in_dutch(run):
    line = run.bonus_lines.iloc[0]
    answer = quotum.explain(str(run.folder), line["rsin"], line["bsn"], language="nl")
    assert set(answer.steps["person"]) == {line["bsn"]}
    assert "Werkgever" in answer._repr_html_()
    assert "<html" not in answer._repr_html_()


def test_missed_gives_the_list_of_the_command(run, tmp_path):
    answer = quotum.missed(run)
    ended(command("missed", run.folder, "--out", tmp_path / "missed"), 0)
    written = pq.read_table(tmp_path / "missed" / "SIMULATION-missed.parquet").to_pylist()
    assert answer.people.to_dict("records") == written
    assert answer.totals["persons"].tolist() == [3, 15]
    assert answer.totals["cents"].sum() == answer.people["cents"].sum() == 9_487_53 + 29_788_65
    assert (answer.correct_until, answer.simulation) == (date(2027, 5, 1), True)


def test_compare_shows_its_amounts_in_both_languages(archive):
    answer = quotum.compare(archive, 2026, "2027-05-01", "activated-budget", threads=1, language="nl")
    assert "SIMULATIE" in answer._repr_html_()
    assert "6,43%" in answer._repr_html_()
    assert repr(answer) == "<Compared: SIMULATION, 2026 as filed by 2027-05-01: law, activated-budget>"


def test_short_forms_hold_nobody(run, received, archive):
    """What a cell prints by the way: no BSN, no RSIN, no name."""
    employer, person = run.bonus_lines["rsin"][0], run.bonus_lines["bsn"][0]
    answers = [received[1], run, quotum.missed(run), quotum.explain(run, employer, person)]
    for answer in answers:
        discreet(repr(answer), PERSONAL)
    for answer in answers[:3]:
        discreet(answer._repr_html_(), PERSONAL)
    assert repr(run).startswith("<Run of 2026: SIMULATION, as filed by 2027-05-01, digest ")


def test_a_summary_is_the_beginning_of_the_report(run):
    html = quotum.read_run(run.folder, language="nl")._repr_html_()
    assert html.startswith('<div lang="nl">\n<h3>SIMULATIE: Vaststelling over 2026</h3>')
    assert "7 van 8 werkgevers" in html


def test_columns_of_a_table_of_two_names_are_of_the_first():
    assert "surcharge_cents" in quotum.columns("settlement")["column"].tolist()
