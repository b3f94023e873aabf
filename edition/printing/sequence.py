"""Texts one after the other: the only layout for an edition without translation.

The text flows from page to page, and each note stands at the foot of the page that calls it.
"""

from __future__ import annotations

from collections.abc import Sequence

from edition.printing.markup import block_html, document_html, number_running
from edition.printing.press import Press, anchors, numbered
from edition.printing.rows import Row
from edition.printing.setting import Heading, Texts


def set_sequence(press: Press, rows: Sequence[Row], heading: Heading) -> Texts:
    """Set the original alone; its first page has the number `heading.first_page`."""
    blocks = [block for row in rows for block in row.original]
    labels = number_running([note for block in blocks for note in block.notes])
    body = "".join(block_html(block, labels.of, flowing=True) for block in blocks)
    document = press.set(
        document_html(f'<section class="sequence">{body}</section>', heading),
        "sequence",
        numbered(heading.first_page),
    )
    place = anchors(document)
    return Texts(
        documents=(document,),
        pages=list(document.pages),
        row_pages=tuple(heading.first_page + place[row.original[0].id].page for row in rows),
    )
