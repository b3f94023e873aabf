"""Where a pointer leads."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.tei.pointers import Prefixes, follow, is_id, is_pointer, prefixes_of, resolve, split

HERE = "source/record.xml"


@pytest.mark.parametrize(
    ("pointer", "key"),
    [
        ("#t1", "source/record.xml#t1"),
        ("persons.xml#mao", "source/persons.xml#mao"),
        ("./persons.xml#mao", "source/persons.xml#mao"),
        ("../schemas/record.odd", "schemas/record.odd"),
        ("../../persons.xml#mao", "../persons.xml#mao"),
        ("pers%6Fns.xml#m%61o", "source/persons.xml#mao"),
        ("http://example.org/x#y", "http://example.org/x#y"),
        ("urn:isbn:1", "urn:isbn:1"),
        ("/etc/passwd", "/etc/passwd"),
        ("//host/x#y", "//host/x#y"),
        ("C:\\texts\\x.xml", "/C:/texts/x.xml"),
        ("", "source/record.xml"),
    ],
)
def test_a_pointer_becomes_a_key(pointer: str, key: str) -> None:
    assert resolve(pointer, HERE) == key


def test_a_pointer_to_a_whole_file_has_no_id() -> None:
    target = follow("witness/record.txt", HERE)
    assert (target.path, target.id) == ("source/witness/record.txt", None)


def header(*prefixes: tuple[str, str, str]) -> Prefixes:
    definitions = "".join(
        f'<prefixDef ident="{ident}" matchPattern="{pattern}" replacementPattern="{replacement}"/>'
        for ident, pattern, replacement in prefixes
    )
    return prefixes_of(
        etree.fromstring(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{definitions}</teiHeader></TEI>')
    )


def test_a_prefix_is_expanded_and_the_first_that_fits_is_taken() -> None:
    prefixes = header(("p", "([a-z]+)", "persons.xml#$1"), ("p", "([A-Z]+)", "places.xml#$1$2"))
    assert resolve("p:mao", HERE, prefixes) == "source/persons.xml#mao"
    assert resolve("p:USSR", HERE, prefixes) == "source/places.xml#USSR"
    assert follow("p:12", HERE, prefixes).path is None


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)+", "a*a*a*b", "(?=a)", "[a", "(((a)*)*)*", ""])
def test_a_prefix_whose_pattern_may_run_away_is_left_out_with_all_of_its_name(pattern: str) -> None:
    prefixes = header(("p", pattern, "x.xml#$1"), ("p", "([a-z]+)", "y.xml#$1"), ("q", "(.+)", "z.xml#$1"))
    assert set(prefixes) == {"q"}


def test_matching_a_prefix_takes_no_time() -> None:
    prefixes = header(("p", "([a-z]+)([a-z]+)", "x.xml#$1"))
    before = time.process_time()
    follow("p:" + "a" * 490 + "!", HERE, prefixes)
    follow("p:" + "a" * 1_000_000, HERE, prefixes)
    assert time.process_time() - before < 1


def test_which_attributes_point() -> None:
    assert is_pointer("who", "#mao")
    assert is_pointer("ed", "#a")
    assert not is_pointer("ed", "first")
    assert not is_pointer("key", "#mao")
    assert split(" #mao\n#stalin ") == ("#mao", "#stalin")


@pytest.mark.parametrize("name", ["t1", "_", "мао", "t1.p-2", " t1 ", "\u4e2d", "\U00010000"])
def test_an_id(name: str) -> None:
    assert is_id(name)


@pytest.mark.parametrize("name", ["", "1", "-a", "a b", "a:b", "#a", "·", "a\u00d7", "a\u2028"])
def test_no_id(name: str) -> None:
    assert not is_id(name)


@given(st.text(max_size=30), st.text(alphabet="abc./", min_size=1, max_size=12))
def test_every_pointer_leads_somewhere_and_always_to_the_same(pointer: str, path: str) -> None:
    target = follow(pointer, path)
    assert target == follow(pointer, path)
    assert target.key
