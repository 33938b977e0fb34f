"""Stockholms län: a committee, its steering group and three working groups; two sub-regions."""

from __future__ import annotations

from storage.demo.minutes import STOCKHOLM_DECISIONS, STOCKHOLM_POINTS
from storage.demo.shape import (
    Body,
    Invented,
    Mandate,
    Meeting,
    Person,
    Region,
    hours,
    series,
    towns,
)

TOWNS = towns(
    "Botkyrka Danderyd Ekerö Haninge Huddinge Järfälla Lidingö Nacka Norrtälje Nykvarn Nynäshamn "
    "Salem Sigtuna Sollentuna Solna Stockholm Sundbyberg Södertälje Tyresö Täby Upplands-Bro "
    "Upplands_Väsby Vallentuna Vaxholm Värmdö Österåker"
)
SODERTORN = towns("Botkyrka Haninge Huddinge Nykvarn Nynäshamn Salem Södertälje Tyresö")
NORDOST = towns("Danderyd Täby Vaxholm Österåker Norrtälje Vallentuna")  # the last two joined later

BODIES = (
    Body("beredning", "Utbildningsberedningen", "utbildningsberedningen",
         ("beredningen", "education committee"), "committee", per_year=4),
    Body("styr", "Styrgruppen", "styrgruppen", ("styrgrupp", "steering group"),
         "steering_group", parent="beredning", per_year=4),
    Body("utbud", "Arbetsgrupp Utbud", "utbud", ("utbudsgruppen", "supply group"),
         "working_group", parent="styr", per_year=4),
    Body("resurser", "Arbetsgrupp Resurser", "resurser", ("resursgruppen", "resource group"),
         "working_group", parent="styr", per_year=4),
    Body("kvalitet", "Arbetsgrupp Kvalitet", "kvalitet", ("kvalitetsgruppen", "quality group"),
         "working_group", parent="styr", per_year=4),
    Body("presidium", "Presidium Stockholm", "presidiet", ("presidium", "presidiemötet"),
         "presidium", parent="beredning", per_half_year=1),
    Body("sodertorn", "Södertörn", "södertörn", ("södertörnsgruppen",),
         "subregional", per_half_year=1, towns=SODERTORN),
    Body("nordost", "Nordost", "nordost", ("nordostgruppen",),
         "subregional", per_half_year=1, towns=NORDOST),
)  # fmt: skip

PEOPLE = (
    Person("Nora Provén", "Huddinge", "Verksamhetschef", "ST",
           "member:styr member:kvalitet member:sodertorn"),
    Person("Ida Skenlund", None, "Handläggare", "S", "coordinator"),
    Person("Mustafa Skenström", "Täby", "Rektor", "S", "member:utbud member:nordost"),
    Person("Rut Tänktström", "Nacka", "Rektor", "T", "chair:resurser member:resurser"),
    Person("Moa Uppdiktsdal", "Stockholm", "Förvaltningschef", "TS",
           "chair:styr member:styr director:styr director:beredning"),
    Person("Elof Påhittsgård", "Solna", "Nämndordförande", "T",
           "chair:beredning member:beredning presidium:presidium"),
    Person("Disa Fiktivberg", "Nacka", "Vice nämndordförande", "T",
           "member:beredning presidium:presidium"),
)  # fmt: skip

INVENTED = (
    Invented("Verksamhetschef", towns("Botkyrka Södertälje"), "member:styr member:sodertorn"),
    Invented("Verksamhetschef", towns("Danderyd Norrtälje"), "member:styr member:nordost", "S"),
    Invented("Rektor", towns("Haninge Tyresö"), "member:utbud member:sodertorn"),
    Invented("Rektor", towns("Vaxholm Österåker"), "member:utbud member:nordost"),
    Invented("Rektor", towns("Järfälla Sollentuna Ekerö"), "member:utbud", "S"),
    Invented("Utvecklare", towns("Nykvarn Nynäshamn"), "member:kvalitet member:sodertorn", "S"),
    Invented("Utvecklare", towns("Sigtuna Lidingö Värmdö Upplands_Väsby"), "member:kvalitet"),
    Invented("Ekonom", towns("Salem"), "member:resurser member:sodertorn"),
    Invented("Ekonom", towns("Vallentuna"), "member:resurser member:nordost"),
    Invented("Ekonom", towns("Sundbyberg Upplands-Bro Stockholm"), "member:resurser"),
    Invented("Ledamot", towns(
        "Danderyd Haninge Huddinge Järfälla Nynäshamn Sigtuna Sollentuna Stockholm Södertälje "
        "Tyresö Täby"), "member:beredning"),
)  # fmt: skip

MEETINGS = (
    *series("styr", "13.00-15.00", "2027-01-21 2027-03-10 2027-05-19 2027-09-09 2027-11-11",
            format="place", place="Länssalen, Stockholm"),
    *series("kvalitet", "13.00-15.00", "2026-12-03 2027-02-03 2027-04-07 2027-09-15 2027-12-01"),
    *series("utbud", "09.00-11.00", "2026-12-15 2027-02-25 2027-04-28 2027-09-16 2027-12-02"),
    Meeting(("resurser",), hours("09.00-11.00", "2026-11-19")),  # the last one; none is planned
    *series("presidium", "09.00-10.00", "2027-04-21 2027-10-20"),
    *series("sodertorn", "13.00-15.00", "2027-03-24 2027-10-06"),
    *series("nordost", "13.00-15.00", "2027-03-24 2027-10-06"),
)  # fmt: skip

GOALS = {
    "styr": (
        "Ett utbud som svarar mot länets behov",
        "Resurser som används tillsammans",
        "Likvärdig kvalitet i hela länet",
    ),
}

MANDATES = (
    Mandate(
        "Kartläggning av kvalitetsuppföljning", "kvalitetsuppföljning", "beredning",
        "Moa Uppdiktsdal", ("@Ida Skenlund",), ("final: juni 2027", "next: efter sommaren"),
        text="Ta reda på hur länets kommuner följer upp kvaliteten. Nästa steg tas efter sommaren.",
    ),
    Mandate(
        "Gemensam enkät och samordning av nyckeltal", "enkäten", "styr", "Moa Uppdiktsdal",
        ("kvalitet",), ("interim: mars 2027", "final: december 2027"), (3,),
    ),
    Mandate(
        "Kartläggning av befintligt utbud", "utbudskartan", "styr", "Moa Uppdiktsdal",
        ("utbud/Huddinge", "utbud/Täby", "utbud/Stockholm"), ("final: vår 2027",), (1,),
        items=("yrkesutbildningar", "kombinationsutbildningar", "distansutbildningar",
               "uppdragsutbildningar"),
    ),
)  # fmt: skip

STOCKHOLM = Region(
    "stockholm", "Stockholms län", 9, TOWNS, BODIES, PEOPLE, INVENTED, MEETINGS,
    goals=GOALS, mandates=MANDATES, decisions=STOCKHOLM_DECISIONS, points=STOCKHOLM_POINTS,
)  # fmt: skip
