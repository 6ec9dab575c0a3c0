"""A bare DuckDB sum of hours and two wages per payroll tax number, without any rule: the limit of what can be done.

`python -m tests.benches.peers.bare_sum ROWS YEAR`
"""

import sys
from pathlib import Path

import duckdb

QUERY = """
SELECT payroll_tax_number, sum(paid_hours), sum(premium_wage_low_cents), sum(premium_wage_high_cents)
FROM read_parquet($files) GROUP BY 1
"""


def answer(rows: Path, year: int) -> int:
    """How many payroll tax numbers there are sums of."""
    files = [str(rows / f"{table}-{year}-*.parquet") for table in ("returns", "corrections")]
    return len(duckdb.execute(QUERY, {"files": files}).fetchall())


if __name__ == "__main__":
    answer(Path(sys.argv[1]), int(sys.argv[2]))
