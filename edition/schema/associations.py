"""Which schemas a document names itself, and where on this machine they lie.

A document names schemas by `<?xml-model?>` (the W3C note and ISO 19757-11), by xsi:schemaLocation and
xsi:noNamespaceSchemaLocation on its root, and by its DOCTYPE. The first two are both obeyed, since a grammar often
stands in one and rules in the other; the DOCTYPE only where neither is there, for it mostly stands for its entities.
Nothing is fetched: an address is looked up in the catalogs, a path is read from the document's folder.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urldefrag

from lxml import etree

from edition.errors import EditionError, UsageError
from edition.files import noting
from edition.schema.catalogs import Catalogs, from_environment
from edition.schema.files import finding_by
from edition.schema.languages import Schema, load
from edition.tei.doctype import entry, mapped_by
from edition.tei.parse import Document, read_bytes

_LONGEST_ADDRESS = 300  # characters that a message shows; which schema it is must be seen
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")  # two letters at least: C:\ is a disk
_SCHEMATRON = b"http://purl.oclc.org/dsdl/schematron"
_RULE = re.compile(rb"(?:<|\b[\w.-]+:)rule[\s>\[]")  # no other language of schemas has an element of this name
_LANGUAGE_OF = {  # schematypens and type of xml-model
    "http://relaxng.org/ns/structure/1.0": ".rng",
    "http://www.w3.org/2001/XMLSchema": ".xsd",
    "http://purl.oclc.org/dsdl/schematron": ".sch",
    "application/relax-ng-compact-syntax": ".rnc",
    "application/relax-ng+xml": ".rng",
    "application/schematron+xml": ".sch",
    "application/xml-dtd": ".dtd",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A schema as a document names it. `language` is a suffix, "" where the name itself must tell."""

    how: str
    address: str
    line: int | None
    language: str = ""
    phase: str = ""
    public: str = ""


def named_by(document: Document) -> tuple[Named, ...]:
    """The schemas that a document names, in its order; none for one that could not be parsed."""
    if document.root is None:
        return ()
    found = (*_models(document.root), *_locations(document.root))
    return found or tuple(_doctype(document.root))


def _models(root: etree._Element) -> Iterator[Named]:
    before = list(root.itersiblings(etree.ProcessingInstruction, preceding=True))
    for node in reversed(before):
        if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-model":
            said = {name: _unescaped(value) for name, value in node.attrib.items()}
            language = _language(said)
            phase = said.get("phase", "")
            if said.get("href", "").strip():
                yield Named("xml-model", said["href"].strip(), node.sourceline, language, phase)


def _unescaped(value: str) -> str:
    for written, meant in (("&quot;", '"'), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        value = value.replace(written, meant)
    return value


def _language(said: Mapping[str, str]) -> str:
    """As a suffix. RELAX NG has one schematypens for both its syntaxes, which the type or the name tells apart."""
    by_space, by_type = (_LANGUAGE_OF.get(said.get(name, ""), "") for name in ("schematypens", "type"))
    if by_space == ".rng":
        compact = by_type == ".rnc" or urldefrag(said.get("href", "").strip()).url.lower().endswith(".rnc")
        return ".rnc" if compact else ".rng"
    return by_space or by_type


def _locations(root: etree._Element) -> Iterator[Named]:
    namespace = etree.QName(root).namespace
    if namespace is None:
        where = root.get(f"{XSI}noNamespaceSchemaLocation", "").split()[:1]
    else:
        words = root.get(f"{XSI}schemaLocation", "").split()
        where = [address for name, address in zip(words[::2], words[1::2], strict=False) if name == namespace]
    for address in where:
        yield Named("xsi:schemaLocation", address, root.sourceline, ".xsd")


def _doctype(root: etree._Element) -> Iterator[Named]:
    told = root.getroottree().docinfo
    if told.system_url or told.public_id:
        yield Named("DOCTYPE", told.system_url or "", None, ".dtd", public=told.public_id or "")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A schema, and the files that it was made of."""

    schema: Schema
    files: frozenset[Path]

    @classmethod
    def of(cls, file: Path, path: str, language: str = "", phase: str = "") -> Loaded:
        """Raises what `languages.load` raises."""
        with noting() as files:
            schema = load(file, path, language, phase)
        return cls(schema, frozenset(files))

    @property
    def has_rules(self) -> bool:
        """Whether Schematron rules seem to stand in its files: a glance at their text, for a remark and no more."""
        texts = [read_bytes(file, file.name) for file in self.files]
        return any(_SCHEMATRON in text and _RULE.search(text) for text in texts)


@dataclass
class Library:
    """The schemas of a run, each loaded once. `root` is the folder that documents' paths are relative to."""

    root: Path
    catalogs: Catalogs
    _loaded: dict[tuple[Path, str, str], Loaded | EditionError] = field(default_factory=dict)

    def of(self, document: Document) -> list[Loaded]:
        """The schemas that a document names.

        Raises UsageError where it names none, or one that is not on this machine, and what `languages.load` raises.
        """
        named = named_by(document)
        if not named:
            raise _unnamed(document)
        return [self._load(each, *self._place(each, document)) for each in named]

    def given(self, name: str, language: str = "", phase: str = "") -> Loaded:
        """A schema of the command line: a file, or an address that a catalog knows.

        Raises UsageError for an address that none knows, and what `languages.load` raises.
        """
        file: Path | None = Path(name)
        if _SCHEME.match(name) and not Path(name).exists():
            file = self.catalogs.schema(name)
        if file is None:
            raise UsageError(
                f"{name}: it is not on this machine, and nothing is fetched from the network",
                advice=f'save it and give that, or a catalog that has <uri name="{name}" uri="FILE"/> with --catalog',
            )
        with looking_up(self.catalogs):
            return Loaded.of(file, name if file == Path(name) else self._path(file), language, phase)

    def _load(self, named: Named, file: Path, path: str) -> Loaded:
        language = named.language or PurePosixPath(path).suffix
        key = file.resolve(), language, named.phase
        if key not in self._loaded:
            try:
                with looking_up(self.catalogs):
                    self._loaded[key] = Loaded.of(file, path, language, named.phase)
            except EditionError as error:  # a broken schema is read once, not once for each of its documents
                self._loaded[key] = error
        found = self._loaded[key]
        if isinstance(found, EditionError):
            raise type(found)(found.message, advice=found.advice)
        return found

    def _place(self, named: Named, document: Document) -> tuple[Path, str]:
        """Where a schema lies, and what messages call it."""
        address = urldefrag(named.address).url
        mapped = self._mapped(named, document)
        if mapped is not None:
            if not mapped.is_file():
                raise _missing(named, document, f"the catalog leads to {mapped}, and there is no such file")
            return mapped, self._path(mapped)
        if not address or _SCHEME.match(address):
            raise _missing(named, document, "it is not on this machine, and nothing is fetched from the network")
        for written in dict.fromkeys((address, unquote(address))):
            file = document.file.parent / written
            if "\0" in written or not self._may_be_read(file):
                raise self._outside(named, document, file)
            if file.is_file():
                return file, self._path(file)
        raise _missing(named, document, "there is no such file")

    def _mapped(self, named: Named, document: Document) -> Path | None:
        base = document.file.resolve().parent.as_uri() + "/"
        whole = named.address if _SCHEME.match(named.address) else base + named.address
        ask: Callable[[str], Path | None] = self.catalogs.schema
        if named.how == "DOCTYPE":

            def ask(address: str) -> Path | None:
                return self.catalogs.external(named.public, address)

        return ask(named.address) or ask(whole)

    def _may_be_read(self, file: Path) -> bool:
        try:
            lies = file.resolve()
        except (OSError, RuntimeError):  # too long a name, a circle of links
            return False
        return any(lies.is_relative_to(folder) for folder in (self.root.resolve(), Path.cwd(), self._working_copy))

    @cached_property
    def _working_copy(self) -> Path:
        """The top of git's working copy that the folder lies in: who works in one of its folders has the others too.

        The folder itself where there is none.
        """
        own = self.root.resolve()
        return next((folder for folder in (own, *own.parents) if os.access(folder / ".git", os.F_OK)), own)

    def _outside(self, named: Named, document: Document, file: Path) -> UsageError:
        error, whole = _missing(named, document, "it lies outside the folder that is checked"), _whole(file)
        common = next((folder for folder in self.root.parents if whole.is_relative_to(folder)), self.root)
        if whole.is_relative_to(self.root) or common == Path(common.anchor):  # by a link, or far away
            return error
        return UsageError(error.message, advice=f"run it from {common}, where both lie, or {error.advice}")

    def _path(self, file: Path) -> str:
        """As the user would write it: from the folder that is checked if it lies there."""
        whole = _whole(file)
        return whole.relative_to(self.root).as_posix() if whole.is_relative_to(self.root) else whole.as_posix()


def _whole(file: Path) -> Path:
    """From the root of the disk, without .. and with links as they are."""
    return Path(os.path.normpath(file.absolute()))


def _unnamed(document: Document) -> UsageError:
    root = document.root
    others = "" if root is None else root.get(f"{XSI}schemaLocation", "").split()[::2]
    if root is not None and others:
        message = f"{document.path}:{root.sourceline}: its xsi:schemaLocation is for {others[0]}"
        space = etree.QName(root).namespace
        return UsageError(
            f"{message}, and its root is of {space or 'no namespace'}",
            advice=f'write xsi:schemaLocation="{space} FILE"'
            if space
            else 'write xsi:noNamespaceSchemaLocation="FILE"',
        )
    return UsageError(
        f"{document.path}: no schema is given, and the file names none; nothing can be called valid without",
        advice="add --schema FILE, or name it in the file by <?xml-model?>, xsi:schemaLocation or DOCTYPE",
    )


def _missing(named: Named, document: Document, why: str) -> UsageError:
    line = "" if named.line is None else f":{named.line}"
    name = named.address or named.public
    wanted = entry(named.public, name) if named.how == "DOCTYPE" else f'<uri name="{name}" uri="FILE"/>'
    return UsageError(
        f'{document.path}{line}: its {named.how} names the schema "{name[:_LONGEST_ADDRESS]}": {why}',
        advice=f"give it with --schema FILE, or give a catalog that has {wanted} with --catalog",
    )


@contextlib.contextmanager
def looking_up(catalogs: Catalogs) -> Iterator[None]:
    """Have schemas and files that are read meanwhile find there what they want from the web."""
    with finding_by(catalogs.schema), mapped_by(catalogs.external):
        yield


def open_catalogs(files: Sequence[str], environment: str) -> Catalogs:
    """The catalogs of the command line, then those of XML_CATALOG_FILES that are there."""
    further = [name for name in from_environment(environment) if Path(name).is_file()]
    return Catalogs((Path(name), name) for name in dict.fromkeys((*files, *further)))
