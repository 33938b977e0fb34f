"""Writes a region's protocols, decisions and action points."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, insert, select

from bot import docx
from bot.docx import Paragraph
from bot.rules.minutes import paragraphs
from bot.rules.protocol import STANDING, Rule, approve_by
from storage import decisions
from storage.decisions.follow import follow
from storage.demo.shape import FIRST_DAY, Decision, Point, Protocol, Region
from storage.tables import (
    action_point,
    body,
    decision,
    dispatch,
    file,
    protocol,
    protocol_verdict,
    protocol_version,
)


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


@dataclass(frozen=True, slots=True)
class MinutesWriter:
    connection: Connection
    facts: Region
    region: int
    bodies: Mapping[str, int]
    people: Mapping[str, int]
    towns: Mapping[str, int]
    meetings: Mapping[tuple[str, date], int]

    def write(self) -> None:
        for each in self.facts.protocols:
            self._protocol(each)
        for one in self.facts.decisions:
            self._decision(one)
        for task in self.facts.points:
            self._point(task)

    def _protocol(self, each: Protocol) -> None:
        meeting = self.meetings[each.body, each.held]
        content = docx.write([Paragraph(line) for line in each.text.splitlines()])
        sha256 = hashlib.sha256(content).hexdigest()
        number = self.connection.execute(
            insert(protocol)
            .values(
                meeting_id=meeting, state=each.state, version=1,
                approver_id=self.people[each.approver],
                approve_by=approve_by(each.sent, Rule()), changed_at=at(each.approved or each.sent),
            )
            .returning(protocol.c.id)
        ).scalar_one()  # fmt: skip
        self.connection.execute(
            insert(protocol_version).values(
                protocol_id=number, number=1, file_id=self._file(each, content, sha256, number),
                sha256=sha256, uploaded_by=self.people[each.uploader], at=at(each.sent),
            )
        )  # fmt: skip
        if each.state in STANDING and each.approved:
            self.connection.execute(
                insert(protocol_verdict).values(
                    protocol_id=number, number=1, sha256=sha256, at=at(each.approved),
                    person_id=self.people[each.approver], verdict="approved",
                )
            )  # fmt: skip
            self._sent(each, number, sha256, each.approved)
            decisions.put_text(
                self.connection, self.bodies[each.body], meeting, each.held, paragraphs(each.text)
            )

    def _file(self, each: Protocol, content: bytes, sha256: str, number: int) -> int:
        statement = insert(file).values(
            person_id=self.people[each.uploader], name=each.file, kind="docx", size=len(content),
            sha256=sha256, content=content, paragraphs=each.text.split("\n"),
            subject=f"protocol:{number}", at=at(each.sent),
        )  # fmt: skip
        return int(self.connection.execute(statement.returning(file.c.id)).scalar_one())

    def _sent(self, each: Protocol, number: int, sha256: str, day: date) -> None:
        mailbox = self.connection.execute(
            select(body.c.mailbox).where(body.c.id == self.bodies[each.body])
        ).scalar_one()
        self.connection.execute(
            insert(dispatch).values(
                body_id=self.bodies[each.body], protocol_id=number, kind="protocol",
                address=mailbox, sha256=sha256, state="accepted", queued_at=at(day),
                answered_at=at(day), answer="250 2.0.0 Ok: queued",
            )
        )  # fmt: skip

    def _decision(self, each: Decision) -> None:
        number = self.bodies[each.body]
        meeting = self.meetings[each.body, each.meeting] if each.meeting else None
        made = self.connection.execute(
            insert(decision)
            .values(
                region_id=self.region, body_id=number, meeting_id=meeting, decided_on=each.day,
                text=each.text, paragraph=each.paragraph,
            )
            .returning(decision.c.id)
        ).scalar_one()  # fmt: skip
        decisions.put_decision(
            self.connection, made, number, meeting, each.day, each.paragraph, each.text
        )

    def _point(self, each: Point) -> None:
        meeting = self.meetings[each.body, each.meeting] if each.meeting else None
        number = self.connection.execute(
            insert(action_point)
            .values(
                region_id=self.region, body_id=self.bodies[each.body], meeting_id=meeting,
                text=each.text, person_id=self.people.get(each.person),
                municipality_id=self.towns.get(each.town), due_words=each.words, due_on=each.due,
            )
            .returning(action_point.c.id)
        ).scalar_one()  # fmt: skip
        follow(self.connection, number, each.due, FIRST_DAY)
