"""Requests that were missed, and requests for people who were never registered (Wtl art. 2.1, 4.7).

Who would have a right had the employer asked is decided by the stages of the settlement themselves, over the same rows
as if each asked; and what hangs on it is what would be granted then less what is granted now, maxima and other
categories included.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import narwhals as nw
import pyarrow as pa
from attrs import evolve, frozen

from quotum.engine.interface import Engine
from quotum.errors import ArchiveLacks
from quotum.frames import Frame, each_once
from quotum.law.calendar_days import cut_off_day
from quotum.law.wtl.bonus import ASKED, asked_for, has_bsn, of_every_benefit
from quotum.law.wtl.counted_hours import PERIOD, PERSON
from quotum.law.wtl.cumulation import granted_only
from quotum.law.wtl.lkv_until_2025 import kind_of_work_counts
from quotum.law.wtl.windows import JOBS_BY_DECLARATION, TRAINING
from quotum.money import require_exact_product
from quotum.output.list_folder import Listed, require_new, write_list
from quotum.output.run_again import Again, Means, made_again, read_as_enacted
from quotum.run.stages import in_order as stages
from quotum.run.stages.bounds import size_of
from quotum.run.stages.columns import sums_by
from quotum.run.stages.grants import amounts, pension_limits
from quotum.run.stages.rows_in_force import people_of
from quotum.run.terms import Terms
from quotum.tables import MISSED, REGISTER

NOT_ASKED, NEVER_REGISTERED = "not_asked", "never_registered"
_BY_RIGHT: Final = (*PERSON, "right", "paid_hours")


@frozen
class Kind:
    """What was found of one kind."""

    name: str
    """`not_asked` or `never_registered`."""
    persons: int
    """Employers and persons."""
    employers: int
    """Employers."""
    hours: int
    """Paid hours."""
    cents: int
    """What hangs on them."""


@frozen
class Missed:
    """The lists, added up."""

    simulation: bool
    """Whether the run is a simulation."""
    correct_until: date
    """Last day on which a return can be corrected for the decision."""
    kinds: tuple[Kind, ...]
    """Both kinds, in order."""


def find_missed(
    run_folder: Path, out: Path | None, means: Means, progress: Callable[[str], None] = lambda _stage: None
) -> Missed:
    """What was missed in a run, and asked for in vain; with a folder as a list per employer and person.

    Args:
        run_folder: Folder of the run.
        out: Folder to make; None for the sums alone.
        means: What it may use.
        progress: Told the name of each stage as it begins.

    Raises:
        WrongUse: It is no run, or one of the quota levy; the folder is there.
        CannotCertify: The run was altered.
        ArchiveLacks: The archive is not there, lacks what the run read, or has no register.
        CannotWrite: There is no permission or no room.
        SelfCheckFailed: The stages do not grant what the run says.
    """
    if out is not None:
        require_new(out, run_folder)
    run = read_as_enacted(run_folder, "nothing is looked for in it")
    with made_again(run_folder, run, means, progress) as again:
        _require_register(again)
        progress("missed")
        rows = again.engine.keep(missed_of(again))
        if out is not None:
            progress("write")
            write_list(out, Listed(again.engine, MISSED, rows, run.simulation))
        kinds = tuple(_kind(again.engine, rows, name) for name in (NOT_ASKED, NEVER_REGISTERED))
    return Missed(run.simulation, cut_off_day(run.year), kinds)


def _require_register(again: Again) -> None:
    if again.prepared.archive.latest(REGISTER) is None:
        raise ArchiveLacks(
            "the run read no register, so nobody can say who is registered: receive one, settle again, and name that "
            "run"
        )


def missed_of(again: Again) -> Frame:
    """Both lists in one, as `tables.MISSED` with `rsin` and `bsn` as integers."""
    now = again.engine.keep(_granted_hours(again))
    lists = {NOT_ASKED: _not_asked(again, now), NEVER_REGISTERED: _never_registered(again, now)}
    last = cut_off_day(again.made.terms.year)
    named = [
        rows.with_columns(kind=nw.lit(name), correct_until=nw.lit(last).cast(nw.Date)).select(*MISSED.computed)
        for name, rows in lists.items()
    ]
    return nw.concat(named, how="vertical")


def _granted_hours(again: Again) -> Frame:
    by_right = again.made.granted.by_right
    if by_right is None:
        return again.engine.table(pa.table({name: pa.array([], kind) for name, kind in _TYPES.items()}))
    return by_right.select(*_BY_RIGHT)


_TYPES: Final = {"rsin": pa.int64(), "bsn": pa.int64(), "right": pa.string(), "paid_hours": pa.int64()}


def _not_asked(again: Again, now: Frame) -> Frame:
    """Who would have more hours that count, had the employer asked the jobs agreement in every row."""
    engine, made, prepared = again.engine, again.made, again.prepared
    request, archive, lkv = prepared.request, prepared.archive, made.terms.lkv
    rows = made.year_rows.opened.filter(has_bsn()).with_columns(**{ASKED: nw.lit(value=True)})
    as_if = evolve(made.year_rows, opened=engine.shelve(rows))
    register = people_of(archive).register
    rights = stages.rights(engine, archive, register, made.evidence, as_if, lkv, request.year, request.as_of)
    then = stages.grant(engine, as_if, rights, made.terms, prepared.figures).by_right
    if then is None:
        return _besides(engine, now, now, made.terms)
    return _besides(engine, now, engine.keep(then.select(*_BY_RIGHT)), made.terms)


def _never_registered(again: Again, now: Frame) -> Frame:
    """Who was asked for and never stood in the register, without a right that needs no registration.

    The hours are all that are asked for; the amount is of those among them that meet every other condition.
    """
    engine, made = again.engine, again.made
    registered = engine.table(people_of(again.prepared.archive).register.select(["bsn"]))
    limits = engine.table(pension_limits(made.terms.year, again.prepared.figures))
    hours = nw.col("paid_hours").fill_null(0)
    asking = (
        made.year_rows.opened.filter(asked_for() & has_bsn())
        .join(limits, on=list(PERIOD), how="inner")
        .select(*PERSON, paid_hours=hours, sound=nw.when(_otherwise_sound(made.terms)).then(hours).otherwise(nw.lit(0)))
    )
    strangers = engine.keep(
        sums_by(asking, PERSON, "paid_hours", "sound")
        .join(registered, on="bsn", how="anti")
        .join(_training(again), on="bsn", how="anti")
        .join(now.filter(nw.col("right") == JOBS_BY_DECLARATION), on=list(PERSON), how="anti")
    )
    theirs = strangers.select(*PERSON, right=nw.lit(JOBS_BY_DECLARATION), paid_hours=nw.col("sound"))
    then = engine.keep(nw.concat([now, theirs.select(*_BY_RIGHT)], how="vertical"))
    worth = _besides(engine, now, then, made.terms).select(*PERSON, "cents")
    return strangers.join(worth, on=list(PERSON), how="left").select(*PERSON, "paid_hours", "cents")


def _otherwise_sound(terms: Terms) -> nw.Expr:
    """Whether a row meets what the LKV asks beside a registration."""
    kind = kind_of_work_counts() if terms.lkv.asks_declaration else nw.col("out_of_count") == 0
    return kind & of_every_benefit().holds()


def _training(again: Again) -> Frame:
    """Whose right asks for no registration: `bsn` (scholingsbelemmerden, Wtl art. 2.10 lid 1 a 7)."""
    declared = again.made.evidence.declarations
    if declared is None:
        return again.engine.table(pa.table({"bsn": pa.array([], pa.int64())}))
    return again.engine.table(declared).filter(nw.col("category") == TRAINING).select("bsn")


def _besides(engine: Engine, now: Frame, then: Frame, terms: Terms) -> Frame:
    """Persons with more hours for the jobs agreement than now: `rsin`, `bsn`, `paid_hours` and `cents` besides."""
    own = nw.col("right") == JOBS_BY_DECLARATION
    before = now.filter(own).select(*PERSON, had=nw.col("paid_hours"))
    more = (
        then.filter(own)
        .join(before, on=list(PERSON), how="left")
        .with_columns(paid_hours=nw.col("paid_hours") - nw.col("had").fill_null(0))
        .filter((nw.col("paid_hours") > 0) | nw.col("had").is_null())
        .select(*PERSON, "paid_hours")
    )
    concerned = engine.keep(more)
    granted, would_be = (_worth(engine, some, concerned, terms) for some in (now, then))
    return (
        concerned.join(would_be.rename({"cents": "then"}), on=list(PERSON), how="left")
        .join(granted.rename({"cents": "now"}), on=list(PERSON), how="left")
        .with_columns(cents=nw.col("then").fill_null(0) - nw.col("now").fill_null(0))
        .select(*PERSON, "paid_hours", "cents")
    )


def _worth(engine: Engine, by_right: Frame, concerned: Frame, terms: Terms) -> Frame:
    """What persons are granted in all, of the highest category and no other: `rsin`, `bsn`, `cents`."""
    theirs = engine.keep(by_right.join(concerned.select(*PERSON), on=list(PERSON), how="semi"))
    largest = size_of(engine, theirs, "paid_hours").largest
    for name, rate in {"LKV": terms.lkv_rate_cents, "bonus": terms.bonus_rate_cents}.items():
        require_exact_product(largest, rate, f"hours of a person x {name}")
    priced = granted_only(engine.keep(amounts(theirs, terms)))
    return engine.keep(sums_by(priced.with_columns(cents=nw.col("lkv_cents") + nw.col("bonus_cents")), PERSON, "cents"))


def _kind(engine: Engine, rows: Frame, name: str) -> Kind:
    own = rows.filter(nw.col("kind") == name)
    totals = own.select(nw.len().alias("persons"), nw.col("paid_hours").sum(), nw.col("cents").sum())
    one = engine.collect(totals).to_pylist()[0]
    employers = engine.collect(each_once(own, "rsin").select(nw.len().alias("employers")))["employers"][0].as_py()
    return Kind(name, one["persons"], employers, int(one["paid_hours"] or 0), int(one["cents"] or 0))


__all__ = ["NEVER_REGISTERED", "NOT_ASKED", "Kind", "Missed", "find_missed", "missed_of"]
