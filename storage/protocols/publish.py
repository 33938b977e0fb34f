"""What an approved protocol becomes: searchable text, and proposals of decisions and tasks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot import dates
from bot.rules.minutes import decisions as decided_in
from bot.rules.minutes import paragraphs, to_do
from storage import decisions
from storage.decisions import Task
from storage.protocols.model import Protocol
from storage.tables import file, municipality, person
from storage.valid import seated


def publish(connection: Connection, one: Protocol, now: datetime) -> tuple[int, int]:
    """Gives how many decisions and action points wait for the secretary's word. `now` is aware."""
    of = one.meeting
    kept = connection.execute(
        select(file.c.paragraphs).where(file.c.id == one.version.file.id)
    ).scalar_one()
    text = "\n".join(kept)
    held_on = of.starts.date()
    decisions.put_text(connection, of.body_ids[0], of.id, held_on, paragraphs(text))
    people = connection.execute(
        select(person.c.name).where(person.c.id.in_(seated(of.body_ids, held_on)))
    ).scalars()
    towns = connection.execute(
        select(municipality.c.name).where(municipality.c.region_id == of.region)
    ).scalars()
    tasks = [_task(each.text, each.who, now) for each in to_do(text, list(people), list(towns))]
    decided = [(each.paragraph, each.text) for each in decided_in(text)]
    return decisions.propose_all(connection, of, decided, tasks)


def _task(text: str, who: str, now: datetime) -> Task:
    found = dates.find(text, now=now)
    if not found:
        return Task(text, who)
    first = found[0]
    return Task(text, who, text[first.start : first.end], first.value.last_day)
