"""The other three categories of LKV, person by person (Wtl art. 2.2-2.9, 2.14-2.17): reported, not settled."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Final

from attrs import frozen

from quotum.explanations.evidence import Evidence, Intervals, join_intervals
from quotum.explanations.rebuild import Rebuild
from quotum.explanations.rules.employments import Histories, History
from quotum.explanations.rules.lkv_rows import asked_of_every
from quotum.explanations.rules.rights import Right, codes, days, judge_starts, none_declared, reason_outside
from quotum.explanations.rules.rows import Codes, Row
from quotum.explanations.settled_rows import Record
from quotum.explanations.step import OTHER_LKV, Step
from quotum.explanations.telling import Pairs, Telling, product_words
from quotum.explanations.words import DECLARATION_FROM, NOT_GIVEN, OF_THOSE_OUT
from quotum.law import readings
from quotum.law.conditions import Question
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

_CATEGORIES: Final = {category.name: category for category in law.CATEGORIES}


@frozen
class _Outcome:
    """The outcome of a category that was asked for a person."""

    tried: Pairs
    """The days from which a right could run, and why each day gives a right or not, in words."""
    during: tuple[Right, ...]
    """When there is a right; empty when no day gives a right."""
    terms: BenefitTerms | None
    """Rate, maximum and years; None when it is abolished."""
    sources: tuple[Figure, ...]
    """The figures."""
    left_out: Counter[str]
    """How many of the rows in which it was asked do not count, by reason."""
    hours: int | None
    """Hours of the rows that count; None when no row counts."""


def steps(
    rebuild: Rebuild,
    rows: Iterable[Row],
    known: Histories,
    papers: Evidence,
    worth: Iterable[Record],
    telling: Telling,
) -> Iterator[Step]:
    """A step for every person and category that was asked.

    Args:
        rebuild: What the stages make.
        rows: Rows in force.
        known: Employments by BSN.
        papers: What was delivered.
        worth: What each right is worth.
        telling: Language and names.
    """
    amounts = {(amount["bsn"], amount["category"]): amount for amount in worth if amount["category"] in _CATEGORIES}
    for bsn, category, rows_asked in _requests(rows):
        history, declared = known.get(bsn, History()), _declarations_of(papers, bsn, category)
        outcome = _outcome(rebuild, rows_asked, category, history, declared, telling)
        amount = amounts.get((bsn, category))
        rebuild.require(f"hours of the LKV {category}", outcome.hours, None if amount is None else amount["paid_hours"])
        words = telling.interval_list(declared, none_declared(papers, telling))
        yield _step(outcome, amount, category, history, declared, words, rows_asked, telling)


def _requests(rows: Iterable[Row]) -> Iterator[tuple[int, str, list[Row]]]:
    """Every person and category that was asked, with the rows in which it was."""
    asked: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        for category in _CATEGORIES:
            if row.bsn is not None and row.asked(category):
                asked.setdefault((row.bsn, IN_ORDER_OF_LAW.index(category)), []).append(row)
    for bsn, place in sorted(asked):
        yield bsn, IN_ORDER_OF_LAW[place], asked[bsn, place]


def _declarations_of(papers: Evidence, bsn: int, category: str) -> Intervals:
    return tuple(interval for interval in papers.declarations(bsn) if interval.what == category)


def _outcome(
    rebuild: Rebuild, rows: list[Row], category: str, history: History, declared: Intervals, telling: Telling
) -> _Outcome:
    lkv = rebuild.results.terms.lkv
    tried, begun = _judgement(declared, category, history, lkv.months_without, telling)
    name = right_from(_CATEGORIES[category], begun[0], lkv) if begun else category
    benefit = lkv.benefit(name)
    during = tuple(Right(day, first_day_after(day, benefit.years if benefit else 0)) for day in begun)
    reasons = [_why_not(row, during, category) for row in rows] if during and benefit else []
    counting = [row.paid_hours for row, codes_of_row in zip(rows, reasons, strict=False) if not codes_of_row]
    return _Outcome(
        tried,
        during,
        benefit,
        _sources(rebuild.run.figures, name, rebuild.year) if benefit else (),
        Counter(code for codes_of_row in reasons for code in codes_of_row),
        sum(counting) if counting else None,
    )


def _judgement(
    declared: Intervals, category: str, history: History, months: int, telling: Telling
) -> tuple[Pairs, list[date]]:
    """The days from which a right could run, in words, and the days from which a right runs."""
    if _CATEGORIES[category].from_declaration:
        return _from_declarations(declared, history, telling)
    if not declared:
        return (), []
    lacking = partial(law.unmet_at_start, history.employments, days(declared), months)
    judgement = judge_starts(history, lacking, 0)
    return judgement.words(telling), [judgement.right.first] if judgement.right else []


def _from_declarations(declared: Intervals, history: History, telling: Telling) -> tuple[Pairs, list[date]]:
    """Every declaration begins a right of its own when the person was employed here on its first day."""
    tried, begun = [], []
    for declaration in join_intervals(declared):
        lacking = codes(law.unmet_on_declaration(history.employments, declaration.first))
        verdict = telling.why_not(lacking) or telling.say(GIVES_RIGHT)
        tried.append((telling.say(DECLARATION_FROM, day=declaration.first), verdict))
        begun += [] if lacking else [declaration.first]
    return tuple(tried), begun


def _why_not(row: Row, during: tuple[Right, ...], category: str) -> Codes:
    out = reason_outside(during, row.period)
    return (*((out,) if out else ()), *row.unmet(counts_until_2025()), *asked_of_every(row, category))


def _sources(figures: Figures, name: str, year: int) -> tuple[Figure, ...]:
    older = name == OLDER_BEFORE_2024
    category, suffix = ("older", "_before_2024") if older else (name, "")
    names = (f"{category}_rate{suffix}", f"{category}_cap{suffix}", f"{category}_years")
    return tuple(figures.peek(f"wtl.{suffix_of_name}", date(year, 1, 1)) for suffix_of_name in names)


def _step(
    outcome: _Outcome,
    amount: Record | None,
    category: str,
    history: History,
    declared: Intervals,
    words: str,
    rows: list[Row],
    telling: Telling,
) -> Step:
    result, reasons = _result(outcome, amount, declared, telling)
    used = _readings(category, history) if declared else ()
    during = "; ".join(right.words(telling) for right in outcome.during)
    inputs = (
        *telling.inputs(("declaration", words)),
        *((*history.words(telling), *outcome.tried) if declared else ()),
        *(telling.inputs(("right", during)) if during and outcome.terms else ()),
        *telling.inputs(("rows in which it was asked", f"{len(rows)}")),
        *(
            (telling.say(OF_THOSE_OUT, why=telling.why_not((code,))), f"{outcome.left_out[code]}")
            for code in sorted(outcome.left_out)
        ),
    )
    return telling.step(
        OTHER_LKV,
        Question(_CATEGORIES[category].provision, law.IS_THERE_A_RIGHT),
        inputs,
        result,
        question_values={"category": IN_WORDS_OF_LAW[category]},
        figures=outcome.sources,
        readings=used,
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


def _result(outcome: _Outcome, amount: Record | None, declared: Intervals, telling: Telling) -> tuple[str, Codes]:
    if amount is not None and outcome.terms:
        hours, cents = amount["paid_hours"], amount["lkv_cents"]
        raw = hours * outcome.terms.rate_cents
        cut = "" if raw == cents else telling.say(law.CUT_OFF, amount=euro_text(cents))
        return telling.say(
            law.NOT_SETTLED, product=product_words(hours, outcome.terms.rate_cents, telling), cut=cut
        ), ()
    if not declared:
        reasons: Codes = (has_declaration.unmet.code,)
    elif not outcome.during:
        reasons = (NOT_QUALIFIED.code,)
    elif outcome.terms is None:
        reasons = (not_abolished.unmet.code,)
    else:
        reasons = tuple(sorted(outcome.left_out))
    return telling.say(NOT_GIVEN, why=telling.why_not(reasons)), reasons
