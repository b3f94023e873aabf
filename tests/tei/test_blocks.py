"""What of a turn is read as a paragraph: every word once, in the order of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.model import PART, PROSE, VERSE
from edition.tei.blocks import OTHER, blocks_of
from edition.tei.names import TEI_NAMESPACE, tei
from edition.tei.words import read_with_places

Read = list[tuple[str, str]]


def _read(unit: str, others: str = "") -> Read:
    element = etree.fromstring(unit.replace(">", f' xmlns="{TEI_NAMESPACE}">', 1))
    among = frozenset(element.iter(tei(others))) - {element} if others else frozenset()
    found = (block for block in blocks_of(element, among) if block.kind != OTHER)
    return [(read_with_places(block.words)[0], block.kind) for block in found]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("<sp><speaker>A</speaker><p>One.</p><p>Two.</p></sp>", [("One.", PROSE), ("Two.", PROSE)]),
        ("<sp><p>One:</p><list><item>two</item></list></sp>", [("One:", PROSE), ("two", PART)]),
        ("<sp><list><item><p>One</p></item></list></sp>", [("One", PART)]),
        (
            "<sp><list><head>H</head><label>1.</label><item>a<list><item>b</item></list> c</item></list></sp>",
            [("H", PART), ("a", PART), ("b", PART), ("c", PART)],
        ),
        ("<sp><p>a <list><item><p>b</p></item></list> c</p></sp>", [("a b c", PROSE)]),
        ("<sp><table><row><cell>a</cell><cell>35</cell></row></table></sp>", [("a", PART), ("35", PART)]),
        ("<sp><list><label>Coal</label><item>35</item></list></sp>", [("Coal", PART), ("35", PART)]),
        ("<sp><lg><l>a</l><l>b</l></lg></sp>", [("a", VERSE), ("b", VERSE)]),
        ("<sp><quote>a</quote></sp>", [("a", PART)]),
        ("<sp><p>a</p><quote><p>b</p></quote><q>c</q></sp>", [("a", PROSE), ("b", PART), ("c", PART)]),
        ("<sp><cit><quote>a</quote></cit><said>b</said></sp>", [("a", PART), ("b", PART)]),
        ("<sp><floatingText><body><head>h</head><p>a</p></body></floatingText></sp>", [("h", PART), ("a", PROSE)]),
        ("<div><head>h</head><p>a</p><trailer>t</trailer></div>", [("h", PART), ("a", PROSE), ("t", PART)]),
        ("<div>a <hi>b</hi><p>c</p> d <note>n</note>e</div>", [("a b", PART), ("c", PROSE), ("d e", PART)]),
        ("<sp><speaker>A</speaker> a <stage>s</stage>b</sp>", [("a s b", PART)]),
        ("<sp><stage>s</stage><p>a</p><stage><p>s</p></stage><note><p>n</p></note></sp>", [("a", PROSE)]),
        ("<sp><stage>s</stage></sp>", []),
        ("<u>a <unclear>b</unclear></u>", [("a b", PROSE)]),
        ("<u><seg>a</seg> <seg>b</seg></u>", [("a", PROSE), ("b", PROSE)]),
        ("<u><seg>a</seg> b</u>", [("a b", PROSE)]),
        ("<u>a <q>b</q> c</u>", [("a b c", PROSE)]),
        ("<u><w>a</w> <w>b</w></u>", [("a b", PROSE)]),
        ("<u><div><seg>a</seg></div></u>", [("a", PROSE)]),
        ("<u><vocal><desc>coughs</desc></vocal></u>", []),
        ("<p>a <hi>b</hi></p>", [("a b", PROSE)]),
        ("<div><figure><graphic/><head>h</head><figDesc>d</figDesc></figure></div>", [("h", PART)]),
        ("<div><fw>7</fw><pb/><p>a</p></div>", [("a", PROSE)]),
    ],
)
def test_every_block_of_a_unit_is_read(unit: str, expected: Read) -> None:
    assert _read(unit) == expected


def test_a_turn_in_a_turn_is_not_of_the_outer_one() -> None:
    assert _read("<sp><p>a</p><quote><sp><p>b</p></sp><p>c</p></quote></sp>", "sp") == [("a", PROSE), ("c", PART)]


NAMES = st.sampled_from(("p", "ab", "l", "list", "item", "head", "quote", "q", "seg", "hi", "table", "cell"))
TREES = st.recursive(
    st.text("abc ", max_size=3),
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", NAMES, st.lists(inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.sampled_from(("sp", "u", "div")), st.lists(TREES, max_size=4))
def test_each_word_is_read_once_and_in_order(unit: str, parts: list[str]) -> None:
    source = f"<{unit}>{''.join(parts)}</{unit}>"
    letters = "".join(etree.fromstring(source).itertext()).replace(" ", "")
    assert "".join(text for text, _ in _read(source)).replace(" ", "") == letters
