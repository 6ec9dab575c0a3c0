"""Findings of a run: what was remarkable, how often, and where; nothing personal."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq

from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.engine.parquet_writer import write_parquet
from quotum.frames import Frame
from quotum.law.wfsv.job_count import Jobs
from quotum.parameters.kinds import RATE_RULES
from quotum.periods import hours_of_year
from quotum.run.findings import deliveries_used
from quotum.run.stages.columns import PLACE, RETURN, rows_of, sums_by
from quotum.run.stages.counts import Counted, without_birth_date, without_bsn
from quotum.run.stages.filing_times import AFTER_RECEIPT, OVERLAP
from quotum.run.stages.rows_in_force import YearRows
from quotum.run.terms import Terms
from quotum.tables import QUALITY

MEANINGS = {
    "declared_class_contradicts_test": "employers whose declared class says otherwise than the test; the test decides",
    "declared_class_decides": "employers of which nothing is known: the class they declared decides",
    "deduction_above_base": "deductions above the surcharge base of their return: no more is left out than is in",
    "deduction_without_return": "deductions for a return that is not there: nothing to take them off",
    "employer_without_returns": "employers of the employers delivery without any return of the year",
    "employer_without_sector": "employers with returns that are not in the employers delivery: no sector",
    "filing_time_is_time_made": "messages without a delivered filing time: the time they were made stands in",
    "person_above_hours_of_year": "persons with more paid hours, at all employers together, than the year has",
    "person_above_maximum_premium_wage": "persons above the maximum premium wage at one employer",
    "lkv_without_declaration": "benefits asked for a person without a declaration that covers the start of an "
    "employment, or for a reassigned worker begins within one: no LKV",
    "lkv_without_start_of_employment": "employments without a start, of persons with a declaration: no LKV begins "
    "with them",
    AFTER_RECEIPT: "messages made or filed later than they were received: they count as the day they bear",
    "nothing_balances": "nobody has a right to a bonus over a year whose rate is solved against it: nothing balances, "
    "and a rate in budget is zero",
    "period_without_full_return": "returns of which only corrections came",
    "registration_ended_by_unknown": "persons with an LKV that ran on the last day of the old text, whose registration "
    "of the next day ended and nobody knows how (ended_by): not at own request, so what is left is lost",
    OVERLAP: "returns of one payroll tax number whose periods overlap, a month and four weeks: both count",
    "rows_without_birth_date": "rows that ask for LKV and have no birth date: the pension age cannot be judged, no LKV",
    "rows_without_bsn": "rows without a BSN: hours and wages count, never in the target group",
    "small_employers_not_tested": "employers of which is not tested whether they are small: no surcharge is due over "
    "the year and its average premium wage has no figure yet",
    "starter_with_wage_of_t2": "employers that started in the year or the one before and have a premium wage of t-2: "
    "they are small as starters; they stopped and started again, or the day is wrong",
    "took_over_more_than_whole": "employers that took over from one whose transfers of a year exceed the whole",
    "took_over_unknown_wage": "employers that took over an undertaking whose premium wage of t-2 is not known",
    "trait_contradicts_nature": "rows whose trait contradicts CdAard",
    "withdrawal_of_nothing": "withdrawals of an income relation that no message reports",
    "baseline_register_thin": "the baseline is counted under a register that knows nobody in December 2012, or fewer "
    "than one in ten of those it knows in December of the year",
    "savings_loss_withheld": "no savings loss: the archive is plainly a part of the country (fewer jobs than the "
    "baseline, or a counted baseline below the fixed one of the market alone); give baseline and targets of its scale "
    "in a scenario",
    "wage_bills_differ": "employers whose delivered premium wage of t-2 differs from the sum of their returns",
    **deliveries_used.MEANINGS,
}

ABOVE_HOURS, ABOVE_WAGE = "person_above_hours_of_year", "person_above_maximum_premium_wage"
BASELINE_THIN, LOSS_WITHHELD = "baseline_register_thin", "savings_loss_withheld"
NOTHING_BALANCES = "nothing_balances"
OF_THE_WHOLE = frozenset((BASELINE_THIN, LOSS_WITHHELD, NOTHING_BALANCES))
"""Findings about the settlement as a whole: no row, return or employer is the place of one."""
Above = Mapping[str, tuple[Frame, list[str]]]
"""Persons with more than can be, by finding, and the columns that name one."""
# Findings about an employer, and the column that says so with 1.
_OF_EMPLOYERS = {
    "declared_class_contradicts_test": "class_contradicts",
    "employer_without_sector": "unknown_employer",
    "small_employers_not_tested": "not_tested",
    "starter_with_wage_of_t2": "wage_before_start",
    "took_over_unknown_wage": "took_over_unknown",
    "took_over_more_than_whole": "took_over_too_much",
    "wage_bills_differ": "wages_differ",
}


def findings(
    engine: Engine,
    found: YearRows,
    counted: Counted,
    employers: Frame,
    terms: Terms,
    more: Mapping[str, int] = MappingProxyType({}),
    above: Above | None = None,
) -> dict[str, int]:
    """How often each finding of the stages occurs, `more` among them; those that never do are left out.

    Args:
        engine: Where it runs.
        found: The rows in force.
        counted: What the returns add up to.
        employers: Every employer, and whether it is small.
        terms: The figures of the year.
        more: Further findings.
        above: What `persons_above` gave, when that is at hand.
    """
    one, none = nw.lit(1), nw.lit(0)
    by_return = counted.returns.with_columns(corrections_only=one - nw.col("full"))
    by_class = (nw.col("small_ground") == "declared_class").fill_null(value=False)
    decided = nw.when(by_class).then(one).otherwise(none)
    by_employer = employers.with_columns(decided_by_class=decided)
    result = {
        "period_without_full_return": _sum(engine, by_return, "corrections_only"),
        "rows_without_bsn": _sum(engine, counted.employers, "rows_without_bsn"),
        "rows_without_birth_date": _sum(engine, counted.employers, "rows_without_birth_date"),
        "trait_contradicts_nature": _sum(engine, counted.employers, "trait_contradictions"),
        "declared_class_decides": _sum(engine, by_employer, "decided_by_class"),
        **{code: _sum(engine, employers, column) for code, column in _OF_EMPLOYERS.items()},
        "filing_time_is_time_made": rows_of(engine, found.time_made),
        "withdrawal_of_nothing": rows_of(engine, found.unknown_withdrawals),
        AFTER_RECEIPT: rows_of(engine, found.after_receipt),
        OVERLAP: rows_of(engine, found.overlapping),
        "employer_without_returns": rows_of(engine, _without_returns(employers, counted)),
        **{code: rows_of(engine, some) for code, (some, _) in (above or persons_above(engine, found, terms)).items()},
        **more,
    }
    return {code: count for code, count in sorted(result.items()) if count}


def added(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    """Findings of two stages together; those that never occur are left out."""
    together = {code: one.get(code, 0) + other.get(code, 0) for code in sorted({*one, *other})}
    return {code: count for code, count in together.items() if count}


def of_jobs(jobs: Jobs) -> dict[str, int]:
    """Findings of the job count; each is about the settlement as a whole."""
    found = {BASELINE_THIN: jobs.few_registered_then, LOSS_WITHHELD: jobs.part_of_the_country}
    return {code: 1 for code, there in found.items() if there}


def of_rate(terms: Terms, source: str, bonus_total: int) -> dict[str, int]:
    """Findings of the rate; each is about the settlement as a whole (Kamerstuk 34 352 nr. 281, footnote 17).

    Args:
        terms: The figures of the year.
        source: Where the rate comes from.
        bonus_total: Bonus of all employers, cents.
    """
    return {NOTHING_BALANCES: 1} if terms.due and source in RATE_RULES and bonus_total == 0 else {}


def _sum(engine: Engine, frame: Frame, name: str) -> int:
    total = engine.collect(frame.select(nw.col(name).sum().cast(nw.Int64)))[name][0].as_py()
    return int(total or 0)


def _without_returns(employers: Frame, counted: Counted) -> Frame:
    """Employers that are there by their delivery alone."""
    return employers.select("rsin").join(counted.employers.select("rsin"), on="rsin", how="anti")


def persons_above(engine: Engine, found: YearRows, terms: Terms) -> Above:
    """Persons with more than can be: premium wage at one employer (Wfsv art. 17 lid 1), or hours, wherever paid.

    Args:
        engine: Where it runs.
        found: The rows in force, read with `perhaps_above`.
        terms: The figures of the year.

    Returns:
        By code the persons, and the columns that name one.
    """
    if found.suspects is None:
        raise ValueError("the rows were read without `perhaps_above`")
    known = found.opened.join(found.suspects, on="bsn", how="semi").with_columns(
        wage_cents=nw.col("premium_wage_low_cents") + nw.col("premium_wage_high_cents")
    )
    at_employer = engine.keep(sums_by(known, ("rsin", "bsn"), "wage_cents", "paid_hours"))
    hours = sums_by(at_employer, ("bsn",), "paid_hours")
    maximum = terms.maximum_premium_wage_cents
    above: dict[str, tuple[Frame, list[str]]] = {
        ABOVE_HOURS: (hours.filter(nw.col("paid_hours") > hours_of_year(terms.year)), ["bsn"])
    }
    if maximum is not None:
        above[ABOVE_WAGE] = at_employer.filter(nw.col("wage_cents") > maximum), ["rsin", "bsn"]
    return above


def perhaps_above(rows: Frame, terms: Terms) -> Frame:
    """Persons who can have more than can be: what is below zero, replaced or withdrawn takes nothing off.

    Args:
        rows: All received rows of a calendar year, as `tables.INCOME_RELATIONS`.
        terms: The figures of the year.

    Returns:
        `bsn`, each once.
    """
    names = ("paid_hours", "premium_wage_low_cents", "premium_wage_high_cents")
    at_most = [nw.when(nw.col(name) > 0).then(nw.col(name)).otherwise(nw.lit(0)) for name in names]
    rows = rows.filter(~without_bsn()).select("bsn", hours=at_most[0], wage_cents=at_most[1] + at_most[2])
    above = nw.col("hours") > hours_of_year(terms.year)
    if terms.maximum_premium_wage_cents is not None:
        above |= nw.col("wage_cents") > terms.maximum_premium_wage_cents
    return sums_by(rows, ("bsn",), "hours", "wage_cents").filter(above).select("bsn")


def places(engine: Engine, found: YearRows, counted: Counted, employers: Frame, terms: Terms) -> dict[str, Frame]:
    """Where the findings of the stages are, by the codes of `findings`; see `columns.Places`."""
    rows = found.rows
    flags = {code: employers.filter(nw.col(column) == 1) for code, column in _OF_EMPLOYERS.items()}
    above = persons_above(engine, found, terms)
    return {
        "period_without_full_return": counted.returns.filter(nw.col("full") == 0).select(*RETURN),
        "rows_without_bsn": rows.filter(without_bsn()).select(*PLACE),
        "rows_without_birth_date": rows.filter(without_birth_date()).select(*PLACE),
        "trait_contradicts_nature": rows.filter(nw.col("trait_contradicts") == 1).select(*PLACE),
        "declared_class_decides": employers.filter(nw.col("small_ground") == "declared_class").select("rsin"),
        **{code: some.select("rsin") for code, some in flags.items()},
        "filing_time_is_time_made": found.time_made.select("payroll_tax_number"),
        "withdrawal_of_nothing": found.unknown_withdrawals.select(*RETURN),
        AFTER_RECEIPT: found.after_receipt.select("payroll_tax_number"),
        OVERLAP: found.overlapping,
        "employer_without_returns": _without_returns(employers, counted),
        **{code: rows.join(some, on=who, how="semi").select(*PLACE) for code, (some, who) in above.items()},
    }


def write_quality(
    stages: dict[str, int], archive: Known, inputs: list[str], path: Path, hanging: Mapping[str, int]
) -> None:
    """Write `quality.parquet`: findings of the stages, and of intake per delivery by digest.

    Args:
        stages: Findings of the stages.
        archive: The archive as known.
        inputs: Digests of the deliveries the run reads.
        path: File to make.
        hanging: The most that hangs on findings of the stages, in cents, where that can be computed.
    """
    rows = [(code, "settlement", count, hanging.get(code)) for code, count in stages.items()]
    rows += [(code, place, count, None) for (code, place), count in _of_intake(archive, set(inputs)).items()]
    ordered = sorted(rows, key=lambda row: row[:2])
    table = pa.table(
        [pa.array([row[place] for row in ordered], field.type) for place, field in enumerate(QUALITY.written_schema)],
        schema=QUALITY.written_schema,
    )
    write_parquet([table], QUALITY.written_schema, path)


def _of_intake(archive: Known, inputs: set[str]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter(deliveries_used.counted(archive, inputs))
    for delivery, path in archive.findings(inputs):
        rows = pq.read_table(path, columns=["delivery", "rule"], filters=[("delivery", "==", delivery.number)])
        for row in rows.group_by(["rule"]).aggregate([([], "count_all")]).to_pylist():
            found[row["rule"], f"delivery {delivery.sha256}"] += row["count_all"]
    return found


__all__ = [
    "ABOVE_HOURS",
    "ABOVE_WAGE",
    "BASELINE_THIN",
    "LOSS_WITHHELD",
    "MEANINGS",
    "NOTHING_BALANCES",
    "OF_THE_WHOLE",
    "added",
    "findings",
    "of_jobs",
    "of_rate",
    "perhaps_above",
    "persons_above",
    "places",
    "write_quality",
]
