"""Whether the employer is small, and what decided it (Wfsv art. 36; Besluit Wfsv art. 2.19d)."""

from datetime import date
from typing import Any, Final

from quotum.explain.remaking import Remade
from quotum.explain.rules import transfers
from quotum.explain.settled import Record
from quotum.explain.step import SMALL_EMPLOYER, Step, footing_of
from quotum.explain.telling import Telling
from quotum.explain.words import AVERAGE_WAGE, NO_FIGURE
from quotum.law.readings import BENEFIT_WAGE_LEFT_OUT
from quotum.law.wfsv import small_employer as law
from quotum.law.wfsv import wage_before
from quotum.money import euro_text

_FIGURES: Final = ("wfsv.average_premium_wage", "wfsv.small_employer_factor")


def steps(remade: Remade, telling: Telling) -> tuple[Step, ...]:
    """The wage of t-2, what transfers of undertaking make of it, and the test."""
    (tested,) = remade.own(remade.made.tested)
    decided = {
        None: _not_tested,
        law.STARTER: _starter,
        law.WAGE_BILL: _by_wage,
        law.TRANSFER: _by_wage,
        law.DECLARED_CLASS: _by_class,
    }[tested["small_ground"]]
    return (
        _known_wage(tested, remade.year, telling),
        *transfers.steps(remade, telling),
        decided(remade, tested, telling),
    )


def _known_wage(tested: Record, year: int, telling: Telling) -> Step:
    delivered, summed, known = (tested[f"{name}_cents"] for name in ("delivered", "summed", "own_wage_t2"))
    said = telling.say(wage_before.UNKNOWN) if delivered is None else euro_text(delivered)
    added = telling.say(wage_before.NOT_COMPLETE) if summed is None else euro_text(summed)
    if known is None:
        result = telling.say(wage_before.UNKNOWN)
    elif delivered is None:
        result = telling.say(wage_before.FROM_RETURNS, wage=added)
    else:
        result = telling.say(wage_before.AS_DELIVERED, wage=said)
        result += telling.say(wage_before.SUM_DIFFERS) if tested["wages_differ"] else ""
    readings = (BENEFIT_WAGE_LEFT_OUT,) if delivered is None and summed is not None else ()
    return Step(
        rule=SMALL_EMPLOYER,
        question=telling.say(wage_before.KNOWN_WAGE.text, year=year - wage_before.YEARS_BEFORE),
        article=wage_before.KNOWN_WAGE.provision,
        footing=footing_of(readings=readings),
        inputs=(
            *telling.inputs(("delivered", said), ("sum of the returns", added)),
            *telling.read_as(*readings),
        ),
        result=result,
        amount_cents=known,
    )


def _not_tested(remade: Remade, _tested: Record, telling: Telling) -> Step:
    """No amount rests on it: no surcharge is due."""
    return Step(
        rule=SMALL_EMPLOYER,
        question=telling.say(law.AT_MOST_LIMIT.text),
        article=law.AT_MOST_LIMIT.provision,
        footing="law",
        inputs=((telling.say(AVERAGE_WAGE, year=remade.year), telling.say(NO_FIGURE)),),
        result=telling.say(law.NOT_TESTED, year=remade.year),
    )


def _by_wage(remade: Remade, tested: Record, telling: Telling) -> Step:
    on, figures = date(remade.year, 1, 1), remade.run.figures
    sources = [figures.peek(name, on) for name in _FIGURES]
    average, factor = figures.cents(_FIGURES[0], on), figures.number(_FIGURES[1], on)
    wage, limit = euro_text(tested["premium_wage_t2_cents"]), euro_text(remade.made.terms.small_limit_cents)
    return Step(
        rule=SMALL_EMPLOYER,
        question=telling.say(law.AT_MOST_LIMIT.text),
        article=law.AT_MOST_LIMIT.provision,
        footing=footing_of(sources),
        inputs=(
            *telling.inputs(("premium wage", wage)),
            *telling.cited(*sources),
            *telling.inputs(("limit", f"{factor} × {euro_text(average)} = {limit}")),
        ),
        result=telling.say(law.AT_MOST if tested["small_employer"] else law.MORE_THAN, wage=wage, limit=limit),
    )


def _starter(remade: Remade, tested: Record, telling: Telling) -> Step:
    """It started without a transfer: that comes before a known wage ("in afwijking van het eerste lid")."""
    year = remade.year
    verdict = law.IS_STARTER_WITH_WAGE if tested["wage_before_start"] else law.IS_STARTER
    return Step(
        rule=SMALL_EMPLOYER,
        question=telling.say(law.STARTED.text, before=year - 1, year=year),
        article=law.STARTED.provision,
        footing="law",
        inputs=telling.inputs(("employer since", f"{tested['started_on']}")),
        result=telling.say(verdict, wage_year=year - wage_before.YEARS_BEFORE),
    )


def _by_class(_remade: Remade, tested: dict[str, Any], telling: Telling) -> Step:
    """Nothing is known: the class the employer declared decides; missing data never exempts."""
    high = tested["high_rows"]
    not_small = law.HIGH_CLASS if high else law.NO_CLASS
    return Step(
        rule=SMALL_EMPLOYER,
        question=telling.say(law.WHICH_CLASS.text),
        article=law.WHICH_CLASS.provision,
        footing="law",
        inputs=telling.inputs(
            ("rows", f"{tested['all_rows']:,}"),
            ("rows with wage in the high class, other than Wsw", f"{high:,}"),
        ),
        result=telling.say(law.LOW_CLASS if tested["small_employer"] else not_small),
    )
