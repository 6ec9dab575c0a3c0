"""The quick look at the tags of a payroll return: what it passes is in order, and it passes what is plain."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from lxml import etree

from quotum.intake.payroll_xml import mapping as layout
from quotum.intake.payroll_xml.element_by_element import read_through
from quotum.intake.payroll_xml.message_head import BrokenMessageError, Heads, read_head
from quotum.intake.payroll_xml.places import tree, unread_names
from quotum.intake.payroll_xml.screen import Screen, doubtful_among
from quotum.intake.payroll_xml.structure import Structure, doubtful_of
from quotum.intake.payroll_xml.tags import END, FOREIGN, PAD, STRANGE, UNREAD, Names, _eights, _words_at, read_tags
from tests.helpers import FIXTURES
from tests.unit.test_schema_agreement import OFFICIAL, sample
from tests.unit.test_schema_structure import changed

SAMPLE = (FIXTURES / "loonaangifte-2026-with-correction.xml").read_bytes()
COMPACT = re.sub(rb">\s+<", b"><", SAMPLE)


def body(message: bytes) -> bytes:
    return message[read_head(message).body :]


def cut_up(message: bytes, size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces as they are looked at, and whether each is the last."""
    rest = message[read_head(message).body :].rstrip()
    while rest:
        start = re.compile(rb"<[^/]").search(rest, size)
        cut = start.start() if start else len(rest)
        yield rest[:cut], cut == len(rest)
        rest = rest[cut:]


def in_pieces(message: bytes, size: int, year: int = 2026) -> Structure:
    structure = Structure(read_head(message).prefix, year)
    for piece in cut_up(message, size):
        structure.feed(*piece)
    return structure


@pytest.mark.parametrize(
    "message", [SAMPLE, COMPACT, sample(2026), sample(2022)], ids=["sample", "compact", "26", "22"]
)
@pytest.mark.parametrize("size", [1, 50, 97, 1000, 1 << 20])
def test_a_plain_message_needs_no_expat(message, size):
    """Else it would be read right, and slowly."""
    structure = in_pieces(message, size, read_head(message).year)
    assert not structure.doubtful
    assert structure.lines_in_return == 3


def test_plain_messages_together_need_no_expat_and_wrong_ones_are_found():
    good, prefixed = body(SAMPLE), body(SAMPLE).replace(b"</", b"\0").replace(b"<", b"<l:").replace(b"\0", b"</l:")
    wrong = good.replace(b"<SofiNr>111222333</SofiNr>", b"", 1).replace(
        b"<Gebdat>", b"<SofiNr>111222333</SofiNr><Gebdat>", 1
    )
    loose = good.replace(b"</NumIV>", b"</NumIV>x", 1)
    cut = good[: good.index(b"<TijdvakCorrectie>")]
    bodies = [good, prefixed, wrong.replace(b"NumIV", b"Numiv", 2), good, loose, good, cut, good, good + good, COMPACT]
    bodies[-1] = body(COMPACT)
    assert doubtful_of(bodies, [b"", b"l:", *[b""] * 8], [2026] * 10) == [2, 4, 6, 8]


@pytest.mark.parametrize(("year", "doubtful"), [(2022, True), (2024, False), (2026, True)])
def test_an_element_that_no_schema_has_is_plain_in_years_of_which_none_is_known(year, doubtful):
    message = SAMPLE.replace(b"<NmIP>", b"<Nieuw>1</Nieuw><NmIP>")
    assert doubtful_of([body(message)], [b""], [year]) == ([0] if doubtful else [])


@pytest.mark.parametrize(
    "inside", [b"<Nieuw><Gebdat>1990-01-01</Gebdat></Nieuw>", b"<GebDat>1990-01-01</GebDat x>", b"<Gebdat></Gebdat>"]
)
def test_in_years_without_schema_what_is_read_is_looked_at_as_well(inside):
    message = re.sub(rb"<Gebdat>[^<]*</Gebdat>", inside, COMPACT)
    assert doubtful_of([body(message)], [b""], [2024]) == [0]


def _kinds(tags: bytes, names: Names) -> list[int]:
    """Kinds of start tags, plain or not."""
    data = PAD + tags + END
    at = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("<")) + 1
    return names.kinds_of(data, at, _words_at(_eights(data), at)).tolist()


def test_of_loose_text_nobody_asks_which_tags_it_has():
    assert read_tags(PAD + b"<NumIV>1</NumIV>" + END, Names(b"")).kinds.tolist() != []
    loose = read_tags(PAD + b"<NumIV>1</NumIV> x <NumIV>" + END, Names(b""))
    assert (loose.loose, loose.kinds.tolist()) == (True, [])


def test_names_are_known_whole():
    names = Names(b"l:")
    result = [
        *tree().names[1:],
        *sorted(unread_names()),
        "Loonaangifte",
        "NumI",
        "NumIVa",
        "numIV",
        "x" * 40,
        "x" * 120,
    ]
    result += ["NatuurlijxPersoon", "Inkomstenverhoudinginitieel"]
    tags = [f"<l:{name}>".encode() for name in result]
    tags += [b"<NumIV>", b"<k:NumIV>", b"<l:NumIV a>", b"<l:NumIV/>", b"<!--l:NumIV-->", b"<l:\xc3\xa9>"]
    kinds = _kinds(b"".join(tags), names)
    known = [*range(1, UNREAD), *[UNREAD] * len(unread_names())]
    assert kinds == [*known, *[FOREIGN] * 5, STRANGE, FOREIGN, FOREIGN, *[STRANGE] * 6]


def test_a_flood_of_names_ends():
    names = Names(b"")
    tags = b"".join(b"<N%d>" % number for number in range(3000))
    kinds = _kinds(tags, names)
    assert (kinds[0], kinds[-1]) == (FOREIGN, STRANGE)


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason=f"the official schemas are not at {OFFICIAL}")
def test_the_names_are_those_of_the_official_schemas():
    result = set()
    for year in (2022, 2026):
        schema = etree.parse(OFFICIAL / f"Loonaangifte{year}v2.0.xsd")
        result |= {element.get("name") for element in schema.iter("{http://www.w3.org/2001/XMLSchema}element")}
    assert {*tree().names, *unread_names()} == result


def test_the_quick_look_passes_nothing_that_expat_refuses():
    messages = [case.message for case in changed(2026, sample(2026))][::29]
    doubtful = set(doubtful_of([body(item) for item in messages], [b""] * len(messages), [2026] * len(messages)))
    passed = [item for number, item in enumerate(messages) if number not in doubtful]
    for message in passed:
        read_through((message,), read_head(message))
    refused = 0
    for number in sorted(doubtful)[::4]:
        assert in_pieces(messages[number], 200).doubtful
        try:
            read_through((messages[number],), read_head(messages[number]))
        except BrokenMessageError:
            refused += 1
    assert refused > len(doubtful) / 4 - 5, "and is seldom in doubt of what is in order"


@pytest.mark.parametrize("message", [SAMPLE, COMPACT, sample(2026), sample(2022)], ids=["white", "compact", "26", "22"])
def test_xml2arrow_makes_the_same_of_what_is_read_alone(message):
    head = read_head(message)
    for size in (1, 97, 1 << 20):
        structure, pieces = Structure(head.prefix, head.year), cut_up(message, size)
        read = b"".join(structure.feed(*piece) for piece in pieces)
        assert not structure.doubtful
        assert len(read) < 0.8 * len(message)
        assert all(f"<{name}>".encode() not in read for name in ("TelNr", "Voorl", "LnLbPh", "TotGen", "CdZvw"))
        around = layout.OPENING + layout.MESSAGE_OPENING, layout.MESSAGE_CLOSING + layout.CLOSING
        assert layout.parse(read.join(around)) == layout.parse(body(message).join(around))


@pytest.mark.parametrize("end", [b"</TelNR>", b"</Tel>", b"</TelNrs>", b"</TelNr >", b"<TelNr>", b"</l:TelNr>"])
def test_an_element_that_is_not_read_and_ends_in_another_way_is_not_left_out(end):
    message = SAMPLE.replace(b"</TelNr>", end, 1)
    head = read_head(message)
    structure = Structure(head.prefix, head.year)
    assert b"0880000000" in b"".join(structure.feed(*piece) for piece in cut_up(message, 1 << 20))


def test_messages_that_begin_alike_have_one_head():
    """And those that do not, their own."""
    other = re.sub(rb'version="2.0"', b"\n version='2.0'", SAMPLE)
    older = SAMPLE.replace(b"Loonaangifte/2026/01", b"Loonaangifte/2022/01")
    latin = SAMPLE.replace(b"UTF-8", b"ISO-8859-1")
    prefixed = re.sub(rb"<(/?)(\w)", rb"<\1l:\2", SAMPLE).replace(b"xmlns=", b"xmlns:l=")
    odd = SAMPLE.replace(b'version="2.0"', b'version="2.0" at="a>b"')
    heads = Heads()
    for message in (SAMPLE, SAMPLE, other, SAMPLE, older, older, latin, latin, prefixed, odd, odd, prefixed):
        assert heads.of(message) == read_head(message)
    with pytest.raises(BrokenMessageError):
        heads.of(SAMPLE.replace(b"2.0", b"1.0"))
    assert heads.of(odd) == read_head(odd)


def test_messages_are_doubtful_one_by_one_when_screened_together():
    plain, accents = SAMPLE, SAMPLE.replace(b"Voorbeeld BV", "Café".encode())
    odd = [
        SAMPLE.replace(b"Voorbeeld BV", word)
        for word in (b"\x01", b"\xff", b"&nbsp;", b"A &amp; B", b"<!-- c -->", b"a\nb")
    ]
    messages = [plain, accents, *odd, plain + b"x", plain + b" " * 300, accents + b"\x00", plain[:-3], plain]
    heads = [read_head(message) for message in messages]
    expected = set()
    for number, (message, head) in enumerate(zip(messages, heads, strict=True)):
        screen = Screen(head)
        screen.feed(message[head.body :])
        if screen.finish():
            expected.add(number)
    assert {2, 3, 4} < expected
    assert not expected & {0, 1, 5, 9, 12}
    bodies = [message[head.body :] for message, head in zip(messages, heads, strict=True)]
    assert doubtful_among(bodies, heads) == expected
    # White space at the end that is longer than what is looked at costs a look of expat, no more.
    assert doubtful_among([bodies[0], bodies[9], bodies[12]], [heads[0]] * 3) == {1}
    assert not doubtful_among([], [])
