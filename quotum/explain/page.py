"""An explanation as one HTML page: nothing from the network, no script, readable in print."""

from collections.abc import Iterator
from html import escape

from quotum.explain.explanation import Explanation
from quotum.explain.step import Step
from quotum.explain.text import adds_up, footing_notes, heading, place, sections, totals
from quotum.money import euro_text

_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; color: #1b1b1b; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #c8c8c8; padding: .35rem .6rem .35rem 0; text-align: left; vertical-align: top; }
td.amount, th.amount { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.place, .article, dt { color: #555; } .article, dl { font-size: .87em; }
dl { margin: .2rem 0 0; } dt, dd { display: inline; margin: 0; } dd::after { content: ""; display: block; }
.footing { font-size: .87em; white-space: nowrap; }
.footing-assumed { font-weight: 700; } .footing-reading { font-style: italic; }
.not-given td:nth-child(4) { text-decoration: underline; }
.simulation { background: #8a1c1c; color: #fff; font-weight: 700; letter-spacing: .2em; padding: .3rem;
  position: sticky; text-align: center; top: 0; }
.mark { display: none; }
@media print {
  body { font-size: 9pt; margin: 0; max-width: none; padding: 0; }
  .simulation { background: none; border: 1pt solid #000; color: #000; position: static; }
  .mark { display: table-row; } .mark th { letter-spacing: .2em; text-align: center; }
  thead { display: table-header-group; } tr { break-inside: avoid; } h2 { break-after: avoid; }
}
"""
_HEADINGS = ("Stands on", "Question and article", "From", "Answer", "Euro")
_MARK = f'<tr class="mark"><th colspan="{len(_HEADINGS)}">SIMULATION</th></tr>'
_NOT_GIVEN = ' class="not-given"'


def as_page(explanation: Explanation) -> str:
    """The whole explanation."""
    return "".join(f"{line}\n" for line in _lines(explanation))


def _lines(explanation: Explanation) -> Iterator[str]:
    mark = "SIMULATION: " if explanation.simulation else ""
    title = escape(f"{mark}{heading(explanation)}")
    yield "<!DOCTYPE html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title><style>{_STYLE}</style></head>"
    yield "<body>"
    if explanation.simulation:
        yield '<div class="simulation">SIMULATION</div>'
    yield f"<h1>{title}</h1>"
    yield f"<p>Run with tag manifest sha256 <code>{escape(explanation.run_digest)}</code>.</p>"
    yield "<ul>" + "".join(f"<li>{escape(note)}</li>" for note in footing_notes()) + "</ul>"
    yield f"<h2>{escape(adds_up(explanation))}</h2><table>"
    for name, cents in totals(explanation):
        yield f'<tr><th scope="row">{escape(name)}</th><td class="amount">{euro_text(cents)}</td></tr>'
    yield "</table>"
    for section, steps in sections(explanation.steps):
        # The head of a table is printed on each page the table reaches, and so is the mark in it.
        yield f"<h2>{escape(section)}</h2><table><thead>{_MARK if explanation.simulation else ''}<tr>"
        yield "".join(f'<th scope="col"{_amount_class(name)}>{name}</th>' for name in _HEADINGS)
        yield "</tr></thead><tbody>"
        yield from map(_row, steps)
        yield "</tbody></table>"
    yield "</body></html>"


def _amount_class(heading_: str) -> str:
    return ' class="amount"' if heading_ == _HEADINGS[-1] else ""


def _row(step: Step) -> str:
    where = f'<div class="place">{escape(place(step))}</div>' if place(step) else ""
    inputs = "".join(f"<dt>{escape(name)}: </dt><dd>{escape(value)}</dd>" for name, value in step.inputs)
    cells = (
        f'<td class="footing footing-{step.footing}">{step.footing}</td>',
        f'<td>{escape(step.question)} <div class="article">{escape(step.article)}</div></td>',
        f"<td>{where}<dl>{inputs}</dl></td>",
        f"<td>{escape(step.result)}</td>",
        f'<td class="amount">{"" if step.amount_cents is None else euro_text(step.amount_cents)}</td>',
    )
    return f"<tr{_NOT_GIVEN if step.not_given else ''}>{''.join(cells)}</tr>"
