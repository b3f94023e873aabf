"""The edition as everything reads it: texts of turns, persons, attendees. Frozen, and no XML in it.

A *key* names an element across the edition: the path of its file, `#`, its xml:id (`source/persons.xml#mao`).
Pointers (`who`, `corresp`, `ref`) are kept as the keys they lead to, whatever way they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from edition.diagnostics import Location

NUMBER, DATE, NAME, TERM = "number", "date", "name", "term"
ASIDE, FOREIGN = "aside", "foreign"
BEFORE, BETWEEN, AFTER = "before", "between", "after"
_AFTER_LABEL = " .:;,-–—"
_IN_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])$")
PROSE, VERSE, PART = "prose", "verse", "part"


@dataclass(frozen=True, slots=True)
class Mark:
    """What the encoding says of some words: those from `start` to `end` of the text of their paragraph.

    `kind` is NUMBER, DATE, NAME or TERM; ASIDE for words that were added, deleted or not spoken; FOREIGN for those in
    another language. `keys` are what a name or term points at. `values` are what a number or date is, as the
    attributes have it: one, or the two ends of a range, of which an open one is empty. `unit` is what is counted, `%`
    for percentages; of a date the calendar that its words follow.
    """

    kind: str
    start: int
    end: int
    location: Location
    keys: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a turn, or what is read as one. `text` is that: corrections taken, notes and stamps left out.

    `kind` is PROSE, VERSE for a line of it, or PART for what may well be part of a paragraph in the other text: an
    item of a list, a cell of a table, a heading, a quotation that stands by itself. `marks` are in the order in which
    they begin; what stands in another comes after it. `regular` is the same in the spelling that editors made
    regular, abbreviations written out (`reg`, `expan`), where that is another. `items` are those of the lists that
    stand in it, counted. `place` is that of a paragraph outside turns: BEFORE all of these, BETWEEN them or AFTER the
    last. `element` is the name of the element.
    """

    id: str | None
    key: str
    corresp: tuple[str, ...]
    text: str
    location: Location
    marks: tuple[Mark, ...] = ()
    kind: str = PROSE
    regular: Paragraph | None = None
    items: int = 0
    place: str = BEFORE
    element: str = "p"


@dataclass(frozen=True, slots=True)
class Series:
    """A list or table, `element`, and how many items or rows it has."""

    element: str
    members: int
    location: Location


@dataclass(frozen=True, slots=True)
class Turn:
    """One speech, or where nobody speaks one passage that is cited by number.

    `number` counts from 1 in its text; `who` holds keys of persons. `element` is the name of the element, `n` the
    numbers by which it is cited (`1.2.3`), `division` the numbered divisions that it stands in, `series` its lists
    and tables.
    """

    id: str | None
    key: str
    number: int
    who: tuple[str, ...]
    label: str
    paragraphs: tuple[Paragraph, ...]
    corresp: tuple[str, ...]
    location: Location
    element: str = "sp"
    n: str = ""
    division: str = ""
    series: tuple[Series, ...] = ()

    @property
    def is_speech(self) -> bool:
        return self.element in ("sp", "u")

    @property
    def title(self) -> str:
        """What messages call it: its id, else its number."""
        if self.is_speech:
            return f"turn {self.id or self.number}"
        return f"passage {self.n or self.id or self.number}"

    @property
    def plain_label(self) -> str:
        """The label of the speaker without what typists put after it, or how he speaks: Olga (aside)."""
        label = self.label.rstrip(_AFTER_LABEL)
        return _IN_BRACKETS.sub("", label).rstrip(_AFTER_LABEL) or label

    @property
    def is_empty(self) -> bool:
        return not any(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Attendee:
    """An entry of an attendee list. `person` is a key, or None where the entry names nobody we can follow.

    `part` is the number of its list, from 0, where a text has several: one for each side, or for each session.
    """

    person: str | None
    label: str
    location: Location
    part: int = 0


@dataclass(frozen=True, slots=True)
class Attendance:
    """The attendee lists of a text as one, where the first stands, and as which element: list, listPerson, castList,
    or p in a division of attendees."""

    attendees: tuple[Attendee, ...]
    location: Location
    element: str = "list"


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a file states, white space folded, and where it states it."""

    value: str
    location: Location


@dataclass(frozen=True, slots=True)
class Credit:
    """Someone whom a header names for something: `role` is what it says they did, or the name of the TEI element.

    `identifier` is the address that says who it is, such as an ORCID, or empty.
    """

    name: Stated
    role: str
    is_person: bool
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """A place that a text is about; `point` is its latitude and longitude in degrees (WGS 84), if they are given."""

    name: Stated
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source that a header describes (TEI P5, 2.2.7): a bibl or an msDesc.

    `keeper` is where a manuscript lies, place and repository; `numbers` are idno, each with its type; `people` who
    did what, by the words before the name where no element says it; `files` the files that it points at.
    """

    location: Location
    title: Stated | None = None
    publisher: Stated | None = None
    numbers: tuple[tuple[str, Stated], ...] = ()
    people: tuple[Credit, ...] = ()
    files: tuple[str, ...] = ()
    keeper: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What a TEI header says of the edition, as far as other files say it too (TEI P5, 2.2).

    `version` is edition/@n, `date` publicationStmt/date/@when, `licence` the targets of licence, `responsible` the
    names of author, editor and respStmt, `identifiers` what publicationStmt/idno hold, `credits` who did what,
    `dates` and `places` those of creation and settingDesc: what the text is about, in time and space; `terms` what
    availability says beside the licence; `sources` what sourceDesc describes.
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
    credits: tuple[Credit, ...] = ()
    dates: tuple[Stated, ...] = ()
    places: tuple[Setting, ...] = ()
    terms: tuple[Stated, ...] = ()
    sources: tuple[Source, ...] = ()


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

    `frame` are the paragraphs outside turns, `transcription` everything in reading order as the witness has it;
    `headings` are head and dateline, where they head no turn; `series` the lists and tables outside turns.
    """

    path: str
    language: str | None
    header: Header
    turns: tuple[Turn, ...]
    frame: tuple[Paragraph, ...]
    attendance: Attendance | None
    present: tuple[Attendee, ...]
    transcription: tuple[Passage, ...]
    headings: tuple[Paragraph, ...] = ()
    series: tuple[Series, ...] = ()

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


@dataclass(frozen=True, slots=True)
class Term:
    """A term and its translation: the words for it in either text, of which one that ends in `*` is a beginning.

    `required` says that what has a word of the original must have one of the translation.
    """

    original: tuple[str, ...]
    translation: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True)
class Edition:
    """Original, translation, the names of persons by key, the headers of all files, terms that a list gives."""

    original: Text
    translation: Text | None
    persons: dict[str, str]
    headers: tuple[Header, ...] = ()
    terms: tuple[Term, ...] = ()

    def texts(self) -> Iterator[Text]:
        yield self.original
        if self.translation is not None:
            yield self.translation

    def name_of(self, person: str) -> str:
        """What messages call a person: the name in the person list, else the id."""
        return self.persons.get(person) or person.rpartition("#")[2]
