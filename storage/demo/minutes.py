"""The demo's protocols, decisions and action points: all invented."""

from __future__ import annotations

from datetime import date

from storage.demo.shape import Decision, Point, Protocol

_OCTOBER = """Protokoll
Nätverket Vuxenutbildning Skaraborg
Torsdag 15 oktober 2026, kl. 09.00–12.00, Torghuset, Vara

§ 1 Mötets öppnande
Ordförande Asta Fiktberg hälsar välkommen. Sekreterare är värdkommunen Vara, Bo Fiktivsson.
§ 2 Val av justerare
Beslut: Asta Fiktberg justerar protokollet.
§ 3 Valideringsstödet
Falköping redovisar hur valideringsstödet har använts under hösten. Flest valideringar gäller vård och omsorg.
Beslut: Nätverket använder samma underlag för validering i alla kommuner från 1 januari 2027.
Åtgärd: Skara samlar kommunernas underlag till den 28 januari 2027.
§ 4 KomX
Lidköping berättar om de första kombinationsutbildningarna, där sfi läses tillsammans med en yrkesutbildning.
Beslut: Nätverket startar KomX inom vård och omsorg i fyra kommuner hösten 2027.
Åtgärd: Lena Modellson tar fram en gemensam prislista för KomX senast den 20 november 2026.
§ 5 Interkommunal ersättning
Frågan om ersättningen för elever som byter kommun tas upp igen i december.
§ 6 Nästa möte
Torsdag 12 november 2026 i Tibro."""

_NOVEMBER = """Protokoll
Nätverket Vuxenutbildning Skaraborg
Torsdag 12 november 2026, kl. 09.00–12.00, Möbelsalen, Tibro

§ 1 Mötets öppnande
Ordförande Asta Fiktberg hälsar välkommen.
§ 2 Höstens sfi-siffror
Antalet nya elever i sfi har minskat med en tiondel sedan i fjol.
Beslut: Nätverket följer siffrorna varje kvartal.
§ 3 Språkombud
Tidaholm visar hur språkombuden arbetar på lärlingsplatserna.
Beslut: Nätverket föreslår skolcheferna en gemensam utbildning av språkombud.
Åtgärd: Jonas Attrapp skriver förslaget till skolcheferna senast den 15 januari 2027."""

PROTOCOLS = (
    Protocol(
        "vux", date(2026, 10, 15), "protokoll-2026-10-15.docx", _OCTOBER, "Bo Fiktivsson",
        "dispatched", "Asta Fiktberg", sent=date(2026, 10, 19), approved=date(2026, 10, 22),
    ),
    Protocol(
        "vux", date(2026, 11, 12), "protokoll-2026-11-12.docx", _NOVEMBER, "Jonas Attrapp",
        "for_approval", "Asta Fiktberg", sent=date(2026, 11, 18),
    ),
)  # fmt: skip

_DAY = date(2026, 10, 15)
SKARABORG_DECISIONS = (
    Decision("vux", _DAY, "Asta Fiktberg justerar protokollet.", "§ 2", _DAY),
    Decision(
        "vux", _DAY,
        "Nätverket använder samma underlag för validering i alla kommuner från 1 januari 2027.",
        "§ 3", _DAY,
    ),
    Decision(
        "vux", _DAY, "Nätverket startar KomX inom vård och omsorg i fyra kommuner hösten 2027.",
        "§ 4", _DAY,
    ),
    Decision(
        "vux", date(2026, 5, 21),
        "Särvux och komvux har gemensam antagningsvecka i alla kommuner.", "§ 6",
    ),
    Decision(
        "chefer", date(2026, 9, 2),
        "Kommunerna delar kostnaden för språkstödet efter antalet elever.", "§ 8",
    ),
)  # fmt: skip
SKARABORG_POINTS = (
    Point("vux", "Skara samlar kommunernas underlag till den 28 januari 2027.",
          town="Skara", words="den 28 januari 2027", due=date(2027, 1, 28), meeting=_DAY),
    Point("vux", "Lena Modellson tar fram en gemensam prislista för KomX senast den 20 november 2026.",
          person="Lena Modellson", words="den 20 november 2026", due=date(2026, 11, 20),
          meeting=_DAY),
    Point("vux", "Kontakta lärosätena om validering av yrkeslärare.", person="Asta Fiktberg",
          words="i februari 2027", due=date(2027, 2, 28)),
    Point("vux", "Samla kommunernas frågor inför dialogdagen.", person="Cilla Påhittström",
          words="före jul", due=date(2026, 12, 23)),
    Point("sprak", "Pröva språkstödets materiallåda i två kommuner.", town="Lidköping",
          words="våren 2027", due=date(2027, 5, 31)),
)  # fmt: skip

STOCKHOLM_DECISIONS = (
    Decision("styr", date(2026, 9, 10),
             "Storsthlm samordnar upphandlingen av vårdutbildningar för länets kommuner.", "§ 5"),
    Decision("kvalitet", date(2026, 9, 16),
             "Kvalitetsgruppen prövar kollegiala granskningar av distansutbildning.", "§ 3"),
    Decision("beredning", date(2026, 10, 7),
             "Utbildningsberedningen ställer sig bakom länets utbud för 2027.", "§ 4"),
)  # fmt: skip
STOCKHOLM_POINTS = (
    Point("kvalitet", "Skriv ett förslag till mall för granskningarna.", person="Nora Provén",
          words="till mötet den 3 december", due=date(2026, 12, 3)),
    Point("styr", "Bjud in arbetsmarknadsförvaltningarna till ett samtal om yrkesvux.",
          person="Moa Uppdiktsdal", words="vecka 4", due=date(2027, 1, 31)),
)  # fmt: skip

VASTERBOTTEN_DECISIONS = (
    Decision("skolchef", date(2026, 9, 17),
             "Konferensen ansöker gemensamt om medel för verksamhetsförlagd utbildning.", "§ 7"),
)  # fmt: skip
VASTERBOTTEN_POINTS = (
    Point("skolchef", "Greta Demoson sammanställer kommunernas planer för krisberedskap.",
          person="Greta Demoson", words="i mars 2027", due=date(2027, 3, 31)),
)  # fmt: skip

MELLANLANDET_DECISIONS = (
    Decision("vux", date(2026, 9, 24), "Flodby köper platser av Ekdala tills en rektor är anställd.",
             "§ 2"),
)  # fmt: skip
