"""Where the findings of a settlement are: for each a function that gives its places, from what the stages gave.

A place that is a row is read again when asked for; how many there are comes from sums that the stages made anyway.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import narwhals as nw

from quotum.archive.setting_aside import returns_aside
from quotum.frames import Frame
from quotum.law.wfsv.job_count import Jobs
from quotum.parameters.kinds import RATE_RULES
from quotum.run.findings.finding import Material, OfLevy, OfSettlement, Part, Places
from quotum.run.findings.persons_above import WHO
from quotum.run.stages.columns import PLACE, RETURN, flag
from quotum.run.stages.counts import without_birth_date, without_bsn
from quotum.run.stages.grants import WITHOUT_BIRTH_DATE
from quotum.run.stages.rows_in_force import YearRows
from quotum.run.terms import Terms


def every(frame: Frame, *columns: str) -> Part:
    """Each row of a frame is a place."""
    return Part(lambda: frame.select(*columns), frame)


def _of_years(part_of: Callable[[YearRows], Part]) -> Places:
    return lambda material: map(part_of, material.years)


def _of_settlement(part_of: Callable[[OfSettlement], Part]) -> Places:
    return lambda material: [] if material.settled is None else [part_of(material.settled)]


def _of_levy(part_of: Callable[[OfLevy], Part]) -> Places:
    return lambda material: [] if material.levied is None else [part_of(material.levied)]


def _with_one(frame: Frame, column: str) -> Part:
    """Employers of which a column is 1, and not 0."""
    return Part(lambda: frame.filter(nw.col(column) == 1).select("rsin"), frame, nw.col(column))


def employers(column: str) -> Places:
    """Employers of which the test whether they are small says something with 1."""
    return _of_settlement(lambda of: _with_one(of.employers, column))


def levied(column: str) -> Places:
    """Employers of which the stages of the quota levy say something with 1."""
    return _of_levy(lambda of: _with_one(of.levied, column))


def allocations(code: str) -> Places:
    """Allocations that were refused, by their lenders."""
    return _of_levy(lambda of: every(of.allocated.refused[code], "rsin"))


def deductions(code: str) -> Places:
    """Deductions that cannot be taken off as they came: their returns."""

    def part(of: OfSettlement) -> Part:
        refused = of.deducted.not_left_out.get(code)
        return Part() if refused is None else every(refused, *RETURN)

    return _of_settlement(part)


def benefits(code: str) -> Places:
    """Requests and employments, by their employers: `found` says how many."""

    def part(of: OfSettlement) -> Part:
        places = {} if of.granted is None else of.granted.places()
        return Part() if code not in places else Part(lambda: places[code], places[code], nw.col("found"))

    return _of_settlement(part)


def rows_of_persons(code: str, *person: str) -> Places:
    """Rows within a right that count for nothing, of persons who are counted once."""

    def part(of: OfSettlement) -> Part:
        places = {} if of.granted is None else of.granted.places()
        return Part() if code not in places else Part(lambda: places[code], places[code].select(*person).unique())

    return _of_settlement(part)


def persons_above(code: str) -> Places:
    """Rows of persons with more than can be."""

    def parts(material: Material) -> Iterator[Part]:
        above = {} if material.settled is None else material.settled.above
        if code in above:
            who = list(WHO[code])
            rows = material.year_rows.rows
            yield Part(lambda: rows.join(above[code], on=who, how="semi").select(*PLACE), above[code])

    return parts


def corrections_only(rows: YearRows) -> Part:
    """Returns of which only corrections came."""
    returns = rows.returns
    return Part(lambda: returns.filter(nw.col("full") == 0).select(*RETURN), returns, nw.lit(1) - nw.col("full"))


def withdrawals_of_nothing(material: Material) -> Iterable[Part]:
    """Withdrawals of what no message reports, by their returns."""
    return [] if material.settled is None else [every(material.year_rows.unknown_withdrawals, *RETURN)]


def rows_without_bsn(material: Material) -> Iterable[Part]:
    """Rows without a BSN."""
    rows = material.year_rows.rows.filter(without_bsn())
    return [Part(lambda: rows.select(*PLACE), material.counted.employers, nw.col("rows_without_bsn"))]


def contradicting_traits(material: Material) -> Iterable[Part]:
    """Rows of which a trait says otherwise than the nature of the work."""
    rows = material.year_rows.opened.filter(nw.col("trait_contradicts") == 1)
    return [Part(lambda: rows.select(*PLACE), material.counted.employers, nw.col("trait_contradictions"))]


def rows_without_birth_date(material: Material) -> Iterator[Part]:
    """Rows that ask for LKV without a birth date: of the target group, and within a right that hangs on a start."""
    if material.settled is None:
        return
    rows = material.year_rows.opened.filter(without_birth_date())
    yield Part(lambda: rows.select(*PLACE), material.counted.employers, nw.col("rows_without_birth_date"))
    granted = material.settled.granted
    if granted is not None and WITHOUT_BIRTH_DATE in granted.places():
        yield every(granted.places()[WITHOUT_BIRTH_DATE], *PLACE)


def decided_by_class(of: OfSettlement) -> Part:
    """Employers of which nothing but the declared class is known."""
    by_class = nw.col("small_ground") == "declared_class"
    rows = of.employers
    return Part(lambda: rows.filter(by_class).select("rsin"), rows, flag(by_class.fill_null(value=False)))


def without_returns(material: Material) -> Iterable[Part]:
    """Employers that are there by their delivery alone."""
    if material.settled is None:
        return []
    alone = material.settled.employers.select("rsin").join(
        material.counted.employers.select("rsin"), on="rsin", how="anti"
    )
    return [every(alone, "rsin")]


def set_aside(material: Material) -> Iterable[Part]:
    """Returns of which a message was set aside."""
    if material.archive is None:
        return []
    aside, engine = returns_aside(material.archive), material.engine
    return [Part(lambda: engine.table(aside.select(list(RETURN))), times=aside.num_rows)]


def none(_material: Material) -> Iterable[Part]:
    """No place beside everything else: of each delivery it is counted by itself."""
    return []


def of_the_whole(holds: Callable[[Material], bool]) -> Places:
    """The settlement as a whole is the place, when something holds of it."""
    return lambda material: [Part(times=int(holds(material)))]


BASELINE_THIN, LOSS_WITHHELD = "baseline_register_thin", "savings_loss_withheld"
OF_JOBS: Final[Mapping[str, Callable[[Jobs], bool]]] = {
    BASELINE_THIN: lambda jobs: jobs.few_registered_then,
    LOSS_WITHHELD: lambda jobs: jobs.part_of_the_country,
}
"""Findings of the job count, and when there is such a finding."""


def job_count(code: str) -> Places:
    """The settlement as a whole, when the job count has a finding."""
    return of_the_whole(lambda material: material.jobs is not None and OF_JOBS[code](material.jobs))


def _solved_against_nothing(material: Material) -> bool:
    of = material.settled
    return of is not None and nothing_balances(of.terms, of.rate_source, of.bonus_total)


def nothing_balances(terms: Terms, source: str, bonus_total: int) -> bool:
    """Whether a rate is solved against no bonus at all (Kamerstuk 34 352 nr. 281, footnote 17).

    Args:
        terms: The figures of the year.
        source: Where the rate comes from.
        bonus_total: Bonus of all employers, cents.
    """
    return terms.due and source in RATE_RULES and bonus_total == 0


after_receipt = _of_years(lambda rows: every(rows.after_receipt, "payroll_tax_number"))
overlapping = _of_years(lambda rows: every(rows.overlapping, *RETURN))
returns_of_corrections = _of_years(corrections_only)
messages_without_filing_time = _of_years(lambda rows: every(rows.time_made, "payroll_tax_number"))
class_decides = _of_settlement(decided_by_class)
no_balance = of_the_whole(_solved_against_nothing)
