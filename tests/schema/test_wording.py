"""How messages name things, and what a good value looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.schema.declarations import Values
from edition.schema.values import bad_word, expectation, suggestion
from edition.schema.wording import Names, is_slip, listed, nearest, quoted


def test_names_have_the_prefixes_of_their_document() -> None:
    names = Names.of(etree.fromstring('<a xmlns="urn:a" xmlns:m="urn:m"/>'), ["urn:home"])
    written = [names.plain(f"{{{uri}}}x") for uri in ("urn:home", "urn:a", "urn:m", "urn:other")]
    assert written == ["x", "x", "m:x", "{urn:other}x"]
    assert names.tag("{http://www.w3.org/XML/1998/namespace}id") == "<xml:id>"


@pytest.mark.parametrize(
    ("word", "near"),
    [("Speaker", "speaker"), ("speker", "speaker"), ("b", "hi"), ("pp", "p"), ("zzz", None), ("x" * 10_000, None)],
)
def test_the_nearest_name(word: str, near: str | None) -> None:
    assert nearest(word, ["speaker", "sp", "hi", "p"]) == near


def test_a_slip_is_alike_and_a_synonym_is_not() -> None:
    assert is_slip("{urn:a}Speaker", "{urn:b}speaker")
    assert not is_slip("strong", "hi")


def test_lists_are_short() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b or c"
    assert listed(list("abcdefg")) == "a, b, c, d, e, f or g"
    assert listed(list("abcdefgh")) == "a, b, c, d, e, f and 2 more"


@given(st.text(max_size=200))
def test_what_is_quoted_is_one_short_line(text: str) -> None:
    assert "\n" not in quoted(text)
    assert len(quoted(text)) <= 43


def of_kind(kind: str, *accepted: str) -> Values:
    return Values(accepted.__contains__, kind=kind)


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("22.1.1950", "1950-01-22"),
        ("22. 01. 1950", "1950-01-22"),
        ("1950-1-22", "1950-01-22"),
        ("1950–01–22", "1950-01-22"),
        (" 1950-01-22 ", "1950-01-22"),
        ("1,5", "1.5"),
        ("1 234", "1234"),
        ("51 %", "51"),
        ("TRUE", "true"),
        ("yesterday", None),
    ],
)
def test_slips_of_the_hand_are_seen_through(value: str, meant: str | None) -> None:
    values = of_kind("token", "1950-01-22", "1.5", "1234", "51", "true")
    assert suggestion(values, value) == meant


def test_only_where_a_pointer_may_stand_one_is_suggested() -> None:
    pointer, text = of_kind("anyURI", "#mao"), of_kind("string", "#mao")
    assert suggestion(pointer, "mao") == "#mao"
    assert suggestion(Values(pointer.accepts, members=(of_kind("date"), pointer)), "mao") == "#mao"
    assert suggestion(text, "mao") is None


def test_nothing_is_suggested_for_values_that_were_not_judged() -> None:
    assert suggestion(Values(lambda value: True, unchecked=True), "Mao") is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (of_kind("date"), "a date as YYYY-MM-DD"),
        (of_kind("unsignedByte"), "a whole number from 0 to 255"),
        (Values(bool, kind="double", bounds=(("minInclusive", "0"),)), "a number, 0 or more"),
        (Values(bool, kind="byte", bounds=(("minInclusive", "0"),)), "a whole number, 0 or more"),
        (Values(bool, kind="token", patterns=("a*", ".{2}")), "text that matches a* or .{2}"),
        (Values(bool, kind="token", patterns=("a*", ".{2}"), all_patterns=True), "text that matches a* and .{2}"),
        (Values(bool, kind="token", patterns=(r"(\-?[\d]+/\-?[\d]+)",)), "a fraction such as 1/2"),
        (Values(bool, excepted=("bad", "worse")), 'text but not "bad" or "worse"'),
        (Values(bool, kind="integer", bounds=(("minInclusive", "1"), ("maxInclusive", "9"))), " from 1 to 9"),
        (Values(bool, kind="string", bounds=(("minLength", "1"),)), "text that is not empty"),
        (Values(bool, kind="string", bounds=(("minLength", "2"), ("maxLength", "4"))), "text of 2 to 4 characters"),
        (Values(bool, kind="string", bounds=(("maxLength", "1"),)), "text of at most 1 character"),
        (Values(bool, kind="string", bounds=(("minLength", "3"),)), "text of at least 3 characters"),
        (Values(bool, kind="string", bounds=(("length", "3"),)), "text of 3 characters"),
        (Values(bool, kind="token", patterns=("[a-z]+",)), "text that matches [a-z]+"),
        (Values(bool, choices=("a", "b")), '"a" or "b"'),
        (Values(bool, note="A leaf: 29 to 38", choices=("29",)), "a leaf: 29 to 38"),
        (Values(bool, note="BCP 47 code"), "BCP 47 code"),
        (Values(bool, members=(of_kind("date"), of_kind("gYear"), of_kind("gYear"))), "a date as YYYY-MM-DD or YYYY"),
        (Values(bool, item=of_kind("NCName")), "several with spaces between"),
    ],
)  # fmt: skip
def test_what_a_good_value_looks_like(values: Values, words: str) -> None:
    assert words in expectation(values)


def test_of_a_list_the_bad_word_is_told() -> None:
    items = of_kind("token", "a", "b")
    assert bad_word(Values(lambda value: False, item=items), "a x b y") == ("x", items)
