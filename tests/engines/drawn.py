"""What the generated agreements share: small cases drawn once, figured together, each with numbers of its own."""

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.spec.reference import Country
from tests.spec.tables import _PARTS, _renumbered, employer, registered, row, trait

EMPLOYERS = ("000000012", "000000024", "000000036", "000000048")
PERSONS = ("000000101", "000000113", "000000125")
NUMBERS_OF_CASE = 6
"""Length of what all identifiers of a case begin with."""

QUICKEST = "pyarrow"
ENGINES = (QUICKEST, *(pytest.param(name, marks=pytest.mark.slow) for name in ("duckdb", "pandas")))
"""The quickest in `make test`, the others in `make test-all`."""

often = st.sampled_from([True, True, True, False])


def on_engines(cases):
    """Parameters of each case on each engine: all on the quickest, the first on DuckDB too, the rest are slow."""
    return [
        pytest.param(name, *case.values, marks=marks, id=f"{name}-{case.id}")
        for name in (QUICKEST, "duckdb", "pandas")
        for place, case in enumerate(cases)
        for marks in [() if name == QUICKEST or (name == "duckdb" and place == 0) else pytest.mark.slow]
    ]


def collected(strategy, count):
    """As many cases as asked for, always the same ones."""
    result = []

    @seed(2026)
    @settings(max_examples=count, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(case):
        result.append(case)

    collect()
    return result


def together(countries, first=1):
    """Cases as one country, each under numbers of its own."""
    moved = [_renumbered(country, number) for number, country in enumerate(countries, first)]
    return Country(*(sum((getattr(item, part) for item in moved), ()) for part in _PARTS))


def own(text, number):
    """An identifier of a case as it is in the country of all cases."""
    return f"{number:06d}{text[NUMBERS_OF_CASE:]}" if isinstance(text, str) else text


def own_key(key, number):
    """A key of a case (one identifier, or several parts) as it is in the country of all cases."""
    return own(key, number) if isinstance(key, str) else tuple(own(part, number) for part in key)


def joined(outcomes):
    """Lines of all cases under their own numbers."""
    return {own_key(key, number): line for number, lines in enumerate(outcomes, 1) for key, line in lines.items()}


@st.composite
def rows(draw, hours, wages=("0.00",), persons=PERSONS, most=3, least=0):
    """What the rows of one message say: an identity each, no two the same."""
    identities = st.tuples(st.sampled_from([*persons, persons[0], ""]), st.sampled_from("12"))
    return [
        {
            "SofiNr": bsn,
            "PersNr": "" if bsn else "P1",
            "NumIV": number,
            "Actie": draw(st.sampled_from("IIIIIIIX")),
            "DatAanv": draw(st.sampled_from(["", "", "2020-01-01"])),
            "CdAard": draw(st.sampled_from([*["1"] * 12, "11", "21", "22", "23", "24", "82", ""])),
            "IndAvrLkvDgBaf": "J" if draw(often) else "N",
            "PrlnAofAnwLg": draw(st.sampled_from(["0.00", "0.00", *wages])),
            "PrlnAofAnwHg": draw(st.sampled_from(wages)),
            "PrlnAofAnwUit": draw(st.sampled_from(["0.00", "77.77"])),
            "AantVerlU": str(draw(st.sampled_from(hours))),
        }
        for bsn, number in draw(st.lists(identities, min_size=least, max_size=most, unique=True))
    ]


@st.composite
def message(draw, lhnr, period, filed, kinds="VVVA", contents=None):
    """One message of a payroll tax number about a period; a full return withdraws nothing."""
    kind = draw(st.sampled_from(kinds))
    head = {"LhNr": lhnr, "DatAanvTv": period[0].isoformat(), "DatEindTv": period[1].isoformat()}
    head |= {"Soort": kind, "IdBer": draw(st.sampled_from(["M1", "M2", "M10"])), "DatTdAanm": draw(filed)}
    reported = draw(contents) if contents is not None else draw(rows([100]))
    reported = [report | {"Actie": "I"} if kind == "V" else report for report in reported]
    return [row(**head, **report) for report in reported] or [row(**head, NumIV="", SofiNr="")]


def without_repeated_keys(messages):
    """Messages without those that have the key of one before: a message must not contradict itself."""
    seen, kept = set(), []
    for rows_of_message in messages:
        first_row = rows_of_message[0]
        key = tuple(first_row[name] for name in ("LhNr", "DatAanvTv", "DatEindTv", "Soort", "IdBer", "DatTdAanm"))
        if key not in seen:
            seen.add(key)
            kept += rows_of_message
    return kept


@st.composite
def registrations(draw, starts=("2020-01-01",), persons=PERSONS):
    """Registrations of some of the persons, the first one mostly."""
    chosen = [bsn for bsn in persons if draw(often)]
    return [registered(bsn, draw(st.sampled_from(starts))) for bsn in chosen]


@st.composite
def traits(draw, numbers, days, names=("wsw", "wsw_seconded", "sheltered", "lent_out"), most=4):
    """Kinds of work of some income relations over intervals."""
    until = st.one_of(st.just(""), st.sampled_from(days))
    person = st.sampled_from(PERSONS)
    spans = st.tuples(
        st.sampled_from(numbers), person, st.just("1"), st.sampled_from(days), until, st.sampled_from(names)
    )
    drawn = draw(st.lists(spans, max_size=most))
    return traits_of(drawn)


def traits_of(drawn):
    """Kinds of work of what was drawn for each, without those that end before they begin."""
    return [
        trait(name, start, until, bsn, number, relation)
        for number, bsn, relation, start, until, name in drawn
        if not until or start <= until
    ]


@st.composite
def listed(draw, rsins, sectors=("overheid", "niet-overheid"), started=("2010-01-01",)):
    """Employers as delivered; one now and then is not."""
    return [
        employer(rsin, sector=draw(st.sampled_from(sectors)), started_on=draw(st.sampled_from(started)))
        for rsin in rsins
        if draw(st.sampled_from([True] * 6 + [False]))
    ]
