"""Text outside its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.printing.printed import printed, sample, with_print


@pytest.mark.parametrize(
    "style",
    [
        ".block { width: 400mm }",
        ".speaker { position: relative; left: 300mm }",
        ".speaker { position: relative; top: -300mm }",
        "p { text-indent: -500mm }",
    ],
)
def test_text_that_reaches_over_the_edge_of_its_page_is_found(style: str, tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",))
    (tmp_path / "own.css").write_text(style, "utf-8")
    told = [each for each in printed(config).diagnostics if each.rule.code == "PDF202"]
    assert told
    assert all("reaches over the edge of page" in each.message for each in told)


def test_text_in_the_margin_is_on_the_page(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",))
    (tmp_path / "own.css").write_text(".speaker { position: relative; left: -9mm }", "utf-8")
    assert printed(config).diagnostics == ()
