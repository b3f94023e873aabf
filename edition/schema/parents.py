"""An element whose children are read, as far as that has come, and what is expected there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from edition.schema.content import Model, Slot, State
from edition.schema.declarations import Declaration
from edition.schema.guide import Guide
from edition.schema.wording import listed


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
class Parent:
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
    # What stands in a child that should not be around it, and what that is held to.
    taken_out: list[tuple[etree._Element, Declaration]] = field(default_factory=list)

    @property
    def tag(self) -> str:
        return self.guide.tag(str(self.element.tag))

    @property
    def is_doubled(self) -> bool:
        """Whether the element holds nothing but another one of its name."""
        if [child.tag for child in self.children] != [self.element.tag]:
            return False
        return not "".join((self.element.text or "", *(node.tail or "" for node in self.element))).strip()


def declaration_of(guide: Guide, slot: Slot, name: str) -> Declaration | None:
    """What an element is held to that took a slot."""
    if name in slot.declarations:
        return slot.declarations[name]
    if slot.other is not None:
        return slot.other
    return None if slot.skips else guide.declarations.roots.get(name)


def expected(parent: Parent, name: str) -> tuple[str, tuple[str, ...]]:
    """What may stand here instead, as a hint, and what it has no room for."""
    guide, state = parent.guide, parent.state
    if parent.is_doubled:
        return f"keep one of the two {parent.tag}", ()
    names = state.names()
    others = state.others()
    if not names and not others:
        start = parent.model.start
        return f"{parent.tag} {'may end here' if start.names() or start.others() else 'is empty by its nature'}", ()
    end = f", or the end of {parent.tag}" if state.may_end else ""
    like = "" if name in guide.declarations.everywhere else name  # who writes a known name means no other
    some = listed([*([guide.some(names, state.needs(), like)] if names else []), *others])
    return f"expected here: {some}{end}", guide.rest(names, state.needs(), like)
