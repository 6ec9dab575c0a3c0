"""Words for people in English and Dutch: what is printed goes through them, and the command says in which language.

A `Sentence` is its English words to every file and program, and keeps its Dutch beside them. What makes it needs no
language: who prints it asks for the words of the reader.
"""

import re
from collections.abc import Iterable, Sequence
from string import Formatter
from typing import Any, Final

from attrs import frozen

ENGLISH: Final = "en"
DUTCH: Final = "nl"
LANGUAGES: Final = (ENGLISH, DUTCH)
_DECIMAL: Final = re.compile(r"-?[0-9]+\.[0-9]+")
_SEPARATORS: Final = str.maketrans(",.", ".,")


class Sentence(str):
    """English words that know their Dutch."""

    __slots__ = ("dutch",)

    dutch: str
    """The same in Dutch."""

    def __new__(cls, english: str, dutch: str) -> "Sentence":
        """Words in both languages.

        Args:
            english: In English.
            dutch: In Dutch.
        """
        sentence = super().__new__(cls, english)
        sentence.dutch = dutch
        return sentence

    def __reduce__(self) -> tuple[type["Sentence"], tuple[str, str]]:
        """What makes it again, for copies."""
        return Sentence, (str(self), self.dutch)


class _DutchFormatter(Formatter):
    """Fills words in Dutch: values with Dutch words have those, and numbers the Dutch separators."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, str):
            return format(in_language(value, DUTCH), format_spec)
        text = str(super().format_field(value, format_spec))
        return text.translate(_SEPARATORS) if isinstance(value, int | float) else text


@frozen
class Text:
    """Words for people in both languages."""

    english: str
    """In English; may hold names in braces to be filled."""
    dutch: str
    """In Dutch, with the same names."""

    def words(self, language: str, **values: object) -> str:
        """The words in a language, with the values filled in.

        Args:
            language: `en` or `nl`.
            values: By the names in braces.
        """
        if language == DUTCH:
            return _DutchFormatter().vformat(self.dutch, (), values)
        return self.english.format(**values)

    def sentence(self, **values: object) -> Sentence:
        """The words in both languages, with the values filled in.

        Args:
            values: By the names in braces; a sentence among them is filled in in the language of each.
        """
        return Sentence(self.words(ENGLISH, **values), self.words(DUTCH, **values))


SIMULATION: Final = Text("SIMULATION: ", "SIMULATIE: ")
"""What stands before everything of a simulation."""
NOTHING: Final = Sentence("", "")


def marked(simulation: bool) -> Sentence:
    """What stands before the first line of a result.

    Args:
        simulation: Whether it is a simulation; nothing stands there otherwise.
    """
    return SIMULATION.sentence() if simulation else NOTHING


def in_language(text: str, language: str) -> str:
    """The words of a text in a language; what has no Dutch, such as a name or a code, stays as it is.

    Args:
        text: A sentence, or what is the same in both languages.
        language: `en` or `nl`.
    """
    return text.dutch if language == DUTCH and isinstance(text, Sentence) else str(text)


def phrase(text: str, /, **values: object) -> Sentence:
    """Words that are the same in both languages but for what is filled in.

    Args:
        text: May hold names in braces.
        values: By the names in braces.
    """
    return Text(text, text).sentence(**values)


def numeral(text: str) -> Sentence:
    """A number as English writes it, with the separators of each language: `1,234.56` and `1.234,56`.

    Args:
        text: The number, perhaps with a sign or a unit that has neither comma nor point.
    """
    return Sentence(text, text.translate(_SEPARATORS))


def value_in_words(value: str) -> Sentence:
    """A value of a parameter as people read it: a number with a point has the comma of Dutch, all else is as written.

    Args:
        value: As a scenario writes it.
    """
    return numeral(value) if _DECIMAL.fullmatch(value) else Sentence(value, value)


def stripped(text: str) -> Sentence:
    """A text without the blanks around it.

    Args:
        text: A sentence, or what is the same in both languages.
    """
    return Sentence(text.strip(), in_language(text, DUTCH).strip())


def joined(between: str, parts: Iterable[str]) -> Sentence:
    """Texts one after another.

    Args:
        between: What stands between two of them.
        parts: The texts.
    """
    several: Sequence[str] = tuple(parts)
    return Sentence(between.join(several), between.join(in_language(part, DUTCH) for part in several))


__all__ = [
    "DUTCH",
    "ENGLISH",
    "LANGUAGES",
    "NOTHING",
    "Sentence",
    "Text",
    "in_language",
    "joined",
    "marked",
    "numeral",
    "phrase",
    "stripped",
    "value_in_words",
]
