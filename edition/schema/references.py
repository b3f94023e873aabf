"""Ids and pointers: every xml:id once in its file, every pointer to something that is there.

No schema language says this of pointers: to XSD and RELAX NG a `who` is text that looks like a URI, so that a
speaker who was renamed in the person list stays behind in the turns, valid and meaning nobody.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from lxml import etree

from edition.diagnostics import Diagnostic, Severity
from edition.rules import declare
from edition.schema.faults import Fault
from edition.schema.findings import findings
from edition.schema.places import Spot
from edition.schema.shelf import UNFIT, Shelf, Wrong
from edition.schema.wording import quoted
from edition.tei.names import TEI_NAMESPACE, XML_ID, local
from edition.tei.parse import Document
from edition.tei.pointers import Target, follow, is_id, is_pointer, prefixes_of, split
from edition.tei.shells import shells_of

_SPACE = "write %20 for the space, or take it away"
_MAX_KNOWN = 2_000  # attributes of one file whose pointers are remembered

DUPLICATE_ID = declare(
    "REF101",
    "duplicate-id",
    Severity.ERROR,
    """An xml:id is used once in its file (XML 1.0, section 3.3.1; xml:id 1.0).

    A pointer to an id that stands twice leads to the first or to the second, as each program likes.

    Wrong: `<person xml:id="mao">` … `<person xml:id="mao">`

    Right: `<person xml:id="mao">` … `<person xml:id="maoanying">`
    """,
)

BAD_ID = declare(
    "REF102",
    "bad-id",
    Severity.ERROR,
    """An xml:id is a name: it begins with a letter or _ and has no spaces and no colons (xml:id 1.0, section 4).

    Many programs do not take anything else for an id, and then no pointer to it leads anywhere.

    Wrong: `<sp xml:id="12">`

    Right: `<sp xml:id="t12">`
    """,
)


Elsewhere = tuple[str, str | None]  # the path of another file, and an id in it


def leads_on(document: Document, root: Path, pointers: Iterable[Elsewhere]) -> bool:
    """Whether pointers from a document to other files still lead somewhere, as they did when they were noted."""
    targets = (Target(f"{path}#{name}" if name else path, path, name) for path, name in pointers)
    return all_lead_on(document, root, targets)


def all_lead_on(document: Document, root: Path, targets: Iterable[Target], ids: Collection[str] = ()) -> bool:
    """Whether all targets of a document's pointers are there; `ids` are its own, where its tree is not here."""
    shelf = Shelf(root, [document])
    shelf.hold(document.path, ids)
    return all(shelf.wrong(target, document.path) is None for target in targets)


def elsewhere(document: Document) -> Iterator[Elsewhere]:
    """The pointers of a document to other files, each once."""
    if document.root is not None:
        yield from outward(document.path, (target for *_, target in _pointers(document, document.root)))


def outward(path: str, targets: Iterable[Target]) -> Iterator[Elsewhere]:
    """Those of the targets that lie in other files than `path`, each once."""
    seen = set()
    for target in targets:
        place = target.path, target.id
        if place[0] is not None and place[0] != posixpath.normpath(path) and place not in seen:
            seen.add(place)
            yield place[0], place[1]


def check(documents: Sequence[Document], root: Path, beside: Sequence[str] = ()) -> Iterator[Diagnostic]:
    """Findings about the ids and pointers of all documents, in the reading order of each.

    Paths of documents are relative to `root`. A file that a pointer names and that is not among the documents is
    parsed if it lies inside `root` or in the folder of a document, for its ids alone. Documents that could not be
    parsed are passed over. `beside` are further files that hints may name; they are opened when a hint is wanted.
    """
    shelf = Shelf(root, documents, beside)
    for document in documents:
        shells = shells_of(document)
        if shells is not None:
            shelf.hold(document.path, shells.ids)
        if document.root is not None:
            faults = chain(_id_faults(document.root), _pointer_faults(document, document.root, shelf))
            yield from findings(document, faults)


def _id_faults(root: etree._Element) -> Iterator[Fault]:
    first: dict[str, etree._Element] = {}
    for element in root.iter(etree.Element):
        written = element.get(XML_ID)
        if written is None:
            continue
        name = written.strip()
        if not is_id(name):
            message = f"xml:id={quoted(written)} of <{local(element)}> is no name"
            hint = "begin with a letter or _, and use letters, digits, hyphens, underscores and dots"
            yield Fault(BAD_ID, Spot(element), message, hint)
        elif name in first:
            message = f"xml:id={quoted(name)} of <{local(element)}> is taken, by <{local(first[name])}>"
            yield Fault(DUPLICATE_ID, Spot(element), message, "give one of them another id", Spot(first[name]))
        else:
            first[name] = element


def _pointer_faults(document: Document, root: etree._Element, shelf: Shelf) -> Iterator[Fault]:
    prefixes = prefixes_of(root)
    sign: tuple[etree._Element, str] | None = None  # where a # stands alone: what follows is its id
    for element, name, word, target in _pointers(document, root):
        is_id_of_sign, sign = sign == (element, name), (element, name) if word == "#" else None
        if is_id_of_sign:
            continue
        unfit = target.path is None and word.partition(":")[0] in prefixes
        wrong = UNFIT if unfit else shelf.wrong(target, document.path)
        if wrong and _is_torn(word, element.get(name, "")):
            wrong = Wrong(wrong.rule, "is cut off from the address before it by a space", _SPACE)
        if wrong:
            message = f"{name}={quoted(word)} of <{local(element)}> {wrong.what}"
            yield Fault(wrong.rule, Spot(element), message, wrong.hint, about=(name, word))


def _is_torn(word: str, value: str) -> bool:
    """Whether what leads to no file may be the end of an address of the web: `http://example.org/two words.pdf`."""
    before = split(value[: value.find(word)])
    is_of_the_web = bool(before) and before[0].lower().startswith(("http://", "https://"))
    return is_of_the_web and "#" not in word and not word.lower().endswith(".xml")


def _pointers(document: Document, root: etree._Element) -> Iterator[tuple[etree._Element, str, str, Target]]:
    """Pointers are those of TEI elements; what other vocabularies mean by `ref` or `target` is theirs.

    Each with its element and attribute, as it is written, and where it leads.
    """
    prefixes = prefixes_of(root)
    known: dict[tuple[str, str], tuple[tuple[str, Target], ...]] = {}  # a speaker is pointed to hundreds of times
    for element in root.iter(f"{{{TEI_NAMESPACE}}}*"):
        for attribute in element.items():
            found = known.get(attribute)
            if found is None:
                name, value = attribute
                words = [word for word in split(value) if is_pointer(name, word)]
                found = tuple((word, follow(word, document.path, prefixes)) for word in words)
                if len(known) >= _MAX_KNOWN:
                    known.clear()
                known[attribute] = found
            for word, target in found:
                yield element, attribute[0], word, target
