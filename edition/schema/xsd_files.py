"""The files of an XSD, vetted before any library opens them: where they lie, how large they are and can grow.

libxml2 and xmlschema follow include, import and redefine by themselves. So every file that they would open is looked
at first: it lies in the schema's folder or the edition's, it is XML without entities, and its groups do not unfold
into millions of elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from edition.errors import EditionError
from edition.schema.files import Files, Form, SchemaFile
from edition.schema.wording import quoted
from edition.tei.names import XML_NAMESPACE

XSD = "{http://www.w3.org/2001/XMLSchema}"
MAX_UNFOLDED = 20_000  # elements and attributes of one type, its groups written out as libxml2 does; TEI's body: 539
MAX_UNFOLDED_IN_ALL = 500_000  # of all types together; the whole of TEI: 75,000
MAX_BYTES_SLOW = 2 * 1024 * 1024  # of a file that xmlschema has to judge, which takes some ten seconds a megabyte
_MAX_CHAIN = 150  # groups that refer to groups, one in the other

_REFERENCES = {f"{XSD}{name}" for name in ("include", "import", "redefine", "override")}
_FORM = Form(
    "an XSD schema",
    frozenset((f"{XSD}schema",)),
    'an XSD begins with <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">',
)


def vet(file: Path, path: str) -> tuple[SchemaFile, ...]:
    """The files of a schema, its own first, none of which holds anything that a library should not open.

    Raises EditionError, with the place in the schema, for what cannot be read, leaves the folders or is too large.
    """
    files = Files.of(_FORM, file, path)
    pending = [files.add(file, path)]
    seen = set(pending)
    while pending:
        including = pending.pop()
        for reference in _references(including):
            target = files.follow(including, reference, "schemaLocation")
            if target not in seen:
                seen.add(target)
                pending.append(target)
    found = tuple(files.read.values())
    _refuse_unfolding(found)
    return found


def mapped(files: Sequence[SchemaFile]) -> dict[str, Path]:
    """The files that catalogs have for the addresses in a schema."""
    return {address: found.resolve() for file in files for address, found in file.addresses.items()}


_NEWER = frozenset(
    f"{XSD}{name}"
    for name in (
        "assert",
        "assertion",
        "alternative",
        "override",
        "openContent",
        "defaultOpenContent",
        "explicitTimezone",
    )
)
_VERSIONING = "{http://www.w3.org/2007/XMLSchema-versioning}"


def is_newer(files: Sequence[SchemaFile]) -> bool:
    """Whether a schema is of XSD 1.1: it says so, or has what 1.0 has not."""
    return any(
        node.tag in _NEWER or any(str(name).startswith(_VERSIONING) for name in node.attrib)
        for file in files
        for node in file.root.iter(etree.Element)
    )


_NAMING_TYPES = ("type", "base", "itemType", "memberTypes")
_OF_IDS = frozenset(("ID", "IDREF", "IDREFS"))


def may_have_ids(files: Sequence[SchemaFile]) -> bool:
    """Whether a schema has attributes of type ID, IDREF or IDREFS, xml:id left aside."""
    return any(
        word.rpartition(":")[2] in _OF_IDS
        for file in files
        if file.root.get("targetNamespace") != XML_NAMESPACE
        for node in file.root.iter(etree.Element)
        for attribute in _NAMING_TYPES
        for word in node.get(attribute, "").split()
    )


def _references(including: SchemaFile) -> Iterator[etree._Element]:
    """The elements that bring in other files. An import may do without a place."""
    for element in including.root:
        if element.tag in _REFERENCES and element.get("schemaLocation") is not None:
            yield element


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
