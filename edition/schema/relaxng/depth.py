"""Room for schemas that are nested, or chained, deeper than the usual stack of Python."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

_FRAMES = 60_000
_BYTES = 256 * 1024**2  # for these frames, some of which call through C; only what is used takes memory


def with_room(do: Callable[[], Result]) -> Result:
    """What `do` gives. Where the stack is too small for it, it is done once more, in a thread with a large one.

    Raises RecursionError where that is too small as well. `do` must bear to be begun twice.
    """
    try:
        return do()
    except RecursionError:
        pass  # and the frames are free again
    from concurrent.futures import ThreadPoolExecutor  # which is slow to import, and seldom needed

    limit, size = sys.getrecursionlimit(), threading.stack_size(_BYTES)
    sys.setrecursionlimit(max(limit, _FRAMES))
    try:
        with ThreadPoolExecutor(1) as room:
            return room.submit(do).result()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
