"""How a registration ended (`ended_by` of the register), from the delivery to the amounts of 2026 (Wtl art. 6.2)."""

import csv

import pyarrow.parquet as pq
import pytest

from quotum.explanations.explanation import explain_in, open_run
from quotum.explanations.forms.text import as_text
from quotum.periods import months
from tests.helpers import deliver, discreet, ended, quotum, receive_command, settle_command, table_rows, take_in
from tests.rows import EMPLOYER, cells

pytestmark = pytest.mark.slow

UNKNOWN = "registration_ended_by_unknown"
HOURS = [
    cells(
        "returns", IdBer=f"M{number}", DatAanvTv=f"{month.start}", DatEindTv=f"{month.end}", DatAanv="2024-02-01",
        AantVerlU="100",
    )
    for number, month in enumerate(months(2026), 1)
]  # fmt: skip


def _register(**ending):
    return [cells("register", registered_until="2026-06-30", **ending)]


def _received(folder, **ending):
    with (folder / "declarations.csv").open("w", encoding="utf-8") as stream:
        names = ["bsn", "category", "from", "until"]
        writer = csv.DictWriter(stream, names, lineterminator="\n")
        writer.writeheader()
        writer.writerow({"bsn": HOURS[0]["SofiNr"], "category": "jobs_agreement", "from": "2020-01-01"})
    people = {"register": _register(**ending), "employers": [cells("employers")]}
    take_in(folder / "archive", [folder / "declarations.csv", *deliver(folder / "files", returns=HOURS, **people)])
    return folder / "archive"


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Runs over 2026 by how the registration ended on 30 June."""
    output = {}
    for how in ("own_request", "other", "unknown"):
        folder = tmp_path_factory.mktemp(how)
        archive = _received(folder, **({} if how == "unknown" else {"ended_by": how}))
        discreet(ended(settle_command(archive, folder / "run"), 0))
        output[how] = folder / "run"
    return output


@pytest.mark.parametrize(
    ("how", "cents", "expected"),
    [
        ("own_request", 1_212_00, "2020-01-01 to 2026-06-30, ended by own request"),
        ("other", 606_00, "2020-01-01 to 2026-06-30, ended by other"),
        ("unknown", 606_00, "2020-01-01 to 2026-06-30, nobody knows how it ended"),
    ],
)
def test_wtl_6_2_the_amount_and_why(how, cents, expected, runs):
    (line,) = table_rows(runs[how], "bonus_lines")
    assert (line["lkv_cents"], line["granted_category"]) == (cents, "jobs_agreement")
    explanation = explain_in(open_run(runs[how]), EMPLOYER)
    assert sum(step.amount_cents for step in explanation.steps if step.adds_to == "lkv_cents") == cents
    assert ("registration on 2026-01-01", expected) in [entry for step in explanation.steps for entry in step.inputs]
    lost = "in the target group when the text changed, so the right lasts as long as the registration"
    assert (lost in " ".join(as_text(explanation).split())) is (how != "own_request")


def test_wtl_6_2_lid_4_unknown_is_a_finding_with_its_rows(runs):
    codes = {how: {row["code"] for row in table_rows(run, "quality")} for how, run in runs.items()}
    assert {how for how, code in codes.items() if UNKNOWN in code} == {"unknown"}
    lines = ended(quotum("quality", runs["unknown"], "--rule", UNKNOWN), 0).splitlines()
    assert lines == [
        f"{UNKNOWN}: 1 of 1 persons (100.00%)",
        *(f"person 1: returns.csv, row {number} (employer 1)" for number in range(7, 13)),
    ]


def test_who_ended_it_is_a_cause_of_a_difference(tmp_path):
    archive = _received(tmp_path)
    ended(settle_command(archive, tmp_path / "before"), 0)
    take_in(archive, deliver(tmp_path / "again", register=_register(ended_by="own_request")))
    ended(settle_command(archive, tmp_path / "after"), 0)
    ended(quotum("diff", tmp_path / "before", tmp_path / "after", "--out", tmp_path / "diff"), 0)
    (cause,) = pq.read_table(tmp_path / "diff" / "difference_causes.parquet").to_pylist()
    assert (cause["cause"], cause["count"]) == ("register", 1)
    differing = pq.read_table(tmp_path / "diff" / "differences.parquet").to_pylist()
    assert {row["column"]: row["difference"] for row in differing}["lkv_cents"] == 606_00


@pytest.mark.parametrize("value", ["own request", "OWN-REQUEST", "J", "employer"])
def test_anything_else_is_rejected(value, tmp_path):
    (path,) = deliver(tmp_path, register=_register(ended_by=value))
    output = ended(receive_command(tmp_path / "archive", path), 3)
    assert "ended_by" in output
    discreet(output)


def test_the_rules_and_the_dictionary_tell_of_it():
    assert "ended_by" in ended(quotum("receive", "--rules"), 0)
    assert "own_request" in ended(quotum("tables"), 0)


def test_an_empty_column_is_as_none(tmp_path):
    """Unknown, whether the column is there or not."""
    archive = _received(tmp_path, ended_by="")
    ended(settle_command(archive, tmp_path / "run"), 0)
    assert [line["lkv_cents"] for line in table_rows(tmp_path / "run", "bonus_lines")] == [606_00]
