"""The file of findings: `quality.parquet`."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from quotum.archive.known import Known
from quotum.engine.parquet_writer import write_parquet
from quotum.run.findings import deliveries_used
from quotum.tables import QUALITY


def write_quality(
    numbers: Mapping[str, int], archive: Known, inputs: list[str], path: Path, hanging: Mapping[str, int]
) -> None:
    """Writes `quality.parquet`: findings of the settlement, and of intake per delivery by digest.

    Args:
        numbers: How often each finding of the settlement occurs.
        archive: The archive as known.
        inputs: Digests of the deliveries the run reads.
        path: File to make.
        hanging: The most that hangs on findings of the settlement, in cents, where that can be computed.
    """
    rows = [(code, "settlement", count, hanging.get(code)) for code, count in numbers.items()]
    rows += [(code, place, count, None) for (code, place), count in _of_intake(archive, set(inputs)).items()]
    ordered = sorted(rows, key=lambda row: row[:2])
    table = pa.table(
        [pa.array([row[place] for row in ordered], field.type) for place, field in enumerate(QUALITY.written_schema)],
        schema=QUALITY.written_schema,
    )
    write_parquet([table], QUALITY.written_schema, path)


def _of_intake(archive: Known, inputs: set[str]) -> Counter[tuple[str, str]]:
    numbers: Counter[tuple[str, str]] = Counter(deliveries_used.counted(archive, inputs))
    for delivery, path in archive.findings(inputs):
        rows = pq.read_table(path, columns=["delivery", "rule"], filters=[("delivery", "==", delivery.number)])
        for row in rows.group_by(["rule"]).aggregate([([], "count_all")]).to_pylist():
            numbers[row["rule"], f"delivery {delivery.sha256}"] += row["count_all"]
    return numbers


__all__ = ["write_quality"]
