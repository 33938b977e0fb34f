"""Whoever gave the mandate acknowledges a report, or sends it back with a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.dialog import Talk, Teller, dialog
from bot.form import Field
from bot.reply import Reply, Text
from dialogs.mandates import show
from storage import mandates
from storage.mandates import Open

TEXTS = {
    "sv": """
        decide-report-question =
            .question = Vad vill du fråga om { $kind } för { $short }? { $people } får frågan.
        decide-report-returned = Åter till { $people } med frågan: { $kind } för { $short } är inte kvitterad.
        decide-report-acknowledged = Kvitterad: { $kind } för { $short }. { $people } får veta.
        decide-report-letter-returned = { $name } skickar tillbaka { $kind } för { $title } med en fråga: ”{ $words }” Den är inte kvitterad, så jag påminner igen tills den är inlämnad på nytt.
        decide-report-letter-acknowledged = { $name } har kvitterat { $kind } för { $title }. Tack!
    """,
    "en": """
        decide-report-question =
            .question = What do you want to ask about { $kind } for { $short }? { $people } will get the question.
        decide-report-returned = Back to { $people } with the question: { $kind } for { $short } is not acknowledged.
        decide-report-acknowledged = Acknowledged: { $kind } for { $short }. { $people } will be told.
        decide-report-letter-returned = { $name } sends { $kind } for { $title } back with a question: “{ $words }” It is not acknowledged, so I will remind you again until it has been handed in anew.
        decide-report-letter-acknowledged = { $name } has acknowledged { $kind } for { $title }. Thank you!
    """,
}
QUESTION = Field("text", limit=1000)


@dialog(
    "decide-report", changes=True, personal=True, overhears=mandates.answer_to_report,
    takes_over=("approve_minutes",),
)  # fmt: skip
async def decide_report(talk: Talk) -> None:
    value = talk.heard.value
    found = await talk.look(mandates.report_by_id, talk.person, int(value["report"]))
    if found is None:
        talk.refuse("no-such-mandate")
    of = found.report
    people = await talk.look(mandates.keeper_names, found.mandate, of, talk.today)
    words: dict[str, Any] = {"kind": show.the_kind(talk, of), "short": found.mandate.short}
    step = str(value["step"])
    question = str(value.get("said", ""))
    if step == "returned" and not question:
        question = await talk.ask("question", QUESTION, people=people, **words)
    operation = mandates.acknowledge if step == "acknowledged" else mandates.give_back
    given = () if step == "acknowledged" else (question,)
    await talk.do(
        step, operation, talk.person, of.id, *given, talk.turn.at, subject=f"report:{of.id}"
    )
    await _tell_owner(talk, found, step, question)
    return await talk.say(f"decide-report-{step}", people=people, **words)


async def _tell_owner(talk: Talk, found: Open, step: str, question: str) -> None:
    of = found.report
    keepers = await talk.look(mandates.keepers, found.mandate, of.owner, talk.today)
    name = talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text(f"decide-report-letter-{step}", name=name, kind=show.the_kind(to, of),
                       title=found.mandate.title, words=question)  # fmt: skip
        again = (to.button("mandate-hand-in", "hand-in", report=of.id),)
        return [Text(text, again if step == "returned" else ())]

    await talk.tell(keepers, letter, or_mail=True)
