"""Outcome of a scenario, from the base alone: the settlement of every employer, without a row of a return."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Final, Generic, TypeVar

import narwhals as nw
import numpy as np
import pyarrow as pa
from attrs import evolve, field, frozen

from quotum.comparison.small_groups import Flags, Whole
from quotum.engine.arrow import ArrowEngine
from quotum.law.readings import Reading
from quotum.law.wet_banenafspraak import surcharge
from quotum.law.wet_banenafspraak.activation import brings_in_revenue
from quotum.law.wet_banenafspraak.rate import Rate, of_wage, solve
from quotum.law.wfsv.job_count import COUNTED, GOVERNMENT, MARKET, December, Jobs, chosen_baseline, count_above, losses
from quotum.law.wfsv.job_hours import DecemberHours
from quotum.law.wtl import bonus
from quotum.law.wtl.cumulation import JOBS_AGREEMENT, granted_only
from quotum.money import HUNDRED_PERCENT, PERCENT, require_exact_product, round_half_up
from quotum.run.regimes.levy_macro import levy_readings
from quotum.run.stages.grants import amounts
from quotum.run.terms import Savings, Terms, judged, with_nothing_due
from quotum.simulate.additions import HOURS, Figured, policy_jobs, scaled_figures, unplaced_cents
from quotum.simulate.columns import Groups, evaluated, none
from quotum.simulate.country import Country, Lines, SmallEmployers
from quotum.simulate.levy import LevyHours, levy_of
from quotum.simulate.policy import Guidance

_KEPT: Final = 8
_NONE_READ: Final[tuple[Reading, ...]] = ()


@frozen(eq=False)
class Outcome:
    """Figures of a scenario; columns are in the order of the country's employers."""

    figured: Figured
    """Figures with which it was computed; conditions on the job count are judged."""
    jobs: Jobs
    """The job count, with the jobs that the policy is assumed to bring."""
    missing: Fraction | None
    """Missing jobs that count for the savings loss; None without a baseline."""
    savings_loss: Savings | None
    """Savings loss in cents: low, middle, high; None where it is withheld."""
    revenue: bool
    """Whether a quota regime brings in revenue."""
    policy_jobs: Fraction
    """Jobs that the policy is assumed to bring."""
    rate: Rate
    """The surcharge rate."""
    below: tuple[int, int] | None
    """The next lower rate and its surcharge, of a budget neutral rate above zero."""
    small: Flags
    """Whether each employer is small; false for all when nobody is tested."""
    base: Whole
    """Surcharge base of each employer, cents; 0 for employers that owe none."""
    surcharge: Whole
    """Surcharge, cents."""
    levy: Whole
    """Quota levy, cents."""
    lkv: Whole
    """LKV, cents."""
    bonus: Whole
    """Bonus, cents."""
    guidance: Whole
    """Guidance bonus, cents."""
    unplaced_lkv: int
    """LKV of people whose employers are not known, cents."""
    unplaced_bonus: int
    """Their bonus, cents."""
    measure_cost: int
    """Cost of measures paid to no employer, cents."""
    rights_readings: tuple[Reading, ...]
    """Readings on which the rights rest."""
    levy_readings: tuple[Reading, ...]
    """Readings on which the quota levy rests."""

    @property
    def terms(self) -> Terms:
        """Figures of the law."""
        return self.figured.terms

    @property
    def tested(self) -> bool:
        """Whether employers were tested for being small."""
        return self.figured.policy.small_by_hours is not None or self.terms.small_limit_cents is not None

    def count_small(self, members: Whole | None = None) -> int | None:
        """Returns the number of small employers, among some or all; None when nobody is tested."""
        small = self.small if members is None else self.small[members]
        return int(np.count_nonzero(small)) if self.tested else None

    @property
    def net(self) -> Whole:
        """LKV, bonus and guidance bonus less surcharge and levy of each employer, cents."""
        return self.lkv + self.bonus + self.guidance - self.surcharge - self.levy


@frozen(eq=False)
class _Granted:
    lkv: Whole
    bonus: Whole


@frozen(eq=False)
class _Owing:
    """Returns of owing employers."""

    base: Whole
    """Base of each return."""
    groups: Groups
    """Returns by employer."""
    base_by_employer: Whole
    """Base of each employer."""
    total: int
    """Sum of the bases, cents."""
    hours: int
    """Paid hours of their rows."""
    largest: int
    """Largest absolute base, cents."""
    brought_in: dict[int, int] = field(factory=dict)
    """Surcharge at each rate tried so far."""
    by_employer: dict[int, Whole] = field(factory=dict)
    """Surcharge per employer at the latest rates."""

    def of_returns(self, rate: int) -> Whole:
        """Returns the surcharge of each return at a rate."""
        require_exact_product(self.largest, rate, "base x rate")
        by_return: Whole = evaluated({"base": self.base}, surcharge.surcharge_cents(_BASE, rate))
        self.brought_in[rate] = int(by_return.sum())
        return by_return

    def total_at(self, rate: int) -> int:
        """Returns the total surcharge at a rate."""
        if rate not in self.brought_in:
            self.of_returns(rate)
        return self.brought_in[rate]

    def employers_at(self, rate: int) -> Whole:
        """Returns the surcharge of each employer at a rate."""
        if rate not in self.by_employer:
            while len(self.by_employer) >= _KEPT:
                self.by_employer.pop(next(iter(self.by_employer)))
            self.by_employer[rate] = self.groups.sums(self.of_returns(rate))
        return self.by_employer[rate]


T = TypeVar("T")


class _Memory(Generic[T]):
    """Cache of recent results, by the figures on which they depend: neighbours in a sweep share most of them."""

    def __init__(self) -> None:
        """Starts empty."""
        self._results: dict[tuple[object, ...], T] = {}

    def get(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Returns the result for a key, computed on first use."""
        if key not in self._results:
            while len(self._results) >= _KEPT:
                self._results.pop(next(iter(self._results)))
            self._results[key] = make()
        return self._results[key]


class Reckoner:
    """Computes scenarios over the same country, one after another."""

    def __init__(self, country: Country, levy: LevyHours | None = None) -> None:
        """Takes a country.

        Args:
            country: The base in memory.
            levy: Hours for the older regime; None when no scenario uses it.
        """
        self.country = country
        self.small_employers = SmallEmployers(country)
        self.levy = levy
        """Hours for the older regime; None when it is not computed."""
        self._small_at = _Memory[Flags]()
        self._owing_at = _Memory[_Owing]()
        self._granted_at = _Memory[_Granted]()
        self._groups_of = _Memory[Groups]()
        self._zero = none(country.length)

    def outcome(self, figured: Figured, lines: Lines, jobs_of: Country | None = None) -> Outcome:
        """Computes the outcome of a scenario.

        Args:
            figured: Its figures.
            lines: Hours by right under its durations and pension ages.
            jobs_of: Country for the job count, when that is another country.

        Raises:
            RateUnsolvable: No rate satisfies the rule.
            SelfCheckFailed: An amount could leave the exact range.
        """
        counted = self._jobs(figured, jobs_of or self.country)
        terms = judged(figured.terms, counted)
        if figured.policy.levied:
            terms = with_nothing_due(terms)
        figured = scaled_figures(evolve(figured, terms=terms), counted.december.total)
        small = self._small(figured)
        granted = self._granted(terms, lines)
        without_employer = unplaced_cents(figured, lines)
        owing = self._owing(figured, small)
        rate, below, charged = self._charge(owing, int(granted.bonus.sum()) + without_employer[1], terms)
        levy, read = self._zero, _NONE_READ
        if figured.levy is not None and self.levy is not None:
            levy, bound = levy_of(self.levy, self.country, figured.levy)
            read = levy_readings(figured.levy, allocated=self.levy.allocated)
            small = ~bound
        brought = policy_jobs(figured)
        counted = counted.more(brought)
        revenue = brings_in_revenue(int(charged.sum()), due=terms.due) or int(levy.sum()) > 0
        missing, lost = losses(counted, terms.sectors, figured.savings, revenue=revenue)
        return Outcome(
            figured=figured,
            jobs=counted,
            missing=missing,
            savings_loss=lost,
            revenue=revenue,
            policy_jobs=brought,
            rate=rate,
            below=below,
            small=small,
            base=owing.base_by_employer,
            surcharge=charged,
            levy=levy,
            lkv=granted.lkv,
            bonus=granted.bonus,
            guidance=self._guidance(figured, lines),
            unplaced_lkv=without_employer[0],
            unplaced_bonus=without_employer[1],
            measure_cost=figured.policy.pilot.cost_cents if figured.policy.pilot else 0,
            rights_readings=lines.readings,
            levy_readings=read,
        )

    def _small(self, figured: Figured) -> Flags:
        threshold, limit = figured.policy.small_by_hours, figured.terms.small_limit_cents

        def make() -> Flags:
            if threshold is not None:
                return self.country.paid_hours < threshold
            if limit is None:
                return np.zeros(self.country.length, np.bool_)
            return self.small_employers.at(limit)

        return self._small_at.get((threshold, limit), make)

    def _granted(self, terms: Terms, lines: Lines) -> _Granted:
        lkv, extra = (terms.lkv_rate_cents, terms.lkv_cap_cents), (terms.bonus_rate_cents, terms.bonus_cap_cents)
        benefits = (terms.lkv.older, terms.lkv.older_before_2024, terms.lkv.disabled, terms.lkv.reassigned)

        def make() -> _Granted:
            groups = self._groups_of.get((id(lines),), lambda: Groups(lines.place, self.country.length))
            hours = {"hours": lines.hours}
            sums = [
                groups.sums(evaluated(hours, bonus.capped_cents(HOURS, *rate_and_cap))) for rate_and_cap in (lkv, extra)
            ]
            if lines.several.num_rows:
                more = self._granted_of_several(terms, lines)
                sums = [first + second for first, second in zip(sums, more, strict=True)]
            return _Granted(*sums)

        return self._granted_at.get((id(lines), lkv, extra, benefits), make)

    def _granted_of_several(self, terms: Terms, lines: Lines) -> tuple[Whole, Whole]:
        """Returns LKV and bonus of people with more than one right: the highest is granted, the others give way."""
        engine = ArrowEngine()
        granted = engine.collect(granted_only(engine.keep(amounts(engine.table(lines.several), terms))))
        own = granted.filter(pa.compute.equal(granted["category"], JOBS_AGREEMENT)).sort_by("rsin")
        groups = Groups(self.country.places(own["rsin"]), self.country.length)
        lkv, extra = (own[name].to_numpy().astype(np.int64) for name in ("lkv_cents", "bonus_cents"))
        return groups.sums(lkv), groups.sums(extra)

    def _owing(self, figured: Figured, small: Flags) -> _Owing:
        country, due = self.country, figured.terms.due

        def make() -> _Owing:
            owes = ~small if due else np.zeros(country.length, np.bool_)
            chosen = country.returns_of(owes)
            base = country.return_base[chosen]
            groups = Groups(country.return_place[chosen], country.length)
            return _Owing(
                base,
                groups,
                groups.sums(base),
                int(base.sum()),
                int(country.base_hours[owes].sum()),
                int(np.abs(base).max(initial=0)),
            )

        key = (due, figured.policy.small_by_hours, figured.terms.small_limit_cents)
        return self._owing_at.get(key, make)

    def _charge(self, owing: _Owing, bonus_total: int, terms: Terms) -> tuple[Rate, tuple[int, int] | None, Whole]:
        """Returns the rate, the next lower rate with its surcharge where the bonus must be paid, and the surcharge."""

        def surcharges(rates: Sequence[int]) -> Iterable[int]:
            return (owing.total_at(rate) for rate in rates)

        if not terms.due:
            return Rate(0, "none"), None, self._zero
        rate = solve(owing.total, owing.hours, bonus_total, terms, surcharges)
        below = _next_below(rate.hundredths, terms) if rate.source == "budget" else None
        proof = None if below is None else (below, owing.total_at(below))
        return rate, proof, owing.employers_at(rate.hundredths)

    def _guidance(self, figured: Figured, lines: Lines) -> Whole:
        guidance = figured.policy.guidance
        if guidance is None:
            return self._zero
        placed = lines.jobs_hours > 0
        place, hours = lines.jobs_place[placed], lines.jobs_hours[placed]
        full = figured.terms.per_job.year
        per_person = _amounts_by_employer(guidance, self.country)[place]
        if not guidance.flat:
            part = np.minimum(hours * full.denominator, full.numerator)
            per_person = (2 * per_person * part + full.numerator) // (2 * full.numerator)
        return Groups(place, self.country.length).sums(per_person)

    def _jobs(self, figured: Figured, country: Country) -> Jobs:
        # The periods of December are those of the rows, whatever the year of the law.
        terms, share = evolve(figured.terms, year=country.year), figured.policy.sheltered_share
        now: December = country.now
        if share:
            more = {sector: hours * share for sector, hours in country.now.sheltered.items()}
            target = {sector: now.target[sector] + more.pop(sector, _NO_HOURS) for sector in now.target}
            now = evolve(now, target=target | more)
        source = chosen_baseline(country.baseline_asked, country.baseline)
        few = source == COUNTED and country.few_registered_then
        return evolve(count_above(now, country.baseline, source, terms), few_registered_then=few)


_NO_HOURS: Final = DecemberHours(0, 0)
_BASE: Final = nw.col("base")


def exact_surcharge_cents(outcome: Outcome) -> int:
    """Returns the surcharge at a solved rate before rounding, to the cent half up; at a given rate as it is.

    In balance it is the base times the exact percentage; budget neutral it is the bonus.
    """
    rate = outcome.rate
    if rate.source == "balance" and rate.quotient is not None:
        return round_half_up(int(outcome.base.sum()) * rate.quotient / PERCENT)
    if rate.source == "budget":
        return max(int(outcome.bonus.sum()) + outcome.unplaced_bonus, 0)
    return int(outcome.surcharge.sum())


def _amounts_by_employer(guidance: Guidance, country: Country) -> Whole:
    """Returns the guidance bonus per person at each employer: central or of its region, 0 where the region has none."""
    if not guidance.by_region:
        return np.full(country.length, guidance.amount_cents, np.int64)
    regions = country.table["region"].to_pylist()
    return np.array([guidance.by_region.get(region, 0) for region in regions], np.int64)


def _next_below(rate: int, terms: Terms) -> int | None:
    """Returns the next lower rate that can be given, as a rate of the wage; None below zero."""
    if terms.high_rate_hundredths is None:
        return rate - 1 if rate > 0 else None
    given = rate * HUNDRED_PERCENT // terms.high_rate_hundredths + 2
    while given >= 0 and of_wage(given, terms.high_rate_hundredths) >= rate:
        given -= 1
    return of_wage(given, terms.high_rate_hundredths) if given >= 0 else None


__all__ = ["GOVERNMENT", "MARKET", "Figured", "Outcome", "Reckoner", "exact_surcharge_cents"]
