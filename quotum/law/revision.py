"""Revision (herziening): the differences between settlements of a year on two as-of days (Wtl art. 4.3).

LKV and bonus are granted per employee (Wtl art. 2.10, 4.1), so they are compared per employer and
person: one person down and another up are two differences, whatever the employer's total does.
"""

from typing import Final

import narwhals as nw
from attrs import frozen

from quotum.frames import Frame
from quotum.law.conditions import Text


@frozen
class Consequence:
    """What becomes of a list of differences."""

    provision: str
    """Article and paragraph."""
    title: Text
    """What is in the list."""
    who: Text
    """Who acts."""
    not_automatic: Text
    """Why nothing follows from the list by itself."""
    until: Text
    """Until when."""


DOWNWARD: Final = Consequence(
    "Wtl art. 4.3 lid 1",
    Text("LKV and bonus downward, per employer and person", "LKV en bonus naar beneden, per werkgever en persoon"),
    Text("an official of the inspector judges each line", "een ambtenaar van de inspecteur beoordeelt elke regel"),
    Text(
        "only when it is due to the employer or was knowable to it; the list decides nothing",
        "alleen als het aan de werkgever te wijten is of voor de werkgever kenbaar was; de lijst beslist niets",
    ),
    Text(
        "until {last}, five years after the year: in time on {day}",
        "tot en met {last}, vijf jaar na het jaar: op {day} op tijd",
    ),
)
TOO_LATE: Final = Text(
    "until {last}, five years after the year: TOO LATE on {day}, nothing in this list can be revised",
    "tot en met {last}, vijf jaar na het jaar: op {day} TE LAAT, niets in deze lijst kan worden herzien",
)
UPWARD: Final = Consequence(
    "Wtl art. 4.3; Awb art. 6:7",
    Text("LKV and bonus upward, per employer and person", "LKV en bonus naar boven, per werkgever en persoon"),
    Text("the employer, by objection", "de werkgever, door bezwaar"),
    Text("not payable on the office's own motion", "niet ambtshalve uit te betalen"),
    Text(
        "within {weeks} weeks of the decision of {day}: until {last}",
        "binnen {weeks} weken na de beschikking van {day}: tot en met {last}",
    ),
)
NO_DECISION: Final = Text(
    "within {weeks} weeks of the decision (the first run names no day of decision)",
    "binnen {weeks} weken na de beschikking (de eerste run noemt geen dag van beschikking)",
)
OF_SURCHARGE: Final = Consequence(
    "Wet banenafspraak art. 6 lid 7",
    Text("surcharge, per payroll tax number and return period", "opslag, per loonheffingennummer en aangiftetijdvak"),
    Text("the employer, by a correction of the payroll return", "de werkgever, door een correctie van de loonaangifte"),
    Text(
        "the surcharge is collected with the payroll return and is no part of the LKV decision",
        "de opslag wordt met de loonaangifte geheven en hoort niet bij de LKV-beschikking",
    ),
    Text("as for any correction of a payroll return", "zoals voor elke correctie van een loonaangifte"),
)


def differences(before: Frame, after: Frame, keys: tuple[str, ...], amounts: tuple[str, ...]) -> Frame:
    """Lines of two settlements side by side; a line that one of them lacks counts zero there.

    Args:
        before: Lines of the earlier settlement: `keys` and `amounts`, each key once.
        after: Lines of the later one.
        keys: What identifies a line.
        amounts: Amounts in cents.

    Returns:
        `keys`, and of each amount `before_`, `after_` and `difference_` (after less before), in cents.
    """
    nothing = nw.lit(0).cast(nw.Int64)
    earlier = before.select(
        *keys,
        **{f"before_{name}": nw.col(name) for name in amounts},
        **{f"after_{name}": nothing for name in amounts},
    )
    later = after.select(
        *keys,
        **{f"before_{name}": nothing for name in amounts},
        **{f"after_{name}": nw.col(name) for name in amounts},
    )
    sides = [f"{side}_{name}" for side in ("before", "after") for name in amounts]
    lines = nw.concat([earlier, later], how="vertical").group_by(*keys).agg(*(nw.col(name).sum() for name in sides))
    return lines.with_columns(*(nw.col(name).cast(nw.Int64) for name in sides)).with_columns(
        **{f"difference_{name}": nw.col(f"after_{name}") - nw.col(f"before_{name}") for name in amounts}
    )


def is_downward() -> nw.Expr:
    """Whether LKV and bonus of a person together become less.

    Wtl art. 4.3 lid 1: to the employer's disadvantage only when it is due to the employer or was
    knowable to it, and within five years after the year; the software lists, an official judges.
    """
    return nw.col("difference_payable_cents") < 0


def is_upward() -> nw.Expr:
    """Whether they become more: not payable on the office's own motion, the employer's way is objection."""
    return nw.col("difference_payable_cents") > 0


def is_corrected() -> nw.Expr:
    """Whether base or surcharge of a return differs: a correction of the payroll return (art. 6 lid 7)."""
    return (nw.col("difference_base_cents") != 0) | (nw.col("difference_surcharge_cents") != 0)
