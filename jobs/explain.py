"""`quotum explain`: how the amounts of one employer came about."""

import re
from pathlib import Path

import click

from jobs.options import INPUT, OUTPUT, language_option
from quotum.explanations.questions import RULES_BY_QUESTION


class Discreet(click.Command):
    """A command whose errors do not repeat a BSN or RSIN that was typed in a wrong place."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parses, and masks numbers in errors."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            message = re.sub(r"\d{9}", "*" * 9, error.format_message())
            raise click.UsageError(message, error.ctx) from None


@click.command("explain", cls=Discreet)
@click.argument("run", type=INPUT)
@click.argument("employer")
@click.option("--person", metavar="BSN", help="Only the steps about this person, who is then named by BSN.")
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "html"]), default="text", show_default=True,
    help="Text with a line per step, JSON with every field, or one HTML page for screen and print.",
)  # fmt: skip
@click.option(
    "--brief", is_flag=True,
    help="On a screen: the amounts, what decided them, and what was not granted and why, in groups.",
)  # fmt: skip
@click.option(
    "--only", type=click.Choice(list(RULES_BY_QUESTION)), multiple=True,
    help="Only the steps of this question; may be given more than once.",
)  # fmt: skip
@language_option
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive; QUOTUM_ARCHIVE, or else the place noted in the run, when left out.",
)  # fmt: skip
def command(
    run: Path,
    employer: str,
    person: str | None,
    output_format: str,
    brief: bool,
    only: tuple[str, ...],
    language: str,
    archive: Path | None,
) -> None:
    """Explain the amounts of one employer of a run, step by step with articles.

    RUN is the folder of a run. EMPLOYER is an RSIN (nine digits, dots allowed) or a payroll tax number (nine digits,
    L, two digits); the whole employer behind it is explained. Every step is rebuilt from the archived rows and says
    whether it stands on the law, a reading of it or an assumed figure; when the steps do not add up to the
    settled amounts, nothing is shown and the exit code is 15.
    """
    from quotum.explanations.explanation import explain
    from quotum.explanations.forms.brief import as_brief
    from quotum.explanations.forms.page import as_page
    from quotum.explanations.forms.record import as_json
    from quotum.explanations.forms.text import as_text

    if brief and output_format != "text":
        raise click.UsageError(f"--brief is text for a screen; leave out --format {output_format}, or --brief")
    rules = tuple(rule for name in only for rule in RULES_BY_QUESTION[name])
    explanation = explain(run, employer, person, archive, language, rules)
    form = {"text": as_brief if brief else as_text, "json": as_json, "html": as_page}[output_format]
    click.echo(form(explanation), nl=False)
