"""Whether a surcharge is due over a year, and at which rate: decided over the whole country (art. 6 lid 1, 6)."""

from datetime import date
from typing import Final

from quotum.errors import SelfCheckFailed
from quotum.explanations.rebuild import Rebuild
from quotum.explanations.settled_rows import CountryDecisions
from quotum.explanations.step import SURCHARGE, Step, footing_of
from quotum.explanations.telling import Pairs, Telling
from quotum.explanations.words import FROM_MACRO, NOT_GIVEN, NOT_YET, RATE_FROM_MACRO
from quotum.law.readings import BALANCE, HIGH_RATE_PRODUCT, Reading
from quotum.law.wet_banenafspraak import activation
from quotum.law.wet_banenafspraak import rate as law
from quotum.law.wet_banenafspraak.savings_loss import CONDITIONAL
from quotum.money import decimal_text, euro_text, hundredths_text
from quotum.parameters import Figure, Figures

_ACT: Final = "wet_banenafspraak"
_FORCE, _ACTIVATION, _DELAY = f"{_ACT}.in_force_from", f"{_ACT}.activated_in", f"{_ACT}.surcharge_delay_years"
_SECTORS, _REQUIRED = f"{_ACT}.sectors", f"{_ACT}.required_government_share"
_RATE, _BASIS, _HIGH = f"{_ACT}.surcharge_rate", f"{_ACT}.surcharge_basis", "wfsv.aof_high_rate"
_SHARE, _BONUS_RATE = f"{_ACT}.required_share", "wtl.bonus_rate"
_SHOWN_PLACES: Final = 6


def due_step(rebuild: Rebuild, telling: Telling) -> Step:
    """Whether a surcharge is due over the year.

    Raises:
        SelfCheckFailed: Parameters and run differ on whether it depends on the government.
    """
    figures, year, met = rebuild.run.figures, rebuild.year, rebuild.run.country.condition_met
    last = date(year, 12, 31)
    names = [name for name in (_FORCE, _ACTIVATION) if figures.has(name, last)]
    sources = [figures.peek(name, last) for name in (*names, *((_DELAY,) if _ACTIVATION in names else ()))]
    depends = _depends(figures, year, met)
    sources += [figures.peek(name, date(year, 1, 1)) for name in (_SECTORS, _REQUIRED)] if depends else []
    in_force_from = figures.day(_FORCE, last) if _FORCE in names else telling.say(NOT_YET)
    due, code = rebuild.results.terms.due, activation.NOT_DUE.code
    verdict = telling.yes_no(True) if due else telling.say(NOT_GIVEN, why=telling.why_not((code,)))
    inputs = (
        *telling.inputs(("articles 1 to 6 in force from", f"{in_force_from}")),
        *telling.citations(*sources),
        *(telling.inputs(("what government realised", telling.say(FROM_MACRO))) if depends else ()),
    )
    result = f"{verdict}: {_reason_words(figures, last, met, telling)}"
    return telling.step(
        SURCHARGE,
        activation.DUE,
        inputs,
        result,
        question_values={"year": year},
        footing=footing_of(sources),
        not_given=() if due else (code,),
    )


def _reason_words(figures: Figures, last: date, met: bool | None, telling: Telling) -> str:
    """When it was activated, and whether government realised enough where it depends on that."""
    if not figures.has(_ACTIVATION, last):
        words = telling.say(activation.NOT_ACTIVATED)
    else:
        activated_in = figures.whole(_ACTIVATION, last)
        first = activation.first_year_due(activated_in, figures.whole(_DELAY, last))
        words = telling.say(activation.ACTIVATED, activated_in=activated_in, first=first)
    if met is None:
        return words
    return words + telling.say(activation.REALISED_ENOUGH if met else activation.NOT_REALISED_ENOUGH)


def _depends(figures: Figures, year: int, met: bool | None) -> bool:
    """Whether surcharge and bonus depend on what government realised: counted over the whole country."""
    on = date(year, 1, 1)
    depends = figures.has(_REQUIRED, on) and figures.choice(_SECTORS, on) == CONDITIONAL
    if depends != (met is not None):
        raise SelfCheckFailed("macro.json and the parameters differ on whether the surcharge depends on the government")
    return depends


def rate_step(rebuild: Rebuild, telling: Telling) -> Step:
    """The rate: given, or solved over all employers and taken from the run.

    Raises:
        SelfCheckFailed: The run charged another rate than was given, or than its own solution gives.
    """
    figures, country, on = rebuild.run.figures, rebuild.run.country, date(rebuild.year, 1, 1)
    given = figures.rate_or_rule(_RATE, on)
    high = figures.hundredths(_HIGH, on) if figures.choice(_BASIS, on) == "high_rate" else None
    names = (_RATE, _BASIS, *(() if high is None else (_HIGH,)))
    names = (*names, *((_SHARE, _BONUS_RATE) if given == law.BALANCE else ()))
    sources: list[Figure] = [figures.peek(name, on) for name in names]
    readings: list[Reading] = [] if high is None else [HIGH_RATE_PRODUCT]
    readings += [BALANCE] if given == law.BALANCE else []
    if isinstance(given, str):
        source, result = given, law.SOLVED_OF_WAGE
        rate, words = _solution(given, country, high, telling)
    else:
        source, result = law.GIVEN, law.OF_WAGE
        rate, words = law.of_wage(given, high), telling.inputs(("rule", _given_words(given, high, telling)))
    if (rate, source) != (country.rate_hundredths, country.rate_source):
        raise SelfCheckFailed("the rate of the surcharge in macro.json is not the one its parameters give")
    inputs = (*telling.citations(*sources), *words, *telling.read_as(*readings))
    return telling.step(
        SURCHARGE,
        law.RATE,
        inputs,
        telling.say(result, rate=hundredths_text(rate)),
        footing=footing_of(sources, readings),
    )


def _given_words(given: int, high: int | None, telling: Telling) -> str:
    if high is None:
        return telling.say(law.AS_GIVEN)
    return telling.say(law.OF_HIGH_RATE, share=hundredths_text(given), high=hundredths_text(high))


def _solution(rule: str, country: CountryDecisions, high: int | None, telling: Telling) -> tuple[int, Pairs]:
    """A rate solved over the whole country, compared with the totals of the run.

    Raises:
        SelfCheckFailed: The rate is not what the run solved.
    """
    rate = country.rate_hundredths
    words = [("solved", telling.say(RATE_FROM_MACRO)), ("what was solved", telling.say(law.WHAT_IS_SOLVED[rule].text))]
    if rule == law.BALANCE and country.rate_quotient is not None:
        exact = country.rate_quotient
        rate = law.balanced(exact, high)
        words.append(("exact", telling.say(law.EXACT, exact=decimal_text(exact, _SHOWN_PLACES))))
    elif rule == law.BUDGET and country.surcharge_cents >= country.bonus_cents:
        words.append(("surcharge of all", euro_text(country.surcharge_cents)))
        words.append(("bonus of all", euro_text(country.bonus_cents)))
    else:
        rate = None
    if rate is None:
        raise SelfCheckFailed("macro.json does not bear out that the rate of the surcharge was solved")
    return rate, telling.inputs(*words)
