"""What the Library of Congress's `bagit` says of a bag: another reading of the same standard, by other hands.

It is asked about bags written here only: it follows links and paths that lead out of a bag.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from edition.bagging.rules import BAGIT_MISREADS, BAGIT_REFUSES
from edition.diagnostics import Diagnostic, Location


def ask_bagit(folder: Path) -> tuple[Diagnostic, ...]:
    """A finding if `bagit` refuses the bag, or fails on it, and one if it would for its percent signs alone.

    None if it calls the bag valid. Nothing is written. It does not decode `%25` (RFC 8493, section 2.1.3), so that is
    done for it, and it is asked about all the rest.
    """
    import bagit

    misread: list[str] = []
    with _silent(logging.getLogger(bagit.MODULE_NAME)):
        try:
            bag = bagit.Bag(str(folder))
            misread = _decode_percent(bag)
            bag.validate()
        except bagit.BagError as error:
            complaint = str(error)
        # What its readers of tag files let through when they meet what they do not expect.
        except (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError) as error:
            complaint = f"it stops with {type(error).__name__}: {error}"
        else:
            return (_misreading(misread),) if misread else ()
    message = f"bagit refuses the bag: {' '.join(complaint.replace(f'{folder}/', '').split())}"
    hint = "`edition verify` shows what RFC 8493 says of the bag"
    return (BAGIT_REFUSES.finding(message, Location("bagit.txt"), hint=hint),)


def _decode_percent(bag: Any) -> list[str]:
    """Give the entries of a bag that `bagit` has read the paths that they name; those it did not understand."""
    import bagit

    encoded = [path for path in bag.entries if "%25" in path]
    for path in encoded:
        right = path.replace("%25", "%")
        bag.entries[right] = bag.entries.pop(path)
        bag.normalized_manifest_names[bagit.normalize_unicode(right)] = right
    return sorted(bag.entries.keys() & {path.replace("%25", "%") for path in encoded})


def _misreading(paths: list[str]) -> Diagnostic:
    named = f"{', '.join(paths[:3])}{', …' if len(paths) > 3 else ''}"
    message = f"bagit will not find {named}: it does not read % in names as RFC 8493 writes it"
    hint = "the bag is right; rename the file if its recipient verifies with bagit"
    return BAGIT_MISREADS.finding(message, Location("bagit.txt"), hint=hint)


@contextlib.contextmanager
def _silent(logger: logging.Logger) -> Iterator[None]:
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
