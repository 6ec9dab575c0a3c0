"""No published group has fewer than ten employers, in no form of output, and none can be computed back."""

import csv
from collections import defaultdict

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs import report, simulate
from quotum.comparison import files
from quotum.comparison.small_groups import counts, few, in_a_pool, in_order, split_is_sound
from quotum.report import answers, run_tables
from quotum.report.comparison_files import writers
from quotum.report.reader import Reader
from quotum.simulate import groupings
from quotum.simulate.compare import compare
from tests.helpers import FIXTURES, settled, take_in
from tests.report.html import Parts
from tests.simulate.conftest import outcomes, request_of

pytestmark = pytest.mark.slow

BANDS = ("place", "limit", "side")
COUNTED = ("employers", "payers", "receivers")


@pytest.mark.parametrize(
    ("group", "english", "dutch"),
    [
        ("under 10", "with fewer than 10 employees", "met minder dan 10 werknemers"),
        ("under 10 + 10-49", "with fewer than 50 employees", "met minder dan 50 werknemers"),
        ("under 10 + 50-249", "with fewer than 250 employees", "met minder dan 250 werknemers"),
        ("10-49", "with 10 to 49 employees", "met 10 tot en met 49 werknemers"),
        ("10-49 + 50-249", "with 10 to 249 employees", "met 10 tot en met 249 werknemers"),
        ("50-249 + 250 and more", "with 50 or more employees", "met 50 of meer werknemers"),
        ("250 and more", "with 250 or more employees", "met 250 of meer werknemers"),
    ],
)
def test_classes_of_employees_put_together_read_as_one(group, english, dutch):
    named = [answers._group(Reader(language), {"grouping": "employees", "group": group}) for language in ("en", "nl")]
    assert named == [f"employers {english}", f"werkgevers {dutch}"]


@pytest.mark.parametrize("group", ["all employers", "under 10 + 10-49 + 250 and more"])
def test_all_classes_put_together_are_all_employers(group):
    assert answers._group(Reader("en"), {"grouping": "employees", "group": group}) == "all employers"


@pytest.mark.parametrize("command", [simulate.command, report.command])
def test_the_help_says_that_totals_are_no_group(command):
    text = " ".join((command.help or "").split())
    assert "a delivery of fewer than ten employers shows its own totals" in text


@pytest.mark.parametrize(("count", "expected"), [(0, False), (1, True), (9, True), (10, False)])
def test_few_is_one_to_nine(count, expected):
    assert few(count) == expected


@pytest.mark.parametrize(
    ("employers", "together"),
    [
        pytest.param([10, 10], [(0,), (1,)], id="ten_stand_alone"),
        pytest.param([9, 10], [(0, 1)], id="nine_go_with_the_next"),
        pytest.param([10, 9], [(0, 1)], id="nine_at_the_end_go_with_the_one_before"),
        pytest.param([4, 5, 1, 20], [(0, 1, 2), (3,)], id="as_few_as_will_do"),
        pytest.param([0, 0, 12, 0], [(0,), (1,), (2,), (3,)], id="nobody_tells_of_nobody"),
        pytest.param([30, 0, 4], [(0, 1, 2)], id="an_empty_one_between_goes_along"),
        pytest.param([3, 4], [], id="too_few_in_all_are_left_out"),
    ],
)
def test_in_order_neighbours_are_put_together(employers, together):
    assert in_order(np.array([[employer] for employer in employers])) == together


@pytest.mark.parametrize(
    ("employers", "together"),
    [
        pytest.param([10, 10, 10], [(0,), (1,), (2,)], id="ten_stand_alone"),
        pytest.param([9, 40, 20], [(0, 2), (1,)], id="a_single_small_one_takes_the_smallest_along"),
        pytest.param([5, 40, 5], [(0, 2), (1,)], id="two_small_ones_that_are_ten_do_without"),
        pytest.param([5, 40, 4], [(0, 1, 2)], id="two_that_are_nine_do_not"),
        pytest.param([4, 5], [], id="too_few_in_all_are_left_out"),
    ],
)
def test_in_a_pool_small_ones_are_put_together(employers, together):
    assert in_a_pool(np.array([[employer] for employer in employers])) == together


def test_a_group_of_which_few_pay_is_too_small():
    """Twelve employers of which nine pay: their surcharge would be that of nine."""
    assert in_order(np.array([[12, 9], [12, 12]])) == [(0, 1)]
    assert in_order(np.array([[12, 0], [12, 12]])) == [(0,), (1,)]


def test_where_only_the_whole_will_do_it_says_no_more_than_the_total():
    assert in_order(np.array([[12, 3], [12, 4]])) == in_a_pool(np.array([[12, 3], [12, 4]])) == [(0, 1)]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), min_size=1, max_size=9),
    st.sampled_from([in_order, in_a_pool]),
)
def test_every_part_is_in_one_group_and_no_group_is_small(parts, put_together):
    counted = np.array([(max(pair), min(pair)) for pair in parts])
    groups = put_together(counted)
    whole = counted.sum(axis=0)
    if not groups:
        assert whole[0] < 10
        return
    assert sorted(number for group in groups for number in group) == list(range(len(parts)))
    for group in groups if len(groups) > 1 else []:
        assert not any(0 < count < 10 for count in counted[list(group)].sum(axis=0)), "and so no total less the others"


def test_counts_by_plain_python():
    places, mark = np.array([0, 2, 2, 0, 1]), np.array([True, True, False, False, False])
    assert counts(places, 4, [mark]).tolist() == [[2, 1], [1, 0], [2, 1], [0, 0]]


@pytest.fixture(scope="module", params=["ninety", "two_thousand"])
def written_comparison(request, archive, targets, larger, tmp_path_factory):
    """A comparison of each country, written in every form."""
    place, own = (archive, targets) if request.param == "ninety" else (larger / "archive", larger / "scenario.toml")
    comparison = compare(request_of(place, own, "activated-budget", "bonus-5000-cap"))
    folder = tmp_path_factory.mktemp("compared") / "out"
    files.write(comparison, folder, (*files.WRITERS, *writers(Reader("en"))))
    return place, own, comparison, folder


def test_no_group_of_a_comparison_rests_on_fewer_than_ten(written_comparison):
    """Counted again from the amounts of the employers themselves."""
    place, own, comparison, _ = written_comparison
    _, compared_runs = outcomes(place, own, "activated-budget", "bonus-5000-cap")
    for row in comparison.groups.to_pylist():
        whole = [
            sum(1 for item in getattr(compared_runs[row["place"]], name).tolist() if item)
            for name in ("surcharge", "lkv")
        ]
        assert not few(row["employers"])
        for name, count in zip(("payers", "receivers"), whole, strict=True):
            assert not few(row[name]) or row[name] == count, "only the whole country, which the headline shows"
        if few(row["winners"]) or few(row["losers"]):
            assert row["mean_gain_winners_cents"] is row["mean_gain_losers_cents"] is None


def test_the_groups_are_the_same_for_every_scenario(written_comparison):
    groups = defaultdict(list)
    for row in written_comparison[2].groups.to_pylist():
        groups[row["place"]].append((row["grouping"], row["group_place"], row["group"], row["employers"]))
    assert len(groups) == 4
    assert len({tuple(group) for group in groups.values()}) == 1


def test_a_wider_band_less_a_narrower_one_is_no_few(written_comparison):
    bands = defaultdict(list)
    for row in written_comparison[2].cliffs.to_pylist():
        assert row["left_out"] == (row["employers"] is None)
        if not row["left_out"]:
            bands[tuple(row[name] for name in BANDS)].append(row)
    for rows in bands.values():
        before = dict.fromkeys(("employers", "payers"), 0)
        for row in sorted(rows, key=lambda row: row["band_percent"]):
            for name, count in before.items():
                assert not few(row[name])
                assert not few(row[name] - count)
            before = {name: row[name] for name in before}


@pytest.mark.parametrize("name", ["groups", "cliffs", "distribution", "shares"])
def test_no_form_of_output_shows_a_group_of_fewer_than_ten(name, written_comparison):
    """Parquet, workbook and page alike; CSV has the headline and the sweep alone, which have no groups."""
    _, _, comparison, folder = written_comparison
    rows = pq.read_table(folder / "tables" / f"{name}.parquet").to_pylist()
    assert [row["employers"] for row in rows] == getattr(comparison, name)["employers"].to_pylist()
    assert not any(few(row["employers"] or 0) for row in rows)
    sheet = openpyxl.load_workbook(folder / "comparison.xlsx")[name]
    place = [cell.value for cell in sheet[5]].index("Employers")
    in_sheet = [row[place].value for row in sheet.iter_rows(min_row=6)]
    assert in_sheet == [row["employers"] for row in rows]
    assert [path.name for path in sorted(folder.glob("*.csv"))] == ["comparison.csv", "sweep.csv"]
    with (folder / "comparison.csv").open(encoding="utf-8") as stream:
        assert len(list(csv.reader(stream))) == 1 + len(comparison.scenarios)


def test_no_table_of_the_page_shows_a_group_of_fewer_than_ten(written_comparison):
    parts = Parts((written_comparison[3] / "index.html").read_bytes())
    seen = 0
    for name, (_, heading, *rows) in parts.tables.items():
        if name.startswith(("groups-", "distribution-", "shares-", "cliffs-", "regions-")):
            place = heading.index("Employers")
            numbers = [int(row[place].replace(",", "")) for row in rows if row[place] != "–"]
            assert not any(map(few, numbers)), name
            seen += len(numbers)
    assert seen


def test_losses_stay_apart_from_gains_where_each_side_has_enough(larger):
    rows = compare(request_of(larger / "archive", larger / "scenario.toml")).distribution.to_pylist()
    for row in (line for line in rows if line["place"] == 1):
        low, high = row["from_cents"], row["to_cents"]
        assert (high is not None and high <= 0) or (low, high) == (0, 1) or (low is not None and low >= 1)


def test_a_side_of_a_few_goes_with_its_neighbours():
    """Three losers, forty with nothing, and twelve winners."""
    edges = (-100, 0, 1, 100)
    places = np.searchsorted(edges, np.array([-150, -50, -50] + [0] * 40 + [50] * 12), side="right")
    result = list(groupings.bins_of(places, edges))
    assert result == [((0, 1, 2), None, 1), ((3,), 1, 100), ((4,), 100, None)]


def test_shares_are_left_out_where_the_others_are_a_few():
    """The totals of the country less the bins would be the nine that are exempt."""
    bins, marks = np.array([0] * 12), [np.ones(12, np.bool_)]
    for count, shown in ((9, False), (10, True), (0, True)):
        assert bool(groupings.share_bins(bins, marks, [np.ones(count, np.bool_)])) == shown


@pytest.fixture(scope="module", params=["two_thousand", "ninety"])
def settlement(request, archive, targets, larger, tmp_path_factory):
    place, own = (archive, targets) if request.param == "ninety" else (larger / "archive", larger / "scenario.toml")
    out = tmp_path_factory.mktemp("run") / "run"
    settled(place, out, own)
    return run_tables.read(out / "data" / "settlement.parquet")


def test_no_group_of_a_run_has_fewer_than_ten(settlement):
    amounts = ("surcharge_cents", "lkv_cents", "bonus_cents", "payable_cents", "net_cents")
    limit = 25 * 43_300_00
    rows = run_tables.groups(settlement, amounts, limit)
    whole = {
        name: sum(1 for line in settlement[f"{name}_cents"].to_pylist() if line) for name in ("surcharge", "payable")
    }
    totals = {"payers": whole["surcharge"], "receivers": whole["payable"]}
    by_grouping = defaultdict(list)
    for row in rows:
        by_grouping[row["grouping"]].append(row)
        assert not few(row["employers"])
        assert all(not few(row[name]) or row[name] == total for name, total in totals.items())
    for grouped in by_grouping.values():
        assert sum(row["employers"] for row in grouped) == settlement.num_rows
        for name in amounts:
            assert sum(row[name] for row in grouped) == sum(settlement[name].to_pylist())
    for row in (*run_tables.bins(settlement, "net_cents"), *run_tables.shares(settlement)):
        assert not few(row["employers"])


@pytest.mark.parametrize(
    ("unknown_small", "unknown_not", "sound"),
    [(9, 20, False), (20, 9, False), (10, 10, True), (0, 9, True), (9, 0, True), (0, 0, True)],
)
def test_a_total_by_a_flag_gives_no_few_away(unknown_small, unknown_not, sound):
    """Twelve below the limit are small, twelve above are not: the rest of who is small are of unknown wage."""
    groups, flag = [], []
    for number, (yes, no) in enumerate([(12, 0), (0, 12), (unknown_small, unknown_not)]):
        groups += [number] * (yes + no)
        flag += [True] * yes + [False] * no
    masks = [np.array(groups) == number for number in range(3)]
    assert split_is_sound(masks, np.array(flag), []) == sound


@pytest.mark.parametrize(("unknown_small", "shown"), [(9, False), (10, True)])
def test_who_is_small_for_another_reason_is_not_the_difference_of_two_groupings(unknown_small, shown):
    """At the limit twelve are small, above it twelve are not; of unknown wage nine or ten are small and ten are not."""
    limit, unknown = 1_000_00, unknown_small + 10
    settlement = pa.table(
        {
            "sector": pa.array(["niet-overheid"] * (24 + unknown)),
            "premium_wage_t2_cents": pa.array([limit] * 12 + [3 * limit] * 12 + [None] * unknown, pa.int64()),
            "small_employer": pa.array([True] * 12 + [False] * 12 + [True] * unknown_small + [False] * 10),
            "surcharge_cents": pa.array([0] * (24 + unknown), pa.int64()),
        }
    )
    rows = run_tables.groups(settlement, ("surcharge_cents",), limit)
    assert [row["employers"] for row in rows if row["grouping"] == "wage_bill"] == [12, 12, unknown]
    assert any(row["grouping"] == "small" for row in rows) == shown


def test_a_country_of_eight_employers_shows_no_groups(tmp_path):
    folder = FIXTURES / "eight_employers_2026"
    take_in(tmp_path / "archive", [path for path in folder.glob("*.csv") if not path.name.startswith("expected")])
    comparison = compare(request_of(tmp_path / "archive", folder / "scenario.toml"))
    assert comparison.comparison["employers"].to_pylist() == [8, 8]
    assert [getattr(comparison, name).num_rows for name in ("groups", "distribution", "shares")] == [0, 0, 0]
    assert all(row["left_out"] or row["employers"] == 0 for row in comparison.cliffs.to_pylist())
    files.write(comparison, tmp_path / "out", writers(Reader("nl")))
    assert "Weggelaten: groepen van minder dan tien" in (tmp_path / "out" / "index.html").read_text("utf-8")
