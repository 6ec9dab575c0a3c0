"""The side deliveries: register, employers, wage bills, traits."""

import csv
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

import numpy as np

from quotum.generate.calendars import EPOCH, FAR
from quotum.generate.draws import Flags, Whole
from quotum.generate.employers import Employers, Plan
from quotum.generate.numbers import bsns
from quotum.generate.people import Registrations, registrations
from quotum.generate.relations import Relations
from quotum.identifiers import nine_digits
from quotum.money import CENTS_PER_EURO
from quotum.tables import REGISTER, Table

NO_ACCOUNT_SHARE = 500
BANKS = (("ABNA", "ABNANL2A"), ("INGB", "INGBNL2A"), ("RABO", "RABONL2U"), ("TRIO", "TRIONL2U"))
FIRST_ACCOUNT = 100_000_007
ACCOUNT_STEP = 13
REGIONS = (
    "Achterhoek",
    "Amersfoort",
    "Drechtsteden",
    "Drenthe",
    "Flevoland",
    "Foodvalley",
    "Friesland",
    "Gooi en Vechtstreek",
    "Gorinchem",
    "Groningen",
    "Groot Amsterdam",
    "Haaglanden",
    "Helmond-De Peel",
    "Holland Rijnland",
    "Midden-Brabant",
    "Midden-Gelderland",
    "Midden-Holland",
    "Midden-Limburg",
    "Midden-Utrecht",
    "Noord-Holland Noord",
    "Noord-Limburg",
    "Noordoost-Brabant",
    "Regio Zwolle",
    "Rijk van Nijmegen",
    "Rijnmond",
    "Rivierenland",
    "Stedendriehoek en Noordwest Veluwe",
    "Twente",
    "West-Brabant",
    "Zaanstreek/Waterland",
    "Zeeland",
    "Zuid-Holland Centraal",
    "Zuid-Kennemerland en IJmond",
    "Zuid-Limburg",
    "Zuidoost-Brabant",
)
FAMILY_NAME_EVERY = 3
GROUNDS = "abcdefg"
ENDED_BY = ("other", "own_request", "")
ENDED_BY_WEIGHTS = (6_000, 2_500, 1_500)
"""Weights of who ended a registration in the register; made up."""
TRAITS_OF_NATURE = {
    21: (("wsw",), 5_000),
    22: (("wsw", "wsw_seconded"), 6_000),
    24: (("sheltered",), 5_000),
    11: (("lent_out",), 1_000),
    82: (("lent_out",), 1_000),
}
"""Traits of a nature, and the share of people with a delivered trait."""
ORDINARY_NATURE = 1
ORDINARY_TRAITS = (("wsw",), ("sheltered",), ("lent_out",), ("wsw", "wsw_seconded"))
ORDINARY_TRAIT_SHARE = 300
"""Share of people in the register with ordinary work and a delivered trait."""
TRAIT_BEGINS_LATER_SHARE = 4_000
TRAIT_ENDS_SHARE = 4_000


def iso(day: int) -> str:
    """Converts a day number to an ISO date, empty when far away."""
    return "" if day >= FAR else (EPOCH + timedelta(days=day)).isoformat()


def delivered_names(table: Table) -> list[str]:
    """Returns the column names of a delivery, including optional columns."""
    return [column.delivered_name for column in table.columns]


class SideTable:
    """A CSV file; its header is written at once, and its rows as they come."""

    def __init__(self, path: Path, header: Iterable[str]) -> None:
        self._file: TextIO = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(header)
        self.name = path.name
        self.rows = 0

    def write(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Writes rows."""
        for row in rows:
            self._writer.writerow(row)
            self.rows += 1

    def __enter__(self) -> Self:
        """Returns itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the file."""
        self._file.close()


def _iban(bank: str, account: int) -> str:
    body = f"{bank}{account:010d}"
    number = "".join(str(int(character, 36)) for character in f"{body}NL00")
    return f"NL{98 - int(number) % 97:02d}{body}"


def employer_name(index: int) -> str:
    """Returns the name of an employer, by its number in the country."""
    return f"Werkgever {index + 1} & Zonen" if index % FAMILY_NAME_EVERY == 0 else f"Werkgever {index + 1}"


def employer_rows(plan: Plan, employers: Employers, rsin: Whole) -> Iterator[tuple[str, ...]]:
    """Rows of the employers."""
    banks = plan.draws.below("bank", employers.index, len(BANKS)).tolist()
    regions = plan.draws.below("region", employers.index, len(REGIONS)).tolist()
    without = plan.draws.happens("no account", employers.index, NO_ACCOUNT_SHARE).tolist()
    for place, index in enumerate(employers.index.tolist()):
        bank, bic = BANKS[banks[place]]
        iban = "" if without[place] else _iban(bank, FIRST_ACCOUNT + ACCOUNT_STEP * index)
        yield (
            nine_digits(int(rsin[place])),
            employer_name(index),
            "overheid" if employers.government[place] else "niet-overheid",
            iso(int(employers.started[place])),
            iban,
            iso(int(employers.ended[place])),
            bic if iban else "",
            REGIONS[regions[place]],
        )


def wage_bill_rows(plan: Plan, employers: Employers, rsin: Whole) -> Iterator[tuple[str, ...]]:
    """Rows of the wage bills of two years before, of employers with a known wage bill."""
    for number, cents in zip(rsin.tolist(), employers.wage_bill_cents.tolist(), strict=True):
        if cents >= 0:
            euros, rest = divmod(cents, CENTS_PER_EURO)
            yield nine_digits(number), str(plan.year - 2), f"{euros}.{rest:02d}"


def register_rows(plan: Plan, persons: Whole) -> Iterator[tuple[str, ...]]:
    """Rows of the register, for the registered people."""
    persons = persons[registrations(plan, persons).registered]
    registered: Registrations = registrations(plan, persons)
    numbers = bsns(persons, plan.draws.seed).tolist()
    grounds = plan.draws.below("ground", persons, len(GROUNDS)).tolist()
    enders = plan.draws.choice("ended by", persons, ENDED_BY_WEIGHTS).tolist()
    for place, number in enumerate(numbers):
        bsn, ground, until = nine_digits(number), GROUNDS[grounds[place]], iso(int(registered.first_until[place]))
        yield _registered(
            bsn, iso(int(registered.first_from[place])), until, ground, ENDED_BY[enders[place]] if until else ""
        )
        if registered.again[place]:
            yield _registered(bsn, iso(int(registered.second_from[place])), "", ground, "")


def _registered(bsn: str, first: str, until: str, ground: str, ended_by: str) -> tuple[str, ...]:
    """Makes a row of the register, in the order of its columns."""
    cells = {"bsn": bsn, "registered_from": first, "registered_until": until, "ground": ground, "ended_by": ended_by}
    return tuple(cells[column.name] for column in REGISTER.columns)


def _with_traits(plan: Plan, relations: Relations) -> Flags:
    share = np.zeros(len(relations.slot), dtype=np.int64)
    for nature, (_, part) in TRAITS_OF_NATURE.items():
        share[relations.nature == nature] = part
    registered = registrations(plan, relations.person).registered
    share[(relations.nature == ORDINARY_NATURE) & registered] = ORDINARY_TRAIT_SHARE
    return plan.draws.happens("trait", relations.slot, share) & relations.has_bsn


def trait_rows(plan: Plan, relations: Relations, rsin: Whole) -> Iterator[tuple[str, ...]]:
    """Rows of the traits: those that belong to the nature of the work, and some that only the delivery shows."""
    chosen = relations.at(_with_traits(plan, relations))
    draws, slots = plan.draws, chosen.slot
    first, last = plan.calendar.first_day, plan.calendar.last_day
    later = draws.happens("trait, begins later", slots, TRAIT_BEGINS_LATER_SHARE)
    begins = np.where(later, first + draws.below("trait, from", slots, last - first + 1), chosen.started)
    ends = draws.happens("trait, ends", slots, TRAIT_ENDS_SHARE)
    lowest = np.maximum(begins, first)
    until = np.where(ends, lowest + draws.below("trait, until", slots, last - lowest + 1), FAR)
    numbers = bsns(chosen.person, draws.seed)
    trait_lot = draws.below("trait, which", slots, len(ORDINARY_TRAITS))
    for place, nature in enumerate(chosen.nature.tolist()):
        traits = TRAITS_OF_NATURE[nature][0] if nature in TRAITS_OF_NATURE else ORDINARY_TRAITS[trait_lot[place]]
        number = f"{nine_digits(int(rsin[chosen.employer[place]]))}L{int(chosen.sub_number[place]):02d}"
        for trait in traits:
            # A secondment begins and ends within the employment.
            open_ended = trait == "wsw" and len(traits) > 1
            yield (
                number,
                nine_digits(int(numbers[place])),
                str(chosen.number[place]),
                iso(int(chosen.started[place] if open_ended else begins[place])),
                "" if open_ended else iso(int(until[place])),
                trait,
            )


def person_ranges(plan: Plan, at_once: int) -> Iterator[Whole]:
    """Yields all people of the country, in portions."""
    for start in range(0, plan.all_persons, at_once):
        yield np.arange(start, min(start + at_once, plan.all_persons))
