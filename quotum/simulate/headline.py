"""Headline figures: one row per scenario, and the part of them that a point of a sweep has."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
import pyarrow as pa
from attrs import evolve

from quotum.comparison.record import BEHAVIOUR
from quotum.comparison.small_groups import Whole
from quotum.comparison.tables import COMPARISON, SIMULATION
from quotum.law.wet_banenafspraak.savings_loss import SectorCount, savings_loss_cents
from quotum.law.wfsv.job_count import Counts
from quotum.money import HUNDRED_PERCENT, PERCENT, round_half_up
from quotum.run.regimes.macro import exact_text
from quotum.simulate.country import Country
from quotum.simulate.outcome import Outcome
from quotum.simulate.plan import Alternative
from quotum.tables import Table

HUNDREDTHS: Final = 100

Row = dict[str, Any]


def as_table(declared: Table, rows: Sequence[Row]) -> pa.Table:
    """Makes a declared table of rows, in the order of its key, each marked as part of a simulation."""
    marked = [row | {SIMULATION.name: True} for row in rows]
    columns = {
        column.name: pa.array([row[column.name] for row in marked], column.written) for column in declared.columns
    }
    table = pa.table(columns, schema=declared.written_schema)
    return table.sort_by([(name, "ascending") for name in declared.key]) if rows else table


def figures_of(country: Country, outcome: Outcome) -> Row:
    """Returns the figures of a scenario that need no other scenario."""
    terms = outcome.terms
    surcharge, levy, lkv = _sum(outcome.surcharge), _sum(outcome.levy), _sum(outcome.lkv)
    bonus, guidance = _sum(outcome.bonus), _sum(outcome.guidance)
    paid = lkv + bonus + guidance
    low, middle, high = outcome.savings_loss or (None, None, None)
    counts = outcome.jobs.counts
    return {
        "rate_hundredths": outcome.rate.hundredths if terms.due else None,
        "surcharge_base_cents": _sum(outcome.base),
        "surcharge_cents": surcharge,
        "levy_cents": levy,
        "lkv_cents": lkv,
        "bonus_cents": bonus,
        "guidance_cents": guidance,
        "unplaced_lkv_cents": outcome.unplaced_lkv,
        "unplaced_bonus_cents": outcome.unplaced_bonus,
        "measure_cost_cents": outcome.measure_cost,
        "net_cents": paid - surcharge - levy,
        "balance_cents": surcharge + levy - paid - outcome.unplaced_lkv - outcome.unplaced_bonus - outcome.measure_cost,
        "employers": country.length,
        "small_employers": outcome.count_small(),
        "payers": int(np.count_nonzero(outcome.surcharge + outcome.levy > 0)),
        "receivers": int(np.count_nonzero(outcome.lkv + outcome.bonus + outcome.guidance > 0)),
        "target_jobs_hundredths": hundredths(sum(outcome.jobs.targets.values(), Fraction(0))),
        "realised_jobs_hundredths": None if counts is None else hundredths(counts.total.realised),
        "missing_jobs_hundredths": None if outcome.missing is None else hundredths(outcome.missing),
        "savings_loss_cents": middle,
        "savings_loss_low_cents": low,
        "savings_loss_high_cents": high,
    }


def headline(country: Country, alternative: Alternative, outcome: Outcome, law_net: Whole) -> Row:
    """Returns the row of a scenario in `tables.COMPARISON`.

    Args:
        country: The employers.
        alternative: The scenario.
        outcome: Its outcome.
        law_net: Net amount of each employer under the law as it is, cents.
    """
    terms, policy = outcome.terms, alternative.figured.policy
    gain = outcome.net - law_net
    by_hours = policy.small_by_hours
    if alternative.figured.levy is not None:
        by_hours = alternative.figured.levy.threshold_hours
    row: Row = {
        "place": alternative.place,
        "scenario": alternative.name,
        "year": alternative.year,
        "title": alternative.title,
        "note": BEHAVIOUR,
        "regime": policy.regime,
        "surcharge_due": terms.due,
        "sectors_judged": terms.sectors,
        "condition_met": terms.condition_met,
        "rate_source": outcome.rate.source,
        "rate_quotient": None if outcome.rate.quotient is None else str(outcome.rate.quotient),
        "rate_below_hundredths": None if outcome.below is None else outcome.below[0],
        "rate_below_surcharge_cents": None if outcome.below is None else outcome.below[1],
        "break_even_share_hundredths": _break_even(country, outcome),
        "small_limit_cents": terms.small_limit_cents if by_hours is None else None,
        "small_limit_hours": by_hours,
        "target_group_hours": _sum(country.target_hours),
        "paid_hours": _sum(country.paid_hours),
        "winners": int((gain > 0).sum()),
        "losers": int((gain < 0).sum()),
        "unchanged": int((gain == 0).sum()),
        "gain_cents": _sum(gain),
        "policy_jobs_hundredths": hundredths(outcome.policy_jobs),
        "baseline_source": outcome.jobs.baseline_source,
        **_missing_by_sector(outcome.jobs.counts),
        "missing_jobs_exact": exact_text(outcome.missing),
        "saving_per_job_cents": terms.saving_per_job_cents[1],
        **_one_percent(outcome),
    }
    row |= figures_of(country, outcome)
    return {name: row[name] for name in COMPARISON.computed}


def _missing_by_sector(counts: Counts | None) -> Row:
    """Returns the missing jobs of each sector, with its share of hired-in work."""
    government, market = (None, None) if counts is None else counts.sectors_with_hired_in
    return {
        "missing_jobs_government_hundredths": None if government is None else hundredths(government.missing),
        "missing_jobs_market_hundredths": None if market is None else hundredths(market.missing),
    }


def _one_percent(outcome: Outcome) -> Row:
    """Returns the effect of one percent more jobs of the target group, in every part alike."""
    jobs = outcome.jobs
    more = jobs.counts and _one_percent_more(jobs.counts)
    middle, terms = outcome.figured.savings[1], outcome.terms
    paid = _sum(outcome.lkv) + _sum(outcome.bonus)
    row: Row = {
        "one_percent_jobs_hundredths": hundredths(jobs.december.total / PERCENT),
        "one_percent_missing_jobs_hundredths": None,
        "one_percent_savings_loss_cents": None,
        "one_percent_paid_cents": round_half_up(Fraction(paid, PERCENT)),
    }
    if more is not None and outcome.missing is not None:
        missing = more.missing(terms.sectors)
        row["one_percent_missing_jobs_hundredths"] = hundredths(missing - outcome.missing)
        lost = outcome.savings_loss and outcome.savings_loss[1]
        if lost is not None:
            loss = savings_loss_cents(missing, middle, revenue=outcome.revenue)
            row["one_percent_savings_loss_cents"] = loss - lost
    return row


def _one_percent_more(counts: Counts) -> Counts:
    def more(count: SectorCount) -> SectorCount:
        return evolve(count, realised=count.realised + (count.baseline + count.realised) / PERCENT)

    hired_in = counts.hired_in
    if hired_in is not None:
        hired_in = evolve(hired_in, realised=hired_in.realised + (hired_in.baseline + hired_in.realised) / PERCENT)
    return evolve(
        counts, government=more(counts.government), market=more(counts.market), hired_in=hired_in,
        total=more(counts.total),
    )  # fmt: skip


def hundredths(jobs: Fraction) -> int:
    """Rounds jobs or people to hundredths, half up from the exact fraction."""
    return round_half_up(jobs * HUNDREDTHS)


def _break_even(country: Country, outcome: Outcome) -> int | None:
    """Returns the share of paid hours at which the total bonus of owing employers would equal their surcharge."""
    owing = ~outcome.small
    hours = _sum(country.paid_hours[owing])
    if not outcome.terms.due or not outcome.terms.bonus_rate_cents or hours <= 0:
        return None
    bonus = outcome.terms.bonus_rate_cents * hours
    return round_half_up(Fraction(_sum(outcome.surcharge[owing]) * HUNDRED_PERCENT, bonus))


def _sum(values: Whole) -> int:
    return int(np.sum(values, dtype=np.int64))


__all__ = ["Row", "as_table", "figures_of", "headline", "hundredths"]
