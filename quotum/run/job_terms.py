"""The figures that the job count of a year takes, whatever the regime."""

from fractions import Fraction
from typing import Protocol

from quotum.law.counting import HoursPerJob


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
    def agency_share(self) -> Fraction:
        """Share of hired-in hours of market employers that counts as government."""

    @property
    def target_jobs(self) -> dict[str, Fraction]:
        """Extra jobs agreed by sector."""
