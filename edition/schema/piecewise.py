"""Documents with nothing wrong in them, told so by what is written: to make and walk the tree of each takes longer.

What is said of a document here is only whether it is clean. Where it is not, or may not be, its tree is made, and
told of by `check` of its schemas and of `references`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import normpath
from typing import Protocol, runtime_checkable

from lxml import etree

from edition.schema.languages import Schema
from edition.schema.references import all_lead_on
from edition.tei.names import TEI_NAMESPACE
from edition.tei.parse import Document, parsed
from edition.tei.pointers import Target, follow, is_id, is_pointer, prefixes_from, split
from edition.tei.shells import Remains, Shells, Sifted, Wanted
from edition.tei.written import UnsureError, Written, unescaped

_TAG = re.compile(r"<([^\s<>/]+\s[^<>]*=[^<>]*)>")
_NAME = re.compile(r"[^\s<>/]+")
_ATTRIBUTE = re.compile(r"""\s+([^\s"'=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ATTRIBUTES = re.compile(rf"(?:{_ATTRIBUTE.pattern})*\s*/?")
_PREFIX = "prefixDef"
_HEADER = re.compile(rf'><[^\s<>]+\s[^<>]*\bxmlns="{re.escape(TEI_NAMESPACE)}"[^<>]*>\s*<teiHeader[\s>]')


@runtime_checkable
class Piecewise(Protocol):
    """A schema that can judge a document by what is written."""

    def accepts(self, runs: Iterable[str]) -> bool:
        """Whether it is surely valid."""
        ...

    def sift(self, runs: Iterable[str], wanted: Wanted) -> Remains:
        """What is left of it once what is sound has become shells, but for elements whose start tags are `wanted`.

        Raises UnsureError where that takes the tree of the whole.
        """
        ...


def all_accept(schemas: Sequence[Schema], runs: Iterator[str]) -> bool:
    """Whether a document that is read once is surely valid by its schema, of which there must be but one."""
    return len(schemas) == 1 and isinstance(schemas[0], Piecewise) and schemas[0].accepts(runs)


def sifted(schemas: Sequence[Schema], written: Written, document: Document, root: Path | None) -> Sifted:
    """The document with a tree of what may be wrong with it alone, by its schema, of which there must be but one.

    And what its ids and pointers lack, if they are followed, from `root`. Raises UnsureError where that takes the
    tree of the whole.
    """
    if len(schemas) != 1 or not isinstance(schemas[0], Piecewise):
        raise UnsureError
    links = Links()
    wanted: Wanted = _nothing
    if root is not None:
        for _ in links.watch(written.runs()):
            pass
        wanted = links.lacking(document, root)
    remains = schemas[0].sift(written.runs(), wanted)
    tree = parsed(remains.written, document.file, document.path).root
    if tree is None:
        raise UnsureError
    return Sifted(
        document.path, document.file, tree, shells=Shells(written, remains.pairs, links.ids, remains.is_valid)
    )


def _nothing(tag: str) -> bool:
    return False


@dataclass
class Links:
    """The ids and pointers of a document, gathered while its runs pass through `watch`.

    Whatever looks like a pointer of TEI is taken for one, though the element may be of another vocabulary: should it
    lead nowhere, the tree tells.
    """

    sound: bool = True
    ids: dict[str, None] = field(default_factory=dict)
    wrong_ids: set[str] = field(default_factory=set)  # those that are none, and those that stand twice
    pointing: dict[tuple[str, str], None] = field(default_factory=dict)  # attributes that point, name and value
    prefixes: list[etree._Element] = field(default_factory=list)

    def watch(self, runs: Iterable[str]) -> Iterator[str]:
        header = ""
        for number, piece in enumerate(runs):
            if _PREFIX in piece:
                header = _header(piece) if number == 0 else ""
                self.sound = self.sound and piece.count(_PREFIX) == header.count(_PREFIX)
            tags = _TAG.findall(piece)
            for tag in dict.fromkeys(tags):
                self._note(tag)
            for tag in tags:
                if "xml:id" in tag:
                    self._note_id(tag)
            yield piece

    def lead_on(self, document: Document, root: Path) -> list[Target] | None:
        """Where the pointers of the document lead, if that is there, and each id is one and stands once."""
        if not self.sound or self.wrong_ids:
            return None
        found = []
        for _, targets in self._targets(document.path):
            if targets is None:
                return None
            found += targets
        return found if all_lead_on(document, root, found, self.ids) else None

    def lacking(self, document: Document, root: Path) -> Wanted:
        """Whether a start tag has an id or a pointer that may be wrong, or tells what pointers mean."""
        if not self.sound:
            raise UnsureError
        own = normpath(document.path)
        wrong = set[tuple[str, str]]()
        for attribute, targets in self._targets(document.path):
            within = [target.id for target in targets or () if target.path == own]
            beyond = [target for target in targets or () if target.path != own]
            if targets is None or not self.ids.keys() >= set(within) or not all_lead_on(document, root, beyond):
                wrong.add(attribute)

        def is_lacking(tag: str) -> bool:
            attributes = _attributes(tag) or {}
            name = attributes.get("xml:id", "").strip()
            return _PREFIX in tag or name in self.wrong_ids or not wrong.isdisjoint(attributes.items())

        return is_lacking

    def _targets(self, path: str) -> Iterator[tuple[tuple[str, str], list[Target] | None]]:
        """The attributes that point and where they lead; None where one fits nothing that its prefix is for."""
        prefixes = prefixes_from(self.prefixes)
        for name, value in self.pointing:
            words = [word for word in split(value) if is_pointer(name, word)]
            targets = [follow(word, path, prefixes) for word in words]
            pairs = zip(words, targets, strict=True)
            unfit = any(target.path is None and word.partition(":")[0] in prefixes for word, target in pairs)
            yield (name, value), None if unfit else targets

    def _note(self, tag: str) -> None:
        attributes = _attributes(tag)
        self.sound = self.sound and attributes is not None
        for name, value in (attributes or {}).items():
            if any(is_pointer(name, word) for word in split(value)):
                self.pointing[name, value] = None
        if tag.startswith(_PREFIX):
            self.prefixes.append(
                etree.Element(_PREFIX, {a: b for a, b in (attributes or {}).items() if ":" not in a})
            )

    def _note_id(self, tag: str) -> None:
        attributes = _attributes(tag) or {}
        if "xml:id" in attributes:
            name = attributes["xml:id"].strip()
            if not is_id(name) or name in self.ids:
                self.wrong_ids.add(name)
            self.ids[name] = None


def _header(piece: str) -> str:
    """The header of the root, with which a document begins; "" where it is not plain to be seen."""
    found = _HEADER.match(piece)
    header = piece[found.end() :].partition("</teiHeader")[0] if found else ""
    return "" if "xmlns" in header or f":{_PREFIX}" in header else header


def _attributes(tag: str) -> dict[str, str] | None:
    """The attributes of a start tag; None where it was cut off, by a > in a value."""
    name = _NAME.match(tag)
    rest = tag[name.end() :] if name else tag
    if not _ATTRIBUTES.fullmatch(rest):
        return None
    return {name: unescaped(one or two) for name, one, two in _ATTRIBUTE.findall(rest)}
