"""Reads a payroll return (loonaangifte) with expat, element by element: slower, and knows all of XML.

Only messages that are doubtful come here. It says what is wrong and in which line, or that nothing is. What may come
next is looked up where it was worked out before: over 30 MB/s, of the 58 of expat that calls Python for nothing;
lxml has 41 then.
"""

from collections.abc import Iterable
from typing import Final
from xml.parsers import expat

from attrs import define, evolve, field

from quotum.intake.payroll_xml.outside import (
    BrokenMessageError,
    Head,
    expat_reason,
    foreign_attribute,
    refuse_doctype,
)
from quotum.intake.payroll_xml.places import KNOWN_SCHEMAS, MAY_BE_ABSENT, Node, tree, unread_names

# Nothing in the schema may be nil: an element that has no value is left out.
_NIL: Final = "XMLSchema-instance nil"


def read_through(pieces: Iterable[bytes], head: Head) -> None:
    """Reads a whole message (from its first byte) with expat.

    Raises:
        BrokenMessageError: It is not sound XML, or what is read stands in another way than the schema allows.
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
    """An element that has begun and not ended, and what stood in it so far; shared by all that are alike."""

    node: Node | None
    """Its place, when it is read or holds what is read."""
    last: Node | None = None
    """The last of its children that is."""
    seen: frozenset[int] = frozenset()
    """Numbers of all of them."""
    complete: bool = False
    """Whether it is known that it may end here."""
    after: "dict[str, tuple[_Open, _Open]]" = field(factory=dict)
    """By name of a child that may begin here: this element then, and the child."""

    def with_child(self, node: Node) -> "_Open":
        """The same element when a child that is read has begun."""
        if self.last is node and node.number in self.seen:
            return self
        return evolve(self, last=node, seen=self.seen | {node.number}, complete=False, after={})


@define
class _Through:
    """Follows expat through a message."""

    parser: expat.XMLParserType
    """Knows the line."""
    inside: str
    """Namespace that every element must have, and a space."""
    closed: bool
    """Whether all names of the schema of its year are known."""
    empty: bool = False
    """Whether nothing has come since the last start of an element."""
    opened: list[_Open] = field(factory=lambda: [_Open(tree().nodes[0])])
    """The elements around, from the outside."""
    begun: dict[int, _Open] = field(factory=dict)
    """Elements that have just begun, by number of their place; 0 for those that are not read."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.empty = True
        opened = self.opened
        then = None if attributes else opened[-1].after.get(name)
        opened[-1], child = then or self._begin(name, attributes)
        opened.append(child)

    def _begin(self, name: str, attributes: dict[str, str]) -> tuple[_Open, _Open]:
        """The element around when one begins in it that may, and that one."""
        if not name.startswith(self.inside):
            raise BrokenMessageError(
                "it has an element outside the namespace of Loonaangifte. Expected: elements of the schema only."
            )
        element, around = name.removeprefix(self.inside), self.opened[-1]
        node = self._place(element)
        wrong = [one for one in attributes if foreign_attribute(one) or one.endswith(_NIL)]
        if node and (wrong or (node.parent and "version" in attributes)):
            raise self._broken(f"the element {element} has an attribute", "none there")
        then = around.with_child(node) if node else around
        child = self.begun.setdefault(node.number if node else 0, _Open(node))
        if node or element in unread_names():  # of other names there can be very many
            around.after[name] = then, child
        return then, child

    def _place(self, element: str) -> Node | None:
        """The place of an element that is read; None for one that is not."""
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

    def _broken(self, found: str, expected: str) -> BrokenMessageError:
        return BrokenMessageError(
            f"{found} (line {self.parser.CurrentLineNumber}). Expected: {expected}. Have the sender make the file anew."
        )

    def text(self, text: str) -> None:
        """Text comes."""
        self.empty = False
        node = self.opened[-1].node
        if node and node.container and text.strip(" \t\r\n"):
            raise self._broken(f"there is text between the elements of {node.name}", "elements only")

    def end(self, _name: str) -> None:
        """An element ends."""
        ended = self.opened.pop()
        node = ended.node
        if self.empty and node and node.name in MAY_BE_ABSENT:
            raise self._broken(f"the element {node.name} stands there without a value", "a value, or no such element")
        if node and not ended.complete:
            self._complete(node, ended.last, None)
            ended.complete = True
        self.empty = False
