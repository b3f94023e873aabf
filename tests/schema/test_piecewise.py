"""What is wrong with a large document is told of a tree of that alone, as it is told of the whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from edition.diagnostics import Diagnostic
from edition.schema import references
from edition.schema.languages import Schema
from edition.schema.piecewise import sifted
from edition.schema.relaxng import load
from edition.tei.names import TEI_NAMESPACE, XML_ID
from edition.tei.parse import Document, read
from edition.tei.shells import is_shell
from edition.tei.written import UnsureError, Written

MANY = 2_000
ATTRIBUTES = '<optional><attribute name="who"/></optional><optional><attribute name="xml:id"/></optional>'
PLAY = f"""<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="{TEI_NAMESPACE}">
<start><element name="TEI"><zeroOrMore><ref name="act"/></zeroOrMore></element></start>
<define name="act"><element name="div">{ATTRIBUTES}<optional><element name="head"><text/></element></optional>
<oneOrMore><choice><ref name="act"/><ref name="sp"/></choice></oneOrMore></element></define>
<define name="sp"><element name="sp">{ATTRIBUTES}<ref name="speaker"/><oneOrMore><choice><ref name="p"/>
<element name="quote"><ref name="sp"/></element></choice></oneOrMore></element></define>
<define name="speaker"><element name="speaker">{ATTRIBUTES}<text/></element></define>
<define name="p"><element name="p">{ATTRIBUTES}<zeroOrMore><choice><text/><element name="hi">
<attribute name="rend"><choice><value>bold</value><value>wide</value></choice></attribute><text/></element>
<element name="lb"><empty/></element></choice></zeroOrMore></element></define>
<define name="unused"><element name="old"><element name="p"><attribute name="rend"/><text/></element></element>
</define></grammar>"""
QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]

marks = st.sampled_from(
    ["", "", "", ' who="#a"', ' who="#b"', ' who="p.xml"', ' xml:id="a"', ' xml:id="1"', ' n="x"']
)
inner = st.sampled_from(
    ["", "x", "x &lt; y", "<lb/>", '<hi rend="bold">y</hi>', '<hi rend="bald">y</hi>', "<s>z</s>\n"]
)
paragraphs = st.builds("<p{}>{}</p>".format, marks, inner)
turns = st.builds("<sp{}><speaker{}>A</speaker>{}</sp>\n".format, marks, marks, paragraphs)
others = st.sampled_from(
    [
        "",
        "y",
        '<old><p rend="wide">x</p></old>',
        "<speaker/>",
        "<head>h</head>",
        "<!-- c -->",
        '<m:p xmlns:m="urn:m"/>',
    ]
)


def around(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, mark, parts: f"<{name}{mark}>{''.join(parts)}</{name}>",
        st.sampled_from(["div", "div", "sp", "quote", "dev"]),
        marks,
        st.lists(inside, max_size=4),
    )


plays = st.lists(st.recursive(turns | others | paragraphs, around, max_leaves=12), max_size=6)


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Schema:
    file = tmp_path_factory.mktemp("schema") / "play.rng"
    file.write_text(PLAY)
    return load(file, "play.rng")


def found(schema: Schema, document: Document) -> list[Diagnostic]:
    return [*schema.check(document), *references.check([document], document.file.parent)]


def parts_of(schema: Schema, file: Path) -> Document:
    return sifted([schema], Written(file.read_bytes()), Document(file.name, file, None), file.parent)


@given(plays)
@settings(max_examples=200, deadline=None, suppress_health_check=QUIET)
def test_nothing_else_is_found_without_the_tree_of_the_whole(
    schema: Schema, tmp_path: Path, parts: list[str]
) -> None:
    file = tmp_path / "play.xml"
    file.write_text(f'<TEI xmlns="{TEI_NAMESPACE}">\n{"".join(parts)}</TEI>')
    whole = found(schema, read(file, "play.xml"))
    try:
        assert found(schema, parts_of(schema, file)) == whole
    except UnsureError:
        assert not any('rend="bald"' in part for part in parts)


@pytest.mark.parametrize("wrong", ["<wrong/>", "<sp><p>x</p></sp>", '<sp><speaker who="#x"/><p>x</p></sp>'])
def test_what_is_sound_is_not_in_the_tree(schema: Schema, tmp_path: Path, wrong: str) -> None:
    act = f"<div>{'<sp><speaker/><p>x</p></sp>' * MANY}</div>"
    file = tmp_path / "play.xml"
    file.write_text(f'<TEI xmlns="{TEI_NAMESPACE}">{act * 2}<div><sp><speaker/><p/></sp>{wrong}</div>{act}</TEI>')
    document = parts_of(schema, file)
    assert document.root is not None
    assert sum(1 for _ in document.root.iter(etree.Element)) < 10
    assert len(found(schema, document)) == 1
    assert found(schema, document) == found(schema, read(file, "play.xml"))


def test_what_cannot_be_reached_is_no_part_of_the_schema(schema: Schema, tmp_path: Path) -> None:
    file = tmp_path / "play.xml"
    file.write_text(f'<TEI xmlns="{TEI_NAMESPACE}"><old><p rend="wide">x</p></old></TEI>')
    whole = [each.message for each in found(schema, read(file, "play.xml"))]
    assert len(whole) == 2
    assert [each.message for each in found(schema, parts_of(schema, file))] == whole


def test_a_shell_can_be_opened(schema: Schema, tmp_path: Path) -> None:
    turn = '<sp xml:id="a"><speaker>A</speaker><p>x <hi rend="bold">é</hi> y</p></sp>'
    file = tmp_path / "play.xml"
    file.write_text(f'<!-- é --><TEI xmlns="{TEI_NAMESPACE}"><div><wrong>é</wrong>{turn}z</div></TEI>', "utf-8")
    document = sifted([schema], Written(file.read_bytes()), Document("play.xml", file, None), None)
    assert document.root is not None
    shell = document.root[0][1]
    assert is_shell(shell)
    document.shells.open(shell)
    whole = read(file, "play.xml").root
    assert whole is not None
    assert (shell.get(XML_ID), etree.tostring(shell)) == ("a", etree.tostring(whole[0][1]))
