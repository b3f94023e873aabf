"""Names of files: what travels between systems, what is the same name twice, what leads out of a bag.

A name is one component of a path; a path is names joined by `/`, relative to the bag.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

# RFC 8493, section 6.1.2: Windows holds no name with these characters, nor these names with any extension.
_FORBIDDEN_ON_WINDOWS = frozenset('<>:"|?*\\')
_RESERVED_ON_WINDOWS = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"]
)
_BEGIN_RESERVED = frozenset(name[:3] for name in _RESERVED_ON_WINDOWS)  # most names need no closer look

# Characters that end a line for some readers of manifests (Python's splitlines among them).
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Characters that show as nothing, or let `gpj.exe` show as `exe.jpg`. The joiners U+200C and U+200D are not among
# them: Persian and the scripts of India spell words with these.
_UNSEEN = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_WORTH_A_LOOK = re.compile(rf'[<>:"|?*\\\ud800-\udfff]|[\s.]$|^\s|{_CONTROL.pattern}|{_UNSEEN.pattern}')

# Names of plain letters that are longer than those of devices or begin otherwise, at most 64 characters, a line each.
_NAME = r"(?:data|[0-9][0-9A-Za-z_-]{0,50}|[A-Za-z][0-9A-Za-z_-]{4,50})(?:\.[0-9A-Za-z]{1,10})?"
_EVERYDAY = re.compile(rf"{_NAME}(?:\n{_NAME})*+")

MAX_NAME_BYTES = 255  # ext4, APFS, NTFS (there in UTF-16 units, which are never more)
MAX_PATH_LENGTH = 255  # RFC 8493, section 6.1.2, in UTF-16 units

_CLUTTER = frozenset([".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", ".spotlight-v100"])
_CLUTTER |= frozenset([".trashes", ".fseventsd", ".appledouble", ".localized", "icon\r"])


def trouble_with_name(name: str) -> str:
    """Why a name does not travel, such as "Windows allows no ':' in names"; empty where it does."""
    if len(name) <= 63 and not _WORTH_A_LOOK.search(name) and not _is_reserved(name):
        return ""
    if any("\ud800" <= letter <= "\udfff" for letter in name):
        return "the name is not UTF-8"
    if _CONTROL.search(name):
        return "the name holds a control character"
    if unseen := _UNSEEN.search(name):
        return f"the name holds U+{ord(unseen[0]):04X}, which shows as nothing or turns what follows around"
    if name[-1:].isspace() or name[:1].isspace():
        return "the name begins or ends with white space"
    if name.endswith("."):
        return "Windows allows no name to end with a full stop"
    wrong = next((letter for letter in name if letter in _FORBIDDEN_ON_WINDOWS), "")
    if wrong:
        return f"Windows allows no {wrong} in names"
    if _is_reserved(name):
        return f"{name.partition('.')[0]} is the name of a device on Windows"
    if len(name.encode("utf-8")) > MAX_NAME_BYTES:
        return f"the name is longer than {MAX_NAME_BYTES} bytes"
    return ""


def _is_reserved(name: str) -> bool:
    if name[:3].lower() not in _BEGIN_RESERVED:
        return False
    return name.partition(".")[0].rstrip(" ").lower() in _RESERVED_ON_WINDOWS


def all_everyday(prefix: str, inside: list[str]) -> bool:
    """Whether all names in the folder `prefix` are seen at once to travel, to be no clutter and no twins."""
    lower = {name.lower() for name in inside}
    if len(prefix) > MAX_PATH_LENGTH // 2 - 64 or len(lower) < len(inside) or not lower.isdisjoint(_CLUTTER):
        return False
    joined = "\n".join(inside)
    return joined.count("\n") < max(1, len(inside)) and bool(_EVERYDAY.fullmatch(joined))


def trouble_with_length(path: str) -> str:
    """Whether a path in a bag is too long to travel; empty where it is not."""
    if len(path) > MAX_PATH_LENGTH // 2 and len(path.encode("utf-16-le", "surrogatepass")) // 2 > MAX_PATH_LENGTH:
        return f"the path is longer than {MAX_PATH_LENGTH} characters"
    return ""


def trouble_with_path(path: str) -> str:
    """Why a path in a bag does not travel; empty where it does."""
    if len(path) <= MAX_PATH_LENGTH // 2 and "\n" not in path and _EVERYDAY.fullmatch(path.replace("/", "\n")):
        return ""
    found = (trouble_with_name(name) for name in path.split("/"))
    return next((trouble for trouble in found if trouble), "") or trouble_with_length(path)


def fold(text: str) -> str:
    """Two names with the same fold are one name where case or the Unicode form is not kept (RFC 8493, 6.1.1)."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())


def composed(text: str) -> str:
    """The NFC form of a name."""
    return unicodedata.normalize("NFC", text)


def twins(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of different names in one folder that fold to the same, the earlier first."""
    seen: dict[str, str] = {}
    for name in names:
        first = seen.setdefault(fold(name), name)
        if first != name:
            yield first, name


def is_clutter(name: str) -> bool:
    """Whether an operating system left this file behind (`.DS_Store`, `Thumbs.db`, `._name`)."""
    return name.lower() in _CLUTTER or name.startswith("._")


_LEADS_OUT = re.compile(r"^[/\\~]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")


def leads_out(path: str) -> str:
    """Why a path in a manifest could lead out of its bag on some system; empty where it cannot.

    Judged by its letters, never by the disk: RFC 8493, section 5.1, for POSIX and Windows alike.
    """
    if not _LEADS_OUT.search(path):
        return ""
    if path[0] == "~":
        return "it begins with ~, which some systems read as a home folder"
    if path[0] in "/\\":
        return "it is an absolute path"
    if path[1:2] == ":" and path[0].isalpha():
        return "it begins with a drive letter"
    return "it climbs out by .."
