"""The page of an audit: a self-contained HTML file, and the same in lines of text."""

from html import escape

from quotum.identifiers import masked
from quotum.output import words
from quotum.output.outcome import NOT_COVERED, outcome
from quotum.replay.audit import AuditedRun
from quotum.version import __version__
from quotum.words import Sentence, phrase

_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1b1b1b; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: left; vertical-align: top; }
td.code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
tr.identical td:first-child { border-left: .4rem solid #2e7d32; }
tr.other td:first-child { border-left: .4rem solid #b71c1c; }
@media print { body { margin: 0; } }
"""
_HEADINGS = ("outcome", "as filed by", "known on", "regime", "run", "inputs", "why")


def outcome_of(result: AuditedRun) -> Sentence:
    """The outcome of a run in a few words."""
    if result.replayed is None:
        return words.NOT_REPEATED.sentence()
    return outcome(result.replayed) if result.exit_code else words.IDENTICAL.sentence()


def line_of(result: AuditedRun) -> Sentence:
    """The outcome of a run on a line."""
    note = result.note
    return words.AUDITED.sentence(
        outcome=outcome_of(result), mark=words.AUDITED_SIMULATION.sentence() if note.simulation else "",
        as_of=note.as_of, regime=note.regime, place=masked(note.place),
        problem=phrase(": {problem}", problem=result.problem) if result.problem else "",
    )  # fmt: skip


def summary_of(audited: tuple[AuditedRun, ...], year: int) -> Sentence:
    """How many runs there were, and how many came out the same."""
    return words.AUDIT_SUMMARY.sentence(year=year, runs=len(audited), identical=identical(audited))


def identical(audited: tuple[AuditedRun, ...]) -> int:
    """How many runs came out the same."""
    return sum(not result.exit_code for result in audited)


def as_page(audited: tuple[AuditedRun, ...], year: int) -> str:
    """The audit of a year as an HTML file; the same outcomes give the same file."""
    heads = "".join(f"<th>{name}</th>" for name in _HEADINGS)
    rows = "\n".join(_row(result) for result in audited)
    return f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Audit of {year}</title><style>{_STYLE}</style></head>
<body>
<h1>Audit of {year}</h1>
<p>Every run of {year} that is noted in the archive, repeated from its archived inputs with its own parameters by
quotum {escape(__version__)}: {len(audited)} runs, {identical(audited)} identical byte for byte.</p>
<table><thead><tr>{heads}</tr></thead><tbody>
{rows}
</tbody></table>
<p>{escape(NOT_COVERED)}.</p>
</body>
</html>
"""


def _row(result: AuditedRun) -> str:
    note = result.note
    inputs = "" if result.replayed is None else f"{result.replayed.verified.inputs} deliveries as they were"
    cells = (
        f"{'SIMULATION: ' if note.simulation else ''}{outcome_of(result)}",
        note.as_of.isoformat(),
        "" if note.known_on is None else note.known_on.isoformat(),
        note.regime,
        f"{masked(note.place)} ({note.digest})",
        inputs,
        result.problem,
    )
    kinds = ("", "", "", "", ' class="code"', "", "")
    inside = "".join(f"<td{kind}>{escape(cell)}</td>" for kind, cell in zip(kinds, cells, strict=True))
    return f'<tr class="{"other" if result.exit_code else "identical"}">{inside}</tr>'


__all__ = ["as_page", "identical", "line_of", "outcome_of", "summary_of"]
