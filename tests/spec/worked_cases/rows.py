"""Rows of deliveries for worked cases, with ordinary values for what a case says nothing about."""

from datetime import timedelta

from tests.rows import Makers
from tests.spec.reference import four_weeks, months
from tests.spec.worked_cases.case import Row

E1, E2, P1, P2, P3 = "employer-1", "employer-2", "person-1", "person-2", "person-3"
ACTIVATED = {
    "wet_banenafspraak.in_force_from": "2024-01-01",
    "wet_banenafspraak.activated_in": "2024",
    "wet_banenafspraak.surcharge_rate": "0.35",
    "wtl.bonus_rate": "3.76",
}
_MAKERS = Makers(E1, E2, P1)
_ORDINARY = {
    "IndAvrLkvOudrWn": "N",
    "IndAvrLkvAgWn": "N",
    "IndAvrLkvDgBaf": "J",
    "IndAvrLkvHpAgWn": "N",
    "LnSV": "0.00",
    "PrlnAofAnwLg": "0.00",
    "PrlnAofAnwHg": "0.00",
    "PrlnAofAnwUit": "0.00",
}


def worked(
    hours: int = 0,
    month: int = 1,
    wage: str = "",
    *,
    year: int = 2026,
    bsn: str = P1,
    rsin: str = E1,
    four_weeks_number: int = 0,
    **changes: object,
) -> Row:
    """A row of a monthly return, filed three weeks after the month; by default the wage is 20 euros an hour.

    Args:
        hours: Paid hours.
        month: Calendar month.
        wage: Premium wage of the high class, in euros.
        year: Calendar year.
        bsn: The person.
        rsin: The employer.
        four_weeks_number: A period of four weeks instead of a month.
        changes: Other values, by delivered name.
    """
    first, last = four_weeks(year)[four_weeks_number - 1] if four_weeks_number else months(year)[month - 1]
    amount = wage or f"{hours * 20}.00"
    ordinary = _ORDINARY | {
        "IdBer": f"M-{last:%Y-%m}",
        "DatTdAanm": f"{last + timedelta(days=20)}T09:00:00",
        "LhNr": f"{rsin}L01",
        "DatAanvTv": f"{first}",
        "DatEindTv": f"{last}",
        "SofiNr": bsn,
        "PersNr": "" if bsn else "P-1",
        "LnSV": amount,
        "PrlnAofAnwHg": amount,
        "AantVerlU": hours,
    }
    return _MAKERS.row(**(ordinary | changes))


def withdrawn(row: Row, **changes: object) -> Row:
    """A row that withdraws an income relation: everything after `PersNr` is empty."""
    kept = ("IdBer", "DatTdAanm", "LhNr", "DatAanvTv", "DatEindTv", "NumIV", "SofiNr", "PersNr")
    return dict.fromkeys(row, "") | {name: row[name] for name in kept} | {"Soort": "C", "Actie": "X"} | changes


def registered(start: str = "2020-01-01", until: str = "", bsn: str = P1, ended_by: str = "") -> Row:
    """A registration in the target group."""
    return _MAKERS.registered(bsn, start, until, ended_by)


def employer(rsin: str = E1, started_on: str = "2010-01-01", sector: str = "niet-overheid") -> Row:
    """An employer."""
    return _MAKERS.employer(rsin, started_on, sector) | {"name": "Voorbeeld"}


def wage_bill(premium_wage: str, rsin: str = E1, year: int = 2024) -> Row:
    """The premium wage of a year."""
    return _MAKERS.wage_bill(premium_wage, rsin, year)


LARGE = wage_bill("5000000.00")
"""An employer with this wage is not small."""


def trait(name: str, start: str = "2020-01-01", until: str = "", bsn: str = P1) -> Row:
    """A kind of work over an interval."""
    return _MAKERS.trait(name, start, until, bsn)


def declaration(category: str, start: str = "2000-01-01", until: str = "", bsn: str = P1) -> Row:
    """A declaration (doelgroepverklaring)."""
    return _MAKERS.declaration(category, start, until, bsn)


def transfer(on: str, share: str = "1", giver: str = E2, taker: str = E1) -> Row:
    """A transfer of undertaking."""
    return _MAKERS.transfer(share, on, giver, taker)


def deduction(amount: str, month: int = 1) -> Row:
    """Supplements on benefits in the premium wage of a month."""
    return _MAKERS.deduction(amount, number=month)


def allocation(hours: int, agreed_on: str) -> Row:
    """Hours of a person that employer 2 lent to employer 1."""
    return _MAKERS.allocation(hours, agreed_on, 2026)
