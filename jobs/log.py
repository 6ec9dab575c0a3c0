"""Log lines of the scheduled jobs: for people, or a JSON object per line for collectors."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import click

from jobs import words
from jobs.options import moment_with_offset
from quotum.errors import QuotumError, cannot_write
from quotum.words import ENGLISH, in_language

Field = str | int


def log_format_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --log-format."""
    return click.option(
        "--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True,
        help="How log lines are written: text for people, json for collectors, one object a line.",
    )(function)  # fmt: skip


class Log:
    """Writes log lines to standard output."""

    def __init__(self, form: str, job: str, language: str = ENGLISH) -> None:
        """Begins the log.

        Args:
            form: `text` or `json`.
            job: Name of the job.
            language: Language of the lines for people.
        """
        self._json = form == "json"
        self._job = job
        self._language = language
        self._lost: OSError | None = None

    def line(self, level: str, event: str, message: str, fields: Mapping[str, Field]) -> None:
        """Writes a line.

        Args:
            level: `info`, `warning` or `error`.
            event: What happened, in one word.
            message: The same for people, with its Dutch.
            fields: The same for programs, in English.
        """
        time = moment_with_offset()
        if self._json:
            entry = {"time": time, "level": level, "job": self._job, "event": event, **fields}
            self._write(json.dumps(entry, ensure_ascii=False))
        else:
            self._write(f"{time} {level:<7} {' '.join(in_language(message, self._language).split())}")

    def _write(self, line: str) -> None:
        """Writes a line; when that fails the work goes on, and the end reports it."""
        if self._lost is not None:
            return
        try:
            click.echo(line)
        except OSError as error:
            self._lost = error

    def require_written(self) -> None:
        """Requires that every line was written.

        Raises:
            CannotWrite: One was not: what was done was done all the same.
        """
        if self._lost is not None:
            raise cannot_write(self._lost)

    def progress(self, message: str) -> None:
        """Writes the progress of the job."""
        self.line("info", "progress", message, {"progress": message})

    def failed(self, error: QuotumError) -> None:
        """Writes a line about the error that ends the job."""
        message = words.FAILED.sentence(code=error.exit_code, why=error.message)
        self.line("error", "failed", message, {"code": error.exit_code, "reason": str(error)})
