"""The files of an XSD, vetted before any library opens them: where they lie, how large they are and can grow.

libxml2 and xmlschema follow include, import and redefine by themselves. So every file that they would open is looked
at first: it lies in the schema's folder or the edition's, it is XML without entities, and its groups do not unfold
into millions of elements.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from lxml import etree

from edition.errors import EditionError
from edition.schema.wording import quoted
from edition.tei.names import XML_NAMESPACE
from edition.tei.parse import read as read_xml

XML_BASE = f"{{{XML_NAMESPACE}}}base"
XSD = "{http://www.w3.org/2001/XMLSchema}"
MAX_BYTES = 16 * 1024 * 1024  # of all files of a schema together; that of the whole of TEI has 2 MB
MAX_FILES = 200
MAX_UNFOLDED = 20_000  # elements and attributes of one type, its groups written out as libxml2 does; TEI's body: 539
MAX_UNFOLDED_IN_ALL = 500_000  # of all types together; the whole of TEI: 75,000
_MAX_CHAIN = 150  # groups that refer to groups, one in the other

_REFERENCES = {f"{XSD}{name}" for name in ("include", "import", "redefine")}


@dataclass(frozen=True)
class SchemaFile:
    """One file of a schema: what messages call it, where it lies, and its root element."""

    path: str
    file: Path
    root: etree._Element


@dataclass
class _Files:
    """What has been read so far. `folders` are those that a schema may take files from."""

    folders: tuple[Path, ...]
    read: dict[Path, SchemaFile] = field(default_factory=dict)
    size: int = 0


def vet(file: Path, path: str) -> tuple[SchemaFile, ...]:
    """The files of a schema, its own first, none of which holds anything that a library should not open.

    Raises EditionError, with the place in the schema, for what cannot be read, leaves the folders or is too large.
    """
    files = _Files(_folders(file, path))
    pending = [_add(files, file, path)]
    while pending:
        including = pending.pop()
        for reference in _references(including):
            target = _target(files, including, reference)
            if target.resolve() not in files.read:
                name = posixpath.normpath(
                    posixpath.join(posixpath.dirname(including.path), reference.get("schemaLocation", ""))
                )
                pending.append(_add(files, target, name))
    found = tuple(files.read.values())
    _refuse_unfolding(found)
    return found


def _folders(file: Path, path: str) -> tuple[Path, ...]:
    """The schema's folder, and the edition's if `path` leads from there to the file."""
    own, parts = file.resolve(), PurePosixPath(path).parts
    if not PurePosixPath(path).is_absolute() and own.parts[-len(parts) :] == parts:
        return own.parent, own.parents[len(parts) - 1]
    return (own.parent,)


def _add(files: _Files, file: Path, path: str) -> SchemaFile:
    document = read_xml(file, path)
    files.size += file.stat().st_size
    if files.size > MAX_BYTES or len(files.read) >= MAX_FILES:
        raise EditionError(
            f"{path}: the schema is larger than {MAX_BYTES // 1024**2} MiB or {MAX_FILES} files",
            advice="use a schema for what this edition needs",
        )
    if document.root is None:
        wrong = document.findings[0]
        raise EditionError(f"{wrong.location}: the schema is not sound XML: {wrong.message}", advice=wrong.hint)
    if document.root.tag != f"{XSD}schema":
        begin = etree.QName(document.root).localname
        raise EditionError(
            f"{path}:{document.root.sourceline}: not an XSD schema: it begins with <{begin}>",
            advice='an XSD begins with <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">',
        )
    found = SchemaFile(path, file, document.root)
    files.read[file.resolve()] = found
    return found


def _references(including: SchemaFile) -> Iterator[etree._Element]:
    """The elements that bring in other files. An import may do without a place."""
    for element in including.root:
        if element.tag in _REFERENCES and element.get("schemaLocation") is not None:
            yield element


def _target(files: _Files, including: SchemaFile, reference: etree._Element) -> Path:
    location = reference.get("schemaLocation", "")
    place = f"{including.path}:{reference.sourceline}"
    if any(node.get(XML_BASE) is not None for node in (reference, *reference.iterancestors())):
        raise EditionError(f"{place}: the schema uses xml:base", advice="write paths from the file's own folder")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", location):
        raise EditionError(
            f"{place}: the schema wants {quoted(location)} from elsewhere, and nothing is fetched from the network",
            advice=f'save it beside the schema and write schemaLocation="{PurePosixPath(location).name or "x.xsd"}"',
        )
    targets = [including.file.parent / written for written in (location, unquote(location)) if "\0" not in written]
    for target in targets:
        if not any(target.resolve().is_relative_to(folder) for folder in files.folders):
            raise EditionError(
                f"{place}: the schema wants {quoted(location)}, which lies outside its folder and the edition's",
                advice="put the file into the schema's folder",
            )
    found = next((target for target in targets if target.is_file()), None)
    if found is None:
        raise EditionError(
            f"{place}: the schema wants {quoted(location)}, and there is no such file",
            advice="check the path, or put the file there",
        )
    return found


_COUNTED = {f"{XSD}{name}" for name in ("element", "any", "attribute", "anyAttribute")}
_REFERRING = {
    f"{XSD}group": ("ref", "group"),
    f"{XSD}attributeGroup": ("ref", "attributeGroup"),
    f"{XSD}extension": ("base", "complexType"),
}


def _refuse_unfolding(files: Sequence[SchemaFile]) -> None:
    """Groups that refer twice to groups that refer twice double in size with each step."""
    named: dict[tuple[str, str], etree._Element] = {}
    for file in files:
        for element in file.root:
            if isinstance(element.tag, str) and element.get("name"):
                named[element.tag.removeprefix(XSD), element.get("name", "")] = element
    sizes: dict[tuple[str, str], int] = {}
    total = 0
    for file in files:
        for element in file.root:
            size = _unfolded(element, named, sizes, 0) if isinstance(element.tag, str) else 0
            total += size
            if size > MAX_UNFOLDED or total > MAX_UNFOLDED_IN_ALL:
                raise EditionError(
                    f"{file.path}:{element.sourceline}: the definition of {quoted(element.get('name', ''))} "
                    f"is too large: more than {MAX_UNFOLDED} elements once its groups are written out",
                    advice="let its groups refer to fewer others",
                )


def _unfolded(
    element: etree._Element,
    named: dict[tuple[str, str], etree._Element],
    sizes: dict[tuple[str, str], int],
    depth: int,
) -> int:
    """How many elements and attributes a definition has when every group stands where it is referred to."""
    total = 0
    for node in element.iter(etree.Element):
        total += node.tag in _COUNTED
        attribute, kind = _REFERRING.get(str(node.tag), ("", ""))
        name = node.get(attribute, "").rpartition(":")[2] if attribute else ""
        if name and (kind, name) in named:
            if depth > _MAX_CHAIN:
                return MAX_UNFOLDED + 1
            if (kind, name) not in sizes:
                sizes[kind, name] = 0  # what refers to itself is an error of its own, which libxml2 names
                sizes[kind, name] = _unfolded(named[kind, name], named, sizes, depth + 1)
            total += sizes[kind, name]
    return min(total, MAX_UNFOLDED + 1)
