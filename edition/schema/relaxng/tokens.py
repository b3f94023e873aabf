"""A document as libxml2 writes it, parted before each tag, and the way back from a part to the element."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from edition.tei.parse import Piece

_SKIPPED = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_REFERENCE = re.compile(r"&(?:(lt|gt|quot|amp|apos)|#(\d+)|#x([0-9a-fA-F]+));")
_NAMED = {"lt": "<", "gt": ">", "quot": '"', "amp": "&", "apos": "'"}
_PIECE = 4 * 1024**2  # letters that are parted at once; their tokens take three times as much memory
_ODD_BINDING = re.compile(r"""(xmlns[^\s=<>"']*=)(?:'([^']*)'|"([^"]*[<>][^"]*)")""")


def pieces(root: etree._Element) -> Iterator[tuple[list[str], str]]:
    """The document parted before each tag: `p n="1">Text`, `/p>More`. Comments and instructions are taken out.

    Mostly in one piece. Of a large document, in several, each with how the next begins.
    """
    text = _written(root)
    start = 1
    while (end := text.find("<", start + _PIECE)) > 0:
        yield text[start:end].split("<"), text[end + 1]
        start = end + 1
    yield text[start:].split("<"), ""


def growing(read: Iterable[Piece]) -> Iterator[tuple[list[str], str]]:
    """The same of a document that is read piece by piece. What follows its last start tag so far may still grow."""
    for piece in read:
        written = _written(piece.root)[1:].split("<")
        end = len(written)
        if not piece.is_last:
            end = next(at for at in reversed(range(end)) if written[at][0] != "/")
        if piece.begun < end:
            yield written[piece.begun : end], "" if piece.is_last else written[end][0]


def _written(root: etree._Element) -> str:
    text = etree.tostring(root, encoding="unicode", with_tail=False)
    if "<!" in text or "<?" in text:
        text = _SKIPPED.sub(lambda found: _escaped(found[1] or ""), text)
    if "='" in text or ("xmlns" in text and _ODD_BINDING.search(text)):
        text = _ODD_BINDING.sub(lambda found: f'{found[1]}"{_escaped(found[2] or found[3] or "")}"', text)
    return text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def unescaped(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    named, decimal, hexadecimal = found.groups()
    return _NAMED[named] if named else chr(int(decimal or hexadecimal, 10 if decimal else 16))


@dataclass(frozen=True, slots=True)
class Misfit:
    """Where a document is not valid: its element with this number in reading order, or the text in it.

    `child` is as in `places.Spot`: the text after that many children. Where `ends`, the element must not end yet.
    `expected` are the names that the schema has at this place.
    """

    number: int
    child: int | None = None
    ends: bool = False
    expected: tuple[str, ...] = ()


def misfit(written: Iterable[str], *, is_text: bool) -> Misfit:
    """What the last of these tokens, at which a document was given up, belongs to."""
    number, token = -1, ""
    open_elements: list[list[int]] = [[-1, 0]]  # numbers, and children so far
    element = [-1, 0]
    for token in written:
        tag = token.partition(">")[0]
        if tag[0] == "/":
            element = open_elements.pop()
            continue
        number += 1
        open_elements[-1][1] += 1
        element = [number, 0]
        if tag[-1] != "/":
            open_elements.append(element)
    if is_text:
        return Misfit(open_elements[-1][0], open_elements[-1][1])
    return Misfit(element[0], ends=token[0] == "/")
