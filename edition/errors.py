"""What stops a run. Findings about the edition are data (`diagnostics`); these are the failures beside them.

Every error says what is wrong and where, and its advice says what to do. The exit code stands with the kind.
"""

from __future__ import annotations


class EditionError(Exception):
    """The run could not be finished. `advice` is one sentence that says what to do, or empty."""

    exit_code = 3

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class UsageError(EditionError):
    """The command line or edition.toml asks for something that cannot be meant."""

    exit_code = 2


class ConfigError(UsageError):
    """edition.toml, or a file it needs in order to be understood, is wrong."""
