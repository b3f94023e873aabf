"""What sets the type beside Python's libraries: its versions, for whoever wants to print the same again."""

from __future__ import annotations


def versions() -> tuple[tuple[str, str], ...]:
    """Names and versions of the system's libraries that WeasyPrint has loaded."""
    from weasyprint.text.ffi import pango

    number = int(pango.pango_version())  # major, minor and micro, two digits each for the last two
    return (("Pango", f"{number // 10_000}.{number // 100 % 100}.{number % 100}"),)
