"""What the operator reads after an order: sums and files, and what to look at; no identifier of an employer."""

from collections.abc import Iterator

from quotum.identifiers import masked
from quotum.law import calendar_days
from quotum.money import euro_text
from quotum.output.payments.order_result import OrderResult
from quotum.output.payments.payees import REASONS

_WEEKEND = 5


def summary(order: OrderResult) -> Iterator[str]:
    """Sums that tie: what is paid and what cannot be is what is due."""
    request, run = order.request, order.run.run
    mark = "SIMULATION, nothing is to be paid: " if request.simulation else ""
    what = "what is due upward" if request.revision_of else "LKV and bonus"
    yield f"{mark}payment order {order.number}: {what} of {run.year}, to be executed on {request.execution_date}"
    yield f"{'Due':<14}{euro_text(order.due_cents):>20}"
    yield f"{'Ordered':<14}{euro_text(order.control_sum_cents):>20}  {order.transactions:,} payments"
    for reason, (count, cents) in order.not_payable.items():
        yield f"{'Not payable':<14}{euro_text(cents):>20}  {REASONS[reason]} ({count:,})"
    for file in order.files:
        yield f"{file.name}: {file.transactions:,} payments, {euro_text(file.control_sum_cents)}, sha256 {file.sha256}"
    state = "Order written" if order.written else "The same order was there already"
    yield f"{state}: {masked(str(request.out))}"


def remarks(order: OrderResult) -> Iterator[str]:
    """What the operator must look at."""
    request, run = order.request, order.run.run
    if not order.files:
        yield "nothing can be paid: the order has no file for the bank"
    if order.not_payable:
        count = sum(employers for employers, _ in order.not_payable.values())
        yield f"employers that cannot be paid: {count:,}; {order.not_payable_name} of the order lists them, with RSINs"
    if order.unnamed:
        yield (
            f"payments with the number of the employer instead of a name: {order.unnamed:,}; the delivery has none, or "
            "none of its letters is one that banks take"
        )
    if request.revision_of:
        yield (
            "what is due upward is not payable on the office's own motion (Wtl art. 4.3): see to it that the employers "
            "objected in time"
        )
    cut_off = calendar_days.cut_off_day(run.year)
    if run.as_of < cut_off:
        yield (
            f"the run looks at the returns as filed by {run.as_of}, before {cut_off}: it is no settlement that a "
            "decision rests on (Wtl art. 4.1 lid 2)"
        )
    if run.decided_on and request.execution_date > calendar_days.last_day_of_payment(run.decided_on):
        yield f"the bank is to pay later than six weeks after the decision of {run.decided_on} (Wtl art. 4.4)"
    if request.execution_date.weekday() >= _WEEKEND:
        yield f"{request.execution_date} is no day on which banks work: they pay on the next that is"


__all__ = ["remarks", "summary"]
