"""Words of a settlement and its findings, in English and Dutch."""

from typing import Final

from quotum.words import Text

# What is settled.
SETTLEMENT: Final = Text("settlement", "vaststelling")
QUOTA_LEVY: Final = Text("quota levy", "quotumheffing")
FIGURES_ONLY: Final = Text("figures only", "alleen cijfers")
DUE: Final = Text(
    "Quota regime activated: surcharge and bonus are due over this year (Wet banenafspraak art. 6 lid 1).",
    "Quotumregeling geactiveerd: over dit jaar zijn opslag en bonus verschuldigd (Wet banenafspraak art. 6 lid 1).",
)
IN_FORCE: Final = Text(
    "The quota regime is in force but no surcharge is due over this year: LKV only.",
    "De quotumregeling geldt, maar over dit jaar is geen opslag verschuldigd: alleen LKV.",
)
NOT_IN_FORCE: Final = Text(
    "The quota regime is not in force (Wet banenafspraak art. 1-6 await a royal decree, art. 13): LKV only, no "
    "surcharge and no bonus.",
    "De quotumregeling geldt niet (Wet banenafspraak art. 1-6 wachten op een koninklijk besluit, art. 13): alleen LKV, "
    "geen opslag en geen bonus.",
)
CONDITION: Final = Text(
    "government must have realised {share}% of its target (conditional)",
    "de overheid moet {share}% van haar doel hebben gerealiseerd (voorwaardelijk)",
)
DEPENDS: Final = Text(
    "Surcharge and bonus depend on the job count: {condition}.",
    "Opslag en bonus hangen van de banentelling af: {condition}.",
)
CONDITION_UNMET: Final = Text(
    "No surcharge and no bonus, and the sectors are judged separately: {condition}, and has not.",
    "Geen opslag en geen bonus, en de sectoren worden apart beoordeeld: {condition}, en heeft dat niet.",
)
CONDITION_MET: Final = Text(
    "The sectors are judged jointly and {due}: {condition}, and has.",
    "De sectoren worden samen beoordeeld en {due}: {condition}, en heeft dat.",
)
THEN_DUE: Final = Text("surcharge and bonus are due", "opslag en bonus zijn verschuldigd")
THEN_NOT_DUE: Final = Text(
    "no surcharge is due over this year all the same", "over dit jaar is toch geen opslag verschuldigd"
)
LEVY_FIGURES: Final = Text(
    "Figures only, no decision: the quota levy is suspended and was never executed (Wfsv art. 122na). No LKV, bonus or "
    "surcharge is settled.",
    "Alleen cijfers, geen besluit: de quotumheffing is opgeschort en nooit uitgevoerd (Wfsv art. 122na). Er is geen "
    "LKV, "
    "bonus of opslag vastgesteld.",
)

# Sums over all employers.
LKV: Final = Text("LKV (loonkostenvoordeel)", "LKV (loonkostenvoordeel)")
BONUS: Final = Text("Bonus (banenafspraakbonus)", "Bonus (banenafspraakbonus)")
PAYABLE: Final = Text("Payable", "Uit te betalen")
SURCHARGE: Final = Text("Surcharge (inclusiviteitsopslag)", "Opslag (inclusiviteitsopslag)")
NET: Final = Text("Payable less surcharge, for insight", "Uit te betalen min opslag, ter inzicht")
RATE: Final = Text("Surcharge rate ({source})", "Tarief opslag ({source})")
RATE_SOURCES: Final = {
    "none": Text("none", "geen"),
    "given": Text("given", "gegeven"),
    "balance": Text("balance", "in evenwicht"),
    "budget": Text("budget", "budgetneutraal"),
}
"""Where a rate comes from, by its name in files."""
EMPLOYERS: Final = Text("Employers", "Werkgevers")
SMALL: Final = Text("  small, exempt from the surcharge", "  klein, vrij van de opslag")
PAYING: Final = Text("  paying a surcharge", "  die opslag betalen")
RECEIVING: Final = Text("  receiving LKV or bonus", "  die LKV of bonus ontvangen")
NOT_TESTED: Final = Text("not tested", "niet getoetst")
LEVY: Final = Text("Quota levy (quotumheffing)", "Quotumheffing")
PERCENTAGE: Final = Text("Quota percentage {part} ({sector}, {source})", "Quotumpercentage {part} ({sector}, {source})")
PARTS: Final = {"government": Text("government", "overheid"), "market": Text("market", "markt")}
"""Sectors, by name."""
PERCENTAGE_SOURCES: Final = {"computed": Text("computed", "berekend"), "given": Text("given", "gegeven")}
"""Where a quota percentage comes from, by its name in files."""
THRESHOLD: Final = Text("Threshold, paid hours in each of two years", "Drempel, verloonde uren in elk van twee jaren")
WOULD_PAY: Final = Text("  that would pay a levy", "  die een heffing zouden betalen")

# What the user should know.
NOT_DELIVERED: Final = Text("no {table} delivered: {without}", "geen {table} geleverd: {without}")
WITHOUT: Final = {
    "register": Text(
        "nobody is in the target group, so no hours count and nothing is granted",
        "niemand hoort tot de doelgroep, dus er tellen geen uren en er wordt niets toegekend",
    ),
    "employers": Text(
        "no employer has a sector or a start: nobody is a starter, and sectors are unknown",
        "geen werkgever heeft een sector of een begin: niemand is starter, en sectoren zijn onbekend",
    ),
    "wage_bills": Text(
        "premium wages of t-2 come from complete returns, or else the declared class decides",
        "premielonen over t-2 komen uit volledige aangiften, en anders beslist de aangegeven premieklasse",
    ),
    "traits": Text("the kind of work comes from CdAard alone", "de aard van het werk komt alleen uit CdAard"),
    "declarations": Text(
        "no right to an LKV that asks for one: over years until 2025 none at all, later only the LKV doelgroep "
        "banenafspraak",
        "geen recht op een LKV die een doelgroepverklaring vraagt: over jaren tot en met 2025 geen enkele, later "
        "alleen "
        "het LKV doelgroep banenafspraak",
    ),
}
"""What does not happen without a delivery, by its kind."""
LEVY_WITHOUT: Final = {
    "register": Text(
        "nobody is in the target group: the levy is over the whole quota",
        "niemand hoort tot de doelgroep: de heffing gaat over het hele quotum",
    ),
    "employers": Text(
        "no employer has a sector, so none has a quota percentage and none owes a levy",
        "geen werkgever heeft een sector, dus geen heeft een quotumpercentage en geen is een heffing verschuldigd",
    ),
    "traits": WITHOUT["traits"],
    "allocations": Text("no hours move from lender to borrower", "er gaan geen uren van uitlener naar inlener"),
}
"""What does not happen in a quota levy without a delivery, by its kind."""
WITHOUT_OPTIONAL: Final = {
    "transfers": Text(
        "no premium wage of t-2 passes from one employer to another, and no period of an LKV runs on",
        "geen premieloon over t-2 gaat van de ene werkgever op de andere over, en geen periode van een LKV loopt door",
    ),
    "deductions": Text(
        "supplements on benefits stay in the surcharge base",
        "aanvullingen op uitkeringen blijven in de grondslag van de opslag",
    ),
}
"""What does not happen without a delivery that nobody has to send, by its kind."""
ONLY_LEVY_USES: Final = Text(
    "{table} delivered: only a quota levy (--regime quota-levy) uses them",
    "{table} geleverd: alleen een quotumheffing (--regime quota-levy) gebruikt ze",
)
DECIDED_LATE: Final = Text(
    "--decided-on {day} is later than {last}: the LKV of {year} is to be decided before 1 August of the next year (Wtl "
    "art. 4.1)",
    "--decided-on {day} is later dan {last}: het LKV over {year} moet voor 1 augustus van het volgende jaar worden "
    "beschikt (Wtl art. 4.1)",
)
LITTLE_ROOM: Final = Text(
    "work in progress mostly takes {mostly} in {place} for so many rows, and {free} can be taken there: it may not be "
    "enough",
    "tussenbestanden nemen bij zoveel regels meestal {mostly} in {place}, en er is {free} beschikbaar: dat kan te "
    "weinig "
    "zijn",
)
MEGABYTES: Final = Text("{number:,.1f} MB", "{number:,.1f} MB")
NO_ROOM: Final = Text(
    "{place} cannot be written: the disk is full, or nearly so. Work in progress takes at least {at_least} there and "
    "mostly {mostly}, and {free} can be taken. Make room, or name a place on another disk with --out; nothing was "
    "begun.",
    "{place} kan niet worden geschreven: de schijf is (bijna) vol. Tussenbestanden nemen daar minstens {at_least} en "
    "meestal {mostly}, en er is {free} beschikbaar. Maak ruimte, of noem met --out een plaats op een andere schijf; er "
    "is "
    "niets begonnen.",
)
NO_RETURNS: Final = Text(
    "the archive {archive} has no returns of {year}{known}{purpose}; receive them first",
    "het archief {archive} heeft geen aangiften van {year}{known}{purpose}; ontvang ze eerst",
)
KNOWN_ON: Final = Text(" known on {day}", " bekend op {day}")
RESTS_TOO: Final = Text(
    ", on which the threshold of the quota levy of {year} rests too (Wfsv art. 34 lid 4, 7)",
    ", waarop de drempel van de quotumheffing over {year} ook rust (Wfsv art. 34 lid 4, 7)",
)

# Findings.
OF: Final = {
    "rows in force": Text("rows in force", "geldende regels"),
    "returns": Text("returns", "aangiften"),
    "messages": Text("messages", "berichten"),
    "withdrawals": Text("withdrawals", "intrekkingen"),
    "employers": Text("employers", "werkgevers"),
    "persons": Text("persons", "personen"),
    "requests": Text("requests", "aanvragen"),
    "employments": Text("employments", "dienstbetrekkingen"),
    "allocations": Text("allocations", "toerekeningen"),
    "rows": Text("rows", "regels"),
    "settlements": Text("settlements", "vaststellingen"),
}
"""What a finding is found of, by its name."""
STAKES: Final = {
    "benefit": Text("LKV and bonus that would be granted besides", "LKV en bonus die er nog bij zouden komen"),
    "surcharge": Text("surcharge that is charged or would be", "opslag die wordt geheven of zou worden geheven"),
    "levy": Text("levy that is figured", "heffing zoals berekend"),
}
"""What hangs on a finding, by its name."""
ON_IT: Final = Text("at most {euros} euro hang on it: {what}", "hiermee is ten hoogste {euros} euro gemoeid: {what}")
MORE_ROWS: Final = Text("and {count:,} rows more", "en nog {count:,} regels")
PLACES_ASIDE: Final = Text(
    "messages that contradict themselves and were set aside: {messages:,} (returns: {returns:,}, employers: "
    "{employers:,}; data/set_aside.parquet names them): {places}",
    "berichten die zichzelf tegenspreken en terzijde zijn gelegd: {messages:,} (aangiften: {returns:,}, werkgevers: "
    "{employers:,}; data/set_aside.parquet noemt ze): {places}",
)
ROWS_REJECTED: Final = Text(
    "{rejected:,} of {received:,} rows were rejected ({share}%)",
    "{rejected:,} van {received:,} regels zijn afgewezen ({share}%)",
)
MEMBERS_REFUSED: Final = Text("{count:,} members were refused", "{count:,} onderdelen zijn geweigerd")
REJECTED_IN: Final = Text("{kind}: {parts} in {name}", "{kind}: {parts} in {name}")
