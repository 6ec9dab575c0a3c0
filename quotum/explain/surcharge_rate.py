"""The rate of the surcharge: given, or solved over the whole country (Wet banenafspraak art. 6 lid 6)."""

from datetime import date

from quotum.errors import SelfCheckFailed
from quotum.explain.settled import OfCountry
from quotum.explain.step import SURCHARGE, Step, cited, footing_of, read_as
from quotum.law.conditions import ENGLISH
from quotum.law.readings import BALANCE, HIGH_RATE_PRODUCT, Reading
from quotum.law.wet_banenafspraak import rate as law
from quotum.money import decimal_text, euro_text, hundredths_text
from quotum.parameters import Figure, Figures

_ACT = "wet_banenafspraak"
_RATE, _BASIS, _HIGH = f"{_ACT}.surcharge_rate", f"{_ACT}.surcharge_basis", "wfsv.aof_high_rate"
_SHARE, _BONUS_RATE = f"{_ACT}.required_share", "wtl.bonus_rate"
_SHOWN_PLACES = 6
_TAKEN = "over all employers that owe, so no rows of one employer give it: taken from macro.json of the run"


def rate_step(figures: Figures, year: int, country: OfCountry) -> tuple[int, Step]:
    """The rate, in hundredths of a percent point of the wage.

    A rate that was solved follows from all employers: it is taken from the run, and what was solved is named.

    Args:
        figures: Parameters of the run.
        year: Calendar year.
        country: What the run decided over the whole country.

    Raises:
        SelfCheckFailed: The run charged another rate than the one it was given, or than its own solution gives.
    """
    on = date(year, 1, 1)
    given = figures.rate_or_rule(_RATE, on)
    high = figures.hundredths(_HIGH, on) if figures.choice(_BASIS, on) == "high_rate" else None
    names = (
        _RATE,
        _BASIS,
        *(() if high is None else (_HIGH,)),
        *((_SHARE, _BONUS_RATE) if given == law.BALANCE else ()),
    )
    sources: list[Figure] = [figures.peek(name, on) for name in names]
    readings: list[Reading] = [] if high is None else [HIGH_RATE_PRODUCT]
    readings += [BALANCE] if given == law.BALANCE else []
    if isinstance(given, str):
        rate, words = _solved(given, country, high)
    else:
        rate, words = law.of_wage(given, high), (("rule", _given_words(given, high)),)
    if rate != country.rate_hundredths or country.rate_source != (given if isinstance(given, str) else law.GIVEN):
        raise SelfCheckFailed("the rate of the surcharge in macro.json is not the one its parameters give")
    return rate, Step(
        rule=SURCHARGE,
        question=law.RATE.text.english,
        article=law.RATE.provision,
        footing=footing_of(sources, readings),
        inputs=(*map(cited, sources), *words, *map(read_as, readings)),
        result=(law.SOLVED_OF_WAGE if isinstance(given, str) else law.OF_WAGE).told(
            ENGLISH, rate=hundredths_text(rate)
        ),
    )


def _given_words(given: int, high: int | None) -> str:
    if high is None:
        return law.AS_GIVEN.english
    return law.OF_HIGH_RATE.told(ENGLISH, share=hundredths_text(given), high=hundredths_text(high))


def _solved(rule: str, country: OfCountry, high: int | None) -> tuple[int, tuple[tuple[str, str], ...]]:
    """A rate solved over the whole country, held against what else the run says of it.

    Raises:
        SelfCheckFailed: The rate is not what the run solved.
    """
    rate = country.rate_hundredths
    words = [("solved", _TAKEN), ("what was solved", law.WHAT_IS_SOLVED[rule].text.english)]
    if rule == law.BALANCE and country.rate_quotient is not None:
        exact = country.rate_quotient
        rate = law.balanced(exact, high)
        words.append(("exact", law.EXACT.told(ENGLISH, exact=decimal_text(exact, _SHOWN_PLACES))))
    elif rule == law.BUDGET and country.surcharge_cents >= country.bonus_cents:
        words.append(("surcharge of all", euro_text(country.surcharge_cents)))
        words.append(("bonus of all", euro_text(country.bonus_cents)))
    else:
        rate = None
    if rate is None:
        raise SelfCheckFailed("macro.json does not bear out that the rate of the surcharge was solved")
    return rate, tuple(words)
