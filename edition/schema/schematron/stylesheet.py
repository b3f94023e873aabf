"""The stylesheet that a schema becomes: its lines, where they come from, and its assertions by number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True, slots=True)
class Assertion:
    """An assert or report: where it stands in the schema, its role, and what helps with it."""

    place: str
    role: str
    see: str


@dataclass
class Stylesheet:
    """The stylesheet line by line, where each line comes from, and its assertions by number."""

    lines: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)

    def add(self, text: str, origin: str = "") -> None:
        for line in text.split("\n"):
            self.lines.append(line)
            self.origins.append(origin)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def origin(self, line: int) -> str:
        """The place in the schema that a line was made from: its own, or the nearest before it."""
        before = self.origins[: max(line, 0)]
        return next((origin for origin in reversed(before) if origin), "")


def attributes(**values: str) -> str:
    """Attributes as text; those that are empty are left out. A line end was written as `&#10;`, and is again."""
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items() if value)


def words(text: str | None) -> str:
    """What a message says, with single spaces."""
    shown = re.sub(r"\s+", " ", text or "")
    return f"<xsl:text>{escape(shown)}</xsl:text>" if shown else ""
