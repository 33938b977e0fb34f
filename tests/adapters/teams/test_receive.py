"""Activities shaped as Teams sends them, read as turns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from adapters.teams.receive import to_turn
from bot.turn import Attached, Joined, Left, Pressed, Said, Submitted, Turn
from tests.adapters.teams.bench import activity

AT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def read(**changes: Any) -> Turn:
    turn = to_turn(activity(**changes), AT)
    assert turn is not None
    return turn


def test_a_message_in_a_channel_loses_the_mention_and_keeps_its_thread() -> None:
    turn = read(
        text="<at>Boten</at>&nbsp;när är <at>Bo</at> &amp; jag lediga?",
        entities=[
            {"type": "mention", "text": "<at>Boten</at>", "mentioned": {"id": "28:app-1"}},
            {"type": "mention", "text": "<at>Bo</at>", "mentioned": {"id": "29:bo", "name": "Bo"}},
            {"type": "clientInfo", "locale": "sv-SE", "timezone": "Europe/Helsinki"},
        ],
        attachments=[{"contentType": "text/html", "content": "<p>x</p>"}],
        conversation={"id": "19:x@thread.tacv2;messageid=7", "conversationType": "channel"},
    )
    assert turn.what == Said("när är Bo & jag lediga?")
    assert (turn.where.kind, turn.where.conversation, turn.where.thread) == (
        "channel", "19:x@thread.tacv2", "7",
    )  # fmt: skip
    assert turn.who.key == ("teams", "t-1", "oid-1")
    assert (turn.who.locale, turn.who.zone) == ("sv-SE", "Europe/Helsinki")


def test_both_kinds_of_press_and_a_submitted_dialog() -> None:
    execute = {"action": {"type": "Action.Execute", "verb": "press", "data": {"token": "k"}}}
    pressed = read(type="invoke", name="adaptiveCard/action", value=execute, replyToId="m1")
    assert pressed.what == Pressed("k")
    assert pressed.where.extra["pressed"] == "m1"
    assert read(value={"token": "k"}, text=...).what == Pressed("k")
    data = {"data": {"token": "k", "day": "2026-12-01"}}
    submitted = read(type="invoke", name="task/submit", value=data)
    assert submitted.what == Submitted("k", {"day": "2026-12-01"})


def test_installing_and_removing() -> None:
    assert read(type="installationUpdate", action="add").what == Joined()
    assert read(type="installationUpdate", action="remove").what == Left()


def test_a_file_is_received() -> None:
    content = {"downloadUrl": "https://x.sharepoint.com/f", "uniqueId": "u"}
    kind = "application/vnd.microsoft.teams.file.download.info"
    turn = read(attachments=[{"contentType": kind, "name": "a.pdf", "content": content}])
    assert isinstance(turn.what, Attached)
    assert turn.what.files[0].name == "a.pdf"


def test_what_does_not_concern_the_bot_is_passed_over() -> None:
    for kind in ("messageReaction", "conversationUpdate", "messageUpdate", "event", "typing"):
        assert to_turn(activity(type=kind, value="x", entities="x"), AT) is None


def test_mentions_are_put_in_once_and_never_blow_up() -> None:
    each = {"type": "mention", "text": "a", "mentioned": {"id": "29:x", "name": "aa"}}

    assert read(text="aaa", entities=[each] * 13).what == Said("aaaaaa")
    assert len(read(text="a" * 40_000, entities=[each] * 16).what.text) <= 100_000
