"""An order from a run: everything is checked, everything is written, it is noted in the archive, and then has its name.

Of a command that is killed the archive knows at most that an order was begun. The files have their final name only
after that, so no order can be sent of which the archive knows nothing.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import attrs

from quotum import places
from quotum.archive.hashing import digest_of
from quotum.archive.layout import SEALED_FILE, SEALED_FOLDER, sync_folder
from quotum.archive.orders import (
    Order,
    digest_at,
    note,
    noting,
    orders,
    settle_begun,
    take_back,
)
from quotum.engine.scratch import scratch_folder
from quotum.errors import CannotWrite, WrongUse
from quotum.identifiers import masked
from quotum.output import words
from quotum.output.payments.contents import written
from quotum.output.payments.due_amounts import Due, Payable
from quotum.output.payments.earlier_orders import next_number, order_in, require_named, require_place
from quotum.output.payments.order_result import OrderResult
from quotum.output.payments.request import Request
from quotum.output.payments.revision import upward
from quotum.output.payments.source import Source, open_source
from quotum.output.permission import require_certain, require_decides

_MARKED: Final = words.MARKED_ORDERS.sentence()


def order(request: Request, progress: Callable[[str], None] = lambda _stage: None) -> OrderResult:
    """Make a payment order.

    Args:
        request: What is asked.
        progress: Told the name of each stage as it begins.

    Raises:
        WrongUse: The run cannot be paid from, was ordered before, or the place is taken; nothing is written then.
        CannotCertify: The run was altered, or the archive does not note it.
        ArchiveLacks: The archive lacks what the run read, or is damaged.
        CannotWrite: There is no permission or no room, for the order or for its note.
    """
    require_place(request.out)
    progress("digests")
    source = open_source(request.run, request.archive)
    before = tuple(open_source(folder, source.layout.root) for folder in request.revision_of)
    _require_payable(request, (source, *before))
    with noting(source.layout):
        settle_begun(source.layout)
    noted = orders(source.layout)
    number = _number(request, noted, source, before)
    progress("due")
    due = _due(request, source, before)
    try:
        with scratch_folder(request.out.parent, "partial") as partial:
            progress("write")
            finished = written(request, source, before, number, due, partial)
            progress("note")
            return attrs.evolve(finished, written=_give_name(finished, before, noted, partial))
    except OSError as error:
        raise CannotWrite(
            places.CANNOT_WRITE.sentence(out=masked(str(request.out)), why=error.strerror or type(error).__name__)
        ) from error


def _require_payable(request: Request, sources: tuple[Source, ...]) -> None:
    for source in sources:
        require_decides(source.run, ": there is nothing to pay")
        if not request.simulation:
            require_certain(source.folder, source.run, words.NOT_TO_BE_PAID.sentence(), _MARKED)
    run = sources[0].run
    earliest = run.decided_on or run.as_of
    if request.execution_date < earliest:
        what = "it was decided on" if run.decided_on else "the run looks at returns filed by"
        raise WrongUse(f"--execution-date {request.execution_date} lies before the day {what}, {earliest}")


def _number(request: Request, noted: tuple[Order, ...], source: Source, before: tuple[Source, ...]) -> int:
    """The number of the order: that of the order in its place, which is then compared, or else the next."""
    here = order_in(noted, source, request.out)
    if here is not None:
        return here.number
    again, simulation = request.again, request.simulation
    require_named(noted, source, before, again=again, simulation=simulation)
    return next_number(noted, source, again=again, simulation=simulation)


def _due(request: Request, source: Source, before: tuple[Source, ...]) -> Due:
    if not before:
        return Payable(source.payable_cents)
    return upward(source, before, request.out.parent, with_unpaid=request.with_unpaid)


def _give_name(order_made: OrderResult, before: tuple[Source, ...], noted: tuple[Order, ...], partial: Path) -> bool:
    """Notes a written order and gives it its name; False when the same order is already there."""
    _seal(partial)
    begun, out, layout = _note_of(order_made, before, partial), order_made.request.out, order_made.run.layout
    finished = attrs.evolve(begun, unnamed="")
    with noting(layout):
        if orders(layout) != noted:
            raise WrongUse(words.ORDERED_MEANWHILE.sentence())
        if out.exists():
            _require_same(partial, out)
            note(layout, finished)
            return False
        try:
            note(layout, begun)
            partial.rename(out)
        except BaseException:
            if partial.exists():  # it never had its name
                take_back(layout, begun)
            raise
        sync_folder(out.parent)
        note(layout, finished)
    return True


def _note_of(finished: OrderResult, before: tuple[Source, ...], partial: Path) -> Order:
    """An order as it is noted while its files have no name yet."""
    return Order(
        run=finished.run.digest,
        year=finished.run.run.year,
        number=finished.number,
        simulation=finished.request.simulation,
        revision_of=tuple(sorted(source.digest for source in before)),
        execution_date=finished.request.execution_date,
        transactions=finished.transactions,
        control_sum_cents=finished.control_sum_cents,
        digest=str(digest_at(partial)),
        place=str(finished.request.out.resolve()),
        unnamed=str(partial.resolve()),
    )


def _seal(partial: Path) -> None:
    """Writes every file through to the disk, read-only."""
    for path in sorted(partial.iterdir()):
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
        path.chmod(SEALED_FILE)
    sync_folder(partial)
    partial.chmod(SEALED_FOLDER)


def _require_same(partial: Path, out: Path) -> None:
    """Requires that the order in a place equals the new order, file for file."""
    digests, other = ({path.name: digest_of(path) for path in folder.iterdir()} for folder in (partial, out))
    if digests != other:
        raise WrongUse(words.OTHER_ORDER.sentence(out=masked(str(out))))


__all__ = ["order"]
