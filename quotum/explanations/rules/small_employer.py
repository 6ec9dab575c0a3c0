"""Whether the employer is small, and what decided it (Wfsv art. 36; Besluit Wfsv art. 2.19d)."""

from datetime import date
from typing import Any, Final

from quotum.explanations.rebuild import Rebuild
from quotum.explanations.rules import transfers
from quotum.explanations.settled_rows import Record
from quotum.explanations.step import SMALL_EMPLOYER, Step, footing_of
from quotum.explanations.telling import Telling
from quotum.explanations.words import AVERAGE_WAGE, NO_FIGURE
from quotum.law.readings import BENEFIT_WAGE_LEFT_OUT
from quotum.law.wfsv import small_employer as law
from quotum.law.wfsv import wage_before
from quotum.money import count_text, euro_text
from quotum.words import phrase

_FIGURES: Final = ("wfsv.average_premium_wage", "wfsv.small_employer_factor")


def steps(rebuild: Rebuild, telling: Telling) -> tuple[Step, ...]:
    """The wage of t-2, its corrections by transfers of undertaking, and the test."""
    (tested,) = rebuild.own(rebuild.results.tested)
    decided = {
        None: _not_tested,
        law.STARTER: _starter,
        law.WAGE_BILL: _by_wage,
        law.TRANSFER: _by_wage,
        law.DECLARED_CLASS: _by_class,
    }[tested["small_ground"]]
    return (
        _known_wage(tested, rebuild.year, telling),
        *transfers.steps(rebuild, telling),
        decided(rebuild, tested, telling),
    )


def _known_wage(tested: Record, year: int, telling: Telling) -> Step:
    delivered, summed, known = (tested[f"{name}_cents"] for name in ("delivered", "summed", "own_wage_t2"))
    stated = telling.say(wage_before.UNKNOWN) if delivered is None else euro_text(delivered)
    added = telling.say(wage_before.NOT_COMPLETE) if summed is None else euro_text(summed)
    if known is None:
        result = telling.say(wage_before.UNKNOWN)
    elif delivered is None:
        result = telling.say(wage_before.FROM_RETURNS, wage=added)
    else:
        result = telling.say(wage_before.AS_DELIVERED, wage=stated)
        result += telling.say(wage_before.SUM_DIFFERS) if tested["wages_differ"] else ""
    readings = (BENEFIT_WAGE_LEFT_OUT,) if delivered is None and summed is not None else ()
    inputs = telling.inputs(("delivered", stated), ("sum of the returns", added))
    return telling.step(
        SMALL_EMPLOYER,
        wage_before.KNOWN_WAGE,
        inputs,
        result,
        question_values={"year": year - wage_before.YEARS_BEFORE},
        readings=readings,
        amount_cents=known,
    )


def _not_tested(rebuild: Rebuild, _tested: Record, telling: Telling) -> Step:
    """No amount rests on it: no surcharge is due."""
    inputs = ((telling.say(AVERAGE_WAGE, year=rebuild.year), telling.say(NO_FIGURE)),)
    result = telling.say(law.NOT_TESTED, year=rebuild.year)
    return telling.step(SMALL_EMPLOYER, law.AT_MOST_LIMIT, inputs, result)


def _by_wage(rebuild: Rebuild, tested: Record, telling: Telling) -> Step:
    on, figures = date(rebuild.year, 1, 1), rebuild.run.figures
    sources = [figures.peek(name, on) for name in _FIGURES]
    average, factor = figures.cents(_FIGURES[0], on), figures.number(_FIGURES[1], on)
    wage, limit = euro_text(tested["premium_wage_t2_cents"]), euro_text(rebuild.results.terms.small_limit_cents)
    inputs = (
        *telling.inputs(("premium wage", wage)),
        *telling.citations(*sources),
        *telling.inputs(
            ("limit", phrase("{factor} × {paid} = {limit}", factor=factor, paid=euro_text(average), limit=limit))
        ),
    )
    result = telling.say(law.AT_MOST if tested["small_employer"] else law.MORE_THAN, wage=wage, limit=limit)
    return telling.step(SMALL_EMPLOYER, law.AT_MOST_LIMIT, inputs, result, footing=footing_of(sources))


def _starter(rebuild: Rebuild, tested: Record, telling: Telling) -> Step:
    """A start without a transfer precedes a known wage ("in afwijking van het eerste lid")."""
    year = rebuild.year
    verdict = law.IS_STARTER_WITH_WAGE if tested["wage_before_start"] else law.IS_STARTER
    inputs = telling.inputs(("employer since", f"{tested['started_on']}"))
    result = telling.say(verdict, wage_year=year - wage_before.YEARS_BEFORE)
    return telling.step(SMALL_EMPLOYER, law.STARTED, inputs, result, question_values={"before": year - 1, "year": year})


def _by_class(_remade: Rebuild, tested: dict[str, Any], telling: Telling) -> Step:
    """No wage is known: the class that the employer declared decides; missing data never exempts."""
    high = tested["high_rows"]
    not_small = law.HIGH_CLASS if high else law.NO_CLASS
    inputs = telling.inputs(
        ("rows", count_text(tested["all_rows"])), ("rows with wage in the high class, other than Wsw", count_text(high))
    )
    result = telling.say(law.LOW_CLASS if tested["small_employer"] else not_small)
    return telling.step(SMALL_EMPLOYER, law.WHICH_CLASS, inputs, result)
