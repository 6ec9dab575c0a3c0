"""Without --schemas no wrong structure slips in: every element that is read stands where, and as often as, it may.

A sound message is changed in one place of its tree (an element left out, doubled, moved, renamed, wrapped and so on);
the official schema says what is right, and quotum must not accept a row of what it forbids.
"""

import re
from collections.abc import Iterator
from itertools import islice

import pytest
from attrs import frozen
from lxml import etree

from tests.unit.test_schema_agreement import AROUND, OFFICIAL, READ, Case, accepted_messages, sample

pytestmark = pytest.mark.skipif(not OFFICIAL.is_dir(), reason=f"the official schemas are not at {OFFICIAL}")

CONTAINERS = frozenset({*AROUND, "AanvullendeAangifte", "InkomstenverhoudingIntrekking", "NatuurlijkPersoon"})
TARGETS = frozenset({*READ, *CONTAINERS, "IndAvrLkvDgBafSb"})
# Both names of one request are read in every year: in which of the years between 2022 and 2026 it changed is not known.
BOTH_NAMES = {("renamed to IndAvrLkvDgBafSb", "IndAvrLkvDgBaf"), ("renamed to IndAvrLkvDgBaf", "IndAvrLkvDgBafSb")}


@frozen
class Place:
    """Where an element stands."""

    parent: etree._Element
    """What it stands in."""
    index: int
    """Its number among the children."""


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _path(element: etree._Element) -> str:
    return "/".join(_name(above) for above in reversed([element, *element.iterancestors()]))


def _supplement(message: bytes) -> bytes:
    """The same as a supplement, with a withdrawal."""
    text = re.sub(r"<(/?)VolledigeAangifte>", r"<\1AanvullendeAangifte>", message.decode())
    gone = re.search(r"<InkomstenverhoudingIntrekking>.*?</InkomstenverhoudingIntrekking>", text, re.DOTALL)[0]
    gone = gone.replace("</SofiNr>", "</SofiNr><PersNr>P</PersNr>")
    return text.replace("</AanvullendeAangifte>", f"{gone}</AanvullendeAangifte>").encode()


def _targets(root: etree._Element) -> list[etree._Element]:
    """One element for every path, and for the second of its kind."""
    result: dict[tuple[str, bool], etree._Element] = {}
    for element in root.iter("{*}*"):
        if _name(element) in TARGETS and "Saldo" not in _path(element):
            twin = element.getprevious()
            result.setdefault((_path(element), twin is not None and twin.tag == element.tag), element)
    return list(result.values())


def _copy(element: etree._Element, name: str = "") -> etree._Element:
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    if name:
        copy.tag = f"{{{etree.QName(element).namespace}}}{name}"
    return copy


def _changes(root: etree._Element, element: etree._Element) -> Iterator[str]:  # one change after the other
    """Changes the tree in place, names the change, and takes it back when asked for the next."""
    parent = element.getparent()
    index = parent.index(element)

    def new(name: str, text: str | None = None) -> etree._Element:
        new_element = etree.Element(f"{{{etree.QName(element).namespace}}}{name}")
        new_element.text = text
        return new_element

    def replaced(*others: etree._Element) -> None:
        parent[index : index + 1] = others

    def restored(count: int) -> None:
        parent[index : index + count] = [element]

    replaced()
    yield "left out"
    parent.insert(index, element)
    for what, others in {
        "doubled": (element, _copy(element)),
        "doubled, the second empty": (element, new(_name(element))),
        "doubled, the first empty": (new(_name(element)), element),
        "an unknown one before": (new("Onbekend", "1"), element),
        "an unknown one after": (element, new("Onbekend", "1")),
        "an unknown container before": (_wrapped(new("Onbekend"), _copy(element)), element),
        "wrapped in an unknown one": (_wrapped(new("Onbekend"), _copy(element)),),
        "wrapped in Sector": (_wrapped(new("Sector"), _copy(element)),),
        "wrapped in SignNm": (_wrapped(new("SignNm"), _copy(element)),),
        "renamed": (_copy(element, "Onbekend"),),
        "renamed to small letters": (_copy(element, _name(element).lower()),),
        "renamed to SignNm": (_copy(element, "SignNm"),),
        "renamed to IndAvrLkvDgBaf": (_copy(element, "IndAvrLkvDgBaf"),),
        "renamed to IndAvrLkvDgBafSb": (_copy(element, "IndAvrLkvDgBafSb"),),
        "emptied": (new(_name(element)),),
        "an unknown one in it": (_inside(_copy(element), new("Onbekend", "1")),),
        "SignNm in it": (_inside(_copy(element), new("SignNm", "1")),),
        "another of its name in it": (_inside(_copy(element), _copy(element)),),
        "an attribute": (_with_attribute(_copy(element)),),
    }.items():
        replaced(*others)
        yield what
        restored(len(others))
    if len(element):
        yield from _texts(element)
    following = [other for other in parent[index + 1 :] if _name(other) in TARGETS]
    for other in {id(o): o for o in (*parent[index + 1 : index + 2], *following[:1], *following[-1:])}.values():
        yield from _swapped(parent, element, other)
    for place in _other_places(root, element):
        parent.remove(element)
        place.parent.insert(place.index, element)
        yield f"moved into {_path(place.parent)} at {place.index}"
        place.parent.remove(element)
        parent.insert(index, element)
    for place in _other_places(root, element):
        copy = _copy(element)
        place.parent.insert(place.index, copy)
        yield f"copied into {_path(place.parent)} at {place.index}"
        place.parent.remove(copy)


def _wrapped(outer: etree._Element, inner: etree._Element) -> etree._Element:
    outer.append(inner)
    return outer


_inside = _wrapped


def _with_attribute(element: etree._Element) -> etree._Element:
    element.set("iets", "1")
    return element


def _texts(element: etree._Element) -> Iterator[str]:
    old = element.text
    element.text = "1"
    yield "text in it at the start"
    element.text = (old or "") + " 1 " + "\n" * 12
    yield "text in it amid white space"
    element.text = old
    tail = element[-1].tail
    element[-1].tail = f"{' ' * 20}x{tail or ''}"
    yield "text in it at the end"
    element[-1].tail = tail


def _swapped(parent: etree._Element, element: etree._Element, other: etree._Element) -> Iterator[str]:
    first, second = parent.index(element), parent.index(other)
    children = list(parent)
    children[first], children[second] = other, element
    parent[:] = children
    yield f"swapped with {_name(other)}"
    children[first], children[second] = element, other
    parent[:] = children


def _other_places(root: etree._Element, element: etree._Element) -> Iterator[Place]:
    """The beginning, the middle and the end of every kind of container; not within the element itself."""
    seen = set()
    for container in root.iter("{*}*"):
        if (
            not len(container)
            or container is element
            or element in container.iterancestors()
            or _path(container) in seen
        ):
            continue
        seen.add(_path(container))
        size = len(container) - (element in container)
        yield from (Place(container, index) for index in sorted({0, 1, size // 2, size}))


def changed(year: int, message: bytes) -> Iterator[Case]:
    """Every change of every target."""
    root = etree.fromstring(message)
    for target in _targets(root)[1:]:
        for what in _changes(root, target):
            yield Case(year, what, _name(target), "", etree.tostring(root, encoding="UTF-8"))
    assert [_path(element) for element in root.iter("{*}*")] == [
        _path(element) for element in etree.fromstring(message).iter("{*}*")
    ]


def _reduced(year: int) -> tuple[etree.XMLSchema, frozenset[str]]:
    """The official schema without the elements that are not read, and the names of those."""
    tree = etree.parse(OFFICIAL / f"Loonaangifte{year}v2.0.xsd")
    declared = list(tree.iter("{http://www.w3.org/2001/XMLSchema}element"))
    unread = [declaration for declaration in declared if declaration.get("name") not in TARGETS | {"Loonaangifte"}]
    for element in unread:
        element.getparent().remove(element)
    return etree.XMLSchema(tree), frozenset(item.get("name") for item in unread)


def _without(root: etree._Element, unread: frozenset[str]) -> etree._Element:
    """The message without the elements that are not read, but those with something that is read in them."""
    inside = {"SaldoCorrectiesVoorgaandTijdvak": {"DatAanvTv", "DatEindTv"}}
    for element in list(root.iter("{*}*")):
        below = {_name(item) for item in element.iterdescendants("{*}*")} & TARGETS
        if _name(element) in unread and not below - inside.get(_name(element), set()) and not element.attrib:
            parent, before = element.getparent(), element.getprevious()
            if parent is None:
                continue
            if before is None:
                parent.text = (parent.text or "") + (element.tail or "")
            else:
                before.tail = (before.tail or "") + (element.tail or "")
            parent.remove(element)
    return root


def disagreements(
    year: int, base: bytes, every: int = 1
) -> tuple[int, int, list[tuple[str, str]], list[tuple[str, str]]]:
    """Numbers of right and of wrong messages; wrong ones that are accepted; right ones that are not.

    Wrong is what the schema forbids of the elements that are read, among themselves: the order of those that are not
    read, and how often they stand there, changes no value.
    """
    reduced, unread = _reduced(year)
    schema = etree.XMLSchema(etree.parse(OFFICIAL / f"Loonaangifte{year}v2.0.xsd"))
    sound = wrong = 0
    slipped, refused = [], []
    cases = [Case(year, "nothing", "", "", base), *islice(changed(year, base), 0, None, every)]
    for start in range(0, len(cases), 500):
        part = cases[start : start + 500]
        accepted = accepted_messages(part)
        for number, case in enumerate(part):
            root = etree.fromstring(case.message)
            right = schema.validate(root)
            broken = not right and not reduced.validate(_without(root, unread))
            sound, wrong = sound + right, wrong + broken
            if broken and number in accepted and (case.what, case.element) not in BOTH_NAMES:
                slipped.append((case.element, case.what))
            if right and number not in accepted:
                refused.append((case.element, case.what))
    return sound, wrong, slipped, refused


@pytest.mark.parametrize("kind", ["full", "supplement"])
@pytest.mark.parametrize(
    ("year", "every"),
    [
        pytest.param(2026, 23, id="some"),
        pytest.param(2026, 1, marks=pytest.mark.slow, id="all_of_2026"),
        pytest.param(2022, 5, marks=pytest.mark.slow, id="a_fifth_of_2022"),
    ],
)
def test_no_wrong_structure_is_accepted_and_no_right_one_refused(year, every, kind):
    base = sample(year)
    sound, wrong, slipped, refused = disagreements(year, base if kind == "full" else _supplement(base), every)
    assert (slipped, refused) == ([], [])
    assert sound >= 50 // every, "so many changes the schema allows"
    assert wrong > 9_000 // every, "so many it forbids"
