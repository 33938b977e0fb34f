"""Where personal data stands: every column of every table, once. The one list of it.

A test compares it with the tables, so a new column needs its line here. What is shown to a person,
what is erased and what a decision may destroy all follow from these lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.rules.retention import Class


class Erased(StrEnum):
    """What becomes of a column when the person is erased."""

    ROW = "row"  # its row goes
    BLANK = "blank"  # emptied
    PSEUDONYM = "pseudonym"  # "Person 17"
    KEPT = "kept"  # stays, with a pseudonym for its person


@dataclass(frozen=True, slots=True)
class Place:
    table: str
    column: str
    of: Class
    erased: Erased


# table, class, what happens on erasure: the columns.
_LINES = """
person profile pseudonym: name
person profile blank: title email language
person profile kept: left_on municipality_id
identity profile row: person_id platform tenant user confirmed_at blocked_at
role profile row: person_id role since until region_id body_id
erasure log kept: person_id at
feed profile row: person_id body_id secret_hash language created_at revoked_at
signin passing row: person_id secret_hash expires_at used_at session_hash session_expires_at
address profile row: platform tenant conversation kind user reference at dead_at
conversation passing blank: state
conversation passing kept: key at
timer passing row: person_id kind subject key facts due_at state
outbox passing row: person_id reference reply subject made_at state message error
inbox passing kept: turn
handout passing kept: name content
file passing row: person_id name content paragraphs at
meeting_answer participants row: person_id answer at
registration participants kept: person_id made_by substitute_id in_place_of role together
registration participants kept: dinner lodging made_at changed_at
seat participants kept: state place offer_until since
need diet row: diet access
topic participants blank: person_id
topic participants kept: text
declined participants kept: person_id at
guest invitation row: person_id secret_hash made_at confirmed_at revoked_at
guest invitation kept: invited_by
guest_request invitation row: name email at state
checkpoint case kept: done_by done_at
meeting case blank: secretary_id
agenda_item case kept: proposed_by title state
host_swap case kept: proposed_by proposed_at answered_by answered_at
mandate case blank: contact_id
mandate case kept: made_by
mandate_owner case kept: person_id
report_step case kept: person_id step words at
deadline_change case kept: asked_by asked_at decided_by decided_at reason
feedback case kept: person_id at text done_by done_on
question_round case kept: made_by made_at
round_answer case kept: person_id at text
reminder profile row: person_id about made_at
reminders_off profile row: person_id since
audit log kept: person_id at action subject detail
protocol case kept: approver_id
protocol_version case kept: uploaded_by at
protocol_verdict case kept: person_id at verdict remark
protocol_proposal case kept: proposed_by at state
decision case kept: text
action_point case kept: person_id text state done_at
passage case kept: text heading
dispatch case kept: address answer
"""
_PLAIN = """
person: id region_id version
identity: id
role: id
feed: id
signin: id
conversation: version
timer: id wall zone run_at attempts error
outbox: id dedup language lane stage fold run_at expires_at owner lease_until attempts failures
outbox: doubts tried
lane: name ready_at blocked_until reason
inbox: id platform tenant delivery received_at done_at attempts
handout: id mime expires_at
file: id kind size sha256 problem subject
meeting_answer: meeting_id
registration: id dialogue_id sequence
seat: id registration_id session_id
need: registration_id
topic: id dialogue_id
declined: dialogue_id municipality_id
guest: id dialogue_id
guest_request: id guest_id
checkpoint: dialogue_id point
meeting: id region_id theme format place link host_id starts ends cancelled_at uid sequence changed_at
agenda_item: id meeting_id position
host_swap: id first_id second_id awaits_id state
mandate: id region_id title short text items giver_id given_on
mandate_owner: id mandate_id body_id municipality_id
report_step: id report_id
deadline_change: id report_id old new state
feedback: id region_id from_id to_id reach meeting_id state
audit: id
installation: platform tenant installed_at removed_at
channel: platform tenant conversation body_id tied_at
tenant_region: platform tenant region_id
miss: day language best count
counter: name value
region: id key name zone sportlov_week
retention: region_id class days reference decided_on
body: id region_id parent_id name short aliases kind least_per_year least_per_half_year mailbox
body_municipality: body_id municipality_id
municipality: id region_id name
goal: id body_id number title
dialogue: id region_id title format place link starts ends last_day state fields offer_hours
dialogue: summary_due code copied_from uid sequence changed_at
dialogue_session: id dialogue_id position part title starts ends capacity audience
dialogue_session: taken waiting queued
mandate_goal: mandate_id goal_id priority
meeting_body: meeting_id body_id ends cancelled
meeting_day: meeting_id number starts ends
report: id owner_id kind deadline last_day given_on state returned_on
report_told: report_id last_day rung day
approval_rule: body_id required by days
protocol: id meeting_id state version approve_by changed_at
protocol_version: id protocol_id number file_id sha256
protocol_verdict: id protocol_id number sha256 voided_at
protocol_proposal: id meeting_id file_id
dispatch: id body_id protocol_id kind sha256 state queued_at answered_at
decision: id region_id body_id meeting_id decided_on paragraph state
action_point: id region_id body_id meeting_id municipality_id due_words due_on
question_round: id region_id title deadline last_day state
round_question: id round_id position text
round_municipality: round_id municipality_id
round_answer: question_id municipality_id
reminder: id
reminder_days: body_id days
passage: id body_id meeting_id decision_id held_on paragraph
"""


def _read(lines: str) -> list[tuple[list[str], list[str]]]:
    parts = (line.partition(":") for line in lines.strip().splitlines())
    return [(head.split(), columns.split()) for head, _, columns in parts]


PLACES = tuple(
    Place(table, column, Class(of), Erased(erased))
    for (table, of, erased), columns in _read(_LINES)
    for column in columns
)
PLAIN = frozenset((head[0], column) for head, columns in _read(_PLAIN) for column in columns)
"""Columns that say nothing of a person."""


def of_table(table: str) -> tuple[Place, ...]:
    return tuple(each for each in PLACES if each.table == table)
