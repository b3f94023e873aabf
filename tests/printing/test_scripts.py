"""Texts that run from right to left, and scripts whose glyphs are not their letters one by one."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]  # it has no types
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from edition.config import Config
from edition.printing import Rendering
from edition.printing.finished import Finished
from edition.printing.manuscript import is_from_the_right
from edition.printing.placed import anchors
from edition.printing.press import press_for
from edition.printing.spelling import Speller, spelled
from tests.printing.printed import codes, printed, rewrite, sample, solid, with_print

HEBREW = "הישיבה נפתחה בבוקר בנוכחות כל חברי הוועדה ויושב הראש קרא את סדר היום שאושר בישיבה הקודמת מיום ראשון"


def letters_as_squares(characters: str, features: str = "", others: tuple[str, ...] = ()) -> bytes:
    """A font that has these characters, and `others` that only its features lead to. Glyphs have names as u05D0."""
    names = [f"u{ord(each):04X}" for each in sorted({*characters, " "})]
    pen = TTGlyphPen(None)
    for number, point in enumerate(((50, 0), (450, 0), (450, 400), (50, 400))):
        (pen.lineTo if number else pen.moveTo)(point)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names, *others])
    builder.setupCharacterMap({int(name[1:], 16): name for name in names})
    builder.setupGlyf(dict.fromkeys((".notdef", *names, *others), square))
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", *names, *others), (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    if features:
        builder.addOpenTypeFeatures(features)
    written = io.BytesIO()
    builder.save(written)
    return written.getvalue()


def edition_in(folder: Path, characters: str, features: str = "", others: tuple[str, ...] = ()) -> Config:
    """The sample, with such a font after the book face."""
    config = sample(folder)
    (folder / "squares.ttf").write_bytes(letters_as_squares(characters, features, others))
    return with_print(config, fonts=("PT Serif", "squares.ttf"))


def read_again(rendering: Rendering) -> dict[str, str]:
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        return {tag.id: tag.text() for tag in Finished(pdf).tags.walk() if tag.id}


@pytest.mark.parametrize("language", ["he", "ar", "fa", "ur-PK", "yi", "az-Arab", "ks-Arab-IN", "AR"])
def test_languages_that_run_from_the_right(language: str) -> None:
    assert is_from_the_right(language)


@pytest.mark.parametrize("language", ["en", "ru", "ar-Latn", "he-Latn-fonipa", "hi", "", "x-arab", "zh-Hans"])
def test_languages_that_run_from_the_left(language: str) -> None:
    assert not is_from_the_right(language)


def test_a_hebrew_text_begins_on_the_right_and_its_english_words_run_their_way(tmp_path: Path) -> None:
    config = edition_in(tmp_path, HEBREW)
    press = press_for(config)
    document = press.set(
        f'<html lang="en"><body><p class="block" lang="he"><i id="first">{HEBREW[:10]}</i> {HEBREW} '
        f'<i lang="en"><b id="one">one</b> <b id="two">two</b></i> <b id="last">{HEBREW[-5:]}</b></p></body></html>'
    )
    (page,) = document.pages
    left = {name: place[0] for name, place in page.anchors.items()}
    right = {name: place[2] for name, place in page.anchors.items()}
    assert right["first"] > page.width * 0.8  # at the right margin
    assert left["one"] < right["one"] <= left["two"]
    assert right["last"] <= left["one"]
    assert anchors(document)["last"].top > anchors(document)["first"].top


def test_a_hebrew_edition_is_printed_in_step_and_can_be_read(tmp_path: Path) -> None:
    config = edition_in(tmp_path, HEBREW)
    note = f'<note type="commentary" xml:lang="he">{HEBREW}</note>'
    rewrite(
        tmp_path / "talk.ru.xml",
        ('<text xml:lang="ru">', '<text xml:lang="he">'),
        ("Он будет готов", f"{HEBREW}{note} <foreign xml:lang='en'>Bridge Limited</foreign> {HEBREW}"),
    )
    rendering = printed(config)
    assert codes(rendering) == []
    assert solid(f"Bridge Limited {HEBREW}") in solid(read_again(rendering)["o-t1p2"])


def test_what_runs_from_the_right_is_said_by_the_tree_alone(tmp_path: Path) -> None:
    """Programs that look for words on the page put glyphs into order themselves."""
    config = edition_in(tmp_path, HEBREW)
    rewrite(tmp_path / "talk.en.xml", ("We are building", f"We {HEBREW} are building"))
    with pikepdf.open(io.BytesIO(printed(config).pdf)) as pdf:
        said = [
            str(each.ActualText)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/ActualText" in each
        ]
        marks = [
            str(each.operands[1].ActualText)
            for page in pdf.pages
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) == "BDC" and "/ActualText" in each.operands[1]
        ]
    assert HEBREW in " ".join(" ".join(said).split())
    assert not any(set(HEBREW) & set(mark) - {" "} for mark in marks)


def test_the_number_of_an_item_is_said_as_it_is_read(tmp_path: Path) -> None:
    config = edition_in(tmp_path, HEBREW)
    xml = f'<list rend="numbered" xml:lang="he"><item n="12">{HEBREW}</item></list>'
    rewrite(tmp_path / "talk.ru.xml", ("<div>", f"{xml}<div>"))
    with pikepdf.open(io.BytesIO(printed(config).pdf)) as pdf:
        (item,) = (tag for tag in Finished(pdf).tags.walk() if tag.role == "Lbl" and "12" in tag.text())
    assert item.text().strip() == "12."


def test_glyphs_are_spelled_by_the_characters_and_substitutions_of_their_font() -> None:
    features = """
        feature liga { sub f i by f_i; sub f_i f by f_i_f; } liga;
        feature smcp { sub f by f.sc; } smcp;
        feature aalt { sub i from [i.one i.two]; } aalt;
        feature ccmp { sub o by i.part dot; } ccmp;
    """
    for letter in "fio":
        features = features.replace(f" {letter} ", f" u{ord(letter):04X} ").replace(
            f" {letter} ", f" u{ord(letter):04X} "
        )
    others = ("f_i", "f_i_f", "f.sc", "i.one", "i.two", "i.part", "dot")
    content = letters_as_squares("fio\ufb03\ue000", features, others)
    order = TTFont(io.BytesIO(content)).getGlyphOrder()
    texts = {order[glyph]: text for glyph, text in spelled(content).items()}
    assert texts["uFB03"] == "ffi"
    assert texts["f_i"] == "fi"
    assert texts["f_i_f"] == "fif"
    assert texts["f.sc"] == "f"
    assert texts["i.one"] == texts["i.two"] == "i"
    assert texts["i.part"] == "o"
    assert not {"dot", "uE000", ".notdef"} & texts.keys()


def test_what_no_character_leads_to_joins_what_stands_before_it() -> None:
    class Font:
        file_content, index = letters_as_squares("ab"), 0
        to_unicode: dict[int, str]

    font: Any = Font()
    font.to_unicode = {2: "ab", 3: "b", 9: ""}
    speller = Speller()
    speller.mend({"one": font})
    assert font.to_unicode == {2: "a", 3: "b", 9: "\u2060"}
    font.to_unicode[10] = ""
    speller.mend({"one": font})
    assert font.to_unicode[10] == "\u2060"


def test_syllables_that_are_one_sign_can_be_read(tmp_path: Path) -> None:
    """In Devanagari a vowel stands before its consonant, and consonants join: क्षि has one glyph for three letters."""
    syllables = "कि क्षि त कि"
    features = """
        languagesystem DFLT dflt; languagesystem dev2 dflt;
        feature akhn { sub u0915 u094D u0937 by kssa; } akhn;
    """
    config = edition_in(tmp_path, syllables, features, ("kssa",))
    rewrite(tmp_path / "talk.en.xml", ("We are building", f"We {syllables} are building"))
    rendering = printed(config)
    assert codes(rendering) == []
    assert syllables in read_again(rendering)["t-e1p1"]
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        characters = next(dict(font.characters) for font in Finished(pdf).fonts if font.family == "Squares")
    assert {"ि", "क", "क्ष", "त"} <= set(characters.values())


def test_all_families_have_the_space_of_the_first(tmp_path: Path) -> None:
    """A justified line would else be as much too short as their spaces differ."""
    config = edition_in(tmp_path, HEBREW)
    document = press_for(config).set(
        f'<html><body><p class="block" lang="he" style="width: 300px">{HEBREW} {HEBREW}</p></body></html>'
    )
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.line_break import line_size

    justified = [
        box
        for box in document.pages[0]._page_box.descendants()
        if isinstance(box, boxes.TextBox) and box.justification_spacing
    ]
    assert justified
    for box in justified:
        box.pango_layout.reactivate(box.style)
        width, _ = line_size(box.pango_layout.get_first_line()[0], box.style)
        assert abs(width - box.width) < 0.1
