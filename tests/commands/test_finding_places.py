"""`quotum quality --rule`: where each finding of a run is, so that it can be looked at."""

import shutil
import zipfile

import attrs
import pyarrow.parquet as pq
import pytest

from quotum.output import finding_places
from tests.helpers import deliver, discreet, ended, quotum, receive_command, settled, take_in
from tests.rows import EMPLOYER, OTHER_EMPLOYER, OTHER_PERSON, PERSON, cells, csv_text, numbered, withdrawal

pytestmark = pytest.mark.slow

LATER = {"DatTdAanm": "2026-03-20T10:00:00", "IdBer": "M2"}
LISTED_ONLY = numbered(3)
FEBRUARY = {"DatAanvTv": "2026-02-01", "DatEindTv": "2026-02-28"}


def _places(run, rule, code=0, *more) -> list[str]:
    return ended(quotum("quality", run, "--rule", rule, *more), code).splitlines()


def _settlement_codes(run) -> set[str]:
    rows = pq.read_table(run / "data" / "quality.parquet").to_pylist()
    return {row["code"] for row in rows if row["place"] == "settlement"}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Two employers with returns, of which one is not listed, and one without; the first file has two members."""
    folder = tmp_path_factory.mktemp("places")
    first = [cells("returns"), cells("returns", NumIV="2", SofiNr="", PersNr="P 2"), cells("returns", NumIV="3")]
    other = {"LhNr": f"{OTHER_EMPLOYER}L02", "IdBer": "N1"}
    second = [
        cells("returns", **other, AantVerlU="8661", SofiNr=PERSON),
        cells("returns", **other, NumIV="2", Gebdat="", SofiNr=OTHER_PERSON, IndAvrLkvOudrWn="J"),
        withdrawal(**LATER, NumIV="9"),
        withdrawal(**LATER, NumIV="8"),
        cells("returns", **other | FEBRUARY | LATER, Soort="C", SofiNr="", PersNr="P 3"),
    ]
    with zipfile.ZipFile(folder / "returns.zip", "w") as packed:
        for name, rows in (("1.csv", first), ("2.csv", second)):
            packed.writestr(name, csv_text("returns", rows))
    people = {"register": [cells("register"), cells("register", bsn=OTHER_PERSON)]}
    listed = [cells("employers"), cells("employers", rsin=LISTED_ONLY)]
    take_in(folder / "archive", [folder / "returns.zip", *deliver(folder / "files", employers=listed, **people)])
    settled(folder / "archive", folder / "run")
    return folder / "run"


# 100 hours: 3.05 an hour for who is older or disabled, 1.01 for who is in the target group.
HANGING = {"lkv_without_declaration": "305.00", "rows_without_birth_date": "101.00"}
EXPECTED = {
    "employer_without_returns": ("1 of 3 employers (33.33%)", ["employer 3"]),
    "employer_without_sector": ("1 of 3 employers (33.33%)", ["employer 2"]),
    "filing_time_is_time_made": ("4 of 4 messages (100.00%)", ["employer 1: 2", "employer 2: 2"]),
    "lkv_without_declaration": ("1 requests", ["employer 2"]),
    "period_without_full_return": ("1 of 3 returns (33.33%)", ["employer 2, L02, 2026-02-01 to 2026-02-28"]),
    "person_above_hours_of_year": (
        "1 of 2 persons (50.00%)",
        [
            "person 1: returns.zip, member 1, row 1 (employer 1)",
            "person 1: returns.zip, member 1, row 3 (employer 1)",
            "person 1: returns.zip, member 2, row 1 (employer 2)",
        ],
    ),
    "rows_without_bsn": (
        "2 of 6 rows in force (33.33%)",
        ["returns.zip, member 1, row 2 (employer 1)", "returns.zip, member 2, row 5 (employer 2)"],
    ),
    "withdrawal_of_nothing": ("2 withdrawals", ["employer 1, L01, 2026-01-01 to 2026-01-31: 2"]),
}


@pytest.mark.parametrize("rule", EXPECTED)
def test_where_it_is(rule, run):
    header, lines = EXPECTED[rule]
    output = _places(run, rule)
    euros = f"; at most {HANGING.get(rule)} euro hang on it: LKV and bonus that would be granted besides"
    assert output == [f"{rule}: {header}{euros if rule in HANGING else ''}", *lines]
    discreet("\n".join(output))


def test_every_finding_of_the_settlement_says_where(run):
    assert set(EXPECTED) <= _settlement_codes(run)
    for rule in _settlement_codes(run):
        assert len(_places(run, rule)) > 1


def test_a_rule_of_intake_gives_the_rows_of_the_run(run):
    assert _places(run, "hours_above_period") == [
        "hours_above_period: 1 rows",
        "returns.zip, member 2, row 1: finding hours_above_period",
    ]


def test_only_so_many_are_shown(run):
    output = _places(run, "person_above_hours_of_year", 0, "--limit", "1")
    assert output[1:] == [
        "person 1: returns.zip, member 1, row 1 (employer 1)",
        "and 2 more; --limit shows more of them",
    ]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("rows_without_bns", "did you mean 'rows_without_bsn'?"),
        ("deduction_above_base", "found nothing named 'deduction_above_base'"),
        ("", "found nothing named ''"),
    ],
)
def test_what_was_not_found_has_no_places(rule, words, run):
    assert words in "\n".join(_places(run, rule, 2))


def test_one_thing_at_a_time(run, tmp_path):
    _places(run, "rows_without_bsn", 2, "--out", tmp_path / "page.html")
    assert not (tmp_path / "page.html").exists()


def test_without_the_archive_it_is_said(run, tmp_path):
    assert "--archive" in ended(quotum("quality", run, "--rule", "rows_without_bsn", "--archive", tmp_path / "no"), 13)


def test_another_number_of_places_than_the_run_says_is_a_defect(run, monkeypatch):
    listed = finding_places._finding_list
    monkeypatch.setattr(finding_places, "_finding_list", lambda *given: attrs.evolve(listed(*given), count=3))
    assert "found 3 times, and the run says 2" in "\n".join(_places(run, "rows_without_bsn", 15))


@pytest.mark.parametrize("more", [(), ("--rule", "rows_without_bsn")])
@pytest.mark.parametrize("name", ["quality.parquet", "settlement.parquet", "run.json"])
@pytest.mark.parametrize("left", [True, False])
def test_of_an_altered_run_nothing_is_told(name, more, left, run, tmp_path):
    copy = tmp_path / "run"
    shutil.copytree(run, copy)
    (copy / "data").chmod(0o700)
    (copy / "data" / name).unlink()
    if left:
        (copy / "data" / name).write_text("{}")
    assert name in ended(quotum("quality", copy, *more), 21)


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_place_of_a_country_with_defects(year, tmp_path):
    """There are as many as the run says, or the command ends with 15."""
    country, archive, run = tmp_path / "country", tmp_path / "archive", tmp_path / "run"
    options = ("--employers", 80, "--year", year, "--seed", 5, "--defects", "--format", "csv", "--out", country)
    ended(quotum("generate", *options), 0)
    ended(receive_command(archive, *sorted([*country.glob("*.csv"), *country.glob("*.parquet")])), 10)
    when = ("--year", year, "--as-of", f"{year + 1}-05-01")
    ended(quotum("settle", "--archive", archive, *when, "--out", run), 0)
    codes = _settlement_codes(run)
    assert {"lkv_without_declaration", "person_above_maximum_premium_wage"} <= codes
    for rule in codes:
        output = _places(run, rule, 0, "--limit", "100000")
        assert len(output) > 1
        discreet("\n".join(output))


def test_deductions(tmp_path):
    """One above the base of its return, and one without a return."""
    days = {"lhnr": f"{EMPLOYER}L01", "period_start": "2026-01-01", "period_end": "2026-01-31"}
    none = days | {"period_start": "2026-02-01", "period_end": "2026-02-28"}
    deductions = [item | {"amount": "9999.00"} for item in (days, none)]
    take_in(tmp_path / "archive", deliver(tmp_path / "files", returns=[cells("returns")], deductions=deductions))
    settled(tmp_path / "archive", tmp_path / "run")
    assert _places(tmp_path / "run", "deduction_above_base")[1:] == ["employer 1, L01, 2026-01-01 to 2026-01-31"]
    assert _places(tmp_path / "run", "deduction_without_return")[1:] == ["employer 1, L01, 2026-02-01 to 2026-02-28"]
