"""Validity by XSD: what is found where, in which words, and what broken schemas come to."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from edition.errors import EditionError, UsageError
from edition.schema import files, languages
from edition.schema.xsd import XsdSchema, load
from edition.schema.xsd_reading import may_run_away
from edition.tei.parse import read
from tests.schema.plays import ERRORS, GOOD, HEADER, PLAY, TEI, TURN, XML, document, play, sp, told

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'


@pytest.fixture
def schema(tmp_path: Path) -> XsdSchema:
    return play(tmp_path)


@pytest.mark.parametrize(
    "body",
    [
        "",
        TURN,
        "<teiHeader><title>x</title><edition>1.0</edition><date when='1950-01'/></teiHeader>" + TURN,
        '<sp who="#a #b" n="2"><speaker/><stage>x</stage><p>a <seg>b <hi rend="bold">c</hi></seg></p><p/></sp>',
        '<sp who=""><speaker/><p xmlns:m="m" m:any="x"><!-- c --><?pi x?><date when="1950" cert="low"/></p></sp>',
        '<sp xml:id="t1" who="#a"><speaker/><p/></sp>' + TURN,
    ],
)
def test_what_is_valid_has_no_findings(tmp_path: Path, schema: XsdSchema, body: str) -> None:
    assert list(told(schema, tmp_path, body)) == []


@pytest.mark.parametrize(
    ("body", "code", "message", "hint"),
    ERRORS,
)
def test_one_error_is_one_finding(
    tmp_path: Path, schema: XsdSchema, body: str, code: str, message: str, hint: str
) -> None:
    findings = list(told(schema, tmp_path, body))
    assert [finding.rule.code for finding in findings] == [code], [each.message for each in findings]
    assert message in findings[0].message
    assert hint in findings[0].hint


def test_errors_stand_at_their_own_line_and_column_in_reading_order(tmp_path: Path, schema: XsdSchema) -> None:
    body = """
<sp who="#a" xml:id="t1">
  <speaker>А.:</speaker> да
  <p>да <date
     when="x"/> <b/></p>
</sp>
<sp><speaker/>
<p/></sp>"""
    found = [
        (each.location.line, each.location.column, each.rule.code, each.turn) for each in told(schema, tmp_path, body)
    ]
    assert found == [
        (3, 26, "SCH106", "t1"),
        (4, 9, "SCH105", "t1"),
        (5, 17, "SCH101", "t1"),
        (7, 1, "SCH104", None),
    ]


def test_an_unknown_element_does_not_hide_what_is_wrong_in_and_after_it(tmp_path: Path, schema: XsdSchema) -> None:
    body = '<spp who="#a"><speaker/><p><date when="x"/></p></spp>' + sp("<speaker/>") + sp(GOOD, "")
    assert [each.rule.code for each in told(schema, tmp_path, body)] == ["SCH101", "SCH105", "SCH102", "SCH104"]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (f"<TEI>{TURN}</TEI>", "<TEI> is in no namespace", f'write <TEI xmlns="{TEI}">'),
        ('<TEI xmlns="urn:x"/>', "<TEI> is in the namespace urn:x", f'write <TEI xmlns="{TEI}">'),
        (f'<tei xmlns="{TEI}"/>', "<tei> may not be the root", "did you mean <TEI>?"),
        ("<html/>", "<html> may not be the root", "expected: <TEI>"),
    ],
)  # fmt: skip
def test_a_wrong_root_is_told_once(tmp_path: Path, schema: XsdSchema, text: str, message: str, hint: str) -> None:
    (finding,) = schema.check(document(tmp_path, text))
    assert message in finding.message
    assert hint in finding.hint


def test_ids_are_left_to_the_rules_of_references(tmp_path: Path, schema: XsdSchema) -> None:
    body = sp(GOOD, 'who="#a" xml:id="t1"') + sp(GOOD, 'who="#a" xml:id="t1"') + sp(GOOD, 'who="#a" xml:id="1"')
    assert list(told(schema, tmp_path, body)) == []


def test_a_document_in_another_encoding_keeps_its_places(tmp_path: Path, schema: XsdSchema) -> None:
    file = tmp_path / "a.xml"
    file.write_bytes(
        f'<?xml version="1.0" encoding="koi8-r"?>\n<TEI xmlns="{TEI}">\n  <b>Ж</b></TEI>'.encode("koi8-r")
    )
    places = [(each.location.line, each.location.column) for each in schema.check(read(file, "a.xml"))]
    assert places == [(3, 3)]


def test_many_errors_are_counted_rule_by_rule_and_quickly(tmp_path: Path, schema: XsdSchema) -> None:
    turns = (sp("<speaker/><p>x<b/></p>", 'n="x"') + "\n") * 9_000
    before = time.process_time()
    findings = list(told(schema, tmp_path, turns))
    assert time.process_time() - before < 20
    by_code = {code: [each for each in findings if each.rule.code == code] for code in ("SCH101", "SCH104", "SCH105")}
    assert {code: len(found) for code, found in by_code.items()} == {"SCH101": 101, "SCH104": 101, "SCH105": 101}
    assert "8900 more errors" in by_code["SCH104"][-1].message


def test_xmlschema_is_imported_for_failing_files_only(tmp_path: Path) -> None:
    play(tmp_path)
    document(tmp_path, f'<TEI xmlns="{TEI}">{TURN}</TEI>', "good.xml")
    document(tmp_path, f'<TEI xmlns="{TEI}"><b/></TEI>', "bad.xml")
    program = """
import sys
from edition import cli
code = cli.main(["validate", sys.argv[1], "--schema", "play.xsd", "--select", "SCH"])
sys.exit(code + 10 * ("xmlschema" in sys.modules))"""
    for name, code in (("good.xml", 0), ("bad.xml", 11)):
        run = subprocess.run([sys.executable, "-c", program, name], cwd=tmp_path, capture_output=True, check=False)
        assert run.returncode == code, run.stderr.decode()


def test_keys_and_references_to_them_stand_where_they_are_broken(tmp_path: Path) -> None:
    keys = (
        '<xs:key name="k"><xs:selector xpath="i"/><xs:field xpath="@id"/></xs:key>'
        '<xs:keyref name="r" refer="k"><xs:selector xpath="i"/><xs:field xpath="@r"/></xs:keyref>'
    )
    names = '<xs:attribute name="id"/><xs:attribute name="r"/>'
    items = f'<xs:element name="i" maxOccurs="unbounded"><xs:complexType>{names}</xs:complexType></xs:element>'
    content = f"<xs:complexType><xs:sequence>{items}</xs:sequence></xs:complexType>"
    (tmp_path / "k.xsd").write_text(
        f'<xs:schema {XS}><xs:element name="r">{content}{keys}</xs:element></xs:schema>', "utf-8"
    )
    text = '<r>\n<i id="a" r="b"/><i id="b" r="bb"/>\n<i/>\n <i id="a"/></r>'
    found = list(load(tmp_path / "k.xsd", "k.xsd").check(document(tmp_path, text)))
    assert [(each.location.line, each.location.column, each.message) for each in found] == [
        (2, 18, 'r="bb" of <i> leads nowhere: nothing has that key'),
        (3, 1, "<i> lacks the attribute id"),
        (4, 2, 'id="a" of <i> is taken, by <i>'),
    ]
    assert [each.hint for each in found[:2]] == [
        'did you mean "b", of line 2? the key k is the attribute id of i (k.xsd:1)',
        'add id="…": the key k wants it (k.xsd:1)',
    ]


@pytest.mark.parametrize(
    ("body", "told_of"),
    [
        ('<i id="a"/><i id="a"/><zz/>', {(2, 12, 'id="a" of <i> is taken, by <i>')}),
        ("<i/><zz/>", {(2, 1, "<i> lacks the attribute id")}),
        ('<i id="a" r="b"/><zz id="b"/>', set()),
    ],
)
def test_what_is_misplaced_hides_only_keys_that_may_hang_on_it(
    tmp_path: Path, body: str, told_of: set[tuple[int, int, str]]
) -> None:
    keys = (
        '<xs:key name="k"><xs:selector xpath="*"/><xs:field xpath="@id"/></xs:key>'
        '<xs:keyref name="r" refer="k"><xs:selector xpath="i"/><xs:field xpath="@r"/></xs:keyref>'
    )
    names = '<xs:attribute name="id"/><xs:attribute name="r"/>'
    items = f'<xs:element name="i" maxOccurs="unbounded"><xs:complexType>{names}</xs:complexType></xs:element>'
    content = f"<xs:complexType><xs:sequence>{items}</xs:sequence></xs:complexType>"
    (tmp_path / "k.xsd").write_text(
        f'<xs:schema {XS}><xs:element name="r">{content}{keys}</xs:element></xs:schema>', "utf-8"
    )
    found = list(load(tmp_path / "k.xsd", "k.xsd").check(document(tmp_path, f"<r>\n{body}</r>")))
    of_keys = {
        (each.location.line, each.location.column, each.message) for each in found if each.rule.code == "SCH107"
    }
    assert of_keys == told_of
    assert [each.rule.code for each in found if each.rule.code != "SCH107"] == ["SCH101"]


@pytest.mark.parametrize(
    ("kind", "field", "body", "message", "first"),
    [
        ("string", "@n", '<i n="a"/>\n<i n="b"/>\n<i n=" a"/>', None, 0),
        ("token", "@n", '<i n="a"/>\n<i n="b"/>\n<i n=" a"/>', 'n="a" of <i> is taken, by <i>', 1),
        ("integer", "@n", '<i n="1"/>\n<i n="b1"/>\n<i n="01"/>'.replace("b", "1"), 'n="01" of <i> is taken', 1),
        ("string", "@n", '<i n="01"/>\n<i n="1"/>\n<i n="1"/>', 'n="1" of <i> is taken, by <i>', 2),
        ("string", "@n | @m", '<i n="1"/>\n\n<i m="1"/>', 'm="1" of <i> is taken, by <i>', 1),
        ("boolean", "@n", '<i n="true"/>\n<i n="0"/>\n<i n="1"/>', 'n="1" of <i> is taken, by <i>', 1),
        ("string", "s", "<i><s>x</s></i>\n\n<i><s>x</s></i>", '"x" of <i> is taken, by <i>', 1),
    ],
)
def test_of_two_that_have_one_key_both_places_are_told(
    tmp_path: Path, kind: str, field: str, body: str, message: str | None, first: int
) -> None:
    names = f'<xs:attribute name="n" type="xs:{kind}"/><xs:attribute name="m" type="xs:{kind}"/>'
    parts = '<xs:sequence><xs:element name="s" minOccurs="0" type="xs:string"/></xs:sequence>'
    item = f'<xs:element name="i" maxOccurs="9"><xs:complexType>{parts}{names}</xs:complexType></xs:element>'
    group = f'<xs:element name="g" maxOccurs="9"><xs:complexType><xs:sequence>{item}</xs:sequence></xs:complexType>'
    key = f'<xs:unique name="k"><xs:selector xpath="i"/><xs:field xpath="{field}"/></xs:unique></xs:element>'
    content = f"<xs:complexType><xs:sequence>{group}{key}</xs:sequence></xs:complexType>"
    (tmp_path / "k.xsd").write_text(
        f'<xs:schema {XS}><xs:element name="r">{content}</xs:element></xs:schema>', "utf-8"
    )
    text = f"<r><g>{body.splitlines()[-1]}</g><g>{body}</g></r>"
    found = list(load(tmp_path / "k.xsd", "k.xsd").check(document(tmp_path, text)))
    assert [each.message[: len(message or "")] for each in found] == ([message] if message else [])
    assert [[place.location.line for place in each.related] for each in found] == ([[first]] if message else [])
    assert [each.location.line for each in found] == ([3] if message else [])


def test_a_schema_that_only_libxml2_reads_is_explained_too(tmp_path: Path) -> None:
    ambiguous = f"""<xs:schema {XS}><xs:element name="r"><xs:complexType><xs:choice maxOccurs="unbounded">
      <xs:element ref="a"/><xs:element ref="a" minOccurs="0"/><xs:element ref="b"/></xs:choice></xs:complexType>
      </xs:element><xs:element name="a"/><xs:element name="b"/></xs:schema>"""
    schema = play(tmp_path, ambiguous)
    assert list(schema.check(document(tmp_path, "<r><a/><b/><a/></r>"))) == []
    (finding,) = schema.check(document(tmp_path, "<r><a/><bb/></r>"))
    assert "<bb> is not known here" in finding.message


@pytest.mark.parametrize(
    ("namespace", "hint"),
    [
        ("##any", "add any element"),
        ("##other", "add any element but those of the namespace urn:t and no namespace"),
        ("##local urn:o", "add any element of the namespace urn:o or no namespace"),
        ("##targetNamespace", "add any element of the namespace urn:t"),
    ],
)
def test_of_a_wildcard_the_namespaces_are_told(tmp_path: Path, namespace: str, hint: str) -> None:
    wild = f'<xs:any namespace="{namespace}" processContents="skip"/>'
    content = f"<xs:complexType><xs:sequence>{wild}</xs:sequence></xs:complexType>"
    text = f'<xs:schema {XS} targetNamespace="urn:t"><xs:element name="r">{content}</xs:element></xs:schema>'
    schema = play(tmp_path, text)
    (finding,) = schema.check(document(tmp_path, '<r xmlns="urn:t"/>'))
    assert hint in finding.hint


COUNTED = f"""<xs:schema {XS}><xs:element name="r"><xs:complexType><xs:sequence>
  <xs:element name="a" minOccurs="2" maxOccurs="2"/>
  <xs:choice><xs:element name="b"/><xs:element name="a"/></xs:choice>
  </xs:sequence></xs:complexType></xs:element></xs:schema>"""


def test_a_sound_schema_that_libxml2_does_not_take_is_judged_by_xmlschema(tmp_path: Path) -> None:
    schema = play(tmp_path, COUNTED)
    assert list(schema.check(document(tmp_path, "<r><a/><a/><a/></r>"))) == []
    (finding,) = schema.check(document(tmp_path, "<r><a/><a/></r>"))
    assert "<r> has too few <a> or <b>" in finding.message
    (tmp_path / "large.xml").write_text(f"<r><a/><a/><b>{'x' * 3_000_000}</b></r>")
    with pytest.raises(EditionError, match="too large for this schema"):
        list(schema.check(document(tmp_path, (tmp_path / "large.xml").read_text(), "large.xml")))


def including(location: str, attributes: str = "") -> str:
    return f'<xs:schema {XS} {attributes}>\n<xs:include schemaLocation="{location}"/></xs:schema>'


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", "s.xsd:1", "the file is empty"),
        ("<xs:schema", "s.xsd:1", "not sound XML"),
        ("<TEI/>", "s.xsd:1", "it begins with <TEI>"),
        (f'<!DOCTYPE x [<!ENTITY e "x">]><xs:schema {XS}/>', "s.xsd:1", "entities"),
        (f'<xs:schema {XS}>\n<xs:element name="a" type="b"/></xs:schema>', "s.xsd:2", "does not resolve"),
        (f'<xs:schema {XS}>\n<xs:elemnt name="a"/></xs:schema>', "s.xsd:2", "not valid"),
        (including("gone.xsd"), "s.xsd:2", "no such file"),
        (including("."), "s.xsd:2", "no such file"),
        (including("../../etc/x.xsd"), "s.xsd:2", "outside"),
        (including("/etc/passwd"), "s.xsd:2", "outside"),
        (including("http://example.org/x.xsd"), "s.xsd:2", "network"),
        (including("x.xsd", 'xml:base="/etc/"'), "s.xsd:2", "xml:base"),
        (including("broken.xsd"), "broken.xsd:3", "does not resolve"),
        (including("note.txt"), "note.txt:1", "not XML"),
    ],
)
def test_a_broken_schema_is_refused_with_the_place(tmp_path: Path, text: str, place: str, what: str) -> None:
    (tmp_path / "s.xsd").write_text(text)
    (tmp_path / "note.txt").write_text("a note")
    (tmp_path / "broken.xsd").write_text(f'<xs:schema {XS}>\n\n<xs:element name="a" type="b"/></xs:schema>')
    with pytest.raises(EditionError) as refusal:
        languages.load(tmp_path / "s.xsd", "s.xsd")
    assert refusal.value.exit_code == 3
    assert place in refusal.value.message
    assert what in refusal.value.message


def test_schemas_that_include_each_other_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_date = '<xs:simpleType name="t"><xs:restriction base="xs:date"/></xs:simpleType>'
    including_b = f'<xs:schema {XS}><xs:include schemaLocation="b.xsd"/><xs:element name="a" type="t"/></xs:schema>'
    (tmp_path / "b.xsd").write_text(f'<xs:schema {XS}><xs:include schemaLocation="play.xsd"/>{a_date}</xs:schema>')
    schema = play(tmp_path, including_b)
    assert list(schema.check(document(tmp_path, "<a>1950-01-22</a>"))) == []
    (finding,) = schema.check(document(tmp_path, "<a>1950</a>"))
    assert finding.rule.code == "SCH105"
    monkeypatch.chdir(tmp_path)
    here = load(Path("play.xsd"), "play.xsd")
    assert list(here.check(document(tmp_path, "<a>1950-01-22</a>"))) == []


def test_a_schema_is_found_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "мои схемы 100% #1"
    folder.mkdir()
    assert list(told(play(folder), folder, TURN)) == []


def test_a_schema_may_take_files_from_its_edition(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "xml.xsd").write_text(XML)
    (tmp_path / "schemas" / "play.xsd").write_text(PLAY.replace('"xml.xsd"', '"../shared/xml.xsd"'))
    load(tmp_path / "schemas" / "play.xsd", "schemas/play.xsd")
    with pytest.raises(EditionError, match="outside its folder"):
        load(tmp_path / "schemas" / "play.xsd", "play.xsd")


def test_groups_that_double_with_each_step_are_refused(tmp_path: Path) -> None:
    def group(number: int, inside: str) -> str:
        return f'<xs:group name="g{number}"><xs:sequence>{inside}</xs:sequence></xs:group>'

    groups = [group(number, f'<xs:group ref="g{number + 1}"/>' * 2) for number in range(30)]
    groups.append(group(30, '<xs:element name="a"/>'))
    root = '<xs:element name="r"><xs:complexType><xs:group ref="g0"/></xs:complexType></xs:element>'
    with pytest.raises(EditionError, match="too large"):
        play(tmp_path, f"<xs:schema {XS}>{''.join(groups)}{root}</xs:schema>")


def test_a_schema_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILES", 1)
    with pytest.raises(EditionError, match="larger than"):
        play(tmp_path)


def test_a_pattern_that_can_run_away_is_left_to_libxml2(tmp_path: Path) -> None:
    schema = play(
        tmp_path,
        f"""<xs:schema {XS}><xs:element name="r"><xs:complexType><xs:sequence><xs:element name="a"/></xs:sequence>
        <xs:attribute name="n"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="(a|aa)+b"/>
        </xs:restriction></xs:simpleType></xs:attribute></xs:complexType></xs:element></xs:schema>""",
    )
    before = time.process_time()
    findings = list(schema.check(document(tmp_path, f'<r n="{"a" * 28}"><b/></r>')))
    assert time.process_time() - before < 10
    assert {each.rule.code for each in findings} == {"SCH101", "SCH105"}


@pytest.mark.parametrize("value", ["123456789012345678901-01-01", "9" * 5_000, "-" * 5_000, "x" * 20_000])
def test_values_beyond_what_python_can_count_are_no_failure(tmp_path: Path, schema: XsdSchema, value: str) -> None:
    body = sp(f'<speaker/><p><date when="{value}"/></p>') + HEADER.format(
        f"<title/><edition>{value}</edition><date/>"
    )
    assert "SCH101" in {each.rule.code for each in told(schema, tmp_path, body)}


@pytest.mark.parametrize(("name", "what"), [("s.rnx", ".rnx"), ("schema", "no ending"), ("s.XSD", "no such file")])
def test_the_language_is_known_by_the_ending(tmp_path: Path, name: str, what: str) -> None:
    with pytest.raises(EditionError, match=what) as refusal:
        languages.load(tmp_path / name, name)
    assert isinstance(refusal.value, UsageError) == (name != "s.XSD")
    assert "XSD (*.xsd)" in refusal.value.advice or name == "s.XSD"


def test_an_ambiguous_schema_with_such_a_pattern_is_refused(tmp_path: Path) -> None:
    values = '<xs:restriction base="xs:string"><xs:pattern value="(a|aa)+b"/></xs:restriction>'
    named = f'<xs:simpleType name="t">{values}</xs:simpleType></xs:schema>'
    with pytest.raises(EditionError, match="can take for ever"):
        play(tmp_path, COUNTED.replace("</xs:schema>", named))


RUNAWAYS = ["(a|aa)+b", "(a+)+", "((a)*)*", "(a*b?)*", r"(-\S+)*", "(-[^x]+)*", "(-a+-)*", "(.a*)+", "a*a*a*a*b"]
SOUND = ["[a-z]+", "(ab)*", "[a-z]{2,3}(-[A-Za-z0-9]+)*", r"\d+(\.\d+){0,2}", "(a|b)", r"#\S+( #\w+)*"]


@pytest.mark.parametrize(
    ("pattern", "can"), [*((each, True) for each in RUNAWAYS), *((each, False) for each in SOUND)]
)
def test_which_patterns_can_run_away(pattern: str, can: bool) -> None:
    assert may_run_away(pattern) is can


def test_ids_do_not_hide_what_comes_after_them(tmp_path: Path, schema: XsdSchema) -> None:
    many = "".join(sp(GOOD, 'who="#a" xml:id="t1"') for _ in range(700))
    schema.__dict__["declarations"] = None  # as where xmlschema cannot read the schema
    (finding,) = told(schema, tmp_path, many + sp("<speaker/>"))
    assert finding.rule.code == "SCH102"
    assert "Missing child element" in finding.message


IDS = f"""<xs:schema {XS}><xs:element name="letters"><xs:complexType><xs:sequence>
<xs:element name="letter" maxOccurs="9"><xs:complexType>
<xs:attribute name="id" type="key"/><xs:attribute name="reply" type="xs:IDREF"/>
<xs:attribute name="copies" type="xs:IDREFS"/><xs:attribute name="n" type="xs:int"/></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>
<xs:simpleType name="key"><xs:restriction base="xs:ID"><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
</xs:schema>"""


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ('<letter id="a"/><letter id="b" reply="a" copies=" a  b "/>', []),
        ('<letter id="a"/><letter id="a"/>', ['id="a" of <letter> is the name of another element already']),
        ('<letter id="a"/><letter reply="c"/>', ['reply="c" of <letter> names no element of this file']),
        ('<letter id="a"/><letter copies="a d"/>', ['copies="d" of <letter> names no element of this file']),
        ('<letter id="1"/>', ['id="1" of <letter> is not valid']),
        ('<letter id="long"/>', ['id="long" of <letter> is not valid']),
        (
            '<letter id="a" n="x"/><letter id="a"/>',
            ['n="x" of <letter> is not valid', 'id="a" of <letter> is the name of another element already'],
        ),
    ],
)
def test_names_of_type_id_are_given_once_and_none_is_missing(tmp_path: Path, body: str, messages: list[str]) -> None:
    found = play(tmp_path, IDS).check(document(tmp_path, f"<letters>{body}</letters>"))
    assert [each.message for each in found] == messages
