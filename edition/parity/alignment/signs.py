"""How a turn is said: how often it asks and exclaims, and how it ends. Translations mostly keep that.

How well these two texts keep it is learned from them, as who is who is; where they do not, it says nothing.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from edition.parity.alignment.arrays import Integers, Reals

_MOST = 3  # of a sign that are counted
_VALUES = _MOST + 1
KINDS = _VALUES**3
_QUESTION, _EXCLAMATION = 2, 3
_ENDS = ("", "…", "?", "!")  # what a turn may end with: a full stop or nothing, a break, a question, an exclamation
_ASKS = re.compile(
    r"[?？؟]|(?<=[\u0370-\u03ff\u1f00-\u1fff])[;\u037e]"
)  # a Greek question ends with what is a semicolon elsewhere
_SAME = str.maketrans({"！": "!", "‥": "…"})
_CLOSING = " \n–—-\"'»«”“’)]"
_NOT_KEPT = 0.05  # how often a sign is another for no reason
_DOUBT = 10.0  # turns' worth of evidence that signs say nothing


def signs_of(words: str) -> int:
    """A number for what a turn asks and exclaims before its end, at most three times each, and for its end."""
    plain = _ASKS.sub("?", words).translate(_SAME).replace("...", "…").rstrip(_CLOSING)
    end = _ENDS.index(plain[-1:]) if plain[-1:] in _ENDS else 0
    inner = plain[:-1]
    return (min(inner.count("?"), _MOST) * _VALUES + min(inner.count("!"), _MOST)) * _VALUES + end


def joined(first: Integers, second: Integers) -> Integers:
    """The signs of two turns in one: the end of the first stands within it."""
    asked, exclaimed, end = _parts(first)
    more_asked, more_exclaimed, last = _parts(second)
    asked = np.minimum(asked + (end == _QUESTION) + more_asked, _MOST)
    exclaimed = np.minimum(exclaimed + (end == _EXCLAMATION) + more_exclaimed, _MOST)
    found: Integers = (asked * _VALUES + exclaimed) * _VALUES + last
    return found


def asks(signs: Integers) -> NDArray[np.bool_]:
    """Whether turns with these signs ask anything."""
    asked, _, end = _parts(signs)
    found: NDArray[np.bool_] = (asked > 0) | (end == _QUESTION)
    return found


def unheard() -> Reals:
    """Costs of signs before anything is known of them."""
    return np.zeros((KINDS, KINDS))


def costs(ours: Integers, theirs: Integers, everywhere: Integers) -> Reals:
    """What each signs beside each cost, learned from those of turns that stand beside each other.

    `everywhere` are the signs of all turns of the translation: what a turn would have that is there by chance.
    """
    parts = (_part_costs(*each) for each in zip(_parts(ours), _parts(theirs), _parts(everywhere), strict=True))
    asked, exclaimed, end = parts
    table = asked[:, None, None, :, None, None] + exclaimed[:, None, None, :, None] + end[:, None, None, :]
    return table.reshape(KINDS, KINDS)


def _part_costs(ours: Integers, theirs: Integers, everywhere: Integers) -> Reals:
    counts = np.zeros((_VALUES, _VALUES))
    np.add.at(counts, (ours, theirs), 1.0)
    chance = np.bincount(everywhere, minlength=_VALUES) + 0.5
    chance /= chance.sum()
    expected = (counts + _DOUBT * chance) / (counts.sum(axis=1, keepdims=True) + _DOUBT)
    found: Reals = -np.log((1 - _NOT_KEPT) * expected / chance + _NOT_KEPT)
    return found


def _parts(signs: Integers) -> tuple[Integers, Integers, Integers]:
    rest, end = np.divmod(signs, _VALUES)
    asked, exclaimed = np.divmod(rest, _VALUES)
    return asked, exclaimed, end
