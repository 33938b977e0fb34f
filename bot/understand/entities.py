"""What a message names besides its errand: dates, groups, municipalities, people, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from bot import dates


@dataclass(frozen=True, slots=True)
class Entity:
    """`value` is the words; the span is half-open, in characters of the message."""

    type: str
    value: str
    start: int
    end: int
    meaning: object | None = None  # a bot.dates.DateValue for `when`


@dataclass(frozen=True, slots=True)
class Names:
    """Proper names the database knows, as people may see them."""

    municipalities: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()  # names, short names and aliases
    people: tuple[str, ...] = ()
    lov: tuple[tuple[str, tuple[int, ...]], ...] = ()  # school holidays of the region: ISO weeks

    @property
    def weeks(self) -> Mapping[str, tuple[int, ...]]:
        """The school holidays that a date may name."""
        return {**dates.LOV, **dict(self.lov)} if self.lov else dates.LOV


_MUNICIPALITIES = (
    "Essunga Falköping Grästorp Gullspång Götene Hjo Karlsborg Lidköping Mariestad Skara Skövde "
    "Tibro Tidaholm Töreboda Vara Botkyrka Danderyd Ekerö Haninge Huddinge Järfälla Lidingö Nacka "
    "Norrtälje Nykvarn Nynäshamn Salem Sigtuna Sollentuna Solna Stockholm Sundbyberg Södertälje "
    "Tyresö Täby Vallentuna Vaxholm Värmdö Österåker Bjurholm Dorotea Lycksele Malå Nordmaling "
    "Norsjö Robertsfors Skellefteå Sorsele Storuman Umeå Vilhelmina Vindeln Vännäs Åsele Alby "
    "Björkö Dalhult Ekdala Flodby Västerbotten Skaraborg"
).split()
_OPENINGS = frozenset(
    "hej hallå när var vem vilka vad hur är har kan ska vill visa ta byt lägg anmäl bjud avanmäl nätverket gruppen "
    "when where who what how is has can show add register cancel invite dear hi hello tack".split()
)
_AMBIGUOUS = frozenset({"vara", "hjo", "sala", "alby"})
_GROUP = re.compile(
    r"\b(?:(?:arbets|styr|utbuds|kvalitets|resurs|språkstöds|lärcenter|vägledar|skolchefs|"
    r"utbildningschefs)grupp(?:en)?(?:s)?(?:\s+(?:Utbud|Resurser|Kvalitet|Språkstöd|Lärcenter))?|"
    r"vuxnätverket|nätverket|presidiet|presidium|utbildningsberedningen|skolchefsnätverket|"
    r"skolchefskonferensen|presidiekonferensen|gymnasiekonferensen|styrgruppen|kvalitet|resurser|"
    r"utbud|södertörn|nordost|the (?:quality|steering|working|resource) group|the network|network(?=\s+meeting))\b|\bnätverks(?=träff|möte)",
    re.IGNORECASE,
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("daypart", re.compile(r"\b(?:förmiddag(?:en)?|eftermiddag(?:en)?|heldag(?:en)?|hela dagen|fm|em|morning|afternoon|whole day)\b", re.I)),
    ("diet", re.compile(r"\b(?:vegetari\w+|vegan\w*|gluten\w*|laktos\w*|nötallerg\w*|allergi\w*|halal|kosher|lactose\w*)\b", re.I)),
    ("role", re.compile(r"\b(?:ordförande\w*|ordf|sekreterare\w*|samordnare\w*|presidiet|kontaktperson\w*|rektor\w*|chair\w*|secretary|coordinator|presidium)\b", re.I)),
    ("lang", re.compile(r"\b(?:svenska|engelska|swedish|english)\b", re.I)),
    ("number", re.compile(r"(?<=uppdrag )\d+|(?<=mandate )\d+|(?<=punkt )\d+|(?<=mål )\d+", re.I)),
    ("count", re.compile(r"\b(?:två|tre|fyra|fem|sex|two|three|four|five|\d{1,3})\b(?=\s+(?:personer|kollegor|stycken|platser|people|colleagues|seats|of us|från|istället|instead))", re.I)),
)  # fmt: skip

_THING = r"(?:(?:the|den|det) )?(?P<it>(?!(?:en|ett|två|tre|fyra|\d|a|mig|mina|jag|dialog\w*|träff\w*|möte\w*|meeting\w*|det|den|it|me|my)\b)[\wåäö-]+(?:\s+(?!(?:på|till|till|i|on|to|at|next|nästa|för|in|agendan)\b)[\wåäö-]+){0,5})"
_TOPICS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:ta upp|diskutera\w*|prata om|tala om|sök\w*(?: i protokoll\w+)? efter|search(?: the minutes)? for|discuss|talk about|bring up)\s+{_THING}",
        rf"\b(?:put|lägg(?:a)?(?: till| in)?|add)\s+{_THING}(?=\s+(?:on|to|på|till)\s+(?:the |nästa )?(?:agenda|dagordning))",
        rf"(?:\bom|\babout|\bon|:)\s+{_THING}[?.!]?$",
    )
)
_FULL_NAME = re.compile(
    r"(?<![\w.])[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöé]+)? [A-ZÅÄÖ][a-zåäöéü]+(?!\w)"
)
_PLACE = re.compile(
    r"\b(?:lokal\w*|plats\w*|venue|room|place)\b[^.?!]{0,40}?\b(?:till|to)\s+([A-ZÅÄÖ][\w'’-]+(?: [\wåäö]+)?)"
)


def entities(
    text: str, *, now: datetime, names: Names, prefer: str = "future"
) -> tuple[Entity, ...]:
    """Every entity, from the left."""
    found = [
        Entity("when", text[each.start : each.end], each.start, each.end, each.value)
        for each in dates.find(text, now=now, prefer=prefer, lov=names.weeks)
    ]
    for kind, pattern in (("group", _GROUP), *_PATTERNS):
        for match in pattern.finditer(text):
            group = 1 if match.lastindex else 0
            value = match[group].rstrip()
            start = match.start(group)
            found.append(Entity(kind, value, start, start + len(value)))
    found += _named("muni", text, _municipalities(names.municipalities))
    found += _named("person", text, _people(names.people))
    found += _full_names(text, found)
    found += [Entity("place", m[1], m.start(1), m.end(1)) for m in _PLACE.finditer(text)]
    found += _topics(text, found)
    found += _bodies(text, names, found)
    return tuple(sorted(found, key=lambda each: (each.start, -each.end)))


def _named(kind: str, text: str, pattern: re.Pattern[str] | None) -> list[Entity]:
    if pattern is None:
        return []
    found = []
    for match in pattern.finditer(text):
        word = match["name"]
        if word.casefold() in _AMBIGUOUS and (not word[0].isupper() or match.start() == 0):
            continue
        found.append(Entity(kind, word, match.start("name"), match.end("name")))
    return found


def _full_names(text: str, known: list[Entity]) -> list[Entity]:
    """People the database does not know, by two capitalised words that nothing else explains."""
    return [
        Entity("person", match[0], match.start(), match.end())
        for match in _FULL_NAME.finditer(text)
        if match[0].split()[0].casefold() not in _OPENINGS and _free(match.span(), known)
    ]


def _topics(text: str, known: list[Entity]) -> list[Entity]:
    for pattern in _TOPICS:
        match = pattern.search(text)
        if match and _free(match.span("it"), [each for each in known if each.type == "when"]):
            return [Entity("topic", match["it"], match.start("it"), match.end("it"))]
    return []


def _free(span: tuple[int, int], known: list[Entity]) -> bool:
    return all(each.end <= span[0] or span[1] <= each.start for each in known)


def _bodies(text: str, names: Names, known: list[Entity]) -> list[Entity]:
    lowered = text.casefold()
    taken = [(each.start, each.end) for each in known if each.type == "group"]
    found = []
    for alias, size in _aliases(names.bodies):
        at = lowered.find(alias)
        if at >= 0 and not any(start <= at < end for start, end in taken):
            found.append(Entity("group", text[at : at + size], at, at + size))
            taken.append((at, at + size))
    return found


@lru_cache(maxsize=64)
def _aliases(names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    return tuple((each.casefold(), len(each)) for each in names if len(each) > 4)


@lru_cache(maxsize=64)
def _municipalities(more: tuple[str, ...]) -> re.Pattern[str]:
    return _pattern((*_MUNICIPALITIES, *more))


@lru_cache(maxsize=64)
def _people(names: tuple[str, ...]) -> re.Pattern[str] | None:
    firsts = [name.split()[0] for name in names]
    return _pattern((*names, *firsts)) if names else None


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(set(words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?P<name>{'|'.join(map(re.escape, ordered))})s?(?!\w)", re.I)
