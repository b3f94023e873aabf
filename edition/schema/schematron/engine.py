"""Running a translated schema with SaxonC-HE, and finding in the file what it found.

Saxon is an extra (`edition-toolkit[schematron]`, some 100 MB). It gets the document as text that was parsed before,
without its DOCTYPE, and may open nothing: no files, no network, no functions from elsewhere. It is started when the
first document is judged, not before: a process that is forked cannot use its parent's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from edition.diagnostics import Diagnostic
from edition.errors import EditionError, UsageError
from edition.schema.faults import Fault
from edition.schema.findings import findings
from edition.schema.places import Spot
from edition.schema.schematron import reading
from edition.schema.schematron.rules import rule_for
from edition.schema.schematron.translating import Stylesheet, translate
from edition.tei.parse import Document

if TYPE_CHECKING:
    from saxonche import PySaxonProcessor, PyXsltExecutable

_CORRECT = "correct the XPath in the schema; what reads other files is not allowed"
_FEATURES = {
    "http://saxon.sf.net/feature/standardErrorOutputFile": os.devnull,
    "http://saxon.sf.net/feature/allowedProtocols": "",
    "http://saxon.sf.net/feature/allow-external-functions": "off",
}


def load(file: Path, path: str, phase: str = "") -> SchematronSchema:
    """The rules in `file`, a Schematron schema or a RELAX NG or XSD that has some; `phase` chooses among them.

    Raises UsageError where SaxonC-HE is missing or the phase is, EditionError, with the place, for a broken schema.
    """
    schema = SchematronSchema(path, translate(reading.read(file, path), phase))
    try:
        import saxonche as saxonche
    except ImportError as error:
        raise UsageError(
            f"{path}: Schematron needs SaxonC-HE, and it is not installed",
            advice="pip install 'edition-toolkit[schematron]', or name other schemas with --schema",
        ) from error
    return schema


class SchematronSchema:
    """A Schematron schema that was translated."""

    def __init__(self, path: str, stylesheet: Stylesheet) -> None:
        self.path = path
        self._stylesheet = stylesheet

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Which rules a document breaks, in reading order. One that could not be parsed is passed.

        Raises EditionError for a schema that cannot be compiled, and for a rule that cannot be evaluated.
        """
        if document.root is not None:
            yield from findings(document, self._faults(document, document.root))

    def _faults(self, document: Document, root: etree._Element) -> Iterator[Fault]:
        from saxonche import PySaxonApiError

        builder = _saxon().new_document_builder()
        builder.set_base_uri(document.file.resolve().as_uri())
        executable = self._executable
        try:
            node = builder.parse_xml(xml_text=_as_text(root))
            found = executable.transform_to_string(xdm_node=node)
        except PySaxonApiError as error:
            raise self._trouble(str(error), f"cannot be evaluated for {document.path}") from error
        yield from self._read(found or "<found/>", root, document.path)

    def _read(self, found: str, root: etree._Element, path: str) -> Iterator[Fault]:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        places = _Places(root)
        for each in etree.fromstring(found.encode("utf-8"), parser):
            assertion = self._stylesheet.assertions[int(each.get("n", "0"))]
            if each.tag == "e":
                reason = " ".join((each.text or "").split())
                raise EditionError(
                    f"{assertion.place}: this rule cannot be evaluated for {path}: {reason}", advice=_CORRECT
                )
            message, *hints = (" ".join("".join(map(str, part.itertext())).split()) for part in each)
            if assertion.see:
                hints.append(f"see {assertion.see}")
            spot = Spot(places.element(each.get("p", "")))
            yield Fault(rule_for(assertion.role), spot, message or "a rule is broken", "; ".join(filter(None, hints)))

    @cached_property
    def _executable(self) -> PyXsltExecutable:
        from saxonche import PySaxonApiError

        processor = _saxon().new_xslt30_processor()
        try:
            return processor.compile_stylesheet(stylesheet_text=self._stylesheet.text)
        except PySaxonApiError as error:
            raise self._trouble(str(error), "cannot be compiled") from error

    def _trouble(self, said: str, what: str) -> EditionError:
        """Saxon's words, at the place in the schema that the line of the stylesheet was made from."""
        line = re.search(r"on line (\d+)", said)
        place = self._stylesheet.origin(int(line[1])) if line else ""
        words = [each for each in said.splitlines() if each.strip() and not re.search(r"on line \d+|^Errors? ", each)]
        reason = re.sub(r"^\s*[A-Z]{4}\d{4}\s+", "", words[0]) if words else " ".join(said.split())
        return EditionError(f"{place or self.path}: the rules {what}: {reason.strip()}", advice=_CORRECT)


@cache
def _saxon() -> PySaxonProcessor:
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    for name, value in _FEATURES.items():
        processor.set_configuration_property(name, value)
    return processor


def _as_text(root: etree._Element) -> str:
    """The document without its DOCTYPE and XML declaration, with the comments and instructions around its root."""
    before: list[Any] = list(root.itersiblings(preceding=True))
    around = [*reversed(before), root, *root.itersiblings()]
    return "".join(etree.tostring(node, encoding="unicode", with_tail=False) for node in around)


class _Places:
    """Elements by their positions, as `1/4/2`: of the root, of its fourth child, of that one's second."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._children: dict[etree._Element, list[etree._Element]] = {}

    def element(self, path: str) -> etree._Element:
        """The root where there is no path, as for the document itself."""
        found = self._root
        for step in path.split("/")[1:]:
            if found not in self._children:
                self._children[found] = list(found.iterchildren(etree.Element))
            found = self._children[found][int(step) - 1]
        return found
