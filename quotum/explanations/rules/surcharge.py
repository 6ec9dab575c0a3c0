"""The inclusivity surcharge: whether it is due, and return by return (Wet banenafspraak art. 6)."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from quotum.explanations.rebuild import Rebuild
from quotum.explanations.rules import rate
from quotum.explanations.rules.returns_in_force import Messages
from quotum.explanations.rules.rows import Row
from quotum.explanations.settled_rows import Record
from quotum.explanations.step import SURCHARGE, Footing, Step
from quotum.explanations.telling import Telling
from quotum.explanations.words import NO_BECAUSE
from quotum.law.kinds_of_work import COUNTS_FOR_BASE, in_surcharge_base
from quotum.law.readings import DEDUCTION_NOT_BELOW_ZERO, WHOLE_EUROS
from quotum.law.wet_banenafspraak import surcharge as law
from quotum.law.wet_banenafspraak.surcharge import not_small
from quotum.money import (
    CENTS_PER_EURO,
    HUNDREDTHS_PER_PERCENT,
    PERCENT,
    decimal_text,
    euro_text,
    hundredths_text,
    percent_text,
)
from quotum.periods import Period

# Whole cents times hundredths of a percent point have this many decimals in euros, and no more.
_EXACT_PLACES = 6
_RETURN = ("payroll_tax_number", "period_start", "period_end")
About = tuple[int, Period]


def steps(rebuild: Rebuild, rows: Iterable[Row], messages: Messages, telling: Telling) -> tuple[Step, ...]:
    """Whether a surcharge is due from this employer, at which rate, and what every return comes to."""
    due = rate.due_step(rebuild, telling)
    if not rebuild.results.terms.due:
        return (due,)
    (tested,) = rebuild.own(rebuild.results.tested)
    if tested["small_employer"]:
        return due, _exempt(telling)
    rated = rate.rate_step(rebuild, telling)
    return due, rated, *_of_returns(rebuild, rows, messages, rated.footing, telling)


def _exempt(telling: Telling) -> Step:
    """A small employer owes nothing."""
    inputs = telling.inputs(("small employer", telling.yes_no(True)))
    result = telling.say(NO_BECAUSE, why=telling.say(not_small.unmet.text))
    return telling.step(
        SURCHARGE,
        not_small,
        inputs,
        result,
        amount_cents=0,
        adds_to="surcharge_cents",
        not_given=(not_small.unmet.code,),
    )


def _of_returns(
    rebuild: Rebuild, rows: Iterable[Row], messages: Messages, footing: Footing, telling: Telling
) -> Iterator[Step]:
    """The rows of each return, what is deducted, and its surcharge."""
    results = rebuild.results
    hundredths = results.charged.rate.hundredths
    charges = {_about(line | {"payroll_tax_number": line["lhnr"]}): line for line in rebuild.own(results.charged.lines)}
    before = {_about(line): line["base_cents"] for line in rebuild.own(results.counted.bases())}
    deducted = {} if results.deducted.deductions is None else rebuild.rows(results.deducted.deductions)
    delivered = {_about(deduction): deduction["deduction_cents"] for deduction in deducted}
    by_return: dict[About, list[Row]] = {}
    for row in rows:
        by_return.setdefault((row.number, row.period), []).append(row)
    for about in messages.in_force:
        yield from (_row_step(row, telling) for row in by_return.get(about, ()))
        base = charges[about]["base_cents"]
        if delivered.get(about):
            yield _deduction_step(about, delivered[about], before[about] - base, telling)
        yield _return_step(about, charges[about], hundredths, footing, telling)


def _about(row: Record) -> About:
    return row["payroll_tax_number"], Period(row["period_start"], row["period_end"])


def _row_step(row: Row, telling: Telling) -> Step:
    wage, out = euro_text(row.wage_cents), row.unmet(in_surcharge_base())
    inputs = telling.inputs(
        ("premium wage, without benefits", wage),
        ("first day in service", f"{row.first_day}"),
        ("kind of work", row.kind_words),
    )
    result = telling.say(NO_BECAUSE, why=telling.why_not(out)) if out else telling.say(law.WAGE_COUNTS, wage=wage)
    return telling.step(
        SURCHARGE,
        COUNTS_FOR_BASE,
        inputs,
        result,
        about=row.about,
        amount_cents=0 if out else row.wage_cents,
        adds_to="surcharge_base_cents",
        not_given=out,
        person=telling.person(row.bsn),
    )


def _deduction_step(about: About, delivered: int, deducted_cents: int, telling: Telling) -> Step:
    less = "" if deducted_cents == delivered else telling.say(law.NO_MORE_THAN_IN)
    inputs = (
        *telling.inputs(("delivered", euro_text(delivered))),
        *(telling.read_as(DEDUCTION_NOT_BELOW_ZERO) if less else ()),
    )
    result = telling.say(law.TAKEN_OFF, amount=euro_text(deducted_cents)) + less
    return telling.step(
        SURCHARGE,
        law.DEDUCTED,
        inputs,
        result,
        footing="reading" if less else "law",
        about=about,
        amount_cents=-deducted_cents,
        adds_to="surcharge_base_cents",
    )


def _return_step(about: About, charge: Record, hundredths: int, footing: Footing, telling: Telling) -> Step:
    base, percent = charge["base_cents"], hundredths_text(hundredths)
    exact = Fraction(base * hundredths, HUNDREDTHS_PER_PERCENT * PERCENT * CENTS_PER_EURO)
    inputs = (
        *telling.inputs(("premium wage that counts", euro_text(base)), ("rate", percent_text(hundredths))),
        *telling.read_as(WHOLE_EUROS),
    )
    result = telling.say(
        law.BASE_TIMES_RATE,
        base=euro_text(base),
        rate=percent,
        exact=decimal_text(exact, _EXACT_PLACES),
        surcharge=euro_text(charge["surcharge_cents"]),
    )
    return telling.step(
        SURCHARGE,
        law.OVER_RETURN,
        inputs,
        result,
        footing="assumed" if footing == "assumed" else "reading",
        about=about,
        amount_cents=charge["surcharge_cents"],
        adds_to="surcharge_cents",
    )
