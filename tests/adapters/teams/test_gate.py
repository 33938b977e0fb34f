"""Nothing gets in that Microsoft did not sign for this bot, this service and this tenant."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.teams.gate import Rejected, Verified
from tests.adapters.teams.bench import (
    NOW,
    SERVICE,
    activity,
    b64,
    claims,
    knock,
    private,
    raw_token,
    token,
)  # fmt: skip

GOOD_HEAD = b'{"alg":"RS256","typ":"JWT","kid":"k1"}'
GOOD_CLAIMS = json.dumps(claims()).encode()
UNSIGNED = b64(b'{"alg":"none","kid":"k1"}') + "." + b64(GOOD_CLAIMS) + "."

CLAIMS: list[dict[str, Any]] = [
    {"exp": ...}, {"exp": int(NOW) - 300}, {"exp": int(NOW) - 99999}, {"exp": "4000000000"},
    {"exp": True}, {"exp": None}, {"exp": []}, {"exp": 10**20}, {"exp": -1},
    {"nbf": int(NOW) + 301}, {"nbf": "soon"}, {"iat": int(NOW) + 301}, {"nbf": None},
    {"iss": ...}, {"iss": "https://api.botframework.us"}, {"iss": "https://sts.windows.net/t-1/"},
    {"iss": "https://login.microsoftonline.com/t-1/v2.0"}, {"iss": "https://api.botframework.com/"},
    {"iss": ["https://api.botframework.com"]}, {"iss": None}, {"iss": ""},
    {"aud": ...}, {"aud": "app-2"}, {"aud": ["app-1"]}, {"aud": ["app-1", "app-2"]}, {"aud": ""},
    {"aud": None}, {"aud": "APP-1"}, {"aud": "https://api.botframework.com"},
    {"serviceurl": ...}, {"serviceurl": "https://smba.trafficmanager.net/amer/"},
    {"serviceurl": "https://evil.example/"}, {"serviceurl": None}, {"serviceurl": [SERVICE]},
    {"serviceurl": ""},
]  # fmt: skip

TOKENS = [
    "", "x", "a.b", "a.b.c", "a.b.c.d", "..", UNSIGNED, UNSIGNED + "AA",
    token(alg="RS384"), token(alg="RS512"), token(alg="PS256"), token(alg="HS256"),
    token(kid="k9"), token(kid="k2", key="k2"), token(key="other"), token(kid=""),
    token(jku="https://evil.example"), token(x5u="https://evil.example"), token(jwk={"kty": "RSA"}),
    token()[:-4], token()[:-4] + "AAAA", token() + "=", token() + ".x", token() + "\u00e5",
    "x" * 20000, " " + token(), token() + " ",
    token().split(".")[0] + "." + b64(json.dumps(claims(aud="app-1", x=1)).encode()) + "."
    + token().split(".")[2],
    raw_token(b'{"alg":"RS256"}', GOOD_CLAIMS), raw_token(b'{"alg":"RS256","kid":1}', GOOD_CLAIMS),
    raw_token(b'{"alg":"RS256","kid":["k1"]}', GOOD_CLAIMS), raw_token(b'{"kid":"k1"}', GOOD_CLAIMS),
    raw_token(b'{"alg":"none","alg":"RS256","kid":"k1"}', GOOD_CLAIMS),
    raw_token(b'{"alg":"rs256","kid":"k1"}', GOOD_CLAIMS),
    raw_token(b'{"alg":"RS256","kid":"k1","crit":["exp"]}', GOOD_CLAIMS),
    raw_token(b'{"alg":"RS256","kid":"k1","b64":false}', GOOD_CLAIMS),
    raw_token(GOOD_HEAD, b"[]"), raw_token(GOOD_HEAD, b"null"), raw_token(GOOD_HEAD, b"\xff"),
    raw_token(GOOD_HEAD, b"{"), raw_token(b"[]", GOOD_CLAIMS),
    raw_token(GOOD_HEAD, GOOD_CLAIMS[:-1] + b',"aud":"app-1"}'),
    raw_token(GOOD_HEAD, GOOD_CLAIMS[:-1] + b',"x":NaN}'),
    raw_token(GOOD_HEAD, GOOD_CLAIMS.replace(b"1800003600", b"Infinity")),
    raw_token(GOOD_HEAD, GOOD_CLAIMS.replace(b"1800003600", b"1e999")),
]  # fmt: skip

URLS: list[object] = [
    ..., None, 1, [], "", "x", "http://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net:8443/", "https://smba.trafficmanager.net:0/",
    "https://smba.trafficmanager.net:99999/", "https://evil.example/",
    "https://smba.trafficmanager.net.evil.example/", "https://evil-smba.trafficmanager.net/",
    "https://smba.trafficmanager.net@evil.example/", "https://a:b@smba.trafficmanager.net/",
    "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://169.254.169.254/",
    "https://10.0.0.1/", "file:///etc/passwd", "ftp://smba.trafficmanager.net/",
    "https://smba.trafficmanager.net/?x=1", "https://smba.trafficmanager.net/#x",
    "https://smba.trafficmanager.net\\@evil.example/", "https://smba.trafficmanager.net /",
    "https://smba.trafficmanager.net\n/", "//smba.trafficmanager.net/", "https://[", "https://",
    "https://smb\u0430.trafficmanager.net/", "https://trafficmanager.net/",
    "https://smba.trafficmanager.net./",
]  # fmt: skip

ACTIVITIES: list[dict[str, Any]] = [
    {"channelId": ...}, {"channelId": "emulator"}, {"channelId": "webchat"}, {"channelId": None},
    {"channelId": ["msteams"]}, {"channelId": "MSTEAMS"}, {"channelId": "directline"},
    {"from": ...}, {"from": None}, {"from": "29:anna"}, {"from": []}, {"from": {}},
    {"from": {"id": None}}, {"from": {"id": ""}}, {"from": {"id": 1}}, {"from": {"id": "x" * 2000}},
    {"conversation": ...}, {"conversation": "a:1"}, {"conversation": {}}, {"conversation": []},
    {"conversation": {"id": ["a"]}}, {"recipient": ...}, {"recipient": 1}, {"recipient": {}},
    {"type": ...}, {"type": None}, {"type": {}}, {"type": ""}, {"id": ...}, {"id": 5}, {"id": ""},
    {"channelData": {"tenant": {"id": "t-2"}}}, {"channelData": {"tenant": {"id": ["t-1"]}}},
    {"channelData": {"tenant": {"id": ""}}}, {"channelData": ..., "conversation": {"id": "a:1"}},
    {"conversation": {"id": "a:1", "tenantId": "t-2"}}, {"text": "\ud800"}, {"text": "a\0b"},
]  # fmt: skip

BODIES = [
    b"", b"null", b"[]", b"1", b'"x"', b"{", b"{}", b"{}{}", b"\xff\xfe", b"\xef\xbb\xbf{}",
    b"[" * 100_000, b'{"a":' * 50_000, b'{"x":' + b"[" * 45 + b"]" * 45 + b"}", b"NaN",
    json.dumps(activity())[:-1].encode() + b',"type":"message"}',
    json.dumps(activity())[:-1].encode() + b',"x":NaN}',
    json.dumps(activity())[:-1].encode() + b',"x":-Infinity}',
    json.dumps(activity())[:-1].encode() + b',"x":{"y":1,"y":2}}',
    json.dumps(activity())[:-1].encode() + b',"x":' + b"[" * 45 + b"]" * 45 + b"}",
    json.dumps(activity())[:-1].encode() + b',"x":' + b"9" * 5000 + b"}",
    json.dumps(activity()).encode("utf-16"), b"x" * (1024 * 1024 + 1), b"a=1&b=2", b"<xml/>",
]  # fmt: skip

JSON = ("Content-Type", "application/json")
HEADERS: list[list[tuple[str, str]]] = [
    [], [JSON], [JSON, ("Authorization", "")], [JSON, ("Authorization", "Bearer")],
    [JSON, ("Authorization", "Bearer ")], [JSON, ("Authorization", f"bearer {token()}")],
    [JSON, ("Authorization", f"Basic {token()}")], [JSON, ("Authorization", token())],
    [JSON, ("Authorization", f"Bearer  {token()}")], [JSON, ("Authorization", f"Bearer\t{token()}")],
    [JSON, ("Authorization", f"Bearer {token()}"), ("authorization", f"Bearer {token()}")],
    [JSON, ("Authorization", f"Bearer {token()}"), ("Content-Encoding", "gzip")],
    [JSON, ("Authorization", f"Bearer {token()}"), ("content-encoding", "identity")],
    [("Authorization", f"Bearer {token()}")],
    [("Content-Type", "text/plain"), ("Authorization", f"Bearer {token()}")],
    [("Content-Type", "application/json; charset=utf-16"), ("Authorization", f"Bearer {token()}")],
    [JSON, JSON, ("Authorization", f"Bearer {token()}")],
]  # fmt: skip


def refused(found: Verified | Rejected) -> None:
    assert isinstance(found, Rejected)
    assert 400 <= found.status < 500


def test_a_rightly_signed_activity_gets_in() -> None:
    assert isinstance(knock(), Verified)


def test_the_corpus_is_large_enough() -> None:
    assert len(CLAIMS) + len(TOKENS) >= 44
    assert len([*CLAIMS, *TOKENS, *URLS, *ACTIVITIES, *BODIES, *HEADERS]) >= 150


@pytest.mark.parametrize("changes", CLAIMS, ids=str)
def test_wrong_claims_are_refused(changes: dict[str, Any]) -> None:
    refused(knock(raw_token(GOOD_HEAD, json.dumps(claims(**changes)).encode())))


@pytest.mark.parametrize("number", range(len(TOKENS)))
def test_a_bent_token_is_refused(number: int) -> None:
    refused(knock(TOKENS[number]))


@pytest.mark.parametrize("url", URLS, ids=repr)
def test_a_service_address_that_is_not_microsofts_is_refused_even_when_signed(url: Any) -> None:
    bearer = token(claims(serviceurl=url))
    refused(knock(bearer, json.dumps(activity(serviceUrl=url)).encode()))


@pytest.mark.parametrize("changes", ACTIVITIES, ids=lambda each: str(each)[:60])
def test_an_activity_that_is_not_whole_is_refused(changes: dict[str, Any]) -> None:
    refused(knock(body=json.dumps(activity(**changes)).encode()))


@pytest.mark.parametrize("number", range(len(BODIES)))
def test_a_body_that_is_not_strict_json_is_refused(number: int) -> None:
    refused(knock(body=BODIES[number]))


@pytest.mark.parametrize("number", range(len(HEADERS)))
def test_wrong_headers_are_refused(number: int) -> None:
    refused(knock(headers=HEADERS[number]))


@pytest.mark.parametrize("method", ["GET", "PUT", "post", "HEAD", "TRACE"])
def test_only_post_gets_in(method: str) -> None:
    refused(knock(method=method))


def test_the_leeway_is_five_minutes() -> None:
    assert isinstance(knock(token(claims(exp=int(NOW) - 299))), Verified)
    assert private("k1").key_size == 2048
