"""What an archive may cost: a few bytes can stand for terabytes, or for millions of names."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from edition.errors import UsageError

FLOOR = 64 << 20  # bytes that any archive may unpack to, however small it is


@dataclass(frozen=True, slots=True)
class Limits:
    """`entries` in an archive; `ratio` of unpacked to packed bytes, beyond 64 MiB; `size` unpacked, in bytes.

    `depth` is how many folders lie within each other; `sparse`, the bytes that all holes of sparse files stand for.
    """

    entries: int = 2_000_000
    ratio: int = 200
    size: int = 1 << 42
    depth: int = 64
    sparse: int = FLOOR

    def bytes_of(self, packed: int) -> int:
        """How many bytes an archive of so many may unpack to."""
        return min(self.size, max(FLOOR, self.ratio * packed))

    def but(self, setting: str) -> Limits:
        """These limits with another value for one, written as `ratio=1000`. Raises UsageError."""
        name, _, value = setting.partition("=")
        known = [each.name for each in fields(self)]
        if name not in known or not (value.isascii() and value.isdigit() and 0 < len(value) < 19 and int(value)):
            raise UsageError(
                f"{setting[:60]!r} is no limit",
                advice=f"write NAME=NUMBER, as in ratio=1000; known: {', '.join(known)}",
            )
        return replace(self, **{name: int(value)})
