"""The quality of what a run rests on, to be read: findings by rule with counts, shares and how to find the rows."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

import pyarrow.parquet as pq
from attrs import frozen

from quotum.archive.receipts import Delivery, Receipt
from quotum.citations import cited
from quotum.identifiers import masked
from quotum.intake.checks.row_rules import MEMBER, all_rules
from quotum.intake.checks.rule import Rule
from quotum.money import euro_text, hundredths_text
from quotum.output import words
from quotum.run.findings.amounts_at_stake import MEANINGS, on_it
from quotum.run.findings.declared import BY_CODE, reason_of
from quotum.run.findings.deliveries_used import REJECTED
from quotum.run.findings.finding import Of
from quotum.run.words import OF
from quotum.run_folder.bag import require_unaltered
from quotum.tables import REJECT, SETTLEMENT
from quotum.words import NOTHING, Sentence, joined, phrase

SO = words.NOT_TOLD.sentence()
READ = ("data/quality.parquet", f"data/{SETTLEMENT.name}.parquet")
"""Files of a run that list its findings."""
_DELIVERY = "delivery "
_EUROS = joined("; ", MEANINGS.values())
_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1b1b1b; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: left; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code { font-family: ui-monospace, monospace; }
@media print { body { margin: 0; } }
"""
_HEADINGS = ("finding", "what it says", "level", "where", "count", "share", "at most, euro")


@frozen
class FindingLine:
    """One line of `quality.parquet`, with what it means."""

    code: str
    """Name of the rule or finding."""
    meaning: str
    """What it says, with its source."""
    level: str
    """`reject`, `finding`, or `settlement` for what showed when everything was together."""
    where: str
    """File and call it came in, or the stage."""
    count: int
    """How often."""
    of: int | None
    """Number of rows received there, or of employers of the run; None for findings of other things."""
    what: str = OF["rows"].sentence()
    """The things that it counts."""
    cents: int | None = None
    """The most that hangs on it; None where that cannot be computed."""

    @property
    def share(self) -> Sentence:
        """Count as a share; empty when that is unknown."""
        return share(self.count, self.of)


def share(count: int, of: int | None) -> Sentence:
    """A share in hundredths of a percent, cut off; empty when it is unknown."""
    if not of:
        return NOTHING
    return phrase("{share}%", share=hundredths_text(count * 10_000 // of))


def quality_of(run: Path, receipts: Sequence[Receipt]) -> tuple[FindingLine, ...]:
    """The findings of a run, those of the settlement first.

    Args:
        run: Folder of the run.
        receipts: Receive calls of the archive; without any, deliveries are named by digest alone.

    Raises:
        CannotCertify: The run was altered.
    """
    require_unaltered(run, SO, READ)
    came = {delivery.sha256: (receipt, delivery) for receipt in receipts for delivery in receipt.deliveries}
    rows = pq.read_table(run / "data" / "quality.parquet").to_pylist()
    employers = pq.read_metadata(run / "data" / f"{SETTLEMENT.name}.parquet").num_rows
    findings = [_finding_line(row["code"], row["place"], row["count"], row["cents"], came, employers) for row in rows]
    return tuple(sorted(findings, key=lambda finding: (finding.level != "settlement", finding.code, finding.where)))


def meaning_of(code: str) -> str:
    """What a finding says, or the reason of a rule of intake; the code itself when nothing is named so."""
    if code in BY_CODE:
        return BY_CODE[code].sentence
    rule = _rule_of(code)
    return code if rule is None else rule.reason


def _rule_of(code: str) -> Rule | None:
    """The rule of intake of this name; None when the finding is of a settlement, or no rule is named so any more."""
    return next((rule for rule in all_rules() if rule.name == code), None)


def place_of(place: str, digits: int = 16) -> str:
    """Where a finding is, in words: the settlement, or a delivery by its digest.

    Args:
        place: As in the file of findings.
        digits: How many digits of the digest are shown.
    """
    if place.startswith(_DELIVERY):
        return words.DELIVERY_OF.sentence(digest=place.removeprefix(_DELIVERY)[:digits])
    return words.IN_SETTLEMENT.sentence() if place == "settlement" else place


def _finding_line(
    code: str,
    place: str,
    count: int,
    cents: int | None,
    came: Mapping[str, tuple[Receipt, Delivery]],
    employers: int,
) -> FindingLine:
    if not place.startswith(_DELIVERY):
        of_employers = code in BY_CODE and BY_CODE[code].of is Of.EMPLOYER
        where = place_of(place)
        return FindingLine(
            code, reason_of(code), place, where, count, employers if of_employers else None,
            OF["employers"].sentence(), cents,
        )  # fmt: skip
    digest = place.removeprefix(_DELIVERY)
    rule = _rule_of(code)
    meaning = (
        reason_of(code) if rule is None else phrase("{why} [{source}]", why=rule.reason, source=cited(rule.source))
    )
    level = rule.level if rule is not None else REJECT if code == REJECTED else ""
    if digest not in came:
        where = place_of(place)
        return FindingLine(code, meaning, level, where, count, None)
    receipt, delivery = came[digest]
    where = words.CAME_IN.sentence(name=masked(delivery.name), call=receipt.sequence, digest=digest[:16])
    return FindingLine(code, meaning, level, where, count, None if code == MEMBER.name else delivery.received)


def quality_lines(findings: Sequence[FindingLine]) -> Iterator[Sentence]:
    """The findings as lines of text."""
    for finding in findings:
        of = words.SHARE_OF.sentence(share=finding.share, what=finding.what) if finding.share else NOTHING
        meaning = joined("; ", filter(None, (finding.meaning, on_it(finding.code, finding.cents))))
        yield words.FINDING.sentence(
            code=finding.code, count=finding.count, of=of, where=finding.where, meaning=meaning
        )
    yield (words.WHERE_THEY_ARE if findings else words.NOTHING_FOUND).sentence()


def quality_page(findings: Sequence[FindingLine], year: int, simulation: bool) -> str:
    """The findings as a self-contained HTML file; the same findings give the same file."""
    mark = "SIMULATION: " if simulation else ""
    title = f"{mark}Quality of what the run of {year} rests on"
    heads = "".join(f"<th{_side(name)}>{name}</th>" for name in _HEADINGS)
    rows = "\n".join(_row(finding) for finding in findings)
    return f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style></head>
<body>
<h1>{escape(title)}</h1>
<p>{len(findings)} lines. <em>reject</em>: the row was not accepted; <em>finding</em>: it was, and it may be wrong;
<em>settlement</em>: it showed when everything was together. A share is of the rows of that file, or of the
employers of the run. In the last column stands the most that hangs on it, where that can be computed: {_EUROS}. A euro
counts once within a finding, and may hang on several.</p>
<table><thead><tr>{heads}</tr></thead><tbody>
{rows}
</tbody></table>
<p>File and row number, or employer, of each: <code>quotum quality RUN --rule NAME</code>. Rows are counted from 1,
without the header; in XML every income relation and withdrawal is a row, in the order of the message. The number of an
employer is that of its line in <code>data/settlement.csv</code>, without the header.</p>
</body>
</html>
"""


def _side(name: str) -> str:
    return ' class="number"' if name in _HEADINGS[-3:] else ""


def _row(finding: FindingLine) -> str:
    cells = (f"<code>{escape(finding.code)}</code>", *map(escape, (finding.meaning, finding.level, finding.where)))
    plain = "".join(f"<td>{cell}</td>" for cell in cells)
    numbers = (f"{finding.count:,}", finding.share, "" if finding.cents is None else euro_text(finding.cents))
    right = "".join(f'<td class="number">{cell}</td>' for cell in numbers)
    return f"<tr>{plain}{right}</tr>"


__all__ = [
    "READ",
    "SO",
    "FindingLine",
    "meaning_of",
    "place_of",
    "quality_lines",
    "quality_of",
    "quality_page",
    "share",
]
