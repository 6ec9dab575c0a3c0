"""The inclusivity surcharge, return by return (law.md rule 4)."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from quotum.errors import SelfCheckFailed
from quotum.explain.in_force import ReturnInForce
from quotum.explain.rows import Facts, Row
from quotum.explain.settled import Charge
from quotum.explain.step import NOT_DUE, SMALL, SURCHARGE, WHY_NOT, Step, cited, footing_of, read_as, why_not
from quotum.explain.target_group import Judged
from quotum.identifiers import payroll_tax_number_text
from quotum.law import surcharge as law
from quotum.law.readings import BALANCE, HIGH_RATE_PRODUCT, WHOLE_EUROS
from quotum.money import (
    CENTS_PER_EURO,
    HUNDREDTHS_PER_PERCENT,
    PERCENT,
    decimal_text,
    euro_text,
    hundredths_text,
    round_down,
)
from quotum.parameters import Figure, Figures
from quotum.periods import Period

_ACT = "wet_banenafspraak"
_RATE, _BASIS, _HIGH = f"{_ACT}.surcharge_rate", f"{_ACT}.surcharge_basis", "wfsv.aof_high_rate"
# Whole cents times hundredths of a percent point have this many decimals in euros, and no more.
_EXACT_PLACES = 6
_RULES = {
    "balance": "solved over all employers that owe: in balance with the bonus at the required share",
    "budget": "solved over all employers that owe: the smallest rate that pays for the bonus",
}


def due_step(figures: Figures, year: int) -> tuple[bool, Step]:
    """Whether a surcharge is due over the year."""
    last = date(year, 12, 31)
    force, activation, delay = f"{_ACT}.in_force_from", f"{_ACT}.activated_in", f"{_ACT}.surcharge_delay_years"
    found = [figures.peek(name, last) for name in (force, activation) if figures.has(name, last)]
    in_force_from = figures.day(force, last) if figures.has(force, last) else None
    activated_in = figures.whole(activation, last) if figures.has(activation, last) else None
    years = 0
    if activated_in is not None:
        years = figures.whole(delay, last)
        found.append(figures.peek(delay, last))
    due = law.is_due(year, in_force_from, activated_in, years)
    if activated_in is None:
        why = "the regime has not been activated"
    else:
        why = f"activated in {activated_in}, so first due over {activated_in + years}"
    return due, Step(
        rule=SURCHARGE,
        question=f"Is a surcharge due over {year}?",
        article="Wet banenafspraak art. 5, 6 lid 1, 12 lid 1, 13",
        footing=footing_of(found),
        inputs=(("articles 1 to 6 in force from", f"{in_force_from or 'not yet'}"), *map(cited, found)),
        result=f"{'yes' if due else f'not given: {WHY_NOT[NOT_DUE]}'}: {why}",
        not_given=() if due else (NOT_DUE,),
    )


def exempt_step() -> Step:
    """A small employer owes nothing."""
    return Step(
        rule=SURCHARGE,
        question="Does this employer owe the surcharge?",
        article="Wet banenafspraak art. 6 lid 3",
        footing="law",
        inputs=(("small employer", "yes"),),
        result=f"no: {WHY_NOT[SMALL]}",
        amount_cents=0,
        adds_to="surcharge_cents",
        not_given=(SMALL,),
    )


def rate_step(figures: Figures, year: int, settled_hundredths: int, settled_source: str) -> tuple[int, Step]:
    """The rate, in hundredths of a percent point of the wage.

    A rate that was solved follows from all employers: it is taken from the run, and its rule is named.

    Raises:
        SelfCheckFailed: The run charged another rate than the one it was given.
    """
    on = date(year, 1, 1)
    given = figures.rate_or_rule(_RATE, on)
    sources: list[Figure] = [figures.peek(_RATE, on), figures.peek(_BASIS, on)]
    readings = []
    if figures.choice(_BASIS, on) == "high_rate":
        sources.append(figures.peek(_HIGH, on))
        readings.append(HIGH_RATE_PRODUCT)
    if isinstance(given, str):
        rate, how = settled_hundredths, _RULES[given]
        readings += [BALANCE] if given == "balance" else []
    elif HIGH_RATE_PRODUCT in readings:
        high = figures.hundredths(_HIGH, on)
        rate = law.of_high_rate(given, high)
        how = f"{hundredths_text(given)}% of the high rate {hundredths_text(high)}%"
    else:
        rate, how = given, "given"
    if rate != settled_hundredths or settled_source != (given if isinstance(given, str) else "given"):
        raise SelfCheckFailed("the rate of the surcharge in macro.json is not the one its parameters give")
    return rate, Step(
        rule=SURCHARGE,
        question="What is the rate?",
        article="Wet banenafspraak art. 6 lid 6; Wfsv art. 35 lid 1",
        footing=footing_of(sources, readings),
        inputs=(*map(cited, sources), ("rule", how), *map(read_as, readings)),
        result=f"{hundredths_text(rate)}% of the premium wage",
    )


def charge(
    facts: Facts,
    rows: tuple[Judged, ...],
    returns: tuple[ReturnInForce, ...],
    rate: tuple[int, Step],
    name: Callable[[Row], str],
) -> tuple[tuple[Charge, ...], tuple[Step, ...]]:
    """The surcharge of every return, with a step per row and one per return."""
    charges, steps = [], []
    by_return: dict[tuple[int, Period], list[Judged]] = {}
    for one in rows:
        by_return.setdefault((one.row.number, one.row.period), []).append(one)
    for one_return in returns:
        key = one_return.number, one_return.period
        here = by_return.get(key, [])
        row_steps = [_row_step(one, name) for one in here]
        deduction = sum(cents for number, period, cents in facts.deductions if (number, period) == key)
        wage = sum(one.row.wage_cents for one in here if not one.out_of_base)
        base = base_after_deduction(wage, deduction)
        found = Charge(*key, base, surcharge_cents(base, rate[0]))
        charges.append(found)
        steps += row_steps
        steps += [_deduction_step(found, deduction, wage - base)] if deduction else []
        steps.append(_return_step(found, rate))
    return tuple(charges), tuple(steps)


def surcharge_cents(base_cents: int, rate_hundredths: int) -> int:
    """Base times rate, cut off to whole euros towards minus infinity, in cents."""
    exact_euros = Fraction(base_cents, CENTS_PER_EURO) * Fraction(rate_hundredths, HUNDREDTHS_PER_PERCENT * PERCENT)
    return round_down(exact_euros) * CENTS_PER_EURO


def _row_step(one: Judged, name: Callable[[Row], str]) -> Step:
    row = one.row
    wage = euro_text(row.wage_cents)
    return Step(
        rule=SURCHARGE,
        question="Does the premium wage of this row count?",
        article="Wet banenafspraak art. 6 lid 4 a, b, c and lid 8",
        footing="law",
        inputs=(
            ("premium wage, without benefits", wage),
            ("first day in service", f"{row.days_in_service[0]}"),
            ("kind of work", one.kind_words),
        ),
        result=f"no: {why_not(one.out_of_base)}" if one.out_of_base else f"yes: {wage}",
        amount_cents=0 if one.out_of_base else row.wage_cents,
        adds_to="surcharge_base_cents",
        not_given=one.out_of_base,
        person=name(row),
        payroll_tax_number=payroll_tax_number_text(row.number),
        period=row.period,
    )


def base_after_deduction(base_cents: int, deduction_cents: int) -> int:
    """No more can be left out than is in; a deduction below zero corrects an earlier one and adds."""
    if deduction_cents > max(base_cents, 0):
        return min(base_cents, 0)
    return base_cents - deduction_cents


def _deduction_step(found: Charge, delivered: int, taken: int) -> Step:
    less = "" if taken == delivered else ": no more can be left out than is in"
    return Step(
        rule=SURCHARGE,
        question="Which supplements on benefits stay out of the base?",
        article="Wet banenafspraak art. 6 lid 4 c",
        footing="reading" if less else "law",
        inputs=(("delivered", euro_text(delivered)),),
        result=f"{euro_text(taken)} is taken off{less}",
        amount_cents=-taken,
        adds_to="surcharge_base_cents",
        payroll_tax_number=payroll_tax_number_text(found.number),
        period=found.period,
    )


def _return_step(found: Charge, rate: tuple[int, Step]) -> Step:
    exact = Fraction(found.base_cents * rate[0], HUNDREDTHS_PER_PERCENT * PERCENT * CENTS_PER_EURO)
    shown = decimal_text(exact, _EXACT_PLACES)
    return Step(
        rule=SURCHARGE,
        question="What is the surcharge over this return?",
        article="Wet banenafspraak art. 6 lid 6, 7",
        footing="assumed" if rate[1].footing == "assumed" else "reading",
        inputs=(
            ("premium wage that counts", euro_text(found.base_cents)),
            ("rate", f"{hundredths_text(rate[0])}%"),
            read_as(WHOLE_EUROS),
        ),
        result=f"{euro_text(found.base_cents)} × {hundredths_text(rate[0])}% = {shown}, in whole euros "
        f"{euro_text(found.surcharge_cents)}",
        amount_cents=found.surcharge_cents,
        adds_to="surcharge_cents",
        payroll_tax_number=payroll_tax_number_text(found.number),
        period=found.period,
    )
