"""Skaraborg: the network that most of the demo is about, and the directors above it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from storage.demo.minutes import PROTOCOLS, SKARABORG_DECISIONS, SKARABORG_POINTS
from storage.demo.shape import (
    Body,
    Feedback,
    Invented,
    Mandate,
    Meeting,
    Person,
    Region,
    Swap,
    hours,
    series,
    towns,
)

TOWNS = towns(
    "Essunga Falköping Grästorp Gullspång Götene Hjo Karlsborg Lidköping Mariestad Skara Skövde "
    "Tibro Tidaholm Töreboda Vara"
)

BODIES = (
    Body(
        "chefer", "Skol- och utbildningschefer Skaraborg", "skolcheferna",
        ("skolchefsnätverket", "skolchefsgruppen", "utbildningscheferna", "skolchefer", "cheferna",
         "directors", "the school directors"),
        "directors", per_year=8, towns=TOWNS, mailbox="skolchefer@skaraborg.example",
    ),
    Body(
        "vux", "Nätverket Vuxenutbildning Skaraborg", "vuxnätverket",
        ("nätverket vuxenutbildning", "nätverket vux", "vuxenutbildningsnätverket",
         "vuxenutbildning", "vux", "nätverket", "the network", "adult education network"),
        "network", parent="chefer", per_year=6, towns=TOWNS,
        mailbox="utbildning@skaraborg.example",
    ),
    Body(
        "presidium", "Presidium Skaraborg", "presidiet", ("presidium", "the presidium"),
        "presidium", parent="vux", per_year=4,
    ),
    Body(
        "sprak", "Arbetsgrupp Språkstöd", "språkstöd",
        ("språkstödsgruppen", "arbetsgruppen språkstöd", "language support group"),
        "working_group", parent="vux", per_year=4,
    ),
    Body(
        "larcenter", "Arbetsgrupp Lärcenter", "lärcenter",
        ("lärcentergruppen", "arbetsgruppen lärcenter", "learning centre group"),
        "working_group", parent="vux", per_year=4,
    ),
)  # fmt: skip

PEOPLE = (
    Person("Asta Fiktberg", "Skara", "Rektor", "TS",
           "chair:vux member:vux presidium:presidium"),
    Person("Lena Modellson", "Falköping", "Verksamhetschef", "S",
           "presidium:vux member:vux presidium:presidium"),
    Person("Jonas Attrapp", "Tibro", "Rektor", "T",
           "presidium:vux member:vux presidium:presidium"),
    Person("Dag Låtsasberg", "Skövde", "Administratör", "T", "member:vux"),
    Person("Cilla Påhittström", "Lidköping", "Administratör", "S", "member:vux member:sprak"),
    Person("Bo Fiktivsson", "Vara", "Rektor", "TS", "member:vux"),
    Person("Karin Demoberg", "Vara", "Studievägledare", "T", "member:vux"),
    Person("Karin Demoberg", "Tibro", "Rektor", "T", "member:vux"),
    Person("Jonas Låtsasén", "Lidköping", "Rektor", "Ts", "member:vux member:larcenter"),
    Person("Farid Testmark", "Mariestad", "Skolchef", "T",
           "member:chefer director:chefer director:vux"),
    Person("Eva Exempelqvist", None, "Regional samordnare", "T", "coordinator"),
    Person("Hassan Modellgren", "Skara", "Nämndordförande", "T"),
    Person("Pia Attrappsson", None, "Arbetsförmedlingen", "T", "guest", email="pia@af.example"),
    Person("Sven Förutvarande", "Götene", "Rektor", "", "member:vux", left=date(2026, 10, 31)),
    Person("Ylva Tänktlund", "Hjo", "Rektor", "T", "member:vux", blocked=True),
    Person("Runo Provhage", "Skövde", "Verksamhetschef", "",
           "chair:vux/2022-01-01/2024-12-31", left=date(2025, 6, 30)),
    Person("Vide Hittepåberg", None, "Systemförvaltare", "TS", "admin"),
)  # fmt: skip

# Gullspång has a director but nobody in the network: the demo's one vacancy.
INVENTED = (
    Invented("Rektor", towns("Essunga Grästorp Götene Karlsborg Mariestad Tidaholm Töreboda"),
             "member:vux"),
    Invented("Skolchef", towns(
        "Essunga Falköping Grästorp Gullspång Götene Hjo Karlsborg Lidköping Skara Skövde Tibro "
        "Tidaholm Töreboda Vara"), "member:chefer director:chefer"),
    Invented("Utbildningschef", towns("Falköping Lidköping Skövde"),
             "member:chefer director:chefer"),
    Invented("Lärare", towns("Falköping Hjo Skövde Tidaholm Vara"), "member:sprak", "S"),
    Invented("Lärcentersamordnare", towns("Götene Karlsborg Mariestad Skara Töreboda"),
             "member:larcenter"),
)  # fmt: skip

_BEFORE = ("Val av justerare", "Föregående protokoll", "Läget i uppdragen")
_AFTER = ("Information från presidiet",)


def _network(
    day: str, host: str, venue: str, secretary: str, theme: str = "", *, planned: bool = False,
    **more: dict[str, str],
) -> Meeting:  # fmt: skip
    """`planned`: its agenda is made."""
    agenda = (*_BEFORE, theme, *_AFTER) if planned else ()
    return Meeting(
        ("vux",), hours("09.00-12.00", day), "place", f"{venue}, {host}", host, secretary, theme,
        agenda, **more,
    )  # fmt: skip


MEETINGS = (
    _network("2026-10-15", "Vara", "Torghuset", "Bo Fiktivsson", "Valideringsstödet", planned=True,
             answers={"Asta Fiktberg": "yes", "Bo Fiktivsson": "yes", "Lena Modellson": "yes",
                      "Dag Låtsasberg": "no"}),
    _network("2026-11-12", "Tibro", "Möbelsalen", "Jonas Attrapp", "Höstens sfi-siffror",
             planned=True,
             answers={"Asta Fiktberg": "yes", "Jonas Attrapp": "yes", "Bo Fiktivsson": "no"}),
    _network("2026-12-10", "Skövde", "Portalen", "Dag Låtsasberg", "Språkstöd i yrkesutbildningar",
             planned=True,
             answers={"Asta Fiktberg": "yes", "Dag Låtsasberg": "yes", "Cilla Påhittström": "no"},
             proposed={"Gemensam upphandling av prov": "Cilla Påhittström"}),
    _network("2027-01-28", "Skövde", "Portalen", "Dag Låtsasberg", "Inför dialogdagen",
             planned=True),
    _network("2027-03-11", "Lidköping", "Hamnkontoret", "Cilla Påhittström"),
    _network("2027-04-22", "Mariestad", "Vänersalen", ""),
    _network("2027-06-03", "Falköping", "Ostkupan", "Lena Modellson"),
    _network("2027-09-02", "Skara", "Domkyrkogården 1", "Asta Fiktberg"),
    _network("2027-10-14", "Vara", "Torghuset", "Bo Fiktivsson"),
    _network("2027-11-25", "Tibro", "Möbelsalen", "Karin Demoberg, Tibro"),
    *series(
        "chefer", "09.00-15.00",
        "2027-01-15 2027-02-24 2027-03-17 2027-04-28 2027-06-02 2027-09-01 2027-10-13 2027-12-01",
        format="place", place="Kommunalförbundets hus, Skövde",
    ),
)  # fmt: skip

GOALS = {
    "chefer": (
        "En sammanhållen vuxenutbildning i hela Skaraborg",
        "Fler vuxna når ett yrke genom utbildning",
        "Språk och yrke lärs tillsammans",
    ),
}

_MAY, _OCTOBER = "interim: maj 2027", "final: oktober 2027"

MANDATES = (
    Mandate(
        "Gemensam struktur för yrkesutbildningar med språkstöd", "språkstöd", "chefer",
        "Farid Testmark", ("vux",), (_MAY, _OCTOBER), (2, 3),
        "Ta fram en gemensam struktur, så att yrkesutbildningar med språkstöd ser likadana ut i "
        "alla kommuner.",
    ),
    Mandate(
        "Regional samverkan utifrån Lärcenter-tanken", "Lärcenter", "chefer", "Farid Testmark",
        ("vux",), (_MAY, _OCTOBER), (1, 2),
        "Beskriv hur kommunernas lärcenter kan ta emot varandras studerande.",
    ),
    Mandate(
        "Implementera beslutad organisation för KomX", "KomX", "chefer", "Farid Testmark",
        ("vux",), ("interim: juni 2027", "final: april 2028"), (1, 2),
        "Genomför den organisation som skolcheferna har beslutat.",
    ),
    Mandate(
        "Inventering av språkstöd i vuxenutbildningen", "inventering", "chefer", "Farid Testmark",
        ("sprak",), ("interim: oktober 2026", "final: februari 2027"), (3,),
        "Ta reda på vilket språkstöd varje kommun ger i dag.", given=date(2026, 3, 2),
        told=("last 2026-10-30", "presidium 2026-11-06", "director 2026-11-13"),
    ),
)  # fmt: skip

FEEDBACK = (
    Feedback("chefer", "vux", "Farid Testmark",
             "Skolcheferna ser gärna att lärcentren prövar gemensamma öppettider under 2027.",
             datetime(2026, 11, 2, 9, tzinfo=UTC), date(2026, 12, 10)),
    Feedback("vux", "chefer", "Asta Fiktberg",
             "Nätverket ber om besked om pengar till språkstödet före budgeten.",
             datetime(2026, 11, 16, 9, tzinfo=UTC), date(2027, 1, 15)),
)  # fmt: skip

SKARABORG = Region(
    "skaraborg", "Skaraborg", 7, TOWNS, BODIES, PEOPLE, INVENTED, MEETINGS,
    (Swap("vux", date(2027, 10, 14), date(2027, 11, 25), "Bo Fiktivsson", "Tibro"),),
    GOALS, MANDATES, FEEDBACK,
    protocols=PROTOCOLS, decisions=SKARABORG_DECISIONS, points=SKARABORG_POINTS,
)  # fmt: skip
