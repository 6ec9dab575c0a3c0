"""The other categories of LKV and cumulation: Wtl art. 4.1 lid 3 (law.md rule 5).

Without a declaration there is no right, and that is decided here. With one, the amount stands in
`other_lkv_lines` of the run and is taken from there; a walk over hours, start and duration of each category
belongs in this module, in the place of `_reported`.
"""

from collections.abc import Callable

from attrs import frozen

from quotum.explain.bonus import PersonRight
from quotum.explain.rows import Facts, Row
from quotum.explain.settled import OtherLine
from quotum.explain.step import NO_DECLARATION, OTHER_CATEGORY_HIGHER, OTHER_LKV, WHY_NOT, Step
from quotum.explain.target_group import Judged
from quotum.money import euro_text

JOBS_AGREEMENT = "jobs_agreement"
# The order in which the law names them, which decides between equal amounts.
CATEGORIES = ("older", "disabled", JOBS_AGREEMENT, "reassigned")
_ARTICLES = {"older": "Wtl art. 2.2, 2.5", "disabled": "Wtl art. 2.6, 2.9", "reassigned": "Wtl art. 2.14, 2.17"}


@frozen
class Granted:
    """Which category a person gets, and why not the jobs agreement."""

    category: str
    """The category that is granted."""
    lost: tuple[str, ...]
    """Why the jobs agreement is not given; nothing when it is."""
    steps: tuple[Step, ...]
    """How that was decided; nothing when there was nothing to choose."""


def granted_category(amounts: dict[str, int]) -> str:
    """The category with the highest amount; of equal ones the first that the law names."""
    return max(amounts, key=lambda category: (amounts[category], -CATEGORIES.index(category)))


def cumulation(right: PersonRight, others: tuple[OtherLine, ...], person: str) -> Granted:
    """Choose between the jobs agreement, with its bonus, and the other categories of a person."""
    amounts = {JOBS_AGREEMENT: right.lkv_cents + right.bonus_cents} | {one.category: one.lkv_cents for one in others}
    if len(amounts) == 1:
        return Granted(JOBS_AGREEMENT, (), ())
    chosen = granted_category(amounts)
    lost = () if chosen == JOBS_AGREEMENT else (OTHER_CATEGORY_HIGHER,)
    step = Step(
        rule=OTHER_LKV,
        question="Which LKV is granted, of those this person has a right to?",
        article="Wtl art. 4.1 lid 3",
        footing="reading",
        inputs=(
            *((_words(category), euro_text(amounts[category])) for category in CATEGORIES if category in amounts),
            ("reading", "the jobs agreement counts with its bonus, and is lost with it [Wtl art. 4.1 lid 3]"),
        ),
        result=f"{_words(chosen)} and no other: the highest, or of equal ones the first that the law names",
        not_given=lost,
        person=person,
    )
    return Granted(chosen, lost, (step,))


def asked_steps(
    facts: Facts, rows: tuple[Judged, ...], others: tuple[OtherLine, ...], name: Callable[[Row], str]
) -> tuple[Step, ...]:
    """A step for every person and other category that was asked for: is there a right to it?"""
    asked: dict[tuple[int, str], Row] = {}
    for one in rows:
        for category in one.row.asked - {JOBS_AGREEMENT}:
            if one.row.bsn is not None:
                asked.setdefault((one.row.bsn, category), one.row)
    amounts = {(one.bsn, one.category): one for one in others}
    return tuple(
        _asked(facts, key, asked[key], amounts.get(key), name)
        for key in sorted(asked, key=lambda one: (one[0], CATEGORIES.index(one[1])))
    )


def _asked(
    facts: Facts, key: tuple[int, str], row: Row, reported: OtherLine | None, name: Callable[[Row], str]
) -> Step:
    bsn, category = key
    declared = [one for one in facts.declarations(bsn) if one.what == category]
    words = "; ".join(map(str, declared)) or ("none" if facts.declarations_delivered else "none delivered")
    lacking: tuple[str, ...] = ()
    if reported is not None:
        result = f"{reported.paid_hours:,} hours, {euro_text(reported.lkv_cents)}: reported, not settled"
    elif declared:
        result = "the declaration gives no right over this year"
    else:
        result, lacking = f"not given: {WHY_NOT[NO_DECLARATION]}", (NO_DECLARATION,)
    return Step(
        rule=OTHER_LKV,
        question=f"Is there a right to the LKV {_words(category)}?",
        article=_ARTICLES[category],
        footing="law",
        inputs=(("asked for", "yes"), ("declaration", words)),
        result=result,
        not_given=lacking,
        person=name(row),
    )


def _words(category: str) -> str:
    return {
        "older": "oudere werknemer",
        "disabled": "arbeidsgehandicapte werknemer",
        JOBS_AGREEMENT: "doelgroep banenafspraak",
        "reassigned": "herplaatsen arbeidsgehandicapte werknemer",
    }[category]
