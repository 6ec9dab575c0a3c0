"""The LKV and bonus that hang on findings: at most so much would be granted besides."""

import pytest

from quotum.run.stages.grants import WITHOUT_BIRTH_DATE
from quotum.run.stages.rights import WITHOUT_DECLARATION
from tests.spec.lkv import ASKED, Claims, benefits, worked
from tests.spec.tables import EMPLOYER, OTHER_EMPLOYER, OTHER_PERSON, PERSON, declaration, registered

START = "2023-03-15"
ALL = {"IndAvrLkvOudrWn": "J", "IndAvrLkvAgWn": "J", "IndAvrLkvDgBaf": "J", "IndAvrLkvHpAgWn": "N"}
DISABLED = ASKED["disabled"] | {"DatAanv": START}


def on_declarations(engine, rows, year=2025, register=(), declarations=()):
    return benefits(engine, Claims(rows, register, declarations=declarations), year).hanging[WITHOUT_DECLARATION]


@pytest.mark.parametrize(
    ("hours", "cents"),
    [
        pytest.param(1_980, 1_999_80, id="below_the_maximum_1980_hours_x_1_01"),
        pytest.param(1_981, 2_000_00, id="the_maximum_of_2000"),
        pytest.param(0, 0, id="no_hours"),
        pytest.param(-5, 0, id="hours_below_zero_take_nothing_off"),
    ],
)
def test_wtl_2_13_a_request_without_declaration(engine, hours, cents):
    """Until 2025 the jobs agreement asks for a declaration: 1.01 an hour, at most 2,000."""
    assert on_declarations(engine, [worked(hours=hours, DatAanv=START)]) == cents


def test_wtl_2_13_the_maximum_is_of_a_person_with_an_employer(engine):
    """2 x 1,000 hours of a person are 2,000.00; 1,000 of another and 1,000 elsewhere 1,010.00 each."""
    rows = [
        worked(1, hours=1_000, DatAanv=START),
        worked(2, hours=1_000, DatAanv=START),
        worked(3, hours=1_000, DatAanv=START, SofiNr=OTHER_PERSON),
        worked(4, hours=1_000, DatAanv=START, LhNr=f"{OTHER_EMPLOYER}L01"),
    ]
    assert on_declarations(engine, rows) == 2_000_00 + 2 * 1_010_00


def test_wtl_4_1_lid_3_of_several_requests_of_a_person_the_highest_hangs(engine):
    """Older (until 2024 3.05), disabled 3.05 and jobs agreement 1.01 asked over 100 hours: 305.00, once."""
    assert on_declarations(engine, [worked(DatAanv=START, **ALL)]) == 305_00


def test_wtl_4_1_lid_3_what_is_granted_already_does_not_hang(engine):
    """2026, registered: 101.00 is granted; disabled would be 305.00, so 204.00 hangs on its declaration."""
    rows = [worked(1, 2026, DatAanv=START, **ASKED["disabled"] | {"IndAvrLkvDgBaf": "J"})]
    assert on_declarations(engine, rows, 2026, [registered()]) == 305_00 - 101_00
    assert on_declarations(engine, rows, 2026) == 305_00


def test_wtl_2_10_nothing_hangs_on_a_request_with_a_declaration(engine):
    """Whether or not it gives a right: a declaration that covers no start is as none."""
    rows = [worked(**DISABLED)]
    assert on_declarations(engine, rows, declarations=[declaration("disabled")]) == 0
    assert on_declarations(engine, rows, declarations=[declaration("disabled", until="2023-03-14")]) == 305_00


def test_wtl_2_10_nothing_hangs_on_wsw_work(engine):
    """No declaration gives it an LKV until 2025; nor does one for another category in any year."""
    assert on_declarations(engine, [worked(DatAanv=START, CdAard="21")]) == 0
    assert on_declarations(engine, [worked(DatAanv=START, CdAard="23")]) == 101_00


def test_wtl_2_10_nothing_hangs_where_no_declaration_is_asked(engine):
    """From 2026 the registration decides: without one there is no right, and no declaration to be had."""
    assert on_declarations(engine, [worked(1, 2026, DatAanv=START)], 2026) == 0


def test_wtl_2_10_only_rows_that_ask_count(engine):
    """100 hours asked for and 50 not, 30 of them without insurance: 101.00."""
    rows = [
        worked(1, DatAanv=START),
        worked(2, hours=20, DatAanv=START, IndAvrLkvDgBaf="N"),
        worked(3, hours=30, DatAanv=START, IndWAO="N", IndWW="N", IndZW="N"),
    ]
    assert on_declarations(engine, rows) == 101_00


def test_wtl_2_10_lid_2_a_without_birth_date(engine):
    """2026, registered: 1,500 hours with a birth date give 1,515.00; 400 without would give 404.00, 600 up to 2,000."""

    def on_birth_date(hours, **changed):
        rows = [worked(1, 2026, 1_500), worked(2, 2026, hours, **{"Gebdat": ""} | changed)]
        result = benefits(engine, Claims(rows, [registered()]), 2026)
        assert result.lines[EMPLOYER, PERSON]["lkv_cents"] == (1_515_00 if not changed else 1_919_00)
        return result.hanging[WITHOUT_BIRTH_DATE]

    assert on_birth_date(400) == 404_00
    assert on_birth_date(600) == 2_000_00 - 1_515_00
    assert on_birth_date(400, Gebdat="1990-01-01") == 0


def test_wtl_2_6_without_birth_date_within_a_right_by_declaration(engine):
    """Of who is not registered: 100 hours x 3.05; asked twice for the same person and row, once."""
    rows = [worked(**DISABLED | {"Gebdat": "", "IndAvrLkvDgBaf": "J"})]
    declarations = [declaration("disabled"), declaration()]
    result = benefits(engine, Claims(rows, [registered(until="2023-12-31")], declarations=declarations))
    assert result.findings == {WITHOUT_BIRTH_DATE: 1}
    assert result.hanging == {WITHOUT_BIRTH_DATE: 305_00, WITHOUT_DECLARATION: 0}
