"""A made-up country, dense on purpose: everything happens that an explanation has to take. Drawn with a seed."""

import csv
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from quotum.generate.country import generate
from tests.helpers import rows_of, take_in
from tests.rows import Row, allocation, declaration, deduction, trait, transfer

YEARS = (2024, 2025, 2026)
CATEGORIES = ("older", "disabled", "jobs_agreement", "jobs_agreement_training", "reassigned")
ASKED = {
    "IndAvrLkvDgBaf": 0.7,
    "IndAvrLkvOudrWn": 0.2,
    "IndAvrLkvAgWn": 0.2,
    "IndAvrLkvHpAgWn": 0.2,
}
# Most work is ordinary; agency, payroll, Wsw (seconded or not), supported and sheltered work are drawn now and then.
NATURES = ["1"] * 12 + ["11", "82", "21", "22", "23", "24"]
TRAITS = ("wsw", "wsw_seconded", "sheltered", "lent_out")


def country(folder: Path, employers: int, seed: int) -> Path:
    """An archive with the returns of three years and every side delivery."""
    drawn = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    source = folder / "made"
    years = {}
    for year in YEARS:
        generate(employers, year, seed, source / f"{year}", format="csv")
        years[year] = [row for path in sorted((source / f"{year}").glob(f"returns-{year}-*")) for row in rows_of(path)]
    listed = rows_of(source / f"{YEARS[-1]}" / "employers.csv")
    for row in listed[::4]:
        row["sector"] = "overheid"
    numbers = sorted({row["LhNr"] for rows in years.values() for row in rows})
    people = sorted({row["SofiNr"] for rows in years.values() for row in rows} - {""})
    features = {bsn: random.Random(f"{seed} {bsn}") for bsn in people}  # noqa: S311 - the same
    asked = {
        bsn: [name for name, share in ASKED.items() if feature.random() < share] for bsn, feature in features.items()
    }
    natures = {bsn: feature.choice(NATURES) for bsn, feature in features.items()}
    for rows in years.values():
        for row in rows:
            if row["SofiNr"]:
                row.update(dict.fromkeys(ASKED, "N") | dict.fromkeys(asked[row["SofiNr"]], "J"))
                row["CdAard"] = natures[row["SofiNr"]]
    transfers = list(_transfers(drawn, [row["rsin"] for row in listed]))
    for rows in years.values():
        rows += list(_gone_over(transfers, rows))
    archive = folder / "archive"
    for year, rows in years.items():
        take_in(archive, [_write(folder / "files" / f"returns-{year}.csv", rows)])
    side = {
        "register": list(_register(drawn, people)),
        "employers": [row for row in listed if drawn.random() < 0.95],
        "wage_bills": [row for year in YEARS for row in rows_of(source / f"{year}" / "wage_bills.csv")],
        "traits": list(_traits(drawn, years[YEARS[-1]])),
        "declarations": list(_declarations(drawn, people)),
        "transfers": transfers,
        "deductions": list(_deductions(drawn, numbers)),
        "allocations": list(_allocations(drawn, years, [row["rsin"] for row in listed])),
    }
    take_in(archive, [_write(folder / "files" / f"{kind}.csv", rows) for kind, rows in side.items() if rows])
    return archive


def _write(path: Path, rows: list[Row]) -> Path:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _day(drawn: random.Random, first: int, last: int) -> date:
    """A day of some years; the first of a month and the start of a year come up more often."""
    day = date(first, 1, 1) + timedelta(days=drawn.randrange(365 * (last - first + 1)))
    return drawn.choice([day, day, day.replace(day=1), day.replace(month=1, day=1)])


def _transfers(drawn: random.Random, rsins: list[str]) -> Iterator[Row]:
    """About one employer in four takes something over, in chains too."""
    seen = set()
    for rsin in rsins:
        if drawn.random() < 0.25:
            other, on = drawn.choice(rsins), _day(drawn, 2022, 2026)
            if other != rsin and (other, rsin, on) not in seen:
                seen.add((other, rsin, on))
                share = drawn.choice(["1", "0.5", "0.333", "0.25"])
                yield transfer(share, on.isoformat(), other, rsin)


def _gone_over(transfers: list[Row], rows: list[Row]) -> Iterator[Row]:
    """Some people of a transferor in the returns of the acquirer, from that day or from their own start."""
    for place, moved in enumerate(transfers):
        moved_rows = [
            row for row in rows if row["LhNr"].startswith(moved["from_rsin"]) and row["DatEindTv"] >= moved["on"]
        ]
        numbers = sorted({row["LhNr"] for row in rows if row["LhNr"].startswith(moved["to_rsin"])})
        people = sorted({row["SofiNr"] for row in moved_rows} - {""})[:3]
        for row in moved_rows:
            if numbers and row["SofiNr"] in people and row["Actie"] == "I":
                started = moved["on"] if people.index(row["SofiNr"]) != 1 else row["DatAanv"]
                if started and started <= row["DatEindTv"]:
                    about = {
                        "IdBer": f"over-{place}-{row['IdBer']}",
                        "LhNr": numbers[0],
                        "NumIV": f"9{row['NumIV']}",
                        "Soort": "A",
                    }
                    yield row | about | {"DatAanv": started, "DatEind": ""}


def _register(drawn: random.Random, people: Iterable[str]) -> Iterator[Row]:
    for bsn in people:
        if drawn.random() < 0.6:
            first = _day(drawn, 2014, 2026)
            until = first + timedelta(days=drawn.randrange(30, 3_000)) if drawn.random() < 0.3 else None
            yield {
                "bsn": bsn,
                "registered_from": first.isoformat(),
                "registered_until": until.isoformat() if until else "",
                "ground": "a",
                "ended_by": ("own_request", "other", "")[until.day % 3] if until else "",
            }


def _declarations(drawn: random.Random, people: Iterable[str]) -> Iterator[Row]:
    for bsn in people:
        for category in CATEGORIES:
            if drawn.random() < 0.4:
                first = _day(drawn, 2000, 2026)
                until = first + timedelta(days=drawn.randrange(30, 4_000)) if drawn.random() < 0.3 else None
                yield declaration(category, first.isoformat(), until.isoformat() if until else "", bsn)


def _traits(drawn: random.Random, rows: list[Row]) -> Iterator[Row]:
    relations = sorted({(row["LhNr"], row["SofiNr"], row["NumIV"]) for row in rows if row["SofiNr"]})
    for number, bsn, relation in relations:
        if drawn.random() < 0.2:
            first = _day(drawn, 2023, 2026)
            until = first + timedelta(days=drawn.randrange(5, 400)) if drawn.random() < 0.5 else None
            days = first.isoformat(), until.isoformat() if until else ""
            yield trait(drawn.choice(TRAITS), *days, bsn, number, relation)


def _deductions(drawn: random.Random, numbers: Iterable[str]) -> Iterator[Row]:
    for number in numbers:
        for month in (1, 2, 5):
            if drawn.random() < 0.3:
                amount = drawn.choice(["100.00", "2500.50", "-50.25", "9999999.99"])
                yield deduction(amount, number, month)


def _allocations(drawn: random.Random, years: dict[int, list[Row]], rsins: list[str]) -> Iterator[Row]:
    """One person in six is lent out, sometimes to two borrowers, too late, or for too many hours."""
    year = YEARS[-1]
    for lender, bsn in sorted({(row["LhNr"][:9], row["SofiNr"]) for row in years[year] if row["SofiNr"]}):
        if drawn.random() < 0.17:
            for _ in range(drawn.choice([1, 1, 2])):
                borrower, hours = drawn.choice(rsins), drawn.choice([10, 150, 400, 1_000, 5_000])
                agreed_on = drawn.choice([f"{year + 1}-08-01", f"{year + 1}-08-02", f"{year}-06-01"])
                yield allocation(hours, agreed_on, year, lender, borrower, bsn)
