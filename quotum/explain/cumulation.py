"""More than one right for a person in a year: the highest is granted and no other (Wtl art. 4.1 lid 3)."""

from attrs import frozen

from quotum.explain.step import OTHER_CATEGORY_HIGHER, OTHER_LKV, Step, footing_of, read_as
from quotum.law.conditions import ENGLISH
from quotum.law.readings import BONUS_CUMULATES
from quotum.law.wtl.cumulation import (
    HIGHEST,
    IN_ORDER_OF_LAW,
    IN_WORDS_OF_LAW,
    JOBS_AGREEMENT,
    WHICH_IS_GRANTED,
    place_in_law,
)
from quotum.money import euro_text

CATEGORIES = IN_ORDER_OF_LAW
"""The order decides between equal amounts."""


@frozen
class Granted:
    """Which category a person gets, and why not the jobs agreement."""

    category: str
    """The category that is granted."""
    lost: tuple[str, ...]
    """Why the jobs agreement is not given; nothing when it is, or when there was no right to it."""
    steps: tuple[Step, ...]
    """How that was decided; nothing when there was nothing to choose."""


def granted_category(amounts: dict[str, int]) -> str:
    """The category with the highest amount; of equal ones the first that the law names."""
    return max(amounts, key=lambda category: (amounts[category], -place_in_law(category)))


def cumulation(amounts: dict[str, int], person: str, bonus_cents: int = 0) -> Granted:
    """Choose between the categories that a person has a right to.

    Args:
        amounts: Cents by category; the jobs agreement counts with its bonus.
        person: How the person is named.
        bonus_cents: The bonus in it.
    """
    chosen = granted_category(amounts)
    if len(amounts) == 1:
        return Granted(chosen, (), ())
    lost = () if chosen == JOBS_AGREEMENT or JOBS_AGREEMENT not in amounts else (OTHER_CATEGORY_HIGHER,)
    readings = (BONUS_CUMULATES,) if bonus_cents else ()
    step = Step(
        rule=OTHER_LKV,
        question=WHICH_IS_GRANTED.text.english,
        article=WHICH_IS_GRANTED.provision,
        footing=footing_of(readings=readings),
        inputs=(
            *(
                (category_words(category), euro_text(amounts[category]))
                for category in CATEGORIES
                if category in amounts
            ),
            *map(read_as, readings),
        ),
        result=HIGHEST.told(ENGLISH, category=category_words(chosen)),
        not_given=lost,
        person=person,
    )
    return Granted(chosen, lost, (step,))


def category_words(category: str) -> str:
    """A category in the words of the law."""
    return IN_WORDS_OF_LAW[category]


__all__ = ["CATEGORIES", "JOBS_AGREEMENT", "Granted", "category_words", "cumulation", "granted_category"]
