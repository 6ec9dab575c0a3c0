"""The preliminary overview of an employer as an HTML page for screen and print, in English or Dutch."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any, Final

from attrs import frozen

from quotum.law.calendar_days import cut_off_day
from quotum.law.conditions import DUTCH, Text
from quotum.law.wtl.cumulation import IN_WORDS_OF_LAW, JOBS_AGREEMENT, is_granted
from quotum.money import euro_text
from quotum.output.overview.assessment import GIVES_WAY, GRANTED, NO_RIGHT
from quotum.output.overview.reasons import NO_BSN, REASONS, column_of

_STYLE: Final = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1b1b1b; }
h1 { font-size: 1.4rem; } table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #ccc; padding: .25rem .6rem .25rem 0; text-align: left; vertical-align: top; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.simulation { color: #8a1c1c; font-weight: 700; }
@page { size: A4; margin: 12mm; }
@media print {
  body { font-size: 9pt; margin: 0; padding: 0; } thead { display: table-header-group; } tr { break-inside: avoid; }
}
"""
_TITLE: Final = Text("Preliminary overview of LKV over {year}", "Voorlopig overzicht loonkostenvoordelen {year}")
_OF: Final = Text("Employer {number} of the run{name}", "Werkgever {number} van de berekening{name}")
_LEAD: Final = Text(
    "Wtl art. 4.1 lid 4. Returns as filed by {as_of}. This is an intended assessment and no decision: what is filed by "
    "{last} counts for the decision.",
    "Wtl art. 4.1 lid 4. Aangiften zoals ingediend tot en met {as_of}. Dit is een voorgenomen beoordeling en geen "
    "beschikking: wat uiterlijk op {last} is ingediend, telt mee voor de beschikking.",
)
_SIMULATION: Final = Text(
    "SIMULATION: nothing of it is settled or decided.", "SIMULATIE: hiervan is niets vastgesteld of beslist."
)
_REPORTED: Final = Text(
    "The LKV of other categories than {own} is reported here and not settled by the run.",
    "Het LKV van andere categorieën dan {own} wordt hier gemeld en is in de berekening niet vastgesteld.",
)
_NOBODY: Final = Text("No LKV is asked for.", "Er is geen loonkostenvoordeel aangevraagd.")
_HEADS: Final = (
    Text("BSN", "BSN"),
    Text("LKV", "LKV"),
    Text("assessment", "beoordeling"),
    Text("hours asked", "uren aangevraagd"),
    Text("hours that count", "uren die tellen"),
    Text("LKV, euro", "LKV, euro"),
    Text("bonus, euro", "bonus, euro"),
    Text("why rows do not count", "waarom regels niet tellen"),
)
_FIRST_NUMBER, _LAST_NUMBER = 3, 6
_ASSESSED: Final = {
    GRANTED: Text("right", "recht"),
    GIVES_WAY: is_granted.unmet.text,
    NO_RIGHT: Text("no right", "geen recht"),
}
_ROWS: Final = Text("{reason} ({count} of {rows} rows)", "{reason} ({count} van {rows} regels)")
_TOTAL: Final = Text("Total", "Totaal")


@frozen
class Heading:
    """The heading of a page: employer, year and day."""

    number: int
    """Sequence number of the employer in the run."""
    name: str | None
    """Its name; None when it has none."""
    year: int
    """Calendar year."""
    as_of: date
    """Returns count as filed by the end of this day."""
    simulation: bool
    """Whether it is a simulation."""


def as_page(heading: Heading, rows: Sequence[Mapping[str, Any]], language: str) -> str:
    """The page of an employer.

    Args:
        heading: Employer, year and day.
        rows: Rows of `tables.OVERVIEW`, as they are written.
        language: `en` or `nl`.
    """
    return "".join(f"{line}\n" for line in _lines(heading, rows, language))


def _lines(heading: Heading, rows: Sequence[Mapping[str, Any]], language: str) -> Iterator[str]:
    title = escape(_TITLE.words(language, year=heading.year))
    mark = escape(_SIMULATION.words(language))
    name = f": {heading.name}" if heading.name else ""
    yield "<!doctype html>"
    yield f'<html lang="{language}"><head><meta charset="utf-8">'
    yield f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}</style></head>'
    yield "<body>"
    yield from (f'<p class="simulation">{mark}</p>',) if heading.simulation else ()
    yield f"<h1>{title}</h1>"
    yield f"<h2>{escape(_OF.words(language, number=heading.number, name=name))}</h2>"
    yield f"<p>{escape(_LEAD.words(language, as_of=heading.as_of, last=cut_off_day(heading.year)))}</p>"
    if any(row["category"] != JOBS_AGREEMENT for row in rows):
        yield f"<p>{escape(_REPORTED.words(language, own=IN_WORDS_OF_LAW[JOBS_AGREEMENT]))}</p>"
    yield from _table(rows, language) if rows else (f"<p>{escape(_NOBODY.words(language))}</p>",)
    yield "</body></html>"


def _table(rows: Sequence[Mapping[str, Any]], language: str) -> Iterator[str]:
    yield f"<table><thead>{_cells([head.words(language) for head in _HEADS], 'th')}</thead><tbody>"
    for row in rows:
        yield _cells(_row(row, language))
    total = [sum(row[name] for row in rows) for name in ("lkv_cents", "bonus_cents")]
    yield _cells([_TOTAL.words(language), "", "", "", "", *(_euros(cents, language) for cents in total), ""], "th")
    yield "</tbody></table>"


def _row(row: Mapping[str, Any], language: str) -> list[str]:
    reasons = ((reason.text.words(language), row[column_of(code)]) for code, reason in REASONS.items())
    counts = (
        _ROWS.words(language, reason=text, count=count, rows=row["asked_rows"]) for text, count in reasons if count
    )
    return [
        row["bsn"] or NO_BSN.text.words(language),
        IN_WORDS_OF_LAW[row["category"]],
        _ASSESSED[row["assessment"]].words(language),
        f"{row['asked_hours']}",
        f"{row['paid_hours']}",
        _euros(row["lkv_cents"], language),
        _euros(row["bonus_cents"], language),
        "; ".join(counts),
    ]


def _cells(texts: Sequence[str], kind: str = "td") -> str:
    marked = (
        f"<{kind}{' class=number' if _FIRST_NUMBER <= place <= _LAST_NUMBER else ''}>{escape(text)}</{kind}>"
        for place, text in enumerate(texts)
    )
    return f"<tr>{''.join(marked)}</tr>"


def _euros(cents: int, language: str) -> str:
    text = euro_text(cents)
    return text.translate(str.maketrans(",.", ".,")) if language == DUTCH else text


__all__ = ["Heading", "as_page"]
