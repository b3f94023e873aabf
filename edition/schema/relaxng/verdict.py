"""Whether a document is valid: its tags, one after the other, through the automaton of a schema.

A valid document costs one look-up for each tag where its tree is judged, which tells the place that does not fit; and
one for each end tag, with the start tags that follow it, where it is judged as it was written.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain, islice

from lxml import etree

from edition.schema.relaxng.automaton import (
    MAX_TAGS,
    MAYBE_BLANK,
    READ,
    Automaton,
    InvalidError,
    Run,
    State,
    firsts,
)
from edition.schema.relaxng.characters import BLANK
from edition.schema.relaxng.grammar import Reader
from edition.schema.relaxng.nameclasses import finite
from edition.schema.relaxng.patterns import Pattern
from edition.schema.relaxng.tokens import Misfit, misfit, pieces, plain
from edition.tei.malformed import MAX_DEPTH

_LONGEST_RUN = 1_000  # letters of tags in a row that are remembered


@dataclass(frozen=True, slots=True)
class _Halt:
    """Where a document turned out not to be valid: the state before its token of this number, or before its text."""

    state: State
    number: int
    is_text: bool


class Judge:
    """Gives verdicts by one schema."""

    def __init__(self, schema: Reader) -> None:
        self.automaton = Automaton(schema)

    def judge(self, root: etree._Element) -> Misfit | None:
        """None if a document is valid, else the first place where it cannot be."""
        halt = self._halt(pieces(root), self.automaton.start)
        if halt is None:
            return None
        allowed = sorted(firsts(halt.state), key=lambda element: element.number)  # the order of the schema, always
        names = dict.fromkeys(name for each in allowed for name in finite(each.names) or ())
        read = islice(chain.from_iterable(piece for piece, _ in pieces(root)), halt.number)
        return replace(misfit(read, is_text=halt.is_text), expected=tuple(names))

    def holds(self, element: etree._Element, pattern: Pattern) -> bool:
        """Whether an element, with all that is in it, is of a choice of element patterns."""
        return self._halt(pieces(element), self.automaton.before(pattern)) is None

    def accepts(self, runs: Iterable[str]) -> bool:
        """Whether a document is surely valid that is well-formed and parted as by `Written.runs`.

        It may not be sure of one that is nested almost too deeply, or has very long tags.
        """
        automaton = self.automaton
        blanks, decided = automaton.blanks, automaton.decided
        state, waiting = automaton.end, deque((automaton.start,), MAX_DEPTH - 1)
        try:
            for run in chain.from_iterable(piece.split("</") for piece in runs):
                tags, _, text = run.rpartition(">")
                outer = waiting.pop()
                state = outer if state.may_end else decided(state, outer)
                known = state.runs.get(tags)
                if known is None:
                    known, text = self._follow(state, run)
                entered, state, is_whole = known
                waiting += entered
                if is_whole or (state.text and text not in blanks):
                    some = state.after_some
                    if some is None or text[0] in MAYBE_BLANK:
                        some = automaton.text(state, text, is_whole)
                    state = some
        except (InvalidError, IndexError):  # the second where those that wait were more than there was room for
            return False
        return True

    def _follow(self, state: State, run: str) -> tuple[Run, str]:
        """Where the start tags of a run lead, and the text after the last of them.

        It is remembered where there are but blanks between them: other texts are seldom met again.
        """
        automaton, before = self.automaton, state
        ended, *begun = run.split("<")
        text = ended.partition(">")[2]
        entered, is_whole, is_blank = list[State](), False, True
        for token in begun:
            if text and (text[0] not in MAYBE_BLANK or text not in automaton.blanks):
                state = automaton.text(state, text, False) if state.text else state
                is_blank = is_blank and not text.strip(BLANK)
            tag, _, text = token.partition(">")
            after, inside = state.get(tag) or self._step(state, tag)
            if inside is None:
                state, is_whole = after, False
            else:
                entered.append(after)
                state, is_whole = inside, inside.text == READ
        found = tuple(entered), state, is_whole
        if is_blank:
            self._remember(before, run, found)
        return found, text

    def _remember(self, state: State, run: str, found: Run) -> None:
        tags = run.rpartition(">")[0]
        if len(tags) < _LONGEST_RUN and tags.count(">") == tags.count("<"):  # else a text or a value has a > in it
            if len(state.runs) >= MAX_TAGS:
                state.runs.clear()
            state.runs[tags] = found

    def _step(self, state: State, tag: str) -> tuple[State, State | None]:
        written = plain(tag)
        if written is None:
            raise InvalidError
        step = self.automaton.step(state, written)
        state[tag] = step
        return step

    def _halt(self, tokens: Iterable[tuple[list[str], str]], state: State) -> _Halt | None:
        automaton, waiting = self.automaton, list[State]()
        blanks, at, passed = automaton.blanks, 0, 0
        try:
            for written, following in tokens:
                for at, token in enumerate(written):  # told below, if it does not fit
                    tag, _, text = token.partition(">")
                    is_whole = False
                    if tag[0] == "/":
                        state = waiting.pop() if state.may_end else automaton.decided(state, waiting.pop())
                    else:
                        step = state.get(tag)
                        if step is None:
                            step = automaton.step(state, tag)
                        after, inside = step
                        if inside is None:
                            state = after
                        else:
                            waiting.append(after)
                            state = inside
                            if state.text == READ:
                                is_whole = (written[at + 1] if at + 1 < len(written) else following)[0] == "/"
                    if is_whole or (state.text and text not in blanks):
                        some = state.after_some
                        if some is None or text[0] in MAYBE_BLANK:
                            some = automaton.text(state, text, is_whole)
                        state = some
                passed += len(written)
        except InvalidError as invalid:
            return _Halt(state, passed + at + 1, invalid.is_text)
        return None
