"""Whether a label is another with a slip of the keys in it: Стаилн for Сталин, but not Сталина, Сталлин or Стал."""

from __future__ import annotations

from edition.parity.romanised import romanised
from edition.parity.sounds import consonants

_LONG = 5  # letters, of words in which one wrong letter is a slip and not another word
_LONG_ENOUGH = 4  # of those in which two have changed places


def is_slip(label: str, usual: str) -> bool:
    """Whether one letter was hit wrong, or two in the wrong order, in one word of a label.

    What people write in two ways is none: the end of a word, a double letter, a vowel more or less or another one.
    """
    words, others = label.casefold().split(), usual.casefold().split()
    if len(words) != len(others):
        return False
    wrong = [(word, other) for word, other in zip(words, others, strict=True) if word != other]
    return len(wrong) == 1 and _is_slip(*wrong[0])


def _is_slip(word: str, other: str) -> bool:
    start = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    ours, theirs = word[start:], other[start:]
    if len(other) >= _LONG_ENOUGH and len(ours) > 1 and ours[:2] == theirs[1::-1] and ours[2:] == theirs[2:]:
        return ours[:2].isalpha()
    if len(other) < _LONG or min(len(ours), len(theirs)) < 2:  # another end, as of a woman or of a case
        return False
    if len(word) == len(other):
        return ours[1:] == theirs[1:] and (ours[0] + theirs[0]).isalpha() and _sound_apart(ours[0], theirs[0])
    longer, shorter = (word, other) if len(word) > len(other) else (other, word)
    return longer[:start] + longer[start + 1 :] == shorter and _is_wanted(longer, start)


def _sound_apart(letter: str, other: str) -> bool:
    """Whether neither of two letters stands for the other in some spelling: vowels do, and consonants of one kind."""
    ours, theirs = ("".join(consonants(romanised(each))) for each in (letter, other))
    return set(ours).isdisjoint(theirs) and bool(ours or theirs)


def _is_wanted(word: str, at: int) -> bool:
    """Whether no spelling leaves out the letter at a place: a vowel, one of two that are alike, or an h."""
    sound = consonants(romanised(word[at]))
    return bool(sound) and "-" not in sound[0] and word[at] not in (*word[max(at - 1, 0) : at], word[at + 1])
