"""What a TEI header states of its edition (TEI P5, 2.2 to 2.4)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from edition.diagnostics import Location
from edition.model import Header, Stated
from edition.tei.names import NAMESPACES, XML_LANG
from edition.tei.words import as_read

_FILE = "tei:teiHeader/tei:fileDesc"
_TITLES = f"{_FILE}/tei:titleStmt/tei:title"
_PUBLICATION = f"{_FILE}/tei:publicationStmt"


def header(root: etree._Element, path: str) -> Header:
    """The header of the file `path`. What it does not say is None or empty."""
    return Header(
        path=path,
        title=_first(root, path, f"{_TITLES}[@type='main'] | {_TITLES}[not(@type)]"),
        subtitle=_first(root, path, f"{_TITLES}[@type='sub']"),
        version=_first(root, path, f"{_FILE}/tei:editionStmt/tei:edition", "n"),
        date=_first(root, path, f"{_PUBLICATION}/tei:date", "when"),
        publisher=_first(root, path, f"{_PUBLICATION}/tei:publisher"),
        licence=tuple(_stated(root, path, f"{_PUBLICATION}//tei:licence", "target")),
        responsible=tuple(_stated(root, path, _RESPONSIBLE)),
        identifiers=tuple(_stated(root, path, f"{_PUBLICATION}/tei:idno")),
    )


_RESPONSIBLE = " | ".join(
    f"{_FILE}/tei:titleStmt/{who}"
    for who in (
        "tei:author",
        "tei:editor",
        "tei:respStmt/tei:persName",
        "tei:respStmt/tei:orgName",
        "tei:respStmt/tei:name",
    )
)


def _first(root: etree._Element, path: str, where: str, attribute: str = "") -> Stated | None:
    return next(_stated(root, path, where, attribute), None)


def _stated(root: etree._Element, path: str, where: str, attribute: str = "") -> Iterator[Stated]:
    for element in root.xpath(where, namespaces=NAMESPACES):
        value = " ".join(element.get(attribute, "").split()) if attribute else as_read(element)
        if value:
            yield Stated(value, Location(path, element.sourceline))


def language(root: etree._Element) -> str | None:
    """The language of the text: of `text`, else of the whole file, else the one that langUsage names."""
    text = root.find("tei:text", NAMESPACES)
    stated = text.get(XML_LANG) if text is not None else None
    if stated or root.get(XML_LANG):
        return stated or root.get(XML_LANG)
    used = root.findall("tei:teiHeader/tei:profileDesc/tei:langUsage/tei:language", NAMESPACES)
    return used[0].get("ident") if len(used) == 1 else None
