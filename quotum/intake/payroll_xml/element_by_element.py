"""Reader of a payroll return (loonaangifte) with expat, element by element: slow, but it knows all of XML.

Only doubtful messages come here. The reader says what is wrong and in which line, or that nothing is wrong. Allowed
next elements are cached: that gives over 30 MB/s, where expat with empty Python callbacks reaches 58 and lxml 41.
"""

from collections.abc import Iterable
from typing import Final
from xml.parsers import expat

from attrs import define, evolve, field

from quotum.intake.payroll_xml.message_head import (
    BrokenMessageError,
    Head,
    expat_reason,
    foreign_attribute,
    refuse_doctype,
)
from quotum.intake.payroll_xml.places import KNOWN_SCHEMAS, MAY_BE_ABSENT, Node, tree, unread_names

# The schema allows no nil elements: an element without a value is left out.
_NIL: Final = "XMLSchema-instance nil"


def read_through(pieces: Iterable[bytes], head: Head) -> None:
    """Reads a whole message (from its first byte) with expat.

    Raises:
        BrokenMessageError: The XML is not sound, or an element that is read is in a place that the schema forbids.
    """
    parser = expat.ParserCreate(head.encoding, " ")
    through = _Through(parser, f"{head.namespace} ", head.year in KNOWN_SCHEMAS)
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = through.start
    parser.CharacterDataHandler = through.text
    parser.EndElementHandler = through.end
    piece, before = b"", 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            before += len(piece)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        at = parser.ErrorByteIndex - before
        raise BrokenMessageError(expat_reason(error, piece[at] if 0 <= at < len(piece) else 0)) from None


@define(eq=False)
class _Open:
    """State of an open element: its place and the children so far; shared by all elements in the same state."""

    node: Node | None
    """Its place, when it is read or holds elements that are read."""
    last: Node | None = None
    """The last of its children that has a place."""
    seen: frozenset[int] = frozenset()
    """Numbers of the places of its children."""
    complete: bool = False
    """Whether it is known that it may end here."""
    after: "dict[str, tuple[_Open, _Open]]" = field(factory=dict)
    """By name of an allowed child: the next state of this element, and the state of the child."""

    def with_child(self, node: Node) -> "_Open":
        """Returns the state after a child with a place has begun."""
        if self.last is node and node.number in self.seen:
            return self
        return evolve(self, last=node, seen=self.seen | {node.number}, complete=False, after={})


@define
class _Through:
    """Follows expat through a message."""

    parser: expat.XMLParserType
    """The expat parser, which knows the line."""
    inside: str
    """Namespace that every element must have, and a space."""
    closed: bool
    """Whether all names of the schema of its year are known."""
    empty: bool = False
    """Whether nothing has come since the last start of an element."""
    opened: list[_Open] = field(factory=lambda: [_Open(tree().nodes[0])])
    """The open elements, from the outside."""
    begun: dict[int, _Open] = field(factory=dict)
    """States of elements that have just begun, by number of their place; 0 for those that are not read."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Handles the start of an element."""
        self.empty = True
        opened = self.opened
        step = None if attributes else opened[-1].after.get(name)
        opened[-1], child = step or self._begin(name, attributes)
        opened.append(child)

    def _begin(self, name: str, attributes: dict[str, str]) -> tuple[_Open, _Open]:
        """Returns the next state of the open element and the state of a child that begins in it."""
        if not name.startswith(self.inside):
            raise BrokenMessageError(
                "it has an element outside the namespace of Loonaangifte. Expected: elements of the schema only."
            )
        element, around = name.removeprefix(self.inside), self.opened[-1]
        node = self._place(element)
        wrong = [attribute for attribute in attributes if foreign_attribute(attribute) or attribute.endswith(_NIL)]
        if node and (wrong or (node.parent and "version" in attributes)):
            raise self._broken(f"the element {element} has an attribute", "none there")
        next_state = around.with_child(node) if node else around
        child = self.begun.setdefault(node.number if node else 0, _Open(node))
        if node or element in unread_names():  # of other names there can be very many
            around.after[name] = next_state, child
        return next_state, child

    def _place(self, element: str) -> Node | None:
        """Returns the place of an element; None for an element that is not read."""
        around = self.opened[-1]
        if around.node and around.node.parent and not around.node.container:
            raise self._broken(f"there is an element in {around.node.name}", "a value")
        node = tree().children[around.node.number].get(element) if around.node else None
        if around.node and node:
            self._in_order(around, around.node, node)
            return node
        if element in tree().names:
            raise self._broken(f"the element {element} does not belong where it stands", "the places of the schema")
        if self.closed and element not in unread_names():
            raise self._broken("there is an element that the schema does not know", "elements of the schema only")
        return None

    def _in_order(self, around: _Open, parent: Node, node: Node) -> None:
        last = around.last
        if node.number in around.seen and not node.many:
            raise self._broken(f"the element {node.name} stands twice in one {parent.name}", "once")
        if last and node is not last and node.position == last.position:
            raise self._broken(f"{node.name} stands beside {last.name}", "one of the two")
        if last and not tree().in_order(last, node):
            raise self._broken(f"{node.name} stands after {last.name}", "the order of the schema")
        self._complete(parent, last, node)

    def _complete(self, parent: Node, last: Node | None, after: Node | None) -> None:
        missing = tree().missing(parent, last, after)
        if missing:
            raise self._broken(f"{missing.name} is missing in {parent.name}", f"one {missing.name}")
        if parent.filled and last is None and after is None:
            raise self._broken(f"{parent.name} is empty", "the elements that the schema has in it")

    def _broken(self, fault: str, expected: str) -> BrokenMessageError:
        return BrokenMessageError(
            f"{fault} (line {self.parser.CurrentLineNumber}). Expected: {expected}. Have the sender make the file anew."
        )

    def text(self, text: str) -> None:
        """Handles text."""
        self.empty = False
        node = self.opened[-1].node
        if node and node.container and text.strip(" \t\r\n"):
            raise self._broken(f"there is text between the elements of {node.name}", "elements only")

    def end(self, _name: str) -> None:
        """Handles the end of an element."""
        ended = self.opened.pop()
        node = ended.node
        if self.empty and node and node.name in MAY_BE_ABSENT:
            raise self._broken(f"the element {node.name} stands there without a value", "a value, or no such element")
        if node and not ended.complete:
            self._complete(node, ended.last, None)
            ended.complete = True
        self.empty = False
