"""The keys of an XSD that two elements have alike (part 1, 3.11): which the other one is. libxml2 does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lxml import etree

from edition.schema.faults import Fault
from edition.schema.files import SchemaFile
from edition.schema.places import Spot
from edition.schema.rules import NOT_VALID
from edition.schema.wording import listed, quoted
from edition.schema.xsd_files import XSD

_NUMBER = re.compile(r"[+-]?[0-9]{1,50}(\.[0-9]{0,50})?")

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
    """The xs:key and xs:unique of a schema, and what they select in one document."""

    def __init__(self, files: Sequence[SchemaFile]) -> None:
        self._constraints: dict[str, list[etree._Element]] = {}
        for file in files:
            for constraint in file.root.iter(f"{XSD}key", f"{XSD}unique"):
                self._constraints.setdefault(constraint.get("name", ""), []).append(constraint)
        self._selected: dict[tuple[etree._Element, etree._Element], _Selected] = {}

    def duplicate(self, element: etree._Element, name: str) -> Fault | None:
        """What is wrong with the second of two elements that are alike by the constraint of this name.

        None where the first is not found: its values may be alike as only their type can tell.
        """
        for constraint in self._constraints.get(name, ()):
            for scope in element.iterancestors():
                first = self._before(scope, constraint, element)
                if first is not None:
                    return _fault(constraint, element, first)
        return None

    def _before(
        self, scope: etree._Element, constraint: etree._Element, element: etree._Element
    ) -> etree._Element | None:
        """The first element in `scope` that the constraint finds alike, if another one."""
        key = scope, constraint
        if key not in self._selected:
            self._selected[key] = _selected(scope, constraint)
        return self._selected[key].before(element)


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
    return Decimal(value) if _NUMBER.fullmatch(value) else value


def _fault(constraint: etree._Element, element: etree._Element, first: etree._Element) -> Fault:
    tag, other = (f"<{etree.QName(each).localname}>" for each in (element, first))
    parts = []
    for each in constraint.findall(f"{XSD}field"):
        (value,) = _found(element, each)
        name, text = getattr(value, "attrname", None), quoted(_written(value))
        parts.append(f"{etree.QName(name).localname}={text}" if name else text)
    message = f"{listed(parts, 'and')} of {tag} {'is' if len(parts) == 1 else 'are'} taken, by {other}"
    hint = f"give one of them another value: the schema wants each once ({constraint.get('name')})"
    return Fault(NOT_VALID, Spot(element), message, hint, Spot(first))
