"""Say whose a channel is: "den här kanalen är Nätverket Vuxenutbildning". What is asked there is about it."""

from __future__ import annotations

import re

from bot.dialog import Talk, dialog
from bot.rules.roles import Action
from storage import bodies, channels

EXAMPLES = {
    "sv": ("den här kanalen är vuxnätverket", "kanalen hör till Arbetsgrupp Språkstöd",
           "den här kanalen är ingen grupps"),
    "en": ("this channel is the network", "this channel belongs to the working group"),
}  # fmt: skip
NEAR_MISSES = (
    "vilken kanal är bäst för information",
    "kanalen är trasig hos oss på jobbet i dag igen",
)
TALKS = """
# Asta Fiktberg · teams
> den här kanalen är vuxnätverket
< Skriv det i kanalen som det gäller, så vet jag vilken du menar.
"""
TEXTS = {
    "sv": """
        tie-channel-where = Skriv det i kanalen som det gäller, så vet jag vilken du menar.
        tie-channel-unknown = Jag hittar ingen grupp som heter ”{ $said }” bland dina. Skriv till exempel ”den här kanalen är { $mine }”.
        tie-channel-which = Skriv vilken grupp det är, till exempel ”den här kanalen är { $mine }”.
        tie-channel-done = Nu hör den här kanalen till { $body }. Frågar någon om möten här svarar jag om { $body }.
        tie-channel-undone = Den här kanalen hör inte längre till någon grupp.
        tie-channel-a-group = vuxnätverket
    """,
    "en": """
        tie-channel-where = Write that in the channel it is about, so that I know which one you mean.
        tie-channel-unknown = I find no group called “{ $said }” among yours. Write for example “this channel is { $mine }”.
        tie-channel-which = Write which group it is, for example “this channel is { $mine }”.
        tie-channel-done = This channel now belongs to { $body }. When somebody asks about meetings here, I answer about { $body }.
        tie-channel-undone = This channel no longer belongs to any group.
        tie-channel-a-group = the network
    """,
}
_NAMED = re.compile(
    r"(?:kanal(?:en)?|channel)\s+(?:är|hör till|tillhör|is|belongs to)\s+(.+)", re.I
)
_NOBODY = re.compile(r"(?:ingen|inget|no|nobody)\b", re.I)


@dialog(
    "tie-channel", intents=("tie_channel",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, needs=Action.ANNOUNCE_MEETING,
)  # fmt: skip
async def tie_channel(talk: Talk) -> None:
    where = talk.turn.where
    if not talk.in_channel:
        return await talk.say("tie-channel-where")
    said = _said(talk.heard.text)
    if talk.heard.value.get("untie") or _NOBODY.match(said):
        await talk.do("untie-channel", channels.untie, talk.person, where, talk.turn.at)
        return await talk.say("tie-channel-undone")
    visible = await talk.look(bodies.visible, talk.person)
    mine = visible[0].short if visible else talk.text("tie-channel-a-group")
    if not said:
        talk.refuse("tie-channel-which", mine=mine)
    body = bodies.named(visible, talk.person, said)
    if body is None:
        talk.refuse("tie-channel-unknown", said=said[:60], mine=mine)
    await talk.do(
        "tie-channel", channels.tie, talk.person, where, body.id, talk.turn.at,
        subject=f"body:{body.id}",
    )  # fmt: skip
    talk.can_undo("tie-channel", untie=True)
    return await talk.say("tie-channel-done", body=body.name)


def _said(text: str) -> str:
    found = _NAMED.search(text)
    return found[1].strip(' .!?”"') if found else ""
