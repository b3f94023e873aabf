"""Children that do not fit: what is wrong with them, and how the reading of their parent goes on.

After a misspelt element as if it were spelt right, after a gap as if it were filled, after one that stands too early
as if what it waits for had come, after some that lack the element around them as if it were there, after one that
stands in the way of others as if it were not. Where nobody can tell, the child is passed over, held to its own
declaration, and the end of its parent is not held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from edition.schema.content import Model, Slot, State
from edition.schema.declarations import Declaration
from edition.schema.faults import Fault
from edition.schema.gaps import LONGEST_ROW, gap_before, over
from edition.schema.guide import Guide
from edition.schema.places import Spot
from edition.schema.rules import ELEMENT_MISSING, ELEMENT_NOT_ALLOWED
from edition.schema.wording import SURELY_ALIKE, is_slip, listed
from edition.schema.wrapping import wrapped
from edition.tei.names import is_element

_LONGEST_RUN = 1_000  # of children that may lack the element around them
_FEW = 3  # names of which a message says that one is missing


@dataclass(frozen=True, slots=True)
class Held:
    """An element and the declaration that it is held to.

    `state` is where its parent had come to before it, None for the root and where no other name can be meant. If
    `told`, its name has been found wrong.
    """

    element: etree._Element
    declaration: Declaration
    state: State | None = None
    told: bool = False


@dataclass
class _Parent:
    """How far the children of an element have been read. `sure` while nothing had to be passed over."""

    guide: Guide
    element: etree._Element
    model: Model
    children: Sequence[etree._Element]
    state: State
    sure: bool = True
    states: list[State] = field(default_factory=list)  # before each child that was read
    told: set[etree._Element] = field(default_factory=set)  # children that are not allowed
    # Children of which all was told with others, and what they are held to.
    passed: dict[etree._Element, Declaration | None] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        return self.guide.tag(str(self.element.tag))


def children_faults(guide: Guide, element: etree._Element, model: Model, held: list[Held]) -> Iterator[Fault]:
    """The faults in the order and choice of an element's children.

    Appends to `held` each child that can be held to a declaration.
    """
    children = [child for child in element if is_element(child)]
    parent = _Parent(guide, element, model, children, model.start)
    declared: list[tuple[etree._Element, Declaration, State | None]] = []
    for number, child in enumerate(children):
        name, state = str(child.tag), parent.state
        parent.states.append(state)
        taken = None if child in parent.passed else state.step(name)
        if taken is not None:
            parent.state, slot = taken
            declaration = declaration_of(guide, slot, name)
        elif child in parent.passed:
            declaration = parent.passed[child]
        else:
            fault, declaration = _misfit(parent, number, child)
            if fault is not None:
                yield fault
                parent.told.update([fault.spot.element] if fault.rule is ELEMENT_NOT_ALLOWED else [])
        if declaration is not None:
            declared.append((child, declaration, None if child in parent.passed else state))
    held.extend(Held(*each, told=each[0] in parent.told) for each in declared)
    if parent.sure and not parent.state.may_end:
        yield _incomplete(parent)


def declaration_of(guide: Guide, slot: Slot, name: str) -> Declaration | None:
    """What an element is held to that took a slot."""
    if name in slot.declarations:
        return slot.declarations[name]
    if slot.other is not None:
        return slot.other
    return None if slot.skips else guide.declarations.roots.get(name)


def _misfit(parent: _Parent, number: int, child: etree._Element) -> tuple[Fault | None, Declaration | None]:
    """What is wrong with a child, and what it is held to. Leaves `parent` where reading goes on.

    No fault where what is wrong with it follows from what was told before.
    """
    name = str(child.tag)
    if name not in parent.guide.declarations.everywhere:
        return _unknown(parent, child)
    row = gap_before(parent.state, name)
    if row:
        return _after_gap(parent, number, child, row)
    own = parent.model.declaration(name)
    if own is None:
        return _bare(parent, number, child)
    obstacles = _in_the_way(parent, number)
    if obstacles:
        return _obstacle(parent, number, obstacles), own
    return _out_of_place(parent, number, child), own


def _unknown(parent: _Parent, child: etree._Element) -> tuple[Fault | None, Declaration | None]:
    """A name that the schema does not have at all."""
    guide, name = parent.guide, str(child.tag)
    message = f"{guide.tag(name)} is not known here, in {parent.tag}"
    near = guide.names.nearest(name, parent.state.names())
    taken = parent.state.step(near) if near else None
    if near and taken:
        needs = parent.state.needs()
        parent.sure = parent.sure and (near in needs or not needs)  # else it may stand for what is missing
        parent.state, slot = taken
        space = _namespace_hint(guide, name, near)
        if space and etree.QName(name).namespace == etree.QName(parent.element).namespace:
            return None, declaration_of(guide, slot, near)  # it has its namespace from its parent, which was told of
        hint = space or guide.meant(near)
        # What is called otherwise in HTML is meant, but not written by the rules of what it is meant for.
        held = declaration_of(guide, slot, near) if is_slip(name, near) else None
        return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, hint), held
    parent.sure = False
    near = guide.names.nearest(name, parent.model.names)
    far = guide.names.nearest(name, guide.declarations.everywhere)
    if near is None and far and (is_slip(name, far, alike=SURELY_ALIKE) or not is_slip(name, far)):
        near = far  # of all names of a schema, some is always a little alike
    hint, rest = (guide.meant(near), ()) if near else _expected(parent, name)
    held = guide.only(near) if near and is_slip(name, near, alike=SURELY_ALIKE) else None
    return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, hint, rest=rest), held


def _namespace_hint(guide: Guide, name: str, near: str) -> str:
    """Where only the namespace differs, spelling is not the matter."""
    wrong, right = etree.QName(name), etree.QName(near)
    if wrong.localname != right.localname:
        return ""
    return f"its namespace is {wrong.namespace or 'none'}; it should be {right.namespace or 'none'}"


def _after_gap(
    parent: _Parent, number: int, child: etree._Element, gap: tuple[tuple[str, ...], ...]
) -> tuple[Fault | None, Declaration | None]:
    """A child before which something is missing, or stands only further on.

    What was passed over may have stood for what is missing.
    """
    guide, name = parent.guide, str(child.tag)
    further = next((other for other in parent.children[number + 1 :] if other.tag in gap[0]), None)
    fillers = [str(further.tag) if further is not None else gap[0][0], *(names[0] for names in gap[1:])]
    state, slot = over(parent.state, [*fillers, name])
    if slot is None:
        parent.sure = False
        return _stranger(parent, child), parent.model.declaration(name)
    parent.state = state
    fault = None
    if further is not None and state.step(fillers[0]) is None:
        parent.passed[further] = parent.model.declaration(str(further.tag))
        message = f"{guide.tag(name)} may not stand before {guide.tag(fillers[0])} in {parent.tag}"
        fault = Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, f"put {guide.tag(fillers[0])} before it")
    elif parent.sure:
        missing = listed([guide.some(names) for names in gap], "and")
        message = f"{missing} {'is' if len(gap) == 1 else 'are'} missing in {parent.tag}, before {guide.tag(name)}"
        hint = f"add {listed([guide.tag(filler) for filler in fillers], 'and')}{guide.aside(fillers[0])}"
        fault = Fault(ELEMENT_MISSING, Spot(child), message, hint)
    return fault, declaration_of(guide, slot, name)


def _bare(parent: _Parent, number: int, child: etree._Element) -> tuple[Fault, Declaration | None]:
    """A child that has no place in this parent, perhaps since the element around it is missing."""
    guide, state = parent.guide, parent.state
    bare = wrapped(guide, state, parent.model.names, parent.children[number : number + _LONGEST_RUN])
    if bare is None:
        parent.sure = False
        return _stranger(parent, child), guide.only(str(child.tag))
    parent.passed.update({other: bare.declaration(other) for other in bare.children[1:]})
    parent.state = bare.state
    more, is_sure = len(bare.children) - 1, len(bare.names) == 1
    parent.sure = parent.sure and is_sure
    what = "it" if not more else f"it and the {'element' if more == 1 else f'{more} elements'} after it"
    message = f"{guide.tag(str(child.tag))} may not stand in {parent.tag}"
    hint = f"put {what} into {guide.some(bare.names)}{guide.aside(bare.names[0]) if is_sure else ''}"
    return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, hint), bare.declaration(child)


def _in_the_way(parent: _Parent, number: int) -> int:
    """How many children just before this one are in the way of it: they are fewer than those that fit without them.

    What was told of them before explains that this one does not fit, even if it is alone.
    """
    for count in range(1, min(number, LONGEST_ROW) + 1):
        obstacles = parent.children[number - count : number]
        enough = 1 if parent.told.issuperset(obstacles) else count + 1
        row = [str(child.tag) for child in parent.children[number : number + enough]]
        fits = over(parent.states[number - count], row)[1] is not None
        if len(row) == enough and fits and not any(map(parent.state.step, row)):
            return count
    return 0


def _obstacle(parent: _Parent, number: int, count: int) -> Fault | None:
    """What stands in the way of a child, the first of the `count` before it; nothing if that has been told."""
    guide, name, first = parent.guide, str(parent.children[number].tag), number - count
    parent.state = over(parent.states[first], [name])[0]
    parent.sure = False
    if parent.children[first] in parent.told:
        return None
    obstacle = guide.tag(str(parent.children[first].tag))
    message = f"{obstacle} may not stand before {guide.tag(name)} in {parent.tag}"
    return Fault(
        ELEMENT_NOT_ALLOWED, Spot(parent.children[first]), message, f"put it after the last {guide.tag(name)}"
    )


def _out_of_place(parent: _Parent, number: int, child: etree._Element) -> Fault:
    """A child that its parent may have, but not here: one too many, too late, or too early."""
    guide, name = parent.guide, str(child.tag)
    tag, before = guide.tag(name), [str(other.tag) for other in parent.children[:number]]
    follower = _place(parent, number, name)
    hint, rest = _expected(parent, name)
    if follower:
        message = f"{tag} may not stand after {guide.tag(before[-1])} in {parent.tag}"
        hint, rest = f"it goes before {follower}", ()
    elif name in before:
        parent.sure = parent.sure and parent.state.may_end  # else it may stand for what is missing
        message = f"{tag} stands in {parent.tag} once too often"
    else:
        parent.sure = False  # who knows what was to come before it
        after = f"after {guide.tag(before[-1])}" if before else "first"
        message = f"{tag} may not stand {after} in {parent.tag}"
    return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, hint, rest=rest)


def _place(parent: _Parent, number: int, name: str) -> str:
    """The last child before which this name can be put, with all that stand after that one still in their places."""
    ways: dict[State, str] = {}  # where the reading comes to with the name put in, and before which child that was
    first = max(0, number - _LONGEST_RUN)
    for state, other in zip(parent.states[first:number], parent.children[first:number], strict=True):
        if other in parent.told:
            continue
        put = state.step(name)
        if put is not None:
            ways[put[0]] = parent.guide.tag(str(other.tag))
        steps = [(state.step(str(other.tag)), place) for state, place in ways.items()]
        ways = {taken[0]: place for taken, place in steps if taken is not None}
    return next(reversed(ways.values()), "")


def _stranger(parent: _Parent, child: etree._Element) -> Fault:
    """An element of the schema that has no place in this parent."""
    name = str(child.tag)
    message = f"{parent.guide.tag(name)} may not stand in {parent.tag}"
    hint, rest = _expected(parent, name)
    return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, hint, rest=rest)


def _expected(parent: _Parent, name: str) -> tuple[str, tuple[str, ...]]:
    """What may stand here instead, as a hint, and what it has no room for."""
    guide, state = parent.guide, parent.state
    names = state.names()
    others = state.others()
    if not names and not others:
        start = parent.model.start
        return f"{parent.tag} {'may end here' if start.names() or start.others() else 'is empty by its nature'}", ()
    end = f", or the end of {parent.tag}" if state.may_end else ""
    like = "" if name in guide.declarations.everywhere else name  # who writes a known name means no other
    some = listed([*([guide.some(names, state.needs(), like)] if names else []), *others])
    return f"expected here: {some}{end}", guide.rest(names, state.needs(), like)


def _incomplete(parent: _Parent) -> Fault:
    """An element that ends too early."""
    guide, needs = parent.guide, parent.state.needs()
    some = any(str(child.tag) in needs for child in parent.children)
    message = f"{parent.tag} has {'too few' if some else 'no'} {guide.some(needs)}"
    if len(needs) > _FEW or not needs:
        message = f"{parent.tag} ends too early"
    last = f" after {guide.tag(str(parent.children[-1].tag))}" if parent.children else ""
    aside = guide.aside(needs[0]) if len(needs) == 1 else ""
    hint = f"add {guide.some(needs) or listed(parent.state.others())}{last}{aside}"
    return Fault(ELEMENT_MISSING, Spot(parent.element), message, hint, rest=guide.rest(needs))
