"""What is wrong with an argument is said in words, with what to write, and before anything is read."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import quotum
from quotum.api import arguments
from quotum.errors import ArchiveLacks, Forbidden, ParameterFileWrong, WrongUse
from quotum.words import DUTCH, in_language
from tests.helpers import discreet
from tests.rows import PERSON

DAY = "2027-05-01"


def settle(archive="a", year=2026, as_of=DAY, out="out", **more):
    return quotum.settle(archive, year, as_of, out, **more)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({"year": "2026"}, r"year: '2026' is no whole number; write it as year=2026", id="year_as_text"),
        pytest.param({"year": 2026.0}, "year: 2026.0 is no whole number", id="year_as_float"),
        pytest.param({"year": True}, "year: True is no whole number", id="year_as_bool"),
        pytest.param({"year": None}, "year: None is no whole number", id="no_year"),
        pytest.param({"year": 2005}, "year: 2005 is no year of this law; give one from 2006 to 2099", id="2005"),
        pytest.param({"year": 2100}, "year: 2100 is no year of this law", id="2100"),
        pytest.param({"as_of": "1 May 2027"}, 'as_of: .* is no day; write "2027-05-01"', id="day_in_words"),
        pytest.param({"as_of": "2027-02-29"}, "as_of: '2027-02-29' is no day", id="no_such_day"),
        pytest.param({"as_of": 20270501}, "as_of: 20270501 is no day", id="day_as_number"),
        pytest.param({"as_of": None}, "as_of: None is no day", id="no_day"),
        pytest.param({"as_of": datetime(2027, 5, 1, 12, tzinfo=UTC)}, "is a moment and not a day", id="moment"),
        pytest.param({"as_of": pd.Timestamp(DAY)}, "is a moment and not a day", id="timestamp"),
        pytest.param({"known_on": 3}, "known_on: 3 is no day", id="known_on"),
        pytest.param({"decided_on": "soon"}, "decided_on: 'soon' is no day", id="decided_on"),
        pytest.param({"archive": None}, "archive: None is no path", id="no_archive"),
        pytest.param({"archive": ""}, "archive: '' is no path", id="empty_path"),
        pytest.param({"out": 7}, "out: 7 is no path", id="out_as_number"),
        pytest.param({"out": "a\0b"}, "out: .* is no path", id="nul"),
        pytest.param({"scenarios": 5}, "scenarios: expected a list of names or paths, found a value of", id="5"),
        pytest.param({"scenarios": [None]}, "scenarios: expected text in quotes or a path, found nothing", id="None"),
        pytest.param({"regime": "quota_levy"}, r"regime: 'quota_levy' is none of .*quota-levy", id="regime"),
        pytest.param({"baseline": "Counted"}, r"baseline: 'Counted' is none of counted, national, none", id="baseline"),
        pytest.param({"threads": 0}, "threads: 0 is no number of threads", id="no_threads"),
        pytest.param({"threads": "2"}, "threads: '2' is no number of threads", id="threads_as_text"),
        pytest.param({"memory_limit": 4}, "memory_limit: expected text in quotes, found a value of type int", id="4"),
        pytest.param({"language": "de"}, "language: 'de' is none of en, nl", id="language"),
    ],
)  # fmt: skip
def test_settle_refuses(more, expected):
    with pytest.raises(WrongUse, match=expected):
        settle(**more)


@pytest.mark.parametrize("year", [2006, 2099, np.int64(2026)], ids=["first", "last", "numpy"])
def test_a_year_that_is_taken(year):
    assert arguments.year(year) == int(year)


@pytest.mark.parametrize("day", [DAY, date(2027, 5, 1)], ids=["text", "date"])
def test_a_day_that_is_taken(day):
    assert arguments.day("as_of", day) == date(2027, 5, 1)


@pytest.mark.parametrize(
    ("moment", "local"),
    [
        pytest.param("2027-05-02T06:00:00", "2027-05-02T06:00:00", id="local_stays"),
        pytest.param("2027-05-02T06:00:00+00:00", "2027-05-02T08:00:00", id="utc_is_two_hours_earlier_in_may"),
        pytest.param(datetime(2027, 1, 2, 6, tzinfo=UTC), "2027-01-02T07:00:00", id="and_one_in_january"),
    ],
)
def test_a_moment_is_local(moment, local):
    assert arguments.moment("received", moment).isoformat() == local


def test_now_is_a_local_moment_without_offset():
    now = arguments.now()
    assert (now.tzinfo, now.microsecond) == (None, 0)


def test_an_unknown_scenario_names_the_closest(archive, tmp_path):
    for function in (quotum.settle, quotum.compare):
        out = (tmp_path / "run",) if function is quotum.settle else ()
        with pytest.raises(ParameterFileWrong, match='the closest known one is "activated-budget"'):
            function(archive, 2026, DAY, *out, ["activated-budgte"])


@pytest.mark.parametrize(
    ("call", "error", "expected"),
    [
        (lambda: settle(archive="nowhere"), ArchiveLacks, "is no archive of quotum; `quotum receive"),
        (lambda: quotum.compare("nowhere", 2026, DAY), ArchiveLacks, "is no archive of quotum"),
        (lambda: quotum.compare("a", 2026, DAY, solve="blance"), WrongUse, "solve: 'blance' is none of balance"),
        (lambda: quotum.compare("a", 2026, DAY, sweep="x"), WrongUse, "write PARAMETER=FROM:TO:STEP"),
        (lambda: quotum.read_run("nowhere"), WrongUse, "nowhere is no run of quotum"),
        (lambda: quotum.read_run(None), WrongUse, "None is no path"),
        (lambda: quotum.explain("nowhere", "123456782"), WrongUse, "nowhere is no run of quotum"),
        (lambda: quotum.missed("nowhere"), WrongUse, "nowhere is no run of quotum"),
        (lambda: quotum.missed(3), WrongUse, "run: 3 is no path"),
        (lambda: quotum.receive("nowhere.csv", "a"), WrongUse, "deliveries: nowhere.csv is not there"),
        (lambda: quotum.receive("*.cvs", "a"), WrongUse, r'write Path\("folder"\).glob'),
        (lambda: quotum.receive([], "a"), WrongUse, "deliveries: the list is empty"),
        (lambda: quotum.receive(None, "a"), WrongUse, "deliveries: expected a list of paths, found nothing"),
        (lambda: quotum.receive(__file__, "a", kind="return"), WrongUse, 'kind: .* the closest known one is "returns"'),
        (lambda: quotum.receive(__file__, "a", dialect="NL"), WrongUse, "dialect: 'NL' is none of nl"),
        (lambda: quotum.receive(__file__, "a", received=5), WrongUse, "received: 5 is no date and time"),
        (lambda: quotum.receive(__file__, "a", received="noon"), WrongUse, "received: 'noon' is no date and time"),
        (lambda: quotum.columns("settlment"), WrongUse, 'the closest known one is "settlement"'),
        (lambda: quotum.columns(None), WrongUse, "name: None is none of"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said(call, error, expected, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=expected):
        call()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("employer", "more", "expected"),
    [
        (int(PERSON), {}, "employer: give the number as text"),
        ("12", {}, "neither nine digits"),
        ("123456782", {}, "is not in this run"),
        (None, {"person": 5}, "person: give the number as text"),
        (None, {"person": "12"}, "is no BSN"),
        (None, {"only": "smal"}, 'only: .* the closest known one is "small"'),
    ],
    ids=["number", "short", "unknown", "person_as_number", "short_person", "question"],
)
def test_explain_refuses(run, employer, more, expected):
    with pytest.raises(WrongUse, match=expected) as refused:
        quotum.explain(run, run.settlement["rsin"][0] if employer is None else employer, **more)
    discreet(str(refused.value))


def test_numbers_of_people_are_not_repeated():
    with pytest.raises(WrongUse) as refused:
        settle(archive=int(PERSON))
    discreet(str(refused.value))
    with pytest.raises(WrongUse) as refused:
        quotum.receive(f"{PERSON}.csv", "a")
    discreet(str(refused.value))


def test_a_file_that_may_not_be_looked_at(monkeypatch):
    """As the commands: a message and not a traceback of the system."""

    def forbidden(*_more):
        raise PermissionError(13, "Permission denied", "/somebody/else")

    with pytest.raises(Forbidden, match="/somebody/else"):
        arguments.told_plainly(forbidden)()
    with pytest.raises(IsADirectoryError):
        arguments.told_plainly(lambda: Path("/").read_bytes())()
    assert quotum.QuotumError in WrongUse.__mro__


def test_what_is_wrong_is_said_in_dutch_too():
    with pytest.raises(WrongUse) as refused:
        settle(threads=0)
    assert in_language(refused.value.args[0], DUTCH) == (
        "threads: 0 is geen aantal threads; geef 1 of meer, of laat het weg"
    )
    with pytest.raises(WrongUse) as refused:
        quotum.receive(5, "a")
    assert in_language(refused.value.args[0], DUTCH) == (
        "deliveries: een lijst van paden verwacht, gevonden: een waarde van het type int"
    )
