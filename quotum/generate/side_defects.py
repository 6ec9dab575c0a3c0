"""Faulty rows of the side deliveries: one for each check of intake on them, and those that show in a whole year.

They follow the sound rows and are about other people and employers, so that no sound row is lost.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from quotum.generate.calendars import FAR
from quotum.generate.draws import Whole
from quotum.generate.employers import Plan
from quotum.generate.numbers import bsns, rsins
from quotum.generate.relations import Relations
from quotum.generate.side_tables import iso
from quotum.identifiers import nine_digits
from quotum.tables import DECLARATIONS, DEDUCTIONS, EMPLOYERS, REGISTER, TRAITS, Column, Kind, Table

SideRow = tuple[str, tuple[str, ...]]
"""Fault and row."""

IN_ORDER: Final = {
    REGISTER.name: ("registered_from", "registered_until"),
    EMPLOYERS.name: ("started_on", "ended_on"),
    TRAITS.name: ("from", "until"),
    DECLARATIONS.name: ("from", "until"),
    DEDUCTIONS.name: ("period_start", "period_end"),
}
"""Pairs of days; the second may not lie before the first."""
_OTHER_TRAIT: Final = {21: "sheltered", 22: "sheltered", 24: "wsw"}
"""A trait that contradicts a nature of the work (CdAard)."""


def faulty_rows(plan: Plan, table: Table) -> Iterator[SideRow]:
    """Yields rows of a delivery that each break a check, and an employer without any return."""
    sound = _sound(plan, table, 0)
    for column in table.columns:
        name = column.delivered_name
        yield (
            f"{table.name}: value of {name} that cannot be understood",
            _row(sound | {name: _impossible(column, plan.year)}),
        )
        if not column.null and not column.optional:
            yield f"{table.name}: {name} missing", _row(sound | {name: ""})
    if table.name in IN_ORDER:
        first, last = IN_ORDER[table.name]
        days = {first: f"{plan.year}-06-01", last: f"{plan.year}-05-31"}
        yield f"{table.name}: {last} before {first}", _row(_sound(plan, table, 1) | days)
    if table is EMPLOYERS:
        yield f"{table.name}: employer without any return", _row(_sound(plan, table, 2))


def contradicting_trait(plan: Plan, relations: Relations, rsin: Whole) -> Iterator[SideRow]:
    """Yields a trait that contradicts the nature of the work, for the first income relation with such a nature."""
    for place in np.flatnonzero(np.isin(relations.nature, list(_OTHER_TRAIT)) & relations.has_bsn)[:1].tolist():
        relation = relations.at(np.array([place]))
        number = f"{nine_digits(int(rsin[relation.employer[0]]))}L{int(relation.sub_number[0]):02d}"
        person = nine_digits(int(bsns(relation.person, plan.draws.seed)[0]))
        trait = _OTHER_TRAIT[int(relation.nature[0])]
        row = (number, person, str(relation.number[0]), iso(int(relation.started[0])), iso(FAR), trait)
        yield "traits: trait that contradicts the nature of the work", row


def _sound(plan: Plan, table: Table, number: int) -> dict[str, str]:
    """Makes a sound row about an employer and a person that the country does not have."""
    rsin = nine_digits(int(rsins(np.array([len(plan.sizes) + number]), plan.draws.seed)[0]))
    bsn = nine_digits(int(bsns(np.array([plan.all_persons + number]), plan.draws.seed)[0]))
    by_kind: Mapping[Kind, str] = {Kind.RSIN: rsin, Kind.BSN: bsn, Kind.PAYROLL_TAX_NUMBER: f"{rsin}L01"}
    by_name = {"started_on": f"{plan.year - 5}-01-01", "registered_from": f"{plan.year - 5}-01-01"}
    by_name |= {"from": f"{plan.year - 5}-01-01", "year": str(plan.year - 2), "premium_wage": "1000.00"}
    by_name |= {"on": f"{plan.year}-01-01", "share": "0.5", "agreed_on": f"{plan.year}-12-31", "hours": "100"}
    by_name |= {"period_start": f"{plan.year}-01-01", "period_end": f"{plan.year}-01-31", "amount": "100.00"}
    by_name |= {"income_relation": "1", "name": "Werkgever zonder aangifte", "ground": "a"}
    return {
        column.delivered_name: by_kind.get(column.kind)
        or by_name.get(column.delivered_name)
        or next(iter(column.choices), "")
        for column in table.columns
    }


def _impossible(column: Column, year: int) -> str:
    """Returns a value that a column cannot have."""
    digits = "123456789"
    by_kind = {
        Kind.RSIN: digits,
        Kind.BSN: digits,
        Kind.PAYROLL_TAX_NUMBER: f"{digits}L01",
        Kind.DATE: f"{year}-02-30",
        Kind.EUROS: "1000.001",
        Kind.WHOLE: "1" * (column.longest + 1),
        Kind.CHOICE: "something else",
        Kind.SHARE: "1.5",
    }
    return by_kind.get(column.kind) or "x" * (column.longest + 1)


def _row(cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cells.values())


__all__ = ["IN_ORDER", "SideRow", "contradicting_trait", "faulty_rows"]
