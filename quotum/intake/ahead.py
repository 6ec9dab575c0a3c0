"""Work done ahead, in a thread of its own: while one piece is worked on, the next is made."""

import contextlib
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Piece = TypeVar("_Piece")


def ahead(pieces: Generator[_Piece] | Iterator[_Piece]) -> Iterator[_Piece]:
    """The same pieces in the same order, the next one made while the present one is used.

    What goes wrong with making a piece is raised where it would have come. The pieces are all made in one
    thread, which nothing else may depend on.
    """
    end = object()
    with contextlib.ExitStack() as closing, ThreadPoolExecutor(1) as pool:
        if isinstance(pieces, Generator):
            closing.callback(pieces.close)
        coming = pool.submit(next, pieces, end)
        while (piece := coming.result()) is not end:
            coming = pool.submit(next, pieces, end)
            yield piece  # type: ignore[misc]
