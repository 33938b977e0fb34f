"""What the secretary confirms is followed from then on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.rules.roles import Person
from storage.decisions.follow import follow
from storage.decisions.keep import confirm
from storage.valid import wall


def confirm_all(
    connection: Connection, who: Person, meeting: int, without: Sequence[str], at: datetime
) -> int:
    """Everything that was proposed for a meeting, but for what is left out ("d4", "a7").

    Gives how many action points are now open.
    """
    kept = confirm(connection, who, meeting, without)
    for number, due_on in kept:
        follow(connection, number, due_on, wall(at).date())
    return len(kept)
