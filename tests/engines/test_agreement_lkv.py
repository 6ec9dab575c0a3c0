"""The wage cost benefits (law.md rule 5, every year) on every engine against the plain reference."""

from collections import Counter
from functools import cache
from itertools import permutations

import pytest
from attrs import asdict, field, frozen

from tests.engines.claims import claims
from tests.engines.drawn import QUICKEST, on_engines
from tests.spec import reference_lkv
from tests.spec.lkv import LATE, Claims, _renumbered, benefits
from tests.spec.reference_lkv import DISABLED, JOBS, OLDER, ORDER, REASSIGNED, figures_of
from tests.spec.tables import ACTIVATED, new_engine, row

pytestmark = pytest.mark.slow

MOST, FEWER = 700, 200


@frozen
class Law:
    """A year, and what a scenario sets."""

    year: int
    settings: dict = field(factory=dict)
    figures: dict = field(factory=dict)


LAWS = {
    "2024": Law(2024),
    "2025": Law(2025),
    "2026": Law(2026),
    "2026_with_bonus": Law(2026, ACTIVATED | {"wtl.bonus_cap": "5000"}, {"bonus_rate": 3_76, "bonus_cap": 5_000_00}),
    "2026_three_years": Law(2026, {"wtl.jobs_agreement_years": "3"}, {"years_from_2026": 3}),
    "2027": Law(2027),
}
FINDINGS = {
    "lkv_without_declaration": "undeclared",
    "lkv_without_start_of_employment": "unstarted",
    "rows_without_birth_date": "nameless",
    "registration_ended_by_unknown": "lost",
}
CATEGORIES = frozenset(ORDER)
BY_START = CATEGORIES - {REASSIGNED}
MET_BY = {
    # What a row must meet in every category.
    "counts": CATEGORIES, "not asked for": CATEGORIES, "no employment": CATEGORIES, "not insured": CATEGORIES,
    "nobody known": CATEGORIES, "no birth date": CATEGORIES, "pension age": CATEGORIES,
    "wsw": CATEGORIES, "wsw seconded": CATEGORIES, "sheltered": CATEGORIES, "trait wsw": CATEGORIES,
    "trait wsw_seconded": CATEGORIES, "trait sheltered": CATEGORIES,
    # The start and the period that runs from it.
    "no declaration": CATEGORIES, "declaration covers no start": BY_START, "no start": CATEGORIES,
    "first employment": BY_START, "later employment": BY_START, "before the start": CATEGORIES,
    "begins within the period": CATEGORIES, "period over": CATEGORIES, "goes on after an interruption": CATEGORIES,
    "runs on after a transfer": CATEGORIES, "six months rule broken": BY_START,
    # Reassigned workers.
    "declared within an employment": {REASSIGNED}, "declared on the first day of an employment": {REASSIGNED},
    "declared on the last day of an employment": {REASSIGNED}, "declared outside an employment": {REASSIGNED},
    "employment began before the declaration": {REASSIGNED}, "start of the employment unknown": {REASSIGNED},
    "declaration goes on from another": {REASSIGNED}, "two rights": {REASSIGNED},
    # Amounts.
    "granted in full": CATEGORIES, "capped": CATEGORIES, "below zero": CATEGORIES,
    # The jobs agreement alone, and older workers alone.
    "not registered at the start": {JOBS}, "registered in the month before only": {JOBS}, "training": {JOBS},
    "old amounts kept": {OLDER}, "new amounts": {OLDER}, "abolished": {OLDER},
}  # fmt: skip
PAIRS = {
    f"{first} {how} {other}"
    for first, other in permutations(ORDER, 2)
    for how in ("above", "equal to")
    if how == "above" or ORDER.index(first) < ORDER.index(other)
}
EVERYTHING = (
    {f"{category}: {what}" for what, categories in MET_BY.items() for category in categories}
    | PAIRS
    | {"start unknown stands in the way", "six months to the day"}
    | {f"{JOBS}: registers contradict each other about the end"}
    | {f"{JOBS}: registered in the {month} only" for month in ("calendar month", "month up to the start")}
    | {f"{JOBS}: registered in the {month} of other starts" for month in ("calendar month", "month up to the start")}
)
WSW_OUT = {f"{JOBS}: wsw seconded", f"{JOBS}: trait wsw_seconded"}
FROM_2026 = {
    f"{JOBS}: {what}"
    for what in (
        "transition: not registered", "transition: own_request", "transition: other", "transition: unknown",
        "right ended with the registration: other", "right ended with the registration: unknown",
        "period over", "wsw seconded from 2026", "began after the old text", "never registered, never declared",
    )
}  # fmt: skip
UNDER = {
    "2024": WSW_OUT | {f"{OLDER}: old amounts kept", f"{OLDER}: new amounts"},
    "2025": WSW_OUT | {f"{OLDER}: old amounts kept", f"{OLDER}: new amounts", f"{OLDER} equal to {DISABLED}"},
    "2026": FROM_2026 | {f"{OLDER}: old amounts kept", f"{OLDER}: abolished", f"{OLDER}: counts"},
    "2026_with_bonus": FROM_2026 | {f"{JOBS}: bonus capped", f"{JOBS} above {REASSIGNED}", f"{JOBS} above {DISABLED}"},
    "2026_three_years": {f"{JOBS}: years from 2026 over", f"{JOBS}: transition: own_request"},
    "2027": FROM_2026 | {f"{OLDER}: abolished"},
}


@cache
def _expected(law):
    """The claims under a law, each with what the reference gives."""
    figures = figures_of(LAWS[law].year, **LAWS[law].figures)
    drawn = [Claims(**_renumbered(claim, number)) for number, claim in enumerate(claims(law, LAWS[law].year, MOST), 1)]
    return [(claim, reference_lkv.settle(claim, figures, LATE)) for claim in drawn]


def _together(drawn):
    parts = [asdict(claim, recurse=False) for claim in drawn]
    delivered = [name for name, part in parts[0].items() if isinstance(part, tuple)]
    return Claims(**{name: sum((part[name] for part in parts), ()) for name in delivered})


def _own(number, result):
    """What the engine gives for one claim, under no number."""
    return {key: line for key, line in result.items() if key[0].startswith(f"{number:06d}")}


def _shown(claim):
    """The deliveries of a claim, of each row what is not ordinary."""
    ordinary = row()
    rows = [{name: text for name, text in return_row.items() if text != ordinary[name]} for return_row in claim.returns]
    return [*rows, *claim.declarations, *claim.register, *claim.traits, *claim.transfers]


UNDER_LAWS = [pytest.param(law, id=law) for law in sorted(LAWS, key="2026".__ne__)]


@pytest.mark.parametrize(("name", "law"), on_engines(UNDER_LAWS))
def test_generated_claims_are_granted_as_the_reference_does(name, law, tmp_path):
    expected = _expected(law)[: MOST if name == QUICKEST else FEWER]
    result = benefits(
        new_engine(name, tmp_path), _together([claim for claim, _ in expected]), LAWS[law].year, LAWS[law].settings
    )
    differing = [
        (_shown(claim), *sides)
        for number, (claim, right) in enumerate(expected, 1)
        for sides in [(_own(number, result.lines), right.lines), (_own(number, result.others), right.others)]
        if sides[0] != sides[1]
    ]
    assert not differing, _message(differing)
    for code, finding in FINDINGS.items():
        assert result.findings.get(code, 0) == sum(getattr(item, finding) for _, item in expected), code


def _message(differing):
    deliveries, result, right = min(differing, key=lambda pair: len(pair[0]))
    return "\n".join([f"{len(differing)} differ, one of them:", *map(str, deliveries), f"{result}", f"not {right}"])


def test_every_circumstance_of_rule_5_is_met():
    """Every condition, exclusion and order of amounts, in every category; under each law what is its own."""
    met = {law: sum((item.met for _, item in _expected(law)), Counter()) for law in LAWS}
    assert EVERYTHING - set().union(*met.values()) == set()
    assert {law: wanted - set(met[law]) for law, wanted in UNDER.items() if wanted - set(met[law])} == {}
