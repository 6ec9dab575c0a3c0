"""Which hours of which rows count for which right of a person with an employer (Wtl art. 2.10-2.13, 6.2).

A right that hangs on an employment holds in some periods; from 2026 on the target group alone gives one too.
"""

from typing import Final

import narwhals as nw

from quotum.frames import Frame
from quotum.law.conditions import Reason, Rule, Text, condition
from quotum.law.readings import TRANSITION_ON_FIRST_DAY
from quotum.law.wtl import bonus, lkv_until_2025
from quotum.law.wtl.employments import YEARS_OVER
from quotum.law.wtl.terms import LkvTerms
from quotum.law.wtl.windows import JOBS_BY_DECLARATION, JOBS_BY_YEARS, OTHER_RIGHTS

PERSON: Final = ("rsin", "bsn")
PERIOD: Final = ("period_start", "period_end")


@condition(
    "Wtl art. 2.12 lid 2",
    Text("Has the right begun by the end of the period?", "Is het recht aan het eind van het tijdvak ingegaan?"),
    Reason("not_begun", Text("before the right began", "voor de ingang van het recht")),
)
def right_begun() -> nw.Expr:
    """The right begins before the period or within it: begun within one, it counts for the whole of it.

    Columns: `from_day` of the right, `period_end`.
    """
    return nw.col("from_day") <= nw.col("period_end")


@condition(
    "Wtl art. 2.4, 2.8, 2.12 lid 1, 2.16",
    Text(
        "Does the period begin before the years of the right are over?",
        "Begint het tijdvak voordat de duur van het recht is verstreken?",
    ),
    YEARS_OVER,
)
def right_not_over() -> nw.Expr:
    """The period begins before the end of the right.

    Columns: `ends_before` of the right (the first day after it), `period_start`.
    """
    return nw.col("ends_before") > nw.col("period_start")


def right_holds() -> Rule:
    """Whether a right counts in a period."""
    return Rule(
        "right_holds",
        "Wtl art. 2.12",
        Text("Does the right hold in this period?", "Bestaat het recht in dit tijdvak?"),
        ((right_begun, right_begun()), (right_not_over, right_not_over())),
    )


def rights_in_periods(rights: Frame, periods: Frame) -> Frame:
    """Which rights hold in which periods, each once: a right that begins in a period counts for the whole of it.

    Wtl art. 2.12 lid 2 for the beginning; a period counts when it starts before the end of the right.

    Args:
        rights: `rsin`, `bsn`, `right`, `from_day`, `ends_before` (the first day after it).
        periods: `period_start`, `period_end` of the year.

    Returns:
        `rsin`, `bsn`, `right`, `period_start`, `period_end`.
    """
    key = [*PERSON, "right", *PERIOD]
    return rights.join(periods, how="cross").filter(right_holds().holds()).select(*key).unique(subset=key)


@condition(
    "Wtl art. 6.2 lid 1 b",
    Text(
        "Is the person outside the target group in this period, so that the old text holds?",
        "Behoort de persoon in dit tijdvak niet tot de doelgroep, zodat de oude tekst geldt?",
    ),
    Reason("new_text_holds", Text("the text from 2026 holds instead", "de tekst vanaf 2026 geldt")),
    TRANSITION_ON_FIRST_DAY,
)
def old_text_holds() -> nw.Expr:
    """The new text does not apply: where a person is in the target group it does, whatever is kept of the old one.

    Column: `in_target_group` (0 or 1).
    """
    return nw.col("in_target_group") == 0


def kept_from_before_2026() -> Rule:
    """Whether a row counts for what is left of a right by declaration, and not by the new text."""
    within = lkv_until_2025.within_right(bonus.ASKED)
    return Rule(
        "counts_for_what_is_kept",
        f"Wtl art. 6.2; {within.provision.removeprefix('Wtl ')}",
        within.question,
        (*within.parts, (old_text_holds, old_text_holds())),
    )


def hours_in_target_group(of_age: Frame, lkv: LkvTerms) -> Frame:
    """Rows that count from 2026 on: the registration decides. Until 2025 none counts for that alone.

    Args:
        of_age: Rows of the year, with `youngest_pensioner` of their period.
        lkv: The text of the year.
    """
    counts = nw.col("rsin") < 0 if lkv.asks_declaration else bonus.lkv_from_2026().holds()
    return _hours(of_age.filter(counts), JOBS_BY_DECLARATION)


def hours_of_rights(rows: Frame, rights: Frame, in_group: Frame, lkv: LkvTerms) -> list[Frame]:
    """Rows within a right that hangs on the start of an employment, and those that count without one.

    Art. 6.2: in periods in which a person is in the target group the new text holds, not what is kept of the old text.

    Args:
        rows: Rows of persons with such a right, with `youngest_pensioner` of their period.
        rights: As `rights_in_periods`.
        in_group: As `hours_in_target_group`.
        lkv: The text of the year.
    """
    declared = within(rows, rights, JOBS_BY_DECLARATION)
    if lkv.asks_declaration:
        counts = lkv_until_2025.within_right(bonus.ASKED).holds()
        hours = [_hours(declared.filter(counts), JOBS_BY_DECLARATION)]
    else:
        ends = within(rows, rights, JOBS_BY_YEARS).filter(bonus.lkv_from_2026().holds())
        hours = [
            _hours(declared.filter(kept_from_before_2026().holds()), JOBS_BY_DECLARATION),
            _hours(ends, JOBS_BY_DECLARATION) if lkv.ends_in_target_group else in_group,
        ]
    for right, category in OTHER_RIGHTS.items():
        counts = lkv_until_2025.within_right(category.asked).holds()
        hours.append(_hours(within(rows, rights, right).filter(counts), right))
    return hours


def within(rows: Frame, rights: Frame, right: str) -> Frame:
    """Rows in the periods in which their person has a right with their employer."""
    periods = rights.filter(nw.col("right") == right).select(*PERSON, *PERIOD)
    return rows.join(periods, on=[*PERSON, *PERIOD], how="semi")


def _hours(rows: Frame, right: str) -> Frame:
    return rows.select(*PERSON, "paid_hours", right=nw.lit(right))
