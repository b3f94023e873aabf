"""The words around the texts: every language has all of them, an edition may bring its own, what is wrong is said."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

import edition.printing
from edition.config import load
from edition.errors import ConfigError
from edition.printing.words import ENGLISH, languages, words_in, words_of
from tests.printing.printed import codes, pages, printed, reader, sample, with_print

ENGLISH_TABLE = files("edition.printing").joinpath("words", "en.toml").read_text("utf-8")


def test_the_languages_that_were_promised() -> None:
    assert set(languages()) >= {"en", "ru", "de", "fr"}


@pytest.mark.parametrize("language", languages())
def test_a_language_has_all_words_and_fills_in_the_same(language: str) -> None:
    words = words_in(language)
    assert words.language == language
    assert words.texts.keys() == ENGLISH.texts.keys()
    for name, text in words.texts.items():
        assert text.strip(), name
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", ENGLISH.texts[name])), name
    assert (len(words.months), len(words.quotes)) == (12, 2)


def test_every_word_that_is_asked_for_is_there_and_none_is_idle() -> None:
    sources = "".join(file.read_text("utf-8") for file in Path(edition.printing.__file__).parent.glob("*.py"))
    asked = set(re.findall(r"""words\.(?:of|html)\(\s*['"]([\w-]+)['"]""", sources))
    assert asked <= ENGLISH.texts.keys()
    assert {name for name in ENGLISH.texts if f'"{name}"' not in sources and f"'{name}'" not in sources} == set()


def test_dates_are_written_as_a_language_writes_them() -> None:
    day = datetime(1950, 1, 22, tzinfo=UTC)
    assert [words_in(each).day(day) for each in ("en", "ru", "de", "fr")] == [
        "22 January 1950",
        "22 января 1950 г.",
        "22. Januar 1950",
        "22 janvier 1950",
    ]
    first = datetime(1950, 5, 1, tzinfo=UTC)
    assert [words_in(each).day(first) for each in ("de", "fr")] == ["1. Mai 1950", "1er mai 1950"]


def test_what_is_filled_in_is_not_read_again() -> None:
    assert ENGLISH.of("note", note="{note} {other}") == "note {note} {other}"


def test_a_book_speaks_the_language_of_its_furniture(tmp_path: Path) -> None:
    rendering = printed(with_print(sample(tmp_path), language="ru"))
    everything = "".join(pages(rendering))
    assert codes(rendering) == []
    for shown in ("Содержание", "Обэтомиздании", "Лица", "Указатель", "Выходныесведения", "л.7–8", "исправлено,в"):
        assert shown in everything
    assert "АннаМостова(AnnaBridge).1900–1980" in everything
    for shown in ("Contents", "Persons", "leaves", "correctedfrom"):
        assert shown not in everything
    assert str(reader(rendering).root_object["/Lang"]) == "ru"


def test_an_edition_brings_words_of_its_own(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), language="words/pl.toml")
    (tmp_path / "words").mkdir()
    table = ENGLISH_TABLE.replace('"en"', '"pl"').replace('"Contents"', '"Spis treści"')
    (tmp_path / "words/pl.toml").write_text(table, "utf-8")
    assert words_of(config).language == "pl"
    rendering = printed(config)
    assert codes(rendering) == []
    assert "Spistreści" in "".join(pages(rendering))
    assert "words/pl.toml" in config.files


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('contents = "Contents"', "", "words.toml: has no 'contents', in English 'Contents'"),
        ('contents = "Contents"', "contents = 3", "words.toml: contents is 3"),
        ('contents = "Contents"', 'content = "x"\ncontents = "y"', "words.toml: unknown key 'content'"),
        ('contents = "Contents"', "contents", "words.toml: not TOML"),
        ('"note {note}"', '"note {number}"', "words.toml: note has other words in braces"),
        ('quotes = ["“", "”"]', 'quotes = ["“"]', "words.toml: quotes is"),
        ('contents = "Contents"', 'contents = "\\u0001"', "words.toml: contents holds a control character"),
        ('language = "en"', 'language = "en\\" onload=\\"x"', "words.toml: language is"),
    ],
)
def test_a_bad_table_is_refused_with_what_is_wrong(old: str, new: str, message: str, tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), language="words.toml")
    assert old in ENGLISH_TABLE
    (tmp_path / "words.toml").write_text(ENGLISH_TABLE.replace(old, new), "utf-8")
    with pytest.raises(ConfigError, match=re.escape(message)):
        words_of(config)


def test_an_unknown_language_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    sample(tmp_path)
    file = tmp_path / "edition.toml"
    file.write_text(file.read_text("utf-8") + '\n[print]\nlanguage = "xx"\n', "utf-8")
    with pytest.raises(ConfigError) as refused:
        words_of(load(tmp_path))
    assert re.fullmatch(r"edition.toml:\d+: print.language is 'xx'", refused.value.message)
    assert "de, en, fr, ru" in refused.value.advice
