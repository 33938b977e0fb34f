"""Swedish words as a search sees them: stems, both ends of compounds, the field's synonyms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[-:][^\W_]+)*")
_VOWELS = "aeiouyåäö"
_FIRST = sorted(
    "a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or "
    "as arnas ernas ornas es ades andes ens arens hetens erns at andet het ast".split(),
    key=len,
    reverse=True,
)
_BEFORE_S = frozenset("bcdfghjklmnoprtvy")
_DOUBLED = ("dd", "gd", "nn", "dt", "gt", "kt", "tt")
SHORT = 4  # letters that a stem must have to match the beginning or the end of a longer word

_SAME = (
    "särvux, särvox, komvux som anpassad utbildning, anpassad utbildning, lärvux",
    "ksl, storsthlm, storstockholm, kommunförbundet stockholms län",
    "komx, kombinationsutbildning, kombinationsutbildningar, kombinerade utbildningar",
    "sfi, svenska för invandrare",
    "komvux, vuxenutbildning, vux, adult education",
    "ike, interkommunal ersättning, interkommunala ersättningar",
    "vfu, verksamhetsförlagd utbildning",
    "ulf, utveckling lärande forskning",
    "af, arbetsförmedlingen",
    "yrkesvux, regionalt yrkesvux, yrkesutbildning",
    "apl, arbetsplatsförlagt lärande",
    "syv, studievägledning, vägledning, vägledare, guidance",
    "språkstöd, language support",
    "lärcenter, lärcentrum, learning centre",
    "validering, validation",
    "upphandling, procurement",
    "prislista, price list",
)
_STOP = frozenset(
    "ny nya nytt a an and are at be by for from has in is it of on or our that the to was we what when where "
    "which who with did do does about say said any anything have "
    "alla allt att av de den denna det detta där då efter eller en ett från för ha hade han har "
    "hon hur i in inom inte ja jag kan kom man med mig min mot ni något några nu när och också om "
    "oss på samma sen sin sig ska skulle som så till under upp ur ut vad var vem vi vid vilka "
    "vilken vilket vår våra åt är över finns står stod sa sade säger gör gäller gällande kring "
    "angående beträffande få får fick någonting nånting nåt".split()
)
# What every question about decisions holds, and so tells nothing.
_ASKING = frozenset(
    "beslut besluten beslutet beslutade beslutat beslutar besluta beslutats bestämde bestämt "
    "bestäm fattade fattat fattades protokoll protokollet protokollen protokollens möte mötet "
    "möten mötena sök söka leta letar hitta visa sammanfatta sammanfattning decide decided "
    "decision decisions minutes meeting meetings protocol protocols search find show tell me "
    "hur stor långt tycker kostar "
    "summary summarise summarize snälla please senaste förra last nätverket nätverk network "
    "paragraf frågan fråga punkt kommit fram landade vet du you know tack thanks skolverket".split()
)


def words(text: str) -> list[str]:
    """In lower case, in order."""
    return [each.casefold() for each in _WORD.findall(text)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """As Snowball's Swedish stemmer does it, so that both databases agree."""
    start = _region(word)
    for suffix in _FIRST:
        if word.endswith(suffix) and len(word) - len(suffix) >= start:
            word = word[: -len(suffix)]
            break
    else:
        if word.endswith("s") and len(word) - 1 >= start and word[-2:-1] in _BEFORE_S:
            word = word[:-1]
    if word.endswith(_DOUBLED) and len(word) - 2 >= start:
        word = word[:-1]
    for suffix, left in (("lig", ""), ("ig", ""), ("els", ""), ("löst", "lös"), ("fullt", "full")):
        if word.endswith(suffix) and len(word) - len(suffix) >= start:
            return word[: -len(suffix)] + left
    return word


def _region(word: str) -> int:
    """Where endings may begin: after the first consonant behind a vowel, three letters in."""
    for at in range(1, len(word)):
        if word[at] not in _VOWELS and word[at - 1] in _VOWELS:
            return max(at + 1, 3)
    return len(word)


def root(word: str) -> str:
    """What the forms of a word share at their beginning, further than the stemmer goes."""
    found = stem(word)
    for suffix in ("et", "ing", "an", "n"):
        shorter = found.removesuffix(suffix)
        if shorter != found and len(shorter) >= SHORT and (suffix != "n" or shorter[-1] in _VOWELS):
            return shorter
    return found


def ending(word: str) -> str:
    """A word backwards, so that the last part of a compound can be looked up like a first one."""
    return root(word)[::-1]


def content(question: str) -> list[str]:
    """The words that a question is about."""
    return [each for each in words(question) if each not in _STOP and each not in _ASKING]


Phrase = tuple[str, ...]


def alternatives(asked: Sequence[str]) -> list[list[Phrase]]:
    """For each thing asked about, all the ways to say it; a phrase is words that all must stand."""
    found: list[list[Phrase]] = []
    at = 0
    while at < len(asked):
        length, group = _known(asked, at)
        found.append(group or [(asked[at],)])
        at += length
    return found


def _known(asked: Sequence[str], at: int) -> tuple[int, list[Phrase]]:
    for length in range(min(4, len(asked) - at), 0, -1):
        key = tuple(stem(each) for each in asked[at : at + length])
        group = _synonyms().get(key)
        if group:
            return length, [tuple(asked[at : at + length]), *(g for g in group if _key(g) != key)]
    return 1, []


@lru_cache(maxsize=1)
def _synonyms() -> dict[Phrase, list[Phrase]]:
    found: dict[Phrase, list[Phrase]] = {}
    for line in _SAME:
        group = [tuple(w for w in words(each) if w not in _STOP) for each in line.split(",")]
        found |= {_key(each): group for each in group}
    return found


def _key(phrase: Phrase) -> Phrase:
    return tuple(stem(each) for each in phrase)


def fits(asked: str, word: str) -> bool:
    """Whether a word of a text is what was asked for: its stem, or one end of a compound."""
    wanted, got = root(asked), stem(word)
    if len(wanted) < SHORT:
        return wanted == got
    return got.startswith(wanted) or root(word).endswith(wanted)


def halves(word: str) -> list[Phrase]:
    """A compound in two, at every place where it may come apart; "s" may join them."""
    found: list[Phrase] = []
    for at in range(SHORT, len(word) - SHORT + 1):
        first, second = word[:at], word[at:]
        found.append((first, second))
        if second.startswith("s") and len(second) > SHORT:
            found.append((first, second[1:]))
    return found


def snippet(text: str, asked: Iterable[str], around: int = 90) -> str:
    """The place in the text where it is said, cut at words."""
    wanted = list(asked)
    at = next(
        (m.start() for m in _WORD.finditer(text) if any(fits(w, m[0].casefold()) for w in wanted)),
        0,
    )
    first, last = max(0, at - around), min(len(text), at + around)
    if first:
        first = text.find(" ", first, at) + 1 or first
    if last < len(text):
        last = text.rfind(" ", at, last) if " " in text[at:last] else last
    cut = " ".join(text[first:last].split())
    return ("… " if first else "") + cut + (" …" if last < len(text) else "")
