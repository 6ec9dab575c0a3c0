"""Hours of lent-out people that a lender allocates to a borrower (Wfsv art. 38g; Besluit Wfsv art. 2.28, 2.30)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from attrs import frozen

from quotum.archive.known import Known
from quotum.explain.naming import Naming
from quotum.explain.rows import read_latest
from quotum.explain.step import (
    ABOVE_HOURS,
    AGREED_LATE,
    ALLOCATIONS,
    NO_BORROWER,
    Step,
    footing_of,
    read_as,
    why_not,
)
from quotum.law.conditions import ENGLISH
from quotum.law.readings import QUOTA_LENT_AGENCY_HOURS
from quotum.law.wfsv import allocations as law
from quotum.tables import ALLOCATIONS as TABLE


@frozen
class Allocation:
    """One agreement on hours of one person in one year."""

    lender: int
    """RSIN of who lends."""
    borrower: int
    """RSIN of who borrows."""
    bsn: int
    """The person."""
    hours: int
    """Hours allocated."""
    agreed_on: date
    """Day of the agreement."""


@frozen
class PersonHours:
    """Hours of the target group of a person at a lender."""

    target: int = 0
    """All of them."""
    counted: int = 0
    """Those in variable C of the lender."""

    @property
    def outside(self) -> int:
        """Those that were never in variable C: worked as an agency worker; a correction below zero is none."""
        return max(self.target - self.counted, 0)


Person = tuple[int, int]
Hours = Mapping[Person, PersonHours]


@frozen
class Moved:
    """What allocations do to variable C of an employer."""

    borrowed: int
    """Hours added."""
    lent: int
    """Hours taken off."""
    steps: tuple[Step, ...]
    """How that came about."""


def read_allocations(archive: Known, rsin: int, year: int) -> tuple[Allocation, ...]:
    """The allocations of a year by or to an employer, and those of the same people by the same lenders."""
    of_year = ("year", "==", year)
    found = read_latest(
        archive, TABLE, [[of_year, ("lender_rsin", "==", rsin)], [of_year, ("borrower_rsin", "==", rsin)]]
    )
    lenders = {(one["lender_rsin"], one["bsn"]) for one in found}
    together = [[of_year, ("lender_rsin", "==", lender), ("bsn", "==", bsn)] for lender, bsn in sorted(lenders)]
    rows = read_latest(archive, TABLE, together)
    return tuple(
        Allocation(one["lender_rsin"], one["borrower_rsin"], one["bsn"], one["hours"], one["agreed_on"]) for one in rows
    )


def moved(rsin: int, allocations: tuple[Allocation, ...], hours: Hours, year: int, name: Naming) -> Moved:
    """The allocations of an employer, as a borrower and as a lender.

    Args:
        rsin: The employer.
        allocations: As `read_allocations` gives them.
        hours: Hours of the target group by lender and person.
        year: Calendar year.
        name: How persons and employers are named.
    """
    refused = _refused(allocations, hours, year, lambda one: name.run.number_of(one) is not None)
    accepted = [one for one in allocations if not refused[one]]
    mine = [one for one in allocations if rsin in (one.lender, one.borrower)]
    steps = [_step(one, rsin, refused[one], hours.get((one.lender, one.bsn), PersonHours()), name) for one in mine]
    lent = 0
    for person in sorted({(one.lender, one.bsn) for one in accepted if one.lender == rsin}):
        allocated = sum(one.hours for one in accepted if (one.lender, one.bsn) == person)
        # Hours worked as an agency worker were never in variable C of the lender, and go first (a reading).
        taken = max(allocated - hours[person].outside, 0)
        steps.append(_taken_off(taken, allocated, hours[person], name.persons[person[1]]))
        lent += taken
    borrowed = sum(one.hours for one in accepted if one.borrower == rsin)
    return Moved(borrowed, lent, tuple(steps))


def _refused(
    allocations: Iterable[Allocation], hours: Hours, year: int, in_run: Callable[[int], bool]
) -> dict[Allocation, tuple[str, ...]]:
    """Why each does not count; those of one person at one lender that are together too many all fall."""
    refused: dict[Allocation, tuple[str, ...]] = {}
    alone: dict[Person, list[Allocation]] = {}
    for one in allocations:
        person = one.lender, one.bsn
        if one.agreed_on > law.allocations_agreed_by(year):
            refused[one] = (AGREED_LATE,)
        elif one.borrower == one.lender or not in_run(one.borrower):
            refused[one] = (NO_BORROWER,)
        elif one.hours > hours.get(person, PersonHours()).target:
            refused[one] = (ABOVE_HOURS,)
        else:
            alone.setdefault(person, []).append(one)
    for person, those in alone.items():
        above = sum(one.hours for one in those) > hours.get(person, PersonHours()).target
        refused |= dict.fromkeys(those, (ABOVE_HOURS,) if above else ())
    return refused


def _step(one: Allocation, rsin: int, refused: tuple[str, ...], hours: PersonHours, name: Naming) -> Step:
    borrows = one.borrower == rsin
    other = name.employer(one.lender if borrows else one.borrower)
    counts = law.ADDED if borrows else law.GIVEN_AWAY
    return Step(
        rule=ALLOCATIONS,
        question=law.ALLOCATION_COUNTS.text.english,
        article=law.ALLOCATION_COUNTS.provision,
        footing="law",
        inputs=(
            ("other party", f"{'lender' if borrows else 'borrower'}, {other}"),
            ("hours", f"{one.hours:,}"),
            ("agreed on", f"{one.agreed_on}"),
            ("target-group hours at the lender", f"{hours.target:,}"),
        ),
        result=f"no: {why_not(refused)}" if refused else counts.told(ENGLISH, hours=f"{one.hours:,}"),
        not_given=refused,
        person=name.persons[one.bsn],
    )


def _taken_off(lent: int, allocated: int, hours: PersonHours, person: str) -> Step:
    readings = (QUOTA_LENT_AGENCY_HOURS,) if hours.outside else ()
    return Step(
        rule=ALLOCATIONS,
        question=law.LENDER_LOSES.text.english,
        article=law.LENDER_LOSES.provision,
        footing=footing_of(readings=readings),
        inputs=(
            ("allocated", f"{allocated:,}"),
            ("hours of this person that were not in C", f"{hours.outside:,}"),
            *map(read_as, readings),
        ),
        result=law.TAKEN_OFF.told(ENGLISH, hours=f"{lent:,}"),
        person=person,
    )
