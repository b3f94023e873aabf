"""Where CITATION.cff, edition.toml and TEI headers say the same thing, they have to agree. Silence is agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edition.config import Config
from edition.diagnostics import Diagnostic, Related, Severity
from edition.model import Header, Stated
from edition.provenance import licences
from edition.provenance.bag_agreement import (
    contact_of_bag_differs,
    description_of_bag_differs,
    dois,
    identifier_of_bag_differs,
    same_doi,
    version_of_bag_differs,
)
from edition.provenance.citation import Citation
from edition.provenance.said import (
    Descriptions,
    Said,
    cited,
    configured,
    disagreements,
    each_of,
    folded,
    present,
    same_text,
    together,
)
from edition.provenance.source_agreement import credits_differ, source_titles_differ, sources_differ
from edition.rules import Finding, rule


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
    statements = [*cited(said, "title"), *configured(said, "title")]
    yield from disagreements("title", [*statements, *each_of(header.title for header in said.headers)], _same_title)


@rule("HDR202", "versions-differ", Severity.ERROR)
def versions_differ(said: Descriptions) -> Iterator[Finding]:
    """The edition has one version in CITATION.cff, edition.toml and the TEI headers (`edition/@n`).

    Who cites version 1.1.0 has to find the text of 1.1.0. A version that is raised in one file only makes two texts
    look like one, or one like two.

    Wrong: `version = "1.1.0"` in edition.toml and `<edition n="1.0.0">`

    Right: `version = "1.1.0"` and `<edition n="1.1.0">`
    """
    statements = [*cited(said, "version"), *configured(said, "version")]
    yield from disagreements("version", [*statements, *each_of(header.version for header in said.headers)], same_text)


@rule("HDR203", "dates-differ", Severity.ERROR)
def dates_differ(said: Descriptions) -> Iterator[Finding]:
    """The edition has one date of publication in CITATION.cff and the TEI headers (`publicationStmt/date/@when`).

    The year stands in every citation. A header may be less exact, with the year or the month alone.

    Wrong: `date-released: 2026-11-25` and `<date when="2025-11-25">`

    Right: `date-released: 2026-11-25` and `<date when="2026-11-25">`
    """
    cited = each_of([said.citation.date_released] if said.citation else [])
    yield from disagreements("date", [*cited, *each_of(header.date for header in said.headers)], _same_date)


@rule("HDR204", "licences-differ", Severity.ERROR)
def licences_differ(said: Descriptions) -> Iterator[Finding]:
    """The edition has one licence: CITATION.cff and edition.toml name it, the TEI headers link to it.

    Who wants to use the edition has to know under which terms. The first two name it by its SPDX identifier, a header
    by its address in `licence/@target`. Where a header names several, for parts of the file, one has to fit.

    Wrong: `license: CC-BY-4.0` and `<licence target="https://creativecommons.org/licenses/by-sa/4.0/">`

    Right: `license: CC-BY-4.0` and `<licence target="https://creativecommons.org/licenses/by/4.0/">`
    """
    citation = said.citation
    cited = together((*citation.licences, *present(citation.licence_url)) if citation else ())
    headed = [statement for header in said.headers for statement in together(header.licence)]
    yield from disagreements("licence", [*cited, *configured(said, "licence"), *headed], licences.same)


@rule("HDR205", "author-not-in-header", Severity.ERROR)
def author_not_in_header(said: Descriptions) -> Iterator[Finding]:
    """Whoever CITATION.cff names as an author stands in the TEI headers, as one responsible or as the publisher.

    The header says who did what, and a citation gives credit for it. A name in one place only is a credit without
    work, or a name that is written in two ways and will be indexed twice. A header that names nobody is left alone.

    Wrong: `authors: [{name: "The Edition Project"}]` and `<publisher>the edition project</publisher>`

    Right: `authors: [{name: "the edition project"}]` and `<publisher>the edition project</publisher>`
    """
    for author in said.citation.authors if said.citation else ():
        names = {folded(name) for name in author.names}
        without = [
            people[0]
            for header in said.headers
            if (people := (*present(header.publisher), *header.responsible))
            and names.isdisjoint(folded(person.value) for person in people)
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
    cited = together(dois(said.citation.identifiers if said.citation else ()))
    headed = [statement for header in said.headers for statement in together(dois(header.identifiers))]
    yield from disagreements("DOI", [*cited, *headed], same_doi)


@rule("HDR207", "publishers-differ", Severity.ERROR)
def publishers_differ(said: Descriptions) -> Iterator[Finding]:
    """The TEI headers name one publisher (`publicationStmt/publisher`).

    The citation and the record of the DOI have room for one, and it is taken from the first header that names any.

    Wrong: `<publisher>The Press</publisher>` in one file and `<publisher>Press</publisher>` in another

    Right: `<publisher>The Press</publisher>` in both
    """
    yield from disagreements("publisher", each_of(header.publisher for header in said.headers), same_text)


@rule("HDR210", "orcids-differ", Severity.ERROR)
def orcids_differ(said: Descriptions) -> Iterator[Finding]:
    """A person has one ORCID: in CITATION.cff and where a TEI header names them (`persName/@ref`).

    An ORCID tells people of the same name apart. The wrong one gives the work to somebody else.

    Wrong: `orcid: https://orcid.org/0000-0002-1825-0097` and `<persName ref="https://orcid.org/0000-0001-5109-3700">`

    Right: `orcid: https://orcid.org/0000-0002-1825-0097` and `<persName ref="https://orcid.org/0000-0002-1825-0097">`
    """
    for author in said.citation.authors if said.citation else ():
        names = {folded(name) for name in author.names}
        own = [Said((author.orcid,), author.location)] if author.orcid else []
        others = [
            Said((credit.identifier,), credit.name.location)
            for header in said.headers
            for credit in header.credits
            if folded(credit.name.value) in names and credit.identifier.startswith("https://orcid.org/")
        ]
        yield from disagreements(f"ORCID of {author.name}", [*own, *others], same_text)


CHECKS = (
    titles_differ,
    versions_differ,
    dates_differ,
    licences_differ,
    author_not_in_header,
    dois_differ,
    publishers_differ,
    identifier_of_bag_differs,
    contact_of_bag_differs,
    version_of_bag_differs,
    description_of_bag_differs,
    orcids_differ,
    sources_differ,
    credits_differ,
    source_titles_differ,
)


def _files(places: Sequence[Stated]) -> str:
    return ", ".join(place.location.path for place in places)


def _same_title(one: str, other: str) -> bool:
    """A title and the same title that goes on after a colon are the same."""
    short, long = sorted((folded(one), folded(other)), key=len)
    return short == long or long.startswith(f"{short}: ")


def _same_date(one: str, other: str) -> bool:
    """`2026` and `2026-11-25` do not contradict each other."""
    short, long = sorted((one, other), key=len)
    return short == long or long.startswith(f"{short}-")
