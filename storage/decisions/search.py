"""Where something was said or decided: only what the asking person may see, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Float,
    Select,
    String,
    case,
    column,
    func,
    literal_column,
    select,
    table,
)

from bot.rules.roles import Person
from bot.rules.wording import SHORT, Phrase, alternatives, ending, halves, root, snippet
from storage.bodies import visible
from storage.decisions.index import of_body
from storage.decisions.model import Hit
from storage.tables import body, meeting_body, passage
from storage.tables.protocols import SEARCH

NEAR = 200  # passages that are looked at more closely
_search = table(SEARCH, column("id"), column("rowid"), column("words"))


def search(
    connection: Connection, who: Person, asked: Sequence[str], limit: int = 5,
    bodies: Sequence[int] = (),
) -> list[Hit]:  # fmt: skip
    """Passages that hold all that was asked for; else a compound in two; else some of it.

    `asked` are the words that the question is about (bot.rules.wording.content).
    """
    seen = [each.id for each in visible(connection, who)]
    mine = [each for each in seen if each in bodies] if bodies else seen
    if not asked or not mine:
        return []
    groups = alternatives(asked)
    wider = [[*group, *(h for phrase in group for h in _apart(phrase))] for group in groups]
    for attempt, joined in ((groups, True), (wider, True), (groups, False)):
        found = _matching(connection, attempt, mine, limit, every=joined)
        if found:
            wanted = [word for group in attempt for phrase in group for word in phrase]
            return [_hit(row, wanted, whole=joined) for row in found]
    return []


def _apart(phrase: Phrase) -> list[Phrase]:
    return halves(phrase[0]) if len(phrase) == 1 else []


def _matching(
    connection: Connection, groups: Sequence[Sequence[Phrase]], bodies: Sequence[int], limit: int,
    *, every: bool,
) -> Sequence[Any]:  # fmt: skip
    """The nearest in the index, which knows the bodies too; what may be seen is asked again."""
    sqlite = connection.dialect.name == "sqlite"
    near = (_on_sqlite if sqlite else _on_postgres)(groups, bodies, every).limit(NEAR).subquery()
    shared = select(meeting_body.c.meeting_id).where(meeting_body.c.body_id.in_(bodies))
    mine = passage.c.body_id.in_(bodies) | passage.c.meeting_id.in_(shared)
    rows = (
        select(passage, body.c.name.label("body_name"))
        .select_from(
            near.join(passage, passage.c.id == near.c.number).join(
                body, body.c.id == passage.c.body_id
            )
        )
        .where(mine)
        .order_by(
            case((passage.c.decision_id.is_(None), 1), else_=0), near.c.distance,
            passage.c.held_on.desc(), passage.c.id,
        )
        .limit(limit)
    )  # fmt: skip
    return connection.execute(rows).all()


def _on_sqlite(
    groups: Sequence[Sequence[Phrase]], bodies: Sequence[int], every: bool
) -> Select[Any]:
    asked = _joined(groups, every, _sqlite_word, " AND ", " OR ")
    whose = " OR ".join(f'ends : "{of_body(each)}"' for each in bodies)
    found, rank = literal_column(SEARCH, String), literal_column("rank", Float)
    return (
        select(_search.c.rowid.label("number"), rank.label("distance"))
        .where(found.op("MATCH")(f"({asked}) AND ({whose})"))
        .order_by(rank)
    )


def _on_postgres(
    groups: Sequence[Sequence[Phrase]], bodies: Sequence[int], every: bool
) -> Select[Any]:
    asked = _joined(groups, every, _postgres_word, " & ", " | ")
    whose = " | ".join(f"'{of_body(each)}':D" for each in bodies)
    query = func.to_tsquery("simple", asked)
    rank = -func.ts_rank_cd(_search.c.words, query)
    both = func.to_tsquery("simple", f"({asked}) & ({whose})")
    return (
        select(_search.c.id.label("number"), rank.label("distance"))
        .where(_search.c.words.op("@@")(both))
        .order_by(rank)
    )


def _sqlite_word(word: str) -> str:
    stemmed = root(word)
    if len(stemmed) < SHORT:
        return f'words : "{stemmed}"'
    return f'(words : "{stemmed}" * OR ends : "{ending(word)}" *)'


def _postgres_word(word: str) -> str:
    stemmed = root(word)
    if len(stemmed) < SHORT:
        return f"'{stemmed}':A"
    return f"('{stemmed}':*A | '{ending(word)}':*D)"


def _joined(
    groups: Sequence[Sequence[Phrase]], every: bool, word: Any, both: str, either: str
) -> str:
    parts = [
        "(" + either.join("(" + both.join(map(word, phrase)) + ")" for phrase in group) + ")"
        for group in groups
    ]
    return (both if every else either).join(parts)


def _hit(row: Any, wanted: Sequence[str], *, whole: bool) -> Hit:
    return Hit(
        row.id, row.decision_id is not None, row.body_name, row.meeting_id, row.held_on,
        row.paragraph, row.heading, row.text, snippet(row.text, wanted), whole,
    )  # fmt: skip
