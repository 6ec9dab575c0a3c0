"""What full returns, supplementary returns and corrections do to each other (law.md rule 0)."""

import pytest

from quotum.errors import ArchiveLacks
from tests.spec.tables import EMPLOYER, OTHER_PERSON, PERSON, Country, in_force, month, row, settle

LATER = {"IdBer": "M2", "DatTdAanm": "2026-03-20T09:00:00"}
LATEST = {"IdBer": "M3", "DatTdAanm": "2026-04-20T09:00:00"}
BOTH = [row(AantVerlU=100), row(SofiNr=OTHER_PERSON, AantVerlU=50)]


def test_wtl_4_1_volledige_aangifte_replaces_everything_before_it(engine):
    """A full return replaces everything before it, also relations it does not name."""
    assert in_force(engine, [*BOTH, row(**LATER, AantVerlU=90)]) == [(PERSON, 1, 90)]


def test_wtl_4_1_volledige_aangifte_replaces_corrections_before_it(engine):
    """A correction that came before the last full return is gone."""
    correction = row(**LATER, Soort="C", SofiNr=OTHER_PERSON, NumIV=2, AantVerlU=7)
    assert in_force(engine, [*BOTH, correction, row(**LATEST, AantVerlU=80)]) == [(PERSON, 1, 80)]


def test_wtl_4_1_volledige_aangifte_without_rows_empties_the_return(engine):
    """A later full return without rows leaves nothing, and the employer a line with zero hours."""
    empty = row(**LATER, NumIV="", SofiNr="")
    assert in_force(engine, [*BOTH, empty]) == []
    assert settle(engine, Country([*BOTH, empty])).settlement[EMPLOYER]["paid_hours"] == 0


@pytest.mark.parametrize("kind", ["A", "C"])
def test_wtl_4_1_correction_replaces_a_relation_whole(engine, kind):
    """A supplementary return or correction replaces each income relation it reports."""
    correction = row(**LATER, Soort=kind, AantVerlU=120)
    assert in_force(engine, [*BOTH, correction]) == [(PERSON, 1, 120), (OTHER_PERSON, 1, 50)]


@pytest.mark.parametrize("kind", ["A", "C"])
def test_wtl_4_1_correction_adds_a_relation(engine, kind):
    """The same person with another number is another income relation: added."""
    second = row(**LATER, Soort=kind, NumIV=2, AantVerlU=30)
    assert in_force(engine, [*BOTH, second]) == [(PERSON, 1, 100), (PERSON, 2, 30), (OTHER_PERSON, 1, 50)]


@pytest.mark.parametrize("kind", ["A", "C"])
def test_wtl_4_1_correction_withdraws_a_relation(engine, kind):
    """What is withdrawn (intrekking) is gone."""
    withdrawal = row(**LATER, Soort=kind, Actie="X", SofiNr=OTHER_PERSON)
    assert in_force(engine, [*BOTH, withdrawal]) == [(PERSON, 1, 100)]


def test_wtl_4_1_withdrawn_relation_can_come_back(engine):
    """After a withdrawal a later message can report the relation again."""
    withdrawal = row(**LATER, Soort="C", Actie="X")
    again = row(**LATEST, Soort="C", AantVerlU=60)
    assert in_force(engine, [*BOTH, again, withdrawal]) == [(PERSON, 1, 60), (OTHER_PERSON, 1, 50)]


def test_wtl_4_1_withdrawal_of_what_is_not_there_changes_nothing(engine):
    """Withdrawing a relation that was never reported."""
    withdrawal = row(**LATER, Soort="C", Actie="X", NumIV=9)
    assert in_force(engine, [*BOTH, withdrawal]) == [(PERSON, 1, 100), (OTHER_PERSON, 1, 50)]


def test_wtl_4_1_only_the_period_that_is_corrected(engine):
    """A correction is about its own period and payroll tax number."""
    february = row(**month(2), IdBer="M4", AantVerlU=110)
    elsewhere = row(IdBer="M5", LhNr=f"{EMPLOYER}L02", AantVerlU=5)
    correction = row(**month(2), **LATER, Soort="C", AantVerlU=111)
    found = in_force(engine, [BOTH[0], february, elsewhere, correction])
    assert found == [(PERSON, 1, 5), (PERSON, 1, 100), (PERSON, 1, 111)]


def test_wtl_4_1_correction_without_a_return_is_applied_to_an_empty_period(engine):
    """Without a full return a correction counts, and is a finding."""
    correction = row(Soort="C", AantVerlU=40)
    assert in_force(engine, [correction]) == [(PERSON, 1, 40)]
    assert settle(engine, Country([correction])).findings()["period_without_full_return"] == 1
    assert "period_without_full_return" not in settle(engine, Country(BOTH)).findings()


@pytest.mark.parametrize(
    ("one", "two", "hours"),
    [
        pytest.param(("M1", "2026-03-01T09:00:00"), ("M2", "2026-03-01T09:00:01"), 2, id="a_second_later_decides"),
        pytest.param(("M2", "2026-03-01T09:00:00"), ("M1", "2026-03-01T09:00:01"), 2, id="time_goes_before_number"),
        pytest.param(("M1", "2026-03-01T09:00:00"), ("M2", "2026-03-01T09:00:00"), 2, id="same_time_higher_number"),
        pytest.param(("M9", "2026-03-01T09:00:00"), ("M10", "2026-03-01T09:00:00"), 1, id="as_text_9_is_after_10"),
        pytest.param(("m1", "2026-03-01T09:00:00"), ("M2", "2026-03-01T09:00:00"), 1, id="small_letters_come_last"),
    ],
)
@pytest.mark.parametrize("kind", ["V", "C"])
def test_wtl_4_1_order_is_filing_time_then_number_of_the_message_as_text(engine, one, two, hours, kind):
    """In order of filing time, then `IdBer` as text; the last word counts, however they were received."""
    said = [row(IdBer=name, DatTdAanm=at, Soort=kind, AantVerlU=n) for n, (name, at) in enumerate((one, two), 1)]
    assert in_force(engine, said) == [(PERSON, 1, hours)]
    assert in_force(engine, said[::-1]) == [(PERSON, 1, hours)]


def test_wtl_4_1_within_one_message_full_before_supplement_before_correction(engine):
    """Within one message V goes before A before C, in whatever order the rows stand."""
    full = [row(AantVerlU=1), row(SofiNr=OTHER_PERSON, AantVerlU=10)]
    supplement = [row(Soort="A", AantVerlU=2), row(Soort="A", SofiNr=OTHER_PERSON, AantVerlU=20)]
    correction = [row(Soort="C", AantVerlU=3)]
    expected = [(PERSON, 1, 3), (OTHER_PERSON, 1, 20)]
    assert in_force(engine, [*correction, *supplement, *full]) == expected
    assert in_force(engine, [*full, *supplement, *correction]) == expected


def test_wtl_4_1_without_bsn_the_personnel_number_identifies(engine):
    """Identified by BSN, or else the personnel number, and the number of the relation."""
    anonymous = [row(SofiNr="", PersNr=number, AantVerlU=hours) for number, hours in (("P1", 10), ("P2", 20))]
    correction = row(**LATER, Soort="C", SofiNr="", PersNr="P2", AantVerlU=25)
    assert in_force(engine, [*anonymous, correction]) == [("P1", 1, 10), ("P2", 1, 25)]


def test_wtl_4_1_with_bsn_the_personnel_number_does_not_identify(engine):
    """A person with a BSN stays the same person under another personnel number."""
    correction = row(**LATER, Soort="C", PersNr="P2", AantVerlU=25)
    assert in_force(engine, [row(PersNr="P1", AantVerlU=10), correction]) == [(PERSON, 1, 25)]


@pytest.mark.parametrize("deliveries", [("1", "1"), ("1", "2")], ids=["in_one_delivery", "in_two_deliveries"])
def test_wtl_4_1_equal_rows_count_once(engine, deliveries):
    """Equal rows of one message count once, whatever files they came in."""
    twice = [row(AantVerlU=100) | {"Delivery": number} for number in deliveries]
    assert in_force(engine, twice) == [(PERSON, 1, 100)]


@pytest.mark.parametrize("deliveries", [("1", "1"), ("1", "2")], ids=["in_one_delivery", "in_two_deliveries"])
@pytest.mark.parametrize(
    "difference", [{"AantVerlU": "101"}, {"Actie": "X"}, {"Gebdat": ""}], ids=["hours", "withdrawn", "birth_date"]
)
def test_wtl_4_1_a_message_that_contradicts_itself_stops_the_settlement(engine, difference, deliveries):
    """Rows of one message with the same period, kind and identity that differ: places named, nobody else."""
    said = [row(AantVerlU=100), row(AantVerlU=100) | difference]
    with pytest.raises(ArchiveLacks, match="row 1.*row 2") as stopped:
        in_force(engine, [one | {"Delivery": number} for one, number in zip(said, deliveries, strict=True)])
    assert PERSON not in str(stopped.value)
    assert EMPLOYER not in str(stopped.value)


def test_wtl_4_1_the_same_person_in_two_periods_of_one_message_is_ordinary(engine):
    """One message can hold a full return and a correction of an earlier period."""
    said = [row(**month(2), AantVerlU=110), row(**month(1), Soort="C", AantVerlU=100)]
    assert in_force(engine, said) == [(PERSON, 1, 100), (PERSON, 1, 110)]
