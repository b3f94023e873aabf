"""Lists of the texts: set item by item, and one list to a screen reader."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

from edition.printing import Copy, Rendering
from edition.printing.blocks import Block, groups
from edition.printing.finished import Finished, Tag
from edition.printing.inline import SERIES, called
from edition.printing.lists import Part, is_whole, sign, written
from edition.printing.markup import block_html
from edition.printing.reading import read_aloud
from edition.tei import parse
from tests.printing.printed import IMPRINT, codes, parsed, printed, rewrite, sample, with_print

TEI = "http://www.tei-c.org/ns/1.0"


def element(xml: str) -> etree._Element:
    return etree.fromstring(xml.replace(">", f' xmlns="{TEI}">', 1))


def blocks(xml: str, folder: Path) -> list[Block]:
    """What a body is set as."""
    (folder / "a.xml").write_text(f'<TEI xmlns="{TEI}"><text><body>{xml}</body></text></TEI>', "utf-8")
    document = parse.read(folder / "a.xml", "a.xml")
    return [block for group in groups(document, "o", frozenset(SERIES)) for block in group.blocks]


def words(block: Block) -> str:
    return " ".join("".join(etree.fromstring(f"<x>{called(block.html, lambda _: '')}</x>").itertext()).split())


def with_both(folder: Path, xml: str, other: str | None = None) -> Any:
    """The sample with this at the beginning of both texts."""
    config = sample(folder)
    rewrite(folder / "talk.en.xml", ("<div>", f"{xml}<div>"))
    rewrite(folder / "talk.ru.xml", ("<div>", f"{xml if other is None else other}<div>"))
    return config


def tags(rendering: Rendering) -> Tag:
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        return Finished(pdf).tags


def outline(tag: Tag) -> Any:
    """The roles of a list and all below it, as deep as its paragraphs."""
    return (tag.role, [outline(kid) for kid in tag.kids]) if tag.role != "P" else "P"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<list><item>a</item></list>", True),
        ('<list rend="inline"><item>a</item></list>', False),
        ('<list type="run-on"><item>a</item></list>', False),
        ("<list>Present: <item>a</item></list>", False),
        ("<list><head>Nothing</head></list>", False),
        ("<table><row><cell>a</cell></row></table>", True),
        ("<table><head>Nothing</head></table>", False),
        ("<p>a</p>", False),
    ],
)
def test_what_is_set_as_a_list_or_table(xml: str, expected: bool) -> None:
    assert is_whole(element(xml)) is expected


@pytest.mark.parametrize(
    ("xml", "numbering", "expected"),
    [
        ("<item/>", "Decimal", "3."),
        ('<item n="iv"/>', "Decimal", "iv."),
        ('<item n="c)"/>', "Decimal", "c)"),
        ("<item/>", "Disc", "•"),
        ('<item n="3"/>', "None", ""),
    ],
)
def test_what_stands_before_an_item(xml: str, numbering: str, expected: str) -> None:
    assert sign(etree.fromstring(xml), 3, numbering) == expected


def test_parts_are_read_as_they_were_written() -> None:
    parts = (Part("o-list.1", "L", "LBody", 2, "Decimal"), Part("o-table.2", "Table", "Caption"))
    assert Part.read(written(parts)) == parts
    assert Part.read(written(())) == ()


def test_a_list_in_a_paragraph_parts_it_and_no_word_is_lost(tmp_path: Path) -> None:
    xml = '<p>One <hi rend="b">two <list><item>three<note>n</note></item></list> four</hi> five.</p>'
    found = blocks(xml, tmp_path)
    assert [words(block) for block in found] == ["One two", "three", "four five."]
    assert [block.kind for block in found] == ["paragraph", "item", "paragraph"]
    assert [block.opens for block in found] == [True, False, False]
    assert [block.follows for block in found] == [False, False, True]
    assert found[2].html.startswith("<strong>")
    assert [len(block.notes) for block in found] == [0, 1, 0]


def test_a_list_that_is_part_of_its_sentence_stays_in_it(tmp_path: Path) -> None:
    (block,) = blocks('<p>Present: <list rend="inline"><item>A,</item><item>B.</item></list></p>', tmp_path)
    assert words(block) == "Present: A, B."


def test_each_block_knows_the_items_around_it(tmp_path: Path) -> None:
    xml = "<list><item><p>a</p><p>b</p><list><item>c</item></list></item><item>d</item></list>"
    found = blocks(xml, tmp_path)
    assert [[part.number for part in block.within] for block in found] == [[1], [1], [1, 1], [2]]
    assert [block.follows for block in found] == [False, True, False, False]
    assert len({part.whole for block in found for part in block.within}) == 2


def test_the_label_of_an_item_begins_it(tmp_path: Path) -> None:
    found = blocks('<list rend="ordered"><label>(a)</label><item>b</item><item>c</item></list>', tmp_path)
    assert [words(block) for block in found] == ["(a) b", "c"]
    assert 'class="term short"' in found[0].html
    assert "marker" not in found[0].html  # it has a label
    assert 'data-shown="2."' in found[1].html


def test_a_label_of_a_list_without_items_is_not_lost(tmp_path: Path) -> None:
    found = blocks("<list><label>a</label><label>b</label></list><p>c</p>", tmp_path)
    assert [words(block) for block in found] == ["a", "b", "c"]


def test_what_heads_a_list_is_no_heading_of_the_book(tmp_path: Path) -> None:
    head, item = blocks("<list><head>Persons</head><item>a</item></list>", tmp_path)
    assert (head.kind, head.title) == ("caption", "")
    assert item.within[0].whole == head.within[0].whole


def test_a_list_is_one_to_a_reader_whatever_pages_it_is_on(tmp_path: Path) -> None:
    items = "".join(f"<item>{f'Item {number} of a list that is long. ' * 4}</item>" for number in range(60))
    rendering = printed(with_both(tmp_path, f'<list rend="numbered"><head>All</head>{items}</list>'))
    assert rendering.diagnostics == ()
    lists = [tag for tag in tags(rendering).walk() if tag.role == "L" and tag.id]
    assert [tag.role for tag in lists] == ["L", "L"]
    for tag in lists:
        assert [kid.role for kid in tag.kids] == ["Caption"] + ["LI"] * 60
        assert [kid.role for kid in tag.kids[1].kids] == ["Lbl", "LBody"]
        assert tag.kids[60].text().startswith("60.Item 59")
        assert len({page for each in tag.walk() for page in each.pages}) > 2


def test_nested_lists_labels_and_notes_are_where_a_reader_wants_them(tmp_path: Path) -> None:
    xml = (
        "<list><label>Bridge</label><item>Over <list><item>a</item><item>b</item></list> a river<note>n</note></item>"
        "<item><p>c</p><p>d</p></item></list>"
    )
    rendering = printed(with_both(tmp_path, xml))
    assert rendering.diagnostics == ()
    found = next(tag for tag in tags(rendering).walk() if tag.role == "L" and tag.id.startswith("t-"))
    inner = ("L", [("LI", [("LBody", ["P"])]), ("LI", [("LBody", ["P"])])])
    note: Any = ("Note", [("Lbl", [("Link", [])])])
    first = ("LI", [("Lbl", []), ("LBody", ["P", inner, "P", note])])
    assert outline(found) == ("L", [first, ("LI", [("LBody", ["P", "P"])])])
    assert found.kids[0].kids[0].text().strip() == "Bridge"


def test_turn_by_turn_a_list_comes_whole_and_then_its_translation(tmp_path: Path) -> None:
    xml = "<p>Before</p><list><item>a</item><item>b</item></list><p>After</p>"
    found = [tag for tag in tags(printed(with_both(tmp_path, xml))).walk() if tag.id and tag.role in ("P", "L")]
    ids = [tag.id[0] + tag.role for tag in found]
    assert "oPtP" + "oLoPoP" + "tLtPtP" + "oPtP" in "".join(ids)


def test_a_turn_that_begins_with_a_labelled_item_begins_with_its_speaker(tmp_path: Path) -> None:
    xml = '<sp who="persons.xml#anna"><speaker>X:</speaker><list><label>zeta</label><item>eta</item></list></sp>'
    rendering = printed(with_both(tmp_path, xml))
    assert rendering.diagnostics == ()
    assert any("X: zeta eta" in tag.text() for tag in tags(rendering).walk() if tag.role == "P")


def test_a_turn_that_begins_with_a_numbered_item_begins_with_its_number_and_speaker(tmp_path: Path) -> None:
    xml = '<sp who="persons.xml#anna"><speaker>X:</speaker><list rend="numbered"><item>eta</item></list></sp>'
    rendering = printed(with_both(tmp_path, xml))
    assert rendering.diagnostics == ()
    assert [
        "".join(tag.text().split()) for tag in tags(rendering).walk() if tag.role == "LI" and "X:" in tag.text()
    ] == ["1X:1.eta"] * 2


def test_numbering_is_told(tmp_path: Path) -> None:
    xml = '<list rend="numbered"><item>a</item></list><list rend="bulleted"><item>b</item></list>'
    rendering = printed(with_both(tmp_path, xml))
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        told = [
            str(each.A.ListNumbering)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/L" and "/A" in each
        ]
    assert sorted(told) == ["/Decimal", "/Decimal", "/Disc", "/Disc"]


def test_numbering_is_told_of_a_list_with_a_heading_and_found_where_it_is_not(tmp_path: Path) -> None:
    xml = '<list rend="numbered"><head>Agenda</head><item>a</item></list>'
    config = with_both(tmp_path, xml)
    copy = Copy(config, *parsed(config), IMPRINT)
    rendering = printed(config)
    assert rendering.diagnostics == ()
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and str(each.get("/ID", "")).startswith("t-") and "/A" in each:
                del each.A
        told = [found.message for found in read_aloud(Finished(pdf), copy.rows, copy.order)]
    assert told == ["the signs of the items of this list are read as None, not as Decimal"]


def test_what_is_left_of_a_longer_list_of_the_original_holds_nothing_up(tmp_path: Path) -> None:
    longer = "<list><item>a</item><item>b</item><item>c</item></list><p>After</p>"
    rendering = printed(with_both(tmp_path, "<list><item>a</item></list><p>After</p>", longer))
    assert rendering.diagnostics == ()
    config = with_print(sample(tmp_path / "again"), layout="facing")
    rewrite(tmp_path / "again" / "talk.ru.xml", ("<div>", f"{longer}<div>"))
    rewrite(tmp_path / "again" / "talk.en.xml", ("<div>", "<list><item>a</item></list><p>After</p><div>"))
    copy = Copy(config, *parsed(config), IMPRINT)
    after = next(row for row in copy.rows if any(words(block) == "After" for block in row.original))
    assert [words(block) for block in after.translation] == ["After"]


def test_a_list_that_lacks_an_item_in_the_file_is_found(tmp_path: Path) -> None:
    config = with_both(tmp_path, "<list><item>a</item><item>b</item></list>")
    copy = Copy(config, *parsed(config), IMPRINT)
    with pikepdf.open(io.BytesIO(printed(config).pdf)) as pdf:
        finished = Finished(pdf)
        finished.__dict__["tags"] = replace_first(finished.tags, "LI", "Div")
        told = [found.message for found in read_aloud(finished, copy.rows, copy.order)]
    assert told == ["this list is read with 1 items, not 2"]


def replace_first(tag: Tag, role: str, by: str) -> Tag:
    """A tree whose first tag of a role in the texts has another."""
    done = False

    def walk(each: Tag, *, inside: bool = False) -> Tag:
        nonlocal done
        if each.role == role and not done and inside:
            done = True
            return replace(each, role=by)
        made = {kid: walk(kid, inside=inside or bool(each.id)) for kid in each.kids}
        parts = tuple(part if isinstance(part, str) else made[part] for part in each.parts)
        return replace(each, kids=tuple(made.values()), parts=parts)

    return walk(tag)


def test_only_paragraphs_are_indented_where_they_go_on_a_turn(tmp_path: Path) -> None:
    found = blocks("<sp><p>a</p><list><head>b</head><item>c</item></list><p>d</p></sp>", tmp_path)
    indented = [block.kind for block in found if "continued" in block_html(block, lambda _: "")]
    assert indented == ["paragraph"]


@pytest.mark.parametrize("layout", ["columns", "sequence"])
def test_lists_are_set_in_every_layout(layout: str, tmp_path: Path) -> None:
    inner = "<list><label>c</label><item>d</item></list>"
    xml = f'<list rend="bulleted"><item>a {inner}</item><item><p>b</p></item></list>'
    assert codes(printed(with_print(with_both(tmp_path, xml), layout=layout))) == []
