"""Which messages about each return were in force on the as-of day, and which were replaced."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby

from attrs import frozen

from quotum.explain.remaking import Remade, employer_of
from quotum.explain.settled import Record
from quotum.explain.step import IN_FORCE, Step, footing_of
from quotum.explain.telling import Telling
from quotum.identifiers import payroll_tax_number_text
from quotum.law import returns as law
from quotum.law.readings import FILING_TIME, LOCAL_TIME
from quotum.local_time import comes_twice, local_text
from quotum.periods import Period
from quotum.run.stages.rows_in_force import YearRows
from quotum.tables import INCOME_RELATIONS, SAID


@frozen(order=True)
class Message:
    """One kind of one message about one return, whatever files it came in: in the order in which they apply."""

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
    """Those filed by the as-of day."""
    replaced: frozenset[Message]
    """Those that a later full return replaces whole."""
    said: Mapping[Message, tuple[int, int]]
    """Income relations that each reports, and that it withdraws."""
    standing: Counter[Message]
    """How many of those it reports are in force."""
    as_of: date
    """Messages filed by the end of this day count."""

    def of(self, fragment: int) -> Message:
        """The message of a fragment."""
        return self.by_fragment[fragment]

    def place(self, fragment: int) -> Message:
        """Where rows of a fragment come: after those of every message before."""
        return self.by_fragment[fragment]

    def returns(self) -> Iterator[tuple[tuple[int, Period], list[Message]]]:
        """The messages about each return, in order."""
        for about, those in groupby(sorted(set(self.by_fragment.values())), key=lambda one: (one.number, one.period)):
            yield about, list(those)

    @property
    def in_force(self) -> tuple[tuple[int, Period], ...]:
        """The returns of which a message counts, in order."""
        return tuple(about for about, those in self.returns() if not self.counted.isdisjoint(those))


def messages_of(remade: Remade, found: YearRows, year: int, as_of: date) -> Messages:
    """The messages of an employer about a year.

    Args:
        remade: What the stages make.
        found: The rows of the year.
        year: Calendar year.
        as_of: Returns count as filed by the end of this day.
    """
    received = found.received.with_columns(kind_rank=law.kind_rank(), counts=law.filed_by(as_of), rsin=employer_of())
    fragments = remade.own(received)
    by_fragment = {one["fragment"]: _message(one) for one in fragments}
    replaced = {one["fragment"] for one in remade.rows(found.replaced)}
    standing = remade.own(found.rows.select("rsin", "fragment"))
    return Messages(
        by_fragment,
        frozenset(by_fragment[one["fragment"]] for one in fragments if one["counts"]),
        frozenset(message for fragment, message in by_fragment.items() if fragment in replaced),
        _said(remade, by_fragment, year),
        Counter(by_fragment[one["fragment"]] for one in standing),
        as_of,
    )


def _message(one: Record) -> Message:
    return Message(
        number=one["payroll_tax_number"],
        period=Period(one["period_start"], one["period_end"]),
        filed_at=one["filed_at"],
        message_id=one["message_id"],
        kind_rank=one["kind_rank"],
        kind=one["return_kind"],
        filing_given=one["filing_given"],
    )


def _said(remade: Remade, by_fragment: Mapping[int, Message], year: int) -> dict[Message, tuple[int, int]]:
    """Rows of one message that agree in everything are one."""
    archive = remade.prepared.archive
    rows = remade.engine.scan(archive.paths(INCOME_RELATIONS, year), INCOME_RELATIONS.inside_schema)
    said: dict[Message, set[tuple[object, ...]]] = {message: set() for message in by_fragment.values()}
    for row in remade.rows(rows.select("fragment", *SAID)):
        message = by_fragment.get(row["fragment"])
        if message is not None:
            said[message].add(tuple(row[name] for name in SAID))
    action = SAID.index("action")
    gone = {one: sum(row[action] == law.WITHDRAWN for row in those) for one, those in said.items()}
    return {one: (len(those) - gone[one], gone[one]) for one, those in said.items()}


def steps(messages: Messages, telling: Telling) -> tuple[Step, ...]:
    """A step for each return of which anything was ever filed."""
    return tuple(_step(about, those, messages, telling) for about, those in messages.returns())


def _step(about: tuple[int, Period], those: list[Message], messages: Messages, telling: Telling) -> Step:
    counted = [one for one in those if one in messages.counted]
    guessed = [FILING_TIME] if any(not one.filing_given for one in counted) else []
    guessed += [LOCAL_TIME] if any(comes_twice(one.filed_at) for one in counted) else []
    inputs = []
    for one in those:
        filed = telling.say(law.FILED, moment=local_text(one.filed_at), fate=_fate(one, messages, telling))
        inputs.append((f"{telling.say(law.KINDS[one.kind])} {one.message_id}", filed))
    return Step(
        rule=IN_FORCE,
        question=telling.say(law.IN_FORCE.text),
        article=law.IN_FORCE.provision,
        footing=footing_of(readings=guessed),
        inputs=(*inputs, *telling.read_as(*guessed)),
        result=_result(counted, messages, telling),
        payroll_tax_number=payroll_tax_number_text(about[0]),
        period=about[1],
    )


def _result(counted: Iterable[Message], messages: Messages, telling: Telling) -> str:
    counted = tuple(counted)
    if not counted:
        return telling.say(law.NO_RETURN)
    only = "" if any(one.kind == law.FULL for one in counted) else telling.say(law.ONLY_CORRECTIONS)
    return telling.say(law.RELATIONS_IN_FORCE, number=sum(messages.standing[one] for one in counted)) + only


def _fate(message: Message, messages: Messages, telling: Telling) -> str:
    """What became of a message."""
    if message not in messages.counted:
        return telling.say(law.filed_by.unmet.text, as_of=messages.as_of)
    if message in messages.replaced:
        return telling.say(law.REPLACED_WHOLE)
    reported, withdrawn = messages.said[message]
    replaced = reported - messages.standing[message]
    words = [telling.say(law.RELATIONS_REPORTED, number=reported)] if reported or not withdrawn else []
    words += [telling.say(law.RELATIONS_WITHDRAWN, number=withdrawn)] if withdrawn else []
    words += [telling.say(law.RELATIONS_REPLACED, number=replaced)] if replaced else []
    return ", ".join(words)
