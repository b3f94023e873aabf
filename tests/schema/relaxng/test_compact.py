"""The compact syntax: what each of its forms says in the XML syntax, and where and why broken schemas are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from edition.errors import EditionError
from edition.schema import languages
from edition.schema.files import PLACE
from edition.schema.relaxng import compact
from tests.schema.relaxng.schemas import findings, told

XSD = 'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'


def translated(folder: Path, text: str | bytes) -> str:
    """A schema as it is translated, without places and declarations."""
    (folder / "s.rnc").write_bytes(text if isinstance(text, bytes) else text.encode())
    root = compact.read(folder / "s.rnc", "s.rnc")
    for node in root.iter(etree.Element):
        node.attrib.pop(PLACE, None)
    written = etree.tostring(root, encoding="unicode")
    begin = written.index(">")
    opening = " ".join(each for each in written[:begin].split(" ") if not each.startswith("xmlns"))
    return opening + written[begin:]


def inside(folder: Path, pattern: str) -> str:
    """What a pattern comes to inside of an element."""
    whole = translated(folder, f"element r {{ {pattern} }}")
    return whole.removeprefix("<element><name>r</name>").removesuffix("</element>")


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("empty", "<empty/>"),
        ("a", '<ref name="a"/>'),
        (r"\text", '<ref name="text"/>'),
        ("parent a", '<parentRef name="a"/>'),
        ("a, b, c", '<group><ref name="a"/><ref name="b"/><ref name="c"/></group>'),
        ("a | (b & c?)", '<choice><ref name="a"/><interleave><ref name="b"/><optional><ref name="c"/></optional>'),
        ("(a*)+", '<oneOrMore><zeroOrMore><ref name="a"/></zeroOrMore></oneOrMore>'),
        ("(((a)))", '<ref name="a"/>'),
        ("mixed{a}", '<mixed><ref name="a"/></mixed>'),
        ("list { token* }", '<list><zeroOrMore><data type="token" datatypeLibrary=""/></zeroOrMore></list>'),
        ("notAllowed", "<notAllowed/>"),
        ('"x"', "<value>x</value>"),
        ("'x' ~ \"y'\" ~ '''\"'\n'''", "<value>xy'\"'\n</value>"),
        ('""', "<value/>"),
        ('xsd:NCName "x"', f'<value type="NCName" {XSD}>x</value>'),
        ('string "x"', '<value type="string" datatypeLibrary="">x</value>'),
        ("xsd:int", f'<data type="int" {XSD}/>'),
        (
            'xsd:int { minInclusive = "1" default = "2" }',
            '<param name="minInclusive">1</param><param name="default">',
        ),
        ('xsd:int - ("1" | "2")', "<except><choice><value>1</value><value>2</value></choice></except></data>"),
        ('("3" | (xsd:int - "1"))', f'<data type="int" {XSD}><except><value>1</value></except></data></choice>'),
        ("attribute x { text }", "<attribute><name"),
        ("attribute xml:id { text }", '<name ns="http://www.w3.org/XML/1998/namespace">id</name>'),
        ("element start { empty }", "<element><name>start</name><empty/></element>"),
        ("element * - (a | xml:*) { empty }", "<anyName><except><choice><name>a</name><nsName ns="),
        ("element xml:* - xml:b { empty }", "<except><name"),
        (
            "element (a | (* - b)) { empty }",
            "<choice><name>a</name><anyName><except><name>b</name></except></anyName>",
        ),
        ("grammar { start = parent x }", '<grammar><start><parentRef name="x"/></start></grammar>'),
        ('external "a.rnc"', '<externalRef href="a.rnc"/>'),
        ('external "a.rnc" inherit = xml', '<externalRef href="a.rnc" ns="http://www.w3.org/XML/1998/namespace"/>'),
        (r'"\x{41}\xx{1F600}\x{a}"', "<value>A\U0001f600\n</value>"),
        (r"\x{61}", '<ref name="a"/>'),
        ('a >> b [ c = "d" "e" f [ ] ]', '<ref name="a"/><b xmlns="" c="d">e<f xmlns=""/></b>'),
        ("# remark\na # another\n", '<ref name="a"/>'),
    ],
)
def test_what_a_pattern_says(tmp_path: Path, pattern: str, meant: str) -> None:
    assert inside(tmp_path, pattern).startswith(meant) or meant in inside(tmp_path, pattern)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("# nothing", "<grammar"),
        ("start = a", '<grammar><start><ref name="a"/></start></grammar>'),
        (
            "start |= a\n\\div &= b",
            '<start combine="choice"><ref name="a"/></start><define name="div" combine="inter',
        ),
        ("div { a = b }", '<grammar><div><define name="a"><ref name="b"/></define></div></grammar>'),
        ('include "x.rnc"', '<grammar><include href="x.rnc"/></grammar>'),
        (
            'default namespace = "n" include "x.rnc" { start = a div { b = a } }',
            '<include href="x.rnc" ns="n"><start>',
        ),
        ('default namespace p = "n" element p:a { b }', '<element><name ns="n">a</name><ref'),
        ('default namespace p = "n" element a { attribute b {c} }', '<name ns="n">a</name><attribute><name ns="">b'),
        ("default namespace = inherit namespace p = inherit element p:a { b }", "<element><name>a</name>"),
        ('namespace list = "n" element list:a { b }', '<name ns="n">a</name>'),
        ('datatypes t = "urn:" ~ "t" element a { t:b }', '<data type="b" datatypeLibrary="urn:t"/>'),
        ("## One.\n##  two\nstart = a", 'annotations/1.0">One.\n two</documentation>'),
        ("[ x [] ] start = a", '<start><x xmlns=""/><ref name="a"/></start>'),
        ('namespace n = "n" n:x [ ] start = a', "<grammar><n:x/>"),
        ('namespace n = "n" [ n:x = "1" ] element a { b }', '<element><name>a</name><ref name="b"/></element>'),
        ("a = b >> x [ ] c = d", '<ref name="b"/><x xmlns=""/></define><define name="c">'),
        ("element a { b } >> x [ ]", '<element><name>a</name><ref name="b"/></element>'),
    ],
)
def test_what_a_file_says(tmp_path: Path, text: str, meant: str) -> None:
    assert meant in translated(tmp_path, text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_breaks(tmp_path: Path, encoding: str, line_break: str) -> None:
    text = "# Акты\nelement речь {\n  empt }"
    (tmp_path / "s.rnc").write_bytes(text.replace("\n", line_break).encode(encoding))
    with pytest.raises(EditionError, match=r'^s\.rnc:3:3: the schema is broken: <ref> stands in no grammar.*"empt"'):
        languages.load(tmp_path / "s.rnc", "s.rnc")


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("element a { b", "1:14", 'the end stands where "}" or one of , | & must stand'),
        ("element a {\n  b, c | d }", "2:8", '"|" stands beside ","'),
        ("element a { b?+ }", "1:15", '"+" stands where "}"'),
        ("element a { b, }", "1:16", '"}" stands where a pattern must stand'),
        ("element a { start }", "1:13", '"start" stands where a pattern'),
        ("element { b }", "1:9", '"{" stands where a name must stand'),
        ("element a b", "1:11", '"b" stands where "{" must stand'),
        ("element * - a | b { c }", "1:9", "stand beside further names"),
        ("element a { string - 'b' | c }", "1:13", "stands beside other patterns"),
        ("element a { string - string - 'b' }", "1:22", "stands beside other patterns"),
        ("element p:a { b }", "1:9", "the prefix p is not declared"),
        ('namespace pa = "u" element pb:a { b }', "1:28", "the prefix pb is not declared"),
        ("element a { xs:int }", "1:13", "the prefix xs of a datatype is not declared"),
        ("element a { xsd:date | xsd:dat }", "1:24", "no type dat in XSD"),
        ("element a { 'b\n' }", "1:13", "a quote is opened here and not closed"),
        ("element a { b ! }", "1:15", '"!" means nothing here'),
        ("element a { b\x07 }", "1:14", "U+0007 cannot stand in XML"),
        (r"element a { '\x{0}' }", "1:14", "no character of XML"),
        (r"element a { '\x{110000}' }", "1:14", "no character of XML"),
        ("start = element a { empty }\nstart = element b { empty }", "2:1", "<start> stands here a second time"),
        ("start = a\na = b", "2:5", '"b" is not defined'),
        (r"element \x{61} { \x{62}" + "\n, c c }", "2:5", '"c" stands where "}"'),
        ("strat = a\nstatr b", "2:1", '"statr" stands where a definition must stand'),
        ("start = element a { empty } text = b", "1:29", '"text" stands where a definition must stand'),
        ('include "x.rnc" { include "y.rnc" }', "1:19", '"include" stands where a definition'),
        ("## no\nnamespace a = 'b'\nelement r { a }", "2:1", '"namespace" stands where'),
        ('namespace xml = "x" element r { a }', "1:1", "the prefix xml cannot stand for"),
        ("[ b = 'x' ] element r { a }", "1:3", '"b" stands where an attribute with a prefix'),
        ("namespace r = 'http://relaxng.org/ns/structure/1.0' r:a [ ]", "1:53", "is of RELAX NG, and no annotation"),
        ("a [ x = '1' x = '2' ]", "1:13", "the attribute x cannot stand here"),
        ("namespace = 'a'", "1:11", '"=" stands where a prefix must stand'),
        ("default a = 'a'", "1:9", '"a" stands where "namespace" must stand'),
        ("(" * 3_000, "1:2001", "more than 2000 braces and parentheses"),
        (f"element {'(' * 300}", "1:110", "names are nested too deeply"),
        ('include "s.rnc"', "1:1", "includes itself"),
        ('include "gone.rnc"', "1:1", "there is no such file"),
        ('start = external "http://example.org/a.rnc"', "1:9", "nothing comes from the network"),
    ],
)
def test_a_broken_schema_is_refused_with_line_and_column(tmp_path: Path, text: str, place: str, what: str) -> None:
    (tmp_path / "s.rnc").write_text(text)
    with pytest.raises(EditionError) as refusal:
        languages.load(tmp_path / "s.rnc", "s.rnc")
    assert refusal.value.message.startswith(f"s.rnc:{place}: ")
    assert what in refusal.value.message


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "s.rnc").write_bytes(b"element a {\n attribute \xe9 { text } }")
    with pytest.raises(EditionError, match=r"s\.rnc:2: the schema is not in UTF-8"):
        languages.load(tmp_path / "s.rnc", "s.rnc")


def test_files_include_each_other_in_both_syntaxes(tmp_path: Path) -> None:
    (tmp_path / "a.rng").write_text(
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="b.rnc" ns="urn:b"/></grammar>'
    )
    (tmp_path / "b.rnc").write_text("start = element a { b }\nb = element b { empty }")
    (tmp_path / "c.rnc").write_text('default namespace = "urn:c"\ninclude "a.rng" { b = element c { empty } }')
    of = languages.load(tmp_path / "c.rnc", "c.rnc")
    assert told(of, tmp_path, '<a xmlns="urn:b"><c xmlns="urn:c"/></a>') == []
    (tmp_path / "b.rnc").write_text('include "a.rng"')
    with pytest.raises(EditionError, match=r"^b\.rnc:1:1: .*a\.rng includes itself"):
        languages.load(tmp_path / "a.rng", "a.rng")


def test_a_name_may_say_what_the_syntax_is(tmp_path: Path) -> None:
    (tmp_path / "schema.txt").write_text("element r { empty }")
    of = languages.load(tmp_path / "schema.txt", "schema.txt", ".rnc")
    assert told(of, tmp_path, "<r/>") == []


def test_documentation_tells_what_an_element_is_for(tmp_path: Path) -> None:
    (tmp_path / "s.rnc").write_text("element r {\n  ## (a) is a thing.\n  element a { empty }\n}")
    of = languages.load(tmp_path / "s.rnc", "s.rnc")
    (missing,) = findings(of, tmp_path, "<r/>")
    assert "(a: is a thing)" in missing.hint


def test_nesting_is_followed_as_deep_as_files_go(tmp_path: Path) -> None:
    deep = "element r { " + "(" * 1_500 + "empty" + ")" * 1_500 + " }"
    assert translated(tmp_path, deep) == "<element><name>r</name><empty/></element>"


WORDS = r"""element attribute { } ( ) [ ] | , & ? * + - = |= &= ~ >> a b:c xsd:int xsd:* \start start text empty
"x" 'y' # div include grammar list namespace default string \x{41} \x{0} é ##"""


@given(st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_anything_is_read_or_refused_with_its_place(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "any.rnc"
    file.write_text(text)
    refusal = ""
    try:
        languages.load(file, "any.rnc")
    except EditionError as error:
        refusal = error.message
    assert refusal == "" or refusal.startswith("any.rnc:1:")
