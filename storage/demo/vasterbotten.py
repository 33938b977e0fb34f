"""Västerbotten: three conferences, and a meeting of two days that they share."""

from __future__ import annotations

from storage.demo.minutes import VASTERBOTTEN_DECISIONS, VASTERBOTTEN_POINTS
from storage.demo.shape import Body, Invented, Meeting, Person, Region, hours, towns

TOWNS = towns(
    "Bjurholm Dorotea Lycksele Malå Nordmaling Norsjö Robertsfors Skellefteå Sorsele Storuman "
    "Umeå Vilhelmina Vindeln Vännäs Åsele"
)

BODIES = (
    Body("skolchef", "Skolchefskonferensen", "skolchefskonferensen",
         ("skolchefskonferens", "skolcheferna", "directors’ conference"), "conference",
         per_year=4, towns=TOWNS),
    Body("presidie", "Presidiekonferensen", "presidiekonferensen",
         ("presidiekonferens", "presidierna"), "conference"),
    Body("gymnasie", "Gymnasiekonferensen", "gymnasiekonferensen",
         ("gymnasiekonferens", "gymnasiecheferna"), "conference"),
)  # fmt: skip

PEOPLE = (
    Person("Olle Provdal", None, "Regional samordnare", "T", "coordinator"),
    Person("Greta Demoson", "Lycksele", "Skolchef", "T", "member:skolchef director:skolchef"),
    Person("Signe Låtsasdotter", None, "Gästföreläsare", "", "guest"),
)

INVENTED = (
    Invented("Skolchef", tuple(town for town in TOWNS if town != "Lycksele"),
             "member:skolchef director:skolchef"),
    Invented("Nämndordförande", towns("Lycksele Malå Norsjö Skellefteå Storuman Umeå Vilhelmina Vindeln Åsele"),
             "member:presidie"),
    Invented("Gymnasiechef", towns("Lycksele Malå Norsjö Skellefteå Sorsele Storuman Umeå Vilhelmina Vännäs"),
             "member:gymnasie", "S"),
)  # fmt: skip

MEETINGS = (
    Meeting(("skolchef",), hours("09.00-12.00", "2026-11-26")),
    Meeting(("skolchef",), hours("09.00-12.00", "2027-02-04"), theme="VFU och ULF"),
    Meeting(("skolchef",), hours("09.00-16.00", "2027-05-20"), "place", "Kulturmagasinet, Umeå",
            host="Umeå", theme="Planering och dimensionering"),
    Meeting(("skolchef", "presidie", "gymnasie"),
            hours("10.00-15.00", "2027-10-13", "2027-10-14"), "place", "Skogssalen, Lycksele",
            host="Lycksele", secretary="Greta Demoson",
            theme="Säkerhet och krisberedskap, omvärldsbevakning"),
    Meeting(("skolchef",), hours("09.00-12.00", "2027-11-18"),
            theme="Trygghet och säkerhet i skolan"),
)  # fmt: skip

VASTERBOTTEN = Region(
    "vasterbotten", "Västerbotten", 10, TOWNS, BODIES, PEOPLE, INVENTED, MEETINGS,
    decisions=VASTERBOTTEN_DECISIONS, points=VASTERBOTTEN_POINTS,
)  # fmt: skip
