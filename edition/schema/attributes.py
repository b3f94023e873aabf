"""Attributes that do not fit: those that may not stand there, those with bad values, and those that are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from lxml import etree

from edition.schema.declarations import Attribute, Type
from edition.schema.faults import Fault
from edition.schema.guide import Guide, good_value, is_good
from edition.schema.places import Spot
from edition.schema.rules import ATTRIBUTE_MISSING, ATTRIBUTE_NOT_ALLOWED, BAD_VALUE
from edition.schema.values import bad_word, expectation
from edition.schema.wording import ALIKE, familiar_attribute, likeness, listed, quoted, unlisted
from edition.tei.names import XML_ID
from edition.tei.pointers import is_id

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def attribute_faults(guide: Guide, element: etree._Element, kind: Type) -> Iterator[Fault]:
    """The faults in the attributes of an element: those that may not stand there, bad values, and what is missing."""
    tag, plain = guide.tag(str(element.tag)), partial(guide.names.attribute, element=element)
    meant: set[str] = set()  # attributes that stand there under a misspelt name
    for name, value in element.items():
        attribute = kind.attributes.get(str(name))
        if attribute is not None and name == XML_ID and not is_id(str(value)):
            pass  # REF102, whatever the schema
        elif name in kind.clashes:
            message = f"{tag} may not have {plain(str(name))} beside {plain(kind.clashes[str(name)])}"
            yield Fault(ATTRIBUTE_NOT_ALLOWED, Spot(element), message, "take one of them away")
        elif attribute is not None:
            yield from _attribute_value(guide, element, str(name), str(value), attribute)
        elif not _is_instruction(guide, str(name)) and not kind.other_attribute(str(name)):
            absent = [other for other in kind.attributes if other not in element.attrib]
            near = _meant(guide, str(name), absent, kind)
            meant.update([near] if near else [])
            hint, rest = (
                (_near_attribute(str(name), near, plain), ())
                if near
                else _attributes_hint(tag, [plain(other) for other in absent if other not in kind.shut], str(name))
            )
            yield Fault(
                ATTRIBUTE_NOT_ALLOWED, Spot(element), f"{tag} may not have {plain(str(name))}", hint, rest=rest
            )
    yield from _missing_attributes(tag, element, kind, meant, plain)


def _meant(guide: Guide, name: str, absent: list[str], kind: Type) -> str | None:
    """The attribute that another was meant for: one that must stand there where this name is short for it."""
    local = etree.QName(name).localname.lower()
    long = (other for other in kind.required if other in absent and other.startswith(local))
    return next(long, None) or familiar_attribute(name, absent) or guide.names.nearest(name, absent)


def _near_attribute(name: str, near: str, plain: Callable[[str], str]) -> str:
    """What an attribute must have been meant for. In no namespace are those that are written without a prefix."""
    local = etree.QName(name).localname
    return "write it without the prefix" if near == local else f"did you mean {plain(near)}?"


def _missing_attributes(
    tag: str, element: etree._Element, kind: Type, meant: set[str], plain: Callable[[str], str]
) -> Iterator[Fault]:
    """The attributes that must stand there and do not, but for those that are `meant` by others."""
    for name in kind.required:
        if name not in element.attrib and name not in meant:
            hint = f'add {plain(name)}="…", {expectation(kind.attributes[name].values)}'
            yield Fault(ATTRIBUTE_MISSING, Spot(element), f"{tag} has no {plain(name)}", hint)
    for names in kind.one_of:
        if meant.isdisjoint(names):
            some = listed([plain(name) for name in names])
            yield Fault(ATTRIBUTE_MISSING, Spot(element), f"{tag} has none of {some}", f"add one of them to {tag}")
    for words in kind.unnamed:
        yield Fault(ATTRIBUTE_MISSING, Spot(element), f"{tag} has no {words}", f"add one to {tag}")


def _is_instruction(guide: Guide, name: str) -> bool:
    """Whether an attribute is one of XSD's own, which may stand anywhere, such as xsi:schemaLocation."""
    return guide.declarations.type_named is not None and name.startswith(XSI)


def _attributes_hint(tag: str, absent: list[str], name: str) -> tuple[str, tuple[str, ...]]:
    """What an element may have beside, and what of that the hint has no room for."""
    if not absent:
        return "take it away", ()
    ranked = sorted(absent, key=lambda other: _unlikeness(name, other))
    return f"take it away; {tag} may also have {listed(ranked)}", unlisted(ranked)


def _unlikeness(name: str, other: str) -> tuple[float, str]:
    """Sorts what is spelt alike first, and the rest by the alphabet."""
    alike = likeness(name, other)
    return (-alike if alike >= ALIKE else 0, other)


def _attribute_value(
    guide: Guide, element: etree._Element, name: str, value: str, attribute: Attribute
) -> Iterator[Fault]:
    is_other = attribute.fixed is not None and value.strip() != attribute.fixed.strip()
    if not is_other and (element, name) not in guide.refused and is_good(attribute.values, value, element):
        return
    whole = f"{guide.names.attribute(name, element)}={quoted(value)} of {guide.tag(str(element.tag))}"
    if is_other:
        yield Fault(BAD_VALUE, Spot(element), f"{whole} is not valid", f'it is always "{attribute.fixed}"')
    else:
        word, values = bad_word(attribute.values, value)
        what = whole if word == value else f"{quoted(word)} in {whole}"
        hint = good_value(values, word, element)
        yield Fault(BAD_VALUE, Spot(element), f"{what} is not valid", hint, about=(name, word))
