"""Lines as WeasyPrint sets them: full, and counted rightly."""

from __future__ import annotations

import random
import re
from pathlib import Path

from lxml import etree

from edition.config import Config
from edition.printing.blocks import groups
from edition.printing.markup import block_html, document_html, wide_label
from edition.printing.measuring import measure
from edition.printing.press import lines, press_for
from edition.printing.rows import align
from edition.printing.setting import Heading
from edition.printing.slicing import letters
from edition.tei.parse import Document

SENTENCE = "Ли Фу-чуню, договор тариф, вы Японии; у такого, соглашение и его толкование, «Та» гудок, что же, нет"
WORDS = re.findall(r"\S+", SENTENCE)
HEADING = Heading("book", "part", "en")


def document(paragraphs: int) -> Document:
    """Paragraphs with inline markup and notes at random, always the same."""
    chance = random.Random(1950)

    def word() -> str:
        text = chance.choice(WORDS)
        note = "<note>A note.</note>" if chance.random() < 0.05 else ""
        return f"<foreign>{text}</foreign>{note}" if chance.random() < 0.3 else text + note

    body = "".join(
        f"<sp><speaker>Чжоу Энь-лай:</speaker><p>{' '.join(word() for _ in range(90))}</p></sp>"
        for _ in range(paragraphs)
    )
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text xml:lang="ru"><body>{body}</body></text></TEI>'
    return Document("text.xml", Path("text.xml"), etree.fromstring(tei))


def test_no_line_ends_before_it_is_full(tmp_path: Path) -> None:
    blocks = [group.blocks[0] for group in groups(document(60), "o", frozenset(("commentary",)))]
    html = document_html("".join(block_html(block, wide_label) for block in blocks), HEADING)
    printed = lines(press_for(Config(root=tmp_path, original="text.xml")).set(html, "original"))
    inner = [line.text for block in blocks for line in printed[block.id][:-1]]
    assert len(inner) > 300
    assert [text for text in inner if len(text) < 45] == []


def test_lines_are_counted_to_the_letter(tmp_path: Path) -> None:
    rows = align(groups(document(20), "o", frozenset(("commentary",))), ())
    measures = measure(press_for(Config(root=tmp_path, original="text.xml")), rows, ["original"], HEADING)
    for row, (side, _) in zip(rows, measures.rows, strict=True):
        text = letters(row.original[0].html)
        counts = [line.letters for line in side.lines if line.letters is not None]
        assert counts == sorted(set(counts))
        assert side.lines[-1].letters == len("".join(text.split()))
        assert side.height == side.lines[-1].bottom
        assert len(counts) > len(side.lines) / 3
