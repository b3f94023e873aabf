"""The sources that a TEI header describes (TEI P5, 2.2.7 and 3.12)."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath

from lxml import etree

from edition.diagnostics import Location
from edition.model import Credit, Source, Stated
from edition.tei.names import NAMESPACES, local, tei
from edition.tei.words import as_read

_KINDS = ("bibl", "biblStruct", "biblFull", "msDesc")
_OUTER = " and ".join(f"not(ancestor::tei:{kind})" for kind in _KINDS)
_SOURCES = " | ".join(f"tei:teiHeader/tei:fileDesc/tei:sourceDesc//tei:{kind}[{_OUTER}]" for kind in _KINDS)
# What a manuscript has is said of it alone, not of the prints and copies that its description also names.
_TITLE = {"msDesc": "tei:msContents/tei:msItem/tei:title", "": ".//tei:title"}
_NUMBERS = {"msDesc": "tei:msIdentifier/tei:idno", "": ".//tei:idno[not(ancestor::tei:series)]"}
_KEEPER = " | ".join(f"tei:msIdentifier/tei:{part}" for part in ("settlement", "institution", "repository"))
_NAMES = " | ".join(f".//tei:{name}" for name in ("persName", "orgName", "name", "editor"))


def sources(root: etree._Element, path: str) -> Iterator[Source]:
    """Each source, in the order of the file; of several titles the first: the article's, not the journal's."""
    for element in root.xpath(_SOURCES, namespaces=NAMESPACES):
        kind = "msDesc" if local(element) == "msDesc" else ""
        yield Source(
            location=Location(path, element.sourceline),
            title=next(_stated(element, path, _TITLE[kind]), None),
            publisher=None if kind else next(_stated(element, path, ".//tei:publisher"), None),
            numbers=tuple(_numbers(element, path, _NUMBERS[kind])),
            people=() if kind else tuple(_people(element, path)),
            files=tuple(_files(element, path)),
            keeper=", ".join(said.value for said in _stated(element, path, _KEEPER)) if kind else "",
        )


def _stated(source: etree._Element, path: str, where: str) -> Iterator[Stated]:
    for element in source.xpath(where, namespaces=NAMESPACES):
        if value := as_read(element):
            yield Stated(value, Location(path, element.sourceline))


def _numbers(source: etree._Element, path: str, where: str) -> Iterator[tuple[str, Stated]]:
    for element in source.xpath(where, namespaces=NAMESPACES):
        if value := as_read(element):
            yield element.get("type", "").lower(), Stated(value, Location(path, element.sourceline))


def _people(source: etree._Element, path: str) -> Iterator[Credit]:
    """Names with what they did: as `role`, in the `resp` beside, or in the words before them."""
    for element in source.xpath(_NAMES, namespaces=NAMESPACES):
        name, beside = as_read(element), element.getparent()
        roles = [] if beside is None else [as_read(resp) for resp in beside.findall("tei:resp", NAMESPACES)]
        role = element.get("role") or "; ".join(roles) or _words_before(element)
        if (
            name
            and role
            and not (local(element) == "editor" and element.find("tei:persName", NAMESPACES) is not None)
        ):
            yield Credit(Stated(name, Location(path, element.sourceline)), role, element.tag != tei("orgName"))


def _words_before(element: etree._Element) -> str:
    previous, around = element.getprevious(), element.getparent()
    text = previous.tail if previous is not None else around.text if around is not None else ""
    return " ".join((text or "").split())


def _files(source: etree._Element, path: str) -> Iterator[str]:
    """Files that the source is said to be in: `<ref target="original.xml">`."""
    for target in source.xpath(".//tei:ref/@target | .//tei:ptr/@target", namespaces=NAMESPACES):
        for address in target.split():
            file = address.partition("#")[0]
            if file and ":" not in file:
                yield normpath(join(dirname(path), file))
