"""The statement: what in-toto and SLSA demand of it, what it vouches for, and what is none."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition import __version__
from edition.provenance import statement
from tests.provenance.story import HISTORY

PAYLOAD = {"data/б.txt": {"sha512": "ab" * 64, "sha256": "cd" * 32}, "data/a.txt": {"sha512": "ef" * 64}}
URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")


def said(payload: dict[str, dict[str, str]] = PAYLOAD) -> dict[str, Any]:
    return dict(json.loads(statement.write(HISTORY, payload)))


def test_it_is_a_statement_on_every_file_of_the_payload() -> None:
    found = said()
    assert found["_type"] == "https://in-toto.io/Statement/v1"
    assert found["predicateType"] == "https://slsa.dev/provenance/v1"
    assert found["subject"] == [
        {"name": "data/a.txt", "digest": {"sha512": "ef" * 64}},
        {"name": "data/б.txt", "digest": {"sha256": "cd" * 32, "sha512": "ab" * 64}},
    ]
    assert set(found) == {"_type", "subject", "predicateType", "predicate"}


def test_the_predicate_has_what_slsa_requires() -> None:
    predicate = said()["predicate"]
    definition, details = predicate["buildDefinition"], predicate["runDetails"]
    assert URI.fullmatch(definition["buildType"])
    assert definition["externalParameters"] == {"configuration": "data/edition.toml"}
    assert definition["internalParameters"] == {"SOURCE_DATE_EPOCH": "1795608001"}
    assert URI.fullmatch(details["builder"]["id"])
    assert details["builder"]["version"]["edition-toolkit"] == __version__
    assert "metadata" not in details, "when it was built is not known"


def test_what_went_in_is_named_by_digest_or_by_address() -> None:
    dependencies = said()["predicate"]["buildDefinition"]["resolvedDependencies"]
    assert all(each.keys() & {"uri", "digest"} for each in dependencies)
    by_name = {each["name"]: each for each in dependencies}
    digests = {file.path: file.sha512 for file in HISTORY.files}
    assert by_name["data/source/ru.xml"]["digest"] == {"sha512": digests["data/source/ru.xml"]}
    assert by_name["the sources in git"]["digest"] == {"gitCommit": HISTORY.commit}
    assert re.fullmatch(r"pkg:pypi/weasyprint@[\d.]+", by_name["weasyprint"]["uri"])
    assert by_name["Pango"]["uri"] == "pkg:generic/pango@1.56.3"
    assert "data/talks.pdf" not in by_name, "it came out"


@given(st.binary(max_size=200) | st.recursive(st.text() | st.none(), st.lists).map(json.dumps).map(str.encode))
def test_whatever_bytes_they_are_there_is_an_answer(data: bytes) -> None:
    with pytest.raises(statement.NotAStatementError):
        statement.subjects(data)


def test_without_a_commit_none_is_named() -> None:
    text = statement.write(replace(HISTORY, commit=""), PAYLOAD)
    assert b"gitCommit" not in text


def test_it_is_the_same_each_time() -> None:
    assert statement.write(HISTORY, PAYLOAD) == statement.write(HISTORY, dict(reversed(PAYLOAD.items())))


def test_its_subjects_are_read_back() -> None:
    assert statement.subjects(statement.write(HISTORY, PAYLOAD)) == PAYLOAD


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "not JSON"),
        (b"\xff", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "Statement"),
        (b'{"_type": "https://in-toto.io/Statement/v0.1"}', "Statement"),
        (b'{"_type": "https://in-toto.io/Statement/v1", "predicateType": "https://example.org/"}', "predicate"),
        (
            b'{"_type": "https://in-toto.io/Statement/v1", "predicateType": "https://slsa.dev/provenance/v1"}',
            "subjects",
        ),
    ],
)
def test_what_is_no_statement(text: bytes, why: str) -> None:
    with pytest.raises(statement.NotAStatementError, match=why):
        statement.subjects(text)


@pytest.mark.parametrize(
    "subject",
    ["x", {}, {"name": "a"}, {"name": "a", "digest": {}}, {"name": "a", "digest": {"sha512": 1}}, {"name": 1}],
)
def test_a_subject_without_name_or_digest_is_none(subject: object) -> None:
    whole = said() | {"subject": [subject]}
    with pytest.raises(statement.NotAStatementError, match="subjects"):
        statement.subjects(json.dumps(whole).encode())
