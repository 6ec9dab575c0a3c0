"""Small tables in, levy out: what the stages of a quota levy give on an engine."""

from attrs import frozen

from quotum.identifiers import nine_digits
from quotum.run.regimes.levy_terms import read_levy_terms
from quotum.run.regimes.quota_levy import YearResults, count
from quotum.run.stages import quota_levy as levying
from quotum.tables import ALLOCATIONS, EMPLOYERS
from tests.spec import tables
from tests.spec.tables import (
    _PARTS,
    AS_OF,
    EMPLOYER,
    PERSON,
    Country,
    _Given,
    _InMemory,
    _renumbered,
    counted_twice,
    figures_with,
    inside,
    month,
    people_of,
    row,
)  # fmt: skip

PERCENTAGES = {"wfsv.quota_percentage_government": "1.93", "wfsv.quota_percentage_market": "1.93"}


@frozen
class Levied:
    """What the stages give."""

    lines: dict
    """Columns of settlement and quota lines together, by RSIN."""
    findings: dict
    """Findings by name."""


def levy(engine, country, allocations=(), as_of=AS_OF, year=2026, settings=None):
    """Figure the quota levy of a year on an engine: the stages in their order."""
    terms = read_levy_terms(
        figures_with(**(PERCENTAGES if settings is None else settings)),
        year,
        {employer["sector"] for employer in country.employers},
    )
    employers = inside(EMPLOYERS, [{"ended_on": ""} | employer for employer in country.employers])
    given = _Given(country)
    held = _InMemory(engine, given)
    counted = count(held, given, people_of(country), year, as_of)
    everyone = levying.everyone(held, counted.totals.employers, employers)
    allocated = levying.allocate(held, counted.rows, everyone, inside(ALLOCATIONS, allocations), year)
    levied = levying.levy(held, everyone, counted.hours_t1, counted.hours, allocated, terms)
    rows = engine.collect(levied).to_pylist()
    lines = {nine_digits(line["rsin"]): line for line in rows}
    assert len(lines) == len(rows)
    return Levied(lines, counted_twice(YearResults(counted, allocated, levied).material(engine, given)))


def allocation(hours, lender, borrower, agreed_on="2027-08-01", bsn=PERSON, year=2026):
    """Hours allocated from lender to borrower."""
    return tables.allocation(hours, agreed_on, year, lender, borrower, bsn)


def hours_of(hours, year=2026, rsin=EMPLOYER, bsn="", **changes):
    """Hours of an employer in January of a year: of somebody without BSN unless one is given."""
    filed = {"DatTdAanm": f"{year}-02-20T09:00:00", "PersNr": "" if bsn else f"P{changes.get('NumIV', 1)}"}
    return row(
        **month(1, year),
        **{"IdBer": f"H{year}", "LhNr": f"{rsin}L01", "SofiNr": bsn, "AantVerlU": hours} | filed | changes,
    )


def both_years(hours, rsin=EMPLOYER, **changes):
    """The same hours in 2025 and in 2026."""
    return [hours_of(hours, 2025, rsin, **changes), hours_of(hours, 2026, rsin, **changes)]


class Levies(dict):
    """Small tables by name, each with what is expected: figured together, once per engine.

    Every case is written about the same employers and persons and gets numbers of its own, so that
    none touches another. A case is a country, its allocations, and what is expected.
    """

    def __init__(self, cases):
        super().__init__(cases)
        self._levied = {}

    def lines(self, engine, name):
        """Lines of one case on an engine, under the numbers it was written with."""
        own = _own(list(self).index(name) + 1)
        result = self.levied(engine).lines.items()
        return {_own(0) + rsin[6:]: line for rsin, line in result if rsin.startswith(own)}

    def levied(self, engine):
        """All cases together."""
        if engine not in self._levied:
            numbered = list(enumerate(self.values(), 1))
            countries = [_renumbered(country, number) for number, (country, *_) in numbered]
            together = Country(*(sum((getattr(country, part) for country in countries), ()) for part in _PARTS))
            allocations = [_moved(entry, number) for number, (_, given, *_) in numbered for entry in given]
            self._levied[engine] = levy(engine, together, allocations)
        return self._levied[engine]

    def parameters(self):
        """Name and expectation of each case, for `parametrize`."""
        return [(name, *expected) for name, (_, _, *expected) in self.items()]


def _own(number):
    return f"{number:06d}"


def _moved(delivered, number):
    named = ("lender_rsin", "borrower_rsin", "bsn")
    return delivered | {name: _own(number) + delivered[name][6:] for name in named}
