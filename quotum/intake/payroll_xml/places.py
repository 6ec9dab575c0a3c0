"""Where each element that is read stands in a payroll return (loonaangifte), and what may come after what.

Elements that are not read are left out: they may stand between the others or be absent. Of those that are read, what
must be there is judged by the rules of rows; except `NatuurlijkPersoon`, of which no row shows that it is not there
because all in it may be absent, and elements with nothing in them, of which xml2arrow gives no row.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt
from attrs import define, field, frozen

from quotum.intake.payroll_xml import mapping as layout

ROOT: Final = "Loonaangifte"
MOST_CLOSES: Final = 8
"""One more than the number of elements that can end at one place."""
KNOWN_SCHEMAS: Final = frozenset({2022, 2026})
"""Years of which the schema is known; of those between only that they have the same structure in what is read."""
MAY_BE_ABSENT: Final = frozenset(
    {"SofiNr", "PersNr", "DatEind", "Gebdat", "CdAard", "IndAvrLkvOudrWn", "IndAvrLkvAgWn", "IndAvrLkvDgBaf"}
    | {"IndAvrLkvDgBafSb", "IndAvrLkvHpAgWn"}
)
"""Elements that may be left out, and must have a value where they stand: xml2arrow takes empty for left out."""


Inside = tuple["_Element | tuple[_Element, ...]", ...]


@frozen
class _Element:
    """An element of the schema that is read, or that holds what is read or could hide it."""

    name: str
    inside: "Inside | None" = None
    """What stands in it, in order; of a tuple of elements one. None when it holds a value."""
    many: bool = False
    """Whether it may stand more than once."""
    needed: bool = False
    """Whether it may not be left out."""


@frozen
class Node:
    """One place in the tree."""

    number: int
    """From 1, in order."""
    name: str
    """Name of the element."""
    parent: int
    """Number of what it stands in; 0 for the root."""
    position: int
    """Place among the others of its parent; alternatives share one."""
    container: bool
    """Whether elements stand in it."""
    many: bool
    """Whether it may stand more than once."""
    needed: bool
    """Whether it may not be left out."""
    filled: bool
    """Whether something that is read must stand in it."""
    section: int
    """Number of the last element around it, or itself, above the lines and totals."""


def _values(*names: str) -> tuple[_Element, ...]:
    return tuple(map(_Element, names))


def _relation() -> _Element:
    # Addresses and sectors are not read, but stand in what is.
    person: Inside = (*_values("SofiNr", "Gebdat"), (_Element("AdresBinnenland", ()), _Element("AdresBuitenland", ())))
    period: Inside = (
        *_values("DatAanv", "SrtIV", "CdAard", "IndAvrLkvOudrWn", "IndAvrLkvAgWn"),
        _values("IndAvrLkvDgBaf", "IndAvrLkvDgBafSb"),
        *_values("IndAvrLkvHpAgWn", "IndWAO", "IndWW", "IndZW"),
    )
    return _Element(
        "InkomstenverhoudingInitieel",
        (
            *_values("NumIV", "DatAanv", "DatEind", "PersNr"),
            _Element("NatuurlijkPersoon", person, needed=True),
            _Element("Inkomstenperiode", period, many=True),
            _Element("Werknemersgegevens", _values(*layout.WAGES)),
            _Element("Sector", (), many=True),
        ),
        many=True,
    )


def _root() -> _Element:
    dates = _values(*layout.DATES)
    totals = _values(*layout.TOTALS)
    balance = _Element("SaldoCorrectiesVoorgaandTijdvak", dates, many=True)
    of_return = _Element("CollectieveAangifte", (*totals, balance))
    withdrawal = _Element("InkomstenverhoudingIntrekking", _values(*layout.WITHDRAWN), many=True)
    kinds = (
        _Element("VolledigeAangifte", (of_return, _relation())),
        _Element("AanvullendeAangifte", (of_return, _relation(), withdrawal)),
    )
    correction = (*dates, _Element("CollectieveAangifte", totals), _relation(), withdrawal)
    unit = (
        *_values("LhNr"),
        _Element("TijdvakAangifte", (*dates, kinds)),
        _Element("TijdvakCorrectie", correction, many=True),
    )
    message = _Element("Bericht", _values("IdBer", "DatTdAanm"))
    return _Element(ROOT, (message, _Element("AdministratieveEenheid", unit)))


_SECTIONS: Final = frozenset(
    {ROOT, "Bericht", "AdministratieveEenheid", "TijdvakAangifte", "TijdvakCorrectie"}
    | {"VolledigeAangifte", "AanvullendeAangifte"}
)


_MAY_BE_EMPTY: Final = frozenset({"NatuurlijkPersoon", "SaldoCorrectiesVoorgaandTijdvak"})


@define
class Tree:
    """All places, and what may come after what."""

    nodes: list[Node] = field(factory=list)
    """The places; the first stands for none, the second is the root."""
    children: list[dict[str, Node]] = field(factory=list)
    """What stands in each, by name."""

    def __attrs_post_init__(self) -> None:
        """Number the places."""
        self.nodes.append(Node(0, "", 0, 0, container=True, many=False, needed=False, filled=False, section=0))
        self.children.append({})
        self._add(_root(), 0, 0, 0)

    def _add(self, element: _Element, parent: int, position: int, section: int) -> None:
        number = len(self.nodes)
        section = number if element.name in _SECTIONS else section
        inside = element.inside
        self.nodes.append(
            Node(
                number, element.name, parent, position, container=inside is not None, many=element.many,
                needed=element.needed, filled=bool(inside) and element.name not in _MAY_BE_EMPTY, section=section,
            )
        )  # fmt: skip
        self.children.append({})
        self.children[parent][element.name] = self.nodes[number]
        for place, one in enumerate(inside or ()):
            for each in one if isinstance(one, tuple) else (one,):
                self._add(each, number, place, section)

    @property
    def names(self) -> list[str]:
        """Names of the elements, each once, the root first."""
        return list(dict.fromkeys(node.name for node in self.nodes[1:]))

    def missing(self, parent: Node, last: Node | None, after: Node | None) -> Node | None:
        """What may not be left out between two children of an element, or its start or end."""
        begin, end = last.position if last else -1, after.position if after else len(self.nodes)
        others = self.children[parent.number].values()
        return next((one for one in others if one.needed and begin < one.position < end), None)

    def in_order(self, last: Node | None, after: Node) -> bool:
        """Whether a child may come after another of the same parent."""
        return last is None or after.position > last.position or (after is last and after.many)

    def follows(self) -> npt.NDArray[np.bool_]:
        """Which place may come next, by place and number of elements that end before the next one begins."""
        allowed = np.zeros((len(self.nodes), MOST_CLOSES, len(self.nodes)), np.bool_)
        allowed[0, 0, 1] = True
        for node in self.nodes[1:]:
            for closes, after in self._after(node):
                allowed[node.number, closes, after] = True
        return allowed

    def _after(self, node: Node) -> Iterator[tuple[int, int]]:
        parent, last, closes = node, None, 0
        while True:
            for one in self.children[parent.number].values():
                if self.in_order(last, one) and not self.missing(parent, last, one):
                    yield closes, one.number
            if self.missing(parent, last, None) or (parent.filled and last is None):
                return
            if not parent.parent:
                yield closes + 1, 1
                return
            parent, last, closes = self.nodes[parent.parent], parent, closes + 1


@cache
def tree() -> Tree:
    """The tree of a payroll return."""
    return Tree()


@cache
def unread_names() -> frozenset[str]:
    """Names of elements that the schemas have and that are not read."""
    text = (files("quotum.intake.payroll_xml") / "names.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["names"]) - set(tree().names)
