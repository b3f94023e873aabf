"""Whether two names may sound alike in two languages: by their consonants, as far as languages keep these apart.

Vowels are lost between scripts, and which of its kind a consonant is: Schdanow is Жданов, Chruschtschow is Хрущёв,
and Hô Chi Minh is Хо Ши Мин. So each consonant is one of seven, or one of several, or may be nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from edition.parity.romanised import romanised

Consonants = tuple[str, ...]  # each is what it may be, `-` in it where it may be nothing

_NAMESAKES = 0.75
_LONG = 3
_CLEARLY = 0.19  # by how much a namesake is more alike than any other: a fifth is enough

# Groups of letters first. P are all labials but m, T all dentals, K all gutturals, S all hisses, and l and r are one.
_SOUNDS = (
    "schtsch S shch S chzh S tsch S dsch S tszi S tsz S sch S tch S dzh S zh S sh S ch SK cz S sz S ts S tz S cs S",
    "dz S dj S gy TK gh K- kh K ck K ph P th TPS rz LS/S- ng N/K- x KS/S- b P p P f P v P w P- d T t T k K g KS q KS",
    "h K- c SK j SK- s S z S m M n N l L r L",
)
_OF = {
    letters: tuple(sounds.split("/"))
    for line in _SOUNDS
    for letters, sounds in zip(line.split()[::2], line.split()[1::2], strict=True)
}
_GROUP = re.compile("|".join(sorted(_OF, key=len, reverse=True)) + "|.")


def consonants(word: str) -> Consonants:
    """Those of a word in small Latin letters; of neighbours of one kind only the first counts."""
    found: list[str] = []
    last = ""
    for letters in _GROUP.findall(word):
        sounds = _OF.get(letters, ())
        found += [each for each in sounds if each != last]
        last = sounds[-1] if sounds else ""
    if word.startswith("r") and found:
        found[0] = "LS"  # as in Ren, which is Жэнь
    return tuple(found)


def likeness(name: str, other: str) -> float | None:
    """How alike the two words of two names are that are most alike, or the names as a whole: 0 to 1.

    None where that cannot be told: of a name in another script than those known, or of vowels alone.
    """
    ours, theirs = (romanised(each).split() for each in (name, other))
    if any(not word.isascii() for word in (*ours, *theirs)):
        return None
    figures = [{word for word in words if word.isdigit()} for words in (ours, theirs)]
    if figures[0] & figures[1]:
        return 1.0
    here, there = ([consonants(word) for word in words] for words in (ours, theirs))
    pairs = [(mine, its) for mine in (*here, _joined(here)) for its in (*there, _joined(there))]
    # One consonant is little: that of a word is asked only where one of the names is no more than that word.
    least = 2 if min(len(here), len(there)) > 1 else 1
    heard = [_alike(mine, its) for mine, its in pairs if min(map(_obligatory, (mine, its))) >= least]
    return max(heard, default=None)


def are_namesakes(name: str, other: str) -> bool:
    """Whether two names may well be one."""
    return (likeness(name, other) or 0) >= _NAMESAKES


def namesakes(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """The positions of names of which each is the most alike to the other, and by far, but for names that have a
    better namesake themselves."""
    table = [[likeness(name, other) or 0.0 for other in theirs] for name in ours]
    columns = [list(column) for column in zip(*table, strict=True)]
    pairs = []
    for here, row in enumerate(table):
        there = max(range(len(row)), key=row.__getitem__, default=0)
        if (
            row
            and row[there] >= _NAMESAKES
            and not (_has_rival(row, there, columns) or _has_rival(columns[there], here, table))
        ):
            pairs.append((here, there))
    return pairs


def _has_rival(row: Sequence[float], best: int, columns: Sequence[Sequence[float]]) -> bool:
    """Whether another of a row comes near the best, or before it, and is not more like one of another row."""
    return any(
        row[best] - alike < _CLEARLY and max(columns[other]) <= alike
        for other, alike in enumerate(row)
        if other != best
    )


def is_long(word: str) -> bool:
    """Whether a word has so many consonants that two names will not have the same by chance."""
    return _obligatory(consonants(romanised(word))) >= _LONG


def _joined(words: Sequence[Consonants]) -> Consonants:
    return tuple(each for word in words for each in word)


def _obligatory(word: Consonants) -> int:
    return sum("-" not in each for each in word)


def _alike(word: Consonants, other: Consonants) -> float:
    """The share of the consonants that both have in the same order; those that may be nothing count where they match.

    By dynamic programming: the fewest that one has alone, and of these ways the one with most in common.
    """
    rows = [(0, 0)]
    for each in other:
        rows.append((rows[-1][0] + ("-" not in each), 0))
    for mine in word:
        alone = "-" not in mine
        above, rows = rows, [(rows[0][0] + alone, 0)]
        for column, its in enumerate(other, 1):
            ways = [
                (above[column][0] + alone, above[column][1]),
                (rows[-1][0] + ("-" not in its), rows[-1][1]),
            ]
            if not {*mine}.isdisjoint({*its} - {"-"}):
                ways.append((above[column - 1][0], above[column - 1][1] - 1))
            rows.append(min(ways))
    lost, kept = rows[-1]
    return -2 * kept / (lost - 2 * kept) if kept else 0.0
