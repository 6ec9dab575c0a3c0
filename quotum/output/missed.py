"""Requests that were missed, and requests for people who were never registered (Wtl art. 2.1, 4.7).

The stages of the settlement decide who would have a right, over the same rows as if the employer asked in each. The
amount that hangs on a request is what would be granted less what is granted now, with maxima and other categories.
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
from quotum.output import words
from quotum.output.list_folder import Listing, require_new, write_list
from quotum.output.rerun import Means, Rerun, read_as_enacted, rerun_of
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
    """The sums of a list."""

    name: str
    """`not_asked` or `never_registered`."""
    persons: int
    """Employers and persons."""
    employers: int
    """Employers."""
    hours: int
    """Paid hours."""
    cents: int
    """Amount that hangs on them."""


@frozen
class Missed:
    """The sums of both lists."""

    simulation: bool
    """Whether the run is a simulation."""
    correct_until: date
    """Last day on which a return can be corrected for the decision."""
    kinds: tuple[Kind, ...]
    """Both kinds, in order."""


def find_missed(
    run_folder: Path, out: Path | None, means: Means, progress: Callable[[str], None] = lambda _stage: None
) -> Missed:
    """Find requests that were missed and requests in vain; with a folder, as a list per employer and person.

    Args:
        run_folder: Folder of the run.
        out: Folder to make; None for the sums alone.
        means: Folders, threads and memory.
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
    run = read_as_enacted(run_folder, words.NOT_LOOKED_FOR.sentence())
    with rerun_of(run_folder, run, means, progress) as rerun:
        _require_register(rerun)
        progress("missed")
        rows = rerun.engine.keep(missed_of(rerun))
        if out is not None:
            progress("write")
            write_list(out, Listing(rerun.engine, MISSED, rows, run.simulation))
        kinds = tuple(_kind(rerun.engine, rows, name) for name in (NOT_ASKED, NEVER_REGISTERED))
    return Missed(run.simulation, cut_off_day(run.year), kinds)


def _require_register(rerun: Rerun) -> None:
    if rerun.prepared.archive.latest(REGISTER) is None:
        raise ArchiveLacks(words.NO_REGISTER.sentence())


def missed_of(rerun: Rerun) -> Frame:
    """Rows of both lists, as `tables.MISSED` with `rsin` and `bsn` as integers."""
    now = rerun.engine.keep(_granted_hours(rerun))
    lists = {NOT_ASKED: _not_asked(rerun, now), NEVER_REGISTERED: _never_registered(rerun, now)}
    last = cut_off_day(rerun.results.terms.year)
    named = [
        rows.with_columns(kind=nw.lit(name), correct_until=nw.lit(last).cast(nw.Date)).select(*MISSED.computed)
        for name, rows in lists.items()
    ]
    return nw.concat(named, how="vertical")


def _granted_hours(rerun: Rerun) -> Frame:
    by_right = rerun.results.granted.by_right
    if by_right is None:
        return rerun.engine.table(pa.table({name: pa.array([], kind) for name, kind in _TYPES.items()}))
    return by_right.select(*_BY_RIGHT)


_TYPES: Final = {"rsin": pa.int64(), "bsn": pa.int64(), "right": pa.string(), "paid_hours": pa.int64()}


def _not_asked(rerun: Rerun, now: Frame) -> Frame:
    """Persons with more hours that count if the employer asked the jobs agreement in every row."""
    engine, results, prepared = rerun.engine, rerun.results, rerun.prepared
    request, archive, lkv = prepared.request, prepared.archive, results.terms.lkv
    rows = results.year_rows.opened.filter(has_bsn()).with_columns(**{ASKED: nw.lit(value=True)})
    year_rows = evolve(results.year_rows, opened=engine.shelve(rows))
    register = people_of(archive).register
    rights = stages.rights(engine, archive, register, results.evidence, year_rows, lkv, request.year, request.as_of)
    if_asked = stages.grant(engine, year_rows, rights, results.terms, prepared.figures).by_right
    if if_asked is None:
        return _gains(engine, now, now, results.terms)
    return _gains(engine, now, engine.keep(if_asked.select(*_BY_RIGHT)), results.terms)


def _never_registered(rerun: Rerun, now: Frame) -> Frame:
    """Persons asked for who never stood in the register and have no right without a registration.

    The hours are all that are asked for; the amount is of the hours that meet every other condition.
    """
    engine, results = rerun.engine, rerun.results
    registered = engine.table(people_of(rerun.prepared.archive).register.select(["bsn"]))
    limits = engine.table(pension_limits(results.terms.year, rerun.prepared.figures))
    hours = nw.col("paid_hours").fill_null(0)
    asking = (
        results.year_rows.opened.filter(asked_for() & has_bsn())
        .join(limits, on=list(PERIOD), how="inner")
        .select(
            *PERSON, paid_hours=hours, sound=nw.when(_otherwise_sound(results.terms)).then(hours).otherwise(nw.lit(0))
        )
    )
    strangers = engine.keep(
        sums_by(asking, PERSON, "paid_hours", "sound")
        .join(registered, on="bsn", how="anti")
        .join(_training(rerun), on="bsn", how="anti")
        .join(now.filter(nw.col("right") == JOBS_BY_DECLARATION), on=list(PERSON), how="anti")
    )
    if_registered = strangers.select(*PERSON, right=nw.lit(JOBS_BY_DECLARATION), paid_hours=nw.col("sound"))
    as_if = engine.keep(nw.concat([now, if_registered.select(*_BY_RIGHT)], how="vertical"))
    worth = _gains(engine, now, as_if, results.terms).select(*PERSON, "cents")
    return strangers.join(worth, on=list(PERSON), how="left").select(*PERSON, "paid_hours", "cents")


def _otherwise_sound(terms: Terms) -> nw.Expr:
    """Whether a row meets what the LKV asks beside a registration."""
    kind = kind_of_work_counts() if terms.lkv.asks_declaration else nw.col("out_of_count") == 0
    return kind & of_every_benefit().holds()


def _training(rerun: Rerun) -> Frame:
    """Persons whose right asks for no registration: `bsn` (scholingsbelemmerden, Wtl art. 2.10 lid 1 a 7)."""
    declared = rerun.results.evidence.declarations
    if declared is None:
        return rerun.engine.table(pa.table({"bsn": pa.array([], pa.int64())}))
    return rerun.engine.table(declared).filter(nw.col("category") == TRAINING).select("bsn")


def _gains(engine: Engine, now: Frame, as_if: Frame, terms: Terms) -> Frame:
    """Persons with more hours for the jobs agreement than now: `rsin`, `bsn`, `paid_hours` and `cents` besides."""
    own = nw.col("right") == JOBS_BY_DECLARATION
    before = now.filter(own).select(*PERSON, had=nw.col("paid_hours"))
    more = (
        as_if.filter(own)
        .join(before, on=list(PERSON), how="left")
        .with_columns(paid_hours=nw.col("paid_hours") - nw.col("had").fill_null(0))
        .filter((nw.col("paid_hours") > 0) | nw.col("had").is_null())
        .select(*PERSON, "paid_hours")
    )
    concerned = engine.keep(more)
    granted, would_be = (_worth(engine, by_right, concerned, terms) for by_right in (now, as_if))
    return (
        concerned.join(would_be.rename({"cents": "cents_as_if"}), on=list(PERSON), how="left")
        .join(granted.rename({"cents": "cents_now"}), on=list(PERSON), how="left")
        .with_columns(cents=nw.col("cents_as_if").fill_null(0) - nw.col("cents_now").fill_null(0))
        .select(*PERSON, "paid_hours", "cents")
    )


def _worth(engine: Engine, by_right: Frame, concerned: Frame, terms: Terms) -> Frame:
    """Amounts that persons are granted in all, of the highest category only: `rsin`, `bsn`, `cents`."""
    hours = engine.keep(by_right.join(concerned.select(*PERSON), on=list(PERSON), how="semi"))
    largest = size_of(engine, hours, "paid_hours").largest
    for name, rate in {"LKV": terms.lkv_rate_cents, "bonus": terms.bonus_rate_cents}.items():
        require_exact_product(largest, rate, f"hours of a person x {name}")
    priced = granted_only(engine.keep(amounts(hours, terms)))
    return engine.keep(sums_by(priced.with_columns(cents=nw.col("lkv_cents") + nw.col("bonus_cents")), PERSON, "cents"))


def _kind(engine: Engine, rows: Frame, name: str) -> Kind:
    own = rows.filter(nw.col("kind") == name)
    totals = own.select(nw.len().alias("persons"), nw.col("paid_hours").sum(), nw.col("cents").sum())
    sums = engine.collect(totals).to_pylist()[0]
    employers = engine.collect(each_once(own, "rsin").select(nw.len().alias("employers")))["employers"][0].as_py()
    return Kind(name, sums["persons"], employers, int(sums["paid_hours"] or 0), int(sums["cents"] or 0))


__all__ = ["NEVER_REGISTERED", "NOT_ASKED", "Kind", "Missed", "find_missed", "missed_of"]
