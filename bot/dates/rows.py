"""The rows of the grammar: weekdays, weeks, days, months and periods."""

from __future__ import annotations

from typing import Final

from bot.dates.atoms import (
    NO_DATE,
    RECURRING,
    Atom,
    Edge,
    Hit,
    Vague,
    Weekday,
)
from bot.dates.matcher import Make, Row
from bot.dates.monthdays import (
    day_month,
    day_month_in,
    day_month_short_year,
    day_range,
    last_of_month,
    lone_day,
    month_day,
    month_den_day,
    numeric,
    slash,
    slash_range,
)
from bot.dates.months import (
    iso_month,
    month,
    month_mod,
    month_range,
    month_short_year,
    this_month,
    turn_of_month,
)
from bot.dates.periods import (
    edge_now,
    edge_of_now,
    english_term,
    half_year,
    later_this,
    quarter,
    quarter_last,
    quarter_mod,
    school_year,
    season,
    term,
    term_mod,
    year,
    year_from_now,
    year_mod,
)
from bot.dates.weekdays import (
    iso_week_token,
    nth,
    nth_this_month,
    week_from_now,
    week_mod,
    week_number,
    week_or,
    weekday,
    weekday_range,
    weekday_this_week,
    weekday_weeks,
    weekend,
)


def week_after_next(hit: Hit) -> Atom | None:
    """Next Thursday week."""
    return Weekday(hit.number("WD"), "next", weeks=1) if hit.words[-1] == "week" else None


def week_after(hit: Hit) -> Atom:
    """The Friday after next."""
    return Weekday(hit.number("WD"), weeks=1)


def refuse(hit: Hit) -> Atom | None:
    """Undated words: matched so that nothing inside is taken."""
    del hit
    return NO_DATE


def recurring(hit: Hit) -> Atom:
    """Varje torsdag; "alla dagar" and "each part" only where the answer is nothing else."""
    many = {"alla", "each"} & set(hit.words)
    return NO_DATE if many and not hit.setting.whole else RECURRING


def any_weekday(hit: Hit) -> Atom:
    """En tisdag: which one?"""
    del hit
    return Vague("day")


def half(hit: Hit) -> Atom | None:
    """The first or second half of what follows."""
    number = hit.number("ORDW", "ORD")
    return Edge(3 + number) if number < 3 else None


def edge(which: int) -> Make:
    """The beginning, middle or end of what follows."""
    return lambda hit: Edge(which)  # noqa: ARG005


_D = "N2|ORD|ORDW"
_NTH = "WD|WEEKDEF|DAYDEF|WORKDAY|WKEND"
_AT = "i|in|at|vid|the"
_RANGE = "DASH|till|to|through|thru|och|and|&|eller|or|UNTIL"
_IN = "i|in|under|during|hela|all|whole"
_PART_LINK = "av|på|utav|of|i|in|på"
ROWS: Final[tuple[Row, ...]] = (
    # weekdays
    ("nu? på|on? WD", weekday),
    ("nu till veckan på WD", lambda h: Weekday(h.number("WD"), "nextweek")),
    ("på|on|the? NEXT|THIS|LAST WD", weekday),
    ("på|on|the|nu? THIS NEXT WD", weekday),
    ("nu NEXT WD", weekday),
    ("NEXT WD UWEEK", week_after_next),
    ("på|on? en|a|någon|nån|some|any WD", any_weekday),
    ("på|den|on? den|det här|där WD", lambda h: Weekday(h.number("WD"), "this")),
    ("i? WDPAST", lambda h: Weekday(h.number("WDPAST"), "past") if h.words[0] == "i" else None),
    ("på? WD i|this WEEKDEF", weekday_this_week),
    ("på|on? WD UWEEK", lambda h: Weekday(h.number("WD"), weeks=1) if h.words[-1] == "week" else None),
    ("on? the? WD AFTERW NEXT", week_after),
    ("a|one|en? week|vecka from|från|on på? WD", weekday_weeks(1)),
    ("a? UFORT from|on WD", weekday_weeks(2)),
    ("WD UFORT", weekday_weeks(2)),
    ("N2|NUMW UWEEK from|från|on på? WD", weekday_weeks()),
    ("på|on? WD om N2|NUMW UWEEK", weekday_weeks()),
    ("på|on? WD in N2|NUMW UWEEK", weekday_weeks()),
    ("om N2|NUMW UWEEK på WD", weekday_weeks()),
    ("WD därpå|därefter", lambda h: Weekday(h.number("WD"), "next")),
    ("på|mellan|between? WD DASH|till|to|through|thru|och|and|UNTIL WD", weekday_range),
    ("på|on? WDPL", recurring),
    ("EVERY ORDW|ORD|other|LASTW? WD|UDAY|UWEEK|UMONTH|UYEAR|PART|MON|SEASON|WDPL|WKEND", recurring),
    (f"den|the? ORDW|ORD|LASTW|LAST {_NTH} i|of|in|på|av? EVERY MONTHDEF|UMONTH|UWEEK|TERM", recurring),
    (f"den|the|on? DEN? ORDW|ORD|LASTW|LAST {_NTH} i|of|in|på|av|under", nth),
    (f"den|the|on? DEN? ORDW|ORD|LASTW|LAST {_NTH} i|of|in|på|av the? månaden|month", nth_this_month),
    # weeks
    ("i|in|under|on|during|den|hela|whole? WEEKW N2|NUMW YEAR?", week_number),
    ("i|in|under|on|during? WEEKW N2 ,|of YEAR", week_number),
    ("i|in|under|mellan|between? WEEKW N2|NUMW DASH|till|to|och|and|UNTIL WEEKW? N2|NUMW YEAR?", week_number),
    ("i|in|under|during? veckorna|weeks N2 DASH|till|to|och|and N2 of? YEAR?", week_number),
    ("i|in|under? WEEKW N2|NUMW eller|or N2|NUMW", week_or),
    ("ISOWEEK", iso_week_token),
    ("i|in|under|during|på|the|hela? NEXT|THIS|LAST WEEKDEF", week_mod),
    ("senare i veckan|månaden|år", later_this),
    ("later this|in the? week|month|year", later_this),
    ("i|under? den här WEEKDEF", week_from_now(0)),
    ("nu? i veckan", week_from_now(0)),
    ("nu? till veckan", week_from_now(1)),
    ("i|under|the? WEEKDEF AFTERW NEXT WEEKDEF?", week_from_now(2)),
    ("nästnästa WEEKDEF", week_from_now(2)),
    ("WEEKDEF därpå|därefter", refuse),
    ("i|on|över|during|till|the? WKEND", weekend),
    ("i|on|på|the? NEXT|THIS|LAST WKEND", weekend),
    ("i? den här WKEND", weekend),
    # days
    (f"on|på? DEN? {_D} of|i|in? MON YEAR?", day_month),
    (f"on|på? DEN? {_D} MON , YEAR", day_month),
    (f"on|på? DEN? {_D} MON NEXT YEARDEF", day_month_in(1)),
    (f"on|på? DEN? {_D} MON i år", day_month_in(0)),
    (f"DEN? {_D} MON DASH|' YY", day_month_short_year),
    (f"DEN? {_D} MON YY", day_month_short_year),
    ("MON the? N2|ORD YEAR?", month_day),
    ("on? MON the? N2|ORD , YEAR", month_day),
    ("on MON the? N2|ORD", month_day),
    ("MON den ORD|N2 YEAR?", month_den_day),
    ("den|the? LASTW MON YEAR?", last_of_month),
    ("on? MON N2|ORD DASH|to|and N2|ORD YEAR?", day_range),
    ("on? MON N2|ORD DASH|to|and N2|ORD , YEAR", day_range),
    (f"från|mellan|from|between|on? DEN? {_D} {_RANGE} DEN? {_D} of? MON YEAR?", day_range),
    ("på|on? DEN N2|ORD|ORDW", lone_day),
    ("DEN? ORD", lambda h: lone_day(h) if h.setting.whole else None),
    ("on|på? DEN? SLASH YEAR?", slash),
    ("DEN? N2 DASH SLASH", slash_range),
    ("on|på? DEN? ISO|DOTTED|SLASHED|EIGHT|SIX", numeric),
    ("ISOMONTH", iso_month),
    # months
    (f"{_IN}? MON|MONC YEAR?", month),
    (f"{_IN}? DEN? NEXT|THIS|LAST MON", month),
    (f"{_IN}? MON NEXT|THIS|LAST YEARDEF", month),
    (f"{_IN}? MON i YEARDEF", month),
    (f"{_IN}? MON of YEAR", month),
    (f"{_IN}? MON , YEAR", month),
    (f"{_IN}? MON månad YEAR?", month),
    (f"{_IN}? MON DASH|' YY", month_short_year),
    (f"{_IN}|från|mellan|from|between? MON DASH|till|to|through|och|and|UNTIL|/ MON YEAR?", month_range),
    ("vid|i? månadsskiftet MON /|DASH|till|och MON YEAR?", turn_of_month),
    ("i|in|under|the? NEXT|THIS|LAST MONTHDEF", month_mod),
    ("i|under? den här MONTHDEF", this_month),
    # seasons, terms, quarters, years
    (f"{_IN}|till? SEASON YEAR|YY?", season),
    (f"{_IN}? the SEASON of? YEAR?", season),
    (f"{_IN}? SEASONB YEAR|YY", season),
    ("i|in SEASONB", season),
    ("i SEASONP", season),
    (f"{_IN}|till|den|the? NEXT|THIS|LAST SEASON|SEASONB", season),
    (f"{_IN}? SEASON NEXT|LAST YEARDEF", season),
    (f"{_IN}|till|the? TERM YEAR|YY?", term),
    (f"{_IN}? NEXT|THIS|LAST TERM", term),
    (f"{_IN}? NEXT|THIS|LAST termin|term|terminen|semester", term_mod),
    (f"{_IN}|till|den? här? terminen", term_mod),
    (f"{_IN}? TERM DASH|' YY", term),
    ("the? spring term YEAR?", english_term(1)),
    ("the? autumn|fall term YEAR?", english_term(2)),
    (f"{_IN}? q|kvartal|quarter N2|NUMW of? YEAR|YY?", quarter),
    (f"{_IN}? DEN? ORDW|ORD kvartalet|quarter of|i|in|under? YEAR?", quarter),
    (f"{_IN}? DEN? ORDW|ORD kvartalet|quarter of|i|in|under? NEXT YEARDEF", quarter),
    (f"{_IN}? LASTW kvartalet|quarter of|i? YEAR?", quarter_last),
    (f"{_IN}? NEXT|THIS|LAST kvartal|kvartalet|quarter", quarter_mod),
    (f"{_IN}? DEN? ORDW|ORD halvåret of|i|in? YEAR?", half_year),
    (f"{_IN}? DEN? ORDW|ORD halvåret NEXT YEARDEF", half_year),
    (f"{_IN}? DEN? ORDW half of YEAR", half_year),
    (f"{_IN}? läsåret|läsår|skolåret SLASH", school_year),
    (f"{_IN}? läsåret|läsår|skolåret YEAR|N2 /|DASH N2|YEAR", school_year),
    (f"{_IN}? NEXT|THIS|LAST läsår|läsåret", school_year),
    (f"{_IN}? det här? läsåret", school_year),
    ("YEAR", year),
    ("under|år|i|in|during|hela|verksamhetsåret|året YEAR", year),
    ("i|in|under|during|hela|det|the? NEXT|THIS|LAST YEARDEF|UYEAR", year_mod),
    ("i|under|hela? år|årets", lambda h: year_mod(h) if h.words != ["år"] else None),
    ("det här året", year_from_now(0)),
    ("i? fjol", year_from_now(-1)),
    # parts of a period
    (f"{_AT}? the? början|beginning|start av|på|of the? året|year|månaden|month|veckan|week", edge_now(1)),
    (f"{_AT}? the? mitten|middle av|på|of the? året|year|månaden|month|veckan|week", edge_now(2)),
    (f"{_AT}? the? slutet|end av|på|of the? året|year|månaden|month|veckan|week", edge_now(3)),
    ("the? veckans|månadens|årets|week's|month's|year's början|start|mitt|slut|end", edge_of_now),
    ("the? veckan|week|månaden|month|året|year är|is|tar slut|över|over", edge_of_now),
    (f"{_AT}|under? DEN? ORDW|ORD halvan|hälften|half av|på|utav|of|i the?", half),
    (f"{_AT}? the? början|beginning|start|inledningen|early|tidigt|begynnelsen av|på|utav|of|i|in? the?", edge(1)),
    (f"{_AT}? the? mitten|middle|mid|medio av|på|utav|of|i|in|DASH? the?", edge(2)),
    (f"{_AT}? the? slutet|end|late|sent|ultimo|slute|slutat av|på|utav|of|i|in? the?", edge(3)),
)  # fmt: skip
