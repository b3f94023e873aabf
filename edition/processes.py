"""One function over many things by several processes: results in order, memory bounded, a loss no more than one.

A process that dies (it was killed, or a library crashed) takes with it what all of them were doing. So what was not
finished is done again, and what a process has died of is then tried alone; if that kills its process too, it is given
up.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

AHEAD = 4  # batches for each process that may be finished or under way before the next result is taken
_MAX_BATCH = 16

_function: Callable[[Any], Any] | None = None  # of this process; one that was forked finds it there


def cores() -> int:
    """How many processes can work at once on this machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Work(Generic[Thing, Result]):
    """What to do with each thing, and what to say of one that no process survives. Both must be picklable."""

    do: Callable[[Thing], Result]
    lost: Callable[[Thing], Result]

    def over(self, things: Sequence[Thing], jobs: int) -> Iterator[Result]:
        """The results in the order of the things, by `jobs` processes; by this one alone if `jobs` is 1."""
        if jobs < 2:
            yield from map(self.do, things)
            return
        yield from self._in_order(batches(things, jobs), jobs)

    def _in_order(self, batches: Iterator[list[Thing]], jobs: int) -> Iterator[Result]:
        waiting: deque[tuple[list[Thing], Future[list[Result]] | None]] = deque()
        pool = self._pool(jobs)
        try:
            while True:
                waiting.extend((batch, None) for batch in islice(batches, jobs * AHEAD - len(waiting)))
                if not waiting:
                    return
                results: Iterable[Result]
                try:
                    waiting = deque((batch, future or pool.submit(_do, batch)) for batch, future in waiting)
                    results = _result(waiting[0][1])
                except BrokenProcessPool:
                    pool.shutdown(wait=False, cancel_futures=True)
                    waiting = deque((batch, future if _is_done(future) else None) for batch, future in waiting)
                    results = map(self._alone, waiting[0][0])
                    pool = self._pool(jobs)
                waiting.popleft()
                yield from results
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _alone(self, thing: Thing) -> Result:
        with self._pool(1) as pool:
            try:
                return pool.submit(_do, [thing]).result()[0]  # type: ignore[no-any-return]  # _do knows no types
            except BrokenProcessPool:
                return self.lost(thing)

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        # What was loaded is shared by forking; elsewhere than on Linux that is not safe, and each process loads it.
        way = "fork" if sys.platform == "linux" else "spawn"
        global _function  # noqa: PLW0603 - how a forked process gets what cannot be pickled
        _function = self.do
        given = () if way == "fork" else (self.do,)
        return ProcessPoolExecutor(jobs, multiprocessing.get_context(way), _begin, given)


def _begin(function: Callable[[Any], Any] | None = None) -> None:
    """In a new process: an interruption is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if function is not None:
        global _function  # noqa: PLW0603 - as where it is forked
        _function = function


def _result(future: Future[list[Result]] | None) -> list[Result]:
    return [] if future is None else future.result()


def _is_done(future: Future[Any] | None) -> bool:
    """Whether a result is there, and not the death of a process."""
    return future is not None and future.done() and not future.cancelled() and future.exception() is None


def _do(batch: list[Any]) -> list[Any]:
    if _function is None:
        raise RuntimeError("this process was not told what to do")
    return [_function(thing) for thing in batch]


def batches(things: Sequence[Thing], jobs: int) -> Iterator[list[Thing]]:
    """The things in order, a few at a time: sending takes time too, but nobody should wait for the last batch."""
    size = max(1, min(_MAX_BATCH, len(things) // (jobs * 8)))
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
