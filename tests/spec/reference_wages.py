"""A plain reference: rule 3 with transfers of undertaking, rule 4 with deductions and both bases.

Ordinary Python with `Fraction`, written from law.md like `reference.py`; nothing of quotum is imported.
Every decision is given with its reason, so that a test can see that each of them was met.
"""

from datetime import date
from fractions import Fraction
from itertools import groupby
from math import floor

from attrs import evolve, frozen

from tests.spec import reference
from tests.spec.reference import Outcome, Terms, Unsolvable, cents, day, hours, in_force, rsin_of

WHOLE = 10_000


@frozen
class WageTerms(Terms):
    """The figures of a year, with the basis of the rate."""

    high_rate: int | None = None
    """High Aof rate in hundredths when the surcharge is a percentage of it; None when it is of the wage."""


@frozen
class Small:
    """Whether an employer is small."""

    small: bool | None
    ground: str | None
    wage: int | None
    met: frozenset = frozenset()
    """What was remarkable about it."""


def settle(country, as_of, terms):
    """Settle a year: an `Outcome`, and what was met on the way."""
    returns = in_force(country.returns, terms.year, as_of)
    everyone = reference.everyone(country, returns)
    wages = corrected_wages(country, as_of, terms)
    small = {rsin: small_employer(country, rsin, as_of, terms, returns, wages) for rsin in everyone}
    bonus = reference.bonus_lines(country, returns, terms)
    owing = {key: rows for key, rows in returns.items() if terms.due and not small[rsin_of(key[0])].small}
    bases, met = {}, {reason for item in small.values() for reason in item.met}
    for key, rows in owing.items():
        inside = [row for row in rows.values() if not reference.out_of_base(row, country.traits)]
        base, reason = less_deduction(sum(reference.wage(row) for row in inside), deduction_of(country, key))
        bases[key] = base, sum(hours(row) for row in inside)
        met.add(reason)
    rate = solved(bases, sum(line["bonus_cents"] for line in bonus.values()), terms)
    lines = {
        key: {"base_cents": base, "surcharge_cents": floor(Fraction(base * rate, WHOLE * 100)) * 100}
        for key, (base, _) in bases.items()
    }
    met |= {_about(deduction, returns, terms) for deduction in country.deductions}
    settlement = {
        rsin: reference.employer_line(
            country, rsin, returns, (small[rsin].small, small[rsin].ground, small[rsin].wage), bonus, lines
        )
        for rsin in everyone
    }
    return Outcome(settlement, bonus, lines, rate), met - {""}


# Rule 3


def counts(transfer, year, started):
    """Whether a transfer corrects the wage of an employer tested for a year, and why (not).

    From 1 January after it, at once on 1 January or when the employer was none before (`started` on the
    day or later; None for one that was: the transferor); as long as t-2 has a day before it (later on
    the acquirer reported the wage itself).
    """
    when = day(transfer["on"])
    if date(year - 2, 1, 1) >= when:
        return False, "transfer counts no longer"
    if date(year, 1, 1) == when:
        return True, "transfer on 1 January"
    if date(year, 1, 1) > when:
        return True, "transfer before 1 January"
    if started is not None and started >= when and when.year == year:
        return True, "transfer to a new employer"
    return False, "transfer counts not yet"


def corrected_wages(country, as_of, terms):
    """Wages of t-2 after transfers: RSIN to (wage, whether it is all of it, whether it took over, reasons).

    Shares that a transferor passes on in one calendar year are of the same whole: what it had at the
    beginning of that year and what it took over before the day. What one gets the other loses, each from
    its own year on.
    """
    started = {row["rsin"]: day(row["started_on"]) for row in country.employers}
    reasons, counting = {}, []
    for transfer in country.transfers:
        really, reason = counts(transfer, terms.year, started.get(transfer["to_rsin"]))
        reasons.setdefault(transfer["to_rsin"], set()).add(reason)
        counting += [transfer] if really else []
    named = {rsin for row in counting for rsin in (row["from_rsin"], row["to_rsin"])}
    known = {rsin: reference.premium_wage(country, rsin, terms.year - 2, as_of) for rsin in named}
    wage = {rsin: known[rsin] or 0 for rsin in named}
    sure = {rsin: known[rsin] is not None or _began_after(terms.year - 2, started.get(rsin)) for rsin in named}
    ordered = sorted(counting, key=lambda row: row["on"])
    for _, of_year in groupby(ordered, key=lambda row: row["on"][:4]):
        whole, whole_sure = dict(wage), dict(sure)
        for on, of_day in groupby(of_year, key=lambda row: row["on"]):
            moves = [
                (row["from_rsin"], row["to_rsin"], half_up(whole[row["from_rsin"]] * Fraction(row["share"])))
                for row in of_day
            ]
            known_then = dict(whole_sure)
            off = counts({"on": on}, terms.year, None)[0]
            for giver, taker, moved in moves:
                wage[giver] -= moved if off else 0
                wage[taker] += moved
                whole[taker] += moved
                sure[taker] = sure[taker] and known_then[giver]
                whole_sure[taker] = whole_sure[taker] and known_then[giver]
    acquirers, givers = {row["to_rsin"] for row in counting}, set()
    for transfer in counting:
        if known[transfer["from_rsin"]] is not None:
            off = counts(transfer, terms.year, None)[0]
            givers |= {transfer["from_rsin"]} if off else set()
            reasons.setdefault(transfer["from_rsin"], set()).update({"taken off"} if off else set())
    return {rsin: (wage[rsin], sure[rsin], rsin in acquirers, reasons.get(rsin, set())) for rsin in acquirers | givers}


def _began_after(year, started):
    return started is not None and started.year > year


def small_employer(country, rsin, as_of, terms, returns, wages):
    """Small or not: the wage after transfers, otherwise rule 3 without them."""
    if rsin not in wages:
        without = Small(*reference.small_employer(country, rsin, as_of, terms, returns))
        return evolve(without, met=_not_counting(country, rsin, terms) | _beside(without))
    wage, sure, took_over, reasons = wages[rsin]
    if terms.small_limit is None:
        return Small(None, None, wage if sure else None, frozenset(reasons))
    if not took_over and reference.starts(country, rsin, terms.year):
        return Small(True, "starter", wage, frozenset(reasons | {"starter that passed on"}))
    if sure or wage > terms.small_limit:
        met = reasons | {"all of it known" if sure else "a part above the limit is enough"}
        return Small(wage <= terms.small_limit, "transfer", wage, frozenset(met))
    rows = [
        row for key, rows_of_return in returns.items() if rsin_of(key[0]) == rsin for row in rows_of_return.values()
    ]
    high = any(cents(row["PrlnAofAnwHg"]) != 0 for row in rows if row["CdAard"] not in {"21", "22"})
    return Small(bool(rows) and not high, "declared_class", None, frozenset(reasons | {"took over unknown wage"}))


def _beside(small):
    """Whether a starter had a wage of t-2 all the same."""
    if small.ground != "starter" or small.wage is None:
        return frozenset()
    return frozenset({"starter with wage" if small.wage else "starter with a wage of nothing"})


def _not_counting(country, rsin, terms):
    started = {row["rsin"]: day(row["started_on"]) for row in country.employers}
    outcomes = {
        counts(transfer, terms.year, started.get(rsin))[1]
        for transfer in country.transfers
        if transfer["to_rsin"] == rsin
    }
    given = [transfer for transfer in country.transfers if transfer["from_rsin"] == rsin]
    early = any(counts(entry, terms.year, started.get(entry["to_rsin"]))[0] for entry in given)
    return frozenset(outcomes | ({"not off yet at the transferor"} if early else set()))


def half_up(value):
    """The nearest whole number, a half upwards."""
    return floor(value + Fraction(1, 2))


# Rule 4


def deduction_of(country, key):
    """What is to be left out of a return, in cents; None when nothing was delivered."""
    result = [
        cents(deduction["amount"])
        for deduction in country.deductions
        if (deduction["lhnr"], day(deduction["period_start"]), day(deduction["period_end"])) == key
    ]
    return sum(result) if result else None


def less_deduction(base, deduction):
    """The base after a deduction, and what happened: a deduction never makes a base negative."""
    if deduction is None:
        return base, ""
    if deduction <= 0:
        return base - deduction, "deduction that adds" if base >= 0 else "deduction that adds to a base below zero"
    if base <= 0:
        return base, "deduction of a base that is not positive"
    if deduction > base:
        return 0, "deduction above the base"
    return base - deduction, "deduction"


def _about(deduction, returns, terms):
    """Deductions that find nothing to be taken off."""
    first = day(deduction["period_start"])
    if first.year != terms.year:
        return "deduction of another year"
    return "" if (deduction["lhnr"], first, day(deduction["period_end"])) in returns else "deduction without return"


def of_wage(rate, terms):
    """A rate as hundredths of a percent point of the wage: of the high rate, the product half up to hundredths."""
    return rate if terms.high_rate is None else half_up(Fraction(rate * terms.high_rate, WHOLE))


def solved(bases, bonus_total, terms):
    """The rate given, or the one the rule asks for, of the wage."""
    if not terms.due:
        return 0
    if isinstance(terms.rate, int):
        return of_wage(terms.rate, terms)
    base, paid = (sum(basis[place] for basis in bases.values()) for place in (0, 1))
    if base <= 0:
        raise Unsolvable
    if terms.rate == "balance":
        exact = Fraction(terms.required_share, WHOLE) * paid * terms.bonus_rate / base
        rate = half_up(exact * WHOLE if terms.high_rate is None else exact / Fraction(terms.high_rate, WHOLE) * WHOLE)
        if rate > WHOLE:
            raise Unsolvable
        return of_wage(rate, terms)
    for rate in range(WHOLE + 1):
        charged = sum(item * of_wage(rate, terms) // (WHOLE * 100) * 100 for item, _ in bases.values())
        if charged >= bonus_total:
            return of_wage(rate, terms)
    raise Unsolvable
