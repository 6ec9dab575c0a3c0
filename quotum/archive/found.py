"""Which rows of the deliveries of an archive broke which rules."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from quotum.archive.known import Known
from quotum.identifiers import masked


def rule_names(archive: Known) -> frozenset[str]:
    """Names of the rules that were broken."""
    digests = {one.sha256 for receipt in archive.receipts for one in receipt.deliveries}
    paths = {path for _, path in archive.findings(digests)}
    broken = (pq.read_table(path, columns=["rule"])["rule"].unique() for path in paths)
    return frozenset(name for names in broken for name in names.to_pylist())


def found_rows(archive: Known, rules: frozenset[str], digest: str = "") -> Iterator[str]:
    """A line for each row and rule broken, delivery by delivery.

    Args:
        archive: The archive as known.
        rules: Only these rules; all of them when empty.
        digest: Only deliveries whose digest begins so.
    """
    digests = {one.sha256 for receipt in archive.receipts for one in receipt.deliveries}
    for delivery, path in archive.findings({one for one in digests if one.startswith(digest)}):
        table = pq.read_table(path, filters=[("delivery", "==", delivery.number)])
        if rules:
            table = table.filter(pc.is_in(table["rule"], pa.array(sorted(rules))))
        for batch in table.to_batches(10_000):
            for row in batch.to_pylist():
                member = f", member {row['member']}" if row["member"] else ""
                place = f"row {row['row']}" if row["row"] else "the whole of it"
                value = f": {row['value']}" if row["value"] is not None else ""
                yield f"{masked(delivery.name)}{member}, {place}: {row['level']} {row['rule']}{value}"


__all__ = ["found_rows", "rule_names"]
