"""Approve minutes, or say what is wrong in them; nobody approves their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialog import BUTTONS, Talk, Teller, dialog
from bot.form import Choice, Field
from bot.reading import plain
from bot.reply import Reply, Text
from dialogs.meetings.card import bodies
from dialogs.protocols import card, telling
from storage import bodies as all_bodies
from storage import protocols
from storage.protocols import Protocol

EXAMPLES = {
    "sv": (
        "jag vill justera protokollet", "justera", "§4 ska det stå föreslår, inte beslutar",
        "skicka protokollet för justering",
    ),
    "en": ("I approve the minutes", "the minutes look good, approved"),
}  # fmt: skip
NEAR_MISSES = ("justera inte protokollet än", "visa protokollet")
TALKS = """
# Asta Fiktberg · slack
> §3 ska det stå "föreslår" inte "beslutar"
< Anmärkningen är skickad till Jonas Attrapp. Protokollet från torsdag 12 november 2026 är inte justerat. …
< (Jonas Attrapp) Asta Fiktberg har en anmärkning på protokollet från torsdag 12 november 2026: ”§3 ska det stå "föreslår" inte "beslutar"”. …

# Asta Fiktberg · teams
> jag vill justera protokollet
< Protokollet från torsdag 12 november 2026 (Nätverket Vuxenutbildning Skaraborg), version 1 från Jonas Attrapp: … [Justera] [Anmärk] [Inte nu] …
> [Anmärk]
< Vad ska ändras? …
> i § 2 ska det stå kvartal
< Anmärkningen är skickad till Jonas Attrapp. …

# Asta Fiktberg · teams
> justera
< Justerat måndag 23 november 2026 av Asta Fiktberg. Jag skickar det till utbildning@skaraborg.example …
< (Jonas Attrapp) Protokollet från torsdag 12 november 2026 är justerat av Asta Fiktberg. Jag hittade 2 beslut och en åtgärdspunkt … [Gå igenom]

# Jonas Attrapp · teams
> justera protokollet
< Protokollet från torsdag 12 november 2026 väntar på justering av Asta Fiktberg, senast onsdag 25 november 2026.

# Bo Fiktivsson · teams
> justera protokollet
< Inget protokoll väntar på din justering.

# Asta Fiktberg · slack
> I approve the minutes
< The minutes of Thursday 12 November 2026 … [Approve] [Remark] [Not now]
> not now
< Then the minutes wait, until Wednesday 25 November 2026.
"""
TEXTS = {
    "sv": """
        approve-protocol-which =
            .question = Vilket protokoll menar du?
        approve-protocol-verdict =
            .question = Protokollet från { $day } ({ $body }), version { $version } från { $by }: vad säger du?
            .approve = Justera
            .remark = Anmärk
            .later = Inte nu
        approve-protocol-words =
            .question = Vad ska ändras? Skriv paragraf och hur det ska stå.
        approve-protocol-none = Inget protokoll väntar på din justering.
        approve-protocol-status = Protokollet från { $day } { $state }.
        approve-protocol-later = Då väntar protokollet, till { $day }.
        approve-protocol-done = Justerat { $today } av { $name }.
        approve-protocol-remarked = Anmärkningen är skickad till { $who }. Protokollet från { $day } är inte justerat. Du får den nya versionen så snart den kommer.
        approve-protocol-remark-told = { $name } har en anmärkning på protokollet från { $day }: ”{ $words }”. Skicka en ny version här i chatten när du har ändrat.
        submit-protocol-done = Skickat till { $who } för justering, senast { $day }.
        submit-protocol-alone = Ingen är utsedd att justera i { $body }. Be samordnaren eller administratören utse en ordförande först.
    """,
    "en": """
        approve-protocol-which =
            .question = Which minutes do you mean?
        approve-protocol-verdict =
            .question = The minutes of { $day } ({ $body }), version { $version } from { $by }: what do you say?
            .approve = Approve
            .remark = Remark
            .later = Not now
        approve-protocol-words =
            .question = What should change? Write the paragraph and how it should read.
        approve-protocol-none = No minutes are waiting for your approval.
        approve-protocol-status = The minutes of { $day } { $state }.
        approve-protocol-later = Then the minutes wait, until { $day }.
        approve-protocol-done = Approved on { $today } by { $name }.
        approve-protocol-remarked = The remark has been sent to { $who }. The minutes of { $day } are not approved. You will get the new version as soon as it comes.
        approve-protocol-remark-told = { $name } has a remark on the minutes of { $day }: “{ $words }”. Send a new version here in the chat when you have changed them.
        submit-protocol-done = Sent to { $who } for approval, by { $day }.
        submit-protocol-alone = Nobody is appointed to approve in { $body }. Ask the coordinator or the administrator to appoint a chair first.
    """,
}
_VERDICT = Field("choice", options=("approve", "remark", "later"))
_REMARK = re.compile(
    r"ska(?:ll)? det (?:stå|vara)|ska stå|should (?:say|read|be)|fattas|anmärk|remark|invänd|objection|"
    r"(?:inte|ej|not|cannot|can't|kan inte|kan ej)\s+(?:godkänn|justera|approve)|fel(?:aktig|et)?\b|stämmer inte|is wrong",
    re.IGNORECASE,
)
_PLAINLY = frozenset(
    "justera justerar justerat godkänn godkänner godkänns approve approved approving".split()
) | {"jag justerar", "jag godkänner", "justera protokollet", "jag justerar protokollet",
     "ok att justera", "approve the minutes"}  # fmt: skip


@dialog(
    "approve-protocol", intents=("approve_minutes",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True,
)  # fmt: skip
async def approve_protocol(talk: Talk) -> None:
    meant = _meant(talk.heard.text)
    said = await talk.note("said", talk.heard.value.get("verdict") or meant)
    words = await talk.note("words", talk.heard.text if meant == "remark" else "")
    one = await _which(talk)
    if one is None:
        return await _status(talk)
    read = await talk.note("read", talk.heard.value.get("sha256") or one.version.file.sha256)
    verdict = said or await talk.ask(
        "verdict", _VERDICT, day=card.day(one.meeting, talk.lang), body=bodies(one.meeting),
        version=one.version.number, by=one.version.by,
    )  # fmt: skip
    if verdict == "later":
        until = card.short(one.approve_by, talk.lang) if one.approve_by else ""
        return await talk.say("approve-protocol-later", day=until)
    if verdict == "remark":
        words = words or await talk.ask("words", Field("text", multiline=True))
        return await _remark(talk, one, read, words)
    return await _approve(talk, one, read)


def _meant(text: str) -> str:
    """A clear verdict in so many words; "" where the person must be asked."""
    if _REMARK.search(text) and len(text.split()) > 3:
        return "remark"
    return "approve" if plain(text) in _PLAINLY else ""


async def _which(talk: Talk) -> Protocol | None:
    number = talk.heard.value.get("protocol")
    if number is not None:
        return await talk.look(protocols.protocol_by_id, talk.person, int(number))
    waiting = await talk.look(protocols.to_approve, talk.person)
    when = talk.heard.when
    if when and when.first_day and when.last_day:
        first, last = when.first_day, when.last_day
        of_day = [each for each in waiting if first <= each.meeting.starts.date() <= last]
        waiting = of_day or waiting
    if not waiting:
        return None
    choices = [
        Choice(str(each.id), f"{card.day(each.meeting, talk.lang)}, {bodies(each.meeting)}")
        for each in waiting[:BUTTONS]
    ]
    picked = await talk.choose("which", choices)
    return next(each for each in waiting if str(each.id) == picked)


async def _status(talk: Talk) -> None:
    """For somebody who is not asked to approve: how far the newest protocol of theirs is."""
    mine = await talk.look(all_bodies.of_person, talk.person)
    ids = [each.id for each in mine]
    owed = await talk.look(protocols.missing, talk.person, ids, talk.wall)
    for each in reversed(owed):
        one = await talk.look(protocols.protocol_of, talk.person, each.meeting.id)
        if one is None:
            continue
        if one.state == "draft" and one.version.by_id == talk.person.id:
            return await _submit(talk, one)
        day = card.day(one.meeting, talk.lang)
        return await talk.say("approve-protocol-status", day=day, state=card.state(one, talk))
    return await talk.say("approve-protocol-none")


async def _submit(talk: Talk, one: Protocol) -> None:
    """The secretary's own draft is ready."""
    got = await talk.do(
        "submit", protocols.submit_draft, talk.person, one.id, talk.turn.at,
        subject=f"protocol:{one.id}",
    )  # fmt: skip
    now = await talk.look(protocols.protocol_by_id, talk.person, one.id)
    assert now is not None
    if got["state"] != "for_approval":
        return await talk.say("submit-protocol-alone", body=bodies(one.meeting))
    await telling.for_approval(talk, now, await card.content(talk, now))
    until = card.short(now.approve_by, talk.lang) if now.approve_by else ""
    return await talk.say("submit-protocol-done", who=now.approver, day=until)


async def _approve(talk: Talk, one: Protocol, read: str) -> None:
    got = await talk.do(
        "approve", protocols.approve, talk.person, one.id, read, talk.turn.at,
        subject=f"protocol:{one.id}", detail={"sha256": read},
    )  # fmt: skip
    await telling.approved(talk, one, got["decisions"], got["tasks"])
    today = card.short(talk.today, talk.lang)
    done = talk.text("approve-protocol-done", today=today, name=talk.person.name)
    await talk.say(Text(f"{done} {telling.sending(talk, one, got['mailbox'])}"))


async def _remark(talk: Talk, one: Protocol, read: str, words: str) -> None:
    got = await talk.do(
        "remark", protocols.remark, talk.person, one.id, read, words, talk.turn.at,
        subject=f"protocol:{one.id}", detail={"sha256": read},
    )  # fmt: skip
    name = talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        day = card.day(one.meeting, to.lang)
        return [Text(to.text("approve-protocol-remark-told", name=name, day=day, words=words))]

    await talk.tell(got["people"], letter)
    day = card.day(one.meeting, talk.lang)
    await talk.say("approve-protocol-remarked", who=one.version.by, day=day)
