"""Additions of a scenario outside the employers' amounts: people and jobs known only as a number."""

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
    """Figures with which a scenario is computed."""

    terms: Terms
    """Figures of the law as the scenario sets it."""
    policy: PolicyTerms
    """Figures of policy choices."""
    levy: LevyTerms | None = None
    """Figures of the older regime; None when it is not computed."""

    @property
    def savings(self) -> tuple[int, int, int]:
        """Saving booked per job in cents: low, middle, high; every simulation has it.

        Raises:
            SelfCheckFailed: The simulation was planned without it.
        """
        low, middle, high = self.terms.saving_per_job_cents
        if low is None or middle is None or high is None:
            raise SelfCheckFailed("a simulation was planned without the saving per job")
        return low, middle, high


def scaled_figures(figured: Figured, jobs: Fraction) -> Figured:
    """Scales a number of people of the whole country to the delivered part.

    Args:
        figured: Figures of a scenario.
        jobs: Delivered jobs of the target group in December.
    """
    policy = figured.policy
    if policy.extra_people is None or not policy.extra_people.of_country or policy.country_jobs is None:
        return figured
    extra = policy.extra_people.scaled(policy.country_jobs.share(jobs))
    return evolve(figured, policy=evolve(policy, extra_people=extra))


def unplaced_cents(figured: Figured, lines: Lines) -> tuple[int, int]:
    """Returns LKV and bonus of people whose employers are not known, in cents, each total rounded half up."""
    terms, policy = figured.terms, figured.policy
    rates = ((terms.lkv_rate_cents, terms.lkv_cap_cents), (terms.bonus_rate_cents, terms.bonus_cap_cents))
    totals = [Fraction(0), Fraction(0)]
    for number, (rate, cap) in enumerate(rates):
        if policy.extra_people is not None:
            per_person = policy.extra_people.mean_hours * rate
            totals[number] += policy.extra_people.working * (min(per_person, Fraction(cap)) if cap else per_person)
        if policy.sheltered_share and policy.sheltered_benefit:
            total_cents = evaluated({"hours": lines.sheltered_hours}, bonus.capped_cents(HOURS, rate, cap))
            totals[number] += policy.sheltered_share * int(total_cents.sum())
    return round_half_up(totals[0]), round_half_up(totals[1])


def policy_jobs(figured: Figured) -> Fraction:
    """Returns the jobs that the policy should bring: one for each person who would not have worked otherwise."""
    policy, jobs = figured.policy, figured.policy.outcome_jobs
    if policy.pilot is not None:
        jobs += policy.pilot.net_people
    if policy.extra_people is not None and policy.working_count_as_extra:
        jobs += policy.extra_people.working * policy.extra_people.mean_hours / figured.terms.per_job.year
    return jobs


__all__ = ["HOURS", "Figured", "policy_jobs", "scaled_figures", "unplaced_cents"]
