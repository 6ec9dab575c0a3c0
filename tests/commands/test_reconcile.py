"""`quotum reconcile`: a decision of somebody else beside a run, with the reason of each difference."""

from pathlib import Path

import pytest

from tests.helpers import deliver, discreet, ended, files_under, quotum, rows_of, take_in
from tests.rows import EMPLOYER, OTHER_EMPLOYER, cells, declaration, numbered

WHO = {
    name: numbered(520 + place)
    for place, name in enumerate(
        ("same", "fewer", "more", "rate", "gives_way", "not_asked", "unregistered", "forgotten", "capped", "stranger")
    )
}


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Path:
    """A run of 2026 of one employer; another is not in it."""
    folder = tmp_path_factory.mktemp("reconciled")

    def row(name: str, hours: int, relation: int, **changed: str) -> dict[str, str]:
        return cells("returns", SofiNr=WHO[name], AantVerlU=f"{hours}", NumIV=f"{relation}", **changed)

    february = {"DatAanvTv": "2026-02-01", "DatEindTv": "2026-02-28", "IdBer": "M2", "DatTdAanm": "2026-03-20T10:00:00"}
    returns = [
        row("same", 100, 1),
        row("fewer", 100, 2),
        row("fewer", 30, 2, **february, IndZW="N", IndWW="N", IndWAO="N"),
        row("more", 100, 3),
        row("rate", 100, 4),
        row("gives_way", 100, 5, IndAvrLkvAgWn="J", DatAanv="2025-03-01"),
        row("not_asked", 100, 6, IndAvrLkvDgBaf="N"),
        row("unregistered", 100, 7),
        row("forgotten", 100, 8),
        row("capped", 3_000, 9),
    ]
    registered = [cells("register", bsn=bsn) for name, bsn in WHO.items() if name not in ("unregistered", "stranger")]
    declared = [declaration("disabled", "2025-01-01", bsn=WHO["gives_way"])]
    kinds = {"register": registered, "declarations": declared}
    kinds |= {kind: [cells(kind)] for kind in ("employers", "wage_bills")}
    take_in(folder / "archive", deliver(folder / "files", returns=returns, **kinds))
    about = ("--archive", folder / "archive", "--year", 2026, "--as-of", "2027-05-01", "--threads", 1)
    ended(quotum("settle", *about, "--out", folder / "run"), 0)
    return folder / "run"


DECIDED = {
    "same": "101.00", "fewer": "131.30", "more": "50.50", "rate": "100.00", "gives_way": "101.00",
    "not_asked": "101", "unregistered": "101.0", "capped": "1999.80",
}  # fmt: skip
EXPECTED = {
    "same": ("same", "", 0),
    # 130 x 1.01 = 131.30: the 30 hours of February are not insured.
    "fewer": ("differs", "hours;not_insured", 10_100 - 13_130),
    # 50 x 1.01 = 50.50: what does not count in the run explains nothing of what it grants more.
    "more": ("differs", "hours", 10_100 - 5_050),
    # 100.00 is no number of hours x 1.01.
    "rate": ("differs", "amount_per_hour", 10_100 - 10_000),
    # 100 x 3.05 for disabled workers is higher.
    "gives_way": ("differs", "other_category_higher", -10_100),
    "not_asked": ("not_in_run", "not_asked", -10_100),
    "unregistered": ("not_in_run", "not_registered", -10_100),
    "forgotten": ("not_in_decision", "not_decided", 10_100),
    # 1,980 x 1.01 = 1,999.80, and the run has 3,000 hours.
    "capped": ("differs", "hours", 200_000 - 199_980),
}


def _decision(path: Path, header: str, *rows: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in (header, *rows)), "utf-8")
    return path


def _reconciliation(out: Path) -> dict[str, tuple[str, str, int]]:
    names = {bsn: name for name, bsn in WHO.items()}
    return {
        names[row["bsn"]]: (row["status"], row["reasons"], int(row["difference_lkv_cents"]))
        for row in rows_of(out / "reconciliation.csv")
    }


def test_every_difference_has_its_reason(run, tmp_path):
    rows = [f"{WHO[name]},{euros}" for name, euros in DECIDED.items()]
    file = _decision(tmp_path / "decision.csv", "bsn,lkv", *rows)
    output = ended(quotum("reconcile", run, "--decision", file, "--employer", EMPLOYER, "--out", tmp_path / "made"), 0)
    discreet(output, {*WHO.values()})
    assert _reconciliation(tmp_path / "made") == EXPECTED
    assert output.splitlines()[0] == "persons: 1 same, 5 differs, 2 not_in_run, 1 not_in_decision"
    total = sum(difference for _, _, difference in EXPECTED.values())
    assert f"that of the decision: -{-total / 100:.2f}" in output
    assert "        3  other hours count" in output


def test_hours_decide_where_they_are_said_and_the_dutch_form_is_read(run, tmp_path):
    """Other hours with the same amount are a difference; the same hours with another amount one of the rate."""
    rows = (f"{EMPLOYER}L01;{WHO['same']};99;101,00;0", f"{EMPLOYER}L01;{WHO['more']};100;50,50;2,00")
    file = _decision(tmp_path / "decision.csv", "lhnr;bsn;hours;lkv;bonus", *rows)
    ended(quotum("reconcile", run, "--decision", file, "--dialect", "nl", "--out", tmp_path / "made"), 0)
    result = _reconciliation(tmp_path / "made")
    assert result["same"] == ("differs", "hours", 0)
    assert result["more"] == ("differs", "amount_per_hour", 5_050)
    bonus = {row["bsn"]: row["difference_bonus_cents"] for row in rows_of(tmp_path / "made" / "reconciliation.csv")}
    assert (bonus[WHO["same"]], bonus[WHO["more"]], bonus[WHO["capped"]]) == ("0", "-200", "")


def test_an_employer_and_a_person_that_the_run_does_not_know(run, tmp_path):
    rows = (f"{OTHER_EMPLOYER},{WHO['stranger']},10.10", f"{EMPLOYER},{WHO['stranger']},10.10")
    file = _decision(tmp_path / "decision.csv", "rsin,bsn,lkv", *rows)
    ended(quotum("reconcile", run, "--decision", file, "--out", tmp_path / "made"), 0)
    rows_made = rows_of(tmp_path / "made" / "reconciliation.csv")
    result = {row["rsin"]: row["reasons"] for row in rows_made if row["bsn"] == WHO["stranger"]}
    assert result == {OTHER_EMPLOYER: "employer_not_in_run", EMPLOYER: "not_asked"}


@pytest.mark.parametrize(
    ("header", "rows", "words"),
    [
        pytest.param("bsn;lkv", ("1;2",), "has no column bsn", id="other_dialect"),
        pytest.param("bsn,amount", (), "has no column lkv", id="no_amount"),
        pytest.param("bsn,lkv,wage", (), "column 3 is none of", id="unknown_column"),
        pytest.param("bsn,lkv,lkv", (), "stands there twice", id="column_twice"),
        pytest.param("bsn,lkv,rsin", (), "leave out --employer", id="employer_twice"),
        pytest.param("bsn,lkv", (), "has no rows", id="no_rows"),
        pytest.param("bsn,lkv", (f"{WHO['same']},1.005",), "row 1: lkv is no amount", id="three_decimals"),
        pytest.param("bsn,lkv", (f"{WHO['same']},-1",), "row 1: lkv is no amount", id="below_zero"),
        pytest.param("bsn,lkv", (f"{WHO['same']},1", "123456789,1"), "row 2: a BSN", id="no_bsn"),
        pytest.param("bsn,lkv", (f"{WHO['same']},1,2",), "row 1: it has more or fewer", id="more_values"),
        pytest.param("bsn,lkv", (WHO["same"],), "row 1: it has more or fewer", id="fewer_values"),
        pytest.param("bsn,lkv,hours", (f"{WHO['same']},1,1.5",), "row 1: hours is no whole number", id="half_hour"),
        pytest.param(
            "bsn,lkv", (f"{WHO['same']},1", f"{WHO['more']},1", f"{WHO['same']},2"),
            "row 3: it names the same person of the same employer as row 1", id="person_twice",
        ),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_whole(run, tmp_path, header, rows, words):
    file = _decision(tmp_path / "decision.csv", header, *rows)
    output = ended(quotum("reconcile", run, "--decision", file, "--employer", EMPLOYER, "--out", tmp_path / "made"), 10)
    discreet(output, {*WHO.values()})
    assert words in output
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_without_employers_needs_one(run, tmp_path):
    file = _decision(tmp_path / "decision.csv", "bsn,lkv", f"{WHO['same']},1")
    assert "--employer" in ended(quotum("reconcile", run, "--decision", file, "--out", tmp_path / "made"), 10)
    arguments = ("--decision", file, "--employer", "12", "--out", tmp_path / "made")
    assert "--employer" in ended(quotum("reconcile", run, *arguments), 2)


def test_the_same_bytes_whatever_the_order_and_the_threads(run, tmp_path):
    rows = [f"{EMPLOYER},{WHO[name]},{euros}" for name, euros in DECIDED.items()]
    for name, part in (("1", rows), ("3", rows[::-1])):
        file = _decision(tmp_path / f"{name}.csv", "rsin,bsn,lkv", *part)
        ended(quotum("reconcile", run, "--decision", file, "--out", tmp_path / name, "--threads", name), 0)
    assert files_under(tmp_path / "1") == files_under(tmp_path / "3")
