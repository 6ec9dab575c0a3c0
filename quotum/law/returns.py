"""Returns in force on a day: which messages count, in which order, and what each does to earlier messages.

Wtl art. 4.1 lid 2; Wfsv art. 38e lid 3: what was filed ("ingediend") by the end of the day. A full return
(volledige aangifte) replaces everything before it; a supplementary return (aanvullende aangifte) or
correction (tijdvakcorrectie) replaces, adds or withdraws whole income relations.
"""

from datetime import date, datetime, timedelta
from typing import Final

import narwhals as nw

from quotum.law.conditions import Question, Reason, Text, condition
from quotum.law.readings import FILING_TIME, LOCAL_TIME
from quotum.local_time import end_of_day, instant
from quotum.periods import Period, months, only_four_weeks

FULL, SUPPLEMENTARY, CORRECTION = "V", "A", "C"
REPORTED, WITHDRAWN = "I", "X"
RETURN: Final = ("payroll_tax_number", "period_start", "period_end")
IDENTITY: Final = ("bsn_key", "personnel_key", "relation_number")
ORDER: Final = ("filed_at", "message_id")
"""In this order the messages about a return apply: by filing time, and at the same instant by `IdBer` as text."""
WITHIN_MESSAGE: Final = (*ORDER, "kind_rank")
"""The same with the parts of one message: its full return before its supplementary one before its corrections."""
NO_BSN: Final = -1
"""Takes the place of a missing BSN in `IDENTITY`, beside the personnel number."""

_ONE_SECOND: Final = timedelta(seconds=1)

IN_FORCE: Final = Question(
    "Wtl art. 4.1 lid 2; Wfsv art. 38e lid 3",
    Text("Which messages about this return were in force?", "Welke berichten over deze aangifte golden?"),
)
KINDS: Final = {
    FULL: Text("full return", "volledige aangifte"),
    SUPPLEMENTARY: Text("supplementary return", "aanvullende aangifte"),
    CORRECTION: Text("correction", "tijdvakcorrectie"),
}
FILED: Final = Text("filed {moment}; {fate}", "ingediend {moment}; {fate}")
REPLACED_WHOLE: Final = Text(
    "replaced whole by a later full return", "geheel vervangen door een latere volledige aangifte"
)
RELATIONS_REPORTED: Final = Text("income relations reported: {number}", "inkomstenverhoudingen gemeld: {number}")
RELATIONS_WITHDRAWN: Final = Text("withdrawn: {number}", "ingetrokken: {number}")
RELATIONS_REPLACED: Final = Text(
    "of those replaced or withdrawn by a later message: {number}",
    "daarvan vervangen of ingetrokken door een later bericht: {number}",
)
RELATIONS_IN_FORCE: Final = Text("income relations in force: {number}", "geldende inkomstenverhoudingen: {number}")
ONLY_CORRECTIONS: Final = Text(
    "; no full return was filed, only corrections", "; geen volledige aangifte ingediend, alleen correcties"
)
NO_RETURN: Final = Text("no return in force", "geen geldende aangifte")


@condition(
    IN_FORCE.provision,
    Text("Was the message filed by the end of this day?", "Is het bericht ingediend uiterlijk op deze dag?"),
    Reason("filed_later", Text("filed after {as_of}: does not count", "ingediend na {as_of}: telt niet mee")),
    FILING_TIME,
    LOCAL_TIME,
)
def filed_by(as_of: date) -> nw.Expr:
    """Whether a message counts: it was filed on or before a local day, the whole day included.

    Args:
        as_of: The day. Column: `filed_at`, an instant.
    """
    return nw.col("filed_at") < end_of_day(as_of)


def is_full() -> nw.Expr:
    """Whether a message is a full return. Column: `return_kind`."""
    return nw.col("return_kind") == FULL


@condition(
    IN_FORCE.provision,
    Text("Does no later full return replace the message?", "Vervangt geen latere volledige aangifte het bericht?"),
    Reason("replaced", REPLACED_WHOLE),
)
def not_replaced() -> nw.Expr:
    """Whether a message still counts beside the last full return about its period: it is that return, or comes later.

    Columns: `filed_at`, `message_id`, and of the last full return `last_filed_at`, `last_message_id`; null without one.
    """
    filed, last = nw.col("filed_at"), nw.col("last_filed_at")
    later = (filed > last) | ((filed == last) & (nw.col("message_id") >= nw.col("last_message_id")))
    return last.is_null() | later


def kind_rank() -> nw.Expr:
    """Which part of one message applies first: the full return, then the supplementary one, then corrections."""
    of_others = nw.when(nw.col("return_kind") == SUPPLEMENTARY).then(nw.lit(1)).otherwise(nw.lit(2))
    return nw.when(is_full()).then(nw.lit(0)).otherwise(of_others)


def identity() -> dict[str, nw.Expr]:
    """What identifies an income relation besides `NumIV`: the BSN, or else the personnel number."""
    without = nw.col("bsn").is_null()
    personnel = nw.when(without).then(nw.col("personnel_number").fill_null("")).otherwise(nw.lit(""))
    return {"bsn_key": nw.col("bsn").fill_null(NO_BSN), "personnel_key": personnel}


def is_reported() -> nw.Expr:
    """Whether a row reports an income relation. Column: `action`."""
    return nw.col("action") == REPORTED


def is_withdrawn() -> nw.Expr:
    """Whether a row withdraws an income relation that was reported before. Column: `action`."""
    return nw.col("action") == WITHDRAWN


def filed_after_receipt() -> nw.Expr:
    """Whether a message was made or filed later than it was received: a finding, it counts as the day it bears.

    Columns: `filed_at`, `received_by`.
    """
    return nw.col("filed_at") >= nw.col("received_by")


def received_by(received: datetime) -> datetime:
    """The first instant after the second of a receipt, which has no fractions; the later one where a time is twice."""
    return instant(received.replace(fold=1)) + _ONE_SECOND


def overlapping_periods(year: int) -> tuple[tuple[Period, Period], ...]:
    """Each period of a year with another that overlaps it, a month and four weeks: both count, and are a finding.

    Periods of one calendar never overlap each other, nor do those of two years.
    """
    pairs = tuple(
        (month, four_weeks)
        for month in months(year)
        for four_weeks in only_four_weeks(year)
        if month.start <= four_weeks.end and four_weeks.start <= month.end
    )
    return (*pairs, *((second, first) for first, second in pairs))
