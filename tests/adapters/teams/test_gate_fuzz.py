"""Whatever bytes come in: the gate never raises, and lets in only what was signed as it stands."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.teams.consent import Consents
from adapters.teams.gate import Rejected, Verified, check, local
from adapters.teams.settings import TeamsSettings
from tests.adapters.teams.bench import NOW, SETTINGS, activity, keys, token

TOKEN = token()
BODY = json.dumps(activity()).encode()
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def knock(bearer: str, body: bytes) -> Verified | Rejected:
    headers = [("Content-Type", "application/json"), ("Authorization", f"Bearer {bearer}")]
    return check("POST", headers, body, NOW, keys(), SETTINGS)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(TOKEN) - 1), st.characters(max_codepoint=0x2FF))
def test_a_token_with_one_other_character_is_refused(at: int, other: str) -> None:
    bent = TOKEN[:at] + other + TOKEN[at + 1 :]
    if bent != TOKEN:
        found = knock(bent, BODY)
        assert isinstance(found, Rejected)
        assert found.status == 401


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(BODY)), st.integers(0, 40))
def test_a_bent_body_is_refused_or_still_whole(junk: bytes, at: int, drop: int) -> None:
    found = knock(TOKEN, BODY[:at] + junk + BODY[at + drop :])
    if isinstance(found, Verified):
        assert found.payload["serviceUrl"] == activity()["serviceUrl"]
        assert found.payload["channelId"] == "msteams"
    else:
        assert 400 <= found.status < 500


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(activity())), JSON_VALUES)
def test_any_value_anywhere_is_refused_or_harmless(name: str, value: Any) -> None:
    from datetime import UTC, datetime

    from adapters.teams.receive import to_turn

    found = knock(TOKEN, json.dumps(activity(**{name: value})).encode())
    if isinstance(found, Verified):
        to_turn(found.payload, datetime.fromtimestamp(NOW, UTC))


@pytest.mark.parametrize("remote", ["10.0.0.1", None, "", "127.0.0.1.evil.example"])
def test_only_this_machine_is_local(remote: str | None) -> None:
    assert local("127.0.0.1", [("Host", "localhost:3978")])
    assert local("::1", [("Host", "[::1]:3978")])
    assert not local(remote, [("Host", "localhost")])


@pytest.mark.parametrize(
    "host", ["[", "]", "", "evil.example", "localhost.evil.example", "\\", "@"]
)
def test_another_name_for_this_machine_is_not_local(host: str) -> None:
    assert not local("127.0.0.1", [("Host", host)])


@pytest.mark.parametrize("header", ["Origin", "Forwarded", "X-Forwarded-For", "Via"])
def test_a_page_or_a_proxy_is_not_local(header: str) -> None:
    assert not local("127.0.0.1", [("Host", "localhost"), (header, "x")])


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://kommun-my.sharepoint.com/up?x=1", True),
        ("https://kommun-my.sharepoint.com:443/up", True),
        ("https://KOMMUN-my.sharepoint.com/up", True),
        ("http://kommun-my.sharepoint.com/up", False),
        ("https://kommun-my.sharepoint.com:8443/up", False),
        ("https://other-my.sharepoint.com/up", False),
        ("https://x.kommun-my.sharepoint.com/up", False),
        ("https://kommun-my.sharepoint.com.evil.example/", False),
        ("https://kommun-my.sharepoint.com@evil.example/", False),
        ("https://a@kommun-my.sharepoint.com/", False),
        ("https://evil.example\\@kommun-my.sharepoint.com/", False),
        ("https://169.254.169.254/", False), ("https://[", False), ("", False),
    ],
)  # fmt: skip
def test_files_go_to_exactly_the_hosts_of_the_setting(url: str, good: bool) -> None:
    hosts = TeamsSettings(upload_hosts=frozenset({"kommun-my.sharepoint.com"}))
    assert Consents(None, None, hosts).takes(url) is good  # type: ignore[arg-type]
