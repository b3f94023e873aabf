"""Large documents with nothing wrong in them, told so piece by piece: the tree of one is many times its file.

What is said of a document here is only whether it is clean. Where it is not, or may not be, it is read whole, and
told by `check` of its schemas and of `references`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

from lxml import etree

from edition.schema.languages import Schema
from edition.schema.references import all_lead_on
from edition.tei.names import TEI_NAMESPACE, XML_ID, tei
from edition.tei.parse import Document, Piece
from edition.tei.pointers import Target, follow, is_id, is_pointer, prefixes_from, split

LARGE = 4 * 1024**2  # bytes of a file that is read in pieces first

_TEI, _PREFIX, _HEADER = f"{{{TEI_NAMESPACE}}}", tei("prefixDef"), tei("teiHeader")


@runtime_checkable
class Piecewise(Protocol):
    """A schema that can judge a document which is read piece by piece."""

    def accepts(self, read: Iterable[Piece]) -> bool:
        """Whether it is surely valid."""
        ...


def all_accept(schemas: Sequence[Schema], read: Iterator[Piece]) -> bool:
    """Whether a document that is read once is surely valid by its schema, of which there must be but one."""
    return len(schemas) == 1 and isinstance(schemas[0], Piecewise) and schemas[0].accepts(read)


@dataclass
class Links:
    """The ids and pointers of a document, gathered while its pieces pass through `watch`."""

    sound: bool = True  # as far as ids are
    ids: dict[str, None] = field(default_factory=dict)
    pointing: dict[tuple[str, str], None] = field(default_factory=dict)  # attributes that point, name and value
    prefixes: list[etree._Element] = field(default_factory=list)

    def watch(self, read: Iterable[Piece]) -> Iterator[Piece]:
        for piece in read:
            for element in piece.elements:
                self._note(element)
            yield piece

    def targets(self, path: str) -> list[Target] | None:
        """Where the pointers of the document, at `path`, lead; None where one fits nothing that its prefix is for."""
        prefixes = prefixes_from(self.prefixes)
        found = []
        for name, value in self.pointing:
            for word in split(value):
                if is_pointer(name, word):
                    found.append(follow(word, path, prefixes))
                    if found[-1].path is None and word.partition(":")[0] in prefixes:
                        return None
        return found

    def lead_on(self, document: Document, root: Path) -> list[Target] | None:
        """The targets, if all are there and each id is one and stands once."""
        targets = self.targets(document.path) if self.sound else None
        return targets if targets is not None and all_lead_on(document, root, targets, self.ids) else None

    def _note(self, element: etree._Element) -> None:
        attributes = element.items()
        if not attributes:
            return
        is_tei = str(element.tag).startswith(_TEI)
        for attribute in attributes:
            name, value = attribute
            if name == XML_ID:
                written = value.strip()
                self.sound = self.sound and is_id(written) and written not in self.ids
                self.ids[written] = None
            elif is_tei and attribute not in self.pointing and any(is_pointer(name, word) for word in split(value)):
                self.pointing[attribute] = None
        if element.tag == _PREFIX and _is_in_header(element):
            self.prefixes.append(etree.Element(_PREFIX, element.attrib))


def _is_in_header(element: etree._Element) -> bool:
    """Whether it is in a teiHeader that is a child of the root, as `prefixes_of` has it."""
    around = [ancestor.tag for ancestor in element.iterancestors()]
    return len(around) > 1 and around[-2] == _HEADER
