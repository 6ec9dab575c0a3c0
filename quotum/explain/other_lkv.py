"""The other three categories of LKV, person by person (Wtl art. 2.2-2.9, 2.14-2.17): reported, not settled."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from attrs import evolve, frozen

from quotum.explain.cumulation import CATEGORIES, JOBS_AGREEMENT, category_words
from quotum.explain.employment import Histories, History
from quotum.explain.lkv_rows import conditions
from quotum.explain.records import Interval, Row
from quotum.explain.rows import Facts
from quotum.explain.starts import Judgement, Right, holds_on, judged_starts, listed, worked_before
from quotum.explain.step import (
    ABOLISHED,
    NO_DECLARATION,
    NOT_DECLARED_AT_START,
    NOT_QUALIFIED,
    OTHER_LKV,
    WHY_NOT,
    WORKED_BEFORE,
    Step,
    cited,
    footing_of,
    read_as,
    why_not,
)
from quotum.explain.target_group import Judged
from quotum.law.employments import first_day_after
from quotum.law.readings import EMPLOYMENT, OTHER_BENEFITS, RUNS_ON_AFTER_TRANSFER
from quotum.money import euro_text
from quotum.parameters import Figure, Figures
from quotum.run.lkv_terms import BenefitTerms, LkvTerms

_ARTICLES = {"older": "Wtl art. 2.2, 2.5", "disabled": "Wtl art. 2.6, 2.9", "reassigned": "Wtl art. 2.14, 2.17"}
_BEFORE_2024 = "older_before_2024"
# An employment of a reassigned worker need not begin anew.
_BEGINS_ANEW = ("older", "disabled")


@frozen
class OtherRight:
    """The LKV of another category of a person, before cumulation."""

    bsn: int
    """The person."""
    category: str
    """Category."""
    hours: int
    """Paid hours that count."""
    lkv_cents: int
    """LKV."""


@frozen
class _Found:
    """What became of one category that was asked for a person."""

    judgement: Judgement
    """Its employments held against the conditions."""
    terms: BenefitTerms | None
    """Rate, maximum and years; None when it is abolished."""
    sources: tuple[Figure, ...]
    """The figures."""
    right: OtherRight | None
    """The amount; None when no row counts."""
    rows: int
    """Rows in which it was asked."""
    left_out: Counter[str]
    """How many of these do not count, by reason."""


def other_rights(
    facts: Facts,
    rows: tuple[Judged, ...],
    known: Histories,
    figures: Figures,
    year: int,
    terms: LkvTerms,
    name: Callable[[Row], str],
) -> tuple[tuple[OtherRight, ...], tuple[Step, ...]]:
    """The other categories that were asked: their amounts, and a step for every person and category.

    Args:
        facts: What the archive says.
        rows: Rows in force.
        known: Employments by BSN.
        figures: Parameters of the run.
        year: Calendar year.
        terms: Rates, maximums and years of the categories.
        name: How a person is named.
    """
    rights, steps = [], []
    for bsn, category, those in _asked(rows):
        found = _found(facts, those, (bsn, category), known.get(bsn, History()), (figures, year, terms))
        rights += [found.right] if found.right else []
        steps.append(_step(facts, found, (bsn, category), known.get(bsn, History()), name(those[0].row)))
    return tuple(rights), tuple(steps)


def _asked(rows: Iterable[Judged]) -> Iterator[tuple[int, str, list[Judged]]]:
    """Every person and category that was asked, with the rows in which it was."""
    asked: dict[tuple[int, int], list[Judged]] = {}
    for one in rows:
        for category in one.row.asked - {JOBS_AGREEMENT}:
            if one.row.bsn is not None:
                asked.setdefault((one.row.bsn, CATEGORIES.index(category)), []).append(one)
    for bsn, place in sorted(asked):
        yield bsn, CATEGORIES[place], asked[bsn, place]


def _found(
    facts: Facts, rows: list[Judged], key: tuple[int, str], history: History, by: tuple[Figures, int, LkvTerms]
) -> _Found:
    bsn, category = key
    figures, year, terms = by
    judged = _judged(_declared(facts, bsn, category), category, history, terms.months_without)
    name = category
    if (
        category == "older"
        and judged.right
        and terms.older_kept_before
        and judged.right.first < terms.older_kept_before
    ):
        name = _BEFORE_2024
    benefit = terms.benefit(name)
    if judged.right and benefit:
        judged = evolve(judged, right=Right(judged.right.first, first_day_after(judged.right.first, benefit.years)))
    left_out: Counter[str] = Counter()
    hours, counting = 0, 0
    for one in rows if judged.right and benefit else ():
        reasons = _why_not(one, judged.right, category, (figures, year))
        left_out.update(reasons)
        hours += 0 if reasons else one.row.paid_hours
        counting += not reasons
    right = OtherRight(bsn, category, hours, _amount(hours, benefit)) if counting and benefit else None
    return _Found(judged, benefit, _sources(figures, name, year) if benefit else (), right, len(rows), left_out)


def _declared(facts: Facts, bsn: int, category: str) -> tuple[Interval, ...]:
    return tuple(one for one in facts.declarations(bsn) if one.what == category)


def _judged(declared: tuple[Interval, ...], category: str, history: History, months: int) -> Judgement:
    """A declaration covers the start, and older and disabled workers did not work here in the months before."""

    def lacking(day: date) -> tuple[str, ...]:
        reasons = [] if holds_on(declared, day) else [NOT_DECLARED_AT_START]
        if category in _BEGINS_ANEW and worked_before(history, day, months):
            reasons.append(WORKED_BEFORE)
        return tuple(reasons)

    return judged_starts(history, lacking, 0) if declared else Judgement((), None)


def _why_not(one: Judged, right: Right | None, category: str, by: tuple[Figures, int]) -> tuple[str, ...]:
    outside = NOT_QUALIFIED if right is None else right.why_not_in(one.row.period)
    return (*((outside,) if outside else ()), *one.out_until_2025, *conditions(one.row, category, *by))


def _amount(hours: int, benefit: BenefitTerms) -> int:
    """Hours times rate, cut off at the maximum and not below zero."""
    raw = max(hours * benefit.rate_cents, 0)
    return min(raw, benefit.cap_cents) if benefit.cap_cents else raw


def _sources(figures: Figures, name: str, year: int) -> tuple[Figure, ...]:
    names = (
        ("older_rate_before_2024", "older_cap_before_2024") if name == _BEFORE_2024 else (f"{name}_rate", f"{name}_cap")
    )
    years = f"{'older' if name == _BEFORE_2024 else name}_years"
    return tuple(figures.peek(f"wtl.{one}", date(year, 1, 1)) for one in (*names, years))


def _step(facts: Facts, found: _Found, key: tuple[int, str], history: History, person: str) -> Step:
    bsn, category = key
    declared = _declared(facts, bsn, category)
    result, reasons = _result(found, declared)
    readings = (EMPLOYMENT, OTHER_BENEFITS, *((RUNS_ON_AFTER_TRANSFER,) if history.came_over else ()))
    used = readings if declared else ()
    return Step(
        rule=OTHER_LKV,
        question=f"Is there a right to the LKV {category_words(category)}?",
        article=_ARTICLES[category],
        footing=footing_of(found.sources, used),
        inputs=(
            ("declaration", listed(declared, "none" if facts.declarations_delivered else "none delivered")),
            *((*history.words(), *found.judgement.words()) if declared else ()),
            *((("right", f"{found.judgement.right}"),) if found.judgement.right and found.terms else ()),
            ("rows in which it was asked", f"{found.rows}"),
            *((f"of those out: {WHY_NOT[reason]}", f"{found.left_out[reason]}") for reason in sorted(found.left_out)),
            *map(cited, found.sources),
            *map(read_as, used),
        ),
        result=result,
        not_given=reasons,
        person=person,
    )


def _result(found: _Found, declared: tuple[Interval, ...]) -> tuple[str, tuple[str, ...]]:
    if found.right and found.terms:
        raw = found.right.hours * found.terms.rate_cents
        cut = "" if raw == found.right.lkv_cents else f", cut off: {euro_text(found.right.lkv_cents)}"
        rate = euro_text(found.terms.rate_cents)
        return f"{found.right.hours:,} × {rate} = {euro_text(raw)}{cut}: reported, not settled", ()
    if not declared:
        reasons: tuple[str, ...] = (NO_DECLARATION,)
    elif found.judgement.right is None:
        reasons = (NOT_QUALIFIED,)
    elif found.terms is None:
        reasons = (ABOLISHED,)
    else:
        reasons = tuple(sorted(found.left_out))
    return f"not given: {why_not(reasons)}", reasons
