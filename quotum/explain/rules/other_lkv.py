"""The other three categories of LKV, person by person (Wtl art. 2.2-2.9, 2.14-2.17): reported, not settled."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Final

from attrs import frozen

from quotum.explain.evidence import Evidence, Intervals, joined
from quotum.explain.remaking import Remade
from quotum.explain.rules.employments import Histories, History
from quotum.explain.rules.lkv_rows import asked_of_every
from quotum.explain.rules.rights import Right, codes, days, judged_starts, none_declared, outside
from quotum.explain.rules.rows import Codes, Row
from quotum.explain.settled import Record
from quotum.explain.step import OTHER_LKV, Step, footing_of
from quotum.explain.telling import Named, Telling, multiplied
from quotum.explain.words import DECLARATION_FROM, NOT_GIVEN, OF_THOSE_OUT
from quotum.law import readings
from quotum.law.kinds_of_work import counts_until_2025
from quotum.law.readings import Reading
from quotum.law.wtl import other_lkv as law
from quotum.law.wtl.cumulation import IN_ORDER_OF_LAW, IN_WORDS_OF_LAW
from quotum.law.wtl.employments import first_day_after
from quotum.law.wtl.lkv_until_2025 import GIVES_RIGHT, NOT_QUALIFIED, has_declaration
from quotum.law.wtl.terms import BenefitTerms, not_abolished
from quotum.law.wtl.windows import OLDER_BEFORE_2024, right_from
from quotum.money import euro_text
from quotum.parameters import Figure, Figures

_CATEGORIES: Final = {one.name: one for one in law.CATEGORIES}


@frozen
class _Found:
    """What became of one category that was asked for a person."""

    tried: Named
    """The days from which a right could run, and why each gives one or not, in words."""
    during: tuple[Right, ...]
    """When there is a right; nothing when no day gives one."""
    terms: BenefitTerms | None
    """Rate, maximum and years; None when it is abolished."""
    sources: tuple[Figure, ...]
    """The figures."""
    left_out: Counter[str]
    """How many of the rows in which it was asked do not count, by reason."""
    hours: int | None
    """Hours of those that count; None when none does."""


def steps(
    remade: Remade,
    rows: Iterable[Row],
    known: Histories,
    papers: Evidence,
    worth: Iterable[Record],
    telling: Telling,
) -> Iterator[Step]:
    """A step for every person and category that was asked.

    Args:
        remade: What the stages make.
        rows: Rows in force.
        known: Employments by BSN.
        papers: What was delivered.
        worth: What each right is worth.
        telling: How it is told.
    """
    amounts = {(one["bsn"], one["category"]): one for one in worth if one["category"] in _CATEGORIES}
    for bsn, category, those in _asked(rows):
        history, declared = known.get(bsn, History()), _declared(papers, bsn, category)
        found = _found(remade, those, category, history, declared, telling)
        amount = amounts.get((bsn, category))
        remade.require(f"hours of the LKV {category}", found.hours, None if amount is None else amount["paid_hours"])
        words = telling.listed(declared, none_declared(papers, telling))
        yield _step(found, amount, category, history, declared, words, those, telling)


def _asked(rows: Iterable[Row]) -> Iterator[tuple[int, str, list[Row]]]:
    """Every person and category that was asked, with the rows in which it was."""
    asked: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        for category in _CATEGORIES:
            if row.bsn is not None and row.asked(category):
                asked.setdefault((row.bsn, IN_ORDER_OF_LAW.index(category)), []).append(row)
    for bsn, place in sorted(asked):
        yield bsn, IN_ORDER_OF_LAW[place], asked[bsn, place]


def _declared(papers: Evidence, bsn: int, category: str) -> Intervals:
    return tuple(one for one in papers.declarations(bsn) if one.what == category)


def _found(
    remade: Remade, rows: list[Row], category: str, history: History, declared: Intervals, telling: Telling
) -> _Found:
    lkv = remade.made.terms.lkv
    tried, begun = _judged(declared, category, history, lkv.months_without, telling)
    name = right_from(_CATEGORIES[category], begun[0], lkv) if begun else category
    benefit = lkv.benefit(name)
    during = tuple(Right(day, first_day_after(day, benefit.years if benefit else 0)) for day in begun)
    reasons = [_why_not(row, during, category) for row in rows] if during and benefit else []
    counting = [row.paid_hours for row, why in zip(rows, reasons, strict=False) if not why]
    return _Found(
        tried,
        during,
        benefit,
        _sources(remade.run.figures, name, remade.year) if benefit else (),
        Counter(code for why in reasons for code in why),
        sum(counting) if counting else None,
    )


def _judged(
    declared: Intervals, category: str, history: History, months: int, telling: Telling
) -> tuple[Named, list[date]]:
    """The days from which a right could run, in words, and those from which one does."""
    if _CATEGORIES[category].from_declaration:
        return _from_declarations(declared, history, telling)
    if not declared:
        return (), []
    lacking = partial(law.unmet_at_start, history.employments, days(declared), months)
    found = judged_starts(history, lacking, 0)
    return found.words(telling), [found.right.first] if found.right else []


def _from_declarations(declared: Intervals, history: History, telling: Telling) -> tuple[Named, list[date]]:
    """Every declaration begins a right of its own when the person was employed here on its first day."""
    tried, begun = [], []
    for one in joined(declared):
        lacking = codes(law.unmet_on_declaration(history.employments, one.first))
        said = telling.why_not(lacking) or telling.say(GIVES_RIGHT)
        tried.append((telling.say(DECLARATION_FROM, day=one.first), said))
        begun += [] if lacking else [one.first]
    return tuple(tried), begun


def _why_not(row: Row, during: tuple[Right, ...], category: str) -> Codes:
    out = outside(during, row.period)
    return (*((out,) if out else ()), *row.unmet(counts_until_2025()), *asked_of_every(row, category))


def _sources(figures: Figures, name: str, year: int) -> tuple[Figure, ...]:
    older = name == OLDER_BEFORE_2024
    category, suffix = ("older", "_before_2024") if older else (name, "")
    names = (f"{category}_rate{suffix}", f"{category}_cap{suffix}", f"{category}_years")
    return tuple(figures.peek(f"wtl.{one}", date(year, 1, 1)) for one in names)


def _step(
    found: _Found,
    amount: Record | None,
    category: str,
    history: History,
    declared: Intervals,
    words: str,
    rows: list[Row],
    telling: Telling,
) -> Step:
    result, reasons = _result(found, amount, declared, telling)
    used = _readings(category, history) if declared else ()
    during = "; ".join(one.words(telling) for one in found.during)
    return Step(
        rule=OTHER_LKV,
        question=telling.say(law.IS_THERE_A_RIGHT, category=IN_WORDS_OF_LAW[category]),
        article=_CATEGORIES[category].provision,
        footing=footing_of(found.sources, used),
        inputs=(
            *telling.inputs(("declaration", words)),
            *((*history.words(telling), *found.tried) if declared else ()),
            *(telling.inputs(("right", during)) if during and found.terms else ()),
            *telling.inputs(("rows in which it was asked", f"{len(rows)}")),
            *(
                (telling.say(OF_THOSE_OUT, why=telling.why_not((code,))), f"{found.left_out[code]}")
                for code in sorted(found.left_out)
            ),
            *telling.cited(*found.sources),
            *telling.read_as(*used),
        ),
        result=result,
        not_given=reasons,
        person=telling.person(rows[0].bsn),
    )


def _readings(category: str, history: History) -> tuple[Reading, ...]:
    conditions = {
        readings.EMPLOYMENT: True,
        readings.OTHER_BENEFITS: True,
        readings.REASSIGNED_FROM_DECLARATION: _CATEGORIES[category].from_declaration,
        readings.RUNS_ON_AFTER_TRANSFER: bool(history.came_over),
    }
    return tuple(reading for reading, holds in conditions.items() if holds)


def _result(found: _Found, amount: Record | None, declared: Intervals, telling: Telling) -> tuple[str, Codes]:
    if amount is not None and found.terms:
        hours, cents = amount["paid_hours"], amount["lkv_cents"]
        raw = hours * found.terms.rate_cents
        cut = "" if raw == cents else telling.say(law.CUT_OFF, amount=euro_text(cents))
        return telling.say(law.NOT_SETTLED, product=multiplied(hours, found.terms.rate_cents, telling), cut=cut), ()
    if not declared:
        reasons: Codes = (has_declaration.unmet.code,)
    elif not found.during:
        reasons = (NOT_QUALIFIED.code,)
    elif found.terms is None:
        reasons = (not_abolished.unmet.code,)
    else:
        reasons = tuple(sorted(found.left_out))
    return telling.say(NOT_GIVEN, why=telling.why_not(reasons)), reasons
