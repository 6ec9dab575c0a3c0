"""The base in memory: employers, returns and hours by right as columns of whole numbers."""

from functools import cached_property
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import frozen

from quotum.comparison.small_groups import Flags, Whole
from quotum.law.readings import Reading
from quotum.law.wfsv import small_employer
from quotum.law.wfsv.transfers import CorrectedWage
from quotum.law.wtl.windows import JOBS_BY_DECLARATION
from quotum.run.stages.small_employers import tested
from quotum.simulate.columns import evaluated
from quotum.simulate.reduce import Base, Correction, DecemberCount
from quotum.simulate.right_hours import SHELTERED, RightHours

GOVERNMENT, MARKET, NO_SECTOR = 1, 2, 0
SECTORS: Final = {"overheid": GOVERNMENT, "niet-overheid": MARKET}


@frozen(eq=False, slots=False)
class Country:
    """Every employer in order of RSIN, and every return with a base in the same order."""

    year: int
    """Calendar year."""
    table: pa.Table
    """As `reduce.EMPLOYER_COLUMNS`."""
    sector: Whole
    """1 government, 2 market, 0 unknown."""
    employees: Whole
    """Employees."""
    paid_hours: Whole
    """Paid hours over all rows in force."""
    target_hours: Whole
    """Hours of the target group among them."""
    base_hours: Whole
    """Paid hours of the rows in the surcharge base."""
    return_place: Whole
    """Place of the employer of each return."""
    return_base: Whole
    """Base of each return, cents."""
    corrections: tuple[Correction, ...]
    """Wages of t-2 that transfers correct."""
    now: DecemberCount
    """December of the year."""
    baseline: DecemberCount | None
    """December 2012; None when the archive holds no return of it."""
    baseline_asked: str | None = None
    """Requested baseline; see `job_count.chosen_baseline`."""
    few_registered_then: bool = False
    """Whether its register knows hardly anybody in December 2012."""

    @cached_property
    def first_return(self) -> Whole:
        """Number of the first return of each employer, and the end."""
        return np.searchsorted(self.return_place, np.arange(self.length + 1)).astype(np.int64)

    def returns_of(self, employers: Flags) -> Whole:
        """Returns the numbers of the returns of some employers, in order."""
        first, end = self.first_return[:-1][employers], self.first_return[1:][employers]
        counts = end - first
        # Steps of one within an employer, and a jump to the first return at a new employer.
        steps = np.ones(int(counts.sum()), np.int64)
        filled = counts > 0
        first, end, counts = first[filled], end[filled], counts[filled]
        if not len(first):
            return steps
        steps[0] = first[0]
        steps[np.cumsum(counts)[:-1]] = first[1:] - end[:-1] + 1
        return np.cumsum(steps)

    @property
    def length(self) -> int:
        """Number of employers."""
        return int(self.table.num_rows)

    def places(self, rsins: pa.ChunkedArray) -> Whole:
        """Returns the places of employers."""
        return np.searchsorted(_whole(self.table["rsin"]), _whole(rsins)).astype(np.int64)


def load(base: Base, year: int, baseline_asked: str | None = None, *, few_registered_then: bool = False) -> Country:
    """Loads the base into memory.

    Args:
        base: The base.
        year: Calendar year.
        baseline_asked: Requested baseline.
        few_registered_then: Whether its register knows hardly anybody in December 2012.
    """
    employers, returns = pq.read_table(base.employers), pq.read_table(base.returns)
    sectors = employers["sector"].to_pandas().map(SECTORS).fillna(NO_SECTOR)
    return Country(
        year=year,
        table=employers,
        sector=sectors.to_numpy(np.int64),
        employees=_whole(employers["employees"]),
        paid_hours=_whole(employers["paid_hours"]),
        target_hours=_whole(employers["target_hours"]),
        base_hours=_whole(employers["base_hours"]),
        return_place=_whole(returns["place"]),
        return_base=_whole(returns["base_cents"]),
        corrections=base.corrections,
        now=base.now,
        baseline=base.baseline,
        baseline_asked=baseline_asked,
        few_registered_then=few_registered_then,
    )


def _whole(column: pa.ChunkedArray) -> Whole:
    return column.to_numpy().astype(np.int64, copy=False)  # type: ignore[no-any-return]


@frozen(eq=False)
class Lines:
    """Hours by right of persons with employers, in order of employer and person."""

    place: Whole
    """Place of the employer, of people with only the right to the LKV doelgroep banenafspraak."""
    hours: Whole
    """Their hours."""
    several: pa.Table
    """Lines of persons with more than one right: `rsin`, `bsn`, `right`, `paid_hours`."""
    jobs_place: Whole
    """Place of the employer, of everybody with the right to the LKV doelgroep banenafspraak."""
    jobs_hours: Whole
    """Their hours."""
    sheltered_hours: Whole
    """Hours of people in sheltered work who would have the right if it counted."""
    readings: tuple[Reading, ...]
    """Readings on which the rights rest."""


def load_lines(kept_lines: RightHours, country: Country) -> Lines:
    """Loads the hours by right into memory.

    Args:
        kept_lines: File of the lines, and their readings.
        country: The employers.
    """
    table = pq.read_table(kept_lines.lines)
    sheltered = pc.equal(table["right"], SHELTERED)
    sheltered_hours = _whole(table.filter(sheltered)["paid_hours"])
    table = table.filter(pc.invert(sheltered))
    rsin, bsn = _whole(table["rsin"]), _whole(table["bsn"])
    is_same = (rsin[1:] == rsin[:-1]) & (bsn[1:] == bsn[:-1])
    several = np.zeros(len(rsin), np.bool_)
    several[1:] |= is_same
    several[:-1] |= is_same
    jobs = pc.equal(table["right"], JOBS_BY_DECLARATION).to_numpy().astype(np.bool_)
    place, hours = country.places(table["rsin"]), _whole(table["paid_hours"])
    alone = jobs & ~several
    return Lines(
        place[alone], hours[alone], table.filter(pa.array(several)), place[jobs], hours[jobs], sheltered_hours,
        kept_lines.readings,
    )  # fmt: skip


class SmallEmployers:
    """Small employers at any limit: the test of the law, fast where only the wage decides."""

    def __init__(self, country: Country) -> None:
        """Tests once whatever does not depend on the limit.

        Args:
            country: The employers.
        """
        self._country = country
        rsin, wage = country.table["rsin"], country.table["premium_wage_cents"]
        touched = pc.is_in(rsin, pa.array([wage.rsin for wage in country.corrections], pa.int64())).to_numpy()
        by_wage = ~wage.is_null().to_numpy() & ~starters(country)
        self._touched = np.flatnonzero(touched)
        self._by_wage = np.flatnonzero(~touched & by_wage)
        self._wages = _whole(pc.fill_null(wage, 0))[self._by_wage]
        others = np.flatnonzero(~touched & ~by_wage)
        self._fixed = np.zeros(country.length, np.bool_)
        self._fixed[others] = _flags(self._tested(others, 0))

    def at(self, limit_cents: int) -> Flags:
        """Marks the employers that are small at a limit of the premium wage of t-2."""
        is_small = self._fixed.copy()
        is_small[self._by_wage] = evaluated(
            {"premium_wage_t2_cents": self._wages}, small_employer.small_by_wage(limit_cents)
        )
        if len(self._touched):
            is_small[self._touched] = _flags(self._tested(self._touched, limit_cents))
        return is_small

    def tested(self, limit_cents: int | None) -> pa.Table:
        """Returns employers with `premium_wage_t2_cents`, `small_ground` and `small_employer`, by the whole test."""
        return self._tested(np.arange(self._country.length), limit_cents)

    def _tested(self, places: Whole, limit_cents: int | None) -> pa.Table:
        country = self._country
        employers = country.table.take(pa.array(places))
        touched = {wage.rsin for wage in country.corrections}
        corrected = [int(rsin in touched) for rsin in employers["rsin"].to_pylist()]
        acquirers = {wage.rsin for wage in country.corrections if wage.took_over}
        took_over = [int(rsin in acquirers) for rsin in employers["rsin"].to_pylist()]
        employers = employers.append_column(
            "premium_wage_t2_cents", tested_wages(country, limit_cents).take(pa.array(places))
        )
        employers = employers.append_column("corrected", pa.array(corrected, pa.int64()))
        employers = employers.append_column("took_over", pa.array(took_over, pa.int64()))
        result: pa.Table = tested(nw.from_native(employers, eager_only=True), country.year, limit_cents).to_native()
        return result


def tested_wages(country: Country, limit_cents: int | None) -> pa.ChunkedArray:
    """Returns the premium wage of t-2 of every employer as tested at a limit: after transfers, null where unknown."""
    rsin, wages = country.table["rsin"], country.table["premium_wage_cents"]
    decisive_cents = [
        CorrectedWage(wage.known_cents, wage.known).decisive_cents(limit_cents) for wage in country.corrections
    ]
    number = pc.index_in(rsin, value_set=pa.array([wage.rsin for wage in country.corrections], pa.int64()))
    return pc.if_else(pc.is_null(number), wages, pa.array(decisive_cents, pa.int64()).take(number))


def starters(country: Country) -> Flags:
    """Marks employers that started in t or t-1: no wage decides for them, unless they took over."""
    starts = nw.from_native(country.table, eager_only=True).select(starts=small_employer.starts_in(country.year))
    flags: pa.ChunkedArray = starts.to_native()["starts"]
    return flags.to_numpy().astype(np.bool_)  # type: ignore[no-any-return]


def _flags(tested: pa.Table) -> Flags:
    return tested["small_employer"].to_numpy().astype(np.bool_)  # type: ignore[no-any-return]


__all__ = [
    "GOVERNMENT",
    "MARKET",
    "NO_SECTOR",
    "Country",
    "Lines",
    "SmallEmployers",
    "load",
    "load_lines",
    "starters",
    "tested_wages",
]
