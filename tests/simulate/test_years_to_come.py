"""`simulate --as-if`: the law and the figures of later years over the rows of a year."""

import csv
import json
from datetime import date

import numpy as np
import openpyxl
import pytest

from quotum.comparison.files import read
from quotum.comparison.tables import LAW, SIMULATION_TABLES
from quotum.errors import ParameterMissing, WrongUse
from quotum.report.comparison_page import page_of
from quotum.report.pictures import as_picture, charts_of
from quotum.report.reader import Reader
from quotum.run.settle import prepare
from quotum.run_folder.request import Request
from quotum.simulate.basis import AS_IF
from quotum.simulate.compare import compare
from quotum.simulate.plan import plan
from quotum.simulate.session import session
from tests.helpers import discreet, ended, files_under, quotum
from tests.simulate.conftest import AS_OF, YEAR, request_of

ACTIVATED = """title = "Activated in 2027"
[set]
"wet_banenafspraak.in_force_from" = 2027-01-01
"wet_banenafspraak.activated_in" = 2027
"wet_banenafspraak.surcharge_rate" = "0.35"
"""
GROWTH = '[growth]\n"wfsv.average_premium_wage" = "2.50"\n"wtl.bonus_rate" = "10"\n'
YEARS = (2027, 2028, 2029, 2030)


@pytest.fixture(scope="module")
def activated(tmp_path_factory):
    """A scenario activated in 2027 in which two amounts grow."""
    path = tmp_path_factory.mktemp("activated") / "activated.toml"
    path.write_text(ACTIVATED + GROWTH, "utf-8")
    return path


@pytest.fixture(scope="module")
def path_of_years(archive, activated):
    return compare(request_of(archive, activated, as_if=YEARS))


def headline(comparison, scenario):
    return {row["year"]: row for row in comparison.comparison.to_pylist() if row["scenario"] == scenario}


def simulate(archive, out, *more, **environment):
    return quotum(
        "simulate", "--archive", archive, "--year", YEAR, "--as-of", AS_OF, "--out", out, "--threads", 1, *more,
        **environment,
    )  # fmt: skip


def test_the_first_surcharge_is_due_over_the_second_year_after_activation(path_of_years):
    """Wet banenafspraak art. 6 lid 1: activated in 2027, first due over 2029."""
    rows = headline(path_of_years, "activated")
    assert {year: row["surcharge_due"] for year, row in rows.items()} == {
        2027: False,
        2028: False,
        2029: True,
        2030: True,
    }
    assert {year for year, row in rows.items() if row["surcharge_cents"] > 0} == {2029, 2030}
    assert {year for year, row in rows.items() if row["bonus_cents"] > 0} == {2029, 2030}
    assert all(row["lkv_cents"] > 0 for row in rows.values())
    assert not any(row["surcharge_cents"] or row["bonus_cents"] for row in headline(path_of_years, LAW).values())


def test_a_row_a_year_per_scenario_the_law_first(path_of_years):
    rows = path_of_years.comparison.to_pylist()
    names = [(row["scenario"], row["year"]) for row in rows]
    assert names == [(name, year) for name in (LAW, "activated") for year in YEARS]
    assert [row["place"] for row in rows] == list(range(8))
    assert path_of_years.scenarios == (LAW, "activated")
    assert path_of_years.law_years == YEARS


def test_the_rows_stay_as_they_are(path_of_years, archive):
    """Hours, employers and the job count are of the rows: of no year of the law, whose December can be longer."""
    (today,) = compare(request_of(archive)).comparison.to_pylist()
    for row in path_of_years.comparison.to_pylist():
        for name in ("paid_hours", "target_group_hours", "employers", "realised_jobs_hundredths"):
            assert row[name] == today[name]


def test_a_year_of_a_path_is_that_year_alone(path_of_years, archive, activated):
    alone = compare(request_of(archive, activated, as_if=(2029,)))
    of_path = path_of_years.of_year(2029)
    # Groups are put together for all years of a path, shares are shown beside them, and cliffs are of its last year.
    for declared in (table for table in SIMULATION_TABLES if table.name not in ("groups", "shares", "cliffs")):
        assert of_path.table(declared).to_pylist() == alone.table(declared).to_pylist()
    assert alone.cliffs.num_rows > 0
    assert path_of_years.of_year(2030).cliffs.num_rows > 0
    assert alone.digest != path_of_years.digest


def test_the_same_amounts_as_when_the_figures_are_set_by_hand(archive, activated, tmp_path):
    """The law of 2029 over rows of 2026: due, limit 25 x 43,300 x 1.025^3, bonus 3.76 x 1.1^3, pension age 807."""
    by_hand = tmp_path / "by_hand.toml"
    by_hand.write_text(
        'title = "By hand"\n[set]\n"wet_banenafspraak.in_force_from" = 2024-01-01\n'
        '"wet_banenafspraak.activated_in" = 2024\n"wet_banenafspraak.surcharge_rate" = "0.35"\n'
        '"wfsv.average_premium_wage" = "46629.36"\n"wtl.bonus_rate" = "5.00"\n"aow.pension_age_months" = 807\n',
        "utf-8",
    )
    with session(plan(request_of(archive, activated, as_if=(2029,)))) as working:
        later = working.outcome(working.plan.alternatives[1])
    with session(plan(request_of(archive, by_hand))) as working:
        now = working.outcome(working.plan.alternatives[1])
    # 3.76 x 1.331 = 5.00456. What differs is what the change of text of 2026 keeps: in 2029 nothing runs on.
    assert later.terms.small_limit_cents == now.terms.small_limit_cents == 25 * 46_629_36
    assert np.array_equal(later.small, now.small)
    assert np.array_equal(later.surcharge, now.surcharge)
    assert later.surcharge.sum() > 0
    assert later.terms.bonus_rate_cents == 500
    assert later.jobs == now.jobs


def test_of_the_year_of_the_rows_it_is_the_simulation_without(archive, activated, tmp_path):
    more = ("--scenario", activated, "--scenario", "activated-budget", "--sweep", "wtl.bonus_rate=3.00:3.10:0.10")
    ended(simulate(archive, tmp_path / "without", *more), 0)
    ended(simulate(archive, tmp_path / "same", *more, "--as-if", YEAR), 0)
    without, equal = (files_under(tmp_path / name) for name in ("without", "same"))
    for files in (without, equal):
        files.pop("environment.json")  # it holds the command line, and is in no manifest
    assert without == equal


def test_every_figure_that_is_assumed_is_listed_with_value_source_and_origin(path_of_years):
    rows = [row for row in path_of_years.later_figures.to_pylist() if row["scenario"] == "activated"]
    average = {row["year"]: row for row in rows if row["parameter"] == "wfsv.average_premium_wage"}
    assert {year: row["value"] for year, row in average.items()} == {
        2027: "44382.50",  # 43300 x 1.025
        2028: "45492.06",  # x 1.025^2 = 45492.0625
        2029: "46629.36",  # x 1.025^3 = 46629.3640625
        2030: "47795.10",  # x 1.025^4 = 47795.098...
    }
    assert {(row["how"], row["from_year"], row["from_value"], row["growth"]) for row in average.values()} == {
        ("grows", 2026, "43300", "2.50")
    }
    maximum = [row for row in rows if row["parameter"] == "wfsv.maximum_premium_wage"]
    assert {(row["value"], row["how"], row["growth"], row["from_source"]) for row in maximum} == {
        ("79409", "runs_on", None, "Stcrt. 2025, 42324")
    }
    # The bonus is read, and so assumed, only over the years in which it is due.
    assert {row["year"] for row in rows if row["parameter"] == "wtl.bonus_rate"} == {2029, 2030}
    assumed = {
        (row["place"], row["name"], row["value"].split()[0])
        for row in path_of_years.assumptions.to_pylist()
        if row["kind"] == "assumed figure"
    }
    assert {
        (row["place"], row["parameter"], row["value"]) for row in path_of_years.later_figures.to_pylist()
    } <= assumed


def test_what_the_figures_mean_is_a_reading_of_later_years_only(path_of_years, archive):
    assert any(row["name"] == AS_IF.name for row in path_of_years.assumptions.to_pylist())
    assert not any(row["name"] == AS_IF.name for row in compare(request_of(archive)).assumptions.to_pylist())
    assert compare(request_of(archive)).later_figures.num_rows == 0


def test_a_rate_is_never_invented(archive, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(ACTIVATED.replace('"wet_banenafspraak.surcharge_rate" = "0.35"\n', ""), "utf-8")
    plan(request_of(archive, own, as_if=(2027, 2028)))
    with pytest.raises(ParameterMissing) as caught:
        plan(request_of(archive, own, as_if=YEARS))
    assert [(parameter.name, parameter.on, parameter.scenarios) for parameter in caught.value.missing] == [
        ("wet_banenafspraak.surcharge_rate", date(2029, 1, 1), ("own",))
    ]


def test_a_quota_percentage_is_never_invented(archive):
    with pytest.raises(ParameterMissing, match=r"wfsv\.quota_percentage_government has no value on 2027-01-01"):
        plan(request_of(archive, "quota-levy", as_if=(2027,)))


@pytest.mark.parametrize(
    ("years", "expected"),
    [((YEAR - 1,), "before 2026, the year of the rows"), (tuple(range(2026, 2037)), "at most 10, a column each")],
)
def test_years_that_cannot_be(archive, years, expected):
    with pytest.raises(WrongUse, match=expected):
        plan(request_of(archive, as_if=years))


def test_ten_years_can_be(archive):
    assert len(plan(request_of(archive, as_if=tuple(range(2026, 2036)))).alternatives) == 10


@pytest.mark.parametrize("text", ["2029..2027", "29", "2029-2031", "2029..", "1999", "2100"])
def test_spans_that_are_no_years(archive, tmp_path, text):
    assert "Usage" in ended(simulate(archive, tmp_path / "out", "--as-if", text), 2)


def test_a_growth_without_a_later_year_is_a_remark(archive, activated):
    remarks = plan(request_of(archive, activated)).alternatives[1].remarks
    assert "[growth] changes nothing: amounts grow to a later year, which --as-if names" in remarks
    assert not any(
        "growth" in remark for remark in plan(request_of(archive, activated, as_if=(2027,))).alternatives[1].remarks
    )


def test_a_growth_changes_nothing_in_a_settlement_and_is_a_remark(archive, activated, tmp_path):
    request = Request(archive, YEAR, AS_OF, tmp_path / "run", (str(activated),))
    (remark,) = [remark for remark in prepare(request).remarks if "[growth]" in remark]
    assert remark.startswith("[growth] changes nothing in a settlement")
    assert prepare(request).terms.small_limit_cents == 25 * 43_300_00


def test_a_growth_of_the_basis_holds_for_the_law_too(archive, activated, tmp_path):
    basis = tmp_path / "basis.toml"
    basis.write_text(f'title = "Basis"\n{GROWTH}', "utf-8")
    planned = plan(request_of(archive, "activated-budget", as_if=(2029,), basis=(str(basis),)))
    assert [alternative.figured.terms.small_limit_cents for alternative in planned.alternatives] == [25 * 46_629_36] * 2


def test_groups_are_the_same_in_every_year(path_of_years):
    """Were a few employers in another group a year later, the difference would be theirs alone."""
    by_year = {
        year: [
            (row["scenario"], row["grouping"], row["group"], row["employers"])
            for row in path_of_years.groups.to_pylist()
            if row["year"] == year
        ]
        for year in YEARS
    }
    assert by_year[2027]
    assert all(groups == by_year[2027] for groups in by_year.values())


def test_a_path_of_years_is_verified_and_repeated_from_its_record(archive, activated, tmp_path):
    out = tmp_path / "out"
    ended(simulate(archive, out, "--scenario", activated, "--as-if", "2028..2029"), 0)
    assert '"as_if": [\n   2028,\n   2029\n' in next(out.rglob("simulation.json")).read_text("utf-8")
    ended(quotum("verify", out, "--archive", archive), 0)
    ended(quotum("replay", out, "--archive", archive), 0)


@pytest.fixture(scope="module")
def written_comparison(archive, activated, tmp_path_factory):
    out = tmp_path_factory.mktemp("made") / "out"
    printed = ended(simulate(archive, out, "--scenario", activated, "--as-if", "2027..2030"), 0)
    return out, printed


def test_files_have_a_column_year(written_comparison):
    out, _ = written_comparison
    with next(out.rglob("comparison.csv")).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["scenario"], row["year"]) for row in rows] == [
        (name, str(year)) for name in (LAW, "activated") for year in YEARS
    ]
    about = json.loads(next(out.rglob("about.json")).read_text("utf-8"))
    assert (about["year"], about["as_if"]) == (YEAR, list(YEARS))
    folder = next(out.rglob("about.json")).parents[1]
    assert read(folder).law_years == YEARS


def test_the_workbook_has_a_column_a_year_per_scenario(written_comparison):
    out, _ = written_comparison
    sheet = openpyxl.load_workbook(next(out.rglob("comparison.xlsx")))["years"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[3][1:] == ["law as it is"] * 4 + ["Activated in 2027"] * 4
    assert rows[4][1:] == [*YEARS, *YEARS]
    by_name = {row[0]: row[1:] for row in rows[5:]}
    assert by_name["Surcharge"][:6] == [0] * 6
    assert all(amount > 0 for amount in by_name["Surcharge"][6:])
    assert rows[0][0] == "SIMULATION"


@pytest.mark.parametrize(("language", "heading"), [("en", "Years to come"), ("nl", "Komende jaren")])
def test_the_page_has_a_column_a_year_per_scenario(path_of_years, language, heading):
    page = page_of(path_of_years, Reader(language))
    (section,) = [item for item in page.sections if item.name == "years"]
    assert section.title == heading
    law, activated, later = section.shown
    for shown in (law, activated):
        assert [item.text for item in shown.headings[1:]] == ["2027", "2028", "2029", "2030"]
    assert later.name == "later-figures-table"
    assert "2027" in " ".join(page.facts)
    assert "2027–2030" in page.title
    assert [answer.text for answer in page.sections[0].questions[1].answers] != []


def test_the_page_of_one_year_has_no_such_section(archive):
    page = page_of(compare(request_of(archive)), Reader("en"))
    assert not [section for section in page.sections if section.name == "years"]


def test_the_printed_path(written_comparison):
    _, printed = written_comparison
    words = " ".join(printed.split())
    assert "The rows of 2026 as they are, under the law and the figures of 2027, 2028, 2029, 2030" in words
    lines = printed.splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("SIMULATION, amounts")]
    words = [f"{lines[number]} {lines[number + 1]}".split() for number in heads]
    assert [word.count(name) for word, name in zip(words, (LAW, "activated"), strict=True)] == [4, 4]
    assert all({str(year) for year in YEARS} <= set(word) for word in words)
    assert (
        "wfsv.average_premium_wage (gemiddeld premieplichtig loon per werknemer), euro per employee per year: "
        in printed
    )
    assert (
        "43300 of 2026, 2.50 percent a year, rounded half up to whole cents (Stcrt. 2025, 42324) [activated]" in printed
    )
    discreet(printed)


def test_nothing_breaks_within_a_word_at_80_columns_and_the_amounts_come_last(
    archive, activated, tmp_path, monkeypatch
):
    wide = ended(simulate(archive, tmp_path / "wide", "--scenario", activated, "--as-if", "2027..2030"), 0)
    monkeypatch.setenv("COLUMNS", "80")
    narrow = ended(simulate(archive, tmp_path / "narrow", "--scenario", activated, "--as-if", "2027..2030"), 0)
    lines = [line for line in narrow.splitlines() if str(tmp_path) not in line]
    assert max(len(line) for line in lines) <= 80
    assert {word for line in lines for word in line.split()} <= {*wide.split(), "of"}
    assert lines.index("Assumed figures these results rest on:") < next(
        number for number, line in enumerate(lines) if line.startswith("SIMULATION, amounts")
    )
    assert "Readings these results rest on:" not in narrow
    assert "--assumptions prints them" in " ".join(narrow.split())


def test_the_printed_path_in_dutch(archive, activated, tmp_path):
    more = ("--scenario", activated, "--as-if", 2027, "--as-if", 2029, "--language", "nl")
    printed = ended(simulate(archive, tmp_path / "out", *more), 0)
    assert "De regels van 2026 zoals die zijn, onder de wet en de cijfers van 2027, 2029" in printed
    assert "wtl.bonus_rate: groeit met 10 procent per jaar" in printed
    assert "43300 van 2026 loopt door" in printed
    assert "43300 van 2026, 2,50 procent per jaar, rekenkundig afgerond op hele centen" in printed


def test_readings_are_printed_when_asked(archive, tmp_path):
    printed = ended(simulate(archive, tmp_path / "out", "--scenario", "activated-budget", "--assumptions"), 0)
    assert "Readings these results rest on:" in printed
    assert "Notes of the scenarios:" in printed


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Law and figures of 2030, over the rows of 2026 as they are · Returns as filed by 1 May 2027"),
        (
            "nl",
            "Wet en cijfers van 2030, over de regels van 2026 zoals die zijn · Aangiften zoals ingediend tot en met "
            "1 mei 2027",
        ),
    ],
)
def test_a_saved_chart_names_the_year_that_it_shows_and_the_day_of_the_returns(language, words, path_of_years):
    page = page_of(path_of_years, Reader(language))
    for chart in charts_of(page):
        heading = as_picture(chart, page, Reader(language)).partition('class="heading"')[2].partition("</g>")[0]
        assert f">{words}</text>" in heading.replace("\N{NO-BREAK SPACE}", " ")
        assert "2027, 2028" not in heading
