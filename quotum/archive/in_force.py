"""Which rows of returns are in force at the end of a day (law.md rule 0).

A full return (volledige aangifte) replaces everything before it; a supplementary return
(aanvullende aangifte) or correction (tijdvakcorrectie) replaces, adds or withdraws whole income
relations. The rows of a full return that came in one piece pass straight through, less the income
relations that a later message is about; only the rest is put in order row by row.
"""

from datetime import date
from functools import reduce

import narwhals as nw
from attrs import frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.local_time import end_of_day
from quotum.tables import INCOME_RELATIONS

RETURN = ("payroll_tax_number", "period_start", "period_end")
_MESSAGE = (*RETURN, "message_id", "filed_at", "return_kind")
_IDENTITY = ("bsn_key", "personnel_key", "relation_number")
_PROVENANCE = ("delivery", "fragment", "row")
_VALUES = tuple(name for name in INCOME_RELATIONS.names if name not in _PROVENANCE)


@frozen
class InForce:
    """The returns of a year as they stood at the end of a day."""

    rows: Frame
    """Income relations in force, as `tables.INCOME_RELATIONS`."""
    returns: Frame
    """Returns in force, by payroll tax number and period, with `full` (1 when a full return is among them)."""
    messages: Frame
    """Messages filed by the day, with `filing_given`."""
    unknown_withdrawals: Frame
    """Income relations of which the last word is a withdrawal, and that no message of the archive reports."""
    contradictions: Frame
    """Rows (`fragment`, `delivery`, `row`) of messages that contradict themselves; there must be none."""


def in_force(engine: Engine, rows: Frame, fragments: Frame, as_of: date) -> InForce:
    """The returns in force at the end of a day.

    Args:
        engine: Where it runs.
        rows: All received rows of a calendar year, as `tables.INCOME_RELATIONS`.
        fragments: All fragments of that year, as `tables.FRAGMENTS`.
        as_of: The local day; a message filed on it counts.
    """
    filed = fragments.filter(nw.col("filed_at") < end_of_day(as_of))
    placed = engine.keep(_whole_or_not(engine.keep(_not_replaced(filed))))
    whole = _identified(rows.join(placed.filter(nw.col("whole") == 1).select("fragment"), on="fragment", how="semi"))
    said_later = engine.keep(_last_words(rows, placed.filter(nw.col("whole") == 0)))
    left = whole.join(said_later.select(*RETURN, *_IDENTITY), on=[*RETURN, *_IDENTITY], how="anti")
    both = nw.concat([_initial(left), _initial(said_later)], how="vertical")
    return InForce(
        rows=both,
        returns=_returns(placed),
        messages=filed.select("payroll_tax_number", "message_id", "filed_at", "filing_given").unique(),
        unknown_withdrawals=_unknown_withdrawals(rows, said_later),
        contradictions=_contradictions(engine, rows, filed),
    )


def _unknown_withdrawals(rows: Frame, said_later: Frame) -> Frame:
    key = [*RETURN, *_IDENTITY]
    withdrawn = said_later.filter(nw.col("action") == "X").select(*key)
    # The many rows are sifted by the few withdrawals, never the other way round.
    reported = _identified(rows.filter(nw.col("action") == "I")).join(withdrawn, on=key, how="semi").select(*key)
    return withdrawn.join(reported, on=key, how="anti")


def _initial(rows: Frame) -> Frame:
    return rows.filter(nw.col("action") == "I").select(*INCOME_RELATIONS.names)


def _not_replaced(fragments: Frame) -> Frame:
    """Fragments that no later full return replaces; V goes before A before C within one message."""
    full = fragments.filter(nw.col("return_kind") == "V")
    last = full.unique(subset=list(RETURN), keep="last", order_by=["filed_at", "message_id"]).select(
        *RETURN, last_filed_at=nw.col("filed_at"), last_message_id=nw.col("message_id")
    )
    later = (nw.col("filed_at") > nw.col("last_filed_at")) | (
        (nw.col("filed_at") == nw.col("last_filed_at")) & (nw.col("message_id") >= nw.col("last_message_id"))
    )
    repeats = nw.when(nw.col("repeated")).then(nw.lit(1)).otherwise(nw.lit(0))
    return (
        fragments.join(last, on=list(RETURN), how="left")
        .filter(nw.col("last_filed_at").is_null() | later)
        .select("fragment", *_MESSAGE, repeats=repeats)
    )


def _whole_or_not(in_play: Frame) -> Frame:
    """Marks a full return that came in one piece without repeats: nothing in it needs putting in order."""
    full = in_play.filter(nw.col("return_kind") == "V")
    pieces = full.group_by(*RETURN).agg(nw.len().alias("pieces"), nw.col("repeats").max().alias("repeats_in_full"))
    whole = (
        (nw.col("return_kind") == "V") & (nw.col("pieces").fill_null(0) == 1) & (nw.col("repeats_in_full") == 0)
    ).fill_null(value=False)
    flag = nw.when(whole).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)
    return in_play.join(pieces, on=list(RETURN), how="left").with_columns(whole=flag)


def _returns(placed: Frame) -> Frame:
    full = nw.when(nw.col("return_kind") == "V").then(nw.lit(1)).otherwise(nw.lit(0))
    return placed.with_columns(full=full).group_by(*RETURN).agg(nw.col("full").max())


def _identified(rows: Frame) -> Frame:
    """The identity of a row: BSN, or else the personnel number; and the number of the relation."""
    without = nw.col("bsn").is_null()
    personnel = nw.when(without).then(nw.col("personnel_number").fill_null("")).otherwise(nw.lit(""))
    return rows.with_columns(bsn_key=nw.col("bsn").fill_null(-1), personnel_key=personnel)


def _last_words(rows: Frame, fragments: Frame) -> Frame:
    """Of each income relation what the last message about it says."""
    rank = (
        nw.when(nw.col("return_kind") == "V")
        .then(nw.lit(0))
        .otherwise(nw.when(nw.col("return_kind") == "A").then(nw.lit(1)).otherwise(nw.lit(2)))
    )
    order = fragments.select("fragment", "filed_at", "message_id", kind_rank=rank)
    said = _identified(rows.join(order, on="fragment", how="inner"))
    return said.unique(subset=[*RETURN, *_IDENTITY], keep="last", order_by=["filed_at", "message_id", "kind_rank"])


def _contradictions(engine: Engine, rows: Frame, filed: Frame) -> Frame:
    """Rows of one message with the same period, kind and identity that differ."""
    repeats = nw.when(nw.col("repeated")).then(nw.lit(1)).otherwise(nw.lit(0))
    marked = filed.with_columns(repeats=repeats)
    pieces = marked.group_by(*_MESSAGE).agg(nw.len().alias("pieces"), nw.col("repeats").max())
    suspect = pieces.filter((nw.col("pieces") > 1) | (nw.col("repeats") == 1)).select(*_MESSAGE)
    fragments = filed.join(suspect, on=list(_MESSAGE), how="semi").select(
        "fragment", "member", "message_id", "filed_at", "return_kind"
    )
    said = engine.keep(_identified(rows.join(engine.keep(fragments), on="fragment", how="inner")))
    key = [*_MESSAGE, *_IDENTITY]
    different = (
        said.unique(subset=[*key, *_VALUES])
        .group_by(*key)
        .agg(nw.len().alias("versions"))
        .filter(nw.col("versions") > 1)
    )
    return said.join(different.select(*key), on=key, how="semi").select("fragment", "delivery", "member", "row")


def complete_years(returns: Frame, calendars: list[list[tuple[date, date]]]) -> Frame:
    """Payroll tax numbers with a full return in force for every period of one calendar.

    Args:
        returns: As `InForce.returns`.
        calendars: The periods of the year, by month and by four weeks.
    """

    def filed(calendar: list[tuple[date, date]]) -> Frame:
        inside = reduce(
            lambda one, other: one | other,
            (((nw.col("period_start") == start) & (nw.col("period_end") == end)) for start, end in calendar),
        )
        counted = (
            returns.filter((nw.col("full") == 1) & inside).group_by("payroll_tax_number").agg(nw.len().alias("periods"))
        )
        return counted.filter(nw.col("periods") == len(calendar)).select("payroll_tax_number")

    return nw.concat([filed(calendar) for calendar in calendars], how="vertical").unique()
