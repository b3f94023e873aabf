"""Where lines must not break: seen in the text, and in the lines that WeasyPrint makes of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.config import Config
from edition.printing.blocks import groups
from edition.printing.joining import (
    BREAK,
    NO_BREAK_SPACE,
    WORD_JOINER,
    address,
    heading,
    joined,
    name,
    paragraph,
    ragged,
)
from edition.printing.markup import block_html, document_html
from edition.printing.placed import lines
from edition.printing.press import press_for
from edition.printing.setting import Heading
from edition.printing.slicing import letters
from tests.printing.test_measuring import ENGLISH, RUSSIAN, document

LAST, LAST_TWO = '<span class="last">', '<span class="last-two">'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shi Zhe /Karskii/ interpreted.", "Shi Zhe /\u2060Karskii/ {interpreted.}"),
        ("(/so/) and/or", "(/\u2060so/)~and/or"),
        ("//x.org/y contradicting", "//x.org/y {contradicting}"),
        ("И. В. Сталин и И.В. Сталин присутствовали", "И.~В.~Сталин и И.В.~Сталин {присутствовали}"),
        ("22 января 1950 г. заключено", "22 января {1950~г.~заключено}"),
        ("№ 5, § 3, ф. 45, оп. 1, д. 329, pp. 29-38", "№~5, §~3, ф.~45, оп.~1, д.~329, pp.~29-38"),
        ("договор - это соглашение – междугосударственное", "договор~- это соглашение~– {междугосударственное}"),
        ("a short one", "a short~one"),
        ("what is uncharacteristic", 'what is <span class="last">uncharacteristic</span>'),
        ("it is <i>foreign</i>.", "it is~<i>foreign</i>."),
        ("it is <i>so quite foreign</i>", "it is <i>so [quite~foreign]</i>"),
        ("it is international\0note n-1\0", "it is {international}\0note n-1\0"),
        ("it is international\0note n-1\0.", "it is {international}\0note n-1\0."),
        ('it is <i lang="x">international</i>', 'it is <i lang="x">{international}</i>'),
        ("of &lt;elements&gt;", "of &lt;elements&gt;"),
        ("one\0note n-1\0 two\0note n-2\0.", "one\0note n-1\0~two\0note n-2\0."),
        ("said <i>so it</i>", "said <i>so~it</i>"),
        ('is <i lang="ru">есть</i>.', 'is~<i lang="ru">есть</i>.'),
        ('<b class="speaker">X:</b> Yes.', '<b class="speaker">X:</b>~Yes.'),
        ('in <i lang="ru">М. А.</i> there', 'in <i lang="ru">М.~А.</i>~there'),
        ("one", "one"),
        ("", ""),
    ],
)
def test_what_stands_together_is_held_together(text: str, expected: str) -> None:
    marked = expected.replace("~", "\u00a0").replace("{", LAST).replace("[", LAST_TWO)
    marked = re.sub("[]}]", "</span>", marked)
    assert paragraph(text) == marked


def test_an_address_may_end_a_line_after_its_signs_and_a_digest_after_eight() -> None:
    shown = joined('See <a href="https://a.b/c">https://a.b/c-d?e=f&amp;g=h.</a> or 9.8.')
    signs = "https://|a.|b/|c-|d?|e=^f&amp;^g=^h.".replace("|", BREAK).replace("^", WORD_JOINER)
    assert shown == f'See <a href="https://a.b/c"><span class="address">{signs}</span></a> or 9.8.'
    assert joined("0123456789abcdef" * 2) == BREAK.join(("01234567", "89abcdef") * 2)
    assert joined("a" * 32) == "a" * 32
    assert joined(shown) == shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "https://|creativecommons.|org/|licenses/^by/^4.^0/"),
        ("https://doi.org/10.5281/zenodo.1234567", "https://|doi.|org/|10.^5281/|zenodo.^1234567"),
        ("source/persons.xml", "source/|persons.^xml"),
    ],
)
def test_no_line_ends_within_a_number_of_an_address_or_before_its_last_signs(text: str, expected: str) -> None:
    shown = address(text)
    assert shown == f'<span class="address">{expected.replace("|", BREAK).replace("^", WORD_JOINER)}</span>'


def test_the_last_word_of_what_is_no_paragraph_may_stand_alone() -> None:
    assert joined("a short /one/") == "a short /\u2060one/"


def test_no_line_of_a_heading_ends_with_a_short_word() -> None:
    assert heading("СТАЛИНА С <i>А</i> в Китае &lt;a b") == "СТАЛИНА С <i>А</i> в\u00a0Китае &lt;a\u00a0b"


@pytest.mark.parametrize(
    "date", ["3 May 1921", "3. Mai 1921", "22 января 1950", "3 de mayo de 1921", "May 3, 1921", "3 Sept. 1921"]
)
def test_no_line_of_a_heading_ends_within_a_date(date: str) -> None:
    assert heading(f"Minutes, {date} and") == f"Minutes, {date.replace(' ', NO_BREAK_SPACE)} and"
    assert heading("Talk 3 times 19210") == "Talk 3\u00a0times 19210"


def test_a_short_name_is_not_broken_and_a_long_one_may_be() -> None:
    assert name('Shi <i lang="x">Zhe') == 'Shi\u00a0<i lang="x">Zhe'
    assert name("Shi Zhe /Karskii/") == "Shi\u00a0Zhe /Karskii/"
    assert name("Franklin Roosevelt") == "Franklin Roosevelt"
    assert name("") == ""


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Present; does not speak.", "Present; does_not_speak."),
        ("Mentioned in turn 65.", "Mentioned_in_turn_65."),
        ("Stalin, Joseph, 8–9, 20–21", "Stalin, Joseph,_8–9,_20–21"),
        ("No more", "No_more"),
    ],
)
def test_the_last_line_of_an_entry_is_no_stub(text: str, held: str) -> None:
    shown = re.sub("</?span[^>]*>", "", ragged(text)).replace("\u00a0", "_")
    assert shown == held


@given(st.text(alphabet="aЯ. /-–№5г\0<>&;", max_size=40))
def test_nothing_is_lost_and_twice_is_as_good_as_once(text: str) -> None:
    plain = paragraph(text).replace("\u00a0", " ").replace("\u2060", "")
    assert plain.replace(LAST, "").replace(LAST_TWO, "").replace("</span>", "") == text
    assert paragraph(paragraph(text)) == paragraph(text)


@pytest.mark.parametrize("sentence", [RUSSIAN, ENGLISH], ids=["ru", "en"])
def test_few_paragraphs_end_with_a_line_of_less_than_a_long_word(sentence: str, tmp_path: Path) -> None:
    """One does whose last two words are foreign both, each with an element of its own."""
    found = groups(document(sentence, 150, 37), "o", frozenset(("commentary",)))
    blocks = [group.blocks[0] for group in found]
    html = document_html("".join(block_html(block, lambda _: "8") for block in blocks), Heading("book", "part"))
    printed = lines(press_for(Config(root=tmp_path, original="text.xml")).set(html, "original"))
    lasts = [printed[block.id][-1].text for block in blocks]
    assert len(lasts) == 150
    for each in (printed[block.id] for block in blocks):
        longest = max(len(line.text) for line in each)
        assert all(len(line.text) > longest / 2 for line in each[:-1]), each  # none is broken early
    assert len([text for text in lasts if len(text.split()) < 2 and len(letters(text)) < 8]) <= 1
