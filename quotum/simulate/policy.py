"""The figures of policy choices that no settlement uses: read strictly, and never invented."""

from datetime import date
from fractions import Fraction
from typing import Final

from attrs import evolve, frozen

from quotum.errors import RegionsMissing
from quotum.law.wfsv.quota_levy import threshold_hours
from quotum.money import HUNDRED_PERCENT
from quotum.parameters import Figures, Scenario
from quotum.parameters.kinds import text_hundredths
from quotum.periods import BASELINE_YEAR
from quotum.run_folder.request import AS_ENACTED, QUOTA_LEVY

CENTRAL, REGIONAL = "central", "regional"
RAISE, BESIDE = "raise", "beside"
BY_HOURS, FLAT = "hours", "flat"
BY_WAGE = "wage"
COUNTRY, DELIVERY = "country", "delivery"
_ACT: Final = "wet_banenafspraak"
GUIDANCE_GROUPS: Final = {
    "guidance_people_wajong": "Wajong with capacity for work",
    "guidance_people_wga_full": "WGA, full",
    "guidance_people_wga_partial": "WGA, partial",
    "guidance_people_wao": "WAO",
    "guidance_people_participation_act": "Participatiewet, in the register",
    "guidance_people_sheltered": "sheltered work",
}
"""Parameters with a number of working people, and the group in words."""


@frozen
class ExtraPeople:
    """People added to the target group, as a number."""

    people: Fraction
    """Number of people."""
    working: Fraction
    """Number of working people among them."""
    mean_hours: Fraction
    """Their mean paid hours in a year."""
    of_country: bool = False
    """Whether the number is for the whole country, and must be scaled to the delivered part."""

    def scaled(self, share: Fraction) -> "ExtraPeople":
        """Scales the people to a share of the country."""
        return evolve(self, people=self.people * share, working=self.working * share)


@frozen
class CountryJobs:
    """Jobs of the target group in the whole country, as published."""

    year: int
    """Year of the realisations."""
    jobs: Fraction
    """Baseline with hired-in work, and the realised extra jobs of both sectors."""

    def share(self, jobs: Fraction) -> Fraction:
        """Returns a number of jobs as a share of the country, at most all of it."""
        return max(min(jobs / self.jobs, Fraction(1)), Fraction(0))


@frozen
class Guidance:
    """A guidance bonus (begeleidingsbonus)."""

    amount_cents: int
    """Per person per year, central; 0 when regional."""
    by_region: dict[str, int]
    """Cents per person per year by region; empty when central."""
    raises_lkv: bool
    """Whether it raises the LKV, or is paid beside it."""
    flat: bool
    """Whether it is the same for any number of hours; otherwise pro rata to a job, at most whole."""
    groups: tuple[tuple[str, Fraction, str], ...]
    """Groups with published numbers of working people: name, number, source."""


@frozen
class Pilot:
    """A pilot with no-risk cover."""

    people: Fraction
    """Participants."""
    cost_cents: int
    """Cost, cents."""
    net_people: Fraction
    """Participants who would not have found work anyway."""


@frozen
class PolicyTerms:
    """Choices of a scenario beyond the law; absent choices follow the law."""

    regime: str = AS_ENACTED
    """`as-enacted` or `quota-levy`."""
    extra_people: ExtraPeople | None = None
    """People added as a number."""
    working_count_as_extra: bool = False
    """Whether added people who already work count as extra jobs."""
    sheltered_share: Fraction = Fraction(0)
    """Share of sheltered work that counts, between 0 and 1."""
    sheltered_benefit: bool = False
    """Whether LKV and bonus exist for that share."""
    guidance: Guidance | None = None
    """A guidance bonus."""
    outcome_jobs: Fraction = Fraction(0)
    """Extra jobs by wage cost subsidy financed on outcome."""
    pilot: Pilot | None = None
    """A pilot with no-risk cover."""
    country_jobs: CountryJobs | None = None
    """Jobs of the whole country, to compare with the delivered part; None when none were published by then."""
    small_by_hours: int | None = None
    """Paid hours from which an employer is not small; None where the wage decides."""

    @property
    def levied(self) -> bool:
        """Whether the older regime is computed."""
        return self.regime == QUOTA_LEVY


def read_policy(
    figures: Figures, scenario: Scenario | None, year: int, national: Figures, rows_year: int
) -> PolicyTerms:
    """Reads the choices of a scenario beyond the law.

    Args:
        figures: The parameters as the scenario sets them.
        scenario: The scenario.
        year: Calendar year of the law and the figures.
        national: The parameters as published, without a scenario.
        rows_year: Calendar year of the rows, which are compared with the country of then.

    Raises:
        ParameterMissing: A choice needs a number that was not given.
        RegionsMissing: A guidance bonus per region has no amounts.
    """
    on = date(year, 1, 1)

    def chosen(name: str, default: str) -> str:
        full = f"policy.{name}"
        return figures.choice(full, on) if figures.has(full, on) else default

    widened = scenario is not None and scenario.extra_registrations is not None
    return PolicyTerms(
        regime=chosen("regime", AS_ENACTED),
        extra_people=None if widened else _extra_people(figures, on),
        working_count_as_extra=chosen("working_count_as_extra", "no") == "yes",
        sheltered_share=(
            Fraction(figures.hundredths("policy.sheltered_share_regular", on), HUNDRED_PERCENT)
            if chosen("sheltered_counts", "no") == "yes"
            else Fraction(0)
        ),
        sheltered_benefit=chosen("sheltered_benefit", "no") == "yes",
        guidance=_guidance(figures, scenario, on),
        outcome_jobs=_outcome_jobs(figures, on),
        pilot=_pilot(figures, on),
        country_jobs=_country_jobs(national, date(rows_year, 1, 1)),
        small_by_hours=_threshold(figures, on) if chosen("small_employer_measure", BY_WAGE) == BY_HOURS else None,
    )


def _any(figures: Figures, on: date, *names: str) -> bool:
    return any(figures.has(f"policy.{name}", on) for name in names)


def _extra_people(figures: Figures, on: date) -> ExtraPeople | None:
    if not _any(figures, on, "extra_people", "share_working", "mean_hours"):
        return None
    people = figures.number("policy.extra_people", on)
    share = Fraction(figures.hundredths("policy.share_working", on), HUNDRED_PERCENT)
    of = figures.choice("policy.extra_people_of", on) if _any(figures, on, "extra_people_of") else DELIVERY
    return ExtraPeople(people, people * share, figures.number("policy.mean_hours", on), of_country=of == COUNTRY)


def _country_jobs(national: Figures, on: date) -> CountryJobs | None:
    """Returns the last published jobs by the year, not counted as read, because amounts seldom depend on them.

    No scenario is used: a scenario at the scale of the delivered part sets its own baseline, to which realisations of
    the whole country cannot be added.
    """
    names = [f"{_ACT}.realised_jobs_{sector}" for sector in ("market", "government")]
    if not national.has(f"{_ACT}.baseline_jobs_with_hired", on):
        return None
    for year in range(on.year, BASELINE_YEAR, -1):
        first_day = date(year, 1, 1)
        if all(national.has(name, first_day) for name in names):
            extra = sum((Fraction(national.peek(name, first_day).value) for name in names), Fraction(0))
            return CountryJobs(year, Fraction(national.peek(f"{_ACT}.baseline_jobs_with_hired", on).value) + extra)
    return None


def _guidance(figures: Figures, scenario: Scenario | None, on: date) -> Guidance | None:
    names = ("guidance_amount", "guidance_scope", "guidance_form", "guidance_measure", *GUIDANCE_GROUPS)
    regions = scenario.regions if scenario is not None else ()
    if not regions and not _any(figures, on, *names):
        return None
    scope = figures.choice("policy.guidance_scope", on) if _any(figures, on, "guidance_scope") else CENTRAL
    regional = bool(regions) or scope == REGIONAL
    if regional and not regions:
        raise RegionsMissing
    form = figures.choice("policy.guidance_form", on) if _any(figures, on, "guidance_form") else BESIDE
    measure = figures.choice("policy.guidance_measure", on) if _any(figures, on, "guidance_measure") else FLAT
    groups = tuple(
        (words, figures.number(f"policy.{name}", on), figures.peek(f"policy.{name}", on).source)
        for name, words in GUIDANCE_GROUPS.items()
        if _any(figures, on, name)
    )
    return Guidance(
        0 if regional else figures.cents("policy.guidance_amount", on),
        {region.region: text_hundredths(region.text) for region in regions},
        raises_lkv=form == RAISE,
        flat=measure == FLAT,
        groups=groups,
    )


def _outcome_jobs(figures: Figures, on: date) -> Fraction:
    """Returns the jobs of the first year and of each later year; by default the simulated year is the first."""
    if not _any(figures, on, "outcome_jobs_first_year", "outcome_jobs_later_years"):
        return Fraction(0)
    named = _any(figures, on, "outcome_first_year")
    first = figures.whole("policy.outcome_first_year", on) if named else on.year
    if on.year < first:
        return Fraction(0)
    later = figures.number("policy.outcome_jobs_later_years", on)
    return figures.number("policy.outcome_jobs_first_year", on) + (on.year - first) * later


def _pilot(figures: Figures, on: date) -> Pilot | None:
    if not _any(figures, on, "no_risk_people", "no_risk_cost"):
        return None
    people = figures.number("policy.no_risk_people", on)
    deadweight = Fraction(figures.hundredths("policy.deadweight_share", on), HUNDRED_PERCENT)
    return Pilot(people, figures.cents("policy.no_risk_cost", on), people * (1 - deadweight))


def _threshold(figures: Figures, on: date) -> int:
    return threshold_hours(
        figures.number("wfsv.quota_threshold_employees", on), figures.number("wfsv.average_paid_hours", on)
    )


__all__ = ["GUIDANCE_GROUPS", "CountryJobs", "ExtraPeople", "Guidance", "Pilot", "PolicyTerms", "read_policy"]
