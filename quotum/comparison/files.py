"""A comparison as files: written in a folder, and read back.

comparison.csv, comparison.parquet    headline figures, a row per scenario
sweep.csv                             points of a sweep
tables/*.parquet, tables/about.json   every table of the comparison, and a description
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.csv as pv
import pyarrow.parquet as pq

from quotum.archive.layout import OWNER_FOLDER
from quotum.comparison.record import BEHAVIOUR, Comparison
from quotum.comparison.tables import COMPARISON, SIMULATION_TABLES, SWEEP
from quotum.engine.parquet_writer import write_parquet
from quotum.errors import ArchiveLacks
from quotum.run_folder.bag import json_bytes
from quotum.tables import Table

Writer = Callable[[Comparison, Path], None]
"""Writes its file of a comparison in an existing folder."""

TABLES: Final = "tables"
ABOUT: Final = "about.json"


def write_parquet_files(comparison: Comparison, folder: Path) -> None:
    """Writes comparison.parquet, and every table in `tables/`."""
    _parquet(comparison, COMPARISON, folder / "comparison.parquet")
    tables = folder / TABLES
    tables.mkdir(mode=OWNER_FOLDER)
    for declared in SIMULATION_TABLES:
        _parquet(comparison, declared, tables / f"{declared.name}.parquet")
    about = {
        "simulation": True,
        "note": BEHAVIOUR,
        "year": comparison.year,
        "as_if": list(comparison.law_years),
        "as_of": comparison.as_of.isoformat(),
        "known_on": None if comparison.known_on is None else comparison.known_on.isoformat(),
        "scenarios": list(comparison.scenarios),
        "sweep_parameters": list(comparison.sweep_parameters),
        "digest": comparison.digest,
    }
    (tables / ABOUT).write_bytes(json_bytes(about))


def write_csv_files(comparison: Comparison, folder: Path) -> None:
    """Writes comparison.csv, and sweep.csv, which has no rows without a sweep."""
    _csv(comparison, COMPARISON, folder / "comparison.csv")
    _csv(comparison, SWEEP, folder / "sweep.csv")


WRITERS: Final[tuple[Writer, ...]] = (write_csv_files, write_parquet_files)
"""Writers of the files of a comparison, in order."""


def write(comparison: Comparison, folder: Path, writers: Sequence[Writer] = WRITERS) -> None:
    """Writes the files of a comparison in a folder, which is made when it is not there."""
    folder.mkdir(mode=OWNER_FOLDER, exist_ok=True)
    for writer in writers:
        writer(comparison, folder)


def read(folder: Path) -> Comparison:
    """Reads a written comparison.

    Raises:
        ArchiveLacks: The folder is no comparison of quotum, or of another version.
    """
    tables = folder / TABLES
    try:
        about = json.loads((tables / ABOUT).read_text("utf-8"))
        tables_read = {declared.name: _read(tables, declared) for declared in SIMULATION_TABLES}
        known_on = about["known_on"]
        return Comparison(
            year=about["year"],
            as_of=date.fromisoformat(about["as_of"]),
            known_on=None if known_on is None else date.fromisoformat(known_on),
            scenarios=tuple(about["scenarios"]),
            sweep_parameters=tuple(about["sweep_parameters"]),
            digest=about["digest"],
            as_if=tuple(about["as_if"]),
            **tables_read,
        )
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as problem:
        raise ArchiveLacks(
            f"{folder} is no comparison of this version of quotum; `quotum simulate ... --out` makes one"
        ) from problem


def _read(tables: Path, declared: Table) -> pa.Table:
    return pq.read_table(tables / f"{declared.name}.parquet").cast(declared.written_schema)


def _parquet(comparison: Comparison, declared: Table, path: Path) -> None:
    write_parquet([comparison.table(declared)], declared.written_schema, path)


def _csv(comparison: Comparison, declared: Table, path: Path) -> None:
    pv.write_csv(comparison.table(declared), path, pv.WriteOptions(quoting_style="needed"))


__all__ = ["WRITERS", "Writer", "read", "write"]
