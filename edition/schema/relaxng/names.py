"""The names that `element` and `attribute` give, as name classes (RELAX NG 4.8 to 4.10, 4.16)."""

from __future__ import annotations

from lxml import etree

from edition.schema.relaxng.characters import BLANK, is_ncname
from edition.schema.relaxng.nameclasses import (
    AnyName,
    Either,
    Name,
    NameClass,
    NsName,
    full_name,
    namespace_of,
)
from edition.schema.relaxng.syntax import NAME_CLASSES, Scope, broken, children, inner, kind, name_of, only, text_of
from edition.schema.wording import quoted
from edition.tei.names import XML_NAMESPACE

_XMLNS = "http://www.w3.org/2000/xmlns"

Named = tuple[NameClass, list[etree._Element]]  # and the children that are left for the content


def element_names(node: etree._Element, scope: Scope) -> Named:
    """The names of an `element`. Raises EditionError for broken ones."""
    if node.get("name") is not None:
        return _qualified(node, name_of(node), scope.namespace, scope), children(node)
    return _from_child(node, scope)


def attribute_names(node: etree._Element, scope: Scope) -> Named:
    """The names of an `attribute`, which is in no namespace unless it says so itself. Raises EditionError."""
    if node.get("name") is not None:
        named: Named = _qualified(node, name_of(node), node.get("ns", ""), scope), children(node)
    else:
        named = _from_child(node, scope)
    if _is_declaration(named[0]):
        raise broken(node, scope, "xmlns is no attribute that a schema can ask for")
    return named


def _from_child(node: etree._Element, scope: Scope) -> Named:
    found = children(node)
    if not found or kind(found[0]) not in NAME_CLASSES:
        raise broken(node, scope, f"<{kind(node)}> has no name", 'write name="…"')
    return _class(found[0], scope, ()), found[1:]


def _class(node: etree._Element, outer: Scope, excepted: tuple[str, ...]) -> NameClass:
    """`excepted` are the kinds of name classes that this one is taken away from."""
    scope, name, found = inner(node, outer), kind(node), children(node)
    if name == "name":
        return _qualified(node, text_of(node).strip(BLANK), scope.namespace, scope)
    if name == "choice":
        only(node, found, NAME_CLASSES, scope)
        if not found:
            raise broken(node, scope, "<choice> is empty", "put names into it")
        return Either(tuple(_class(child, scope, excepted) for child in found))
    if "nsName" in excepted or (name == "anyName" and excepted):
        raise broken(node, scope, f"<{name}> may not stand in the <except> of <{excepted[-1]}>")
    only(node, found, frozenset(("except",)), scope)
    if len(found) > 1:
        raise broken(found[1], scope, f"<{name}> holds one <except> only")
    but = _except(found[0], scope, (*excepted, name)) if found else None
    return AnyName(but) if name == "anyName" else NsName(scope.namespace, but)


def _except(node: etree._Element, outer: Scope, excepted: tuple[str, ...]) -> NameClass:
    scope, found = inner(node, outer), children(node)
    only(node, found, NAME_CLASSES, scope)
    if not found:
        raise broken(node, scope, "<except> is empty", "put names into it")
    return Either(tuple(_class(child, scope, excepted) for child in found))


def _qualified(node: etree._Element, written: str, namespace: str, scope: Scope) -> NameClass:
    """A name as it is written, with its prefix resolved (4.10)."""
    prefix, colon, local = written.rpartition(":")
    if not is_ncname(local) or (colon and not is_ncname(prefix)):
        raise broken(node, scope, f"{quoted(written)} is not a name")
    if colon:
        found = XML_NAMESPACE if prefix == "xml" else node.nsmap.get(prefix)
        if found is None:
            raise broken(node, scope, f"the prefix {prefix} is not declared", f'add xmlns:{prefix}="…"')
        namespace = found
    return Name(full_name(namespace, local))


def _is_declaration(names: NameClass) -> bool:
    """Whether a class names xmlns, or a name of its namespace (4.16)."""
    match names:
        case Name(name):
            return name == "xmlns" or namespace_of(name) == _XMLNS
        case NsName(namespace, but):
            return namespace == _XMLNS or (but is not None and _is_declaration(but))
        case AnyName(but):
            return but is not None and _is_declaration(but)
        case Either(items):
            return any(map(_is_declaration, items))
