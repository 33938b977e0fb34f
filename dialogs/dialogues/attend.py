"""Who was there: the coordinator ticks off, or everybody says the code that is shown on site."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.form import Choice, Field
from bot.rules.seats import COMING
from dialogs.dialogues import card
from dialogs.dialogues.pick import which_dialogue
from storage import dialogues
from storage.dialogues import Participant

TEXTS = {
    "sv": """
        tick-off-session =
            .question = Vilken del gäller det?
        tick-off-who =
            .question = Vilka var inte där? Skriv namnen med komma emellan, eller ”alla kom”. Koden på plats är { $code }: den som trycker på ”Jag är här” på dialogens kort och skriver koden bockas av direkt.
            .all = Alla kom
        tick-off-sure =
            .question = { $present } närvarande och { $absent } frånvarande{ $names }. Stämmer det?
        tick-off-names = { " " }({ $names })
        tick-off-unknown = Jag hittar ingen anmäld som heter ”{ $said }” på { $part }. Skriv namnen som de står i listan.
        tick-off-nobody = Ingen är anmäld till { $part }.
        tick-off-done = Noterat: { $present } närvarande och { $absent } frånvarande på { $part }.
        tick-off-dropped = Då noterar jag inget.
        check-in-code =
            .question = Vilken kod står det på plats?
        check-in-done = Tack { $name }, du är avbockad på { $part }.
        wrong-code = Den koden stämmer inte. Den står på skylten i lokalen; annars bockar samordnaren av dig.
        not-now = Du kan bara bocka av dig på dagen, medan din del pågår eller strax före.
    """,
    "en": """
        tick-off-session =
            .question = Which part is it about?
        tick-off-who =
            .question = Who was not there? Write the names with commas between, or “everybody came”. The code on site is { $code }: whoever presses “I am here” on the dialogue’s card and writes the code is ticked off at once.
            .all = Everybody came
        tick-off-sure =
            .question = { $present } present and { $absent } absent{ $names }. Is that right?
        tick-off-names = { " " }({ $names })
        tick-off-unknown = I cannot find anybody registered called “{ $said }” in { $part }. Write the names as they are in the list.
        tick-off-nobody = Nobody is registered for { $part }.
        tick-off-done = Noted: { $present } present and { $absent } absent in { $part }.
        tick-off-dropped = Then I will not note anything.
        check-in-code =
            .question = Which code is shown on site?
        check-in-done = Thank you { $name }, you are ticked off in { $part }.
        wrong-code = That code is not right. It is on the sign in the room; otherwise the coordinator ticks you off.
        not-now = You can only tick yourself off on the day, while your part is going on or just before.
    """,
}
_ALL = {"all", "alla", "alla kom", "alla var där", "everybody", "everybody came", "ingen", "nobody"}


@dialog("tick-off", personal=True, changes=True)
async def tick_off(talk: Talk) -> None:
    found = await which_dialogue(talk)
    people = await talk.look(dialogues.participants, talk.person, found.id, talk.today)
    choices = [Choice(str(each.id), card.parts(found, [each.id], talk)) for each in found.sessions]
    session = int(await talk.choose("session", choices))
    part = card.the_part(found.session(session), talk)
    coming = [each for each in people if each.sessions.get(session) in COMING]
    if not coming:
        return await talk.say("tick-off-nobody", part=part)
    said = await talk.ask("who", Field("text", limit=2000), code=found.code,
                          choices=[Choice("all", talk.text("tick-off-who.all"))])  # fmt: skip
    absent = _absent(talk, said, coming, part)
    names = ", ".join(each.name for each in absent)
    sure = await talk.confirm(
        "sure", present=len(coming) - len(absent), absent=len(absent),
        names=talk.text("tick-off-names", names=names) if names else "",
    )  # fmt: skip
    if not sure:
        return await talk.say("tick-off-dropped")
    gone = {each.registration for each in absent}
    states = [[each.registration, "absent" if each.registration in gone else "present"]
              for each in coming]  # fmt: skip
    await talk.do("tick-off", dialogues.attend, talk.person, found.id, session, states,
                  talk.turn.at, subject=f"dialogue:{found.id}", detail={"session": str(session)})  # fmt: skip
    return await talk.say("tick-off-done", part=part, present=len(coming) - len(absent),
                          absent=len(absent))  # fmt: skip


def _absent(talk: Talk, said: str, coming: list[Participant], part: str) -> list[Participant]:
    if said.casefold().strip(" .!") in _ALL:
        return []
    absent = []
    for name in (
        each.strip() for each in said.replace(" och ", ",").replace(" and ", ",").split(",")
    ):
        found = [each for each in coming if name and name.casefold() in each.name.casefold()]
        if len(found) != 1:
            talk.refuse("tick-off-unknown", said=name, part=part)
        absent += found
    return absent


@dialog("check-in", personal=True, changes=True)
async def check_in(talk: Talk) -> None:
    """On the day: one ticks oneself off with the code that is shown on site."""
    found = await which_dialogue(talk)
    code = await talk.ask("code", Field("text", limit=20))
    session = await talk.do("check-in", dialogues.check_in, talk.person, found.id, code,
                            talk.turn.at, subject=f"dialogue:{found.id}")  # fmt: skip
    part = card.the_part(found.session(session), talk)
    await talk.say("check-in-done", name=talk.person.name.split()[0], part=part)
