"""The demo's dialogue days, and those who come to them from neither workspace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from storage.demo.names import ascii_name, outside
from storage.demo.shape import hours, towns
from storage.dialogues import any_dialogue, plans
from storage.dialogues.model import POINTS
from storage.dialogues.seating import Given
from storage.tables import (
    checkpoint,
    declined,
    dialogue,
    dialogue_session,
    municipality,
    need,
    person,
    region,
    registration,
    seat,
    topic,
)

MADE = datetime(2026, 11, 16, 8, tzinfo=UTC)
OFFERED = datetime(2026, 11, 23, 7, tzinfo=UTC)  # when the running offer was made
TITLE = "Skolverkets regionala dialog"
GENERAL = "Alla; övergripande frågor"
MANAGERS = "Främst rektorer och chefer; mer verksamhetsnära"
DIETS = ("vegetarisk", "vegansk", "glutenfri", "laktosfri")
TITLES = ("Rektor", "Verksamhetschef", "Förvaltningschef", "Nämndledamot", "Handläggare")
ANONYMOUS = ("Hur följer vi upp språkstödet?", "Vad händer med statsbidragen för yrkesvux?")
NAMED = (
    "Validering av yrkeskunskaper", "Samverkan med Arbetsförmedlingen",
    "Lärcenter i små kommuner", "Bristyrken och dimensionering",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    part: str
    span: str
    capacity: int | None
    taken: int = 0  # of whom the last `offered` are only offered it
    waiting: int = 0
    offered: int = 0
    audience: str = GENERAL


@dataclass(frozen=True, slots=True)
class Facts:
    """`invented` are the numbers of those made up for the region's bodies, who may come."""

    region: str
    day: str
    place: str
    last_day: str
    parts: tuple[Part, ...]
    state: str = "open"
    format: str = "place"
    missing: tuple[str, ...] = ()  # municipalities that have registered nobody
    declined: tuple[str, ...] = ()
    done: tuple[str, ...] = ()  # points of the checklist
    extra: int = 0  # participants without an account


DAYS = (
    Facts(
        "skaraborg", "2027-02-10", "Portalen, Skövde", "2027-01-27",
        (Part("fm", "08.30-11.45", 60, 40), Part("em", "12.45-15.00", 40, 31, audience=MANAGERS)),
        missing=towns("Essunga Gullspång Hjo Töreboda"), declined=("Karlsborg",),
        done=("planning", "invitation"), extra=17,
    ),
    Facts(
        "stockholm", "2027-03-18", "Länssalen, Stockholm", "2027-03-04",
        (Part("fm", "09.00-12.00", 120, 117),
         Part("em", "13.00-15.30", 40, 40, 1, audience=MANAGERS)),
        done=("planning",), extra=90,
    ),
    Facts(
        "vasterbotten", "2027-04-14", "Väven, Umeå", "2027-03-31",
        (Part("fm", "09.00-11.30", 80), Part("em", "12.30-15.00", 80, audience=MANAGERS),
         Part("digital", "09.00-15.00", None)),
        state="draft", format="hybrid",
    ),
    Facts(
        "mellanlandet", "2027-01-19", "Bygdegården, Alby", "2027-01-08",
        (Part("fm", "09.00-12.00", 12, 12, 3, 1),), done=POINTS,
    ),
)  # fmt: skip


def fill(connection: Connection, named: Sequence[str]) -> None:
    """Write the dialogue days; those who have a part in the scenarios (`named`) are not registered."""
    names = outside()
    for facts in DAYS:
        day = _Day(connection, facts)
        day.sessions()
        day.people(names, named)
        day.registrations()
        day.rest()


class _Day:
    """One dialogue. The order of the methods is the order in which they must be called."""

    def __init__(self, connection: Connection, facts: Facts) -> None:
        self._c = connection
        self._facts = facts
        self._region = connection.execute(
            select(region.c.id).where(region.c.key == facts.region)
        ).scalar_one()
        rows = connection.execute(
            select(municipality.c.name, municipality.c.id).where(
                municipality.c.region_id == self._region
            )
        )
        self._towns = {row.name: row.id for row in rows}
        self._people: list[int] = []
        self._sessions: list[int] = []
        self._number = 0

    def sessions(self) -> None:
        facts = self._facts
        spans = [hours(each.span, facts.day)[0] for each in facts.parts]
        self._number = self._ids(
            dialogue,
            [{
                "region_id": self._region, "title": TITLE, "format": facts.format,
                "place": facts.place, "starts": min(a for a, _ in spans),
                "link": f"https://mote.{facts.region}.example/270414"
                        if facts.format == "hybrid" else "",
                "ends": max(b for _, b in spans), "last_day": date.fromisoformat(facts.last_day),
                "state": facts.state, "fields": [{"name": "diet"}, {"name": "access"}],
                "summary_due": "2027-05", "code": f"DIALOG{len(facts.region)}"[:8],
                "uid": f"demo-dialog-{facts.region}-2027@natverksboten.example",
                "changed_at": MADE,
            }],
        )[0]  # fmt: skip
        self._sessions = self._ids(
            dialogue_session,
            [
                {
                    "dialogue_id": self._number, "position": position, "part": each.part,
                    "starts": starts, "ends": ends, "capacity": each.capacity,
                    "audience": each.audience, "taken": each.taken, "waiting": each.waiting,
                    "queued": each.waiting + each.offered,
                }
                for position, (each, (starts, ends)) in enumerate(
                    zip(facts.parts, spans, strict=True), 1
                )
            ],
        )  # fmt: skip

    def people(self, names: Iterator[str], named: Sequence[str]) -> None:
        """Those who may come: invented members of the region, then others from outside."""
        facts = self._facts
        out = {*facts.missing, *facts.declined}
        coming = [town for town in self._towns if town not in out]
        rows = self._c.execute(
            select(person.c.id)
            .join(municipality, municipality.c.id == person.c.municipality_id)
            .where(municipality.c.name.in_(coming), municipality.c.region_id == self._region,
                   person.c.left_on.is_(None), person.c.name.not_in(named))
            .order_by(person.c.id)
        )  # fmt: skip
        self._people = list(rows.scalars())
        if facts.extra:
            more = [
                (next(names), coming[number % len(coming)], TITLES[number % len(TITLES)])
                for number in range(facts.extra)
            ]
            self._people += self._ids(
                person,
                [
                    {
                        "region_id": self._region, "municipality_id": self._towns[town],
                        "name": name, "title": title,
                        "email": f"{ascii_name(name)}@{ascii_name(town)}.example",
                    }
                    for name, town, title in more
                ],
            )  # fmt: skip

    def registrations(self) -> None:
        seats: list[dict[str, Any]] = []
        most = max((each.taken + each.waiting for each in self._facts.parts), default=0)
        if not most:
            return
        people = self._people[:most]
        numbers = self._ids(
            registration,
            [
                {"dialogue_id": self._number, "person_id": each, "made_by": each, "made_at": MADE,
                 "changed_at": MADE}
                for each in people
            ],
        )  # fmt: skip
        for session, part in zip(self._sessions, self._facts.parts, strict=True):
            for number, mine in enumerate(numbers[: part.taken + part.waiting]):
                seats.append(self._seat(part, session, mine, number))
        self._rows(seat, seats)
        self._rows(
            need,
            [
                {"registration_id": mine, "diet": DIETS[number % len(DIETS)]}
                for number, mine in enumerate(numbers[::5])
            ],
        )
        until = OFFERED + timedelta(hours=48)
        for row in seats:
            if row["state"] == "offered":
                given = Given(row["registration_id"], (row["session_id"],), until)
                plans.offer_again(self._c, self._number, given.registration, given.sessions[0],
                                  until)  # fmt: skip

    def _seat(self, part: Part, session: int, mine: int, number: int) -> dict[str, Any]:
        firm = part.taken - part.offered
        place = number - firm + 1
        state = "registered" if number < firm else "offered" if number < part.taken else "waiting"
        return {
            "registration_id": mine, "session_id": session, "state": state, "since": MADE,
            "place": place if state == "waiting" else None,
            "offer_until": OFFERED + timedelta(hours=48) if state == "offered" else None,
        }  # fmt: skip

    def rest(self) -> None:
        facts, number = self._facts, self._number
        self._rows(
            checkpoint,
            [{"dialogue_id": number, "point": each, "done_at": MADE if each in facts.done else None}
             for each in POINTS],
        )  # fmt: skip
        people = self._people[: len(NAMED)]
        wishes = [(text, None) for text in ANONYMOUS]
        wishes += list(zip(NAMED[: len(people)], people, strict=True))  # type: ignore[arg-type]
        self._rows(
            topic,
            [{"dialogue_id": number, "person_id": who, "text": text} for text, who in wishes],
        )
        self._rows(
            declined,
            [
                {"dialogue_id": number, "municipality_id": self._towns[town],
                 "person_id": self._of(town), "at": MADE}
                for town in facts.declined
            ],
        )  # fmt: skip
        if facts.state == "open" and (found := any_dialogue(self._c, number)):
            plans.of_dialogue(self._c, found)

    def _of(self, town: str) -> int:
        found: int = self._c.execute(
            select(person.c.id)
            .where(person.c.municipality_id == self._towns[town])
            .order_by(person.c.id)
            .limit(1)
        ).scalar_one()
        return found

    def _ids(self, table: Table, rows: Sequence[dict[str, Any]]) -> list[int]:
        statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return [int(number) for number in self._c.execute(statement, rows).scalars()]

    def _rows(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            self._c.execute(insert(table), rows)
