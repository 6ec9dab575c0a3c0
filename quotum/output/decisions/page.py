"""A decision as an HTML page for screen and A4, in Dutch and with an English translation; it needs no network."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Final

import jinja2
from markupsafe import Markup

from quotum.citations import cited
from quotum.law import calendar_days
from quotum.money import euro_text
from quotum.output.decisions.decision import Decision, Terms, reference
from quotum.words import Sentence

_SPACE: Final = "\N{NO-BREAK SPACE}"
_SWAPPED: Final = str.maketrans(",.", ".,")
_MONTHS: Final = {
    "en": [
        "January", "February", "March", "April", "May", "June", "July", "August",
        "September", "October", "November", "December",
    ],
    "nl": [
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
        "september", "oktober", "november", "december",
    ],
}  # fmt: skip
_CATEGORIES: Final = {
    "en": {"older": "older employee", "disabled": "disabled employee", "reassigned": "reassigned employee",
           "jobs_agreement": "jobs agreement"},
    "nl": {"older": "oudere werknemer", "disabled": "arbeidsgehandicapte werknemer",
           "reassigned": "herplaatste werknemer", "jobs_agreement": "banenafspraak"},
}  # fmt: skip
_FIGURES: Final = {
    "en": {"wtl.jobs_agreement_rate": "LKV per paid hour", "wtl.jobs_agreement_cap": "LKV, at most per employee a year",
           "wtl.bonus_rate": "bonus per paid hour", "wtl.bonus_cap": "bonus, at most per employee a year"},
    "nl": {"wtl.jobs_agreement_rate": "LKV per verloond uur",
           "wtl.jobs_agreement_cap": "LKV, ten hoogste per werknemer per jaar",
           "wtl.bonus_rate": "bonus per verloond uur",
           "wtl.bonus_cap": "bonus, ten hoogste per werknemer per jaar"},
}  # fmt: skip


def as_page(terms: Terms, decision: Decision) -> bytes:
    """A decision as a page, the same bytes for the same decision."""
    text = _template().render(
        terms=terms,
        decision=decision,
        reference=reference(terms, decision.number),
        figures=_figures(terms),
        weeks=calendar_days,
    )
    return text.encode()


def _figures(terms: Terms) -> tuple[tuple[str, int, Sentence], ...]:
    """Rates and maxima with cents and provision; a maximum of 0 is none."""
    figures = []
    for rate in terms.rates:
        euros, _, rest = rate.value.partition(".")
        cents = int(euros + f"{rest:0<2}")
        if cents:
            figures.append((rate.name, cents, cited(rate.provision)))
    return tuple(figures)


def _euro(cents: int, language: str) -> str:
    text = euro_text(cents)
    return f"€{_SPACE}{text.translate(_SWAPPED)}" if language == "nl" else f"€{text}"


def _count(number: int, language: str) -> str:
    text = f"{number:,}"
    return text.translate(_SWAPPED) if language == "nl" else text


def _day(day: date, language: str) -> str:
    return f"{day.day}{_SPACE}{_MONTHS[language][day.month - 1]}{_SPACE}{day.year}"


def _word(words: Mapping[str, Mapping[str, str]], name: str, language: str) -> str:
    return words[language].get(name, name)


@cache
def _parts() -> dict[str, str]:
    """Templates and style by name."""
    folder = resources.files("quotum.output.decisions")
    return {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.name.endswith((".jinja", ".css"))}


@cache
def wording_digest() -> str:
    """SHA-256 over templates and style, in order of name: the digest of the code does not cover them."""
    return sha256("\0".join(f"{name}\0{text}" for name, text in sorted(_parts().items())).encode()).hexdigest()


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(_parts()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        euro=_euro,
        count=_count,
        day=_day,
        category=lambda name, language: _word(_CATEGORIES, name, language),
        figure=lambda name, language: _word(_FIGURES, name, language),
    )
    environment.globals["style"] = Markup(_parts()["page.css"])  # noqa: S704 - quotum's own
    return environment.get_template("page.html.jinja")


__all__ = ["as_page", "wording_digest"]
