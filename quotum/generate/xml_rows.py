"""The text of income relations in messages of the Aangifte loonheffingen, composed in Arrow."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.generate.calendars import Calendar
from quotum.generate.draws import Draws, Whole
from quotum.generate.employers import Employers
from quotum.generate.flat import dates, euros
from quotum.generate.income_periods import IncomePeriods, income_periods
from quotum.generate.relations import Relations
from quotum.generate.returns import Rows, premium_wages

OLD_SCHEMA_YEAR = 2022
NOT_IN_OLD_SCHEMA = frozenset(
    {
        "TotPrlnWhkAnw",
        "TotPrlnAwfAnwUit",
        "TotPrAwfUit",
        "PrlnWhkAnw",
        "PrlnAwfAnwUit",
        "PrAwfUit",
    }
)
ROWS_AT_A_TIME = 4_000
# Approximate withheld and paid amounts, in ten thousandths of the wage: nothing is computed from them.
WAGE_TAX, AOF_LOW, AOF_HIGH, CHILD_CARE, UNEMPLOYMENT = 1_800, 630, 760, 50, 270
TEN_THOUSANDTHS = 10_000
DELIVERED_ELEMENTS = ("LnSV", "PrlnAofAnwLg", "PrlnAofAnwHg", "PrlnAofAnwUit", "AantVerlU")
WAGE_ELEMENTS = (
    "LnLbPh",
    "LnSV",
    "PrlnAofAnwLg",
    "PrlnAofAnwHg",
    "PrlnAofAnwUit",
    "PrlnWhkAnw",
    "PrlnAwfAnwLg",
    "PrlnAwfAnwHg",
    "PrlnAwfAnwHz",
    "PrlnAwfAnwUit",
    "PrLnUfo",
    "LnTabBB",
    "VakBsl",
    "OpgRchtVakBsl",
    "OpnAvwb",
    "OpbAvwb",
    "LnInGld",
    "WrdLn",
    "LnOwrk",
    "VerstrAanv",
    "IngLbPh",
    "PrAofLg",
    "PrAofHg",
    "PrAofUit",
    "OpslWko",
    "PrGediffWhk",
    "PrAwfLg",
    "PrAwfHg",
    "PrAwfHz",
    "PrAwfUit",
    "PrUFO",
    "BijdrZvw",
    "WghZvw",
    "WrdPrGebrAut",
    "WrknBijdrAut",
    "Reisk",
    "VerrArbKrt",
    "AantVerlU",
    "BedrRntKstvPersl",
)
ASKED = ("IndAvrLkvOudrWn", "IndAvrLkvAgWn", "IndAvrLkvDgBaf", "IndAvrLkvHpAgWn")
OLD_NAMES = {"IndAvrLkvDgBaf": "IndAvrLkvDgBafSb"}
OTHER_NATURE, USUAL_NATURE, USUAL_KIND = "83", "1", "15"


@frozen(eq=False)
class Content:
    """Content of the messages of some employers."""

    draws: Draws
    """Lots."""
    calendar: Calendar
    """Periods."""
    employers: Employers
    """Employers."""
    names: tuple[str, ...]
    """Name of each employer."""
    relations: Relations
    """Income relations."""
    rows: Rows
    """Rows, in the order of the messages."""
    text: pa.Table
    """The rows in the flat form, as text."""

    @property
    def old_schema(self) -> bool:
        """Whether later elements are left out."""
        return self.calendar.year <= OLD_SCHEMA_YEAR


@frozen(eq=False)
class Amounts:
    """Amounts of rows in cents, by element; an absent element is zero."""

    elements: dict[str, Whole]
    """Cents by element."""

    def part(self, start: int, stop: int) -> "Amounts":
        """Selects the amounts of some rows."""
        return Amounts({name: cents[start:stop] for name, cents in self.elements.items()})


def amounts_of(content: Content) -> Amounts:
    """Returns all amounts of the rows."""
    rows = content.rows
    wages = premium_wages(content.employers, content.relations, rows)
    work = wages.low + wages.high
    wage = np.where((rows.relation >= 0) & ~rows.withdrawn, rows.wage_cents, 0)
    return Amounts(
        {
            "LnLbPh": wage,
            "LnSV": work + wages.benefit,
            "PrlnAofAnwLg": wages.low,
            "PrlnAofAnwHg": wages.high,
            "PrlnAofAnwUit": wages.benefit,
            "PrlnWhkAnw": work,
            "PrlnAwfAnwLg": work,
            "LnInGld": wage,
            "IngLbPh": wage * WAGE_TAX // TEN_THOUSANDTHS,
            "PrAofLg": wages.low * AOF_LOW // TEN_THOUSANDTHS,
            "PrAofHg": wages.high * AOF_HIGH // TEN_THOUSANDTHS,
            "PrAofUit": wages.benefit * AOF_HIGH // TEN_THOUSANDTHS,
            "OpslWko": work * CHILD_CARE // TEN_THOUSANDTHS,
            "PrAwfLg": work * UNEMPLOYMENT // TEN_THOUSANDTHS,
        }
    )


def join_texts(*parts: pa.Array | pa.ChunkedArray | str) -> pa.Array:
    """Joins texts; nulls are left out."""
    return pc.binary_join_element_wise(
        *[pa.scalar(part) if isinstance(part, str) else part for part in parts],
        "",
        null_handling="replace",
        null_replacement="",
    )


def element(name: str, value: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Wraps a value in an element; null stays null."""
    return pc.binary_join_element_wise(pa.scalar(f"<{name}>"), value, pa.scalar(f"</{name}>"), "")


def _all(count: int, text: str) -> pa.Array:
    return pa.repeat(pa.scalar(text), count)


def _text(days: Whole) -> pa.Array:
    return dates(days).cast(pa.string())


def _asked(content: Content, text: pa.Table, asks: pa.Array) -> list[pa.Array]:
    """Requests of an income period, which has them or leaves them to the other period."""
    return [
        element(OLD_NAMES.get(name, name) if content.old_schema else name, pc.if_else(asks, text[name], "N"))
        for name in ASKED
    ]


def _income_period(content: Content, text: pa.Table, periods: IncomePeriods, deciding: bool) -> pa.Array:
    """Text of one of the two income periods; the other text is null when there is only one period."""
    nature = text["CdAard"]
    kind, insured = text["SrtIV"], [text[name] for name in ("IndWAO", "IndWW", "IndZW")]
    if not deciding:
        nature = pc.if_else(pc.equal(nature, USUAL_NATURE), OTHER_NATURE, USUAL_NATURE)
        kind, insured = pc.if_else(pc.is_valid(kind), USUAL_KIND, kind), [_all(len(kind), flag) for flag in "JNN"]
    start = _text(periods.deciding_from if deciding else periods.other_from)
    asks = pa.array(periods.deciding_asks if deciding else periods.other_asks)
    joined = join_texts(
        "<Inkomstenperiode>",
        element("DatAanv", start),
        element("SrtIV", kind),
        element("CdAard", nature),
        *_asked(content, text, asks),
        "<IndLhKort>J</IndLhKort><LbTab>012</LbTab>",
        *[element(name, value) for name, value in zip(("IndWAO", "IndWW", "IndZW"), insured, strict=True)],
        "<CdZvw>K</CdZvw></Inkomstenperiode>",
    )
    return joined if deciding else pc.if_else(pa.array(periods.two), joined, pa.scalar(None, pa.string()))


def _initial(content: Content, rows: Rows, text: pa.Table, amounts: Amounts) -> pa.Array:
    """Returns the text of rows that report."""
    periods = income_periods(content.draws, content.calendar, content.employers.four_week, content.relations, rows)
    deciding = _income_period(content, text, periods, True)
    other_text = _income_period(content, text, periods, False)
    swapped = pa.array(periods.other_first)
    wages = []
    for name in WAGE_ELEMENTS:
        if name in NOT_IN_OLD_SCHEMA and content.old_schema:
            continue
        if name in DELIVERED_ELEMENTS:
            wages.append(element(name, text[name]))
        elif name in amounts.elements:
            wages.append(element(name, euros(amounts.elements[name]).cast(pa.string())))
        else:
            wages.append(f"<{name}>0.00</{name}>")
    return join_texts(
        "<InkomstenverhoudingInitieel>",
        element("NumIV", text["NumIV"]),
        element("DatAanv", text["DatAanv"]),
        element("DatEind", text["DatEind"]),
        element("PersNr", text["PersNr"]),
        "<NatuurlijkPersoon>",
        element("SofiNr", text["SofiNr"]),
        "<Voorl>A</Voorl><SignNm>Persoon</SignNm>",
        element("Gebdat", text["Gebdat"]),
        "<Nat>1</Nat><Gesl>9</Gesl></NatuurlijkPersoon>",
        pc.if_else(swapped, other_text, deciding),
        pc.if_else(swapped, deciding, other_text),
        "<Werknemersgegevens>",
        *wages,
        "</Werknemersgegevens></InkomstenverhoudingInitieel>",
    )


def _withdrawal(text: pa.Table) -> pa.Array:
    """Returns the text of rows that withdraw."""
    return join_texts(
        "<InkomstenverhoudingIntrekking>",
        element("NumIV", text["NumIV"]),
        element("SofiNr", text["SofiNr"]),
        element("PersNr", text["PersNr"]),
        "</InkomstenverhoudingIntrekking>",
    )


def row_texts(content: Content, amounts: Amounts) -> Iterator[str]:
    """Yields the text of every row, in order; empty for a return without rows."""
    count = len(content.rows.message)
    for start in range(0, count, ROWS_AT_A_TIME):
        stop = min(start + ROWS_AT_A_TIME, count)
        rows = content.rows.at(np.arange(start, stop))
        text = content.text.slice(start, stop - start).combine_chunks()
        if not len(content.relations.slot):
            yield from [""] * (stop - start)
            continue
        texts = pc.if_else(
            pa.array(rows.withdrawn), _withdrawal(text), _initial(content, rows, text, amounts.part(start, stop))
        )
        yield from pc.if_else(pa.array(rows.relation >= 0), texts, "").to_pylist()
