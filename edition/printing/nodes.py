"""The elements of the tree that a screen reader goes through, and what stands in them (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Marked:
    """Content of a page, by the number of the page from 0 and its mark there."""

    page: int
    mark: int


@dataclass(frozen=True, slots=True)
class Target:
    """The annotation of a link: the number of its page, its reference, and its number among all of the book."""

    page: int
    reference: bytes
    number: int


@dataclass(slots=True, eq=False)
class Node:
    """An element of the tree. Empty `language`, `spoken`, `id` and `text` are not written.

    `spoken` is read in its place; `text` is what it shows, where its glyphs do not say so. `told` is what its role
    must say beside, such as what a heading in a table heads (ISO 32000-1, 14.8.5).
    """

    role: str
    language: str = ""
    spoken: str = ""
    id: str = ""
    kids: list[Kid] = field(default_factory=list)
    text: str = ""
    told: tuple[tuple[str, str | int], ...] = ()

    def walk(self) -> Iterator[Node]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def nodes(self) -> list[Node]:
        """The elements right below this one."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def child(self, role: str) -> Node:
        node = Node(role)
        self.kids.append(node)
        return node


Kid: TypeAlias = Node | Marked | Target
Html: TypeAlias = Any  # an element of the HTML, as WeasyPrint holds it
