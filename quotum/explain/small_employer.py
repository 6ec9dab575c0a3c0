"""Whether the employer is small, and what decided it (law.md rule 3)."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from attrs import frozen

from quotum.explain.in_force import ReturnInForce
from quotum.explain.rows import Facts
from quotum.explain.step import SMALL_EMPLOYER, Step, cited, footing_of, read_as
from quotum.explain.transferred_wage import Corrected
from quotum.law.conditions import ENGLISH
from quotum.law.kinds_of_work import WSW, WSW_SECONDED
from quotum.law.readings import BENEFIT_WAGE_LEFT_OUT
from quotum.law.wfsv import small_employer as law
from quotum.law.wfsv import wage_before
from quotum.law.wfsv.transfers import AFTER_TRANSFERS
from quotum.law.wfsv.wage_before import YEARS_BEFORE
from quotum.money import euro_text
from quotum.parameters import Figures
from quotum.periods import Period, four_week_periods, months

YEARS_BACK = YEARS_BEFORE
_FIGURES: Final = ("wfsv.average_premium_wage", "wfsv.small_employer_factor")


@frozen
class SizeTest:
    """The outcome of the test."""

    small: bool | None
    """Whether the employer is small; None when nobody is tested."""
    ground: str | None
    """What decided: `starter`, `wage_bill`, `transfer` or `declared_class`; None when nobody is tested."""
    wage_cents: int | None
    """Premium wage of t-2 after transfers, tested unless the employer is a starter; None when it is unknown."""
    steps: tuple[Step, ...]
    """How it went."""


@frozen
class Wages:
    """The premium wage of t-2, from both sources."""

    delivered: int | None
    """As delivered."""
    summed: int | None
    """The sum of the returns, when these are complete."""

    @property
    def known_cents(self) -> int | None:
        """What is known of it; None when nothing is."""
        return self.summed if self.delivered is None else self.delivered


# What transfers of undertaking make of the employer's own wage, with a step for each.
Correcting = Callable[[int | None], tuple[Corrected | None, tuple[Step, ...]]]


def no_transfers(_own_cents: int | None) -> tuple[Corrected | None, tuple[Step, ...]]:
    """Of an employer that no transfer touches."""
    return None, ()


def known_wages(facts: Facts, earlier: Iterable[ReturnInForce], year: int) -> Wages:
    """The premium wage of t-2 of an employer.

    Args:
        facts: What the archive says.
        earlier: Returns of year t-2 in force.
        year: Year t.
    """
    before = year - YEARS_BACK
    return Wages(dict(facts.wage_bills).get(before), summed_wage(earlier, before))


def size_test(
    facts: Facts,
    figures: Figures,
    year: int,
    returns: tuple[ReturnInForce, ...],
    earlier: tuple[ReturnInForce, ...],
    correct: Correcting = no_transfers,
) -> SizeTest:
    """Test whether the employer is small.

    Args:
        facts: What the archive says.
        figures: Parameters of the run.
        year: Year t.
        returns: Returns of year t in force.
        earlier: Returns of year t-2 in force.
        correct: What transfers of undertaking make of the employer's own wage.
    """
    wages = known_wages(facts, earlier, year)
    corrected, steps = correct(wages.known_cents)
    before = (_known_wage(wages, year), *steps, *((_corrected_wage(corrected, year),) if corrected else ()))
    limit = _limit(figures, year)
    wage = corrected.decisive_cents(limit) if corrected else wages.known_cents
    if limit is None:
        return SizeTest(None, None, wage, (*before, _not_tested(year)))
    started = facts.listed.started_on if facts.listed else None
    if started is not None and started.year in (year - 1, year) and not (corrected and corrected.took_over):
        return SizeTest(True, law.STARTER, wage, (*before, _starter(started, year, wages.known_cents)))
    if wage is not None:
        small, step = _by_wage(wage, limit, figures, year)
        return SizeTest(small, law.TRANSFER if corrected else law.WAGE_BILL, wage, (*before, step))
    small, step = _by_class(returns)
    return SizeTest(small, law.DECLARED_CLASS, None, (*before, step))


def summed_wage(returns: Iterable[ReturnInForce], year: int) -> int | None:
    """Premium wage of a year from its returns; None unless these are complete for every payroll tax number.

    Complete: a full return for every month, or for every four-week period, of each number that has any.
    """
    by_number: dict[int, dict[Period, ReturnInForce]] = {}
    for one in returns:
        by_number.setdefault(one.number, {})[one.period] = one
    if not by_number:
        return None
    for periods in by_number.values():
        full = {period for period, one in periods.items() if one.full}
        if not any(full.issuperset(calendar) for calendar in (months(year), four_week_periods(year))):
            return None
    return sum(row.wage_cents for periods in by_number.values() for one in periods.values() for row in one.rows)


def _known_wage(wages: Wages, year: int) -> Step:
    said = wage_before.UNKNOWN.english if wages.delivered is None else euro_text(wages.delivered)
    summed = wage_before.NOT_COMPLETE.english if wages.summed is None else euro_text(wages.summed)
    if wages.delivered is None and wages.summed is None:
        result = wage_before.UNKNOWN.english
    elif wages.delivered is None:
        result = wage_before.FROM_RETURNS.told(ENGLISH, wage=summed)
    else:
        differ = wages.summed is not None and wages.summed != wages.delivered
        result = wage_before.AS_DELIVERED.told(ENGLISH, wage=said)
        result += wage_before.SUM_DIFFERS.english if differ else ""
    readings = () if wages.delivered is not None or wages.summed is None else (BENEFIT_WAGE_LEFT_OUT,)
    return Step(
        rule=SMALL_EMPLOYER,
        question=wage_before.KNOWN_WAGE.text.told(ENGLISH, year=year - YEARS_BACK),
        article=wage_before.KNOWN_WAGE.provision,
        footing=footing_of(readings=readings),
        inputs=(("delivered", said), ("sum of the returns", summed), *map(read_as, readings)),
        result=result,
        amount_cents=wages.known_cents,
    )


def _corrected_wage(corrected: Corrected, year: int) -> Step:
    return Step(
        rule=SMALL_EMPLOYER,
        question=AFTER_TRANSFERS.text.told(ENGLISH, year=year - YEARS_BACK),
        article=AFTER_TRANSFERS.provision,
        footing="law",
        inputs=(("transfers that count", f"{len(corrected.moves)}"),),
        result=f"{corrected.wage}",
        amount_cents=corrected.wage.cents if corrected.wage.known else None,
    )


def _limit(figures: Figures, year: int) -> int | None:
    """The largest wage of a small employer; None when the run read no figures for it, and tested nobody."""
    on = date(year, 1, 1)
    if not all(figures.has(name, on) for name in _FIGURES):
        return None
    return law.limit_cents(figures.cents(_FIGURES[0], on), figures.number(_FIGURES[1], on))


def _not_tested(year: int) -> Step:
    """No amount rests on it: no surcharge is due."""
    return Step(
        rule=SMALL_EMPLOYER,
        question=law.AT_MOST_LIMIT.text.english,
        article=law.AT_MOST_LIMIT.provision,
        footing="law",
        inputs=((f"average premium wage of {year}", "no figure"),),
        result=law.NOT_TESTED.told(ENGLISH, year=year),
    )


def _by_wage(wage: int, limit: int, figures: Figures, year: int) -> tuple[bool, Step]:
    on = date(year, 1, 1)
    average, factor = figures.cents(_FIGURES[0], on), figures.number(_FIGURES[1], on)
    small = wage <= limit
    sources = [figures.peek(name, on) for name in _FIGURES]
    return small, Step(
        rule=SMALL_EMPLOYER,
        question=law.AT_MOST_LIMIT.text.english,
        article=law.AT_MOST_LIMIT.provision,
        footing=footing_of(sources),
        inputs=(
            ("premium wage", euro_text(wage)),
            *map(cited, sources),
            ("limit", f"{factor} × {euro_text(average)} = {euro_text(limit)}"),
        ),
        result=(law.AT_MOST if small else law.MORE_THAN).told(ENGLISH, wage=euro_text(wage), limit=euro_text(limit)),
    )


def _starter(started: date, year: int, wage: int | None) -> Step:
    """It started without a transfer: that comes before a known wage ("in afwijking van het eerste lid")."""
    verdict = law.IS_STARTER_WITH_WAGE if wage else law.IS_STARTER
    return Step(
        rule=SMALL_EMPLOYER,
        question=law.STARTED.text.told(ENGLISH, before=year - 1, year=year),
        article=law.STARTED.provision,
        footing="law",
        inputs=(("employer since", f"{started}"),),
        result=verdict.told(ENGLISH, wage_year=year - YEARS_BACK),
    )


def _by_class(returns: tuple[ReturnInForce, ...]) -> tuple[bool, Step]:
    """Nothing is known: the class the employer declared decides; missing data never exempts."""
    rows = [row for one in returns for row in one.rows]
    high = sum(row.wage_high_cents != 0 and row.nature not in (WSW, WSW_SECONDED) for row in rows)
    small = bool(rows) and not high
    return small, Step(
        rule=SMALL_EMPLOYER,
        question=law.WHICH_CLASS.text.english,
        article=law.WHICH_CLASS.provision,
        footing="law",
        inputs=(("rows", f"{len(rows):,}"), ("rows with wage in the high class, other than Wsw", f"{high:,}")),
        result=(law.LOW_CLASS if small else law.HIGH_CLASS if high else law.NO_CLASS).english,
    )
