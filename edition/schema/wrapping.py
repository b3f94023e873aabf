"""Children that stand bare: the element that should be around them is missing, and so each is a stranger.

Of castItems without their castList one thing is wrong, not as many as there are castItems.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from edition.schema.content import Model, State
from edition.schema.declarations import Declaration
from edition.schema.guide import Guide

_MAX_TRIED = 1_000  # names that may be missing
_MOST_TAKERS = 8  # elements that have such a child; where there are more, nobody can tell which was meant


@dataclass(frozen=True, slots=True)
class Wrapped:
    """What is missing around some children, those children, and the state of their parent after it.

    `names` are all elements that would do, of which that with the `model` is one.
    """

    names: tuple[str, ...]
    model: Model
    children: Sequence[etree._Element]
    state: State

    def declaration(self, child: etree._Element) -> Declaration | None:
        """What a child is held to."""
        return self.model.declaration(str(child.tag))


def wrapped(guide: Guide, state: State, known: Collection[str], children: Sequence[etree._Element]) -> Wrapped | None:
    """The element that may stand here and take the first of `children`, with those after it that it takes too.

    `known` are the names that the parent may have. None where no element will do, or several for one child: of a row
    of children it is clear at least that something is missing around them.
    """
    found = [
        each
        for name, model in takers(guide, state, str(children[0].tag))
        for each in (_taken(state, name, model, children, known),)
        if each is not None
    ]
    most = max((len(each.children) for each in found), default=0)
    best = [each for each in found if len(each.children) == most]
    best = [each for each in best if each.names[0] in state.needs()] or best
    if len(best) > 1 and most == 1:
        return None
    return replace(best[0], names=tuple(each.names[0] for each in best)) if best else None


def takers(guide: Guide, state: State, name: str) -> Sequence[tuple[str, Model]]:
    """The elements that may stand here and have children of this name; none where they are too many to tell."""
    key = state, name
    if key not in guide.takers:
        names = state.names() if len(state.names()) <= _MAX_TRIED else ()
        found = list(_taking(guide, names, name))
        guide.takers[key] = found if len(found) <= _MOST_TAKERS else ()
    return guide.takers[key]


def _taking(guide: Guide, names: Sequence[str], name: str) -> Iterator[tuple[str, Model]]:
    for other in names:
        declaration = guide.only(other)
        model = None if declaration is None else declaration.type.content
        if model is not None and name in model.names:
            yield other, model


def _taken(
    state: State, name: str, model: Model, children: Sequence[etree._Element], known: Collection[str]
) -> Wrapped | None:
    """As many children as an element takes, the last of them a stranger to the parent, if the parent goes on then."""
    count, inner = 0, model.start
    for number, child in enumerate(children, 1):
        taken = inner.step(str(child.tag))
        if taken is None:
            break
        inner = taken[0]
        if child.tag not in known:
            count = number
    after = state.step(name)
    if after is None or not count:
        return None
    goes_on = count == len(children) or after[0].step(str(children[count].tag)) is not None
    return Wrapped((name,), model, children[:count], after[0]) if goes_on else None
