"""What sets the type beside Python's libraries: its versions, for whoever wants to print the same again."""

from __future__ import annotations

from typing import Any


def versions() -> tuple[tuple[str, str], ...]:
    """Names and versions of the system's libraries that WeasyPrint has loaded.

    HarfBuzz-Subset takes out of the fonts what is not used; where it is not there fontTools does, with other bytes.
    """
    from weasyprint.text.ffi import harfbuzz, harfbuzz_subset, pango

    number = int(pango.pango_version())  # major, minor and micro, two digits each for the last two
    found = {
        "Pango": f"{number // 10_000}.{number // 100 % 100}.{number % 100}",
        "HarfBuzz": _newest(harfbuzz),
        "HarfBuzz-Subset": _newest(harfbuzz) if harfbuzz_subset else "",
    }
    return tuple((name, version) for name, version in found.items() if version)


def _newest(harfbuzz: Any) -> str:
    """The version that HarfBuzz has, which it says only to whom asks for one at least as new."""
    parts = [0, 0, 0]
    for at in range(len(parts)):
        while harfbuzz.hb_version_atleast(*parts[:at], parts[at] + 1, *([0] * (2 - at))):
            parts[at] += 1
    return ".".join(map(str, parts))
