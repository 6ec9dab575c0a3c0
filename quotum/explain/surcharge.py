"""The inclusivity surcharge, return by return (law.md rule 4)."""

from collections.abc import Callable
from fractions import Fraction

from quotum.explain.in_force import ReturnInForce
from quotum.explain.records import Row
from quotum.explain.results import Charge
from quotum.explain.rows import Facts
from quotum.explain.step import SURCHARGE, Step, read_as, why_not
from quotum.explain.target_group import Judged
from quotum.identifiers import payroll_tax_number_text
from quotum.law.conditions import ENGLISH
from quotum.law.kinds_of_work import COUNTS_FOR_BASE
from quotum.law.readings import DEDUCTION_NOT_BELOW_ZERO, WHOLE_EUROS
from quotum.law.wet_banenafspraak import surcharge as law
from quotum.money import (
    CENTS_PER_EURO,
    HUNDREDTHS_PER_PERCENT,
    PERCENT,
    decimal_text,
    euro_text,
    hundredths_text,
    round_down,
)
from quotum.periods import Period

# Whole cents times hundredths of a percent point have this many decimals in euros, and no more.
_EXACT_PLACES = 6


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
        question=COUNTS_FOR_BASE.text.english,
        article=COUNTS_FOR_BASE.provision,
        footing="law",
        inputs=(
            ("premium wage, without benefits", wage),
            ("first day in service", f"{row.days_in_service[0]}"),
            ("kind of work", one.kind_words),
        ),
        result=f"no: {why_not(one.out_of_base)}" if one.out_of_base else law.WAGE_COUNTS.told(ENGLISH, wage=wage),
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
    less = "" if taken == delivered else law.NO_MORE_THAN_IN.english
    readings = (DEDUCTION_NOT_BELOW_ZERO,) if less else ()
    return Step(
        rule=SURCHARGE,
        question=law.DEDUCTED.text.english,
        article=law.DEDUCTED.provision,
        footing="reading" if less else "law",
        inputs=(("delivered", euro_text(delivered)), *map(read_as, readings)),
        result=law.TAKEN_OFF.told(ENGLISH, amount=euro_text(taken)) + less,
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
        question=law.OVER_RETURN.text.english,
        article=law.OVER_RETURN.provision,
        footing="assumed" if rate[1].footing == "assumed" else "reading",
        inputs=(
            ("premium wage that counts", euro_text(found.base_cents)),
            ("rate", f"{hundredths_text(rate[0])}%"),
            read_as(WHOLE_EUROS),
        ),
        result=law.BASE_TIMES_RATE.told(
            ENGLISH,
            base=euro_text(found.base_cents),
            rate=hundredths_text(rate[0]),
            exact=shown,
            surcharge=euro_text(found.surcharge_cents),
        ),
        amount_cents=found.surcharge_cents,
        adds_to="surcharge_cents",
        payroll_tax_number=payroll_tax_number_text(found.number),
        period=found.period,
    )
