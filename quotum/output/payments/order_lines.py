"""What the operator reads after an order: sums and files, and what to look at; no identifier of an employer."""

from collections.abc import Iterator

from quotum.identifiers import masked
from quotum.law import calendar_days
from quotum.money import euro_text
from quotum.output import words
from quotum.output.payments.order_result import OrderResult
from quotum.output.payments.payees import REASONS
from quotum.words import NOTHING, Sentence

_WEEKEND = 5


def summary(order: OrderResult) -> Iterator[Sentence]:
    """Sums that tie: what is paid and what cannot be is what is due."""
    request, run = order.request, order.run.run
    yield words.ORDER.sentence(
        mark=words.NOTHING_PAID.sentence() if request.simulation else NOTHING, number=order.number,
        what=(words.DUE_UPWARD if request.revision_of else words.LKV_AND_BONUS).sentence(), year=run.year,
        day=request.execution_date,
    )  # fmt: skip
    yield words.DUE.sentence(name=words.DUE_NAME.sentence(), euros=euro_text(order.due_cents))
    ordered = euro_text(order.control_sum_cents)
    yield words.ORDERED.sentence(name=words.ORDERED_NAME.sentence(), euros=ordered, count=order.transactions)
    for reason, (count, cents) in order.not_payable.items():
        yield words.NOT_PAYABLE.sentence(
            name=words.NOT_PAYABLE_NAME.sentence(), euros=euro_text(cents), reason=REASONS[reason], count=count
        )
    for file in order.files:
        euros = euro_text(file.control_sum_cents)
        yield words.FILE.sentence(name=file.name, count=file.transactions, euros=euros, digest=file.sha256)
    state = words.ORDER_WRITTEN if order.written else words.ORDER_THERE
    yield state.sentence(place=masked(str(request.out)))


def remarks(order: OrderResult) -> Iterator[Sentence]:
    """What the operator must look at."""
    request, run = order.request, order.run.run
    if not order.files:
        yield words.NO_FILE.sentence()
    if order.not_payable:
        count = sum(employers for employers, _ in order.not_payable.values())
        yield words.CANNOT_BE_PAID.sentence(count=count, file=order.not_payable_name)
    if order.unnamed:
        yield words.UNNAMED.sentence(count=order.unnamed)
    if request.revision_of:
        yield words.OWN_MOTION.sentence()
    cut_off = calendar_days.cut_off_day(run.year)
    if run.as_of < cut_off:
        yield words.BEFORE_CUT_OFF.sentence(as_of=run.as_of, cut_off=cut_off)
    if run.decided_on and request.execution_date > calendar_days.last_day_of_payment(run.decided_on):
        yield words.PAID_LATE.sentence(day=run.decided_on)
    if request.execution_date.weekday() >= _WEEKEND:
        yield words.NO_BANK_DAY.sentence(day=request.execution_date)


__all__ = ["remarks", "summary"]
