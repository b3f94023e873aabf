"""A small schema and documents for it, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from edition.diagnostics import Diagnostic
from edition.schema.xsd import XsdSchema, load
from edition.tei.parse import Document, read

TEI = "http://www.tei-c.org/ns/1.0"

PLAY = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{TEI}" targetNamespace="{TEI}"
    elementFormDefault="qualified">
  <xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="xml.xsd"/>
  <xs:element name="TEI">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="teiHeader" minOccurs="0"><xs:complexType><xs:sequence>
          <xs:element name="title" type="xs:token"/>
          <xs:element name="edition" type="xs:decimal"/>
          <xs:element name="date"><xs:complexType><xs:attributeGroup ref="dated"/></xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>
        <xs:element ref="sp" minOccurs="0" maxOccurs="unbounded"/>
      </xs:sequence>
    </xs:complexType>
  </xs:element>
  <xs:element name="sp">
    <xs:annotation><xs:documentation>(speech) A turn. More of it.</xs:documentation></xs:annotation>
    <xs:complexType>
      <xs:sequence>
        <xs:element name="speaker" type="xs:token"/>
        <xs:element ref="stage" minOccurs="0"/>
        <xs:element ref="p" maxOccurs="unbounded"/>
      </xs:sequence>
      <xs:attribute name="who" use="required" type="pointers"/>
      <xs:attribute ref="xml:id"/>
      <xs:attribute name="n" type="xs:positiveInteger"/>
    </xs:complexType>
  </xs:element>
  <xs:element name="stage" type="xs:string"/>
  <xs:element name="p">
    <xs:complexType mixed="true">
      <xs:choice minOccurs="0" maxOccurs="unbounded">
        <xs:element ref="segment"/>
        <xs:element name="date">
          <xs:complexType mixed="true"><xs:attributeGroup ref="dated"/></xs:complexType>
        </xs:element>
      </xs:choice>
      <xs:anyAttribute namespace="##other" processContents="lax"/>
    </xs:complexType>
  </xs:element>
  <xs:element name="segment" abstract="true" type="phrase"/>
  <xs:element name="seg" substitutionGroup="segment" type="phrase"/>
  <xs:element name="hi" substitutionGroup="segment"><xs:complexType mixed="true"><xs:complexContent>
    <xs:extension base="phrase"><xs:attribute name="rend" use="required" type="rendition"/></xs:extension>
  </xs:complexContent></xs:complexType></xs:element>
  <xs:complexType name="phrase" mixed="true"><xs:choice minOccurs="0" maxOccurs="unbounded">
    <xs:element ref="segment"/>
  </xs:choice></xs:complexType>
  <xs:simpleType name="rendition"><xs:restriction base="xs:token">
    <xs:enumeration value="bold"/><xs:enumeration value="italic"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="pointer">
    <xs:annotation><xs:documentation>A pointer: #id</xs:documentation></xs:annotation>
    <xs:restriction base="xs:anyURI"><xs:pattern value="#\\S+"/></xs:restriction>
  </xs:simpleType>
  <xs:simpleType name="pointers"><xs:list itemType="pointer"/></xs:simpleType>
  <xs:simpleType name="time"><xs:union memberTypes="xs:date xs:gYearMonth xs:gYear"/></xs:simpleType>
  <xs:attributeGroup name="dated">
    <xs:attribute name="when" type="time"/>
    <xs:attribute name="cert" fixed="low"/>
  </xs:attributeGroup>
</xs:schema>"""

XML = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="id" type="xs:ID"/>
</xs:schema>"""

TURN = '<sp who="#a"><speaker>A:</speaker><p>Yes.</p></sp>'


def play(folder: Path, text: str = PLAY) -> XsdSchema:
    """The schema, written into `folder`."""
    (folder / "play.xsd").write_text(text, encoding="utf-8")
    (folder / "xml.xsd").write_text(XML, encoding="utf-8")
    schema = load(folder / "play.xsd", "play.xsd")
    assert isinstance(schema, XsdSchema)  # and none of XSD 1.1
    return schema


def document(folder: Path, text: str, name: str = "a.xml") -> Document:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return read(file, name)


def told(schema: XsdSchema, folder: Path, body: str) -> Iterator[Diagnostic]:
    """What a schema says of a TEI element with this inside."""
    return schema.check(document(folder, f'<TEI xmlns="{TEI}">{body}</TEI>'))


def sp(inside: str, attributes: str = 'who="#a"') -> str:
    return f"<sp {attributes}>{inside}</sp>"


def dated(attributes: str) -> str:
    return sp(f"<speaker/><p><date {attributes}/></p>")


GOOD = "<speaker>A:</speaker><p>Yes.</p>"
HEADER = "<teiHeader>{}</teiHeader>"
MISSPELT = TURN.replace("<sp ", "<spp ").replace("</sp>", "</spp>")
TITLED = HEADER.format("<title/><edition>{}</edition><date/>")

# One error each: what stands in TEI, and the code, part of the message and part of the hint of its only finding.
ERRORS: list[tuple[str, str, str, str]] = [
    (MISSPELT, "SCH101", "<spp> is not known here", "did you mean <sp>? (sp: a turn)"),
    (sp("<p/><speaker/>"), "SCH101", "<p> may not stand before <speaker>", "put <speaker> before it"),
    (sp(GOOD + "<stage/>"), "SCH101", "<stage> may not stand after <p>", "it goes before <p>"),
    (sp("<speaker/><speaker/><p/>"), "SCH101", "<speaker> stands in <sp> once too often", "<p> or <stage>"),
    (sp("<speaker/><p>x<p/></p>"), "SCH101", "<p> may not stand in <p>", "or the end of <p>"),
    (sp("<speaker/><p><b>x</b></p>"), "SCH101", "<b> is not known here", "did you mean <hi>?"),
    (sp("<speaker/><p><segment/></p>"), "SCH101", "<segment> may not stand in <p>", "<seg>"),
    (sp("<speaker><seg/></speaker><p/>"), "SCH101", "<seg> may not stand in <speaker>", "text alone"),
    (sp("<speaker/>"), "SCH102", "<sp> has no <p>", "add <p> after <speaker>"),
    (sp("<p/>"), "SCH102", "<speaker> is missing in <sp>, before <p>", "add <speaker>"),
    (HEADER.format("<date/>"), "SCH102", "<title> and <edition> are missing", "add <title> and <edition>"),
    (sp(GOOD, 'whoo="#a"'), "SCH103", "<sp> may not have whoo", "did you mean who?"),
    (sp(GOOD, 'who="#a" rend="x"'), "SCH103", "<sp> may not have rend", "<sp> may also have n or xml:id"),
    (sp(GOOD, ""), "SCH104", "<sp> has no who", 'add who="…", a pointer: #id'),
    (sp(GOOD, 'who="#a b"'), "SCH105", '"b" in who="#a b" of <sp> is not valid', 'did you mean "#b"?'),
    (sp(GOOD, 'who="#a" n="0"'), "SCH105", 'n="0" of <sp>', "a whole number, 1 or more"),
    (dated('when="22.1.1950"'), "SCH105", 'when="22.1.1950" of <date>', 'did you mean "1950-01-22"?'),
    (dated('when="soon"'), "SCH105", 'when="soon"', "expected: a date as YYYY-MM-DD, YYYY-MM or YYYY"),
    (dated('cert="high"'), "SCH105", 'cert="high" of <date>', 'it is always "low"'),
    (sp('<speaker/><p><hi rend="bould"/></p>'), "SCH105", 'rend="bould" of <hi>', 'did you mean "bold"?'),
    (TITLED.format("1,5"), "SCH105", '"1,5" in <edition>', 'did you mean "1.5"?'),
    (TITLED.format(""), "SCH105", "<edition> is empty", "a number such as 2 or 1.5"),
    (sp("<speaker/>Yes.<p/>"), "SCH106", 'the text "Yes." may not stand directly in <sp>', "<p> or <stage>"),
]
