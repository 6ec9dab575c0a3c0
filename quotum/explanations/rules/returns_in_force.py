"""Which messages about each return were in force on the as-of day, and which were replaced."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby

from attrs import frozen

from quotum.explanations.rebuild import Rebuild, employer_of
from quotum.explanations.settled_rows import Record
from quotum.explanations.step import IN_FORCE, Step
from quotum.explanations.telling import Pairs, Telling
from quotum.law import returns as law
from quotum.law.readings import FILING_TIME, LOCAL_TIME
from quotum.local_time import comes_twice, local_text
from quotum.periods import Period
from quotum.run.stages.rows_in_force import YearRows
from quotum.tables import INCOME_RELATIONS, SAID


@frozen(order=True)
class Message:
    """A kind (V, A or C) of a message about a return; messages sort in the order in which they apply."""

    number: int
    """Payroll tax number."""
    period: Period
    """Return period."""
    filed_at: datetime
    """Filing time that counts, an instant (UTC)."""
    message_id: str
    """Identification of the message."""
    kind_rank: int
    """Place of the kind within one message."""
    kind: str
    """V, A or C."""
    filing_given: bool
    """Whether the delivery gave the filing time."""


@frozen
class Messages:
    """The messages of a year, and what became of them."""

    by_fragment: Mapping[int, Message]
    """The message of each fragment."""
    counted: frozenset[Message]
    """Messages filed by the as-of day."""
    replaced: frozenset[Message]
    """Messages that a later full return replaces whole."""
    relations: Mapping[Message, tuple[int, int]]
    """Number of income relations that each message reports, and that it withdraws."""
    standing: Counter[Message]
    """Number of reported relations that are in force, by message."""
    as_of: date
    """Messages filed by the end of this day count."""

    def of(self, fragment: int) -> Message:
        """The message of a fragment."""
        return self.by_fragment[fragment]

    def place(self, fragment: int) -> Message:
        """Sort key of the rows of a fragment: they follow those of every earlier message."""
        return self.by_fragment[fragment]

    def returns(self) -> Iterator[tuple[tuple[int, Period], list[Message]]]:
        """The messages about each return, in order."""
        for about, messages in groupby(
            sorted(set(self.by_fragment.values())), key=lambda message: (message.number, message.period)
        ):
            yield about, list(messages)

    @property
    def in_force(self) -> tuple[tuple[int, Period], ...]:
        """The returns of which a message counts, in order."""
        return tuple(about for about, messages in self.returns() if not self.counted.isdisjoint(messages))


def messages_of(rebuild: Rebuild, year_rows: YearRows, year: int, as_of: date) -> Messages:
    """The messages of an employer about a year.

    Args:
        rebuild: What the stages make.
        year_rows: The rows of the year.
        year: Calendar year.
        as_of: Returns count as filed by the end of this day.
    """
    received = year_rows.received.with_columns(
        kind_rank=law.kind_rank(), counts=law.filed_by(as_of), rsin=employer_of()
    )
    fragments = rebuild.own(received)
    by_fragment = {row["fragment"]: _message(row) for row in fragments}
    replaced = {row["fragment"] for row in rebuild.rows(year_rows.replaced)}
    standing = rebuild.own(year_rows.rows.select("rsin", "fragment"))
    return Messages(
        by_fragment,
        frozenset(by_fragment[row["fragment"]] for row in fragments if row["counts"]),
        frozenset(message for fragment, message in by_fragment.items() if fragment in replaced),
        _relations_of(rebuild, by_fragment, year),
        Counter(by_fragment[row["fragment"]] for row in standing),
        as_of,
    )


def _message(row: Record) -> Message:
    return Message(
        number=row["payroll_tax_number"],
        period=Period(row["period_start"], row["period_end"]),
        filed_at=row["filed_at"],
        message_id=row["message_id"],
        kind_rank=row["kind_rank"],
        kind=row["return_kind"],
        filing_given=row["filing_given"],
    )


def _relations_of(rebuild: Rebuild, by_fragment: Mapping[int, Message], year: int) -> dict[Message, tuple[int, int]]:
    """Reported and withdrawn relations by message; equal rows of a message count once."""
    archive = rebuild.prepared.archive
    rows = rebuild.engine.scan(archive.paths(INCOME_RELATIONS, year), INCOME_RELATIONS.inside_schema)
    relations: dict[Message, set[tuple[object, ...]]] = {message: set() for message in by_fragment.values()}
    for row in rebuild.rows(rows.select("fragment", *SAID)):
        message = by_fragment.get(row["fragment"])
        if message is not None:
            relations[message].add(tuple(row[name] for name in SAID))
    action = SAID.index("action")
    gone = {key: sum(row[action] == law.WITHDRAWN for row in rows_said) for key, rows_said in relations.items()}
    return {key: (len(rows_said) - gone[key], gone[key]) for key, rows_said in relations.items()}


def steps(messages: Messages, telling: Telling) -> tuple[Step, ...]:
    """A step for each return of which anything was ever filed."""
    return tuple(_step(about, about_return, messages, telling) for about, about_return in messages.returns())


def _step(about: tuple[int, Period], about_return: list[Message], messages: Messages, telling: Telling) -> Step:
    counted = [message for message in about_return if message in messages.counted]
    guessed = [FILING_TIME] if any(not message.filing_given for message in counted) else []
    guessed += [LOCAL_TIME] if any(comes_twice(message.filed_at) for message in counted) else []
    inputs: Pairs = ()
    for message in about_return:
        filed = telling.say(law.FILED, moment=local_text(message.filed_at), fate=_fate(message, messages, telling))
        inputs += ((f"{telling.say(law.KINDS[message.kind])} {message.message_id}", filed),)
    return telling.step(
        IN_FORCE, law.IN_FORCE, inputs, _result(counted, messages, telling), readings=guessed, about=about
    )


def _result(counted: Iterable[Message], messages: Messages, telling: Telling) -> str:
    counted = tuple(counted)
    if not counted:
        return telling.say(law.NO_RETURN)
    only = "" if any(message.kind == law.FULL for message in counted) else telling.say(law.ONLY_CORRECTIONS)
    return telling.say(law.RELATIONS_IN_FORCE, number=sum(messages.standing[message] for message in counted)) + only


def _fate(message: Message, messages: Messages, telling: Telling) -> str:
    """What became of a message."""
    if message not in messages.counted:
        return telling.say(law.filed_by.unmet.text, as_of=messages.as_of)
    if message in messages.replaced:
        return telling.say(law.REPLACED_WHOLE)
    reported, withdrawn = messages.relations[message]
    replaced = reported - messages.standing[message]
    words = [telling.say(law.RELATIONS_REPORTED, number=reported)] if reported or not withdrawn else []
    words += [telling.say(law.RELATIONS_WITHDRAWN, number=withdrawn)] if withdrawn else []
    words += [telling.say(law.RELATIONS_REPLACED, number=replaced)] if replaced else []
    return ", ".join(words)
