"""LKV doelgroep banenafspraak as it was until 2025: Wtl art. 2.10, 2.12 (old text).

The right came with the start of an employment and ended after three years. From 2026 it asks for
the target group alone (`quotum.law.wtl.bonus`); what is left of a running period is in `quotum.law.wtl.transition`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

import narwhals as nw
from attrs import frozen

from quotum.law.conditions import Condition, Question, Reason, Rule, Text, condition
from quotum.law.wtl.bonus import has_bsn, of_every_benefit
from quotum.law.wtl.employments import Employment, begins_anew, first_day_after, first_start
from quotum.periods import add_months

BY_DECLARATION: Final = "declaration"
"""What the right rested on, in `wtl.jobs_agreement_ground`; in the text from 2026 it rests on `registration`."""

NOT_QUALIFIED: Final = Reason("not_qualified", Text("no employment with a right", "geen dienstbetrekking met recht"))
"""Why nothing is given when no employment meets the conditions."""
RIGHT_BY_DECLARATION: Final = Question(
    "Wtl art. 2.10 lid 1, 3; 2.12 lid 1 (text until 2025)",
    Text(
        "Which employment gives a right by declaration, and until when?",
        "Welke dienstbetrekking geeft recht met een doelgroepverklaring, en tot wanneer?",
    ),
)
GIVES_RIGHT: Final = Text("gives a right", "geeft recht")
"""What is said of a start that meets every condition."""

Interval = tuple[date, date]
Unmet = tuple[Condition[..., Any], ...]
"""Conditions that are not met, in the order in which they are explained."""
_ONE_DAY: Final = timedelta(days=1)


class MonthBefore(StrEnum):
    """What "de maand voorafgaand aan" the employment is, `wtl.month_before_start`."""

    CALENDAR_MONTH = "calendar_month"
    """The calendar month before that of the start."""
    UP_TO_DAY_BEFORE = "month_up_to_day_before"
    """The month that ends on the day before the start."""


@frozen
class Papers:
    """What is known of a person: intervals, first and last day included."""

    registered: tuple[Interval, ...] = ()
    """Registrations in the target group."""
    declared: tuple[Interval, ...] = ()
    """Declarations `jobs_agreement`."""
    declared_training: tuple[Interval, ...] = ()
    """Declarations `jobs_agreement_training` (scholingsbelemmerden)."""


@frozen
class Duration:
    """How long a right lasts, and what must lie before it."""

    years: int
    """Years from the start of the employment; 0 is without end."""
    months_without: int
    """Months before the start without an employment with this employer; 0 asks nothing."""
    month_before: tuple[tuple[date, MonthBefore], ...]
    """What the month before the start is, for starts from a day on, in order of the days."""


def covers(intervals: Iterable[Interval], day: date) -> bool:
    """Whether a day lies in one of the intervals."""
    return any(first <= day <= last for first, last in intervals)


def month_before_on(start: date, texts: Sequence[tuple[date, MonthBefore]]) -> MonthBefore:
    """Which text says what the month before a start is: the latest from that day on, of earlier starts the first."""
    begun = [text for since, text in texts if since <= start]
    return begun[-1] if begun else texts[0][1]


def month_before(start: date, text: MonthBefore) -> Interval:
    """First and last day of "de maand voorafgaand aan" an employment (art. 2.10 lid 1).

    With a start on 20 March it is February, or 20 February to 19 March. Of a day that does not exist in
    the month before, the last of that month stands: with a start on 31 March it begins on 28 or 29 February.
    """
    if text is MonthBefore.UP_TO_DAY_BEFORE:
        return add_months(start, -1), start - _ONE_DAY
    last = start.replace(day=1) - _ONE_DAY
    return last.replace(day=1), last


@condition(
    "Wtl art. 2.2, 2.6, 2.10 lid 1 (text until 2025), 2.14",
    Text("Is there a declaration?", "Is er een doelgroepverklaring?"),
    Reason("no_declaration", Text("no declaration (doelgroepverklaring)", "geen doelgroepverklaring")),
)
def has_declaration(*declared: tuple[Interval, ...]) -> bool:
    """Whether there is a declaration at all, of a category or of any of some."""
    return any(declared)


@condition(
    "Wtl art. 2.2, 2.6, 2.10 lid 1 (text until 2025)",
    Text(
        "Does a declaration cover the first day of the employment?",
        "Geldt op de eerste dag van de dienstbetrekking een doelgroepverklaring?",
    ),
    Reason(
        "not_declared_at_start",
        Text("no declaration that covers the start", "geen doelgroepverklaring die de aanvang dekt"),
    ),
)
def declared_at_start(declared: Iterable[Interval], start: date) -> bool:
    """Whether a declaration covers the first day of an employment."""
    return covers(declared, start)


@condition(
    "Wtl art. 2.10 lid 1 a 1 to 6 (text until 2025)",
    Text(
        "Was the person registered on the first day of the employment, or in the month before it?",
        "Was de persoon geregistreerd op de eerste dag van de dienstbetrekking, of in de maand voorafgaand daaraan?",
    ),
    Reason("not_registered_at_start", Text("not registered at the start", "bij de aanvang niet geregistreerd")),
)
def registered_at_start(registered: Iterable[Interval], start: date, text: MonthBefore) -> bool:
    """Registered on the first day of the employment, or on a day of the month before it (art. 2.10 lid 1)."""
    begun, ended = month_before(start, text)
    return any(first <= start <= last or (first <= ended and last >= begun) for first, last in registered)


def papers_unmet(papers: Papers, start: date, texts: Sequence[tuple[date, MonthBefore]]) -> Unmet:
    """What the papers lack at a start; nothing when they give a right.

    A declaration with the registration, or that of a scholingsbelemmerde on its own (lid 1 a 7). Which text of
    the month before holds is asked of a declared start only: a run without declarations reads none.
    """
    if covers(papers.declared_training, start):
        return ()
    if not declared_at_start.decide(papers.declared, start):
        return (declared_at_start,)
    if not registered_at_start.decide(papers.registered, start, month_before_on(start, texts)):
        return (registered_at_start,)
    return ()


def unmet_at_start(known: tuple[Employment, ...], papers: Papers, duration: Duration, start: date) -> Unmet:
    """Every condition that the start of an employment does not meet; nothing when it gives a right.

    Wtl art. 2.10 lid 1 a, b: registered and declared at its start, and no employment with this employer in the
    months before. Interruptions afterwards do not count (lid 3), nor does whether the registration goes on.
    """
    anew = begins_anew.decide(start, known, duration.months_without)
    return (*papers_unmet(papers, start, duration.month_before), *(() if anew else (begins_anew,)))


def qualifying_start(known: tuple[Employment, ...], papers: Papers, duration: Duration) -> date | None:
    """First day of the qualifying employment: the first that meets the conditions; None when none does.

    As `unmet_at_start`, which looks no further than the first condition that is not met.
    """

    def qualifies(day: date) -> bool:
        lacking = papers_unmet(papers, day, duration.month_before)
        return not lacking and begins_anew.decide(day, known, duration.months_without)

    return first_start(known, qualifies)


def running_period(known: tuple[Employment, ...], papers: Papers, duration: Duration) -> Interval | None:
    """From the start of the qualifying employment to the first day after its period (excluded); None without one."""
    start = qualifying_start(known, papers, duration)
    return None if start is None else (start, first_day_after(start, duration.years))


@condition(
    "Wtl art. 2.2, 2.6, 2.10 (text until 2025), 2.14",
    Text(
        "Is the kind of work neither Wsw employment, seconded or not, nor sheltered work?",
        "Is het geen Wsw-dienstbetrekking, al dan niet gedetacheerd, en geen beschut werk?",
    ),
    Reason("kind_of_work_out", Text("Wsw employment or sheltered work", "Wsw-dienstbetrekking of beschut werk")),
)
def kind_of_work_counts() -> nw.Expr:
    """The kind of work is not out, as `quotum.law.kinds_of_work` decides; an explanation says which it is in detail.

    Column: `out_until_2025` (0 or 1).
    """
    return nw.col("out_until_2025") == 0


def within_right(asked: str) -> Rule:
    """Whether a row within the right of its person counts; so for the other three benefits in any year.

    Asked for, an insured employment, below the pension age, and no Wsw or sheltered work, seconded or not.

    Args:
        asked: Column with the request for the benefit.
    """
    return Rule(
        "counts_within_right",
        "Wtl art. 2.1, 2.10 lid 1, 2 a and 3, 2.12 (text until 2025)",
        Text("Does this row count for the LKV?", "Telt deze regel mee voor het LKV?"),
        (
            (has_bsn, has_bsn()),
            (kind_of_work_counts, kind_of_work_counts()),
            *of_every_benefit(asked).parts,
        ),
    )
