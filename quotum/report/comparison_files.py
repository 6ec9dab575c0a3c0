"""Files of a comparison for people: `index.html`, `charts/` and `comparison.xlsx`."""

from functools import cache
from pathlib import Path

from quotum.comparison.files import Writer
from quotum.comparison.record import Comparison
from quotum.report import pictures
from quotum.report.comparison_page import page_of
from quotum.report.page import render
from quotum.report.parts import Page
from quotum.report.pictures import FOLDER, Picture, write_pictures
from quotum.report.reader import Reader
from quotum.report.workbook import write_workbook


def writers(reader: Reader) -> tuple[Writer, ...]:
    """Returns the writers of page, pictures and workbook in an existing folder, in the reader's language."""

    @cache
    def page(comparison: Comparison) -> Page:
        return page_of(comparison, reader)

    @cache
    def drawn(comparison: Comparison) -> tuple[Picture, ...]:
        return pictures.pictures(page(comparison), reader)

    def write_page(comparison: Comparison, folder: Path) -> None:
        (folder / "index.html").write_bytes(render(page(comparison), reader))

    def write_charts(comparison: Comparison, folder: Path) -> None:
        write_pictures(drawn(comparison), folder / FOLDER)

    def write_sheets(comparison: Comparison, folder: Path) -> None:
        write_workbook(comparison, folder / "comparison.xlsx", reader, drawn(comparison))

    return (write_page, write_charts, write_sheets)


__all__ = ["writers"]
