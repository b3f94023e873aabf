"""Writing a bag (RFC 8493, BagIt 1.0): complete and on the disk before it has its name, and the same bytes each time.

Nothing depends on the clock, the umask, the locale or the order in which a disk lists its files: the plan says all.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from edition.bagging import placing, tag_files
from edition.bagging.hashing import ALGORITHMS, LARGE, Algorithm, Progress, copy, no_progress, write
from edition.bagging.payload import PayloadFile, refuse_collisions, refuse_name
from edition.errors import EditionError
from edition.staging import cannot_write

FILE_MODE, FOLDER_MODE = 0o644, 0o755

# Tag files and fields that follow from the rest: nobody else may set them.
_OWN_FILES = ("bagit.txt", "bag-info.txt", "fetch.txt")
COUNTED = ("Bagging-Date", "Bag-Size", "Payload-Oxum")

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


@dataclass(frozen=True, slots=True)
class BagPlan:
    """What a bag will be.

    `info` are labels and values of bag-info.txt in their order; date, size and count of the payload are added.
    `tag_files` are further tag files by their paths in the bag, such as `metadata/prov.json`. `date` is aware: its
    day in UTC is the Bagging-Date, its second the time of every file.
    """

    payload: tuple[PayloadFile, ...]
    date: datetime
    info: tuple[tuple[str, str], ...] = ()
    tag_files: tuple[tuple[str, bytes], ...] = ()
    algorithms: tuple[str, ...] = ("sha512",)

    def __post_init__(self) -> None:
        if self.date.tzinfo is None:
            raise ValueError("the date of a bag has no time zone")


@dataclass(frozen=True, slots=True)
class Staged:
    """A complete bag that does not have its name yet. It is gone after the `with` block unless it is published."""

    folder: Path
    target: Path

    def publish(self, *, replace: bool = False) -> None:
        """Give the bag its name in one step. With `replace` a bag that is there already gives way in the same step.

        Raises EditionError; what stood at the target then still stands there.
        """
        try:
            placing.move(self.folder, self.target, replace)
        except OSError as error:
            raise cannot_write(self.target, error) from error


def algorithms_called(names: tuple[str, ...]) -> tuple[Algorithm, ...]:
    """Those to write a bag with, each once. Raises EditionError for an unknown one, and for weak ones alone."""
    for name in names:
        if name not in ALGORITHMS:
            raise EditionError(f"no checksum algorithm is called {name!r}", advice=f"known: {', '.join(ALGORITHMS)}")
    chosen = tuple(ALGORITHMS[name] for name in dict.fromkeys(names))
    if all(algorithm.weak for algorithm in chosen):
        raise EditionError(
            f"{' and '.join(dict.fromkeys(names)) or 'no algorithm'}: too weak to vouch for a bag alone",
            advice='write algorithms = ["sha512"], with others beside it where they are asked for',
        )
    return chosen


def refuse_impossible(plan: BagPlan) -> None:
    """Raise EditionError for a plan that makes no bag that every system can hold."""
    algorithms_called(plan.algorithms)
    _refuse_paths(plan)
    _refuse_info(plan.info)


@contextlib.contextmanager
def stage(plan: BagPlan, target: Path, progress: Progress = no_progress, workers: int = 2) -> Iterator[Staged]:
    """Write the bag beside `target`, hidden and on the disk, for the block to verify and publish.

    Of large files `workers` are read at once; `progress` is told of bytes as they are read, from several threads
    perhaps. What killed runs left beside `target` is removed first. Raises EditionError, before anything is written,
    for a plan that makes no bag that every system can hold; and when a source changes while it is read, or the disk
    refuses.
    """
    refuse_impossible(plan)
    algorithms = algorithms_called(plan.algorithms)
    with _told_of(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        placing.remove_left_overs(target.parent)
    with placing.hidden_folder(target) as folder:
        with _told_of(target):
            root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                _Writer(root, algorithms, int(plan.date.timestamp()), progress).write(plan, workers)
            finally:
                os.close(root)
        yield Staged(folder, target)


@dataclass(slots=True)
class _Writer:
    """Fills one folder, open as `root`. `folders` are those made so far, in their order, `files` those written."""

    root: int
    algorithms: tuple[Algorithm, ...]
    time: int
    progress: Progress
    folders: dict[str, None] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def write(self, plan: BagPlan, workers: int) -> None:
        payload = self._write_payload(plan.payload, workers)
        self._make_folders("data")
        size = sum(octets for _, octets, _ in payload)
        counted = (plan.date.astimezone(UTC).date().isoformat(), _readable(size), f"{size}.{len(payload)}")
        info = (*plan.info, *zip(COUNTED, counted, strict=True))
        tags = [("bagit.txt", tag_files.BAGIT_TXT), ("bag-info.txt", tag_files.bag_info(info)), *plan.tag_files]
        tags += self._manifests("manifest", [(path, digests) for path, _, digests in payload])
        listed = [(path, self._write_file(path, data)[2]) for path, data in tags]
        for path, data in self._manifests("tagmanifest", listed):
            self._write_file(path, data)
        self._finish()

    def _write_payload(self, payload: tuple[PayloadFile, ...], workers: int) -> list[Written]:
        """Write every file, large ones several at once; in whatever order, for manifests are sorted."""
        from concurrent.futures import Future, ThreadPoolExecutor

        with ThreadPoolExecutor(workers) as pool:
            try:
                done: list[Written | Future[Written]] = []
                for file in payload:
                    path = f"data/{file.path}"
                    self._make_folders(path.rpartition("/")[0])
                    large = not isinstance(file.source, bytes) and _size(file.source) >= LARGE
                    done.append((pool.submit if large else _call)(self._write_file, path, file.source))
                return [each.result() if isinstance(each, Future) else each for each in done]
            finally:
                pool.shutdown(cancel_futures=True)

    def _manifests(self, kind: str, listed: list[tuple[str, list[bytes]]]) -> list[tuple[str, bytes]]:
        return [
            (f"{kind}-{algorithm.name}.txt", tag_files.manifest((path, digests[number]) for path, digests in listed))
            for number, algorithm in enumerate(self.algorithms)
        ]

    def _write_file(self, path: str, source: Path | bytes) -> Written:
        """Write one file of the bag: its path, its size and a digest for each algorithm."""
        self._make_folders(path.rpartition("/")[0])
        opened = os.open(path, _CREATE, FILE_MODE, dir_fd=self.root)
        self.files.append(path)
        try:
            os.fchmod(opened, FILE_MODE)  # whatever the umask
            if isinstance(source, bytes):
                size, digests = write(opened, source, self.algorithms)
            else:
                size, digests = _copy(source, opened, self.algorithms, self.progress)
            os.utime(opened, (self.time, self.time))
        finally:
            os.close(opened)
        return path, size, digests

    def _make_folders(self, folder: str) -> None:
        if folder and folder not in self.folders:
            self._make_folders(folder.rpartition("/")[0])
            os.mkdir(folder, dir_fd=self.root)
            os.chmod(folder, FOLDER_MODE, dir_fd=self.root)
            self.folders[folder] = None

    def _finish(self) -> None:
        """The last touch, folders after what they hold; then everything is on the disk."""
        os.fchmod(self.root, FOLDER_MODE)
        for path in reversed(self.folders):
            os.utime(path, (self.time, self.time), dir_fd=self.root)
        os.utime(self.root, (self.time, self.time))
        placing.sync_all(self.root, [*self.files, *reversed(self.folders)])


Written = tuple[str, int, list[bytes]]  # path in the bag, size in bytes, a digest for each algorithm


def _call(function: Callable[[str, Path | bytes], Written], path: str, source: Path | bytes) -> Written:
    return function(path, source)


def _size(source: Path) -> int:
    try:
        return os.lstat(source).st_size
    except OSError:  # told when it is read
        return 0


def _copy(
    source: Path, target: int, algorithms: tuple[Algorithm, ...], progress: Progress
) -> tuple[int, list[bytes]]:
    """Copy and hash in one read. Raises EditionError when the source is no plain file or changes meanwhile."""
    try:
        opened = os.open(source, _READ)
    except OSError as error:
        raise EditionError(f"{source}: {(error.strerror or 'cannot be read').lower()}") from error
    try:
        before = os.fstat(opened)
        if not stat.S_ISREG(before.st_mode):
            raise EditionError(f"{source}: not a plain file any more", advice="run again when nothing changes it")
        result = copy(opened, target, algorithms, progress)
        after = os.fstat(opened)
    finally:
        os.close(opened)
    if _state(before) != _state(after) or result[0] != before.st_size:
        raise EditionError(f"{source}: changed while it was read", advice="run again when nothing changes it")
    return result


def _state(found: os.stat_result) -> tuple[int, ...]:
    """What changes when a file does; its time of change can be put back, that of its entry cannot."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _readable(size: int) -> str:
    """A size as people read it: `812 bytes`, `1.4 MB`. Thousands, as the makers of disks count."""
    value, units = float(size), ["bytes", "kB", "MB", "GB", "TB"]
    while value >= 999.95 and len(units) > 1:
        value, units = value / 1000, units[1:]
    return f"{size} bytes" if value == size else f"{value:.1f} {units[0]}"


@contextlib.contextmanager
def _told_of(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise cannot_write(target, error) from error


def _refuse_paths(plan: BagPlan) -> None:
    paths = [f"data/{file.path}" for file in plan.payload] + [path for path, _ in plan.tag_files]
    for path, _ in plan.tag_files:
        lower = path.lower()
        if lower in _OWN_FILES or lower.startswith(("data/", "manifest-", "tagmanifest-")):
            raise EditionError(f"{path}: not a name for a further tag file", advice="write it as metadata/NAME")
    for path in paths:
        if any(part in ("", ".", "..") for part in path.split("/")):
            raise EditionError(f"{path}: not a path inside the bag", advice="names joined by single slashes")
        refuse_name(path)
    refuse_collisions(paths)
    folders = {path[:end] for path in paths for end, letter in enumerate(path) if letter == "/"}
    for path, times in Counter(paths).items():
        if times > 1 or path in folders:
            raise EditionError(f"{path}: two things of this name", advice="name each file once")


def _refuse_info(info: tuple[tuple[str, str], ...]) -> None:
    for label, _ in info:
        if label.strip().lower() in (counted.lower() for counted in COUNTED):
            raise EditionError(f"bag-info.txt: {label} follows from the bag", advice="leave it out: it is added")
    tag_files.bag_info(info)  # refuses what cannot be a label before anything is written
