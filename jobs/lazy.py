"""Groups whose commands are modules of `jobs`, imported when they are called, so that help answers at once."""

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from jobs.ending import ending
from jobs.examples import epilog
from jobs.terminal import LANGUAGE_OF_COMMAND
from quotum.words import ENGLISH


class LazyGroup(click.Group):
    """A group that loads its commands by name."""

    def __init__(self, *arguments: Any, known: Mapping[str, str], modules: str = "jobs.{}", **more: Any) -> None:
        """A group.

        Args:
            *arguments: As of any group.
            known: Name of each command with what it does.
            modules: Name of the module of a command, which holds it as `command`.
            **more: As of any group.
        """
        super().__init__(*arguments, **more)
        self._known = known
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands."""
        return sorted(self._known)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, with its example at the end of its help."""
        if cmd_name not in self._known:
            return None
        module = import_module(self._modules.format(cmd_name.replace("-", "_")))
        command: click.Command = module.command
        command.epilog = epilog(module.__name__.removeprefix("jobs."))
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """What the shell offers: the commands, without importing them, and the options."""
        names = sorted(name for name in self._known if name.startswith(incomplete))
        options = super(click.Group, self).shell_complete(ctx, incomplete)
        return [*(CompletionItem(name, help=self._known[name]) for name in names), *options]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(self._known.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Runs a command and ends as a command of quotum; see `ending`."""
        with ending(lambda: language_of(ctx.meta)):
            return super().invoke(ctx)

    def main(self, *arguments: Any, **more: Any) -> Any:
        """Parses and runs; an error before any command runs ends in the same way."""
        with ending(lambda: language_of({})):
            return super().main(*arguments, **more)


def language_of(meta: Mapping[str, Any]) -> str:
    """The language of a command, or of the environment where the command was never reached.

    Args:
        meta: What the contexts of a command share.
    """
    return str(meta.get(LANGUAGE_OF_COMMAND) or os.environ.get("QUOTUM_LANGUAGE", ENGLISH))
