"""Which characters XML is made of: blanks, and what names may begin with and hold (XML 1.0, 5th edition, 2.3)."""

from __future__ import annotations

import re

BLANK = " \t\n\r"

_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FURTHER = _START + "\\-.0-9\xb7\u0300-\u036f\u203f\u2040"
NCNAME = f"[{_START}][{_FURTHER}]*"
NAME = f"[:{_START}][:{_FURTHER}]*"
NMTOKEN = f"[:{_FURTHER}]+"

NAME_START = re.compile(f"[{_START}]").fullmatch
NAME_CHARACTER = re.compile(f"[{_FURTHER}]").fullmatch
is_ncname = re.compile(NCNAME).fullmatch

words = re.compile(r"[^ \t\n\r]+").findall  # a no-break space parts no words in XML


def collapsed(value: str) -> str:
    """Without blanks at both ends, and with one space for several (XSD part 2, 4.3.6)."""
    return " ".join(words(value))
