"""Small tables in, figures out: deliveries written as they come, run through the stages on an engine.

Nothing goes through files. Rows are dictionaries of text under the delivered names; what is left
out has an ordinary value: one insured employee of one employer in January 2026, on time, no wage.
"""

import csv
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import attrs
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.archive.intervals import merged as _merged
from quotum.archive.small_tables import merged_register
from quotum.engine.arrow import ArrowEngine
from quotum.engine.duck import DuckEngine
from quotum.identifiers import nine_digits, payroll_tax_number_integer, payroll_tax_number_text
from quotum.intake.staging.sums import sums_of
from quotum.parameters import Figures, Scenario, load_book
from quotum.parameters.scenario import Setting
from quotum.run.findings import amounts_at_stake as hanging
from quotum.run.findings.counting import counts, places_of
from quotum.run.findings.declared import BY_CODE, FINDINGS
from quotum.run.findings.finding import Material, OfSettlement
from quotum.run.findings.persons_above import perhaps_above, persons_above
from quotum.run.stages import in_order as stages
from quotum.run.stages.jobs import Source, count_jobs
from quotum.run.stages.rows_in_force import People, year_rows
from quotum.run.terms import judged, read_terms
from quotum.tables import (
    DEDUCTIONS,
    EMPLOYERS,
    FRAGMENTS,
    INCOME_RELATIONS,
    OF_ROWS,
    REGISTER,
    RETURNS,
    SUMS,
    TRAITS,
    TRANSFERS,
    Kind,
)  # fmt: skip
from tests.pandas_engine import PandasEngine
from tests.rows import Makers, four_week_period, month  # noqa: F401 - given on
from tests.spec.reference import Country, Outcome, instant_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
BOOK = load_book()
EMPLOYER, OTHER_EMPLOYER = "000000012", "000000024"
PERSON, OTHER_PERSON = "000000101", "000000113"
AS_OF = date(2027, 5, 1)
ACTIVATED = {
    "wet_banenafspraak.in_force_from": "2024-01-01",
    "wet_banenafspraak.activated_in": "2024",
    "wet_banenafspraak.surcharge_rate": "0.35",
    "wtl.bonus_rate": "3.76",
}
_MAKERS = Makers(EMPLOYER, OTHER_EMPLOYER, PERSON)
row, registered, employer, wage_bill = _MAKERS.row, _MAKERS.registered, _MAKERS.employer, _MAKERS.wage_bill
trait, declaration, allocation = _MAKERS.trait, _MAKERS.declaration, _MAKERS.allocation
transfer, deduction = _MAKERS.transfer, _MAKERS.deduction


def read_country(folder):
    """The deliveries of a worked example."""

    def rows(name):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return Country(rows("returns"), rows("register"), rows("employers"), rows("wage_bills"), rows("traits"))


def new_engine(name, scratch):
    """An engine by name."""
    match name:
        case "duckdb":
            return DuckEngine(scratch, threads=1)
        case "pandas":
            return PandasEngine()
        case "pyarrow":
            return ArrowEngine()
    raise ValueError(f"no engine is called {name}")


def figures_with(**settings):
    """The installed figures with what a scenario sets; a double underscore stands for the dot."""
    setting = tuple(Setting(name.replace("__", "."), value, "test") for name, value in settings.items())
    return Figures(BOOK, None, Scenario("test", settings=setting) if setting else None)


@frozen
class Settled(Outcome):
    """What the stages give, and the findings that go with it."""

    solved: object
    """The rate with its source and quotient."""
    material: Material
    """What findings are about."""
    hanging: dict
    """The most that hangs on findings about the surcharge, in cents."""

    def findings(self):
        """Findings of the stages by name; there are as many places of each."""
        return counted_twice(self.material)


def counted_twice(output):
    """How often each finding occurs, once there are seen to be as many rows, returns or employers of each."""
    result = counts(output)
    named = [] if output.settled is None else output.settled.deducted.not_left_out
    assert {*named, *(output.levied.allocated.refused if output.levied else ())} <= set(BY_CODE)
    for finding in FINDINGS:
        frame = places_of(output, finding)
        if frame is not None:
            assert listed(output.engine.collect(frame), finding) == result.get(finding.code, 0), finding.code
    return result


def listed(rows, finding):
    """How many places of a finding there are in a list of them."""
    if finding.person:
        rows = rows.group_by(list(finding.person)).aggregate([])
    return (pc.sum(rows["found"]).as_py() or 0) if "found" in rows.schema.names else rows.num_rows


def settle(engine, country, as_of=AS_OF, year=2026, settings=None, **terms_changes):
    """Settle a year on an engine: the stages of a settlement in their order.

    Args:
        engine: Where it runs.
        country: Deliveries.
        as_of: Returns count as filed by the end of this day.
        year: Calendar year.
        settings: What a scenario sets; by default the regime is activated at 0.35%.
        terms_changes: Figures of the year to compute with, whatever the parameters say.
    """
    figures = figures_with(**(ACTIVATED if settings is None else settings))
    terms = attrs.evolve(read_terms(figures, year), **terms_changes)
    people = people_of(country)
    employers = inside(EMPLOYERS, country.employers)
    given = _Given(country)
    held = _InMemory(engine, given)
    suspects = partial(perhaps_above, terms=terms)
    result = year_rows(held, given, people, year, as_of, suspects=suspects)
    counted = stages.count(engine, result)
    wages = _wages(held, given, people, country, year - 2, as_of)
    source = Source(given, people, employers, as_of)
    terms = judged(terms, count_jobs(held, source, counted, terms))
    tested = stages.exempt(engine, counted, employers, wages, terms)
    lines = stages.bonus_lines(engine, result, terms, figures)
    bonus_total = sum(engine.collect(lines)["bonus_cents"].to_pylist())
    deducted = stages.deduct(engine, counted, inside(DEDUCTIONS, country.deductions), year)
    charged = stages.charge(engine, deducted, tested, bonus_total, terms)
    settlement = stages.settle(engine, tested, charged, lines)
    above = persons_above(engine, result, terms)
    of = OfSettlement(terms, tested, above, deducted, None, charged.rate.source, bonus_total)
    material = Material(engine, given, (result,), counted, settled=of)
    return Settled(
        _by(engine, settlement, "rsin"),
        _by(engine, lines, "rsin", "bsn"),
        _by(engine, charged.lines.drop("rsin"), "lhnr", "period_start", "period_end"),
        charged.rate.hundredths,
        charged.rate,
        material,
        hanging.of_surcharge(material, material.settled, charged.rate.hundredths),
    )


class Cases(dict):
    """Small tables by name, each with what is expected: settled together, once per engine.

    Every case is written about the same employers and persons and gets numbers of its own, so that
    none touches another; only a solved rate would join them.
    """

    def __init__(self, cases, **how):
        """Take the cases; `how` is what `settle` takes."""
        super().__init__(cases)
        self._how = how
        self._settled = {}
        self._in_force = {}

    def settled(self, engine, name):
        """What one case gives on an engine, under the numbers it was written with."""
        if engine not in self._settled:
            self._settled[engine] = settle(engine, self.together(), **self._how)
        own = f"{list(self).index(name) + 1:06d}"
        result = self._settled[engine]
        parts = (result.settlement, result.bonus, result.surcharge)
        return Outcome(*(_only(part, own) for part in parts), result.rate)

    def in_force(self, engine, name):
        """Rows in force of one case, as `in_force` gives them; all cases together, once per engine."""
        if engine not in self._in_force:
            self._in_force[engine] = in_force(engine, self.together().returns)
        own = f"{list(self).index(name) + 1:06d}"
        return sorted((_SAME + person[6:], *rest) for person, *rest in self._in_force[engine] if person.startswith(own))

    def together(self):
        """All cases as one country, each with numbers of its own."""
        cases = [_renumbered(country, number) for number, (country, *_) in enumerate(self.values(), 1)]
        return Country(*(sum((getattr(item, part) for item in cases), ()) for part in _PARTS))

    def parameters(self):
        """Name and expectation of each case, for `parametrize`."""
        return [(name, *expected) for name, (_, *expected) in self.items()]


_PARTS = ("returns", "register", "employers", "wage_bills", "traits", "transfers", "deductions")
_SAME = "000000"


def _renumbered(country, number):
    """A case with numbers of its own: all identifiers begin with six zeros."""

    def own(delivered):
        return {name: f"{number:06d}{text[6:]}" if text.startswith(_SAME) else text for name, text in delivered.items()}

    return Country(*(tuple(own(delivered) for delivered in getattr(country, part)) for part in _PARTS))


def _only(lines, own):
    def back(key):
        return _SAME + key[6:] if isinstance(key, str) else key

    return {
        back(key) if isinstance(key, str) else tuple(back(part) for part in key): line
        for key, line in lines.items()
        if (key if isinstance(key, str) else key[0]).startswith(own)
    }


def rows_of(engine, country, year=2026, as_of=AS_OF, strict=False):
    """The rows of a year in force with their facts, and the returns; frames on an engine."""
    given = _Given(country, strict=strict)
    return year_rows(_InMemory(engine, given), given, people_of(country), year, as_of)


def in_force(engine, returns, as_of=AS_OF, year=2026, strict=False):
    """Rows in force as (person or personnel number, number of the relation, hours), sorted."""
    rows = engine.collect(rows_of(engine, Country(returns), year, as_of, strict).rows).to_pylist()
    return sorted(
        (
            nine_digits(line["bsn"]) if line["bsn"] else line["personnel_number"],
            line["relation_number"],
            line["paid_hours"],
        )
        for line in rows
    )


def people_of(country):
    """Register and traits as the archive puts them in order."""
    traits = inside(TRAITS, country.traits)
    others = [int(line["bsn"]) for name in ("declarations", "allocations") for line in getattr(country, name, ())]
    return People(
        merged_register(inside(REGISTER, country.register)),
        _merged(traits, ("payroll_tax_number", "bsn", "relation_number", "trait"), "from_day", "until_day"),
        pa.table({"bsn": pa.array(others, pa.int64())}),
    )


def frame(engine, **columns):
    """A frame of a few columns; None makes a null."""
    return engine.table(pa.table({name: _array(values) for name, values in columns.items()}))


def values(engine, table, **expressions):
    """What expressions give over a frame: one list each."""
    result = engine.collect(table.with_columns(**expressions).select(*expressions))
    lists = [result[name].to_pylist() for name in expressions]
    return lists[0] if len(lists) == 1 else lists


def _array(values):
    if isinstance(values, pa.Array):
        return values
    kinds = {bool: pa.bool_(), int: pa.int64(), str: pa.string(), date: pa.date32(), datetime: pa.timestamp("us")}
    kind = next((kinds[type(value)] for value in values if value is not None), pa.int64())
    return pa.array(values, kind)


@frozen
class _Receipt:
    """A receive call, as far as the stages ask."""

    sequence: int
    received: datetime


class _Given:
    """Deliveries of returns as the archive would hold them: rows and fragments, and where they came from."""

    withdrawals = ()
    gone = frozenset()

    def __init__(self, country, with_sums=True, strict=False):
        self.strict = strict
        self.set_aside, self.contradicting = {}, {}
        self.receipts = [_Receipt(0, country.received)] if country.received else []
        places = {}
        relations = []
        self._with_sums = with_sums
        for number, delivered in enumerate(country.returns, 1):
            message = tuple(delivered[name] for name in ("LhNr", "IdBer", "Soort", "DatAanvTv", "DatEindTv"))
            key = (*message, delivered.get("Ingediend") or delivered["DatTdAanm"], delivered.get("Delivery", "1"))
            fragment = places.setdefault(key, (len(places) + 1, []))
            fragment[1].append(delivered)
            if delivered["NumIV"]:
                relations.append(
                    {"delivery": int(key[-1]), "fragment": fragment[0], "row": number} | _inside(delivered)
                )
        self._relations = pa.Table.from_pylist(relations, INCOME_RELATIONS.inside_schema)
        self._fragments = pa.Table.from_pylist(
            [_fragment(*place, int(key[-1])) for key, place in places.items()], FRAGMENTS.inside_schema
        )

    def years(self):
        return {start.year for start in self._relations["period_start"].to_pylist()}

    def paths(self, table, year=0):
        names = OF_ROWS if table is INCOME_RELATIONS else (table.name,)
        return tuple((name, year) for name in names)

    def rows(self, name, year):
        if name == FRAGMENTS.name:
            return self._fragments
        in_year = pa.compute.equal(pa.compute.year(self._relations["period_start"]), year)
        rows = self._relations.filter(in_year)
        if name == SUMS.name:
            return sums_of(rows, self._fragments, year) if self._with_sums else SUMS.inside_schema.empty_table()
        full = self._fragments.filter(pc.equal(self._fragments["return_kind"], "V"))["fragment"]
        of_full = pc.is_in(rows["fragment"], full.combine_chunks())
        return rows.filter(of_full if name == INCOME_RELATIONS.name else pc.invert(of_full))

    def without(self, _table, _year):
        return _NothingGiven() if self._with_sums else self

    def digest_of(self, _fragment, delivery):
        return f"{delivery:064x}"

    def place(self, _fragment, _member, delivery, number):
        return f"delivery {delivery}, row {number}"


class _NothingGiven:
    """No deliveries."""

    def paths(self, _table, _year=0):
        return ()


class _InMemory:
    """An engine that scans what is given instead of files."""

    def __init__(self, engine, given):
        self._engine, self._given = engine, given

    def scan(self, paths, schema):
        result = [self._given.rows(*path).cast(schema) for path in paths]
        return self._engine.table(pa.concat_tables(result) if result else schema.empty_table())

    def __getattr__(self, name):
        return getattr(self._engine, name)


def _fragment(number, rows, delivery):
    identities = [(line["SofiNr"] or line["PersNr"], line["NumIV"]) for line in rows if line["NumIV"]]
    inside = _inside(rows[0])
    return {
        "fragment": number,
        "delivery": delivery,
        "member": 0,
        "filing_given": inside["filed_at"] is not None,
        "rows": len(identities),
        "repeated": len(set(identities)) < len(identities),
    } | {
        "payroll_tax_number": inside["payroll_tax_number"],
        "message_id": inside["message_id"],
        "filed_at": inside["filed_at"] or inside["made_at"],
        "return_kind": inside["return_kind"],
        "period_start": inside["period_start"],
        "period_end": inside["period_end"],
    }


def _inside(delivered, table=RETURNS):
    return {
        column.name: _value(column.kind, delivered[column.delivered_name])
        for column in table.columns
        if column.delivered_name in delivered
    } | ({"filed_at": None} if table is RETURNS and "Ingediend" not in delivered else {})


_READ = {
    Kind.EUROS: lambda text: int((Decimal(text) * 100).to_integral_exact()),
    Kind.PAYROLL_TAX_NUMBER: payroll_tax_number_integer,
    Kind.DATE: date.fromisoformat,
    Kind.MOMENT: instant_of,
    Kind.FLAG: lambda text: text == "J",
    Kind.TEXT: str,
    Kind.SHARE: str,
    Kind.CHOICE: str,
}


def _value(kind, text):
    empty_is_zero = kind in {Kind.EUROS}
    if text == "":
        return 0 if empty_is_zero else None
    return _READ.get(kind, int)(text)


def inside(table, delivered):
    """Deliveries as quotum keeps them inside."""
    return pa.Table.from_pylist([_inside(item, table) for item in delivered], table.inside_schema)


def _wages(held, given, people, country, year, as_of):
    if any(return_row["DatAanvTv"].startswith(str(year)) for return_row in country.returns):
        result = year_rows(held, given, people, year, as_of)
        summed = held.keep(stages.wages_from_returns(stages.count(held, result), year))
    else:
        summed = frame(held, rsin=[], summed_cents=[])
    bills = [line for line in country.wage_bills if int(line["year"]) == year]
    delivered = frame(
        held,
        rsin=[int(bill["rsin"]) for bill in bills],
        delivered_cents=[_READ[Kind.EUROS](bill["premium_wage"]) for bill in bills],
    )
    return stages.Wages(held.keep(delivered), summed, stages.transfers_of(inside(TRANSFERS, country.transfers)))


_KEYS = {"rsin": nine_digits, "bsn": nine_digits, "lhnr": payroll_tax_number_text}


def _by(engine, frame, *keys):
    rows = engine.collect(frame).to_pylist()
    lines = {tuple(_KEYS.get(key, lambda equal: equal)(line.pop(key)) for key in keys): line for line in rows}
    assert len(lines) == len(rows)
    return {key[0] if len(keys) == 1 else key: line for key, line in lines.items()}
