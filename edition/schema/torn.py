"""Text and elements that stand bare since the tags around them are gone, such as those of a paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from edition.schema.content import Model, State
from edition.schema.faults import Fault
from edition.schema.gaps import over
from edition.schema.guide import Guide
from edition.schema.places import Spot
from edition.schema.rules import TEXT_NOT_ALLOWED
from edition.tei.names import is_element

_MAX_TRIED = 1_000  # names that may be missing


@dataclass(slots=True)
class _Run:
    """A row of texts and of elements that have no place in their parent, after `before` of its children."""

    before: int
    texts: list[Fault] = field(default_factory=list)
    strangers: list[etree._Element] = field(default_factory=list)


def together(
    guide: Guide, element: etree._Element, model: Model, faults: tuple[Sequence[Fault], Sequence[Fault]]
) -> list[Fault]:
    """The faults of loose texts and of children, with one for each row of them that one element would take."""
    texts, others = faults
    children = [child for child in element if is_element(child)]
    torn: dict[etree._Element, Fault] = {}  # by the stranger
    said: dict[Spot, Fault] = {}  # by the place of the text
    for run in _runs(texts, children, model):
        name = _around(guide, model, children, run)
        if name is not None:
            count = len(run.strangers)
            what = f"the text and the {'element' if count == 1 else f'{count} elements'} beside it"
            first = run.texts[0]
            one = Fault(TEXT_NOT_ALLOWED, first.spot, first.message, f"put {what} into {guide.tag(name)}")
            torn.update(dict.fromkeys(run.strangers, one))
            said.update({each.spot: one for each in run.texts})
    merged = dict.fromkeys(said.get(each.spot, each) for each in texts)
    return [*merged, *(each for each in others if each.spot.element not in torn)]


def _runs(texts: Sequence[Fault], children: Sequence[etree._Element], model: Model) -> Iterator[_Run]:
    by_number = {each.spot.child: each for each in texts}
    run = _Run(0)
    for number in range(len(children) + 1):
        run.texts += [by_number[number]] if number in by_number else []
        if number < len(children) and children[number].tag not in model.names:
            run.strangers.append(children[number])
            continue
        if run.texts and run.strangers:
            yield run
        run = _Run(number + 1)


def _around(guide: Guide, model: Model, children: Sequence[etree._Element], run: _Run) -> str | None:
    """The element that may stand there and take all of a row: one that does so elsewhere, or else is used most."""
    state = model.start
    for child in children[: run.before]:
        taken = state.step(str(child.tag))
        state = state if taken is None else taken[0]
    row = {str(child.tag) for child in run.strangers}
    after = [str(child.tag) for child in children[run.before + len(run.strangers) :][:1]]
    able = [name for name in state.names()[:_MAX_TRIED] if _takes(guide, name, row, (state, after))]
    homes = {name: sum((name, child) in guide.homes for child in row) for name in able}
    best = max(able, key=lambda name: (homes[name], guide.used[name]), default=None)
    return best if best is not None and guide.used[best] else None


def _takes(guide: Guide, name: str, row: set[str], place: tuple[State, Sequence[str]]) -> bool:
    declaration = guide.only(name)
    if declaration is None or not declaration.type.mixed or declaration.type.content is None:
        return False
    state, after = place
    return row.issubset(declaration.type.content.names) and over(state, [name, *after])[1] is not None
