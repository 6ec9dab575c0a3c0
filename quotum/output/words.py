"""Words of what is shown and made of a run, in English and Dutch."""

from typing import Final

from quotum.words import Text

# The summary of a settlement.
TITLE: Final = Text(
    "{mark}{title} of {year}, returns as filed by {as_of}",
    "{mark}{title} over {year}, aangiften zoals ingediend tot en met {as_of}",
)
DRY_TITLE: Final = Text(
    "{mark}dry run: {title} of {year}, returns as filed by {as_of}",
    "{mark}proefgang: {title} over {year}, aangiften zoals ingediend tot en met {as_of}",
)
SCENARIO: Final = Text("Scenario: {title}", "Scenario: {title}")
AMOUNTS: Final = (Text("Amounts", "Bedragen"), Text("euro", "euro"))
"""Headings of the amounts."""
JOBS: Final = (
    Text("Jobs (banen)", "Banen"),
    Text("target", "doel"),
    Text("baseline", "nulmeting"),
    Text("realised", "gerealiseerd"),
    Text("missing", "ontbrekend"),
    Text("jobs in December", "banen in december"),
)
"""Headings of the jobs."""
PARTS: Final = {
    "government": Text("government (overheid)", "overheid"),
    "market": Text("market (niet-overheid)", "markt (niet-overheid)"),
    "hired_in": Text("hired-in (ingeleend)", "ingeleend"),
    "total": Text("total, judged", "totaal, beoordeeld"),
}
"""Parts of the job count, by name."""
SEPARATELY: Final = Text("{part} per sector", "{part} per sector")
JOINTLY: Final = Text("{part} jointly", "{part} samen")
AGAINST_YEAR_BEFORE: Final = Text("government against December of {year}", "overheid tegenover december van {year}")
BASELINES: Final = {
    "counted": Text(
        "Baseline counted from the returns of December 2012 (--baseline counted).",
        "Nulmeting geteld uit de aangiften van december 2012 (--baseline counted).",
    ),
    "national": Text(
        "Baseline national, as fixed in Regeling Wfsv art. 3.33 (--baseline national).",
        "Nulmeting landelijk, zoals vastgesteld in Regeling Wfsv art. 3.33 (--baseline national).",
    ),
    "none": Text(
        "No baseline (--baseline none): realised and missing jobs are not computed.",
        "Geen nulmeting (--baseline none): gerealiseerde en ontbrekende banen worden niet berekend.",
    ),
}
"""Where the baseline comes from, by its name."""
HIRED_IN_UNKNOWN: Final = Text(
    "{source} The zero of hired-in work is not known on this day: hired-in work is left out.",
    "{source} De nulmeting van ingeleend werk is op deze dag niet bekend: ingeleend werk blijft buiten beschouwing.",
)
HIRED_IN_SHARED: Final = Text(
    "{source} Judged apart, {share}% of hired-in work goes to government and {rest}% to the market (Regeling Wfsv art. "
    "3.34): what they miss follows from that.",
    "{source} Bij beoordeling apart gaat {share}% van ingeleend werk naar de overheid en {rest}% naar de markt "
    "(Regeling "
    "Wfsv art. 3.34): daaruit volgt wat hun ontbreekt.",
)
SAVINGS_LOSS: Final = Text("Savings loss (besparingsverlies): {loss}{booked}", "Besparingsverlies: {loss}{booked}")
BOOKED: Final = Text("; booked for {part}: {euros}", "; geboekt voor {part}: {euros}")
BOOKED_PARTS: Final = {
    "government": Text("government", "overheid"),
    "market": Text("market", "markt"),
    "total": Text("total", "totaal"),
}
"""Parts of a booked savings loss, by name."""
NO_BASELINE: Final = Text("not computed, there is no baseline", "niet berekend, er is geen nulmeting")
WITHHELD: Final = Text(
    "withheld, as realised and missing jobs are: the archive is plainly a part of the country (fewer jobs than the "
    "baseline, or a counted baseline below the fixed one of the market alone)",
    "achterwege gelaten, net als gerealiseerde en ontbrekende banen: het archief is duidelijk een deel van het land "
    "(minder banen dan de nulmeting, of een getelde nulmeting onder de vastgestelde van de markt alleen)",
)
NO_LOSS: Final = Text("none, the quota regime brings in revenue", "geen, de quotumregeling brengt iets op")
NO_SAVING: Final = Text(
    "not known, the saving per job has no figure in this year",
    "niet bekend, de besparing per baan heeft in dit jaar geen cijfer",
)
LOSS: Final = Text(
    "{missing} missing jobs x {saving} per job (assumed) = {middle} euro (range {low} to {high}, at {saving_low} to "
    "{saving_high} per job)",
    "{missing} ontbrekende banen x {saving} per baan (aangenomen) = {middle} euro (bandbreedte {low} tot {high}, bij "
    "{saving_low} tot {saving_high} per baan)",
)
UNKNOWN: Final = Text("unknown", "onbekend")
NOT_DELIVERED: Final = Text("Not delivered", "Niet geleverd")
FINDINGS: Final = Text("Findings", "Bevindingen")
ASSUMED_FIGURES: Final = Text(
    "Assumed figures these results rest on", "Aangenomen cijfers waarop deze uitkomsten rusten"
)
READINGS: Final = Text("Readings these results rest on", "Lezingen waarop deze uitkomsten rusten")
ASSUMED_LINE: Final = Text("{line} (assumed: {source})", "{line} (aangenomen: {source})")
NOT_NOTED: Final = Text(
    "The archive cannot be written, or its notes are damaged, so this run is not noted in it: until it is, replay and "
    "verify certify it only by its signature (settle --sign-key, then --public-key). Settle again to the same --out "
    "when the archive can be written: the same run is then noted.",
    "Het archief kan niet worden geschreven, of de aantekeningen erin zijn beschadigd, dus deze run is er niet in "
    "genoteerd: tot dat zo is staan replay en verify er alleen voor in door de ondertekening (settle --sign-key, dan "
    "--public-key). Stel opnieuw vast met dezelfde --out als het archief kan worden geschreven: dezelfde run wordt dan "
    "genoteerd.",
)
RUN_WRITTEN: Final = Text(
    "Run written: {place} (sha256 of its tag manifest {digest}...)",
    "Run geschreven: {place} (sha256 van het tagmanifest {digest}...)",
)
RUN_THERE: Final = Text(
    "The same run was there already: {place} (sha256 of its tag manifest {digest}...)",
    "Dezelfde run was er al: {place} (sha256 van het tagmanifest {digest}...)",
)
PLANNED_BASELINE: Final = Text("Baseline: {name}.", "Nulmeting: {name}.")
BASELINE_NAMES: Final = {
    "counted": Text("counted", "geteld"),
    "national": Text("national", "landelijk"),
    "none": Text("none", "geen"),
}
"""Baselines, by name."""
BASELINE_OF_2012: Final = Text(
    "Baseline: counted when a return of December 2012 is in force (the archive holds 2012), else national.",
    "Nulmeting: geteld als een aangifte van december 2012 geldt (het archief bevat 2012), anders landelijk.",
)
BASELINE_NATIONAL: Final = Text(
    "Baseline: national, the archive holds no returns of December 2012.",
    "Nulmeting: landelijk, het archief bevat geen aangiften van december 2012.",
)
WOULD_READ: Final = Text("Would read:", "Zou lezen:")
RETURNS_TO_READ: Final = Text(
    "  - returns: {deliveries} deliveries, {rows:,} rows", "  - aangiften: {deliveries} leveringen, {rows:,} regels"
)
TABLE_TO_READ: Final = Text("  - {name}: as received {moment}", "  - {name}: zoals ontvangen {moment}")
NO_TABLE_TO_READ: Final = Text("  - {name}: none delivered", "  - {name}: niet geleverd")
PARAMETERS: Final = Text("Parameters:", "Parameters:")
NOTHING_WRITTEN: Final = Text("Nothing was written.", "Er is niets geschreven.")

# What an auditor reads.
NOT_COVERED: Final = Text(
    "{file} (machine, moment, versions) is covered by no manifest: nobody vouches for it",
    "{file} (machine, moment, versies) valt onder geen manifest: niemand staat ervoor in",
)
NOTED: Final = {
    True: Text("in the archive, under this digest", "in het archief, onder dit kenmerk"),
    False: Text(
        "not in the archive: a run that was changed and sealed anew looks like this one too",
        "niet in het archief: een run die is gewijzigd en opnieuw verzegeld ziet er ook zo uit",
    ),
    None: Text("cannot be said", "niet te zeggen"),
}
"""Whether the archive notes a run."""
SIGNED_BY: Final = Text("{signature} ({file})", "{signature} ({file})")
FIGURES_NOT_COMPARED: Final = Text(
    "not compared with those of this version: the run was made by other code, or its record was altered",
    "niet vergeleken met die van deze versie: de run is met andere code gemaakt, of het verslag ervan is gewijzigd",
)
FIGURES_OTHER: Final = Text("not what the same code ships: {count}", "niet wat dezelfde code meelevert: {count}")
FIGURES_OF_SCENARIO: Final = Text(
    "those that this version ships, but for what the scenario of the run sets",
    "die van deze versie, op wat het scenario van de run zet na",
)
FIGURES_SHIPPED: Final = Text("those that this version ships", "die van deze versie")
RUN_UNREADABLE: Final = Text(
    "run        {place}: its record cannot be read", "run           {place}: het verslag ervan is niet te lezen"
)
RUN: Final = Text(
    "run        {mark}{year}, returns as filed by {as_of}, {regime}, made by quotum {version}",
    "run           {mark}{year}, aangiften zoals ingediend tot en met {as_of}, {regime}, gemaakt met quotum {version}",
)
INPUTS: Final = Text(
    "inputs     {inputs} of {deliveries} deliveries{derived} with the digest they had",
    "invoer        {inputs} van {deliveries} leveringen{derived} met het kenmerk dat zij hadden",
)
DERIVED: Final = Text(", {sound} of {tables} derived tables", ", {sound} van {tables} afgeleide tabellen")
MORE_NAMED: Final = Text(" (and {count} more, named above)", " (en nog {count}, hierboven genoemd)")
DIGESTS_OTHER: Final = Text(
    "digests    not as sealed: {count} files", "kenmerken     niet zoals verzegeld: {count} bestanden"
)
DIGESTS_SEALED: Final = Text(
    "digests    every file of the run as it was sealed", "kenmerken     elk bestand van de run zoals verzegeld"
)
CODE: Final = Text("code       {code}; commit {commit}", "code          {code}; commit {commit}")
FIGURES: Final = Text("figures    {what}", "cijfers       {what}")
SIGNATURE: Final = Text("signature  {what}", "ondertekening {what}")
NOTED_LINE: Final = Text("noted      {what}", "genoteerd     {what}")
NOT_COVERED_LINE: Final = Text("not covered: {what}", "niet gedekt: {what}")
REMARK: Final = Text("remark: {what}", "opmerking: {what}")
WRONG: Final = Text("wrong: {what}", "onjuist: {what}")
REPEATED: Final = Text(
    "repeated   with the parameters of the run, by quotum {version}{of_what}",
    "herhaald      met de parameters van de run, door quotum {version}{of_what}",
)
FROM_ORIGINALS: Final = Text(", from derived tables made again", ", uit opnieuw gemaakte afgeleide tabellen")
RESULTS: Final = Text("results    {what}", "uitkomsten    {what}")
FILES_SAME: Final = Text("{count} files, the same", "{count} bestanden, gelijk")
NOT_SHIPPED: Final = Text("not shipped: {what}", "niet meegeleverd: {what}")
NOT_CERTIFIED: Final = Text("not certified: {what}", "hiervoor niet in te staan: {what}")
OUTCOME: Final = Text("outcome    {what}", "uitslag       {what}")
COMPARED: Final = {
    True: Text("results are the same", "uitkomsten zijn gelijk"),
    False: Text("results differ", "uitkomsten verschillen"),
    None: Text("results could not be made again", "uitkomsten konden niet opnieuw worden gemaakt"),
}
"""Whether results are the same."""
OTHER_FIGURES: Final = Text(
    "figures are not what this version ships; {compared}", "cijfers zijn niet die van deze versie; {compared}"
)
UNCERTIFIED: Final = Text("cannot be certified; {compared}", "er kan niet voor worden ingestaan; {compared}")
RECORD_DIFFERS: Final = Text("record differs; results are the same", "verslag verschilt; uitkomsten zijn gelijk")
IDENTICAL: Final = Text("identical", "gelijk")
NOT_REPEATED: Final = Text("not repeated", "niet herhaald")
AUDITED: Final = Text(
    "{outcome:<44} {mark}{as_of} {regime} {place}{problem}", "{outcome:<44} {mark}{as_of} {regime} {place}{problem}"
)
AUDITED_SIMULATION: Final = Text("SIMULATION ", "SIMULATIE ")
AUDIT_SUMMARY: Final = Text(
    "runs of {year} noted in the archive: {runs}; identical: {identical}",
    "in het archief genoteerde runs van {year}: {runs}; gelijk: {identical}",
)

# Received is accepted and rejected.
DELIVERY: Final = Text(
    "{name}: {kind}, {received:,} rows received = {accepted:,} accepted + {rejected:,} rejected",
    "{name}: {kind}, {received:,} regels ontvangen = {accepted:,} aanvaard + {rejected:,} afgewezen",
)
TOGETHER: Final = Text(
    "together: {received:,} rows received = {accepted:,} accepted + {rejected:,} rejected",
    "samen: {received:,} regels ontvangen = {accepted:,} aanvaard + {rejected:,} afgewezen",
)
HOURS: Final = Text(
    "  hours: {received:,} received = {accepted:,} accepted + {rejected:,} rejected{unread}",
    "  verloonde uren: {received:,} ontvangen = {accepted:,} aanvaard + {rejected:,} afgewezen{unread}",
)
FEW_ROWS: Final = Text(
    "  premium wage: received = accepted + rejected; the amounts, of fewer than {fewest} rows, are in the receipt",
    "  premieloon: ontvangen = aanvaard + afgewezen; de bedragen, van minder dan {fewest} regels, staan in het "
    "ontvangstbewijs",
)
PREMIUM_WAGE: Final = Text(
    "  premium wage: {received} received = {accepted} accepted + {rejected} rejected{unread}",
    "  premieloon: {received} ontvangen = {accepted} aanvaard + {rejected} afgewezen{unread}",
)
UNREAD: Final = Text(
    ", and {rows:,} rows in which it cannot be read", ", en {rows:,} regels waarin het niet te lezen is"
)

# The data dictionary.
ONE_ROW_PER: Final = Text("{name}: one row per {meaning}", "{name}: een regel per {meaning}")
MAY_BE_EMPTY: Final = Text("may be empty", "mag leeg zijn")
MAY_BE_LEFT_OUT: Final = Text("may be left out", "mag ontbreken")
ALSO: Final = Text("also {names}", "ook {names}")
IN_SPOLISBUS: Final = Text("in SPOLISBUS S{name}", "in SPOLISBUS S{name}")
ONE_OF: Final = Text("one of {names}", "een van {names}")

# Findings of a run.
NOT_TOLD: Final = Text("what was found cannot be told", "wat is gevonden is niet te zeggen")
FINDING: Final = Text("{code}: {count:,}{of} in {where}: {meaning}", "{code}: {count:,}{of} in {where}: {meaning}")
SHARE_OF: Final = Text(" ({share} of the {what})", " ({share} van de {what})")
WHERE_THEY_ARE: Final = Text(
    "where they are: quotum quality RUN --rule NAME", "waar zij zijn: quotum quality RUN --rule NAME"
)
NOTHING_FOUND: Final = Text("nothing was found", "er is niets gevonden")
IN_SETTLEMENT: Final = Text("settlement", "vaststelling")
DELIVERY_OF: Final = Text("delivery {digest}", "levering {digest}")
CAME_IN: Final = Text("{name} (call {call}, {digest})", "{name} (ontvangst {call}, {digest})")
FOUND_OF: Final = Text(
    "{rule}: {count:,} of {of:,} {what} ({share}){euros}", "{rule}: {count:,} van {of:,} {what} ({share}){euros}"
)
FOUND: Final = Text("{rule}: {count:,} {what}{euros}", "{rule}: {count:,} {what}{euros}")
WHOLE: Final = Text("the {what} of the whole: see macro.json", "{what} van het geheel: zie macro.json")
JOB_COUNT, RATE_AND_BONUS = Text("job count", "de banentelling"), Text("rate and bonus", "tarief en bonus")
NOT_IN_RUN: Final = Text("an employer that is not in the run", "een werkgever die niet in de run staat")
EMPLOYER: Final = Text("employer {number}", "werkgever {number}")
WITH_COUNT: Final = Text("{what}: {count:,}", "{what}: {count:,}")
RETURN: Final = Text(
    "{employer}, {number}, {first} to {last}{count}", "{employer}, {number}, {first} tot en met {last}{count}"
)
PERSON: Final = Text("person {number}: {line}", "persoon {number}: {line}")
NO_SUCH_FINDING: Final = Text(
    "--rule: the run found nothing named {code!r}{hint}",
    "--rule: de run heeft niets gevonden met de naam {code!r}{hint}",
)
DID_YOU_MEAN: Final = Text("; did you mean {name!r}?", "; bedoelde u {name!r}?")
LISTS_FOUND: Final = Text("; `quotum quality RUN` lists what it found", "; `quotum quality RUN` noemt wat is gevonden")

# The statement.
STATEMENT: Final = Text(
    "{mark}Statement of the {what} of {year}, returns as filed by {as_of}",
    "{mark}Aansluiting van de {what} over {year}, aangiften zoals ingediend tot en met {as_of}",
)
SETTLEMENT, QUOTA_LEVY = Text("settlement", "vaststelling"), Text("quota levy", "quotumheffing")
NOT_HOLDING: Final = Text("{broken} of {ties} equalities do NOT hold", "{broken} van {ties} gelijkheden kloppen NIET")
ALL_HOLD: Final = Text("all {ties} equalities hold", "alle {ties} gelijkheden kloppen")
RUN_DIGEST: Final = Text("run {digest}", "run {digest}")
UNITS: Final = {
    "cents": Text("Amounts (euro)", "Bedragen (euro)"),
    "hours": Text("Hours", "Uren"),
    "rows": Text(
        "Rows: how many, and in how many of them a rule holds", "Regels: hoeveel, en in hoeveel daarvan een regel klopt"
    ),
    "words": Text("What the run says of itself", "Wat de run over zichzelf zegt"),
}
"""Parts of the statement, by unit."""
BROKEN: Final = Text(
    "{verdict}; the first: {first}. No file was altered since it was sealed: this is a defect of quotum, please report "
    "it, and settle the year again",
    "{verdict}; de eerste: {first}. Geen bestand is sinds de verzegeling gewijzigd: dit is een fout in quotum, meld "
    "die, "
    "en stel het jaar opnieuw vast",
)
NOT_TIED: Final = Text("its files are not tied", "de bestanden ervan worden niet aangesloten")

# The payment order.
NOTHING_PAID: Final = Text("SIMULATION, nothing is to be paid: ", "SIMULATIE, er is niets te betalen: ")
ORDER: Final = Text(
    "{mark}payment order {number}: {what} of {year}, to be executed on {day}",
    "{mark}betaalopdracht {number}: {what} over {year}, uit te voeren op {day}",
)
DUE_UPWARD, LKV_AND_BONUS = (
    Text("what is due upward", "wat naar boven verschuldigd is"),
    Text("LKV and bonus", "LKV en bonus"),
)
DUE: Final = Text("{name:<14}{euros:>20}", "{name:<15}{euros:>20}")
ORDERED: Final = Text("{name:<14}{euros:>20}  {count:,} payments", "{name:<15}{euros:>20}  {count:,} betalingen")
NOT_PAYABLE: Final = Text("{name:<14}{euros:>20}  {reason} ({count:,})", "{name:<15}{euros:>20}  {reason} ({count:,})")
DUE_NAME, ORDERED_NAME = Text("Due", "Verschuldigd"), Text("Ordered", "In opdracht")
NOT_PAYABLE_NAME: Final = Text("Not payable", "Niet uitbetaald")
FILE: Final = Text(
    "{name}: {count:,} payments, {euros}, sha256 {digest}", "{name}: {count:,} betalingen, {euros}, sha256 {digest}"
)
ORDER_WRITTEN: Final = Text("Order written: {place}", "Opdracht geschreven: {place}")
ORDER_THERE: Final = Text("The same order was there already: {place}", "Dezelfde opdracht was er al: {place}")
NO_FILE: Final = Text(
    "nothing can be paid: the order has no file for the bank",
    "er kan niets worden betaald: de opdracht heeft geen bestand voor de bank",
)
CANNOT_BE_PAID: Final = Text(
    "employers that cannot be paid: {count:,}; {file} of the order lists them, with RSINs",
    "werkgevers aan wie niet kan worden betaald: {count:,}; {file} van de opdracht noemt ze, met RSIN's",
)
UNNAMED: Final = Text(
    "payments with the number of the employer instead of a name: {count:,}; the delivery has none, or none of its "
    "letters is one that banks take",
    "betalingen met het nummer van de werkgever in plaats van een naam: {count:,}; de levering heeft er geen, of geen "
    "letter ervan wordt door banken aangenomen",
)
OWN_MOTION: Final = Text(
    "what is due upward is not payable on the office's own motion (Wtl art. 4.3): see to it that the employers "
    "objected "
    "in time",
    "wat naar boven verschuldigd is, is niet ambtshalve uit te betalen (Wtl art. 4.3): ga na dat de werkgevers op tijd "
    "bezwaar maakten",
)
BEFORE_CUT_OFF: Final = Text(
    "the run looks at the returns as filed by {as_of}, before {cut_off}: it is no settlement that a decision rests on "
    "(Wtl art. 4.1 lid 2)",
    "de run kijkt naar de aangiften zoals ingediend tot en met {as_of}, voor {cut_off}: dat is geen vaststelling "
    "waarop "
    "een beschikking rust (Wtl art. 4.1 lid 2)",
)
PAID_LATE: Final = Text(
    "the bank is to pay later than six weeks after the decision of {day} (Wtl art. 4.4)",
    "de bank betaalt later dan zes weken na de beschikking van {day} (Wtl art. 4.4)",
)
NO_BANK_DAY: Final = Text(
    "{day} is no day on which banks work: they pay on the next that is",
    "{day} is geen werkdag voor banken: zij betalen op de eerstvolgende",
)
UNPAYABLE: Final = {
    "not_in_employers": Text("not in the delivery employers", "niet in de levering werkgevers"),
    "no_iban": Text("no iban in the delivery employers", "geen iban in de levering werkgevers"),
    "iban_check_digits": Text(
        "the iban does not pass its check digits, or has not the form of one",
        "de iban voldoet niet aan de controlecijfers, of heeft er niet de vorm van",
    ),
    "iban_outside_sepa": Text("the iban is of a country outside SEPA", "de iban is van een land buiten SEPA"),
    "above_sepa_maximum": Text(
        "more than 999,999,999.99 euro, the most of a SEPA credit transfer",
        "meer dan 999.999.999,99 euro, het meeste voor een SEPA-overschrijving",
    ),
}
"""Why an employer cannot be paid, by code."""

# Decisions.
NOTHING_DECIDED: Final = Text("SIMULATION, nothing is decided: ", "SIMULATIE, er is niets beschikt: ")
DECISIONS: Final = Text(
    "{mark}decisions on the LKV doelgroep banenafspraak of {year}, of {day}",
    "{mark}beschikkingen over het LKV doelgroep banenafspraak over {year}, van {day}",
)
DECIDED_ON: Final = Text(
    "{employers:,} employers, {payable:,} of them paid, {employees:,} employees",
    "{employers:,} werkgevers, van wie {payable:,} met een bedrag uit te betalen, {employees:,} werknemers",
)
TOTAL: Final = Text("{name:<14}{euros:>20}", "{name:<14}{euros:>20}")
TOTALS: Final = (
    (Text("LKV", "LKV"), "lkv_cents"),
    (Text("Bonus", "Bonus"), "bonus_cents"),
    (Text("Paid out", "Uit te betalen"), "payable_cents"),
)
"""Totals of the decisions, with their columns."""
TERMS: Final = Text(
    "Objection until {objection}, paid by {paid}, revision until {revision}",
    "Bezwaar tot en met {objection}, uit te betalen uiterlijk {paid}, herziening tot en met {revision}",
)
DECISIONS_WRITTEN: Final = Text("Decisions written: {place}{before}", "Beschikkingen geschreven: {place}{before}")
THERE_ALREADY: Final = Text(" ({count:,} were there already)", " ({count:,} waren er al)")
DECIDED_LATE: Final = Text(
    "the day of the decision, {day}, is later than {last} (Wtl art. 4.1 lid 2)",
    "de dag van de beschikking, {day}, is later dan {last} (Wtl art. 4.1 lid 2)",
)

# The preliminary overview.
OTHER_AS_OF: Final = Text(
    "the run has the returns as filed by {as_of}; the preliminary overview of {year} is of those filed by {last} (Wtl "
    "art. 4.1 lid 4): settle the year with --as-of {last} for it",
    "de run heeft de aangiften zoals ingediend tot en met {as_of}; het voorlopig overzicht over {year} gaat over die "
    "tot "
    "en met {last} (Wtl art. 4.1 lid 4): stel het jaar daarvoor vast met --as-of {last}",
)

# What is refused, and why.
OTHER_DECIDES: Final = Text(
    "another command makes decisions in {out}; wait for it to end",
    "een andere opdracht maakt beschikkingen in {out}; wacht tot die klaar is",
)
DECIDED_OTHERWISE: Final = Text(
    "--decided-on {asked}: the run says that it was decided on {noted}; leave the option out",
    "--decided-on {asked}: de run zegt dat is beschikt op {noted}; laat de optie weg",
)
NO_DECISION_DAY: Final = Text(
    "the run has no day of decision, from which the terms are counted; give it with --decided-on",
    "de run heeft geen dag van beschikking, vanwaar de termijnen tellen; geef die met --decided-on",
)
DECIDED_TOO_SOON: Final = Text(
    "--decided-on {decided_on}: the run looks at returns filed until {as_of}, which is later",
    "--decided-on {decided_on}: de run kijkt naar aangiften tot en met {as_of}, en dat is later",
)
NO_REGISTER: Final = Text(
    "the run read no register, so nobody can say who is registered: receive one, settle again, and name that run",
    "de run las geen register, dus niemand kan zeggen wie is geregistreerd: ontvang er een, stel opnieuw vast, en noem "
    "die run",
)
NO_IBAN: Final = Text(
    "--debtor-iban is no IBAN: its form, length or check digits are wrong; nothing was written",
    "--debtor-iban is geen IBAN: vorm, lengte of controlecijfers kloppen niet; er is niets geschreven",
)
NO_ORDER_AT_OUT: Final = Text(
    "{out} exists and is no order of quotum; name a new folder with --out",
    "{out} bestaat en is geen opdracht van quotum; noem een nieuwe map met --out",
)
MARK_OF_ORDER: Final = Text("simulation, ", "simulatie, ")
EARLIER_ORDER: Final = Text(
    "{mark}order {number} of {transactions} payments, {euros} euro, to be executed on {day}, {what} {place}",
    "{mark}opdracht {number} van {transactions} betalingen, {euros} euro, uit te voeren op {day}, {what} {place}",
)
ORDER_WRITTEN_TO: Final = Text("written to", "geschreven in")
ORDER_BEGUN: Final = Text(
    "begun, and its files are no longer where they were written: they may have been sent to",
    "begonnen, en de bestanden staan niet meer waar zij zijn geschreven en kunnen zijn verzonden:",
)
ORDERED_BEFORE: Final = Text(
    "the run was ordered before: {standing}. Nothing was written. Where that order was not sent to the bank and never "
    "will be, --again makes another, with identifiers of its own",
    "de run is al opgedragen: {standing}. Er is niets geschreven. Als die opdracht niet naar de bank is gestuurd en "
    "dat ook nooit wordt, maakt --again een andere, met eigen kenmerken",
)
NOT_ORDERED: Final = Text(
    "--revision-of names a run that was not ordered, by the notes of the archive: nothing was paid from it; leave it "
    "out",
    "--revision-of noemt een run die volgens de aantekeningen van het archief niet is opgedragen: daaruit is niets "
    "betaald; laat hem weg",
)
OTHER_ORDERED: Final = Text(
    "another run of {year} was ordered before: {missing}. Nothing was written. Name every run of the year that was "
    "ordered with --revision-of: then only what is due upward is paid. Where that order was not sent to the bank and "
    "never will be, --again pays this run in whole",
    "een andere run over {year} is al opgedragen: {missing}. Er is niets geschreven. Noem met --revision-of elke run "
    "van het jaar die is opgedragen: dan wordt alleen betaald wat naar boven verschuldigd is. Als die opdracht niet "
    "naar de bank is gestuurd en dat ook nooit wordt, betaalt --again deze run in zijn geheel",
)
OTHER_ORDER: Final = Text(
    "{out} exists and holds another order; name a new folder with --out",
    "{out} bestaat en bevat een andere opdracht; noem een nieuwe map met --out",
)
ORDERED_MEANWHILE: Final = Text(
    "another order was made from the archive meanwhile; nothing was written: run it again",
    "intussen is uit het archief een andere opdracht gemaakt; er is niets geschreven: draai het opnieuw",
)
RUN_SIMULATES: Final = Text(
    "the run is a simulation: a scenario set its figures, so {so}. Settle the year without a scenario, or give "
    "--simulation for {marked}",
    "de run is een simulatie: een scenario zette cijfers ervan, dus {so}. Stel het jaar vast zonder scenario, of geef "
    "--simulation voor {marked}",
)
RESTS_ON_ASSUMED: Final = Text(
    "amounts of the run rest on figures that are only assumed ({assumed}), so {so}. Settle the year when they are "
    "published, or give --simulation for {marked}",
    "bedragen van de run rusten op cijfers die slechts zijn aangenomen ({assumed}), dus {so}. Stel het jaar vast als "
    "zij zijn gepubliceerd, of geef --simulation voor {marked}",
)
SAME_PERSON: Final = Text(
    "{name}, row {last}: it names the same person of the same employer as row {first}; add them up first",
    "{name}, regel {last}: die noemt dezelfde persoon van dezelfde werkgever als regel {first}; tel ze eerst op",
)

# What is not done with a run, in words that end a sentence.
NO_OVERVIEW: Final = Text("no overview is made of it", "er wordt geen overzicht van gemaakt")
MARKED_FILES: Final = Text("files that say so in every name and row", "bestanden die dat in elke naam en regel zeggen")
NOT_ASSESSED: Final = Text("nobody is told an assessment from it", "niemand hoort er een beoordeling uit")
NOT_BOOKED: Final = Text("nothing of it is booked", "er wordt niets van geboekt")
NOT_LOOKED_FOR: Final = Text("nothing is looked for in it", "er wordt niets in gezocht")
NOT_PAID: Final = Text("nothing is paid from it", "er wordt niets uit betaald")
MARKED_ORDERS: Final = Text(
    "files that say so in every name and identifier", "bestanden die dat in elke naam en elk kenmerk zeggen"
)
NOT_TO_BE_PAID: Final = Text("nothing is to be paid from it", "er is niets uit te betalen")
NOT_DECIDED: Final = Text("nothing is decided on it", "er wordt niet op beschikt")
MARKED_DOCUMENTS: Final = Text(
    "documents that say so on every page and in every name", "documenten die dat op elke pagina en in elke naam zeggen"
)
NOT_COMPARED: Final = Text("nothing is compared with it", "er wordt niets mee vergeleken")
LEVY_DECIDES_NOTHING: Final = Text(
    "a run of the quota levy gives figures and no decision (Wfsv art. 122na){meaning}; name a run that was settled "
    "with "
    "--regime as-enacted",
    "een run van de quotumheffing geeft cijfers en geen beschikking (Wfsv art. 122na){meaning}; noem een run die met "
    "--regime as-enacted is vastgesteld",
)
