"""Writes the workbook of a settlement, whole or not at all; the same run and archive give the same bytes."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Final

import xlsxwriter
from attrs import frozen
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from quotum import places
from quotum.archive.hashing import digest_of
from quotum.archive.layout import give_to_owner, open_for_owner, partial_of, sync_folder, writing
from quotum.engine.scratch import scratch_folder
from quotum.errors import CannotWrite, WrongUse
from quotum.output.employer_names import names_in_archive
from quotum.report.pictures import Picture, pictures, put_pictures
from quotum.report.reader import Reader
from quotum.report.run_page import page_of_run
from quotum.report.run_workbook.cells import Looks, looks_of, width, write_text, write_value
from quotum.report.run_workbook.dutch import in_words
from quotum.report.run_workbook.sheets import Row, Sheet, sheets
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import Finished, read_finished, require_run
from quotum.run_folder.request import QUOTA_LEVY

_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Fixed moment of creation, so that the same run gives the same bytes."""
_NAMES, _HEAD = 2, 3
"""Rows of the names in the data dictionary and of the headings, counted from 0."""
MOST_ROWS: Final = 1_048_576 - _HEAD - 1
"""Most rows of a table on a sheet; further rows are on the next sheet."""
_FROZEN: Final = 3


@frozen
class _About:
    """Run and language."""

    finished: Finished
    digest: str
    reader: Reader


@frozen
class _Shown(_About):
    """Run, language and formats, for every sheet."""

    looks: Looks


def write_run_workbook(run: Path, out: Path, archive: Path | None, language: str) -> Path:
    """Writes the workbook of a run, readable by its owner only: it holds names, BSNs and amounts.

    Args:
        run: Folder of the run.
        out: The file.
        archive: The archive of the run, for names; when None, the place that the run notes.
        language: `en` or `nl`.

    Raises:
        WrongUse: It is no run, or something else is at that place.
        CannotCertify: The run was altered.
        ArchiveLacks: The archive is not there, or lacks what the run read.
        CannotWrite: There is no permission or no room.
    """
    require_run(run)
    require_unaltered(run, "nothing of it is shown")
    if not out.parent.is_dir():
        raise CannotWrite(places.NOT_THERE.sentence(parent=out.parent))
    if run.resolve() in out.resolve().parents:
        raise WrongUse(places.FILE_IN_RUN.sentence(option="--workbook"))
    finished = read_finished(run)
    names = names_in_archive(run, finished, archive)
    run_sheets = sheets(run, names, levied=finished.regime == QUOTA_LEVY)
    reader = Reader(language)
    drawn = pictures(page_of_run(run, reader), reader)
    partial = partial_of(out)
    with ExitStack() as stack, writing(out.parent):
        stack.callback(partial.unlink, missing_ok=True)
        scratch = stack.enter_context(scratch_folder(out.parent, "workbook"))
        open_for_owner(partial).close()
        try:
            _write(partial, scratch, run_sheets, drawn, _About(finished, run_digest(run), reader))
        except XlsxWriterException as error:
            raise CannotWrite(places.MAKE_ROOM.sentence(near=out, reason=error)) from error
        if out.is_symlink() or out.is_dir() or (out.exists() and digest_of(out) != digest_of(partial)):
            raise WrongUse(places.NOT_THIS_WORKBOOK.sentence(out=out))
        give_to_owner(partial)
        partial.rename(out)
        sync_folder(out.parent)
    return out


def _write(
    path: Path, scratch: Path, run_sheets: tuple[Sheet, ...], drawn: tuple[Picture, ...], about_run: _About
) -> None:
    options = {
        "constant_memory": True,
        "tmpdir": str(scratch),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.use_zip64()
    finished, digest, reader = about_run.finished, about_run.digest, about_run.reader
    shown = _Shown(finished, digest, reader, looks_of(book, reader.say("format.day")))
    book.set_properties({"title": _title(shown), "created": _CREATED})
    about = book.add_worksheet(reader.say("sheet.about"))
    charts = reader.say("run_sheet.charts")
    if drawn:
        _write_charts(book.add_worksheet(charts), charts, drawn, shown)
    written: list[tuple[str, str, int]] = [(charts, "charts", len(drawn))] if drawn else []
    for sheet in run_sheets:
        written += [(name, sheet.name, count) for name, count in _write_table(book, sheet, shown)]
    _write_about(about, written, shown)
    book.close()


def _title(shown: _Shown) -> str:
    key = "title.levy" if shown.finished.regime == QUOTA_LEVY else "title.run"
    return shown.reader.say(key, year=shown.finished.year)


def _write_table(book: xlsxwriter.Workbook, sheet: Sheet, shown: _Shown) -> Iterator[tuple[str, int]]:
    """Writes a table on as many sheets as it needs; yields the name and the number of rows of each."""
    rows, number = sheet.rows(), 1
    first = next(rows, None)
    while number == 1 or first is not None:
        title = shown.reader.say(f"run_sheet.{sheet.name}")
        name = title if number == 1 else f"{title} {number}"
        first_row = [] if first is None else [first]
        count = _write_sheet(
            book.add_worksheet(name), name, sheet, chain(first_row, islice(rows, MOST_ROWS - 1)), shown
        )
        yield name, count
        first, number = next(rows, None), number + 1


def _write_sheet(page: Worksheet, name: str, sheet: Sheet, rows: Iterator[Row], shown: _Shown) -> int:
    """Writes headings that stay in view, a filter and the rows, one at a time to save memory; returns their number."""
    reader, looks = shown.reader, shown.looks
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, width(column))
    page.freeze_panes(_HEAD + 1, _FROZEN if sheet.columns[1].name == "number" else 1)
    page.write_string(0, 0, reader.say("mark.simulation") if shown.finished.simulation else "", looks.mark)
    page.write_string(1, 0, f"{_title(shown)}: {name}", looks.title)
    for place, column in enumerate(sheet.columns):
        page.write_string(_NAMES, place, column.name, looks.note)
    for place, column in enumerate(sheet.columns):
        page.write_string(_HEAD, place, reader.say(f"run_column.{column.name}"), looks.heading)
    count = 0
    for count, row in enumerate(rows, 1):
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            write_value(page, _HEAD + count, place, column, in_words(reader, sheet.name, column, value), looks)
    page.autofilter(_HEAD, 0, _HEAD + max(count, 1), len(sheet.columns) - 1)
    page.repeat_rows(_HEAD)
    _print_on_paper(page, shown)
    return count


def _print_on_paper(page: Worksheet, shown: _Shown) -> None:
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    if shown.finished.simulation:
        page.set_header(f'&C&"Arial,Bold"{shown.reader.say("mark.simulation")}')


def _write_charts(page: Worksheet, title: str, drawn: tuple[Picture, ...], shown: _Shown) -> None:
    """Writes the sheet with the charts of the report of the run."""
    simulation = shown.finished.simulation
    page.write_string(0, 0, shown.reader.say("mark.simulation") if simulation else "", shown.looks.mark)
    page.write_string(1, 0, f"{_title(shown)}: {title}", shown.looks.title)
    page.hide_gridlines(2)
    put_pictures(page, _HEAD, drawn)
    _print_on_paper(page, shown)


def _write_about(page: Worksheet, written: list[tuple[str, str, int]], shown: _Shown) -> None:
    """Writes the first sheet: facts of the run, and what each sheet holds, with its number of rows."""
    say, finished, looks = shown.reader.say, shown.finished, shown.looks
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 100)
    days = [("fact.as_of", finished.as_of), ("fact.known_on", finished.known_on)]
    days += [("fact.decided_on", finished.decided_on)]
    lines = [
        *([say("mark.simulation_long")] if finished.simulation else []),
        *(say(key, day=shown.reader.day(day)) for key, day in days if day is not None),
        *([] if finished.scenario is None else [say("fact.scenario", title=finished.scenario.title)]),
        say("fact.run", digest=shown.digest),
        say("run_sheet.personal"),
        say("run_sheet.large"),
    ]
    page.write_string(0, 0, say("mark.simulation") if finished.simulation else "", looks.mark)
    page.write_string(0, 1, _title(shown), looks.title)
    for row, line in enumerate(lines, 1):
        write_text(page, row, 1, line, looks)
    for row, (name, key, count) in enumerate(written, len(lines) + 2):
        page.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        write_text(page, row, 1, say(f"run_sheet.{key}_holds", count=shown.reader.count(count)), looks)
    _print_on_paper(page, shown)


__all__ = ["MOST_ROWS", "write_run_workbook"]
