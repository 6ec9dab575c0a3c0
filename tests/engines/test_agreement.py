"""The expressions on every engine against the plain reference: generated countries and the worked examples."""

import csv
from collections import Counter
from datetime import timedelta

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quotum.errors import RateUnsolvable
from tests.engines.drawn import EMPLOYERS, PERSONS, QUICKEST, traits_of
from tests.spec import reference
from tests.spec.reference import Country, Terms, Unsolvable, four_weeks, months
from tests.spec.tables import (
    ACTIVATED,
    AS_OF,
    FIXTURES,
    employer,
    new_engine,
    read_country,
    registered,
    row,
    settle,
    wage_bill,
)

pytestmark = pytest.mark.slow

ENOUGH, MOST = 40, 100
"""Number of drawn countries of the quickest engine: in `make test`, and in `make test-all`."""
ENGINES = ("duckdb", *(pytest.param(name) for name in ("pyarrow", "pandas")))
EXAMPLES = ("eight_employers_2026", "sixty_employers_2026")

CALENDARS = {"months": months(2026)[:3], "four_weeks": [*four_weeks(2026)[:2], four_weeks(2026)[-1]]}
BOUNDARIES = sorted({day for periods in CALENDARS.values() for period in periods for day in period})
DAYS = sorted({(day + timedelta(days)).isoformat() for day in BOUNDARIES for days in (-1, 0, 1)} | {"2026-01-15"})
FILED = ("2026-03-01T09:00:00", "2026-04-01T09:00:00", "2027-05-01T23:59:59", "2027-05-02T00:00:00")
OFTEN_FILED = [*FILED[:2] * 3, *FILED]
BORN = ("1990-01-01", "1958-12-31", "1959-01-01", "1959-01-02", "1959-01-26", "1959-01-27", "")
TRAITS = ("wsw", "wsw_seconded", "sheltered", "lent_out")
WAGES = ("0.00", "285.71", "285.72", "1000.00", "23456.78", "-100.00")

_days = st.sampled_from(DAYS)
_open_days = st.one_of(st.just(""), _days)
_often = st.sampled_from([True, True, True, False])


@st.composite
def _rows(draw):
    """What the rows of one message say: an identity each, no two the same."""
    identities = st.tuples(st.sampled_from([*PERSONS, PERSONS[0], ""]), st.sampled_from("12"))
    return [
        {
            "SofiNr": bsn,
            "PersNr": "" if bsn else "P1",
            "NumIV": number,
            "Actie": draw(st.sampled_from("IIIIIIX")),
            "DatAanv": draw(_open_days),
            "DatEind": draw(_open_days),
            "Gebdat": draw(st.sampled_from([*[BORN[0]] * 8, *BORN])),
            "SrtIV": draw(st.sampled_from([*["15"] * 6, "11", "13", "17"])),
            "CdAard": draw(st.sampled_from([*["1"] * 8, "11", "21", "22", "23", "24", "82", ""])),
            "IndWAO": draw(st.sampled_from("JJN")),
            "IndWW": "N",
            "IndZW": draw(st.sampled_from("JJN")),
            "IndAvrLkvDgBaf": "J" if draw(_often) else "N",
            "PrlnAofAnwLg": draw(st.sampled_from(["0.00", "0.00", *WAGES])),
            "PrlnAofAnwHg": draw(st.sampled_from(WAGES)),
            "PrlnAofAnwUit": draw(st.sampled_from(["0.00", "77.77"])),
            "AantVerlU": str(draw(st.sampled_from([100, 110, 120, 173, 1_500, 2_500, -40, 0]))),
        }
        for bsn, number in draw(st.lists(identities, min_size=draw(st.integers(0, 2)), max_size=3, unique=True))
    ]


def _message(drawn):
    period, kind, number, made_at, filed = drawn
    return period, kind, number, filed or made_at


@st.composite
def _messages(draw, lhnr):
    """Messages of one payroll tax number in one calendar; numbers and filing times collide now and then."""
    periods = draw(st.sampled_from(sorted(CALENDARS)))
    key = st.tuples(
        st.sampled_from(CALENDARS[periods]),
        st.sampled_from("VVVAC"),
        st.sampled_from(["M1", "M2", "M10"]),
        st.sampled_from(OFTEN_FILED),
        st.sampled_from([*[""] * 6, *FILED]),
    )
    result = []
    counted = draw(st.lists(key, min_size=draw(st.integers(1, 3)), max_size=5, unique_by=_message))
    for (start, end), kind, number, made_at, filed in counted:
        head = {"LhNr": lhnr, "DatAanvTv": start.isoformat(), "DatEindTv": end.isoformat()}
        head |= {"Soort": kind, "IdBer": number, "DatTdAanm": made_at, "Ingediend": filed}
        # A full return withdraws nothing: intake rejects a row that does.
        rows = [line | {"Actie": "I"} if kind == "V" else line for line in draw(_rows())]
        result += [row(**head, **line) for line in rows] or [row(**head, NumIV="", SofiNr="")]
    return result


@st.composite
def countries(draw):
    """A small country: employers with one or two payroll tax numbers, few persons, few periods."""
    employers = EMPLOYERS[: draw(st.integers(2, 4))]
    numbers = [f"{rsin}L0{sub}" for rsin in employers for sub in range(1, draw(st.integers(1, 2)) + 1)]
    return Country(
        [message for number in numbers for message in draw(_messages(number))] + draw(_two_years_before(numbers[0])),
        draw(_registrations()),
        [
            employer(rsin, started, "overheid")
            for rsin in employers
            for started in draw(st.lists(st.sampled_from(["2010-01-01", "2024-12-31", "2025-01-01"]), max_size=1))
        ],
        [
            wage_bill(wage, rsin, year)
            for rsin in employers
            for year in draw(st.lists(st.sampled_from(["2024", "2024", "2025"]), max_size=1))
            for wage in [draw(st.sampled_from(["1082500.00", "1082500.01", "9000000.00"]))]
        ],
        draw(_traits(numbers)),
    )


@st.composite
def _two_years_before(draw, number):
    """Returns of t-2 of one number, complete or a month short, about the limit."""
    if draw(_often):
        return []
    wages = [*["90208.33"] * 11, draw(st.sampled_from(["90208.37", "90208.38"]))]
    periods = months(2024) if draw(_often) else months(2024)[:11]
    return [
        row(LhNr=number, DatAanvTv=start.isoformat(), DatEindTv=end.isoformat(), PrlnAofAnwHg=wage)
        for (start, end), wage in zip(periods, wages, strict=False)
    ]


@st.composite
def _registrations(draw):
    spans = st.tuples(st.sampled_from(PERSONS), _days, _open_days)
    result = [(bsn, "2020-01-01", "") for bsn in PERSONS[:1] if draw(_often)] + draw(st.lists(spans, max_size=4))
    return [registered(bsn, start, until) for bsn, start, until in result if not until or start <= until]


@st.composite
def _traits(draw, numbers):
    spans = st.tuples(
        st.sampled_from(numbers), st.sampled_from(PERSONS), st.just("1"), _days, _open_days, st.sampled_from(TRAITS)
    )
    drawn = draw(st.lists(spans, max_size=5))
    return traits_of(drawn)


@st.composite
def all_terms(draw):
    """Figures of 2026 with a rate given or solved."""
    rate = draw(st.sampled_from([35, 35, 1_37, "budget", "balance"]))
    cap = draw(st.sampled_from([0, 0, 5_000_00]))
    return Terms(rate=rate, bonus_cap=cap, required_share=5_00 if rate == "balance" else 0)


def _settled(engine, country, terms):
    changes = {"rate": terms.rate, "bonus_cap_cents": terms.bonus_cap}
    changes |= {"required_share_hundredths": terms.required_share}
    try:
        return settle(engine, country, settings=ACTIVATED, **changes)
    except RateUnsolvable:
        return None


def _expected(country, terms):
    try:
        return reference.settle(country, AS_OF, terms)
    except Unsolvable:
        return None


def _seen(expected):
    """What an example holds, so that a run that meets nothing fails."""
    if expected is None:
        return {"unsolvable"}
    lines = expected.settlement.values()
    result = {f"{line['small_ground']} {line['small_employer']}" for line in lines}
    result |= {"surcharge" for line in lines if line["surcharge_cents"] > 0}
    result |= {"negative surcharge" for line in expected.surcharge.values() if line["surcharge_cents"] < 0}
    result |= {"capped" for line in expected.bonus.values() if line["lkv_capped"]}
    return result | {"lkv" for line in expected.bonus.values() if line["lkv_cents"] > 0 and not line["lkv_capped"]}


EVERYTHING = {
    "declared_class False", "declared_class True", "starter True", "wage_bill True", "wage_bill False",
    "surcharge", "negative surcharge", "capped", "lkv", "unsolvable",
}  # fmt: skip
SELDOM = {"declared_class True", "unsolvable"}
"""What few drawn countries need not hold."""


@pytest.mark.parametrize(
    ("name", "examples"),
    [
        (QUICKEST, ENOUGH),
        ("duckdb", 10),
        pytest.param(QUICKEST, MOST),
        pytest.param("pandas", 25),
    ],
)
def test_generated_countries_settle_as_the_reference_does(name, examples, tmp_path):
    engine = new_engine(name, tmp_path)
    seen = Counter()
    # Only the quickest engine looks for the smallest country that differs.
    phases = [phase for phase in Phase if phase is not Phase.shrink or name == QUICKEST]

    @settings(max_examples=examples, phases=phases, suppress_health_check=list(HealthCheck))
    @given(countries(), all_terms())
    def agree(country, terms):
        expected, result = _expected(country, terms), _settled(engine, country, terms)
        seen.update(_seen(expected))
        assert (result is None) == (expected is None)
        if expected is not None:
            assert result.rate == expected.rate
            assert result.bonus == expected.bonus
            assert result.surcharge == expected.surcharge
            assert result.settlement == expected.settlement

    agree()
    expected = {MOST: EVERYTHING, ENOUGH: EVERYTHING - SELDOM}
    assert set(seen) >= expected.get(examples, {"surcharge", "lkv"})


def _delivered(folder, name, keys):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        tuple(line.pop(key) for key in keys): {column: _read(text) for column, text in line.items()} for line in rows
    }


def _read(text):
    return {"true": True, "false": False}.get(text, int(text) if text.lstrip("-").isdigit() else text)


def _require_equal(folder, result):
    """Whether a settlement gives the columns that matter of a worked example, and no other row."""
    settlement = _delivered(folder, "expected_settlement", ["rsin"])
    bonus = _delivered(folder, "expected_bonus_lines", ["rsin", "bsn"])
    assert {(rsin,) for rsin in result.settlement} == set(settlement)
    assert set(result.bonus) == set(bonus)
    assert {(rsin,): _columns(line, settlement[rsin,]) for rsin, line in result.settlement.items()} == settlement
    assert {key: _columns(line, bonus[key]) for key, line in result.bonus.items()} == bonus


def _columns(line, expected):
    return {name: line[name] for name in expected}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example_in_the_reference(example):
    _require_equal(FIXTURES / example, reference.settle(read_country(FIXTURES / example), AS_OF, Terms()))


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example_on_every_engine(example, name, tmp_path):
    country = read_country(FIXTURES / example)
    result = settle(new_engine(name, tmp_path), country)
    _require_equal(FIXTURES / example, result)
    expected = reference.settle(country, AS_OF, Terms())
    assert (result.settlement, result.bonus, result.surcharge) == attrs.astuple(expected, recurse=False)[:3]
