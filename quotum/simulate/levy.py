"""The older regime in a simulation: hours of both years per employer, kept once; the levy by the law's expressions."""

import json
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from quotum.archive import small_tables
from quotum.comparison.small_groups import Flags, Whole
from quotum.engine.interface import Engine
from quotum.engine.parquet_writer import write_parquet
from quotum.errors import SelfCheckFailed
from quotum.frames import Frame
from quotum.law.wfsv import quota_levy
from quotum.money import HUNDRED_PERCENT, require_exact_product
from quotum.run.preparation import Prepared, require_returns
from quotum.run.regimes.levy_terms import LevyTerms
from quotum.run.regimes.quota_levy import count
from quotum.run.stages import quota_levy as levying
from quotum.run.stages.rows_in_force import People
from quotum.run.terms import Terms
from quotum.simulate.columns import evaluated
from quotum.simulate.country import Country
from quotum.simulate.shelf import Shelf
from quotum.tables import ALLOCATIONS, EMPLOYERS

COLUMNS: Final = pa.schema(
    [(name, pa.int64()) for name in ("rsin", "counted_hours_t1", "counted_hours", "levy_target_hours")]
)
"""Columns per employer, by RSIN."""


@frozen(eq=False)
class LevyHours:
    """Hours for the levy, in the order of the country."""

    counted_t1: Whole
    """Counted hours of t-1."""
    counted: Whole
    """Counted hours of t."""
    target: Whole
    """Hours of the target group that count."""
    allocated: bool
    """Whether hours of a lender are allocated to a borrower."""


def levy_hours(engine: Engine, prepared: Prepared[Terms], people: People, shelf: Shelf, country: Country) -> LevyHours:
    """Returns the hours of both years, from the shelf when they are there.

    Raises:
        ArchiveLacks: The archive has no returns of year t-1.
    """
    request, archive = prepared.request, prepared.archive
    explanation = f", on which the threshold of the quota levy of {request.year} rests too (Wfsv art. 34 lid 4, 7)"
    require_returns(request, archive, request.year - 1, explanation)

    @cache
    def computed() -> tuple[Frame, bool]:
        listed = small_tables.employers(archive)
        listed = EMPLOYERS.inside_schema.empty_table() if listed is None else listed
        allocations = small_tables.allocations(archive)
        allocations = ALLOCATIONS.inside_schema.empty_table() if allocations is None else allocations
        counted = count(engine, archive, people, request.year, request.as_of)
        everyone = levying.everyone(engine, counted.totals.employers, listed)
        allocated = levying.allocate(engine, counted.rows, everyone, allocations, request.year)
        joined = levying.employers_with_hours(everyone, counted.hours_t1, counted.hours, allocated)
        return joined.select(*COLUMNS.names), bool(allocated.accepted)

    def make(path: Path) -> None:
        write_parquet(engine.batches(computed()[0], ("rsin",)), COLUMNS, path)

    def make_allocated(path: Path) -> None:
        path.write_text(json.dumps(computed()[1]), "utf-8")

    table = pq.read_table(shelf.get("levy.parquet", make))
    if not table["rsin"].equals(country.table["rsin"]):
        raise SelfCheckFailed("the quota levy and the surcharge are about different employers")
    before, now, target = (table[name].to_numpy().astype(np.int64, copy=False) for name in COLUMNS.names[1:])
    allocated = json.loads(shelf.get("levy-allocated.json", make_allocated).read_text("utf-8"))
    return LevyHours(before, now, target, allocated)


def levy_of(hours: LevyHours, country: Country, terms: LevyTerms) -> tuple[Whole, Flags]:
    """Returns the quota levy of every employer in cents, and whether it is bound (Wfsv art. 34 lid 4, 38g, 38h)."""
    from_sector = {"overheid": 1, "niet-overheid": 2}
    percentage = np.zeros(country.length, np.int64)
    has_percentage = np.zeros(country.length, np.bool_)
    for sector, sector_percentage in terms.percentages.items():
        percentage[country.sector == from_sector[sector]] = sector_percentage.hundredths
        has_percentage |= country.sector == from_sector[sector]
    largest = int(np.abs(hours.counted).max(initial=0))
    require_exact_product(largest, 2 * int(percentage.max(initial=0)), "A x B%")
    require_exact_product(int(np.abs(hours.target).max(initial=0)), 2 * HUNDRED_PERCENT, "C x 100%")
    columns = {
        "counted_hours_t1": hours.counted_t1,
        "counted_hours": hours.counted,
        "levy_target_hours": hours.target,
        "quota_percentage_hundredths": percentage,
    }
    bound = evaluated(columns, quota_levy.is_bound(terms.threshold_hours)).astype(np.bool_)
    tenths = np.where(
        bound & has_percentage, evaluated(columns, quota_levy.shortage_tenths(terms.hours_per_job_hundredths)), 0
    )
    return evaluated(
        {"quota_shortage_tenths": tenths}, quota_levy.levy_cents(terms.levy_per_job_cents)
    ), bound & has_percentage


__all__ = ["LevyHours", "levy_hours", "levy_of"]
