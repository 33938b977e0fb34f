"""What a body has done with its mandates, compiled for the body that gave them, and sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from bot.errors import Refused
from bot.rules.roles import Action, Person, Role
from storage import files, timers
from storage.mandates.find import visible
from storage.mandates.model import Mandate
from storage.mandates.people import holders
from storage.rights import authorise
from storage.tables import body, file
from storage.valid import wall

COMPILED = "compiled-report"  # the kind of timer that sends it


def compilable(connection: Connection, who: Person, number: int) -> list[Mandate]:
    """The mandates of a body, as far as the person sees them."""
    return [
        each
        for each in visible(connection, who)
        if any(owner.body_id == number for owner in each.owners)
    ]


def send_compiled(
    connection: Connection, who: Person, owner: int, giver: int, name: str, data: bytes,
    at: datetime,
) -> int:  # fmt: skip
    """Keep the document as it was shown and have it sent to the giver; gives its number."""
    region = connection.execute(select(body.c.region_id).where(body.c.id == owner)).scalar()
    if region is None:
        raise Refused("no-such-body")
    authorise(connection, who, Action.REPORT_MANDATE, region, [owner], wall(at).date())
    kept = files.put(connection, who.id, data, files.Examined(name, "docx", ()), at)
    files.tie(connection, who, kept.id, f"compiled:{owner}")
    timers.plan(
        connection, COMPILED, f"file:{kept.id}", at, values={"owner": owner, "giver": giver}
    )
    return kept.id


def receivers(connection: Connection, giver: int, now: datetime) -> tuple[list[int], str | None]:
    """The giver's directors, else its chair; and its mailbox. `now` is wall time."""
    row = connection.execute(
        select(body.c.region_id, body.c.mailbox).where(body.c.id == giver)
    ).one()
    people: Sequence[int] = ()
    for role in (Role.DIRECTOR, Role.CHAIR):
        people = people or holders(connection, row.region_id, role, [giver], now.date())
    return list(people), row.mailbox


def body_name(connection: Connection, number: int) -> str:
    return str(connection.execute(select(body.c.name).where(body.c.id == number)).scalar_one())


def compiled(connection: Connection, number: int) -> tuple[str, bytes] | None:
    """Name and bytes of a document that is to be sent."""
    row = connection.execute(
        select(file.c.name).where(file.c.id == number, file.c.subject.like("compiled:%"))
    ).first()
    return None if row is None else (row.name, files.get(connection, number))
