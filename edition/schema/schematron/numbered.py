"""Where the nodes of a document stand that a stylesheet has numbered (see `prologue`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from lxml import etree

from edition.schema.places import Spot
from edition.tei.parse import Document


class Numbered:
    """Where nodes stand, by the numbers that the stylesheet gave them (see `prologue`)."""

    def __init__(self, document: Document, found: Sequence[etree._Element]) -> None:
        if document.root is None:
            raise ValueError("only documents that could be parsed are given to Saxon")
        wanted = {int(each.get(name, "0")) for each in found for name in ("p", "t")}
        self._root = document.root
        self._nodes = {number: node for number, node in enumerate(_counted(self._root), 1) if number in wanted}
        self._until: dict[etree._Element, dict[etree._Element, int]] = {}

    def of(self, found: etree._Element) -> Spot:
        """The spot of a node or text; the root stands for the document itself."""
        node, before = (
            self._nodes.get(int(found.get("p", "0")), self._root),
            self._nodes.get(int(found.get("t", "0"))),
        )
        return Spot(node) if before is None else Spot(node, self._children(node, before))

    def _children(self, parent: etree._Element, before: etree._Element) -> int:
        """How many child elements of `parent` come before the text that has `before` last before it."""
        if before is parent:
            return 0
        child = next(node for node in (before, *before.iterancestors()) if node.getparent() is parent)
        if parent not in self._until:
            counts = accumulate(isinstance(node.tag, str) for node in parent)
            self._until[parent] = dict(zip(parent, counts, strict=True))
        return self._until[parent][child]


def _counted(root: etree._Element) -> Iterator[etree._Element]:
    """Elements, comments and instructions of a document as they come, those around its root too."""
    yield from reversed(list(root.itersiblings(preceding=True)))
    yield from root.iter()
    yield from root.itersiblings()
