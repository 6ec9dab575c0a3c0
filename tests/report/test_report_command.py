"""`quotum report` and the page and workbook of `quotum simulate`."""

import json
import re
import shutil

import pyarrow.parquet as pq
import pytest

from quotum.report.reader import Reader
from tests.helpers import discreet, ended, quotum, record_and_results, settled
from tests.replay.altering import a_copy, change_rows, seal_again
from tests.report.conftest import AWKWARD
from tests.report.html import Parts
from tests.simulate.conftest import AS_OF, YEAR

pytestmark = pytest.mark.slow

ENGLISH, DUTCH = Reader("en"), Reader("nl")


def macro_of(run):
    return json.loads((run / "data" / "macro.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def report(run, tmp_path_factory):
    out = tmp_path_factory.mktemp("report") / "report.html"
    ended(quotum("report", run, "--out", out), 0)
    return out


@pytest.fixture(scope="module")
def parts(report):
    return Parts(report.read_bytes())


def test_totals_are_those_of_the_run(run, parts):
    totals = macro_of(run)["totals"]
    (row,) = parts.tables["money-table"][2:]
    names = ("surcharge_cents", "lkv_cents", "bonus_cents", "payable_cents", "net_cents")
    assert row == [str(YEAR), *(ENGLISH.euro(totals[name]) for name in names)]
    (row,) = parts.tables["counts-table"][2:]
    assert row[1:] == [ENGLISH.count(totals[name]) for name in ("employers", "small_employers", "payers", "receivers")]


def test_groups_add_up_to_the_totals(run, parts):
    rows = parts.tables["groups-table"][2:]
    for grouping in ("Sector", "Wage bill", "Small or not"):
        employers = [int(row[2].replace(",", "")) for row in rows if row[0] == grouping]
        assert sum(employers) == macro_of(run)["totals"]["employers"]
        assert len(employers) > 1


def test_bins_and_shares_hold_every_employer_once(run, parts):
    settlement = pq.read_table(run / "data" / "settlement.parquet").to_pylist()
    bins = [int(row[1].replace(",", "")) for row in parts.tables["distribution-table"][2:]]
    assert sum(bins) == len(settlement)
    owing = [row for row in settlement if not row["small_employer"] and row["paid_hours"] > 0]
    assert sum(int(row[1].replace(",", "")) for row in parts.tables["shares-table"][2:]) == len(owing) > 0


def test_jobs_are_those_of_the_run(run, parts):
    result = macro_of(run)["sectors"]
    for row, sector in zip(parts.tables["jobs-table"][2:], ("government", "market", "hired_in", "total"), strict=True):
        numbers = [result[sector][f"{name}_jobs"] for name in ("baseline", "target", "realised", "missing", "december")]
        assert [float(cell.replace(",", "").replace("\N{MINUS SIGN}", "-")) for cell in row[1:]] == pytest.approx(
            [float(number) for number in numbers], abs=0.051
        )


def test_missing_jobs_are_exact_and_the_baseline_is_named(run, parts):
    macro = macro_of(run)
    rows = parts.tables["exact-table"][2:]
    assert [row[1] for row in rows] == [part["missing_jobs_exact"] for part in _in_order(macro["sectors"])]
    assert ENGLISH.say("run.baseline_counted") in parts.words


def _in_order(sectors):
    return [sectors[name] for name in ("government", "market", "hired_in", "total")]


def _plain(reader, cents):
    """An amount as the words of a page have it, with ordinary blanks."""
    return " ".join(reader.exact_euro(cents).split())


@pytest.mark.parametrize("reader", [pytest.param(ENGLISH), DUTCH], ids=["en", "nl"])
def test_the_savings_loss_is_shown_as_the_product_of_its_factors(reader, archive, country, tmp_path):
    """With targets and baseline at the scale of the country, and no regime that brings in revenue."""
    settled(archive, tmp_path / "run", country / str(YEAR) / "targets.toml")
    macro = macro_of(tmp_path / "run")
    ended(quotum("report", tmp_path / "run", "--out", tmp_path / "out.html", "--language", reader.language), 0)
    words = " ".join(Parts((tmp_path / "out.html").read_bytes()).words.split())
    factors = macro["savings_loss_factors"]
    assert macro["savings_loss_cents"] > 0
    for name in ("saving_per_job_cents", "saving_per_job_low_cents", "saving_per_job_high_cents"):
        assert _plain(reader, factors[name]) in words
    for name in ("savings_loss_cents", "savings_loss_low_cents", "savings_loss_high_cents"):
        assert _plain(reader, macro[name]) in words
    times = {"en": "missing jobs x", "nl": "ontbrekende banen x"}[reader.language]
    assert f"{factors['missing_jobs_exact']} {times} {_plain(reader, factors['saving_per_job_cents'])}" in words


@pytest.mark.parametrize(
    ("baseline", "expected"),
    [
        pytest.param(None, ["run.baseline_counted", "run.loss_withheld"], id="a_part_of_the_country"),
        pytest.param("national", ["run.baseline_national", "run.loss_withheld"], id="national"),
        pytest.param("none", ["run.baseline_none"], id="none"),
    ],
)
def test_what_is_withheld_is_said(baseline, expected, archive, tmp_path):
    settled(archive, tmp_path / "run", baseline=baseline)
    ended(quotum("report", tmp_path / "run", "--out", tmp_path / "out.html"), 0)
    parts = Parts((tmp_path / "out.html").read_bytes())
    assert all(ENGLISH.say(item) in parts.words for item in expected)
    assert (parts.tables["exact-table"][2][1], parts.tables["exact-table"][-1][1]) == ("–", "–")
    rows = parts.tables["jobs-table"][1:]
    for (_, _, target, realised, _, december), counted in zip(
        rows, _in_order(macro_of(tmp_path / "run")["sectors"]), strict=True
    ):
        assert realised == "–"
        assert "–" not in (target, december)
        assert baseline == "none" or counted["missing_jobs"] is not None
    if baseline != "none":
        assert {row[4] for row in rows} == {"–"}
        assert rows[-1][1] != "–"


def test_it_says_what_it_rests_on(run, parts):
    macro, record = macro_of(run), json.loads((run / "data" / "run.json").read_text("utf-8"))
    assert len(parts.tables["parameters-table"][2:]) == len(record["parameters"])
    assert len(parts.tables["assumptions-table"][2:]) >= len(macro["assumed"]) + len(macro["readings"])
    assert {row[1] for row in parts.tables["inputs-table"][2:]} == {entry["sha256"] for entry in record["inputs"]}
    assert len(parts.tables["findings-table"][2:]) == pq.read_table(run / "data" / "quality.parquet").num_rows


@pytest.mark.parametrize(("count", "shown"), [(1, False), (9, False), (10, True), (11, True)])
def test_euros_of_fewer_than_ten_are_not_shown_beside_a_finding(count, shown, run, tmp_path):
    """They would be nearly those of one employer or person; `quality.parquet` is the operator's and keeps them."""
    copy = a_copy(run, tmp_path / "run")
    finding = {"code": "wage_bills_differ", "place": "settlement", "count": count, "cents": 1_234_567_00}
    change_rows(copy, "quality", lambda rows: [rows[0] | finding])
    seal_again(copy)
    ended(quotum("report", copy, "--out", tmp_path / "out.html"), 0)
    parts = Parts((tmp_path / "out.html").read_bytes())
    (row,) = parts.tables["findings-table"][2:]
    hangs = [ENGLISH.say("hanging.surcharge"), str(count), ENGLISH.euro(1_234_567_00)]
    assert row[-3:] == (hangs if shown else ["", str(count), "–"])
    assert ENGLISH.say("text.hanging") in parts.words


@pytest.mark.parametrize(
    ("language", "meaning", "place"),
    [
        ("en", "DatAanvTv must be an existing day", "delivery 0123456789abcdef"),
        ("nl", "DatAanvTv moet zijn: een bestaande dag", "levering 0123456789abcdef"),
    ],
)
def test_a_finding_of_a_delivery_is_told_in_the_words_of_quality(language, meaning, place, run, tmp_path):
    copy = a_copy(run, tmp_path / "run")
    finding = {"code": "DatAanvTv_form", "place": f"delivery {'0123456789abcdef' * 4}", "count": 12, "cents": None}
    change_rows(copy, "quality", lambda rows: [rows[0] | finding])
    seal_again(copy)
    ended(quotum("report", copy, "--out", tmp_path / "out.html", "--language", language), 0)
    (row,) = Parts((tmp_path / "out.html").read_bytes()).tables["findings-table"][2:]
    assert row[0].startswith(meaning)
    assert row[0].endswith(" [DatAanvTv_form]")
    assert row[1] == place


def test_an_assumed_choice_is_shown_without_what_else_could_be_chosen(run, tmp_path):
    copy = a_copy(run, tmp_path / "run")
    name, path = "wet_banenafspraak.surcharge_basis", copy / "data" / "macro.json"
    amount = {"name": "wtl.bonus_rate", "value": "3.55", "unit": "euro per paid hour", "source": "mine"}
    choice = {"name": name, "value": "wage", "unit": "wage or high_rate", "source": "mine"}
    path.write_text(json.dumps(macro_of(run) | {"assumed": [amount, choice]}))
    seal_again(copy)
    ended(quotum("report", copy, "--out", tmp_path / "out.html"), 0)
    rows = Parts((tmp_path / "out.html").read_bytes()).tables["assumptions-table"][2:]
    values = {row[1]: row[2] for row in rows}
    assert (values[name], values["wtl.bonus_rate"]) == ("wage", "3.55 euro per paid hour")


def test_a_simulation_is_marked_and_nobody_is_named(run, parts, report):
    assert "SIMULATION" in parts.words
    assert all(rows[0] == ["SIMULATION"] for rows in parts.tables.values())
    discreet(re.sub("[0-9a-f]{64}", "", parts.words))
    numbers = pq.read_table(run / "data" / "settlement.parquet")["rsin"].to_pylist()
    assert not any(number in report.read_text("utf-8") for number in numbers)


def test_the_same_run_gives_the_same_bytes_and_nothing_else_is_overwritten(run, report, tmp_path):
    again = tmp_path / "again.html"
    ended(quotum("report", run, "--out", again), 0)
    assert again.read_bytes() == report.read_bytes()
    assert again.stat().st_mode & 0o077 == 0
    ended(quotum("report", run, "--out", again), 0)
    again.write_text("mine")
    assert "is not this report" in ended(quotum("report", run, "--out", again), 2)
    assert again.read_text() == "mine"


def test_without_out_it_stands_beside_the_run(archive, tmp_path):
    """The law as it is: no surcharge, and no simulation."""
    settled(archive, tmp_path / "law")
    ended(quotum("report", tmp_path / "law", "--language", "nl"), 0)
    parts = Parts((tmp_path / "law.report.html").read_bytes())
    assert "SIMULATIE" not in parts.words
    assert DUTCH.say("run.not_due") in parts.words
    assert "shares-table" not in parts.tables


def test_a_run_of_the_quota_levy(archive, tmp_path):
    scenario = tmp_path / "levy.toml"
    scenario.write_text(
        'title = "Levy"\n[set]\n"wfsv.quota_percentage_government" = "4.50"\n"wfsv.quota_percentage_market" = "3.90"\n'
        '"wfsv.quota_threshold_employees" = 4\n'
    )
    settled(archive, tmp_path / "levy", scenario, regime="quota-levy")
    output = ended(quotum("report", tmp_path / "levy", "--out", tmp_path / "levy.html"), 0)
    assert "levy.html" in output
    parts, totals = Parts((tmp_path / "levy.html").read_bytes()), macro_of(tmp_path / "levy")["totals"]
    assert totals["payers"] > 0
    assert parts.tables["money-table"][2:] == [[str(YEAR), ENGLISH.euro(totals["quota_levy_cents"])]]
    assert ENGLISH.say("run.levy") in parts.words


def test_what_is_no_run_is_refused(tmp_path):
    assert "is no run of quotum" in ended(quotum("report", tmp_path), 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["macro.json", "run.json", "quality.parquet", "settlement.parquet"])
def test_an_altered_run_is_refused(name, run, tmp_path):
    copy = tmp_path / "run"
    shutil.copytree(run, copy)
    path = copy / "data" / name
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    assert name in ended(quotum("report", copy, "--out", tmp_path / "out.html"), 21)
    assert not (tmp_path / "out.html").exists()


def test_simulate_writes_page_and_workbook_in_the_language_asked_for(archive, tmp_path):
    asked = ("simulate", "--archive", archive, "--year", YEAR, "--as-of", AS_OF, "--scenario", "activated-budget")
    for out in ("one", "two"):
        ended(quotum(*asked, "--out", tmp_path / out, "--threads", 1, "--language", "nl"), 0)
    assert record_and_results(tmp_path / "one") == record_and_results(tmp_path / "two")
    assert '<html lang="nl">' in (tmp_path / "one" / "index.html").read_text("utf-8")
    assert (tmp_path / "one" / "comparison.xlsx").read_bytes()[:2] == b"PK"


def test_the_title_of_a_scenario_is_escaped_outside_tables_too(report, parts):
    assert AWKWARD.encode() not in report.read_bytes()
    assert AWKWARD in parts.words
    assert parts.tags.count("script") == 1
