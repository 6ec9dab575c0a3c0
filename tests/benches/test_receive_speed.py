"""What `quotum receive` costs from file to sealed archive, each time beside something plain over the same file.

The aims, on two cores: XML at 2.5 times the rate of the lxml loop, 1,500 small returns a second, two million rows
of Parquet and half a million of CSV a second, and never more than 500 MB. Run by `make bench`.
"""

import os
import random
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.benches import measure
from tests.benches.bench_loonaangifte import pieces_of_return, write_return

EMPLOYERS = 120_000
RELATIONS = 1_000_000
MESSAGES = 100_000
MOST_ROWS = 50
MOST_MEGABYTES = 500
SCAN = """
import duckdb, sys
names = [name for name, *_ in duckdb.sql("DESCRIBE FROM '%s'" % sys.argv[1]).fetchall()]
duckdb.execute(f"SELECT {', '.join(f'max({name})' for name in names)} FROM '{sys.argv[1]}'").fetchall()
"""
COPY = """
import duckdb, sys
duckdb.execute(f"COPY (FROM '{sys.argv[1]}') TO '{sys.argv[2]}' (FORMAT parquet, COMPRESSION zstd)")
"""
AS_CSV = """
import duckdb, sys
moments = "* REPLACE (strftime(DatTdAanm, '%Y-%m-%dT%H:%M:%S') AS DatTdAanm)"
duckdb.execute(f"COPY (SELECT {moments} FROM '{sys.argv[1]}') TO '{sys.argv[2]}' (FORMAT csv, HEADER)")
"""

pytestmark = pytest.mark.bench


@pytest.fixture(autouse=True)
def _cores() -> None:
    print(f"\n{len(os.sched_getaffinity(0))} cores")  # noqa: T201 - a bench is there to print


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that is empty again afterwards: files here are large."""
    yield tmp_path
    for path in sorted(tmp_path.rglob("*"), reverse=True):
        if path.is_dir():
            path.chmod(0o700)
            path.rmdir()
        else:
            path.unlink()


@pytest.fixture(scope="module")
def flat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One Parquet file with as many rows as the whole country has in a month, 17 million."""
    place = tmp_path_factory.mktemp("flat")
    measure.command(
        "generate", "--employers", str(EMPLOYERS), "--year", "2026", "--seed", "1", "--format", "parquet", "--out",
        place / "country",
    )  # fmt: skip
    measure.process(
        sys.executable, "-c", COPY, str(place / "country" / "returns-2026-*.parquet"), str(place / "returns.parquet")
    )
    return place / "returns.parquet"


def _received(delivery: Path, folder: Path) -> measure.Measured:
    return measure.command(
        "receive", delivery, "--archive", folder / "archive", "--received", "2027-05-02T06:00:00",
        "--kind", "loonaangifte" if delivery.suffix in (".xml", ".zip") else "returns",
    )  # fmt: skip


def _beside_lxml(title: str, delivery: Path, folder: Path, pieces: int, piece: str) -> None:
    lines = {
        "quotum receive": _received(delivery, folder),
        "lxml loop": measure.process(sys.executable, "-m", "tests.benches.lxml_loop", str(delivery)),
    }
    measure.report(title, lines, "lxml loop")
    _rate(lines["quotum receive"], pieces, piece)
    assert lines["quotum receive"].peak_megabytes < MOST_MEGABYTES


def _rate(measured: measure.Measured, pieces: int, piece: str) -> None:
    print(f"  quotum receive: {pieces / measured.seconds:,.0f} {piece} a second")  # noqa: T201 - a bench is there to print


def test_one_return(folder: Path) -> None:
    """A million income relations are 2.6 GB."""
    write_return(folder / "return.xml", RELATIONS)
    _beside_lxml(f"one return of {RELATIONS:,} rows", folder / "return.xml", folder, RELATIONS, "rows")


def test_many_small_returns(folder: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - the same each time
    with zipfile.ZipFile(folder / "returns.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(MESSAGES):
            rows = pieces_of_return(chance.randint(1, MOST_ROWS), number * MOST_ROWS + 1)
            archive.writestr(f"{number}.xml", b"".join(rows))
    title = f"{MESSAGES:,} returns of 1 to {MOST_ROWS} rows in a zip"
    _beside_lxml(title, folder / "returns.zip", folder, MESSAGES, "files")


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_flat(folder: Path, flat: Path, form: str) -> None:
    delivery = folder / f"returns.{form}"
    measure.process(sys.executable, "-c", AS_CSV if form == "csv" else COPY, str(flat), str(delivery))
    rows = pq.read_metadata(flat).num_rows
    lines = {
        "DuckDB, scan of every column": measure.process(sys.executable, "-c", SCAN, str(delivery)),
        "DuckDB, the same into zstd Parquet": measure.process(
            sys.executable, "-c", COPY, str(delivery), str(folder / "copy.parquet")
        ),
        "quotum receive": _received(delivery, folder),
    }
    measure.report(f"{rows:,} rows of {form}", lines, "DuckDB, the same into zstd Parquet")
    _rate(lines["quotum receive"], rows, "rows")
    assert lines["quotum receive"].peak_megabytes < MOST_MEGABYTES
