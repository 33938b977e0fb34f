"""Two municipalities swap hosting: one proposes, the other answers, and everybody concerned is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot import dates
from bot.dialog import BUTTONS, Talk, Teller, dialog
from bot.form import Choice
from bot.reply import Card, Reply, Text
from dialogs.meetings import card
from dialogs.meetings.pick import Span, span
from storage import bodies, meetings
from storage.meetings import Meeting, Swap

EXAMPLES = {
    "sv": (
        "kan vi byta värdkommun med varandra?",
        "kan Vara och Tibro byta värdskap?",
        "byt värd med Tibro",
        "byta värdkommun",
    ),
    "en": (
        "can two municipalities swap hosting?",
        "can Vara and Tibro swap hosting?",
        "swap hosts with Tibro",
    ),
}
NEAR_MISSES = ("vem är värd i oktober", "byt inte värd med Tibro", "byt språk till engelska")
TALKS = """
# Karin Demoberg, Tibro · teams
> kan Vara och Tibro byta värdskap?
< Vara vill byta värdskap med Tibro. … Vara är då värd torsdag 25 november 2027 och Tibro torsdag 14 oktober 2027 … Bo Fiktivsson … [Ja, vi byter] [Nej tack]
> ja
< Då har Vara och Tibro bytt. Vara är värd och sekreterare torsdag 25 november 2027, och Tibro torsdag 14 oktober 2027. …
> vem är sekreterare den 14 oktober 2027?
< Sekreterare torsdag 14 oktober 2027: Karin Demoberg, Tibro. …
> vem är värd den 25 november 2027?
< … Vara är värd torsdag 25 november 2027. … Bo Fiktivsson …
> byt värd med Vara
< Ska jag fråga Vara om att byta? … [Ja, fråga] [Nej]
> nej
< Då låter jag värdskapet vara som det är.

# Karin Demoberg, Tibro · slack
> swap hosts with Vara
< Vara would like to swap hosting with Tibro. … Thursday 14 October 2027 … [Yes, we swap] [No thank you]
> no
< Then Vara and Tibro keep their meetings. …

# Bo Fiktivsson · teams
> byt värd med Tibro
< Tibro har inte svarat ännu på att byta … [Ta tillbaka frågan]
> [Ta tillbaka frågan]
< Frågan om att byta är tillbakatagen. …
> byt värd med Tibro
< Ska jag fråga Tibro om att byta? Vara är då värd torsdag 25 november 2027 och Tibro torsdag 14 oktober 2027. Inget ändras förrän Tibro har sagt ja. [Ja, fråga] [Nej]
> ja
< … Inget ändras förrän Tibro har sagt ja. …
> vem är sekreterare den 14 oktober 2027?
< Sekreterare torsdag 14 oktober 2027: Bo Fiktivsson, Vara. …

# Cilla Påhittström · teams
> kan Vara och Tibro byta värdskap?
< Värdkommunerna byter själva: någon från Vara eller Tibro behöver göra det. …
"""
TEXTS = {
    "sv": """
        swap-host-other =
            .question = Vilken kommun vill { $mine } byta med?
        swap-host-first =
            .question = Vilket av { $town }s möten gäller det?
        swap-host-second =
            .question = Vilket av { $town }s möten gäller det?
        swap-host-sure =
            .question = Ska jag fråga { $other } om att byta? { $plan } Inget ändras förrän { $other } har sagt ja.
            .yes = Ja, fråga
            .no = Nej
        swap-plan = { $one } är då värd { $day } och { $two } { $other }.
        swap-no-town = Du är inte knuten till någon kommun, och det är värdkommunerna som byter. Be någon från en av dem att skriva till mig.
        swap-not-then = Varken { $mine } eller { $other } är värd { $when }. Den kommun som är värd då får själv fråga om att byta.
        swap-no-meeting = { $town } är inte värd för något kommande möte i dina nätverk, så det finns inget att byta.
        swap-no-others = Ingen annan kommun är värd för något kommande möte i dina nätverk, så det finns ingen att byta med.
        swap-asked = { $count ->
            [0] Ingen i { $other } har en chatt med mig ännu. Be { $people } att skriva ”byt värd med { $mine }” till mig.
           *[other] Jag har frågat { $people } i { $other }.
        } Inget ändras förrän { $other } har sagt ja.
        swap-dropped = Då låter jag värdskapet vara som det är.
        swap-waits = { $other } har inte svarat ännu på att byta. { $plan } Inget är ändrat.
        swap-withdraw = Ta tillbaka frågan
        swap-withdrawn = Frågan om att byta är tillbakatagen. { $one } och { $two } behåller sina möten.
        swap-letter-title = { $asking } vill byta värdskap med { $asked }
        swap-letter = { $who } frågar. { $plan } Värdkommunen är också sekreterare för sitt möte. Vill ni byta?
        swap-host-question =
            .question = { $asking } vill byta värdskap med { $asked }. { $plan } { $who } frågar. Värdkommunen är också sekreterare för sitt möte. Vill ni byta?
            .yes = Ja, vi byter
            .no = Nej tack
        swap-yes = Ja, vi byter
        swap-no = Nej tack
        swap-done = Då har { $one } och { $two } bytt. { $plan } { $count ->
            [0] Ingen av de berörda har en chatt med mig ännu, så berätta det på annat sätt.
            [one] En berörd har fått veta i chatten.
           *[other] { $count } berörda har fått veta i chatten.
        }
        swap-now = { $one } är värd och sekreterare { $day }, och { $two } { $other }.
        swap-kept = Då behåller { $one } och { $two } sina möten. { $count ->
            [0] { $who } har ingen chatt med mig ännu, så hör av dig dit.
           *[other] { $who } får veta det.
        }
        swap-told = { $one } och { $two } har bytt värdskap i { $body }. { $plan } Du behöver inte göra något om du inte är sekreterare.
        swap-declined = { $asked } kan inte byta värdskap. { $one } och { $two } behåller sina möten.
    """,
    "en": """
        swap-host-other =
            .question = Which municipality does { $mine } want to swap with?
        swap-host-first =
            .question = Which of { $town }’s meetings is it about?
        swap-host-second =
            .question = Which of { $town }’s meetings is it about?
        swap-host-sure =
            .question = Shall I ask { $other } to swap? { $plan } Nothing changes until { $other } has said yes.
            .yes = Yes, ask
            .no = No
        swap-plan = { $one } would host on { $day } and { $two } on { $other }.
        swap-no-town = You do not belong to a municipality, and it is the host municipalities that swap. Ask somebody from one of them to write to me.
        swap-not-then = Neither { $mine } nor { $other } is hosting { $when }. The municipality that is hosting then may ask to swap.
        swap-no-meeting = { $town } is not hosting any coming meeting of your networks, so there is nothing to swap.
        swap-no-others = No other municipality is hosting a coming meeting of your networks, so there is nobody to swap with.
        swap-asked = { $count ->
            [0] Nobody in { $other } has a chat with me yet. Ask { $people } to write “swap hosts with { $mine }” to me.
           *[other] I have asked { $people } in { $other }.
        } Nothing changes until { $other } has said yes.
        swap-dropped = Then hosting stays as it is.
        swap-waits = { $other } has not answered yet about swapping. { $plan } Nothing has changed.
        swap-withdraw = Take the question back
        swap-withdrawn = The question about swapping has been taken back. { $one } and { $two } keep their meetings.
        swap-letter-title = { $asking } would like to swap hosting with { $asked }
        swap-letter = { $who } is asking. { $plan } The host municipality is also secretary of its meeting. Do you want to swap?
        swap-host-question =
            .question = { $asking } would like to swap hosting with { $asked }. { $plan } { $who } is asking. The host municipality is also secretary of its meeting. Do you want to swap?
            .yes = Yes, we swap
            .no = No thank you
        swap-yes = Yes, we swap
        swap-no = No thank you
        swap-done = Then { $one } and { $two } have swapped. { $plan } { $count ->
            [0] None of those concerned has a chat with me yet, so please tell them in another way.
            [one] One person concerned has been told in the chat.
           *[other] { $count } people concerned have been told in the chat.
        }
        swap-now = { $one } is host and secretary on { $day }, and { $two } on { $other }.
        swap-kept = Then { $one } and { $two } keep their meetings. { $count ->
            [0] { $who } has no chat with me yet, so please tell them.
           *[other] { $who } will be told.
        }
        swap-told = { $one } and { $two } have swapped hosting in { $body }. { $plan } You need not do anything unless you are secretary.
        swap-declined = { $asked } cannot swap hosting. { $one } and { $two } keep their meetings.
    """,
}
Pair = tuple[Meeting, Meeting]  # the asking municipality's and the asked one's, before the swap


@dialog(
    "swap-host", intents=("swap_host",), examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS,
    changes=True, personal=True,
)  # fmt: skip
async def swap_host(talk: Talk) -> None:
    """A swap that awaits an answer comes before a new one."""
    waiting = await talk.note("waiting", await _waiting(talk))
    if waiting is not None:
        return await _waits(talk, int(waiting))
    first, second = both = await _which(talk)
    if not await talk.confirm("sure", other=second.host, plan=_plan(talk, both)):
        return await talk.say("swap-dropped")
    number, asked = await talk.do(
        "propose-swap", meetings.propose_swap, talk.person, first.id, second.id, talk.turn.at,
        subject=f"meeting:{first.id}", detail={"with": str(second.id)},
    )  # fmt: skip
    talk.can_undo("swap-withdraw", swap=number)
    who = talk.person.name
    told = await talk.tell([each for each, _ in asked], lambda to: [letter(to, number, who, both)])
    names = ", ".join(name for _, name in asked) or second.host
    return await talk.say(
        "swap-asked", count=told, people=names, other=second.host, mine=first.host
    )


async def _waiting(talk: Talk) -> int | None:
    """The open swap of the person's municipality with the one that was named, if any was."""
    towns = {_plain(each) for each in talk.heard.all("muni")}
    for each in await talk.look(meetings.open_swaps, talk.person):
        first, second = await pair(talk, each)
        if towns <= {_plain(first.host), _plain(second.host)}:
            return each.id
    return None


async def _waits(talk: Talk, number: int) -> None:
    swap = await talk.look(meetings.swap_by_id, talk.person, number)
    if swap is None or swap.state != "pending":
        talk.refuse("swap-answered")
    both = await pair(talk, swap)
    plan = _plan(talk, both)
    if talk.person.municipality != swap.awaits:
        back = talk.button("swap-withdraw", "swap-withdraw", swap=number)
        return await talk.say(Text(talk.text("swap-waits", other=both[1].host, plan=plan), (back,)))
    yes = await talk.confirm(
        "question",
        asking=both[0].host,
        asked=both[1].host,
        who=swap.proposer,
        plan=plan,
    )
    return await _answer(talk, swap, both, "yes" if yes else "no")


@dialog("swap-answer", changes=True, personal=True)
async def swap_answer(talk: Talk) -> None:
    swap = await talk.look(meetings.swap_by_id, talk.person, int(talk.heard.value["swap"]))
    if swap is None:
        talk.refuse("no-such-meeting")
    await _answer(talk, swap, await pair(talk, swap), str(talk.heard.value["said"]))


async def _answer(talk: Talk, swap: Swap, both: Pair, said: str) -> None:
    first, second = both
    people = await talk.do(
        "answer-swap", meetings.answer_swap, talk.person, swap.id, said, talk.turn.at,
        subject=f"meeting:{first.id}", detail={"with": str(second.id), "said": said},
    )  # fmt: skip
    names: dict[str, Any] = {"one": first.host, "two": second.host}
    if said != "yes":
        told = await talk.tell(
            people,
            lambda to: [Text(to.text("swap-declined", asked=second.host, **names))],
        )
        return await talk.say("swap-kept", count=told, who=swap.proposer, **names)
    body = card.bodies(first)
    told = await talk.tell(
        people, lambda to: [Text(to.text("swap-told", body=body, plan=_now(to, both), **names))]
    )
    return await talk.say("swap-done", count=told, plan=_now(talk, both), **names)


@dialog("swap-withdraw", changes=True, personal=True)
async def swap_withdraw(talk: Talk) -> None:
    number = int(talk.heard.value["swap"])
    swap = await talk.look(meetings.swap_by_id, talk.person, number)
    if swap is None:
        talk.refuse("no-such-meeting")
    first, second = await pair(talk, swap)
    await talk.do("withdraw-swap", meetings.withdraw_swap, talk.person, number, talk.turn.at,
                  subject=f"meeting:{first.id}")  # fmt: skip
    await talk.say("swap-withdrawn", one=first.host, two=second.host)


async def pair(talk: Talk, swap: Swap) -> Pair:
    found = [
        await talk.look(meetings.meeting_by_id, talk.person, each)
        for each in (swap.first, swap.second)
    ]
    one, two = (each for each in found if each is not None)
    return (two, one) if one.host_id == swap.awaits else (one, two)


def letter(to: Talk | Teller, number: int, who: str, both: Pair) -> Reply:
    """The question to the other municipality, with the buttons that answer it."""
    first, second = both
    title = to.text("swap-letter-title", asking=first.host, asked=second.host)
    text = to.text("swap-letter", who=who, plan=_plan(to, both))
    buttons = tuple(
        to.button(f"swap-{said}", "swap-answer", swap=number, said=said) for said in ("yes", "no")
    )
    return Card(title, text, buttons=buttons)


def _plan(to: Talk | Teller, both: Pair) -> str:
    return to.text("swap-plan", **_turned(to, both))


def _now(to: Talk | Teller, both: Pair) -> str:
    return to.text("swap-now", **_turned(to, both))


def _turned(to: Talk | Teller, both: Pair) -> dict[str, str]:
    first, second = both
    return {
        "one": first.host, "day": card.short_day(second.starts, to.lang),
        "two": second.host, "other": card.short_day(first.starts, to.lang),
    }  # fmt: skip


# --- which two meetings ---------------------------------------------------------------------------


async def _which(talk: Talk) -> Pair:
    mine = talk.person.municipality_name
    named = [each for each in talk.heard.all("muni") if _plain(each) != _plain(mine)]
    if len(named) > 1:
        talk.refuse("swap-not-yours", first=named[0], second=named[1])
    if not mine:
        talk.refuse("swap-no-town")
    own_bodies = await talk.look(bodies.of_person, talk.person)
    coming = await talk.look(meetings.upcoming, [each.id for each in own_bodies], talk.wall, 200)
    ours = _of(coming, mine)
    if not ours:
        talk.refuse("swap-no-meeting", town=mine)
    shared = {number for each in ours for number in each.body_ids}
    others = [
        each for each in coming if each.host and each not in ours and shared & set(each.body_ids)
    ]
    other = await _other(talk, [each.host for each in others], named)
    theirs = _of(others, other)
    if not theirs:
        talk.refuse("swap-no-meeting", town=other)
    if _spans(talk) and not _then(talk, [*ours, *theirs]):
        when = dates.show(talk.heard.when, talk.lang) if talk.heard.when else ""
        talk.refuse("swap-not-then", mine=mine, other=other, when=when)
    first = await _one(talk, "first", _said(talk, ours), mine)
    fitting = [each for each in theirs if set(first.body_ids) & set(each.body_ids)]
    if not fitting:
        talk.refuse("swap-impossible")
    return first, await _one(talk, "second", _said(talk, fitting), other)


async def _other(talk: Talk, hosts: Sequence[str], named: Sequence[str]) -> str:
    if named:
        return next((each for each in hosts if _plain(each) == _plain(named[0])), named[0])
    towns = list(dict.fromkeys(hosts))
    if not towns:
        talk.refuse("swap-no-others")
    choices = [Choice(each, each) for each in towns]
    mine = talk.person.municipality_name
    return await talk.choose("other", choices, mine=mine)


async def _one(talk: Talk, name: str, found: Sequence[Meeting], town: str) -> Meeting:
    choices = [
        Choice(str(each.id), f"{card.short_day(each.starts, talk.lang)}, {card.bodies(each)}")
        for each in found[:BUTTONS]
    ]
    picked = await talk.choose(name, choices, town=town)
    return next(each for each in found if str(each.id) == picked)


def _said(talk: Talk, found: Sequence[Meeting]) -> Sequence[Meeting]:
    """Those on a day that was named, if any is."""
    return _then(talk, found) or found


def _then(talk: Talk, found: Sequence[Meeting]) -> Sequence[Meeting]:
    return [
        each for each in found
        if any(days.first <= each.starts.date() <= days.last for days in _spans(talk))
    ]  # fmt: skip


def _spans(talk: Talk) -> list[Span]:
    return [span(each.when) for each in talk.heard.entities if each.when is not None]


def _of(found: Sequence[Meeting], town: str) -> list[Meeting]:
    return [each for each in found if _plain(each.host) == _plain(town)]


def _plain(town: str) -> str:
    """ "Tibros" and "tibro" are Tibro; a name's own last s goes too, on both sides."""
    return town.casefold().removesuffix("s")
