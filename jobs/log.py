"""Log lines of the scheduled jobs: for people, or one JSON object a line for collectors."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import click

from jobs.options import now
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

    def line(self, level: str, event: str, said: str, fields: Mapping[str, Field]) -> None:
        """Write one line.

        Args:
            level: `info`, `warning` or `error`.
            event: What happened, in one word.
            said: The same for people.
            fields: The same for programs.
        """
        time = now().isoformat()
        if self._json:
            entry = {"time": time, "level": level, "job": self._job, "event": event, **fields}
            click.echo(json.dumps(entry, ensure_ascii=False))
        else:
            click.echo(f"{time} {level:<7} {said}")

    def progress(self, said: str) -> None:
        """Write how far the job is."""
        self.line("info", "progress", said, {"progress": said})

    def failed(self, error: QuotumError) -> None:
        """Write a line on the error that ends the job; it is for collectors, people read it on standard error."""
        if self._json:
            self.line("error", "failed", str(error), {"code": error.exit_code, "reason": str(error)})
