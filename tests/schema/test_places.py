"""Lines and columns of start tags and loose text."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from edition.diagnostics import Location
from edition.schema.places import Spot, locate
from edition.tei.parse import Document, read


def parsed(folder: Path, data: bytes) -> tuple[Document, etree._Element]:
    (folder / "a.xml").write_bytes(data)
    document = read(folder / "a.xml", "a.xml")
    assert document.root is not None
    return document, document.root


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_a_start_tag_stands_where_it_begins(tmp_path: Path, encoding: str) -> None:
    text = '<?pi x?>\n<!-- <b/> -->\n<a>Ж <b\n  n="1"\n/>\r\n\t<b/></a>'
    document, root = parsed(tmp_path, text.encode(encoding))
    spots = [Spot(element) for element in root.iter()]
    places = locate(document, spots)
    assert [(places[spot].line, places[spot].column) for spot in spots] == [(3, 1), (3, 6), (6, 2)]


def test_text_stands_where_its_first_letter_does(tmp_path: Path) -> None:
    document, root = parsed(tmp_path, b"<a>\n <b>x</b>\n  tail <!-- c -->\n<b/>last &amp; more</a>")
    spots = [Spot(root, 1), Spot(root, 2), Spot(root[0], 0)]
    places = locate(document, spots)
    assert [(places[spot].line, places[spot].column) for spot in spots] == [(3, 3), (4, 5), (2, 5)]


def test_where_the_file_cannot_be_read_again_the_line_of_the_parser_stands(tmp_path: Path) -> None:
    document, root = parsed(tmp_path, b"<a>\n<b/></a>")
    spot = Spot(root[0])
    document.file.write_bytes(b"<a>\n\n\n<c/></a>")
    assert locate(document, [spot]) == {spot: Location("a.xml", 2)}
    document.file.unlink()
    assert locate(document, [spot]) == {spot: Location("a.xml", 2)}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0"?>'])
def test_a_byte_order_mark_is_no_column(tmp_path: Path, codec: str, declaration: str) -> None:
    document, root = parsed(tmp_path, f"{declaration}<r>x<b/>y\n <c/></r>".encode(codec))
    spots = [Spot(root), Spot(root, 0), Spot(root[0]), Spot(root[1])]
    places = locate(document, spots)
    first = len(declaration) + 1
    assert [(places[spot].line, places[spot].column) for spot in spots] == [
        (1, first),
        (1, first + 3),
        (1, first + 4),
        (2, 2),
    ]
