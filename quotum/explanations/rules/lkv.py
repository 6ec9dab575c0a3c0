"""LKV doelgroep banenafspraak and bonus per person, the other benefits, and which benefit is granted."""

from collections.abc import Iterable, Iterator
from typing import Final

from quotum.explanations.evidence import Evidence
from quotum.explanations.rebuild import Rebuild
from quotum.explanations.rules import lkv_rows, other_lkv, rights
from quotum.explanations.rules.employments import histories
from quotum.explanations.rules.rows import Row
from quotum.explanations.settled_rows import Record
from quotum.explanations.step import LKV, OTHER_LKV, Step
from quotum.explanations.telling import Telling, product_words
from quotum.explanations.words import LOST, LOST_WITH_LKV, NOT_GIVEN
from quotum.law import readings
from quotum.law.conditions import Question, Text
from quotum.law.readings import Reading
from quotum.law.wtl import bonus, cumulation
from quotum.law.wtl.cumulation import IN_ORDER_OF_LAW, IN_WORDS_OF_LAW, JOBS_AGREEMENT, is_granted
from quotum.law.wtl.terms import Price
from quotum.money import count_text, euro_text
from quotum.parameters import Figure

_LKV, _BONUS = ("wtl.jobs_agreement_rate", "wtl.jobs_agreement_cap"), ("wtl.bonus_rate", "wtl.bonus_cap")
_CUMULATION: Final = cumulation.WHICH_IS_GRANTED.provision.removeprefix("Wtl art. ")


def steps(rebuild: Rebuild, rows: tuple[Row, ...], papers: Evidence, telling: Telling) -> tuple[Step, ...]:
    """Rights, rows, amounts, other categories and which is granted."""
    people = {row.bsn for row in rows if row.bsn is not None}
    known = histories(rebuild, people)
    year_rights = rights.rights_of_year(rebuild, known, papers, people)
    row_rights = lkv_rows.judge_rows(rows, year_rights)
    worth = rebuild.own(rebuild.results.granted.amounts, "bsn", "place_in_law")
    granted = {
        grant["bsn"]: IN_ORDER_OF_LAW[grant["granted_place"]] for grant in rebuild.own(rebuild.results.granted.granted)
    }
    rebuild.require("hours of the LKV", _hours(row_rights), _stages_hours(worth))
    asked = [row for row in rows if row.bsn is not None and row.asked(JOBS_AGREEMENT)]
    return (
        *rights.steps(rebuild, known, year_rights, papers, _by_declaration(asked, year_rights), telling),
        *(
            rights.lasting_steps(rebuild, known, year_rights, _lasting(asked), telling)
            if year_rights.years is not None
            else ()
        ),
        *lkv_rows.row_steps(row_rights, year_rights, telling),
        *(
            step
            for amount in worth
            if amount["category"] == JOBS_AGREEMENT
            for step in _person_steps(rebuild, amount, granted[amount["bsn"]], telling)
        ),
        *lkv_rows.without_right_steps(row_rights, telling),
        *(() if rebuild.results.terms.due else (_not_due(rebuild.year, telling),)),
        *other_lkv.steps(rebuild, rows, known, papers, worth, telling),
        *_cumulation_steps(worth, granted, telling),
    )


def _by_declaration(asked: Iterable[Row], year_rights: rights.RightsOfYear) -> tuple[int, ...]:
    """People whose right by declaration matters."""
    return tuple(
        dict.fromkeys(
            row.bsn
            for row in asked
            if row.bsn is not None
            and (year_rights.by_declaration or (row.bsn in year_rights.declared and not row.in_target_group))
        )
    )


def _lasting(asked: Iterable[Row]) -> tuple[int, ...]:
    """People whose right in the target group ends after some years."""
    return tuple(dict.fromkeys(row.bsn for row in asked if row.bsn is not None and row.in_target_group))


def _hours(row_rights: Iterable[lkv_rows.RowRight]) -> dict[int, int]:
    hours: dict[int, int] = {}
    for row_right in row_rights:
        if not row_right.not_given and row_right.row.bsn is not None:
            hours[row_right.row.bsn] = hours.get(row_right.row.bsn, 0) + row_right.row.paid_hours
    return hours


def _stages_hours(worth: Iterable[Record]) -> dict[int, int]:
    return {amount["bsn"]: amount["paid_hours"] for amount in worth if amount["category"] == JOBS_AGREEMENT}


def _person_steps(rebuild: Rebuild, amounts: Record, granted: str, telling: Telling) -> Iterator[Step]:
    """The LKV of a person, and the bonus when due."""
    terms, lost = rebuild.results.terms, () if granted == JOBS_AGREEMENT else (is_granted.unmet.code,)

    def step(
        question: Question, column: str, price: Price, loss: Text, figures: tuple[Figure, ...],
        used: tuple[Reading, ...] = (), article: str = "",
    ) -> Step:  # fmt: skip
        hours, cents = amounts["paid_hours"], amounts[column]
        inputs = telling.inputs(("paid hours that count", count_text(hours)))
        amount = product(hours, cents, price, telling)
        return telling.step(
            LKV, question, inputs, telling.say(loss, amount=amount, why=telling.why_not(lost)) if lost else amount,
            article=article, figures=figures, readings=used, amount_cents=0 if lost else cents, adds_to=column,
            not_given=lost, person=telling.person(amounts["bsn"]),
        )  # fmt: skip

    article = f"{bonus.WORTH_IN_LKV.provision}; {_CUMULATION}" if lost else ""
    yield step(bonus.WORTH_IN_LKV, "lkv_cents", terms.lkv_price, LOST, rebuild.figures(*_LKV), article=article)
    if terms.due:
        figures = rebuild.figures(*_BONUS)
        yield step(bonus.WORTH_IN_BONUS, "bonus_cents", terms.bonus_price, LOST_WITH_LKV, figures, bonus.BONUS_READINGS)


def product(hours: int, cents: int, price: Price, telling: Telling) -> str:
    """Hours times an amount per hour, and how the amount that was given differs from it."""
    raw = hours * price.rate_cents
    words = product_words(hours, price.rate_cents, telling)
    if raw == cents:
        return words
    return words + telling.say(bonus.NOT_BELOW_ZERO if raw < 0 else bonus.CUT_OFF, cap=euro_text(price.cap_cents))


def _not_due(year: int, telling: Telling) -> Step:
    """No bonus over a year in which the regime is not activated."""
    due, code = bonus.bonus_due, bonus.bonus_due.unmet.code
    result = telling.say(NOT_GIVEN, why=telling.why_not((code,)))
    return telling.step(
        LKV,
        due,
        telling.inputs(("year", f"{year}")),
        result,
        readings=due.readings,
        amount_cents=0,
        adds_to="bonus_cents",
        not_given=(code,),
    )


def _cumulation_steps(worth: Iterable[Record], granted: dict[int, str], telling: Telling) -> Iterable[Step]:
    """More than one right for a person: the highest is granted and no other (Wtl art. 4.1 lid 3)."""
    by_person: dict[int, list[Record]] = {}
    for amount in worth:
        by_person.setdefault(amount["bsn"], []).append(amount)
    for bsn, amounts in sorted(by_person.items()):
        if len(amounts) > 1:
            yield _cumulation_step(bsn, amounts, granted[bsn], telling)


def _cumulation_step(bsn: int, amounts: list[Record], granted: str, telling: Telling) -> Step:
    used = (readings.BONUS_CUMULATES,) if any(amount["bonus_cents"] for amount in amounts) else ()
    lost = granted != JOBS_AGREEMENT and any(amount["category"] == JOBS_AGREEMENT for amount in amounts)
    inputs = tuple(
        (IN_WORDS_OF_LAW[amount["category"]], euro_text(amount["lkv_cents"] + amount["bonus_cents"]))
        for amount in amounts
    )
    result = telling.say(cumulation.HIGHEST, category=IN_WORDS_OF_LAW[granted])
    return telling.step(
        OTHER_LKV,
        cumulation.WHICH_IS_GRANTED,
        inputs,
        result,
        readings=used,
        not_given=(is_granted.unmet.code,) if lost else (),
        person=telling.person(bsn),
    )
