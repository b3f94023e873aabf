"""Children whose names do not fit, and what they were meant for: what is spelt alike, or may hold what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from edition.schema.content import State
from edition.schema.declarations import Declaration
from edition.schema.faults import Fault
from edition.schema.gaps import over
from edition.schema.guide import Guide
from edition.schema.parents import Held, Parent, declaration_of, expected
from edition.schema.places import Spot
from edition.schema.rules import ELEMENT_NOT_ALLOWED
from edition.schema.wording import SURELY_ALIKE, is_slip

_MAX_TRIED = 1_000  # names that an element may have been meant for


def unknown(parent: Parent, child: etree._Element) -> tuple[Fault | None, Declaration | None]:
    """A name that the schema does not have at all."""
    guide, name = parent.guide, str(child.tag)
    message = f"{guide.tag(name)} is not known here, in {parent.tag}"
    near = guide.names.nearest(name, parent.state.names())
    if near is None or not _knows(guide.only(near), child):
        near = by_contents(guide, parent.state, child) or near
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
        is_meant = is_slip(name, near) or (len(child) > 0 and may_have(guide.only(near), children_of(child)))
        held = declaration_of(guide, slot, near) if is_meant else None
        return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, hint), held
    parent.sure = False
    near = guide.names.nearest(name, parent.model.names)
    far = guide.names.nearest(name, guide.declarations.everywhere)
    if near is None and far and (is_slip(name, far, alike=SURELY_ALIKE) or not is_slip(name, far)):
        near = far  # of all names of a schema, some is always a little alike
    hint, rest = (guide.meant(near), ()) if near else expected(parent, name)
    held = guide.only(near) if near and is_slip(name, near, alike=SURELY_ALIKE) else None
    return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, hint, rest=rest), held


def within_unknown(guide: Guide, element: etree._Element, held: list[Held]) -> Iterator[Fault]:
    """What is wrong in an element that the schema does not have: further such elements of its namespaces.

    Appends to `held` the elements in it that have one declaration, which is all that can be asked of them.
    """
    pending = list(element.iterchildren(etree.Element, reversed=True))
    while pending:
        child = pending.pop()
        name = str(child.tag)
        if name in guide.declarations.everywhere:
            declaration = guide.only(name)
            held.extend([] if declaration is None else [Held(child, declaration)])
            continue
        pending.extend(child.iterchildren(etree.Element, reversed=True))
        around = child.getparent()
        if around is not None and etree.QName(name).namespace in guide.spaces:
            near = guide.names.nearest(name, guide.declarations.everywhere)
            is_clear = near is not None and is_slip(name, near, alike=SURELY_ALIKE)
            hint = guide.meant(near) if near is not None and is_clear else "write what the schema calls it"
            message = f"{guide.tag(name)} is not known here, in {guide.tag(str(around.tag))}"
            yield Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, hint)


def _namespace_hint(guide: Guide, name: str, near: str) -> str:
    """Where only the namespace differs, spelling is not the matter."""
    wrong, right = etree.QName(name), etree.QName(near)
    if wrong.localname != right.localname:
        return ""
    return f"its namespace is {wrong.namespace or 'none'}; it should be {right.namespace or 'none'}"


def misnamed(parent: Parent, child: etree._Element) -> tuple[Fault, Declaration | None] | None:
    """A child whose contents are those of another element that may stand here, or of the parent itself."""
    guide, name = parent.guide, str(child.tag)
    if guide.only(name) is None or _knows(guide.only(name), child):
        return None
    message = f"{guide.tag(name)} may not stand in {parent.tag}"
    meant = by_contents(guide, parent.state, child)
    taken = parent.state.step(meant) if meant and meant != parent.element.tag else None
    if meant is None or taken is None:
        if not _taken_out(parent, child):
            return None
        hint = f"take its tags away: what {guide.tag(name)} holds may stand here itself"
        return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, hint), None
    parent.state, slot = taken
    return Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, guide.meant(meant)), declaration_of(guide, slot, meant)


def _taken_out(parent: Parent, element: etree._Element) -> bool:
    """Whether the parent takes the children of an element in its stead; then it is read on after them."""
    if element.text and element.text.strip():
        return False
    state, taken_out = parent.state, []
    for child in element.iterchildren(etree.Element):
        taken = state.step(str(child.tag))
        if taken is None or child.tag not in taken[1].declarations:
            return False
        taken_out.append((child, taken[1].declarations[str(child.tag)]))
        state = taken[0]
    parent.state = state
    parent.taken_out.extend(taken_out)
    return True


def reread(parent: Parent, number: int) -> bool:
    """Whether a child fits if the one before it is read as its contents are, for which it is told of itself.

    That one may stand there, but not have these contents. Then `parent` is left after it.
    """
    if number == 0:
        return False
    name, last = str(parent.children[number].tag), parent.children[number - 1]
    if last in parent.told or last in parent.passed or _knows(parent.guide.only(str(last.tag)), last):
        return False
    before = parent.states[number - 1]
    meant = by_contents(parent.guide, before, last)
    for names in ([meant] if meant else [], children_of(last)):
        after, slot = over(before, names)
        if slot is not None and after.step(name) is not None:
            parent.state = after
            return True
    return False


def by_contents(guide: Guide, state: State, element: etree._Element) -> str | None:
    """The one name that may stand here and have the attributes and children of an element.

    What the document uses elsewhere is meant before what it does not. None for what has no children, of which any
    name could be.
    """
    children = children_of(element)
    if not children:
        return None
    names = [name for name in state.names()[:_MAX_TRIED] if may_have(guide.only(name), children, element)]
    names = [name for name in names if guide.used[name]] or names
    return names[0] if len(names) == 1 else None


def _knows(declaration: Declaration | None, element: etree._Element) -> bool:
    """Whether a declaration names all the children of an element, in whatever order."""
    content = None if declaration is None else declaration.type.content
    children = children_of(element)
    return not children or (content is not None and set(children).issubset(content.names))


def may_have(declaration: Declaration | None, children: Sequence[str], element: etree._Element | None = None) -> bool:
    """Whether a declaration names all these children, in this order, and the attributes of an element."""
    kind = None if declaration is None else declaration.type
    if kind is None or kind.content is None:
        return False
    if element is not None and any(name not in kind.attributes for name in element.attrib):
        return False
    state: State | None = kind.content.start
    for name in children:
        taken = None if state is None else state.step(name)
        state = taken[0] if taken and name in taken[1].declarations else None
    return state is not None


def children_of(element: etree._Element) -> list[str]:
    return [str(child.tag) for child in element.iterchildren(etree.Element)]
