"""Reassigned workers: who resumes work with the same employer, or takes another job with it (Wtl 2.14-2.17)."""

import pytest

from tests.spec.lkv import ASKED, HOURS, Claims, Persons, benefits, transfer, worked
from tests.spec.tables import EMPLOYER, OTHER_EMPLOYER, PERSON, declaration, registered, row, trait

ASKS = ASKED["reassigned"]
RIGHT = HOURS * 3_05
RESUMED = "2024-06-10"
ALL_MONTHS = range(1, 13)


def _declared(start=RESUMED, until=""):
    return declaration("reassigned", start, until)


def _case(expected, *rows, declared=None, traits=(), transfers=(), **changes):
    """100 hours in January 2025, employed since 2010, resumed on 10 June 2024; `expected` in cents, or no line."""
    returns = rows or [worked(**ASKS | {"DatAanv": "2010-05-01"} | changes)]
    lines = {} if expected is None else {"reassigned": expected}
    papers = [_declared()] if declared is None else declared
    return Claims(returns, traits=traits, declarations=papers, transfers=transfers), lines


def _was_here(first, last, **changes):
    """An earlier employment with the same employer, as January 2024 reports it."""
    return worked(1, 2024, **ASKS | {"NumIV": "2", "DatAanv": first, "DatEind": last} | changes)


CASES = Persons(
    {
        "employed_since_2010": _case(RIGHT),
        "not_declared": _case(None, declared=[]),
        "declared_for_the_jobs_agreement": _case(None, declared=[declaration(start=RESUMED)]),
        "not_asked_for": _case(None, IndAvrLkvHpAgWn="N"),
        # One year from the first day of the declaration, which need not cover the days after it.
        "a_year_not_over": _case(RIGHT, declared=[_declared("2024-01-02")]),
        "a_year_over": _case(None, declared=[_declared("2024-01-01")]),
        "declared_for_a_day": _case(RIGHT, declared=[_declared(until=RESUMED)]),
        "declared_on_the_last_day_of_the_period": _case(RIGHT, declared=[_declared("2025-01-31")]),
        "declared_on_the_day_after_the_period": _case(None, declared=[_declared("2025-02-01")]),
        "covers_the_start_but_began_before_it": _case(None, declared=[_declared("2010-04-30")]),
        # Employed by this employer on that day.
        "employed_from_that_day": _case(RIGHT, DatAanv=RESUMED),
        "employed_from_the_day_after": _case(None, DatAanv="2024-06-11"),
        "employed_until_that_day": _case(
            RIGHT, worked(**ASKS | {"DatAanv": "2024-09-01"}), _was_here("2010-05-01", RESUMED)
        ),
        "employed_until_the_day_before": _case(
            None, worked(**ASKS | {"DatAanv": "2024-09-01"}), _was_here("2010-05-01", "2024-06-09")
        ),
        "employed_elsewhere_on_that_day": _case(
            None, worked(**ASKS | {"DatAanv": "2024-09-01"}),
            worked(1, 2024, **ASKS | {"LhNr": f"{OTHER_EMPLOYER}L01", "DatAanv": "2010-05-01", "NumIV": "2"}),
        ),
        "under_another_payroll_tax_number": _case(
            RIGHT, worked(**ASKS | {"DatAanv": "2024-09-01"}),
            _was_here("2010-05-01", "2024-08-31", LhNr=f"{EMPLOYER}L02"),
        ),
        # Nothing is asked of the start: no six months, and it need not be known.
        "worked_here_until_the_day_before": _case(
            RIGHT, worked(**ASKS | {"DatAanv": RESUMED}), _was_here("2010-05-01", "2024-06-09")
        ),
        "start_unknown_reported_on_that_day": _case(RIGHT, DatAanv="", declared=[_declared("2025-01-31")]),
        "start_unknown_reported_later": _case(None, DatAanv="", declared=[_declared("2024-12-31")]),
        # Each declaration begins a right of its own; those that touch are one.
        "second_declaration": _case(RIGHT, declared=[_declared("2020-01-01", "2020-12-31"), _declared()]),
        "first_declaration_of_two": _case(RIGHT, declared=[_declared(until="2024-12-31"), _declared("2025-03-01")]),
        "the_day_after_another": _case(None, declared=[_declared("2023-06-10", "2024-06-09"), _declared()]),
        "a_day_between": _case(RIGHT, declared=[_declared("2023-06-10", "2024-06-08"), _declared()]),
        "overlap": _case(None, declared=[_declared("2023-06-10", "2024-12-31"), _declared()]),
        # Own maximum, and what holds for every benefit.
        "at_the_maximum": _case(1_967 * 3_05, AantVerlU=1_967),
        "above_the_maximum": _case(6_000_00, AantVerlU=1_968),
        "not_insured": _case(None, IndWAO="N", IndWW="N", IndZW="N"),
        "no_employment": _case(None, SrtIV="31"),
        "pension_age_on_the_first_day": _case(None, Gebdat="1958-01-01"),
        "pension_age_on_the_second_day": _case(RIGHT, Gebdat="1958-01-02"),
        **{
            f"nature_{nature}": _case(RIGHT if right else None, CdAard=nature)
            for nature, right in (("11", True), ("21", False), ("22", False), ("23", True), ("24", False))
        },
        "seconded_trait": _case(None, traits=[trait("wsw"), trait("wsw_seconded")]),
    }
)  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), CASES.parameters())
def test_wtl_2_14_2_16_reassigned(engine, name, expected):
    """One year from the first day of the declaration, with the employer of that day."""
    assert CASES.others(engine, name) == expected
    assert CASES.line(engine, name) is None


@pytest.mark.parametrize(
    ("year", "months"), [(2025, None), (2026, ALL_MONTHS), (2027, range(1, 2))], ids=["before", "first", "second"]
)
def test_wtl_2_16_whole_periods_of_one_year(engine, year, months):
    """Declared from 10 January 2026: January counts whole, and so does January 2027, which begins within the year."""
    rows = [worked(number, year, **ASKS | {"DatAanv": "2010-05-01"}) for number in ALL_MONTHS]
    result = benefits(engine, Claims(rows, declarations=[_declared("2026-01-10")]), year)
    expected = {(EMPLOYER, PERSON, "reassigned"): len(months) * HOURS} if months else {}
    assert {key: line["paid_hours"] for key, line in result.others.items()} == expected


def test_wtl_2_16_two_declarations_give_two_rights(engine):
    """From 15 February 2023 and 15 October 2024: in 2024 the months until February, and from October on."""
    rows = [worked(number, 2024, **ASKS | {"DatAanv": "2010-05-01"}) for number in ALL_MONTHS]
    papers = [_declared("2023-02-15", "2023-12-31"), _declared("2024-10-15")]
    result = benefits(engine, Claims(rows, declarations=papers), 2024)
    assert result.others[EMPLOYER, PERSON, "reassigned"]["paid_hours"] == (2 + 3) * HOURS


def test_wtl_2_16_two_rights_of_one_period_count_once(engine):
    """From 10 June and 10 December 2024: January 2025 lies in both."""
    rows = [worked(**ASKS | {"DatAanv": "2010-05-01"})]
    papers = [_declared(until="2024-06-30"), _declared("2024-12-10")]
    assert benefits(engine, Claims(rows, declarations=papers)).others[EMPLOYER, PERSON, "reassigned"] == {
        "paid_hours": HOURS,
        "lkv_cents": RIGHT,
    }


def test_wtl_4_1_lid_3_resumed_in_2026_and_in_the_target_group(engine):
    """1,200 hours from the resumption on: 3.05 each is more than 1.01 each, so the jobs agreement gives way."""
    asked = ASKS | {"IndAvrLkvDgBaf": "J", "DatAanv": "2010-05-01"}
    rows = [worked(number, 2026, **asked) for number in ALL_MONTHS]
    result = benefits(engine, Claims(rows, [registered()], declarations=[_declared("2026-01-10")]), 2026)
    assert result.others == {(EMPLOYER, PERSON, "reassigned"): {"paid_hours": 1_200, "lkv_cents": 3_660_00}}
    line = result.lines[EMPLOYER, PERSON]
    assert (line["paid_hours"], line["lkv_cents"], line["bonus_cents"]) == (1_200, 0, 0)
    assert line["granted_category"] == "reassigned"


def _went_over(expected, *papers, on="2024-09-01", began="2010-05-01", here=RESUMED):
    """With the acquirer in January 2025, with the transferor before."""
    work_there = worked(5, 2024, **ASKS | {"LhNr": f"{OTHER_EMPLOYER}L01", "DatAanv": began, "NumIV": "2"})
    return _case(
        expected, worked(**ASKS | {"DatAanv": here}), work_there, declared=papers, transfers=[transfer(on)]
    )  # fmt: skip


GONE_OVER = Persons(
    {
        "declared_before_the_transfer": _went_over(RIGHT, _declared(), here="2024-09-01"),
        "declared_before_the_transfer_and_the_start_is_kept": _went_over(RIGHT, _declared(), here="2010-05-01"),
        "declared_on_the_eve": _went_over(RIGHT, _declared("2024-08-31"), here="2024-09-01"),
        "declared_on_the_day_of_the_transfer": _went_over(RIGHT, _declared("2024-09-01"), here="2024-09-01"),
        "declared_after_the_transfer": _went_over(RIGHT, _declared("2024-10-01"), here="2024-09-01"),
        "declared_before_the_employment_with_the_transferor": _went_over(
            None, _declared(), began="2024-06-11", here="2024-09-01"
        ),
        "came_a_day_later_without_the_undertaking": _went_over(None, _declared(), here="2024-09-02"),
    }
)


@pytest.mark.parametrize(("name", "expected"), GONE_OVER.parameters())
def test_wtl_2_14_hr_24_5_2024_the_right_runs_on_with_the_acquirer(engine, name, expected):
    """The employment goes over, and with it what is left of the year."""
    assert GONE_OVER.others(engine, name) == expected


def test_wtl_2_14_every_employer_of_the_first_day_has_a_right(engine):
    """Two employments beside each other, and a third that began later."""
    third = "000000036"
    rows = [
        row(**worked(**ASKS | {"LhNr": f"{rsin}L01", "DatAanv": start}))
        for rsin, start in ((EMPLOYER, "2010-05-01"), (OTHER_EMPLOYER, RESUMED), (third, "2024-06-11"))
    ]
    result = benefits(engine, Claims(rows, declarations=[_declared()]))
    assert sorted(rsin for rsin, _, _ in result.others) == [EMPLOYER, OTHER_EMPLOYER]
    assert result.findings == {"lkv_without_declaration": 1}


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        pytest.param([_declared()], 0, id="gives_a_right"),
        pytest.param([_declared("2010-05-01")], 0, id="gave_a_right_long_ago"),
        pytest.param([_declared("2010-04-30")], 1, id="covers_the_start_and_gives_none"),
        pytest.param([], 1, id="none"),
    ],
)
@pytest.mark.parametrize("year", [2025, 2026])
def test_wtl_2_14_asked_without_a_right_is_a_finding(engine, year, papers, expected):
    """A declaration that gives a right is not without."""
    rows = [worked(1, year, **ASKS | {"DatAanv": "2010-05-01"})]
    result = benefits(engine, Claims(rows, declarations=papers), year)
    assert result.findings.get("lkv_without_declaration", 0) == expected
