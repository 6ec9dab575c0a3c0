"""The premium wage of year t-2 that decides whether an employer is small: Besluit Wfsv art. 2.19d lid 1, 2.5, 2.15.

Delivered for that year, or else the sum of its returns when these are complete; a transfer of undertaking
corrects it before it is tested.
"""

from functools import reduce
from typing import Final

import narwhals as nw

from quotum.frames import Frame, each_once
from quotum.law.conditions import Question, Text
from quotum.periods import Period, four_week_periods, months

YEARS_BEFORE: Final = 2
"""The wage of year t-2 is tested."""

KNOWN_WAGE: Final = Question(
    "Besluit Wfsv art. 2.19d lid 1, 2.5",
    Text("What was the premium wage of {year}?", "Wat was het premieplichtige loon van {year}?"),
)
UNKNOWN: Final = Text("unknown", "onbekend")
NOT_COMPLETE: Final = Text("not complete", "niet volledig")
FROM_RETURNS: Final = Text("{wage}, from complete returns", "{wage}, uit volledige aangiften")
AS_DELIVERED: Final = Text("{wage}, as delivered", "{wage}, zoals geleverd")
SUM_DIFFERS: Final = Text(
    "; the sum of the returns differs: a finding", "; de som van de aangiften wijkt af: een bevinding"
)


def complete_years(returns: Frame, year: int) -> Frame:
    """Payroll tax numbers with a full return in force for every month of a year, or for every four-week period.

    Args:
        returns: Returns in force: payroll tax number, period, `full` (1 when a full return is among them).
        year: Calendar year.

    Returns:
        `payroll_tax_number`, each once.
    """

    def filed(calendar: tuple[Period, ...]) -> Frame:
        inside = reduce(
            lambda left, right: left | right,
            ((nw.col("period_start") == period.start) & (nw.col("period_end") == period.end) for period in calendar),
        )
        counted = (
            returns.filter((nw.col("full") == 1) & inside).group_by("payroll_tax_number").agg(nw.len().alias("periods"))
        )
        return counted.filter(nw.col("periods") == len(calendar)).select("payroll_tax_number")

    complete = [filed(calendar) for calendar in (months(year), four_week_periods(year))]
    return each_once(nw.concat(complete, how="vertical"), "payroll_tax_number")


def is_complete() -> nw.Expr:
    """Whether the returns of an employer tell its wage: those of each payroll tax number that has any are complete.

    Column: `lacking`, how many of its payroll tax numbers are not complete.
    """
    return nw.col("lacking") == 0


def known_wage_cents() -> nw.Expr:
    """The wage that is known before transfers: as delivered, or else the sum of complete returns.

    Columns: `delivered_cents`, `summed_cents`; null where there is none.
    """
    return nw.coalesce("delivered_cents", "summed_cents")


def wages_differ() -> nw.Expr:
    """Whether the delivered wage is not the sum of the returns: a finding."""
    return (nw.col("delivered_cents") != nw.col("summed_cents")).fill_null(value=False)


def wage_to_test_cents() -> nw.Expr:
    """The wage that is tested: after transfers of undertaking where any counts (art. 2.15 lid 1 b).

    Columns: `corrected` (1 where a transfer counts), `corrected_cents`, `own_wage_t2_cents`.
    """
    return nw.when(nw.col("corrected") == 1).then(nw.col("corrected_cents")).otherwise(nw.col("own_wage_t2_cents"))
