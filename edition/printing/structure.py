"""What a screen reader is given: the book as a tree of headings, paragraphs, lists, links and notes, in order.

The tree is made of the HTML and not of the boxes on the pages, so that a paragraph that goes on overleaf is one, and
original, translation and notes can be put in the order of a reader. Its roles are those of ISO 32000-1, 14.8.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from edition.printing.lists import ROWS, Part, label_of
from edition.printing.nodes import Html, Kid, Node
from edition.printing.roles import MAKERS, kind_of
from edition.printing.wholes import CELLS, Wholes

TURN_BY_TURN, TEXT_BY_TEXT = "turn", "text"
ORDERS = (TURN_BY_TURN, TEXT_BY_TEXT)


INLINE = frozenset(("a", "b", "code", "em", "i", "s", "span", "strong", "sub", "sup"))
_HEADING = re.compile(r"[hH]([1-6])")
_ROW = re.compile(r"row\.(\d+)\.(\d+)\.([01])")
_ROLES = {
    "p": "P",
    "a": "Link",
    "dl": "L",
    "tr": "TR",
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
    _within: dict[Node, tuple[Part, ...]] = field(default_factory=dict)
    _signs: dict[Node, Node] = field(default_factory=dict)
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
        own = self._of_the_texts(element, classes, parents)
        if own is not None:
            return own
        parent = self.node(above, parents)
        if element in self._nodes:  # a cell, which came with its block
            return self._nodes[element]
        make = MAKERS.get(kind_of(element, classes))
        node = make(parent, element) if make else self._plain(parent, element)
        if node is parent:
            return node
        language = element.get("lang") or ""
        node.language = language if language != self._language(above, parents) else ""
        if "block" in classes:
            return self._block(node, parent, element, parents)
        if "call" in classes:
            self._call(element, parents)
        return node

    def _of_the_texts(self, element: Html, classes: Sequence[str], parents: Mapping[Html, Html]) -> Node | None:
        """The node of what has its place in the texts, wherever it stands on the page."""
        if "row" in classes:
            return self._row(element, parents)
        if "note" in classes and element.tag == "p":
            return self._note(element)
        if "page" in classes:
            return self.root
        if "turn-number" in classes:
            return self._turn_number(element)
        if ("marker" in classes and "spoken" not in classes) or "term" in classes:
            return self._sign(element, parents)
        return None

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

    def _block(self, node: Node, parent: Node, element: Html, parents: Mapping[Html, Html]) -> Node:
        """A block, which is the one that it goes on from if a page has cut it."""
        name = _whole(element.get("id") or "")
        first = self._blocks.get(name)
        if first is None:
            node.id = name
            self._blocks[name] = self._nodes[element] = node
            if "data-within" in element.attrib:
                self._within[node] = Part.read(element.get("data-within"))
                for cell in (each for each in element.iter() if each.tag in ("td", "th")):
                    self.node(cell, parents)  # those that are empty too
            return node
        parent.kids.remove(node)
        return first

    def _turn_number(self, element: Html) -> Node:
        """It stands beside the block that it is the number of, and is read before it."""
        node = Node("Span", element.get("lang") or "", element.get(SPOKEN) or "")
        block = self._blocks.get(element.get("data-block") or "", self.root)
        first = next((each for each in block.walk() if each.role in CELLS), block)
        first.kids.insert(0, node)
        return node

    def _sign(self, element: Html, parents: Mapping[Html, Html]) -> Node:
        """What stands before an item: the sign that the print gives it, or its label."""
        above = parents[element]
        if above.tag == "li":
            self.node(above, parents)
            node = Node("Lbl")
            self.node(parents[above], parents).nodes()[-1].kids.insert(0, node)
            return node
        block = self._block_above(element, parents)
        if block not in self._signs:
            language = self._language(element, parents)
            self._signs[block] = Node("Lbl", language if language != self.language else "")
        if "term" in (element.get("class") or ""):  # words of the text
            self._signs[block].id = label_of(block.id)
        return self._signs[block]

    def _call(self, element: Html, parents: Mapping[Html, Html]) -> None:
        """The note that is called is read after the block that calls it."""
        above = element
        while above is not None and above.tag not in ("td", "th") and not _is_block(above):
            above = parents.get(above)
        if above is not None:
            self._called.setdefault(self.node(above, parents), []).append(element.get("href")[1:])

    def _block_above(self, element: Html, parents: Mapping[Html, Html]) -> Node:
        while not _is_block(element):
            element = parents[element]
        return self.node(element, parents)

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

        wholes = Wholes()
        for key in sorted(self._rows, key=by_text if order == TEXT_BY_TEXT else None):
            row = self._rows[key]
            blocks, row.kids = row.kids, []
            for block in blocks:
                own = block if isinstance(block, Node) else None
                place = wholes.place(row, self._within.get(own, ()), self._signs.get(own)) if own else row
                place.kids += self._with_notes(block)
            yield row
        wholes.finish()

    def _with_notes(self, block: Kid) -> Iterator[Kid]:
        """A block, and after it the notes that it calls; those that a cell calls are read with it."""
        yield block
        if isinstance(block, Node):
            for cell in [each for each in block.walk() if each.role in CELLS] if block.role == ROWS else []:
                for note in self._notes_of(cell):
                    note.language = note.language or self.language  # else it would have that of the row
                    cell.kids.append(note)
            yield from self._notes_of(block)

    def _notes_of(self, node: Node) -> list[Node]:
        return [self._notes[name] for name in self._called.get(node, ()) if name in self._notes]


def _is_block(element: Html) -> bool:
    return "block" in (element.get("class") or "").split()


def _whole(name: str) -> str:
    """The id of a block that a page may have cut, once or more often."""
    while name.endswith(".rest"):
        name = name.removesuffix(".rest")
    return name


def _prune(node: Node) -> None:
    """Take out nodes without content, for which a reader would stop; not cells, which others are counted by."""
    kept: list[Kid] = []
    for kid in node.kids:
        if isinstance(kid, Node):
            _prune(kid)
        if not isinstance(kid, Node) or kid.kids or kid.role in CELLS:
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
