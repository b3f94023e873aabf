"""Verdicts and explanations on random schemas and documents, held to the definition of RELAX NG itself."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from lxml import etree

from edition.errors import EditionError
from edition.schema.relaxng import load
from edition.tei.parse import read
from edition.tei.written import Written
from tests.schema.relaxng.compacting import compacted
from tests.schema.relaxng.definition import EMPTY, Pattern, document, matches, written
from tests.schema.relaxng.schemas import found_in_parts

NAMES, ATTRIBUTES = ("a", "b", "ab", "c"), ("x", "y", "xy")
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
ROOT = (
    '<element name="r" xmlns="http://relaxng.org/ns/structure/1.0" '
    'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">{}</element>'
)

words: st.SearchStrategy[Pattern] = st.sampled_from(
    [("value", "u"), ("value", "1"), ("data",), ("data", ("value", "1")), ("choice", ("value", "u"), ("data",))]
)
lists = st.sampled_from(
    [
        ("list", ("oneOrMore", ("data",))),
        ("list", ("group", ("value", "u"), ("optional", ("data",)))),
        ("list", ("choice", EMPTY, ("oneOrMore", ("choice", ("value", "u"), ("data",))))),
    ]
)
values = st.one_of(words, lists, st.just(("text",)))
attributes = st.builds(lambda name, value: ("attribute", name, value), st.sampled_from(ATTRIBUTES), values)


def joined(inside: st.SearchStrategy[Pattern]) -> st.SearchStrategy[Pattern]:
    return st.one_of(
        st.builds(
            lambda kind, one, two: (kind, one, two),
            st.sampled_from(["group", "choice", "interleave"]),
            inside,
            inside,
        ),
        st.builds(lambda kind, one: (kind, one), st.sampled_from(["optional", "oneOrMore"]), inside),
    )


def elements(content: st.SearchStrategy[Pattern]) -> st.SearchStrategy[Pattern]:
    return st.builds(lambda name, inside: ("element", name, inside), st.sampled_from(NAMES), content)


leaves = st.one_of(
    elements(st.one_of(st.just(EMPTY), st.just(("text",)), values, attributes)),
    attributes,
    st.just(("text",)),
    st.just(EMPTY),
    st.just(("notAllowed",)),
)
contents = st.recursive(leaves, lambda inside: st.one_of(joined(inside), elements(inside)), max_leaves=7)

TEXTS = ("", " ", "u", "1", " 1 ", "2", "u 1", "x")


@given(contents, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_verdicts(tmp_path_factory: pytest.TempPathFactory, content: Pattern, random: Random) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "random.rng").write_text(ROOT.format(written(content)))
    (folder / "random.rnc").write_text(compacted(ROOT.format(written(content))))
    try:
        schema = load(folder / "random.rng", "random.rng")
        compact = load(folder / "random.rnc", "random.rnc")
    except EditionError as refusal:
        event(refusal.message.partition("(")[2] or "refused")
        assume(False)
    for _ in range(12):
        attributes, children = sample(content, random)
        text = document(("r", frozenset(attributes.items()), tuple(children)))
        valid = matches(("element", ("r",), content), frozenset(), (canonical(etree.fromstring(text)),))
        event(f"valid: {valid}")
        (folder / "random.xml").write_text(text)
        findings = list(schema.check(read(folder / "random.xml", "random.xml")))
        assert valid == (not findings), (written(content), text, findings)
        assert schema.accepts(Written(text.encode()).runs()) == valid, (written(content), text)
        assert list(compact.check(read(folder / "random.xml", "random.xml"))) == findings
        assert found_in_parts(schema, folder / "random.xml") in (findings, None), (written(content), text)


def sample(pattern: Pattern, random: Random) -> tuple[dict[str, str], list[Any]]:
    """Attributes and content that are of a pattern, unless chance wanted it otherwise."""
    kind, *parts = pattern
    if random.random() < 0.04:
        return random.choice(
            [({}, []), ({random.choice("xyz"): random.choice(TEXTS)}, []), ({}, [random.choice(TEXTS)])]
        )
    if kind == "choice":
        return sample(random.choice(parts), random)
    if kind == "optional":
        return sample(random.choice([EMPTY, parts[0]]), random)
    if kind in ("group", "interleave", "oneOrMore"):
        return several(kind, parts if kind != "oneOrMore" else parts * random.choice([1, 1, 2, 3]), random)
    if kind == "attribute":
        return {random.choice(parts[0]): text_of(parts[1], random)}, []
    if kind == "element":
        attributes, children = sample(parts[1], random)
        return {}, [(random.choice(parts[0]), frozenset(attributes.items()), tuple(children))]
    return {}, [] if kind in ("empty", "notAllowed") else [text_of(pattern, random)]


def several(kind: str, parts: list[Pattern], random: Random) -> tuple[dict[str, str], list[Any]]:
    attributes: dict[str, str] = {}
    children: list[Any] = []
    for part in parts:
        more, inside = sample(part, random)
        attributes.update(more)
        at = random.randrange(len(children) + 1) if kind == "interleave" else len(children)
        children[at:at] = inside
    return attributes, children


def text_of(pattern: Pattern, random: Random) -> str:
    kind, *parts = pattern
    if kind == "value":
        return str(parts[0])
    if kind == "choice":
        return text_of(random.choice(parts), random)
    if kind in ("group", "oneOrMore", "list"):
        return " ".join(text_of(part, random) for part in parts * random.choice([1, 1, 2]))
    return random.choice(TEXTS)


def canonical(element: etree._Element) -> Any:
    """An element as the definition knows it, with texts that touch as one."""
    content: list[Any] = [element.text] if element.text else []
    for child in element:
        content.append(canonical(child))
        content.extend([child.tail] if child.tail else [])
    return (
        str(element.tag),
        frozenset((str(key), str(value)) for key, value in element.attrib.items()),
        tuple(content),
    )
