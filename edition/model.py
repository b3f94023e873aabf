"""The edition as everything reads it: texts of turns, persons, attendees. Frozen, and no XML in it.

A *key* names an element across the edition: the path of its file, `#`, its xml:id (`source/persons.xml#mao`).
Pointers (`who`, `corresp`, `ref`) are kept as the keys they lead to, whatever way they were written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from edition.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a turn. `text` is what is read: corrections taken, notes and stamps left out."""

    id: str | None
    key: str
    corresp: tuple[str, ...]
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class Turn:
    """One speech. `number` counts from 1 in its text; `who` holds keys of persons."""

    id: str | None
    key: str
    number: int
    who: tuple[str, ...]
    label: str
    paragraphs: tuple[Paragraph, ...]
    corresp: tuple[str, ...]
    location: Location

    @property
    def title(self) -> str:
        """What messages call it: its id, else its number."""
        return f"turn {self.id or self.number}"

    @property
    def is_empty(self) -> bool:
        return not any(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Attendee:
    """An entry of an attendee list. `person` is a key, or None where the entry names nobody we can follow."""

    person: str | None
    label: str
    location: Location


@dataclass(frozen=True, slots=True)
class Attendance:
    """The attendee list of a text, and where it stands."""

    attendees: tuple[Attendee, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a file states, white space folded, and where it states it."""

    value: str
    location: Location


@dataclass(frozen=True, slots=True)
class Header:
    """What a TEI header says of the edition, as far as other files say it too (TEI P5, 2.2).

    `version` is edition/@n, `date` publicationStmt/date/@when, `licence` the targets of licence, `responsible` the
    names of author, editor and respStmt, `identifiers` what publicationStmt/idno hold.
    """

    path: str
    title: Stated | None
    subtitle: Stated | None
    version: Stated | None
    date: Stated | None
    publisher: Stated | None
    licence: tuple[Stated, ...]
    responsible: tuple[Stated, ...]
    identifiers: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text as it was transcribed: what the witness says, not what should stand there.

    `line` is that of the element it stands in, `turn` the id of its turn if it has one.
    """

    text: str
    line: int
    turn: str | None


@dataclass(frozen=True)
class Text:
    """One text of the edition. `present` are persons that the header declares present though no list names them.

    `frame` are the paragraphs outside turns, `transcription` everything in reading order as the witness has it.
    """

    path: str
    language: str | None
    header: Header
    turns: tuple[Turn, ...]
    frame: tuple[Paragraph, ...]
    attendance: Attendance | None
    present: tuple[Attendee, ...]
    transcription: tuple[Passage, ...]

    @cached_property
    def turns_by_key(self) -> dict[str, Turn]:
        """Where a key is used twice (a finding of its own) the first turn has it."""
        found: dict[str, Turn] = {}
        for turn in self.turns:
            found.setdefault(turn.key, turn)
        return found

    @property
    def speakers(self) -> frozenset[str]:
        return frozenset(person for turn in self.turns for person in turn.who)


@dataclass(frozen=True)
class Edition:
    """Original, translation, the names of persons by key, and the headers of all files."""

    original: Text
    translation: Text | None
    persons: dict[str, str]
    headers: tuple[Header, ...] = ()

    def texts(self) -> Iterator[Text]:
        yield self.original
        if self.translation is not None:
            yield self.translation

    def name_of(self, person: str) -> str:
        """What messages call a person: the name in the person list, else the id."""
        return self.persons.get(person) or person.rpartition("#")[2]
