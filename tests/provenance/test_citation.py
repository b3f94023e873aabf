"""CITATION.cff: what is read of it, and everything that can be wrong with it, each at its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edition.diagnostics import Diagnostic, Location
from edition.errors import EditionError
from edition.provenance import licences
from edition.provenance.citation import Citation, read

MINIMAL = """\
cff-version: 1.2.0
message: Please cite it.
title: Talks
authors:
  - name: the project
"""
WHOLE = """\
# A comment.
cff-version: 1.2.0
type: dataset
message: "Please cite it: as below."
title: >-
  Record of Talks:
  Russian and English
version: 1.10
date-released: 2026-11-25
doi: 10.5281/zenodo.1003150
identifiers:
  - type: doi
    value: 10.5281/zenodo.1003150
    description: the same
  - {type: swh, value: "swh:1:rev:309cf2674ee7a0749978cf8265ab91a60aea0f7d"}
  - type: other
    value: APRF, f. 45
license: CC-BY-4.0
license-url: https://creativecommons.org/licenses/by/4.0/
url: https://example.org/talks
repository-code: https://example.org/code
keywords: [TEI, переговоры]
abstract: |
  First line.
  Second line.
authors:
  - family-names: Humboldt
    given-names: Alexander
    name-particle: von
    name-suffix: Jr.
    orcid: https://orcid.org/0000-0002-1825-0097
    affiliation: An Academy
  - name: the edition-toolkit project
    website: https://example.org
  - alias: anonymous
contact:
  - family-names: Humboldt
    email: a@example.org
references:
  - type: historical-work
    title: A paper
    authors: [{name: someone}]
    year: 1950
    languages: [ru, eng]
preferred-citation:
  type: edited-work
  title: Talks
  authors: [{family-names: A}]
  editors: [{name: b}]
"""


def cite(folder: Path, text: str | bytes) -> tuple[Citation | None, tuple[Diagnostic, ...]]:
    file = folder / "CITATION.cff"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(file, "CITATION.cff")


def line_of(text: str) -> Location:
    return Location("CITATION.cff", next(n for n, line in enumerate(WHOLE.splitlines(), 1) if text in line))


def test_a_whole_file(tmp_path: Path) -> None:
    citation, found = cite(tmp_path, WHOLE)
    assert found == ()
    assert citation is not None
    assert citation.title is not None
    assert citation.title.value == "Record of Talks: Russian and English"
    assert citation.title.location == line_of("title: >-")
    assert citation.version is not None
    assert (citation.version.value, citation.version.location) == ("1.10", line_of("version: 1.10"))
    assert citation.date_released is not None
    assert citation.date_released.value == "2026-11-25"
    assert [one.value for one in citation.licences] == ["CC-BY-4.0"]
    assert citation.abstract is not None
    assert citation.abstract.value == "First line. Second line."
    assert citation.repository is not None
    assert citation.repository.value == "https://example.org/code"
    assert [one.value for one in citation.keywords] == ["TEI", "переговоры"]
    assert [one.value for one in citation.identifiers] == [
        "10.5281/zenodo.1003150",
        "swh:1:rev:309cf2674ee7a0749978cf8265ab91a60aea0f7d",
        "APRF, f. 45",
    ]


def test_authors_are_persons_and_entities(tmp_path: Path) -> None:
    citation, _ = cite(tmp_path, WHOLE)
    assert citation is not None
    person, project, alias = citation.authors
    assert person.name == "Alexander von Humboldt Jr."
    assert person.names == ("Alexander von Humboldt Jr.", "von Humboldt, Alexander")
    assert (person.is_person, project.is_person, alias.is_person) == (True, False, True)
    assert person.orcid == "https://orcid.org/0000-0002-1825-0097"
    assert (project.name, alias.name) == ("the edition-toolkit project", "anonymous")
    assert project.location == line_of("- name: the edition-toolkit project")
    assert citation.contact[0].email == "a@example.org"


@pytest.mark.parametrize(
    "text", [MINIMAL, "\ufeff" + MINIMAL, "---\n" + MINIMAL + "...\n", MINIMAL.replace("\n", "\r\n")]
)
def test_a_minimal_file(tmp_path: Path, text: str) -> None:
    citation, found = cite(tmp_path, text)
    assert found == ()
    assert citation is not None
    assert citation.title is not None
    assert citation.title.value == "Talks"
    assert citation.version is citation.doi is citation.abstract is None


@pytest.mark.parametrize(
    ("text", "code", "line", "message", "hint"),
    [
        ("", "HDR101", 1, "the file is empty", "cff-version"),
        ("# only a comment\n", "HDR101", 1, "the file is empty", "cff-version"),
        ("just words\n", "HDR101", 1, "no table of keys", "cff-version: 1.2.0"),
        ("- a\n- b\n", "HDR101", 1, "no table of keys", "cff-version: 1.2.0"),
        (MINIMAL + "abstract: a: b\n", "HDR101", 6, "a second `: `", "into quotes"),
        (MINIMAL + "abstract: 'a\n", "HDR101", 7, "a quotation mark is not closed", "close it"),
        (MINIMAL + "\tabstract: a\n", "HDR101", 6, "a tab where blanks", "with blanks"),
        (MINIMAL + "abstract: @a\n", "HDR101", 6, "keeps for itself", "into quotes"),
        (MINIMAL + "abstract: [a\nb: c\n", "HDR101", 7, "not YAML", "quotes"),
        (MINIMAL + "--- \ntitle: b\n", "HDR101", 6, "a second document", "---"),
        (MINIMAL + "abstract: &a b\nurl: *a\n", "HDR101", 7, "the alias *a", "write the value itself"),
        (MINIMAL + "abstract: a\x07b\n", "HDR101", 6, "a character that YAML forbids", "take the control"),
        (MINIMAL + 'abstract: "a\\x07b"\n', "HDR101", 6, "a control character", "take it out"),
        (MINIMAL + 'abstract: "\\ud800"\n', "HDR101", 6, "a control character", "take it out"),
        (MINIMAL + 'abstract: "\\UFFFFFFFF"\n', "HDR101", 1, "out of range", "the character itself"),
        (MINIMAL + "keywords: " + "[" * 50 + "\n", "HDR101", 6, "nested more than 32 deep", "far less"),
        (MINIMAL + "keywords: [" + "a," * 30_000 + "]\n", "HDR101", 6, "more than 20000 values", "far less"),
        (MINIMAL.encode() + "abstract: Беседа\n".encode("cp1251"), "HDR101", 6, "not in UTF-8", "save it as UTF-8"),
        (MINIMAL.encode("utf-16"), "HDR101", 1, "not in UTF-8", "save it as UTF-8"),
        (MINIMAL.replace("title: Talks\n", ""), "HDR102", 1, "the file has no title", 'add title: "…"'),
        (MINIMAL.replace("cff-version: 1.2.0\n", ""), "HDR102", 1, "no cff-version", "add cff-version: 1.2.0"),
        (MINIMAL.replace("message: Please cite it.\n", ""), "HDR102", 1, "no message", 'add message: "…"'),
        (MINIMAL[: MINIMAL.index("authors")], "HDR102", 1, "no authors", "add authors:"),
        (MINIMAL + "identifiers: [{type: doi}]\n", "HDR102", 6, "identifiers 1 has no value", "add value: 10.5281"),
        (MINIMAL + "references: [{title: a, type: book}]\n", "HDR102", 6, "references 1 has no authors", "authors"),
        (MINIMAL + "licence: CC-BY-4.0\n", "HDR103", 6, 'unknown key "licence"', "did you mean license?"),
        (MINIMAL + "zzz: 1\n", "HDR103", 6, 'unknown key "zzz"', "known there: abstract, authors"),
        (MINIMAL + "    affiliation: a\n", "HDR103", 6, 'authors 1 has an unknown key "affiliation"', "known there"),
        (MINIMAL + "  - family-name: a\n", "HDR103", 6, 'authors 2 has an unknown key "family-name"', "family-names"),
        (MINIMAL + "<<: {a: 1}\n", "HDR103", 6, 'unknown key "<<"', "known there"),
        (
            MINIMAL + "references: [{qqqqq: 1, type: book, title: a, authors: [{name: a}]}]",
            "HDR103",
            6,
            "qqqqq",
            "take",
        ),
        (MINIMAL.replace("Talks", "1950"), "HDR104", 3, "title is 1950, which YAML reads as a number", '"1950"'),
        (MINIMAL.replace("Talks", "yes"), "HDR104", 3, "title is yes, which YAML reads as a truth value", '"yes"'),
        (MINIMAL.replace("Talks", "!!python/object:os.system x"), "HDR104", 3, "title is x", '"x"'),
        (MINIMAL.replace("Talks", ""), "HDR104", 3, "title is empty", "write a text"),
        (MINIMAL.replace("Talks", '" "'), "HDR104", 3, 'title is " ", not a text', "write it as in"),
        (MINIMAL.replace("Talks", "[a]"), "HDR104", 3, "title is a list, not a text", 'title: "…"'),
        (MINIMAL.replace("1.2.0", "1.1.0"), "HDR104", 1, 'cff-version is "1.1.0"', "1.2.0"),
        (MINIMAL.replace("1.2.0", "1.2"), "HDR104", 1, "cff-version is 1.2, which YAML reads as a number", '"1.2"'),
        (MINIMAL.replace("\n  - name: the project", " Me"), "HDR104", 4, "authors is not a list", "`- `"),
        (MINIMAL.replace("\n  - name: the project", " []"), "HDR104", 4, "authors is an empty list", "at least one"),
        (MINIMAL.replace("name: the project", "Me"), "HDR104", 5, "authors 1 is not a person", "write it as in"),
        (MINIMAL + "date-released: 25.11.2026\n", "HDR104", 6, 'date-released is "25.11.2026"', "2026-11-25"),
        (MINIMAL + "date-released: 2026-02-30\n", "HDR104", 6, 'date-released is "2026-02-30"', "2026-11-25"),
        (MINIMAL + "date-released: 2026\n", "HDR104", 6, "date-released is 2026, which YAML reads", "quotes"),
        (MINIMAL + "doi: https://doi.org/10.5281/x\n", "HDR104", 6, "not a DOI", "10.5281/zenodo"),
        (MINIMAL + "url: www.example.org\n", "HDR104", 6, "not an address", "https://"),
        (MINIMAL + "license: CC BY 4.0\n", "HDR104", 6, "no SPDX identifier", "write CC-BY-4.0"),
        (MINIMAL + "license: [MIT, cc-by]\n", "HDR104", 6, "license 2 is", "spdx.org"),
        (MINIMAL + "type: book\n", "HDR104", 6, 'type is "book", not one of: dataset, software', "dataset"),
        (MINIMAL + "identifiers: [{type: isbn, value: a}]\n", "HDR104", 6, "identifiers 1, type", "doi"),
        (MINIMAL + "identifiers: [{type: url, value: a}]\n", "HDR104", 6, "identifiers 1, value", "https://"),
        (MINIMAL + "    orcid: 0000-0002-1825-0097\n", "HDR104", 6, "authors 1, orcid", "https://orcid.org/"),
        (MINIMAL + "contact: [{email: a@b}]\n", "HDR104", 6, "not an e-mail address", "name@example.org"),
        (MINIMAL + "title: Other\n", "HDR105", 6, "the key title twice, first in line 3", "take one"),
    ],
)
def test_what_is_wrong_is_found_at_its_line(
    tmp_path: Path, text: str | bytes, code: str, line: int, message: str, hint: str
) -> None:
    _, found = cite(tmp_path, text)
    assert [(each.rule.code, each.location.path, each.location.line) for each in found] == [
        (code, "CITATION.cff", line)
    ]
    assert message in found[0].message
    assert hint in found[0].hint


def test_a_citation_with_faults_is_read_all_the_same(tmp_path: Path) -> None:
    citation, found = cite(tmp_path, "title: Talks\nversion: [1]\nlicense: CC-BY-4.0\n")
    assert sorted(each.rule.code for each in found) == ["HDR102", "HDR102", "HDR102", "HDR104"]
    assert citation is not None
    assert citation.title is not None
    assert citation.version is None
    assert citation.authors == ()


def test_long_values_are_cut(tmp_path: Path) -> None:
    _, found = cite(tmp_path, MINIMAL + f"url: '{'@.' * 50_000}'\ncontact: [{{email: '{'@.' * 50_000} '}}]\n")
    assert len(found) == 2
    assert all(len(each.message) < 200 for each in found)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match=r"CITATION\.cff: there is no such file"):
        read(tmp_path / "none", "CITATION.cff")
    with pytest.raises(EditionError, match="this is a folder"):
        read(tmp_path, "CITATION.cff")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(EditionError, match="not a regular file"):
        read(tmp_path / "pipe", "CITATION.cff")
    (tmp_path / "big").write_bytes(b"#" * (256 * 1024 + 1))
    with pytest.raises(EditionError, match="larger than 256 KiB"):
        read(tmp_path / "big", "CITATION.cff")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from([*MINIMAL.splitlines(), "- ", "? ", "{", "[", "'", '"\\U', "%", "!!"]))
    )
)
def test_no_text_ends_in_a_traceback(tmp_path: Path, text: str | list[str]) -> None:
    whole = text if isinstance(text, str) else "\n".join(text)
    citation, found = cite(tmp_path, whole.encode("utf-8", errors="surrogatepass"))
    assert citation is not None or found
    assert all(each.message and each.hint for each in found)


@pytest.mark.parametrize(
    ("address", "identifier"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("http://www.creativecommons.org/licenses/by-nc-sa/3.0/de/deed.de", "CC-BY-NC-SA-3.0-DE"),
        ("https://creativecommons.org/licenses/by-nd/4.0/legalcode", "CC-BY-ND-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://www.apache.org/licenses/LICENSE-2.0.html", "Apache-2.0"),
        ("https://opensource.org/license/mit", "mit"),
        ("https://example.org/licence", None),
        ("CC-BY-4.0", None),
    ],
)
def test_addresses_of_licences(address: str, identifier: str | None) -> None:
    assert licences.identifier(address) == identifier


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", True),
        ("cc-by-4.0", "CC-BY-4.0", True),
        ("MIT", "https://opensource.org/licenses/MIT", True),
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by-sa/4.0/", False),
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/3.0/", False),
        ("https://example.org/l", "https://example.org/l/", True),
        ("CC-BY-4.0", "https://example.org/l", False),
    ],
)
def test_the_same_licence(one: str, other: str, same: bool) -> None:
    assert licences.same(one, other) is same
    assert licences.same(other, one) is same


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-sa-4.0", "CC-BY-SA-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("CC BY", None),
        ("free", None),
    ],
)
def test_what_a_licence_is_likely_to_mean(text: str, meant: str | None) -> None:
    assert licences.likely_identifier(text) == meant
