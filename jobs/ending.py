"""How a command ends: with the code of a user's error, when interrupted, and when nothing more can be written."""

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import click

from quotum.errors import CannotWrite, Forbidden, QuotumError

INTERRUPTED = 130
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM)


class _Interrupt:
    """Whether somebody asked to stop: libraries say that each in their own way."""

    asked = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
        raise KeyboardInterrupt


@contextmanager
def ending() -> Iterator[None]:
    """Ends the process as a command of quotum ends.

    A user's error ends it with its message and exit code, Ctrl-C with 130, and output that cannot be written, or a file
    that may not be looked at, with 14. Anything else keeps its traceback.
    """
    interrupt = _Interrupt()
    before = _handled(interrupt)
    try:
        yield
    except SystemExit as ended:
        if interrupt.asked and ended.code != INTERRUPTED:
            _end("interrupted; nothing was left half written", INTERRUPTED)
        raise
    except BaseException as error:
        if interrupt.asked or isinstance(error, KeyboardInterrupt):
            _end("interrupted; nothing was left half written", INTERRUPTED)
        said = _said(error)
        if said is None:
            raise
        _end(str(said), said.exit_code)
    finally:
        if before is not None:
            with suppress(ValueError):
                signal.signal(signal.SIGINT, before)


def _handled(interrupt: _Interrupt) -> "signal._HANDLER":
    """Have Ctrl-C noticed, as far as the process itself is not told to leave it alone; what was before."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return None
    with suppress(ValueError):  # not in the main thread
        return signal.signal(signal.SIGINT, interrupt)
    return None


def _said(error: BaseException) -> QuotumError | None:
    """What a user is told of an error; None of one that is a defect."""
    if isinstance(error, QuotumError):
        return error
    if not isinstance(error, OSError):
        return None
    if error.errno in _FORBIDDEN and error.filename:
        return Forbidden(os.fsdecode(error.filename))
    if error.errno in _FULL:
        return cannot_write(error)
    return None


def cannot_write(error: OSError) -> CannotWrite:
    """What a user is told when output cannot be written."""
    what = f"{os.fsdecode(error.filename)} cannot" if error.filename else "standard output, or a file, cannot"
    return CannotWrite(f"{what} be written: {error.strerror}. Make room, or send it elsewhere")


def _end(said: str, code: int) -> None:
    """Say it and end; what could not be written before is not tried again."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is sys.stderr:
                click.echo(f"quotum: {said}", err=True)
            stream.flush()
        except OSError:
            _to_nowhere(stream)
    sys.exit(code)


def _to_nowhere(stream: object) -> None:
    with suppress(OSError, AttributeError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[attr-defined]
        os.close(nowhere)


__all__ = ["INTERRUPTED", "cannot_write", "ending"]
