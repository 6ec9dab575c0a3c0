"""`quotum scenario list`: the shipped scenarios."""

import click

from jobs.options import language_option


@click.command("list")
@language_option
def command(language: str) -> None:
    """List the shipped scenarios with what each changes; what one still needs is marked with the line to add."""
    from quotum.simulate.scenario_list import print_list

    print_list(click.echo, language)
