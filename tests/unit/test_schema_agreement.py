"""Without --schemas nothing slips in that the official schema forbids of what is read, and what it allows comes in.

The official schemas themselves say what is right: a sound message is changed in one place, validated by lxml, and read
and judged by quotum. Where quotum asks for more than the schema, the reason stands in STRICTER.
"""

import io
import re
from collections.abc import Iterator

import duckdb
import pytest
from attrs import frozen
from lxml import etree

from quotum.identifiers import passes_eleven_test
from quotum.intake.checks.checker import Checker
from quotum.intake.payroll_xml.reader import read_loonaangifte
from quotum.intake.sources import RawRows, RefusedMember, Source
from quotum.tables import RETURNS
from tests.helpers import FIXTURES, HOUSE

# Beside the project, or one level up when this is a second working tree of it.
_PLACES = [parent / "shared" / "formats" for parent in HOUSE.parents[:2]]
OFFICIAL = next((place for place in _PLACES if place.is_dir()), _PLACES[0])
SAMPLE = (FIXTURES / "loonaangifte-2026-with-correction.xml").read_bytes()
SPACE = "http://xml.belastingdienst.nl/schemas/Loonaangifte/{}/01"

pytestmark = pytest.mark.skipif(not OFFICIAL.is_dir(), reason=f"the official schemas are not at {OFFICIAL}")

READ = (
    "IdBer", "DatTdAanm", "LhNr", "DatAanvTv", "DatEindTv", "NumIV", "SofiNr", "PersNr", "DatAanv", "DatEind", "Gebdat",
    "SrtIV", "CdAard", "IndWAO", "IndWW", "IndZW", "IndAvrLkvOudrWn", "IndAvrLkvAgWn", "IndAvrLkvDgBaf",
    "IndAvrLkvHpAgWn", "LnSV", "PrlnAofAnwLg", "PrlnAofAnwHg", "PrlnAofAnwUit", "AantVerlU", "TotLnSV",
    "TotPrlnAofAnwLg", "TotPrlnAofAnwHg", "TotPrlnAofAnwUit",
)  # fmt: skip
AROUND = (
    "Bericht", "AdministratieveEenheid", "TijdvakAangifte", "TijdvakCorrectie", "VolledigeAangifte",
    "CollectieveAangifte", "InkomstenverhoudingInitieel", "Inkomstenperiode", "Werknemersgegevens",
)  # fmt: skip
# What the schema says nothing about, so that quotum may ask for more.
STRICTER = {
    "LhNr": ("fails the eleven test", lambda text: not passes_eleven_test(text[:9])),
    "SofiNr": ("fails the eleven test", lambda text: not passes_eleven_test(text.strip())),
    "IdBer": ("is blank or has a control character", lambda text: re.search(r"[\x00-\x1f]|^\s*$", text)),
    "PersNr": ("has a control character", lambda text: re.search(r"[\x00-\x1f]", text)),
    "DatAanvTv": ("does not go with the last day", lambda text: True),
    "DatEindTv": ("does not go with the first day", lambda text: True),
    "DatAanv": ("is no day of the years 1 to 9999", lambda text: not re.match(r"\s*\d{4}-", text)),
    "DatEind": ("is no day of the years 1 to 9999", lambda text: not re.match(r"\s*\d{4}-", text)),
    "Gebdat": ("is no day of the years 1 to 9999", lambda text: not re.match(r"\s*\d{4}-", text)),
    "DatTdAanm": ("is no moment of the years 1 to 9999", lambda text: not re.match(r"\s*\d{4}-", text)),
}
# White space around a day is collapsed by XML Schema; the validator that says what is right here forgets to.
LOOSER = {(element, " 2026-03-01 ") for element in ("DatAanv", "DatEind", "Gebdat", "DatAanvTv", "DatEindTv")}
# Values that are right for some element, and next to what is right for others.
VALUES = (
    "", " ", "\n", "0", "00", "-0", "+0", "1", "01", "001", "+1", "-1", "--1", "1 ", " 1", "1\n", "1 1", "a", "J", "N",
    "j", "n", "JN", " J", "J ", "true", "é", "1.5", "1,5", ".5", "5.", "1.", ".", "1e3", "INF", "NaN", "0x1F", "1.50",
    "1.500", "1.5000", "1.23456", "1_000", "9" * 2, "9" * 3, "9" * 4, "9" * 5, "9" * 6, "9" * 8, "9" * 9, "9" * 10,
    "9" * 11, "9" * 19, "9" * 20, "9" * 40, "0" * 30 + "12", "-" + "9" * 5, "-" + "9" * 6, "-" + "9" * 10,
    "-" + "9" * 11, "99999999.99", "-99999999.99", "999999999.99", "999999999.9", "9999999999.0", "9999999999.00",
    "9999999999.1", "2026-01-01", "2026-1-1", "2026-02-28", "2026-02-29", "2024-02-29", "2026-02-30", "2026-13-01",
    "2026-00-10", "2026-01-00", "2026-03-01Z", "2026-03-01+02:00", "2026-03-01+2", "20260301", "01-03-2026",
    "0000-01-01",
    "0001-01-01", "-0001-01-01", "12026-01-01", "9999-12-31", " 2026-03-01 ", "2026-04-10T09:30:00",
    "2026-04-10T09:30:00Z", "2026-04-10T09:30:00.1234567+02:00", "2026-04-10T09:30:00.5", "2026-04-10T25:00:00",
    "2026-04-10T09:60:00", "2026-04-10 09:30:00", "2026-04-10T09:30", "2026-02-30T09:30:00",
    "2026-04-10T09:30:00+25:00",
    "12345678", "123456782", "0123456782", "123456789", "000000012", "040645678", " 123456782", "12345678a",
    "111222333",
    "123456782L01", "123456782L00", "123456782L1", "123456782l01", "123456782L001", "123456789L01", "000000012L01",
    "040645678L10", " 123456782L01", "123456782L01 ", "123456782 L01", "x" * 31, "x" * 32, "x" * 33, "x" * 35, "x" * 36,
    "x" * 300, "é" * 32, "é" * 35, "x\ty", "11", "13", "15", "17", "18", "22", "31", "63", "64", "10", "12", "16", "4",
    "6", "7", "21", "23", "24", "79", "80", "81", "82", "83", "84", "015", "15.0", "1.0", "2026-03-31", "2026-03-22",
)  # fmt: skip


@frozen
class Case:
    """A message changed in one place."""

    year: int
    """Year of its schema."""
    what: str
    """What was done."""
    element: str
    """To which element."""
    text: str
    """Its new value, where that was what was done."""
    message: bytes
    """The message."""


def sample(year: int) -> bytes:
    """The sample, as a return of the year; that of 2022 has fewer elements and its own name for a request."""
    text = SAMPLE.decode().replace("2026", str(year))
    if year == 2022:
        for later in ("TotPrlnWhkAnw", "TotPrlnAwfAnwUit", "TotPrAwfUit", "PrlnWhkAnw", "PrlnAwfAnwUit", "PrAwfUit"):
            text = re.sub(rf"\s*<{later}>[^<]*</{later}>", "", text)
        text = text.replace("IndAvrLkvDgBaf>", "IndAvrLkvDgBafSb>")
    requests = "".join(f"<{name}>N</{name}>" for name in ("IndAvrLkvOudrWn", "IndAvrLkvAgWn"))
    newest = "IndAvrLkvDgBafSb" if year == 2022 else "IndAvrLkvDgBaf"
    asked = f"<{newest}>J</{newest}>"
    assert asked in text
    text = text.replace(asked, f"{requests}{asked}<IndAvrLkvHpAgWn>N</IndAvrLkvHpAgWn>")
    text = text.replace("<PersNr>P-001", "<DatEind>2030-01-01</DatEind><PersNr>P-001")
    match_ = re.search(r"<Inkomstenperiode>.*?</Inkomstenperiode>", text, re.DOTALL)[0]
    return text.replace(match_, match_ + _second(match_), 1).encode()


def _second(period: str) -> str:
    """A second income period, that does not decide."""
    return re.sub(r"<DatAanv>[^<]*<", "<DatAanv>2029-01-01<", period)


def _changed(year: int) -> Iterator[Case]:
    root = etree.fromstring(sample(year))
    name = {"IndAvrLkvDgBaf": "IndAvrLkvDgBafSb"} if year == 2022 else {}
    for element in READ:
        result = [entry for entry in root.iter(f"{{*}}{name.get(element, element)}") if not _unread(entry)]
        assert result, element
        places = {
            (entry.getparent().tag, len(list(entry.itersiblings(preceding=True)))): entry for entry in reversed(result)
        }
        second = root.find(".//{*}Inkomstenperiode[2]")
        inside = [entry for entry in result if second in entry.iterancestors()]
        for item in {id(entry): entry for entry in (result[0], result[-1], *places.values(), *inside)}.values():
            old = item.text
            for text in VALUES:
                item.text = text
                yield Case(year, "value", element, text, etree.tostring(root, encoding="UTF-8"))
            item.text = old
    for element in (*READ, *AROUND):
        item = next(root.iter(f"{{*}}{name.get(element, element)}"))
        parent, place = item.getparent(), item.getparent().index(item)
        parent.remove(item)
        yield Case(year, "removed", element, "", etree.tostring(root, encoding="UTF-8"))
        parent.insert(place, item)
        copy = etree.fromstring(etree.tostring(item))
        parent.insert(place, copy)
        yield Case(year, "doubled", element, "", etree.tostring(root, encoding="UTF-8"))
        parent.remove(copy)
    for count, many in (("Inkomstenperiode", 98), ("TijdvakCorrectie", 12), ("TijdvakCorrectie", 13)):
        item = list(root.iter(f"{{*}}{count}"))[-1]
        copies = [etree.fromstring(etree.tostring(item)) for _ in range(many)]
        for copy in copies:
            item.addnext(copy)
        yield Case(year, f"{many} more", count, "", etree.tostring(root, encoding="UTF-8"))
        for copy in copies:
            item.getparent().remove(copy)
    again = etree.fromstring(sample(year))
    for wrong in (year - 1, year + 1):
        yield Case(
            year, f"period of {wrong}", "DatAanvTv", "",
            re.sub(rb"(Dat(?:Aanv|Eind)Tv>)\d{4}", rb"\g<1>%d" % wrong, etree.tostring(again, encoding="UTF-8")),
        )  # fmt: skip


def _unread(element: etree._Element) -> bool:
    """Whether an element stands where nothing is read: the balance of earlier periods."""
    return any(etree.QName(above).localname == "SaldoCorrectiesVoorgaandTijdvak" for above in element.iterancestors())


def accepted_messages(cases: list[Case]) -> set[int]:
    """Numbers of the messages of which every row is accepted."""
    sources = [
        Source(0, number, str(number), lambda case=case: io.BytesIO(case.message)) for number, case in enumerate(cases)
    ]
    checker = Checker(duckdb.connect())
    lost, came = set(), set()
    for event in read_loonaangifte(sources):
        if isinstance(event, RefusedMember):
            lost.add(event.source.member)
        elif isinstance(event, RawRows):
            verdict = checker.check(event.table, RETURNS)
            came |= set(verdict.received[:, 1].tolist())
            lost |= set(verdict.rejected[:, 1].tolist())
    return came - lost


@pytest.mark.parametrize("year", [pytest.param(2022, marks=pytest.mark.slow), 2026])
def test_what_the_schema_forbids_is_not_accepted_and_what_it_allows_is(year):
    schema = etree.XMLSchema(etree.parse(OFFICIAL / f"Loonaangifte{year}v2.0.xsd"))
    cases = [Case(year, "nothing", "", "", sample(year)), *_changed(year)]
    sound = [schema.validate(etree.fromstring(case.message)) for case in cases]
    assert sound[0], schema.error_log
    accepted = accepted_messages(cases)
    assert 0 in accepted
    slipped, refused = [], []
    for number, (case, right) in enumerate(zip(cases, sound, strict=True)):
        text = (case.what, case.element, case.text[:40])
        if not right and number in accepted and (case.element, case.text) not in LOOSER:
            slipped.append(text)
        if right and number not in accepted:
            stricter = STRICTER.get(case.element)
            if stricter is None or case.what != "value" or not stricter[1](case.text):
                refused.append(text)
    assert (sorted(set(slipped)), sorted(set(refused))) == ([], [])
    assert sum(sound) > 300, "so many changes the schema allows"
    assert len(cases) - sum(sound) > 3000, "so many it forbids"
