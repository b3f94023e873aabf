"""The namespaces of a Schematron schema, and where its elements were written."""

from __future__ import annotations

from lxml import etree

SCH = "{http://purl.oclc.org/dsdl/schematron}"
XSL = "{http://www.w3.org/1999/XSL/Transform}"
PLACE = "{urn:edition:schematron}place"  # attribute that remembers file:line through copies


def place_of(element: etree._Element) -> str:
    """`file:line` of an element of a Source, for messages."""
    return next((node.get(PLACE, "") for node in (element, *element.iterancestors()) if node.get(PLACE)), "")
