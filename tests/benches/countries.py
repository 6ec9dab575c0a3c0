"""A generated country, received and settled by whole commands that are measured."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from tests.benches import measure
from tests.benches.measure import Measured

YEAR = 2026
SEED = 7
AS_OF = "2027-05-01"
BESIDE = ("register", "employers", "wage_bills", "traits", "deductions")
"""Deliveries beside the returns. Declarations, transfers and allocations are left out: the peers do not know them."""


class Country(NamedTuple):
    """Folders of a country."""

    folder: Path
    """Where everything of it is."""

    @property
    def deliveries(self) -> Path:
        """What was generated."""
        return self.folder / "country"

    @property
    def archive(self) -> Path:
        """Where it was received."""
        return self.folder / "archive"

    @property
    def rows(self) -> Path:
        """The derived files of the receive call."""
        return self.archive / "rows" / "000001"

    @property
    def run(self) -> Path:
        """Where it was settled."""
        return self.folder / "run"

    @property
    def scenario(self) -> Path:
        """The scenario that settles it with a surcharge and a bonus."""
        return self.deliveries / "scenario.toml"

    def number_of_rows(self) -> int:
        """Rows of the year, of full returns and of corrections."""
        files = [*self.rows.glob(f"returns-{YEAR}-*.parquet"), *self.rows.glob(f"corrections-{YEAR}-*.parquet")]
        return sum(pq.read_metadata(path).num_rows for path in files)

    def megabytes(self) -> int:
        """Size of the archive."""
        return sum(path.stat().st_size for path in self.archive.rglob("*") if path.is_file()) // 1_000_000


def generate(folder: Path, employers: int) -> tuple[Country, Measured]:
    """Make a country in a folder, which may exist."""
    country = Country(folder)
    return country, measure.command(
        "generate", "--employers", str(employers), "--year", str(YEAR), "--seed", str(SEED), "--format", "parquet",
        "--out", country.deliveries,
    )  # fmt: skip


def receive(country: Country) -> Measured:
    """Receive it."""
    beside = (country.deliveries / f"{name}.csv" for name in BESIDE)
    return measure.command(
        "receive", *sorted(country.deliveries.glob("returns-*.parquet")), *beside, "--archive", country.archive,
        "--received", "2027-05-02T06:00:00",
    )  # fmt: skip


def settle(country: Country, *options: str) -> Measured:
    """Settle it."""
    return measure.command(
        "settle", "--archive", country.archive, "--year", str(YEAR), "--as-of", AS_OF, "--scenario", country.scenario,
        "--out", country.run, *options,
    )  # fmt: skip


def remove(folder: Path) -> None:
    """Remove a folder with archives and runs in it, of which folders can be read-only."""
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            path.chmod(0o700)
    shutil.rmtree(folder)
