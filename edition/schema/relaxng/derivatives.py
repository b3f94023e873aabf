"""Patterns made once each, and their derivatives (Clark 2002), taken once each.

A derivative is what is left of a pattern after an element, an attribute or a text. Since equal patterns are one
object, what was derived is remembered by it, and a document of any length needs as many steps as it has new turns.
Derivatives are taken by element pattern and not by name: which element patterns take a name is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from edition.errors import EditionError
from edition.schema.relaxng.characters import BLANK, words
from edition.schema.relaxng.datatypes import Bindings, Datatype
from edition.schema.relaxng.nameclasses import NameClass
from edition.schema.relaxng.patterns import (
    EMPTY,
    FIRST_FREE,
    NOT_ALLOWED,
    Attribute,
    Choice,
    Data,
    Element,
    Empty,
    Group,
    Interleave,
    List,
    NotAllowed,
    OneOrMore,
    Pattern,
    Text,
    Value,
    first,
)

MAX_PATTERNS = 400_000  # of one schema with all that documents made of it; the whole of TEI needs 20,000


@dataclass(eq=False)
class Patterns:
    """Makes the patterns of one schema, equal ones once, in their simplest form (4.20, 4.21)."""

    made: dict[Hashable, Pattern] = field(default_factory=dict)
    count: int = FIRST_FREE

    def number(self) -> int:
        self.count += 1
        if self.count > MAX_PATTERNS:
            raise EditionError(
                "the schema is too ambiguous to be followed", advice="simplify what may be interleaved"
            )
        return self.count

    def element(self, names: NameClass, read: Callable[[], Pattern], note: Callable[[], str]) -> Element:
        return Element(self.number(), names, read, note)

    def attribute(self, names: NameClass, content: Pattern) -> Pattern:
        if content is NOT_ALLOWED:
            return NOT_ALLOWED
        return self._once(Attribute, names, content)

    def data(self, datatype: Datatype, but: Pattern | None) -> Pattern:
        but = None if but is NOT_ALLOWED else but
        return self._once(Data, datatype, but)

    def value(self, datatype: Datatype, value: str, bindings: tuple[tuple[str, str], ...]) -> Pattern:
        return self._once(Value, datatype, value, bindings)

    def list(self, item: Pattern) -> Pattern:
        return NOT_ALLOWED if item is NOT_ALLOWED else self._once(List, item)

    def one_or_more(self, item: Pattern) -> Pattern:
        if isinstance(item, Empty | NotAllowed | Text | OneOrMore):
            return item
        return self._once(OneOrMore, item)

    def optional(self, item: Pattern) -> Pattern:
        return self.choice((item, EMPTY))

    def choice(self, items: Iterable[Pattern]) -> Pattern:
        kept: dict[Pattern, None] = {}
        for item in items:
            if isinstance(item, Choice):
                kept.update(dict.fromkeys(item.items))
            elif item is not NOT_ALLOWED:
                kept[item] = None
        if EMPTY in kept and any(item.nullable for item in kept if item is not EMPTY):
            del kept[EMPTY]
        if len(kept) < 2:
            return next(iter(kept), NOT_ALLOWED)
        ordered = tuple(sorted(kept, key=lambda item: item.number))
        return self._once(Choice, ordered)

    def group(self, one: Pattern, two: Pattern) -> Pattern:
        if isinstance(one, Group) and two is not NOT_ALLOWED and two is not EMPTY:
            return self.group(one.one, self.group(one.two, two))
        return self.join(one, two)

    def join(self, one: Pattern, two: Pattern) -> Pattern:
        """A group of two as they are. Put in a row, a group would be made anew for each that begins with it."""
        if one is NOT_ALLOWED or two is NOT_ALLOWED:
            return NOT_ALLOWED
        if one is EMPTY or two is EMPTY:
            return two if one is EMPTY else one
        return self._once(Group, one, two)

    def row(self, pattern: Pattern) -> Pattern:
        """The same pattern, its groups in a row, as `group` makes them."""
        row: Pattern | None = None
        before = [pattern]
        while before:
            last = before.pop()
            if isinstance(last, Group):
                before += (last.one, last.two)
            else:
                row = last if row is None else self.join(last, row)
        return pattern if row is None else row

    def interleave(self, one: Pattern, two: Pattern) -> Pattern:
        if one is NOT_ALLOWED or two is NOT_ALLOWED:
            return NOT_ALLOWED
        if one is EMPTY or two is EMPTY:
            return two if one is EMPTY else one
        one, two = (one, two) if one.number <= two.number else (two, one)
        return self._once(Interleave, one, two)

    def _once(self, *key: Any) -> Pattern:
        """The pattern of a kind and what it is made of; the same for the same."""
        pattern = self.made.get(key)
        if pattern is None:
            kind, *parts = key
            pattern = self.made[key] = kind(self.number(), *parts)
        return pattern

    # Derivatives.

    def after(self, pattern: Pattern, element: Element) -> Pattern:
        """What is left after an element that `element` took."""
        if pattern is element:
            return EMPTY
        if element not in first(pattern):
            return NOT_ALLOWED
        left = pattern._steps.get(element)
        if left is None:
            left = pattern._steps[element] = self._after(pattern, element)
        return left

    def _after(self, pattern: Pattern, element: Element) -> Pattern:
        match pattern:
            case Choice():
                return self.choice([self.after(item, element) for item in pattern.holding(element)])
            case Group(one=one, two=two):
                left = self.group(self.after(one, element), two)
                return self.choice((left, self.after(two, element))) if one.nullable else left
            case Interleave(one=one, two=two):
                ways = self.interleave(self.after(one, element), two), self.interleave(one, self.after(two, element))
                return self.choice(ways)
            case OneOrMore(item=item):
                return self.group(self.after(item, element), self.optional(pattern))
        return NOT_ALLOWED

    def closed(self, pattern: Pattern, *, lenient: bool = False) -> Pattern:
        """What is left once all attributes are there. An attribute that is asked for and missing leaves nothing.

        If `lenient`, missing ones are passed over.
        """
        if not pattern.has_attributes:
            return pattern
        if lenient:
            return self._closed(pattern, lenient=True)
        if pattern._closed is None:
            pattern._closed = self._closed(pattern, lenient=False)
        return pattern._closed

    def _closed(self, pattern: Pattern, *, lenient: bool) -> Pattern:
        match pattern:
            case Attribute():
                return EMPTY if lenient else NOT_ALLOWED
            case Choice(items=items):
                return self.choice([self.closed(item, lenient=lenient) for item in items])
            case Group(one=one, two=two):
                return self.group(self.closed(one, lenient=lenient), self.closed(two, lenient=lenient))
            case Interleave(one=one, two=two):
                return self.interleave(self.closed(one, lenient=lenient), self.closed(two, lenient=lenient))
            case OneOrMore(item=item):
                return self.one_or_more(self.closed(item, lenient=lenient))
        return pattern

    def after_text(self, pattern: Pattern, value: str | None = None, bindings: Bindings | None = None) -> Pattern:
        """What is left after text. Without a `value`, as it is in mixed content, no data pattern takes it."""
        if value is None or not pattern.has_data:
            if pattern._text is None:
                pattern._text = self._after_text(pattern, None, {})
            return pattern._text
        return self._after_text(pattern, value, bindings or {})

    def _after_text(self, pattern: Pattern, value: str | None, bindings: Bindings) -> Pattern:
        match pattern:
            case Text():
                return pattern
            case Data() | Value() | List():
                return EMPTY if value is not None and self._takes(pattern, value, bindings) else NOT_ALLOWED
            case Choice(items=items):
                return self.choice([self.after_text(item, value, bindings) for item in items])
            case Group(one=one, two=two):
                left = self.group(self.after_text(one, value, bindings), two)
                return self.choice((left, self.after_text(two, value, bindings))) if one.nullable else left
            case Interleave(one=one, two=two):
                left = self.interleave(self.after_text(one, value, bindings), two)
                return self.choice((left, self.interleave(one, self.after_text(two, value, bindings))))
            case OneOrMore(item=item):
                return self.group(self.after_text(item, value, bindings), self.optional(pattern))
        return NOT_ALLOWED

    def _takes(self, pattern: Data | Value | List, value: str, bindings: Bindings) -> bool:
        match pattern:
            case Data(datatype=datatype, but=but):
                return datatype.allows(value, bindings) and (but is None or not self.matches(but, value, bindings))
            case Value(datatype=datatype):
                return datatype.same((value, bindings), (pattern.value, pattern.bindings))
            case List(item=left):
                for word in words(value):
                    left = self.after_text(left, word, bindings)
                return left.nullable

    def matches(self, pattern: Pattern, value: str, bindings: Bindings) -> bool:
        """Whether a whole value, of an attribute or of an element without children, is of a pattern (6.2.7)."""
        if pattern.nullable and not value.strip(BLANK):
            return True
        return self.after_text(pattern, value, bindings).nullable
