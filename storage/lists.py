"""The member list and the meeting dates on their way to the mailbox: yearly, and when they change."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from sqlalchemy import Connection, func, insert, select

from bot import dates, docx
from bot.docx import Heading, Paragraph
from bot.errors import Refused
from bot.rules.roles import Action, Person, Role
from bot.rules.workdays import working_day_from
from storage import files, timers
from storage.meetings import meetings_between
from storage.rights import authorise
from storage.tables import body, dispatch, file, municipality, person, role
from storage.valid import SEATS, valid_role, wall

Kind = Literal["members", "meetings"]
KINDS: tuple[Kind, ...] = ("members", "meetings")
CHECK = "list-check"  # kind of the timer that looks whether a list has changed
HOUR = time(8)  # wall time of every look


@dataclass(frozen=True, slots=True)
class List:
    """A list as it is now, beside the one that was sent last."""

    kind: Kind
    body: int
    body_name: str
    mailbox: str
    lines: tuple[str, ...]
    before: tuple[str, ...] | None  # None: never sent
    sent_on: date | None

    @property
    def sha256(self) -> str:
        """Of its words, so that what is sent is what was shown."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()

    @property
    def added(self) -> list[str]:
        return (
            [] if self.before is None else [each for each in self.lines if each not in self.before]
        )

    @property
    def removed(self) -> list[str]:
        return (
            [] if self.before is None else [each for each in self.before if each not in self.lines]
        )

    def due(self, today: date) -> bool:
        """Never sent, changed, or last sent in an earlier year."""
        return (
            self.sent_on is None
            or self.sent_on.year < today.year
            or bool(self.added or self.removed)
        )


def begin(connection: Connection, now: datetime) -> None:
    """Plan the weekly look at the lists of every body that has a mailbox."""
    rows = connection.execute(select(body.c.id).where(body.c.mailbox.is_not(None)))
    for number in rows.scalars().all():
        if not timers.upcoming(connection, f"lists:{number}"):
            timers.plan(connection, CHECK, f"lists:{number}", next_look(wall(now).date()))


def next_look(today: date) -> datetime:
    """The Monday after today, or the first working day after that; wall time."""
    monday = today + timedelta(days=7 - today.weekday())
    return datetime.combine(working_day_from(monday), HOUR)


def content(connection: Connection, number: int) -> tuple[str, bytes] | None:
    """Name and bytes of a list that is to be sent; None if they are not what was shown."""
    row = connection.execute(
        select(file.c.id, file.c.name).where(file.c.subject == f"dispatch:{number}")
    ).first()
    try:
        return None if row is None else (row.name, files.get(connection, row.id))
    except LookupError:
        return None


def of_body(connection: Connection, number: int, kind: Kind, today: date) -> List | None:
    """For the rules, which act for nobody; None for a body without a mailbox."""
    row = connection.execute(
        select(body.c.name, body.c.mailbox).where(body.c.id == number)
    ).first()  # fmt: skip
    if row is None or not row.mailbox:
        return None
    read = _members if kind == "members" else _dates
    lines = read(connection, number, today)
    before, sent_on = _last(connection, number, kind)
    return List(kind, number, row.name, row.mailbox, tuple(lines), before, sent_on)


def shown(connection: Connection, who: Person, number: int, kind: Kind, today: date) -> List:
    """For the presidium and the chair, who send it."""
    _may(connection, who, number, today)
    found = of_body(connection, number, kind, today)
    if found is None:
        raise Refused("list-no-mailbox")
    return found


def send(
    connection: Connection, who: Person, number: int, kind: Kind, sha256: str, at: datetime
) -> str:
    """Send the list that was shown; gives the address."""
    found = shown(connection, who, number, kind, wall(at).date())
    if found.sha256 != sha256:
        raise Refused("list-changed")
    content = document(found)
    made = connection.execute(
        insert(dispatch)
        .values(
            body_id=number, kind=kind, address=found.mailbox, queued_at=at,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        .returning(dispatch.c.id)
    ).scalar_one()  # fmt: skip
    connection.execute(
        insert(file).values(
            person_id=who.id, name=f"{kind}-{wall(at):%Y-%m-%d}.docx", kind="docx",
            size=len(content), sha256=hashlib.sha256(content).hexdigest(), content=content,
            paragraphs=list(found.lines), subject=f"dispatch:{made}", at=at,
        )
    )  # fmt: skip
    timers.plan(connection, "dispatch", f"dispatch:{made}", at)
    return found.mailbox


def document(found: List) -> bytes:
    """In Swedish, as the mailbox is a Swedish authority's."""
    title = "Medlemslista" if found.kind == "members" else "Mötesdagar"
    parts: list[docx.Part] = [Heading(f"{title} {found.body_name}", 0)]
    for heading, lines in (
        ("Nytt sedan förra listan", found.added), ("Borttaget sedan förra listan", found.removed),
    ):  # fmt: skip
        if lines:
            parts += [Heading(heading), *(Paragraph(each) for each in lines)]
    return docx.write([*parts, Heading(title), *(Paragraph(each) for each in found.lines)])


def mailbox_of(connection: Connection, number: int) -> str:
    return connection.execute(select(body.c.mailbox).where(body.c.id == number)).scalar() or ""


def name_of(connection: Connection, number: int) -> str:
    name: str = connection.execute(select(body.c.name).where(body.c.id == number)).scalar_one()
    return name


def sender(connection: Connection, number: int) -> int | None:
    """Who sent a list, by its dispatch."""
    return connection.execute(
        select(file.c.person_id).where(file.c.subject == f"dispatch:{number}")
    ).scalar()


def deciders(connection: Connection, number: int, today: date) -> list[int]:
    """Who previews the lists: the presidium, else the chair."""
    for wanted in (Role.PRESIDIUM, Role.CHAIR):
        rows = connection.execute(
            select(person.c.id)
            .join(role, role.c.person_id == person.c.id)
            .where(role.c.body_id == number, role.c.role == wanted.value, valid_role(today))
            .distinct()
            .order_by(person.c.id)
        )
        if found := list(rows.scalars()):
            return found
    return []


def _may(connection: Connection, who: Person, number: int, today: date) -> None:
    region = connection.execute(select(body.c.region_id).where(body.c.id == number)).scalar()
    if region is None:
        raise Refused("no-such-body")
    authorise(connection, who, Action.MANAGE_MEETING, region, [number], today)


def _members(connection: Connection, number: int, today: date) -> list[str]:
    rows = connection.execute(
        select(municipality.c.name.label("town"), person.c.name, person.c.title, person.c.email,
               func.min(role.c.role).label("role"))
        .select_from(
            role.join(person, person.c.id == role.c.person_id).outerjoin(
                municipality, municipality.c.id == person.c.municipality_id
            )
        )
        .where(role.c.body_id == number, role.c.role.in_(SEATS), valid_role(today))
        .group_by(municipality.c.name, person.c.id, person.c.name, person.c.title, person.c.email)
        .order_by(municipality.c.name, person.c.name, person.c.id)
    )  # fmt: skip
    return [
        ", ".join(part for part in (each.town, each.name, _ROLES.get(each.role, each.title), each.email) if part)
        for each in rows
    ]  # fmt: skip


_ROLES = {"chair": "ordförande"}


def _dates(connection: Connection, number: int, today: date) -> list[str]:
    first = datetime.combine(today.replace(month=1, day=1), time.min)
    found = meetings_between(connection, [number], first, first + timedelta(days=3 * 366))
    return [
        ", ".join(
            part
            for part in (
                dates.show(each.starts.date(), "sv", week=False),
                f"kl. {each.starts:%H.%M}–{each.ends:%H.%M}",
                each.place or "digitalt", f"värd {each.host}" if each.host else "",
            )
            if part
        )
        for each in found
    ]  # fmt: skip


def _last(
    connection: Connection, number: int, kind: Kind
) -> tuple[tuple[str, ...] | None, date | None]:
    row = connection.execute(
        select(dispatch.c.id, dispatch.c.queued_at)
        .where(
            dispatch.c.body_id == number, dispatch.c.kind == kind, dispatch.c.state != "failed"
        )
        .order_by(dispatch.c.id.desc())
        .limit(1)
    ).first()  # fmt: skip
    if row is None:
        return None, None
    kept: Sequence[str] | None = connection.execute(
        select(file.c.paragraphs).where(file.c.subject == f"dispatch:{row.id}")
    ).scalar()
    return tuple(kept or ()), wall(row.queued_at).date()
