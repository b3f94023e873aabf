"""Children that stand bare: the element that should be around them is missing, and so each is a stranger.

Of castItems without their castList one thing is wrong, not as many as there are castItems.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from edition.schema.content import Model, State
from edition.schema.declarations import Declaration
from edition.schema.guide import Guide

_MAX_TRIED = 1_000  # names that may be missing
_FARTHEST = 50  # children that may stand between one that lacks the element around it and the next
_MOST_TAKERS = 8  # elements that have such a child; where there are more, nobody can tell which was meant


@dataclass(frozen=True, slots=True)
class Wrapped:
    """What is missing around some children, those children, and the state of their parent after it.

    `names` are all elements that would do, of which that with the `model` is one. The parent `goes_on` where what
    comes next may stand there.
    """

    names: tuple[str, ...]
    model: Model
    children: Sequence[etree._Element]
    state: State
    goes_on: bool

    def declaration(self, child: etree._Element) -> Declaration | None:
        """What a child is held to."""
        return self.model.declaration(str(child.tag))


def wrapped(guide: Guide, state: State, children: Sequence[etree._Element]) -> Wrapped | None:
    """The element that may stand here and take the first of `children`, with those after it that it takes too.

    None where no element will do, or several for one child: of a row of children it is clear at least that something
    is missing around them. First are meant those after which the parent goes on, then those that take most, then
    those that must come, and then those that hold such a child elsewhere in the document. Where none
    must come, children that are all at home elsewhere, but in none of these, are not meant for them.
    """
    row = [str(child.tag) for child in children[:2]]
    if not row:
        return None
    able = takers(guide, state, row) or takers(guide, state, row[:1])
    found = [each for name, model in able for each in (_taken(state, name, model, children),) if each is not None]
    most = max(((each.goes_on, len(each.children)) for each in found), default=(False, 0))
    best = {each.names[0]: each for each in found if (each.goes_on, len(each.children)) == most}
    names = [name for name in best if name in state.needs()] or list(best)
    at_home = [name for name in names if (name, row[0]) in guide.homes]
    if names and not at_home and state.may_end and _are_at_home(guide, best[names[0]].children):
        return None
    names = at_home or names
    if not names or (len(names) > 1 and len(best[names[0]].children) == 1):
        return None
    return replace(best[names[0]], names=tuple(names))


def _are_at_home(guide: Guide, children: Sequence[etree._Element]) -> bool:
    """Whether the document has such children in other elements than this one."""
    around = children[0].getparent()
    here = None if around is None else str(around.tag)
    known = {child for parent, child in guide.homes if parent != here}
    return known.issuperset(str(child.tag) for child in children)


def takers(guide: Guide, state: State, row: Sequence[str]) -> Sequence[tuple[str, Model]]:
    """The elements that may stand here and may have all of `row` in them.

    Where they are too many to tell, those of them that have such children elsewhere in the document.
    """
    key = state, tuple(row)
    if key not in guide.takers:
        names = state.names() if len(state.names()) <= _MAX_TRIED else ()
        found = list(_taking(guide, names, row))
        if len(found) > _MOST_TAKERS:
            found = [each for each in found if (each[0], row[0]) in guide.homes]
        guide.takers[key] = found if len(found) <= _MOST_TAKERS else ()
    return guide.takers[key]


def _taking(guide: Guide, names: Sequence[str], row: Sequence[str]) -> Iterator[tuple[str, Model]]:
    for other in names:
        declaration = guide.only(other)
        model = None if declaration is None else declaration.type.content
        if model is not None and all(name in model.names for name in row):
            yield other, model


def _taken(state: State, name: str, model: Model, children: Sequence[etree._Element]) -> Wrapped | None:
    """As many children as an element takes, the last of them a stranger after it; one alone if all goes on then."""
    after = state.step(name)
    if after is None:
        return None
    count, inner = 0, model.start
    for number, child in enumerate(children, 1):
        taken = inner.step(str(child.tag))
        if taken is None or number - count > _FARTHEST:
            break
        inner = taken[0]
        if after[0].step(str(child.tag)) is None:
            count = number
    goes_on = count == len(children) or after[0].step(str(children[count].tag)) is not None
    return Wrapped((name,), model, children[:count], after[0], goes_on) if count > 1 or (count and goes_on) else None
