"""More than one right for a person at an employer in a year (samenloop): Wtl art. 4.1 lid 3.

The highest amount is granted and no other; of equal amounts the one that the law names first. The
jobs agreement counts with its bonus, and is lost with it.
"""

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from quotum.frames import Frame
from quotum.law.conditions import Question, Reason, Text, condition
from quotum.law.readings import BONUS_CUMULATES

JOBS_AGREEMENT: Final = "jobs_agreement"
IN_ORDER_OF_LAW: Final = ("older", "disabled", JOBS_AGREEMENT, "reassigned")
IN_WORDS_OF_LAW: Final[Mapping[str, str]] = {
    "older": "oudere werknemer",
    "disabled": "arbeidsgehandicapte werknemer",
    JOBS_AGREEMENT: "doelgroep banenafspraak",
    "reassigned": "herplaatsen arbeidsgehandicapte werknemer",
}
"""The categories in the words of the law, in both languages."""
PERSON: Final = ("rsin", "bsn")
AMOUNTS: Final = ("lkv_cents", "bonus_cents")

WHICH_IS_GRANTED: Final = Question(
    "Wtl art. 4.1 lid 3",
    Text(
        "Which LKV is granted, of those this person has a right to?",
        "Welk LKV wordt toegekend, van die waarop voor deze persoon recht bestaat?",
    ),
)
HIGHEST: Final = Text(
    "{category} and no other: the highest, or of equal ones the first that the law names",
    "{category} en geen ander: het hoogste, of bij gelijke bedragen het eerst in de wet genoemde",
)
"""Which is granted, and why."""


def place_in_law(category: str) -> int:
    """Place of a category in the law: of equal amounts the lowest is granted."""
    return IN_ORDER_OF_LAW.index(category)


@condition(
    WHICH_IS_GRANTED.provision,
    Text(
        "Is it the highest of this person, or of equal ones the first that the law names?",
        "Is het voor deze persoon het hoogste, of bij gelijke bedragen het eerst in de wet genoemde?",
    ),
    Reason("other_category_higher", Text("another category is higher", "een ander LKV is hoger")),
    BONUS_CUMULATES,
)
def is_granted() -> nw.Expr:
    """Whether a right is the one that is granted.

    Columns: `place_in_law` of the right, `granted_place` of the person with the employer.
    """
    return nw.col("place_in_law") == nw.col("granted_place")


def granted_only(rights: Frame) -> Frame:
    """The rights, with the amounts of those that give way set to 0.

    Args:
        rights: A row per employer, person and category: `rsin`, `bsn`, `category`, `place_in_law`,
            `lkv_cents`, `bonus_cents`, `lkv_capped` and whatever else.

    Returns:
        The same rows with `granted_place`, the place in the law of the category that is granted.
    """
    total = rights.with_columns(right_cents=nw.col("lkv_cents") + nw.col("bonus_cents"))
    highest = total.group_by(*PERSON).agg(nw.col("right_cents").max()).with_columns(highest=nw.col("right_cents"))
    first = (
        total.join(highest.select(*PERSON, "highest"), on=list(PERSON), how="inner")
        .filter(nw.col("right_cents") == nw.col("highest"))
        .group_by(*PERSON)
        .agg(nw.col("place_in_law").min())
        .select(*PERSON, granted_place=nw.col("place_in_law"))
    )
    granted = is_granted()
    kept = {name: nw.when(granted).then(nw.col(name)).otherwise(nw.lit(0)).cast(nw.Int64) for name in AMOUNTS}
    return rights.join(first, on=list(PERSON), how="inner").with_columns(
        **kept, lkv_capped=granted & nw.col("lkv_capped")
    )


def granted_category() -> nw.Expr:
    """Name of the category that is granted, from its place in the law."""
    place = nw.col("granted_place")
    name: nw.Expr = nw.lit(IN_ORDER_OF_LAW[-1])
    for number, category in reversed(list(enumerate(IN_ORDER_OF_LAW[:-1]))):
        name = nw.when(place == number).then(nw.lit(category)).otherwise(name)
    return name
