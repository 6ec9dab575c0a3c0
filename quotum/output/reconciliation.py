"""Received is accepted and rejected, in words: rows, hours and premium wage of each delivery and of all together."""

from collections.abc import Iterator, Sequence

from attrs import fields

from quotum.archive.receipts import Amounts, Delivery

_CENTS = 100
# A total over fewer rows would tell what somebody earns.
_FEWEST = 10


def reconciliation(deliveries: Sequence[Delivery]) -> Iterator[str]:
    """A line per delivery, a line for its hours and wages when it has returns, and the total of several.

    Args:
        deliveries: What was received, in order.
    """
    for delivery in deliveries:
        yield (
            f"{delivery.name}: {delivery.kind}, {delivery.received:,} rows received = {delivery.accepted:,} accepted + "
            f"{delivery.rejected:,} rejected"
        )
        if delivery.amounts is not None:
            yield from _amounts(delivery.amounts, delivery.accepted, delivery.rejected)
    if len(deliveries) > 1:
        received, accepted, rejected = (
            sum(getattr(delivery, name) for delivery in deliveries) for name in ("received", "accepted", "rejected")
        )
        yield f"together: {received:,} rows received = {accepted:,} accepted + {rejected:,} rejected"
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


def _amounts(amounts: Amounts, accepted_rows: int, rejected_rows: int) -> Iterator[str]:
    yield (
        f"  hours: {amounts.received_hours:,} received = {amounts.accepted_hours:,} accepted + "
        f"{amounts.rejected_hours:,} rejected{_unread(amounts.rows_without_hours)}"
    )
    if not _enough(accepted_rows, rejected_rows):
        yield (
            "  premium wage: received = accepted + rejected; the amounts, of fewer than "
            f"{_FEWEST} rows, are in the receipt"
        )
        return
    euros = (
        amounts.received_premium_wage_cents,
        amounts.accepted_premium_wage_cents,
        amounts.rejected_premium_wage_cents,
    )
    received, accepted, rejected = map(_euros, euros)
    yield (
        f"  premium wage: {received} received = {accepted} accepted + {rejected} rejected"
        f"{_unread(amounts.rows_without_premium_wage)}"
    )


def _unread(rows: int) -> str:
    return f", and {rows:,} rows in which it cannot be read" if rows else ""


def _euros(cents: int) -> str:
    whole, rest = divmod(abs(cents), _CENTS)
    return f"{'-' if cents < 0 else ''}{whole:,}.{rest:02d}"


def _together(several: Sequence[Amounts]) -> Amounts:
    return Amounts(*(sum(getattr(amounts, field.name) for amounts in several) for field in fields(Amounts)))


__all__ = ["figures", "reconciliation"]
