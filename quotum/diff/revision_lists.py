"""A revision (herziening) between two runs: three lists, with actor, deadline and what is not automatic."""

from collections.abc import Mapping
from datetime import date

import narwhals as nw
from attrs import frozen

from quotum.diff import words
from quotum.diff.revision import Revision, revise, tables_of
from quotum.diff.sides import Pair
from quotum.diff.terms import Terms, terms_of
from quotum.engine.interface import Engine
from quotum.errors import WrongUse
from quotum.frames import Frame
from quotum.law import calendar_days
from quotum.law import revision as law
from quotum.run.regimes import regime as regimes
from quotum.run.stages.columns import sums
from quotum.tables import LKV_DOWNWARD, LKV_UPWARD, SURCHARGE_CORRECTIONS, Table
from quotum.words import Sentence


@frozen
class RevisionList:
    """A list of a revision, and what becomes of it."""

    table: Table
    """Its declaration."""
    title: str
    """Its content, in a few words."""
    lines: int
    """Number of lines: persons at an employer, or returns."""
    difference_cents: int
    """Sum of the differences, second minus first: LKV and bonus, or surcharge."""
    who: str
    """Actor."""
    not_automatic: str
    """Why nothing follows from the list by itself."""
    until: str
    """Deadline."""
    provision: str
    """Article."""


@frozen
class RevisionLists:
    """A revision as three lists."""

    pair: Pair
    """The runs."""
    terms: Terms
    """Differences in requests and inputs."""
    judged_on: date
    """Day for which the deadlines are judged: the decision of the second run, or its as-of day."""
    in_time: bool
    """Whether changes to the employer's disadvantage can still be decided on that day."""
    lists: tuple[RevisionList, ...]
    """Downward, upward, surcharge."""
    remarks: tuple[str, ...]
    """Remarks to read first."""
    tables: Mapping[Table, Frame]
    """Lists to write."""


def require_revisable(pair: Pair) -> None:
    """Requires that the second run can revise the first.

    Raises:
        WrongUse: The quota levy gives no decision; or the second run is about an earlier day than the first.
    """
    if not regimes.named(pair.first.regime).decides:
        raise WrongUse(words.LEVY_NOT_REVISED.sentence())
    if pair.second.as_of < pair.first.as_of:
        raise WrongUse(words.EARLIER_SECOND.sentence(second=pair.second.as_of, first=pair.first.as_of))


def revision_lists_of(engine: Engine, pair: Pair) -> RevisionLists:
    """Returns the three lists between two runs.

    Args:
        engine: The engine; the frames of the result live as long as it does.
        pair: The runs, after `require_revisable`.
    """
    year = pair.first.year
    revision = revise(engine, tables_of(engine, pair.first.folder, year), tables_of(engine, pair.second.folder, year))
    judged_on = pair.second.decided_on or pair.second.as_of
    in_time = revision.may_go_down_on(judged_on)
    terms = terms_of(pair)
    return RevisionLists(
        pair=pair,
        terms=terms,
        judged_on=judged_on,
        in_time=in_time,
        lists=_lists(engine, pair, revision, judged_on),
        remarks=tuple(_remarks(pair, terms)),
        tables={
            LKV_DOWNWARD: revision.lkv_downward,
            LKV_UPWARD: revision.lkv_upward,
            SURCHARGE_CORRECTIONS: revision.surcharge,
        },
    )


def _lists(engine: Engine, pair: Pair, revision: Revision, judged_on: date) -> tuple[RevisionList, ...]:
    until = law.DOWNWARD.until if revision.may_go_down_on(judged_on) else law.TOO_LATE
    untils = (
        until.sentence(last=revision.last_day_downward, day=judged_on),
        _objection(pair),
        law.OF_SURCHARGE.until.sentence(),
    )
    lists = (
        (LKV_DOWNWARD, revision.lkv_downward, "difference_payable_cents", law.DOWNWARD),
        (LKV_UPWARD, revision.lkv_upward, "difference_payable_cents", law.UPWARD),
        (SURCHARGE_CORRECTIONS, revision.surcharge, "difference_surcharge_cents", law.OF_SURCHARGE),
    )
    return tuple(
        RevisionList(
            table,
            consequence.title.sentence(),
            *_size(engine, frame, amount),
            who=consequence.who.sentence(),
            not_automatic=consequence.not_automatic.sentence(),
            until=last,
            provision=consequence.provision,
        )
        for (table, frame, amount, consequence), last in zip(lists, untils, strict=True)
    )


def _objection(pair: Pair) -> str:
    weeks, decided_on = calendar_days.WEEKS_TO_OBJECT, pair.first.decided_on
    if decided_on is None:
        return law.NO_DECISION.sentence(weeks=weeks)
    last = calendar_days.last_day_of_objection(decided_on)
    return law.UPWARD.until.sentence(weeks=weeks, day=decided_on, last=last)


def _size(engine: Engine, frame: Frame, amount: str) -> tuple[int, int]:
    totals = frame.select(nw.len().alias("lines"), *sums(amount))
    row = engine.collect(totals).to_pylist()[0]
    return row["lines"], row[amount] or 0


def _remarks(pair: Pair, terms: Terms) -> list[Sentence]:
    remarks = []
    cut_off = calendar_days.cut_off_day(pair.first.year)
    if pair.first.as_of < cut_off:
        remarks.append(words.BEFORE_CUT_OFF.sentence(as_of=pair.first.as_of, cut_off=cut_off))
    if terms.touch_every_employer:
        remarks.append(words.DIFFER_TOO.sentence())
    if pair.simulation:
        remarks.append(words.NOT_REVISED.sentence())
    return remarks
