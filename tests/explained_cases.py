"""Employers to explain, each for a question of the law: made row by row, so that no change of a generator moves them.

`YEARS` are several years with every kind of delivery; `PUT_RIGHT` is 2026 alone, without declarations or transfers, and
with messages out of force; `LEVY` is for the quota levy of 2019.
"""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import attrs

from quotum.periods import months
from tests.helpers import deliver, take_in
from tests.rows import WAGE, Row, allocation, cells, declaration, deduction, numbered, transfer, withdrawal

FIRST_PERSON = 501
LONG_AGO = "2019-01-01"
ASKED = {
    "jobs_agreement": "IndAvrLkvDgBaf", "disabled": "IndAvrLkvAgWn", "older": "IndAvrLkvOudrWn",
    "reassigned": "IndAvrLkvHpAgWn",
}  # fmt: skip


@attrs.define
class Draft:
    """Deliveries in the making."""

    rows: dict[str, list[Row]] = attrs.field(factory=lambda: defaultdict(list))
    """Rows by kind of delivery."""
    employers: dict[str, str] = attrs.field(factory=dict)
    """RSIN by name of the case, in order."""
    persons: int = 0
    """How many persons there are."""

    def employer(self, name: str, **listed: str) -> "Employer":
        """A listed employer."""
        employer = self.unlisted(name)
        given = {"name": "", "sector": "niet-overheid", "started_on": "2010-01-01"} | listed
        self.rows["employers"].append(cells("employers", rsin=employer.rsin, **given))
        return employer

    def unlisted(self, name: str) -> "Employer":
        """An employer that the employers delivery lacks."""
        rsin = self.employers[name] = numbered(len(self.employers) + 1)
        return Employer(self, rsin)

    def person(self, *, since: str = "2020-01-01", **ending: str) -> str:
        """A person who is registered, unless `since` is empty; gives the BSN."""
        bsn = numbered(FIRST_PERSON + self.persons)
        self.persons += 1
        if since:
            self.rows["register"].append(cells("register", bsn=bsn, registered_from=since, **ending))
        return bsn

    def declared(self, bsn: str, category: str, first: str, until: str = "") -> None:
        """A declaration about a person."""
        self.rows["declarations"].append(declaration(category, first, until, bsn))

    def transfer(self, giver: "Employer", taker: "Employer", on: str, share: str = "1") -> None:
        """A transfer of undertaking."""
        self.rows["transfers"].append(transfer(share, on, giver.rsin, taker.rsin))

    def files(self, folder: Path) -> list[Path]:
        """Everything as files."""
        return deliver(folder, **self.rows)


@attrs.frozen
class Employer:
    """An employer in the making."""

    _draft: Draft
    rsin: str
    """Its RSIN."""

    def bill(self, euros: str, year: int = 2024) -> None:
        """Its premium wage of a year, as delivered."""
        bill = cells("wage_bills", rsin=self.rsin, year=f"{year}", premium_wage=euros)
        self._draft.rows["wage_bills"].append(bill)

    def row(self, bsn: str, hours: int = 100, month: int = 1, year: int = 2026, **changed: str) -> Row:
        """A row of the full return of a month; every row of it is in one message."""
        period = months(year)[month - 1]
        filed = f"{year}-{month + 1:02d}-20" if month < 12 else f"{year + 1}-01-20"
        row = cells(
            "returns", IdBer=f"R-{year}-{month:02d}", DatTdAanm=f"{filed}T10:00:00", LhNr=f"{self.rsin}L01",
            DatAanvTv=f"{period.start}", DatEindTv=f"{period.end}", SofiNr=bsn, AantVerlU=f"{hours}", DatAanv=LONG_AGO,
        ) | changed  # fmt: skip
        self._draft.rows["returns"].append(row)
        return row

    def asks(self, bsn: str, *categories: str, hours: int = 100, month: int = 1, year: int = 2026, **more: str) -> None:
        """A row in which some categories of LKV are asked for."""
        asked = dict.fromkeys(ASKED.values(), "N") | dict.fromkeys((ASKED[category] for category in categories), "J")
        self.row(bsn, hours, month, year, **asked | more)

    def trait(self, bsn: str, trait: str, first: str = "2020-01-01", until: str = "", relation: str = "1") -> None:
        """A kind of work of a person here."""
        about = {"bsn": bsn, "income_relation": relation, "from": first, "until": until, "trait": trait}
        self._draft.rows["traits"].append(cells("traits", lhnr=f"{self.rsin}L01", **about))

    def deducts(self, month: int, euros: str) -> None:
        """Premium wage of a month of 2026 that owes no surcharge."""
        self._draft.rows["deductions"].append(deduction(euros, f"{self.rsin}L01", month))

    def lends(self, borrower: str, bsn: str, hours: int, agreed_on: str = "2020-08-01") -> None:
        """An allocation of hours of 2019."""
        self._draft.rows["allocations"].append(allocation(hours, agreed_on, 2019, self.rsin, borrower, bsn))


# Of 2026, and the years before it.


def hours_and_persons(draft: Draft) -> None:
    """LKV below, at and above its maximum, below zero, and registrations that begin and end."""
    here = draft.employer("hours_and_persons", sector="overheid")
    here.bill("7654321.09")
    several = draft.person()
    for month, hours in ((1, 900), (2, 600)):
        here.row(several, hours, month, NumIV="1")
    here.row(draft.person(), 1_980, NumIV="2")
    here.row(draft.person(), 1_981, NumIV="3", PrlnAofAnwHg="0.00", PrlnAofAnwLg="-500.00")
    corrected = draft.person()
    for month, hours in ((1, 100), (2, -130)):
        here.row(corrected, hours, month, NumIV="4")
    here.row(draft.person(), 170, 12, NumIV="13")
    here.row(draft.person(since=""), 11, NumIV="5")
    here.row(draft.person(since="2026-01-31"), 12, NumIV="6")
    here.row(draft.person(since="2026-02-01"), 13, NumIV="7")
    here.row(draft.person(registered_until="2026-01-01", ended_by="other"), 14, NumIV="8")
    here.row(draft.person(registered_until="2025-12-31"), 15, NumIV="9")
    twice = draft.person(registered_until="2026-01-10")
    draft.rows["register"].append(cells("register", bsn=twice, registered_from="2026-01-11", ground="b"))
    here.row(twice, 16, NumIV="10")
    for relation, hours in (("11", 20), ("12", 30)):
        here.row(several, hours, NumIV=relation)


def kinds_of_work(draft: Draft) -> None:
    """Kinds of work by nature, and by traits on all days, on the first, on the last, and since the start."""
    here = draft.employer("kinds_of_work")
    here.bill("7654321.09")
    for relation, nature in enumerate(("11", "82", "21", "22", "23", "24", ""), 1):
        here.row(draft.person(), 100 + relation, NumIV=f"{relation}", CdAard=nature)
    traits = (
        ("wsw", "2020-01-01", "", LONG_AGO), ("wsw", "2026-01-15", "", LONG_AGO),
        ("wsw", "2026-01-01", "2026-01-15", LONG_AGO), ("wsw", "2026-01-15", "", "2026-01-15"),
        ("wsw_seconded", "2020-01-01", "", LONG_AGO), ("sheltered", "2020-01-01", "", LONG_AGO),
        ("lent_out", "2020-01-01", "", LONG_AGO), ("lent_out", "2026-01-02", "", LONG_AGO),
    )  # fmt: skip
    for relation, (trait, first, until, started) in enumerate(traits, 11):
        bsn = draft.person()
        here.trait(bsn, trait, first, until, f"{relation}")
        here.row(bsn, 100 + relation, NumIV=f"{relation}", DatAanv=started)
    person = draft.person()
    here.trait(person, "wsw", relation="21")
    here.trait(person, "wsw_seconded", "2026-01-31", relation="21")
    here.row(person, 121, NumIV="21", DatEind="2026-01-31")


def conditions_of_the_lkv(draft: Draft) -> None:
    """Rows that lack something the LKV asks for; both sides of the pension age."""
    here = draft.employer("conditions_of_the_lkv")
    here.bill("7654321.09")
    lacking = (
        {"Gebdat": ""}, {"SrtIV": "17"}, {"IndWAO": "N", "IndWW": "N", "IndZW": "N"}, {"Gebdat": "1959-01-01"},
        {"Gebdat": "1959-01-02"}, {"IndAvrLkvDgBaf": "N"}, {"IndAvrLkvDgBaf": "", "CdAard": "21"},
    )  # fmt: skip
    for relation, changed in enumerate(lacking, 1):
        here.row(draft.person(), 100 + relation, NumIV=f"{relation}", **changed)
    here.row("", 120, NumIV="20", PersNr="P-20")
    here.row("", 121, NumIV="21", PersNr="P-21", Gebdat="")


def messages(draft: Draft) -> None:
    """Messages replaced whole and in part, withdrawn, reported again, filed late, and corrections of nothing."""
    here = draft.employer("messages")
    here.bill("7654321.09")
    first, other = draft.person(), draft.person()
    later = {"SofiNr": other, "NumIV": "2"}

    def add(name: str, day: str, hours: int = 1, month: int = 1, **changed: str) -> None:
        here.row(first, hours, month, IdBer=name, DatTdAanm=f"{day}T10:00:00", **changed)

    add("M1", "2026-02-20")
    add("M2", "2026-03-01", 40)
    add("M2", "2026-03-01", 60, **later)
    gone = {"IdBer": "M3", "DatTdAanm": "2026-04-01T10:00:00", "LhNr": f"{here.rsin}L01"}
    draft.rows["returns"].append(withdrawal(**gone | later))
    add("M4", "2026-05-01", 99, Soort="C")
    add("M5", "2027-05-01", 41, Soort="C", Ingediend="2027-05-01T23:59:59")
    add("M6", "2027-05-01", 42, Soort="C", Ingediend="2027-05-02T00:00:00")
    add("M7", "2027-05-02", 43, month=2)
    add("M8", "2026-04-20", 44, month=3, Soort="C")
    add("M9", "2026-10-25", 45, month=9, Ingediend="2026-10-25T02:30:00+02:00")
    add("M10", "2026-10-25", 46, month=9, Soort="C", Ingediend="2026-10-25T02:30:00+01:00")
    draft.rows["returns"].append(withdrawal(**gone | later | {"IdBer": "M11", "DatTdAanm": "2026-06-01T10:00:00"}))
    add("M12", "2026-06-02", 47, Soort="C", **later)
    add("M12", "2026-06-02", 48, Soort="A", NumIV="3", SofiNr=other)


def two_payroll_tax_numbers(draft: Draft) -> None:
    """The same person in the returns of both, a month and four weeks."""
    here = draft.employer("two_payroll_tax_numbers")
    here.bill("7654321.09")
    bsn = draft.person()
    here.row(bsn, 150, NumIV="1")
    here.row(bsn, 50, LhNr=f"{here.rsin}L02", DatEindTv="2026-01-25", NumIV="2")
    here.row(draft.person(), 60, LhNr=f"{here.rsin}L02", DatEindTv="2026-01-25", NumIV="3")


def deductions(draft: Draft) -> None:
    """Taken off, more than there is, below zero, and from a base below zero."""
    here = draft.employer("deductions")
    here.bill("7654321.09")
    bsn = draft.person()
    for month, euros in ((1, "1000.00"), (2, "99999.99"), (3, "-50.25"), (4, "10.00")):
        here.row(bsn, 10, month, PrlnAofAnwHg="-200.01" if month == 4 else WAGE)
        here.deducts(month, euros)


def small_employers(draft: Draft) -> None:
    """Small and not small by each ground but transfers."""
    wages = {"small_at_the_limit": "1082500.00", "not_small_by_a_cent": "1082500.01"}
    for name, euros in wages.items():
        here = draft.employer(name)
        here.bill(euros)
        here.row(draft.person())
    draft.employer("starter_of_the_year_before", started_on="2025-12-31").row(draft.person())
    with_wage = draft.employer("starter_with_a_wage", started_on="2026-01-01")
    with_wage.bill("2000000.00")
    with_wage.row(draft.person())
    draft.employer("no_starter", started_on="2024-12-31").row(draft.person())
    low = {"PrlnAofAnwHg": "0.00", "PrlnAofAnwLg": WAGE}
    draft.employer("declared_low_class").row(draft.person(), **low)
    high_for_wsw = draft.employer("high_class_for_wsw_only")
    high_for_wsw.row(draft.person(), NumIV="1", **low)
    high_for_wsw.row(draft.person(), NumIV="2", CdAard="21")
    draft.employer("nothing_known")
    draft.unlisted("not_listed").row(draft.person())


def wages_of_t_2(draft: Draft) -> None:
    """From complete returns, from incomplete returns, and beside a wage that was delivered."""
    wages = {"complete_returns": ("90208.33", 12, ""), "incomplete_returns": ("90208.33", 11, "")}
    wages |= {"wage_that_differs": ("1.00", 12, "1082500.01")}
    for name, (wage, until, delivered) in wages.items():
        here = draft.employer(name)
        bsn = draft.person()
        here.row(bsn)
        for month in range(1, until + 1):
            here.row(bsn, 10, month, 2024, PrlnAofAnwHg=wage)
        if delivered:
            here.bill(delivered)


def transfers(draft: Draft) -> None:
    """Wage that passes over before, in and after the year; of a transferor of whom nothing is known too."""
    giver, taker = draft.employer("transferor"), draft.employer("acquirer")
    giver.bill("2000000.00")
    taker.bill("100000.01")
    draft.transfer(giver, taker, "2025-05-01", "0.5")
    lately, starter = (
        draft.employer("acquirer_in_the_year"),
        draft.employer("starts_by_transfer", started_on="2026-03-01"),
    )
    lately.bill("1000000.00")
    draft.transfer(giver, lately, "2026-02-01", "0.25")
    draft.transfer(giver, starter, "2026-03-01", "0.333")
    unknown, chained = draft.employer("transferor_of_unknown_wage"), draft.employer("acquirer_in_a_chain")
    chained.bill("900000.00")
    draft.transfer(taker, unknown, "2025-06-01", "0.1")
    draft.transfer(unknown, chained, "2025-07-01", "0.9")
    gives = draft.employer("gives_unknown_wage")
    draft.transfer(gives, chained, "2025-08-01", "0.2")
    over, own = draft.person(), draft.person()
    draft.declared(over, "jobs_agreement", "2020-01-01")
    draft.declared(over, "disabled", "2020-01-01")
    for year in (2024, 2025):
        giver.asks(over, "jobs_agreement", "disabled", year=year, DatAanv="2023-06-01")
    taker.asks(over, "jobs_agreement", "disabled", hours=30, month=6, year=2025, DatAanv="2025-05-01")
    taker.asks(over, "jobs_agreement", "disabled", hours=40, DatAanv="2025-05-01")
    taker.row(own, 50, NumIV="2")
    for here in (giver, lately, starter, unknown, chained, gives):
        here.row(draft.person(), NumIV="3")


def rights_by_declaration(draft: Draft) -> None:
    """The text until 2025 and what Wtl art. 6.2 keeps of it: every condition, and every way a registration ends."""
    here = draft.employer("rights_by_declaration")
    here.bill("7654321.09")
    started = {"DatAanv": "2024-02-01"}
    persons = {
        "registered": (draft.person(), started),
        "own_request": (draft.person(registered_until="2026-06-30", ended_by="own_request"), started),
        "other": (draft.person(registered_until="2026-06-30", ended_by="other"), started),
        "unknown": (draft.person(registered_until="2026-06-30"), started),
        "kept": (draft.person(registered_until="2025-06-30", ended_by="other"), started),
        "years_over": (draft.person(registered_until="2025-06-30"), {"DatAanv": "2022-12-31"}),
        "last_day": (draft.person(registered_until="2025-06-30"), {"DatAanv": "2023-01-02"}),
        "not_registered_at_start": (draft.person(since="2024-06-01"), started),
        "month_before": (draft.person(registered_until="2024-01-02"), started),
        "before_the_month": (draft.person(registered_until="2023-12-31"), started),
        "month_of_2025": (draft.person(registered_until="2025-01-15"), {"DatAanv": "2025-02-15"}),
        "started_after": (draft.person(), {"DatAanv": "2026-01-01"}),
    }
    for relation, (bsn, when) in enumerate(persons.values(), 1):
        draft.declared(bsn, "jobs_agreement", "2020-01-01")
        for year, month in ((2025, 1), (2026, 1), (2026, 8)):
            if f"{months(year)[month - 1].end}" >= when["DatAanv"]:
                here.asks(bsn, "jobs_agreement", month=month, year=year, NumIV=f"{relation}", **when)
    training, late, undeclared = draft.person(since=""), draft.person(), draft.person()
    draft.declared(training, "jobs_agreement_training", "2020-01-01")
    draft.declared(late, "jobs_agreement", "2024-02-02")
    draft.declared(late, "jobs_agreement", "2019-01-01", "2020-12-31")
    for relation, bsn in enumerate((training, late, undeclared), 21):
        for year in (2025, 2026):
            here.asks(bsn, "jobs_agreement", year=year, NumIV=f"{relation}", **started)
    back = draft.person()
    draft.declared(back, "jobs_agreement", "2022-01-01")
    here.asks(back, "jobs_agreement", year=2024, NumIV="31", DatAanv="2021-01-01", DatEind="2024-01-15")
    here.asks(back, "jobs_agreement", month=6, year=2025, NumIV="32", DatAanv="2024-05-01", DatEind="2025-06-30")
    here.asks(back, "jobs_agreement", month=12, year=2025, NumIV="33", DatAanv="2025-12-31")
    here.asks(back, "jobs_agreement", NumIV="33", DatAanv="2025-12-31")
    joined = draft.person(registered_until="2025-12-15", ended_by="other")
    draft.rows["register"] += [
        cells("register", bsn=joined, registered_from="2025-12-16", registered_until="2026-03-31", ended_by=how)
        for how in ("own_request", "other")
    ]
    draft.declared(joined, "jobs_agreement", "2020-01-01")
    here.asks(joined, "jobs_agreement", NumIV="41", **started)


def older_text(draft: Draft) -> None:
    """Starts under the oldest text of the month before, settled over 2021: nobody is tested for its size then."""
    here = draft.employer("older_text")
    for relation, (until, start) in enumerate((("2020-11-01", "2020-12-15"), ("2020-10-31", "2020-12-15")), 1):
        bsn = draft.person(since="2018-01-01", registered_until=until)
        draft.declared(bsn, "jobs_agreement", "2018-01-01")
        here.asks(bsn, "jobs_agreement", year=2021, NumIV=f"{relation}", DatAanv=start)


def other_categories(draft: Draft) -> None:
    """The other three categories: conditions, maximum, years, and what is asked without a right."""
    here = draft.employer("other_categories")
    here.bill("7654321.09")
    cases = (
        ("disabled", "2024-01-01", "2024-02-01", 100), ("disabled", "2024-01-01", "2024-02-01", 1_990),
        ("disabled", "2024-02-02", "2024-02-01", 100), ("disabled", "2020-01-01", "2022-12-31", 100),
        ("disabled", "", "2024-02-01", 100), ("older", "2020-01-01", "2023-12-31", 100),
        ("older", "2020-01-01", "2024-01-01", 100), ("older", "2020-01-01", "2025-01-15", 2_100),
        ("reassigned", "2025-06-01", "2010-01-01", 100), ("reassigned", "2009-12-31", "2010-01-01", 100),
        ("reassigned", "2024-06-30", "2010-01-01", -5), ("reassigned", "2026-02-15", "2010-01-01", 100),
    )  # fmt: skip
    for relation, (category, declared, start, hours) in enumerate(cases, 1):
        bsn = draft.person(since="")
        if declared:
            draft.declared(bsn, category, declared)
        for year, month in ((2025, 1), (2025, 7), (2026, 1)):
            here.asks(bsn, category, hours=hours, month=month, year=year, NumIV=f"{relation}", DatAanv=start)
    again, worked = draft.person(since=""), draft.person(since="")
    for until in ("2025-03-31", "2025-06-30"):
        draft.declared(again, "reassigned", "2025-01-01", until)
    here.asks(again, "reassigned", month=7, year=2025, NumIV="31", DatAanv="2010-01-01")
    draft.declared(worked, "disabled", "2024-02-01")
    here.asks(worked, "disabled", year=2024, NumIV="32", DatAanv="2020-01-01", DatEind="2024-01-15")
    here.asks(worked, "disabled", year=2025, NumIV="33", DatAanv="2024-02-01")
    here.asks("", "disabled", "jobs_agreement", year=2025, NumIV="34", PersNr="P-34")
    lacking = ({"CdAard": "24"}, {"Gebdat": ""}, {"IndWAO": "N", "IndWW": "N", "IndZW": "N"})
    for relation, changed in enumerate(lacking, 21):
        bsn = draft.person(since="")
        draft.declared(bsn, "disabled", "2020-01-01")
        for year in (2025, 2026):
            here.asks(bsn, "disabled", year=year, NumIV=f"{relation}", DatAanv="2024-02-01", **changed)


def cumulation(draft: Draft) -> None:
    """Several categories of a person: another is higher, lower, equal with the bonus, both cut off; others alone."""
    here = draft.employer("cumulation")
    here.bill("7654321.09")
    cases = ((("jobs_agreement", "disabled"), 100), (("jobs_agreement", "disabled"), 1_990))
    cases += ((("jobs_agreement", "reassigned"), 100), (("jobs_agreement", "older", "disabled"), 200))
    cases += ((("disabled", "reassigned"), 300),)
    for relation, (categories, hours) in enumerate(cases, 1):
        bsn = draft.person()
        for category in categories:
            draft.declared(bsn, category, "2024-02-01")
        for year in (2025, 2026):
            here.asks(bsn, *categories, hours=hours, year=year, NumIV=f"{relation}", DatAanv="2024-02-01")


def put_right(draft: Draft) -> None:
    """A message that contradicts itself, which is set aside; a message and a correction withdrawn by hand."""
    aside, hand = draft.employer("message_set_aside"), draft.employer("message_withdrawn_by_hand")
    for here in (aside, hand):
        here.bill("7654321.09")
    bsn = draft.person()
    for hours in (80, 90):
        aside.row(bsn, hours, IdBer="ASIDE")
    aside.row(bsn, 100, 2)
    bsn = draft.person()
    hand.row(bsn, 70)
    hand.row(bsn, 71, IdBer=BY_HAND, DatTdAanm="2026-03-20T10:00:00")


# A message of which the operator says that it must not count.
BY_HAND = "BY-HAND"

Case = Callable[[Draft], None]
YEARS: tuple[Case, ...] = (
    hours_and_persons, kinds_of_work, conditions_of_the_lkv, messages, two_payroll_tax_numbers, deductions,
    small_employers, wages_of_t_2, transfers, rights_by_declaration, older_text, other_categories, cumulation,
)  # fmt: skip
PUT_RIGHT: tuple[Case, ...] = (hours_and_persons, deductions, small_employers, put_right)


# The quota levy of 2019.


def quota_levy(draft: Draft) -> None:
    """Lenders and borrowers, allocations that do not count, an exempt employer, and who has no sector."""
    borrower = draft.employer("borrower", sector="overheid")
    lender, agency = draft.employer("lender"), draft.employer("lender_of_agency_workers")
    exempt, no_sector = draft.employer("below_the_threshold", started_on="2018-06-01"), draft.unlisted("no_sector")
    fulfils = draft.employer("meets_the_quota", sector="overheid", started_on="2018-07-01")
    for here in (borrower, lender, agency, no_sector, fulfils):
        for year in (2018, 2019):
            here.row("", 90_000, 3, year, NumIV="1", PersNr="P-1")
    exempt.row("", 40_574, 3, 2018, NumIV="1", PersNr="P-1")
    exempt.row("", 90_000, 3, 2019, NumIV="1", PersNr="P-1")
    fulfils.row(draft.person(since="2013-01-01"), 3_000, 3, 2019, NumIV="2")
    for relation, nature in enumerate(("11", "21", "22", "24", "82"), 2):
        borrower.row(draft.person(since="2013-01-01"), 100 * relation, 3, 2019, NumIV=f"{relation}", CdAard=nature)
    for year in (2018, 2019):
        lent_out, wsw = draft.person(since="2013-01-01"), draft.person(since="2013-01-01")
        borrower.trait(lent_out, "lent_out", "2013-01-01", relation="11")
        borrower.trait(wsw, "wsw", "2013-01-01", relation="12")
        borrower.row(lent_out, 37, 3, year, NumIV="11")
        borrower.row(wsw, 38, 3, year, NumIV="12")
    alone, together, late, nobody, above = (draft.person(since="2013-01-01") for _ in range(5))
    for relation, bsn in enumerate((alone, together, late, nobody, above), 2):
        lender.row(bsn, 500, 3, 2019, NumIV=f"{relation}")
    lender.lends(borrower.rsin, alone, 400)
    lender.lends(borrower.rsin, together, 300)
    lender.lends(fulfils.rsin, together, 201)
    lender.lends(borrower.rsin, late, 100, "2020-08-02")
    lender.lends(numbered(99), nobody, 100)
    lender.lends(lender.rsin, nobody, 50)
    lender.lends(borrower.rsin, above, 501)
    outside = draft.person(since="2013-01-01")
    agency.row(outside, 300, 3, 2019, NumIV="2", CdAard="11")
    agency.row(outside, 200, 3, 2019, NumIV="3")
    agency.lends(borrower.rsin, outside, 350)


LEVY: tuple[Case, ...] = (quota_levy,)


def received(cases: tuple[Case, ...], folder: Path) -> tuple[Path, dict[str, str]]:
    """An archive with some cases, received in one call, and the RSIN of each employer by name."""
    draft = Draft()
    for case in cases:
        case(draft)
    take_in(folder / "archive", draft.files(folder / "files"))
    return folder / "archive", draft.employers
