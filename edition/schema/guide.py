"""What the explanations of faults share: naming elements, and telling what a schema says they are for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from edition.schema.content import Model, State
from edition.schema.declarations import Declaration, Declarations, Values
from edition.schema.values import as_phrase, expectation, no_such_day, suggestion
from edition.schema.wording import ALIKE, Names, likeness, listed, unlisted
from edition.tei.names import XML_NAMESPACE
from edition.tei.pointers import is_id
from edition.tei.shells import Shells

Refused = frozenset[tuple[etree._Element, str]]  # values, by element and attribute; "" for the text


@dataclass(frozen=True)
class Guide:
    """A schema, the names that a document has for its elements, and the values that another has refused.

    `used` counts the elements of the document at `root`: of sixty that might be meant, those are likely that it uses.
    `said` and `takers` keep what was found once, the second for `wrapping`.
    """

    root: etree._Element
    declarations: Declarations
    names: Names
    refused: Refused
    used: Counter[str]
    shells: Shells | None = None
    said: dict[tuple[tuple[str, ...], tuple[str, ...], str], tuple[str, tuple[str, ...]]] = field(
        default_factory=dict
    )
    takers: dict[tuple[State, tuple[str, ...]], Sequence[tuple[str, Model]]] = field(default_factory=dict)

    @classmethod
    def to(
        cls,
        declarations: Declarations,
        root: etree._Element,
        refused: Refused = frozenset(),
        shells: Shells | None = None,
    ) -> Guide:
        there = (str(element.tag) for element in root.iter(etree.Element))
        used = Counter(there) if shells is None else shells.names(root)
        return cls(root, declarations, Names.of(root, declarations.home), refused, used, shells)

    @cached_property
    def homes(self) -> frozenset[tuple[str, str]]:
        """Which elements hold which in the document, as pairs of parent and child."""
        if self.shells is not None:
            return frozenset(self.shells.pairs)
        children = (child for child in self.root.iter(etree.Element) if child is not self.root)
        return frozenset(
            (str(parent.tag), str(child.tag))
            for child in children
            for parent in (child.getparent(),)
            if parent is not None
        )

    @cached_property
    def spaces(self) -> frozenset[str | None]:
        """The namespaces of which the schema has elements."""
        return frozenset(etree.QName(name).namespace for name in self.declarations.everywhere)

    def tag(self, name: str) -> str:
        return self.names.tag(name)

    def some(self, names: Iterable[str], first: Iterable[str] = (), like: str = "") -> str:
        """A few of these elements: `first` before the others, then what is spelt like `like`, then what is used."""
        return self._said(names, first, like)[0]

    def rest(self, names: Iterable[str], first: Iterable[str] = (), like: str = "") -> tuple[str, ...]:
        """Those that `some` has no room for, by the alphabet."""
        return self._said(names, first, like)[1]

    def _said(self, names: Iterable[str], first: Iterable[str], like: str) -> tuple[str, tuple[str, ...]]:
        key = tuple(names), tuple(first), like
        if key not in self.said:
            ranked = self._ranked(*key)
            self.said[key] = listed(ranked), unlisted(ranked)
        return self.said[key]

    def _ranked(self, names: tuple[str, ...], first: tuple[str, ...], like: str) -> list[str]:
        must, wanted = frozenset(first), etree.QName(like).localname if like else ""

        def rank(name: str) -> tuple[bool, float, int]:
            alike = likeness(wanted, etree.QName(name).localname) if wanted else 0
            return name not in must, -alike if alike >= ALIKE else 0, -self.used[name]

        return [self.tag(name) for name in sorted(names, key=rank)]

    def meant(self, name: str) -> str:
        """`did you mean <sp>? (sp: a turn, one speech of one speaker)`"""
        return f"did you mean {self.tag(name)}?" + self.aside(name)

    def aside(self, name: str) -> str:
        """What the schema says an element is for, in brackets, or nothing."""
        declaration = self.declarations.everywhere.get(name)
        if declaration is None or not declaration.note:
            return ""
        return f" ({self.names.plain(name)}: {as_phrase(declaration.note)})"

    def only(self, name: str) -> Declaration | None:
        """The declaration of a name that has just one."""
        return self.declarations.everywhere.get(name)


def is_good(values: Values, value: str, element: etree._Element) -> bool:
    """Whether a value may stand in an element, with the prefixes that are declared there."""
    return values.accepts(value) and (values.scoped is None or values.scoped(value, _bindings(element)))


def good_value(values: Values, value: str, element: etree._Element) -> str:
    """The hint for a bad value: what may have been meant, and what a good one looks like."""
    prefix = value.strip().rpartition(":")[0]
    if values.kind == "QName" and is_id(prefix) and prefix not in _bindings(element):
        return f'the prefix {prefix} is not declared; add xmlns:{prefix}="…"'
    if no_such_day(values, value):
        return "there is no such day"
    near = suggestion(values, value)
    guess = f'did you mean "{near}"? ' if near is not None else ""
    return f"{guess}expected: {expectation(values)}"


def _bindings(element: etree._Element) -> dict[str, str]:
    return {"xml": XML_NAMESPACE} | {prefix or "": uri for prefix, uri in element.nsmap.items()}
