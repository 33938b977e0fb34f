"""Minutes on their way to a real mail server that takes them, waits, refuses or falls silent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from adapters.core import SetClock, make_engine
from adapters.mail import MailCourier, MailSettings
from adapters.sender import Sender
from bot.ports import Receipt
from bot.reply import Reply
from bot.testing import Chat
from bot.turn import ConversationReference, Joined, Turn
from storage import outbox
from storage import tables as t
from storage.people import named
from storage.store import SqlStore
from tests.adapters.couriers import Platform
from tests.adapters.mail.conftest import Mailbox
from tests.conftest import KEY, Talker

BOX = "utbildning@skaraborg.example"


@dataclass
class Chats(Platform):
    """Keeps the replies, so that their buttons can be pressed."""

    replies: list[Reply] = field(default_factory=list)

    async def send(self, where: ConversationReference, reply: Reply, lang: str) -> Receipt:
        self.replies.append(reply)
        return await super().send(where, reply, lang)


@dataclass
class Post:
    """Asta approves; the sender works with a real mail courier and a chat that takes everything."""

    asta: Chat
    store: SqlStore
    clock: SetClock
    sender: Sender
    chats: Chats

    async def approve(self) -> None:
        await self.asta.say("justera")

    async def work(self, lasting: timedelta = timedelta(minutes=1)) -> None:
        """Let the time pass from one due moment to the next."""
        end = self.clock.at + lasting
        while True:
            await self.asta.engine.fire()
            await self.sender.send_due()
            due = await self.store.next_due()
            if due is None or due > end:
                break
            self.clock.at = max(due, self.clock.at)
        self.clock.at = end

    async def state(self) -> tuple[str, str]:
        """Of the protocol, and of its newest dispatch."""

        def look(c):
            of = select(t.protocol.c.state).join(
                t.dispatch, t.dispatch.c.protocol_id == t.protocol.c.id
            )
            newest = t.dispatch.c.id.desc()
            states = c.execute(of.add_columns(t.dispatch.c.state).order_by(newest)).first()
            return tuple(states)

        return await self.store.database.read(look)

    async def answer(self) -> str:
        newest = select(t.dispatch.c.answer).order_by(t.dispatch.c.id.desc())
        return await self.store.database.read(lambda c: c.execute(newest).scalar())

    def told(self, words: str) -> list[str]:
        return [each.plain for each in self.chats.replies if words in each.plain]


@pytest.fixture
async def post(talker: Talker, store: SqlStore, clock: SetClock, port: int) -> Post:
    for name in ("Asta Fiktberg", "Jonas Attrapp"):
        who = talker(name, "teams").who
        where = ConversationReference("teams", who.tenant, f"personal:{who.user}")
        await store.receive(Turn(f"before-{name}", Joined(), who, where, clock.at))
    chats = Chats()
    settings = MailSettings("127.0.0.1", "boten@natverk.example", "none", port)
    couriers = {"mail": MailCourier(settings, clock), "teams": chats, "slack": chats, "web": chats}
    sender = Sender(make_engine(store, (KEY,)), clock, couriers)
    return Post(talker("Asta Fiktberg", "teams"), store, clock, sender, chats)


async def test_what_the_server_took_is_sent_and_its_answer_is_kept(
    post: Post, mailbox: Mailbox
) -> None:
    mailbox.to_data = "250 2.0.0 Ok: queued as 4F1"
    await post.approve()
    await post.work()

    assert await post.state() == ("dispatched", "accepted")
    assert await post.answer() == "250 2.0.0 Ok: queued as 4F1"
    assert len(post.told(f"är skickat till {BOX} kl. 09.00 och mottaget av e-postservern")) == 2
    (mail,) = mailbox.mails
    assert mailbox.envelopes[0].rcpt_tos == [BOX]
    (attached,) = list(mail.iter_attachments())
    assert attached.get_filename() == "protokoll-2026-11-12.docx"
    digest = await post.store.database.read(lambda c: c.execute(
        select(t.dispatch.c.sha256).order_by(t.dispatch.c.id.desc())).scalar())  # fmt: skip
    assert digest in mail.get_body(("plain",)).get_content()


async def test_nothing_is_called_sent_before_the_server_has_answered(
    post: Post, mailbox: Mailbox
) -> None:
    await post.approve()

    assert await post.state() == ("approved", "waiting")
    assert mailbox.envelopes == []


@pytest.mark.parametrize(
    "answer", ["451 4.7.1 Greylisted", "421 Try again later", "452 Mailbox full"]
)
async def test_a_server_that_waits_is_tried_again_and_the_chair_is_told_once(
    post: Post, mailbox: Mailbox, answer: str
) -> None:
    mailbox.to_rcpt = answer
    await post.approve()
    await post.work(timedelta(hours=6))

    assert await post.state() == ("approved", "waiting")
    assert len(post.told("är justerat men inte skickat ännu")) == 2  # secretary and chair
    mailbox.to_rcpt = "250 OK"
    await post.work(timedelta(hours=2))
    assert await post.state() == ("dispatched", "accepted")
    assert len(mailbox.envelopes) == 1


async def test_after_five_days_it_is_given_up_and_told(post: Post, mailbox: Mailbox) -> None:
    mailbox.to_rcpt = "451 4.7.1 Greylisted"
    await post.approve()
    await post.work(timedelta(days=4, hours=12))
    assert await post.state() == ("approved", "waiting")

    await post.work(timedelta(days=2))

    assert await post.state() == ("not_sent", "failed")
    assert len(post.told("gick inte att skicka")) == 2


async def test_a_refusal_is_told_at_once_and_can_be_tried_again(
    post: Post, mailbox: Mailbox
) -> None:
    mailbox.to_rcpt = "550 5.1.1 No such mailbox"
    await post.approve()
    await post.work()

    assert await post.state() == ("not_sent", "failed")
    assert len(post.told("550 5.1.1 No such mailbox")) == 2
    assert post.told("är skickat") == []
    mailbox.to_rcpt = "250 OK"
    post.asta.replies += post.chats.replies
    await post.asta.press("Skicka igen")
    await post.work()
    assert await post.state() == ("dispatched", "accepted")


async def test_without_a_mail_server_people_are_told_so(
    post: Post, store: SqlStore, clock: SetClock
) -> None:
    post.sender = Sender(
        make_engine(store, (KEY,)), clock, dict.fromkeys(("teams", "slack", "web"), post.chats)
    )
    await post.approve()
    await post.work()

    assert await post.state() == ("not_sent", "failed")
    assert len(post.told("boten har ingen e-postserver inställd")) == 2


async def test_a_lost_answer_never_makes_a_second_message_id(post: Post, mailbox: Mailbox) -> None:
    mailbox.to_data = "hang up"
    await post.approve()
    await post.work(timedelta(hours=1))

    assert 1 <= len(mailbox.mails) <= 2
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 1
    assert (await post.state())[0] != "dispatched"
    assert post.told("är skickat") == []


async def test_a_file_that_was_changed_in_the_database_is_not_sent(
    post: Post, mailbox: Mailbox
) -> None:
    await post.approve()
    await post.store.database.write(
        lambda c: c.execute(
            update(t.file).where(t.file.c.name == "protokoll-2026-11-12.docx").values(content=b"x")
        )
    )
    await post.work()

    assert mailbox.envelopes == []
    assert await post.state() == ("not_sent", "failed")
    assert len(post.told("inte längre den som justerades")) == 2


async def test_a_version_that_came_meanwhile_is_not_overtaken(post: Post, mailbox: Mailbox) -> None:
    await post.approve()
    await post.store.database.write(lambda c: c.execute(update(t.protocol).values(state="draft")))
    await post.work()

    assert mailbox.envelopes == []
    assert post.told("är skickat") == []


async def test_people_hear_of_it_by_name(post: Post, mailbox: Mailbox) -> None:
    await post.approve()
    await post.work()
    (jonas,) = await post.store.database.read(lambda c: named(c, "Jonas Attrapp"))

    rows = await post.store.database.read(lambda c: c.execute(
        select(t.outbox.c.person_id).where(t.outbox.c.subject.like("dispatch:%"))).scalars().all())  # fmt: skip

    assert jonas in rows
    assert await post.store.database.read(outbox.next_due) is None
