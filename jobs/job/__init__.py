"""`quotum job`: the scheduled jobs, each a module of this package."""

import click

from jobs.lazy import LazyGroup

JOBS = {
    "nightly": "receive what lies in a drop folder and move it to done/ or refused/",
}


@click.group("job", cls=LazyGroup, package="jobs.job", described=JOBS)
def command() -> None:
    """The scheduled jobs, for a timer or cron: safe to run twice, and to run again after a crash."""
