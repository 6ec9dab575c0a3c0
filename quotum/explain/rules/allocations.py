"""Hours of lent-out people that a lender allocates to a borrower (Wfsv art. 38g; Besluit Wfsv art. 2.28, 2.30)."""

from collections.abc import Iterator

import narwhals as nw

from quotum.explain.remaking import Remade
from quotum.explain.rules.rows import Codes
from quotum.explain.settled import Record
from quotum.explain.step import ALLOCATIONS, Step, footing_of
from quotum.explain.telling import Telling
from quotum.explain.words import BORROWER, LENDER, NO_BECAUSE
from quotum.law.readings import QUOTA_LENT_AGENCY_HOURS
from quotum.law.wfsv import allocations as law
from quotum.run.stages.columns import sums_by

_ORDER = ("lender_rsin", "borrower_rsin", "bsn", "year", "hours", "agreed_on")


def steps(remade: Remade, telling: Telling) -> Iterator[Step]:
    """The allocations of an employer, as a borrower and as a lender, and what a lender loses by them."""
    allocated, rsin = remade.made.allocated, remade.rsin
    mine = (nw.col("lender_rsin") == rsin) | (nw.col("borrower_rsin") == rsin)
    hours = _persons_hours(remade)
    nothing = {"target_hours": 0, "counted_target_hours": 0}
    for one in remade.rows(allocated.judged.filter(mine), *_ORDER):
        yield _step(one, rsin, hours.get((one["lender_rsin"], one["bsn"]), nothing)["target_hours"], telling)
    lent = allocated.taken_off.filter(nw.col("lender_rsin") == rsin)
    for one in remade.rows(lent, "bsn"):
        yield _taken_off(one, telling)


def _persons_hours(remade: Remade) -> dict[tuple[int, int], Record]:
    """Hours of the target group by lender and person."""
    names = ("target_hours", "counted_target_hours")
    added = sums_by(remade.made.counted.rows, ("rsin", "bsn"), *names)
    return {(one["rsin"], one["bsn"]): one for one in remade.rows(added)}


def _refused(one: Record) -> Codes:
    """Why an allocation does not count; those of one person at one lender that are together too many all fall."""
    if not one[law.agreed_in_time.name]:
        return (law.agreed_in_time.unmet.code,)
    if law.has_borrower().unmet(one):
        return (law.NO_BORROWER.code,)
    return () if one["accepted"] else (law.within_persons_hours.unmet.code,)


def _step(one: Record, rsin: int, target_hours: int, telling: Telling) -> Step:
    borrows, refused = one["borrower_rsin"] == rsin, _refused(one)
    other = telling.employer(one["lender_rsin"] if borrows else one["borrower_rsin"])
    counts = law.ADDED if borrows else law.GIVEN_AWAY
    hours = f"{one['hours']:,}"
    return Step(
        rule=ALLOCATIONS,
        question=telling.say(law.ALLOCATION_COUNTS.text),
        article=law.ALLOCATION_COUNTS.provision,
        footing="law",
        inputs=telling.inputs(
            ("other party", telling.say(LENDER if borrows else BORROWER, name=other)),
            ("hours", hours),
            ("agreed on", f"{one['agreed_on']}"),
            ("target-group hours at the lender", f"{target_hours:,}"),
        ),
        result=telling.say(NO_BECAUSE, why=telling.why_not(refused)) if refused else telling.say(counts, hours=hours),
        not_given=refused,
        person=telling.person(one["bsn"]),
    )


def _taken_off(one: Record, telling: Telling) -> Step:
    """Hours worked as an agency worker were never in variable C of the lender, and go first (a reading)."""
    outside = max(one["target_hours"] - one["counted_target_hours"], 0)
    readings = (QUOTA_LENT_AGENCY_HOURS,) if outside else ()
    return Step(
        rule=ALLOCATIONS,
        question=telling.say(law.LENDER_LOSES.text),
        article=law.LENDER_LOSES.provision,
        footing=footing_of(readings=readings),
        inputs=(
            *telling.inputs(
                ("allocated", f"{one['allocated_hours']:,}"),
                ("hours of this person that were not in C", f"{outside:,}"),
            ),
            *telling.read_as(*readings),
        ),
        result=telling.say(law.TAKEN_OFF, hours=f"{one['lent_hours']:,}"),
        person=telling.person(one["bsn"]),
    )
