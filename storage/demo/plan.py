"""The demo's meetings: bodies, days, times, format, place, host, secretary, theme, agenda."""

from __future__ import annotations

from datetime import date, time

Entry = tuple[
    str, date, date, time, time, str, str, str, str, str, tuple[str, ...]
]  # fmt: skip

_USUAL = (
    "Val av justerare",
    "Föregående protokoll",
    "Läget i uppdragen",
    "Information från presidiet",
)


def _skaraborg(day: str, host: str, place: str, secretary: str, theme: str = "") -> Entry:
    when = date.fromisoformat(day)
    items = (*_USUAL[:3], theme, _USUAL[3]) if theme else ()
    return (
        "sk-vux",
        when,
        when,
        time(9),
        time(12),
        "place",
        f"{place}, {host}",
        host,
        secretary,
        theme,
        items,
    )


def _plain(
    body: str, day: str, starts: int, ends: int, kind: str = "digital", place: str = "",
    theme: str = "", last: str = "",
) -> Entry:  # fmt: skip
    when = date.fromisoformat(day)
    until = date.fromisoformat(last) if last else when
    return (body, when, until, time(starts), time(ends), kind, place, "", "", theme, ())


MEETINGS: tuple[Entry, ...] = (
    _skaraborg("2026-10-15", "Vara", "Torghuset", "Bo Fiktivsson", "Valideringsstödet"),
    _skaraborg("2026-11-12", "Tibro", "Möbelsalen", "Jonas Attrapp", "Höstens sfi-siffror"),
    _skaraborg("2026-12-10", "Skövde", "Portalen", "Dag Låtsasberg", "Språkstöd i yrkesutbildningar"),
    _skaraborg("2027-01-28", "Skövde", "Portalen", "Dag Låtsasberg", "Inför dialogdagen"),
    _skaraborg("2027-03-11", "Lidköping", "Hamnkontoret", "Cilla Påhittström"),
    _skaraborg("2027-04-22", "Mariestad", "Vänersalen", ""),
    _skaraborg("2027-06-03", "Falköping", "Ostkupan", "Lena Modellson"),
    _skaraborg("2027-09-02", "Skara", "Domkyrkogården 1", "Asta Fiktberg"),
    _skaraborg("2027-10-14", "Vara", "Torghuset", "Bo Fiktivsson"),
    _skaraborg("2027-11-25", "Tibro", "Möbelsalen", "Karin Demoberg, Tibro"),
    *(_plain("sk-chefer", day, 9, 15, "place", "Kommunalförbundets hus, Skövde") for day in
      ("2027-01-15", "2027-02-24", "2027-03-17", "2027-04-28", "2027-06-02", "2027-09-01", "2027-10-13", "2027-12-01")),
    *(_plain("st-styr", day, 13, 15, "place", "Länssalen, Stockholm") for day in
      ("2027-01-21", "2027-03-10", "2027-05-19", "2027-09-09", "2027-11-11")),
    *(_plain("st-kvalitet", day, 13, 15) for day in
      ("2026-12-03", "2027-02-03", "2027-04-07", "2027-09-15", "2027-12-01")),
    *(_plain("st-utbud", day, 9, 11) for day in
      ("2026-12-15", "2027-02-25", "2027-04-28", "2027-09-16", "2027-12-02")),
    _plain("st-resurser", "2026-11-19", 9, 11),
    *(_plain("st-presidium", day, 9, 10) for day in ("2027-04-21", "2027-10-20")),
    *(_plain(body, day, 13, 15) for body in ("st-sodertorn", "st-nordost") for day in
      ("2027-03-24", "2027-10-06")),
    _plain("vb-skolchef", "2026-11-26", 9, 12),
    _plain("vb-skolchef", "2027-02-04", 9, 12, theme="VFU och ULF"),
    _plain("vb-skolchef", "2027-05-20", 9, 16, "place", "Kulturmagasinet, Umeå", "Planering och dimensionering"),
    _plain("vb-skolchef vb-presidie vb-gymnasie", "2027-10-13", 10, 15, "place", "Skogssalen, Lycksele",
           "Säkerhet och krisberedskap, omvärldsbevakning", last="2027-10-14"),
    _plain("vb-skolchef", "2027-11-18", 9, 12, theme="Trygghet och säkerhet i skolan"),
    *(_plain("me-vux", day, 9, 12) for day in ("2026-12-17", "2027-02-18", "2027-05-13")),
)  # fmt: skip
