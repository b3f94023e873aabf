"""Looking over a finished PDF: what it promises, read from the file itself and not from what made it.

PDF/A and PDF/UA are judged by page, which knows all that a program can judge of them; before it by pikepdf and by our
own rules, which know the place. Others are asked where they are on the PATH. Whether all text is there none can know.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

from lxml import etree

from edition.config import CONFIG_NAME
from edition.diagnostics import Diagnostic, Location
from edition.printing.archival import Description
from edition.printing.checkers import ARCHIVAL, PDF_A, PDF_UA, asked, judged
from edition.printing.embedded import badly_embedded
from edition.printing.finished import Finished, Tag
from edition.printing.legible import complete, seen
from edition.printing.promise import Promise
from edition.printing.reading import labels_as_printed, read_aloud
from edition.printing.rows import Row
from edition.printing.rules import (
    NOT_ACCESSIBLE,
    NOT_ARCHIVAL,
    NOT_JUDGED,
    OUT_OF_STEP,
    STYLES,
)

_HERE = Location(CONFIG_NAME)
_MAY_BE_EMPTY = frozenset(("TD", "TH"))  # a cell is one though it has no words
_EACH = 5  # findings of one kind that are told one by one
_UA_MARK = re.compile(
    rb"<pdfuaid:part>.*?</pdfuaid:part>|<pdfaExtension:schemas>.*?</pdfaExtension:schemas>", re.DOTALL
)
_UA_NAMES = re.compile(rb' xmlns:(?:pdfuaid|pdfaExtension|pdfaSchema|pdfaProperty)="[^"]*"')
_SILENT = re.compile('<img src="([^"]*)" alt=""/>')
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True)


def look_over(data: bytes, promise: Promise) -> list[Diagnostic]:
    """What is wrong with an archival PDF."""
    finished = Finished.of(data)
    with finished.pdf:
        accessible = [
            *_pictures(promise.rows),
            *_accessible(finished, promise.said),
            *read_aloud(finished, promise.rows, promise.order),
        ]
        found = [
            *complete(finished.tags, promise),
            *seen(finished, promise),
            *(badly_embedded(finished, promise.families) if promise.families else ()),
            *_in_step(finished.tags, promise),
            *_described(finished, promise.said),
        ]
        archival = list(_archival(finished))
    # What tells the same again, without the place, is asked only where nothing was found.
    found += archival or judged(data, PDF_A)
    found += accessible or judged(data, PDF_UA)
    return [*found, *asked(data, ARCHIVAL)]


# PDF/A


def _archival(finished: Finished) -> Iterator[Diagnostic]:
    """PDF/A-3b by pikepdf's check, which knows no 3a and no PDF/UA: it is given the file without these claims.

    What 3a asks for beyond 3b are tags, languages and Unicode (ISO 19005-3, 6.7), which are looked at elsewhere.
    """
    import pikepdf.pdfa

    metadata = finished.root.Metadata
    claims = metadata.read_bytes()
    plain = _UA_NAMES.sub(b"", _UA_MARK.sub(b"", claims))
    metadata.write(plain.replace(b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<"))
    report = pikepdf.pdfa.check(finished.pdf, "3b")
    for rule, is_broken in ((NOT_ARCHIVAL, True), (NOT_JUDGED, False)):
        said = dict.fromkeys(
            f"{found.message} ({found.rule})"
            for found in report.findings
            if (found.kind == "violation" or found.rule.startswith("ISO")) == is_broken
        )
        if said:
            yield rule.finding(f"PDF/A-3: {'; '.join(list(said)[:_EACH])}", _HERE, hint=STYLES)


def _described(finished: Finished, said: Description) -> Iterator[Diagnostic]:
    """What libraries and readers ask for though no standard does: who and what it is, labels, sources."""
    root = finished.root
    metadata = root.Metadata.read_bytes() if "/Metadata" in root else b"<x/>"
    attached = {name: each.relationship for name, each in finished.pdf.attachments.items()}
    shown = root.get("/ViewerPreferences", {})
    wanted = {
        "both its claims, PDF/A-3a and PDF/UA-1": b"<pdfaid:conformance>A<" in metadata
        and b"pdfuaid:part" in metadata,
        "labels of its pages as they are printed": labels_as_printed(root),
        "its title above its window": "/DisplayDocTitle" in shown and bool(shown.DisplayDocTitle),
        "its sources": len(attached) == len(said.sources)
        and all(str(each) == "/Source" for each in attached.values()),
        "pages side by side, as the book opens": not said.faces or root.get("/PageLayout") == "/TwoPageRight",
        **_stated(metadata, said),
    }
    for what, holds in wanted.items():
        if not holds:
            yield NOT_ARCHIVAL.finding(f"the file lacks {what}", _HERE)


def _stated(metadata: bytes, said: Description) -> dict[str, bool]:
    """Which of the statements on the edition its metadata have, word for word."""
    found = {each.text for each in etree.fromstring(metadata, _SAFE).iter() if each.text}
    wanted = {
        "title": [said.title],
        "creators": said.creators,
        "rights": [said.rights],
        "languages": said.languages,
        "identifier": [said.identifier],
    }
    return {f"its {what} in XMP": {*filter(None, values)} <= found for what, values in wanted.items()}


# PDF/UA


def _accessible(finished: Finished, said: Description) -> Iterator[Diagnostic]:
    tags = list(finished.tags.walk())
    yield from _told("text that is neither tagged nor an artifact", [page + 1 for page in finished.unmarked])
    empty = (tag for tag in tags if not tag.pages and not tag.kids and tag.role not in _MAY_BE_EMPTY)
    yield from _told("an empty tag", [tag.role for tag in empty])
    ids = Counter(tag.id for tag in tags if tag.id)
    yield from _told("an id that is given twice", [each for each, times in ids.items() if times > 1])
    yield from _told("a note without id", [tag.text()[:20] for tag in tags if tag.role == "Note" and not tag.id])
    levels = [int(tag.role[1]) for tag in tags if re.fullmatch("H[1-6]", tag.role)]
    yield from _told("a skipped level of headings", [at for was, at in pairwise([0, *levels]) if at > was + 1])
    spoken = {tag.language for tag in tags if tag.language} | {str(finished.root.get("/Lang", ""))}
    yield from _told("no text in a language it has", sorted({*said.languages} - spoken))


def _pictures(rows: Sequence[Row]) -> Iterator[Diagnostic]:
    """The pictures of the texts that nobody describes."""
    for block in (block for row in rows for side in row.sides for block in side):
        for address in _SILENT.findall(block.html):
            yield NOT_ACCESSIBLE.finding(
                f"the picture {unquote(unescape(address))} has no words for those who cannot see it",
                block.location,
                hint="add <figDesc> to its <figure>",
            )


def _told(what: str, where: Sequence[object]) -> Iterator[Diagnostic]:
    if where:
        shown = ", ".join(str(each) for each in dict.fromkeys(where[:_EACH]))
        yield NOT_ACCESSIBLE.finding(f"the tags have {what}: {shown}", _HERE, hint=STYLES)


# Both texts


def _in_step(tags: Tag, promise: Promise) -> Iterator[Diagnostic]:
    """Whether the paragraphs of each row begin on one spread, or one page, as the file has them."""
    if promise.apart is None:
        return
    pages = {tag.id: tag.pages[0] for tag in _with_pages(tags) if tag.id}
    for row in promise.rows:
        firsts = [pages[side[0].id] for side in row.sides if side and side[0].id in pages]
        block = next(block for side in row.sides for block in side)
        if len(firsts) == 2 and (firsts[1] - firsts[0] != promise.apart or firsts[0] % 2 < promise.apart):
            what = f"original and translation of this {block.kind} begin on pages {firsts[0] + 1} and {firsts[1] + 1}"
            yield OUT_OF_STEP.finding(what, block.location, hint=STYLES)


def _with_pages(tags: Tag) -> Iterator[Tag]:
    return (tag for tag in tags.walk() if tag.pages)
