"""Which tags of a file have no partner.

A parser takes every end tag for that of the innermost open element, so that one forgotten `</p>` makes it complain of
each end tag that comes later. Here an end tag that fits further out closes what is open in between, and each element
that was cut off so is told of once, at the place where it begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

_OPAQUE = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))  # where a < begins no tag
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*+(?:\[[^\]]*+\]\s*+)?>")
_TAG = re.compile(r"""<(/?)([^\s<>/!?="'&]++|(?<=/)(?=>))((?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>""")
_COMPARED = 100  # letters of a name
_ALIKE = 0.6  # from here on one name may be a slip for the other


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag; line and column count from 1."""

    name: str
    line: int
    column: int
    ends: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A start tag that was `cut` off by the end tag of something around it, or by the end of the file (None).

    Or an end tag for which nothing is open: `cut` is then the start tag that it may be meant for, if any.
    """

    tag: Tag
    cut: Tag | None


def unpaired(text: str) -> Iterator[Unpaired]:
    """The tags of an XML file that have no partner."""
    pairing = _Pairing()
    for tag in tags(text):
        if tag.ends:
            yield from pairing.end(tag)
        elif not tag.empty:
            yield from pairing.start(tag)
    yield from pairing.settle()
    if pairing.open:  # of those around it nobody knows whether they would have been closed
        yield Unpaired(pairing.open[-1], None)


@dataclass(slots=True)
class _Pairing:
    """The elements that are open, how many of each name; and of those that were cut off, how many of each name.

    The last that was cut off is held back for as long as its end tag may be a slip: `<p>one <hi>two</p> three</p>`.
    """

    open: list[Tag] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    cut_off: Counter[str] = field(default_factory=Counter)
    held: tuple[Tag, Tag] | None = None  # what was cut off, and by which end tag
    depth: int = 0  # of what it was in

    def start(self, tag: Tag) -> Iterator[Unpaired]:
        if self.held and self.held[1].name == tag.name:
            yield from self.settle()
        self.open.append(tag)
        self.names[tag.name] += 1

    def end(self, tag: Tag) -> Iterator[Unpaired]:
        if self.names[tag.name]:
            yield from self._close(tag)
        elif self.cut_off[tag.name]:
            self.cut_off[tag.name] -= 1  # two elements overlap, which has been told
        elif self.held and self.held[1].name == tag.name:
            meant, slip = self.held
            self.cut_off[meant.name] -= 1
            self.held = None
            yield Unpaired(slip, meant)
        else:
            near = self.open[-1] if self.open else None
            meant_for = near if near and (not tag.name or _alike(near.name, tag.name)) else None
            if meant_for:
                self.names[self.open.pop().name] -= 1
            yield Unpaired(tag, meant_for)

    def _close(self, tag: Tag) -> Iterator[Unpaired]:
        cut = []
        while self.open[-1].name != tag.name:
            cut.append(self.open.pop())
            self.cut_off[cut[-1].name] += 1
            self.names[cut[-1].name] -= 1
        self.names[self.open.pop().name] -= 1
        if cut or len(self.open) < self.depth:
            yield from self.settle()
        if len(cut) == 1:
            self.held, self.depth = (cut[0], tag), len(self.open)
        else:
            yield from (Unpaired(each, tag) for each in cut)

    def settle(self) -> Iterator[Unpaired]:
        """What is held back is what it seems."""
        if self.held:
            yield Unpaired(*self.held)
            self.held = None


def _alike(name: str, other: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, name[:_COMPARED].lower(), other[:_COMPARED].lower()).ratio() >= _ALIKE


@dataclass(slots=True)
class _Place:
    """Turns offsets into lines and columns, as long as they grow."""

    text: str
    offset: int = 0
    line: int = 1
    start: int = 0  # of the line

    def at(self, offset: int) -> tuple[int, int]:
        self.line += self.text.count("\n", self.offset, offset)
        self.start = max(self.start, self.text.rfind("\n", self.offset, offset) + 1)
        self.offset = offset
        return self.line, offset - self.start + 1


def tags(text: str) -> Iterator[Tag]:
    """The tags of a file in their order. What looks like none is passed over."""
    first = text.find("<!DOCTYPE")
    doctype = _DOCTYPE.match(text, first) if first >= 0 else None
    place, offset = _Place(text), text.find("<")
    while offset >= 0:
        end = doctype.end() if doctype and offset == first else _end_of_opaque(text, offset)
        if end is None:
            tag = _TAG.match(text, offset)
            end = tag.end() if tag else offset + 1
            if tag:
                line, column = place.at(offset)
                yield Tag(tag[2], line, column, ends=bool(tag[1]), empty=tag[3].endswith("/"))
        offset = text.find("<", end)


def _end_of_opaque(text: str, offset: int) -> int | None:
    """Where a comment, CDATA section or processing instruction ends; the end of the file if it does not."""
    for begin, end in _OPAQUE:
        if text.startswith(begin, offset):
            found = text.find(end, offset + len(begin))
            return len(text) if found < 0 else found + len(end)
    return None
