"""What was settled for an employer, in words: the amounts, or what a decision on a quota levy would state."""

from fractions import Fraction

from quotum.explain.explanation import Explanation
from quotum.explain.results import LevyLine, LevyRow, SettledRow
from quotum.money import decimal_text, euro_text, hundredths_text

_TENTHS = 10


def totals(explanation: Explanation) -> tuple[tuple[str, str], ...]:
    """Names and values, in the order in which they are read."""
    row = explanation.settled
    if isinstance(row, LevyRow) and explanation.hours is not None:
        return _levy(row, explanation.hours)
    return _amounts(row) if isinstance(row, SettledRow) else ()


def heading(explanation: Explanation) -> str:
    """What it is, in one line."""
    about = "" if explanation.person is None else f", person {explanation.person}"
    what = ", quota levy" if explanation.hours is not None else ""
    year = f"{explanation.year}{what}, returns as filed by {explanation.as_of}"
    return f"Employer {explanation.employer}{about}: {year}"


def adds_up(explanation: Explanation) -> str:
    """What the totals are, in one line; an explanation that does not add up is never shown."""
    levy = "What the decision would state (Wfsv art. 38h lid 2); suspended: figures, no decision"
    what = "What was settled for this employer" if explanation.hours is None else levy
    if explanation.person is None:
        return f"{what}. The steps add up to it"
    return f"{what}. The steps add up to it, those about other persons included"


def _amounts(row: SettledRow) -> tuple[tuple[str, str], ...]:
    return (
        ("LKV (loonkostenvoordeel)", euro_text(row.lkv_cents)),
        ("Bonus (banenafspraakbonus)", euro_text(row.bonus_cents)),
        ("Payable", euro_text(row.payable_cents)),
        ("Surcharge (inclusiviteitsopslag)", euro_text(row.surcharge_cents)),
        ("Payable less surcharge, for insight", euro_text(row.net_cents)),
    )


def _levy(row: LevyRow, hours: LevyLine) -> tuple[tuple[str, str], ...]:
    percentage = row.quota_percentage_hundredths
    return (
        ("Sector", row.sector or "unknown"),
        ("Quota percentage", "none" if percentage is None else f"{hundredths_text(percentage)}%"),
        ("Paid hours, year before", f"{row.paid_hours_t1:,}"),
        ("  of these held against the threshold", f"{hours.counted_hours_t1:,}"),
        ("Paid hours", f"{row.paid_hours:,}"),
        ("  of these counted (A)", f"{hours.counted_hours:,}"),
        ("Hours of the target group", f"{row.target_group_hours:,}"),
        ("  of these counted", f"{hours.counted_target_hours:,}"),
        ("  allocated as a borrower", f"{hours.borrowed_hours:,}"),
        ("  taken off as a lender", f"{hours.lent_hours:,}"),
        ("  hours that count (C)", f"{hours.levy_target_hours:,}"),
        ("Shortage, jobs", decimal_text(Fraction(row.quota_shortage_tenths, _TENTHS), 1)),
        ("Quota levy (quotumheffing), euro", euro_text(row.quota_levy_cents)),
    )
