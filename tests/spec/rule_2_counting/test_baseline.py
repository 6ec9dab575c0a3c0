"""The baseline is never chosen in silence (Wfsv 122n; Regeling Wfsv 3.33): counted, national or none."""

import pytest

from quotum.errors import ArchiveLacks
from quotum.law.wfsv.job_count import FEW
from quotum.run.findings.declared import BY_CODE
from quotum.run.findings.finding import Of
from quotum.run.findings.places import OF_JOBS
from quotum.run.stages import in_order as stages
from quotum.run.stages.jobs import Source, count_jobs, few_registered_then
from quotum.run.terms import read_terms
from quotum.tables import EMPLOYERS
from tests.spec.tables import (
    AS_OF,
    Country,
    _Given,
    _InMemory,
    employer,
    figures_with,
    inside,
    month,
    people_of,
    registered,
    row,
    rows_of,
)  # fmt: skip

TERMS = read_terms(figures_with(), 2026)
NOW = row(**month(12), AantVerlU=33_276)
THEN = {**month(12, 2012), "DatTdAanm": "2013-01-20T10:00:00", "DatAanv": "2010-01-01"}
IN_2012 = row(**THEN, AantVerlU=11_092)
OLD, NEW = [registered(start="2012-12-31")], [registered(start="2013-01-01")]


def _jobs(engine, rows, register=OLD, baseline=None):
    country = Country(rows, register, [employer()])
    given, people = _Given(country), people_of(country)
    held = _InMemory(engine, given)
    result = rows_of(engine, country)
    source = Source(given, people, inside(EMPLOYERS, [employer()]), AS_OF, baseline)
    return count_jobs(held, source, stages.count(engine, result), TERMS)


@pytest.mark.parametrize(
    ("rows", "register", "asked", "source"),
    [
        pytest.param([NOW], OLD, None, "national", id="no_returns_of_2012"),
        pytest.param([NOW, IN_2012], OLD, None, "counted", id="returns_and_registrations_of_december_2012"),
        pytest.param([NOW, IN_2012], NEW, None, "counted", id="returns_alone_decide"),
        pytest.param([NOW, IN_2012], [], None, "counted", id="also_without_a_register"),
        pytest.param([NOW, IN_2012 | month(11, 2012)], OLD, None, "national", id="none_of_december"),
        pytest.param([NOW, IN_2012], OLD, "counted", "counted", id="counted_asked"),
        pytest.param([NOW, IN_2012], OLD, "national", "national", id="national_asked"),
        pytest.param([NOW], OLD, "none", "none", id="none_asked"),
        pytest.param([NOW, IN_2012], OLD, "none", "none", id="none_asked_with_returns"),
    ],
)
def test_wfsv_122n_which_baseline_decides(engine, rows, register, asked, source):
    """What is asked; otherwise counted when the archive holds returns of December 2012, and national without."""
    jobs = _jobs(engine, rows, register, asked)
    assert jobs.baseline_source == source
    if source == "none":
        assert jobs.counts is None
        assert jobs.december.market == 300
    elif source == "national":
        assert jobs.counts.total.baseline == 75_179
    else:
        assert jobs.counts.total.baseline == (100 if register == OLD else 0)


@pytest.mark.parametrize(
    "rows", [pytest.param([NOW], id="no_2012"), pytest.param([NOW, IN_2012 | month(11, 2012)], id="none_of_december")]
)
def test_a_baseline_that_is_to_be_counted_and_cannot_be_stops_the_run(engine, rows):
    """Code 13, with what to do."""
    with pytest.raises(ArchiveLacks, match=r"--baseline counted: no return of December 2012.*--baseline national"):
        _jobs(engine, rows, OLD, "counted")


@pytest.mark.parametrize(
    ("earlier", "now", "few"),
    [
        pytest.param(0, 0, True, id="nobody_at_all"),
        pytest.param(0, 5, True, id="nobody_then"),
        pytest.param(1, FEW, False, id="one_in_ten"),
        pytest.param(1, FEW + 1, True, id="fewer_than_one_in_ten"),
        pytest.param(3, 3, False, id="the_same"),
    ],
)
def test_few_people_of_the_register_were_registered_in_december_2012(earlier, now, few):
    """`then` of the `now` people of December of the year were registered in December 2012; each counts once."""
    register = [registered(f"{number:09d}", start="2013-01-01") for number in range(earlier + 1, now + 1)]
    for number in range(1, earlier + 1):
        register += [registered(f"{number:09d}", start="2012-12-31", until="2013-06-30")]
        register += [registered(f"{number:09d}", start="2014-01-01")]
    assert few_registered_then(people_of(Country([], register)), 2026) is few


@pytest.mark.parametrize(
    ("rows", "register", "asked", "expected"),
    [
        pytest.param([NOW, IN_2012], NEW, None, ["baseline_register_thin", "savings_loss_withheld"], id="nobody_then"),
        pytest.param([NOW, IN_2012], OLD, None, ["savings_loss_withheld"], id="a_part_of_the_country"),
        pytest.param([NOW, IN_2012], NEW, "national", ["savings_loss_withheld"], id="fewer_jobs_than_the_baseline"),
        pytest.param([NOW, IN_2012], NEW, "none", [], id="without_a_baseline"),
    ],
)
def test_what_the_job_count_finds(engine, rows, register, asked, expected):
    """A register that does not reach back, and figures that are withheld."""
    jobs = _jobs(engine, rows, register, asked)
    assert [code for code, holds in OF_JOBS.items() if holds(jobs)] == expected
    assert {BY_CODE[code].of for code in expected} <= {Of.RUN}
