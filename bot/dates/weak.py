"""Words that are months and also something else: Maj and Mars, may and march, Jan."""

from __future__ import annotations

from typing import Final

from bot.dates.atoms import Hit
from bot.dates.tokens import Token
from bot.dates.words import WEAK

STRICT: Final = frozenset(
    "i in by of until before after since early late mid end next last during due for för från till "
    "innan före efter under senast delrapport slutrapport återrapport rapport hela sedan av mot "
    "within deadline inför kring omkring around through between mellan t f fr tom".split()
)
PREPS: Final = STRICT | frozenset("on på to from this about runt och and eller or nu redan".split())
_NAMES: Final = frozenset("maj mars may march jan april august june juni juli".split())
_NAMING: Final = frozenset(
    "heter planeten planet named called med with hälsa fråga ring kontakta".split()
)
_DOES: Final = frozenset("kommer kan vill ska har är säger tar och blir var".split())
_WHO: Final = frozenset("i we you one it be have not he she they also need come".split())


def means_month(hit: Hit, token: Token) -> bool:
    """False when the word is more likely a name, a verb or a planet."""
    word, following = token.text.rstrip("."), hit.following
    before = hit.words[0] if hit.stop - hit.at > 1 else hit.before
    if before in _NAMING or _hyphenated(hit):
        return False
    if word in ("mars", "jan") and token.capital and before not in ("i", "in", "from", "från"):
        return False
    if word in ("may", "march") and before == "i":
        return False
    if word in WEAK:
        return before in STRICT or _english_month(token, following)
    opens = token.start == 0 or before in (".", "!", "?", ":")
    if word in _NAMES and token.capital and before not in STRICT:
        if following is not None and following.capital and following.kind == "word":
            return False
        if not opens and following is not None and following.text in _DOES:
            return False
        if word == "maj":
            return token.start == 0 and (following is None or following.text not in _DOES)
    return True


def _english_month(token: Token, following: Token | None) -> bool:
    """ "The May meeting", but neither "may I" nor "they march on"."""
    if token.text not in ("may", "march") or not token.capital or token.start == 0:
        return False
    return following is None or following.text not in _WHO


def _hyphenated(hit: Hit) -> bool:
    """Maj-Britt, but not maj-juni."""
    rest = hit.tokens[hit.stop : hit.stop + 2]
    return (
        len(rest) > 1
        and all(token.glued for token in rest)
        and rest[0].text == "-"
        and "MON" not in rest[1].tags
        and rest[1].kind == "word"
    )
