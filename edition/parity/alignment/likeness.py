"""How alike names are, in whatever script: a first guess of who is who, to be proved by where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

from edition.parity.alignment.arrays import Reals

# Letters as they are mostly romanised, without their accents; a dot is nothing.
_CYRILLIC = """
    а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch
    ъ . ы y ь . э e ю yu я ya і i є ie ґ g ў u
    """
_GREEK = "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o"


def _table(letters: str) -> dict[str, str]:
    pairs = letters.split()
    return {letter: latin.replace(".", "") for letter, latin in zip(pairs[::2], pairs[1::2], strict=True)}


_LATIN = str.maketrans(_table(_CYRILLIC) | _table(_GREEK))


def romanised(name: str) -> str:
    """Small Latin letters and digits, as near as a table of letters comes; other scripts are kept."""
    plain = "".join(
        each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each)
    )
    return " ".join("".join(each if each.isalnum() else " " for each in plain.translate(_LATIN)).split())


def likeness(ours: Sequence[str], theirs: Sequence[str]) -> Reals:
    """For each name here and there, from 0 to 1, how many pairs of letters they share (cosine)."""
    counted = [_letter_pairs(name) for name in (*ours, *theirs)]
    numbers = {pair: number for number, pair in enumerate(sorted({pair for pairs in counted for pair in pairs}))}
    table = np.zeros((len(counted), max(len(numbers), 1)))
    for row, pairs in enumerate(counted):
        for pair in pairs:
            table[row, numbers[pair]] += 1
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    found: Reals = table[: len(ours)] @ table[len(ours) :].T
    return found


def _letter_pairs(name: str) -> list[str]:
    padded = f" {romanised(name)} "
    return [padded[at : at + 2] for at in range(len(padded) - 1)] if padded.strip() else []
