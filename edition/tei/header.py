"""What a TEI header states of its edition (TEI P5, 2.2 to 2.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from edition.diagnostics import Location
from edition.model import Credit, Header, Setting, Stated
from edition.tei.names import NAMESPACES, XML_LANG, local, tei
from edition.tei.sources import sources
from edition.tei.words import as_read

_FILE = "tei:teiHeader/tei:fileDesc"
_TITLES = f"{_FILE}/tei:titleStmt/tei:title"
_PUBLICATION = f"{_FILE}/tei:publicationStmt"
# What the text is about (TEI P5, 2.4.1 and 15.2.3): when and where it came to be, when and where it is set.
_ABOUT = " | ".join(f"tei:teiHeader/tei:profileDesc/tei:{part}//tei:{{0}}" for part in ("creation", "settingDesc"))


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
        credits=tuple(_credits(root, path)),
        dates=tuple(_dates(root, path)),
        places=tuple(_places(root, path)),
        terms=tuple(_stated(root, path, f"{_PUBLICATION}/tei:availability/tei:p")),
        sources=tuple(sources(root, path)),
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


_STATEMENTS = " | ".join(f"{_FILE}/tei:titleStmt/tei:{who}" for who in ("respStmt", "editor", "sponsor", "principal"))


def _credits(root: etree._Element, path: str) -> Iterator[Credit]:
    """Who did what, by titleStmt: in a respStmt each name for all that it says (TEI P5, 2.2.1)."""
    for statement in root.xpath(_STATEMENTS, namespaces=NAMESPACES):
        roles = [as_read(resp) for resp in statement.findall("tei:resp", NAMESPACES)]
        named = statement.xpath("tei:persName | tei:orgName | tei:name", namespaces=NAMESPACES) or [statement]
        for element in named:
            name = as_read(element)
            if name and (element is not statement or not roles):
                yield Credit(
                    Stated(name, Location(path, element.sourceline)),
                    "; ".join(role for role in roles if role) or local(statement),
                    element.tag != tei("orgName") and element.get("type") != "org",
                    next((address for address in element.get("ref", "").split() if "://" in address), ""),
                )


def _dates(root: etree._Element, path: str) -> Iterator[Stated]:
    """The dates that the text is about; a range has a slash between its ends (ISO 8601-1, 5.5)."""
    for element in root.xpath(_ABOUT.format("date"), namespaces=NAMESPACES):
        ends = [element.get(end, "") for end in ("from", "to")]
        value = element.get("when") or ("/".join(ends) if all(ends) else "")
        if value:
            yield Stated(" ".join(value.split()), Location(path, element.sourceline))


def _places(root: etree._Element, path: str) -> Iterator[Setting]:
    """The places that the text is about; the point of one stands beside its name (TEI P5, 13.3.4)."""
    for element in root.xpath(_ABOUT.format("placeName"), namespaces=NAMESPACES):
        name, beside = as_read(element), element.getparent()
        geo = None if beside is None else beside.find("tei:location/tei:geo", NAMESPACES)
        if name:
            yield Setting(Stated(name, Location(path, element.sourceline)), None if geo is None else _point(geo))


def _point(geo: etree._Element) -> tuple[float, float] | None:
    """Latitude and longitude; None for what is no such pair, or in another system."""
    numbers = re.fullmatch(r"\s*(-?\d{1,2}(?:\.\d+)?)[\s,]+(-?\d{1,3}(?:\.\d+)?)\s*", geo.text or "")
    if not numbers or geo.get("decls"):
        return None
    latitude, longitude = float(numbers[1]), float(numbers[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


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
