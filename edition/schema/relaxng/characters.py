"""Which characters XML is made of: blanks, and what names may begin with and hold (XML 1.0, 5th edition, 2.3)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

BLANK = " \t\n\r"

_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FURTHER = _START + "\\-.0-9\xb7\u0300-\u036f\u203f\u2040"
NAME = f"[{_START}][{_FURTHER}]*"  # without a colon

words = re.compile(r"[^ \t\n\r]+").findall  # a no-break space parts no words in XML


def collapsed(value: str) -> str:
    """Without blanks at both ends, and with one space for several (XSD part 2, 4.3.6)."""
    return " ".join(words(value))


def is_name_start(character: str) -> bool:
    return _matches(f"[{_START}]")(character) is not None


def is_name_character(character: str) -> bool:
    return _matches(f"[{_FURTHER}]")(character) is not None


def is_ncname(value: str) -> bool:
    """Whether a value is a name without a colon. Most are of plain letters, which need no large tables."""
    if value.isascii():
        return _matches(r"[A-Za-z_][A-Za-z0-9_.-]*")(value) is not None
    return _matches(NAME)(value) is not None


def is_name(value: str) -> bool:
    if value.isascii():
        return _matches(r"[A-Za-z_:][A-Za-z0-9_:.-]*")(value) is not None
    return _matches(f"[:{_START}][:{_FURTHER}]*")(value) is not None


def is_nmtoken(value: str) -> bool:
    return _matches(f"[:{_FURTHER}]+")(value) is not None


def is_qname(value: str) -> bool:
    prefix, colon, local = value.rpartition(":")
    return is_ncname(local) and (not colon or is_ncname(prefix))


@cache
def _matches(form: str) -> Callable[[str], object]:
    return re.compile(form).fullmatch
