"""A plain reference: the quota levy of the Wfsv (rule 7 of law.md), row by row.

Ordinary Python with `Fraction`, written from law.md like `reference.py`; nothing of quotum is imported.
Every exclusion is given with its reason, so that a test can see that each of them was met.
"""

from collections import Counter
from datetime import date
from fractions import Fraction
from math import floor

from attrs import field, frozen

from tests.spec.reference import day, days_in_service, everyone, hours, in_force, in_target_group, on, rsin_of

TRAITS = {"lent_out", "wsw", "wsw_seconded"}
LATE, NOBODY, ABOVE = "allocation_agreed_late", "allocation_without_borrower", "allocation_above_hours"


@frozen
class LevyFigures:
    """The figures of a year."""

    year: int
    percentages: dict
    """Quota percentage by sector, hundredths of a percent point."""
    threshold: int = 25 * 1_623
    hours_per_job: Fraction = Fraction(1_331)
    levy_per_job: int = 5_000_00


@frozen
class Levied:
    """What a quota levy comes to."""

    lines: dict
    """By RSIN."""
    refused: Counter
    """Allocations refused, by reason."""
    part_of_year: int
    """Employers that were one for a part of year t-1 or t only."""
    met: Counter = field(factory=Counter)
    """How often each exclusion and each arm of the rule was met."""


def levy(country, allocations, as_of, figures):
    """Figure the quota levy of a year."""
    year, met = figures.year, Counter()
    now = _rows(in_force(country.returns, year, as_of))
    before = _rows(in_force(country.returns, year - 1, min(as_of, date(year, 5, 1))))
    employers = everyone(country, in_force(country.returns, year, as_of))
    met.update(reason for _, row in (*now, *before) if (reason := why_left_out(row, country.traits)))
    met.update(_stays_in(row, country) for _, row in now)
    accepted, refused = judged(country, allocations, now, employers, year, met)
    lines = {rsin: _line(country, rsin, now, before, accepted, figures, met) for rsin in employers}
    listed = [employer for employer in country.employers if employer["rsin"] in employers]
    part = sum(_part_of_year(entry, year, met) for entry in listed)
    return Levied(lines, refused, part, met)


def _rows(returns):
    return [(rsin_of(key[0]), row) for key, rows in returns.items() for row in rows.values()]


def why_left_out(row, traits):
    """Why the hours of a row stay out of A, C and the threshold; empty when they are in."""
    if row["CdAard"] in {"11", "21", "22"}:
        return f"left out: nature {row['CdAard']}"
    kinds_of_work = [trait for trait in traits if trait["trait"] in TRAITS]
    held = [{line["trait"] for line in kinds_of_work if on(line, row, moment)} for moment in days_in_service(row)]
    if not all(held):
        return ""
    throughout = set.intersection(*held)
    return f"left out: trait {min(throughout)}" if throughout else "left out: one trait after another"


def _stays_in(row, country):
    """Rows that the rule keeps, where one might think otherwise."""
    if why_left_out(row, country.traits):
        return "left out"
    if row["CdAard"] == "82":
        return "kept: payroll worker"
    if row["CdAard"] == "24":
        return "kept in A: sheltered work"
    if any(
        on(trait, row, item) for trait in country.traits for item in days_in_service(row) if trait["trait"] in TRAITS
    ):
        return "kept: trait on some days"
    return "kept"


def judged(country, allocations, rows, employers, year, met):
    """Allocations that count, as (lender, borrower, person, hours taken off, hours added), and the refused ones."""
    refused, open_ones = Counter(), []
    for allocation in allocations:
        if int(allocation["year"]) != year:
            met["allocation of another year"] += 1
        elif day(allocation["agreed_on"]) > date(year + 1, 8, 1):
            refused[LATE] += 1
        elif allocation["borrower_rsin"] == allocation["lender_rsin"] or allocation["borrower_rsin"] not in employers:
            refused[NOBODY] += 1
        elif int(allocation["hours"]) > _persons_hours(country, rows, allocation)[0]:
            refused[ABOVE] += 1
            met["allocation above the hours alone"] += 1
        else:
            open_ones.append(allocation)
    accepted = []
    for allocation in open_ones:
        together = sum(int(other["hours"]) for other in open_ones if _person(other) == _person(allocation))
        if together > _persons_hours(country, rows, allocation)[0]:
            refused[ABOVE] += 1
            met["allocations above the hours together"] += 1
        else:
            accepted.append(allocation)
    for lender, bsn in {_person(row) for row in accepted}:
        record = next(row for row in accepted if _person(row) == (lender, bsn))
        of_person, in_c = _persons_hours(country, rows, record)
        total = sum(int(row["hours"]) for row in accepted if _person(row) == (lender, bsn))
        met["allocation of exactly all hours"] += total == of_person > 0
        met["allocation within agency hours"] += 0 < total < of_person - in_c
        met["allocation beyond agency hours"] += 0 < of_person - in_c < total
        met["several allocations of one person"] += sum(_person(row) == (lender, bsn) for row in accepted) > 1
    return [(row, _persons_hours(country, rows, row)) for row in accepted], refused


def _person(allocation):
    return allocation["lender_rsin"], allocation["bsn"]


def _persons_hours(country, rows, allocation):
    """Target-group hours of a person at the lender: all, and those that are in C."""
    own_rows = [
        row for rsin, row in rows if (rsin, row["SofiNr"]) == _person(allocation) and in_target_group(row, country)
    ]
    return sum(hours(row) for row in own_rows), sum(
        hours(row) for row in own_rows if not why_left_out(row, country.traits)
    )


def _line(country, rsin, now, before, accepted, figures, met):
    own_rows, mine_before = ([row for owner, row in rows if owner == rsin] for rows in (now, before))
    counted, counted_before = (
        sum(hours(row) for row in rows if not why_left_out(row, country.traits)) for rows in (own_rows, mine_before)
    )
    target = [row for row in own_rows if in_target_group(row, country)]
    own = sum(hours(row) for row in target if not why_left_out(row, country.traits))
    in_c = own + _borrowed(rsin, accepted) - _lent(rsin, accepted)
    sector = next((employer["sector"] for employer in country.employers if employer["rsin"] == rsin), None)
    percentage = figures.percentages.get(sector)
    bound = min(counted, counted_before) >= figures.threshold
    tenths = shortage_tenths(counted, percentage, in_c, figures) if bound and percentage is not None else 0
    met[_outcome(counted, counted_before, percentage, tenths, figures)] += 1
    return {
        "sector": sector,
        "paid_hours_t1": sum(hours(row) for row in mine_before),
        "paid_hours": sum(hours(row) for row in own_rows),
        "target_group_hours": sum(hours(row) for row in target),
        "counted_hours_t1": counted_before,
        "counted_hours": counted,
        "levy_target_hours": in_c,
        "quota_percentage_hundredths": percentage,
        "quota_shortage_tenths": tenths,
        "quota_levy_cents": tenths * figures.levy_per_job // 10,
    }


def _borrowed(rsin, accepted):
    return sum(int(row["hours"]) for row, _ in accepted if row["borrower_rsin"] == rsin)


def _lent(rsin, accepted):
    """What comes off C of a lender: agency hours of the person were never in it and go first (a reading).

    Never more than was allocated: agency hours below zero (a correction) are none.
    """
    persons = {_person(row): of_person for row, of_person in accepted if row["lender_rsin"] == rsin}
    hours_taken = 0
    for person, (all_hours, in_c) in persons.items():
        allocated = sum(int(row["hours"]) for row, _ in accepted if _person(row) == person)
        hours_taken += max(allocated - max(all_hours - in_c, 0), 0)
    return hours_taken


def shortage_tenths(counted, percentage, in_c, figures):
    """(A x B% - C) / D in tenths, rounded down, not below zero."""
    short = (counted * Fraction(percentage, 10_000) - in_c) / figures.hours_per_job
    return max(floor(short * 10), 0)


def _outcome(counted, counted_before, percentage, tenths, figures):
    if counted_before < figures.threshold <= counted:
        return "exempt: below the threshold in t-1 only"
    if counted < figures.threshold <= counted_before:
        return "exempt: below the threshold in t only"
    if counted < figures.threshold:
        return "exempt: below the threshold in both years"
    if percentage is None:
        return "exempt: no sector"
    if figures.threshold in {counted, counted_before}:
        return "bound: exactly the threshold"
    return "bound: levy" if tenths else "bound: quota reached"


def _part_of_year(employer, year, met):
    """Whether the delivered days make it an employer for part of year t-1 or t only: a finding."""
    started, ended = day(employer["started_on"]), day(employer.get("ended_on", ""))
    begins = any(
        date(calendar_year, 1, 1) < started <= date(calendar_year, 12, 31) for calendar_year in (year - 1, year)
    )
    stops = ended is not None and any(
        date(calendar_year, 1, 1) <= ended < date(calendar_year, 12, 31) for calendar_year in (year - 1, year)
    )
    met["part of a year: began"] += begins
    met["part of a year: ended"] += stops
    return begins or stops


def quota_percentage(jobs, extra, target_hours, all_jobs, all_hours, persons, small, agency):
    """floor2(((A + B - H) x C + F x G) / (D x E) x 100) in hundredths; None without hours to divide by."""
    jobs, extra, target_hours, all_jobs, all_hours, persons, small, agency = (
        Fraction(floor(item * 100), 100)
        for item in (jobs, extra, target_hours, all_jobs, all_hours, persons, small, agency)
    )
    divisor = all_jobs * all_hours - agency
    if divisor <= 0:
        return None
    return floor(((jobs + extra - small) * target_hours + persons * target_hours) / divisor * 10_000)
