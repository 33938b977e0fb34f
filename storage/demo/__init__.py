"""The demo: real geography, and people, addresses and decisions that are all invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, insert, select

from bot.turn import Identity
from storage.demo import places, plan
from storage.demo.names import FIRST, LAST
from storage.people import directory_changed
from storage.tables import (
    agenda_item,
    body,
    body_municipality,
    host_swap,
    identity,
    meeting,
    meeting_answer,
    meeting_body,
    meeting_day,
    municipality,
    person,
    region,
    role,
)  # fmt: skip

MADE = datetime(2026, 11, 1, 8, tzinfo=UTC)
TEAMS, SLACK = "00000000-0000-4000-8000-0000000000aa", "T0DEMO"


def fill(connection: Connection) -> None:
    """Write the whole demo into an empty database."""
    made = _Maker(connection)
    for key, (name, sportlov, towns) in places.REGIONS.items():
        made.region(key, name, sportlov, towns)
    for row in places.BODIES:
        made.body(*row)
    for who in places.PEOPLE:
        made.person(*who)
    made.fill_seats()
    for entry in plan.MEETINGS:
        made.meeting(*entry)
    made.swap()
    directory_changed(connection)


def people(connection: Connection) -> list[tuple[int, str, str, str, str]]:
    """Whom one can be: number, name, municipality, region, title."""
    rows = connection.execute(
        select(
            person.c.id,
            person.c.name,
            municipality.c.name.label("town"),
            region.c.name.label("region"),
            person.c.title,
        )
        .select_from(
            person.join(region, region.c.id == person.c.region_id).outerjoin(
                municipality, municipality.c.id == person.c.municipality_id
            )
        )
        .where(person.c.left_on.is_(None))
        .order_by(person.c.id)
    )
    return [(r.id, r.name, r.town or "", r.region, r.title) for r in rows]


def identities(connection: Connection) -> dict[tuple[str, str], Identity]:
    """Accounts by full name and platform; a name that two people bear has the municipality behind it."""
    rows = connection.execute(
        select(
            person.c.name,
            municipality.c.name.label("town"),
            identity.c.platform,
            identity.c.tenant,
            identity.c.user,
        )
        .select_from(
            identity.join(person, person.c.id == identity.c.person_id).outerjoin(
                municipality, municipality.c.id == person.c.municipality_id
            )
        )
        .order_by(person.c.id)
    ).all()
    found: dict[tuple[str, str], Identity] = {}
    for row in rows:
        who = Identity(row.platform, row.tenant, row.user, row.name, "sv-SE")
        found.setdefault((row.name, row.platform), who)
        found[f"{row.name}, {row.town}", row.platform] = who
    return found


class _Maker:
    def __init__(self, connection: Connection) -> None:
        self._c = connection
        self._regions: dict[str, int] = {}
        self._towns: dict[tuple[str, str], int] = {}
        self._bodies: dict[str, tuple[int, str]] = {}
        self._people: dict[str, int] = {}
        self._names = _invented()

    def _insert(self, table, **values) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN003
        key = self._c.execute(insert(table).values(**values)).inserted_primary_key
        return int(key[0]) if key else 0

    def region(self, key: str, name: str, sportlov: int, towns: str) -> None:
        self._regions[key] = number = self._insert(
            region, key=key, name=name, sportlov_week=sportlov
        )
        for town in towns.split():
            name = town.replace("_", " ")
            self._towns[key, name] = self._insert(municipality, region_id=number, name=name)

    def body(
        self, key: str, of: str, name: str, short: str, aliases: str, kind: str,
        parent: str | None, per_year: int | None, per_half: int | None, towns: str,
    ) -> None:  # fmt: skip
        number = self._insert(
            body, region_id=self._regions[of], name=name, short=short, kind=kind,
            aliases=[each.strip() for each in aliases.split(",") if each.strip()],
            parent_id=self._bodies[parent][0] if parent else None,
            least_per_year=per_year, least_per_half_year=per_half,
        )  # fmt: skip
        self._bodies[key] = (number, of)
        mine = [t for (r, t) in self._towns if r == of] if towns == "*" else towns.split()
        for town in mine:
            self._insert(body_municipality, body_id=number, municipality_id=self._towns[of, town])

    def person(
        self, name: str, of: str, town: str | None, title: str, platforms: str, roles: str,
        left: date | None = None,
    ) -> int:  # fmt: skip
        number = self._insert(
            person, region_id=self._regions[of], name=name, title=title, left_on=left,
            municipality_id=self._towns[of, town] if town else None,
            email=f"{_ascii(name)}{len(self._people)}@{_ascii(town or of)}.example",
        )  # fmt: skip
        self._people[f"{name}, {town}" if name in self._people else name] = number
        self._identity(number, "web", places.REGIONS[of][0], str(number))
        if "T" in platforms:
            self._identity(number, "teams", TEAMS, f"00000000-0000-4000-8000-{number:012d}")
        if "S" in platforms:
            self._identity(number, "slack", SLACK, f"U{number:08d}")
        for each in roles.split():
            kind, _, where = each.partition(":")
            self._insert(
                role, person_id=number, region_id=self._regions[of], role=kind,
                body_id=self._bodies[where][0] if where else None,
            )  # fmt: skip
        return number

    def _identity(self, number: int, platform: str, tenant: str, user: str) -> None:
        self._insert(
            identity, person_id=number, platform=platform, tenant=tenant, user=user,
            confirmed_at=MADE,
        )  # fmt: skip

    def fill_seats(self) -> None:
        """Invented people for every municipality of a body that has nobody yet, but the vacant ones."""
        for key, (number, of) in self._bodies.items():
            if key in places.EMPTY:
                continue
            towns = self._c.execute(
                select(municipality.c.id, municipality.c.name)
                .join(body_municipality, body_municipality.c.municipality_id == municipality.c.id)
                .where(body_municipality.c.body_id == number)
            ).all()
            taken = set(
                self._c.execute(
                    select(person.c.municipality_id)
                    .join(role, role.c.person_id == person.c.id)
                    .where(role.c.body_id == number, person.c.left_on.is_(None))
                ).scalars()
            )
            for town_id, town in towns:
                seats = 0 if town_id in taken or (key, town) in places.VACANT else 1
                seats += (key, town) in places.TWICE
                for _ in range(seats):
                    title = "Skolchef" if key in places.CHIEFS else "Rektor"
                    self.person(next(self._names), of, town, title, "T", f"member:{key}")

    def meeting(
        self, bodies: str, first: date, last: date, starts: time, ends: time, kind: str,
        place: str, host: str, secretary: str, theme: str, items: tuple[str, ...],
    ) -> None:  # fmt: skip
        keys = bodies.split()
        of = self._bodies[keys[0]][1]
        days = [first] if first == last else [first, last]
        number = self._insert(
            meeting, region_id=self._regions[of], theme=theme, format=kind, place=place,
            link="" if kind == "place" else f"https://mote.{of}.example/{first:%y%m%d}",
            host_id=self._towns.get((of, host)), secretary_id=self._people.get(secretary),
            starts=datetime.combine(first, starts), ends=datetime.combine(last, ends),
            uid=f"demo-{keys[0]}-{first:%Y%m%d}@natverksboten.example", changed_at=MADE,
        )  # fmt: skip
        for key in keys:
            self._insert(
                meeting_body, meeting_id=number, body_id=self._bodies[key][0],
                ends=datetime.combine(last, ends), cancelled=False,
            )  # fmt: skip
        for place_in_row, day in enumerate(days, 1):
            self._insert(
                meeting_day, meeting_id=number, number=place_in_row,
                starts=datetime.combine(day, starts), ends=datetime.combine(day, ends),
            )  # fmt: skip
        for position, title in enumerate(items, 1):
            self._insert(agenda_item, meeting_id=number, position=position, title=title)
        if first == date(2026, 12, 10):
            for name, said in (
                ("Asta Fiktberg", "yes"),
                ("Dag Låtsasberg", "yes"),
                ("Cilla Påhittström", "no"),
            ):
                self._insert(
                    meeting_answer,
                    meeting_id=number,
                    person_id=self._people[name],
                    answer=said,
                    at=MADE,
                )

    def swap(self) -> None:
        """Vara has asked Tibro to swap hosting; Tibro has not answered."""
        number = dict(
            self._c.execute(
                select(municipality.c.name, meeting.c.id)
                .join(meeting, meeting.c.host_id == municipality.c.id)
                .where(
                    meeting.c.starts >= datetime(2027, 10, 1),
                    municipality.c.name.in_(["Vara", "Tibro"]),
                )
            ).all()
        )
        self._insert(
            host_swap, first_id=number["Vara"], second_id=number["Tibro"],
            proposed_by=self._people["Bo Fiktivsson"], proposed_at=MADE,
            awaits_id=self._towns["skaraborg", "Tibro"],
        )  # fmt: skip


def _invented() -> Iterator[str]:
    """Names nobody bears, always in the same order."""
    for round_ in range(len(LAST)):
        for number, first in enumerate(FIRST):
            yield f"{first} {LAST[(number * 7 + round_) % len(LAST)]}"


def _ascii(text: str) -> str:
    return text.casefold().translate(str.maketrans("åäöé ,", "aaoe..")).replace("..", ".")
