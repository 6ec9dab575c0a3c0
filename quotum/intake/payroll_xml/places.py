"""Places of the elements of a payroll return (loonaangifte) that are read, and their allowed order.

Elements that are not read are left out: they may be absent or between the others. The row rules check that required
elements are present, with two exceptions that only this tree can check: `NatuurlijkPersoon`, which no row shows because
all of its content may be absent, and elements without content, for which xml2arrow gives no row.
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
"""One more than the largest number of elements that can end at one place."""
KNOWN_SCHEMAS: Final = frozenset({2022, 2026})
"""Years with a known schema; for the years between only the structure of the elements that are read is known."""
MAY_BE_ABSENT: Final = frozenset(
    {"SofiNr", "PersNr", "DatEind", "Gebdat", "CdAard", "IndAvrLkvOudrWn", "IndAvrLkvAgWn", "IndAvrLkvDgBaf"}
    | {"IndAvrLkvDgBafSb", "IndAvrLkvHpAgWn"}
)
"""Elements that may be left out, but must have a value when present: xml2arrow treats empty as left out."""


Inside = tuple["_Element | tuple[_Element, ...]", ...]


@frozen
class _Element:
    """An element of the schema that is read, or that holds or could hide elements that are read."""

    name: str
    inside: "Inside | None" = None
    """Its children, in order; a tuple of elements is a choice. None when it holds a value."""
    many: bool = False
    """Whether it may occur more than once."""
    needed: bool = False
    """Whether it is required."""


@frozen
class Node:
    """One place in the tree."""

    number: int
    """From 1, in order."""
    name: str
    """Name of the element."""
    parent: int
    """Number of the parent; 0 for the root."""
    position: int
    """Position among the children of its parent; alternatives share one position."""
    container: bool
    """Whether it holds elements."""
    many: bool
    """Whether it may occur more than once."""
    needed: bool
    """Whether it is required."""
    filled: bool
    """Whether it must hold an element that is read."""
    section: int
    """Number of the last element around it, or itself, above the lines and totals."""


def _values(*names: str) -> tuple[_Element, ...]:
    return tuple(map(_Element, names))


def _relation() -> _Element:
    # Addresses and sectors are not read, but occur inside elements that are.
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
    """All places, and their allowed order."""

    nodes: list[Node] = field(factory=list)
    """The places; the first is a dummy, the second is the root."""
    children: list[dict[str, Node]] = field(factory=list)
    """Children of each place, by name."""

    def __attrs_post_init__(self) -> None:
        """Numbers the places."""
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
        for place, child in enumerate(inside or ()):
            for alternative in child if isinstance(child, tuple) else (child,):
                self._add(alternative, number, place, section)

    @property
    def names(self) -> list[str]:
        """Names of the elements, each once, the root first."""
        return list(dict.fromkeys(node.name for node in self.nodes[1:]))

    def missing(self, parent: Node, last: Node | None, after: Node | None) -> Node | None:
        """Returns a required child that is missing between two children of an element, or its start or end."""
        begin, end = last.position if last else -1, after.position if after else len(self.nodes)
        children = self.children[parent.number].values()
        return next((node for node in children if node.needed and begin < node.position < end), None)

    def in_order(self, last: Node | None, after: Node) -> bool:
        """Whether a child may come after another child of the same parent."""
        return last is None or after.position > last.position or (after is last and after.many)

    def follows(self) -> npt.NDArray[np.bool_]:
        """Marks the allowed next places, by place and number of elements that end before the next begins."""
        allowed = np.zeros((len(self.nodes), MOST_CLOSES, len(self.nodes)), np.bool_)
        allowed[0, 0, 1] = True
        for node in self.nodes[1:]:
            for closes, after in self._after(node):
                allowed[node.number, closes, after] = True
        return allowed

    def _after(self, node: Node) -> Iterator[tuple[int, int]]:
        parent, last, closes = node, None, 0
        while True:
            for node_after in self.children[parent.number].values():
                if self.in_order(last, node_after) and not self.missing(parent, last, node_after):
                    yield closes, node_after.number
            if self.missing(parent, last, None) or (parent.filled and last is None):
                return
            if not parent.parent:
                yield closes + 1, 1
                return
            parent, last, closes = self.nodes[parent.parent], parent, closes + 1


@cache
def tree() -> Tree:
    """Returns the tree of a payroll return."""
    return Tree()


@cache
def unread_names() -> frozenset[str]:
    """Returns names of elements in the schemas that are not read."""
    text = (files("quotum.intake.payroll_xml") / "names.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["names"]) - set(tree().names)
