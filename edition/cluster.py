"""One function over many things by the workers of a Dask cluster, on other machines too; else as in `processes`.

Dask does again what a worker had not finished when it died, and each result is taken once, in the order of things.
But what several workers died over it gives up, with all that only waited there; so the things of such a batch are
then tried alone, with nothing beside them, and one that is given up even so is lost, and no other.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import pickle
import re
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

import edition
from edition.errors import EditionError, UsageError
from edition.processes import AHEAD, Work, batches

Thing = TypeVar("Thing")
Result = TypeVar("Result")

_PACKAGE = "edition-toolkit"
_TO_CONNECT = 5  # seconds
_TO_JOIN = 30  # seconds without any worker, of which one that died is mostly replaced in two
_ADDRESS = re.compile(r"((tcp|tls|wss?|ucxx?)://)?([^\s/:@]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}")

_turn = threading.Lock()  # of a worker: it may have threads, and the folder of a process is one for all of them


def over(work: Work[Thing, Result], things: Sequence[Thing], address: str) -> Iterator[Result]:
    """The results in the order of the things, by the workers of the cluster whose scheduler has this address.

    Raises UsageError for what is no address and where the extra is missing; EditionError for a cluster that cannot be
    reached, that is lost, that has no workers, or whose workers are not as this machine is.
    """
    client = _connected(address)
    try:
        workers = _fit_workers(client, address)
        here = _Here(client.id, edition.__version__, str(Path.cwd()), pickle.dumps(work.do))
        yield from _Cluster(client, address, work, here).in_order(batches(things, workers))
    finally:
        with contextlib.suppress(OSError, CancelledError):
            client.close(timeout=_TO_CONNECT)


def _connected(address: str) -> Any:
    if not _ADDRESS.fullmatch(address):
        advice = "write tcp://HOST:PORT, as the scheduler says it when it starts"
        raise UsageError(f"--scheduler {address}: this is not the address of a scheduler", advice=advice)
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            "--scheduler needs Dask's distributed, and it is not installed",
            advice="pip install 'edition-toolkit[cluster]', or leave --scheduler away",
        ) from error
    for name in ("distributed", "distributed.client", "asyncio"):  # what matters of it is said below
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=_TO_CONNECT, set_as_default=False)
    except (OSError, OverflowError, RuntimeError, TypeError, ValueError) as error:
        raise EditionError(
            f"the scheduler at {address} cannot be reached within {_TO_CONNECT} seconds",
            advice="start it (`dask scheduler`) and its workers (`dask worker ADDRESS`), or check the address",
        ) from error


def _fit_workers(client: Any, address: str) -> int:
    """How many workers there are, all with this version of ours."""
    try:
        client.wait_for_workers(1, timeout=_TO_JOIN)
        versions = client.get_versions(packages=[_PACKAGE])["workers"]
    except TimeoutError as error:
        raise _without_workers(address) from error
    except (OSError, CancelledError) as error:
        raise _gone(address) from error
    for worker, told in sorted(versions.items()):
        _refuse_other(told["packages"].get(_PACKAGE), edition.__version__, f"the worker at {worker}")
    return max(1, len(versions))


def _refuse_other(there: str | None, here: str, who: str) -> None:
    if there != here:
        has = f"has edition {there}" if there else "does not have edition"
        advice = f"pip install 'edition-toolkit[cluster]=={here}' where the workers run, and start them again"
        raise EditionError(f"{who} {has}, and here it is {here}", advice=advice)


def _without_workers(address: str) -> EditionError:
    advice = f"start some: dask worker {address} --nworkers auto --nthreads 1"
    return EditionError(f"the scheduler at {address} has had no worker for {_TO_JOIN} seconds", advice=advice)


def _gone(address: str) -> EditionError:
    return EditionError(f"the cluster at {address} was lost", advice="see that its scheduler runs, and begin again")


@dataclass(frozen=True, slots=True)
class _Here:
    """What a worker must know of the place where the command was given."""

    client: str
    version: str
    folder: str
    function: bytes


@dataclass(frozen=True, slots=True)
class _Cluster(Generic[Thing, Result]):
    client: Any  # distributed.Client
    address: str
    work: Work[Thing, Result]
    here: _Here

    def in_order(self, rest: Iterator[list[Thing]]) -> Iterator[Result]:
        from distributed import KilledWorker
        from distributed.client import ClosedClientError

        waiting: deque[tuple[list[Thing], Any]] = deque()
        try:
            while True:
                room = AHEAD * max(1, len(self.client.nthreads())) - len(waiting)
                waiting.extend((batch, self._submitted(batch)) for batch in islice(rest, max(0, room)))
                if not waiting:
                    return
                batch, future = waiting[0]
                try:
                    results = iter(self._result(future))
                except KilledWorker:
                    self._let_finish(future for _, future in waiting)
                    results = map(self._alone, batch)
                waiting.popleft()
                yield from results
        except (OSError, CancelledError, ClosedClientError) as error:
            raise _gone(self.address) from error
        finally:
            with contextlib.suppress(OSError, CancelledError, ClosedClientError):
                self.client.cancel([future for _, future in waiting])

    def _submitted(self, batch: list[Thing]) -> Any:
        return self.client.submit(_do, self.here, batch, pure=False)

    def _result(self, future: Any) -> list[Result]:
        """Raises KilledWorker where Dask has given up, and what `in_order` takes for the loss of the cluster."""
        while True:
            try:
                return future.result(timeout=_TO_JOIN)  # type: ignore[no-any-return]  # distributed has no types
            except TimeoutError as error:
                if not self.client.nthreads():
                    raise _without_workers(self.address) from error

    def _alone(self, thing: Thing) -> Result:
        from distributed import KilledWorker

        try:
            return self._result(self._submitted([thing]))[0]
        except KilledWorker:
            return self.work.lost(thing)

    def _let_finish(self, futures: Iterator[Any]) -> None:
        """So that nothing else can be what kills a worker, and nothing else is killed with it."""
        from distributed import KilledWorker

        for future in futures:
            with contextlib.suppress(KilledWorker):
                self._result(future)


def _do(here: _Here, batch: list[Any]) -> list[Any]:
    """On a worker. Names mean there what they mean where the command was given."""
    from distributed import get_worker

    who = f"the worker at {get_worker().address}"
    _refuse_other(edition.__version__, here.version, who)
    with _turn:
        try:
            with contextlib.chdir(here.folder):
                function = _function(here)
                return [function(thing) for thing in batch]
        except OSError as error:
            advice = "let all workers see the files of this machine, under the same paths"
            raise EditionError(f"{who} cannot work in {here.folder}: {error.strerror}", advice=advice) from None
        except EditionError as error:
            raise EditionError(f"{who}: {error.message}", advice=error.advice) from None


@functools.lru_cache(maxsize=2)
def _function(here: _Here) -> Any:
    """Made once for each run and worker: it holds schemas. A later run makes its own, for they may have changed."""
    return pickle.loads(here.function)  # noqa: S301 - as Dask does; who can send tasks to a worker can do all there
