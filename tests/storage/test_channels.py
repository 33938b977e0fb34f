"""Whose a channel is, on every database."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from bot.errors import Refused
from bot.turn import ConversationReference
from storage import channels, demo
from storage.session import Database
from tests.storage.world import AT, body_id, someone

HERE = ConversationReference("slack", "T0DEMO", "C1", "channel")
ELSEWHERE = ConversationReference("slack", "T0OTHER", "C1", "channel")


async def test_a_channel_is_one_bodys_in_one_workspace_and_only_its_people_say_so(
    database: Database,
) -> None:
    await database.write(demo.fill)

    def work(connection: Connection) -> None:
        asta, eva = someone(connection, "Asta Fiktberg"), someone(connection, "Eva Exempelqvist")
        olle = someone(connection, "Olle Provdal")
        vux = body_id(connection, "Nätverket Vuxenutbildning Skaraborg")
        chiefs = body_id(connection, "Skol- och utbildningschefer Skaraborg")

        assert channels.tie(connection, asta, HERE, vux, AT) is None
        assert channels.body_of(connection, HERE) == vux
        assert channels.body_of(connection, ELSEWHERE) is None
        for who, number in ((asta, chiefs), (olle, vux)):
            with pytest.raises(Refused, match="may-not"):
                channels.tie(connection, who, HERE, number, AT)
        with pytest.raises(Refused, match="may-not"):
            channels.untie(connection, olle, HERE, AT)
        assert channels.tie(connection, eva, HERE, chiefs, AT) == vux
        with pytest.raises(Refused, match="may-not"):
            channels.tie(connection, asta, HERE, vux, AT)
        channels.untie(connection, eva, HERE, AT)
        assert channels.body_of(connection, HERE) is None

    await database.write(work)
