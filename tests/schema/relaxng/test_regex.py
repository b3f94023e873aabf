r"""Regular expressions of XSD: what they match, which are none, and that none of them runs away."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.schema.relaxng.regex import Regex, RegexError


@pytest.mark.parametrize(
    ("source", "good", "bad"),
    [
        ("", [""], ["a"]),
        ("a|b|", ["a", "b", ""], ["ab"]),
        ("(ab)*c", ["c", "ababc"], ["abab"]),
        ("a{2}", ["aa"], ["a", "aaa"]),
        ("a{2,}", ["aa", "aaaaa"], ["a"]),
        ("a{0,2}b", ["b", "aab"], ["aaab"]),
        (".", ["a", "\t", "\U0001f600"], ["\n", "\r", ""]),
        ("^a$", ["^a$"], ["a"]),
        ("[a-c]", ["b"], ["d", "-"]),
        ("[^a-c]", ["d", "\n"], ["a"]),
        ("[a-z-[aeiou]]+", ["xyz"], ["a", "xay"]),
        ("[^a-[b]]", ["c"], ["a", "b"]),
        (r"[\p{L}-[\p{Lu}-[A]]]+", ["aA"], ["B"]),
        (r"[a\-z]", ["-", "a"], ["b"]),
        ("[-a]", ["-", "a"], ["b"]),
        ("[a-]", ["-", "a"], ["b"]),
        (r"[\w\-]+", ["a-1"], [" "]),
        (r"\d+", ["1", "١"], ["a", ""]),
        (r"\D", ["a"], ["1"]),
        (r"\s\S", [" a"], ["\u00a0a", "a "]),
        (r"\i\c*", ["a1", ":b", "_"], ["1a", "-"]),
        (r"\I\C", ["1 "], ["a ", "1a"]),
        (r"\w\W", ["a."], ["..", "aa"]),
        (r"\p{Lu}\P{Lu}", ["Аб"], ["аб"]),
        (r"[^\p{C}\p{Z}]+", ["a-b"], ["a b", "", "a\u00a0b", "a\u200b"]),
        (r"\p{IsCyrillic}+", ["Мао"], ["Mao"]),
        (r"\P{IsCyrillic}+", ["Mao"], ["Мао"]),
        (r"\.\\\?\*\+\(\)\{\}\[\]\|\-\^", [".\\?*+(){}[]|-^"], ["x"]),
        (r"\n\r\t", ["\n\r\t"], ["nrt"]),
    ],
)
def test_what_is_matched(source: str, good: list[str], bad: list[str]) -> None:
    regex = Regex(source)
    assert [value for value in good if not regex.matches(value)] == []
    assert [value for value in bad if regex.matches(value)] == []


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("(", "not closed"),
        (")", "closes nothing"),
        ("[a", "too early"),
        ("[]", "stands inside"),
        ("a**", "where a character must stand"),
        ("a{2,1}", "no sensible count"),
        ("a{,2}", "after {"),
        ("a{99999999}", "no sensible count"),
        ("[z-a]", "backwards"),
        ("\\", "too early"),
        (r"\q", "no escape"),
        (r"\p{Xx}", "no category"),
        (r"\p{IsKlingon}", "no block"),
        (r"\pL", "needs a category"),
        ("(" * 200 + ")" * 200, "too deeply"),
    ],
)
def test_what_is_no_expression(source: str, what: str) -> None:
    with pytest.raises(RegexError, match=re.escape(what)):
        Regex(source)


@pytest.mark.parametrize(
    "source", ["(a+)+b", "(a|aa)+b", "(a*)*b", "a*a*a*a*a*b", "(.*a){20}", "((a{0,50}){0,50}){0,50}b"]
)
def test_none_runs_away(source: str) -> None:
    before = time.process_time()
    try:
        assert not Regex(source).matches("a" * 2_000 + "c")
    except RegexError as error:
        assert "judged" in str(error)  # noqa: PT017 - either is right
    assert time.process_time() - before < 5


atoms = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", "(a|b)", "(ab)"])
pieces = st.builds(str.__add__, atoms, st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,2}"]))
branches = st.lists(pieces, max_size=4).map("".join)
expressions = st.lists(branches, min_size=1, max_size=3).map("|".join)


@given(expressions, expressions, st.lists(st.text("ab1", max_size=6), max_size=20))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_like_another_engine(one: str, two: str, values: list[str]) -> None:
    """Where both mean the same, Python's own engine agrees."""
    source = f"({one})({two})?"
    regex, other = Regex(source), re.compile(source)
    for value in values:
        assert regex.matches(value) == (other.fullmatch(value) is not None), (source, value)
