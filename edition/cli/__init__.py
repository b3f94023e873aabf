"""The command `edition`: read the command line, call the library, print a report, exit.

Nothing but click is imported until a command runs, so that `edition --help` answers at once.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from edition.cli.commands import edition as edition

if TYPE_CHECKING:
    from edition.errors import EditionError

INTERRUPTED = 130

atexit.register(gc.freeze)  # what is left need not be taken apart, object by object, before the process ends


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code. This is the only place where an exception ends."""
    from edition.errors import EditionError

    arguments = list(sys.argv[1:] if arguments is None else arguments)
    with contextlib.suppress(ValueError):  # not the main thread, in tests
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a report is UTF-8 whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # else AttributeError
    try:
        return int(edition.main(args=arguments, prog_name="edition", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return 2
    except EditionError as error:
        _say_error(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("edition: interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the report has read enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - closed when the process ends, a moment from here
        return 3
    except Exception as error:  # noqa: BLE001 - the last resort that the contract asks for: one line, exit code 3
        if "--verbose" in arguments:
            import traceback

            traceback.print_exception(error)
        click.echo(f"edition: internal error: {type(error).__name__}: {error}", err=True)
        click.echo("  This is a fault of ours. `--verbose` says more; please report it.", err=True)
        return 3


def _say_error(error: EditionError) -> None:
    from edition.reports.printable import printable

    click.echo(f"edition: error: {printable(error.message)}", err=True)
    if error.advice:
        click.echo(f"  {printable(error.advice)}", err=True)
