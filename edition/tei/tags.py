"""Which tags of a file have no partner.

A parser takes every end tag for that of the innermost open element, so that one forgotten `</p>` makes it complain of
each end tag that comes later. Here an end tag that fits further out closes what is open in between, and each element
that was cut off so is told of once, at the place where it begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_OPAQUE = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))  # where a < begins no tag
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*+(?:\[[^\]]*+\]\s*+)?>")
_TAG = re.compile(r"""<(/?)([^\s<>/!?="'&]++)((?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>""")
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
    open_: list[Tag] = []
    names: Counter[str] = Counter()
    cut_off: Counter[str] = Counter()
    for tag in tags(text):
        if tag.empty:
            continue
        if not tag.ends:
            open_.append(tag)
            names[tag.name] += 1
        elif names[tag.name]:
            while open_[-1].name != tag.name:
                cut_off[open_[-1].name] += 1
                names[open_[-1].name] -= 1
                yield Unpaired(open_.pop(), tag)
            names[open_.pop().name] -= 1
        elif cut_off[tag.name]:
            cut_off[tag.name] -= 1  # two elements overlap, which has been told
        else:
            meant = open_[-1] if open_ and _alike(open_[-1].name, tag.name) else None
            if meant:
                names[open_.pop().name] -= 1
            yield Unpaired(tag, meant)
    if open_:
        yield Unpaired(open_[-1], None)  # of those around it nobody knows whether they would have been closed


def _alike(name: str, other: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, name[:_COMPARED], other[:_COMPARED]).ratio() >= _ALIKE


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
