"""Lists and tables, of which it is counted how many items or rows they have (TEI P5, 3.8 and 14.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from sys import intern

from lxml import etree

from edition.model import Series
from edition.tei.keys import Keys
from edition.tei.names import local, tei
from edition.tei.outside import Outside
from edition.tei.words import as_read, running_text

_MEMBERS = {"list": tei("item"), "table": tei("row")}
_SERIES = frozenset(map(tei, _MEMBERS))


def series_in(unit: etree._Element, units: Collection[etree._Element], keys: Keys) -> tuple[Series, ...]:
    """Those in a unit in the order in which they begin, one in another as well, without those of a unit in it."""
    found = (each for each in running_text(unit, _SERIES) if _is_of(each, unit, units))
    return tuple(_series(each, keys) for each in found)


def series_outside(found: Iterable[Outside], keys: Keys) -> tuple[Series, ...]:
    """Those around or in the passages outside units."""
    around = dict.fromkeys(each for passage in found for each in _of_passage(passage.block.element))
    return tuple(_series(each, keys) for each in around)


def _is_of(element: etree._Element, unit: etree._Element, units: Collection[etree._Element]) -> bool:
    return element is unit or next((each for each in element.iterancestors() if each in units), unit) is unit


def _of_passage(element: etree._Element) -> Iterator[etree._Element]:
    yield from reversed(list(element.iterancestors(*_SERIES)))
    yield from running_text(element, _SERIES)


def _series(element: etree._Element, keys: Keys) -> Series:
    """With the members that have words; a row of labels is none."""
    name = local(element)
    members = (each for each in element.iterchildren(_MEMBERS[name]) if each.get("role") != "label")
    return Series(intern(name), sum(1 for each in members if as_read(each)), keys.location(element))
