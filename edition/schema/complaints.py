"""What libxml2 says of a document that it refuses, as faults, in its own words made readable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree

from edition.diagnostics import Rule
from edition.schema.faults import Fault
from edition.schema.places import Spot
from edition.schema.rules import (
    ATTRIBUTE_MISSING,
    ATTRIBUTE_NOT_ALLOWED,
    BAD_VALUE,
    ELEMENT_MISSING,
    ELEMENT_NOT_ALLOWED,
    NOT_VALID,
    TEXT_NOT_ALLOWED,
)
from edition.tei.names import XML_ID, is_element

MAX_COMPLAINTS = 500  # of one document; finding the element of each takes a walk from the root

# The validation rules of XSD part 1 that libxml2 names, by the beginning of their names.
_RULES: tuple[tuple[str, Rule], ...] = (
    ("SCHEMAV_ELEMENT_CONTENT", ELEMENT_NOT_ALLOWED),
    ("SCHEMAV_CVC_COMPLEX_TYPE_3_2_", ATTRIBUTE_NOT_ALLOWED),
    ("SCHEMAV_CVC_COMPLEX_TYPE_4", ATTRIBUTE_MISSING),
    ("SCHEMAV_CVC_COMPLEX_TYPE_2_3", TEXT_NOT_ALLOWED),
    ("SCHEMAV_CVC_DATATYPE_VALID", BAD_VALUE),
    ("SCHEMAV_CVC_ENUMERATION_VALID", BAD_VALUE),
    ("SCHEMAV_CVC_PATTERN_VALID", BAD_VALUE),
    ("SCHEMAV_CVC_MIN", BAD_VALUE),
    ("SCHEMAV_CVC_MAX", BAD_VALUE),
    ("SCHEMAV_CVC_LENGTH_VALID", BAD_VALUE),
)
_WHERE = re.compile(r"Element '(?P<element>[^']*)'(?:, attribute '(?P<attribute>[^']*)')?: (?P<rest>.*)", re.DOTALL)


def complaints(root: etree._Element, log: Iterable[etree._LogEntry], explained: list[Fault]) -> Iterator[Fault]:
    """What the validator found and the walk did not. Each element is told of once, by whom tells it better.

    Keys are passed over while elements are misplaced: what the validator did not read may hold what it misses.
    """
    told = {fault.spot.element for fault in explained}
    contents = {
        element
        for fault in explained
        if fault.rule in (ELEMENT_NOT_ALLOWED, ELEMENT_MISSING)
        for element in (fault.spot.element, fault.spot.element.getparent())
    }
    complained: set[tuple[etree._Element, str]] = (
        set()
    )  # of one value libxml2 speaks twice: of its facet and its type
    for entry in islice(log, MAX_COMPLAINTS):
        element = _element_at(root, entry.path or "")
        if element is None:
            element = root
        of_content = entry.type_name == "SCHEMAV_ELEMENT_CONTENT"
        is_told = element in told or (of_content and (element in contents or element.getparent() in contents))
        follows = bool(contents) and entry.type_name == "SCHEMAV_CVC_IDC"
        if not (is_told or follows or _is_id_used_twice(element, entry)):
            fault = Fault(_rule(entry), Spot(element), _message(entry.message))
            subject = (element, fault.message.partition(":")[0] if fault.rule is BAD_VALUE else fault.message)
            if subject not in complained:
                complained.add(subject)
                yield fault


def _rule(entry: etree._LogEntry) -> Rule:
    if entry.type_name == "SCHEMAV_ELEMENT_CONTENT" and "Missing child" in entry.message:
        return ELEMENT_MISSING
    return next((rule for name, rule in _RULES if entry.type_name.startswith(name)), NOT_VALID)


def _message(message: str) -> str:
    plain = re.sub(r"\{[^{}\s]*\}", "", message.strip()).removesuffix(".")
    found = _WHERE.fullmatch(plain)
    if found is None:
        return plain
    tag, attribute = f"<{found['element']}>", found["attribute"]
    return f"{attribute} of {tag}: {found['rest']}" if attribute else f"{tag}: {found['rest']}"


def _is_id_used_twice(element: etree._Element, entry: etree._LogEntry) -> bool:
    """libxml2 calls a second xml:id of the same name a bad value: that is REF101, where both places are told."""
    is_id = entry.type_name.startswith("SCHEMAV_CVC_DATATYPE_VALID") and f"'{XML_ID}'" in entry.message
    return is_id and re.fullmatch(r"[^\W\d][\w.\-·]*", element.get(XML_ID, "").strip()) is not None


def _element_at(root: etree._Element, path: str) -> etree._Element | None:
    """The element that a path as libxml2 writes it leads to, such as `/*/*[2]/m:math`."""
    candidates, element = [root], None
    for step in path.split("/")[1:]:
        found = re.fullmatch(r"([^\[\]@()]+)(?:\[(\d+)\])?", step)
        if found is None:
            break
        named = [node for node in candidates if found[1] in ("*", _prefixed(node))]
        position = int(found[2] or 1) - 1
        if position >= len(named):
            return None
        element = named[position]
        candidates = [child for child in element if is_element(child)]
    return element


def _prefixed(element: etree._Element) -> str:
    local = etree.QName(element).localname
    return f"{element.prefix}:{local}" if element.prefix else local
