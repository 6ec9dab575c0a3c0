"""`quotum explain` of every kind of run: each employer of a made-up country adds up, and nothing altered does."""

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attrs import frozen

from quotum.citations import cited
from quotum.explanations.explanation import explain_in, open_run
from quotum.explanations.forms.brief import as_brief
from quotum.explanations.forms.page import as_page
from quotum.explanations.forms.text import as_text
from quotum.explanations.step import REASONS
from quotum.run_folder import bag
from tests.commands.explained_country import country
from tests.helpers import deliver, discreet, ended, quotum, rows_of, table_rows, take_in
from tests.rows import cells

pytestmark = pytest.mark.slow

ACTIVATED = """\
title = "Activated"
[set]
"wet_banenafspraak.in_force_from" = 2022-01-01
"wet_banenafspraak.activated_in" = 2022
"wtl.bonus_rate" = "1.50"
"wfsv.small_employer_factor" = 3
"""
THREE_YEARS = """\
"wet_banenafspraak.surcharge_rate" = "balance"
"wet_banenafspraak.required_share" = "2.00"
"wtl.jobs_agreement_years" = 3
"""
CONDITIONAL = """\
"wet_banenafspraak.surcharge_rate" = "budget"
"wet_banenafspraak.sectors" = "conditional"
"wet_banenafspraak.required_government_share" = "50"
"wet_banenafspraak.baseline_hours_government" = 0
"wet_banenafspraak.target_jobs_government" = {}
"""
LEVY = """\
title = "Levy"
[set]
"wfsv.quota_percentage_government" = "60.00"
"wfsv.quota_percentage_market" = "60.00"
"wfsv.quota_threshold_employees" = "2"
"""


@frozen
class Kind:
    """A kind of run."""

    year: int
    scenario: str = ""
    regime: str = "as-enacted"


KINDS = {
    "2024": Kind(2024),
    "2025": Kind(2025),
    "2026": Kind(2026),
    "three_years_in_balance": Kind(2026, ACTIVATED + THREE_YEARS),
    "condition_met_budget": Kind(2026, ACTIVATED + CONDITIONAL.format("1")),
    "condition_not_met": Kind(2026, ACTIVATED + CONDITIONAL.format("1000")),
    "2025_given_rate": Kind(2025, ACTIVATED + '"wet_banenafspraak.surcharge_rate" = "0.35"\n'),
    "quota_levy": Kind(2026, LEVY, "quota-levy"),
}
SAMPLE = ("2025", "three_years_in_balance", "condition_met_budget", "condition_not_met", "quota_levy")
AMOUNTS = {
    "as-enacted": ("surcharge_base_cents", "surcharge_cents", "lkv_cents", "bonus_cents"),
    "quota-levy": ("quota_levy_cents",),
}


def settled_run(folder: Path, name: str) -> Path:
    """A run of a kind over the archive in a folder, made once."""
    run, kind = folder / name, KINDS[name]
    if not run.exists():
        (folder / f"{name}.toml").write_text(kind.scenario, "utf-8")
        scenario = ("--scenario", folder / f"{name}.toml") if kind.scenario else ()
        asked = ("--year", kind.year, "--as-of", date(kind.year + 1, 5, 1), "--regime", kind.regime, "--threads", 1)
        ended(quotum("settle", "--archive", folder / "archive", *asked, *scenario, "--out", run), 0)
    return run


def explained(run):
    """Every employer of a run with its explanation: each adds up to what was settled, column by column."""
    opened = open_run(run)
    for line in table_rows(run, "settlement"):
        explanation = explain_in(opened, line["rsin"])
        for column in AMOUNTS[explanation.regime]:
            added = sum(step.amount_cents for step in explanation.steps if step.adds_to == column)
            assert added == line[column], column
        yield line, explanation


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A small country."""
    folder = tmp_path_factory.mktemp("sample")
    country(folder, 10, 8)
    return folder


@pytest.mark.parametrize("name", list(SAMPLE))
def test_every_employer_of_a_small_country_adds_up(name, sample):
    run = settled_run(sample, name)
    explanations = [explanation for _, explanation in explained(run)]
    assert len(explanations) >= 10
    assert {explanation.simulation for explanation in explanations} == {bool(KINDS[name].scenario)}
    reasons = Counter(reason for explanation in explanations for step in explanation.steps for reason in step.not_given)
    expected = {
        "2025": {"not_qualified", "years_over", "wsw", "not_due", "not_asked"},
        "three_years_in_balance": {"not_registered", "years_over", "abolished", "small", "wsw"},
        "condition_met_budget": {"not_registered", "small", "agency_worker"},
        "condition_not_met": {"not_due"},
        "quota_levy": {"below_threshold", "agency_worker", "wsw", "above_hours", "agreed_late"},
    }[name]
    assert expected - set(reasons) == set()


@pytest.mark.parametrize("name", ["2025", "condition_met_budget", "quota_levy"])
def test_nobody_else_is_named(name, sample):
    """No BSN at all, and no RSIN but that of the employer, in whatever form."""
    run = settled_run(sample, name)
    opened = open_run(run)
    returns = [row for path in (sample / "files").glob("returns-*") for row in rows_of(path)]
    numbers = {row["SofiNr"] for row in returns} | {row["LhNr"][:9] for row in returns}
    for line in table_rows(run, "settlement"):
        explanation = explain_in(opened, line["rsin"])
        for text in (as_text(explanation), as_page(explanation)):
            assert {number for number in numbers - {"", line["rsin"]} if number in text} == set()


def altered(run: Path, folder: Path, table: str, column: str) -> tuple[Path, str]:
    """A copy of a run of which one number of one employer is one more, its manifests made again."""
    copy = folder / "copy"
    shutil.copytree(run, copy)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o700)
    path = copy / "data" / f"{table}.parquet"
    rows = pq.read_table(path).to_pylist()
    row = next(row for row in rows if row[column] is not None)
    row[column] = not row[column] if isinstance(row[column], bool) else row[column] + 1
    pq.write_table(pa.Table.from_pylist(rows, pq.read_schema(path)), path)
    bag._tag_files(copy, "altered")
    return copy, row["rsin"]


@pytest.mark.parametrize(
    ("name", "table", "column"),
    [
        ("2025", "settlement", "lkv_cents"),
        ("2025", "settlement", "premium_wage_t2_cents"),
        ("2025", "bonus_lines", "paid_hours"),
        ("2025", "other_lkv_lines", "lkv_cents"),
        ("2025", "other_lkv_lines", "paid_hours"),
        ("quota_levy", "settlement", "quota_levy_cents"),
        ("quota_levy", "settlement", "paid_hours_t1"),
        ("quota_levy", "settlement", "quota_percentage_hundredths"),
        ("quota_levy", "quota_lines", "lent_hours"),
        ("quota_levy", "quota_lines", "counted_hours_t1"),
        ("quota_levy", "quota_lines", "bound"),
    ],
)
def test_one_altered_number_is_15(name, table, column, sample, tmp_path):
    run, rsin = altered(settled_run(sample, name), tmp_path, table, column)
    result = quotum("explain", run, rsin)
    assert f"{table}" in ended(result, 15)
    assert result.stdout == ""
    discreet(result.stderr)


@pytest.mark.parametrize(
    ("name", "was", "becomes"),
    [
        ("three_years_in_balance", '"rate_hundredths": ', '"rate_hundredths": 1'),
        ("three_years_in_balance", '"rate_quotient": "', '"rate_quotient": "1'),
        ("condition_met_budget", '"bonus_cents": ', '"bonus_cents": 999999'),
        ("condition_not_met", '"government_condition_met": false', '"government_condition_met": true'),
        ("condition_not_met", '"government_condition_met": false', '"government_condition_met": null'),
    ],
)
def test_what_was_decided_over_the_country_is_held_against_the_rest(name, was, becomes, sample, tmp_path):
    """A rate that was solved, or a condition, is taken from macro.json, and does not come from nowhere."""
    run = settled_run(sample, name)
    owing = [line["rsin"] for line in table_rows(run, "settlement") if not line["small_employer"]]
    copy, _ = altered(run, tmp_path, "settlement", "net_cents")
    shutil.copy(run / "data" / "settlement.parquet", copy / "data" / "settlement.parquet")
    path = copy / "data" / "macro.json"
    assert was in path.read_text()
    path.write_text(path.read_text().replace(was, becomes))
    bag._tag_files(copy, "altered")
    ended(quotum("explain", run, owing[0]), 0)
    ended(quotum("explain", copy, owing[0]), 15)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("three_years_in_balance", ("in balance with the bonus", "taken from macro.json", "exact: ")),
        ("condition_met_budget", ("pays for the bonus of all employers", "surcharge of all: ", "has realised enough")),
        ("condition_not_met", ("but government has not realised enough", "counted over the whole country")),
    ],
)
def test_what_follows_from_the_whole_country_says_so(name, expected, sample):
    run = settled_run(sample, name)
    owing = next(line["rsin"] for line in table_rows(run, "settlement") if not line["small_employer"])
    text = " ".join(ended(quotum("explain", run, owing), 0).split())
    assert [words for words in expected if words not in text] == []


def test_a_quota_levy_states_what_a_decision_states(sample):
    """Wfsv art. 38h lid 2: sector, percentage, hours, target group, allocated and taken off, shortage, levy."""
    run = settled_run(sample, "quota_levy")
    lines = {line["rsin"]: line for line in table_rows(run, "quota_lines")}
    owing = next(line for line in table_rows(run, "settlement") if line["quota_levy_cents"])
    output = ended(quotum("explain", run, owing["rsin"]), 0)
    stated = {
        name.strip(): value
        for name, value in (line.rsplit(maxsplit=1) for line in output.split("\n\n")[1].splitlines()[2:])
    }
    line = lines[owing["rsin"]]
    assert stated == {
        "Sector": owing["sector"],
        "Quota percentage": "60.00%",
        "Paid hours, year before": f"{owing['paid_hours_t1']:,}",
        "of these held against the threshold": f"{line['counted_hours_t1']:,}",
        "Paid hours": f"{owing['paid_hours']:,}",
        "of these counted (A)": f"{line['counted_hours']:,}",
        "Hours of the target group": f"{owing['target_group_hours']:,}",
        "of these counted": f"{line['counted_target_hours']:,}",
        "allocated as a borrower": f"{line['borrowed_hours']:,}",
        "taken off as a lender": f"{line['lent_hours']:,}",
        "hours that count (C)": f"{line['levy_target_hours']:,}",
        "Shortage, jobs": f"{owing['quota_shortage_tenths'] // 10}.{owing['quota_shortage_tenths'] % 10}",
        "Quota levy (quotumheffing), euro": f"{owing['quota_levy_cents'] // 100:,}.00",
    }
    assert "no decision" in output
    assert output.startswith("SIMULATION: ")


@pytest.mark.parametrize("name", ["2025", "condition_met_budget", "quota_levy"])
def test_in_dutch_the_same_steps_are_told_in_other_words(name, sample):
    """Every number, reason and provision is the same; no label or question is left in English."""
    run = settled_run(sample, name)
    opened = open_run(run)
    for line in table_rows(run, "settlement")[:3]:
        english, dutch = (explain_in(opened, line["rsin"], language=language) for language in ("en", "nl"))
        assert len(english.steps) == len(dutch.steps)
        for step, other in zip(english.steps, dutch.steps, strict=True):
            assert (step.amount_cents, step.not_given) == (other.amount_cents, other.not_given)
            assert cited(step.article).dutch == other.article
            assert step.question != other.question
            assert len(step.inputs) == len(other.inputs)
        for form in (as_text, as_page, as_brief):
            text = form(dutch)
            assert [word for word in ("not given", "kind of work", "answer", " to now") if word in text] == []


def test_a_brief_explanation_fits_a_screen_and_says_what_was_not_granted(sample):
    run = settled_run(sample, "2025")
    opened = open_run(run)
    for line in table_rows(run, "settlement"):
        explanation = explain_in(opened, line["rsin"])
        text = as_brief(explanation)
        assert f"{line['lkv_cents'] // 100:,}.{line['lkv_cents'] % 100:02}" in text
        assert len(text.splitlines()) <= 60
        reasons = {REASONS[code].text.english for step in explanation.steps for code in step.not_given}
        assert [words for words in reasons if words not in text] == []


@pytest.mark.parametrize(
    ("name", "only", "rules"),
    [
        ("2025", "bonus", {"lkv", "other_lkv"}),
        ("2025", "small", {"small_employer"}),
        ("2025", "surcharge", {"surcharge"}),
        ("quota_levy", "levy", {"quota_hours", "allocations", "quota_levy"}),
    ],
)
def test_only_some_questions(name, only, rules, sample):
    run = settled_run(sample, name)
    rsin = table_rows(run, "settlement")[0]["rsin"]
    dotted = f"{rsin[:4]}.{rsin[4:6]}.{rsin[6:]}"
    answer = json.loads(ended(quotum("explain", run, dotted, "--only", only, "--format", "json"), 0))
    result = {step["rule"] for step in answer["steps"]}
    assert result
    assert result <= rules
    assert "not shown included" in ended(quotum("explain", run, rsin, "--only", only), 0)


def test_brief_is_text(sample):
    run = settled_run(sample, "2025")
    output = ended(quotum("explain", run, table_rows(run, "settlement")[0]["rsin"], "--brief", "--format", "html"), 2)
    assert "--brief" in output


@pytest.mark.parametrize(("filed", "hours"), [("2026-05-01T23:59:59", 100), ("2026-05-02T00:00:00", 0)])
def test_the_year_before_counts_as_filed_by_1_may(filed, hours, tmp_path):
    """Wfsv art. 34 lid 7."""
    period = {"DatAanvTv": "2025-03-01", "DatEindTv": "2025-03-31"}
    returns = [cells("returns"), cells("returns", IdBer="B1", DatTdAanm=filed, **period)]
    files = deliver(tmp_path / "files", returns=returns, employers=[cells("employers")])
    take_in(tmp_path / "archive", files)
    (tmp_path / "quota_levy.toml").write_text(LEVY, "utf-8")
    (explanation,) = (item for _, item in explained(settled_run(tmp_path, "quota_levy")))
    assert explanation.settled.hours["counted_hours_t1"] == hours


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A country of 120 employers."""
    folder = tmp_path_factory.mktemp("large")
    country(folder, 120, 4)
    return folder


@pytest.mark.parametrize("name", KINDS)
def test_every_employer_of_120_adds_up(name, large):
    assert sum(1 for _ in explained(settled_run(large, name))) >= 120
