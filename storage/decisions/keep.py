"""Decisions and action points: proposed from a text, confirmed by the secretary, followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select, update

from bot.errors import Refused
from bot.rules.roles import Action, Grade, Person, grade
from storage import timers
from storage.bodies import visible
from storage.decisions import index
from storage.decisions.model import ActionPoint, Decision
from storage.meetings import Meeting
from storage.meetings.gate import seen
from storage.rights import may_see
from storage.tables import action_point, body, decision, municipality, passage, person


@dataclass(frozen=True, slots=True)
class Task:
    """An action point to be proposed. `who` is the name of a person or a municipality."""

    text: str
    who: str
    due_words: str = ""
    due_on: date | None = None


def withdraw(connection: Connection, meeting: int) -> None:
    """A newer version of the protocol has come: what was read out of the old one must be confirmed anew."""
    index.remove(connection, passage.c.meeting_id == meeting)
    connection.execute(
        update(decision).where(decision.c.meeting_id == meeting).values(state="proposed")
    )


def propose_all(
    connection: Connection, of: Meeting, decided: Sequence[tuple[str, str]], tasks: Sequence[Task]
) -> tuple[int, int]:
    """What a protocol's text seems to say, in the place of what was proposed before.

    `decided` are pairs of paragraph and text. Gives how many of each wait for confirmation.
    """
    of_meeting = (decision.c.meeting_id == of.id) & (decision.c.state == "proposed")
    connection.execute(delete(decision).where(of_meeting))
    connection.execute(
        delete(action_point).where(
            action_point.c.meeting_id == of.id, action_point.c.state == "proposed"
        )
    )
    common = {"region_id": of.region, "body_id": of.body_ids[0], "meeting_id": of.id}
    for paragraph, words in decided:
        connection.execute(
            insert(decision).values(
                **common, decided_on=of.starts.date(), text=words, paragraph=paragraph[:20],
                state="proposed",
            )
        )  # fmt: skip
    known = _texts(connection, of.id)
    new = [each for each in tasks if each.text not in known]
    for each in new:
        person_id, municipality_id = _who(connection, of, each.who)
        connection.execute(
            insert(action_point).values(
                **common, text=each.text, person_id=person_id, municipality_id=municipality_id,
                due_words=each.due_words[:60], due_on=each.due_on, state="proposed",
            )
        )  # fmt: skip
    return len(decided), len(new)


def _texts(connection: Connection, meeting: int) -> set[str]:
    rows = select(action_point.c.text).where(action_point.c.meeting_id == meeting)
    return set(connection.execute(rows).scalars())


def _who(connection: Connection, of: Meeting, name: str) -> tuple[int | None, int | None]:
    if not name:
        return None, None
    town = select(municipality.c.id).where(
        municipality.c.name == name, municipality.c.region_id == of.region
    )
    found = connection.execute(town).scalar()
    if found is not None:
        return None, found
    one = select(person.c.id).where(person.c.name == name, person.c.region_id == of.region)
    return connection.execute(one.order_by(person.c.id).limit(1)).scalar(), None


def proposed(
    connection: Connection, who: Person, meeting: int
) -> tuple[list[Decision], list[ActionPoint]]:
    """What waits for the secretary's word; for others nothing."""
    of = seen(connection, who, meeting)
    if not _secretary(who, of):
        return [], []
    decided = _decisions(
        connection, _DECISIONS.where(decision.c.meeting_id == meeting, decision.c.state == "proposed")
    )  # fmt: skip
    tasks = _points(
        connection,
        _POINTS.where(action_point.c.meeting_id == meeting, action_point.c.state == "proposed"),
    )
    return decided, tasks


def confirm(
    connection: Connection, who: Person, meeting: int, without: Sequence[str] = ()
) -> list[tuple[int, date | None]]:
    """The secretary's yes to what was proposed, but for those left out ("d4", "a7").

    Gives the action points that are now open, with their last days.
    """
    of = seen(connection, who, meeting)
    if not _secretary(who, of):
        raise Refused("protocol-secretary-only", who=of.secretary or of.host)
    decided, tasks = proposed(connection, who, meeting)
    for each in decided:
        if f"d{each.id}" in without:
            connection.execute(delete(decision).where(decision.c.id == each.id))
            continue
        connection.execute(
            update(decision).where(decision.c.id == each.id).values(state="confirmed")
        )
        index.put_decision(
            connection, each.id, each.body, meeting, each.decided_on, each.paragraph, each.text
        )
    kept = [each.id for each in tasks if f"a{each.id}" not in without]
    dropped = [each.id for each in tasks if f"a{each.id}" in without]
    connection.execute(delete(action_point).where(action_point.c.id.in_(dropped)))
    connection.execute(update(action_point).where(action_point.c.id.in_(kept)).values(state="open"))
    return [(each.id, each.due_on) for each in tasks if each.id in kept]


def _secretary(who: Person, of: Meeting) -> bool:
    right = grade(
        who, Action.UPLOAD_PROTOCOL, region=of.region, bodies=of.body_ids,
        secretary=of.secretary_id == who.id,
    )  # fmt: skip
    return right is Grade.YES


def finish_point(connection: Connection, who: Person, number: int, at: datetime) -> str:
    """Done: gives its text. By the one who was to do it, somebody of that municipality, or the body's leaders."""
    one = point_by_id(connection, who, number)
    if one is None:
        raise Refused("no-such-action-point")
    own = who.id == one.person or (
        one.municipality is not None and who.municipality == one.municipality
    )
    leads = grade(
        who, Action.MANAGE_MEETING, region=_region(connection, one.body), bodies=[one.body]
    )
    if not own and leads is not Grade.YES:
        raise Refused("action-point-not-yours", who=one.who or one.body_name)
    connection.execute(
        update(action_point)
        .where(action_point.c.id == number, action_point.c.state == "open")
        .values(state="done", done_at=at)
    )
    timers.cancel(connection, f"action:{number}")
    return one.text


def _region(connection: Connection, number: int) -> int:
    found: int = connection.execute(
        select(body.c.region_id).where(body.c.id == number)
    ).scalar_one()
    return found


# --- reading ----------------------------------------------------------------------------------

_DECISIONS = (
    select(decision, body.c.name.label("body_name"))
    .join(body, body.c.id == decision.c.body_id)
    .order_by(decision.c.decided_on.desc(), decision.c.id)
)
_POINTS = (
    select(
        action_point,
        body.c.name.label("body_name"),
        person.c.name.label("person_name"),
        municipality.c.name.label("municipality_name"),
    )
    .select_from(
        action_point.join(body, body.c.id == action_point.c.body_id)
        .outerjoin(person, person.c.id == action_point.c.person_id)
        .outerjoin(municipality, municipality.c.id == action_point.c.municipality_id)
    )
    .order_by(action_point.c.due_on.is_(None), action_point.c.due_on, action_point.c.id)
)


def log(
    connection: Connection, who: Person, bodies: Sequence[int], since: date | None = None,
    until: date | None = None,
) -> list[Decision]:  # fmt: skip
    """The bodies' confirmed decisions, the newest first."""
    mine = [each.id for each in visible(connection, who) if each.id in bodies]
    statement = _DECISIONS.where(decision.c.body_id.in_(mine), decision.c.state == "confirmed")
    if since is not None:
        statement = statement.where(decision.c.decided_on >= since)
    if until is not None:
        statement = statement.where(decision.c.decided_on <= until)
    return _decisions(connection, statement)


def of_meeting(
    connection: Connection, who: Person, meeting: int
) -> tuple[list[Decision], list[ActionPoint]]:
    """What was decided at a meeting and what is to be done after it, as far as it is confirmed."""
    of = seen(connection, who, meeting)
    decided = _decisions(
        connection,
        _DECISIONS.where(decision.c.meeting_id == of.id, decision.c.state == "confirmed"),
    )
    tasks = _points(
        connection,
        _POINTS.where(action_point.c.meeting_id == of.id, action_point.c.state != "proposed"),
    )
    return decided, tasks


def points(
    connection: Connection, who: Person, bodies: Sequence[int], own: bool = False
) -> list[ActionPoint]:
    """The bodies' open action points, those that are due first on top; or only one's own."""
    mine = [each.id for each in visible(connection, who) if each.id in bodies]
    statement = _POINTS.where(action_point.c.body_id.in_(mine), action_point.c.state == "open")
    if own:
        statement = statement.where(
            or_(
                action_point.c.person_id == who.id,
                action_point.c.municipality_id == who.municipality,
            )
        )
    return _points(connection, statement)


def point_by_id(connection: Connection, who: Person, number: int) -> ActionPoint | None:
    """None when there is none, or none that this person may see."""
    found = point(connection, number)
    if found is None or found.state == "proposed":
        return None
    shown = may_see(connection, who, _region(connection, found.body), [found.body])
    return found if shown else None


def point(connection: Connection, number: int) -> ActionPoint | None:
    """For the rules, which act for nobody."""
    return next(iter(_points(connection, _POINTS.where(action_point.c.id == number))), None)


def _decisions(connection: Connection, statement: Select[Any]) -> list[Decision]:
    return [
        Decision(
            r.id, r.body_id, r.body_name, r.meeting_id, r.decided_on, r.paragraph, r.text, r.state
        )
        for r in connection.execute(statement)
    ]


def _points(connection: Connection, statement: Select[Any]) -> list[ActionPoint]:
    return [_point(row) for row in connection.execute(statement)]


def _point(r: Row[Any]) -> ActionPoint:
    return ActionPoint(
        r.id, r.body_id, r.body_name, r.meeting_id, r.text, r.person_id, r.municipality_id,
        r.person_name or r.municipality_name or "", r.due_words, r.due_on, r.state,
    )  # fmt: skip
