"""Pictures of points as a print can show them: whole, of eight bits, in greys or the colours of a screen.

WeasyPrint takes others as they are: sixteen bits of grey come out black, what breaks off is printed as far as it
goes, and four inks have no place in PDF/A beside the colours of a screen (ISO 19005-3, 6.2.4.3).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsProfile
    from PIL.ImageFile import ImageFile

_SHOWN = frozenset(("1", "L", "LA", "P", "RGB", "RGBA"))
_VEILED = frozenset(("La", "PA", "RGBa"))  # with transparency, in ways that PNG has not
_SHADES = 257  # of sixteen bits that are one of eight


def printable(content: bytes) -> bytes:
    """The picture, made anew as PNG where it cannot be shown as it is. What is no picture of points stays the same.

    Raises what Pillow does where it is broken (OSError, SyntaxError, ValueError and more), ValueError where nobody
    can tell which of its numbers are black and white.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(io.BytesIO(content))
    except UnidentifiedImageError:  # perhaps a drawing
        return content
    _load(picture)
    made = _made(picture)
    if made is picture:
        return content
    made.info.clear()  # of a profile and a transparent colour that are no longer its own
    written = io.BytesIO()
    made.save(written, "PNG", exif=picture.info.get("exif", b""))  # which says how it is turned
    return written.getvalue()


def is_of_inks(content: bytes) -> bool:
    """Whether these bytes are a picture in four inks, as far as its head says."""
    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(io.BytesIO(content)).mode == "CMYK"
    except UnidentifiedImageError:
        return False


def in_inks(content: bytes) -> Image:
    """A picture in four inks as it is, turned as it is shown: 255 of an ink covers the paper."""
    from PIL import Image, ImageOps

    picture = Image.open(io.BytesIO(content))
    picture.load()
    return ImageOps.exif_transpose(_inks(picture))


def in_colours(content: bytes) -> Image:
    """The same picture as a screen shows it, turned alike."""
    from PIL import Image, ImageOps

    return ImageOps.exif_transpose(Image.open(io.BytesIO(printable(content)))).convert("RGB")


def _load(picture: ImageFile) -> None:
    """Read all of a picture; small, where that is enough to see that it is whole."""
    from PIL import ImageFile

    if picture.mode != "CMYK":
        picture.draft(picture.mode, (1, 1))
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # as WeasyPrint wants it
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        picture.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _made(picture: ImageFile) -> Image:
    if picture.mode in _SHOWN:
        return picture
    if picture.mode == "CMYK":
        return _of_inks(picture)
    if picture.mode.startswith("I;16") or (picture.mode == "I" and picture.format in ("PNG", "PPM")):
        return _of_sixteen_bits(picture)
    if picture.mode in ("I", "F"):
        raise ValueError("nobody can tell which of its 32-bit greys are black and white")
    return picture.convert("RGBA" if picture.mode in _VEILED else "RGB")


def _of_sixteen_bits(picture: Image) -> Image:
    """The greys of a picture in eight bits, and its transparent grey as transparency."""
    from PIL import ImageMath

    deep = picture.convert("I")
    grey = deep.point(lambda shade: shade * (1 / _SHADES) + 0.5).convert("L")
    clear = picture.info.get("transparency")
    if clear is not None:
        grey.putalpha(ImageMath.lambda_eval(lambda of: of["convert"]((of["deep"] != clear) * 255, "L"), deep=deep))
    return grey


def _of_inks(picture: ImageFile) -> Image:
    """A picture in four inks on a screen: by its own profile, else with each ink as pure as its name."""
    from PIL import ImageCms

    inks, profile = _inks(picture), picture.info.get("icc_profile")
    try:
        if profile:
            return _by_profile(inks, ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):  # a profile of something else, or none at all
        pass
    return inks.convert("RGB")


def _inks(picture: ImageFile) -> Image:
    """The inks of a picture, each from 0, which is paper. Pillow takes all JPEG for Adobe's, written upside down."""
    from PIL import ImageChops

    if picture.format not in ("JPEG", "MPO") or "APP14" in getattr(picture, "app", {}):
        return picture
    turned = ImageChops.invert(picture)
    turned.info["exif"] = picture.info.get("exif", b"")
    return turned


def _by_profile(inks: Image, profile: ImageCmsProfile) -> Image:
    from PIL import ImageCms

    transform = ImageCms.buildTransform(
        profile,
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    return transform.apply(inks)
