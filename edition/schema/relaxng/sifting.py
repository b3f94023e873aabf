"""What is not sound in a large document, found in one reading of what is written, to make a tree of that alone.

An element is sound if it is valid where it stands; one that may not stand there is asked whether it is what the
schema says of its name, and the reading goes on as if it were not there. Elements that are sound become `shells`,
with all that is in them; those that hold what is not are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from edition.schema.relaxng.automaton import READ, Automaton, Context, InvalidError, State, resolve
from edition.schema.relaxng.characters import BLANK
from edition.schema.relaxng.patterns import NOT_ALLOWED
from edition.schema.relaxng.tokens import plain
from edition.tei.malformed import MAX_DEPTH
from edition.tei.shells import Remains, Wanted, shell
from edition.tei.written import UnsureError

_NAME_END = re.compile(r"[\s/]")


@dataclass(slots=True)
class _Open:
    """An element that has begun: where it is written, how much had been kept before it, and which number it has.

    Its end leads from the state `outer` to the next one, or to `after` where it is passed over. It is `foreign` if it
    stands within other bindings than the root.
    """

    name: str
    begin: int
    kept: int
    number: int
    outer: State
    context: Context
    after: State | None = None
    sound: bool = True
    foreign: bool = False


class Sieve:
    """One document, as it is sifted."""

    def __init__(self, automaton: Automaton, wanted: Wanted) -> None:
        self._automaton, self._wanted = automaton, wanted
        self._state = automaton.start
        self._kept = bytearray()
        self._open: list[_Open] = []
        self._number = 0
        self._pairs: Counter[tuple[Context, str, Context, str]] = Counter()
        self._home: Context | None = None  # the bindings of the root
        self._is_valid = True

    def sift(self, runs: Iterable[str]) -> Remains:
        """What is left of a document that is parted as by `Written.runs`, which are gone through once.

        Raises UnsureError for one that must be seen whole.
        """
        at = 0
        for token, following in pairwise(chain(_tokens(runs), ("/",))):
            tag, _, text = token.partition(">")
            begin, at = at, at + _size(token) + 1
            begins = tag[0] != "/"
            if begins:
                self._begin(tag, begin, begin + _size(tag) + 2)
            else:
                self._end(begin + _size(tag) + 2)
            if not self._open:
                break
            begins = begins and tag[-1] != "/"
            self._text(text, begins and self._state.text == READ and following[0] == "/")
            if begins or text.strip(BLANK):
                self._kept += text.encode()
        return Remains(bytes(self._kept), self._named(), self._is_valid)

    def _named(self) -> Counter[tuple[str, str]]:
        pairs: Counter[tuple[str, str]] = Counter()
        for (around, parent, within, child), count in self._pairs.items():
            full = (resolve(name, at.bindings, at.bindings[""]) for name, at in ((parent, around), (child, within)))
            pairs[next(full), next(full)] += count
        return pairs

    def _begin(self, tag: str, begin: int, end: int) -> None:
        if len(self._open) >= MAX_DEPTH - 1:
            raise UnsureError
        name = _NAME_END.split(tag, 1)[0]
        element = _Open(name, begin, len(self._kept), self._number + 1, self._state, self._state.context)
        inside = self._entered(tag, element)
        context = self._state.context
        if inside is not None:
            context = inside.context
        elif "xmlns" in tag:
            context = self._automaton.within(context, (plain(tag) or "").removesuffix("/"))
        self._home = context if self._home is None else self._home
        element.context = context
        element.foreign = context is not self._home
        parent = self._open[-1] if self._open else None
        if parent is not None:
            element.foreign = element.foreign or parent.foreign
            self._pairs[parent.context, parent.name, context, name] += 1
        if "=" in tag and self._wanted(tag):
            element.sound = False
        self._number += 1
        if inside is None:
            self._state = element.outer if element.after is None else element.after
            self._leave(element, f"<{tag}>", end)
        else:
            self._kept += f"<{tag}>".encode()
            self._open.append(element)
            self._state = inside

    def _entered(self, tag: str, element: _Open) -> State | None:
        """The state within an element, None for one that is closed where it opens."""
        step = self._state.get(tag)
        if step is None:
            written = plain(tag)
            if written is None:
                raise UnsureError
            try:
                step = self._state[tag] = self._automaton.step(self._state, written)
            except InvalidError:
                return self._astray(written, element)
        element.outer, inside = step
        return inside

    def _astray(self, written: str, element: _Open) -> State | None:
        """The state within an element that may not stand where it does, and is passed over."""
        element.sound = self._is_valid = False
        element.after = self._state
        automaton, context, tag = self._automaton, self._state.context, written.removesuffix("/")
        try:
            element.outer, inside = automaton.step(automaton.alone(context, tag), written)
        except InvalidError:
            inside = automaton.before(NOT_ALLOWED, automaton.within(context, tag)) if tag == written else None
        return inside

    def _text(self, text: str, is_whole: bool) -> None:
        state = self._state
        if is_whole or (state.text and text not in self._automaton.blanks):
            try:
                self._state = self._automaton.text(state, text, is_whole)
            except InvalidError:
                self._open[-1].sound = self._is_valid = False

    def _end(self, end: int) -> None:
        element, state = self._open.pop(), self._state
        after = element.outer
        if not state.may_end:
            try:
                after = self._automaton.decided(state, element.outer)
            except InvalidError:
                element.sound = self._is_valid = False
        self._state = after if element.after is None else element.after
        self._leave(element, f"</{element.name}>", end)

    def _leave(self, element: _Open, ending: str, end: int) -> None:
        """Make a shell of an element that is sound, or keep it, and those that it stands in."""
        if self._open and element.sound and not element.foreign:
            del self._kept[element.kept :]
            ending = shell(element.name, self._number - element.number, element.begin, end)
        elif self._open:
            self._open[-1].sound = False
        self._kept += ending.encode()


def _tokens(runs: Iterable[str]) -> Iterator[str]:
    """What stands between each < and the next."""
    pieces = iter(runs)
    yield from next(pieces).split("<")[1:]
    for piece in pieces:
        ended, *others = piece.split("<")
        yield f"/{ended}"
        yield from others


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())
