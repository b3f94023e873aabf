"""From TEI to the model: texts of turns, attendee lists, persons.

Reading is tolerant: what is not there is empty or None, and what is wrong is for the checks to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from sys import intern

from lxml import etree

from edition.model import Edition, Paragraph, Text, Turn
from edition.tei.attendance import attendance, persons_of, present
from edition.tei.header import header, language
from edition.tei.keys import Keys
from edition.tei.marks import marks_of
from edition.tei.names import NAMESPACES, XML_ID, local, tei
from edition.tei.parse import Document
from edition.tei.pointers import prefixes_of
from edition.tei.terms import listed_terms
from edition.tei.units import AUTOMATIC, Shares, choose, citation, division, is_speech, shares_of, units_in
from edition.tei.words import (
    NOTES,
    PARAGRAPHS,
    TURNS,
    as_read,
    as_transcribed,
    read_with_places,
    running_text,
    stands_in,
)

_HEADINGS = frozenset((tei("head"), tei("dateline")))
_NOT_FRAME = TURNS | NOTES | {tei("list"), tei("quote"), tei("q"), tei("figure")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read of a text. `units` is one of units.KINDS; by itself it is what the texts have in common.

    The transcription is for comparing with a witness, and of a long text not small.
    """

    units: str = AUTOMATIC
    transcription: bool = True


EVERYTHING = Wanted()


def read_edition(
    original: Document,
    translation: Document | None = None,
    persons: Document | None = None,
    wanted: Wanted = EVERYTHING,
) -> Edition:
    """The edition of these files, each of which was parsed without findings that leave it without a root."""
    documents = [each for each in (original, translation, persons) if each is not None]
    if wanted.units == AUTOMATIC:
        bodies = [body for each in (original, translation) if each for body in _bodies(each)]
        wanted = replace(wanted, units=choose([shares_of(body) for body in bodies]))
    ours = read_text(original, wanted)
    theirs = None if translation is None else read_text(translation, wanted)
    return Edition(
        original=ours,
        translation=theirs,
        persons={key: name for each in documents for key, name in persons_of(each).items()},
        headers=tuple(header(each.root, each.path) for each in documents if each.root is not None),
        terms=listed_terms(documents, ours.language, theirs.language if theirs else None),
    )


@dataclass(frozen=True, slots=True)
class Survey:
    """What must be known of both texts before either is read: in what units they are, and in which language."""

    shares: tuple[Shares, ...]
    language: str | None

    @classmethod
    def of(cls, document: Document) -> Survey | None:
        """None for a document that could not be parsed."""
        if document.root is None:
            return None
        return cls(tuple(map(shares_of, _bodies(document))), language(document.root))


def read_pair(surveys: tuple[Survey, Survey], documents: Iterable[Document], units: str = AUTOMATIC) -> Edition:
    """The edition of two files, without transcriptions.

    The documents are taken one after the other and let go: the trees of long texts are large.
    """
    kind = choose([each for survey in surveys for each in survey.shares]) if units == AUTOMATIC else units
    languages = [survey.language for survey in surveys]

    def read(document: Document) -> Edition:
        """An edition of one file."""
        return Edition(
            original=read_text(document, Wanted(kind, transcription=False)),
            translation=None,
            persons=persons_of(document),
            headers=() if document.root is None else (header(document.root, document.path),),
            terms=listed_terms([document], *languages),
        )

    ours, theirs = map(read, documents)
    return Edition(
        original=ours.original,
        translation=theirs.original,
        persons=ours.persons | theirs.persons,
        headers=ours.headers + theirs.headers,
        terms=ours.terms + theirs.terms,
    )


def read_text(document: Document, wanted: Wanted = EVERYTHING) -> Text:
    """The text of one file. Raises ValueError for a document that could not be parsed."""
    root, path = document.root, document.path
    if root is None:
        raise ValueError(f"{path} could not be parsed")
    bodies = _bodies(document)
    kind = choose([shares_of(body) for body in bodies]) if wanted.units == AUTOMATIC else wanted.units
    keys = Keys(path, prefixes_of(root))
    reader = _Reader(keys, [unit for body in bodies for unit in units_in(body, kind)])
    return Text(
        path=path,
        language=language(root),
        header=header(root, path),
        turns=tuple(reader.turns()),
        frame=tuple(paragraph for body in bodies for paragraph in reader.frame(body)),
        attendance=attendance(bodies[0], keys) if bodies else None,
        present=tuple(present(root, keys)),
        transcription=tuple(passage for body in bodies if wanted.transcription for passage in as_transcribed(body)),
        headings=tuple(heading for body in bodies for heading in reader.headings(body)),
    )


def _bodies(document: Document) -> list[etree._Element]:
    """The text of a file, or nothing; of several the first."""
    return [] if document.root is None else document.root.findall(".//tei:text", NAMESPACES)[:1]


class _Reader:
    """Reads the elements of one file."""

    def __init__(self, keys: Keys, units: Sequence[etree._Element]) -> None:
        self._keys = keys
        self._speakers: dict[str, tuple[str, ...]] = {}
        self._units = units
        self._is_unit = frozenset(units)

    def turns(self) -> Iterator[Turn]:
        for number, element in enumerate(self._units, 1):
            speaker = element.find("tei:speaker", NAMESPACES)
            yield Turn(
                id=element.get(XML_ID),
                key=self._keys.of(element, f"turn({number})"),
                number=number,
                who=self._who(element),
                label="" if speaker is None else intern(as_read(speaker)),
                paragraphs=tuple(self._paragraphs(element, f"turn({number})")),
                corresp=self._keys.pointed(element, "corresp", "sameAs"),
                location=self._keys.location(element),
                element=intern(local(element)),
                n=citation(element),
                division=division(element) if is_speech(element) else "",
            )

    def _who(self, turn: etree._Element) -> tuple[str, ...]:
        """The speakers of a turn. They are few, whatever the number of turns: each is held once."""
        value = turn.get("who", "")
        if value not in self._speakers:
            self._speakers[value] = self._keys.pointed(turn, "who")
        return self._speakers[value]

    def _unit_of(self, element: etree._Element) -> etree._Element | None:
        """The unit that an element is or stands in; the innermost, where turns stand in turns."""
        if element in self._is_unit:
            return element
        return next((parent for parent in element.iterancestors() if parent in self._is_unit), None)

    def _paragraphs(self, turn: etree._Element, name: str) -> Iterator[Paragraph]:
        found = [each for each in running_text(turn, PARAGRAPHS) if self._unit_of(each) is turn]
        if not found:
            # In transcriptions of speech the words stand in the turn itself, perhaps in segments (TEI P5, 8.3).
            found = [each for each in turn if each.tag == tei("seg")] or [turn] * (turn.tag != tei("sp"))
        for number, element in enumerate(found, 1):
            yield self._paragraph(element, f"{name}p({number})")

    def frame(self, body: etree._Element) -> Iterator[Paragraph]:
        for number, element in enumerate(running_text(body, PARAGRAPHS), 1):
            if not stands_in(element, _NOT_FRAME) and self._unit_of(element) is None:
                yield self._paragraph(element, f"p({number})")

    def _paragraph(self, element: etree._Element, name: str) -> Paragraph:
        links, place = self._keys.pointed(element, "corresp", "sameAs"), self._keys.location(element)
        text, places = read_with_places(element)
        marks = tuple(marks_of(places, self._keys.path, self._keys.pointed))
        is_verse = element.tag == tei("l")
        return Paragraph(element.get(XML_ID), self._keys.of(element, name), links, text, place, marks, is_verse)

    def headings(self, body: etree._Element) -> Iterator[Paragraph]:
        for number, element in enumerate(running_text(body, _HEADINGS), 1):
            if not stands_in(element, _NOT_FRAME) and self._unit_of(element) is None:
                yield self._paragraph(element, f"heading({number})")
