"""Records of worked cases: a provision with its cases, each written once, by hand."""

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import field, frozen

from quotum.words import Text

Row = Mapping[str, object]
Rows = Sequence[Row]
LAW, READING, ASSUMED = "law", "reading", "assumed"
AMOUNTS, REFUSED = "amounts", "refused"
AS_ENACTED, QUOTA_LEVY = "as-enacted", "quota-levy"


@frozen
class Step:
    """A line of arithmetic."""

    words: Text
    """What is computed."""
    formula: str
    """Numbers and days; a parameter stands in braces, as `{wtl.jobs_agreement_rate}`. See arithmetic.py."""
    result: str
    """What it comes to: euros, hours, jobs or a percentage as text; `true` or `false` for a comparison."""
    gives: str = ""
    """The expected column that it comes to, in the unit of that column; empty for a step on the way."""


@frozen
class Case:
    """A worked case: deliveries, and what a system must make of them."""

    name: str
    """Name of its folder."""
    title: Text
    """What it shows, in a few words."""
    explanation: Text
    """Why the outcome is what it is."""
    deliveries: Mapping[str, Rows]
    """Rows by kind of delivery, under the delivered names; persons and employers as `person-1`, `employer-1`."""
    steps: Sequence[Step] = ()
    """The arithmetic."""
    settlement: Rows | None = None
    """Expected rows per employer, with the columns that matter; None: not compared."""
    lines: Rows | None = None
    """Expected rows per employer and person (bonus_lines)."""
    others: Rows | None = None
    """Expected rows of the other three benefits (other_lkv_lines)."""
    returns: Rows | None = None
    """Expected rows per return (surcharge_lines)."""
    macro: Mapping[str, object] | None = None
    """Expected figures of the country (macro.json), nested."""
    settings: Mapping[str, str] = field(factory=dict)
    """What a scenario sets, as text; empty: the law as it is."""
    year: int = 2026
    """Calendar year that is settled."""
    as_of: date = date(2027, 5, 1)
    """Returns count as filed by the end of this day."""
    regime: str = AS_ENACTED
    """Regime."""
    exit_code: int = 0
    """With which quotum ends; 3: amounts, and something was set aside; 11, 12: refused."""
    alone: bool = False
    """Whether its amounts would change beside other employers."""

    @property
    def outcome(self) -> str:
        """Whether there are amounts, or none because the settlement must be refused."""
        return REFUSED if self.exit_code > 3 else AMOUNTS


@frozen
class Provision:
    """An article and the cases that show both sides of its boundary."""

    folder: str
    """Name of its folder, by article."""
    rule: int
    """Rule of the specification, 0 to 9."""
    article: str
    """Article and paragraph."""
    subject: Text
    """What it is about."""
    question: Text
    """The question that it answers."""
    foot: str
    """`law`, `reading` or `assumed`: what the answer stands on."""
    note: Text
    """The deciding words, the reading, or what is assumed."""
    cases: Sequence[Case]
    """The cases."""
