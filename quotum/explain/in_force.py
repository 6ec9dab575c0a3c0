"""Which messages about each return were in force on the as-of day, and which were replaced (law.md rule 0)."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from attrs import frozen

from quotum.explain.records import Identity, Message, Row, Said
from quotum.explain.step import IN_FORCE, Step, footing_of, read_as
from quotum.identifiers import payroll_tax_number_text
from quotum.law import returns as law
from quotum.law.conditions import ENGLISH
from quotum.law.readings import FILING_TIME, LOCAL_TIME
from quotum.local_time import comes_twice, local_text
from quotum.periods import Period


@frozen
class ReturnInForce:
    """A return as it stood at the end of the as-of day."""

    number: int
    """Payroll tax number."""
    period: Period
    """Return period."""
    full: bool
    """Whether a full return is among its messages."""
    rows: tuple[Row, ...]
    """Income relations in force."""


def returns_in_force(said: Iterable[Said], as_of: date) -> tuple[tuple[ReturnInForce, ...], tuple[Step, ...]]:
    """Every return in force, and a step for each return of which anything was ever filed.

    Args:
        said: Messages with their rows, in the order in which they apply.
        as_of: Messages filed by the end of this day count.
    """
    returns, steps = [], []
    for (number, period), those in groupby(said, key=lambda one: (one[0].payroll_tax_number, one[0].period)):
        messages = list(those)
        counted = [one for one in messages if one[0].filed_on <= as_of]
        standing = _applied(counted)
        if counted:
            full = any(message.kind == law.FULL for message, _ in counted)
            returns.append(ReturnInForce(number, period, full, tuple(standing.values())))
        steps.append(_step(number, period, messages, standing, as_of))
    return tuple(returns), tuple(steps)


def _applied(messages: Iterable[Said]) -> dict[Identity, Row]:
    """The messages of one return, one after the other."""
    standing: dict[Identity, Row] = {}
    for message, rows in messages:
        if message.kind == law.FULL:
            standing = {}
        for row in rows:
            standing.pop(row.identity, None)
            if not row.withdrawn:
                standing[row.identity] = row
    return standing


def _step(number: int, period: Period, messages: list[Said], standing: dict[Identity, Row], as_of: date) -> Step:
    counted = [message for message, _ in messages if message.filed_on <= as_of]
    last_full = max((place for place, message in enumerate(counted) if message.kind == law.FULL), default=None)
    guessed = [FILING_TIME] if any(not message.filing_given for message in counted) else []
    guessed += [LOCAL_TIME] if any(comes_twice(message.filed_at) for message in counted) else []
    inputs = []
    for place, (message, rows) in enumerate(messages):
        late = message.filed_on > as_of
        too_late = law.filed_by.unmet.text.told(ENGLISH, as_of=as_of)
        fate = too_late if late else _fate(message, rows, standing, place, last_full)
        filed = law.FILED.told(ENGLISH, moment=local_text(message.filed_at), fate=fate)
        inputs.append((f"{law.KINDS[message.kind].english} {message.message_id}", filed))
    if counted:
        only = "" if last_full is not None else law.ONLY_CORRECTIONS.english
        result = law.RELATIONS_IN_FORCE.told(ENGLISH, number=len(standing)) + only
    else:
        result = law.NO_RETURN.english
    return Step(
        rule=IN_FORCE,
        question=law.IN_FORCE.text.english,
        article=law.IN_FORCE.provision,
        footing=footing_of(readings=guessed),
        inputs=(*inputs, *map(read_as, guessed)),
        result=result,
        payroll_tax_number=payroll_tax_number_text(number),
        period=period,
    )


def _fate(
    message: Message, rows: tuple[Row, ...], standing: dict[Identity, Row], place: int, last_full: int | None
) -> str:
    """What became of a message that counts."""
    if last_full is not None and place < last_full:
        return law.REPLACED_WHOLE.english
    withdrawn = sum(row.withdrawn for row in rows)
    reported = len(rows) - withdrawn
    stand = sum(row.message == message for row in standing.values())
    words = [law.RELATIONS_REPORTED.told(ENGLISH, number=reported)] if reported or not withdrawn else []
    words += [law.RELATIONS_WITHDRAWN.told(ENGLISH, number=withdrawn)] if withdrawn else []
    replaced = reported - stand
    words += [law.RELATIONS_REPLACED.told(ENGLISH, number=replaced)] if replaced else []
    return ", ".join(words)
