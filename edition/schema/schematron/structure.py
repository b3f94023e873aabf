"""Is a Schematron schema well made? What is misspelt or misplaced would be passed over, and its rules never asked.

Elements and attributes are those of ISO 19757-3:2016, annex A, of 2020, and `key` of Schematron 1.5. Elements of
other namespaces may stand anywhere (section 5.3). An attribute that is unknown is refused only if it looks like a
slip: schemas have many that are of older versions and mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from edition.errors import EditionError
from edition.schema.schematron.names import SCH, XSL, place_of
from edition.schema.wording import listed, nearest, quoted
from edition.tei.names import XML_NAMESPACE

_WORDS = frozenset({"name", "value-of", "emph", "dir", "span"})
_CONTENT = {
    "schema": frozenset({"title", "ns", "p", "let", "phase", "pattern", "diagnostics", "properties", "key", "rules"}),
    "phase": frozenset({"p", "let", "active"}),
    "pattern": frozenset({"title", "p", "let", "rule", "param"}),
    "rules": frozenset({"rule"}),
    "rule": frozenset({"let", "assert", "report", "extends", "p"}),
    "diagnostics": frozenset({"diagnostic"}),
    "properties": frozenset({"property"}),
    **dict.fromkeys(("assert", "report", "diagnostic", "property", "emph", "dir", "span"), _WORDS),
    **dict.fromkeys(("p", "active", "title"), frozenset({"dir", "emph", "span"})),
    **dict.fromkeys(("name", "value-of", "ns", "param", "extends", "key"), frozenset[str]()),
}
_REQUIRED = {
    "ns": ("prefix", "uri"),
    "let": ("name",),
    "phase": ("id",),
    "active": ("pattern",),
    "param": ("name", "value"),
    "diagnostic": ("id",),
    "property": ("id",),
    "value-of": ("select",),
    "assert": ("test",),
    "report": ("test",),
}
_PREFIX = re.compile(r"[^\W\d][\w.-]*")
_MAY_BE_EMPTY = frozenset({"uri", "value"})
_RICH = ("id", "icon", "see", "fpi", "role", "severity", "subject", "flag")
_OPTIONAL = {
    "schema": (*_RICH, "schemaVersion", "defaultPhase", "queryBinding"),
    "pattern": (*_RICH, "abstract", "is-a", "documents"),
    "rule": (*_RICH, "abstract", "context"),
    "let": ("value", "as"),
    "assert": (*_RICH, "diagnostics", "properties"),
    "report": (*_RICH, "diagnostics", "properties"),
    "phase": _RICH,
    "name": ("path",),
    "extends": ("rule", "href"),
}
_XSL_OF = {  # what a schema may have of XSLT; in a message and in a variable, whatever makes text
    "schema": frozenset({"function", "key", "variable", "param", "template", "accumulator", "decimal-format"}),
    "rule": frozenset({"variable", "param"}),
}
TOP_XSL = frozenset(f"{XSL}{name}" for name in _XSL_OF["schema"])


def refuse_broken(root: etree._Element) -> None:
    """Look through a schema whose files were put together. Raises EditionError, with the place."""
    for element in _schematron(root):
        name = etree.QName(element).localname
        for child in element.iterchildren(f"{SCH}*", f"{XSL}*"):
            _refuse_misplaced(child, name)
        _refuse_attributes(element, name)
        _refuse_twice(element)
    _refuse_prefixes(root)
    known = {pattern.get("id") for pattern in root.iterchildren(f"{SCH}pattern")}
    for active in root.iter(f"{SCH}active"):
        if active.get("pattern") not in known:
            raise _broken(
                active,
                f"there is no pattern {quoted(active.get('pattern', ''))}",
                f"patterns: {listed(sorted(filter(None, known)), 'and') or 'none has an id'}",
            )


def _schematron(element: etree._Element) -> Iterator[etree._Element]:
    """The elements that are Schematron's: what stands in a `let` or in elements of others is theirs."""
    yield element
    if element.tag != f"{SCH}let":
        for child in element.iterchildren(f"{SCH}*"):
            yield from _schematron(child)


def _refuse_misplaced(child: etree._Element, parent: str) -> None:
    name = etree.QName(child).localname
    if str(child.tag).startswith(XSL):
        allowed = _XSL_OF.get(parent)
        if parent in ("phase", "pattern", *_XSL_OF) and name not in (allowed or ()):
            here = listed([f"xsl:{each}" for each in sorted(allowed or ())]) or "none of XSLT"
            raise _broken(child, f"xsl:{name} cannot stand in <{parent}>", f"take it out; here may stand: {here}")
    elif parent != "let" and name not in _CONTENT.get(parent, ()):
        near = nearest(name, _CONTENT.get(parent, ()))
        known = name in _CONTENT or name in ("let", "include")
        what = f"<{name}> cannot stand in <{parent}>" if known else f"Schematron has no <{name}> in <{parent}>"
        advice = listed([f"<{each}>" for each in sorted(_CONTENT.get(parent, ()))])
        raise _broken(child, what, f"did you mean <{near}>?" if near else f"here may stand: {advice or 'only text'}")


def _refuse_attributes(element: etree._Element, name: str) -> None:
    required = _REQUIRED.get(name, ())
    if name == "pattern" and element.get("abstract") == "true":
        required = ("id",)
    elif name == "rule":
        required = ("id",) if element.get("abstract") == "true" else ("context",)
    given = [str(each) for each in element.attrib if not str(each).startswith("{")]
    known = dict.fromkeys((*required, *_OPTIONAL.get(name, ())))
    for each in given:
        near = nearest(each, [other for other in known if other not in given])
        if each not in known and near:
            raise _broken(element, f"<{name}> has no attribute {each}", f"did you mean {near}?")
    empty = [each for each in required if not element.get(each, "").strip()]
    missing = next((each for each in empty if each not in given or each not in _MAY_BE_EMPTY), None)
    if missing:
        raise _broken(element, f"<{name}> without {missing}", f'add {missing}="…"')
    if name == "extends" and not (element.get("rule") or element.get("href")):
        raise _broken(element, "<extends> without rule", 'add rule="…", the id of an abstract rule')


def _refuse_prefixes(root: etree._Element) -> None:
    """Each prefix is a name that stands for one namespace, and those of XML and XSLT for none but their own."""
    meant: dict[str, str] = {"xml": XML_NAMESPACE, "xsl": XSL.strip("{}")}
    for each in root.iterchildren(f"{SCH}ns"):
        prefix, uri = each.get("prefix", ""), each.get("uri", "")
        if not _PREFIX.fullmatch(prefix) or prefix.startswith("__") or prefix == "xmlns":
            raise _broken(each, f"{quoted(prefix)} cannot be a prefix", "a prefix begins with a letter")
        if meant.setdefault(prefix, uri) != uri:
            what = f"the prefix {prefix} stands for {quoted(meant[prefix])} and cannot stand for {quoted(uri)}"
            raise _broken(each, what, "take another prefix for one of them")


def _refuse_twice(element: etree._Element) -> None:
    """A variable may be defined once in each scope (section 5.4.6)."""
    seen: set[str] = set()
    for let in element.iterchildren(f"{SCH}let"):
        name = let.get("name", "")
        if name in seen:
            raise _broken(let, f"the variable {quoted(name)} is defined twice", "give one of them another name")
        seen.add(name)


def _broken(element: etree._Element, what: str, advice: str) -> EditionError:
    return EditionError(f"{place_of(element)}: {what}", advice=advice)
