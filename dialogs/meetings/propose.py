"""Propose an item for the agenda of the next meeting; the presidium decides."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialog import Talk, Teller, dialog
from bot.form import Field
from bot.reply import Reply, Text
from bot.rules.roles import Action, Grade, Role, grade
from dialogs.meetings import card
from dialogs.meetings.pick import which_meeting
from storage import bodies, meetings

EXAMPLES = {
    "sv": ("jag vill föreslå en punkt till dagordningen", "kan vi ta upp validering på nästa möte"),
    "en": ("I'd like to add an item to the agenda", "put validation on the agenda"),
}
NEAR_MISSES = ("vad står på dagordningen",)
TALKS = """
# Bo Fiktivsson · teams
> jag vill föreslå en punkt till dagordningen
< Vilken punkt vill du föreslå till mötet torsdag 10 december 2026? …
> validering av yrkeskunnande
< Jag föreslår ”validering av yrkeskunnande” till torsdag 10 december 2026. Stämmer det? [Ja] [Nej]
> ja
< Tack! Punkten är föreslagen. Presidiet bestämmer om den kommer med: …
"""
TEXTS = {
    "sv": """
        propose-item-title =
            .question = Vilken punkt vill du föreslå till mötet { $day }? Skriv den med några ord.
        propose-item-sure =
            .question = Jag föreslår ”{ $title }” till { $day }. Stämmer det?
        propose-item-done = Tack! Punkten är föreslagen. Presidiet bestämmer om den kommer med: { $people }.
        propose-item-done-nobody = Tack! Punkten är föreslagen. Presidiet bestämmer om den kommer med.
        propose-item-dropped = Då föreslår jag inget.
        propose-item-letter = { $name } föreslår en punkt till mötet { $day } ({ $body }): ”{ $title }”.
        propose-item-accept = Ta med punkten
        propose-item-decline = Ta inte med
        decide-item-accepted = Punkten ”{ $title }” är med på dagordningen { $day }.
        decide-item-declined = Punkten ”{ $title }” kommer inte med.
        decide-item-decided = Den punkten är redan avgjord.
        decide-item-may-not = Presidiet bestämmer om dagordningen.
        decide-item-told-accepted = Din punkt ”{ $title }” är med på dagordningen { $day }.
        decide-item-told-declined = Din punkt ”{ $title }” kom inte med på dagordningen { $day }.
    """,
    "en": """
        propose-item-title =
            .question = Which item do you want to propose for the meeting on { $day }? Describe it in a few words.
        propose-item-sure =
            .question = I will propose “{ $title }” for { $day }. Is that right?
        propose-item-done = Thank you! The item is proposed. The presidium decides whether it is included: { $people }.
        propose-item-done-nobody = Thank you! The item is proposed. The presidium decides whether it is included.
        propose-item-dropped = Then I will not propose anything.
        propose-item-letter = { $name } proposes an item for the meeting on { $day } ({ $body }): “{ $title }”.
        propose-item-accept = Include it
        propose-item-decline = Do not include it
        decide-item-accepted = The item “{ $title }” is on the agenda for { $day }.
        decide-item-declined = The item “{ $title }” is not included.
        decide-item-decided = That item has already been decided.
        decide-item-may-not = The presidium decides on the agenda.
        decide-item-told-accepted = Your item “{ $title }” is on the agenda for { $day }.
        decide-item-told-declined = Your item “{ $title }” was not included in the agenda for { $day }.
    """,
}
TITLE = Field("text", limit=300)


@dialog(
    "propose-item", intents=("propose_agenda_item",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True,
)  # fmt: skip
async def propose_item(talk: Talk) -> None:
    found = await which_meeting(talk, when=talk.heard.when)
    day = card.short_day(found.starts, talk.lang)
    title = await talk.ask("title", TITLE, known=talk.heard.first("topic"), day=day)
    if not await talk.confirm("sure", title=title, day=day):
        return await talk.say("propose-item-dropped")
    item = await talk.do(
        "propose-item", meetings.propose_item, talk.person, found.id, title,
        subject=f"meeting:{found.id}",
    )  # fmt: skip
    deciders = await talk.look(
        bodies.holders, talk.person, found.region, Role.PRESIDIUM, found.body_ids, talk.today
    )
    body, name = card.bodies(found), talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        when = card.short_day(found.starts, to.lang)
        text = to.text("propose-item-letter", name=name, day=when, body=body, title=title)
        return [
            Text(text, (to.button("propose-item-accept", "decide-item", item=item, state="accepted"),
                        to.button("propose-item-decline", "decide-item", item=item, state="declined")))
        ]  # fmt: skip

    await talk.tell([each.id for each in deciders], letter)
    if not deciders:
        return await talk.say("propose-item-done-nobody")
    return await talk.say("propose-item-done", people=", ".join(each.name for each in deciders))


@dialog("decide-item", changes=True, personal=True)
async def decide_item(talk: Talk) -> None:
    item, state = int(talk.heard.value["item"]), str(talk.heard.value["state"])
    number = await talk.look(meetings.item_meeting, item)
    found = await talk.look(meetings.meeting_by_id, talk.person, number or 0)
    if found is None:
        talk.refuse("decide-item-may-not")
    right = grade(talk.person, Action.MANAGE_MEETING, region=found.region, bodies=found.body_ids)
    if right is not Grade.YES:
        talk.refuse("decide-item-may-not")
    decided = await talk.do(
        "decide-item", meetings.decide_item, talk.person, item, state, talk.turn.at,
        subject=f"meeting:{found.id}", detail={"state": state},
    )  # fmt: skip
    if decided is None:
        return await talk.say("decide-item-decided")
    title, proposer = decided

    def letter(to: Teller) -> Sequence[Reply]:
        when = card.short_day(found.starts, to.lang)
        return [Text(to.text(f"decide-item-told-{state}", title=title, day=when))]

    if proposer is not None and proposer != talk.person.id:
        await talk.tell([proposer], letter)
    day = card.short_day(found.starts, talk.lang)
    if state == "accepted":
        return await talk.say("decide-item-accepted", title=title, day=day)
    return await talk.say("decide-item-declined", title=title)
