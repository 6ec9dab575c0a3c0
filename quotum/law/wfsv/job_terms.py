"""The figures that the job count of a year takes, whatever the regime."""

from fractions import Fraction
from typing import Protocol

from quotum.law.wfsv.job_hours import HoursPerJob


class JobTerms(Protocol):
    """Figures of a year that the job count takes; every regime has them among its terms."""

    @property
    def year(self) -> int:
        """Calendar year."""

    @property
    def per_job(self) -> HoursPerJob:
        """Hours per job."""

    @property
    def baseline_hours(self) -> dict[str, int]:
        """Fixed hours of December 2012 by sector (overheid, niet-overheid)."""

    @property
    def baseline_jobs_with_hired(self) -> Fraction | None:
        """Published baseline with hired-in work, both sectors; None when it is not known."""

    @property
    def agency_share(self) -> Fraction:
        """Share of hired-in work that goes to government where the sectors are judged apart."""

    @property
    def target_jobs(self) -> dict[str, Fraction]:
        """Extra jobs agreed by sector."""
