"""Received is accepted and rejected, in words: rows, hours and premium wage of each delivery and of all together."""

from collections.abc import Iterator, Sequence

from attrs import fields

from quotum.archive.receipts import Amounts, Delivery

_CENTS = 100
# A total over fewer rows would tell what somebody earns.
_FEWEST = 10


def reconciliation(deliveries: Sequence[Delivery]) -> Iterator[str]:
    """A line per delivery, one for its hours and wages when it has returns, and the total of several.

    Args:
        deliveries: What was received, in order.
    """
    for one in deliveries:
        yield (
            f"{one.name}: {one.kind}, {one.received:,} rows received = {one.accepted:,} accepted + "
            f"{one.rejected:,} rejected"
        )
        if one.amounts is not None:
            yield from _amounts(one.amounts, one.accepted, one.rejected)
    if len(deliveries) > 1:
        received, accepted, rejected = (
            sum(getattr(one, name) for one in deliveries) for name in ("received", "accepted", "rejected")
        )
        yield f"together: {received:,} rows received = {accepted:,} accepted + {rejected:,} rejected"
        with_amounts = [one.amounts for one in deliveries if one.amounts is not None]
        if len(with_amounts) > 1:
            yield from _amounts(_together(with_amounts), *_rows(deliveries))


def figures(delivery: Delivery) -> Iterator[tuple[str, int]]:
    """The same of one delivery for programs: hours, and cents of premium wage unless of too few rows.

    Args:
        delivery: What was received.
    """
    if delivery.amounts is None:
        return
    told = _enough(delivery.accepted, delivery.rejected)
    for field in fields(Amounts):
        if told or not field.name.endswith("_cents"):
            yield field.name, getattr(delivery.amounts, field.name)


def _rows(deliveries: Sequence[Delivery]) -> tuple[int, int]:
    """Rows accepted and rejected of the deliveries with amounts; too few in one are too few in all."""
    told = [one for one in deliveries if one.amounts is not None]
    if not all(_enough(one.accepted, one.rejected) for one in told):
        return 1, 0
    return sum(one.accepted for one in told), sum(one.rejected for one in told)


def _enough(*rows: int) -> bool:
    return all(not some or some >= _FEWEST for some in rows)


def _amounts(found: Amounts, accepted_rows: int, rejected_rows: int) -> Iterator[str]:
    yield (
        f"  hours: {found.received_hours:,} received = {found.accepted_hours:,} accepted + "
        f"{found.rejected_hours:,} rejected{_unread(found.rows_without_hours)}"
    )
    if not _enough(accepted_rows, rejected_rows):
        yield (
            "  premium wage: received = accepted + rejected; the amounts, of fewer than "
            f"{_FEWEST} rows, are in the receipt"
        )
        return
    euros = (
        found.received_premium_wage_cents,
        found.accepted_premium_wage_cents,
        found.rejected_premium_wage_cents,
    )
    received, accepted, rejected = map(_euros, euros)
    yield (
        f"  premium wage: {received} received = {accepted} accepted + {rejected} rejected"
        f"{_unread(found.rows_without_premium_wage)}"
    )


def _unread(rows: int) -> str:
    return f", and {rows:,} rows in which it cannot be read" if rows else ""


def _euros(cents: int) -> str:
    whole, rest = divmod(abs(cents), _CENTS)
    return f"{'-' if cents < 0 else ''}{whole:,}.{rest:02d}"


def _together(several: Sequence[Amounts]) -> Amounts:
    return Amounts(*(sum(getattr(one, field.name) for one in several) for field in fields(Amounts)))


__all__ = ["figures", "reconciliation"]
