"""Fonts: families of packages, files of the edition, one standing in for another where it has the character."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import fontpkg_pt_serif
import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib.tables.TupleVariation import TupleVariation  # type: ignore[import-untyped]

from edition.config import Config, load
from edition.errors import ConfigError
from edition.printing import Rendering
from edition.printing.finished import Finished
from edition.printing.fonts import faces, families, quoted
from tests.printing.printed import codes, pages, printed, reader, rewrite, sample, with_print

PT_SERIF = Path(fontpkg_pt_serif.ROOT)


def squares(file: Path, characters: str, family: str, weights: tuple[int, int] | None = None) -> None:
    """A font with a square for each character, and nothing else; variable, if it has a range of weights."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square, empty = pen.glyph(), TTGlyphPen(None).glyph()
    builder = FontBuilder(1000, isTTF=True)
    names = {ord(character): f"square{number}" for number, character in enumerate(characters)}
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf({".notdef": empty} | dict.fromkeys(names.values(), square))
    builder.setupHorizontalMetrics({".notdef": (1000, 0)} | dict.fromkeys(names.values(), (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    if weights is not None:
        builder.setupFvar([("wght", weights[0], 400, weights[1], "Weight")], [])
        builder.setupGvar({name: [TupleVariation({"wght": (0, 1, 1)}, [(50, 0)] * 8)] for name in names.values()})
    builder.save(file)


def fonts_in(rendering: Rendering) -> set[str]:
    found: Any = reader(rendering).pages
    return {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in found
        for font in page["/Resources"]["/Font"].values()
    }


def test_a_family_of_a_package_has_four_faces(tmp_path: Path) -> None:
    found = faces(sample(tmp_path))
    assert families(found) == ("PT Serif",)
    assert {(face.weight, face.style) for face in found} == {
        (weight, style) for weight in (400, 700) for style in ("normal", "italic")
    }


def test_a_character_that_the_first_family_lacks_is_set_in_the_next(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), fonts=("PT Serif", "fonts/han.ttf"))
    (tmp_path / "fonts").mkdir()
    squares(tmp_path / "fonts/han.ttf", "我", "Han of ours")
    rewrite(tmp_path / "talk.en.xml", ("We are building", "We (我) are building"))
    rendering = printed(config)
    assert codes(rendering) == []
    assert "We(我)arebuilding" in "".join(pages(rendering))
    assert any("Han-of-ours" in name for name in fonts_in(rendering))
    assert "fonts/han.ttf" in config.files


def test_files_of_the_edition_are_faces_by_what_they_say_of_themselves(tmp_path: Path) -> None:
    names = []
    for face in ("Regular", "Bold", "Italic", "BoldItalic"):
        shutil.copy(next(PT_SERIF.rglob(f"*-{face}.ttf")), tmp_path / f"{face}.ttf")
        names.append(f"{face}.ttf")
    config = with_print(sample(tmp_path), fonts=tuple(names))
    assert [(face.weight, face.style) for face in faces(config)] == [
        (400, "normal"),
        (700, "normal"),
        (400, "italic"),
        (700, "italic"),
    ]
    assert codes(printed(config)) == []


def test_a_family_that_nobody_brings_is_refused(tmp_path: Path) -> None:
    sample(tmp_path)
    file = tmp_path / "edition.toml"
    file.write_text(file.read_text("utf-8") + '\n[print]\nfonts = ["Garamond of Nowhere"]\n', "utf-8")
    with pytest.raises(ConfigError, match=r"edition.toml:\d+: print.fonts names 'Garamond of Nowhere'") as refused:
        printed(load(tmp_path))
    assert "installed: " in refused.value.advice
    assert "PT Serif" in refused.value.advice


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0" + bytes(8), b"OTTO" + bytes(200)])
def test_a_file_that_is_no_font_is_refused(data: bytes, tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), fonts=("mine.ttf",))
    (tmp_path / "mine.ttf").write_bytes(data)
    with pytest.raises(ConfigError, match=r"mine.ttf: no font"):
        printed(config)


def test_a_font_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), fonts=("mine.ttf",))
    data = next(PT_SERIF.rglob("*-Regular.ttf")).read_bytes()
    for length in (100, len(data) // 2, len(data) - 1000):
        (tmp_path / "mine.ttf").write_bytes(data[:length])
        with pytest.raises(ConfigError, match=r"mine.ttf: no font"):
            printed(config)


def test_the_name_of_a_family_cannot_leave_its_quotes() -> None:
    assert quoted("PT Serif") == "'PT Serif'"
    assert quoted("x'; } * { color: red") == "'x\\27 \\3b  \\7d  \\2a  \\7b  color\\3a  red'"


def test_a_variable_font_is_fixed_at_the_weight_and_size_of_the_text(tmp_path: Path) -> None:
    """With characters of the sources alone, whichever way they are written there."""
    config = with_print(sample(tmp_path), fonts=("PT Serif", "han.ttf"))
    squares(tmp_path / "han.ttf", "我", "Han of ours", weights=(300, 900))
    rewrite(tmp_path / "talk.en.xml", ("We are building", "We (&#x6211;) are building"))
    rendering = printed(config)
    assert codes(rendering) == []
    assert "We(我)arebuilding" in "".join(pages(rendering))


def found_in(config: Config) -> list[tuple[str, str, str]]:
    """Code, place and message of what is found in a print."""
    return [(each.rule.code, str(each.location), each.message) for each in printed(config).diagnostics]


def test_a_character_is_found_where_it_is_printed_and_its_spaces_are_not_accused(tmp_path: Path) -> None:
    """Not in the XML declaration, a comment, an attribute or a header that has it too."""
    config = sample(tmp_path)
    line = next(
        at for at, text in enumerate((tmp_path / "talk.en.xml").read_text("utf-8").split("\n"), 1) if "We are" in text
    )
    rewrite(
        tmp_path / "talk.en.xml",
        ("We are building", "We 我 are &#x95ee; building"),
        ("<body>", "<body n='我'><!-- 我 -->"),
    )
    rewrite(tmp_path / "talk.en.xml", ("</teiHeader>", "<!-- 我 问 --></teiHeader>"))
    rewrite(tmp_path / "persons.xml", ("<standOff", "<?我 我?><standOff"))
    column = (tmp_path / "talk.en.xml").read_text("utf-8").split("\n")[line - 1].index("我") + 1
    assert [(code, place) for code, place, _ in found_in(config)] == [
        ("PDF101", f"talk.en.xml:{line}:{column}"),
        ("PDF101", f"talk.en.xml:{line}:{column + 6}"),
    ]


def test_a_character_of_the_lists_is_found_in_their_source(tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(tmp_path / "persons.xml", ("Engineer", "Engineer 我"))
    ((code, place, message),) = found_in(config)
    assert code == "PDF101"
    assert place.startswith("persons.xml:")
    assert "U+6211" in message


@pytest.mark.parametrize("character", ["\ue000", "\u2028", "\u0378", "\u034f"])
def test_a_character_that_no_font_at_all_has_is_told_once_with_its_place(character: str, tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(tmp_path / "talk.en.xml", ("We are building", f"We {character}are building"))
    ((code, place, message),) = found_in(config)
    assert code == "PDF101"
    assert place.startswith("talk.en.xml:")
    assert f"U+{ord(character):04X}" in message


def test_characters_and_fonts_of_a_drawing_are_found_in_it(tmp_path: Path) -> None:
    config = sample(tmp_path)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">\n<text y="14">a&#x6211;</text></svg>'
    (tmp_path / "a.svg").write_text(drawing, "utf-8")
    figure = '<figure><graphic url="a.svg"/><figDesc>Words</figDesc></figure>'
    rewrite(tmp_path / "talk.en.xml", ("We are building", f"{figure}We are building"))
    found = [(place, message) for code, place, message in found_in(config) if code == "PDF101"]
    assert {place for place, _ in found} == {"a.svg:2"}
    assert any("U+6211" in message for _, message in found)


@pytest.mark.parametrize("source", ["url('mine.ttf')", "local('No Font of That Name')"])
def test_a_font_that_cannot_be_read_is_told_once(source: str, tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",))
    (tmp_path / "mine.ttf").write_text("no font", "utf-8")
    face = f"@font-face {{ font-family: Mine; src: {source} }}"
    (tmp_path / "own.css").write_text(f"p {{ color: black }}\n{face}\n.block {{ font-family: Mine }}", "utf-8")
    assert found_in(config) == [("PDF101", "own.css:2", "the font Mine cannot be read")]


def test_text_in_a_font_of_the_machine_is_told_once_for_each_font(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",))
    (tmp_path / "own.css").write_text("p { color: black }\n.block { font-family: 'DejaVu Serif' }", "utf-8")
    ((code, place, message),) = found_in(config)
    assert (code, place) == ("PDF101", "own.css:2")
    assert "text is set in DejaVu Serif, which is no font of the edition: " in message


def test_words_that_are_read_from_right_to_left_are_in_the_file_as_they_are_read(tmp_path: Path) -> None:
    squares(tmp_path / "aleph.ttf", "שלום", "Aleph")
    config = with_print(sample(tmp_path), fonts=("PT Serif", "aleph.ttf"))
    rewrite(tmp_path / "talk.en.xml", ("We are building", "We שלום are building"))
    rendering = printed(config)
    assert codes(rendering) == []
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        assert "We שלום are" in Finished(pdf).tags.text()
