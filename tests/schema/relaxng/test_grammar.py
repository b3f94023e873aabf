"""How schemas are read: their parts, their files, and where and why broken ones are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.errors import EditionError
from edition.schema import languages
from edition.schema.relaxng import load
from edition.schema.relaxng.schema import RelaxNgSchema
from tests.schema.relaxng.schemas import OPENING, RNG, attribute, element, findings, grammar, schema, start, told

A, B = element("a"), element("b")
CIRCLE = '<define name="x"><ref name="x"/></define>'


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", "s.rng:1", "the file is empty"),
        ("<grammar", "s.rng:1", "not sound XML"),
        ("<TEI/>", "s.rng:1", "not a RELAX NG schema: it begins with <TEI>"),
        (f'<!DOCTYPE x [<!ENTITY e "x">]><grammar xmlns="{RNG}"/>', "s.rng:1", "entities"),
        (grammar(), "s.rng:1", "the grammar has no <start>"),
        (grammar("<start/>"), "s.rng:2", "<start> is empty"),
        (grammar(f"<start>{A}{B}</start>"), "s.rng:2", "<start> holds one pattern only"),
        (grammar('<start><ref name="x"/></start>'), "s.rng:2", '"x" is not defined'),
        (grammar(start("<ref/>")), "s.rng:2", "<ref> has no name"),
        (grammar(start('<ref name="a b"/>')), "s.rng:2", "not the name of a definition"),
        (grammar(start("<elemnt/>")), "s.rng:2", "<elemnt> may not stand in <element>"),
        (grammar(start("\n<optional><elemnt/></optional>")), "s.rng:3", "no element <elemnt>"),
        (grammar(start("")), "s.rng:2", "says nothing of its content"),
        (grammar(start("<group/>")), "s.rng:2", "<group> is empty"),
        (grammar(start("words")), "s.rng:2", 'holds the text "words"'),
        (grammar(start('<text nam="x"/>')), "s.rng:2", "<text> has no attribute nam"),
        (grammar(start("<text><empty/></text>")), "s.rng:2", "<text> holds nothing"),
        (grammar(start('<element name="x:a"><empty/></element>')), "s.rng:2", "the prefix x is not declared"),
        (grammar(start('<element name="1"><empty/></element>')), "s.rng:2", '"1" is not a name'),
        (grammar(start("<element><empty/></element>")), "s.rng:2", "<element> has no name"),
        (grammar(start('<attribute name="x"><text/><text/></attribute>')), "s.rng:2", "one pattern only"),
        (grammar(start(attribute("xmlns"))), "s.rng:2", "xmlns is no attribute"),
        (
            grammar(start("<element><anyName><except><anyName/></except></anyName><empty/></element>")),
            ":2",
            "<except>",
        ),
        (grammar(start("<element><nsName><except><nsName/></except></nsName><empty/></element>")), ":2", "<except>"),
        (grammar(start('<data type="dat"/>')), "s.rng:2", "no type dat in XSD"),
        (grammar(start('<data type="token"><param name="pattern">(</param></data>')), "s.rng:2", "is none"),
        (grammar(start('<value type="integer">x</value>')), "s.rng:2", '"x" is no integer'),
        (grammar(start('<data type="x" datatypeLibrary="y"/>')), "s.rng:2", "no absolute URI"),
        (grammar(start('<data type="x" datatypeLibrary="urn:y"/>')), "s.rng:2", "no datatype library urn:y"),
        (
            grammar(start('<ref name="x"/>'), "", '<define name="x"><ref name="x"/></define>'),
            "s.rng:4",
            "back to itself",
        ),
        (grammar(start("<empty/>"), start("<empty/>")), "s.rng:3", "<start> stands here a second time"),
        (grammar(start(A), '<start combine="x"><empty/></start>'), "s.rng:3", "neither choice nor interleave"),
        (grammar(start("<parentRef name='x'/>")), "s.rng:2", "stands in no grammar"),
        (grammar(start(A), '<define name="unused"><choice/></define>'), "s.rng:3", "<choice> is empty"),
        (grammar(start(A), '<define name="unused"><element name="a"/></define>'), "s.rng:3", "says nothing"),
    ],
)
def test_a_broken_schema_is_refused_with_the_place(tmp_path: Path, text: str, place: str, what: str) -> None:
    (tmp_path / "s.rng").write_text(text)
    with pytest.raises(EditionError) as refusal:
        languages.load(tmp_path / "s.rng", "s.rng")
    assert refusal.value.exit_code == 3
    assert place in refusal.value.message
    assert what in refusal.value.message


X = attribute("x")
ANY = "<attribute><anyName/>{}</attribute>"
DATA = '<data type="token"/>'


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (attribute("x", A), "an <element> may not stand in an <attribute>"),
        (attribute("x", attribute("y")), "an <attribute> may not stand in an <attribute>"),
        (f"<list>{A}</list>", "an <element> may not stand in a <list>"),
        (f"<list><list>{DATA}</list></list>", "a <list> may not stand in a <list>"),
        ("<list><text/></list>", "<text/> may not stand in a <list>"),
        (f"<list><interleave>{DATA}{DATA}</interleave></list>", "an <interleave> may not stand in a <list>"),
        ('<data type="token"><except><text/></except></data>', "<text/> may not stand in an <except>"),
        ('<data type="token"><except><empty/></except></data>', "<empty/> may not stand in an <except>"),
        (f"<oneOrMore><group>{attribute('x')}{A}</group></oneOrMore>", "a <group> that is repeated"),
        (f"<oneOrMore>{DATA}</oneOrMore>", "values stand beside"),
        (f"{DATA}{DATA}", "values stand beside"),
        (f"{DATA}{A}", "values stand beside"),
        (f"{DATA}<text/>", "values stand beside"),
        (attribute("x") + attribute("x"), 'the attribute "x" stands there twice'),
        (
            f"<interleave>{X}<choice>{A}<group>{B}{X}</group></choice></interleave>",
            'the attribute "x" stands there twice',
        ),
        (f"{B}<choice><group>{X}{X}</group>{A}</choice>", 'the attribute "x" stands there twice'),
        (f"<oneOrMore>{ANY.format('')}</oneOrMore>{B}{X}", 'the attribute "x" that a wildcard takes as well'),
        (X + f"<oneOrMore>{ANY.format('')}</oneOrMore>", 'the attribute "x" that a wildcard takes as well'),
        (f"<oneOrMore>{ANY.format('')}</oneOrMore>" * 2, "the attribute that two wildcards take"),
        (ANY.format(""), "must stand in <oneOrMore>"),
        (f"<oneOrMore>{ANY.format(DATA)}</oneOrMore>", "may only hold <text/>"),
        ("<interleave><text/><text/></interleave>", "both sides of an <interleave> hold <text/>"),
        ("<mixed><text/></mixed>", "both sides of an <interleave> hold <text/>"),
        (f"<interleave>{A}{A}</interleave>", 'both sides of an <interleave> hold the element "a"'),
    ],
)
def test_what_may_not_be_asked_for(tmp_path: Path, content: str, what: str) -> None:
    with pytest.raises(EditionError, match=r"s\.rng:2") as refusal:
        schema(tmp_path, content)
    assert what in refusal.value.message


ID = '<data type="ID"/>'


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (f"{A}\n<list>\n<text/></list>", 4, "<text/> may not stand in a <list>"),
        (
            f"{A}\n<attribute name='x'>\n<choice><text/>\n<element name='a'><empty/></element></choice></attribute>",
            5,
            "an <element> may not stand in an <attribute>",
        ),
        (f"{A}\n<oneOrMore>\n<group>{A}\n<attribute name='x'/></group></oneOrMore>", 5, "a <group> that is repeated"),
        (f"<attribute name='x'/>\n{A}\n<attribute name='x'/>", 4, 'the attribute "x" stands there twice'),
        (f"{A}\n{ANY.format('')}", 3, "must stand in <oneOrMore>"),
        (f"{A}\n{DATA}", 3, "values stand beside"),
        (
            f"<interleave>{A}\n<group>{B}\n{A}</group></interleave>",
            4,
            "both sides of an <interleave> hold the element",
        ),
        (
            "<interleave><text/>\n<group><empty/>\n<text/></group></interleave>",
            4,
            "both sides of an <interleave> hold",
        ),
        (
            "<ref name='d'/></element></start>\n<define name='d'>\n<list>\n<text/></list></define>"
            "<start combine='choice'><element name='s'><empty/>",
            5,
            "<text/> may not stand in a <list>",
        ),
        (
            "<ref name='d'/>\n<optional><ref name='d'/></optional></element></start>\n<define name='d'>"
            "<ref name='e'/></define><define name='e'><attribute name='x'/></define>"
            "<start combine='choice'><element name='s'><empty/>",
            3,
            'the attribute "x" stands there twice',
        ),
        # What only elements can be called by, or call (RELAX NG DTD Compatibility, 5).
        (f"{A}\n<element name='i'>\n{ID}</element>", 4, "ID may only be the whole value of an attribute"),
        ("<attribute name='x'>\n<list>\n<data type='IDREF'/></list></attribute>", 4, "IDREF may only be the whole"),
        (
            f"<attribute name='x'>{ID}</attribute><attribute name='y'>\n<choice>{ID}<text/></choice></attribute>",
            3,
            "ID may",
        ),
        (f"<attribute>\n<choice><name>x</name><name>y</name></choice>{ID}</attribute>", 3, "must have one name"),
    ],
)
def test_what_may_not_be_asked_for_is_told_where_it_stands(
    tmp_path: Path, content: str, line: int, what: str
) -> None:
    (tmp_path / "s.rng").write_text(grammar(f"<start><element name='r'>{content}</element></start>"), "utf-8")
    with pytest.raises(EditionError, match=rf"s\.rng:{line}:") as refusal:
        load(tmp_path / "s.rng", "s.rng")
    assert what in refusal.value.message


BY_ID = f"<element name='i'>\n<attribute name='x'>{ID}</attribute></element>"


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (
            f"<choice>{BY_ID}\n<element name='i'><attribute name='x'/></element></choice>",
            4,
            "x of <i> is ID elsewhere",
        ),
        (
            f"<choice>{BY_ID}\n<element><anyName/><attribute name='x'/></element></choice>",
            4,
            "x of <i> is ID elsewhere",
        ),
        (f"{BY_ID}<element>\n<anyName/><attribute name='x'>{ID}</attribute></element>", 3, "may not have the ID x"),
        (f"<choice>{BY_ID}\n<element><anyName/><attribute name='y'/></element></choice>", 0, ""),
        (f"<choice>{BY_ID}\n<element name='i'><empty/></element></choice>", 0, ""),
        (f"<choice>{BY_ID}\n<element name='j'><attribute name='x'/></element></choice>", 0, ""),
    ],
)
def test_of_which_type_an_attribute_is_must_be_clear(tmp_path: Path, content: str, line: int, what: str) -> None:
    (tmp_path / "s.rng").write_text(grammar(f"<start><element name='r'>{content}</element></start>"), "utf-8")
    if not what:
        load(tmp_path / "s.rng", "s.rng")
        return
    with pytest.raises(EditionError, match=rf"s\.rng:{line}: .*{what}"):
        load(tmp_path / "s.rng", "s.rng")


@pytest.mark.parametrize("pattern", ["<text/>", "<empty/>", DATA, attribute("x"), f"<group>{A}{B}</group>"])
def test_a_document_begins_with_an_element(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(EditionError, match="may not stand in a <start>"):
        schema(tmp_path, grammar(f"<start>{pattern}</start>"))


@pytest.mark.parametrize(
    "content",
    [
        f"<choice>{DATA}<notAllowed/></choice>",
        f"<choice><empty/><group><notAllowed/>{DATA}<text/></group></choice>",
        f"<list>{DATA}<choice>{DATA}<notAllowed/></choice></list>",
        f"<interleave><text/><choice>{A}<group><notAllowed/><text/></group></choice></interleave>",
        f"{attribute('x')}<choice><empty/><group><notAllowed/>{attribute('x')}</group></choice>",
        f"<choice><empty/><attribute name='x'><choice><notAllowed/>{DATA}</choice></attribute></choice>",
        '<data type="token"><except><notAllowed/></except></data>',
    ],
)
def test_what_is_not_allowed_goes_before_the_rest_is_looked_at(tmp_path: Path, content: str) -> None:
    schema(tmp_path, content)


def test_what_cannot_be_reached_needs_only_be_well_written(tmp_path: Path) -> None:
    twice = f'<define name="y"><element name="y">{attribute("x")}{attribute("x")}</element></define>'
    schema(tmp_path, grammar(start("<empty/>"), CIRCLE, twice))


def test_definitions_are_combined(tmp_path: Path) -> None:
    ref, of = '<ref name="x"/>', '<define name="x" combine="{}">{}</define>'
    either = schema(tmp_path, grammar(start(ref), of.format("choice", A), f'<define name="x">{B}</define>'))
    assert told(either, tmp_path, "<r><a/></r>") == told(either, tmp_path, "<r><b/></r>") == []
    assert told(either, tmp_path, "<r><a/><b/></r>") != []
    both = schema(tmp_path, grammar(start(ref), of.format("interleave", A), of.format("interleave", B)))
    assert told(both, tmp_path, "<r><a/><b/></r>") == told(both, tmp_path, "<r><b/><a/></r>") == []
    assert told(both, tmp_path, "<r><a/></r>") != []
    with pytest.raises(EditionError, match="combined in two ways"):
        schema(tmp_path, grammar(start(ref), of.format("interleave", A), of.format("choice", B)))


def test_an_include_takes_over_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    theirs = grammar(start('<ref name="x"/>'), f'<div><define name="x">{A}</define></div>', attributes='ns="urn:t"')
    (tmp_path / "parts" / "theirs.rng").write_text(theirs)
    including = '<include href="parts/theirs.rng" ns="urn:o">{}</include>'
    plain = schema(tmp_path, grammar(including.format("")))
    assert told(plain, tmp_path, '<r xmlns="urn:t"><a/></r>') == []
    ours = schema(tmp_path, grammar(including.format(f'<div><define name="x">{B}</define></div>')))
    assert told(ours, tmp_path, '<r xmlns="urn:t"><b xmlns="urn:o"/></r>') == []
    assert told(ours, tmp_path, '<r xmlns="urn:t"><a/></r>') != []
    more = schema(tmp_path, grammar(including.format(""), f'<define name="x" combine="choice">{B}</define>'))
    assert told(more, tmp_path, '<r xmlns="urn:t"><b xmlns=""/></r>') == []
    with pytest.raises(EditionError, match='has no "y" that could be replaced'):
        schema(tmp_path, grammar(including.format(f'<define name="y">{B}</define>')))


def test_another_file_may_stand_for_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "a.rng").write_text(f'<element name="a" xmlns="{RNG}"><ref name="x"/></element>')
    with pytest.raises(EditionError, match=r"a\.rng:1.*stands in no grammar"):
        schema(tmp_path, '<externalRef href="a.rng"/>')
    (tmp_path / "a.rng").write_text(f'<element name="a" xmlns="{RNG}"><value>x</value></element>')
    outer = schema(tmp_path, '<externalRef href="a.rng" ns="urn:a"/>')
    assert told(outer, tmp_path, '<r><a xmlns="urn:a">x</a></r>') == []


@pytest.mark.parametrize(
    ("bases", "href"),
    [
        (("sub/y",), "x.rng"),
        (("sub/", "deep"), "../sub/x.rng"),
        (("a/b/", "../../sub/y"), "x.rng"),
        (("", "sub/"), "x.rng"),
        (("other/z",), "../sub/x.rng"),
    ],
)
def test_paths_are_read_from_the_base_around_them(tmp_path: Path, bases: tuple[str, ...], href: str) -> None:
    """RELAX NG 1.0, 4.5."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "x.rng").write_text(f'<element name="a" xmlns="{RNG}"><empty/></element>')
    pattern = f'<externalRef href="{href}"/>'
    for base in reversed(bases):
        pattern = f'<group xml:base="{base}">{pattern}</group>'
    (tmp_path / "s.rng").write_text(element("r", pattern).replace("<element", f"<element {OPENING}", 1))
    based = load(tmp_path / "s.rng", "s.rng")
    assert told(based, tmp_path, "<r><a/></r>") == []
    assert told(based, tmp_path, "<r><b/></r>") != []


def test_grammars_stand_in_grammars(tmp_path: Path) -> None:
    inner = (
        '<grammar><start><ref name="x"/></start><define name="x">'
        '<group><element name="b"><empty/></element><parentRef name="x"/></group></define></grammar>'
    )
    nested = schema(tmp_path, grammar(start(inner), f'<define name="x">{A}</define>'))
    assert told(nested, tmp_path, "<r><b/><a/></r>") == []
    assert told(nested, tmp_path, "<r><b/><b/></r>") != []


@pytest.mark.parametrize(
    ("reference", "place", "what"),
    [
        ('<include href="gone.rng"/>', "s.rng:2", "no such file"),
        ('<include href="../../x.rng"/>', "s.rng:2", "outside"),
        ('<include href="/etc/passwd"/>', "s.rng:2", "outside"),
        ('<include href="http://example.org/x.rng"/>', "s.rng:2", "network"),
        ('<include href="x.rng" xml:base="http://example.org/"/>', "s.rng:2", "http://example.org/x.rng"),
        ('<include href="../x.rng" xml:base="sub/"/>', "s.rng:2", "no such file"),
        ('<include href="x.rng" xml:base="../"/>', "s.rng:2", "outside"),
        ('<include href="passwd" xml:base="/etc/"/>', "s.rng:2", "outside"),
        ('<include href="s.rng"/>', "s.rng:2", "includes itself"),
        ('<include href="circle.rng"/>', "circle.rng:2", "includes itself"),
        ('<include href="a.rng#x"/>', "s.rng:2", "no such file"),
        ('<include href="a.rng"/>', "s.rng:2", "only a <grammar> can be included"),
        ('<include href="note.txt"/>', "note.txt:1", "not XML"),
        ('<include href="broken.rng"/>', "broken.rng:2", '"x" is not defined'),
        ('<start><externalRef href="s.rng"/></start>', "s.rng:2", "includes itself"),
    ],
)
def test_files_are_found_in_the_folder_or_not_at_all(tmp_path: Path, reference: str, place: str, what: str) -> None:
    (tmp_path / "a.rng").write_text(f'<element name="a" xmlns="{RNG}"><empty/></element>')
    (tmp_path / "circle.rng").write_text(grammar('<include href="s.rng"/>'))
    (tmp_path / "note.txt").write_text("a note")
    (tmp_path / "broken.rng").write_text(grammar('<start><ref name="x"/></start>'))
    with pytest.raises(EditionError) as refusal:
        schema(tmp_path, grammar(reference))
    assert place in refusal.value.message
    assert what in refusal.value.message


def test_annotations_are_passed_over(tmp_path: Path) -> None:
    noted = element("a", '<a:documentation>(a) is a thing. It is.</a:documentation><x xmlns="urn:x">text</x><empty/>')
    of = schema(tmp_path, f"<!-- c --><?pi x?>{noted}")
    assert told(of, tmp_path, "<r><a/></r>") == []
    (missing,) = findings(of, tmp_path, "<r/>")
    assert "(a: is a thing)" in missing.hint


def test_one_element_may_be_a_whole_schema(tmp_path: Path) -> None:
    (tmp_path / "s.rng").write_text(f'<element name="r" {OPENING}><empty/></element>')
    of = load(tmp_path / "s.rng", "s.rng")
    assert told(of, tmp_path, "<r/>") == []
    assert told(of, tmp_path, "<s/>") == ["SCH101 <s> may not be the root of a document"]


def chain(length: int) -> str:
    """Definitions that each refer to the next."""
    links = (f'<define name="d{n}"><optional><ref name="d{n + 1}"/></optional></define>' for n in range(length))
    return grammar(start('<ref name="d0"/>'), *links, f'<define name="d{length}">{A}</define>')


def test_a_schema_may_be_wide_and_deep(tmp_path: Path) -> None:
    names = [f"e{number}" for number in range(20_000)]  # what takes time grows with its square, if anything does
    wide = load_compact(tmp_path, f"element r {{ {' | '.join(f'element {name} {{ empty }}' for name in names)} }}")
    assert told(wide, tmp_path, "<r><e19999/></r>") == []
    assert told(wide, tmp_path, "<r><x/></r>") == ["SCH101 <x> is not known here, in <r>"]
    either = load_compact(tmp_path, f"element r {{ element {' | '.join(names)} {{ empty }} }}")
    assert told(either, tmp_path, "<r><e19999/></r>") == []
    assert told(either, tmp_path, "<r><x/></r>") == ["SCH101 <x> is not known here, in <r>"]
    long = "".join(f"<optional>{element(name)}</optional>" for name in names[:1_000])
    assert told(schema(tmp_path, long), tmp_path, "<r><e0/><e999/></r>") == []
    assert told(schema(tmp_path, chain(1_000)), tmp_path, "<r><a/></r>") == []
    nested = load_compact(tmp_path, f"element r {{ {'(' * 1_000}element a {{ empty }}{')?' * 1_000} }}")
    assert told(nested, tmp_path, "<r><a/></r>") == []
    assert told(nested, tmp_path, "<r><b/></r>") == ["SCH101 <b> is not known here, in <r>"]


def load_compact(folder: Path, text: str) -> RelaxNgSchema:
    (folder / "s.rnc").write_text(text)
    return load(folder / "s.rnc", "s.rnc")


def test_a_schema_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.rng").write_text(chain(15_000))
    with pytest.raises(EditionError, match="nested too deeply"):
        load(tmp_path / "s.rng", "s.rng")
