"""The Parquet writer of all engines: its bytes depend only on the rows."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROWS_PER_GROUP = 1_000_000


class ParquetFile(pq.ParquetWriter):  # type: ignore[misc] # pyarrow has no types
    """A Parquet file being written; a failed file stays silent when Python deletes it."""

    def __del__(self) -> None:
        """Closes the file if that was not done; errors were raised when it was written."""
        with contextlib.suppress(OSError):
            super().__del__()


def write_parquet(batches: Iterable[pa.RecordBatch | pa.Table], schema: pa.Schema, path: Path) -> int:
    """Writes batches in order, regrouped into groups of a million rows.

    Parquet bytes depend on how rows are chunked and on the writing library, so both are fixed here.

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
    """Yields batches in order, regrouped into groups of the same size, of which the last is smaller."""
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
