"""Inclusivity surcharge (inclusiviteitsopslag): Wet banenafspraak art. 5, 6.

The surcharge is part of the payroll return and is collected with it (art. 6 lid 7). A known
overcharge: supplements that an employer pays on top of a benefit should stay out of the base (lid
4 c) and cannot be seen in a return; only delivered deductions take them off.
"""

from typing import Final

import narwhals as nw

from quotum.law.conditions import Question, Reason, Text, condition
from quotum.money import CENTS_PER_EURO, HUNDRED_PERCENT

# An amount in cents times a rate in hundredths of a percent point, divided by this, is whole euros.
WHOLE_EURO = HUNDRED_PERCENT * CENTS_PER_EURO

SMALL: Final = Reason(
    "small", Text("a small employer owes no surcharge", "een kleine werkgever is geen opslag verschuldigd")
)
DEDUCTED: Final = Question(
    "Wet banenafspraak art. 6 lid 4 c",
    Text(
        "Which supplements on benefits stay out of the base?",
        "Welke aanvullingen op uitkeringen blijven buiten de grondslag?",
    ),
)
TAKEN_OFF: Final = Text("{amount} is taken off", "{amount} gaat eraf")
NO_MORE_THAN_IN: Final = Text(": no more can be left out than is in", ": er kan niet meer buiten blijven dan erin zit")
OVER_RETURN: Final = Question(
    "Wet banenafspraak art. 6 lid 6, 7",
    Text("What is the surcharge over this return?", "Wat is de opslag over deze aangifte?"),
)
BASE_TIMES_RATE: Final = Text(
    "{base} × {rate}% = {exact}, in whole euros {surcharge}", "{base} × {rate}% = {exact}, in hele euro's {surcharge}"
)
WAGE_COUNTS: Final = Text("yes: {wage}", "ja: {wage}")


@condition(
    "Wet banenafspraak art. 6 lid 3",
    Text("Does this employer owe the surcharge?", "Is deze werkgever de opslag verschuldigd?"),
    SMALL,
)
def not_small() -> nw.Expr:
    """Whether an employer is not small, so that it owes the surcharge. Column: `small_employer`, null when not tested.

    Where nobody is tested no surcharge is due.
    """
    return ~nw.col("small_employer")


def base_cents() -> nw.Expr:
    """Premium wage of a row over which the surcharge is computed, cents (art. 6 lid 4).

    All rows of any kind, without those whose kind of work is out; benefits have their own column
    and stay out.
    """
    wage = nw.col("premium_wage_low_cents") + nw.col("premium_wage_high_cents")
    return nw.when(nw.col("out_of_base") == 1).then(nw.lit(0)).otherwise(wage).cast(nw.Int64)


def base_hours() -> nw.Expr:
    """Paid hours of a row that is in the base."""
    return nw.when(nw.col("out_of_base") == 1).then(nw.lit(0)).otherwise(nw.col("paid_hours")).cast(nw.Int64)


def deduction_exceeds_base() -> nw.Expr:
    """Whether more is to be left out of a return than its base holds: a finding.

    Columns: `base_cents` and `deduction_cents` of a return.
    """
    return (nw.col("deduction_cents") > 0) & (nw.col("deduction_cents") > nw.col("base_cents"))


def base_after_deduction_cents() -> nw.Expr:
    """Base of a return after leaving out supplements on benefits, cents (art. 6 lid 4 c).

    Never below zero because of a deduction (a reading): no more can be left out than is in. A base
    below zero by itself stays as it is; a deduction below zero, which corrects an earlier one, adds.

    Columns: `base_cents` and `deduction_cents` of a return.
    """
    base, deduction = nw.col("base_cents"), nw.col("deduction_cents")
    zero_at_most = nw.when(base > 0).then(nw.lit(0)).otherwise(base)
    return nw.when(deduction_exceeds_base()).then(zero_at_most).otherwise(base - deduction).cast(nw.Int64)


def surcharge_cents(base: nw.Expr, rate_hundredths: int) -> nw.Expr:
    """Surcharge over one return, in cents, always whole euros.

    Art. 6 lid 6: one percentage for all; Wfsv art. 35 lid 1: "de maatstaf voor de heffing van de
    premie is het loon". Rounded towards minus infinity, as collective amounts of a return are.

    Args:
        base: Premium wage that counts, cents per return; may be negative.
        rate_hundredths: Hundredths of a percent point of the premium wage.
    """
    return base * rate_hundredths // WHOLE_EURO * CENTS_PER_EURO
