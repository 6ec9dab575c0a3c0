"""The truth about the employers and their people, and its fate in the returns.

Each income relation and period makes a row, whose fate is drawn by lot. The first report may be wrong; then a later
message corrects it, so that the rows in force are as they should be.
"""

from enum import IntEnum

import numpy as np
from attrs import frozen

from quotum.generate.calendars import Calendar
from quotum.generate.draws import Draws, Flags, Whole
from quotum.generate.relations import BENEFIT_KINDS, Relations

MOST_PERIODS = 16
"""Largest number of periods in the key of a row."""


class Fate(IntEnum):
    """Fate of a row: reported correctly, or otherwise."""

    PLAIN = 0
    """Reported correctly."""
    CORRECTED = 1
    """Reported wrongly, corrected by a correction."""
    SUPPLEMENTED = 2
    """Reported wrongly, corrected by a supplementary return."""
    ADDED_LATER = 3
    """Not reported, added by a supplementary return."""
    ADDED_BY_CORRECTION = 4
    """Not reported, added by a correction."""
    WITHDRAWN = 5
    """Reported by mistake, withdrawn by a supplementary return."""
    WITHDRAWN_BY_CORRECTION = 6
    """Reported by mistake, withdrawn by a correction."""


FATE_WEIGHTS = (98_500, 700, 200, 150, 100, 150, 200)
NEGATIVE_SHARE = 300
"""Corrections that leave negative hours and wage."""
HOURS_JITTER = 7
MOST_EXTRA_CENTS = 100
MOST_NEGATIVE_HOURS = 16
NO_HOURS_SHARE = 80
BENEFIT_WAGE_CENTS = 400_00
BENEFIT_WAGE_CENTS_ABOVE = 2_600_00


@frozen(eq=False)
class Truth:
    """Rows that should be in force: one per income relation and period in which it ran."""

    relation: Whole
    """Place of the income relation."""
    period: Whole
    """Place of the period."""
    key: Whole
    """Key of the row."""
    hours: Whole
    """Paid hours."""
    wage_cents: Whole
    """Wage before the ceiling."""
    fate: Whole
    """Fate of the row."""

    @property
    def in_force(self) -> Flags:
        """Whether the row is in force in the end."""
        return ~np.isin(self.fate, (Fate.WITHDRAWN, Fate.WITHDRAWN_BY_CORRECTION))


def truth(draws: Draws, calendar: Calendar, four_week: Whole, relations: Relations, amended: bool) -> Truth:
    """Draws the truth about the employers and their people, per period.

    Args:
        draws: Lots.
        calendar: Periods.
        four_week: Filer of each employer.
        relations: Income relations.
        amended: Whether anything is reported wrongly.
    """
    filer = four_week[relations.employer]
    width = calendar.starts.shape[1]
    active = (calendar.starts[filer] <= relations.ended[:, None]) & (calendar.ends[filer] >= relations.started[:, None])
    active &= np.arange(width)[None, :] < calendar.counts[filer][:, None]
    relation, period = np.nonzero(active)
    key = (relations.slot[relation] * MOST_PERIODS + period) * 2 + int(amended)
    filer = filer[relation]
    first = np.maximum(calendar.starts[filer, period], relations.started[relation])
    last = np.minimum(calendar.ends[filer, period], relations.ended[relation])
    hours = relations.weekly_hours[relation] * (last - first + 1) // 7
    hours += draws.below("hours", key, 2 * HOURS_JITTER + 1) - HOURS_JITTER
    benefit = np.isin(relations.kind[relation], BENEFIT_KINDS)
    nothing = benefit | draws.happens("no hours", key, NO_HOURS_SHARE)
    hours = np.where(nothing, 0, np.maximum(hours, 0))
    fate = draws.choice("fate", key, FATE_WEIGHTS if amended else (1,))
    negative = np.isin(fate, (Fate.CORRECTED, Fate.ADDED_BY_CORRECTION)) & ~benefit
    negative &= draws.happens("negative", key, NEGATIVE_SHARE)
    hours = np.where(negative, -1 - draws.below("negative hours", key, MOST_NEGATIVE_HOURS), hours)
    wage = hours * relations.hourly_cents[relation] + draws.below("cents", key, MOST_EXTRA_CENTS)
    benefits = BENEFIT_WAGE_CENTS + draws.below("benefit", key, BENEFIT_WAGE_CENTS_ABOVE)
    return Truth(relation, period, key, hours, np.where(benefit, benefits, wage), fate)
