"""A big message on its way to xml2arrow: wrapped, in UTF-8, and screened as it passes."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO, Final

import pyarrow as pa
from attrs import define, field

from quotum.intake.payroll_xml import mapping as layout
from quotum.intake.payroll_xml.lengths import LONGEST_TEXT, TOO_LONG, Lengths
from quotum.intake.payroll_xml.outside import BrokenMessageError
from quotum.intake.payroll_xml.screen import Screen
from quotum.intake.payroll_xml.structure import Structure

_PIECE: Final = 1 << 21
_PIPE: Final = 1 << 20
_LONGEST_WITHOUT_START: Final = 4 << 20
_SLASH: Final = b"/"[0]


@define
class Feed:
    """A message as xml2arrow reads it: through a pipe, for which it needs no Python and waits for none."""

    stream: BinaryIO
    """The rest of the message."""
    screen: Screen
    """Looks at what passes."""
    structure: Structure
    """Looks at the elements that pass."""
    start: bytes
    """Bytes read and not yet screened."""
    failure: BaseException | None = None
    """What went wrong; xml2arrow would hide it."""
    _since_tag: int = 0
    _lengths: Lengths = field(factory=Lengths)

    def batches(self, rows: int) -> Iterator[tuple[str, pa.RecordBatch]]:
        """What xml2arrow makes of the message; whether all of it passed, `failure` says afterwards.

        Args:
            rows: Largest number of rows of a batch.

        Raises:
            Xml2ArrowError: It cannot be read.
        """
        reading, writing = os.pipe()
        with contextlib.suppress(AttributeError, OSError):  # a pipe of the usual size is slower, no more
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE)
        try:
            batches = layout.parse_batches(f"/dev/fd/{reading}", rows)
        except BaseException:
            os.close(writing)
            raise
        finally:
            os.close(reading)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(self._write, writing)
            try:
                while (batch := next(batches, None)) is not None:
                    yield batch
            finally:
                del batches  # nobody reads on then, so that who writes ends

    def _write(self, handle: int) -> None:
        with contextlib.suppress(BrokenPipeError), os.fdopen(handle, "wb") as out:
            try:
                for piece in self._read():
                    out.write(piece)
            except BrokenPipeError:
                raise
            except BaseException as error:
                self.failure = error

    def _read(self) -> Iterator[bytes]:
        """What xml2arrow must read."""
        yield layout.OPENING + layout.MESSAGE_OPENING
        for piece, plain, ended in self._pieces():
            self.screen.feed(piece)
            self.structure.doubtful |= self.screen.doubtful or not plain
            read = self.structure.feed(piece, ended)
            self._bound(piece)
            yield read.decode("latin-1").encode() if self.screen.head.latin1 and not read.isascii() else read
        yield layout.MESSAGE_CLOSING + layout.CLOSING

    def _pieces(self) -> Iterator[tuple[bytes, bool, bool]]:
        """The message in pieces; whether each ends before a start tag or as the message does, and whether it does."""
        waiting = self.start
        while data := self.stream.read(_PIECE):
            cut = _last_start(data)
            if cut > 0:
                yield b"".join((waiting, memoryview(data)[:cut])), True, False
                waiting = data[cut:]
                continue
            waiting += data
            if len(waiting) > _LONGEST_WITHOUT_START and (cut := waiting.rfind(b">") + 1):
                yield waiting[:cut], False, False
                waiting = waiting[cut:]
            if len(waiting) > LONGEST_TEXT:
                raise BrokenMessageError(TOO_LONG)
        yield waiting, True, True

    def _bound(self, piece: bytes) -> None:
        """Refuse a text, tag, comment or CDATA without end: xml2arrow would hold it whole.

        Raises:
            BrokenMessageError: It is longer than any of a payroll return.
        """
        if self.structure.doubtful:
            self._lengths.feed(piece)
            return
        tag = piece.rfind(b"<")
        self._since_tag = len(piece) - tag if tag >= 0 else self._since_tag + len(piece)
        if self._since_tag > LONGEST_TEXT:
            raise BrokenMessageError(TOO_LONG)


def _last_start(data: bytes) -> int:
    """Where the last start tag begins, of which the next byte is there too; -1 when there is none."""
    at = data.rfind(b"<", 0, len(data) - 1)
    while at >= 0 and data[at + 1] == _SLASH:
        at = data.rfind(b"<", 0, at)
    return at
