"""A file that a person sent comes from Slack's own host, and the token goes nowhere else."""

from dataclasses import replace

import pytest
from aiohttp import web

from adapters.slack.files import _is_at
from bot.errors import NotFetched
from bot.turn import Attached, ConversationReference, FileRef, Identity, Turn
from storage.documents import MOST as LIMIT
from tests.adapters.slack.conftest import event
from tests.adapters.slack.stub import refused, status
from tests.conftest import START

REF = FileRef("rapport.docx", "https://evil.example/never", 3, id="F7")
TURN = Turn("t1", Attached((REF,)), Identity("slack", "T1", "U1"),
            ConversationReference("slack", "T1", "D1"), START)  # fmt: skip
HOST = "https://files.slack.com"


@pytest.fixture
async def house(world):
    """Slack's file host is the stub."""
    world.courier.files_url = world.url
    world.slack.file = {"id": "F7", "size": 3, "url_private_download": f"{world.url}/files/F7"}
    return world


async def test_a_file_is_brought_home_with_the_token(house):
    assert await house.courier.fetch(TURN, REF) == b"abc"
    assert house.slack.said("files.info") == [{"file": "F7"}]
    assert house.slack.file_tokens == ["Bearer xoxb-1"]


@pytest.mark.parametrize("more", [
    {"url_private_download": "https://evil.example/F7"}, {"url_private_download": None}, {"url_private_download": 7},
    {"is_external": True}, {"mode": "external"}, {"mode": "tombstone"}, {"mode": "hidden_by_limit"},
])  # fmt: skip
async def test_what_slack_does_not_hold_is_not_fetched(house, more):
    house.slack.file |= more
    with pytest.raises(NotFetched) as caught:
        await house.courier.fetch(TURN, REF)
    assert caught.value.reason == "unreachable"
    assert house.slack.file_tokens == []


@pytest.mark.parametrize(
    "said", [refused("file_not_found"), refused("missing_scope"), status(500), status(429)]
)
async def test_a_file_that_slack_does_not_tell_of_is_not_fetched(house, said):
    house.slack.answers["files.info"] = [said]
    with pytest.raises(NotFetched):
        await house.courier.fetch(TURN, REF)


@pytest.mark.parametrize(
    "said", [status(302, Location="https://evil.example"), status(403), status(404), status(500)]
)
async def test_a_host_that_does_not_give_it_is_not_followed(house, said):
    house.slack.answers["file"] = [said]
    with pytest.raises(NotFetched) as caught:
        await house.courier.fetch(TURN, REF)
    assert caught.value.reason == "unreachable"


async def test_a_file_too_big_is_not_read_to_its_end(house):
    house.slack.file |= {"size": LIMIT + 1}
    with pytest.raises(NotFetched, match="too-big"):
        await house.courier.fetch(TURN, REF)
    assert house.slack.file_tokens == []
    house.slack.file |= {"size": 3}
    house.slack.answers["file"] = [lambda: web.Response(body=b"x" * (LIMIT + 1))]
    with pytest.raises(NotFetched, match="too-big"):
        await house.courier.fetch(TURN, REF)


async def test_a_workspace_without_the_app_has_no_files(house):
    with pytest.raises(NotFetched):
        await house.courier.fetch(replace(TURN, who=Identity("slack", "T9", "U1")), REF)
    assert house.slack.calls == []


@pytest.mark.parametrize("url", [
    "http://files.slack.com/x", "https://files.slack.com.evil.example/x", "https://files.slack.com@evil.example/x",
    "https://evil.example/https://files.slack.com/", "https://files.slack.com:8443/x", "//files.slack.com/x",
    "https://evil.example\\@files.slack.com/x", "https://files.slack.com\t.evil.example/", "https://ﬁles.slack.com/x",
    "https://files.slack.com.:443@evil.example/", "https://[files.slack.com]/x", "https://files.slack.com:99999/", "ftp://files.slack.com/x",
    "", None, 7, "https://", "https://files.slack.com%2eevil.example/", "file:///etc/passwd", "https://127.0.0.1/x",
])  # fmt: skip
def test_an_address_that_only_looks_like_slacks_is_not_it(url):
    assert not _is_at(url, HOST)


@pytest.mark.parametrize(
    "url", [f"{HOST}/files-pri/T1-F1/download/r%C3%A4.docx?a=b#c", "HTTPS://FILES.SLACK.COM/x"]
)
def test_slacks_own_address_is_it(url):
    assert _is_at(url, HOST)


async def test_a_message_with_a_file_is_a_turn_with_a_file(world):
    file = {
        "id": "F7",
        "name": "rapport.docx",
        "mimetype": "text/plain",
        "size": 3,
        "url_private_download": "x",
    }
    said = event(type="message", subtype="file_share", channel_type="im", channel="D1", user="U1",
                 text="här är delrapporten", files=[file])  # fmt: skip
    await world.post(said)
    (turn,) = world.desk.worked
    assert turn.what == Attached(
        (FileRef("rapport.docx", "x", 3, "text/plain", "F7"),), "här är delrapporten"
    )
