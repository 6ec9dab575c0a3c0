"""Earlier orders, and whether another can be made beside them: nothing is paid twice unasked."""

from collections.abc import Sequence
from pathlib import Path

from quotum import places
from quotum.archive.orders import Order, digest_at
from quotum.errors import CannotWrite, WrongUse
from quotum.identifiers import masked
from quotum.money import count_text, euro_text
from quotum.output import words
from quotum.output.payments.naming import require_countable
from quotum.output.payments.source import Source
from quotum.words import Sentence


def require_place(out: Path) -> None:
    """The place for an order is free, or holds an order that may be the same.

    Raises:
        WrongUse: Something else is there.
        CannotWrite: Its folder is not there.
    """
    if not out.parent.is_dir():
        raise CannotWrite(places.NOT_THERE.sentence(parent=masked(str(out.parent))))
    if out.is_symlink() or (out.exists() and digest_at(out) is None):
        raise WrongUse(words.NO_ORDER_AT_OUT.sentence(out=masked(str(out))))


def order_in(noted: Sequence[Order], source: Source, out: Path) -> Order | None:
    """The noted order for a run that is in a place; None when there is no such order."""
    here = digest_at(out)
    at_place = (order for order in noted if order.run == source.digest and order.digest == here)
    return next((order for order in at_place if Path(order.place) == out.resolve()), None)


def next_number(noted: Sequence[Order], source: Source, *, again: bool, simulation: bool) -> int:
    """The number of another order for a run; simulations have numbers and names of their own.

    Args:
        noted: Every order that the archive notes.
        source: The run.
        again: Whether another order for the run is asked, although there is one.
        simulation: Whether the order is a simulation.

    Raises:
        WrongUse: There is an order for the run.
    """
    of_run = [order for order in noted if order.run == source.digest]
    standing = _standing(of_run, simulation=simulation)
    if standing and not again:
        raise WrongUse(words.ORDERED_BEFORE.sentence(standing=in_words(standing[-1])))
    number = max((order.number for order in of_run if order.simulation == simulation), default=0) + 1
    require_countable(orders=number)
    return number


def require_named(
    noted: Sequence[Order], source: Source, before: Sequence[Source], *, again: bool, simulation: bool
) -> None:
    """Requires that the runs named with --revision-of are the other ordered runs of the year.

    Raises:
        WrongUse: A run is not named, or a named run was not ordered or is no earlier run of the year.
    """
    for earlier_run in before:
        _require_earlier(source, earlier_run)
    others = [order for order in noted if order.year == source.run.year and order.run != source.digest]
    standing = _standing(others, simulation=simulation)
    named = {earlier_run.digest for earlier_run in before}
    if named - {order.run for order in standing}:
        raise WrongUse(words.NOT_ORDERED.sentence())
    missing = [order for order in standing if order.run not in named]
    if missing and (before or not (again or simulation)):
        raise WrongUse(words.OTHER_ORDERED.sentence(year=source.run.year, missing=in_words(missing[-1])))


def _standing(noted: Sequence[Order], *, simulation: bool) -> list[Order]:
    """Orders with payments; simulations count only for a simulation."""
    return [order for order in noted if order.transactions and (simulation or not order.simulation)]


def _require_earlier(source: Source, before: Source) -> None:
    earlier, other = before.run, source.run
    if earlier.year != other.year or earlier.regime != other.regime or before.digest == source.digest:
        raise WrongUse("--revision-of: name another run of the same year and regime, such as `quotum diff` compares")
    if earlier.as_of > other.as_of:
        raise WrongUse(
            f"--revision-of: that run looks at the returns of a later day ({earlier.as_of}) than the run to be paid "
            f"({other.as_of}); a revision pays the later run"
        )


def in_words(order: Order) -> Sentence:
    """An order in words, for messages."""
    return words.EARLIER_ORDER.sentence(
        mark=words.MARK_OF_ORDER.sentence() if order.simulation else "",
        number=order.number,
        transactions=count_text(order.transactions),
        euros=euro_text(order.control_sum_cents),
        day=order.execution_date,
        what=(words.ORDER_WRITTEN_TO if order.finished else words.ORDER_BEGUN).sentence(),
        place=masked(order.place),
    )


__all__ = ["in_words", "next_number", "order_in", "require_named", "require_place"]
