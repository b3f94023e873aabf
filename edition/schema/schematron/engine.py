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
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, dropwhile, takewhile
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
from edition.schema.schematron import prologue, reading
from edition.schema.schematron.rules import rule_for
from edition.schema.schematron.translating import Stylesheet, translate
from edition.tei.parse import Document, read

if TYPE_CHECKING:
    from saxonche import PySaxonProcessor, PyXsltExecutable

_CORRECT = "correct the XPath in the schema; only doc() and document() may read files, of the edition or beside it"
_MAX_HEARD = 10_000  # bytes of what Saxon says; the first line tells where
_MAX_FURTHER = 50  # runs for the sake of other documents
_WHERE = re.compile(r"on line \d+|^\s*Errors? ")
_FUNCTIONS = "Q{http://www.w3.org/2005/xpath-functions}"
_LONGEST_REASON = 400  # characters: values of the document may be among Saxon's words
_WANTED = re.compile(rf"{prologue.WANTED}\s+\[([^\]]+)\]")
_FEATURES = {
    "http://saxon.sf.net/feature/allowedProtocols": "",
    "http://saxon.sf.net/feature/allow-external-functions": "off",
}


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
            places = _Places(home, found)
            yield from findings(home, (self._fault(each, places.of(each)) for each in found))

    def _run(self, document: Document, shelf: dict[str, _Shelved]) -> str:
        """What the stylesheet says, once all that it reads is on the shelf."""
        from saxonche import PySaxonApiError

        executable = self._executable
        executable.set_parameter("__schema", _saxon().make_string_value(_address(self._file)))
        for _ in range(_MAX_FURTHER):
            nodes = {_saxon().make_string_value(address): each.node for address, each in shelf.items()}
            executable.set_parameter("__documents", _saxon().make_map(nodes))
            error = None
            with _overheard() as words, _interruptible():
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
        return _Shelved(document, _saxon().make_boolean_value(False))

    def _fault(self, found: etree._Element, spot: Spot) -> Fault:
        assertion = self._stylesheet.assertions[int(found.get("n", "0"))]
        message, *hints = (" ".join("".join(map(str, part.itertext())).split()) for part in found)
        if assertion.see:
            hints.append(f"see {assertion.see}")
        message = message or "a rule is broken"
        attribute = found.get("a", "")  # of several that break one rule each is told
        if attribute and not re.search(rf"(?<![\w:.-]){re.escape(attribute)}(?![\w:-])", message):
            message = f"{message} (the attribute {attribute})"
        return Fault(rule_for(assertion.role), spot, message, "; ".join(filter(None, hints)))

    def _failed(self, found: etree._Element, document: Document) -> EditionError:
        place, reason = (
            self._stylesheet.assertions[int(found.get("n", "0"))].place,
            " ".join((found.text or "").split()),
        )
        return EditionError(f"{place}: this rule cannot be evaluated for {document.path}: {reason}", advice=_CORRECT)

    @cached_property
    def _executable(self) -> PyXsltExecutable:
        from saxonche import PySaxonApiError

        processor = _saxon().new_xslt30_processor()
        try:
            return processor.compile_stylesheet(stylesheet_text=self._stylesheet.text)
        except PySaxonApiError as error:
            raise self._trouble([str(error)], "cannot be compiled") from error

    def _trouble(self, heard: Sequence[str], what: str) -> EditionError:
        """Saxon's words, at the place in the schema that the line of the stylesheet was made from."""
        said = "\n".join(heard)
        lines = map(int, re.findall(r"on line (\d+)", said))  # where it happened, then from where that was called
        place = next(filter(None, map(self._stylesheet.origin, lines)), "")
        return EditionError(f"{place or self.path}: the rules {what}: {_reason(said)}", advice=_CORRECT)


def _reason(said: str) -> str:
    """The first thing that Saxon says is wrong, which may go over several lines, without where and from where."""
    lines = [line for line in said.splitlines() if line.strip()]
    words = " ".join(takewhile(lambda line: not _WHERE.search(line), dropwhile(_WHERE.search, lines))) or said
    reason = " ".join(re.sub(r"^\s*[A-Z]{4}\d{4}\s", "", words).split()).replace(_FUNCTIONS, "")
    reason = reason.removesuffix(". External function calls have been disabled").removesuffix(" before ...")
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[:_LONGEST_REASON]}…"


@cache
def _saxon() -> PySaxonProcessor:
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    for name, value in _FEATURES.items():
        processor.set_configuration_property(name, value)
    return processor


@contextlib.contextmanager
def _overheard() -> Iterator[list[str]]:
    """What Saxon writes to standard error, where it would be heard through our report; it says where errors are."""
    heard: list[str] = []
    sys.stderr.flush()
    ours = os.dup(2)
    with tempfile.TemporaryFile() as theirs:
        try:
            os.dup2(theirs.fileno(), 2)
            yield heard
        finally:
            os.dup2(ours, 2)
            os.close(ours)
            theirs.seek(0)
            heard.append(theirs.read(_MAX_HEARD).decode("utf-8", "replace"))


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Let an interruption end the process: Python's own waits for Saxon to return, and a rule may go on for ever.

    Also in a process that otherwise leaves it to its parent, which waits for it.
    """
    if threading.current_thread() is not threading.main_thread():  # only that one may say what signals do
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)


def _address(file: Path) -> str:
    return file.resolve().as_uri()


def _node(root: etree._Element, address: str) -> Any:
    """The document for Saxon, under an address."""
    builder = _saxon().new_document_builder()
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


class _Places:
    """Where nodes stand, by the numbers that the stylesheet gave them (see `prologue`)."""

    def __init__(self, document: Document, found: Sequence[etree._Element]) -> None:
        if document.root is None:
            raise ValueError("only documents that could be parsed are given to Saxon")
        wanted = {int(each.get(name, "0")) for each in found for name in ("p", "t")}
        self._root = document.root
        self._nodes = {number: node for number, node in enumerate(_counted(self._root), 1) if number in wanted}
        self._until: dict[etree._Element, dict[etree._Element, int]] = {}

    def of(self, found: etree._Element) -> Spot:
        """The spot of a node or text; the root stands for the document itself."""
        node, before = (
            self._nodes.get(int(found.get("p", "0")), self._root),
            self._nodes.get(int(found.get("t", "0"))),
        )
        return Spot(node) if before is None else Spot(node, self._children(node, before))

    def _children(self, parent: etree._Element, before: etree._Element) -> int:
        """How many child elements of `parent` come before the text that has `before` last before it."""
        if before is parent:
            return 0
        child = next(node for node in (before, *before.iterancestors()) if node.getparent() is parent)
        if parent not in self._until:
            counts = accumulate(isinstance(node.tag, str) for node in parent)
            self._until[parent] = dict(zip(parent, counts, strict=True))
        return self._until[parent][child]


def _counted(root: etree._Element) -> Iterator[etree._Element]:
    """Elements, comments and instructions of a document as they come, those around its root too."""
    yield from reversed(list(root.itersiblings(preceding=True)))
    yield from root.iter()
    yield from root.itersiblings()
