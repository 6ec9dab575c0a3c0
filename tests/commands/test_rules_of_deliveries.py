"""Transfers and deductions come in as CSV and change the settlement; conditions and days are said and kept."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from tests.helpers import (
    ACTIVATED,
    deliver,
    discreet,
    ended,
    receive_command,
    rows_of,
    settle_command,
    take_in,
    write_csv,
)
from tests.rows import EMPLOYER, OTHER_EMPLOYER, OTHER_PERSON, PERSON, cells, deduction, transfer

pytestmark = pytest.mark.slow

DECEMBER = {"DatAanvTv": "2026-12-01", "DatEindTv": "2026-12-31", "IdBer": "M12"}


@pytest.fixture
def files(tmp_path) -> list[Path]:
    """An employer that is not small, one that is, and hours of the target group in December."""
    return deliver(
        tmp_path / "files",
        returns=[
            cells("returns", PrlnAofAnwHg="1000000.00"),
            cells("returns", LhNr=f"{OTHER_EMPLOYER}L01", PrlnAofAnwHg="1000000.00", SofiNr=OTHER_PERSON),
            cells("returns", **DECEMBER, CdAard="11", AantVerlU="11092", PrlnAofAnwHg="0.00"),
        ],
        register=[cells("register"), cells("register", bsn=OTHER_PERSON)],
        employers=[cells("employers"), cells("employers", rsin=OTHER_EMPLOYER)],
        wage_bills=[
            cells("wage_bills", premium_wage="2000000.00"),
            cells("wage_bills", rsin=OTHER_EMPLOYER, premium_wage="100000.00"),
        ],
    )


@pytest.fixture
def activated(tmp_path) -> Path:
    """A scenario in which the regime is active."""
    path = tmp_path / "activated.toml"
    path.write_text(ACTIVATED)
    return path


def _scenario(tmp_path: Path, **settings: str) -> Path:
    path = tmp_path / "more.toml"
    lines = "".join(f'"wet_banenafspraak.{name}" = "{value}"\n' for name, value in settings.items())
    path.write_text(f'title = "More"\n[set]\n{lines}')
    return path


def _lines(run: Path) -> dict[str, dict[str, str]]:
    return {line["rsin"]: line for line in rows_of(run / "data" / "settlement.csv")}


def _json(run: Path, name: str) -> dict:
    return json.loads((run / "data" / name).read_text("utf-8"))


def _transfer(share: str) -> dict[str, str]:
    return transfer(share, "2025-05-01", EMPLOYER, OTHER_EMPLOYER)


def test_a_transfer_makes_another_employer_owe(files, activated, tmp_path):
    """100,000.00 + 0.5 x 2,000,000.00 is above the limit of 1,082,500.00; the transferor falls below it."""
    transfers = write_csv(tmp_path / "t.csv", "transfers", [_transfer("0.5")])
    take_in(tmp_path / "before", files)
    take_in(tmp_path / "after", [*files, transfers])
    output = ended(settle_command(tmp_path / "before", tmp_path / "run", "--scenario", activated), 0)
    assert "transfers: no premium wage of t-2 passes" in output
    output = ended(settle_command(tmp_path / "after", tmp_path / "run2", "--scenario", activated), 0)
    assert "transfers:" not in output
    assert "taken off the transferor's" in output
    names = ("small_employer", "small_ground", "premium_wage_t2_cents", "surcharge_cents")
    before, after = (
        {rsin: tuple(line[name] for name in names) for rsin, line in _lines(tmp_path / run).items()}
        for run in ("run", "run2")
    )
    assert before == {
        EMPLOYER: ("false", "wage_bill", "200000000", "350000"),
        OTHER_EMPLOYER: ("true", "wage_bill", "10000000", "0"),
    }
    assert after == {
        EMPLOYER: ("true", "transfer", "100000000", "0"),
        OTHER_EMPLOYER: ("false", "transfer", "110000000", "350000"),
    }
    assert [entry["kind"] for entry in _json(tmp_path / "run2", "run.json")["inputs"]].count("transfers") == 1


def test_two_shares_of_one_transfer_contradict_each_other(files, tmp_path):
    """Transferor, acquirer and day are one transfer; the same row twice is no contradiction."""
    rows = [_transfer("0.5"), _transfer("0.5"), _transfer("0.6")]
    take_in(tmp_path / "archive", [*files, write_csv(tmp_path / "t.csv", "transfers", rows)])
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run"), 13)
    assert "transfers contradicts itself" in output
    discreet(output)
    again = write_csv(tmp_path / "t2.csv", "transfers", rows[:2])
    ended(receive_command(tmp_path / "archive", again), 0)
    ended(settle_command(tmp_path / "archive", tmp_path / "run"), 0)
    assert _lines(tmp_path / "run")[OTHER_EMPLOYER]["premium_wage_t2_cents"] == "110000000"


def test_a_deduction_lessens_the_surcharge(files, activated, tmp_path):
    """0.35% of 900,000.00; a deduction for a number without a return is a finding."""
    rows = [deduction("100000.00"), deduction("1.00", f"{EMPLOYER}L02")]
    take_in(tmp_path / "archive", [*files, write_csv(tmp_path / "d.csv", "deductions", rows)])
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run", "--scenario", activated), 0)
    line = _lines(tmp_path / "run")[EMPLOYER]
    assert (line["surcharge_base_cents"], line["surcharge_cents"]) == ("90000000", "315000")
    assert "deductions for a return that is not there: nothing to take them off (1)" in output
    assert "deductions:" not in output


def test_a_share_of_hired_in_work_counts_as_government_where_sectors_are_judged_apart(files, tmp_path):
    """A quarter of the 100 jobs that an agency fills in December, above a zero of 3,325.73; the parts stay."""
    take_in(tmp_path / "archive", files)
    ended(settle_command(tmp_path / "archive", tmp_path / "run"), 0)
    more = _scenario(tmp_path, agency_share_government="25.00")
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run2", "--scenario", more), 0)
    assert "25.00% of hired-in work goes to government and 75.00% to the market" in output
    before, after = (_json(tmp_path / run, "macro.json")["sectors"] for run in ("run", "run2"))
    assert all(before[part]["realised_jobs"] == after[part]["realised_jobs"] for part in before)
    moved = {
        sector: Fraction(after[sector]["missing_jobs_exact"]) - Fraction(before[sector]["missing_jobs_exact"])
        for sector in ("government", "market")
    }
    zero = 75_179 - Fraction(1_055_474 + 6_914_491) / Fraction("110.92")
    assert moved == {"government": (zero - 100) / 4, "market": -(zero - 100) / 4}
    assert [before[name]["december_jobs"] for name in ("government", "market", "hired_in")] == [
        "0.00",
        "0.00",
        "100.00",
    ]
    # 11,092 hours of hired-in work, and 100 + 100 of others / 1,331.
    annual = [before[name]["annual_jobs"] for name in ("government", "market", "hired_in", "total")]
    assert annual == ["0.00", "0.15", "8.33", "8.48"]


@pytest.mark.parametrize(("share", "met"), [("0.00", False), ("-", None)], ids=["not_met", "not_conditional"])
def test_a_condition_on_government(share, met, files, activated, tmp_path):
    """Below the baseline government has realised less than nothing: no surcharge, no bonus, judged separately."""
    take_in(tmp_path / "archive", files)
    scenarios = ["--scenario", activated]
    if met is not None:
        more = _scenario(tmp_path, sectors="conditional", required_government_share=share)
        scenarios += ["--scenario", more]
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run", *scenarios), 0)
    macro = _json(tmp_path / "run", "macro.json")
    assert macro["government_condition_met"] is met
    assert macro["surcharge_due"] is (met is None)
    assert macro["sectors_judged"] == ("joint" if met is None else "separate")
    assert bool(macro["totals"]["surcharge_cents"]) is bool(macro["totals"]["bonus_cents"]) is (met is None)
    assert ("and has not" in output) is (met is False)


def test_a_condition_without_its_share_has_no_value(files, tmp_path):
    take_in(tmp_path / "archive", files)
    more = _scenario(tmp_path, sectors="conditional")
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run", "--scenario", more), 12)
    assert "required_government_share has no value" in output


def test_jobs_of_the_year_before_stand_beside(files, tmp_path):
    """Extra jobs at government employers: none there without returns of that December, then 0 - 10."""
    take_in(tmp_path / "archive", files)
    ended(settle_command(tmp_path / "archive", tmp_path / "run"), 0)
    assert _json(tmp_path / "run", "macro.json")["extra_government_jobs"] is None
    government = cells("employers", rsin=OTHER_EMPLOYER, sector="overheid")
    before = cells(
        "returns", LhNr=f"{OTHER_EMPLOYER}L01", DatAanvTv="2025-12-01", DatEindTv="2025-12-31", AantVerlU="1109",
        DatTdAanm="2026-01-20T10:00:00", SofiNr=PERSON,
    )  # fmt: skip
    later = [
        write_csv(tmp_path / "e.csv", "employers", [cells("employers"), government]),
        write_csv(tmp_path / "r.csv", "returns", [before]),
    ]
    take_in(tmp_path / "archive", later)
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run2"), 0)
    assert _json(tmp_path / "run2", "macro.json")["extra_government_jobs"] == "-10.00"
    assert "government against December of 2025" in output
    kinds = [entry["kind"] for entry in _json(tmp_path / "run2", "run.json")["inputs"]]
    assert kinds.count("returns") == 2


@pytest.mark.parametrize(
    ("decided_on", "late"), [("2027-07-31", False), ("2027-08-01", True)], ids=["in_time", "from_1_august"]
)
def test_a_late_decision_is_a_remark(decided_on, late, files, tmp_path):
    """Wtl 4.1: before 1 August. The remark goes to standard error and into the run."""
    take_in(tmp_path / "archive", files)
    process = settle_command(tmp_path / "archive", tmp_path / "run", "--decided-on", decided_on)
    ended(process, 0)
    assert ("is later than 2027-07-31" in process.stderr) is late
    record = _json(tmp_path / "run", "run.json")
    assert record["decided_on"] == decided_on
    assert [remark.startswith("--decided-on 2027-08-01") for remark in record["remarks"]] == ([True] if late else [])
