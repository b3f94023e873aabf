"""The ICC profile of a press: a file of the edition, one that this machine has, or a general one from a package.

What a printer names is a printing condition. A profile says for which one it was made, and it is used both ways: to
show on a screen what the inks give, and to turn what was meant for a screen into inks.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edition.config import CONFIG_NAME, Config
from edition.diagnostics import Diagnostic
from edition.errors import ConfigError, EditionError
from edition.printing.rules import NOT_MADE_FOR_PRINTERS

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsProfile

GENERAL = "general"
_FOLDERS = tuple(map(Path, ("/usr/local/share/color/icc", "/usr/share/color/icc", "/Library/ColorSync/Profiles")))
_ENDINGS = (".icc", ".icm")
_LARGEST = 32 * 1024 * 1024  # bytes
_REGISTERED = re.compile(r"ICCHDAT (?P<stated>[\w .-]+)")  # ICC.1:2004-10, 9.2.8
_FOGRA = re.compile(r"\bFOGRA ?(?P<number>\d\d)L?(?!\d)", re.IGNORECASE)
_CGATS = re.compile(r"\b(?:CGATS ?)?TR[ _]?0*(?P<number>\d{1,3})(?!\d)")


@dataclass(frozen=True, slots=True)
class Profile:
    """The bytes of a profile of a CMYK press, its description, and the printing condition it was made for.

    `condition` is a name in the register of the ICC (https://www.color.org), or empty.
    """

    content: bytes
    name: str
    condition: str = ""


def profile_of(config: Config) -> Profile | None:
    """The profile that `print.press-profile` names; None if it names none, or one that is not on this machine.

    Raises ConfigError for what is no profile of a press, EditionError for what cannot be read.
    """
    wanted = config.printing.press_profile
    content = _content(config, wanted) if wanted else None
    if content is None:
        return None
    profile = understood(content)
    if profile is None:
        raise ConfigError(
            f"{CONFIG_NAME}: print.press-profile names {wanted}, which is no ICC profile of a CMYK press",
            advice="ask the printer which profile to use, and put it into the edition",
        )
    return profile


def not_here(config: Config) -> Diagnostic:
    """What to say where a profile is named and `profile_of` has none."""
    wanted = config.printing.press_profile
    what, hint = f"this machine has no profile {wanted}", "put the file into the edition and write its path"
    if wanted == GENERAL:
        what, hint = "the general profile is not installed", "run pip install 'edition-toolkit[press]'"
    place = config.place("print.press-profile")
    return NOT_MADE_FOR_PRINTERS.finding(f"no file for printers is made: {what}", place, hint=hint)


def _content(config: Config, wanted: str) -> bytes | None:
    if wanted == GENERAL:
        return _general()
    file = config.root / wanted if config.printing.own_press_profile else next(_installed(wanted), None)
    try:
        return None if file is None else _bounded(file)
    except OSError as error:
        raise EditionError(f"{wanted}: cannot be read: {error.strerror}") from error


def _general() -> bytes | None:
    """The profile that libvips carries: a proof press, measured with all its data, in the public domain."""
    try:
        import pyvips
    except (ImportError, OSError):  # the latter where libvips itself is missing
        return None
    return bytes(pyvips.Operation.call("profile_load", "cmyk"))


def _installed(name: str) -> Iterator[Path]:
    """The profiles of this machine whose files have a name."""
    for folder in _FOLDERS:
        yield from sorted(file for ending in _ENDINGS for file in folder.rglob(f"*{ending}") if file.stem == name)


def _bounded(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_LARGEST)


def understood(content: bytes) -> Profile | None:
    """The profile that these bytes are, if they are that of a CMYK press, with tables for both ways."""
    from PIL import ImageCms

    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(content))
    except OSError:
        return None
    said = opened.profile
    if (said.xcolor_space.strip(), said.device_class) != ("CMYK", "prtr") or not _is_for_both_ways(opened):
        return None
    name = said.profile_description or "Custom"
    return Profile(content, name, _condition(said.target or "", name))


def _is_for_both_ways(opened: ImageCmsProfile) -> bool:
    """Whether it has the tables that every profile of a press must have (ISO 15076-1, 8.5.2)."""
    from PIL.ImageCms import Direction, Intent

    said: Any = opened.profile
    return all(said.is_intent_supported(Intent.PERCEPTUAL, way) for way in (Direction.INPUT, Direction.OUTPUT))


def _condition(target: str, name: str) -> str:
    """The registered name of a printing condition: as the profile states it, or as its description has it."""
    if found := _REGISTERED.match(target):
        return found["stated"].strip()
    if found := _FOGRA.search(name):
        return f"FOGRA{found['number']}"
    found = _CGATS.search(name)
    return f"CGATS TR {int(found['number']):03}" if found else ""
