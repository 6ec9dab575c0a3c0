"""Wage of year t-2 that passed over with an undertaking, transfer by transfer (Besluit Wfsv art. 2.15, 2.19d lid 3)."""

from fractions import Fraction
from itertools import count

from quotum.explanations.rebuild import Rebuild
from quotum.explanations.step import SMALL_EMPLOYER, Footing, Step
from quotum.explanations.telling import Telling
from quotum.law.readings import TRANSFERRED_WAGE_OFF
from quotum.law.wfsv import transfers as law
from quotum.law.wfsv.transfers import CorrectedWage, Move, Transfer, counts_for_transferor
from quotum.law.wfsv.wage_before import UNKNOWN, YEARS_BEFORE
from quotum.money import decimal_text, euro_text
from quotum.run.stages.small_employers import corrections_in


def steps(rebuild: Rebuild, telling: Telling) -> tuple[Step, ...]:
    """A step for every transfer of the employer: what does it move? And the wage after those that count."""
    results, rsin, year = rebuild.results, rebuild.rsin, rebuild.year
    own = [transfer for transfer in results.wages.transfers if rsin in (transfer.transferor, transfer.acquirer)]
    if not own:
        return ()
    corrections = corrections_in(rebuild.engine, results.listed, results.wages, year)
    wage = corrections.wages.get(rsin)
    moves = {} if wage is None else {move.transfer: move for move in corrections.moves if _concerns(move, rsin)}
    transfer_steps = (_step(transfer, moves.get(transfer), rsin, year, telling) for transfer in sorted(own, key=_order))
    return (*transfer_steps, *(() if wage is None else (_after(wage, len(moves), year, telling),)))


def _order(transfer: Transfer) -> tuple[object, ...]:
    return transfer.on, transfer.transferor, transfer.acquirer


def _concerns(move: Move, rsin: int) -> bool:
    """Whether a move corrects the wage of an employer, as acquirer or as transferor."""
    return move.transfer.acquirer == rsin or (move.taken_off and move.transfer.transferor == rsin)


def _step(transfer: Transfer, move: Move | None, rsin: int, year: int, telling: Telling) -> Step:
    took_over, before = transfer.acquirer == rsin, year - YEARS_BEFORE
    other = telling.employer(transfer.transferor if took_over else transfer.acquirer)
    share = ("share", _decimal(transfer.share))
    inputs = list(telling.inputs(("day", f"{transfer.on}"), ("from" if took_over else "to", other), share))
    footing: Footing = "law"
    if move is None:
        result, cents = telling.say(law.MOVES_NOTHING, why=_why_not(transfer, rsin, year, telling)), None
    else:
        cents = move.cents if took_over else -move.cents
        inputs += telling.inputs(("wage of the whole", _wage(move.whole, telling)))
        result = telling.say(law.ADDED if took_over else law.TAKEN_OFF, amount=euro_text(move.cents))
        if not took_over or transfer.on.year == before:
            footing = "reading"
            inputs += telling.read_as(TRANSFERRED_WAGE_OFF)
    return telling.step(
        SMALL_EMPLOYER,
        law.MOVES,
        tuple(inputs),
        result,
        question_values={"year": before},
        footing=footing,
        amount_cents=cents,
    )


def _wage(wage: CorrectedWage, telling: Telling) -> str:
    if wage.known:
        return euro_text(wage.known_cents)
    if wage.known_cents:
        return telling.say(law.AT_LEAST, amount=euro_text(wage.known_cents))
    return telling.say(UNKNOWN)


def _after(wage: CorrectedWage, moves: int, year: int, telling: Telling) -> Step:
    inputs = telling.inputs(("transfers that count", f"{moves}"))
    return telling.step(
        SMALL_EMPLOYER,
        law.AFTER_TRANSFERS,
        inputs,
        _wage(wage, telling),
        question_values={"year": year - YEARS_BEFORE},
        amount_cents=wage.known_cents if wage.known else None,
    )


def _why_not(transfer: Transfer, rsin: int, year: int, telling: Telling) -> str:
    """Why a transfer moves nothing for an employer in a year."""
    if transfer.transferor == rsin and counts_for_transferor(transfer, year):
        return telling.say(law.WAGE_NOT_KNOWN, year=year - YEARS_BEFORE)
    if transfer.on.year != year or counts_for_transferor(transfer, year):
        return telling.say(law.OTHER_YEAR, year=year)
    who = law.ACQUIRER if transfer.acquirer == rsin else law.TRANSFEROR
    return telling.say(law.FROM_NEXT_YEAR, who=telling.say(who), year=year + 1)


def _decimal(share: Fraction) -> str:
    """A delivered share as a decimal, exact."""
    places = next(places for places in count() if (share * 10**places).denominator == 1)
    return decimal_text(share, places)
