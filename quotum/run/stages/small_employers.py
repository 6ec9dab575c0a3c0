"""Exempting small employers."""

from collections.abc import Mapping
from fractions import Fraction

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame, each_once
from quotum.law.wfsv import small_employer, wage_before
from quotum.law.wfsv.transfers import CorrectedWage, Corrections, Transfer, corrections
from quotum.money import require_exact_sum
from quotum.run.stages import tables
from quotum.run.stages.columns import flag
from quotum.run.stages.counts import COUNTS, Counted
from quotum.run.stages.outputs import gives
from quotum.run.terms import Terms

_CORRECTED = ("corrected", "took_over", "took_over_unknown", "took_over_too_much")


@frozen
class Wages:
    """Premium wages of year t-2."""

    delivered: Frame
    """`rsin`, `delivered_cents`."""
    summed: Frame
    """`rsin`, `summed_cents`."""
    transfers: tuple[Transfer, ...] = ()
    """Transfers of undertaking, all that are known."""


def transfers_of(rows: pa.Table | None) -> tuple[Transfer, ...]:
    """Transfers of undertaking with their exact shares.

    Args:
        rows: As `tables.TRANSFERS`; None when never delivered.
    """
    transfers = [] if rows is None else rows.to_pylist()
    return tuple(
        Transfer(transfer["from_rsin"], transfer["to_rsin"], transfer["on_day"], Fraction(transfer["share"]))
        for transfer in transfers
    )


@gives(tables.TESTED)
def exempt(engine: Engine, counted: Counted, employers: pa.Table, wages: Wages, terms: Terms) -> Frame:
    """Every employer with whether it is small, and why.

    Returns:
        `rsin`, `sector`, `started_on`, the sums of `COUNTS`, `premium_wage_t2_cents`, `small_ground`,
        `small_employer`, `wages_differ`, `class_contradicts`, `wage_before_start`, `not_tested`,
        `unknown_employer`, `took_over_unknown`, `took_over_too_much`.

    Raises:
        SelfCheckFailed: A wage after transfers could leave the range that every engine adds exactly.
    """
    corrected = engine.table(_corrections(corrected_in(engine, employers, wages, terms.year), terms))
    joined = everyone(engine, counted, employers, wages).join(corrected, on="rsin", how="left")
    return engine.keep(
        joined.with_columns(
            *(nw.col(name).fill_null(0) for name in (*COUNTS, "listed", *_CORRECTED)),
            own_wage_t2_cents=wage_before.known_wage_cents(),
        )
        .with_columns(
            premium_wage_t2_cents=wage_before.wage_to_test_cents(),
            wages_differ=flag(wage_before.wages_differ()),
            unknown_employer=nw.lit(1).cast(nw.Int64) - nw.col("listed"),
        )
        .pipe(tested, terms.year, terms.small_limit_cents)
        .with_columns(
            class_contradicts=flag(small_employer.contradicts_declared_class().fill_null(value=False)),
            wage_before_start=flag(small_employer.had_wage_before_start().fill_null(value=False)),
            not_tested=flag(nw.col("small_employer").is_null()),
        )
    )


def tested(employers: Frame, year: int, limit_cents: int | None) -> Frame:
    """Employers with `small_ground` and `small_employer`, both empty when there is no limit to test by.

    Args:
        employers: With what `small_employer.ground` and `small_employer.is_small` take.
        year: Year t.
        limit_cents: Largest premium wage of t-2 of a small employer; None when nobody is tested.
    """
    if limit_cents is None:
        return employers.with_columns(**small_employer.not_tested())
    return employers.with_columns(small_ground=small_employer.ground(year)).with_columns(
        small_employer=small_employer.is_small(limit_cents)
    )


def everyone(engine: Engine, counted: Counted, employers: pa.Table, wages: Wages) -> Frame:
    """Every employer with a return of the year in force or in the employers delivery, and what is known of it.

    Returns:
        `rsin`, `sector`, `started_on`, `listed`, the sums of `counted`, `delivered_cents`, `summed_cents`;
        null where there is nothing.
    """
    delivered = engine.table(employers.select(["rsin", "sector", "started_on"])).with_columns(
        listed=nw.lit(1).cast(nw.Int64)
    )
    added = counted.employers
    joined = each_once(nw.concat([added.select("rsin"), delivered.select("rsin")], how="vertical"), "rsin")
    for frame in (delivered, added, wages.delivered, wages.summed):
        joined = joined.join(frame, on="rsin", how="left")
    return joined


def corrected_in(engine: Engine, employers: pa.Table, wages: Wages, year: int) -> dict[int, CorrectedWage]:
    """The wages of t-2 that transfers correct, by RSIN."""
    return corrections_in(engine, employers, wages, year).wages


def corrections_in(engine: Engine, employers: pa.Table, wages: Wages, year: int) -> Corrections:
    """The wages of t-2 that transfers correct, and what each transfer moves."""
    touched = sorted({rsin for transfer in wages.transfers for rsin in (transfer.transferor, transfer.acquirer)})
    known: dict[int, int] = {}
    if touched:
        employers_touched = engine.table(pa.table({"rsin": pa.array(touched, pa.int64())}))
        for frame, name in ((wages.summed, "summed_cents"), (wages.delivered, "delivered_cents")):
            wages_known = engine.collect(frame.join(employers_touched, on="rsin", how="semi").select("rsin", name))
            known |= dict(zip(wages_known["rsin"].to_pylist(), wages_known[name].to_pylist(), strict=True))
    listed = employers.filter(pc.is_in(employers["rsin"], pa.array(touched, pa.int64())))
    started = dict(zip(listed["rsin"].to_pylist(), listed["started_on"].to_pylist(), strict=True))
    return corrections(wages.transfers, known, started, year)


def _corrections(corrected: Mapping[int, CorrectedWage], terms: Terms) -> pa.Table:
    """The wages that transfers correct: `rsin`, `corrected_cents` (null when unknown) and the flags of `_CORRECTED`."""
    flags = {
        "corrected": [1 for _ in corrected],
        "took_over": [int(wage.took_over) for wage in corrected.values()],
        "took_over_unknown": [int(wage.took_over_unknown) for wage in corrected.values()],
        "took_over_too_much": [int(wage.took_over_too_much) for wage in corrected.values()],
    }
    decisive = [wage.decisive_cents(terms.small_limit_cents) for wage in corrected.values()]
    largest = max((abs(wage) for wage in decisive if wage is not None), default=0)
    require_exact_sum(largest, "the premium wage of t-2 after transfers of undertaking, in cents,")
    return pa.table(
        {"rsin": pa.array(list(corrected), pa.int64()), "corrected_cents": pa.array(decisive, pa.int64())}
        | {name: pa.array(flags[name], pa.int64()) for name in _CORRECTED}
    )
