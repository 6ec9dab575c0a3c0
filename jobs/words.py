"""Words that commands print, in English and Dutch; names of commands, options, columns and codes are fixed."""

from typing import Final

from quotum.words import Text

INTERRUPTED: Final = Text(
    "interrupted; nothing was left half written", "onderbroken; er is niets half geschreven achtergebleven"
)
MORE_LINES: Final = Text("and {count:,} more; --limit shows more of them", "en nog {count:,}; --limit toont er meer")
SOMEBODY_WRITES: Final = Text(
    "somebody writes in the archive; waiting for it", "iemand schrijft in het archief; er wordt gewacht"
)
ANOTHER_RECEIVES: Final = Text(
    "another receive holds the archive; waiting for it",
    "een andere ontvangst houdt het archief bezet; er wordt gewacht",
)
REMARK: Final = Text("remark: {what}", "opmerking: {what}")
WRONG: Final = Text("wrong: {what}", "onjuist: {what}")

# Progress, and the log of a job.
STAGES: Final = {
    "allocate": Text("allocate", "toerekenen"),
    "base": Text("base", "grondslag"),
    "bonus": Text("bonus", "bonus"),
    "compare": Text("compare", "vergelijken"),
    "count": Text("count", "tellen"),
    "deliveries": Text("deliveries", "leveringen"),
    "derive": Text("derive", "afleiden"),
    "deriving": Text("deriving", "afleiden"),
    "digests": Text("digests", "kenmerken"),
    "due": Text("due", "verschuldigd"),
    "employers": Text("employers", "werkgevers"),
    "exempt": Text("exempt", "vrijstellen"),
    "in force": Text("in force", "geldend"),
    "jobs": Text("jobs", "banen"),
    "levy": Text("levy", "heffing"),
    "list": Text("list", "lijst"),
    "messages": Text("messages", "berichten"),
    "missed": Text("missed", "gemist"),
    "note": Text("note", "noteren"),
    "overview": Text("overview", "overzicht"),
    "persons": Text("persons", "personen"),
    "receiving": Text("receiving", "ontvangen"),
    "reconcile": Text("reconcile", "aansluiten"),
    "rights": Text("rights", "rechten"),
    "scenarios": Text("scenarios", "scenario's"),
    "seal": Text("seal", "verzegelen"),
    "settle": Text("settle", "vaststellen"),
    "sums": Text("sums", "sommen"),
    "surcharge": Text("surcharge", "opslag"),
    "sweep": Text("sweep", "reeks"),
    "tables": Text("tables", "tabellen"),
    "tie": Text("tie", "sluitend maken"),
    "write": Text("write", "schrijven"),
    "year before": Text("year before", "jaar ervoor"),
}
"""Stages of commands, by name."""
UNITS: Final = {
    "": Text("{count:,}", "{count:,}"),
    "decisions": Text("{count:,} decisions", "{count:,} beschikkingen"),
    "employers": Text("{count:,} employers", "{count:,} werkgevers"),
    "files": Text("{count:,} files", "{count:,} bestanden"),
    "rows": Text("{count:,} rows", "{count:,} regels"),
}
"""What commands count, by unit."""
SO_FAR: Final = Text("{time} so far", "{time} bezig")
LEFT: Final = Text("about {time} left", "nog ongeveer {time}")
HOURS: Final = Text("{hours} h {minutes} min", "{hours} u {minutes} min")
FAILED: Final = Text("failed with code {code}: {why}", "mislukt met code {code}: {why}")
FINISHED: Final = Text("finished with code {code}", "klaar met code {code}")

# archive
FILES_AND_PROBLEMS: Final = Text(
    "{files:,} files under a digest, {problems:,} problems",
    "{files:,} bestanden met een kenmerk, {problems:,} problemen",
)
NOT_IN_ORDER: Final = Text(
    "the archive {archive} is not in order: {problem}", "het archief {archive} is niet in orde: {problem}"
)
SHOWS_LATER: Final = Text(
    "{name} shows when everything is together: quotum quality RUN --rule {name} says where",
    "{name} blijkt pas als alles bij elkaar is: quotum quality RUN --rule {name} zegt waar",
)
NO_ROW_BROKE: Final = Text(
    "no row in the archive broke the rule {name}", "geen regel in het archief is in strijd met de controle {name}"
)
NO_RULE: Final = Text(
    "--rule: no rule is named {name!r}; quotum receive --rules lists them",
    "--rule: geen controle heet {name!r}; quotum receive --rules noemt ze alle",
)
NAME_YEARS: Final = Text(
    "name the years to forget with --year or --before: quotum knows no period of keeping",
    "noem de te vergeten jaren met --year of --before: quotum kent geen bewaartermijn",
)
CANNOT_REPEAT: Final = Text(
    "can no longer be repeated: {place} ({year} as filed by {as_of}): {reason}",
    "kan niet meer worden herhaald: {place} ({year} zoals ingediend tot en met {as_of}): {reason}",
)
MAY_NOT_REPEAT: Final = Text(
    "may no longer be repeated: {place} ({year} as filed by {as_of}): {reason}",
    "kan mogelijk niet meer worden herhaald: {place} ({year} zoals ingediend tot en met {as_of}): {reason}",
)
NOTHING_REMOVED: Final = Text("dry run: nothing was removed", "proefgang: er is niets verwijderd")
CANNOT_BE_UNDONE: Final = Text(
    "forgetting cannot be undone: say --yes, or see with --dry-run what would go",
    "vergeten is niet terug te draaien: geef --yes, of zie met --dry-run wat er zou gaan",
)
FORGET_IT: Final = Text("This cannot be undone. Forget it?", "Dit is niet terug te draaien. Vergeten?")
FORGOTTEN: Final = Text(
    "forgotten: {deliveries:,} deliveries and {rows:,} rows; receipts say so",
    "vergeten: {deliveries:,} leveringen en {rows:,} regels; ontvangstbewijzen zeggen dat",
)
ELSEWHERE: Final = Text(
    "not touched: backups, runs, and what lies in done/ and refused/ of drop folders, with the same bytes; "
    "`quotum job nightly --keep-done DAYS` empties done/",
    "niet aangeraakt: reservekopieën, runs, en wat met dezelfde bytes in done/ en refused/ van inlevermappen ligt; "
    "`quotum job nightly --keep-done DAYS` leegt done/",
)
YEARS: Final = Text("years: {years}", "jaren: {years}")
NO_SUCH_ROWS: Final = Text("no rows of any of these years", "geen regels van een van deze jaren")
ROWS_OF_RETURNS: Final = Text("rows of returns: {rows:,}", "regels van aangiften: {rows:,}")
GOES: Final = Text("goes: {kind} {name} (sha256 {digest}...)", "gaat: {kind} {name} (sha256 {digest}...)")
STAYS: Final = Text(
    "stays, without its rows of {years}: {kind} {name}, whose original bytes also hold other years",
    "blijft, zonder de regels van {years}: {kind} {name}, waarvan de oorspronkelijke bytes ook andere jaren bevatten",
)
OF_YEARS: Final = Text(" of {years}", " van {years}")
FORGOTTEN_ON: Final = Text(" (forgotten on {day})", " (vergeten op {day})")
WITHDRAWN_MARK: Final = Text(" (withdrawn)", " (ingetrokken)")
LISTED: Final = Text(
    "{call:>6} {received} {kind:<13} {name}: {accepted:,} accepted + {rejected:,} rejected{years}, sha256 "
    "{digest}...{mark}",
    "{call:>6} {received} {kind:<13} {name}: {accepted:,} aanvaard + {rejected:,} afgewezen{years}, sha256 "
    "{digest}...{mark}",
)
NOTHING_RECEIVED: Final = Text("nothing was received yet", "er is nog niets ontvangen")
MERGED: Final = Text(
    "receive calls: {calls:,}, of which {added:,} added something; runs noted: {runs:,}",
    "ontvangsten: {calls:,}, waarvan {added:,} iets toevoegden; genoteerde runs: {runs:,}",
)
OTHER_FORGOT: Final = Text(
    "remark: the other archive has forgotten rows of {year}: forget them here too",
    "opmerking: het andere archief heeft regels van {year} vergeten: vergeet ze hier ook",
)
MADE_AGAIN: Final = Text(
    "made again with the same digests: {calls:,} receive calls",
    "opnieuw gemaakt met dezelfde kenmerken: {calls:,} ontvangsten",
)
REPLACED: Final = Text(
    "replaced: the tables of receive call {call}, which were damaged",
    "vervangen: de tabellen van ontvangst {call}, die beschadigd waren",
)
NOT_REPLACED: Final = Text(
    "of {calls} receive calls nothing was replaced: {problem}", "van {calls} ontvangsten is niets vervangen: {problem}"
)
AS_KNOWN_ON: Final = Text(" as known on {day}", " zoals bekend op {day}")
OF_SIMULATION: Final = Text(" SIMULATION", " SIMULATIE")
NOTED_RUN: Final = Text(
    "{year} as filed by {as_of}{known} {regime}{mark}: {place} ({digest}..., {state})",
    "{year} zoals ingediend tot en met {as_of}{known} {regime}{mark}: {place} ({digest}..., {state})",
)
NO_RUN: Final = Text("no run is noted", "er is geen run genoteerd")
SIZES: Final = (
    Text("receive calls    {number:>15,}", "ontvangsten           {number:>15,}"),
    Text("deliveries       {number:>15,}", "leveringen            {number:>15,}"),
    Text("original bytes   {number:>15,}", "oorspronkelijke bytes {number:>15,}"),
    Text("derived bytes    {number:>15,}", "afgeleide bytes       {number:>15,}"),
    Text("simulation bytes {number:>15,}", "bytes van simulaties  {number:>15,}"),
    Text("other bytes      {number:>15,}", "overige bytes         {number:>15,}"),
)
"""Sizes of an archive: calls, deliveries, and bytes of originals, derived tables, simulations and the rest."""
SIZE_OF_YEAR: Final = Text(
    "returns of {year}  {rows:>15,} rows {size:>15,} bytes",
    "aangiften van {year}    {rows:>15,} regels {size:>15,} bytes",
)
WITHDRAWN: Final = Text("withdrawn: {what}; receipt {number}", "ingetrokken: {what}; ontvangstbewijs {number}")

# What is made of a run.
AUDIT_FILE: Final = Text(
    "{mark}{employers:,} employers, {lines:,} lines, debit {euros} = credit {euros}",
    "{mark}{employers:,} werkgevers, {lines:,} regels, debet {euros} = credit {euros}",
)
AUDIT_FILE_WRITTEN: Final = Text("Audit file written: {place}", "Auditfile geschreven: {place}")
LISTS_WRITTEN: Final = Text("Lists written: {place}", "Lijsten geschreven: {place}")
MISSED: Final = {
    "not_asked": Text("not asked for", "niet aangevraagd"),
    "never_registered": Text("asked for and never registered", "aangevraagd en nooit geregistreerd"),
}
"""Kinds of what was missed, by name."""
MISSED_LINE: Final = Text(
    "{mark}{kind}: {persons:,} persons at {employers:,} employers, {hours:,} hours, {euros} euro hang on it",
    "{mark}{kind}: {persons:,} personen bij {employers:,} werkgevers, {hours:,} uren, hiermee is {euros} euro gemoeid",
)
CORRECT_UNTIL: Final = Text(
    "Returns can be corrected for the decision until {day}",
    "Aangiften kunnen voor de beschikking worden gecorrigeerd tot en met {day}",
)
LIST_WRITTEN: Final = Text("List written: {place}", "Lijst geschreven: {place}")
REQUESTS: Final = Text("{mark}{rows:,} requests: {counts}", "{mark}{rows:,} aanvragen: {counts}")
ASSESSED: Final = {
    "granted": Text("{count:,} granted", "{count:,} recht"),
    "gives_way": Text("{count:,} gives_way", "{count:,} wijkt voor een hogere categorie"),
    "no_right": Text("{count:,} no_right", "{count:,} geen recht"),
}
"""Assessments of an overview, by code."""
AS_WOULD_BE: Final = Text(
    "LKV {lkv}, bonus {bonus}, as they would be decided", "LKV {lkv}, bonus {bonus}, zoals zou worden beschikt"
)
OVERVIEW_WRITTEN: Final = Text("Overview written: {place}", "Overzicht geschreven: {place}")
ONE_FILE_OF_FINDINGS: Final = Text(
    "--rule and --out: one file holds all findings; leave one of the two out",
    "--rule en --out: een bestand bevat alle bevindingen; laat een van beide weg",
)
FINDINGS_WRITTEN: Final = Text("{count} findings: {place}", "{count} bevindingen: {place}")
RECONCILED: Final = Text("{mark}persons: {counts}", "{mark}personen: {counts}")
STATUSES: Final = {
    "same": Text("{count:,} same", "{count:,} gelijk"),
    "differs": Text("{count:,} differs", "{count:,} verschilt"),
    "not_in_run": Text("{count:,} not_in_run", "{count:,} niet in de run"),
    "not_in_decision": Text("{count:,} not_in_decision", "{count:,} niet in de beschikking"),
}
"""Statuses of a person in a comparison with a decision, by code."""
LKV_DIFFERENCE: Final = Text(
    "LKV of the run less that of the decision: {euros}", "LKV van de run min dat van de beschikking: {euros}"
)
REASON_LINE: Final = Text("  {count:>9,}  {reason}", "  {count:>9,}  {reason}")
COMPARISON_WRITTEN: Final = Text("Comparison written: {place}", "Vergelijking geschreven: {place}")
REPORT_WRITTEN: Final = Text("Report written: {place}", "Rapport geschreven: {place}")
WORKBOOK_WRITTEN: Final = Text("Workbook written: {place}", "Werkboek geschreven: {place}")
WORKBOOK_OR_PAGE: Final = Text(
    "--workbook and {other}: a workbook, which holds the charts, or a page; leave one of the two out",
    "--workbook en {other}: een werkboek, waar de grafieken in staan, of een pagina; laat een van beide weg",
)
VERDICT_AT: Final = Text("{verdict}: {place}", "{verdict}: {place}")
NOT_CERTIFIED: Final = Text(
    "the run cannot be certified: {reason}{more}", "voor de run kan niet worden ingestaan: {reason}{more}"
)
NO_TABLE: Final = Text("no table is named {name}; there are {names}", "geen tabel heet {name}; er zijn {names}")

# generate
GENERATED: Final = (
    Text("employers: {count}", "werkgevers: {count}"),
    Text("payroll tax numbers: {count}", "loonheffingennummers: {count}"),
    Text("messages: {count}", "berichten: {count}"),
    Text("rows: {count}", "regels: {count}"),
    Text("rows of December 2012: {count}", "regels van december 2012: {count}"),
    Text("people: {count}", "personen: {count}"),
    Text("of them registered: {count}", "waarvan geregistreerd: {count}"),
    Text("faulty rows: {count}", "foutieve regels: {count}"),
)
"""What was made: employers, payroll tax numbers, messages, rows, those of 2012, people, registered, faulty rows."""
GENERATED_FILES: Final = Text("files: {count} in {place}", "bestanden: {count} in {place}")

# parameters
PARAMETER_HEADINGS: Final = (
    Text("name", "naam"),
    Text("value", "waarde"),
    Text("unit", "eenheid"),
    Text("Dutch name", "Nederlandse naam"),
    Text("provision", "bepaling"),
    Text("status", "status"),
    Text("source", "bron"),
    Text("from", "vanaf"),
    Text("until", "tot en met"),
)
"""Columns of the list of parameters."""
NO_VALUE: Final = Text("no value", "geen waarde")
FROM_DAY, UNTIL_DAY = Text("from {day}", "vanaf {day}"), Text("until {day}", "tot en met {day}")
WIDE_SAYS_MORE: Final = Text(
    "With --wide a line a value, with its source; with --format json every field.",
    "Met --wide een regel per waarde, met haar bron; met --format json elk veld.",
)
MARKED_ASSUMED: Final = Text("! assumed", "! aangenomen")
ASSUMED_VALUES: Final = Text(
    "\n! {count} of these values are assumed: inferred, as their source says.",
    "\n! {count} van deze waarden zijn aangenomen: afgeleid, zoals hun bron zegt.",
)

# receive
SETTLEMENT_RULE: Final = Text(
    "{table:<13} {level:<8} {name:<36} {reason}", "{table:<13} {level:<10} {name:<36} {reason}"
)
RULE: Final = Text(
    "{table:<13} {level:<8} {name:<36} {reason} [{source}]", "{table:<13} {level:<10} {name:<36} {reason} [{source}]"
)
LEVELS: Final = {
    "reject": Text("reject", "afwijzing"),
    "finding": Text("finding", "bevinding"),
    "refuse": Text("refuse", "weigering"),
}
"""What happens when a rule is broken, by level."""
TABLES: Final = {"call": Text("call", "ontvangst"), "settlement": Text("settlement", "vaststelling")}
"""Where a rule is looked at, where that is no kind of delivery."""
MORE_OF_THESE: Final = Text("and {count:,} more of these", "en nog {count:,} van deze")
IN_ARCHIVE: Final = Text("{name}: in the archive already, adds nothing", "{name}: al in het archief, voegt niets toe")
ADDS_NOTHING: Final = Text("in the archive already, adds nothing", "al in het archief, voegt niets toe")
FINDING_LINE: Final = Text("  {level:<8} {name}: {count:,} ({reason})", "  {level:<9} {name}: {count:,} ({reason})")
THE_ROWS: Final = Text(
    "the rows: quotum archive findings --rule NAME", "de regels: quotum archive findings --rule NAME"
)
NOTHING_WRITTEN: Final = Text("dry run: nothing was written", "proefgang: er is niets geschreven")
REFUSED: Final = Text("refused: {place}: {reason}", "geweigerd: {place}: {reason}")
MORE_MEMBERS: Final = Text("and {count:,} more members refused", "en nog {count:,} onderdelen geweigerd")

# Scheduled jobs.
BUSY_NIGHTLY: Final = Text(
    "another nightly job is at work in this folder; nothing done",
    "in deze map is al een nachtelijke taak bezig; er is niets gedaan",
)
BUSY: Final = Text(
    "another job is at work in {folder}; nothing done", "in {folder} is al een taak bezig; er is niets gedaan"
)
REMOVED_DONE: Final = Text(
    "removed from done/: {files:,} files older than {days} days",
    "verwijderd uit done/: {files:,} bestanden ouder dan {days} dagen",
)
NO_ARCHIVE: Final = Text(
    "{archive} is no archive of quotum; correct --archive, or make a new one with --new-archive",
    "{archive} is geen archief van quotum; verbeter --archive, of maak een nieuw met --new-archive",
)
VERDICTS: Final = {
    "received": Text("received", "ontvangen"),
    "known": Text("known", "bekend"),
    "refused": Text("refused", "geweigerd"),
    "waiting": Text("waiting", "wacht"),
    "left": Text("left", "gelaten"),
}
"""What became of a file, by verdict."""
MEMBERS_REFUSED: Final = Text("{what}; {count:,} members refused", "{what}; {count:,} onderdelen geweigerd")
RUN_OF_YEAR: Final = Text(
    "{year} as filed by {as_of}, payable {euros}, run {digest}{aside}",
    "{year} zoals ingediend tot en met {as_of}, uit te betalen {euros}, run {digest}{aside}",
)
SET_ASIDE: Final = Text(
    "; {count:,} returns concerned by messages that were set aside",
    "; {count:,} aangiften geraakt door berichten die terzijde zijn gelegd",
)
REQUESTS_AT: Final = Text("{count:,} requests, {place}", "{count:,} aanvragen, {place}")
DECISIONS_AT: Final = Text("{count:,} decisions, {place}", "{count:,} beschikkingen, {place}")
ORDER_MADE: Final = Text(
    "order {number}, {count:,} payments, {euros}{gone}", "opdracht {number}, {count:,} betalingen, {euros}{gone}"
)
ORDER_GONE: Final = Text(
    "; its folder is no longer there, so it may have been sent",
    "; de map ervan is er niet meer, dus zij kan verzonden zijn",
)
STEP: Final = Text("{name}: {said}", "{name}: {said}")
DONE_BEFORE: Final = Text("{name}: done before: {said}", "{name}: eerder gedaan: {said}")
DAY_NOT_OVER: Final = Text(
    "the as-of day {day} is not over, and returns that are filed on it count: nothing was done. Start the job after "
    "it, or give --before-its-day",
    "de peildag {day} is nog niet voorbij, en aangiften die erop worden ingediend tellen mee: er is niets gedaan. "
    "Start de taak daarna, of geef --before-its-day",
)
SCENARIO_SIMULATES: Final = Text(
    "a scenario makes a simulation: give --simulation, or leave --scenario out; nothing was done",
    "een scenario maakt er een simulatie van: geef --simulation, of laat --scenario weg; er is niets gedaan",
)
DECIDED_BEFORE: Final = Text(
    "--decided-on {day} lies before the as-of day {as_of}; nothing was done",
    "--decided-on {day} ligt voor de peildag {as_of}; er is niets gedaan",
)
EXECUTED_BEFORE: Final = Text(
    "--execution-date lies before the day of the decision or the as-of day; nothing was done",
    "--execution-date ligt voor de dag van de beschikking of de peildag; er is niets gedaan",
)
OTHER_OPTIONS: Final = Text(
    "{folder} holds this job with other options ({file} has them): {options}; give the same ones to go on, or name "
    "another folder with --out",
    "{folder} bevat deze taak met andere opties (zie {file}): {options}; geef dezelfde om verder te gaan, of noem een "
    "andere map met --out",
)
HOLDS_OTHER: Final = Text(
    "{folder} exists and holds something else; name another folder with --out",
    "{folder} bestaat en bevat iets anders; noem een andere map met --out",
)
PAGE_WRITTEN: Final = Text("{what}; page written: {place}", "{what}; pagina geschreven: {place}")
FOLDER_NOT_THERE: Final = Text(
    "{place} cannot be written: its folder is not there; make the folder first",
    "{place} kan niet worden geschreven: de map is er niet; maak eerst de map",
)
