"""Keys of elements and pointers of one file, as the model has them, and places."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from edition.diagnostics import Location
from edition.tei.names import XML_ID
from edition.tei.pointers import Prefixes, resolve, split


@dataclass(frozen=True, slots=True)
class Keys:
    """The file, and what its prefixes stand for."""

    path: str
    prefixes: Prefixes

    def of(self, element: etree._Element, otherwise: str = "") -> str:
        """The key of an element; `otherwise` takes the place of an xml:id that it lacks."""
        return f"{self.path}#{element.get(XML_ID) or otherwise}"

    def pointed(self, element: etree._Element, *attributes: str) -> tuple[str, ...]:
        """The keys that the first of these attributes that is there points at."""
        value = next(filter(None, map(element.get, attributes)), None)
        return tuple(resolve(each, self.path, self.prefixes) for each in split(value)) if value else ()

    def location(self, element: etree._Element) -> Location:
        return Location(self.path, element.sourceline)
