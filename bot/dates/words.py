"""The words dates are made of, in Swedish and English: each word with its tags and values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

Tags = dict[str, int]
_Adder = Callable[..., None]

MONTHS_SV: Final = (
    "januari februari mars april maj juni juli augusti september oktober november december"
).split()
MONTHS_EN: Final = (
    "january february march april may june july august september october november december"
).split()
DAYS_SV: Final = "måndag tisdag onsdag torsdag fredag lördag söndag".split()
DAYS_EN: Final = "monday tuesday wednesday thursday friday saturday sunday".split()

_SHORT_MONTHS: Final = (
    "jan feb febr mar mas mrs apr jun jul aug sep sept okt oct nov dec".split(),
    (1, 2, 2, 3, 3, 3, 4, 6, 7, 8, 9, 9, 10, 10, 11, 12),
)
_SHORT_DAYS: Final = {
    0: "mån mon", 1: "tis tue tues", 2: "ons wed weds", 3: "tors tor thu thur thurs",
    4: "fre fri", 5: "lör lörd sat", 6: "sön sun",
}  # fmt: skip
# These are also ordinary words or names, so alone in running text they are no date.
WEAK: Final = frozenset(
    "may march mars mas mar jan jun jul mon wed fri sat sun tor fre dec sep nov apr aug mrs".split()
)

_NUMBERS_SV: Final = (
    "noll,en/ett,två,tre,fyra,fem,sex,sju,åtta,nio,tio,elva,tolv,tretton,fjorton,femton,sexton,"
    "sjutton,arton,nitton,tjugo,tjugoett/tjugoen,tjugotvå,tjugotre,tjugofyra,tjugofem,tjugosex,"
    "tjugosju,tjugoåtta,tjugonio,trettio,trettioett/trettioen"
).split(",")
_UNITS_SV: Final = ",en/ett,två,tre,fyra,fem,sex,sju,åtta,nio".split(",")
_NUMBERS_EN: Final = (
    "zero,one/a/an,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,"
    "fifteen,sixteen,seventeen,eighteen,nineteen,twenty"
).split(",")
_ORDINALS_SV: Final = (
    "första/förste,andra/andre,tredje,fjärde,femte,sjätte,sjunde,åttonde,nionde,tionde,elfte,"
    "tolfte,trettonde,fjortonde,femtonde,sextonde,sjuttonde,artonde,nittonde,tjugonde,tjugoförsta/"
    "tjugoförste,tjugoandra/tjugoandre,tjugotredje,tjugofjärde,tjugofemte,tjugosjätte,tjugosjunde,"
    "tjugoåttonde,tjugonionde,trettionde,trettioförsta/trettioförste"
).split(",")
_ORDINALS_EN: Final = (
    "first,second,third,fourth,fifth,sixth,seventh,eighth,ninth,tenth,eleventh,twelfth,thirteenth,"
    "fourteenth,fifteenth,sixteenth,seventeenth,eighteenth,nineteenth,twentieth"
).split(",")

_UNITS: Final = {
    "UMIN": "minut minuter min minute minutes mins",
    "UHOUR": "timme timma timmar tim h hour hours hrs hr",
    "UDAY": "dag dagar dar dygn day days day's dagarna",
    "UWEEK": "vecka veckor v week weeks wk wks veckors week's veckan veckorna",
    "UFORT": "fortnight fortnights",
    "UMONTH": "månad månader mån month months mån. månads month's månaden månaderna",
    "UYEAR": "år year years year's",
    "UHALF": "halvår",
    "UHHOUR": "halvtimme halvtimma",
}
_PARTS: Final = {  # 1 morning, 2 fm, 3 noon, 4 em, 5 evening, 6 night
    1: "morgon morgonen bitti morning mornings morgonkvisten",
    2: "fm f.m. f.m förmiddag förmiddagen forenoon förmiddan formiddag",
    3: "lunch lunchen lunchtid lunchtime middagstid",
    4: "em e.m. e.m eftermiddag eftermiddagen afternoon eftermiddan",
    5: "kväll kvällen kvällskvisten evening kvall",
    6: "natt natten night",
}
PART_NAMES: Final = ("", "morning", "fm", "noon", "em", "evening", "night")
_MODS: Final = {
    "NEXT": "nästa nästkommande next kommande nasta coming följande following",
    "THIS": "denna denne detta this",
    "LAST": "förra förre förrförra last föregående förgående previous forra",
}
_PLAIN: Final = {
    "DEN": "den det the de dom",
    "KL": "kl kl. klockan klocka klo klockn kloc kl:",
    "AMPM_AM": "am a.m. a.m",
    "AMPM_PM": "pm p.m. p.m",
    "WEEKW": "vecka v v. week wk veckan vecko veka vka veckonummer",
    "WEEKDEF": "veckan vecka week week's veckas",
    "DAYDEF": "dagen day dag dan",
    "WORKDAY": "vardagen arbetsdagen weekday workday",
    "MONTHDEF": "månaden månad month mån month's månadens månads",
    "YEARDEF": "året år year årets year's års",
    "DASH": "- – — ‐ − ‑ ~",
    "WKEND": "helgen helg weekend weekenden veckoslutet veckoslut",
    "EVENT": "mötet möte träffen träff dialogen dialogdagen nätverksträffen nätverksmötet meeting "
    "sammanträdet sammanträde konferensen dialogue styrgruppsmötet styrgruppen utskottet "
    "deadline deadlinen mötena event eventet session",
    "EVERY": "varje varannan vartannat every each alla",
    "BEFOREW": "före innan before fore",
    "AFTERW": "efter after",
    "HALFW": "halv half halvt halva",
    "QUARTERW": "kvart quarter kvarten",
    "PAIRW": "par",
    "LASTW": "sista last final allra",
}


_SEASONS: Final = {
    1: "våren vårens spring varen",
    2: "sommaren sommarens summer sommarn",
    3: "hösten höstens autumn hosten fall",
    4: "vintern vinterns winter",
}
_SEASON_BARE: Final = {1: "vår", 2: "sommar", 3: "höst host", 4: "vinter"}
_SEASON_PAST: Final = {1: "våras", 2: "somras", 3: "höstas", 4: "vintras"}
_TERMS: Final = {
    1: "vt vårterminen vårtermin vårterminens",
    2: "ht höstterminen hösttermin höstterminens",
}
# Event nouns that make a compound with a weekday or a month: "torsdagsmötet", "majträffen".
_COMPOUND_HEADS: Final = (
    "mötet möte mötena träffen träff dialogen nätverksträffen nätverksmötet sammanträdet "
    "konferensen protokollet mötets träffens"
).split()
_EXTRA_DAYS: Final = {
    "wensday": 2, "wedensday": 2, "wendsday": 2, "torsdan": 3, "fredan": 4, "måndan": 0,
    "tisdan": 1, "onsdan": 2, "lördan": 5, "söndan": 6, "todag": 3, "tosda": 3,
    "tisda": 1, "onsda": 2, "torsda": 3, "freda": 4, "lörda": 5,
    "sönda": 6, "månda": 0,
}  # fmt: skip
_REL: Final = {
    0: "idag today", 1: "imorgon imorn imorrn imorron imron tomorrow tmrw tmr tomorow "
    "tommorow tommorrow tomorrw imorogn imorgn imrogon imorgån imårgån", 2: "övermorgon overmorgon "
    "iövermorgon", -1: "igår yesterday igar", -2: "förrgår iförrgår",
}  # fmt: skip
_REL2: Final = {0: "dag", 1: "morgon morn morrn morron", 2: "övermorgon", -1: "går", -2: "förrgår"}


def fold(word: str) -> str:
    """The word without Swedish dots and rings, as typed on a foreign keyboard."""
    return word.translate(_FOLD)


_FOLD: Final = str.maketrans("åäöé", "aaoe")


def _build() -> dict[str, Tags]:
    lexicon: dict[str, Tags] = {}

    def add(words: str, tag: str, value: int = 1) -> None:
        for word in words.split():
            lexicon.setdefault(word, {})[tag] = value

    _add_numbers(add)
    _add_calendar(add)
    for tag, words in {**_UNITS, **_MODS, **_PLAIN}.items():
        add(words, tag)
    add("förrförra", "LAST", 2)
    for tag, table in (
        ("PART", _PARTS), ("SEASON", _SEASONS), ("SEASONB", _SEASON_BARE), ("TERM", _TERMS),
        ("SEASONP", _SEASON_PAST), ("REL", _REL), ("REL2", _REL2),
    ):  # fmt: skip
        for value, words in table.items():
            add(words, tag, value)
    _add_folded(lexicon)
    return lexicon


def _add_numbers(add: _Adder) -> None:
    for table, tag, first in (
        (_NUMBERS_SV, "NUMW", 0),
        (_NUMBERS_EN, "NUMW", 0),
        (_ORDINALS_SV, "ORDW", 1),
        (_ORDINALS_EN, "ORDW", 1),
    ):
        for value, words in enumerate(table, first):
            add(words.replace("/", " "), tag, value)
    for tens, name in ((30, "trettio"), (40, "fyrtio"), (50, "femtio")):
        for value, unit in enumerate(_UNITS_SV, tens):
            add(" ".join(name + each for each in unit.split("/")), "NUMW", value)
    for value in range(24, 36):
        word = _NUMBERS_SV[value].split("/")[0] if value < 32 else f"trettio{_UNITS_SV[value - 30]}"
        add(f"tjugo{word}", "YEAR", 2000 + value)


def _add_calendar(add: _Adder) -> None:
    for names in (MONTHS_SV, MONTHS_EN):
        for number, name in enumerate(names, 1):
            add(f"{name} {name}s", "MON", number)
            if name not in ("may", "march"):
                add(" ".join(name + head for head in _COMPOUND_HEADS), "MONC", number)
    for short, number in zip(*_SHORT_MONTHS, strict=True):
        add(f"{short} {short}.", "MON", number)
    for number, (swedish, english) in enumerate(zip(DAYS_SV, DAYS_EN, strict=True)):
        add(f"{swedish} {english} {english}'s", "WD", number)
        add(f"{swedish}en {swedish}ens", "WD", number)
        add(" ".join(f"{swedish}s{head}" for head in _COMPOUND_HEADS), "WD", number)
        add(f"{swedish}s", "WDPAST", number)
        add(f"{swedish}ar {swedish}arna {swedish}arnas {english}s", "WDPL", number)
        for short in _SHORT_DAYS[number].split():
            add(f"{short} {short}.", "WD", number)
    for word, number in _EXTRA_DAYS.items():
        add(word, "WD", number)


def _add_folded(lexicon: dict[str, Tags]) -> None:
    """Words without dots are accepted when they are no other word: never "var" for "vår"."""
    for word in list(lexicon):
        plain = fold(word)
        if plain != word and len(plain) > _FOLD_FROM and plain not in lexicon:
            lexicon[plain] = lexicon[word]
    lexicon["ar"] = lexicon["år"]


_FOLD_FROM: Final = 4

LEXICON: Final = _build()
