"""What the checks of this folder look at: an edition with its turns paired, and the words to speak of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from edition.diagnostics import Location, Related
from edition.model import PART, Edition, Paragraph, Text, Turn
from edition.parity.matching import Match, match
from edition.parity.pairing import Pairing, follow, person_in
from edition.parity.voices import share_persons, voices_of
from edition.tei.pointers import point

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SENTENCE = 3  # words that are not the same in two languages by chance, and
_FEW = 3  # turns in which they may be
_INITIALS = re.compile(r"\w\.\s?\w$")  # "N. P", whose dot ends no label
_NUMBERED = re.compile(r"(.*?)(\d+)")


@dataclass(frozen=True, slots=True)
class ParagraphPair:
    """Two turns that answer to each other, and how their paragraphs do; `linked` if any of these is."""

    original: Turn
    translation: Turn
    match: Match

    @property
    def linked(self) -> bool:
        return bool(self.match.pairs) or any(paragraph.corresp for paragraph in self.translation.paragraphs)

    @property
    def untranslated(self) -> list[int]:
        """The positions of paragraphs of the original that none of the translation points at, where it should."""
        return [here for here in self.match.only_original if self._is_asked_for(self.original.paragraphs[here])]

    @property
    def unoriginal(self) -> list[int]:
        """The positions of paragraphs of the translation that point at none of the original, though they should: one
        that a better link would give an original as well among them."""
        doubled = [there for _, there in self.match.split if there in self.match.by_place]
        paragraphs = self.translation.paragraphs
        return sorted(n for n in (*self.match.only_translation, *doubled) if self._is_asked_for(paragraphs[n]))

    def _is_asked_for(self, paragraph: Paragraph) -> bool:
        return paragraph.kind != PART or have_links(self.translation.paragraphs)


@dataclass(frozen=True)
class Comparison:
    """An edition of two texts whose turns are paired."""

    edition: Edition
    pairing: Pairing

    @property
    def original(self) -> Text:
        return self.pairing.original

    @property
    def translation(self) -> Text:
        return self.pairing.translation

    @property
    def match(self) -> Match:
        return self.pairing.match

    @property
    def linked(self) -> bool:
        """Whether turns answer to each other by links or numbers alone, so that a missing one is a finding."""
        return self.pairing.basis.by in ("links", "numbers")

    @property
    def claimed(self) -> bool:
        """Whether pointers say that turns answer to each other, be it true or not."""
        return any(follow(self.original.turns, self.translation.turns, by_id=False))

    @cached_property
    def shares_persons(self) -> bool:
        """Whether both texts point at the same persons, most of them by the same keys."""
        return share_persons(self.pairing.original_voices, voices_of(self.translation, self.original))

    def is_doubtful(self, *, here: int | None = None, there: int | None = None) -> bool:
        """Whether what is found at a position of either text is not certain."""
        return here in self.pairing.doubtful[0] or there in self.pairing.doubtful[1]

    @cached_property
    def paragraphs(self) -> tuple[ParagraphPair, ...]:
        """For turns that answer to each other one to one, neither of them empty."""
        shared = {link[0] for link in self.match.split} | {link[0] for link in self.match.merged}
        joined = {link[1] for link in self.match.merged}
        found = []
        for here, there in self.match.pairs:
            mine, theirs = self.original.turns[here], self.translation.turns[there]
            if here not in shared and there not in joined and not mine.is_empty and not theirs.is_empty:
                found.append(ParagraphPair(mine, theirs, match_paragraphs(mine.paragraphs, theirs.paragraphs)))
        return tuple(found)

    @cached_property
    def is_one_text_twice(self) -> bool:
        """Whether most of the turns that answer to each other say the same words, in one language."""
        said = same = 0
        for here, there in self.match.pairs:
            words = _words(self.original.turns[here])
            if words.count(" ") >= _SENTENCE - 1:
                said += 1
                same += words == _words(self.translation.turns[there])
        return 2 * same > said >= _FEW

    def person_in(self, text: Text, key: str) -> str:
        """The key of a person as both texts have it."""
        return person_in(text, key, self.original)

    def name(self, keys: Iterable[str]) -> str:
        return " and ".join(self.edition.name_of(key) for key in keys)

    def speaker(self, turn: Turn) -> str:
        """The name of whoever speaks, as the person list or else the label has it; empty where neither says."""
        label = turn.plain_label
        dot = "." if _INITIALS.search(label) and turn.label.startswith(f"{label}.") else ""
        return self.name(turn.who) or label + dot

    def called(self, turn: Turn) -> str:
        """`turn t12 (Mao Zedong)`."""
        speaker = self.speaker(turn)
        return f"{turn.title} ({speaker})" if speaker else turn.title

    def told(self, turn: Turn, what: str = "") -> Related:
        """The turn as a second place of a finding."""
        return Related(turn.location, self.called(turn) + what)

    def between(self, original: int) -> str:
        """Where in the translation a turn of the original belongs: `between e11 and e13`."""
        before, after = self.match.around(original)
        turns = self.translation.turns
        if before is not None and after is not None:
            return f"between {_short(turns[before])} and {_short(turns[after])}"
        if before is not None:
            return f"after {_short(turns[before])}"
        return f"before {_short(turns[after])}" if after is not None else "in the translation"

    def place_of(self, original: int) -> Location:
        """The line of the translation after which a turn of the original belongs."""
        before, after = self.match.around(original)
        near = before if before is not None else after
        return self.translation.turns[near or 0].location

    def pointer(self, unit: Turn | Paragraph) -> str:
        """What `corresp` in the translation must hold to point at a unit of the original."""
        return self.pointer_to(f"{self.original.path}#{unit.id or 'ID'}")

    def pointer_to(self, key: str) -> str:
        """A key as a pointer written in the translation; a URI is one already, and so is an id of either text."""
        if _SCHEME.match(key) or key.startswith("#"):
            return key
        path, _, name = key.partition("#")
        return point(path or ".", name, self.translation.path)

    def start_tag(self, original: int) -> str:
        """The start tag of the turn that a turn of the original lacks, as far as it can be foretold."""
        turn = self.original.turns[original]
        attributes = (
            ("xml:id", self._new_id(original)),
            ("n", "" if turn.is_speech else turn.n.rpartition(".")[2]),
            ("who", self.who(turn.who)),
            ("corresp", self.pointer(turn) if self.linked and turn.id else ""),
        )
        return f"<{turn.element}" + "".join(f' {name}="{value}"' for name, value in attributes if value) + ">"

    def who(self, keys: Iterable[str]) -> str:
        """Persons of the original as the translation points at them; empty where it does not know one of them."""
        named = {original: person for person, original in self.pairing.same_person.items()}
        pointers = []
        for key in keys:
            person = self.person_in(self.original, key)
            person = named.get(person, person if self.shares_persons or not named else "")
            own, found = person.startswith("#"), person in self.pairing.same_person
            if not person or (own and not found and self.translation.path + person not in self.edition.persons):
                return ""
            pointers.append(person if own else self.pointer_to(person))
        return " ".join(pointers)

    def _new_id(self, original: int) -> str:
        """An id that follows the neighbour's: e12 for t12 where e11 translates t11."""
        turn, (before, after) = self.original.turns[original], self.match.around(original)
        near = before if before is not None else after
        if near is None:
            return ""
        ours = [_NUMBERED.fullmatch(unit.id or "") for unit in (turn, self._original_of(near))]
        theirs = _NUMBERED.fullmatch(self.translation.turns[near].id or "")
        if not (ours[0] and ours[1] and theirs) or ours[0][1] != ours[1][1] or ours[1][2] != theirs[2]:
            return ""
        new = theirs[1] + ours[0][2]
        return "" if f"{self.translation.path}#{new}" in self.translation.turns_by_key else new

    def _original_of(self, translation: int) -> Turn:
        return self.original.turns[self.match.originals[translation]]


def match_paragraphs(original: tuple[Paragraph, ...], translation: tuple[Paragraph, ...]) -> Match:
    """How paragraphs answer to each other by their links; they have no speakers of their own.

    Ids that are counted anew in each file are no links. They are where those of one side are all on the other.
    """
    ours, theirs = ({each.id for each in side if each.kind != PART} for side in (original, translation))
    pointed = follow(original, translation, by_id=False)
    links = follow(original, translation) if any(pointed) or ours <= theirs or theirs <= ours else pointed
    return match([""] * len(original), [""] * len(translation), links)


def paragraph_title(paragraph: Paragraph, number: int) -> str:
    return f"paragraph {paragraph.id or number}"


def have_links(translation: Iterable[Paragraph]) -> bool:
    """Whether items of lists, cells of tables and the like are linked: half of them at least, if any is to be."""
    linked = [bool(part.corresp) for part in translation if part.kind == PART]
    return any(linked) and 2 * sum(linked) >= len(linked)


def link_hint(comparison: Comparison, original: Paragraph | None) -> str:
    """What to write so that a paragraph of the translation points at its original, which may not be known."""
    if original is None:
        return "write corresp with the paragraph that it translates"
    return f'write corresp="{comparison.pointer(original)}"'


def _words(turn: Turn) -> str:
    return " ".join(paragraph.text for paragraph in turn.paragraphs).casefold()


def _short(turn: Turn) -> str:
    return turn.id or turn.title
