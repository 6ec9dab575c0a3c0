"""Each condition of the benefits on its own, with its question and why nothing is given (Wtl 2.1-2.17, 4.1, 6.2)."""

import importlib
import pkgutil
import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotum.law import readings, wtl
from quotum.law.conditions import DUTCH, ENGLISH, Condition, Question, Reason, Text
from quotum.law.wtl import bonus, cumulation, other_lkv
from quotum.law.wtl.bonus import bonus_due, lkv_from_2026
from quotum.law.wtl.counted_hours import kept_from_before_2026, right_holds
from quotum.law.wtl.employments import WITHOUT_END, Employment, ReportedRelation, employments_of
from quotum.law.wtl.lkv_until_2025 import (
    Duration,
    MonthBefore,
    Papers,
    has_declaration,
    qualifying_start,
    unmet_at_start,
    within_right,
)
from quotum.law.wtl.terms import not_abolished
from quotum.law.wtl.transition import Registration, unmet_in_transition
from quotum.law.wtl.windows import (
    BenefitRequest,
    PersonPapers,
    covered,
    hangs_on_employments,
    needing_declaration,
    readings_of,
    right_from,
    windows_of,
)
from quotum.run.lkv_terms import read_lkv_terms
from tests.spec.tables import figures_with, frame, values

LIMIT = date(1959, 3, 1)
ROW = {
    "bsn": 1, "asked_jobs_agreement": True, "asked_older": True, "income_kind": 15, "insured_wao": False,
    "insured_ww": True, "insured_zw": False, "birth_date": LIMIT + timedelta(1), "youngest_pensioner": LIMIT,
    "in_target_group": 1, "out_until_2025": 0,
}  # fmt: skip
EVERY = {
    "not_asked": {"asked_jobs_agreement": False, "asked_older": False},
    "not_insured": {"insured_ww": False},
    "no_birth_date": {"birth_date": None},
    "pension_age": {"birth_date": LIMIT},
}
NOT_IN_GROUP, KIND_OUT = {"in_target_group": 0}, {"out_until_2025": 1}


def _unmet(engine, rule, changes):
    """Codes of the reasons of each changed row, and whether the rule holds as the settlement combines it."""
    rows = [ROW, *(ROW | change for change in changes)]
    columns = {name: [row[name] for row in rows] for name in ROW}
    expressions = dict(rule.columns())
    result = values(engine, frame(engine, **columns), **expressions, holds=rule.holds())
    table = [dict(zip([*expressions, "holds"], item, strict=True)) for item in zip(*result, strict=True)]
    codes = [[reason.code for reason in rule.unmet(item)] for item in table]
    assert [row["holds"] for row in table] == [not code for code in codes]
    return codes


def test_wtl_2_10_lkv_from_2026_each_condition_has_its_reason(engine):
    """In the target group, asked for, insured, of age, in the order in which they are told."""
    ways = {"no_bsn": {"bsn": None}, "not_in_target_group": NOT_IN_GROUP} | EVERY
    assert _unmet(engine, lkv_from_2026(), ways.values()) == [[], *([code] for code in ways)]
    several = [EVERY["pension_age"] | EVERY["not_asked"] | NOT_IN_GROUP]
    assert _unmet(engine, lkv_from_2026(), several)[1] == ["not_in_target_group", "not_asked", "pension_age"]


@pytest.mark.parametrize("asked", ["asked_jobs_agreement", "asked_older"])
def test_wtl_2_10_within_a_right_each_condition_has_its_reason(engine, asked):
    """Until 2025 and for the other benefits the kind of work of then is asked, and no target group."""
    ways = {"no_bsn": {"bsn": None}, "kind_of_work_out": KIND_OUT} | EVERY
    assert _unmet(engine, within_right(asked), ways.values()) == [[], *([code] for code in ways)]
    assert _unmet(engine, within_right(asked), [NOT_IN_GROUP])[1] == []


def test_wtl_6_2_what_is_kept_counts_where_the_new_text_does_not_hold(engine):
    """A row in the target group counts by the new text, not by what is kept of the old one."""
    result = _unmet(engine, kept_from_before_2026(), [NOT_IN_GROUP, NOT_IN_GROUP | KIND_OUT])
    assert result == [["new_text_holds"], [], ["kind_of_work_out"]]


def test_wtl_2_12_a_right_holds_from_the_period_in_which_it_begins_to_the_last_that_begins_within_it(engine):
    """Of March: begun by the 31st, and not over on the 1st."""
    first, last = date(2026, 3, 1), date(2026, 3, 31)
    days = [(last, WITHOUT_END), (last + timedelta(1), WITHOUT_END), (date(2023, 3, 2), date(2026, 3, 2)),
            (date(2023, 3, 1), first)]  # fmt: skip
    columns = {
        "from_day": [item for item, _ in days], "ends_before": [item for _, item in days],
        "period_start": [first] * len(days), "period_end": [last] * len(days),
    }  # fmt: skip
    rule = right_holds()
    begun, not_over, holds = values(engine, frame(engine, **columns), **rule.columns(), holds=rule.holds())
    rows = [{"right_begun": item, "right_not_over": other} for item, other in zip(begun, not_over, strict=True)]
    assert [[reason.code for reason in rule.unmet(row)] for row in rows] == [[], ["not_begun"], [], ["years_over"]]
    assert holds == [True, False, True, False]


def test_wtl_4_1_lid_3_granted_is_the_place_in_the_law_that_was_chosen(engine):
    """Any other gives way: another category is higher."""
    places = frame(engine, place_in_law=[0, 1, 2], granted_place=[1, 1, 1])
    assert values(engine, places, granted=cumulation.is_granted()) == [False, True, False]
    assert cumulation.is_granted.unmet.code == "other_category_higher"


START = date(2025, 3, 20)
BEFORE = Employment(date(2024, 1, 1), date(2025, 1, 10))
DURATION = Duration(3, 6, ((date.min, MonthBefore.CALENDAR_MONTH), (date(2025, 1, 1), MonthBefore.UP_TO_DAY_BEFORE)))
ALWAYS = ((date(2000, 1, 1), WITHOUT_END),)
FEBRUARY = ((date(2025, 2, 1), date(2025, 2, 10)),)


def _codes(unmet):
    return [condition.unmet.code for condition in unmet]


@pytest.mark.parametrize(
    ("papers", "worked", "codes"),
    [
        pytest.param(Papers(ALWAYS, ALWAYS), False, [], id="gives_a_right"),
        pytest.param(Papers(ALWAYS), False, ["not_declared_at_start"], id="not_declared"),
        pytest.param(Papers(FEBRUARY, ALWAYS), False, ["not_registered_at_start"], id="registered_too_early"),
        pytest.param(Papers((), ()), False, ["not_declared_at_start"], id="without_a_declaration_no_more_is_asked"),
        pytest.param(Papers((), (), ALWAYS), False, [], id="scholingsbelemmerde_needs_no_registration"),
        pytest.param(Papers(FEBRUARY, ALWAYS, ALWAYS), False, [], id="scholingsbelemmerde_declared_twice"),
        pytest.param(Papers(ALWAYS, ALWAYS), True, ["worked_before"], id="worked_before"),
        pytest.param(Papers(), True, ["not_declared_at_start", "worked_before"], id="nothing_at_all"),
    ],
)
def test_wtl_2_10_lid_1_until_2025_why_a_start_gives_no_right(papers, worked, codes):
    """Every condition that the start of 20 March 2025 does not meet."""
    known = ((BEFORE,) if worked else ()) + (Employment(START, WITHOUT_END),)
    assert _codes(unmet_at_start(known, papers, DURATION, START)) == codes
    assert (qualifying_start(known, papers, DURATION) == START) is (codes == [])


DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))
INTERVALS = st.lists(st.tuples(DAYS, DAYS).map(lambda two: (min(two), max(two))), max_size=3).map(tuple)
SPELLS = st.lists(
    st.builds(lambda days, known: Employment(min(days), max(days), known), st.tuples(DAYS, DAYS), st.booleans()),
    max_size=4,
).map(lambda part: tuple(sorted(set(part))))


@given(SPELLS, st.builds(Papers, INTERVALS, INTERVALS, INTERVALS))
def test_wtl_2_10_lid_1_the_qualifying_start_is_the_first_that_lacks_nothing(known, papers):
    """What the settlement decides quickly and what an explanation says of every start are one."""
    starts = sorted({spell.first_day for spell in known if spell.start_known})
    first = next((day for day in starts if not unmet_at_start(known, papers, DURATION, day)), None)
    assert qualifying_start(known, papers, DURATION) == first


@given(SPELLS, INTERVALS)
def test_wtl_2_2_2_6_the_qualifying_start_of_another_category_is_the_first_that_lacks_nothing(known, declared):
    starts = sorted({spell.first_day for spell in known if spell.start_known})
    first = next((day for day in starts if not other_lkv.unmet_at_start(known, declared, 6, day)), None)
    assert other_lkv.qualifying_start(known, declared, 6) == first


def test_wtl_2_2_2_6_why_a_start_gives_no_right_to_another_category():
    known = (BEFORE, Employment(START, WITHOUT_END))
    assert _codes(other_lkv.unmet_at_start(known, (), 6, START)) == ["not_declared_at_start", "worked_before"]
    assert _codes(other_lkv.unmet_at_start(known, ALWAYS, 2, START)) == []


def test_wtl_2_14_why_a_declaration_gives_no_right_to_a_reassigned_worker():
    """Employed here on its first day: until 10 January, not on the 11th."""
    assert _codes(other_lkv.unmet_on_declaration((BEFORE,), date(2025, 1, 10))) == []
    assert _codes(other_lkv.unmet_on_declaration((BEFORE,), date(2025, 1, 11))) == ["not_employed_then"]


LAST_DAY = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("begun", "ends_before", "registration", "codes"),
    [
        pytest.param(LAST_DAY, date(2028, 12, 31), None, [], id="begun_on_the_last_day"),
        pytest.param(date(2026, 1, 1), date(2029, 1, 1), None, ["not_qualified"], id="begun_a_day_later"),
        pytest.param(date(2023, 1, 2), date(2026, 1, 2), None, [], id="a_day_is_left"),
        pytest.param(date(2023, 1, 1), date(2026, 1, 1), None, [], id="ran_on_the_last_day"),
        pytest.param(date(2022, 12, 31), LAST_DAY, None, ["years_over"], id="over_on_the_last_day"),
        pytest.param(LAST_DAY, date(2028, 12, 31), "other", ["follows_registration"], id="registered"),
        pytest.param(LAST_DAY, date(2028, 12, 31), "own_request", [], id="registration_ended_at_own_request"),
    ],
)
def test_wtl_6_2_why_nothing_is_kept_of_a_period(begun, ends_before, registration, codes):
    """It ran on 31-12-2025, and the person was not in the target group on 1-1-2026, or left it at own request."""
    held = [] if registration is None else [Registration(date(2026, 1, 1), date(2026, 6, 30), registration)]
    assert _codes(unmet_in_transition((begun, ends_before), held, LAST_DAY)) == codes


@pytest.mark.parametrize(("year", "kept"), [(2026, True), (2028, True), (2029, False)])
def test_wtl_6_2_nothing_is_kept_once_no_period_can_run(year, kept):
    """Begun on 20 March 2025, not registered in 2026; what began by 31-12-2025 is over by 31-12-2028."""
    ask = BenefitRequest(1, 1, frozenset({"jobs_agreement"}), False)
    known = (Employment(date(2015, 1, 1), date(2015, 12, 31)), Employment(START, WITHOUT_END))
    papers = PersonPapers((Registration(START, START),), {"jobs_agreement": ((START, START),)})
    result = list(windows_of(ask, known, papers, read_lkv_terms(figures_with(), year)))
    assert result == ([(1, 1, "jobs_agreement", START, date(2028, 3, 20))] if kept else [])


def test_wtl_6_2_nothing_is_kept_of_what_began_under_the_new_text():
    """Not declared at the start of 20 March 2025; declared and registered at that of 1 February 2026."""
    known = (Employment(START, date(2025, 4, 1)), Employment(date(2026, 2, 1), WITHOUT_END))
    papers = PersonPapers(
        (Registration(START, date(2026, 2, 1)),), {"jobs_agreement": ((date(2026, 1, 1), WITHOUT_END),)}
    )
    ask = BenefitRequest(1, 1, frozenset({"jobs_agreement"}), False)
    assert list(windows_of(ask, known, papers, read_lkv_terms(figures_with(), 2026))) == []


@pytest.mark.parametrize("year", [2025, 2026])
def test_wtl_2_1_no_right_without_a_request(year):
    """Every declaration, registered throughout, and a text that ends the right in the target group too."""
    categories = ("jobs_agreement", "jobs_agreement_training", "older", "disabled", "reassigned")
    papers = PersonPapers((Registration(*ALWAYS[0]),), dict.fromkeys(categories, ((START, WITHOUT_END),)))
    terms = read_lkv_terms(figures_with(**{"wtl.jobs_agreement_years": "3"}), year)
    known = (Employment(START, WITHOUT_END),)
    nothing, everything = (BenefitRequest(1, 1, frozenset(asked), bool(asked)) for asked in ((), categories))
    assert list(windows_of(nothing, known, papers, terms)) == []
    assert covered(nothing, known, papers, terms) == ()
    rights = {right for _, _, right, _, _ in windows_of(everything, known, papers, terms)}
    assert rights > {"disabled", "reassigned"}
    assert ("jobs_agreement_years" in rights) is (year == 2026)


def test_wtl_2_10_lid_1_a_declaration_covers_a_start_that_is_known():
    """An employment of which the start is not filed has none; that of a reassigned worker needs none."""
    terms, ask = read_lkv_terms(figures_with(), 2025), BenefitRequest(1, 1, frozenset({"older", "reassigned"}), False)
    papers = PersonPapers((), {"older": ((START, WITHOUT_END),), "reassigned": ((START, WITHOUT_END),)})
    for known, expected in ((True, ("older", "reassigned")), (False, ("reassigned",))):
        assert covered(ask, (Employment(START, WITHOUT_END, known),), papers, terms) == expected


@pytest.mark.parametrize(
    ("declared", "first", "expected"),
    [
        pytest.param("jobs_agreement", START, ("jobs_agreement",), id="one_of_two_starts"),
        pytest.param("jobs_agreement_training", START, ("jobs_agreement",), id="of_a_scholingsbelemmerde"),
        pytest.param("disabled", START, ("disabled",), id="of_its_own_category_alone"),
        pytest.param("jobs_agreement", START + timedelta(1), (), id="a_day_after_the_last_start"),
        pytest.param("disabled", START + timedelta(1), (), id="of_another_category_a_day_after"),
    ],
)
def test_wtl_2_10_lid_1_which_requests_a_declaration_covers(declared, first, expected):
    """Of two starts, the second on 20 March 2025, any will do."""
    ask, known = (
        BenefitRequest(1, 1, frozenset({"jobs_agreement", "disabled"}), False),
        (BEFORE, Employment(START, WITHOUT_END)),
    )
    papers = PersonPapers((), {declared: ((first, WITHOUT_END),)})
    assert covered(ask, known, papers, read_lkv_terms(figures_with(), 2025)) == expected


def test_wtl_2_13_lid_2_bonus_over_the_years_in_which_the_surcharge_is_due():
    assert bonus_due(surcharge_due=True)
    assert not bonus_due(surcharge_due=False)
    assert bonus_due.unmet.code == "not_due"


def test_wtl_2_2_an_abolished_benefit_has_no_figures():
    """Older workers: abolished as of 2026 for who was employed from 2024 on."""
    in_2025, in_2026 = (read_lkv_terms(figures_with(), year) for year in (2025, 2026))
    assert not_abolished(in_2025, "older")
    assert not_abolished(in_2026, "disabled")
    assert not_abolished.unmet.code == "abolished"
    assert [not_abolished(in_2026, "older"), not_abolished(in_2026, "older_before_2024")] == [
        in_2026.older is not None, in_2026.older_before_2024 is not None,
    ]  # fmt: skip


def test_wtl_6_2a_lid_1_which_amounts_an_older_worker_has():
    """Employed before 2024 the old ones; the other categories have no others."""
    terms = read_lkv_terms(figures_with(), 2025)
    assert right_from(other_lkv.OLDER, date(2023, 12, 31), terms) == "older_before_2024"
    assert right_from(other_lkv.OLDER, date(2024, 1, 1), terms) == "older"
    assert right_from(other_lkv.DISABLED, date(2023, 12, 31), terms) == "disabled"


def test_wtl_2_10_which_categories_ask_for_a_declaration():
    """The jobs agreement until 2025 only."""
    others = ("older", "disabled", "reassigned")
    assert needing_declaration(read_lkv_terms(figures_with(), 2025)) == ("jobs_agreement", *others)
    assert needing_declaration(read_lkv_terms(figures_with(), 2026)) == others
    assert has_declaration((), ALWAYS)
    assert not has_declaration((), ())


@pytest.mark.parametrize(
    ("year", "years", "declared", "hangs"),
    [
        pytest.param(2025, "3", False, False, id="until_2025_without_declarations"),
        pytest.param(2025, "3", True, True, id="until_2025_with_declarations"),
        pytest.param(2026, "0", False, False, id="from_2026_without_end"),
        pytest.param(2026, "3", False, True, id="from_2026_for_some_years"),
        pytest.param(2026, "0", True, True, id="from_2026_with_declarations"),
    ],
)
def test_wtl_2_12_whether_a_right_can_hang_on_an_employment(year, years, declared, hangs):
    terms = read_lkv_terms(figures_with(**{"wtl.jobs_agreement_years": years}), year)
    assert hangs_on_employments(terms, declared=declared) is hangs


@pytest.mark.parametrize(
    ("granted", "year", "transfers", "training", "expected"),
    [
        pytest.param((), 2025, True, False, (), id="no_right_no_reading"),
        pytest.param(("jobs_agreement",), 2025, False, False, (readings.EMPLOYMENT,), id="until_2025"),
        pytest.param(
            ("jobs_agreement",), 2025, True, True,
            (readings.EMPLOYMENT, readings.TRAINING, readings.RUNS_ON_AFTER_TRANSFER), id="training_and_transfer",
        ),
        pytest.param(
            ("jobs_agreement",), 2026, False, False,
            (readings.EMPLOYMENT, readings.TRANSITION_ON_FIRST_DAY), id="kept",
        ),
        pytest.param(
            ("jobs_agreement_ended",), 2026, False, False,
            (readings.EMPLOYMENT, readings.TRANSITION_ON_FIRST_DAY), id="ended_with_the_registration",
        ),
        pytest.param(
            ("jobs_agreement_years",), 2026, False, False,
            (readings.EMPLOYMENT, readings.YEARS_FROM_NEW_START), id="some_years",
        ),
        pytest.param(("older",), 2026, False, False, (readings.EMPLOYMENT, readings.OTHER_BENEFITS), id="older"),
        pytest.param(
            ("reassigned",), 2026, False, False,
            (readings.EMPLOYMENT, readings.OTHER_BENEFITS, readings.REASSIGNED_FROM_DECLARATION), id="reassigned",
        ),
    ],
)  # fmt: skip
def test_the_readings_that_rights_rest_on(granted, year, transfers, training, expected):
    terms = read_lkv_terms(figures_with(), year)
    assert readings_of(granted, terms, transfers=transfers, training=training) == expected


def test_hr_24_5_2024_who_goes_over_twice_keeps_what_came_before():
    """From 1 to 2 on 1 June, from 2 to 3 on 1 July: with 3 the employment began where it did with 1."""

    def relations(started):
        return [ReportedRelation(1, 1, started, None, date(2025, 1, 1), date(2025, 12, 31))]

    june, july = date(2025, 6, 1), date(2025, 7, 1)
    known = {1: relations(date(2020, 1, 1)), 2: relations(june), 3: relations(july)}
    transfers = {2: [(july, 2, 3)], 1: [(june, 1, 2), (june, 1, 9)]}
    assert Employment(date(2020, 1, 1), WITHOUT_END) in employments_of(known, transfers)[3]
    assert employments_of(known, {})[3] == (Employment(july, WITHOUT_END),)


MODULES = [importlib.import_module(f"{wtl.__name__}.{wording.name}") for wording in pkgutil.iter_modules(wtl.__path__)]
SAID = [
    (f"{module.__name__.rpartition('.')[2]}.{name}", wording)
    for module in MODULES
    for name, wording in vars(module).items()
    if isinstance(wording, Condition | Question | Reason | Text)
]


def _texts(wording):
    if isinstance(wording, Condition):
        return [wording.question, wording.unmet.text]
    return [wording if isinstance(wording, Text) else wording.text]


@pytest.mark.parametrize("wording", [wording for _, wording in SAID], ids=[name for name, _ in SAID])
def test_everything_is_said_in_both_languages(wording):
    """With the same names to be filled in; a question asks."""
    for text in _texts(wording):
        english, dutch = (sorted({name for _, name, _, _ in string.Formatter().parse(item) if name is not None})
                          for item in (text.english, text.dutch))  # fmt: skip
        assert english == dutch
        assert text.english.strip()
        assert text.dutch.strip()
    if isinstance(wording, Condition | Question):
        question = wording.question if isinstance(wording, Condition) else wording.text
        assert question.english.endswith("?")
        assert question.dutch.endswith("?")
        assert "art. " in wording.provision


def test_categories_have_their_articles_and_the_words_of_the_law():
    assert {category.name: category.provision for category in other_lkv.CATEGORIES} == {
        "older": "Wtl art. 2.2, 2.5",
        "disabled": "Wtl art. 2.6, 2.9",
        "reassigned": "Wtl art. 2.14, 2.16, 2.17",
    }
    assert cumulation.IN_WORDS_OF_LAW == {
        "older": "oudere werknemer",
        "disabled": "arbeidsgehandicapte werknemer",
        "jobs_agreement": "doelgroep banenafspraak",
        "reassigned": "herplaatsen arbeidsgehandicapte werknemer",
    }


def test_a_code_has_the_same_words_everywhere():
    reasons = {item.unmet for _, item in SAID if isinstance(item, Condition)} | {
        item for _, item in SAID if isinstance(item, Reason)
    }
    assert len({reason.code for reason in reasons}) == len(reasons) > 15


def test_wtl_2_13_the_arithmetic_of_an_amount_in_words():
    """Of 1,981 hours: cut off at 2,000.00."""
    product = {"hours": "1,981", "rate": "1.01", "product": "2,000.81"}
    for language, cut in ((ENGLISH, ", cut off at 2,000.00"), (DUTCH, ", afgetopt op 2,000.00")):
        assert bonus.PRODUCT.words(language, **product) == "1,981 × 1.01 = 2,000.81"
        assert bonus.CUT_OFF.words(language, cap="2,000.00") == cut
