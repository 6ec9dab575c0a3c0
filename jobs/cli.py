"""The console script `quotum`: commands are loaded by name, so that help answers at once."""

import os
import sys

# Arrow's usual allocator keeps what one thread took and another freed: a quarter more memory at the peak. It is chosen
# for good when Arrow is loaded.
if sys.platform == "linux":
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "jemalloc")

import click

from jobs.lazy import LazyGroup
from quotum.version import __version__

COMMANDS = {
    "archive": "care of an archive: list, runs, check, size, rebuild, forget, merge, withdraw",
    "audit-file": "the journal of a settlement for accountants (XAF 4.0)",
    "decisions": "the decisions of a run, a document per employer in Dutch and English, and as JSON",
    "diff": "what differs between two runs of one year, per employer and column, and by what",
    "explain": "how the amounts of one employer came about, step by step with articles",
    "generate": "make a synthetic country to try quotum on",
    "job": "the scheduled jobs, for a timer or cron",
    "missed": "people in service for whom the LKV was not asked, and asked for who were never registered",
    "overview": "the preliminary overview: who was asked for, right or not, why, hours and amount",
    "parameters": "show the dated figures with their provision, status and source",
    "payments": "the payment order of a run (pain.001.001.09): LKV and bonus, for the bank",
    "quality": "the findings of a run by rule, with counts, shares and where the rows are",
    "receive": "read deliveries, check every row, add what was accepted to the archive",
    "reconcile": "a decision of somebody else compared with a run, per person, with the reason",
    "replay": "repeat a run from its archived inputs and compare its results byte for byte",
    "scenario": "the scenarios that come with quotum, and one of them as a file to start from",
    "simulate": "compare scenarios with the law as it is, settling nothing",
    "report": "write the report of a run as one page with charts",
    "settle": "settle a year and write the run folder",
    "statement": "every file of a run tied to every other: rows, hours and cents, with both sides",
    "tables": "show the data dictionary: every table and column",
    "verify": "check the digests of a run and of the inputs it names",
}
_LONGEST_TURN = 0.0005


def _show_versions(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from quotum.releases import commit_of
    from quotum.version import code_digest, versions

    numbers, code = versions(), code_digest()
    click.echo(f"quotum {numbers.pop('quotum')}")
    click.echo(f"commit {commit_of(__version__, code)}")
    click.echo(f"code {code}")
    for name, number in numbers.items():
        click.echo(f"{name} {number}")
    ctx.exit()


@click.group(
    cls=LazyGroup,
    known=COMMANDS,
    name="quotum",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=f"quotum {__version__}. Exit codes: 0 done, 2 wrong use, 3 rows rejected, 10 delivery refused, "
    "11 scenario or parameter file wrong, 12 no value or no rate, 13 archive lacks something, 14 cannot write, "
    "15 a check of quotum failed, 20 a repeated run differs, 21 a run cannot be certified: it or an input was altered.",
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_versions,
    help="Show the version of quotum, the commit and digest of its code, and the versions of what computes.",
)  # fmt: skip
def main() -> None:
    """Settle the quota regime of the Dutch jobs agreement (banenafspraak)."""
    # Threads that compute outside Python get the interpreter back soon, not after five thousandths of a second.
    sys.setswitchinterval(_LONGEST_TURN)


if __name__ == "__main__":
    main()
