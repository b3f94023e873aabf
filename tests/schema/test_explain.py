"""Explanations against the verdict of libxml2, on random schemas and random documents.

What libxml2 refuses has at least one fault, what it accepts has none. Contents that count groups are left out:
libxml2 loses count of nested groups.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from edition.schema.explain import explain
from edition.schema.files import SchemaFile
from edition.schema.xsd import XsdSchema
from tests.schema.plays import TEI, play

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
NAMES = "abcd"
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much]

elements = st.builds(
    lambda name, occurs: f'<xs:element ref="{name}" {occurs}/>',
    st.sampled_from(NAMES),
    st.sampled_from(["", 'minOccurs="0"', 'maxOccurs="unbounded"', 'minOccurs="2" maxOccurs="3"']),
)


def group(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda kind, occurs, items: f"<xs:{kind} {occurs}>{''.join(items)}</xs:{kind}>",
        st.sampled_from(["sequence", "choice"]),
        st.sampled_from(["", 'minOccurs="0"', 'minOccurs="0" maxOccurs="unbounded"']),
        st.lists(inside, min_size=1, max_size=3),
    )


def any_order(names: list[str]) -> str:
    items = [f'<xs:element ref="{name}" minOccurs="{number % 2}"/>' for number, name in enumerate(names)]
    return f"<xs:all>{''.join(items)}</xs:all>"


sets = st.lists(st.sampled_from(NAMES), min_size=1, unique=True).map(any_order)
contents = st.one_of(group(st.one_of(elements, group(elements))), sets)


def schema_of(content: str) -> str:
    declared = "".join(f'<xs:element name="{name}"/>' for name in NAMES)
    root = f'<xs:element name="r"><xs:complexType>{content}</xs:complexType></xs:element>'
    return f"<xs:schema {XS}>{root}{declared}</xs:schema>"


@given(contents, st.lists(st.lists(st.sampled_from(NAMES + "e"), max_size=5), min_size=1, max_size=15))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_contents(tmp_path_factory: pytest.TempPathFactory, content: str, documents: list[list[str]]) -> None:
    text = schema_of(content)
    try:
        judge = etree.XMLSchema(etree.fromstring(text))
    except etree.XMLSchemaParseError:
        assume(False)
    file = tmp_path_factory.getbasetemp() / "random.xsd"
    file.write_text(text)
    declarations = XsdSchema(
        [SchemaFile("random.xsd", file, etree.fromstring(text))], "random.xsd", judge
    ).declarations
    assert declarations is not None
    for names in documents:
        root = etree.fromstring(f"<r>{''.join(f'<{name}/>' for name in names)}</r>")
        faults = [fault.message for fault in explain(declarations, root)]
        assert bool(faults) != judge.validate(root), (names, faults)


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> XsdSchema:
    return play(tmp_path_factory.mktemp("play"))


tags = st.sampled_from(
    ["TEI", "teiHeader", "title", "edition", "date", "sp", "speaker", "stage", "p", "seg", "hi", "x"]
)
attributes = st.dictionaries(
    st.sampled_from(["who", "n", "when", "cert", "rend", "x", "{urn:m}x"]),
    st.sampled_from(["#a", "#a #b", "a", "1", "0", "1950", "1950-01-22", "soon", "low", "bold", ""]),
    max_size=2,
)
Node = tuple[str, dict[str, str], list[Any], str]
nodes: st.SearchStrategy[Node] = st.recursive(
    st.tuples(tags, attributes, st.just([]), st.sampled_from(["", " ", "x", "1.5"])),
    lambda inner: st.tuples(tags, attributes, st.lists(inner, max_size=4), st.sampled_from(["", "x"])),
    max_leaves=10,
)


def element(node: Node) -> etree._Element:
    tag, values, children, text = node
    made = etree.Element(f"{{{TEI}}}{tag}", values)
    made.text = text
    made.extend([element(child) for child in children])
    return made


@given(nodes)
@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_documents(schema: XsdSchema, node: Node) -> None:
    root, judge = element(node), schema._judge
    assert judge is not None
    assert schema.declarations is not None
    accepted = judge.validate(root)
    faults = [fault.message for fault in explain(schema.declarations, root)]
    assert accepted == (not faults), faults
