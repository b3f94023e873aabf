"""What bags cost, in seconds of CPU, beside plain hashlib and bagit-python on the same files in the same run.

Each measurement is a process of its own; of each the median counts. Run by hand, on a quiet machine:
`python benchmarks/bags.py [FOLDER]`. It needs 7 GB at FOLDER (default: the folder for temporary files). Exit code 1
means that a promise is not kept.
"""

from __future__ import annotations

import hashlib
import logging
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import bagit

from edition.bagging import Asked, BagPlan, gather, stage, verify

RUNS = 5
ALGORITHMS = ("sha256", "sha512")
SMALL_FILES, SMALL_SIZE = 20_000, 8_192
LARGE_FILES, LARGE_SIZE = 4, 512 << 20
ENTRIES = (250_000, 500_000, 1_000_000)
MAX_MEMORY = 400  # MB, for a million entries
DATE = datetime(2026, 1, 22, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Contest:
    """Ways to do one thing, the first of them plain; ours comes second and may cost so many times as much."""

    title: str
    ways: dict[str, Callable[[], object]]
    promise: float


def cost(work: Callable[[], object]) -> Cost:
    """What it costs in a process of its own."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        begin, cpu = time.perf_counter(), time.process_time()
        work()
        os.write(write, f"{time.process_time() - cpu} {time.perf_counter() - begin}".encode())
        os._exit(0)
    os.close(write)
    _, status = os.waitpid(child, 0)
    answer = os.read(read, 200).decode().split()
    os.close(read)
    if status:
        raise SystemExit("a measurement failed")
    return Cost(float(answer[0]), float(answer[1]))


def median(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(each.cpu for each in costs), statistics.median(each.wall for each in costs))


def run(contest: Contest) -> bool:
    """Run all ways in turn, print what they cost, and say whether ours keeps its promise."""
    print(f"\n{contest.title}")
    for work in contest.ways.values():
        work()  # warms the caches
    turns: dict[str, list[Cost]] = {name: [] for name in contest.ways}
    for _ in range(RUNS):
        for name, work in contest.ways.items():
            turns[name].append(cost(work))
    plain = median(next(iter(turns.values()))).cpu
    for name, costs in turns.items():
        taken = median(costs)
        print(f"  {name:34}{taken.cpu:7.2f} s CPU{taken.wall:7.2f} s wall{taken.cpu / plain:7.2f}")
    ratio = median(turns["edition"]).cpu / plain
    kept = ratio <= contest.promise
    print(f"  ratio {ratio:.2f}, promised at most {contest.promise}: {'kept' if kept else 'NOT KEPT'}")
    return kept


def files(folder: Path) -> Iterator[str]:
    for path, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(path, name)  # noqa: PTH118 - plain means plain


def hash_plainly(folder: Path) -> None:
    buffer = bytearray(1 << 20)
    for path in files(folder):
        with open(path, "rb", buffering=0) as opened:  # noqa: PTH123 - plain means plain
            sums = [hashlib.new(name) for name in ALGORITHMS]
            while size := opened.readinto(buffer):
                for each in sums:
                    each.update(memoryview(buffer)[:size])
            for each in sums:
                each.hexdigest()


def copy_plainly(folder: Path, target: Path) -> None:
    buffer = bytearray(1 << 20)
    for path in files(folder):
        to = str(target) + path[len(str(folder)) :]
        os.makedirs(os.path.dirname(to), exist_ok=True)  # noqa: PTH103, PTH120 - plain means plain
        with open(path, "rb", buffering=0) as opened, open(to, "wb", buffering=0) as out:  # noqa: PTH123 - plain means plain
            sums = [hashlib.new(name) for name in ALGORITHMS]
            while size := opened.readinto(buffer):
                for each in sums:
                    each.update(memoryview(buffer)[:size])
                out.write(memoryview(buffer)[:size])
            for each in sums:
                each.hexdigest()
    shutil.rmtree(target)


def make(root: Path, target: Path, workers: int = 2, *, keep: bool = False) -> None:
    with stage(BagPlan(gather(root, ["files"]), DATE, algorithms=ALGORITHMS), target, workers=workers) as staged:
        if keep:
            staged.publish()


def must_be_valid(bag: Path, workers: int = 2) -> None:
    if found := list(verify(bag, Asked(workers=workers))):
        raise SystemExit(str(found[0]))


def write_files(folder: Path, count: int, size: int) -> None:
    for number in range(count):
        file = folder / "files" / f"{number // 200:03}" / f"leaf-{number:05}.tif"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as opened:
            for begin in range(0, size, 1 << 20):
                opened.write(os.urandom(min(size - begin, 1 << 20)))


def contests(root: Path, name: str, promises: tuple[float, float]) -> Iterator[Contest]:
    """Verifying and making a bag of the files below `root/files`; what is made to be thrown away lies beside."""
    bag = root / "bag"
    make(root, bag, keep=True)
    yield Contest(
        f"verify {name}",
        {
            "hashlib": lambda: hash_plainly(bag / "data"),
            "edition": lambda: must_be_valid(bag),
            "edition, one worker": lambda: must_be_valid(bag, 1),
            f"bagit-python {bagit.VERSION}": lambda: bagit.Bag(str(bag)).validate(),
        },
        promises[0],
    )

    def make_with_bagit() -> None:
        shutil.copytree(root / "files", root / "moved")
        bagit.make_bag(str(root / "moved"), checksums=list(ALGORITHMS))
        shutil.rmtree(root / "moved")

    yield Contest(
        f"create from {name}",
        {
            "read, hash, write": lambda: copy_plainly(root / "files", root / "plain"),
            "edition": lambda: make(root, root / "made"),
            "edition, one worker": lambda: make(root, root / "made", 1),
            f"copy, then bagit-python {bagit.VERSION}": make_with_bagit,
        },
        promises[1],
    )


def measure_entries(folder: Path) -> bool:
    """Memory and time for manifests of many entries, whose files are missing: all of it is told or counted."""
    print("\nverify a manifest whose files are missing")
    folder.mkdir()
    (folder / "data").mkdir()
    (folder / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", encoding="utf-8")
    seconds, memory = [], 0.0
    for count in ENTRIES:
        with (folder / "manifest-sha512.txt").open("w", encoding="utf-8") as manifest:
            manifest.writelines(f"{'0' * 128}  data/some-folder/leaf-{number:07}.tif\n" for number in range(count))
        code = "import resource, sys; from pathlib import Path; from edition.bagging import verify\n"
        code += "found = list(verify(Path(sys.argv[1])))\n"
        code += "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        code += "print(len(found), used.ru_maxrss, used.ru_utime + used.ru_stime)"
        asked = [sys.executable, "-c", code, str(folder)]
        done = subprocess.run(asked, check=True, capture_output=True, text=True)
        found, peak, taken = done.stdout.split()
        seconds.append(float(taken))
        memory = int(peak) / (1 << 20 if sys.platform == "darwin" else 1 << 10)
        print(f"  {count:9,} entries: {seconds[-1]:6.2f} s CPU, {memory:5.0f} MB, {found} findings told")
    linear = seconds[-1] / seconds[0] < 1.3 * ENTRIES[-1] / ENTRIES[0]
    kept = memory < MAX_MEMORY and linear
    print(f"  promised: below {MAX_MEMORY} MB, time linear: {'kept' if kept else 'NOT KEPT'}")
    return kept


def main() -> int:
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(f"medians of {RUNS} runs, in turn; {' and '.join(ALGORITHMS)}; Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as place:
        kept = [measure_entries(Path(place) / "entries")]
        for name, count, size, promises in (
            (f"{SMALL_FILES:,} files of {SMALL_SIZE} bytes", SMALL_FILES, SMALL_SIZE, (1.2, 1.3)),
            (f"{LARGE_FILES} files of {LARGE_SIZE >> 20} MiB", LARGE_FILES, LARGE_SIZE, (1.05, 1.3)),
        ):
            root = Path(place) / str(size)
            root.mkdir()
            write_files(root, count, size)
            kept += [run(contest) for contest in contests(root, name, promises)]
            shutil.rmtree(root)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
