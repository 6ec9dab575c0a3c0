"""`quotum job`: the scheduled jobs."""

import click

from jobs.lazy import LazyGroup

COMMANDS = {
    "audit": "repeat every noted run of a year and write one page with the outcome of each",
}


@click.group("job", cls=LazyGroup, known=COMMANDS, modules="jobs.job_{}")
def command() -> None:
    """Run a scheduled job: each calls the same functions as the commands."""
