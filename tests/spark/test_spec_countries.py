"""Every country of the tests of the law, on Spark: the lines are those that pyarrow gives.

Thousands of small steps on Spark would take an hour. So what is computed alike (year, day, settings) is computed
together, each country under numbers of its own, but for those of which a solved rate would join them.
"""

import os
import pickle
import sys
from functools import reduce
from itertools import groupby
from subprocess import run

import attrs
import pytest

from quotum import engine
from tests.helpers import HOUSE
from tests.spark import recording

pytestmark = [pytest.mark.spark, pytest.mark.timeout(2400)]

APART = 1_000_000
NAMED = {"LhNr", "SofiNr", "rsin", "bsn", "lhnr", "from_rsin", "to_rsin", "lender_rsin", "borrower_rsin"}
DIGITS = 9
JOINING = ("balance", "budget", "conditional")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """What the tests of the law compute on pyarrow, with what came out of it, in groups of what is computed alike."""
    place = tmp_path_factory.mktemp("recorded") / "countries"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.spark.recording", "tests/spec", "-k", "pyarrow"]
    environment = {**os.environ, recording.WHERE: str(place)}
    process = run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stdout[-2000:]
    every = pickle.loads(place.read_bytes())  # noqa: S301 - written a moment ago
    return [list(group) for _, group in groupby(sorted(every, key=_alike), key=_alike)]


def test_the_countries_are_there(recorded):
    result = {call.what for group in recorded for call in group}
    assert result == set(recording.OF)
    assert sum(map(len, recorded)) > 200


@pytest.mark.usefixtures("spark_session")
@pytest.mark.parametrize("what", list(recording.OF))
def test_countries_on_spark(recorded, what, tmp_path):
    """Nothing but a name says which engine it is."""
    with engine.open("spark", tmp_path) as opened:
        for group in (group for group in recorded if group[0].what == what):
            for number, (call, result) in enumerate(_computed(opened, what, group)):
                assert result == call.outcome, (what, call.how, number)


def _alike(call):
    """What is the same of countries that can be computed together."""
    alone = any(word in repr(call.how) for word in JOINING) or _largest(call.country) >= APART
    how = {name: value for name, value in sorted(call.how.items()) if name != "allocations"}
    return (
        call.what,
        type(call.country).__name__,
        repr(how),
        repr(call.country.received),
        repr(call.country) if alone else "",
    )


def _computed(opened, what, group):
    """Each country with what Spark gives of it."""
    moved = [_moved(entry, number * APART) for number, entry in enumerate(group)]
    together = reduce(_added, (country for country, _ in moved))
    allocations = [entry for _, members in moved for entry in members]
    how = group[0].how | ({"allocations": allocations} if what == "levy" else {})
    result = recording.outcome(getattr(recording.OF[what], what)(opened, together, **how))
    only = len(group) == 1
    for number, call in enumerate(group):
        yield call, {name: part if only else _own(part, number) for name, part in result.items()}


def _moved(call, offset):
    """A country and its allocations with other numbers."""
    parts = {
        name: tuple(_renamed(row, offset) for row in part) if isinstance(part, tuple) else part
        for name, part in attrs.asdict(call.country, recurse=False).items()
    }
    return type(call.country)(**parts), [_renamed(row, offset) for row in call.how.get("allocations", ())]


def _renamed(row, offset):
    return {name: _number(text, offset) if name in NAMED else text for name, text in row.items()}


def _number(text, offset):
    return f"{int(text[:DIGITS]) + offset:09d}{text[DIGITS:]}" if text else text


def _added(call, other):
    parts = attrs.asdict(call, recurse=False)
    return type(call)(**{
        name: part + getattr(other, name) if isinstance(part, tuple) else part for name, part in parts.items()
    })  # fmt: skip


def _largest(country):
    rows = (row for part in attrs.asdict(country, recurse=False).values() if isinstance(part, tuple) for row in part)
    return max((int(text[:DIGITS]) for row in rows for name, text in row.items() if name in NAMED and text), default=0)


def _own(part, number):
    """The lines of one country, under the numbers it was written with; a rate is that of all."""
    if not isinstance(part, dict):
        return part
    lines = {}
    for key, line in part.items():
        first = key[0] if isinstance(key, tuple) else key
        if int(first[:DIGITS]) // APART == number:
            lines[_back(key, number)] = line | ({"rsin": line["rsin"] - number * APART} if "rsin" in line else {})
    return lines


def _back(key, number):
    if isinstance(key, tuple):
        return tuple(_back(call, number) for call in key)
    return _number(key, -number * APART) if isinstance(key, str) and key[:DIGITS].isdigit() else key
