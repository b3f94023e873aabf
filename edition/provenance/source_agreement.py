"""What CITATION.cff and the TEI headers say of the sources of an edition, and of who translated and published them.

Two descriptions are of one source where they have its title and share another fact, or where one points at the file
that has the other. Anything less is no proof: two manuscripts may have one title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from edition.diagnostics import Related, Severity
from edition.model import Credit, Header, Source, Stated
from edition.provenance.citation import Reference
from edition.provenance.description import doi, kind_of
from edition.provenance.said import Descriptions, Said, disagreements, folded, same_text, together
from edition.rules import Finding, rule

_STANDARD = ("doi", "isbn", "issn")
_ADDRESSES = ("url", "uri", "file", "filename", "swh")  # one source may lie in several places


@rule("HDR211", "sources-differ", Severity.ERROR)
def sources_differ(said: Descriptions) -> Iterator[Finding]:
    """CITATION.cff and the TEI headers say the same of a source: its number, its publisher, its translator.

    By the number of the file a reader orders the document from the archive; with one figure wrong they get another.
    Compared are the `references` of CITATION.cff and the `bibl` and `msDesc` of `sourceDesc` that have the same title
    and agree in one thing more; a `bibl` that points at another file of the edition with the sources of that file;
    and a shelfmark with the one in the `notes` of the reference. Where a file says nothing, nothing is compared.

    Wrong: `<idno type="archive">f. 45, op. 1, d. 329</idno>` and `notes: APRF, f. 45, op. 1, d. 328` in CITATION.cff

    Right: `<idno type="archive">f. 45, op. 1, d. 329</idno>` and `notes: APRF, f. 45, op. 1, d. 329`
    """
    works = [*_cited(said), *(_described(source) for header in said.headers for source in header.sources)]
    for title in dict.fromkeys(work.title for work in works if work.title):
        yield from _of_one_work([work for work in works if work.title == title])
    yield from _pointed_at(said.headers)
    yield from _in_notes(said)


@rule("HDR212", "credits-differ", Severity.ERROR)
def credits_differ(said: Descriptions) -> Iterator[Finding]:
    """Where two TEI headers credit a translation or a publication in the same words, they name the same for it.

    A name that is written in two ways is indexed twice, and one of the two is nobody's. Only `resp` of the same words
    in `titleStmt` are compared, and no other work: each file may have been encoded by someone else.

    Wrong: `<resp>English translation</resp> <persName>Danny Rozas</persName>` in one file, `Danny Rosas` in the other

    Right: `<persName>Danny Rozas</persName>` in both
    """
    by_role: dict[str, dict[str, list[Stated]]] = {}
    for header in said.headers:
        for credit in header.credits:
            if kind_of(credit.role) in ("Translator", "Distributor"):
                by_role.setdefault(folded(credit.role), {}).setdefault(header.path, []).append(credit.name)
    for role, files in by_role.items():
        statements = [one for names in files.values() for one in together(names)]
        yield from disagreements(f'name for "{role}"', statements, same_text)


@dataclass(frozen=True, slots=True)
class _Work:
    """A source as one file describes it: what it says of it, by kind of fact."""

    title: str
    facts: dict[str, Said]


Same = Callable[[str, str], bool]


def _described(source: Source) -> _Work:
    facts: dict[str, Said] = {}
    if source.publisher:
        facts["publisher"] = Said((source.publisher.value,), source.publisher.location)
    for kind in dict.fromkeys(kind for kind, _ in source.numbers if kind not in _ADDRESSES):
        (facts[_number(kind)],) = together([value for each, value in source.numbers if each == kind])
    translators = [person.name for person in source.people if _translates(person)]
    for named in together(translators):
        facts["translator"] = named
    return _Work(_title(source), facts)


def _cited(said: Descriptions) -> Iterator[_Work]:
    """The references of CITATION.cff."""
    sources = [source for header in said.headers for source in header.sources]
    for work in said.citation.references if said.citation else ():
        title = folded(work.title)
        facts = _numbers_of(
            work, [number for source in sources if _title(source) == title for number in source.numbers]
        )
        if work.publisher:
            facts["publisher"] = Said((work.publisher,), work.location)
        if work.translators:
            names = tuple(name for person in work.translators for name in person.names)
            facts["translator"] = Said(names, work.location)
        yield _Work(title, facts)


def _numbers_of(work: Reference, known: Sequence[tuple[str, Stated]]) -> dict[str, Said]:
    """The numbers of a reference by kind; one of kind `other` is of the one kind whose numbers look like it."""
    by_kind: dict[str, list[str]] = {}
    for kind, value in work.identifiers:
        alike = {each for each, number in known if _shape(number.value) == _shape(value)}.difference(
            _STANDARD, _ADDRESSES
        )
        if kind in _STANDARD:
            by_kind.setdefault(kind, []).append(value)
        elif kind == "other" and len(alike) == 1:
            by_kind.setdefault(min(alike), []).append(value)
    return {_number(kind): Said(tuple(values), work.location) for kind, values in by_kind.items()}


def _of_one_work(works: Sequence[_Work]) -> Iterator[Finding]:
    """Where descriptions under one title differ in a fact, though each shares another one with one of them."""
    for what in sorted({what for work in works for what in work.facts}):
        proven = {
            number
            for pair in combinations(range(len(works)), 2)
            if any(_agree(works[pair[0]], works[pair[1]], fact) for fact in works[pair[0]].facts if fact != what)
            for number in pair
        }
        statements = [works[number].facts[what] for number in sorted(proven) if what in works[number].facts]
        yield from disagreements(f"{what} of the source", statements, _same(what))


def _agree(one: _Work, other: _Work, what: str) -> bool:
    if what not in other.facts:
        return False
    same = _same(what)
    return any(same(value, another) for value in one.facts[what].values for another in other.facts[what].values)


def _same(what: str) -> Same:
    return _same_number if what.startswith("number") else same_text


def _pointed_at(headers: Sequence[Header]) -> Iterator[Finding]:
    """A source that points at another file of the edition is the source of that file."""
    for header in headers:
        for source in header.sources:
            for other in headers:
                if other is not header and other.path in source.files:
                    theirs = [number for each in other.sources for number in each.numbers]
                    yield from _numbers_differ(theirs, source.numbers)


def _numbers_differ(theirs: Sequence[tuple[str, Stated]], ours: Sequence[tuple[str, Stated]]) -> Iterator[Finding]:
    for kind in dict.fromkeys(kind for kind, _ in ours if kind not in _ADDRESSES):
        statements = [
            one for numbers in (theirs, ours) for one in together([value for each, value in numbers if each == kind])
        ]
        yield from disagreements(f"{_number(kind)} of the source", statements, _same_number)


def _in_notes(said: Descriptions) -> Iterator[Finding]:
    """A shelfmark in the notes of a reference that is like one of the source with that title, but for its figures."""
    for work in said.citation.references if said.citation else ():
        for header in said.headers:
            for source in header.sources:
                if _title(source) == folded(work.title):
                    yield from _like(work, [number for _, number in source.numbers])


def _like(work: Reference, numbers: Sequence[Stated]) -> Iterator[Finding]:
    notes = folded(work.notes)
    for number in numbers:
        value = folded(number.value)
        if not _is_shelfmark(value) or any(folded(each.value) in notes for each in numbers):
            continue
        if found := re.search(rf"(?<!\w){_shape(value)}(?!\w)", notes):
            yield Finding(
                f'the number of the source is "{found[0]}" here, but "{value}" in {number.location.path}',
                work.location,
                hint="look at the source, and write its number alike in both files",
                related=(Related(number.location, f'the number of the source is "{value}"'),),
            )


def _number(kind: str) -> str:
    return f"number ({kind})" if kind else "number"


def _shape(number: str) -> str:
    """What a number is like but for its figures, as a pattern."""
    return r"\d+".join(re.escape(words) for words in re.split(r"\d+", folded(number)))


def _is_shelfmark(value: str) -> bool:
    """Enough of words and figures to be no date, page or other number that notes may have."""
    return len(re.findall(r"\d+", value)) > 1 and bool(re.search(r"[^\W\d_]", value))


def _same_number(one: str, other: str) -> bool:
    """`f. 45, op. 1` is no other than `f. 45, op. 1, d. 329`, only less exact; a DOI or an ISBN may be spaced."""
    if doi(one) and doi(other):
        return (doi(one) or "").lower() == (doi(other) or "").lower()
    short, long = sorted((re.findall(r"\w+", folded(each).casefold()) for each in (one, other)), key=len)
    return "".join(short) == "".join(long) or (len(short) > 1 and long[: len(short)] == short)


def _title(source: Source) -> str:
    return folded(source.title.value) if source.title else ""


def _translates(person: Credit) -> bool:
    return kind_of(person.role) == "Translator"
