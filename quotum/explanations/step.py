"""A step of an explanation, and the words for what was not given."""

from collections.abc import Iterable
from typing import Final, Literal

from attrs import frozen

from quotum.law.conditions import Text
from quotum.law.kinds_of_work import AGENCY_WORK, SHELTERED_WORK, WSW_WORK
from quotum.law.readings import Reading
from quotum.law.wet_banenafspraak import surcharge
from quotum.law.wfsv import allocations, quota_levy
from quotum.law.wtl import target_group
from quotum.law.wtl.bonus import asked_for, below_pension_age, birth_date_known, bonus_due, has_bsn, insured_employment
from quotum.law.wtl.counted_hours import right_begun
from quotum.law.wtl.cumulation import is_granted
from quotum.law.wtl.employments import YEARS_OVER as OVER
from quotum.law.wtl.employments import begins_anew, employed_on
from quotum.law.wtl.lkv_until_2025 import NOT_QUALIFIED as NONE_QUALIFIES
from quotum.law.wtl.lkv_until_2025 import declared_at_start, has_declaration, registered_at_start
from quotum.law.wtl.terms import not_abolished
from quotum.law.wtl.transition import remainder_kept
from quotum.parameters import Figure
from quotum.periods import Period
from quotum.replay.shipped_figures import NOT_SHIPPED

Footing = Literal["law", "reading", "assumed"]

IN_FORCE, TARGET_GROUP, SMALL_EMPLOYER, LKV, OTHER_LKV, SURCHARGE, SETTLEMENT = (
    "in_force", "target_group", "small_employer", "lkv", "other_lkv", "surcharge", "settlement",
)  # fmt: skip
QUOTA_HOURS, ALLOCATIONS, QUOTA_LEVY = "quota_hours", "allocations", "quota_levy"
SECTIONS: Final = {
    IN_FORCE: Text("Returns in force", "Geldende aangiften"),
    TARGET_GROUP: Text("Target group and kind of work, per row", "Doelgroep en soort werk, per regel"),
    SMALL_EMPLOYER: Text("Small employer", "Kleine werkgever"),
    LKV: Text("LKV doelgroep banenafspraak and bonus", "LKV doelgroep banenafspraak en bonus"),
    OTHER_LKV: Text("Other categories of LKV, and cumulation", "Andere LKV's, en samenloop"),
    SURCHARGE: Text("Inclusivity surcharge (inclusiviteitsopslag)", "Inclusiviteitsopslag"),
    QUOTA_HOURS: Text("Paid hours that count for the quota levy", "Verloonde uren die tellen voor de quotumheffing"),
    ALLOCATIONS: Text(
        "Hours allocated by a lender to a borrower", "Door een uitlener aan een inlener toegerekende uren"
    ),
    QUOTA_LEVY: Text("Quota levy (quotumheffing)", "Quotumheffing"),
    SETTLEMENT: Text("Settlement", "Vaststelling"),
}
REASONS: Final = {
    reason.code: reason
    for reason in (
        surcharge.SMALL, AGENCY_WORK, WSW_WORK, SHELTERED_WORK, target_group.NOT_REGISTERED, below_pension_age.unmet,
        asked_for.unmet, has_declaration.unmet, is_granted.unmet, has_bsn.unmet, birth_date_known.unmet,
        insured_employment.unmet, bonus_due.unmet, quota_levy.is_bound.unmet, NONE_QUALIFIES, right_begun.unmet, OVER,
        not_abolished.unmet, remainder_kept.unmet, employed_on.unmet, begins_anew.unmet, registered_at_start.unmet,
        declared_at_start.unmet, quota_levy.has_percentage.unmet, allocations.agreed_in_time.unmet,
        allocations.within_persons_hours.unmet, allocations.NO_BORROWER,
    )
}  # fmt: skip
"""Why something is not given, by code, in the order in which it is shown."""


@frozen(kw_only=True)
class Step:
    """A question and its answer."""

    rule: str
    """Section it belongs to, a key of `SECTIONS`."""
    question: str
    """What is asked."""
    article: str
    """Provision that asks it."""
    footing: Footing
    """What the answer stands on: the law, a reading of it, or a figure that is only assumed."""
    inputs: tuple[tuple[str, str], ...]
    """What the answer follows from: name and value."""
    result: str
    """The answer."""
    amount_cents: int | None = None
    """The amount it comes to; None when the answer is no amount."""
    adds_to: str | None = None
    """Column of the settlement of which the amount is a part: those parts add up to it."""
    not_given: tuple[str, ...] = ()
    """Why something was not given, keys of `REASONS`."""
    person: str | None = None
    """The person it is about."""
    payroll_tax_number: str | None = None
    """The payroll tax number it is about."""
    period: Period | None = None
    """The return period it is about."""


def footing_of(figures: Iterable[Figure] = (), readings: Iterable[Reading] = ()) -> Footing:
    """The weakest footing of a step; a figure that a scenario set or that is not shipped is assumed."""
    if any(figure.status in ("assumed", "scenario", NOT_SHIPPED) for figure in figures):
        return "assumed"
    return "reading" if any(True for _ in readings) else "law"
