"""A big message on its way to xml2arrow: wrapped, in UTF-8, and screened as it passes."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from attrs import define, field

from quotum.intake import loonaangifte_tables as layout
from quotum.intake.ahead import ahead
from quotum.intake.loonaangifte_structure import Structure
from quotum.intake.loonaangifte_xml import BrokenMessageError, Screen

_PIECE: Final = 1 << 19
_LONGEST_TEXT: Final = 32 << 20
_TOO_LONG: Final = "one text, tag or comment is longer than 32 megabytes. Expected: a payroll return."


@define
class Feed:
    """The stream that xml2arrow reads; the next piece is screened while it reads the one before."""

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
    _ready: memoryview = field(factory=lambda: memoryview(b""))
    _pieces: Iterator[bytes] = field(init=False)
    _since_tag: int = 0
    _since_markup: int = 0

    def __attrs_post_init__(self) -> None:
        """Begin to read."""
        self._pieces = ahead(self._screened())

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes; none at the end."""
        while not self._ready and self.failure is None:
            try:
                self._ready = memoryview(next(self._pieces))
            except StopIteration:
                break
            except BaseException as error:
                self.failure = error
        size = len(self._ready) if size < 0 else size
        given, self._ready = bytes(self._ready[:size]), self._ready[size:]
        return given

    def _screened(self) -> Iterator[bytes]:
        yield layout.OPENING + layout.MESSAGE_OPENING
        waiting = self.start
        while data := self.stream.read(_PIECE):
            waiting += data
            cut = waiting.rfind(b">") + 1
            if len(waiting) - cut > _LONGEST_TEXT:
                raise BrokenMessageError(_TOO_LONG)
            yield self._passed(waiting[:cut])
            waiting = waiting[cut:]
        yield self._passed(waiting) + layout.MESSAGE_CLOSING + layout.CLOSING

    def _passed(self, piece: bytes) -> bytes:
        self.screen.feed(piece)
        self.structure.doubtful |= self.screen.doubtful
        self.structure.feed(piece)
        self._bound(piece)
        return piece.decode("latin-1").encode() if self.screen.head.latin1 and not piece.isascii() else piece

    def _bound(self, piece: bytes) -> None:
        """Refuse a text, tag, comment or CDATA without end: xml2arrow would hold it whole.

        Raises:
            BrokenMessageError: It is longer than any of a payroll return.
        """
        tag = piece.rfind(b"<")
        self._since_tag = len(piece) - tag if tag >= 0 else self._since_tag + len(piece)
        if self.structure.doubtful:
            opened = max(piece.rfind(sign) for sign in (b"<!", b"<?"))
            closed = max(piece.rfind(sign) for sign in (b"-->", b"]]>", b"?>"))
            if max(opened, closed) >= 0:
                self._since_markup = len(piece) - opened if opened > closed else 0
            elif self._since_markup:
                self._since_markup += len(piece)
        if max(self._since_tag, self._since_markup) > _LONGEST_TEXT:
            raise BrokenMessageError(_TOO_LONG)
