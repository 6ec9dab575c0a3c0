"""Transfer of undertaking (overgang van onderneming): Besluit Wfsv art. 2.15 lid 1 b, 2, 3; art. 2.19d lid 3.

Wage taken over is added to the acquirer's premium wage of year t-2 and, by a reading, taken off the
transferor's. Few employers transfer anything, so this is ordinary arithmetic over a small table.

For which years t a transfer on day d matters: t-2 must hold a day on which the transferor still had
what passed over (later wage the acquirer reported itself), and t must come after it. With y the
year of the last day before d those are t = y + 1 and t = y + 2: a transfer on 1 May 2025 counts for
2026 and 2027, one on 1 January 2026 for 2026 and 2027 as well. That is judged per employer (art.
2.19d lid 3): for an acquirer that was no employer before, a transfer within the year counts for that
year too, and its transferor, which always was an employer, still has the wage in that year. So in
that one year the same wage is tested at both. A doubt: over the year of the transfer itself (t = y +
2) the transferor's wage holds the part only until d; the provision (art. 2.15 lid 2) knows one share
of the whole and no proportion in time, and so does this module.

What counts for the acquirer of a transfer moves; what does not, moves nothing, neither to it nor
through it to a third: an employer that took over within the year and was one already passes on its
own wage of t-2 only (art. 2.15 lid 2 takes the share of the wage that is the transferor's in that year).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Final

from attrs import evolve, frozen

from quotum.law.conditions import Question, Text
from quotum.law.wfsv.wage_before import YEARS_BEFORE
from quotum.money import round_half_up

MOVES: Final = Question(
    "Besluit Wfsv art. 2.15 lid 1 b, 2, 3; art. 2.19d lid 3",
    Text(
        "What does this transfer of undertaking do to the premium wage of {year}?",
        "Wat doet deze overgang van onderneming met het premieplichtige loon van {year}?",
    ),
)
ADDED: Final = Text("{amount} is added", "{amount} komt erbij")
TAKEN_OFF: Final = Text("{amount} is taken off", "{amount} gaat eraf")
MOVES_NOTHING: Final = Text("nothing: {why}", "niets: {why}")
WAGE_NOT_KNOWN: Final = Text(
    "the premium wage of {year} of the transferor is not known",
    "het premieplichtige loon van {year} van de overdrager is niet bekend",
)
OTHER_YEAR: Final = Text("it does not correct the wage for {year}", "zij wijzigt het loon voor {year} niet")
FROM_NEXT_YEAR: Final = Text("for {who} it counts from 1 January {year}", "voor {who} telt zij vanaf 1 januari {year}")
ACQUIRER: Final = Text("an acquirer that was an employer already", "een verkrijger die al werkgever was")
TRANSFEROR: Final = Text("a transferor", "een overdrager")
AFTER_TRANSFERS: Final = Question(
    "Besluit Wfsv art. 2.15 lid 2, 3; art. 2.19d lid 3",
    Text(
        "What is the premium wage of {year} after transfers of undertaking?",
        "Wat is het premieplichtige loon van {year} na overgang van onderneming?",
    ),
)
AT_LEAST: Final = Text("at least {amount}, a part is unknown", "ten minste {amount}, een deel is onbekend")


@frozen
class Transfer:
    """One transfer of an undertaking, or of a part of one."""

    transferor: int
    """RSIN of who had it."""
    acquirer: int
    """RSIN of who took it over."""
    on: date
    """Day of the transfer."""
    share: Fraction
    """Wage of the part over the wage of the whole in the year before, between 0 and 1."""


@frozen
class CorrectedWage:
    """The premium wage of t-2 of an employer that a transfer touches."""

    known_cents: int = 0
    """What is known of it, in cents."""
    known: bool = True
    """Whether that is all; when a part is unknown, `known_cents` is no more than a lower bound."""
    took_over: bool = False
    """Whether it took over anything: then it did not start without a transfer (art. 2.19d lid 4)."""
    took_over_unknown: bool = False
    """Whether it took over wage that is not known."""
    took_over_too_much: bool = False
    """Whether the shares that a transferor of it passed on in one year add up to more than the whole."""

    def decisive_cents(self, limit_cents: int | None) -> int | None:
        """The wage to test; None when it is not known well enough.

        What is known of it decides alone when it is above the limit already: the employer cannot be
        small then, whatever the rest is. Without a limit (None) nobody is tested, and only a wage
        that is all known is one.
        """
        above = limit_cents is not None and self.known_cents > limit_cents
        return self.known_cents if self.known or above else None


@frozen
class Move:
    """What a transfer that counts for a year moves."""

    transfer: Transfer
    """The transfer."""
    whole: CorrectedWage
    """Wage of the transferor of which it is a share."""
    cents: int
    """What passes over."""
    taken_off: bool
    """Whether it is off the transferor's wage in this year already."""


@frozen
class Corrections:
    """What transfers of undertaking do to the wages of t-2."""

    wages: dict[int, CorrectedWage]
    """By RSIN: of acquirers, and of transferors whose own wage is known, for which a transfer counts."""
    moves: tuple[Move, ...]
    """What each transfer that counts moves, in order of day."""


def was_no_employer_before(started_on: date | None, day: date) -> bool:
    """Whether an employer began on a day or later; not when its start is unknown."""
    return started_on is not None and started_on >= day


def counts_for_transferor(transfer: Transfer, year: int) -> bool:
    """Whether a transfer is taken off the wage of its transferor that is tested for a year.

    Besluit Wfsv art. 2.19d lid 3: from 1 January after the transfer, or at once when it is on 1
    January, since a transferor was an employer already.

    Args:
        transfer: The transfer.
        year: Year t.
    """
    last_year = _last_year_before(transfer)
    return last_year < year <= last_year + YEARS_BEFORE


def counts_for_acquirer(transfer: Transfer, year: int, acquirer_started_on: date | None) -> bool:
    """Whether a transfer is added to the wage of its acquirer that is tested for a year.

    Besluit Wfsv art. 2.19d lid 3: as for the transferor, and at once for who was no employer before.

    Args:
        transfer: The transfer.
        year: Year t.
        acquirer_started_on: Since when the acquirer is an employer; None when unknown.
    """
    at_once = transfer.on.year == year and was_no_employer_before(acquirer_started_on, transfer.on)
    return at_once or counts_for_transferor(transfer, year)


def _last_year_before(transfer: Transfer) -> int:
    """The year of the last day on which the transferor still had what passed over."""
    return transfer.on.year - ((transfer.on.month, transfer.on.day) == (1, 1))


def corrected_wages(
    transfers: Iterable[Transfer],
    wages: Mapping[int, int],
    started_on: Mapping[int, date],
    year: int,
) -> dict[int, CorrectedWage]:
    """The wage of t-2 to be tested of every employer that a transfer corrects: see `corrections`."""
    return corrections(transfers, wages, started_on, year).wages


def corrections(
    transfers: Iterable[Transfer],
    wages: Mapping[int, int],
    started_on: Mapping[int, date],
    year: int,
) -> Corrections:
    """What transfers do to the wages of t-2 that are tested for a year, and what each of them moves.

    Besluit Wfsv art. 2.15 lid 1 b, 2: the transferor's wage of t-2 x the share, rounded to whole
    cents half up, is added to the acquirer's; taking it off the transferor's is a reading. Each from
    its own year (art. 2.19d lid 3).

    Several transfers go in order of day. A share is of the whole in the year before the transfer: what
    was passed on in earlier years is off the transferor's wage first, what it passes on in the same
    year is not. What it took over on an earlier day passes on with it (a chain); what it takes over on
    the day itself does not, so the order of delivery never matters.

    An employer of which no wage of t-2 is known and that began after t-2 had none: zero. Any other
    unknown wage stays unknown, also with what is taken over: missing data never exempts.

    Args:
        transfers: All transfers; those that do not count for the year change nothing.
        wages: Premium wage of t-2 by RSIN, cents; absent when unknown.
        started_on: Since when each is an employer, by RSIN; absent when unknown.
        year: Year t.

    Returns:
        A transferor of which no wage is known is left as it is: it is not among the wages.
    """
    counting = [
        transfer for transfer in transfers if counts_for_acquirer(transfer, year, started_on.get(transfer.acquirer))
    ]
    touched = {
        rsin: CorrectedWage(
            wages.get(rsin, 0), rsin in wages or _began_after(year - YEARS_BEFORE, started_on.get(rsin))
        )
        for transfer in counting
        for rsin in (transfer.transferor, transfer.acquirer)
    }
    moves: list[Move] = []
    for _, in_year in groupby(
        sorted(counting, key=lambda transfer: transfer.on), key=lambda transfer: transfer.on.year
    ):
        moves += _apply_year(list(in_year), touched, year)
    corrected = {transfer.acquirer for transfer in counting}
    corrected |= {
        transfer.transferor
        for transfer in counting
        if transfer.transferor in wages and counts_for_transferor(transfer, year)
    }
    return Corrections({rsin: wage for rsin, wage in touched.items() if rsin in corrected}, tuple(moves))


def _began_after(year: int, started_on: date | None) -> bool:
    return started_on is not None and started_on.year > year


def _apply_year(transfers: list[Transfer], wages: dict[int, CorrectedWage], year: int) -> list[Move]:
    """Applies the transfers of a calendar year, day by day, and returns what each moves."""
    moves: list[Move] = []
    whole = {transfer.transferor: wages[transfer.transferor] for transfer in transfers}
    shares: dict[int, Fraction] = {}
    for transfer in transfers:
        shares[transfer.transferor] = shares.get(transfer.transferor, Fraction(0)) + transfer.share
    for _, on_day in groupby(transfers, key=lambda transfer: transfer.on):
        came_in: dict[int, CorrectedWage] = {}
        for transfer in on_day:
            passed = whole[transfer.transferor]
            moved = CorrectedWage(round_half_up(passed.known_cents * transfer.share), passed.known)
            off = counts_for_transferor(transfer, year)
            moves.append(Move(transfer, passed, moved.known_cents, off))
            wages[transfer.acquirer] = evolve(
                _with(wages[transfer.acquirer], moved),
                took_over=True,
                took_over_unknown=wages[transfer.acquirer].took_over_unknown or not passed.known,
                took_over_too_much=wages[transfer.acquirer].took_over_too_much or shares[transfer.transferor] > 1,
            )
            if off:
                giver = wages[transfer.transferor]
                wages[transfer.transferor] = evolve(giver, known_cents=giver.known_cents - moved.known_cents)
            came_in[transfer.acquirer] = _with(came_in.get(transfer.acquirer, CorrectedWage()), moved)
        for rsin in whole.keys() & came_in.keys():
            whole[rsin] = _with(whole[rsin], came_in[rsin])
    return moves


def _with(wage: CorrectedWage, more: CorrectedWage) -> CorrectedWage:
    return evolve(wage, known_cents=wage.known_cents + more.known_cents, known=wage.known and more.known)
