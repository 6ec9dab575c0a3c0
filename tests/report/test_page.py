"""The page of a comparison: the five answers, charts with text, tables with the figures, nothing from elsewhere."""

import re

import pyarrow.compute as pc
import pytest
from attrs import evolve

from quotum.comparison import tables
from quotum.comparison.record import BEHAVIOUR, BEHAVIOUR_DUTCH
from quotum.parameters import load_book, read_scenario
from quotum.parameters.scenarios_in_dutch import SCENARIOS
from quotum.report.comparison_page import page_of
from quotum.report.page import render
from quotum.report.reader import Reader
from tests.helpers import discreet
from tests.report.conftest import AWKWARD
from tests.report.html import Parts

ENGLISH, DUTCH = Reader("en"), Reader("nl")
_ANSWERS = 5
_BUDGET = "activated-budget"
TITLES = {"nl": SCENARIOS[_BUDGET].title, "en": read_scenario(_BUDGET, load_book()).title}
"""Key of the title of the scenario that comes with quotum."""


@pytest.fixture(scope="module", params=[ENGLISH, DUTCH], ids=["en", "nl"])
def reader(request):
    return request.param


@pytest.fixture(scope="module")
def page(comparison, reader):
    return render(page_of(comparison, reader), reader)


@pytest.fixture(scope="module")
def parts(page):
    return Parts(page)


def answers(comparison, reader=ENGLISH):
    """What each of the five questions is answered, per scenario or scenarios."""
    section = next(item for item in page_of(comparison, reader).sections if item.name == "answers")
    assert len(section.questions) == _ANSWERS
    return [{answer.who: answer.text for answer in question.answers} for question in section.questions]


def headline(comparison, place):
    return comparison.comparison.to_pylist()[place]


def test_every_question_is_answered_for_every_scenario(comparison, reader):
    for answer in answers(comparison, reader):
        text = "; ".join(answer)
        assert AWKWARD in text
        assert TITLES[reader.language] in text


def test_what_rate_balances(comparison):
    rate = answers(comparison)[0]
    own, budget = headline(comparison, 1), headline(comparison, 2)
    assert rate[AWKWARD].startswith(f"{ENGLISH.percent(own['rate_hundredths'])} of the premium wage balances")
    assert f"{ENGLISH.percent(budget['rate_below_hundredths'])} would not do" in rate[TITLES["en"]]
    assert ENGLISH.short_euro(budget["surcharge_cents"]) in rate[TITLES["en"]]


def test_who_pays(comparison):
    own = headline(comparison, 1)
    pays = answers(comparison)[1][AWKWARD]
    assert pays.startswith(
        f"{own['payers']} of {ENGLISH.count(own['employers'])} employers pay "
        f"{ENGLISH.short_euro(own['surcharge_cents'])}"
    )
    assert f"{ENGLISH.count(own['small_employers'])} small employers are exempt" in pays
    groups = [row for row in comparison.groups.to_pylist() if row["place"] == 1 and row["grouping"] == "sector"]
    most = max(groups, key=lambda row: row["surcharge_cents"])
    share = round(100 * most["surcharge_cents"] / own["surcharge_cents"])
    assert f"{share}% of it comes from employers of the sector {ENGLISH.group(most['group'])}" in pays


def test_who_gains_most(comparison):
    own = headline(comparison, 1)
    gains = answers(comparison)[2][AWKWARD]
    assert gains.startswith(
        f"{own['winners']} employers gain, {own['losers']} lose and {ENGLISH.count(own['unchanged'])} notice nothing"
    )
    seen = [
        row for row in comparison.groups.to_pylist() if row["place"] == 1 and row["grouping"] in ("sector", "employees")
    ]
    most = max(seen, key=lambda row: row["mean_gain_cents"])
    assert most["group"] == "under 10 + 10-49"
    assert "employers with fewer than 50 employees gain most" in gains
    assert f"{ENGLISH.short_euro(most['mean_gain_cents'])} on average over all of them" in gains


def test_what_one_percent_more_jobs_changes(comparison):
    own = headline(comparison, 1)
    (message,) = [text for who, text in answers(comparison)[3].items() if AWKWARD in who]
    assert f"is {ENGLISH.jobs(own['one_percent_jobs_hundredths'])} jobs" in message
    missing, change = own["missing_jobs_hundredths"], own["one_percent_missing_jobs_hundredths"]
    assert f"go down by {ENGLISH.jobs(-change)}, to {ENGLISH.jobs(missing + change)}" in message
    assert f"go up by {ENGLISH.short_euro(own['one_percent_paid_cents'])}" in message


def test_which_figure_matters_most(comparison):
    text = answers(comparison)[4][AWKWARD]
    ranked = [row for row in comparison.ranges.to_pylist() if row["place"] == 1 and row["outcome"] == "balance_cents"]
    most = max(ranked, key=lambda row: row["width"])
    assert text.startswith(f"{most['parameter'].partition('.')[2].replace('_', ' ')} ({most['parameter']}) moves")
    assert f"from {ENGLISH.short_euro(most['outcome_low'])} at {most['low_value']}" in text


def test_the_law_alone_has_its_answers(comparison, reader):
    alone = {
        declared.name: comparison.table(declared).filter(pc.field("scenario") == "law")
        for declared in tables.SIMULATION_TABLES
        if "scenario" in declared.names
    }
    law = evolve(comparison, scenarios=("law",), **alone | {"sweep": comparison.sweep.slice(0, 0)})
    all_answers = answers(law, reader)
    assert all(list(answer) == [reader.scenario("law")] for answer in all_answers)
    assert reader.say("answer.rate_none") in all_answers[0].values()
    assert b"SIMULAT" in render(page_of(law, reader), reader)


def test_charts_have_a_name_and_the_same_in_words(parts, page):
    assert len(parts.charts) > 10
    for chart in parts.charts:
        assert chart["role"] == "img"
        assert chart["title"].strip()
        assert len(chart["desc"]) > 20
        assert {f"{chart['aria-labelledby'].split()[0]}", chart["aria-labelledby"].split()[1]} <= set(parts.identifiers)
    assert page.count(b"<figure") == len(parts.charts)


def test_identifiers_are_used_once_and_links_lead_somewhere(parts):
    assert len(set(parts.identifiers)) == len(parts.identifiers)
    inside = {address[1:] for address in parts.addresses if address.startswith("#")}
    assert inside <= set(parts.identifiers)


def test_nothing_is_asked_of_the_network(parts, page):
    assert [address for address in parts.addresses if not address.startswith("#")] == ["data:,"]
    assert b"url(http" not in page
    assert b"@import" not in page
    assert b"default-src 'none'" in page


def test_what_is_data_is_escaped(parts, page):
    assert AWKWARD.encode() not in page
    assert parts.tags.count("script") == 1
    assert AWKWARD in parts.words


def test_it_is_marked_and_says_that_behaviour_is_not_simulated(parts, reader):
    mark, note = ("SIMULATIE", BEHAVIOUR_DUTCH) if reader.language == "nl" else ("SIMULATION", BEHAVIOUR)
    assert note in parts.words
    for name, rows in parts.tables.items():
        assert rows[0] == [mark], name


def test_tables_hold_the_figures_of_the_comparison(parts, comparison, reader):
    rows = parts.tables["money-table"][2:]
    assert [row[0] for row in rows] == [reader.scenario("law"), AWKWARD, TITLES[reader.language]]
    for row, figures in zip(rows, comparison.comparison.to_pylist(), strict=True):
        assert {reader.euro(figures[f"{name}_cents"]) for name in ("surcharge", "lkv", "bonus", "balance")} <= set(row)


def test_there_are_charts_of_all_that_was_promised(parts):
    names = {chart["aria-labelledby"].split()[0].removesuffix("-title") for chart in parts.charts}
    wanted = {
        "amounts",
        "winners-1",
        "distribution-1",
        "shares-1",
        "losses-chart",
        "curves",
        "tornado-1-balance",
        "cliffs-1",
        "past-chart",
    }
    assert wanted <= names
    assert {"past-table", "parameters-table", "differences-table", "assumptions-table", "ranges-table"} <= set(
        parts.tables
    )


@pytest.mark.parametrize("reader", [ENGLISH, DUTCH], ids=["en", "nl"])
def test_the_lines_of_surcharge_and_bonus_have_a_key(reader, comparison):
    drawn = {
        item.name: item
        for section in page_of(comparison, reader).sections
        for item in section.shown
        if hasattr(item, "svg")
    }
    words = re.findall(r">([^<>]+)</text>", str(drawn["shares-1"].svg))
    assert {reader.say("column.surcharge_cents"), reader.say("column.bonus_cents")} <= set(words)


def test_dutch_separators_in_charts(comparison):
    drawn = [item for section in page_of(comparison, DUTCH).sections for item in section.shown if hasattr(item, "svg")]
    ticks = re.findall(r">(\d+[.,]\d+)<", next(item for item in drawn if item.name == "curves").svg)
    assert ticks
    assert all(re.fullmatch(r"\d+,\d+|\d{1,3}\.\d{3}", tick) for tick in ticks)
    assert any("," in tick for tick in ticks)


def test_the_same_comparison_gives_the_same_bytes(comparison, page, reader):
    assert render(page_of(comparison, reader), reader) == page


def test_nobody_is_named(parts):
    discreet(re.sub("[0-9a-f]{64}", "", parts.words))


def test_two_parameters_are_drawn_as_squares(comparison, reader):
    rows = []
    for row in comparison.sweep.to_pylist():
        for second, more in (("1.00", 0), ("2.00", 1_000_00)):
            changed = {"parameter_2": "wet_banenafspraak.required_share", "value_2": second, "point": len(rows) + 1}
            rows.append(row | changed | {"balance_cents": row["balance_cents"] + more})
    swept = type(comparison.sweep).from_pylist(rows, schema=tables.SWEEP.written_schema)
    pair = ("wtl.bonus_rate", "wet_banenafspraak.required_share")
    new_page = page_of(evolve(comparison, sweep=swept, sweep_parameters=pair), reader)
    section = next(item for item in new_page.sections if item.name == "sweep")
    assert any(getattr(item, "name", "").startswith("squares-") for item in section.shown)
