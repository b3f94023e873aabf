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
    return load(folder / "play.xsd", "play.xsd")


def document(folder: Path, text: str, name: str = "a.xml") -> Document:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return read(file, name)


def told(schema: XsdSchema, folder: Path, body: str) -> Iterator[Diagnostic]:
    """What a schema says of a TEI element with this inside."""
    return schema.check(document(folder, f'<TEI xmlns="{TEI}">{body}</TEI>'))
