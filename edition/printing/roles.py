"""What an element of the HTML is to a screen reader, where it is more than its name says (ISO 32000-1, 14.8.4)."""

from __future__ import annotations

from collections.abc import Callable

from edition.printing.lists import BODY, CAPTION, LIST, ROWS
from edition.printing.nodes import Html, Node

_SPANS = {"ColSpan": "colspan", "RowSpan": "rowspan"}
_SCOPES = {"col": "/Column", "row": "/Row"}


def kind_of(element: Html, classes: list[str]) -> str:
    """The kind of an element, by which `MAKERS` know it."""
    for name in ("call", "label", "contents"):
        if name in classes:
            return name
    if element.tag == "div" and "block" in classes:
        return "rows"
    return str(element.tag)


def _reference(parent: Node, _: Html) -> Node:
    return parent.child("Reference").child("Link")


def _label(parent: Node, _: Html) -> Node:
    return parent.child("Lbl").child("Link")


def _contents(parent: Node, _: Html) -> Node:
    return parent.child("TOC")


def _list(parent: Node, element: Html) -> Node:
    node = parent.child(LIST)
    signs = element.get("data-signs") or "None"
    if signs != "None":
        node.told = (("ListNumbering", f"/{signs}"),)
    return node


def _item(parent: Node, element: Html) -> Node:
    if parent.role == "TOC":
        return parent.child("TOCI")
    return parent.child(CAPTION) if element.get("class") == "caption" else parent.child("LI").child(BODY)


def _rows(parent: Node, _: Html) -> Node:
    return parent.child(ROWS)


def _cell(parent: Node, element: Html) -> Node:
    """A cell of a table: how many columns and rows it takes, and what it heads (ISO 32000-1, 14.8.5.7)."""
    node = parent.child(element.tag.upper())
    said = {name: element.get(attribute) for name, attribute in _SPANS.items()}
    node.told = tuple((name, int(value)) for name, value in said.items() if value)
    scope = element.get("scope")
    if scope:
        node.told += (("Scope", _SCOPES[scope]),)
    return node


def _term(parent: Node, _: Html) -> Node:
    return parent.child("LI").child("Lbl")


def _description(parent: Node, _: Html) -> Node:
    items = [kid for kid in parent.kids if isinstance(kid, Node)]
    return (items[-1] if items else parent.child("LI")).child("LBody")


def _link(parent: Node, element: Html) -> Node:
    return _reference(parent, element) if parent.role == "TOCI" else parent.child("Link")


MAKERS: dict[str, Callable[[Node, Html], Node]] = {
    "call": _reference,
    "label": _label,
    "contents": _contents,
    "ul": _list,
    "li": _item,
    "rows": _rows,
    "td": _cell,
    "th": _cell,
    "dt": _term,
    "dd": _description,
    "a": _link,
}
