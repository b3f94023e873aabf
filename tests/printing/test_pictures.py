"""Pictures that a print cannot show as they are, and what is made of them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageCms

from edition.printing.pictures import printable
from tests.printing.printed import press_profile


def written(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def shown(content: bytes) -> Image.Image:
    """The picture as it is printed."""
    return Image.open(io.BytesIO(printable(content)))


def deep(*shades: int) -> Image.Image:
    """A row of greys of sixteen bits."""
    return Image.frombytes("I;16", (len(shades), 1), b"".join(each.to_bytes(2, "little") for each in shades))


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "PPM"])
def test_sixteen_bits_of_grey_become_eight(kind: str) -> None:
    made = shown(written(deep(0, 257, 0x8080, 65278, 65535), kind))
    assert (made.mode, list(made.tobytes())) == ("L", [0, 1, 128, 254, 255])


def test_a_transparent_grey_of_sixteen_bits_stays_transparent() -> None:
    made = shown(written(deep(0, 65535, 1), "PNG", transparency=0))
    assert (made.mode, list(made.tobytes())) == ("LA", [0, 0, 255, 255, 0, 255])


@pytest.mark.parametrize("mode", ["I", "F"])
def test_greys_without_an_end_are_refused(mode: str) -> None:
    with pytest.raises(ValueError, match="32-bit"):
        printable(written(Image.new(mode, (2, 2), 7), "TIFF"))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_what_can_be_shown_stays_as_it_is(mode: str) -> None:
    content = written(Image.new(mode, (9, 9)), "PNG")
    assert printable(content) is content


def test_a_photograph_stays_as_it_is() -> None:
    content = written(Image.effect_noise((99, 99), 50).convert("RGB"), "JPEG")
    assert printable(content) is content


@pytest.mark.parametrize("content", [b"", b"no picture", b"<svg/>"])
def test_what_is_no_picture_of_points_stays_as_it_is(content: bytes) -> None:
    assert printable(content) is content


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF"])
def test_what_breaks_off_is_refused(kind: str) -> None:
    content = written(Image.effect_noise((99, 99), 50).convert("RGB"), kind)
    with pytest.raises((OSError, SyntaxError, ValueError, EOFError)):
        printable(content[: len(content) * 2 // 3])


RED_AND_BLACK = Image.new("CMYK", (32, 16), (0, 255, 255, 0))
RED_AND_BLACK.paste((0, 0, 0, 255), (16, 0, 32, 16))


def colours(made: Image.Image) -> list[tuple[int, ...]]:
    assert made.mode == "RGB"
    assert "icc_profile" not in made.info
    return [made.getpixel((x, 8)) for x in (4, 28)]  # type: ignore[misc]  # of one band it would be a number


def near(found: list[tuple[int, ...]], wanted: list[tuple[int, ...]]) -> bool:
    return all(
        abs(a - b) < 12 for one, other in zip(found, wanted, strict=True) for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_inks_become_colours(kind: str) -> None:
    assert near(colours(shown(written(RED_AND_BLACK, kind))), [(255, 0, 0), (0, 0, 0)])


def test_inks_that_are_not_upside_down() -> None:
    """Without the mark of Adobe, whose files have 255 for no ink at all."""
    content = written(Image.eval(RED_AND_BLACK, lambda ink: 255 - ink), "JPEG")
    at = content.index(b"\xff\xee")
    unmarked = content[:at] + content[at + 2 + int.from_bytes(content[at + 2 : at + 4], "big") :]
    assert near(colours(shown(unmarked)), [(255, 0, 0), (0, 0, 0)])


def test_inks_become_colours_by_their_profile() -> None:
    profile = press_profile()
    wanted = ImageCms.profileToProfile(
        RED_AND_BLACK,
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        "RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    assert wanted is not None
    found = colours(shown(written(RED_AND_BLACK, "TIFF", icc_profile=profile)))
    assert found == [wanted.getpixel((x, 8)) for x in (4, 28)]
    assert not near(found, [(255, 0, 0), (0, 0, 0)])


@pytest.mark.parametrize("profile", [b"none", ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()])
def test_a_profile_that_is_not_for_inks_is_passed_over(profile: bytes) -> None:
    assert near(colours(shown(written(RED_AND_BLACK, "TIFF", icc_profile=profile))), [(255, 0, 0), (0, 0, 0)])


def test_a_photograph_of_inks_stays_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = shown(written(RED_AND_BLACK, "JPEG", exif=exif))
    assert made.getexif()[0x0112] == 6
