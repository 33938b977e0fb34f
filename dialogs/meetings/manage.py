"""Who may change meetings, and what somebody else is told."""

from __future__ import annotations

from bot.dialog import Talk
from bot.rules.roles import Action, Grade, Role, grade
from storage import bodies
from storage.meetings import Meeting

TEXTS = {
    "sv": """
        manage-may-not = Ordförande eller presidium ställer in möten och flyttar dem. I { $body } är det { $people }. Hör av dig till någon av dem.
        manage-may-not-nobody = Ordförande eller presidium ställer in möten och flyttar dem, men { $body } har ingen utsedd just nu. Hör av dig till samordnaren.
    """,
    "en": """
        manage-may-not = The chair or the presidium cancels and moves meetings. In { $body } that is { $people }. Please contact one of them.
        manage-may-not-nobody = The chair or the presidium cancels and moves meetings, but { $body } has nobody appointed right now. Please contact the coordinator.
    """,
}


async def may_manage(talk: Talk, found: Meeting) -> None:
    """End the dialog with who may, where the person may not."""
    right = grade(talk.person, Action.MANAGE_MEETING, region=found.region, bodies=found.body_ids)
    if right is Grade.YES:
        return
    names = []
    for role in (Role.CHAIR, Role.PRESIDIUM):
        held = await talk.look(bodies.holders, found.region, role, found.body_ids, talk.today)
        names += [each.name for each in held]
    body = ", ".join(name for _, name in found.bodies)
    if not names:
        talk.refuse("manage-may-not-nobody", body=body)
    talk.refuse("manage-may-not", body=body, people=", ".join(dict.fromkeys(names)))
