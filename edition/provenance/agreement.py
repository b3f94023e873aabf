"""Where CITATION.cff, edition.toml and TEI headers say the same thing, they have to agree. Silence is agreement."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from edition.config import Config
from edition.diagnostics import Diagnostic, Location, Related, Severity
from edition.model import Header, Stated
from edition.provenance import licences
from edition.provenance.citation import Citation
from edition.rules import Finding, rule


@dataclass(frozen=True, slots=True)
class Descriptions:
    """All files that describe the edition."""

    config: Config
    citation: Citation | None
    headers: tuple[Header, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    """What one file says of one thing: a value, or several of which one has to fit."""

    values: tuple[str, ...]
    location: Location

    def __str__(self) -> str:
        return " and ".join(f'"{value}"' for value in self.values)


_Same = Callable[[str, str], bool]


def check(config: Config, citation: Citation | None, headers: Sequence[Header]) -> Iterator[Diagnostic]:
    """Every disagreement between the files that describe an edition."""
    descriptions = Descriptions(config, citation, tuple(headers))
    for look in CHECKS:
        yield from look(descriptions)


@rule("HDR201", "titles-differ", Severity.ERROR)
def titles_differ(said: Descriptions) -> Iterator[Finding]:
    """The edition has one title in CITATION.cff, edition.toml and the TEI headers.

    A library finds the edition by its title, and takes it from whichever of these files it can read. In a header the
    main title counts; it may go on after a colon to say what the file holds, as may a title of type `sub`.

    Wrong: `title: Talks in Moscow` in CITATION.cff and `<title type="main">Talks at Moscow</title>`

    Right: `title: Talks in Moscow` and `<title type="main">Talks in Moscow</title>`
    """
    statements = [*_cited(said, "title"), *_configured(said, "title")]
    yield from _disagreements("title", [*statements, *_headed(header.title for header in said.headers)], _same_title)


@rule("HDR202", "versions-differ", Severity.ERROR)
def versions_differ(said: Descriptions) -> Iterator[Finding]:
    """The edition has one version in CITATION.cff, edition.toml and the TEI headers (`edition/@n`).

    Who cites version 1.1.0 has to find the text of 1.1.0. A version that is raised in one file only makes two texts
    look like one, or one like two.

    Wrong: `version = "1.1.0"` in edition.toml and `<edition n="1.0.0">`

    Right: `version = "1.1.0"` and `<edition n="1.1.0">`
    """
    statements = [*_cited(said, "version"), *_configured(said, "version")]
    yield from _disagreements(
        "version", [*statements, *_headed(header.version for header in said.headers)], _same_text
    )


@rule("HDR203", "dates-differ", Severity.ERROR)
def dates_differ(said: Descriptions) -> Iterator[Finding]:
    """The edition has one date of publication in CITATION.cff and the TEI headers (`publicationStmt/date/@when`).

    The year stands in every citation. A header may be less exact, with the year or the month alone.

    Wrong: `date-released: 2026-11-25` and `<date when="2025-11-25">`

    Right: `date-released: 2026-11-25` and `<date when="2026-11-25">`
    """
    cited = _stated([said.citation.date_released] if said.citation else [])
    yield from _disagreements("date", [*cited, *_headed(header.date for header in said.headers)], _same_date)


@rule("HDR204", "licences-differ", Severity.ERROR)
def licences_differ(said: Descriptions) -> Iterator[Finding]:
    """The edition has one licence: CITATION.cff and edition.toml name it, the TEI headers link to it.

    Who wants to use the edition has to know under which terms. The first two name it by its SPDX identifier, a header
    by its address in `licence/@target`. Where a header names several, for parts of the file, one has to fit.

    Wrong: `license: CC-BY-4.0` and `<licence target="https://creativecommons.org/licenses/by-sa/4.0/">`

    Right: `license: CC-BY-4.0` and `<licence target="https://creativecommons.org/licenses/by/4.0/">`
    """
    citation = said.citation
    cited = _together((*citation.licences, *_present(citation.licence_url)) if citation else ())
    headed = [statement for header in said.headers for statement in _together(header.licence)]
    yield from _disagreements("licence", [*cited, *_configured(said, "licence"), *headed], licences.same)


@rule("HDR205", "author-not-in-header", Severity.ERROR)
def author_not_in_header(said: Descriptions) -> Iterator[Finding]:
    """Whoever CITATION.cff names as an author stands in the TEI headers, as one responsible or as the publisher.

    The header says who did what, and a citation gives credit for it. A name in one place only is a credit without
    work, or a name that is written in two ways and will be indexed twice. A header that names nobody is left alone.

    Wrong: `authors: [{name: "The Edition Project"}]` and `<publisher>the edition project</publisher>`

    Right: `authors: [{name: "the edition project"}]` and `<publisher>the edition project</publisher>`
    """
    for author in said.citation.authors if said.citation else ():
        names = {_folded(name) for name in author.names}
        without = [
            people[0]
            for header in said.headers
            if (people := (*_present(header.publisher), *header.responsible))
            and names.isdisjoint(_folded(person.value) for person in people)
        ]
        if without:
            yield Finding(
                f"the author {author.name} is named in no statement of responsibility of {_files(without)}",
                author.location,
                hint="write the name alike in both, in a respStmt, as author or editor, or as publisher",
                related=tuple(Related(place.location, f"here: {place.value}") for place in without),
            )


@rule("HDR206", "dois-differ", Severity.ERROR)
def dois_differ(said: Descriptions) -> Iterator[Finding]:
    """The edition has the same DOI in CITATION.cff and the TEI headers (`publicationStmt/idno`).

    A DOI that leads to another version, or to another work, is worse than none. An idno that holds no DOI, such as
    the number of a series, is left alone.

    Wrong: `doi: 10.5281/zenodo.1003150` and `<idno type="DOI">10.5281/zenodo.1003151</idno>`

    Right: `doi: 10.5281/zenodo.1003150` and `<idno type="DOI">10.5281/zenodo.1003150</idno>`
    """
    cited = _together(_dois(said.citation.identifiers if said.citation else ()))
    headed = [statement for header in said.headers for statement in _together(_dois(header.identifiers))]
    yield from _disagreements("DOI", [*cited, *headed], lambda one, other: _doi(one) == _doi(other))


CHECKS = (titles_differ, versions_differ, dates_differ, licences_differ, author_not_in_header, dois_differ)


def _disagreements(what: str, statements: Sequence[_Statement], same: _Same) -> Iterator[Finding]:
    """Each statement that does not fit the one that most of them fit; the first of those, where several do."""

    def agree(one: _Statement, other: _Statement) -> bool:
        return any(same(value, another) for value in one.values for another in other.values)

    if not statements:
        return
    usual = max(statements, key=lambda one: sum(agree(one, other) for other in statements))
    for one in statements:
        if not agree(one, usual):
            yield Finding(
                f"the {what} is {one} here, but {usual} in {usual.location.path}",
                one.location,
                hint=f"decide which {what} is right, and write it in both files",
                related=(Related(usual.location, f"the {what} is {usual}"),),
            )


def _cited(said: Descriptions, key: str) -> list[_Statement]:
    return _stated([getattr(said.citation, key)] if said.citation else [])


def _configured(said: Descriptions, key: str) -> list[_Statement]:
    value = getattr(said.config, key)
    return [_Statement((" ".join(value.split()),), said.config.place(f"edition.{key}"))] if value else []


def _headed(stated: Iterator[Stated | None]) -> list[_Statement]:
    return _stated(list(stated))


def _stated(stated: Sequence[Stated | None]) -> list[_Statement]:
    return [_Statement((one.value,), one.location) for one in stated if one]


def _together(stated: Sequence[Stated]) -> list[_Statement]:
    """Values of which one has to fit, as one statement."""
    return [_Statement(tuple(one.value for one in stated), stated[0].location)] if stated else []


def _present(stated: Stated | None) -> tuple[Stated, ...]:
    return (stated,) if stated else ()


def _files(places: Sequence[Stated]) -> str:
    return ", ".join(place.location.path for place in places)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _same_text(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)


def _same_title(one: str, other: str) -> bool:
    """A title and the same title that goes on after a colon are the same."""
    short, long = sorted((_folded(one), _folded(other)), key=len)
    return short == long or long.startswith(f"{short}: ")


def _same_date(one: str, other: str) -> bool:
    """`2026` and `2026-11-25` do not contradict each other."""
    short, long = sorted((one, other), key=len)
    return short == long or long.startswith(f"{short}-")


_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


def _doi(text: str) -> str | None:
    found = _DOI.fullmatch(text.strip())
    return found[1].lower() if found else None


def _dois(stated: Sequence[Stated]) -> tuple[Stated, ...]:
    return tuple(one for one in stated if _doi(one.value))
