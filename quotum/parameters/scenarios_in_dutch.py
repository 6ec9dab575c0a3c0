"""Dutch titles and notes of the scenarios that come with quotum; their files are in English."""

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from attrs import frozen

from quotum.parameters.scenario_files import SHIPPED, shipped_scenarios
from quotum.words import Sentence

_JOINED: Final = " + "
"""Separator between the titles of merged scenarios."""


@frozen
class InDutch:
    """Words of a scenario in Dutch."""

    title: str
    """Its title."""
    note: str
    """Its note."""


SCENARIOS: Final[Mapping[str, InDutch]] = MappingProxyType(
    {
        "activated-balance": InDutch(
            "Geactiveerd, tarief in evenwicht met de bonus",
            "Verandert: de artikelen 1 tot en met 6 van de Wet banenafspraak gelden vanaf 2013 en de "
            "quotumregeling is geactiveerd in 2013, zodat opslag en bonus over elk jaar vanaf 2015 verschuldigd"
            " zijn; het percentage is zo berekend dat werkgevers met het vereiste aandeel uren aan opslag "
            "betalen wat zij aan bonus ontvangen. Komt uit: Kamerstuk 34 352 nr. 281 van 7 juni 2023, voetnoot "
            "17. Aangenomen: de data, die in geen koninklijk besluit of regeling staan, en de bonus per uur "
            "(wtl.bonus_rate), die niet in de wet is gelezen. Geen brief geeft het vereiste aandeel: zet "
            "wet_banenafspraak.required_share in een eigen scenario.",
        ),
        "activated-budget": InDutch(
            "Geactiveerd, opslag die de bonus betaalt",
            "Verandert: de artikelen 1 tot en met 6 van de Wet banenafspraak gelden vanaf 2013 en de "
            "quotumregeling is geactiveerd in 2013, zodat opslag en bonus over elk jaar vanaf 2015 verschuldigd"
            " zijn; het percentage is het laagste waarbij de opslag de bonus betaalt (budgetneutraal). Komt "
            "uit: Kamerstuk 34 352 nr. 281 van 7 juni 2023. Aangenomen: de data, die in geen koninklijk besluit"
            " of regeling staan, en de bonus per uur (wtl.bonus_rate), die niet in de wet is gelezen.",
        ),
        "bonus-5000-cap": InDutch(
            "Ten hoogste 5.000 euro bonus per persoon",
            "Verandert: de bonus van een persoon bij een werkgever is afgekapt op 5.000 euro per jaar; bovenop "
            "activated-budget, dus vergelijk het daarmee. Komt uit: Kamerstuk 34 352 nr. 281 van 7 juni 2023. "
            "Aangenomen: dat het een maximum per persoon is.",
        ),
        "guidance-bonus-central": InDutch(
            "Een landelijk bedrag per geplaatste persoon voor begeleiding door collega's",
            "Verandert: werkgevers ontvangen een bedrag per persoon en jaar voor begeleiding door collega's, "
            "naast het LKV (met policy.guidance_form = raise hoort het bij het LKV), vast (met "
            "policy.guidance_measure = hours naar rato). De kosten per groep worden getoond voor mensen die "
            "eind 2019 werken: Wajong met arbeidsvermogen 56.600 van 112.200; WGA volledig 12.000 van 137.200; "
            "WGA gedeeltelijk 29.700 van 62.900; WAO 40.000 van 236.500; Participatiewet in het register 39.100"
            " van 84.200; beschut 4.004 van 5.801. Van 303.000 mensen die eind 2018 langer dan twee jaar "
            "bijstand hadden, vonden 16.000 werk in 2019: een uitstroom, geen stand, en niet in deze groepen. "
            "Komt uit: brief over de motie-Bruins, 2021. Geen brief geeft het bedrag: zet "
            "policy.guidance_amount in een eigen scenario.",
        ),
        "guidance-bonus-regional": InDutch(
            "Een bedrag per arbeidsmarktregio voor begeleiding door collega's",
            "Verandert: als guidance-bonus-central, met een bedrag dat elk van de 35 arbeidsmarktregio's "
            "vaststelt. Een werkgever heeft één regio, dus het bedrag van die regio geldt voor al zijn mensen, "
            "ook als hij in meer regio's werkt; zonder regio, of in een regio zonder bedrag, krijgt hij niets. "
            "Komt uit: brief over de motie-Bruins, 2021. Geen brief geeft de bedragen: geef een tabel [regions]"
            " in een scenario met dit scenario als basis.",
        ),
        "lkv-three-years": InDutch(
            "LKV gedurende drie jaar na het begin van de dienstbetrekking",
            "Verandert: maanden na het derde jaar van een dienstbetrekking tellen niet voor het LKV doelgroep "
            "banenafspraak, zoals tot en met 2025. Komt uit: brief van 6 juli 2020. Aangenomen: dat een aantal "
            "jaren vanaf 2026 loopt vanaf het laatste begin zonder dienstbetrekking in de zes maanden daarvoor."
            " Dat begin komt uit de aangiften van eerdere jaren in het archief.",
        ),
        "lkv-without-end": InDutch(
            "LKV zonder einde",
            "Verandert: maanden na het derde jaar van een dienstbetrekking tellen ook voor het LKV doelgroep "
            "banenafspraak, zoals vanaf 2026. Komt uit: brief van 6 juli 2020. Aangenomen: niets naast wat de "
            "wet zoals die is al aanneemt.",
        ),
        "no-risk-pilot": InDutch(
            "Een proef met een no-riskpolis voor mensen die langer dan twee jaar bijstand hebben",
            "Verandert: ten hoogste 600 mensen krijgen een no-riskpolis, voor ongeveer 5 miljoen euro; kosten "
            "per persoon en extra banen per saldo worden getoond. Komt uit: brieven van 2022 over mensen die "
            "lang bijstand hebben. Aangenomen: dat alle 600 plaatsen bezet zijn, en één baan per persoon. Geen "
            "brief geeft het aandeel dat toch al werk had gevonden: zet policy.deadweight_share in een eigen "
            "scenario.",
        ),
        "quota-levy": InDutch(
            "De oudere regeling: de quotumheffing van de Wfsv",
            "Verandert: de quotumheffing van 5.000 euro per ontbrekende baan per werkgever is berekend, met een"
            " percentage per sector, in plaats van opslag en bonus; het LKV blijft. Zij is nooit uitgevoerd "
            "(Wfsv 122na) en geeft geen beschikking. Komt uit: Kamerstuk 34 352 nr. 281 van 7 juni 2023; Wfsv "
            "34, 38b-38j. Aangenomen: dat de heffing wordt geïnd. Geen brief geeft de quotumpercentages van nu:"
            " zet wfsv.quota_percentage_market en wfsv.quota_percentage_government in een eigen scenario. Het "
            "archief moet ook aangiften van het jaar daarvoor bevatten.",
        ),
        "sectors-conditional": InDutch(
            "Samen, en pas geactiveerd, als de overheid een deel van haar doel heeft gerealiseerd",
            "Verandert: de sectoren worden alleen samen beoordeeld, en opslag en bonus zijn alleen "
            "verschuldigd, als de overheid een genoemd aandeel van haar eigen doel heeft gerealiseerd; anders "
            "worden zij apart beoordeeld en is geen van beide verschuldigd. Komt uit: Kamerstuk 34 352 nr. 281 "
            'van 7 juni 2023: "afhankelijk maken van realisaties bij de overheid". De brief noemt geen aandeel:'
            " zet wet_banenafspraak.required_government_share in een eigen scenario.",
        ),
        "sectors-joint": InDutch(
            "Markt en overheid samen beoordeeld",
            "Verandert: doelen, ontbrekende banen en besparingsverlies worden in totaal beoordeeld (Wet "
            "banenafspraak art. 4). Komt uit: Kamerstuk 34 352 nr. 281 van 7 juni 2023. Aangenomen: niets naast"
            " wat de wet zoals die is al aanneemt.",
        ),
        "sectors-separate": InDutch(
            "Markt en overheid apart beoordeeld",
            "Verandert: doelen, ontbrekende banen en besparingsverlies worden per sector beoordeeld (Wfsv art. "
            "122n), ook zodra art. 4 van de Wet banenafspraak geldt. Komt uit: Kamerstuk 34 352 nr. 281 van 7 "
            "juni 2023. Aangenomen: niets naast wat de wet zoals die is al aanneemt.",
        ),
        "sheltered-counts": InDutch(
            "Beschut werk bij gewone werkgevers telt mee",
            "Verandert: beschut werk (Participatiewet 10b) van geregistreerde mensen bij gewone werkgevers telt"
            " mee in de banentelling; met policy.sheltered_benefit = yes geeft het ook LKV en bonus. Een "
            "aangifte laat niet zien welke werkgever een gewone is, dus een aandeel van al het beschut werk "
            "telt, in de bedragen van geen werkgever. Komt uit: Kamerstuk 34 352 nr. 281 van 7 juni 2023: 5 tot"
            " 10 procent. Aangenomen: het midden daarvan, met de grenzen als bandbreedte.",
        ),
        "small-employer-25-hours": InDutch(
            "Kleine werkgevers naar uren in plaats van loon",
            "Verandert: vrijgesteld van de opslag is een werkgever met minder dan 25 x 1.623 = 40.575 verloonde"
            " uren in het jaar, in plaats van een met een klein premieplichtig loon twee jaar eerder; bovenop "
            "activated-budget, dus vergelijk het daarmee. Komt uit: Kamerstuk 34 352 nr. 281 van 7 juni 2023; "
            "de grens is die van de quotumheffing (Wfsv art. 34 lid 4). Aangenomen: dat de uren van het jaar "
            "zelf beslissen.",
        ),
        "target-group-wider": InDutch(
            "Een bredere doelgroep: ongeveer 15.000 mensen",
            "Verandert: mensen in de WIA die het minimumloon niet kunnen verdienen, Wajongers zonder "
            "arbeidsvermogen voor werk bij een gewone werkgever en zulke mensen in de WW horen ook bij de "
            "doelgroep; het doel wordt niet verhoogd. Wie al werkt, is geen extra baan, tenzij "
            "policy.working_count_as_extra yes is. Een deel ervan is wet sinds 1 januari 2026 (Wfsv 38b lid 1 c"
            " en g, lid 2). Komt uit: Kamerstuk 34 352 nr. 281 van 7 juni 2023. Aangenomen: het aantal mensen, "
            "ongeveer 15.000. Dat is een aantal van het hele land (policy.extra_people_of): het is geschaald "
            "naar wat is geleverd, met de banen van de doelgroep daarin in december, tegenover de nulmeting met"
            " ingeleend werk en de laatst gepubliceerde realisaties. Geen brief geeft het aandeel dat werkt of "
            "hun uren: zet policy.share_working en policy.mean_hours, of geef een lijst van registraties "
            "([files] extra_registrations) in een scenario met dit scenario als basis.",
        ),
        "wage-subsidy-by-outcome": InDutch(
            "Loonkostensubsidie gefinancierd op realisatie",
            "Verandert: het aantal gerealiseerde banen stijgt met wat het CPB verwacht: 700 mensen meer aan het"
            " werk in het eerste jaar en 300 meer in elk jaar daarna; zonder policy.outcome_first_year is het "
            'gesimuleerde jaar het eerste. Komt uit: Kamerstuk 34 352 nr. 163, "met grote onzekerheid omgeven".'
            " Aangenomen: één baan per persoon, en een bandbreedte van geen effect tot wat het CPB verwacht.",
        ),
    }
)
"""By the names of the scenarios."""


def title_in_words(title: str) -> Sentence:
    """Returns a title with its Dutch; the title of an own scenario stays as it was given."""
    dutch = {english: SCENARIOS[name].title for name, (english, _) in _english().items()}
    return Sentence(title, _JOINED.join(dutch.get(part, part) for part in title.split(_JOINED)))


def note_in_words(note: str) -> Sentence:
    """Returns a note with its Dutch, that of each scenario it was merged of; what a user wrote stays as it is."""
    dutch = note
    for name, (_, english) in _english().items():
        dutch = dutch.replace(english, SCENARIOS[name].note)
    return Sentence(note, dutch)


@cache
def _english() -> Mapping[str, tuple[str, str]]:
    """Titles and notes of the files, by name."""
    files = {name: tomllib.loads((SHIPPED / f"{name}.toml").read_text("utf-8")) for name in shipped_scenarios()}
    return {name: (file["title"], file["note"].strip()) for name, file in files.items()}


__all__ = ["SCENARIOS", "InDutch", "note_in_words", "title_in_words"]
