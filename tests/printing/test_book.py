"""The finished PDF: complete, in order, tagged, dated by the edition, the same bytes each time."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import fontpkg_pt_serif
import pytest

from edition.config import Config, load
from edition.errors import ConfigError, EditionError
from edition.printing import Copy, Rendering, render
from edition.printing.blocks import groups
from tests.printing.printed import (
    IMPRINT,
    SAMPLE,
    codes,
    pages,
    parsed,
    printed,
    printed_sample,
    reader,
    rewrite,
    sample,
    solid,
    with_print,
)


@pytest.fixture(scope="module")
def rendering() -> Rendering:
    return printed_sample()


def test_a_sound_edition_prints_without_findings(rendering: Rendering) -> None:
    assert codes(rendering) == []
    assert rendering.pages == len(reader(rendering).pages)


def test_every_word_of_both_texts_is_printed(rendering: Rendering, tmp_path: Path) -> None:
    everything = "".join(pages(rendering))
    _, edition = parsed(sample(tmp_path))
    texts = list(edition.texts())
    words = [turn.label for text in texts for turn in text.turns]
    words += [
        word
        for text in texts
        for turn in text.turns
        for paragraph in turn.paragraphs
        for word in paragraph.text.split()
    ]
    words += [word for text in texts for paragraph in text.frame for word in paragraph.text.split()]
    words.remove("spring.")  # a note is called before its full stop
    assert len(words) > 50
    assert [word for word in words if solid(word) not in everything] == []


def test_original_and_translation_stand_on_facing_pages(rendering: Rendering) -> None:
    found = pages(rendering)
    left = next(number for number, text in enumerate(found, 1) if "Мыстроиммост" in text)
    right = next(number for number, text in enumerate(found, 1) if "Wearebuildingabridge" in text)
    assert left % 2 == 0
    assert right == left + 1


def test_what_editors_did_is_shown(rendering: Rendering) -> None:
    everything = "".join(pages(rendering))
    assert "мост]correctedfromмопст" in everything
    assert "Sothetypescript." in everything
    assert "TheRussiannamesnoyear." in everything
    assert "[comrade]Anna" in everything
    assert "Хорошо|сказано" in everything.replace("[8]", "")
    assert "штамп" not in everything


def test_names_are_listed_in_the_languages_of_the_texts(rendering: Rendering) -> None:
    everything = "".join(pages(rendering))
    assert "AnnaBridge(АннаМостова).1900–1980.Engineer." in everything
    assert "安" not in everything


def test_the_contents_lead_to_their_pages(rendering: Rendering) -> None:
    found = pages(rendering)
    contents = next(text for text in found if "Contents" in text and "Colophon" in text)
    lines = dict(re.findall(r"(Russianoriginal|Englishtranslation|Persons|Index|Colophon)\.*(\d+)", contents))
    assert set(lines) == {"Russianoriginal", "Englishtranslation", "Persons", "Index", "Colophon"}
    assert "ЗАПИСЬ" in found[int(lines["Russianoriginal"]) - 1]
    assert "RecordoftheTalk" in found[int(lines["Englishtranslation"]) - 1]
    assert "SHA256" in found[int(lines["Colophon"]) - 1]
    for title in ("Persons", "Index"):
        assert title in found[int(lines[title]) - 1]


def test_the_index_gives_the_pages_of_both_texts(rendering: Rendering) -> None:
    found = pages(rendering)
    left = next(number for number, text in enumerate(found, 1) if "Мыстроиммост" in text)
    index = next(text for text in found if "Index" in text and "Places" in text)
    assert f"Neva,{left}–{left + 1}" in index
    assert f"Bridge,Anna,{left}–{left + 1}" in index


@pytest.mark.parametrize("where", ["text", "note"])
def test_a_name_in_the_translation_or_its_notes_is_indexed_with_their_page(where: str, tmp_path: Path) -> None:
    config = sample(tmp_path)
    plain, marked = "Boris", '<persName ref="persons.xml#boris">Boris</persName>'
    rewrite(tmp_path / "talk.ru.xml", ('<persName ref="persons.xml#boris">Борис</persName>', "Борис"))
    if where == "note":
        rewrite(tmp_path / "talk.en.xml", (marked, plain), ("The Russian names", f"{marked} names"))
    rendering = printed(config)
    assert codes(rendering) == []
    found = pages(rendering)
    right = next(number for number, text in enumerate(found, 1) if "Wearebuildingabridge" in text)
    assert re.search(rf"Road,Boris,{right}\D", next(text for text in found if "Places" in text))


def test_a_name_in_a_header_is_printed(tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(
        tmp_path / "talk.en.xml",
        ("Made for this", 'Made by <persName ref="persons.xml#boris">Boris</persName> for this'),
    )
    rendering = printed(config)
    assert codes(rendering) == []
    assert "MadebyBorisforthistest" in "".join(pages(rendering))


def test_pages_bear_their_numbers(rendering: Rendering) -> None:
    found = pages(rendering)
    assert len(found) == 10
    heads = {
        2: "",
        3: "Contents3",
        6: "6ATalkonBridgesleaves7–8",
        7: "Englishtranslation7",
        8: "8ATalkonBridges",
        9: "Index9",
    }
    for number, head in heads.items():
        assert head in found[number - 1]
    assert not re.search(r"\b[12]$", found[0] + found[1])


def test_the_file_says_what_it_is(rendering: Rendering) -> None:
    pdf = reader(rendering)
    said = pdf.metadata
    assert said is not None
    assert said.title == IMPRINT.title
    assert said.author == "A. Author, B. Author"
    assert str(said["/CreationDate"]) == str(said["/ModDate"]) == "D:20260102030405Z"
    root: Any = pdf.root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/PageLayout"] == "/TwoPageRight"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_only_the_fonts_of_the_edition_are_used(rendering: Rendering) -> None:
    pages: Any = reader(rendering).pages
    fonts = {font.get_object()["/BaseFont"] for page in pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("PT-Serif" in font for font in fonts)


def test_bookmarks_name_the_parts(rendering: Rendering) -> None:
    titles = [entry.title for entry in _flat(reader(rendering).outline)]
    assert titles == [
        "Contents",
        "About this edition",
        "Russian original",
        "ЗАПИСЬ РАЗГОВОРА",
        "English translation",
        "Record of the Talk",
        "Persons",
        "Index",
        "Colophon",
    ]


def _deep(outline: list[Any], depth: int = 0) -> list[tuple[int, str]]:
    return [
        pair
        for each in outline
        for pair in (_deep(each, depth + 1) if isinstance(each, list) else [(depth, each.title)])
    ]


@pytest.mark.parametrize("layout", ["facing", "columns", "sequence"])
def test_bookmarks_and_contents_have_the_heads_of_each_text_below_it(layout: str, tmp_path: Path) -> None:
    """Though pages alternate, and where no head stands above the sections."""
    config = with_print(sample(tmp_path), layout=layout)
    for name, section in (("ru", "Первое"), ("en", "First")):
        file = tmp_path / f"talk.{name}.xml"
        file.write_text(re.sub("<head.*?</head>", "", file.read_text("utf-8"), flags=re.DOTALL), "utf-8")
        rewrite(file, ("<div>", f"<div><head>{section}</head>"))
    rendering = printed(config)
    assert codes(rendering) == []
    texts = [(0, "Russian original"), (1, "Первое"), (0, "English translation"), (1, "First")]
    found = _deep(reader(rendering).outline)
    assert [pair for pair in found if pair in texts] == texts
    contents = next(text for text in pages(rendering) if "Contents" in text and "Colophon" in text)
    assert re.search("Russianoriginal.*Первое.*Englishtranslation.*First", contents)


def _flat(outline: list[Any]) -> list[Any]:
    return [entry for each in outline for entry in (_flat(each) if isinstance(each, list) else [each])]


def test_the_same_input_gives_the_same_bytes_in_another_process(rendering: Rendering) -> None:
    program = "\n".join(
        (
            "import sys",
            "sys.path.insert(0, sys.argv[1])",
            "from edition.config import load",
            "from tests.printing.printed import SAMPLE, printed",
            "sys.stdout.buffer.write(printed(load(SAMPLE)).pdf)",
        )
    )
    again = subprocess.run([sys.executable, "-c", program, str(SAMPLE.parents[2])], capture_output=True, check=True)
    assert again.stdout == rendering.pdf


def test_an_edition_without_translation_is_printed_alone(tmp_path: Path) -> None:
    sample(tmp_path)
    rewrite(tmp_path / "edition.toml", ('translation = "talk.en.xml"\n', ""))
    rendering = printed(load(tmp_path))
    everything = "".join(pages(rendering))
    assert codes(rendering) == []
    assert "Мыстроиммост" in everything
    assert "Wearebuilding" not in everything
    assert "/PageLayout" not in reader(rendering).root_object


def test_a_bare_edition_is_printed(tmp_path: Path) -> None:
    """No titles, no persons, no notes, no header to speak of."""
    (tmp_path / "text.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p>One.</p></body></text></TEI>', "utf-8"
    )
    config = Config(root=tmp_path, original="text.xml")
    rendering = printed(config, replace(IMPRINT, title="", authors=(), identifier="", digests=(), version=""))
    assert codes(rendering) == []
    assert "One." in "".join(pages(rendering))


@pytest.mark.parametrize("text", ["<body/>", "<front/><body><p/></body>", '<body><pb n="1"/></body>'])
def test_an_empty_text_is_printed(text: str, tmp_path: Path) -> None:
    (tmp_path / "text.xml").write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text>{text}</text></TEI>', "utf-8"
    )
    assert codes(printed(Config(root=tmp_path, original="text.xml"))) == []


def test_notes_are_printed_as_edition_toml_wants(tmp_path: Path) -> None:
    everything = "".join(pages(printed(with_print(sample(tmp_path), notes=("commentary",)))))
    assert "TheRussiannamesnoyear." in everything
    assert "Sothetypescript." not in everything
    assert "correctedfrom" not in everything


def test_a_licence_is_stated_once_with_its_address(rendering: Rendering, tmp_path: Path) -> None:
    page = pages(rendering)[1]
    assert "Thenotesarefreetouse.https://creativecommons.org/licenses/by/4.0/" in page
    assert "Licence:" not in page
    config = sample(tmp_path)
    start, end = '<licence target="https://creativecommons.org/licenses/by/4.0/">', "</licence>"
    rewrite(tmp_path / "talk.ru.xml", (start, ""), (end, ""))
    page = pages(printed(config))[1]
    assert "Thenotesarefreetouse.Thetextsbelongtotheirholders.Licence:CCBY4.0." in page


def test_how_the_texts_were_set_is_for_those_who_ask(tmp_path: Path) -> None:
    config, said = sample(tmp_path), list[str]()
    documents, edition = parsed(config)
    made = render(Copy(config, documents, edition, IMPRINT), said.append)
    assert str(made) == "10 pages"
    assert [each for each in said if "pt out of step" in each] == ["6 rows on 1 spreads, at most 0.00 pt out of step"]


def test_the_call_of_a_note_before_a_speaker_stands_apart_from_the_name(tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(tmp_path / "talk.ru.xml", ('<sp xml:id="t2"', '<note type="textual">Unclear.</note><sp xml:id="t2"'))
    group = groups(parsed(config)[0]["talk.ru.xml"], "o", frozenset(("textual",)))[3]
    assert "\0 <b class" in group.blocks[0].html


def test_turn_numbers_are_printed_and_explained_unless_edition_toml_says_no(tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(tmp_path / "talk.ru.xml", ('<sp xml:id="t2"', '<sp xml:id="t2" n="2bis"'))
    explained = "Numbersbesidethefirstlinesofturns"
    everything = "".join(pages(printed(config)))
    assert explained in everything
    assert "2bis" in everything
    file = tmp_path / "edition.toml"
    file.write_text(file.read_text("utf-8") + "\n[print]\nturn-numbers = false\n", "utf-8")
    everything = "".join(pages(printed(load(tmp_path))))
    assert explained not in everything
    assert "2bis" not in everything


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"page": "huge"}, "print.page is 'huge'"),
        ({"page": "1mm 1mm; } * { color: red"}, "print.page is"),
        ({"margins": "20mm"}, "print.margins is '20mm'"),
        ({"margins": "1mm 1mm 1mm 1mm;color:red"}, "print.margins is"),
        ({"stylesheets": ("none.css",)}, "names none.css"),
    ],
)
def test_a_setting_that_cannot_be_meant(settings: dict[str, object], message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=message):
        printed(with_print(sample(tmp_path), **settings))


def test_an_own_stylesheet_has_the_last_word(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",))
    (tmp_path / "own.css").write_text("@page { size: 200mm 250mm }", "utf-8")
    box = reader(printed(config)).pages[0].mediabox
    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == (200, 250)


def test_a_misspelt_property_is_found(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",))
    (tmp_path / "own.css").write_text("p { color: black;\n  colour: black }", "utf-8")
    (found,) = printed(config).diagnostics
    assert (found.rule.code, str(found.location)) == ("PDF302", "own.css:2:3")
    assert "colour" in found.message


def test_a_font_of_the_edition_is_a_font(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",))
    shutil.copy(next(Path(fontpkg_pt_serif.ROOT).rglob("*-Regular.ttf")), tmp_path / "mine.ttf")
    (tmp_path / "own.css").write_text(
        "@font-face { font-family: Mine; src: url('mine.ttf') } .block { font-family: Mine }", "utf-8"
    )
    assert codes(printed(config)) == []


def test_a_font_of_the_machine_is_none(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",))
    (tmp_path / "own.css").write_text(".block { font-family: 'DejaVu Serif' }", "utf-8")
    assert set(codes(printed(config))) == {"PDF101"}


def test_a_character_without_glyph_is_found_with_its_place(tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(tmp_path / "talk.en.xml", ("We are building", "We (我) are building"))
    (found,) = printed(config).diagnostics
    assert found.rule.code == "PDF101"
    assert "U+6211" in found.message
    assert found.location.path == "talk.en.xml"
    assert found.location.line == 20


def nested(folder: Path, name: str, depth: int) -> Config:
    (folder / "text.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><div>'
        f"{f'<{name}>' * depth}One.{f'</{name}>' * depth}</div></body></text></TEI>",
        "utf-8",
    )
    return Config(root=folder, original="text.xml")


@pytest.mark.parametrize("name", ["hi", "foreign", "quote", "div", "choice"])
def test_what_is_nested_is_printed(name: str, tmp_path: Path) -> None:
    assert "One." in "".join(pages(printed(nested(tmp_path, name, 40))))


def test_what_is_nested_too_deep_ends_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="nested too deep"):
        printed(nested(tmp_path, "foreign", 240))


def test_texts_may_follow_each_other(tmp_path: Path) -> None:
    rendering = printed(with_print(sample(tmp_path), layout="sequence"))
    assert codes(rendering) == []
    found = pages(rendering)
    original = next(number for number, text in enumerate(found, 1) if "Мыстроиммост" in text)
    translation = next(number for number, text in enumerate(found, 1) if "Wearebuildingabridge" in text)
    assert translation == original + 1  # each begins a page of its own, and is shorter than one
    contents = next(text for text in found if "Contents" in text and "Colophon" in text)
    assert re.search(rf"Russianoriginal\.*{original}\D", contents)
    assert re.search(rf"Englishtranslation\.*{translation}\D", contents)
    index = next(text for text in found if "Index" in text and "Places" in text)
    assert f"Neva,{original}–{translation}" in index
    titles = [entry.title for entry in _flat(reader(rendering).outline)]
    assert titles.index("Record of the Talk") == titles.index("ЗАПИСЬ РАЗГОВОРА") + 2


def test_margins_are_inner_and_outer_ones(tmp_path: Path) -> None:
    rendering = printed(with_print(sample(tmp_path), margins="30mm 40mm 30mm 15mm"))
    assert codes(rendering) == []
    found = [number for number, text in enumerate(pages(rendering)) if "Neva." in text or "Неву." in text]
    left, right = (first_left(rendering, number) for number in found)
    assert left > right + 50  # the outer margin of a left page is on its left


def first_left(rendering: Rendering, number: int) -> float:
    """How far from the left the running text of a page begins, in pt."""
    starts: list[float] = []

    def keep(text: str, _: Any, place: Any, font: Any, size: float) -> None:
        if len(text.strip()) > 20:
            starts.append(place[4])

    reader(rendering).pages[number].extract_text(visitor_text=keep)
    return min(starts)


def test_the_statement_explains_the_signs_that_the_texts_have(tmp_path: Path) -> None:
    config = sample(tmp_path)
    for name in ("talk.ru.xml", "talk.en.xml"):
        file = tmp_path / name
        text = re.sub(
            '<note.*?</note>|</?supplied>| cert="(?:low|medium)"',
            "",
            file.read_text("utf-8"),
            flags=re.DOTALL,
        )
        file.write_text(re.sub("<sic>.*?</sic>", "", text), "utf-8")
    rewrite(tmp_path / "talk.en.xml", ("We are building", "We <del>were</del> are<note>A word.</note> building"))
    (about,) = (text for text in pages(printed(config)) if "Aboutthisedition" in text and "Signs" in text)
    for said in ("Wordsthatarestruckthrough", "Numbersrefertonotesonthematter"):
        assert said in about
    for silent in ("inbracketsisuncertain", "textualnotes", "supplied"):
        assert silent not in about
