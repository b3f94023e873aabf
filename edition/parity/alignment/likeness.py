"""How alike names are, in whatever script: a first guess of who is who, to be proved by where they stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from edition.parity.alignment.arrays import Reals
from edition.parity.romanised import romanised


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
