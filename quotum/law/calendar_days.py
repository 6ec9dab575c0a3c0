"""The calendar: which day belongs to which act, and who acts.

Year t is the calendar year that is settled; all days lie after it unless said otherwise. A "before"
is given as the last day on which the act is in time.
"""

from datetime import date, timedelta
from typing import Final

WEEKS_TO_PAY: Final = 6
"""Wtl art. 4.4: LKV is paid within six weeks of the decision, by the receiver (ontvanger)."""
WEEKS_TO_COLLECT: Final = 6
"""Wfsv art. 38h: the quota levy can be collected six weeks after the date of the decision."""
WEEKS_TO_OBJECT: Final = 6
"""Awb art. 6:7: an objection (bezwaar) within six weeks of the decision."""
WEEKS_TO_DECIDE_ON_OBJECTION: Final = 26
"""Decision on the objection within 26 weeks."""
YEARS_TO_REVISE: Final = 5
"""Wtl art. 4.3 lid 1: revision until five years after the year."""
WEEKS_BEFORE_CHAMBERS: Final = 4
"""Average premium wage, rate and activation are laid before both chambers four weeks ahead."""

_ONE_DAY = timedelta(days=1)


def last_day_of_requests(year: int) -> date:
    """31 January: returns filed by it enter the preliminary overview (Wtl art. 4.1 lid 4)."""
    return date(year + 1, 1, 31)


def last_day_of_overview(year: int) -> date:
    """Before 15 March: the preliminary overview, by the inspector; UWV computes (Wtl art. 4.1 lid 4)."""
    return date(year + 1, 3, 15) - _ONE_DAY


def cut_off_day(year: int) -> date:
    """1 May: returns filed by it count for the decision (Wtl art. 4.1 lid 2; Wfsv art. 38e lid 3)."""
    return date(year + 1, 5, 1)


def last_day_of_decision(year: int) -> date:
    """Before 1 August: the LKV decision, by the inspector as UWV assessed (Wtl art. 4.1 lid 2)."""
    return date(year + 1, 8, 1) - _ONE_DAY


def last_day_of_payment(decided_on: date) -> date:
    """Paid within six weeks of the decision, by the receiver (Wtl art. 4.4)."""
    return decided_on + timedelta(weeks=WEEKS_TO_PAY)


def last_day_of_quota_levy(year: int) -> date:
    """Before 1 November: the decision on the quota levy, by the inspector (Wfsv art. 38h)."""
    return date(year + 1, 11, 1) - _ONE_DAY


def quota_levy_collectable_on(decided_on: date) -> date:
    """Six weeks after the date of the decision (Wfsv art. 38h)."""
    return decided_on + timedelta(weeks=WEEKS_TO_COLLECT)


def last_day_of_objection(decided_on: date) -> date:
    """Within six weeks of the decision; to the inspector (Awb art. 6:7)."""
    return decided_on + timedelta(weeks=WEEKS_TO_OBJECT)


def last_day_of_decision_on_objection(objected_on: date) -> date:
    """Within 26 weeks of the objection."""
    return objected_on + timedelta(weeks=WEEKS_TO_DECIDE_ON_OBJECTION)


def last_day_of_revision(year: int) -> date:
    """Until five years after the year (Wtl art. 4.3 lid 1)."""
    return date(year + YEARS_TO_REVISE, 12, 31)


def laid_before_chambers_by(takes_effect_on: date) -> date:
    """The last day on which a draft must lie before both chambers: at least four weeks ahead.

    Average premium wage (UWV; Wfsv art. 6 lid 5), surcharge rate (minister of SZW; Wet banenafspraak
    art. 6 lid 6) and activation (art. 5).
    """
    return takes_effect_on - timedelta(weeks=WEEKS_BEFORE_CHAMBERS)


def decided_late(year: int, decided_on: date) -> bool:
    """Whether a decision is later than the law demands."""
    return decided_on > last_day_of_decision(year)
