"""Targets, missing jobs and the savings loss (besparingsverlies): Wfsv art. 122n, Kamerstuk 34 352 nr. 281."""

from fractions import Fraction

from attrs import frozen

from quotum.money import HUNDREDTHS_PER_PERCENT, PERCENT, round_half_up

Losses = tuple[int | None, int | None, int | None]
"""Cents per job, or in all: low, middle, high; None where there is no figure."""
SEPARATE, JOINT, CONDITIONAL = "separate", "joint", "conditional"


@frozen
class SectorCount:
    """The job count of one sector, or of all parts together; jobs are exact."""

    target: Fraction
    """Extra jobs agreed."""
    baseline: Fraction
    """Jobs on 1 January 2013."""
    realised: Fraction
    """Extra jobs realised, above the baseline."""

    @property
    def missing(self) -> Fraction:
        """Extra jobs that were agreed and not realised; not below zero."""
        return max(self.target - self.realised, Fraction(0))


@frozen
class HiredIn:
    """The job count of hired-in work (ingeleend werk): no number was agreed, so no jobs are missing."""

    baseline: Fraction
    """Jobs on 1 January 2013."""
    realised: Fraction
    """Extra jobs realised, above the baseline."""


def judged_apart(
    government: SectorCount, market: SectorCount, hired_in: HiredIn | None, government_share: Fraction
) -> tuple[SectorCount, SectorCount]:
    """Government and market with their share of hired-in work: how they are judged where they are judged apart.

    *Reading* of Regeling Wfsv art. 3.34 lid 3, which lessens the agreed numbers by the jobs lent from one
    sector to the other: zero and hours of hired-in work alike go to government for a share, and to the
    market for the rest.

    Args:
        government: Government without hired-in work.
        market: Market without hired-in work.
        hired_in: Hired-in work; None when its zero is not known, so that it is left out.
        government_share: Share that goes to government, between 0 and 1.
    """
    if hired_in is None:
        return government, market

    def with_share(sector: SectorCount, share: Fraction) -> SectorCount:
        return SectorCount(
            sector.target, sector.baseline + hired_in.baseline * share, sector.realised + hired_in.realised * share
        )

    return with_share(government, government_share), with_share(market, 1 - government_share)


def government_realised_enough(government: SectorCount, required_share_hundredths: int) -> bool:
    """Whether government has realised the share of its target on which the regime is made conditional.

    Kamerstuk 34 352 nr. 281: "afhankelijk maken van realisaties bij de overheid". At least the share:
    exactly the share is enough.

    Args:
        government: Job count of the government sector, with its share of hired-in work.
        required_share_hundredths: Share of its own target, hundredths of a percent.
    """
    return government.realised * HUNDREDTHS_PER_PERCENT * PERCENT >= government.target * required_share_hundredths


def sectors_judged(*, enough: bool) -> str:
    """How `conditional` judges the sectors: jointly when government has realised enough, otherwise per sector."""
    return JOINT if enough else SEPARATE


def missing_jobs(government: SectorCount, market: SectorCount, total: SectorCount, sectors: str) -> Fraction:
    """Missing jobs that count for the savings loss.

    `separate` (Wfsv art. 122n lid 1: judged per sector): the sum of what each sector misses; `joint`
    (Wet banenafspraak art. 4): what all parts together miss.

    Args:
        government: Government with its share of hired-in work.
        market: Market with its share of hired-in work.
        total: All parts together.
        sectors: `separate` or `joint`.
    """
    return government.missing + market.missing if sectors == SEPARATE else total.missing


def savings_losses_cents(missing: Fraction, savings: Losses, *, revenue: bool) -> Losses:
    """Savings loss at the low end, the middle and the high end; None where the saving per job has no figure."""
    low, middle, high = (
        None if saving is None else savings_loss_cents(missing, saving, revenue=revenue) for saving in savings
    )
    return low, middle, high


def plainly_a_part(total: SectorCount, fixed_market: Fraction) -> bool:
    """Whether the jobs counted are plainly those of a part of the country, so that no savings loss is given.

    Structural, no figure of a statute: fewer jobs than the baseline itself, all parts together; or a
    counted baseline, of all parts together, below the fixed one of the market alone.

    Args:
        total: All parts together.
        fixed_market: Fixed baseline of the market, jobs.
    """
    return total.realised < 0 or total.baseline < fixed_market


def savings_loss_cents(missing: Fraction, saving_per_job_cents: int, *, revenue: bool) -> int:
    """Savings loss of a year, cents, rounded half up.

    Footnote 19 of the letter: there is one when the target is missed and no working quota regime
    brings in revenue.

    Args:
        missing: Missing jobs, exact.
        saving_per_job_cents: Saving that was booked per job, cents.
        revenue: Whether a working quota regime brings in revenue.
    """
    return 0 if revenue else round_half_up(missing * saving_per_job_cents)
