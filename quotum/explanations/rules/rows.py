"""The rows in force of an employer, with a column for every condition."""

from datetime import date

from attrs import field, frozen

from quotum.explanations.evidence import Evidence
from quotum.explanations.rebuild import Rebuild
from quotum.explanations.rules.returns_in_force import Message, Messages
from quotum.explanations.settled_rows import Record
from quotum.explanations.telling import Telling
from quotum.explanations.words import FROM_DAYS, NATURE, NO_NATURE, NONE_TOUCHES
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
    """A row in force, with the answers of the stages."""

    message: Message
    """The message that holds it."""
    facts: Record = field(repr=False)
    """Its columns, among them a column for each condition."""
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
    def about(self) -> tuple[int, Period]:
        """The return it stands in: payroll tax number and period."""
        return self.message.number, self.message.period

    @property
    def bsn(self) -> int | None:
        """BSN."""
        bsn: int | None = self.facts["bsn"]
        return bsn

    @property
    def paid_hours(self) -> int:
        """Paid hours."""
        return int(self.facts["paid_hours"] or 0)

    @property
    def wage_cents(self) -> int:
        """Premium wage, without benefits."""
        return int((self.facts["premium_wage_low_cents"] or 0) + (self.facts["premium_wage_high_cents"] or 0))

    @property
    def first_day(self) -> date:
        """First day in service."""
        day: date = self.facts["first_day"]
        return day

    @property
    def in_target_group(self) -> bool:
        """Whether it is in the target group."""
        return bool(self.facts["in_target_group"])

    def asked(self, category: str) -> bool:
        """Whether the employer asked for a benefit."""
        return bool(self.facts[ASKED[category]])

    def unmet(self, rule: Rule) -> Codes:
        """Why it does not meet a rule, in the order of the law."""
        return tuple(reason.code for reason in rule.unmet(self.facts))


def rows_of(
    rebuild: Rebuild, frame: Frame, messages: Messages, known: Evidence, telling: Telling, *rules: Rule
) -> tuple[Row, ...]:
    """The rows of a year in the order in which the messages put them.

    Args:
        rebuild: What the stages make.
        frame: Rows in force with their facts.
        messages: The messages that hold them.
        known: What was delivered about their people.
        telling: Language and names.
        rules: Rules whose conditions become columns, besides those of the target group.
    """
    columns = {name: expression for rule in (in_target_group(), *rules) for name, expression in rule.columns().items()}
    with_each = frame.with_columns(first_day=first_day_in_service(), **columns)
    rows = rebuild.own(with_each)
    rows.sort(key=lambda row: _place(row, messages))
    return tuple(_row(row, messages.of(row["fragment"]), known, telling) for row in rows)


def _place(row: Record, messages: Messages) -> tuple[object, ...]:
    bsn, personnel = row["bsn"], row["personnel_number"] or ""
    return messages.place(row["fragment"]), bsn or 0, "" if bsn is not None else personnel, row["relation_number"]


def _row(row: Record, message: Message, known: Evidence, telling: Telling) -> Row:
    traits = known.traits(message.number, row["bsn"], row["relation_number"])
    touching = [interval for interval in known.registrations(row["bsn"]) if interval.touches(message.period)]
    words = [
        telling.say(FROM_DAYS, what=trait.what, days=telling.days(trait))
        for trait in traits
        if trait.touches(message.period)
    ]
    nature = telling.say(NATURE, nature=row["employment_nature"] or telling.say(NO_NATURE))
    return Row(
        message,
        row,
        _not_in_group(row),
        "; ".join([nature, *words]),
        telling.interval_list(touching, telling.say(NONE_TOUCHES)),
    )


def _not_in_group(row: Record) -> Codes:
    """Why a row is not in the target group; nobody without a BSN can be registered."""
    unmet = in_target_group().unmet(row)
    without = row["bsn"] is None
    return tuple(
        bonus.has_bsn.unmet.code if without and reason == registered.unmet else reason.code for reason in unmet
    )
