"""Options that commands share."""

import os
import signal
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from jobs.terminal import LANGUAGE_OF_COMMAND, say
from jobs.words import MORE_LINES
from quotum.periods import FIRST_YEAR, LAST_YEAR
from quotum.words import ENGLISH, LANGUAGES

YEAR = click.IntRange(FIRST_YEAR, LAST_YEAR)
# Whether a file can be read is said, and with its own exit code, by what reads it.
ANY_PATH = click.Path(path_type=Path, readable=False)


class Place(click.Path):
    """A path that can be looked at, written in UTF-8: DuckDB takes no other."""

    def __init__(self, *, is_input: bool, file_okay: bool = True, dir_okay: bool = True) -> None:
        """Remember what it is for.

        Args:
            is_input: Whether it is only read: that it may not be looked at is then wrong use (2), else 14.
            file_okay: Whether it can be a file.
            dir_okay: Whether it can be a folder.
        """
        super().__init__(path_type=Path, readable=False, file_okay=file_okay, dir_okay=dir_okay)
        self._is_input = is_input

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Turn text into a path."""
        from quotum.errors import Forbidden, WrongUse, whose

        text = os.fsdecode(value)
        if not text.isprintable() and any("\udc80" <= sign <= "\udcff" for sign in text):
            name = text.encode(errors="replace").decode()
            raise WrongUse(f"{name}: the name of a folder or file must be UTF-8, and is written otherwise; rename it")
        try:
            folder = stat.S_ISDIR(Path(text).stat().st_mode)
            looked_at = os.access(text, os.R_OK | os.X_OK if folder else os.R_OK)
        except PermissionError:
            looked_at = False
            if not self._is_input:
                raise Forbidden(text) from None
        except (OSError, ValueError):
            looked_at = True  # what is not there is said by what reads or makes it
        if self._is_input and not looked_at:
            raise WrongUse(f"{text}: Permission denied; {whose(Path(text))}")
        return super().convert(value, param, ctx)


INPUT, OUTPUT = Place(is_input=True), Place(is_input=False)


class Day(click.ParamType[date]):
    """A calendar day, yyyy-mm-dd."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Turn text into a day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write yyyy-mm-dd", param, ctx)


class Years(click.ParamType[tuple[int, ...]]):
    """A calendar year, or a span of them: 2029, 2027..2031."""

    name = "years"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Turn text into years, in order."""
        if isinstance(value, tuple):
            return value
        first, dots, last = value.partition("..")
        ends = (first, last if dots else first)
        if not all(len(end) == len("2029") and end.isascii() and end.isdigit() for end in ends):
            self.fail(f"{value!r} is no year and no span of years; write 2029 or 2027..2031", param, ctx)
        years = range(int(ends[0]), int(ends[1]) + 1)
        if not years or years[0] < FIRST_YEAR or years[-1] > LAST_YEAR:
            self.fail(f"{value!r}: years run from {FIRST_YEAR} to {LAST_YEAR}, the first one first", param, ctx)
        return tuple(years)


class Moment(click.ParamType[datetime]):
    """A date and time in Amsterdam, yyyy-mm-ddThh:mm:ss."""

    name = "datetime"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Turn text into a local moment without offset."""
        if isinstance(value, datetime):
            return value
        try:
            return local(datetime.fromisoformat(value))
        except ValueError:
            self.fail(f"{value!r} is no date and time; write yyyy-mm-ddThh:mm:ss", param, ctx)


def local(moment: datetime) -> datetime:
    """A moment as local time of Amsterdam, without offset."""
    from zoneinfo import ZoneInfo

    if moment.tzinfo is None:
        return moment
    return moment.astimezone(ZoneInfo("Europe/Amsterdam")).replace(tzinfo=None)


def now() -> datetime:
    """The present moment in Amsterdam, to the second."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Europe/Amsterdam")).replace(tzinfo=None, microsecond=0)


def moment_with_offset() -> str:
    """The present moment in Amsterdam, to the second, with its offset: in October an hour comes twice."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Europe/Amsterdam")).isoformat(timespec="seconds")


def stopped_in_order() -> None:
    """Removes work in progress before the process stops: it can hold personal data."""
    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))


def archive_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --archive."""
    return click.option(
        "--archive", envvar="QUOTUM_ARCHIVE", required=True, type=OUTPUT,
        help="Folder of the archive; may be left out where QUOTUM_ARCHIVE is set.",
    )(function)  # fmt: skip


def complete_scenarios(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """What the shell offers for a scenario: files, and the shipped names; after a `+` the next one."""
    from quotum.parameters import shipped_scenarios

    before, plus, last = incomplete.rpartition("+")
    names = [f"{before}{plus}{name}" for name in shipped_scenarios() if name.startswith(last)]
    return [CompletionItem(incomplete, type="file"), *map(CompletionItem, names)]


def scenario_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --scenario."""
    return click.option(
        "--scenario", "scenarios", multiple=True, metavar="FILE|NAME", shell_complete=complete_scenarios,
        help="Scenario file, or the name of a shipped one; a later one wins over an earlier one.",
    )(function)  # fmt: skip


def language_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --language."""
    return click.option(
        "--language", type=click.Choice(LANGUAGES), default=ENGLISH, show_default=True, is_eager=True,
        envvar="QUOTUM_LANGUAGE", callback=_kept_for_errors,
        help="Language of what is printed, of pages and of workbooks, with its separators; may be left out where "
        "QUOTUM_LANGUAGE is set. CSV and JSON are the same in both.",
    )(function)  # fmt: skip


def _kept_for_errors(ctx: click.Context, _param: click.Parameter, value: str) -> str:
    ctx.meta[LANGUAGE_OF_COMMAND] = value
    return value


def known_on_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --known-on."""
    return click.option(
        "--known-on", type=Day(),
        help="Use deliveries and parameters as they were known on this day; a figure of which no day of publication "
        "is recorded counts as known from the day it starts.",
    )(function)  # fmt: skip


def baseline_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --baseline."""
    return click.option(
        "--baseline", type=click.Choice(["counted", "national", "none"]),
        help="The jobs of December 2012: counted from the returns of that month, the national ones fixed in the "
        "Regeling Wfsv, or none (no realised jobs and no savings loss); counted when the archive holds returns of "
        "December 2012, otherwise national, when left out.",
    )(function)  # fmt: skip


def as_of_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --as-of."""
    return click.option(
        "--as-of", required=True, type=Day(), help="Returns count as filed by the end of this day (1 May of year+1)."
    )(function)


def threads_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --threads."""
    return click.option(
        "--threads", type=click.IntRange(min=1), help="Number of threads; all processors when left out."
    )(function)


def memory_limit_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --memory-limit."""
    return click.option(
        "--memory-limit",
        metavar="SIZE",
        help='Most memory for computing, such as "4GB"; what is more spills to disk. When left out, the whole process '
        "stays within 2 GB.",
    )(function)


def engine_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options --engine and --rows."""
    rows = click.option(
        "--rows", metavar="URI", callback=_rows_of_spark,
        help="With --engine spark: a copy of the folder `rows` of the archive, on a file system that Spark reads "
        "(hdfs://..., s3a://..., file:///...); its digests are checked.",
    )  # fmt: skip
    engine = click.option(
        "--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True, is_eager=True,
        help="Where it computes: here, or on Spark (the session of the environment, or else one on this machine; "
        "needs the extra `spark`). The results are the same.",
    )  # fmt: skip
    decorated: Callable[..., Any] = engine(rows(function))
    return decorated


def _rows_of_spark(ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is not None and ctx.params.get("engine") != "spark":
        raise click.UsageError("--rows belongs to --engine spark", ctx)
    if value is not None and ":" not in value:
        raise click.BadParameter(f"{value!r} is no URI; write file:///... for a folder of this machine", ctx)
    return value


def scratch_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --scratch."""
    return click.option(
        "--scratch",
        type=OUTPUT,
        help="Folder for work in progress, thrown away afterwards; the system's own when left out.",
    )(function)


def extra_registrations_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --extra-registrations."""
    return click.option(
        "--extra-registrations", multiple=True, type=INPUT, metavar="FILE",
        help="Of a simulation: the second register of a scenario, where it is not at the place that the simulation "
        "notes. It holds persons, so the simulation keeps its digest only.",
    )(function)  # fmt: skip


def show_some(lines: Iterable[str], limit: int, language: str) -> None:
    """Prints the first lines, and on standard error the number of further lines."""
    count = 0
    for count, line in enumerate(lines, 1):
        if count <= limit:
            say(line, language)
    if count > limit:
        say(MORE_LINES.sentence(count=count - limit), language, aside=True)
