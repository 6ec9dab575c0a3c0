"""`quotum scenario show`: a shipped scenario as a file."""

import click


@click.command("show")
@click.argument("name", metavar="NAME")
def command(name: str) -> None:
    """Print the shipped scenario NAME as a file to start from: save it, change it, and give it to --scenario."""
    from quotum.simulate.scenario_list import file_of

    click.echo(file_of(name), nl=False)
