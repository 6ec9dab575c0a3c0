"""Text in the SEPA character set: nothing that banks refuse, and no name lost that could be kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotum.output.payments.characters import ALLOWED, LONGEST_NAME, sepa_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bakkerij Jansen B.V.", "Bakkerij Jansen B.V."),
        ("Café Noël & Zonen", "Cafe Noel + Zonen"),
        ("Cafe\u0301", "Cafe"),
        ("Ünal Øst Æro Straße Łódź Ĳmuiden", "Unal Ost AEro Strasse Lodz IJmuiden"),
        ("'t Hof d’Or “De Zon”", "'t Hof d'Or 'De Zon'"),
        ("Zon–Wind_Water", "Zon-Wind-Water"),
        ("A;B[C]{D}\\E|F", "A,B(C)(D)/E/F"),
        ("  veel \t wit\nen\u00a0meer ", "veel wit en meer"),
        ("A\u0000B\u200bC", "A BC"),
        ("A\u00b4B", "A'B"),
        ("Bakkerij Пекарня Noord", "Bakkerij . Noord"),
        ("A#$%B", "A.B"),
        ("A...B", "A...B"),
        ("50%", "50."),
        ("①② ﬁliaal", "12 filiaal"),
        ("€uro 100", "EURuro 100"),
    ],
)
def test_characters_become_the_near_ones(text, expected):
    assert sepa_text(text, LONGEST_NAME) == expected


@pytest.mark.parametrize("text", ["", "   ", "Пекарня", "株式会社", "&&&", "---", "." * 200, "#" * 70 + "A"[:0]])
def test_what_has_no_letter_or_digit_is_empty(text):
    assert sepa_text(text, LONGEST_NAME) == ""


def test_a_long_name_is_cut_and_has_no_blank_at_its_end():
    assert sepa_text("N" * 200, LONGEST_NAME) == "N" * 70
    assert sepa_text("N" * 70, LONGEST_NAME) == "N" * 70
    assert sepa_text("N" * 69 + " Zonen", LONGEST_NAME) == "N" * 69
    assert sepa_text("ß" * 200, LONGEST_NAME) == "s" * 70
    assert sepa_text("-" * 200 + "Naam", LONGEST_NAME) == ""


@given(st.text(max_size=250))
def test_any_text_becomes_one_that_banks_take(text):
    result = sepa_text(text, LONGEST_NAME)
    assert ALLOWED.issuperset(result)
    assert len(result) <= LONGEST_NAME
    assert result == result.strip()
    assert "  " not in result
    assert sepa_text(result, LONGEST_NAME) == result


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=70))
def test_letters_and_digits_stay_as_they_are(text):
    assert sepa_text(text, LONGEST_NAME) == text
