"""What the plain reference of the tests, in fractions and written from the law, makes of a worked case."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from tests.spec import reference, reference_jobs, reference_levy, reference_lkv, reference_wages
from tests.spec.reference_jobs import GOVERNMENT, HIRED_IN, MARKET, Count, JobFigures
from tests.spec.worked_cases.arithmetic import half_up
from tests.spec.worked_cases.case import QUOTA_LEVY, Case
from tests.spec.worked_cases.figures import figures_of

_ACT = "wet_banenafspraak"
_AVERAGE = {2025: 39_600_00, 2026: 43_300_00}
"""Average premium wage by year, in cents."""


class Refused(Exception):
    """The reference refuses it as well."""


@frozen
class Delivered(reference.Country):
    """Deliveries of a case."""

    declarations: tuple[Any, ...] = field(default=(), converter=tuple)
    allocations: tuple[Any, ...] = field(default=(), converter=tuple)


def plain(case: Case) -> dict[str, Any]:
    """Tables of outcomes as lists of rows by name, and `macro`.

    Args:
        case: A case with numbers.

    Raises:
        Refused: The settlement must be refused.
    """
    country = Delivered(**{kind: _texts(rows) for kind, rows in case.deliveries.items()})
    return _levy(case, country) if case.regime == QUOTA_LEVY else _year(case, country)


def _texts(rows: Any) -> list[dict[str, str]]:
    return [{name: str(value) for name, value in row.items()} for row in rows]


def _levy(case: Case, country: Delivered) -> dict[str, Any]:
    percentages = {
        sector: int(Fraction(case.settings[f"wfsv.quota_percentage_{name}"]) * 100)
        for sector, name in ((GOVERNMENT, "government"), (MARKET, "market"))
    }
    figures = reference_levy.LevyFigures(case.year, percentages)
    levied = reference_levy.levy(country, country.allocations, case.as_of, figures)
    return {"settlement": [{"rsin": rsin} | line for rsin, line in levied.lines.items()]}


def _year(case: Case, country: Delivered) -> dict[str, Any]:
    due = _due(case)
    jobs = _job_figures(case, due)
    count = reference_jobs.count_jobs(country, case.as_of, jobs)
    sectors, due = reference_jobs.judged(count.counts, jobs) if jobs.required_government_share else (jobs.sectors, due)
    terms = _terms(case, due)
    try:
        outcome, _ = reference_wages.settle(_without_contradictions(country), case.as_of, terms)
    except reference.Unsolvable as error:
        raise Refused from error
    bonus = {"bonus_rate": terms.bonus_rate, "bonus_cap": terms.bonus_cap} if due else {}
    benefits = reference_lkv.settle(
        _without_contradictions(country), reference_lkv.figures_of(case.year, **bonus), case.as_of
    )
    settlement = {rsin: _with_benefits(rsin, line, benefits.lines) for rsin, line in outcome.settlement.items()}
    return {
        "settlement": [{"rsin": rsin} | line for rsin, line in settlement.items()],
        "bonus_lines": [{"rsin": rsin, "bsn": bsn} | line for (rsin, bsn), line in benefits.lines.items()],
        "other_lkv_lines": [
            {"rsin": rsin, "bsn": bsn, "category": category} | line
            for (rsin, bsn, category), line in benefits.others.items()
        ],
        "surcharge_lines": [
            {"lhnr": lhnr, "period_start": f"{first}", "period_end": f"{last}"} | line
            for (lhnr, first, last), line in outcome.surcharge.items()
        ],
        "macro": _macro(count, jobs, sectors, outcome.rate, settlement.values()),
    }


def _without_contradictions(country: Delivered) -> Delivered:
    """Without messages of which two rows about the same relation differ."""
    result: dict[Any, set[Any]] = {}
    for row in country.returns:
        key = *_message(row), row["Soort"], row["DatAanvTv"], row["SofiNr"] or row["PersNr"], row["NumIV"]
        result.setdefault(key, set()).add(tuple(sorted(row.items())))
    aside = {key[:3] for key, rows in result.items() if len(rows) > 1}
    kept = [row for row in country.returns if _message(row) not in aside]
    return Delivered(**{name: getattr(country, name) for name in _PARTS} | {"returns": kept})


_PARTS = ("register", "employers", "wage_bills", "traits", "transfers", "deductions", "declarations", "allocations")


def _message(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["LhNr"], row["IdBer"], row.get("Ingediend") or row["DatTdAanm"]


def _with_benefits(rsin: str, line: dict[str, Any], lines: Mapping[Any, Any]) -> dict[str, Any]:
    own = [item for (employer, _), item in lines.items() if employer == rsin]
    lkv, bonus = (sum(item[name] for item in own) for name in ("lkv_cents", "bonus_cents"))
    payable = lkv + bonus
    net = payable - line["surcharge_cents"]
    return line | {"lkv_cents": lkv, "bonus_cents": bonus, "payable_cents": payable, "net_cents": net}


def _due(case: Case) -> bool:
    """Rule 4: from the second calendar year after activation, and not before the articles are in force."""
    settings = case.settings
    if f"{_ACT}.activated_in" not in settings:
        return False
    activated, in_force = int(settings[f"{_ACT}.activated_in"]), date.fromisoformat(settings[f"{_ACT}.in_force_from"])
    if activated < in_force.year:
        raise Refused
    return case.year >= activated + 2


def _terms(case: Case, due: bool) -> reference_wages.WageTerms:
    settings = case.settings

    def hundredths(name: str, default: str = "0") -> int:
        return int(Fraction(settings.get(name, default)) * 100)

    rate = settings.get(f"{_ACT}.surcharge_rate", "0")
    return reference_wages.WageTerms(
        year=case.year,
        due=due,
        small_limit=25 * _AVERAGE[case.year] if case.year in _AVERAGE else None,
        bonus_rate=hundredths("wtl.bonus_rate"),
        bonus_cap=hundredths("wtl.bonus_cap"),
        rate=rate if rate in {"balance", "budget"} else hundredths(f"{_ACT}.surcharge_rate"),
        required_share=hundredths(f"{_ACT}.required_share"),
    )


def _job_figures(case: Case, due: bool) -> JobFigures:
    settings, figures = case.settings, figures_of(case)
    on = date(case.year, 1, 1)
    names = ((GOVERNMENT, "government"), (MARKET, "market"))
    in_force = settings.get(f"{_ACT}.in_force_from")
    joint = "joint" if in_force and date.fromisoformat(in_force).year <= case.year else "separate"
    share = settings.get(f"{_ACT}.required_government_share")
    saving = figures.cents(f"{_ACT}.saving_per_job", on)
    return JobFigures(
        year=case.year,
        targets={sector: figures.number(f"{_ACT}.target_jobs_{name}", on) for sector, name in names},
        baseline_hours={sector: figures.whole(f"{_ACT}.baseline_hours_{name}", on) for sector, name in names},
        baseline_with_hired=figures.number(f"{_ACT}.baseline_jobs_with_hired", on),
        sectors=settings.get(f"{_ACT}.sectors", joint),
        required_government_share=None if share is None else int(Fraction(share) * 100),
        due=due,
        savings=(saving, saving, saving),
    )


_PART_NAMES = {GOVERNMENT: "government", MARKET: "market", HIRED_IN: "hired_in", None: "total"}


def _macro(count: Any, jobs: JobFigures, sectors: str, rate: int, lines: Any) -> dict[str, Any]:
    rows = list(lines)
    names = ("surcharge_cents", "lkv_cents", "bonus_cents", "payable_cents", "net_cents")
    totals = {name: sum(row[name] for row in rows) for name in names}
    missing = reference_jobs.missing_jobs(count.counts, sectors, jobs)
    revenue = totals["surcharge_cents"] > 0
    loss = reference_jobs.savings_losses(count.counts, missing, jobs, revenue=revenue)
    parts = {_PART_NAMES[part]: _sector(item) for part, item in count.counts.items()}
    if sectors == "separate":
        parts["total"] |= {"missing_jobs": _decimals(missing)}
    return {
        "baseline_source": count.source,
        "sectors": parts,
        "savings_loss_cents": None if loss is None else loss[1],
        "rate_hundredths": rate,
        "totals": totals,
    }


def _sector(count: Count) -> dict[str, str]:
    return {
        "target_jobs": _decimals(count.target),
        "baseline_jobs": _decimals(count.baseline),
        "realised_jobs": _decimals(count.realised),
        "missing_jobs": _decimals(count.missing),
        "realised_jobs_exact": f"{count.realised.numerator}/{count.realised.denominator}",
    }


def _decimals(value: Fraction) -> str:
    cents = half_up(value, Fraction(2))
    return f"{'-' if cents < 0 else ''}{abs(cents) // 1}.{int(abs(cents) % 1 * 100):02d}"
