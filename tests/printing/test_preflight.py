"""What is found wrong in a finished PDF: each fault is made in a file that was sound."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from edition.config import load
from edition.printing.book import Copy
from edition.printing.book import promise as promise_of
from edition.printing.checkers import PDF_A, judged
from edition.printing.finished import Finished
from edition.printing.preflight import look_over
from edition.printing.promise import Promise
from tests.printing.printed import (
    IMPRINT,
    SAMPLE,
    codes,
    parsed,
    printed,
    printed_sample,
    rewrite,
    sample,
    with_print,
)


@pytest.fixture(scope="module")
def promise() -> Promise:
    config = load(SAMPLE)
    copy = Copy(config, *parsed(config), IMPRINT)
    return promise_of(copy, frozenset({"PT Serif"}))


@pytest.fixture(scope="module")
def sound() -> bytes:
    return printed_sample().pdf


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(written)
    return written.getvalue()


def tags(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    return [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == f"/{role}"]


def found(data: bytes, promise: Promise) -> list[tuple[str, str]]:
    return [(each.rule.code, each.message) for each in look_over(data, promise)]


def test_a_sound_file_has_no_findings(sound: bytes, promise: Promise) -> None:
    assert found(sound, promise) == []


def without_labels(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.PageLabels


def without_sources(pdf: pikepdf.Pdf) -> None:
    del pdf.attachments["persons.xml"]


def without_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def with_a_font_of_the_machine(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each:
            del each.FontFile2


def with_a_font_of_another_name(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and "/FontFamily" in each:
            each.FontFamily = pikepdf.String("DejaVu Serif")


def with_glyphs_that_nobody_can_read(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each:
            pairs = as_any(each).ToUnicode
            pairs.write(re.sub(rb"<[0-9a-f]{4}> <0[0-9a-f]{3}>", b"<ffff> <0041>", pairs.read_bytes(), count=3))


def with_a_sign_for_what_is_missing(pdf: pikepdf.Pdf) -> None:
    content = as_any(pdf.pages[5].obj).Contents
    content.write(re.sub(rb"<[0-9a-f]{4}>", b"<0000>", content.read_bytes(), count=1))


def with_a_program(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def without_language(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Lang") == "ru":
            del each.Lang


def with_an_empty_tag(pdf: pikepdf.Pdf) -> None:
    tags(pdf, "Span")[0].K = pikepdf.Array()


def with_a_skipped_level(pdf: pikepdf.Pdf) -> None:
    tags(pdf, "H2")[0].S = pikepdf.Name.H4


def with_two_of_an_id(pdf: pikepdf.Pdf) -> None:
    notes = tags(pdf, "Note")
    notes[0].ID = notes[1].ID


def with_loose_text(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[5]
    content = page.Contents.read_bytes()
    at = content.index(b"/Span")
    page.Contents.write(content[:at] + content[at:].replace(b"/Span", b"", 1).replace(b"<</MCID 0>>\nBDC", b"", 1))


def with_the_numbers_of_another_book(pdf: pikepdf.Pdf) -> None:
    root: Any = pdf.Root
    root.PageLabels.Nums[1].St = 7


def with_one_block_in_no_language(pdf: pikepdf.Pdf) -> None:
    del next(each for each in tags(pdf, "P") if each.get("/Lang") == "ru").Lang


def with_a_running_head_as_text(pdf: pikepdf.Pdf) -> None:
    """The artifact becomes a mark of its own, in a paragraph after all others."""
    page: Any = pdf.pages[5]
    content = page.Contents.read_bytes()
    head = next(each for each in re.finditer(rb"/Artifact\s+<<[^>]*>>\s+BDC", content))
    page.Contents.write(content[: head.start()] + b"/P\n<</MCID 900>>\nBDC" + content[head.end() :])
    root: Any = pdf.Root
    top = root.StructTreeRoot.K[0]
    said = pikepdf.Dictionary(
        Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, P=top, Pg=page.obj, K=pikepdf.Array([900])
    )
    top.K.append(pdf.make_indirect(said))


def with_a_mark_that_no_tag_has(pdf: pikepdf.Pdf) -> None:
    page: Any = pdf.pages[5]
    page.Contents.write(page.Contents.read_bytes().replace(b"/MCID 0>>", b"/MCID 900>>", 1))


def with_a_note_that_is_a_paragraph(pdf: pikepdf.Pdf) -> None:
    tags(pdf, "Note")[0].S = pikepdf.Name.P


def with_a_note_that_nothing_leads_to(pdf: pikepdf.Pdf) -> None:
    name = str(tags(pdf, "Note")[0].ID)
    for each in as_any(pdf.objects):
        if isinstance(each, pikepdf.Dictionary) and str(each.get("/Dest", "")) == name:
            each.Dest = pikepdf.String("elsewhere")


def with_a_note_that_leads_nowhere(pdf: pikepdf.Pdf) -> None:
    note = tags(pdf, "Note")[0]
    note.K = pikepdf.Array([each for each in note.K if isinstance(each, int) or each.get("/S") != "/Lbl"])


def read_backwards(pdf: pikepdf.Pdf) -> None:
    section = next(each for each in tags(pdf, "Sect") if each.K[0].get("/S") == "/Div")
    section.K = pikepdf.Array(reversed(list(section.K)))


def without_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines


def with_one_page_at_a_time(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLayout = pikepdf.Name.SinglePage


def with_its_name_above_its_window(pdf: pikepdf.Pdf) -> None:
    root: Any = pdf.Root
    root.ViewerPreferences.DisplayDocTitle = False


def of_another_author(pdf: pikepdf.Pdf) -> None:
    metadata: Any = pdf.Root.Metadata
    metadata.write(metadata.read_bytes().replace(b"B. Author", b"C. Author"))


def with_links_in_no_order(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        if "/Tabs" in page:
            del page.Tabs


def with_links_that_say_nothing(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for link in page.get("/Annots", pikepdf.Array()):
            del link.Contents


def with_hidden_links(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for link in page.get("/Annots", pikepdf.Array()):
            link.F = 2


def with_paragraphs_that_are_something_else(pdf: pikepdf.Pdf) -> None:
    root: Any = pdf.Root
    root.StructTreeRoot.RoleMap = pikepdf.Dictionary(P=pikepdf.Name.Figure)


def as_any(thing: object) -> Any:
    return thing


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (without_labels, "PDF401", "labels"),
        (with_the_numbers_of_another_book, "PDF401", "labels of its pages as they are printed"),
        (with_one_page_at_a_time, "PDF401", "pages side by side"),
        (with_its_name_above_its_window, "PDF401", "its title above its window"),
        (of_another_author, "PDF401", "its creators in XMP"),
        (with_one_block_in_no_language, "PDF403", "is read as en, not as ru"),
        (with_a_running_head_as_text, "PDF403", "something on page 6 is read that is no text of the edition"),
        (with_a_mark_that_no_tag_has, "PDF403", "text on page 6 is marked, but no tag has it"),
        (with_a_note_that_is_a_paragraph, "PDF403", "is not tagged as one"),
        (with_a_note_that_nothing_leads_to, "PDF403", "leads to its note"),
        (with_a_note_that_leads_nowhere, "PDF403", "nothing leads from a note back"),
        (read_backwards, "PDF403", "is read before what stands before it"),
        (without_bookmarks, "PDF403", "this head has no bookmark"),
        (without_sources, "PDF401", "its sources"),
        (without_profile, "PDF401", "OutputIntent"),
        (with_a_font_of_the_machine, "PDF401", "ISO_19005_3:6.2.11.4"),
        (with_a_font_of_the_machine, "PDF101", "text in PT Serif, but not the font"),
        (with_a_font_of_another_name, "PDF101", "text in DejaVu Serif, which is no font of the edition"),
        (with_glyphs_that_nobody_can_read, "PDF101", "does not say which characters 3 glyphs of PT Serif are"),
        (with_a_sign_for_what_is_missing, "PDF101", "the sign of PT Serif for a character that it lacks"),
        (with_a_program, "PDF402", "/OpenAction"),
        (without_language, "PDF403", "no text in a language it has: ru"),
        (with_an_empty_tag, "PDF403", "an empty tag: Span"),
        (with_a_skipped_level, "PDF403", "a skipped level of headings: 4"),
        (with_two_of_an_id, "PDF403", "an id that is given twice"),
        (with_loose_text, "PDF403", "neither tagged nor an artifact: 6"),
        (with_links_in_no_order, "PDF403", "PDF/UA-1: page 2 has annotations but no /Tabs"),
        (with_links_that_say_nothing, "PDF403", "/Contents"),
        (with_hidden_links, "PDF401", "PDF/A-3"),
        (with_paragraphs_that_are_something_else, "PDF401", "PDF/A-3a: a standard structure type"),
    ],
)
def test_a_fault_is_found(
    change: Callable[[pikepdf.Pdf], None], code: str, said: str, sound: bytes, promise: Promise
) -> None:
    told = found(changed(sound, change), promise)
    assert [message for each, message in told if each == code and said in message], told


def test_a_stream_that_ends_in_a_carriage_return_is_no_fault(sound: bytes) -> None:
    """The line end behind it is one of its own: CR LF would be a mistake of page."""

    def end(pdf: pikepdf.Pdf) -> None:
        page: Any = pdf.pages[0]
        page.Contents.write(page.Contents.read_bytes() + b"\r")

    with pikepdf.open(io.BytesIO(sound)) as pdf:
        end(pdf)
        written = io.BytesIO()
        pdf.save(written, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    assert b"\r\nendstream" in written.getvalue()
    assert [each.message for each in judged(written.getvalue(), PDF_A)] == []


def test_a_word_that_is_not_printed_is_found(promise: Promise, tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(tmp_path / "talk.en.xml", ("Well said, ", "Said, "))
    told = look_over(printed(config).pdf, promise)
    (lost,) = (each for each in told if each.rule.code == "PDF404")
    assert "without 'Well'" in lost.message
    assert (lost.location.path, lost.location.line) == ("talk.en.xml", 25)


def test_a_turn_that_the_rows_lost_is_found_by_the_model(sound: bytes, promise: Promise, tmp_path: Path) -> None:
    """The rows come from the same hand as the print; the model does not."""
    config = sample(tmp_path)
    rewrite(tmp_path / "talk.en.xml", ("Well said", "Well truly said"))
    _, edition = parsed(config)
    told = found(sound, replace(promise, edition=edition))
    assert told == [("PDF404", "turn e2 is printed without 'truly'")]


def test_a_turn_on_the_wrong_page_is_found(promise: Promise, tmp_path: Path) -> None:
    """The front is a page longer, so that originals stand on the right."""
    with pikepdf.open(io.BytesIO(printed_sample().pdf)) as pdf:
        pdf.pages.insert(0, pdf.pages[0])
        written = io.BytesIO()
        pdf.save(written)
    assert "PDF201" in [code for code, _ in found(written.getvalue(), promise)]


def test_pictures_are_printed_with_their_words(tmp_path: Path) -> None:
    config = sample(tmp_path)
    Image.new("L", (40, 20)).save(tmp_path / "map.png")
    figure = '<figure><graphic url="map.png"/><figDesc>Map of the river</figDesc></figure>'
    rewrite(tmp_path / "talk.ru.xml", ("    </body>", f"{figure}</body>"))
    rewrite(tmp_path / "talk.en.xml", ("    </body>", f"{figure}</body>"))
    rendering = printed(config)
    assert codes(rendering) == []
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        assert [str(each.Alt) for each in tags(pdf, "Figure")] == ["Map of the river"] * 2


def test_the_words_of_a_picture_are_in_their_language(tmp_path: Path) -> None:
    """Not in that of the text around it, nor in that of the book."""
    config = sample(tmp_path)
    Image.new("L", (40, 20)).save(tmp_path / "map.png")
    figure = '<figure><graphic url="map.png"/><figDesc{}>Карта</figDesc></figure></body>'
    rewrite(tmp_path / "talk.ru.xml", ("    </body>", figure.format("")))
    rewrite(tmp_path / "talk.en.xml", ("    </body>", figure.format(' xml:lang="ru"')))
    with pikepdf.open(io.BytesIO(printed(config).pdf)) as pdf:
        assert [_language(each) for each in tags(pdf, "Figure")] == ["ru", "ru"]


def _language(tag: Any) -> str:
    """The language that a tag is in: its own, or that of the nearest above it that has one."""
    while "/Lang" not in tag:
        tag = tag.P
    return str(tag.Lang)


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        ('<figure><graphic url="none.png"/><figDesc>Map</figDesc></figure>', "PDF301"),
        ('<figure><graphic url="../../../../../etc/hostname"/><figDesc>Map</figDesc></figure>', "PDF301"),
        ('<figure><graphic url="https://example.org/a.png"/><figDesc>Map</figDesc></figure>', "PDF301"),
    ],
)
def test_a_picture_that_is_not_there_is_found_where_it_is_named(figure: str, code: str, tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(tmp_path / "talk.en.xml", ("    </body>", f"{figure}</body>"))
    told = [each for each in printed(config).diagnostics if each.rule.code == code]
    assert [each.location.path for each in told] == ["talk.en.xml"]


def test_text_is_read_as_pypdf_reads_it(sound: bytes) -> None:
    from pypdf import PdfReader

    theirs = [set("".join(page.extract_text().split())) for page in PdfReader(io.BytesIO(sound)).pages]
    ours = [set("".join("".join(page.values()).split())) for page in Finished.of(sound).marked]
    assert all(own <= their for own, their in zip(ours, theirs, strict=True))


def test_the_note_that_a_setting_leaves_out_is_not_missed(tmp_path: Path) -> None:
    assert codes(printed(with_print(sample(tmp_path), notes=("commentary",)))) == []


@pytest.mark.parametrize(
    ("program", "says", "code"),
    [
        ("verapdf", "PASS $file 3a", ""),
        ("verapdf", "FAIL $file ua1", "PDF403"),
        ("verapdf", "", "PDF402"),
        ("verapdf", "Error: Could not find or load main class", "PDF402"),
        ("outloud", "PASS       print.pdf: 0 error(s), 2 warning(s), 0 info", ""),
        ("outloud", "FAIL       print.pdf: 10 error(s), 2 warning(s), 0 info", "PDF403"),
    ],
)
def test_checkers_on_the_path_are_asked(
    program: str,
    says: str,
    code: str,
    sound: bytes,
    promise: Promise,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two runs of veraPDF, one for each standard; what each says becomes one finding."""
    fake = tmp_path / program
    fake.write_text(f'#!/bin/sh\nfor file; do :; done\ntest -f "$file" && echo "{says}"\n', "utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    told = {each for each, _ in found(sound, promise)}
    assert told == ({code} if code else set())
