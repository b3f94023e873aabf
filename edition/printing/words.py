"""The words of a book around its texts, by language: tables in words/, each a file, or one of the edition's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from edition.config import CONFIG_NAME, Config
from edition.errors import ConfigError

_BRACES = re.compile(r"\{(\w+)\}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # which no XML holds
_LISTS = {"months": 12, "quotes": 2}  # how many each has; all else is a text


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. `texts` are sentences whose words in braces are filled in."""

    language: str
    texts: Mapping[str, str]
    months: tuple[str, ...]
    quotes: tuple[str, ...]

    def of(self, name: str, **values: object) -> str:
        """A text with what is to be filled in, as plain text."""
        return _BRACES.sub(lambda found: str(values[found[1]]), self.texts[name])

    def html(self, name: str, **values: str) -> str:
        """A text as HTML, also of an attribute; what is filled in is HTML already."""
        return _BRACES.sub(lambda found: values[found[1]], escape(self.texts[name]))

    def day(self, day: date) -> str:
        number = self.of("first-day") if day.day == 1 else day.day
        return self.of("date", day=number, month=self.months[day.month - 1], year=day.year)


@cache
def words_in(language: str) -> Words:
    """The words of a language that comes with this program. Raises KeyError where none does."""
    if language not in languages():
        raise KeyError(language)
    return _words(tomllib.loads(_folder().joinpath(f"{language}.toml").read_text("utf-8")))


@cache
def languages() -> tuple[str, ...]:
    """The languages that come with this program."""
    return tuple(sorted(each.name.removesuffix(".toml") for each in _folder().iterdir()))


def _folder() -> Any:
    return files(__package__).joinpath("words")


def _words(table: Mapping[str, Any]) -> Words:
    texts = {name: value for name, value in table.items() if name not in _LISTS and name != "language"}
    return Words(table["language"], texts, tuple(table["months"]), tuple(table["quotes"]))


ENGLISH = words_in("en")


def words_of(config: Config) -> Words:
    """The words that edition.toml asks for. Raises ConfigError for a language that there is not, or a bad table."""
    asked = config.printing.language
    if config.printing.own_words:
        return _own_words(config)
    if asked not in languages():
        raise ConfigError(
            f"{config.place('print.language')}: print.language is {asked!r}",
            advice=f"it is one of: {', '.join(languages())}; or a file of the edition, as words.toml",
        )
    return words_in(asked)


def _own_words(config: Config) -> Words:
    """The words of a table in the edition, which has all that the English one has."""
    path = config.printing.own_words
    advice = f"write it as {CONFIG_NAME} is written, with every key of edition/printing/words/en.toml"
    try:
        table = tomllib.loads((config.root / path).read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:  # not UTF-8, or not TOML
        raise ConfigError(f"{path}: not TOML: {error}", advice=advice) from error
    english = tomllib.loads(_folder().joinpath("en.toml").read_text("utf-8"))
    for name, value in english.items():
        if name not in table:
            raise ConfigError(f"{path}: has no {name!r}, in English {value!r}", advice=advice)
        _refuse_other(path, name, table[name], value)
    for name in table:
        if name not in english:
            raise ConfigError(f"{path}: unknown key {name!r}", advice="take it out")
    return _words(table)


def _refuse_other(path: str, name: str, own: object, english: object) -> None:
    """What is to be filled in must be the same, and lists as long."""
    texts = own if name in _LISTS and isinstance(own, list) else [own]
    if not all(isinstance(text, str) for text in texts) or len(texts) != _LISTS.get(name, 1):
        raise ConfigError(f"{path}: {name} is {own!r}", advice=f"in English it is {english!r}")
    if not set(_BRACES.findall(str(own))) <= set(_BRACES.findall(str(english))):
        raise ConfigError(f"{path}: {name} has other words in braces", advice=f"in English it is {english!r}")
    if any(_CONTROLS.search(str(text)) for text in texts):
        raise ConfigError(f"{path}: {name} holds a control character, written as an escape", advice="take it out")
    if name == "language" and not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", str(own)):
        raise ConfigError(f"{path}: language is {own!r}", advice='write its tag (BCP 47), as in language = "pl"')
