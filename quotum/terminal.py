"""The console that commands print on: the terminal, or plain lines for files and other programs."""

from typing import Final

from rich.console import Console

WIDTH_WITHOUT_TERMINAL: Final = 200
"""Width where nothing tells how wide the screen is: lines are then as long as their sentences."""


def console(*, markup: bool = True) -> Console:
    """Returns the console of standard output: the terminal, or text without colour and of a fixed width.

    Args:
        markup: Whether square brackets in a text are marks of style.
    """
    terminal = Console(highlight=False, markup=markup)
    if terminal.is_terminal:
        return terminal
    return Console(highlight=False, markup=markup, width=WIDTH_WITHOUT_TERMINAL, color_system=None)


__all__ = ["WIDTH_WITHOUT_TERMINAL", "console"]
