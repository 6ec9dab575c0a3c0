"""LKV doelgroep banenafspraak and bonus per person, the other benefits, and which of them is granted (rule 5)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from quotum.explain.evidence import Evidence
from quotum.explain.remaking import Remade
from quotum.explain.rules import lkv_rows, other_lkv, rights
from quotum.explain.rules.employments import histories
from quotum.explain.rules.rows import Row
from quotum.explain.settled import Record
from quotum.explain.step import LKV, OTHER_LKV, Step, footing_of
from quotum.explain.telling import Telling, multiplied
from quotum.explain.words import LOST, LOST_WITH_LKV, NOT_GIVEN
from quotum.law import readings
from quotum.law.wtl import bonus, cumulation
from quotum.law.wtl.cumulation import IN_ORDER_OF_LAW, IN_WORDS_OF_LAW, JOBS_AGREEMENT, is_granted
from quotum.law.wtl.terms import Price
from quotum.money import euro_text

_LKV, _BONUS = ("wtl.jobs_agreement_rate", "wtl.jobs_agreement_cap"), ("wtl.bonus_rate", "wtl.bonus_cap")
_CUMULATION: Final = cumulation.WHICH_IS_GRANTED.provision.removeprefix("Wtl art. ")


def steps(remade: Remade, rows: tuple[Row, ...], papers: Evidence, telling: Telling) -> tuple[Step, ...]:
    """Rights, rows, amounts, other categories and which is granted."""
    people = {row.bsn for row in rows if row.bsn is not None}
    known = histories(remade, people)
    held = rights.held(remade, known, papers, people)
    found = lkv_rows.judged(rows, held)
    worth = remade.own(remade.made.granted.amounts, "bsn", "place_in_law")
    granted = {one["bsn"]: IN_ORDER_OF_LAW[one["granted_place"]] for one in remade.own(remade.made.granted.granted)}
    remade.require("hours of the LKV", _hours(found), _stages_hours(worth))
    asked = [row for row in rows if row.bsn is not None and row.asked(JOBS_AGREEMENT)]
    return (
        *rights.steps(remade, known, held, papers, _by_declaration(asked, held), telling),
        *(rights.lasting_steps(remade, known, held, _lasting(asked), telling) if held.years is not None else ()),
        *lkv_rows.row_steps(found, held, telling),
        *(
            step
            for one in worth
            if one["category"] == JOBS_AGREEMENT
            for step in _person_steps(remade, one, granted[one["bsn"]], telling)
        ),
        *lkv_rows.without_right_steps(found, telling),
        *(() if remade.made.terms.due else (_not_due(remade.year, telling),)),
        *other_lkv.steps(remade, rows, known, papers, worth, telling),
        *_cumulation_steps(worth, granted, telling),
    )


def _by_declaration(asked: Iterable[Row], held: rights.Held) -> tuple[int, ...]:
    """Those whose right by declaration matters."""
    return tuple(
        dict.fromkeys(
            row.bsn
            for row in asked
            if row.bsn is not None and (held.by_declaration or (row.bsn in held.declared and not row.in_target_group))
        )
    )


def _lasting(asked: Iterable[Row]) -> tuple[int, ...]:
    """Those whose right in the target group ends after some years."""
    return tuple(dict.fromkeys(row.bsn for row in asked if row.bsn is not None and row.in_target_group))


def _hours(found: Iterable[lkv_rows.RowRight]) -> dict[int, int]:
    hours: dict[int, int] = {}
    for one in found:
        if not one.not_given and one.row.bsn is not None:
            hours[one.row.bsn] = hours.get(one.row.bsn, 0) + one.row.paid_hours
    return hours


def _stages_hours(worth: Iterable[Record]) -> dict[int, int]:
    return {one["bsn"]: one["paid_hours"] for one in worth if one["category"] == JOBS_AGREEMENT}


def _person_steps(remade: Remade, one: Record, granted: str, telling: Telling) -> Iterable[Step]:
    """The LKV of a person, and the bonus when one is due."""
    lost = () if granted == JOBS_AGREEMENT else (is_granted.unmet.code,)
    terms = remade.made.terms
    yield _lkv_step(remade, one, lost, telling)
    if terms.due:
        yield _bonus_step(remade, one, lost, telling)


def _lkv_step(remade: Remade, one: Record, lost: tuple[str, ...], telling: Telling) -> Step:
    figures = [remade.run.figures.peek(name, date(remade.year, 1, 1)) for name in _LKV]
    amount = product(one["paid_hours"], one["lkv_cents"], remade.made.terms.lkv_price, telling)
    provision = bonus.WORTH_IN_LKV.provision
    return Step(
        rule=LKV,
        question=telling.say(bonus.WORTH_IN_LKV.text),
        article=f"{provision}; {_CUMULATION}" if lost else provision,
        footing=footing_of(figures),
        inputs=(
            *telling.inputs(("paid hours that count", f"{one['paid_hours']:,}")),
            *telling.cited(*figures),
        ),
        result=telling.say(LOST, amount=amount, why=telling.why_not(lost)) if lost else amount,
        amount_cents=0 if lost else one["lkv_cents"],
        adds_to="lkv_cents",
        not_given=lost,
        person=telling.person(one["bsn"]),
    )


def _bonus_step(remade: Remade, one: Record, lost: tuple[str, ...], telling: Telling) -> Step:
    figures = [remade.run.figures.peek(name, date(remade.year, 1, 1)) for name in _BONUS]
    amount = product(one["paid_hours"], one["bonus_cents"], remade.made.terms.bonus_price, telling)
    return Step(
        rule=LKV,
        question=telling.say(bonus.WORTH_IN_BONUS.text),
        article=bonus.WORTH_IN_BONUS.provision,
        footing=footing_of(figures, bonus.BONUS_READINGS),
        inputs=(
            *telling.inputs(("paid hours that count", f"{one['paid_hours']:,}")),
            *telling.cited(*figures),
            *telling.read_as(*bonus.BONUS_READINGS),
        ),
        result=telling.say(LOST_WITH_LKV, amount=amount, why=telling.why_not(lost)) if lost else amount,
        amount_cents=0 if lost else one["bonus_cents"],
        adds_to="bonus_cents",
        not_given=lost,
        person=telling.person(one["bsn"]),
    )


def product(hours: int, cents: int, price: Price, telling: Telling) -> str:
    """Hours times an amount per hour, with how what was given differs from it."""
    raw = hours * price.rate_cents
    words = multiplied(hours, price.rate_cents, telling)
    if raw == cents:
        return words
    return words + telling.say(bonus.NOT_BELOW_ZERO if raw < 0 else bonus.CUT_OFF, cap=euro_text(price.cap_cents))


def _not_due(year: int, telling: Telling) -> Step:
    """No bonus over a year in which the regime is not activated."""
    due, code = bonus.bonus_due, bonus.bonus_due.unmet.code
    return Step(
        rule=LKV,
        question=telling.say(due.question),
        article=due.provision,
        footing="reading",
        inputs=(*telling.inputs(("year", f"{year}")), *telling.read_as(*due.readings)),
        result=telling.say(NOT_GIVEN, why=telling.why_not((code,))),
        amount_cents=0,
        adds_to="bonus_cents",
        not_given=(code,),
    )


def _cumulation_steps(worth: Iterable[Record], granted: dict[int, str], telling: Telling) -> Iterable[Step]:
    """More than one right for a person: the highest is granted and no other (Wtl art. 4.1 lid 3)."""
    by_person: dict[int, list[Record]] = {}
    for one in worth:
        by_person.setdefault(one["bsn"], []).append(one)
    for bsn, those in sorted(by_person.items()):
        if len(those) > 1:
            yield _cumulation_step(bsn, those, granted[bsn], telling)


def _cumulation_step(bsn: int, those: list[Record], granted: str, telling: Telling) -> Step:
    used = (readings.BONUS_CUMULATES,) if any(one["bonus_cents"] for one in those) else ()
    lost = granted != JOBS_AGREEMENT and any(one["category"] == JOBS_AGREEMENT for one in those)
    return Step(
        rule=OTHER_LKV,
        question=telling.say(cumulation.WHICH_IS_GRANTED.text),
        article=cumulation.WHICH_IS_GRANTED.provision,
        footing=footing_of(readings=used),
        inputs=(
            *((IN_WORDS_OF_LAW[one["category"]], euro_text(one["lkv_cents"] + one["bonus_cents"])) for one in those),
            *telling.read_as(*used),
        ),
        result=telling.say(cumulation.HIGHEST, category=IN_WORDS_OF_LAW[granted]),
        not_given=(is_granted.unmet.code,) if lost else (),
        person=telling.person(bsn),
    )
