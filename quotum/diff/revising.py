"""A revision (herziening) between two runs: three lists, who acts on each, until when, and what is not automatic."""

from collections.abc import Mapping
from datetime import date

import narwhals as nw
from attrs import frozen

from quotum.diff.revision import Revision, revise, tables_of
from quotum.diff.sides import Pair
from quotum.diff.terms import Terms, terms_of
from quotum.engine.interface import Engine
from quotum.errors import WrongUse
from quotum.frames import Frame
from quotum.law import calendar_days
from quotum.run.stages.columns import sums
from quotum.run_folder.request import QUOTA_LEVY
from quotum.tables import LKV_DOWNWARD, LKV_UPWARD, SURCHARGE_CORRECTIONS, Table


@frozen
class RevisionList:
    """One of the three lists, and what becomes of it."""

    table: Table
    """Its declaration."""
    title: str
    """What is in it, in a few words."""
    lines: int
    """Number of lines: persons at an employer, or returns."""
    difference_cents: int
    """Sum of the differences, second less first: LKV and bonus, or surcharge."""
    who: str
    """Who acts."""
    not_automatic: str
    """Why nothing follows from the list by itself."""
    until: str
    """Until when."""
    provision: str
    """Article."""


@frozen
class Revised:
    """A revision as three lists."""

    pair: Pair
    """The runs."""
    terms: Terms
    """What differs in what they were asked and read."""
    judged_on: date
    """The day on which it is judged whether a list is in time: the decision of the second run, or its as-of day."""
    in_time: bool
    """Whether what is to the employer's disadvantage can still be decided on that day."""
    lists: tuple[RevisionList, ...]
    """Downward, upward, surcharge."""
    remarks: tuple[str, ...]
    """What the reader must know first."""
    tables: Mapping[Table, Frame]
    """The lists to be written."""


def require_revisable(pair: Pair) -> None:
    """Two runs can be a revision of one another.

    Raises:
        WrongUse: The quota levy gives no decision; or the second run looks at an earlier day than the first.
    """
    if pair.first.regime == QUOTA_LEVY:
        raise WrongUse(
            "--revision: a run of the quota levy gives figures and no decision (Wfsv art. 122na), so there is nothing "
            "to revise; leave --revision out to compare the runs"
        )
    if pair.second.as_of < pair.first.as_of:
        raise WrongUse(
            f"--revision: the second run looks at the returns of an earlier day ({pair.second.as_of}) than the first "
            f"({pair.first.as_of}); name the earlier settlement first"
        )


def revised(engine: Engine, pair: Pair) -> Revised:
    """The three lists between two runs.

    Args:
        engine: Where it runs; the frames of the result live as long as it does.
        pair: The runs, after `require_revisable`.
    """
    year = pair.first.year
    found = revise(engine, tables_of(engine, pair.first.folder, year), tables_of(engine, pair.second.folder, year))
    judged_on = pair.second.decided_on or pair.second.as_of
    in_time = found.may_go_down_on(judged_on)
    terms = terms_of(pair)
    return Revised(
        pair=pair,
        terms=terms,
        judged_on=judged_on,
        in_time=in_time,
        lists=_lists(engine, pair, found, judged_on),
        remarks=tuple(_remarks(pair, terms)),
        tables={
            LKV_DOWNWARD: found.lkv_downward,
            LKV_UPWARD: found.lkv_upward,
            SURCHARGE_CORRECTIONS: found.surcharge,
        },
    )


def _lists(engine: Engine, pair: Pair, found: Revision, judged_on: date) -> tuple[RevisionList, ...]:
    last = found.last_day_downward
    down = (
        f"until {last}, five years after the year: in time on {judged_on}"
        if found.may_go_down_on(judged_on)
        else f"until {last}, five years after the year: TOO LATE on {judged_on}, nothing in this list can be revised"
    )
    return (
        RevisionList(
            LKV_DOWNWARD,
            "LKV and bonus downward, per employer and person",
            *_size(engine, found.lkv_downward, "difference_payable_cents"),
            who="an official of the inspector judges each line",
            not_automatic="only when it is due to the employer or was knowable to it; the list decides nothing",
            until=down,
            provision="Wtl art. 4.3 lid 1",
        ),
        RevisionList(
            LKV_UPWARD,
            "LKV and bonus upward, per employer and person",
            *_size(engine, found.lkv_upward, "difference_payable_cents"),
            who="the employer, by objection",
            not_automatic="not payable on the office's own motion",
            until=_objection(pair),
            provision="Wtl art. 4.3; Awb art. 6:7",
        ),
        RevisionList(
            SURCHARGE_CORRECTIONS,
            "surcharge, per payroll tax number and return period",
            *_size(engine, found.surcharge, "difference_surcharge_cents"),
            who="the employer, by a correction of the payroll return",
            not_automatic="the surcharge is collected with the payroll return and is no part of the LKV decision",
            until="as for any correction of a payroll return",
            provision="Wet banenafspraak art. 6 lid 7",
        ),
    )


def _objection(pair: Pair) -> str:
    weeks = f"within {calendar_days.WEEKS_TO_OBJECT} weeks of the decision"
    decided_on = pair.first.decided_on
    if decided_on is None:
        return f"{weeks} (the first run names no day of decision)"
    return f"{weeks} of {decided_on}: until {calendar_days.last_day_of_objection(decided_on)}"


def _size(engine: Engine, found: Frame, amount: str) -> tuple[int, int]:
    both = found.select(nw.len().alias("lines"), *sums(amount))
    row = engine.collect(both).to_pylist()[0]
    return row["lines"], row[amount] or 0


def _remarks(pair: Pair, terms: Terms) -> list[str]:
    remarks = []
    cut_off = calendar_days.cut_off_day(pair.first.year)
    if pair.first.as_of < cut_off:
        remarks.append(
            f"the first run looks at the returns as filed by {pair.first.as_of}, before {cut_off}: it is no settlement "
            "that a decision rests on (Wtl art. 4.1 lid 2), so this is what changed since the overview, and no revision"
        )
    if terms.touch_every_employer:
        remarks.append(
            "the runs differ in parameters, rate or code as well: `quotum diff` without --revision names them"
        )
    if pair.simulation:
        remarks.append("a simulation decides nothing: no line of it can be revised")
    return remarks
