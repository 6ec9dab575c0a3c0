"""Lines for a screen: sentences and tables within its width, broken between words only."""

import re
import shutil
import textwrap
from collections.abc import Sequence
from typing import Final

from attrs import frozen

from quotum.terminal import WIDTH_WITHOUT_TERMINAL

NARROW: Final = 80
_GAP: Final = 2
_PIECES: Final = re.compile(r"[^-_+/ ]+[-_+/]*|[-_+/]+")


@frozen
class Screen:
    """A place to print on."""

    columns: int
    """Width in characters."""
    wraps: bool
    """Whether sentences are broken at that width; false: a line each, for files and other programs."""


def screen() -> Screen:
    """Returns the screen of standard output; COLUMNS of the environment names its width too."""
    columns = shutil.get_terminal_size((0, 0)).columns
    return Screen(columns, wraps=True) if columns else Screen(WIDTH_WITHOUT_TERMINAL, wraps=False)


def narrow_screen() -> Screen:
    """Returns the screen of standard output, or one of 80 columns where nothing tells how wide it is."""
    on = screen()
    return on if on.wraps else Screen(NARROW, wraps=True)


def paragraph(text: str, on: Screen, *, hanging: int = 0) -> str:
    """Returns a sentence within the screen; a word that is wider than the screen stays whole.

    Args:
        text: The sentence; blanks at its start are kept.
        on: The screen.
        hanging: Blanks before every line but the first, besides those at the start.
    """
    if not on.wraps:
        return text
    start = text[: len(text) - len(text.lstrip())]
    rest = " " * (len(start) + hanging)
    return textwrap.fill(
        text.strip(), on.columns, initial_indent=start, subsequent_indent=rest, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


@frozen
class Column:
    """A column of numbers under a heading."""

    heading: str
    """Heading, broken after `-`, `_`, `+`, `/` and blanks."""
    cells: tuple[str, ...]
    """Cells in order of the rows; a fraction is broken after its `/`, any other cell stays whole."""

    @property
    def width(self) -> int:
        """Smallest width."""
        pieces = [*_PIECES.findall(self.heading), *(part for cell in self.cells for part in _parts(cell))]
        return max((len(piece) for piece in pieces), default=0)


def table(corner: str, labels: Sequence[str], columns: Sequence[Column], on: Screen) -> list[str]:
    """Returns a table of numbers as lines; columns that do not fit stand below each other, each with the labels.

    Args:
        corner: Heading of the labels.
        labels: The first cell of every row.
        columns: The columns.
        on: The screen.
    """
    first = max(len(text) for text in (corner, *labels))
    lines: list[str] = []
    waiting = list(columns)
    while waiting:
        block, room = [waiting.pop(0)], on.columns - first
        room -= block[0].width + _GAP
        while waiting and waiting[0].width + _GAP <= room:
            room -= waiting[0].width + _GAP
            block.append(waiting.pop(0))
        lines += ([""] if lines else []) + _block(corner, labels, block, first)
    return lines


def _block(corner: str, labels: Sequence[str], block: Sequence[Column], first: int) -> list[str]:
    headings = [_packed(_PIECES.findall(column.heading), column.width) for column in block]
    lines = _row(corner, headings, block, first)
    for number, label in enumerate(labels):
        cells = [_packed(_parts(column.cells[number]), column.width) for column in block]
        lines += _row(label, cells, block, first)
    return lines


def _row(label: str, cells: Sequence[list[str]], block: Sequence[Column], first: int) -> list[str]:
    height = max(len(cell) for cell in cells)
    lines = []
    for line in range(height):
        texts = [cell[line] if line < len(cell) else "" for cell in cells]
        numbers = (text.rjust(column.width + _GAP) for text, column in zip(texts, block, strict=True))
        lines.append(f"{label if line == 0 else '':<{first}}{''.join(numbers)}".rstrip())
    return lines


def _parts(cell: str) -> list[str]:
    """Returns the parts of a cell: of a fraction its numerator with the bar, and its denominator."""
    numerator, bar, denominator = cell.partition("/")
    return [f"{numerator}{bar}", denominator] if bar else [cell]


def _packed(pieces: Sequence[str], width: int) -> list[str]:
    """Packs pieces into as few lines as fit; a blank stands between pieces that end in none of the separators."""
    lines = [""]
    for piece in pieces:
        gap = " " if lines[-1] and lines[-1][-1] not in "-_+/" else ""
        if lines[-1] and len(lines[-1]) + len(gap) + len(piece) > width:
            lines.append(piece)
        else:
            lines[-1] += gap + piece
    return lines


__all__ = ["Column", "Screen", "narrow_screen", "paragraph", "screen", "table"]
