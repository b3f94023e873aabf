"""What a drawing (SVG) wants from elsewhere: WeasyPrint leaves it out of the picture without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from edition.tei.names import is_element

_ADDRESSES = ("href", "{http://www.w3.org/1999/xlink}href", "src", "data", "poster")  # of SVG, and of HTML within
_ASKED_FOR = frozenset(("image", "a"))  # the first comes to the fetcher, the second opens nothing
_IMPORT = re.compile(r"@import\s+(?:url\(\s*)?[\"']?([^\"')\s;]+)", re.IGNORECASE)
_URL = re.compile(r"url\(\s*[\"']?([^\"')\s]+)", re.IGNORECASE)
# What takes nothing from elsewhere that is left out: fonts come to the fetcher.
_ASIDE = re.compile(r"/\*.*?\*/|@font-face\s*\{[^}]*\}|@namespace[^;]*;", re.DOTALL | re.IGNORECASE)
_STYLESHEET = re.compile(r"\bhref\s*=\s*[\"']([^\"']*)[\"']")


def left_out(content: bytes) -> Iterator[tuple[str, int]]:
    """The addresses in a drawing, each with its line, that a print does not follow; nothing of what is no SVG."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return
    if etree.QName(root).localname != "svg":
        return
    for node in (*root.itersiblings(preceding=True), *root.iter()):
        for address in _addresses(node):
            if not address.startswith(("#", "data:")):
                yield address, node.sourceline or 1


def _addresses(node: etree._Element) -> Iterator[str]:
    if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-stylesheet":
        yield from _STYLESHEET.findall(node.text or "")
    elif is_element(node):
        name = etree.QName(node).localname
        if name == "style":
            style = _ASIDE.sub(" ", "".join(node.itertext()))
            yield from _IMPORT.findall(style)
            yield from _URL.findall(style)
        if name not in _ASKED_FOR:
            yield from filter(None, map(node.get, _ADDRESSES))
        yield from (each for value in node.attrib.values() for each in _URL.findall(str(value)))
