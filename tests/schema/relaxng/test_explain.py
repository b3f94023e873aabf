"""Explanations: those of an XSD in the same words, and what only RELAX NG can ask for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from edition.schema import explain as explaining
from edition.schema.relaxng.schema import RelaxNgSchema
from tests.schema.plays import ERRORS, TEI, document
from tests.schema.relaxng.schemas import attribute, element, findings, grammar, schema, start, told

DATED = """<define name="dated">
  <optional><attribute name="when"><choice><data type="date"/><data type="gYearMonth"/><data type="gYear"/></choice>
  </attribute></optional>
  <optional><attribute name="cert"><value>low</value></attribute></optional>
</define>"""

# The schema of `plays` once more.
PLAY = (
    '<start><element name="TEI"><optional><element name="teiHeader">'
    '<element name="title"><data type="token"/></element><element name="edition"><data type="decimal"/></element>'
    '<element name="date"><ref name="dated"/></element></element></optional>'
    '<zeroOrMore><ref name="sp"/></zeroOrMore></element></start>',
    """<define name="sp"><element name="sp"><a:documentation>(speech) a turn. More of it.</a:documentation>
  <element name="speaker"><text/></element>
  <optional><element name="stage"><text/></element></optional>
  <oneOrMore><ref name="p"/></oneOrMore>
  <attribute name="who"><list><zeroOrMore><data type="anyURI"><param name="pattern">#\\S+</param></data></zeroOrMore>
  </list></attribute>
  <optional><attribute name="xml:id"><data type="ID"/></attribute></optional>
  <optional><attribute name="n"><data type="positiveInteger"/></attribute></optional>
</element></define>""",
    """<define name="p"><element name="p"><zeroOrMore><choice><text/><ref name="segment"/>
  <element name="date"><text/><ref name="dated"/></element></choice></zeroOrMore></element></define>
<define name="segment"><choice>
  <element name="seg"><ref name="phrase"/></element>
  <element name="hi"><ref name="phrase"/>
    <attribute name="rend"><choice><value>bold</value><value>italic</value></choice></attribute></element>
</choice></define>
<define name="phrase"><zeroOrMore><choice><text/><ref name="segment"/></choice></zeroOrMore></define>""",
    DATED,
)


@pytest.fixture
def play(tmp_path: Path) -> RelaxNgSchema:
    return schema(tmp_path, grammar(*PLAY, attributes=f'ns="{TEI}"'))


# What RELAX NG has not: abstract elements, fixed values, notes on types.
OTHERWISE = {
    "<segment> may not stand in <p>": "<segment> is not known here, in <p>",
    'it is always "low"': 'expected: "low"',
    'add who="…", a pointer: #id': 'add who="…", a pointer',
}


@pytest.mark.parametrize(("body", "code", "message", "hint"), ERRORS)
def test_one_error_is_one_finding_as_with_an_xsd(
    tmp_path: Path, play: RelaxNgSchema, body: str, code: str, message: str, hint: str
) -> None:
    found = list(play.check(document(tmp_path, f'<TEI xmlns="{TEI}">{body}</TEI>')))
    assert [each.rule.code for each in found] == [code], [each.message for each in found]
    assert OTHERWISE.get(message, message) in found[0].message
    assert OTHERWISE.get(hint, hint) in found[0].hint


def value(text: str) -> str:
    return f"<value>{text}</value>"


A, B, X, Y = element("a"), element("b"), attribute("x"), attribute("y")
X1, X2 = attribute("x", value("1")), attribute("x", value("2"))
LIST = '<list><oneOrMore><data type="integer"/></oneOrMore></list>'
DATE_OR_A = f'<choice><data type="date"/>{A}</choice>'
AC, BD = element("a", A) + element("c"), element("a", B) + element("d")


def either(one: str, two: str) -> str:
    return f"<choice><group>{one}</group><group>{two}</group></choice>"


@pytest.mark.parametrize(
    ("content", "document", "expected"),
    [
        (f"<choice>{X}{Y}</choice>", "<r/>", ["SCH104 <r> has none of x or y"]),
        (f"<choice>{X}{Y}</choice>", "<r x='' y=''/>", ["SCH103 <r> may not have y beside x"]),
        (
            f"<choice><group>{X}{A}</group><group>{Y}{B}</group></choice>",
            "<r y=''><a/></r>",
            ["SCH101 <a> may not stand in <r>"],
        ),
        (
            either(X1 + A, X2 + B),
            "<r x='2'/>",
            ["SCH102 <r> has no <b>"],
        ),
        (
            either(X1, X2 + Y),
            "<r x='2'/>",
            ["SCH104 <r> has no y"],
        ),
        (f"<optional>{X}</optional>{A}", "<r y=''/>", ["SCH102 <r> has no <a>", "SCH103 <r> may not have y"]),
        (
            DATE_OR_A,
            "<r>x</r>",
            ['SCH105 "x" in <r> is not valid'],
        ),
        (
            DATE_OR_A,
            "<r><b/></r>",
            ["SCH101 <b> is not known here, in <r>"],
        ),
        (
            DATE_OR_A,
            "<r/>",
            ["SCH102 <r> has no <a>"],
        ),
        ("<text/>", "<r><a/></r>", ["SCH101 <a> may not stand in <r>, which holds text and no elements"]),
        (f"<group><text/>{A}</group>", "<r><a/>x</r>", ["SCH106 the text may not stand at this place in <r>"]),
        (f"<interleave>{A}{B}</interleave>", "<r><b/></r>", ["SCH102 <r> has no <a>"]),
        (f"<mixed>{A}</mixed>", "<r>x</r>", ["SCH102 <r> has no <a>"]),
        ("<notAllowed/>", "<r/>", ["SCH107 <r> does not fit here, with these attributes and contents"]),
        (
            '<list><oneOrMore><data type="integer"/></oneOrMore></list>',
            "<r>1 x 2</r>",
            ['SCH105 "x" in <r> is not valid'],
        ),
        (
            '<element><anyName><except><name>b</name></except></anyName><data type="date"/></element>',
            "<r><z>x</z></r>",
            ['SCH105 "x" in <z> is not valid'],
        ),
        (
            either(AC, BD),
            "<r><a><a/></a><d/></r>",
            ["SCH101 <d> may not stand in <r> after what stands before it"],
        ),
        (
            either(element("c") + element("a", A), element("d") + element("a", B)),
            "<r><d/><a><a/></a></r>",
            ["SCH101 <a> may not stand here in <a>"],
        ),
    ],
)
def test_what_only_relax_ng_asks_for(tmp_path: Path, content: str, document: str, expected: list[str]) -> None:
    assert told(schema(tmp_path, content), tmp_path, document) == expected


def test_a_misplaced_element_is_held_to_its_own_declaration(tmp_path: Path, play: RelaxNgSchema) -> None:
    body = '<teiHeader><title/><edition>1</edition><date/><sp who="x"><p/></sp></teiHeader>'
    found = [
        (each.rule.code, each.message) for each in play.check(document(tmp_path, f'<TEI xmlns="{TEI}">{body}</TEI>'))
    ]
    assert [code for code, _ in found] == ["SCH101", "SCH105", "SCH102"]
    assert "<sp> may not stand in <teiHeader>" in found[0][1]


def test_what_the_document_uses_is_named_first(tmp_path: Path) -> None:
    names = [f"n{number}" for number in range(50)]
    of = schema(tmp_path, f"<zeroOrMore><choice>{''.join(map(element, names))}</choice></zeroOrMore>")
    (found,) = findings(of, tmp_path, f"<r>{'<n41/>' * 3}<n17/><wrong/></r>")
    assert found.hint.startswith("expected here: <n41>, <n17>, <n0>")
    assert "44 more" in found.hint


def test_errors_stand_at_line_and_column_in_reading_order(tmp_path: Path, play: RelaxNgSchema) -> None:
    body = '\n<sp who="#a"><speaker/>\n  <p>x <date when="1.5.2020"/></p><b/></sp>'
    found = list(play.check(document(tmp_path, f'<TEI xmlns="{TEI}">{body}</TEI>')))
    assert [(each.location.line, each.location.column, each.rule.code) for each in found] == [
        (3, 8, "SCH105"),
        (3, 35, "SCH101"),
    ]
    assert "a date as YYYY-MM-DD, YYYY-MM or YYYY" in found[0].hint


def test_thousands_of_errors_are_counted_in_seconds(tmp_path: Path, play: RelaxNgSchema) -> None:
    turns = '<sp wo="#a"><speaker/><p><date when="soon"/><b/></p></sp>' * 7_000
    file = document(tmp_path, f'<TEI xmlns="{TEI}">{turns}</TEI>')
    before = time.process_time()
    found = list(play.check(file))
    assert time.process_time() - before < 20
    assert sum("more errors of this kind" in each.message for each in found) == 3
    assert len(found) == 303


def test_the_root_may_be_of_any_name(tmp_path: Path) -> None:
    of = schema(tmp_path, grammar("<start><element><anyName/><empty/></element></start>"))
    assert told(of, tmp_path, "<whatever/>") == []
    assert told(of, tmp_path, "<whatever x=''/>") == ["SCH103 <whatever> may not have x"]


MIXED = "<zeroOrMore><choice><text/>{}</choice></zeroOrMore>"
TURN = f"{attribute('who')}{element('speaker', '<text/>')}<oneOrMore><ref name='p'/></oneOrMore>"
SCENE = grammar(
    f"<start><element name='r'>{element('head', '<text/>')}"
    f"<zeroOrMore><choice>{element('sp', TURN)}<ref name='p'/></choice></zeroOrMore></element></start>",
    f"<define name='p'>{element('p', MIXED.format(element('s', MIXED.format(element('hi', '<text/>')))))}</define>",
    attributes='ns="u"',
)
SPOKEN = "<sp who='a'><speaker>A</speaker><p>b</p></sp>"


def spoken(start: str, end: str) -> str:
    return SPOKEN.replace("sp ", start).replace("/sp>", f"/{end}>")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (spoken("s ", "s"), ["SCH101 <s> may not stand in <r>"]),
        (SPOKEN + spoken("p ", "p"), ["SCH101 <p> may not have these attributes and contents"]),
        (spoken("sp xmlns='v' ", "sp"), ["SCH101 <{v}sp> is not known here, in <r>"]),
        (SPOKEN.replace("speaker", "name"), ["SCH101 <name> is not known here, in <sp>"]),
        (SPOKEN.replace("p>b</p", "speaker>b</speaker"), ["SCH101 <speaker> stands in <sp> once too often"]),
        ("<p><sp/></p>", ["SCH101 <sp> may not stand in <p>"]),
        # Where nothing else is meant, what is misplaced is held to its own declaration.
        ("<s n=''>x</s>", ["SCH101 <s> may not stand in <r>", "SCH103 <s> may not have n"]),
        ("<p><sp who='a'/></p>", ["SCH101 <sp> may not stand in <p>", "SCH102 <sp> has no <speaker>"]),
    ],
)
def test_what_follows_from_a_wrong_name_is_not_told(tmp_path: Path, body: str, found: list[str]) -> None:
    assert told(schema(tmp_path, SCENE), tmp_path, f'<r xmlns="u"><head/>{body}</r>') == found


def test_what_is_missing_may_be_what_is_not_known(tmp_path: Path) -> None:
    of = schema(tmp_path, SCENE)
    assert told(of, tmp_path, f'<r xmlns="u"><top/>{SPOKEN}</r>') == ["SCH101 <top> is not known here, in <r>"]
    assert told(of, tmp_path, f'<r xmlns="u">{SPOKEN}</r>') == ["SCH102 <head> is missing in <r>, before <sp>"]
    of = schema(tmp_path, f"<zeroOrMore>{element('app')}</zeroOrMore>{element('q')}")
    assert told(of, tmp_path, "<r><ap/></r>") == ["SCH101 <ap> is not known here, in <r>"]


MANY = f"<zeroOrMore><choice>{element('from')}{element('to')}</choice></zeroOrMore>"
# A list of a title, entries and notes; entries, and the list around them, beside paragraphs.
LISTS = grammar(
    "<start><element name='r'><zeroOrMore><choice>"
    f"<ref name='list'/><ref name='p'/>{element('quote', element('line', '<text/>'))}"
    f"{element('letter', MANY)}{element('card', MANY)}"
    "</choice></zeroOrMore></element></start>",
    "<define name='list'><element name='list'><optional><element name='title'><text/></element></optional>"
    f"<oneOrMore>{element('entry', '<text/>')}</oneOrMore>"
    f"<zeroOrMore>{element('note', '<text/>')}</zeroOrMore></element></define>",
    f"<define name='p'>{element('p', element('s', '<text/>'))}</define>",
)
ENTRIES = "<entry/><entry/><entry/>"


@pytest.mark.parametrize(
    ("body", "found", "hint"),
    [
        (f"<p><s/></p>{ENTRIES}<p><s/></p>", "<entry> may not stand in <r>", "the 2 elements after it into <list>"),
        (
            "<from/><to/><p><s/></p>",
            "<from> may not stand in <r>",
            "put it and the element after it into <letter> or <card>",
        ),
        ("<from/>", "<from> may not stand in <r>", "expected here: "),
        (f"<title/>{ENTRIES}", "<title> may not stand in <r>", "put it and the 3 elements after it into <list>"),
        ("<line/>", "<line> may not stand in <r>", "put it into <quote>"),
        (f"<p>{ENTRIES}</p>", "<p> may not have these attributes and contents", "did you mean <list>?"),
        (f"<list><entry/><note/>{ENTRIES}</list>", "<note> may not stand before <entry>", "after the last <entry>"),
        ("<list><entry/><note/><entry/></list>", "<entry> may not stand after <note>", "it goes before <note>"),
        (f"<list><entry/><not/>{ENTRIES}</list>", "<not> is not known here, in <list>", "did you mean <note>?"),
        (
            "<list><entry/><note/><note/><entry/></list>",
            "<entry> may not stand after <note>",
            "it goes before the first <note>",
        ),
        ("<list><entry/><not/><entry/></list>", "<not> is not known here, in <list>", "did you mean <note>?"),
    ],
)
def test_of_several_that_one_thing_makes_wrong_that_one_is_told(
    tmp_path: Path, body: str, found: str, hint: str
) -> None:
    (only,) = findings(schema(tmp_path, LISTS), tmp_path, f"<r>{body}</r>")
    assert only.rule.code == "SCH101"
    assert found in only.message
    assert hint in only.hint


# Acts: speeches stand before the first or in one. What a front holds, a letter may hold as well.
HEAD = element("head", "<text/>")
CAST = element("cast", f"{HEAD}<oneOrMore>{element('role')}</oneOrMore>")
ACTS = grammar(
    "<start><element name='r'><optional><ref name='front'/></optional>"
    "<element name='body'><ref name='parts'/></element></element></start>",
    f"<define name='parts'><optional>{HEAD}</optional><ref name='speeches'/>"
    "<zeroOrMore><choice><element name='pb'><empty/></element><ref name='act'/></choice></zeroOrMore></define>",
    "<define name='speeches'><zeroOrMore><choice><ref name='sp'/><element name='pb'><empty/></element></choice>"
    "</zeroOrMore></define>",
    "<define name='act'><element name='act'><ref name='parts'/></element></define>",
    "<define name='front'><element name='front'><zeroOrMore><choice>"
    f"{CAST}<ref name='act'/></choice></zeroOrMore></element></define>",
    "<define name='sp'><element name='sp'><element name='speaker'><text/></element>"
    f"<oneOrMore>{element('l', '<text/>')}</oneOrMore></element></define>",
)
SPEECH = "<sp><speaker/><l/></sp>"
ACT = f"<act><head/>{SPEECH}</act>"


CAST_TWICE = "<cast> may not stand in <cast> | keep one of the two <cast>"


def play_of(*parts: str, front: str = "") -> str:
    return f"<r>{front}<body>{''.join(parts)}</body></r>"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            play_of(ACT, "<head/>", SPEECH * 9, ACT),
            "<head> may not stand after <act> in <body> | put it and the 9 elements after it into <act>",
        ),
        (
            play_of(ACT, SPEECH * 9),
            "<sp> may not stand after <act> in <body> | put it and the 8 elements after it into <act>",
        ),
        (
            play_of(ACT, SPEECH, "<pb/>", SPEECH, "<pb/>", ACT),
            "<sp> may not stand after <act> in <body> | put it and the 2 elements after it into <act>",
        ),
        (
            play_of(f"<act>{ACT}<head/>{SPEECH}</act>"),
            "<head> may not stand after <act> in <act> | put it and the element after it into <act>",
        ),
        (play_of(ACT, front="<cast><head/><role/></cast>"), "<cast> may not stand in <r> | put it into <front>"),
        (
            play_of(ACT, front="<front><head/><role/><role/></front>"),
            "<head> may not stand in <front> | put it and the 2 elements after it into <cast>",
        ),
        (play_of(ACT, f"<akt><head/>{SPEECH}</akt>"), "<akt> is not known here, in <body> | did you mean <act>?"),
        (play_of(ACT, f"<front><head/>{SPEECH}</front>"), "<front> may not stand in <body> | did you mean <act>?"),
        (play_of(ACT, f"<spq><head/>{SPEECH}</spq>"), "<spq> is not known here, in <body> | did you mean <act>?"),
        (
            play_of(SPEECH, "<act><speaker/><l/></act>", SPEECH),
            "<speaker> may not stand in <act> | put it and the element after it into <sp>",
        ),
        (
            play_of(f"<cast>{SPEECH}</cast>", SPEECH),
            "<cast> may not stand in <body> | did you mean <act>?",
        ),
        (
            play_of("<sp><cast><speaker/></cast><l/></sp>"),
            "<cast> may not stand in <sp> | take its tags away: what <cast> holds may stand here itself",
        ),
        (play_of(f"<sp>{SPEECH}</sp>", ACT), "<sp> may not stand in <sp> | keep one of the two <sp>"),
        (f"<r><body>{play_of(ACT)[3:-4]}</body></r>", "<body> may not stand in <body> | keep one of the two <body>"),
        (play_of(front="<front><cast><cast><head/><role/></cast></cast></front>"), CAST_TWICE),
    ],
)
def test_of_an_element_that_lacks_or_has_another_around_it_one_thing_is_told(
    tmp_path: Path, document: str, expected: str
) -> None:
    found = findings(schema(tmp_path, ACTS), tmp_path, document)
    assert [f"{each.message} | {each.hint}" for each in found] == [expected]


ONE, OPTIONAL = element("i"), f"<optional>{element('i')}</optional>"
ANY_ORDER = (
    f"<interleave>{element('p')}<optional>{element('q')}</optional><oneOrMore>{element('s')}</oneOrMore></interleave>"
)


@pytest.mark.parametrize(
    ("content", "body", "expected"),
    [
        (ONE + OPTIONAL, "<i/><i/><i/>", ["SCH101 <i> stands in <r> once too often"]),
        (ANY_ORDER, "<s/><q/><p/><q/>", ["SCH101 <q> stands in <r> once too often"]),
        (OPTIONAL + A + B, "<a/><b/><i/>", ["SCH101 <i> may not stand after <b> in <r>"]),
        (f"<oneOrMore>{ONE}</oneOrMore>{A}", "<i/><a/><i/>", ["SCH101 <i> may not stand after <a> in <r>"]),
    ],
)
def test_one_too_many_is_not_one_too_late(tmp_path: Path, content: str, body: str, expected: list[str]) -> None:
    assert told(schema(tmp_path, content), tmp_path, f"<r>{body}</r>") == expected


def wild(names: str, inside: str = "<empty/>") -> str:
    return f"<element>{names}{inside}</element>"


BUT_A_B = wild("<anyName><except><name>a</name><name>b</name></except></anyName>")
OF_O = wild('<nsName ns="urn:o"/>')


@pytest.mark.parametrize(
    ("content", "body", "hint"),
    [
        (f"<zeroOrMore>{BUT_A_B}</zeroOrMore>", "<a/>", "any element but a and b, or the end of <r>"),
        (f"<optional>{OF_O}</optional>", "<a/>", "any element of the namespace urn:o, or the end of <r>"),
        (f"<optional>{OF_O}</optional>", "<o xmlns='urn:o'/><a/>", "<r> may end here"),
        (f"<choice>{A}{OF_O}</choice>", "<b/>", "<a> or any element of the namespace urn:o"),
        (
            wild('<anyName><except><nsName ns="urn:o"/></except></anyName>'),
            "",
            "any element but those of the namespace urn:o",
        ),
        (
            wild("<anyName><except><nsName/><nsName/></except></anyName>"),
            "",
            "add any element but those of no namespace",
        ),
        ("<empty/>", "<a/>", "<r> is empty by its nature"),
    ],
)
def test_what_takes_any_name_is_told_in_words(tmp_path: Path, content: str, body: str, hint: str) -> None:
    (found,) = findings(schema(tmp_path, content), tmp_path, f"<r>{body}</r>")
    assert found.hint.endswith(hint)


def test_an_attribute_of_another_namespace_is_told_with_its_prefix(tmp_path: Path) -> None:
    of = schema(tmp_path, grammar(f"<start>{element('r', X)}</start>", attributes='ns="urn:d"'))
    (found,) = findings(of, tmp_path, "<d:r xmlns:d='urn:d' d:x=''/>")
    assert "<r> may not have d:x" in found.message
    assert found.hint == "write it without the prefix"
    of = schema(tmp_path, '<attribute name="x" ns="urn:d"><data type="date"/></attribute>')
    (found,) = findings(of, tmp_path, "<r x='' xmlns:d='urn:d'/>")
    assert ("<r> may not have x" in found.message, found.hint) == (True, "did you mean d:x?")
    (found,) = findings(of, tmp_path, "<r d:x='a' xmlns:d='urn:d'/>")
    assert 'd:x="a" of <r> is not valid' in found.message


def test_what_excludes_what_stands_there_is_not_offered(tmp_path: Path) -> None:
    of = schema(tmp_path, f"{either(X, Y + attribute('zz'))}<optional>{attribute('k')}</optional>")
    (found,) = findings(of, tmp_path, "<r x='' wrong=''/>")
    assert found.hint == "take it away; <r> may also have k"


@pytest.mark.parametrize(
    ("content", "text", "hint"),
    [
        ('<data type="date"/>', "2020-02-30", "there is no such day"),
        ('<data type="date"/>', "2020-02-29x", "expected: a date as YYYY-MM-DD"),
        ('<data type="string"/>', "2020-02-30", ""),
        ('<data type="string"><except><value>bad</value></except></data>', "bad", 'expected: text but not "bad"'),
        (
            '<data type="token"><param name="pattern">a*</param><param name="pattern">.{2}</param></data>',
            "a",
            "expected: text that matches a* and .{2}",
        ),
    ],
)
def test_what_is_wrong_with_a_value_is_told(tmp_path: Path, content: str, text: str, hint: str) -> None:
    found = findings(schema(tmp_path, content), tmp_path, f"<r>{text}</r>")
    assert [each.hint for each in found] == ([hint] if hint else [])


OF_D = '<oneOrMore><attribute><nsName ns="urn:d"/></attribute></oneOrMore>'
NAMED = '<data type="QName"/>'


@pytest.mark.parametrize(
    ("content", "document", "expected"),
    [
        (
            OF_D + A,
            "<r><b/></r>",
            ["SCH104 <r> has no attribute of the namespace urn:d", "SCH101 <b> is not known here, in <r>"],
        ),
        (
            f"<choice>{OF_D}{X}</choice>",
            "<r/>",
            ["SCH104 <r> has no attribute of the namespace urn:d or attribute x"],
        ),
        (OF_D, "<r xmlns:d='urn:d' d:x=''/>", []),
        (
            attribute("x", NAMED) + A,
            "<r x='zz:a'/>",
            ['SCH105 x="zz:a" of <r> is not valid', "SCH102 <r> has no <a>"],
        ),
        (attribute("x", NAMED), "<r x='zz:a' xmlns:zz='urn:z'/>", []),
        (attribute("x", NAMED) + A, "<r x='xml:a'/>", ["SCH102 <r> has no <a>"]),
        (
            element("a", NAMED) + B,
            "<r><a>zz:a</a></r>",
            ['SCH105 "zz:a" in <a> is not valid', "SCH102 <r> has no <b>"],
        ),
    ],
)
def test_what_hangs_on_namespaces_is_told_beside_all_else(
    tmp_path: Path, content: str, document: str, expected: list[str]
) -> None:
    found = findings(schema(tmp_path, content), tmp_path, document)
    assert sorted(f"{each.rule.code} {each.message}" for each in found) == sorted(expected)
    assert all("the prefix zz is not declared" in each.hint for each in found if "zz" in each.message)


POINTER = attribute("who", '<data type="anyURI"><param name="pattern">#.+</param></data>')
TABLE = grammar(
    "<start><choice><element name='book'><ref name='table'/></element>"
    "<element name='books'><oneOrMore><ref name='table'/></oneOrMore></element></choice></start>",
    f"<define name='table'><element name='table'><optional>{element('head', '<text/>')}</optional><oneOrMore>"
    f"{element('row', element('cell', '<text/>'))}</oneOrMore>"
    f"<optional>{POINTER}</optional></element></define>",
)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("<book><table>text</table></book>", ["SCH106 | put it into <cell> in <row>"]),
        ("<book><table><head/>text</table></book>", ["SCH106 | put it into <cell> in <row>"]),
        ("<book><table>text<row><cell/></row></table></book>", ["SCH106 | put it into <cell> in <row>"]),
        (
            "<boox><table who=''><row><cell/></row></table></boox>",
            [
                "SCH101 | did you mean <book>?",
                "SCH105 | expected: a pointer such as #id, or a web address that matches #.+",
            ],
        ),
        ("<bakery><table><row><cell/></row></table></bakery>", ["SCH101 | expected: <book> or <books>"]),
    ],
)
def test_hints_are_of_what_is_meant(tmp_path: Path, document: str, expected: list[str]) -> None:
    found = findings(schema(tmp_path, TABLE), tmp_path, document)
    assert [f"{each.rule.code} | {each.hint}" for each in found] == expected


# Verses in a stanza, which milestones may break, beside paragraphs and notes, which hold text.
TYPE, TEXT = "<optional><attribute name='type'/></optional>", "<ref name='text'/>"
VERSES = grammar(
    f"<start><element name='r'><zeroOrMore><choice><ref name='lg'/>{element('p', TEXT)}"
    f"{element('note', f'{TYPE}{TEXT}')}"
    "</choice></zeroOrMore></element></start>",
    f"<define name='text'><zeroOrMore><choice><text/>{element('l', '<text/>')}{element('lb', '<empty/>')}"
    "</choice></zeroOrMore></define>",
    "<define name='lg'><element name='lg'><optional><attribute name='type'/></optional><oneOrMore><choice>"
    f"{element('l', '<text/>')}{element('lb', '<empty/>')}</choice></oneOrMore></element></define>",
)


@pytest.mark.parametrize(
    "body",
    [
        "<lg type='stanza'>Roses <l>x</l> Violets</lg>",
        "<lg type='stanza'>Roses<lb/>Violets</lg>",
        "<lg>Roses<lb/>Violets</lg>",
    ],
)
def test_text_that_is_astray_says_nothing_of_the_name_around_it(tmp_path: Path, body: str) -> None:
    found = told(schema(tmp_path, VERSES), tmp_path, f"<r><p>x</p><note type='a'>y</note>{body}</r>")
    assert found == [f'SCH106 the text "{text}" may not stand directly in <lg>' for text in ("Roses", "Violets")]


def test_what_is_at_home_elsewhere_is_not_put_where_it_never_is(tmp_path: Path) -> None:
    figure = element("figure", "<ref name='p'/>")
    closer = element("closer", f"<zeroOrMore>{figure}</zeroOrMore>")
    body = element("body", "<oneOrMore><ref name='p'/></oneOrMore>")
    of = schema(
        tmp_path,
        grammar(f"<start>{element('r', body + closer)}</start>", f"<define name='p'>{element('p')}</define>"),
    )
    (only,) = findings(of, tmp_path, "<r><body><p/></body><closer><p/></closer></r>")
    assert only.message == "<p> may not stand in <closer>"
    assert only.hint == "expected here: <figure>, or the end of <closer>"


@pytest.mark.parametrize(
    ("content", "attributes", "hint"),
    [
        (attribute("url"), "src='a.png'", "did you mean url?"),
        (attribute("target"), "href='#a'", "did you mean target?"),
        (attribute("ident") + f"<optional>{attribute('xml:id')}</optional>", "id='en'", "did you mean ident?"),
        (f"<optional>{attribute('ident')}</optional><optional>{attribute('xml:id')}</optional>", "id='a'", "xml:id?"),
        (f"<optional>{attribute('when')}</optional>", "date='1950'", "did you mean when?"),
    ],
)
def test_an_attribute_that_is_called_otherwise_elsewhere_is_one_finding(
    tmp_path: Path, content: str, attributes: str, hint: str
) -> None:
    (only,) = findings(schema(tmp_path, content), tmp_path, f"<r {attributes}/>")
    assert only.rule.code == "SCH103"
    assert hint in only.hint


# Paragraphs and notes of text with marked words.
WORDS = "<ref name='words'/>"
PROSE = grammar(
    start("<oneOrMore><choice><ref name='p'/><ref name='note'/></choice></oneOrMore>"),
    f"<define name='words'><zeroOrMore><choice><text/>{element('hi', '<text/>')}{element('name', '<text/>')}"
    "</choice></zeroOrMore></define>",
    f"<define name='p'>{element('p', WORDS)}</define><define name='note'>{element('note', WORDS)}</define>",
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<p><hi/><name/></p>I saw <name>Bob</name> with <hi>two</hi> dogs.<p/>",
            ['the text "I saw" may not stand directly in <r> | put the text and the 2 elements beside it into <p>'],
        ),
        (
            "<p><hi/></p>one <hi>two</hi><note/>three <hi>four</hi>",
            [
                'the text "one" may not stand directly in <r> | put the text and the element beside it into <p>',
                'the text "three" may not stand directly in <r> | put the text and the element beside it into <p>',
            ],
        ),
        (
            "<p/>one <hi>two</hi>",
            ['the text "one" may not stand directly in <r> | put the text and the element beside it into <p>'],
        ),
        ("<p/>words", ['the text "words" may not stand directly in <r> | put it into <p> or <note>']),
    ],
)
def test_a_paragraph_whose_tags_are_gone_is_one_finding(tmp_path: Path, body: str, expected: list[str]) -> None:
    found = findings(schema(tmp_path, PROSE), tmp_path, f"<r>{body}</r>")
    assert [f"{each.message} | {each.hint}" for each in found] == expected


def test_text_is_put_where_what_follows_may_still_stand(tmp_path: Path) -> None:
    imprint = f"{element('publisher', '<text/>')}<optional>{element('date', '<text/>')}</optional>"
    of = schema(tmp_path, f"<choice>{element('p', '<text/>')}<group>{imprint}</group></choice>")
    (only,) = findings(of, tmp_path, "<r>Press<date/></r>")
    assert (only.rule.code, only.hint) == ("SCH106", "put it into <publisher>")
    (only,) = findings(of, tmp_path, "<r>Press</r>")
    assert only.hint == "put it into <p> or <publisher>"


def test_what_a_hint_only_counts_is_kept(tmp_path: Path) -> None:
    names = [f"{first}{second}" for first in "abc" for second in "def"]
    of = schema(tmp_path, f"<choice>{''.join(map(element, names))}</choice>")
    (wrong,) = findings(of, tmp_path, "<r><zzz/></r>")
    assert (wrong.hint, wrong.rest) == (
        "expected here: <ad>, <ae>, <af>, <bd>, <be>, <bf> and 3 more",
        ("<cd>", "<ce>", "<cf>"),
    )
    (missing,) = findings(of, tmp_path, "<r/>")
    assert missing.rest == ("<cd>", "<ce>", "<cf>")
    of = schema(tmp_path, "".join(f"<optional>{attribute(name)}</optional>" for name in names))
    (wrong,) = findings(of, tmp_path, "<r zzz=''/>")
    assert wrong.rest == ("cd", "ce", "cf")


@pytest.mark.parametrize("large", [0, 5, 1_000])
def test_what_is_sound_is_passed_over_and_all_else_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(explaining, "_LARGE", large)
    line = element("l", attribute("n", '<data type="integer"/>') + "<text/>")
    of = schema(tmp_path, element("div", f"<oneOrMore>{element('sp', f'<oneOrMore>{line}</oneOrMore>')}</oneOrMore>"))
    sound = "<sp>" + "<l n='1'>x</l>" * 10 + "</sp>"
    text = f"<r><div>{sound}<sp><l n='1'/><l n='x'/></sp>{sound}x<sp>{sound}</sp></div></r>"
    assert told(of, tmp_path, text) == [
        'SCH105 n="x" of <l> is not valid',
        'SCH106 the text "x" may not stand directly in <div>',
        "SCH101 <sp> may not stand in <sp>",
    ]


def test_what_stands_bare_is_held_to_its_own_declaration(tmp_path: Path) -> None:
    found = told(schema(tmp_path, LISTS), tmp_path, "<r><entry n=''/><entry><s/></entry></r>")
    assert found == [
        "SCH101 <entry> may not stand in <r>",
        "SCH103 <entry> may not have n",
        "SCH101 <s> may not stand in <entry>, which holds text and no elements",
    ]


def test_what_stands_in_an_unknown_element_is_held_to_its_own_declaration(tmp_path: Path) -> None:
    inside = "<l n=''/><xyz><sp><speaker/></sp></xyz><m:x xmlns:m='urn:m'><m:y/><role><l/></role></m:x>"
    assert told(schema(tmp_path, ACTS), tmp_path, play_of(f"<foobar>{inside}</foobar>")) == [
        "SCH101 <foobar> is not known here, in <body>",
        "SCH103 <l> may not have n",
        "SCH101 <xyz> is not known here, in <foobar>",
        "SCH102 <sp> has no <l>",
        "SCH101 <l> may not stand in <role>",
    ]
