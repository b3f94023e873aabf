"""From TEI to the model: texts of turns, attendee lists, persons.

Reading is tolerant: what is not there is empty or None, and what is wrong is for the checks to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from sys import intern

from lxml import etree

from edition.diagnostics import Diagnostic
from edition.model import Edition, Mark, Paragraph, Text, Turn
from edition.tei import parse
from edition.tei.attendance import LISTS, PERSONS, Known, attendance, persons_of, present
from edition.tei.blocks import OTHER, WHOLE, Block, blocks_of
from edition.tei.header import header, language
from edition.tei.keys import Keys
from edition.tei.marks import marks_of
from edition.tei.names import NAMESPACES, XML_ID, local, tei
from edition.tei.outside import Outside, outside
from edition.tei.parse import Document
from edition.tei.pointers import NO_PREFIXES, prefixes_of
from edition.tei.series import series_in, series_outside
from edition.tei.terms import ENTRIES, Entry, entries_of, listed_terms, terms_of
from edition.tei.unfit import differently_cited, refusal, refuse_unfit
from edition.tei.units import (
    AUTOMATIC,
    SPEECHES,
    Shares,
    choose,
    citation,
    division,
    is_speech,
    shares_of,
    texts_of,
    units_in,
    unlike,
)
from edition.tei.words import (
    NOTES,
    as_read,
    as_transcribed,
    has_regular_spelling,
    read_with_places,
    running_text,
    stands_in,
)

Units = frozenset[etree._Element]

# What is read with all that stands in it, be it a turn.
_HELD_BY = WHOLE | {tei(name) for name in ("opener", "closer", "item", "cell", "q", "quote")}
_ITEMS = frozenset((tei("item"),))
_TEXT = frozenset((tei("text"),))
_HOLDING = (*LISTS, *PERSONS, *ENTRIES)  # what is looked for everywhere


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
        roots = [each.root for each in (original, translation) if each and each.root is not None]
        texts = [texts for root in roots if (texts := texts_of(root))]
        wanted = replace(wanted, units=choose([shares_of(each) for each in texts]))
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
class Part:
    """What one file gives to an edition of two: its text, persons, and what its lists say in several languages."""

    text: Text
    persons: dict[str, str]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class FirstReading:
    """What a file is found to be when its tree is not kept: broken, or in which units and language.

    `part` is what was read at once, None where the other text has a say in what the units are.
    """

    file: Path
    path: str
    findings: tuple[Diagnostic, ...] = ()
    shares: tuple[Shares, ...] = ()
    language: str | None = None
    part: Part | None = None


def read_first(file: Path, path: str, units: str = AUTOMATIC) -> FirstReading:
    """Read one of two texts, without its transcription; speeches while the file is parsed.

    Raises EditionError when the file cannot be opened, or has nothing that could be compared.
    """
    data = parse.read_bytes(file, path)
    refuse_unfit(data, path, units)
    speeches = _Speeches(path, SPEECHES.get("turns" if units == AUTOMATIC else units, frozenset()))
    document = parse.in_parts(data, file, path, speeches.take) if speeches.take else None
    if document is None or speeches.knew_less_than(document.root):
        document, speeches.turns = parse.parsed(data, file, path), []
    turns = tuple(speeches.turns)
    del data
    root = document.root
    if root is None:
        return FirstReading(file, path, document.findings)
    texts = texts_of(root)
    shares = ({"turns": 1.0},) if turns else (shares_of(texts),) * bool(texts)
    kind = "turns" if any("turns" in each for each in shares) and units == AUTOMATIC else units
    part = None if kind == AUTOMATIC else _part(document, kind, turns)
    return FirstReading(file, path, (), shares, language(root), part)


def read_pair(first: tuple[FirstReading, FirstReading], units: str = AUTOMATIC) -> Edition:
    """The edition of two files that are not broken. What was not read at once is read now, one file at a time."""
    shares = [shares for each in first for shares in each.shares]
    kind = choose(shares) if units == AUTOMATIC else units
    if units == AUTOMATIC and (kinds := unlike(shares)):
        raise differently_cited((first[0].path, first[1].path), kinds)
    ours, theirs = (each.part or _part(parse.read(each.file, each.path), kind) for each in first)
    return Edition(
        original=ours.text,
        translation=theirs.text,
        persons=ours.persons | theirs.persons,
        headers=(ours.text.header, theirs.text.header),
        terms=terms_of((*ours.entries, *theirs.entries), *(each.language for each in first)),
    )


def _part(document: Document, kind: str, turns: tuple[Turn, ...] = ()) -> Part:
    """Raises EditionError for a text without units of the kind."""
    text = _text(document, Wanted(kind, transcription=False), turns)
    if not text.turns:
        raise refusal(text.path, is_tei=document.root is not None and bool(texts_of(document.root)), units=kind)
    return Part(text, persons_of(document), () if document.root is None else tuple(entries_of(document.root)))


def read_text(document: Document, wanted: Wanted = EVERYTHING) -> Text:
    """The text of one file. Raises ValueError for a document that could not be parsed."""
    return _text(document, wanted)


def _text(document: Document, wanted: Wanted, turns: tuple[Turn, ...] = ()) -> Text:
    """The text of one file, of which the turns may have been read before."""
    root, path = document.root, document.path
    if root is None:
        raise ValueError(f"{path} could not be parsed")
    texts = texts_of(root)
    kind = wanted.units if wanted.units != AUTOMATIC else choose([shares_of(texts)])
    keys = Keys(path, prefixes_of(root))
    reader = _Reader(keys)
    units = [unit for each in texts for unit in units_in(each, kind)]  # of turns that were read the last of each run
    beside = outside(texts, frozenset(units))
    turns = turns or tuple(reader.turns(units))
    known = Known.of(turns, persons_of(document))
    return Text(
        path=path,
        language=language(root),
        header=header(root, path),
        turns=turns,
        frame=tuple(reader.outside((each for each in beside if not each.is_heading), "p")),
        attendance=attendance(texts, keys, known),
        present=tuple(present(root, keys, known.persons)),
        transcription=tuple(passage for each in texts if wanted.transcription for passage in as_transcribed(each)),
        headings=tuple(reader.outside((each for each in beside if each.is_heading), "heading")),
        series=series_outside((each for each in beside if not each.is_heading), keys),
    )


class _Speeches:
    """Reads the turns of a text while its file is parsed, and lets go of them: no tree grows of what they hold."""

    def __init__(self, path: str, names: frozenset[str]) -> None:
        self.turns: list[Turn] = []
        self._path = path
        self._names = names
        self._reader: _Reader | None = None
        self._prefixes = NO_PREFIXES
        self.take: dict[str, parse.Take] = dict.fromkeys(names, self._take)

    def knew_less_than(self, root: etree._Element | None) -> bool:
        """Whether turns were read before the header was, though it says what the prefixes of pointers stand for."""
        return self._reader is not None and root is not None and prefixes_of(root) != self._prefixes

    def _take(self, element: etree._Element) -> None:
        """Read a turn of the text, and with it those that stand in it."""
        if stands_in(element, self._names | NOTES) or not stands_in(element, _TEXT):
            return
        if self._reader is None:
            self._prefixes = prefixes_of(element.getroottree().getroot())
            self._reader = _Reader(Keys(self._path, self._prefixes))
        self.turns += self._reader.turns(list(running_text(element, self._names)), len(self.turns))
        if not stands_in(element, _HELD_BY) and next(element.iter(*_HOLDING), None) is None:
            self._let_go(element)

    def _let_go(self, turn: etree._Element) -> None:
        """Empty a turn. The one before it, empty too, goes away with the white space that was read meanwhile."""
        turn.clear()
        before, parent = turn.getprevious(), turn.getparent()
        if before is not None and parent is not None and before.tag in self._names and not len(before):
            parent.remove(before)


class _Reader:
    """Reads the elements of one file."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._speakers: dict[str, tuple[str, ...]] = {}

    def turns(self, units: Sequence[etree._Element], before: int = 0) -> Iterator[Turn]:
        """The turns that these units are, of which all are given that stand in another; `before` are those read."""
        among = frozenset(units)
        for number, element in enumerate(units, before + 1):
            speaker = element.find("tei:speaker", NAMESPACES)
            yield Turn(
                id=element.get(XML_ID),
                key=self._keys.of(element, f"turn({number})"),
                number=number,
                who=self._who(element),
                label="" if speaker is None else intern(as_read(speaker)),
                paragraphs=tuple(self._paragraphs(element, f"turn({number})", among)),
                corresp=self._keys.pointed(element, "corresp", "sameAs"),
                location=self._keys.location(element),
                element=intern(local(element)),
                n=citation(element),
                division=division(element) if is_speech(element) else "",
                series=series_in(element, among, self._keys),
            )

    def _who(self, turn: etree._Element) -> tuple[str, ...]:
        """The speakers of a turn. They are few, whatever the number of turns: each is held once."""
        value = turn.get("who", "")
        if value not in self._speakers:
            self._speakers[value] = self._keys.pointed(turn, "who")
        return self._speakers[value]

    def _paragraphs(self, turn: etree._Element, name: str, among: Units) -> Iterator[Paragraph]:
        found = (block for block in blocks_of(turn, among) if block.kind != OTHER)
        for number, block in enumerate(found, 1):
            yield self._paragraph(block, f"{name}p({number})")

    def outside(self, found: Iterable[Outside], name: str) -> Iterator[Paragraph]:
        """What stands outside all units, be it headings or passages."""
        for number, each in enumerate(found, 1):
            yield replace(self._paragraph(each.block, f"{name}({number})"), place=each.place)

    def _paragraph(self, block: Block, name: str) -> Paragraph:
        element = block.element
        text, marks = self._words(block)
        read = Paragraph(
            id=element.get(XML_ID) if block.is_whole else None,
            key=self._keys.of(element, name) if block.is_whole else f"{self._keys.path}#{name}",
            corresp=self._keys.pointed(element, "corresp", "sameAs") if block.is_whole else (),
            text=text,
            location=self._keys.location(element),
            marks=marks,
            kind=block.kind,
            element=intern(local(element)),
            items=sum(1 for _ in running_text(element, _ITEMS)) if block.is_whole else 0,
        )
        if not has_regular_spelling(element):
            return read
        text, marks = self._words(block, regular=True)
        return replace(read, regular=replace(read, text=text, marks=marks))

    def _words(self, block: Block, *, regular: bool = False) -> tuple[str, tuple[Mark, ...]]:
        text, places = read_with_places(block.words, regular=regular)
        return text, tuple(marks_of(places, self._keys.path, self._keys.pointed))
