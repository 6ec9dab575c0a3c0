"""The ties of a finished run, in words for a page: what is counted, where, and both sides."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

from quotum.errors import QuotumError
from quotum.money import euro_text
from quotum.output import words
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import read_finished, require_run
from quotum.run_folder.request import QUOTA_LEVY
from quotum.run_folder.ties.counting import ties_of
from quotum.run_folder.ties.tie import CENTS, HOURS, ROWS, WORDS, Tie
from quotum.words import Sentence, marked, phrase

HEADINGS: Final = {unit: words.UNITS[unit].sentence() for unit in (CENTS, HOURS, ROWS, WORDS)}
"""The parts of the page, by unit, in order."""


class TieBroken(QuotumError):
    """Files of a finished run do not tie, and none was altered after it was sealed."""

    exit_code = 15


@frozen
class Statement:
    """What the page says."""

    year: int
    """Calendar year that was settled."""
    as_of: str
    """Returns count as filed by the end of this day."""
    regime: str
    """`as-enacted` or `quota-levy`."""
    simulation: bool
    """Whether it is a simulation."""
    digest: str
    """Digest of the run."""
    ties: tuple[Tie, ...]
    """Every tie."""

    @property
    def broken(self) -> tuple[Tie, ...]:
        """Ties that do not hold."""
        return tuple(tie for tie in self.ties if not tie.holds)

    @property
    def title(self) -> Sentence:
        """What it is, with the mark of a simulation."""
        what = (words.QUOTA_LEVY if self.regime == QUOTA_LEVY else words.SETTLEMENT).sentence()
        return words.STATEMENT.sentence(mark=marked(self.simulation), what=what, year=self.year, as_of=self.as_of)

    @property
    def verdict(self) -> Sentence:
        """How many ties hold."""
        if self.broken:
            return words.NOT_HOLDING.sentence(broken=len(self.broken), ties=len(self.ties))
        return words.ALL_HOLD.sentence(ties=len(self.ties))

    def of(self, unit: str) -> tuple[Tie, ...]:
        """The ties in a unit."""
        return tuple(tie for tie in self.ties if tie.unit == unit)


def statement_of(run: Path) -> Statement:
    """The statement of a run, after the digest of each of its files was checked.

    Raises:
        WrongUse: It is no run.
        CannotCertify: A file was altered or is missing.
    """
    require_run(run)
    require_unaltered(run, words.NOT_TIED.sentence())
    finished = read_finished(run)
    return Statement(
        year=finished.year,
        as_of=finished.as_of.isoformat(),
        regime=finished.regime,
        simulation=finished.simulation,
        digest=run_digest(run),
        ties=ties_of(run),
    )


def require_tied(statement: Statement) -> None:
    """Every tie holds.

    Raises:
        TieBroken: One does not.
    """
    if statement.broken:
        raise TieBroken(words.BROKEN.sentence(verdict=statement.verdict, first=statement.broken[0].words))


def shown(tie: Tie) -> tuple[Sentence, Sentence]:
    """Both sides in the form for people."""
    left, right = (_value(tie.unit, value) for value in (tie.left_value, tie.right_value))
    return left, right


def _value(unit: str, value: int | str) -> Sentence:
    if isinstance(value, str):
        return phrase("{value}", value=value)
    return euro_text(value) if unit == CENTS else phrase("{value:,}", value=value)


def statement_lines(statement: Statement) -> Iterator[str]:
    """The page as lines of text: both sides of an equality on two lines."""
    yield statement.title
    yield words.RUN_DIGEST.sentence(digest=statement.digest)
    for unit, heading in HEADINGS.items():
        ties = statement.of(unit)
        sides = [shown(tie) for tie in ties]
        width = max((len(value) for cells in sides for value in cells), default=0)
        yield from ("", heading) if ties else ()
        for tie, (left, right) in zip(ties, sides, strict=True):
            yield phrase(f"  {{value:>{width}}}  {{what}}", value=left, what=tie.left)
            equal = "=" if tie.holds else "#"
            yield phrase(f"{equal} {{value:>{width}}}  {{what}}", value=right, what=tie.right)
    yield ""
    yield statement.verdict


__all__ = ["HEADINGS", "Statement", "TieBroken", "require_tied", "shown", "statement_lines", "statement_of"]
