"""What changes no amount: order, rows of nothing, a later as-of day, cutting an employer in two."""

import random
from datetime import date
from functools import cache

import pytest
from attrs import frozen

from tests.engines.drawn import ENGINES, collected, together
from tests.engines.test_agreement_levy import SETTINGS
from tests.engines.test_agreement_levy import cases as levy_cases
from tests.engines.test_agreement_wages import cases as wage_cases
from tests.spec.reference import Country
from tests.spec.rule_7_quota_levy.levies import _moved, levy
from tests.spec.tables import (
    ACTIVATED,
    AS_OF,
    EMPLOYER,
    PERSON,
    employer,
    new_engine,
    registered,
    row,
    settle,
    wage_bill,
)

CASES = 40
FAR = date(9999, 12, 30)
AMOUNTS = ("surcharge_base_cents", "surcharge_cents", "lkv_cents", "bonus_cents", "payable_cents", "net_cents")
NOTHING = {"PrlnAofAnwLg": "0.00", "PrlnAofAnwHg": "0.00", "PrlnAofAnwUit": "0.00", "AantVerlU": "0", "NumIV": "9"}
PARTS = ("returns", "register", "employers", "wage_bills", "traits", "transfers", "deductions")


@cache
def _country():
    return together(collected(wage_cases(), CASES))


@cache
def _levies():
    drawn = collected(levy_cases(), CASES)
    allocations = [_moved(entry, number) for number, (_, given) in enumerate(drawn, 1) for entry in given]
    return together([country for country, _ in drawn]), allocations


def _figures(engine, country, allocations=None, as_of=AS_OF):
    """Everything that comes out: of the settlement, or of the quota levy."""
    if allocations is None:
        result = settle(engine, country, as_of)
        return result.settlement, result.bonus, result.surcharge, result.rate
    levied = levy(engine, country, allocations, as_of, settings=SETTINGS)
    return levied.lines, levied.findings


@frozen
class Usual:
    """An engine, and what comes out of the cases as they were drawn."""

    engine: object
    settlement: tuple
    levy: tuple


@pytest.fixture(scope="module", params=ENGINES)
def usual(request, tmp_path_factory):
    """Each engine in turn."""
    engine = new_engine(request.param, tmp_path_factory.mktemp(request.param))
    return Usual(engine, _figures(engine, _country()), _figures(engine, *_levies()))


def _shuffled(country, chance):
    """All rows in another order and over other deliveries; some of them delivered twice."""
    returns = [return_row | {"Delivery": str(chance.randint(1, 3))} for return_row in country.returns]
    returns += [return_row | {"Delivery": "4"} for return_row in chance.sample(returns, len(returns) // 10)]
    parts = {part: list(getattr(country, part)) for part in PARTS} | {"returns": returns}
    for rows in parts.values():
        chance.shuffle(rows)
    return Country(**parts)


def test_order_of_rows_files_and_employers_changes_nothing(usual):
    """Nor does a row that is delivered twice: equal rows count once."""
    engine, chance = usual.engine, random.Random(2026)  # noqa: S311 - the same shuffle every time
    assert _figures(engine, _shuffled(_country(), chance)) == usual.settlement
    country, allocations = _levies()
    moved = chance.sample(allocations, len(allocations))
    assert _figures(engine, _shuffled(country, chance), moved) == usual.levy


def _with_rows_of_nothing(country):
    """Each message with rows gets a row of zero hours and wage: of its first person, and of nobody with a BSN."""
    messages = {}
    for return_row in country.returns:
        key = tuple(return_row[name] for name in ("LhNr", "DatAanvTv", "DatEindTv", "Soort", "IdBer", "DatTdAanm"))
        messages.setdefault(key, return_row)
    heads = [message for message in messages.values() if message["NumIV"]]
    more = [head | NOTHING | {"Actie": "I"} for head in heads]
    more += [head | NOTHING | {"Actie": "I", "SofiNr": "", "PersNr": "P9"} for head in heads]
    parts = {part: getattr(country, part) for part in PARTS} | {"returns": [*country.returns, *more]}
    return Country(**parts)


def test_a_row_of_zero_hours_and_wage_changes_no_amount(usual):
    """Amounts and hours of every employer stay; a person can get a line of zeros."""
    engine = usual.engine
    before, bonus, surcharge, _ = usual.settlement
    after, more_bonus, same_surcharge, _ = _figures(engine, _with_rows_of_nothing(_country()))
    names = (*AMOUNTS, "paid_hours", "target_group_hours")
    assert {rsin: [line[name] for name in names] for rsin, line in after.items()} == {
        rsin: [line[name] for name in names] for rsin, line in before.items()
    }
    changed = {key: line for key, line in more_bonus.items() if bonus.get(key) != line}
    assert {(line["paid_hours"], line["lkv_cents"], line["bonus_cents"]) for line in changed.values()} <= {(0, 0, 0)}
    assert set(bonus) <= set(more_bonus)
    assert same_surcharge == surcharge
    country, allocations = _levies()
    assert _figures(engine, _with_rows_of_nothing(country), allocations)[0] == usual.levy[0]


def test_as_of_later_than_all_messages_is_as_of_never(usual):
    """The last message is filed on 2 May 2027 at midnight: from that day on nothing changes."""
    engine = usual.engine
    days = (date(2027, 5, 2), FAR)
    result = [_figures(engine, _country(), None, day) for day in days]
    assert result[0] == result[1] != usual.settlement
    levies = [_figures(engine, *_levies(), day) for day in days]
    assert levies[0] == levies[1] != usual.levy


def _part(rsin):
    """The second fiscal number of an employer that is cut in two."""
    return f"{rsin[:6]}5{rsin[7:]}"


def _cut(country):
    """Each employer cut in two: half of the persons goes, whole, to the second number, and everybody else stays.

    Each part files every message, with its own persons only: a full return replaces what was before it.
    """
    staying, going = [], []
    for return_row in country.returns:
        head = return_row | dict.fromkeys(("NumIV", "SofiNr", "PersNr", "Actie"), "")
        goes = return_row["SofiNr"] != "" and int(return_row["SofiNr"]) % 2 == 1
        other = _part(return_row["LhNr"][:9]) + return_row["LhNr"][9:]
        staying += [head if goes else return_row]
        going += [(return_row if goes else head) | {"LhNr": other}]
    traits = [trait | {"lhnr": _part(trait["lhnr"][:9]) + trait["lhnr"][9:]} for trait in country.traits]
    return Country([*staying, *going], country.register, country.employers, (), [*country.traits, *traits])


def test_an_employer_cut_in_two_keeps_the_sum_of_lkv_and_bonus(usual):
    """On one condition: every person goes whole to one part, for the maximum is per person and employer."""
    engine = usual.engine
    whole, bonus, *_ = usual.settlement
    parts, bonus_of_parts, *_ = _figures(engine, _cut(_country()))
    assert len(parts) > len(whole)
    for column in ("paid_hours", "target_group_hours", "lkv_cents", "bonus_cents", "payable_cents"):
        assert {rsin: line[column] for rsin, line in whole.items()} == {
            rsin: line[column] + parts.get(_part(rsin), {column: 0})[column]
            for rsin, line in parts.items()
            if rsin in whole
        }
    persons = [(bsn, line) for (_, bsn), line in bonus.items()]
    assert sorted(map(str, persons)) == sorted(str((bsn, line)) for (_, bsn), line in bonus_of_parts.items())
    assert {rsin for rsin, _ in bonus_of_parts} - {rsin for rsin, _ in bonus}


@pytest.mark.parametrize(
    ("hours", "whole", "parts"),
    [
        pytest.param((990, 990), 1_999_80, 1_999_80, id="below_the_maximum_nothing_changes"),
        pytest.param((1_500, 1_500), 2_000_00, 2 * 1_515_00, id="above_it_each_part_has_a_maximum_of_its_own"),
        pytest.param((100, -40), 60_60, 101_00, id="below_zero_in_one_part_is_zero_there"),
    ],
)
def test_a_person_cut_in_two_does_not_keep_it(hours, whole, parts, tmp_path):
    """Why persons go whole to one part (Wtl art. 2.13)."""
    engine = new_engine("pyarrow", tmp_path)
    for rsins, expected in (((EMPLOYER, EMPLOYER), whole), ((EMPLOYER, _part(EMPLOYER)), parts)):
        rows = [row(LhNr=f"{rsin}L01", NumIV=place, AantVerlU=number)
                for place, (rsin, number) in enumerate(zip(rsins, hours, strict=True), 1)]  # fmt: skip
        listed = [employer(rsin) for rsin in sorted(set(rsins))]
        bills = [wage_bill("1.00", rsin) for rsin in sorted(set(rsins))]
        result = settle(engine, Country(rows, [registered(PERSON)], listed, bills), settings=ACTIVATED)
        assert sum(line["lkv_cents"] for line in result.settlement.values()) == expected


def test_each_finding_of_drawn_countries_is_counted_as_often_as_it_is_listed(usual):
    """`findings` counts twice: by what the stages added up, and by the rows, returns and employers themselves."""
    findings = settle(usual.engine, _country()).findings()
    assert {"rows_without_bsn", "period_without_full_return", "declared_class_decides", "wage_bills_differ"} <= set(
        findings
    )
    assert "rows_without_bsn" in usual.levy[1]
