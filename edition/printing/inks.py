"""From the colours of a screen to the inks of a press: greys in black ink alone, all else by the profile.

What was in inks before the archival file made colours of it is given its own again.

WeasyPrint writes sRGB. Text that is grey or black must not be mixed of four inks: its edges would be coloured.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from edition.printing.pictures import in_colours, in_inks
from edition.printing.profiles import Profile

if TYPE_CHECKING:
    from pikepdf import Pdf
    from PIL.Image import Image

_Thing: TypeAlias = Any  # of a PDF

_RGB = re.compile(rb"(?<!\S)([\d.e-]+)\s+([\d.e-]+)\s+([\d.e-]+)\s+(rg|RG)(?!\S)")
_OPERATORS = {b"rg": b"k", b"RG": b"K"}
_INKS = ("/DeviceGray", "/DeviceCMYK")


class Inks:
    """What a press makes of sRGB. `originals` are pictures that were in inks before, and come to it as they were."""

    def __init__(self, profile: Profile, originals: Iterable[bytes] = ()) -> None:
        from PIL import ImageCms

        self.profile = profile
        self._originals = {_digest(in_colours(each)): each for each in originals}
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
        cyan, magenta, yellow, black = self._transform.apply(dot).tobytes()
        return (round(cyan / 255, 4), round(magenta / 255, 4), round(yellow / 255, 4), round(black / 255, 4))

    def painted(self, content: bytes) -> bytes:
        """A stream that paints, with the operators of inks (ISO 32000-1, 8.6.8)."""
        return _RGB.sub(self._operation, content)

    def _operation(self, found: re.Match[bytes]) -> bytes:
        parts = self.of(float(found[1]), float(found[2]), float(found[3]))
        return b"%b %b" % (" ".join(f"{part:.4g}" for part in parts).encode(), _OPERATORS[found[4]])

    def picture(self, picture: Image) -> Image:
        """A picture in inks: its own, if it had any; in black ink alone if it has no colour."""
        from PIL import ImageChops

        if self._originals and (original := self._originals.get(_digest(picture))):
            return in_inks(original)
        red, green, blue = picture.split()
        if not any(ImageChops.difference(red, other).getbbox() for other in (green, blue)):
            return red
        return self._transform.apply(picture)


def _digest(picture: Image) -> tuple[tuple[int, int], bytes]:
    return picture.size, hashlib.sha256(picture.tobytes()).digest()


def into_inks(pdf: Pdf, inks: Inks) -> None:
    """Turn all that a PDF paints into inks."""
    import pikepdf

    for page in pdf.pages:
        contents: _Thing = page.obj.Contents
        contents.write(inks.painted(contents.read_bytes()))
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            _turn(thing, inks)


def _turn(thing: _Thing, inks: Inks) -> None:
    """A picture, a drawing, a gradient, or what blends."""
    import pikepdf

    kind = str(thing.get("/Subtype", thing.get("/Type", "")))
    if kind == "/Image" and str(thing.get("/ColorSpace")) not in _INKS:
        _turn_picture(thing, inks)
    elif kind in ("/Form", "/Pattern") and isinstance(thing, pikepdf.Stream):
        thing.write(inks.painted(thing.read_bytes()))
    elif "/ShadingType" in thing and str(thing.ColorSpace) not in _INKS:
        thing.ColorSpace = pikepdf.Name.DeviceCMYK
        for function in _functions(thing.Function):
            for end in ("/C0", "/C1"):
                function[end] = pikepdf.Array(inks.of(*map(float, function[end])))
    if "/Group" in thing and "/CS" in thing.Group and str(thing.Group.CS) not in _INKS:
        thing.Group.CS = pikepdf.Name.DeviceCMYK


def _turn_picture(thing: _Thing, inks: Inks) -> None:
    """The same picture in inks, without loss: what was compressed as a photograph is not so again."""
    import pikepdf

    made = inks.picture(pikepdf.PdfImage(thing).as_pil_image().convert("RGB"))
    thing.write(made.tobytes())
    thing.ColorSpace = pikepdf.Name.DeviceCMYK if made.mode == "CMYK" else pikepdf.Name.DeviceGray
    thing.BitsPerComponent = 8


def _functions(function: _Thing) -> Iterator[_Thing]:
    """Those of which a gradient is put together, each from one colour to another (ISO 32000-1, 7.10)."""
    if "/C0" in function:
        yield function
    for part in function.get("/Functions", ()):
        yield from _functions(part)
