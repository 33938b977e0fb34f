"""Regions, municipalities, bodies and the people that the scenarios name."""

from __future__ import annotations

from datetime import date

# key: name, ISO week of sportlov, municipalities ("_" is a space)
REGIONS = {
    "skaraborg": ("Skaraborg", 7, "Essunga Falköping Grästorp Gullspång Götene Hjo Karlsborg Lidköping Mariestad Skara Skövde Tibro Tidaholm Töreboda Vara"),
    "stockholm": ("Stockholms län", 9, "Botkyrka Danderyd Ekerö Haninge Huddinge Järfälla Lidingö Nacka Norrtälje Nykvarn Nynäshamn Salem Sigtuna Sollentuna Solna Stockholm Sundbyberg Södertälje Tyresö Täby Upplands-Bro Upplands_Väsby Vallentuna Vaxholm Värmdö Österåker"),
    "vasterbotten": ("Västerbotten", 10, "Bjurholm Dorotea Lycksele Malå Nordmaling Norsjö Robertsfors Skellefteå Sorsele Storuman Umeå Vilhelmina Vindeln Vännäs Åsele"),
    "mellanlandet": ("Mellanlandet", 8, "Alby Björkö Dalhult Ekdala Flodby"),
}  # fmt: skip

# key, region, name, short, aliases, kind, parent, least a year, least a half-year, municipalities
BODIES = (
    ("sk-chefer", "skaraborg", "Skol- och utbildningschefer Skaraborg", "skolcheferna", "skolchefsnätverket, utbildningscheferna, skolchefsgruppen, skolchefer, cheferna", "directors", None, 8, None, "*"),
    ("sk-vux", "skaraborg", "Nätverket Vuxenutbildning Skaraborg", "vuxnätverket", "nätverket vuxenutbildning, vuxenutbildning, vux, nätverket vux, vuxenutbildningsnätverket", "network", "sk-chefer", 6, None, "*"),
    ("sk-presidium", "skaraborg", "Presidium Skaraborg", "presidiet", "presidium", "presidium", "sk-vux", 4, None, ""),
    ("sk-sprak", "skaraborg", "Arbetsgrupp Språkstöd", "språkstöd", "språkstödsgruppen, arbetsgruppen språkstöd", "working_group", "sk-vux", 4, None, ""),
    ("sk-larcenter", "skaraborg", "Arbetsgrupp Lärcenter", "lärcenter", "lärcentergruppen, arbetsgruppen lärcenter", "working_group", "sk-vux", 4, None, ""),
    ("st-beredning", "stockholm", "Utbildningsberedningen", "utbildningsberedningen", "beredningen", "committee", None, 4, None, ""),
    ("st-styr", "stockholm", "Styrgruppen", "styrgruppen", "steering group", "steering_group", "st-beredning", 4, None, ""),
    ("st-utbud", "stockholm", "Arbetsgrupp Utbud", "utbud", "utbudsgruppen", "working_group", "st-styr", 4, None, ""),
    ("st-resurser", "stockholm", "Arbetsgrupp Resurser", "resurser", "resursgruppen, resource group", "working_group", "st-styr", 4, None, ""),
    ("st-kvalitet", "stockholm", "Arbetsgrupp Kvalitet", "kvalitet", "kvalitetsgruppen, quality group", "working_group", "st-styr", 4, None, ""),
    ("st-presidium", "stockholm", "Presidium Stockholm", "presidiet", "presidium", "presidium", "st-styr", None, 1, ""),
    ("st-sodertorn", "stockholm", "Södertörn", "södertörn", "södertörnsgruppen", "subregional", None, None, 1, "Botkyrka Haninge Huddinge Nykvarn Nynäshamn Salem Södertälje Tyresö"),
    ("st-nordost", "stockholm", "Nordost", "nordost", "nordostgruppen", "subregional", None, None, 1, "Danderyd Täby Vallentuna Vaxholm Österåker Norrtälje"),
    ("vb-skolchef", "vasterbotten", "Skolchefskonferensen", "skolchefskonferensen", "skolchefskonferens, skolcheferna", "conference", None, 4, None, "*"),
    ("vb-presidie", "vasterbotten", "Presidiekonferensen", "presidiekonferensen", "presidiekonferens", "conference", None, None, None, ""),
    ("vb-gymnasie", "vasterbotten", "Gymnasiekonferensen", "gymnasiekonferensen", "gymnasiekonferens", "conference", None, None, None, ""),
    ("me-vux", "mellanlandet", "Nätverket Vuxenutbildning Mellanlandet", "nätverket", "vuxnätverket", "network", None, 6, None, "*"),
)  # fmt: skip

EMPTY = frozenset({"sk-presidium", "sk-sprak", "sk-larcenter"})
CHIEFS = frozenset({"sk-chefer", "vb-skolchef"})
VACANT = frozenset({("sk-vux", "Gullspång"), ("sk-vux", "Götene"), ("me-vux", "Flodby")})
TWICE = frozenset({("sk-chefer", "Lidköping"), ("sk-chefer", "Skövde"), ("sk-chefer", "Falköping")})

# name, region, municipality, title, platforms (T Teams, S Slack), roles, last day in service
PEOPLE = (
    ("Asta Fiktberg", "skaraborg", "Skara", "Rektor", "TS", "chair:sk-vux member:sk-vux presidium:sk-presidium"),
    ("Lena Modellson", "skaraborg", "Falköping", "Verksamhetschef", "S", "presidium:sk-vux member:sk-vux presidium:sk-presidium"),
    ("Jonas Attrapp", "skaraborg", "Tibro", "Rektor", "T", "presidium:sk-vux member:sk-vux presidium:sk-presidium"),
    ("Dag Låtsasberg", "skaraborg", "Skövde", "Administratör", "T", "member:sk-vux"),
    ("Cilla Påhittström", "skaraborg", "Lidköping", "Administratör", "S", "member:sk-vux member:sk-sprak"),
    ("Bo Fiktivsson", "skaraborg", "Vara", "Rektor", "TS", "member:sk-vux"),
    ("Karin Demoberg", "skaraborg", "Vara", "Studievägledare", "T", "member:sk-vux"),
    ("Karin Demoberg", "skaraborg", "Tibro", "Rektor", "T", "member:sk-vux"),
    ("Jonas Låtsasén", "skaraborg", "Lidköping", "Rektor", "T", "member:sk-vux member:sk-larcenter"),
    ("Farid Testmark", "skaraborg", "Mariestad", "Skolchef", "T", "director:sk-chefer director:sk-vux"),
    ("Eva Exempelqvist", "skaraborg", None, "Regional samordnare", "T", "coordinator"),
    ("Hassan Modellgren", "skaraborg", "Skara", "Nämndordförande", "T", ""),
    ("Nora Provén", "stockholm", "Huddinge", "Verksamhetschef", "ST", "member:st-styr member:st-kvalitet member:st-sodertorn"),
    ("Ida Skenlund", "stockholm", None, "Handläggare", "S", "coordinator"),
    ("Mustafa Skenström", "stockholm", "Täby", "Rektor", "S", "member:st-utbud member:st-nordost"),
    ("Rut Tänktström", "stockholm", "Nacka", "Rektor", "T", "member:st-resurser"),
    ("Olle Provdal", "vasterbotten", None, "Regional samordnare", "T", "coordinator"),
    ("Greta Demoson", "vasterbotten", "Lycksele", "Skolchef", "T", "director:vb-skolchef member:vb-skolchef member:vb-presidie member:vb-gymnasie"),
    ("Sven Förutvarande", "skaraborg", "Götene", "Rektor", "", "member:sk-vux", date(2026, 10, 31)),
)  # fmt: skip
