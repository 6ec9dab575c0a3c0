"""Sums beside messages: those that do not fit their rows are found although every digest fits; none are no damage."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attrs import evolve

from quotum.archive.hashing import digest_of
from quotum.archive.layout import Layout
from quotum.archive.receipts import Receipt, read_receipt, receipt_bytes
from quotum.engine.parquet_writer import write_parquet
from quotum.intake.receive import receive
from quotum.maintenance import held_sums
from quotum.run.stages.row_selection import ADDED
from tests.helpers import (
    EXAMPLES,
    RECEIVED,
    deliver,
    discreet,
    ended,
    example,
    example_files,
    quotum,
    results,
    settled,
    take_in,
)
from tests.replay.altering import a_copy, flip
from tests.rows import cells, csv_text, nil_return

Rows = list[dict[str, object]]
SUMS = "rows/000001/sums-2026-0001.parquet"
ROWS = "rows/000001/returns-2026-0001.parquet"
SCENARIO = example(EXAMPLES[1]) / "scenario.toml"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with corrections and one run, not to be changed."""
    place = tmp_path_factory.mktemp("sums") / "archive"
    take_in(place, example_files(EXAMPLES[1]))
    settled(place, place.parent / "run", SCENARIO)
    # So many that 500 at a time are looked at in two parts and a rest.
    assert pq.read_metadata(place / "rows/000001/fragments.parquet").num_rows == 1_052
    return place


def check(archive: Path, code: int) -> str:
    output = ended(quotum("archive", "check", "--archive", archive), code)
    discreet(output)
    return output


def _receipt_again(archive: Path, change: Callable[[Receipt], Receipt]) -> None:
    """Make the only receipt anew, with a seal that fits."""
    path = Layout(archive).receipt(1)
    path.write_bytes(receipt_bytes(change(read_receipt(path))))


def forged(archive: Path, place: Path, name: str, change: Callable[[Rows], Rows]) -> Path:
    """A copy in which the rows of one file are changed and every digest fits."""
    copy = a_copy(archive, place)
    table = pq.read_table(copy / name)
    data = pa.Table.from_pylist(change(table.to_pylist()), table.schema)
    write_parquet([data], table.schema, copy / name)
    return fitting(copy)


def fitting(copy: Path) -> Path:
    """The same copy, its receipt with the digests of what is there."""

    def of_files(receipt: Receipt) -> Receipt:
        tables = (evolve(table, sha256=digest_of(copy / table.path)) for table in receipt.tables)
        return evolve(receipt, tables=tuple(tables))

    _receipt_again(copy, of_files)
    return copy


def without_sums(archive: Path, place: Path) -> Path:
    """A copy as an archive is that was made before there were sums."""
    copy = a_copy(archive, place)
    for path in copy.glob("rows/*/sums-*.parquet"):
        path.unlink()
    _receipt_again(
        copy, lambda item: evolve(item, tables=tuple(table for table in item.tables if table.table != "sums"))
    )
    return copy


def _added(name: str, number: int) -> Callable[[Rows], Rows]:
    def change(rows: Rows) -> Rows:
        at = max(range(len(rows)), key=lambda place: int(str(rows[place]["fragment"])))
        return [
            row | {name: int(str(row[name] or 0)) + (number if place == at else 0)} for place, row in enumerate(rows)
        ]

    return change


def _turned(rows: Rows) -> Rows:
    """The natures of two lines taken for each other: all sums stay."""
    return [rows[0] | {"employment_nature": 11 if rows[0]["employment_nature"] is None else None}, *rows[1:]]


def _zeros(rows: Rows) -> int:
    """Place of a row of zeros: of a return in which nothing, or only work that is told apart, is reported."""
    return next(place for place, row in enumerate(rows) if not any(row[name] for name in ADDED))


def _told_apart(rows: Rows) -> Rows:
    """Zeros under a nature: all sums stay, and the return is not found by its row without one."""
    at = _zeros(rows)
    return [row | ({"employment_nature": 11} if place == at else {}) for place, row in enumerate(rows)]


def _in_two(rows: Rows) -> Rows:
    """Zeros beside a row without nature: all sums stay, and the return stands there twice."""
    return [rows[0], rows[0] | dict.fromkeys(ADDED, 0), *rows[1:]]


FORGED = {
    "hours": _added("paid_hours", 1),
    "cents": _added("premium_wage_low_cents", -1),
    "rows": _added("all_rows", 1),
    "magnitude": _added("wage_magnitude", 1),
    "period": lambda rows: [rows[0] | {"period_start": rows[-1]["period_end"]}, *rows[1:]],
    "nature": _turned,
    "zeros_told_apart": _told_apart,
    "zeros_beside": _in_two,
    "a_line_less": lambda rows: rows[:-1],
    "a_line_twice": lambda rows: [rows[0], *rows],
    "a_line_of_no_message": lambda rows: [*rows, dict.fromkeys(rows[-1], 0) | _key(rows[-1]) | {"fragment": 5}],
}


def _key(row: dict[str, object]) -> dict[str, object]:
    return {name: row[name] for name in ("payroll_tax_number", "period_start", "period_end", "employment_nature")}


@pytest.fixture(params=[500_000, pytest.param(500, marks=pytest.mark.slow)], ids=["at_once", "in_parts"])
def _at_a_time(request, monkeypatch):
    monkeypatch.setattr(held_sums, "_AT_A_TIME", request.param)


@pytest.mark.usefixtures("_at_a_time")
def test_sums_that_fit_pass(archive):
    assert "0 problems" in check(archive, 0)


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED)
@pytest.mark.usefixtures("_at_a_time")
def test_forged_sums_are_found_although_their_digest_fits(change, archive, tmp_path):
    copy = forged(archive, tmp_path / "archive", SUMS, change)
    assert f"wrong: {SUMS} does not fit the rows" in check(copy, 13)


def test_forged_rows_are_found_too(archive, tmp_path):
    copy = forged(archive, tmp_path / "archive", ROWS, _added("paid_hours", 1))
    assert f"wrong: {SUMS} does not fit the rows" in check(copy, 13)


def test_the_file_is_named_that_holds_the_wrong_sums(tmp_path):
    rows = [cells("returns"), cells("returns", IdBer="M25", DatAanvTv="2025-12-01", DatEindTv="2025-12-31")]
    take_in(tmp_path / "archive", deliver(tmp_path / "files", returns=rows))
    earlier = SUMS.replace("2026", "2025")
    output = check(forged(tmp_path / "archive", tmp_path / "copy", earlier, _added("paid_hours", 1)), 13)
    assert f"{earlier} does not fit" in output
    assert "1 problems" in output


def test_what_is_no_table_of_sums_is_said_to_be_none(archive, tmp_path):
    copy = a_copy(archive, tmp_path / "archive")
    for content in (b"no table", (copy / "rows/000001/findings.parquet").read_bytes()):
        (copy / SUMS).write_bytes(content)
        assert f"wrong: {SUMS} cannot be held against its rows" in check(fitting(copy), 13)


def test_of_a_damaged_file_the_damage_alone_is_said(archive, tmp_path):
    for name in (SUMS, ROWS, "rows/000001/fragments.parquet"):
        copy = a_copy(archive, tmp_path / name[-20:])
        flip(copy / name, 9)
        output = check(copy, 13)
        assert f"wrong: {name} was altered" in output
        assert "1 problems" in output


@pytest.mark.usefixtures("_at_a_time")
def test_sums_fit_where_members_turned_out_to_be_broken_and_returns_have_no_rows(tmp_path):
    """Numbers of fragments are missing then, and a fragment of no rows has a line of zeros."""
    nil = [nil_return(IdBer=f"N{number}", DatTdAanm=f"2026-02-20T10:00:{number:02d}") for number in range(10)]
    with zipfile.ZipFile(tmp_path / "three.zip", "w") as packed:
        packed.writestr("1.csv", csv_text("returns", nil))
        packed.writestr("2.csv", csv_text("returns", [cells("returns", IdBer="M2")]) + "short\n")
        packed.writestr("3.csv", csv_text("returns", [cells("returns")]))
    assert len(receive([tmp_path / "three.zip"], tmp_path / "archive", RECEIVED).members_refused) == 1
    assert "0 problems" in check(tmp_path / "archive", 0)
    copy = forged(tmp_path / "archive", tmp_path / "copy", SUMS, lambda rows: rows[1:])
    assert "does not fit the rows" in check(copy, 13)


def test_an_archive_without_sums_settles_to_the_same_bytes_and_is_in_order(archive, tmp_path):
    """They were not kept at first: they are added up from the rows when a year is settled."""
    older = without_sums(archive, tmp_path / "archive")
    assert "0 problems" in check(older, 0)
    settled(older, tmp_path / "run", SCENARIO)
    assert results(tmp_path / "run") == results(archive.parent / "run")
    for more in ((), ("--from-originals",)):
        assert "identical" in ended(quotum("replay", tmp_path / "run", "--archive", older, *more), 0)


@pytest.mark.slow
def test_a_run_from_forged_sums_is_not_certified_from_the_originals(archive, tmp_path):
    copy = forged(archive, tmp_path / "archive", SUMS, lambda rows: [row | {"paid_hours": 0} for row in rows])
    settled(copy, tmp_path / "run", SCENARIO)
    assert results(tmp_path / "run") != results(archive.parent / "run")
    assert "identical" in ended(quotum("replay", tmp_path / "run"), 0)  # it is what the forged sums give
    output = ended(quotum("replay", tmp_path / "run", "--from-originals"), 21)
    assert f"{SUMS}, made again from the original deliveries, is not what" in output
    assert "the results differ" in output
    discreet(output)


def test_rebuild_says_that_forged_sums_come_out_otherwise(archive, tmp_path):
    copy = forged(archive, tmp_path / "archive", SUMS, _added("paid_hours", 1))
    output = ended(quotum("archive", "rebuild", "--archive", copy), 13)
    assert f"{SUMS} comes out otherwise than it was" in output
