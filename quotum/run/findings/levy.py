"""Findings of a quota levy: what was remarkable, and how often; nothing personal."""

import narwhals as nw

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.run.findings.quality import MEANINGS
from quotum.run.stages.columns import PLACE, RETURN, rows_of, sums
from quotum.run.stages.counts import Counted, without_bsn
from quotum.run.stages.filing_times import AFTER_RECEIPT, OVERLAP
from quotum.run.stages.quota_levy import ABOVE_HOURS, NO_BORROWER, TOO_LATE, Allocated
from quotum.run.stages.rows_in_force import YearRows

PART_YEAR, WITHOUT_SECTOR = "quota_part_year_employer", "quota_employer_without_sector"
LEVY_MEANINGS = MEANINGS | {
    ABOVE_HOURS: "allocations refused: above the target-group hours of the person at the lender, alone or together",
    NO_BORROWER: "allocations refused: nothing is known of the borrower, or it is the lender itself",
    TOO_LATE: "allocations refused: agreed after 1 August of the next year",
    PART_YEAR: "employers that were one for part of year t-1 or t only: no pro-rating",
    WITHOUT_SECTOR: "employers without sector: no quota percentage and no levy",
}


def levy_findings(
    engine: Engine, found: YearRows, before: YearRows, counted: Counted, levied: Frame, allocated: Allocated
) -> dict[str, int]:
    """How often each finding occurs; those that never do are left out.

    Args:
        engine: Where it runs.
        found: The rows of year t.
        before: The rows of year t-1.
        counted: What the returns of year t add up to.
        levied: As `levying.levy` gives it.
        allocated: Hours that moved, and what was refused.
    """
    one = nw.lit(1)
    returns = _sums(
        engine,
        counted.returns.with_columns(corrections_only=one - nw.col("full")),
        "corrections_only",
    )
    summed = _sums(engine, counted.employers, "rows_without_bsn", "trait_contradictions")
    employers = _sums(engine, levied, "without_sector", "part_year_employer")
    corrections_before = _sums(
        engine, before.returns.with_columns(corrections_only=one - nw.col("full")), "corrections_only"
    )
    filing = {
        AFTER_RECEIPT: sum(rows_of(engine, rows.after_receipt) for rows in (found, before)),
        OVERLAP: sum(rows_of(engine, rows.overlapping) for rows in (found, before)),
    }
    result = (
        allocated.refused
        | filing
        | {
            "period_without_full_return": returns["corrections_only"] + corrections_before["corrections_only"],
            "rows_without_bsn": summed["rows_without_bsn"],
            "trait_contradicts_nature": summed["trait_contradictions"],
            "filing_time_is_time_made": sum(rows_of(engine, rows.time_made) for rows in (found, before)),
            PART_YEAR: employers["part_year_employer"],
            WITHOUT_SECTOR: employers["without_sector"],
        }
    )
    return {code: count for code, count in sorted(result.items()) if count}


def levy_places(found: YearRows, before: YearRows, levied: Frame, allocated: Allocated) -> dict[str, Frame]:
    """Where the findings are, by the codes of `levy_findings`; see `columns.Places`."""
    both = (found, before)
    returns = [rows.returns.filter(nw.col("full") == 0).select(*RETURN) for rows in both]
    late = [rows.after_receipt.select("payroll_tax_number") for rows in both]
    made = [rows.time_made.select("payroll_tax_number") for rows in both]
    return {
        **allocated.places,
        "period_without_full_return": nw.concat(returns, how="vertical"),
        "rows_without_bsn": found.rows.filter(without_bsn()).select(*PLACE),
        "trait_contradicts_nature": found.opened.filter(nw.col("trait_contradicts") == 1).select(*PLACE),
        "filing_time_is_time_made": nw.concat(made, how="vertical"),
        AFTER_RECEIPT: nw.concat(late, how="vertical"),
        OVERLAP: nw.concat([rows.overlapping for rows in both], how="vertical"),
        PART_YEAR: levied.filter(nw.col("part_year_employer") == 1).select("rsin"),
        WITHOUT_SECTOR: levied.filter(nw.col("without_sector") == 1).select("rsin"),
    }


def _sums(engine: Engine, frame: Frame, *names: str) -> dict[str, int]:
    found = engine.collect(frame.select(*sums(*names))).to_pylist()[0]
    return {name: int(value or 0) for name, value in found.items()}


__all__ = ["LEVY_MEANINGS", "levy_findings", "levy_places"]
