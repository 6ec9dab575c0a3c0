"""Words about the folder of a run and what ties its files, in English and Dutch."""

from typing import Final

from quotum.words import Text

# Where a run is written, and what cannot be.
NOUNS: Final = {"run": Text("run", "run"), "simulation": Text("simulation", "simulatie")}
"""What a folder holds, by name."""
OTHER_AT_OUT: Final = Text(
    "{place} exists and is no {noun} of quotum; name another place with --out",
    "{place} bestaat en is geen {noun} van quotum; noem een andere plaats met --out",
)
ANOTHER_AT_OUT: Final = Text(
    "{place} exists and holds another {noun}; name another place with --out",
    "{place} bestaat en bevat een andere {noun}; noem een andere plaats met --out",
)
OTHER_SIGNATURE: Final = Text(
    "{place} holds the same run without the signature of this key, and a sealed run is not changed; name another place "
    "with --out",
    "{place} bevat dezelfde run zonder de ondertekening met deze sleutel, en een verzegelde run wordt niet gewijzigd; "
    "noem een andere plaats met --out",
)
NO_RUN: Final = Text(
    "{place} is no run of quotum; name the folder that `quotum settle --out` made",
    "{place} is geen run van quotum; noem de map die `quotum settle --out` maakte",
)
OTHER_FORMAT: Final = Text(
    "{file} is of format {found}, this version of quotum knows {known}: install the version that made the run "
    "({version})",
    "{file} is van vorm {found}, deze versie van quotum kent {known}: installeer de versie die de run maakte "
    "({version})",
)
RECORD_UNREADABLE: Final = Text(
    "{file} cannot be read as the record of a run: take it from a backup",
    "{file} is niet te lezen als het verslag van een run: neem het van een reservekopie",
)

# Files that are not as they were sealed, in words that follow the name.
NOT_READ: Final = Text("is missing or cannot be read", "ontbreekt of is niet te lezen")
MANIFEST_ALTERED: Final = Text("was altered: {problem}", "is gewijzigd: {problem}")
NO_DIGEST_ON_LINE: Final = Text("line {number} is no digest with a name", "regel {number} is geen kenmerk met een naam")
NOT_AS_WRITTEN: Final = Text(
    "it is not written as quotum writes it", "het is niet geschreven zoals quotum het schrijft"
)
NOT_EVERY_TAG_FILE: Final = Text(
    "does not name every tag file: it was altered", "noemt niet elk tagbestand: het is gewijzigd"
)
TOO_MANY: Final = Text(
    "is too many: it was not there when the folder was sealed", "is te veel: het was er niet toen de map werd verzegeld"
)
MISSING: Final = Text("is missing", "ontbreekt")
IT_OR_MANIFEST: Final = Text(
    "is not what {manifest} says it is: it or {manifest} was altered",
    "is niet wat {manifest} ervan zegt: het of {manifest} is gewijzigd",
)
ALTERED_AFTER: Final = Text(
    "is not what {manifest} says it is: it was altered after it was made",
    "is niet wat {manifest} ervan zegt: het is gewijzigd nadat het is gemaakt",
)
DAMAGED: Final = Text(
    "{run}: {manifest} cannot be read as quotum writes it: the run is damaged, so {so}; take it from a backup or "
    "settle "
    "the year again",
    "{run}: {manifest} is niet te lezen zoals quotum het schrijft: de run is beschadigd, dus {so}; neem hem van een "
    "reservekopie of stel het jaar opnieuw vast",
)
ALTERED: Final = Text(
    "{run}: {name} is missing or not what {manifest} says it is: the run was altered after it was made, so {so}; take "
    "it "
    "from a backup or settle the year again",
    "{run}: {name} ontbreekt of is niet wat {manifest} ervan zegt: de run is gewijzigd nadat hij is gemaakt, dus {so}; "
    "neem hem van een reservekopie of stel het jaar opnieuw vast",
)

# Ties.
DIFFER_BY: Final = Text(
    "{left}, and {right}, differ by {difference:,} {unit}", "{left}, en {right}, verschillen {difference:,} {unit}"
)
UNITS: Final = {
    "rows": Text("rows", "regels"),
    "hours": Text("hours", "uren"),
    "cents": Text("cents", "cent"),
    "words": Text("words", "woorden"),
}
"""Units of a tie, by name."""
ARE: Final = Text(
    "{left} is {left_value}, {right} is {right_value}", "{left} is {left_value}, {right} is {right_value}"
)
DO_NOT_TIE: Final = Text(
    "files of the run do not tie: {ties}{more}", "bestanden van de run sluiten niet op elkaar aan: {ties}{more}"
)
AND_MORE: Final = Text(", and {count} more", ", en nog {count}")
OF_FILE: Final = Text("{file}: {which}", "{file}: {which}")
THOSE_WHERE: Final = Text("those of them where {rule}", "die daarvan waar {rule}")
SUM_OF: Final = Text("{file}: sum of {column}", "{file}: som van {column}")
ROWS: Final = Text("{file}: rows", "{file}: regels")
ABOVE_NOTHING: Final = Text("{file}: rows with {column} above 0", "{file}: regels met {column} boven 0")
DIFFERENT: Final = Text("{file}: different {key}", "{file}: verschillende {key}")
IN_SETTLEMENT: Final = Text(
    "those of them of an employer of settlement", "die daarvan van een werkgever uit settlement"
)
TWO_FILES: Final = Text("{first} and {second}", "{first} en {second}")
WHICH: Final = {
    "rows": Text("rows", "regels"),
    "employers": Text("employers", "werkgevers"),
    "deliveries": Text("deliveries", "leveringen"),
    "small": Text("small employers", "kleine werkgevers"),
    "jobs_agreement": Text("rows that grant the jobs agreement", "regels die de banenafspraak toekennen"),
    "another": Text("rows that grant another category", "regels die een andere categorie toekennen"),
    "gives_way": Text(
        "rows of persons to whom bonus_lines grants another category",
        "regels van personen aan wie bonus_lines een andere categorie toekent",
    ),
    "without_sector": Text("rows without sector", "regels zonder sector"),
    "declared_class": Text("rows decided by declared class", "regels waarvoor de aangegeven premieklasse beslist"),
    "not_tested": Text("rows not tested", "regels die niet zijn getoetst"),
}
"""Which rows, by a name of our own."""
OF_SECTOR: Final = Text("rows of sector {sector}", "regels van sector {sector}")
PAYABLE_IS: Final = Text("payable is LKV and bonus", "uit te betalen LKV en bonus is")
NET_IS: Final = Text("net is payable less surcharge", "netto uit te betalen min opslag is")
NOT_OWED: Final = Text("no surcharge is owed", "geen opslag verschuldigd is")
HAS_GROUND: Final = Text(
    "a tested employer has its ground, and no other", "een getoetste werkgever een grond heeft, en een andere niet"
)
LKV_IS: Final = Text(
    "lkv_cents is hours x rate of run.json, at most its cap",
    "lkv_cents uren x bedrag van run.json is, ten hoogste het maximum",
)
BONUS_IS: Final = Text("bonus_cents is hours x rate of run.json", "bonus_cents uren x bedrag van run.json is")
NOTHING_GRANTED: Final = Text("nothing is granted", "niets is toegekend")
SURCHARGE_IS: Final = Text(
    "surcharge_cents is base_cents x rate of macro.json, down to whole euros",
    "surcharge_cents base_cents x tarief van macro.json is, naar beneden op hele euro's",
)
PERIOD_BEGINS: Final = Text("the period begins in the year of run.json", "het tijdvak in het jaar van run.json begint")
GRANTED_ARE_LINES: Final = Text("LKV and bonus are those of its lines", "LKV en bonus die van de regels zijn")
OWED_ARE_LINES: Final = Text("base and surcharge are those of its lines", "grondslag en opslag die van de regels zijn")
NOT_SMALL: Final = Text("settlement says that it is not small", "settlement zegt dat die niet klein is")
HAS_CATEGORY: Final = Text(
    "other_lkv_lines has a row of that category", "other_lkv_lines een regel van die categorie heeft"
)
LKV_NOTHING: Final = Text("lkv_cents is 0", "lkv_cents 0 is")
SOLVED_OVER_NOTHING: Final = Text(
    "macro.json: a rate that is solved over no bonus", "macro.json: een tarief dat over geen bonus is berekend"
)
SIMULATION_IS: Final = Text("simulation is {value}, as in run.json", "simulation {value} is, zoals in run.json")
SAME_IN_CSV: Final = Text("settlement.csv has the same in every column", "settlement.csv in elke kolom hetzelfde heeft")
NAMES_DELIVERY: Final = Text("run.json names the delivery", "run.json de levering noemt")
LOSS_WITHHELD: Final = Text(
    "macro.json: a savings loss withheld over a baseline",
    "macro.json: een besparingsverlies dat bij een nulmeting achterwege is gelaten",
)
NOTHING_ELSE: Final = Text(
    "a run of the quota levy settles nothing else", "een run van de quotumheffing stelt niets anders vast"
)
LEVY_IS: Final = Text(
    "the levy is the shortage x the levy per job of run.json",
    "de heffing het tekort x de heffing per baan van run.json is",
)
PERCENTAGE_IS: Final = Text("the percentage is that of macro.json", "het percentage dat van macro.json is")
NO_LEVY: Final = Text("there is no percentage and no levy", "er geen percentage en geen heffing is")
HOURS_SUM: Final = Text(
    "quota_lines: sum of counted_target_hours and borrowed_hours less lent_hours",
    "quota_lines: som van counted_target_hours en borrowed_hours min lent_hours",
)
HOURS_COUNT: Final = Text(
    "hours that count are its own, and borrowed, less lent",
    "uren die tellen de eigen zijn, en toegerekende als inlener, min die als uitlener",
)
BOUND_FROM: Final = Text(
    "it is bound from the threshold of macro.json on, in both years",
    "die vanaf de drempel van macro.json eronder valt, in beide jaren",
)
OF_BOTH: Final = Text("employers of both", "werkgevers van beide")
SHORTAGE_FOLLOWS: Final = Text(
    "the shortage follows from the hours of quota_lines", "het tekort uit de uren van quota_lines volgt"
)
SMALL_EMPLOYERS: Final = Text("{file}: small employers", "{file}: kleine werkgevers")
ANNUAL_JOBS: Final = Text(
    "macro.json: annual jobs in total x hours per job of run.json",
    "macro.json: banen per jaar in totaal x uren per baan van run.json",
)
ASSUMED: Final = Text("macro.json: assumed figures", "macro.json: aangenomen cijfers")
ASSUMED_TOO: Final = Text(
    "those of them that run.json has as assumed, with the same value",
    "die daarvan die run.json als aangenomen heeft, met dezelfde waarde",
)
LOSS_IS: Final = Text(
    "its missing jobs x saving per job, nothing where a quota regime brings in revenue",
    "de ontbrekende banen ervan x besparing per baan, niets waar een quotumregeling iets opbrengt",
)

# What is refused, and why.
NO_PLACE: Final = Text(
    "{folder} does not say where its archive is; name it with --archive",
    "{folder} zegt niet waar het archief is; noem het met --archive",
)
NOT_NOTED: Final = Text(
    "the archive has no note of {folder}: it may have been changed and sealed anew, so {so}. Name the archive that it "
    "was settled from with --archive, or settle again to the same place: the run is compared and noted",
    "het archief heeft geen aantekening van {folder}: die kan zijn gewijzigd en opnieuw verzegeld, dus {so}. Noem met "
    "--archive het archief waaruit is vastgesteld, of stel opnieuw vast op dezelfde plaats: de run wordt vergeleken en "
    "genoteerd",
)
