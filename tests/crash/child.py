"""One sending process: the real store, engine, sender and Slack courier. It is meant to be killed."""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta

import aiohttp

from adapters import sender
from adapters.core import SystemClock
from adapters.couriers import NotSent, Throttled, Unknown
from adapters.sender import Sender
from adapters.slack.api import Api
from adapters.slack.deliver import SlackCourier
from adapters.slack.installations import Installation, Installations
from bot.engine import Engine
from bot.ports import Receipt
from bot.reply import Reply, Text
from bot.seal import Seal
from bot.texts import Texts, shared
from bot.timer import Post, Rule, Timer
from bot.turn import ConversationReference
from bot.understand import Names
from storage import outbox
from storage.session import open_database
from storage.store import SqlStore

# Nothing is begun in the last part of a lease, so that whoever looks a letter up when the lease has
# ended looks later than the platform may still be taking it. In service it is 120 and 40 seconds.
LEASE, MARGIN = timedelta(seconds=9), timedelta(seconds=6)
TENANT = "T1"


class Blind:
    """Teams, as far as it matters: certain, uncertain, and nobody to ask."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url, self._session = url, session

    async def send(self, where: ConversationReference, reply: Reply, lang: str) -> Receipt:
        del lang
        try:
            async with self._session.post(
                f"{self._url}/blind", json={"text": reply.plain, "to": where.conversation}
            ) as got:
                if got.status == 429:
                    raise Throttled(1.0)
                if got.status == 503:
                    raise NotSent("503")
                return Receipt(str((await got.json())["id"]))
        except aiohttp.ClientConnectorError as error:
            raise NotSent("down") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unknown(type(error).__name__) from error

    async def typing(self, where: ConversationReference) -> None:
        pass


def announce(post: Post, due: Timer) -> None:
    """A rule that tells one channel; it must do so once however often its process dies."""
    where = ConversationReference("slack", TENANT, f"C{due.key}", "channel")
    post.channel(where, "sv", lambda _: [Text(f"timer {due.key}")])


def engine(store: SqlStore) -> Engine:
    return Engine(
        store=store, dialogs=(), texts=Texts.of(shared()), seal=Seal([b"k" * 32]),
        names=lambda _session, _person: Names(), rules=(Rule("announce", announce, {}),),
    )  # fmt: skip


def run(database: str, url: str) -> None:
    asyncio.run(work(database, url))


async def _nobody(token: str) -> str:
    del token
    return "UB"


async def _token(tenant: str) -> Installation:
    del tenant
    return Installation("xoxb", "UB")


async def work(database: str, url: str) -> None:
    sender.MARGIN, sender.AGAIN = MARGIN, timedelta(seconds=1)
    clock = SystemClock()
    limits = {"teams": outbox.Limits(None, None, flying=4)}
    store = SqlStore(open_database(database), clock,
                     outbox.Sender(secrets.token_hex(8), LEASE, limits))  # fmt: skip
    core = engine(store)
    due = asyncio.Event()
    async with aiohttp.ClientSession() as session:
        api = Api(f"{url}/slack")
        api.session = session
        slack = SlackCourier(api, Installations(_token, _nobody, clock))
        sends = Sender(core, clock, {"slack": slack, "teams": Blind(url, session)})
        store.on_wake(due.set)
        while True:
            due.clear()
            await core.fire()
            await sends.send_due()
            try:
                async with asyncio.timeout(0.05):
                    await due.wait()
            except TimeoutError:
                pass
