"""What is missing before a child: the ways from a point in the content of an element to a name."""

from __future__ import annotations

from collections.abc import Sequence

from edition.schema.content import Slot, State

LONGEST_ROW = 4  # elements missing one after the other


def gap_before(state: State, name: str) -> tuple[tuple[str, ...], ...]:
    """What is missing before `name`: one element after the other, each with the names that would do.

    First one that must come, then any one, then several that must come in a row.
    """
    fills = [other for other in state.names() if follows(state, other, name)]
    sure = [other for other in fills if other in state.needs()]
    return (tuple(sure or fills),) if fills else tuple(_row(state, name))


def _row(state: State, name: str) -> list[tuple[str, ...]]:
    row: list[tuple[str, ...]] = []
    while state.step(name) is None:
        needs = state.needs()
        taken = state.step(needs[0]) if len(needs) == 1 and len(row) < LONGEST_ROW else None
        if taken is None:
            return []
        row.append(needs)
        state = taken[0]
    return row


def follows(state: State, first: str, second: str) -> bool:
    """Whether two children may stand here, one after the other."""
    taken = state.step(first)
    return taken is not None and taken[0].step(second) is not None


def over(state: State, names: Sequence[str]) -> tuple[State, Slot | None]:
    """The state after children of these names, and the slot that took the last; none where one may not stand."""
    slot: Slot | None = None
    for name in names:
        taken = state.step(name)
        if taken is None:
            return state, None
        state, slot = taken
    return state, slot
