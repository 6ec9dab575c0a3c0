"""Employments (dienstbetrekkingen) of a person with an employer, and when one begins anew: Wtl art. 2.2, 2.6, 2.10.

An employment is an income relation as the rows in force report it that have kind 11, 13 or 15 and are
insured for WAO/WIA, WW or ZW: its start (`DatAanv`) and its end (`DatEind`), over every payroll tax
number of the employer. The end is that of the latest period; without an end the employment runs on:
silence of an employer never makes a right. A relation without a start cannot begin a right, and stands
in the way of another over the periods it was reported in.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Final

import attrs
from attrs import frozen

from quotum.law.conditions import Reason, Text, condition
from quotum.law.readings import EMPLOYMENT
from quotum.periods import add_months

WITHOUT_END: Final = date.max
MONTHS_IN_YEAR: Final = 12
YEARS_OVER: Final = Reason("years_over", Text("the years of the right are over", "de duur van het recht is verstreken"))
"""Why nothing is given after the end of a right."""
_ONE_DAY: Final = timedelta(days=1)

Transfer = tuple[date, int, int]
"""A transfer of undertaking: its day, transferor and acquirer."""


@frozen
class ReportedRelation:
    """An income relation as rows in force report it; equal reports are merged."""

    payroll_tax_number: int
    """Where the relation is reported."""
    relation_number: int
    """Its number (`NumIV`)."""
    started_on: date | None
    """Start of the relation."""
    ended_on: date | None
    """End of the relation, as these rows say it."""
    first_reported: date
    """First day of the earliest period that says so."""
    last_reported: date
    """Last day of the latest period that says so."""


@frozen(order=True)
class Employment:
    """An employment of a person with an employer, first and last day included."""

    first_day: date
    """First day."""
    last_day: date
    """Last day; a far day while it runs."""
    start_known: bool = True
    """Whether the first day is a start as filed, and not only the first day it was reported for."""


def employments(reports: Iterable[ReportedRelation]) -> tuple[Employment, ...]:
    """The employments of a person with an employer that rows report, in order of their start."""
    relations: dict[tuple[int, int, date | None], list[ReportedRelation]] = {}
    for report in reports:
        relations.setdefault((report.payroll_tax_number, report.relation_number, report.started_on), []).append(report)
    return tuple(sorted({_employment(of_relation) for of_relation in relations.values()}))


def _employment(reports: list[ReportedRelation]) -> Employment:
    """One relation: the end as the latest period says it."""
    latest = max(report.last_reported for report in reports)
    ends = [report.ended_on for report in reports if report.last_reported == latest]
    started = reports[0].started_on
    if started is None:
        reported = min(report.first_reported for report in reports)
        return Employment(reported, max(end or latest for end in ends), start_known=False)
    return Employment(started, max(end or WITHOUT_END for end in ends))


@condition(
    "Wtl art. 2.14, 2.16 lid 1",
    Text(
        "Was the person employed here on the first day of the declaration?",
        "Was de persoon hier in dienst op de eerste dag van de doelgroepverklaring?",
    ),
    Reason(
        "not_employed_then",
        Text(
            "not employed here on the first day of the declaration",
            "hier niet in dienst op de eerste dag van de doelgroepverklaring",
        ),
    ),
    EMPLOYMENT,
)
def employed_on(day: date, known: Iterable[Employment]) -> bool:
    """Whether there was an employment with this employer on a day, its start known or not."""
    return any(employment.first_day <= day <= employment.last_day for employment in known)


@condition(
    "Wtl art. 2.2, 2.6, 2.10 lid 1 b (text until 2025)",
    Text(
        "Was there no employment with this employer in the months before?",
        "Was er in de maanden voorafgaand aan de dienstbetrekking geen dienstbetrekking met deze werkgever?",
    ),
    Reason("worked_before", Text("worked here in the months before", "werkte hier in de maanden daarvoor al")),
    EMPLOYMENT,
)
def begins_anew(day: date, known: Iterable[Employment], months: int) -> bool:
    """Whether there was no employment with this employer in the months before a day.

    Wtl art. 2.10 lid 1 b (text until 2025), 2.2 and 2.6: "in de zes maanden voorafgaand aan". With
    a start on 1 July, an employment that ended on 31 December is outside, one that ended on 1
    January is not.
    """
    since = add_months(day, -months)
    return not any(employment.first_day < day and employment.last_day >= since for employment in known)


def first_start(known: Iterable[Employment], qualifies: Callable[[date], bool]) -> date | None:
    """The first day of the first employment that qualifies; None when none does."""
    starts = sorted({employment.first_day for employment in known if employment.start_known})
    return next((day for day in starts if qualifies(day)), None)


def new_starts(known: tuple[Employment, ...], months: int) -> tuple[date, ...]:
    """First days of the employments that begin anew, in order."""
    starts = sorted({employment.first_day for employment in known if employment.start_known})
    return tuple(day for day in starts if begins_anew.decide(day, known, months))


def first_day_after(start: date, years: int) -> date:
    """The first day after so many years from a start; a period that begins on it is too late. 0 is without end."""
    return add_months(start, MONTHS_IN_YEAR * years) if years else WITHOUT_END


def after_transfer(
    transferor: tuple[Employment, ...], acquirer: tuple[Employment, ...], transferred_on: date
) -> tuple[Employment, ...]:
    """The employments of a person with the acquirer as they count after a transfer.

    Transfer of undertaking (overgang van onderneming), HR 24-5-2024, ECLI:NL:HR:2024:746: the
    employment goes on, so its start with the transferor counts. A person went over when an employment with
    the transferor ran on the day before, and one with the acquirer begins on the day of the
    transfer, or has the same start. Then everything before that day with the transferor counts, and
    an employment that began on the day of the transfer has the start of the employment with the
    transferor (the earliest, if there are more).

    Args:
        transferor: Employments of the person with the transferor.
        acquirer: Employments of the person with the acquirer.
        transferred_on: Day of the transfer.
    """
    eve = transferred_on - _ONE_DAY
    starts = {employment.first_day for employment in acquirer if employment.start_known}
    running = [employment for employment in transferor if employment.first_day <= eve <= employment.last_day]
    if not any(transferred_on in starts or employment.first_day in starts for employment in running):
        return acquirer
    begun = min(running)
    went_on = [
        attrs.evolve(begun, last_day=employment.last_day) if employment.first_day == transferred_on else employment
        for employment in acquirer
    ]
    before = [
        attrs.evolve(employment, last_day=min(employment.last_day, eve))
        for employment in transferor
        if employment.first_day <= eve
    ]
    return tuple(sorted({*went_on, *before}))


def employments_of(
    reports: Mapping[int, Iterable[ReportedRelation]], transfers: Mapping[int, Iterable[Transfer]]
) -> dict[int, tuple[Employment, ...]]:
    """The employments of one person by employer, as they are after the transfers, in order of their day.

    The order matters to a person who goes over twice.

    Args:
        reports: Reports on the person, by RSIN.
        transfers: Transfers by the RSIN of the transferor.
    """
    known = {rsin: employments(of_employer) for rsin, of_employer in reports.items()}
    over = [transfer for rsin in known for transfer in transfers.get(rsin, ()) if transfer[2] in known]
    for on_day, transferor, acquirer in sorted(over):
        known[acquirer] = after_transfer(known[transferor], known[acquirer], on_day)
    return known
