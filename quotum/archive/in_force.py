"""Rows of returns that are in force at the end of a day.

A full return (volledige aangifte) replaces everything before it; a supplementary return
(aanvullende aangifte) or correction (tijdvakcorrectie) replaces, adds or withdraws whole income
relations. The rows of a full return in a single piece pass straight through, less the income
relations of later messages; only the rest is put in order row by row.
"""

from datetime import date

import narwhals as nw
from attrs import frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame, each_once
from quotum.law import returns as law
from quotum.law.returns import IDENTITY, RETURN
from quotum.tables import INCOME_RELATIONS, SAID

_MESSAGE = (*RETURN, "message_id", "filed_at", "return_kind")
# Looks up at most so many fragments by number, which skips most of a file; beyond that every row is read.
_LOOKED_UP = 1_000


@frozen
class Placed:
    """The messages of a year in order, as they stood at the end of a day: decided without looking at a row."""

    filed: Frame
    """Fragments filed by the day, as `tables.FRAGMENTS`."""
    left_out: Frame
    """`fragment`, `return_kind`: those of which not every row stands as it came: filed later, replaced, to be put in
    order, or left out. All corrections are among them."""
    in_parts: Frame
    """Fragments whose rows are to be put in order: corrections, and full returns that came in pieces or repeat."""
    returns: Frame
    """Returns in force, by payroll tax number and period, with `full` (1 when a full return is among them)."""
    scattered: Frame
    """Those among `returns` of which no fragment stands as it came: of each of the others exactly one does."""
    several: Frame
    """Returns about which there is more than one fragment."""
    of_several: Frame
    """The fragments about these, as `tables.FRAGMENTS`."""
    received: Frame
    """All fragments that were not left out, including those filed later."""
    replaced: Frame
    """`fragment`, `return_kind` of the fragments that a later full return replaces whole."""


@frozen
class InForce:
    """The returns of a year as they stood at the end of a day."""

    rows: Frame
    """Income relations in force, as `tables.INCOME_RELATIONS`."""
    returns: Frame
    """Returns in force, by payroll tax number and period, with `full` (1 when a full return is among them)."""
    messages: Frame
    """Messages filed by the day, with `filing_given`."""
    time_made: Frame
    """Those among them that count as filed when they were made: no filing time was delivered."""
    unknown_withdrawals: Frame
    """Income relations of which the last word is a withdrawal, and that no message of the archive reports."""
    contradictions: Frame
    """Rows (`fragment`, `delivery`, `member`, `row`) of messages that contradict themselves; there must be none."""
    placed: Placed
    """The messages in order."""
    said_later: Frame
    """The last message about each income relation in a fragment whose rows are put in order."""


def in_force(
    engine: Engine,
    rows: Frame,
    fragments: Frame,
    as_of: date,
    corrections: Frame | None = None,
    out: Frame | None = None,
) -> InForce:
    """Returns the returns in force at the end of a day.

    Args:
        engine: The engine.
        rows: All received rows of a calendar year, as `tables.INCOME_RELATIONS`.
        fragments: All fragments of that year, as `tables.FRAGMENTS`.
        as_of: The local day; a message filed on it counts.
        corrections: The rows that are not of full returns, where these are stored separately.
        out: Fragments to leave out whenever they were filed, each once, with their kind.
    """
    order = placed(engine, fragments, as_of, out)
    suspect = engine.keep(_suspect(order))
    kinds, message = ("fragment", "return_kind"), ("payroll_tax_number", "message_id", "filed_at")
    in_parts = engine.keep(
        each_once(nw.concat([order.in_parts.select(*kinds), suspect.select(*kinds)], how="vertical"), *kinds)
    )
    of_full, of_later = _rows_of(engine, rows, rows if corrections is None else corrections, in_parts)
    few = identified(nw.concat([of_full, of_later], how="vertical"))
    said_later = engine.shelve(_last_words(few, order.in_parts))
    unchanged = standing(rows, order, said_later)
    together = nw.concat([_initial(unchanged), _initial(said_later)], how="vertical")
    return InForce(
        rows=together,
        returns=order.returns,
        messages=each_once(order.filed, *message, "filing_given"),
        # Sifted before each is taken once: nearly all come with a filing time, or none does.
        time_made=each_once(order.filed.filter(~nw.col("filing_given")), *message),
        unknown_withdrawals=unknown_withdrawals(identified(rows).filter(law.is_reported()), said_later),
        contradictions=_contradictions(engine, few, suspect),
        placed=order,
        said_later=said_later,
    )


def _rows_of(engine: Engine, rows: Frame, corrections: Frame, fragments: Frame) -> tuple[Frame, Frame]:
    """The rows of some fragments: of full returns, which lie among all others and are few, and of later ones."""
    full = fragments.filter(law.is_full()).select("fragment")
    later = fragments.filter(~law.is_full()).select("fragment")
    names = INCOME_RELATIONS.names
    numbers = sorted(engine.collect(full.head(_LOOKED_UP + 1))["fragment"].to_pylist())
    few = len(numbers) <= _LOOKED_UP
    of_full = engine.among(rows, "fragment", numbers) if few else rows.join(full, on="fragment", how="semi")
    return engine.shelve(of_full.select(*names)), corrections.join(later, on="fragment", how="semi").select(*names)


def placed(engine: Engine, fragments: Frame, as_of: date, out: Frame | None = None) -> Placed:
    """The messages of a year in order at the end of a day.

    Nearly every return has one message. Only of the others it is asked which replaces which.

    Args:
        engine: The engine.
        fragments: All fragments of a calendar year, as `tables.FRAGMENTS`.
        as_of: The day; a message filed on it counts.
        out: As in `in_force`.
    """
    kinds = ("fragment", "return_kind")
    fragments = fragments if out is None else fragments.join(out.select("fragment"), on="fragment", how="anti")
    filed = fragments.filter(law.filed_by(as_of))
    counted = filed.group_by(*RETURN).agg(nw.len().alias("pieces"))
    several = engine.keep(counted.filter(nw.col("pieces") > 1).select(*RETURN))
    of_several = engine.keep(filed.join(several, on=list(RETURN), how="semi"))
    decided = engine.keep(_whole_or_not(engine.keep(_not_replaced(of_several))))
    alone = filed.join(several, on=list(RETURN), how="anti")
    whole = law.is_full() & ~nw.col("repeated")
    alone_in_parts = alone.filter(~whole).select("fragment", *_MESSAGE)
    decided_in_parts = decided.filter(nw.col("whole") == 0).select("fragment", *_MESSAGE)
    in_parts = engine.keep(nw.concat([alone_in_parts, decided_in_parts], how="vertical"))
    replaced = of_several.select(*kinds).join(decided.select("fragment"), on="fragment", how="anti")
    later = fragments.filter(~law.filed_by(as_of)).select(*kinds)
    beside = [] if out is None else [out.select(*kinds)]
    left_out = engine.keep(nw.concat([replaced, later, in_parts.select(*kinds), *beside], how="vertical"))
    full = _flag(law.is_full())
    of_several_in_force = engine.keep(_returns(decided))
    names = (*RETURN, "full")
    returns = [alone.select(*RETURN, full=full), of_several_in_force.select(*names)]
    scattered = [
        alone.filter(~whole).select(*RETURN, full=full),
        of_several_in_force.filter(nw.col("whole") == 0).select(*names),
    ]
    return Placed(
        filed,
        left_out,
        in_parts,
        nw.concat(returns, how="vertical"),
        engine.keep(nw.concat(scattered, how="vertical")),
        several,
        of_several,
        fragments,
        replaced,
    )


def standing(rows: Frame, order: Placed, said_later: Frame) -> Frame:
    """Rows of full returns that stand as they came: no later message is about their income relation.

    Args:
        rows: As `tables.INCOME_RELATIONS`.
        order: The messages in order.
        said_later: As `InForce.said_later`.
    """
    whole = identified(rows.join(order.left_out, on="fragment", how="anti"))
    return whole.join(said_later.select(*RETURN, *IDENTITY), on=[*RETURN, *IDENTITY], how="anti")


def unknown_withdrawals(rows: Frame, said_later: Frame) -> Frame:
    """Income relations of which the last word is a withdrawal, and that none of some rows report.

    Args:
        rows: Rows of any message that report, identified; all that can be about these relations.
        said_later: As `InForce.said_later`.
    """
    key = [*RETURN, *IDENTITY]
    withdrawn = said_later.filter(law.is_withdrawn()).select(*key)
    # The many rows are sifted by the few withdrawals, never the other way round.
    reported = rows.join(withdrawn, on=key, how="semi").select(*key)
    return withdrawn.join(reported, on=key, how="anti")


def _initial(rows: Frame) -> Frame:
    return rows.filter(law.is_reported()).select(*INCOME_RELATIONS.names)


def _not_replaced(fragments: Frame) -> Frame:
    """Fragments that no later full return replaces; V goes before A before C within one message."""
    full = fragments.filter(law.is_full())
    last = full.unique(subset=list(RETURN), keep="last", order_by=list(law.ORDER)).select(
        *RETURN, last_filed_at=nw.col("filed_at"), last_message_id=nw.col("message_id")
    )
    repeats = nw.when(nw.col("repeated")).then(nw.lit(1)).otherwise(nw.lit(0))
    return (
        fragments.join(last, on=list(RETURN), how="left")
        .filter(law.not_replaced())
        .select("fragment", *_MESSAGE, repeats=repeats)
    )


def _whole_or_not(in_play: Frame) -> Frame:
    """Marks a full return that came in one piece without repeats: nothing in it needs putting in order."""
    full = in_play.filter(law.is_full())
    pieces = full.group_by(*RETURN).agg(nw.len().alias("pieces"), nw.col("repeats").max().alias("repeats_in_full"))
    whole = (law.is_full() & (nw.col("pieces").fill_null(0) == 1) & (nw.col("repeats_in_full") == 0)).fill_null(
        value=False
    )
    return in_play.join(pieces, on=list(RETURN), how="left").with_columns(whole=_flag(whole))


def _returns(placed: Frame) -> Frame:
    full = _flag(law.is_full())
    return placed.with_columns(full=full).group_by(*RETURN).agg(nw.col("full").max(), nw.col("whole").max())


def identified(rows: Frame) -> Frame:
    """The identity of a row: BSN, or else the personnel number; and the number of the relation."""
    return rows.with_columns(**law.identity())


def _last_words(rows: Frame, fragments: Frame) -> Frame:
    """Returns what the last message says about each income relation; `rows` are identified."""
    order = fragments.select("fragment", *law.ORDER, kind_rank=law.kind_rank())
    ranked = rows.join(order, on="fragment", how="inner")
    return ranked.unique(subset=[*RETURN, *IDENTITY], keep="last", order_by=list(law.WITHIN_MESSAGE))


def _suspect(order: Placed) -> Frame:
    """Returns fragments that can contradict each other or themselves: of a message in pieces, or with repeats."""
    repeats = nw.when(nw.col("repeated")).then(nw.lit(1)).otherwise(nw.lit(0))
    pieces = (
        order.of_several.with_columns(repeats=repeats)
        .group_by(*_MESSAGE)
        .agg(nw.len().alias("pieces"), nw.col("repeats").max())
    )
    together = pieces.filter((nw.col("pieces") > 1) | (nw.col("repeats") == 1)).select(*_MESSAGE)
    alone = order.filed.filter(nw.col("repeated")).join(order.several, on=list(RETURN), how="anti")
    several = order.of_several.join(together, on=list(_MESSAGE), how="semi")
    names = ("fragment", "member", "message_id", "filed_at", "return_kind")
    return nw.concat([several.select(*names), alone.select(*names)], how="vertical")


def _contradictions(engine: Engine, rows: Frame, suspect: Frame) -> Frame:
    """Returns rows of the same message, period, kind and identity that differ.

    Args:
        engine: The engine.
        rows: The rows of the suspect fragments and others, identified.
        suspect: Result of `_suspect`.
    """
    suspect_rows = engine.keep(rows.join(suspect, on="fragment", how="inner"))
    key = [*_MESSAGE, *IDENTITY]
    differing = (
        suspect_rows.unique(subset=[*key, *SAID])
        .group_by(*key)
        .agg(nw.len().alias("versions"))
        .filter(nw.col("versions") > 1)
    )
    return suspect_rows.join(differing.select(*key), on=key, how="semi").select("fragment", "delivery", "member", "row")


def _flag(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)
