"""Who may change meetings, and what somebody else is told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialog import Talk
from bot.rules.roles import Action, Grade, Role, grade
from storage import bodies
from storage.bodies import Body
from storage.meetings import Meeting

TEXTS = {
    "sv": """
        manage-may-not = Ordförande eller presidium ställer in möten och flyttar dem. I { $body } är det { $people }. Jag kan fråga åt dig.
        manage-may-not-nobody = Ordförande eller presidium ställer in möten och flyttar dem, men { $body } har ingen utsedd just nu. Hör av dig till samordnaren.
    """,
    "en": """
        manage-may-not = The chair or the presidium cancels and moves meetings. In { $body } that is { $people }. I can ask for you.
        manage-may-not-nobody = The chair or the presidium cancels and moves meetings, but { $body } has nobody appointed right now. Please contact the coordinator.
    """,
}


async def may_manage(talk: Talk, found: Meeting) -> None:
    """End the dialog with who may, where the person may not."""
    names = ", ".join(name for _, name in found.bodies)
    await _may(talk, found.region, found.body_ids, names)


async def may_manage_body(talk: Talk, body: Body) -> None:
    """The same for what is to be planned in a body."""
    await _may(talk, body.region, [body.id], body.name)


async def _may(talk: Talk, region: int, ids: Sequence[int], body: str) -> None:
    right = grade(talk.person, Action.MANAGE_MEETING, region=region, bodies=ids)
    if right is Grade.YES:
        return
    names: dict[int, str] = {}
    for role in (Role.CHAIR, Role.PRESIDIUM):
        held = await talk.look(bodies.holders, talk.person, region, role, ids, talk.today)
        names |= {each.id: each.name for each in held}
    if not names:
        talk.refuse("manage-may-not-nobody", body=body)
    people = ", ".join(names.values())
    talk.refuse("manage-may-not", ask=list(names.items()), body=body, people=people)


def missed(people: Sequence[int], told: int) -> int:
    """Those still to be told, where somebody was; where nobody was, the words say so already."""
    return len(people) - told if told else 0
