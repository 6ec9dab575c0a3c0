"""IBANs: the same verdict as the library gives, which takes twenty times as long over the Dutch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban

from quotum.intake.checks.accounts import passes_check_digits
from tests.helpers import ended, quotum, receive_command, write_csv, write_parquet
from tests.rows import cells

RIGHT, WRONG = "NL91ABNA0417164300", "NL91ABNA0417164301"


@given(st.integers(0, 99), st.integers(0, 10**10 - 1), st.sampled_from(["ABNA", "INGB", "abna"]))
def test_a_dutch_iban_is_judged_as_by_the_library(check, account, bank):
    text = f"NL{check:02d}{bank}{account:010d}"
    assert passes_check_digits(text) == iban.is_valid(text, check_country=False)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (RIGHT, True), (WRONG, False), ("nl91 abna 0417 1643 00", True), ("DE89370400440532013000", True),
        ("DE89370400440532013001", False), ("NL91ABNA041716430", False), ("417164300", False), ("é", False),
    ],
)  # fmt: skip
def test_an_iban_passes_its_check_digits(text, right):
    assert passes_check_digits(text) is right


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_one_that_does_not_is_a_finding_and_the_employer_keeps_its_row(form, tmp_path):
    """Empty is no account; the value is never shown."""
    rows = [cells("employers", iban=item) for item in (RIGHT, WRONG, "")]
    write = write_csv if form == "csv" else write_parquet
    output = ended(receive_command(tmp_path / "archive", write(tmp_path / f"e.{form}", "employers", rows)), 0)
    assert "3 rows received = 3 accepted + 0 rejected" in output
    assert "finding  iban_check_digits: 1" in output
    printed_text = ended(quotum("archive", "findings", "--archive", tmp_path / "archive"), 0)
    assert "row 2: finding iban_check_digits" in printed_text
    assert WRONG not in output + printed_text
