"""Whether all that is in another language than the text around it is read in that language, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from edition.printing.finished import Tag
from edition.printing.inline import called

_LANGUAGE = re.compile(' lang="([^"]*)"')
_PARTS = re.compile(r"<[^<>]*>|[^<]+")
_APART = frozenset(("Reference", "Note"))  # what is said beside the text


def runs(html: str, language: str) -> Iterator[tuple[str, str]]:
    """The text of HTML that calls notes, in pieces, each with its language. `language` is that around it."""
    open_ones = [language]
    for part in _PARTS.findall(called(html, lambda _: "")):
        if not part.startswith("<"):
            yield open_ones[-1], unescape(part)
        elif part.startswith("</"):
            open_ones.pop()
        elif not part.endswith("/>"):
            found = _LANGUAGE.search(part)
            open_ones.append(unescape(found[1]) if found else open_ones[-1])


@dataclass(frozen=True)
class Heard:
    """What a file says in which language. `language` is that of the whole."""

    root: Tag
    language: str

    def lacks(self, tag: Tag, language: str, html: str) -> Iterator[tuple[str, str]]:
        """The language and the words of each run in another language than its text that is not read so.

        `tag` has the text, which is in `language`. What is in a table or a list of it may stand elsewhere.
        """
        own = _solids(tag, language)
        for other, text in runs(html, language):
            solid = _solid(text)
            if other != language and solid not in own.get(other, "") and solid not in self._all.get(other, ""):
                yield other, " ".join(text.split())

    @cached_property
    def _all(self) -> dict[str, str]:
        return _solids(self.root, self.language)


def _solids(tag: Tag, language: str) -> dict[str, str]:
    """By language, the letters and figures that a tag and all below it say."""
    said: dict[str, list[str]] = {}
    waiting: list[tuple[Tag | str, str]] = [(tag, language)]
    while waiting:
        part, inherited = waiting.pop()
        if isinstance(part, str):
            said.setdefault(inherited, []).append(part)
        elif part is tag or part.role not in _APART:
            own = part.language or inherited
            waiting += ((each, own) for each in reversed(part.parts))
    return {each: _solid("".join(texts)) for each, texts in said.items()}


def _solid(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())
