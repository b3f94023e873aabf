"""Which names travel, which are one name twice, and which lead out of a bag."""

from __future__ import annotations

import pytest

from edition.bagging.names import fold, is_clutter, leads_out, trouble_with_path, twins


@pytest.mark.parametrize(
    "path",
    [
        "data/source/record.ru.xml",
        "data/Запись беседы.xml",
        "data/50%.xml",
        "data/a~b",
        "data/console.xml",
        "data/..c",
        "data/" + "é" * 127,
        "data/می\u200cخواهم.xml",
    ],
)
def test_names_that_travel(path: str) -> None:
    assert trouble_with_path(path) == ""
    assert leads_out(path) == ""


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("data/a:b", "Windows allows no : in names"),
        ("data/COM1.xml/a", "COM1 is the name of a device on Windows"),
        ("data/lpt³", "lpt³ is the name of a device on Windows"),
        ("data/a\\b", "Windows allows no \\ in names"),
        ("data/a\u2028b", "the name holds a control character"),
        ("data/a\u202egpj.xml", "the name holds U+202E, which shows as nothing or turns what follows around"),
        ("data/a\u200b", "the name holds U+200B, which shows as nothing or turns what follows around"),
        ("data/a ", "the name begins or ends with white space"),
        ("data/é" + "a" * 254, "the name is longer than 255 bytes"),
        ("data/" + "/".join(["a" * 50] * 5), "the path is longer than 255 characters"),
        ("data/a\udce9", "the name is not UTF-8"),
    ],
)
def test_names_that_do_not_travel(path: str, trouble: str) -> None:
    assert trouble_with_path(path) == trouble


@pytest.mark.parametrize(
    ("one", "other"), [("A", "a"), ("é", "e\u0301"), ("ẞ", "ss"), ("Å", "\u212b"), ("ЗАПИСЬ", "запись")]
)
def test_what_is_one_name_on_some_systems(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert list(twins([one, "between", other])) == [(one, other)]


@pytest.mark.parametrize(
    "path", ["/a", "../a", "a/../b", "a/..", "..", "~", "~a/b", "c:a", "C:\\a", "\\\\a\\b", "a\\..\\b"]
)
def test_what_leads_out(path: str) -> None:
    assert leads_out(path)


def test_clutter() -> None:
    assert [name for name in (".DS_Store", "Thumbs.db", "._a.xml", "a.xml", ".keep") if is_clutter(name)] == [
        ".DS_Store",
        "Thumbs.db",
        "._a.xml",
    ]
