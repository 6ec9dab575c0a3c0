"""Feed of a big message to xml2arrow: wraps, recodes to UTF-8 and screens it on the way."""

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
from quotum.intake.payroll_xml.message_head import BrokenMessageError
from quotum.intake.payroll_xml.screen import Screen
from quotum.intake.payroll_xml.structure import Structure

_PIECE: Final = 1 << 21
_PIPE: Final = 1 << 20
_LONGEST_WITHOUT_START: Final = 4 << 20
_SLASH: Final = b"/"[0]


@define
class Feed:
    """A message as xml2arrow reads it: through a pipe, without waiting for Python."""

    stream: BinaryIO
    """The rest of the message."""
    screen: Screen
    """Screens the bytes that pass."""
    structure: Structure
    """Follows the elements that pass."""
    start: bytes
    """Bytes that are read and not yet screened."""
    failure: BaseException | None = None
    """Error in the writing thread, which xml2arrow would hide."""
    _since_tag: int = 0
    _lengths: Lengths = field(factory=Lengths)

    def batches(self, rows: int) -> Iterator[tuple[str, pa.RecordBatch]]:
        """Yields the batches that xml2arrow makes; afterwards `failure` tells whether the whole message passed.

        Args:
            rows: Largest number of rows of a batch.

        Raises:
            Xml2ArrowError: The message cannot be read.
        """
        reading, writing = os.pipe()
        with contextlib.suppress(AttributeError, OSError):  # a pipe of the usual size is only slower
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
                del batches  # closes the reading end, so that the writer stops

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
        """Yields the bytes that xml2arrow must read."""
        yield layout.OPENING + layout.MESSAGE_OPENING
        for piece, plain, ended in self._pieces():
            self.screen.feed(piece)
            self.structure.doubtful |= self.screen.doubtful or not plain
            read = self.structure.feed(piece, ended)
            self._bound(piece)
            yield read.decode("latin-1").encode() if self.screen.head.latin1 and not read.isascii() else read
        yield layout.MESSAGE_CLOSING + layout.CLOSING

    def _pieces(self) -> Iterator[tuple[bytes, bool, bool]]:
        """Yields pieces, with whether each ends before a start tag or the end, and whether it is the last."""
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
        """Refuses an endless text, tag, comment or CDATA section, which xml2arrow would hold in memory.

        Raises:
            BrokenMessageError: It is longer than any in a payroll return.
        """
        if self.structure.doubtful:
            self._lengths.feed(piece)
            return
        tag = piece.rfind(b"<")
        self._since_tag = len(piece) - tag if tag >= 0 else self._since_tag + len(piece)
        if self._since_tag > LONGEST_TEXT:
            raise BrokenMessageError(TOO_LONG)


def _last_start(data: bytes) -> int:
    """Returns where the last start tag begins whose next byte is present too; -1 when there is none."""
    at = data.rfind(b"<", 0, len(data) - 1)
    while at >= 0 and data[at + 1] == _SLASH:
        at = data.rfind(b"<", 0, at)
    return at
