"""What a screen reader is given: the book as a tree of headings, paragraphs, lists, links and notes, in order.

The tree is made of the HTML and not of the boxes on the pages, so that a paragraph that goes on overleaf is one, and
original, translation and notes can be put in the order of a reader. Its roles are those of ISO 32000-1, 14.8.4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

TURN_BY_TURN, TEXT_BY_TEXT = "turn", "text"
ORDERS = (TURN_BY_TURN, TEXT_BY_TEXT)


@dataclass(frozen=True, slots=True)
class Marked:
    """Content of a page, by the number of the page from 0 and its mark there."""

    page: int
    mark: int


@dataclass(frozen=True, slots=True)
class Target:
    """The annotation of a link: the number of its page, its reference, and its number among all of the book."""

    page: int
    reference: bytes
    number: int


@dataclass(slots=True, eq=False)
class Node:
    """An element of the tree. Empty `language`, `spoken`, `id` and `text` are not written.

    `spoken` is read in its place; `text` is what it shows, where its glyphs do not say so.
    """

    role: str
    language: str = ""
    spoken: str = ""
    id: str = ""
    kids: list[Kid] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator[Node]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def child(self, role: str) -> Node:
        node = Node(role)
        self.kids.append(node)
        return node


Kid: TypeAlias = Node | Marked | Target
Html: TypeAlias = Any  # an element of the HTML, as WeasyPrint holds it

INLINE = frozenset(("a", "b", "code", "em", "i", "s", "span", "strong", "sub", "sup"))
_HEADING = re.compile(r"[hH]([1-6])")
_ROW = re.compile(r"row\.(\d+)\.(\d+)\.([01])")
_ROLES = {
    "p": "P",
    "a": "Link",
    "ul": "L",
    "dl": "L",
    "img": "Figure",
    "section": "Sect",
}
SPOKEN = "data-spoken"  # the attribute with what is to be read in place of what is shown


@dataclass
class Reading:
    """Gathers the content of a book, page by page, and puts it into order."""

    language: str
    root: Node = field(default_factory=lambda: Node("Document"))
    _nodes: dict[Html, Node] = field(default_factory=dict)
    _blocks: dict[str, Node] = field(default_factory=dict)
    _notes: dict[str, Node] = field(default_factory=dict)
    _called: dict[Node, list[str]] = field(default_factory=dict)
    _rows: dict[tuple[int, int, int], Node] = field(default_factory=dict)
    _sides: list[Html] = field(default_factory=list)
    _texts: Node | None = None

    def add(self, element: Html, parents: Mapping[Html, Html], kid: Kid) -> None:
        """Content of an element of the HTML. `parents` has that of every element of its document."""
        self.node(element, parents).kids.append(kid)

    def node(self, element: Html, parents: Mapping[Html, Html]) -> Node:
        """The node that an element belongs to: its own, or that of the nearest above it that has one."""
        if element not in self._nodes:
            self._nodes[element] = self._new(element, parents)
        return self._nodes[element]

    def _new(self, element: Html, parents: Mapping[Html, Html]) -> Node:
        above = parents.get(element)
        if above is None:
            return self.root
        classes = (element.get("class") or "").split()
        if "row" in classes:
            return self._row(element, parents)
        if "note" in classes and element.tag == "p":
            return self._note(element)
        if "page" in classes:
            return self.root
        if "turn-number" in classes:
            return self._turn_number(element)
        parent = self.node(above, parents)
        make = _MAKERS.get(_kind(element, classes))
        node = make(parent, element) if make else self._plain(parent, element)
        if node is parent:
            return node
        language = element.get("lang") or ""
        node.language = language if language != self._language(above, parents) else ""
        if "block" in classes:
            return self._block(node, parent, element)
        if "call" in classes:
            self._call(element, parents)
        return node

    def _plain(self, parent: Node, element: Html) -> Node:
        """What has a role of its own, a language or words to be spoken gets a node; all else is of its parent."""
        heading = _HEADING.fullmatch(element.tag)
        role = f"H{heading[1]}" if heading else _ROLES.get(element.tag, "")
        spoken = element.get(SPOKEN) or element.get("alt") or ""
        if not role and (spoken or (element.get("lang") and element.tag != "html")):
            role = "Span"
        if not role:
            return parent
        node = parent.child(role)
        node.spoken = spoken
        return node

    def _language(self, element: Html | None, parents: Mapping[Html, Html]) -> str:
        while element is not None:
            if element.get("lang"):
                return str(element.get("lang"))
            element = parents.get(element)
        return self.language

    def _row(self, element: Html, parents: Mapping[Html, Html]) -> Node:
        """A row of one side. Its place is found when all are there."""
        if self._texts is None:
            self._texts = self.root.child("Sect")
        top = element
        while top in parents:
            top = parents[top]
        if top not in self._sides:
            self._sides.append(top)
        found = _ROW.fullmatch(element.get("id") or "")
        number, part, side = map(int, found.groups()) if found else (len(self._rows), 0, 0)
        return self._rows.setdefault((number, 2 * self._sides.index(top) + side, part), Node("Div"))

    def _block(self, node: Node, parent: Node, element: Html) -> Node:
        """A block, which is the one that it goes on from if a page has cut it."""
        name = _whole(element.get("id") or "")
        first = self._blocks.get(name)
        if first is None:
            node.id = name
            self._blocks[name] = node
            return node
        parent.kids.remove(node)
        return first

    def _turn_number(self, element: Html) -> Node:
        """It stands beside the block that it is the number of, and is read before it."""
        node = Node("Span", element.get("lang") or "", element.get(SPOKEN) or "")
        self._blocks.get(element.get("data-block") or "", self.root).kids.insert(0, node)
        return node

    def _call(self, element: Html, parents: Mapping[Html, Html]) -> None:
        """The note that is called is read after the block that calls it."""
        above = element
        while above is not None and "block" not in (above.get("class") or "").split():
            above = parents.get(above)
        if above is not None:
            self._called.setdefault(self._blocks[_whole(above.get("id") or "")], []).append(element.get("href")[1:])

    def _note(self, element: Html) -> Node:
        name = _whole(element.get("id") or "")  # what goes on overleaf is of the same note
        return self._notes.setdefault(name, Node("Note", element.get("lang") or "", id=name))

    def arranged(self, order: str) -> Node:
        """The tree, its texts turn by turn or text by text, without empty nodes and skipped levels of headings."""
        if self._texts is not None:
            self._texts.kids.extend(self._in_order(order))
        _prune(self.root)
        _level(self.root)
        return self.root

    def _in_order(self, order: str) -> Iterator[Node]:
        def by_text(key: tuple[int, int, int]) -> tuple[int, int, int]:
            return key[1], key[0], key[2]

        for key in sorted(self._rows, key=by_text if order == TEXT_BY_TEXT else None):
            row = self._rows[key]
            row.kids = [each for kid in row.kids for each in self._with_notes(kid)]
            yield row

    def _with_notes(self, block: Kid) -> Iterator[Kid]:
        yield block
        if isinstance(block, Node):
            yield from (self._notes[name] for name in self._called.get(block, ()) if name in self._notes)


def _kind(element: Html, classes: list[str]) -> str:
    for name in ("call", "label", "contents"):
        if name in classes:
            return name
    return str(element.tag)


def _whole(name: str) -> str:
    """The id of a block that a page may have cut, once or more often."""
    while name.endswith(".rest"):
        name = name.removesuffix(".rest")
    return name


def _reference(parent: Node, _: Html) -> Node:
    return parent.child("Reference").child("Link")


def _label(parent: Node, _: Html) -> Node:
    return parent.child("Lbl").child("Link")


def _contents(parent: Node, _: Html) -> Node:
    return parent.child("TOC")


def _item(parent: Node, _: Html) -> Node:
    return parent.child("TOCI") if parent.role == "TOC" else parent.child("LI").child("LBody")


def _term(parent: Node, _: Html) -> Node:
    return parent.child("LI").child("Lbl")


def _description(parent: Node, _: Html) -> Node:
    items = [kid for kid in parent.kids if isinstance(kid, Node)]
    return (items[-1] if items else parent.child("LI")).child("LBody")


def _link(parent: Node, element: Html) -> Node:
    return _reference(parent, element) if parent.role == "TOCI" else parent.child("Link")


_MAKERS: dict[str, Callable[[Node, Html], Node]] = {
    "call": _reference,
    "label": _label,
    "contents": _contents,
    "li": _item,
    "dt": _term,
    "dd": _description,
    "a": _link,
}


def _prune(node: Node) -> None:
    """Take out nodes without content: a reader would stop at each for nothing."""
    kept: list[Kid] = []
    for kid in node.kids:
        if isinstance(kid, Node):
            _prune(kid)
        if not isinstance(kid, Node) or kid.kids:
            kept.append(kid)
    node.kids = kept


def _level(root: Node) -> None:
    """A heading is at most one level below the one before it (ISO 14289-1, 7.4.2)."""
    before = 0
    for node in root.walk():
        heading = _HEADING.fullmatch(node.role)
        if heading:
            before = min(int(heading[1]), before + 1)
            node.role = f"H{before}"
