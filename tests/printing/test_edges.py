"""Text outside its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.printing.printed import printed, reader, rewrite, sample, with_print

ADDRESS = (
    "https://www.example.org/a-long/path_to/the.document?query=word&amp;other=another-word&amp;third=1950-01-22#it"
)
DIGEST = "0123456789abcdef" * 4
LETTERS = "Wqrtzpsdfghjklmnbvcxwqrtzpsdfghjklmnbvcxwqrtzpsdfghjklmnbvcxwqrtzpsdfghjklmnbvcxwqrtzpsdfghjk"


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


@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_addresses_and_digests_end_lines_and_are_read_without_signs_of_it(layout: str, tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), layout=layout)
    rewrite(
        tmp_path / "talk.en.xml",
        ("a bridge across", f'<ref target="{ADDRESS}">{ADDRESS}</ref>, {ADDRESS} and {DIGEST} across'),
        ("names no year", f"names {ADDRESS}"),
    )
    rewrite(tmp_path / "talk.ru.xml", ('"https://creativecommons.org/licenses/by/4.0/"', f'"{ADDRESS}"'))
    rendering = printed(config)
    assert rendering.diagnostics == ()
    text = "".join("".join(page.extract_text().split()) for page in reader(rendering).pages)
    assert text.count(ADDRESS.replace("&amp;", "&")) == 4
    assert DIGEST in text
    assert "\u200b" not in text


@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_a_word_that_is_too_long_for_its_line_is_told_where_the_source_has_it(layout: str, tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), layout=layout)
    rewrite(
        tmp_path / "talk.en.xml", ("the road is\n", f'the\n <foreign xml:lang="zxx">{LETTERS}</foreign> road is\n')
    )
    (told,) = printed(config).diagnostics
    assert told.rule.code == "PDF202"
    lines = (tmp_path / "talk.en.xml").read_text("utf-8").split("\n")
    assert told.location.path == "talk.en.xml"
    assert LETTERS in lines[(told.location.line or 0) - 1]
    assert "soft hyphen" in told.hint
