"""Hand in the minutes of a meeting as a file; the secretary's goes to approval, others' is a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.dialog import Talk, Teller, dialog
from bot.files import FileHandle
from bot.form import Field
from bot.reply import Button, Reply, Text
from bot.rules.roles import Action, Grade
from dialogs.meetings.card import bodies
from dialogs.protocols import card, telling
from dialogs.protocols.which import choose, others, which_meeting
from storage import protocols
from storage.meetings import Meeting
from storage.protocols import KINDS, Protocol

EXAMPLES = {
    "sv": (
        "här kommer protokollet", "jag vill lämna in protokollet", "oj fel version nyss, ersätt protokollet",
        "här är minnesanteckningarna från i torsdags",
    ),
    "en": ("here are the minutes", "I want to submit the minutes"),
}  # fmt: skip
NEAR_MISSES = ("visa protokollet från oktober", "vilka protokoll saknas", "här kommer delrapporten")
TALKS = """
# Jonas Attrapp · teams
> här kommer protokollet
< Skicka protokollet som en fil här i chatten: PDF, DOCX eller ODT.
> (protokoll_12nov.pdf) oj, fel version nyss
< Tack! Ska den ersätta version 1 av protokollet från torsdag 12 november 2026? Den väntar på justering av Asta Fiktberg, … [Ersätt] [Annat möte] [Nej]
> ja
< Nu gäller version 2. Den är skickad till Asta Fiktberg för justering, senast måndag 30 november 2026. …
< (Asta Fiktberg) … ny version … torsdag 12 november 2026 … [Justera] [Anmärk] …
> (protokoll_12nov.pdf) protokollet igen
< Den filen har jag redan: den är version 2 av protokollet från torsdag 12 november 2026. …

# Bo Fiktivsson · slack
> (protokoll.docx) protokollet från den 12 november
< Sekreterare för mötet torsdag 12 november 2026 är Jonas Attrapp. Ska jag lämna filen till Jonas Attrapp som ett förslag? …
> ja
< Jonas Attrapp har fått filen. …
< (Jonas Attrapp) … Bo Fiktivsson … protokoll.docx … torsdag 12 november 2026 … [Ta emot] [Nej tack] …

# Bo Fiktivsson · web
> (budget.xlsx) här kommer protokollet
< budget.xlsx är en Excelfil. …

# Jonas Attrapp · slack
> (minutes_12nov.odt) Here are the minutes
< Thank you! Should it replace version 1 of the minutes of Thursday 12 November 2026? …
> no
< Then version 1 stands. I have not kept the file.
"""
TEXTS = {
    "sv": """
        upload-protocol-file =
            .question = Skicka protokollet som en fil här i chatten: PDF, DOCX eller ODT.
        upload-protocol-closed = Jag kan inte läsa filer i Teams-kanaler. Skicka filen till mig i en privat chatt, så kopplar jag den till rätt möte.
        upload-protocol-closed-day = Jag kan inte läsa filer i Teams-kanaler. Skicka filen till mig i en privat chatt, så kopplar jag den till mötet { $day }.
        upload-protocol-open-chat = Öppna chatt
        upload-protocol-kind = { $kind ->
            [xlsx] { $name } är en Excelfil. Protokoll tar jag emot som PDF, DOCX eller ODT, så att de går att spara. Spara om den och skicka den igen.
           *[other] Protokoll tar jag emot som PDF, DOCX eller ODT, så att de går att spara. Spara om { $name } och skicka den igen.
        }
        upload-protocol-shared = Alla som är med i den här kanalen kan läsa filen. Vill du inte det kan du ta bort den här och skicka den till mig i en privat chatt.
        upload-protocol-known = Den filen har jag redan: den är version { $version } av protokollet från { $day }. Protokollet { $state }.
        upload-protocol-new =
            .question = Tack! Gäller det mötet { $day } ({ $body })? { $facts }.
            .yes = Ja, skicka för justering
            .other = Annat möte
            .draft = Bara spara utkast
        upload-protocol-replace =
            .question = Tack! Ska den ersätta version { $version } av protokollet från { $day }? Den { $state }. Den som justerar får veta.
            .yes = Ersätt
            .other = Annat möte
            .no = Nej
        upload-protocol-propose =
            .question = Sekreterare för mötet { $day } är { $who }. Ska jag lämna filen till { $who } som ett förslag?
            .yes = Lämna förslaget
            .other = Annat möte
            .no = Nej
        upload-protocol-kept = Då gäller version { $version } fortfarande. Jag har inte sparat filen.
        upload-protocol-dropped = Då gör jag inget med filen. Jag har inte sparat den.
        upload-protocol-draft = Sparat som utkast (version { $version }). Bara du och de som leder mötet ser det. Skriv ”skicka protokollet för justering” när det är klart.
        upload-protocol-draft-alone = Sparat som utkast (version { $version }). Ingen är utsedd att justera i { $body }: be samordnaren eller administratören utse en ordförande, och skicka det sedan för justering.
        upload-protocol-sent = Skickat till { $who } för justering, senast { $day }. Jag skickar protokollet till nätverkets brevlåda när det är justerat.
        upload-protocol-replaced = Nu gäller version { $version }. Den är skickad till { $who } för justering, senast { $day }. Jag skickar protokollet till nätverkets brevlåda när det är justerat.
        upload-protocol-voided = Den förra justeringen gäller inte längre.
        upload-protocol-plain = Sparat (version { $version }). { $body } justerar inte sina protokoll, så jag skickar det nu till brevlådan.
        upload-protocol-proposed = { $who } har fått filen. Du får veta vad { $who } svarar.
        upload-protocol-proposed-silent = Filen väntar på { $who }, som inte har någon chatt med mig ännu. Hör av dig dit.
        upload-protocol-offer = { $name } har skickat { $file } som förslag till protokoll från { $day } ({ $body }). Vill du ta emot den som din?
        upload-protocol-take = Ta emot
        upload-protocol-decline = Nej tack
    """,
    "en": """
        upload-protocol-file =
            .question = Send the minutes as a file here in the chat: PDF, DOCX or ODT.
        upload-protocol-closed = I cannot read files in Teams channels. Send me the file in a private chat, and I will connect it to the right meeting.
        upload-protocol-closed-day = I cannot read files in Teams channels. Send me the file in a private chat, and I will connect it to the meeting on { $day }.
        upload-protocol-open-chat = Open chat
        upload-protocol-kind = { $kind ->
            [xlsx] { $name } is an Excel file. I take minutes as PDF, DOCX or ODT, so that they can be kept. Please save it as one of those and send it again.
           *[other] I take minutes as PDF, DOCX or ODT, so that they can be kept. Please save { $name } as one of those and send it again.
        }
        upload-protocol-shared = Everybody in this channel can read the file. If you do not want that, you can remove it here and send it to me in a private chat.
        upload-protocol-known = I have that file already: it is version { $version } of the minutes of { $day }. The minutes { $state }.
        upload-protocol-new =
            .question = Thank you! Is it for the meeting on { $day } ({ $body })? { $facts }.
            .yes = Yes, send for approval
            .other = Another meeting
            .draft = Only keep a draft
        upload-protocol-replace =
            .question = Thank you! Should it replace version { $version } of the minutes of { $day }? They { $state }. Whoever approves will be told.
            .yes = Replace
            .other = Another meeting
            .no = No
        upload-protocol-propose =
            .question = The secretary of the meeting on { $day } is { $who }. Should I hand the file to { $who } as a proposal?
            .yes = Hand it over
            .other = Another meeting
            .no = No
        upload-protocol-kept = Then version { $version } stands. I have not kept the file.
        upload-protocol-dropped = Then I will do nothing with the file. I have not kept it.
        upload-protocol-draft = Kept as a draft (version { $version }). Only you and those who lead the meeting see it. Write “send the minutes for approval” when it is ready.
        upload-protocol-draft-alone = Kept as a draft (version { $version }). Nobody is appointed to approve in { $body }: ask the coordinator or the administrator to appoint a chair, then send it for approval.
        upload-protocol-sent = Sent to { $who } for approval, by { $day }. I will send the minutes to the network’s mailbox when they are approved.
        upload-protocol-replaced = Version { $version } stands now. It has been sent to { $who } for approval, by { $day }. I will send the minutes to the network’s mailbox when they are approved.
        upload-protocol-voided = The earlier approval no longer counts.
        upload-protocol-plain = Kept (version { $version }). { $body } does not approve its minutes, so I am sending them to the mailbox now.
        upload-protocol-proposed = { $who } has got the file. You will hear what { $who } says.
        upload-protocol-proposed-silent = The file waits for { $who }, who has no chat with me yet. Please contact them.
        upload-protocol-offer = { $name } has sent { $file } as a proposal for the minutes of { $day } ({ $body }). Do you want to take it as yours?
        upload-protocol-take = Take it
        upload-protocol-decline = No thank you
    """,
}
_NEW = Field("choice", options=("yes", "other", "draft"))
_OLD = Field("choice", options=("yes", "other", "no"))


@dialog(
    "upload-protocol", intents=("upload_minutes",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, takes_files=("protokoll", "protocol", "minutes", "anteckning"),
)  # fmt: skip
async def upload_protocol(talk: Talk) -> None:
    private = talk.turn.where.extra.get("private")
    if talk.file is None and private:
        return await _elsewhere(talk, private)
    file = talk.file or await talk.ask("file", Field("file"))
    if file.kind not in KINDS:
        talk.refuse("upload-protocol-kind", name=file.name, kind=file.kind)
    if talk.in_channel:
        await talk.say("upload-protocol-shared")
    same = await talk.look(protocols.with_file, talk.person, file.sha256)
    if same is not None:
        return await talk.say(
            "upload-protocol-known", version=same.version.number,
            day=card.day(same.meeting, talk.lang), state=card.state(same, talk),
        )  # fmt: skip
    return await _hand_in(talk, file)


async def _elsewhere(talk: Talk, private: str) -> None:
    """Bots get no files in a Teams channel: the person is taken to the private chat."""
    text = talk.text("upload-protocol-closed")
    owed = await talk.look(protocols.missing, talk.person, talk.person.bodies, talk.wall)
    mine = [m.meeting for m in owed if m.meeting.secretary_id == talk.person.id]
    if mine:
        text = talk.text("upload-protocol-closed-day", day=card.day(mine[-1], talk.lang))
    await talk.say(Text(text, (Button(talk.text("upload-protocol-open-chat"), url=private),)))


async def _hand_in(talk: Talk, file: FileHandle) -> None:
    found = await which_meeting(talk, file)
    while True:
        before = await talk.look(protocols.protocol_of, talk.person, found.id)
        right = protocols.graded(talk.person, Action.UPLOAD_PROTOCOL, found)
        answer = await _sure(talk, file, found, before, right)
        if answer != "other":
            break
        found = await choose(talk, file, await others(talk, found))
    if answer == "no":
        return await _leave(talk, before)
    if right is Grade.YES:
        return await _receive(talk, file, found, replaces=before, submit=answer == "yes")
    return await _propose(talk, file, found)


async def _sure(
    talk: Talk, file: FileHandle, found: Meeting, before: Protocol | None, right: Grade
) -> str:
    day = card.day(found, talk.lang)
    if right is not Grade.YES:
        answer = await talk.ask("propose", _OLD, day=day, who=found.secretary or found.host)
    elif before is not None:
        answer = await talk.ask("replace", _OLD, day=day, version=before.version.number,
                                state=card.state(before, talk))  # fmt: skip
    else:
        facts = talk.text("protocol-facts", name=file.name, size=card.size(file.size, talk.lang),
                          kind=card.kind(file.kind))  # fmt: skip
        answer = await talk.ask("new", _NEW, day=day, body=bodies(found), facts=facts)
    return str(answer)


async def _leave(talk: Talk, before: Protocol | None) -> None:
    if before is None:
        return await talk.say("upload-protocol-dropped")
    return await talk.say("upload-protocol-kept", version=before.version.number)


async def _receive(
    talk: Talk, file: FileHandle, found: Meeting, *, replaces: Protocol | None, submit: bool
) -> None:
    got = await talk.do(
        "receive", protocols.receive, talk.person, found.id, file, talk.turn.at, submit,
        subject=f"meeting:{found.id}", detail={"sha256": file.sha256},
    )  # fmt: skip
    one = await talk.look(protocols.protocol_by_id, talk.person, got["protocol"])
    if got["state"] == "approved":
        return await talk.say("upload-protocol-plain", version=got["version"], body=bodies(found))
    if got["state"] == "draft":
        alone = submit and got.get("approver") is None
        if not alone:
            return await talk.say("upload-protocol-draft", version=got["version"])
        return await talk.say(
            "upload-protocol-draft-alone", version=got["version"], body=bodies(found)
        )
    assert one is not None
    await telling.for_approval(talk, one, await card.content(talk, one))
    last = card.short(date.fromisoformat(got["approve_by"]), talk.lang)
    name = "upload-protocol-replaced" if replaces else "upload-protocol-sent"
    more = {"version": got["version"]} if replaces else {}
    text = talk.text(name, who=one.approver, day=last, **more)
    voided = [talk.text("upload-protocol-voided")] if got["voided"] else []
    return await talk.say(Text("\n".join([text, *voided])))


async def _propose(talk: Talk, file: FileHandle, found: Meeting) -> None:
    got = await talk.do(
        "propose", protocols.propose, talk.person, found.id, file, talk.turn.at,
        subject=f"meeting:{found.id}", detail={"sha256": file.sha256},
    )  # fmt: skip
    name = talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text("upload-protocol-offer", name=name, file=file.name,
                       day=card.day(found, to.lang), body=bodies(found))  # fmt: skip
        buttons = tuple(
            to.button(f"upload-protocol-{word}", "answer-proposal", proposal=got["proposal"],
                      take=word == "take")
            for word in ("take", "decline")
        )  # fmt: skip
        return [Text(text, buttons)]

    told = await talk.tell([got["secretary"]], letter)
    said = "upload-protocol-proposed" if told else "upload-protocol-proposed-silent"
    await talk.say(said, who=found.secretary)
