"""Sums kept beside messages: a year adds up to the same from them, from its rows, and where a call has none."""

import attrs
import pytest

from quotum.run.stages import in_order as stages
from quotum.run.stages import row_selection as opening
from quotum.run.stages.columns import RETURN, sums_by
from quotum.run.stages.counts import COUNTS
from quotum.run.stages.rows_in_force import year_rows
from tests.engines.drawn import collected, together
from tests.engines.test_agreement import countries
from tests.spec import tables
from tests.spec.tables import AS_OF, new_engine, people_of

CASES = 40
ENGINES = ("duckdb", "pyarrow", pytest.param("pandas", marks=pytest.mark.slow))


@pytest.fixture(scope="module")
def country():
    return together(collected(countries(), CASES))


def _held_and_rows(engine, country, with_sums=True):
    given = tables._Given(country, with_sums)
    held = tables._InMemory(engine, given)
    return held, year_rows(held, given, people_of(country), 2026, AS_OF)


def _counted(held, result):
    """What each return, and what each employer adds up to."""
    counted = stages.count(held, result)
    # Pandas brings an index along, which says nothing.
    returns, employers = (
        held.collect(rows).select([*key, *COUNTS]).to_pylist()
        for rows, key in (
            (sums_by(counted.parts, ("rsin", *RETURN), *COUNTS), ("rsin", *RETURN)),
            (counted.employers, ("rsin",)),
        )
    )
    assert all(
        sum(return_row[name] for return_row in returns) == sum(employer[name] for employer in employers)
        for name in COUNTS
    )
    every = held.collect(counted.returns.select(*RETURN)).num_rows
    assert len(returns) == every
    return sorted(returns, key=lambda item: tuple(item[name] for name in RETURN)), sorted(
        employers, key=lambda row: row["rsin"]
    )


@pytest.mark.parametrize("name", ENGINES)
def test_a_year_adds_up_to_the_same_from_sums_and_from_rows(name, country, tmp_path):
    held, result = _held_and_rows(new_engine(name, tmp_path), country)
    every_return = result.returns.select(*RETURN, "full")
    of_rows = opening.measured_as(result.rows, 1)
    from_rows = attrs.evolve(result, opened=result.rows, scattered=every_return, sums=of_rows)
    counted = _counted(held, result)
    assert counted == _counted(held, from_rows)
    opened, every = (held.collect(rows).num_rows for rows in (result.opened, result.rows))
    assert 0 < opened < every
    assert any(row["paid_hours"] for row in counted[0])


@pytest.mark.parametrize("name", ENGINES)
def test_calls_without_sums_settle_the_same(name, country, tmp_path):
    """Their sums are made from the rows."""
    engine = new_engine(name, tmp_path)
    with_them, without = (_counted(*_held_and_rows(engine, country, with_sums)) for with_sums in (True, False))
    assert with_them == without
