"""How often two works whose turns are linked one by one are told to be two, and whether a true translation ever is.

Scenes of a play are linked to the cipher (see plays.py) of scenes of another play, of its own other half, and of
themselves, translated closely and twice as freely. Run by hand: `make bench`, or `python -m benchmarks.links --corpus
FOLDER` with a folder of plays in TEI. Exit code 1: a true translation was accused.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.plays import LENGTHS, Play, corpus, made_up, translated
from edition import comparing
from edition.rules import Selection

SIZES = (9, 12, 20, 30, 60)  # turns
PAIRS = 54
STRANGERS, TRUE = ("another play", "the other half"), {"close": LENGTHS, "twice as free": 2 * LENGTHS}


def scene(play: Play, first: int, size: int) -> Play:
    return replace(play, speeches=play.speeches[first : first + size])


def pair(kind: str, plays: list[Play], size: int, chance: random.Random) -> tuple[Play, Play]:
    """A scene, and the translation of a scene that its turns are linked to."""
    play = chance.choice([each for each in plays if len(each.speeches) >= 2 * size])
    half = len(play.speeches) // 2
    ours = theirs = scene(play, chance.randrange(half - size + 1), size)
    if kind == "another play":
        other = chance.choice([each for each in plays if each is not play and len(each.speeches) >= size])
        theirs = scene(other, chance.randrange(len(other.speeches) - size + 1), size)
    elif kind == "the other half":
        theirs = scene(play, half + chance.randrange(half - size + 1), size)
    translation = translated(theirs, chance, TRUE.get(kind, LENGTHS))
    linked = (
        replace(turn, corresp=f"original.xml#{answered.id}")
        for turn, answered in zip(translation.speeches, ours.speeches, strict=True)
    )
    return ours, replace(translation, speeches=tuple(linked))


def are_told_apart(original: Play, translation: Play, folder: Path) -> bool:
    files = original.write(folder / "original.xml"), translation.write(folder / "translation.xml")
    report = comparing.compare(str(files[0]), str(files[1]), Selection()).report
    return any(found.rule.code == "TRN105" for found in report.diagnostics)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--corpus", type=Path, help="a folder of plays in TEI; else plays are made up")
    options.add_argument("--seed", type=int, default=0, help="other scenes and translations")
    asked = options.parse_args()
    plays = corpus(asked.corpus) if asked.corpus else made_up(12)
    accused = 0
    print(f"{len(plays)} plays; of {PAIRS} linked pairs each, those that are told to be two works:")
    for size in SIZES:
        told = {}
        for kind in (*STRANGERS, *TRUE):
            chance = random.Random(f"{asked.seed} {size} {kind}")
            with tempfile.TemporaryDirectory() as folder:
                pairs = (pair(kind, plays, size, chance) for _ in range(PAIRS))
                told[kind] = sum(are_told_apart(*each, Path(folder)) for each in pairs)
        accused += sum(told[kind] for kind in TRUE)
        print(f"  {size:3} turns  " + ", ".join(f"{kind} {count}" for kind, count in told.items()))
    print(f"  promised: no true translation: {'NOT KEPT' if accused else 'kept'}")
    return 1 if accused else 0


if __name__ == "__main__":
    sys.exit(main())
