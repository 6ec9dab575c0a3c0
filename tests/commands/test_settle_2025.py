"""Settling 2025 end to end: declarations, what came before, a transfer, and which deliveries the run names."""

import json
import re
from datetime import date
from hashlib import sha256

import pytest

from tests.helpers import discreet, ended, quotum, rows_of, table_rows, take_in, write_csv
from tests.rows import EMPLOYER, OTHER_EMPLOYER, OTHER_PERSON, PERSON, cells, declaration, numbered, transfer

pytestmark = pytest.mark.slow

THIRD, FOURTH = numbered(503), numbered(504)
AS_OF = date(2026, 5, 1)


def _returns(year, *rows):
    """One message of January of a year per row and payroll tax number."""
    period = {"DatAanvTv": f"{year}-01-01", "DatEindTv": f"{year}-01-31", "DatTdAanm": f"{year}-02-20T10:00:00"}
    return [cells("returns", **period | row) for row in rows]


def _declaration(bsn, category, start="2020-01-01"):
    return declaration(category, start, bsn=bsn)


THIS_YEAR = _returns(
    2025,
    {"SofiNr": PERSON, "NumIV": "1", "DatAanv": "2023-03-15", "AantVerlU": "120"},
    {"SofiNr": OTHER_PERSON, "NumIV": "2", "DatAanv": "2024-09-01", "AantVerlU": "130"},
    {"SofiNr": THIRD, "NumIV": "3", "DatAanv": "2024-01-01", "AantVerlU": "140", "IndAvrLkvAgWn": "J"},
    {"SofiNr": FOURTH, "NumIV": "4", "DatAanv": "2022-01-01", "AantVerlU": "150"},
)
# The other person worked there until the last day of March 2024: five months before September.
BEFORE = _returns(
    2024, {"SofiNr": OTHER_PERSON, "NumIV": "9", "DatAanv": "2016-01-01", "DatEind": "2024-03-31", "AantVerlU": "10"}
)
REGISTER = [cells("register", bsn=bsn, registered_from="2021-06-01") for bsn in (PERSON, OTHER_PERSON, THIRD, FOURTH)]
DECLARATIONS = [
    *(_declaration(bsn, "jobs_agreement") for bsn in (PERSON, OTHER_PERSON, THIRD, FOURTH)),
    _declaration(THIRD, "disabled"),
]


def _country(folder, **more):
    folder.mkdir()
    kinds = {
        "returns": THIS_YEAR,
        "register": REGISTER,
        "employers": [cells("employers"), cells("employers", rsin=OTHER_EMPLOYER)],
        "declarations": DECLARATIONS,
    } | more
    return [write_csv(folder / f"{kind}.csv", kind.split("-")[0], rows) for kind, rows in kinds.items()]


def _settled(archive, out, year=2025):
    output = ended(quotum("settle", "--archive", archive, "--year", year, "--as-of", AS_OF, "--out", out), 0)
    discreet(output)
    return output


def _line(run, bsn):
    return next((row for row in table_rows(run, "bonus_lines") if row["bsn"] == bsn), None)


@pytest.fixture
def run(tmp_path):
    """2025, with what is known of 2024."""
    take_in(tmp_path / "archive", _country(tmp_path / "files", **{"returns-before": BEFORE}))
    _settled(tmp_path / "archive", tmp_path / "run")
    return tmp_path / "run"


def test_wtl_2_10_2_13_4_1_lid_3_lines_of_2025(run):
    jobs = {"lkv_capped": False, "bonus_cents": 0, "rsin": EMPLOYER, "simulation": False}
    assert table_rows(run, "bonus_lines") == sorted(
        [
            jobs | {"bsn": PERSON, "paid_hours": 120, "lkv_cents": 120 * 1_01, "granted_category": "jobs_agreement"},
            jobs | {"bsn": THIRD, "paid_hours": 140, "lkv_cents": 0, "granted_category": "disabled"},
        ],
        key=lambda row: row["bsn"],
    )
    assert table_rows(run, "other_lkv_lines") == [
        {
            "rsin": EMPLOYER,
            "bsn": THIRD,
            "category": "disabled",
            "paid_hours": 140,
            "lkv_cents": 140 * 3_05,
            "simulation": False,
        }
    ]


def test_wtl_4_4_lid_1_the_other_benefits_are_not_settled(run):
    settled = {row["rsin"]: row for row in rows_of(run / "data" / "settlement.csv")}
    assert settled[EMPLOYER]["lkv_cents"] == settled[EMPLOYER]["payable_cents"] == str(120 * 1_01)
    assert settled[EMPLOYER]["target_group_hours"] == str(120 + 130 + 140 + 150)
    assert settled[OTHER_EMPLOYER]["payable_cents"] == "0"


def test_wtl_2_10_lid_1_b_what_the_archive_holds_of_earlier_years_counts(tmp_path):
    """Without the return of 2024 nothing is known of the employment before."""
    take_in(tmp_path / "archive", _country(tmp_path / "files"))
    _settled(tmp_path / "archive", tmp_path / "run")
    assert _line(tmp_path / "run", OTHER_PERSON)["lkv_cents"] == 130 * 1_01


def test_hr_24_5_2024_after_a_transfer_the_period_runs_on(tmp_path):
    """From another employer, begun 2022-01-01, so that three years are over; or the declaration covers no start."""
    over = _returns(2024, {"SofiNr": PERSON, "LhNr": f"{OTHER_EMPLOYER}L01", "DatAanv": "2022-01-01"})
    moved = [transfer("1", "2023-03-15")]
    earlier = {"returns-before": over}
    take_in(tmp_path / "without", _country(tmp_path / "some", **earlier))
    take_in(tmp_path / "with", _country(tmp_path / "more", **earlier, transfers=moved))
    _settled(tmp_path / "without", tmp_path / "run-without")
    _settled(tmp_path / "with", tmp_path / "run-with")
    assert _line(tmp_path / "run-without", PERSON)["lkv_cents"] == 120 * 1_01
    assert _line(tmp_path / "run-with", PERSON) is None


def test_hr_24_5_2024_transfers_count_in_order_of_day_whatever_the_numbers(tmp_path):
    """A chain: from the third to the other, begun 2020-01-01, then to this employer: nothing begins anew in 2022."""
    started = ((numbered(3), "2020-01-01"), (OTHER_EMPLOYER, "2022-06-01"))
    over = _returns(2024, *({"SofiNr": PERSON, "LhNr": f"{rsin}L01", "DatAanv": day} for rsin, day in started))
    moved = [
        transfer("1", "2023-03-15"),
        transfer("1", "2022-06-01", numbered(3), OTHER_EMPLOYER),
    ]
    files = _country(tmp_path / "files", **{"returns-before": over, "transfers": moved})
    take_in(tmp_path / "archive", files)
    _settled(tmp_path / "archive", tmp_path / "run")
    assert _line(tmp_path / "run", PERSON) is None


def test_without_declarations_no_right_and_a_finding(tmp_path):
    files = [path for path in _country(tmp_path / "files") if path.stem != "declarations"]
    take_in(tmp_path / "archive", files)
    result = _settled(tmp_path / "archive", tmp_path / "run")
    assert "no declarations delivered: " in result
    assert table_rows(tmp_path / "run", "bonus_lines") == []
    counts = {row["code"]: row["count"] for row in table_rows(tmp_path / "run", "quality")}
    assert counts["lkv_without_declaration"] == 4 + 1
    assert re.search(r"benefits asked for a person without a declaration .* \(5\)", result)


def test_every_delivery_that_was_read_is_named(run, tmp_path):
    """Returns of earlier years too, and declarations; the readings that rights rest on are given."""
    record = json.loads((run / "data" / "run.json").read_text("utf-8"))
    digests = {entry["sha256"] for entry in record["inputs"]}
    assert digests == {sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "files").iterdir()}
    macro = json.loads((run / "data" / "macro.json").read_text("utf-8"))
    assert "Wtl art. 2.2, 2.6, 2.10 lid 1" in {reading["provision"] for reading in macro["readings"]}
    figures = {parameter["name"]: parameter["value"] for parameter in record["parameters"]}
    assert figures["wtl.jobs_agreement_years"] == "3"


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_earlier_years_settle(tmp_path, year):
    rows = _returns(year, {"DatAanv": f"{year}-01-01"})
    take_in(tmp_path / "archive", _country(tmp_path / "files", returns=rows))
    _settled(tmp_path / "archive", tmp_path / "run", year)
    assert _line(tmp_path / "run", PERSON)["lkv_cents"] == 100 * 1_01
