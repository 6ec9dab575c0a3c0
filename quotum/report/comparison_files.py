"""Files of a comparison for people: `index.html` and `comparison.xlsx`."""

from pathlib import Path

from quotum.comparison.files import Writer
from quotum.comparison.record import Comparison
from quotum.report.comparison_page import page_of
from quotum.report.page import render
from quotum.report.reader import Reader
from quotum.report.workbook import write_workbook


def writers(reader: Reader) -> tuple[Writer, ...]:
    """Returns the writers of page and workbook in an existing folder, in the reader's language."""

    def write_page(comparison: Comparison, folder: Path) -> None:
        (folder / "index.html").write_bytes(render(page_of(comparison, reader), reader))

    def write_sheets(comparison: Comparison, folder: Path) -> None:
        write_workbook(comparison, folder / "comparison.xlsx", reader)

    return (write_page, write_sheets)


__all__ = ["writers"]
