"""Patterns in the simple form (RELAX NG 4.22). Equal ones are one object, which remembers what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from edition.schema.relaxng.datatypes import Datatype
from edition.schema.relaxng.nameclasses import NameClass

Kind = TypeVar("Kind", "Attribute", "Element")

_MEMORIES = ("_closed", "_first", "_steps", "_text")


class Pattern:
    """Any pattern. `nullable`: nothing is enough; `has_data`, `has_attributes`, `has_elements`: it holds such."""

    __slots__ = (*_MEMORIES, "has_attributes", "has_data", "has_elements", "nullable", "number")
    nullable: bool
    has_data: bool
    has_attributes: bool
    has_elements: bool

    def __init__(self, number: int) -> None:
        self.number = number
        self.nullable = True
        self.has_data = self.has_attributes = self.has_elements = False
        self._first: frozenset[Element] | None = None
        self._steps: dict[Element, Pattern] = {}
        self._closed: Pattern | None = None
        self._text: Pattern | None = None


class Empty(Pattern):
    __slots__ = ()


class NotAllowed(Pattern):
    __slots__ = ()


class Text(Pattern):
    __slots__ = ()


class Choice(Pattern):
    __slots__ = ("_by_element", "items")

    def __init__(self, number: int, items: tuple[Pattern, ...]) -> None:
        super().__init__(number)
        self.items = items
        self.nullable = any(item.nullable for item in items)
        self.has_data = any(item.has_data for item in items)
        self.has_attributes = any(item.has_attributes for item in items)
        self.has_elements = any(item.has_elements for item in items)
        self._by_element: dict[Element, list[Pattern]] | None = None

    def holding(self, element: Element) -> list[Pattern]:
        """Those of the items that may begin with an element."""
        if self._by_element is None:
            self._by_element = {}
            for item in self.items:
                for each in first(item):
                    self._by_element.setdefault(each, []).append(item)
        return self._by_element[element]


class _Pair(Pattern):
    """Made by the ten thousand."""

    __slots__ = ("one", "two")

    def __init__(self, number: int, one: Pattern, two: Pattern) -> None:
        super().__init__(number)
        self.one, self.two = one, two
        self.nullable = one.nullable and two.nullable
        self.has_data = one.has_data or two.has_data
        self.has_attributes = one.has_attributes or two.has_attributes
        self.has_elements = one.has_elements or two.has_elements


class Group(_Pair):
    """`one`, then `two`."""

    __slots__ = ()


class Interleave(_Pair):
    """`one` and `two`, mingled in any way."""

    __slots__ = ()


class OneOrMore(Pattern):
    __slots__ = ("item",)

    def __init__(self, number: int, item: Pattern) -> None:
        super().__init__(number)
        self.item, self.nullable, self.has_data = item, item.nullable, item.has_data
        self.has_attributes, self.has_elements = item.has_attributes, item.has_elements


class List(Pattern):
    __slots__ = ("item",)

    def __init__(self, number: int, item: Pattern) -> None:
        super().__init__(number)
        self.item, self.nullable, self.has_data = item, False, True


class Data(Pattern):
    __slots__ = ("but", "datatype")

    def __init__(self, number: int, datatype: Datatype, but: Pattern | None) -> None:
        super().__init__(number)
        self.datatype, self.but, self.nullable, self.has_data = datatype, but, False, True


class Value(Pattern):
    """One value. `bindings` are the prefixes of the schema, where the type needs them."""

    __slots__ = ("bindings", "datatype", "value")

    def __init__(self, number: int, datatype: Datatype, value: str, bindings: tuple[tuple[str, str], ...]) -> None:
        super().__init__(number)
        self.datatype, self.value, self.bindings = datatype, value, dict(bindings)
        self.nullable, self.has_data = False, True


class Attribute(Pattern):
    __slots__ = ("content", "names")

    def __init__(self, number: int, names: NameClass, content: Pattern) -> None:
        super().__init__(number)
        self.names, self.content, self.nullable = names, content, False
        self.has_attributes = True


class Element(Pattern):
    """An element pattern is itself alone. Its content is read from the schema when a document first needs it."""

    __slots__ = ("_content", "_read", "names", "note")

    def __init__(self, number: int, names: NameClass, read: Callable[[], Pattern], note: Callable[[], str]) -> None:
        super().__init__(number)
        self.names, self.note, self.nullable = names, note, False
        self.has_elements = True
        self._content: Pattern | None = None
        self._read = read

    @property
    def content(self) -> Pattern:
        if self._content is None:
            self._content = self._read()
        return self._content


EMPTY, NOT_ALLOWED, TEXT = Empty(0), NotAllowed(1), Text(2)
NOT_ALLOWED.nullable = False
FIRST_FREE = 3  # number of a pattern


def first(pattern: Pattern) -> frozenset[Element]:
    """The element patterns that may take the next child."""
    if pattern._first is None:
        pattern._first = _first(pattern)
    return pattern._first


def _first(pattern: Pattern) -> frozenset[Element]:
    match pattern:
        case Element():
            return frozenset((pattern,))
        case Choice(items=items):
            return frozenset().union(*map(first, items))
        case Group(one=one, two=two):
            return first(one) | first(two) if one.nullable else first(one)
        case Interleave(one=one, two=two):
            return first(one) | first(two)
        case OneOrMore(item=item):
            return first(item)
    return frozenset()


def parts(pattern: Pattern) -> tuple[Pattern, ...]:
    """What a pattern of a content is joined of, in order."""
    match pattern:
        case Choice(items=items):
            return items
        case Group(one=one, two=two) | Interleave(one=one, two=two):
            return one, two
        case OneOrMore(item=item):
            return (item,)
    return ()


def attributes_in(pattern: Pattern) -> tuple[Attribute, ...]:
    """The attribute patterns of a content. They are looked for, and not kept by each pattern that holds them."""
    return _found(pattern, Attribute, lambda part: part.has_attributes)


def elements_in(pattern: Pattern) -> tuple[Element, ...]:
    """The element patterns of a content, but not what stands in them."""
    return _found(pattern, Element, lambda part: part.has_elements)


def _found(pattern: Pattern, kind: type[Kind], holds: Callable[[Pattern], bool]) -> tuple[Kind, ...]:
    """The patterns of a kind, each once. What holds none is not gone through."""
    found: dict[Kind, None] = {}
    seen: set[Pattern] = set()
    pending = [pattern]
    while pending:
        part = pending.pop()
        if isinstance(part, kind):
            found[part] = None
        elif holds(part) and part not in seen:
            seen.add(part)
            pending.extend(parts(part))
    return tuple(found)


def leaves(pattern: Pattern) -> Iterator[Data | Value]:
    """The single values in a pattern."""
    match pattern:
        case Data() | Value():
            yield pattern
        case List(item=item) | OneOrMore(item=item):
            yield from leaves(item)
        case Choice(items=items):
            for item in items:
                yield from leaves(item)
        case Group(one=one, two=two) | Interleave(one=one, two=two):
            yield from leaves(one)
            yield from leaves(two)
