"""Lines for the operator after decisions were made: counts, sums and remarks; nothing of an employer."""

from collections.abc import Iterator

from quotum.identifiers import masked
from quotum.law import calendar_days
from quotum.money import euro_text
from quotum.output import words
from quotum.output.decisions.making import DecisionSet
from quotum.words import NOTHING, Sentence


def summary(decisions: DecisionSet) -> Iterator[Sentence]:
    """Counts and sums."""
    terms, totals = decisions.source.terms, decisions.totals
    mark = words.NOTHING_DECIDED.sentence() if terms.simulation else NOTHING
    yield words.DECISIONS.sentence(mark=mark, year=terms.year, day=terms.decided_on)
    yield words.DECIDED_ON.sentence(
        employers=totals["employers"], payable=totals["payable"], employees=totals["employees"]
    )
    for name, column in words.TOTALS:
        yield words.TOTAL.sentence(name=name.sentence(), euros=euro_text(totals[column]))
    yield words.TERMS.sentence(objection=terms.objection_until, paid=terms.pay_until, revision=terms.revision_until)
    earlier = words.THERE_ALREADY.sentence(count=decisions.earlier) if decisions.earlier else NOTHING
    yield words.DECISIONS_WRITTEN.sentence(place=masked(str(decisions.record.parent)), before=earlier)


def remarks(decisions: DecisionSet) -> Iterator[Sentence]:
    """Remarks on the run and on the day of the decision."""
    terms = decisions.source.terms
    cut_off = calendar_days.cut_off_day(terms.year)
    if terms.as_of < cut_off:
        yield words.BEFORE_CUT_OFF.sentence(as_of=terms.as_of, cut_off=cut_off)
    if calendar_days.decided_late(terms.year, terms.decided_on):
        last = calendar_days.last_day_of_decision(terms.year)
        yield words.DECIDED_LATE.sentence(day=terms.decided_on, last=last)


__all__ = ["remarks", "summary"]
