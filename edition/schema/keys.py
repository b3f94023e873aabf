"""Keys of an XSD that are broken (part 1, 3.11): whose value is taken, what a key lacks, which keyref leads nowhere.

libxml2 tells that they are, and of neither the other element nor what to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lxml import etree

from edition.schema.faults import Fault
from edition.schema.files import SchemaFile
from edition.schema.places import Spot
from edition.schema.rules import NOT_VALID
from edition.schema.wording import listed, nearest, quoted
from edition.schema.xsd_files import XSD

_NUMBER = re.compile(r"[+-]?[0-9]{1,50}(\.[0-9]{0,50})?")
_BOOLEANS = {"true": Decimal(1), "false": Decimal(0)}  # which may be written 1 and 0
_DUPLICATE = re.compile(r"<[^>]*>: Duplicate key-sequence .* identity-constraint '([^']*)'", re.DOTALL)
_INCOMPLETE = re.compile(r"<[^>]*>: Not all fields of key identity-constraint '([^']*)'")
_NOWHERE = re.compile(r"<[^>]*>: No match found for key-sequence \[(.*)\] of keyref '([^']*)'", re.DOTALL)
_ATTRIBUTE = re.compile(r"\s*(?:\./)?@([^\s|/@*]+)\s*")
_CHILD = re.compile(r"\s*(?:\./)?([^\s|/@*.]+)\s*")
_PREFIX = re.compile(r"[^\s|/@*.:]+:(?!:)")
_MOST_COMPARED = 500  # values that a wrong one is compared with

_Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Selected:
    """What a constraint selects in an element: the values of each, and by values the first that has them.

    As numbers 1 and 01 are alike, as words they are not, and only their type tells which they are. So what is written
    alike comes before what is alike as a number.
    """

    written: dict[etree._Element, _Values] = field(default_factory=dict)
    first: dict[_Values, etree._Element] = field(default_factory=dict)
    first_number: dict[tuple[object, ...], etree._Element] = field(default_factory=dict)

    def add(self, element: etree._Element, values: _Values) -> None:
        self.written[element] = values
        self.first.setdefault(values, element)
        self.first_number.setdefault(tuple(map(_number, values)), element)

    def before(self, element: etree._Element) -> etree._Element | None:
        values = self.written.get(element)
        if values is None:
            return None
        alike = self.first[values], self.first_number[tuple(map(_number, values))]
        return next((first for first in alike if first is not element), None)


class Keys:
    """The xs:key, xs:unique and xs:keyref of a schema, and what they select in one document."""

    def __init__(self, files: Sequence[SchemaFile]) -> None:
        self._constraints: dict[str, list[etree._Element]] = {}
        self._paths: dict[etree._Element, str] = {}
        for file in files:
            for constraint in file.root.iter(f"{XSD}key", f"{XSD}unique", f"{XSD}keyref"):
                self._constraints.setdefault(constraint.get("name", ""), []).append(constraint)
                self._paths[constraint] = file.path
        self._selected: dict[tuple[etree._Element, etree._Element], _Selected] = {}

    def broken(self, element: etree._Element, said: str) -> Fault | None:
        """In our words what libxml2 has `said` of the keys of an element; None for what is said of nothing known."""
        if found := _DUPLICATE.match(said):
            return self._duplicate(element, found[1])
        if found := _INCOMPLETE.match(said):
            return self._incomplete(element, found[1])
        if found := _NOWHERE.match(said):
            return self._nowhere(element, found[2], re.findall(r"'([^']*)'", found[1]))
        return None

    def _duplicate(self, element: etree._Element, name: str) -> Fault:
        """Without the first of the two where their values are alike as only their type can tell."""
        for constraint in self._constraints.get(name, ()):
            for scope in element.iterancestors():
                first = self._before(scope, constraint, element)
                if first is not None:
                    return _taken(constraint, element, first)
        message = f"another element has the same values as {_tag(element)} for {name}"
        return Fault(NOT_VALID, Spot(element), message, "give one of them another value: the schema wants each once")

    def _incomplete(self, element: etree._Element, name: str) -> Fault:
        for constraint in self._constraints.get(name, ()):
            fields = constraint.findall(f"{XSD}field")
            lacking = [each.get("xpath", "") for each in fields if not _found(element, each)]
            if lacking and len(self._constraints[name]) == 1:
                message = f"{_tag(element)} lacks {listed([_named(each) for each in lacking], 'and')}"
                hint = f"add {listed([_written_as(each) for each in lacking], 'and')}: {self._wanted_by(constraint)}"
                return Fault(NOT_VALID, Spot(element), message, hint)
        message = f"{_tag(element)} lacks a part of the key {name}"
        return Fault(NOT_VALID, Spot(element), message, "add what the fields of the key select")

    def _wanted_by(self, constraint: etree._Element) -> str:
        return f"the key {constraint.get('name')} wants it ({self._paths[constraint]}:{constraint.sourceline})"

    def _nowhere(self, element: etree._Element, name: str, values: Sequence[str]) -> Fault:
        """A reference to a key that nothing has, and the value of a key that may have been meant."""
        reference = next(iter(self._constraints.get(name, ())), None)
        refers = "" if reference is None else reference.get("refer", "").rpartition(":")[2]
        key = next(iter(self._constraints.get(refers, ())), None)
        parts = [quoted(each) for each in values]
        if reference is not None and len(self._constraints[name]) == 1:
            parts = list(_parts(reference, element)) or parts
        message = f"{listed(parts, 'and')} of {_tag(element)} leads nowhere: nothing has that key"
        if key is None:
            return Fault(NOT_VALID, Spot(element), message, "write the value of one that is there")
        there = {
            written[0]: first
            for scope in element.iterancestors()
            for written, first in self._select(scope, key).first.items()
            if len(written) == len(values) == 1
        }
        near = nearest(values[0], there) if there and len(there) <= _MOST_COMPARED else None
        guess = "" if near is None else f"did you mean {quoted(near)}, of line {there[near].sourceline}? "
        what = listed([_named(each.get("xpath", "")) for each in key.findall(f"{XSD}field")], "and")
        selector = key.find(f"{XSD}selector")
        of = "" if selector is None else f" of {_PREFIX.sub('', selector.get('xpath', ''))}"
        hint = f"{guess}the key {refers} is {what}{of} ({self._paths[key]}:{key.sourceline})"
        return Fault(NOT_VALID, Spot(element), message, hint)

    def _before(
        self, scope: etree._Element, constraint: etree._Element, element: etree._Element
    ) -> etree._Element | None:
        """The first element in `scope` that the constraint finds alike, if another one."""
        return self._select(scope, constraint).before(element)

    def _select(self, scope: etree._Element, constraint: etree._Element) -> _Selected:
        key = scope, constraint
        if key not in self._selected:
            self._selected[key] = _selected(scope, constraint)
        return self._selected[key]


def _selected(scope: etree._Element, constraint: etree._Element) -> _Selected:
    """What a constraint selects in an element, in the order of the document."""
    selector = constraint.find(f"{XSD}selector")
    fields, selected = constraint.findall(f"{XSD}field"), _Selected()
    for element in [] if selector is None else _found(scope, selector):
        values = [_found(element, each) for each in fields]
        if values and all(len(each) == 1 for each in values):
            selected.add(element, tuple(_written(value) for (value,) in values))
    return selected


def _found(context: etree._Element, step: etree._Element) -> list[etree._Element]:
    """What the XPath of a selector or field finds. libxml2 has held it to the part of XPath that XSD allows."""
    prefixes = {prefix: uri for prefix, uri in step.nsmap.items() if prefix}
    found = context.xpath(step.get("xpath", ""), namespaces=prefixes)
    return list(found) if isinstance(found, list) else []


def _written(value: etree._Element | str) -> str:
    return " ".join((value if isinstance(value, str) else value.text or "").split())


def _number(value: str) -> object:
    return Decimal(value) if _NUMBER.fullmatch(value) else _BOOLEANS.get(value, value)


def _tag(element: etree._Element) -> str:
    return f"<{etree.QName(element).localname}>"


def _named(xpath: str) -> str:
    """What the XPath of a field selects, in words."""
    if attribute := _ATTRIBUTE.fullmatch(xpath):
        return f"the attribute {attribute[1]}"
    child = _CHILD.fullmatch(xpath)
    return f"<{child[1].rpartition(':')[2]}>" if child else "its text" if xpath.strip() == "." else xpath


def _written_as(xpath: str) -> str:
    attribute = _ATTRIBUTE.fullmatch(xpath)
    return f'{attribute[1]}="…"' if attribute else _named(xpath)


def _parts(constraint: etree._Element, element: etree._Element) -> Iterator[str]:
    """The values of an element by the fields of a constraint, as they are written: `n="1"`, `"a text"`."""
    for each in constraint.findall(f"{XSD}field"):
        for value in _found(element, each)[:1]:
            name, text = getattr(value, "attrname", None), quoted(_written(value))
            yield f"{etree.QName(name).localname}={text}" if name else text


def _taken(constraint: etree._Element, element: etree._Element, first: etree._Element) -> Fault:
    parts = list(_parts(constraint, element))
    is_taken = "is" if len(parts) == 1 else "are"
    message = f"{listed(parts, 'and')} of {_tag(element)} {is_taken} taken, by {_tag(first)}"
    hint = f"give one of them another value: the schema wants each once ({constraint.get('name')})"
    return Fault(NOT_VALID, Spot(element), message, hint, Spot(first))
