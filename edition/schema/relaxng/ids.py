"""Attributes of type ID, IDREF and IDREFS (RELAX NG DTD Compatibility, section 4): each name once, and none missing.

xml:id itself is looked after for every file, whatever its schema: REF101 and REF102.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from edition.schema.faults import Fault
from edition.schema.files import SchemaFile
from edition.schema.places import Spot
from edition.schema.relaxng.characters import BLANK, words
from edition.schema.relaxng.datatypes import ID_TYPES
from edition.schema.relaxng.nameclasses import finite, takes
from edition.schema.relaxng.patterns import Element, attributes_in, leaves
from edition.schema.relaxng.syntax import RELAXNG
from edition.schema.rules import BAD_VALUE
from edition.schema.wording import nearest, quoted
from edition.tei.names import XML_ID

Types = Mapping[tuple[str, str], str]  # by the names of element and attribute


def may_have_ids(file: SchemaFile) -> bool:
    """Whether a file of a schema speaks of such attributes, xml:id left aside."""
    for data in file.root.iter(f"{{{RELAXNG}}}data"):
        if data.get("type", "").strip(BLANK) in ID_TYPES:
            attribute = next(data.iterancestors(f"{{{RELAXNG}}}attribute"), None)
            if attribute is None or attribute.get("name") != "xml:id":
                return True
    return False


def id_types(elements: tuple[Element, ...]) -> Types:
    """Which attributes of which elements are of these types."""
    found: dict[tuple[str, str], str] = {}
    for element in elements:
        for attribute in attributes_in(element.content):
            for leaf in leaves(attribute.content):
                if leaf.datatype.is_of_ids:
                    names = [
                        (one, two) for one in finite(element.names) or () for two in finite(attribute.names) or ()
                    ]
                    found.update(dict.fromkeys(names, leaf.datatype.name))
    return found


def unclear(elements: tuple[Element, ...]) -> tuple[Element, str] | None:
    """The first element pattern by which nobody could tell what an attribute is, and why (DTD Compatibility, 5).

    An element that bears a name of itself must have a name, and the same attribute of it everywhere the same type.
    """
    types = {each: _own(each) for each in elements}
    told: dict[str, dict[str, str]] = {}
    for each, own in types.items():
        names = finite(each.names)
        if own and names is None:
            return (
                each,
                f"an <element> of any name may not have the {next(iter(own.values()))} {_plain(next(iter(own)))}",
            )
        for name in names or ():
            told.setdefault(name, {}).update(own)
    for each, own in types.items():
        for name in [name for name in finite(each.names) or told if takes(each.names, name)]:
            for attribute, kind in told.get(name, {}).items():
                if own.get(attribute) != kind and any(takes(a.names, attribute) for a in attributes_in(each.content)):
                    return each, f"{_plain(attribute)} of <{_plain(name)}> is {kind} elsewhere, and not here"
    return None


def _own(element: Element) -> dict[str, str]:
    """Of which attributes of an element the type is one of these, xml:id left aside."""
    return {
        name: leaf.datatype.name
        for attribute in attributes_in(element.content)
        for leaf in leaves(attribute.content)
        if leaf.datatype.is_of_ids
        for name in finite(attribute.names) or ()
        if name != XML_ID
    }


def _plain(name: str) -> str:
    return etree.QName(name).localname


def id_faults(root: etree._Element, types: Types) -> Iterator[Fault]:
    """Names that are given twice, and names that nothing has."""
    homes: dict[str, tuple[etree._Element, str]] = {}
    references: list[tuple[etree._Element, str, str]] = []
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            kind = types.get((str(element.tag), str(name)), "ID" if name == XML_ID else "")
            if kind == "ID":
                yield from _given(element, (str(name), str(value).strip(BLANK)), homes)
            elif kind:
                references += [(element, str(name), word) for word in words(str(value))]
    for element, name, word in references:
        if word not in homes:
            near = nearest(word, homes)
            hint = f"did you mean {quoted(near)}?" if near else "write the name of an element that is there"
            message = f"{_named(element, name, word)} names no element of this file"
            yield Fault(BAD_VALUE, Spot(element), message, hint)


def _given(
    element: etree._Element, given: tuple[str, str], homes: dict[str, tuple[etree._Element, str]]
) -> Iterator[Fault]:
    name, value = given
    first = homes.setdefault(value, (element, name))
    if first[0] is not element and (name, first[1]) != (XML_ID, XML_ID):
        message = f"{_named(element, name, value)} is the name of another element already"
        yield Fault(BAD_VALUE, Spot(element), message, "give each element a name of its own", Spot(first[0]))


def _named(element: etree._Element, name: str, value: str) -> str:
    plain = etree.QName(name).localname if name != XML_ID else "xml:id"
    return f"{plain}={quoted(value)} of <{etree.QName(element).localname}>"
