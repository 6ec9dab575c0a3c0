"""A page without its charts as a part of another page, in whose style it is: for notebooks."""

from collections.abc import Iterator
from html import escape
from typing import Final

from quotum.report.parts import Chart, Page, Question, TableView
from quotum.report.reader import Reader

_RIGHT: Final = ' style="text-align: right"'


def as_fragment(page: Page, reader: Reader) -> str:
    """Heading, facts, note, sentences and tables of a page.

    Args:
        page: The page.
        reader: Its reader.
    """
    return "".join(f"{line}\n" for line in _lines(page, reader))


def _lines(page: Page, reader: Reader) -> Iterator[str]:
    mark = f"{reader.say('mark.simulation')}: " if page.simulation else ""
    yield f'<div lang="{reader.language}">'
    yield f"<h3>{escape(mark + page.title)}</h3>"
    yield "<ul>" + "".join(f"<li>{escape(fact)}</li>" for fact in page.facts) + "</ul>"
    if page.note:
        yield f"<p><strong>{escape(page.note)}</strong></p>"
    for section in page.sections:
        yield from (f"<p>{escape(paragraph)}</p>" for paragraph in section.paragraphs)
        yield from map(_question, section.questions)
        yield from (_table(shown, mark) for shown in section.shown if not isinstance(shown, Chart))
    yield "</div>"


def _question(question: Question) -> str:
    answers = (
        f"<li>{f'<strong>{escape(answer.who)}:</strong> ' if answer.who else ''}{escape(answer.text)}</li>"
        for answer in question.answers
    )
    return f"<h4>{escape(question.text)}</h4><ul>{''.join(answers)}</ul>"


def _table(table: TableView, mark: str) -> str:
    sides = [_RIGHT if heading.number else "" for heading in table.headings]
    heads = "".join(
        f"<th{side}>{escape(heading.text)}</th>" for heading, side in zip(table.headings, sides, strict=True)
    )
    rows = (
        "<tr>" + "".join(f"<td{side}>{escape(cell.text)}</td>" for cell, side in zip(row, sides, strict=True)) + "</tr>"
        for row in table.rows
    )
    caption = f"<caption>{escape(mark + table.caption)}</caption>"
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


__all__ = ["as_fragment"]
