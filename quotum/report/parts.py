"""What a page is made of: sections with sentences, charts and tables. No wording and no layout is decided here."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from attrs import field, frozen

from quotum.report.reader import Reader


@frozen
class Cell:
    """A cell of a table."""

    text: str
    """What is shown."""
    order: str = ""
    """What the column is sorted by, when that is not the text."""
    number: bool = False
    """Whether it is a number in a column that is not all numbers."""
    english: bool = False
    """Whether it is in English whatever the page is in: names, notes and sources are data."""


@frozen
class Heading:
    """A column of a table."""

    text: str
    """Name of the column."""
    number: bool = False
    """Whether it holds numbers: set right, sorted by value."""


@frozen
class TableView:
    """A table as shown."""

    name: str
    """Identifier on the page."""
    caption: str
    """What it shows."""
    headings: tuple[Heading, ...]
    """Columns."""
    rows: tuple[tuple[Cell, ...], ...]
    """Cells by row; the first of a row names it."""


@frozen
class Chart:
    """A chart as drawn."""

    name: str
    """Identifier on the page."""
    title: str
    """What it shows; stands above it and is its name for who cannot see it."""
    description: str
    """The same in words, for who cannot see it."""
    svg: str
    """The drawing."""


@frozen
class Answer:
    """An answer in plain sentences."""

    who: str
    """Of what: a scenario, or several with the same answer."""
    text: str
    """The sentences."""


@frozen
class Question:
    """A question that the page answers at its top."""

    text: str
    """The question."""
    answers: tuple[Answer, ...]
    """Answers."""


@frozen
class Section:
    """A section of a page."""

    name: str
    """Identifier on the page."""
    title: str
    """Heading."""
    paragraphs: tuple[str, ...] = ()
    """Sentences above the charts."""
    questions: tuple[Question, ...] = ()
    """Questions with their answers."""
    shown: tuple[Chart | TableView, ...] = ()
    """Charts and tables in order."""
    terms: tuple[tuple[str, str], ...] = ()
    """Words and what they mean."""


@frozen
class Page:
    """A page."""

    title: str
    """Heading of the page."""
    simulation: bool
    """Whether it says SIMULATION everywhere."""
    facts: tuple[str, ...] = ()
    """Lines under the heading: year, days, digests."""
    note: str = ""
    """What must be read before anything else."""
    sections: tuple[Section, ...] = field(default=())
    """Sections in order."""


_OF_PERCENT: Final = ("rate_", "share_", "break_even_", "from_", "to_", "quota_percentage_")
"""How columns in hundredths of a percent point begin; other hundredths are of a job or a person."""

Show = Callable[[Any], Cell]


@frozen
class Shower:
    """Makes cells in the reader's language."""

    reader: Reader
    """Who reads."""

    def words(self, text: str | None) -> Cell:
        """Text in the reader's language."""
        return Cell(text or "")

    def data(self, text: str | None) -> Cell:
        """Text as it is in the data, which is English."""
        return Cell(text or "", english=self.reader.language != "en")

    def number(self, value: int | None, written: Callable[[int], str]) -> Cell:
        """A number, sorted by its value; a dash when there is none."""
        return Cell("–", number=True) if value is None else Cell(written(value), str(value), number=True)

    def euro(self, value: int | None) -> Cell:
        """Cents in whole euros."""
        return self.number(value, self.reader.euro)

    def count(self, value: int | None) -> Cell:
        """A whole number."""
        return self.number(value, self.reader.count)

    def jobs(self, value: int | None) -> Cell:
        """Hundredths of a job."""
        return self.number(value, self.reader.jobs)

    def percent(self, value: int | None) -> Cell:
        """Hundredths of a percent point."""
        return self.number(value, self.reader.percent)

    def by_unit(self, name: str) -> Show:
        """How a column is shown, by the end of its name."""
        if name.endswith("_cents"):
            return self.euro
        if name.startswith(_OF_PERCENT):
            return self.percent
        return self.jobs if name.endswith("_hundredths") else self.count

    def headings(self, first: Iterable[str], numbers: Iterable[str]) -> tuple[Heading, ...]:
        """Columns by their names in the word list: those with text, then those with numbers."""
        say = self.reader.say
        return (
            *(Heading(say(f"column.{name}")) for name in first),
            *(Heading(say(f"column.{name}"), number=True) for name in numbers),
        )


def table(
    shower: Shower,
    name: str,
    caption: str,
    texts: Sequence[tuple[str, Callable[[Any], Cell]]],
    numbers: Sequence[str],
    rows: Sequence[Any],
) -> TableView:
    """A table over rows: columns of text with how each is made, and columns of numbers by their names."""
    made = tuple(
        (*(of(row) for _, of in texts), *(shower.by_unit(column)(row[column]) for column in numbers)) for row in rows
    )
    return TableView(name, caption, shower.headings((key for key, _ in texts), numbers), made)


__all__ = ["Answer", "Cell", "Chart", "Heading", "Page", "Question", "Section", "Shower", "TableView", "table"]
