"""What a talk must leave behind nowhere: words that were said, and people, where they do not belong."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from bot.testing import Script
from storage import wire
from storage.store import SqlStore
from storage.tables import audit, need, outbox, person


def said(script: Script) -> list[str]:
    """Whole utterances that are nobody's date, number or one-word answer."""
    words = (each.does for each in script.steps if not each.does.startswith(("[", "@")))
    return [each for each in words if len(each.split()) >= 3]


async def leaks(store: SqlStore, script: Script, log: str) -> list[tuple[str, str]]:
    """Place and canary, of each that was found."""

    def look(connection: Connection) -> list[tuple[str, str]]:
        diets = [
            each for each in connection.execute(select(need.c.diet)).scalars() if len(each) > 3
        ]
        rows = connection.execute(select(person.c.name, person.c.email)).all()
        names = [each.name for each in rows if each.name]
        mails = [each.email for each in rows if each.email]
        lines = [
            f"{row.action} {row.subject} {json.dumps(row.detail, ensure_ascii=False)}"
            for row in connection.execute(select(audit))
        ]
        posts = [
            json.dumps(row.reply, ensure_ascii=False)
            for row in connection.execute(select(outbox.c.reference, outbox.c.reply))
            if wire.from_json(row.reference).kind != "personal"
        ]
        held = {
            "log": (log, [*said(script), *diets, *names, *mails]),
            "audit": ("\n".join(lines), [*said(script), *diets, *names, *mails]),
            "channel": ("\n".join(posts), [*diets, *mails]),
        }
        return [
            (place, each) for place, (text, canaries) in held.items()
            for each in canaries if each in text
        ]  # fmt: skip

    return await store.database.read(look)
