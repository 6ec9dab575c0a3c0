"""A plain reference: rules 0, 1, 3 (without transfers), 4, 5 (from 2026) and 6 of law.md, row by row.

Ordinary Python with `Fraction` and dates, over deliveries as they come (dictionaries of text under
the delivered names). Written from law.md; nothing of quotum is imported, figures included.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import floor
from zoneinfo import ZoneInfo

from attrs import field, frozen

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ONE_DAY = timedelta(days=1)
FAR = date(9999, 12, 31)
EMPLOYMENTS = {"11", "13", "15"}
ORDER_WITHIN_MESSAGE = {"V": 0, "A": 1, "C": 2}

# AOW art. 7a: the age in months in force from a calendar year on.
PENSION_AGES = {1957: 780, 2013: 781, 2014: 782, 2015: 783, 2016: 786, 2017: 789, 2018: 792, 2019: 796}
PENSION_AGES |= {2022: 799, 2023: 802, 2024: 804, 2028: 807}


class Unsolvable(Exception):
    """No rate satisfies the rule."""


@frozen
class Country:
    """Deliveries: dictionaries of text under the delivered names."""

    returns: tuple = field(default=(), converter=tuple)
    register: tuple = field(default=(), converter=tuple)
    employers: tuple = field(default=(), converter=tuple)
    wage_bills: tuple = field(default=(), converter=tuple)
    traits: tuple = field(default=(), converter=tuple)
    transfers: tuple = field(default=(), converter=tuple)
    deductions: tuple = field(default=(), converter=tuple)
    received: datetime | None = None


@frozen
class Terms:
    """The figures of a year; amounts in cents, percentages in hundredths of a percent point."""

    year: int = 2026
    small_limit: int | None = 25 * 43_300_00
    lkv_rate: int = 1_01
    lkv_cap: int = 2_000_00
    due: bool = True
    bonus_rate: int = 3_76
    bonus_cap: int = 0
    rate: int | str = 35
    required_share: int = 0


@frozen
class Outcome:
    """What a settlement gives."""

    settlement: dict
    """By RSIN."""
    bonus: dict
    """By RSIN and BSN."""
    surcharge: dict
    """By payroll tax number, first day and last day of the period."""
    rate: int
    """Surcharge rate."""


def settle(country, as_of, terms):
    """Settle a year: every employer, every person with a right, every return that owes."""
    returns = in_force(country.returns, terms.year, as_of)
    small = {rsin: small_employer(country, rsin, as_of, terms, returns) for rsin in everyone(country, returns)}
    bonus = bonus_lines(country, returns, terms)
    owing = {key: rows for key, rows in returns.items() if terms.due and not small[rsin_of(key[0])][0]}
    bases = {key: [row for row in rows.values() if not out_of_base(row, country.traits)] for key, rows in owing.items()}
    rate = solve(bases, sum(line["bonus_cents"] for line in bonus.values()), terms)
    surcharge = {key: surcharge_line(rows, rate) for key, rows in bases.items()}
    settlement = {
        rsin: employer_line(country, rsin, returns, small[rsin], bonus, surcharge)
        for rsin in everyone(country, returns)
    }
    return Outcome(settlement, bonus, surcharge, rate)


def everyone(country, returns):
    """Employers with a return in force or in the employers delivery."""
    return sorted({rsin_of(lhnr) for lhnr, _, _ in returns} | {row["rsin"] for row in country.employers})


def employer_line(country, rsin, returns, small, bonus, surcharge):
    """Rule 6: what is paid out, what is collected; nothing nets them."""
    rows = [
        row for key, rows_of_return in returns.items() if rsin_of(key[0]) == rsin for row in rows_of_return.values()
    ]
    lines = [line for (employer, _), line in bonus.items() if employer == rsin]
    owed = [line for (lhnr, _, _), line in surcharge.items() if rsin_of(lhnr) == rsin]
    lkv, extra = sum(line["lkv_cents"] for line in lines), sum(line["bonus_cents"] for line in lines)
    charged = sum(line["surcharge_cents"] for line in owed)
    return {
        "sector": next((row["sector"] for row in country.employers if row["rsin"] == rsin), None),
        "small_employer": small[0],
        "small_ground": small[1],
        "premium_wage_t2_cents": small[2],
        "paid_hours": sum(hours(row) for row in rows),
        "target_group_hours": sum(hours(row) for row in rows if in_target_group(row, country)),
        "surcharge_base_cents": sum(line["base_cents"] for line in owed),
        "surcharge_cents": charged,
        "lkv_cents": lkv,
        "bonus_cents": extra,
        "payable_cents": lkv + extra,
        "net_cents": lkv + extra - charged,
    }


# Rule 0


def in_force(delivered, year, as_of):
    """Returns in force at the end of the as-of day: per number and period the income relations."""
    messages = {}
    for row in delivered:
        first, last = day(row["DatAanvTv"]), day(row["DatEindTv"])
        if first.year == year and filed_on(row) <= as_of:
            place = filed(row), row["IdBer"], ORDER_WITHIN_MESSAGE[row["Soort"]]
            messages.setdefault((row["LhNr"], first, last), {}).setdefault(place, []).append(row)
    return {key: applied(message) for key, message in messages.items()}


def applied(messages):
    """The messages of one return, one after the other."""
    state = {}
    for place in sorted(messages):
        if place[-1] == ORDER_WITHIN_MESSAGE["V"]:
            state = {}
        for row in messages[place]:
            if row["NumIV"] == "":
                continue
            identity = (row["SofiNr"], "" if row["SofiNr"] else row["PersNr"], row["NumIV"])
            if row["Actie"] == "X":
                state.pop(identity, None)
            else:
                state[identity] = row
    return state


def filed(row):
    """The instant at which a message was filed, or else made."""
    return instant_of(row.get("Ingediend") or row["DatTdAanm"])


def filed_on(row):
    """The local day of filing."""
    return filed(row).replace(tzinfo=UTC).astimezone(AMSTERDAM).date()


def instant_of(text):
    """The instant of a local time or of one with an offset, in UTC without saying so; the first of two."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)).astimezone(UTC).replace(tzinfo=None)


# Rule 1 and the kinds of work


def in_target_group(row, country):
    """A registration overlaps the period, and the kind of work is not out."""
    first, last = day(row["DatAanvTv"]), day(row["DatEindTv"])
    registered = any(
        day(registration["registered_from"]) <= last and (day(registration["registered_until"]) or FAR) >= first
        for registration in country.register
        if row["SofiNr"] and registration["bsn"] == row["SofiNr"]
    )
    return registered and not out_of_count(row, country.traits)


def out_of_count(row, traits):
    """Wsw that is not seconded, and sheltered work, over all days in service."""
    sheltered = row["CdAard"] == "24" or has(row, traits, "sheltered", all)
    wsw = row["CdAard"] in {"21", "22"} or has(row, traits, "wsw", all)
    seconded = row["CdAard"] == "22" or has(row, traits, "wsw_seconded", any)
    return sheltered or (wsw and not seconded)


def out_of_base(row, traits):
    """Agency and payroll work, Wsw, sheltered work: as on the first day in service."""
    first = days_in_service(row)[0]
    return row["CdAard"] in {"11", "82", "21", "22", "24"} or any(
        on(trait, row, first) for trait in traits if trait["trait"] in {"wsw", "wsw_seconded", "sheltered", "lent_out"}
    )


def has(row, traits, name, of):
    """Whether a trait holds on all (or any) of the days in service."""
    return of(
        any(trait["trait"] == name and on(trait, row, moment) for trait in traits) for moment in days_in_service(row)
    )


def on(trait, row, moment):
    """Whether a trait is about this income relation and holds on a day."""
    about = (trait["lhnr"], trait["bsn"], trait["income_relation"]) == (row["LhNr"], row["SofiNr"], row["NumIV"])
    return about and day(trait["from"]) <= moment <= (day(trait["until"]) or FAR)


def days_in_service(row):
    """The days of the period in which the relation runs; when there are none, all of them."""
    period = between(day(row["DatAanvTv"]), day(row["DatEindTv"]))
    started, ended = day(row["DatAanv"]) or date.min, day(row["DatEind"]) or FAR
    return [moment for moment in period if started <= moment <= ended] or period


# Rule 3


def small_employer(country, rsin, as_of, terms, returns):
    """Whether an employer is small, on which ground, and the wage that was tested."""
    wage = premium_wage(country, rsin, terms.year - 2, as_of)
    if terms.small_limit is None:
        return None, None, wage
    if starts(country, rsin, terms.year):
        return True, "starter", wage
    if wage is not None:
        return wage <= terms.small_limit, "wage_bill", wage
    rows = [
        row for key, rows_of_return in returns.items() if rsin_of(key[0]) == rsin for row in rows_of_return.values()
    ]
    high = any(cents(row["PrlnAofAnwHg"]) != 0 for row in rows if row["CdAard"] not in {"21", "22"})
    return bool(rows) and not high, "declared_class", None


def starts(country, rsin, year):
    """Whether an employer started in the year or in the one before."""
    return any(row["rsin"] == rsin and day(row["started_on"]).year in {year - 1, year} for row in country.employers)


def premium_wage(country, rsin, year, as_of):
    """Premium wage of a year: delivered, or else the sum of complete returns; None when unknown."""
    for bill in country.wage_bills:
        if bill["rsin"] == rsin and int(bill["year"]) == year:
            return cents(bill["premium_wage"])
    returns = {key: rows for key, rows in in_force(country.returns, year, as_of).items() if rsin_of(key[0]) == rsin}
    full = {
        (row["LhNr"], day(row["DatAanvTv"]), day(row["DatEindTv"]))
        for row in country.returns
        if row["Soort"] == "V" and filed_on(row) <= as_of
    }
    numbers = {lhnr for lhnr, _, _ in returns}
    complete = all(
        any(all((lhnr, *period) in full for period in calendar) for calendar in (months(year), four_weeks(year)))
        for lhnr in numbers
    )
    return sum(wage(row) for rows in returns.values() for row in rows.values()) if numbers and complete else None


# Rule 4


def surcharge_line(rows, rate):
    """Base and surcharge of one return: whole euros, towards minus infinity."""
    base = sum(wage(row) for row in rows)
    return {"base_cents": base, "surcharge_cents": floor(Fraction(base, 100) * Fraction(rate, 10_000)) * 100}


def solve(bases, bonus_total, terms):
    """The rate given, or the one the rule asks for."""
    if not terms.due or isinstance(terms.rate, int):
        return terms.rate if terms.due else 0
    rows = [row for basis in bases.values() for row in basis]
    base = sum(wage(row) for row in rows)
    if base <= 0:
        raise Unsolvable
    if terms.rate == "balance":
        owed = Fraction(terms.required_share, 10_000) * sum(hours(row) for row in rows) * terms.bonus_rate
        rate = floor(owed / base * 10_000 + Fraction(1, 2))
        if rate > 10_000:
            raise Unsolvable
        return rate
    for rate in range(10_001):
        if sum(surcharge_line(basis, rate)["surcharge_cents"] for basis in bases.values()) >= bonus_total:
            return rate
    raise Unsolvable


# Rule 5


def bonus_lines(country, returns, terms):
    """LKV and bonus per employer and person."""
    persons = {}
    for key, rows in returns.items():
        for row in rows.values():
            if entitled(row, country):
                persons.setdefault((rsin_of(key[0]), row["SofiNr"]), []).append(hours(row))
    return {person: bonus_line(sum(result), terms) for person, result in persons.items()}


def bonus_line(paid, terms):
    """Amounts over the hours of one person at one employer."""
    lkv, extra = paid * terms.lkv_rate, paid * terms.bonus_rate if terms.due else 0
    return {
        "paid_hours": paid,
        "lkv_cents": max(min(lkv, terms.lkv_cap), 0),
        "lkv_capped": lkv > terms.lkv_cap,
        "bonus_cents": max(min(extra, terms.bonus_cap or extra), 0),
        "granted_category": "jobs_agreement",
    }


def entitled(row, country):
    """Asked for, employed and insured, below the pension age on the first day, in the target group."""
    return (
        row["IndAvrLkvDgBaf"] == "J"
        and row["SrtIV"] in EMPLOYMENTS
        and "J" in {row["IndWAO"], row["IndWW"], row["IndZW"]}
        and row["Gebdat"] != ""
        and not pension_age_reached(day(row["Gebdat"]), day(row["DatAanvTv"]))
        and in_target_group(row, country)
    )


def pension_age_reached(born, by):
    """Whether the pension age is reached on a day or before it."""
    for year in range(1957, by.year + 1):
        age = PENSION_AGES[max(start for start in PENSION_AGES if start <= year)]
        reached = months_later(born, age)
        if reached.year == year:
            return reached <= by
    return months_later(born, PENSION_AGES[1957]).year < 1957


# Plain helpers


def months(year):
    """The calendar months."""
    return [(date(year, moment, 1), date(year, moment, monthrange(year, moment)[1])) for moment in range(1, 13)]


def four_weeks(year):
    """ISO weeks 1-4, 5-8 and so on, the first from 1 January, the thirteenth to 31 December."""
    monday = date(year, 1, 4) - timedelta(days=date(year, 1, 4).weekday())
    ends = [monday + timedelta(days=28 * number - 1) for number in range(1, 13)]
    return list(zip([date(year, 1, 1), *(end + ONE_DAY for end in ends)], [*ends, date(year, 12, 31)], strict=True))


def months_later(born, count):
    """The same day of the month; one that does not exist becomes the last of the month."""
    year, month = divmod(born.year * 12 + born.month - 1 + count, 12)
    return date(year, month + 1, min(born.day, monthrange(year, month + 1)[1]))


def between(first, last):
    """Every day from first to last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def day(text):
    """A date; None when empty."""
    return date.fromisoformat(text) if text else None


def cents(text):
    """Euros as text in whole cents."""
    exact = Fraction(text or 0) * 100
    assert exact.denominator == 1
    return exact.numerator


def wage(row):
    """Premium wage Aof of a row, without benefits."""
    return cents(row["PrlnAofAnwLg"]) + cents(row["PrlnAofAnwHg"])


def hours(row):
    """Paid hours of a row."""
    return int(row["AantVerlU"] or 0)


def rsin_of(lhnr):
    """The employer behind a payroll tax number."""
    return lhnr[:9]
