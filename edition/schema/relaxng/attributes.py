"""The attributes of an element, and what is left of its content once they are known, all of them in one pass.

Taken one by one, the attributes of a tag make a new row of patterns each. Here each pattern is asked once which of
them it might take. No name is asked for by both sides of a group (RELAX NG 7.3), so that a side must take all of
those that it can, and there is nothing to choose from but in a choice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from edition.schema.relaxng.derivatives import Patterns
from edition.schema.relaxng.nameclasses import finite
from edition.schema.relaxng.patterns import (
    EMPTY,
    NOT_ALLOWED,
    Attribute,
    Choice,
    Group,
    Interleave,
    OneOrMore,
    Pattern,
    attributes_in,
)

_Left = tuple[int, Pattern]  # which attributes a pattern might take, a bit each, and what is left once it took them


def after_attributes(
    patterns: Patterns, pattern: Pattern, found: Sequence[Collection[Attribute]], *, lenient: bool = False
) -> Pattern:
    """What is left of a content after attributes: of each, `found` has the attribute patterns that take it.

    What it asks for besides stays in it, see `Patterns.closed`; if `lenient`, it is passed over.
    """
    might, left = _Taking(patterns, found, lenient).left(pattern)
    return left if might == (1 << len(found)) - 1 else NOT_ALLOWED


def attributes_by_name(content: Pattern) -> tuple[dict[str, list[Attribute]], list[Attribute]]:
    """The attribute patterns of a content: those of single names by these, and those of any."""
    single: dict[str, list[Attribute]] = {}
    wild: list[Attribute] = []
    for attribute in attributes_in(content):
        names = finite(attribute.names)
        if names is None:
            wild.append(attribute)
        for name in names or ():
            single.setdefault(name, []).append(attribute)
    return single, wild


class _Taking:
    def __init__(self, patterns: Patterns, found: Sequence[Collection[Attribute]], lenient: bool) -> None:
        self._patterns, self._found, self._lenient = patterns, found, lenient
        self._bits: dict[Attribute, int] = {}
        for number, some in enumerate(found):
            for each in some:
                self._bits[each] = self._bits.get(each, 0) | 1 << number
        self._known: dict[Pattern, _Left] = {}
        self._repeated: dict[tuple[Pattern, Attribute], Pattern] = {}

    def left(self, pattern: Pattern) -> _Left:
        if not pattern.has_attributes:
            return 0, pattern
        if isinstance(pattern, Attribute):
            might = self._bits.get(pattern, 0)
            if not might:
                return 0, EMPTY if self._lenient else pattern
            return might, EMPTY if might.bit_count() == 1 else NOT_ALLOWED
        known = self._known.get(pattern)
        if known is None:
            known = self._known[pattern] = self._left(pattern)
        return known

    def _left(self, pattern: Pattern) -> _Left:
        match pattern:
            case Choice(items=items):
                return self._chosen(items)
            case Group(one=one, two=two) | Interleave(one=one, two=two):
                join = self._patterns.group if isinstance(pattern, Group) else self._patterns.interleave
                (might, left), (other_might, other_left) = self.left(one), self.left(two)
                might |= other_might
                return might, join(left, other_left) if might or self._lenient else pattern
            case OneOrMore(item=item):
                might, left = self.left(item)[0], pattern
                for number, some in enumerate(self._found):
                    if might >> number & 1:
                        left = self._patterns.choice([self._after_repeated(left, each) for each in some])
                return might, self._patterns.closed(left, lenient=True) if self._lenient else left
        return 0, pattern

    def _chosen(self, items: tuple[Pattern, ...]) -> _Left:
        """Those of the items that take all that any of them might."""
        all_might, kept = 0, list[Pattern]()
        for item in items:
            might, left = self.left(item)
            if might | all_might != might:
                kept = [] if might & ~all_might else kept
            elif might != all_might:
                kept = [left]
            else:
                kept.append(left)
            all_might |= might
        return all_might, self._patterns.choice(kept)

    def _after_repeated(self, pattern: Pattern, attribute: Attribute) -> Pattern:
        """What is left after one attribute where it may be repeated, thus in no group (7.1.2)."""
        if not pattern.has_attributes or isinstance(pattern, Attribute):
            return EMPTY if pattern is attribute else NOT_ALLOWED
        left = self._repeated.get((pattern, attribute))
        if left is None:
            match pattern:
                case Choice(items=items):
                    left = self._patterns.choice([self._after_repeated(item, attribute) for item in items])
                case OneOrMore(item=item):
                    after = self._after_repeated(item, attribute)
                    left = self._patterns.group(after, self._patterns.optional(pattern))
                case _:
                    left = NOT_ALLOWED
            self._repeated[pattern, attribute] = left
        return left
