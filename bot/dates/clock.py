"""Clock times as people say them: halv nio, kvart i tio, 9–11.30, half two, 3pm."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.dates.atoms import Clock, Setting, closed
from bot.dates.tokens import Token

_KL: Final = frozenset("kl klockan klocka at vid @ klockn klo around runt kloc ca about".split())
_TO: Final = frozenset({"till", "to", "until", "och", "and", "fram"})
_BETWEEN: Final = frozenset({"mellan", "between", "från", "from"})
_NAMED: Final = {"noon": 720, "midday": 720, "midnight": 0, "midnatt": 0}
_SMALL: Final = frozenset({5, 10, 20, 25})
_HALF_DAY: Final = 720
_MORNING: Final = 420  # before seven, an hour said without morning or night is the afternoon
_NOUN_TIMES: Final = {
    f"{word}tiden": hour
    for hour, word in enumerate("ett två tre fyra fem sex sju åtta nio tio elva tolv".split(), 1)
} | {f"{word}tiden": hour for hour, word in ((13, "tretton"), (14, "fjorton"), (15, "femton"))}
_NOT_CLOCK: Final = frozenset(
    "version kap kapitel § punkt mål avsnitt sfs prop nr nummer rum sid sida sidan bilaga "
    "kr betyg ver python section chapter room page goal item release".split()
)
_MEET: Final = frozenset("ses träffas möts hörs börjar startar slutar meet start starts".split())
_COUNTED: Final = frozenset(
    "kr kronor % procent sek kg km meter grader poäng miljoner miljarder".split()
)


def _at(tokens: list[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _hour(tokens: list[Token], at: int, top: int = 24) -> int | None:
    if at >= len(tokens):
        return None
    tags = tokens[at].tags
    hour = tags.get("N2", tags.get("NUMW"))
    return hour if hour is not None and hour <= top and _at(tokens, at) not in ("a", "an") else None


Point = tuple[int, Clock]
_CLOCK_TAGS: Final = frozenset({"CLOCK", "HALFW", "QUARTERW", "N2", "NUMW"})


def starts_clock(token: Token) -> bool:
    """True for the words a time can begin with that no row of the grammar begins with."""
    tagged = not _CLOCK_TAGS.isdisjoint(token.keys)
    return tagged or token.text in _NAMED or token.text in _KL or token.text in _NOUN_TIMES


def _half(tokens: list[Token], at: int) -> Point | None:
    """Halv nio is 8.30, half nine and half past nine are 9:30."""
    past = _at(tokens, at + 1) == "past"
    hour = _hour(tokens, at + 1 + past, 24 if past else 12)
    if hour is None:
        return None
    shift = -30 if _at(tokens, at) == "halv" else 30
    return at + 2 + past, Clock((hour * 60 + shift) % 1440, open=True)


def _spoken(tokens: list[Token], at: int) -> Point | None:
    """Halv nio, kvart över två, fem i halv tio, half past nine, ten to three."""
    word = _at(tokens, at)
    if word in ("halv", "half"):
        return _half(tokens, at)
    if word in ("a", "en") and _at(tokens, at + 1) in ("quarter", "kvart"):
        return _spoken(tokens, at + 1)
    minutes = 15 if word in ("kvart", "quarter") else _hour(tokens, at, 29)
    if minutes is None or minutes not in {*_SMALL, 15}:
        return None
    link = _at(tokens, at + 1)
    if link not in ("i", "över", "past", "to", "over"):
        return None
    sign = -1 if link in ("i", "to") else 1
    to_half = _at(tokens, at + 2) == "halv"
    stop, base = (at + 4, -30) if to_half else (at + 3, 0)
    hour = _hour(tokens, stop - 1, 12 if to_half else 24)
    if hour is None:
        return None
    return stop, Clock((hour * 60 + base + sign * minutes) % 1440, open=True)


def _digits(tokens: list[Token], at: int, *, said: bool) -> Point | None:
    token = tokens[at]
    if "CLOCK" in token.tags:
        hour, minute = (int(part) for part in token.text.replace(".", ":").split(":"))
        if hour > 24 or minute > 59:
            return None
        open_ = token.text[0] != "0" and token.text[1] in ".:" and 0 < hour < 7
        return at + 1, Clock((hour * 60 + minute) % 1440, open=open_)
    if token.text in _NOUN_TIMES:
        return at + 1, Clock(_NOUN_TIMES[token.text] * 60, open=True)
    number = _hour(tokens, at)
    if number is None or (at + 1 < len(tokens) and _at(tokens, at + 1) in (":", "/")):
        return None
    if _at(tokens, at + 1) == "o'clock":
        return at + 2, Clock(number % 24 * 60, open=True)
    open_ = number < 13 and not token.text.startswith("0")
    if said and token.kind == "word":
        stop, minutes = _spelt_minutes(tokens, at + 1)
        return stop, Clock(number % 24 * 60 + minutes, open=open_)
    return at + 1, Clock(number % 24 * 60, open=open_, bare=not said)


def _spelt_minutes(tokens: list[Token], at: int) -> tuple[int, int]:
    """Klockan nio noll noll, klockan fjorton trettio: as it is dictated."""
    if (_at(tokens, at), _at(tokens, at + 1)) == ("noll", "noll"):
        return at + 2, 0
    minutes = tokens[at].tags.get("NUMW", 0) if at < len(tokens) else 0
    return (at + 1, minutes) if minutes in range(10, 60, 5) else (at, 0)


def point(tokens: list[Token], at: int, *, said: bool = False) -> Point | None:
    """One time of day and where it stops; `said` when "kl" or a range came before."""
    if at < len(tokens) and _at(tokens, at) in _KL:
        said, at = True, at + 1
        if at < len(tokens) and _at(tokens, at) in (".", "about", "ca", "runt"):
            at += 1
    if at >= len(tokens):
        return None
    if _at(tokens, at) in _NAMED:
        return at + 1, Clock(_NAMED[_at(tokens, at)])
    found = _spoken(tokens, at) or _digits(tokens, at, said=said or _part_said(tokens, at))
    if found is None:
        return None
    stop, clock = found
    tags = tokens[stop].tags if stop < len(tokens) else {}
    if "AMPM_PM" in tags or "AMPM_AM" in tags:
        minutes = clock.start % _HALF_DAY + (_HALF_DAY if "AMPM_PM" in tags else 0)
        return stop + 1, Clock(minutes if clock.start < 780 else clock.start, sure=True)
    return found


def _part_said(tokens: list[Token], at: int) -> bool:
    """ "Three in the afternoon", "9 på morgonen"; "tre på förmiddagen" may be three people."""
    words = tuple(token.text for token in tokens[at + 1 : at + 4])
    beside = words[:1] in (("på",), ("at",)) and "N2" in tokens[at].tags
    part = 2 if words[:2] == ("in", "the") else 1 if beside else 0
    return 0 < part < len(words) and "PART" in tokens[at + 1 + part].tags


def clock(setting: Setting, tokens: list[Token], at: int, *, by_day: bool) -> Point | None:
    """A time or a range of times; `bare` when only digits said so: it needs a day beside it."""
    if _at(tokens, at - 1) in _NOT_CLOCK and at > 0 and tokens[at].kind != "word":
        return None
    if tokens[at].glued and at and tokens[at - 1].text in ("/", ":", ".", "-", "§"):
        return None
    between = _at(tokens, at) in _BETWEEN
    first = point(tokens, at + between)
    if first is None:
        return None
    stop, begin = first
    second = _range_end(tokens, stop, begin, wide=by_day or setting.whole or between)
    if second is not None and not _counted(setting, tokens, second[0]):
        both = replace(second[1], bare=begin.bare and not second[1].sure and not between)
        return second[0], both
    if between or second is not None or _open_dash(tokens, stop):
        return None
    beside = by_day or _meets(tokens, at, stop)
    if begin.bare and not (beside and closed(setting, tokens, stop) and _hour_like(begin)):
        return None
    if _counted(setting, tokens, stop) or not _plausible(setting, tokens, at, by_day=by_day):
        return None
    return stop, begin


def _meets(tokens: list[Token], at: int, stop: int) -> bool:
    """ "Vi ses 9 på fredag", but not "vi blir 9 på fredag"."""
    on = stop + (_at(tokens, stop) in ("på", "on"))
    return (
        at > 0
        and tokens[at - 1].text in _MEET
        and on < len(tokens)
        and bool(tokens[on].tags.keys() & {"WD", "REL"})
    )


def _open_dash(tokens: list[Token], stop: int) -> bool:
    """True when a dash and a number follow that made no range: then nothing is sure."""
    return (
        stop + 1 < len(tokens)
        and "DASH" in tokens[stop].tags
        and bool(tokens[stop + 1].tags.keys() & {"NUM", "CLOCK"})
    )


def _hour_like(clock: Clock) -> bool:
    return 60 <= clock.start <= 1320


def _counted(setting: Setting, tokens: list[Token], stop: int) -> bool:
    """True when the number counts something: "mellan 9 och 12 personer", "kl 9 kr"."""
    if _at(tokens, stop) in _COUNTED:
        return True
    last = tokens[stop - 1]
    return (last.kind == "num" or "NUMW" in last.tags) and not closed(setting, tokens, stop)


def _plausible(setting: Setting, tokens: list[Token], at: int, *, by_day: bool) -> bool:
    """A lone 13.15 in running text is a time when it looks like one."""
    token = tokens[at]
    if "CLOCK" not in token.tags or by_day or setting.whole:
        return True
    hour, minute = (int(part) for part in token.text.replace(".", ":").split(":"))
    return ":" in token.text or (hour >= 7 and minute % 5 == 0)


def _range_end(tokens: list[Token], stop: int, begin: Clock, *, wide: bool) -> Point | None:
    link = _at(tokens, stop)
    if not (stop < len(tokens) and "DASH" in tokens[stop].tags) and link not in _TO:
        return None
    if link in ("och", "and", "fram") and not wide:
        return None
    second = point(tokens, stop + 1 + (link == "fram"), said=True)
    if second is None:
        return None
    at, end = second
    both = _both(begin, end)
    return None if both is None else (at, both)


def _both(begin: Clock, end: Clock) -> Clock | None:
    """Put both ends on the same half of the day where only one says which."""
    start, finish, unsure = begin.start, end.start, False
    if end.sure and not begin.sure and begin.open:
        if start < _HALF_DAY <= finish and start + _HALF_DAY < finish:
            start += _HALF_DAY
    elif begin.open and start < _MORNING and not begin.sure:
        unsure = end.open or finish >= _HALF_DAY
        start += _HALF_DAY
        finish += _HALF_DAY if finish < _HALF_DAY else 0
    elif finish <= start and end.open and finish < _HALF_DAY:
        finish += _HALF_DAY
    sure = begin.sure or end.sure
    return Clock(start, finish, open=unsure, sure=sure) if start < finish else None
