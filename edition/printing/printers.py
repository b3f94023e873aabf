"""The file for a printer: PDF/X-4 (ISO 15930-7), black as black ink alone, with the trim and the marks to trim by.

The printer says for which paper and press it is, with an ICC profile. Pages are those of the archival file; what is
only for the screen is left out, and its colours become inks.
"""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from edition.config import CONFIG_NAME
from edition.diagnostics import Diagnostic, Location
from edition.printing.archival import Description, packet
from edition.printing.checkers import PRINTERS, asked
from edition.printing.finished import FONT_FILES, Finished
from edition.printing.inks import Inks, into_inks
from edition.printing.profiles import Profile, understood
from edition.printing.rules import NOT_FOR_PRINTERS

if TYPE_CHECKING:
    from pikepdf import Pdf

_BLEED = 8.504  # pt, 3 mm
_SLUG = 28.346  # pt, 10 mm: what the sheet has around the page
_GAP, _MARK = 11.339, 14.173  # pt: where marks begin, outside the bleed, and how long they are
_HAIRLINE = 0.25  # pt
_REGISTER = "http://www.color.org"
_COLOURS = re.compile(rb"(?<!\S)(?:(rg|RG)|/(\S+)\s+(?:cs|CS))(?!\S)")
_KEPT = {"/Type", "/Pages", "/Lang", "/PageLabels"}
_TAGS = re.compile(rb"^(?:/\w+\n(?:<<.*>>\nBDC|BMC)|EMC)\n", re.MULTILINE)
_INKS = ("DeviceGray", "DeviceCMYK", "Pattern")
_ACTIVE = ("/AcroForm", "/OpenAction", "/AA", "/Names")
_HERE = Location(CONFIG_NAME)


def write_for_printers(archival: bytes, said: Description, inks: Inks) -> bytes:
    """The PDF/X-4 of an archival file. The same input gives the same bytes."""
    import pikepdf

    with pikepdf.open(io.BytesIO(archival)) as pdf:
        root: Any = pdf.Root
        for key in set(root.keys()) - _KEPT:
            del root[key]
        root.Metadata = pikepdf.Stream(pdf, _metadata(said, str(pdf.trailer.ID[0])))
        root.Metadata.update({"/Type": pikepdf.Name.Metadata, "/Subtype": pikepdf.Name.XML})
        root.OutputIntents = pikepdf.Array([_intent(pdf, inks.profile)])
        pdf.docinfo["/Trapped"] = pikepdf.Name("/False")
        into_inks(pdf, inks)
        for page in pdf.pages:
            _set_for_trimming(page.obj)
        written = io.BytesIO()
        pdf.save(
            written, force_version="1.6", deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return written.getvalue()


def _intent(pdf: Pdf, profile: Profile) -> Any:
    """For which press it is: by the registered name of its condition, else as the profile describes it (6.2)."""
    import pikepdf

    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFX,
        DestOutputProfile=pikepdf.Stream(pdf, profile.content, N=4),
        OutputConditionIdentifier=profile.condition or profile.name,
        Info=profile.name,
    )
    if profile.condition:
        intent.RegistryName = pikepdf.String(_REGISTER)
    return intent


def _set_for_trimming(page: Any) -> None:
    """Without what is for the screen, with a bleed and marks around it."""
    import pikepdf

    for key in ("/Annots", "/StructParents", "/Tabs"):  # no annotation may lie within the bleed (6.17)
        if key in page:
            del page[key]
    left, low, right, high = trim = [float(each) for each in page.TrimBox]
    for name, more in (("/MediaBox", _SLUG), ("/BleedBox", _BLEED), ("/TrimBox", 0.0)):
        page[name] = pikepdf.Array([left - more, low - more, right + more, high + more])
    page.Contents.write(_TAGS.sub(b"", page.Contents.read_bytes()) + _marks(trim))


def _marks(trim: Sequence[float]) -> bytes:
    """Marks at the four corners, outside the bleed. What was painted before has turned the page upside down."""
    left, low, right, high = trim
    lines = []
    for x, away in ((left, -1), (right, 1)):
        for y, up in ((low, -1), (high, 1)):
            lines.append(f"{x + away * _GAP:.3f} {y:.3f} m {x + away * (_GAP + _MARK):.3f} {y:.3f} l S")
            lines.append(f"{x:.3f} {y + up * _GAP:.3f} m {x:.3f} {y + up * (_GAP + _MARK):.3f} l S")
    return f"\nq 1 0 0 -1 0 {low + high:.3f} cm 0 0 0 1 K {_HAIRLINE} w {' '.join(lines)} Q".encode()


def _metadata(said: Description, identifier: str) -> bytes:
    document = uuid.uuid5(uuid.NAMESPACE_URL, identifier)
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
    hint = "write colours as rgb() or by their names in print.stylesheets"
    found = [NOT_FOR_PRINTERS.finding(f"PDF/X-4: {fault}", _HERE, hint=hint) for fault in faults]
    return [*found, *asked(data, PRINTERS)]


def _faults(finished: Finished) -> Iterator[str]:
    yield from _faults_of_intent(finished.root)
    if b"PDF/X-4" not in finished.root.Metadata.read_bytes():
        yield "the metadata do not say what it is (6.5)"
    if str(finished.pdf.docinfo.get("/Trapped", "")) != "/False":
        yield "it does not say whether it is trapped (6.6)"
    if "/ID" not in finished.pdf.trailer or finished.pdf.is_encrypted:
        yield "it has no identifier, or a password (6.7)"
    if any(name in finished.root for name in _ACTIVE):
        yield "it has forms, actions or files (6.17)"
    for number, page in enumerate(finished.pdf.pages, 1):
        yield from (f"page {number} {fault}" for fault in _faults_of_page(page.obj))
    for thing in finished.pdf.objects:
        if isinstance(thing, finished.dictionaries):
            yield from _faults_of_thing(thing)


def _faults_of_intent(root: Any) -> Iterator[str]:
    intents = root.get("/OutputIntents", [])
    if len(intents) != 1 or str(intents[0].S) != "/GTS_PDFX":
        yield "no output intent, or several (6.2)"
    elif understood(intents[0].DestOutputProfile.read_bytes()) is None:
        yield "the profile of its output intent is not that of a CMYK press (6.2)"
    elif not all(str(intents[0].get(name, "")) for name in ("/OutputConditionIdentifier", "/Info")):
        yield "its output intent does not name the press (6.2)"


def _faults_of_page(page: Any) -> Iterator[str]:
    names = ("/MediaBox", "/BleedBox", "/TrimBox")
    if not all(name in page for name in names):
        yield "does not say where it is trimmed (6.10)"
        return
    for outer, inner in pairwise([[float(each) for each in page[name]] for name in names]):
        if not (outer[0] <= inner[0] < inner[2] <= outer[2] and outer[1] <= inner[1] < inner[3] <= outer[3]):
            yield "has boxes that do not lie within each other (6.10)"
    if "/Annots" in page:
        yield "has links (6.17)"
    yield from (f"has a colour of the screen ({colour}; 6.4)" for colour in _colours(page.Contents.read_bytes()))


def _colours(content: bytes) -> Iterator[str]:
    """The operators and colour spaces of a stream that are not those of inks."""
    for operator, space in set(_COLOURS.findall(content)):
        if space.decode("ascii", "replace") not in (*_INKS, ""):
            yield space.decode("ascii", "replace")
        elif operator:
            yield operator.decode()


def _faults_of_thing(thing: Any) -> Iterator[str]:
    """What is wrong with a picture, a group, a gradient or a font."""
    kind = str(thing.get("/Subtype", thing.get("/Type", "")))
    spaces: list[str] = []
    if kind == "/Image" or "/ShadingType" in thing:
        spaces = [str(thing.get("/ColorSpace"))[1:]]
    elif kind in ("/Form", "/Pattern") and "/Length" in thing:
        spaces = list(_colours(thing.read_bytes()))
    if any(space not in _INKS for space in spaces):
        yield "a picture has colours of the screen (6.4)"
    if "/Group" in thing and str(thing.Group.get("/CS", "/DeviceCMYK"))[1:] not in _INKS:
        yield "a group of transparent things blends in colours of the screen (6.4)"
    if thing.get("/Type") == "/FontDescriptor" and not any(name in thing for name in FONT_FILES):
        yield f"the font {thing.get('/FontName')} is not in the file (6.3)"
