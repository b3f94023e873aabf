"""Where a schema holds what it may not hold: patterns in the simple form know no places, so it is looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from edition.errors import EditionError
from edition.schema.relaxng.definitions import Definition, Grammar
from edition.schema.relaxng.syntax import Scope, broken, children, inner, kind, name_of

Above = tuple[str, ...]  # the elements of the schema around one, the outermost first, `define` left out


@dataclass(frozen=True, slots=True)
class Sought:
    """An element of the schema that is to blame: the one of this `number` that `is_one` of those."""

    is_one: Callable[[etree._Element, Above], bool]
    number: int = 1


def kinds(*names: str, within: str = "", outside: str = "") -> Sought:
    """The first element of one of these names, in or not in another one."""

    def is_one(node: etree._Element, above: Above) -> bool:
        return kind(node) in names and (not within or within in above) and (not outside or outside not in above)

    return Sought(is_one)


def second(name: str, local: str) -> Sought:
    """The second `element` or `attribute` of a name; where it is "" the first of any name."""

    def is_one(node: etree._Element, _above: Above) -> bool:
        if kind(node) != name:
            return False
        if not local:
            return any(kind(each) in ("anyName", "nsName") for each in children(node))
        named = [name_of(node), *((each.text or "").strip() for each in children(node) if kind(each) == "name")]
        return any(each.rpartition(":")[2] == local for each in named)

    return Sought(is_one, 2 if local else 1)


def refusal(nodes: Sequence[tuple[etree._Element, Scope]], what: str, sought: Sought) -> EditionError:
    """The refusal of a schema at what is `sought` in `nodes`; at the first of them if it is not found.

    What is written once comes a second time by a reference, which then is to blame.
    """
    found = list(islice((each[:2] for each in _inside(nodes) if sought.is_one(each[0], each[2])), sought.number))
    different = len({node for node, _ in found})
    place = found[-1] if different == sought.number else nodes[0]
    if 0 < different < sought.number:
        place = _again(nodes, found[0][0]) or place
    return broken(*place, what)


def _again(
    nodes: Sequence[tuple[etree._Element, Scope]], found: etree._Element
) -> tuple[etree._Element, Scope] | None:
    """The reference by which what was found comes once more."""
    seen = set[etree._Element]()
    for node, scope, _ in _inside(nodes):
        named = _named(node, scope)
        if any(each is found for each, _, _ in _inside(named)):
            if not seen.isdisjoint(each for each, _ in named):
                return node, scope
            seen.update(each for each, _ in named)
    return None


def _named(node: etree._Element, scope: Scope) -> list[tuple[etree._Element, Scope]]:
    """What a reference names, nothing for all else."""
    if kind(node) not in ("ref", "parentRef"):
        return []
    return [(each.node, each.scope) for each in _definitions(node, scope)]


def _inside(nodes: Sequence[tuple[etree._Element, Scope]]) -> Iterator[tuple[etree._Element, Scope, Above]]:
    """What stands in the patterns of `nodes`, through references, but not in further elements."""
    pending: list[tuple[etree._Element, Scope, Above]] = []
    seen = set[tuple[etree._Element, Above]]()
    for node, scope in reversed(nodes):
        pending += [(child, inner(node, scope), (kind(node),)) for child in reversed(children(node))]
    while pending:
        node, scope, above = pending.pop()
        yield node, scope, above
        if kind(node) in ("ref", "parentRef"):
            further = [(*each, above) for each in _named(node, scope) if (each[0], above) not in seen]
            seen.update((each[0], above) for each in further)
        else:
            further = [(node, scope, (*above, kind(node)))] if kind(node) not in ("element", "grammar") else []
        for holder, within, around in reversed(further):
            pending += [(child, inner(holder, within), around) for child in reversed(children(holder))]


def _definitions(reference: etree._Element, scope: Scope) -> Sequence[Definition]:
    grammar = scope.grammar
    if isinstance(grammar, Grammar) and kind(reference) == "parentRef":
        grammar = grammar.parent
    return grammar.definitions.get(name_of(reference), ()) if isinstance(grammar, Grammar) else ()
