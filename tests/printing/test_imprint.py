"""What names the edition in its print: the best identifier that it states."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from edition.packing import imprint
from edition.provenance.citation import read as read_citation
from tests.printing.printed import IMPRINT, parsed, printed, rewrite, sample

CITATION = """\
cff-version: 1.2.0
message: Cite it.
title: A Talk on Bridges
authors: [{name: An editor}]
"""
ARK = "identifiers: [{type: other, value: 'ark:/12148/btv1b8449691v'}]\n"
DOI = "doi: 10.5281/zenodo.1234\n"
REPOSITORY = "repository-code: https://example.org/bridges.git\n"
URL = "url: https://example.org/bridges\n"


@pytest.mark.parametrize(
    ("stated", "idno", "expected"),
    [
        (ARK + DOI + URL, "urn:nbn:de:1", "10.5281/zenodo.1234"),
        (ARK + URL, "urn:nbn:de:1", "ark:/12148/btv1b8449691v"),
        (REPOSITORY + URL, "urn:nbn:de:1", "urn:nbn:de:1"),
        (REPOSITORY + URL, "", "https://example.org/bridges"),
        (REPOSITORY, "", "https://example.org/bridges.git"),
        ("", "", ""),
    ],
)
def test_the_best_identifier_names_the_edition(stated: str, idno: str, expected: str, tmp_path: Path) -> None:
    config = sample(tmp_path)
    if idno:
        said = f"</publisher><idno>{idno}</idno></publicationStmt>"
        rewrite(tmp_path / "talk.en.xml", ("</publisher></publicationStmt>", said))
    (tmp_path / "CITATION.cff").write_text(CITATION + stated, "utf-8")
    _, edition = parsed(config)
    citation, _ = read_citation(tmp_path / "CITATION.cff", "CITATION.cff")
    assert imprint(config, edition, citation).identifier == expected


def test_a_file_is_named_even_where_nobody_gave_an_identifier(tmp_path: Path) -> None:
    rendering = printed(sample(tmp_path), replace(IMPRINT, identifier=""))
    assert rendering.diagnostics == ()
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf, pdf.open_metadata() as said:
        assert said["dc:identifier"] == "sample 1.0.0"
