"""Children that do not fit: what is wrong with them, and how the reading of their parent goes on.

After a misspelt element as if it were spelt right, after a gap as if it were filled, after one that stands too early
as if what it waits for had come. Where nobody can tell, the child is passed over, held to its own declaration, and
the end of its parent is not held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from edition.schema.content import Model, Slot, State
from edition.schema.declarations import Declaration
from edition.schema.faults import Fault
from edition.schema.guide import Guide
from edition.schema.places import Spot
from edition.schema.rules import ELEMENT_MISSING, ELEMENT_NOT_ALLOWED
from edition.schema.wording import SURELY_ALIKE, is_slip, listed
from edition.tei.names import is_element

_LONGEST_ROW = 4  # elements missing one after the other
_FEW = 3  # names of which a message says that one is missing


def wrong_root(guide: Guide, root: etree._Element) -> Fault:
    """A root element that the schema does not begin with: mostly the namespace is missing."""
    name, roots = str(root.tag), guide.declarations.roots
    local, here = etree.QName(name).localname, etree.QName(name).namespace
    twin = next((other for other in roots if etree.QName(other).localname == local), None)
    if twin is not None:
        wanted = etree.QName(twin).namespace
        message = f"<{local}> is in {f'the namespace {here}' if here else 'no namespace'}"
        hint = (
            f'write <{local} xmlns="{wanted}">' if wanted else "the schema knows it in no namespace: take xmlns away"
        )
        return Fault(ELEMENT_NOT_ALLOWED, Spot(root), message, hint)
    near = guide.names.nearest(name, roots)
    hint = guide.meant(near) if near else f"expected: {guide.some(guide.declarations.outermost or roots, like=name)}"
    return Fault(ELEMENT_NOT_ALLOWED, Spot(root), f"{guide.tag(name)} may not be the root of a document", hint)


@dataclass(frozen=True, slots=True)
class Held:
    """An element and the declaration that it is held to.

    `state` is where its parent had come to before it, None for the root. If `told`, its name has been found wrong.
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
    late: set[etree._Element] = field(default_factory=set)  # children that should have come earlier, and were told of

    @property
    def tag(self) -> str:
        return self.guide.tag(str(self.element.tag))


def children_faults(guide: Guide, element: etree._Element, model: Model, held: list[Held]) -> Iterator[Fault]:
    """The faults in the order and choice of an element's children.

    Appends to `held` each child that can be held to a declaration.
    """
    children = [child for child in element if is_element(child)]
    parent = _Parent(guide, element, model, children, model.start)
    for number, child in enumerate(children):
        name, state, fault = str(child.tag), parent.state, None
        taken = state.step(name)
        if taken is not None:
            parent.state, slot = taken
            declaration = declaration_of(guide, slot, name)
        elif child in parent.late:
            declaration = model.declaration(name)
        else:
            fault, declaration = _misfit(parent, number, child)
            if fault is not None:
                yield fault
        if declaration is not None:
            held.append(Held(child, declaration, state, fault is not None and fault.rule is ELEMENT_NOT_ALLOWED))
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
    gap = _gap(parent.state, name)
    if gap:
        return _after_gap(parent, number, child, gap)
    own = parent.model.declaration(name)
    if own is None:
        parent.sure = False
        return _stranger(parent, child), parent.guide.only(name)
    return _out_of_place(parent, number, child), own


def _unknown(parent: _Parent, child: etree._Element) -> tuple[Fault | None, Declaration | None]:
    """A name that the schema does not have at all."""
    guide, name = parent.guide, str(child.tag)
    message = f"{guide.tag(name)} is not known here, in {parent.tag}"
    near = guide.names.nearest(name, parent.state.names())
    taken = parent.state.step(near) if near else None
    if near and taken:
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
    hint = guide.meant(near) if near else _expected(parent, name)
    held = guide.only(near) if near and is_slip(name, near, alike=SURELY_ALIKE) else None
    return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, hint), held


def _namespace_hint(guide: Guide, name: str, near: str) -> str:
    """Where only the namespace differs, spelling is not the matter."""
    wrong, right = etree.QName(name), etree.QName(near)
    if wrong.localname != right.localname:
        return ""
    return f"its namespace is {wrong.namespace or 'none'}; it should be {right.namespace or 'none'}"


def _gap(state: State, name: str) -> tuple[tuple[str, ...], ...]:
    """What is missing before `name`: one element after the other, each with the names that would do.

    First one that must come, then any one, then several that must come in a row.
    """
    fills = [other for other in state.names() if _follows(state, other, name)]
    sure = [other for other in fills if other in state.needs()]
    return (tuple(sure or fills),) if fills else tuple(_row(state, name))


def _row(state: State, name: str) -> list[tuple[str, ...]]:
    row: list[tuple[str, ...]] = []
    while state.step(name) is None:
        needs = state.needs()
        taken = state.step(needs[0]) if len(needs) == 1 and len(row) < _LONGEST_ROW else None
        if taken is None:
            return []
        row.append(needs)
        state = taken[0]
    return row


def _follows(state: State, first: str, second: str) -> bool:
    taken = state.step(first)
    return taken is not None and taken[0].step(second) is not None


def _after_gap(
    parent: _Parent, number: int, child: etree._Element, gap: tuple[tuple[str, ...], ...]
) -> tuple[Fault | None, Declaration | None]:
    """A child before which something is missing, or stands only further on.

    What was passed over may have stood for what is missing.
    """
    guide, name = parent.guide, str(child.tag)
    further = next((other for other in parent.children[number + 1 :] if other.tag in gap[0]), None)
    fillers = [str(further.tag) if further is not None else gap[0][0], *(names[0] for names in gap[1:])]
    state, slot = _over(parent.state, [*fillers, name])
    if slot is None:
        parent.sure = False
        return _stranger(parent, child), parent.model.declaration(name)
    parent.state = state
    fault = None
    if further is not None and state.step(fillers[0]) is None:
        parent.late.add(further)
        message = f"{guide.tag(name)} may not stand before {guide.tag(fillers[0])} in {parent.tag}"
        fault = Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, f"put {guide.tag(fillers[0])} before it")
    elif parent.sure:
        missing = listed([guide.some(names) for names in gap], "and")
        message = f"{missing} {'is' if len(gap) == 1 else 'are'} missing in {parent.tag}, before {guide.tag(name)}"
        hint = f"add {listed([guide.tag(filler) for filler in fillers], 'and')}{guide.aside(fillers[0])}"
        fault = Fault(ELEMENT_MISSING, Spot(child), message, hint)
    return fault, declaration_of(guide, slot, name)


def _over(state: State, names: Sequence[str]) -> tuple[State, Slot | None]:
    """The state after children of these names, and the slot that took the last; none where one may not stand."""
    slot: Slot | None = None
    for name in names:
        taken = state.step(name)
        if taken is None:
            return state, None
        state, slot = taken
    return state, slot


def _out_of_place(parent: _Parent, number: int, child: etree._Element) -> Fault:
    """A child that its parent may have, but not here: one too many, too late, or too early."""
    guide, name = parent.guide, str(child.tag)
    tag, before = guide.tag(name), [str(other.tag) for other in parent.children[:number]]
    follower = _place(parent, number, name)
    hint = _expected(parent, name)
    if name in before:
        parent.sure = parent.sure and parent.state.may_end  # else it may stand for what is missing
        message = f"{tag} stands in {parent.tag} once too often"
    elif follower:
        message, hint = (
            f"{tag} may not stand after {guide.tag(before[-1])} in {parent.tag}",
            f"it goes before {follower}",
        )
    else:
        parent.sure = False  # who knows what was to come before it
        after = f"after {guide.tag(before[-1])}" if before else "first"
        message = f"{tag} may not stand {after} in {parent.tag}"
    return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, hint)


def _place(parent: _Parent, number: int, name: str) -> str:
    """The last child before which this name could have stood, with that child still in its place."""
    state: State | None = parent.model.start
    place = ""
    for other in parent.children[:number]:
        if state is None:
            break
        if _follows(state, name, str(other.tag)):
            place = parent.guide.tag(str(other.tag))
        taken = state.step(str(other.tag))
        state = taken[0] if taken else None
    return place


def _stranger(parent: _Parent, child: etree._Element) -> Fault:
    """An element of the schema that has no place in this parent."""
    name = str(child.tag)
    message = f"{parent.guide.tag(name)} may not stand in {parent.tag}"
    return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, _expected(parent, name))


def _expected(parent: _Parent, name: str) -> str:
    guide, state = parent.guide, parent.state
    names = state.names()
    if not names:
        return f"{parent.tag} is empty by its nature" if not parent.model.names else f"{parent.tag} may end here"
    end = f", or the end of {parent.tag}" if state.may_end else ""
    like = "" if name in guide.declarations.everywhere else name  # who writes a known name means no other
    return f"expected here: {guide.some(names, state.needs(), like)}{end}"


def _incomplete(parent: _Parent) -> Fault:
    """An element that ends too early."""
    guide, needs = parent.guide, parent.state.needs()
    some = any(str(child.tag) in needs for child in parent.children)
    message = f"{parent.tag} has {'too few' if some else 'no'} {guide.some(needs)}"
    if len(needs) > _FEW:
        message = f"{parent.tag} ends too early"
    last = f" after {guide.tag(str(parent.children[-1].tag))}" if parent.children else ""
    aside = guide.aside(needs[0]) if len(needs) == 1 else ""
    return Fault(ELEMENT_MISSING, Spot(parent.element), message, f"add {guide.some(needs)}{last}{aside}")
