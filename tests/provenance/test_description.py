"""The one description: which file says what, who did what, and under which terms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from edition.config import Config, load
from edition.diagnostics import Location
from edition.model import Credit, Edition, Header, Setting, Source, Stated, Text
from edition.provenance import licences
from edition.provenance.citation import Citation, read
from edition.provenance.description import Description, Licence, Place, describe, doi
from edition.tei.header import header
from tests.provenance.story import MADE_AT

PLACE = Location("source/ru.xml", 1)
CONFIG = Config(root=Path(), name="talks", original="ru.xml")
CITATION = """
cff-version: 1.2.0
message: cite
title: Cited
version: 2.0.0
date-released: 2025-01-02
license: [CC-BY-4.0, MIT]
doi: 10.5281/zenodo.1003150
identifiers:
  - {type: other, value: B 17}
url: https://example.org/
abstract: About.
keywords: [one, two]
authors: [{name: the project}]
references:
  - {type: book, title: A book, authors: [{name: Zed}], year: 1999, isbn: 978-3-16-148410-0}
  - type: article
    title: An article
    authors: [{family-names: Y, given-names: Xi}]
    identifiers: [{type: doi, value: 10.1000/182}]
    doi: 10.1000/182
"""


def stated(*values: str) -> tuple[Stated, ...]:
    return tuple(Stated(value, PLACE) for value in values)


HEADER = Header(
    path="ru.xml",
    title=Stated("Headed", PLACE),
    subtitle=None,
    version=Stated("1.0.0", PLACE),
    date=Stated("2024", PLACE),
    publisher=Stated("The Press", PLACE),
    licence=stated("https://creativecommons.org/licenses/by-sa/4.0/"),
    responsible=(),
    identifiers=stated("https://doi.org/10.1/x", "10.5281/zenodo.7"),
    dates=stated("1950-01-22"),
    places=(Setting(Stated("Moscow", PLACE), (55.75, 37.6178)), Setting(Stated("Gori", PLACE))),
    terms=stated("Not the transcription."),
)
MUTE = Header("persons.xml", None, None, None, None, None, (), (), (), dates=stated("2026"))


def edition(*headers: Header, language: str | None = "ru") -> Edition:
    text = Text("ru.xml", language, headers[0], (), (), None, (), ())
    return Edition(text, None, {}, headers)


def citation(tmp_path: Path, text: str = CITATION) -> Citation:
    file = tmp_path / "CITATION.cff"
    file.write_text(text, encoding="utf-8")
    found = read(file, "CITATION.cff")[0]
    assert found is not None
    return found


def credited(role: str) -> str:
    header = replace(MUTE, credits=(Credit(Stated("Ann", PLACE), role, True),))
    return describe(CONFIG, None, edition(header), MADE_AT).contributors[0].kind


def test_of_the_headers_alone() -> None:
    assert describe(CONFIG, None, edition(HEADER, MUTE), MADE_AT) == Description(
        name="talks",
        title="Headed",
        version="1.0.0",
        issued="2024",
        publisher="The Press",
        doi="10.5281/zenodo.7",
        licences=(Licence("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),),
        languages=("ru",),
        covers=("1950-01-22",),
        places=(Place("Moscow", ("55.75", "37.6178")), Place("Gori")),
        terms=("Not the transcription.",),
    )


def test_the_citation_goes_before_the_headers(tmp_path: Path) -> None:
    said = describe(CONFIG, citation(tmp_path), edition(HEADER), MADE_AT)
    assert (said.title, said.version, said.issued) == ("Cited", "2.0.0", "2025-01-02")
    assert (said.doi, said.url, said.abstract) == ("10.5281/zenodo.1003150", "https://example.org/", "About.")
    assert said.identifiers == ("B 17",)
    assert [licence.identifier for licence in said.licences] == ["CC-BY-4.0", "MIT"]
    assert said.keywords == ("one", "two")
    assert [author.name for author in said.authors] == ["the project"]


def test_edition_toml_goes_before_both(tmp_path: Path) -> None:
    config = replace(CONFIG, title="Configured", version="3.0.0", licence="CC0-1.0")
    said = describe(config, citation(tmp_path), edition(HEADER), MADE_AT)
    assert (said.title, said.version) == ("Configured", "3.0.0")
    assert said.licences == (Licence("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),)


def test_nothing_said_anywhere() -> None:
    said = describe(CONFIG, None, edition(Header("a.xml", None, None, None, None, None, (), (), ())), MADE_AT)
    assert said == Description(name="talks", title="talks", version="", issued="2026-11-25", languages=("ru",))


def test_a_date_that_is_none_is_passed_over() -> None:
    assert (
        describe(CONFIG, None, edition(replace(HEADER, date=Stated("soon", PLACE))), MADE_AT).issued == "2026-11-25"
    )


@pytest.mark.parametrize(("language", "known"), [("ru", ("ru",)), ("zh-Hant", ("zh-Hant",)), ("?", ()), (None, ())])
def test_a_language_has_the_form_of_one(language: str | None, known: tuple[str, ...]) -> None:
    assert describe(CONFIG, None, edition(HEADER, language=language), MADE_AT).languages == known


def test_works_that_are_referred_to(tmp_path: Path) -> None:
    book, article = describe(CONFIG, citation(tmp_path), edition(HEADER), MADE_AT).references
    assert (book.kind, book.date, book.identifiers) == ("book", "1999", (("isbn", "978-3-16-148410-0"),))
    assert article.identifiers == (("doi", "10.1000/182"),), "the same DOI is one"
    assert [author.name for author in article.authors] == ["Xi Y"]


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("English translation of the record", "Translator"),
        ("publication of the scan, the transcription and the translation", "Distributor"),
        ("encoding and notes", "DataCurator"),
        ("Übersetzung", "Translator"),
        ("Traduction", "Translator"),
        ("перевод с русского", "Translator"),
        ("Herausgeberin", "Editor"),
        ("editor", "Editor"),
        ("sponsor", "Sponsor"),
        ("principal", "ProjectLeader"),
        ("coffee", "Other"),
        ("remarkable patience", "Other"),
    ],
)
def test_what_someone_did_in_the_terms_of_datacite(role: str, kind: str) -> None:
    assert credited(role) == kind


def published_by(name: str, *sources: Source) -> list[tuple[str, str]]:
    credit = Credit(Stated(name, PLACE), "publication", False)
    header = replace(HEADER, credits=(credit,), sources=sources)
    return [(each.name, each.kind) for each in describe(CONFIG, None, edition(header), MADE_AT).contributors]


def test_who_published_the_source_has_not_published_the_edition() -> None:
    source = Source(PLACE, publisher=Stated("The Archive", PLACE))
    assert published_by("The Archive", source) == []
    assert published_by("The Archive") == [("The Archive", "Distributor")]
    assert published_by("A Library", source) == [("A Library", "Distributor")]
    both = Source(PLACE, publisher=Stated("The Press", PLACE))
    assert published_by("The Press", both) == [("The Press", "Distributor")], "it publishes the edition too"


def test_sources_are_the_works_that_a_header_describes(tmp_path: Path) -> None:
    manuscript = Source(PLACE, numbers=(("archive", Stated("f. 4", PLACE)),), keeper="Moscow, State Archive")
    header = replace(HEADER, sources=(Source(PLACE, title=Stated("A book", PLACE)), manuscript))
    said = describe(CONFIG, citation(tmp_path), edition(header, MUTE), MADE_AT)
    assert [work.title for work in said.sources] == ["A book"]
    assert len(said.references) == 2
    assert said.manuscripts == ("Moscow, State Archive, f. 4",)


def test_this_edition_says_what_it_was_made_from_and_who_published_that() -> None:
    root = Path(__file__).resolve().parent.parent.parent
    names = ("source/record.ru.xml", "source/record.en.xml")
    headers = [header(etree.parse(root / name).getroot(), name) for name in names]
    cited = read(root / "CITATION.cff", "CITATION.cff")[0]
    said = describe(load(root), cited, edition(*headers), MADE_AT)
    assert said.sources == said.references
    assert [work.publisher for work in said.sources] == ["", "Wilson Center Digital Archive"]
    (manuscript,) = said.manuscripts
    assert manuscript.startswith("Moscow, Archive of the President")
    assert manuscript.endswith(", f. 45, op. 1, d. 329, ll. 29-38")
    assert [(each.name, each.kind) for each in said.contributors] == [
        ("the edition-toolkit project", "DataCurator"),
        ("Danny Rozas", "Translator"),
    ]
    translator = said.contributors[1]
    assert (translator.family, translator.given) == ("Rozas", "Danny"), "as CITATION.cff parts the name"


def test_an_orcid_is_kept_and_another_address_is_not() -> None:
    orcid = "https://orcid.org/0000-0002-1825-0097"
    credits_ = tuple(Credit(Stated("Ann", PLACE), "notes", True, each) for each in (orcid, "https://viaf.org/1"))
    said = describe(CONFIG, None, edition(replace(MUTE, credits=credits_)), MADE_AT)
    assert [each.orcid for each in said.contributors] == [orcid, ""]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.5281/zenodo.1", "10.5281/zenodo.1"),
        ("https://doi.org/10.5281/Z.1", "10.5281/Z.1"),
        ("doi: 10.5281/z", "10.5281/z"),
        ("11.5281/z", None),
        ("see 10.5281/z", None),
    ],
)
def test_what_is_a_doi(text: str, found: str | None) -> None:
    assert doi(text) == found


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-SA-3.0-DE", "https://creativecommons.org/licenses/by-nc-sa/3.0/de/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("MIT", "https://spdx.org/licenses/MIT"),
        ("LicenseRef-own", ""),
        ("all rights reserved", ""),
    ],
)
def test_the_address_of_a_licence_leads_back_to_it(identifier: str, address: str) -> None:
    assert licences.address(identifier) == address
    assert not address or licences.same(identifier, address)
