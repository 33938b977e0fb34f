"""Microsoft's keys: one look, and everybody who needs it waits for it."""

from __future__ import annotations

import asyncio

import aiohttp

from adapters.core import SetClock
from adapters.teams.http import Http
from adapters.teams.jwks import Jwks
from tests.benchmarks import traffic
from tests.storage.world import AT


async def test_the_first_messages_that_come_together_all_get_the_keys(aiohttp_server) -> None:
    stub = traffic.Stub()
    server = await aiohttp_server(stub.app())
    async with aiohttp.ClientSession() as session:
        jwks = Jwks(Http(session), str(server.make_url(traffic.METADATA)), SetClock(AT))

        found = await asyncio.gather(*(jwks.keys() for _ in range(8)))

    assert [set(each) for each in found] == [{"k1"}] * 8
    assert stub.counts["keys"] == 2  # the metadata and the keys, once


async def test_an_unknown_key_makes_one_look_a_minute(aiohttp_server) -> None:
    stub = traffic.Stub()
    server = await aiohttp_server(stub.app())
    async with aiohttp.ClientSession() as session:
        jwks = Jwks(Http(session), str(server.make_url(traffic.METADATA)), SetClock(AT))

        await jwks.keys()
        await asyncio.gather(*(jwks.keys(unknown=True) for _ in range(8)))

    assert stub.counts["keys"] == 2
