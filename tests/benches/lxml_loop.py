"""A plain lxml loop over payroll returns, one file or the members of a zip: `python -m tests.benches.lxml_loop F`."""

import sys
import zipfile
from pathlib import Path

from tests.benches.bench_loonaangifte import lxml_rows


def read(path: Path) -> int:
    """Read every row, keep none."""
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            return sum(1 for _ in lxml_rows(stream))
    with zipfile.ZipFile(path) as archive:
        return sum(1 for name in archive.namelist() for _ in lxml_rows(archive.read(name)))


if __name__ == "__main__":
    print(read(Path(sys.argv[1])), "rows")  # noqa: T201 - a script
