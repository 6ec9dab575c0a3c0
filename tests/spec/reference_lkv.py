"""A plain reference of the wage cost benefits: rule 5 of law.md in every year, person by person.

Ordinary Python with `Fraction` and dates, over deliveries as they come. Written from law.md;
nothing of quotum is imported, figures included. Beside the amounts it tells which circumstances it
met on its way, so that a run which meets too little fails.
"""

from collections import Counter
from datetime import date
from fractions import Fraction

import attrs
from attrs import field, frozen

from tests.spec.reference import (
    EMPLOYMENTS,
    FAR,
    ONE_DAY,
    between,
    day,
    has,
    hours,
    in_force,
    in_target_group,
    months_later,
    out_of_count,
    pension_age_reached,
    rsin_of,
)  # fmt: skip

OLDER, DISABLED, JOBS, REASSIGNED = "older", "disabled", "jobs_agreement", "reassigned"
TRAINING = "jobs_agreement_training"
ORDER = (OLDER, DISABLED, JOBS, REASSIGNED)
REQUEST = {
    OLDER: "IndAvrLkvOudrWn", DISABLED: "IndAvrLkvAgWn", JOBS: "IndAvrLkvDgBaf", REASSIGNED: "IndAvrLkvHpAgWn",
}  # fmt: skip
SIX_MONTHS = 6
LAST_DAY_OF_OLD_TEXT = date(2025, 12, 31)
OLD_AMOUNTS_BEFORE = date(2024, 1, 1)
NEW_MONTH_FROM = date(2025, 1, 1)


@frozen
class Benefit:
    """What a benefit gives; amounts in cents."""

    rate: int
    cap: int
    years: int


@frozen
class Figures:
    """The figures of a year; amounts in cents."""

    year: int
    jobs: Benefit
    older: Benefit | None
    """Older workers employed from 2024."""
    older_kept: Benefit | None
    """Older workers employed before 2024 (6.2a)."""
    disabled: Benefit = Benefit(3_05, 6_000_00, 3)
    reassigned: Benefit = Benefit(3_05, 6_000_00, 1)
    bonus_rate: int = 0
    bonus_cap: int = 0

    @property
    def by_registration(self):
        """Whether the text of 2026 holds."""
        return self.year > LAST_DAY_OF_OLD_TEXT.year


def figures_of(year, *, years_from_2026=0, **bonus):
    """The figures of a year from 2018 on (Wtl 2.5, 2.9, 2.13, 2.17, 6.2a)."""
    old, new = Benefit(3_05, 6_000_00, 3), Benefit(1_35, 2_600_00, 3)
    older = {2025: new}.get(year, old if year < 2025 else None)
    jobs = Benefit(1_01, 2_000_00, years_from_2026 if year > LAST_DAY_OF_OLD_TEXT.year else 3)
    return Figures(year, jobs, older, old if year <= 2026 else None, **bonus)


@frozen
class Spell:
    """An employment as the returns tell it; first and last day included."""

    first: date
    last: date
    start_known: bool


@frozen
class Outcome:
    """What the benefits of a year are, and what was met."""

    lines: dict
    """By RSIN and BSN."""
    others: dict
    """By RSIN, BSN and category."""
    undeclared: int
    """Requests without a declaration at the start of an employment."""
    unstarted: int
    """Employments of persons with a declaration of which the start is unknown."""
    lost: int
    """Persons who lose what is left of a right because nobody knows how their registration ended."""
    nameless: int
    """Rows within a right of persons without a birth date; who is in the target group is counted elsewhere."""
    met: Counter = field(eq=False)
    """Circumstances."""


def settle(country, figures, as_of):
    """The benefits of a year: every employer and person with a right."""
    returns = {
        year: list_of(in_force(country.returns, year, as_of))
        for year in years_delivered(country)
        if year <= figures.year
    }
    spells = gone_over(reported_employments(returns), country.transfers)
    met, lines, others, undeclared, unstarted, lost, nameless = Counter(), {}, {}, 0, 0, 0, 0
    for rsin, bsn in sorted({(rsin_of(row["LhNr"]), row["SofiNr"]) for row in returns.get(figures.year, ())}):
        rows = [row for row in returns[figures.year] if (rsin_of(row["LhNr"]), row["SofiNr"]) == (rsin, bsn)]
        person = Person(rows, spells.get((rsin, bsn), ()), country, figures, met, went_over(rsin, country.transfers))
        amounts = {category: person.amounts(category) for category in ORDER}
        amounts = {category: amount for category, amount in amounts.items() if amount is not None}
        granted = highest(amounts, met)
        for category, line in amounts.items():
            given = category == granted
            if category == JOBS:
                lines[rsin, bsn] = {
                    "paid_hours": line["paid_hours"],
                    "lkv_cents": line["lkv"] * given,
                    "lkv_capped": line["capped"] and given,
                    "bonus_cents": line["bonus"] * given,
                    "granted_category": granted,
                }
            else:
                others[rsin, bsn, category] = {"paid_hours": line["paid_hours"], "lkv_cents": line["lkv"] * given}
        undeclared += person.undeclared()
        unstarted += person.unstarted()
        lost += person.lost()
        nameless += person.nameless()
    return Outcome(lines, others, undeclared, unstarted, lost, nameless, met)


def years_delivered(country):
    """Calendar years of which there are returns."""
    return sorted({day(row["DatAanvTv"]).year for row in country.returns})


def list_of(returns):
    """All rows of all returns."""
    return [row for rows in returns.values() for row in rows.values()]


def highest(amounts, met):
    """4.1 lid 3: the highest with its bonus, of equal amounts the one the law names first."""
    totals = {category: row["lkv"] + row["bonus"] for category, row in amounts.items()}
    most = max(totals.values(), default=0)
    winners = [category for category in ORDER if totals.get(category) == most]
    for category in totals:
        if winners[0] != category:
            met[f"{winners[0]} {'equal to' if category in winners else 'above'} {category}"] += 1
    return winners[0] if winners else None


# Employments


def reported_employments(returns):
    """Employments by RSIN and BSN, over every payroll tax number: what the latest period says of the end holds."""
    relations = {}
    for row in (row for year in sorted(returns) for row in returns[year] if insured_employment(row) and row["SofiNr"]):
        person = rsin_of(row["LhNr"]), row["SofiNr"]
        relation = row["LhNr"], row["NumIV"], row["DatAanv"]
        relations.setdefault(person, {}).setdefault(relation, []).append(row)
    return {person: unique(spell(rows) for rows in result.values()) for person, result in relations.items()}


def spell(rows):
    """One employment; without a start it stands over the periods it was reported in."""
    latest = max(day(row["DatEindTv"]) for row in rows)
    start = day(rows[0]["DatAanv"])
    silent = FAR if start else latest
    end = max(day(row["DatEind"]) or silent for row in rows if day(row["DatEindTv"]) == latest)
    return Spell(start or min(day(row["DatAanvTv"]) for row in rows), end, start is not None)


def gone_over(spells, transfers):
    """Employments after transfers of undertaking: an employment that goes over has begun with the transferor.

    A person went over when an employment with the transferor ran on the eve, and one with the
    acquirer begins on the day, or gives the start with the transferor. What was before with the
    transferor then counts as with the acquirer.
    """
    spells = dict(spells)
    for transfer in sorted(transfers, key=lambda row: row["on"]):
        on = day(transfer["on"])
        for rsin, bsn in list(spells):
            spells_there, here = spells[rsin, bsn], spells.get((transfer["to_rsin"], bsn), ())
            running = (
                [employment for employment in spells_there if employment.first < on and employment.last >= on - ONE_DAY]
                if here
                else []
            )
            starts = {employment.first for employment in here if employment.start_known}
            if rsin != transfer["from_rsin"] or not any({on, item.first} & starts for item in running):
                continue
            begun = min(running, key=lambda item: item.first)
            stayed = [
                attrs.evolve(employment, first=begun.first, start_known=begun.start_known)
                if employment.first == on
                else employment
                for employment in here
            ]
            came = [
                attrs.evolve(employment, last=min(employment.last, on - ONE_DAY))
                for employment in spells_there
                if employment.first < on
            ]
            spells[transfer["to_rsin"], bsn] = unique([*stayed, *came])
    return spells


def unique(spells):
    """Each employment once."""
    return list(dict.fromkeys(spells))


def went_over(rsin, transfers):
    """Whether an employer acquired an undertaking."""
    return any(transfer["to_rsin"] == rsin for transfer in transfers)


def insured_employment(row):
    """Kind 11, 13 or 15, insured for at least one of WAO/WIA, WW and ZW."""
    return row["SrtIV"] in EMPLOYMENTS and "J" in {row["IndWAO"], row["IndWW"], row["IndZW"]}


# A person with an employer


@frozen
class Person:
    """One person with one employer in the year."""

    rows: list
    spells: list
    country: object
    figures: Figures
    met: Counter
    acquired: bool

    def meet(self, category, what):
        """Note a circumstance."""
        self.met[f"{category}: {what}"] += 1

    def amounts(self, category):
        """Hours and amounts of a category; None without a row that counts."""
        benefit, starts = self.figure(category)
        if benefit is None:
            return None
        counted = [row for row in self.rows if self.counts(row, category, benefit, starts)]
        if not counted:
            return None
        paid = sum(hours(row) for row in counted)
        lkv, bonus = Fraction(benefit.rate, 100) * paid * 100, self.figures.bonus_rate * paid if category == JOBS else 0
        self.meet(category, "capped" if lkv > benefit.cap else "below zero" if paid < 0 else "granted in full")
        if bonus > self.figures.bonus_cap > 0:
            self.meet(category, "bonus capped")
        return {
            "paid_hours": paid,
            "lkv": int(max(min(lkv, benefit.cap), 0)),
            "capped": lkv > benefit.cap,
            "bonus": max(min(bonus, self.figures.bonus_cap or bonus), 0),
        }

    def figure(self, category):
        """The figures of a category for this person, and the days they run from."""
        starts = self.resumed() if category == REASSIGNED else self.qualifying_starts(category)
        if category == OLDER and starts:
            kept = starts[0] < OLD_AMOUNTS_BEFORE
            benefit = self.figures.older_kept if kept else self.figures.older
            self.meet(OLDER, ("old amounts kept" if kept else "new amounts") if benefit else "abolished")
            return benefit, starts
        return {
            OLDER: self.figures.older,
            DISABLED: self.figures.disabled,
            JOBS: self.figures.jobs,
            REASSIGNED: self.figures.reassigned,
        }[category], starts

    # The start

    def resumed(self):
        """2.14, 2.16: the first days of the declarations of a reassigned worker on which the person was employed here.

        Declarations that touch are one, so one that goes on from another begins nothing.
        """
        papers = [
            declaration
            for declaration in self.country.declarations
            if (declaration["bsn"], declaration["category"]) == (self.bsn, REASSIGNED)
        ]
        begun = {day(paper["from"]) for paper in papers}
        if any(self.covered(REASSIGNED, on - ONE_DAY) for on in begun):
            self.meet(REASSIGNED, "declaration goes on from another")
        begun = {on for on in begun if not self.covered(REASSIGNED, on - ONE_DAY)}
        here = sorted(on for on in begun if any(item.first <= on <= item.last for item in self.spells))
        for on in here:
            spells_there = [item for item in self.spells if item.first <= on <= item.last]
            self.meet(REASSIGNED, "declared within an employment")
            if on in {employment.first for employment in spells_there}:
                self.meet(REASSIGNED, "declared on the first day of an employment")
            if on in {employment.last for employment in spells_there}:
                self.meet(REASSIGNED, "declared on the last day of an employment")
            if not any(employment.start_known for employment in spells_there):
                self.meet(REASSIGNED, "start of the employment unknown")
            if any(employment.first < on for employment in spells_there):
                self.meet(REASSIGNED, "employment began before the declaration")
        if len(begun) > len(here):
            self.meet(REASSIGNED, "declared outside an employment")
        if len(here) > 1:
            self.meet(REASSIGNED, "two rights")
        if not papers:
            self.meet(REASSIGNED, "no declaration")
        return here

    def qualifying_starts(self, category):
        """The first day of the first employment that meets the conditions; nothing when none does."""
        for number, start in enumerate(
            sorted({employment.first for employment in self.spells if employment.start_known})
        ):
            reason = self.why_not(category, start)
            if reason is None:
                self.meet(category, "first employment" if number == 0 else "later employment")
                return [start]
            self.meet(category, reason)
        return []

    def why_not(self, category, start):
        """Why an employment that starts on a day gives no right; None when it does."""
        trained = category == JOBS and self.covered(TRAINING, start)
        if not trained and not self.covered(category, start):
            papers = {(declaration["bsn"], declaration["category"]) for declaration in self.country.declarations}
            return "declaration covers no start" if (self.bsn, category) in papers else "no declaration"
        if category == JOBS and not trained and not self.registered_at(start):
            return "not registered at the start"
        if self.employed_before(start):
            return "six months rule broken"
        if trained:
            self.meet(JOBS, "training")
        return None

    @property
    def bsn(self):
        """The person."""
        return self.rows[0]["SofiNr"]

    def covered(self, category, start):
        """Whether a declaration covers a day."""
        return any(
            day(declaration["from"]) <= start <= (day(declaration["until"]) or FAR)
            for declaration in self.country.declarations
            if (declaration["bsn"], declaration["category"]) == (self.bsn, category)
        )

    def registered_at(self, start):
        """Registered on the first day, or in the month before it.

        Of starts from 2025 that month ends on the day before the start, of earlier ones it is the calendar month.
        """
        last_month = start.replace(day=1) - ONE_DAY
        calendar_month = between(last_month.replace(day=1), last_month)
        up_to_start = between(months_later(start, -1), start - ONE_DAY)
        if self.registered_on([start]):
            return True
        later = start >= NEW_MONTH_FROM
        others = self.registered_on(calendar_month if later else up_to_start)
        if self.registered_on(up_to_start if later else calendar_month):
            self.meet(JOBS, "registered in the month before only")
            if not others:
                self.meet(JOBS, f"registered in the {'month up to the start' if later else 'calendar month'} only")
            return True
        if others:
            self.meet(
                JOBS, f"registered in the {'calendar month' if later else 'month up to the start'} of other starts"
            )
        return False

    def registered_on(self, days):
        """Whether a registration holds on one of the days."""
        return any(
            day(registration["registered_from"]) <= moment <= (day(registration["registered_until"]) or FAR)
            for registration in self.country.register
            if registration["bsn"] == self.bsn
            for moment in days
        )

    def employed_before(self, start):
        """Whether there was an employment with this employer in the six months before a day."""
        since, until = months_later(start, -SIX_MONTHS), start - ONE_DAY
        result = [item for item in self.spells if item.first <= until and item.last >= since]
        if any(not employment.start_known for employment in result):
            self.met["start unknown stands in the way"] += 1
        if not result and any(item.last == since - ONE_DAY for item in self.spells):
            self.met["six months to the day"] += 1
        return bool(result)

    # The rows

    def counts(self, row, category, benefit, starts):
        """Whether a row counts for a category."""
        reason = self.refusal(row, category)
        if reason is None and category == JOBS and self.figures.by_registration:
            reason = self.refusal_from_2026(row, benefit, starts)
        elif reason is None:
            reason = refusal_of_kind(row, self.country.traits) or within_any(row, starts, benefit.years)
        self.meet(category, reason or "counts")
        if reason is None and starts:
            start = next(
                (first_day for first_day in starts if within(row, first_day, benefit.years or 3) is None), starts[0]
            )
            if self.acquired and start < day(self.country.transfers[0]["on"]):
                self.meet(category, "runs on after a transfer")
            if (day(row["DatAanv"]) or start) > start and not self.acquired:
                self.meet(category, "goes on after an interruption")
            if day(row["DatAanvTv"]) < start:
                self.meet(category, "begins within the period")
        return reason is None

    def refusal(self, row, category):
        """Why a row counts in no year: not asked for, no insured employment, or not of age."""
        if row[REQUEST[category]] != "J":
            return "not asked for"
        if row["SrtIV"] not in EMPLOYMENTS:
            return "no employment"
        if not insured_employment(row):
            return "not insured"
        if not row["SofiNr"]:
            return "nobody known"
        if not row["Gebdat"]:
            return "no birth date"
        return "pension age" if pension_age_reached(day(row["Gebdat"]), day(row["DatAanvTv"])) else None

    def refusal_from_2026(self, row, benefit, starts):
        """In the target group, and else what is left of a period that ran on the last day of the old text."""
        in_period = between(day(row["DatAanvTv"]), day(row["DatEindTv"]))
        if self.registered_on(in_period):
            if out_of_count(row, self.country.traits):
                return refusal_of_kind(row, self.country.traits)
            if refusal_of_kind(row, self.country.traits):
                self.meet(JOBS, "wsw seconded from 2026")
            return self.refusal_by_years(row, benefit.years)
        (start,) = starts or [None]
        if start is None or start > LAST_DAY_OF_OLD_TEXT:
            return "never registered, never declared" if start is None else "began after the old text"
        if refusal_of_kind(row, self.country.traits):
            return refusal_of_kind(row, self.country.traits)
        return within(row, start, 3) or self.refusal_of_remaining_part()

    def refusal_of_remaining_part(self):
        """6.2: kept by who was not registered when the new text came, or ended the registration at own request."""
        how = self.how_ended()
        self.meet(JOBS, f"transition: {how}")
        return None if how in {"not registered", "own_request"} else f"right ended with the registration: {how}"

    def how_ended(self):
        """6.2: how the registration of the first day of the new text ended, of which touching ones are one."""
        last = LAST_DAY_OF_OLD_TEXT
        if not self.registered_on([last + ONE_DAY]):
            return "not registered"
        result = [registration for registration in self.country.register if registration["bsn"] == self.bsn]
        ends = {day(row["registered_until"]) or FAR for row in result}
        # The first end from that day on after which nothing goes on.
        end = min(end for end in ends if end > last and (end == FAR or not self.registered_on([end + ONE_DAY])))
        if end == FAR:
            return "running"
        values = {row.get("ended_by") for row in result if day(row["registered_until"]) == end} - {"", None}
        if len(values) > 1:
            self.meet(JOBS, "registers contradict each other about the end")
        return values.pop() if len(values) == 1 else "unknown"

    def lost(self):
        """Whether rows would count if the registration had been ended at own request, and nobody knows how it was."""
        if not self.figures.by_registration:
            return False
        reasons = [
            self.refusal_from_2026(row, self.figures.jobs, self.figure(JOBS)[1])
            for row in self.rows
            if self.refusal(row, JOBS) is None
        ]
        return "right ended with the registration: unknown" in reasons

    def refusal_by_years(self, row, years):
        """A scenario in which the LKV ends: so many years from a start without an employment before it."""
        if years == 0:
            return None
        starts = {
            employment.first
            for employment in self.spells
            if employment.start_known and not self.employed_before(employment.first)
        }
        return within_any(row, starts, years) and "years from 2026 over"

    # Findings

    def undeclared(self):
        """Categories asked for in an insured employment without a declaration that covers a start.

        That of a reassigned worker must give a right.
        """
        asked = {
            category
            for category in ORDER
            for row in self.rows
            if row[REQUEST[category]] == "J" and insured_employment(row) and self.bsn
        }
        needing = asked - ({JOBS} if self.figures.by_registration else set())
        starts = {employment.first for employment in self.spells if employment.start_known}
        papers = {category: {category, TRAINING} if category == JOBS else {category} for category in needing}
        without = [
            category
            for category in needing - {REASSIGNED}
            if not any(self.covered(paper, start) for paper in papers[category] for start in starts)
        ]
        return len(without) + (REASSIGNED in needing and not self.resumed())

    def keeps(self, starts):
        """Whether what is left of a period by declaration is kept."""
        running = any(start <= LAST_DAY_OF_OLD_TEXT < months_later(start, 12 * 3) for start in starts)
        return running and self.how_ended() in {"not registered", "own_request"}

    def unstarted(self):
        """Employments without a start, of a person for whom something is asked that hangs on a start."""
        asking = [row for row in self.rows if insured_employment(row) and self.bsn]
        declared = any(declaration["bsn"] == self.bsn for declaration in self.country.declarations)
        hangs = any(declared and "J" in {row[name] for name in REQUEST.values()} for row in asking)
        if self.figures.by_registration and self.figures.jobs.years:
            hangs |= any(row[REQUEST[JOBS]] == "J" and in_target_group(row, self.country) for row in asking)
        return sum(not employment.start_known for employment in self.spells) if hangs else 0

    def nameless(self):
        """Rows within a right, but for the birth date, that do not count for the target group alone."""
        starts = {category: self.figure(category) for category in ORDER}
        if self.figures.by_registration and not self.keeps(starts[JOBS][1]):
            starts.pop(JOBS)
        return sum(
            any(
                row[REQUEST[category]] == "J" and benefit and within_any(row, group, benefit.years or 3) is None
                for category, (benefit, group) in starts.items()
            )
            for row in self.rows
            if row["SofiNr"] and not row["Gebdat"] and insured_employment(row)
            if row[REQUEST[JOBS]] != "J" or not in_target_group(row, self.country)
        )


def within(row, start, years):
    """Why a row lies outside the period of a right; None when it is within it."""
    if day(row["DatEindTv"]) < start:
        return "before the start"
    if day(row["DatAanvTv"]) >= months_later(start, 12 * years):
        return "period over"
    return None


def within_any(row, starts, years):
    """Why a row lies outside every right; None when it is within one."""
    reasons = [within(row, start, years) for start in sorted(starts)] or ["no start"]
    return None if None in reasons else reasons[-1]


def refusal_of_kind(row, traits):
    """Wsw work, seconded or not, and sheltered work, over all days in service."""
    if row["CdAard"] in {"21", "22", "24"}:
        return {"21": "wsw", "22": "wsw seconded", "24": "sheltered"}[row["CdAard"]]
    return next((f"trait {name}" for name in ("wsw", "wsw_seconded", "sheltered") if has(row, traits, name, all)), None)
