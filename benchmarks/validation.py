"""RELAX NG beside jing and libxml2 on the files and schema that you name: the same verdicts, and how long each takes.

    python benchmarks/validation.py --schema tei_all.rng --jing jing.jar corpus/*.xml
    python benchmarks/validation.py --schema tei_all.rng --jing jing.jar --mutants 1000 corpus/*.xml

With `--mutants` files are changed at random, one to three changes each, and each is judged by us and by jing. Without
`--jing` the command `jing` is asked, if there is one. Run by hand; exit code 1 means that a promise is not kept.
"""

from __future__ import annotations

import argparse
import copy
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from lxml import etree

from edition.schema.relaxng import load
from edition.schema.relaxng.verdict import Judge
from edition.tei.parse import read

EDITION = str(Path(sys.executable).with_name("edition"))
LIBXML2 = """
import sys
from lxml import etree
schema = etree.RelaxNG(etree.parse(sys.argv[1]))
print(sum(not schema.validate(etree.parse(file, etree.XMLParser(collect_ids=False))) for file in sys.argv[2:]))
"""
MAX_REPAIRS = 2_000
SMALL = 100_000  # bytes of a file that counts as small
LARGE = 40_000_000
MANY = 1_000  # errors of a large file
MEMORY_FACTOR, MEMORY_BASE = 6, 60  # times the largest file, and MB besides
VALUES = (
    "",
    "x",
    "#a",
    "1950",
    "2020-02-30",
    "1",
    "-1",
    "0.5",
    "true",
    "a b",
    "high",
    " 1 ",
    "P1D",
    "\u00a0",
    "x" * 30,
)


@dataclass(frozen=True, slots=True)
class Task:
    """Something that all can do: its name, and how it is asked of each. `promise` is our time to jing's, at most."""

    name: str
    ours: Sequence[str]
    jing: Sequence[str]
    libxml2: Sequence[str]
    promise: float


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one run: by the clock on the wall, and of CPU, which counts on a busy machine. Memory in MB."""

    wall: float
    cpu: float
    memory: float


def cost(command: Sequence[str]) -> Cost:
    """What one run takes, whatever it finds."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    return Cost(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6)


def median(costs: Sequence[Cost]) -> Cost:
    walls, cpus = [each.wall for each in costs], [each.cpu for each in costs]
    return Cost(statistics.median(walls), statistics.median(cpus), max(each.memory for each in costs))


def measure(task: Task, runs: int) -> bool:
    """Run all in turn, print the medians, and say whether the promise is kept."""
    cost(task.ours), cost(task.jing)
    pairs = [(cost(task.ours), cost(task.jing)) for _ in range(runs)]
    ours, jing = median([one for one, _ in pairs]), median([other for _, other in pairs])
    kept = ours.wall <= jing.wall * task.promise
    columns = [f"{each.wall:7.2f} ({each.cpu:5.2f})" for each in (ours, jing)]
    columns.append(f"{cost(task.libxml2).wall:7.2f}" if task.libxml2 else "      -")
    verdict = f"{ours.wall / jing.wall:.2f} of {task.promise} {'kept' if kept else 'NOT KEPT'}"
    print(f"{task.name:32}{''.join(columns)}   {verdict}")
    return kept


def remembers_little(options: argparse.Namespace, folder: Path) -> bool:
    """Print what a large file takes, as it is and with errors of all sorts, and say whether that is kept.

    It is written in parts: what we have in memory ourselves would count as theirs.
    """
    kept, file = True, folder / "large.xml"
    for name, parts in large(Path(nearest_to(SMALL, options.files)).read_bytes()):
        with file.open("wb") as stream:
            stream.writelines(parts)
        size, most = file.stat().st_size / 1e6, cost((*check(options, "SCH,XML,REF"), str(file))).memory
        promised = size * MEMORY_FACTOR + MEMORY_BASE
        kept = kept and most <= promised
        verdict = "kept" if most <= promised else "NOT KEPT"
        print(f"a file of {size:.0f} MB {name}: {most:.0f} MB of memory, {promised:.0f} promised: {verdict}")
    return kept


def large(data: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A text many times over: as it is, with one error, with many of the schema and of pointers, and cut off."""
    head, body, tail = parted(data)
    times = LARGE // len(body)
    each = -(-MANY // times)
    wrong, astray = body.replace(b"</p>", b"<wrong/></p>", each), body.replace(b"<p>", b'<p ana="#no">', each)
    yield "as it is", [head, *[body] * times, tail]
    yield "with an error", [head, *[body] * times, b"<wrong/>", tail]
    yield f"with {times * each} errors", [head, *[wrong] * times, tail]
    yield f"with {times * each} pointers that lead nowhere", [head, *[astray] * times, tail]
    yield "that is cut off", [head, *[body] * times]


def tasks(options: argparse.Namespace, jing: Sequence[str], folder: Path) -> Iterator[Task]:
    schema, files = options.schema, options.files
    ours = check(options)
    small = nearest_to(SMALL, files)
    libxml2 = (sys.executable, "-c", LIBXML2, schema)
    yield Task("one small file, whole command", (*ours, small), (*jing, small), (*libxml2, small), 0.5)
    many = [str(copied) for number in range(options.times) for copied in linked(files, folder, number)]
    size = sum(Path(file).stat().st_size for file in many) / 1e6
    name = f"{len(many)} files, {size:.0f} MB"
    yield Task(f"{name}, one process", (*ours, "--jobs", "1", *many), (*jing, *many), (*libxml2, *many), 1.0)
    yield Task(f"{name}, two processes", (*ours, "--jobs", "2", *many), (*jing, *many), (), 0.6)
    broken = folder / "broken.xml"
    broken.write_bytes(with_errors(Path(small).read_bytes()))
    errors = broken.read_bytes().count(b"<wrong/>")
    yield Task(f"one file with {errors} errors", (*ours, str(broken)), (*jing, str(broken)), (), 1.0)


def check(options: argparse.Namespace, select: str = "SCH") -> tuple[str, ...]:
    return EDITION, "validate", "--schema", options.schema, "--select", select, "--quiet", "--no-cache"


def nearest_to(size: int, files: Sequence[str]) -> str:
    return min(files, key=lambda file: abs(Path(file).stat().st_size - size))


def linked(files: Sequence[str], folder: Path, number: int) -> Iterator[Path]:
    for file in files:
        link = folder / f"{number}-{Path(file).name}"
        link.symlink_to(Path(file).resolve())
        yield link


def with_errors(data: bytes) -> bytes:
    """A text with an unknown element in each paragraph and line of it, its body forty times over."""
    head, body, tail = parted(data)
    return head + re.sub(rb"</(p|l)>", rb"<wrong/></\1>", body) * 40 + tail


def parted(data: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before, in and after the body, without ids, so that it can stand there more than once."""
    found = re.search(rb"<body[^>]*>(.*)</body>", data, re.DOTALL)
    if found is None:
        raise SystemExit("the small file has no <body>")
    return data[: found.start(1)], re.sub(rb" xml:id=\"[^\"]*\"", b"", found[1]), data[found.end(1) :]


Change = Callable[[etree._Element, list[etree._Element], random.Random], None]


def renamed(element: etree._Element, others: list[etree._Element], chance: random.Random) -> None:
    element.tag = chance.choice(others).tag


def removed(element: etree._Element, others: list[etree._Element], chance: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def added(element: etree._Element, others: list[etree._Element], chance: random.Random) -> None:
    other = chance.choice(others)
    if other is not others[0] and element not in other.iter():
        element.insert(chance.randrange(len(element) + 1), copy.deepcopy(other))


def moved(element: etree._Element, others: list[etree._Element], chance: random.Random) -> None:
    if len(element) > 1:
        element.insert(0, element[-1])


def given_attribute(element: etree._Element, others: list[etree._Element], chance: random.Random) -> None:
    element.attrib.update(chance.choice(others).attrib)


def given_value(element: etree._Element, others: list[etree._Element], chance: random.Random) -> None:
    if element.attrib:
        element.set(chance.choice(list(element.attrib)), chance.choice(VALUES))


def without_attribute(element: etree._Element, others: list[etree._Element], chance: random.Random) -> None:
    if element.attrib:
        del element.attrib[chance.choice(list(element.attrib))]


def with_text(element: etree._Element, others: list[etree._Element], chance: random.Random) -> None:
    element.tail = (element.tail or "") + chance.choice(["x", " ", "\u00a0", "&"])


def commented(element: etree._Element, others: list[etree._Element], chance: random.Random) -> None:
    element.insert(0, chance.choice([etree.Comment("c"), etree.ProcessingInstruction("p", "x")]))


CHANGES: tuple[Change, ...] = (
    renamed, removed, added, moved, given_attribute, given_value, without_attribute, with_text, commented,
)  # fmt: skip


def repaired(root: etree._Element, judge: Judge) -> bool:
    """Take away what a schema refuses, one element after the other; False where that does not help."""
    for _ in range(MAX_REPAIRS):
        misfit = judge.judge(root)
        if misfit is None:
            return True
        element = next(islice(root.iter(etree.Element), misfit.number, None))
        parent = element.getparent()
        if parent is None or misfit.ends:
            return False
        parent.remove(element)
    return False


def differing(options: argparse.Namespace, jing: Sequence[str], folder: Path) -> int:
    """Make mutants, and count those that we judge otherwise than jing. ID and IDREF are left out (`-i`)."""
    chance = random.Random(options.seed)
    judge = load(Path(options.schema), options.schema)._judge
    small = [file for file in options.files if Path(file).stat().st_size <= SMALL]
    sources = [tree for tree in map(etree.parse, small) if repaired(tree.getroot(), judge)]
    if not sources:
        raise SystemExit("no small file is valid, or nearly so")
    mutants: list[str] = []
    refused: set[str] = set()
    for number in range(options.mutants):
        tree = copy.deepcopy(chance.choice(sources))
        for _ in range(chance.choice((1, 1, 2, 3))):
            elements = list(tree.getroot().iter(etree.Element))
            chance.choice(CHANGES)(chance.choice(elements), elements, chance)
        file = folder / f"{number}.xml"
        tree.write(file, encoding="utf-8")
        mutants.append(str(file))
        root = read(file, str(file)).root
        if root is not None and judge.judge(root) is not None:
            refused.add(str(file))
    said = subprocess.run([*jing, *mutants], check=False, capture_output=True, text=True).stdout
    theirs = {line.split(".xml:")[0] + ".xml" for line in said.splitlines() if ".xml:" in line}
    for mutant in sorted(refused ^ theirs):
        print(f"{Path(mutant).name}: {'we' if mutant in refused else 'jing'} alone refused it; seed {options.seed}")
    print(f"{len(mutants)} mutants, {len(theirs)} refused by jing, {len(refused ^ theirs)} judged otherwise by us")
    return len(refused ^ theirs)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--schema", required=True)
    parser.add_argument("--jing", help="its jar")
    parser.add_argument("--mutants", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=10, help="how often each file is in the corpus")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    java = ["java", "-jar", options.jing] if options.jing else [shutil.which("jing") or ""]
    if not java[0]:
        raise SystemExit("jing is not here; name its jar with --jing")
    jing = [*java, "-i", options.schema]
    with tempfile.TemporaryDirectory() as folder:
        if options.mutants:
            return int(differing(options, jing, Path(folder)) > 0)
        begin = time.process_time()
        load(Path(options.schema), options.schema)
        print(f"loading {options.schema}: {time.process_time() - begin:.3f} s of CPU")
        print(f"{'seconds by the wall (of CPU)':32}{'ours':>15}{'jing':>15}{'libxml2':>7}")
        kept = [measure(task, options.runs) for task in tasks(options, jing, Path(folder))]
        kept.append(remembers_little(options, Path(folder)))
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
