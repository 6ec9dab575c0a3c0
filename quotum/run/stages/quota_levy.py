"""The stages of the quota levy: hours that count, hours allocated, and one row per employer (Wfsv art. 34)."""

import narwhals as nw
import pyarrow as pa
from attrs import frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS
from quotum.law.kinds_of_work import ROW
from quotum.law.wfsv import allocations as allocating
from quotum.law.wfsv import quota_hours, quota_levy
from quotum.money import HUNDRED_PERCENT, require_exact_product, require_exact_sum
from quotum.run.regimes.levy_terms import LevyTerms
from quotum.run.stages import tables
from quotum.run.stages.bounds import size_of
from quotum.run.stages.columns import Places, constant, flag, rows_of, sums_by
from quotum.run.stages.outputs import gives
from quotum.run.stages.rows_in_force import YearRows

TOO_LATE, ABOVE_HOURS, NO_BORROWER = "allocation_agreed_late", "allocation_above_hours", "allocation_without_borrower"
_PERSON = ("lender_rsin", "bsn")
_PERSONS_HOURS = ("target_hours", "counted_target_hours")


@frozen
class Allocated:
    """Hours of lent-out people that moved from lender to borrower."""

    borrowed: Frame
    """`rsin` of the borrower, `borrowed_hours`."""
    lent: Frame
    """`rsin` of the lender, `lent_hours`: what is taken off its variable C."""
    accepted: int
    """Number of allocations that count."""
    refused: Places
    """The allocations that were refused, by reason (the finding): `rsin` of their lenders."""
    judged: Frame
    """The allocations of the year, each with whether every condition holds by itself, and `accepted` (1 or null)."""
    taken_off: Frame
    """`lender_rsin`, `bsn`, `allocated_hours`, `lent_hours`: what is taken off the lender for each person."""


@gives(tables.MEASURED)
def measured(engine: Engine, year_rows: YearRows, intervals: pa.Table) -> Frame:
    """Rows of a year that the law looks at one by one, with what of their hours counts for the levy.

    Args:
        engine: Where it runs.
        year_rows: The rows in force.
        intervals: Traits that leave rows out, together, as `known.kinds_together` gives them.

    Returns:
        The rows with `target_hours`, `counted_hours` and `counted_target_hours`.
    """
    by_trait = engine.keep(quota_hours.left_out_by_trait(year_rows.opened, engine.table(intervals)))
    target = nw.when(nw.col("in_target_group") == 1).then(nw.col("paid_hours").fill_null(0)).otherwise(nw.lit(0))
    rows = year_rows.opened.join(by_trait, on=list(ROW), how="left").with_columns(target_hours=target.cast(nw.Int64))
    return _with_counted(rows)


def _with_counted(hours: Frame) -> Frame:
    """What counts of paid hours and of those of the target group: all, or nothing of what is left out."""
    return hours.with_columns(
        counted_hours=quota_hours.counted("paid_hours"), counted_target_hours=quota_hours.counted("target_hours")
    )


@gives(tables.HOURS_OF_YEAR)
def hours_of_year(engine: Engine, year_rows: YearRows, rows: Frame) -> Frame:
    """Hours per employer: `rsin`, `paid_hours`, `target_hours`, `counted_hours`, `counted_target_hours`.

    Of the rows that are not looked at nobody is in the target group or has a trait: their nature alone decides.

    Args:
        engine: Where it runs.
        year_rows: The rows in force.
        rows: Those of them that are looked at, as `measured` gives them.
    """
    nothing = constant(0)
    other_rows = _with_counted(
        year_rows.others.with_columns(
            rsin=nw.col("payroll_tax_number") // SUB_NUMBERS,
            **dict.fromkeys(("target_hours", "trait_leaves_out", "lent_out_some_day"), nothing),
        )
    )
    names = ("paid_hours", "counted_hours", *_PERSONS_HOURS)
    together = nw.concat([frame.select("rsin", *names) for frame in (rows, other_rows)], how="vertical")
    return engine.keep(sums_by(together, ("rsin",), *names))


@gives(borrowed=tables.BORROWED, lent=tables.LENT, refused=tables.REFUSED)
def allocate(engine: Engine, rows: Frame, everyone: Frame, allocations: pa.Table, year: int) -> Allocated:
    """Move allocated hours to the borrower (Besluit Wfsv art. 2.28, 2.30).

    Refused are: what was agreed too late; what a borrower of whom nothing is known would get, or the
    lender itself; an allocation above the person's target-group hours at the lender; and all those
    of one person at one lender that together are above them.

    Args:
        engine: Where it runs.
        rows: As `measured` gives them: of everybody of whom hours are allocated.
        everyone: `rsin` of every employer of the settlement.
        allocations: As `tables.ALLOCATIONS`.
        year: Calendar year.
    """
    of_year = engine.keep(engine.table(allocations).filter(nw.col("year") == year))
    known = everyone.select(borrower_rsin=nw.col("rsin"), borrower_known=nw.lit(1).cast(nw.Int64))
    in_time = engine.keep(of_year.filter(allocating.agreed_in_time(year)).join(known, on="borrower_rsin", how="left"))
    goes = allocating.has_borrower().holds()
    placed = engine.keep(in_time.filter(goes))
    lent_out = rows.select("bsn", *_PERSONS_HOURS, lender_rsin=nw.col("rsin")).join(
        placed.select(*_PERSON).unique(), on=list(_PERSON), how="semi"
    )
    persons = engine.keep(sums_by(lent_out, _PERSON, *_PERSONS_HOURS))
    named = placed.select(*_PERSON, "borrower_rsin", allocated_hours=nw.col("hours"))
    alone = engine.keep(_within(named, persons).select(*_PERSON, "borrower_rsin", "allocated_hours"))
    together = engine.keep(_within(sums_by(alone, _PERSON, "allocated_hours"), persons))
    accepted = engine.keep(alone.join(together.select(*_PERSON), on=list(_PERSON), how="semi"))
    borrowed = sums_by(accepted, ("borrower_rsin",), "allocated_hours")
    taken_off = together.with_columns(lent_hours=allocating.taken_off_lender())
    lent = sums_by(taken_off, ("lender_rsin",), "lent_hours")
    granted = accepted.select(*_PERSON, "borrower_rsin", hours=nw.col("allocated_hours"))
    refused = {
        TOO_LATE: of_year.filter(~allocating.agreed_in_time(year)),
        NO_BORROWER: in_time.filter(~goes),
        ABOVE_HOURS: placed.join(granted, on=[*_PERSON, "borrower_rsin", "hours"], how="anti"),
    }
    return Allocated(
        borrowed=engine.keep(borrowed.select(rsin=nw.col("borrower_rsin"), borrowed_hours=nw.col("allocated_hours"))),
        lent=engine.keep(lent.select("lent_hours", rsin=nw.col("lender_rsin"))),
        accepted=rows_of(engine, accepted),
        refused={code: frame.select(rsin=nw.col("lender_rsin")) for code, frame in refused.items()},
        judged=_judged(of_year.join(known, on="borrower_rsin", how="left"), granted, year),
        taken_off=taken_off,
    )


def _judged(allocations: Frame, granted: Frame, year: int) -> Frame:
    """Allocations with the conditions that look at nothing else, and whether they are among those that count."""
    accepted = granted.select(*_PERSON, "borrower_rsin", "hours", accepted=nw.lit(1).cast(nw.Int64)).unique()
    own = {allocating.agreed_in_time.name: allocating.agreed_in_time(year), **allocating.has_borrower().columns()}
    return allocations.join(accepted, on=[*_PERSON, "borrower_rsin", "hours"], how="left").with_columns(**own)


def _within(allocations: Frame, persons: Frame) -> Frame:
    """Allocations of at most the hours of the person at the lender, with those hours."""
    return allocations.join(persons, on=list(_PERSON), how="left").filter(allocating.within_persons_hours())


@gives(tables.EVERYONE)
def everyone(engine: Engine, filing: Frame, employers: pa.Table) -> Frame:
    """Every employer with a return of the year in force or in the employers delivery.

    Args:
        engine: Where it runs.
        filing: `rsin` of those with a return.
        employers: As `tables.EMPLOYERS`.

    Returns:
        `rsin`, `sector`, `started_on`, `ended_on`.
    """
    listed = engine.table(employers.select(["rsin", "sector", "started_on", "ended_on"]))
    filed = filing.select("rsin")
    return engine.keep(
        nw.concat([filed, listed.select("rsin")], how="vertical").unique().join(listed, on="rsin", how="left")
    )


@gives(tables.LEVIED)
def levy(
    engine: Engine, employers: Frame, hours_t1: Frame, hours: Frame, allocated: Allocated, terms: LevyTerms
) -> Frame:
    """One row per employer, as `tables.QUOTA_SETTLEMENT` and `tables.QUOTA_LINES` together, `rsin` an integer.

    Wfsv art. 34 lid 4: an employer below the threshold in year t-1 or in year t owes nothing; art.
    38c: without a sector there is no percentage, and so no levy.

    Raises:
        SelfCheckFailed: A product could leave the range that every engine computes exactly.
    """
    joined = employers_with_hours(employers, hours_t1, hours, allocated)
    employers = engine.keep(
        joined.join(_percentages(engine, terms), on="sector", how="left").with_columns(
            target_group_hours=nw.col("target_hours"),
            bound=quota_levy.is_bound(terms.threshold_hours),
            part_of_year=quota_levy.employer_for_part_of_year(terms.year),
        )
    )
    _require_exact(engine, employers, terms)
    owes = quota_levy.owes_levy(terms.threshold_hours).holds()
    shortage = quota_levy.shortage_tenths(terms.hours_per_job_hundredths)
    short = engine.keep(
        employers.with_columns(quota_shortage_tenths=nw.when(owes).then(shortage).otherwise(nw.lit(0)).cast(nw.Int64))
    )
    size = size_of(engine, short, "quota_shortage_tenths")
    require_exact_product(size.largest, terms.levy_per_job_cents, "shortage x levy per job")
    require_exact_sum(size.total * terms.levy_per_job_cents // quota_levy.TENTHS_PER_JOB, "the sum of the levies")
    return engine.keep(
        short.with_columns(quota_levy_cents=quota_levy.levy_cents(terms.levy_per_job_cents)).with_columns(
            without_sector=flag(nw.col("sector").is_null()), part_year_employer=flag(nw.col("part_of_year"))
        )
    )


def employers_with_hours(employers: Frame, hours_t1: Frame, hours: Frame, allocated: Allocated) -> Frame:
    """Every employer with the hours of both years on which the levy rests; no figure bears on them.

    Returns:
        The columns of `everyone`, `paid_hours_t1`, `counted_hours_t1`, those of `hours_of_year`,
        `borrowed_hours`, `lent_hours` and `levy_target_hours`.
    """
    before = hours_t1.select("rsin", paid_hours_t1=nw.col("paid_hours"), counted_hours_t1=nw.col("counted_hours"))
    joined = employers
    for hours_frame in (before, hours, allocated.borrowed, allocated.lent):
        joined = joined.join(hours_frame, on="rsin", how="left")
    amounts = (
        "paid_hours_t1", "counted_hours_t1", "paid_hours", "target_hours", "counted_hours", "counted_target_hours",
        "borrowed_hours", "lent_hours",
    )  # fmt: skip
    return joined.with_columns(*(nw.col(name).fill_null(0) for name in amounts)).with_columns(
        levy_target_hours=quota_levy.target_hours_of_levy()
    )


def _percentages(engine: Engine, terms: LevyTerms) -> Frame:
    return engine.table(
        pa.table(
            {
                "sector": pa.array(list(terms.percentages), pa.string()),
                "quota_percentage_hundredths": pa.array(
                    [percentage.hundredths for percentage in terms.percentages.values()], pa.int64()
                ),
            }
        )
    )


def _require_exact(engine: Engine, employers: Frame, terms: LevyTerms) -> None:
    """Each of the two products stays below half of what every engine computes exactly, so their difference does too."""
    largest = engine.collect(
        employers.select(
            high=nw.col("counted_hours").max(),
            low=nw.col("counted_hours").min(),
            high_target=nw.col("levy_target_hours").max(),
            low_target=nw.col("levy_target_hours").min(),
        )
    ).to_pylist()[0]
    percentage = max((percentage.hundredths for percentage in terms.percentages.values()), default=0)
    require_exact_product(max(abs(largest["low"] or 0), abs(largest["high"] or 0)), 2 * percentage, "A x B%")
    target = max(abs(largest["low_target"] or 0), abs(largest["high_target"] or 0))
    require_exact_product(target, 2 * HUNDRED_PERCENT, "C x 100%")
