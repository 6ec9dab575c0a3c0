"""Words of an explanation that belong to no provision, in both languages."""

from typing import Final

from quotum.law.conditions import DUTCH, Text

YES, NO = Text("yes", "ja"), Text("no", "nee")
NONE, NONE_DELIVERED = Text("none", "geen"), Text("none delivered", "niet geleverd")
NOT_GIVEN: Final = Text("not given: {why}", "niet toegekend: {why}")
NO_BECAUSE: Final = Text("no: {why}", "nee: {why}")
NONE_BECAUSE: Final = Text("none: {why}", "geen: {why}")
NO_ROW_COUNTS: Final = Text("not given: no row counts: {why}", "niet toegekend: geen regel telt mee: {why}")
LOST: Final = Text("{amount}; not given: {why}", "{amount}; niet toegekend: {why}")
LOST_WITH_LKV: Final = Text("{amount}; not given with the LKV: {why}", "{amount}; met het LKV niet toegekend: {why}")
AS_SETTLED: Final = Text("{amount}, as settled", "{amount}, zoals vastgesteld")
NOW, FROM_TO = Text("now", "heden"), Text("{first} to {last}", "{first} tot en met {last}")
NO_END: Final = Text("no end", "zonder einde")
ENDED_BY: Final = Text(", ended by {how}", ", beëindigd {how}")
ENDINGS: Final = {
    "own_request": Text("own request", "op eigen verzoek"),
    "other": Text("other", "om een andere reden"),
}
"""How a registration ended, by its name in the register."""
FROM_DAYS: Final = Text("{what} from {days}", "{what} van {days}")
NATURE: Final = Text("CdAard {nature}", "CdAard {nature}")
NO_NATURE: Final = Text("none", "geen")
NONE_TOUCHES: Final = Text("none that touches this period", "geen die dit tijdvak raakt")
CITED: Final = Text("{value}{unit} ({status}: {source})", "{value}{unit} ({status}: {source})")
FOOTINGS: Final = {
    "law": Text("law", "wet"),
    "reading": Text("reading", "lezing"),
    "assumed": Text("assumed", "aangenomen"),
}

NUMBERED_PERSON, OTHER_PERSON = (
    Text("person {number}", "persoon {number}"),
    Text("other person {number}", "andere persoon {number}"),
)
NO_BSN: Final = Text("somebody without BSN", "iemand zonder BSN")
NUMBERED_EMPLOYER: Final = Text("employer {number} of the run", "werkgever {number} van de run")
NOT_SETTLED: Final = Text(
    "EMPLOYER is not in this run: it has no return of the year in force and is not in the employers delivery",
    "EMPLOYER staat niet in deze run: er is geen geldende aangifte over het jaar, en de werkgever staat niet in de "
    "levering van werkgevers",
)
NO_RETURN_OF_NUMBER: Final = Text(
    "EMPLOYER is not in this run: that payroll tax number has no return of the year",
    "EMPLOYER staat niet in deze run: dat loonheffingennummer heeft geen aangifte over het jaar",
)
PERSON_IN_NO_ROW: Final = Text(
    "--person is in no row of this employer in the year", "--person staat in geen regel van deze werkgever in het jaar"
)
NO_EMPLOYER_NUMBER: Final = Text(
    "EMPLOYER is neither nine digits (RSIN) nor a payroll tax number (nine digits, L, two digits)",
    "EMPLOYER is geen RSIN (negen cijfers) en geen loonheffingennummer (negen cijfers, L, twee cijfers)",
)
NO_BSN_GIVEN: Final = Text("--person is no BSN: it has nine digits", "--person is geen BSN: dat heeft negen cijfers")
NOT_IN_RUN: Final = Text("an employer that is not in the run", "een werkgever die niet in de run staat")

EMPLOYMENT_DAYS: Final = Text("{since} to {until}{over}", "{since} tot en met {until}{over}")
START_UNKNOWN: Final = Text("{day} (first reported; start unknown)", "{day} (voor het eerst gemeld; begin onbekend)")
CAME_OVER: Final = Text(", came over in a transfer", ", overgegaan bij een overgang van onderneming")
START, MONTH_BEFORE = Text("start {day}", "begin {day}"), Text("month before {day}", "maand voor {day}")
DECLARATION_FROM: Final = Text("declaration from {day}", "doelgroepverklaring vanaf {day}")
REGISTRATION_ON: Final = Text("registration on {day}", "registratie op {day}")
END_UNKNOWN: Final = Text(", nobody knows how it ended", ", hoe die eindigde is onbekend")
OF_THOSE_OUT: Final = Text("of those out: {why}", "daarvan buiten: {why}")
AVERAGE_WAGE: Final = Text("average premium wage of {year}", "gemiddeld premieplichtig loon van {year}")
NO_FIGURE: Final = Text("no figure", "geen cijfer")
NOT_YET: Final = Text("not yet", "nog niet")
FROM_MACRO: Final = Text(
    "counted over the whole country, not from the rows of this employer: taken from macro.json of the run",
    "over het hele land geteld, niet uit de regels van deze werkgever: uit macro.json van de run",
)
RATE_FROM_MACRO: Final = Text(
    "over all employers that owe, so no rows of one employer give it: taken from macro.json of the run",
    "over alle werkgevers die verschuldigd zijn, dus niet uit regels van één werkgever: uit macro.json van de run",
)
AGE_NOT_REACHED, AGE_REACHED = Text("not reached", "niet bereikt"), Text("reached", "bereikt")
AGE_UNKNOWN: Final = Text("birth date unknown", "geboortedatum onbekend")
HOURS_COUNT: Final = Text("yes: {hours} hours count", "ja: {hours} uren tellen mee")
LENDER, BORROWER = Text("lender, {name}", "uitlener, {name}"), Text("borrower, {name}", "inlener, {name}")
NO_SECTOR: Final = Text("no sector", "geen sector")
PAID_OUT: Final = Text("What is paid out?", "Wat wordt uitbetaald?")
COLLECTED: Final = Text("What is collected with the payroll returns?", "Wat wordt met de loonaangiften geheven?")
DIFFERENCE: Final = Text(
    "What is the difference, for insight? Nothing nets the two.",
    "Wat is het verschil, ter inzicht? Niets verrekent de twee.",
)

SIMULATION_OF: Final = Text("SIMULATION: {what}", "SIMULATIE: {what}")
MARK: Final = Text("SIMULATION", "SIMULATIE")
HEADING: Final = Text(
    "Employer {employer}{person}: {year}{levy}, returns as filed by {as_of}",
    "Werkgever {employer}{person}: {year}{levy}, aangiften zoals ingediend tot en met {as_of}",
)
ABOUT_PERSON: Final = Text(", person {person}", ", persoon {person}")
ABOUT_LEVY: Final = Text(", quota levy", ", quotumheffing")
OF_EMPLOYER: Final = Text("Of the employer, all persons together:", "Van de werkgever, alle personen samen:")
SETTLED: Final = Text("What was settled for this employer", "Wat voor deze werkgever is vastgesteld")
WOULD_STATE: Final = Text(
    "What the decision would state (Wfsv art. 38h lid 2); suspended: figures, no decision",
    "Wat de beschikking zou vermelden (Wfsv art. 38h lid 2); geschorst: cijfers, geen beschikking",
)
ADDS_UP: Final = Text("{what}. The steps add up to it", "{what}. De stappen tellen daartoe op")
ADDS_UP_WITH_OTHERS: Final = Text(
    "{what}. The steps add up to it, those about other persons included",
    "{what}. De stappen tellen daartoe op, met die over andere personen",
)
ADDS_UP_WITH_REST: Final = Text(
    "{what}. The steps add up to it, those that are not shown included",
    "{what}. De stappen tellen daartoe op, met die niet getoond zijn",
)
RUN_DIGEST: Final = Text("Run with tag manifest sha256 {digest}", "Run met tagmanifest sha256 {digest}")
STANDS_ON: Final = Text("Every step begins with what it stands on:", "Elke stap begint met waarop die steunt:")
FOOTING_WORDS: Final = {
    "law": Text("read in the provision named", "gelezen in de genoemde bepaling"),
    "reading": Text(
        "the provision is silent: what is held stands above the lines",
        "de bepaling zwijgt: wat wordt aangehouden staat boven de regels",
    ),
    "assumed": Text(
        "rests on a figure that is only assumed, that a scenario set, or that this version does not ship",
        "steunt op een cijfer dat slechts is aangenomen, dat een scenario zette, of dat deze versie niet meelevert",
    ),
}
NOT_ENACTED: Final = Text(
    "Not enacted: a figure of this run is not what the version that it names ships",
    "Niet vastgesteld: een cijfer van deze run is niet wat de genoemde versie meelevert",
)
EURO, ANSWER, FOOTING = Text("euro", "euro"), Text("answer", "antwoord"), Text("stands on", "steunt op")
AMOUNTS: Final = {
    "lkv_cents": Text("LKV (loonkostenvoordeel)", "Loonkostenvoordeel (LKV)"),
    "bonus_cents": Text("Bonus (banenafspraakbonus)", "Banenafspraakbonus"),
    "payable_cents": Text("Payable", "Uit te betalen"),
    "surcharge_cents": Text("Surcharge (inclusiviteitsopslag)", "Inclusiviteitsopslag"),
    "net_cents": Text("Payable less surcharge, for insight", "Uit te betalen min opslag, ter inzicht"),
}
UNKNOWN: Final = Text("unknown", "onbekend")
OF_LEVY: Final = {
    "sector": Text("Sector", "Sector"),
    "percentage": Text("Quota percentage", "Quotumpercentage"),
    "paid_hours_t1": Text("Paid hours, year before", "Verloonde uren, jaar ervoor"),
    "counted_hours_t1": Text("  of these held against the threshold", "  waarvan voor de drempel"),
    "paid_hours": Text("Paid hours", "Verloonde uren"),
    "counted_hours": Text("  of these counted (A)", "  waarvan geteld (A)"),
    "target_group_hours": Text("Hours of the target group", "Uren van de doelgroep"),
    "counted_target_hours": Text("  of these counted", "  waarvan geteld"),
    "borrowed_hours": Text("  allocated as a borrower", "  toegerekend als inlener"),
    "lent_hours": Text("  taken off as a lender", "  afgetrokken als uitlener"),
    "levy_target_hours": Text("  hours that count (C)", "  uren die tellen (C)"),
    "shortage": Text("Shortage, jobs", "Tekort, banen"),
    "levy": Text("Quota levy (quotumheffing), euro", "Quotumheffing, euro"),
}

DECIDED_BY: Final = Text("What decided it", "Wat dat bepaalde")
GRANTED: Final = Text("Granted", "Toegekend")
NOT_GRANTED: Final = Text("What was not granted, and why", "Wat niet is toegekend, en waarom")
PERSONS_WITH: Final = Text("persons: {persons}, {amount}", "personen: {persons}, {amount}")
OF_ROWS: Final = Text("persons: {persons}, rows: {rows}", "personen: {persons}, regels: {rows}")
OF_STEPS: Final = Text("times: {steps}", "keren: {steps}")
IN_FULL: Final = Text(
    "Step by step, with articles: the same command without --brief.",
    "Stap voor stap, met artikelen: dezelfde opdracht zonder --brief.",
)

LABELS: Final = {
    "A, paid hours": "A, verloonde uren",
    "B, percentage": "B, percentage",
    "C, paid hours of the target group": "C, verloonde uren van de doelgroep",
    "D": "D",
    "LKV": "LKV",
    "agency workers and Wsw, left out": "uitzendkrachten en Wsw, buiten beschouwing",
    "agreed on": "overeengekomen op",
    "allocated": "toegerekend",
    "allocated as a borrower": "toegerekend als inlener",
    "articles 1 to 6 in force from": "artikelen 1 tot en met 6 in werking vanaf",
    "asked for": "aangevraagd",
    "bonus": "bonus",
    "bonus of all": "bonus van allen",
    "day": "dag",
    "declaration": "doelgroepverklaring",
    "delivered": "geleverd",
    "employer since": "werkgever sinds",
    "employment": "dienstbetrekking",
    "exact": "exact",
    "first day in service": "eerste dag in dienst",
    "from": "van",
    "hours": "uren",
    "hours of t that count": "uren van t die tellen",
    "hours of t-1 that count": "uren van t-1 die tellen",
    "hours of this person that were not in C": "uren van deze persoon die niet in C zaten",
    "in the returns": "in de aangiften",
    "in the target group": "in de doelgroep",
    "insured": "verzekerd",
    "kind of income": "soort inkomen",
    "kind of work": "soort werk",
    "limit": "grens",
    "of a scholingsbelemmerde": "van een scholingsbelemmerde",
    "other party": "andere partij",
    "paid hours": "verloonde uren",
    "paid hours that count": "verloonde uren die tellen",
    "payable": "uit te betalen",
    "payroll tax number": "loonheffingennummer",
    "pension age": "pensioengerechtigde leeftijd",
    "percentage": "percentage",
    "period": "tijdvak",
    "person": "persoon",
    "premium wage": "premieplichtig loon",
    "premium wage that counts": "premieplichtig loon dat telt",
    "premium wage, without benefits": "premieplichtig loon, zonder uitkeringen",
    "rate": "tarief",
    "reading": "lezing",
    "registration": "registratie",
    "right": "recht",
    "right by declaration": "recht door doelgroepverklaring",
    "right that is kept": "recht dat behouden blijft",
    "rows": "regels",
    "rows in which it was asked": "regels waarin het is aangevraagd",
    "rows with wage in the high class, other than Wsw": "regels met loon in de hoge klasse, anders dan Wsw",
    "rule": "regel",
    "share": "aandeel",
    "shortage": "tekort",
    "small employer": "kleine werkgever",
    "solved": "berekend",
    "sum of the returns": "som van de aangiften",
    "surcharge": "opslag",
    "surcharge base": "grondslag van de opslag",
    "surcharge of all": "opslag van allen",
    "taken off as a lender": "afgetrokken als uitlener",
    "target-group hours at the lender": "uren van de doelgroep bij de uitlener",
    "to": "naar",
    "transfers that count": "overgangen die tellen",
    "wage of the whole": "loon van het geheel",
    "what government realised": "wat de overheid realiseerde",
    "what was solved": "wat is berekend",
    "year": "jaar",
}
"""Names of inputs: English to Dutch."""


def label(english: str, language: str) -> str:
    """A name of an input in a language."""
    return LABELS[english] if language == DUTCH else english
