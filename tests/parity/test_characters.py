"""Large numbers in the characters of Chinese and Japanese, which have no table of words."""

from __future__ import annotations

import pytest

from .test_values import compared

FAITHFUL = [
    ("两万五千。", "25,000."),
    ("两万五", "Twenty-five thousand"),
    ("三千人", "three thousand people"),
    ("三萬五千", "35,000"),
    ("三四千人", "three or four thousand people"),
    ("一千零一夜", "The 1001 Nights"),
    ("一亿二千万", "120,000,000"),
    ("二十万零三百", "200,300"),
    ("千万不要去", "By no means go there with your 10,000"),
    ("百分之二十", "20 percent"),
    ("一九四九年", "1949"),
]


@pytest.mark.parametrize(("ours", "theirs"), FAITHFUL)
def test_the_same_number_is_passed_in_silence(ours: str, theirs: str) -> None:
    assert [each.message for each in compared(ours, theirs, languages="zh en")] == []
    assert [each.message for each in compared(theirs, ours, languages="en zh")] == []


@pytest.mark.parametrize(("ours", "theirs"), [("两万五千。", "250,000."), ("约三千人。", "Five thousand people.")])
def test_another_large_number_is_found(ours: str, theirs: str) -> None:
    assert [each.rule.code for each in compared(ours, theirs, languages="zh en")] == ["VAL202"]
