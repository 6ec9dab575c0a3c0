"""Words of a comparison of two runs, in English and Dutch."""

from typing import Final

from quotum.words import Text

WHAT_DIFFERS: Final = Text("what differs between two runs", "wat verschilt tussen twee runs")
REVISION: Final = Text("revision (herziening) between two runs", "herziening tussen twee runs")
HEADING: Final = Text("{mark}{subject} of {year} ({regime})", "{mark}{subject} over {year} ({regime})")
FIRST_RUN: Final = Text("First run:  {side}", "Eerste run: {side}")
SECOND_RUN: Final = Text("Second run: {side}", "Tweede run: {side}")
SCENARIO_OF_BOTH: Final = Text("Scenario of both: {title}", "Scenario van beide: {title}")
AS_OF: Final = Text("returns as filed by {day}", "aangiften zoals ingediend tot en met {day}")
KNOWN_ON: Final = Text("as known on {day}", "zoals bekend op {day}")
DECIDED_ON: Final = Text("decided on {day}", "beschikt op {day}")
SCENARIO: Final = Text("scenario: {title}", "scenario: {title}")
BASELINE: Final = Text("baseline {name}", "nulmeting {name}")
BASELINES: Final = {
    "counted": Text("counted", "geteld"),
    "national": Text("national", "landelijk"),
    "none": Text("none", "geen"),
}
"""Baselines, by name."""
NONE, NOT_SAID = Text("none", "geen"), Text("not said", "niet gezegd")
EMPLOYER: Final = Text("employer {number}", "werkgever {number}")
EMPLOYER_OF_FIRST: Final = Text("employer {number} of the first run", "werkgever {number} van de eerste run")

KINDS: Final = {
    "V": Text("full return", "volledige aangifte"),
    "A": Text("supplementary return", "aanvullende aangifte"),
    "C": Text("correction", "correctie"),
}
"""Kinds of a piece of a message, by code."""
ONLY_FIRST_COUNTED: Final = Text(", which only the first run counted", ", dat alleen de eerste run meetelde")
WHAT: Final = {
    "messages": Text(
        "messages of returns that one run counted and the other did not",
        "berichten van aangiften die de ene run meetelde en de andere niet",
    ),
    "register": Text("persons whose registration changed", "personen van wie de registratie wijzigde"),
    "traits": Text("traits of income relations that changed", "kenmerken van inkomstenverhoudingen die wijzigden"),
    "declarations": Text("persons whose declarations changed", "personen van wie doelgroepverklaringen wijzigden"),
    "employers": Text(
        "changed rows of the employers delivery (sector, start)",
        "gewijzigde regels van de levering van werkgevers (sector, begin)",
    ),
    "wage_bills": Text("premium wages of t-2 that changed", "premielonen over t-2 die wijzigden"),
    "transfers": Text("transfers of undertaking that changed", "overgangen van onderneming die wijzigden"),
    "deductions": Text("deductions that changed", "aftrekken die wijzigden"),
    "allocations": Text("allocations that changed", "toerekeningen die wijzigden"),
}
"""Causes, by name."""
SAME_FOR_ALL: Final = Text("The same for every employer: {columns}.", "Gelijk voor elke werkgever: {columns}.")
NO_COLUMN: Final = Text("no column", "geen kolom")
LARGEST: Final = Text(
    "Largest differences, euro (an employer has the number of its row in settlement of the second run)",
    "Grootste verschillen, euro (een werkgever heeft het nummer van zijn regel in settlement van de tweede run)",
)
EMPLOYERS: Final = Text(
    "Employers: {both:,} in both runs{alone}; {differing}.", "Werkgevers: {both:,} in beide runs{alone}; {differing}."
)
ALONE: Final = Text(
    ", {first:,} in the first run only, {second:,} in the second only",
    ", {first:,} alleen in de eerste run, {second:,} alleen in de tweede",
)
DIFFER, NONE_DIFFERS = Text("{count:,} differ", "{count:,} verschillen"), Text("none differs", "geen verschilt")
COLUMNS: Final = (
    Text("Column", "Kolom"),
    Text("first", "eerste"),
    Text("second", "tweede"),
    Text("difference", "verschil"),
    Text("employers", "werkgevers"),
    Text("more", "meer"),
    Text("less", "minder"),
)
"""Headings of the columns that differ."""
BY_WHAT: Final = Text("By what", "Waardoor")
OTHER_RATE: Final = Text(
    "  - surcharge rate {first} ({first_source}) to {second} ({second_source}): every employer that owes a surcharge",
    "  - tarief opslag {first} ({first_source}) naar {second} ({second_source}): elke werkgever die opslag "
    "verschuldigd is",
)
OTHER_CODE: Final = Text(
    "  - the runs were made by other code: quotum {first} and {second}, not the same files",
    "  - de runs zijn met andere code gemaakt: quotum {first} en {second}, niet dezelfde bestanden",
)
OTHER_DELIVERIES: Final = Text(
    "  - {kind}: files read by the first run only: {first}, by the second: {second}",
    "  - {kind}: bestanden die alleen de eerste run las: {first}, alleen de tweede: {second}",
)
CAUSE: Final = Text(
    "  - {count:,} {what}, of {employers:,} employers; {differing:,} of these employers differ",
    "  - {count:,} {what}, van {employers:,} werkgevers; {differing:,} van deze werkgevers verschillen",
)
FILES: Final = Text(
    "    files of the messages of employers that differ: {names}",
    "    bestanden van de berichten van werkgevers die verschillen: {names}",
)
NAMED: Final = Text("{name} ({count:,})", "{name} ({count:,})")
UNTRACED: Final = Text(
    "  - {count:,} employers differ without a message or row of their own: {reason}",
    "  - {count:,} werkgevers verschillen zonder eigen bericht of regel: {reason}",
)
OF_ALL: Final = Text("parameters, rate or code", "parameters, tarief of code")
LOOK_WITH_EXPLAIN: Final = Text("nothing of their own; look with explain", "niets van henzelf; kijk met explain")
NOTHING: Final = Text(
    "  - nothing: the same returns, deliveries, parameters and code",
    "  - niets: dezelfde aangiften, leveringen, parameters en code",
)
SAME_PARAMETERS: Final = Text("  - parameters: the same", "  - parameters: gelijk")
SINCE: Final = Text(" from {day}", " vanaf {day}")
PARAMETER: Final = Text(
    "  - parameter {name}{since}: {first} to {second} ({source})",
    "  - parameter {name}{since}: {first} naar {second} ({source})",
)
NOT_USED: Final = Text("not used", "niet gebruikt")
MORE_PARAMETERS: Final = Text(
    "  - and {count} parameters more; --format json names all",
    "  - en nog {count} parameters; --format json noemt ze alle",
)
BY_ITS_OWN: Final = Text("by its own", "door het eigene")
NOTHING_OF_ITS_OWN: Final = Text("nothing of its own", "niets van zichzelf")
MESSAGES: Final = Text("messages", "berichten")
LAST_MESSAGE: Final = Text("The last message of each", "Het laatste bericht van elk")
OF_EMPLOYER: Final = Text("  {employer}: {message}", "  {employer}: {message}")
MESSAGE: Final = Text(
    "{kind} of {period} filed {moment}, {rows}, in {file}{member} (receive call {call}, message {number}){counted}",
    "{kind} over {period}, ingediend {moment}, {rows}, in {file}{member} (ontvangst {call}, bericht {number}){counted}",
)
MEMBER: Final = Text(" member {number}", " onderdeel {number}")
ONE_ROW, ROWS = Text("1 row", "1 regel"), Text("{count:,} rows", "{count:,} regels")
PERIOD: Final = Text("{first} to {last}", "{first} tot en met {last}")

# A revision.
REMARK: Final = Text("Remark: {what}.", "Opmerking: {what}.")
LISTS: Final = (Text("", ""), Text("lines", "regels"), Text("euro", "euro"))
"""Headings of the lists."""
WHO: Final = Text("   who acts: {who}", "   wie handelt: {who}")
NOT_AUTOMATIC: Final = Text("   not automatic: {why}", "   niet vanzelf: {why}")
UNTIL: Final = Text("   until when: {day}", "   tot wanneer: {day}")
NOTHING_NETS: Final = Text(
    "Nothing nets the lists, and none of them is a decision.",
    "Niets verrekent de lijsten, en geen ervan is een beschikking.",
)
BEFORE_CUT_OFF: Final = Text(
    "the first run looks at the returns as filed by {as_of}, before {cut_off}: it is no settlement that a decision "
    "rests "
    "on (Wtl art. 4.1 lid 2), so this is what changed since the overview, and no revision",
    "de eerste run kijkt naar de aangiften zoals ingediend tot en met {as_of}, voor {cut_off}: dat is geen "
    "vaststelling "
    "waarop een beschikking rust (Wtl art. 4.1 lid 2), dus dit is wat sinds het overzicht wijzigde, en geen herziening",
)
DIFFER_TOO: Final = Text(
    "the runs differ in parameters, rate or code as well: `quotum diff` without --revision names them",
    "de runs verschillen ook in parameters, tarief of code: `quotum diff` zonder --revision noemt ze",
)
NOT_REVISED: Final = Text(
    "a simulation decides nothing: no line of it can be revised",
    "een simulatie beschikt niets: geen regel ervan is te herzien",
)
LEVY_NOT_REVISED: Final = Text(
    "--revision: a run of the quota levy gives figures and no decision (Wfsv art. 122na), so there is nothing to "
    "revise; "
    "leave --revision out to compare the runs",
    "--revision: een run van de quotumheffing geeft cijfers en geen beschikking (Wfsv art. 122na), dus er is niets te "
    "herzien; laat --revision weg om de runs te vergelijken",
)
EARLIER_SECOND: Final = Text(
    "--revision: the second run looks at the returns of an earlier day ({second}) than the first ({first}); name the "
    "earlier settlement first",
    "--revision: de tweede run kijkt naar de aangiften van een eerdere dag ({second}) dan de eerste ({first}); noem de "
    "eerdere vaststelling eerst",
)
OTHER_TERM: Final = Text(
    "the runs are of different {term}s: {first_run} of {first}, {second_run} of {second}. Two runs of one year and "
    "regime "
    "can be compared; `quotum archive runs` lists them",
    "de runs verschillen in {term}: {first_run} heeft {first}, {second_run} heeft {second}. Twee runs van een jaar en "
    "een "
    "regime zijn te vergelijken; `quotum archive runs` noemt ze",
)
TERMS: Final = {"year": Text("year", "jaar"), "regime": Text("regime", "regime")}
"""What two runs must have in common, by name."""
SO: Final = Text("nothing is compared with it", "er wordt niets mee vergeleken")
