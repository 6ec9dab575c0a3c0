"""When something holds, and when it was known: what becomes known later changes no run as known, or filed, earlier."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from quotum.parameters import book, load_book
from quotum.run import preparation as preparing
from tests.helpers import (
    AS_OF,
    EXAMPLES,
    RECEIVED,
    deliver,
    ended,
    example,
    example_files,
    quotum,
    record_and_results,
    results,
    rows_of,
    settle_command,
    settled,
    take_in,
    write_csv,
)
from tests.rows import EMPLOYER, cells, declaration, deduction, numbered, transfer, withdrawal

pytestmark = pytest.mark.slow

NAME = EXAMPLES[0]
SCENARIO = example(NAME) / "scenario.toml"
KNOWN_ON = RECEIVED.date()
FIRM = rows_of(example(NAME) / "returns.csv")[0]["LhNr"]
MEMBER = rows_of(example(NAME) / "register.csv")[0]["bsn"]


def _later(folder: Path) -> list[Path]:
    """Every kind of delivery once more, each with something else in it, about the year that is settled."""
    first = rows_of(example(NAME) / "returns.csv")[0]
    same_period = {name: first[name] for name in ("LhNr", "DatAanvTv", "DatEindTv")}
    return deliver(
        folder,
        returns=[
            cells("returns", **same_period, IdBer="LATER", SofiNr=numbered(9)),
            withdrawal(**{name: first[name] for name in (*same_period, "NumIV", "SofiNr")}, IdBer="LATER-X"),
            cells("returns", IdBer="T-2", LhNr=FIRM, DatAanvTv="2024-01-01", DatEindTv="2024-01-31"),
        ],
        register=[cells("register", bsn=numbered(9))],
        employers=[cells("employers", rsin=FIRM[:9], sector="overheid")],
        wage_bills=[cells("wage_bills", rsin=FIRM[:9], premium_wage="1.00")],
        traits=[cells("traits", lhnr=FIRM, bsn=MEMBER)],
        declarations=[declaration("older", "2015-01-01", bsn=MEMBER)],
        transfers=[transfer("1", "2026-01-01", EMPLOYER, FIRM[:9])],
        deductions=[deduction("1.00", FIRM)],
    )


@pytest.fixture(scope="module")
def archives(tmp_path_factory) -> Iterator[tuple[Path, Path]]:
    """An archive of the worked example, and the same one after later deliveries of every kind."""
    folder = tmp_path_factory.mktemp("axes")
    take_in(folder / "early", example_files(NAME))
    shutil.copytree(folder / "early", folder / "late")
    take_in(folder / "late", _later(folder / "files"), RECEIVED + timedelta(days=1))
    return folder / "early", folder / "late"


@pytest.fixture(scope="module")
def as_known(archives) -> dict[str, bytes]:
    """The run as known on the day of the first deliveries, made before anything else came."""
    settled(archives[0], archives[0].parent / "run", SCENARIO, known_on=KNOWN_ON)
    return record_and_results(archives[0].parent / "run")


def test_later_deliveries_change_no_run_as_known_before_them(archives, as_known, tmp_path):
    """To the byte, the record included; and without --known-on they do change it."""
    settled(archives[1], tmp_path / "then", SCENARIO, known_on=KNOWN_ON)
    assert record_and_results(tmp_path / "then") == as_known
    settled(archives[1], tmp_path / "now", SCENARIO)
    assert {name for name, content in results(tmp_path / "now").items() if content != as_known[f"data/{name}"]} >= {
        "settlement.parquet", "bonus_lines.parquet", "surcharge_lines.parquet", "macro.json",
    }  # fmt: skip


def test_later_filings_change_no_run_as_of_an_earlier_day(archives, tmp_path):
    """Filed in the first second after the as-of day, but already delivered: the results stay, the record names them."""
    shutil.copytree(archives[0], tmp_path / "archive")
    settled(tmp_path / "archive", tmp_path / "before", SCENARIO)
    midnight = datetime.combine(AS_OF + timedelta(days=1), datetime.min.time())
    first = rows_of(example(NAME) / "returns.csv")[0]
    changed = first | {"IdBer": "LATER", "Soort": "C", "AantVerlU": "1"}
    for name, moment in (("after", midnight), ("on-the-day", midnight - timedelta(seconds=1))):
        path = write_csv(tmp_path / f"{name}.csv", "returns", [changed | {"DatTdAanm": moment.isoformat()}])
        take_in(tmp_path / "archive", [path], RECEIVED)
        settled(tmp_path / "archive", tmp_path / name, SCENARIO)
    assert results(tmp_path / "after") == results(tmp_path / "before")
    assert record_and_results(tmp_path / "after") != record_and_results(tmp_path / "before")
    assert results(tmp_path / "on-the-day") != results(tmp_path / "before")


CORRECTED_ON = date(2027, 4, 1)
CORRECTION = f"""
[[average_premium_wage.values]]
from = 2026-01-01
known_from = {CORRECTED_ON}
value = "1"
status = "published"
source = "a correction that came in the year after"
"""


@pytest.fixture
def corrected(tmp_path, monkeypatch) -> None:
    """The figures with a correction of the average premium wage, by which nobody is small."""
    folder = tmp_path / "parameters"
    folder.mkdir()
    for path in book.INSTALLED.glob("*.toml"):
        shutil.copy(path, folder)
    with (folder / "wfsv.toml").open("a", encoding="utf-8") as stream:
        stream.write(CORRECTION)
    monkeypatch.setattr(preparing, "load_book", lambda: load_book(folder))


@pytest.mark.usefixtures("corrected")
def test_figures_known_later_change_no_run_as_known_before_them(tmp_path):
    """To the byte, the record included; on the day itself they do change it."""
    take_in(tmp_path / "archive", example_files(NAME), datetime.fromisoformat("2027-02-01"))
    day_before = CORRECTED_ON - timedelta(days=1)
    runs = {}
    for name, known_on in (("before", day_before), ("on-the-day", CORRECTED_ON)):
        settled(tmp_path / "archive", tmp_path / name, SCENARIO, known_on=known_on)
        runs[name] = record_and_results(tmp_path / name)
    with pytest.MonkeyPatch.context() as installed:
        installed.setattr(preparing, "load_book", load_book)
        settled(tmp_path / "archive", tmp_path / "installed", SCENARIO, known_on=day_before)
    assert runs["before"] == record_and_results(tmp_path / "installed")
    grounds = [{row["small_employer"] for row in rows_of(tmp_path / name / "data" / "settlement.csv")
                if row["small_ground"] == "wage_bill"} for name in runs]  # fmt: skip
    assert grounds == [{"true", "false"}, {"false"}]


def test_a_year_cannot_be_settled_by_figures_that_were_not_out(archives, tmp_path):
    """The text of the Wtl of 2026 has no day of publication here, so it counts as known from 1 January 2026."""
    take_in(tmp_path / "archive", deliver(tmp_path / "files"), datetime.fromisoformat("2025-12-01"))
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run", "--known-on", "2025-12-31"), 12)
    assert "its value counts as known from 2026-01-01" in output
    ended(settle_command(tmp_path / "archive", tmp_path / "run", "--known-on", "2026-01-01"), 0)


def test_diff_shows_what_became_known(archives, as_known, tmp_path):
    """Both axes side by side: one as-of day, two days on which things were known."""
    settled(archives[1], tmp_path / "now", SCENARIO)
    output = ended(quotum("diff", archives[0].parent / "run", tmp_path / "now", "--archive", archives[1]), 0)
    assert as_known
    assert f"First run:  returns as filed by {AS_OF}, as known on {KNOWN_ON}" in output
    for words in ("persons whose registration changed", "rows of the employers delivery", "transfers of undertaking"):
        assert words in output
