"""Small tables for the benefits: deliveries with declarations and transfers, run through their stages."""

from datetime import date

import attrs
import pyarrow as pa
from attrs import asdict, field, frozen

from quotum.archive.intervals import merged as _merged
from quotum.run.findings import amounts_at_stake as hanging
from quotum.run.findings.counting import numbers
from quotum.run.findings.declared import BY_CODE
from quotum.run.findings.finding import Material, OfSettlement
from quotum.run.findings.places import every
from quotum.run.lkv_terms import read_lkv_terms
from quotum.run.stages import in_order as stages
from quotum.run.stages.columns import PLACE
from quotum.run.stages.grants import WITHOUT_BIRTH_DATE
from quotum.run.stages.rows_in_force import year_rows
from quotum.run.terms import read_terms
from quotum.tables import DECLARATIONS, TRANSFERS
from tests.spec import tables
from tests.spec.tables import EMPLOYER, OTHER_EMPLOYER, PERSON, Country, figures_with, inside, month, people_of, row

LATE = date(2030, 5, 1)
ASKED = {
    "older": {"IndAvrLkvOudrWn": "J", "IndAvrLkvDgBaf": "N"},
    "disabled": {"IndAvrLkvAgWn": "J", "IndAvrLkvDgBaf": "N"},
    "jobs_agreement": {"IndAvrLkvDgBaf": "J"},
    "reassigned": {"IndAvrLkvHpAgWn": "J", "IndAvrLkvDgBaf": "N"},
}
HOURS = 100
# After this year figures are missing that have nothing to do with the benefits: those of this year stand in.
LAST_KNOWN = 2026
_SAME = "000000"


@frozen
class Claims(Country):
    """Deliveries with those on which the benefits rest."""

    declarations: tuple = field(default=(), converter=tuple)
    transfers: tuple = field(default=(), converter=tuple)


@frozen
class Benefits:
    """What the two stages give."""

    lines: dict
    """Bonus lines by RSIN and BSN."""
    others: dict
    """Lines of the other categories by RSIN, BSN and category."""
    findings: dict
    """Findings that occur."""
    readings: tuple
    """Readings that the rights rest on."""
    hanging: dict
    """The most that hangs on them, in cents."""


def worked(number=1, year=2025, hours=HOURS, **changes):
    """A row of a month, by default of January 2025, with paid hours."""
    return row(**month(number, year) | {"AantVerlU": hours} | changes)


def transfer(on, from_rsin=OTHER_EMPLOYER, to_rsin=EMPLOYER):
    """A transfer of undertaking."""
    return tables.transfer("1", on, from_rsin, to_rsin)


def benefits(engine, country, year=2025, settings=None):
    """The benefits of a year, as a settlement computes them."""
    figures = figures_with(**(settings or {}))
    terms = attrs.evolve(read_terms(figures, min(year, LAST_KNOWN)), year=year, lkv=read_lkv_terms(figures, year))
    people, given = people_of(country), _Given(country)
    held = tables._InMemory(engine, given)
    result = year_rows(held, given, people, year, LATE)
    evidence = stages.Evidence(_declarations(country), _transfers(country))
    rights = stages.rights(held, given, people.register, evidence, result, terms.lkv, year, LATE)
    granted = stages.grant(held, result, rights, terms, figures)
    findings = _counted(held, granted)
    return Benefits(
        tables._by(engine, granted.lines, "rsin", "bsn"),
        tables._by(engine, granted.other_lines, "rsin", "bsn", "category"),
        findings,
        rights.readings,
        {
            code: hanging.of_benefits(engine, held.keep(missed), granted.by_right, terms)
            for code, missed in granted.missed.items()
        },
    )


def _counted(held, granted):
    """How often findings about declarations and employments occur, once there are seen to be as many places of each."""
    material = Material(held, None, (), None, settled=OfSettlement(None, None, {}, None, granted))
    places = granted.places()
    parts = {code: BY_CODE[code].places(material) for code in places if code != WITHOUT_BIRTH_DATE}
    # The rows of the target group are counted with the returns, which are not at hand.
    without = {code: [every(frame, *PLACE)] for code, frame in places.items() if code == WITHOUT_BIRTH_DATE}
    result = numbers(held, parts | without)
    for code, frame in places.items():
        assert tables.listed(held.collect(frame), BY_CODE[code]) == result.get(code, 0), code
    return result


class Persons(dict):
    """Cases by name with what is expected, computed together, once per engine; each gets numbers of its own."""

    def __init__(self, cases, **how):
        super().__init__(cases)
        self._how, self._results = how, {}

    def parameters(self):
        """Name and expectation of each case, for `parametrize`."""
        return [(name, *expected) for name, (_, *expected) in self.items()]

    def hours(self, engine, name):
        """Paid hours that count, of the person at the employer; None without a line."""
        line = self._all(engine).lines.get(self._key(name))
        return None if line is None else line["paid_hours"]

    def line(self, engine, name):
        """The bonus line of the person at the employer; None without one."""
        return self._all(engine).lines.get(self._key(name))

    def others(self, engine, name):
        """LKV of the other categories of the person at the employer."""
        key = self._key(name)
        return {
            category: line["lkv_cents"]
            for (rsin, bsn, category), line in self._all(engine).others.items()
            if (rsin, bsn) == key
        }

    def _key(self, name):
        own = f"{list(self).index(name) + 1:06d}"
        return own + EMPLOYER[6:], own + PERSON[6:]

    def _all(self, engine):
        if engine not in self._results:
            numbered = [_renumbered(country, number) for number, (country, *_) in enumerate(self.values(), 1)]
            parts = {name: sum((item[name] for item in numbered), ()) for name in numbered[0]}
            self._results[engine] = benefits(engine, Claims(**parts), **self._how)
        return self._results[engine]


def _renumbered(country, number):
    def own(delivered):
        return {name: f"{number:06d}{text[6:]}" if text.startswith(_SAME) else text for name, text in delivered.items()}

    parts = {name: part for name, part in asdict(country, recurse=False).items() if isinstance(part, tuple)}
    return {name: tuple(own(item) for item in part) for name, part in parts.items()}


class _Given(tables._Given):
    """Returns as the archive holds them, and the years of which there are any."""

    def years(self):
        return frozenset(day.year for day in self._relations["period_start"].to_pylist())


def _declarations(country):
    given = inside(DECLARATIONS, country.declarations)
    return _merged(given, ("bsn", "category"), "from_day", "until_day") if country.declarations else None


def _transfers(country):
    """Transfers as the archive gives them: in order of their key, which is not that of their days."""
    rows = [
        {
            "from_rsin": int(line["from_rsin"]),
            "to_rsin": int(line["to_rsin"]),
            "on_day": date.fromisoformat(line["on"]),
            "share": line["share"],
        }
        for line in country.transfers
    ]
    in_order = [(name, "ascending") for name in TRANSFERS.key]
    return pa.Table.from_pylist(rows, TRANSFERS.inside_schema).sort_by(in_order) if rows else None
