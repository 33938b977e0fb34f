"""From words to what a person wants: intent, entities, language; offline, in plain Python."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.dates import DateValue
from bot.dates import to_line as date_line
from bot.understand import guards
from bot.understand.entities import Entity, Names, entities
from bot.understand.fixed import fixed
from bot.understand.language import answer_language, detect
from bot.understand.model import likeliest, weights

__all__ = [
    "Clause", "Context", "Entity", "Names", "Understanding", "answer_language",
    "detect", "load", "to_line", "understand",
]  # fmt: skip

Decision = Literal["direct", "choose", "unknown"]

OUTSIDE = "out_of_scope"
CHANGES = frozenset(
    "create_meeting move_meeting cancel_meeting swap_host propose_agenda_item answer_meeting "
    "register_dialogue change_registration cancel_registration invite_guest announce_dialogue "
    "edit_announcement upload_minutes approve_minutes mark_reported postpone_deadline "
    "create_mandate feedback_chiefs question_round gdpr_delete remind_me".split()
)
PAST = frozenset("find_minutes search_decisions upload_minutes missing_minutes summary".split())
SURE = 0.50  # from here on an answer is given at once
SURE_CHANGE = 0.65  # the same for what opens a draft
POSSIBLE = 0.02  # worth a button
OUTSIDE_SURE = 0.50


@dataclass(frozen=True, slots=True)
class Context:
    """What is known besides the words. Every part may be missing."""

    lang: str | None = None  # stored choice
    client_locale: str | None = None
    roles: frozenset[str] = frozenset()
    names: Names = field(default_factory=Names)
    last_intent: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One request. `negated` blocks every change; `about_other` says it is not about oneself."""

    text: str
    intent: str
    confidence: float
    entities: tuple[Entity, ...]
    negated: bool
    about_other: bool
    runners_up: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    text: str
    lang: str
    clauses: tuple[Clause, ...]
    decision: Decision
    choices: tuple[str, ...]  # up to three intents to offer

    @property
    def intent(self) -> str:
        return self.clauses[0].intent

    @property
    def confidence(self) -> float:
        return self.clauses[0].confidence


def load() -> None:
    """Read the weights now rather than on the first message."""
    weights()
    understand("nästa möte", now=datetime(2026, 11, 22, 10).astimezone())


def understand(text: str, *, now: datetime, context: Context | None = None) -> Understanding:
    """`now` is aware. Never raises on any text."""
    context = context or Context()
    lang = answer_language(text, stored=context.lang, locale=context.client_locale)
    intent = fixed(text)
    if intent is not None:
        named = entities(text, now=now, names=context.names, prefer="future")
        clause = Clause(text, intent, 1.0, named, negated=False, about_other=False, runners_up=())
        return Understanding(text, lang, (clause,), "direct", ())
    parts = _split(text)
    clauses = tuple(_clause(part, now, context) for part in parts)
    if len(clauses) > 1 and not all(_sure(each) for each in clauses):
        clauses = (_clause(text, now, context),)
    decision = _decide(clauses[0])
    ranked = [(clauses[0].intent, clauses[0].confidence), *clauses[0].runners_up]
    choices = tuple(i for i, p in ranked if i != OUTSIDE and p >= POSSIBLE)[:3]
    if decision == "choose" and not choices:
        decision = "unknown"
    return Understanding(text, lang, clauses, decision, () if decision == "direct" else choices)


def _clause(text: str, now: datetime, context: Context) -> Clause:
    ranked = likeliest(text)
    intent, confidence = ranked[0]
    intent = guards.answered_by(text, intent)
    subject = intent if confidence >= SURE else context.last_intent
    prefer = "past" if subject in PAST else "future"
    found = entities(text, now=now, names=context.names, prefer=prefer)
    negated = intent in CHANGES and guards.negated(text, intent)
    about_other = guards.about_other(text, found)
    return Clause(text, intent, round(confidence, 4), found, negated, about_other, ranked[1:])


def _sure(clause: Clause) -> bool:
    needed = SURE_CHANGE if clause.intent in CHANGES else SURE
    return clause.intent != OUTSIDE and clause.confidence >= needed


def _decide(clause: Clause) -> Decision:
    if clause.intent == OUTSIDE:
        return "unknown" if clause.confidence >= OUTSIDE_SURE else "choose"
    return "direct" if _sure(clause) else "choose"


_BORDER = re.compile(
    r"(?:,\s*|\s+)(?:och|samt|and|also)\s+(?:sen |sedan |då |then |also |även )?"
    r"(?=(?:när|var|vem|vilka|vilken|vad|hur|visa|skicka|avanmäl|anmäl|boka|flytta|ställ|påminn|lägg|"
    r"ge|lista|hämta|when|where|who|which|what|how|show|send|cancel|register|sign|book|move|remind|list|get|unregister)\b)"
    r"|\?\s+(?=\w)|(?<=\w)\.\s+(?=(?:när|var|vem|vilka|vad|hur|visa|kan|when|where|who|what|show)\b)",
    re.IGNORECASE,
)


def _split(text: str) -> list[str]:
    """The requests of a compound message, at "och/and" before a verb or a question word."""
    parts = [part.strip(" ,") for part in _BORDER.split(text[:1200])]
    parts = [part for part in parts if len(part.split()) > 1]
    return parts[:3] if len(parts) > 1 else [text]


def to_line(found: Understanding) -> dict[str, Any]:
    """The line that `natverksbot understand --jsonl` writes."""
    clause = found.clauses[0]
    intent = OUTSIDE if found.decision == "unknown" else clause.intent
    return {
        "intent": intent, "confidence": clause.confidence, "lang": found.lang,
        "decision": found.decision, "choices": list(found.choices), "negated": clause.negated,
        "entities": [
            {"type": e.type, "value": e.value, "start": e.start, "end": e.end}
            | ({"meaning": date_line(e.meaning, found.lang)} if isinstance(e.meaning, DateValue) else {})
            for e in clause.entities
        ],
        "intents": [each.intent for each in found.clauses],
    }  # fmt: skip
