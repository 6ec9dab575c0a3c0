"""The law of a later year over the rows of an earlier one: its days are carried back, the rows keep theirs.

`simulate --as-if 2029` over the rows of 2026 asks what the law and the figures of 2029 do to a country like that of
2026. Nobody in it grows older and no employment lasts longer: whatever the law measures from a day of a row (days in
service, three years from a start, six months before it, starters of t and t-1, the wage of t-2) is measured within the
rows. Only the days that the law itself fixes (the change of text on 1 January 2026, the old amounts of employments
from before 2024, the pension age of each calendar year) move back by the same whole years, so that they lie as far
from the rows as they would in the later year. That is the same as moving every day of the rows forward.
"""

from datetime import date

from attrs import evolve

from quotum.law.wtl.lkv_until_2025 import MonthBefore
from quotum.law.wtl.terms import LkvTerms
from quotum.periods import add_months, months


def day_carried_back(day: date, years: int) -> date:
    """Returns a day that the law fixes, whole years earlier; 29 February becomes 28 February where there is none.

    Args:
        day: The day; the earliest possible day stands for no beginning and stays.
        years: Whole years.
    """
    return day if day == date.min else add_months(day, -years * len(months(day.year)))


def text_carried_back(lkv: LkvTerms, years: int) -> LkvTerms:
    """Returns the text of the benefits with its fixed days carried back to the year of the rows.

    Wtl art. 6.2 (the change of text), 6.2a (old amounts of older workers), 2.10 (what the month before a start is).

    Args:
        lkv: The text of the later year.
        years: Whole years between the later year and the year of the rows.
    """
    if not years:
        return lkv

    def earlier(starts: tuple[tuple[date, MonthBefore], ...]) -> tuple[tuple[date, MonthBefore], ...]:
        return tuple((day_carried_back(since, years), text) for since, text in starts)

    kept, kept_before = lkv.kept, lkv.older_kept_before
    if kept is not None:
        duration, last_day = kept
        kept = (evolve(duration, month_before=earlier(duration.month_before)), day_carried_back(last_day, years))
    return evolve(
        lkv,
        month_before=earlier(lkv.month_before),
        kept=kept,
        older_kept_before=None if kept_before is None else day_carried_back(kept_before, years),
    )


__all__ = ["day_carried_back", "text_carried_back"]
