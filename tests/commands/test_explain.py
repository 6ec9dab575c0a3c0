"""`quotum explain`: every employer's amounts are rebuilt from its rows, or nobody is told a story."""

import json
import re
import shutil
from collections import Counter
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from jobs.cli import main
from quotum.explanations.explanation import explain, explain_in, open_run
from quotum.periods import months
from quotum.run_folder import bag
from tests.helpers import (
    ACTIVATED,
    EXAMPLES,
    RECEIVED,
    deliver,
    discreet,
    ended,
    example,
    example_files,
    quotum,
    rows_of,
    settled,
    table_rows,
    take_in,
)
from tests.rows import (
    EMPLOYER,
    OTHER_EMPLOYER,
    OTHER_PERSON,
    PERSON,
    cells,
    declaration,
    numbered,
    transfer,
    withdrawal,
)

EIGHT = EXAMPLES[0]
ADDED = ("surcharge_base_cents", "surcharge_cents", "lkv_cents", "bonus_cents")
SMALL, NOT_SMALL, STARTER = "309687457", "438804831", "844141847"


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """A run of each worked example, its archive beside it."""
    folder = tmp_path_factory.mktemp("explain")
    for name in EXAMPLES:
        take_in(folder / f"archive-{name}", example_files(name))
        settled(folder / f"archive-{name}", folder / name, example(name) / "scenario.toml")
    return folder


@pytest.fixture(scope="module")
def explained(runs):
    """Every employer of both examples, explained."""
    opened = {name: open_run(runs / name) for name in EXAMPLES}
    return {
        (name, line["rsin"]): explain_in(opened[name], line["rsin"])
        for name in EXAMPLES
        for line in table_rows(runs / name, "settlement")
    }


def added(explanation, column):
    return sum(step.amount_cents for step in explanation.steps if step.adds_to == column)


def a_copy(run: Path, folder: Path) -> Path:
    """A copy of a run that can be written."""
    copy = folder / "copy"
    shutil.copytree(run, copy)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o700)
    return copy


def change(run: Path, table: str, chosen: dict[str, object], **changed: object) -> None:
    """Change columns of the first row of a table of a run that has some values, or of its first row."""
    path = run / "data" / f"{table}.parquet"
    rows, schema = pq.read_table(path).to_pylist(), pq.read_schema(path)
    row = next(row for row in rows if all(row[name] == value for name, value in chosen.items()))
    for name, value in changed.items():
        row[name] = value(row[name]) if callable(value) else value
    pq.write_table(pa.Table.from_pylist(rows, schema), path)


def resealed(run: Path) -> Path:
    """The manifests made again, as whoever tampers with a run would."""
    bag._tag_files(run, "tampered")
    return run


# The steps add up


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_employer_of_the_examples_adds_up(name, explained):
    """The steps add up to what two independent programs expect, not only to what the run says."""
    for line in rows_of(example(name) / "expected_settlement.csv"):
        explanation = explained[name, line["rsin"]]
        assert {column: added(explanation, column) for column in ADDED} == {
            column: int(line[column]) for column in ADDED
        }
        assert added(explanation, "lkv_cents") + added(explanation, "bonus_cents") == int(line["payable_cents"])


@pytest.mark.slow
def test_every_person_and_return_has_its_step(runs, explained):
    """A step of LKV per line of bonus_lines, a step of surcharge per line of surcharge_lines, with that amount."""
    for name in EXAMPLES:
        lkv, charged = Counter(), Counter()
        for (of, _), explanation in explained.items():
            for step in explanation.steps if of == name else ():
                if step.adds_to == "lkv_cents" and not step.not_given:
                    lkv[step.person, step.amount_cents] += 1
                if step.adds_to == "surcharge_cents" and step.period:
                    charged[step.payroll_tax_number, step.period.start, step.period.end, step.amount_cents] += 1
        lines = enumerate(table_rows(runs / name, "bonus_lines"), 1)
        assert lkv == {(f"person {number}", line["lkv_cents"]): 1 for number, line in lines}
        returns = table_rows(runs / name, "surcharge_lines")
        columns = ("lhnr", "period_start", "period_end", "surcharge_cents")
        assert charged == {tuple(line[column] for column in columns): 1 for line in returns}


OTHER_TERMS = """\
title = "Other terms"
[set]
"wet_banenafspraak.in_force_from" = 2024-01-01
"wet_banenafspraak.activated_in" = 2024
"wet_banenafspraak.required_share" = "2.00"
"wtl.bonus_cap" = "3000"
"""
RATES = {
    "balance": '"wet_banenafspraak.surcharge_rate" = "balance"',
    "budget": '"wet_banenafspraak.surcharge_rate" = "budget"',
    "high": '"wet_banenafspraak.surcharge_rate" = "5.00"\n"wet_banenafspraak.surcharge_basis" = "high_rate"',
}


@pytest.mark.parametrize(
    "rate", [name if name == "balance" else pytest.param(name, marks=pytest.mark.slow) for name in RATES]
)
def test_other_terms_add_up(rate, runs, tmp_path):
    """A rate that is solved, or a percentage of the high rate, and a bonus that is cut off."""
    scenario = tmp_path / "scenario.toml"
    scenario.write_text(OTHER_TERMS + RATES[rate], "utf-8")
    settled(runs / f"archive-{EIGHT}", tmp_path / "run", scenario)
    for line in table_rows(tmp_path / "run", "settlement"):
        explanation = explain(tmp_path / "run", line["rsin"])
        assert {column: added(explanation, column) for column in ADDED} == {column: line[column] for column in ADDED}
        rates = [step for step in explanation.steps if step.question == "What is the rate?"]
        assert [step.footing for step in rates] == ([] if line["small_employer"] else ["assumed"])
    text = "".join(value for step in explanation.steps for _, value in step.inputs)
    assert {"balance": "in balance with", "budget": "pays for the bonus", "high": "5.00% of the high rate"}[
        rate
    ] in text


def test_as_enacted_there_is_lkv_only(runs, tmp_path):
    settled(runs / f"archive-{EIGHT}", tmp_path / "run")
    explanation = explain(tmp_path / "run", NOT_SMALL)
    assert not explanation.simulation
    assert [added(explanation, column) for column in ADDED] == [0, 0, 192809, 0]
    not_due = [step for step in explanation.steps if step.not_given == ("not_due",)]
    assert [step.rule for step in not_due] == ["lkv", "surcharge"]
    assert "SIMULATION" not in ended(quotum("explain", tmp_path / "run", NOT_SMALL), 0)
    assert "SIMULATION" not in ended(quotum("explain", tmp_path / "run", NOT_SMALL, "--format", "html"), 0)


# Messages


def test_messages_in_force_and_replaced(tmp_path):
    """What came of each message: replaced whole, in part, withdrawn from, or filed too late."""
    later = {"SofiNr": OTHER_PERSON, "NumIV": "2"}
    returns = [
        cells("returns", IdBer="M1", AantVerlU="1"),
        cells("returns", IdBer="M2", DatTdAanm="2026-03-01T10:00:00", AantVerlU="40"),
        cells("returns", IdBer="M2", DatTdAanm="2026-03-01T10:00:00", AantVerlU="60", **later),
        withdrawal(IdBer="M3", DatTdAanm="2026-04-01T10:00:00", **later),
        cells("returns", IdBer="M4", DatTdAanm="2027-05-02T00:00:00", Soort="C", AantVerlU="99"),
        cells("returns", IdBer="M5", DatTdAanm="2027-05-02T00:00:00", DatAanvTv="2026-02-01", DatEindTv="2026-02-28"),
        cells("returns", IdBer="M6", Soort="C", DatAanvTv="2026-03-01", DatEindTv="2026-03-31"),
    ]
    take_in(tmp_path / "archive", deliver(tmp_path / "files", returns=returns))
    settled(tmp_path / "archive", tmp_path / "run")
    january, february, march = (s for s in explain(tmp_path / "run", EMPLOYER).steps if s.rule == "in_force")
    assert [(name, value.partition("; ")[2]) for name, value in january.inputs[:4]] == [
        ("full return M1", "replaced whole by a later full return"),
        ("full return M2", "income relations reported: 2, of those replaced or withdrawn by a later message: 1"),
        ("supplementary return M3", "withdrawn: 1"),
        ("correction M4", "filed after 2027-05-01: does not count"),
    ]
    assert (january.result, january.footing) == ("income relations in force: 1", "reading")
    assert (february.result, february.footing) == ("no return in force", "law")
    assert march.result == "income relations in force: 1; no full return was filed, only corrections"


def test_wage_of_t_2_from_complete_returns(tmp_path):
    """Twelve months at 90,208.33 are 1,082,499.96: a small employer; the sum and the limit are both shown."""
    year = [
        cells(
            "returns", IdBer=f"E{number}", DatTdAanm="2025-02-01T10:00:00", PrlnAofAnwHg="90208.33",
            DatAanvTv=period.start.isoformat(), DatEindTv=period.end.isoformat(),
        )
        for number, period in enumerate(months(2024))
    ]  # fmt: skip
    take_in(tmp_path / "archive", deliver(tmp_path / "files", returns=[cells("returns"), *year]))
    settled(tmp_path / "archive", tmp_path / "run")
    known, test = (s for s in explain(tmp_path / "run", EMPLOYER).steps if s.rule == "small_employer")
    assert known.result == "1,082,499.96, from complete returns"
    assert known.footing == "reading"
    assert dict(test.inputs)["limit"] == "25 × 43,300.00 = 1,082,500.00"
    assert test.result == "yes: 1,082,499.96 is at most 1,082,500.00: a small employer"


# Why something was not given


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "reason", "expected"),
    [
        ("surcharge", "small", "no: a small employer owes no surcharge"),
        ("surcharge", "agency_worker", "no: agency or payroll worker"),
        ("surcharge", "wsw", "no: Wsw employment"),
        ("surcharge", "sheltered", "no: sheltered work"),
        ("target_group", "not_registered", "no: not registered in this period"),
        ("target_group", "wsw", "no: Wsw employment"),
        ("lkv", "pension_age", "not given: pension age reached by the first day of the period"),
        ("lkv", "not_asked", "not given: not asked for"),
        ("lkv", "not_insured", "not given: no employment that is insured"),
        ("other_lkv", "no_declaration", "not given: no declaration (doelgroepverklaring)"),
    ],
)
def test_why_not_in_the_examples(rule, reason, expected, explained):
    result = [
        step
        for explanation in explained.values()
        for step in explanation.steps
        if step.rule == rule and step.not_given == (reason,)
    ]
    assert expected in {step.result for step in result}


@pytest.mark.parametrize(
    ("reason", "row"),
    [("no_birth_date", cells("returns", Gebdat="")), ("no_bsn", cells("returns", SofiNr="", PersNr="7"))],
    ids=["no_birth_date", "no_bsn"],
)
def test_why_not_in_rows_that_lack_something(reason, row, tmp_path):
    files = deliver(tmp_path / "files", returns=[row], register=[cells("register")])
    take_in(tmp_path / "archive", files)
    settled(tmp_path / "archive", tmp_path / "run")
    steps = [step for step in explain(tmp_path / "run", EMPLOYER).steps if step.rule == "lkv" and step.period]
    assert [reason in step.not_given for step in steps] == [True]


DECLARED = declaration("disabled", "2024-01-01")


@pytest.mark.parametrize(
    ("activated", "hours", "disabled", "payable"),
    [
        pytest.param(False, 100, "305.00", 0, id="higher"),
        pytest.param(True, 100, "305.00", 477_00, id="lower_than_with_the_bonus"),
        pytest.param(False, 1_990, "6,000.00", 0, id="both_cut_off", marks=pytest.mark.slow),
    ],
)
def test_another_category_is_higher(activated, hours, disabled, payable, tmp_path):
    """100 hours: disabled 305.00 is more than the LKV 101.00, and less than 477.00 with its bonus (Wtl 4.1 lid 3)."""
    files = deliver(
        tmp_path / "files",
        returns=[cells("returns", IndAvrLkvAgWn="J", AantVerlU=f"{hours}")],
        register=[cells("register")],
        declarations=[DECLARED],
    )
    take_in(tmp_path / "archive", files)
    (tmp_path / "scenario.toml").write_text(ACTIVATED, "utf-8")
    settled(tmp_path / "archive", tmp_path / "run", *((tmp_path / "scenario.toml",) if activated else ()))
    explanation = explain(tmp_path / "run", EMPLOYER)
    lost = [step for step in explanation.steps if "other_category_higher" in step.not_given]
    assert [(step.rule, step.amount_cents) for step in lost] == ([] if activated else [("lkv", 0), ("other_lkv", None)])
    chosen = [step for step in explanation.steps if step.question.startswith("Which LKV is granted")]
    assert [step.footing for step in chosen] == ["reading" if activated else "law"]
    assert dict(chosen[0].inputs)["arbeidsgehandicapte werknemer"] == disabled
    assert explanation.settled.employer["payable_cents"] == payable


def test_a_transfer_of_undertaking(tmp_path):
    """Half of 2,000,000.00 passes over on 1 May 2025: it counts for both over 2026 (Besluit Wfsv art. 2.15)."""
    wages = ((EMPLOYER, "100000.01"), (OTHER_EMPLOYER, "2000000.00"))
    files = deliver(
        tmp_path / "files",
        returns=[cells("returns"), cells("returns", LhNr=f"{OTHER_EMPLOYER}L01", SofiNr=OTHER_PERSON)],
        wage_bills=[cells("wage_bills", rsin=rsin, premium_wage=wage) for rsin, wage in wages],
        transfers=[transfer("0.5", "2025-05-01")],
    )
    take_in(tmp_path / "archive", files)
    settled(tmp_path / "archive", tmp_path / "run")
    result = {}
    for rsin in (EMPLOYER, OTHER_EMPLOYER):
        explanation = explain(tmp_path / "run", rsin)
        asked = "What does this transfer of undertaking"
        result[rsin] = [step for step in explanation.steps if step.question.startswith(asked)]
        assert (explanation.settled.employer["small_ground"], explanation.settled.employer["small_employer"]) == (
            "transfer", rsin == OTHER_EMPLOYER,
        )  # fmt: skip
    (took,), (gave,) = result[EMPLOYER], result[OTHER_EMPLOYER]
    assert (took.result, took.footing, dict(took.inputs)["from"]) == (
        "1,000,000.00 is added", "law", "employer 2 of the run",
    )  # fmt: skip
    assert (gave.result, gave.footing, gave.amount_cents) == ("1,000,000.00 is taken off", "reading", -1_000_000_00)
    output = ended(quotum("explain", tmp_path / "run", EMPLOYER), 0)
    assert OTHER_EMPLOYER not in output
    assert "no: 1,100,000.01 is more than 1,082,500.00" in output


# What fails


@pytest.mark.parametrize(
    ("table", "column", "named"),
    [
        ("settlement", "lkv_cents", "settlement.lkv_cents"),
        ("settlement", "surcharge_cents", "settlement.surcharge_cents"),
        ("settlement", "payable_cents", "settlement.payable_cents"),
        ("settlement", "paid_hours", "settlement.paid_hours"),
        ("settlement", "premium_wage_t2_cents", "settlement.premium_wage_t2_cents"),
        ("bonus_lines", "bonus_cents", "bonus_lines row"),
        ("surcharge_lines", "base_cents", "surcharge_lines"),
    ],
)
def test_a_changed_amount_with_manifests_made_again_fails(table, column, named, runs, tmp_path):
    run = a_copy(runs / EIGHT, tmp_path)
    key = {"lhnr": f"{NOT_SMALL}L01"} if table == "surcharge_lines" else {"rsin": NOT_SMALL}
    change(run, table, key, **{column: lambda value: value + 1})
    result = quotum("explain", resealed(run), NOT_SMALL)
    assert named in ended(result, 15)
    assert result.stdout == ""
    discreet(result.stderr)


def test_a_changed_rate_fails(runs, tmp_path):
    run = a_copy(runs / EIGHT, tmp_path)
    path = run / "data" / "macro.json"
    path.write_text(path.read_text().replace('"rate_hundredths": 35', '"rate_hundredths": 36'))
    assert "rate" in ended(quotum("explain", resealed(run), NOT_SMALL), 15)


@pytest.mark.parametrize("name", ["data/settlement.parquet", "data/run.json", "manifest-sha256.txt"])
def test_an_altered_run_is_not_explained(name, runs, tmp_path):
    run = a_copy(runs / EIGHT, tmp_path)
    (run / name).write_bytes((run / name).read_bytes() + b"\n")
    assert "altered" in ended(quotum("explain", run, NOT_SMALL), 21)


def test_altered_rows_of_the_archive(runs, tmp_path):
    archive = tmp_path / "archive"
    shutil.copytree(runs / f"archive-{EIGHT}", archive)
    path = next((archive / "rows").rglob("returns-2026-*.parquet"))
    rows = pq.read_table(path)
    more = pa.array([hours + 1 for hours in rows["paid_hours"].to_pylist()], pa.int64())
    path.chmod(0o600)
    pq.write_table(rows.set_column(rows.schema.get_field_index("paid_hours"), "paid_hours", more), path)
    assert "is not as it was received" in ended(quotum("explain", runs / EIGHT, NOT_SMALL, "--archive", archive), 13)


@pytest.mark.parametrize("table", ["returns-2026-*", "fragments", "register-*", "employers-*"])
def test_damaged_rows_of_the_archive(table, runs, tmp_path):
    archive = tmp_path / "archive"
    shutil.copytree(runs / f"archive-{EIGHT}", archive)
    path = next((archive / "rows").rglob(f"{table}.parquet"))
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-50])
    assert "damaged" in ended(quotum("explain", runs / EIGHT, NOT_SMALL, "--archive", archive), 13)
    path.unlink()
    ended(quotum("explain", runs / EIGHT, NOT_SMALL, "--archive", archive), 13)


def test_another_archive_lacks_what_the_run_read(runs):
    result = quotum("explain", runs / EIGHT, NOT_SMALL, "--archive", runs / f"archive-{EXAMPLES[1]}")
    assert "lacks 5 of the 5 deliveries" in ended(result, 13)
    ended(quotum("explain", runs / EIGHT, NOT_SMALL, "--archive", runs / "nowhere"), 13)


def test_a_run_that_claims_another_regime_is_not_explained(runs, tmp_path):
    run = a_copy(runs / EIGHT, tmp_path)
    path = run / "data" / "run.json"
    path.write_text(path.read_text().replace('"regime": "as-enacted"', '"regime": "quota-levy"'))
    assert "altered" in ended(quotum("explain", resealed(run), NOT_SMALL), 21)


# Who is asked about


def test_a_payroll_tax_number_names_its_employer(explained, runs):
    assert explain(runs / EIGHT, f"{NOT_SMALL}L01") == explained[EIGHT, NOT_SMALL]


@pytest.mark.parametrize(
    "arguments",
    [
        ["{run}", OTHER_EMPLOYER],
        ["{run}", f"{NOT_SMALL}L77"],
        ["{run}", f"{NOT_SMALL}X01"],
        ["{run}", NOT_SMALL[:8]],
        ["{run}", NOT_SMALL, "--person", numbered(77)],
        ["{run}", NOT_SMALL, "--person", f"{PERSON}0"],
        ["{run}", NOT_SMALL, PERSON],
        ["{run}", NOT_SMALL, f"--{PERSON}"],
        [NOT_SMALL, "{run}"],
        ["{run}"],
        ["{run}/data", NOT_SMALL],
    ],
    ids=[
        "unknown", "unknown_number", "no_number", "too_short", "unknown_person", "no_bsn", "one_too_many",
        "bsn_as_option", "in_the_wrong_order", "nobody", "no_run",
    ],
)  # fmt: skip
def test_wrong_use_repeats_no_number(arguments, runs):
    result = quotum("explain", *(argument.format(run=runs / EIGHT) for argument in arguments))
    ended(result, 2)
    assert result.stdout == ""
    discreet(result.stderr)
    assert NOT_SMALL[:8] not in result.stderr
    assert re.search(r"(?<!\d)\d{9}", result.stderr) is None


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_persons_have_sequence_numbers_unless_one_is_asked_for(form, runs):
    bsns = {row["SofiNr"] for row in rows_of(example(EIGHT) / "returns.csv")} - {""}
    without = quotum("explain", runs / EIGHT, NOT_SMALL, "--format", form)
    ended(without, 0)
    assert without.stderr == ""
    assert {bsn for bsn in bsns if bsn in without.stdout} == set()
    asked = next(line["bsn"] for line in table_rows(runs / EIGHT, "bonus_lines") if line["rsin"] == NOT_SMALL)
    result = quotum("explain", runs / EIGHT, NOT_SMALL, "--format", form, "--person", asked)
    ended(result, 0)
    assert result.stderr == ""
    assert {bsn for bsn in bsns if bsn in result.stdout} == {asked}


def test_a_person_that_was_asked_for(runs):
    line = next(line for line in table_rows(runs / EIGHT, "bonus_lines") if line["rsin"] == NOT_SMALL)
    explanation = explain(runs / EIGHT, NOT_SMALL, line["bsn"])
    assert {step.person for step in explanation.steps} == {line["bsn"]}
    assert added(explanation, "lkv_cents") == line["lkv_cents"]
    assert added(explanation, "bonus_cents") == line["bonus_cents"]


@pytest.mark.parametrize(("language", "words"), [("en", "Of the employer, all"), ("nl", "Van de werkgever, alle")])
def test_in_brief_the_amounts_beside_a_person_are_said_to_be_of_the_employer(language, words, runs):
    line = next(line for line in table_rows(runs / EIGHT, "bonus_lines") if line["rsin"] == NOT_SMALL)
    command = ("explain", runs / EIGHT, NOT_SMALL, "--brief", "--language", language)
    assert words in ended(quotum(*command, "--person", line["bsn"]), 0)
    assert words not in ended(quotum(*command), 0)


# Where it looks


@pytest.mark.slow
def test_later_deliveries_change_nothing(runs, tmp_path):
    """A register, wage bills and returns that came after the run were not read by it."""
    archive, run = tmp_path / "archive", tmp_path / "run"
    take_in(archive, example_files(EIGHT))
    settled(archive, run, example(EIGHT) / "scenario.toml")
    before = quotum("explain", run, NOT_SMALL, "--format", "json").stdout
    later = deliver(
        tmp_path / "later",
        returns=[cells("returns", LhNr=f"{NOT_SMALL}L01", SofiNr=numbered(9), IdBer="LATER")],
        register=[cells("register")],
        traits=[cells("traits")],
        wage_bills=[cells("wage_bills", rsin=NOT_SMALL, premium_wage="1.00")],
        employers=[cells("employers", rsin=NOT_SMALL, sector="overheid")],
    )
    take_in(archive, later, RECEIVED + timedelta(days=30))
    assert quotum("explain", run, NOT_SMALL, "--format", "json").stdout == before
    # Received with an earlier day on it: still no input of the run.
    back = deliver(tmp_path / "back", register=[cells("register", ground="b")])
    take_in(archive, back, RECEIVED - timedelta(days=300))
    assert quotum("explain", run, NOT_SMALL, "--format", "json").stdout == before
    # A run made now reads all of it.
    settled(archive, tmp_path / "again", example(EIGHT) / "scenario.toml")
    small = explain(tmp_path / "again", NOT_SMALL).settled
    assert (small.employer["small_employer"], small.employer["sector"]) == (True, "overheid")
    # And one as known on the day of the first still does not.
    settled(archive, tmp_path / "then", example(EIGHT) / "scenario.toml", known_on=RECEIVED.date())
    assert explain(tmp_path / "then", NOT_SMALL).settled.employer["small_employer"] is False


def test_the_archive_from_the_environment(runs, tmp_path):
    shutil.copytree(runs / f"archive-{EIGHT}", tmp_path / "moved")
    run = a_copy(runs / EIGHT, tmp_path)
    (run / "environment.json").unlink()
    assert "--archive" in ended(quotum("explain", run, NOT_SMALL), 13)
    environment = {"QUOTUM_ARCHIVE": str(tmp_path / "moved")}
    ended(CliRunner(env=environment).invoke(main, ["explain", str(run), NOT_SMALL]), 0)


# Forms


def test_text_has_a_line_per_step(explained, runs):
    lines = ended(quotum("explain", runs / EIGHT, SMALL), 0).splitlines()
    first = next(number for number, line in enumerate(lines) if line.endswith("Returns in force"))
    steps = [line for line in lines[first:] if re.match("  (law    |reading|assumed)  ", line)]
    assert len(steps) == len(explained[EIGHT, SMALL].steps)
    assert lines[0] == f"SIMULATION: Employer {SMALL}: 2026, returns as filed by 2027-05-01"
    assert "  Payable                              14,238.45" in lines
    # Every heading says it, and nothing runs on after the width of a page in print but a table.
    headings = [lines[number - 1] for number, line in enumerate(lines) if line and set(line) == {"="}]
    assert len(headings) > 4
    assert all(line.startswith("SIMULATION: ") for line in headings)


def test_text_says_what_steps_share_once_and_aligns_the_rest(runs):
    """What is the same for every row stands above the lines; columns begin and end under their names."""
    output = ended(quotum("explain", runs / EIGHT, SMALL), 0)
    part = output.partition("Is this row in the target group, and do its hours count?\n")[2].partition("\n\n")[0]
    article, number, head, *rows = part.splitlines()
    assert (article[:3], number) == ("  [", f"  payroll tax number: {SMALL}L01")
    assert len(rows) > 12
    answer = head.index("answer")
    assert {row[answer:].partition(":")[0] for row in rows} == {"yes", "no"}
    assert {row[answer - 2 : answer] for row in rows} == {"  "}
    hours = head.index("paid hours") + len("paid hours")
    assert all(row[hours - 1].isdigit() for row in rows)


def test_json_is_valid_and_stable(runs):
    outputs = [ended(quotum("explain", runs / EIGHT, STARTER, "--format", "json"), 0) for _ in range(2)]
    assert outputs[0] == outputs[1]
    record = json.loads(outputs[0])
    assert (record["format"], record["simulation"], record["employer"]) == (1, True, STARTER)
    steps = record["steps"]
    assert sum(step["amount_cents"] for step in steps if step["adds_to"] == "lkv_cents") == 318_857
    assert record["settled"]["bonus_cents"] == 1_187_032
    assert {step["footing"] for step in steps} == {"law", "reading", "assumed"}
    assert all(step["question"] and step["article"] and step["result"] for step in steps)


class _Page(HTMLParser):
    """What a page has: its elements, what it would fetch, and the text of its cells."""

    def __init__(self):
        super().__init__()
        self.elements, self.fetched, self.text = Counter(), [], []

    def handle_starttag(self, tag, attrs):
        self.elements[tag] += 1
        self.fetched += [value for name, value in attrs if name in ("src", "href", "action", "data")]

    def handle_data(self, data):
        self.text.append(data)


def test_html_escapes_and_fetches_nothing(tmp_path):
    evil = "<img src=x>&\"'<b>"
    files = deliver(tmp_path / "files", returns=[cells("returns", IdBer=evil.replace('"', ""))])
    take_in(tmp_path / "archive", files)
    settled(tmp_path / "archive", tmp_path / "run")
    output = ended(quotum("explain", tmp_path / "run", EMPLOYER, "--format", "html"), 0)
    page = _Page()
    page.feed(output)
    assert (page.elements["img"], page.elements["b"], page.elements["script"], page.fetched) == (0, 0, 0, [])
    assert evil.replace('"', "") in "".join(page.text)
    assert "url(" not in output
    assert "://" not in output


def test_html_says_simulation_on_every_page(runs):
    """The head of every table is printed on each page the table reaches; before the first there is the banner."""
    output = ended(quotum("explain", runs / EIGHT, NOT_SMALL, "--format", "html"), 0)
    heads = re.findall(r'<thead>\s<tr class="mark"><th colspan="(\d+)">SIMULATION</th></tr>\s<tr>(.*)</tr>', output)
    assert len(heads) == output.count("<thead>") > 4
    assert all(int(columns) == names.count("<th ") for columns, names in heads)
    assert '<div class="simulation">SIMULATION</div>' in output
    assert "<title>SIMULATION: " in output
