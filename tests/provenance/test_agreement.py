"""CITATION.cff, edition.toml and the headers held against each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edition.config import Config
from edition.diagnostics import Diagnostic, Location
from edition.model import Credit, Header, Stated
from edition.provenance.agreement import check
from edition.provenance.citation import Author, Citation

TITLE = "Record of Talks: Russian and English"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"


def stated(value: str, path: str, line: int) -> Stated:
    return Stated(value, Location(path, line))


def cited(value: str, line: int) -> Stated:
    return stated(value, "CITATION.cff", line)


def header(path: str) -> Header:
    return Header(
        path=path,
        title=stated(TITLE, path, 5),
        subtitle=stated("Russian original", path, 6),
        version=stated("1.0.0", path, 10),
        date=stated("2026-11-25", path, 13),
        publisher=stated("the project", path, 12),
        licence=(stated(CC_BY, path, 15),),
        responsible=(stated("Danny Rozas", path, 8),),
        identifiers=(stated("https://doi.org/10.5281/Zenodo.1", path, 14), stated("no. 3", path, 16)),
    )


CONFIG = Config(
    root=Path(),
    original="ru.xml",
    title=TITLE,
    version="1.0.0",
    licence="CC-BY-4.0",
    lines={"edition.title": 3, "edition.version": 4, "edition.licence": 5},
)
CITATION = Citation(
    path="CITATION.cff",
    title=cited(TITLE, 2),
    version=cited("1.0.0", 3),
    date_released=cited("2026-11-25", 4),
    abstract=None,
    doi=cited("10.5281/zenodo.1", 5),
    url=None,
    repository=None,
    licence_url=None,
    licences=(cited("CC-BY-4.0", 6),),
    identifiers=(cited("10.5281/zenodo.1", 5), cited("other", 7)),
    keywords=(),
    authors=(Author("the project", False, Location("CITATION.cff", 9)),),
    contact=(),
)
HEADERS = (header("ru.xml"), header("en.xml"))


def found(citation: Citation | None = CITATION, config: Config = CONFIG, *headers: Header) -> list[Diagnostic]:
    return list(check(config, citation, headers or HEADERS))


def places(findings: list[Diagnostic]) -> list[tuple[str, str, str]]:
    """Code, place and the first other place of each."""
    return [(each.rule.code, str(each.location), str(each.related[0].location)) for each in findings]


def test_what_agrees_is_not_spoken_of() -> None:
    assert found() == []


def test_silence_is_agreement() -> None:
    mute = Header("ru.xml", None, None, None, None, None, (), (), ())
    assert found(CITATION, CONFIG, mute) == []
    assert found(None) == []
    assert found(None, Config(root=Path(), original="ru.xml")) == []
    assert list(check(CONFIG, CITATION, [])) == []


def test_the_one_that_differs_is_named_with_one_that_most_agree_on() -> None:
    (finding,) = found(replace(CITATION, version=cited("1.0.1", 3)))
    assert finding.rule.code == "HDR202"
    assert finding.message == 'the version is "1.0.1" here, but "1.0.0" in edition.toml'
    assert str(finding.location) == "CITATION.cff:3"
    assert [str(related.location) for related in finding.related] == ["edition.toml:4"]
    assert places(found(CITATION, replace(CONFIG, version="2"))) == [("HDR202", "edition.toml:4", "CITATION.cff:3")]
    odd = replace(HEADERS[1], version=stated("2", "en.xml", 10))
    assert places(found(CITATION, CONFIG, HEADERS[0], odd)) == [("HDR202", "en.xml:10", "CITATION.cff:3")]


def test_of_two_that_differ_the_citation_is_held_to_be_meant() -> None:
    assert places(
        found(
            replace(CITATION, version=cited("3", 3)), replace(CONFIG, version="4"), replace(HEADERS[0], version=None)
        )
    ) == [("HDR202", "edition.toml:4", "CITATION.cff:3")]


@pytest.mark.parametrize(
    ("title", "agrees"),
    [
        (TITLE, True),
        (f"{TITLE}: Russian original", True),
        ("Record of Talks", True),
        ("Record of talks: Russian and English", False),
        ("Record", False),
        ("Records", False),
    ],
)
def test_titles(title: str, agrees: bool) -> None:
    odd = replace(HEADERS[0], title=stated(title, "ru.xml", 5))
    expected = [] if agrees else [("HDR201", "ru.xml:5", "CITATION.cff:2")]
    assert places(found(CITATION, CONFIG, odd, HEADERS[1])) == expected


@pytest.mark.parametrize(
    ("date", "agrees"), [("2026-11-25", True), ("2026-11", True), ("2026", True), ("2026-1", False), ("2025", False)]
)
def test_dates(date: str, agrees: bool) -> None:
    odd = replace(HEADERS[0], date=stated(date, "ru.xml", 13))
    expected = [] if agrees else [("HDR203", "ru.xml:13", "CITATION.cff:4")]
    assert places(found(CITATION, CONFIG, odd, HEADERS[1])) == expected


@pytest.mark.parametrize(
    ("targets", "agrees"),
    [
        (["http://creativecommons.org/licenses/by/4.0"], True),
        (["https://creativecommons.org/licenses/by-nc/4.0/", CC_BY], True),
        (["https://creativecommons.org/licenses/by-nc/4.0/"], False),
        (["https://example.org/terms"], False),
    ],
)
def test_licences(targets: list[str], agrees: bool) -> None:
    odd = replace(HEADERS[0], licence=tuple(stated(target, "ru.xml", 15) for target in targets))
    expected = [] if agrees else [("HDR204", "ru.xml:15", "CITATION.cff:6")]
    assert places(found(CITATION, CONFIG, odd, HEADERS[1])) == expected


def test_a_licence_that_spdx_does_not_know_is_compared_by_its_address() -> None:
    terms = "https://example.org/terms"
    own = replace(CITATION, licences=(), licence_url=cited(terms, 8))
    odd = replace(HEADERS[0], licence=(stated(terms + "/", "ru.xml", 15),))
    assert found(own, replace(CONFIG, licence=""), odd) == []


def test_authors_are_named_in_each_header_that_names_anyone() -> None:
    person = Author("Alexander von Humboldt", True, Location("CITATION.cff", 10), "von Humboldt", "Alexander")
    citation = replace(CITATION, authors=(*CITATION.authors, person))
    (finding,) = found(citation)
    assert finding.rule.code == "HDR205"
    assert str(finding.location) == "CITATION.cff:10"
    assert finding.message.endswith("of ru.xml, en.xml")
    assert [str(related.location) for related in finding.related] == ["ru.xml:12", "en.xml:12"]
    named = [replace(each, responsible=(stated("von  Humboldt, Alexander", each.path, 8),)) for each in HEADERS]
    assert found(citation, CONFIG, *named) == []


def test_dois() -> None:
    odd = replace(HEADERS[0], identifiers=(stated("doi:10.5281/zenodo.2", "ru.xml", 14),))
    assert places(found(CITATION, CONFIG, odd, HEADERS[1])) == [("HDR206", "ru.xml:14", "CITATION.cff:5")]
    number = replace(HEADERS[0], identifiers=(stated("no. 3", "ru.xml", 16),))
    assert found(CITATION, CONFIG, number) == []


def with_bag_info(*fields: tuple[str, str]) -> Config:
    """The edition with these fields of bag-info.txt, from line 20 on."""
    lines = {f"bag.info.{label}": 20 + number for number, (label, _) in enumerate(fields)}
    return replace(CONFIG, bag=replace(CONFIG.bag, info=fields), lines={**CONFIG.lines, **lines})


@pytest.mark.parametrize("value", ["10.5281/ZENODO.1", "doi:10.5281/zenodo.1", "our number 7", ""])
def test_an_identifier_of_the_bag_that_agrees_or_is_no_doi(value: str) -> None:
    assert found(CITATION, with_bag_info(("External-Identifier", value))) == []
    assert found(None, with_bag_info(("External-Identifier", value))) == []


def test_an_identifier_of_the_bag_that_differs_in_whatever_case_its_label_is() -> None:
    config = with_bag_info(("external-identifier", "10.5281/zenodo.2"))
    assert places(found(CITATION, config)) == [("HDR208", "edition.toml:20", "CITATION.cff:5")]


def test_a_doi_that_only_an_archive_learns() -> None:
    config = with_bag_info(("External-Identifier", "10.5281/zenodo.1"))
    silent = replace(CITATION, identifiers=())
    without = [replace(header, identifiers=()) for header in HEADERS]
    (finding,) = found(silent, config, *without)
    assert (finding.rule.code, str(finding.location)) == ("HDR208", "edition.toml:20")
    headed = replace(HEADERS[0], identifiers=(stated("doi:10.5281/zenodo.1", "ru.xml", 14),))
    assert found(silent, config, headed) == []
    other = with_bag_info(("External-Identifier", "10.5281/zenodo.2"))
    assert places(found(silent, other, headed)) == [("HDR208", "edition.toml:20", "ru.xml:14")]


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("talks 1.0.0", []),
        ("talks v1.0.0", []),
        ("talks 1.1.0", ["HDR214"]),
        ("558.11.329", []),
        ("f. 558, op. 11, d. 329", []),
        ("MS 2024.117", []),
        ("APRF 45.1.329", []),
        ("talks", []),
    ],
)
def test_the_version_of_the_bag(value: str, codes: list[str]) -> None:
    config = replace(with_bag_info(("Internal-Sender-Identifier", value)), name="talks")
    assert [each.rule.code for each in found(CITATION, config)] == codes
    assert [each.rule.code for each in found(None, config)] == codes


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("What was said in 1950.", []),
        ("what was said", []),
        ("Deposit of 2026. What was said in 1950", []),
        ("Letters", ["HDR215"]),
    ],
)
def test_the_description_of_the_bag(value: str, codes: list[str]) -> None:
    config = with_bag_info(("External-Description", value))
    said = replace(CITATION, abstract=stated("What was said in 1950.", "CITATION.cff", 7))
    assert [each.rule.code for each in found(said, config)] == codes
    assert found(None, config) == []


CONTACT = Author("Ann Bee", True, Location("CITATION.cff", 30), family="Bee", given="Ann", email="ann@example.org")


@pytest.mark.parametrize("name", ["Ann Bee", "Bee, Ann", "ann  bee"])
def test_a_contact_of_the_bag_that_agrees(name: str) -> None:
    config = with_bag_info(("Contact-Name", name), ("Contact-Email", "Ann@Example.org"))
    assert found(replace(CITATION, contact=(CONTACT,)), config) == []
    assert found(CITATION, config) == [], "a citation without a contact says nothing"


def test_a_contact_of_the_bag_that_differs() -> None:
    config = with_bag_info(("Contact-Name", "Cee"), ("Contact-Email", "ann@example.org"))
    findings = found(replace(CITATION, contact=(CONTACT,)), config)
    assert places(findings) == [("HDR209", "edition.toml:20", "CITATION.cff:30")]


def test_one_of_several_contacts_is_enough() -> None:
    contacts = (CONTACT, replace(CONTACT, name="Cee", given="", family="", email="cee@example.org"))
    config = with_bag_info(("Contact-Name", "Cee"), ("Contact-Email", "cee@example.org"))
    assert found(replace(CITATION, contact=contacts), config) == []


@pytest.mark.parametrize(
    ("identifier", "codes"),
    [
        ("https://orcid.org/0000-0002-1825-0097", []),
        ("https://orcid.org/0000-0001-5109-3700", ["HDR210"]),
        ("https://viaf.org/viaf/1", []),
        ("", []),
    ],
)
def test_one_person_has_one_orcid(identifier: str, codes: list[str]) -> None:
    author = Author("Danny Rozas", True, Location("CITATION.cff", 9), orcid="https://orcid.org/0000-0002-1825-0097")
    credit = Credit(stated("Danny Rozas", "ru.xml", 8), "translation", True, identifier)
    other = Credit(stated("Somebody", "ru.xml", 9), "notes", True, "https://orcid.org/0000-0001-5109-3700")
    one = replace(HEADERS[0], credits=(credit, other))
    assert [each.rule.code for each in found(replace(CITATION, authors=(author,)), CONFIG, one)] == codes


def test_publishers_of_the_files_differ() -> None:
    odd = replace(HEADERS[1], publisher=stated("the Project", "en.xml", 12))
    author = replace(CITATION.authors[0], name="Danny Rozas")
    findings = found(replace(CITATION, authors=(author,)), CONFIG, HEADERS[0], odd)
    assert places(findings) == [("HDR207", "en.xml:12", "ru.xml:12")]
