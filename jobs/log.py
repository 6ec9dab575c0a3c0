"""Log lines of the scheduled jobs: for people, or one JSON object a line for collectors."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import click

from jobs.ending import cannot_write
from jobs.options import moment_with_offset
from quotum.errors import QuotumError

Field = str | int


def log_format_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --log-format."""
    return click.option(
        "--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True,
        help="How log lines are written: text for people, json for collectors, one object a line.",
    )(function)  # fmt: skip


class Log:
    """Writes log lines to standard output."""

    def __init__(self, form: str, job: str) -> None:
        """Begin.

        Args:
            form: `text` or `json`.
            job: Name of the job.
        """
        self._json = form == "json"
        self._job = job
        self._lost: OSError | None = None

    def line(self, level: str, event: str, said: str, fields: Mapping[str, Field]) -> None:
        """Write one line.

        Args:
            level: `info`, `warning` or `error`.
            event: What happened, in one word.
            said: The same for people.
            fields: The same for programs.
        """
        time = moment_with_offset()
        if self._json:
            entry = {"time": time, "level": level, "job": self._job, "event": event, **fields}
            self._write(json.dumps(entry, ensure_ascii=False))
        else:
            self._write(f"{time} {level:<7} {' '.join(said.split())}")

    def _write(self, line: str) -> None:
        """Write a line; that nothing more can be written is said at the end, and the work goes on."""
        if self._lost is not None:
            return
        try:
            click.echo(line)
        except OSError as error:
            self._lost = error

    def require_written(self) -> None:
        """Every line was written.

        Raises:
            CannotWrite: One was not: what was done was done all the same.
        """
        if self._lost is not None:
            raise cannot_write(self._lost)

    def progress(self, said: str) -> None:
        """Write how far the job is."""
        self.line("info", "progress", said, {"progress": said})

    def failed(self, error: QuotumError) -> None:
        """Write a line on the error that ends the job."""
        said = f"failed with code {error.exit_code}: {error}"
        self.line("error", "failed", said, {"code": error.exit_code, "reason": str(error)})
