"""Paid hours that count for the quota levy, row by row (Wfsv art. 38g lid 2, 5; Besluit Wfsv art. 2.31, 2.33)."""

from collections.abc import Callable, Iterable

from attrs import frozen

from quotum.explain.in_force import ReturnInForce
from quotum.explain.records import Row
from quotum.explain.rows import Facts
from quotum.explain.step import AGENCY_WORKER, QUOTA_HOURS, WSW, Step, why_not, yes_no
from quotum.explain.target_group import Judged, days_with, judged
from quotum.identifiers import payroll_tax_number_text
from quotum.law import kinds_of_work as kinds
from quotum.law.conditions import ENGLISH
from quotum.law.wfsv import quota_hours as law


@frozen
class Counted:
    """A row with what of its hours counts for the levy."""

    judged: Judged
    """The row."""
    left_out: tuple[str, ...]
    """Why its hours stay out; nothing when they count."""

    @property
    def hours(self) -> int:
        """Hours in variable A."""
        return 0 if self.left_out else self.judged.row.paid_hours

    @property
    def target_hours(self) -> int:
        """Hours of the target group, whether they count or not."""
        return self.judged.row.paid_hours if self.judged.in_target_group else 0

    @property
    def counted_target_hours(self) -> int:
        """Hours of the target group in variable C."""
        return 0 if self.left_out else self.target_hours


def counted(facts: Facts, returns: tuple[ReturnInForce, ...]) -> tuple[Counted, ...]:
    """Every row in force with what counts."""
    return tuple(Counted(one, _left_out(facts, one.row)) for one in judged(facts, returns))


def _left_out(facts: Facts, row: Row) -> tuple[str, ...]:
    """Agency workers at the lender and Wsw employments; a trait must leave no day in service."""
    if row.nature == kinds.AGENCY_WORKER:
        return (AGENCY_WORKER,)
    if row.nature in (kinds.WSW, kinds.WSW_SECONDED):
        return (WSW,)
    traits = facts.traits(row)
    if not all(days_with(row, traits, *law.LEFT_OUT_TRAITS)):
        return ()
    return (AGENCY_WORKER,) if any(days_with(row, traits, "lent_out")) else (WSW,)


def year_before_steps(rows: Iterable[Counted], returns: Iterable[ReturnInForce]) -> tuple[Step, ...]:
    """A step for every return of t-1: how many of its hours are held against the threshold?"""
    rows = tuple(rows)
    return tuple(_return_step(one, [row for row in rows if _of(row) == (one.number, one.period)]) for one in returns)


def _of(one: Counted) -> tuple[int, object]:
    return one.judged.row.number, one.judged.row.period


def _return_step(one: ReturnInForce, rows: list[Counted]) -> Step:
    paid, hours = sum(row.judged.row.paid_hours for row in rows), sum(row.hours for row in rows)
    return Step(
        rule=QUOTA_HOURS,
        question=law.RETURN_BEFORE.text.english,
        article=law.RETURN_BEFORE.provision,
        footing="law",
        inputs=(("paid hours", f"{paid:,}"), ("agency workers and Wsw, left out", f"{paid - hours:,}")),
        result=law.HOURS.told(ENGLISH, hours=f"{hours:,}"),
        payroll_tax_number=payroll_tax_number_text(one.number),
        period=one.period,
    )


def row_steps(rows: Iterable[Counted], name: Callable[[Row], str]) -> tuple[Step, ...]:
    """A step for every row of t: do its hours count for the levy?"""
    return tuple(_row_step(one, name) for one in rows)


def _row_step(one: Counted, name: Callable[[Row], str]) -> Step:
    row = one.judged.row
    counts = law.COUNTS_IN.told(ENGLISH, hours=f"{one.hours:,}", target=f"{one.counted_target_hours:,}")
    return Step(
        rule=QUOTA_HOURS,
        question=law.ROW_COUNTS.text.english,
        article=law.ROW_COUNTS.provision,
        footing="law",
        inputs=(
            ("paid hours", f"{row.paid_hours:,}"),
            ("kind of work", one.judged.kind_words),
            ("in the target group", yes_no(one.judged.in_target_group)),
        ),
        result=f"no: {why_not(one.left_out)}" if one.left_out else counts,
        not_given=one.left_out,
        person=name(row),
        payroll_tax_number=payroll_tax_number_text(row.number),
        period=row.period,
    )
