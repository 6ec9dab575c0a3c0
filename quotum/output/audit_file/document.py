"""An audit file as XML, piece by piece: XML Auditfile Financieel 4.0 (XAF) of the Belastingdienst.

Everything is booked on the last day of the settled year, to which it belongs. Identifiers and descriptions name an
employer by its sequence number in the run; its RSIN stands in `taxRegIdent` of its relation and nowhere else.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from attrs import frozen

from quotum.output.audit_file.employers import Employer
from quotum.output.audit_file.journal import ACCOUNTS, Line
from quotum.output.audit_file.xml_text import amount, xml_text
from quotum.version import __version__

NAMESPACE: Final = "http://www.odb.belastingdienst.nl/Belastingdienst/BCPP/1.1/structures/XmlauditfileXAF_4.0"
_JOURNAL: Final = "AFR"
_MEMORIAL: Final = "M"
_BOTH: Final = "B"
_DECEMBER: Final = 12
# Most characters of what is text, by the schema.
_NAME, _COMPANY, _NUMBER, _SOFTWARE, _VERSION, _ANY = 50, 255, 30, 50, 20, 4_000


@frozen
class Books:
    """Whose books they are, and of what."""

    year: int
    """Calendar year that was settled."""
    made_on: date
    """Day that the file bears: of the decision, or else the as-of day."""
    company: str
    """Name of the administration."""
    number: str
    """Its tax number."""
    run: str
    """Digest of the run."""
    simulation: bool
    """Whether the run is a simulation."""
    assumed: tuple[str, ...] = ()
    """Names of the assumed figures that the run rests on."""

    @property
    def mark(self) -> str:
        """What stands before every description of a simulation."""
        return "SIMULATIE " if self.simulation else ""

    @property
    def document(self) -> str:
        """Reference to the run."""
        return f"{'SIM-' if self.simulation else ''}{self.run[:16]}"


def head(books: Books, employers: Iterable[Employer]) -> Iterator[str]:
    """Header, administration, relations, ledger and periods."""
    year, last = books.year, date(books.year, _DECEMBER, 31)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<auditfile xmlns="{NAMESPACE}">\n<header>'
    yield f"<fiscalYear>{year}</fiscalYear><startDate>{year}-01-01</startDate><endDate>{last}</endDate>"
    yield f"<curCode>EUR</curCode><dateCreated>{books.made_on}</dateCreated>"
    yield f"<softwareDesc>{xml_text(f'{books.mark}quotum', _SOFTWARE)}</softwareDesc>"
    yield f"<softwareVersion>{xml_text(__version__, _VERSION)}</softwareVersion></header>\n<company>"
    yield f"<companyName>{xml_text(books.mark + books.company, _COMPANY)}</companyName>"
    yield "<taxRegistrationCountry>NL</taxRegistrationCountry>"
    yield f"<taxRegIdent>{xml_text(books.number, _NUMBER)}</taxRegIdent>\n<customersSuppliers>\n"
    for employer in employers:
        yield _relation(employer)
    yield "</customersSuppliers>\n<generalLedger>\n"
    for account in ACCOUNTS:
        yield f"<ledgerAccount><accID>{account.number}</accID><accDesc>{xml_text(account.name, _COMPANY)}</accDesc>"
        yield f"<accTp>{account.kind}</accTp></ledgerAccount>\n"
    yield f"</generalLedger>\n<periods><period><periodNumber>{_DECEMBER}</periodNumber>"
    yield f"<startDatePeriod>{year}-12-01</startDatePeriod><endDatePeriod>{last}</endDatePeriod></period></periods>\n"


def _relation(employer: Employer) -> str:
    name = xml_text(employer.name or "", _NAME)
    called = f"<custSupName>{name}</custSupName>" if name else ""
    return (
        f"<customerSupplier><custSupID>{employer.number}</custSupID>{called}<taxRegistrationCountry>NL"
        f"</taxRegistrationCountry><taxRegIdent>{employer.rsin}</taxRegIdent><custSupTp>{_BOTH}</custSupTp>"
        "</customerSupplier>\n"
    )


def journal(books: Books, amounts: int, cents: int) -> Iterator[str]:
    """Totals, and the head of the journal.

    Args:
        books: Whose books they are.
        amounts: How many amounts are booked, each on two lines.
        cents: Their sum, which is debited and credited.
    """
    description = f"{books.mark}Afrekening banenafspraak {books.year}, run {books.run}"
    description += f"; rust op aangenomen cijfers: {', '.join(books.assumed)}" if books.assumed else ""
    yield f"<transactions><linesCount>{2 * amounts}</linesCount><totalDebit>{amount(cents)}</totalDebit>"
    yield f"<totalCredit>{amount(cents)}</totalCredit>\n<journal><jrnID>{_JOURNAL}</jrnID>"
    yield f"<desc>{xml_text(description, _ANY)}</desc><jrnTp>{_MEMORIAL}</jrnTp>\n"


def entry(books: Books, number: int, booked: Sequence[Line]) -> str:
    """The entry of an employer.

    Args:
        books: Whose books they are.
        number: Sequence number of the employer in the run.
        booked: Its lines, at least one pair.
    """
    day = f"{books.year}-12-31"
    children_text = "".join(
        f"<trLine><nr>{place}</nr><accID>{line.account.number}</accID><docRef>{books.document}-{number}</docRef>"
        f"<effDate>{day}</effDate><desc>{books.mark}{line.name} {books.year}</desc><amnt>{amount(line.cents)}</amnt>"
        f"<amntTp>{line.side}</amntTp>{f'<custSupID>{number}</custSupID>' if line.of_relation else ''}</trLine>\n"
        for place, line in enumerate(booked, 1)
    )
    return (
        f"<transaction><nr>{number}</nr><desc>{books.mark}Afrekening {books.year}, werkgever {number}</desc>"
        f"<periodNumber>{_DECEMBER}</periodNumber><trDt>{day}</trDt>\n{children_text}</transaction>\n"
    )


TAIL: Final = "</journal></transactions>\n</company>\n</auditfile>\n"
"""What closes the file."""

__all__ = ["NAMESPACE", "TAIL", "Books", "entry", "head", "journal"]
