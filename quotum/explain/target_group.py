"""Target group and kind of work, row by row and day by day (law.md rule 1, "Kinds of work")."""

from collections.abc import Callable, Iterable

from attrs import frozen

from quotum.explain.in_force import ReturnInForce
from quotum.explain.records import Interval, Row
from quotum.explain.rows import Facts
from quotum.explain.step import (
    AGENCY_WORKER,
    NO_BSN,
    NOT_REGISTERED,
    SHELTERED,
    TARGET_GROUP,
    WSW,
    Step,
    why_not,
)
from quotum.identifiers import payroll_tax_number_text
from quotum.law import kinds_of_work as kinds
from quotum.law.conditions import ENGLISH
from quotum.law.wtl.target_group import HOURS_COUNT, IN_TARGET_GROUP


@frozen
class Judged:
    """A row in force with what was found about it."""

    row: Row
    """The row."""
    not_counted: tuple[str, ...]
    """Why it is not in the target group; nothing when it is."""
    out_of_base: tuple[str, ...]
    """Why it is out of the surcharge base; nothing when it is in."""
    out_until_2025: tuple[str, ...]
    """Why its kind of work is out of the LKV until 2025 and of the other categories; nothing when it is not."""
    kind_words: str
    """Its kind of work, in words."""
    registered_words: str
    """Its registration, in words."""

    @property
    def in_target_group(self) -> bool:
        """Whether it is in the target group."""
        return not self.not_counted


def judged(facts: Facts, returns: tuple[ReturnInForce, ...]) -> tuple[Judged, ...]:
    """Every row in force, judged."""
    return tuple(_judge(facts, row) for one in returns for row in one.rows)


def _judge(facts: Facts, row: Row) -> Judged:
    traits = facts.traits(row)
    touching = [one for one in facts.registrations(row.bsn) if one.touches(row.period)]
    out = _out_of_count(row, traits)
    unregistered = () if touching else (NO_BSN if row.bsn is None else NOT_REGISTERED,)
    words = [f"{one.what} from {one}" for one in traits if one.touches(row.period)]
    return Judged(
        row=row,
        not_counted=(*unregistered, *out),
        out_of_base=_out_of_base(row, traits),
        out_until_2025=_out_until_2025(row, traits),
        kind_words="; ".join([f"CdAard {row.nature or 'none'}", *words]),
        registered_words="; ".join(map(str, touching)) or "none that touches this period",
    )


def days_with(row: Row, traits: Iterable[Interval], *kinds_of_trait: str) -> list[bool]:
    """For every day in service, whether the income relation has any of some traits on it."""
    those = [one for one in traits if one.what in kinds_of_trait]
    if not those:
        return [False]
    return [any(one.holds(day) for one in those) for day in row.days_in_service]


def _out_of_count(row: Row, traits: tuple[Interval, ...]) -> tuple[str, ...]:
    """Wsw employment that is not seconded, and sheltered work, over all days in service."""
    if row.nature == kinds.SHELTERED or all(days_with(row, traits, "sheltered")):
        return (SHELTERED,)
    wsw = row.nature in (kinds.WSW, kinds.WSW_SECONDED) or all(days_with(row, traits, "wsw"))
    seconded = row.nature == kinds.WSW_SECONDED or any(days_with(row, traits, "wsw_seconded"))
    return (WSW,) if wsw and not seconded else ()


def _out_until_2025(row: Row, traits: tuple[Interval, ...]) -> tuple[str, ...]:
    """Wsw employment, seconded or not, and sheltered work, over all days in service."""
    if row.nature == kinds.SHELTERED or all(days_with(row, traits, "sheltered")):
        return (SHELTERED,)
    wsw = any(all(days_with(row, traits, trait)) for trait in ("wsw", "wsw_seconded"))
    return (WSW,) if wsw or row.nature in (kinds.WSW, kinds.WSW_SECONDED) else ()


def _out_of_base(row: Row, traits: tuple[Interval, ...]) -> tuple[str, ...]:
    """Agency and payroll work, Wsw (seconded or not) and sheltered work, on the first day in service."""
    first = row.days_in_service[0]
    then = {one.what for one in traits if one.holds(first)}
    out = []
    if row.nature in (kinds.AGENCY_WORKER, kinds.PAYROLL_WORKER) or "lent_out" in then:
        out.append(AGENCY_WORKER)
    if row.nature in (kinds.WSW, kinds.WSW_SECONDED) or then & {"wsw", "wsw_seconded"}:
        out.append(WSW)
    if row.nature == kinds.SHELTERED or "sheltered" in then:
        out.append(SHELTERED)
    return tuple(out)


def steps(rows: tuple[Judged, ...], name: Callable[[Row], str]) -> tuple[Step, ...]:
    """A step per row: is it in the target group?"""
    return tuple(_step(one, name) for one in rows)


def _step(one: Judged, name: Callable[[Row], str]) -> Step:
    row = one.row
    return Step(
        rule=TARGET_GROUP,
        question=IN_TARGET_GROUP.text.english,
        article=IN_TARGET_GROUP.provision,
        footing="law",
        inputs=(
            ("paid hours", f"{row.paid_hours:,}"),
            ("registration", one.registered_words),
            ("kind of work", one.kind_words),
        ),
        result=f"no: {why_not(one.not_counted)}"
        if one.not_counted
        else HOURS_COUNT.told(ENGLISH, hours=f"{row.paid_hours:,}"),
        not_given=one.not_counted,
        person=name(row),
        payroll_tax_number=payroll_tax_number_text(row.number),
        period=row.period,
    )
