"""What tests of letters to other people share."""

from __future__ import annotations

import pytest

from bot.testing import Chat
from bot.turn import ConversationReference, Joined, Turn
from storage.store import SqlStore
from tests.conftest import Talker
from tests.dialogs.talking import Known


@pytest.fixture
async def known(talker: Talker, store: SqlStore) -> Known:
    """A person who has written to the bot before, so that it can write to them."""

    async def chat(name: str, platform: str = "teams") -> Chat:
        found = talker(name, platform)
        who = found.who
        where = ConversationReference(who.platform, who.tenant, f"personal:{who.user}")
        await store.receive(Turn(f"before-{name}", Joined(), who, where, found.clock.at))
        return found

    return chat
