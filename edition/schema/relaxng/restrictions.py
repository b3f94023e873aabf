"""What patterns may not hold (RELAX NG, section 7), asked of the simple form, where notAllowed has gone already.

Answers are kept by pattern: the attributes that all elements of a schema share are gone through once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain, product

from lxml import etree

from edition.errors import EditionError
from edition.schema.relaxng.blame import Sought, kinds, second
from edition.schema.relaxng.characters import BLANK
from edition.schema.relaxng.datatypes import ID_TYPES
from edition.schema.relaxng.nameclasses import Name, NameClass, finite, overlap
from edition.schema.relaxng.patterns import (
    TEXT,
    Attribute,
    Choice,
    Data,
    Element,
    Empty,
    Group,
    Interleave,
    List,
    OneOrMore,
    Pattern,
    Text,
    Value,
    attributes_in,
    elements_in,
    parts,
)
from edition.schema.relaxng.syntax import kind

_OF_IDS = Sought(lambda node, _above: _is_of_ids(node))
_OF_IDS_ELSEWHERE = Sought(lambda node, above: _is_of_ids(node) and above[-1:] != ("attribute",))
_OF_ANY_NAME = second("attribute", "")
_WILD = "that two wildcards take"

Refuse = Callable[[str, Sought], EditionError]  # makes the refusal, with the place in the schema


class _Content(IntEnum):
    """The content types of 7.2. What holds values goes together with what is empty only."""

    EMPTY = 0
    COMPLEX = 1
    VALUES = 2


# Which patterns may not stand anywhere inside which (7.1).
_NAMES: dict[type[Pattern], str] = {
    Attribute: "an <attribute>",
    Element: "an <element>",
    List: "a <list>",
    Text: "<text/>",
    Group: "a <group>",
    Interleave: "an <interleave>",
    OneOrMore: "a <oneOrMore>",
    Empty: "<empty/>",
    Data: "a <data>",
    Value: "a <value>",
}
# And how they are written.
_WRITTEN: dict[type[Pattern], tuple[str, ...]] = {
    Attribute: ("attribute",),
    Element: ("element",),
    List: ("list",),
    Text: ("text", "mixed"),
    Group: ("group",),
    Interleave: ("interleave", "mixed"),
    OneOrMore: ("oneOrMore", "zeroOrMore"),
    Empty: ("empty", "optional", "zeroOrMore"),
    Data: ("data",),
    Value: ("value",),
}
_FORBIDDEN: dict[str, tuple[type[Pattern], ...]] = {
    "<attribute>": (Attribute, Element),
    "<list>": (List, Element, Attribute, Text, Interleave),
    "<except>": (Attribute, Element, List, Text, OneOrMore, Group, Interleave, Empty),
    "<start>": (Attribute, Data, Value, List, Text, Group, Interleave, OneOrMore, Empty),
}


def _is_of_ids(node: etree._Element) -> bool:
    return kind(node) in ("data", "value") and node.get("type", "").strip(BLANK) in ID_TYPES


_REPEATED_ATTRIBUTE = Sought(
    lambda node, above: kind(node) == "attribute" and not {"oneOrMore", "zeroOrMore"}.isdisjoint(above)
)


@dataclass(frozen=True, slots=True)
class _Inside:
    """What a pattern stands in: kinds of patterns, a oneOrMore, a group within a oneOrMore."""

    kinds: tuple[str, ...] = ()
    repeated: bool = False
    repeated_group: bool = False


class Restrictions:
    """Checks the patterns of one schema."""

    def __init__(self) -> None:
        self._sound: dict[tuple[Pattern, _Inside], _Content] = {}
        self._once: set[Pattern] = set()  # no attribute is in there twice

    def check(self, content: Pattern, refuse: Refuse) -> None:
        """The content of an element. Raises what `refuse` makes."""
        self._check(content, _Inside(), refuse)
        self._check_names(content, refuse)

    def check_start(self, start: Pattern, refuse: Refuse) -> None:
        self._check(start, _Inside(("<start>",)), refuse)

    def _check(self, pattern: Pattern, inside: _Inside, refuse: Refuse) -> _Content:
        known = self._sound.get((pattern, inside))
        if known is None:
            for around in inside.kinds:
                if isinstance(pattern, _FORBIDDEN[around]):
                    what = f"{_NAMES[type(pattern)]} may not stand in {_article(around)} (RELAX NG 7.1)"
                    raise refuse(what, kinds(*_WRITTEN[type(pattern)], within=around.strip("<>")))
            known = self._sound[pattern, inside] = self._content(pattern, inside, refuse)
        return known

    def _check_names(self, content: Pattern, refuse: Refuse) -> None:
        """No attribute stands on both sides of a group (7.3). Groups of groups are gone through as one."""
        pending = [content]
        while pending:
            pattern = pending.pop()
            if pattern.has_attributes and pattern not in self._once:
                self._once.add(pattern)
                made_of = _parts(pattern)
                pending.extend(made_of)
                twice = _twice_in(made_of) if isinstance(pattern, Group | Interleave) else ""
                if twice:
                    place = _place_of("attribute", twice)
                    raise refuse(f"the attribute {twice} stands there twice (RELAX NG 7.3)", place)

    def _content(self, pattern: Pattern, inside: _Inside, refuse: Refuse) -> _Content:
        match pattern:
            case Attribute():
                return self._attribute(pattern, inside, refuse)
            case Text() | Element():
                return _Content.COMPLEX
            case Data() | Value():
                return self._values(pattern, inside, refuse)
            case List(item=item):
                self._check(item, _Inside((*inside.kinds, "<list>")), refuse)
                return _Content.VALUES
            case Choice(items=items):
                return max(self._check(item, inside, refuse) for item in items)
            case OneOrMore(item=item):
                content = self._check(item, _Inside(inside.kinds, True, inside.repeated_group), refuse)
                _together(content, content, inside, refuse)
                return content
            case Group() | Interleave():
                return self._pair(pattern, inside, refuse)
        return _Content.EMPTY

    def _values(self, pattern: Data | Value, inside: _Inside, refuse: Refuse) -> _Content:
        if pattern.datatype.is_of_ids:
            what = f"{pattern.datatype.name} may only be the whole value of an attribute (DTD Compatibility 5)"
            raise refuse(what, _OF_IDS_ELSEWHERE)
        if isinstance(pattern, Data) and pattern.but is not None:
            self._check(pattern.but, _Inside((*inside.kinds, "<except>")), refuse)
        return _Content.VALUES

    def _attribute(self, attribute: Attribute, inside: _Inside, refuse: Refuse) -> _Content:
        if inside.repeated_group:
            what = "an <attribute> may not stand in a <group> that is repeated (RELAX NG 7.1.2)"
            raise refuse(what, _REPEATED_ATTRIBUTE)
        if finite(attribute.names) is None:
            if not inside.repeated:
                raise refuse("an <attribute> of any name must stand in <oneOrMore> (RELAX NG 7.3)", _OF_ANY_NAME)
            if attribute.content is not TEXT:
                raise refuse("an <attribute> of any name may only hold <text/> (RELAX NG 7.3)", _OF_ANY_NAME)
        if isinstance(attribute.content, Data | Value) and attribute.content.datatype.is_of_ids:
            if not isinstance(attribute.names, Name):
                what = f"an <attribute> that holds {attribute.content.datatype.name} must have one name"
                raise refuse(f"{what} (DTD Compatibility 5)", _OF_IDS)
        else:
            self._check(attribute.content, _Inside((*inside.kinds, "<attribute>")), refuse)
        return _Content.EMPTY

    def _pair(self, pattern: Group | Interleave, inside: _Inside, refuse: Refuse) -> _Content:
        within = _Inside(inside.kinds, inside.repeated, inside.repeated_group or inside.repeated)
        one, two = self._check(pattern.one, within, refuse), self._check(pattern.two, within, refuse)
        _together(one, two, inside, refuse)
        if isinstance(pattern, Interleave):
            if has_text(pattern.one) and has_text(pattern.two):
                place = Sought(kinds("text", "mixed").is_one, 2)
                raise refuse("both sides of an <interleave> hold <text/> (RELAX NG 7.4)", place)
            elements = [[each.names for each in elements_in(part)] for part in (pattern.one, pattern.two)]
            twice = _twice(elements[0], elements[1])
            if twice:
                what = f"both sides of an <interleave> hold the element {twice} (RELAX NG 7.4)"
                raise refuse(what, _place_of("element", twice))
        return max(one, two)


def _article(kind: str) -> str:
    return f"{'an' if kind[1] in 'ae' else 'a'} {kind}"


def _together(one: _Content, two: _Content, inside: _Inside, refuse: Refuse) -> None:
    """Values stand alone (7.2), but in a list, where they are words."""
    if "<list>" not in inside.kinds and _Content.VALUES in (one, two) and _Content.EMPTY not in (one, two):
        what = "values stand beside other values, text or elements (RELAX NG 7.2)"
        raise refuse(what, kinds("data", "value", "list", outside="attribute"))


def _place_of(kind_: str, twice: str) -> Sought:
    """Where what is there twice stands: the second of its name, or the wildcard that takes it too."""
    return second(kind_, twice.strip('"') if twice.endswith('"') else "")


def _overlap(pairs: Iterable[tuple[NameClass, NameClass]]) -> str:
    """What both names of a pair take of which at least one is a wildcard, "" if there is nothing."""
    both = next((pair for pair in pairs if overlap(*pair)), None)
    if both is None:
        return ""
    name = _single(list(both))
    return f"{_plain(name)} that a wildcard takes as well" if name else _WILD


def _parts(pattern: Pattern) -> list[Pattern]:
    """What a pattern is made of; of a group, what all the groups in it are made of."""
    if not isinstance(pattern, Group | Interleave):
        return list(parts(pattern))
    found, groups, pending = list[Pattern](), set[Pattern](), list[Pattern]((pattern,))
    while pending:
        part = pending.pop()
        if isinstance(part, Group | Interleave) and part.has_attributes and part not in groups:
            groups.add(part)  # if it comes once more, it is a part, whose attributes stand there twice
            pending += parts(part)[::-1]
        elif part.has_attributes and part is not pattern:
            found.append(part)
    return found


def _twice_in(several: list[Pattern]) -> str:
    """The name of an attribute that is in two of several patterns, "" if there is none."""
    single, wild = dict[str, NameClass](), list[NameClass]()
    for part in several:
        names = dict.fromkeys(each.names for each in attributes_in(part))
        own = {each.name: each for each in names if isinstance(each, Name)}
        others = [each for each in names if not isinstance(each, Name)]
        both = own.keys() & single.keys()
        if both:
            return _plain(both)
        pairs = chain(product(others, chain(wild, single.values())), product(own.values(), wild))
        wide = _overlap(pairs)
        if wide:
            return wide
        single.update(own)
        wild += others
    return ""


def _twice(some: list[NameClass], others: list[NameClass]) -> str:
    """A name that is in both, "" if there is none. Single names are many and quickly compared, wildcards are few."""
    both = _single(some) & _single(others)
    if both:
        return _plain(both)
    pairs = [(one, two) for one in some for two in others if not (isinstance(one, Name) and isinstance(two, Name))]
    return _overlap(pairs)


def _plain(names: set[str]) -> str:
    return f'"{min(names).rpartition("}")[2]}"'


def _single(several: list[NameClass]) -> set[str]:
    return {names.name for names in several if isinstance(names, Name)}


def has_text(pattern: Pattern) -> bool:
    return isinstance(pattern, Text) or any(map(has_text, parts(pattern)))
