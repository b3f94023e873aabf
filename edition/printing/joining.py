"""Where a line must not break: what stands together is held together, by characters that are no letters.

The rules of Unicode (UAX 14) keep brackets and their words together and break after a slash, which they take for one
between two words. Editors of Russian and English records have these habits beside.
"""

from __future__ import annotations

import re

NO_BREAK_SPACE, WORD_JOINER = "\u00a0", "\u2060"

_PARTS = re.compile("(<[^<>]*>|\0[^\0]*\0)")  # tags and the marks of notes and names
_SPACE = re.compile(
    r"(?<=(?<!\w)[^\W\d_]\.) (?=[^\W\d_])"  # initials: И. В. Сталин
    r"|(?<=[№§]) (?=\d)"
    r"|(?<=\d) (?=гг?\.)"  # 1950 г.
    r"|(?<=(?<!\w)[fpdlфдлс]\.) (?=\d)|(?<=\b(?:op|pp|ll|ff|оп|лл|сс)\.) (?=\d)"  # ф. 45, оп. 1, д. 329
    r"| (?=[–—-] )"  # a dash ends a line and begins none
)
_SLASH = re.compile(r"(?<![^\s(\[])/(?=\w)")  # one that opens, as in Shi Zhe /Karskii/
_LAST = re.compile(r"(?P<before>.*\S) (?P<word>(?:[^\s<>\0]|<[^<>]*>|\0[^\0]*\0)+)", re.DOTALL)
_NO_LETTERS = re.compile(r"<[^<>]*>|\0[^\0]*\0|&[^;]*;|\W")
_LONG = 8  # letters of a word that may be the last line of a paragraph


def joined(html: str) -> str:
    """HTML with no break where none may be."""
    parts = _PARTS.split(html)
    for at in range(0, len(parts), 2):
        parts[at] = _SLASH.sub("/" + WORD_JOINER, _SPACE.sub(NO_BREAK_SPACE, parts[at]))
    return "".join(parts)


def paragraph(html: str) -> str:
    """The same of a paragraph, whose last line is more than one short word: the one before, which may be divided."""
    html = joined(html)
    found = _LAST.fullmatch(html)
    if found is None:
        return html
    letters = len(_NO_LETTERS.sub("", found["word"]))
    space = NO_BREAK_SPACE if letters < _LONG else " "
    return f"{found['before']}{space}{found['word']}"
