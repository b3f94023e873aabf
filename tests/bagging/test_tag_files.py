"""How tag files are written: encoded paths, sorted manifests, and fields that stay what they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.bagging.tag_files import LINE_LENGTH, bag_info, encode_path, manifest
from edition.errors import EditionError


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("data/50%.xml", "data/50%25.xml"),
        ("data/50%25.xml", "data/50%2525.xml"),
        ("data/a\nb\rc", "data/a%0Ab%0Dc"),
        ("data/é ü.xml", "data/é ü.xml"),
    ],
)
def test_only_percent_sign_and_line_ends_are_encoded(path: str, written: str) -> None:
    assert encode_path(path) == written


def test_a_manifest_is_sorted_by_bytes() -> None:
    paths = ["data/é", "data/z", "data/Z", "data/a/b", "data/a-b", "data/\U00010000", "data/\uffee"]
    written = manifest((path, b"\xab") for path in paths).decode("utf-8").splitlines()
    assert [line.removeprefix("ab  ") for line in written] == sorted(paths, key=lambda path: path.encode("utf-8"))


def test_a_long_value_goes_on_below() -> None:
    written = bag_info([("External-Description", "word " * 40)]).decode("ascii")
    first, *more = written.splitlines()
    assert first.startswith("External-Description: word")
    assert more
    assert all(line.startswith("  word") for line in more)
    assert all(len(line) <= LINE_LENGTH for line in (first, *more))
    assert written.split() == ["External-Description:", *["word"] * 40]


def test_a_word_that_fits_no_line_stays_whole() -> None:
    address = "https://archive.example/" + "a" * 100
    assert bag_info([("External-Identifier", address)]).decode("ascii") == f"External-Identifier: {address}\n"


@pytest.mark.parametrize(
    "value", ["x\nPayload-Oxum: 0.0", "x\r\nBag-Count: 1", "x\u2028Bag-Count: 1", "x\x85y: z", "\n\n", "x\x0by: z"]
)
def test_a_value_forges_no_field(value: str) -> None:
    written = bag_info([("Contact-Name", value), ("Contact-Phone", "1")]).decode("utf-8")
    labels = [line.partition(":")[0] for line in written.splitlines() if not line.startswith(" ")]
    assert labels == (["Contact-Name", "Contact-Phone"] if value.strip() else ["Contact-Phone"])


@given(st.lists(st.tuples(st.from_regex(r"[A-Za-z][A-Za-z-]{0,20}", fullmatch=True), st.text()), max_size=4))
def test_as_many_fields_as_have_a_value(fields: list[tuple[str, str]]) -> None:
    written = bag_info(fields).decode("utf-8").split("\n")
    labels = [line.partition(":")[0] for line in written if line and not line.startswith(" ")]
    assert labels == [label for label, value in fields if any(map(says_something, value))]


def says_something(letter: str) -> bool:
    return not letter.isspace() and unicodedata.category(letter) != "Cc"


@pytest.mark.parametrize("label", ["", " Contact", "Contact ", "Con:tact", "Con\ntact", "\tContact", "Con\u2028tact"])
def test_what_cannot_be_a_label_is_refused(label: str) -> None:
    with pytest.raises(EditionError, match="cannot be a label"):
        bag_info([(label, "x")])
