"""How settling grows with the country: seconds per million rows and peak memory, as a Markdown table.

`python -m tests.benches.growth 3500 14000 28000`: numbers of employers. 14,000 are 2 million rows, 140,000 are 20,
650,000 are 92 and 1,400,000 are 200 million. Starting, reading settings and sealing take the same few seconds of any
country: what a row costs is in the last column, the seconds that each million rows more takes than the line above.
"""

import argparse
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.benches import countries, machine
from tests.benches.measure import Measured

SMALL = [3_500, 14_000, 28_000]
MILLION = 1_000_000
HEAD = """\
| employers | million rows | archive MB | receive s | MB | settle s | processor s | MB | s a million rows | s a \
million more |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


class Size(NamedTuple):
    """A country of some size, received and settled."""

    employers: int
    """Number of employers."""
    rows: int
    """Rows of the year."""
    archive_megabytes: int
    """Size of the archive."""
    received: Measured
    """What receiving took."""
    settled: Measured
    """What settling took."""

    def text(self, before: "Size | None") -> str:
        """The line in Markdown; `before` is the smaller country on the line above."""
        received, settled = self.received, self.settled
        further = ""
        if before is not None and before.rows != self.rows:
            more = (settled.seconds - before.settled.seconds) / (self.rows - before.rows) * MILLION
            further = f"{more:.2f}"
        return (
            f"| {self.employers:,} | {self.rows / MILLION:.1f} | {self.archive_megabytes:,} | {received.seconds:.1f} | "
            f"{received.peak_megabytes:,} | {settled.seconds:.1f} | {settled.processor_seconds:.1f} | "
            f"{settled.peak_megabytes:,} | {settled.seconds / self.rows * MILLION:.2f} | {further} |"
        )


def measure_size(folder: Path, employers: int, options: list[str]) -> Size:
    """Make, receive and settle a country; nothing of it is left."""
    country, _ = countries.generate(folder / str(employers), employers)
    received = countries.receive(country)
    size = Size(employers, country.number_of_rows(), country.megabytes(), received, countries.settle(country, *options))
    countries.remove(country.folder)
    return size


def main() -> None:
    """Measure every size and print it at once."""
    parser = argparse.ArgumentParser(prog="python -m tests.benches.growth", description=__doc__)
    parser.add_argument("employers", type=int, nargs="*", default=SMALL, help="numbers of employers")
    parser.add_argument("--folder", type=Path, help="where to work (default: the temporary folder); emptied after")
    parser.add_argument("--memory-limit", help="limit of settle, such as 1GB")
    asked = parser.parse_args()
    options = ["--memory-limit", asked.memory_limit] if asked.memory_limit else []
    folder = Path(tempfile.mkdtemp(prefix="quotum-growth-", dir=asked.folder))
    before = None
    print(f"{machine.described()}\n\n{HEAD}", flush=True)  # noqa: T201 - what a bench is for
    try:
        for employers in asked.employers:
            size = measure_size(folder, employers, options)
            print(size.text(before), flush=True)  # noqa: T201 - the same
            before = size
    finally:
        countries.remove(folder)


if __name__ == "__main__":
    main()
