"""What a command prints, in the language that was asked for."""

import click

from quotum.words import Sentence, in_language, phrase

LANGUAGE_OF_COMMAND = "quotum.language"
"""Where the context of a command keeps its language, for what goes wrong outside it."""


def say(text: str, language: str, *, aside: bool = False) -> None:
    """Prints a text.

    Args:
        text: A sentence, or what is the same in both languages.
        language: `en` or `nl`.
        aside: On standard error: not a result, but what the operator must see.
    """
    click.echo(in_language(text, language), err=aside)


def remark(text: str, language: str) -> None:
    """Prints what the operator must see, on standard error and with the name of quotum before it.

    Args:
        text: A sentence, or what is the same in both languages.
        language: `en` or `nl`.
    """
    say(named(text), language, aside=True)


def named(text: str) -> Sentence:
    """A text with the name of quotum before it."""
    return phrase("quotum: {text}", text=text)


__all__ = ["LANGUAGE_OF_COMMAND", "named", "remark", "say"]
