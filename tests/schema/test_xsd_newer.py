"""XSD 1.1: assertions in the schema's words, and what a schema of it may not do."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.diagnostics import Diagnostic
from edition.errors import EditionError
from edition.schema import xsd
from edition.tei.parse import read

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"'
VERSION = 'xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning" vc:minVersion="1.1"'
NOTE = "<xs:annotation><xs:documentation>The range goes upwards.</xs:documentation></xs:annotation>"
ATTRIBUTES = '<xs:attribute name="from" type="xs:int" use="required"/><xs:attribute name="to" type="xs:int"/>'
EVEN = (
    '<xs:simpleType name="even"><xs:restriction base="xs:int"><xs:assertion test="$value mod 2 = 0"/>'
    "</xs:restriction></xs:simpleType>"
)


def ranges(assertion: str = '<xs:assert test="@from le @to"/>', more: str = "", attributes: str = "") -> str:
    return (
        f'<xs:schema {XS} {attributes}>\n<xs:element name="ranges"><xs:complexType><xs:sequence>\n'
        '<xs:element name="range" maxOccurs="unbounded"><xs:complexType><xs:sequence>'
        f'<xs:element name="note" type="xs:string" minOccurs="0"/></xs:sequence>{ATTRIBUTES}\n{assertion}'
        f"</xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>{more}</xs:schema>"
    )


def found(folder: Path, schema: str, document: str) -> list[Diagnostic]:
    (folder / "s.xsd").write_text(schema, encoding="utf-8")
    (folder / "d.xml").write_text(document, encoding="utf-8")
    return list(xsd.load(folder / "s.xsd", "s.xsd").check(read(folder / "d.xml", "d.xml")))


def test_an_assertion_is_told_at_its_element(tmp_path: Path) -> None:
    document = '<ranges><range from="1" to="2"/>\n<range from="3" to="2"/></ranges>'
    (each,) = found(tmp_path, ranges(), document)
    assert (each.rule.code, each.location.line, each.location.column) == ("SCH107", 2, 1)
    assert each.message == "<range> breaks an assertion of the schema"
    assert each.hint == "this must be true: @from le @to"
    (each,) = found(tmp_path, ranges(f'<xs:assert test="@from le @to">{NOTE}</xs:assert>'), document)
    assert each.hint == "The range goes upwards"


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ('<range from="1" to="two"/>', "SCH105", 'to="two" of <range> is not valid'),
        ('<range to="2"/>', "SCH104", "<range> has no from"),
        ('<range from="1" to="2"><nte/></range>', "SCH101", "<nte> is not known here, in <range>"),
    ],
)
def test_what_else_is_wrong_is_explained_as_for_xsd_1_0_and_told_once(
    tmp_path: Path, body: str, code: str, message: str
) -> None:
    (each,) = found(tmp_path, ranges(), f'<ranges>{body}<range from="1" to="2"/></ranges>')
    assert (each.rule.code, each.message) == (code, message)


def test_assertions_on_values(tmp_path: Path) -> None:
    schema = f'<xs:schema {XS}><xs:element name="n" type="even"/>{EVEN}</xs:schema>'
    assert found(tmp_path, schema, "<n>2</n>") == []
    assert [each.location.line for each in found(tmp_path, schema, "<n>3</n>")] == [1]


def test_types_that_depend_on_attributes(tmp_path: Path) -> None:
    schema = (
        f'<xs:schema {XS} {VERSION}><xs:complexType name="any"><xs:simpleContent><xs:extension base="xs:string">'
        '<xs:attribute name="kind"/></xs:extension></xs:simpleContent></xs:complexType>'
        '<xs:complexType name="number"><xs:simpleContent><xs:restriction base="any"><xs:pattern value="[0-9]+"/>'
        "</xs:restriction></xs:simpleContent></xs:complexType>"
        '<xs:element name="v" type="any"><xs:alternative test="@kind = \'number\'" type="number"/></xs:element>'
        "</xs:schema>"
    )
    assert found(tmp_path, schema, '<v kind="text">x</v>') == []
    (each,) = found(tmp_path, schema, '<v kind="number">x</v>')
    assert each.rule.code == "SCH107"


def test_a_schema_that_says_it_is_of_1_1_is_taken_so(tmp_path: Path) -> None:
    """In 1.0 an `all` may not hold an element twice."""
    schema = (
        f'<xs:schema {XS} {VERSION}><xs:element name="r"><xs:complexType><xs:all>'
        '<xs:element name="a" maxOccurs="2"/><xs:element name="b"/></xs:all></xs:complexType></xs:element>'
        "</xs:schema>"
    )
    assert found(tmp_path, schema, "<r><a/><b/><a/></r>") == []
    assert found(tmp_path, schema, "<r><a/></r>")


@pytest.mark.parametrize(
    ("assertion", "more", "says"),
    [
        ('<xs:assert test="@from le"/>', "", r"s\.xsd:4: the schema is broken"),
        ("<xs:assert test=\"doc('d.xml')\"/>", "", r"s\.xsd:4: an assertion cannot open files"),
        ("<xs:assert test=\"matches(@to, '(a+)+b')\"/>", "", r"s\.xsd:4: matching .* for ever"),
        ('<xs:assert test="matches(@to, @from)"/>', "", r"s\.xsd:4: an assertion matches by a pattern that is not"),
        (
            '<xs:assert test="1"/>',
            '\n<xs:simpleType name="x"><xs:restriction base="xs:string"><xs:pattern value="(a+)+"/></xs:restriction>'
            "</xs:simpleType>",
            r"s\.xsd:5: matching",
        ),
        ('<xs:assert test="1"/>', '\n<xs:element name="x" type="gone"/>', r"s\.xsd:5: the schema is broken"),
    ],
)
def test_a_schema_that_is_refused(tmp_path: Path, assertion: str, more: str, says: str) -> None:
    with pytest.raises(EditionError, match=says):
        found(tmp_path, ranges(assertion, more), '<ranges><range from="1" to="2"/></ranges>')


def test_patterns_that_are_written_in_an_assertion_may_be_matched(tmp_path: Path) -> None:
    asked = ranges("<xs:assert test=\"matches(string(@to), '^[0-9]+$') and not(matches(note, 'x'))\"/>")
    assert found(tmp_path, asked, '<ranges><range from="1" to="2"><note>y</note></range></ranges>') == []
    assert len(found(tmp_path, asked, '<ranges><range from="1" to="2"><note>x</note></range></ranges>')) == 1


def test_what_it_overrides_comes_from_its_folder(tmp_path: Path) -> None:
    override = f'<xs:schema {XS}>\n<xs:override schemaLocation="../o.xsd"/></xs:schema>'
    with pytest.raises(EditionError, match=r"s\.xsd:2: .* outside"):
        found(tmp_path, override, "<a/>")
    (tmp_path / "o.xsd").write_text(
        f'<xs:schema {XS}><xs:element name="a" type="t"/><xs:simpleType name="t"><xs:restriction base="xs:int"/>'
        "</xs:simpleType></xs:schema>",
        encoding="utf-8",
    )
    inside = '<xs:simpleType name="t"><xs:restriction base="xs:date"/></xs:simpleType>'
    override = f'<xs:schema {XS}><xs:override schemaLocation="o.xsd">{inside}</xs:override></xs:schema>'
    assert found(tmp_path, override, "<a>2020-01-01</a>") == []
    assert len(found(tmp_path, override, "<a>1</a>")) == 1


def test_a_file_too_large_for_it(tmp_path: Path) -> None:
    large = f'<ranges><range from="1" to="2"><note>{"x" * 3_000_000}</note></range></ranges>'
    with pytest.raises(EditionError, match="too large"):
        found(tmp_path, ranges(), large)
