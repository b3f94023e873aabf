"""Patterns of values as `Values`: what attributes and elements without children may hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from edition.schema.declarations import Values
from edition.schema.relaxng.derivatives import Patterns
from edition.schema.relaxng.patterns import (
    EMPTY,
    Choice,
    Data,
    List,
    Pattern,
    Value,
    leaves,
)

_TEXTS = ("string", "normalizedString", "token")  # of which nothing more is to be said


class Valuing:
    """Describes the values of one schema, each pattern once."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns
        self._known: dict[Pattern, Values] = {}

    def values(self, pattern: Pattern) -> Values:
        if pattern not in self._known:
            self._known[pattern] = self._read(pattern)
        return self._known[pattern]

    def _read(self, pattern: Pattern) -> Values:
        if any(leaf.datatype.has_prefixes for leaf in leaves(pattern)):
            found = self._described(pattern, lambda value: True)
            return replace(found, unchecked=True, scoped=partial(self._patterns.matches, pattern))
        return self._described(pattern, lambda value: self._patterns.matches(pattern, value, {}))

    def _described(self, pattern: Pattern, accepts: Callable[[str], bool]) -> Values:
        match pattern:
            case Value():
                return Values(accepts, choices=(pattern.value,))
            case Data(datatype=datatype):
                bounds = tuple(each for each in datatype.params if each[0] != "pattern")
                written = tuple(value for name, value in datatype.params if name == "pattern")
                kind = "" if datatype.name in _TEXTS else datatype.name
                but = () if pattern.but is None else leaves(pattern.but)
                excepted = tuple(each.value for each in but if isinstance(each, Value))
                return Values(
                    accepts, kind=kind, bounds=bounds, patterns=written, all_patterns=True, excepted=excepted
                )
            case List():
                item = self._patterns.choice(leaves(pattern))
                return Values(accepts, item=self.values(item))
            case Choice(items=items):
                choices = tuple(item.value for item in items if isinstance(item, Value))
                others = [self.values(item) for item in items if not isinstance(item, Value) and item is not EMPTY]
                if not others or not choices:
                    return Values(accepts, choices=choices, members=tuple(others))
                return Values(accepts, members=(Values(accepts, choices=choices), *others))
        return Values(accepts)
