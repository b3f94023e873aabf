"""What libxml2 says of a document that it refuses, as faults, in its own words made readable."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from edition.diagnostics import Rule
from edition.schema.faults import Fault
from edition.schema.keys import Keys
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
from edition.tei.names import XML_ID, XML_NAMESPACE

MAX_COMPLAINTS = 500  # of one document; finding the element of each takes a walk from the root

# The validation rules of XSD part 1 that libxml2 names, by the beginning of their names.
_RULES: tuple[tuple[str, Rule], ...] = (
    ("SCHEMAV_ELEMENT_CONTENT", ELEMENT_NOT_ALLOWED),
    ("SCHEMAV_CVC_TYPE_3_1_2", ELEMENT_NOT_ALLOWED),
    ("SCHEMAV_CVC_COMPLEX_TYPE_2_1", ELEMENT_NOT_ALLOWED),
    ("SCHEMAV_CVC_COMPLEX_TYPE_2_2", ELEMENT_NOT_ALLOWED),
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
_OF_CONTENT = (ELEMENT_NOT_ALLOWED, ELEMENT_MISSING)
_XML = f"{{{XML_NAMESPACE}}}"
_WHERE = re.compile(r"Element '(?P<element>[^']*)'(?:, attribute '(?P<attribute>[^']*)')?: (?P<rest>.*)", re.DOTALL)
_SEQUENCE = re.compile(r"key-sequence \[(.*?)\] of keyref", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that libxml2 says, about an element or one of its attributes ("" for none)."""

    rule: Rule
    element: etree._Element
    attribute: str
    message: str
    is_of_keys: bool = False

    @property
    def leads_nowhere(self) -> bool:
        """Whether a keyref finds no key."""
        return self.is_of_keys and ": No match found for " in self.message


def complaints(root: etree._Element, log: Iterable[etree._LogEntry]) -> list[Complaint]:
    """What libxml2 says of a document that it refuses, once each, but for what REF101 and REF102 say."""
    found: dict[object, Complaint] = {}
    for entry in islice((entry for entry in log if not _is_of_ids(entry)), MAX_COMPLAINTS):
        element = _element_at(root, entry.path) if entry.path else _element_on(root, entry)
        complaint = _complaint(root if element is None else element, entry)
        is_value = complaint.rule is BAD_VALUE  # of which libxml2 speaks twice: of its facet and of its type
        found.setdefault((complaint.element, complaint.attribute, "" if is_value else complaint.message), complaint)
    return list(found.values())


def untold(heard: Sequence[Complaint], explained: Sequence[Fault], keys: Keys) -> Iterator[Fault]:
    """The complaints that no explanation covers. Each element is told of once, by whom tells it better.

    What libxml2 did not read, as elements are misplaced, may hold what it misses: then nothing is said of where
    keyrefs lead, nor of the keys of an element with something misplaced in it.
    """
    told = {fault.spot.element for fault in explained}
    contents = {
        element
        for fault in explained
        if fault.rule in _OF_CONTENT
        for element in (fault.spot.element, fault.spot.element.getparent())
    }
    unread = _with_all_around(contents) if any(complaint.is_of_keys for complaint in heard) else contents
    for complaint in heard:
        element = complaint.element
        is_told = element in told
        if complaint.rule in _OF_CONTENT:
            is_told = is_told or element in contents or element.getparent() in contents
        if is_told or (complaint.is_of_keys and (element in unread or (unread and complaint.leads_nowhere))):
            continue
        fault = keys.broken(element, complaint.message) if complaint.is_of_keys else None
        yield fault or Fault(complaint.rule, Spot(element), complaint.message)


def _with_all_around(elements: Iterable[etree._Element | None]) -> set[etree._Element | None]:
    found: set[etree._Element | None] = set()
    for element in elements:
        node = element
        while node is not None and node not in found:
            found.add(node)
            node = node.getparent()
    return found


def _complaint(element: etree._Element, entry: etree._LogEntry) -> Complaint:
    found = _WHERE.fullmatch(entry.message.strip().removesuffix("."))
    rule, is_of_keys = _rule(entry), entry.type_name == "SCHEMAV_CVC_IDC"
    if found is None:
        return Complaint(rule, element, "", _plain(entry.message.strip()), is_of_keys)
    attribute = found["attribute"] or ""
    what = f"{attribute.replace(_XML, 'xml:')} of <{found['element']}>" if attribute else f"<{found['element']}>"
    return Complaint(rule, element, attribute, _plain(f"{what}: {found['rest']}"), is_of_keys)


def _plain(message: str) -> str:
    """Without the namespaces that libxml2 writes before each name."""
    return re.sub(r"\{[^{}\s]*\}", "", message)


def _rule(entry: etree._LogEntry) -> Rule:
    if entry.type_name == "SCHEMAV_ELEMENT_CONTENT" and "Missing child" in entry.message:
        return ELEMENT_MISSING
    return next((rule for name, rule in _RULES if entry.type_name.startswith(name)), NOT_VALID)


def _is_of_ids(entry: etree._LogEntry) -> bool:
    """libxml2 calls a second xml:id of the same name a bad value, as one that is no name: REF101 and REF102."""
    return entry.type_name.startswith("SCHEMAV_CVC_DATATYPE_VALID") and f"attribute '{XML_ID}'" in entry.message


def _element_at(root: etree._Element, path: str) -> etree._Element | None:
    """The element that a path as libxml2 writes it leads to, such as `/*/*[2]/m:math`."""
    prefixes = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    with contextlib.suppress(etree.XPathError):
        return _first(root, path, prefixes)
    # A prefix that is not declared on the root.
    for element in root.iter(etree.Element):
        prefixes.update((prefix, uri) for prefix, uri in element.nsmap.items() if prefix)
    with contextlib.suppress(etree.XPathError):
        return _first(root, path, prefixes)
    return None


def _element_on(root: etree._Element, entry: etree._LogEntry) -> etree._Element | None:
    """The element that a complaint without a path is about, as those of keyrefs are: by line, name and values."""
    said = _WHERE.fullmatch(entry.message.strip().removesuffix("."))
    sequence = _SEQUENCE.search(entry.message)
    values = re.findall(r"'([^']*)'", sequence[1]) if sequence else []
    there = [each for each in root.iter(said["element"] if said else "*") if each.sourceline == entry.line]
    return next((each for each in there if _has(each, values)), there[0] if there else None)


def _has(element: etree._Element, values: Iterable[str]) -> bool:
    """Whether all of these are values of its attributes or texts, or of those in it."""
    own = {str(value) for node in element.iter(etree.Element) for value in (*node.attrib.values(), node.text or "")}
    return {" ".join(value.split()) for value in own}.issuperset(values)


def _first(root: etree._Element, path: str, prefixes: dict[str, str]) -> etree._Element | None:
    found = root.getroottree().xpath(path, namespaces=prefixes) if path else None
    return next((node for node in found if etree.iselement(node)), None) if isinstance(found, list) else None
