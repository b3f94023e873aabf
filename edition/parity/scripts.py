"""In which script a text is written, whatever it says of its language."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

_FEW, _ENOUGH = 300, 10_000  # letters that are needed, and that are looked at


def script_of(texts: Iterable[str], few: int = _FEW) -> str:
    """CYRILLIC, LATIN, GREEK …: that of most letters. Empty where none has the most, or letters are `few` at best."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(Counter(map(script_of_letter, filter(str.isalpha, text))))
        if counts.total() > _ENOUGH:
            break
    script, count = counts.most_common(1)[0] if counts else ("", 0)
    return script if 2 * count > counts.total() > few else ""


@cache
def script_of_letter(letter: str) -> str:
    """The first word of the letter's name in Unicode."""
    return unicodedata.name(letter, "").partition(" ")[0]
