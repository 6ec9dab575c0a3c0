"""Wage of year t-2 that passed over with an undertaking, transfer by transfer (Besluit Wfsv art. 2.15, 2.19d lid 3).

Written beside `quotum.law.wfsv.transfers.corrected_wages`: this walk keeps what every transfer moved.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import count, groupby

from attrs import evolve, frozen

from quotum.explain.predecessors import Transfers
from quotum.explain.step import SMALL_EMPLOYER, Footing, Step, read_as
from quotum.law.readings import TRANSFERRED_WAGE_OFF
from quotum.law.wfsv.transfers import YEARS_BEFORE, Transfer, counts_for_acquirer, counts_for_transferor
from quotum.money import decimal_text, euro_text, round_half_up

_ARTICLE = "Besluit Wfsv art. 2.15 lid 1 b, 2, 3; art. 2.19d lid 3"


@frozen
class Wage:
    """What is known of the premium wage of t-2 of an employer."""

    cents: int
    """What is known of it; no more than a lower bound when a part is unknown."""
    known: bool
    """Whether that is all."""

    def plus(self, cents: int, *, known: bool = True) -> "Wage":
        """With something more."""
        return Wage(self.cents + cents, self.known and known)

    def __str__(self) -> str:
        """The wage, in words."""
        if self.known:
            return euro_text(self.cents)
        return f"at least {euro_text(self.cents)}, a part is unknown" if self.cents else "unknown"


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
    counting = [one for one in transfers.all if _counts(one, transfers, year)]
    have = {
        party: Wage(wages.get(party, 0), party in wages or _began_after(transfers, party, year - YEARS_BEFORE))
        for one in counting
        for party in (one.transferor, one.acquirer)
    }
    moves = [
        move
        for _, in_year in groupby(counting, key=lambda one: one.on.year)
        for move in _moves_of_year(list(in_year), have, year)
    ]
    mine = tuple(one for one in moves if one.concerns(rsin))
    took_over = any(one.transfer.acquirer == rsin for one in mine)
    return Corrected(have[rsin], mine, took_over) if mine and (took_over or rsin in wages) else None


def _counts(one: Transfer, transfers: Transfers, year: int) -> bool:
    listed = transfers.listed.get(one.acquirer)
    return counts_for_acquirer(one, year, listed.started_on if listed else None)


def _began_after(transfers: Transfers, party: int, year: int) -> bool:
    return party in transfers.listed and transfers.listed[party].started_on.year > year


def _moves_of_year(transfers: Iterable[Transfer], have: dict[int, Wage], year: int) -> list[Move]:
    """A share is of the whole at the start of the year, and of what came in on earlier days of it."""
    moves: list[Move] = []
    whole = dict(have)
    for _, on_day in groupby(transfers, key=lambda one: one.on):
        today = [
            Move(
                one,
                whole[one.transferor],
                round_half_up(whole[one.transferor].cents * one.share),
                taken_off=counts_for_transferor(one, year),
            )
            for one in on_day
        ]
        for move in today:
            giver, taker = move.transfer.transferor, move.transfer.acquirer
            if move.taken_off:
                have[giver] = evolve(have[giver], cents=have[giver].cents - move.cents)
            have[taker] = have[taker].plus(move.cents, known=move.whole.known)
            whole[taker] = whole[taker].plus(move.cents, known=move.whole.known)
        moves += today
    return moves


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
        result, cents = f"nothing: {_why_not(one, rsin, year)}", None
    else:
        cents = move.cents if took_over else -move.cents
        inputs.append(("wage of the whole", f"{move.whole}"))
        result = f"{euro_text(move.cents)} is {'added' if took_over else 'taken off'}"
        if not took_over or one.on.year == year - YEARS_BEFORE:
            footing = "reading"
            inputs.append(read_as(TRANSFERRED_WAGE_OFF))
    return Step(
        rule=SMALL_EMPLOYER,
        question=f"What does this transfer of undertaking do to the premium wage of {year - YEARS_BEFORE}?",
        article=_ARTICLE,
        footing=footing,
        inputs=tuple(inputs),
        result=result,
        amount_cents=cents,
    )


def _why_not(one: Transfer, rsin: int, year: int) -> str:
    """Why a transfer moves nothing for an employer in a year."""
    if one.transferor == rsin and counts_for_transferor(one, year):
        return f"the premium wage of {year - YEARS_BEFORE} of the transferor is not known"
    if one.on.year != year or counts_for_transferor(one, year):
        return f"it does not correct the wage for {year}"
    who = "an acquirer that was an employer already" if one.acquirer == rsin else "a transferor"
    return f"for {who} it counts from 1 January {year + 1}"


def _decimal(share: Fraction) -> str:
    """A delivered share as a decimal, exact."""
    places = next(places for places in count() if (share * 10**places).denominator == 1)
    return decimal_text(share, places)
