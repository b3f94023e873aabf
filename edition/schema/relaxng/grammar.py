"""A schema in the XML syntax as patterns in the simple form (RELAX NG, section 4), read as far as it is needed.

The content of an element pattern is read when a document first comes to such an element: of the six hundred elements
of TEI a play needs forty.
"""

# ruff: noqa: N802 - methods are named as the elements that they read

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial, reduce

from lxml import etree

from edition.errors import EditionError
from edition.schema.files import Files, SchemaFile
from edition.schema.relaxng.blame import refusal
from edition.schema.relaxng.characters import BLANK
from edition.schema.relaxng.datatypes import Bindings, Datatype, DatatypeError
from edition.schema.relaxng.definitions import Collecting, Grammar, check_combining
from edition.schema.relaxng.derivatives import Patterns
from edition.schema.relaxng.nameclasses import finite, takes
from edition.schema.relaxng.names import attribute_names, element_names
from edition.schema.relaxng.patterns import EMPTY, NOT_ALLOWED, TEXT, Element, Pattern, elements_in
from edition.schema.relaxng.regex import RegexError
from edition.schema.relaxng.restrictions import Restrictions
from edition.schema.relaxng.syntax import (
    PATTERNS,
    Scope,
    broken,
    children,
    documentation,
    inner,
    kind,
    name_of,
    only,
    text_of,
)
from edition.schema.wording import nearest, quoted
from edition.tei.names import XML_NAMESPACE


class _CircleError(EditionError):
    """A definition that holds itself, which is a fault where it is used."""


class Reader:
    """Reads one schema. `by_name` and `wildcards` hold the element patterns that were met so far."""

    def __init__(self, files: Files, file: SchemaFile, *, sound: bool = False) -> None:
        """Raises EditionError, with the place, for what is seen to be broken already.

        Of a schema that is known to be `sound` nothing is asked but what it means.
        """
        self.patterns = Patterns()
        self.by_name: dict[str, list[Element]] = {}
        self.wildcards: list[Element] = []
        self.reached: tuple[Element, ...] = ()  # once all is read
        self._collecting = Collecting(files, [file])
        self._grammars: list[Grammar] = []
        self._read_whole = False
        self._elements: dict[tuple[etree._Element, object], Element] = {}
        self._unread: list[Element] = []
        self._restrictions = None if sound else Restrictions()
        self._types: dict[tuple[str, str, tuple[tuple[str, str], ...]], Datatype] = {}
        scope = Scope(file, None, sound=sound)
        self.start = self._pattern(file.root, scope)
        if self._restrictions is not None:
            starts = [each for grammar in self._grammars[:1] for each in grammar.definitions[""]]
            places = [(each.node, each.scope) for each in starts] or [(file.root, scope)]
            self._restrictions.check_start(self.start, partial(refusal, places))

    def read_all(self) -> None:
        """Read what no document has needed yet, so that every fault of the schema is found. Raises EditionError.

        What cannot be reached from the start must be written well and no more: it is not part of the schema (4.19).
        """
        if self._read_whole:
            return
        reached = set(elements_in(self.start))
        pending = list(reached)
        while pending:
            further = [each for each in elements_in(pending.pop().content) if each not in reached]
            reached.update(further)
            pending.extend(further)
        self.reached = tuple(sorted(reached, key=lambda element: element.number))
        self._restrictions = None
        number = 0
        while self._unread or number < len(self._grammars):
            while self._unread:
                _ = self._unread.pop().content
            for grammar in self._grammars[number : number + 1]:
                self._look_through(grammar)
                number += 1
        self._read_whole = True

    def _look_through(self, grammar: Grammar) -> None:
        for name in [name for name in grammar.definitions if name not in grammar.patterns]:
            with contextlib.suppress(_CircleError):
                self._defined(grammar, name)
            grammar.open.clear()

    def refusal_of_ids(self, element: Element, what: str) -> EditionError:
        """The refusal of the schema for what one of its element patterns says of ids."""
        node = next(node for (node, _), each in self._elements.items() if each is element)
        root = node.getroottree().getroot()
        file = next(each for each in self._collecting.files.read.values() if each.root is root)
        return broken(node, Scope(file, None), what, "write NCName instead where the value names no element")

    def candidates(self, name: str) -> Iterator[Element]:
        """The element patterns met so far that take a name."""
        yield from self.by_name.get(name, ())
        yield from (element for element in self.wildcards if takes(element.names, name))

    # Patterns.

    def _pattern(self, node: etree._Element, outer: Scope) -> Pattern:
        scope = inner(node, outer)
        name = kind(node)
        if name not in PATTERNS:
            raise broken(node, outer, f"<{name}> may not stand where a pattern must stand")
        read: Callable[[etree._Element, Scope], Pattern] = getattr(self, f"_{name}")
        return read(node, scope)

    def _several(
        self, node: etree._Element, scope: Scope, found: list[etree._Element] | None = None
    ) -> list[Pattern]:
        found = children(node) if found is None else found
        if not found:
            raise broken(node, scope, f"<{kind(node)}> is empty", "put a pattern into it")
        return [self._pattern(child, scope) for child in found]

    def _in_order(self, node: etree._Element, scope: Scope, found: list[etree._Element] | None = None) -> Pattern:
        """The children one after the other (4.12)."""
        parts = self._several(node, scope, found)
        return reduce(lambda rest, part: self.patterns.join(part, rest), reversed(parts))

    def _nothing_inside(self, node: etree._Element, scope: Scope) -> None:
        for child in children(node):
            raise broken(child, scope, f"<{kind(node)}> holds nothing")

    _group = _in_order

    def _empty(self, node: etree._Element, scope: Scope) -> Pattern:
        self._nothing_inside(node, scope)
        return EMPTY

    def _text(self, node: etree._Element, scope: Scope) -> Pattern:
        self._nothing_inside(node, scope)
        return TEXT

    def _notAllowed(self, node: etree._Element, scope: Scope) -> Pattern:
        self._nothing_inside(node, scope)
        return NOT_ALLOWED

    def _choice(self, node: etree._Element, scope: Scope) -> Pattern:
        return self.patterns.choice(self._several(node, scope))

    def _interleave(self, node: etree._Element, scope: Scope) -> Pattern:
        return reduce(self.patterns.interleave, self._several(node, scope))

    def _optional(self, node: etree._Element, scope: Scope) -> Pattern:
        return self.patterns.optional(self._in_order(node, scope))

    def _oneOrMore(self, node: etree._Element, scope: Scope) -> Pattern:
        return self.patterns.one_or_more(self._in_order(node, scope))

    def _zeroOrMore(self, node: etree._Element, scope: Scope) -> Pattern:
        return self.patterns.optional(self.patterns.one_or_more(self._in_order(node, scope)))

    def _mixed(self, node: etree._Element, scope: Scope) -> Pattern:
        return self.patterns.interleave(TEXT, self._in_order(node, scope))

    def _list(self, node: etree._Element, scope: Scope) -> Pattern:
        return self.patterns.list(self._in_order(node, scope))

    def _element(self, node: etree._Element, scope: Scope) -> Pattern:
        names, content = element_names(node, scope)
        if not content:
            raise broken(node, scope, "<element> says nothing of its content", "put <empty/> or <text/> into it")
        only(node, content, PATTERNS, scope)
        known = self._elements.get((node, scope.grammar))
        if known is None:
            known = self.patterns.element(
                names, partial(self._content, node, scope, content), partial(documentation, node)
            )
            self._elements[node, scope.grammar] = known
            self._unread.append(known)
            every = finite(names)
            if every is None:
                self.wildcards.append(known)
            for name in every or ():
                self.by_name.setdefault(name, []).append(known)
        return known

    def _content(self, node: etree._Element, scope: Scope, found: list[etree._Element]) -> Pattern:
        content = self.patterns.row(self._in_order(node, scope, found))
        if self._restrictions is not None:
            self._restrictions.check(content, partial(refusal, [(node, scope)]))
        return content

    def _attribute(self, node: etree._Element, scope: Scope) -> Pattern:
        names, content = attribute_names(node, scope)
        if len(content) > 1:
            raise broken(
                content[1], scope, "<attribute> holds one pattern only", "put a <group> or <choice> around them"
            )
        return self.patterns.attribute(names, self._pattern(content[0], scope) if content else TEXT)

    # Values.

    def _data(self, node: etree._Element, scope: Scope) -> Pattern:
        found = children(node)
        exception = found.pop() if found and kind(found[-1]) == "except" else None
        only(node, found, frozenset(("param",)), scope)
        params = tuple((name_of(each), text_of(each)) for each in found if inner(each, scope))
        datatype = self._type(node, scope, params)
        but = None
        if exception is not None:
            but = self.patterns.choice(self._several(exception, inner(exception, scope)))
        return self.patterns.data(datatype, but)

    def _value(self, node: etree._Element, scope: Scope) -> Pattern:
        if node.get("type") is None:
            scope = replace(scope, library="")
        datatype, value = self._type(node, scope, ()), text_of(node)
        bindings = _bindings(node, scope) if datatype.has_prefixes else {}
        if not datatype.allows(value, bindings):
            raise broken(node, scope, f"{quoted(value)} is no {datatype.name}")
        return self.patterns.value(datatype, value, tuple(sorted(bindings.items())))

    def _type(self, node: etree._Element, scope: Scope, params: tuple[tuple[str, str], ...]) -> Datatype:
        key = scope.library, node.get("type", "token").strip(BLANK), params
        if key not in self._types:
            try:
                self._types[key] = Datatype(*key)
            except (DatatypeError, RegexError) as error:
                raise broken(node, scope, str(error)) from error
        return self._types[key]

    # Grammars.

    def _ref(self, node: etree._Element, scope: Scope) -> Pattern:
        return self._referred(node, scope, scope.grammar)

    def _parentRef(self, node: etree._Element, scope: Scope) -> Pattern:
        return self._referred(node, scope, scope.grammar.parent if isinstance(scope.grammar, Grammar) else None)

    def _referred(self, node: etree._Element, scope: Scope, grammar: object) -> Pattern:
        self._nothing_inside(node, scope)
        name = name_of(node)
        if not isinstance(grammar, Grammar):
            raise broken(node, scope, f"<{kind(node)}> stands in no grammar that could define {quoted(name)}")
        if name not in grammar.definitions:
            near = nearest(name, filter(None, grammar.definitions))
            advice = f"did you mean {quoted(near)}?" if near else f'add <define name="{name}">'
            raise broken(node, scope, f"{quoted(name)} is not defined", advice)
        if name in grammar.open:
            what = f"{quoted(name)} leads back to itself without an element between"
            raise _CircleError(broken(node, scope, what).message, advice="put an element between")
        return self._defined(grammar, name)

    def _defined(self, grammar: Grammar, name: str) -> Pattern:
        """The pattern of a name, all its definitions combined (4.17)."""
        if name not in grammar.patterns:
            grammar.open.append(name)
            try:
                several = grammar.definitions[name]
                parts = [self._in_order(each.node, each.scope) for each in several]
                combine = next((each.combine for each in several if each.combine), "choice")
                joined = (
                    reduce(self.patterns.interleave, parts)
                    if combine == "interleave"
                    else self.patterns.choice(parts)
                )
                grammar.patterns[name] = joined if len(parts) > 1 else parts[0]
            finally:  # it may be read once more
                grammar.open.pop()
        return grammar.patterns[name]

    def _grammar(self, node: etree._Element, scope: Scope) -> Pattern:
        grammar = Grammar(scope.grammar if isinstance(scope.grammar, Grammar) else None)
        self._collecting.collect(node, replace(scope, grammar=grammar), grammar.definitions)
        for name, several in grammar.definitions.items():
            check_combining(name, several)
        if "" not in grammar.definitions:
            raise broken(
                node, scope, "the grammar has no <start>", "add <start> with the element that documents begin with"
            )
        self._grammars.append(grammar)
        return self._defined(grammar, "")

    def _externalRef(self, node: etree._Element, scope: Scope) -> Pattern:
        """Another file in this place (4.6)."""
        self._nothing_inside(node, scope)
        file = self._collecting.opened(node, scope)
        self._collecting.opening.append(file)
        pattern = self._pattern(file.root, Scope(file, None, scope.namespace, sound=scope.sound))
        self._collecting.opening.pop()
        return pattern


def _bindings(node: etree._Element, scope: Scope) -> Bindings:
    return {**{prefix or "": uri for prefix, uri in node.nsmap.items()}, "": scope.namespace, "xml": XML_NAMESPACE}
