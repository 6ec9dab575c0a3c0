"""The console script `quotum`: commands are loaded by name, so that help answers at once."""

import sys
from importlib import import_module

import click

from quotum import __version__
from quotum.errors import QuotumError

COMMANDS = {
    "explain": "how the amounts of one employer came about, step by step with articles",
    "generate": "make a synthetic country to try quotum on",
    "parameters": "show the dated figures with their provision, status and source",
    "receive": "read deliveries, check every row, add what was accepted to the archive",
    "simulate": "compare scenarios with the law as it is, settling nothing",
    "report": "write the report of a run as one page with charts",
    "settle": "settle a year and write the run folder",
    "tables": "show the data dictionary: every table and column",
}


class LazyGroup(click.Group):
    """A group whose commands are modules of `jobs`, imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        return import_module(f"jobs.{cmd_name}").command  # type: ignore[no-any-return]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a user's error ends it with its message and exit code, anything else keeps its traceback."""
        try:
            return super().invoke(ctx)
        except QuotumError as error:
            click.echo(f"quotum: {error}", err=True)
            sys.exit(error.exit_code)


def _show_versions(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from quotum.run.record import versions

    for name, number in versions().items():
        click.echo(f"{name} {number}")
    ctx.exit()


@click.group(
    cls=LazyGroup,
    name="quotum",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=f"quotum {__version__}. Exit codes: 0 done, 2 wrong use, 3 rows rejected, 10 delivery refused, "
    "11 scenario or parameter file wrong, 12 no value or no rate, 13 archive lacks something, 14 cannot write, "
    "15 a check of quotum failed, 21 a run or its archive was altered.",
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_versions,
    help="Show the version of quotum and of what computes.",
)  # fmt: skip
def main() -> None:
    """Settle the quota regime of the Dutch jobs agreement (banenafspraak)."""


if __name__ == "__main__":
    main()
