"""From the colours of a screen to the inks of a press: greys in black ink alone, all else by the profile.

WeasyPrint writes sRGB. Text that is grey or black must not be mixed of four inks: its edges would be coloured.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from edition.printing.profiles import Profile

if TYPE_CHECKING:
    from PIL.Image import Image

_Thing: TypeAlias = Any  # of a PDF that is being written

_RGB = re.compile(rb"(?<!\S)([\d.e-]+)\s+([\d.e-]+)\s+([\d.e-]+)\s+(rg|RG)(?!\S)")
_OPERATORS = {b"rg": b"k", b"RG": b"K"}
_PNG = b"\x89PNG\r\n\x1a\n"


class Inks:
    """What a press makes of sRGB."""

    def __init__(self, profile: Profile) -> None:
        from PIL import ImageCms

        self._transform = ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(io.BytesIO(profile.content)),
            "RGB",
            "CMYK",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        self.of = cache(self._of)

    def _of(self, red: float, green: float, blue: float) -> tuple[float, float, float, float]:
        """Cyan, magenta, yellow and black, from 0 to 1, of a colour whose parts are from 0 to 1."""
        if red == green == blue:
            return (0, 0, 0, round(1 - red, 4))
        from PIL import Image

        dot = Image.new("RGB", (1, 1), tuple(round(255 * part) for part in (red, green, blue)))
        cyan, magenta, yellow, black = self.picture(dot).tobytes()
        return (round(cyan / 255, 4), round(magenta / 255, 4), round(yellow / 255, 4), round(black / 255, 4))

    def picture(self, picture: Image) -> Image:
        """A picture in inks; in black ink alone if it has no colour."""
        from PIL import ImageChops

        red, green, blue = picture.split()
        if not any(ImageChops.difference(red, other).getbbox() for other in (green, blue)):
            return red
        return self._transform.apply(picture)


def into_inks(pdf: _Thing, inks: Inks) -> None:
    """Turn all that a PDF paints into inks, before it is written."""
    import pydyf

    for thing in pdf.objects:
        entries = thing.extra if isinstance(thing, pydyf.Stream) else thing
        if isinstance(thing, pydyf.Stream):
            if _is_picture(entries):
                _set_picture(thing, inks)
            elif entries.get("Subtype") == "/Form" or entries.get("Type") == "/Pattern":
                paint(thing, inks)
        for part in _parts(entries):
            _set_part(part, inks)


def paint(content: _Thing, inks: Inks) -> None:
    """Turn the operators of a stream that paints into those of inks (ISO 32000-1, 8.6.8)."""

    def inked(found: re.Match[bytes]) -> bytes:
        parts = inks.of(*(float(found[at]) for at in (1, 2, 3)))
        return b"%b %b" % (" ".join(f"{part:.4g}" for part in parts).encode(), _OPERATORS[found[4]])

    content.stream[:] = [_RGB.sub(inked, each) if isinstance(each, bytes) else each for each in content.stream]


def _is_picture(entries: _Thing) -> bool:
    return bool(entries.get("Subtype") == "/Image" and entries.get("ColorSpace") == "/DeviceRGB")


def _set_picture(thing: _Thing, inks: Inks) -> None:
    """The same picture in inks, without loss: what was compressed as a photograph is not so again."""
    made = inks.picture(_opened(thing))
    for name in ("Filter", "DecodeParms", "Decode"):
        thing.extra.pop(name, None)
    thing.extra["ColorSpace"] = "/DeviceCMYK" if made.mode == "CMYK" else "/DeviceGray"
    thing.stream[:], thing.compress = [made.tobytes()], True


def _opened(thing: _Thing) -> Image:
    """A picture as WeasyPrint holds it: a JPEG, or the data of a PNG without what stands around them."""
    from PIL import Image

    data = thing.stream[0].data
    if thing.extra["Filter"] != "/DCTDecode":
        head = struct.pack(">2I5B", thing.extra["Width"], thing.extra["Height"], 8, 2, 0, 0, 0)
        data = _PNG + b"".join(
            _chunk(name, part) for name, part in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
        )
    return Image.open(io.BytesIO(data)).convert("RGB")


def _chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG (ISO 15948, 5.3)."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _parts(entries: _Thing) -> Iterator[_Thing]:
    """A dictionary, and those within it."""
    if isinstance(entries, dict):
        yield entries
    within: Iterable[_Thing] = entries.values() if isinstance(entries, dict) else entries
    for each in within if isinstance(entries, dict | list) else ():
        yield from _parts(each)


def _set_part(part: _Thing, inks: Inks) -> None:
    """Groups blend in inks; gradients go from ink to ink."""
    if part.get("S") == "/Transparency" and part.get("CS") == "/DeviceRGB":
        part["CS"] = "/DeviceCMYK"
    if "ShadingType" in part and part.get("ColorSpace") == "/DeviceRGB":
        part["ColorSpace"] = "/DeviceCMYK"
        for each in _parts(part["Function"]):
            for end in {"C0", "C1"} & each.keys():
                each[end][:] = inks.of(*each[end])
