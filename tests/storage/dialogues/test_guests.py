"""Invitations by mail: one link, one person, one dialogue, and nothing else."""

from __future__ import annotations

import asyncio
import secrets as random
from datetime import timedelta

import pytest
from sqlalchemy import Connection, func, select, text, update

from bot.errors import Refused
from storage import timers
from storage.dialogues import Wish, guests
from storage.people import person_by_id
from storage.session import Database
from storage.tables import guest, guest_request, person, registration, role
from tests.storage.dialogues.place import AT, Hall, come, figures, make, states

PIA = "pia@af.example"


def invited(c: Connection, hall: Hall, email: str = PIA, name: str = "Pia Attrapp") -> str:
    """Invite and give the secret that the mail would hold."""
    number = guests.invite(c, hall.eva, hall.number, email, name, "sv", "https://x.example", AT)
    return guests.new_secret(c, number)


def whole(c: Connection) -> list[object]:
    tables = ("guest", "guest_request", "registration", "seat", "person", "dialogue_session")
    return [c.execute(text(f"select * from {each} order by 1")).all() for each in tables]


async def test_a_guest_confirms_changes_and_cancels(database: Database) -> None:
    def work(c: Connection) -> None:
        hall = make(c, 2, 5, 5)
        secret = invited(c, hall)
        guests.confirm(c, secret, Wish(hall.sessions[:1], diet="vegan"), AT)
        found = guests.invitation_of(c, secret, AT)
        assert found is not None
        assert found.mine is not None
        assert found.mine.sessions("registered") == hall.sessions[:1]
        guests.change(c, secret, Wish(hall.sessions), AT)
        guests.leave(c, secret, AT)
        assert figures(c, hall) == (0, 0)
        with pytest.raises(Refused, match="not-registered"):
            guests.leave(c, secret, AT)

    await database.write(work)


async def test_looking_changes_nothing(database: Database) -> None:
    def work(c: Connection) -> str:
        hall = make(c, 1, 5)
        return invited(c, hall)

    secret = await database.write(work)
    before = await database.read(whole)
    for _ in range(50):
        await database.read(lambda c: guests.invitation_of(c, secret, AT))
    assert await database.read(whole) == before


async def test_twenty_confirmations_at_once_are_one(database: Database) -> None:
    def begin(c: Connection) -> tuple[Hall, str]:
        hall = make(c, 1, 5)
        return hall, invited(c, hall)

    hall, secret = await database.write(begin)
    wish = Wish(hall.sessions)
    got = await asyncio.gather(
        *(database.write(lambda c: guests.confirm(c, secret, wish, AT)) for _ in range(20)),
        return_exceptions=True,
    )

    assert [type(each) for each in got].count(type(None)) == 1
    assert {each.text_id for each in got if isinstance(each, Refused)} == {"guest-confirmed"}
    assert await database.read(lambda c: figures(c, hall)) == (1, 0)


async def test_a_wrong_or_changed_link_opens_nothing(database: Database) -> None:
    def work(c: Connection) -> None:
        hall = make(c, 1, 5)
        secret = invited(c, hall)
        for place in range(len(secret)):
            other = "A" if secret[place] != "A" else "B"
            assert guests.invitation_of(c, secret[:place] + other + secret[place + 1 :], AT) is None
        for _ in range(1000):
            assert guests.invitation_of(c, random.token_urlsafe(32), AT) is None
        assert len(secret) >= 43
        assert secret not in str(c.execute(select(guest)).all())
        newer = invited(c, hall)
        assert guests.invitation_of(c, secret, AT) is None
        assert guests.invitation_of(c, newer, AT) is not None
        c.execute(update(guest).values(revoked_at=AT))
        with pytest.raises(Refused, match="guest-gone"):
            guests.confirm(c, newer, Wish(hall.sessions), AT)

    await database.write(work)


async def test_an_unconfirmed_guest_is_deleted_after_seven_days_and_a_confirmed_one_is_not(
    database: Database,
) -> None:
    def work(c: Connection) -> None:
        hall = make(c, 1, 5)
        invited(c, hall)
        due = [each for each in timers.upcoming(c) if each.kind == "guest-forget"]
        assert [each.due for each in due] == [AT + timedelta(days=7)]
        number = int(due[0].subject.removeprefix("guest:"))
        assert guests.forget_guest(c, number)
        assert not guests.forget_guest(c, number)
        assert c.execute(select(person).where(person.c.email == PIA)).first() is None
        assert c.execute(select(func.count()).select_from(role)).scalar_one() == 0

        secret = invited(c, hall)
        guests.confirm(c, secret, Wish(hall.sessions), AT)
        again = guests.invitation_of(c, secret, AT)
        assert again is not None
        planned = timers.upcoming(c, f"guest:{again.id}")
        assert "guest-forget" not in {each.kind for each in planned}
        assert not guests.forget_guest(c, again.id)

    await database.write(work)


async def test_a_known_person_is_invited_as_who_they_are(database: Database) -> None:
    def work(c: Connection) -> None:
        hall = make(c, 1, 5)
        c.execute(
            update(person).where(person.c.id == hall.people[0].id).values(email="P@alby.example")
        )
        secret = invited(c, hall, "p@alby.example", "Somebody")
        found = guests.invitation_of(c, secret, AT)
        assert found is not None
        assert found.who.id == hall.people[0].id
        number = found.id
        guests.forget_guest(c, number)
        assert person_by_id(c, hall.people[0].id, AT.date()) is not None

    await database.write(work)


async def test_somebody_else_asks_and_the_coordinator_decides(database: Database) -> None:
    def work(c: Connection) -> None:
        hall = make(c, 1, 5)
        secret = invited(c, hall)
        for _ in range(2):
            guests.ask(c, secret, "Ulf Påhitt", "ulf@x.example", AT)
        with pytest.raises(Refused, match="bad-address"):
            guests.ask(c, secret, "Ulf", "ulf@x.example\r\nBcc: a@b.example", AT)
        number = c.execute(select(guest_request.c.id)).scalar_one()
        with pytest.raises(Refused):
            guests.answer_request(c, hall.people[0], number, "yes", "sv", "https://x.example", AT)
        guests.answer_request(c, hall.eva, number, "yes", "sv", "https://x.example", AT)
        with pytest.raises(Refused, match="late-answered"):
            guests.answer_request(c, hall.eva, number, "no", "sv", "https://x.example", AT)
        assert c.execute(select(func.count()).select_from(guest)).scalar_one() == 2
        for each in range(4):
            guests.ask(c, secret, "A B", f"a{each}@x.example", AT)
        with pytest.raises(Refused, match="guest-asked-enough"):
            guests.ask(c, secret, "A B", "a9@x.example", AT)
        assert c.execute(select(func.count()).select_from(guest_request)).scalar_one() == 5

    await database.write(work)


async def test_only_the_coordinator_invites_and_only_to_an_open_day(database: Database) -> None:
    def work(c: Connection) -> None:
        hall, draft = make(c, 1, 5), make(c, 2, 5, opened=False)
        for who, number in ((hall.people[0], hall.number), (draft.eva, hall.number)):
            with pytest.raises(Refused):
                guests.invite(c, who, number, PIA, "Pia", "sv", "https://x.example", AT)
        with pytest.raises(Refused, match="dialogue-state"):
            guests.invite(c, draft.eva, draft.number, PIA, "Pia", "sv", "https://x.example", AT)
        for address in ("pia", "pia@x", "a@b.example, c@d.example", "a@b.example\nTo: x@y.example"):
            with pytest.raises(Refused, match="bad-address"):
                guests.invite(c, hall.eva, hall.number, address, "P", "sv", "https://x.example", AT)

    await database.write(work)


async def test_a_guest_waits_and_answers_an_offer_like_everybody(database: Database) -> None:
    def work(c: Connection) -> None:
        hall = make(c, 2, 1)
        come(c, hall, 0)
        secret = invited(c, hall)
        guests.confirm(c, secret, Wish(hall.sessions), AT)
        assert figures(c, hall) == (1, 1)
        hall2 = Hall(hall.number, hall.sessions, hall.eva, hall.people)
        from storage import dialogues

        dialogues.cancel(c, hall2.people[0], hall.number, AT)
        guests.answer(c, secret, "yes", AT)
        found = guests.invitation_of(c, secret, AT)
        assert found is not None
        assert found.mine is not None
        assert found.mine.sessions("registered") == hall.sessions
        assert states(c, hall) == {0: "cancelled"}
        assert c.execute(select(func.count()).select_from(registration)).scalar_one() == 2

    await database.write(work)
