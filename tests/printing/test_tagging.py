"""What a screen reader is given, read from the finished PDF by pikepdf."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from edition.errors import EditionError
from edition.printing import Copy, Rendering
from edition.printing.finished import Finished
from edition.printing.reading import read_aloud
from tests.printing.printed import IMPRINT, SAMPLE, parsed, printed, printed_sample, rewrite, sample, with_print


@dataclass(frozen=True)
class Tag:
    role: str
    id: str
    language: str
    pages: tuple[int, ...]
    kids: tuple[Tag, ...]
    said: str

    def walk(self) -> Iterator[Tag]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def roles(self) -> list[str]:
        return [tag.role for tag in self.walk()]


def opened(rendering: Rendering) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(rendering.pdf))


def tree(pdf: pikepdf.Pdf) -> Tag:
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}

    def tag(element: Any) -> Tag:
        kids = [kid for kid in element.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        own = [kid for kid in element.K if not (isinstance(kid, pikepdf.Dictionary) and "/S" in kid)]
        pages = {numbers[(kid.Pg if isinstance(kid, pikepdf.Dictionary) else element.Pg).objgen] for kid in own}
        said = [str(element.get(name, "")) for name in ("/ID", "/Lang", "/Alt")]
        role = str(element.S).removeprefix("/")
        return Tag(role, said[0], said[1], tuple(sorted(pages)), tuple(map(tag, kids)), said[2])

    root: Any = pdf.Root
    return tag(root.StructTreeRoot.K[0])


def test_the_number_of_a_turn_is_heard_before_it_in_the_words_of_the_book(pdf: pikepdf.Pdf) -> None:
    blocks = {tag.id: tag for tag in tree(pdf).walk() if tag.role == "P"}
    for block, number in {"o-t1p1": "1", "t-e1p1": "1", "o-t2p1": "2"}.items():
        first = blocks[block].kids[0]
        assert (first.role, first.said) == ("Span", f"turn {number}")
        assert first.language == "en"
    assert not any(kid.said.startswith("turn") for kid in blocks["o-t1p2"].kids)


def test_what_is_said_of_a_leaf_is_in_the_language_of_the_book(pdf: pikepdf.Pdf) -> None:
    leaves = [tag for tag in tree(pdf).walk() if tag.said.startswith("[leaf")]
    assert [(tag.said, tag.language) for tag in leaves] == [("[leaf 7]", "en"), ("[leaf 8]", "en")]


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return opened(printed_sample())


@pytest.fixture(scope="module")
def book(pdf: pikepdf.Pdf) -> Tag:
    return tree(pdf)


def named(book: Tag, name: str) -> Tag:
    return next(tag for tag in book.walk() if tag.id == name)


def test_original_and_translation_are_read_turn_by_turn(book: Tag) -> None:
    ids = [tag.id for tag in book.walk() if tag.role == "P" and tag.id]
    assert ids.index("t-e1p1") == ids.index("o-t1p1") + 1
    assert ids.index("o-t1p2") == ids.index("t-e1p1") + 1
    assert [tag.role for tag in book.kids] == ["Sect"] * 8


def test_texts_are_read_one_after_the_other_if_an_edition_wants_it(tmp_path: Path) -> None:
    with opened(printed(with_print(sample(tmp_path), reading_order="text"))) as pdf:
        sides = [tag.id[0] for tag in tree(pdf).walk() if tag.role == "P" and tag.id]
    assert sides == sorted(sides)
    assert set(sides) == {"o", "t"}


def test_what_is_in_another_language_says_so(book: Tag) -> None:
    assert named(book, "o-t1p1").language == "ru"
    assert named(book, "o-head").language == "ru"
    assert named(book, "t-e1p1").language == ""  # that of the whole
    assert "ru" in [tag.language for tag in book.walk() if tag.role == "Span"]


def test_what_the_book_takes_from_sources_in_another_language_says_so(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), language="ru")
    rewrite(tmp_path / "talk.en.xml", ("<div>", "<div><head>First</head>"))
    rewrite(tmp_path / "persons.xml", ("<occupation", '<occupation xml:lang="de"'))
    rendering = printed(config)
    assert rendering.diagnostics == ()
    with opened(rendering) as pdf:
        read = Finished(pdf).tags
    spoken = {tag.text(): tag.language for tag in read.walk() if tag.language}
    assert spoken["A Talk on Bridges"] == "en"
    assert spoken["First"] == "en"
    assert "de" in spoken.values()
    (credit,) = (tag for tag in read.walk() if "B. Translator" in tag.text() and tag.language)
    assert credit.language == "en"


def test_a_head_that_the_contents_read_in_another_language_is_found(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), language="ru")
    rewrite(tmp_path / "talk.en.xml", ("<div>", "<div><head>First</head>"))
    copy = Copy(config, *parsed(config), IMPRINT)
    with opened(printed(config)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Link" and "/Lang" in each:
                del each["/Lang"]
        told = [found.message for found in read_aloud(Finished(pdf), copy.rows, copy.order)]
    assert told == ["in the contents this head is read as ru, not as en"]


def test_notes_are_notes_with_references_and_follow_their_paragraph(book: Tag) -> None:
    note = named(book, "t-n2")
    assert note.role == "Note"
    assert note.roles() == ["Note", "Lbl", "Link"]
    assert "Reference" in named(book, "t-e1p2").roles()
    ids = [tag.id for tag in book.walk() if tag.id]
    assert ids.index("t-n2") == ids.index("t-e1p2") + 1
    assert len(ids) == len(set(ids))


def test_headings_contents_and_lists_are_what_they_are(book: Tag) -> None:
    roles = book.roles()
    assert [role for role in roles if role[0] == "H"][:3] == ["H1", "H2", "H2"]
    assert roles.count("TOC") == 1
    assert roles.count("TOCI") == 6
    assert "LBody" in roles


def test_levels_of_headings_are_not_skipped(tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(tmp_path / "talk.en.xml", ("<div>", "<div><div><div><head>Deep</head></div></div>"))
    with opened(printed(config)) as pdf:
        levels = [int(tag.role[1]) for tag in tree(pdf).walk() if tag.role[0] == "H"]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_there_are_no_empty_tags(book: Tag) -> None:
    assert [tag for tag in book.walk() if not tag.pages and not tag.kids] == []


def test_nothing_is_left_of_tags_that_were_not_ours(pdf: pikepdf.Pdf) -> None:
    root: Any = pdf.Root
    waiting, tags = [root.StructTreeRoot.K[0]], set()
    while waiting:
        tag = waiting.pop()
        tags.add(tag.objgen)
        waiting += (kid for kid in tag.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid)
    dictionaries = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    assert {each.objgen for each in dictionaries if each.get("/Type") == "/StructElem"} == tags
    assert all(len(each) for each in dictionaries)


def test_a_paragraph_that_goes_on_overleaf_is_one(tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(tmp_path / "talk.en.xml", ("We are building", "We are building " * 600))
    with opened(printed(config)) as pdf:
        paragraph = named(tree(pdf), "t-e1p1")
    assert len(paragraph.pages) > 2


def test_running_heads_and_numbers_in_the_margin_are_artifacts(pdf: pikepdf.Pdf) -> None:
    for number, page in enumerate(pdf.pages, 1):
        kinds = [
            (str(each.operands[0]), each.operands[1].get("/Type"))
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) == "BDC"
        ]
        heads = kinds.count(("/Artifact", pikepdf.Name("/Pagination")))
        assert heads == {1: 0, 2: 0, 6: 5, 5: 0, 7: 2}.get(number, 1), number  # 6 has leaves and a line 5


def test_every_mark_belongs_to_a_tag(pdf: pikepdf.Pdf) -> None:
    root: Any = pdf.Root
    parents = {int(key): value for key, value in zip(*[iter(root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True)}
    for page in pdf.pages:
        marks = [
            int(each.operands[1]["/MCID"])
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) == "BDC" and "/MCID" in each.operands[1]
        ]
        above = parents[int(page.obj.StructParents)]
        assert sorted(marks) == list(range(len(above)))
        assert all("/S" in each for each in above)
        for link in page.obj.get("/Annots", []):
            assert parents[int(link.StructParent)].S == "/Link"
            assert not str(link.Contents).startswith("#")


def test_a_leaf_is_spoken_and_hyphens_of_the_line_are_not(tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(tmp_path / "talk.ru.xml", ("Мы строим", "Предостережение " * 40))
    with opened(printed(config)) as pdf:
        assert "[leaf 8]" in [tag.said for tag in tree(pdf).walk()]
        spoken = [
            str(each.operands[1].ActualText)
            for page in pdf.pages
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) == "BDC" and "/ActualText" in each.operands[1]
        ]
    assert spoken
    assert not any(text.endswith("-") for text in spoken)
    assert any("Предостережение ".startswith(text.split(" ")[-1]) for text in spoken)


def test_the_file_is_described_as_libraries_want(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as said:
        assert said["dc:title"] == IMPRINT.title
        assert said["dc:creator"] == list(IMPRINT.authors)
        assert said["dc:identifier"] == IMPRINT.identifier
        assert said["dc:language"] == {"en", "ru"}
        assert said["dc:publisher"] == {"A Press & Sons"}
        assert str(said["dc:rights"]).endswith("CC-BY-4.0")
        assert (said["pdfaid:part"], said["pdfaid:conformance"], said["pdfuaid:part"]) == ("3", "A", "1")
        assert said["xmp:ModifyDate"] == "2026-01-02T03:04:05Z"


def test_without_a_citation_authors_and_editors_of_the_header_are_the_creators(tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(
        tmp_path / "talk.ru.xml", ("<respStmt>", "<author>C. Author</author><editor>D. Editor</editor><respStmt>")
    )
    rendering = printed(config, replace(IMPRINT, authors=()))
    assert rendering.diagnostics == ()
    with opened(rendering) as pdf, pdf.open_metadata() as said:
        assert said["dc:creator"] == ["C. Author", "D. Editor"]


def test_the_sources_are_in_the_file(pdf: pikepdf.Pdf) -> None:
    root: Any = pdf.Root
    assert sorted(pdf.attachments) == ["persons.xml", "talk.en.xml", "talk.ru.xml"]
    for name, attached in pdf.attachments.items():
        assert attached.get_file().read_bytes() == (SAMPLE / name).read_bytes()
        assert attached.get_file().mime_type == "application/tei+xml"
        assert attached.relationship == pikepdf.Name.Source
    assert len(root.AF) == 3


def test_pages_are_labelled_as_printed(pdf: pikepdf.Pdf) -> None:
    assert [page.label for page in pdf.pages][:7] == ["1", "2", "3", "4", "5", "6", "7"]


def test_text_that_is_drawn_apart_from_its_page_ends_in_a_sentence(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",))
    (tmp_path / "own.css").write_text(".block { opacity: 0.8 }", "utf-8")
    with pytest.raises(EditionError, match="text with opacity"):
        printed(config)


def test_each_name_and_word_says_its_language_if_it_is_another(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), language="fr")
    rewrite(
        tmp_path / "talk.en.xml",
        ("Well said,", 'Well <q xml:lang="de">gesagt</q>, <ref target="https://x.org/" xml:lang="la">vide</ref>'),
        ("<speaker>Boris:", '<speaker xml:lang="pl">Borys:'),
        (
            "names no year",
            'names no year, <title xml:lang="it">Ponti <foreign xml:lang="la">et viae</foreign></title>',
        ),
    )
    rewrite(
        tmp_path / "talk.ru.xml",
        ("<persName>B. Translator", '<persName xml:lang="cs">B. Překladatel'),
        ("<publisher>A Press", '<publisher xml:lang="sv">Ett Förlag'),
        ("<settlement>Town", '<settlement xml:lang="es">Ciudad'),
        ('<note xml:id="n1" type="textual" xml:lang="en">So', '<note xml:id="n1" type="textual">Так'),
    )
    rewrite(tmp_path / "persons.xml", ('<persName xml:lang="en">Boris Road', '<persName xml:lang="uk">Борис Дорога'))
    rendering = printed(config)
    assert rendering.diagnostics == ()
    spoken = heard(rendering)
    for language, words in (
        ("de", "gesagt"),
        ("la", "vide"),
        ("la", "et viae"),
        ("it", "Ponti et viae"),
        ("pl", "Borys:"),
        ("cs", "B. Překladatel"),
        ("sv", "Ett Förlag & Sons"),
        ("es", "Ciudad"),
        ("uk", "Борис Дорога"),
        ("uk", "Дорога, Борис"),
        ("ru", "Так the typescript."),
        ("en", "Anna Bridge"),
        ("en", "Bridge, Anna"),
        ("en", "A Talk on Bridges"),
    ):
        assert words in [text for said, text in spoken if said == language], (language, words)


def heard(rendering: Rendering) -> list[tuple[str, str]]:
    """The text of each tag with the language in which it is read."""
    found: list[tuple[str, str]] = []

    def walk(tag: Any, inherited: str) -> None:
        own = tag.language or inherited
        found.append((own, " ".join(tag.text(without=frozenset({"Lbl"})).replace("\u00a0", " ").split())))
        for kid in tag.kids:
            walk(kid, own)

    with opened(rendering) as pdf:
        walk(Finished(pdf).tags, str(pdf.Root.Lang))
    return found


def test_a_word_in_another_language_that_is_read_in_that_of_its_text_is_found(tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(
        tmp_path / "talk.en.xml",
        ("Well said,", 'Well <q xml:lang="de">gesagt</q>,'),
        ("names no year", 'names no <foreign xml:lang="la">annum</foreign>'),
    )
    copy = Copy(config, *parsed(config), IMPRINT)
    with opened(printed(config)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and str(each.get("/Lang", "")) in ("de", "la"):
                del each["/Lang"]
        told = [found.message for found in read_aloud(Finished(pdf), copy.rows, copy.order)]
    assert told == [
        "'annum' in a note on this paragraph is not read as la",
        "'gesagt' in this paragraph is not read as de",
    ]


def test_words_at_the_ends_of_lines_are_apart_and_divided_ones_are_one(tmp_path: Path) -> None:
    """WeasyPrint takes the space at the end of a line away, and who hears the text hears two words as one."""
    config = sample(tmp_path)
    address = "https://example.org/one/two-three/four/" * 4
    sentences = f"Мы строим мосты и предостережения. <hi rend='italic'>Ещё</hi> одно слово: {address} " * 12
    rewrite(tmp_path / "talk.ru.xml", ("Он будет готов", sentences))
    rewrite(tmp_path / "talk.en.xml", ("We are building", "We a\u0301re building bridges, " * 40))
    rendering = printed(config)
    assert rendering.diagnostics == ()
    told = {tag: " ".join(text.replace("\u00a0", " ").split()) for tag, text in read_again(rendering).items()}
    assert " ".join(sentences.replace("<hi rend='italic'>", "").replace("</hi>", "").split()) in told["o-t1p2"]
    assert ("We a\u0301re building bridges, " * 40).strip() in told["t-e1p1"]


def read_again(rendering: Rendering) -> dict[str, str]:
    with opened(rendering) as pdf:
        return {tag.id: tag.text(without=frozenset({"Reference"})) for tag in Finished(pdf).tags.walk() if tag.id}
