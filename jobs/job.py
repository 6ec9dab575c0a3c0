"""`quotum job`: the scheduled jobs, each a module `jobs/job_NAME.py`."""

import click

from jobs.lazy import LazyGroup

COMMANDS = {
    "audit": "repeat every noted run of a year and write one page with the outcome of each",
    "nightly": "receive what lies in a drop folder and move it to done/ or refused/",
    "preliminary": "settle a year as filed by 31 January, with overview, report and statement",
    "yearly": "settle a year as filed by 1 May, with payments, decisions, report and statement",
}


@click.group("job", cls=LazyGroup, known=COMMANDS, modules="jobs.job_{}")
def command() -> None:
    """The scheduled jobs, for a timer or cron: safe to run twice, and to run again after a crash."""
