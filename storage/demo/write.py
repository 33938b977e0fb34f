"""Writes a region's facts into the tables, many rows per statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Table, insert

from bot import dates
from bot.rules.deadline import Deadline
from storage.demo.names import ascii_name
from storage.demo.shape import FIRST_DAY, SINCE, Mandate, Meeting, Person, Region
from storage.demo.write_minutes import MinutesWriter
from storage.feedback.change import follow as follow_feedback
from storage.mandates.follow import follow
from storage.meetings.watch import watch
from storage.tables import (
    agenda_item,
    body,
    body_municipality,
    feedback,
    goal,
    host_swap,
    identity,
    mandate,
    mandate_goal,
    mandate_owner,
    meeting,
    meeting_answer,
    meeting_body,
    meeting_day,
    municipality,
    person,
    region,
    report,
    report_told,
    role,
)

TODAY = date(2026, 11, 23)  # up to here the demo's days have gone by
MADE = datetime(2026, 11, 1, 8, tzinfo=UTC)
TEAMS, SLACK = "00000000-0000-4000-8000-0000000000aa", "T0DEMO"

Row = dict[str, Any]


class Writer:
    """One region. The order of the methods is the order in which they must be called."""

    def __init__(self, connection: Connection, facts: Region, names: Iterator[str]) -> None:
        self._c = connection
        self._facts = facts
        self._names = names
        self._region = self._ids(
            region, [{"key": facts.key, "name": facts.name, "sportlov_week": facts.sportlov_week}]
        )[0]
        rows = [{"region_id": self._region, "name": name} for name in facts.towns]
        self._towns = dict(zip(facts.towns, self._ids(municipality, rows), strict=True))
        self._bodies: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self._meetings: dict[tuple[str, date], int] = {}

    def bodies(self) -> None:
        """One by one, as each needs the number of the one above it."""
        for each in self._facts.bodies:
            row = {
                "region_id": self._region, "name": each.name, "short": each.short,
                "aliases": list(each.aliases), "kind": each.kind, "mailbox": each.mailbox,
                "parent_id": self._bodies.get(each.parent or ""),
                "least_per_year": each.per_year, "least_per_half_year": each.per_half_year,
            }  # fmt: skip
            self._bodies[each.key] = self._ids(body, [row])[0]
        self._rows(
            body_municipality,
            [
                {"body_id": self._bodies[each.key], "municipality_id": self._towns[town]}
                for each in self._facts.bodies
                for town in each.towns
            ],
        )

    def people(self) -> None:
        everybody = [*self._facts.people, *self._invented()]
        numbers = self._ids(person, [self._person(each) for each in everybody])
        accounts: list[Row] = []
        roles: list[Row] = []
        for each, number in zip(everybody, numbers, strict=True):
            self._people.setdefault(each.name, number)
            self._people[f"{each.name}, {each.town}"] = number
            accounts += self._accounts(each, number)
            roles += [self._role(words, number) for words in each.roles.split()]
        self._rows(identity, accounts)
        self._rows(role, roles)

    def _invented(self) -> list[Person]:
        return [
            Person(next(self._names), town, each.title, each.accounts, each.roles)
            for each in self._facts.invented
            for town in each.towns
        ]

    def _person(self, each: Person) -> Row:
        where = ascii_name(each.town or self._facts.key)
        return {
            "region_id": self._region, "name": each.name, "title": each.title,
            "municipality_id": self._towns[each.town] if each.town else None,
            "left_on": each.left, "email": each.email or f"{ascii_name(each.name)}@{where}.example",
        }  # fmt: skip

    def _accounts(self, each: Person, number: int) -> list[Row]:
        """Everybody has the web; a small letter is a link that awaits its confirmation."""
        kinds = {
            "w": ("web", self._facts.name, str(number)),  # as adapters.web names its people
            "t": ("teams", TEAMS, f"00000000-0000-4000-8000-{number:012d}"),
            "s": ("slack", SLACK, f"U{number:08d}"),
        }
        return [
            {
                "person_id": number, "platform": platform, "tenant": tenant, "user": user,
                "confirmed_at": MADE if letter.isupper() else None,
                "blocked_at": MADE if each.blocked and platform != "web" else None,
            }
            for letter in f"W{each.accounts}"
            for platform, tenant, user in (kinds[letter.lower()],)
        ]  # fmt: skip

    def _role(self, words: str, number: int) -> Row:
        where, *dates = words.split("/")
        kind, _, key = where.partition(":")
        since, until = map(date.fromisoformat, dates) if dates else (SINCE, None)
        return {
            "person_id": number, "region_id": self._region, "role": kind,
            "body_id": self._bodies[key] if key else None, "since": since, "until": until,
        }  # fmt: skip

    def meetings(self) -> None:
        facts = self._facts.meetings
        numbers = dict(
            zip(self._ids(meeting, [self._meeting(m) for m in facts]), facts, strict=True)
        )
        self._meetings = {(m.bodies[0], m.days[0][0].date()): n for n, m in numbers.items()}
        for number, each in numbers.items():
            watch(self._c, number, each.days[-1][1], FIRST_DAY)
        self._rows(
            meeting_day,
            [
                {"meeting_id": n, "number": place, "starts": starts, "ends": ends}
                for n, m in numbers.items()
                for place, (starts, ends) in enumerate(m.days, 1)
            ],
        )
        self._rows(
            meeting_body,
            [
                {"meeting_id": n, "body_id": self._bodies[key], "ends": m.days[-1][1]}
                for n, m in numbers.items()
                for key in m.bodies
            ],
        )
        self._rows(agenda_item, [row for n, m in numbers.items() for row in self._agenda(n, m)])
        self._rows(
            meeting_answer,
            [
                {"meeting_id": n, "person_id": self._people[name], "answer": said, "at": MADE}
                for n, m in numbers.items()
                for name, said in m.answers.items()
            ],
        )

    def _meeting(self, each: Meeting) -> Row:
        first = each.days[0][0]
        key, host = self._facts.key, self._towns.get(each.host)
        return {
            "region_id": self._region, "theme": each.theme, "format": each.format,
            "place": each.place, "host_id": host, "secretary_id": self._people.get(each.secretary),
            "link": "" if each.format == "place" else f"https://mote.{key}.example/{first:%y%m%d}",
            "starts": first, "ends": each.days[-1][1], "changed_at": MADE,
            "uid": f"demo-{key}-{each.bodies[0]}-{first:%Y%m%d}@natverksboten.example",
        }  # fmt: skip

    def _agenda(self, number: int, each: Meeting) -> Iterator[Row]:
        for position, title in enumerate((*each.agenda, *each.proposed), 1):
            by = each.proposed.get(title)
            yield {
                "meeting_id": number, "position": position, "title": title,
                "state": "proposed" if by else "accepted",
                "proposed_by": self._people[by] if by else None,
            }  # fmt: skip

    def swaps(self) -> None:
        self._rows(
            host_swap,
            [
                {
                    "first_id": self._meetings[each.body, each.first],
                    "second_id": self._meetings[each.body, each.second],
                    "proposed_by": self._people[each.proposed_by], "proposed_at": MADE,
                    "awaits_id": self._towns[each.awaits],
                }
                for each in self._facts.swaps
            ],
        )  # fmt: skip

    def mandates(self) -> None:
        """One by one: there are few. Their ladders are planned as if the days had gone by."""
        goals = {
            (key, number): self._ids(
                goal, [{"body_id": self._bodies[key], "number": number, "title": title}]
            )[0]
            for key, titles in self._facts.goals.items()
            for number, title in enumerate(titles, 1)
        }
        for place, each in enumerate(self._facts.mandates, 1):
            number = self._ids(mandate, [self._mandate(each)])[0]
            rows = [
                {"mandate_id": number, "goal_id": goals[each.giver, of], "priority": place}
                for of in each.goals
            ]
            self._rows(mandate_goal, rows)
            for owner in each.owners:
                self._reports(each, self._ids(mandate_owner, [self._owner(number, owner)])[0])

    def _mandate(self, each: Mandate) -> Row:
        contact = self._people[each.contact]
        return {
            "region_id": self._region, "title": each.title, "short": each.short,
            "text": each.text, "items": list(each.items), "giver_id": self._bodies[each.giver],
            "contact_id": contact, "made_by": contact, "given_on": each.given,
        }  # fmt: skip

    def _owner(self, number: int, words: str) -> Row:
        key, _, town = words.partition("/")
        return {
            "mandate_id": number, "body_id": self._bodies.get(key),
            "municipality_id": self._towns.get(town), "person_id": self._people.get(key[1:]),
        }  # fmt: skip

    def _reports(self, each: Mandate, owner: int) -> None:
        for words in each.reports:
            kind, _, said = words.partition(": ")
            value = dates.read(said, now=MADE)
            assert value is not None
            deadline = Deadline(value)
            row = {
                "owner_id": owner, "kind": kind, "deadline": deadline.to_json(),
                "last_day": deadline.last, "given_on": each.given,
            }  # fmt: skip
            number = self._ids(report, [row])[0]
            if deadline.last is not None and deadline.last < MADE.date():
                told = [words.split() for words in each.told]
                self._rows(
                    report_told,
                    [
                        {"report_id": number, "last_day": deadline.last, "rung": rung,
                         "day": date.fromisoformat(day)}
                        for rung, day in told
                    ],
                )  # fmt: skip
            follow(self._c, number, TODAY)

    def feedback(self) -> None:
        for each in self._facts.feedback:
            row = {
                "region_id": self._region, "from_id": self._bodies[each.sender],
                "to_id": self._bodies[each.receiver], "text": each.text, "reach": each.reach,
                "meeting_id": self._meetings[each.receiver, each.meeting] if each.meeting else None,
                "person_id": self._people[each.person], "at": each.at,
            }  # fmt: skip
            number = self._ids(feedback, [row])[0]
            follow_feedback(self._c, number, each.meeting, TODAY)

    def minutes(self) -> None:
        MinutesWriter(
            self._c, self._facts, self._region, self._bodies, self._people, self._towns,
            self._meetings,
        ).write()  # fmt: skip

    def _ids(self, table: Table, rows: Sequence[Row]) -> list[int]:
        """Insert and give the rows' numbers, in the same order."""
        statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return [int(number) for number in self._c.execute(statement, rows).scalars()]

    def _rows(self, table: Table, rows: Sequence[Row]) -> None:
        if rows:
            self._c.execute(insert(table), rows)
