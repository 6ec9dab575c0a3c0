"""One step of an explanation, and the words for what was not given."""

from collections.abc import Iterable
from typing import Final, Literal

from attrs import frozen

from quotum.law.conditions import Reason
from quotum.law.kinds_of_work import AGENCY_WORK, SHELTERED_WORK, WSW_WORK
from quotum.law.readings import Reading
from quotum.law.wet_banenafspraak import activation, surcharge
from quotum.law.wfsv import allocations, quota_levy
from quotum.law.wtl import target_group
from quotum.parameters import Figure
from quotum.periods import Period
from quotum.replay.shipped_figures import NOT_SHIPPED

Footing = Literal["law", "reading", "assumed"]

IN_FORCE, TARGET_GROUP, SMALL_EMPLOYER, LKV, OTHER_LKV, SURCHARGE, SETTLEMENT = (
    "in_force", "target_group", "small_employer", "lkv", "other_lkv", "surcharge", "settlement",
)  # fmt: skip
QUOTA_HOURS, ALLOCATIONS, QUOTA_LEVY = "quota_hours", "allocations", "quota_levy"
SECTIONS: Final = {
    IN_FORCE: "Returns in force",
    TARGET_GROUP: "Target group and kind of work, per row",
    SMALL_EMPLOYER: "Small employer",
    LKV: "LKV doelgroep banenafspraak and bonus",
    OTHER_LKV: "Other categories of LKV, and cumulation",
    SURCHARGE: "Inclusivity surcharge (inclusiviteitsopslag)",
    QUOTA_HOURS: "Paid hours that count for the quota levy",
    ALLOCATIONS: "Hours allocated by a lender to a borrower",
    QUOTA_LEVY: "Quota levy (quotumheffing)",
    SETTLEMENT: "Settlement",
}

SMALL, AGENCY_WORKER, WSW, SHELTERED = "small", "agency_worker", "wsw", "sheltered"
NOT_REGISTERED, PENSION_AGE, NOT_ASKED = "not_registered", "pension_age", "not_asked"
NO_DECLARATION, OTHER_CATEGORY_HIGHER = "no_declaration", "other_category_higher"
NO_BSN, NO_BIRTH_DATE, NOT_INSURED, NOT_DUE, BELOW_THRESHOLD = (
    "no_bsn", "no_birth_date", "not_insured", "not_due", "below_threshold",
)  # fmt: skip
NOT_QUALIFIED, NOT_BEGUN, YEARS_OVER, ABOLISHED = "not_qualified", "not_begun", "years_over", "abolished"
NOT_EMPLOYED_THEN, FOLLOWS_REGISTRATION = "not_employed_then", "follows_registration"
WORKED_BEFORE, NOT_REGISTERED_AT_START, NOT_DECLARED_AT_START = (
    "worked_before", "not_registered_at_start", "not_declared_at_start",
)  # fmt: skip
NO_SECTOR, AGREED_LATE, ABOVE_HOURS, NO_BORROWER = "no_sector", "agreed_late", "above_hours", "no_borrower"
_OF_THE_LAW: Final[tuple[Reason, ...]] = (
    surcharge.SMALL, AGENCY_WORK, WSW_WORK, SHELTERED_WORK, target_group.NOT_REGISTERED, activation.NOT_DUE,
    quota_levy.is_bound.unmet, quota_levy.has_percentage.unmet, allocations.agreed_in_time.unmet,
    allocations.within_persons_hours.unmet, allocations.NO_BORROWER,
)  # fmt: skip
WHY_NOT: Final = {reason.code: reason.text.english for reason in _OF_THE_LAW} | {
    PENSION_AGE: "pension age reached by the first day of the period",
    NOT_ASKED: "not asked for",
    NO_DECLARATION: "no declaration (doelgroepverklaring)",
    OTHER_CATEGORY_HIGHER: "another category is higher",
    NO_BSN: "no BSN",
    NO_BIRTH_DATE: "no birth date, so the pension age cannot be judged",
    NOT_INSURED: "no employment that is insured",
    NOT_QUALIFIED: "no employment with a right",
    NOT_BEGUN: "before the right began",
    YEARS_OVER: "the years of the right are over",
    ABOLISHED: "this LKV is abolished",
    FOLLOWS_REGISTRATION: "in the target group when the text changed, so the right lasts as long as the registration",
    NOT_EMPLOYED_THEN: "not employed here on the first day of the declaration",
    WORKED_BEFORE: "worked here in the months before",
    NOT_REGISTERED_AT_START: "not registered at the start",
    NOT_DECLARED_AT_START: "no declaration that covers the start",
}


@frozen(kw_only=True)
class Step:
    """One question, answered."""

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
    """The amount it comes to, where it is one."""
    adds_to: str | None = None
    """Column of the settlement of which the amount is a part: those parts add up to it."""
    not_given: tuple[str, ...] = ()
    """Why something was not given, keys of `WHY_NOT`."""
    person: str | None = None
    """The person it is about."""
    payroll_tax_number: str | None = None
    """The payroll tax number it is about."""
    period: Period | None = None
    """The return period it is about."""


def why_not(reasons: Iterable[str]) -> str:
    """Reasons in words."""
    return "; ".join(WHY_NOT[reason] for reason in reasons)


def footing_of(figures: Iterable[Figure] = (), readings: Iterable[Reading] = ()) -> Footing:
    """The weakest thing a step stands on; a figure that a scenario set or nobody shipped is an assumption."""
    if any(figure.status in ("assumed", "scenario", NOT_SHIPPED) for figure in figures):
        return "assumed"
    return "reading" if any(True for _ in readings) else "law"


def cited(figure: Figure) -> tuple[str, str]:
    """A figure as an input, with where it comes from."""
    unit = "" if figure.kind == "choice" else f" {figure.unit}"
    return figure.name, f"{figure.value}{unit} ({figure.status}: {figure.source})"


def read_as(reading: Reading) -> tuple[str, str]:
    """A reading as an input."""
    return "reading", f"{reading.text} [{reading.provision}]"


def yes_no(answer: bool) -> str:
    """An answer in a word."""
    return "yes" if answer else "no"
