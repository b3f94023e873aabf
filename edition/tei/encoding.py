"""In what encoding a file is, and where it stops being so (XML 1.0, section 4.3.3 and appendix F)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ORDERED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How `<` begins a file without a byte order mark.
_BEGINNINGS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARATION = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.-]{1,40})["']""")
# Codecs that decode in linear time. Python has others, such as punycode and zlib, that a file must not choose.
_SOUND = re.compile(
    r"utf-8(-sig)?|utf-(16|32)(-[lb]e)?|ascii|iso8859-\d+|cp\d+|koi8-\w|mac-\w+|gbk|gb2312|gb18030|big5|shift_jis|euc_\w\w"
)
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Encoding:
    """`declared` as the file writes it, or ""; `codec` None where Python has none that is sound.

    `told` is False for UTF-16 and UTF-32 without mark and declaration, which nobody has to recognise, and where the
    first bytes show another encoding than the one declared.
    """

    declared: str
    codec: str | None
    told: bool = True


def encoding_of(data: bytes) -> Encoding:
    """The encoding of a file: by its byte order mark, by the width of its first letter, by what it declares."""
    start = data[:1024]
    found = _DECLARATION.match(start.removeprefix(codecs.BOM_UTF8).lstrip(b"\xff\xfe\0").replace(b"\0", b""))
    declared = found[1].decode("ascii", "replace") if found else ""
    for mark, codec in _MARKS:
        if start.startswith(mark):
            return Encoding(declared, codec, told=not declared or _agree(declared, codec))
    for beginning, codec in _BEGINNINGS:
        if start.startswith(beginning):
            return Encoding(declared, codec, told=_agree(declared, codec))
    try:
        named = codecs.lookup(declared or "utf-8").name
    except LookupError:
        return Encoding(declared, None)
    return Encoding(declared, named if _SOUND.fullmatch(named) else None)


def _agree(declared: str, codec: str) -> bool:
    """Whether a name is of UTF-8, UTF-16 or UTF-32 as a codec is; the order of bytes is not asked."""
    name = declared.lower()
    if name.startswith(("iso-10646-ucs-", "ucs-")):  # registered names that Python does not know
        name = {"2": "utf-16", "4": "utf-32"}.get(name[-1], "")
    try:
        return codecs.lookup(name).name.split("-")[:2] == codec.split("-")[:2]
    except LookupError:
        return False


def mark_and_codec(data: bytes) -> tuple[bytes, str]:
    """The byte order mark of a file, perhaps none, and the codec of what follows it, the order of its bytes told.

    The codec is "" where Python has none that is sound.
    """
    for mark, codec in _ORDERED:
        if data.startswith(mark):
            return mark, codec
    return b"", encoding_of(data).codec or ""


def first_wrong_byte(data: bytes, encoding: Encoding) -> int | None:
    """Where a file stops being in its encoding, if it does. No copy of the whole file is made."""
    codec = encoding.codec
    if codec is None:
        return None
    if codec.startswith(("utf-16", "utf-32")) and data[:1] == b"<" and data[1:2] != b"\0":
        return 0  # one byte a letter, whatever it declares
    decoder = codecs.getincrementaldecoder(codec)()
    for start in range(0, len(data), _PIECE):
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(data[start : start + _PIECE], final=start + _PIECE >= len(data))
        except UnicodeDecodeError as error:
            return start - kept + error.start
    return None


def guess(data: bytes) -> str:
    """The name of the encoding that Russian text is in, or "": its small letters are far commoner than all else."""
    found = {name: _small_letters(data, codec) for name, codec in _CYRILLIC.items()}
    best = max(found, key=lambda name: found[name])
    beyond_ascii = sum(byte > 127 for byte in data)
    return best if found[best] > 50 and found[best] > 0.7 * beyond_ascii else ""


_CYRILLIC = {"Windows-1251": "cp1251", "KOI8-R": "koi8-r", "IBM866": "cp866", "ISO-8859-5": "iso8859-5"}


def _small_letters(data: bytes, codec: str) -> int:
    return sum("а" <= letter <= "я" for letter in data.decode(codec, errors="ignore"))
