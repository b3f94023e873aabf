"""SaxonC-HE: started once in a process, kept from files and the network, quiet, and ended by an interruption."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from functools import cache
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from saxonche import PySaxonProcessor

_MAX_HEARD = 10_000  # bytes of what Saxon says; the first line tells where
_LONGEST_REASON = 400  # characters: values of the document may be among Saxon's words
_WHERE = re.compile(r"on line \d+|^\s*Errors? ")
_FUNCTIONS = "Q{http://www.w3.org/2005/xpath-functions}"
_FEATURES = {
    "http://saxon.sf.net/feature/allowedProtocols": "",
    "http://saxon.sf.net/feature/allow-external-functions": "off",
}


@cache
def processor() -> PySaxonProcessor:
    from saxonche import PySaxonProcessor

    started = PySaxonProcessor(license=False)
    for name, value in _FEATURES.items():
        started.set_configuration_property(name, value)
    return started


@contextlib.contextmanager
def overheard() -> Iterator[list[str]]:
    """What Saxon writes to standard error, where it would be heard through our report; it says where errors are."""
    heard: list[str] = []
    sys.stderr.flush()
    ours = os.dup(2)
    with tempfile.TemporaryFile() as theirs:
        try:
            os.dup2(theirs.fileno(), 2)
            yield heard
        finally:
            os.dup2(ours, 2)
            os.close(ours)
            theirs.seek(0)
            heard.append(theirs.read(_MAX_HEARD).decode("utf-8", "replace"))


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Let an interruption, or who ends the process, do so: Python waits for Saxon, and a rule may go on for ever.

    Also in a process that otherwise leaves it to its parent, which waits for it.
    """
    if threading.current_thread() is not threading.main_thread():  # only that one may say what signals do
        yield
        return
    before = {each: signal.signal(each, signal.SIG_DFL) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, signal.SIG_DFL if handler is None else handler)


def reason(said: str) -> str:
    """The first thing that Saxon says is wrong, which may go over several lines, without where and from where."""
    lines = [line for line in said.splitlines() if line.strip()]
    words = " ".join(takewhile(lambda line: not _WHERE.search(line), dropwhile(_WHERE.search, lines))) or said
    shown = " ".join(re.sub(r"^\s*[A-Z]{4}\d{4}\s", "", words).split()).replace(_FUNCTIONS, "")
    shown = shown.removesuffix(". External function calls have been disabled").removesuffix(" before ...")
    return shown if len(shown) <= _LONGEST_REASON else f"{shown[:_LONGEST_REASON]}…"
