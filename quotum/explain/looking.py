"""What the walk over an employer looks at: the run, its rows, transfers around it, and which text of the LKV holds."""

from attrs import frozen

from quotum.archive.known import Known
from quotum.explain import small_employer
from quotum.explain.naming import Naming, naming
from quotum.explain.predecessors import Transfers, read_transfers
from quotum.explain.results import SettledEmployer
from quotum.explain.rows import Facts, read_facts
from quotum.explain.settled import RunRecord
from quotum.law.wtl.lkv_until_2025 import BY_DECLARATION
from quotum.run.lkv_terms import LkvTerms, read_lkv_terms


@frozen
class Looked:
    """Everything the walk looks at."""

    run: RunRecord
    """The run."""
    archive: Known
    """The archive as the run read it."""
    facts: Facts
    """What it says of the employer."""
    transfers: Transfers
    """Transfers of undertaking around it."""
    terms: LkvTerms
    """Which text of the LKV holds."""
    name: Naming
    """How persons and employers are named."""

    @property
    def year(self) -> int:
        """Calendar year."""
        return self.run.year

    @property
    def people(self) -> frozenset[int]:
        """Everybody in a row of the year."""
        return self.facts.people_of(self.run.year)

    @property
    def rights_begin_with_employment(self) -> bool:
        """Whether any right of the year can hang on the start of an employment."""
        lasts = bool(self.terms.years) and self.terms.ground != BY_DECLARATION
        return self.facts.declarations_delivered or lasts


def look(run: RunRecord, archive: Known, settled: SettledEmployer, rsin: int, asked: int | None) -> Looked:
    """Read what the walk needs: rows of t and t-2, transfers, and which text of the LKV holds."""
    terms = read_lkv_terms(run.figures, run.year)
    years = {run.year, run.year - small_employer.YEARS_BACK}
    here = read_facts(archive, rsin, years)
    transfers = read_transfers(archive, rsin)
    numbers = {line.bsn: line.number for line in settled.bonus_lines}
    name = naming(run, numbers, here.people_of(run.year), asked)
    return Looked(run, archive, here, transfers, terms, name)
