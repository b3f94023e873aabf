"""The schema of the edition: it compiles, it agrees with its ODD, it takes the sources and refuses mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
import xmlschema
from lxml import etree, isoschematron
from xmlschema.validators import XsdAnyAttribute, XsdAnyElement, XsdAttribute, XsdComplexType, XsdElement

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schemas" / "record.xsd"
ODD = ROOT / "schemas" / "record.odd"
SOURCES = sorted((ROOT / "source").glob("*.xml"))

TEI = "{http://www.tei-c.org/ns/1.0}"
EXAMPLE = "{http://www.tei-c.org/ns/Examples}"
XML = "{http://www.w3.org/XML/1998/namespace}"
SCHEMATRON = "{http://purl.oclc.org/dsdl/schematron}"
XSD = "{http://www.w3.org/2001/XMLSchema}"


@dataclass
class Allowed:
    """What an element may bear: its attributes, those it must bear, and the closed lists of values."""

    attributes: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    values: dict[str, set[str]] = field(default_factory=dict)


@cache
def libxml2_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


@cache
def python_schema() -> xmlschema.XMLSchema10:
    return xmlschema.XMLSchema10(str(SCHEMA), allow="local")


@cache
def odd() -> etree._Element:
    return etree.parse(ODD).getroot()


@cache
def allowed_by_odd() -> dict[str, Allowed]:
    found: dict[str, Allowed] = {}
    for spec in odd().iter(f"{TEI}elementSpec"):
        allowed = found.setdefault(spec.attrib["ident"], Allowed())
        for attribute in spec.iter(f"{TEI}attDef"):
            if attribute.get("mode") == "delete":
                continue
            name = attribute.attrib["ident"]
            allowed.attributes.add(name)
            if attribute.get("usage") == "req":
                allowed.required.add(name)
            values = {
                item.attrib["ident"] for item in attribute.iterfind(f"{TEI}valList[@type='closed']/{TEI}valItem")
            }
            if values:
                allowed.values[name] = values
    return found


@cache
def allowed_by_xsd() -> dict[str, Allowed]:
    """An element of several declarations is allowed what any of them allows, and must bear what all ask."""
    found: dict[str, Allowed] = {}
    for element in declarations():
        attributes = attributes_of(element)
        required = {name for name, attribute in attributes.items() if attribute.use == "required"}
        known = element.local_name in found
        allowed = found.setdefault(element.local_name, Allowed(required=required))
        allowed.attributes |= set(attributes)
        allowed.required &= required if known else allowed.required
        for name, attribute in attributes.items():
            if attribute.type.enumeration:
                allowed.values.setdefault(name, set()).update(map(str, attribute.type.enumeration))
    return found


def declarations() -> Iterator[XsdElement]:
    for component in python_schema().iter_components(XsdElement):
        if isinstance(component, XsdElement) and component.ref is None:
            yield component


def attributes_of(element: XsdElement) -> dict[str, XsdAttribute]:
    """The attributes by name, as the ODD writes them."""
    if not isinstance(element.type, XsdComplexType):
        return {}
    found = {str(name).replace(XML, "xml:"): attribute for name, attribute in element.type.attributes.items()}
    return {name: attribute for name, attribute in found.items() if isinstance(attribute, XsdAttribute)}


# The schema and its ODD.


def test_both_libraries_compile_the_schema() -> None:
    assert libxml2_schema() is not None
    assert python_schema().validity == "valid"


def test_only_a_whole_file_can_be_valid() -> None:
    assert set(python_schema().elements) == {"TEI"}


def test_the_schema_leaves_nothing_open() -> None:
    assert not list(python_schema().iter_components(XsdAnyElement))
    assert not list(python_schema().iter_components(XsdAnyAttribute))


def test_odd_and_xsd_name_the_same_elements() -> None:
    assert set(allowed_by_odd()) == set(allowed_by_xsd())
    assert len(list(odd().iter(f"{TEI}elementSpec"))) == len(allowed_by_odd())


def test_odd_and_xsd_give_each_element_the_same_attributes() -> None:
    by_odd, by_xsd = allowed_by_odd(), allowed_by_xsd()
    assert {name: each for name, each in by_odd.items() if each != by_xsd.get(name)} == {}
    assert {name: each for name, each in by_xsd.items() if each != by_odd.get(name)} == {}


def test_modules_include_what_is_specified() -> None:
    included = {
        each.attrib["key"]: set(each.attrib["include"].split())
        for each in odd().iter(f"{TEI}moduleRef")
        if each.get("include")
    }
    specified: dict[str, set[str]] = {}
    for spec in odd().iter(f"{TEI}elementSpec"):
        specified.setdefault(spec.attrib["module"], set()).add(spec.attrib["ident"])
    assert included == specified


def test_every_group_of_specifications_is_used() -> None:
    groups = {f"#{group.attrib[f'{XML}id']}" for group in odd().iter(f"{TEI}specGrp")}
    assert groups == {reference.attrib["target"] for reference in odd().iter(f"{TEI}specGrpRef")}


@pytest.mark.parametrize("kind", ["element", "attribute", "simpleType", "complexType", "key", "unique"])
@pytest.mark.parametrize("file", [SCHEMA, SCHEMA.with_name("xml.xsd")], ids=lambda file: file.name)
def test_everything_named_is_documented(file: Path, kind: str) -> None:
    named = [each for each in etree.parse(file).iter(f"{XSD}{kind}") if each.get("name")]
    undocumented = [each.get("name") for each in named if not each.findtext(f"{XSD}annotation/{XSD}documentation")]
    assert not [name for name in undocumented if name != "TEI"]


# The examples of the guidelines.


def examples() -> Iterator[etree._Element]:
    for example in odd().iter(f"{EXAMPLE}egXML"):
        yield from example.iterdescendants(f"{EXAMPLE}*")


def test_examples_show_every_element_and_nothing_else() -> None:
    assert {etree.QName(each).localname for each in examples()} == set(allowed_by_odd())


def test_examples_have_the_attributes_that_are_specified() -> None:
    for element in examples():
        allowed = allowed_by_odd()[etree.QName(element).localname]
        bears = {str(name).replace(XML, "xml:"): str(value) for name, value in element.attrib.items()}
        assert set(bears) <= allowed.attributes, etree.tostring(element, encoding="unicode")
        assert allowed.required <= set(bears), etree.tostring(element, encoding="unicode")
        for name, value in bears.items():
            assert value in allowed.values.get(name, {value})


# The sources.


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_the_sources_are_valid(source: Path) -> None:
    schema = libxml2_schema()
    assert schema.validate(etree.parse(source)), schema.error_log
    assert python_schema().is_valid(str(source))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_the_sources_keep_the_constraints(source: Path) -> None:
    rules = constraints()
    assert rules.validate(etree.parse(source)), rules.error_log


@cache
def constraints() -> isoschematron.Schematron:
    """The constraints of the ODD as one Schematron schema, each in a pattern of its own."""
    schema = etree.Element(f"{SCHEMATRON}schema", nsmap={None: SCHEMATRON[1:-1]})
    etree.SubElement(schema, f"{SCHEMATRON}ns", prefix="tei", uri=TEI[1:-1])
    for rule in odd().iter(f"{SCHEMATRON}rule"):
        pattern = etree.SubElement(schema, f"{SCHEMATRON}pattern")
        pattern.append(etree.fromstring(etree.tostring(rule, with_tail=False)))
    return isoschematron.Schematron(schema)


# The mistakes that encoders make, each made in this small record.

RECORD = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader xml:lang="en">
    <fileDesc>
      <titleStmt>
        <title type="main">A record</title>
        <title type="sub">English translation</title>
        <respStmt><resp>encoding</resp><orgName xml:id="project">the project</orgName></respStmt>
      </titleStmt>
      <editionStmt><edition n="1.0.0">Version 1.0.0</edition></editionStmt>
      <publicationStmt>
        <publisher>the project</publisher>
        <date when="2026-11-25">25 November 2026</date>
        <availability>
          <licence target="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</licence>
        </availability>
      </publicationStmt>
      <sourceDesc><bibl xml:id="pdf">A publication, <idno type="wcda">111245</idno>.</bibl></sourceDesc>
    </fileDesc>
    <encodingDesc><projectDesc><p>For a test.</p></projectDesc></encodingDesc>
    <profileDesc><langUsage><language ident="en">English</language></langUsage></profileDesc>
    <revisionDesc><change when="2026-11-25" who="#project">Made.</change></revisionDesc>
  </teiHeader>
  <text xml:lang="en">
    <body>
      <pb n="29" xml:id="l29"/>
      <fw type="stamp">29</fw>
      <head xml:id="head" corresp="record.ru.xml#head">Record</head>
      <dateline><date when="1950-01-22">22 January 1950</date></dateline>
      <div type="opening"><p xml:id="opening">They met.</p></div>
      <div type="conversation">
        <sp xml:id="e1" who="persons.xml#mao" corresp="record.ru.xml#t1">
          <speaker>Mao Zedong:</speaker>
          <p xml:id="e1p1" corresp="record.ru.xml#t1p1">In <placeName ref="persons.xml#china">China</placeName> since
            <date when="1949-10">October 1949</date> at <num value="2">two</num> percent, for
            <measure quantity="10" unit="year">ten years</measure>, a <term ref="persons.xml#dogovor">treaty</term> of
            <choice><sic>frendship</sic><corr cert="high" resp="#project">friendship</corr></choice> with
            <supplied resp="#project">the</supplied> <persName ref="persons.xml#zhou">Zhou Enlai</persName>.<note
            xml:id="n-e1-1" type="commentary" resp="#project" xml:lang="en">Not in the <q>Russian</q>.</note></p>
          <pb n="30" xml:id="l30" cert="low" resp="#project"/>
          <p xml:id="e1p2" corresp="record.ru.xml#t1p2">Agreed <milestone unit="page" edRef="#pdf"/> today.</p>
        </sp>
      </div>
      <div type="duration"><p xml:id="duration">Two hours.</p></div>
      <div type="attendance">
        <p xml:id="attendance">Present:
          <list type="attendees" rend="inline"><item><persName ref="persons.xml#mao">Mao</persName>.</item></list></p>
      </div>
    </body>
  </text>
</TEI>
"""

DATELINE = '<dateline><date when="1950-01-22">22 January 1950</date></dateline>'
SPEAKER = "<speaker>Mao Zedong:</speaker>"
SECOND = '<p xml:id="e1p2" corresp="record.ru.xml#t1p2">Agreed <milestone unit="page" edRef="#pdf"/> today.</p>'
CORRECTION = '<corr cert="high" resp="#project">friendship</corr>'
RESPONSIBILITY = '<respStmt><resp>encoding</resp><orgName xml:id="project">the project</orgName></respStmt>'
LICENCE = ' target="https://creativecommons.org/licenses/by/4.0/"'
HEADER = RECORD[RECORD.index("  <teiHeader") : RECORD.index("  <text")]
TEXT = RECORD[RECORD.index("  <text") : RECORD.index("</TEI>")]

MISTAKES = {
    "unknown element": ('<num value="2">two</num>', '<number value="2">two</number>'),
    "element of no namespace": ("<fw ", '<fw xmlns="" '),
    "element out of its place": ("<body>", "<body><p xml:id='stray'>Stray.</p>"),
    "speaker after the words": (SPEAKER, f"<p xml:id='e1p0'>First.</p>{SPEAKER}"),
    "two speakers": (SPEAKER, SPEAKER * 2),
    "no speaker": (SPEAKER, ""),
    "turn without words": ("</sp>", f'</sp><sp xml:id="e2" who="#a">{SPEAKER}</sp>'),
    "turn in a turn": (SECOND, f'<sp xml:id="e2" who="#a">{SPEAKER}{SECOND}</sp>'),
    "paragraph in a paragraph": ("They met.", '<p xml:id="inner">They met.</p>'),
    "turns and loose paragraphs": ("</sp>", '</sp><p xml:id="loose">Loose.</p>'),
    "two heads": ("<dateline>", '<head xml:id="head2">Again</head><dateline>'),
    "no head": ('<head xml:id="head" corresp="record.ru.xml#head">Record</head>', ""),
    "date before head": ('<head xml:id="head"', f'{DATELINE}<head xml:id="head"'),
    "dateline without date": (DATELINE, "<dateline>22 January</dateline>"),
    "a part left out": ('<div type="duration"><p xml:id="duration">Two hours.</p></div>', ""),
    "a part twice": ('<div type="duration">', '<div type="opening">'),
    "part of unknown type": ('<div type="duration">', '<div type="length">'),
    "part without type": ('<div type="duration">', "<div>"),
    "loose text in a part": ('<div type="duration">', '<div type="duration">Two hours.'),
    "loose text in a turn": (SPEAKER, f"{SPEAKER} I think"),
    "loose text in a list": ("<item>", "and <item>"),
    "missing who": (' who="persons.xml#mao"', ""),
    "who without number sign": ('who="persons.xml#mao"', 'who="mao"'),
    "who with two persons": ('who="persons.xml#mao"', 'who="persons.xml#mao persons.xml#zhou"'),
    "who with a key": ('who="persons.xml#mao"', 'key="mao"'),
    "misspelt attribute": ("corresp=", "coresp="),
    "attribute in capitals": (' who="', ' Who="'),
    "attribute of TEI that is not kept": ("<sp ", '<sp rend="bold" '),
    "pointer to a whole file": ('corresp="record.ru.xml#t1p1"', 'corresp="record.ru.xml"'),
    "pointer out of the folder": ('corresp="record.ru.xml#t1p1"', 'corresp="../record.ru.xml#t1p1"'),
    "missing xml:id of a turn": ('<sp xml:id="e1"', "<sp"),
    "missing xml:id of a paragraph": ('<p xml:id="e1p2"', "<p"),
    "missing xml:id of a leaf": (' xml:id="l29"', ""),
    "missing xml:id of a note": ('xml:id="n-e1-1" ', ""),
    "id without xml:": ('<p xml:id="e1p2"', '<p id="e1p2"'),
    "xml:id that is no name": ('xml:id="e1p2"', 'xml:id="1p2"'),
    "xml:id given twice": ('xml:id="e1p2"', 'xml:id="e1p1"'),
    "xml:id in the header prose": ("<p>For a test.</p>", '<p xml:id="x">For a test.</p>'),
    "when that is no date": ('when="1949-10"', 'when="October 1949"'),
    "when of the thirteenth month": ('when="1949-10"', 'when="1949-13"'),
    "when of 30 February": ('when="1949-10"', 'when="1949-02-30"'),
    "when in the Russian order": ('when="1949-10"', 'when="10.1949"'),
    "when with an hour": ('when="1949-10"', 'when="1949-10-01T12:00:00"'),
    "when left out": ('<date when="1949-10">', "<date>"),
    "leaf of another file": ('n="30"', 'n="39"'),
    "leaf with a letter": ('n="30"', 'n="30v"'),
    "leaf that begins twice": ('n="30"', 'n="29"'),
    "leaf without number": (' n="30"', ""),
    "number in words": ('value="2"', 'value="two"'),
    "number with a comma": ('value="2"', 'value="2,5"'),
    "number with its unit": ('quantity="10"', 'quantity="10 years"'),
    "number without value": (' value="2"', ""),
    "number with value and bound": (' value="2"', ' value="2" atLeast="1"'),
    "measure without quantity": (' quantity="10"', ""),
    "range without upper bound": (' quantity="10"', ' atLeast="10"'),
    "unit that is not kept": ('unit="year"', 'unit="years"'),
    "name without ref": ('<placeName ref="persons.xml#china">', "<placeName>"),
    "name with an empty ref": ('ref="persons.xml#china"', 'ref=""'),
    "term without ref": ('<term ref="persons.xml#dogovor">', "<term>"),
    "certainty in words": ('cert="high"', 'cert="sure"'),
    "certainty in capitals": ('cert="high"', 'cert="High"'),
    "correction without certainty": ('cert="high" ', ""),
    "correction without author": (' resp="#project">friendship', ">friendship"),
    "correction without slip": ("<sic>frendship</sic>", ""),
    "correction before slip": (f"<sic>frendship</sic>{CORRECTION}", f"{CORRECTION}<sic>frendship</sic>"),
    "slip beside regular form": (CORRECTION, '<reg resp="#project">friendship</reg>'),
    "addition without author": ('<supplied resp="#project">', "<supplied>"),
    "note of unknown type": ('type="commentary"', 'type="comment"'),
    "note without language": (' xml:lang="en">Not in', ">Not in"),
    "note in a note": (
        "<q>Russian</q>",
        '<note xml:id="n" type="textual" resp="#project" xml:lang="en">Twice.</note>',
    ),
    "language that is not kept": ('<text xml:lang="en">', '<text xml:lang="rus">'),
    "stamp of unknown type": ('<fw type="stamp">', '<fw type="seal">'),
    "line with a number": ("today", '<lb n="2"/>today'),
    "page end without edition": (' edRef="#pdf"', ""),
    "attendee without name": ('<persName ref="persons.xml#mao">Mao</persName>.', "Mao."),
    "two attendees in one item": ("Mao</persName>.", 'Mao</persName>, <persName ref="#zhou">Zhou</persName>.'),
    "list of another type": ('<list type="attendees" rend="inline">', '<list type="bulleted" rend="inline">'),
    "list that does not say that it is in a sentence": (' rend="inline"', ""),
    "list in a turn": ("Agreed ", "Agreed <list type='attendees'><item/></list>"),
    "only one title": ('<title type="sub">English translation</title>', ""),
    "header without principles": ("<encodingDesc><projectDesc><p>For a test.</p></projectDesc></encodingDesc>", ""),
    "header parts out of order": (
        "<encodingDesc>",
        "<revisionDesc><change when='2026'/></revisionDesc><encodingDesc>",
    ),
    "version that is no version": ('n="1.0.0"', 'n="first"'),
    "licence without address": (LICENCE, ""),
    "licence at no address": (LICENCE, ' target="CC BY 4.0"'),
    "no responsibility": (RESPONSIBILITY, ""),
    "no text": (TEXT, ""),
    "no header": (HEADER, ""),
    "two texts": ("</TEI>", TEXT.replace('xml:id="', 'xml:id="z') + "</TEI>"),
    "no namespace": (' xmlns="http://www.tei-c.org/ns/1.0"', ""),
    "another namespace": ("http://www.tei-c.org/ns/1.0", "http://www.tei-c.org/ns/2.0"),
}


def parsed(text: str) -> etree._ElementTree:
    """Without collecting ids, as the edition parses: an id given twice is then left to the schema."""
    return etree.ElementTree(etree.fromstring(text, etree.XMLParser(collect_ids=False)))


def test_the_record_without_mistakes_is_valid() -> None:
    schema = libxml2_schema()
    assert schema.validate(parsed(RECORD)), schema.error_log
    assert constraints().validate(parsed(RECORD)), constraints().error_log


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused(mistake: str) -> None:
    right, wrong = MISTAKES[mistake]
    assert right in RECORD
    text = RECORD.replace(right, wrong, 1)
    assert not libxml2_schema().validate(parsed(text))
    assert not python_schema().is_valid(text)


@pytest.mark.parametrize("name", ["web-address", "link"])
def test_the_schema_tells_of_both_beginnings_of_an_address_that_it_takes(name: str) -> None:
    xsd = python_schema()
    (told,) = etree.parse(SCHEMA).xpath(f"//*[@name='{name}']/*[local-name() = 'annotation']/*/text()")
    for beginning in ("https://", "http://"):
        assert xsd.types[name].is_valid(f"{beginning}example.org/a")
        assert f" {beginning}" in told
    assert not xsd.types[name].is_valid("ftp://example.org/a")


# What the schema cannot say and the constraints of the ODD do.

BEYOND_THE_SCHEMA = {
    "parts out of order": (
        'type="duration"',
        'type="?"',
        'type="opening"',
        'type="duration"',
        'type="?"',
        'type="opening"',
    ),
    "untranslated paragraph of a translated turn": (' corresp="record.ru.xml#t1p1"', ""),
    "uncertain leaf without author": (' cert="low" resp="#project"', ' cert="low"'),
}


@pytest.mark.parametrize("mistake", BEYOND_THE_SCHEMA)
def test_a_constraint_finds_what_the_schema_cannot(mistake: str) -> None:
    swaps = BEYOND_THE_SCHEMA[mistake]
    text = RECORD
    for right, wrong in zip(swaps[::2], swaps[1::2], strict=True):
        assert right in text
        text = text.replace(right, wrong, 1)
    assert libxml2_schema().validate(parsed(text))
    assert not constraints().validate(parsed(text))
