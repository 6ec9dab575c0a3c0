"""What a finding of a settlement is, what it is found of, and what the stages gave that findings are about."""

from collections.abc import Callable, Iterable
from enum import StrEnum

import narwhals as nw
from attrs import frozen

from quotum.archive.known import Known
from quotum.citations import cited
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.wfsv.job_count import Jobs
from quotum.run.findings.persons_above import Above
from quotum.run.stages.counts import Counted
from quotum.run.stages.deductions import Deducted
from quotum.run.stages.grants import Granted
from quotum.run.stages.quota_levy import Allocated
from quotum.run.stages.rows_in_force import YearRows
from quotum.run.terms import Terms
from quotum.words import Sentence, phrase


class Of(StrEnum):
    """What a finding is found of: what its count counts."""

    ROW = "rows in force"
    RETURN = "returns"
    MESSAGE = "messages"
    WITHDRAWAL = "withdrawals"
    EMPLOYER = "employers"
    PERSON = "persons"
    REQUEST = "requests"
    EMPLOYMENT = "employments"
    ALLOCATION = "allocations"
    DELIVERED_ROW = "rows"
    RUN = "settlements"


class Stake(StrEnum):
    """What hangs on a finding."""

    BENEFIT = "benefit"
    SURCHARGE = "surcharge"
    LEVY = "levy"


@frozen
class OfSettlement:
    """What the stages of a settlement gave as the law stands or a scenario has it."""

    terms: Terms
    """The figures of the year."""
    employers: Frame
    """Every employer, and whether it is small, as `small_employers.exempt`."""
    above: Above
    """Persons with more than can be."""
    deducted: Deducted
    """The returns after deductions."""
    granted: Granted | None = None
    """LKV and bonus."""
    rate_source: str = ""
    """Where the rate of the surcharge comes from."""
    bonus_total: int = 0
    """Bonus of all employers, cents."""


@frozen
class OfLevy:
    """What the stages of a quota levy gave."""

    levied: Frame
    """Every employer with its levy, as `quota_levy.levy`."""
    allocated: Allocated
    """Hours that moved from lender to borrower."""


@frozen
class Material:
    """The results of the stages that findings are about."""

    engine: Engine
    """Where it lies."""
    archive: Known | None
    """The archive as known; without it nothing is known of messages that were set aside."""
    years: tuple[YearRows, ...]
    """The rows of the year, and those of the years before on which it rests."""
    counted: Counted
    """What the returns of the year add up to."""
    settled: OfSettlement | None = None
    """Of a settlement; None for a quota levy."""
    levied: OfLevy | None = None
    """Of a quota levy; None for a settlement."""
    jobs: Jobs | None = None
    """The job count; None when it was not asked for."""

    @property
    def year_rows(self) -> YearRows:
        """The rows of the year."""
        return self.years[0]


@frozen
class Part:
    """A part of the places of a finding, and how many there are."""

    rows: Callable[[], Frame] | None = None
    """Rows (`PLACE`), returns (`RETURN`), messages (`payroll_tax_number`) or employers (`rsin`); with `found` where
    a row stands for several. Made when asked for; None where no row, return or employer is the place."""
    counted: Frame | None = None
    """What is counted: a frame that is at hand, so that the rows need not be read for their number alone."""
    number: nw.Expr | None = None
    """How many places each row of what is counted stands for; a single place when None."""
    times: int = 0
    """How many there are besides, when that is known without a look."""


Places = Callable[[Material], Iterable[Part]]
"""What finds the places of a finding; nothing where a regime has no such finding."""


@frozen
class Finding:
    """Something remarkable that shows when everything is together."""

    code: str
    """Its name in `quality.parquet`."""
    of: Of
    """What it is found of."""
    provision: str
    """Provision, format or command of quotum that it goes by."""
    meaning: str
    """What it says, in English."""
    dutch: str
    """What it says, in Dutch."""
    places: Places
    """Where it is, and so how often."""
    person: tuple[str, ...] = ()
    """Columns that name a person, of a finding of persons, each of whom can have many rows."""
    stake: Stake | None = None
    """What hangs on it, where the most of that can be computed; see `amounts_at_stake`."""

    @property
    def sentence(self) -> Sentence:
        """What it says, in both languages."""
        return Sentence(self.meaning, self.dutch)

    @property
    def reason(self) -> Sentence:
        """What it says, with its source."""
        return phrase("{said} [{provision}]", said=self.sentence, provision=cited(self.provision))


__all__ = ["Finding", "Material", "Of", "OfLevy", "OfSettlement", "Part", "Places", "Stake"]
