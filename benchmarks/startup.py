"""What the command costs beside the bare imports that it cannot do without.

Each pair runs in turn in this one process's children, so that a busy machine slows both alike; of each the median
counts. Run by hand: `make bench`. Exit code 1 means that a ratio is above its promise.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EDITION = str(Path(sys.executable).with_name("edition"))
RUNS = 15


@dataclass(frozen=True, slots=True)
class Pair:
    """A command of ours, what it is measured against, and how many times as long it may take."""

    ours: tuple[str, ...]
    bare: tuple[str, ...]
    promise: float


PAIRS = (
    Pair((EDITION, "--help"), (sys.executable, "-c", "import click"), 2.0),
    Pair((EDITION, "check"), (sys.executable, "-c", "import lxml.etree, xmlschema"), 2.0),
)


def seconds(command: tuple[str, ...]) -> float:
    """Wall-clock seconds of one run in the edition's folder. Raises SystemExit if it fails."""
    begin = time.perf_counter()
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    taken = time.perf_counter() - begin
    if done.returncode:
        raise SystemExit(f"{shown(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return taken


def medians(pair: Pair) -> tuple[float, float]:
    """Medians of both sides, run alternately after one run each that warms the caches."""
    seconds(pair.ours), seconds(pair.bare)
    times = [(seconds(pair.ours), seconds(pair.bare)) for _ in range(RUNS)]
    return statistics.median(ours for ours, _ in times), statistics.median(bare for _, bare in times)


def shown(command: tuple[str, ...]) -> str:
    first = Path(command[0]).name
    return " ".join([first, *(f'"{word}"' if " " in word else word for word in command[1:])])


def main() -> int:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    print(f"medians of {RUNS} runs each, in turn; Python {sys.version.split()[0]}")
    kept = True
    for pair in PAIRS:
        ours, bare = medians(pair)
        ratio = ours / bare
        kept = kept and ratio <= pair.promise
        verdict = "kept" if ratio <= pair.promise else "NOT KEPT"
        for command, taken in ((pair.ours, ours), (pair.bare, bare)):
            print(f"{shown(command):42}{taken * 1000:5.0f} ms")
        print(f"  ratio {ratio:.2f}, promised at most {pair.promise:.0f}: {verdict}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
