"""A decision (beschikking) on the LKV doelgroep banenafspraak of an employer, as data.

Wtl art. 4.2 says what a decision holds. Its text is in none of the project's sources; what stands here is a *reading*:
the amount in all, and of each employee the paid hours and the amount, with who decides, when, how it is paid
(art. 4.4), how to object (Awb art. 3:45, 6:5, 6:7) and until when it can be revised (art. 4.3).
"""

from datetime import date

from attrs import frozen


@frozen
class Rate:
    """A figure that the amounts rest on."""

    name: str
    """Name of the parameter."""
    value: str
    """Its value."""
    unit: str
    """Unit of the value."""
    provision: str
    """Provision of the law."""
    status: str
    """`enacted`, `published`, `assumed` or `scenario`."""


@frozen
class Terms:
    """Terms that all decisions of a run have in common."""

    year: int
    """Calendar year."""
    as_of: date
    """Returns count as filed by the end of this day."""
    decided_on: date
    """Day of the decision (dagtekening)."""
    office: str
    """Office whose inspector decides."""
    run: str
    """Digest of the run."""
    simulation: bool
    """Whether nothing is decided."""
    assumed: tuple[str, ...]
    """Names of the assumed figures that the amounts rest on."""
    rates: tuple[Rate, ...]
    """Rates and maxima, by name."""
    objection_until: date
    """Last day for an objection (bezwaar)."""
    pay_until: date
    """Last day on which the receiver (ontvanger) pays."""
    revision_until: date
    """Last day on which it can be revised (herziening)."""


@frozen
class Person:
    """An employee of whom the employer asked the LKV and for whom there is a right."""

    bsn: str
    """Citizen service number (burgerservicenummer)."""
    paid_hours: int
    """Paid hours (verloonde uren) that count."""
    lkv_cents: int
    """LKV."""
    lkv_capped: bool
    """Whether the maximum cut it off."""
    bonus_cents: int
    """Jobs agreement bonus."""
    granted_category: str
    """Category that is granted; in another than `jobs_agreement` both amounts are 0 (Wtl art. 4.1 lid 3)."""


@frozen
class OtherBenefit:
    """An LKV of another category: reported, not decided here."""

    bsn: str
    """Citizen service number."""
    category: str
    """`older`, `disabled` or `reassigned`."""
    paid_hours: int
    """Paid hours that count."""
    lkv_cents: int
    """Its amount."""


@frozen
class Decision:
    """The decision for an employer."""

    number: int
    """Its row in the settlement, from 1."""
    rsin: str
    """Fiscal number (RSIN)."""
    name: str | None
    """Name in the delivery that the run read; None when it has none."""
    lkv_cents: int
    """LKV in all."""
    bonus_cents: int
    """Bonus in all."""
    payable_cents: int
    """Amount that is paid out: LKV and bonus."""
    surcharge_cents: int
    """Inclusivity surcharge of the year: collected with the payroll return, and netted with nothing."""
    persons: tuple[Person, ...]
    """Employees, by BSN."""
    others: tuple[OtherBenefit, ...]
    """LKV of other categories, by BSN."""


def reference(terms: Terms, number: int) -> str:
    """Reference of a decision (kenmerk); it follows from the run and holds no RSIN."""
    mark = "SIMULATION" if terms.simulation else "LKV"
    return f"{mark}-{terms.year}-{terms.run[:8]}-D{number:07d}"


__all__ = ["Decision", "OtherBenefit", "Person", "Rate", "Terms", "reference"]
