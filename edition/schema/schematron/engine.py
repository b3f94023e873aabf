"""Running a translated schema with SaxonC-HE, and finding in the file what it found.

Saxon is an extra (`edition-toolkit[schematron]`, some 100 MB). It gets the document as text that was parsed before,
without its DOCTYPE, and may open nothing: no files, no network, no functions from elsewhere. What a schema reads
beside the document is parsed here as well, if it lies in the edition or the schema's folder (see `prologue`). Saxon
is started when the first document is judged, not before: a process that is forked cannot use its parent's.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import unescape

from lxml import etree

from edition.diagnostics import Diagnostic
from edition.errors import EditionError, UsageError
from edition.schema.catalogs import local_file
from edition.schema.faults import Fault
from edition.schema.findings import findings
from edition.schema.places import Spot
from edition.schema.schematron import prologue, reading, saxon
from edition.schema.schematron.numbered import Numbered
from edition.schema.schematron.rules import rule_for
from edition.schema.schematron.stylesheet import Stylesheet
from edition.schema.schematron.translating import translate
from edition.tei.parse import Document, read

if TYPE_CHECKING:
    from saxonche import PyXsltExecutable

_CORRECT = "correct the XPath in the schema; only doc() and document() may read files, of the edition or beside it"
_MAX_FURTHER = 50  # runs for the sake of other documents
_WANTED = re.compile(rf"{prologue.WANTED}\s+\[([^\]]+)\]")
_LONGEST_MESSAGE = 2_000  # characters: a rule may make its message of a whole document


def load(file: Path, path: str, phase: str = "") -> SchematronSchema:
    """The rules in `file`, a Schematron schema or a RELAX NG or XSD that has some; `phase` chooses among them.

    Raises UsageError where SaxonC-HE is missing or the phase is, EditionError, with the place, for a broken schema.
    """
    schema = SchematronSchema(file, path, translate(reading.read(file, path), phase))
    try:
        import saxonche as saxonche
    except ImportError as error:
        raise UsageError(
            f"{path}: Schematron needs SaxonC-HE, and it is not installed",
            advice="pip install 'edition-toolkit[schematron]', or name other schemas with --schema",
        ) from error
    return schema


@dataclass(frozen=True, slots=True)
class _Shelved:
    """A document that Saxon may have, and its node there; false for one that cannot be read."""

    document: Document
    node: Any


class SchematronSchema:
    """A Schematron schema that was translated."""

    def __init__(self, file: Path, path: str, stylesheet: Stylesheet) -> None:
        self.path = path
        self._file = file.resolve()
        self._stylesheet = stylesheet

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Which rules a document breaks, in reading order. One that could not be parsed is passed.

        Raises EditionError for a schema that cannot be compiled, and for a rule that cannot be evaluated.
        """
        if document.root is None:
            return
        own = _address(document.file)
        shelf = {own: _Shelved(document, _node(document.root, own))}
        answer = list(_parsed(self._run(document, shelf)))
        for each in answer:
            if each.tag == "e":
                raise self._failed(each, document)
        homes: dict[str, list[etree._Element]] = {}
        for each in answer:
            homes.setdefault(each.get("d", own), []).append(each)
        for address, found in homes.items():
            home = shelf[address].document
            places = Numbered(home, found)
            yield from findings(home, (self._fault(each, places.of(each)) for each in found))

    def _run(self, document: Document, shelf: dict[str, _Shelved]) -> str:
        """What the stylesheet says, once all that it reads is on the shelf."""
        from saxonche import PySaxonApiError

        executable = self._executable
        executable.set_parameter(
            f"{{{prologue.OURS}}}schema", saxon.processor().make_string_value(_address(self._file))
        )
        for _ in range(_MAX_FURTHER):
            nodes = {saxon.processor().make_string_value(address): each.node for address, each in shelf.items()}
            executable.set_parameter(f"{{{prologue.OURS}}}documents", saxon.processor().make_map(nodes))
            error = None
            with saxon.overheard() as words, saxon.interruptible():
                try:
                    said = executable.transform_to_string(xdm_node=shelf[_address(document.file)].node) or "<found/>"
                except PySaxonApiError as raised:
                    said, error = str(raised), raised
            wanted = {unescape(address) for address in _WANTED.findall(said)} - set(shelf)
            if not wanted and error:
                raise self._trouble([said, *words], f"cannot be evaluated for {document.path}") from error
            if not wanted:
                return str(said)
            shelf.update({address: self._further(address, document) for address in wanted})
        raise EditionError(
            f"{self.path}: the rules want more than {_MAX_FURTHER} documents for {document.path}",
            advice="let them read fewer",
        )

    def _further(self, address: str, document: Document) -> _Shelved:
        """Another document, if it lies in the folder of the schema or the one that is checked, and is sound."""
        file, root = local_file(address), _root(document)
        folders = (self._file.parent, document.file.resolve().parent, root.resolve())
        if file is not None and any(file.resolve().is_relative_to(folder) for folder in folders):
            with contextlib.suppress(EditionError):
                found = read(file, Path(os.path.relpath(file, root)).as_posix())
                if found.root is not None:
                    return _Shelved(found, _node(found.root, address))
        return _Shelved(document, saxon.processor().make_boolean_value(False))

    def _fault(self, found: etree._Element, spot: Spot) -> Fault:
        assertion = self._stylesheet.assertions[int(found.get("n", "0"))]
        message, *hints = (_in_one_line("".join(map(str, part.itertext()))) for part in found)
        if assertion.see:
            hints.append(f"see {assertion.see}")
        message = message or "a rule is broken"
        attribute = found.get("a", "")  # of several that break one rule each is told
        if attribute and not re.search(rf"(?<![\w:.-]){re.escape(attribute)}(?![\w:-])", message):
            message = f"{message} (the attribute {attribute})"
        return Fault(rule_for(assertion.role), spot, message, "; ".join(filter(None, hints)))

    def _failed(self, found: etree._Element, document: Document) -> EditionError:
        place = self._stylesheet.assertions[int(found.get("n", "0"))].place
        what = f"{place}: this rule cannot be evaluated for {document.path}"
        return EditionError(f"{what}: {_in_one_line(found.text or '')}", advice=_CORRECT)

    @cached_property
    def _executable(self) -> PyXsltExecutable:
        from saxonche import PySaxonApiError

        processor = saxon.processor().new_xslt30_processor()
        try:
            return processor.compile_stylesheet(stylesheet_text=self._stylesheet.text)
        except PySaxonApiError as error:
            raise self._trouble([str(error)], "cannot be compiled") from error

    def _trouble(self, heard: Sequence[str], what: str) -> EditionError:
        """Saxon's words, at the place in the schema that the line of the stylesheet was made from."""
        said = "\n".join(heard)
        lines = map(int, re.findall(r"on line (\d+)", said))  # where it happened, then from where that was called
        place = next(filter(None, map(self._stylesheet.origin, lines)), "")
        return EditionError(f"{place or self.path}: the rules {what}: {saxon.reason(said)}", advice=_CORRECT)


def _in_one_line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_MESSAGE else f"{words[:_LONGEST_MESSAGE]}…"


def _address(file: Path) -> str:
    return file.resolve().as_uri()


def _node(root: etree._Element, address: str) -> Any:
    """The document for Saxon, under an address."""
    builder = saxon.processor().new_document_builder()
    builder.set_base_uri(address)
    return builder.parse_xml(xml_text=_as_text(root))


def _root(document: Document) -> Path:
    """The folder that paths are relative to, as far as the document's own path tells; else its own folder."""
    file, parts = document.file.absolute(), PurePosixPath(document.path).parts
    is_below = not PurePosixPath(document.path).is_absolute() and file.parts[-len(parts) :] == parts
    return file.parents[len(parts) - 1] if is_below else file.parent


def _as_text(root: etree._Element) -> str:
    """The document without its DOCTYPE and XML declaration, with the comments and instructions around its root."""
    before: list[Any] = list(root.itersiblings(preceding=True))
    around = [*reversed(before), root, *root.itersiblings()]
    return "".join(etree.tostring(node, encoding="unicode", with_tail=False) for node in around)


def _parsed(said: str) -> etree._Element:
    return etree.fromstring(
        said.encode("utf-8"), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    )
