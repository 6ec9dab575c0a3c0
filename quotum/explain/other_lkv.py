"""The other three categories of LKV, person by person (Wtl art. 2.2-2.9, 2.14-2.17): reported, not settled."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial

from attrs import frozen

from quotum.explain.bonus import product_words
from quotum.explain.cumulation import CATEGORIES, JOBS_AGREEMENT, category_words
from quotum.explain.employment import Histories, History
from quotum.explain.lkv_rows import conditions
from quotum.explain.records import Interval, Row, joined
from quotum.explain.rows import Facts
from quotum.explain.starts import Right, codes, days, judged_starts, listed, outside
from quotum.explain.step import (
    ABOLISHED,
    NO_DECLARATION,
    NOT_QUALIFIED,
    OTHER_LKV,
    WHY_NOT,
    Step,
    cited,
    footing_of,
    read_as,
    why_not,
)
from quotum.explain.target_group import Judged
from quotum.law.conditions import ENGLISH
from quotum.law.readings import EMPLOYMENT, OTHER_BENEFITS, REASSIGNED_FROM_DECLARATION, RUNS_ON_AFTER_TRANSFER, Reading
from quotum.law.wtl import other_lkv as law
from quotum.law.wtl.employments import first_day_after
from quotum.law.wtl.lkv_until_2025 import GIVES_RIGHT
from quotum.law.wtl.terms import BenefitTerms, LkvTerms
from quotum.money import euro_text
from quotum.parameters import Figure, Figures

_ARTICLES = {one.name: one.provision for one in law.CATEGORIES}
_BEFORE_2024, _REASSIGNED = "older_before_2024", "reassigned"


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

    tried: tuple[tuple[str, str], ...]
    """The days from which a right could run, and why each gives one or not, in words."""
    during: tuple[Right, ...]
    """When there is a right; nothing when no day gives one."""
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
    tried, days = _judged(_declared(facts, bsn, category), category, history, terms.months_without)
    name = category
    if category == "older" and days and terms.older_kept_before and days[0] < terms.older_kept_before:
        name = _BEFORE_2024
    benefit = terms.benefit(name)
    during = tuple(Right(day, first_day_after(day, benefit.years if benefit else 0)) for day in days)
    left_out: Counter[str] = Counter()
    hours, counting = 0, 0
    for one in rows if during and benefit else ():
        reasons = _why_not(one, during, category, (figures, year))
        left_out.update(reasons)
        hours += 0 if reasons else one.row.paid_hours
        counting += not reasons
    right = OtherRight(bsn, category, hours, _amount(hours, benefit)) if counting and benefit else None
    sources = _sources(figures, name, year) if benefit else ()
    return _Found(tried, during, benefit, sources, right, len(rows), left_out)


def _declared(facts: Facts, bsn: int, category: str) -> tuple[Interval, ...]:
    return tuple(one for one in facts.declarations(bsn) if one.what == category)


def _judged(
    declared: tuple[Interval, ...], category: str, history: History, months: int
) -> tuple[tuple[tuple[str, str], ...], list[date]]:
    """The days from which a right could run, in words, and those from which one does."""
    if category == _REASSIGNED:
        return _reassigned(declared, history)

    if not declared:
        return (), []
    lacking = partial(law.unmet_at_start, history.employments, days(declared), months)
    found = judged_starts(history, lacking, 0)
    return found.words(), [found.right.first] if found.right else []


def _reassigned(declared: tuple[Interval, ...], history: History) -> tuple[tuple[tuple[str, str], ...], list[date]]:
    """Every declaration begins a right of its own when the person was employed here on its first day."""
    tried, begun = [], []
    for one in joined(declared):
        lacking = codes(law.unmet_on_declaration(history.employments, one.first))
        tried.append((f"declaration from {one.first}", why_not(lacking) or GIVES_RIGHT.english))
        begun += [] if lacking else [one.first]
    return tuple(tried), begun


def _why_not(one: Judged, during: tuple[Right, ...], category: str, by: tuple[Figures, int]) -> tuple[str, ...]:
    out = outside(during, one.row.period)
    return (*((out,) if out else ()), *one.out_until_2025, *conditions(one.row, category, *by))


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
    used = _readings(category, history) if declared else ()
    return Step(
        rule=OTHER_LKV,
        question=law.IS_THERE_A_RIGHT.told(ENGLISH, category=category_words(category)),
        article=_ARTICLES[category],
        footing=footing_of(found.sources, used),
        inputs=(
            ("declaration", listed(declared, "none" if facts.declarations_delivered else "none delivered")),
            *((*history.words(), *found.tried) if declared else ()),
            *((("right", "; ".join(map(str, found.during))),) if found.during and found.terms else ()),
            ("rows in which it was asked", f"{found.rows}"),
            *((f"of those out: {WHY_NOT[reason]}", f"{found.left_out[reason]}") for reason in sorted(found.left_out)),
            *map(cited, found.sources),
            *map(read_as, used),
        ),
        result=result,
        not_given=reasons,
        person=person,
    )


def _readings(category: str, history: History) -> tuple[Reading, ...]:
    conditions = {
        EMPLOYMENT: True,
        OTHER_BENEFITS: True,
        REASSIGNED_FROM_DECLARATION: category == _REASSIGNED,
        RUNS_ON_AFTER_TRANSFER: bool(history.came_over),
    }
    return tuple(reading for reading, holds in conditions.items() if holds)


def _result(found: _Found, declared: tuple[Interval, ...]) -> tuple[str, tuple[str, ...]]:
    if found.right and found.terms:
        raw = found.right.hours * found.terms.rate_cents
        cents = found.right.lkv_cents
        cut = "" if raw == cents else law.CUT_OFF.told(ENGLISH, amount=euro_text(cents))
        product = product_words(found.right.hours, found.terms.rate_cents)
        return law.NOT_SETTLED.told(ENGLISH, product=product, cut=cut), ()
    if not declared:
        reasons: tuple[str, ...] = (NO_DECLARATION,)
    elif not found.during:
        reasons = (NOT_QUALIFIED,)
    elif found.terms is None:
        reasons = (ABOLISHED,)
    else:
        reasons = tuple(sorted(found.left_out))
    return f"not given: {why_not(reasons)}", reasons
