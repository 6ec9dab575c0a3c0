"""Small pieces of HTML for notebooks."""

from collections.abc import Iterable, Iterator
from html import escape

import pandas as pd


def as_html(title: str, frames: Iterable[pd.DataFrame], lists: Iterable[tuple[str, Iterable[str]]] = ()) -> str:
    """A title, frames that have rows, and lists that have items.

    Args:
        title: First line.
        frames: Tables, in order.
        lists: Titles with their items.
    """
    return "\n".join(_lines(title, frames, lists)) + "\n"


def _lines(title: str, frames: Iterable[pd.DataFrame], lists: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    yield f"<p><strong>{escape(title)}</strong></p>"
    for frame in frames:
        if len(frame):
            yield frame.to_html(index=False, border=0)
    for name, items in lists:
        texts = [f"<li>{escape(item)}</li>" for item in items]
        if texts:
            yield f"<p>{escape(name)}:</p><ul>{''.join(texts)}</ul>"
