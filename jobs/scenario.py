"""`quotum scenario`: the scenarios that come with quotum."""

import click

from jobs.lazy import LazyGroup

COMMANDS = {
    "list": "list the shipped scenarios, what each changes, and what it still needs",
    "show": "print one of them as a file to start from",
}


@click.group("scenario", cls=LazyGroup, known=COMMANDS, modules="jobs.scenario_{}")
def command() -> None:
    """Look at the scenarios that come with quotum, and start one of your own."""
