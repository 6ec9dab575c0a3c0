"""What tables and columns say, in Dutch, by what they say in English: a phrase of several columns stands here once.

Names of tables and columns, and the values of a choice, are the same in both languages.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from quotum.words import Sentence

_KINDS: Final = {
    "text": "tekst",
    "bsn": "bsn",
    "rsin": "rsin",
    "payroll tax number": "loonheffingennummer",
    "whole number": "geheel getal",
    "code": "code",
    "euros": "euro's",
    "cents": "centen",
    "share": "aandeel",
    "date": "datum",
    "date and time": "datum en tijd",
    "J or N": "J of N",
    "choice": "keuze",
    "true or false": "true of false",
    "hundredths": "honderdsten",
    "tenths": "tienden",
}
_UNITS: Final = {
    "local time, unless with an offset": "plaatselijke tijd, tenzij met een verschil met UTC",
    "hours": "uren",
    "instant, UTC": "ogenblik, UTC",
    "rows": "regels",
    "steps": "stappen",
    "hundredths of a percent point": "honderdsten van een procentpunt",
    "tenths of a job": "tienden van een baan",
    "times": "keer",
    "employers": "werkgevers",
    "hundredths of a job": "honderdsten van een baan",
    "percent": "procent",
    "cents per employee": "centen per werknemer",
    "employees": "werknemers",
    "as the outcome": "als de uitkomst",
    "hundredths of a person": "honderdsten van een persoon",
}
_DELIVERED: Final = {
    "income relation in a payroll return (loonaangifte); a return without rows is one line without NumIV": (
        "inkomstenverhouding in een loonaangifte; een aangifte zonder regels is een regel zonder NumIV"
    ),
    "identification of the message (identificatie bericht)": "identificatie van het bericht",
    "when the employer made the message (datum en tijd aanmaak)": (
        "wanneer de werkgever het bericht maakte (datum en tijd aanmaak)"
    ),
    "V volledige aangifte, A aanvullende aangifte, C tijdvakcorrectie": (
        "V volledige aangifte, A aanvullende aangifte, C tijdvakcorrectie"
    ),
    "I initieel, X intrekking (withdrawal)": "I initieel, X intrekking",
    "loonheffingennummer: RSIN, L, two digits": "loonheffingennummer: RSIN, L, twee cijfers",
    "first day of the return period (aangiftetijdvak)": "eerste dag van het aangiftetijdvak",
    "last day of the return period": "laatste dag van het aangiftetijdvak",
    "number of the income relation (inkomstenverhouding); empty: a return without rows": (
        "nummer van de inkomstenverhouding; leeg: een aangifte zonder regels"
    ),
    "citizen service number; absent for the anonymous rate": "burgerservicenummer; afwezig bij het anoniementarief",
    "personnel number (personeelsnummer)": "personeelsnummer",
    "start of the income relation (datum aanvang)": "begin van de inkomstenverhouding (datum aanvang)",
    "end of the income relation (datum einde)": "einde van de inkomstenverhouding (datum einde)",
    "birth date (geboortedatum)": "geboortedatum",
    "kind of income relation (soort inkomstenverhouding)": "soort inkomstenverhouding",
    "nature of the employment (code aard arbeidsverhouding)": "code aard arbeidsverhouding",
    "insured for WAO/WIA": "verzekerd voor WAO/WIA",
    "insured for WW": "verzekerd voor WW",
    "insured for ZW": "verzekerd voor ZW",
    "request LKV oudere werknemer": "aanvraag LKV oudere werknemer",
    "request LKV arbeidsgehandicapte werknemer": "aanvraag LKV arbeidsgehandicapte werknemer",
    "request LKV doelgroep banenafspraak": "aanvraag LKV doelgroep banenafspraak",
    "request LKV herplaatsen arbeidsgehandicapte werknemer": "aanvraag LKV herplaatsen arbeidsgehandicapte werknemer",
    "wage for social security (loon SV)": "loon voor de sociale verzekeringen (loon SV)",
    "premium wage Aof, low class (premieloon Aof laag)": "premieloon Aof, lage klasse",
    "premium wage Aof, high class (premieloon Aof hoog)": "premieloon Aof, hoge klasse",
    "premium wage Aof over benefits (premieloon Aof uitkering)": "premieloon Aof over uitkeringen",
    "paid hours (aantal verloonde uren)": "aantal verloonde uren",
    "when the message was filed (ingediend); else the time it was made stands in": (
        "wanneer het bericht is ingediend; anders staat het tijdstip van aanmaak ervoor in de plaats"
    ),
    "registration of a person in the registratie doelgroep banenafspraak": (
        "registratie van een persoon in het doelgroepregister (registratie doelgroep banenafspraak)"
    ),
    "citizen service number": "burgerservicenummer",
    "first day in the target group": "eerste dag in de doelgroep",
    "last day in the target group, included; empty while it runs": (
        "laatste dag in de doelgroep, inbegrepen; leeg zolang de registratie loopt"
    ),
    "ground of the registration (Wfsv art. 38b)": "grond van de registratie (Wfsv art. 38b)",
    "how it ended: at the person's own request (eigen verzoek, Wtl art. 6.2 lid 4) or otherwise; empty: unknown": (
        "hoe zij eindigde: op eigen verzoek (Wtl art. 6.2 lid 4) of anders; leeg: onbekend"
    ),
    "employer (werkgever) by its fiscal number": "werkgever, met zijn fiscaal nummer",
    "fiscal number (RSIN)": "fiscaal nummer (RSIN)",
    "name": "naam",
    "sector: overheid (government) or niet-overheid (market)": "sector: overheid of niet-overheid (markt)",
    "since when it is an employer": "sinds wanneer het een werkgever is",
    "account for payments": "rekening voor betalingen",
    "last day as an employer": "laatste dag als werkgever",
    "bank of the account": "bank van de rekening",
    "labour market region (arbeidsmarktregio)": "arbeidsmarktregio",
    "employer and year: premium wage fixed elsewhere": "werkgever en jaar: elders vastgesteld premieloon",
    "calendar year": "kalenderjaar",
    "premium wage (premieplichtig loon) of the year": "premieplichtig loon van het jaar",
    "kind of work of an income relation over an interval": (
        "aard van het werk van een inkomstenverhouding over een periode"
    ),
    "loonheffingennummer": "loonheffingennummer",
    "number of the income relation": "nummer van de inkomstenverhouding",
    "first day": "eerste dag",
    "last day, included; empty while it runs": "laatste dag, inbegrepen; leeg zolang het loopt",
    "kind of work": "aard van het werk",
    "declaration for a wage cost benefit (doelgroepverklaring)": "doelgroepverklaring voor een loonkostenvoordeel",
    "category of the benefit": "categorie van het loonkostenvoordeel",
    "first day it covers": "eerste dag waarop zij ziet",
    "last day it covers, included; empty: without end": "laatste dag waarop zij ziet, inbegrepen; leeg: zonder einde",
    "transfer of undertaking (overgang van onderneming)": "overgang van onderneming",
    "transferor": "overdrager",
    "acquirer": "verkrijger",
    "day of the transfer": "dag van de overgang",
    "wage of the part over wage of the whole in the year before, between 0 and 1": (
        "loon van het deel gedeeld door loon van het geheel in het jaar ervoor, tussen 0 en 1"
    ),
    "hours of a lent-out person allocated to the borrower (Besluit Wfsv art. 2.28)": (
        "uren van een uitgeleende persoon, toegerekend aan de inlener (Besluit Wfsv art. 2.28)"
    ),
    "lender": "uitlener",
    "borrower": "inlener",
    "paid hours allocated": "toegerekende verloonde uren",
    "day of the agreement": "dag van de overeenkomst",
    "supplements on benefits that owe no surcharge, per payroll tax number and period": (
        "loonheffingennummer en tijdvak: aanvullingen op uitkeringen waarover geen opslag verschuldigd is"
    ),
    "first day of the return period": "eerste dag van het aangiftetijdvak",
    "premium wage to be left out": "premieloon dat buiten beschouwing blijft",
}
_KEPT: Final = {
    "rows of one message, kind and period that came in one piece of one delivery": (
        "bericht, soort en tijdvak waarvan de regels in een stuk van een levering kwamen"
    ),
    "number within the receive call": "nummer binnen de ontvangst",
    "number of the delivery within the receive call": "nummer van de levering binnen de ontvangst",
    "number of the member within the container; 0 for a plain file": (
        "nummer van het onderdeel binnen de verpakking; 0 bij een los bestand"
    ),
    "identification of the message": "identificatie van het bericht",
    "filing time that counts": "tijdstip van indiening dat telt",
    "whether the delivery gave the filing time": "of de levering het tijdstip van indiening gaf",
    "V, A or C": "V, A of C",
    "number of rows": "aantal regels",
    "whether two of its rows have the same identity": "of twee regels ervan dezelfde identiteit hebben",
    "accepted row of a return, as the archive keeps it": (
        "aanvaarde regel van een aangifte, zoals het archief die bewaart"
    ),
    "fragment (message, kind and period) the row belongs to": (
        "deel (bericht, soort en tijdvak) waar de regel bij hoort"
    ),
    "number of the row within its file, from 1": "nummer van de regel binnen het bestand, vanaf 1",
    "accepted row of a supplementary return or a correction: apart, so that these few are found without a search": (
        "aanvaarde regel van een aanvullende aangifte of een correctie: apart, zodat deze weinige zonder zoeken zijn "
        "te "
        "vinden"
    ),
    "what the rows of a fragment add up to, by nature of the employment; withdrawals are left out": (
        "deel en aard van de arbeidsverhouding: waartoe de regels optellen, zonder intrekkingen"
    ),
    "fragment (message, kind and period) that the rows belong to": (
        "deel (bericht, soort en tijdvak) waar de regels bij horen"
    ),
    "nature of the employment, where the law tells it apart": (
        "aard van de arbeidsverhouding, waar de wet die onderscheidt"
    ),
    "rows without a BSN": "regels zonder BSN",
    "rows of a kind that is an employment": "regels van een soort die een dienstbetrekking is",
    "rows with premium wage in the high class": "regels met premieloon in de hoge klasse",
    "rows with premium wage in the low class": "regels met premieloon in de lage klasse",
    "paid hours": "verloonde uren",
    "premium wage Aof, low class": "premieloon Aof, lage klasse",
    "premium wage Aof, high class": "premieloon Aof, hoge klasse",
    "premium wages without their signs, in steps of 2^20 cents": (
        "premielonen zonder hun teken, in stappen van 2^20 cent"
    ),
    "rule broken by a row or a return that was received": (
        "controle waarmee een ontvangen regel of aangifte in strijd is"
    ),
    "number of the member within the container": "nummer van het onderdeel binnen de verpakking",
    "number of the row within its file, from 1; 0: the whole of it": (
        "nummer van de regel binnen het bestand, vanaf 1; 0: het geheel"
    ),
    "name of the rule": "naam van de controle",
    "reject: the row was not accepted; finding: it was": "reject: de regel is niet aanvaard; finding: wel",
    "what was found, unless it is personal": "wat is gevonden, tenzij het persoonlijk is",
}
_OF_RUN: Final = {
    "employer": "werkgever",
    "sector as delivered": "sector zoals geleverd",
    "small employer (kleine werkgever), exempt from the surcharge; empty when nobody is tested": (
        "kleine werkgever, vrij van de opslag; leeg als niemand is getoetst"
    ),
    "what decided it; empty when nobody is tested": "wat dat besliste; leeg als niemand is getoetst",
    "premium wage of year t-2, after transfers; it decides nothing where the ground is starter; empty when unknown": (
        "premieloon van jaar t-2, na overgangen; het beslist niets waar de grond starter is; leeg als het onbekend is"
    ),
    "paid hours over all rows in force": "verloonde uren over alle geldende regels",
    "paid hours of the target group": "verloonde uren van de doelgroep",
    "premium wage over which the surcharge is owed; 0 where none is": (
        "premieloon waarover de opslag verschuldigd is; 0 waar dat niet zo is"
    ),
    "inclusivity surcharge (inclusiviteitsopslag)": "inclusiviteitsopslag",
    "LKV doelgroep banenafspraak": "LKV doelgroep banenafspraak",
    "jobs agreement bonus (banenafspraakbonus)": "banenafspraakbonus",
    "LKV and bonus, paid out": "LKV en bonus, uitbetaald",
    "payable less surcharge, for insight: nothing nets them": (
        "uit te betalen min opslag, ter inzicht: niets verrekent die"
    ),
    "true: a scenario set a figure, and nothing in the file is settled or decided": (
        "true: een scenario zette een cijfer, en niets in het bestand is vastgesteld of beschikt"
    ),
    "employer and person with at least one row that meets the conditions": (
        "werkgever en persoon met minstens een regel die aan de voorwaarden voldoet"
    ),
    "paid hours that count": "verloonde uren die tellen",
    "whether the maximum cut it off": "of het maximum het afkapte",
    "jobs agreement bonus": "banenafspraakbonus",
    "category of the benefit that is granted": "categorie van het loonkostenvoordeel dat is toegekend",
    "employer, person and other category of LKV: reported, not settled": (
        "werkgever, persoon en andere categorie LKV: gemeld, niet vastgesteld"
    ),
    "category": "categorie",
    "LKV of the category": "LKV van de categorie",
    "payroll tax number and return period of employers that owe": (
        "loonheffingennummer en aangiftetijdvak van werkgevers die opslag verschuldigd zijn"
    ),
    "premium wage that counts": "premieloon dat telt",
    "surcharge, whole euros": "opslag, hele euro's",
    "employer, under --regime quota-levy": "werkgever, bij --regime quota-levy",
    "paid hours of year t-1 over all rows filed by 1 May of year t": (
        "verloonde uren van jaar t-1 over alle regels die tot en met 1 mei van jaar t zijn ingediend"
    ),
    "quota percentage (quotumpercentage) of the sector; empty without sector": (
        "quotumpercentage van de sector; leeg zonder sector"
    ),
    "quota shortage (quotumtekort); 0 where no levy is owed": "quotumtekort; 0 waar geen heffing verschuldigd is",
    "quota levy (quotumheffing)": "quotumheffing",
    "employer, under --regime quota-levy: from its hours to the variables of the levy": (
        "werkgever, bij --regime quota-levy: van uren naar de variabelen van de heffing"
    ),
    "paid hours of year t-1 without agency workers and Wsw employments, held against the threshold": (
        "verloonde uren van jaar t-1 zonder uitzendkrachten en Wsw-dienstbetrekkingen, naast de drempel gelegd"
    ),
    "variable A: the same of year t": "variabele A: hetzelfde van jaar t",
    "hours of the target group among these": "uren van de doelgroep daarvan",
    "hours allocated to it as a borrower (Besluit Wfsv art. 2.28)": (
        "uren die hem als inlener zijn toegerekend (Besluit Wfsv art. 2.28)"
    ),
    "hours allocated to borrowers and taken off it": "uren die aan inleners zijn toegerekend en bij hem afgaan",
    "variable C: hours of the target group that count": "variabele C: uren van de doelgroep die tellen",
    "whether both years reach the threshold (Wfsv art. 34 lid 4)": (
        "of beide jaren de drempel halen (Wfsv art. 34 lid 4)"
    ),
    "whether it was an employer for part of year t-1 or t only (Wfsv art. 34 lid 8 b)": (
        "of hij maar een deel van jaar t-1 of t werkgever was (Wfsv art. 34 lid 8 b)"
    ),
    "return of which a message was set aside because it contradicts itself": (
        "aangifte waarvan een bericht terzijde is gelegd omdat het zichzelf tegenspreekt"
    ),
    "digest (SHA-256) of the delivery in which the message contradicts itself": (
        "kenmerk (SHA-256) van de levering waarin het bericht zichzelf tegenspreekt"
    ),
    "number of the first row that differs from another of the message, from 1": (
        "nummer van de eerste regel die van een andere van het bericht verschilt, vanaf 1"
    ),
    "finding": "bevinding",
    "name of the rule or finding": "naam van de controle of bevinding",
    "where: a delivery by digest, or a stage of the run": "waar: een levering met haar kenmerk, of een stap van de run",
    "how often": "hoe vaak",
    "the most that hangs on it: LKV and bonus, surcharge or levy; empty where that cannot be computed": (
        "wat er ten hoogste aan hangt: LKV en bonus, opslag of heffing; leeg waar dat niet te berekenen is"
    ),
}
_SIDES: Final = (
    ("first run", "eerste run"),
    ("second run", "tweede run"),
    ("after less before", "na min voor"),
)
_OF_SIDES: Final = {
    f"{english}, {side}": f"{dutch}, {kant}"
    for side, kant in _SIDES
    for english, dutch in (
        ("LKV doelgroep banenafspraak", "LKV doelgroep banenafspraak"),
        ("jobs agreement bonus", "banenafspraakbonus"),
        ("both", "beide"),
        ("premium wage that counts", "premieloon dat telt"),
        ("surcharge", "opslag"),
    )
}
_OF_DIFFERENCES: Final = {
    "employer and column of settlement that differs between two runs of one year": (
        "werkgever en kolom van settlement die tussen twee runs van een jaar verschilt"
    ),
    "sequence number of the employer in the first run; empty when it is not in it": (
        "volgnummer van de werkgever in de eerste run; leeg als hij er niet in staat"
    ),
    "sequence number of the employer in the second run; empty when it is not in it": (
        "volgnummer van de werkgever in de tweede run; leeg als hij er niet in staat"
    ),
    "column of settlement": "kolom van settlement",
    "value in the first run; a number is 0 where the employer is not in it": (
        "waarde in de eerste run; een getal is 0 waar de werkgever er niet in staat"
    ),
    "value in the second run; a number is 0 where the employer is not in it": (
        "waarde in de tweede run; een getal is 0 waar de werkgever er niet in staat"
    ),
    "second less first, in the unit of the column; empty for what is no number or unknown in one": (
        "tweede min eerste, in de eenheid van de kolom; leeg voor wat geen getal is of in een van beide onbekend"
    ),
    "employer that differs between two runs, and a cause of its own that can have done it": (
        "werkgever die tussen twee runs verschilt, en een eigen oorzaak die het gedaan kan hebben"
    ),
    "messages: filed or delivered for one run only; else the delivery that is not the same for it": (
        "messages: voor maar een run ingediend of geleverd; anders de levering die voor hem niet gelijk is"
    ),
    "how many messages, persons (register, declarations) or rows": (
        "hoeveel berichten, personen (register, declarations) of regels"
    ),
    "piece of a message that one of two runs counted and the other did not, of employers that differ": (
        "stuk van een bericht dat een van twee runs meetelde en de andere niet, van werkgevers die verschillen"
    ),
    "identification of the message (IdBer)": "identificatie van het bericht (IdBer)",
    "the run that counted it": "de run die het meetelde",
    "rows in the piece": "regels in het stuk",
    "number of the receive call it came in": "nummer van de ontvangst waarin het kwam",
    "name of the delivered file, with what looks like a BSN starred out": (
        "naam van het geleverde bestand, met sterretjes voor wat op een BSN lijkt"
    ),
    "sequence number of the piece within the receive call": "volgnummer van het stuk binnen de ontvangst",
    "employer and person whose LKV and bonus become less (revision, Wtl art. 4.3 lid 1)": (
        "werkgever en persoon van wie LKV en bonus lager worden (herziening, Wtl art. 4.3 lid 1)"
    ),
    "employer and person whose LKV and bonus become more (only on objection)": (
        "werkgever en persoon van wie LKV en bonus hoger worden (alleen op bezwaar)"
    ),
    "payroll tax number and return period whose base or surcharge differs (a correction of the payroll return)": (
        "loonheffingennummer en aangiftetijdvak waarvan grondslag of opslag verschilt (een correctie van de "
        "loonaangifte)"
    ),
    "employer to whom something is due that a payment order cannot pay": (
        "werkgever aan wie iets verschuldigd is dat een betaalopdracht niet kan betalen"
    ),
    "number of the employer: its row in the settlement, from 1": (
        "nummer van de werkgever: zijn regel in de vaststelling, vanaf 1"
    ),
    "what is due": "wat verschuldigd is",
    "why it cannot be paid": "waarom het niet kan worden betaald",
}
_REASONS: Final = {
    "that has no BSN": "zonder BSN",
    "in a period in which the person is not registered": "in een tijdvak waarin de persoon niet is geregistreerd",
    "of sheltered work": "van beschut werk",
    "of Wsw employment": "van een Wsw-dienstbetrekking",
    "of a person without a declaration (doelgroepverklaring)": "van een persoon zonder doelgroepverklaring",
    "of a person of whom no employment gives a right": "van een persoon van wie geen dienstbetrekking recht geeft",
    "for an LKV that the law no longer has": "voor een LKV die de wet niet meer kent",
    "before the right began": "voordat het recht begon",
    "after the years of the right": "na de jaren van het recht",
    "that is no insured employment": "die geen verzekerde dienstbetrekking is",
    "without a birth date": "zonder geboortedatum",
    "in a period before which the pension age was reached": (
        "in een tijdvak waarvoor de pensioengerechtigde leeftijd is bereikt"
    ),
}
_OF_EMPLOYERS: Final = {
    "employer, person and category of LKV asked for, with the intended assessment (preliminary overview, Wtl art. 4.1 "
    "lid 4)": (
        "werkgever, persoon en aangevraagde categorie LKV, met de voorgenomen beoordeling (voorlopig overzicht, Wtl "
        "art. "
        "4.1 lid 4)"
    ),
    "citizen service number; empty: all rows of the employer that have none": (
        "burgerservicenummer; leeg: alle regels van de werkgever die er geen hebben"
    ),
    "category asked for": "aangevraagde categorie",
    "granted; gives_way: another category is higher (Wtl art. 4.1 lid 3); no_right: no row counts": (
        "granted: toegekend; gives_way: een andere categorie is hoger (Wtl art. 4.1 lid 3); no_right: geen regel telt"
    ),
    "rows in force that ask for it": "geldende regels die erom vragen",
    "paid hours of these": "verloonde uren daarvan",
    "rows among these that count": "regels daarvan die tellen",
    "LKV as it would be decided; of older, disabled and reassigned it is reported and not settled": (
        "LKV zoals zou worden beschikt; van older, disabled en reassigned is het gemeld en niet vastgesteld"
    ),
    "jobs agreement bonus as it would be decided": "banenafspraakbonus zoals zou worden beschikt",
    "category that is granted for the person; empty when none is": (
        "categorie die voor de persoon is toegekend; leeg als er geen is"
    ),
    **{
        f"rows that do not count: {english}; a row can have several reasons": (
            f"regels die niet tellen: {dutch}; een regel kan meer redenen hebben"
        )
        for english, dutch in _REASONS.items()
    },
    "employer and person for whom the LKV doelgroep banenafspraak was not asked, or was asked in vain": (
        "werkgever en persoon voor wie het LKV doelgroep banenafspraak niet of vergeefs is aangevraagd"
    ),
    "not_asked: a right, and rows that do not ask; never_registered: asked for, and never in the register (Wtl art. "
    "4.7)": (
        "not_asked: een recht, en regels zonder aanvraag; never_registered: aangevraagd, en nooit in het register (Wtl "
        "art. 4.7)"
    ),
    "hours that would count besides; of never_registered the hours asked for": (
        "uren die er nog bij zouden tellen; van never_registered de aangevraagde uren"
    ),
    "what hangs on it: LKV and bonus that would be granted then (of never_registered: were the person registered), of "
    "the "
    "highest category, less what is granted now": (
        "wat eraan hangt: LKV en bonus die dan zouden worden toegekend (van never_registered: als de persoon was "
        "geregistreerd), van de hoogste categorie, min wat nu is toegekend"
    ),
    "last day on which a corrected return counts for the decision (Wtl art. 4.1 lid 2)": (
        "laatste dag waarop een gecorrigeerde aangifte voor de beschikking telt (Wtl art. 4.1 lid 2)"
    ),
    "employer and person of somebody else's decision on the LKV doelgroep banenafspraak, or of the run at its "
    "employers": (
        "werkgever en persoon van de beschikking van een ander over het LKV doelgroep banenafspraak, of van de run "
        "bij de "
        "werkgevers daarin"
    ),
    "same, differs, not_in_run (the run counts no row), not_in_decision": (
        "same: gelijk, differs: verschilt, not_in_run: de run telt geen regel, not_in_decision: niet in de beschikking"
    ),
    "codes of what a difference comes from, with semicolons between them; those of rows that do not count are as in "
    "overview": (
        "codes van waar een verschil vandaan komt, met puntkomma's ertussen; die van regels die niet tellen zijn als "
        "in "
        "overview"
    ),
    "hours in the decision; empty when it does not say": "uren in de beschikking; leeg als die het niet zegt",
    "hours that count in the run": "uren die in de run tellen",
    "LKV in the decision; empty when the person is not in it": (
        "LKV in de beschikking; leeg als de persoon er niet in staat"
    ),
    "LKV in the run": "LKV in de run",
    "LKV of the run less that of the decision": "LKV van de run min dat van de beschikking",
    "bonus in the decision; empty when it does not say": "bonus in de beschikking; leeg als die het niet zegt",
    "bonus in the run": "bonus in de run",
    "bonus of the run less that of the decision; empty when that does not say": (
        "bonus van de run min die van de beschikking; leeg als die het niet zegt"
    ),
}
_OF_SIMULATION: Final = {
    "scenario: headline figures; `comparison.csv` and `comparison.parquet`": (
        "scenario: hoofdcijfers; `comparison.csv` en `comparison.parquet`"
    ),
    "order in which the scenarios were given, by year within each; 0 is the law as it is": (
        "volgorde waarin de scenario's zijn gegeven, daarbinnen per jaar; 0 is de wet zoals die is"
    ),
    "calendar year of the law and the figures: that of the rows, or a later one (--as-if)": (
        "kalenderjaar van de wet en de cijfers: dat van de regels, of een later (--as-if)"
    ),
    "calendar year of the law and the figures": "kalenderjaar van de wet en de cijfers",
    "scenario and figure that its later year lacks, or that its growth changes: assumed, and how it came about": (
        "scenario en cijfer dat het latere jaar niet heeft, of dat door de groei verandert: aangenomen, en hoe het "
        "ontstond"
    ),
    "value with which the year is computed": "waarde waarmee het jaar is berekend",
    "how it came about: unchanged, or with a growth that the scenario states": (
        "hoe het ontstond: ongewijzigd, of met een groei die het scenario noemt"
    ),
    "calendar year of the value from which it comes": "kalenderjaar van de waarde waaruit het komt",
    "that value": "die waarde",
    "percent a year; empty when it runs on. Rounded half up to whole cents, once, after the last year": (
        "procent per jaar; leeg als het doorloopt. Een half naar boven afgerond op hele centen, een keer, na het "
        "laatste "
        "jaar"
    ),
    "where that value was read; of a scenario its title": "waar die waarde is gelezen; van een scenario de titel",
    "name of the scenario; `law` is the law as it is": "naam van het scenario; `law` is de wet zoals die is",
    "title of the scenario": "titel van het scenario",
    "regime": "regime",
    "whether surcharge and bonus are due over the year": "of opslag en bonus over het jaar verschuldigd zijn",
    "how the sectors are judged": "hoe de sectoren worden beoordeeld",
    "whether government has realised enough; empty when nothing depends on it": (
        "of de overheid genoeg heeft gerealiseerd; leeg als er niets van afhangt"
    ),
    "surcharge rate; empty when none is due": "tarief van de opslag; leeg als die niet verschuldigd is",
    "where the rate comes from": "waar het tarief vandaan komt",
    "exact percentage before rounding, as a fraction; of a rate in balance": (
        "precies percentage voor afronding, als breuk; van een tarief in evenwicht"
    ),
    "the next lower rate, of a budget neutral one: the proof that it does not do": (
        "het tarief eronder, van een budgetneutraal: het bewijs dat dat niet genoeg is"
    ),
    "surcharge at the next lower rate: less than the bonus": "opslag bij het tarief eronder: minder dan de bonus",
    "share of target-group hours at which the bonus of all that owe together is their surcharge; empty without "
    "surcharge "
    "or bonus": (
        "aandeel uren van de doelgroep waarbij de bonus van allen die opslag verschuldigd zijn samen hun opslag is; "
        "leeg "
        "zonder opslag of bonus"
    ),
    "largest premium wage of t-2 of a small employer; empty when hours decide, or nobody is tested": (
        "grootste premieloon over t-2 van een kleine werkgever; leeg als uren beslissen, of niemand is getoetst"
    ),
    "paid hours from which an employer is not small; empty when the wage decides": (
        "verloonde uren vanaf waar een werkgever niet klein is; leeg als het loon beslist"
    ),
    "premium wage over which the surcharge is owed": "premieloon waarover de opslag verschuldigd is",
    "quota levy (quotumheffing); 0 but under the older regime": "quotumheffing; 0 behalve bij de oudere regeling",
    "guidance bonus (begeleidingsbonus), whether it raises the LKV or stands beside it": (
        "begeleidingsbonus, of die nu het LKV verhoogt of ernaast staat"
    ),
    "LKV, bonus and guidance bonus less surcharge and levy, for insight: nothing nets them": (
        "LKV, bonus en begeleidingsbonus min opslag en heffing, ter inzicht: niets verrekent die"
    ),
    "LKV of people that a scenario adds as a number or a share: in no employer's amounts": (
        "LKV van mensen die een scenario als aantal of aandeel toevoegt: in de bedragen van geen werkgever"
    ),
    "bonus of the same people": "bonus van dezelfde mensen",
    "what a measure costs that is paid to no employer": "wat een maatregel kost die aan geen werkgever wordt betaald",
    "surcharge and levy less all LKV, bonus, guidance bonus and measures: what the state keeps": (
        "opslag en heffing min alle LKV, bonus, begeleidingsbonus en maatregelen: wat de staat overhoudt"
    ),
    "employers": "werkgevers",
    "small ones among them, exempt from the surcharge; empty when nobody is tested": (
        "kleine daarvan, vrij van de opslag; leeg als niemand is getoetst"
    ),
    "employers that pay a surcharge or levy": "werkgevers die een opslag of heffing betalen",
    "employers that receive LKV, bonus or guidance bonus": "werkgevers die LKV, bonus of begeleidingsbonus ontvangen",
    "employers whose net amount is higher than under the law as it is": (
        "werkgevers van wie het nettobedrag hoger is dan bij de wet zoals die is"
    ),
    "employers whose net amount is lower than under the law as it is": (
        "werkgevers van wie het nettobedrag lager is dan bij de wet zoals die is"
    ),
    "employers whose net amount is the same": "werkgevers van wie het nettobedrag gelijk is",
    "net amounts of all employers less those under the law as it is": (
        "nettobedragen van alle werkgevers min die bij de wet zoals die is"
    ),
    "extra jobs agreed": "afgesproken extra banen",
    "the jobs of December 2012: counted from its returns, the national ones, or none": (
        "de banen van december 2012: geteld uit de aangiften ervan, de landelijke, of geen"
    ),
    "extra jobs realised, with those of the policy": "gerealiseerde extra banen, met die van het beleid",
    "extra jobs among these that the policy is assumed to bring": (
        "extra banen daarvan die het beleid naar aanname brengt"
    ),
    "extra jobs that government misses, with its share of hired-in work": (
        "extra banen die de overheid mist, met haar deel van ingeleend werk"
    ),
    "extra jobs that the market misses, with its share of hired-in work": (
        "extra banen die de markt mist, met haar deel van ingeleend werk"
    ),
    "missing jobs that count for the savings loss": "ontbrekende banen die voor het besparingsverlies tellen",
    "the same, exact: numerator/denominator": "hetzelfde, precies: teller/noemer",
    "saving per job (assumed): times the exact missing jobs it is the savings loss": (
        "besparing per baan (aangenomen): maal de precieze ontbrekende banen is het besparingsverlies"
    ),
    "savings loss (besparingsverlies); empty where the archive is plainly a part of the country, or without a "
    "baseline": ("besparingsverlies; leeg waar het archief duidelijk een deel van het land is, of zonder nulmeting"),
    "savings loss at the low end of the assumed saving per job": (
        "besparingsverlies bij de ondergrens van de aangenomen besparing per baan"
    ),
    "savings loss at the high end of it": "besparingsverlies bij de bovengrens daarvan",
    "one percent of the jobs of the target group, those of the baseline among them": (
        "een procent van de banen van de doelgroep, met die van de nulmeting"
    ),
    "what one percent more jobs in every sector would change in the missing jobs; not above zero": (
        "wat een procent meer banen in elke sector zou veranderen aan de ontbrekende banen; niet boven nul"
    ),
    "what it would change in the savings loss; not above zero": (
        "wat het zou veranderen aan het besparingsverlies; niet boven nul"
    ),
    "what it would change in LKV and bonus, for one percent more people like those there are": (
        "wat het zou veranderen aan LKV en bonus, bij een procent meer mensen als die er zijn"
    ),
    "what these figures say nothing about: behaviour": "waar deze cijfers niets over zeggen: gedrag",
    "true: every row is part of a simulation, the law as it is too": (
        "true: elke regel hoort bij een simulatie, ook de wet zoals die is"
    ),
    "scenario and group of employers: amounts, winners and losers, and the spread of what they gain": (
        "scenario en groep werkgevers: bedragen, winnaars en verliezers, en de spreiding van hun voordeel"
    ),
    "by what employers are grouped": "waarnaar werkgevers zijn gegroepeerd",
    "order of the group within its grouping": "volgorde van de groep binnen de indeling",
    "the group: sector, number of employees, wage bill of t-2 against the limit of small employers under the law as it "
    "is, or labour market region; several names where groups of fewer than ten are put together": (
        "de groep: sector, aantal werknemers, loonsom over t-2 tegenover de grens van kleine werkgevers bij de wet "
        "zoals "
        "die is, of arbeidsmarktregio; meer namen waar groepen van minder dan tien zijn samengenomen"
    ),
    "net amounts less those under the law as it is": "nettobedragen min die bij de wet zoals die is",
    "mean gain per employer, rounded half up; empty without employers": (
        "gemiddeld voordeel per werkgever, een half naar boven afgerond; leeg zonder werkgevers"
    ),
    "mean gain of the winners; empty without, and where one of winners and losers are fewer than ten": (
        "gemiddeld voordeel van de winnaars; leeg zonder, en waar winnaars of verliezers met minder dan tien zijn"
    ),
    "mean gain of the losers, below zero; empty without, and where one of winners and losers are fewer than ten": (
        "gemiddeld voordeel van de verliezers, onder nul; leeg zonder, en waar winnaars of verliezers met minder dan "
        "tien "
        "zijn"
    ),
    **{
        f"gain that {part} percent of the employers do not exceed; empty where fewer than ten employers lie on one "
        "side "
        "of it": (
            f"voordeel dat {part} procent van de werkgevers niet overschrijdt; leeg waar minder dan tien werkgevers "
            "aan "
            "een kant ervan liggen"
        )
        for part in (10, 25, 50, 75, 90)
    },
    "scenario, limit and band just below or above it: the jump that employers react to": (
        "scenario, grens en strook er net onder of boven: de sprong waarop werkgevers reageren"
    ),
    "the limit": "de grens",
    "the limit itself, in the unit of it": "de grens zelf, in de eenheid ervan",
    "unit of the limit": "eenheid van de grens",
    "width of the band, percent of the limit": "breedte van de strook, procent van de grens",
    "below: the limit itself counts where the law says so": "below: de grens zelf telt waar de wet dat zegt",
    "true: fewer than ten employers, or fewer than ten more than in a narrower band, so that the figures are empty": (
        "true: minder dan tien werkgevers, of minder dan tien meer dan in een smallere strook, zodat de cijfers leeg "
        "zijn"
    ),
    "employers in the band": "werkgevers in de strook",
    "of them paying a surcharge or levy": "waarvan er een opslag of heffing betalen",
    "their surcharge and levy": "hun opslag en heffing",
    "mean per employer, rounded half up; empty without employers": (
        "gemiddelde per werkgever, een half naar boven afgerond; leeg zonder werkgevers"
    ),
    "mean net amount per employer; empty without employers, and where it comes from fewer than ten": (
        "gemiddeld nettobedrag per werkgever; leeg zonder werkgevers, en waar het van minder dan tien komt"
    ),
    "mean gain per employer against the law as it is; empty without employers, and where it comes from fewer than "
    "ten": (
        "gemiddeld voordeel per werkgever tegenover de wet zoals die is; leeg zonder werkgevers, en waar het van "
        "minder "
        "dan tien komt"
    ),
    "scenario and bin of the net amount per employee; bins of fewer than ten employers are put together": (
        "scenario en klasse van het nettobedrag per werknemer; klassen van minder dan tien werkgevers zijn samengenomen"
    ),
    "number of the bin, or of the first that is put together, from the lowest amounts": (
        "nummer van de klasse, of van de eerste die is samengenomen, vanaf de laagste bedragen"
    ),
    "net amount per employee from which (included); empty: without lower end": (
        "nettobedrag per werknemer vanaf waar (inbegrepen); leeg: zonder ondergrens"
    ),
    "net amount per employee up to which (not included); empty: without upper end. The bin of exactly 0 runs from 0 to "
    "1": (
        "nettobedrag per werknemer tot waar (niet inbegrepen); leeg: zonder bovengrens. De klasse van precies 0 loopt "
        "van "
        "0 tot 1"
    ),
    "employees of these": "werknemers daarvan",
    "net amounts of these": "nettobedragen daarvan",
    "scenario and bin of the share of target-group hours of employers that owe a surcharge: surcharge against bonus; "
    "bins "
    "of fewer than ten are put together": (
        "scenario en klasse van het aandeel uren van de doelgroep van werkgevers die opslag verschuldigd zijn: opslag "
        "tegenover bonus; klassen van minder dan tien zijn samengenomen"
    ),
    "number of the bin, or of the first that is put together, from the lowest shares": (
        "nummer van de klasse, of van de eerste die is samengenomen, vanaf de laagste aandelen"
    ),
    "share of paid hours from which (included)": "aandeel van de verloonde uren vanaf waar (inbegrepen)",
    "share up to which (not included); empty: without upper end": (
        "aandeel tot waar (niet inbegrepen); leeg: zonder bovengrens"
    ),
    "employers that owe": "werkgevers die opslag verschuldigd zijn",
    "their paid hours": "hun verloonde uren",
    "their surcharge": "hun opslag",
    "their bonus": "hun bonus",
    "surcharge per 1,000 paid hours, rounded half up; empty without hours": (
        "opslag per 1.000 verloonde uren, een half naar boven afgerond; leeg zonder uren"
    ),
    "bonus per 1,000 paid hours; empty without hours": "bonus per 1.000 verloonde uren; leeg zonder uren",
    "point of a sweep over one or two parameters; `sweep.csv`": (
        "punt van een reeks over een of twee parameters; `sweep.csv`"
    ),
    "number of the point, from 1": "nummer van het punt, vanaf 1",
    "scenario that is swept": "scenario waarover de reeks loopt",
    "parameter that is swept": "parameter waarover de reeks loopt",
    "its value, as a scenario writes it": "de waarde ervan, zoals een scenario die schrijft",
    "second parameter; empty when there is one": "tweede parameter; leeg als er een is",
    "its value": "de waarde ervan",
    "why the point has no figures; empty when it has": "waarom het punt geen cijfers heeft; leeg als het ze heeft",
    "scenario, figure given as a range and outcome: the outcome at both ends (tornado)": (
        "scenario, cijfer met een bandbreedte en uitkomst: de uitkomst aan beide einden (tornado)"
    ),
    "outcome: a column of the headline figures": "uitkomst: een kolom van de hoofdcijfers",
    "1 for the figure that moves the outcome most": "1 voor het cijfer dat de uitkomst het meest beïnvloedt",
    "the figure": "het cijfer",
    "its low end": "de ondergrens ervan",
    "its value in the scenario; empty when it has none": "de waarde ervan in het scenario; leeg als het er geen heeft",
    "its high end": "de bovengrens ervan",
    "outcome with the figure at its low end; where the rate is solved, with the effect at the rate before rounding": (
        "uitkomst met het cijfer bij de ondergrens; waar het tarief is berekend, met het effect bij het tarief voor "
        "afronding"
    ),
    "outcome of the scenario": "uitkomst van het scenario",
    "outcome with the figure at its high end, as at the low end": (
        "uitkomst met het cijfer bij de bovengrens, als bij de ondergrens"
    ),
    "how far the three lie apart; nothing where only the rounding of a solved rate moves it": (
        "hoe ver de drie uiteenliggen; niets waar alleen de afronding van een berekend tarief haar beïnvloedt"
    ),
    "part of the outcome of the scenario that is the rounding of a solved rate to hundredths and of each return to "
    "whole "
    "euros: no figure moves it": (
        "deel van de uitkomst van het scenario dat de afronding is van een berekend tarief op honderdsten en van elke "
        "aangifte op hele euro's: geen cijfer beïnvloedt het"
    ),
    "scenario and parameter that it reads, or that differs from the law as it is": (
        "scenario en parameter die het leest, of die verschilt van de wet zoals die is"
    ),
    "name of the parameter": "naam van de parameter",
    "value under the law as it is; empty when it has none or does not read it": (
        "waarde bij de wet zoals die is; leeg als die er geen heeft of hem niet leest"
    ),
    "value in the scenario; empty when it does not read it": "waarde in het scenario; leeg als het hem niet leest",
    "whether the scenario sets it otherwise than the law as it is": (
        "of het scenario hem anders zet dan de wet zoals die is"
    ),
    "what it counts, and per what": "wat hij telt, en per wat",
    "article": "artikel",
    "status of the value": "status van de waarde",
    "where the value was read; of a scenario its title": "waar de waarde is gelezen; van een scenario de titel",
    "the Dutch term": "de Nederlandse term",
    "scenario and thing its figures rest on that is not law: the note on behaviour, assumed figures, readings, notes": (
        "scenario en zaak waarop de cijfers rusten die geen wet is: de opmerking over gedrag, aangenomen cijfers, "
        "lezingen, toelichtingen"
    ),
    "order within the scenario": "volgorde binnen het scenario",
    "what it is": "wat het is",
    "name of the parameter or reading; empty for a note": "naam van de parameter of lezing; leeg bij een toelichting",
    "value of an assumed figure with its unit": "waarde van een aangenomen cijfer met de eenheid",
    "what is assumed, read or noted": "wat is aangenomen, gelezen of toegelicht",
    "source, or provision of a reading": "bron, of bepaling van een lezing",
    "scenario and group of people that a measure is for: what it costs by published numbers, apart from the rows": (
        "scenario en groep mensen voor wie een maatregel is: wat die kost naar gepubliceerde aantallen, los van de "
        "regels"
    ),
    "the measure": "de maatregel",
    "order within the measure": "volgorde binnen de maatregel",
    "group of people": "groep mensen",
    "people who count": "mensen die tellen",
    "extra jobs": "extra banen",
    "cost in a year": "kosten in een jaar",
    "cost per person, rounded half up; empty without people": (
        "kosten per persoon, een half naar boven afgerond; leeg zonder mensen"
    ),
    "where the number of people comes from": "waar het aantal mensen vandaan komt",
    "year of the past: the law over the published targets and realisations": (
        "jaar van het verleden: de wet over de gepubliceerde doelen en realisaties"
    ),
    "extra jobs agreed, government": "afgesproken extra banen, overheid",
    "extra jobs agreed, market": "afgesproken extra banen, markt",
    "extra jobs agreed, both": "afgesproken extra banen, beide",
    "extra jobs realised, government": "gerealiseerde extra banen, overheid",
    "extra jobs realised, market": "gerealiseerde extra banen, markt",
    "extra jobs realised, both": "gerealiseerde extra banen, beide",
    "extra jobs that government misses": "extra banen die de overheid mist",
    "extra jobs that the market misses": "extra banen die de markt mist",
    "missing jobs, sectors judged separately (Wfsv art. 122n)": (
        "ontbrekende banen, sectoren apart beoordeeld (Wfsv art. 122n)"
    ),
    "missing jobs, sectors judged jointly (Wet banenafspraak art. 4)": (
        "ontbrekende banen, sectoren samen beoordeeld (Wet banenafspraak art. 4)"
    ),
    "savings loss, separately, low end": "besparingsverlies, apart, ondergrens",
    "savings loss, separately": "besparingsverlies, apart",
    "savings loss, separately, high end": "besparingsverlies, apart, bovengrens",
    "savings loss, jointly, low end": "besparingsverlies, samen, ondergrens",
    "savings loss, jointly": "besparingsverlies, samen",
    "savings loss, jointly, high end": "besparingsverlies, samen, bovengrens",
    "status of the realisations": "status van de realisaties",
    "where the realisations were read": "waar de realisaties zijn gelezen",
}

IN_DUTCH: Final[Mapping[str, str]] = MappingProxyType(
    _KINDS | _UNITS | _DELIVERED | _KEPT | _OF_RUN | _OF_SIDES | _OF_DIFFERENCES | _OF_EMPLOYERS | _OF_SIMULATION
)
"""Every phrase of a declared table, column, kind or unit in Dutch, by its English."""


def meaning(english: str) -> Sentence:
    """What a declaration says, in both languages; in English alone when a table is not one of quotum.

    Args:
        english: Meaning of a table or column, or its kind or unit.
    """
    return Sentence(english, IN_DUTCH.get(english, english))


__all__ = ["IN_DUTCH", "meaning"]
