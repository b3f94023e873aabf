"""What OASIS catalogs lead to, rule by rule of the standard (XML Catalogs 1.1, section 7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.errors import ConfigError, EditionError
from edition.schema.catalogs import Catalogs, from_environment
from edition.schema.files import finding_by
from edition.schema.languages import load
from edition.tei.parse import read

NAMESPACE = "urn:oasis:names:tc:entity:xmlns:xml:catalog"


def catalogs(folder: Path, entries: str, attributes: str = "", name: str = "catalog.xml") -> Catalogs:
    (folder / name).write_text(f'<catalog xmlns="{NAMESPACE}" {attributes}>{entries}</catalog>', encoding="utf-8")
    return Catalogs([(folder / name, name)])


@pytest.mark.parametrize(
    ("entries", "address", "leads_to"),
    [
        ('<uri name="http://a/x.rng" uri="x.rng"/>', "http://a/x.rng", "x.rng"),
        ('<uri name="http://a/x.rng" uri="x.rng"/>', "http://a/X.rng", None),
        ('<system systemId="http://a/x.rng" uri="x.rng"/>', "http://a/x.rng", None),
        ('<rewriteURI uriStartString="http://a/" rewritePrefix="local/"/>', "http://a/b/x.rng", "local/b/x.rng"),
        ('<uriSuffix uriSuffix="/x.rng" uri="x.rng"/>', "http://a/b/x.rng", "x.rng"),
        ('<uri name="http://a/x.rng" uri="http://b/x.rng"/>', "http://a/x.rng", None),
        ('<group xml:base="sub/"><uri name="http://a/x.rng" uri="x.rng"/></group>', "http://a/x.rng", "sub/x.rng"),
        ('<uri name="http://a/x.rng" uri="a%20b.rng"/>', "http://a/x.rng", "a b.rng"),
        ('<public publicId="-//A//B" uri="x.rng"/>', "urn:publicid:-:A:B", "x.rng"),
        (
            '<rewriteURI uriStartString="http://a/" rewritePrefix="1/"/>'
            '<rewriteURI uriStartString="http://a/b/" rewritePrefix="2/"/>',
            "http://a/b/x.rng",
            "2/x.rng",
        ),
    ],
)
def test_addresses(tmp_path: Path, entries: str, address: str, leads_to: str | None) -> None:
    found = catalogs(tmp_path, entries).schema(address)
    assert found == (tmp_path / leads_to if leads_to else None)


BOTH = '<public publicId="-//A//B" uri="p.dtd"/><system systemId="http://a/x.dtd" uri="s.dtd"/>'


@pytest.mark.parametrize(
    ("attributes", "public", "system", "leads_to"),
    [
        ("", "-//A//B", "http://a/x.dtd", "s.dtd"),
        ("", "-//A//B", "http://a/other.dtd", "p.dtd"),
        ("", " -//A//B\n", "http://a/other.dtd", "p.dtd"),
        ('prefer="system"', "-//A//B", "http://a/other.dtd", None),
        ('prefer="system"', "-//A//B", "", "p.dtd"),
        ("", "", "urn:publicid:-:A:B", "p.dtd"),
    ],
)
def test_the_names_of_a_doctype(
    tmp_path: Path, attributes: str, public: str, system: str, leads_to: str | None
) -> None:
    found = catalogs(tmp_path, BOTH, attributes).external(public, system)
    assert found == (tmp_path / leads_to if leads_to else None)


def test_further_catalogs_are_asked_last_and_circles_end(tmp_path: Path) -> None:
    catalogs(tmp_path, '<nextCatalog catalog="catalog.xml"/><uri name="http://b" uri="b"/>', name="next.xml")
    first = catalogs(tmp_path, '<nextCatalog catalog="next.xml"/><uri name="http://a" uri="a"/>')
    assert first.schema("http://a") == tmp_path / "a"
    assert first.schema("http://b") == tmp_path / "b"
    assert first.schema("http://c") is None


def test_a_delegate_is_the_only_one_to_ask(tmp_path: Path) -> None:
    catalogs(tmp_path, '<uri name="http://a/1" uri="one"/>', name="theirs.xml")
    asked = catalogs(
        tmp_path,
        '<delegateURI uriStartString="http://a/" catalog="theirs.xml"/><nextCatalog catalog="more.xml"/>',
    )
    catalogs(tmp_path, '<uri name="http://a/2" uri="two"/>', name="more.xml")
    assert asked.schema("http://a/1") == tmp_path / "one"
    assert asked.schema("http://a/2") is None


@pytest.mark.parametrize("content", [None, "<catalog>", "<catalog/>", "no xml"])
def test_what_is_no_catalog_is_told_at_once(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "catalog.xml").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"catalog\.xml"):
        Catalogs([(tmp_path / "catalog.xml", "catalog.xml")])


def test_the_environment_names_paths_and_addresses() -> None:
    assert from_environment("file:///etc/xml/my%20own catalog.xml") == ["/etc/xml/my own", "catalog.xml"]


def test_a_schema_finds_its_parts_through_catalogs_too(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "near").mkdir()
    (tmp_path / "far" / "part.rnc").write_text('include "more.rnc"')
    (tmp_path / "far" / "more.rnc").write_text("start = element r { empty }")
    (tmp_path / "near" / "s.rng").write_text(
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="http://example.org/p.rnc"/></grammar>'
    )
    (tmp_path / "catalog.xml").write_text(
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
        '<uri name="http://example.org/p.rnc" uri="far/part.rnc"/></catalog>'
    )
    (tmp_path / "d.xml").write_text("<s/>")
    file = tmp_path / "near" / "s.rng"
    with pytest.raises(EditionError, match="nothing comes from the network"):
        load(file, "s.rng")
    with finding_by(Catalogs([(tmp_path / "catalog.xml", "catalog.xml")]).schema):
        found = load(file, "s.rng")
    (wrong,) = found.check(read(tmp_path / "d.xml", "d.xml"))
    assert wrong.hint == "expected: <r>"
