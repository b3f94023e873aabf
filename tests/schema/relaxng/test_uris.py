"""URIs: the verdicts of jing, which takes them for those of Java, on whatever hands write into attributes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.schema.relaxng.uris import is_uri

GOOD = (
    # Pointers, and paths beside the file.
    "",
    "#",
    "#a",
    "#a b",
    "#a:b",
    "#é",
    "#[",
    "#%41",
    "a",
    "а б",
    "данные/файл.xml#п1",
    "./a:b",
    "../..",
    "?a:b",
    "?[",
    "?a#b?c",
    "C:\\x",
    "C:/x",
    "a\\b",
    '"q"',
    "<a>",
    "{x}",
    "a|b",
    "a^b`",
    "a\u00a0b",
    "\u2028",
    # With a scheme and no slash all that follows is free.
    "a:b",
    "a:?",
    "a:b:c",
    "a:[b]",
    "urn:[",
    "mailto:a@b",
    "tel:+1",
    "prefix:имя",
    # With a host: one that is no address may be called anything.
    "http:/",
    "http:///x",
    "//a:b",
    "http://кто.рф/путь",
    "http://a b/c",
    "http://256.1.1.1/",
    "http://a:8x/",
    "http://a@b@c/",
    "http://%41/",
    "http://a/b?c=[d]#[e]",
    "http://[::1]/",
    "ftp://x:y@[::1]:80/",
    "http://[1:2:3:4:5:6:7:8]",
    "http://[::1.2.3.4]/",
    "http://[fe80::1%eth0]/",
)
BAD = (
    "##",
    "#a#b",
    "%",
    "%2",
    "a%zz",
    "#%4",
    ":a",
    "1:a",
    "-a:b",
    "é:a",
    "a b:c",
    "a:",
    "a:#b",
    "http:",
    "http://",
    "//",
    "http://%/",
    "[",
    "a[b",
    "http://ex.org/[x",
    "http://ex.org/]x",
    "a://b[c",
    "http://a[b@c/",
    "http://[x]/",
    "http://[::1",
    "//[::1]x",
    "http://[1.2.3.4]/",
    "http://[1:2:3:4:5:6:7]/",
    "http://[1::2::3]/",
    "http://[:::1]/",
    "http://[::12345]/",
    "http://[::1.2.3.456]/",
    "http://[1.2.3.4::]/",
    "http://[::1]:2147483648/",
)


@pytest.mark.parametrize("value", GOOD)
def test_what_is_a_uri(value: str) -> None:
    assert is_uri(value)


@pytest.mark.parametrize("value", BAD)
def test_what_is_none(value: str) -> None:
    assert not is_uri(value)


@given(st.text(st.characters(exclude_characters="#%:[]")))
def test_any_text_without_the_signs_of_a_uri_is_a_path(text: str) -> None:
    assert is_uri(text) == (text not in ("//",))
    assert is_uri(f"#{text}")


@given(st.text("[]:/@?#%.1f", max_size=20))
def test_no_text_is_too_odd(text: str) -> None:
    assert is_uri(text) in (True, False)


@pytest.mark.parametrize("part", ["0", "1.", "::", "[", "1:", "@", "%a"])
def test_long_addresses_are_judged_too(part: str) -> None:
    assert not is_uri(f"http://[{part * 50_000}]/")
