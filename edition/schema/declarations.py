"""What a schema declares, whatever language it is written in: as much of it as explaining needs.

A reader of a schema language (`xsd_reading`) makes these; `explain` walks a document with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from edition.schema.content import Model


@dataclass(frozen=True, eq=False)
class Values:
    """The values that an attribute or element may have.

    `kind` is the type of XSD part 2 that they are of, `note` what the schema's author wrote of them, `choices` the
    values if they are listed, `bounds` facets with their values. One of `patterns` must match, or all of them if
    `all_patterns`; none of `excepted` is meant. A list has an `item`, a union has `members`.
    Where checking could take too long, `accepts` lets everything pass and `unchecked` says so; so it does where
    prefixes matter, which `scoped` judges with those that are declared at the place, "" for none.
    """

    accepts: Callable[[str], bool]
    unchecked: bool = False
    kind: str = ""
    note: str = ""
    choices: tuple[str, ...] = ()
    bounds: tuple[tuple[str, str], ...] = ()
    patterns: tuple[str, ...] = ()
    all_patterns: bool = False
    excepted: tuple[str, ...] = ()
    item: Values | None = None
    members: tuple[Values, ...] = ()
    scoped: Callable[[str, Mapping[str, str]], bool] | None = None


@dataclass(frozen=True, eq=False)
class Attribute:
    """An attribute of a type. `fixed` is the one value it may have, if it may have only one."""

    values: Values
    required: bool = False
    fixed: str | None = None


@dataclass(frozen=True, eq=False)
class Type:
    """What an element may hold: attributes, and either values or children (with text between them if `mixed`).

    `other_attribute` tells of a name that is not in `attributes` whether a wildcard takes it. RELAX NG can say more:
    `clashes` are attributes that may not stand beside another one, `shut` those that may not be added to what stands
    there, `one_of` are names of which one must stand there, and `unnamed` tell in words of those that must stand
    there and may have any of endless names.
    """

    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    other_attribute: Callable[[str], bool] = lambda name: False
    values: Values | None = None
    content: Model | None = None
    mixed: bool = False
    clashes: Mapping[str, str] = field(default_factory=dict)
    one_of: tuple[tuple[str, ...], ...] = ()
    shut: frozenset[str] = frozenset()
    unnamed: tuple[str, ...] = ()

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The attributes that must stand there."""
        return tuple(name for name, attribute in self.attributes.items() if attribute.required)


class Declaration:
    """An element as the schema declares it. Its type is read when a document first needs it.

    In RELAX NG the content may depend on the attributes: `narrow` finds the type that a given element is of. `takes`
    tells soon whether nothing at all is wrong with an element and what is in it.
    """

    def __init__(
        self,
        name: str,
        note: str,
        read_type: Callable[[], Type],
        narrow: Callable[[etree._Element], Type] | None = None,
        takes: Callable[[etree._Element], bool] = lambda element: False,
    ) -> None:
        self.name = name
        self.note = note
        self._read_type = read_type
        self._narrow = narrow
        self.takes = takes

    @cached_property
    def type(self) -> Type:
        return self._read_type()

    def type_for(self, element: etree._Element) -> Type:
        return self.type if self._narrow is None else self._narrow(element)


@dataclass(frozen=True)
class Declarations:
    """A schema. `roots` may begin a document, `outermost` are those of them that stand in no other element.

    `everywhere` has each name that is declared at all, `home` the namespaces that messages leave out.
    A name of `everywhere` that is declared in several ways leads to None. `type_named` finds what xsi:type names;
    without it xsi:type and xsi:nil are attributes like any other.
    """

    roots: Mapping[str, Declaration]
    everywhere: Mapping[str, Declaration | None]
    home: frozenset[str]
    outermost: tuple[str, ...] = ()
    type_named: Callable[[str], Type | None] | None = None
