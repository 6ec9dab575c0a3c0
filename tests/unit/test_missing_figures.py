"""Figures that are missing: all named at once, with what to write in a scenario."""

import tomllib
from datetime import date

import pytest

from quotum.errors import MissingFigure, ParameterMissing, WrongUse
from quotum.parameters import Figures, figures_from_record, load_book, read_scenario
from quotum.parameters.kinds import Kind, any_text, as_text, in_a_scenario
from quotum.run.regimes.levy_terms import read_levy_terms
from quotum.run.terms import read_terms
from tests.spec.tables import figures_with

BOOK = load_book()
ON = date(2029, 1, 1)
ACTIVATED = {
    "wet_banenafspraak.in_force_from": "2027-01-01",
    "wet_banenafspraak.activated_in": "2027",
    "wet_banenafspraak.surcharge_basis": "high_rate",
    "wet_banenafspraak.sectors": "conditional",
}
LACKING = (
    "wet_banenafspraak.surcharge_rate",
    "wet_banenafspraak.required_government_share",
    "wfsv.average_premium_wage",
    "wfsv.aof_high_rate",
)


def _missing(read, figures):
    with pytest.raises(ParameterMissing) as refused, figures.naming_all_missing():
        read(figures)
    assert refused.value.exit_code == 12
    return refused.value


def test_every_missing_figure_is_named_once_with_unit_provision_and_line():
    result = _missing(lambda figures: read_terms(figures, 2029), figures_with(**ACTIVATED))
    assert sorted(item.name for item in result.missing) == sorted(LACKING)
    text = str(result)
    assert "4 figures have no value:" in text
    for name in LACKING:
        parameter = BOOK.parameter(name)
        assert f"{name} has no value on 2029-01-01 ({parameter.unit}; {parameter.provision})" in text
        assert text.count(f'\n  "{name}" = "..."') == 1


def test_the_lines_that_are_given_make_a_scenario_with_which_the_year_can_be_read(tmp_path):
    result = _missing(lambda figures: read_terms(figures, 2029), figures_with(**ACTIVATED))
    lines = [parameter.setting.replace("...", "2.50") for parameter in result.missing]
    path = tmp_path / "given.toml"
    given = [f'"{name}" = {value if name.endswith(("in", "from")) else f"{chr(34)}{value}{chr(34)}"}'
             for name, value in ACTIVATED.items()]  # fmt: skip
    path.write_text("\n".join(['title = "Given"', "[set]", *given, *lines]), "utf-8")
    terms = read_terms(Figures(BOOK, None, read_scenario(path, BOOK)), 2029)
    assert terms.due
    assert terms.small_limit_cents == 25 * 2_50


def test_one_that_is_missing_reads_as_one():
    text = str(ParameterMissing([MissingFigure("wtl.bonus_rate", ON)]))
    assert text.startswith(
        "wtl.bonus_rate has no value on 2029-01-01.\nGive it in a scenario (--scenario) under [set]:"
    )
    assert "or add it, with its source, to the parameter file; `quotum parameters --on 2029-01-01` lists" in text


def test_what_was_known_later_is_said_of_each():
    figures = Figures(BOOK, date(2024, 1, 1))

    def read(figures):
        figures.cents("wet_banenafspraak.saving_per_job", ON)
        figures.cents("wet_banenafspraak.saving_per_job_high", ON)

    text = str(_missing(read, figures))
    assert (
        "saving_per_job has no value on 2029-01-01 that was known by then: its value counts as known from 2024-07-16"
        in text
    )
    assert "its value counts as known from 2025-06-01" in text


def test_nothing_missing_is_nothing():
    figures = Figures(BOOK)
    with figures.naming_all_missing():
        assert figures.cents("wtl.jobs_agreement_rate", ON) == 101
    assert [figure.name for figure in figures.used] == ["wtl.jobs_agreement_rate"]


def test_an_inner_reading_leaves_the_naming_to_the_outer_one():
    def read(figures):
        with figures.naming_all_missing():
            figures.cents("wfsv.average_premium_wage", ON)
        figures.hundredths("wfsv.aof_high_rate", ON)

    assert [parameter.name for parameter in _missing(read, Figures(BOOK)).missing] == [
        "wfsv.average_premium_wage",
        "wfsv.aof_high_rate",
    ]


def test_afterwards_and_after_another_error_the_first_one_stops_again():
    figures = Figures(BOOK)
    with pytest.raises(WrongUse), figures.naming_all_missing():
        figures.cents("wfsv.average_premium_wage", ON)
        raise WrongUse
    with pytest.raises(ParameterMissing) as refused:
        figures.cents("wfsv.average_premium_wage", ON)
    assert len(refused.value.missing) == 1


def test_what_stands_in_is_not_recorded_as_read():
    figures = Figures(BOOK)
    _missing(lambda book: book.cents("wfsv.average_premium_wage", ON), figures)
    assert figures.used == ()


def test_the_record_of_a_run_names_what_it_lacks_too():
    result = _missing(lambda figures: read_terms(figures, 2026), figures_from_record([]))
    assert {"wtl.jobs_agreement_rate", "wtl.jobs_agreement_cap", "wtl.jobs_agreement_ground"} <= {
        parameter.name for parameter in result.missing
    }


def test_quota_levy_names_all_too():
    figures = Figures(BOOK)
    result = _missing(lambda book: read_levy_terms(book, 2026, {"overheid", "niet-overheid"}), figures)
    assert [parameter.name for parameter in result.missing] == [
        "wfsv.quota_percentage_government",
        "wfsv.quota_percentage_market",
    ]


@pytest.mark.parametrize("kind", list(Kind))
def test_what_stands_in_is_of_its_kind(kind):
    choices = ("one", "other") if kind is Kind.CHOICE else ()
    text = any_text(kind, choices)
    raw = int(text) if kind in (Kind.MONTHS, Kind.YEAR) else date.fromisoformat(text) if kind is Kind.DATE else text
    assert as_text(kind, raw, choices) == text


@pytest.mark.parametrize(
    ("kind", "written", "filled"),
    [
        (Kind.EURO, '"..."', '"1.00"'), (Kind.YEAR, "...", "2027"), (Kind.MONTHS, "...", "6"),
        (Kind.DATE, "YYYY-MM-DD", "2027-01-01"), (Kind.PERCENT_OR_RULE, '"..."', '"balance"'),
    ],
)  # fmt: skip
def test_the_line_has_the_form_of_the_kind(kind, written, filled):
    assert in_a_scenario(kind) == written
    assert as_text(kind, tomllib.loads(f"value = {filled}")["value"]) == filled.strip('"')


@pytest.mark.parametrize(
    ("choices", "written"),
    [
        (("central",), '"central"'),
        (("central", "regional"), '"central"  # or "regional"'),
        (("central", "regional", "both"), '"central"  # or "regional", "both"'),
    ],
)
def test_the_line_of_a_choice_can_be_used_and_names_what_else_can_be_chosen(choices, written):
    assert in_a_scenario(Kind.CHOICE, choices) == written
    assert as_text(Kind.CHOICE, tomllib.loads(f"value = {written}")["value"], choices) == "central"
