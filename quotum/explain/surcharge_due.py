"""Whether a surcharge is due over a year, and from this employer (Wet banenafspraak art. 6 lid 1, 3)."""

from datetime import date

from quotum.errors import SelfCheckFailed
from quotum.explain.step import NOT_DUE, SMALL, SURCHARGE, WHY_NOT, Step, cited, footing_of
from quotum.law.conditions import ENGLISH
from quotum.law.wet_banenafspraak import activation as law
from quotum.law.wet_banenafspraak.savings_loss import CONDITIONAL
from quotum.law.wet_banenafspraak.surcharge import not_small
from quotum.parameters import Figures

_ACT = "wet_banenafspraak"
_SECTORS, _REQUIRED = f"{_ACT}.sectors", f"{_ACT}.required_government_share"


def due_step(figures: Figures, year: int, condition_met: bool | None = None) -> tuple[bool, Step]:
    """Whether a surcharge is due over the year.

    Args:
        figures: Parameters of the run.
        year: Calendar year.
        condition_met: Whether government realised enough, as the run found over the whole country; None when
            nothing depends on it.

    Raises:
        SelfCheckFailed: The parameters make it depend on the government, and the run did not say, or the other way.
    """
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
        why = law.NOT_ACTIVATED.english
    else:
        first = law.first_year_due(activated_in, years)
        why = law.ACTIVATED.told(ENGLISH, activated_in=activated_in, first=first)
    condition = _condition(figures, year, condition_met)
    if condition:
        found += [figures.peek(name, date(year, 1, 1)) for name in (_SECTORS, _REQUIRED)]
        due = due and bool(condition_met)
        why += (law.REALISED_ENOUGH if condition_met else law.NOT_REALISED_ENOUGH).english
    return due, Step(
        rule=SURCHARGE,
        question=law.DUE.text.told(ENGLISH, year=year),
        article=law.DUE.provision,
        footing=footing_of(found),
        inputs=(("articles 1 to 6 in force from", f"{in_force_from or 'not yet'}"), *map(cited, found), *condition),
        result=f"{'yes' if due else f'not given: {WHY_NOT[NOT_DUE]}'}: {why}",
        not_given=() if due else (NOT_DUE,),
    )


def _condition(figures: Figures, year: int, met: bool | None) -> tuple[tuple[str, str], ...]:
    """Where surcharge and bonus depend on what government realised: counted over the whole country."""
    on = date(year, 1, 1)
    depends = figures.has(_REQUIRED, on) and figures.choice(_SECTORS, on) == CONDITIONAL
    if depends != (met is not None):
        raise SelfCheckFailed("macro.json and the parameters differ on whether the surcharge depends on the government")
    words = "counted over the whole country, not from the rows of this employer: taken from macro.json of the run"
    return (("what government realised", words),) if depends else ()


def exempt_step() -> Step:
    """A small employer owes nothing."""
    return Step(
        rule=SURCHARGE,
        question=not_small.question.english,
        article=not_small.provision,
        footing="law",
        inputs=(("small employer", "yes"),),
        result=f"no: {WHY_NOT[SMALL]}",
        amount_cents=0,
        adds_to="surcharge_cents",
        not_given=(SMALL,),
    )
