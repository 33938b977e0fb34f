"""Guests in neither workspace: invited by mail to one dialogue, and seeing nothing else.

The link's secret is bound to one invitation, so to one person and one dialogue; only its hash is
kept. Looking changes nothing; confirming works once.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, func, insert, select, update

from bot.errors import Refused
from bot.rules.roles import Person, Role
from storage import timers
from storage.dialogues import offers
from storage.dialogues.load import any_dialogue, managed, own
from storage.dialogues.model import Dialogue, Registration, Wish
from storage.dialogues.plans import GUESTS_KEPT
from storage.dialogues.register import cancel, register
from storage.people import directory_changed, person_by_id
from storage.session import upsert
from storage.tables import guest, guest_request, identity, person, registration, role, topic
from storage.valid import wall

ADDRESS = re.compile(r"[^\s@<>\"',;:()\\\[\]]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,24}")
REQUESTS = 5  # of others with one link


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link opens: one person's part in one dialogue."""

    id: int
    who: Person
    dialogue: Dialogue
    mine: Registration | None
    confirmed: bool


def known_guest(connection: Connection, region_id: int, email: str) -> tuple[int, str] | None:
    """Number and name of whoever of the region has this address."""
    row = connection.execute(
        select(person.c.id, person.c.name)
        .where(person.c.region_id == region_id, func.lower(person.c.email) == email.lower())
        .order_by(person.c.id)
        .limit(1)
    ).first()
    return None if row is None else (row.id, row.name)


def invite(
    connection: Connection, who: Person, number: int, email: str, name: str, lang: str, url: str,
    at: datetime,
) -> int:  # fmt: skip
    """Have a link mailed; the same person again gets a new one, and the old one stops working.

    `url` is the address of the web pages. Gives the invitation's number.
    """
    found = managed(connection, who, number, wall(at).date())
    if not ADDRESS.fullmatch(email):
        raise Refused("bad-address", said=email[:80])
    if found.state not in {"open", "closed"} or found.ends <= wall(at):
        raise Refused("dialogue-state", state=found.state)
    known = known_guest(connection, found.region, email)
    target = known[0] if known else _new_person(connection, found.region, email, name, lang)
    row = {"invited_by": who.id, "secret_hash": _hash(secrets.token_urlsafe(32)),
           "revoked_at": None}  # fmt: skip
    invitation: int = connection.execute(
        upsert(connection)(guest)
        .values(dialogue_id=number, person_id=target, made_at=at, **row)
        .on_conflict_do_update(index_elements=["dialogue_id", "person_id"], set_=row)
        .returning(guest.c.id)
    ).scalar_one()
    timers.plan(connection, "guest-invite", f"guest:{invitation}", at, values={"url": url})
    timers.plan(connection, "guest-forget", f"guest:{invitation}", at + GUESTS_KEPT)
    return invitation


def new_secret(connection: Connection, invitation: int) -> str:
    """The secret of the link that is being mailed; the one before it opens nothing any more."""
    secret = secrets.token_urlsafe(32)
    connection.execute(
        update(guest).where(guest.c.id == invitation).values(secret_hash=_hash(secret))
    )
    return secret


def invitation_by_id(connection: Connection, number: int, at: datetime) -> Invitation | None:
    """Without asking who: for what the system does by itself."""
    return _load(connection, guest.c.id == number, at)


def invitation_of(connection: Connection, secret: str, at: datetime) -> Invitation | None:
    """None for a link that is unknown, forgotten or taken back: all sound the same."""
    return _load(connection, guest.c.secret_hash == _hash(secret), at)


def confirm(connection: Connection, secret: str, wish: Wish, at: datetime) -> None:
    """Confirm the invitation and register; of several at once exactly one does."""
    found = _opened(connection, secret, at)
    done = connection.execute(
        update(guest)
        .where(guest.c.id == found.id, guest.c.confirmed_at.is_(None))
        .values(confirmed_at=at)
    )
    if done.rowcount == 0:
        raise Refused("guest-confirmed")
    timers.cancel(connection, f"guest:{found.id}", "guest-forget")
    register(connection, found.who, found.dialogue.id, wish, at)


def change(connection: Connection, secret: str, wish: Wish, at: datetime) -> None:
    found = _confirmed(connection, secret, at)
    register(connection, found.who, found.dialogue.id, wish, at)


def leave(connection: Connection, secret: str, at: datetime) -> None:
    found = _confirmed(connection, secret, at)
    cancel(connection, found.who, found.dialogue.id, at)


def answer(connection: Connection, secret: str, said: str, at: datetime) -> None:
    """To an offer that is running."""
    found = _confirmed(connection, secret, at)
    if found.mine is None:
        raise Refused("offer-ended")
    act = offers.accept if said == "yes" else offers.decline
    act(connection, found.who, found.mine.id, at)


def ask(connection: Connection, secret: str, name: str, email: str, at: datetime) -> None:
    """Somebody else with a forwarded link asks to come; the coordinator decides."""
    found = _opened(connection, secret, at)
    if not name.strip() or not ADDRESS.fullmatch(email):
        raise Refused("bad-address", said=email[:80])
    asked = connection.execute(
        select(func.count()).where(guest_request.c.guest_id == found.id)
    ).scalar_one()
    if asked >= REQUESTS:
        raise Refused("guest-asked-enough")
    made = connection.execute(
        upsert(connection)(guest_request)
        .values(guest_id=found.id, name=name.strip()[:120], email=email, at=at)
        .on_conflict_do_nothing(index_elements=["guest_id", "email"])
        .returning(guest_request.c.id)
    ).scalar()
    if made is not None:
        timers.plan(connection, "guest-asked", f"guest:{found.id}", at, key=str(made),
                    values={"request": made})  # fmt: skip


def request_by_id(connection: Connection, number: int) -> tuple[str, str, int, str] | None:
    """Name, address, dialogue and state of a request."""
    row = connection.execute(
        select(guest_request.c.name, guest_request.c.email, guest.c.dialogue_id,
               guest_request.c.state)
        .join(guest, guest.c.id == guest_request.c.guest_id)
        .where(guest_request.c.id == number)
    ).first()  # fmt: skip
    return None if row is None else (row.name, row.email, row.dialogue_id, row.state)


def answer_request(
    connection: Connection, who: Person, number: int, said: str, lang: str, url: str, at: datetime
) -> None:
    """The coordinator lets the other person come, who then gets an invitation of their own."""
    found = request_by_id(connection, number)
    if found is None:
        raise Refused("no-such-dialogue")
    name, email, dialogue_id, _ = found
    managed(connection, who, dialogue_id, wall(at).date())
    done = connection.execute(
        update(guest_request)
        .where(guest_request.c.id == number, guest_request.c.state == "asked")
        .values(state="invited" if said == "yes" else "declined")
    )
    if done.rowcount == 0:
        raise Refused("late-answered")
    if said == "yes":
        invite(connection, who, dialogue_id, email, name, lang, url, at)


def forget_guest(connection: Connection, number: int) -> bool:
    """An invitation that nobody confirmed is deleted, with whoever was only known by it."""
    row = connection.execute(
        select(guest.c.person_id).where(guest.c.id == number, guest.c.confirmed_at.is_(None))
    ).first()
    if row is None:
        return False
    connection.execute(guest_request.delete().where(guest_request.c.guest_id == number))
    connection.execute(guest.delete().where(guest.c.id == number))
    target = row.person_id
    elsewhere = (
        exists().where(identity.c.person_id == target),
        exists().where(registration.c.person_id == target),
        exists().where(guest.c.person_id == target),
        exists().where(topic.c.person_id == target),
        exists().where(role.c.person_id == target, role.c.role != Role.GUEST.value),
        ~exists().where(role.c.person_id == target),
    )
    if not any(connection.execute(select(each)).scalar() for each in elsewhere):
        connection.execute(role.delete().where(role.c.person_id == target))
        connection.execute(person.delete().where(person.c.id == target))
        directory_changed(connection)
    return True


def has_link(connection: Connection, person_id: int, number: int) -> bool:
    """Whether this person answers by the link of an invitation, having no chat."""
    chat = exists().where(identity.c.person_id == person_id, identity.c.platform != "web")
    linked = exists().where(
        guest.c.person_id == person_id, guest.c.dialogue_id == number, guest.c.revoked_at.is_(None)
    )
    return bool(connection.execute(select(linked & ~chat)).scalar())


def address_of(connection: Connection, person_id: int) -> str:
    found = select(person.c.email).where(person.c.id == person_id)
    return connection.execute(found).scalar() or ""


def _new_person(connection: Connection, region_id: int, email: str, name: str, lang: str) -> int:
    number: int = connection.execute(
        insert(person)
        .values(region_id=region_id, name=name.strip()[:120] or email, email=email, language=lang)
        .returning(person.c.id)
    ).scalar_one()
    connection.execute(
        insert(role).values(person_id=number, region_id=region_id, role=Role.GUEST.value)
    )
    directory_changed(connection)
    return number


def _load(connection: Connection, which: ColumnElement[bool], at: datetime) -> Invitation | None:
    row = connection.execute(
        select(guest.c.id, guest.c.person_id, guest.c.dialogue_id, guest.c.confirmed_at).where(
            which, guest.c.revoked_at.is_(None)
        )
    ).first()
    if row is None:
        return None
    who = person_by_id(connection, row.person_id, wall(at).date())
    found = any_dialogue(connection, row.dialogue_id)
    if who is None or found is None:
        return None
    mine = own(connection, found.id, who.id)
    return Invitation(row.id, who, found, mine, row.confirmed_at is not None)


def _opened(connection: Connection, secret: str, at: datetime) -> Invitation:
    found = invitation_of(connection, secret, at)
    if found is None:
        raise Refused("guest-gone")
    return found


def _confirmed(connection: Connection, secret: str, at: datetime) -> Invitation:
    found = _opened(connection, secret, at)
    if not found.confirmed:
        raise Refused("guest-first")
    return found


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
