"""The job count of a year in three parts, each above its own zero: government, market and hired-in work."""

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from attrs import evolve, field, frozen

from quotum.errors import ArchiveLacks
from quotum.law.wet_banenafspraak.savings_loss import (
    HiredIn,
    Losses,
    SectorCount,
    judged_apart,
    missing_jobs,
    plainly_a_part,
    savings_losses_cents,
)
from quotum.law.wfsv.job_hours import DecemberHours, hired_in_zero, jobs_in_december, jobs_in_year
from quotum.law.wfsv.job_terms import JobTerms
from quotum.periods import BASELINE_YEAR
from quotum.words import Text

GOVERNMENT, MARKET = "overheid", "niet-overheid"
COUNTED, NATIONAL, NONE = "counted", "national", "none"
BASELINES: Final = (COUNTED, NATIONAL, NONE)
FEW: Final = 10
"""A register hardly reaches back to December 2012 when it knew less than 1 in this number of its people then."""

REMARK_HIRED_IN: Final = Text(
    "wet_banenafspraak.baseline_jobs_with_hired has no value known on this day, so the zero of hired-in work is "
    "unknown: hired-in work is left out of the realised jobs, of every part and of the total",
    "wet_banenafspraak.baseline_jobs_with_hired heeft geen op deze dag bekende waarde, dus de nulmeting van ingeleend "
    "werk is onbekend: ingeleend werk blijft buiten de gerealiseerde banen, van elk deel en van het totaal",
).sentence()

_NO_BASELINE: Final = Text(
    "--baseline counted: no return of December {year} is in force; receive the returns of that month (with a register "
    "that reaches back to it), or take --baseline national or --baseline none",
    "--baseline counted: er geldt geen aangifte van december {year}; ontvang de aangiften van die maand (met een "
    "register dat zo ver teruggaat), of neem --baseline national of --baseline none",
)

Hours = dict[str | None, DecemberHours]


@frozen
class December:
    """Hours that count in a December, by sector of the employer; None for employers that are not listed."""

    target: Hours
    """Of the target group; empty when no return counts."""
    hired_in: Hours
    """Of hired-in work among them."""


@frozen
class Parts:
    """Jobs by part; the three parts are of employers with a sector."""

    government: Fraction = Fraction(0)
    """Government, without hired-in work."""
    market: Fraction = Fraction(0)
    """Market, without hired-in work."""
    hired_in: Fraction = Fraction(0)
    """Hired-in work of both."""
    without_sector: Fraction = Fraction(0)
    """Employers without sector, without hired-in work: they count in the total only."""
    without_sector_hired_in: Fraction = Fraction(0)
    """Hired-in work of employers without sector: in the total only too."""

    @property
    def total(self) -> Fraction:
        """Everything together."""
        return self.total_without_hired_in + self.hired_in + self.without_sector_hired_in

    @property
    def total_without_hired_in(self) -> Fraction:
        """Everything but hired-in work."""
        return self.government + self.market + self.without_sector


@frozen
class Counts:
    """The parts above their zeros, and all together."""

    government: SectorCount
    """Sector overheid, without hired-in work."""
    market: SectorCount
    """Sector niet-overheid, without hired-in work."""
    hired_in: HiredIn | None
    """Hired-in work; None when its zero is not known, so that it is left out of the total too."""
    total: SectorCount
    """The parts, and employers without sector."""
    government_share: Fraction
    """Share of hired-in work that goes to government where the sectors are judged apart."""

    @property
    def sectors_with_hired_in(self) -> tuple[SectorCount, SectorCount]:
        """Government and market with their share of hired-in work."""
        return judged_apart(self.government, self.market, self.hired_in, self.government_share)

    def missing(self, sectors: str) -> Fraction:
        """Missing jobs that count for the savings loss."""
        return missing_jobs(*self.sectors_with_hired_in, self.total, sectors)


@frozen
class Jobs:
    """The job count of a year."""

    december: Parts
    """Jobs of the target group in December, before a baseline is taken off."""
    targets: dict[str, Fraction]
    """Extra jobs agreed by sector."""
    counts: Counts | None
    """Above the baseline; None without one."""
    baseline_source: str
    """`counted` from returns of December 2012, `national` as fixed in the Regeling, or `none`."""
    part_of_the_country: bool = False
    """Whether the jobs are plainly those of a part of the country."""
    few_registered_then: bool = False
    """Whether the baseline is counted under a register that hardly knows anybody in December 2012."""
    annual: Parts = field(factory=Parts)
    """Jobs over the hours of the whole year."""
    extra_government: Fraction | None = None
    """Extra jobs at government employers against December of the year before; None when that is not there."""

    @property
    def losses_withheld(self) -> bool:
        """Whether the savings loss is unknown."""
        return self.counts is None or self.part_of_the_country

    def more(self, number: Fraction) -> "Jobs":
        """With further jobs realised, spread over the sectors as their targets are."""
        if not number:
            return self
        all_sectors = sum(self.targets.values(), Fraction(0))
        part = self.targets[GOVERNMENT] / all_sectors if all_sectors else Fraction(0)
        december = evolve(
            self.december,
            government=self.december.government + number * part,
            market=self.december.market + number * (1 - part),
        )
        if self.counts is None:
            return evolve(self, december=december)
        return evolve(
            self,
            december=december,
            counts=evolve(
                self.counts,
                government=_more(self.counts.government, number * part),
                market=_more(self.counts.market, number * (1 - part)),
                total=_more(self.counts.total, number),
            ),
        )


def _more(count: SectorCount, number: Fraction) -> SectorCount:
    return evolve(count, realised=count.realised + number)


def chosen_baseline(asked: str | None, counted: December | None) -> str:
    """Which baseline decides.

    Args:
        asked: `counted`, `national` or `none`; None: counted where it can be, national otherwise.
        counted: Hours of December 2012; None when the archive holds no return of it.

    Raises:
        ArchiveLacks: It is to be counted, and no return of December 2012 is there.
    """
    if asked == COUNTED and counted is None:
        raise ArchiveLacks(_NO_BASELINE.sentence(year=BASELINE_YEAR))
    if asked is None:
        return NATIONAL if counted is None else COUNTED
    return asked


def few_registered(in_baseline: int, in_year: int) -> bool:
    """Whether a register hardly reaches back to December 2012, so that a counted baseline is too low: a finding.

    Args:
        in_baseline: How many people it knows in December 2012.
        in_year: How many it knows in December of the year.
    """
    return in_baseline == 0 or in_baseline * FEW < in_year


def count_above(now: December, counted: December | None, source: str, terms: JobTerms) -> Jobs:
    """Target, baseline and realised extra jobs by part and in total.

    Args:
        now: Hours of December of the year.
        counted: Hours of December 2012, where the baseline is counted.
        source: Which baseline decides.
        terms: Targets, hours per job, fixed baseline and the share of hired-in work.
    """
    jobs = parts_in_december(now, terms.year, terms)
    fixed = _fixed(terms)
    zero = parts_in_december(counted, BASELINE_YEAR, terms) if source == COUNTED and counted is not None else fixed
    if source == NONE:
        return Jobs(jobs, terms.target_jobs, None, source)
    hired_in = None if zero is None else HiredIn(zero.hired_in, jobs.hired_in - zero.hired_in)
    zero = _fixed_sectors(terms) if zero is None else zero

    def count(target: Fraction, start: Fraction, jobs_now: Fraction) -> SectorCount:
        return SectorCount(target, start, jobs_now - start)

    zero_and_jobs = (zero.total, jobs.total)
    if hired_in is None:
        zero_and_jobs = (zero.total_without_hired_in, jobs.total_without_hired_in)
    counts = Counts(
        government=count(terms.target_jobs[GOVERNMENT], zero.government, jobs.government),
        market=count(terms.target_jobs[MARKET], zero.market, jobs.market),
        hired_in=hired_in,
        total=count(sum(terms.target_jobs.values(), Fraction(0)), *zero_and_jobs),
        government_share=terms.agency_share,
    )
    part = plainly_a_part(counts.total, _fixed_sectors(terms).market)
    return Jobs(jobs, terms.target_jobs, counts, source, part)


def losses(
    jobs: Jobs, sectors: str, saving_per_job_cents: Losses, *, revenue: bool
) -> tuple[Fraction | None, Losses | None]:
    """Missing jobs that count, and the savings loss over them: low, middle, high.

    Args:
        jobs: The job count.
        sectors: `separate` or `joint`.
        saving_per_job_cents: Saving booked per job: low, middle, high.
        revenue: Whether a working quota regime brings in revenue.

    Returns:
        No missing jobs without a baseline; no savings loss over what is plainly a part of the country either. Of a
        savings loss the ends whose saving has no figure are None.
    """
    missing = None if jobs.counts is None else jobs.counts.missing(sectors)
    if missing is None or jobs.losses_withheld:
        return missing, None
    return missing, savings_losses_cents(missing, saving_per_job_cents, revenue=revenue)


def job_remarks(jobs: Jobs) -> tuple[str, ...]:
    """What the record of a run remarks on the job count."""
    if jobs.counts is None or jobs.counts.hired_in is not None:
        return ()
    return (REMARK_HIRED_IN,)


def _fixed_sectors(terms: JobTerms) -> Parts:
    """The fixed zeros of government and market."""
    government, market = (terms.baseline_hours[sector] / terms.per_job.month for sector in (GOVERNMENT, MARKET))
    return Parts(government, market)


def _fixed(terms: JobTerms) -> Parts | None:
    """The fixed zeros of the three parts; None when that of hired-in work is not known."""
    sectors = _fixed_sectors(terms)
    hired_in = hired_in_zero(terms.baseline_jobs_with_hired, sectors.government, sectors.market)
    return None if hired_in is None else evolve(sectors, hired_in=hired_in)


def parts_in_december(hours: December, year: int, terms: JobTerms) -> Parts:
    """Jobs in a December by part."""

    def jobs(of: Hours, sector: str | None) -> Fraction:
        sector_hours = of.get(sector)
        return Fraction(0) if sector_hours is None else jobs_in_december(sector_hours, year, terms.per_job)

    return _parts(lambda sector: jobs(hours.target, sector), lambda sector: jobs(hours.hired_in, sector))


def parts_in_year(target: dict[str | None, Fraction], hired_in: dict[str | None, Fraction], terms: JobTerms) -> Parts:
    """Jobs over the hours of a whole year by part: reported beside the count of December; they change no amount."""

    def jobs(of: dict[str | None, Fraction], sector: str | None) -> Fraction:
        return jobs_in_year(of.get(sector, Fraction(0)), terms.per_job)

    return _parts(lambda sector: jobs(target, sector), lambda sector: jobs(hired_in, sector))


def _parts(target: Callable[[str | None], Fraction], hired_in: Callable[[str | None], Fraction]) -> Parts:
    return Parts(
        government=target(GOVERNMENT) - hired_in(GOVERNMENT),
        market=target(MARKET) - hired_in(MARKET),
        hired_in=hired_in(GOVERNMENT) + hired_in(MARKET),
        without_sector=target(None) - hired_in(None),
        without_sector_hired_in=hired_in(None),
    )


def extra_government_jobs(now: December, before: December, terms: JobTerms) -> Fraction:
    """Extra jobs at government employers against the year before (Wet banenafspraak art. 4 lid 4).

    With the share of hired-in work that goes to government where the sectors are judged apart.
    """

    def government(hours: December, year: int) -> Fraction:
        parts = parts_in_december(hours, year, terms)
        return parts.government + parts.hired_in * terms.agency_share

    return government(now, terms.year) - government(before, terms.year - 1)


__all__ = [
    "BASELINES",
    "COUNTED",
    "FEW",
    "GOVERNMENT",
    "MARKET",
    "NATIONAL",
    "NONE",
    "REMARK_HIRED_IN",
    "Counts",
    "December",
    "Hours",
    "Jobs",
    "Parts",
    "chosen_baseline",
    "count_above",
    "extra_government_jobs",
    "few_registered",
    "job_remarks",
    "losses",
    "parts_in_december",
    "parts_in_year",
]
