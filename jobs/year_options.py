"""Options that the jobs over a year share."""

from collections.abc import Callable
from typing import Any

import click

from jobs.log import log_format_option
from jobs.options import (
    OUTPUT,
    YEAR,
    Day,
    archive_option,
    known_on_option,
    language_option,
    memory_limit_option,
    scenario_option,
    threads_option,
)


def year_options(as_of: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options of a job over a year.

    Args:
        as_of: The as-of day of the law, in words.
    """
    options = (
        archive_option,
        click.option(
            "--out", required=True, type=OUTPUT, metavar="DIR",
            help="Folder in which the job makes its own, named by job and year.",
        ),
        click.option(
            "--year", type=YEAR, help="Calendar year to settle; last year when left out."
        ),
        click.option("--as-of", type=Day(), help=f"Returns count as filed by the end of this day; {as_of} by default."),
        scenario_option,
        click.option(
            "--simulation", is_flag=True,
            help="Take a scenario, or amounts that rest on an assumed figure; every page and file name then says so.",
        ),
        known_on_option,
        click.option(
            "--before-its-day", is_flag=True, help="Settle although the as-of day is not over, as for a rehearsal."
        ),
        language_option,
        threads_option,
        memory_limit_option,
        log_format_option,
    )  # fmt: skip

    def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            function = option(function)
        return function

    return decorated


__all__ = ["year_options"]
