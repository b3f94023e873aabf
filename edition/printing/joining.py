"""Where a line must not break, and where it may: told by characters that are no letters.

What stands together is held together, and an address, which has no spaces, gives way after its signs. The rules of
Unicode (UAX 14) keep brackets and their words together and break after a slash, which they take for one between two
words. Editors of Russian and English records have these habits beside.
"""

from __future__ import annotations

import re

NO_BREAK_SPACE, WORD_JOINER = "\u00a0", "\u2060"
BREAK = "\u200b"  # shows nothing and is nothing in the PDF

_PARTS = re.compile("(<[^<>]*>|\0[^\0]*\0)")  # tags and the marks of notes and names
_SPACE = re.compile(
    r"(?<=(?<!\w)[^\W\d_]\.) (?=[^\W\d_])"  # initials: И. В. Сталин
    r"|(?<=[№§]) (?=\d)"
    r"|(?<=\d) (?=гг?\.)"  # 1950 г.
    r"|(?<=(?<!\w)[fpdlфдлс]\.) (?=\d)|(?<=\b(?:op|pp|ll|ff|оп|лл|сс)\.) (?=\d)"  # ф. 45, оп. 1, д. 329
    r"| (?=[–—-] )"  # a dash ends a line and begins none
)
_SLASH = re.compile(r"(?<![^\s(\[])/(?=\w)")  # one that opens, as in Shi Zhe /Karskii/
_ADDRESS = re.compile(r"(?:(?:https?|ftp)://|(?:urn|doi|hdl):|www\.)[^\s<>\0]+")
_OPENING = '<span class="address">'
_SIGN = re.compile(r"(&amp;|[/.\-_?=#~])(?=[^\W_]|%)")
# Such a sign within a number or near the end, after which there would be a stub on the last line.
_HELD_SIGN = re.compile(r"(?<=\d)\.(?=\d)|(?:&amp;|[/.\-_?=#~])(?!(?:&\w+;|[^&]){8})")
_DIGEST = re.compile(r"(?<!\w)(?=\w*\d)\w{32,}")  # also a key or a number; no word of a language has figures
_GROUP = re.compile(r"\w{8}(?=\w)")
_LAST = re.compile(r"(?P<before>.*\S) (?P<word>(?:[^\s<>\0]|<[^<>]*>|\0[^\0]*\0)+)", re.DOTALL)
_NO_LETTERS = re.compile(r"<[^<>]*>|\0[^\0]*\0|&[^;]*;|\W")
_TAIL = re.compile(
    r"(?P<before>.* (?:<\w[^<>]*>|\0[^\0]*\0)*)(?P<tail>[^ <>&\0]+)"
    r"(?P<after>(?:(?:</\w+>|\0[^\0]*\0)[^\w\s<>&\0]*)*)",
    re.DOTALL,
)
_DIVISIBLE = re.compile(r"[^\W\d_]{6}")  # as hyphenate-limit-chars of book.css
_LONG = 8  # letters of a word that may be the last line of a paragraph
_SHORT = re.compile(r"(?<![\w&])(\w{1,2}) (?=\w)")
# 3 May 1921, 3. Mai 1921, 3 de mayo de 1921; May 3, 1921
_DATE = re.compile(r"(?<!\w)(?:\d\d?\.? (?:de )?[^\W\d_]{3,}\.?(?: de)?|[^\W\d_]{3,} \d\d?,) \d{4}(?!\w)")
_SHORT_NAME = 10  # letters
_LAST_OF_ENTRY = 12  # letters
_TOKENS = re.compile(r"<[^<>]*>|\0[^\0]*\0| |[^<\0 ]+")


def joined(html: str) -> str:
    """HTML with no break where none may be, and some in what is too long to have none."""
    parts = _PARTS.split(html)
    for at in range(0, len(parts), 2):
        parts[at] = _SLASH.sub("/" + WORD_JOINER, _SPACE.sub(NO_BREAK_SPACE, parts[at]))
        if parts[at - 1] != _OPENING:
            parts[at] = _DIGEST.sub(_in_groups, _ADDRESS.sub(lambda found: address(found[0]), parts[at]))
    return "".join(parts)


def address(html: str) -> str:
    """An address or a path, without tags in it, of which a line may end after each sign, and with no hyphen."""

    def followed(sign: re.Match[str]) -> str:
        return sign[0] + (WORD_JOINER if _HELD_SIGN.match(html, sign.start()) else BREAK)

    return f"{_OPENING}{_SIGN.sub(followed, html)}</span>"


def _in_groups(found: re.Match[str]) -> str:
    """Letters and figures that are no word, such as a digest."""
    return _GROUP.sub(rf"\g<0>{BREAK}", found[0])


def heading(html: str) -> str:
    """The same of a heading, of which no line ends with a word of one or two letters or within a date."""
    parts = _PARTS.split(joined(html))
    parts[::2] = [_SHORT.sub(rf"\1{NO_BREAK_SPACE}", dated(text)) for text in parts[::2]]
    return "".join(parts)


def dated(text: str) -> str:
    """Text without tags, of which no line ends within a date."""
    return _DATE.sub(_held, text)


def _held(found: re.Match[str]) -> str:
    return found[0].replace(" ", NO_BREAK_SPACE)


def name(html: str) -> str:
    """A name, of which no line has a short part alone: Shi Zhe, Shi Zhe /Karskii/."""
    words = [[""]]
    for part in _TOKENS.findall(html):
        if part == " ":
            words.append([])
        else:
            words[-1].append(part)
    told, held = "", 0
    for number, tokens in enumerate(words):
        word = "".join(tokens)
        length = len(_NO_LETTERS.sub("", word))
        is_held = held + length <= _SHORT_NAME
        told += (NO_BREAK_SPACE if is_held else " ") * (number > 0) + word
        held = held + length if is_held else length
    return told


def ragged(html: str) -> str:
    """An entry of a list, which is ragged: of its last words so many are on the last line that it is no stub."""
    tokens = _TOKENS.findall(paragraph(html))
    last = ""
    for at in range(len(tokens) - 1, -1, -1):
        if tokens[at] == " ":
            if len(_NO_LETTERS.sub("", last.replace(NO_BREAK_SPACE, ""))) >= _LAST_OF_ENTRY:
                break
            tokens[at] = NO_BREAK_SPACE
        last = tokens[at] + last
    return "".join(tokens)


def paragraph(html: str) -> str:
    """The same of a paragraph, whose last line is more than one short word or the short end of a divided one."""
    html = joined(html)
    found = _LAST.fullmatch(html)
    is_short = found is not None and len(_NO_LETTERS.sub("", found["word"])) < _LONG
    if found is not None and is_short:
        html = f"{found['before']}{NO_BREAK_SPACE}{found['word']}"
    tail = _TAIL.fullmatch(html)
    if tail is None or not _DIVISIBLE.search(tail["tail"]):
        return html
    return _marked(tail, "last-two" if is_short else "last")


def _marked(found: re.Match[str], kind: str) -> str:
    """What follows the last space, set apart for book.css, which divides it so that enough is left.

    It begins at a space that breaks: WeasyPrint 70 breaks lines early where an element follows one that does not.
    """
    return f'{found["before"]}<span class="{kind}">{found["tail"]}</span>{found["after"]}'
