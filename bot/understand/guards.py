"""What the words rule out, whatever the model takes them for: negations, questions, other people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understand.entities import Entity

# Wishes that are often said with a "not" of their own ("jag kan inte komma"), or that quote one
# ("ta upp varför vi inte …"). For them only a negated order counts.
_SAID_WITH_NOT = frozenset(
    "answer_meeting cancel_registration change_registration postpone_deadline feedback_chiefs "
    "propose_agenda_item swap_host announce_dialogue edit_announcement question_round remind_me "
    "upload_minutes approve_minutes".split()
)
_ORDER = re.compile(
    r"^\W*(?:nej[ ,]+|no[ ,]+)?(?:(?:snälla |please |var snäll och )?(?:"
    r"(?:ställ|ta|flytta|boka|avboka|radera|anmäl|avanmäl|skicka|ändra|byt|stryk|lägg|skapa|justera|"
    r"godkänn|bjud|annonsera|publicera|markera|skjut|registrera|påminn|ladda|meddela|återkoppla)\b"
    r"(?:\s+\w+){0,3}?\s+(?:inte|ej|ingen|inget|inga)\b|"
    r"(?:do not|don't|dont|never|no need to)\b)|(?:jag vill|du ska|ni ska|vi ska|vi vill|"
    r"i want you to|i (?:do not|don't) want|we (?:do not|don't) want)\s+(?:absolut\s+)?(?:inte|ej|not|to|you)\b)"
    r"|\b(?:inte|ej) (?:ställa in|flytta|avboka|radera|ta bort|avanmäla|skicka|boka|anmäla|ha mer tid)\b"
    r"|\bplease (?:do not|don't)\b"
    r"|\b(?:låt bli|undvik|vänta med|avstå från|strunta i) att\b"
    r"|\b(?:ingen|inga|inget|no|no one|nobody)(?: \w+)? (?:ska|får|should|may)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:inte|ej|icke|ingen|inget|inga|aldrig|not|never|no|none|nobody)\b|n't\b|\bdont\b", re.I
)
_NO_NEGATION = re.compile(  # polite requests, reasons, what must not be forgotten
    r"\b(?:glöm inte|(?:do not|don't|dont) forget)\b"
    r"|\b(?:kan|kunde|skulle|ska|vill|borde|får) (?:du|ni|vi|man|jag) (?:inte|ej)\b"
    r"|\b(?:can't|couldn't|could|can|shouldn't|why don't) (?:you|we|i)\b(?: not)?"
    r"|\bså(?: att)?(?: \w+){1,2} (?:inte|ej) \w+|\bom inte\b|\binte bara\b|\bnot only\b|\binte sant\b"
    r"|\b(?:eftersom|för att|därför att|because|since) .*$"
    r"|^\W*(?:nej\b\W*|no[,.!]\s*)"
    r"|\bno\.? ?\d+",
    re.IGNORECASE,
)

_PARTS = re.compile(r"[,;:–]\s|\.\s|\s(?:men|utan|but)\s", re.IGNORECASE)
_DEED = re.compile(
    r"\b(?:ställ\w* in|inställ\w*|flytt\w*|(?:av)?bok\w*|skap\w*|radera\w*|ta bort|(?:av)?anmäl\w*|skick\w*|"
    r"ändra\w*|byt\w*|stryk\w*|lägg\w*|juster\w*|godkän\w*|bjud\w*|annonser\w*|publicer\w*|markera\w*|"
    r"skjut\w*|registrer\w*|påminn\w*|lämna\w*|cancel\w*|mov\w*|book\w*|creat\w*|delet\w*|remov\w*|"
    r"(?:un)?regist\w*|sign\w*|send\w*|chang\w*|swap\w*|approv\w*|invit\w*|announc\w*|publish\w*|mark\w*|"
    r"postpon\w*|remind\w*|add\w*)",
    re.IGNORECASE,
)

# A question about the state of things changes nothing: what answers it instead.
_ANSWERED_BY = {
    "cancel_meeting": "next_meeting", "move_meeting": "next_meeting",
    "create_meeting": "next_meeting", "swap_host": "meeting_host",
    "register_dialogue": "dialogue_info", "cancel_registration": "dialogue_info",
    "change_registration": "dialogue_info", "mark_reported": "mandate_status",
    "postpone_deadline": "mandate_status", "answer_meeting": "meeting_attendees",
}  # fmt: skip
_STATE = re.compile(
    r"^\W*(?:(?:hej|hallå|du|ursäkta|hi|hello|hey)\W+)*(?:"
    r"(?:är|var|blir|blev|is|was|were|are)\s+(?!det (?:ok|okej|möjligt|för sent|dags)|it (?:ok|okay|possible|too late))"
    r"(?!(?:vi|jag)\s+(?:\d|två|tre|fyra|fem))\w+"
    r"|har\s+(?!(?:du|ni) (?:möjlighet|lust|tid))(?!\w+(?:at|it|tt|rt|st|gt|mt)\b(?!\s+\w*\b(?:jag|vi)))\w+\s.*\w+(?:at|it|tt|rt|st|gt|lt|mt)\b"
    r"|(?:has|have|did|does)\s+(?!you (?:time|the possibility))\w+\s+\w+"
    r"|(?:när|varför|hur kommer det sig att|when|why)\s+(?:ställdes|flyttades|avbokades|blev|var|har|was|were|did|has)\b"
    r"|(?:vem|vilka|who)\s+(?:har|ställde|flyttade|avbokade|bokade|anmälde|kan|får|brukar|has|have|cancelled|canceled|moved|can|may)\b"
    r"|(?:vad|what)\s+(?:händer|hände|sker|happens|happened)\b"
    r")",
    re.IGNORECASE,
)
_SELF = re.compile(r"\b(?:jag|mig|min|mitt|mina|vi|oss|i|me|my|we|us|our)\b|\bi'm\b", re.IGNORECASE)
_OTHER = re.compile(
    r"^\W*(?:han|hon|hen|de|dom|he|she|they|(?:min|mitt|vår|vårt|our|my) (?:kollega|chef|rektor|"
    r"medarbetare|colleague|boss|principal))\b(?!\W+och\b)",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(
    r"^\W*(?!(?:Jag|Vi|Det|Den|De|Dom|Det|Ingen|Alla|Mötet|Träffen|Dialogen|Kommunen|I|We|It|They)\b)"
    r"[A-ZÅÄÖ][a-zåäöé]+(?:\s+[A-ZÅÄÖ][a-zåäöé]+)?\s+"
    r"(?:kan|kommer|vill|ska|är|har|can|can't|cannot|will|won't|is|has|wants)\b"
)


def negated(text: str, intent: str) -> bool:
    """Whether the words say that this change shall not be made, or has not been made."""
    if intent == "answer_meeting":  # "jag vill inte komma" is an answer
        return False
    text = _NO_NEGATION.sub(" ", text)
    parts = _PARTS.split(text)
    orders = [part for part in parts if _DEED.search(part)] or parts
    if any(_ORDER.search(part) for part in orders):
        return True
    return intent not in _SAID_WITH_NOT and any(_NOT.search(part) for part in orders)


def answered_by(text: str, intent: str) -> str:
    """The intent that answers a mere question about the state of things."""
    instead = _ANSWERED_BY.get(intent)
    return instead if instead and _STATE.match(text) else intent


def about_other(text: str, found: Sequence[Entity]) -> bool:
    """Whether somebody else than the speaker is the one it is about."""
    named = any(each.type == "person" for each in found)
    return (
        (named or _NAME_FIRST.match(text) is not None) and not _SELF.search(text)
    ) or _OTHER.match(text) is not None
