"""Line and column of start tags and loose text: a second reading of a failing file, by expat.

libxml2 keeps the line of an element's start tag but not its column, and nothing for text. Only files with findings
are read again, and only the places asked for are kept.
"""

from __future__ import annotations

import codecs
import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from lxml import etree

from edition.diagnostics import Location
from edition.errors import EditionError
from edition.tei.parse import Document, read_bytes
from edition.tei.shells import numbered, shells_of

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BLANK = " \t\n\r"  # a no-break space is text to XML


@dataclass(frozen=True, slots=True)
class Spot:
    """A start tag, or with `child` the text that follows that many children of the element."""

    element: etree._Element
    child: int | None = None


def locate(document: Document, spots: Iterable[Spot]) -> dict[Spot, Location]:
    """The places of `spots`: line and column, or the element's line alone where the file cannot be read again."""
    wanted = set(spots)
    found = {spot: Location(document.path, _line(spot.element)) for spot in wanted}
    if wanted and document.root is not None:
        for spot, (line, column) in _read_again(document, document.root, wanted).items():
            found[spot] = Location(document.path, line, column)
    return found


def _line(node: etree._Element) -> int | None:
    """The line where a node begins. For a comment or instruction libxml2 knows the last one."""
    if node.sourceline is None or isinstance(node.tag, str):
        return node.sourceline
    return max(node.sourceline - (node.text or "").count("\n"), 1)


def _read_again(document: Document, root: etree._Element, wanted: set[Spot]) -> dict[Spot, tuple[int, int]]:
    elements, shells = {spot.element for spot in wanted}, shells_of(document)
    all_numbers = enumerate(root.iter(etree.Element)) if shells is None else numbered(root)
    numbers = {element: n for n, element in all_numbers if element in elements}
    watch = _Watch({(numbers[spot.element], spot.child): spot for spot in wanted if spot.element in numbers})
    # What expat cannot read (an encoding it does not know, a file that has gone) keeps the lines of libxml2.
    with contextlib.suppress(expat.ExpatError, EditionError, LookupError, ValueError):
        watch.read(read_bytes(document.file, "") if shells is None else shells.written.data)
    return watch.found


@dataclass
class _Watch:
    """Counts start tags, and children within each element that is open, and notes where the wanted ones stand."""

    wanted: dict[tuple[int, int | None], Spot]
    found: dict[Spot, tuple[int, int]] = field(default_factory=dict)
    open: list[list[int]] = field(default_factory=list)  # number of the element, children so far
    count: int = 0
    mark: int = 0  # 1 where a byte order mark begins the file, which expat counts as a column of line 1

    def read(self, data: bytes) -> None:
        self.mark = int(data.startswith(_MARKS))
        parser = expat.ParserCreate(namespace_separator=None)
        parser.StartElementHandler = lambda name, _attributes: self._start(parser, name)
        parser.EndElementHandler = lambda _name: self.open.pop()
        if any(child is not None for _, child in self.wanted):
            parser.CharacterDataHandler = lambda text: self._text(parser, text)
            parser.SkippedEntityHandler = lambda name, _is_parameter: self._text(parser, name)
        parser.Parse(data, True)

    def _start(self, parser: expat.XMLParserType, name: str) -> None:
        spot = self.wanted.get((self.count, None))
        if spot is not None and _same_name(name, spot.element):
            self.found[spot] = self._at(parser)
        if self.open:
            self.open[-1][1] += 1
        self.open.append([self.count, 0])
        self.count += 1

    def _text(self, parser: expat.XMLParserType, text: str) -> None:
        spot = self.wanted.get((self.open[-1][0], self.open[-1][1]))
        if spot is not None and spot not in self.found and text.strip(_BLANK):
            blank = len(text) - len(text.lstrip(_BLANK))
            line, column = self._at(parser)
            self.found[spot] = line, column + blank

    def _at(self, parser: expat.XMLParserType) -> tuple[int, int]:
        line = parser.CurrentLineNumber
        return line, parser.CurrentColumnNumber + 1 - (self.mark if line == 1 else 0)


def _same_name(name: str, element: etree._Element) -> bool:
    """Whether the file still says what was parsed: it may have changed since."""
    return name.rpartition(":")[2] == etree.QName(element).localname
