"""Transfers of undertaking in an explanation: the wage that passes over, and the employments."""

import random
from datetime import date, datetime
from fractions import Fraction

import attrs
import pytest

from quotum.archive.known import FAR_DAY
from quotum.explain import small_employer
from quotum.explain.employment import _employments
from quotum.explain.predecessors import Transfers, _predecessors
from quotum.explain.records import Listed, Message, Row
from quotum.explain.rows import Facts
from quotum.explain.transferred_wage import Corrected, Wage, corrected, transfer_steps
from quotum.law.wfsv.transfers import Transfer, corrected_wages
from quotum.law.wtl.employments import Employment
from quotum.parameters import Figures, load_book
from quotum.periods import months

YEAR = 2026
FIGURES = Figures(load_book())
SHARES = (Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(1, 4))


def around(rsin, transfers, started_on):
    """What an explanation looks at: those of the employer and of everybody something came from."""
    before = _predecessors(transfers, rsin)
    mine = [one for one in transfers if {one.transferor, one.acquirer} & {*before, rsin}]
    return Transfers(
        all=tuple(sorted(mine, key=lambda one: (one.on, one.transferor, one.acquirer))),
        predecessors=tuple(sorted(before - {rsin})),
        listed={one: Listed("overheid", day) for one, day in started_on.items()},
        delivered=True,
    )


DAYS = (
    date(2024, 5, 1), date(2024, 9, 1), date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1), date(2026, 3, 1),
    date(2026, 8, 1),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(100))
def test_the_walk_gives_what_the_law_gives_for_every_employer(seed):
    """Six employers, up to nine transfers, chains and circles within a year, some wages and starts unknown."""
    drawn = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    employers = range(1, 7)
    wages = {one: drawn.randrange(0, 2_000_000_00) for one in employers if drawn.random() < 0.7}
    starts = [
        date(2010, 1, 1),
        date(2024, 1, 1),
        date(2025, 1, 1),
        date(2026, 1, 1),
        date(2026, 3, 1),
        date(2026, 8, 1),
    ]
    started = {one: drawn.choice(starts) for one in employers if drawn.random() < 0.8}
    transfers = []
    for _ in range(drawn.randrange(1, 10)):
        giver, taker = drawn.sample(employers, 2)
        on = drawn.choice(DAYS)
        transfers.append(Transfer(giver, taker, on, drawn.choice(SHARES)))
    transfers = list({(one.transferor, one.acquirer, one.on): one for one in transfers}.values())
    by_law = corrected_wages(transfers, wages, started, YEAR)
    for rsin in employers:
        looked = around(rsin, transfers, started)
        known = {one: wage for one, wage in wages.items() if one in (*looked.predecessors, rsin)}
        found = corrected(rsin, looked, known, YEAR)
        assert (found is None) == (rsin not in by_law)
        if found is not None:
            assert found.wage == Wage(by_law[rsin].known_cents, by_law[rsin].known)
            for limit in (0, 1_082_500_00):
                assert found.decisive_cents(limit) == by_law[rsin].decisive_cents(limit)
            assert found.took_over == by_law[rsin].took_over
            signs = [1 if move.transfer.acquirer == rsin else -1 for move in found.moves]
            moved = sum(sign * move.cents for sign, move in zip(signs, found.moves, strict=True))
            assert found.wage.cents == wages.get(rsin, 0) + moved


def facts(started_on=None):
    return Facts(
        rsin=1, said=(), listed=None if started_on is None else Listed("overheid", started_on), wage_bills=(),
        declarations_delivered=False, deductions=(), registrations={}, traits={}, declarations={},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wage", "ground", "small"),
    [
        pytest.param(None, "starter", True, id="no_transfer"),
        pytest.param(Wage(0, False), "declared_class", False, id="took_over_what_is_unknown_is_no_starter"),
        pytest.param(Wage(1_082_500_01, False), "transfer", False, id="what_is_known_is_above_the_limit"),
        pytest.param(Wage(1_082_500_00, False), "declared_class", False, id="what_is_known_is_not"),
        pytest.param(Wage(1_082_500_00, True), "transfer", True, id="known"),
    ],
)
def test_small_employer_after_a_transfer(wage, ground, small):
    """Besluit Wfsv art. 2.15, 2.19d lid 4: who began in 2025 and took over is tested on what it took over."""
    found = None if wage is None else Corrected(wage, ())
    test = small_employer.size_test(facts(date(2025, 3, 1)), FIGURES, YEAR, (), (), lambda _own: (found, ()))
    assert (test.ground, test.small) == (ground, small)


@pytest.mark.parametrize(
    ("wage", "ground", "tested"),
    [
        pytest.param(5_000_000_00, "starter: a finding", 5_000_000_00, id="a_wage_of_t2"),
        pytest.param(0, "starter", 0, id="a_wage_of_nothing"),
        pytest.param(None, "starter", None, id="none"),
    ],
)
def test_a_starter_comes_before_a_known_wage(wage, ground, tested):
    """Besluit Wfsv art. 2.19d lid 4: also one that passed something on; a wage beside its start is said."""
    given = attrs.evolve(facts(date(2025, 6, 1)), wage_bills=() if wage is None else ((2024, wage),))
    passed_on = None if wage is None else Corrected(Wage(wage, True), (), took_over=False)
    for found in (None, passed_on):
        test = small_employer.size_test(given, FIGURES, YEAR, (), (), lambda _own, found=found: (found, ()))
        assert (test.small, test.ground, test.wage_cents) == (True, "starter", tested)
        assert ("a finding" in test.steps[-1].result) == ("a finding" in ground)


@pytest.mark.parametrize(
    ("rsin", "started_on", "said"),
    [
        pytest.param(1, date(2026, 5, 1), "for a transferor it counts from 1 January 2027", id="transferor"),
        pytest.param(2, date(2026, 4, 30), "for an acquirer that was an employer already", id="acquirer"),
    ],
)
def test_a_step_says_from_when_a_transfer_counts(rsin, started_on, said):
    one = Transfer(1, 2, date(2026, 5, 1), Fraction(1))
    looked = around(rsin, [one], {2: started_on})
    found = corrected(rsin, looked, {1: 1_100_000_00}, YEAR)
    assert found is None
    (step,) = transfer_steps(rsin, looked, found, YEAR, lambda _rsin: "another")
    assert step.result.startswith(f"nothing: {said}")


@pytest.mark.parametrize(
    ("on", "said"),
    [
        pytest.param(date(2025, 5, 1), "the premium wage of 2024 of the transferor is not known", id="it_counts"),
        pytest.param(date(2023, 12, 31), "it does not correct the wage for 2026", id="too_long_ago"),
    ],
)
def test_a_step_says_that_the_wage_of_a_transferor_is_unknown_only_where_the_transfer_counts(on, said):
    looked = around(1, [Transfer(1, 2, on, Fraction(1))], {})
    found = corrected(1, looked, {}, YEAR)
    assert found is None
    (step,) = transfer_steps(1, looked, found, YEAR, lambda _rsin: "another")
    assert step.result == f"nothing: {said}"


MESSAGE = Message(123, months(2024)[0], datetime.fromisoformat("2024-02-20T10:00:00"), "M1", "V", filing_given=True)
ROW = Row(
    message=MESSAGE, bsn=7, personnel_number="", relation_number=1, withdrawn=False, started_on=date(2024, 1, 1),
    ended_on=None, birth_date=date(1990, 1, 1), income_kind=15, nature=1, insured=True, asked=frozenset(),
    wage_low_cents=0, wage_high_cents=0, paid_hours=100,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        pytest.param({}, {7: (Employment(date(2024, 1, 1), FAR_DAY),)}, id="insured"),
        pytest.param({"insured": False}, {}, id="not_insured"),
        pytest.param({"income_kind": 17}, {}, id="no_employment"),
        pytest.param({"bsn": None}, {}, id="nobody"),
        pytest.param(
            {"ended_on": date(2024, 1, 15)}, {7: (Employment(date(2024, 1, 1), date(2024, 1, 15)),)}, id="ended"
        ),
    ],
)
def test_employments_are_those_that_are_insured(changed, found):
    row = attrs.evolve(ROW, **changed)
    assert _employments([(MESSAGE, (row,))], date(2025, 5, 1)) == found
