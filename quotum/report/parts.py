"""Parts of a page: sections with sentences, charts and tables, without wording or layout."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from attrs import field, frozen

from quotum.citations import cited
from quotum.report.reader import Reader
from quotum.words import in_language


@frozen
class Cell:
    """A cell of a table."""

    text: str
    """Visible text."""
    order: str = ""
    """Sort key of the cell, when that is not the text."""
    number: bool = False
    """Whether it is a number in a column that is not all numbers."""
    english: bool = False
    """Whether it is English on any page: names, notes and sources are data."""


@frozen
class Heading:
    """A column of a table."""

    text: str
    """Name of the column."""
    number: bool = False
    """Whether it holds numbers: aligned right, sorted by value."""


@frozen
class TableView:
    """A table for display."""

    name: str
    """Identifier on the page."""
    caption: str
    """Caption."""
    headings: tuple[Heading, ...]
    """Columns."""
    rows: tuple[tuple[Cell, ...], ...]
    """Cells by row; the first cell names its row."""


@frozen
class Chart:
    """A drawn chart."""

    name: str
    """Identifier on the page."""
    title: str
    """Title above it, and its name for readers who cannot see it."""
    description: str
    """Description in words, for readers who cannot see it."""
    svg: str
    """The drawing."""


@frozen
class Answer:
    """An answer in plain sentences."""

    who: str
    """Its scenario, or several with the same answer."""
    text: str
    """The sentences."""


@frozen
class Question:
    """A question answered at the top of the page."""

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
    """Words and their meaning."""


@frozen
class Page:
    """A page."""

    title: str
    """Heading of the page."""
    simulation: bool
    """Whether it says SIMULATION everywhere."""
    facts: tuple[str, ...] = ()
    """Lines under the heading: year, days, digests."""
    chart_facts: tuple[str, ...] = ()
    """What a picture of a chart says under its title: the year that it shows, and the day of the returns."""
    note: str = ""
    """Note to read before anything else."""
    sections: tuple[Section, ...] = field(default=())
    """Sections in order."""


_OF_PERCENT: Final = ("rate_", "share_", "break_even_", "from_", "to_", "quota_percentage_")
"""Prefixes of columns in hundredths of a percent point; other hundredths are of a job or a person."""

Show = Callable[[Any], Cell]


@frozen
class Shower:
    """Makes cells in the reader's language."""

    reader: Reader
    """The reader."""

    def words(self, text: str | None) -> Cell:
        """Shows text in the reader's language."""
        return Cell(text or "")

    def data(self, text: str | None) -> Cell:
        """Shows text of the data, which is English."""
        return Cell(text or "", english=self.reader.language != "en")

    def provision(self, text: str) -> Cell:
        """Shows a provision in the language of the reader."""
        return Cell(in_language(cited(text), self.reader.language))

    def number(self, value: int | None, format_value: Callable[[int], str]) -> Cell:
        """Shows a number, sorted by its value; a dash when there is none."""
        return Cell("–", number=True) if value is None else Cell(format_value(value), str(value), number=True)

    def euro(self, value: int | None) -> Cell:
        """Shows cents in whole euros."""
        return self.number(value, self.reader.euro)

    def count(self, value: int | None) -> Cell:
        """Shows a whole number."""
        return self.number(value, self.reader.count)

    def jobs(self, value: int | None) -> Cell:
        """Shows hundredths of a job."""
        return self.number(value, self.reader.jobs)

    def percent(self, value: int | None) -> Cell:
        """Shows hundredths of a percent point."""
        return self.number(value, self.reader.percent)

    def by_unit(self, name: str) -> Show:
        """Returns the format of a column, by the end of its name."""
        if name.endswith("_cents"):
            return self.euro
        if name.startswith(_OF_PERCENT):
            return self.percent
        return self.jobs if name.endswith("_hundredths") else self.count

    def headings(self, first: Iterable[str], numbers: Iterable[str]) -> tuple[Heading, ...]:
        """Returns columns by their names in the word list: first text, then numbers."""
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
    """Makes a table over rows: columns of text with a function for each, and columns of numbers by name."""
    cells = tuple(
        (*(of(row) for _, of in texts), *(shower.by_unit(column)(row[column]) for column in numbers)) for row in rows
    )
    return TableView(name, caption, shower.headings((key for key, _ in texts), numbers), cells)


__all__ = ["Answer", "Cell", "Chart", "Heading", "Page", "Question", "Section", "Shower", "TableView", "table"]
