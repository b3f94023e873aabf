"""Elements of an XML record, and the bytes they are written as: the same for the same elements.

Names are written as they will stand in the file, prefix and all; the root declares its namespaces as attributes.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

XSI = "http://www.w3.org/2001/XMLSchema-instance"


def add(parent: ET.Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> ET.Element:
    """A new child; attributes without a value are left out."""
    element = ET.SubElement(parent, name, {key: value for key, value in (attributes or {}).items() if value})
    element.text = text or None
    return element


def drop_empty(root: ET.Element) -> None:
    """Take out the children that hold nothing at all: lists of which nobody says an item."""
    for child in list(root):
        if not len(child) and not child.text and not child.attrib:
            root.remove(child)


def serialised(root: ET.Element) -> bytes:
    """A document in UTF-8, indented."""
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"
