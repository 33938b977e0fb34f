"""The secretary's word on a file that somebody else has sent as minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.dialog import Talk, Teller, dialog
from bot.reply import Reply, Text
from dialogs.protocols import card, telling
from storage import protocols

TEXTS = {
    "sv": """
        answer-proposal-taken = Då är { $file } version { $version } av protokollet. Skickat till { $who } för justering, senast { $day }.
        answer-proposal-draft = Då är { $file } version { $version } av protokollet, som ett utkast: ingen är utsedd att justera.
        answer-proposal-declined = Då tar jag inte emot { $file }. { $name } får veta.
        answer-proposal-told-take = { $who } har tagit emot din fil { $file } som protokoll från { $day }.
        answer-proposal-told-decline = { $who } har inte tagit emot din fil { $file } som protokoll från { $day }. Hör av dig till { $who } om du undrar varför.
    """,
    "en": """
        answer-proposal-taken = Then { $file } is version { $version } of the minutes. Sent to { $who } for approval, by { $day }.
        answer-proposal-draft = Then { $file } is version { $version } of the minutes, as a draft: nobody is appointed to approve.
        answer-proposal-declined = Then I will not take { $file }. { $name } will be told.
        answer-proposal-told-take = { $who } has taken your file { $file } as the minutes of { $day }.
        answer-proposal-told-decline = { $who } has not taken your file { $file } as the minutes of { $day }. Please ask { $who } if you wonder why.
    """,
}


@dialog("answer-proposal", changes=True, personal=True)
async def answer_proposal(talk: Talk) -> None:
    number, take = int(talk.heard.value["proposal"]), bool(talk.heard.value["take"])
    found = await talk.look(protocols.proposal_by_id, talk.person, number)
    if found is None:
        talk.refuse("no-such-protocol")
    got = await talk.do(
        "answer-proposal", protocols.answer_proposal, talk.person, number, talk.turn.at, take,
        subject=f"meeting:{found.meeting.id}", detail={"take": str(take)},
    )  # fmt: skip
    word, who = "take" if take else "decline", talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        day = card.day(found.meeting, to.lang)
        return [
            Text(to.text(f"answer-proposal-told-{word}", who=who, file=found.file.name, day=day))
        ]

    await talk.tell([found.by_id], letter)
    if not take:
        return await talk.say("answer-proposal-declined", file=found.file.name, name=found.by)
    one = await talk.look(protocols.protocol_by_id, talk.person, got["protocol"])
    assert one is not None
    if not telling.waits(one):
        return await talk.say(
            "answer-proposal-draft", file=found.file.name, version=one.version.number
        )
    await telling.for_approval(talk, one, await card.content(talk, one))
    last = card.short(date.fromisoformat(got["approve_by"]), talk.lang)
    return await talk.say("answer-proposal-taken", file=found.file.name, day=last,
                          version=one.version.number, who=one.approver)  # fmt: skip
