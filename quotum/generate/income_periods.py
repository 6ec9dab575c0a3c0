"""Income relations with two income periods, which only the XML shows.

The flat form has what the income period in force on the first day in service says (none in force:
the earliest), and a request when it is in any of them. So here one income period says what the flat
form says of kind, nature and insurance, and the other says something else.
"""

from enum import IntEnum

import numpy as np
from attrs import frozen

from quotum.generate.calendars import Calendar
from quotum.generate.draws import Draws, Flags, Whole
from quotum.generate.relations import Relations
from quotum.generate.returns import Rows
from quotum.generate.truth import MOST_PERIODS

TWO_PERIODS_SHARE = 200
REVERSED_SHARE = 2_000
"""Of those with two: the later one is written first."""
FEWEST_DAYS = 5
"""Days in service in which two income periods fit."""
LAYOUT_WEIGHTS = (4, 3, 3)
REQUEST_WEIGHTS = (2, 1, 1)
BOTH, DECIDING_ONLY, OTHER_ONLY = range(3)
KINDS = (11, 13, 15)


class Layout(IntEnum):
    """Where the two income periods lie."""

    CHANGE_LATER = 0
    """The deciding one is in force on the first day in service; the other begins later."""
    NONE_IN_FORCE = 1
    """Both begin after the first day in service; the deciding one is the earliest."""
    CHANGE_BEFORE = 2
    """The other began earlier and is over; the deciding one begins on the first day in service."""


@frozen(eq=False)
class IncomePeriods:
    """The income periods of some rows."""

    deciding_from: Whole
    """First day of the one that decides (or the only one)."""
    two: Flags
    """Whether there is another one."""
    other_from: Whole
    """First day of the other one."""
    other_first: Flags
    """Whether the other one is written first."""
    deciding_asks: Flags
    """Whether the deciding one holds the requests."""
    other_asks: Flags
    """Whether the other one holds the requests."""


def income_periods(
    draws: Draws, calendar: Calendar, four_week: Whole, relations: Relations, rows: Rows
) -> IncomePeriods:
    """The income periods of rows that report.

    Args:
        draws: Lots.
        calendar: Periods.
        four_week: Filer of each employer at hand.
        relations: Income relations.
        rows: Rows, each with an income relation.
    """
    filer, started = four_week[rows.employer], relations.started[rows.relation]
    key = relations.slot[rows.relation] * MOST_PERIODS + rows.period
    first = np.maximum(calendar.starts[filer, rows.period], started)
    days = np.minimum(calendar.ends[filer, rows.period], relations.ended[rows.relation]) - first + 1
    two = (days >= FEWEST_DAYS) & np.isin(relations.kind[rows.relation], KINDS)
    two &= draws.happens("two income periods", key, TWO_PERIODS_SHARE)
    layout = draws.choice("income periods, layout", key, LAYOUT_WEIGHTS)
    layout = np.where((layout == Layout.CHANGE_BEFORE) & (started == first), Layout.CHANGE_LATER, layout)
    later = 1 + draws.below("income periods, later", key, np.maximum(days // 2, 1))
    deciding = np.select(
        [layout == Layout.NONE_IN_FORCE, layout == Layout.CHANGE_BEFORE], [first + later, first], default=started
    )
    other = np.where(layout == Layout.CHANGE_BEFORE, started, first + later + (layout == Layout.NONE_IN_FORCE) * 2)
    asks = np.where(two, draws.choice("income periods, requests", key, REQUEST_WEIGHTS), DECIDING_ONLY)
    return IncomePeriods(
        np.where(two, deciding, started),
        two,
        other,
        (other < deciding) ^ draws.happens("income periods, order", key, REVERSED_SHARE),
        asks != OTHER_ONLY,
        asks != DECIDING_ONLY,
    )
