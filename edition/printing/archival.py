"""What makes a PDF one for archives: it says what it is, carries its sources, and opens as the book that it is.

PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) in one file. WeasyPrint writes one of the two; what the other asks
for, and what neither asks for though a library does, is added here before the file is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from weasyprint import Attachment

_TEI = "/application#2ftei+xml"  # RFC 6129
_OTHER = "/application#2fxml"
_NAMESPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_UA = "pdfuaid:part"
_CLAIMS = {"pdfaid:part": "3", "pdfaid:conformance": "A", _UA: "1"}
_PACKET = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n%b\n<?xpacket end="w"?>'


@dataclass(frozen=True, slots=True)
class Source:
    """A file that goes into the PDF: its path in the edition, its content, and what it is."""

    path: str
    content: bytes
    says: str


@dataclass(frozen=True, slots=True)
class Description:
    """What a PDF says of itself. `date` is in UTC; `languages` are BCP 47, that of the furniture first.

    One that `faces` opens as spreads, with its first page on the right, as a book does.
    """

    title: str
    creators: tuple[str, ...]
    publisher: str
    rights: str
    languages: tuple[str, ...]
    identifier: str
    date: datetime
    tool: str
    sources: tuple[Source, ...] = ()
    faces: bool = False


def attachments(said: Description) -> list[Attachment]:
    """The sources as files in the PDF, each with a name of its own (ISO 19005-3, 6.8)."""
    from weasyprint import Attachment

    return [
        Attachment(
            string=source.content,
            name=name,
            description=source.says,
            created=said.date,
            modified=said.date,
            relationship="Source",
        )
        for name, source in sorted(zip(_names(said.sources), said.sources, strict=True))
    ]


def _names(sources: Sequence[Source]) -> list[str]:
    """File names, with their folders where two are alike, but without slashes (ISO 32000-1, 7.11.2)."""
    names = [PurePosixPath(source.path).name for source in sources]
    return [
        source.path.replace("/", "-") if names.count(name) > 1 else name
        for name, source in zip(names, sources, strict=True)
    ]


def describe(pdf: Any, said: Description) -> None:
    """Finish a PDF that WeasyPrint has made as PDF/A-3b and that has tags."""
    import pydyf

    catalog = pdf.catalog
    metadata = _object(pdf, catalog["Metadata"])
    metadata.stream, metadata.compress = (
        [packet(said, _CLAIMS)],
        False,
    )  # so that archives find it without a PDF reader
    catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})
    if said.faces:
        catalog["PageLayout"] = "/TwoPageRight"
    catalog["PageMode"] = "/UseOutlines"
    if "AF" in catalog:
        catalog["AF"] = pydyf.Array(dict.fromkeys(catalog["AF"]))
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and thing.extra.get("Type") == "/EmbeddedFile":
            thing.extra["Subtype"] = _TEI if _is_tei(thing.stream[0]) else _OTHER
        elif isinstance(thing, pydyf.Stream) and "Interpolate" in thing.extra:
            thing.extra["Interpolate"] = "false"  # ISO 19005-3, 6.2.8
    _without_empty_resources(pdf)


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _is_tei(content: bytes) -> bool:
    return b"http://www.tei-c.org/ns/1.0" in content


def _without_empty_resources(pdf: Any) -> None:
    """Lists of resources without any are no fault, but no strict reader expects them."""
    for thing in pdf.objects:
        extra = thing if isinstance(thing, dict) else getattr(thing, "extra", {})
        if "ExtGState" in extra and "XObject" in extra:
            for name in [name for name, value in extra.items() if isinstance(value, dict) and not value]:
                del extra[name]


def packet(said: Description, claims: Mapping[str, str]) -> bytes:
    """The metadata as XMP (ISO 16684-1), with what a file claims to be beside what it says of itself."""
    top = etree.Element(_name("x:xmpmeta"), nsmap={"x": _NAMESPACES["x"]})
    rdf = etree.SubElement(top, _name("rdf:RDF"), nsmap=_used(claims))
    about = etree.SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})
    date = said.date.strftime("%Y-%m-%dT%H:%M:%SZ")
    simple = {
        **claims,
        "dc:format": "application/pdf",
        "dc:identifier": said.identifier,
        "xmp:CreateDate": date,
        "xmp:ModifyDate": date,
        "xmp:MetadataDate": date,
        "xmp:CreatorTool": said.tool,
        "pdf:Producer": _producer(),
        "xmpRights:Marked": "True" if said.rights else "",
    }
    for name, value in simple.items():
        if value:
            etree.SubElement(about, _name(name)).text = value
    _listed(about, "dc:title", "Alt", [said.title])
    _listed(about, "dc:creator", "Seq", said.creators)
    _listed(about, "dc:publisher", "Bag", [said.publisher])
    _listed(about, "dc:rights", "Alt", [said.rights])
    _listed(about, "dc:language", "Bag", said.languages)
    if _UA in claims:
        _extension(about)
    return _PACKET % etree.tostring(top, encoding="utf-8")


def _used(claims: Mapping[str, str]) -> dict[str, str]:
    """The namespaces that the metadata need."""
    names = {"rdf", "dc", "xmp", "pdf", "xmpRights", *(claim.partition(":")[0] for claim in claims)}
    names |= {name for name in _NAMESPACES if name.startswith("pdfa") and _UA in claims}
    return {name: _NAMESPACES[name] for name in _NAMESPACES if name in names}


def _producer() -> str:
    from weasyprint import VERSION

    return f"WeasyPrint {VERSION}"


def _listed(about: etree._Element, name: str, kind: str, values: Sequence[str]) -> None:
    if not any(values):
        return
    listed = etree.SubElement(etree.SubElement(about, _name(name)), _name(f"rdf:{kind}"))
    for value in values:
        item = etree.SubElement(listed, _name("rdf:li"))
        item.text = value
        if kind == "Alt":
            item.set("{http://www.w3.org/XML/1998/namespace}lang", "x-default")


def _extension(about: etree._Element) -> None:
    """The schema that PDF/UA's own property lacks in PDF/A (ISO 19005-3, 6.6.2.3)."""
    schemas = etree.SubElement(etree.SubElement(about, _name("pdfaExtension:schemas")), _name("rdf:Bag"))
    schema = _resource(schemas)
    identification = {
        "schema": "PDF/UA identification",
        "namespaceURI": _NAMESPACES["pdfuaid"],
        "prefix": "pdfuaid",
    }
    _say(schema, "pdfaSchema", identification)
    properties = etree.SubElement(etree.SubElement(schema, _name("pdfaSchema:property")), _name("rdf:Seq"))
    part = {"name": "part", "valueType": "Integer", "category": "internal", "description": "part of ISO 14289"}
    _say(_resource(properties), "pdfaProperty", part)


def _resource(listed: etree._Element) -> etree._Element:
    return etree.SubElement(listed, _name("rdf:li"), {_name("rdf:parseType"): "Resource"})


def _say(element: etree._Element, namespace: str, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        etree.SubElement(element, _name(f"{namespace}:{name}")).text = value


def _name(name: str) -> str:
    prefix, _, own = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{own}"
