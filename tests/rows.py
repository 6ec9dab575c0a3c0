"""Rows of deliveries as the texts of their cells: a maker per kind, and ordinary values for what a test leaves out.

`cells` gives a row of any kind for the tests that write files. `Makers` gives the rows of a table to those who say
little of each: of the small countries of the spec, of worked cases, and of the kinds that have no ordinary row.
"""

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from quotum.tables import DELIVERIES, RETURNS, Table
from tests.spec.reference import four_weeks, months

Cells = Mapping[str, str]
Row = dict[str, str]


def numbered(number: int) -> str:
    """A made-up BSN or RSIN that passes the eleven test."""
    for head in range(10_000_000 + number * 10, 10_000_010 + number * 10):
        last = sum((9 - place) * int(digit) for place, digit in enumerate(f"{head:08d}")) % 11
        if last < 10:
            return f"{head:08d}{last}"
    raise AssertionError("of ten numbers in a row one passes")


EMPLOYER, OTHER_EMPLOYER = numbered(1), numbered(2)
PERSON, OTHER_PERSON = numbered(501), numbered(502)
NAME, OTHER_NAME = "Bakkerij Zoetemelk", "Gemeente Lutjebroek"
WAGE = "4321.98"

_ORDINARY: dict[str, Row] = {
    "returns": {
        "IdBer": "M1", "DatTdAanm": "2026-02-20T10:00:00", "Soort": "V", "Actie": "I", "LhNr": f"{EMPLOYER}L01",
        "DatAanvTv": "2026-01-01", "DatEindTv": "2026-01-31", "NumIV": "1", "SofiNr": PERSON, "DatAanv": "2025-03-01",
        "Gebdat": "1990-04-05", "SrtIV": "15", "CdAard": "1", "IndWAO": "J", "IndWW": "J", "IndZW": "J",
        "IndAvrLkvOudrWn": "N", "IndAvrLkvAgWn": "N", "IndAvrLkvDgBaf": "J", "IndAvrLkvHpAgWn": "N",
        "LnSV": WAGE, "PrlnAofAnwLg": "0.00", "PrlnAofAnwHg": WAGE, "PrlnAofAnwUit": "0.00", "AantVerlU": "100",
    },
    "register": {"bsn": PERSON, "registered_from": "2020-01-01", "ground": "a"},
    "employers": {"rsin": EMPLOYER, "name": NAME, "sector": "niet-overheid", "started_on": "2015-01-01"},
    "wage_bills": {"rsin": EMPLOYER, "year": "2024", "premium_wage": "7654321.09"},
    "traits": {"lhnr": f"{EMPLOYER}L01", "bsn": PERSON, "income_relation": "1", "from": "2020-01-01", "trait": "wsw"},
}  # fmt: skip


def table(kind: str) -> Table:
    """The declaration of a kind of delivery."""
    return next(table for table in DELIVERIES if table.name == kind)


def header(kind: str, rows: Iterable[Cells] = ()) -> list[str]:
    """Columns of a delivery: all that are required, and the optional ones that a row fills."""
    filled = {name for row in rows for name in row}
    return [
        column.delivered_name
        for column in table(kind).columns
        if not column.optional or column.delivered_name in filled
    ]


def cells(kind: str, **changed: str) -> Row:
    """A sound row of a delivery, with other values where given."""
    return _ORDINARY[kind] | changed


def withdrawal(**changed: str) -> Row:
    """A row that withdraws an income relation: everything after PersNr is empty."""
    kept = ("IdBer", "DatTdAanm", "LhNr", "DatAanvTv", "DatEindTv", "NumIV", "SofiNr")
    return {name: _ORDINARY["returns"][name] for name in kept} | {"Soort": "A", "Actie": "X"} | changed


def nil_return(**changed: str) -> Row:
    """A return without rows."""
    kept = ("IdBer", "DatTdAanm", "Soort", "LhNr", "DatAanvTv", "DatEindTv")
    return {name: _ORDINARY["returns"][name] for name in kept} | changed


def csv_text(kind: str, rows: Sequence[Cells], columns: Sequence[str] = (), delimiter: str = ",") -> str:
    """Rows as CSV."""
    names = list(columns) or header(kind, rows)
    lines = [delimiter.join(names), *(delimiter.join(row.get(name, "") for name in names) for row in rows)]
    return "".join(f"{line}\n" for line in lines)


def month(number: int, year: int = 2026) -> Row:
    """First and last day of a month, as a row has them."""
    return _period(months(year)[number - 1], "DatAanvTv", "DatEindTv")


def four_week_period(number: int, year: int = 2026) -> Row:
    """First and last day of a four-week period, as a row has them."""
    return _period(four_weeks(year)[number - 1], "DatAanvTv", "DatEindTv")


def _period(days: tuple[object, object], *names: str) -> Row:
    return {name: f"{day}" for name, day in zip(names, days, strict=True)}


@frozen
class Makers:
    """Makers of rows about the same two employers and the same person, unless told otherwise."""

    rsin: str
    """The employer."""
    other_rsin: str
    """The employer that gives or lends."""
    bsn: str
    """The person."""

    @property
    def lhnr(self) -> str:
        """The payroll tax number of the employer."""
        return f"{self.rsin}L01"

    def row(self, **changes: object) -> Row:
        """A row of a return with every column: insured, on time, no wage; `changes` by delivered name."""
        blank = dict.fromkeys((column.delivered_name for column in RETURNS.columns), "")
        assert changes.keys() <= blank.keys()
        who = {"LhNr": self.lhnr, "SofiNr": self.bsn}
        return blank | _WITHOUT_WAGE | who | {name: str(value) for name, value in changes.items()}

    def registered(self, bsn: str | None = None, start: str = "2020-01-01", until: str = "", ended_by: str = "") -> Row:
        """A registration in the target group."""
        days = {"registered_from": start, "registered_until": until}
        return {"bsn": self._person(bsn), **days, "ground": "a", "ended_by": ended_by}

    def employer(self, rsin: str = "", started_on: str = "2010-01-01", sector: str = "niet-overheid") -> Row:
        """A listed employer."""
        return {"rsin": rsin or self.rsin, "name": "", "sector": sector, "started_on": started_on, "iban": ""}

    def wage_bill(self, premium_wage: object, rsin: str = "", year: int = 2024) -> Row:
        """The premium wage of a year, fixed elsewhere."""
        return {"rsin": rsin or self.rsin, "year": f"{year}", "premium_wage": f"{premium_wage}"}

    def trait(
        self,
        name: str,
        start: str = "2020-01-01",
        until: str = "",
        bsn: str | None = None,
        lhnr: str = "",
        relation: str = "1",
    ) -> Row:
        """A kind of work over an interval."""
        who = {"lhnr": lhnr or self.lhnr, "bsn": self._person(bsn), "income_relation": relation}
        return {**who, "from": start, "until": until, "trait": name}

    def declaration(
        self, category: str = "jobs_agreement", start: str = "2000-01-01", until: str = "", bsn: str | None = None
    ) -> Row:
        """A declaration for a benefit (doelgroepverklaring)."""
        return {"bsn": self._person(bsn), "category": category, "from": start, "until": until}

    def transfer(self, share: str = "1", on: str = "2025-07-01", giver: str = "", taker: str = "") -> Row:
        """A transfer of undertaking (overgang van onderneming)."""
        return {"from_rsin": giver or self.other_rsin, "to_rsin": taker or self.rsin, "on": on, "share": share}

    def allocation(
        self, hours: object, agreed_on: str, year: int, lender: str = "", borrower: str = "", bsn: str | None = None
    ) -> Row:
        """Hours of a lent-out person that count for the borrower."""
        who = {"lender_rsin": lender or self.other_rsin, "borrower_rsin": borrower or self.rsin}
        return {**who, "bsn": self._person(bsn), "year": f"{year}", "hours": f"{hours}", "agreed_on": agreed_on}

    def deduction(self, amount: str, lhnr: str = "", number: int = 1, year: int = 2026) -> Row:
        """Premium wage to be left out of the base of a month."""
        period = _period(months(year)[number - 1], "period_start", "period_end")
        return {"lhnr": lhnr or self.lhnr, **period, "amount": amount}

    def _person(self, bsn: str | None) -> str:
        return self.bsn if bsn is None else bsn


_LEFT_OUT = ("IndAvrLkvOudrWn", "IndAvrLkvAgWn", "IndAvrLkvHpAgWn", "LnSV")
_LEFT_OUT += ("PrlnAofAnwLg", "PrlnAofAnwHg", "PrlnAofAnwUit")
_WITHOUT_WAGE = {name: text for name, text in _ORDINARY["returns"].items() if name not in _LEFT_OUT} | {
    "DatTdAanm": "2026-02-20T09:00:00",
    "DatAanv": "2020-01-01",
    "Gebdat": "1990-01-01",
    "AantVerlU": "0",
}
_OF_FILES = Makers(EMPLOYER, OTHER_EMPLOYER, PERSON)
trait, declaration, transfer = _OF_FILES.trait, _OF_FILES.declaration, _OF_FILES.transfer
allocation, deduction = _OF_FILES.allocation, _OF_FILES.deduction
