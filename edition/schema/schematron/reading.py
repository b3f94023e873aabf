"""One Schematron schema out of its files: includes and extends put in place, abstract patterns and rules filled in.

What comes out has only concrete patterns with concrete rules. Every element keeps the file and line that it was
written on (`Source`), for messages about the schema.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from edition.errors import EditionError
from edition.schema.files import Files, Form, SchemaFile
from edition.schema.files import place_of as written_at
from edition.schema.relaxng.syntax import PATTERNS, RELAXNG
from edition.schema.schematron.names import PLACE, SCH, XSL, place_of
from edition.schema.schematron.structure import TOP_XSL, refuse_broken
from edition.schema.wording import quoted

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_ROOTS = frozenset(f"{SCH}{name}" for name in ("schema", "pattern", "rule", "diagnostics", "properties", "phase")) | {
    *(f"{{{RELAXNG}}}{name}" for name in PATTERNS),
    f"{_XSD}schema",
}
# What brings other files into a grammar, and by which attribute.
_BRINGING = {f"{{{RELAXNG}}}{name}": "href" for name in ("include", "externalRef")} | {
    f"{_XSD}{name}": "schemaLocation" for name in ("include", "import", "redefine", "override")
}


def _read_compact(file: Path, path: str) -> etree._Element:
    from edition.schema.relaxng import compact  # few schemas want it

    return compact.read(file, path)


_FORM = Form(
    "a Schematron schema",
    _ROOTS,
    'it begins with <schema xmlns="http://purl.oclc.org/dsdl/schematron">, or is RELAX NG or XSD with such rules',
    {".rnc": _read_compact},
)
_MAX_DEPTH = 20  # of includes in includes
_DECLARING = frozenset(f"{SCH}{name}" for name in ("ns", "let", "phase", "diagnostics", "properties", "key"))
_COMMENTING = frozenset(f"{SCH}{name}" for name in ("title", "p"))


@dataclass(frozen=True)
class Source:
    """A schema put together: its root, whose children are declarations and concrete patterns."""

    path: str
    root: etree._Element
    patterns: tuple[etree._Element, ...] = field(default=())


def read(file: Path, path: str) -> Source:
    """Raises EditionError, with the place, for what cannot be read or refers to what is not there."""
    files = Files.of(_FORM, file, path)
    first = files.add(file, path)
    if str(first.root.tag).startswith(SCH):
        root = _whole(files, first, "", 0)
    else:
        root = _embedded([_whole(files, each, "", 0) for each in _grammar(files, first)])
    if root.tag != f"{SCH}schema":
        root = _embedded([root])
    refuse_broken(root)
    patterns = tuple(_concrete(root))
    if not patterns:
        raise EditionError(f"{path}: no Schematron rules in it", advice="name a file with <pattern> and <rule>")
    return Source(path, root, patterns)


# Files


def _whole(files: Files, source: SchemaFile, fragment: str, depth: int) -> etree._Element:
    """A copy of a file's root, or of the element with an id, with everything that it includes in place."""
    root = source.root
    if fragment:
        found = [node for node in root.iter(etree.Element) if fragment in (node.get("id"), node.get(_XML_ID))]
        if not found:
            raise EditionError(f"{source.path}: no element has the id {quoted(fragment)}", advice="check the href")
        root = found[0]
    whole = copy.deepcopy(root)
    for ours, theirs in zip(whole.iter(etree.Element), root.iter(etree.Element), strict=True):
        if str(ours.tag).startswith((SCH, XSL)):
            ours.set(PLACE, written_at(source.path, theirs))
    originals = list(root.iter(f"{SCH}include", f"{SCH}extends"))
    for ours, theirs in zip(list(whole.iter(f"{SCH}include", f"{SCH}extends")), originals, strict=True):
        if ours.get("href") is not None:
            _replace(ours, _referred(files, source, theirs, depth))
    return whole


_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def _referred(files: Files, source: SchemaFile, reference: etree._Element, depth: int) -> etree._Element:
    if depth >= _MAX_DEPTH:
        raise EditionError(
            f"{written_at(source.path, reference)}: the schema includes itself, or goes {_MAX_DEPTH} files deep",
            advice="take the circle away",
        )
    address, _, fragment = reference.get("href", "").partition("#")
    if not address:
        return _whole(files, source, fragment, depth + 1)
    written = reference.get("href", "")
    reference.set("href", address)  # without the id, as it is to be followed
    try:
        included = files.follow(source, reference, "href")
    finally:
        reference.set("href", written)
    return _whole(files, included, fragment, depth + 1)


def _replace(reference: etree._Element, target: etree._Element) -> None:
    """An include becomes its target; an extends becomes what its target holds (section 5.4.3 of 2016)."""
    parent = reference.getparent()
    if parent is None:
        return
    at = parent.index(reference)
    is_whole = reference.tag == f"{SCH}include"
    parent.remove(reference)
    for offset, node in enumerate([target] if is_whole else list(target)):
        parent.insert(at + offset, node)


def _grammar(files: Files, first: SchemaFile) -> Sequence[SchemaFile]:
    """The files of a RELAX NG or XSD, each once. An import from the web has rules for what is of others."""
    found = [first]
    for source in found:
        for reference in source.root.iter(*_BRINGING):
            attribute = _BRINGING[str(reference.tag)]
            location = reference.get(attribute)
            if location is None or (reference.tag == f"{_XSD}import" and "://" in location):
                continue
            brought = files.follow(source, reference, attribute)
            if brought not in found:
                found.append(brought)
    return found


def _embedded(roots: Iterable[etree._Element]) -> etree._Element:
    """The Schematron of a RELAX NG or XSD as a schema of its own; a rule without a pattern becomes one."""
    schema = etree.Element(f"{SCH}schema", queryBinding="xslt2")
    for node in [node for root in roots for node in root.iter(f"{SCH}*", f"{XSL}*")]:
        parent = node.getparent()
        if parent is not None and str(parent.tag).startswith((SCH, XSL)):
            continue
        if node.tag in (f"{SCH}pattern", *_DECLARING, *TOP_XSL):
            schema.append(copy.deepcopy(node))
        elif node.tag == f"{SCH}schema":
            schema.extend(copy.deepcopy(child) for child in node)
            schema.attrib.update({str(k): str(v) for k, v in node.attrib.items()})
        elif node.tag == f"{SCH}rule":
            etree.SubElement(schema, f"{SCH}pattern").append(copy.deepcopy(node))
        elif str(node.tag).startswith(SCH) and node.tag not in _COMMENTING:
            schema.append(copy.deepcopy(node))  # it belongs nowhere, and will be refused
    return schema


# Abstract patterns and rules


def _concrete(root: etree._Element) -> Iterator[etree._Element]:
    every = list(root.iterchildren(f"{SCH}pattern"))
    abstract = {pattern.get("id", ""): pattern for pattern in every if pattern.get("abstract") == "true"}
    for pattern in every:
        if pattern.get("abstract") == "true":
            continue
        name = pattern.get("is-a")
        if name is None:
            yield _with_rules(pattern, root)
        elif name in abstract:
            yield _with_rules(_instance(abstract[name], pattern), root)
        else:
            raise _unknown(pattern, "is-a", name, "abstract pattern")


def _instance(abstract: etree._Element, pattern: etree._Element) -> etree._Element:
    """The abstract pattern with its parameters in place of `$name` (section 6.4 of 2016).

    A value that the abstract pattern itself has for one is for those that give it none.
    """
    params = (*abstract.iterchildren(f"{SCH}param"), *pattern.iterchildren(f"{SCH}param"))
    given = {param.get("name", ""): param.get("value", "") for param in params}
    instance = copy.deepcopy(abstract)
    for name, value in pattern.attrib.items():
        if name not in ("is-a", "abstract"):
            instance.set(name, value)
    instance.attrib.pop("abstract", None)
    if given:
        names = "|".join(re.escape(name) for name in sorted(given, key=len, reverse=True) if name)
        parameter = re.compile(rf"\$({names})(?![\w.-])")
        for node in instance.iter(etree.Element):
            for name, value in node.attrib.items():
                if name != PLACE and "$" in value:
                    node.set(name, parameter.sub(lambda use: given[use[1]], value))
    return instance


def _with_rules(pattern: etree._Element, root: etree._Element) -> etree._Element:
    """The pattern with abstract rules in place of each `extends`, and without the abstract ones."""
    scopes = (pattern, root)
    for rule in list(pattern.iterchildren(f"{SCH}rule")):
        if rule.get("abstract") == "true":
            continue
        for step in range(_MAX_DEPTH + 1):
            pending = list(rule.iterchildren(f"{SCH}extends"))
            if not pending:
                break
            if step == _MAX_DEPTH:
                raise EditionError(f"{place_of(rule)}: the rule extends itself", advice="take the circle away")
            for extends in pending:
                _replace(extends, copy.deepcopy(_abstract_rule(extends, scopes)))
    for rule in list(pattern.iterchildren(f"{SCH}rule")):
        if rule.get("abstract") == "true":
            pattern.remove(rule)
    return pattern


def _abstract_rule(extends: etree._Element, scopes: tuple[etree._Element, ...]) -> etree._Element:
    name = extends.get("rule", "")
    for scope in scopes:
        for rule in scope.iter(f"{SCH}rule"):
            if rule.get("id") == name and rule.get("abstract") == "true":
                return rule
    raise _unknown(extends, "rule", name, "abstract rule")


def _unknown(element: etree._Element, attribute: str, name: str, what: str) -> EditionError:
    message = f"{place_of(element)}: {attribute}={quoted(name)} names no {what}"
    return EditionError(message, advice="check the spelling of its id")
