"""A RELAX NG schema as `Declarations`, for explaining what it refuses; made for failing files only.

RELAX NG lets several element patterns take one name, and lets attributes decide what an element may hold. So a
declaration stands for all the patterns that take a name in one place, and which type an element is of is found from
the attributes that it has.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache, lru_cache, partial

from lxml import etree

from edition.schema import content
from edition.schema.content import Expression, Model, Slot
from edition.schema.declarations import Attribute as DeclaredAttribute
from edition.schema.declarations import Declaration, Declarations, Type
from edition.schema.relaxng.attributes import after_attributes, attributes_by_name
from edition.schema.relaxng.characters import BLANK
from edition.schema.relaxng.grammar import Reader
from edition.schema.relaxng.nameclasses import Name, NameClass, finite, in_words, namespace_of, takes
from edition.schema.relaxng.patterns import (
    EMPTY,
    NOT_ALLOWED,
    Attribute,
    Choice,
    Data,
    Element,
    Group,
    Interleave,
    List,
    OneOrMore,
    Pattern,
    Text,
    Value,
    attributes_in,
    elements_in,
    first,
)
from edition.schema.relaxng.restrictions import has_text
from edition.schema.relaxng.valuing import Valuing
from edition.schema.relaxng.verdict import Judge
from edition.schema.wording import first_sentence, listed
from edition.tei.names import is_element

MAX_CONTENTS = 100  # whose attributes are remembered
MAX_TAGS = 2_000  # sets of attributes whose contents are remembered
MAX_KNOWN = 20_000  # names of attributes whose patterns are remembered

_Present = list[tuple[str, frozenset[Attribute]]]  # names of attributes, and the patterns that take them
_Key = tuple[Pattern, Pattern, tuple[tuple[str, str], ...], bool]


class Declaring:
    """Puts the patterns of one schema into the words of `declarations`, each once."""

    def __init__(self, schema: Reader, judge: Judge) -> None:
        """The schema must have been read whole. `judge` gives its verdicts."""
        self._schema, self._patterns = schema, schema.patterns
        self._judge = judge
        self._valuing = Valuing(schema.patterns)
        self._declared: dict[tuple[str, frozenset[Element]], Declaration] = {}
        self._types: dict[_Key, Type] = {}  # a finite number: what values say is in the patterns already
        self._bare: dict[frozenset[Element], Type] = {}  # those of elements without attributes
        self._models: dict[Pattern, Model] = {}
        self._elements = cache(elements_in)
        self._after = lru_cache(MAX_TAGS)(partial(after_attributes, schema.patterns))
        self._attributes = lru_cache(MAX_CONTENTS)(attributes_in)
        self._by_name = lru_cache(MAX_CONTENTS)(attributes_by_name)
        self._wholes: dict[frozenset[Element], Pattern] = {}
        self._takers: dict[tuple[Pattern, str], frozenset[Attribute]] = {}
        by_name: dict[str, set[Element]] = {}
        for element in schema.reached:
            for name in finite(element.names) or ():
                by_name.setdefault(name, set()).add(element)
        self._everywhere = {name: self._declaration(name, frozenset(found)) for name, found in by_name.items()}
        spaces = Counter(namespace_of(name) for name in by_name)
        self._home = frozenset(space for space, _ in spaces.most_common(1))

    def declarations(self, root: str) -> Declarations:
        """The schema's declarations. The name of the document's root counts where a wildcard takes it."""
        starts = first(self._schema.start)
        names = [name for element in sorted(starts, key=_order) for name in finite(element.names) or ()]
        names += [root] if any(takes(element.names, root) for element in starts) else []
        roots = {name: self._taken(name, starts) for name in names}
        return Declarations(roots, self._everywhere, self._home, tuple(dict.fromkeys(names)))

    def _taken(self, name: str, elements: frozenset[Element]) -> Declaration:
        return self._declaration(name, frozenset(each for each in elements if takes(each.names, name)))

    def _declaration(self, name: str, elements: frozenset[Element]) -> Declaration:
        """All of `elements` as one. What fits one of them fits it, so that it never refuses what the schema takes."""
        known = self._declared.get((name, elements))
        if known is None:
            notes = (first_sentence(element.note()) for element in sorted(elements, key=_order))
            known = self._declared[name, elements] = Declaration(
                name,
                next(filter(None, notes), ""),
                lambda: self._type(elements, None),
                lambda element: self._type(elements, element),
                lambda element: self._judge.holds(element, self._patterns.choice(elements)),
            )
        return known

    # Types.

    def _type(self, elements: frozenset[Element], element: etree._Element | None) -> Type:
        """The type of an element that is there, or of one that has no attributes."""
        whole = self._whole(elements)
        if whole.has_data or (element is not None and element.attrib):
            return self._narrow(whole, element)
        if elements not in self._bare:
            self._bare[elements] = self._narrow(whole, None)
        return self._bare[elements]

    def _narrow(self, whole: Pattern, element: etree._Element | None) -> Type:
        """The type that attributes, and perhaps what an element holds, leave of all that it may be."""
        clashes = dict[str, str]()
        used: _Present = []
        present = [] if element is None else [(str(name), str(value)) for name, value in element.attrib.items()]
        bound = element.nsmap if element is not None and present else {}
        bindings = {prefix or "": uri for prefix, uri in bound.items()}
        for name, value in present:
            takers = self._asked(whole, name)
            matching = frozenset(each for each in takers if self._patterns.matches(each.content, value, bindings))
            some = matching or takers
            if some:
                used.append((name, some))
        pattern = self._after(whole, tuple(some for _, some in used))
        if pattern is NOT_ALLOWED:
            used, clashes = self._apart(whole, used)
            pattern = self._after(whole, tuple(some for _, some in used))
        inside = self._patterns.closed(pattern)
        if inside is NOT_ALLOWED:
            inside = self._patterns.closed(pattern, lenient=True)
        key = whole, pattern, tuple(clashes.items()), self._is_value(inside, element)
        if key not in self._types:
            self._types[key] = self._narrowed(key, inside)
        return self._types[key]

    def _whole(self, elements: frozenset[Element]) -> Pattern:
        """What any of them may hold."""
        known = self._wholes.get(elements)
        if known is None:
            contents = [each.content for each in sorted(elements, key=_order)]
            known = self._wholes[elements] = self._patterns.choice(contents)
        return known

    def _asked(self, whole: Pattern, name: str) -> frozenset[Attribute]:
        """The attribute patterns that take a name."""
        known = self._takers.get((whole, name))
        if known is None:
            if len(self._takers) >= MAX_KNOWN:
                self._takers.clear()
            single, wild = self._by_name(whole)
            known = frozenset((*single.get(name, ()), *(each for each in wild if takes(each.names, name))))
            self._takers[whole, name] = known
        return known

    def _apart(self, whole: Pattern, present: _Present) -> tuple[_Present, dict[str, str]]:
        """The attributes that may stand together, and each other one with one beside which it may not stand."""
        used: _Present = []
        clashes: dict[str, str] = {}
        for name, some in present:
            if self._fit(whole, [*(others for _, others in used), some]):
                used.append((name, some))
            else:
                rivals = (other for other, others in used if not self._fit(whole, [others, some]))
                clashes[name] = next(rivals, used[-1][0])
        return used, clashes

    def _fit(self, whole: Pattern, found: list[frozenset[Attribute]]) -> bool:
        return after_attributes(self._patterns, whole, found, lenient=True) is not NOT_ALLOWED

    def _narrowed(self, key: _Key, inside: Pattern) -> Type:
        whole, pattern, clashing, is_value = key
        clashes = dict(clashing)
        needs = _needs(pattern) if self._patterns.closed(pattern) is NOT_ALLOWED else []
        required = {each.name for names in needs for each in names if len(names) == 1 and isinstance(each, Name)}
        takers: dict[str, list[Pattern]] = {}
        for attribute in sorted(self._attributes(whole), key=_order):
            for name in finite(attribute.names) or ():
                takers.setdefault(name, []).append(attribute.content)
        wild = [each.names for each in self._attributes(whole) if finite(each.names) is None]
        attributes = {
            name: DeclaredAttribute(self._valuing.values(self._patterns.choice(several)), name in required)
            for name, several in takers.items()
        }
        named = [[each.name for each in names if isinstance(each, Name)] for names in needs]
        one_of = tuple(
            tuple(sorted(some)) for some, names in zip(named, needs, strict=True) if 1 < len(some) == len(names)
        )
        unnamed = [names for some, names in zip(named, needs, strict=True) if len(some) < len(names)]
        words = tuple(listed(sorted(in_words(each, "attribute") for each in names)) for names in unnamed)
        shut = frozenset(attributes).difference(self._by_name(pattern)[0])
        type_ = Type(attributes, partial(_any_takes, wild), clashes=clashes, one_of=one_of, shut=shut, unnamed=words)
        if is_value:
            return replace(type_, values=self._valuing.values(inside))
        return replace(type_, content=self._model(inside), mixed=has_text(inside))

    def _is_value(self, inside: Pattern, element: etree._Element | None) -> bool:
        """Whether an element holds a value, or text and no elements; where it may choose, by what it holds."""
        if not self._elements(inside):
            return inside is not EMPTY and inside is not NOT_ALLOWED
        if not inside.has_data or element is None:
            return False
        return not any(map(is_element, element)) and bool("".join(element.itertext()).strip(BLANK))

    # Contents.

    def _model(self, inside: Pattern) -> Model:
        if inside not in self._models:
            elements = sorted(self._elements(inside), key=_order)
            takers: dict[str, list[Element]] = {}
            for each in elements:
                for name in finite(each.names) or ():
                    takers.setdefault(name, []).append(each)
            wild = frozenset(each for each in elements if finite(each.names) is None)
            slots = {each: self._slot(each, takers, wild) for each in elements}
            self._models[inside] = Model(_expression(inside, slots))
        return self._models[inside]

    def _slot(self, element: Element, takers: dict[str, list[Element]], wild: frozenset[Element]) -> Slot:
        """`takers` and `wild` are the elements beside it, by name and those of any name."""
        names = finite(element.names)
        if names is None:
            other, words = self._declaration("", wild), in_words(element.names, "any element")
            return Slot({}, lambda name: takes(element.names, name), other=other, words=words)
        return Slot({name: self._taken(name, wild.union(takers[name])) for name in names})


def _order(pattern: Pattern) -> int:
    """Nearly the order of the schema: patterns are numbered as they are read."""
    return pattern.number


def _any_takes(wild: list[NameClass], name: str) -> bool:
    return any(takes(names, name) for names in wild)


def _expression(pattern: Pattern, slots: dict[Element, Slot]) -> Expression:
    """A content without its text, in which values are no way to go."""
    match pattern:
        case Element():
            return slots[pattern]
        case Choice(items=items):
            ways = tuple(_expression(item, slots) for item in items if item is not EMPTY)
            expression = ways[0] if len(ways) == 1 else content.Choice(ways)
            if EMPTY not in items:
                return expression
            if isinstance(expression, content.Repeat):
                return content.Repeat(expression.item, 0, None)
            return content.Repeat(expression, 0, 1)
        case Group():
            return content.Seq(tuple(_expression(part, slots) for part in _row(pattern)))
        case Interleave(one=one, two=two):
            return content.All((_expression(one, slots), _expression(two, slots)))
        case OneOrMore(item=item):
            return content.Repeat(_expression(item, slots), 1, None)
        case Data() | Value() | List():
            return content.NOTHING
        case Text():
            return content.EMPTY
    return content.EMPTY


def _row(pattern: Pattern) -> list[Pattern]:
    """The parts of a group, one after the other."""
    row = []
    while isinstance(pattern, Group):
        row.append(pattern.one)
        pattern = pattern.two
    return [*row, pattern]


def _needs(pattern: Pattern) -> list[frozenset[NameClass]]:
    """The attributes that must still come: of each set of names one."""
    match pattern:
        case Attribute(names=names):
            single = finite(names)
            return [frozenset((names,) if single is None else map(Name, single))]
        case Choice(items=items):
            several = [_needs(item) for item in items]
            if not all(several):
                return []
            common = [names for names in several[0] if all(names in other for other in several[1:])]
            return common or [frozenset().union(*(names for other in several for names in other))]
        case Group(one=one, two=two) | Interleave(one=one, two=two):
            return [*_needs(one), *_needs(two)]
        case OneOrMore(item=item):
            return _needs(item)
    return []
