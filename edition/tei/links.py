"""Links that a translation lacks, and how they are written into its file without touching another byte of it."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape

from lxml import etree

from edition.diagnostics import Location
from edition.errors import EditionError
from edition.model import Paragraph, Text, Turn
from edition.staging import replace_file
from edition.tei import parse
from edition.tei.blocks import OTHER, blocks_of
from edition.tei.encoding import mark_and_codec
from edition.tei.names import XML_ID, local
from edition.tei.parse import Document
from edition.tei.pointers import is_id, point, resolve
from edition.tei.units import AUTOMATIC, KINDS, texts_of, units_in

_BY_HAND = "--propose-links prints the links; write them by hand"


@dataclass(frozen=True, slots=True)
class NewLink:
    """A corresp for a turn or paragraph that has none. `element` counts it among all elements of the file, from 0."""

    location: Location
    start_tag: str
    corresp: str
    element: int

    def __str__(self) -> str:
        """`record.en.xml:198: <sp xml:id="e12"> corresp="record.ru.xml#t12"`."""
        return f'{self.location}: {self.start_tag} corresp="{_escaped(self.corresp)}"'


@dataclass(frozen=True, slots=True)
class Answer:
    """A turn of the translation, or its paragraph at a position from 0, and what of the original it translates."""

    original: Turn | Paragraph
    turn: Turn
    paragraph: int | None = None


def new_links(document: Document, text: Text, answers: Iterable[Answer]) -> list[NewLink]:
    """Links for turns and paragraphs of the document to what they translate, in the order of the document.

    Left out is what cannot be linked: where the original has no xml:id, or a corresp is there already, even an empty
    one. Raises EditionError where `text` was not read from the document.
    """
    turns = _elements(document, text)
    all_turns = frozenset(turns)
    wanted = [(answer, _element(answer, turns[answer.turn.number - 1], all_turns)) for answer in answers]
    positions = _positions(document, [element for _, element in wanted if element is not None])
    found = []
    for answer, element in wanted:
        pointer = _pointer(answer.original, document.path)
        if pointer and element is not None and element.get("corresp") is None:
            line = Location(document.path, element.sourceline)
            found.append(NewLink(line, _start_tag(element), pointer, positions[element]))
    return sorted(found, key=lambda link: link.element)


def _element(answer: Answer, turn: etree._Element, turns: Collection[etree._Element]) -> etree._Element | None:
    """The element of a turn or of its paragraph; None where there is none, or not plainly that of the model."""
    if answer.paragraph is None:
        return turn
    blocks = [block for block in blocks_of(turn, turns) if block.kind != OTHER]
    found = [(block.element.get(XML_ID) if block.is_whole else None, block.element.sourceline) for block in blocks]
    block = blocks[answer.paragraph] if answer.paragraph < len(blocks) else None
    if block is None or found != [(each.id, each.location.line) for each in answer.turn.paragraphs]:
        return None
    return block.element if block.is_whole and block.element is not turn else None


def write(document: Document, links: Sequence[NewLink]) -> None:
    """Put the links into the file that the document was parsed from, at once or not at all.

    Raises EditionError where it cannot be written, as `insert` does, or where it has changed meanwhile.
    """
    file = document.file.resolve()  # where it is a symbolic link, that stays one
    data = parse.read_bytes(file, document.path)
    new = insert(data, document, links)
    if not os.access(file, os.W_OK):
        raise EditionError(f"{document.path}: it may not be written", advice="allow it, or work on a copy")
    if parse.read_bytes(file, document.path) != data:
        raise EditionError(f"{document.path}: it was changed meanwhile", advice="run the command again")
    replace_file(file, new)


def insert(data: bytes, document: Document, links: Sequence[NewLink]) -> bytes:
    """`data`, which the document was parsed from, with `corresp` at the end of the start tag of each link's element.

    The new file is parsed and held against the old one. Raises EditionError where anything but the links differs, or
    where the file is in an encoding that cannot be kept.
    """
    mark, codec = mark_and_codec(data)
    text = _recoded(data[len(mark) :], codec, document.path)
    values = {link.element: link.corresp for link in links}
    pieces, end = [], 0
    for number, start in _start_tags(text, document.path):
        tag = _START_TAG.match(text, start) if number in values else None
        if tag:
            value = _escaped(values[number]).encode(codec, "xmlcharrefreplace").decode(codec)
            pieces += [text[end : tag.end()], f' corresp="{value}"'.encode()]
            end = tag.end()
    new = mark + _encoded(b"".join([*pieces, text[end:]]), codec)
    _refuse_changes(document, parse.parsed(new, document.file, document.path), values)
    return new


def _elements(document: Document, text: Text) -> list[etree._Element]:
    """The elements of the turns of a text: of the kind of unit that gives just these."""
    turns = [(turn.element, turn.id, turn.location.line) for turn in text.turns]
    bodies = [] if document.root is None else texts_of(document.root)
    for kind in KINDS:
        found = [unit for body in bodies for unit in units_in(body, kind) if kind != AUTOMATIC]
        if [(local(unit), unit.get(XML_ID), unit.sourceline) for unit in found] == turns:
            return found
    raise EditionError(f"{document.path}: it was changed meanwhile", advice="run the command again")


def _positions(document: Document, elements: Sequence[etree._Element]) -> dict[etree._Element, int]:
    """The numbers of these elements among all of the file, from 0."""
    wanted = frozenset(elements)
    everything = () if document.root is None else document.root.iter(etree.Element)
    return {element: number for number, element in enumerate(everything) if element in wanted}


def _pointer(original: Turn | Paragraph, home: str) -> str:
    """How a file points at a turn; empty where it cannot."""
    if not original.id or not is_id(original.id):
        return ""
    pointer = point(original.location.path, original.id, home)
    return pointer if resolve(pointer, home) == original.key else ""


def _start_tag(element: etree._Element) -> str:
    name = element.get(XML_ID)
    return f"<{local(element)}>" if name is None else f'<{local(element)} xml:id="{_escaped(name)}">'


def _escaped(value: str) -> str:
    return escape(value, {'"': "&quot;"})


# A start tag up to its last attribute: in a well-formed file quotation marks end a value, and nothing else does.
_START_TAG = re.compile(rb"""<[^\s/>]++(?:\s++[^\s=]++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))*+""")


def _recoded(data: bytes, codec: str, path: str) -> bytes:
    """`data` in UTF-8. Raises EditionError where it could not be turned back into the same bytes."""
    if codec == "utf-8":
        return data
    try:
        text = data.decode(codec).encode()
    except (LookupError, UnicodeError) as error:
        raise EditionError(f"{path}: in an encoding that cannot be written", advice=_BY_HAND) from error
    if _encoded(text, codec) != data:
        raise EditionError(f"{path}: not every byte of it could be kept", advice="save it as UTF-8")
    return text


def _encoded(text: bytes, codec: str) -> bytes:
    return text if codec == "utf-8" else text.decode().encode(codec)


def _start_tags(text: bytes, path: str) -> list[tuple[int, int]]:
    """Where each start tag of an XML file in UTF-8 begins, by the number of its element from 0."""
    starts: list[int] = []
    parser = expat.ParserCreate("utf-8")  # whatever the file declares
    parser.StartElementHandler = lambda name, attributes: starts.append(parser.CurrentByteIndex)
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise EditionError(f"{path}:{error.lineno}: cannot be written: {error}", advice=_BY_HAND) from error
    return list(enumerate(starts))


def _refuse_changes(old: Document, new: Document, values: dict[int, str]) -> None:
    """Each link is there, and without them the new file says what the old one says."""
    if new.root is not None:
        linked = [element for number, element in enumerate(new.root.iter(etree.Element)) if number in values]
        added = [element.attrib.pop("corresp", None) for element in linked]
        if added == [values[number] for number in sorted(values)] and _said(new) == _said(old):
            return
    raise EditionError(f"{old.path}: more than the links would have changed", advice=_BY_HAND)


def _said(document: Document) -> str:
    return "" if document.root is None else etree.tostring(document.root.getroottree(), encoding="unicode")
