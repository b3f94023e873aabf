"""Bags whose making is killed at random moments, as a folder and in every archive, with and without replacing.

After each kill the target must be absent or whole, or where it was to be replaced, the old or the new one whole; the
sources as they were; and the next run must succeed and leave nothing beside the bag. Run by hand, and a few times in
the tests: `python benchmarks/killed_bags.py TIMES [SEED] [EDITION]`. With the folder of an edition the whole command
`edition bag` is killed, not its last part alone. Exit code 1 means that a kill did harm, or that none came in time.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from edition import cli
from edition.bagging import FORMS, BagPlan, gather, serialise, stage, verify

DATES = (1_700_000_000, 1_800_000_000)  # of the old bag and of the new one
SOURCES = 20  # files, of which one is large enough for a thread of its own


@dataclass(frozen=True, slots=True)
class Making:
    """How a bag is made: `make` is given a date and whether to replace; what comes of it lies at `target`."""

    target: Path
    make: Callable[[int, bool], None]


def by_hand(place: Path, form: str) -> Making:
    """The making of a bag of some files, without what comes before it in an edition."""
    files, bag = place / "files", place / "output" / "bag"
    files.mkdir()
    for number in range(SOURCES):
        size = 5 << 20 if number == 7 else 20_000
        (files / f"leaf-{number:02}.tif").write_bytes(os.urandom(size // 4) + bytes(size - size // 4))

    def make(date: int, replace: bool) -> None:
        plan = BagPlan(gather(place, ["files"]), datetime.fromtimestamp(date, UTC))
        with ExitStack() as opened:
            made = opened.enter_context(stage(plan, bag))
            archive = opened.enter_context(serialise(made, form)) if form != "folder" else None
            (archive or made).publish(replace=replace)

    return Making(bag if form == "folder" else bag.with_name(f"bag.{form}"), make)


def by_command(place: Path, form: str, edition: Path) -> Making:
    """`edition bag` on a copy of an edition."""
    home = Path(shutil.copytree(edition, place / "files", ignore=shutil.ignore_patterns("output", ".*")))

    def make(date: int, replace: bool) -> None:
        os.environ["SOURCE_DATE_EPOCH"] = str(date)
        options = ["--quiet", "--output", os.devnull, *(["--replace"] if replace else [])]
        if cli.main(["bag", str(home), "--serialise", form, *options]):
            raise SystemExit("an edition that cannot be packed")

    make(DATES[0], False)
    (target,) = (home / "output").iterdir()
    remove(target)
    return Making(target, make)


def remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def digest(path: Path) -> str:
    """Of a file, or of all files in a folder with their names; empty where there is nothing."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    inside = sorted(file for file in path.rglob("*") if file.is_file())
    names = "".join(f"{file.relative_to(path)}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\0" for file in inside)
    return hashlib.sha256(names.encode()).hexdigest() if inside else ""


def sources(making: Making, place: Path) -> list[tuple[Path, int, str]]:
    """All files that are no output, with their times and digests."""
    files = (file for file in sorted((place / "files").rglob("*")) if file.is_file())
    kept = (file for file in files if making.target.parent not in file.parents)
    return [(file, file.stat().st_mtime_ns, digest(file)) for file in kept]


def killed(making: Making, moment: float, replace: bool) -> bool:
    """Make the new bag in a process of its own and kill it after so many seconds; whether it was still at it."""
    child = os.fork()
    if child == 0:
        signal.alarm(120)
        try:
            making.make(DATES[1], replace)
        finally:
            os._exit(0)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def harm(making: Making, allowed: dict[str, str]) -> Iterator[str]:
    """What is not as it should be after a kill; `allowed` are the digests that the target may have."""
    if digest(making.target) not in allowed:
        yield "the target is neither absent nor whole"
    elif making.target.exists() and (found := list(verify(making.target))):
        yield f"the target is not valid: {found[0]}"


def rounds(making: Making, place: Path, times: int, chance: random.Random, replace: bool) -> Counter[str]:
    """Kill the making so many times: how often the target was absent, old or new, and what harm was done."""
    seen: Counter[str] = Counter()
    making.make(DATES[1], False)
    new = digest(making.target)
    begin = time.monotonic()
    making.make(DATES[0], True)
    lasting, old = time.monotonic() - begin, digest(making.target)
    allowed = {new: "new"} | ({old: "old"} if replace else {"": "absent"})
    before = sources(making, place)
    for _ in range(times):
        if not replace:
            remove(making.target)
        seen["killed"] += killed(making, chance.uniform(0, 1.1 * lasting), replace)
        seen["left over"] += any(each != making.target for each in making.target.parent.iterdir())
        for what in harm(making, allowed):
            seen[f"HARM: {what}"] += 1
        seen[allowed.get(digest(making.target), "broken")] += 1
        seen["HARM: the sources were changed"] += sources(making, place) != before
        making.make(DATES[0], True)
        if digest(making.target) != old or list(making.target.parent.iterdir()) != [making.target]:
            seen["HARM: the next run was not clean"] += 1
    return seen


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    edition = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    done: Counter[str] = Counter()
    for form in ("folder", *FORMS):
        for replace in (False, True):
            with tempfile.TemporaryDirectory() as name:
                place = Path(name)
                making = by_command(place, form, edition) if edition else by_hand(place, form)
                seen = rounds(making, place, times, chance, replace)
            done += seen
            words = ", ".join(f"{count} {what}" for what, count in seen.items() if count)
            print(f"{form:7} {'replacing' if replace else 'new':9} {times} times: {words}", flush=True)
    return 1 if any(what.startswith("HARM") for what in +done) or not done["left over"] else 0


if __name__ == "__main__":
    sys.exit(main())
