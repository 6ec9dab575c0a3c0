"""What a regime is to everything that settles, repeats, explains, compares and shows."""

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.readings import Reading
from quotum.law.wfsv.job_count import Jobs
from quotum.parameters import Figure, Figures, Scenario
from quotum.run.findings.finding import Material
from quotum.run.preparation import Prepared
from quotum.run.stages.rows_in_force import YearRows
from quotum.run.terms import Savings
from quotum.run_folder.request import Request
from quotum.tables import Table

T = TypeVar("T")
Amounts = tuple[tuple[str, str], ...]
Progress = Callable[[str], None]
"""Told the name of each stage as it begins."""
Computed = tuple["Country", dict[str, int], dict[str, int]]
"""The figures for the whole country, the number of findings by code, and the most that hangs on them in cents."""
SILENT: Final[Progress] = lambda _stage: None  # noqa: E731 (a name for what says nothing)


class CountryTerms(Protocol):
    """What every regime computes with for the whole country."""

    @property
    def year(self) -> int:
        """Calendar year."""

    @property
    def sectors(self) -> str:
        """`separate` or `joint`."""

    @property
    def agency_share(self) -> Fraction:
        """Share of hired-in work that goes to government where the sectors are judged apart."""

    @property
    def saving_per_job_cents(self) -> Savings:
        """Saving booked per job: low, middle, high."""


class Country(Protocol):
    """The figures of a settlement for the whole country, as `macro.json` has them."""

    @property
    def simulation(self) -> bool:
        """Whether a scenario set any parameter."""

    @property
    def jobs(self) -> Jobs:
        """The job count."""

    @property
    def missing(self) -> Fraction | None:
        """Missing jobs that count for the savings loss."""

    @property
    def savings_loss(self) -> Savings | None:
        """Savings loss in cents."""

    @property
    def savings_loss_booked_cents(self) -> Mapping[str, int | None]:
        """Savings loss in the budget documents, by part."""

    @property
    def terms(self) -> CountryTerms:
        """What was computed with."""

    @property
    def assumed(self) -> tuple[Figure, ...]:
        """Assumed figures used."""

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Readings the figures rest on."""


class YearResults(Protocol):
    """What the stages make of the rows of a year."""

    @property
    def tables(self) -> Mapping[Table, Frame]:
        """The rows that are settled, by the declaration of their table."""

    @property
    def year_rows(self) -> YearRows:
        """The rows in force."""

    def material(self, engine: Engine, archive: Known) -> Material:
        """What findings are about."""


class Regime(Protocol[T]):
    """A way to settle a year: which stages, from which figures, into which tables."""

    name: str
    """As `--regime` names it."""
    title: str
    """What comes of it, in a few words."""
    remark: str
    """What its results are not, to stand behind the title; empty when there is nothing to say."""
    stages: tuple[str, ...]
    """Names of the stages, in their order, for showing progress."""
    tables: tuple[Table, ...]
    """The declarations of the tables that it settles, that of employers first."""
    amounts: tuple[str, ...]
    """The columns of the first of them with what an employer gets and pays."""
    decides: bool
    """Whether its results are decisions, which can be revised."""
    reads: tuple[Table, ...]
    """The small tables that it reads."""
    without: Mapping[str, str]
    """Tables that nobody has to deliver: what does not happen without them, by name."""

    def prepare(self, request: Request) -> Prepared[T]:
        """Read parameters and the archive's receipts, and refuse what cannot be settled.

        Raises:
            QuotumError: Each with its exit code.
        """

    def prepare_from(
        self, request: Request, archive: Known, figures: Figures, scenario: Scenario | None
    ) -> Prepared[T]:
        """What a settlement is made from, with figures and archive of a finished run.

        Raises:
            QuotumError: Each with its exit code.
        """

    def make(
        self, engine: Engine, prepared: Prepared[T], progress: Progress = SILENT, only: Collection[int] | None = None
    ) -> YearResults:
        """The stages up to what is owed and granted.

        Args:
            engine: Where it computes.
            prepared: What `prepare` gave.
            progress: Told the name of each stage as it begins.
            only: Employers by RSIN that the settlement has: of the rows that `engine` and archive hold each is looked
                at, and nothing is computed that takes the whole country. All employers when None.

        Raises:
            QuotumError: Each with its exit code.
        """

    def decided(self, prepared: Prepared[T], macro: Mapping[str, Any]) -> Prepared[T]:
        """What a settlement is made from, with what a finished run decided over the whole country.

        Args:
            prepared: What `prepare_from` gave.
            macro: What `macro.json` of the run holds.
        """

    def compute(self, engine: Engine, prepared: Prepared[T], data: Path, progress: Progress) -> Computed:
        """Compute a settlement and write the payload of its run.

        Args:
            engine: Where it computes.
            prepared: What `prepare` gave.
            data: Folder of the payload, there and empty.
            progress: Told the name of each stage as it begins.

        Raises:
            QuotumError: Each with its exit code.
        """

    def in_force(self, terms: T) -> str:
        """One line on what is in force in the year."""

    def totals(self, country: Any) -> Amounts:
        """Names and values of the sums over all employers, for the summary."""


__all__ = ["SILENT", "Amounts", "Computed", "Country", "Progress", "Regime", "YearResults"]
