"""Each person of a specification beside the run, with what they differ in and why."""

from collections.abc import Mapping
from typing import Final

import narwhals as nw
import pyarrow as pa

from quotum.engine.interface import Engine
from quotum.frames import Frame, each_once
from quotum.law.conditions import Text
from quotum.law.wtl.bonus import asked_for
from quotum.law.wtl.counted_hours import PERSON
from quotum.law.wtl.cumulation import JOBS_AGREEMENT, is_granted
from quotum.output.overview.assessment import GIVES_WAY, overview_of
from quotum.output.overview.reasons import REASONS, column_of
from quotum.output.run_again import Again
from quotum.run.terms import Terms
from quotum.tables import RECONCILIATION

SAME, DIFFERS, NOT_IN_RUN, NOT_IN_DECISION = "same", "differs", "not_in_run", "not_in_decision"
HOURS, AMOUNT, UNKNOWN_EMPLOYER, NOT_DECIDED = "hours", "amount_per_hour", "employer_not_in_run", "not_decided"
_HIGHER: Final = is_granted.unmet
_NOT_ASKED: Final = asked_for.unmet
WHY: Final[Mapping[str, Text]] = {
    UNKNOWN_EMPLOYER: Text("the run has no such employer", "de berekening kent deze werkgever niet"),
    _NOT_ASKED.code: Text("no row in force asks for it", "in geen geldende regel aangevraagd"),
    _HIGHER.code: _HIGHER.text,
    HOURS: Text("other hours count", "er tellen andere uren"),
    AMOUNT: Text("the same hours, another amount", "dezelfde uren, een ander bedrag"),
    NOT_DECIDED: Text("the decision does not name the person", "de beschikking noemt de persoon niet"),
    **{code: reason.text for code, reason in REASONS.items()},
}
"""What is said of a difference, by code, in the order in which it is told; the last are of rows that do not count."""
_OURS: Final = {"run_hours": "paid_hours", "run_lkv_cents": "lkv_cents", "run_bonus_cents": "bonus_cents"}


def reconciled(again: Again, theirs: pa.Table, employers: Frame) -> Frame:
    """Everybody in a specification, or in the run at one of its employers, as `tables.RECONCILIATION`.

    Args:
        again: The stages of the run.
        theirs: As `specification.THEIRS`, each person of an employer once.
        employers: `rsin` of every employer of the run.
    """
    engine = again.engine
    said = engine.table(theirs)
    there = each_once(said, "rsin")
    overview = overview_of(engine, again.made, again.prepared.figures)
    own = overview.filter((nw.col("category") == JOBS_AGREEMENT) & ~nw.col("bsn").is_null())
    ours = engine.keep(own.join(there, on="rsin", how="semi"))
    both = engine.keep(_side_by_side(said, ours, employers))
    found = both.with_columns(status=_status())
    return found.with_columns(reasons=_reasons(again.made.terms)).select(*RECONCILIATION.computed)


def _side_by_side(said: Frame, ours: Frame, employers: Frame) -> Frame:
    """Everybody who is named by the specification, or granted an amount by the run."""
    granted = ours.filter((nw.col("lkv_cents") > 0) | (nw.col("bonus_cents") > 0))
    everybody = each_once(nw.concat([said.select(*PERSON), granted.select(*PERSON)], how="vertical"), *PERSON)
    counts = ["counted_rows", *map(column_of, REASONS)]
    assessed = ours.select(*PERSON, "assessment", *counts, **{name: nw.col(own) for name, own in _OURS.items()})
    known = employers.select("rsin", employer_known=nw.col("rsin") * 0 + 1)
    return (
        everybody.join(said, on=list(PERSON), how="left")
        .join(assessed, on=list(PERSON), how="left")
        .join(known, on="rsin", how="left")
        .with_columns(
            asked=~nw.col("assessment").is_null(),
            **{name: nw.col(name).fill_null(0) for name in (*counts, *_OURS, "employer_known")},
        )
        .with_columns(
            difference_lkv_cents=nw.col("run_lkv_cents") - nw.col("their_lkv_cents").fill_null(0),
            difference_bonus_cents=nw.col("run_bonus_cents") - nw.col("their_bonus_cents"),
        )
    )


def _status() -> nw.Expr:
    differs = (
        (nw.col("difference_lkv_cents") != 0)
        | (nw.col("difference_bonus_cents").fill_null(0) != 0)
        | _other_hours().fill_null(value=False)
    )
    of_both = nw.when(differs).then(nw.lit(DIFFERS)).otherwise(nw.lit(SAME))
    in_run = nw.when(nw.col("counted_rows") == 0).then(nw.lit(NOT_IN_RUN)).otherwise(of_both)
    return nw.when(nw.col("line").is_null()).then(nw.lit(NOT_IN_DECISION)).otherwise(in_run)


def _other_hours() -> nw.Expr:
    """Whether the hours are said and are others; null when they are not said."""
    return nw.col("their_hours") != nw.col("run_hours")


def _reasons(terms: Terms) -> nw.Expr:
    """The codes of what a difference comes from, in order, with semicolons between them."""
    status, named = nw.col("status"), nw.col("employer_known") == 1
    apart = (status == DIFFERS) | (status == NOT_IN_RUN)
    gives_way = (nw.col("assessment") == GIVES_WAY).fill_null(value=False)
    hours = (status == DIFFERS) & ~gives_way & _hours_decide(terms)
    fewer = (status == NOT_IN_RUN) | (hours & ~(nw.col("difference_lkv_cents") > 0))
    conditions = {
        UNKNOWN_EMPLOYER: (status == NOT_IN_RUN) & ~named,
        _NOT_ASKED.code: (status == NOT_IN_RUN) & named & ~nw.col("asked"),
        _HIGHER.code: apart & gives_way,
        HOURS: hours,
        AMOUNT: (status == DIFFERS) & ~gives_way & ~_hours_decide(terms),
        NOT_DECIDED: status == NOT_IN_DECISION,
        **{code: fewer & (nw.col(column_of(code)) > 0) for code in REASONS},
    }
    told = [
        nw.when(holds).then(nw.lit(code)).otherwise(nw.lit(None)).cast(nw.String) for code, holds in conditions.items()
    ]
    return nw.concat_str(*told, separator=";", ignore_nulls=True)


def _hours_decide(terms: Terms) -> nw.Expr:
    """Whether other hours make the difference: as they are said, or else as the amount of an hour tells.

    An amount that is no whole number of hours, and is not the maximum, comes from another rate.
    """
    theirs, price = nw.col("their_lkv_cents"), terms.lkv_price
    whole = theirs % price.rate_cents == 0
    told = whole | (theirs == price.cap_cents) if price.cap_cents else whole
    return (
        nw.when(nw.col("their_hours").is_null())
        .then(told & (nw.col("difference_lkv_cents") != 0))
        .otherwise(_other_hours().fill_null(value=False))
    )


def twice(engine: Engine, theirs: pa.Table) -> tuple[int, int] | None:
    """The first two rows of a specification that name the same person of an employer; None when none do."""
    said = engine.table(theirs)
    named = said.group_by(*PERSON).agg(
        nw.len().alias("times"), nw.col("line").min().alias("first"), nw.col("line").max().alias("last")
    )
    found = engine.collect(named.filter(nw.col("times") > 1).select("first", "last").sort("first").head(1)).to_pylist()
    return (found[0]["first"], found[0]["last"]) if found else None


__all__ = ["DIFFERS", "NOT_IN_DECISION", "NOT_IN_RUN", "SAME", "WHY", "reconciled", "twice"]
