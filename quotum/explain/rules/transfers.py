"""Wage of year t-2 that passed over with an undertaking, transfer by transfer (Besluit Wfsv art. 2.15, 2.19d lid 3)."""

from fractions import Fraction
from itertools import count

from quotum.explain.remaking import Remade
from quotum.explain.step import SMALL_EMPLOYER, Footing, Step
from quotum.explain.telling import Telling
from quotum.law.readings import TRANSFERRED_WAGE_OFF
from quotum.law.wfsv import transfers as law
from quotum.law.wfsv.transfers import CorrectedWage, Move, Transfer, counts_for_transferor
from quotum.law.wfsv.wage_before import UNKNOWN, YEARS_BEFORE
from quotum.money import decimal_text, euro_text
from quotum.run.stages.small_employers import corrections_in


def steps(remade: Remade, telling: Telling) -> tuple[Step, ...]:
    """A step for every transfer of the employer: what does it move? And the wage after those that count."""
    made, rsin, year = remade.made, remade.rsin, remade.year
    mine = [one for one in made.wages.transfers if rsin in (one.transferor, one.acquirer)]
    if not mine:
        return ()
    found = corrections_in(remade.engine, made.listed, made.wages, year)
    wage = found.wages.get(rsin)
    moves = {} if wage is None else {one.transfer: one for one in found.moves if _concerns(one, rsin)}
    told = (_step(one, moves.get(one), rsin, year, telling) for one in sorted(mine, key=_order))
    return (*told, *(() if wage is None else (_after(wage, len(moves), year, telling),)))


def _order(one: Transfer) -> tuple[object, ...]:
    return one.on, one.transferor, one.acquirer


def _concerns(move: Move, rsin: int) -> bool:
    """Whether it corrects the wage of an employer: what it takes over, and what is off its own wage."""
    return move.transfer.acquirer == rsin or (move.taken_off and move.transfer.transferor == rsin)


def _step(one: Transfer, move: Move | None, rsin: int, year: int, telling: Telling) -> Step:
    took_over, before = one.acquirer == rsin, year - YEARS_BEFORE
    other = telling.employer(one.transferor if took_over else one.acquirer)
    share = ("share", _decimal(one.share))
    inputs = list(telling.inputs(("day", f"{one.on}"), ("from" if took_over else "to", other), share))
    footing: Footing = "law"
    if move is None:
        result, cents = telling.say(law.MOVES_NOTHING, why=_why_not(one, rsin, year, telling)), None
    else:
        cents = move.cents if took_over else -move.cents
        inputs += telling.inputs(("wage of the whole", _wage(move.whole, telling)))
        result = telling.say(law.ADDED if took_over else law.TAKEN_OFF, amount=euro_text(move.cents))
        if not took_over or one.on.year == before:
            footing = "reading"
            inputs += telling.read_as(TRANSFERRED_WAGE_OFF)
    return Step(
        rule=SMALL_EMPLOYER,
        question=telling.say(law.MOVES.text, year=before),
        article=law.MOVES.provision,
        footing=footing,
        inputs=tuple(inputs),
        result=result,
        amount_cents=cents,
    )


def _wage(wage: CorrectedWage, telling: Telling) -> str:
    if wage.known:
        return euro_text(wage.known_cents)
    if wage.known_cents:
        return telling.say(law.AT_LEAST, amount=euro_text(wage.known_cents))
    return telling.say(UNKNOWN)


def _after(wage: CorrectedWage, moves: int, year: int, telling: Telling) -> Step:
    return Step(
        rule=SMALL_EMPLOYER,
        question=telling.say(law.AFTER_TRANSFERS.text, year=year - YEARS_BEFORE),
        article=law.AFTER_TRANSFERS.provision,
        footing="law",
        inputs=telling.inputs(("transfers that count", f"{moves}")),
        result=_wage(wage, telling),
        amount_cents=wage.known_cents if wage.known else None,
    )


def _why_not(one: Transfer, rsin: int, year: int, telling: Telling) -> str:
    """Why a transfer moves nothing for an employer in a year."""
    if one.transferor == rsin and counts_for_transferor(one, year):
        return telling.say(law.WAGE_NOT_KNOWN, year=year - YEARS_BEFORE)
    if one.on.year != year or counts_for_transferor(one, year):
        return telling.say(law.OTHER_YEAR, year=year)
    who = law.ACQUIRER if one.acquirer == rsin else law.TRANSFEROR
    return telling.say(law.FROM_NEXT_YEAR, who=telling.say(who), year=year + 1)


def _decimal(share: Fraction) -> str:
    """A delivered share as a decimal, exact."""
    places = next(places for places in count() if (share * 10**places).denominator == 1)
    return decimal_text(share, places)
