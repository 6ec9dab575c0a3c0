"""How a command ends: with the code of a user's error, when interrupted, and when nothing more can be written."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import click

from jobs import words
from quotum.errors import user_error
from quotum.words import ENGLISH

INTERRUPTED = 130


class _Interrupt:
    """Whether somebody asked to stop; every library reports it differently."""

    asked = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
        raise KeyboardInterrupt


@contextmanager
def ending(language: Callable[[], str] = lambda: ENGLISH) -> Iterator[None]:
    """Ends the process as a command of quotum ends.

    A user's error ends it with its message and exit code, Ctrl-C with 130, and output that cannot be written, or a file
    that may not be looked at, with 14. Anything else keeps its traceback.

    Args:
        language: Tells the language of the command: it is known only once the command was parsed.
    """
    interrupt = _Interrupt()
    before = _handled(interrupt)
    try:
        yield
    except SystemExit as ended:
        if interrupt.asked and ended.code != INTERRUPTED:
            _end(words.INTERRUPTED.words(language()), INTERRUPTED)
        raise
    except BaseException as error:
        if interrupt.asked or isinstance(error, KeyboardInterrupt):
            _end(words.INTERRUPTED.words(language()), INTERRUPTED)
        plain = user_error(error)
        if plain is None:
            raise
        _end(plain.words(language()), plain.exit_code)
    finally:
        if before is not None:
            with suppress(ValueError):
                signal.signal(signal.SIGINT, before)


def _handled(interrupt: _Interrupt) -> "signal._HANDLER":
    """Handles Ctrl-C, unless the process ignores it; returns the handler before."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return None
    with suppress(ValueError):  # not in the main thread
        return signal.signal(signal.SIGINT, interrupt)
    return None


def _end(message: str, code: int) -> None:
    """Shows a message and ends the process; output that failed before is not tried again."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is sys.stderr:
                click.echo(f"quotum: {message}", err=True)
            stream.flush()
        except OSError:
            _to_nowhere(stream)
    sys.exit(code)


def _to_nowhere(stream: object) -> None:
    with suppress(OSError, AttributeError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[attr-defined]
        os.close(nowhere)


__all__ = ["INTERRUPTED", "ending"]
