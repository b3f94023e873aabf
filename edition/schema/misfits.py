"""Children that do not fit: what is wrong with them, and how the reading of their parent goes on.

After a misspelt element as if it were spelt right, after a gap as if it were filled, after one that stands too early
as if what it waits for had come, after some that lack the element around them as if it were there, after one that
stands in the way of others as if it were not. Where nobody can tell, the child is passed over, held to its own
declaration, and the end of its parent is not held against it.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from edition.schema.content import Model, State
from edition.schema.declarations import Declaration
from edition.schema.faults import Fault
from edition.schema.gaps import LONGEST_ROW, gap_before, over
from edition.schema.guide import Guide
from edition.schema.meant import misnamed, reread, unknown, within_unknown
from edition.schema.parents import Held, Parent, declaration_of, expected
from edition.schema.places import Spot
from edition.schema.rules import ELEMENT_MISSING, ELEMENT_NOT_ALLOWED
from edition.schema.wording import listed
from edition.schema.wrapping import Wrapped, wrapped
from edition.tei.names import is_element

_LONGEST_RUN = 1_000  # of children that may lack the element around them
_FEW = 3  # names of which a message says that one is missing


def children_faults(guide: Guide, element: etree._Element, model: Model, held: list[Held]) -> Iterator[Fault]:
    """The faults in the order and choice of an element's children.

    Appends to `held` each child that can be held to a declaration.
    """
    children = [child for child in element if is_element(child)]
    parent = Parent(guide, element, model, children, model.start)
    declared: list[tuple[etree._Element, Declaration, State | None]] = []
    loose: list[Held] = []
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
        elif name not in guide.declarations.everywhere and child in parent.told:
            yield from within_unknown(guide, child, loose)
    held.extend(Held(*each, told=each[0] in parent.told) for each in declared)
    held.extend([*loose, *(Held(*each) for each in parent.taken_out)])
    if parent.sure and not parent.state.may_end:
        yield _incomplete(parent)


def _misfit(parent: Parent, number: int, child: etree._Element) -> tuple[Fault | None, Declaration | None]:
    """What is wrong with a child, and what it is held to. Leaves `parent` where reading goes on.

    No fault where what is wrong with it follows from what was told before.
    """
    name = str(child.tag)
    if name not in parent.guide.declarations.everywhere:
        return unknown(parent, child)
    taken = parent.state.step(name) if reread(parent, number) else None
    if taken is not None:
        parent.state, slot = taken
        return None, declaration_of(parent.guide, slot, name)
    other = misnamed(parent, child)
    if other is not None:
        return other
    gap = gap_before(parent.state, name)
    if gap:
        return _after_gap(parent, number, child, gap)
    own = parent.model.declaration(name)
    row = () if parent.is_doubled else parent.children[number : number + _LONGEST_RUN]
    bare = wrapped(parent.guide, parent.state, row)
    if bare is not None and (own is None or len(bare.children) > 1):
        return _bare(parent, number, bare)
    if own is None:
        parent.sure = False
        return _stranger(parent, child), parent.guide.only(name)
    obstacles = _in_the_way(parent, number)
    if obstacles:
        return _obstacle(parent, number, obstacles), own
    return _out_of_place(parent, number, child), own


def _after_gap(
    parent: Parent, number: int, child: etree._Element, gap: tuple[tuple[str, ...], ...]
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


def _bare(parent: Parent, number: int, bare: Wrapped) -> tuple[Fault, Declaration | None]:
    """A child that may not stand here since the element around it is missing, with others that lack it too."""
    guide, child = parent.guide, bare.children[0]
    parent.passed.update({other: bare.declaration(other) for other in bare.children[1:]})
    parent.state = bare.state
    more, is_sure = len(bare.children) - 1, len(bare.names) == 1
    parent.sure = parent.sure and is_sure
    what = "it" if not more else f"it and the {'element' if more == 1 else f'{more} elements'} after it"
    is_late = number > 0 and parent.model.declaration(str(child.tag)) is not None
    after = f" after {guide.tag(str(parent.children[number - 1].tag))}" if is_late else ""
    message = f"{guide.tag(str(child.tag))} may not stand{after} in {parent.tag}"
    hint = f"put {what} into {guide.some(bare.names)}{guide.aside(bare.names[0]) if is_sure else ''}"
    return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, hint), bare.declaration(child)


def _in_the_way(parent: Parent, number: int) -> int:
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


def _obstacle(parent: Parent, number: int, count: int) -> Fault | None:
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


def _out_of_place(parent: Parent, number: int, child: etree._Element) -> Fault:
    """A child that its parent may have, but not here: one too many, too late, or too early."""
    guide, name = parent.guide, str(child.tag)
    tag, before = guide.tag(name), [str(other.tag) for other in parent.children[:number]]
    follower = _place(parent, number, name)
    hint, rest = expected(parent, name)
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


def _place(parent: Parent, number: int, name: str) -> str:
    """The last child before which this name can be put, with all that stand after that one still in their places."""
    ways: dict[
        State, etree._Element
    ] = {}  # where the reading comes to with the name put in, and before which child that was
    first = max(0, number - _LONGEST_RUN)
    for state, other in zip(parent.states[first:number], parent.children[first:number], strict=True):
        if other in parent.told:
            continue
        put = state.step(name)
        if put is not None:
            ways[put[0]] = other
        steps = [(state.step(str(other.tag)), place) for state, place in ways.items()]
        ways = {taken[0]: place for taken, place in steps if taken is not None}
    place = next(reversed(ways.values()), None)
    return "" if place is None else _one_of(parent, place)


def _one_of(parent: Parent, child: etree._Element) -> str:
    """A child as a place: of several of its name it may be the first."""
    alike = [other for other in parent.children if other.tag == child.tag]
    return f"{'the first ' if len(alike) > 1 and alike[0] is child else ''}{parent.guide.tag(str(child.tag))}"


def _stranger(parent: Parent, child: etree._Element) -> Fault:
    """An element of the schema that has no place in this parent."""
    name = str(child.tag)
    message = f"{parent.guide.tag(name)} may not stand in {parent.tag}"
    hint, rest = expected(parent, name)
    return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, hint, rest=rest)


def _incomplete(parent: Parent) -> Fault:
    """An element that ends too early."""
    guide, needs = parent.guide, parent.state.needs()
    some = any(str(child.tag) in needs for child in parent.children)
    message = f"{parent.tag} has {'too few' if some else 'no'} {guide.some(needs)}"
    if len(needs) > _FEW or not needs:
        message = f"{parent.tag} ends too early"
    last = f" after {guide.tag(str(parent.children[-1].tag))}" if parent.children else ""
    aside = guide.aside(needs[0]) if len(needs) == 1 else ""
    if parent.is_doubled:
        return Fault(ELEMENT_MISSING, Spot(parent.element), message, f"keep one of the two {parent.tag}")
    hint = f"add {guide.some(needs) or listed(parent.state.others())}{last}{aside}"
    return Fault(ELEMENT_MISSING, Spot(parent.element), message, hint, rest=guide.rest(needs))
