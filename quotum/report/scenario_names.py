"""Names of scenarios on page, in charts and in the workbook: their titles, in the reader's language."""

from collections import Counter

from attrs import evolve

from quotum.comparison.record import Comparison
from quotum.parameters.scenarios_in_dutch import title_in_words
from quotum.report.reader import LAW, Reader
from quotum.words import in_language


def naming(reader: Reader, comparison: Comparison) -> Reader:
    """Returns the reader with the titles of the scenarios of a comparison.

    A file name says little. Equal titles are followed by the name, so that each scenario has a name of its own.
    """
    titles = {
        row["scenario"]: title_for(reader, row["title"])
        for row in comparison.comparison.to_pylist()
        if row["scenario"] != LAW
    }
    often = Counter(titles.values())
    named = ((name, title if often[title] == 1 else f"{title} ({name})") for name, title in titles.items())
    return evolve(reader, titles=tuple(named))


def title_for(reader: Reader, title: str) -> str:
    """Translates the titles of scenarios that come with quotum; the title of an own scenario stays as it was given."""
    return in_language(title_in_words(title), reader.language)


__all__ = ["naming", "title_for"]
