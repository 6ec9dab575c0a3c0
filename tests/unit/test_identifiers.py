"""An employer is named by RSIN or payroll tax number, as files and letters write them."""

import pytest

from quotum.identifiers import employer_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("123456782", ("123456782", None), id="rsin"),
        pytest.param("1234.56.782", ("123456782", None), id="rsin_as_letters_write_it"),
        pytest.param("123456782L01", ("123456782", "123456782L01"), id="payroll_tax_number"),
        pytest.param("1234.56.782l01", ("123456782", "123456782L01"), id="small_letter_and_dots"),
        pytest.param("1234.56782", None, id="one_dot_of_two"),
        pytest.param("12345678", None, id="eight_digits"),
        pytest.param("1234567820", None, id="ten_digits"),
        pytest.param("123456782L1", None, id="a_digit_short"),
        pytest.param("123456782B01", None, id="vat_number"),
        pytest.param(" 123456782", None, id="a_blank"),
        pytest.param("١٢٣٤٥٦٧٨٢", None, id="other_digits"),
    ],
)
def test_rsin_or_payroll_tax_number(text, expected):
    assert employer_number(text) == expected
