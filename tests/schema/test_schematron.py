"""ISO Schematron: what each part of the language means, where findings stand, and what a schema may not do."""

from __future__ import annotations

import builtins
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from edition.diagnostics import Diagnostic
from edition.errors import EditionError, UsageError
from edition.schema.schematron import engine as schematron
from edition.schema.schematron import saxon
from edition.tei.parse import read

SCH = "http://purl.oclc.org/dsdl/schematron"
XSL = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
DOCUMENT = '<a n="1">\n<b n="2"/>\n<b>text<!-- c --></b>\n  <c><b n="3"/></c></a>'


def found(
    folder: Path, patterns: str, document: str = DOCUMENT, phase: str = "", attributes: str = 'queryBinding="xslt3"'
) -> list[Diagnostic]:
    (folder / "s.sch").write_text(f'<schema xmlns="{SCH}" {attributes}>{patterns}</schema>', encoding="utf-8")
    (folder / "d.xml").write_text(document, encoding="utf-8")
    return list(schematron.load(folder / "s.sch", "s.sch", phase).check(read(folder / "d.xml", "d.xml")))


def said(folder: Path, patterns: str, **more: Any) -> list[str]:
    return [each.message for each in found(folder, patterns, **more)]


def rule(context: str, body: str) -> str:
    return f'<pattern><rule context="{context}">{body}</rule></pattern>'


@pytest.mark.parametrize(
    ("patterns", "messages"),
    [
        (rule("b", '<assert test="@n">no n</assert>'), ["no n"]),
        (rule("b", '<report test="@n">n</report>'), ["n", "n"]),
        (rule("b[@n]", '<report test="1">n=<value-of select="@n"/> of <name/></report>'), ["n=2 of b", "n=3 of b"]),
        (rule("b", '<report test="@n"><name path=".."/></report>'), ["a", "c"]),
        (rule("/", '<assert test="x">document</assert>'), ["document"]),
        (rule("@n", '<report test=". = 2">attribute <name/></report>'), ["attribute n"]),
        (rule("text()[normalize-space()]", '<report test="1"><value-of select="."/></report>'), ["text"]),
        (rule("comment()", '<report test="1"><value-of select="."/></report>'), ["c"]),
        (rule("b", '<let name="x" value="@n + 1"/><report test="$x = 3">x</report>'), ["x"]),
        (
            '<let name="n" value="count(//b)"/>' + rule("a", '<report test="1"><value-of select="$n"/></report>'),
            ["3"],
        ),
        (
            '<pattern><let name="n" value="2"/><rule context="b[@n = $n]"><report test="1">x</report></rule>'
            "</pattern>",
            ["x"],
        ),
        ('<let name="t"><v>1</v></let>' + rule("a", '<report test="$t/*:v = 1">tree</report>'), ["tree"]),
        (rule("a", '<report test="1">some  <emph>more\n</emph> <dir>words</dir></report>'), ["some more words"]),
        (rule("a", '<report test="1"/>'), ["a rule is broken"]),
        (rule("a", "<report test=\"'&lt;' = '&lt;' and contains('a&quot;b', '&quot;')\">&lt;q></report>"), ["<q>"]),
    ],
)
def test_what_is_said(tmp_path: Path, patterns: str, messages: list[str]) -> None:
    assert said(tmp_path, patterns) == messages


def test_the_first_rule_of_a_pattern_wins_and_patterns_do_not_mind_each_other(tmp_path: Path) -> None:
    one = '<rule context="b[@n]"><report test="1">first</report></rule>'
    two = '<rule context="b"><report test="1">second</report></rule>'
    other = rule("b", '<report test="1">other</report>')
    assert sorted(said(tmp_path, f"<pattern>{one}{two}</pattern>{other}")) == [
        *["first"] * 2,
        *["other"] * 3,
        "second",
    ]
    within = (
        '<rule context="c"><report test="1">c</report></rule><rule context="c/b"><report test="1">b</report></rule>'
    )
    assert sorted(said(tmp_path, f"<pattern>{within}</pattern>")) == ["b", "c"], "children are other nodes"


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ("", "SCH201"),
        ('role="error"', "SCH201"),
        ('role="WARN"', "SCH202"),
        ('role="nonfatal"', "SCH202"),
        ('role="information"', "SCH203"),
        ('role="something"', "SCH201"),
        ('severity="info" role="error"', "SCH203"),
    ],
)
def test_roles(tmp_path: Path, attributes: str, code: str) -> None:
    (each,) = found(tmp_path, rule("a", f'<report test="1" {attributes}>x</report>'))
    assert each.rule.code == code
    (each,) = found(tmp_path, f'<pattern><rule context="a" {attributes}><report test="1">x</report></rule></pattern>')
    assert each.rule.code == code


def test_places(tmp_path: Path) -> None:
    assert [
        (each.location.line, each.location.column) for each in found(tmp_path, rule("b", '<report test="1"/>'))
    ] == [
        (2, 1),
        (3, 1),
        (4, 6),
    ]
    (each,) = found(tmp_path, rule("c", '<report test="1" subject="b">x</report>'))
    assert each.location.column == 6
    (each,) = found(tmp_path, rule("c/b/@n", '<report test="1">x</report>'))
    assert each.location.column == 6
    document = (
        '<?xml-model href="x"?>\n<!-- c -->\n<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">\n<a><b/></a>\n<?end x?>'
    )
    (each,) = found(tmp_path, rule("b", '<report test="1">x</report>'), document=document)
    assert (each.location.line, each.location.column) == (4, 4)
    assert said(
        tmp_path, rule("processing-instruction()", '<report test="1"><name/></report>'), document=document
    ) == [
        "xml-model",
        "end",
    ]


@pytest.mark.parametrize(
    ("context", "document", "places"),
    [
        ("text()[normalize-space()]", "<a>\n<b/>\n\n some<b/> text</a>", [(4, 2), (4, 11)]),
        ("text()[normalize-space()]", "<a>\n<!-- c --> x<b>y</b><?p?>\nz</a>", [(2, 12), (2, 16), (3, 1)]),
        (
            "comment()",
            "<!--\n1--><a>\n<!-- 2\n\n--><b/><!-- 3 --></a>\n<!-- 4 -->",
            [(1, None), (3, None), (5, None), (6, None)],
        ),
        ("processing-instruction()", "<a>\n<?p a\nb?></a>", [(2, None)]),
        ("@n", "<a>\n<b\nn='1'/></a>", [(2, 1)]),
        ("namespace-node()[. = 'urn:b']", "<a>\n<b xmlns:n='urn:b'/></a>", [(2, 1)]),
        ("/", "<!-- -->\n<a/>", [(2, 1)]),
        ("b", "<a>\r\n<b\r\nn='1'/>\r\n<b/></a>", [(2, 1), (4, 1)]),
        ("b", "<a xml:base='http://127.0.0.1:9/'>\n<b xml:base='c/'/></a>", [(2, 1)]),
    ],
)
def test_places_of_all_kinds_of_nodes(
    tmp_path: Path, context: str, document: str, places: list[tuple[int, int | None]]
) -> None:
    faults = found(tmp_path, rule(context, '<report test="1">x</report>'), document=document)
    assert [(each.location.line, each.location.column) for each in faults] == places


@pytest.mark.parametrize("subject", ["$t//*:w[2]", "3", "()", "key"])
def test_a_subject_that_is_not_of_the_document_leaves_the_place_to_the_context(tmp_path: Path, subject: str) -> None:
    tree = '<let name="t"><v xmlns=""/><v xmlns=""><w/><w/></v></let>'
    (each,) = found(tmp_path, tree + rule("c", f'<report test="1" subject="{subject}">x</report>'))
    assert (each.location.line, each.location.column) == (4, 3)


def test_templates_of_the_schema_do_not_take_the_place_of_ours(tmp_path: Path) -> None:
    template = f'<xsl:template {XSL} match="/" priority="9">taken</xsl:template>'
    assert said(tmp_path, template + rule("a", '<report test="1">x</report>')) == ["x"]


def test_diagnostics_properties_and_see_are_hints(tmp_path: Path) -> None:
    helps = (
        '<diagnostics><diagnostic id="d">write <value-of select="@n + 1"/></diagnostic></diagnostics>'
        '<properties><property id="p">owner: me</property></properties>'
    )
    (each,) = found(
        tmp_path, rule("a", '<report test="1" diagnostics="d" properties="p" see="http://a/b">x</report>') + helps
    )
    assert each.hint == "write 2; owner: me; see http://a/b"


PHASES = (
    '<phase id="quick"><active pattern="one"/><let name="limit" value="1"/></phase>'
    '<pattern id="one"><rule context="a"><report test="1">one</report></rule></pattern>'
    '<pattern id="two"><rule context="a"><report test="1">two</report></rule></pattern>'
)


@pytest.mark.parametrize(
    ("phase", "attributes", "messages"),
    [
        ("", "", ["one", "two"]),
        ("quick", "", ["one"]),
        ("", 'defaultPhase="quick"', ["one"]),
        ("#DEFAULT", 'defaultPhase="quick"', ["one"]),
        ("#ALL", 'defaultPhase="quick"', ["one", "two"]),
    ],
)
def test_phases(tmp_path: Path, phase: str, attributes: str, messages: list[str]) -> None:
    assert said(tmp_path, PHASES, phase=phase, attributes=attributes) == messages


def test_a_phase_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no phase") as raised:
        found(tmp_path, PHASES, phase="slow")
    assert "quick" in raised.value.advice


def test_variables_of_patterns_are_their_own(tmp_path: Path) -> None:
    def pattern(value: str, inside: str = "") -> str:
        return (
            f'<pattern><let name="x" value="{value}"/>'
            '<let name="y" value="$x || \'y\'"/>'
            f'<rule context="a[$x]">{inside}'
            '<report test="\'$x\' != $x"><value-of select="$x, $y"/></report></rule></pattern>'
        )

    patterns = '<let name="x" value="\'0\'"/>' + pattern("'1'") + pattern("'2'", '<let name="x" value="$x || $x"/>')
    assert said(tmp_path, patterns) == ["1 1y", "22 2y"]


def test_abstract_patterns(tmp_path: Path) -> None:
    abstract = (
        '<pattern abstract="true" id="needs"><rule context="$element">'
        '<assert test="@$name">needs <value-of select="\'$name\'"/></assert></rule></pattern>'
        '<pattern is-a="needs"><param name="element" value="b"/><param name="name" value="n"/></pattern>'
        '<pattern is-a="needs"><param name="element" value="c"/><param name="name" value="m"/></pattern>'
    )
    assert said(tmp_path, abstract) == ["needs n", "needs m"]


def test_abstract_rules(tmp_path: Path) -> None:
    pattern = (
        '<pattern><rule abstract="true" id="r"><let name="x" value="@n"/><assert test="$x">no n</assert></rule>'
        '<rule context="b"><extends rule="r"/><report test="$x = 3">three</report></rule></pattern>'
    )
    assert said(tmp_path, pattern) == ["no n", "three"]


def test_includes_and_extends_of_other_files(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "p.sch").write_text(
        f'<pattern xmlns="{SCH}"><rule context="b"><extends href="r.sch#r"/></rule></pattern>', encoding="utf-8"
    )
    (tmp_path / "more" / "r.sch").write_text(
        f'<schema xmlns="{SCH}"><pattern><rule id="q" context="x"/><rule id="r" context="y">'
        '<assert test="@n">no n</assert></rule></pattern></schema>',
        encoding="utf-8",
    )
    assert said(tmp_path, '<include href="more/p.sch"/>') == ["no n"]


def test_keys_and_functions(tmp_path: Path) -> None:
    xsl = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:f="urn:f"'
    declarations = (
        f'<ns prefix="f" uri="urn:f"/><xsl:key {xsl} name="n" match="b" use="@n"/>'
        f'<xsl:function {xsl} name="f:twice"><xsl:param name="x"/>\n<xsl:sequence select="2 * $x"/></xsl:function>'
    )
    assert said(tmp_path, declarations + rule("a", "<report test=\"key('n', '3')\">3</report>")) == ["3"]
    twice = rule("b[@n]", '<report test="f:twice(@n) = 6"><value-of select="f:twice(@n)"/></report>')
    assert said(tmp_path, declarations + twice) == ["6"]


def test_query_bindings(tmp_path: Path) -> None:
    compared = rule("a", "<report test=\"'10' &gt; 9\">as numbers</report>")
    for binding in ("", 'queryBinding="xslt"'):
        assert said(tmp_path, compared, attributes=binding) == ["as numbers"]
    for binding in ("xslt2", "xslt3", "xpath2", "xpath3", "XSLT2"):
        three = rule("a", '<report test="every $x in (1, 2) satisfies $x">x</report>')
        assert said(tmp_path, three, attributes=f'queryBinding="{binding}"') == ["x"]
    with pytest.raises(EditionError, match="query binding"):
        said(tmp_path, compared, attributes='queryBinding="stx"')


def test_rules_in_relax_ng_and_xsd(tmp_path: Path) -> None:
    sch = f'xmlns:sch="{SCH}"'
    rng = 'xmlns="http://relaxng.org/ns/structure/1.0"'
    prefix = '<sch:ns prefix="t" uri="urn:t"/>'
    one = '<sch:rule context="t:b"><sch:report test="1">x</sch:report></sch:rule>'
    inside = f"{prefix}<sch:pattern>{one}</sch:pattern>"
    schemas = {
        "s.rng": f"<grammar {rng} {sch}>{inside}<start><text/></start></grammar>",
        "s.xsd": f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" {sch}><xs:annotation><xs:appinfo>{inside}'
        "</xs:appinfo></xs:annotation></xs:schema>",
        "rule.rng": f'<element name="b" {rng} {sch}>{prefix}{one}<text/></element>',
        "s.rnc": f'namespace sch = "{SCH}"\nsch:ns [ prefix = "t" uri = "urn:t" ]\n'
        'sch:pattern [ sch:rule [ context = "t:b"\nsch:report [ test = "1" "x" ] ] ]\nstart = text',
    }
    (tmp_path / "d.xml").write_text('<a xmlns="urn:t"><b/></a>', encoding="utf-8")
    for name, content in schemas.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        checked = schematron.load(tmp_path / name, name).check(read(tmp_path / "d.xml", "d.xml"))
        assert [each.message for each in checked] == ["x"], name


def test_rules_of_all_files_of_a_grammar(tmp_path: Path) -> None:
    def inside(context: str, number: int) -> str:
        report = f'<sch:report test="1">{number}</sch:report>'
        return f'<sch:pattern><sch:rule context="{context}">{report}</sch:rule></sch:pattern>'

    files = {
        "s.rng": f'<grammar><include href="more/t.rng"/>{inside("a", 1)}</grammar>',
        "more/t.rng": f'<grammar><start><externalRef href="u.rng"/></start>{inside("b", 2)}</grammar>',
        "more/u.rng": f'<choice><empty/><externalRef href="u.rng"/>{inside("c", 3)}</choice>',
        "s.xsd": '<xs:schema><xs:include schemaLocation="t.xsd"/>'
        '<xs:import namespace="urn:x" schemaLocation="http://127.0.0.1:9/x.xsd"/></xs:schema>',
        "t.xsd": f'<xs:schema><xs:include schemaLocation="s.xsd"/><xs:annotation><xs:appinfo>{inside("a", 4)}'
        "</xs:appinfo></xs:annotation></xs:schema>",
    }
    spaces = (
        f'xmlns:sch="{SCH}" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://relaxng.org/ns/structure/1.0"'
    )
    (tmp_path / "more").mkdir()
    for name, content in files.items():
        root, rest = content.split(">", 1)
        (tmp_path / name).write_text(f"{root} {spaces}>{rest}", encoding="utf-8")
    (tmp_path / "d.xml").write_text("<a><b/><c/></a>", encoding="utf-8")
    document = read(tmp_path / "d.xml", "d.xml")
    for name, messages in (("s.rng", ["1", "2", "3"]), ("s.xsd", ["4"])):
        checked = schematron.load(tmp_path / name, name).check(document)
        assert [each.message for each in checked] == messages, name


def test_what_is_misplaced_in_relax_ng_is_refused(tmp_path: Path) -> None:
    outside = f'<sch:assert xmlns:sch="{SCH}" test="1">x</sch:assert>'
    schema = f'<element name="b" xmlns="http://relaxng.org/ns/structure/1.0">\n{outside}<text/></element>'
    (tmp_path / "s.rng").write_text(schema, encoding="utf-8")
    with pytest.raises(EditionError, match=r"s\.rng:2: <assert> cannot stand in <schema>"):
        schematron.load(tmp_path / "s.rng", "s.rng")


def test_elements_of_others_may_stand_anywhere(tmp_path: Path) -> None:
    other = '<o:asert xmlns:o="urn:o"><assert/></o:asert>'
    named = f'<pattern name="of Schematron 1.5">{other}<rule context="a">{other}<report test="1">x</report></rule>'
    assert said(tmp_path, f"{other}{named}</pattern>") == ["x"]


def test_variables_hold_what_their_xslt_makes(tmp_path: Path) -> None:
    (tmp_path / "more.xml").write_text("<m>1</m>", encoding="utf-8")
    made = f'<xsl:copy-of {XSL} select="doc(\'more.xml\')"/> and <v xmlns="">2<!-- c --></v>'
    message = '<report test="1"><value-of select="$x, count($x//@*)"/></report>'
    assert said(tmp_path, rule("a", f'<let name="x">{made}</let>{message}')) == ["1 and 2 0"]


def test_elements_without_namespace_in_a_variable_stay_without(tmp_path: Path) -> None:
    table = '<let name="x"><map xmlns=""><e k="1">one</e></map></let>'
    assert said(
        tmp_path, table + rule("a", '<report test="1"><value-of select="$x/map/e[@k = \'1\']"/></report>')
    ) == ["one"]


def test_line_ends_in_expressions_stay(tmp_path: Path) -> None:
    ends = "'&#10;' = ' ' or '&#13;' = ' ' or '\u2028' = ' ' or string-length('a&#13;&#10;\u2028b') != 5"
    assert said(tmp_path, rule("a", f'<report test="{ends}">changed</report><report test="1">asked</report>')) == [
        "asked"
    ]


def test_parameters_of_an_abstract_pattern_that_are_not_given(tmp_path: Path) -> None:
    abstract = '<pattern abstract="true" id="p"><param name="what" value="@none"/><param name="in" value="b"/>'
    abstract += '<rule context="$in"><assert test="$what">no $what</assert></rule></pattern>'
    assert said(tmp_path, abstract + '<pattern is-a="p"><param name="in" value="a"/></pattern>') == ["no $what"]


def test_a_message_is_text_and_no_longer_than_one_can_read(tmp_path: Path) -> None:
    raw = f'<xsl:text {XSL} disable-output-escaping="yes">&lt;/found></xsl:text>'
    assert said(tmp_path, rule("a", f'<report test="1">raw {raw}</report>')) == ["raw </found>"]
    (long,) = said(tmp_path, rule("a", '<report test="1"><value-of select="(1 to 9999) ! \'a\'"/></report>'))
    assert len(long) == 2001
    assert long.endswith("…")


@pytest.mark.parametrize(
    ("patterns", "says"),
    [
        ("", "no Schematron rules"),
        ("<pattern>\n<rule/></pattern>", r"s\.sch:2: <rule> without context"),
        (rule("b", "\n<assert>x</assert>"), r"s\.sch:2: <assert> without test"),
        (rule("b", '\n<assert test="@n[">x</assert>'), r"s\.sch:2: the rules cannot be compiled"),
        (rule("b", '\n\n<assert test="$gone">x</assert>'), r"s\.sch:3: the rules cannot be compiled: .*gone"),
        (rule("b[", "\n"), r"s\.sch:1: the rules cannot be compiled"),
        (
            rule("b", '<assert test="nosuch(.)">x</assert>'),
            r"s\.sch:1: the rules cannot be compiled: Cannot find a 1-argument function named nosuch\(\)$",
        ),
        (
            rule("b", '<let name="x" value="string-length((1, 2))"/><assert test="$x">x</assert>'),
            r"s\.sch:1: .* is xs:string\. The supplied value is of type xs:integer$",
        ),
        (
            rule("a", '<let name="x" value="xs:integer(//b)"/><assert test="$x">x</assert>'),
            r"s\.sch:1: .* more than one item \{ .* \} is not allowed as the value in 'cast as' expression",
        ),
        (rule("b", '\n<assert test="x:y">x</assert>'), r"s\.sch:2: the rules cannot be compiled: .*prefix"),
        (
            rule("b", "\n<assert test=\"xs:date('x')\">x</assert>"),
            r"s\.sch:2: this rule cannot be evaluated for d\.xml: .*date",
        ),
        (
            rule("b", '\n<let name="x" value="1 div 0"/><assert test="$x">x</assert>'),
            r"s\.sch:2: the rules cannot be evaluated for d\.xml: .*division by zero",
        ),
        (
            '\n<let name="p" value="doc(\'gone.xml\')"/>' + rule("b", '<assert test="$p">x</assert>'),
            r"s\.sch:2: .*gone\.xml cannot be read",
        ),
        (rule("b", '\n<extends rule="r"/>'), r's\.sch:2: rule="r" names no abstract rule'),
        (rule("b", '\n<asert test="1">x</asert>'), r"s\.sch:2: Schematron has no <asert> in <rule>"),
        ("\n<patern/>" + rule("b", '<assert test="1"/>'), r"s\.sch:2: Schematron has no <patern>"),
        (rule("b", "\n<pattern/>"), r"s\.sch:2: <pattern> cannot stand in <rule>"),
        (rule("b", '\n<assert test="1" rol="warning">x</assert>'), r"s\.sch:2: <assert> has no attribute rol"),
        (rule("b", '<assert test="1">\n<value-of/></assert>'), r"s\.sch:2: <value-of> without select"),
        (rule("b", "<extends/>"), r"s\.sch:1: <extends> without rule"),
        ('<ns prefix="p"/>' + rule("b", '<assert test="1"/>'), r"s\.sch:1: <ns> without uri"),
        (
            '<phase id="p">\n<active pattern="o"/></phase><pattern id="one"/>',
            r's\.sch:2: there is no pattern "o"',
        ),
        (rule("b", '<let name="x" value="1"/>\n<let name="x" value="2"/>'), r's\.sch:2: .*"x" is defined twice'),
        (f'\n<xsl:include {XSL} href="x.xsl"/>' + rule("b", ""), r"s\.sch:2: xsl:include cannot stand in <schema>"),
        (rule("b", f'<let name="x">\n<xsl:evaluate {XSL} xpath="1"/></let>'), "xsl:evaluate is not allowed"),
        ('<pattern is-a="p"/>', r's\.sch:1: is-a="p" names no abstract pattern'),
        (rule("b", '<assert test="1" diagnostics="d">x</assert>'), "no diagnostic"),
        ('<ns prefix="p" uri="a"/>\n<ns prefix="p" uri="b"/>', r's\.sch:2: the prefix p stands for "a"'),
        ('\n<ns prefix="xsl" uri="a"/>', r"s\.sch:2: the prefix xsl stands for "),
        ('\n<ns prefix="a b" uri="a"/>', r's\.sch:2: "a b" cannot be a prefix'),
        ('\n<ns prefix="__ed" uri="a"/>', r's\.sch:2: "__ed" cannot be a prefix'),
        (
            f'\n<xsl:template {XSL} match="*" mode="#all"/>' + rule("b", '<assert test="@n">n</assert>'),
            r"s\.sch:2: a template of all modes would stand in the way of the rules",
        ),
        ('<include href="nowhere.sch"/>', "no such file"),
        ('<include href="../x.sch"/>', "outside"),
        ('<include href="http://a.b/x.sch"/>', "network"),
        ('<include href="#p"/>', "no element has the id"),
        ('<pattern id="p">\n<include href="s.sch#p"/></pattern>', "includes itself"),
        (
            '<pattern><rule abstract="true" id="r"><extends rule="r"/></rule>'
            '<rule context="b"><extends rule="r"/></rule></pattern>',
            "extends itself",
        ),
    ],
)
def test_a_schema_that_is_refused(
    tmp_path: Path, patterns: str, says: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(EditionError, match=says):
        found(tmp_path, patterns)
    assert capfd.readouterr() == ("", ""), "Saxon says nothing itself"


PERSONS = '<persons><person id="mao"/><person id="mao"/></persons>'


@pytest.mark.parametrize(
    ("patterns", "messages"),
    [
        (rule("a", "<report test=\"doc('more/persons.xml')//person/@id = 'mao'\">there</report>"), ["there"]),
        (rule("a", "<report test=\"document('more/persons.xml', /)//person\">there</report>"), ["there"]),
        (rule("a", "<report test=\"document('more/persons.xml#x')//person\">there</report>"), ["there"]),
        (rule("a", "<report test=\"doc-available('more/persons.xml')\">there</report>"), ["there"]),
        (rule("a", "<report test=\"not(doc-available('gone.xml'))\">gone</report>"), ["gone"]),
        (rule("a", "<report test=\"not(doc-available('d.sch'))\">broken</report>"), ["broken"]),
        (
            rule("a", "<report test=\"@n = 'doc(1)' or 'document (' = 'document ('\">only words</report>"),
            ["only words"],
        ),
        (
            '<let name="p" value="doc(\'more/persons.xml\')"/>'
            + rule("a", '<report test="1"><value-of select="count($p//person)"/></report>'),
            ["2"],
        ),
    ],
)
def test_other_documents_of_the_edition(tmp_path: Path, patterns: str, messages: list[str]) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "persons.xml").write_text(PERSONS, encoding="utf-8")
    (tmp_path / "d.sch").write_text("<broken>", encoding="utf-8")
    assert said(tmp_path, patterns) == messages


def test_a_pattern_for_other_documents_has_its_findings_there(tmp_path: Path) -> None:
    (tmp_path / "persons.xml").write_text(f"\n{PERSONS}", encoding="utf-8")
    pattern = (
        '<pattern documents="/a/@persons"><rule context="person">'
        '<report test="preceding::person/@id = @id">twice</report></rule></pattern>'
    )
    (each,) = found(tmp_path, pattern, document='<a persons="persons.xml"><person/></a>')
    assert str(each.location) == "persons.xml:2:28"


@pytest.mark.parametrize("binding", ["", 'queryBinding="xslt3"'])
def test_a_document_that_a_pattern_wants_in_vain_is_a_finding_where_it_is_named(tmp_path: Path, binding: str) -> None:
    (tmp_path / "persons.xml").write_text(PERSONS, encoding="utf-8")
    pattern = '<pattern documents="//@ref"><rule context="person"><report test="1">x</report></rule></pattern>'
    each, *there = found(
        tmp_path, pattern, document='<a>\n<b ref="gone.xml"/><b ref="persons.xml"/></a>', attributes=binding
    )
    assert str(each.location) == "d.xml:2:1"
    assert each.message == "gone.xml cannot be read, and the rules of s.sch:1 are for it (the attribute ref)"
    assert "check its name" in each.hint
    assert [str(other.location.path) for other in there] == ["persons.xml"] * 2
    (each,) = found(tmp_path, pattern.replace("//@ref", "'gone.xml'"), document="<a/>", attributes=binding)
    assert str(each.location) == "d.xml:1:1"


def test_of_attributes_that_break_one_rule_each_is_told(tmp_path: Path) -> None:
    asserted = rule("@*", '<assert test="xs:integer(.) lt 3">too large, an e</assert>')
    assert said(tmp_path, asserted, document='<a b="3" c="2" e="5" xml:id="7"/>') == [
        "too large, an e",
        "too large, an e (the attribute b)",
        "too large, an e (the attribute xml:id)",
    ]


@pytest.mark.parametrize(
    "patterns",
    [
        rule("a", "<report test=\"doc('../secret.xml')/a\">x</report>"),
        rule("a", "<report test=\"doc('link.xml')/a\">x</report>"),
        rule("a", "<report test=\"fn:doc('../secret.xml')/a\">x</report>"),
        rule("a", "<report test=\"Q{http://www.w3.org/2005/xpath-functions}doc('d.xml')/a\">x</report>"),
        rule("a", "<report test=\"unparsed-text('s.sch')\">x</report>"),
        rule("a", "<report test=\"doc('http://127.0.0.1:9/')/a\">x</report>"),
        rule("a", "<report test=\"collection('.')\">x</report>"),
        rule("a", "<report test=\"environment-variable('HOME')\">x</report>"),
        rule("a", "<report test=\"parse-xml('&lt;!DOCTYPE a SYSTEM &quot;s.sch&quot;>&lt;a/>')\">x</report>"),
        rule("a", '<report test="Q{java:java.lang.System}exit(0)">x</report>'),
        rule("a", "<report test=\"let $read := unparsed-text#1 return $read('s.sch')\">x</report>"),
        rule("a", "<report test=\"function-lookup(xs:QName('fn:doc'), 1)('d.xml')\">x</report>"),
        rule("a", "<report test=\"json-doc('s.sch')\">x</report>"),
        rule("a", "<report test=\"uri-collection('.')\">x</report>"),
        rule("a", "<report test=\"transform(map{'stylesheet-location': 's.sch'})\">x</report>"),
        rule(
            "a",
            f'<let name="x"><xsl:source-document {XSL} href="d.xml"><xsl:copy/></xsl:source-document></let>'
            '<report test="$x = 1">x</report>',
        ),
        f'<xsl:include {XSL} href="secret.xml"/>'
        f'<xsl:function {XSL} xmlns:f="f" name="f:f"><xsl:result-document href="out.xml"/></xsl:function>'
        + rule("a", '<report test="1">x</report>'),
        rule("a", f'<report test="1"><xsl:result-document {XSL} href="out.xml"/></report>'),
    ],
)
def test_a_schema_opens_nothing_else_and_writes_nothing(tmp_path: Path, patterns: str) -> None:
    (tmp_path / "secret.xml").write_text("<a/>", encoding="utf-8")
    (tmp_path / "edition").mkdir()
    (tmp_path / "edition" / "link.xml").symlink_to("../secret.xml")
    with pytest.raises(EditionError):
        found(tmp_path / "edition", f'<ns prefix="fn" uri="http://www.w3.org/2005/xpath-functions"/>{patterns}')
    assert sorted(each.name for each in (tmp_path / "edition").iterdir()) == ["d.xml", "link.xml", "s.sch"]


def test_without_saxon_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def missing(name: str, *arguments: Any, **more: Any) -> Any:
        if name == "saxonche":
            raise ImportError(name)
        return whole(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UsageError, match="SaxonC-HE") as raised:
        found(tmp_path, rule("b", '<assert test="@n">no n</assert>'))
    assert "edition-toolkit[schematron]" in raised.value.advice


def test_many_findings_are_counted(tmp_path: Path) -> None:
    many = found(tmp_path, rule("b", '<report test="1">x</report>'), document=f"<a>{'<b/>' * 3000}</a>")
    assert len(many) == 101
    assert "2900 more" in many[-1].message


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot be forked")
@pytest.mark.parametrize("handler", [signal.default_int_handler, signal.SIG_IGN])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_rule_that_never_ends_can_be_interrupted(tmp_path: Path, sent: signal.Signals, handler: Any) -> None:
    child = os.fork()
    if child == 0:  # as a process of its own, and as one of several that leave interruptions to their parent
        signal.signal(sent, handler)
        try:
            with saxon.interruptible():
                signal.raise_signal(sent)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -sent
    before = signal.getsignal(sent)
    assert said(tmp_path, rule("a", '<assert test="false()">never</assert>')) == ["never"]
    assert signal.getsignal(sent) == before
