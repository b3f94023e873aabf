"""The entities of a file beside the five of XML: which it uses, and what to do about those that have no text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from edition.diagnostics import Diagnostic, Location
from edition.tei.doctype import Doctype, entry
from edition.tei.malformed import ENTITY_DECLARED, NO_ENTITIES, NUMBER

_REFERENCE = re.compile(r"&([^\s#&;]+);")
_OF_XML = frozenset(("lt", "gt", "amp", "apos", "quot"))
_MOST_NAMED = 5  # entities that one message names


def are_in(root: etree._Element, log: Iterable[etree._LogEntry]) -> bool:
    """Whether a file that does parse declares or uses any, by its tree or what the parser has said of it."""
    subset = root.getroottree().docinfo.internalDTD
    if subset is None:
        return False
    return next(subset.iterentities(), None) is not None or any(True for _ in used(root, log))


def may_be_put_in(root: etree._Element, log: Iterable[etree._LogEntry], doctype: Doctype) -> bool:
    """Whether there is a text for each of those that a file uses."""
    names = {name for name, _ in used(root, log)}
    return bool(names) and not doctype.has_own and names <= doctype.texts.keys()


def unresolved(
    root: etree._Element, log: Iterable[etree._LogEntry], doctype: Doctype, path: str
) -> Iterator[Diagnostic]:
    """What is wrong with the entities of a file that does parse.

    What is not resolved is missing from its text and attributes.
    """
    own = doctype.own or _declared(root)  # the latter where expat does not know the encoding
    general = {name: line for name, line in own.items() if name.startswith("&")}
    lines: dict[str, set[int]] = {}
    for name, line in used(root, log):
        if name not in doctype.texts:
            lines.setdefault(name, set()).add(line)
    if general:
        yield _of_its_own(general, path)
    elif own and doctype.source is None and not lines:
        yield _of_its_own(own, path)
    else:
        for name, where in lines.items():
            times = f" (on {len(where)} lines)" if len(where) > 1 else ""
            message = f"the entity &{name}; is not resolved{times}"
            yield ENTITY_DECLARED.finding(message, Location(path, min(where)), hint=_advice(name, doctype))


def unfit(
    places: Iterable[tuple[str, int]], log: Iterable[etree._LogEntry], doctype: Doctype, path: str
) -> Diagnostic:
    """What to say of a file that cannot be parsed with the text of the entities in it, at the first that may be why.

    `places` are what `used` gives; `log` is what the parser said, of lines in the declarations as well.
    """
    lines = dict(sorted(places, key=lambda each: -each[1]))
    wrong = [name for name in lines if _leads_astray(name, doctype.texts)] or list(lines)
    said = next((entry for entry in log if entry.level >= etree.ErrorLevels.ERROR), None)
    why = "they grow without bound" if said is None or "amplification" in said.message else said.message.strip()
    message = f"the entities of {_name(doctype)} cannot be put in: {why}"
    return ENTITY_DECLARED.finding(message, Location(path, min(lines[name] for name in wrong)), hint=NUMBER)


def _leads_astray(name: str, texts: Mapping[str, str]) -> bool:
    """Whether the text of an entity leads back to it, or to one that has no text."""
    reached: set[str] = set()
    ahead = [name]
    while ahead:
        inner = set(_REFERENCE.findall(texts.get(ahead.pop(), ""))) - reached
        reached |= inner
        ahead.extend(inner)
    return name in reached or any(each not in texts and each not in _OF_XML for each in reached)


def _of_its_own(declared: Mapping[str, int], path: str) -> Diagnostic:
    names = ", ".join(list(declared)[:_MOST_NAMED])
    message = f"the file declares entities of its own: {names}"
    return ENTITY_DECLARED.finding(message, Location(path, min(declared.values())), hint=NO_ENTITIES)


def _declared(root: etree._Element) -> dict[str, int]:
    subset = root.getroottree().docinfo.internalDTD
    return {} if subset is None else {f"&{entity.name};": 1 for entity in subset.iterentities()}


def used(root: etree._Element, log: Iterable[etree._LogEntry]) -> Iterator[tuple[str, int]]:
    """Names and lines: what the tree has, and those in attributes, which leave nothing behind but a warning."""
    for node in root.iter(etree.Entity):
        yield (node.text or "").strip("&;"), node.sourceline or 1
    for said in log:
        name = re.search(r"'(.+)'", said.message)
        if name and said.type_name == "WAR_UNDECLARED_ENTITY":
            yield name[1], said.line


def _advice(name: str, doctype: Doctype) -> str:
    if name in doctype.withheld:
        return doctype.withheld[name]
    from html.entities import html5  # has the names that ISO gave to characters, which are those of TEI's DTDs

    meant = html5.get(f"{name};", "")
    write = f"write {meant}" if meant.isprintable() and meant.strip() else NUMBER
    if doctype.trouble:
        return f"{doctype.trouble}; put that right, or {write}"
    if doctype.unread:
        what = entry(*doctype.unread[0])
        return f"{write}, or give a catalog that has {what} with --catalog or XML_CATALOG_FILES"
    return f"{_name(doctype)} does not declare it: check its spelling, or {write}" if doctype.source else write


def _name(doctype: Doctype) -> str:
    return doctype.source.name if doctype.source else "the DTD"
