"""Text from files that nobody vouches for, made safe to show.

A message quotes what stands in a file: a line feed or an escape sequence in it could forge a finding or recolour a
terminal, and a bidirectional override could show one name and mean another. All of these are shown by number.
"""

from __future__ import annotations

import unicodedata

# Controls, formats, halves of surrogate pairs, line and paragraph separators (Unicode, chapter 4.5).
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NO_CHARACTERS = "\ufffe\uffff"  # XML 1.0 forbids them, and nothing can show them
_JOINERS = "\u200c\u200d"  # formats that words of Persian and of the scripts of India are written with


def printable(text: str) -> str:
    """`text` on one line, each unsafe character as its number: `\\x1b`, `\\u202e`, `\\U000e0041`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    safe = unicodedata.category(character) not in _UNSAFE and character not in _NO_CHARACTERS
    if safe or character in _JOINERS:
        return character
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
