"""What is found wrong in a finished PDF: each fault is made in a file that was sound."""

from __future__ import annotations

import io
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
from edition.printing.finished import Finished
from edition.printing.preflight import Promise, look_over
from tests.printing.printed import IMPRINT, SAMPLE, codes, parsed, printed, rewrite, sample, with_print


@pytest.fixture(scope="module")
def promise() -> Promise:
    config = load(SAMPLE)
    copy = Copy(config, *parsed(config), IMPRINT)
    return promise_of(copy)


@pytest.fixture(scope="module")
def sound() -> bytes:
    return printed(load(SAMPLE)).pdf


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


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (without_labels, "PDF401", "labels"),
        (without_sources, "PDF401", "its sources"),
        (without_profile, "PDF401", "OutputIntent"),
        (with_a_font_of_the_machine, "PDF401", "ISO_19005_3:6.2.11.4"),
        (with_a_program, "PDF402", "/OpenAction"),
        (without_language, "PDF403", "no text in a language it has: ru"),
        (with_an_empty_tag, "PDF403", "an empty tag: Span"),
        (with_a_skipped_level, "PDF403", "a skipped level of headings: 4"),
        (with_two_of_an_id, "PDF403", "an id that is given twice"),
        (with_loose_text, "PDF403", "neither tagged nor an artifact: 6"),
    ],
)
def test_a_fault_is_found(
    change: Callable[[pikepdf.Pdf], None], code: str, said: str, sound: bytes, promise: Promise
) -> None:
    told = found(changed(sound, change), promise)
    assert [message for each, message in told if each == code and said in message], told


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
    with pikepdf.open(io.BytesIO(printed(load(SAMPLE)).pdf)) as pdf:
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
