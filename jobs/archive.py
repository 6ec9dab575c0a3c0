"""`quotum archive`: care of an archive."""

import click

from jobs.lazy import LazyGroup

COMMANDS = {
    "check": "check every digest, and name what is missing, altered or too many",
    "findings": "list the rows that broke a rule, by file and row number",
    "forget": "remove calendar years that may no longer be kept, and leave a receipt",
    "list": "list the receive calls with their deliveries",
    "merge": "take in what another archive holds",
    "rebuild": "make the derived tables again from the original deliveries",
    "runs": "list the runs that were noted, per year with their as-of days",
    "size": "show how much the archive holds",
    "withdraw": "put a delivery or a message out of force from now on, with a reason and a receipt",
}


@click.group("archive", cls=LazyGroup, known=COMMANDS, modules="jobs.archive_{}")
def command() -> None:
    """Look after an archive: what is in it, whether it is whole, and what must go."""
