"""The steps of an explanation, one rule at a time: small rows in, the answer and its reasons out."""

from datetime import date, datetime
from fractions import Fraction

import attrs
import pytest

from quotum.archive.known import FAR_DAY
from quotum.explain import (
    allocations,
    bonus,
    levy_hours,
    levy_walk,
    lkv_rows,
    other_lkv,
    quota_levy,
    small_employer,
    surcharge,
    target_group,
)
from quotum.explain import declared as declared_rights
from quotum.explain import rows as rows_read
from quotum.explain.cumulation import cumulation
from quotum.explain.employment import History
from quotum.explain.in_force import ReturnInForce, returns_in_force
from quotum.explain.naming import Naming
from quotum.explain.records import Interval, Listed, Message, Row, joined
from quotum.explain.results import LevyLine
from quotum.explain.rows import Facts
from quotum.explain.settled import parse_employer
from quotum.explain.step import WHY_NOT, Step, footing_of
from quotum.law.readings import BALANCE
from quotum.law.wtl.employments import Employment
from quotum.parameters import Figures, load_book
from quotum.periods import months
from quotum.run.lkv_terms import read_lkv_terms
from quotum.run.regimes.levy_terms import Percentage

JANUARY = months(2026)[0]
NUMBER, BSN = 123, 7
FIGURES = Figures(load_book())
FILED = datetime.fromisoformat("2026-02-20T10:00:00")
MESSAGE = Message(NUMBER, JANUARY, FILED, "M1", "V", filing_given=True)
ROW = Row(
    message=MESSAGE, bsn=BSN, personnel_number="", relation_number=1, withdrawn=False, started_on=date(2025, 1, 1),
    ended_on=None, birth_date=date(1990, 1, 1), income_kind=15, nature=1, insured=True,
    asked=frozenset({"jobs_agreement"}), wage_low_cents=0, wage_high_cents=1_000_00, paid_hours=100,
)  # fmt: skip


def name(_row):
    return "person 1"


def row(**changed):
    return attrs.evolve(ROW, **changed)


def facts(*, registered=True, traits=(), declarations=(), deductions=(), listed=None, wage_bills=()):
    return Facts(
        rsin=1, said=((MESSAGE, (ROW,)),), listed=listed, wage_bills=wage_bills,
        declarations_delivered=bool(declarations),
        deductions=deductions,
        registrations={BSN: (Interval("a", date(2020, 1, 1), FAR_DAY),)} if registered else {},
        traits={(NUMBER, BSN, 1): tuple(traits)}, declarations={BSN: tuple(declarations)},
    )  # fmt: skip


def judge(one, known=None):
    return target_group.judged(known or facts(), (ReturnInForce(NUMBER, JANUARY, True, (one,)),))[0]


def trait(what, first, last=FAR_DAY):
    return Interval(what, first, last)


# Rule 0


def message(kind, day, message_id="M1"):
    return attrs.evolve(MESSAGE, kind=kind, filed_at=datetime.fromisoformat(f"{day}T10:00:00"), message_id=message_id)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        pytest.param([("V", 1)], [1], id="a_full_return"),
        pytest.param([("V", 1), ("V", 2)], [2], id="replaced_whole"),
        pytest.param([("V", 1), ("C", 2)], [2], id="replaced_row_by_row"),
        pytest.param([("C", 2)], [2], id="correction_of_nothing"),
        pytest.param([("V", 1), ("A", None)], [], id="withdrawn"),
        pytest.param([("V", 1), ("A", None), ("C", 3)], [3], id="withdrawn_and_reported_again"),
    ],
)
def test_messages_apply_in_order(said, hours):
    messages = []
    for day, (kind, paid) in enumerate(said, 1):
        about = message(kind, f"2026-03-0{day}")
        messages.append((about, (row(message=about, paid_hours=paid or 0, withdrawn=paid is None),)))
    (found,), (step,) = returns_in_force(messages, date(2027, 5, 1))
    assert [one.paid_hours for one in found.rows] == hours
    assert step.result.startswith(f"income relations in force: {len(hours)}")


@pytest.mark.parametrize(("day", "counts"), [("2027-05-01", True), ("2027-05-02", False)])
def test_the_whole_as_of_day_counts(day, counts):
    about = message("V", day)
    found, (step,) = returns_in_force([(about, (row(message=about),))], date(2027, 5, 1))
    assert (len(found), step.footing) == ((1, "law") if counts else (0, "law"))


def test_a_filing_time_that_stands_in_is_a_reading():
    about = attrs.evolve(MESSAGE, filing_given=False)
    _, (step,) = returns_in_force([(about, (row(message=about),))], date(2027, 5, 1))
    assert step.footing == "reading"
    assert dict(step.inputs)["reading"].endswith("[Wtl art. 4.1 lid 2; Wfsv art. 38e lid 3]")


def filed(moment):
    """A full return filed at an instant, in UTC."""
    about = attrs.evolve(MESSAGE, filed_at=datetime.fromisoformat(moment))
    return about, (row(message=about),)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        pytest.param("2026-10-25T00:30:00", "filed 2026-10-25 02:30:00+02:00", id="first_of_two"),
        pytest.param("2026-10-25T01:30:00", "filed 2026-10-25 02:30:00+01:00", id="second_of_two"),
    ],
)
def test_a_time_that_comes_twice_has_its_offset_and_is_a_reading(moment, said):
    _, (step,) = returns_in_force([filed(moment)], date(2027, 5, 1))
    assert step.inputs[0][1].startswith(said)
    assert step.footing == "reading"


@pytest.mark.parametrize(
    ("moment", "said", "counts"),
    [
        pytest.param("2027-05-01T21:59:59", "filed 2027-05-01 23:59:59; income", 1, id="before_midnight_here"),
        pytest.param("2027-05-01T22:00:00", "filed 2027-05-02 00:00:00; filed after", 0, id="midnight_here"),
    ],
)
def test_the_day_of_filing_is_the_local_day(moment, said, counts):
    found, (step,) = returns_in_force([filed(moment)], date(2027, 5, 1))
    assert len(found) == counts
    assert step.inputs[0][1].startswith(said)
    assert step.footing == "law"


# Rule 1 and kinds of work

MIDDLE = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("one", "traits", "not_counted", "out_of_base"),
    [
        pytest.param(row(), [], (), (), id="ordinary"),
        pytest.param(row(nature=11), [], (), ("agency_worker",), id="agency"),
        pytest.param(row(nature=82), [], (), ("agency_worker",), id="payroll"),
        pytest.param(row(nature=21), [], ("wsw",), ("wsw",), id="wsw"),
        pytest.param(row(nature=22), [], (), ("wsw",), id="wsw_seconded"),
        pytest.param(row(nature=23), [], (), (), id="supported"),
        pytest.param(row(nature=24), [], ("sheltered",), ("sheltered",), id="sheltered"),
        pytest.param(row(), [trait("wsw", JANUARY.start)], ("wsw",), ("wsw",), id="trait_all_days"),
        pytest.param(row(), [trait("wsw", MIDDLE)], (), (), id="trait_begins_within"),
        pytest.param(row(), [trait("wsw", JANUARY.start, MIDDLE)], (), ("wsw",), id="trait_ends_within"),
        pytest.param(row(started_on=MIDDLE), [trait("wsw", MIDDLE)], ("wsw",), ("wsw",), id="from_the_first_day"),
        pytest.param(
            row(), [trait("wsw", JANUARY.start), trait("wsw_seconded", JANUARY.end)], (), ("wsw",), id="seconded_a_day"
        ),
        pytest.param(row(), [trait("wsw_seconded", JANUARY.start)], (), ("wsw",), id="seconded_alone"),
        pytest.param(row(), [trait("lent_out", JANUARY.start)], (), ("agency_worker",), id="lent_out"),
        pytest.param(
            row(), [trait("sheltered", JANUARY.start, MIDDLE), trait("sheltered", date(2026, 1, 16))], ("sheltered",),
            ("sheltered",), id="two_intervals_that_touch",
        ),
    ],
)  # fmt: skip
def test_kinds_of_work(one, traits, not_counted, out_of_base):
    found = judge(one, facts(traits=traits))
    assert (found.not_counted, found.out_of_base) == (not_counted, out_of_base)


def test_not_registered_and_no_bsn():
    assert judge(row(), facts(registered=False)).not_counted == ("not_registered",)
    assert judge(row(bsn=None)).not_counted == ("no_bsn",)


# Rule 5


@pytest.mark.parametrize(
    ("one", "reasons"),
    [
        pytest.param(row(), (), id="all_conditions"),
        pytest.param(row(asked=frozenset({"older"})), ("not_asked",), id="not_asked"),
        pytest.param(row(income_kind=17), ("not_insured",), id="no_employment"),
        pytest.param(row(insured=False), ("not_insured",), id="not_insured"),
        pytest.param(row(birth_date=None), ("no_birth_date",), id="no_birth_date"),
        # 67 years in 2025 and 2026: reached on 1 January 2026, and on the day after.
        pytest.param(row(birth_date=date(1959, 1, 1)), ("pension_age",), id="reached_on_the_first_day"),
        pytest.param(row(birth_date=date(1959, 1, 2)), (), id="reached_within_the_period"),
        pytest.param(row(birth_date=date(1940, 1, 1)), ("pension_age",), id="reached_long_ago"),
        pytest.param(row(nature=21), ("wsw",), id="wsw"),
    ],
)
def test_conditions_of_the_lkv(one, reasons):
    (found,) = lkv_rows.rights((judge(one),), FIGURES, 2026)
    assert found.not_given == reasons
    (step,) = lkv_rows.row_steps((found,), name)
    assert step.result == (
        "not given: " + "; ".join(WHY_NOT[r] for r in reasons) if reasons else "yes: 100 hours count"
    )


def person_steps(hours, lost=()):
    amounts = bonus.read_amounts(FIGURES, 2026, due=True)
    found = lkv_rows.rights((judge(row(paid_hours=hours)),), FIGURES, 2026)
    (right,) = bonus.person_rights(found, amounts)
    return bonus.person_steps(right, amounts, "person 1", lost)


@pytest.mark.parametrize(
    ("hours", "lkv", "said"),
    [
        (1_500, 1_515_00, "1,500 × 1.01 = 1,515.00"),
        (1_664, 1_680_64, "1,664 × 1.01 = 1,680.64"),
        (1_980, 1_999_80, "1,980 × 1.01 = 1,999.80"),
        (1_981, 2_000_00, "1,981 × 1.01 = 2,000.81, cut off at 2,000.00"),
        (-10, 0, "-10 × 1.01 = -10.10, not below zero"),
    ],
)
def test_arithmetic_of_a_person(hours, lkv, said):
    first, second = person_steps(hours)
    assert (first.amount_cents, first.result, first.footing) == (lkv, said, "law")
    assert (second.amount_cents, second.footing) == (max(hours * 376, 0), "assumed")


def test_what_is_lost_is_nothing_and_says_why():
    for step in person_steps(1_500, ("other_category_higher",)):
        assert (step.amount_cents, step.not_given) == (0, ("other_category_higher",))
        assert step.result.endswith("another category is higher")


@pytest.mark.parametrize(
    ("category", "cents", "granted"),
    [
        ("disabled", 4_770_01, "disabled"),
        ("disabled", 4_770_00, "disabled"),
        ("reassigned", 4_770_00, "jobs_agreement"),
        ("reassigned", 4_770_01, "reassigned"),
        ("older", 4_769_99, "jobs_agreement"),
    ],
)
def test_the_highest_is_granted_and_of_equal_ones_the_first_in_the_law(category, cents, granted):
    """1,000 hours: LKV 1,010.00 and bonus 3,760.00 are 4,770.00 (Wtl art. 4.1 lid 3)."""
    found = cumulation({"jobs_agreement": 4_770_00, category: cents}, "person 1", 3_760_00)
    assert found.category == granted
    assert found.lost == (() if granted == "jobs_agreement" else ("other_category_higher",))
    assert [step.footing for step in found.steps] == ["reading"]


def test_nothing_to_choose():
    assert cumulation({"jobs_agreement": 1}, "person 1").steps == ()
    only_others = cumulation({"older": 1, "disabled": 2}, "person 1")
    assert (only_others.category, only_others.lost) == ("disabled", ())


# Rights that begin with an employment

START = date(2024, 9, 1)
SINCE_START, OLDER = [("2024-09-01", "")], [("older", START)]


def worked(*spans):
    """Employments from and to a day."""
    far = (date.fromisoformat(last) if last else date.max for _, last in spans)
    return History(
        tuple(Employment(date.fromisoformat(first), last) for (first, _), last in zip(spans, far, strict=True))
    )


def others_of(declared, history, year=2025, **changed):
    """What becomes of the request for an older worker."""
    asked = row(asked=frozenset({"older"}), message=attrs.evolve(MESSAGE, period=months(year)[0]), **changed)
    known = facts(declarations=[trait(one, *days) for one, *days in declared])
    terms = read_lkv_terms(FIGURES, year)
    judged = target_group.judged(known, (ReturnInForce(NUMBER, months(year)[0], True, (asked,)),))
    return other_lkv.other_rights(known, judged, {BSN: history}, FIGURES, year, terms, name)


@pytest.mark.parametrize(
    ("declared", "spans", "changed", "said"),
    [
        pytest.param([], SINCE_START, {}, "not given: no declaration (doelgroepverklaring)", id="none"),
        pytest.param(
            [("disabled", START)], SINCE_START, {}, "not given: no declaration (doelgroepverklaring)", id="another"
        ),
        pytest.param(OLDER, SINCE_START, {}, "100 × 1.35 = 135.00: reported, not settled", id="right"),
        pytest.param(
            [("older", date(2020, 1, 1))], [("2023-12-31", "")], {}, "100 × 3.05 = 305.00: reported, not settled",
            id="begun_before_2024_keeps_the_old_amount",
        ),
        pytest.param(
            [("older", date(2020, 1, 1))], [("2024-01-01", "")], {}, "100 × 1.35 = 135.00: reported, not settled",
            id="begun_in_2024_does_not",
        ),
        pytest.param(
            [("older", date(2024, 9, 2))], SINCE_START, {}, "not given: no employment with a right", id="a_day_late"
        ),
        pytest.param(
            OLDER, [("2023-01-01", "2024-03-01"), *SINCE_START], {}, "not given: no employment with a right",
            id="worked_in_the_six_months",
        ),
        pytest.param(
            OLDER, [("2023-01-01", "2024-02-29"), *SINCE_START], {}, "100 × 1.35 = 135.00: reported, not settled",
            id="worked_a_day_earlier",
        ),
        pytest.param(
            [("older", date(2020, 1, 1))], [("2022-01-01", "")], {}, "not given: the years of the right are over",
            id="three_years_over",
        ),
        pytest.param(OLDER, SINCE_START, {"nature": 22}, "not given: Wsw employment", id="seconded_is_out_too"),
        pytest.param(
            OLDER, SINCE_START, {"paid_hours": 9_000},
            "9,000 × 1.35 = 12,150.00, cut off: 2,600.00: reported, not settled", id="cut_off",
        ),
    ],
)  # fmt: skip
def test_other_categories(declared, spans, changed, said):
    """Wtl art. 2.2, 2.5, 6.2a: an older worker over January 2025."""
    rights, (step,) = others_of(declared, worked(*spans), **changed)
    assert step.result == said
    assert [one.category for one in rights] == ([] if step.not_given else ["older"])


def test_an_older_worker_of_2024_has_no_right_in_2026():
    _, (step,) = others_of([("older", START)], worked(("2024-09-01", "")), year=2026)
    assert (step.result, step.not_given) == ("not given: this LKV is abolished", ("abolished",))


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        pytest.param([(START,)], "100 × 3.05 = 305.00: reported, not settled", id="within_the_employment"),
        pytest.param([(date(2024, 1, 2),)], "100 × 3.05 = 305.00: reported, not settled", id="a_year_not_over"),
        pytest.param([(date(2024, 1, 1),)], "not given: the years of the right are over", id="a_year_over"),
        pytest.param([(date(2025, 2, 1),)], "not given: before the right began", id="not_begun"),
        pytest.param([(date(2022, 12, 31),)], "not given: no employment with a right", id="not_employed_then"),
        pytest.param(
            [(date(2024, 2, 20),)], "not given: no employment with a right", id="not_employed_between_two_employments"
        ),
        pytest.param(
            [(date(2023, 1, 1), date(2024, 8, 31)), (START,)], "not given: the years of the right are over",
            id="declarations_that_touch_are_one",
        ),
        pytest.param(
            [(date(2023, 1, 1), date(2024, 8, 30)), (START,)], "100 × 3.05 = 305.00: reported, not settled",
            id="second_of_two",
        ),
        pytest.param(
            [(date(2023, 2, 1), date(2023, 3, 1)), (date(2025, 3, 1),)], "not given: the years of the right are over",
            id="between_two",
        ),
    ],
)  # fmt: skip
def test_a_reassigned_worker_from_the_first_day_of_the_declaration(declared, said):
    """Wtl art. 2.14, 2.16: who was employed here on that day, for a year; over January 2025."""
    asked = row(asked=frozenset({"reassigned"}), message=attrs.evolve(MESSAGE, period=months(2025)[0]))
    known = facts(declarations=[trait("reassigned", *days) for days in declared])
    judged = target_group.judged(known, (ReturnInForce(NUMBER, months(2025)[0], True, (asked,)),))
    history = {BSN: worked(("2023-01-01", "2024-02-19"), ("2024-02-21", ""))}
    terms = read_lkv_terms(FIGURES, 2025)
    rights, (step,) = other_lkv.other_rights(known, judged, history, FIGURES, 2025, terms, name)
    assert (step.result, len(rights)) == (said, 0 if step.not_given else 1)
    assert "[Wtl art. 2.14, 2.16 lid 1, 6.2a lid 4]" in " ".join(value for _, value in step.inputs)


@pytest.mark.parametrize(
    ("one", "traits", "out"),
    [
        pytest.param(row(), [], (), id="ordinary"),
        pytest.param(row(nature=11), [], (), id="agency"),
        pytest.param(row(nature=22), [], ("wsw",), id="seconded"),
        pytest.param(row(), [trait("wsw_seconded", JANUARY.start)], ("wsw",), id="trait_of_secondment_alone"),
        pytest.param(row(), [trait("wsw_seconded", MIDDLE)], (), id="not_all_days"),
        pytest.param(row(), [trait("sheltered", JANUARY.start)], ("sheltered",), id="sheltered"),
    ],
)
def test_kinds_of_work_until_2025_and_of_the_other_categories(one, traits, out):
    assert judge(one, facts(traits=traits)).out_until_2025 == out


def row_right(year, month, declared, history, *, registered=True, **changed):
    """Whether a row counts for the jobs agreement by the text of a year."""
    known = facts(registered=registered, declarations=[trait(*one) for one in declared])
    period = months(year)[month - 1]
    one = row(message=attrs.evolve(MESSAGE, period=period), started_on=None, **changed)
    judged = target_group.judged(known, (ReturnInForce(NUMBER, period, True, (one,)),))
    held = declared_rights.held(known, {BSN: history}, read_lkv_terms(FIGURES, year))
    (found,) = lkv_rows.rights(judged, FIGURES, year, held)
    return found


JOBS = ("jobs_agreement", date(2022, 9, 15))


@pytest.mark.parametrize(
    ("month", "spans", "declared", "reasons"),
    [
        pytest.param(8, [("2022-09-15", "")], [JOBS], (), id="within_three_years"),
        pytest.param(9, [("2022-09-15", "")], [JOBS], (), id="the_period_in_which_they_end"),
        pytest.param(10, [("2022-09-15", "")], [JOBS], ("years_over",), id="three_years_over"),
        pytest.param(3, [("2025-04-01", "")], [JOBS], ("not_begun",), id="not_begun"),
        pytest.param(4, [("2025-04-30", "")], [JOBS], (), id="begins_within_the_period"),
        pytest.param(8, [("2022-09-14", "")], [JOBS], ("not_qualified",), id="declared_a_day_late"),
        pytest.param(8, [("2022-09-15", "")], [], ("no_declaration",), id="not_declared"),
        pytest.param(
            8, [("2021-01-01", "2022-03-15"), ("2022-09-15", "")], [JOBS], ("not_qualified",), id="worked_here_before"
        ),
    ],
)
def test_rows_by_declaration(month, spans, declared, reasons):
    """Wtl art. 2.10 lid 1, 3; 2.12 (text until 2025): no bearing on whether the person is still registered."""
    assert row_right(2025, month, declared, worked(*spans)).not_given == reasons


@pytest.mark.parametrize(
    ("first", "last", "qualifies"),
    [
        pytest.param("2020-01-01", "2022-07-31", False, id="ended_before_the_month_before"),
        pytest.param("2020-01-01", "2022-08-01", True, id="first_day_of_the_month_before"),
        pytest.param("2022-08-31", "2022-08-31", True, id="last_day_of_the_month_before"),
        pytest.param("2022-09-01", "2022-09-14", False, id="ended_the_day_before"),
        pytest.param("2022-09-15", "2022-09-15", True, id="first_day"),
        pytest.param("2022-09-16", "2030-01-01", False, id="a_day_late"),
    ],
)
def test_registered_at_the_start_or_in_the_month_before(first, last, qualifies):
    known = attrs.evolve(
        facts(declarations=[trait(*JOBS)]),
        registrations={BSN: (Interval("a", date.fromisoformat(first), date.fromisoformat(last)),)},
    )
    held = declared_rights.held(known, {BSN: worked(("2022-09-15", ""))}, read_lkv_terms(FIGURES, 2025))
    assert (held.right_of(BSN) is not None) is qualifies


@pytest.mark.parametrize(
    ("start", "registered", "qualifies", "words"),
    [
        pytest.param(
            "2025-03-20", ("2025-02-01", "2025-02-10"), False, "2025-02-20 to 2025-03-19", id="calendar_month"
        ),
        pytest.param(
            "2025-03-20", ("2025-03-05", "2025-03-15"), True, "2025-02-20 to 2025-03-19", id="up_to_the_start"
        ),
        pytest.param("2025-03-20", ("2025-01-01", "2025-02-20"), True, "2025-02-20 to 2025-03-19", id="its_first_day"),
        pytest.param("2025-03-20", ("2025-01-01", "2025-02-19"), False, "2025-02-20 to 2025-03-19", id="a_day_less"),
        pytest.param("2025-03-31", ("2025-01-01", "2025-02-28"), True, "2025-02-28 to 2025-03-30", id="no_day_31"),
        pytest.param("2024-12-31", ("2024-11-01", "2024-11-01"), True, "2024-11-01 to 2024-11-30", id="older_text"),
        pytest.param(
            "2024-12-31", ("2024-12-01", "2024-12-30"), False, "2024-11-01 to 2024-11-30", id="older_text_not"
        ),
        pytest.param(
            "2010-12-31", ("2010-11-01", "2010-11-01"), True, "2010-11-01 to 2010-11-30", id="before_any_text"
        ),
        pytest.param("2025-03-20", ("2025-03-20", "2025-03-20"), True, None, id="on_the_first_day_it_decides_nothing"),
    ],
)
def test_the_month_before_by_the_text_of_the_start(start, registered, qualifies, words):
    """Wtl art. 2.10 lid 1: a figure that is assumed, named where it decides."""
    known = attrs.evolve(
        facts(declarations=[trait("jobs_agreement", date(2000, 1, 1))]),
        registrations={BSN: (Interval("a", *map(date.fromisoformat, registered)),)},
    )
    history = {BSN: worked((start, ""))}
    held = declared_rights.held(known, history, read_lkv_terms(FIGURES, 2025))
    assert (held.right_of(BSN) is not None) is qualifies
    (step,) = declared_rights.right_steps(known, history, held, FIGURES, 2025, {BSN: "person 1"})
    inputs = dict(step.inputs)
    assert inputs.get(f"month before {start}") == words
    assert ("wtl.month_before_start" in inputs, step.footing) == (
        (False, "reading") if words is None else (True, "assumed")
    )


@pytest.mark.parametrize(
    ("month", "start", "registered", "counts", "kept"),
    [
        pytest.param(9, "2023-09-15", False, True, True, id="remaining_part"),
        pytest.param(10, "2023-09-15", False, False, False, id="over"),
        pytest.param(10, "2023-09-15", True, True, False, id="in_the_target_group_without_end"),
        pytest.param(1, "2026-01-01", False, False, False, id="began_after_the_old_text"),
        pytest.param(1, "2025-12-31", False, True, True, id="began_on_its_last_day"),
    ],
)
def test_transition_of_6_2(month, start, registered, counts, kept):
    """Wtl art. 6.2: a training declaration needs no registration, so the right can run without one."""
    declared = [("jobs_agreement_training", date(2020, 1, 1))]
    found = row_right(2026, month, declared, worked((start, "")), registered=registered)
    assert (found.not_given == (), found.kept) == (counts, kept)
    (step,) = lkv_rows.row_steps((found,), name)
    assert step.article.startswith("Wtl art. 6.2" if kept else "Wtl art. 2.1")


@pytest.mark.parametrize(
    ("registrations", "counts"),
    [
        pytest.param([("2020-01-01", "2025-12-31", "other")], True, id="not_registered_on_the_first_day"),
        pytest.param([("2020-01-01", "2026-01-01", "other")], False, id="ended_otherwise"),
        pytest.param([("2020-01-01", "2026-01-01", "")], False, id="nobody_knows"),
        pytest.param([("2020-01-01", "2026-01-01", "own_request")], True, id="ended_at_own_request"),
        pytest.param([("2026-01-01", "2026-01-01", "own_request")], True, id="began_on_that_day"),
        pytest.param([("2026-01-02", "2026-02-01", "other")], True, id="began_a_day_later"),
        pytest.param(
            [("2020-01-01", "2026-01-01", "own_request"), ("2026-01-02", "2026-02-01", "other")], False,
            id="went_on_and_ended_otherwise",
        ),
        pytest.param(
            [("2020-01-01", "2026-01-01", "other"), ("2026-01-02", "2026-02-01", "own_request")], True,
            id="went_on_and_ended_at_own_request",
        ),
        pytest.param(
            [("2020-01-01", "2026-01-01", "own_request"), ("2026-01-03", "2026-02-01", "other")], True,
            id="a_day_between",
        ),
        pytest.param(
            [("2020-01-01", "2026-02-01", "own_request"), ("2026-01-03", "2026-02-01", "other")], False,
            id="they_contradict_each_other",
        ),
    ],
)  # fmt: skip
def test_what_is_left_under_6_2_by_the_registration_of_the_first_day(registrations, counts):
    """Wtl art. 6.2 lid 1, 4: over March 2026, a period that began in September 2023."""
    period = months(2026)[2]
    known = attrs.evolve(
        facts(declarations=[trait("jobs_agreement_training", date(2020, 1, 1))]),
        registrations={
            BSN: tuple(
                Interval("a", date.fromisoformat(first), date.fromisoformat(last), ended_by)
                for first, last, ended_by in registrations
            )
        },
    )
    one = row(message=attrs.evolve(MESSAGE, period=period), started_on=None)
    judged = target_group.judged(known, (ReturnInForce(NUMBER, period, True, (one,)),))
    held = declared_rights.held(known, {BSN: worked(("2023-09-15", ""))}, read_lkv_terms(FIGURES, 2026))
    (found,) = lkv_rows.rights(judged, FIGURES, 2026, held)
    assert (not found.not_given, found.kept) == (counts, counts)


def test_registrations_that_contradict_each_other_do_not_say_how_they_ended():
    last = date(2026, 2, 1)
    told = [Interval("a", date(2020, 1, day), last, how) for day, how in ((1, "own_request"), (2, "other"), (3, ""))]
    assert [one.ended_by for one in joined(told)] == [""]
    assert [one.ended_by for one in joined(told[:1] + told[2:])] == ["own_request"]


# Rule 3


@pytest.mark.parametrize(
    ("known", "rows", "found"),
    [
        pytest.param({"wage_bills": ((2024, 1_082_500_00),)}, [ROW], (True, "wage_bill"), id="exactly_25_times"),
        pytest.param({"wage_bills": ((2024, 1_082_500_01),)}, [ROW], (False, "wage_bill"), id="one_cent_more"),
        pytest.param({"listed": Listed("overheid", date(2025, 1, 1))}, [ROW], (True, "starter"), id="starter"),
        pytest.param(
            {"listed": Listed("overheid", date(2024, 12, 31))}, [ROW], (False, "declared_class"), id="started_earlier"
        ),
        pytest.param({}, [ROW], (False, "declared_class"), id="high_class"),
        pytest.param({}, [row(nature=21)], (True, "declared_class"), id="high_class_of_wsw"),
        pytest.param({}, [row(wage_high_cents=0)], (True, "declared_class"), id="low_class"),
        pytest.param({}, [], (False, "declared_class"), id="missing_data_never_exempts"),
    ],
)
def test_small_employer(known, rows, found):
    returns = (ReturnInForce(NUMBER, JANUARY, True, tuple(rows)),)
    test = small_employer.size_test(facts(**known), FIGURES, 2026, returns, ())
    assert (test.small, test.ground) == found
    assert test.steps[-1].result.endswith("a small employer" if found[0] else "not a small employer")


@pytest.mark.parametrize(("left_out", "complete"), [(None, True), (3, False)])
def test_wage_of_complete_returns_only(left_out, complete):
    periods = [period for number, period in enumerate(months(2024)) if number != left_out]
    returns = [ReturnInForce(NUMBER, period, True, (ROW,)) for period in periods]
    assert small_employer.summed_wage(returns, 2024) == (12 * 1_000_00 if complete else None)


# Rule 4


@pytest.mark.parametrize(
    ("base", "rate", "cents"),
    [(1_000_000_00, 35, 3_500_00), (285_71, 35, 0), (285_72, 35, 1_00), (-100_00, 35, -1_00), (-285_71, 35, -1_00)],
)
def test_whole_euros_towards_minus_infinity(base, rate, cents):
    assert surcharge.surcharge_cents(base, rate) == cents


def test_deductions_are_taken_off_the_base():
    """1,000.00 less 285.72 is 714.28; at 0.35% that is 2.49998: 2 euro. Another period's deduction changes nothing."""
    known = facts(deductions=((NUMBER, JANUARY, 285_72), (NUMBER, months(2026)[1], 1_00)))
    rate = Step(rule="surcharge", question="", article="", footing="law", inputs=(), result="")
    returns = (ReturnInForce(NUMBER, JANUARY, True, (ROW,)),)
    (charge,), steps = surcharge.charge(known, (judge(ROW),), returns, (35, rate), name)
    assert (charge.base_cents, charge.surcharge_cents) == (714_28, 2_00)
    assert sum(step.amount_cents for step in steps if step.adds_to == "surcharge_base_cents") == 714_28
    assert steps[-1].result == "714.28 × 0.35% = 2.499980, in whole euros 2.00"


@pytest.mark.parametrize(
    ("base", "deduction", "left"),
    [(100, 40, 60), (100, 100, 0), (100, 101, 0), (-50, 10, -50), (-50, -10, -40), (100, -10, 110)],
)
def test_no_more_is_left_out_than_is_in(base, deduction, left):
    assert surcharge.base_after_deduction(base, deduction) == left


# Rule 7


def figure(table):
    return FIGURES.all_of(f"wfsv.{table}")[-1]


TERMS = quota_levy.LevyTerms(
    employees=figure("quota_threshold_employees"),
    average_hours=figure("average_paid_hours"),
    average_target_hours=figure("average_paid_hours_target_group"),
    per_job=figure("quota_levy_per_job"),
    percentage=Percentage(193, "given"),
    percentage_figures=(figure("quota_percentage_government"),),
)


def levy_line(before, hours, target, **changed):
    line = LevyLine(before, hours, target, 0, 0, target, min(before, hours) >= 40_575, part_of_year=False)
    return attrs.evolve(line, **changed)


@pytest.mark.parametrize(
    ("hours", "target", "tenths", "levy"),
    [
        (100_000, 0, 14, 7_000_00),
        (4_680_000, 53_240, 278, 139_000_00),
        (40_574, 0, 0, 0),
        (40_575, 0, 5, 2_500_00),
        (100_000, 1_931, 0, 0),
    ],
)
def test_quota_levy(hours, target, tenths, levy):
    """The cases of Wfsv art. 38g and 38h: percentage 1.93, 1,331 hours, 5,000 euro."""
    found, steps = quota_levy.levy_steps(levy_line(hours, hours, target), TERMS)
    assert (found.shortage_tenths, found.levy_cents) == (tenths, levy)
    assert sum(step.amount_cents or 0 for step in steps) == levy
    exempt = Fraction(hours) < 40_575
    assert (len(steps), steps[0].not_given) == ((1, ("below_threshold",)) if exempt else (5, ()))


def test_without_sector_there_is_no_percentage_and_no_levy():
    terms = attrs.evolve(TERMS, percentage=None, percentage_figures=())
    found, steps = quota_levy.levy_steps(levy_line(90_000, 90_000, 0), terms)
    assert found == quota_levy.Levy(0, 0)
    assert steps[-1].not_given == ("no_sector",)


def test_an_employer_of_part_of_the_year_stands_on_a_reading():
    _, (step, *_) = quota_levy.levy_steps(levy_line(90_000, 90_000, 0, part_of_year=True), TERMS)
    assert step.footing == "reading"


@pytest.mark.parametrize(
    ("listed", "part"),
    [
        pytest.param(None, False, id="not_listed"),
        pytest.param(Listed("overheid", date(2025, 1, 1)), False, id="from_the_first_day_of_the_year_before"),
        pytest.param(Listed("overheid", date(2025, 1, 2)), True, id="a_day_later"),
        pytest.param(Listed("overheid", date(2026, 1, 1)), False, id="from_the_first_day_of_the_year"),
        pytest.param(Listed("overheid", date(2000, 1, 1), date(2026, 12, 31)), False, id="until_the_last_day"),
        pytest.param(Listed("overheid", date(2000, 1, 1), date(2026, 12, 30)), True, id="until_the_day_before"),
        pytest.param(Listed("overheid", date(2000, 1, 1), date(2024, 12, 31)), False, id="ended_before"),
    ],
)
def test_employer_of_part_of_the_year(listed, part):
    """Wfsv art. 34 lid 8 b."""
    assert levy_walk._part_of_year(listed, 2026) is part


@pytest.mark.parametrize(
    ("one", "traits", "left_out"),
    [
        pytest.param(row(nature=11), [], ("agency_worker",), id="agency"),
        pytest.param(row(nature=82), [], (), id="payroll_stays"),
        pytest.param(row(nature=22), [], ("wsw",), id="seconded"),
        pytest.param(row(nature=24), [], (), id="sheltered_stays"),
        pytest.param(row(), [trait("lent_out", MIDDLE)], (), id="lent_out_for_a_part"),
        pytest.param(
            row(), [trait("wsw", JANUARY.start, MIDDLE), trait("lent_out", date(2026, 1, 16))], ("agency_worker",),
            id="two_traits_that_leave_no_day",
        ),
    ],
)  # fmt: skip
def test_hours_that_stay_out_of_the_levy(one, traits, left_out):
    """Wfsv art. 38g lid 2, 5, 8."""
    (found,) = levy_hours.counted(facts(traits=traits), (ReturnInForce(NUMBER, JANUARY, True, (one,)),))
    assert found.left_out == left_out
    assert (found.hours, found.target_hours) == (0 if left_out else 100, 0 if one.nature == 24 else 100)


LENDER, BORROWER, STRANGER = 11, 12, 13
IN_TIME, TOO_LATE = date(2027, 8, 1), date(2027, 8, 2)


def allocated(hours, agreed_on=IN_TIME, borrower=BORROWER):
    return allocations.Allocation(LENDER, borrower, BSN, hours, agreed_on)


class _Run:
    """A run of two employers."""

    def number_of(self, rsin):
        return {LENDER: 1, BORROWER: 2}.get(rsin)


@pytest.mark.parametrize(
    ("given", "borrowed", "lent", "refused"),
    [
        pytest.param([allocated(100)], 100, 60, [()], id="agency_hours_go_first"),
        pytest.param([allocated(30)], 30, 0, [()], id="nothing_left_to_take_off"),
        pytest.param([allocated(101)], 0, 0, [("above_hours",)], id="above_the_hours_of_the_person"),
        pytest.param([allocated(60), allocated(41)], 0, 0, [("above_hours",)] * 2, id="together_above"),
        pytest.param([allocated(60), allocated(101)], 60, 20, [(), ("above_hours",)], id="one_above_spares_the_other"),
        pytest.param([allocated(60, TOO_LATE)], 0, 0, [("agreed_late",)], id="too_late"),
        pytest.param([allocated(60, borrower=STRANGER)], 0, 0, [("no_borrower",)], id="unknown_borrower"),
        pytest.param([allocated(60, borrower=LENDER)], 0, 0, [("no_borrower",)], id="to_itself"),
    ],
)
def test_allocations(given, borrowed, lent, refused):
    """Besluit Wfsv art. 2.28: 100 hours of the target group at the lender, 40 of them as an agency worker."""
    hours = {(LENDER, BSN): allocations.PersonHours(target=100, counted=60)}
    named = Naming(_Run(), {BSN: "person 1"})
    of_lender = allocations.moved(LENDER, tuple(given), hours, 2026, named)
    of_borrower = allocations.moved(BORROWER, tuple(given), hours, 2026, named)
    assert (of_borrower.borrowed, of_lender.lent) == (borrowed, lent)
    asked = [step for step in of_lender.steps if step.question.startswith("Does this")]
    assert [step.not_given for step in asked] == refused


# Words


def test_footing_is_the_weakest_thing_a_step_stands_on():
    enacted, assumed = TERMS.per_job, attrs.evolve(TERMS.per_job, status="assumed")
    by_scenario = attrs.evolve(TERMS.per_job, status="scenario")
    assert footing_of() == "law"
    assert footing_of((enacted,)) == "law"
    assert footing_of((enacted,), (BALANCE,)) == "reading"
    assert footing_of((enacted, assumed), (BALANCE,)) == "assumed"
    assert footing_of((by_scenario,)) == "assumed"


@pytest.mark.parametrize("text", ["12345678", "1234567890", "123456789L1", "123456789X01", "L", "", "١٢٣٤٥٦٧٨٩"])
def test_what_is_no_employer(text):
    with pytest.raises(Exception, match="neither nine digits") as stopped:
        parse_employer(text)
    assert not text or text == "L" or text not in str(stopped.value)


def test_an_employer_by_either_number():
    assert parse_employer("012345678") == (12345678, None)
    assert parse_employer("012345678L02") == (12345678, 1234567802)


# What is read


def test_registrations_that_differ_only_in_how_they_ended_have_an_order():
    """The same words whatever the hash seed: each of many persons has both endings."""
    days = {"registered_from": date(2020, 1, 1), "registered_until": date(2026, 3, 31)}
    rows = [
        days | {"bsn": bsn, "ground": f"{bsn}", "ended_by": how}
        for bsn in range(30)
        for how in ("own_request", "other")
    ]
    found = rows_read._grouped(rows, lambda one: one["bsn"], rows_read._registration)
    assert {tuple(one.ended_by for one in intervals) for intervals in found.values()} == {("other", "own_request")}
