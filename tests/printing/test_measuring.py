"""Lines as WeasyPrint sets them: full, and counted rightly."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from lxml import etree
from weasyprint.formatting_structure import boxes

from edition.config import Config
from edition.printing.blocks import groups
from edition.printing.markup import block_html, document_html, wide_labels
from edition.printing.measuring import measure
from edition.printing.placed import lines
from edition.printing.press import press_for
from edition.printing.rows import align
from edition.printing.setting import SINGLE, Heading
from edition.printing.slicing import letters
from edition.tei.parse import Document
from tests.printing.printed import sample

RUSSIAN = "Ли Фу-чуню, договор тариф, вы Японии; у такого, соглашение и его толкование, «Та» гудок, что же, нет"
ENGLISH = (
    "the record of a talk between two states in their value and measures carry names only are marked not adjectives "
    "made from them"
)
HEADING = Heading("book", "part")


def document(sentence: str, turns: int, length: int) -> Document:
    """Turns of so many words, with inline markup and notes at random, always the same."""
    chance, words = random.Random(1), re.findall(r"\S+", sentence)

    def word() -> str:
        text = chance.choice(words)
        note = "<note>A note.</note>" if chance.random() < 0.05 else ""
        return f"<foreign>{text}</foreign>{note}" if chance.random() < 0.3 else text + note

    body = "".join(
        f"<sp><speaker>Чжоу Энь-лай:</speaker><p>{' '.join(word() for _ in range(length))}</p></sp>"
        for _ in range(turns)
    )
    language = "ru" if sentence is RUSSIAN else "en"
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text xml:lang="{language}"><body>{body}</body></text></TEI>'
    return Document("text.xml", Path("text.xml"), etree.fromstring(tei))


@pytest.mark.parametrize("sentence", [RUSSIAN, ENGLISH], ids=["ru", "en"])
def test_no_line_ends_before_it_is_full(sentence: str, tmp_path: Path) -> None:
    blocks = [group.blocks[0] for group in groups(document(sentence, 300, 40), "o", frozenset(("commentary",)))]
    html = document_html("".join(block_html(block, wide_labels(())) for block in blocks), HEADING)
    printed = lines(press_for(Config(root=tmp_path, original="text.xml")).set(html, "original"))
    inner = [line.text for block in blocks for line in printed[block.id][:-1]]
    assert len(inner) > 600
    assert [text for text in inner if len(text) < 50] == []


def test_the_call_of_a_note_begins_no_line(tmp_path: Path) -> None:
    """Whatever it follows: after a full stop Unicode lets a line end before a number."""
    words = re.findall(
        r"\S+", "Die Fähre braucht ein Seil! Wer berät? Am (Ufer) «warten». Und noch ein Boot… im Wasser,"
    )
    noted = " ".join(f"{word}<note>A.</note><note type='textual'>B.</note>" for word in words)
    body = "".join(f"<p>{'ja ' * count}{noted} {noted}</p>" for count in range(30))
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text xml:lang="de"><body>{body}</body></text></TEI>'
    read = Document("text.xml", Path("text.xml"), etree.fromstring(tei))
    blocks = [group.blocks[0] for group in groups(read, "o", frozenset(("commentary", "textual")))]
    html = document_html("".join(block_html(block, wide_labels(())) for block in blocks), HEADING)
    pages = press_for(Config(root=tmp_path, original="text.xml")).set(html, "original").pages
    first = [
        next(part for part in box.descendants() if isinstance(part, boxes.TextBox))
        for page in pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.LineBox) and box.element is not None and box.element.tag == "p"
    ]
    assert len(first) > 100
    assert [part.text for part in first if part.element.tag == "a"] == []


def test_lines_are_counted_to_the_letter(tmp_path: Path) -> None:
    rows = align(groups(document(RUSSIAN, 20, 90), "o", frozenset(("commentary",))), ())
    measures = measure(press_for(Config(root=tmp_path, original="text.xml")), rows, SINGLE, HEADING)
    for row, (side, _) in zip(rows, measures.rows, strict=True):
        text = letters(row.original[0].html)
        counts = [line.letters for line in side.lines if line.letters is not None]
        assert counts == sorted(set(counts))
        assert side.lines[-1].letters == len("".join(text.split()))
        assert side.height == side.lines[-1].bottom
        assert len(counts) > len(side.lines) / 3


def test_what_is_deleted_is_struck_without_its_spaces_and_a_speaker_is_upright(tmp_path: Path) -> None:
    press = press_for(sample(tmp_path))
    body = '<p class="block stage"><b class="speaker">Anna</b> goes <s>away</s> <s lang="ru">вон</s> now</p>'
    set_in = press.set(document_html(body, HEADING))
    texts = [box for box in set_in.pages[0]._page_box.descendants() if isinstance(box, boxes.TextBox)]
    assert [box.text for box in texts if box.element_tag == "s"] == ["away", "вон"]
    assert {box.style["font_style"] for box in texts if box.text.strip() == "Anna"} == {"normal"}
