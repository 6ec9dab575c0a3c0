"""Small claims for the wage cost benefits, drawn from a seed: mostly in order, here and there off by a day.

A claim is about one person at one employer, or at more of them when an undertaking is transferred.
Every day is drawn about a boundary that matters to it: the start, six months before it, the end of
the period of the benefit, the pension age, the days on which the text changed.
"""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

from attrs import define, field

from tests.spec.lkv import Claims
from tests.spec.reference import PENSION_AGES, four_weeks, months, months_later
from tests.spec.reference_lkv import DISABLED, JOBS, OLDER, ORDER, REASSIGNED, REQUEST, TRAINING
from tests.spec.tables import (
    EMPLOYER,
    OTHER_EMPLOYER,
    OTHER_PERSON,
    PERSON,
    declaration,
    registered,
    row,
    trait,
    transfer,
)

ONE_DAY = timedelta(days=1)
THIRD_EMPLOYER = "000000036"
MONTHS = 12
NEW_TEXT = date(2026, 1, 1)
LAW_DAYS = [date(2023, 12, 31), date(2024, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2023, 1, 1)]
HOURS = [100, 100, 100, 100, 8, 0, -8, 1_967, 1_968, 1_925, 1_926, 1_980, 1_981, 3_000]
# Hours with which two benefits come to the same, at their rates of 3.05, 1.35, 1.01 and, with the bonus, 4.77.
EQUALS = [
    ((JOBS, 305), (DISABLED, 101)), ((JOBS, 305), (REASSIGNED, 101)), ((JOBS, 305), (OLDER, 101)),
    ((JOBS, 135), (OLDER, 101)), ((OLDER, 61), (DISABLED, 27)), ((OLDER, 61), (REASSIGNED, 27)),
    ((OLDER, 27), (DISABLED, 27)), ((OLDER, 27), (REASSIGNED, 27)), ((DISABLED, 27), (REASSIGNED, 27)),
    ((JOBS, 305), (DISABLED, 477)), ((JOBS, 305), (REASSIGNED, 477)), ((JOBS, 305), (OLDER, 477)),
    ((DISABLED, 2_500), (REASSIGNED, 2_000)), ((JOBS, 0), (OLDER, 0)), ((JOBS, 0), (REASSIGNED, 0)),
    ((JOBS, 3_000), (DISABLED, 655)), ((JOBS, 3_000), (DISABLED, 656)), ((JOBS, 305), (REASSIGNED, 102)),
    ((JOBS, 305), (OLDER, 101), (DISABLED, 101)), ((JOBS, 1), (DISABLED, 27), (REASSIGNED, 27)),
]  # fmt: skip


@define
class _Claim:
    """A claim in the making."""

    draw: Random
    year: int
    calendar: list
    period: tuple
    """The period about which the days are drawn."""
    asked: list
    start: date
    rows: list = field(factory=list)
    declarations: list = field(factory=list)
    register: list = field(factory=list)
    traits: list = field(factory=list)
    transfers: list = field(factory=list)

    def choice(self, *choices):
        """One of the choices."""
        return self.draw.choice(choices)

    def often(self):
        """True, four times out of five."""
        return self.draw.random() < 4 / 5

    def seldom(self):
        """True, once out of seven."""
        return self.draw.random() < 1 / 7

    def near(self, boundary):
        """The day itself, or one beside it."""
        return boundary + ONE_DAY * self.choice(-1, 0, 1)

    def add(self, period, **changes):
        """A row; each has a relation number of its own unless it gives one."""
        cells_of_row = {"NumIV": str(len(self.rows) + 1)} | {name: _text(value) for name, value in changes.items()}
        self.rows.append(row(DatAanvTv=period[0].isoformat(), DatEindTv=period[1].isoformat(), **cells_of_row))

    def claim(self):
        """The deliveries."""
        return Claims(
            self.rows, self.register, traits=self.traits, declarations=self.declarations, transfers=self.transfers
        )


def claims(seed, year, count):
    """Claims of a year: the same ones every time."""
    draw = Random(f"{seed} {year}")  # noqa: S311 - examples, no secret
    return [_claim(draw, year) for _ in range(count)]


def _claim(draw, year):
    calendar = draw.choice([months(year), four_weeks(year)])
    asked = draw.choice([[JOBS]] * 6 + [[OLDER], [DISABLED], [REASSIGNED], [JOBS], list(ORDER)] * 2 + EQUALS)
    claim = _Claim(draw, year, calendar, draw.choice(calendar), asked, date.min)
    claim.start = _start(claim)
    for add in (_own_rows, _declarations, _registrations, _before, _afterwards, _transfer, _traits, _another):
        add(claim)
    return claim.claim()


def _start(claim):
    """Start of the employment: well before the period, or about a day that decides."""
    first, last = claim.period
    categories = [pair if isinstance(pair, str) else pair[0] for pair in claim.asked]
    years = 1 if REASSIGNED in categories and claim.often() else 3
    months_ends = [date(claim.year - 1, 8, 31), date(claim.year - 1, 5, 31), date(2024, 2, 29), date(2023, 3, 29)]
    return claim.choice(
        *[date(claim.year - 1, 6, 15)] * 4,
        *[date(claim.year - 1, 10, 10), date(claim.year - 2, 11, 30)],
        *[claim.near(months_later(first, -MONTHS * years))] * 3,
        *[claim.near(months_later(first, -MONTHS * 3))],
        *[claim.near(last), claim.near(first), last, last + ONE_DAY],
        *[claim.choice(*LAW_DAYS), claim.choice(*LAW_DAYS), claim.choice(*months_ends)],
    )


def _own_rows(claim):
    """What is asked: all in one row, or each in a row of its own with hours of its own; then some more periods."""
    common = {"DatAanv": claim.start, **_person(claim)}
    if isinstance(claim.asked[0], str):
        hours = claim.choice(*HOURS)
        claim.add(claim.period, **common, **_asking(claim.asked), AantVerlU=hours)
    else:
        for category, hours in claim.asked:
            claim.add(claim.period, **common, **_asking([category]), AantVerlU=hours)
        claim.asked = [category for category, _ in claim.asked]
        return
    for period in claim.calendar:
        if period != claim.period and claim.seldom():
            asked = claim.asked if claim.often() else [claim.choice(*ORDER)]
            changes = _asking(asked) | claim.choice({}, {}, {}, _out_for_now(claim))
            claim.add(period, NumIV="1", **common | changes, AantVerlU=claim.choice(*HOURS))


def _out_for_now(claim):
    """What keeps one row out while the others of the person count."""
    return claim.choice(
        {"SrtIV": claim.choice("17", "31")},
        {"IndWAO": "N", "IndWW": "N", "IndZW": "N"},
        {"IndWAO": "", "IndWW": "", "IndZW": claim.choice("", "J")},
        dict.fromkeys(REQUEST.values(), ""),
        {"CdAard": claim.choice("21", "22", "24")},
    )


def _asking(categories):
    return {REQUEST[category]: "J" if category in categories else "N" for category in ORDER}


def _person(claim):
    """What makes a row count in any year, or not."""
    if claim.often():
        return {}
    first = claim.period[0]
    age = PENSION_AGES[max(start for start in PENSION_AGES if start <= first.year)]
    return claim.choice(
        {"SrtIV": claim.choice("11", "13", "17", "31", "")},
        {"IndWAO": "N", "IndWW": "N", "IndZW": "N"},
        {"IndWAO": "N", "IndWW": "N", "IndZW": "N", claim.choice("IndWAO", "IndWW", "IndZW"): "J"},
        {"Gebdat": claim.near(months_later(first, -age))},
        {"Gebdat": ""},
        {"CdAard": claim.choice("11", "21", "22", "22", "23", "24", "82", "")},
        {"CdAard": claim.choice("21", "22", "24")},
        {"DatEind": claim.near(claim.period[1])},
        {"DatAanv": ""},
        {"SofiNr": "", "PersNr": "P1"},
    )


def _declarations(claim):
    """A declaration of each category asked, which covers the start or just not."""
    for category in claim.asked:
        papers = claim.choice(category, TRAINING) if category == JOBS and claim.seldom() else category
        spans = [(date(2000, 1, 1), None)] * 8
        spans += [(claim.start, None), (claim.start + ONE_DAY, None), (claim.start - ONE_DAY * 30, claim.start)]
        spans += [(date(2000, 1, 1), claim.start - ONE_DAY), (claim.start, claim.start)]
        wanted = claim.choice(*spans) if category != REASSIGNED else _resumed(claim)
        if claim.draw.random() < 14 / 15:
            claim.declarations.append(_declared(papers, *wanted))
    if claim.seldom():
        claim.declarations.append(_declared(claim.choice(*ORDER), date(2000, 1, 1), None))


def _resumed(claim):
    """Days of a declaration of a reassigned worker: it begins about a boundary of the employment or of its year."""
    first, last = claim.period
    year_before = months_later(first, -MONTHS)
    begun = claim.choice(
        *[claim.start + ONE_DAY * 20, claim.near(claim.start), claim.near(year_before), first, last] * 2,
        *[claim.near(last), last + ONE_DAY, year_before + ONE_DAY, claim.start - ONE_DAY * 30, date(2000, 1, 1)],
    )
    if claim.seldom():
        # One before it, that touches it or does not, or overlaps it; or one after it.
        end = begun - ONE_DAY * claim.choice(1, 1, 2, -10)
        claim.declarations.append(
            _declared(REASSIGNED, *claim.choice((months_later(begun, -claim.choice(2, 13)), end), (last, None)))
        )
    return begun, claim.choice(None, None, begun, begun + ONE_DAY * 60)


def _declared(category, first, last):
    return declaration(category, _text(first), _text(last))


def _registrations(claim):
    """Registered at the start and on, or about the boundaries of the month before it and of the period."""
    start, (first, last) = claim.start, claim.period
    month_end = start.replace(day=1) - ONE_DAY
    month_start = month_end.replace(day=1)
    spans = [(date(2015, 1, 1), None)] * 6
    spans += [(claim.near(start), None), (date(2015, 1, 1), claim.near(start)), (start, start)] * 2
    spans += [(claim.near(months_later(start, -1)), start - ONE_DAY * claim.choice(1, 3)), (month_start, month_start)]
    spans += [(date(2015, 1, 1), claim.near(months_later(start, -1))), (date(2015, 1, 1), claim.near(month_start))]
    spans += [(date(2015, 1, 1), claim.near(month_start)), (month_end, month_end), (month_start, month_start)]
    spans += [(claim.near(last), None), (date(2015, 1, 1), claim.near(first)), (start.replace(day=1), start - ONE_DAY)]
    if claim.year >= NEW_TEXT.year:
        until = [(date(2015, 1, 1), end) for end in (claim.near(first), claim.near(first), claim.near(NEW_TEXT))]
        spans += [*until * 3, (NEW_TEXT, NEW_TEXT), (claim.near(NEW_TEXT), claim.near(first)), (NEW_TEXT, None)]
    for _ in range(claim.choice(0, 1, 1, 1, 1, 1, 1, 2)):
        span = claim.choice(*spans)
        if span[1] is None or span[0] <= span[1]:
            _register(claim, *span)
            if span[1] is not None and claim.seldom():
                # Another piece that goes on from it, just not, or ends on the same day.
                begun = span[1] + ONE_DAY * claim.choice(1, 1, 2, -40, -300)
                _register(claim, begun, claim.choice(None, begun + ONE_DAY * 20, *[max(begun, span[1])] * 3))


def _register(claim, first, last):
    ended_by = claim.choice("own_request", "own_request", "other", "")
    claim.register.append(registered(PERSON, _text(first), _text(last), ended_by))


def _before(claim):
    """An earlier employment with the same employer, that ended about six months before the start, or long ago."""
    if claim.often() and claim.often():
        return
    boundary = months_later(claim.start, -6)
    end = claim.choice(claim.near(boundary), claim.near(boundary), boundary - ONE_DAY, claim.start - ONE_DAY, None)
    begun = claim.choice(*[months_later(boundary, -claim.choice(3, 15, 40))] * 5, claim.start, boundary)
    changes = {"DatAanv": begun, "DatEind": end, "NumIV": "21", "IndAvrLkvDgBaf": claim.choice("J", "N")}
    changes |= claim.choice(*[{}] * 6, {"SrtIV": "31"}, {"IndWAO": "N", "IndWW": "N", "IndZW": "N"}, {"DatAanv": None})
    changes |= claim.choice(
        *[{}] * 5, {"LhNr": f"{EMPLOYER}L02"}, {"LhNr": f"{OTHER_EMPLOYER}L01"}, {"SofiNr": OTHER_PERSON}
    )
    reported = _month_of(claim, end or boundary)
    claim.add(reported, **changes)
    december, thirteenth = months(reported[1].year)[-1], four_weeks(reported[1].year)[-1]
    if december != thirteenth and claim.seldom():
        # Two periods that end on one day and say different things: nothing is certain.
        claim.add(december, **changes | {"NumIV": "23"})
        claim.add(thirteenth, **changes | {"NumIV": "23", "DatEind": claim.choice(None, boundary)})
    elif claim.seldom() or changes["DatAanv"] is None:
        later = _month_of(claim, reported[1] + ONE_DAY)
        if later != reported:
            claim.add(later, **changes | {"DatEind": claim.choice(None, boundary - ONE_DAY, boundary)})


def _month_of(claim, on):
    """The month of a day; never after the year, of which the periods of the calendar are filed."""
    on = min(on, date(claim.year - 1, 12, 31))
    return months(on.year)[on.month - 1]


def _afterwards(claim):
    """Told only in the next year, which is no matter of this one."""
    if claim.seldom() and claim.seldom():
        changes = {"DatAanv": months_later(claim.start, -4), "NumIV": "22"}
        claim.add(months(claim.year + 1)[0], **changes)


def _transfer(claim):
    """The undertaking comes from another employer, and the person with it, or not quite."""
    if claim.often():
        return
    on = claim.choice(claim.start, claim.start, months_later(claim.start, 5), claim.near(claim.start))
    begun = claim.choice(months_later(on, -claim.choice(5, 7, 14, 30, 37)), claim.start, claim.near(on))
    end = claim.choice(None, None, on - ONE_DAY, on - ONE_DAY * 2, on)
    if claim.seldom():
        # Went over long ago, left about six months before, and came back.
        on = months_later(claim.start, -14)
        begun, left = months_later(on, -claim.choice(5, 14)), claim.near(months_later(claim.start, -6))
        claim.add(_month_of(claim, left), NumIV="35", DatAanv=on, DatEind=left, AantVerlU=0)
    last_year = min(on - ONE_DAY, date(claim.year - 1, 12, 31))
    givers = [OTHER_EMPLOYER] + [THIRD_EMPLOYER] * (claim.choice(1, 2, 3) == 1)
    chain = [*reversed(givers), EMPLOYER]
    for number, (giver, taker) in enumerate(pairwise(chain)):
        moved = months_later(on, number - len(givers) + 1)
        claim.transfers.append(transfer("1", _text(moved), giver, taker))
        if number:
            begun, end = months_later(on, -len(givers) + number), None
        changes = {"LhNr": f"{giver}L01", "NumIV": str(31 + number), "DatAanv": begun, "DatEind": end}
        changes |= claim.choice(*[{}] * 6, {"SrtIV": "31"}, {"DatAanv": None})
        claim.add(_month_of(claim, last_year), **changes)
    if claim.seldom():
        other = {
            "LhNr": f"{OTHER_EMPLOYER}L01",
            "NumIV": "36",
            "DatAanv": claim.choice(begun - ONE_DAY, on - ONE_DAY * 40),
        }
        claim.add(_month_of(claim, last_year), **other)
    claim.draw.shuffle(claim.transfers)
    if claim.often():
        paper = claim.choice(begun, begun - ONE_DAY, on - ONE_DAY)
        claim.declarations = [
            declaration | {"until": _text(paper)}
            if claim.often() and declaration["from"] <= _text(paper)
            else declaration
            for declaration in claim.declarations
        ]


def _traits(claim):
    """Kinds of work over all days in service, or a day short."""
    if claim.often():
        return
    first, last = max(claim.period[0], claim.start), claim.period[1]
    spans = [(date(2015, 1, 1), None), (first, last), (first + ONE_DAY, last), (first, last - ONE_DAY)]
    names = claim.choice(
        ["wsw"], ["wsw_seconded"], ["sheltered"], ["lent_out"], ["wsw", "wsw_seconded"], ["wsw", "wsw_seconded"]
    )
    for name in names:
        begun, end = claim.choice(*spans)
        if end is None or begun <= end:
            relation = claim.choice("1", "1", "1", "2")
            claim.traits.append(trait(name, _text(begun), _text(end), relation=relation))


def _another(claim):
    """The person at another employer in the year, or a colleague: neither takes anything from the claim."""
    if claim.seldom():
        who = claim.choice({"SofiNr": OTHER_PERSON}, {"LhNr": f"{OTHER_EMPLOYER}L02"})
        claim.add(claim.period, NumIV="41", DatAanv=claim.start, AantVerlU=50, **_asking(claim.asked), **who)


def _text(value):
    """As it is delivered."""
    return "" if value is None else str(value)
