"""Findings in an archive: the rows of its deliveries that broke a rule."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from quotum.archive import words
from quotum.archive.known import Known
from quotum.identifiers import masked
from quotum.tables import OF_THE_WHOLE, REJECT
from quotum.words import Sentence, joined

_SHOWN = 5


def rule_names(archive: Known) -> frozenset[str]:
    """Returns names of the broken rules."""
    digests = {delivery.sha256 for receipt in archive.receipts for delivery in receipt.deliveries}
    paths = {path for _, path in archive.findings(digests)}
    broken = (pq.read_table(path, columns=["rule"])["rule"].unique() for path in paths)
    return frozenset(name for names in broken for name in names.to_pylist())


def rejecting_rules(archive: Known, digest: str) -> Iterator[Sentence]:
    """Yields the rules that rejected rows of a delivery, with the number of rows and the first of them."""
    for delivery, path in archive.findings({digest}):
        rejected = [("delivery", "==", delivery.number), ("level", "==", REJECT), ("row", ">", OF_THE_WHOLE)]
        rows = pq.read_table(path, columns=["member", "row", "rule"], filters=rejected)
        for count in sorted(rows["rule"].value_counts().to_pylist(), key=lambda count: str(count["values"])):
            first = rows.filter(pc.equal(rows["rule"], count["values"])).slice(0, _SHOWN).to_pylist()
            rows_named = joined(", ", (_row_of_member(row["row"], row["member"]) for row in first))
            more = ", ..." if count["counts"] > _SHOWN else ""
            yield words.RULE_AND_ROWS.sentence(rule=count["values"], count=count["counts"], rows=rows_named, more=more)


def _row_of_member(row: int, number: int) -> str:
    return words.OF_MEMBER.sentence(row=row, number=number) if number else str(row)


def finding_lines(
    archive: Known, rules: frozenset[str], digest: str = "", *, rejected: bool = False
) -> Iterator[Sentence]:
    """Yields a line for each row and broken rule, delivery by delivery.

    Args:
        archive: The archive as known.
        rules: Only these rules; all of them when empty.
        digest: Only deliveries whose digest begins with this.
        rejected: Only rejected rows.
    """
    digests = {delivery.sha256 for receipt in archive.receipts for delivery in receipt.deliveries}
    for delivery, path in archive.findings({full for full in digests if full.startswith(digest)}):
        table = pq.read_table(path, filters=[("delivery", "==", delivery.number)])
        if rejected:
            table = table.filter(pc.equal(table["level"], REJECT))
        if rules:
            table = table.filter(pc.is_in(table["rule"], pa.array(sorted(rules))))
        yield from _lines(table, delivery.name)


def first_finding_lines(path: Path, names: Mapping[int, str], most: int) -> tuple[Sentence, ...]:
    """Returns the first rows that broke a rule, of a call that is not in an archive; their values are not shown.

    Args:
        path: Its findings.
        names: Name of each delivery, by number.
        most: Largest number of lines.
    """
    table = pq.read_table(path).slice(0, most)
    table = table.set_column(table.schema.get_field_index("value"), "value", pa.nulls(table.num_rows, pa.string()))
    return tuple(line for row in range(table.num_rows) for line in _of_call(table.slice(row, 1), names))


def _of_call(row: pa.Table, names: Mapping[int, str]) -> Iterator[Sentence]:
    return _lines(row, names.get(row["delivery"][0].as_py(), ""))


def _lines(table: pa.Table, name: str) -> Iterator[Sentence]:
    for batch in table.to_batches(10_000):
        for row in batch.to_pylist():
            yield words.FOUND.sentence(
                name=masked(name),
                member=words.MEMBER.sentence(number=row["member"]) if row["member"] else "",
                place=words.ROW.sentence(number=row["row"]) if row["row"] else words.THE_WHOLE.sentence(),
                level=words.LEVELS[row["level"]].sentence(),
                rule=row["rule"],
                value=f": {row['value']}" if row["value"] is not None else "",
            )


__all__ = ["finding_lines", "first_finding_lines", "rejecting_rules", "rule_names"]
