"""Words of a simulation on the terminal, in English and Dutch; names of scenarios and parameters are fixed."""

from typing import Final

from quotum.words import Text

HEAD: Final = Text(
    "SIMULATION over {year}, returns as filed by {as_of}: nothing is settled",
    "SIMULATIE over {year}, aangiften zoals ingediend tot en met {as_of}: er wordt niets vastgesteld",
)
TITLE: Final = Text("{name}: {title}", "{name}: {title}")
THERE_ALREADY: Final = Text("Simulation there already, the same: {place}", "Dezelfde simulatie was er al: {place}")
NO_VALUE: Final = Text("no value", "geen waarde")
DIFFERENCE: Final = Text("  {parameter}: {law} -> {value} ({unit})", "  {parameter}: {law} -> {value} ({unit})")
SECOND_REGISTER: Final = Text("  a second register: {name}", "  een tweede register: {name}")
REGIONS: Final = Text(
    "  a guidance bonus for {count} labour market regions", "  een begeleidingsbonus voor {count} arbeidsmarktregio's"
)
NO_DIFFERENCE: Final = Text(
    "  no parameter differs from the law as it is", "  geen parameter verschilt van de wet zoals die is"
)
AMOUNTS: Final = Text("SIMULATION, amounts in euro", "SIMULATIE, bedragen in euro")
SWEEP: Final = Text("Sweep: {points:,} points, in sweep.csv", "Reeks: {points:,} punten, in sweep.csv")
WRITTEN: Final = Text("Simulation written: {place}", "Simulatie geschreven: {place}")

LINES: Final = {
    "rate_hundredths": Text("Surcharge rate", "Tarief opslag"),
    "rate_source": Text("  where it comes from", "  waar het vandaan komt"),
    "surcharge_cents": Text("Surcharge (inclusiviteitsopslag)", "Opslag (inclusiviteitsopslag)"),
    "levy_cents": Text("Quota levy (quotumheffing)", "Quotumheffing"),
    "lkv_cents": Text("LKV (loonkostenvoordeel)", "LKV (loonkostenvoordeel)"),
    "bonus_cents": Text("Bonus (banenafspraakbonus)", "Bonus (banenafspraakbonus)"),
    "guidance_cents": Text("Guidance bonus (begeleidingsbonus)", "Begeleidingsbonus"),
    "unplaced_lkv_cents": Text("LKV of people without employer", "LKV van mensen zonder werkgever"),
    "unplaced_bonus_cents": Text("Bonus of people without employer", "Bonus van mensen zonder werkgever"),
    "measure_cost_cents": Text("Cost of measures", "Kosten van maatregelen"),
    "net_cents": Text("Net for employers, for insight", "Netto werkgevers, ter inzicht"),
    "balance_cents": Text("Balance: what the state keeps", "Saldo: wat de staat overhoudt"),
    "gain_cents": Text("Gain of employers against the law", "Voordeel van werkgevers tegenover de wet"),
    "break_even_share_hundredths": Text("Break-even share of hours", "Omslagpunt, aandeel van de uren"),
    "employers": Text("Employers", "Werkgevers"),
    "small_employers": Text("  small, exempt from a surcharge", "  klein, vrij van een opslag"),
    "payers": Text("  paying", "  die betalen"),
    "receivers": Text("  receiving", "  die ontvangen"),
    "winners": Text("  winning against the law", "  die winnen tegenover de wet"),
    "losers": Text("  losing against the law", "  die verliezen tegenover de wet"),
    "sectors_judged": Text("Sectors judged", "Sectoren beoordeeld"),
    "target_jobs_hundredths": Text("Extra jobs agreed", "Afgesproken extra banen"),
    "realised_jobs_hundredths": Text("Extra jobs realised", "Gerealiseerde extra banen"),
    "baseline_source": Text("  above the baseline", "  boven de nulmeting"),
    "missing_jobs_hundredths": Text("Missing jobs", "Ontbrekende banen"),
    "missing_jobs_exact": Text("  exact", "  exact"),
    "saving_per_job_cents": Text("  times the saving per job (assumed)", "  maal de besparing per baan (aangenomen)"),
    "savings_loss_cents": Text("Savings loss (besparingsverlies)", "Besparingsverlies"),
    "savings_loss_low_cents": Text("  low end", "  ondergrens"),
    "savings_loss_high_cents": Text("  high end", "  bovengrens"),
    "one_percent_jobs_hundredths": Text("One percent more jobs", "Een procent meer banen"),
    "one_percent_missing_jobs_hundredths": Text(
        "  would change missing jobs by", "  zou ontbrekende banen veranderen met"
    ),
    "one_percent_savings_loss_cents": Text(
        "  would change the savings loss by", "  zou het besparingsverlies veranderen met"
    ),
    "one_percent_paid_cents": Text("  would change LKV and bonus by", "  zou LKV en bonus veranderen met"),
}
"""Headline figures, by column."""
NAMES: Final = {
    "none": Text("none", "geen"),
    "given": Text("given", "gegeven"),
    "balance": Text("balance", "in evenwicht"),
    "budget": Text("budget", "budgetneutraal"),
    "separate": Text("separate", "apart"),
    "joint": Text("joint", "samen"),
    "counted": Text("counted", "geteld"),
    "national": Text("national", "landelijk"),
}
"""Values that are names, of the rate, of the sectors and of the baseline."""

NOTHING_BALANCES: Final = Text(
    "{scenario}: nothing balances: nobody has a right to a bonus",
    "{scenario}: er is niets in evenwicht te brengen: niemand heeft recht op een bonus",
)
IN_BALANCE: Final = Text(
    "{scenario}: in balance at exactly {exact} percent (about {about}), rounded half up to {rate}",
    "{scenario}: in evenwicht bij precies {exact} procent (ongeveer {about}), rekenkundig afgerond op {rate}",
)
PAYS_BONUS: Final = Text(
    "{scenario}: {rate} brings in {surcharge} and pays the bonus of {bonus}; {below} would bring in {less} and does "
    "not",
    "{scenario}: {rate} brengt {surcharge} op en betaalt de bonus van {bonus}; {below} zou {less} opbrengen en doet "
    "dat "
    "niet",
)
RANGES: Final = Text(
    "Figures given as a range, the one that moves an outcome most{year}:",
    "Cijfers met een bandbreedte: welk cijfer een uitkomst het meest beïnvloedt{year}:",
)
IN_YEAR: Final = Text(" in {year}", " in {year}")
RANGE: Final = Text(
    "  - {scenario}, {outcome}: {parameter} {low_value} to {high_value}: {low} to {high} {unit}; {middle} in the "
    "scenario "
    "itself",
    "  - {scenario}, {outcome}: {parameter} {low_value} tot {high_value}: {low} tot {high} {unit}; {middle} in het "
    "scenario zelf",
)
JOBS, EURO = Text("jobs", "banen"), Text("euro", "euro")
ROUNDING: Final = Text(
    "{scenario}: {euros} euro of the balance is the rounding of the solved rate and of each return to whole euros; no "
    "figure moves it, so the ends of a range hold it too",
    "{scenario}: {euros} euro van het saldo is de afronding van het berekende tarief en van elke aangifte op hele "
    "euro's; "
    "geen cijfer beïnvloedt dat, dus de grenzen van een bandbreedte bevatten het ook",
)
KINDS: Final = {
    "assumed figure": Text("Assumed figures these results rest on", "Aangenomen cijfers waarop deze uitkomsten rusten"),
    "reading": Text("Readings these results rest on", "Lezingen waarop deze uitkomsten rusten"),
    "note": Text("Notes of the scenarios", "Toelichtingen van de scenario's"),
    "remark": Text("Remarks", "Opmerkingen"),
}
"""What figures rest on that is not law, by kind."""
ASSUMED: Final = Text("{name} = {value} (assumed: {source})", "{name} = {value} (aangenomen: {source})")
READING: Final = Text("{text} [{source}]", "{text} [{source}]")
NOTE: Final = Text("{scenario}: {text}", "{scenario}: {text}")

READINGS: Final = {
    "employees_mean_of_periods": (
        "het aantal werknemers is het gemiddelde aantal dienstbetrekkingen (soorten 11, 13 en 15) per aangiftetijdvak"
    ),
    "policy_jobs_spread_as_targets": (
        "extra banen waarvan de sector niet bekend is, zijn over de sectoren verdeeld zoals de doelen, een baan per "
        "persoon"
    ),
    "people_without_employer": (
        "mensen die als aantal of aandeel worden toegevoegd, zitten in de bedragen van geen werkgever; een "
        "budgetneutraal "
        "tarief betaalt hun bonus"
    ),
    "already_working_is_no_extra_job": (
        "mensen die worden toegevoegd en al werken zijn geen extra banen, tenzij policy.working_count_as_extra ja is"
    ),
    "small_by_paid_hours_of_the_year": (
        "klein naar uren is een werkgever met minder verloonde uren over alle geldende regels van het jaar zelf dan de "
        "drempel"
    ),
    "guidance_per_person_with_lkv": (
        "geplaatst is een persoon met uren die tellen voor het LKV bij een werkgever, per werkgever; naar rato is naar "
        "de "
        "uren van een baan, ten hoogste een hele"
    ),
    "rows_as_if_in_later_year": (
        "de wet en de cijfers zijn die van het latere jaar, en de regels zijn zoals die zijn: niemand is ouder, geen "
        "dienstbetrekking langer, geen loon en geen uur anders; de dagen die de wet zelf vastlegt liggen hele jaren "
        "eerder"
    ),
    "levy_beside_lkv": "onder de oudere regeling loopt het LKV door, en is er geen bonus",
}
"""Readings of a simulation in Dutch, by name: those of the law are in `quotum.law.readings`."""

# Remarks.
NO_BONUS: Final = Text(
    "nobody has a right to a bonus over {year}, so nothing balances: the surcharge of {surcharge} at {rate}% has no "
    "bonus "
    "against it",
    "niemand heeft over {year} recht op een bonus, dus er is niets in evenwicht: tegenover de opslag van {surcharge} "
    "bij "
    "{rate}% staat geen bonus",
)
OUTSIDE_RANGE: Final = Text(
    "the range of {name}, {low} to {high}, does not hold its value in the scenario, {value}: an outcome of the "
    "scenario "
    "can lie outside both ends",
    "de bandbreedte van {name}, {low} tot {high}, bevat de waarde in het scenario niet, {value}: een uitkomst van het "
    "scenario kan buiten beide einden liggen",
)
EXTRA_PEOPLE: Final = Text(
    "the extra people (no realised jobs of the country were published by then)",
    "de extra mensen (er waren toen nog geen gerealiseerde banen van het land gepubliceerd)",
)
PILOT: Final = Text("the participants and the cost of the pilot", "de deelnemers en de kosten van de proef")
OUTCOME_JOBS: Final = Text(
    "the jobs by wage subsidy financed on outcome", "de banen door loonkostensubsidie op realisatie"
)
AND: Final = Text(" and ", " en ")
NOT_COMPARED: Final = Text(
    "what is delivered cannot be compared with the country", "wat is geleverd is niet met het land te vergelijken"
)
PART: Final = Text(
    "the archive counts {jobs} jobs of the target group in December of {year}, {share}% of the {whole} of the country "
    "(baseline with hired-in work, and what was realised in {realised})",
    "het archief telt {jobs} banen van de doelgroep in december van {year}, {share}% van de {whole} van het land "
    "(nulmeting met ingeleend werk, en wat in {realised} was gerealiseerd)",
)
TAKEN_AS: Final = Text(
    "{people} extra people are a number of the whole country, taken as {taken}: {part}",
    "{people} extra mensen zijn een aantal van het hele land, hier genomen als {taken}: {part}",
)
NOT_SCALED: Final = Text(
    "not scaled to what is delivered: {numbers}; {part}", "niet geschaald naar wat is geleverd: {numbers}; {part}"
)
COUNTS_ONCE: Final = Text(
    "a delivered registration that overlaps one of the register counts once",
    "een geleverde registratie die een van het register overlapt telt een keer",
)
GIVE_THE_REST: Final = Text(
    "give the number of those who are not in the register yet", "geef het aantal van wie nog niet in het register staat"
)
WIDER_BY_LAW: Final = Text(
    "part of the wider target group is law since 1 January {year} (Wfsv art. 38b lid 1 c and g, lid 2) and is in the "
    "register: {counted}, so that nobody counts twice",
    "een deel van de bredere doelgroep is wet sinds 1 januari {year} (Wfsv art. 38b lid 1 c en g, lid 2) en staat in "
    "het "
    "register: {counted}, zodat niemand dubbel telt",
)
NUMBER_NOT_USED: Final = Text(
    "extra registrations are delivered, so the number of extra people is not used",
    "extra registraties zijn geleverd, dus het aantal extra mensen wordt niet gebruikt",
)
