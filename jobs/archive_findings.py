"""`quotum archive findings`: which rows broke a rule."""

from pathlib import Path

import click

from jobs import words
from jobs.options import archive_option, language_option, show_some
from jobs.terminal import say


@click.command("findings")
@archive_option
@click.option("--rule", "rules", multiple=True, help="Name of a rule (quotum receive --rules lists them); repeatable.")
@click.option("--delivery", default="", metavar="SHA256", help="Only of this delivery: its digest, or how it begins.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="Show at most so many rows.")
@language_option
def command(archive: Path, rules: tuple[str, ...], delivery: str, limit: int, language: str) -> None:
    """List the rows that broke a rule: file, member of a container, row number from 1, rule, level and value found.

    A value that can be personal or a wage was never kept. The rows themselves are in the delivered files.
    """
    from quotum.archive.findings import finding_lines, rule_names
    from quotum.archive.known import known
    from quotum.archive.layout import existing
    from quotum.errors import WrongUse
    from quotum.intake.checks.row_rules import OF_CALLS, all_rules
    from quotum.run.findings.declared import BY_CODE

    read = known(existing(archive), None)
    of_intake = {rule.name for rule in (*all_rules(), *OF_CALLS)}
    for name in sorted(set(rules) - rule_names(read)):
        if name in BY_CODE:
            say(words.SHOWS_LATER.sentence(name=name), language, aside=True)
        elif name in of_intake:
            say(words.NO_ROW_BROKE.sentence(name=name), language, aside=True)
        else:
            raise WrongUse(words.NO_RULE.sentence(name=name))
    show_some(finding_lines(read, frozenset(rules), delivery.lower()), limit, language)
