"""What a scenario adds that is in no employer's amounts: people and jobs that are known as a number only."""

from fractions import Fraction
from typing import Final

import narwhals as nw
from attrs import evolve, frozen

from quotum.errors import SelfCheckFailed
from quotum.law.wtl import bonus
from quotum.money import round_half_up
from quotum.run.regimes.levy_terms import LevyTerms
from quotum.run.terms import Terms
from quotum.simulate.columns import evaluated
from quotum.simulate.country import Lines
from quotum.simulate.policy import PolicyTerms

HOURS: Final = nw.col("hours")


@frozen
class Figured:
    """The figures a scenario is computed with."""

    terms: Terms
    """Of the law as the scenario sets it."""
    policy: PolicyTerms
    """Of policy choices."""
    levy: LevyTerms | None = None
    """Of the older regime; None when it is not figured."""

    @property
    def savings(self) -> tuple[int, int, int]:
        """Saving booked per job in cents, low, middle, high: a simulation is not planned without it.

        Raises:
            SelfCheckFailed: It was planned without all the same.
        """
        low, middle, high = self.terms.saving_per_job_cents
        if low is None or middle is None or high is None:
            raise SelfCheckFailed("a simulation was planned without the saving per job")
        return low, middle, high


def scaled(figured: Figured, jobs: Fraction) -> Figured:
    """Figures with a number of people of the whole country brought to what is delivered.

    Args:
        figured: Figures of a scenario.
        jobs: Jobs of the target group that are delivered, over December.
    """
    policy = figured.policy
    if policy.extra_people is None or not policy.extra_people.of_country or policy.country_jobs is None:
        return figured
    extra = policy.extra_people.scaled(policy.country_jobs.share(jobs))
    return evolve(figured, policy=evolve(policy, extra_people=extra))


def unplaced(figured: Figured, lines: Lines) -> tuple[int, int]:
    """LKV and bonus of people whose employers are not known, cents, each total rounded half up."""
    terms, policy = figured.terms, figured.policy
    rates = ((terms.lkv_rate_cents, terms.lkv_cap_cents), (terms.bonus_rate_cents, terms.bonus_cap_cents))
    found = [Fraction(0), Fraction(0)]
    for number, (rate, cap) in enumerate(rates):
        if policy.extra_people is not None:
            each = policy.extra_people.mean_hours * rate
            found[number] += policy.extra_people.working * (min(each, Fraction(cap)) if cap else each)
        if policy.sheltered_share and policy.sheltered_benefit:
            all_of_them = evaluated({"hours": lines.sheltered_hours}, bonus.capped_cents(HOURS, rate, cap))
            found[number] += policy.sheltered_share * int(all_of_them.sum())
    return round_half_up(found[0]), round_half_up(found[1])


def policy_jobs(figured: Figured) -> Fraction:
    """Jobs that the policy is assumed to bring: people who would not have worked otherwise, one job each."""
    policy, jobs = figured.policy, figured.policy.outcome_jobs
    if policy.pilot is not None:
        jobs += policy.pilot.net_people
    if policy.extra_people is not None and policy.working_count_as_extra:
        jobs += policy.extra_people.working * policy.extra_people.mean_hours / figured.terms.per_job.year
    return jobs


__all__ = ["HOURS", "Figured", "policy_jobs", "scaled", "unplaced"]
