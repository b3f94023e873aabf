"""What CITATION.cff and the TEI headers say of the sources of an edition, and of who translated and published them.

Two descriptions are of one source where they have its title and share another fact, or where one points at the file
that has the other. Anything less is no proof: two manuscripts may have one title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from edition.diagnostics import Related, Severity
from edition.model import Header, Source, Stated
from edition.provenance.citation import Reference
from edition.provenance.description import doi, kind_of
from edition.provenance.said import Descriptions, Said, disagreements, folded, same_text, together
from edition.rules import Finding, rule

_STANDARD = ("doi", "isbn", "issn")
_MANY = 100  # numbers under one title or in one file: no longer one work, and nothing can be told from them
_LONG, _NEARLY = 500, 0.9  # letters of a title that is compared; the share of them in common
_PAIRS = 100_000  # of titles, each of one with each of the other: who has more gets no answer, but gets it soon
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
    headed, cited = _headed(said.headers), _cited(said)
    for title in dict.fromkeys((*cited, *headed)):
        sources, works = headed.get(title, {}), cited.get(title, [])
        numbers = [number for each in sources.values() for source in each for number in source.numbers]
        own = [_merged([_facts_cited(work, numbers) for work in works])] if works else []
        yield from _of_one_work([*own, *(_merged(map(_facts, each)) for each in sources.values())])
        for work in works if len(numbers) <= _MANY else ():
            yield from _like(work, [number for _, number in numbers])
    yield from _pointed_at(said.headers)


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


@rule("HDR213", "source-titles-differ", Severity.WARNING)
def source_titles_differ(said: Descriptions) -> Iterator[Finding]:
    """A reference of CITATION.cff that has the number of a source has its title too, letter for letter.

    By their title the two are known to be one. With a letter wrong the records of the bag no longer say that the
    edition was made from this work, and its publisher and translator are compared with nothing. Told where the titles
    are nearly the same, with the same figures: else they may well be two works of one file of an archive.

    Wrong: `<title>Record of Talks</title> <idno>111245</idno>` and `title: Record of Talk`, `value: "111245"`

    Right: `title: Record of Talks`
    """
    headed, cited = _headed(said.headers), _cited(said)
    if len(headed) * len(cited) > _PAIRS:
        return
    for title in (title for title in headed if title not in cited):
        others = [other for other in cited if _is_nearly(title, other)]
        for work in (work for other in others for work in cited[other]):
            files = [path for path in headed[title] if path not in headed.get(folded(work.title), {})]
            sources = [each for path in files for each in headed[title][path] if _shares_number(work, each)]
            stated = [each.title for each in sources if each.title]
            if stated:
                yield from disagreements(
                    "title of the source", [*together(stated[:1]), Said((work.title,), work.location)], same_text
                )


Facts = dict[str, Said]  # what one file says of what has one title: each kind of fact, of which one has to fit
Same = Callable[[str, str], bool]


def _headed(headers: Sequence[Header]) -> dict[str, dict[str, list[Source]]]:
    """The sources of the headers by title and file."""
    found: dict[str, dict[str, list[Source]]] = {}
    for header in headers:
        for source in header.sources:
            if source.title:
                found.setdefault(_title(source), {}).setdefault(header.path, []).append(source)
    return found


def _cited(said: Descriptions) -> dict[str, list[Reference]]:
    found: dict[str, list[Reference]] = {}
    for work in said.citation.references if said.citation else ():
        found.setdefault(folded(work.title), []).append(work)
    return found


def _merged(several: Iterable[Facts]) -> Facts:
    """What a file says under one title. Two works may have it, such as Letter: then one of them has to fit."""
    found: dict[str, list[Said]] = {}
    for facts in several:
        for what, fact in facts.items():
            found.setdefault(what, []).append(fact)
    return {
        what: Said(tuple(dict.fromkeys(value for fact in facts for value in fact.values)), facts[0].location)
        for what, facts in found.items()
        if len(facts) <= _MANY
    }


def _facts(source: Source) -> Facts:
    facts: Facts = {}
    if source.publisher:
        facts["publisher"] = Said((source.publisher.value,), source.publisher.location)
    for kind in dict.fromkeys(kind for kind, _ in source.numbers if kind not in _ADDRESSES):
        (facts[_number(kind)],) = together([value for each, value in source.numbers if each == kind])
    for named in together([person.name for person in source.people if kind_of(person.role) == "Translator"]):
        facts["translator"] = named
    return facts


def _facts_cited(work: Reference, numbers: Sequence[tuple[str, Stated]]) -> Facts:
    """What CITATION.cff says of a work; `numbers` are those that headers give under its title."""
    facts = _numbers_of(work, numbers)
    if work.publisher:
        facts["publisher"] = Said((work.publisher,), work.location)
    if work.translators:
        names = tuple(name for person in work.translators for name in person.names)
        facts["translator"] = Said(names, work.location)
    return facts


def _numbers_of(work: Reference, known: Sequence[tuple[str, Stated]]) -> Facts:
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


def _of_one_work(files: Sequence[Facts]) -> Iterator[Finding]:
    """Where files differ in a fact of what has one title, though each shares another one with one of them."""
    for what in sorted({what for facts in files for what in facts}):
        proven = [
            facts
            for facts in files
            if what in facts
            and any(
                _agree(facts, others, fact)
                for others in files
                if others is not facts
                for fact in facts
                if fact != what
            )
        ]
        yield from disagreements(f"{what} of the source", [facts[what] for facts in proven], _same(what))


def _agree(one: Facts, other: Facts, what: str) -> bool:
    if what not in other:
        return False
    same = _same(what)
    return any(same(value, another) for value in one[what].values for another in other[what].values)


def _same(what: str) -> Same:
    return _same_number if what.startswith("number") else same_text


def _pointed_at(headers: Sequence[Header]) -> Iterator[Finding]:
    """A source that points at another file of the edition is the source of that file, if nothing calls it another."""
    for other in headers:
        theirs = [number for each in other.sources for number in each.numbers]
        titles = {_title(each) for each in other.sources}
        publishers = {folded(each.publisher.value) for each in other.sources if each.publisher}
        for source in (source for header in headers if header is not other for source in header.sources):
            # A print of the translation, which has a title and a publisher of its own, may point at the original too.
            is_theirs = (not source.title or _title(source) in titles) and (
                not source.publisher or folded(source.publisher.value) in publishers
            )
            if other.path in source.files and is_theirs and max(len(theirs), len(source.numbers)) <= _MANY:
                yield from _numbers_differ(theirs, source.numbers)


def _numbers_differ(theirs: Sequence[tuple[str, Stated]], ours: Sequence[tuple[str, Stated]]) -> Iterator[Finding]:
    for kind in dict.fromkeys(kind for kind, _ in ours if kind not in _ADDRESSES):
        statements = [
            one for numbers in (theirs, ours) for one in together([value for each, value in numbers if each == kind])
        ]
        yield from disagreements(f"{_number(kind)} of the source", statements, _same_number)


def _like(work: Reference, numbers: Sequence[Stated]) -> Iterator[Finding]:
    """A shelfmark in the notes of a reference that is one of these but for its figures."""
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


def _is_nearly(one: str, other: str) -> bool:
    """Whether two titles differ in some letters of a hundred, and in no figure."""
    if max(len(one), len(other)) > _LONG or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _NEARLY and matcher.quick_ratio() >= _NEARLY and matcher.ratio() >= _NEARLY


def _shares_number(work: Reference, source: Source) -> bool:
    """Whether a reference has one of the numbers of a source: of the work, not of a book or journal with it."""
    cited, notes = {folded(value) for _, value in work.identifiers}, folded(work.notes)
    numbers = [folded(value.value) for kind, value in source.numbers if kind not in (*_ADDRESSES, "isbn", "issn")]
    return any(each in cited or (_is_shelfmark(each) and each in notes) for each in numbers)


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
