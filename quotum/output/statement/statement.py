"""The ties of a finished run, in words for a page: what is counted, where, and both sides."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

from quotum.errors import QuotumError
from quotum.money import euro_text
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import read_finished, require_run
from quotum.run_folder.request import QUOTA_LEVY
from quotum.run_folder.ties.counting import ties_of
from quotum.run_folder.ties.tie import CENTS, HOURS, ROWS, WORDS, Tie

HEADINGS: Final = {
    CENTS: "Amounts (euro)",
    HOURS: "Hours",
    ROWS: "Rows: how many, and in how many of them a rule holds",
    WORDS: "What the run says of itself",
}
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
    def title(self) -> str:
        """What it is, with the mark of a simulation."""
        mark = "SIMULATION: " if self.simulation else ""
        what = "quota levy" if self.regime == QUOTA_LEVY else "settlement"
        return f"{mark}Statement of the {what} of {self.year}, returns as filed by {self.as_of}"

    @property
    def verdict(self) -> str:
        """How many ties hold."""
        if self.broken:
            return f"{len(self.broken)} of {len(self.ties)} equalities do NOT hold"
        return f"all {len(self.ties)} equalities hold"

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
    require_unaltered(run, "its files are not tied")
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
        raise TieBroken(
            f"{statement.verdict}; the first: {statement.broken[0]}. No file was altered since it was sealed: this "
            "is a defect of quotum, please report it, and settle the year again"
        )


def shown(tie: Tie) -> tuple[str, str]:
    """Both sides in the form for people."""
    left, right = (_value(tie.unit, value) for value in (tie.left_value, tie.right_value))
    return left, right


def _value(unit: str, value: int | str) -> str:
    if isinstance(value, str):
        return value
    return euro_text(value) if unit == CENTS else f"{value:,}"


def statement_lines(statement: Statement) -> Iterator[str]:
    """The page as lines of text: both sides of an equality on two lines."""
    yield statement.title
    yield f"run {statement.digest}"
    for unit, heading in HEADINGS.items():
        ties = statement.of(unit)
        sides = [shown(tie) for tie in ties]
        width = max((len(value) for cells in sides for value in cells), default=0)
        yield from ("", heading) if ties else ()
        for tie, (left, right) in zip(ties, sides, strict=True):
            yield f"  {left:>{width}}  {tie.left}"
            yield f"{'= ' if tie.holds else '# '}{right:>{width}}  {tie.right}"
    yield ""
    yield statement.verdict


__all__ = ["HEADINGS", "Statement", "TieBroken", "require_tied", "shown", "statement_lines", "statement_of"]
