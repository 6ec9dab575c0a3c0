"""Findings of a run: what was remarkable, how often, and where; nothing personal."""

from collections import Counter
from pathlib import Path

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq

from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.engine.writing import write_parquet
from quotum.frames import Frame
from quotum.run.facts import YearRows
from quotum.run.request import Terms
from quotum.tables import QUALITY

MEANINGS = {
    "declared_class_contradicts_test": "employers whose declared class says otherwise than the test; the test decides",
    "declared_class_decides": "employers of which nothing is known: the class they declared decides",
    "employer_without_sector": "employers with returns that are not in the employers delivery: no sector",
    "filing_time_is_time_made": "messages without a delivered filing time: the time they were made stands in",
    "person_above_maximum_premium_wage": "persons above the maximum premium wage at one employer",
    "period_without_full_return": "returns of which only corrections came",
    "rows_without_birth_date": "rows that ask for LKV and have no birth date: the pension age cannot be judged, no LKV",
    "rows_without_bsn": "rows without a BSN: hours and wages count, never in the target group",
    "trait_contradicts_nature": "rows whose trait contradicts CdAard",
    "wage_bills_differ": "employers whose delivered premium wage of t-2 differs from the sum of their returns",
}


def findings(engine: Engine, found: YearRows, counted: Frame, employers: Frame, terms: Terms) -> dict[str, int]:
    """How often each finding of the stages occurs; those that never do are left out."""
    one, none = nw.lit(1), nw.lit(0)
    by_return = counted.with_columns(corrections_only=one - nw.col("full"))
    decided = nw.when(nw.col("small_ground") == "declared_class").then(one).otherwise(none)
    by_employer = employers.with_columns(decided_by_class=decided)
    given = nw.when(nw.col("filing_given")).then(none).otherwise(one)
    result = {
        "period_without_full_return": _sum(engine, by_return, "corrections_only"),
        "rows_without_bsn": _sum(engine, counted, "rows_without_bsn"),
        "rows_without_birth_date": _sum(engine, counted, "rows_without_birth_date"),
        "trait_contradicts_nature": _sum(engine, counted, "trait_contradictions"),
        "declared_class_decides": _sum(engine, by_employer, "decided_by_class"),
        "declared_class_contradicts_test": _sum(engine, employers, "class_contradicts"),
        "employer_without_sector": _sum(engine, employers, "unknown_employer"),
        "wage_bills_differ": _sum(engine, employers, "wages_differ"),
        "filing_time_is_time_made": _sum(engine, found.messages.with_columns(stands_in=given), "stands_in"),
        "person_above_maximum_premium_wage": _above_maximum(engine, found, terms),
    }
    return {code: count for code, count in sorted(result.items()) if count}


def _sum(engine: Engine, frame: Frame, name: str) -> int:
    total = engine.collect(frame.select(nw.col(name).sum().cast(nw.Int64)))[name][0].as_py()
    return int(total or 0)


def _above_maximum(engine: Engine, found: YearRows, terms: Terms) -> int:
    """Persons whose premium wage at one employer is above the maximum (Wfsv art. 17 lid 1)."""
    if terms.maximum_premium_wage_cents is None:
        return 0
    wages = (
        found.rows.filter(~nw.col("bsn").is_null())
        .with_columns(wage_cents=nw.col("premium_wage_low_cents") + nw.col("premium_wage_high_cents"))
        .group_by("rsin", "bsn")
        .agg(nw.col("wage_cents").sum().cast(nw.Int64))
        .filter(nw.col("wage_cents") > terms.maximum_premium_wage_cents)
    )
    return int(engine.collect(wages.select(nw.len().alias("persons")))["persons"][0].as_py())


def write_quality(stages: dict[str, int], archive: Known, inputs: list[str], path: Path) -> None:
    """Write `quality.parquet`: findings of the stages, and of intake per delivery by digest.

    Args:
        stages: Findings of the stages.
        archive: The archive as known.
        inputs: Digests of the deliveries the run reads.
        path: File to make.
    """
    rows = [(code, "settlement", count) for code, count in stages.items()]
    rows += [(code, place, count) for (code, place), count in _of_intake(archive, set(inputs)).items()]
    ordered = sorted(rows)
    table = pa.table(
        [pa.array([row[place] for row in ordered], field.type) for place, field in enumerate(QUALITY.written_schema)],
        schema=QUALITY.written_schema,
    )
    write_parquet([table], QUALITY.written_schema, path)


def _of_intake(archive: Known, inputs: set[str]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for delivery, path in archive.findings(inputs):
        rows = pq.read_table(path, columns=["delivery", "rule"], filters=[("delivery", "==", delivery.number)])
        for row in rows.group_by(["rule"]).aggregate([([], "count_all")]).to_pylist():
            found[row["rule"], f"delivery {delivery.sha256}"] += row["count_all"]
    return found


__all__ = ["MEANINGS", "findings", "write_quality"]
