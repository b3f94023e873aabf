"""Which schemas a document names, and what is said when one of them is not here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from edition.errors import EditionError, UsageError
from edition.schema.associations import Library, named_by
from edition.schema.catalogs import Catalogs
from edition.tei.parse import Document, read

XSD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>'
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

Make = Callable[[str], Document]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    (tmp_path / "texts").mkdir()
    (tmp_path / "a.xsd").write_text(XSD, encoding="utf-8")
    (tmp_path / "a.dtd").write_text("<!ELEMENT a EMPTY>", encoding="utf-8")

    def make(content: str) -> Document:
        (tmp_path / "texts" / "text.xml").write_text(content, encoding="utf-8")
        return read(tmp_path / "texts" / "text.xml", "texts/text.xml")

    return make


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("<a/>", []),
        ('<?xml-model href="x.rng"?><a/>', [("x.rng", "")]),
        ('<?xml-model href="x.rng?a=1&amp;b=2"?><a/>', [("x.rng?a=1&b=2", "")]),
        ('<?xml-model type="application/xml"?><a/>', []),
        (
            '<?xml-model href="x.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>'
            '<?xml-model href="x.rng" schematypens="http://purl.oclc.org/dsdl/schematron" phase="p"?><a/>',
            [("x.rng", ".rng"), ("x.rng", ".sch")],
        ),
        ('<?xml-model href="x" type="application/relax-ng-compact-syntax"?><a/>', [("x", ".rnc")]),
        (
            '<?xml-model href="x" type="application/relax-ng-compact-syntax" '
            'schematypens="http://relaxng.org/ns/structure/1.0"?><a/>',
            [("x", ".rnc")],
        ),
        ('<?xml-model href="x.rnc" schematypens="http://relaxng.org/ns/structure/1.0"?><a/>', [("x.rnc", ".rnc")]),
        (f'<a {XSI} xsi:noNamespaceSchemaLocation="x.xsd"/>', [("x.xsd", ".xsd")]),
        (f'<a xmlns="n" {XSI} xsi:schemaLocation="m m.xsd n n.xsd"/>', [("n.xsd", ".xsd")]),
        ('<!DOCTYPE a SYSTEM "x.dtd"><a/>', [("x.dtd", ".dtd")]),
        ('<!DOCTYPE a SYSTEM "x.dtd"><?xml-model href="x.rng"?><a/>', [("x.rng", "")]),
        ("<!DOCTYPE a><a/>", []),
    ],
)
def test_named_by(make: Make, content: str, named: list[tuple[str, str]]) -> None:
    assert [(each.address, each.language) for each in named_by(make(content))] == named


@pytest.mark.parametrize(
    "content",
    [
        '<?xml-model href="../a.xsd"?><a/>',
        f'<a {XSI} xsi:noNamespaceSchemaLocation="../a.xsd"/>',
        '<!DOCTYPE a SYSTEM "../a.dtd"><a/>',
    ],
)
def test_a_schema_beside_the_texts(make: Make, tmp_path: Path, content: str) -> None:
    (loaded,) = Library(tmp_path, Catalogs([])).of(make(content))
    schema = loaded.schema
    assert schema.path in ("a.xsd", "a.dtd")
    assert {file.resolve() for file in loaded.files} == {tmp_path / schema.path}
    assert list(schema.check(make(content))) == []
    assert list(schema.check(make("<b/>"))) != []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<a/>", "names none"),
        ('<?xml-model href="https://a.b/x.rng"?><a/>', "text.xml:1: .*https://a.b/x.rng.*not on this machine"),
        ('<?xml-model href="x.rng"?><a/>', "there is no such file"),
        ('<?xml-model href="../../x.rng"?><a/>', "outside"),
        ('<?xml-model href="file:///etc/passwd"?><a/>', "not on this machine"),
        ('<?xml-model href="/etc/passwd" type="application/xml-dtd"?><a/>', "outside"),
        ('<!DOCTYPE a PUBLIC "-//A//B" ""><a/>', "-//A//B"),
    ],
)
def test_a_schema_that_is_not_here(make: Make, tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as raised:
        Library(tmp_path, Catalogs([])).of(make(content))
    assert "--schema" in raised.value.advice


def test_a_schema_above_the_folder_is_read_in_the_same_working_copy_only(make: Make, tmp_path: Path) -> None:
    make('<?xml-model href="../a.xsd"?><a/>')
    document = read(tmp_path / "texts" / "text.xml", "text.xml")
    with pytest.raises(UsageError, match=r"\.\./a\.xsd.* outside") as raised:
        Library(tmp_path / "texts", Catalogs([])).of(document)
    assert raised.value.advice.startswith(f"run it from {tmp_path}, where both lie, or give it with --schema")
    (tmp_path / ".git").mkdir()
    (loaded,) = Library(tmp_path / "texts", Catalogs([])).of(document)
    assert {file.resolve() for file in loaded.files} == {tmp_path / "a.xsd"}
    (tmp_path / "texts" / ".git").write_text("gitdir: elsewhere")  # a working copy in the other one
    with pytest.raises(UsageError, match="outside"):
        Library(tmp_path / "texts", Catalogs([])).of(document)


def test_a_catalog_gives_what_the_web_has(make: Make, tmp_path: Path) -> None:
    entries = '<uri name="https://a.b/x.xsd" uri="a.xsd"/><public publicId="-//A//B" uri="a.dtd"/>'
    catalog = tmp_path / "catalog.xml"
    catalog.write_text(f'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">{entries}</catalog>')
    library = Library(tmp_path, Catalogs([(catalog, "catalog.xml")]))
    (loaded,) = library.of(make('<?xml-model href="https://a.b/x.xsd"?><a/>'))
    assert loaded.schema.path == "a.xsd"
    assert library.of(make('<?xml-model href="https://a.b/x.xsd"?><a/>')) == [loaded], "loaded once"
    (loaded,) = library.of(make('<!DOCTYPE a PUBLIC "-//A//B" "https://a.b/a.dtd"><a/>'))
    assert loaded.schema.path == "a.dtd"


def test_a_dtd_judges_a_document_and_gives_it_no_entities(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.dtd").write_text('<!ELEMENT a (#PCDATA)><!ATTLIST a n CDATA "1"><!ENTITY e "x">', encoding="utf-8")
    doctype = '<!DOCTYPE a SYSTEM "../a.dtd">'
    document = make(f"{doctype}<a/>")
    assert document.root is not None
    assert dict(document.root.attrib) == {}
    (loaded,) = Library(tmp_path, Catalogs([])).of(document)
    assert list(loaded.schema.check(document)) == []
    assert [each.rule.code for each in make(f"{doctype}<a>&e;</a>").findings] == ["XML103"]


def test_a_schema_location_of_another_namespace_is_said_to_be(make: Make, tmp_path: Path) -> None:
    elsewhere = f'<a xmlns="urn:a" {XSI} xsi:schemaLocation="urn:b a.xsd"/>'
    with pytest.raises(UsageError, match=r"text\.xml:1: its xsi:schemaLocation is for urn:b, .* of urn:a") as raised:
        Library(tmp_path, Catalogs([])).of(make(elsewhere))
    assert 'xsi:schemaLocation="urn:a FILE"' in raised.value.advice


def test_the_command_line_may_give_an_address_that_a_catalog_knows(tmp_path: Path, make: Make) -> None:
    catalog = tmp_path / "catalog.xml"
    entry = '<uri name="https://a.b/x.xsd" uri="a.xsd"/>'
    catalog.write_text(f'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">{entry}</catalog>')
    library = Library(tmp_path, Catalogs([(catalog, "catalog.xml")]))
    assert library.given("https://a.b/x.xsd").schema.path == "a.xsd"
    with pytest.raises(UsageError, match=r"https://a\.b/y\.xsd: it is not on this machine") as raised:
        library.given("https://a.b/y.xsd")
    assert "--catalog" in raised.value.advice


def test_a_broken_schema_says_so_for_each_of_its_documents(make: Make, tmp_path: Path) -> None:
    (tmp_path / "texts" / "broken.xsd").write_text("<schema/>", encoding="utf-8")
    library = Library(tmp_path, Catalogs([]))
    for _ in range(2):
        with pytest.raises(EditionError, match=r"broken\.xsd"):
            library.of(make('<?xml-model href="broken.xsd"?><a/>'))


IMPORTING = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" {}>
  <xs:include schemaLocation="https://a.b/far.xsd"/><xs:element name="a" type="t"/>
</xs:schema>"""
FAR = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="below/further.xsd"/>
  <xs:complexType name="t"><xs:attribute name="n" type="number"/></xs:complexType>
</xs:schema>"""
FURTHER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="number"><xs:restriction base="xs:integer"/></xs:simpleType>
</xs:schema>"""
VERSION = 'xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning" vc:minVersion="1.1"'


@pytest.mark.parametrize("attributes", ["", VERSION])
def test_an_xsd_imports_what_a_catalog_has(make: Make, tmp_path: Path, attributes: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "below").mkdir(parents=True)
    (elsewhere / "far.xsd").write_text(FAR, encoding="utf-8")
    (elsewhere / "below" / "further.xsd").write_text(FURTHER, encoding="utf-8")
    (tmp_path / "texts" / "own.xsd").write_text(IMPORTING.format(attributes), encoding="utf-8")
    entry = '<rewriteURI uriStartString="https://a.b/" rewritePrefix="elsewhere/"/>'
    catalog = tmp_path / "catalog.xml"
    catalog.write_text(f'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">{entry}</catalog>')
    own = str(tmp_path / "texts" / "own.xsd")
    (found,) = Library(tmp_path, Catalogs([(catalog, "catalog.xml")])).given(own).schema.check(make('<a n="x"/>'))
    assert (found.message, found.hint) == ('n="x" of <a> is not valid', "expected: a whole number")
    with pytest.raises(EditionError, match=r'own\.xsd:2: the schema wants "https://a\.b/far\.xsd"'):
        Library(tmp_path, Catalogs([])).given(own)
