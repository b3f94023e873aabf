"""What may come next: a content model as an expression, and its derivatives (Brzozowski 1964) as states.

A state is what is left of the model after the children so far. It knows the names that may follow, whether the
element may end, and what must still come; so it can say what was expected, which a bare verdict cannot.
States are made when a document first needs them and kept, so that a step is one look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edition.schema.declarations import Declaration

MAX_STATES = 20_000  # of one model; beyond this a model is too large to explain and everything is let pass
_MAX_TRIED = 1_000  # names that may follow; in the whole of TEI 400


@dataclass(frozen=True, eq=False)
class Slot:
    """A place for one child: the names that may take it with their declarations, or a wildcard that tests names.

    Names are in the notation of lxml. What a wildcard takes is checked against its own declaration unless `skips`,
    or against `other` where the schema says of the wildcard itself what may stand in it. `words` tell what it takes.
    """

    declarations: Mapping[str, Declaration]
    wildcard: Callable[[str], bool] | None = None
    skips: bool = False
    other: Declaration | None = None
    words: str = "any element"

    def takes(self, name: str) -> bool:
        return name in self.declarations or (self.wildcard is not None and self.wildcard(name))


@dataclass(frozen=True, slots=True)
class Seq:
    """One after the other. Without items it is the empty content."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these. Without items nothing matches."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Each of these, in any order."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same `low` to `high` times; None is without end."""

    item: Expression
    low: int
    high: int | None


Expression = Slot | Seq | Choice | All | Repeat
EMPTY = Seq(())
NOTHING = Choice(())


def may_end(expression: Expression) -> bool:
    """Whether no child at all is enough."""
    match expression:
        case Slot():
            return False
        case Seq(items) | All(items):
            return all(may_end(item) for item in items)
        case Choice(items):
            return any(may_end(item) for item in items)
        case Repeat(item, low, _):
            return low == 0 or may_end(item)


def first(expression: Expression) -> Iterator[Slot]:
    """The slots that may take the next child, in the order of the schema; one may come twice."""
    match expression:
        case Slot():
            yield expression
        case Seq(items):
            for item in items:
                yield from first(item)
                if not may_end(item):
                    return
        case Choice(items) | All(items):
            for item in items:
                yield from first(item)
        case Repeat(item, _, _):
            yield from first(item)


def required(expression: Expression) -> frozenset[Slot]:
    """The slots that must take a child before the element may end, whatever way the choices go."""
    match expression:
        case Slot():
            return frozenset((expression,))
        case Seq(items) | All(items):
            return frozenset().union(*map(required, items))
        case Choice(items):
            sets = [required(item) for item in items]
            return sets[0].intersection(*sets[1:]) if sets else frozenset()
        case Repeat(item, low, _):
            return required(item) if low else frozenset()


def after(expression: Expression, slot: Slot) -> Expression:
    """What is left once `slot` has taken a child: the derivative."""
    match expression:
        case Slot():
            return EMPTY if expression is slot else NOTHING
        case Seq(items):
            ways = []
            for n, item in enumerate(items):
                ways.append(_seq(after(item, slot), *items[n + 1 :]))
                if not may_end(item):
                    break
            return _choice(*ways)
        case Choice(items):
            return _choice(*(after(item, slot) for item in items))
        case All(items):
            return _choice(*(_all(after(item, slot), *items[:n], *items[n + 1 :]) for n, item in enumerate(items)))
        case Repeat(item, low, high):
            left = repeat(item, max(low - 1, 0), None if high is None else high - 1)
            return _seq(after(item, slot), left)


def repeat(item: Expression, low: int, high: int | None) -> Expression:
    """An item that may be repeated, in its simplest form."""
    if high == 0:
        return EMPTY
    return item if (low, high) == (1, 1) else Repeat(item, low, high)


def _seq(*items: Expression) -> Expression:
    flat: list[Expression] = []
    for item in items:
        if item == NOTHING:
            return NOTHING
        flat.extend(item.items if isinstance(item, Seq) else (item,))
    return flat[0] if len(flat) == 1 else Seq(tuple(flat))


def _all(*items: Expression) -> Expression:
    if NOTHING in items:
        return NOTHING
    kept = tuple(item for item in items if item != EMPTY)
    return kept[0] if len(kept) == 1 else All(kept) if kept else EMPTY


def _choice(*items: Expression) -> Expression:
    kept = tuple(dict.fromkeys(item for item in items if item != NOTHING))
    return kept[0] if len(kept) == 1 else Choice(kept)


@dataclass(eq=False)
class State:
    """A point in the content of an element. `slots` are those that may take the next child."""

    model: Model
    expression: Expression
    slots: tuple[Slot, ...] = field(init=False)
    may_end: bool = field(init=False)
    _steps: dict[str, tuple[State, Slot] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.slots = tuple(dict.fromkeys(first(self.expression)))
        self.may_end = may_end(self.expression)

    def step(self, name: str) -> tuple[State, Slot] | None:
        """The state after a child of this name and the slot that took it, or None where it may not stand.

        Where several could take it (as in RELAX NG; XSD forbids it), all of them are followed.
        """
        if name not in self._steps:
            takers = [slot for slot in self.slots if name in slot.declarations]
            takers += [slot for slot in self.slots if slot.other and slot.takes(name)] if takers else []
            takers = takers or [slot for slot in self.slots if slot.takes(name)]
            left = _choice(*(after(self.expression, slot) for slot in takers))
            self._steps[name] = (self.model.state(left), takers[0]) if takers else None
        return self._steps[name]

    def names(self) -> tuple[str, ...]:
        """The names that may follow: those that must come first of all."""
        return self._names

    @cached_property
    def _names(self) -> tuple[str, ...]:
        must = required(self.expression)
        ordered = sorted(self.slots, key=lambda slot: slot not in must)
        return tuple(dict.fromkeys(name for slot in ordered for name in slot.declarations))

    def others(self) -> tuple[str, ...]:
        """What may follow of which the schema gives no name, in words."""
        return tuple(dict.fromkeys(slot.words for slot in self.slots if slot.wildcard))

    def needs(self) -> tuple[str, ...]:
        """The names that one of must follow before the element may end: none if it may end here.

        Where there are several ways to go on, those after which nothing more is wanted.
        """
        return self._needs

    @cached_property
    def _needs(self) -> tuple[str, ...]:
        if self.may_end:
            return ()
        must = required(self.expression)
        sure = tuple(name for slot in self.slots if slot in must for name in slot.declarations)
        return tuple(dict.fromkeys(sure)) or self._last_steps or self.names()

    @cached_property
    def _last_steps(self) -> tuple[str, ...]:
        """The names that may be the last, where there are not too many to try each."""
        names = self.names()
        return tuple(filter(self._may_end_after, names)) if len(names) <= _MAX_TRIED else ()

    def _may_end_after(self, name: str) -> bool:
        taken = self.step(name)
        return taken is not None and taken[0].may_end


class Model:
    """The content model of one type. `names` holds every name that it mentions."""

    def __init__(self, expression: Expression) -> None:
        self._states: dict[Expression, State] = {}
        self._declarations: dict[str, Declaration] = {}
        for slot in _slots(expression):
            self._declarations.update(slot.declarations)
        self.names = tuple(self._declarations)
        self.start = self.state(expression)

    def declaration(self, name: str) -> Declaration | None:
        """What a name is declared as somewhere in this model (XSD part 1, 3.8.6: as one thing throughout)."""
        return self._declarations.get(name)

    def state(self, expression: Expression) -> State:
        """The state that this expression is. Where there are too many, one that lets everything pass."""
        if expression not in self._states and len(self._states) >= MAX_STATES:
            expression = _ANYTHING
        if expression not in self._states:
            self._states[expression] = State(self, expression)
        return self._states[expression]


_ANYTHING = Repeat(Slot({}, lambda name: True), 0, None)


def _slots(expression: Expression) -> Iterator[Slot]:
    match expression:
        case Slot():
            yield expression
        case Repeat(item, _, _):
            yield from _slots(item)
        case Seq(items) | Choice(items) | All(items):
            for item in items:
                yield from _slots(item)
