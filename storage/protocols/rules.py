"""How a body approves its protocols, as those who lead it decide."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from bot.errors import Refused
from bot.rules.roles import Action, Person
from storage.rights import authorise
from storage.session import upsert
from storage.tables import approval_rule, body
from storage.valid import wall


def set_rule(
    connection: Connection, who: Person, number: int, by: Literal["chair", "presidium", "nobody"],
    days: int, at: datetime,
) -> None:  # fmt: skip
    """Holds for what is sent for approval from now on."""
    region = connection.execute(select(body.c.region_id).where(body.c.id == number)).scalar()
    if region is None:
        raise Refused("no-such-body")
    authorise(connection, who, Action.MANAGE_MEETING, region, [number], wall(at).date())
    values = {
        "required": by != "nobody", "by": "chair" if by == "nobody" else by, "days": days,
    }  # fmt: skip
    connection.execute(
        upsert(connection)(approval_rule)
        .values(body_id=number, **values)
        .on_conflict_do_update(index_elements=["body_id"], set_=values)
    )
