"""An explanation as one HTML page: nothing from the network, no script, readable in print."""

from collections.abc import Iterator
from html import escape

from quotum.explanations.explanation import Explanation
from quotum.explanations.forms.layout import Line, Question, sections
from quotum.explanations.forms.totals import adds_up, amount_text, heading, mark_simulation, totals
from quotum.explanations.telling import Pairs
from quotum.explanations.words import ANSWER, EURO, FOOTING, FOOTING_WORDS, FOOTINGS, MARK, NOT_ENACTED, RUN_DIGEST

_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; color: #1b1b1b; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { border-top: 3px solid #1b1b1b; font-size: 1.15rem; margin-top: 2.5rem;
  padding-top: .4rem; }
h3 { font-size: 1rem; margin: 1.6rem 0 0; }
table { border-collapse: collapse; margin-top: .4rem; }
th, td { border-bottom: 1px solid #d4d4d4; padding: .25rem 1.2rem .25rem 0; text-align: left; vertical-align: top; }
th { font-size: .87em; } th[scope=row] { white-space: pre; } td { font-variant-numeric: tabular-nums; }
td.amount, th.amount { text-align: right; white-space: nowrap; }
td.place { white-space: nowrap; }
.article, .shared, dl { color: #555; font-size: .87em; } .article { margin: 0; }
dl { margin: .2rem 0 0; } dt, dd { display: inline; margin: 0; } dd::after { content: ""; display: block; }
.footing { white-space: nowrap; }
.footing-assumed { font-weight: 700; } .footing-reading { font-style: italic; }
.not-given td:last-child { color: #8a1c1c; }
.simulation { background: #8a1c1c; color: #fff; font-weight: 700; letter-spacing: .2em; padding: .3rem;
  position: sticky; text-align: center; top: 0; }
.wrong { color: #8a1c1c; font-weight: 700; }
.mark { display: none; }
@media print {
  body { font-size: 9pt; margin: 0; max-width: none; padding: 0; }
  .simulation { background: none; border: 1pt solid #000; color: #000; position: static; }
  .mark { display: table-row; } .mark th { letter-spacing: .2em; text-align: center; }
  thead { display: table-header-group; } tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
}
"""
_NOT_GIVEN = ' class="not-given"'


def as_page(explanation: Explanation) -> str:
    """The whole explanation as a page by itself."""
    return "".join(f"{line}\n" for line in _lines(explanation))


def as_fragment(explanation: Explanation) -> str:
    """The whole explanation as a part of another page, in whose style it is: for notebooks."""
    lines = (f'<div lang="{explanation.language}">', *_content(explanation), "</div>")
    return "".join(f"{line}\n" for line in lines)


def _lines(explanation: Explanation) -> Iterator[str]:
    title = escape(mark_simulation(explanation, heading(explanation)))
    yield "<!DOCTYPE html>"
    yield f'<html lang="{explanation.language}"><head><meta charset="utf-8">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title><style>{_STYLE}</style></head>"
    yield "<body>"
    yield from _content(explanation)
    yield "</body></html>"


def _content(explanation: Explanation) -> Iterator[str]:
    language, mark = explanation.language, MARK.words(explanation.language) if explanation.simulation else ""
    if mark:
        yield f'<div class="simulation">{mark}</div>'
    yield f"<h1>{escape(mark_simulation(explanation, heading(explanation)))}</h1>"
    yield from (
        f'<p class="wrong">{NOT_ENACTED.words(language)}: {escape(figure)}</p>' for figure in explanation.not_shipped
    )
    yield f"<p>{escape(adds_up(explanation))}:</p><table>"
    for name, value in totals(explanation):
        yield f'<tr><th scope="row">{escape(name)}</th><td class="amount">{escape(value)}</td></tr>'
    yield "</table>"
    digest = f"<code>{escape(explanation.run_digest)}</code>"
    yield f'<p class="shared">{RUN_DIGEST.words(language, digest=digest)}</p>'
    yield _list(
        tuple((FOOTINGS[footing].words(language), words.words(language)) for footing, words in FOOTING_WORDS.items())
    )
    for section, questions in sections(explanation.steps, language):
        yield f"<h2>{escape(section)}</h2>"
        for question in questions:
            yield from _question(question, language, mark)


def _list(named: Pairs) -> str:
    """Names and values under each other."""
    return "<dl>" + "".join(f"<dt>{escape(name)}: </dt><dd>{escape(value)}</dd>" for name, value in named) + "</dl>"


def _question(question: Question, language: str, mark: str) -> Iterator[str]:
    """A question with a table of its steps; the head with its mark is printed on every page of the table."""
    euro = (EURO.words(language),) if question.has_amounts else ()
    heads = (FOOTING.words(language), *question.columns, *euro, ANSWER.words(language))
    yield f'<h3>{escape(question.question)}</h3><p class="article">{escape(question.article)}</p>'
    yield _list(question.shared) if question.shared else ""
    yield "<table><thead>"
    yield f'<tr class="mark"><th colspan="{len(heads)}">{mark}</th></tr>' if mark else ""
    right = {*euro, *question.numbers}
    classes = {name: ' class="amount"' if name in right else "" for name in heads}
    yield "<tr>" + "".join(f'<th scope="col"{classes[name]}>{escape(name)}</th>' for name in heads) + "</tr>"
    yield "</thead><tbody>"
    yield from (_row(question, line, language) for line in question.lines)
    yield "</tbody></table>"


def _row(question: Question, line: Line, language: str) -> str:
    step, numbers = line.step, question.numbers
    amount = "" if step.amount_cents is None else amount_text(step.amount_cents, language)
    cells = (
        f'<td class="footing footing-{step.footing}">{FOOTINGS[step.footing].words(language)}</td>',
        *(
            f'<td class="{"amount" if name in numbers else "place"}">{escape(cell)}</td>'
            for name, cell in zip(question.columns, line.cells, strict=True)
        ),
        *((f'<td class="amount">{amount}</td>',) if question.has_amounts else ()),
        f"<td>{escape(step.result)}{_list(line.details) if line.details else ''}</td>",
    )
    return f"<tr{_NOT_GIVEN if step.not_given else ''}>{''.join(cells)}</tr>"
