"""More than one right for a person at an employer: the highest is granted and no other (Wtl 4.1 lid 3)."""

import pytest

from quotum.law.wtl.cumulation import IN_ORDER_OF_LAW
from tests.spec.lkv import ASKED, Claims, Persons, benefits, worked
from tests.spec.tables import ACTIVATED, EMPLOYER, OTHER_EMPLOYER, OTHER_PERSON, PERSON, declaration, registered

START = "2024-06-01"


def _asked(*categories):
    """J for the categories, N for the others."""
    return {
        name: "J" if category in categories else "N"
        for category, asked in ASKED.items()
        for name in asked
        if asked[name] == "J"
    }


def _case(granted, amounts, hours=100, start=START, **hours_by_category):
    """Rows with hours per category, or one row that asks for all; `amounts` as they come out."""
    rows = [
        worked(hours=number, NumIV=str(place), DatAanv=start, **_asked(*categories.split("_and_")))
        for place, (categories, number) in enumerate(hours_by_category.items(), 1)
    ]
    declared = [declaration(category, start=start) for category in ASKED]
    return Claims(rows, [registered()], declarations=declared), granted, amounts


CASES = Persons(
    {
        # 1.01 against 3.05 an hour.
        "disabled_higher": _case("disabled", {"disabled": 305_00}, jobs_agreement_and_disabled=100),
        "equal_hours_reassigned": _case("reassigned", {"reassigned": 305_00}, jobs_agreement_and_reassigned=100),
        # 1.35 against 1.01.
        "older_higher": _case("older", {"older": 135_00}, jobs_agreement_and_older=100),
        # 305 x 1.01 = 101 x 3.05 = 308.05.
        "jobs_agreement_named_before_reassigned": _case(
            "jobs_agreement", {"jobs_agreement": 308_05, "reassigned": 0}, jobs_agreement=305, reassigned=101
        ),
        "reassigned_a_cent_hour_more": _case(
            "reassigned", {"reassigned": 311_10}, jobs_agreement=305, reassigned=102
        ),
        "jobs_agreement_higher": _case(
            "jobs_agreement", {"jobs_agreement": 309_06, "disabled": 0}, jobs_agreement=306, disabled=101
        ),
        "disabled_named_before_jobs_agreement": _case(
            "disabled", {"disabled": 308_05}, jobs_agreement=305, disabled=101
        ),
        # 61 x 1.35 = 82.35 = 27 x 3.05: of equal amounts older, which is named first.
        "older_named_before_disabled": _case(
            "older", {"older": 82_35, "disabled": 0}, older=61, disabled=27, jobs_agreement=1
        ),
        "disabled_named_before_reassigned": _case(
            "disabled", {"disabled": 82_35, "reassigned": 0}, disabled=27, reassigned=27, jobs_agreement=1
        ),
        "all_four": _case(
            "disabled",
            {"older": 0, "disabled": 305_00, "reassigned": 0},
            older_and_disabled_and_jobs_agreement_and_reassigned=100,
        ),
        # 2,000.00, the maximum, against 656 x 3.05 = 2,000.80 and 655 x 3.05 = 1,997.75.
        "maximum_loses": _case("disabled", {"disabled": 2_000_80}, jobs_agreement=3_000, disabled=656),
        "maximum_wins": _case(
            "jobs_agreement", {"jobs_agreement": 2_000_00, "disabled": 0}, jobs_agreement=3_000, disabled=655
        ),
        "nothing_at_all": _case("older", {"older": 0}, jobs_agreement_and_older=0),
    }
)  # fmt: skip


@pytest.mark.parametrize(("name", "granted", "amounts"), CASES.parameters())
def test_wtl_4_1_lid_3_highest_is_granted_and_no_other(engine, name, granted, amounts):
    """The row of the jobs agreement stays, with the category that is granted and amounts of 0 when another wins."""
    line = CASES.line(engine, name)
    assert line["granted_category"] == granted
    assert (line["lkv_cents"], line["bonus_cents"]) == (amounts.get("jobs_agreement", 0), 0)
    assert line["lkv_capped"] == (name == "maximum_wins")
    assert CASES.others(engine, name) == {
        category: cents for category, cents in amounts.items() if category != "jobs_agreement"
    }


@pytest.mark.parametrize(
    ("disabled_hours", "granted"),
    [
        pytest.param(156, "jobs_agreement", id="with_its_bonus_it_is_higher"),
        pytest.param(157, "disabled", id="and_is_lost_with_it"),
    ],
)
def test_wtl_4_1_lid_3_jobs_agreement_counts_with_its_bonus(engine, disabled_hours, granted):
    """100 hours: 101.00 LKV and 376.00 bonus against 156 x 3.05 = 475.80 or 157 x 3.05 = 478.85."""
    country, *_ = _case(None, None, jobs_agreement=100, disabled=disabled_hours)
    result = benefits(
        engine,
        country,
        settings=ACTIVATED
        | {"wet_banenafspraak.activated_in": "2020", "wet_banenafspraak.in_force_from": "2020-01-01"},
    )
    line = result.lines[EMPLOYER, PERSON]
    won = granted == "jobs_agreement"
    assert (line["lkv_cents"], line["bonus_cents"]) == ((101_00, 376_00) if won else (0, 0))
    assert (line["granted_category"], line["paid_hours"]) == (granted, 100)
    other = result.others[EMPLOYER, PERSON, "disabled"]
    assert other == {"paid_hours": disabled_hours, "lkv_cents": 0 if won else 478_85}


def test_wtl_4_1_lid_3_per_person_and_employer(engine):
    """Another person, and the same person at another employer, lose nothing."""
    declarations = _asked("jobs_agreement", "disabled")
    rows = [
        worked(DatAanv=START, **declarations),
        worked(DatAanv=START, NumIV="2", SofiNr=OTHER_PERSON),
        worked(DatAanv=START, LhNr=f"{OTHER_EMPLOYER}L01"),
    ]
    declared = [declaration(name, bsn=bsn) for name in ("jobs_agreement", "disabled") for bsn in (PERSON, OTHER_PERSON)]
    result = benefits(engine, Claims(rows, [registered(), registered(OTHER_PERSON)], declarations=declared))
    assert {key: (line["granted_category"], line["lkv_cents"]) for key, line in result.lines.items()} == {
        (EMPLOYER, PERSON): ("disabled", 0),
        (EMPLOYER, OTHER_PERSON): ("jobs_agreement", 101_00),
        (OTHER_EMPLOYER, PERSON): ("jobs_agreement", 101_00),
    }
    assert list(result.others) == [(EMPLOYER, PERSON, "disabled")]


def test_wtl_4_1_lid_3_from_2026_too(engine):
    """The right by registration gives way to a higher one by declaration."""
    rows = [worked(1, 2026, DatAanv=START, **_asked("jobs_agreement", "disabled"))]
    result = benefits(engine, Claims(rows, [registered()], declarations=[declaration("disabled")]), 2026)
    assert result.lines[EMPLOYER, PERSON]["granted_category"] == "disabled"
    assert result.lines[EMPLOYER, PERSON]["lkv_cents"] == 0
    assert result.others[EMPLOYER, PERSON, "disabled"]["lkv_cents"] == 305_00


def test_wtl_4_1_lid_3_order_of_the_law():
    """Older (2.2), disabled (2.6), jobs agreement (2.10), reassigned (2.14)."""
    assert IN_ORDER_OF_LAW == ("older", "disabled", "jobs_agreement", "reassigned")
