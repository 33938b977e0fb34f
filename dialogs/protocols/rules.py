"""Decide how a group approves its minutes: by the chair, by the presidium, or not at all, and in how many days."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.form import choice_field, form, number_field
from bot.reply import Button
from bot.rules.roles import Action, Grade, grade
from storage import bodies
from storage.meetings import Meeting
from storage.protocols import rules

TEXTS = {
    "sv": """
        approval-rule-change = Ändra hur protokoll justeras
        approval-rule = Justering av protokoll
            .submit = Spara
            .open = Fyll i formuläret
        approval-rule-by =
            .question = Vem ska justera protokollen?
            .label = Justeras av
            .chair = Ordföranden
            .presidium = Presidiet
            .nobody = Ingen, de skickas direkt
        approval-rule-days =
            .question = Hur många dagar får det ta?
            .label = Inom så många dagar
        approval-rule-done = Sparat: i { $body } justeras protokollen av { $by ->
            [chair] ordföranden inom { $days } dagar
           *[presidium] presidiet inom { $days } dagar
        }. Det gäller protokoll som lämnas från och med nu.
        approval-rule-none = Sparat: { $body } justerar inte sina protokoll. De skickas till brevlådan när sekreteraren har lämnat dem.
    """,
    "en": """
        approval-rule-change = Change how minutes are approved
        approval-rule = Approval of minutes
            .submit = Save
            .open = Fill in the form
        approval-rule-by =
            .question = Who should approve the minutes?
            .label = Approved by
            .chair = The chair
            .presidium = The presidium
            .nobody = Nobody, they are sent at once
        approval-rule-days =
            .question = How many days may it take?
            .label = Within this many days
        approval-rule-done = Kept: in { $body } the minutes are approved by { $by ->
            [chair] the chair within { $days } days
           *[presidium] the presidium within { $days } days
        }. That holds for minutes handed in from now on.
        approval-rule-none = Kept: { $body } does not approve its minutes. They go to the mailbox when the secretary has handed them in.
    """,
}


@form("approval-rule")
class ApprovalRule:
    by: str = choice_field("chair", "presidium", "nobody")
    days: int = number_field(least=1, most=60)


@dialog("approval-rule", changes=True, personal=True, forms=(ApprovalRule,))
async def approval_rule(talk: Talk) -> None:
    number = int(talk.heard.value["body"])
    found = await talk.look(bodies.by_id, talk.person, number)
    if found is None:
        talk.refuse("no-such-body")
    answers = await talk.fill(ApprovalRule)
    await talk.do(
        "approval-rule", rules.set_rule, talk.person, number, answers.by, answers.days,
        talk.turn.at, subject=f"body:{number}", detail={"by": answers.by},
    )  # fmt: skip
    if answers.by == "nobody":
        return await talk.say("approval-rule-none", body=found.name)
    return await talk.say("approval-rule-done", body=found.name, by=answers.by, days=answers.days)


def button(talk: Talk, of: Meeting) -> list[Button]:
    """For those who lead the meeting's one body."""
    right = grade(talk.person, Action.MANAGE_MEETING, region=of.region, bodies=of.body_ids)
    if right is not Grade.YES or len(of.body_ids) != 1:
        return []
    return [talk.button("approval-rule-change", "approval-rule", body=of.body_ids[0])]
