"""Lines for the operator after decisions were made: counts, sums and remarks; nothing of an employer."""

from collections.abc import Iterator

from quotum.identifiers import masked
from quotum.law import calendar_days
from quotum.money import euro_text
from quotum.output.decisions.making import DecisionSet


def summary(decisions: DecisionSet) -> Iterator[str]:
    """Counts and sums."""
    terms, totals = decisions.source.terms, decisions.totals
    mark = "SIMULATION, nothing is decided: " if terms.simulation else ""
    yield f"{mark}decisions on the LKV doelgroep banenafspraak of {terms.year}, of {terms.decided_on}"
    yield f"{totals['employers']:,} employers, {totals['payable']:,} of them paid, {totals['employees']:,} employees"
    for name, column in (("LKV", "lkv_cents"), ("Bonus", "bonus_cents"), ("Paid out", "payable_cents")):
        yield f"{name:<14}{euro_text(totals[column]):>20}"
    yield f"Objection until {terms.objection_until}, paid by {terms.pay_until}, revision until {terms.revision_until}"
    earlier = f" ({decisions.earlier:,} were there already)" if decisions.earlier else ""
    yield f"Decisions written: {masked(str(decisions.record.parent))}{earlier}"


def remarks(decisions: DecisionSet) -> Iterator[str]:
    """Remarks on the run and on the day of the decision."""
    terms = decisions.source.terms
    cut_off = calendar_days.cut_off_day(terms.year)
    if terms.as_of < cut_off:
        yield (
            f"the run looks at the returns as filed by {terms.as_of}, before {cut_off}: it is no settlement that a "
            "decision rests on (Wtl art. 4.1 lid 2)"
        )
    if calendar_days.decided_late(terms.year, terms.decided_on):
        last = calendar_days.last_day_of_decision(terms.year)
        yield f"the day of the decision, {terms.decided_on}, is later than {last} (Wtl art. 4.1 lid 2)"


__all__ = ["remarks", "summary"]
