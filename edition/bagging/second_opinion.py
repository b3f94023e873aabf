"""What the Library of Congress's `bagit` says of a bag: another reading of the same standard, by other hands.

It is asked about bags written here only: it follows links and paths that lead out of a bag.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from edition.bagging.rules import BAGIT_REFUSES
from edition.diagnostics import Diagnostic, Location


def ask_bagit(folder: Path) -> tuple[Diagnostic, ...]:
    """One finding if `bagit` refuses the bag, or fails on it; none if it calls the bag valid. Nothing is written."""
    import bagit

    with _silent(logging.getLogger(bagit.MODULE_NAME)):
        try:
            bagit.Bag(str(folder)).validate()
        except bagit.BagError as error:
            complaint = str(error)
        # What its readers of tag files let through when they meet what they do not expect.
        except (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError) as error:
            complaint = f"it stops with {type(error).__name__}: {error}"
        else:
            return ()
    message = f"bagit refuses the bag: {' '.join(complaint.replace(f'{folder}/', '').split())}"
    return (BAGIT_REFUSES.finding(message, Location("bagit.txt"), hint=_hint(folder)),)


def _hint(folder: Path) -> str:
    encoded = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*%*"))
    if encoded:
        return f"it does not read % in names as RFC 8493 has it: rename {', '.join(encoded[:3])}"
    return "`edition verify` shows what RFC 8493 says of the bag"


@contextlib.contextmanager
def _silent(logger: logging.Logger) -> Iterator[None]:
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
