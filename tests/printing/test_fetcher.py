"""The closed door: what a print may open, and what becomes of what it may not."""

from __future__ import annotations

import contextlib
import gzip
import io
import socket
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from edition.config import Config
from edition.diagnostics import Diagnostic
from edition.printing.fetcher import Refusals, closed_fetcher
from tests.printing.printed import codes, press_profile, printed, rewrite, sample, with_print

# Each print takes a second, so one print is asked for many things. Each must be found by itself.


def styled(config: Config, styles: Sequence[str]) -> Config:
    """An edition with stylesheets 0.css, 1.css and so on."""
    names = tuple(f"{number}.css" for number in range(len(styles)))
    for name, style in zip(names, styles, strict=True):
        (config.root / name).write_text(style, "utf-8")
    return with_print(config, stylesheets=names)


def with_drawings(config: Config, drawings: Sequence[str]) -> Config:
    """An edition that shows drawings: 0.svg, 1.svg and so on, each with its inside on the second line."""
    for number, inside in enumerate(drawings):
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">\n{inside}</svg>'
        (config.root / f"{number}.svg").write_text(drawing, "utf-8")
    shown = ", ".join(f"url('{number}.svg')" for number in range(len(drawings)))
    return styled(config, [f"h2 {{ background-image: {shown} }}"])


def refused(config: Config) -> list[Diagnostic]:
    return [found for found in printed(config).diagnostics if found.rule.code == "PDF301"]


def test_what_lies_outside_is_refused_and_found(tmp_path: Path) -> None:
    folder = tmp_path / "edition"
    config = sample(folder)
    for name in ("outside.css", "beyond.css"):
        (tmp_path / name).write_text("p { color: red }", "utf-8")
    (folder / "link.css").symlink_to(tmp_path / "outside.css")
    styles = [
        "@import url('http://127.0.0.1:9/x.css');",
        "@import url('file:///etc/passwd');",
        "@import url('../outside.css');",
        "@import url('%2e%2e/beyond.css');",
        "@import url('link.css');",
        "@import url('ftp://127.0.0.1/x.css');",
        "@import url('none.css');",
        "p::before { content: url('http://127.0.0.1:9/x.png') }",
        "h2 { background-image: url('file:///etc/hosts') }",
        "@font-face { font-family: x; src: url('file:///etc/hostname') } p { font-family: x, 'PT Serif' }",
    ]
    rendering = printed(styled(config, styles))
    found = [each for each in rendering.diagnostics if each.rule.code == "PDF301"]
    assert {each.location.path for each in found} == {f"{number}.css" for number in range(len(styles))}
    assert rendering.pdf.startswith(b"%PDF")


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """The address of a server that sends each caller on to a file, and who called."""
    called: list[object] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(20)

    def answer() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, caller = server.accept()
                called.append(caller)
                connection.sendall(b"HTTP/1.0 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n")
                connection.close()

    threading.Thread(target=answer, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/a.css", called
    server.close()


@pytest.mark.parametrize(
    "inside",
    [
        '<image width="9" height="9" href="ADDRESS"/>',
        '<image width="9" height="9" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="ADDRESS"/>',
        '<style>@font-face { font-family: x; src: url("ADDRESS") }</style><text y="9" font-family="x">x</text>',
        '<image width="9" height="9" href="data:image/svg+xml,%3Csvg xmlns=\'http://www.w3.org/2000/svg\' '
        "width='9' height='9'%3E%3Cimage width='9' height='9' href='ADDRESS'/%3E%3C/svg%3E\"/>",
    ],
    ids=["image", "xlink", "font-face", "data"],
)
def test_a_drawing_reaches_nothing_outside(inside: str, listener: tuple[str, list[object]], tmp_path: Path) -> None:
    folder, (address, called) = tmp_path / "edition", listener
    config = sample(folder)
    (tmp_path / "outside.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (folder / "link.svg").symlink_to(tmp_path / "outside.svg")
    wanted = ["file:///etc/passwd", "../outside.svg", "link.svg", address]
    found = refused(with_drawings(config, [inside.replace("ADDRESS", each) for each in wanted]))
    names = ("passwd", "outside.svg", "link.svg", "a.css")
    assert [name for name in names if not any(f"{name}, which is no file" in one.message for one in found)] == []
    assert called == []


PARTS = {
    "use": '<use href="ADDRESS#part"/>',
    "xlink": '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="ADDRESS#part"/>',
    "import": '<style>@import url("ADDRESS");</style><rect width="9" height="9"/>',
    "cdata": '<style><![CDATA[@import "ADDRESS";]]></style><rect width="9" height="9"/>',
    "styled": '<style>/* of */ rect { fill: url("ADDRESS#part") }</style><rect width="9" height="9"/>',
    "html": '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="ADDRESS"/></foreignObject>',
    "object": '<foreignObject><object xmlns="http://www.w3.org/1999/xhtml" data="ADDRESS"/></foreignObject>',
    "fill": '<rect width="9" height="9" fill="url(ADDRESS#part)"/>',
    "style": '<rect width="9" height="9" style="fill: url(\'ADDRESS#part\')"/>',
}


@pytest.mark.parametrize("where", ["listener", "part.svg", "../part.svg"])
def test_what_a_drawing_takes_from_elsewhere_is_found_and_not_even_asked_for(
    where: str, listener: tuple[str, list[object]], tmp_path: Path
) -> None:
    """Whether it lies in the edition or not: the drawing is printed without it."""
    address, called = listener
    wanted = address if where == "listener" else where
    config = sample(tmp_path)
    (tmp_path / "part.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><g id="part"/></svg>', "utf-8")
    found = refused(with_drawings(config, [inside.replace("ADDRESS", wanted) for inside in PARTS.values()]))
    for number, (one, name) in enumerate(zip(found, PARTS, strict=True)):
        assert str(one.location) == f"{number}.svg:2", name
        assert f"the drawing {number}.svg takes a part from {wanted}" in one.message, name
    assert called == []


def test_a_stylesheet_of_a_drawing_is_found(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",))
    (tmp_path / "picture.svg").write_text(
        '<?xml-stylesheet type="text/css" href="own.css"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8"
    )
    (tmp_path / "own.css").write_text("h2 { background-image: url('picture.svg') }", "utf-8")
    (found,) = refused(config)
    assert str(found.location) == "picture.svg:1"


def test_a_drawing_that_has_all_it_needs_is_printed(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",))
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs><linearGradient id="g"/></defs>'
        "<style>@namespace url(http://www.w3.org/2000/svg); /* url(old.svg#a) */ a { stroke: url('#g') }"
        " @font-face { font-family: x; src: url('own.css') }</style>"
        '<a href="https://example.org/"><rect id="r" width="9" height="9" fill="url(#g)"/></a><use href="#r"/></svg>'
    )
    (tmp_path / "picture.svg").write_text(drawn, "utf-8")
    (tmp_path / "own.css").write_text("h2 { background-image: url('picture.svg') }", "utf-8")
    assert refused(config) == []


def test_a_picture_is_named_by_its_path_in_the_edition(tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(
        tmp_path / "talk.en.xml",
        (
            "We are building",
            '<figure><graphic url="maps/line 1.png"/><figDesc>A map</figDesc></figure> We are building',
        ),
    )
    (found,) = refused(config)
    assert found.message == "the print asks for maps/line 1.png, which is no file of the edition"


def test_a_style_calls_nobody(listener: tuple[str, list[object]], tmp_path: Path) -> None:
    address, called = listener
    styles = [
        "@import url('ADDRESS');",
        "h2 { background-image: url('ADDRESS') }",
        "@font-face { font-family: x; src: url('ADDRESS') } p { font-family: x, 'PT Serif' }",
        "@color-profile --x { src: url('ADDRESS') }",
        "li { list-style-image: url('ADDRESS') }",
        "p::before { content: url('ADDRESS') }",
    ]
    wanted = [f"{address}?{number}" for number in range(len(styles))]
    asking = [style.replace("ADDRESS", each) for style, each in zip(styles, wanted, strict=True)]
    found = refused(styled(sample(tmp_path), asking))
    assert [each for each in wanted if not any(each in one.message for one in found)] == []
    assert called == []


def test_what_lies_inside_is_opened(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("styles/own.css",))
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "own.css").write_text("@import url('more.css');", "utf-8")
    (tmp_path / "styles" / "more.css").write_text("@page { size: 200mm 250mm }", "utf-8")
    assert codes(printed(config)) == []


@pytest.mark.parametrize(
    "address", ["http://x.org/a", "file://host/etc/passwd", "file:///etc/pass%00wd", "x:y", "file:///"]
)
def test_the_fetcher_refuses(address: str, tmp_path: Path) -> None:
    refusals = Refusals(tmp_path)
    with pytest.raises(ValueError, match="refused"):
        closed_fetcher(tmp_path, refusals).fetch(address)
    (found,) = refusals.findings({"own.css": f"p\n{address}"})
    assert address in found.message
    assert str(found.location) == "own.css:2"


def with_pictures(config: Config, *names: str) -> Config:
    """The edition with figures of some of its files in the first paragraph of the translation."""
    shown = " ".join(f'<figure><graphic url="{name}"/><figDesc>A map</figDesc></figure>' for name in names)
    rewrite(config.root / "talk.en.xml", ("We are building", f"{shown} We are building"))
    return config


def test_pictures_that_only_a_print_cannot_show_are_made_anew(tmp_path: Path) -> None:
    """Sixteen bits of grey and four inks, in both files."""
    config = with_pictures(with_print(sample(tmp_path), press_profile="press.icc"), "deep.png", "inks.jpg")
    (tmp_path / "press.icc").write_bytes(press_profile())
    Image.new("I;16", (8, 8), 0x8080).save(tmp_path / "deep.png")
    Image.new("CMYK", (9, 9), (0, 255, 255, 0)).save(tmp_path / "inks.jpg")
    rendering = printed(config)
    assert codes(rendering) == []
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        images = [
            pikepdf.PdfImage(each) for each in pdf.objects if isinstance(each, pikepdf.Stream) and is_image(each)
        ]
        shown = {each.width: each.as_pil_image().convert("RGB").getpixel((4, 4)) for each in images}
    assert shown[8] == (128, 128, 128)
    assert isinstance(shown[9], tuple)
    assert shown[9][0] > 240 > 20 > shown[9][1]


def test_a_picture_that_cannot_be_read_is_found_where_it_stands(tmp_path: Path) -> None:
    """Also within a drawing; and one of which nobody knows what is white."""
    broken = {
        "text.png": b"no picture",
        "open.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><g></svg>',
        "entity.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><text>&unknown;</text></svg>',
        "drawing.svgz": gzip.compress(b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        "half of it.png": half(Image.effect_noise((99, 99), 50)),
        "32 bits.tif": saved(Image.new("F", (9, 9)), "TIFF"),
    }
    config = with_pictures(
        with_drawings(sample(tmp_path), ['<image href="inside.png" width="9" height="9"/>']), *broken
    )
    for name, content in {**broken, "inside.png": b"no picture"}.items():
        (tmp_path / name).write_bytes(content)
    found = [each for each in printed(config).diagnostics if each.rule.code == "PDF303"]
    line = (tmp_path / "talk.en.xml").read_text("utf-8").partition("text.png")[0].count("\n") + 1
    places = dict.fromkeys(broken, f"talk.en.xml:{line}") | {"inside.png": "0.svg:2"}
    assert {
        each.message.split(" cannot")[0].removeprefix("the picture "): str(each.location) for each in found
    } == places
    assert any(each.message.endswith("of its 32-bit greys are black and white") for each in found)
    assert len(found) == len(places)


def saved(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def half(picture: Image.Image) -> bytes:
    content = saved(picture, "PNG")
    return content[: len(content) // 2]


def is_image(thing: pikepdf.Stream) -> bool:
    return str(thing.get("/Subtype")) == "/Image"
