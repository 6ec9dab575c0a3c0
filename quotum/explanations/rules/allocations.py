"""Hours of lent-out people that a lender allocates to a borrower (Wfsv art. 38g; Besluit Wfsv art. 2.28, 2.30)."""

from collections.abc import Iterator

import narwhals as nw

from quotum.explanations.rebuild import Rebuild
from quotum.explanations.rules.rows import Codes
from quotum.explanations.settled_rows import Record
from quotum.explanations.step import ALLOCATIONS, Step
from quotum.explanations.telling import Telling
from quotum.explanations.words import BORROWER, LENDER, NO_BECAUSE
from quotum.law.readings import QUOTA_LENT_AGENCY_HOURS
from quotum.law.wfsv import allocations as law
from quotum.money import count_text
from quotum.run.stages.columns import sums_by

_ORDER = ("lender_rsin", "borrower_rsin", "bsn", "year", "hours", "agreed_on")


def steps(rebuild: Rebuild, telling: Telling) -> Iterator[Step]:
    """The allocations of an employer, as a borrower and as a lender, and what a lender loses by them."""
    allocated, rsin = rebuild.results.allocated, rebuild.rsin
    own = (nw.col("lender_rsin") == rsin) | (nw.col("borrower_rsin") == rsin)
    hours = _persons_hours(rebuild)
    nothing = {"target_hours": 0, "counted_target_hours": 0}
    for loss in rebuild.rows(allocated.judged.filter(own), *_ORDER):
        yield _step(loss, rsin, hours.get((loss["lender_rsin"], loss["bsn"]), nothing)["target_hours"], telling)
    lent = allocated.taken_off.filter(nw.col("lender_rsin") == rsin)
    for loss in rebuild.rows(lent, "bsn"):
        yield _taken_off(loss, telling)


def _persons_hours(rebuild: Rebuild) -> dict[tuple[int, int], Record]:
    """Hours of the target group by lender and person."""
    names = ("target_hours", "counted_target_hours")
    added = sums_by(rebuild.results.counted.rows, ("rsin", "bsn"), *names)
    return {(row["rsin"], row["bsn"]): row for row in rebuild.rows(added)}


def _refusals(allocation: Record) -> Codes:
    """Why an allocation does not count; when those of a person at a lender are too many together, none counts."""
    if not allocation[law.agreed_in_time.name]:
        return (law.agreed_in_time.unmet.code,)
    if law.has_borrower().unmet(allocation):
        return (law.NO_BORROWER.code,)
    return () if allocation["accepted"] else (law.within_persons_hours.unmet.code,)


def _step(allocation: Record, rsin: int, target_hours: int, telling: Telling) -> Step:
    borrows, refused = allocation["borrower_rsin"] == rsin, _refusals(allocation)
    other = telling.employer(allocation["lender_rsin"] if borrows else allocation["borrower_rsin"])
    counts = law.ADDED if borrows else law.GIVEN_AWAY
    hours = count_text(allocation["hours"])
    inputs = telling.inputs(
        ("other party", telling.say(LENDER if borrows else BORROWER, name=other)),
        ("hours", hours),
        ("agreed on", f"{allocation['agreed_on']}"),
        ("target-group hours at the lender", count_text(target_hours)),
    )
    result = telling.say(NO_BECAUSE, why=telling.why_not(refused)) if refused else telling.say(counts, hours=hours)
    return telling.step(
        ALLOCATIONS, law.ALLOCATION_COUNTS, inputs, result, not_given=refused, person=telling.person(allocation["bsn"])
    )


def _taken_off(loss: Record, telling: Telling) -> Step:
    """Hours worked as an agency worker were never in variable C of the lender, and go first (a reading)."""
    outside = max(loss["target_hours"] - loss["counted_target_hours"], 0)
    readings = (QUOTA_LENT_AGENCY_HOURS,) if outside else ()
    inputs = telling.inputs(
        ("allocated", count_text(loss["allocated_hours"])),
        ("hours of this person that were not in C", count_text(outside)),
    )
    result = telling.say(law.TAKEN_OFF, hours=count_text(loss["lent_hours"]))
    return telling.step(
        ALLOCATIONS, law.LENDER_LOSES, inputs, result, readings=readings, person=telling.person(loss["bsn"])
    )
