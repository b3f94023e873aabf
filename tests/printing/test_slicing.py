"""Cutting paragraphs: nothing is lost, nothing is doubled, both parts are whole HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.diagnostics import Location
from edition.printing.blocks import Block
from edition.printing.inline import Note
from edition.printing.slicing import cut, letters


def block(html: str, *notes: str) -> Block:
    made = tuple(Note(name, "textual", "x", None) for name in notes)
    return Block("b", "paragraph", html, "en", Location("text.xml", 1), notes=made)


@pytest.mark.parametrize(
    ("html", "length", "first", "rest"),
    [
        ("one two", 3, "one", "two"),
        ("<b>one two</b> six", 3, "<b>one</b>", "<b>two</b> six"),
        (
            '<i id="a" lang="ru">one <b>two six</b></i>',
            6,
            '<i id="a" lang="ru">one <b>two</b></i>',
            '<i lang="ru"><b>six</b></i>',
        ),
        ("one\0note n\0 two", 3, "one\0note n\0", "two"),
        ("one \0name k\0two", 3, "one", "\0name k\0two"),
        ("<b>one</b>\0note n\0, two", 3, "<b>one</b>\0note n\0", ", two"),
        ("a &amp; b", 2, "a &amp;", "b"),
        ('one <span class="stroke">|</span> two', 3, "one", '<span class="stroke">|</span> two'),
    ],
)
def test_cuts(html: str, length: int, first: str, rest: str) -> None:
    before, after = cut(block(html), length)
    assert (before.html, after.html) == (first, rest)
    assert (before.cut, after.resumes, after.opens) == (True, True, False)
    assert before.id != after.id


def test_notes_go_where_they_are_called() -> None:
    before, after = cut(block("a\0note x\0 b\0note y\0 c", "x", "y"), 1)
    assert [note.id for note in before.notes] == ["x"]
    assert [note.id for note in after.notes] == ["y"]


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def whole(html: str) -> bool:
    balance = _Balance()
    balance.feed(html.replace("\0", ""))
    balance.close()
    return balance.open == []


words = st.text("абв&amp;xyz-".replace("&amp;", ""), min_size=1, max_size=6) | st.just("&amp;")
inline = st.recursive(
    words,
    lambda inner: st.lists(inner, min_size=1, max_size=4).map(" ".join).map(lambda text: f"<i>{text}</i>"),
    max_leaves=6,
)
paragraphs = st.lists(inline, min_size=1, max_size=8).map(" ".join)


@given(paragraphs, st.data())
def test_no_letter_is_lost(html: str, data: st.DataObject) -> None:
    text = letters(html)
    lengths = [sum(map(len, text.split()[:number])) for number in range(1, len(text.split()))] or [
        len("".join(text.split()))
    ]
    before, after = cut(block(html), data.draw(st.sampled_from(lengths)))
    assert (letters(before.html) + letters(after.html)).replace(" ", "") == text.replace(" ", "")
    assert whole(before.html)
    assert whole(after.html)
