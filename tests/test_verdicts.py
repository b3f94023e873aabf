"""A clean verdict is remembered, and forgotten with whatever it rests on; a broken cache does no harm."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from edition import caching, cli
from edition.corpus import Judge
from edition.tei import parse
from edition.verdicts import MIN_BYTES, Verdicts

XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.tei-c.org/ns/1.0"
 xmlns="http://www.tei-c.org/ns/1.0"><xs:include schemaLocation="b.xsd"/><xs:element name="TEI">
<xs:complexType><xs:sequence><xs:element ref="p" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
</xs:element></xs:schema>"""
INCLUDED = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.tei-c.org/ns/1.0">
<xs:element name="p"><xs:complexType><xs:anyAttribute processContents="skip"/></xs:complexType></xs:element>
</xs:schema>"""
TEXT = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><p corresp="other.xml#a"/><p corresp="#b" xml:id="b"/>'
    f"{'<p/>' * (MIN_BYTES // 4)}</TEI>"
)

Validate = Callable[..., tuple[int, int]]


@pytest.fixture
def validate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Validate:
    """Validates text.xml; gives back the exit code and how often a text was parsed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITION_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.xsd").write_text(XSD, encoding="utf-8")
    (tmp_path / "b.xsd").write_text(INCLUDED, encoding="utf-8")
    (tmp_path / "text.xml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "other.xml").write_text('<a xml:id="a"/>', encoding="utf-8")
    judged: list[str] = []
    whole = Judge._findings

    def findings(self: Judge, document: parse.Document, *rest: object) -> object:
        judged.append(document.path)
        return whole(self, document, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Judge, "_findings", findings)

    def validate(*more: str) -> tuple[int, int]:
        judged.clear()
        code = cli.main(["validate", "text.xml", *(more or ("--schema", "a.xsd"))])
        capsys.readouterr()
        return code, len(judged)

    assert validate() == (0, 1)
    assert validate() == (0, 0), "what has not changed costs a digest"
    return validate


def test_another_text(validate: Validate, tmp_path: Path) -> None:
    (tmp_path / "text.xml").write_text(TEXT.replace("<p ", "<q ", 1), encoding="utf-8")
    assert validate() == (1, 1)
    assert validate() == (1, 1), "findings are found anew"
    (tmp_path / "text.xml").write_text(TEXT, encoding="utf-8")
    assert validate() == (0, 0), "the content counts, not the time"


def test_another_schema(validate: Validate, tmp_path: Path) -> None:
    (tmp_path / "b.xsd").write_text(INCLUDED.replace('name="p"', 'name="q"'), encoding="utf-8")
    assert validate()[0] == 3, "the schema is broken now"
    (tmp_path / "b.xsd").write_text(INCLUDED.replace("<xs:anyAttribute", "<xs:sequence/><xs:anyAttribute"), "utf-8")
    assert validate() == (0, 1)
    shutil.copy("a.xsd", "c.xsd")
    assert validate("--schema", "c.xsd") == (0, 1)


def test_what_it_points_to(validate: Validate, tmp_path: Path) -> None:
    (tmp_path / "other.xml").write_text('<a><b xml:id="a"/></a>', encoding="utf-8")
    assert validate() == (0, 0), "the id is still there"
    (tmp_path / "other.xml").write_text("<a/>", encoding="utf-8")
    assert validate() == (1, 1)
    (tmp_path / "other.xml").unlink()
    assert validate() == (1, 1)


def test_without_the_cache(validate: Validate) -> None:
    assert validate("--schema", "a.xsd", "--no-cache") == (0, 1)


def test_the_schemas_that_a_file_names(validate: Validate, tmp_path: Path) -> None:
    (tmp_path / "text.xml").write_text(f'<?xml-model href="urn:a"?>{TEXT}', encoding="utf-8")
    catalog = '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><uri name="urn:a" uri="{}"/></catalog>'
    (tmp_path / "catalog.xml").write_text(catalog.format("a.xsd"), encoding="utf-8")
    given = ("--catalog", "catalog.xml")
    assert validate(*given) == (0, 1)
    assert validate(*given) == (0, 0)
    (tmp_path / "other.xsd").write_text(XSD.replace('"TEI"', '"X"'), encoding="utf-8")
    (tmp_path / "catalog.xml").write_text(catalog.format("other.xsd"), encoding="utf-8")
    assert validate(*given) == (1, 1)
    assert validate("--no-cache")[0] == 2, "without the catalog, its schema is not there"


def test_the_dtd_that_gives_entities(validate: Validate, tmp_path: Path) -> None:
    text = TEXT.replace("<p/>", "<p>&one;</p>", 1).replace('<p corresp="#b"', '<p corresp="#b" n="&one;"')
    (tmp_path / "b.xsd").write_text(INCLUDED.replace("<xs:complexType>", '<xs:complexType mixed="true">'))
    (tmp_path / "text.xml").write_text(f'<!DOCTYPE TEI SYSTEM "far.dtd">{text}', encoding="utf-8")
    (tmp_path / "near.dtd").write_text('<!ENTITY % more SYSTEM "more.ent"> %more;', encoding="utf-8")
    (tmp_path / "more.ent").write_text("<!ENTITY one '1'>", encoding="utf-8")
    catalog = '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">{}</catalog>'
    (tmp_path / "next.xml").write_text(catalog.format('<system systemId="far.dtd" uri="near.dtd"/>'))
    (tmp_path / "catalog.xml").write_text(catalog.format('<nextCatalog catalog="next.xml"/>'))
    given = ("--schema", "a.xsd", "--catalog", "catalog.xml")
    assert validate(*given) == (0, 1)
    assert validate(*given) == (0, 0)
    (tmp_path / "more.ent").write_text("<!ENTITY two '2'>", encoding="utf-8")
    assert validate(*given)[0] == 1
    (tmp_path / "more.ent").write_text("<!ENTITY one '1'>", encoding="utf-8")
    assert validate(*given) == (0, 0)
    (tmp_path / "next.xml").write_text(catalog.format(""))
    assert validate(*given)[0] == 1, "the catalog has no DTD any more"


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\n", b"0\n[[], []]", b"[" * 100_000])
def test_a_damaged_entry_is_made_anew(validate: Validate, tmp_path: Path, damage: bytes) -> None:
    entries = [file for file in (tmp_path / "cache").rglob("*") if file.is_file()]
    assert len(entries) == 1
    entries[0].write_bytes(damage)
    assert validate() == (0, 1)
    assert validate() == (0, 0)


def test_a_sound_entry_of_another_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITION_CACHE", str(tmp_path))
    values: list[object] = [{}, [], [1, 2], [[["a"]], []], "x", [[[1, 2, 3]], [[1]]]]
    for value in values:
        caching.put("clean", "abc", value)
        assert caching.get("clean", "abc") == value
        assert Verdicts("").recall("abc") is None


def test_nowhere_to_write(validate: Validate, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "cache")
    (tmp_path / "cache").touch()
    assert validate() == (0, 1)
    assert validate() == (0, 1)
