"""What a RELAX NG schema is written with (section 3): which elements, with which attributes, and where a fault is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from edition.errors import EditionError
from edition.schema.files import SchemaFile, place_of
from edition.schema.relaxng.characters import BLANK, is_ncname
from edition.schema.wording import listed, nearest, quoted

RELAXNG = "http://relaxng.org/ns/structure/1.0"
_PREFIX = f"{{{RELAXNG}}}"

_DOCUMENTATION = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"

# The attributes of each element beside ns and datatypeLibrary; with ! it must have them.
_ATTRIBUTES = {
    "element": "name",
    "attribute": "name",
    "ref": "name!",
    "parentRef": "name!",
    "define": "name! combine",
    "start": "combine",
    "value": "type",
    "data": "type!",
    "param": "name!",
    "externalRef": "href!",
    "include": "href!",
}
_ON_PATTERNS = frozenset(("element", "attribute", "group", "interleave", "choice", "optional", "mixed", "list"))
_ON_VALUES = frozenset(("empty", "value", "data", "notAllowed", "text"))
_ON_OTHERS = frozenset(("zeroOrMore", "oneOrMore", "ref", "parentRef", "externalRef", "grammar"))
PATTERNS = _ON_PATTERNS | _ON_VALUES | _ON_OTHERS
NAME_CLASSES = frozenset(("name", "anyName", "nsName", "choice"))
COMPONENTS = frozenset(("start", "define", "div", "include"))
_OTHERS = frozenset(("param", "except"))
_OF_TEXT = frozenset(("value", "param", "name"))
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^#]+")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Scope:
    """What an element of the schema inherits: its file, its grammar, `ns` and `datatypeLibrary` (4.3, 4.8).

    Where the whole schema was found `sound` before, it is not looked through again.
    """

    file: SchemaFile
    grammar: object | None
    namespace: str = ""
    library: str = ""
    sound: bool = False


def broken(node: etree._Element, scope: Scope, what: str, advice: str = "") -> EditionError:
    """The refusal of a schema for what is wrong at one of its elements."""
    return EditionError(f"{place_of(scope.file.path, node)}: the schema is broken: {what}", advice=advice)


def kind(node: etree._Element) -> str:
    """The local name of an element of RELAX NG."""
    return str(node.tag)[len(_PREFIX) :]


def name_of(node: etree._Element) -> str:
    """The attribute `name`, without the blanks around it (4.2)."""
    return node.get("name", "").strip(BLANK)


def children(node: etree._Element) -> list[etree._Element]:
    """The children that are of RELAX NG; all others are annotations (4.1)."""
    return list(node.iterchildren(f"{_PREFIX}*"))


def inner(node: etree._Element, scope: Scope) -> Scope:
    """The scope inside an element, which is looked through on the way. Raises EditionError for a broken one."""
    if not scope.sound:
        _look_through(node, scope)
    namespace, library = node.get("ns"), node.get("datatypeLibrary")
    if namespace is None and library is None:
        return scope
    return replace(
        scope,
        namespace=scope.namespace if namespace is None else namespace,
        library=scope.library if library is None else library,
    )


def _look_through(node: etree._Element, scope: Scope) -> None:
    name = kind(node)
    if not str(node.tag).startswith(_PREFIX) or name not in PATTERNS | NAME_CLASSES | COMPONENTS | _OTHERS:
        raise broken(node, scope, f"RELAX NG has no element <{etree.QName(node).localname}>")
    if node.attrib:
        _check_attributes(node, name, scope)
    _check_text(node, name, scope)


def _check_attributes(node: etree._Element, name: str, scope: Scope) -> None:
    allowed = [*_ATTRIBUTES.get(name, "").replace("!", "").split(), "ns", "datatypeLibrary"]
    for attribute in map(str, node.attrib):
        if attribute.startswith(_PREFIX) or not (attribute.startswith("{") or attribute in allowed):
            near = nearest(attribute, allowed)
            advice = f"did you mean {near}?" if near else ""
            raise broken(node, scope, f"<{name}> has no attribute {attribute}", advice)
    library = node.get("datatypeLibrary", "")
    if library and (not _ABSOLUTE.fullmatch(library) or _BAD_PERCENT.search(library)):
        raise broken(node, scope, f"datatypeLibrary={quoted(library)} is no absolute URI")
    if name in ("ref", "parentRef", "define") and "name" in node.attrib and not is_ncname(name_of(node)):
        raise broken(node, scope, f"name={quoted(name_of(node))} is not the name of a definition")


def _check_text(node: etree._Element, name: str, scope: Scope) -> None:
    for attribute in _ATTRIBUTES.get(name, "").split():
        if attribute.endswith("!") and node.get(attribute[:-1]) is None:
            raise broken(node, scope, f"<{name}> has no {attribute[:-1]}")
    if name in _OF_TEXT:
        inside = next((child for child in node if isinstance(child.tag, str)), None)
        if inside is not None:
            raise broken(inside, scope, f"<{name}> holds text alone")
        return
    for text in (node.text, *(child.tail for child in node)):
        if text is not None and text.strip(BLANK):
            raise broken(node, scope, f"<{name}> holds the text {quoted(text.strip())}")


def only(node: etree._Element, found: list[etree._Element], allowed: frozenset[str], scope: Scope) -> None:
    """Raises EditionError unless all of `found`, children of `node`, are `allowed`."""
    for child in found:
        if kind(child) not in allowed:
            near = nearest(kind(child), allowed)
            advice = (
                f"did you mean <{near}>?"
                if near
                else f"expected: {listed([f'<{each}>' for each in sorted(allowed)])}"
            )
            raise broken(child, scope, f"<{kind(child)}> may not stand in <{kind(node)}>", advice)


def text_of(node: etree._Element) -> str:
    """The text of an element that holds text alone; comments part it, and it is one all the same."""
    return "".join([node.text or "", *(child.tail or "" for child in node)])


def documentation(node: etree._Element) -> str:
    """What the schema's author wrote of an element pattern (RELAX NG DTD Compatibility, section 5); "" if nothing."""
    for child in node:
        if child.tag == _DOCUMENTATION:
            return "".join(map(str, child.itertext()))
    return ""
