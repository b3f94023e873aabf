"""The HTML as WeasyPrint is given it: its words run their way, its spaces stand where lines break well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from edition.printing.nodes import Html
from edition.printing.structure import INLINE

if TYPE_CHECKING:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

_STATED = re.compile(r' lang="([^"]*)"')
_SCRIPTS = frozenset(("adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"))  # from right to left
# Languages that are written in one of these unless they name another.
_LANGUAGES = frozenset(
    (
        "ar",
        "arc",
        "ary",
        "arz",
        "ckb",
        "dv",
        "fa",
        "he",
        "iw",
        "nqo",
        "pnb",
        "prs",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    )
)

_INLINE = "|".join(sorted(INLINE))
_SPACE_WITHIN = re.compile(rf" ((?:</(?:{_INLINE})>)+)")
_DELETED = "s[ >]"  # has a line through it
_FOREIGN = r"\w+ lang="  # may run the other way


def _space_before(excepted: str) -> re.Pattern[str]:
    return re.compile(rf" ((?:<(?!{excepted})(?:{_INLINE})(?: [^>]*)?>)+)")


_SPACE_BEFORE, _SPACE_BEFORE_ONE_WAY = _space_before(_DELETED), _space_before(f"{_DELETED}|{_FOREIGN}")


def is_from_the_right(language: str) -> bool:
    """Whether a language is written from right to left, by its script where it names one (BCP 47)."""
    first, *further = language.lower().split("-")
    script = next((each for each in further[:2] if len(each) == 4 and each.isalpha()), None)
    return first in _LANGUAGES if script is None else first != "x" and script in _SCRIPTS


def given(html: str, base_url: str, fetcher: URLFetcher) -> HTML:
    """HTML as WeasyPrint has read it. Ours is XML too, which Python reads in a fortieth of the time."""
    from weasyprint import HTML

    runs_both_ways = any(map(is_from_the_right, set(_STATED.findall(html))))
    read = HTML(string="<html></html>", base_url=base_url, url_fetcher=fetcher)
    root = ElementTree.fromstring(_spaces_moved(html, runs_both_ways))  # noqa: S314  (no entities: we wrote it)
    if runs_both_ways:
        for element in root.iterfind("body"):
            _direct(element, is_from_the_right(root.get("lang", "")))
    read.wrapper_element = type(read.wrapper_element).from_html_root(root, content_language=None)
    read.etree_element = root
    return read


def _spaces_moved(html: str, runs_both_ways: bool) -> str:
    """The HTML with each space at the end of a run of text moved to the beginning of the next.

    WeasyPrint 70 breaks a line after its first word where a run of text fits but for the space at its end. A space
    goes the way of the text around it, so it stays outside of words that may run the other way.
    """
    before = _SPACE_BEFORE_ONE_WAY if runs_both_ways else _SPACE_BEFORE
    return before.sub(r"\1 ", _SPACE_WITHIN.sub(r"\1 ", html))


def _direct(body: Html, from_the_right: bool) -> None:
    """State the direction of each element whose language runs another way than what it stands in.

    The root states none: by its direction WeasyPrint would turn the pages, and books here open to the left.
    """
    if from_the_right:
        body.set("dir", "rtl")
    for element, turned in _turning(body, from_the_right):
        element.set("dir", "rtl" if turned else "ltr")


def _turning(above: Any, from_the_right: bool) -> Iterator[tuple[Html, bool]]:
    waiting = [(above, from_the_right)]
    while waiting:
        element, inherited = waiting.pop()
        language = element.get("lang")
        own = is_from_the_right(language) if language else inherited
        if own != inherited:
            yield element, own
        waiting += ((child, own) for child in element)
