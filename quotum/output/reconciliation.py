"""Received is accepted and rejected, in words: rows, hours and premium wage of each delivery and of all together."""

from collections.abc import Iterator, Sequence

from attrs import fields

from quotum.archive.receipts import Amounts, Delivery
from quotum.money import euro_text
from quotum.output import words
from quotum.words import NOTHING, Sentence

# A total over fewer rows would tell what somebody earns.
_FEWEST = 10


def reconciliation(deliveries: Sequence[Delivery]) -> Iterator[Sentence]:
    """A line per delivery, a line for its hours and wages when it has returns, and the total of several.

    Args:
        deliveries: What was received, in order.
    """
    for delivery in deliveries:
        yield words.DELIVERY.sentence(
            name=delivery.name, kind=delivery.kind, received=delivery.received, accepted=delivery.accepted,
            rejected=delivery.rejected,
        )  # fmt: skip
        if delivery.amounts is not None:
            yield from _amounts(delivery.amounts, delivery.accepted, delivery.rejected)
    if len(deliveries) > 1:
        received, accepted, rejected = (
            sum(getattr(delivery, name) for delivery in deliveries) for name in ("received", "accepted", "rejected")
        )
        yield words.TOGETHER.sentence(received=received, accepted=accepted, rejected=rejected)
        with_amounts = [delivery.amounts for delivery in deliveries if delivery.amounts is not None]
        if len(with_amounts) > 1:
            yield from _amounts(_together(with_amounts), *_rows(deliveries))


def figures(delivery: Delivery) -> Iterator[tuple[str, int]]:
    """The amounts of a delivery for programs: hours, and cents of premium wage unless of too few rows.

    Args:
        delivery: What was received.
    """
    if delivery.amounts is None:
        return
    enough_rows = _enough(delivery.accepted, delivery.rejected)
    for field in fields(Amounts):
        if enough_rows or not field.name.endswith("_cents"):
            yield field.name, getattr(delivery.amounts, field.name)


def _rows(deliveries: Sequence[Delivery]) -> tuple[int, int]:
    """Rows accepted and rejected of the deliveries with amounts; too few in a delivery are too few in all."""
    with_amounts = [delivery for delivery in deliveries if delivery.amounts is not None]
    if not all(_enough(delivery.accepted, delivery.rejected) for delivery in with_amounts):
        return 1, 0
    return sum(delivery.accepted for delivery in with_amounts), sum(delivery.rejected for delivery in with_amounts)


def _enough(*rows: int) -> bool:
    return all(not count or count >= _FEWEST for count in rows)


def _amounts(amounts: Amounts, accepted_rows: int, rejected_rows: int) -> Iterator[Sentence]:
    yield words.HOURS.sentence(
        received=amounts.received_hours, accepted=amounts.accepted_hours, rejected=amounts.rejected_hours,
        unread=_unread(amounts.rows_without_hours),
    )  # fmt: skip
    if not _enough(accepted_rows, rejected_rows):
        yield words.FEW_ROWS.sentence(fewest=_FEWEST)
        return
    euros = (
        amounts.received_premium_wage_cents,
        amounts.accepted_premium_wage_cents,
        amounts.rejected_premium_wage_cents,
    )
    received, accepted, rejected = map(euro_text, euros)
    unread = _unread(amounts.rows_without_premium_wage)
    yield words.PREMIUM_WAGE.sentence(received=received, accepted=accepted, rejected=rejected, unread=unread)


def _unread(rows: int) -> Sentence:
    return words.UNREAD.sentence(rows=rows) if rows else NOTHING


def _together(several: Sequence[Amounts]) -> Amounts:
    return Amounts(*(sum(getattr(amounts, field.name) for amounts in several) for field in fields(Amounts)))


__all__ = ["figures", "reconciliation"]
