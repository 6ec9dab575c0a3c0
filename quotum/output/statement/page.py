"""The statement of a run as a self-contained HTML file; the same run gives the same file."""

from html import escape
from typing import Final

from quotum.output.statement.statement import HEADINGS, Statement, shown
from quotum.run_folder.ties.tie import Tie

_STYLE: Final = """
body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1b1b; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin: 1.4rem 0 .3rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border-bottom: 1px solid #ccc; padding: .2rem .5rem; text-align: left; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
col.left { width: 31%; } col.value { width: 13%; } col.sign { width: 3%; }
td.sign { text-align: center; }
tr.broken td { background: #fbe3e3; font-weight: 600; }
.simulation { color: #8a1c1c; font-weight: 700; }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
@page { size: A4; margin: 11mm; }
@media print {
  body { margin: 0; padding: 0; font-size: 8px; } h1 { font-size: 12px; } h2 { font-size: 9px; margin: 4px 0 1px; }
  th, td { padding: 1px 3px; }
}
"""
_COLUMNS: Final = '<colgroup><col class="left"><col class="value"><col class="sign"><col class="value"><col></colgroup>'


def as_page(statement: Statement) -> str:
    """The statement as a page."""
    title = escape(statement.title)
    mark = (
        '<p class="simulation">SIMULATION: nothing in this run is settled or decided.</p>'
        if statement.simulation
        else ""
    )
    parts = "".join(_part(heading, statement.of(unit)) for unit, heading in HEADINGS.items() if statement.of(unit))
    return f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>{_STYLE}</style></head>
<body>
<h1>{title}</h1>
{mark}
<p><strong>{escape(statement.verdict)}</strong>, counted over the files of run <code>{statement.digest}</code>. A
settlement in which one does not hold is not finished.</p>
{parts}
<p>Not tied here: paid hours of the settlement and the rows that findings are about, whose other side is in the archive
(<code>quotum replay</code> computes all of it again).</p>
</body>
</html>
"""


def _part(heading: str, ties: tuple[Tie, ...]) -> str:
    rows = "\n".join(map(_row, ties))
    return f"<h2>{escape(heading)}</h2>\n<table>{_COLUMNS}<tbody>\n{rows}\n</tbody></table>\n"


def _row(tie: Tie) -> str:
    left, right = map(escape, shown(tie))
    sign, kind = ("=", "") if tie.holds else ("≠", ' class="broken"')
    return (
        f'<tr{kind}><td>{escape(tie.left)}</td><td class="number">{left}</td><td class="sign">{sign}</td>'
        f'<td class="number">{right}</td><td>{escape(tie.right)}</td></tr>'
    )


__all__ = ["as_page"]
