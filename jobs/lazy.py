"""Groups of commands that are loaded by name, so that help answers at once."""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from quotum.errors import QuotumError


class LazyGroup(click.Group):
    """A group whose commands are modules of a package, imported when they are called."""

    def __init__(self, *args: Any, package: str = "", described: Mapping[str, str] | None = None, **more: Any) -> None:
        """Make the group.

        Args:
            args: For click.
            package: Package of the modules; each has its command under the name `command`.
            described: What each command does, by its name.
            more: For click.
        """
        super().__init__(*args, **more)
        self._package = package
        self._described = described or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands."""
        return sorted(self._described)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in self._described:
            return None
        return import_module(f"{self._package}.{cmd_name}").command  # type: ignore[no-any-return]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(self._described.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a user's error ends it with its message and exit code, anything else keeps its traceback."""
        try:
            return super().invoke(ctx)
        except QuotumError as error:
            click.echo(f"quotum: {error}", err=True)
            sys.exit(error.exit_code)
