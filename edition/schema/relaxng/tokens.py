"""A document as libxml2 writes it, parted before each tag, and the way back from a part to the element."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

_SKIPPED = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_PIECE = 4 * 1024**2  # bytes that are parted at once; their tokens take three times as much memory
_LONGEST_TAG = 10_000  # letters of a tag that is read as it was written
_PLAIN = re.compile(r"""[^\s"'=]+(?: [^\s"'=]+="[^"\n\t]*")*/?""")
_ATTRIBUTE = re.compile(r"""\s+([^\s"'=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TAG = re.compile(rf"""([^\s"'=/]+)((?:{_ATTRIBUTE.pattern})*)\s*(/?)""")
_TAGS = re.compile(rf"""<([^\s<>"'=/!?]+)((?:{_ATTRIBUTE.pattern})+)""")
_ODD_BINDING = re.compile(rb"""xmlns[^\s=<>"']*="[^"]*[<>]""")


def pieces(root: etree._Element) -> Iterator[tuple[list[str], str]]:
    """The document parted before each tag: `p n="1">Text`, `/p>More`. Comments and instructions are taken out.

    Mostly in one piece. Of a large document, in several, each with how the next begins.
    """
    data = _written(root)
    start = 1
    while (end := data.find(b"<", start + _PIECE)) > 0:
        yield data[start:end].decode().split("<"), chr(data[end + 1])
        start = end + 1
    yield data[start:].decode().split("<"), ""


def _written(root: etree._Element) -> bytes:
    """In bytes: one letter beyond Latin 1 would double a text, or more."""
    data = etree.tostring(root, encoding="utf-8", xml_declaration=False, with_tail=False)
    if b"<!" in data or b"<?" in data:
        data = _SKIPPED.sub(lambda found: _escaped((found[1] or b"").decode()).encode(), data)
    if b"='" in data or (b"xmlns" in data and _ODD_BINDING.search(data)):
        data = _TAGS.sub(_with_even_bindings, data.decode()).encode()
    return data


def _with_even_bindings(tag: re.Match[str]) -> str:
    """A start tag whose bindings are written like its attributes; libxml2 escapes nothing in them."""
    attributes = (
        f' {name}="{_escaped(one or two) if name.partition(":")[0] == "xmlns" else one}"'
        for name, one, two in _ATTRIBUTE.findall(tag[2])
    )
    return "".join(("<", tag[1], *attributes))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def plain(tag: str) -> str | None:
    """A start tag as libxml2 would write it; None for a long one, and for one that a > in a value has cut off."""
    if len(tag) > _LONGEST_TAG:
        return None
    if _PLAIN.fullmatch(tag):
        return tag
    found = _TAG.fullmatch(tag)
    if found is None:
        return None
    attributes = (f' {name}="{_spaced(one or two)}"' for name, one, two in _ATTRIBUTE.findall(found[2]))
    return "".join((found[1], *attributes, found[6]))


def _spaced(value: str) -> str:
    """A value, whose white space counts as spaces (XML 1.0, section 3.3.3)."""
    return value.replace("\n", " ").replace("\t", " ").replace('"', "&quot;")


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
