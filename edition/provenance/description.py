"""What an edition is, in the words of no format: who made it, what it is called, when, under which terms, from what.

Every record of it (PROV, PREMIS, RO-Crate, DataCite, Dublin Core) is written from this one description, so that they
cannot disagree. What the sources say differently is a finding before that (:mod:`edition.provenance.agreement`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from edition.config import Config
from edition.model import Credit, Edition, Header, Setting, Stated
from edition.provenance import licences
from edition.provenance.citation import Author, Citation, Reference
from edition.provenance.said import folded


@dataclass(frozen=True, slots=True)
class Contributor:
    """Someone who did something for the edition: `role` in the words of the header, `kind` in those of DataCite.

    The parts of the name are those that CITATION.cff gives to someone of this name.
    """

    name: str
    role: str
    kind: str
    is_person: bool
    orcid: str = ""
    family: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """Terms of use: an SPDX identifier or empty, and the address of the text or empty; one of them is there."""

    identifier: str
    address: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the edition is about; `point` is its latitude and longitude in degrees, as texts."""

    name: str
    point: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """All that is said of an edition as a whole. What nobody says is empty; `issued` then is the day it was made.

    `issued` is a day or less (`2026-11-25`, `2026`), `covers` are such days or ranges (`1949/1950`), `doi` is without
    the address of a resolver, `identifiers` are the other ones, `languages` those of the texts, the original's first;
    `terms` say what the licence covers and what not; `sources` are the references that the texts come from, and
    `manuscripts` where those of them lie that are in an archive.
    """

    name: str
    title: str
    version: str
    issued: str
    abstract: str = ""
    publisher: str = ""
    doi: str = ""
    url: str = ""
    authors: tuple[Author, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    licences: tuple[Licence, ...] = ()
    languages: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    sources: tuple[Reference, ...] = ()
    manuscripts: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    terms: tuple[str, ...] = ()


def describe(config: Config, citation: Citation | None, edition: Edition, made_at: datetime) -> Description:
    """The description of an edition: of edition.toml first, then of CITATION.cff, then of the TEI headers."""
    headers, texts = edition.headers, [text.header for text in edition.texts()]

    def cited(key: str) -> Stated | None:
        return getattr(citation, key) if citation else None

    identifiers = _values(citation.identifiers) if citation else ()
    dois = [found for value in (*identifiers, *_all(headers, "identifiers")) if (found := doi(value))]
    return Description(
        name=config.name,
        title=config.title or _first(cited("title"), *_each(headers, "title")) or config.name,
        version=config.version or _first(cited("version"), *_each(headers, "version")),
        issued=_day(cited("date_released"), *_each(headers, "date")) or made_at.date().isoformat(),
        abstract=_first(cited("abstract")),
        publisher=_first(*_each(headers, "publisher")),
        doi=next(iter(dois), ""),
        url=_first(cited("url")),
        authors=citation.authors if citation else (),
        contributors=tuple(dict.fromkeys(_contributors(citation, headers))),
        licences=tuple(_licences(config, citation, headers)),
        languages=tuple(dict.fromkeys(_languages(edition))),
        keywords=_values(citation.keywords) if citation else (),
        identifiers=tuple(value for value in identifiers if not doi(value)),
        references=citation.references if citation else (),
        sources=_sources(citation, headers),
        manuscripts=tuple(dict.fromkeys(_manuscripts(headers))),
        covers=tuple(dict.fromkeys(_all(texts, "dates"))),
        places=tuple({place.name: place for header in texts for place in map(_place, header.places)}.values()),
        terms=tuple(dict.fromkeys(_all(texts, "terms"))),
    )


def _sources(citation: Citation | None, headers: Iterable[Header]) -> tuple[Reference, ...]:
    """The works referred to that the headers describe as sources: by title."""
    titles = {folded(source.title.value) for header in headers for source in header.sources if source.title}
    return tuple(work for work in citation.references if folded(work.title) in titles) if citation else ()


def _manuscripts(headers: Iterable[Header]) -> Iterator[str]:
    """Where the manuscripts lie that the headers describe: place, repository and shelfmark."""
    for header in headers:
        for source in header.sources:
            if source.keeper:
                yield ", ".join((source.keeper, *(number.value for _, number in source.numbers)))


_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # BCP 47, as far as its form goes


def _first(*stated: Stated | None) -> str:
    return next((one.value for one in stated if one), "")


def _place(setting: Setting) -> Place:
    return Place(setting.name.value, (str(setting.point[0]), str(setting.point[1])) if setting.point else None)


def _languages(edition: Edition) -> Iterator[str]:
    return (text.language for text in edition.texts() if text.language and _LANGUAGE.fullmatch(text.language))


def _day(*stated: Stated | None) -> str:
    """The first that is a day, a month or a year, so that every record can give a year."""
    days = (one.value for one in stated if one)
    return next((day for day in days if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", day)), "")


def _each(headers: Iterable[Header], key: str) -> Iterator[Stated | None]:
    return (getattr(header, key) for header in headers)


def _all(headers: Iterable[Header], key: str) -> list[str]:
    return [value for header in headers for value in _values(getattr(header, key))]


def _values(stated: Iterable[Stated]) -> tuple[str, ...]:
    return tuple(one.value for one in stated)


_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


def doi(text: str) -> str | None:
    """The DOI that a text is, without the address of a resolver; None where it is none."""
    found = _DOI.fullmatch(text.strip())
    return found[1] if found else None


def _licences(config: Config, citation: Citation | None, headers: Iterable[Header]) -> Iterator[Licence]:
    """Of edition.toml, else of CITATION.cff, else of the headers; a choice of several is all of them."""
    named = [config.licence] if config.licence else [*_values(citation.licences)] if citation else []
    if not named and citation and citation.licence_url:
        named = [citation.licence_url.value]
    for each in named or dict.fromkeys(_all(headers, "licence")):
        identifier = licences.likely_identifier(each) or ("" if "://" in each else each)
        yield Licence(identifier, each if "://" in each else licences.address(identifier))


# What someone did, by the beginning of a word in a statement of responsibility: the first word that is known says it.
# The kinds are those of DataCite (Metadata Schema 4.7, contributorType).
_ROLES = {
    "Translator": "translat übersetz uebersetz traduc traduz перевод перевел перевёл",
    "Editor": "edit herausgeb éditeur editeur redak редакт",
    "DataCurator": "encod transcri mark tagg annot note anmerk kodier auszeich кодиров примеч proof correct",
    "Distributor": "publi distribut host veröffentl издан публика",
    "Researcher": "research forsch исслед",
    "ProjectLeader": "principal lead direct leit руковод",
    "Sponsor": "sponsor fund förder финанс",
    "Supervisor": "supervis betreu",
}
_KIND = {stem: kind for kind, stems in _ROLES.items() for stem in stems.split()}
_STEM = re.compile(rf"\b({'|'.join(sorted(_KIND, key=len, reverse=True))})", re.IGNORECASE)
_ORCID = re.compile(r"https://orcid\.org/(\d{4}-){3}\d{3}[\dX]")


def kind_of(role: str) -> str:
    """What someone did in the terms of DataCite, by the words of a statement of responsibility."""
    found = _STEM.search(role)
    return _KIND[found[1].lower()] if found else "Other"


def _contributors(citation: Citation | None, headers: Sequence[Header]) -> Iterator[Contributor]:
    """Who is credited for the edition. Whoever is credited for publishing its source has published no part of it."""
    published = [header.publisher.value for header in headers if header.publisher]
    theirs = {work.publisher for work in _sources(citation, headers)}
    theirs |= {source.publisher.value for header in headers for source in header.sources if source.publisher}
    known = {person.name: person for person in _people(citation)}
    for header in headers:
        for credit in header.credits:
            made = _contributor(credit, known.get(credit.name.value))
            if made.kind != "Distributor" or made.name in published or made.name not in theirs:
                yield made


def _people(citation: Citation | None) -> Iterator[Author]:
    """Everyone whom CITATION.cff names as the author or translator of something."""
    if citation:
        yield from (*citation.authors, *citation.contact)
        for work in citation.references:
            yield from (*work.authors, *work.translators)


def _contributor(credit: Credit, known: Author | None) -> Contributor:
    kind = kind_of(credit.role)
    orcid = credit.identifier if _ORCID.fullmatch(credit.identifier) else ""
    parts = (known.family, known.given) if known and credit.is_person else ("", "")
    return Contributor(credit.name.value, credit.role, kind, credit.is_person, orcid, *parts)
