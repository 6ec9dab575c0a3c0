"""What full returns, supplementary returns and corrections do to each other (law.md rule 0)."""

import pytest

from quotum.errors import ArchiveLacks
from tests.spec.tables import EMPLOYER, OTHER_PERSON, PERSON, Cases, Country, in_force, month, row, settle

LATER = {"IdBer": "M2", "DatTdAanm": "2026-03-20T09:00:00"}
LATEST = {"IdBer": "M3", "DatTdAanm": "2026-04-20T09:00:00"}
HUNDRED, FIFTY = row(AantVerlU=100), row(SofiNr=OTHER_PERSON, AantVerlU=50)
WITHDRAWN = row(**LATER, Soort="C", Actie="X")
# Without a BSN; the six zeros let a case have numbers of its own.
P1, P2 = "000000P1", "000000P2"


def _case(expected, *rows):
    return Country(rows), expected


FULL = Cases(
    {
        "replaces_everything_before_it": _case([(PERSON, 1, 90)], HUNDRED, FIFTY, row(**LATER, AantVerlU=90)),
        "replaces_corrections_before_it": _case(
            [(PERSON, 1, 80)],
            HUNDRED,
            row(**LATER, Soort="C", SofiNr=OTHER_PERSON, NumIV=2, AantVerlU=7),
            row(**LATEST, AantVerlU=80),
        ),
        "replaces_a_withdrawal_before_it": _case([(PERSON, 1, 80)], HUNDRED, WITHDRAWN, row(**LATEST, AantVerlU=80)),
        "same_time_replaces_by_number": _case([(OTHER_PERSON, 1, 50)], HUNDRED, FIFTY | {"IdBer": "M2"}),
        "same_time_replaces_by_number_received_the_other_way_round": _case(
            [(OTHER_PERSON, 1, 50)], FIFTY | {"IdBer": "M2"}, HUNDRED
        ),
        "without_rows_empties_the_return": _case([], HUNDRED, FIFTY, row(**LATER, NumIV="", SofiNr="")),
        "of_another_number_replaces_nothing": _case(
            [(PERSON, 1, 5), (PERSON, 1, 100)], HUNDRED, row(**LATER, LhNr=f"{EMPLOYER}L02", AantVerlU=5)
        ),
        "of_another_period_replaces_nothing": _case(
            [(PERSON, 1, 5), (PERSON, 1, 100)], HUNDRED, row(**LATER, **month(2), AantVerlU=5)
        ),
        "equal_rows_in_one_delivery_count_once": _case([(PERSON, 1, 100)], HUNDRED, HUNDRED),
        "equal_rows_in_two_deliveries_count_once": _case([(PERSON, 1, 100)], HUNDRED, HUNDRED | {"Delivery": "2"}),
        "equal_hours_of_two_relations_count_twice": _case(
            [(PERSON, 1, 100), (PERSON, 2, 100)], HUNDRED, HUNDRED | {"NumIV": "2"}
        ),
    }
)

CORRECTED = {
    "replaces_a_relation_whole": ([(PERSON, 1, 120), (OTHER_PERSON, 1, 50)], row(**LATER, AantVerlU=120)),
    "adds_a_relation_by_its_number": (
        [(PERSON, 1, 100), (PERSON, 2, 30), (OTHER_PERSON, 1, 50)],
        row(**LATER, NumIV=2, AantVerlU=30),
    ),
    "withdraws_a_relation": ([(OTHER_PERSON, 1, 50)], row(**LATER, Actie="X")),
    "withdraws_what_is_not_there": (
        [(PERSON, 1, 100), (OTHER_PERSON, 1, 50)],
        row(**LATER, Actie="X", NumIV=9),
    ),
    "brings_a_withdrawn_relation_back": (
        [(PERSON, 1, 60), (OTHER_PERSON, 1, 50)],
        row(**LATEST, AantVerlU=60),
        WITHDRAWN,
    ),
    "made_before_the_full_return_is_lost": (
        [(PERSON, 1, 100), (OTHER_PERSON, 1, 50)],
        row(IdBer="M0", DatTdAanm="2026-02-01T09:00:00", AantVerlU=1),
    ),
    "of_another_period": (
        [(PERSON, 1, 100), (PERSON, 1, 111), (OTHER_PERSON, 1, 50)],
        row(**month(2), **LATER, AantVerlU=111),
        row(**month(2), IdBer="M4", AantVerlU=110) | {"Soort": "V"},
    ),
    "knows_a_person_by_bsn_alone": (
        [(PERSON, 1, 25), (OTHER_PERSON, 1, 50)],
        row(**LATER, PersNr="another", AantVerlU=25),
    ),
    "without_bsn_knows_a_person_by_personnel_number": (
        [(P1, 1, 10), (P2, 1, 25), (PERSON, 1, 100), (OTHER_PERSON, 1, 50)],
        row(**LATER, SofiNr="", PersNr=P2, AantVerlU=25),
        row(SofiNr="", PersNr=P1, AantVerlU=10) | {"Soort": "V"},
        row(SofiNr="", PersNr=P2, AantVerlU=20) | {"Soort": "V"},
    ),
}
CORRECTIONS = Cases(
    {
        f"{kind}_{name}": _case(sorted(expected), HUNDRED, FIFTY, changes | {"Soort": kind}, *others)
        for name, (expected, changes, *others) in CORRECTED.items()
        for kind in "AC"
    }
    | {f"{kind}_without_a_return": _case([(PERSON, 1, 40)], row(Soort=kind, AantVerlU=40)) for kind in "AC"}
)

ORDERS = {
    "a_second_later_decides": (("M1", "2026-03-01T09:00:00"), ("M2", "2026-03-01T09:00:01"), 2),
    "time_goes_before_number": (("M2", "2026-03-01T09:00:00"), ("M1", "2026-03-01T09:00:01"), 2),
    "same_time_higher_number": (("M1", "2026-03-01T09:00:00"), ("M2", "2026-03-01T09:00:00"), 2),
    "as_text_9_comes_after_10": (("M9", "2026-03-01T09:00:00"), ("M10", "2026-03-01T09:00:00"), 1),
    "small_letters_come_after_capitals": (("m1", "2026-03-01T09:00:00"), ("M2", "2026-03-01T09:00:00"), 1),
}
FULL_FIRST = [row(AantVerlU=1), row(SofiNr=OTHER_PERSON, AantVerlU=10)]
SUPPLEMENT_SECOND = [row(Soort="A", AantVerlU=2), row(Soort="A", SofiNr=OTHER_PERSON, AantVerlU=20)]
CORRECTION_LAST = [row(Soort="C", AantVerlU=3)]
SAID = {
    (name, kind): [
        row(IdBer=number, DatTdAanm=at, Soort=kind, AantVerlU=hours) for hours, (number, at) in enumerate(pair, 1)
    ]
    for name, (*pair, _) in ORDERS.items()
    for kind in "VAC"
}
ORDER = Cases(
    {
        f"{kind}_{name}{way}": _case([(PERSON, 1, ORDERS[name][-1])], *(changes if not way else changes[::-1]))
        for (name, kind), changes in SAID.items()
        for way in ("", "_received_the_other_way_round")
    }
    | {
        "within_a_message_V_A_C": _case(
            [(PERSON, 1, 3), (OTHER_PERSON, 1, 20)], *FULL_FIRST, *SUPPLEMENT_SECOND, *CORRECTION_LAST
        ),
        "within_a_message_received_as_C_A_V": _case(
            [(PERSON, 1, 3), (OTHER_PERSON, 1, 20)], *CORRECTION_LAST, *SUPPLEMENT_SECOND, *FULL_FIRST
        ),
        "same_time_the_number_goes_before_the_kind": _case(
            [(PERSON, 1, 2)],
            row(AantVerlU=1),
            row(IdBer="M2", Soort="C", AantVerlU=9),
            row(IdBer="M3", Soort="A", AantVerlU=2),
        ),
        "one_message_about_two_periods": _case(
            [(PERSON, 1, 100), (PERSON, 1, 110)],
            row(**month(2), AantVerlU=110),
            row(**month(1), Soort="C", AantVerlU=100),
        ),
    }
)


@pytest.mark.parametrize(("name", "expected"), FULL.parameters())
def test_wtl_4_1_lid_2_volledige_aangifte(engine, name, expected):
    """A full return replaces everything before it."""
    assert FULL.in_force(engine, name) == expected


@pytest.mark.parametrize(("name", "expected"), CORRECTIONS.parameters())
def test_wtl_4_1_lid_2_aanvullende_aangifte_and_tijdvakcorrectie(engine, name, expected):
    """They replace or add each income relation they report, whole, and remove those they withdraw."""
    assert CORRECTIONS.in_force(engine, name) == expected


@pytest.mark.parametrize(("name", "expected"), ORDER.parameters())
def test_wtl_4_1_lid_2_order_is_filing_time_then_number_of_the_message_as_text(engine, name, expected):
    """In order of filing time, then `IdBer` as text; within one message V before A before C."""
    assert ORDER.in_force(engine, name) == expected


def test_wtl_4_1_lid_2_a_correction_without_a_return_is_a_finding(engine):
    """Counted in full, and a finding; a return with a correction is none."""
    correction = row(Soort="C", AantVerlU=40)
    assert settle(engine, Country([correction])).findings()["period_without_full_return"] == 1
    whole = settle(engine, Country([HUNDRED, row(**LATER, Soort="C", AantVerlU=40)]))
    assert "period_without_full_return" not in whole.findings()


def test_wtl_4_1_lid_2_an_emptied_return_keeps_its_employer(engine):
    """The employer of a return without rows has a line with zero hours."""
    emptied = settle(engine, FULL["without_rows_empties_the_return"][0])
    assert emptied.settlement[EMPLOYER]["paid_hours"] == 0


CONTRADICTING = pytest.mark.parametrize(
    ("difference", "deliveries"),
    [
        pytest.param({"AantVerlU": "101"}, ("1", "1"), id="hours_in_one_delivery"),
        pytest.param({"Actie": "X"}, ("1", "2"), id="withdrawn_in_two_deliveries"),
        pytest.param({"Gebdat": ""}, ("1", "1"), id="birth_date_in_one_delivery"),
    ],
)


def _contradicting(difference, deliveries, **changed):
    changes = [row(AantVerlU=100, **changed), row(AantVerlU=100, **changed) | difference]
    return [change | {"Delivery": number} for change, number in zip(changes, deliveries, strict=True)]


@CONTRADICTING
def test_wtl_4_1_lid_2_a_message_that_contradicts_itself_stops_a_strict_settlement(engine, difference, deliveries):
    """Rows of one message with the same period, kind and identity that differ: places named, nobody else."""
    with pytest.raises(ArchiveLacks, match=r"row 1.*row 2") as stopped:
        in_force(engine, _contradicting(difference, deliveries), strict=True)
    assert PERSON not in str(stopped.value)
    assert EMPLOYER not in str(stopped.value)


@CONTRADICTING
def test_wtl_4_1_lid_2_a_message_that_contradicts_itself_is_out_of_force(engine, difference, deliveries):
    """Set aside: the return is as if it had never come, its other rows too; an earlier message stands."""
    bad = [*_contradicting(difference, deliveries, **LATER), row(**LATER, NumIV="9", AantVerlU=9)]
    assert in_force(engine, bad) == []
    assert in_force(engine, [row(AantVerlU=40), *bad]) == [(PERSON, 1, 40)]


def test_wtl_4_1_lid_2_a_later_message_needs_nothing_of_one_that_was_set_aside(engine):
    """A later full return stands; a later correction is applied to what stood before the message set aside."""
    bad = _contradicting({"AantVerlU": "101"}, ("1", "1"))
    assert in_force(engine, [*bad, row(**LATER, AantVerlU=7)]) == [(PERSON, 1, 7)]
    correction = row(**LATER, Soort="C", NumIV="2", AantVerlU=5)
    assert in_force(engine, [*bad, correction]) == [(PERSON, 2, 5)]


def test_wtl_4_1_lid_2_what_a_message_says_of_other_returns_is_out_of_force_too(engine):
    """A message is whole or nothing: its return of another period in the year is set aside with it."""
    bad = _contradicting({"AantVerlU": "101"}, ("1", "1"))
    other = row(DatAanvTv="2026-02-01", DatEindTv="2026-02-28", AantVerlU=60)
    assert in_force(engine, [*bad, other]) == []
    assert in_force(engine, [*bad, other | {"IdBer": "OTHER"}]) == [(PERSON, 1, 60)]
