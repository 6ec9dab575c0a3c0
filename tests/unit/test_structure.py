"""The quick look at the tags of a payroll return: what it passes is in order, and it passes what is plain."""

import re

import pytest
from lxml import etree

from quotum.intake.loonaangifte_structure import Seen, Structure, doubtful_of
from quotum.intake.loonaangifte_tags import FOREIGN, PAD, STRANGE, UNREAD, Names, read_tags
from quotum.intake.loonaangifte_through import read_through
from quotum.intake.loonaangifte_tree import tree, unread_names
from quotum.intake.loonaangifte_xml import BrokenMessageError, read_head
from tests.helpers import FIXTURES
from tests.unit.test_schema_agreement import OFFICIAL, sample
from tests.unit.test_schema_structure import changed

SAMPLE = (FIXTURES / "loonaangifte-2026-with-correction.xml").read_bytes()
COMPACT = re.sub(rb">\s+<", b"><", SAMPLE)


def body(message: bytes) -> bytes:
    return message[read_head(message).body :]


def in_pieces(message: bytes, size: int, year: int = 2026) -> Structure:
    head = read_head(message)
    structure = Structure(head.prefix, year)
    rest, first = message[head.body :].rstrip(), True
    while rest:
        start = re.compile(rb"<[^/]").search(rest, size)
        cut = start.start() if start else len(rest)
        structure.feed(Seen.of(rest[:cut], head.prefix, first), cut == len(rest))
        rest, first = rest[cut:], False
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


def test_names_are_known_whole():
    names = Names(b"l:")
    some = [*tree().names[1:], *sorted(unread_names()), "Loonaangifte", "NumI", "NumIVa", "numIV", "x" * 40, "x" * 120]
    some += ["NatuurlijxPersoon", "Inkomstenverhoudinginitieel"]
    tags = [f"<l:{name}>".encode() for name in some]
    tags += [b"<NumIV>", b"<k:NumIV>", b"<l:NumIV a>", b"<l:NumIV/>", b"<!--l:NumIV-->", b"<l:\xc3\xa9>"]
    kinds = read_tags(PAD + b"".join(tags) + PAD * 4, names).kinds.tolist()
    known = [*range(1, UNREAD), *[UNREAD] * len(unread_names())]
    assert kinds == [*known, *[FOREIGN] * 5, STRANGE, FOREIGN, FOREIGN, *[STRANGE] * 6]


def test_a_flood_of_names_ends():
    names = Names(b"")
    tags = b"".join(b"<N%d>" % number for number in range(3000))
    kinds = read_tags(PAD + tags + PAD * 4, names).kinds.tolist()
    assert (kinds[0], kinds[-1]) == (FOREIGN, STRANGE)


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason=f"the official schemas are not at {OFFICIAL}")
def test_the_names_are_those_of_the_official_schemas():
    found = set()
    for year in (2022, 2026):
        schema = etree.parse(OFFICIAL / f"Loonaangifte{year}v2.0.xsd")
        found |= {one.get("name") for one in schema.iter("{http://www.w3.org/2001/XMLSchema}element")}
    assert {*tree().names, *unread_names()} == found


def test_the_quick_look_passes_nothing_that_expat_refuses():
    messages = [case.message for case in changed(2026, sample(2026))][::29]
    doubtful = set(doubtful_of([body(one) for one in messages], [b""] * len(messages), [2026] * len(messages)))
    passed = [one for number, one in enumerate(messages) if number not in doubtful]
    for one in passed:
        read_through((one,), read_head(one))
    refused = 0
    for number in sorted(doubtful)[::4]:
        assert in_pieces(messages[number], 200).doubtful
        try:
            read_through((messages[number],), read_head(messages[number]))
        except BrokenMessageError:
            refused += 1
    assert refused > len(doubtful) / 4 - 5, "and is seldom in doubt of what is in order"
