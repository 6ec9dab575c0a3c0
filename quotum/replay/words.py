"""Words about repeating and checking a run, in English and Dutch."""

from typing import Final

from quotum.words import Text

# Checking digests.
WRONG_FIGURE: Final = Text(
    "a figure of the run is not what the same code ships", "een cijfer van de run is niet wat dezelfde code meelevert"
)
WITH_FIGURE: Final = Text("{wrong}: {figure}", "{wrong}: {figure}")
OF_THE_RUN: Final = Text("{name} of the run {what}", "{name} van de run {what}")
NOT_CHECKED: Final = Text(
    "there, not checked: name the key with --public-key",
    "aanwezig, niet gecontroleerd: noem de sleutel met --public-key",
)
NONE: Final = Text("none", "geen")
MISSING: Final = Text("missing", "ontbreekt")
NO_SIGNATURE: Final = Text(
    "the run has no signature ({file} is missing), and --public-key asks for one",
    "de run heeft geen ondertekening ({file} ontbreekt), en --public-key vraagt erom",
)
MADE: Final = Text(
    "made with the key that belongs to --public-key", "gemaakt met de sleutel die bij --public-key hoort"
)
WRONG: Final = Text("wrong", "onjuist")
OTHER_KEY: Final = Text(
    "{file} of the run is not made over this run with the key that belongs to --public-key: it or the run was altered, "
    "or "
    "another key signed",
    "{file} van de run is niet over deze run gemaakt met de sleutel die bij --public-key hoort: het of de run is "
    "gewijzigd, of een andere sleutel heeft ondertekend",
)
CHECK_SIGNATURE: Final = Text(
    "name the key of who signed it with --public-key", "noem de sleutel van de ondertekenaar met --public-key"
)
UNKNOWN_NOTE: Final = Text(
    "it cannot be said whether the archive notes the run: {problem}, or {check}",
    "het is niet te zeggen of het archief de run noteert: {problem}, of {check}",
)
NOBODY: Final = Text(
    "the archive has no note of a run with this digest, and no signature that was checked vouches for it: it may have "
    "been changed and sealed anew. If another archive notes it, name that one with --archive or merge it into this "
    "one; "
    "if it was signed, {check}; if the archive could not be written when it was made, settle again to the same --out "
    "now "
    "that it can: the run is compared and noted",
    "het archief heeft geen aantekening van een run met dit kenmerk, en geen gecontroleerde ondertekening staat ervoor "
    "in: hij kan zijn gewijzigd en opnieuw verzegeld. Als een ander archief hem noteert, noem dat met --archive of "
    "voeg "
    "het in dit samen; als hij is ondertekend, {check}; als het archief niet kon worden geschreven toen hij werd "
    "gemaakt, "
    "stel opnieuw vast met dezelfde --out nu dat wel kan: de run wordt vergeleken en genoteerd",
)
NO_PLACE: Final = Text(
    "the run does not say where its archive is; name it with --archive",
    "de run zegt niet waar het archief is; noem het met --archive",
)
INPUTS_UNCHECKED: Final = Text("the inputs cannot be checked: {problem}", "de invoer is niet te controleren: {problem}")
ORIGINAL: Final = Text(
    "{place}, a delivery ({kind}) that the run read, {wrong}; restore it from a backup",
    "{place}, een levering ({kind}) die de run las, {wrong}; zet die terug van een reservekopie",
)
FORGOTTEN_ON: Final = Text(
    "the delivery {digest}... ({kind}) that the run read was forgotten on {day}",
    "de levering {digest}... ({kind}) die de run las is vergeten op {day}",
)
NOT_IN_ARCHIVE: Final = Text(
    "the delivery {digest}... ({kind}) that the run read is not in the archive {archive}; name the archive of the run "
    "with --archive",
    "de levering {digest}... ({kind}) die de run las staat niet in het archief {archive}; noem het archief van de run "
    "met "
    "--archive",
)
FORGOTTEN_IN_PART: Final = Text(
    "of receive call {call} the rows of {years} were forgotten on {day}",
    "van ontvangst {call} zijn de regels van {years} vergeten op {day}",
)

# Figures beside those that are shipped.
FROM_DAY: Final = Text(" from {day}", " vanaf {day}")
OTHER_FIGURE: Final = Text("{name}{since}: {reason}", "{name}{since}: {reason}")
NO_SUCH_PARAMETER: Final = Text(
    "{value} in the run, and this version ships no such parameter",
    "{value} in de run, en deze versie heeft zo'n parameter niet",
)
OTHER_DAYS: Final = Text(
    "{value} in the run, and this version ships {values}", "{value} in de run, en deze versie heeft {values}"
)
VALUE_FROM: Final = Text("{value} from {since}", "{value} vanaf {since}")
THE_SCENARIO: Final = Text("the scenario", "het scenario")
NO_VALUE: Final = Text("no value", "geen waarde")
SCENARIO_SETS: Final = Text(
    "{value} in the run, {other} is what the scenario of the run sets",
    "{value} in de run, {other} is wat het scenario van de run zet",
)
VERSION_SHIPS: Final = Text(
    "{value} in the run, {other} is what this version ships", "{value} in de run, {other} is wat deze versie heeft"
)
FIELD_DIFFERS: Final = Text(
    "{name} is {value} in the run, {other} in what this version ships",
    "{name} is {value} in de run, {other} in wat deze versie heeft",
)
NOT_NAMED: Final = Text(
    "not named in the run, {value} is what this version ships",
    "niet genoemd in de run, {value} is wat deze versie heeft",
)
RUN_SAYS: Final = Text("{reason}; the run says {status}: {source}", "{reason}; de run zegt {status}: {source}")

# Files of results that differ.
FILE_WHERE: Final = Text("{file}{where}", "{file}{where}")
ONLY_AGAIN: Final = Text(" is made again, and not in the run", " is opnieuw gemaakt, en staat niet in de run")
ONLY_IN_RUN: Final = Text(" is in the run, and not made again", " staat in de run, en is niet opnieuw gemaakt")
UNREADABLE: Final = Text(" cannot be read in the run", " is in de run niet te lezen")
BYTES_DIFFER: Final = Text(": the bytes differ", ": de bytes verschillen")
IDENTIFIERS: Final = Text("identifiers, which are not shown", "identificaties, die niet worden getoond")
WAGES: Final = Text("wages, which are not shown", "lonen, die niet worden getoond")
BOTH_VALUES: Final = Text("{of_run} in the run, {again} made again", "{of_run} in de run, {again} opnieuw gemaakt")
NOTHING: Final = Text("nothing", "niets")
COLUMNS_DIFFER: Final = Text(": the columns differ", ": de kolommen verschillen")
WROTE: Final = Text("{then} wrote it then, {now} now", "{then} schreef het toen, {now} nu")
ROWS_SAME: Final = Text(
    ": every row is the same, the bytes differ{who}", ": elke regel is gelijk, de bytes verschillen{who}"
)
ROW_COUNTS: Final = Text(
    ", row {row}: the run has {of_run} rows, made again there are {again}",
    ", regel {row}: de run heeft {of_run} regels, opnieuw gemaakt zijn er {again}",
)
IN_ROW: Final = Text(", row {row}, column {column}: {values}", ", regel {row}, kolom {column}: {values}")
OTHER_NUMBER: Final = Text(", row {row}, the number of values differs", ", regel {row}, het aantal waarden verschilt")
LINE_ENDS: Final = Text(": the line ends differ", ": de regeleinden verschillen")
AT_KEY: Final = Text(", {key}: {values}", ", {key}: {values}")
OTHER_WRITING: Final = Text(": the same values, written in another way", ": dezelfde waarden, anders geschreven")

# The outcome.
MORE_FIGURES: Final = Text(" (and {count} more figures)", " (en nog {count} cijfers)")
MORE_REASONS: Final = Text(" (and {count} more reasons)", " (en nog {count} redenen)")
NOT_THE_LAW: Final = Text(
    "{wrong}: {figure}{more}; {verdict}. Its amounts are not what the law gives by this version: do not use it",
    "{wrong}: {figure}{more}; {verdict}. De bedragen zijn niet wat de wet volgens deze versie geeft: gebruik hem niet",
)
NOT_WHAT_INPUTS_GIVE: Final = Text(
    "{verdict}. The run is not what its inputs and parameters give: do not use it",
    "{verdict}. De run is niet wat invoer en parameters geven: gebruik hem niet",
)
NOT_CERTIFIED: Final = Text(
    "the run cannot be certified: {reason}{more}; {verdict}",
    "voor de run kan niet worden ingestaan: {reason}{more}; {verdict}",
)
CANNOT_BE_SAID: Final = Text(
    "whether the results are the same cannot be said", "of de uitkomsten gelijk zijn is niet te zeggen"
)
RESULTS_DIFFER: Final = Text("the results differ: {difference}", "de uitkomsten verschillen: {difference}")
SAME_BUT: Final = Text("the results are the same; but {difference}", "de uitkomsten zijn gelijk; maar {difference}")
SAME: Final = Text("the results are the same", "de uitkomsten zijn gelijk")
CANNOT_REPEAT: Final = Text("it cannot be repeated: {problem}", "hij is niet te herhalen: {problem}")
OTHER_CODE: Final = Text(
    "it was made by other code than this: quotum {version} (code {code}...{commit}), and this is quotum {present} "
    "(code "
    "{present_code}...); install that version to certify it",
    "hij is met andere code gemaakt dan deze: quotum {version} (code {code}...{commit}), en dit is quotum {present} "
    "(code "
    "{present_code}...); installeer die versie om ervoor in te staan",
)
COMMIT: Final = Text(", commit {commit}", ", commit {commit}")
NO_SCRATCH: Final = Text(
    "no work in progress can be kept in {place}: {why}; name a folder with room with --scratch",
    "in {place} kunnen geen tussenbestanden staan: {why}; noem met --scratch een map met ruimte",
)
DERIVED_OTHER: Final = Text(
    "{place}, made again from the original deliveries, is not what quotum {version} made of them",
    "{place}, opnieuw gemaakt uit de oorspronkelijke leveringen, is niet wat quotum {version} ervan maakte",
)
ORIGINALS_LOST: Final = Text(
    "receive call {call} cannot be made again: {count} of its original deliveries are missing",
    "ontvangst {call} is niet opnieuw te maken: {count} van de oorspronkelijke leveringen ontbreken",
)
OTHER_SOFTWARE: Final = Text(
    "other software wrote its files: {difference}", "andere software schreef de bestanden: {difference}"
)

# The audit of a year.
MAY_NOT_LOOK: Final = Text(
    "the run may not be looked at: Permission denied", "de run mag niet worden bekeken: Permission denied"
)
MOVED: Final = Text(
    "the run is not at its place: it was moved, or removed",
    "de run is niet op zijn plaats: hij is verplaatst, of verwijderd",
)
ANOTHER_RUN: Final = Text(
    "another run is at its place than the one that was noted; that one is identical",
    "op zijn plaats staat een andere run dan is genoteerd; die is gelijk",
)
