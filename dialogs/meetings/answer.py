"""Say that you come to a meeting, or that you cannot; change your mind as often as you like."""

from __future__ import annotations

import re
from typing import Any

from bot.dialog import Talk, dialog
from dialogs.meetings import card
from dialogs.meetings.pick import which_meeting
from storage import meetings

EXAMPLES = {
    "sv": ("jag kommer på torsdag", "jag kan inte komma på nätverksträffen"),
    "en": ("I will come to the meeting", "I can't make it to the network meeting"),
}
NEAR_MISSES = ("jag kan inte komma på dialogen", "vilka kommer på mötet")
TALKS = """
# Bo Fiktivsson · teams
> När är nästa nätverksträff?
< … [Jag kommer] …
> [Jag kommer]
< … Noterat: du kommer torsdag 10 december 2026. … Ditt svar: Du kommer …
> ångra
< … Du har inte svarat ännu …

# Bo Fiktivsson · slack
> jag kan tyvärr inte komma på nätverksträffen den 10 december
< Jag antecknar att du inte kan torsdag 10 december 2026 (Nätverket Vuxenutbildning Skaraborg). Stämmer det? [Ja] [Nej]
> ja
< … Noterat: du kan inte torsdag 10 december 2026. …

# Asta Fiktberg · slack
> Bo Fiktivsson kan inte komma på nätverksträffen
< … bara ditt eget svar …
"""
TEXTS = {
    "sv": """
        answer-meeting-coming =
            .question = Kommer du till mötet { $day } ({ $body })?
            .yes = Jag kommer
            .no = Kan inte
        answer-meeting-sure-yes =
            .question = Jag antecknar att du kommer { $day } ({ $body }). Stämmer det?
        answer-meeting-sure-no =
            .question = Jag antecknar att du inte kan { $day } ({ $body }). Stämmer det?
        answer-meeting-noted-yes = Noterat: du kommer { $day }. Du kan ändra dig när du vill.
        answer-meeting-noted-no = Noterat: du kan inte { $day }. Du kan ändra dig när du vill.
        answer-meeting-same-yes = Du har redan svarat att du kommer { $day }.
        answer-meeting-same-no = Du har redan svarat att du inte kan { $day }.
        answer-meeting-taken-back = Ditt svar är borttaget.
        answer-meeting-dropped = Då ändrar jag inget.
        answer-meeting-past = Mötet { $day } har redan varit, så det går inte att svara längre.
        answer-meeting-other = Jag antecknar bara ditt eget svar. Be den det gäller att svara mig själv, då syns det i deltagarlistan.
        answer-meeting-cancelled = Mötet { $day } är inställt, så du behöver inte svara.
    """,
    "en": """
        answer-meeting-coming =
            .question = Will you come to the meeting on { $day } ({ $body })?
            .yes = I will come
            .no = I cannot
        answer-meeting-sure-yes =
            .question = I will note that you are coming on { $day } ({ $body }). Is that right?
        answer-meeting-sure-no =
            .question = I will note that you cannot come on { $day } ({ $body }). Is that right?
        answer-meeting-noted-yes = Noted: you are coming on { $day }. You can change your mind at any time.
        answer-meeting-noted-no = Noted: you cannot come on { $day }. You can change your mind at any time.
        answer-meeting-same-yes = You have already said that you are coming on { $day }.
        answer-meeting-same-no = You have already said that you cannot come on { $day }.
        answer-meeting-taken-back = Your answer has been removed.
        answer-meeting-dropped = Then I will not change anything.
        answer-meeting-past = The meeting on { $day } is over, so it can no longer be answered.
        answer-meeting-other = I only note your own answer. Please ask the person concerned to answer me; then it shows in the list of attendees.
        answer-meeting-cancelled = The meeting on { $day } is cancelled, so there is no need to answer.
    """,
}
_NO = re.compile(
    r"\b(inte|ej|inget|förhinder|återbud|missar|sjuk|hinner|can't|cannot|not|won't|unable|miss|decline|skip)\b",
    re.IGNORECASE,
)
NONE = "none"


@dialog(
    "answer-meeting", intents=("answer_meeting",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True,
)  # fmt: skip
async def answer_meeting(talk: Talk) -> None:
    if talk.heard.about_other and not talk.heard.value:
        talk.refuse("answer-meeting-other")
    found = await which_meeting(talk, when=talk.heard.when)
    day = card.short_day(found.starts, talk.lang)
    if found.cancelled:
        talk.refuse("answer-meeting-cancelled", day=day)
    if found.ends < talk.wall:
        talk.refuse("answer-meeting-past", day=day)
    before = await talk.note(
        "before", await talk.look(meetings.own_answer, found.id, talk.person.id)
    )
    said = talk.heard.value.get("answer") or await _said(talk, day, card.bodies(found))
    if said is None:
        return await talk.say("answer-meeting-dropped")
    if said == before:
        text = talk.text(f"answer-meeting-same-{said}", day=day)
    else:
        text = await _keep(talk, found.id, said, before, day)
    return await talk.say(await card.card(talk, found, text=text, replaces=True))


async def _said(talk: Talk, day: str, body: str) -> str | None:
    """What the words mean, said back and confirmed."""
    guess = await talk.note("guess", "no" if _NO.search(talk.heard.text) else "yes")
    sure = await talk.confirm(f"sure-{guess}", day=day, body=body)
    return str(guess) if sure else None


async def _keep(talk: Talk, number: int, said: Any, before: str | None, day: str) -> str:
    subject, detail = f"meeting:{number}", {"answer": str(said), "before": before or NONE}
    if said == NONE:
        await talk.do("answer", meetings.withdraw_answer, talk.person, number,
                      subject=subject, detail=detail)  # fmt: skip
        return talk.text("answer-meeting-taken-back")
    await talk.do("answer", meetings.answer, talk.person, number, said, talk.turn.at,
                  subject=subject, detail=detail)  # fmt: skip
    talk.can_undo("answer-meeting", meeting=number, answer=before or NONE)
    return talk.text(f"answer-meeting-noted-{said}", day=day)
