"""The persons of a specification beside the run, with their differences and the reasons."""

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
from quotum.output.rerun import Rerun
from quotum.run.terms import Terms
from quotum.tables import RECONCILIATION

SAME, DIFFERS, NOT_IN_RUN, NOT_IN_DECISION = "same", "differs", "not_in_run", "not_in_decision"
HOURS, AMOUNT, UNKNOWN_EMPLOYER, NOT_DECIDED = "hours", "amount_per_hour", "employer_not_in_run", "not_decided"
_HIGHER: Final = is_granted.unmet
_NOT_ASKED: Final = asked_for.unmet
TEXTS: Final[Mapping[str, Text]] = {
    UNKNOWN_EMPLOYER: Text("the run has no such employer", "de berekening kent deze werkgever niet"),
    _NOT_ASKED.code: Text("no row in force asks for it", "in geen geldende regel aangevraagd"),
    _HIGHER.code: _HIGHER.text,
    HOURS: Text("other hours count", "er tellen andere uren"),
    AMOUNT: Text("the same hours, another amount", "dezelfde uren, een ander bedrag"),
    NOT_DECIDED: Text("the decision does not name the person", "de beschikking noemt de persoon niet"),
    **{code: reason.text for code, reason in REASONS.items()},
}
"""Texts of the reasons of a difference by code, in order; the last are of rows that do not count."""
_OURS: Final = {"run_hours": "paid_hours", "run_lkv_cents": "lkv_cents", "run_bonus_cents": "bonus_cents"}


def comparison(rerun: Rerun, specification: pa.Table, employers: Frame) -> Frame:
    """Persons in a specification, or in the run at an employer of the specification, as `tables.RECONCILIATION`.

    Args:
        rerun: The stages of the run.
        specification: Rows of `specification.COLUMNS`, each person of an employer once.
        employers: `rsin` of every employer of the run.
    """
    engine = rerun.engine
    decided = engine.table(specification)
    concerned = each_once(decided, "rsin")
    overview = overview_of(engine, rerun.results, rerun.prepared.figures)
    own = overview.filter((nw.col("category") == JOBS_AGREEMENT) & ~nw.col("bsn").is_null())
    assessed = engine.keep(own.join(concerned, on="rsin", how="semi"))
    pairs = engine.keep(_side_by_side(decided, assessed, employers))
    rows = pairs.with_columns(status=_status())
    return rows.with_columns(reasons=_reasons(rerun.results.terms)).select(*RECONCILIATION.computed)


def _side_by_side(decided: Frame, assessed: Frame, employers: Frame) -> Frame:
    """Persons that the specification names or to whom the run grants an amount."""
    granted = assessed.filter((nw.col("lkv_cents") > 0) | (nw.col("bonus_cents") > 0))
    everybody = each_once(nw.concat([decided.select(*PERSON), granted.select(*PERSON)], how="vertical"), *PERSON)
    counts = ["counted_rows", *map(column_of, REASONS)]
    figures = assessed.select(*PERSON, "assessment", *counts, **{name: nw.col(own) for name, own in _OURS.items()})
    known = employers.select("rsin", employer_known=nw.col("rsin") * 0 + 1)
    return (
        everybody.join(decided, on=list(PERSON), how="left")
        .join(figures, on=list(PERSON), how="left")
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
    """Whether the specification has other hours; null where it has none."""
    return nw.col("their_hours") != nw.col("run_hours")


def _reasons(terms: Terms) -> nw.Expr:
    """Codes of the reasons of a difference, in order, with semicolons between them."""
    status, named = nw.col("status"), nw.col("employer_known") == 1
    unequal = (status == DIFFERS) | (status == NOT_IN_RUN)
    gives_way = (nw.col("assessment") == GIVES_WAY).fill_null(value=False)
    hours = (status == DIFFERS) & ~gives_way & _hours_decide(terms)
    fewer = (status == NOT_IN_RUN) | (hours & ~(nw.col("difference_lkv_cents") > 0))
    conditions = {
        UNKNOWN_EMPLOYER: (status == NOT_IN_RUN) & ~named,
        _NOT_ASKED.code: (status == NOT_IN_RUN) & named & ~nw.col("asked"),
        _HIGHER.code: unequal & gives_way,
        HOURS: hours,
        AMOUNT: (status == DIFFERS) & ~gives_way & ~_hours_decide(terms),
        NOT_DECIDED: status == NOT_IN_DECISION,
        **{code: fewer & (nw.col(column_of(code)) > 0) for code in REASONS},
    }
    codes = [
        nw.when(holds).then(nw.lit(code)).otherwise(nw.lit(None)).cast(nw.String) for code, holds in conditions.items()
    ]
    return nw.concat_str(*codes, separator=";", ignore_nulls=True)


def _hours_decide(terms: Terms) -> nw.Expr:
    """Whether other hours make the difference: by the hours of the specification, or else by the amount per hour.

    An amount that is no whole number of hours, and is not the maximum, comes from another rate.
    """
    their_cents, price = nw.col("their_lkv_cents"), terms.lkv_price
    whole_hours = their_cents % price.rate_cents == 0
    hours_known = whole_hours | (their_cents == price.cap_cents) if price.cap_cents else whole_hours
    return (
        nw.when(nw.col("their_hours").is_null())
        .then(hours_known & (nw.col("difference_lkv_cents") != 0))
        .otherwise(_other_hours().fill_null(value=False))
    )


def duplicate_rows(engine: Engine, specification: pa.Table) -> tuple[int, int] | None:
    """First and last row of a person whom a specification names more than once; None when there is none."""
    decided = engine.table(specification)
    named = decided.group_by(*PERSON).agg(
        nw.len().alias("times"), nw.col("line").min().alias("first"), nw.col("line").max().alias("last")
    )
    duplicates = engine.collect(
        named.filter(nw.col("times") > 1).select("first", "last").sort("first").head(1)
    ).to_pylist()
    return (duplicates[0]["first"], duplicates[0]["last"]) if duplicates else None


__all__ = ["DIFFERS", "NOT_IN_DECISION", "NOT_IN_RUN", "SAME", "TEXTS", "comparison", "duplicate_rows"]
