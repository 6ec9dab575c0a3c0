"""`quotum settle --regime quota-levy`: from CSV to the run, what it says, and what it refuses."""

import json
import shutil
from pathlib import Path

import bagit
import pytest

from tests.helpers import (
    RESULTS,
    deliver,
    discreet,
    ended,
    quotum,
    record_and_results,
    rows_of,
    table_rows,
    take_in,
)
from tests.rows import EMPLOYER, OTHER_EMPLOYER, OTHER_PERSON, PERSON, allocation, cells, numbered

GOVERNMENT, LENDER, SMALL, UNLISTED = EMPLOYER, OTHER_EMPLOYER, numbered(3), numbered(4)
MARKET_PERCENTAGE = 'title = "Market at 2.00%"\n[set]\n"wfsv.quota_percentage_market" = "2.00"\n'


def _row(rsin: str, year: int, hours: int, number: int, bsn: str = "", **changed: str) -> dict[str, str]:
    filed = {"IdBer": f"M{year}", "DatTdAanm": f"{year + 1}-01-20T10:00:00", "LhNr": f"{rsin}L01"}
    period = {"DatAanvTv": f"{year}-03-01", "DatEindTv": f"{year}-03-31", "DatAanv": "2010-01-01"}
    who = {"NumIV": str(number), "SofiNr": bsn, "PersNr": "" if bsn else f"P{number}", "AantVerlU": str(hours)}
    return cells("returns", **filed, **period, **who, **changed)


def small_country() -> dict[str, list[dict[str, str]]]:
    """2018: a government employer, a lender, an employer below the threshold in 2017, and one that is not listed."""
    returns = [_row(rsin, year, 90_000, 1) for rsin in (GOVERNMENT, LENDER, UNLISTED) for year in (2017, 2018)]
    returns += [
        _row(GOVERNMENT, 2018, 9_000, 2, CdAard="11"),
        _row(LENDER, 2018, 1_000, 2, PERSON),
        _row(SMALL, 2017, 40_574, 1),
        _row(SMALL, 2018, 90_000, 1),
    ]
    listed = ((GOVERNMENT, "overheid", "2010-01-01"), (LENDER, "niet-overheid", "2010-01-01"))
    listed += ((SMALL, "niet-overheid", "2017-06-01"),)
    return {
        "returns": returns,
        "register": [cells("register", registered_from="2013-01-01")],
        "employers": [
            cells("employers", rsin=rsin, sector=sector, started_on=since, name="") for rsin, sector, since in listed
        ],
        "allocations": [
            allocation(400, "2019-08-01", 2018, LENDER, GOVERNMENT),
            allocation(100, "2019-08-02", 2018, LENDER, GOVERNMENT),
            allocation(400, "2018-08-01", 2018, LENDER, GOVERNMENT, OTHER_PERSON),
        ],
    }


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """The small country, received in two calls."""
    folder = tmp_path_factory.mktemp("levy")
    files = deliver(folder / "files", **small_country())
    take_in(folder / "archive", files[:2])
    take_in(folder / "archive", files[2:])
    (folder / "market.toml").write_text(MARKET_PERCENTAGE)
    return folder / "archive"


def _settle(archive: Path, out: Path, *more: object, year: int = 2018, as_of: str = "2019-05-01") -> object:
    regime = ("--regime", "quota-levy")
    return quotum("settle", "--archive", archive, "--year", year, "--as-of", as_of, *regime, "--out", out, *more)


@pytest.fixture(scope="module")
def run(archive) -> tuple[Path, str]:
    """The run and what was said."""
    out = archive.parent / "run"
    return out, ended(_settle(archive, out, "--scenario", archive.parent / "market.toml"), 0)


def test_wfsv_38g_38h_lid_4_the_settlement(run):
    """Government: 90,000 x 1.93% - 400 = 1,337; lender: 91,000 x 2.00% - 600 = 1,220; / 1,331 = 1.00 and 0.91."""
    expected = {
        GOVERNMENT: "overheid,90000,99000,0,193,10,500000",
        LENDER: "niet-overheid,90000,91000,1000,200,9,450000",
        SMALL: "niet-overheid,40574,90000,0,200,0,0",
        UNLISTED: ",90000,90000,0,,0,0",
    }
    columns = (
        "rsin,sector,paid_hours_t1,paid_hours,target_group_hours,quota_percentage_hundredths,quota_shortage_tenths,"
        "quota_levy_cents,simulation"
    )
    text = (run[0] / "data" / "settlement.csv").read_text()
    assert text.splitlines() == [columns, *(f"{rsin},{expected[rsin]},true" for rsin in sorted(expected))]
    in_parquet = [
        ["" if value is None else "true" if value is True else str(value) for value in row.values()]
        for row in table_rows(run[0], "settlement")
    ]
    assert in_parquet == [list(row.values()) for row in rows_of(run[0] / "data" / "settlement.csv")]


def test_wfsv_38g_the_variables_stand_beside_it(run):
    """From hours to A and C, per employer."""
    shown = ("counted_hours_t1", "counted_hours", "counted_target_hours", "borrowed_hours", "lent_hours")
    lines = {row["rsin"]: row for row in table_rows(run[0], "quota_lines")}
    assert {rsin: tuple(line[name] for name in shown) for rsin, line in lines.items()} == {
        GOVERNMENT: (90_000, 90_000, 0, 400, 0),
        LENDER: (90_000, 91_000, 1_000, 0, 400),
        SMALL: (40_574, 90_000, 0, 0, 0),
        UNLISTED: (90_000, 90_000, 0, 0, 0),
    }
    assert [lines[rsin]["levy_target_hours"] for rsin in (GOVERNMENT, LENDER)] == [400, 600]
    assert {rsin: line["bound"] for rsin, line in lines.items()} == {
        GOVERNMENT: True, LENDER: True, SMALL: False, UNLISTED: True,
    }  # fmt: skip
    assert [rsin for rsin, line in lines.items() if line["part_of_year"]] == [SMALL]


def test_macro_has_the_totals_of_the_levy_and_the_sectors_as_always(run):
    macro = json.loads((run[0] / "data" / "macro.json").read_text())
    assert macro["totals"] == {"quota_levy_cents": 950_000, "employers": 4, "payers": 2}
    assert macro["quota_percentages"] == {
        "government": {"hundredths": 193, "source": "given"},
        "market": {"hundredths": 200, "source": "given"},
    }
    assert (macro["simulation"], macro["decides"], macro["quota_threshold_hours"]) == (True, False, 40_575)
    government = {name: value for name, value in macro["sectors"]["government"].items() if "exact" not in name}
    assert government == {
        "target_jobs": "12500.00",
        "baseline_jobs": "9515.63",
        "realised_jobs": "-9515.63",
        "realised_with_hired_in_jobs": "-9515.63",
        "missing_jobs": "22015.63",
        "december_jobs": "0.00",
        "annual_jobs": "0.00",
        "baseline_source": "national",
    }
    assert macro["savings_loss_cents"] is None
    names = [reading["name"] for reading in macro["readings"]]
    assert names == sorted(names)
    assert {"quota_levy_no_pro_rating", "allocated_agency_hours", "quota_levy_is_revenue"} <= set(names)
    assert "quota_percentage_formula" not in names


def test_every_run_has_the_same_result_files_and_nothing_else_is_settled(run):
    assert {path.name for path in (run[0] / "data").iterdir()} == {
        *RESULTS, "quota_lines.parquet", "quality.parquet", "set_aside.parquet", "run.json",
    }  # fmt: skip
    for name in ("bonus_lines", "other_lkv_lines", "surcharge_lines"):
        assert table_rows(run[0], name) == []
    bagit.Bag(str(run[0])).validate()


def test_the_record_names_the_regime_and_every_delivery(run):
    record = json.loads((run[0] / "data" / "run.json").read_text())
    assert (record["regime"], record["year"], record["simulation"]) == ("quota-levy", 2018, True)
    assert sorted(entry["kind"] for entry in record["inputs"]) == ["allocations", "employers", "register", "returns"]
    assert {"wfsv.quota_levy_per_job", "wfsv.quota_percentage_government", "wfsv.quota_percentage_market"} <= {
        parameter["name"] for parameter in record["parameters"]
    }


def test_the_quality_file_has_the_findings(run):
    rows = {row["code"]: row["count"] for row in table_rows(run[0], "quality") if row["place"] == "settlement"}
    assert rows == {
        "allocation_above_hours": 1,
        "allocation_agreed_late": 1,
        "filing_time_is_time_made": 8,
        "quota_employer_without_sector": 1,
        "quota_part_year_employer": 1,
        "rows_without_bsn": 5,
        "savings_loss_withheld": 1,
    }


def test_the_summary_says_that_it_decides_nothing(run):
    assert "SIMULATION: quota levy of 2018" in run[1]
    assert "no decision" in run[1]
    assert "122na" in run[1]
    assert "9,500.00" in run[1]
    assert "1.93%" in run[1]
    discreet(run[1])


def test_the_same_again_gives_the_same_bytes(run, archive, tmp_path):
    out, _ = run
    again = tmp_path / "again"
    scenario = archive.parent / "market.toml"
    ended(_settle(archive, again, "--scenario", scenario, "--threads", 1, "--memory-limit", "500MB"), 0)
    assert record_and_results(again) == record_and_results(out)


def test_a_dry_run_shows_the_parameters_and_writes_nothing(archive, tmp_path):
    output = ended(_settle(archive, tmp_path / "run", "--scenario", archive.parent / "market.toml", "--dry-run"), 0)
    assert "dry run: quota levy of 2018" in output
    assert "wfsv.quota_percentage_government = 1.93" in output
    assert "allocations: as received" in output
    assert "wtl.jobs_agreement_rate" not in output
    assert list(tmp_path.iterdir()) == []


# What is refused.


def test_wfsv_38f_without_a_percentage_of_the_market_code_12_names_it(archive, tmp_path):
    output = ended(_settle(archive, tmp_path / "run"), 12)
    assert "wfsv.quota_percentage_market" in output
    assert list(tmp_path.iterdir()) == []


def test_wfsv_34_lid_7_without_returns_of_the_year_before_code_13_says_so(archive, tmp_path):
    output = ended(_settle(archive, tmp_path / "run", year=2017, as_of="2018-05-01"), 13)
    assert "2016" in output
    assert "34 lid 4" in output
    assert list(tmp_path.iterdir()) == []


def test_without_returns_of_the_year_code_13(archive, tmp_path):
    assert "2019" in ended(_settle(archive, tmp_path / "run", year=2019, as_of="2020-05-01"), 13)


def test_a_choice_of_another_regime_code_2(archive, tmp_path):
    scenario = tmp_path / "conditional.toml"
    scenario.write_text('title = "C"\n[set]\n"wet_banenafspraak.sectors" = "conditional"\n')
    files = ("--scenario", archive.parent / "market.toml", "--scenario", scenario)
    assert "quota-levy" in ended(_settle(archive, tmp_path / "run", *files), 2)


def test_without_employers_nobody_owes_and_no_percentage_is_needed(tmp_path):
    country = small_country()
    take_in(tmp_path / "archive", deliver(tmp_path / "files", returns=country["returns"]))
    output = ended(_settle(tmp_path / "archive", tmp_path / "run"), 0)
    assert "no employer has a sector" in output
    assert {row["quota_levy_cents"] for row in table_rows(tmp_path / "run", "settlement")} == {0}


def test_an_archive_that_can_only_be_read_is_figured_too(archive, tmp_path):
    copy = shutil.copytree(archive, tmp_path / "copy")
    shutil.rmtree(copy / "notes")
    (copy / "notes").write_text("no folder")
    output = ended(_settle(copy, tmp_path / "run", "--scenario", archive.parent / "market.toml"), 0)
    assert "not noted" in output


@pytest.mark.slow
def test_every_finding_of_a_levy_says_where(run):
    """There are as many places as the run says, or the command ends with 15."""
    folder, _ = run
    rows = [row for row in table_rows(folder, "quality") if row["place"] == "settlement"]
    assert {"allocation_agreed_late", "allocation_above_hours", "quota_part_year_employer"} <= {
        row["code"] for row in rows
    }
    for line in rows:
        output = ended(quotum("quality", folder, "--rule", line["code"]), 0)
        assert output.startswith(f"{line['code']}: {line['count']} ")
        discreet(output)
    output = ended(quotum("quality", folder, "--rule", "allocation_agreed_late"), 0)
    assert output.splitlines()[1:] == ["employer 2"]
