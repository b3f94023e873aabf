"""The file for a printer: PDF/X-4 (ISO 15930-7), black as black ink alone, with the trim and the marks to trim by.

The printer says for which paper and press it is, with an ICC profile that the edition keeps. Pages are those of the
archival file; what is only for the screen is left out.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from edition.config import CONFIG_NAME
from edition.diagnostics import Diagnostic, Location
from edition.printing.archival import Description, packet
from edition.printing.finished import Finished
from edition.printing.rules import NOT_FOR_PRINTERS

if TYPE_CHECKING:
    from weasyprint import Document

_BLEED = 8.504  # pt, 3 mm
_SLUG = 28.346  # pt, 10 mm: what the sheet has around the page
_GAP, _MARK = 11.339, 14.173  # pt: where marks begin, outside the bleed, and how long they are
_HAIRLINE = 0.25  # pt
_RGB = re.compile(rb"(\S+) (\S+) (\S+) (rg|RG)")
_BLACK = {b"rg": b"k", b"RG": b"K"}
_COLOURS = re.compile(rb"(?<=\s)(rg|RG|sh)(?=\s)|/(?:DeviceRGB|CalRGB)(?=\s)")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_HERE = Location(CONFIG_NAME)


def is_for_print(profile: bytes) -> bool:
    """Whether these are the bytes of an ICC profile of a CMYK press (ISO 15076-1, 7.2)."""
    return profile[36:40] == b"acsp" and profile[16:20] == b"CMYK" and profile[12:16] == b"prtr"


def write_for_printers(document: Document, said: Description, profile: bytes, identifier: bytes) -> bytes:
    """The PDF/X-4 of a document. The same input gives the same bytes."""

    def finish(_: Document, pdf: Any) -> None:
        _finish(pdf, said, profile, identifier)

    document.metadata.attachments = []
    return bytes(document.write_pdf(pdf_version="1.6", pdf_identifier=identifier, finisher=finish))


def _finish(pdf: Any, said: Description, profile: bytes, identifier: bytes) -> None:
    import pydyf

    destination = pydyf.Stream([profile], pydyf.Dictionary({"N": 4}), compress=True)
    metadata = pydyf.Stream([_metadata(said, identifier)], {"Type": "/Metadata", "Subtype": "/XML"}, compress=False)
    pdf.add_object(destination)
    pdf.add_object(metadata)
    name = _name(profile)
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFX", "DestOutputProfile": destination.reference}
    intent |= {"OutputConditionIdentifier": pydyf.String(name), "Info": pydyf.String(name)}
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])
    pdf.catalog["Metadata"] = metadata.reference
    pdf.info["Trapped"] = "/False"
    for key in ("Names", "Outlines"):
        pdf.catalog.pop(key, None)
    for reference in pdf.pages["Kids"][::3]:
        page = pdf.objects[reference]
        page.pop("Annots", None)  # none may lie within the bleed (6.17)
        _set_boxes(page)
        content = pdf.objects[int(page["Contents"].split()[0])].stream
        content[:] = [_in_ink(each) for each in content] + [_marks(page)]
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and "Interpolate" in thing.extra:
            thing.extra["Interpolate"] = "false"


def _in_ink(operation: Any) -> Any:
    """Greys in black ink alone; any other colour stays, and is found when the file is looked over."""
    found = _RGB.fullmatch(operation) if isinstance(operation, bytes) else None
    if found is None or not found[1] == found[2] == found[3]:
        return operation
    return b"0 0 0 %.4g %b" % (1 - float(found[1]), _BLACK[found[4]])


def _set_boxes(page: Any) -> None:
    import pydyf

    left, top, right, bottom = page["TrimBox"]
    for name, more in (("MediaBox", _SLUG), ("BleedBox", _BLEED), ("TrimBox", 0.0)):
        page[name] = pydyf.Array([left - more, top - more, right + more, bottom + more])


def _marks(page: Any) -> bytes:
    """Marks at the four corners, outside the bleed. What was painted before has turned the page upside down."""
    left, low, right, high = (float(each) for each in page["TrimBox"])
    lines = []
    for x, away in ((left, -1), (right, 1)):
        for y, up in ((low, -1), (high, 1)):
            lines.append(f"{x + away * _GAP:.3f} {y:.3f} m {x + away * (_GAP + _MARK):.3f} {y:.3f} l S")
            lines.append(f"{x:.3f} {y + up * _GAP:.3f} m {x:.3f} {y + up * (_GAP + _MARK):.3f} l S")
    height = high + low
    return f"q 1 0 0 -1 0 {height:.3f} cm 0 0 0 1 K {_HAIRLINE} w {' '.join(lines)} Q".encode()


def _name(profile: bytes) -> str:
    """What a profile calls itself, in its tag `desc`: text of version 2, or that of version 4."""
    for at in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12):
        if profile[at : at + 4] == b"desc":
            start, size = (int.from_bytes(profile[at + by : at + by + 4], "big") for by in (4, 8))
            data = profile[start : start + size]
            if data[:4] == b"desc":
                return data[12 : 11 + int.from_bytes(data[8:12], "big")].decode("ascii", "replace")
            length, offset = (int.from_bytes(data[by : by + 4], "big") for by in (20, 24))
            return data[offset : offset + length].decode("utf-16-be", "replace")
    return "Custom"


def _metadata(said: Description, identifier: bytes) -> bytes:
    document = uuid.uuid5(uuid.NAMESPACE_URL, identifier.decode("ascii"))
    return packet(
        said,
        {
            "pdfxid:GTS_PDFXVersion": "PDF/X-4",
            "pdf:Trapped": "False",
            "xmpMM:DocumentID": f"uuid:{document}",
            "xmpMM:VersionID": "1",
            "xmpMM:RenditionClass": "default",
        },
    )


def look_over_for_printers(data: bytes) -> list[Diagnostic]:
    """What keeps a file from being PDF/X-4, as far as it can be made so by an edition or its styles."""
    finished = Finished.of(data)
    with finished.pdf:
        faults = list(dict.fromkeys(_faults(finished)))
    hint = "use black, greys and pictures without colour in print.stylesheets"
    return [NOT_FOR_PRINTERS.finding(f"PDF/X-4: {fault}", _HERE, hint=hint) for fault in faults]


def _faults(finished: Finished) -> Iterator[str]:
    root = finished.root
    intents = root.get("/OutputIntents", [])
    if len(intents) != 1 or str(intents[0].S) != "/GTS_PDFX":
        yield "no output intent, or several (6.2)"
    elif not is_for_print(intents[0].DestOutputProfile.read_bytes()):
        yield "the profile of its output intent is not that of a CMYK press (6.2)"
    if b"PDF/X-4" not in root.Metadata.read_bytes():
        yield "the metadata do not say what it is (6.5)"
    if str(finished.pdf.docinfo.get("/Trapped", "")) != "/False":
        yield "it does not say whether it is trapped (6.6)"
    for number, page in enumerate(finished.pdf.pages, 1):
        yield from (f"page {number} {fault}" for fault in _faults_of_page(page.obj))
    for thing in finished.pdf.objects:
        if isinstance(thing, finished.dictionaries):
            yield from _faults_of_thing(thing)


def _faults_of_page(page: Any) -> Iterator[str]:
    boxes = [[float(each) for each in page[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")]
    for outer, inner in pairwise(boxes):
        if not (outer[0] <= inner[0] < inner[2] <= outer[2] and outer[1] <= inner[1] < inner[3] <= outer[3]):
            yield "has boxes that do not lie within each other (6.10)"
    if "/Annots" in page:
        yield "has links (6.17)"
    if found := _COLOURS.search(page.Contents.read_bytes()):
        yield f"has a colour of the screen ({found[0].decode()}; 6.4)"


def _faults_of_thing(thing: Any) -> Iterator[str]:
    """What is wrong with a picture or a font."""
    if thing.get("/Subtype") == "/Image" and str(thing.get("/ColorSpace")) not in ("/DeviceGray", "/DeviceCMYK"):
        yield "a picture has colours of the screen (6.4)"
    if thing.get("/Type") == "/FontDescriptor" and not any(name in thing for name in _FONT_FILES):
        yield f"the font {thing.get('/FontName')} is not in the file (6.3)"
