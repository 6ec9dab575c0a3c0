"""Wage of year t-2 that passed over with an undertaking, transfer by transfer (Besluit Wfsv art. 2.15, 2.19d lid 3)."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import count

from attrs import frozen

from quotum.explain.predecessors import Transfers
from quotum.explain.step import SMALL_EMPLOYER, Footing, Step, read_as
from quotum.law.conditions import ENGLISH
from quotum.law.readings import TRANSFERRED_WAGE_OFF
from quotum.law.wfsv import transfers as law
from quotum.law.wfsv.transfers import CorrectedWage, Transfer, corrections, counts_for_transferor
from quotum.law.wfsv.wage_before import UNKNOWN, YEARS_BEFORE
from quotum.money import decimal_text, euro_text


@frozen
class Wage:
    """What is known of the premium wage of t-2 of an employer."""

    cents: int
    """What is known of it; no more than a lower bound when a part is unknown."""
    known: bool
    """Whether that is all."""

    def __str__(self) -> str:
        """The wage, in words."""
        if self.known:
            return euro_text(self.cents)
        if self.cents:
            return law.AT_LEAST.told(ENGLISH, amount=euro_text(self.cents))
        return UNKNOWN.told(ENGLISH)


@frozen
class Move:
    """What one transfer moved."""

    transfer: Transfer
    """The transfer."""
    whole: Wage
    """Wage of the transferor of which it is a share."""
    cents: int
    """What passed over."""
    taken_off: bool
    """Whether it is off the transferor's wage in this year already."""

    def concerns(self, rsin: int) -> bool:
        """Whether it corrects the wage of an employer: what it takes over, and what is off its own wage."""
        return self.transfer.acquirer == rsin or (self.taken_off and self.transfer.transferor == rsin)


@frozen
class Corrected:
    """The wage of an employer after the transfers that count."""

    wage: Wage
    """The wage to test."""
    moves: tuple[Move, ...]
    """What each transfer that counts for the employer moved, in order of day."""
    took_over: bool = True
    """Whether it took over anything."""

    def decisive_cents(self, limit_cents: int | None) -> int | None:
        """The wage to test; None when it is not known well enough: what is known decides alone above a limit."""
        enough = self.wage.known or (limit_cents is not None and self.wage.cents > limit_cents)
        return self.wage.cents if enough else None


def corrected(rsin: int, transfers: Transfers, wages: Mapping[int, int], year: int) -> Corrected | None:
    """The wage of t-2 of an employer after transfers; None when none corrects it.

    Args:
        rsin: The employer.
        transfers: The transfers around it.
        wages: Premium wage of t-2 of it and its predecessors, cents; absent when unknown.
        year: Year t.
    """
    started_on = {party: listed.started_on for party, listed in transfers.listed.items()}
    found = corrections(transfers.all, wages, started_on, year)
    if rsin not in found.wages:
        return None
    moves = (Move(one.transfer, _wage(one.whole), one.cents, one.taken_off) for one in found.moves)
    wage = found.wages[rsin]
    return Corrected(_wage(wage), tuple(one for one in moves if one.concerns(rsin)), wage.took_over)


def _wage(wage: CorrectedWage) -> Wage:
    return Wage(wage.known_cents, wage.known)


def transfer_steps(
    rsin: int, transfers: Transfers, found: Corrected | None, year: int, employer: Callable[[int], str]
) -> tuple[Step, ...]:
    """A step for every transfer of the employer: does it count for the year, and what does it move?"""
    moves = {one.transfer: one for one in found.moves} if found else {}
    mine = [one for one in transfers.all if rsin in (one.transferor, one.acquirer)]
    return tuple(_step(one, moves.get(one), rsin, year, employer) for one in mine)


def _step(one: Transfer, move: Move | None, rsin: int, year: int, employer: Callable[[int], str]) -> Step:
    took_over = one.acquirer == rsin
    other = employer(one.transferor if took_over else one.acquirer)
    inputs = [("day", f"{one.on}"), ("from" if took_over else "to", other), ("share", _decimal(one.share))]
    footing: Footing = "law"
    if move is None:
        result, cents = law.MOVES_NOTHING.told(ENGLISH, why=_why_not(one, rsin, year)), None
    else:
        cents = move.cents if took_over else -move.cents
        inputs.append(("wage of the whole", f"{move.whole}"))
        does = law.ADDED if took_over else law.TAKEN_OFF
        result = does.told(ENGLISH, amount=euro_text(move.cents))
        if not took_over or one.on.year == year - YEARS_BEFORE:
            footing = "reading"
            inputs.append(read_as(TRANSFERRED_WAGE_OFF))
    return Step(
        rule=SMALL_EMPLOYER,
        question=law.MOVES.text.told(ENGLISH, year=year - YEARS_BEFORE),
        article=law.MOVES.provision,
        footing=footing,
        inputs=tuple(inputs),
        result=result,
        amount_cents=cents,
    )


def _why_not(one: Transfer, rsin: int, year: int) -> str:
    """Why a transfer moves nothing for an employer in a year."""
    if one.transferor == rsin and counts_for_transferor(one, year):
        return law.WAGE_NOT_KNOWN.told(ENGLISH, year=year - YEARS_BEFORE)
    if one.on.year != year or counts_for_transferor(one, year):
        return law.OTHER_YEAR.told(ENGLISH, year=year)
    who = law.ACQUIRER if one.acquirer == rsin else law.TRANSFEROR
    return law.FROM_NEXT_YEAR.told(ENGLISH, who=who.told(ENGLISH), year=year + 1)


def _decimal(share: Fraction) -> str:
    """A delivered share as a decimal, exact."""
    places = next(places for places in count() if (share * 10**places).denominator == 1)
    return decimal_text(share, places)
