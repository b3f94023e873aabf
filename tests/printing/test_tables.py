"""Tables of the texts: set row by row in the columns of the whole, and one table to a screen reader."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.printing import Copy
from edition.printing.finished import Finished, Tag
from edition.printing.markup import block_html
from edition.printing.reading import read_aloud
from edition.printing.tables import Grid
from tests.printing.printed import IMPRINT, codes, parsed, printed, with_print
from tests.printing.test_lists import blocks, element, replace_first, tags, with_both

HEADED = (
    "<table><head>Output</head>"
    '<row role="label"><cell>Works</cell><cell>Year</cell></row>'
    '<row><cell role="label">Putilov<note>n</note></cell><cell>1949</cell></row>'
    "<row><cell>Two words</cell><cell>12.5</cell></row></table>"
)


def grid(*rows: str) -> Grid:
    return Grid.of(element(f"<table>{''.join(f'<row>{row}</row>' for row in rows)}</table>"))


def cells(found: Tag) -> list[list[str]]:
    return [[cell.role for cell in row.kids] for row in found.walk() if row.role == "TR"]


def table(root: Tag, side: str = "t") -> Tag:
    return next(tag for tag in root.walk() if tag.role == "Table" and tag.id.startswith(side))


def attributes(data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """The roles of what states attributes of tables, with these."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for each in pdf.objects:
            is_tag = isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"
            if is_tag and "/A" in each and each.A.O == "/Table":
                yield str(each.S), {str(name): str(value) for name, value in dict(each.A.items()).items()}


def test_cells_know_their_columns_under_those_that_span_rows() -> None:
    found = grid('<cell rows="2">a</cell><cell cols="2">b</cell>', "<cell>c</cell><cell>d</cell>", "<cell>e</cell>")
    assert [[cell.column for cell in row.cells] for row in found.rows] == [[0, 1], [1, 2], [0]]
    assert found.width == 3
    assert [list(band) for band in found.bands()] == [[0, 1], [2]]


@pytest.mark.parametrize("span", ["0", "-1", "abc", "", "99999999999999999999", "²"])
def test_a_span_that_cannot_be_is_none(span: str) -> None:
    (row,) = grid(f'<cell cols="{span}" rows="{span}">a</cell>').rows
    assert (row.cells[0].columns, row.cells[0].rows) == (1, 1)


def test_no_cell_lies_on_another() -> None:
    found = grid('<cell>a</cell><cell rows="2">b</cell><cell>c</cell>', '<cell cols="2">d</cell><cell>e</cell>', "")
    assert [(cell.column, cell.columns) for cell in found.rows[1].cells] == [(0, 1), (2, 1)]
    empty = grid('<cell>a</cell><cell rows="2">b</cell><cell>c</cell>', "")
    assert empty.html(range(1, 2), lambda _: "", "x").count("<td") == 2


def test_spans_beyond_the_table_cost_nothing() -> None:
    found = grid('<cell cols="99999" rows="99999">a</cell>' * 50, "<cell>b</cell>")
    assert found.width < 200
    assert [list(band) for band in found.bands()] == [[0, 1]]


@given(st.lists(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=4), min_size=1, max_size=5))
def test_each_row_is_in_one_band_and_each_has_all_columns(rows: list[list[tuple[int, int]]]) -> None:
    found = grid(*("".join(f'<cell cols="{cols}" rows="{deep}"/>' for cols, deep in row) for row in rows))
    assert [at for band in found.bands() for at in band] == list(range(len(rows)))
    for band in found.bands():
        for at in band:
            assert all(at + cell.rows <= band.stop for cell in found.rows[at].cells)
    html = "".join(found.html(band, lambda _: "", "o-x") for band in found.bands())
    assert html.count("<tr ") == len(rows) - len(found.bare)
    assert not any(rows[at] for at in found.bare)


def test_columns_of_numbers_are_those_without_words() -> None:
    found = grid(
        '<cell role="label">Year</cell><cell>Remark</cell>', "<cell>1949</cell><cell>1 ton</cell>", "<cell>–</cell>"
    )
    assert found.of_numbers == {0}


def test_rows_are_blocks_and_those_with_spans_stand_together(tmp_path: Path) -> None:
    xml = (
        '<table><row role="label"><cell>a</cell></row><row><cell rows="2">b</cell><cell>d</cell></row><row/>'
        "<row><cell>c</cell></row></table>"
    )
    found = blocks(xml, tmp_path)
    assert [block.kind for block in found] == ["labels", "table", "table"]
    assert [block.html.count("<tr ") for block in found] == [1, 2, 1]


def test_a_table_is_one_with_headings_for_a_reader(tmp_path: Path) -> None:
    rendering = printed(with_both(tmp_path, HEADED))
    assert rendering.diagnostics == ()
    found = table(tags(rendering))
    assert [kid.role for kid in found.kids] == ["Caption", "TR", "TR", "TR"]
    assert cells(found) == [["TH", "TH"], ["TH", "TD"], ["TD", "TD"]]
    assert [kid.role for kid in found.kids[2].kids[0].kids] == ["Reference", "Note"]  # read with its cell
    told = [attribute["/Scope"] for role, attribute in attributes(rendering.pdf) if role == "/TH"]
    assert sorted(told) == ["/Column"] * 4 + ["/Row"] * 2


def test_what_a_cell_has_in_another_language_says_so(tmp_path: Path) -> None:
    xml = (
        '<table><row><cell xml:lang="de">a<note xml:lang="fr">n</note></cell><cell><p xml:lang="it">b</p>'
        '<list><item xml:lang="es">c</item></list></cell></row></table>'
        '<list><label xml:lang="de">d</label><item>e</item></list>'
    )
    rendering = printed(with_both(tmp_path, xml))
    assert rendering.diagnostics == ()
    found = {(tag.role, tag.language) for tag in tags(rendering).walk()}
    assert {("TD", "de"), ("Note", "fr"), ("P", "it"), ("LBody", "es"), ("Lbl", "de")} <= found


def test_spans_are_told_and_empty_cells_are_cells(tmp_path: Path) -> None:
    xml = (
        '<table><row><cell rows="2">a</cell><cell cols="2">b</cell></row><row><cell/><cell>c</cell></row>'
        "<row><cell>d</cell></row></table>"
    )
    rendering = printed(with_both(tmp_path, xml))
    assert rendering.diagnostics == ()
    found = table(tags(rendering))
    assert [kid.role for kid in found.kids] == ["TBody", "TBody"]  # no rows beside groups of rows
    assert cells(found) == [["TD", "TD"], ["TD", "TD"], ["TD", "TD"]]
    told = [attribute for _, attribute in attributes(rendering.pdf)]
    assert sorted(each.get("/ColSpan", "") for each in told) == ["", "", "2", "2", "2", "2"]
    assert [each["/RowSpan"] for each in told if "/RowSpan" in each] == ["2", "2"]


def test_paragraphs_and_lists_in_a_cell_are_what_they_are(tmp_path: Path) -> None:
    xml = (
        "<table><row><cell><p>a</p><p>b</p></cell>"
        '<cell><list rend="numbered"><head>c</head>'
        "<item>d<list><item>e</item></list></item><item>f</item></list></cell>"
        "</row></table>"
    )
    rendering = printed(with_both(tmp_path, xml))
    assert rendering.diagnostics == ()
    first, second = table(tags(rendering)).kids[0].kids
    assert [kid.role for kid in first.kids] == ["P", "P"]
    (found,) = second.kids
    assert (found.role, [kid.role for kid in found.kids]) == ("L", ["Caption", "LI", "LI"])
    assert [kid.role for kid in found.kids[1].walk()] == ["LI", "Lbl", "LBody", "L", "LI", "LBody"]


def test_columns_stand_under_each_other_on_all_pages(tmp_path: Path) -> None:
    rows = "".join(
        f"<row><cell>{'word ' * (number % 7 + 1)}</cell><cell>x{number}</cell></row>" for number in range(60)
    )
    rendering = printed(with_both(tmp_path, f"<table>{rows}</table>"))
    assert rendering.diagnostics == ()
    found = table(tags(rendering))
    assert len(cells(found)) == 60
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        places = list(_lefts(pdf, [row.kids[1] for row in found.kids]))
    assert len(places) == 60
    assert max(places) - min(places) < 0.1


def _lefts(pdf: pikepdf.Pdf, wanted: list[Tag]) -> Iterator[float]:
    """Where the text of these tags begins, in pt from the left."""
    marks = {mark for tag in wanted for each in tag.walk() for mark in each.marks}
    for number, page in enumerate(pdf.pages):
        here: Any = None
        for each in pikepdf.parse_content_stream(page):
            if str(each.operator) == "BDC" and "/MCID" in each.operands[1]:
                here = (number, int(each.operands[1]["/MCID"]))
            elif str(each.operator) == "Tm" and here in marks:
                yield float(each.operands[4])
                here = None


def test_columns_run_from_the_right_where_words_do(tmp_path: Path) -> None:
    rows = "".join(
        f"<row><cell>{'word ' * (number % 7 + 1)}</cell><cell>x{number}</cell></row>" for number in range(9)
    )
    rendering = printed(with_both(tmp_path, f'<table xml:lang="he">{rows}</table>'))
    assert rendering.diagnostics == ()
    found = table(tags(rendering))
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        first, second = (list(_lefts(pdf, [row.kids[column] for row in found.kids])) for column in (0, 1))
    assert max(second) < min(first)
    assert max(second) - min(second) < 20


def test_a_row_of_which_all_cells_reach_in_from_above_is_none(tmp_path: Path) -> None:
    above = '<row><cell rows="2">a</cell><cell rows="2">b</cell></row>'
    xml = f"<table>{above}<row/><row><cell>c</cell><cell>d</cell></row></table>"
    rendering = printed(with_both(tmp_path, xml))
    assert [found.message for found in rendering.diagnostics] == []
    assert cells(table(tags(rendering))) == [["TD", "TD"], ["TD", "TD"]]
    assert not any("/RowSpan" in told for _, told in attributes(rendering.pdf))


def test_a_row_that_is_higher_than_a_page_is_told_once_where_it_is(tmp_path: Path) -> None:
    config = with_both(tmp_path, "", f"<table><row><cell>{'Слова одной ячейки. ' * 400}</cell></row></table>")
    (found,) = printed(with_print(config, layout="sequence", line_numbers=5)).diagnostics
    assert (found.message, found.location.path) == ("this row of a table is higher than its page", "talk.ru.xml")


def test_columns_are_never_narrower_than_their_longest_words(tmp_path: Path) -> None:
    (block,) = blocks("<table><row><cell>in item</cell><cell>2</cell></row></table>", tmp_path)
    measured = (41.66612, 7.33349)
    html = block_html(replace(block, widths=measured), lambda _: "")
    whole, *widths = (float(each) for each in re.findall(r"width: ([\d.]+)px", html))
    assert all(given >= wanted for given, wanted in zip(widths, measured, strict=True))
    assert whole == pytest.approx(sum(widths))


@pytest.mark.parametrize("layout", ["facing", "columns", "sequence"])
def test_a_table_that_is_too_wide_is_found_and_stays_on_its_page(layout: str, tmp_path: Path) -> None:
    row = "".join(f"<cell>Zusammensetzungen{number}</cell>" for number in range(14))
    rendering = printed(with_print(with_both(tmp_path, f"<table><row>{row}</row></table>"), layout=layout))
    assert [found.message for found in rendering.diagnostics] == [
        "this table is wider than its page: words in it are divided"
    ] * 2


def test_a_table_that_is_a_little_too_wide_is_set_smaller(tmp_path: Path) -> None:
    row = "".join(f"<cell>Zusammensetzung{number}</cell>" for number in range(5))
    assert codes(printed(with_both(tmp_path, f"<table><row>{row}</row></table>"))) == []


def test_a_turn_may_begin_with_a_table(tmp_path: Path) -> None:
    xml = '<sp who="persons.xml#anna"><speaker>X:</speaker><table><row><cell>1</cell></row></table></sp>'
    assert codes(printed(with_both(tmp_path, xml))) == []


def test_a_table_that_lacks_a_heading_in_the_file_is_found(tmp_path: Path) -> None:
    config = with_both(tmp_path, HEADED)
    copy = Copy(config, *parsed(config), IMPRINT)
    with pikepdf.open(io.BytesIO(printed(config).pdf)) as pdf:
        finished = Finished(pdf)
        finished.__dict__["tags"] = replace_first(finished.tags, "TH", "TD")
        told = [found.message for found in read_aloud(finished, copy.rows, copy.order)]
    assert told == ["this table is read with 2 headings, not 3", "this table is read with 4 cells, not 3"]


def test_the_html_of_rows_is_well_formed(tmp_path: Path) -> None:
    for block in blocks(HEADED, tmp_path):
        etree.fromstring(f"<x>{block.html}</x>".replace("\0", ""))
