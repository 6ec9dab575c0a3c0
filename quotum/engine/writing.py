"""One writer of Parquet for all engines: its bytes depend on the rows alone."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROWS_PER_GROUP = 1_000_000


class ParquetFile(pq.ParquetWriter):  # type: ignore[misc] # pyarrow has no types
    """A Parquet file that is written; one that failed is not heard of again when Python lets it go."""

    def __del__(self) -> None:
        """Close it if that was not done; what is wrong was said when it was written."""
        with contextlib.suppress(OSError):
            super().__del__()


def write_parquet(batches: Iterable[pa.RecordBatch | pa.Table], schema: pa.Schema, path: Path) -> int:
    """Write batches in order, cut anew into groups of a million rows.

    Parquet bytes depend on how rows come in chunks and on the library that writes, so both are fixed here.

    Args:
        batches: Rows in their final order.
        schema: Columns, types and whether they can be null; no metadata.
        path: File to make.

    Returns:
        Number of rows.
    """
    count = 0
    with ParquetFile(path, schema, compression="zstd", version="2.6", store_schema=False) as writer:
        for group in groups(batches, schema, ROWS_PER_GROUP):
            writer.write_table(group, row_group_size=ROWS_PER_GROUP)
            count += group.num_rows
    return count


def groups(batches: Iterable[pa.RecordBatch | pa.Table], schema: pa.Schema, most: int) -> Iterator[pa.Table]:
    """Batches in order, cut anew into groups of one size, the last of which is smaller."""
    waiting: list[pa.Table] = []
    rows = 0
    for batch in batches:
        table = (pa.table(batch) if isinstance(batch, pa.RecordBatch) else batch).select(schema.names).cast(schema)
        while rows + table.num_rows >= most:
            head = table.slice(0, most - rows)
            yield pa.concat_tables([*waiting, head]).combine_chunks()
            table, waiting, rows = table.slice(head.num_rows), [], 0
        if table.num_rows:
            waiting.append(table)
            rows += table.num_rows
    if waiting:
        yield pa.concat_tables(waiting).combine_chunks()
