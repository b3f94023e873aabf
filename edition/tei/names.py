"""Names of TEI things, in the notation lxml uses."""

from __future__ import annotations

from lxml import etree

TEI_NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"

XML_ID = f"{{{XML_NAMESPACE}}}id"
XML_LANG = f"{{{XML_NAMESPACE}}}lang"

NAMESPACES = {"tei": TEI_NAMESPACE}


def tei(name: str) -> str:
    """`tei("sp")` is the name of sp in the TEI namespace."""
    return f"{{{TEI_NAMESPACE}}}{name}"


TURNS = frozenset((tei("sp"), tei("u")))


def is_element(node: etree._Element) -> bool:
    """Whether a node is an element, and not a comment, processing instruction or entity."""
    return isinstance(node.tag, str)


def local(element: etree._Element) -> str:
    """The name of a TEI element without its namespace; an element of another namespace keeps it."""
    tag = str(element.tag)
    return tag.removeprefix(f"{{{TEI_NAMESPACE}}}")
