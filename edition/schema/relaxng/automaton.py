"""The states of a document that is judged, made as it goes, and what leads from one to the next.

A start tag is looked up as it is written, `p n="1" rend="bold"`: the same tag at one point always means the same.
Only what was never seen is taken apart: first into its shape (the names), which leads to the patterns that take it,
then into its values. Where several element patterns take one tag, all of them are followed until the end tag decides.

Names with prefixes mean what the bindings around them say, so each set of bindings has its own states.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from edition.schema.relaxng.attributes import after_attributes, attributes_by_name
from edition.schema.relaxng.characters import BLANK
from edition.schema.relaxng.grammar import Reader
from edition.schema.relaxng.nameclasses import AnyName, finite, full_name, takes
from edition.schema.relaxng.patterns import EMPTY, NOT_ALLOWED, Attribute, Element, Pattern, first
from edition.tei.names import XML_NAMESPACE
from edition.tei.written import unescaped

MAX_TAGS = 2_000  # start tags that one state remembers
MAX_BLANKS = 2_000
MAX_CONTEXTS = 500
MAX_CONTENTS = 100  # whose attributes are remembered
MAYBE_BLANK = BLANK + "&"  # how a text begins that may be blank to its end


class InvalidError(Exception):
    """Nothing takes a tag, or a text."""

    is_text = False


class InvalidTextError(InvalidError):
    is_text = True


Alternatives = tuple[tuple[Element, Pattern], ...]


# What some start tags lead to, each in the one before or after it: the states to come back to when those that are
# still open end, the state that is reached, and whether that is the beginning of an element.
Run = tuple[tuple["State", ...], "State", bool]


@dataclass(eq=False)
class Context:
    """One set of bindings, and the states of elements within it."""

    bindings: dict[str, str]
    states: dict[tuple[Alternatives, bool], State] = field(default_factory=dict)


class State(dict[str, "tuple[State, State | None]"]):
    """A point in the content of an element: for each start tag the state after that child, and the one inside it.

    `alternatives` are the element patterns that the element may be of, each with what is left of its content. After
    an empty child there is none inside. Where several patterns took the tag of a child, what follows is known only
    at its end: then the state to come back to is this one, and that inside it is `undecided`. `runs` are the same for
    several tags in a row.
    """

    __slots__ = (
        "after_some", "alternatives", "context", "may_end", "runs", "shapes", "text", "texts", "undecided",
    )  # fmt: skip

    def __init__(self, context: Context, alternatives: Alternatives, text: int, undecided: bool) -> None:
        super().__init__()
        self.context, self.alternatives, self.text, self.undecided = context, alternatives, text, undecided
        self.may_end = not undecided and alternatives[0][1].nullable
        self.shapes: dict[tuple[str, ...], Shape] = {}
        self.texts: dict[tuple[str, bool], State | None] = {}
        self.runs: dict[str, Run] = {}
        self.after_some: State | None = None  # after a text that is not blank, where it does not matter what it says


# How much text matters at a state: not at all, whether it is there, or what it says.
FREE, SEEN, READ = range(3)


@dataclass(eq=False)
class Shape:
    """What tags of the same names mean: who takes them, and for each attribute which patterns of each taker might.

    `positions` are where the values of the attributes stand among the quoted parts of the tag.
    """

    context: Context
    candidates: tuple[Element, ...]
    positions: tuple[int, ...]
    takers: tuple[tuple[tuple[Attribute, ...], ...], ...]
    known: tuple[dict[str, tuple[tuple[Attribute, ...], ...]], ...]
    outcomes: dict[object, tuple[State, State]] = field(default_factory=dict)


class Automaton:
    """That of one schema. What it learned of one document helps with the next."""

    def __init__(self, schema: Reader) -> None:
        self._schema, self._patterns = schema, schema.patterns
        self._contexts: dict[frozenset[tuple[str, str]], Context] = {}
        self._asked: dict[Element, dict[str, tuple[Attribute, ...]]] = {}
        self._attributes_of = lru_cache(MAX_CONTENTS)(attributes_by_name)
        self._insides: dict[tuple[Element, tuple[tuple[Attribute, ...], ...]], Pattern] = {}
        self.blanks: set[str] = {""}  # texts that are blank, as they were written
        self._document = self._patterns.element(AnyName(), lambda: schema.start, str)
        self.start, self.end = self.before(schema.start), self.before(EMPTY)

    def before(self, pattern: Pattern, context: Context | None = None) -> State:
        """Where a document begins whose root must be of this pattern, or a part of one, within some bindings."""
        context = self._context({"": "", "xml": XML_NAMESPACE}) if context is None else context
        return self._state(context, ((self._document, pattern),))

    def alone(self, context: Context, tag: str) -> State:
        """Before the element of a start tag, which may be any that the schema has of its name, but of no wildcard.

        The schema must have been read whole: what cannot be reached from its start is not part of it.
        """
        element, _ = _names(tag.split('"'))
        bindings = self.within(context, tag).bindings
        found = self._schema.candidates(resolve(element, bindings, bindings[""]))
        named = [each for each in found if finite(each.names) and each in self._reached]
        return self.before(self._patterns.choice(named), context)

    @cached_property
    def _reached(self) -> frozenset[Element]:
        return frozenset(self._schema.reached)

    def within(self, context: Context, tag: str) -> Context:
        """The bindings within an element."""
        parts = tag.split('"')
        declared = _declared(parts, _names(parts)[1])
        return self._context({**context.bindings, **declared}) if declared else context

    # States.

    def _context(self, bindings: dict[str, str]) -> Context:
        key = frozenset(bindings.items())
        if len(self._contexts) >= MAX_CONTEXTS:
            self._contexts.clear()
        return self._contexts.setdefault(key, Context(bindings))

    def _state(self, context: Context, alternatives: Alternatives, undecided: bool = False) -> State:
        state = context.states.get((alternatives, undecided))
        if state is None:
            lefts = [left for _, left in alternatives]
            if any(left.has_data for left in lefts):
                text = READ
            else:
                text = FREE if all(self._patterns.after_text(left) is left for left in lefts) else SEEN
            state = context.states[alternatives, undecided] = State(context, alternatives, text, undecided)
        return state

    def _after(self, state: State, takers: tuple[Element, ...]) -> State:
        """The state after a child that any of `takers` took."""
        after, choice = self._patterns.after, self._patterns.choice
        lefts = [(each, choice([after(left, taker) for taker in takers])) for each, left in state.alternatives]
        return self._kept(state, lefts)

    def _kept(self, state: State, lefts: list[tuple[Element, Pattern]]) -> State:
        kept = tuple((element, left) for element, left in lefts if left is not NOT_ALLOWED)
        if not kept:
            raise InvalidError
        return self._state(state.context, kept, state.undecided)

    def decided(self, state: State, outer: State) -> State:
        """The state after the end tag of an element that several patterns might have taken, or that may not end."""
        ended = tuple(element for element, left in state.alternatives if left.nullable)
        if not ended:
            raise InvalidError
        return self._after(outer, ended)

    # Text.

    def text(self, state: State, written: str, is_whole: bool) -> State:
        """The state after a text; `is_whole` if it is all that its element holds."""
        is_blank = not unescaped(written).strip(BLANK)
        if is_blank and (state.text != READ or not is_whole):
            if len(self.blanks) < MAX_BLANKS:
                self.blanks.add(written)
            return state
        key = (written, is_whole) if state.text == READ else ("", False)
        if key not in state.texts:
            if len(state.texts) >= MAX_TAGS:
                state.texts.clear()
            state.texts[key] = self._after_text(state, unescaped(written), is_whole)
        after = state.texts[key]
        if after is None:
            raise InvalidTextError
        if state.text == SEEN:
            state.after_some = after
        return after

    def _after_text(self, state: State, text: str, is_whole: bool) -> State | None:
        lefts = []
        for element, left in state.alternatives:
            after = self._patterns.after_text(left, text if is_whole else None, state.context.bindings)
            if is_whole and not text.strip(BLANK):
                after = self._patterns.choice((after, left))
            lefts.append((element, after))
        return self._kept(state, lefts) if any(left is not NOT_ALLOWED for _, left in lefts) else None

    # Tags.

    def step(self, state: State, tag: str) -> tuple[State, State | None]:
        """What a start tag leads to that this state has not met."""
        parts = (tag[:-1] if tag[-1] == "/" else tag).split('"')
        key = tuple(parts[::2])
        shape = state.shapes.get(key)
        if shape is None:
            shape = self._shape(state, parts)
            if not any(" xmlns" in part for part in key):  # whose bindings depend on values
                if len(state.shapes) >= MAX_TAGS:
                    state.shapes.clear()
                state.shapes[key] = shape
        matched = []
        for position, takers, known in zip(shape.positions, shape.takers, shape.known, strict=True):
            written = parts[position]
            match = known.get(written)
            if match is None:
                match = self._matched(takers, unescaped(written), shape.context)
                if len(known) < MAX_TAGS:
                    known[written] = match
            matched.append(match)
        outcome = tuple(matched)
        entered = shape.outcomes.get(outcome)
        if entered is None:
            entered = shape.outcomes[outcome] = self._entered(state, shape, outcome)
        step = (self._left(*entered), None) if tag[-1] == "/" else entered
        if len(state) >= MAX_TAGS:
            state.clear()
        state[tag] = step
        return step

    def _shape(self, state: State, parts: list[str]) -> Shape:
        """A tag taken apart. Raises InvalidError where nobody takes its name or one of its attributes."""
        element, names = _names(parts)
        context = state.context
        declared = _declared(parts, names)
        if declared:
            context = self._context({**context.bindings, **declared})
        full = resolve(element, context.bindings, context.bindings[""])
        lefts = firsts(state)
        candidates = tuple(each for each in self._schema.candidates(full) if each in lefts)
        positions, takers = [], []
        for number, name in enumerate(names):
            if name != "xmlns" and not name.startswith("xmlns:"):
                resolved = resolve(name, context.bindings, "")
                positions.append(2 * number + 1)
                takers.append(tuple(self._attributes(each, resolved) for each in candidates))
        if not candidates or not all(map(any, takers)):
            raise InvalidError
        return Shape(context, candidates, tuple(positions), tuple(takers), tuple({} for _ in positions))

    def _attributes(self, element: Element, name: str) -> tuple[Attribute, ...]:
        """The attribute patterns of an element that take a name."""
        known = self._asked.setdefault(element, {})
        if name not in known:
            if len(known) >= MAX_TAGS:
                known.clear()
            single, wild = self._attributes_of(element.content)
            known[name] = (*single.get(name, ()), *(each for each in wild if takes(each.names, name)))
        return known[name]

    def _matched(
        self, takers: tuple[tuple[Attribute, ...], ...], value: str, context: Context
    ) -> tuple[tuple[Attribute, ...], ...]:
        """For each candidate the attribute patterns that take a value."""
        matches, bindings = self._patterns.matches, context.bindings
        found = tuple(tuple(each for each in some if matches(each.content, value, bindings)) for some in takers)
        if not any(found):
            raise InvalidError
        return found

    def _entered(
        self, state: State, shape: Shape, matched: tuple[tuple[tuple[Attribute, ...], ...], ...]
    ) -> tuple[State, State]:
        """The states after and inside an element, once it is known which patterns its attributes are of."""
        insides = []
        for number, element in enumerate(shape.candidates):
            inside = self._inside(element, tuple(match[number] for match in matched))
            if inside is not NOT_ALLOWED:
                insides.append((element, inside))
        if not insides:
            raise InvalidError
        if len(insides) > 1:
            return state, self._state(shape.context, tuple(insides), True)
        return self._after(state, (insides[0][0],)), self._state(shape.context, tuple(insides))

    def _inside(self, element: Element, matched: tuple[tuple[Attribute, ...], ...]) -> Pattern:
        key = element, matched
        inside = self._insides.get(key)
        if inside is None:
            inside = self._patterns.closed(after_attributes(self._patterns, element.content, matched))
            if len(self._insides) >= MAX_TAGS:
                self._insides.clear()
            self._insides[key] = inside
        return inside

    def _left(self, after: State, inside: State) -> State:
        """The state after an element that is closed where it opens."""
        if inside.text == READ:
            inside = self.text(inside, "", True)
        return after if inside.may_end else self.decided(inside, after)


def firsts(state: State) -> frozenset[Element]:
    """The element patterns that may take the next child."""
    return frozenset().union(*(first(left) for _, left in state.alternatives))


def _names(parts: list[str]) -> tuple[str, list[str]]:
    """The names of an element and its attributes: what stands outside of the quotation marks of a tag."""
    element, *names = [part.strip(f"{BLANK}=") for part in parts[::2]]
    if " " in element:
        element, first_attribute = element.split(None, 1)
        names.insert(0, first_attribute)
    return element, [name for name in names if name]


def _declared(parts: list[str], names: list[str]) -> dict[str, str]:
    """What prefixes are bound to in a tag, "" for none."""
    return {
        name[6:]: unescaped(parts[2 * number + 1])
        for number, name in enumerate(names)
        if name == "xmlns" or name.startswith("xmlns:")
    }


def resolve(name: str, bindings: dict[str, str], default: str) -> str:
    prefix, colon, local = name.rpartition(":")
    return full_name(bindings[prefix] if colon else default, local)
