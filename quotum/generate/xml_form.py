"""Messages of the Aangifte loonheffingen: their frame and their totals."""

from collections.abc import Iterator
from itertools import islice
from xml.sax.saxutils import escape

import numpy as np
from attrs import frozen

from quotum.errors import WrongUse
from quotum.generate.draws import Whole
from quotum.generate.message_times import Kind
from quotum.generate.xml_rows import NOT_IN_OLD_SCHEMA, Amounts, Content, amounts_of, row_texts
from quotum.money import CENTS_PER_EURO

FIRST_XML_YEAR, LAST_XML_YEAR = 2022, 2026
NAMESPACE = "http://xml.belastingdienst.nl/schemas/Loonaangifte/{year}/01"
# Element of the totals, and the element of the rows that it adds up; without one it is zero.
TOTAL_ELEMENTS = (
    ("TotLnLbPh", "LnLbPh"),
    ("TotLnSV", "LnSV"),
    ("TotPrlnAofAnwLg", "PrlnAofAnwLg"),
    ("TotPrlnAofAnwHg", "PrlnAofAnwHg"),
    ("TotPrlnAofAnwUit", "PrlnAofAnwUit"),
    ("TotPrlnWhkAnw", "PrlnWhkAnw"),
    ("TotPrlnAwfAnwLg", "PrlnAwfAnwLg"),
    ("TotPrlnAwfAnwHg", ""),
    ("TotPrlnAwfAnwHz", ""),
    ("TotPrlnAwfAnwUit", ""),
    ("PrLnUFO", ""),
    ("IngLbPh", "IngLbPh"),
    ("TotPrAofLg", "PrAofLg"),
    ("TotPrAofHg", "PrAofHg"),
    ("TotPrAofUit", "PrAofUit"),
    ("TotOpslWko", "OpslWko"),
    ("TotPrGediffWhk", ""),
    ("TotPrAwfLg", "PrAwfLg"),
    ("TotPrAwfHg", ""),
    ("TotPrAwfHz", ""),
    ("TotPrAwfUit", ""),
    ("PrUFO", ""),
    ("IngBijdrZvw", ""),
    ("TotWghZvw", ""),
)
PAID_ELEMENTS = ("IngLbPh", "PrAofLg", "PrAofHg", "PrAofUit", "OpslWko", "PrAwfLg")
RETURN_ELEMENTS = {Kind.FULL: "VolledigeAangifte", Kind.SUPPLEMENTARY: "AanvullendeAangifte"}


def require_xml_year(year: int) -> None:
    """Refuses a year without a known namespace.

    Raises:
        WrongUse: The namespace of the year is unknown.
    """
    if not FIRST_XML_YEAR <= year <= LAST_XML_YEAR:
        raise WrongUse(
            f"XML is asked for of {year}, but a namespace of the payroll return is known of {FIRST_XML_YEAR} to "
            f"{LAST_XML_YEAR} only: ask for one of these years, or for --format parquet or csv"
        )


@frozen(eq=False)
class Message:
    """A message."""

    identification: str
    """Identification of the message."""
    parts: Iterator[str]
    """Its text in parts, to be read before the next message is requested."""


@frozen
class _Block:
    """Rows of the same message, kind of return and period."""

    start: int
    """First row."""
    rows: int
    """Number of rows; a return without rows has one."""
    kind: Kind
    """Kind of return."""
    period: tuple[str, str]
    """First and last day of the return period."""
    totals: str
    """Elements of the totals."""
    to_pay: int
    """Amount to pay, in whole euros."""


def _block_starts(*columns: Whole) -> Whole:
    """Returns the places where a value differs from the value before it."""
    new = np.ones(len(columns[0]), dtype=bool)
    new[1:] = False
    for values in columns:
        new[1:] |= values[1:] != values[:-1]
    return np.flatnonzero(new)


def _sums(amounts: Amounts, starts: Whole) -> dict[str, list[int]]:
    """Returns whole euros per block and element, rounded down."""
    return {
        name: (np.add.reduceat(cents, starts) // CENTS_PER_EURO).tolist() for name, cents in amounts.elements.items()
    }


def _blocks(content: Content, amounts: Amounts) -> Iterator[list[_Block]]:
    """Yields the blocks of each message."""
    rows = content.rows
    starts = _block_starts(rows.message, rows.kind, rows.period)
    sums = _sums(amounts, starts)
    lengths = np.diff(np.append(starts, len(rows.message))).tolist()
    messages, kinds = rows.message[starts].tolist(), rows.kind[starts].tolist()
    first_days = content.text["DatAanvTv"].take(starts).to_pylist()
    last_days = content.text["DatEindTv"].take(starts).to_pylist()
    elements = [pair for pair in TOTAL_ELEMENTS if not (content.old_schema and pair[0] in NOT_IN_OLD_SCHEMA)]
    together: list[_Block] = []
    for place, start in enumerate(starts.tolist()):
        if together and messages[place] != messages[place - 1]:
            yield together
            together = []
        to_pay = sum(sums[name][place] for name in PAID_ELEMENTS)
        totals = "".join(f"<{total}>{sums[name][place] if name else 0}</{total}>" for total, name in elements)
        together.append(
            _Block(
                start,
                lengths[place],
                Kind(kinds[place]),
                (first_days[place], last_days[place]),
                f"{totals}<TotTeBet>{to_pay}</TotTeBet>",
                to_pay,
            )
        )
    if together:
        yield together


def _balance(message: list[_Block]) -> str:
    """Returns the balances of the corrections in a return, and the sum of all."""
    corrections = message[1:]
    balances = "".join(
        f"<SaldoCorrectiesVoorgaandTijdvak>{_days(block)}<Saldo>{block.to_pay}</Saldo></SaldoCorrectiesVoorgaandTijdvak>"
        for block in corrections
    )
    return f"{balances}<TotGen>{message[0].to_pay + sum(block.to_pay for block in corrections)}</TotGen>"


def _days(block: _Block) -> str:
    return f"<DatAanvTv>{block.period[0]}</DatAanvTv><DatEindTv>{block.period[1]}</DatEindTv>"


def _parts(head: str, message: list[_Block], texts: Iterator[str]) -> Iterator[str]:
    yield head
    for block in message:
        if block.kind == Kind.CORRECTION:
            yield f"<TijdvakCorrectie>{_days(block)}<CollectieveAangifte>{block.totals}</CollectieveAangifte>"
            yield from islice(texts, block.rows)
            yield "</TijdvakCorrectie>"
        else:
            name = RETURN_ELEMENTS[block.kind]
            yield (
                f"<TijdvakAangifte>{_days(block)}<{name}><CollectieveAangifte>{block.totals}{_balance(message)}"
                "</CollectieveAangifte>"
            )
            yield from islice(texts, block.rows)
            yield f"</{name}></TijdvakAangifte>"
    yield "</AdministratieveEenheid></Loonaangifte>\n"


def messages(content: Content) -> Iterator[Message]:
    """Yields the messages of some employers, in order."""
    amounts = amounts_of(content)
    texts = row_texts(content, amounts)
    text, employers = content.text, content.rows.employer
    namespace = NAMESPACE.format(year=content.calendar.year)
    for message in _blocks(content, amounts):
        row = message[0].start
        identification = text["IdBer"][row].as_py()
        head = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<Loonaangifte xmlns="{namespace}" version="2.0"><Bericht>'
            f"<IdBer>{identification}</IdBer><DatTdAanm>{text['DatTdAanm'][row].as_py()}</DatTdAanm>"
            "<ContPers>Salarisadministratie</ContPers><TelNr>0880000000</TelNr><RelNr>SWO00000</RelNr>"
            "<GebrSwPakket>quotum generate</GebrSwPakket></Bericht><AdministratieveEenheid>"
            f"<LhNr>{text['LhNr'][row].as_py()}</LhNr><NmIP>{escape(content.names[employers[row]])}</NmIP>"
        )
        yield Message(identification, _parts(head, message, texts))
