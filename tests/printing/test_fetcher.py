"""The closed door: what a print may open, and what becomes of what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.printing.fetcher import Refusals, closed_fetcher
from tests.printing.printed import codes, printed, sample, with_print


@pytest.mark.parametrize(
    "style",
    [
        "@import url('http://127.0.0.1:9/x.css');",
        "@import url('file:///etc/passwd');",
        "@import url('../outside.css');",
        "@import url('%2e%2e/outside.css');",
        "@import url('link.css');",
        "@import url('ftp://127.0.0.1/x.css');",
        "@import url('none.css');",
        "p::before { content: url('http://127.0.0.1:9/x.png') }",
        "p { background-image: url('file:///etc/passwd') }",
        "@font-face { font-family: x; src: url('file:///etc/hostname') } p { font-family: x, 'PT Serif' }",
        "p { background-image: url('picture.svg') }",
    ],
)
def test_what_lies_outside_is_refused_and_found(style: str, tmp_path: Path) -> None:
    folder = tmp_path / "edition"
    config = with_print(sample(folder), stylesheets=("own.css",))
    (tmp_path / "outside.css").write_text("p { color: red }", "utf-8")
    (folder / "link.css").symlink_to(tmp_path / "outside.css")
    (folder / "picture.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image width="9" height="9" href="file:///etc/passwd"/></svg>',
        "utf-8",
    )
    (folder / "own.css").write_text(style, "utf-8")
    rendering = printed(config)
    assert "PDF301" in codes(rendering)
    assert rendering.pdf.startswith(b"%PDF")


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
    refusals = Refusals()
    with pytest.raises(ValueError, match="refused"):
        closed_fetcher(tmp_path, refusals).fetch(address)
    (found,) = refusals.findings({"own.css": f"p\n{address}"})
    assert address in found.message
    assert str(found.location) == "own.css:2"
