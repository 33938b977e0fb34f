"""What can be searched: written here, for SQLite's FTS5 and PostgreSQL's full text alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, delete, insert, select, text

from bot.rules.minutes import Paragraph
from bot.rules.wording import SHORT, ending, stem, words
from storage.tables import meeting_body, passage
from storage.tables.protocols import SEARCH

_LONG = 2 * SHORT  # letters of a word that may be a compound
_SQLITE = text(f"INSERT INTO {SEARCH} (rowid, words, ends) VALUES (:id, :words, :ends)")  # noqa: S608
_POSTGRES = text(
    f"INSERT INTO {SEARCH} (id, words) VALUES (:id, setweight(to_tsvector('swedish', :words), 'A')"  # noqa: S608
    " || setweight(to_tsvector('simple', :ends), 'D'))"
)


def put_text(
    connection: Connection, body: int, meeting: int, held_on: date, found: Sequence[Paragraph]
) -> None:
    """The paragraphs of an approved protocol."""
    for each in found:
        number = _passage(
            connection, body_id=body, meeting_id=meeting, held_on=held_on,
            paragraph=each.number[:20], heading=each.heading, text=each.text,
        )  # fmt: skip
        _index(connection, number, f"{each.heading}\n{each.text}")


def put_decision(
    connection: Connection, decision: int, body: int, meeting: int | None, held_on: date,
    paragraph: str, words_: str,
) -> None:  # fmt: skip
    remove(connection, passage.c.decision_id == decision)
    number = _passage(
        connection, body_id=body, meeting_id=meeting, decision_id=decision, held_on=held_on,
        paragraph=paragraph, text=words_,
    )  # fmt: skip
    _index(connection, number, words_)


def remove(connection: Connection, condition: ColumnElement[bool]) -> None:
    numbers = list(connection.execute(select(passage.c.id).where(condition)).scalars())
    if not numbers:
        return
    key = "rowid" if connection.dialect.name == "sqlite" else "id"
    statement = text(f"DELETE FROM {SEARCH} WHERE {key} = :id")  # noqa: S608
    connection.execute(statement, [{"id": number} for number in numbers])
    connection.execute(delete(passage).where(passage.c.id.in_(numbers)))


def reindex(connection: Connection) -> None:
    """Make the index anew from the passages, e.g. in a database that was restored."""
    connection.execute(text(f"DELETE FROM {SEARCH}"))  # noqa: S608
    for row in connection.execute(select(passage)).all():
        _index(connection, row.id, f"{row.heading}\n{row.text}")


def _passage(connection: Connection, **values: object) -> int:
    return int(
        connection.execute(
            insert(passage).values(**values).returning(passage.c.id)
        ).scalar_one()
    )  # fmt: skip


def of_body(number: int) -> str:
    """A word of the index that tells whose passage it is; no text holds it."""
    return f"0body{number}"


def _index(connection: Connection, number: int, said: str) -> None:
    found = words(said)
    row = connection.execute(
        select(passage.c.body_id, passage.c.meeting_id).where(passage.c.id == number)
    ).one()
    shared = connection.execute(
        select(meeting_body.c.body_id).where(meeting_body.c.meeting_id == row.meeting_id)
    ).scalars()
    whose = [of_body(each) for each in dict.fromkeys((row.body_id, *shared))]
    ends = [*whose, *dict.fromkeys(ending(each) for each in found if len(each) >= _LONG)]
    sqlite = connection.dialect.name == "sqlite"
    kept = " ".join(stem(each) for each in found) if sqlite else " ".join(found)
    statement = _SQLITE if sqlite else _POSTGRES
    connection.execute(statement, {"id": number, "words": kept, "ends": " ".join(ends)})
