"""The rows in force of an employer with what the stages found of each: every condition a column."""

from datetime import date

from attrs import field, frozen

from quotum.explain.evidence import Evidence
from quotum.explain.remaking import Remade
from quotum.explain.rules.in_force import Message, Messages
from quotum.explain.settled import Record
from quotum.explain.telling import Telling
from quotum.explain.words import FROM_DAYS, NATURE, NO_NATURE, NONE_TOUCHES
from quotum.frames import Frame
from quotum.law.conditions import Rule
from quotum.law.service import first_day_in_service
from quotum.law.wtl import bonus
from quotum.law.wtl.target_group import in_target_group, registered
from quotum.law.wtl.windows import ASKED
from quotum.periods import Period

Codes = tuple[str, ...]
"""Why something is not given, keys of `REASONS`."""


@frozen
class Row:
    """A row in force with what the stages found."""

    message: Message
    """The message that it stands in."""
    found: Record = field(repr=False)
    """Its columns, with one for each condition."""
    not_in_group: Codes
    """Why it is not in the target group."""
    kind_words: str
    """Its kind of work, in words."""
    registered_words: str
    """Its registration, in words."""

    @property
    def number(self) -> int:
        """Payroll tax number."""
        return self.message.number

    @property
    def period(self) -> Period:
        """Return period."""
        return self.message.period

    @property
    def bsn(self) -> int | None:
        """BSN."""
        bsn: int | None = self.found["bsn"]
        return bsn

    @property
    def paid_hours(self) -> int:
        """Paid hours."""
        return int(self.found["paid_hours"] or 0)

    @property
    def wage_cents(self) -> int:
        """Premium wage, without benefits."""
        return int((self.found["premium_wage_low_cents"] or 0) + (self.found["premium_wage_high_cents"] or 0))

    @property
    def first_day(self) -> date:
        """First day in service."""
        day: date = self.found["first_day"]
        return day

    @property
    def in_target_group(self) -> bool:
        """Whether it is in the target group."""
        return bool(self.found["in_target_group"])

    def asked(self, category: str) -> bool:
        """Whether the employer asked for a benefit."""
        return bool(self.found[ASKED[category]])

    def unmet(self, rule: Rule) -> Codes:
        """Why it does not meet a rule of which the stages kept the columns, in the order of the law."""
        return tuple(reason.code for reason in rule.unmet(self.found))


def rows_of(
    remade: Remade, frame: Frame, messages: Messages, known: Evidence, telling: Telling, *rules: Rule
) -> tuple[Row, ...]:
    """The rows of a year in the order in which the messages put them.

    Args:
        remade: What the stages make.
        frame: Rows in force with their facts.
        messages: The messages that they stand in.
        known: What was delivered about their people.
        telling: How it is told.
        rules: Rules of which each condition is kept, besides that of the target group.
    """
    columns = {name: one for rule in (in_target_group(), *rules) for name, one in rule.columns().items()}
    with_each = frame.with_columns(first_day=first_day_in_service(), **columns)
    found = remade.own(with_each)
    found.sort(key=lambda row: _place(row, messages))
    return tuple(_row(row, messages.of(row["fragment"]), known, telling) for row in found)


def _place(row: Record, messages: Messages) -> tuple[object, ...]:
    bsn, personnel = row["bsn"], row["personnel_number"] or ""
    return messages.place(row["fragment"]), bsn or 0, "" if bsn is not None else personnel, row["relation_number"]


def _row(row: Record, message: Message, known: Evidence, telling: Telling) -> Row:
    traits = known.traits(message.number, row["bsn"], row["relation_number"])
    touching = [one for one in known.registrations(row["bsn"]) if one.touches(message.period)]
    words = [
        telling.say(FROM_DAYS, what=one.what, days=telling.days(one)) for one in traits if one.touches(message.period)
    ]
    nature = telling.say(NATURE, nature=row["employment_nature"] or telling.say(NO_NATURE))
    return Row(
        message,
        row,
        _not_in_group(row),
        "; ".join([nature, *words]),
        telling.listed(touching, telling.say(NONE_TOUCHES)),
    )


def _not_in_group(row: Record) -> Codes:
    """Why a row is not in the target group; of a row without a BSN nobody can be registered."""
    unmet = in_target_group().unmet(row)
    without = row["bsn"] is None
    return tuple(bonus.has_bsn.unmet.code if without and one == registered.unmet else one.code for one in unmet)
