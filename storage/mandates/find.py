"""Which mandates there are, for the person who asks."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from bot.files import FileHandle
from bot.rules.deadline import Deadline
from bot.rules.roles import Action, Grade, Person, Role, grade
from storage import bodies, files
from storage.bodies import Body
from storage.mandates.load import load
from storage.mandates.model import Change, Goal, History, Mandate, Open, Report, Step
from storage.mandates.people import directors, may_give, may_report, pairs
from storage.rights import ancestors
from storage.tables import deadline_change, goal, mandate, municipality, person, report_step
from storage.valid import wall


def visible(connection: Connection, who: Person) -> list[Mandate]:
    """Those given or owned by a body that the person may ask about, and the person's own."""
    if any(m.role is Role.GUEST for m in who.memberships):
        return []
    seen = {each.id for each in bodies.visible(connection, who)}
    return [
        each
        for each in load(connection, mandate.c.region_id.in_(who.regions))
        if each.giver_id in seen
        or any(o.body_id in seen or o.person_id == who.id for o in each.owners)
    ]


def by_id(connection: Connection, who: Person, number: int) -> Mandate | None:
    """None when there is none, or none that this person may ask about."""
    return next((each for each in visible(connection, who) if each.id == number), None)


def report_by_id(connection: Connection, who: Person, number: int) -> Open | None:
    for each in visible(connection, who):
        for found in each.reports:
            if found.id == number:
                return Open(each, found)
    return None


def late(connection: Connection, who: Person, today: date) -> list[Open]:
    """The longest overdue first."""
    found = [
        Open(each, of) for each in visible(connection, who) for of in each.reports if of.late(today)
    ]
    return sorted(found, key=lambda each: each.report.last_day or today)


def open_reports(connection: Connection, who: Person) -> list[Open]:
    """What the person may hand in: of each mandate and owner the report that is due next."""
    found = []
    for each in visible(connection, who):
        for owner in each.owners:
            own = [r for r in each.reports if r.owner.id == owner.id and r.open]
            if own and may_report(who, each, owner):
                found.append(Open(each, own[0]))
    return sorted(found, key=_by_day)


def movable(connection: Connection, who: Person) -> list[Open]:
    """Reports whose deadline the person may move, or ask to have moved."""
    return sorted(
        (
            Open(each, of)
            for each in visible(connection, who)
            for of in each.reports
            if of.open and (may_give(who, each) or may_report(who, each, of.owner))
        ),
        key=_by_day,
    )


def handed_in(connection: Connection, who: Person) -> list[Open]:
    """What waits for this person's acknowledgement."""
    return [
        Open(each, of)
        for each in visible(connection, who)
        if may_give(who, each)
        for of in each.reports
        if of.state == "handed_in"
    ]


_RECENTLY = timedelta(days=21)
_GIVERS = {Role.DIRECTOR, Role.ADMIN}
_OK = re.compile(r"^\W*(?:tack\W+)?(?:(?:jag )?(?:kvitterar|godkänner)|kvitterat?|godkän[dt]|ser bra ut|"
                 r"det ser bra ut|acknowledged?|approved?|looks good)\b", re.IGNORECASE)  # fmt: skip
_BACK = re.compile(r"\b(?:men|komplettera|förtydliga|saknas|saknar|lägg till|skicka tillbaka|"
                   r"but|missing|please add|clarify|send (?:it )?back)\b", re.IGNORECASE)  # fmt: skip


def answer_to_report(
    connection: Connection, who: Person, text: str, at: datetime
) -> dict[str, Any] | None:
    """Whether these words can be meant for the report that was last handed in to this person.

    What clearly acknowledges or asks for more is taken so; anything else is not meant for it.
    """
    back, taken = _BACK.search(text), _OK.search(text)
    if not (back or taken) or not {m.role for m in who.memberships} & _GIVERS:
        return None
    ids = [each.report.id for each in handed_in(connection, who)]
    if not ids:
        return None
    newest = connection.execute(
        select(report_step.c.report_id)
        .where(report_step.c.report_id.in_(ids), report_step.c.at > at - _RECENTLY)
        .order_by(report_step.c.at.desc(), report_step.c.id.desc())
        .limit(1)
    ).scalar()
    if newest is None:
        return None
    if back:
        return {"report": newest, "step": "returned", "said": text[:1000]}
    return {"report": newest, "step": "acknowledged"}


def by_goal(connection: Connection, who: Person) -> list[tuple[str, Goal, list[Mandate]]]:
    """Each goal with the body whose goal it is, and its mandates, the most important first."""
    found: dict[tuple[int, int], tuple[str, Goal, list[Mandate]]] = {}
    for each in visible(connection, who):
        for of in each.goals:
            place = found.setdefault((each.giver_id, of.number), (each.giver, of, []))
            place[2].append(each)
    for _, of, mandates in found.values():
        mandates.sort(key=lambda each, number=of.number: _priority(each, number))  # type: ignore[misc]
    return [found[key] for key in sorted(found)]


def history(connection: Connection, of: Report) -> History:
    """What was done to a report. Call it with one that the person may see."""
    steps = connection.execute(
        select(report_step, person.c.name)
        .join(person, person.c.id == report_step.c.person_id)
        .where(report_step.c.report_id == of.id)
        .order_by(report_step.c.id)
    )
    return History(
        tuple(Step(row.step, row.words, row.name, wall(row.at).date()) for row in steps),
        tuple(changes(connection, deadline_change.c.report_id == of.id)),
        tuple(files.of_subject(connection, f"report:{of.id}")),
    )


def changes(connection: Connection, condition: Any) -> list[Change]:
    asker, decider = person.alias("asker"), person.alias("decider")
    rows = connection.execute(
        select(deadline_change, asker.c.name.label("asker"), decider.c.name.label("decider"))
        .join(asker, asker.c.id == deadline_change.c.asked_by)
        .outerjoin(decider, decider.c.id == deadline_change.c.decided_by)
        .where(condition)
        .order_by(deadline_change.c.id)
    )
    return [
        Change(
            row.id, row.report_id, Deadline.from_json(row.old), Deadline.from_json(row.new),
            row.reason, row.state, row.asked_by, row.asker, row.decider or "",
        )
        for row in rows
    ]  # fmt: skip


def change_by_id(connection: Connection, who: Person, number: int) -> tuple[Change, Open] | None:
    found = changes(connection, deadline_change.c.id == number)
    seen = report_by_id(connection, who, found[0].report) if found else None
    return None if seen is None else (found[0], seen)


def givers(connection: Connection, who: Person) -> list[Body]:
    """The bodies in whose name the person may give mandates; groups of directors before others."""
    found = [
        each
        for each in bodies.visible(connection, who)
        if grade(who, Action.GIVE_MANDATE, region=each.region, bodies=[each.id]) is Grade.YES
    ]
    leading = [each for each in found if each.kind == "directors"]
    own = leading or found
    return [each for each in own if each.id in who.bodies] or own


def below(connection: Connection, who: Person, giver: int) -> list[Body]:
    """The bodies that a giver may give mandates to: all that stand under it."""
    seen = bodies.visible(connection, who)
    parents = {each.id: each.parent for each in seen}
    return [each for each in seen if giver in ancestors(parents, each.id)]


def towns(connection: Connection, owner: Body) -> list[tuple[int, str]]:
    """The municipalities that may own a mandate each for itself: the body's, else the region's."""
    own = bodies.municipalities(connection, owner.id)
    if own:
        return own
    rows = connection.execute(
        select(municipality.c.id, municipality.c.name)
        .where(municipality.c.region_id == owner.region)
        .order_by(municipality.c.name)
    )
    return [(row.id, row.name) for row in rows]


def contacts(connection: Connection, who: Person, today: date) -> list[tuple[int, str]]:
    """Whom to ask for a mandate: those who gave the ones that the person sees."""
    people = [p for found in visible(connection, who) for p in directors(connection, found, today)]
    return pairs(connection, people)


def goals_of(connection: Connection, giver: int) -> list[int]:
    """The numbers of the goals that a body has named."""
    rows = connection.execute(
        select(goal.c.number).where(goal.c.body_id == giver).order_by(goal.c.number)
    )
    return list(rows.scalars())


def same_title(connection: Connection, who: Person, title: str) -> list[Mandate]:
    plain = title.casefold().strip()
    return [each for each in visible(connection, who) if each.title.casefold() == plain]


def file_of(connection: Connection, who: Person, report: int, number: int) -> bytes | None:
    """The bytes of a file that belongs to a report that this person may see."""
    if report_by_id(connection, who, report) is None:
        return None
    if number not in {each.id for each in files.of_subject(connection, f"report:{report}")}:
        return None
    return files.get(connection, number)


def documents(connection: Connection, number: int) -> list[FileHandle]:
    """The document that a mandate was read from. Call it with one that the person may see."""
    return files.of_subject(connection, f"mandate:{number}")


def document(connection: Connection, who: Person, mandate: int, number: int) -> bytes | None:
    """The bytes of such a document, for those who may see its mandate."""
    found = by_id(connection, who, mandate)
    if found is None or number not in {each.id for each in documents(connection, mandate)}:
        return None
    return files.get(connection, number)


def _by_day(each: Open) -> tuple[bool, date, int]:
    last = each.report.last_day
    return (last is None, last or each.report.given_on, each.report.id)


def _priority(each: Mandate, number: int) -> tuple[int, int]:
    return (next(g.priority for g in each.goals if g.number == number), each.id)
