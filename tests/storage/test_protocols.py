"""The same on every database: taking in, approving, remarking, replacing, searching."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, insert, select

from bot.errors import Refused
from bot.files import FileHandle
from bot.rules.protocol import State
from storage import decisions, demo, files, protocols
from storage.protocols import Protocol
from storage.session import Database
from storage.tables import approval_rule, body, meeting, meeting_answer, person, protocol_proposal
from tests.databases import count
from tests.storage.world import someone

MONDAY = datetime(2026, 12, 14, 8, tzinfo=UTC)
TODAY = date(2026, 12, 14)
TEXT = "§ 4 Språkstöd\nBeslut: Nätverket inför en gemensam språkpolicy.\nÅtgärd: Vara bokar lokal till mars."


def kept(c: Connection, name: str, number: int = 1) -> FileHandle:
    """A file that this person has sent, different for each number."""
    examined = files.Examined(f"protokoll_v{number}.pdf", "pdf", tuple(TEXT.splitlines()))
    return files.put(c, someone(c, name, TODAY).id, f"%PDF-{number}".encode(), examined, MONDAY)


def digest(number: int = 1) -> str:
    return hashlib.sha256(f"%PDF-{number}".encode()).hexdigest()


def december(c: Connection) -> int:
    """The meeting of 10 December that Skövde holds."""
    return c.execute(select(meeting.c.id).where(meeting.c.theme == "Språkstöd i yrkesutbildningar")).scalar_one()  # fmt: skip


def seen_by(c: Connection, name: str) -> Protocol | None:
    return protocols.protocol_of(c, someone(c, name, TODAY), december(c))


def numbers(c: Connection, *names: str) -> list[int]:
    return [someone(c, name, TODAY).id for name in names]


def handed_in(c: Connection, number: int = 1, submit: bool = True) -> dict[str, object]:
    dag = someone(c, "Dag Låtsasberg", TODAY)
    return protocols.receive(c, dag, december(c), kept(c, dag.name, number), MONDAY, submit)


async def filled(database: Database) -> Database:
    await database.write(demo.fill)
    return database


async def test_a_protocol_from_upload_to_approval_and_search(database: Database) -> None:
    await filled(database)

    def life(c: Connection) -> None:
        asta, dag, bo = (someone(c, n, TODAY) for n in ("Asta Fiktberg", "Dag Låtsasberg", "Bo Fiktivsson"))  # fmt: skip
        got = handed_in(c)
        assert got["version"] == 1
        assert (got["state"], got["approver"], got["approve_by"]) == (
            "for_approval", asta.id, "2026-12-21",
        )  # fmt: skip
        assert seen_by(c, "Bo Fiktivsson") is None  # a member who was not there
        assert seen_by(c, "Lena Modellson") is not None
        assert decisions.search(c, bo, ["språkpolicy"]) == []

        number = int(str(got["protocol"]))
        done = protocols.approve(c, asta, number, digest(), MONDAY)
        assert (done["state"], done["decisions"], done["tasks"]) == ("approved", 1, 1)
        (text,) = decisions.search(c, bo, ["språkpolicy"])
        assert (text.decision, text.paragraph, text.heading) == (False, "§ 4", "Språkstöd")

        decided, tasks = decisions.proposed(c, dag, december(c))
        assert [each.text for each in decided] == ["Nätverket inför en gemensam språkpolicy."]
        assert [(each.who, each.due_words) for each in tasks] == [("Vara", "mars")]
        assert decisions.proposed(c, bo, december(c)) == ([], [])
        decisions.confirm_all(c, dag, december(c), [], MONDAY)
        first, _ = decisions.search(c, bo, ["språkpolicyn"])
        assert first.decision
        one = seen_by(c, "Bo Fiktivsson")
        assert one is not None
        assert one.state is State.APPROVED
        (verdict,) = protocols.verdicts(c, bo, number)
        assert (verdict.by, verdict.verdict, verdict.sha256) == ("Asta Fiktberg", "approved", digest())  # fmt: skip

    await database.write(life)


async def test_a_new_version_voids_the_approval_and_leaves_the_search(database: Database) -> None:
    await filled(database)

    def life(c: Connection) -> None:
        asta, bo = someone(c, "Asta Fiktberg", TODAY), someone(c, "Bo Fiktivsson", TODAY)
        number = int(str(handed_in(c)["protocol"]))
        protocols.approve(c, asta, number, digest(), MONDAY)
        got = handed_in(c, 2)
        assert (got["version"], got["state"], got["voided"]) == (2, "for_approval", True)
        assert seen_by(c, "Bo Fiktivsson") is None
        assert decisions.search(c, bo, ["språkpolicy"]) == []
        assert [each.number for each in protocols.versions(c, asta, number)] == [1, 2]
        assert protocols.verdicts(c, asta, number)[0].voided_at == MONDAY
        with pytest.raises(Refused, match="protocol-newer"):
            protocols.approve(c, asta, number, digest(1), MONDAY)
        protocols.approve(c, asta, number, digest(2), MONDAY)

    await database.write(life)


async def test_a_remark_stops_it_and_a_correction_goes_on(database: Database) -> None:
    await filled(database)

    def life(c: Connection) -> None:
        asta = someone(c, "Asta Fiktberg", TODAY)
        number = int(str(handed_in(c)["protocol"]))
        got = protocols.remark(c, asta, number, digest(), "§ 4 ska vara föreslår", MONDAY)
        assert got["people"] == [someone(c, "Dag Låtsasberg", TODAY).id]
        one = seen_by(c, "Asta Fiktberg")
        assert one is not None
        assert one.state is State.REMARKED
        assert handed_in(c, 2)["state"] == "for_approval"

    await database.write(life)


async def test_who_may_not(database: Database) -> None:
    await filled(database)

    def refusals(c: Connection) -> None:
        dag, bo, eva = (someone(c, n, TODAY) for n in ("Dag Låtsasberg", "Bo Fiktivsson", "Eva Exempelqvist"))  # fmt: skip
        lena, pia, nora = (someone(c, n, TODAY) for n in ("Lena Modellson", "Pia Attrappsson", "Nora Provén"))  # fmt: skip
        number = int(str(handed_in(c)["protocol"]))
        for who, expected in (
            (dag, "protocol-own"), (bo, "no-such-protocol"), (lena, "protocol-not-approver"),
            (eva, "no-such-protocol"), (pia, "no-such-protocol"), (nora, "no-such-protocol"),
        ):  # fmt: skip
            with pytest.raises(Refused, match=expected):
                protocols.approve(c, who, number, digest(), MONDAY)
        for who in (bo, lena):
            with pytest.raises(Refused, match="protocol-secretary-only"):
                protocols.receive(c, who, december(c), kept(c, who.name, 7), MONDAY, True)
        for who in (pia, nora):
            with pytest.raises(Refused, match="no-such-meeting"):
                protocols.receive(c, who, december(c), kept(c, who.name, 7), MONDAY, True)
        with pytest.raises(Refused, match="may-not"):
            protocols.propose(c, eva, december(c), kept(c, eva.name, 7), MONDAY)
        with pytest.raises(Refused, match="protocol-same-file"):
            handed_in(c, 1)

    await database.write(refusals)


async def test_a_file_from_somebody_else_is_a_proposal_to_the_secretary(database: Database) -> None:
    await filled(database)

    def life(c: Connection) -> None:
        dag, bo = someone(c, "Dag Låtsasberg", TODAY), someone(c, "Bo Fiktivsson", TODAY)
        got = protocols.propose(c, bo, december(c), kept(c, bo.name, 3), MONDAY)
        assert got["secretary"] == dag.id
        assert seen_by(c, "Dag Låtsasberg") is None
        number = int(got["proposal"])
        with pytest.raises(Refused, match="protocol-secretary-only"):
            protocols.answer_proposal(c, bo, number, MONDAY, take=True)
        taken = protocols.answer_proposal(c, dag, number, MONDAY, take=True)
        assert taken["state"] == "for_approval"
        with pytest.raises(Refused, match="protocol-proposal-answered"):
            protocols.answer_proposal(c, dag, number, MONDAY, take=False)
        assert c.execute(select(protocol_proposal.c.state)).scalar_one() == "taken"

    await database.write(life)


async def test_drafts_wait_until_they_are_sent_for_approval(database: Database) -> None:
    await filled(database)

    def life(c: Connection) -> None:
        dag, asta = someone(c, "Dag Låtsasberg", TODAY), someone(c, "Asta Fiktberg", TODAY)
        got = handed_in(c, submit=False)
        assert got["state"] == "draft"
        number = int(str(got["protocol"]))
        assert [each.id for each in protocols.to_approve(c, asta)] != [number]
        protocols.submit_draft(c, dag, number, MONDAY)
        assert number in [each.id for each in protocols.to_approve(c, asta)]
        with pytest.raises(Refused, match="protocol-state"):
            protocols.submit_draft(c, dag, number, MONDAY)

    await database.write(life)


async def test_a_meeting_to_come_has_no_protocol(database: Database) -> None:
    await filled(database)

    def early(c: Connection) -> None:
        bo = someone(c, "Bo Fiktivsson", TODAY)
        coming = c.execute(
            select(meeting.c.id)
            .where(meeting.c.host_id == bo.municipality, meeting.c.starts > datetime(2027, 1, 1))
        ).scalars().first()  # fmt: skip
        assert coming is not None
        with pytest.raises(Refused, match="protocol-too-early"):
            protocols.receive(c, bo, coming, kept(c, bo.name), MONDAY, True)

    await database.write(early)


async def test_a_body_that_does_not_approve_its_protocols_sends_them_at_once(
    database: Database,
) -> None:
    await filled(database)

    def at_once(c: Connection) -> None:
        network = c.execute(select(body.c.id).where(body.c.mailbox == "utbildning@skaraborg.example")).scalar_one()  # fmt: skip
        c.execute(insert(approval_rule).values(body_id=network, required=False))
        got = handed_in(c)
        assert (got["state"], got["mailbox"]) == ("approved", "utbildning@skaraborg.example")
        assert seen_by(c, "Bo Fiktivsson") is not None
        (sent,) = protocols.dispatches(c, someone(c, "Dag Låtsasberg", TODAY), int(str(got["protocol"])))  # fmt: skip
        assert (sent.state, sent.answered_at) == ("waiting", None)

    await database.write(at_once)


async def test_a_body_may_let_its_presidium_approve_in_its_own_time(database: Database) -> None:
    await filled(database)

    def by_presidium(c: Connection) -> None:
        network = c.execute(select(body.c.id).where(body.c.mailbox == "utbildning@skaraborg.example")).scalar_one()  # fmt: skip
        c.execute(insert(approval_rule).values(body_id=network, by="presidium", days=14))
        got = handed_in(c)
        lena = someone(c, "Lena Modellson", TODAY)
        assert (got["approver"], got["approve_by"]) == (lena.id, "2026-12-28")
        number = int(str(got["protocol"]))
        assert number in [each.id for each in protocols.to_approve(c, lena)]
        protocols.approve(c, lena, number, digest(), MONDAY)

    await database.write(by_presidium)


async def test_whoever_was_there_sees_it_once_it_is_sent_for_approval(database: Database) -> None:
    await filled(database)

    def present(c: Connection) -> None:
        bo = someone(c, "Bo Fiktivsson", TODAY)
        c.execute(insert(meeting_answer).values(meeting_id=december(c), person_id=bo.id, answer="yes", at=MONDAY))  # fmt: skip
        handed_in(c, submit=False)
        assert seen_by(c, "Bo Fiktivsson") is None
        protocols.submit_draft(c, someone(c, "Dag Låtsasberg", TODAY), _number(c), MONDAY)
        assert seen_by(c, "Bo Fiktivsson") is not None
        assert seen_by(c, "Karin Demoberg, Vara") is None

    await database.write(present)


def _number(c: Connection) -> int:
    one = seen_by(c, "Dag Låtsasberg")
    assert one is not None
    return one.id


async def test_two_uploads_at_once_are_two_versions(database: Database) -> None:
    await filled(database)

    await asyncio.gather(*(database.write(lambda c, n=n: handed_in(c, n)) for n in range(1, 6)))

    def counted(c: Connection) -> list[int]:
        one = seen_by(c, "Asta Fiktberg")
        assert one is not None
        return [each.number for each in protocols.versions(c, someone(c, "Asta Fiktberg", TODAY), one.id)]  # fmt: skip

    assert await database.read(counted) == [1, 2, 3, 4, 5]


async def test_what_is_missing(database: Database) -> None:
    await filled(database)

    def found(c: Connection) -> list[tuple[date, str, bool]]:
        bo = someone(c, "Bo Fiktivsson", TODAY)
        now = datetime(2026, 12, 18, 9)
        return [
            (each.meeting.starts.date(), each.state.value, each.late)
            for each in protocols.missing(c, bo, bo.bodies, now)
        ]

    assert await database.read(found) == [
        (date(2026, 11, 12), "for_approval", True), (date(2026, 12, 10), "missing", True),
    ]  # fmt: skip


async def test_a_secretary_without_anybody_to_approve_keeps_a_draft(database: Database) -> None:
    await filled(database)

    def alone(c: Connection) -> dict[str, object]:
        row = c.execute(
            select(meeting.c.id, person.c.name)
            .select_from(meeting.join(person, person.c.region_id == meeting.c.region_id))
            .where(meeting.c.starts == datetime(2026, 12, 17, 9), person.c.title == "Rektor")
            .order_by(person.c.id)
        ).first()  # fmt: skip
        assert row is not None
        who = someone(c, row.name, TODAY)
        c.execute(meeting.update().where(meeting.c.id == row.id).values(secretary_id=who.id))
        return protocols.receive(
            c, who, row.id, kept(c, who.name), datetime(2026, 12, 18, 8, tzinfo=UTC), True
        )

    got = await database.write(alone)
    assert (got["state"], got["approver"]) == ("draft", None)


async def test_nothing_is_half_kept_when_it_fails(database: Database) -> None:
    await filled(database)

    def fails(c: Connection) -> None:
        handed_in(c)
        raise RuntimeError("the process was stopped")

    with pytest.raises(RuntimeError):
        await database.write(fails)
    assert await database.read(lambda c: seen_by(c, "Dag Låtsasberg")) is None
    assert await database.read(lambda c: count(c, "protocol")) == 2
